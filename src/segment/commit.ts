/**
 * Makes the commit of a change, signed if GitHub signs. Work that is not published gets a branch of its own, so that people can
 * look at it.
 */
import { type HeadSha, headSha } from '#core/model/epic';
import type { Attempt } from '#core/model/journal';
import type { Store } from '#git/store';
import { GitHubRefused, inRepository } from '#github/client';
import { clip, oneLine } from '#words/safe';
import type { Assignment, Site } from './assignment.ts';

const SWARM = { name: 'swarm', email: 'swarm@users.noreply.github.com' } as const;

interface Commit {
  readonly tree: string;
  readonly parents: readonly string[];
  readonly message: string;
}

/** If the base has moved on, the commit merges it, so that the pull request shows only this segment's change. */
export function parentsOf({ attempt: { from, base }, fromBase }: Assignment): readonly string[] {
  if (!from) return [base];
  return fromBase === base ? [from] : [from, base];
}

/**
 * GitHub signs commits that an app or a job makes through its API, but not commits that are pushed. So the tree is pushed
 * under a ref that is not a branch, and the commit is made from it through the API (ADR 5). That ref stays until another one
 * reaches the commit.
 *
 * @returns the unsigned commit if GitHub does not sign for this token.
 * @see https://docs.github.com/authentication/managing-commit-signature-verification/about-commit-signature-verification#signature-verification-for-bots
 */
export async function makeSigned(site: Site, store: Store, attempt: Attempt, commit: Commit): Promise<HeadSha> {
  const unsigned = await makeCommit(store, attempt, commit);
  await store.pushRef(site.remote, unsigned, stagingRef(attempt.id));
  const { data } = await site.client.request('POST /repos/{owner}/{repo}/git/commits', {
    ...inRepository(site.repository),
    ...commit,
    parents: [...commit.parents],
  });
  return data.verification.verified ? headSha(data.sha) : unsigned;
}

export const stagingRef = (attempt: string): string => `refs/swarm/staging/${attempt}`;

/** The same attempt always makes the same unsigned commit. */
async function makeCommit(store: Store, attempt: Attempt, { tree, parents, message }: Commit): Promise<HeadSha> {
  const date = `${Math.floor(attempt.claimedAt / 1000)} +0000`;
  const commit = await store.text(['commit-tree', tree, ...parents.flatMap((each) => ['-p', each])], {
    input: message,
    environment: {
      GIT_AUTHOR_NAME: SWARM.name,
      GIT_AUTHOR_EMAIL: SWARM.email,
      GIT_AUTHOR_DATE: date,
      GIT_COMMITTER_NAME: SWARM.name,
      GIT_COMMITTER_EMAIL: SWARM.email,
      GIT_COMMITTER_DATE: date,
    },
  });
  return headSha(commit);
}

/**
 * Puts a commit on a new branch. A branch with the same commit at its head is done, even if the signature differs.
 * @returns undefined if GitHub does not let this branch be made.
 */
export async function putOnNewBranch(
  site: Site,
  { branch, head, commit }: { readonly branch: string; readonly head: HeadSha; readonly commit: Commit },
): Promise<HeadSha | undefined> {
  const here = inRepository(site.repository);
  try {
    await site.client.request('POST /repos/{owner}/{repo}/git/refs', {
      ...here,
      ref: `refs/heads/${branch}`,
      sha: head,
    });
    return head;
  } catch (error) {
    if (!(error instanceof GitHubRefused)) throw error;
    const there = /already exists/i.test(error.message) ? await commitOn(site, branch) : undefined;
    if (there && isSame(there.commit, commit)) return there.head;
    site.log(`The branch ${branch} could not be made: ${clip(oneLine(error.message), 500)}`);
    return undefined;
  }
}

async function commitOn(site: Site, branch: string): Promise<{ readonly head: HeadSha; readonly commit: Commit }> {
  const here = inRepository(site.repository);
  const { data: ref } = await site.client.request('GET /repos/{owner}/{repo}/git/ref/{ref}', {
    ...here,
    ref: `heads/${branch}`,
  });
  const { data } = await site.client.request('GET /repos/{owner}/{repo}/git/commits/{commit_sha}', {
    ...here,
    commit_sha: ref.object.sha,
  });
  const parents = data.parents.map(({ sha }) => sha);
  return { head: headSha(data.sha), commit: { tree: data.tree.sha, message: data.message, parents } };
}

const isSame = (one: Commit, other: Commit): boolean =>
  one.tree === other.tree && one.message.trim() === other.message.trim() && one.parents.join() === other.parents.join();
