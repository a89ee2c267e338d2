/**
 * Runs any agent: a task goes in, its end comes out.
 *
 * One file per agent says how it is started and how its output is read. `invocation.ts` and the sandbox do what all of
 * them share: an allow-listed environment, limits of time and output, and a process tree that is gone at the end.
 *
 * The end of an agent is never success. It says that the agent stopped, or why swarm stopped it. Git and the gates find
 * out if there is a change and if it is good (SPEC R5.9).
 */
import { basename } from 'node:path';
import type { AgentChoice, AgentKind, Preset as PresetName } from '#core/model/config';
import { claude } from './claude.ts';
import { codex } from './codex.ts';
import { runCommand } from './command.ts';
import { copilot } from './copilot.ts';
import { gemini } from './gemini.ts';
import { opencode } from './opencode.ts';
import { type Preset, runPreset } from './preset.ts';
import type { AgentEnd, AgentTask } from './task.ts';

/**
 * Runs an agent to its end. A crash, a hang, unreadable output and a missing program are problems in that end.
 *
 * @throws only if swarm's own scratch directory cannot be used.
 */
export async function runAgent(task: AgentTask): Promise<AgentEnd> {
  const { kind } = task.agent;
  if (kind === 'acp') {
    // Loaded only when needed: the protocol's library is the largest dependency of a run.
    const { runAcp } = await import('./acp.ts');
    return runAcp(task, makerOf(task.agent.command));
  }
  const preset = presetOf(kind);
  return preset ? runPreset(task, preset) : runCommand(task, makerOf(task.agent.command));
}

const PRESETS: Readonly<Record<PresetName, Preset>> = { claude, codex, copilot, gemini, opencode };

export const presetOf = (kind: AgentKind): Preset | undefined =>
  kind === 'acp' || kind === 'command' ? undefined : PRESETS[kind];

/**
 * The preset that a command starts a program of, such as `codex-acp` or `npx @google/gemini-cli --acp`. The program needs that
 * preset's login and endpoints.
 */
export const makerOf = (command: readonly string[]): Preset | undefined => {
  const words = command.flatMap((each) =>
    basename(each)
      .toLowerCase()
      .split(/[^a-z]+/),
  );
  return Object.entries(PRESETS).find(([name]) => words.includes(name))?.[1];
};

/** The agent to use if the config names none: any program. */
export const commandAgent = (command: readonly string[]): AgentChoice => ({
  name: command[0] ?? '',
  kind: 'command',
  command,
  environment: [],
});
