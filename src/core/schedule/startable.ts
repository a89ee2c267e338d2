/**
 * What may start now, and what the rest waits for.
 *
 * The rule starts what is ready in one order: longest remaining path first, then priority, then number (SPEC R2.3). Where
 * not all of it can start, a short search looks ahead from this very moment, with what runs held fixed: who goes first
 * where two exclude each other, and whether a free place is better kept for somebody who comes soon. It is asked anew at
 * each end, so that it never trusts an estimate longer than it must. No two segments that exclude each other are ever in
 * flight at once, and something always runs while anything can.
 */

import { chainsOf } from '#core/graph/graph';
import type { Config } from '#core/model/config';
import type { IssueNumber, Segment, Worker } from '#core/model/epic';
import type { RunOptions } from '#core/model/journal';
import type { Overlap, Plan, Wave } from '#core/model/plan';
import type { WaitReason } from '#core/model/progress';
import { refText } from '#core/text/markdown';
import { exclusionCount, graphOf, makeBatches, startOrder } from './batches.ts';
import { USUAL_MINUTES } from './expectations.ts';
import { search } from './search.ts';

/** Jobs a matrix may have. @see https://docs.github.com/en/actions/reference/limits */
const MOST_AT_ONCE = 256;
/** Schedules the look ahead may lay out, and throws of the dice by which it chooses. A few milliseconds. */
const LOOK_AHEAD = { schedules: 200, scenarios: 12 } as const;
/** Segments laid out in all of these schedules, and pairs that were looked at: where all exclude all, few are enough. */
const LAID_OUT = 60_000;
/** Above this many open segments the rule alone decides: it is close by then, and a reconcile must not stall. */
const LOOK_AHEAD_UP_TO = 300;

export interface StartQuery {
  readonly plan: Plan;
  /** What is not in it is open. */
  readonly states: ReadonlyMap<IssueNumber, SegmentState>;
  /** What else keeps open segments from starting. They take no place from others. */
  readonly held?: ReadonlyMap<IssueNumber, readonly WaitReason[]>;
  readonly config: Caps;
  readonly options: RunOptions;
  /** Minutes since each segment in flight was claimed; what is not in it has just begun. */
  readonly elapsedMinutes?: ReadonlyMap<IssueNumber, number>;
}

export type SegmentState = 'open' | 'in flight' | 'done';
type Caps = Pick<Config, 'schedule' | 'maxParallel' | 'workers'>;

export interface Startable {
  /** In the order in which they should start. */
  readonly start: readonly IssueNumber[];
  /** Every other segment that is open, with all that it waits for. */
  readonly waiting: ReadonlyMap<IssueNumber, readonly WaitReason[]>;
}

/** What may start at this moment, all of it at once, and what the rest waits for. */
export function startable(situation: StartQuery): Startable {
  const { plan, states: standing, held, config, options } = situation;
  const desk = new Desk(plan, config, options);
  const mayStart = (segment: Segment): boolean =>
    (plan.waitsOutside[segment.number]?.length ?? 0) === 0 && !held?.has(segment.number);
  const byRule = desk.pick(standing, mayStart);
  const ahead = lookAhead(situation, desk, byRule, mayStart);
  // A plan that starts nothing while nothing runs would wait for ever.
  const isIdle = ahead?.start.length === 0 && ![...standing.values()].includes('in flight');
  const start = ahead && !isIdle ? ahead.start : byRule;
  const going = new Set(start);
  const reasonsOf = desk.waits(standing, start);
  const after = new Map(standing);
  for (const number of start) after.set(number, 'in flight');
  const couldStart = new Set(desk.pick(after, mayStart));
  const waiting = new Map<IssueNumber, readonly WaitReason[]>();
  for (const segment of plan.segments) {
    const { number } = segment;
    if ((standing.get(number) ?? 'open') !== 'open' || going.has(number)) continue;
    const outside = (plan.waitsOutside[number] ?? []).map((ref) => ({ kind: 'outside', ref: refText(ref) }) as const);
    const reasons = [...reasonsOf(segment), ...outside, ...(held?.get(number) ?? [])];
    const turn = couldStart.has(number) ? goesBefore(number, ahead?.next ?? [], desk) : undefined;
    const last: WaitReason = turn === undefined ? { kind: 'cap' } : { kind: 'turn', number: turn };
    waiting.set(number, reasons.length > 0 || held?.has(number) ? unique(reasons) : [last]);
  }
  return { start, waiting };
}

/** For whose sake one that could start is held back: the soonest that may not run beside it, else the soonest of all. */
const goesBefore = (number: IssueNumber, next: readonly IssueNumber[], desk: Desk): IssueNumber | undefined =>
  next.find((other) => desk.excludes(other, number)) ?? next.find((other) => other !== number);

interface Ahead {
  readonly start: readonly IssueNumber[];
  /** What comes after, soonest first. */
  readonly next: readonly IssueNumber[];
}

/**
 * The choice of the search, where there is one to make. Only what can come to run is in it: what is held, and what waits
 * for that, would keep places free for nobody.
 */
function lookAhead(
  { plan, states: standing, config, elapsedMinutes }: StartQuery,
  desk: Desk,
  byRule: readonly IssueNumber[],
  mayStart: (segment: Segment) => boolean,
): Ahead | undefined {
  if (byRule.length === 0) return undefined;
  const running = new Map<IssueNumber, number>();
  const { minutesOf } = desk;
  const isItsTurn = desk.turns(standing);
  const inside: Segment[] = [];
  const out = new Set<IssueNumber>();
  for (const segment of desk.inWaitingOrder()) {
    const { number, blockedBy } = segment;
    const stands = standing.get(number) ?? 'open';
    if (stands === 'done') continue;
    if (stands === 'in flight') running.set(number, left(minutesOf(number), elapsedMinutes?.get(number) ?? 0));
    else if (!mayStart(segment) || !isItsTurn(number) || blockedBy.some((blocker) => out.has(blocker))) {
      out.add(number);
      continue;
    }
    inside.push(segment);
  }
  if (inside.length - running.size <= byRule.length || inside.length > LOOK_AHEAD_UP_TO) return undefined;
  const [stage] = makeBatches({
    segments: inside,
    minutesOf,
    overlaps: plan.overlaps,
    schedule: 'eager',
    cap: desk.cap,
    workers: config.workers,
    running,
  });
  if (!stage) return undefined;
  const size = Math.max(inside.length, exclusionCount(stage) / 5);
  const schedules = Math.min(LOOK_AHEAD.schedules, Math.ceil(LAID_OUT / size));
  const { starts } = search(stage.workload, stage.ranks, { ...LOOK_AHEAD, schedules });
  const startOf = new Map(stage.numbers.map((number, at) => [number, starts[at] ?? 0]));
  const wanted = (segment: Segment): boolean => startOf.get(segment.number) === 0;
  return {
    start: desk.pick(standing, wanted),
    next: stage.numbers
      .filter((number) => !running.has(number) && startOf.get(number) !== 0)
      .sort((a, b) => (startOf.get(a) ?? 0) - (startOf.get(b) ?? 0) || a - b),
  };
}

/**
 * What is probably left of a segment that runs. One that is past its time is not nearly done for that: the longer
 * something has taken, the longer it goes on taking, and nobody may be held back for its sake.
 */
function left(minutes: number, elapsed: number): number {
  if (elapsed > 2 * minutes) return Math.ceil(elapsed / 2);
  return Math.max(1, Math.ceil(minutes / 5), Math.round(minutes - elapsed));
}

function unique(reasons: readonly WaitReason[]): readonly WaitReason[] {
  const first = new Map<string, WaitReason>();
  for (const reason of reasons) {
    const key = JSON.stringify(reason);
    if (!first.has(key)) first.set(key, reason);
  }
  return [...first.values()];
}

/** The rules of who may run beside whom, laid out once for many questions. */
class Desk {
  readonly cap: number;
  readonly minutesOf: (number: IssueNumber) => number;
  readonly #segments: ReadonlyMap<IssueNumber, Segment>;
  readonly #order: readonly Segment[];
  readonly #excluded: ReadonlyMap<IssueNumber, ReadonlySet<IssueNumber>>;
  readonly #waves: readonly Wave[];
  readonly #waveOf: ReadonlyMap<IssueNumber, number>;
  readonly #workers: Readonly<Record<Worker, number>>;
  readonly #options: RunOptions;
  readonly #inWaves: boolean;

  constructor({ segments, waves, overlaps, forecast }: Plan, config: Caps, options: RunOptions) {
    this.minutesOf = (number) => forecast.timetable[number]?.takes ?? USUAL_MINUTES;
    this.#segments = new Map(segments.map((segment) => [segment.number, segment]));
    const ranks = startOrder(segments, chainsOf(graphOf(segments), this.minutesOf));
    this.#order = [...segments].sort((a, b) => (ranks.get(a.number) ?? 0) - (ranks.get(b.number) ?? 0));
    this.#excluded = exclusions(overlaps);
    this.#waves = waves;
    this.#waveOf = new Map(waves.flatMap((wave) => membersOf(wave).map((number) => [number, wave.number])));
    this.#workers = config.workers;
    this.#options = options;
    this.#inWaves = config.schedule === 'waves';
    this.cap = capOf(waves, config, options);
  }

  excludes(one: IssueNumber, other: IssueNumber): boolean {
    return this.#excluded.get(one)?.has(other) ?? false;
  }

  /** Longest remaining path first, which puts blockers before what waits for them. */
  inWaitingOrder(): readonly Segment[] {
    return this.#order;
  }

  /** Whether the schedule and the options let it run now, its blockers aside. */
  turns(standing: ReadonlyMap<IssueNumber, SegmentState>): (number: IssueNumber) => boolean {
    const open = this.#openWave(standing);
    return (number) => this.#isItsTurn(number, open);
  }

  pick(
    standing: ReadonlyMap<IssueNumber, SegmentState>,
    mayStart: (segment: Segment) => boolean,
  ): readonly IssueNumber[] {
    const running = [...standing].filter(([, each]) => each === 'in flight').map(([number]) => number);
    const busy = new Map<Worker, number>();
    for (const number of running) {
      const worker = this.#segments.get(number)?.spec.worker;
      if (worker) busy.set(worker, (busy.get(worker) ?? 0) + 1);
    }
    const open = this.#openWave(standing);
    const start: IssueNumber[] = [];
    for (const segment of this.#order) {
      if (running.length >= this.cap) break;
      const { number, spec, blockedBy } = segment;
      const ofWorker = busy.get(spec.worker) ?? 0;
      if (
        (standing.get(number) ?? 'open') !== 'open' ||
        ofWorker >= this.#workers[spec.worker] ||
        !this.#isItsTurn(number, open) ||
        !mayStart(segment) ||
        blockedBy.some((blocker) => this.#isPending(blocker, standing)) ||
        running.some((other) => this.excludes(number, other))
      ) {
        continue;
      }
      start.push(number);
      running.push(number);
      busy.set(spec.worker, ofWorker + 1);
    }
    return start;
  }

  /** What each open segment waits for, `start` being under way. */
  waits(
    standing: ReadonlyMap<IssueNumber, SegmentState>,
    start: readonly IssueNumber[],
  ): (segment: Segment) => readonly WaitReason[] {
    const open = this.#openWave(standing);
    const only = this.#options.wave;
    const busy = [...[...standing].filter(([, each]) => each === 'in flight').map(([each]) => each), ...start].sort(
      (a, b) => a - b,
    );
    return ({ number, blockedBy }) => {
      const wave = this.#waveOf.get(number);
      return [
        ...blockedBy
          .filter((blocker) => this.#isPending(blocker, standing))
          .map((blocker) => ({ kind: 'segment', number: blocker }) as const),
        ...(this.#inWaves && open !== undefined && wave !== undefined && wave > open
          ? [{ kind: 'wave', number: open } as const]
          : []),
        ...(only !== undefined && wave !== only ? [{ kind: 'only wave', wave: only } as const] : []),
        ...busy
          .filter((other) => this.excludes(number, other))
          .map((other) => ({ kind: 'overlap', number: other }) as const),
      ];
    };
  }

  #isItsTurn(number: IssueNumber, open: number | undefined): boolean {
    const wave = this.#waveOf.get(number);
    if (this.#options.wave !== undefined && wave !== this.#options.wave) return false;
    return !this.#inWaves || open === undefined || wave === undefined || wave <= open;
  }

  /** The first wave with something left to do. */
  #openWave(standing: ReadonlyMap<IssueNumber, SegmentState>): number | undefined {
    return this.#waves.find((wave) => membersOf(wave).some((number) => standing.get(number) !== 'done'))?.number;
  }

  /** A blocker that is no segment of the plan holds nobody here: it is one that waits outside. */
  #isPending(blocker: IssueNumber, standing: ReadonlyMap<IssueNumber, SegmentState>): boolean {
    return this.#segments.has(blocker) && standing.get(blocker) !== 'done';
  }
}

const membersOf = (wave: Wave): readonly IssueNumber[] => wave.tracks.flatMap((track) => track.segments);

/** How many may be in flight at once. */
export function capOf(waves: readonly Wave[], config: Pick<Config, 'maxParallel'>, options: RunOptions): number {
  if (options.sequential) return 1;
  const one = Math.max(1, ...waves.map((wave) => wave.tracks.length));
  const cap = options.agents ?? (config.maxParallel === 'auto' ? one : config.maxParallel);
  return Math.min(cap, MOST_AT_ONCE);
}

/** By segment, whom it excludes. A list of neighbours, not a table: most pairs of an epic of thousands share nothing. */
function exclusions(overlaps: readonly Overlap[]): ReadonlyMap<IssueNumber, ReadonlySet<IssueNumber>> {
  const excluded = new Map<IssueNumber, Set<IssueNumber>>();
  const note = (one: IssueNumber, other: IssueNumber): void => {
    const others = excluded.get(one);
    if (others) others.add(other);
    else excluded.set(one, new Set([other]));
  };
  for (const { a, b } of overlaps) {
    note(a, b);
    note(b, a);
  }
  return excluded;
}
