/** The repository in a directory of this machine, at its last commit. */
import { stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { type ReadConfig, readConfig } from '#config/read';
import { CONFIG_FILES } from '#core/model/config';
import { GitFailed, type Store } from '#git/store';
import { git } from '#local/git';
import { Fault, messageOf } from '#words/fault';

export interface Here {
  /** The root of the working tree. */
  readonly directory: string;
  readonly name: string;
  readonly commit: string;
  /** Undefined if HEAD is on no branch. */
  readonly branch: string | undefined;
  /** Files that differ from the commit, without ignored ones. */
  readonly uncommitted: readonly string[];
}

/** The root of the working tree that a folder is in. Throws a `Fault` if it is in none. */
export async function openTree(path: string): Promise<string> {
  const full = resolve(path);
  const found = await stat(full).catch(() => undefined);
  if (!found?.isDirectory()) {
    throw new Fault(`There is no folder ${path}.`, `It would be ${full}.`, 'Give the folder of your git repository.');
  }
  return git(full, 'rev-parse', '--show-toplevel').catch((error: unknown) => {
    const next = 'Run `git init` and commit there, or give another folder.';
    throw new Fault(`${path} is not a git repository.`, messageOf(error), next);
  });
}

/** Throws a `Fault` if there is no commit to look at. */
export async function openHere(path: string): Promise<Here> {
  const directory = await openTree(path);
  const commit = await git(directory, 'rev-parse', '--verify', 'HEAD^{commit}').catch((error: unknown) => {
    const next = 'Gates are found in the files of a commit. Create the first one.';
    throw new Fault(`${path} has no commit yet.`, messageOf(error), next);
  });
  const branch = await git(directory, 'symbolic-ref', '--quiet', '--short', 'HEAD').catch(() => undefined);
  const changed = await git(directory, 'status', '--porcelain', '-z', '--no-renames', '--ignore-submodules=dirty');
  const uncommitted = changed
    .split('\0')
    .filter(Boolean)
    .map((line) => line.replace(/^..? /, ''));
  return { directory, name: basename(directory), commit, branch, uncommitted };
}

/** Copies the commit into an empty store. Throws a `Fault` if files of it are missing. */
export async function copyCommit({ directory, commit }: Here, store: Store): Promise<void> {
  const objects = await git(directory, 'rev-parse', '--git-path', 'objects');
  try {
    await store.copy(resolve(directory, objects), commit);
  } catch (error) {
    if (!(error instanceof GitFailed)) throw error;
    throw new Fault(
      `The files of ${commit.slice(0, 12)} cannot be read in full.`,
      error.message,
      'If this is a partial clone, fetch the rest with `git fetch --refetch --no-filter`.',
    );
  }
}

/** The config at a commit, with everything that is wrong with it. */
export async function readConfigAt(store: Store, commit: string): Promise<ReadConfig> {
  for (const file of CONFIG_FILES) {
    const { output, exit } = await store.answer(['cat-file', 'blob', `${commit}:${file}`], { allow: [0, 128] });
    if (exit === 0) return readConfig(output.toString('utf8'), file);
  }
  return readConfig(undefined, CONFIG_FILES[0]);
}
