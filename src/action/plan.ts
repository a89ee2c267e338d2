/**
 * `do: plan`: takes a dispatch for this run, and says what is to be done.
 *
 * The run's id goes into the journal by compare-and-swap. A dispatch whose answer was lost may have been made twice; only
 * the run that is in the journal gets work (ADR 0002). The matrix comes from the journal, not from any input.
 */
import { segmentOf } from '#core/model/attempt';
import { type Dispatch, findAttempt, type Journal } from '#core/model/journal';
import { advanceJournal, readJournal } from '#github/journal';
import { BadInput, epicOf, idOf, type Job } from './job.ts';

const MOST_TRIES = 20;

export async function run(job: Job): Promise<void> {
  const epic = epicOf(job);
  const id = idOf(job, 'dispatch');
  const client = await job.connect();
  for (let time = 1; time <= MOST_TRIES; time++) {
    const stored = await readJournal(client, job.repository, epic);
    const dispatch = stored?.journal.dispatches[id];
    if (!stored || !dispatch)
      throw new BadInput(`The journal of #${epic} has no dispatch ${id}; only swarm starts these runs.`);
    if (dispatch.runId !== undefined && dispatch.runId !== job.runId) {
      return nothing(job, `Dispatch ${id} is the work of run ${dispatch.runId}; this run has nothing to do.`);
    }
    if (stored.journal.phase === 'cancelled' || stored.journal.phase === 'finished') {
      return nothing(job, `Epic #${epic} is ${stored.journal.phase}; nothing is started.`);
    }
    if (dispatch.runId === job.runId) return tell(job, stored.journal, dispatch);
    const journal: Journal = {
      ...stored.journal,
      dispatches: { ...stored.journal.dispatches, [id]: { ...dispatch, runId: job.runId } },
    };
    const advanced = await advanceJournal(client, job.repository, {
      repositoryId: stored.repositoryId,
      from: stored.oid,
      journal,
      message: `#${epic}: run ${job.runId} takes dispatch ${id}\n`,
    });
    if (advanced.kind === 'advanced') return tell(job, journal, { ...dispatch, runId: job.runId });
  }
  throw new Error(`The journal of #${epic} changed ${MOST_TRIES} times while run ${job.runId} wanted to take ${id}.`);
}

async function nothing(job: Job, why: string): Promise<void> {
  job.log(why);
  job.answer('kind', 'nothing');
  job.answer('matrix', '{"include":[]}');
  job.answer('max-parallel', '1');
  job.summarise(why);
}

async function tell(job: Job, journal: Journal, dispatch: Dispatch): Promise<void> {
  const { work } = dispatch;
  if (work.kind === 'calibration') {
    job.answer('kind', 'calibration');
    job.answer('matrix', '{"include":[]}');
    job.answer('max-parallel', '1');
    return job.summarise(`Calibration of wave ${work.wave}, round ${work.round}, of epic #${journal.epic}.`);
  }
  // On a re-run, what was reported already is not done again.
  const attempts = work.attempts
    .map((id) => findAttempt(journal, id))
    .filter((attempt) => attempt !== undefined)
    .filter((attempt) => attempt.outcome === undefined);
  if (attempts.length === 0) return nothing(job, `Every attempt of dispatch ${dispatch.id} has ended.`);
  const include = attempts.map(({ id }) => ({ segment: segmentOf(id), attempt: id }));
  job.answer('kind', 'segments');
  job.answer('matrix', JSON.stringify({ include }));
  job.answer('max-parallel', String(include.length));
  const list = attempts.map(({ id, name }) => `#${segmentOf(id)} (${name})`).join(', ');
  job.log(`Segments: ${list}`);
  job.summarise(`Epic #${journal.epic}, dispatch ${dispatch.id}: ${list}.`);
}
