/**
 * Asks the agents of a job for their versions before any of them is called. One that is too old would fail at an option
 * that it does not know, or worse: not obey it.
 *
 * Only programs of presets are asked, and only by their own name: another command may do anything with `--version`.
 */
import { basename, isAbsolute, join } from 'node:path';
import type { AgentChoice } from '#core/model/config';
import type { WorkProblem } from '#core/model/problem';
import type { Sandbox } from '#sandbox/sandbox';
import { presetOf } from './agent.ts';

const TIMEOUT_MS = 60_000;
const VERSION = /(?<![\w.])v?(\d{1,6}\.\d{1,6}\.\d{1,6})/;

export interface Versions {
  /** `claude 2.1.329`; those that said no version are not here. */
  readonly found: readonly string[];
  /** The first one that is too old. */
  readonly problem?: WorkProblem;
}

/**
 * Each program is asked once, inside the walls, without its key, in a folder without settings of the repository.
 *
 * @param scratch a folder for this alone.
 */
export async function askVersions(
  sandbox: Sandbox,
  agents: readonly AgentChoice[],
  scratch: string,
): Promise<Versions> {
  const asked = new Map<string, { readonly agent: AgentChoice; readonly needs: string }>();
  for (const agent of agents) {
    const preset = presetOf(agent.kind);
    const [program = ''] = preset ? [agent.command[0] ?? preset.program[0] ?? ''] : [];
    const isOwn = preset?.program[0] === basename(program) && (isAbsolute(program) || !program.includes('/'));
    if (preset && isOwn && !asked.has(program)) asked.set(program, { agent, needs: preset.oldest });
  }
  const answers = await Promise.all(
    [...asked].map(async ([program, { agent, needs }], index) => {
      const version = await versionOf(sandbox, program, join(scratch, String(index)));
      return { program, agent, needs, version };
    }),
  );
  const known = answers.flatMap((answer) => (answer.version === undefined ? [] : { ...answer, found: answer.version }));
  const old = known.find(({ found, needs }) => isOlder(found, needs));
  return {
    found: known.map(({ program, found }) => `${program} ${found}`),
    ...(old === undefined
      ? {}
      : {
          problem: {
            kind: 'AGENT_TOO_OLD',
            agent: old.agent.name,
            command: old.program,
            found: old.found,
            needs: old.needs,
          },
        }),
  };
}

/** @returns undefined if it says none, or cannot be started: its real start then tells why. */
async function versionOf(sandbox: Sandbox, program: string, scratch: string): Promise<string | undefined> {
  const room = { home: join(scratch, 'home'), temporaryDirectory: join(scratch, 'tmp'), writes: [], reads: [] };
  const { output, how } = await sandbox.run({
    ...{ room, network: 'none' },
    command: [program, '--version'],
    directory: '/',
    environment: sandbox.environmentFor({ names: [], ...room }),
    timeoutMs: TIMEOUT_MS,
  });
  return how.kind === 'exited' && how.code === 0 ? VERSION.exec(output)?.[1] : undefined;
}

/** By its three numbers. What follows them, such as `-nightly`, does not count. */
export function isOlder(found: string, needs: string): boolean {
  const [a, b] = [found, needs].map((version) => version.split('.').map(Number));
  const at = [0, 1, 2].find((index) => a?.[index] !== b?.[index]);
  return at !== undefined && (a?.[at] ?? 0) < (b?.[at] ?? 0);
}
