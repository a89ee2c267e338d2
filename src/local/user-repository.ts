/**
 * The user's repository, from `--repo`: checked before anything starts, and given the result at the end. Its working tree,
 * index, HEAD and other branches are never changed.
 */
import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Fault, messageOf } from '#words/fault';
import { git } from './git.ts';

export interface UserRepository {
  readonly path: string;
  readonly branch: string;
  readonly head: string;
}

/** The repository at `path`. Throws a `Fault` if it cannot be used. */
export async function openUserRepository(path: string): Promise<UserRepository> {
  const full = resolve(path);
  const found = await stat(full).catch(() => undefined);
  if (!found?.isDirectory()) {
    throw new Fault(`There is no folder ${path}.`, `--repo is ${full}.`, 'Give the folder of your git repository.');
  }
  const refuse = (what: string, next: string) => (error: unknown) => {
    throw new Fault(what, messageOf(error), next);
  };
  const top = await git(full, 'rev-parse', '--show-toplevel').catch(
    refuse(`${path} is not a git repository.`, 'Run `git init` and commit there, or give another folder.'),
  );
  const head = await git(top, 'rev-parse', '--verify', 'HEAD^{commit}').catch(
    refuse(`${path} has no commit yet.`, 'Segments start from a commit. Create the first one.'),
  );
  const branch = await git(top, 'symbolic-ref', '--short', 'HEAD').catch(
    refuse(`${path} is not on a branch.`, 'Swarm starts from the current branch. Switch to one with `git switch`.'),
  );
  if ((await git(top, 'rev-parse', '--is-shallow-repository')) === 'true') {
    throw new Fault(
      `${path} is a shallow clone.`,
      'Its history is incomplete, so git cannot serve it in full.',
      'Fetch the rest with `git fetch --unshallow`.',
    );
  }
  const changed = (await git(top, 'status', '--porcelain', '--untracked-files=no')).split('\n').filter(Boolean);
  if (changed.length > 0) {
    const more = changed.length > 3 ? ` and ${changed.length - 3} more` : '';
    throw new Fault(
      `${path} has uncommitted changes.`,
      `Swarm starts from the last commit, which does not include: ${changed
        .slice(0, 3)
        .map((line) => line.slice(2).trim())
        .join(', ')}${more}.`,
      'Commit or stash them and try again.',
    );
  }
  return { path: top, branch, head };
}

/**
 * Fetches a branch into the user's repository as `swarm/<epic>`. If that name is taken, it becomes `swarm/<epic>-2` and so
 * on, so nothing is ever overwritten. @returns the name.
 */
export async function fetchBack(
  repository: UserRepository,
  from: { readonly url: string; readonly branch: string },
  epic: number,
): Promise<string> {
  const taken = (await git(repository.path, 'for-each-ref', '--format=%(refname:short)', 'refs/heads/swarm/')).split(
    '\n',
  );
  let name = `swarm/${epic}`;
  for (let count = 2; taken.includes(name); count++) name = `swarm/${epic}-${count}`;
  const refs = `refs/heads/${from.branch}:refs/heads/${name}`;
  await git(repository.path, 'fetch', '--quiet', '--no-tags', '--no-write-fetch-head', from.url, refs);
  return name;
}
