/** REST: the logs of a run as one archive, with a file for each of its jobs. */
import type { Job, Run } from '#emulator/model/records';
import { repoUrl } from '#emulator/shapes/objects';
import type { World } from '#emulator/world/world';
import { zip } from '#emulator/world/zip';
import { type ApiCall, found, type Route, read } from './route.ts';

const RUN = '/repos/{owner}/{repo}/actions/runs/{run_id}';

export const runLogRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: `${RUN}/logs`,
    needs: read('actions'),
    handle: (call) => redirect(call, `${runOf(call).attempt}`),
  },
  {
    method: 'GET',
    path: `${RUN}/attempts/{attempt_number}/logs`,
    needs: read('actions'),
    handle: (call) => {
      const attempt = Number(call.param('attempt_number'));
      found(runOf(call).jobs.find((job) => job.attempt === attempt));
      return redirect(call, String(attempt));
    },
  },
];

const runOf = (call: ApiCall): Run => found(call.world.runs.byId(call.repository, Number(call.param('run_id'))));

function redirect(call: ApiCall, attempt: string) {
  const { id } = runOf(call);
  const location = `${repoUrl(call.world, call.repository)}/actions/runs/${id}/logs-${attempt}.zip`;
  return { status: 302, headers: { location } };
}

/** The archive, at the URL that the routes redirect to. Null if the path is none of these. */
export function runLogsAt(world: World, path: string): Buffer | null {
  const match = /^\/repos\/([^/]+)\/([^/]+)\/actions\/runs\/(\d+)\/logs-(\d+)\.zip$/.exec(path);
  const repository = match && world.repository(match[1] ?? '', match[2] ?? '');
  const run = repository && world.runs.byId(repository, Number(match[3]));
  return run ? archiveOf(run, Number(match?.[4]), new Date(world.clock.now())) : null;
}

/** Jobs that an attempt kept have their logs from before. A job without a runner has none. */
function archiveOf(run: Run, attempt: number, at: Date): Buffer {
  const until = run.jobs.filter((job) => job.attempt <= attempt);
  const newest = new Map(until.map((job) => [job.name, job]));
  const jobs = until.filter((job) => newest.get(job.name) === job && job.log !== '');
  return zip(
    jobs.map((job, index) => ({ name: fileNameOf(job, index), content: Buffer.from(job.log) })),
    at,
  );
}

const fileNameOf = (job: Job, index: number): string => `${index}_${job.name.replaceAll('/', '')}.txt`;
