/**
 * Runs a program that is not trusted: an agent or a gate.
 *
 * It gets a process group of its own, a time limit, and a pipe instead of our output. At its end everything it left behind is
 * killed. In a process namespace the kernel does that, and nothing can escape. Without one we kill its group, and every process
 * with its mark in the environment, even outside the group. The runner finds its orphans in the same way.
 */
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { closeSync, openSync, readdirSync, readFileSync, readSync } from 'node:fs';
import { constants } from 'node:os';
import type { Readable, Writable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import type { RefusedPlace } from '#core/model/report';

export interface ProgramOptions {
  /** The program and its arguments; no shell reads them. */
  readonly command: readonly string[];
  readonly directory: string;
  /** The whole environment. */
  readonly environment: Readonly<Record<string, string>>;
  /** The whole standard input, or a function that writes it while the program runs. Undefined closes it at once. */
  readonly input?: string | ((input: Writable) => void);
  readonly timeoutMs: number;
  /** From SIGTERM to SIGKILL. */
  readonly graceMs?: number;
  /** Of longer output, the beginning and the end are kept. */
  readonly keepChars?: number;
  /** Gets each line of output as it comes; untrusted. */
  readonly onLine?: (line: string, from: 'stdout' | 'stderr') => void;
  /** Longer lines come in pieces. */
  readonly lineChars?: number;
  /** Stops it like the time limit. */
  readonly signal?: AbortSignal;
  /** How much memory it may use together with everything that it started. Only held in a process namespace. */
  readonly memoryBytes?: number;
  /**
   * Set if the command makes a process namespace. `reports` writes the process that the namespace ends with to file
   * descriptor 3, as bubblewrap does; `outlives` exits only after everything in the namespace has ended.
   */
  readonly namespace?: 'reports' | 'outlives';
}

export interface ProgramEnd {
  readonly how:
    | { readonly kind: 'exited'; readonly code: number }
    | { readonly kind: 'killed'; readonly signal: string }
    | { readonly kind: 'timed out' }
    | { readonly kind: 'stopped' }
    | { readonly kind: 'not started'; readonly why: 'not found' | 'not executable'; readonly message: string };
  /** Both streams, in the order they came; not redacted. */
  readonly output: string;
  readonly durationMs: number;
  /** What it asked for on the network and may not reach. */
  readonly refused?: readonly RefusedPlace[];
}

const GRACE_MS = 10_000;
const KEEP_CHARS = 1_000_000;
const LINE_CHARS = 16_000;
/** How long to wait for a pipe after everything was killed: only a process that escaped can still hold it. */
const PIPE_WAIT_MS = 2_000;
/** Between checks that the killed processes are gone. */
const POLL_MS = 5;
/** Memory fills at some gigabytes a second at most, and a look takes a few milliseconds. */
const MEMORY_LOOK_MS = 500;
const MARK = 'SWARM_PROCESS';

/** Ends each program that runs now, with everything that it started. */
const running = new Set<() => void>();
const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

/** Saves work before this process exits. Undefined means that a signal ends it at once. */
let delayedExit: ((signal: NodeJS.Signals) => void) | undefined;
let isEnding = false;

/**
 * A cancelled job gets SIGINT, then SIGTERM. Programs in groups of their own do not get these signals, and would outlive
 * this process.
 */
function killAll(signal: NodeJS.Signals): void {
  for (const end of running) end();
  if (delayedExit) delayedExit(signal);
  else die(signal);
}

function die(signal: NodeJS.Signals): void {
  for (const each of SIGNALS) process.off(each, killAll);
  process.kill(process.pid, signal);
}

function listen(): void {
  for (const each of SIGNALS) if (!process.listeners(each).includes(killAll)) process.on(each, killAll);
}

export interface DelayedExit {
  /** Aborted when a signal arrives. All programs are killed by then, and no further one starts. */
  readonly stop: AbortSignal;
  /** Call this when the work is saved. If a signal arrived, this process now dies of it. */
  end(): void;
}

/**
 * From now on, SIGINT and SIGTERM kill the programs at once, but this process only after its work is saved.
 *
 * @param maxMs the longest delay. A runner sends SIGKILL ten seconds after its first signal.
 */
export function delayExit(maxMs: number): DelayedExit {
  const stopping = new AbortController();
  let received: NodeJS.Signals | undefined;
  let deadline: NodeJS.Timeout | undefined;
  delayedExit = (signal) => {
    if (received !== undefined) return;
    received = signal;
    isEnding = true;
    deadline = setTimeout(() => die(signal), maxMs);
    stopping.abort();
  };
  listen();
  return {
    stop: stopping.signal,
    end: () => {
      clearTimeout(deadline);
      delayedExit = undefined;
      isEnding = false;
      if (received !== undefined) die(received);
    },
  };
}

/** Runs a program to its end. Nothing that the program does makes this throw; a missing directory is 'not found'. */
export function runProgram(options: ProgramOptions): Promise<ProgramEnd> {
  const [program = '', ...args] = options.command;
  const mark = randomUUID();
  const startedAt = performance.now();
  const kept = new HeadAndTail(options.keepChars ?? KEEP_CHARS);
  const { onLine } = options;
  const lines = (['stdout', 'stderr'] as const).map(
    (from) => new LineSplitter(onLine && ((line) => onLine(line, from)), options.lineChars ?? LINE_CHARS),
  );
  listen();
  if (isEnding) return Promise.resolve({ how: { kind: 'stopped' }, output: '', durationMs: 0 });

  return new Promise((resolve) => {
    const { namespace } = options;
    const child = spawn(program, args, {
      cwd: options.directory,
      env: { ...options.environment, [MARK]: mark },
      detached: true,
      stdio: [
        options.input === undefined ? 'ignore' : 'pipe',
        'pipe',
        'pipe',
        ...(namespace === 'reports' ? (['pipe'] as const) : []),
      ],
    });
    let cut: 'timed out' | 'stopped' | undefined;
    let over = false;
    const timers = new Set<NodeJS.Timeout>();
    const after = (ms: number, act: () => void) => timers.add(setTimeout(act, Math.min(ms, 2 ** 31 - 1)));
    const namespaceEnd = namespace === 'reports' ? readNamespaceEnd(child.stdio[3] as Readable) : undefined;

    const end = (how: ProgramEnd['how']) => {
      if (over) return;
      over = true;
      for (const timer of timers) clearTimeout(timer);
      options.signal?.removeEventListener('abort', stop);
      running.delete(killAllOfChild);
      for (const each of lines) each.finish();
      child.stdout?.destroy();
      child.stderr?.destroy();
      resolve({ how, output: kept.text(), durationMs: Math.round(performance.now() - startedAt) });
    };

    const killed = new Set<number>();
    const killAllOfChild = () => {
      if (namespace !== undefined) killBelow(child.pid);
      else for (const pid of killTree(child.pid, mark)) killed.add(pid);
    };
    if (child.pid !== undefined) running.add(killAllOfChild);
    [child.stdout, child.stderr].forEach((stream, index) => {
      const decoder = new StringDecoder('utf8');
      stream?.on('data', (chunk: Buffer) => {
        const text = decoder.write(chunk);
        kept.add(text);
        lines[index]?.add(text);
      });
    });
    // A program may exit without reading its input, which closes the pipe while we write.
    child.stdin?.on('error', () => {});
    if (typeof options.input === 'function' && child.stdin) options.input(child.stdin);
    else child.stdin?.end(options.input);

    child.on('error', (error: NodeJS.ErrnoException) => {
      if (child.pid !== undefined) return;
      const why = error.code === 'EACCES' ? 'not executable' : 'not found';
      end({ kind: 'not started', why, message: error.message });
    });
    const isAnyLeft = (): boolean => {
      const last = namespaceEnd?.();
      return [...killed, ...(last === undefined ? [] : [last])].some(hasThreads);
    };
    const endWhenGone = (how: ProgramEnd['how']) => {
      if (isAnyLeft()) after(POLL_MS, () => endWhenGone(how));
      else end(how);
    };
    child.on('exit', (code, signal) => {
      if (namespace === undefined) killAllOfChild();
      const how: ProgramEnd['how'] = cut
        ? { kind: cut }
        : code === null
          ? { kind: 'killed', signal: String(signal) }
          : exitOf(code, namespace);
      child.on('close', () => endWhenGone(how));
      after(PIPE_WAIT_MS, () => end(how));
    });
    const watchMemory = (most: number) => {
      if (over || child.pid === undefined) return;
      if (memoryOf(processesBelow(child.pid)) > most) {
        kept.add(`\nswarm: it used more than ${Math.round(most / 2 ** 20)} MiB of memory and was stopped.\n`);
        killAllOfChild();
      } else after(MEMORY_LOOK_MS, () => watchMemory(most));
    };
    const { memoryBytes } = options;
    if (namespace !== undefined && memoryBytes !== undefined) after(MEMORY_LOOK_MS, () => watchMemory(memoryBytes));
    const cutShort = (why: typeof cut) => {
      if (cut || over) return;
      cut = why;
      if (namespace === undefined) signalGroup(child.pid, 'SIGTERM');
      else if (child.pid !== undefined) signalGroup(programGroup(child.pid), 'SIGTERM');
      after(options.graceMs ?? GRACE_MS, killAllOfChild);
    };
    const stop = () => cutShort('stopped');
    after(options.timeoutMs, () => cutShort('timed out'));
    if (options.signal?.aborted) stop();
    else options.signal?.addEventListener('abort', stop, { once: true });
  });
}

/** What encloses a program passes its signal on as shells do, as 128 plus its number. */
function exitOf(code: number, namespace: ProgramOptions['namespace']): ProgramEnd['how'] {
  const signal = Object.entries(constants.signals).find(([, number]) => number === code - 128)?.[0];
  return namespace === undefined || signal === undefined ? { kind: 'exited', code } : { kind: 'killed', signal };
}

// --- in a process namespace -----------------------------------------------------------------------------------------------

/** @returns a function that answers the process that its namespace ends with, once bubblewrap has reported it. */
function readNamespaceEnd(stream: Readable): () => number | undefined {
  let text = '';
  stream.setEncoding('utf8');
  stream.on('data', (chunk: string) => {
    text += chunk;
  });
  stream.on('error', () => {});
  return () => {
    const pid = /"child-pid": *(\d+)/.exec(text)?.[1];
    return pid === undefined ? undefined : Number(pid);
  };
}

interface ProcessEntry {
  /** Memory that is its own: neither files nor what it shares with others. */
  readonly memoryBytes: number;
  readonly pid: number;
  readonly parent: number;
  /** Its number in its own namespace: 1 for the process that the namespace ends with. */
  readonly inside: number;
  /** 1 in our own namespace. */
  readonly depth: number;
}

/** The processes below one, parents first. */
function processesBelow(root: number): readonly ProcessEntry[] {
  const children = new Map<number, ProcessEntry[]>();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const entry = readEntry(Number(name));
    if (entry) children.set(entry.parent, [...(children.get(entry.parent) ?? []), entry]);
  }
  const found = [...(children.get(root) ?? [])];
  for (const { pid } of found) found.push(...(children.get(pid) ?? []));
  return found;
}

/** A look reads hundreds of these. With one buffer for all it takes a third of the time. */
const statusBuffer = Buffer.alloc(16_384);

function readStatus(pid: number): string {
  const file = openSync(`/proc/${pid}/status`, 'r');
  try {
    return statusBuffer.toString('latin1', 0, readSync(file, statusBuffer, 0, statusBuffer.length, 0));
  } finally {
    closeSync(file);
  }
}

function readEntry(pid: number): ProcessEntry | undefined {
  try {
    const status = readStatus(pid);
    const numbers = /^NSpid:\s+(.*)$/m.exec(status)?.[1]?.trim().split(/\s+/).map(Number) ?? [];
    return {
      pid,
      parent: Number(/^PPid:\s+(\d+)$/m.exec(status)?.[1]),
      inside: numbers.at(-1) ?? 0,
      depth: numbers.length,
      memoryBytes:
        1024 *
        (Number(/^RssAnon:\s+(\d+)/m.exec(status)?.[1] ?? 0) + Number(/^RssShmem:\s+(\d+)/m.exec(status)?.[1] ?? 0)),
    };
  } catch {
    // It has exited.
    return undefined;
  }
}

const memoryOf = (processes: readonly ProcessEntry[]): number =>
  processes.reduce((sum, { memoryBytes }) => sum + memoryBytes, 0);

/** The process group of the program itself, below the processes that enclose it. */
function programGroup(outer: number): number | undefined {
  const below = processesBelow(outer);
  const deepest = Math.max(...below.map(({ depth }) => depth));
  // The first process after the one that the namespace ends with. Later ones serve it, or it started them.
  const program = below.find(({ depth, inside }) => depth > 1 && depth === deepest && inside === 2);
  try {
    const stat = program && readFileSync(`/proc/${program.pid}/stat`, 'latin1');
    return stat === undefined ? undefined : Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[2]);
  } catch {
    // It has exited.
    return undefined;
  }
}

/** Kills everything below a process and the process itself, as far as it is ours. The rest ends with what it encloses. */
function killBelow(outer: number | undefined): void {
  if (outer === undefined) return;
  for (const pid of [outer, ...processesBelow(outer).map((each) => each.pid)]) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch (error) {
      if (!['ESRCH', 'EPERM'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
    }
  }
}

// --- without a namespace --------------------------------------------------------------------------------------------------

function signalGroup(group: number | undefined, signal: NodeJS.Signals): void {
  if (group === undefined) return;
  try {
    process.kill(-group, signal);
  } catch (error) {
    // It has already exited, or has not yet become ours.
    if (!['ESRCH', 'EPERM'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
  }
}

/** Kills a group and every marked process. @returns the processes it killed; they need a moment to exit. */
function killTree(group: number | undefined, mark: string): ReadonlySet<number> {
  const found = new Set(findMarked(mark));
  signalGroup(group, 'SIGKILL');
  // A process may fork while it is being killed; the next round finds its child.
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
    left = findMarked(mark);
  }
  return found;
}

/**
 * True while a process still has its files and ports. A killed process loses its memory first. It loses its files and ports a
 * moment later, together with its last thread, when its main thread may already be gone.
 */
function hasThreads(pid: number): boolean {
  try {
    return readdirSync(`/proc/${pid}/task`).some((thread) => isAlive(`/proc/${pid}/task/${thread}/stat`));
  } catch {
    return false;
  }
}

function isAlive(stat: string): boolean {
  try {
    const text = readFileSync(stat, 'latin1');
    return !/^[ZX]/.test(text.slice(text.lastIndexOf(')') + 2));
  } catch {
    return false;
  }
}

/** Processes that carry the mark. Without /proc, none are found. */
function findMarked(mark: string): readonly number[] {
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
    // It has exited, or it belongs to another user and so is not ours.
    return false;
  }
}

/** Keeps the beginning and the end of a text of any length. */
class HeadAndTail {
  readonly #max: number;
  #head = '';
  #tail: string[] = [];
  #tailChars = 0;
  #dropped = 0;

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
      this.#dropped += drop;
      this.#tailChars -= drop;
      if (drop === first.length) this.#tail.shift();
      else this.#tail[0] = first.slice(drop);
    }
  }

  text(): string {
    const gap = this.#dropped > 0 ? `\n… ${this.#dropped} characters of output were dropped …\n` : '';
    return `${this.#head}${gap}${this.#tail.join('')}`;
  }
}

class LineSplitter {
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
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
      this.#keep(text.slice(from, end));
      this.#emit();
      from = end + 1;
    }
    if (from < text.length) this.#keep(text.slice(from));
    if (this.#restChars > this.#max) this.#emit();
  }

  finish(): void {
    if (this.#restChars > 0) this.#emit();
  }

  #keep(part: string): void {
    this.#rest.push(part);
    this.#restChars += part.length;
  }

  #emit(): void {
    const line = this.#rest.join('');
    this.#rest = [];
    this.#restChars = 0;
    this.#onLine?.(line);
  }
}
