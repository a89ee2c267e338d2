/**
 * Claims on GitHub: the ref `refs/swarm/claims/<segment>`, at a commit of the journal of the epic that has the segment.
 *
 * A claim is made in the call that moves the journal to the segment's first attempt, all or nothing. So it costs no call of its
 * own, and an orchestrator that dies leaves both or none of them. It is removed when its epic is over. One that was left behind
 * is taken over: the journal that it points at says if its epic still holds the segment.
 */
import { headSha, type IssueNumber, numberIn, type RepositoryName } from '#core/model/epic';
import type { Journal } from '#core/model/journal';
import { holds } from '#core/model/journal/claims';
import { type Client, GitHubRefused, inRepository } from './client.ts';
import { ABSENT, CLAIMS, claimRef, EPICS, journalRef, type RefMove, readFiles, readRefs, STATE_FILE } from './refs.ts';

interface Claim {
  readonly oid: string;
  /** Undefined: what it points at is no journal, so it is nobody's. */
  readonly epic: IssueNumber | undefined;
  /** The epic's journal, right after the claim. */
  readonly journal: Partial<Journal>;
}

/** The segments that somebody has claimed: the epic itself, or another one. */
export async function claimedAmong(
  client: Client,
  repository: RepositoryName,
  segments: readonly IssueNumber[],
): Promise<readonly IssueNumber[]> {
  const refs = await readRefs(client, repository, CLAIMS);
  return segments.filter((segment) => refs.has(claimRef(segment)));
}

/** By segment: the other epic that holds it at the moment. */
export async function readOwners(
  client: Client,
  repository: RepositoryName,
  epic: IssueNumber,
  segments: readonly IssueNumber[],
): Promise<Readonly<Record<number, IssueNumber>>> {
  return ownersAmong(client, repository, epic, await readClaims(client, repository, segments));
}

/**
 * What has to move with the journal's step so that these segments are claimed at its end.
 *
 * @param oid the commit of the step
 */
export async function claimMoves(
  client: Client,
  repository: RepositoryName,
  {
    epic,
    segments,
    oid,
  }: { readonly epic: IssueNumber; readonly segments: readonly IssueNumber[]; readonly oid: string },
): Promise<{ readonly moves: readonly RefMove[]; readonly owned: readonly IssueNumber[] }> {
  const claims = await readClaims(client, repository, segments);
  const owners = await ownersAmong(client, repository, epic, claims);
  const moves = segments.flatMap((segment): readonly RefMove[] => {
    const claim = claims.get(segment);
    if (claim?.epic === epic) return [];
    const move = { name: claimRef(segment), beforeOid: claim?.oid ?? ABSENT, afterOid: oid };
    return [claim ? { ...move, force: true } : move];
  });
  return { moves, owned: segments.filter((segment) => owners[segment] !== undefined) };
}

/**
 * Where GraphQL does not move such refs. REST has no condition for a ref that it removes, so of two epics that take over the
 * same claim in the same second, both could believe that they got it.
 * @returns false if another epic was faster.
 */
export async function claimByRest(client: Client, repository: RepositoryName, move: RefMove): Promise<boolean> {
  const here = inRepository(repository);
  if (move.beforeOid !== ABSENT) await removeByRest(client, repository, move.name);
  try {
    await client.request('POST /repos/{owner}/{repo}/git/refs', {
      ...here,
      ref: move.name,
      sha: headSha(move.afterOid),
    });
    return true;
  } catch (error) {
    if (error instanceof GitHubRefused && error.status === 422 && /already exists/i.test(error.message)) return false;
    throw error;
  }
}

/** Removes an epic's claims of these segments. Those that another epic has taken over stay. */
export async function releaseClaims(
  client: Client,
  repository: RepositoryName & { readonly id: string },
  epic: IssueNumber,
  segments: readonly IssueNumber[],
): Promise<void> {
  const here = { owner: repository.owner, name: repository.name };
  const claims = await readClaims(client, here, segments);
  const moves = [...claims].flatMap(([segment, claim]): readonly RefMove[] =>
    claim.epic === epic ? [{ name: claimRef(segment), beforeOid: claim.oid, afterOid: ABSENT, force: true }] : [],
  );
  if (moves.length === 0) return;
  try {
    await client.mutate(
      `mutation Release($repositoryId: ID!, $refUpdates: [RefUpdate!]!) {
        updateRefs(input: { repositoryId: $repositoryId, refUpdates: $refUpdates }) { clientMutationId }
      }`,
      { repositoryId: repository.id, refUpdates: moves },
    );
  } catch (error) {
    // One of them is not where it was, or such refs cannot be updated here.
    if (!(error instanceof GitHubRefused) || error.status !== 422) throw error;
    const now = await readRefs(client, here, CLAIMS);
    for (const { name, beforeOid } of moves) {
      if (now.get(name) === beforeOid) await removeByRest(client, here, name);
    }
  }
}

async function removeByRest(client: Client, repository: RepositoryName, name: string): Promise<void> {
  const ref = name.replace(/^refs\//, '');
  try {
    await client.request('DELETE /repos/{owner}/{repo}/git/refs/{ref}', { ...inRepository(repository), ref });
  } catch (error) {
    // It is gone already.
    if (!(error instanceof GitHubRefused) || error.status !== 422) throw error;
  }
}

async function readClaims(
  client: Client,
  repository: RepositoryName,
  segments: readonly IssueNumber[],
): Promise<ReadonlyMap<IssueNumber, Claim>> {
  const refs = await readRefs(client, repository, CLAIMS);
  const found = segments.flatMap((segment) => {
    const oid = refs.get(claimRef(segment));
    return oid === undefined ? [] : [{ segment, oid }];
  });
  const states = await readStates(client, repository, [...new Set(found.map(({ oid }) => oid))]);
  return new Map(
    found.map(({ segment, oid }) => {
      const journal = states.get(oid) ?? {};
      return [segment, { oid, epic: numberIn(journal.epic), journal }];
    }),
  );
}

/** The journals in these commits. A commit without one is left out. */
async function readStates(
  client: Client,
  repository: RepositoryName,
  commits: readonly string[],
): Promise<ReadonlyMap<string, Partial<Journal>>> {
  const texts = await readFiles(
    client,
    repository,
    commits.map((commit) => ({ commit, path: STATE_FILE })),
  );
  return new Map(
    commits.flatMap((commit, index) => {
      const state = parse(texts[index]);
      return state ? [[commit, state] as const] : [];
    }),
  );
}

function parse(text: string | undefined): Partial<Journal> | undefined {
  try {
    const value: unknown = JSON.parse(text ?? 'null');
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

/** By segment: the other epic that claimed it and still holds it. */
async function ownersAmong(
  client: Client,
  repository: RepositoryName,
  epic: IssueNumber,
  claims: ReadonlyMap<IssueNumber, Claim>,
): Promise<Readonly<Record<number, IssueNumber>>> {
  const foreign = [...claims].flatMap(([segment, { epic: by, journal }]) =>
    by === undefined || by === epic ? [] : [{ segment, by, journal }],
  );
  if (foreign.length === 0) return {};
  const epics = [...new Set(foreign.map(({ by }) => by))];
  const heads = await readRefs(client, repository, EPICS);
  const headOf = (by: IssueNumber): string => heads.get(journalRef(by)) ?? '';
  const states = await readStates(client, repository, epics.map(headOf).filter(Boolean));
  const open = await openAmong(client, repository, epics);
  const isHeld = ({ segment, by, journal: claimed }: (typeof foreign)[number]): boolean => {
    const now = states.get(headOf(by));
    // GitHub's reads can lag behind its writes. A journal that is gone tells no more than the claim does.
    const latest = now && countOf(now) >= countOf(claimed) ? now : claimed;
    const issue = now && open.has(by) ? 'open' : 'closed';
    // Another version of Swarm runs it. What its journal says is not known, so it holds what it has.
    if (latest.version !== 1) return issue === 'open';
    return holds(latest as Journal, segment, issue, client.now());
  };
  return Object.fromEntries(foreign.filter(isHeld).map(({ segment, by }) => [segment, by]));
}

/** A journal's dispatches only become more. */
const countOf = ({ dispatches = {} }: Partial<Journal>): number => Object.keys(dispatches).length;

/** Those of the issues that are there and open. */
async function openAmong(
  client: Client,
  repository: RepositoryName,
  numbers: readonly IssueNumber[],
): Promise<ReadonlySet<IssueNumber>> {
  const parts = numbers.map((number) => `issue${number}: issue(number: ${number}) { state }`);
  const answer = await client.queryWithNulls<{
    repository: Readonly<Record<string, { readonly state: string } | null>> | null;
  }>(
    `query Owners($owner: String!, $name: String!) { repository(owner: $owner, name: $name) { ${parts.join(' ')} } }`,
    { ...repository },
  );
  return new Set(numbers.filter((number) => answer.repository?.[`issue${number}`]?.state === 'OPEN'));
}
