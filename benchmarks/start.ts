/**
 * `npm run bench:start`: how long an entry of the action takes before it can do anything, over node's own start, and how
 * much of the bundle it loads for that; beside a bundle of @actions/core and @actions/github, built in the same run by the
 * same bundler, which does nothing but ask for its token.
 *
 * Other actions' own bundles can stand beside them: their files are named by `--instances`, and run as a runner would run
 * them, without inputs, until they say what they miss.
 *
 *     npm run bench:start -- --json --instances some-action/dist/index.js
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { rolldown } from 'rolldown';
import { builtFiles, loadedBy } from '../tools/dist.ts';
import {
  answer,
  inScratch,
  installPeers,
  interleave,
  processMs,
  readAsked,
  type Side,
  say,
  sayTable,
  shown,
} from './frame.ts';

const PEERS = { '@actions/core': '3.0.1', '@actions/github': '9.1.1' };

const PEER = `import * as core from '@actions/core';
import { getOctokit } from '@actions/github';
try {
  const octokit = getOctokit(core.getInput('token', { required: true }));
  await octokit.rest.issues.get({ owner: 'o', repo: 'r', issue_number: 1 });
} catch (error) {
  core.setFailed(error.message);
}
`;

const kilobytes = (files: ReadonlyMap<string, string>, names: Iterable<string>): number =>
  [...names].reduce((sum, name) => sum + Buffer.byteLength(files.get(name) ?? ''), 0) / 1_000;

async function main(): Promise<void> {
  const asked = readAsked();
  const peers = await installPeers(PEERS);
  await inScratch(async (directory) => {
    const files = await builtFiles();
    for (const [name, code] of files) {
      await mkdir(dirname(join(directory, 'dist', name)), { recursive: true });
      await writeFile(join(directory, 'dist', name), code);
    }
    await writeFile(join(directory, 'package.json'), '{"type":"module"}\n');
    await writeFile(join(directory, 'bare.js'), '');
    await writeFile(join(directory, 'event.json'), '{"action":"opened","issue":{"number":7,"labels":[]}}\n');
    await writeFile(join(directory, 'output'), '');
    const chunk = (part: string): string => {
      const name = [...files.keys()].find((each) => each.startsWith(`action/${part}-`));
      if (name === undefined) throw new Error(`the bundle has no chunk called ${part}`);
      return name;
    };
    const asking = [chunk('orchestrate'), chunk('client'), chunk('wake')];
    const whole = [...asking, chunk('reconcile'), chunk('summary'), chunk('read')];
    const loading = (names: readonly string[]): string =>
      ['action.js', ...names].map((name) => `import './dist/${name}';\n`).join('');
    await writeFile(join(directory, 'asking.js'), loading(asking));
    await writeFile(join(directory, 'whole.js'), loading(whole));

    await writeFile(join(peers.directory, 'peer.mjs'), PEER);
    const build = await rolldown({ input: join(peers.directory, 'peer.mjs'), platform: 'node', logLevel: 'silent' });
    const { output } = await build.generate({
      format: 'esm',
      comments: { legal: false, annotation: false },
      codeSplitting: false,
    });
    await build.close();
    const peer = output[0].code;
    await writeFile(join(directory, 'peer.js'), peer);

    // What a runner says, and nothing of what stands around this process.
    const env = { PATH: process.env.PATH, GITHUB_OUTPUT: join(directory, 'output') };
    const orchestrating = {
      ...env,
      INPUT_DO: 'orchestrate',
      INPUT_TOKEN: 'a-token-of-nobody',
      GITHUB_REPOSITORY: 'octo/shop',
      GITHUB_RUN_ID: '1',
      GITHUB_ACTOR: 'ana',
      GITHUB_EVENT_NAME: 'fork',
      GITHUB_EVENT_PATH: join(directory, 'event.json'),
    };
    const node =
      (file: string, environment: NodeJS.ProcessEnv): Side =>
      async () =>
        (await processMs(process.execPath, [file], { cwd: directory, env: environment, mayFail: true })).ms;
    const told = await processMs(process.execPath, ['dist/action.js'], { cwd: directory, env: orchestrating });
    if (!told.output.includes('This event does not concern an epic.'))
      throw new Error(`the entry did not get there: ${told.output}`);

    const start = loadedBy(files, 'action.js');
    const orchestrate = new Set([...start, ...loadedBy(files, chunk('orchestrate'))]);
    const plan = new Set([...start, ...loadedBy(files, chunk('plan'))]);
    const of = (names: readonly string[]): ReadonlySet<string> =>
      new Set([...start, ...names.flatMap((name) => [...loadedBy(files, name)])]);
    const given = await Promise.all(
      asked.instances.map(
        async (path) =>
          [basename(dirname(dirname(resolve(path)))), resolve(path), (await readFile(path)).length / 1_000] as const,
      ),
    );
    const sizes: Record<string, number> = {
      'bare node': 0,
      'swarm, no inputs': kilobytes(files, start),
      'swarm, orchestrate, an event of no epic': kilobytes(files, orchestrate),
      'swarm, all that asking whether an epic is concerned loads': kilobytes(files, of(asking)),
      'swarm, all that looking after an epic loads': kilobytes(files, of(whole)),
      '@actions/core + @actions/github, no inputs': Buffer.byteLength(peer) / 1_000,
      ...Object.fromEntries(given.map(([name, , size]) => [name, size])),
    };
    const rounds = await interleave(
      {
        'bare node': node('bare.js', env),
        'swarm, no inputs': node('dist/action.js', env),
        'swarm, orchestrate, an event of no epic': node('dist/action.js', orchestrating),
        'swarm, all that asking whether an epic is concerned loads': node('asking.js', env),
        'swarm, all that looking after an epic loads': node('whole.js', env),
        '@actions/core + @actions/github, no inputs': node('peer.js', env),
        ...Object.fromEntries(given.map(([name, path]) => [name, node(path, env)])),
      },
      { warmUps: 2, least: 11, most: 31, budgetMs: 45_000 },
    );
    const over = (name: string): number => rounds.ms(name) - rounds.ms('bare node');
    say(`\nStart of a process, best of ${rounds.times['bare node']?.length} rounds, turn about`);
    sayTable(
      ['', 'ms', 'over bare node', 'kB loaded'],
      Object.entries(sizes).map(([name, size]) => [name, shown(rounds.ms(name)), shown(over(name)), shown(size)]),
    );
    say(`\nThe plan job's entry loads ${shown(kilobytes(files, plan))} kB. Nothing is minified.`);
    answer(asked, {
      bareMs: rounds.ms('bare node'),
      overBareMs: Object.fromEntries(Object.keys(sizes).map((name) => [name, over(name)])),
      kilobytes: { ...sizes, 'swarm, plan': kilobytes(files, plan) },
    });
  });
}

await main();
