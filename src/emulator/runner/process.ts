/**
 * The processes of a job. Each runs in its own process group, is read line by line, and is stopped as the runner does it.
 * None outlives the job.
 */
import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { StringDecoder } from 'node:string_decoder';
import type { Clock } from '#emulator/model/clock';

/** As in actions/runner, ProcessInvoker: SIGINT, 7.5 s, SIGTERM, 2.5 s, then the process tree is killed. */
const INTERRUPT_WAIT_MS = 7_500;
const TERMINATE_WAIT_MS = 2_500;
/** The time that a leftover background process may keep the output open after its step has ended. */
const DRAIN_MS = 1_000;

export type StopSignals = {
  /** Interrupts the process, and kills it only if it doesn't exit. */
  readonly signal: AbortSignal;
  /** Kills it at once. */
  readonly kill: AbortSignal;
  readonly clock: Clock;
};

export type Exit =
  | { readonly kind: 'exit'; readonly code: number }
  | { readonly kind: 'not started'; readonly why: string };

/**
 * Runs a program to its end, and passes the lines of its standard output and standard error to `onLine`. If `stop.signal`
 * aborts, the program is interrupted, then terminated, then killed with its group. The waits end by the emulator's clock
 * or by real time, the earlier of both, so that a stopped clock cannot make it hang.
 */
export function runProcess(
  file: string,
  args: readonly string[],
  options: { cwd: string; env: Record<string, string>; onLine(line: string): void; stop: StopSignals },
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
    const stopListening = stopOnSignal(child.pid, options.stop);

    child.once('error', (error) => {
      stopListening();
      resolve({ kind: 'not started', why: error.message });
    });
    child.once('exit', (exitCode, signal) => {
      stopListening();
      // A shell would return 128 plus the signal's number. Callers only distinguish success and failure.
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

function stopOnSignal(pid: number | undefined, stop: StopSignals): () => void {
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
    // Background processes of a cancelled step must not outlive it.
    if (signal.aborted || stop.kill.aborted) killAll();
  };
}

/** Calls `fn` once, when the wait has passed on either clock. */
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
 * Kills every process with the job's tracking id in its environment, even if it has moved to another group or session.
 * The real runner finds orphans in the same way. This needs Linux, where the environments of other processes can be read.
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
      // The process has exited or belongs to another user, so it is not part of this job.
      continue;
    }
    if (!environment.includes(needle)) continue;
    kill(Number(name), 'SIGKILL');
    killed += 1;
  }
  return killed;
}
