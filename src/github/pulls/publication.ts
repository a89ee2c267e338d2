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
import { type Client, GitHubRefused, GitHubUnavailable, inRepository } from '../client.ts';
import { ABSENT } from '../refs.ts';

interface Here extends RepositoryName {
  /** GraphQL id of the repository. */
  readonly id: string;
  readonly url: string;
}

type Publish = Extract<Decision, { readonly kind: 'publish' }>;

/** @returns the number of the pull request. */
export async function publish(client: Client, repository: Here, { work, put, pull }: Publish): Promise<PullNumber> {
  const { branch } = work.attempt;
  if (put) {
    // By compare-and-swap, like a push with a lease: it can only replace the commit that was looked at.
    await client.mutate(
      `mutation Put($repositoryId: ID!, $name: GitRefname!, $before: GitObjectID!, $after: GitObjectID!, $force: Boolean!) {
        updateRefs(input: { repositoryId: $repositoryId, refUpdates: [{ name: $name, beforeOid: $before, afterOid: $after, force: $force }] }) {
          clientMutationId
        }
      }`,
      {
        repositoryId: repository.id,
        name: `refs/heads/${branch}`,
        before: put.from ?? ABSENT,
        after: put.head,
        force: put.as === 'replace',
      },
    );
  }
  const facts = pullFactsOf(work, repository.url);
  const words = { title: pullTitle(work.segment), body: pullBody(facts) };
  const call = { ...inRepository(repository), ...words };
  const number = pull ?? (await openPull(client, repository, branch, work.base));
  if (number === undefined) {
    return createPull(client, { ...call, head: branch, base: work.base }, facts.approvals > 0 ? 'draft' : 'ready');
  }
  await client.request('PATCH /repos/{owner}/{repo}/pulls/{pull_number}', { ...call, pull_number: number });
  return pullNumber(number);
}

async function openPull(
  client: Client,
  repository: RepositoryName,
  branch: string,
  base: string,
): Promise<number | undefined> {
  const open = await client.paginate('GET /repos/{owner}/{repo}/pulls', {
    ...inRepository(repository),
    ...{ head: `${repository.owner}:${branch}`, base, state: 'open' },
  });
  return open[0]?.number;
}

async function createPull(
  client: Client,
  call: { owner: string; repo: string; title: string; body: string; head: string; base: string },
  as: 'draft' | 'ready',
): Promise<PullNumber> {
  try {
    const { data } = await client.request('POST /repos/{owner}/{repo}/pulls', { ...call, draft: as === 'draft' });
    return pullNumber(data.number);
  } catch (error) {
    // Private repositories on free plans have no draft pull requests.
    const noDrafts = error instanceof GitHubRefused && error.status === 422 && /draft/i.test(error.message);
    if (as === 'ready' || !noDrafts) throw error;
    return createPull(client, call, 'ready');
  }
}

// ── Check runs ──────────────────────────────────────────────────────────────────────────────────────────────────────────

const CONCLUSIONS = {
  pass: 'success',
  fail: 'failure',
  'timed out': 'failure',
  'not applicable': 'neutral',
} as const;

/** GitHub's limit for one request. Further ones follow in more requests. */
const ANNOTATIONS_AT_ONCE = 50;
const MOST_ANNOTATIONS = 200;

/** One check run per gate, on the pushed commit. Branch rules can require them, and people see them first. */
export async function reportChecks(
  client: Client,
  repository: Here,
  { head, results, runId, artefact }: Extract<Decision, { readonly kind: 'report checks' }>,
): Promise<void> {
  const here = inRepository(repository);
  const list = async () => {
    const runs = await client.paginate('GET /repos/{owner}/{repo}/commits/{ref}/check-runs', { ...here, ref: head });
    return new Map(runs.map((each) => [each.name, each]));
  };
  const there = await list();
  const checks = results.map((result) => ({
    name: `swarm / ${result.gate}`,
    conclusion: CONCLUSIONS[result.verdict],
    output: outputOf(result, artefact),
    annotations: annotationsOf(result),
  }));
  // A new result replaces an older one of the same gate.
  const missing = checks.filter(({ name, conclusion }) => there.get(name)?.conclusion !== conclusion);
  await createChecks(client, repository, { head, url: `${repository.url}/actions/runs/${runId}` }, missing);
  const long = checks.filter(({ annotations }) => annotations.length > ANNOTATIONS_AT_ONCE);
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

interface NewCheck {
  readonly name: string;
  readonly conclusion: (typeof CONCLUSIONS)[keyof typeof CONCLUSIONS];
  readonly output: ReturnType<typeof outputOf>;
  readonly annotations: ReturnType<typeof annotationsOf>;
}

/** All of them in one mutation, because REST takes a call for each. GitHub makes them one after the other. */
async function createChecks(
  client: Client,
  repository: Here,
  { head, url }: { readonly head: string; readonly url: string },
  checks: readonly NewCheck[],
): Promise<void> {
  if (checks.length === 0) return;
  const declared = checks.map(
    (_, at) => `$name${at}: String!, $conclusion${at}: CheckConclusionState!, $output${at}: CheckRunOutput!`,
  );
  const fields = checks.map(
    (_, at) => `check${at}: createCheckRun(input: {
    repositoryId: $repositoryId, headSha: $head, detailsUrl: $details, status: COMPLETED,
    name: $name${at}, conclusion: $conclusion${at}, output: $output${at}
  }) { clientMutationId }`,
  );
  const variables = checks.flatMap(({ name, conclusion, output, annotations }, at) => [
    [`name${at}`, name],
    [`conclusion${at}`, conclusion.toUpperCase()],
    [`output${at}`, { ...output, annotations: annotations.slice(0, ANNOTATIONS_AT_ONCE).map(inGraphql) }],
  ]);
  await client.mutate(
    `mutation Report($repositoryId: ID!, $head: GitObjectID!, $details: URI!, ${declared.join(', ')}) {
  ${fields.join('\n  ')}
}`,
    { repositoryId: repository.id, head, details: url, ...Object.fromEntries(variables) },
  );
}

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
