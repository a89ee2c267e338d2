/**
 * The repository a person names with `--repo`: looked at before anything starts, and given the result at the end. Its
 * working tree, its index, its HEAD and its other branches are never touched.
 */
import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Fault, messageOf } from './fault.ts';
import { git } from './git.ts';

export interface UserRepository {
  readonly path: string;
  readonly branch: string;
  readonly head: string;
}

/** The repository at `path`, or a `Fault` that says what is in the way. */
export async function openUserRepository(path: string): Promise<UserRepository> {
  const full = resolve(path);
  const there = await stat(full).catch(() => undefined);
  if (!there?.isDirectory()) {
    throw new Fault(`There is no folder ${path}.`, `--repo says ${full}.`, 'Name the folder of your git repository.');
  }
  const refuse = (what: string, next: string) => (error: unknown) => {
    throw new Fault(what, messageOf(error), next);
  };
  const top = await git(full, 'rev-parse', '--show-toplevel').catch(
    refuse(`${path} is not a git repository.`, 'Run `git init` and commit there, or name another folder.'),
  );
  const head = await git(top, 'rev-parse', '--verify', 'HEAD^{commit}').catch(
    refuse(`${path} has no commit yet.`, 'Segments start from a commit. Make the first one.'),
  );
  const branch = await git(top, 'symbolic-ref', '--short', 'HEAD').catch(
    refuse(`${path} is on no branch.`, 'Swarm starts from the branch that is checked out: `git switch` to one.'),
  );
  if ((await git(top, 'rev-parse', '--is-shallow-repository')) === 'true') {
    throw new Fault(
      `${path} is a shallow clone.`,
      'Its history ends somewhere, and git does not serve such a one in full.',
      'Get the whole of it with `git fetch --unshallow`.',
    );
  }
  const changed = (await git(top, 'status', '--porcelain', '--untracked-files=no')).split('\n').filter(Boolean);
  if (changed.length > 0) {
    const more = changed.length > 3 ? ` and ${changed.length - 3} more` : '';
    throw new Fault(
      `${path} has changes that are not committed.`,
      `Swarm starts from the last commit and would not see: ${changed
        .slice(0, 3)
        .map((line) => line.slice(2).trim())
        .join(', ')}${more}.`,
      'Commit or stash them, and start again.',
    );
  }
  return { path: top, branch, head };
}

/**
 * Fetches a branch into the user's repository as `swarm/<epic>`; where that name is taken, as `swarm/<epic>-2` and so on:
 * nothing that is there is ever overwritten. @returns the name.
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
