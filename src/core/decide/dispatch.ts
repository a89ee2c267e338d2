/**
 * Runs: started under an id from the journal, started again when they do not appear, cancelled; the segments that they were
 * for, which another epic may have afterwards; and the clock.
 */
import { segmentOf } from '#core/model/attempt';
import type { Reason } from '#core/model/decision';
import type { IssueNumber } from '#core/model/epic';
import { type Dispatch, findAttempt, type Journal } from '#core/model/journal';
import { actKeys, isEnded, withoutAct } from '#core/model/journal-lenses';
import type { Run } from '#core/model/snapshot';
import type { Draft } from './draft.ts';
import { dispatchLimit } from './errors.ts';
import { REPORT_VISIBLE_MS } from './remember.ts';
import type { Situation } from './situation.ts';

/** The id of the next dispatch; undefined where the epic has reached its limit, which is then said once. */
export function nextDispatchId({ config }: Situation, draft: Draft): string | undefined {
  const { epic } = draft.snapshot;
  const problem = dispatchLimit(epic.number, draft.journal, config);
  if (!problem) return `${epic.number}.${Object.keys(draft.journal.dispatches).length + 1}`;
  draft.once({
    kind: 'say',
    key: `limit:dispatches:${config.limits.dispatches}`,
    on: epic.number,
    notice: { kind: 'epic held', diagnostics: [{ level: 'error', problem }], owner: draft.owner },
    reason: { kind: 'dispatch limit' },
  });
  return undefined;
}

export function send(draft: Draft, dispatch: Dispatch, reason: Reason): void {
  draft.once({
    kind: 'dispatch',
    key: actKeys.dispatch(dispatch.id),
    dispatch,
    ref: draft.snapshot.repository.defaultBranch,
    epic: draft.snapshot.epic.number,
    reason,
  });
}

/** How long a dispatched run may stay invisible before it is dispatched again. A second run finds the work taken. */
const RUN_VISIBLE_MS = 120_000;
/** A run that is under way is looked at this often, even if no event arrives. */
const RUN_LOOK_MS = 5 * 60_000;

/** Repeats a dispatch that is not visible (SPEC R4.3), also where GitHub accepted it and never showed its run. */
export function repeatLostDispatches(situation: Situation, draft: Draft): void {
  if (draft.journal.phase === 'cancelled' || situation.errors.length > 0) return;
  for (const dispatch of Object.values(draft.journal.dispatches)) {
    if (isEnded(draft.journal, dispatch)) continue;
    const isEnding = draft.snapshot.runs.some((run) => run.dispatch === dispatch.id && hasEndedJob(run));
    draft.lookAgain(isEnding ? REPORT_VISIBLE_MS : RUN_LOOK_MS);
    const key = actKeys.dispatch(dispatch.id);
    const act = draft.journal.acts[key];
    const isSeen = dispatch.runId !== undefined || draft.snapshot.runs.some((run) => run.dispatch === dispatch.id);
    if (act?.state === 'done' && !isSeen) {
      if (draft.now - act.at < RUN_VISIBLE_MS) {
        draft.lookAgain(act.at + RUN_VISIBLE_MS - draft.now);
        continue;
      }
      draft.journal = withoutAct(draft.journal, key);
    }
    if (!isSeen) send(draft, dispatch, { kind: 'run not visible', dispatch: dispatch.id });
  }
}

const hasEndedJob = ({ state, jobs }: Run): boolean =>
  state === 'completed' || jobs.some((job) => job.state === 'completed' && job.name.endsWith('publish'));

/** Cancels a run if all of its segments that are not over are issues that can never be in the epic again. */
export function cancelAbandoned({ snapshot }: Situation, draft: Draft): void {
  const { journal } = draft;
  for (const run of snapshot.runs) {
    const work = journal.dispatches[run.dispatch]?.work;
    if (run.state === 'completed' || work?.kind !== 'segments') continue;
    const open = work.attempts.filter((id) => findAttempt(journal, id)?.outcome === undefined).map(segmentOf);
    if (open.length === 0 || open.some((segment) => snapshot.gone?.[segment] === undefined)) continue;
    draft.decide({ kind: 'cancel run', runId: run.id, reason: { kind: 'segments gone', segments: open } });
  }
}

export function cancelRuns(_situation: Situation, draft: Draft): void {
  for (const run of draft.snapshot.runs) {
    if (run.state === 'completed') continue;
    draft.decide({ kind: 'cancel run', runId: run.id, reason: { kind: 'epic cancelled' } });
  }
}

/**
 * Lets go of segments that this epic does not work on any more: all of them at its end, and those that were skipped or taken
 * out. No agent may still be at work on them. A claim that is left behind holds nobody up: see `holds`.
 */
export function releaseSegments({ plan, snapshot }: Situation, draft: Draft): void {
  const { journal } = draft;
  const planned = new Set<number>(plan.segments.map(({ number }) => number));
  const isOver = journal.phase === 'finished' || journal.phase === 'cancelled';
  const tried = Object.entries(journal.segments).filter(([, { attempts }]) => attempts.length > 0);
  const isAtWork = tried.some(([, { attempts }]) => attempts.at(-1)?.outcome === undefined);
  const release = (name: string, among: typeof tried): void => {
    const segments = among.map(([key]) => Number(key) as IssueNumber);
    const attempts = among.reduce((sum, [, record]) => sum + record.attempts.length, 0);
    if (segments.length === 0) return;
    draft.once({
      kind: 'release claims',
      key: `release:${name}:${attempts}`,
      epic: snapshot.epic.number,
      segments,
      reason: { kind: 'segments released', segments },
    });
  };
  if (isOver) {
    if (!isAtWork) release('all', tried);
    return;
  }
  for (const one of tried) {
    const [key, { attempts, skipped }] = one;
    const isLeft = skipped !== undefined || !planned.has(Number(key));
    if (isLeft && attempts.at(-1)?.outcome !== undefined) release(key, [one]);
  }
}

/** Answers whether a cancelled epic has let go of its segments. Another one may work on them now. */
export function hasLetGo({ phase, segments, acts }: Journal): boolean {
  const attempts = Object.values(segments).reduce((sum, record) => sum + record.attempts.length, 0);
  return phase === 'cancelled' && (attempts === 0 || acts[`release:all:${attempts}`]?.state === 'done');
}

/** In a public repository, GitHub disables a schedule after 60 days without activity. Long before, it is enabled again. */
const CLOCK_MS = 30 * 24 * 60 * 60_000;

/**
 * Has the workflow that is Swarm's clock enabled while the epic is under way: once for each start, so that a person who
 * disables it is left alone until the next one. A clock that finds no epic under way disables itself.
 */
export function keepClock({ snapshot, journal }: Situation, draft: Draft): void {
  const key = actKeys.clock;
  const act = journal.acts[key];
  const isOver = journal.phase === 'cancelled';
  const since = journal.authorisation?.at ?? draft.now;
  if (act && (isOver || act.at < since || draft.now - act.at >= CLOCK_MS))
    draft.journal = withoutAct(draft.journal, key);
  if (isOver || snapshot.clockWorkflow === undefined) return;
  draft.once({ kind: 'start clock', key, workflow: snapshot.clockWorkflow, reason: { kind: 'clock needed' } });
}
