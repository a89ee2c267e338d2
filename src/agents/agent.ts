/**
 * The one way the run calls an agent, whichever it is: a task in, its end out.
 *
 * How each is started and read is in a file of its own; what they have in common is here and in `process.ts`: an
 * environment made from an allow-list, limits of time and output, and a process tree that is gone when the call is over.
 * An agent's end is never success. It says that the agent stopped by itself or why it did not; whether there is a
 * change, and whether it is good, is for git and the gates (SPEC R5.9).
 */
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
 * Calls an agent and waits for its end. Whatever the agent does, this answers: a crash, a hang, nonsense and a program
 * that is not there are problems in the end. It throws only where swarm's own scratch directory cannot be used.
 */
export async function runAgent(task: AgentTask): Promise<AgentEnd> {
  const { kind } = task.agent;
  if (kind === 'acp') {
    // Loaded where it is wanted: the protocol's library is the largest thing that a run can need.
    const { runAcp } = await import('./acp.ts');
    return runAcp(task);
  }
  const preset = presetOf(kind);
  return preset ? runPreset(task, preset) : runCommand(task);
}

const PRESETS: Readonly<Record<PresetName, Preset>> = { claude, codex, copilot, gemini, opencode };

const presetOf = (kind: AgentKind): Preset | undefined =>
  kind === 'acp' || kind === 'command' ? undefined : PRESETS[kind];

/** Names of the variables that hold this agent's keys: what must not be shown, and must not be handed to anyone else. */
export const keysOf = (agent: AgentChoice): readonly string[] => [
  ...(presetOf(agent.kind)?.keys ?? []),
  ...agent.environment,
];

/** The agent that a program is, where the config names none. */
export const commandAgent = (command: readonly string[]): AgentChoice => ({
  name: command[0] ?? '',
  kind: 'command',
  command,
  environment: [],
});
