/**
 * Actions that workflows name by `owner/repo@ref`. Each commit is fetched once, with git from the emulator itself, as any
 * client would. Each job gets its own copy, because on GitHub a job cannot change the files of another job's actions.
 */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, lstatSync, readdirSync } from 'node:fs';
import { mkdir, readFile, rename, rm } from 'node:fs/promises';
import { join, normalize, sep } from 'node:path';
import { promisify } from 'node:util';
import { type Action, type FileReference, readAction } from './workflow.ts';

/** The time that git has to download an action, in real time. */
const DOWNLOAD_MS = 120_000;

const run = promisify(execFile);

export type RemoteAction = Extract<FileReference, { kind: 'remote' }>;

/** A digest that changes if any file in the directory is written, added or removed, or if its mode changes. */
function fingerprintOf(dir: string): string {
  if (!existsSync(dir)) return 'gone';
  const hash = createHash('sha256');
  for (const item of readdirSync(dir, { recursive: true, withFileTypes: true })) {
    const path = join(item.parentPath, item.name);
    const { ctimeNs, size, ino } = lstatSync(path, { bigint: true });
    hash.update(`${path.slice(dir.length)}\0${ctimeNs}\0${size}\0${ino}\n`);
  }
  return hash.digest('hex');
}

/** Removes a directory tree. `rm` is faster than Node's own functions. */
export async function removeTree(dir: string): Promise<void> {
  await run('rm', ['-rf', dir]);
}

/** Resolves a version to a commit, or returns the message of GitHub's runner if that fails. */
export type ResolveVersion = (
  action: RemoteAction,
) => Promise<{ sha: string } | { builtIn: Action } | { refused: string }>;

/** An action that is ready to run: the directory of its files, and its parsed `action.yml`. */
export type LoadedAction = { readonly dir: string; readonly action: Action };

export class ActionError extends Error {
  override readonly name = 'ActionError';
}

/** A copy of an action's repository, with its fingerprint when it was made. */
type Copy = { readonly dir: string; readonly fingerprint: string };

export class ActionStore {
  readonly #dir: string;
  readonly #url: () => string;
  readonly #resolve: ResolveVersion;
  readonly #fetched = new Map<string, Promise<string>>();
  readonly #spares = new Map<string, Copy[]>();
  readonly #loans = new Map<string, (Copy & { readonly key: string })[]>();
  #count = 0;

  /** `url` is a function because the emulator has no address until it listens. */
  constructor(dir: string, url: () => string, resolve: ResolveVersion) {
    this.#dir = dir;
    this.#url = url;
    this.#resolve = resolve;
  }

  /** Copies the action's repository into `jobDir`, once for each job, and reads its metadata. Throws ActionError. */
  async load(action: RemoteAction, jobDir: string, token: string): Promise<LoadedAction> {
    const { owner, repository, version } = action;
    const resolved = await this.#resolve(action);
    if ('refused' in resolved) throw new ActionError(resolved.refused);
    if ('builtIn' in resolved) return { dir: '', action: resolved.builtIn };
    const key = `${owner}/${repository}/${resolved.sha}`.toLowerCase();
    let fetched = this.#fetched.get(key);
    if (!fetched) {
      fetched = this.#fetch(`${owner}/${repository}`, resolved.sha, join(this.#dir, key), token);
      this.#fetched.set(key, fetched);
      fetched.catch(() => this.#fetched.delete(key));
    }
    const copy = join(jobDir, owner, repository, version);
    if (!existsSync(copy)) {
      const source = await fetched;
      await mkdir(join(copy, '..'), { recursive: true });
      const spare = this.#spares.get(key)?.pop();
      if (spare) await rename(spare.dir, copy);
      else await run('cp', ['-R', '-P', source, copy]);
      const loans = this.#loans.get(jobDir) ?? [];
      this.#loans.set(jobDir, [...loans, { key, dir: copy, fingerprint: spare?.fingerprint ?? fingerprintOf(copy) }]);
    }
    const dir = normalize(join(copy, action.path));
    if (dir !== copy && !dir.startsWith(copy + sep)) throw new ActionError(`'${action.path}' leaves the repository`);
    return { dir, action: await loadMetadata(dir) };
  }

  /**
   * Takes back a job's copies when the job is over. Writing hundreds of files is the most expensive part of a short job,
   * so the next job reuses a copy that was not changed. The check uses the kernel's change times, which a process cannot
   * set.
   */
  async takeBack(jobDir: string): Promise<void> {
    for (const { key, dir, fingerprint } of this.#loans.get(jobDir) ?? []) {
      if (fingerprintOf(dir) !== fingerprint) continue;
      this.#count += 1;
      const spare = join(this.#dir, `spare-${this.#count}`);
      await rename(dir, spare);
      this.#spares.set(key, [...(this.#spares.get(key) ?? []), { dir: spare, fingerprint }]);
    }
    this.#loans.delete(jobDir);
  }

  async #fetch(repository: string, sha: string, target: string, token: string): Promise<string> {
    const draft = `${target}.fetching`;
    await mkdir(draft, { recursive: true });
    const header = `AUTHORIZATION: basic ${Buffer.from(`x-access-token:${token}`).toString('base64')}`;
    const env = {
      PATH: process.env.PATH ?? '',
      GIT_TERMINAL_PROMPT: '0',
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_CONFIG_GLOBAL: '/dev/null',
      GIT_CONFIG_COUNT: '1',
      GIT_CONFIG_KEY_0: 'http.extraheader',
      GIT_CONFIG_VALUE_0: header,
    };
    const git = (...args: string[]) => run('git', args, { cwd: draft, env, timeout: DOWNLOAD_MS });
    try {
      await git('init', '--quiet', '--template=');
      await git('fetch', '--quiet', '--depth=1', '--no-tags', `${this.#url()}/${repository}.git`, sha);
      await git('checkout', '--quiet', '--detach', 'FETCH_HEAD');
    } catch (error) {
      await rm(draft, { recursive: true, force: true });
      const hasTimedOut = error instanceof Error && 'killed' in error && error.killed === true;
      const stderr = error instanceof Error && 'stderr' in error ? String(error.stderr).trim() : String(error);
      const why = hasTimedOut ? `git did not finish within ${DOWNLOAD_MS / 1000} s` : stderr;
      throw new ActionError(`Unable to download action '${repository}@${sha}': ${why}`);
    }
    await rm(join(draft, '.git'), { recursive: true, force: true });
    await rename(draft, target);
    return target;
  }
}

/** Reads `action.yml` or `action.yaml` in a directory. Throws ActionError if it is missing or not valid. */
export async function loadMetadata(dir: string): Promise<Action> {
  for (const name of ['action.yml', 'action.yaml']) {
    let text: string;
    try {
      text = await readFile(join(dir, name), 'utf8');
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') continue;
      throw error;
    }
    const { value, problems } = readAction(name, text);
    if (!value) throw new ActionError(problems.join('\n'));
    return value;
  }
  throw new ActionError(
    `Can't find 'action.yml', 'action.yaml' or 'Dockerfile' under '${dir}'. ` +
      'Did you forget to run actions/checkout before running your local action?',
  );
}
