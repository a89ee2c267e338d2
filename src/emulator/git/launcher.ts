/**
 * Starts processes from a small helper process instead of this one.
 *
 * Starting a process copies the parent's page tables. That blocks a bare node for 2 ms, but an emulator that has loaded
 * GitHub's descriptions for 8 to 16 ms; and each push or fetch needs half a dozen processes. So a bare node runs beside
 * the emulator and starts them. Their standard input and output are sockets that lead here directly; the helper only
 * forwards requests, exits and standard error.
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
 * The code of the helper process. It is passed as text, so it cannot use anything from this file. Each request comes
 * with two sockets, in any order, introduced by the lines `<id> in` and `<id> out`.
 */
function launcher(): void {
  const { spawn } = process.getBuiltinModule('node:child_process');
  const { createServer } = process.getBuiltinModule('node:net');
  const { rmSync } = process.getBuiltinModule('node:fs');
  const directory = process.argv.at(-1) ?? '';
  type Parts = { request?: LaunchRequest; in?: Socket; out?: Socket };
  const pending = new Map<number, Parts>();
  const running = new Map<number, ChildProcess>();
  const send = (message: LauncherMessage): void => {
    // If the parent is gone, the `disconnect` handler below ends this process.
    if (process.connected) process.send?.(message, undefined, undefined, () => undefined);
  };
  const receive = (id: number, part: Parts): void => {
    const parts: Parts = { ...pending.get(id), ...part };
    const { request, in: input, out: output } = parts;
    if (!request || !input || !output) {
      pending.set(id, parts);
      return;
    }
    pending.delete(id);
    const { file, args, cwd, env } = request;
    let child: ChildProcess;
    try {
      child = spawn(file, [...args], { cwd, env: env as NodeJS.ProcessEnv, stdio: [input, output, 'pipe'] });
    } catch (error) {
      // For example, the arguments are too long.
      const { message, code } = error as NodeJS.ErrnoException;
      send({ kind: 'failed', id, message, code });
      return;
    } finally {
      // The child has its own copies of both.
      input.destroy();
      output.destroy();
    }
    const stderr: Buffer[] = [];
    child.stderr?.on('data', (chunk: Buffer) => stderr.push(chunk));
    child.once('error', (error: NodeJS.ErrnoException) => {
      running.delete(id);
      send({ kind: 'failed', id, message: error.message, code: error.code });
    });
    child.once('close', (exitCode, signal) => {
      if (!running.delete(id)) return;
      send({ kind: 'ended', id, exitCode, signal, stderr: Buffer.concat(stderr).toString('utf8') });
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
      receive(Number(id), side === 'in' ? { in: socket } : { out: socket });
    };
    socket.on('data', read);
    socket.on('error', () => socket.destroy());
  });
  process.on('message', (message: LaunchRequest | { readonly kill: number; readonly signal: NodeJS.Signals }) => {
    if ('kill' in message) running.get(message.kill)?.kill(message.signal);
    else receive(message.id, { request: message });
  });
  // The parent may exit without a chance to clean up, so this process does.
  process.on('disconnect', () => {
    rmSync(directory, { recursive: true, force: true });
    process.exit();
  });
  process.on('SIGINT', () => undefined);
  process.on('SIGTERM', () => undefined);
  server.listen(`${directory}/socket`, () => send({ kind: 'listens' }));
}

/** The parts of `ChildProcess` that callers use: the streams, the events `error`, `exit` and `close`, and `kill`. */
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

/** The helper process, and the processes it started. */
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
    this.#process.once('exit', () => this.#end(new Error('The launcher process has ended')));
    this.#process.on('error', (error) => this.#end(error));
    // The helper must not keep this process alive. It exits when this process does.
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

/** Works like `spawn` with three pipes. A program that doesn't exist gives an `error` event with a code. */
export function launch(
  file: string,
  args: readonly string[],
  options: Pick<LaunchRequest, 'cwd' | 'env'>,
): LaunchedProcess {
  if (!current || current.ended) current = new Launcher();
  return current.launch(file, args, options);
}
