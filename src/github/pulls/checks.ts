/**
 * The checks of a commit as GitHub lists them, and those that a branch's rules require.
 *
 * GitHub lists the check runs of every suite: an older run of a workflow and its newer one stand next to each other. And it
 * files a check run that a job's token makes under the first workflow run of the commit, of whichever workflow. So neither
 * the list alone nor the suite of a check run says if it counts.
 */
import { instant } from '#core/model/epic';
import type { Check } from '#core/model/snapshot';
import type { CheckRunAnswer, RollupAnswer, StatusAnswer, SuiteAnswer } from '../queries.ts';
import type { RequiredCheck } from './rules.ts';

const ACTIONS = 'github-actions';
const OWN_WORKFLOW = /\/actions\/workflows\/swarm(?:-events|-clock)?\.yml$/;
/** The names of the jobs in Swarm's own workflows. */
const OWN_JOB = /^(?:orchestrate|plan|calibrate|record|continue|segment \d+(?: \/ (?:work|verify|publish))?)$/;

/** The latest run of each check that others reported on a commit. */
export const checksOf = (rollup: RollupAnswer | null): readonly Check[] => {
  const contexts = rollup?.contexts.nodes ?? [];
  const runs = contexts.filter((each): each is CheckRunAnswer => each.__typename === 'CheckRun');
  const counted = new Set(latestRuns(runs.filter((run) => !isOwnJob(run))));
  return contexts.flatMap((each) => {
    if (each.__typename === 'StatusContext') return [ofStatus(each)];
    return counted.has(each) ? [ofRun(each)] : [];
  });
};

function ofStatus({ context, state, createdAt }: StatusAnswer): Check {
  const states: Record<string, Check['conclusion']> = { SUCCESS: 'success', FAILURE: 'failure', ERROR: 'failure' };
  const conclusion = states[state] ?? 'pending';
  return { name: context, conclusion, ...(conclusion === 'pending' ? since(createdAt) : {}) };
}

function ofRun(run: CheckRunAnswer): Check {
  const conclusion = conclusionOf(run);
  return { name: run.name, conclusion, ...(conclusion === 'pending' ? since(run.startedAt) : {}) };
}

function since(time: string | null): Pick<Check, 'since'> {
  const at = Date.parse(time ?? '');
  return Number.isNaN(at) ? {} : { since: instant(at) };
}

/** Stale means that GitHub gave up waiting for its end. That does not count as success. */
function conclusionOf(run: CheckRunAnswer): Check['conclusion'] {
  if (run.status !== 'COMPLETED') return 'pending';
  switch (run.conclusion) {
    case 'SUCCESS':
      return 'success';
    case 'NEUTRAL':
    case 'SKIPPED':
      return 'neutral';
    default:
      return 'failure';
  }
}

/**
 * Answers whether a check run is a job of one of Swarm's own workflows. Such jobs also run on the base's head and on heads
 * of pull requests, and their end says nothing about that commit.
 *
 * A name can be anybody's, and so can the suite. GitHub links the check run of a job to the job's page in its own run, so
 * all of these have to agree. A job with `checks: write` could forge even that; but it could turn any red check green.
 */
function isOwnJob({ name, detailsUrl, checkSuite }: CheckRunAnswer): boolean {
  const run = checkSuite?.workflowRun;
  return (
    checkSuite?.app?.slug === ACTIONS &&
    run != null &&
    OWN_WORKFLOW.test(run.workflow.resourcePath) &&
    OWN_JOB.test(name) &&
    isJobPage(detailsUrl, run.resourcePath)
  );
}

/** The part of a run's address that stays the same when its repository is renamed. */
const RUN = /\/actions\/runs\/\d+$/;

/** Answers whether a URL is the page of a job of this run. */
function isJobPage(url: string | null, runPath: string): boolean {
  const [run] = RUN.exec(runPath) ?? [];
  const [path = ''] = (url ?? '').split(/[?#]/, 1);
  return run !== undefined && path.includes(run) && /^\/job\/\d+$/.test(path.slice(path.lastIndexOf(run) + run.length));
}

/**
 * The latest run of each check. Checks of one name are the same check if one app made them and, for jobs, one workflow for
 * one event: a push and a pull request test different trees. A run that was cancelled, as by its concurrency group, does not
 * count once any newer run of its job is there.
 */
function latestRuns(runs: readonly CheckRunAnswer[]): readonly CheckRunAnswer[] {
  const newest = new Map<string, CheckRunAnswer>();
  const newestOfJob = new Map<string, CheckRunAnswer>();
  const put = (map: Map<string, CheckRunAnswer>, key: string, run: CheckRunAnswer): void => {
    const known = map.get(key);
    if (known === undefined || startOf(run) >= startOf(known)) map.set(key, run);
  };
  for (const run of runs) {
    put(newest, keyOf(run, 'event'), run);
    put(newestOfJob, keyOf(run, 'any event'), run);
  }
  return [...newest.values()].filter(
    (run) => run.conclusion !== 'CANCELLED' || newestOfJob.get(keyOf(run, 'any event')) === run,
  );
}

/** A run that has not started is newer than all that have. */
const startOf = ({ startedAt }: CheckRunAnswer): number => Date.parse(startedAt ?? '') || Number.POSITIVE_INFINITY;

function keyOf({ name, detailsUrl, checkSuite }: CheckRunAnswer, by: 'event' | 'any event'): string {
  const run = checkSuite?.workflowRun;
  const isJob = run != null && isJobPage(detailsUrl, run.resourcePath);
  const job = isJob ? [run.workflow.resourcePath, by === 'event' ? run.event : ''] : [];
  return JSON.stringify([name, checkSuite?.app?.slug, ...job]);
}

/**
 * The workflows whose latest run on a commit waits until a person lets it start. GitHub makes such runs for pull requests of a
 * job's token. They have no jobs, so no check shows them.
 * @see https://docs.github.com/en/actions/how-tos/write-workflows/choose-when-workflows-run/trigger-a-workflow
 */
export function heldWorkflows(suites: readonly SuiteAnswer[]): readonly string[] {
  const latest = new Map<string, SuiteAnswer>();
  for (const suite of suites) {
    const { workflowRun: run, createdAt } = suite;
    if (!run || OWN_WORKFLOW.test(run.workflow.resourcePath)) continue;
    const key = JSON.stringify([run.workflow.resourcePath, run.event]);
    const known = latest.get(key);
    if (known === undefined || Date.parse(createdAt) >= Date.parse(known.createdAt)) latest.set(key, suite);
  }
  const held = [...latest.values()].filter(({ conclusion }) => conclusion === 'ACTION_REQUIRED');
  return [...new Set(held.flatMap(({ workflowRun }) => workflowRun?.workflow.name ?? []))].sort();
}

/** The required checks that nobody reported on a commit. */
export function missingChecks(required: readonly RequiredCheck[], rollup: RollupAnswer | null): readonly string[] {
  const contexts = rollup?.contexts.nodes ?? [];
  const isReported = ({ name, appId }: RequiredCheck): boolean =>
    contexts.some((each) =>
      each.__typename === 'StatusContext'
        ? each.context === name
        : each.name === name && (appId === undefined || each.checkSuite?.app?.databaseId === appId),
    );
  return [...new Set(required.filter((check) => !isReported(check)).map(({ name }) => name))];
}
