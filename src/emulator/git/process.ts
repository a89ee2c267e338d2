/**
 * Runs git on one bare repository, without hooks, prompts or this machine's configuration. Comparisons of objects by
 * full id are cached, because their results never change.
 */

import { launch } from './launcher.ts';
import { GitError } from './types.ts';

/** The environment of all git processes: no configuration from this machine, and no prompts. */
export const gitEnv = (extra: Record<string, string> = {}): Record<string, string> => ({
  PATH: process.env.PATH ?? '/usr/bin:/bin',
  HOME: '/nonexistent',
  LC_ALL: 'C',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_ATTR_NOSYSTEM: '1',
  GIT_TERMINAL_PROMPT: '0',
  GIT_CONFIG_COUNT: '4',
  GIT_CONFIG_KEY_0: 'safe.directory',
  GIT_CONFIG_VALUE_0: '*',
  GIT_CONFIG_KEY_1: 'core.hooksPath',
  GIT_CONFIG_VALUE_1: '/dev/null',
  GIT_CONFIG_KEY_2: 'gc.auto',
  GIT_CONFIG_VALUE_2: '0',
  // The emulator's data need not survive a crash.
  GIT_CONFIG_KEY_3: 'core.fsync',
  GIT_CONFIG_VALUE_3: 'none',
  ...extra,
});

export interface GitResult {
  readonly code: number;
  readonly stdout: Buffer;
  readonly stderr: string;
}

/** With full ids as arguments, the results of these commands never change. */
const COMPARISONS: ReadonlySet<string> = new Set(['rev-list', 'merge-base', 'merge-tree', 'diff-tree']);
const OIDS = /^\^?[0-9a-f]{40}(?:\.{2,3}[0-9a-f]{40})?$/;
const MAX_CACHED = 500;
/** No git command of the emulator takes nearly this long, even on a busy machine. In real time. */
const TIMEOUT_MS = 120_000;

export class GitProcesses {
  readonly #dir: string;
  readonly #timeoutMs: number;
  readonly #cache = new Map<string, Promise<GitResult>>();

  constructor(dir: string, timeoutMs: number = TIMEOUT_MS) {
    this.#dir = dir;
    this.#timeoutMs = timeoutMs;
  }

  /** Runs git. Throws GitError with git's message if it fails. */
  async git(
    args: readonly string[],
    options: { env?: Record<string, string>; input?: string | Buffer } = {},
  ): Promise<GitResult> {
    const ran = await this.run(args, options);
    if (ran.code !== 0) throw new GitError(`git ${args[0]}: ${ran.stderr.trim() || `exit ${ran.code}`}`);
    return ran;
  }

  /** Runs git and returns its output and exit code, even if it fails. Throws GitError if it hangs or is killed. */
  run(
    args: readonly string[],
    options: { env?: Record<string, string>; input?: string | Buffer } = {},
  ): Promise<GitResult> {
    const [command = '', ...rest] = args;
    const isCacheable = COMPARISONS.has(command) && rest.every((arg) => arg.startsWith('-') || OIDS.test(arg));
    if (!isCacheable || options.env || options.input !== undefined) return this.#spawn(args, options);
    const key = args.join(' ');
    const cached = this.#cache.get(key);
    if (cached) return cached;
    const result = this.#spawn(args, options);
    if (this.#cache.size >= MAX_CACHED) this.#cache.clear();
    this.#cache.set(key, result);
    // An object that is missing now may be written later, so failures are not cached.
    result.then(
      ({ code }) => code > 1 && this.#cache.delete(key),
      () => this.#cache.delete(key),
    );
    return result;
  }

  #spawn(
    args: readonly string[],
    options: { readonly env?: Record<string, string>; readonly input?: string | Buffer },
  ): Promise<GitResult> {
    return new Promise((resolve, reject) => {
      const child = launch('git', args, { cwd: this.#dir, env: gitEnv({ GIT_DIR: this.#dir, ...options.env }) });
      const stdout: Buffer[] = [];
      const stderr: Buffer[] = [];
      child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
      child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
      const timeout = setTimeout(() => {
        reject(new GitError(`git ${args[0]} did not finish within ${this.#timeoutMs / 1000} s`));
        child.kill();
      }, this.#timeoutMs);
      child.once('error', (error: Error) => {
        clearTimeout(timeout);
        reject(new GitError(`git ${args[0]}: ${error.message}`));
      });
      child.once('close', (code: number | null, signal: string | null) => {
        clearTimeout(timeout);
        if (code === null) reject(new GitError(`git ${args[0]} was killed by ${signal}`));
        else resolve({ code, stdout: Buffer.concat(stdout), stderr: Buffer.concat(stderr).toString('utf8') });
      });
      // If the process exits before it has read all of its input, its exit code says why.
      child.stdin.on('error', () => undefined);
      child.stdin.end(options.input ?? '');
    });
  }
}
