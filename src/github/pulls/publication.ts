/**
 * Puts proven work on its branch, opens and updates its pull request, and reports gates as check runs.
 *
 * Each function may be called again after any of its calls, and ends the same: it looks at what is there first.
 */
import type { Decision } from '#core/model/decision';
import { type PullNumber, pullNumber, type RepositoryName } from '#core/model/epic';
import type { GateResult } from '#core/model/report';
import { artefactLink, pullBody, pullFactsOf, pullTitle, VERDICT_MARKS } from '#words/pull';
import { block, clean, clip, inline, oneLine } from '#words/safe';
import { duration } from '#words/voice';
import { type Client, GitHubRefused, GitHubUnavailable, inRepository, type Mutation } from '../client.ts';
import { ABSENT } from '../refs.ts';

interface Here extends RepositoryName {
  /** GraphQL id of the repository. */
  readonly id: string;
  readonly url: string;
}

type Publish = Extract<Decision, { readonly kind: 'publish' }>;

/** Answers whether its branch is still to be made. Then it has no pull request either. */
export const isNewWork = ({ put, pull }: Publish): boolean =>
  put !== undefined && put.from === undefined && pull === undefined;

/**
 * Several pieces of new work at once: all branches in one call, then all pull requests in another. A pull request waits for
 * its branch, because a branch that could not be made may hold somebody else's commits.
 * @returns for each the number of its pull request, or GitHub's refusal.
 */
export async function publishNew(
  client: Client,
  repository: Here,
  works: readonly Publish[],
): Promise<readonly (PullNumber | GitHubRefused)[]> {
  const branches = await client.mutateEach(works.flatMap((work) => putting(repository, work)));
  const placed = works.filter((_, index) => branches[index]?.kind === 'done');
  const opened =
    placed.length === 0 ? [] : [...(await client.mutateEach(placed.map((work) => opening(repository, work))))];
  return Promise.all(
    works.map(async (work, index) => {
      const branch = branches[index];
      if (branch?.kind === 'refused') return branch.error;
      const pull = opened.shift();
      if (pull?.kind === 'done') return pullNumber(numberOf(pull.answer));
      if (!hasNoDrafts(pull?.error)) return pull?.error ?? new GitHubRefused('GitHub opened no pull request.', 422);
      return createPull(
        client,
        { ...inRepository(repository), ...wordsOf(repository, work), ...endsOf(work) },
        'ready',
      );
    }),
  );
}

/** @returns the number of the pull request. */
export async function publish(client: Client, repository: Here, work: Publish): Promise<PullNumber> {
  const [refused] = work.put ? await client.mutateEach(putting(repository, work)) : [];
  if (refused?.kind === 'refused') throw refused.error;
  const call = { ...inRepository(repository), ...wordsOf(repository, work) };
  const number = work.pull ?? (await openPull(client, repository, work));
  if (number === undefined) return createPull(client, { ...call, ...endsOf(work) }, stateOf(repository, work));
  await client.request('PATCH /repos/{owner}/{repo}/pulls/{pull_number}', { ...call, pull_number: number });
  return pullNumber(number);
}

const endsOf = ({ work }: Publish) => ({ head: work.attempt.branch, base: work.base });
const wordsOf = ({ url }: Here, { work }: Publish) => ({
  title: pullTitle(work.segment),
  body: pullBody(pullFactsOf(work, url)),
});
const stateOf = ({ url }: Here, { work }: Publish): 'draft' | 'ready' =>
  pullFactsOf(work, url).approvals > 0 ? 'draft' : 'ready';

/** By compare-and-swap, like a push with a lease: it can only replace the commit that was looked at. */
const putting = ({ id }: Here, { work, put }: Publish): readonly Mutation[] => {
  if (!put) return [];
  const name = `refs/heads/${work.attempt.branch}`;
  const update = { name, beforeOid: put.from ?? ABSENT, afterOid: put.head, force: put.as === 'replace' };
  return [{ field: 'updateRefs', input: { repositoryId: id, refUpdates: [update] } }];
};

const opening = (repository: Here, work: Publish): Mutation => {
  const { head, base } = endsOf(work);
  return {
    field: 'createPullRequest',
    input: {
      ...{ repositoryId: repository.id, headRefName: head, baseRefName: base, ...wordsOf(repository, work) },
      draft: stateOf(repository, work) === 'draft',
    },
    select: 'pullRequest { number }',
  };
};

const numberOf = (answer: unknown): number =>
  (answer as { readonly pullRequest?: { readonly number?: number } } | null)?.pullRequest?.number ?? Number.NaN;

async function openPull(client: Client, repository: RepositoryName, work: Publish): Promise<number | undefined> {
  const { head, base } = endsOf(work);
  const open = await client.paginate('GET /repos/{owner}/{repo}/pulls', {
    ...inRepository(repository),
    ...{ head: `${repository.owner}:${head}`, base, state: 'open' },
  });
  return open[0]?.number;
}

/** Private repositories on free plans have no draft pull requests. */
const hasNoDrafts = (error: unknown): boolean =>
  error instanceof GitHubRefused && error.status === 422 && /draft/i.test(error.message);

async function createPull(
  client: Client,
  call: { owner: string; repo: string; title: string; body: string; head: string; base: string },
  as: 'draft' | 'ready',
): Promise<PullNumber> {
  try {
    const { data } = await client.request('POST /repos/{owner}/{repo}/pulls', { ...call, draft: as === 'draft' });
    return pullNumber(data.number);
  } catch (error) {
    if (as === 'ready' || !hasNoDrafts(error)) throw error;
    return createPull(client, call, 'ready');
  }
}

// ── Check runs ──────────────────────────────────────────────────────────────────────────────────────────────────────────

const CONCLUSIONS = {
  pass: 'success',
  fail: 'failure',
  'timed out': 'failure',
  'failed before': 'neutral',
  'not applicable': 'neutral',
} as const;

/** GitHub's limit for one request. Further ones follow in more requests. */
const ANNOTATIONS_AT_ONCE = 50;
const MOST_ANNOTATIONS = 200;

/** One check run per gate, on the pushed commit. Branch rules can require them, and people see them first. */
export async function reportChecks(
  client: Client,
  repository: Here,
  decision: Extract<Decision, { readonly kind: 'report checks' }>,
): Promise<void> {
  const { head } = decision;
  const here = inRepository(repository);
  const list = async () => {
    const runs = await client.paginate('GET /repos/{owner}/{repo}/commits/{ref}/check-runs', { ...here, ref: head });
    return new Map(runs.map((each) => [each.name, each]));
  };
  const there = await list();
  const checks = checksIn(decision);
  // A new result replaces an older one of the same gate.
  const missing = checks.filter(({ name, conclusion }) => there.get(name)?.conclusion !== conclusion);
  if (missing.length > 0) {
    const ended = await client.mutateEach(missing.map((check) => creation(repository, decision, check)));
    for (const each of ended) if (each.kind === 'refused') throw each.error;
  }
  const long = checks.filter(isLong);
  // GraphQL's ids of check runs are 32 bits wide, and those of github.com are not.
  const all = long.some((check) => missing.includes(check)) ? await list() : there;
  for (const { name, conclusion, output, annotations } of long) {
    const run = all.get(name);
    if (run?.conclusion !== conclusion) {
      throw new GitHubUnavailable(`The check ${name} does not show yet.`, 404, 2_000, true);
    }
    // A process that died between two requests may have left some out.
    let done = run.output?.annotations_count ?? annotations.length;
    for (; done < annotations.length; done += ANNOTATIONS_AT_ONCE) {
      await client.request('PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}', {
        ...here,
        check_run_id: Number(run.id),
        output: { ...output, annotations: annotations.slice(done, done + ANNOTATIONS_AT_ONCE) },
      });
    }
  }
}

/** The same, where none of them is there yet. @returns undefined if one of them takes more than a call. */
export function checkMutations(
  repository: Here,
  decision: Extract<Decision, { readonly kind: 'report checks' }>,
): readonly Mutation[] | undefined {
  const checks = checksIn(decision);
  return checks.some(isLong) ? undefined : checks.map((check) => creation(repository, decision, check));
}

interface NewCheck {
  readonly name: string;
  readonly conclusion: (typeof CONCLUSIONS)[keyof typeof CONCLUSIONS];
  readonly output: ReturnType<typeof outputOf>;
  readonly annotations: ReturnType<typeof annotationsOf>;
}

const checksIn = ({ results, artefact }: Extract<Decision, { readonly kind: 'report checks' }>): readonly NewCheck[] =>
  results.map((result) => ({
    name: `swarm / ${result.gate}`,
    conclusion: CONCLUSIONS[result.verdict],
    output: outputOf(result, artefact),
    annotations: annotationsOf(result),
  }));

const isLong = ({ annotations }: NewCheck): boolean => annotations.length > ANNOTATIONS_AT_ONCE;

/** By GraphQL, where many of them share a call; REST takes a call for each. */
const creation = (
  { id, url }: Here,
  { head, runId }: Extract<Decision, { readonly kind: 'report checks' }>,
  { name, conclusion, output, annotations }: NewCheck,
): Mutation => ({
  field: 'createCheckRun',
  input: {
    ...{ repositoryId: id, headSha: head, detailsUrl: `${url}/actions/runs/${runId}`, status: 'COMPLETED', name },
    conclusion: conclusion.toUpperCase(),
    output: { ...output, annotations: annotations.slice(0, ANNOTATIONS_AT_ONCE).map(inGraphql) },
  },
});

const inGraphql = ({ path, start_line, end_line, annotation_level, message }: NewCheck['annotations'][number]) => ({
  ...{ path, message, annotationLevel: annotation_level.toUpperCase() },
  location: { startLine: start_line, endLine: end_line },
});

/** People see the summary at once; the output is below it. */
function outputOf({ verdict, command, output, durationMs }: GateResult, artefact: string | undefined) {
  const title = verdict === 'not applicable' ? `not applicable: ${command}` : `${verdict}: ${command}`;
  const took = verdict === 'not applicable' ? '' : ` It took ${duration(durationMs)}.`;
  const whole =
    artefact === undefined || verdict === 'not applicable' ? '' : ` All of its output: ${artefactLink(artefact)}.`;
  return {
    title: clip(oneLine(title), 200),
    summary: `${VERDICT_MARKS[verdict]}: ${inline(command, 200)}.${took}${whole}`,
    text: output === '' ? 'No output.' : block(output, { max: 20_000 }),
  };
}

const annotationsOf = ({ verdict, annotations = [] }: GateResult) =>
  annotations.slice(0, MOST_ANNOTATIONS).map(({ file, line, message }) => ({
    path: file,
    start_line: line,
    end_line: line,
    annotation_level: verdict === 'fail' || verdict === 'timed out' ? ('failure' as const) : ('warning' as const),
    message: clip(clean(message), 2_000) || 'See the output of the gate.',
  }));
