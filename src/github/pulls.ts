/** Converts GitHub's answers about pull requests and their checks to swarm's types. */
import { headSha, instant, pullNumber, type RepositoryName } from '#core/model/epic';
import type { Journal } from '#core/model/journal';
import { headsOf } from '#core/model/journal/merging';
import { recordOf, segmentOfPull } from '#core/model/journal-lenses';
import { isOwnHead, wantsProof } from '#core/model/proof';
import type { Base, Check, Pull, Review } from '#core/model/snapshot';
import { type Client, GitHubRefused, inRepository } from './client.ts';
import type { People } from './people.ts';
import * as queries from './queries.ts';

/** The pull requests that the journal names. */
export const pullsOf = (detail: queries.DetailAnswer): readonly queries.PullAnswer[] =>
  queries.answersWith<queries.PullAnswer>(detail.repository, 'pull');

export async function pullOf(people: People, pull: queries.PullAnswer): Promise<Pull> {
  const tip = pull.commits?.nodes[0]?.commit;
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
    mergeable: pull.mergeable === 'MERGEABLE' ? 'clean' : pull.mergeable === 'CONFLICTING' ? 'conflicting' : 'unknown',
    mergeState: pull.mergeStateStatus.toLowerCase(),
    author: { id: pull.author?.databaseId ?? 0, login: pull.author?.login ?? 'ghost' },
    reviews: await Promise.all(
      pull.reviews.nodes.filter((review) => review.state !== 'PENDING').map((review) => reviewOf(people, review)),
    ),
    checks: checksOf(tip?.statusCheckRollup ?? null),
    ...(tip?.oid === pull.headRefOid ? { tip: { tree: tip.tree.oid, parents: parentsOf(tip) } } : {}),
    ...testMergeOf(pull),
    ...(pull.mergeCommit ? { mergeCommit: headSha(pull.mergeCommit.oid) } : {}),
    ...(pull.mergedAt ? { mergedAt: instant(Date.parse(pull.mergedAt)) } : {}),
  };
}

const parentsOf = ({ parents }: queries.CommitAnswer) => parents.nodes.map(({ oid }) => headSha(oid));

function testMergeOf({ potentialMergeCommit: commit }: queries.PullAnswer): Pick<Pull, 'testMerge'> {
  const [base, head] = commit ? parentsOf(commit) : [];
  return commit && base && head ? { testMerge: { base, head, tree: commit.tree.oid } } : {};
}

/** Swarm only marks drafts as ready: a pull request is turned into a draft by others alone. */
function draftedBy({ isDraft, drafted }: queries.PullAnswer): Pick<Pull, 'draftBy'> {
  const [event] = drafted?.nodes ?? [];
  return isDraft && event?.__typename === 'ConvertToDraftEvent' ? { draftBy: event.actor?.login ?? 'ghost' } : {};
}

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
    if (error instanceof GitHubRefused && error.status === 404) return pull;
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

const OURS = /^swarm \/ /;

/**
 * The checks that the repository's own CI reported. Swarm's jobs also run on the base's head, but a failed segment says
 * nothing about the base, so checks of swarm's workflow are left out.
 */
function checksOf(rollup: queries.RollupAnswer | null): readonly Check[] {
  return (rollup?.contexts.nodes ?? []).flatMap((context): readonly Check[] => {
    if (context.__typename === 'StatusContext') {
      const states: Record<string, Check['conclusion']> = { SUCCESS: 'success', FAILURE: 'failure', ERROR: 'failure' };
      return [{ name: context.context, ours: false, conclusion: states[context.state] ?? 'pending' }];
    }
    if (context.checkSuite?.workflowRun?.workflow.resourcePath.endsWith('/swarm.yml')) return [];
    return [{ name: context.name, ours: OURS.test(context.name), conclusion: conclusionOf(context) }];
  });
}

function conclusionOf(run: queries.CheckRunAnswer): Check['conclusion'] {
  if (run.status !== 'COMPLETED') return 'pending';
  switch (run.conclusion) {
    case 'SUCCESS':
      return 'success';
    case 'NEUTRAL':
    case 'SKIPPED':
    case 'STALE':
      return 'neutral';
    default:
      return 'failure';
  }
}

export function baseOf(base: queries.BaseAnswer | null, branch: string): Base {
  const checks = checksOf(base?.statusCheckRollup ?? null).filter((check) => !check.ours);
  const failing = checks.filter((check) => check.conclusion === 'failure').map((check) => check.name);
  return {
    branch,
    head: headSha(base?.oid ?? ''),
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
