/** The authors of commits that GitHub creates, and commits as webhooks show them. */

import type { PushedCommit, User } from '#emulator/model/records';
import { Refusal } from '#emulator/model/refusal';
import type { GitRepository } from './repository.ts';
import type { Commit, Signature } from './types.ts';

/** The identity that GitHub writes into the commits it creates for a user. */
export function signatureOf(user: User, at: string): Signature {
  return { name: user.name ?? user.login, email: `${user.id}+${user.login}@users.noreply.github.com`, date: at };
}

/** GitHub itself as the committer. */
export function webFlow(at: string): Signature {
  return { name: 'GitHub', email: 'noreply@github.com', date: at };
}

/** A commit as webhooks show it. Throws 422 if it doesn't exist. */
export async function pushedCommit(git: GitRepository, oid: string): Promise<PushedCommit> {
  const commit = await git.readCommit(oid);
  if (!commit) throw new Refusal(422, `No commit found for SHA: ${oid}`);
  return asPushed(commit);
}

/** Converts a commit that was already read. It has files only if they were read with it. */
export function asPushed(commit: Commit): PushedCommit {
  return {
    id: commit.oid,
    treeId: commit.tree,
    parents: commit.parents,
    message: commit.message,
    timestamp: commit.committer.date,
    author: { name: commit.author.name, email: commit.author.email },
    committer: { name: commit.committer.name, email: commit.committer.email },
    added: commit.files?.filter((file) => file.status === 'added').map((file) => file.path) ?? [],
    removed: commit.files?.filter((file) => file.status === 'removed').map((file) => file.path) ?? [],
    modified: commit.files?.filter((file) => file.status === 'modified').map((file) => file.path) ?? [],
  };
}
