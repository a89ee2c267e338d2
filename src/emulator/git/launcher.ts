/**
 * Processes started by a small process instead of this one.
 *
 * To start a process copies the starter's page tables: 2 ms from a bare node, 8 to 16 ms from an emulator that has read
 * GitHub's descriptions, during which nothing else is answered; and every push and fetch is half a dozen of them. So one
 * bare node is kept beside, and starts them. Their standard streams are sockets that lead here directly; what it
 * passes on is the request, the end, and what they said on standard error.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Duplex, PassThrough } from 'node:stream';

interface LaunchRequest {
  readonly id: number;
  readonly file: string;
  readonly args: readonly string[];
  readonly cwd?: string | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
}

type LauncherMessage =
  | { readonly kind: 'listens' }
  | { readonly kind: 'started'; readonly id: number; readonly pid: number }
  | { readonly kind: 'failed'; readonly id: number; readonly message: string; readonly code: string | undefined }
  | {
      readonly kind: 'ended';
      readonly id: number;
      readonly exitCode: number | null;
      readonly signal: NodeJS.Signals | null;
      readonly stderr: string;
    };

/**
 * What runs in the small process. It is handed over as text, so it knows nothing of this file.
 * Two sockets come for each request, in any order: `<id> in` and `<id> out`, nothing more is written before the start.
 */
function launcher(): void {
  const { spawn } = process.getBuiltinModule('node:child_process');
  const { createServer } = process.getBuiltinModule('node:net');
  const { rmSync } = process.getBuiltinModule('node:fs');
  const directory = process.argv.at(-1) ?? '';
  type Arrived = { request?: LaunchRequest; in?: Socket; out?: Socket };
  const pending = new Map<number, Arrived>();
  const running = new Map<number, ChildProcess>();
  const send = (message: LauncherMessage): void => {
    // Somebody who is gone hears nothing; that he is gone is message a moment later, below.
    if (process.connected) process.send?.(message, undefined, undefined, () => undefined);
  };
  const arrives = (id: number, part: Arrived): void => {
    const ends: Arrived = { ...pending.get(id), ...part };
    const { request, in: input, out: output } = ends;
    if (!request || !input || !output) {
      pending.set(id, ends);
      return;
    }
    pending.delete(id);
    const { file, args, cwd, env } = request;
    let child: ChildProcess;
    try {
      child = spawn(file, [...args], { cwd, env: env as NodeJS.ProcessEnv, stdio: [input, output, 'pipe'] });
    } catch (error) {
      // Arguments that are too long, or not for a program.
      const { message, code } = error as NodeJS.ErrnoException;
      send({ kind: 'failed', id, message, code });
      return;
    } finally {
      // The child has its own copies.
      input.destroy();
      output.destroy();
    }
    const said: Buffer[] = [];
    child.stderr?.on('data', (chunk: Buffer) => said.push(chunk));
    child.once('error', (error: NodeJS.ErrnoException) => {
      running.delete(id);
      send({ kind: 'failed', id, message: error.message, code: error.code });
    });
    child.once('close', (exitCode, signal) => {
      if (!running.delete(id)) return;
      send({ kind: 'ended', id, exitCode, signal, stderr: Buffer.concat(said).toString('utf8') });
    });
    if (child.pid === undefined) return;
    running.set(id, child);
    send({ kind: 'started', id, pid: child.pid });
  };
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    let head = '';
    const read = (chunk: Buffer): void => {
      head += chunk.toString('latin1');
      if (!head.endsWith('\n')) return;
      socket.off('data', read).pause();
      const [id = '', side = ''] = head.trim().split(' ');
      arrives(Number(id), side === 'in' ? { in: socket } : { out: socket });
    };
    socket.on('data', read);
    socket.on('error', () => socket.destroy());
  });
  process.on('message', (asked: LaunchRequest | { readonly kill: number; readonly signal: NodeJS.Signals }) => {
    if ('kill' in asked) running.get(asked.kill)?.kill(asked.signal);
    else arrives(asked.id, { request: asked });
  });
  // Whoever it starts processes for says when it is over, by going; perhaps without a chance to tidy up.
  process.on('disconnect', () => {
    rmSync(directory, { recursive: true, force: true });
    process.exit();
  });
  process.on('SIGINT', () => undefined);
  process.on('SIGTERM', () => undefined);
  server.listen(`${directory}/socket`, () => send({ kind: 'listens' }));
}

/** Of a `ChildProcess` what callers here use: its streams, `error`, `exit` and `close`, `kill`. */
export class LaunchedProcess extends EventEmitter {
  readonly stdin = new PassThrough();
  readonly stdout = new PassThrough();
  readonly stderr = new PassThrough();
  pid: number | undefined;
  exitCode: number | null = null;
  signalCode: NodeJS.Signals | null = null;
  readonly #kill: (signal: NodeJS.Signals) => void;

  constructor(kill: (signal: NodeJS.Signals) => void) {
    super();
    this.#kill = kill;
  }

  kill(signal: NodeJS.Signals = 'SIGTERM'): boolean {
    if (this.exitCode !== null || this.signalCode !== null) return false;
    this.#kill(signal);
    return true;
  }
}

/** The small process, and what it started. */
class Launcher {
  ended = false;
  readonly #process: ChildProcess;
  readonly #directory = mkdtempSync(join(tmpdir(), 'swarm-launcher-'));
  readonly #listens: Promise<void>;
  readonly #running = new Map<number, { readonly launched: LaunchedProcess; readonly started: () => void }>();
  #last = 0;

  constructor() {
    this.#process = spawn(process.execPath, ['--eval', `(${launcher.toString()})()`, '--', this.#directory], {
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      env: {},
    });
    this.#listens = new Promise((resolve) => {
      this.#process.on('message', (message: LauncherMessage) =>
        message.kind === 'listens' ? resolve() : this.#hear(message),
      );
    });
    this.#process.once('exit', () => this.#end(new Error('The process that starts processes has ended')));
    this.#process.on('error', (error) => this.#end(error));
    // It goes when this process does, and is no reason for it to stay.
    this.#process.unref();
    this.#process.channel?.unref();
  }

  launch(file: string, args: readonly string[], options: Pick<LaunchRequest, 'cwd' | 'env'>): LaunchedProcess {
    this.#last += 1;
    const id = this.#last;
    const launched = new LaunchedProcess((signal) => this.#process.send({ kill: id, signal }));
    this.#process.channel?.ref();
    const started = new Promise<void>((resolve) => this.#running.set(id, { launched, started: resolve }));
    void this.#listens.then(() => {
      if (this.ended) return;
      this.#process.send({ id, file, args, ...options } satisfies LaunchRequest);
      const output = this.#connect(`${id} out\n`, launched.stdout);
      output.on('end', () => output.end()).pipe(launched.stdout);
      const input = this.#connect(`${id} in\n`, launched.stdin).resume();
      void started.then(() => launched.stdin.pipe(input));
      launched.once('exit', () => {
        launched.stdin.destroy();
        input.destroy();
      });
    });
    return launched;
  }

  #connect(head: string, stream: Duplex): Socket {
    const socket = connect({ path: join(this.#directory, 'socket'), allowHalfOpen: true });
    socket.on('error', (error) => stream.destroy(error));
    socket.write(head);
    return socket;
  }

  #hear(message: Exclude<LauncherMessage, { readonly kind: 'listens' }>): void {
    const { launched, started } = this.#running.get(message.id) ?? {};
    if (!launched || !started) return;
    if (message.kind === 'started') {
      launched.pid = message.pid;
      started();
      return;
    }
    this.#forget(message.id);
    if (message.kind === 'failed') {
      launched.emit('exit', null, null);
      launched.emit('error', Object.assign(new Error(message.message), { code: message.code }));
      return;
    }
    launched.exitCode = message.exitCode;
    launched.signalCode = message.signal;
    launched.stderr.end(message.stderr);
    launched.emit('exit', message.exitCode, message.signal);
    const close = (): void => void launched.emit('close', message.exitCode, message.signal);
    if (launched.stdout.closed || launched.stdout.readableEnded) close();
    else launched.stdout.once('close', close);
  }

  #forget(id: number): void {
    this.#running.delete(id);
    if (this.#running.size === 0) this.#process.channel?.unref();
  }

  #end(error: Error): void {
    this.ended = true;
    for (const [id, { launched }] of this.#running) {
      this.#forget(id);
      launched.emit('error', error);
    }
  }
}

let current: Launcher | undefined;

/** As `spawn` with three pipes. Its streams end as a child's do; a program that is not there is an `error` with its code. */
export function launch(
  file: string,
  args: readonly string[],
  options: Pick<LaunchRequest, 'cwd' | 'env'>,
): LaunchedProcess {
  if (!current || current.ended) current = new Launcher();
  return current.launch(file, args, options);
}
