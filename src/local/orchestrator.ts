/**
 * The app as a process of its own, started as an administrator would start it, with its settings in the environment. It
 * can be killed at any moment and is started anew: everything it knows is on GitHub (SPEC R4.2, R4.3).
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { Fault } from './fault.ts';

export interface AppSettings {
  /** The file that node runs. */
  readonly program: string;
  readonly port: number;
  readonly apiUrl: string;
  readonly appId: string;
  readonly privateKey: string;
  readonly secret: string;
  /** Gets what the app prints, line by line. */
  readonly log: (line: string) => void;
}

const READY_MS = 20_000;
/** Its standard input ends when this process does, however that ends: the app is never left behind. */
const LEASH = 'data:text/javascript,process.stdin.resume().on("end",()=>process.exit())';

export class AppProcess {
  readonly #settings: AppSettings;
  #child: ChildProcess | undefined;
  #lastLines: string[] = [];
  #state: 'running' | 'closing' = 'running';

  constructor(settings: AppSettings) {
    this.#settings = settings;
  }

  /** Starts it and waits until it answers. Throws a `Fault` with its last words where it does not. */
  async start(): Promise<void> {
    const { program, port, apiUrl, appId, privateKey, secret } = this.#settings;
    this.#lastLines = [];
    const child = spawn(process.execPath, ['--import', LEASH, program], {
      stdio: ['pipe', 'pipe', 'pipe'],
      env: {
        PATH: process.env.PATH,
        HOME: process.env.HOME,
        APP_ID: appId,
        PRIVATE_KEY: privateKey,
        WEBHOOK_SECRET: secret,
        PORT: String(port),
        HOST: '127.0.0.1',
        GITHUB_API_URL: apiUrl,
      },
    });
    this.#child = child;
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        for (const line of text.split('\n').filter(Boolean)) {
          this.#lastLines = [...this.#lastLines.slice(-9), line];
          this.#settings.log(line);
        }
      });
    }
    const deadline = Date.now() + READY_MS;
    while (!(await this.#answers())) {
      if (child.exitCode !== null || Date.now() > deadline) {
        throw new Fault(
          'The app does not start.',
          this.#lastLines.join(' ') || `It did not answer on port ${port} within ${READY_MS / 1000} s.`,
          'Start it again; if it stays so, this is a fault of swarm.',
        );
      }
      await new Promise((resolve) => setTimeout(resolve, 40));
    }
  }

  /** Ends it with SIGKILL, in the middle of whatever it does, and starts it again. */
  async killAndRestart(): Promise<void> {
    await this.#end('SIGKILL');
    if (this.#state === 'running') await this.start();
  }

  /** What it printed last. */
  lastLines(): readonly string[] {
    return this.#lastLines;
  }

  async close(): Promise<void> {
    this.#state = 'closing';
    await this.#end('SIGKILL');
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill(signal);
    await gone;
  }

  async #answers(): Promise<boolean> {
    try {
      const signal = AbortSignal.timeout(READY_MS);
      return (await fetch(`http://127.0.0.1:${this.#settings.port}/healthz`, { signal })).ok;
    } catch (error) {
      // Not listening yet, or too busy to answer; anything else is not expected of the loopback.
      if (error instanceof TypeError || (error as Error).name === 'TimeoutError') return false;
      throw error;
    }
  }
}

/** A port of the loopback that nobody uses at this moment. */
export async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('The system gave no port.');
  return address.port;
}

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
export function dice(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
