/**
 * Reads a merge as its base shows it: is its commit there, onto which commit was it merged, and does it change what the
 * pull request changes? GitHub's word "merged" says none of that (SPEC R6.9).
 */
import { type HeadSha, headSha, type RepositoryName } from '#core/model/epic';
import type { Journal } from '#core/model/journal';
import { recordOf, segmentOfPull } from '#core/model/journal-lenses';
import type { Base, Landed, Pull } from '#core/model/snapshot';
import { type Client, GitHubRefused, inRepository } from '../client.ts';
import type { CommitAnswer, PullAnswer } from '../queries.ts';

type Repository = { readonly client: Client; readonly repository: RepositoryName };

/** Adds the merge to a pull request that was merged into the base, until the journal has a verdict on it. */
export async function withLanded(
  { client, repository, journal, base }: Repository & { readonly journal: Journal | undefined; readonly base: Base },
  pull: Pull,
  { mergeCommit }: PullAnswer,
): Promise<Pull> {
  const segment = journal ? segmentOfPull(journal, pull.number) : undefined;
  if (!journal || segment === undefined || pull.state !== 'merged' || !mergeCommit || pull.base !== base.branch)
    return pull;
  const { landing } = recordOf(journal, segment);
  if (landing?.pull === pull.number && landing.verdict) return pull;
  const expected = landing?.pull === pull.number ? landing.expected : undefined;
  return { ...pull, landed: await landedOf({ client, repository }, { pull, base, mergeCommit, expected }) };
}

interface Merged {
  readonly pull: Pull;
  readonly base: Base;
  readonly mergeCommit: CommitAnswer;
  readonly expected: NonNullable<ReturnType<typeof recordOf>['landing']>['expected'];
}

async function landedOf(here: Repository, { pull, base, mergeCommit, expected }: Merged): Promise<Landed> {
  const commit = headSha(mergeCommit.oid);
  const tree = mergeCommit.tree.oid;
  const parent = headSha(mergeCommit.parents.nodes[0]?.oid ?? '');
  const wanted = expected?.base ?? parent;
  const found = { tree, onto: parent, keepsBase: true, foreign: [] };
  // Reads can lag behind writes: what is not there yet says nothing about the merge.
  const unseen = { ...found, isOnBase: false };
  if (!(await isAncestor(here, commit, base.head))) return unseen;
  const keepsBase = parent === wanted || (await isAncestor(here, wanted, commit));
  if (keepsBase === undefined) return unseen;
  if (!keepsBase || tree === expected?.tree) return { ...found, isOnBase: true, keepsBase };
  // A rebase makes one commit of each. Its parent is then one of them.
  const onto = expected?.method === 'rebase' ? await startOf(here, { from: wanted, commit, head: pull.head }) : parent;
  if (onto === 'too many to compare') return { ...found, isOnBase: true, foreign: 'too many to compare' };
  const foreign = onto && (await foreignFiles(here, { onto, commit, head: pull.head }));
  return onto && foreign ? { ...found, isOnBase: true, onto, foreign } : unseen;
}

/** The commit of the base that the rebased commits begin at. */
async function startOf(
  here: Repository,
  { from, commit, head }: { readonly from: HeadSha; readonly commit: HeadSha; readonly head: HeadSha },
): Promise<HeadSha | 'too many to compare' | undefined> {
  const own = await compare(here, from, head);
  const landed = await compare(here, from, commit);
  if (!own || !landed) return undefined;
  if (own.total_commits > COMMITS || landed.total_commits > COMMITS) return 'too many to compare';
  // A rebase leaves merges out.
  const count = own.commits.filter(({ parents }) => parents.length === 1).length;
  const first = landed.commits.at(-count)?.parents[0];
  return first && headSha(first.sha);
}

/** GitHub lists at most this many files of a comparison. */
const MOST_FILES = 300;

/** Files that the merge changes on its base, and that the pull request does not. */
async function foreignFiles(
  here: Repository,
  { onto, commit, head }: { readonly onto: HeadSha; readonly commit: HeadSha; readonly head: HeadSha },
): Promise<Landed['foreign'] | undefined> {
  const landed = (await compare(here, onto, commit))?.files;
  const own = (await compare(here, onto, head))?.files;
  if (!landed || !own) return undefined;
  if (landed.length >= MOST_FILES || own.length >= MOST_FILES) return 'too many to compare';
  const names = new Set(own.flatMap((file) => [file.filename, file.previous_filename]));
  return landed.map(({ filename }) => filename).filter((name) => !names.has(name));
}

/** @returns undefined if GitHub does not have both commits. */
async function isAncestor(here: Repository, ancestor: HeadSha, commit: HeadSha): Promise<boolean | undefined> {
  if (ancestor === commit) return true;
  const compared = await compare(here, ancestor, commit);
  return compared && (compared.status === 'ahead' || compared.status === 'identical');
}

/** How many commits of a comparison are read. */
const COMMITS = 100;

/**
 * @returns undefined if one of the commits is not there, or they have no common history.
 * @see https://docs.github.com/en/rest/commits/commits#compare-two-commits
 */
async function compare({ client, repository }: Repository, from: HeadSha, to: HeadSha) {
  try {
    const { data } = await client.request('GET /repos/{owner}/{repo}/compare/{basehead}', {
      ...inRepository(repository),
      basehead: `${from}...${to}`,
      // All of its files are on the first page.
      per_page: COMMITS,
    });
    return data;
  } catch (error) {
    if (error instanceof GitHubRefused && error.status === 404) return undefined;
    throw error;
  }
}
