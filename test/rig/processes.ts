/**
 * The processes of this machine, seen from outside of every sandbox. Inside, their numbers are others, so a test recognises
 * them by how they were started.
 */
import { readdirSync, readFileSync } from 'node:fs';

/** Those that have an argument, and nothing else in it. */
export const withArgument = (argument: string): readonly number[] => startedWith('cmdline', argument);

/** Those that were started with a variable, written as `NAME=value`. */
export const withVariable = (variable: string): readonly number[] => startedWith('environ', variable);

export function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    // It has ended.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

function startedWith(what: 'cmdline' | 'environ', text: string): readonly number[] {
  const has = (pid: string): boolean => {
    try {
      return readFileSync(`/proc/${pid}/${what}`, 'latin1').split('\0').includes(text);
    } catch {
      // It has ended, or it belongs to another user.
      return false;
    }
  };
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && has(name))
    .map(Number);
}
