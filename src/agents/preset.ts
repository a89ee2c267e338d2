/**
 * Runs the agents that swarm knows by name, each in its own machine-readable mode. A preset is one file per agent: how it
 * is started, and how its output is read.
 *
 * That mode is preferred to the Agent Client Protocol, because it reports failures, limits and costs that the protocol
 * cannot express.
 */
import { type AgentAdapter, Invocation } from './invocation.ts';
import type { AgentEnd, AgentTask } from './task.ts';

/** A line of an agent's output, parsed. */
export type Message = Readonly<Record<string, unknown>>;

export interface Preset extends AgentAdapter {
  /** The oldest version that knows everything that Swarm starts it with. Its file names the source. */
  readonly oldest: string;
  start(invocation: Invocation): Promise<Start> | Start;
  /** Notes one message in the invocation's state. */
  read(message: Message, invocation: Invocation): void;
  readStderr?(line: string, invocation: Invocation): void;
  /** Reads the files that it left. */
  finish?(invocation: Invocation): Promise<void>;
}

export interface Start {
  readonly args: readonly string[];
  /** In addition to every agent's environment. */
  readonly environment?: Readonly<Record<string, string>>;
}

export async function runPreset(task: AgentTask, preset: Preset): Promise<AgentEnd> {
  const invocation = await Invocation.open(task, preset);
  const { args, environment } = await preset.start(invocation);
  const ended = await invocation.run({
    args,
    // On standard input: Linux refuses arguments longer than 128 KiB, and every process can read them.
    input: task.brief,
    environment: invocation.environment(environment),
    onMessage: (message) => preset.read(message, invocation),
    onStderr: (line) => preset.readStderr?.(line, invocation),
  });
  await preset.finish?.(invocation);
  return invocation.conclude(ended);
}

// --- reading untrusted values --------------------------------------------------------------------------------------------

export const textAt = (holder: unknown, ...path: readonly string[]): string | undefined => {
  const value = valueAt(holder, path);
  return typeof value === 'string' ? value : undefined;
};

/** A finite number that is not negative. */
export const numberAt = (holder: unknown, ...path: readonly string[]): number | undefined => {
  const value = valueAt(holder, path);
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : undefined;
};

export const listAt = (holder: unknown, ...path: readonly string[]): readonly Message[] => {
  const value = valueAt(holder, path);
  return Array.isArray(value) ? value.filter((each) => typeof each === 'object' && each !== null) : [];
};

export function valueAt(holder: unknown, path: readonly string[]): unknown {
  let here = holder;
  for (const step of path) {
    if (typeof here !== 'object' || here === null || !Object.hasOwn(here, step)) return undefined;
    here = (here as Record<string, unknown>)[step];
  }
  return here;
}
