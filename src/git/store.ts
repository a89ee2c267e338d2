/**
 * Runs git's plumbing commands on a bare repository that only swarm uses.
 *
 * No hook, filter, attribute or config of the machine or of the fetched code applies (threats §3.3). Only the process
 * that fetches or pushes gets a token, in its environment. The token is never written to disk.
 */
import { spawn } from 'node:child_process';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

export class GitFailed extends Error {
  override readonly name = 'GitFailed';
  readonly stderr: string;
  readonly exit: number;

  constructor(args: readonly string[], exit: number, stderr: string) {
    super(`git ${args[0] ?? ''} ended with ${exit}: ${stderr.trim().split('\n').slice(-3).join(' · ').slice(0, 600)}`);
    this.stderr = stderr;
    this.exit = exit;
  }
}

/** The address of a repository, for fetching and pushing. */
export interface Remote {
  /** `https://github.com/octo/shop.git` */
  readonly url: string;
  readonly token: string;
}

export interface GitOptions {
  readonly input?: Uint8Array | string;
  readonly index?: string;
  /** The directory with the files, for commands that need them. */
  readonly tree?: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** Exit codes that are not failures, in addition to 0. */
  readonly allow?: readonly number[];
}

const CONFIG = [
  'core.hooksPath=/dev/null',
  'core.attributesFile=/dev/null',
  'core.excludesFile=/dev/null',
  'core.fsmonitor=false',
  'core.protectHFS=true',
  'core.protectNTFS=true',
  'core.autocrlf=false',
  'core.quotePath=false',
  'submodule.recurse=false',
  'gc.auto=0',
  'maintenance.auto=false',
  'advice.detachedHead=false',
  'safe.bareRepository=explicit',
  'protocol.version=2',
  // The store does not outlive its job.
  'core.fsync=none',
].flatMap((each) => ['-c', each]);

/** The machine's proxies and certificates. */
const NETWORK = /^(?:https?_proxy|no_proxy|all_proxy|ssl_cert_file|ssl_cert_dir|git_ssl_cainfo)$/i;
const TIMEOUT_MS = 15 * 60_000;

/** A bare repository that only swarm uses. */
export class Store {
  readonly directory: string;
  readonly #home: string;

  private constructor(directory: string, home: string) {
    this.directory = directory;
    this.#home = home;
  }

  /** Makes an empty store in `directory`, which must not be used for anything else. */
  static async make(directory: string): Promise<Store> {
    const home = join(directory, 'nobody');
    await mkdir(home, { recursive: true });
    const store = new Store(join(directory, 'store.git'), home);
    await store.run(['init', '--quiet', '--bare', store.directory]);
    return store;
  }

  /** Gives access to the objects of another repository on this machine, without copying them. */
  async borrow(objects: string): Promise<void> {
    await writeFile(join(this.directory, 'objects', 'info', 'alternates'), `${objects}\n`);
  }

  /**
   * Copies a commit with its files from another repository on this machine, as `fetch` does: without its history. Nothing
   * reaches that repository afterwards.
   */
  async copy(objects: string, commit: string): Promise<void> {
    await writeFile(join(this.directory, 'shallow'), `${commit}\n`);
    await this.borrow(objects);
    // Without `--local`, objects of the other repository are packed too.
    await this.run(['update-ref', 'refs/heads/copied', commit]);
    await this.run(['repack', '-a', '-d', '-q', '--window=0']);
    await rm(join(this.directory, 'objects', 'info', 'alternates'));
  }

  /** @returns standard output. @throws GitFailed for exit codes that are not `allow`ed. */
  async run(args: readonly string[], options: GitOptions = {}): Promise<Buffer> {
    return (await this.answer(args, options)).output;
  }

  async text(args: readonly string[], options: GitOptions = {}): Promise<string> {
    return (await this.run(args, options)).toString('utf8').trim();
  }

  answer(
    args: readonly string[],
    options: GitOptions = {},
  ): Promise<{ readonly output: Buffer; readonly exit: number }> {
    const network = Object.entries(process.env).filter(([name, value]) => NETWORK.test(name) && value);
    const environment = {
      ...Object.fromEntries(network),
      PATH: process.env.PATH ?? '',
      HOME: this.#home,
      LC_ALL: 'C',
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_CONFIG_GLOBAL: '/dev/null',
      GIT_ATTR_NOSYSTEM: '1',
      GIT_TERMINAL_PROMPT: '0',
      GIT_ASKPASS: '',
      GIT_ALLOW_PROTOCOL: 'https:http',
      GIT_DIR: this.directory,
      ...(options.index === undefined ? {} : { GIT_INDEX_FILE: options.index }),
      ...(options.tree === undefined ? {} : { GIT_WORK_TREE: options.tree }),
      ...options.environment,
    };
    const inTree = options.tree === undefined ? [] : ['-c', 'core.bare=false'];
    return new Promise((resolve, reject) => {
      const child = spawn('git', [...CONFIG, ...inTree, ...args], {
        env: environment as NodeJS.ProcessEnv,
        cwd: options.tree ?? this.#home,
        stdio: ['pipe', 'pipe', 'pipe'],
        timeout: TIMEOUT_MS,
        killSignal: 'SIGKILL',
      });
      const output: Buffer[] = [];
      const errors: Buffer[] = [];
      child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
      child.stderr.on('data', (chunk: Buffer) => errors.push(chunk));
      child.on('error', reject);
      // Git may fail before it has read all of its input. Its exit code reports that.
      child.stdin.on('error', () => {});
      child.stdin.end(options.input ?? '');
      child.on('close', (code) => {
        const exit = code ?? 128;
        if (exit === 0 || options.allow?.includes(exit)) resolve({ output: Buffer.concat(output), exit });
        else reject(new GitFailed(args, exit, Buffer.concat(errors).toString('utf8')));
      });
    });
  }

  /** Fetches commits with their files, but without their history. */
  async fetch(remote: Remote, commits: readonly string[]): Promise<void> {
    await this.run(
      ['fetch', '--quiet', '--no-tags', '--depth=1', '--no-write-fetch-head', remote.url, ...new Set(commits)],
      { environment: withToken(remote) },
    );
  }

  /** The head of a branch of the remote; undefined if it does not exist. */
  async headOf(remote: Remote, branch: string): Promise<string | undefined> {
    const ref = `refs/heads/${branch}`;
    const listed = await this.text(['ls-remote', '--quiet', remote.url, ref], { environment: withToken(remote) });
    return listed
      .split('\n')
      .map((line) => line.split('\t'))
      .find(([, name]) => name === ref)?.[0];
  }

  /** Sets the remote's branch to a commit if it is still at `expected`. Undefined means that the branch must not exist. */
  async push(remote: Remote, commit: string, branch: string, expected: string | undefined): Promise<void> {
    const ref = `refs/heads/${branch}`;
    const push = ['push', '--quiet', '--no-verify', '--porcelain', `--force-with-lease=${ref}:${expected ?? ''}`];
    await this.run([...push, remote.url, `${commit}:${ref}`], { environment: withToken(remote) });
  }

  /** Sets a ref that only swarm uses, without looking at its old value. */
  async pushRef(remote: Remote, commit: string, ref: string): Promise<void> {
    const push = ['push', '--quiet', '--no-verify', '--porcelain', '--force'];
    await this.run([...push, remote.url, `${commit}:${ref}`], { environment: withToken(remote) });
  }
}

/** The token for one process: git reads config from these variables and passes them only to its own helpers. */
function withToken({ url, token }: Remote): Record<string, string> {
  const { origin } = new URL(url);
  const basic = Buffer.from(`x-access-token:${token}`).toString('base64');
  return {
    GIT_CONFIG_COUNT: '1',
    GIT_CONFIG_KEY_0: `http.${origin}/.extraheader`,
    GIT_CONFIG_VALUE_0: `AUTHORIZATION: basic ${basic}`,
  };
}
