/**
 * The board: everything that the panel, the summary, the CLI and the pages show. It is decided here and worded
 * elsewhere.
 */
import { countDependents } from '#core/graph/graph';
import type { Board, Event, Need, Phase, SegmentNeed, SegmentProgress, Tried } from '#core/model/board';
import { type Instant, type IssueNumber, instant, type PullNumber, type Segment } from '#core/model/epic';
import { costOf } from '#core/model/history';
import { type Attempt, isCutShort, isDeferred, type SegmentRecord } from '#core/model/journal';
import { laterOf, latestReport, publication, recordOf, refusedIssues } from '#core/model/journal-lenses';
import { type Plan, segmentsOf } from '#core/model/plan';
import type { Diagnostic, Problem } from '#core/model/problem';
import { isDone, isLeftOut, type Progress, type Progresses, type WaveStanding } from '#core/model/progress';
import { redHead } from '#core/model/proof';
import type { Pull } from '#core/model/snapshot';
import { graphOf } from '#core/schedule/batches';
import { minutesOfRest } from '#core/schedule/rest';
import { baselineNotes, baselineOf } from './before/standing.ts';
import { waveProgress } from './calibration.ts';
import { dispatchLimit } from './errors.ts';
import { conflictsBetween } from './merging/conflict.ts';
import { type Facts, publishedPull } from './progress.ts';
import { budgetSpent, ownedBy, type Turn, turnInReview, turnToStart } from './waits.ts';

/** The facts of a `Situation` that a board is made of. */
export interface BoardFacts extends Facts {
  readonly progress: Progresses;
  readonly standings: ReadonlyMap<number, WaveStanding>;
  readonly errors: readonly Diagnostic[];
  readonly budget: { readonly spentUsd: number | undefined; readonly isSpent: boolean };
  readonly waveToApprove: number | undefined;
  readonly isComplete: boolean;
  readonly segments: ReadonlyMap<IssueNumber, Segment>;
  readonly pulls: ReadonlyMap<PullNumber, Pull>;
}

export function makeBoard(facts: BoardFacts): Board {
  const { snapshot, journal, plan, standings, budget } = facts;
  const events = eventsOf(facts);
  const asOf = events.reduce<Instant | undefined>((latest, event) => laterOf(latest, event.at), undefined);
  return {
    epic: {
      number: snapshot.epic.number,
      title: snapshot.epic.title,
      state: snapshot.epic.state === 'open' && journal.phase !== 'finished' ? 'open' : 'closed',
    },
    phase: phaseOf(facts),
    plan,
    waves: plan.waves.map((wave) => ({
      number: wave.number,
      segments: wave.tracks.flatMap((track) =>
        track.segments.map((number) => segmentProgress(facts, number, track.letter)),
      ),
      calibration: waveProgress(standings.get(wave.number) ?? { kind: 'open' }),
    })),
    needs: needsOf(facts),
    events,
    ...notesOf(facts),
    ...(journal.startedAt === undefined ? {} : { startedAt: journal.startedAt }),
    ...(journal.finishedAt === undefined ? {} : { endedAt: journal.finishedAt }),
    ...(asOf === undefined ? {} : { asOf }),
    ...(budget.spentUsd === undefined ? {} : { costUsd: budget.spentUsd }),
    ...leftOf(facts, asOf),
  };
}

/** Counted from the latest transition, and not from now: the panel of an unchanged world stays as it is. */
function leftOf({ journal, plan, config, progress }: BoardFacts, asOf: Instant | undefined): Pick<Board, 'left'> {
  if (journal.phase !== 'running' || journal.startedAt === undefined || asOf === undefined) return {};
  const over = new Set<IssueNumber>();
  const elapsedMinutes = new Map<IssueNumber, number>();
  for (const [number, each] of progress) {
    if (isDone(each) || isLeftOut(each) || each.kind === 'in review' || each.kind === 'to merge') over.add(number);
    if (each.kind !== 'queued' && each.kind !== 'running') continue;
    const claimedAt = recordOf(journal, number).attempts.at(-1)?.claimedAt ?? asOf;
    elapsedMinutes.set(number, Math.max(0, asOf - claimedAt) / 60_000);
  }
  if (over.size === progress.size) return {};
  const minutes = minutesOfRest({ plan, config, options: journal.options, over, elapsedMinutes });
  return { left: { minutes, until: instant(asOf + minutes * 60_000) } };
}

function segmentProgress(
  { journal, progress: all, segments }: BoardFacts,
  number: IssueNumber,
  track: string,
): SegmentProgress {
  const segment = segments.get(number);
  const record = recordOf(journal, number);
  const report = latestReport(record);
  const progress = all.get(number) ?? { kind: 'ready' };
  const pull = 'pull' in progress ? progress.pull : publication(record)?.pull;
  const cost = costOf(record);
  const agent = record.attempts.at(-1)?.name;
  const tried = record.attempts.flatMap(triedBy);
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
    ...(tried.length === 0 ? {} : { tried }),
    validation: report?.validation ?? [],
    fix: record.fix !== undefined,
    ...(cost === undefined ? {} : { costUsd: cost }),
  };
}

const triedBy = ({ number, name, by, outcome }: Attempt): readonly Tried[] =>
  by === undefined
    ? []
    : [
        {
          ...{ number, name, by },
          ...(outcome ? { ended: outcome.kind } : {}),
          ...(outcome?.kind === 'failed' ? { problem: outcome.problem.kind } : {}),
        },
      ];

/** The most rounds of gates in any of its runs: a quick rework later does not undo a slow first run. */
const mostTries = (record: SegmentRecord): number =>
  Math.max(
    ...record.attempts.map((attempt) =>
      attempt.outcome && 'report' in attempt.outcome ? (attempt.outcome.report?.tries ?? 0) : 0,
    ),
  );

function phaseOf({ journal, errors, isComplete }: BoardFacts): Phase {
  if (journal.phase === 'finished') return 'finished';
  if (journal.phase === 'paused' || journal.phase === 'cancelled') return journal.phase;
  if (!journal.authorisation) return 'planned';
  if (errors.length > 0) return 'refused';
  return isComplete ? 'accepting' : 'running';
}

function needsOf(facts: BoardFacts): readonly Need[] {
  const { journal, config, errors, standings, waveToApprove, isComplete, progress } = facts;
  if (!journal.authorisation || journal.phase === 'finished') return [];
  const needs: Need[] = errors.map(({ problem }) => ({ kind: 'resolve', problem }));
  for (const { problem } of refusedIssues(journal)) needs.push({ kind: 'resolve', problem });
  const toStart = [...progress].flatMap(([segment, each]) =>
    each.kind === 'waiting' ? each.for.flatMap((wait) => needsIn(turnToStart(wait, segment, facts))) : [],
  );
  needs.push(...toStart.filter(({ kind }) => kind === 'resolve'));
  // A rework is nobody's to start, and has no wait of its own.
  const isReworkHeld = facts.budget.isSpent && [...progress.values()].some(({ kind }) => kind === 'to rework');
  if (isReworkHeld) needs.push(budgetSpent(facts));
  const limit = limitReached(facts);
  if (limit) needs.push({ kind: 'resolve', problem: limit });
  if (journal.phase === 'paused' || journal.phase === 'cancelled') needs.push({ kind: 'resume' });
  needs.push(...segmentNeeds(facts, toStart.filter(isOfSegment)));
  for (const [wave, standing] of standings) {
    if (standing.kind === 'stopped') needs.push({ kind: 'calibration', wave, problem: standing.problem });
  }
  if (waveToApprove !== undefined) needs.push({ kind: 'approve wave', wave: waveToApprove });
  if (isComplete && config.acceptance === 'person') needs.push({ kind: 'accept' });
  return unique(needs);
}

const needsIn = (turn: Turn): readonly Need[] => (turn.kind === 'person' ? turn.needs : []);

const isOfSegment = (need: Need): need is SegmentNeed => 'segment' in need;

const unique = <Item>(items: readonly Item[]): readonly Item[] => [
  ...new Map(items.map((item) => [JSON.stringify(item), item])).values(),
];

/** The limit of dispatches, where something waits only for the next one. */
function limitReached(facts: BoardFacts): Problem | undefined {
  const { snapshot, journal, config, progress, standings } = facts;
  const isWanted =
    baselineOf(facts).kind === 'to check' ||
    [...progress.values()].some(({ kind }) => kind === 'ready' || kind === 'to rework') ||
    [...standings.values()].some(({ kind }) => kind === 'to calibrate');
  return journal.phase === 'running' && isWanted ? dispatchLimit(snapshot.epic.number, journal, config) : undefined;
}

/** Needs of segments, those first that block the most others. */
function segmentNeeds(facts: BoardFacts, toStart: readonly SegmentNeed[]): readonly SegmentNeed[] {
  const { plan, progress: progresses } = facts;
  const found: SegmentNeed[] = [...toStart];
  for (const [segment, progress] of progresses) {
    if (progress.kind === 'blocked' || progress.kind === 'not in this execution') {
      found.push({ kind: 'unblock', segment, problem: progress.problem });
    }
    if (progress.kind === 'in review') found.push(...reviewNeeds(facts, segment, progress));
    const owner = facts.snapshot.owners?.[segment];
    if (progress.kind === 'to rework' && owner !== undefined) found.push(ownedBy(owner, segment));
  }
  const needs = unique(found);
  if (needs.length === 0) return [];
  const countWaiting = countDependents(graphOf(plan.segments), (other) => !isDone(progresses.get(other)));
  return needs
    .map((need) => {
      const unblocks = countWaiting(need.segment);
      return unblocks === 0 ? need : { ...need, unblocks };
    })
    .sort((a, b) => (b.unblocks ?? 0) - (a.unblocks ?? 0));
}

/** What is wrong comes first, and then the verdict. Nobody is asked to merge what is not decided. */
function reviewNeeds(
  { snapshot, journal, config, pulls }: BoardFacts,
  segment: IssueNumber,
  { pull: number, waits }: Extract<Progress, { readonly kind: 'in review' }>,
): readonly SegmentNeed[] {
  const record = recordOf(journal, segment);
  const facts = { config, now: snapshot.now, segment, record, number, pull: pulls.get(number), waits };
  const red = facts.pull && redHead(facts.pull, record);
  const needs = [
    ...(red ? [{ kind: 'unblock', segment, problem: red } as const] : []),
    ...waits.flatMap((wait) => needsIn(turnInReview(wait, facts))).filter(isOfSegment),
  ];
  const of = (wanted: SegmentNeed['kind']) => needs.filter(({ kind }) => kind === wanted);
  const decide = of('decide pull');
  return [...of('unblock'), ...(decide.length > 0 ? decide : of('merge pull'))];
}

/** Warnings that came up after the plan was shown, or that no plan shows. */
function notesOf({ snapshot, journal, plan }: BoardFacts): Pick<Board, 'notes'> {
  const late: readonly Problem['kind'][] = [
    'EPIC_CHANGED',
    'BLOCK_UNUSED',
    'UNKNOWN_ISSUE',
    'SEGMENT_ELSEWHERE',
    'PERMISSION_MISSING',
    'TRIGGER_MISSING',
    'BUDGET_UNBOUND',
    'MERGE_METHOD',
  ];
  const warnings = [...snapshot.preflight, ...plan.diagnostics]
    .filter(({ level, problem }) => level === 'warning' && late.includes(problem.kind))
    .map(({ problem }) => problem);
  const published = plan.segments.flatMap(({ number }) => {
    const record = recordOf(journal, number);
    const pull = publishedPull(snapshot, record);
    return pull ? [{ pull, record }] : [];
  });
  const notes = [...warnings, ...baselineNotes({ journal }), ...conflictsBetween(snapshot, published)];
  return notes.length === 0 ? {} : { notes };
}

function eventsOf(facts: BoardFacts): readonly Event[] {
  const { journal, plan, progress: progresses, standings } = facts;
  const events: Event[] = [];
  if (journal.startedAt !== undefined) events.push({ at: journal.startedAt, kind: 'STARTED' });
  for (const { at } of journal.configs ?? []) events.push({ at, kind: 'CONFIG CHANGED' });
  for (const { at } of journal.withdrawn ?? []) events.push({ at, kind: 'WITHDRAWN' });
  for (const { verdict } of journal.baselines ?? []) {
    if (verdict?.kind === 'sound') events.push({ at: verdict.at, kind: 'BASE SOUND' });
    if (verdict?.kind === 'unsound') events.push({ at: verdict.at, kind: 'BASE NOT SOUND' });
  }
  for (const [key, record] of Object.entries(journal.segments)) {
    const segment = Number(key) as IssueNumber;
    for (const attempt of record.attempts) {
      events.push({ at: attempt.claimedAt, kind: 'CLAIMED', segment, agent: attempt.name });
      const { outcome } = attempt;
      if (!outcome) continue;
      const about = { at: outcome.at, segment, agent: attempt.name };
      if (outcome.kind === 'published') events.push({ ...about, kind: 'PUBLISHED', pull: outcome.pull });
      else if (outcome.kind === 'lost' || isCutShort(outcome)) events.push({ ...about, kind: 'LOST' });
      else if (outcome.kind === 'failed') {
        const isLast = attempt.number === record.attempts.length;
        const isHeld = isLast && (progresses.get(segment)?.kind === 'blocked' || !isDeferred(outcome));
        // Otherwise Swarm continues without a person.
        events.push({ ...about, kind: isHeld || attempt.number <= record.forgiven ? 'BLOCKED' : 'FAILED' });
      } else if (outcome.kind === 'asked') events.push({ ...about, kind: 'ASKED' });
    }
    for (const rejection of record.rejections) {
      events.push({ at: rejection.at, kind: 'REJECTED', segment, pull: rejection.pull });
    }
    for (const { at } of record.answers ?? []) events.push({ at, kind: 'ANSWERED', segment });
    if (record.skipped) events.push({ at: record.skipped.at, kind: 'SKIPPED', segment });
  }
  for (const [segment, progress] of progresses) {
    const at = doneAt(facts, segment, progress);
    if (at === undefined) continue;
    if (progress.kind !== 'skipped') {
      events.push({ at, kind: 'CLOSED', segment, ...('pull' in progress ? { pull: progress.pull } : {}) });
    } else if (!journal.segments[segment]?.skipped) events.push({ at, kind: 'SKIPPED', segment });
  }
  for (const wave of plan.waves) events.push(...trackEvents(wave, facts));
  for (const wave of plan.waves) {
    // Nothing was merged in it, so it has no calibration.
    const standing = standings.get(wave.number);
    const at = standing?.kind === 'passed' && standing.round === 0 ? allDoneAt(segmentsOf(wave), facts) : undefined;
    if (at !== undefined) events.push({ at, kind: 'WAVE COMPLETE', wave: wave.number });
  }
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
  'WITHDRAWN',
  'BASE NOT SOUND',
  'BASE SOUND',
  'CLAIMED',
  'PUBLISHED',
  'LOST',
  'ASKED',
  'ANSWERED',
  'REJECTED',
  'FAILED',
  'BLOCKED',
  'CLOSED',
  'SKIPPED',
  'TRACK COMPLETE',
  'CALIBRATION FAILED',
  'WAVE COMPLETE',
  'EXECUTION COMPLETE',
];

/** When a segment was done, or when this execution first knew it. Undefined: it is not done. */
function doneAt({ snapshot, journal }: BoardFacts, segment: IssueNumber, progress: Progress): Instant | undefined {
  const record = recordOf(journal, segment);
  switch (progress.kind) {
    case 'merged':
      return progress.at;
    case 'answered':
      return record.attempts.at(-1)?.outcome?.at;
    case 'skipped':
    case 'closed before':
      return (
        record.skipped?.at ??
        laterOf(journal.startedAt, snapshot.issues.find(({ number }) => number === segment)?.turned?.at)
      );
    default:
      return undefined;
  }
}

/** When the last of these segments was done. Undefined: not all of them are. */
function allDoneAt(segments: readonly IssueNumber[], facts: BoardFacts): Instant | undefined {
  const ends = segments.map((segment) => {
    const progress = facts.progress.get(segment);
    return progress && doneAt(facts, segment, progress);
  });
  return ends.includes(undefined) ? undefined : ends.reduce<Instant | undefined>(laterOf, undefined);
}

const trackEvents = (wave: Plan['waves'][number], facts: BoardFacts): readonly Event[] =>
  wave.tracks.flatMap(({ letter, segments }) => {
    const at = allDoneAt(segments, facts);
    return at === undefined ? [] : [{ at, kind: 'TRACK COMPLETE' as const, wave: wave.number, track: letter }];
  });
