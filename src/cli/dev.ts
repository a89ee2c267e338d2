/** `swarm dev`: from the command line to `local/dev`. */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Fault } from '#local/fault';
import type { Parsed } from './help.ts';
import { APP_PROGRAM, ROOT } from './home.ts';

const EXAMPLE = 'parcel-desk';

export async function devCommand({ values }: Parsed): Promise<number> {
  const text = (name: string): string | undefined => {
    const value = values[name];
    return typeof value === 'string' ? value : undefined;
  };
  const number = (name: string, least: number, most: number): number | undefined => {
    const said = text(name);
    if (said === undefined) return undefined;
    const value = Number(said);
    if (/^\d+$/.test(said) && value >= least && value <= most) return value;
    const why = `A whole number from ${least} to ${most} is expected.`;
    throw new Fault(`--${name} cannot be "${said}".`, why, `Give another --${name}, or leave it out.`);
  };

  const repository = text('repo');
  const plan = text('plan');
  if (repository !== undefined && plan === undefined) {
    throw new Fault(
      '--repo needs a plan.',
      'The epic of the example is about the example.',
      'Write one (docs/plan-file.md) and name it: --plan FILE.',
    );
  }
  if (values['app-less'] === true && text('kills') !== undefined) {
    throw new Fault('--kills needs the app.', 'With --app-less there is none to kill.', 'Leave one of the two out.');
  }
  const said = text('agent');
  const examples = join(ROOT, 'examples');
  const prepared = [process.execPath, join(examples, 'agents', 'prepared.mjs'), join(examples, 'agents', EXAMPLE)];
  const manual = values.manual === true;

  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => stop.abort());
  // Loaded late: it brings the whole emulator with it.
  const { dev } = await import('#local/dev');
  const ended = await dev({
    home: { root: ROOT, appProgram: APP_PROGRAM },
    repository,
    plan: plan ?? join(examples, `${EXAMPLE}.epic.yml`),
    agent: said === undefined ? (repository === undefined ? prepared : undefined) : splitCommand(said),
    door: values['app-less'] === true ? 'app-less' : 'app',
    reviews: manual ? 'at the page' : 'by themselves',
    port: number('port', 0, 65_535) ?? 0,
    afterwards: values.keep === true || manual ? 'stay' : 'close',
    kills: number('kills', 0, 100) ?? 0,
    seed: number('seed', 0, 4_294_967_295) ?? 1,
    jsonFile: text('json'),
    limitMinutes: number('limit', 1, 100_000) ?? (manual ? Number.POSITIVE_INFINITY : 30),
    appLog: values.verbose === true ? 'shown' : 'kept',
    output: {
      write: (line) => void process.stdout.write(line),
      isColoured: process.stdout.isTTY === true && !process.env.NO_COLOR,
    },
    signal: stop.signal,
  });
  return { closed: 0, stopped: 1, interrupted: 130 }[ended];
}

/**
 * argv from one quoted text: words, '…' and "…", nothing else of a shell. A word that leads to a file from here is made
 * absolute, because the agent starts in another folder.
 */
export function splitCommand(said: string): string[] {
  const words: string[] = [];
  const pattern = /\s*(?:"([^"]*)"|'([^']*)'|([^\s"']+))(?=\s|$)/y;
  while (pattern.lastIndex < said.trimEnd().length) {
    const found = pattern.exec(said);
    if (!found) {
      throw new Fault(
        `--agent cannot be read: ${said}`,
        'A quote is not closed, or stands in the middle of a word.',
        'Write the executable and its arguments as words; put "…" around one with spaces.',
      );
    }
    words.push(found[1] ?? found[2] ?? found[3] ?? '');
  }
  if (words.length === 0) {
    throw new Fault(
      '--agent is empty.',
      'An agent is an executable with its arguments.',
      'Name it, or leave --agent out.',
    );
  }
  return words.map((word) => (/^\.{0,2}\/|\//.test(word) && existsSync(resolve(word)) ? resolve(word) : word));
}
