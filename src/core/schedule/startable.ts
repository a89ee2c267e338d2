/**
 * Answers two questions: which segments may start now, and what does every other segment wait for?
 *
 * The rule starts ready segments in one order: the longest remaining path first, then priority, then number (SPEC R2.3). If
 * not all of them can start, a short search looks ahead from this moment, with the running segments held in place. It decides
 * which of two goes first if they exclude each other, and whether a free place is better kept for a segment that comes soon.
 * The question is asked again each time a segment ends, so that no estimate is trusted longer than necessary.
 *
 * Two segments that exclude each other are never in flight together, and something always runs while anything can. A pull
 * request that waits for people excludes others in the same way, but takes no place: it needs neither a runner nor money.
 */

import { chainsOf } from '#core/graph/graph';
import type { Config } from '#core/model/config';
import type { IssueNumber, Segment, Worker } from '#core/model/epic';
import type { RunOptions } from '#core/model/journal';
import { type Overlap, type Plan, segmentsOf, type Wave } from '#core/model/plan';
import type { WaitReason } from '#core/model/progress';
import { refText } from '#core/text/markdown';
import { type Batch, exclusionCount, graphOf, makeBatches, startOrder } from './batches.ts';
import { USUAL_MINUTES } from './expectations.ts';
import { search } from './search.ts';

/** GitHub's limit of jobs in one matrix. @see https://docs.github.com/en/actions/reference/limits */
const MAX_IN_FLIGHT = 256;
/** How many schedules the look ahead may lay out, and by how many draws of durations it chooses: a few milliseconds. */
const LOOK_AHEAD = { schedules: 200, scenarios: 12 } as const;
/** How many segments may be laid out in all of these schedules. If everything excludes everything, few schedules do. */
const LAID_OUT = 60_000;
/** Above this many open segments the rule alone decides: it is close to the best by then, and a reconcile must not stall. */
const LOOK_AHEAD_UP_TO = 300;

export interface StartQuery {
  readonly plan: Plan;
  /** Segments that are not in it are open. */
  readonly states: ReadonlyMap<IssueNumber, SegmentState>;
  /** Other reasons that keep open segments from starting. Such a segment takes no place from others. */
  readonly held?: ReadonlyMap<IssueNumber, readonly WaitReason[]>;
  readonly config: Caps;
  readonly options: RunOptions;
  /** Minutes since each segment in flight was claimed; 0 for segments that are not in it. */
  readonly elapsedMinutes?: ReadonlyMap<IssueNumber, number>;
}

/** `in review`: it keeps its files reserved, and takes no place. */
export type SegmentState = 'open' | 'in flight' | 'in review' | 'done';
type States = StartQuery['states'];
export type Caps = Pick<Config, 'schedule' | 'maxParallel' | 'maxInReview' | 'workers'>;

export interface Startable {
  /** In the order in which they should start. */
  readonly start: readonly IssueNumber[];
  /** Every other open segment, with everything that it waits for. */
  readonly waiting: ReadonlyMap<IssueNumber, readonly WaitReason[]>;
}

/** Answers which segments may start at this moment, all of them together, and what the others wait for. */
export function startable(query: StartQuery): Startable {
  const { plan, states, held, config, options } = query;
  const rules = new StartRules(plan, config, options);
  const isFree = ({ number }: Segment): boolean =>
    (plan.waitsOutside[number]?.length ?? 0) === 0 && held?.has(number) !== true;
  const byRule = rules.pick(states, isFree);
  const ahead = lookAhead(query, rules, byRule, isFree);
  const start = ahead ? ahead.start : byRule;
  const reasonsOf = rules.waits(states, start);
  const after = new Map(states);
  for (const number of start) after.set(number, 'in flight');
  const couldStart = new Set(rules.pick(after, isFree));
  const inReview = numbersIn(states, 'in review').length;
  const waiting = new Map<IssueNumber, readonly WaitReason[]>();
  for (const segment of plan.segments) {
    const { number } = segment;
    if ((after.get(number) ?? 'open') !== 'open') continue;
    const outside = (plan.waitsOutside[number] ?? []).map((ref) => ({ kind: 'outside', ref: refText(ref) }) as const);
    const reasons = [...reasonsOf(segment), ...outside, ...(held?.get(number) ?? [])];
    const turn = ahead && couldStart.has(number) ? goesBefore(number, ahead.next, rules) : undefined;
    const full: WaitReason = rules.mayOpenPull(segment, inReview) ? { kind: 'cap' } : { kind: 'reviews' };
    const last: WaitReason = turn === undefined ? full : { kind: 'turn', number: turn };
    waiting.set(number, reasons.length > 0 || held?.has(number) ? unique(reasons) : [last]);
  }
  return { start, waiting };
}

/** The segment for which one that could start is held back: the first that excludes it, else the first of all. */
const goesBefore = (number: IssueNumber, next: readonly IssueNumber[], rules: StartRules): IssueNumber | undefined =>
  next.find((other) => rules.excludes(other, number)) ?? next[0];

interface LookAhead {
  readonly start: readonly IssueNumber[];
  /** The segments that start later, soonest first. */
  readonly next: readonly IssueNumber[];
}

/**
 * The choice of the search; undefined if there is nothing to choose. It leaves out segments that cannot come to run for now,
 * because it would keep places free for them.
 */
function lookAhead(
  { plan, states, config, elapsedMinutes }: StartQuery,
  rules: StartRules,
  byRule: readonly IssueNumber[],
  isFree: (segment: Segment) => boolean,
): LookAhead | undefined {
  if (byRule.length === 0) return undefined;
  const running = new Map<IssueNumber, number>();
  const { minutesOf } = rules;
  const isItsTurn = rules.turns(states);
  // Nobody knows how long people take.
  const reviewed = numbersIn(states, 'in review');
  const inside: Segment[] = [];
  const outside = new Set<IssueNumber>();
  for (const segment of rules.order) {
    const { number, blockedBy } = segment;
    const state = states.get(number);
    if (state === 'done') continue;
    if (state === 'in flight') {
      running.set(number, minutesLeft(minutesOf(number), elapsedMinutes?.get(number) ?? 0));
    } else if (
      state === 'in review' ||
      !isFree(segment) ||
      !isItsTurn(number) ||
      blockedBy.some((blocker) => outside.has(blocker)) ||
      reviewed.some((other) => rules.excludes(number, other))
    ) {
      outside.add(number);
      continue;
    }
    inside.push(segment);
  }
  if (inside.length - running.size <= byRule.length || inside.length > LOOK_AHEAD_UP_TO) return undefined;
  const [batch] = makeBatches({
    segments: inside,
    minutesOf,
    overlaps: plan.overlaps,
    schedule: 'eager',
    cap: rules.cap,
    workers: config.workers,
    running,
  }) as readonly [Batch];
  const size = Math.max(inside.length, exclusionCount(batch) / 5);
  const schedules = Math.min(LOOK_AHEAD.schedules, Math.ceil(LAID_OUT / size));
  const { starts } = search(batch.workload, batch.ranks, { ...LOOK_AHEAD, schedules });
  const startOf = new Map(batch.numbers.map((number, at) => [number, starts[at] ?? 0]));
  const isStartedNow = ({ number }: Segment): boolean => startOf.get(number) === 0;
  return {
    start: rules.pick(states, isStartedNow),
    next: batch.numbers
      .filter((number) => startOf.get(number) !== 0)
      .sort((a, b) => (startOf.get(a) ?? 0) - (startOf.get(b) ?? 0)),
  };
}

/**
 * The minutes that are probably left of a running segment. A segment past its time is not nearly done: the longer it has
 * taken, the longer it will still take, and no other should be held back for it.
 */
export function minutesLeft(expected: number, elapsed: number): number {
  if (elapsed > 2 * expected) return Math.ceil(elapsed / 2);
  return Math.max(1, Math.ceil(expected / 5), Math.round(expected - elapsed));
}

const unique = (reasons: readonly WaitReason[]): readonly WaitReason[] => [
  ...new Map(reasons.map((reason) => [JSON.stringify(reason), reason])).values(),
];

/** The rules for which segments may start and run together, prepared once for many questions. */
class StartRules {
  /** How many may be in flight. */
  readonly cap: number;
  readonly minutesOf: (number: IssueNumber) => number;
  /** The longest remaining path first, which puts blockers before what waits for them. */
  readonly order: readonly Segment[];
  readonly #segments: ReadonlyMap<IssueNumber, Segment>;
  readonly #exclusions: ReadonlyMap<IssueNumber, ReadonlySet<IssueNumber>>;
  readonly #waves: readonly Wave[];
  readonly #waveOf: ReadonlyMap<IssueNumber, number>;
  readonly #config: Caps;
  readonly #options: RunOptions;

  constructor({ segments, waves, overlaps, forecast }: Plan, config: Caps, options: RunOptions) {
    this.cap = capOf(waves, config, options);
    this.minutesOf = (number) => forecast.timetable[number]?.takes ?? USUAL_MINUTES;
    const ranks = startOrder(segments, chainsOf(graphOf(segments), this.minutesOf));
    this.order = [...segments].sort((a, b) => (ranks.get(a.number) ?? 0) - (ranks.get(b.number) ?? 0));
    this.#segments = new Map(segments.map((segment) => [segment.number, segment]));
    this.#exclusions = exclusionsFrom(overlaps);
    this.#waves = waves;
    this.#waveOf = new Map(waves.flatMap((wave) => segmentsOf(wave).map((number) => [number, wave.number])));
    this.#config = config;
    this.#options = options;
  }

  excludes(one: IssueNumber, other: IssueNumber): boolean {
    return this.#exclusions.get(one)?.has(other) ?? false;
  }

  /** Answers whether the schedule and the options let a segment run now, apart from its blockers. */
  turns(states: States): (number: IssueNumber) => boolean {
    const open = this.#openWave(states);
    const only = this.#options.wave;
    return (number) => {
      const wave = this.#waveOf.get(number);
      return (only === undefined || wave === only) && !this.#waitsForWave(wave, open);
    };
  }

  /** The segments that may start together now, by the rule. */
  pick(states: States, mayStart: (segment: Segment) => boolean): readonly IssueNumber[] {
    const running = numbersIn(states, 'in flight');
    const reviewed = numbersIn(states, 'in review');
    const reserved = [...running, ...reviewed];
    const busy = new Map<Worker, number>();
    const occupy = (worker: Worker): void => void busy.set(worker, (busy.get(worker) ?? 0) + 1);
    for (const number of running) {
      const segment = this.#segments.get(number);
      if (segment) occupy(segment.spec.worker);
    }
    const isItsTurn = this.turns(states);
    const start: IssueNumber[] = [];
    for (const segment of this.order) {
      if (running.length >= this.cap) break;
      const { number, spec, blockedBy } = segment;
      if (
        (states.get(number) ?? 'open') !== 'open' ||
        (busy.get(spec.worker) ?? 0) >= this.#config.workers[spec.worker] ||
        !isItsTurn(number) ||
        !mayStart(segment) ||
        !this.mayOpenPull(segment, reviewed.length) ||
        blockedBy.some((blocker) => this.#isPending(blocker, states)) ||
        reserved.some((other) => this.excludes(number, other))
      ) {
        continue;
      }
      start.push(number);
      running.push(number);
      reserved.push(number);
      occupy(spec.worker);
    }
    return start;
  }

  /** Answers whether people can look at one pull request more. A researcher opens none. */
  mayOpenPull({ spec }: Segment, inReview: number): boolean {
    return spec.worker === 'research' || inReview < this.#config.maxInReview;
  }

  /** The reasons for which each open segment waits, once `start` is in flight. */
  waits(states: States, start: readonly IssueNumber[]): (segment: Segment) => readonly WaitReason[] {
    const open = this.#openWave(states);
    const only = this.#options.wave;
    const reserved = [...numbersIn(states, 'in flight'), ...numbersIn(states, 'in review'), ...start];
    const busy = reserved.sort((a, b) => a - b);
    return ({ number, blockedBy }) => {
      const wave = this.#waveOf.get(number);
      const blockers = blockedBy.filter((blocker) => this.#isPending(blocker, states));
      const excluding = busy.filter((other) => this.excludes(number, other));
      return [
        ...blockers.map((blocker) => ({ kind: 'segment', number: blocker }) as const),
        ...(this.#waitsForWave(wave, open) ? [{ kind: 'wave', number: open } as const] : []),
        ...(only !== undefined && wave !== only ? [{ kind: 'only wave', wave: only } as const] : []),
        ...excluding.map((other) => ({ kind: 'overlap', number: other }) as const),
      ];
    };
  }

  #waitsForWave(wave: number | undefined, open: number): boolean {
    return this.#config.schedule === 'waves' && (wave ?? 0) > open;
  }

  /** The first wave with something left to do. Once all waves are done, no segment waits for one. */
  #openWave(states: States): number {
    const open = this.#waves.find((wave) => segmentsOf(wave).some((number) => states.get(number) !== 'done'));
    return open?.number ?? Number.POSITIVE_INFINITY;
  }

  /** A blocker that is not a segment of the plan does not count here: it waits outside. */
  #isPending(blocker: IssueNumber, states: States): boolean {
    return this.#segments.has(blocker) && states.get(blocker) !== 'done';
  }
}

const numbersIn = (states: States, wanted: SegmentState): IssueNumber[] =>
  [...states].filter(([, state]) => state === wanted).map(([number]) => number);

/** How many segments may be in flight at the same time. */
export function capOf(waves: readonly Wave[], config: Pick<Config, 'maxParallel'>, options: RunOptions): number {
  if (options.sequential) return 1;
  const mostTracks = Math.max(1, ...waves.map((wave) => wave.tracks.length));
  const cap = options.agents ?? (config.maxParallel === 'auto' ? mostTracks : config.maxParallel);
  return Math.min(cap, MAX_IN_FLIGHT);
}

/** By segment, the segments it excludes. Lists rather than a table: most pairs of a large epic share nothing. */
function exclusionsFrom(overlaps: readonly Overlap[]): ReadonlyMap<IssueNumber, ReadonlySet<IssueNumber>> {
  const exclusions = new Map<IssueNumber, Set<IssueNumber>>();
  const note = (one: IssueNumber, other: IssueNumber): void => {
    const others = exclusions.get(one);
    if (others) others.add(other);
    else exclusions.set(one, new Set([other]));
  };
  for (const { a, b } of overlaps) {
    note(a, b);
    note(b, a);
  }
  return exclusions;
}
