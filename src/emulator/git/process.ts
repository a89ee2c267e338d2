/**
 * Git's own programs on one bare repository. What compares objects by their full ids is asked once: its answer never
 * changes. No hook, no configuration of this machine and no prompt is in force.
 */

import { launch } from './launcher.ts';
import { GitError } from './types.ts';

/** The environment of every git process of the emulator: nothing of this machine, nothing that asks. */
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
  // What the emulator keeps need not outlive the machine.
  GIT_CONFIG_KEY_3: 'core.fsync',
  GIT_CONFIG_VALUE_3: 'none',
  ...extra,
});

export interface GitResult {
  readonly code: number;
  readonly stdout: Buffer;
  readonly stderr: string;
}

/** Comparisons of objects by their full ids: their answers never change. */
const COMPARISONS: ReadonlySet<string> = new Set(['rev-list', 'merge-base', 'merge-tree', 'diff-tree']);
const OIDS = /^\^?[0-9a-f]{40}(?:\.{2,3}[0-9a-f]{40})?$/;
const MAX_CACHED = 500;

export class GitProcesses {
  readonly #dir: string;
  readonly #answers = new Map<string, Promise<GitResult>>();

  constructor(dir: string) {
    this.#dir = dir;
  }

  /** Throws GitError, with git's words, unless git ends well. */
  async git(
    args: readonly string[],
    options: { env?: Record<string, string>; input?: string | Buffer } = {},
  ): Promise<GitResult> {
    const ran = await this.run(args, options);
    if (ran.code !== 0) throw new GitError(`git ${args[0]}: ${ran.stderr.trim() || `exit ${ran.code}`}`);
    return ran;
  }

  /** What git says and how it ends, whatever that is. */
  run(
    args: readonly string[],
    options: { env?: Record<string, string>; input?: string | Buffer } = {},
  ): Promise<GitResult> {
    const [command = '', ...rest] = args;
    const lasts = COMPARISONS.has(command) && rest.every((each) => each.startsWith('-') || OIDS.test(each));
    if (!lasts || options.env || options.input !== undefined) return this.#spawn(args, options);
    const question = args.join(' ');
    const known = this.#answers.get(question);
    if (known) return known;
    const asked = this.#spawn(args, options);
    if (this.#answers.size >= MAX_CACHED) this.#answers.clear();
    this.#answers.set(question, asked);
    // An object that is not there yet may come.
    asked.then(
      ({ code }) => code > 1 && this.#answers.delete(question),
      () => this.#answers.delete(question),
    );
    return asked;
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
      child.once('error', (error: Error) => reject(new GitError(`git ${args[0]}: ${error.message}`)));
      child.once('close', (code: number | null, signal: string | null) => {
        if (code === null) reject(new GitError(`git ${args[0]} was ended by ${signal}`));
        else resolve({ code, stdout: Buffer.concat(stdout), stderr: Buffer.concat(stderr).toString('utf8') });
      });
      // A process that ends before it has read everything says why by its exit code.
      child.stdin.on('error', () => undefined);
      child.stdin.end(options.input ?? '');
    });
  }
}
