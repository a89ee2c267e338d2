/**
 * Runs a program that nobody vouches for: an agent, a gate.
 *
 * It gets an environment made from an allow-list, a process group of its own, a time limit and a pipe instead of our
 * output. When it is over, everything it left behind is ended too: its group, and whatever carries its mark in the
 * environment though it left the group (the runner finds its own orphans the same way).
 */
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import type { Writable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import { isNeverHandedOn } from '#core/model/config';

export interface ProgramCall {
  /** The program and its arguments; no shell reads them. */
  readonly command: readonly string[];
  readonly directory: string;
  /** The whole environment, see `environmentFor`. */
  readonly environment: Readonly<Record<string, string>>;
  /** What its standard input says, and then ends; or who talks to it for as long as it runs. Closed at once where undefined. */
  readonly input?: string | ((input: Writable) => void);
  readonly timeoutMs: number;
  /** From SIGTERM to SIGKILL. */
  readonly graceMs?: number;
  /** Of the output, beginning and end are kept. */
  readonly keepChars?: number;
  /** Each line of output as it comes; untrusted. */
  readonly onLine?: (line: string, from: 'stdout' | 'stderr') => void;
  /** A line longer than this comes in pieces. */
  readonly lineChars?: number;
  /** Ends it before its time, in the same way. */
  readonly signal?: AbortSignal;
}

export interface ProgramEnd {
  readonly how:
    | { readonly kind: 'exited'; readonly code: number }
    | { readonly kind: 'killed'; readonly signal: string }
    | { readonly kind: 'timed out' }
    | { readonly kind: 'stopped' }
    | { readonly kind: 'not started'; readonly why: 'not found' | 'not executable'; readonly message: string };
  /** Both streams as they came, raw. */
  readonly output: string;
  readonly durationMs: number;
}

const GRACE_MS = 10_000;
const KEEP_CHARS = 1_000_000;
const LINE_CHARS = 16_000;
/** After everything is killed, a pipe or a port can only be held by what got away: it is not waited for longer than this. */
const LAST_WORDS_MS = 2_000;
/** Between looks whether the killed are gone. */
const LOOK_MS = 5;
const MARK = 'SWARM_PROCESS';

/** Where the machine keeps the certificates it trusts: files' names, no secrets, and nothing can be fetched without. */
const AUTHORITIES = ['NODE_EXTRA_CA_CERTS', 'SSL_CERT_FILE', 'SSL_CERT_DIR'] as const;
/** What is handed on of the job's environment: nothing of the runner's, no token, no hook into an interpreter. */
const HANDED_ON = ['PATH', 'HOME', 'LANG', 'LC_ALL', 'TZ', 'USER', 'SHELL', ...AUTHORITIES] as const;

export interface EnvironmentWishes {
  /** Names the repository's config lets through besides. */
  readonly names: readonly string[];
  readonly temporaryDirectory: string;
  /** Instead of the job's own. */
  readonly home?: string;
  readonly also?: Readonly<Record<string, string>>;
}

/** The environment for an agent or a gate, made of `from` (the job's) by an allow-list (threats §6.3). */
export function environmentFor(
  from: Readonly<Record<string, string | undefined>>,
  { names, temporaryDirectory, home, also = {} }: EnvironmentWishes,
): Record<string, string> {
  const made: Record<string, string> = {};
  for (const name of [...HANDED_ON, ...names]) {
    const value = from[name];
    if (value !== undefined && value !== '' && !isNeverHandedOn(name)) made[name] = value;
  }
  const fixed = { CI: 'true', NO_COLOR: '1', TERM: 'dumb', TMPDIR: temporaryDirectory };
  // No secret: by it the runner finds and ends what outlives a job, also where we were killed and could not.
  const { RUNNER_TRACKING_ID: tracked } = from;
  if (tracked) made.RUNNER_TRACKING_ID = tracked;
  const wished = Object.entries(also).filter(([name]) => !isNeverHandedOn(name));
  return { ...made, ...fixed, ...(home === undefined ? {} : { HOME: home }), ...Object.fromEntries(wished) };
}

const running = new Map<number, string>();
const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

/** Somebody who has something to save when we are told to end. */
let saver: ((signal: NodeJS.Signals) => void) | undefined;
let isEnding = false;

/**
 * A cancelled job gets SIGINT, then SIGTERM. What runs here is in groups of its own and would not hear of it, and would
 * outlive us.
 */
function endWithUs(signal: NodeJS.Signals): void {
  for (const [group, mark] of running) endTree(group, mark);
  if (saver) saver(signal);
  else die(signal);
}

function die(signal: NodeJS.Signals): void {
  for (const each of SIGNALS) process.off(each, endWithUs);
  process.kill(process.pid, signal);
}

function listen(): void {
  for (const each of SIGNALS) if (!process.listeners(each).includes(endWithUs)) process.on(each, endWithUs);
}

export interface Reprieve {
  /** Aborted when a signal came: nothing that runs here runs any more, and no program is started. */
  readonly stop: AbortSignal;
  /** Over: ends this process as the signal would have, if one came. */
  end(): void;
}

/**
 * From now on SIGINT and SIGTERM end the programs that run here, and not yet us: there is work to be saved.
 *
 * @param mostMs after that time we end all the same. A runner kills ten seconds after its first signal.
 */
export function askForReprieve(mostMs: number): Reprieve {
  const stopping = new AbortController();
  let came: NodeJS.Signals | undefined;
  let late: NodeJS.Timeout | undefined;
  saver = (signal) => {
    if (came !== undefined) return;
    came = signal;
    isEnding = true;
    late = setTimeout(() => die(signal), mostMs);
    stopping.abort();
  };
  listen();
  return {
    stop: stopping.signal,
    end: () => {
      clearTimeout(late);
      saver = undefined;
      isEnding = false;
      if (came !== undefined) die(came);
    },
  };
}

/** Runs it to its end. Never throws for what the program does; a directory that is not there is 'not found'. */
export function runProgram(call: ProgramCall): Promise<ProgramEnd> {
  const [program = '', ...args] = call.command;
  const mark = randomUUID();
  const startedAt = performance.now();
  const kept = new Kept(call.keepChars ?? KEEP_CHARS);
  const { onLine } = call;
  const lines = (['stdout', 'stderr'] as const).map(
    (from) => new Lines(onLine && ((line) => onLine(line, from)), call.lineChars ?? LINE_CHARS),
  );
  listen();
  if (isEnding) return Promise.resolve({ how: { kind: 'stopped' }, output: '', durationMs: 0 });

  return new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd: call.directory,
      env: { ...call.environment, [MARK]: mark },
      detached: true,
      stdio: [call.input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
    });
    let cut: 'timed out' | 'stopped' | undefined;
    let over = false;
    const timers = new Set<NodeJS.Timeout>();
    const after = (ms: number, act: () => void) => timers.add(setTimeout(act, Math.min(ms, 2 ** 31 - 1)));

    const end = (how: ProgramEnd['how']) => {
      if (over) return;
      over = true;
      for (const timer of timers) clearTimeout(timer);
      call.signal?.removeEventListener('abort', stop);
      if (child.pid !== undefined) running.delete(child.pid);
      for (const each of lines) each.finish();
      child.stdout?.destroy();
      child.stderr?.destroy();
      resolve({ how, output: kept.text(), durationMs: Math.round(performance.now() - startedAt) });
    };

    if (child.pid !== undefined) running.set(child.pid, mark);
    [child.stdout, child.stderr].forEach((stream, index) => {
      const decoder = new StringDecoder('utf8');
      stream?.on('data', (chunk: Buffer) => {
        const text = decoder.write(chunk);
        kept.add(text);
        lines[index]?.add(text);
      });
    });
    // A program that ends without reading its brief closes the pipe under our hands; that is its right.
    child.stdin?.on('error', () => {});
    if (typeof call.input === 'function' && child.stdin) call.input(child.stdin);
    else child.stdin?.end(call.input);

    child.on('error', (error: NodeJS.ErrnoException) => {
      if (child.pid !== undefined) return;
      const why = error.code === 'EACCES' ? 'not executable' : 'not found';
      end({ kind: 'not started', why, message: error.message });
    });
    const hunted = new Set<number>();
    const endAll = () => {
      for (const pid of endTree(child.pid, mark)) hunted.add(pid);
    };
    const endWhenGone = (how: ProgramEnd['how']) => {
      if ([...hunted].some(holdsOn)) after(LOOK_MS, () => endWhenGone(how));
      else end(how);
    };
    child.on('exit', (code, signal) => {
      endAll();
      const how: ProgramEnd['how'] = cut
        ? { kind: cut }
        : code === null
          ? { kind: 'killed', signal: String(signal) }
          : { kind: 'exited', code };
      child.on('close', () => endWhenGone(how));
      after(LAST_WORDS_MS, () => end(how));
    });
    const cutShort = (why: typeof cut) => {
      if (cut || over) return;
      cut = why;
      signalGroup(child.pid, 'SIGTERM');
      after(call.graceMs ?? GRACE_MS, endAll);
    };
    const stop = () => cutShort('stopped');
    after(call.timeoutMs, () => cutShort('timed out'));
    if (call.signal?.aborted) stop();
    else call.signal?.addEventListener('abort', stop, { once: true });
  });
}

function signalGroup(group: number | undefined, signal: NodeJS.Signals): void {
  if (group === undefined) return;
  try {
    process.kill(-group, signal);
  } catch (error) {
    // Gone already.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** @returns whom it found: they are on their way out, which takes them a moment. */
function endTree(group: number | undefined, mark: string): ReadonlySet<number> {
  const found = new Set(marked(mark));
  signalGroup(group, 'SIGKILL');
  // What forks while it is hunted is found in the next round.
  let left: readonly number[] = [...found];
  for (let round = 0; round < 5 && left.length > 0; round++) {
    for (const pid of left) {
      found.add(pid);
      try {
        process.kill(pid, 'SIGKILL');
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
      }
    }
    left = marked(mark);
  }
  return found;
}

/**
 * Whether a process still has its files and ports. What is killed loses its memory first and these a moment later, with
 * the last of its threads, when its first one may be gone already.
 */
function holdsOn(pid: number): boolean {
  try {
    return readdirSync(`/proc/${pid}/task`).some((thread) => isThere(`/proc/${pid}/task/${thread}/stat`));
  } catch {
    return false;
  }
}

function isThere(stat: string): boolean {
  try {
    const text = readFileSync(stat, 'latin1');
    return !/^[ZX]/.test(text.slice(text.lastIndexOf(')') + 2));
  } catch {
    return false;
  }
}

/** Processes that carry the mark; none where there is no /proc. */
function marked(mark: string): readonly number[] {
  const wanted = `${MARK}=${mark}`;
  try {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .filter((pid) => isMarked(pid, wanted))
      .map(Number);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

function isMarked(pid: string, wanted: string): boolean {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'latin1').split('\0').includes(wanted);
  } catch {
    // Ended meanwhile, or another user's: not one of ours.
    return false;
  }
}

/** The beginning and the end of a text that may be endless. */
class Kept {
  readonly #max: number;
  #head = '';
  #tail: string[] = [];
  #tailChars = 0;
  #lost = 0;

  constructor(max: number) {
    this.#max = max;
  }

  add(text: string): void {
    const room = Math.max(0, Math.floor(this.#max / 4) - this.#head.length);
    this.#head += text.slice(0, room);
    const rest = text.slice(room);
    if (rest === '') return;
    this.#tail.push(rest);
    this.#tailChars += rest.length;
    const most = Math.ceil((this.#max * 3) / 4);
    while (this.#tailChars > most) {
      const [first = ''] = this.#tail;
      const drop = Math.min(first.length, this.#tailChars - most);
      this.#lost += drop;
      this.#tailChars -= drop;
      if (drop === first.length) this.#tail.shift();
      else this.#tail[0] = first.slice(drop);
    }
  }

  text(): string {
    const gap = this.#lost > 0 ? `\n… ${this.#lost} characters of output were dropped …\n` : '';
    return `${this.#head}${gap}${this.#tail.join('')}`;
  }
}

class Lines {
  readonly #onLine: ((line: string) => void) | undefined;
  readonly #max: number;
  #rest: string[] = [];
  #restChars = 0;

  constructor(onLine: ((line: string) => void) | undefined, max: number) {
    this.#onLine = onLine;
    this.#max = max;
  }

  add(text: string): void {
    if (!this.#onLine) return;
    let from = 0;
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', from)) {
      this.#keep(text.slice(from, at));
      this.#tell();
      from = at + 1;
    }
    if (from < text.length) this.#keep(text.slice(from));
    if (this.#restChars > this.#max) this.#tell();
  }

  finish(): void {
    if (this.#restChars > 0) this.#tell();
  }

  #keep(part: string): void {
    this.#rest.push(part);
    this.#restChars += part.length;
  }

  #tell(): void {
    const line = this.#rest.join('');
    this.#rest = [];
    this.#restChars = 0;
    this.#onLine?.(line);
  }
}
