/**
 * The board: everything the panel, the summary, the CLI and the pages show, decided here, said elsewhere.
 */

import { countDependents } from '#core/graph/graph';
import type { Board, Event, Need, Phase, SegmentNeed, SegmentProgress } from '#core/model/board';
import type { Config } from '#core/model/config';
import type { Instant, IssueNumber, Segment } from '#core/model/epic';
import { costOf } from '#core/model/history';
import { isCutShort, type Journal, type SegmentRecord } from '#core/model/journal';
import { laterOf, recordOf, refusedIssues } from '#core/model/journal-lenses';
import { type Plan, segmentsOf } from '#core/model/plan';
import type { Diagnostic, Problem } from '#core/model/problem';
import { isDone, type Progresses, type WaveStanding } from '#core/model/progress';
import { redHead } from '#core/model/proof';
import type { Snapshot } from '#core/model/snapshot';
import { graphOf } from '#core/schedule/batches';
import { standingOf, waveProgress } from './calibration.ts';

export function makeBoard(
  snapshot: Snapshot,
  journal: Journal,
  plan: Plan,
  progresses: Progresses,
  config: Config,
): Board {
  const standings = new Map(plan.waves.map((wave) => [wave.number, standingOf(wave, progresses, journal, config)]));
  const events = eventsOf(snapshot, journal, plan, progresses);
  const segments = new Map(plan.segments.map((segment) => [segment.number, segment]));
  const asOf = events.reduce<Instant | undefined>((latest, event) => laterOf(latest, event.at), undefined);
  const costUsd = spent(journal);
  return {
    epic: {
      number: snapshot.epic.number,
      title: snapshot.epic.title,
      state: snapshot.epic.state === 'open' && journal.phase !== 'finished' ? 'open' : 'closed',
    },
    phase: phaseOf(snapshot, journal, plan, standings),
    plan,
    waves: plan.waves.map((wave) => ({
      number: wave.number,
      segments: wave.tracks.flatMap((track) =>
        track.segments.map((number) =>
          segmentProgress(number, segments.get(number), journal, progresses, track.letter),
        ),
      ),
      calibration: waveProgress(standings.get(wave.number) ?? { kind: 'open' }),
    })),
    needs: needsOf(snapshot, journal, plan, progresses, standings, config),
    events,
    ...notesOf(snapshot, plan),
    ...(journal.startedAt === undefined ? {} : { startedAt: journal.startedAt }),
    ...(journal.finishedAt === undefined ? {} : { endedAt: journal.finishedAt }),
    ...(asOf === undefined ? {} : { asOf }),
    ...(costUsd === undefined ? {} : { costUsd }),
  };
}

function segmentProgress(
  number: IssueNumber,
  segment: Segment | undefined,
  journal: Journal,
  progresses: Progresses,
  track: string,
): SegmentProgress {
  const record = recordOf(journal, number);
  const report = latestReport(record);
  const progress = progresses.get(number) ?? { kind: 'ready' };
  const pull = 'pull' in progress ? progress.pull : publishedNumber(record);
  const cost = costOf(record);
  const agent = record.attempts.at(-1)?.name;
  return {
    number,
    title: segment?.title ?? '',
    track,
    progress,
    branch: segment?.branch ?? '',
    ...(pull === undefined ? {} : { pull }),
    attempts: record.attempts.length,
    ...(report ? { tries: mostTries(record), report } : {}),
    ...(agent ? { agent } : {}),
    validation: report?.validation ?? [],
    fix: record.fix !== undefined,
    ...(cost === undefined ? {} : { costUsd: cost }),
  };
}

export const latestReport = (record: SegmentRecord) => {
  const outcome = record.attempts.findLast((attempt) => attempt.outcome && 'report' in attempt.outcome)?.outcome;
  return outcome && 'report' in outcome ? outcome.report : undefined;
};

/** Of all its runs: a segment that needed two rounds of gates once did need them, whatever a later rework took. */
const mostTries = (record: SegmentRecord): number =>
  Math.max(
    ...record.attempts.map((attempt) =>
      attempt.outcome && 'report' in attempt.outcome ? (attempt.outcome.report?.tries ?? 0) : 0,
    ),
  );

const publishedNumber = (record: SegmentRecord) => {
  const outcome = record.attempts.findLast((attempt) => attempt.outcome?.kind === 'published')?.outcome;
  return outcome?.kind === 'published' ? outcome.pull : undefined;
};

/** What all attempts cost, as their agents told it; undefined where none told. */
export function spent(journal: Journal): number | undefined {
  const costs = Object.values(journal.segments)
    .map(costOf)
    .filter((cost) => cost !== undefined);
  return costs.length === 0 ? undefined : costs.reduce((sum, cost) => sum + cost, 0);
}

function phaseOf(
  snapshot: Snapshot,
  journal: Journal,
  plan: Plan,
  standings: ReadonlyMap<number, WaveStanding>,
): Phase {
  if (journal.phase === 'finished') return 'finished';
  if (journal.phase === 'paused' || journal.phase === 'cancelled') return journal.phase;
  if (!journal.authorisation) return 'planned';
  if (errorsOf(snapshot, plan, journal).length > 0) return 'refused';
  return [...standings.values()].every((standing) => standing.kind === 'passed') ? 'accepting' : 'running';
}

/**
 * What holds the epic back. Once it runs, an issue that was added or rewritten since holds only itself back: one line in
 * one issue must not stop everybody's work.
 */
export function errorsOf(snapshot: Snapshot, plan: Plan, journal: Journal): readonly Diagnostic[] {
  const runs = Object.keys(journal.dispatches).length > 0;
  const counts = (number: IssueNumber): boolean =>
    number === snapshot.epic.number ||
    (journal.authorisation?.segments[number] !== undefined && recordOf(journal, number).attempts.length === 0);
  const holds = ({ problem }: Diagnostic): boolean => {
    if (!runs) return true;
    if (problem.kind === 'EPIC_CYCLE') return problem.path.every(counts);
    if (problem.kind === 'BRANCH_TAKEN') return problem.segments.some(counts);
    return !('at' in problem) || problem.at.issue === undefined || counts(problem.at.issue);
  };
  const errors = (diagnostics: readonly Diagnostic[]) => diagnostics.filter((each) => each.level === 'error');
  return [...errors(snapshot.preflight), ...errors(plan.diagnostics).filter(holds)];
}

function needsOf(
  snapshot: Snapshot,
  journal: Journal,
  plan: Plan,
  progresses: Progresses,
  standings: ReadonlyMap<number, WaveStanding>,
  config: Config,
): readonly Need[] {
  if (!journal.authorisation || journal.phase === 'finished') return [];
  const needs: Need[] = errorsOf(snapshot, plan, journal).map(({ problem }) => ({ kind: 'mend', problem }));
  for (const { problem } of refusedIssues(journal)) needs.push({ kind: 'mend', problem });
  if (journal.phase === 'paused' || journal.phase === 'cancelled') needs.push({ kind: 'resume' });
  needs.push(...segmentNeeds(snapshot, journal, plan, progresses));
  for (const [wave, standing] of standings) {
    if (standing.kind === 'stopped') needs.push({ kind: 'calibration', wave, problem: standing.problem });
  }
  const next = config.mode === 'collaborative' ? nextWave(plan, standings, journal) : undefined;
  if (next !== undefined) needs.push({ kind: 'approve wave', wave: next });
  const done = [...standings.values()].every((standing) => standing.kind === 'passed');
  if (done && config.acceptance === 'person') needs.push({ kind: 'accept' });
  return needs;
}

/** What segments need, first where most others wait for it. */
function segmentNeeds(
  snapshot: Snapshot,
  journal: Journal,
  plan: Plan,
  progresses: Progresses,
): readonly SegmentNeed[] {
  const needs: SegmentNeed[] = [];
  for (const [segment, progress] of progresses) {
    if (progress.kind === 'blocked' || progress.kind === 'not in this execution') {
      needs.push({ kind: 'unblock', segment, problem: progress.problem });
    }
    if (progress.kind !== 'in review') continue;
    const { pull: number, waits } = progress;
    const pull = snapshot.pulls.find((each) => each.number === number);
    const red = pull && redHead(pull, recordOf(journal, segment));
    if (red) needs.push({ kind: 'unblock', segment, problem: red });
    if (waits.some((wait) => wait.kind === 'approval')) needs.push({ kind: 'decide pull', segment, pull: number });
    else if (waits.some((wait) => wait.kind === 'merge by hand' || wait.kind === 'merge refused')) {
      needs.push({ kind: 'merge pull', segment, pull: number });
    }
  }
  if (needs.length === 0) return [];
  const countWaiting = countDependents(graphOf(plan.segments), (other) => !isDone(progresses.get(other)));
  return needs
    .map((need) => {
      const unblocks = countWaiting(need.segment);
      return unblocks === 0 ? need : { ...need, unblocks };
    })
    .sort((a, b) => (b.unblocks ?? 0) - (a.unblocks ?? 0));
}

/** Of all warnings those that came up since the plan was shown, or that no plan shows. */
function notesOf(snapshot: Snapshot, plan: Plan): Pick<Board, 'notes'> {
  const late: readonly Problem['kind'][] = ['EPIC_CHANGED', 'UNKNOWN_ISSUE', 'PERMISSION_MISSING', 'BUDGET_UNBOUND'];
  const notes = [...snapshot.preflight, ...plan.diagnostics]
    .filter(({ level, problem }) => level === 'warning' && late.includes(problem.kind))
    .map(({ problem }) => problem);
  return notes.length === 0 ? {} : { notes };
}

/** The wave that waits only for a person's approval. */
export function nextWave(
  plan: Plan,
  standings: ReadonlyMap<number, WaveStanding>,
  journal: Journal,
): number | undefined {
  const first = plan.waves.find((wave) => standings.get(wave.number)?.kind !== 'passed');
  return first && !journal.approvedWaves.includes(first.number) ? first.number : undefined;
}

function eventsOf(_snapshot: Snapshot, journal: Journal, plan: Plan, progresses: Progresses): readonly Event[] {
  const events: Event[] = [];
  if (journal.startedAt !== undefined) events.push({ at: journal.startedAt, kind: 'STARTED' });
  for (const { at } of journal.configs ?? []) events.push({ at, kind: 'CONFIG CHANGED' });
  for (const [key, record] of Object.entries(journal.segments)) {
    const segment = Number(key) as IssueNumber;
    for (const attempt of record.attempts) {
      events.push({ at: attempt.claimedAt, kind: 'CLAIMED', segment, agent: attempt.name });
      const { outcome } = attempt;
      if (!outcome) continue;
      const about = { at: outcome.at, segment, agent: attempt.name };
      if (outcome.kind === 'published') events.push({ ...about, kind: 'PUBLISHED', pull: outcome.pull });
      else if (outcome.kind === 'lost' || isCutShort(outcome)) events.push({ ...about, kind: 'LOST' });
      else if (outcome.kind === 'failed') events.push({ ...about, kind: 'BLOCKED' });
      else if (outcome.kind === 'asked') events.push({ ...about, kind: 'ASKED' });
    }
    for (const rejection of record.rejections) {
      events.push({ at: rejection.at, kind: 'REJECTED', segment, pull: rejection.pull });
    }
    for (const { at } of record.answers ?? []) events.push({ at, kind: 'ANSWERED', segment });
    if (record.skipped) events.push({ at: record.skipped.at, kind: 'SKIPPED', segment });
  }
  for (const [segment, progress] of progresses) {
    if (progress.kind === 'merged' && progress.at !== undefined) {
      events.push({ at: progress.at, kind: 'CLOSED', segment, pull: progress.pull });
    }
  }
  for (const wave of plan.waves) events.push(...trackEvents(wave, progresses));
  for (const [wave, rounds] of Object.entries(journal.calibrations)) {
    for (const { verdict } of rounds) {
      if (verdict?.kind === 'passed') events.push({ at: verdict.at, kind: 'WAVE COMPLETE', wave: Number(wave) });
      if (verdict?.kind === 'failed') events.push({ at: verdict.at, kind: 'CALIBRATION FAILED', wave: Number(wave) });
    }
  }
  if (journal.finishedAt !== undefined) events.push({ at: journal.finishedAt, kind: 'EXECUTION COMPLETE' });
  return events.sort(
    (a, b) => a.at - b.at || ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind) || (a.segment ?? 0) - (b.segment ?? 0),
  );
}

const ORDER: readonly Event['kind'][] = [
  'STARTED',
  'CONFIG CHANGED',
  'CLAIMED',
  'PUBLISHED',
  'LOST',
  'ASKED',
  'ANSWERED',
  'REJECTED',
  'BLOCKED',
  'CLOSED',
  'SKIPPED',
  'TRACK COMPLETE',
  'CALIBRATION FAILED',
  'WAVE COMPLETE',
  'EXECUTION COMPLETE',
];

function trackEvents(wave: Plan['waves'][number], progresses: Progresses): readonly Event[] {
  return wave.tracks.flatMap((track) => {
    const ends = track.segments.map((number) => {
      const progress = progresses.get(number);
      return progress?.kind === 'merged' ? progress.at : undefined;
    });
    if (ends.some((at) => at === undefined)) return [];
    const at = ends.reduce<Instant | undefined>(laterOf, undefined);
    return at === undefined ? [] : [{ at, kind: 'TRACK COMPLETE' as const, wave: wave.number, track: track.letter }];
  });
}

export const segmentsInWave = (plan: Plan, wave: number): readonly IssueNumber[] => {
  const found = plan.waves.find((each) => each.number === wave);
  return found ? segmentsOf(found) : [];
};
