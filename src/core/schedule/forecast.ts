/**
 * A forecast: when each segment starts by the best schedule found, how long the whole takes, and how certain that is.
 *
 * The search uses the expected times. The range comes from playing the schedule many times with times drawn around them. The
 * random numbers are seeded, because a forecast is part of the plan: the same facts give the same forecast. It leaves out
 * reviews, calibrations and waits for issues outside the epic. It also leaves out fix segments, so that it stays comparable
 * with what happened.
 */

import { type Chains, chainsOf, type Graph } from '#core/graph/graph';
import type { Config } from '#core/model/config';
import type { IssueNumber, Segment } from '#core/model/epic';
import type { Forecast, Range } from '#core/model/forecast';
import type { SegmentHistory } from '#core/model/journal';
import { type Batch, exclusionCount, graphOf, makeBatches, type ScheduleInput, startOrder } from './batches.ts';
import { type Expectations, type Expected, expectationsOf } from './expectations.ts';
import { scheduleInParallel } from './parallel-scheme.ts';
import { Random } from './random.ts';
import { type SearchResult, scheduleByRule, search } from './search.ts';

export interface ForecastInput {
  readonly segments: readonly Segment[];
  readonly overlaps: ScheduleInput['overlaps'];
  readonly cap: number;
  readonly config: Pick<Config, 'schedule' | 'workers'>;
  readonly earlier?: readonly SegmentHistory[];
  /** The result of `prepare` for exactly these segments, if the caller has it. */
  readonly prepared?: Prepared;
}

export interface Prepared {
  readonly expectations: Expectations;
  readonly graph: Graph<IssueNumber>;
  readonly chains: Chains<IssueNumber>;
  /** See `startOrder`. */
  readonly order: ReadonlyMap<IssueNumber, number>;
}

/** How many schedules a search lays out, and how many pieces in all of them: about 50 ms for an epic of 80 segments. */
const SCHEDULES_PER_PIECE = 50;
const PIECES_LAID_OUT = 320_000;
/** Above this many segments the rule alone decides: it is close to the bound by then, and a search would take too long. */
const SEARCH_UP_TO = 2_000;
/** How many times a schedule is played, and how many pieces in all of them. */
const PLAYED = 200;
const PIECES_PLAYED = 100_000;

/** The budget of a search. @param exclusions pairs that may not run at the same time. Each pass looks at some of them. */
export const schedulesFor = (pieces: number, exclusions = 0): number =>
  pieces > SEARCH_UP_TO
    ? 1
    : Math.max(
        1,
        Math.min(SCHEDULES_PER_PIECE * pieces, Math.floor(PIECES_LAID_OUT / Math.max(1, pieces, exclusions / 5))),
      );

export function forecast(input: ForecastInput): Forecast {
  const segments = input.segments.filter((segment) => !segment.fix);
  const { expectations, graph, chains, order } = input.prepared ?? prepare(segments, input.earlier ?? []);
  const minutesOf = minutesBy(expectations);
  const solved = solve({ ...scheduleInputOf(input, segments, minutesOf), graph, order });
  const minutes = play(solved, expectations);
  const costUsd = drawCosts(segments, expectations);
  return {
    criticalPathMinutes: chains.length,
    makespanMinutes: makespanOf(solved),
    boundMinutes: solved.reduce((sum, { bound }) => sum + bound, 0),
    oneAtATimeMinutes: segments.reduce((sum, { number }) => sum + minutesOf(number), 0),
    criticalPath: chains.criticalPath,
    estimated: segments.filter(({ spec }) => spec.estimateMinutes !== undefined).length,
    basis: expectations.basis,
    ...(minutes ? { minutes } : {}),
    ...(costUsd ? { costUsd } : {}),
    timetable: timetableOf(solved),
  };
}

/** Does the work that a forecast and the tracks of a plan share. @param graph of these segments, if the caller has it. */
export function prepare(
  segments: readonly Segment[],
  earlier: readonly SegmentHistory[],
  graph = graphOf(segments),
): Prepared {
  const expectations = expectationsOf(segments, earlier);
  const chains = chainsOf(graph, minutesBy(expectations));
  return { expectations, graph, chains, order: startOrder(segments, chains) };
}

export const minutesBy =
  ({ of }: Pick<Expectations, 'of'>) =>
  (number: IssueNumber): number =>
    (of.get(number) as Expected).minutes;

export const scheduleInputOf = (
  { overlaps, cap, config }: ForecastInput,
  segments: readonly Segment[],
  minutesOf: ScheduleInput['minutesOf'],
): ScheduleInput => ({ segments, minutesOf, overlaps, schedule: config.schedule, cap, workers: config.workers });

/** A batch with the best timetable found for it. */
export interface SolvedBatch extends SearchResult {
  readonly batch: Batch;
}

/**
 * Searches a timetable for each batch.
 *
 * @param share of the usual budget.
 * @param known starts within their batch, from a schedule that keeps all rules. The result is never longer than it.
 */
export const solve = (
  input: ScheduleInput,
  share = 1,
  known?: (number: IssueNumber) => number | undefined,
): readonly SolvedBatch[] => {
  const batches = makeBatches(input);
  const isSearched = countIn(batches) <= SEARCH_UP_TO;
  return batches.map((batch) => {
    const { numbers, workload, ranks } = batch;
    if (!isSearched && !known) return { batch, ...scheduleByRule(workload, ranks) };
    const schedules = Math.ceil(schedulesFor(numbers.length, exclusionCount(batch)) * share);
    const starts = known ? [Int32Array.from(numbers, (number) => known(number) ?? 0)] : [];
    return { batch, ...search(workload, ranks, { schedules, known: starts }) };
  });
};

const countIn = (batches: readonly Batch[]): number => batches.reduce((sum, { numbers }) => sum + numbers.length, 0);

/** The makespan of the whole, in minutes. */
export const makespanOf = (solved: readonly SolvedBatch[]): number =>
  solved.reduce((sum, { makespan }) => sum + makespan, 0);

function timetableOf(solved: readonly SolvedBatch[]): Forecast['timetable'] {
  const rows: (readonly [number, { readonly start: number; readonly takes: number }])[] = [];
  let batchStart = 0;
  for (const { batch, starts, makespan } of solved) {
    batch.numbers.forEach((number, at) => {
      rows.push([number, { start: batchStart + (starts[at] ?? 0), takes: batch.workload.durations[at] ?? 0 }]);
    });
    batchStart += makespan;
  }
  // A large object is built several times faster if its numeric keys come in order.
  return Object.fromEntries(rows.sort(([a], [b]) => a - b));
}

/** Plays the schedule with drawn times. Its order stays; a segment that could start earlier than planned does. */
function play(solved: readonly SolvedBatch[], { of }: Expectations): Range | undefined {
  const pieces = countIn(solved.map(({ batch }) => batch));
  if (pieces === 0 || pieces > SEARCH_UP_TO) return undefined;
  const exclusions = solved.reduce((sum, { batch }) => sum + exclusionCount(batch), 0);
  const times = Math.max(20, Math.min(PLAYED, Math.floor(PIECES_PLAYED / (pieces + exclusions))));
  const random = new Random(pieces);
  const makespans = Array.from({ length: times }, () =>
    solved.reduce((sum, { batch: { numbers, workload }, starts }) => {
      const drawn = workload.durations.map((expected, at) => {
        const { deviation } = of.get(numbers[at] as IssueNumber) as Expected;
        return Math.max(1, Math.round(expected * Math.exp(deviation * random.normal())));
      });
      return sum + scheduleInParallel(workload, starts, drawn).makespan;
    }, 0),
  );
  return rangeOf(makespans);
}

/** The sum of the expected costs, drawn around what similar segments cost. Costs do not depend on the schedule. */
function drawCosts(segments: readonly Segment[], { of }: Expectations): Range | undefined {
  const costs = segments.flatMap(({ number }) => {
    const { costUsd, deviation = 0 } = of.get(number) ?? {};
    return costUsd === undefined ? [] : [{ costUsd, deviation }];
  });
  if (costs.length === 0 || costs.length > SEARCH_UP_TO) return undefined;
  const random = new Random(segments.length + 1);
  const sums = Array.from({ length: PLAYED }, () =>
    costs.reduce((sum, { costUsd, deviation }) => sum + costUsd * Math.exp(deviation * random.normal()), 0),
  );
  const { low, middle, high } = rangeOf(sums);
  const toCents = (amount: number): number => Math.round(amount * 100) / 100;
  return { low: toCents(low), middle: toCents(middle), high: toCents(high) };
}

/** The 10th percentile, the median and the 90th percentile. */
function rangeOf(values: readonly number[]): Range {
  const sorted = [...values].sort((a, b) => a - b);
  const valueAt = (share: number): number => sorted[Math.round((sorted.length - 1) * share)] ?? 0;
  return { low: valueAt(0.1), middle: valueAt(0.5), high: valueAt(0.9) };
}
