/**
 * The files that agents and gates work on.
 *
 * The directory has its own `.git`, because agents and tools expect a repository there. Swarm ignores the changes they
 * make to it (commits, branches, config, hooks): it takes the tree from the files alone, into an index in its own store.
 */
import { appendFile, copyFile, lstat, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { WorkProblem } from '#core/model/problem';
import { showPath } from './paths.ts';
import { GitFailed, type Store } from './store.ts';

export type TakenTree =
  | {
      readonly kind: 'tree';
      readonly tree: string;
      /** The files could be taken, but the repository around them is broken. */
      readonly broken?: WorkProblem;
    }
  | { readonly kind: 'broken'; readonly problem: WorkProblem };

/** Made by package managers, and never part of a change even if the repository does not ignore them. */
const NEVER_TAKEN = [
  ...['node_modules/', '.venv/', '__pycache__/', '*.egg-info/', 'vendor/bundle/', '.bundle/'],
  // Nothing is installed among fixtures. What is there is material of tests.
  ...['fixtures', '__fixtures__', 'testdata'].flatMap((name) =>
    ['node_modules', '*.egg-info', '.venv'].map((made) => `!**/${name}/**/${made}/`),
  ),
];

/** The difference between two trees, by names of files. */
export interface Dirt {
  /** Changed or removed. */
  readonly changed: readonly string[];
  readonly made: readonly string[];
}

const excludeFile = (store: Store): string => join(store.directory, 'info', 'exclude');

/** Keeps what was left out before: several trees of a store share the file. */
async function ensureExcluded(store: Store): Promise<void> {
  const wanted = `${NEVER_TAKEN.join('\n')}\n`;
  const now = await readFile(excludeFile(store), 'utf8').catch(noFile);
  if (!now.startsWith(wanted)) await writeFile(excludeFile(store), wanted);
}

function noFile(error: NodeJS.ErrnoException): string {
  if (error.code === 'ENOENT') return '';
  throw error;
}

export class WorkTree {
  readonly directory: string;
  readonly #store: Store;
  readonly #index: string;
  /** Blobs of files that are not taken as long as nobody edits them, by path. */
  readonly #leftOut = new Map<string, string>();

  private constructor(store: Store, directory: string) {
    this.#store = store;
    this.directory = directory;
    this.#index = `${directory}.index`;
  }

  /** Checks out a commit of the store into a new directory. */
  static async make(store: Store, directory: string, commit: string): Promise<WorkTree> {
    const tree = new WorkTree(store, directory);
    const git = join(directory, '.git');
    const options = { environment: { GIT_DIR: git }, tree: directory };
    await mkdir(directory, { recursive: true });
    await store.run(['init', '--quiet', '--initial-branch=main', directory], { environment: { GIT_DIR: git } });
    await writeFile(join(git, 'objects', 'info', 'alternates'), `${join(store.directory, 'objects')}\n`);
    await writeFile(join(git, 'shallow'), await shallowOf(store));
    await appendFile(join(git, 'config'), '[user]\n\tname = swarm agent\n\temail = agent@swarm.invalid\n');
    await store.run(['checkout', '--quiet', '--detach', commit], options);
    await copyFile(join(git, 'index'), tree.#index);
    await mkdir(join(store.directory, 'info'), { recursive: true });
    await ensureExcluded(store);
    return tree;
  }

  /** Takes the files as they are now, without ignored ones. */
  async take(): Promise<TakenTree> {
    const options = { tree: this.directory, index: this.#index };
    try {
      await this.#store.run(['add', '--all', '--', '.'], options);
      await this.#addEdited();
      const tree = await this.#store.text(['write-tree'], options);
      const nested = await this.#nested(tree);
      if (nested.length > 0) {
        const message = `${nested.join(', ')} is a separate repository (it has its own .git), so its files cannot be published`;
        return { kind: 'broken', problem: { kind: 'WORKTREE_BROKEN', message } };
      }
      return (await hasGit(this.directory))
        ? { kind: 'tree', tree }
        : { kind: 'tree', tree, broken: { kind: 'WORKTREE_BROKEN', message: '.git is missing' } };
    } catch (error) {
      const message = brokenMessage(error);
      if (message === undefined) throw error;
      return { kind: 'broken', problem: { kind: 'WORKTREE_BROKEN', message } };
    }
  }

  /** True if a file changed since the last `take` or `put`. A quick check. */
  async isTouched(): Promise<boolean> {
    const options = { tree: this.directory, index: this.#index };
    try {
      const listed = await this.#store.run(
        ['ls-files', '-z', '--modified', '--deleted', '--others', '--exclude-standard'],
        options,
      );
      return listed.length > 0;
    } catch (error) {
      // If the quick check fails, the caller has to take the files.
      if (brokenMessage(error) === undefined) throw error;
      return true;
    }
  }

  /** Replaces the files with those of a tree. Ignored files stay. */
  async put(tree: string): Promise<void> {
    const options = { tree: this.directory, index: this.#index };
    // Present files are added first, so that those that the tree does not have are removed.
    await this.#store.run(['add', '--all', '--', '.'], options);
    await this.#store.run(['read-tree', '--reset', '-u', tree], options);
  }

  /** Names of the files that differ between two trees. */
  async changes(before: string, after: string): Promise<readonly string[]> {
    const { changed, made } = await this.differences(before, after);
    return [...changed, ...made].sort();
  }

  async differences(before: string, after: string): Promise<Dirt> {
    const named = async (filter: string): Promise<readonly string[]> => {
      const raw = await this.#differing(before, after, filter);
      return raw.map(showPath);
    };
    if (before === after) return { changed: [], made: [] };
    return { changed: await named('a'), made: await named('A') };
  }

  /** Leaves the files that a later tree adds where they are. They are taken only after somebody edits them. */
  async leaveOut(before: string, after: string): Promise<void> {
    const added = new Set((await this.#differing(before, after, 'A')).filter((path) => !path.includes('\n')));
    const listed = await this.#store.run(['ls-tree', '-r', '-z', '--full-tree', after]);
    for (const line of listed.toString('utf8').split('\0')) {
      const [, id = '', path = ''] = /^\d+ \w+ (\w+)\t(.*)$/s.exec(line) ?? [];
      if (added.has(path)) this.#leftOut.set(path, id);
    }
    const lines = [...added].map((path) => `/${path.replaceAll(/[\\*?[\]!# ]/g, '\\$&')}`);
    await appendFile(excludeFile(this.#store), `${lines.join('\n')}\n`);
    const options = { tree: this.directory, index: this.#index };
    await this.#store.run(['read-tree', before], options);
    await this.#store.answer(['update-index', '-q', '--refresh'], { ...options, allow: [0, 1] });
  }

  /** An installation may make the very file that an agent is asked for, such as a lock file. */
  async #addEdited(): Promise<void> {
    const there: string[] = [];
    for (const path of this.#leftOut.keys()) {
      const found = await lstat(join(this.directory, path)).catch(() => undefined);
      if (found?.isFile()) there.push(path);
    }
    if (there.length === 0) return;
    const options = { tree: this.directory, index: this.#index };
    const ids = await this.#store.text(['hash-object', '--stdin-paths'], {
      ...options,
      input: `${there.join('\n')}\n`,
    });
    const edited = ids.split('\n').flatMap((id, at) => {
      const path = there[at] ?? '';
      return id === this.#leftOut.get(path) ? [] : [path];
    });
    for (const path of edited) this.#leftOut.delete(path);
    const pathspecs = edited.map((path) => `:(top,literal)${path}`);
    if (edited.length > 0) await this.#store.run(['add', '--force', '--', ...pathspecs], options);
  }

  /** @param filter letters of `--diff-filter`. */
  async #differing(before: string, after: string, filter: string): Promise<readonly string[]> {
    const how = ['-r', '-z', '--name-only', '--no-renames', `--diff-filter=${filter}`];
    const raw = await this.#store.run(['diff-tree', ...how, before, after]);
    return raw.toString('utf8').split('\0').filter(Boolean);
  }

  /** Paths outside of the directory that git needs in it. */
  get borrows(): readonly string[] {
    return [join(this.#store.directory, 'objects')];
  }

  async remove(): Promise<void> {
    await rm(this.directory, { recursive: true, force: true, maxRetries: 3 });
    await rm(this.#index, { force: true });
  }

  /** Nested repositories, which git would record as links to unknown commits. Submodules of the base do not count. */
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
  // Without the directory, git cannot even start.
  const { code, syscall } = error as NodeJS.ErrnoException;
  return code === 'ENOENT' && syscall?.startsWith('spawn') ? 'the working directory is missing' : undefined;
}

async function shallowOf(store: Store): Promise<string> {
  try {
    return await readFile(join(store.directory, 'shallow'), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}
