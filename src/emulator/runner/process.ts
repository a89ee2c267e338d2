/**
 * Processes of a job: each in its own process group, read line by line, stopped the way the runner stops them, and
 * none of them outliving the job.
 */
import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { StringDecoder } from 'node:string_decoder';
import type { Clock } from '#emulator/model/clock';

/** actions/runner, ProcessInvoker: SIGINT, 7.5 s, SIGTERM, 2.5 s, then the kill of the tree. */
const INTERRUPT_WAIT_MS = 7_500;
const TERMINATE_WAIT_MS = 2_500;
/** How long a left-over background process may keep the step's output open after the step itself has ended. */
const DRAIN_MS = 1_000;

export type Stop = {
  /** Asks, and waits for an answer before it kills. */
  readonly signal: AbortSignal;
  /** Kills at once. */
  readonly kill: AbortSignal;
  readonly clock: Clock;
};

export type Exit =
  | { readonly kind: 'exit'; readonly code: number }
  | { readonly kind: 'unstartable'; readonly why: string };

/**
 * Runs a program to its end and gives its lines to `onLine`, standard output and error alike.
 * When `stop.signal` aborts it is interrupted, then terminated, then killed with its group; the waits pass by the
 * emulator's clock or by real time, whichever is first, so that a clock that stands still cannot make it hang.
 */
export function runProcess(
  file: string,
  args: readonly string[],
  options: { cwd: string; env: Record<string, string>; onLine(line: string): void; stop: Stop },
): Promise<Exit> {
  return new Promise((resolve) => {
    const child = spawn(file, [...args], {
      cwd: options.cwd,
      env: options.env,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const { stdout, stderr } = child;
    const flushes = [readLines(stdout, options.onLine), readLines(stderr, options.onLine)];
    let drain: NodeJS.Timeout | undefined;
    let code = -1;
    const stopping = stopWhenAsked(child.pid, options.stop);

    child.once('error', (error) => {
      stopping();
      resolve({ kind: 'unstartable', why: error.message });
    });
    child.once('exit', (exitCode, signal) => {
      stopping();
      // As a shell tells it: 128 plus the signal's number is not worth a table, any failure is a failure.
      code = exitCode ?? (signal === null ? 1 : 130);
      drain = setTimeout(() => {
        stdout.destroy();
        stderr.destroy();
      }, DRAIN_MS);
    });
    child.once('close', () => {
      clearTimeout(drain);
      for (const flush of flushes) flush();
      resolve({ kind: 'exit', code });
    });
  });
}

function readLines(stream: NodeJS.ReadableStream, onLine: (line: string) => void): () => void {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  stream.on('data', (chunk: Buffer) => {
    const lines = (rest + decoder.write(chunk)).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) onLine(line.endsWith('\r') ? line.slice(0, -1) : line);
  });
  return () => {
    rest += decoder.end();
    if (rest !== '') onLine(rest);
    rest = '';
  };
}

function stopWhenAsked(pid: number | undefined, stop: Stop): () => void {
  const { signal, clock } = stop;
  if (pid === undefined) return () => undefined;
  let cancelWait = () => {};
  const begin = () => {
    kill(pid, 'SIGINT');
    cancelWait = after(clock, INTERRUPT_WAIT_MS, () => {
      kill(pid, 'SIGTERM');
      cancelWait = after(clock, TERMINATE_WAIT_MS, () => kill(-pid, 'SIGKILL'));
    });
  };
  const killAll = () => kill(-pid, 'SIGKILL');
  if (signal.aborted) begin();
  else signal.addEventListener('abort', begin, { once: true });
  if (stop.kill.aborted) killAll();
  else stop.kill.addEventListener('abort', killAll, { once: true });
  return () => {
    signal.removeEventListener('abort', begin);
    stop.kill.removeEventListener('abort', killAll);
    cancelWait();
    // What the program started and left must not outlive a cancelled step.
    if (signal.aborted || stop.kill.aborted) killAll();
  };
}

/** Calls once, after the wait by either clock. */
function after(clock: Clock, waitMs: number, fn: () => void): () => void {
  let done = false;
  const once = () => {
    if (done) return;
    done = true;
    cancel();
    fn();
  };
  const timer = setTimeout(once, waitMs);
  const cancelVirtual = clock.after(waitMs, once);
  const cancel = () => {
    done = true;
    clearTimeout(timer);
    cancelVirtual();
  };
  return cancel;
}

function kill(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}

/**
 * Kills every process whose environment carries the job's tracking id, whatever group or session it moved to: the
 * runner's own way to find orphans. Elsewhere than on Linux the environment of others cannot be read, and the groups
 * are all that is killed.
 */
export function killTracked(trackingId: string): number {
  let names: string[];
  try {
    names = readdirSync('/proc');
  } catch {
    return 0;
  }
  const needle = Buffer.from(`RUNNER_TRACKING_ID=${trackingId}`);
  let killed = 0;
  for (const name of names) {
    if (!/^\d+$/.test(name)) continue;
    let environment: Buffer;
    try {
      environment = readFileSync(`/proc/${name}/environ`);
    } catch {
      // Gone meanwhile, or another user's: not this job's.
      continue;
    }
    if (!environment.includes(needle)) continue;
    kill(Number(name), 'SIGKILL');
    killed += 1;
  }
  return killed;
}
