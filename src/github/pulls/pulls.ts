/** Converts GitHub's answers about pull requests and their checks to swarm's types. */
import type { Config } from '#core/model/config';
import { headSha, instant, pullNumber, type RepositoryName } from '#core/model/epic';
import type { Journal } from '#core/model/journal';
import { headsOf } from '#core/model/journal/merging';
import { recordOf, segmentOfPull } from '#core/model/journal-lenses';
import { isOwnHead, wantsProof } from '#core/model/proof';
import type { Base, Pull, Review } from '#core/model/snapshot';
import { type Client, GitHubRefused, inRepository } from '../client.ts';
import type { People } from '../people.ts';
import { proofName } from '../proven.ts';
import * as queries from '../queries.ts';
import { checksOf, heldWorkflows, missingChecks } from './checks.ts';
import type { BranchRules } from './rules.ts';

/** The pull requests that the journal names. */
export const pullsOf = (detail: queries.DetailAnswer): readonly queries.PullAnswer[] =>
  queries.answersWith<queries.PullAnswer>(detail.repository, 'pull');

export async function pullOf(people: People, pull: queries.PullAnswer): Promise<Pull> {
  const tip = pull.commits?.nodes[0]?.commit;
  const held = heldWorkflows(tip?.checkSuites?.nodes ?? []);
  return {
    number: pullNumber(pull.number),
    id: pull.id,
    url: pull.url,
    branch: pull.headRefName,
    base: pull.baseRefName,
    head: headSha(pull.headRefOid),
    state: pull.merged ? 'merged' : pull.state === 'OPEN' ? 'open' : 'closed',
    draft: pull.isDraft,
    ...draftedBy(pull),
    ...(await reopenedOf(people, pull)),
    ...(pull.reviewDecision == null ? {} : { asksReview: true }),
    ...reviewMissing(pull),
    mergeable: pull.mergeable === 'MERGEABLE' ? 'clean' : pull.mergeable === 'CONFLICTING' ? 'conflicting' : 'unknown',
    mergeState: pull.mergeStateStatus.toLowerCase(),
    author: { id: pull.author?.databaseId ?? 0, login: pull.author?.login ?? 'ghost' },
    reviews: await Promise.all(
      pull.reviews.nodes.filter((review) => review.state !== 'PENDING').map((review) => reviewOf(people, review)),
    ),
    checks: checksOf(tip?.statusCheckRollup ?? null),
    ...(held.length > 0 && pull.state === 'OPEN' ? { heldWorkflows: held } : {}),
    ...(tip?.oid === pull.headRefOid ? { tip: { tree: tip.tree.oid, parents: parentsOf(tip) } } : {}),
    ...testMergeOf(pull),
    ...queueOf(pull),
    ...(pull.mergeCommit ? { mergeCommit: headSha(pull.mergeCommit.oid) } : {}),
    ...(pull.mergedAt ? { mergedAt: instant(Date.parse(pull.mergedAt)) } : {}),
  };
}

const parentsOf = ({ parents }: queries.CommitAnswer) => parents.nodes.map(({ oid }) => headSha(oid));

function testMergeOf({ potentialMergeCommit: commit }: queries.PullAnswer): Pick<Pull, 'testMerge'> {
  const [base, head] = commit ? parentsOf(commit) : [];
  return commit && base && head ? { testMerge: { base, head, tree: commit.tree.oid } } : {};
}

function queueOf({ isMergeQueueEnabled, mergeQueueEntry, unqueued }: queries.PullAnswer): Pick<Pull, 'queue'> {
  if (!isMergeQueueEnabled && !mergeQueueEntry) return {};
  const removed = unqueued?.nodes[0];
  return {
    queue: {
      ...(mergeQueueEntry ? { position: mergeQueueEntry.position } : {}),
      ...(removed?.createdAt === undefined
        ? {}
        : { removed: { at: instant(Date.parse(removed.createdAt)), reason: removed.reason ?? 'UNKNOWN' } }),
    },
  };
}

/** Swarm only marks drafts as ready: a pull request is turned into a draft by others alone. */
function draftedBy({ isDraft, drafted }: queries.PullAnswer): Pick<Pull, 'draftBy' | 'readyAt'> {
  const [event] = drafted?.nodes ?? [];
  if (isDraft) return event?.__typename === 'ConvertToDraftEvent' ? { draftBy: event.actor?.login ?? 'ghost' } : {};
  return event?.__typename === 'ReadyForReviewEvent' ? { readyAt: instant(Date.parse(event.createdAt)) } : {};
}

/** The review that the rules of the base ask for, and the people and teams who are to give it. */
function reviewMissing({ reviewDecision, reviewRequests, reviews }: queries.PullAnswer): Pick<Pull, 'reviewMissing'> {
  if (reviewDecision === 'CHANGES_REQUESTED') {
    const opinions = new Map<string, string>();
    for (const { author, state } of reviews.nodes) {
      if (author && (OPINIONS as readonly string[]).includes(state)) opinions.set(author.login, state);
    }
    const from = [...opinions].flatMap(([login, state]) => (state === 'CHANGES_REQUESTED' ? [login] : []));
    return { reviewMissing: { of: 'objectors', from } };
  }
  if (reviewDecision !== 'REVIEW_REQUIRED') return {};
  const asked = reviewRequests?.nodes ?? [];
  const owners = asked.filter(({ asCodeOwner }) => asCodeOwner);
  const from = (owners.length > 0 ? owners : asked).flatMap(
    ({ requestedReviewer }) => requestedReviewer?.login ?? requestedReviewer?.combinedSlug ?? [],
  );
  return { reviewMissing: { of: owners.length > 0 ? 'code owners' : 'reviewers', from } };
}

/** A comment changes no opinion. */
const OPINIONS = ['APPROVED', 'CHANGES_REQUESTED', 'DISMISSED'] as const;

async function reopenedOf(people: People, { reopened }: queries.PullAnswer): Promise<Pick<Pull, 'reopened'>> {
  const [event] = reopened?.nodes ?? [];
  if (!event) return {};
  return { reopened: { by: await people.person(event.actor), at: instant(Date.parse(event.createdAt)) } };
}

async function reviewOf(people: People, review: queries.ReviewAnswer): Promise<Review> {
  const states: Record<string, Review['state']> = {
    APPROVED: 'approved',
    CHANGES_REQUESTED: 'changes requested',
    DISMISSED: 'dismissed',
  };
  const state = states[review.state] ?? 'commented';
  return {
    id: review.id,
    // The author's permission matters only for a verdict.
    by: await people.person(review.author, state === 'commented'),
    state,
    head: headSha(review.commit?.oid ?? ''),
    at: instant(Date.parse(review.submittedAt ?? '') || 0),
    body: review.body,
    comments: (review.comments?.nodes ?? []).map((comment) => ({
      path: comment.path,
      ...(comment.line === null ? {} : { line: comment.line }),
      body: comment.body,
    })),
  };
}

/** Answers whether the rules of its base, and nothing else that GitHub names, keep a pull request from merging. */
const isHeldByRules = (pull: queries.PullAnswer): boolean =>
  pull.state === 'OPEN' && !pull.isDraft && pull.mergeStateStatus === 'BLOCKED' && pull.commits !== undefined;

/** Adds the required checks that nobody reported, where rules keep the pull request from merging. */
export async function withMissingChecks(rules: BranchRules, pull: Pull, answer: queries.PullAnswer): Promise<Pull> {
  if (!isHeldByRules(answer)) return pull;
  const rollup = answer.commits?.nodes[0]?.commit.statusCheckRollup ?? null;
  const missing = missingChecks(await rules.requiredChecks(pull.base), rollup);
  return missing.length === 0 ? pull : { ...pull, missingChecks: missing };
}

/**
 * Adds the commit at which a head left the base, if its gates have to be proven against it. GraphQL does not have it.
 * @see https://docs.github.com/en/rest/commits/commits#compare-two-commits
 */
export async function withStart(
  client: Client,
  repository: RepositoryName,
  journal: Journal | undefined,
  base: Base,
  pull: Pull,
): Promise<Pull> {
  const segment = journal?.phase === 'running' ? segmentOfPull(journal, pull.number) : undefined;
  if (!journal || segment === undefined || pull.base !== base.branch) return pull;
  if (!wantsProof(pull, recordOf(journal, segment))) return pull;
  try {
    const { data } = await client.request('GET /repos/{owner}/{repo}/compare/{basehead}', {
      ...inRepository(repository),
      basehead: `${base.head}...${pull.head}`,
      // Of the commits in between, none is wanted.
      per_page: 1,
    });
    return { ...pull, startedFrom: headSha(data.merge_base_commit.sha) };
  } catch (error) {
    // The head has no common history with the base, or a force-push removed it: there is nothing to prove.
    if (error instanceof GitHubRefused && error.status === 404) return { ...pull, unrelated: true };
    throw error;
  }
}

/** How many of a branch's latest changes are read. */
const ACTIVITIES = 100;

/**
 * Adds the person who pushed a head that Swarm did not make, once somebody has approved it. Commits name any author that
 * their maker likes; only the repository's activity says who pushed.
 * @see https://docs.github.com/en/rest/repos/repos#list-repository-activities
 */
export async function withPusher(
  client: Client,
  repository: RepositoryName,
  journal: Journal | undefined,
  pull: Pull,
): Promise<Pull> {
  const segment = journal?.phase === 'running' ? segmentOfPull(journal, pull.number) : undefined;
  if (!journal || segment === undefined || pull.state !== 'open') return pull;
  const record = recordOf(journal, segment);
  const heads = headsOf(record.updates, pull.head);
  const isApproved =
    pull.reviews.some(({ state, head }) => state === 'approved' && heads.includes(head)) ||
    record.approvals.some(({ head }) => heads.includes(head));
  if (!isApproved || isOwnHead(record, pull.head)) return pull;
  try {
    const { data } = await client.request('GET /repos/{owner}/{repo}/activity', {
      ...inRepository(repository),
      ref: `refs/heads/${pull.branch}`,
      per_page: ACTIVITIES,
    });
    // Swarm only added the base to what somebody pushed.
    const actor = data.find(({ after }) => after === heads.at(-1))?.actor;
    return actor ? { ...pull, pushedBy: { id: Number(actor.id), login: actor.login } } : pull;
  } catch (error) {
    // A server without this list: nobody is known to have pushed it, and a second approval makes sure.
    if (error instanceof GitHubRefused && (error.status === 404 || error.status === 403)) return pull;
    throw error;
  }
}

export function baseOf(base: queries.BaseAnswer | null, branch: string, config: Config): Base {
  const checks = checksOf(base?.statusCheckRollup ?? null);
  const failing = checks.filter((check) => check.conclusion === 'failure').map((check) => check.name);
  return {
    branch,
    head: headSha(base?.oid ?? ''),
    ...(base?.tree ? { proof: proofName(base.tree.oid, config) } : {}),
    checks:
      failing.length > 0
        ? 'failing'
        : checks.some((check) => check.conclusion === 'pending')
          ? 'pending'
          : checks.length > 0
            ? 'passing'
            : 'none',
    failing,
  };
}
