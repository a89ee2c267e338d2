/** `swarm dev` as a person starts it, in processes of its own, with the summary that it writes at its end. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import type { DevSummary } from '../../src/local/summary.ts';
import { LIMITS_MS, WAIT_MS } from '../limits.ts';
import { until } from '../rig/wait.ts';

const PATH = [resolve('node_modules/.bin'), process.env.PATH].join(delimiter);
/** What a person's shell has (also where certificates and proxies are), and nothing of the test runner's. */
const THE_RUNNERS = /^(?:VITEST.*|NODE_ENV|NODE_OPTIONS|npm_.*|TEST|DEV|PROD|SSR|MODE|BASE_URL)$/;
export const ENVIRONMENT = Object.fromEntries(
  Object.entries({ ...process.env, PATH, NO_COLOR: '1' }).filter(([name]) => !THE_RUNNERS.test(name)),
) as NodeJS.ProcessEnv;

export interface Demo {
  readonly summary: DevSummary;
  readonly output: () => string;
  /** Ctrl-C. Resolves when the last process that could write to its output is gone. */
  stops(): Promise<void>;
  /** Its end, without being told to. @returns the exit code. */
  ends(): Promise<number | null>;
}

/** Demos of one file, in one temporary folder. */
export class Demos {
  readonly dir = mkdtempSync(join(tmpdir(), 'swarm-demo-'));
  readonly #started: ChildProcess[] = [];

  /** Runs `npm run SCRIPT -- …` until its summary is there; with `--keep` it goes on until it is stopped. */
  async run(name: string, script: readonly string[], ...options: string[]): Promise<Demo> {
    const file = join(this.dir, `${name}.json`);
    const [first = 'demo', ...rest] = script;
    const child = spawn('npm', ['run', '--silent', first, '--', ...rest, '--json', file, ...options], {
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: ENVIRONMENT,
    });
    this.#started.push(child);
    const closed = once(child, 'close');
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text;
      });
    }
    const isOver = (): boolean => child.exitCode !== null || child.signalCode !== null;
    await until('the summary of the demo', () => isOver() || existsSync(file), {
      mostMs: LIMITS_MS.epic - WAIT_MS,
      state: () => output,
    });
    if (!existsSync(file)) throw new Error(`It ended with ${child.exitCode} and wrote nothing:\n${output}`);
    return {
      summary: JSON.parse(readFileSync(file, 'utf8')) as DevSummary,
      output: () => output,
      async stops() {
        if (child.pid !== undefined) process.kill(-child.pid, 'SIGINT');
        await closed;
      },
      async ends() {
        await closed;
        return child.exitCode;
      },
    };
  }

  /** By their groups: npm's children, too. All have ended where all went well. */
  close(): void {
    for (const { pid, exitCode, signalCode } of this.#started) {
      if (pid !== undefined && exitCode === null && signalCode === null) process.kill(-pid, 'SIGKILL');
    }
    rmSync(this.dir, { recursive: true, force: true });
  }
}

export const git = (cwd: string, ...args: string[]): string => execFileSync('git', args, { cwd, encoding: 'utf8' });
