/** `swarm config`: the config as it takes effect, from the working tree or from GitHub, and its problems. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readWritten } from '#config/read';
import { CONFIG_FILES } from '#core/model/config';
import type { Diagnostic } from '#core/model/problem';
import { type ConfigText, readConfigText } from '#github/config-text';
import { Fault, messageOf } from '#words/fault';
import { formatProblem, sayProblem } from '#words/problems';
import { writeYaml } from '#yaml/write';
import type { Parsed } from './help.ts';
import { openTree } from './here.ts';
import { clientHere, readRepository } from './remote.ts';

export async function configCommand({ values, positionals: [path] }: Parsed): Promise<number> {
  const { repo } = values;
  if (typeof repo === 'string' && path !== undefined) {
    throw new Fault(
      'A folder and --repo cannot be combined.',
      `Both ${path} and ${repo} are given.`,
      'Give one of them.',
    );
  }
  const { file, text, ambiguous } = typeof repo === 'string' ? await onGitHub(repo) : await inTree(path ?? '.');
  const { written, diagnostics } = readWritten(text, file);
  const all: readonly Diagnostic[] = [
    ...(ambiguous ? [{ level: 'error', problem: { kind: 'CONFIG_AMBIGUOUS', files: CONFIG_FILES } } as const] : []),
    ...diagnostics,
  ];
  const isValid = all.every(({ level }) => level === 'warning');
  if (values.json === true) {
    const problems = all.map(({ level, problem }) => ({ level, ...sayProblem(problem, { form: 'plain' }) }));
    const shown = { file: text === undefined ? null : file, config: written, problems };
    process.stdout.write(`${JSON.stringify(shown, null, 2)}\n`);
    return isValid ? 0 : 1;
  }
  const source =
    text === undefined ? 'There is no config, so these are the defaults.' : `From ${file}, with all defaults.`;
  process.stdout.write(`# ${source}\n${writeYaml(written)}`);
  for (const { level, problem } of all) {
    process.stderr.write(`\n${level === 'error' ? '' : 'Warning: '}${formatProblem(problem)}\n`);
  }
  return isValid ? 0 : 1;
}

async function onGitHub(repo: string): Promise<ConfigText> {
  const repository = readRepository(repo, '--repo');
  return readConfigText(clientHere().client, repository).catch((error: unknown) => {
    throw new Fault(`${repo} cannot be read.`, messageOf(error), 'Check the name, the token and its permissions.');
  });
}

async function inTree(path: string): Promise<ConfigText> {
  const root = await openTree(path);
  const texts = await Promise.all(
    CONFIG_FILES.map((file) => readFile(join(root, file), 'utf8').catch(() => undefined)),
  );
  const at = Math.max(
    0,
    texts.findIndex((text) => text !== undefined),
  );
  return {
    file: CONFIG_FILES[at] ?? CONFIG_FILES[0],
    text: texts[at],
    ambiguous: texts.every((text) => text !== undefined),
  };
}
