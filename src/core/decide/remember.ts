/**
 * Additions to the journal from an observation: attempts that ended, runs that died, acts that are visibly done.
 *
 * Each function here takes something that GitHub shows only for a while (a report, a run, one comment of a hundred) and
 * keeps it in the journal for good. Nothing is decided here.
 */

import type { AttemptId } from '#core/model/attempt';
import { type Instant, type IssueNumber, pullNumber } from '#core/model/epic';
import { type Calibration, findAttempt, type Journal, type Outcome } from '#core/model/journal';
import { judgeBaseline } from '#core/model/journal/baseline';
import {
  actKeys,
  jobsOf,
  segmentOfPull,
  withAct,
  withBaseline,
  withCalibration,
  withOutcome,
  withRecord,
} from '#core/model/journal-lenses';
import { type BaselineReport, type CalibrationReport, isReady, type Report } from '#core/model/report';
import type { Run, Snapshot } from '#core/model/snapshot';
import { rememberLandings } from './merging/landing.ts';
import { rememberUpdates } from './merging/update.ts';

export function remember(snapshot: Snapshot, journal: Journal): Journal {
  let next = rememberOwners(snapshot, rememberActs(snapshot, journal));
  next = rememberRuns(snapshot, next);
  next = rememberReports(snapshot, next);
  next = rememberRefusedDispatches(snapshot, next);
  next = rememberDeadRuns(snapshot, next);
  next = rememberMerges(snapshot, next);
  next = rememberUpdates(snapshot, next);
  return rememberLandings(snapshot, next);
}

/**
 * Answers whether a journal says more than the one before it. That a run was dispatched, or that a merge is done and landed as
 * it should, is no news while GitHub shows it: each look sees that again, and it is written with the next step. A comment is
 * news, because people may delete it.
 */
export function isNews(snapshot: Snapshot, before: Journal, after: Journal): boolean {
  const shown = shownActs(snapshot);
  const acts = Object.entries(after.acts).map(([key, act]) => {
    const old = before.acts[key];
    return [key, act.state === 'done' && old?.state === 'intended' && shown.has(key) ? old : act] as const;
  });
  const segments = Object.entries(after.segments).map(([number, record]) => {
    const old = before.segments[Number(number)];
    if (!old || old.landing?.verdict || record.landing?.verdict?.kind !== 'proven') return [number, record] as const;
    const { landing: _, ...rest } = record;
    return [number, old.landing ? { ...record, landing: old.landing } : rest] as const;
  });
  const [given, now] = [before.authorisation?.agentFiles, after.authorisation?.agentFiles];
  // Where the base is shows; that its files for agents are the same is found out again.
  const authorisation =
    given && given.digest === now?.digest ? { authorisation: { ...after.authorisation, agentFiles: given } } : {};
  const same = { ...after, ...authorisation, segments: Object.fromEntries(segments), acts: Object.fromEntries(acts) };
  return JSON.stringify(before) !== JSON.stringify(same);
}

/** The keys of dispatches and merges that this look shows to be done. */
function shownActs({ runs, pulls }: Snapshot): ReadonlySet<string> {
  const merged = pulls.filter(({ state }) => state === 'merged');
  return new Set([
    ...runs.map(({ dispatch }) => actKeys.dispatch(dispatch)),
    ...merged.flatMap(({ number, head }) => [actKeys.merge(number, head), actKeys.enqueue(number, head)]),
  ]);
}

/** Which epic has them is asked at each look. Only where to ask is kept. */
function rememberOwners({ owners }: Snapshot, journal: Journal): Journal {
  const { contested = [], ...rest } = journal;
  const now = Object.keys(owners ?? {}).map((segment) => Number(segment) as IssueNumber);
  if (!owners || String(now) === String(contested)) return journal;
  return now.length === 0 ? rest : { ...rest, contested: now };
}

function rememberActs(snapshot: Snapshot, journal: Journal): Journal {
  const acts = { ...journal.acts };
  for (const [key, act] of Object.entries(journal.acts)) {
    if (act.state !== 'intended') continue;
    const performed = snapshot.performed[key];
    const shown = snapshot.said[key]?.id ?? snapshot.made[key];
    if (performed?.kind === 'done' || shown !== undefined) {
      const result = (performed?.kind === 'done' ? performed.result : undefined) ?? shown;
      acts[key] = { ...act, state: 'done', ...(result === undefined ? {} : { result }) };
    } else if (performed?.kind === 'refused') {
      const { status, message } = performed;
      acts[key] = { ...act, state: 'refused', refusal: { status, message: message.slice(0, 500) } };
    }
  }
  return { ...journal, acts };
}

/**
 * A run that appears for a dispatch proves that the dispatch happened. If there are several runs, this does not say
 * which one got the work: only a run's own plan job writes `runId`.
 */
function rememberRuns(snapshot: Snapshot, journal: Journal): Journal {
  const acts = { ...journal.acts };
  for (const run of snapshot.runs) {
    const key = actKeys.dispatch(run.dispatch);
    const act = acts[key];
    if (act?.state === 'intended') acts[key] = { ...act, state: 'done', result: run.id };
  }
  return { ...journal, acts };
}

function rememberReports(snapshot: Snapshot, journal: Journal): Journal {
  let next = journal;
  for (const report of snapshot.reports) {
    const attempt = findAttempt(next, report.attempt);
    const outcome = outcomeOf(next, withoutPassed(report));
    if (attempt && !attempt.outcome && outcome) next = withOutcome(next, attempt, outcome);
  }
  for (const { attempt: id, author } of snapshot.forged ?? []) {
    const attempt = findAttempt(next, id);
    if (!attempt || attempt.outcome) continue;
    const problem = { kind: 'REPORT_FORGED', ref: `refs/swarm/runs/${journal.epic}/${id}`, author } as const;
    next = withOutcome(next, attempt, { kind: 'failed', at: snapshot.now, problem });
  }
  for (const report of snapshot.calibrationReports) next = withVerdict(next, report, snapshot.now);
  for (const report of snapshot.baselineReports ?? []) next = withBaselineVerdict(next, report, snapshot);
  return next;
}

/** @returns undefined for work that is not published yet. */
function outcomeOf(journal: Journal, report: Report): Outcome | undefined {
  const at = report.finishedAt;
  switch (report.result.kind) {
    case 'ready': {
      const { state, result } = journal.acts[actKeys.publish(report.attempt)] ?? {};
      if (state !== 'done' || result === undefined) return undefined;
      return { kind: 'published', at, pull: pullNumber(result), head: report.result.head, report };
    }
    case 'no-change':
      return { kind: 'no-change', at, report };
    case 'needs-input':
      return { kind: 'asked', at, report };
    case 'failed':
      return { kind: 'failed', at, problem: report.result.problem, report };
  }
}

/**
 * Leaves out the output and annotations of gates that passed. They stay in the report at its own ref and in the check
 * run. Nothing here needs them again, and an epic's journal is read and written at each event.
 */
export const withoutPassed = (report: Report): Report => ({
  ...report,
  validation: report.validation.map(({ annotations: _, ...result }) =>
    result.verdict === 'pass' || result.verdict === 'not applicable' ? { ...result, output: '' } : result,
  ),
});

function withVerdict(journal: Journal, report: CalibrationReport, at: Instant): Journal {
  return withCalibration(journal, report.wave, report.round, (calibration) =>
    calibration.verdict || calibration.base !== report.base
      ? calibration
      : {
          ...calibration,
          verdict:
            report.result === 'passed' ? { kind: 'passed', at } : { kind: 'failed', at, findings: report.findings },
        },
  );
}

function withBaselineVerdict(journal: Journal, report: BaselineReport, { now, base }: Snapshot): Journal {
  const branch = journal.authorisation?.baseBranch ?? base.branch;
  return withBaseline(journal, report.round, (baseline) =>
    baseline.verdict || baseline.base !== report.base
      ? baseline
      : { ...baseline, verdict: judgeBaseline(report, branch, now) },
  );
}

/** GitHub refused to start the run: the attempts end with that reason instead of waiting for a run that never comes. */
function rememberRefusedDispatches(snapshot: Snapshot, journal: Journal): Journal {
  let next = journal;
  for (const dispatch of Object.values(journal.dispatches)) {
    const performed = snapshot.performed[actKeys.dispatch(dispatch.id)];
    if (performed?.kind !== 'refused') continue;
    const problem = { kind: 'DISPATCH_FAILED', message: performed.message, status: performed.status } as const;
    next = endDispatch(snapshot, next, dispatch.id, { kind: 'failed', at: snapshot.now, problem });
  }
  return next;
}

/** GitHub's reads can lag behind its writes, so the report of a run or a job that just ended may not be visible yet. */
export const REPORT_VISIBLE_MS = 30_000;
const mayReportYet = ({ endedAt }: Pick<Run, 'endedAt'>, now: Instant): boolean =>
  endedAt !== undefined && now - endedAt < REPORT_VISIBLE_MS;

/** A run that is over and left no report for an attempt will never leave one (SPEC R8.2). */
function rememberDeadRuns(snapshot: Snapshot, journal: Journal): Journal {
  let next = journal;
  for (const run of snapshot.runs) {
    const taken = next.dispatches[run.dispatch]?.runId;
    if (run.state !== 'completed') {
      next = rememberDeadJobs(snapshot, next, run);
      continue;
    }
    // A second run of this dispatch ends at once, without work: its end says nothing about the first.
    if (taken !== undefined && taken !== run.id) continue;
    if (mayReportYet(run, snapshot.now)) continue;
    const conclusion = run.conclusion ?? 'unknown';
    next = endDispatch(
      snapshot,
      next,
      run.dispatch,
      next.phase === 'cancelled'
        ? { kind: 'cancelled', at: snapshot.now }
        : { kind: 'lost', at: snapshot.now, conclusion },
    );
  }
  return next;
}

/** One segment's jobs can all be over, without a report, while the rest of the matrix runs on. */
function rememberDeadJobs(snapshot: Snapshot, journal: Journal, run: Run): Journal {
  let next = journal;
  const work = journal.dispatches[run.dispatch]?.work;
  if (work?.kind !== 'segments') return next;
  for (const id of work.attempts) {
    const attempt = findAttempt(next, id);
    const jobs = jobsOf(run, id);
    const published = jobs.find((job) => job.name.endsWith('publish'));
    if (!attempt || attempt.outcome || published?.state !== 'completed') continue;
    if (isPublishing(snapshot, next, id)) continue;
    if (mayReportYet(published, snapshot.now)) continue;
    next = withOutcome(next, attempt, {
      kind: 'lost',
      at: snapshot.now,
      conclusion: published.conclusion ?? 'unknown',
    });
  }
  return next;
}

/** The end of a run without a report. */
type End = NonNullable<Calibration['lost']>;

function endDispatch(snapshot: Snapshot, journal: Journal, id: string, outcome: End): Journal {
  const work = journal.dispatches[id]?.work;
  if (!work) return journal;
  if (work.kind === 'calibration') {
    return withCalibration(journal, work.wave, work.round, (calibration) =>
      calibration.dispatch === id && !calibration.verdict && !calibration.lost
        ? { ...calibration, lost: outcome }
        : calibration,
    );
  }
  if (work.kind === 'baseline') {
    return withBaseline(journal, work.round, (baseline) =>
      baseline.dispatch === id && !baseline.verdict && !baseline.lost ? { ...baseline, lost: outcome } : baseline,
    );
  }
  let next = journal;
  for (const attemptId of work.attempts) {
    const attempt = findAttempt(next, attemptId);
    if (!attempt || attempt.outcome || isPublishing(snapshot, next, attemptId)) continue;
    next = withOutcome(next, attempt, outcome);
  }
  return next;
}

/** Work with a report is not lost, even though its run is over. In a cancelled epic it is not published. */
const isPublishing = ({ reports }: Snapshot, { phase, acts }: Journal, attempt: AttemptId): boolean =>
  phase !== 'cancelled' &&
  (acts[actKeys.publish(attempt)] !== undefined ||
    reports.some((report) => report.attempt === attempt && isReady(report)));

/** A merge that GitHub refused is reported and retried later; a merge that is visible ends its act. */
function rememberMerges(snapshot: Snapshot, journal: Journal): Journal {
  let next = journal;
  for (const pull of snapshot.pulls) {
    const keys = [actKeys.merge(pull.number, pull.head), actKeys.enqueue(pull.number, pull.head)];
    for (const key of keys) {
      const act = next.acts[key];
      const isSeen = pull.state === 'merged' || (key !== keys[0] && pull.queue?.position !== undefined);
      if (isSeen && act?.state === 'intended') next = withAct(next, key, { ...act, state: 'done' });
      const performed = snapshot.performed[key];
      if (performed?.kind !== 'refused') continue;
      const segment = segmentOfPull(next, pull.number);
      if (segment === undefined) continue;
      next = withRecord(next, segment, {
        mergeRefusal: { head: pull.head, at: snapshot.now, message: performed.message },
      });
    }
  }
  return next;
}
