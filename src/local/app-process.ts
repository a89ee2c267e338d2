/**
 * The app as a separate process, started as an administrator would start it, with its settings in the environment. It can
 * be killed at any moment and restarted, because everything it knows is on GitHub (SPEC R4.2, R4.3).
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { Fault } from '#words/fault';

export interface AppSettings {
  /** The file that node runs. */
  readonly program: string;
  readonly port: number;
  readonly apiUrl: string;
  readonly appId: string;
  readonly privateKey: string;
  readonly secret: string;
  /** Gets each line that the app prints. */
  readonly log: (line: string) => void;
}

const READY_MS = 20_000;
/** Makes the app exit when its standard input closes, which happens however this process ends. */
const LEASH = 'data:text/javascript,process.stdin.resume().on("end",()=>process.exit())';

export class AppProcess {
  readonly #settings: AppSettings;
  #child: ChildProcess | undefined;
  #lastLines: string[] = [];
  #state: 'running' | 'closing' = 'running';

  constructor(settings: AppSettings) {
    this.#settings = settings;
  }

  /** Starts it and waits until it answers. If it does not, throws a `Fault` with its last output. */
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
          'The app did not start.',
          this.#lastLines.join(' ') || `It did not answer on port ${port} within ${READY_MS / 1000} s.`,
          'Try again. If it fails again, this is a bug in swarm.',
        );
      }
      await new Promise((resolve) => setTimeout(resolve, 40));
    }
  }

  /** Kills it with SIGKILL, even while it is working, and starts it again. */
  async killAndRestart(): Promise<void> {
    await this.#end('SIGKILL');
    if (this.#state === 'running') await this.start();
  }

  /** The last lines it printed. */
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
    const exited = once(child, 'exit');
    child.kill(signal);
    await exited;
  }

  async #answers(): Promise<boolean> {
    try {
      const signal = AbortSignal.timeout(READY_MS);
      return (await fetch(`http://127.0.0.1:${this.#settings.port}/healthz`, { signal })).ok;
    } catch (error) {
      // It is not listening yet, or too busy to answer. Nothing else is expected on the loopback interface.
      if (error instanceof TypeError || (error as Error).name === 'TimeoutError') return false;
      throw error;
    }
  }
}

/** A port on the loopback interface that is free at the moment. */
export async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('The system returned no port.');
  return address.port;
}

/** Random numbers from 0 to 1, the same for the same seed (mulberry32). */
export function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
