/** `swarm dev`: turns the command line into options of `local/dev`. */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Fault } from '#words/fault';
import { splitWords } from './argv.ts';
import type { Parsed } from './help.ts';
import { APP_PROGRAM, ROOT } from './home.ts';

const EXAMPLE = 'parcel-desk';

export async function devCommand({ values }: Parsed): Promise<number> {
  const text = (name: string): string | undefined => {
    const value = values[name];
    return typeof value === 'string' ? value : undefined;
  };
  const number = (name: string, least: number, most: number): number | undefined => {
    const given = text(name);
    if (given === undefined) return undefined;
    const value = Number(given);
    if (/^\d+$/.test(given) && value >= least && value <= most) return value;
    const why = `It has to be a whole number from ${least} to ${most}.`;
    throw new Fault(`--${name} cannot be "${given}".`, why, `Change --${name}, or leave it out.`);
  };

  const repository = text('repo');
  const plan = text('plan');
  if (repository !== undefined && plan === undefined) {
    throw new Fault(
      '--repo needs a plan.',
      'The example epic only fits the example project.',
      'Write a plan file (docs/plan-file.md) and add --plan FILE.',
    );
  }
  if (values['app-less'] === true && text('kills') !== undefined) {
    throw new Fault(
      '--kills needs the app.',
      'With --app-less there is no app to kill.',
      'Remove one of the two options.',
    );
  }
  const agent = text('agent');
  const examples = join(ROOT, 'examples');
  const prepared = [process.execPath, join(examples, 'agents', 'prepared.mjs'), join(examples, 'agents', EXAMPLE)];
  const manual = values.manual === true;

  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => stop.abort());
  // Loaded late because it includes the whole emulator.
  const { dev } = await import('#local/dev');
  const ended = await dev({
    home: { root: ROOT, appProgram: APP_PROGRAM },
    repository,
    plan: plan ?? join(examples, `${EXAMPLE}.epic.yml`),
    agent: agent === undefined ? (repository === undefined ? prepared : undefined) : splitCommand(agent),
    door: values['app-less'] === true ? 'app-less' : 'app',
    reviews: manual ? 'on the page' : 'automatic',
    port: number('port', 0, 65_535) ?? 0,
    afterwards: values.keep === true || manual ? 'stay' : 'close',
    kills: number('kills', 0, 100) ?? 0,
    seed: number('seed', 0, 4_294_967_295) ?? 1,
    jsonFile: text('json'),
    limitMinutes: number('limit', 1, 100_000) ?? (manual ? Number.POSITIVE_INFINITY : 30),
    appLog: values.verbose === true ? 'shown' : 'hidden',
    output: {
      write: (line) => void process.stdout.write(line),
      isColoured: process.stdout.isTTY === true && !process.env.NO_COLOR,
    },
    signal: stop.signal,
  });
  return { closed: 0, stopped: 1, interrupted: 130 }[ended];
}

/** Words of a quoted text. A word that is the path of an existing file is made absolute, because the agent starts elsewhere. */
export const splitCommand = (command: string): string[] =>
  splitWords(command).map((word) => (/^\.{0,2}\/|\//.test(word) && existsSync(resolve(word)) ? resolve(word) : word));
