/** Reads the workflow runs that the journal waits for, with their jobs and current steps. */

import { type Instant, type IssueNumber, instant, type RepositoryName } from '#core/model/epic';
import type { Dispatch, Journal } from '#core/model/journal';
import { isEnded } from '#core/model/journal-lenses';
import type { Run } from '#core/model/snapshot';
import { type Client, GitHubRefused, inRepository } from '../client.ts';
import { goneOf } from '../issues.ts';
import { readState } from '../journal.ts';
import type { CutList } from '../lists.ts';
import type * as queries from '../queries.ts';
import { readHead } from '../refs.ts';

interface RunsSource {
  readonly client: Client;
  readonly repository: RepositoryName;
  /** Told of lists that are too long to be read. */
  readonly onCut: (list: CutList) => void;
  /** Runs that the looks before this one have read. A run that has gone on since then is seen a few seconds later. */
  readonly recent?: RecentRuns;
}

export type RecentRuns = Map<string, { readonly at: Instant; readonly run: Run }>;

/** A run is read again after this long. */
const RECENT_MS = 10_000;

/** A run may be dated a little earlier than its dispatch in the journal. */
const CLOCK_MS = 10 * 60_000;

export async function observeRuns(
  { client, repository, onCut, recent = new Map() }: RunsSource,
  journal: Journal,
): Promise<readonly Run[]> {
  const open = Object.values(journal.dispatches).filter((dispatch) => !isEnded(journal, dispatch));
  const isRecent = ({ id }: Dispatch): boolean => {
    const known = recent.get(id);
    return known !== undefined && client.now() - known.at < RECENT_MS && known.run.state !== 'completed';
  };
  const unread = open.filter((dispatch) => !isRecent(dispatch));
  const unseen = unread.filter(({ runId }) => runId === undefined);
  const found =
    unseen.length > 0
      ? await findRuns({ client, repository, onCut }, journal.epic, unseen)
      : new Map<string, queries.RunAnswer>();
  const latest =
    unread.length - unseen.length > 1 ? await latestRuns(client, repository) : new Map<number, queries.RunAnswer>();
  const runs: Run[] = [];
  for (const dispatch of open) {
    const known = isRecent(dispatch) ? recent.get(dispatch.id) : undefined;
    if (known) {
      runs.push(known.run);
      continue;
    }
    const run =
      dispatch.runId === undefined
        ? found.get(runTitle(journal.epic, dispatch.id))
        : (latest.get(dispatch.runId) ?? (await runById(client, repository, dispatch.runId, dispatch)));
    if (!run) continue;
    const read = await withJobs(client, repository, dispatch.id, run);
    recent.set(dispatch.id, { at: client.now(), run: read });
    runs.push(read);
  }
  return runs;
}

/**
 * Cancels the runs of an epic whose issue was deleted or moved away: nobody can cancel them by a command any more, and nothing
 * would come of their work. Its journal stays.
 */
export async function cancelRunsOfGone(
  client: Client,
  repository: RepositoryName,
  epic: IssueNumber,
): Promise<readonly number[]> {
  const oid = await readHead(client, repository, epic);
  if (oid === undefined || !(await goneOf(client, repository, epic))) return [];
  const journal = await readState(client, repository, { epic, oid, seen: undefined });
  const runs = await observeRuns({ client, repository, onCut: () => undefined }, journal);
  const live = runs.filter(({ state }) => state !== 'completed').map(({ id }) => id);
  for (const run_id of live) {
    try {
      const route = 'POST /repos/{owner}/{repo}/actions/runs/{run_id}/cancel';
      await client.request(route, { ...inRepository(repository), run_id });
    } catch (error) {
      // It is over, or about to be.
      if (!(error instanceof GitHubRefused && error.status === 409)) throw error;
    }
  }
  return live;
}

/** The latest runs by their ids. One page shows several of an epic at once; one that is older is read alone. */
async function latestRuns(client: Client, repository: RepositoryName): Promise<ReadonlyMap<number, queries.RunAnswer>> {
  const { data } = await client.request('GET /repos/{owner}/{repo}/actions/workflows/{workflow_id}/runs', {
    ...inRepository(repository),
    ...{ workflow_id: 'swarm.yml', event: 'workflow_dispatch', per_page: 50 },
  });
  return new Map(data.workflow_runs.map((run) => [Number(run.id), runAnswer(run)]));
}

/** The runs of dispatches by their titles. It reads back to the time of the oldest dispatch, past everybody else's runs. */
async function findRuns(
  { client, repository, onCut }: RunsSource,
  epic: IssueNumber,
  dispatches: readonly Dispatch[],
): Promise<ReadonlyMap<string, queries.RunAnswer>> {
  const titles = new Set(dispatches.map(({ id }) => runTitle(epic, id)));
  const oldestMs = Math.min(...dispatches.map(({ at }) => at)) - CLOCK_MS;
  const found = new Map<string, queries.RunAnswer>();
  let read = 0;
  let isWhole = false;
  await client.paginate(
    'GET /repos/{owner}/{repo}/actions/workflows/{workflow_id}/runs',
    { ...inRepository(repository), workflow_id: 'swarm.yml', event: 'workflow_dispatch' },
    ({ data }, done) => {
      read += data.length;
      for (const run of data) {
        const title = run.display_title;
        if (titles.has(title) && !found.has(title)) found.set(title, runAnswer(run));
      }
      isWhole = found.size === titles.size || data.some((run) => Date.parse(run.created_at) < oldestMs);
      if (isWhole) done();
      return [];
    },
  );
  // With a filter, GitHub lists the first 1,000 runs and then says that the list ends there.
  if (!isWhole && read >= MAX_RUNS) onCut({ kind: 'workflow runs', of: undefined, read });
  return found;
}

/** @see https://docs.github.com/en/rest/actions/workflow-runs#list-workflow-runs-for-a-workflow */
const MAX_RUNS = 1_000;

/** The `run-name` in `swarm.yml`, which tells the dispatch of a run. */
export const runTitle = (epic: IssueNumber, dispatch: string): string => `swarm #${epic} ${dispatch}`;

/** GitHub's reads can lag behind its writes: a run that was just started may not be there yet. */
const NOT_YET_MS = 10 * 60_000;

async function runById(
  client: Client,
  repository: RepositoryName,
  id: number,
  dispatch: Dispatch,
): Promise<queries.RunAnswer | undefined> {
  try {
    const { data } = await client.request('GET /repos/{owner}/{repo}/actions/runs/{run_id}', {
      ...inRepository(repository),
      run_id: id,
    });
    return runAnswer(data);
  } catch (error) {
    // A deleted run will never report, so it is over.
    if (error instanceof GitHubRefused && error.status === 404) {
      if (client.now() - dispatch.at < NOT_YET_MS) return undefined;
      return { id, display_title: '', html_url: '', status: 'completed', conclusion: 'deleted' };
    }
    throw error;
  }
}

const runAnswer = (run: Omit<queries.RunAnswer, 'id'> & { readonly id: number | bigint }): queries.RunAnswer => ({
  ...run,
  id: Number(run.id),
});

async function withJobs(
  client: Client,
  repository: RepositoryName,
  dispatch: string,
  run: queries.RunAnswer,
): Promise<Run> {
  const state = run.status === 'completed' ? 'completed' : run.status === 'in_progress' ? 'running' : 'queued';
  const jobs =
    state === 'running'
      ? await client.paginate('GET /repos/{owner}/{repo}/actions/runs/{run_id}/jobs', {
          ...inRepository(repository),
          run_id: run.id,
        })
      : [];
  return {
    id: run.id,
    dispatch,
    url: run.html_url,
    state,
    ...(run.conclusion ? { conclusion: run.conclusion } : {}),
    ...(state === 'completed' ? ended(run.updated_at) : {}),
    jobs: jobs.map((job) => {
      const step = job.steps?.find(({ status }) => status === 'in_progress');
      const since = Date.parse(step?.started_at ?? job.started_at);
      return {
        name: job.name,
        state: job.status === 'completed' ? 'completed' : job.status === 'in_progress' ? 'running' : 'queued',
        ...(job.conclusion ? { conclusion: job.conclusion } : {}),
        ...ended(job.completed_at),
        ...(step ? { step: step.name } : {}),
        ...(Number.isFinite(since) ? { since: instant(since) } : {}),
        ...(job.html_url ? { url: job.html_url } : {}),
      };
    }),
  };
}

function ended(at: string | null | undefined): { readonly endedAt?: Instant } {
  const endedAt = Date.parse(at ?? '');
  return Number.isFinite(endedAt) ? { endedAt: instant(endedAt) } : {};
}
