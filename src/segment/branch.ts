/**
 * Puts a change on a branch of the repository: only once, signed if GitHub signs, and never over other people's work.
 */
import { type HeadSha, headSha } from '#core/model/epic';
import type { Attempt } from '#core/model/journal';
import type { Problem } from '#core/model/problem';
import { GitFailed, type Store } from '#git/store';
import { GitHubRefused, inRepository } from '#github/client';
import { attemptLine } from '#words/pull';
import { clip, oneLine } from '#words/safe';
import type { Assignment, Site } from './assignment.ts';

const SWARM = { name: 'swarm', email: 'swarm@users.noreply.github.com' } as const;

export interface Putting {
  readonly branch: string;
  /** The commit that the branch must be at. Undefined means that the branch must not exist. */
  readonly expected: string | undefined;
  readonly tree: string;
  readonly parents: readonly string[];
  readonly message: string;
  /**
   * Earlier attempts of the segment. The branch may hold a commit that one of them did not report, because the job died
   * after the push or no pull request could be opened.
   */
  readonly replaces?: readonly Attempt[];
}

export type Put =
  | { readonly kind: 'put'; readonly head: HeadSha }
  | { readonly kind: 'refused'; readonly problem: Problem };

const treeOf = (store: Store, commit: string): Promise<string> =>
  store.text(['rev-parse', '--verify', `${commit}^{tree}`]);

/** If the base has moved on, the commit merges it, so that the pull request shows only this segment's change. */
export function parentsOf({ attempt: { from, base }, fromBase }: Assignment): readonly string[] {
  if (!from) return [base];
  return fromBase === base ? [from] : [from, base];
}

/** Refuses the base and the default branch: an issue's text may name any branch, but a segment needs one of its own. */
export async function branchTaken(site: Site, { attempt, baseBranch }: Assignment): Promise<Put | undefined> {
  const { data } = await site.client.request('GET /repos/{owner}/{repo}', inRepository(site.repository));
  const { branch } = attempt;
  if (branch !== baseBranch && branch !== data.default_branch) return undefined;
  const message = 'segments merge into this branch, so no segment may use it as its own';
  return { kind: 'refused', problem: { kind: 'PUSH_REFUSED', branch, message } };
}

/**
 * Puts a commit on a branch, signed if GitHub signs. Doing it twice has the same effect as doing it once: a branch with
 * the same commit at its head is done, even if the signature differs.
 */
export async function putOnBranch(site: Site, store: Store, attempt: Attempt, putting: Putting): Promise<Put> {
  const { branch, expected, parents, tree } = putting;
  const refused = (message: string): Put => ({ kind: 'refused', problem: { kind: 'PUSH_REFUSED', branch, message } });
  const there = await store.headOf(site.remote, branch);
  if (there !== undefined && there !== expected) {
    const commit = await readCommit(site, there);
    if (isSameCommit(commit, putting)) return { kind: 'put', head: headSha(there) };
    if (expected !== undefined || !putting.replaces?.some((each) => isOf(commit, each))) {
      return refused('somebody else has pushed to it');
    }
    return putOnBranch(site, store, attempt, { ...putting, expected: there });
  }
  // Left by an earlier attempt that died after its push.
  if (there !== undefined && parents.join() === there && (await treeOf(store, there)) === tree) {
    return { kind: 'put', head: headSha(there) };
  }
  try {
    const unsigned = await makeCommit(store, attempt, putting);
    const signed = await signOnGitHub(site, store, unsigned, attempt.id, putting);
    if (signed) await moveBranch(site, putting, signed);
    else await store.push(site.remote, unsigned, branch, expected);
    return { kind: 'put', head: signed ?? unsigned };
  } catch (error) {
    if (error instanceof GitHubRefused) return refused(clip(oneLine(error.message), 500));
    if (!(error instanceof GitFailed) || isOutage(error)) throw error;
    return refused(refusalIn(error));
  }
}

interface Commit {
  readonly tree: string;
  readonly message: string;
  readonly parents: readonly string[];
}

async function readCommit(site: Site, oid: string): Promise<Commit> {
  const { data } = await site.client.request('GET /repos/{owner}/{repo}/git/commits/{commit_sha}', {
    ...inRepository(site.repository),
    commit_sha: oid,
  });
  return { tree: data.tree.sha, message: data.message.trim(), parents: data.parents.map(({ sha }) => sha) };
}

const isSameCommit = (commit: Commit, { tree, parents, message }: Putting): boolean =>
  commit.tree === tree && commit.message === message.trim() && commit.parents.join() === parents.join();

/** True for that attempt's own commit, without other commits on top. */
const isOf = ({ message, parents }: Commit, { id, base }: Attempt): boolean =>
  parents.join() === base && message.split('\n').includes(attemptLine(id));

/** The same attempt always makes the same commit. */
async function makeCommit(store: Store, attempt: Attempt, { tree, parents, message }: Putting): Promise<HeadSha> {
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
 * GitHub signs commits that an app or a job makes through its API, but not commits that are pushed. So the tree is pushed
 * under a ref that is not a branch, and the commit is made from it through the API (ADR 5).
 *
 * @returns undefined if GitHub does not sign for this token.
 * @see https://docs.github.com/authentication/managing-commit-signature-verification/about-commit-signature-verification#signature-verification-for-bots
 */
async function signOnGitHub(
  site: Site,
  store: Store,
  unsigned: HeadSha,
  attempt: string,
  { tree, parents, message }: Putting,
): Promise<HeadSha | undefined> {
  const here = inRepository(site.repository);
  const staging = `swarm/staging/${attempt}`;
  await store.pushRef(site.remote, unsigned, `refs/${staging}`);
  const { data } = await site.client.request('POST /repos/{owner}/{repo}/git/commits', {
    ...here,
    message,
    tree,
    parents: [...parents],
  });
  await site.client.request('DELETE /repos/{owner}/{repo}/git/refs/{ref}', { ...here, ref: staging });
  return data.verification.verified ? headSha(data.sha) : undefined;
}

const ABSENT = '0'.repeat(40);

/** By compare-and-swap, like a push with a lease: it can only replace the commit that was examined. */
async function moveBranch(site: Site, { branch, expected: from, parents }: Putting, to: HeadSha): Promise<void> {
  const { data } = await site.client.request('GET /repos/{owner}/{repo}', inRepository(site.repository));
  const force = from !== undefined && !parents.includes(from);
  await site.client.mutate(
    `mutation Put($repositoryId: ID!, $name: GitRefname!, $before: GitObjectID!, $after: GitObjectID!, $force: Boolean!) {
      updateRefs(input: { repositoryId: $repositoryId, refUpdates: [{ name: $name, beforeOid: $before, afterOid: $after, force: $force }] }) {
        clientMutationId
      }
    }`,
    { repositoryId: data.node_id, name: `refs/heads/${branch}`, before: from ?? ABSENT, after: to, force },
  );
}

const isOutage = ({ stderr }: GitFailed): boolean =>
  /could not resolve host|connection (?:refused|reset|timed out)|the requested url returned error: 5|early eof|operation timed out/i.test(
    stderr,
  );

/** The remote's message, without the lines that git adds. */
function refusalIn({ stderr, message }: GitFailed): string {
  const said = stderr
    .split('\n')
    .map((line) => line.replace(/^remote: ?/, '').trim())
    .filter((line) => line !== '' && !/^(?:To |error: failed to push|hint:|fatal: the remote end)/.test(line));
  return clip(oneLine(said.join(' ') || message), 500);
}
