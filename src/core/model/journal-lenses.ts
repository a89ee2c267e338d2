/**
 * Reads or changes one part of a journal. Each function that changes something returns a new journal.
 */
import { type AttemptId, segmentOf } from './attempt.ts';
import { type Instant, type IssueNumber, instant } from './epic.ts';
import {
  type Act,
  type Attempt,
  type Baseline,
  type Calibration,
  type Dispatch,
  emptyRecord,
  type FixOrigin,
  type Journal,
  type Outcome,
  reportOf,
  type SegmentRecord,
} from './journal.ts';
import type { Problem } from './problem.ts';
import type { Report } from './report.ts';
import type { Run } from './snapshot.ts';

/** Rounds of a wave from this one on are follow-ups that people asked for, and no calibrations. */
const FOLLOW_UPS = 1_000;

/** Answers whether a calibration found what this segment fixes, as a red gate. The next round then shows if that is done. */
export const isForRedGate = (fix: FixOrigin | undefined): boolean =>
  fix !== undefined && fix.mends === undefined && fix.round < FOLLOW_UPS;

export const actKeys = {
  dispatch: (id: string) => `dispatch:${id}`,
  publish: (attempt: string) => `publish:${attempt}`,
  checks: (attempt: string) => `checks:${attempt}`,
  merge: (pull: number, head: string) => `merge:${pull}:${head.slice(0, 12)}`,
  enqueue: (pull: number, head: string) => `enqueue:${pull}:${head.slice(0, 12)}`,
  update: (pull: number, head: string) => `update:${pull}:${head.slice(0, 12)}`,
  panel: 'panel',
  clock: 'clock',
  /** Unlike the other keys, it names the epic: issues are found by it in the whole repository. */
  fix: (epic: number, wave: number, round: number, index: number) => `fix:${epic}:${wave}:${round}:${index}`,
  /** Follow-ups are fix segments in rounds of their own. */
  followUp: (epic: number, wave: number, index: number) => `fix:${epic}:${wave}:${FOLLOW_UPS + index}:1`,
  /** The issue of a segment of the block. */
  segment: (epic: number, name: string) => `segment:${epic}:${name}`,
  /** The link of a segment of the block with one that it waits for. */
  link: (epic: number, name: string, on: string) => `link:${epic}:${name}:${on}`,
  importChild: (issue: number) => `import:${issue}`,
  importLink: (from: number, on: number) => `import:${from}:${on}`,
  close: (finishedAt: number) => `close:${finishedAt}`,
} as const;

export const recordOf = (journal: Journal, segment: number): SegmentRecord => journal.segments[segment] ?? emptyRecord;

export const withRecord = (journal: Journal, segment: number, change: Partial<SegmentRecord>): Journal => ({
  ...journal,
  segments: { ...journal.segments, [segment]: { ...recordOf(journal, segment), ...change } },
});

export const withAct = (journal: Journal, key: string, act: Act): Journal => ({
  ...journal,
  acts: { ...journal.acts, [key]: act },
});

/** Without the refusals, refused acts are retried: a person says that the cause is fixed. */
export const withoutRefusals = (journal: Journal): Journal => ({
  ...journal,
  acts: Object.fromEntries(Object.entries(journal.acts).filter(([, act]) => act.state !== 'refused')),
});

/** Issues and links that GitHub refused to create. Nothing continues until a person fixes the cause. */
export const refusedIssues = (journal: Journal): readonly { readonly key: string; readonly problem: Problem }[] =>
  Object.entries(journal.acts).flatMap(([key, { state, refusal }]) => {
    const [of = ''] = key.split(':', 1);
    if (state !== 'refused' || !['fix', 'segment', 'link'].includes(of)) return [];
    const { status = 0, message = '' } = refusal ?? {};
    const what = of === 'segment' || of === 'link' ? ({ what: of } as const) : {};
    return [{ key, problem: { kind: 'ISSUE_REFUSED', status, message, ...what } }];
  });

export function withOutcome(journal: Journal, attempt: Attempt, outcome: Outcome): Journal {
  const segment = segmentOf(attempt.id);
  const attempts = recordOf(journal, segment).attempts.map((each) =>
    each.id === attempt.id ? { ...each, outcome } : each,
  );
  return withRecord(journal, segment, { attempts });
}

export function withCalibration(
  journal: Journal,
  wave: number,
  round: number,
  change: (calibration: Calibration) => Calibration,
): Journal {
  const rounds = journal.calibrations[wave] ?? [];
  const changed = rounds.map((each) => (each.round === round ? change(each) : each));
  return { ...journal, calibrations: { ...journal.calibrations, [wave]: changed } };
}

export function withBaseline(journal: Journal, round: number, change: (baseline: Baseline) => Baseline): Journal {
  const { baselines = [] } = journal;
  return { ...journal, baselines: baselines.map((each) => (each.round === round ? change(each) : each)) };
}

/** A person asks to look again: whatever the last check of the base found, there is another one. */
export const withBaselineForgiven = (journal: Journal): Journal => {
  const last = journal.baselines?.at(-1);
  if (!last || (!last.lost && last.verdict?.kind !== 'unsound')) return journal;
  return withBaseline(journal, last.round, (baseline) => ({ ...baseline, forgiven: true }));
};

/** Answers whether a run with an agent was started, or one that follows its work. Checks of the base come before it. */
export const hasStartedWork = (journal: Pick<Journal, 'dispatches'> | undefined): boolean =>
  Object.values(journal?.dispatches ?? {}).some(({ work }) => work.kind !== 'baseline');

/** The jobs of one segment in a matrix: `segment 14 / work`, `… / verify`, `… / publish`. */
export const jobsOf = (run: Run, attempt: AttemptId) =>
  run.jobs.filter((job) => job.name.startsWith(`segment ${segmentOf(attempt)} /`));

export function segmentOfPull(journal: Journal, pull: number): IssueNumber | undefined {
  for (const [segment, record] of Object.entries(journal.segments)) {
    if (record.attempts.some((attempt) => attempt.outcome?.kind === 'published' && attempt.outcome.pull === pull)) {
      return Number(segment) as IssueNumber;
    }
  }
  return undefined;
}

export const laterOf = (a: Instant | undefined, b: Instant | undefined): Instant | undefined =>
  a === undefined ? b : b === undefined ? a : instant(Math.max(a, b));

export function withoutAct(journal: Journal, key: string): Journal {
  const { [key]: _, ...acts } = journal.acts;
  return { ...journal, acts };
}

export function isEnded(journal: Journal, dispatch: Dispatch): boolean {
  const { work } = dispatch;
  if (work.kind === 'segments') {
    return work.attempts.every((id) =>
      recordOf(journal, segmentOf(id)).attempts.some((attempt) => attempt.id === id && attempt.outcome),
    );
  }
  if (work.kind === 'baseline') {
    const baseline = journal.baselines?.find((each) => each.dispatch === dispatch.id);
    return baseline === undefined || baseline.verdict !== undefined || baseline.lost !== undefined;
  }
  const round = journal.calibrations[work.wave]?.find((each) => each.dispatch === dispatch.id);
  return round === undefined || round.verdict !== undefined;
}

/** The report of the latest attempt that left one. */
export const latestReport = ({ attempts }: SegmentRecord): Report | undefined =>
  attempts.map(({ outcome }) => reportOf(outcome)).findLast((report) => report !== undefined);

/** The latest outcome that published a pull request. */
export const publication = ({ attempts }: SegmentRecord): Publication | undefined =>
  attempts.map(({ outcome }) => outcome).findLast((outcome) => outcome?.kind === 'published');

export type Publication = Extract<Outcome, { readonly kind: 'published' }>;
