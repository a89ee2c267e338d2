/**
 * The files an agent works on, or gates run on, and how swarm takes what became of them.
 *
 * The directory has a `.git` of its own, so that agents and tools find a repository there; what they do to it (commits,
 * branches, config, hooks) is irrelevant. The tree is taken from the files alone, into an index in swarm's own store.
 */
import { appendFile, copyFile, lstat, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { WorkProblem } from '#core/model/problem';
import { showPath } from './paths.ts';
import { GitFailed, type Store } from './store.ts';

export type Taken =
  | {
      readonly kind: 'tree';
      readonly tree: string;
      /** The files could be taken, the repository around them is broken. */
      readonly broken?: WorkProblem;
    }
  | { readonly kind: 'broken'; readonly problem: WorkProblem };

/** Made by package managers on the way, whether or not the repository ignores them. */
const NEVER_TAKEN = ['node_modules/', '.venv/', '__pycache__/', '*.egg-info/', 'vendor/bundle/', '.bundle/'];

export class WorkTree {
  readonly directory: string;
  readonly #store: Store;
  readonly #index: string;

  private constructor(store: Store, directory: string) {
    this.#store = store;
    this.directory = directory;
    this.#index = `${directory}.index`;
  }

  /** Checks a commit of the store out into a new directory. */
  static async make(store: Store, directory: string, commit: string): Promise<WorkTree> {
    const tree = new WorkTree(store, directory);
    const git = join(directory, '.git');
    const call = { environment: { GIT_DIR: git }, tree: directory };
    await mkdir(directory, { recursive: true });
    await store.run(['init', '--quiet', '--initial-branch=main', directory], { environment: { GIT_DIR: git } });
    await writeFile(join(git, 'objects', 'info', 'alternates'), `${join(store.directory, 'objects')}\n`);
    await writeFile(join(git, 'shallow'), await shallowOf(store));
    await appendFile(join(git, 'config'), '[user]\n\tname = swarm agent\n\temail = agent@swarm.invalid\n');
    await store.run(['checkout', '--quiet', '--detach', commit], call);
    await copyFile(join(git, 'index'), tree.#index);
    await mkdir(join(store.directory, 'info'), { recursive: true });
    await writeFile(join(store.directory, 'info', 'exclude'), `${NEVER_TAKEN.join('\n')}\n`);
    return tree;
  }

  /** The files as they are now, ignored ones left out. */
  async take(): Promise<Taken> {
    const call = { tree: this.directory, index: this.#index };
    try {
      await this.#store.run(['add', '--all', '--', '.'], call);
      const tree = await this.#store.text(['write-tree'], call);
      const nested = await this.#nested(tree);
      if (nested.length > 0) {
        const message = `${nested.join(', ')} is a repository of its own (it has a .git); its files cannot be taken`;
        return { kind: 'broken', problem: { kind: 'WORKTREE_BROKEN', message } };
      }
      return (await hasGit(this.directory))
        ? { kind: 'tree', tree }
        : { kind: 'tree', tree, broken: { kind: 'WORKTREE_BROKEN', message: '.git is not there any more' } };
    } catch (error) {
      const message = brokenMessage(error);
      if (message === undefined) throw error;
      return { kind: 'broken', problem: { kind: 'WORKTREE_BROKEN', message } };
    }
  }

  /** Whether the files are those last taken or put, by one quick look. */
  async isTouched(): Promise<boolean> {
    const call = { tree: this.directory, index: this.#index };
    try {
      const listed = await this.#store.run(
        ['ls-files', '-z', '--modified', '--deleted', '--others', '--exclude-standard'],
        call,
      );
      return listed.length > 0;
    } catch (error) {
      // What cannot be looked at quickly is looked at in full.
      if (brokenMessage(error) === undefined) throw error;
      return true;
    }
  }

  /** Makes the files those of a tree; what is ignored stays. */
  async put(tree: string): Promise<void> {
    const call = { tree: this.directory, index: this.#index };
    // What is there now becomes known first, so that what the tree has not is removed.
    await this.#store.run(['add', '--all', '--', '.'], call);
    await this.#store.run(['read-tree', '--reset', '-u', tree], call);
  }

  /** Names of the files that differ between two trees. */
  async changes(before: string, after: string): Promise<readonly string[]> {
    if (before === after) return [];
    const raw = await this.#store.run(['diff-tree', '-r', '-z', '--name-only', '--no-renames', before, after]);
    return raw.toString('utf8').split('\0').filter(Boolean).map(showPath);
  }

  async remove(): Promise<void> {
    await rm(this.directory, { recursive: true, force: true, maxRetries: 3 });
    await rm(this.#index, { force: true });
  }

  /** Repositories inside, which git would take as links to commits that nobody has. Submodules of the base are not new. */
  async #nested(tree: string): Promise<readonly string[]> {
    const { output, exit } = await this.#store.answer(['ls-files', '--stage', '-z', '--', ':(top)'], {
      tree: this.directory,
      index: this.#index,
      allow: [0, 1],
    });
    if (exit !== 0) throw new Error(`git ls-files failed for ${tree}`);
    const links = output
      .toString('utf8')
      .split('\0')
      .filter((line) => line.startsWith('160000 '))
      .map((line) => line.slice(line.indexOf('\t') + 1));
    const found: string[] = [];
    for (const link of links) if (await exists(join(this.directory, link, '.git'))) found.push(showPath(link));
    return found;
  }
}

const exists = async (path: string): Promise<boolean> =>
  lstat(path).then(
    () => true,
    () => false,
  );

async function hasGit(directory: string): Promise<boolean> {
  const git = await lstat(join(directory, '.git')).catch(() => undefined);
  return git?.isDirectory() === true && (await exists(join(directory, '.git', 'HEAD')));
}

function brokenMessage(error: unknown): string | undefined {
  if (error instanceof GitFailed) {
    const line = error.stderr.split('\n').find((each) => /^(?:fatal|error):/.test(each)) ?? error.message;
    return showPath(line.replace(/^(?:fatal|error): */, ''));
  }
  // The directory itself is gone: there is nowhere to run git.
  const { code, syscall } = error as NodeJS.ErrnoException;
  return code === 'ENOENT' && syscall?.startsWith('spawn') ? 'the directory is not there any more' : undefined;
}

async function shallowOf(store: Store): Promise<string> {
  try {
    return await readFile(join(store.directory, 'shallow'), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}
