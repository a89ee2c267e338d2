/**
 * The agents that swarm knows: what each is started with and how what it prints is read, as data (one file each), and
 * the one loop that runs any of them in its own machine-readable mode.
 *
 * Their own mode is truer than the protocol they share: it tells failures, limits and costs that the protocol has no
 * words for.
 */

import { Call, type Way } from './call.ts';
import type { AgentEnd, AgentTask } from './task.ts';

/** A message of an agent, as it printed it. */
export type Message = Readonly<Record<string, unknown>>;

export interface Preset extends Way {
  start(call: Call): Promise<Start> | Start;
  /** Takes one message into the call's account. */
  read(message: Message, call: Call): void;
  readStderr?(line: string, call: Call): void;
  /** Reads what it left in files. */
  finish?(call: Call): Promise<void>;
}

export interface Start {
  readonly args: readonly string[];
  /** Besides what every agent's environment has. */
  readonly environment?: Readonly<Record<string, string>>;
}

export async function runPreset(task: AgentTask, preset: Preset): Promise<AgentEnd> {
  const call = await Call.open(task, preset);
  const { args, environment } = await preset.start(call);
  const ended = await call.run({
    args,
    // On standard input: an argument longer than 128 KiB is refused by Linux, and arguments are seen by everybody.
    input: task.brief,
    environment: call.environment(environment),
    onMessage: (message) => preset.read(message, call),
    onStderr: (line) => preset.readStderr?.(line, call),
  });
  await preset.finish?.(call);
  return call.conclude(ended);
}

// --- reading what anybody may have written --------------------------------------------------------------------------

export const textAt = (holder: unknown, ...path: readonly string[]): string | undefined => {
  const value = at(holder, path);
  return typeof value === 'string' ? value : undefined;
};

/** An amount: finite and not negative. */
export const numberAt = (holder: unknown, ...path: readonly string[]): number | undefined => {
  const value = at(holder, path);
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : undefined;
};

export const listAt = (holder: unknown, ...path: readonly string[]): readonly Message[] => {
  const value = at(holder, path);
  return Array.isArray(value) ? value.filter((each) => typeof each === 'object' && each !== null) : [];
};

export function at(holder: unknown, path: readonly string[]): unknown {
  let here = holder;
  for (const step of path) {
    if (typeof here !== 'object' || here === null || !Object.hasOwn(here, step)) return undefined;
    here = (here as Record<string, unknown>)[step];
  }
  return here;
}
