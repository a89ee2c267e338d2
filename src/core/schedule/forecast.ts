/**
 * When each segment starts by the best schedule found, how long the whole takes, and how sure that is.
 *
 * The schedule is searched with the expected times; the range comes from playing it many times with times thrown around
 * them. Dice are seeded: a plan's forecast is part of the plan, and the same facts give the same one. Reviews,
 * calibrations and what waits outside are not in it, nor are fix segments: a forecast is what was said before.
 */

import { type Chains, chainsOf, type Graph } from '#core/graph/graph';
import type { Config } from '#core/model/config';
import type { IssueNumber, Segment } from '#core/model/epic';
import type { Forecast, Range } from '#core/model/forecast';
import type { SegmentHistory } from '#core/model/journal';
import { type Batch, exclusionCount, graphOf, makeBatches, type ScheduleInput, startOrder } from './batches.ts';
import { type Expectations, expectationsOf } from './expectations.ts';
import { Random, type SearchResult, scheduleByRule, search } from './search.ts';
import { scheduleInParallel } from './workload.ts';

export interface ForecastInput {
  readonly segments: readonly Segment[];
  readonly overlaps: ScheduleInput['overlaps'];
  readonly cap: number;
  readonly config: Pick<Config, 'schedule' | 'workers'>;
  readonly earlier?: readonly SegmentHistory[];
  /** What whoever asks has found out already; of exactly these segments. */
  readonly prepared?: Prepared;
}

export interface Prepared {
  readonly expectations: Expectations;
  readonly graph: Graph<IssueNumber>;
  readonly chains: Chains<IssueNumber>;
  readonly order: ReadonlyMap<IssueNumber, number>;
}

/** Schedules laid out for one piece and in all: about 50 ms for an epic of 80 on a usual machine. */
const SCHEDULES_PER_PIECE = 50;
const PIECES_LAID_OUT = 320_000;
/** Above this many in all, one pass costs as much as a whole search of a small epic, and the rule is close by itself. */
const SEARCH_UP_TO = 2_000;
/** Times the schedule is played, fewer of long ones. */
const PLAYED = 200;
const PIECES_PLAYED = 100_000;

/** @param pairs that may not run at one time: each pass looks at them too, some of them. */
export const schedulesFor = (pieces: number, pairs = 0): number =>
  pieces > SEARCH_UP_TO
    ? 1
    : Math.max(1, Math.min(SCHEDULES_PER_PIECE * pieces, Math.floor(PIECES_LAID_OUT / Math.max(1, pieces, pairs / 5))));

export function forecast(facts: ForecastInput): Forecast {
  const segments = facts.segments.filter((segment) => !segment.fix);
  const { expectations, graph, chains, order } = facts.prepared ?? prepare(segments, facts.earlier ?? []);
  const { criticalPath, length } = chains;
  const takes = minutesBy(expectations);
  const found = solve({ ...scheduleInputOf(facts, segments, takes), graph, order });
  const minutes = play(found, expectations);
  const money = throwCosts(segments, expectations);
  return {
    criticalPathMinutes: length,
    makespanMinutes: makespanOf(found),
    boundMinutes: found.reduce((sum, { bound }) => sum + bound, 0),
    oneAtATimeMinutes: segments.reduce((sum, { number }) => sum + takes(number), 0),
    criticalPath,
    estimated: segments.filter(({ spec }) => spec.estimateMinutes !== undefined).length,
    basis: expectations.basis,
    ...(minutes ? { minutes } : {}),
    ...(money ? { costUsd: money } : {}),
    timetable: timetableOf(found),
  };
}

/** @param graph of these segments, where somebody has it already. */
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
  ({ of }: Expectations) =>
  (number: IssueNumber): number =>
    of.get(number)?.minutes ?? 0;

export const scheduleInputOf = (
  { overlaps, cap, config }: ForecastInput,
  segments: readonly Segment[],
  minutesOf: ScheduleInput['minutesOf'],
): ScheduleInput => ({ segments, minutesOf, overlaps, schedule: config.schedule, cap, workers: config.workers });

/** A stage with the best timetable found for it. */
export interface SolvedBatch extends SearchResult {
  readonly batch: Batch;
}

/**
 * @param share of the usual budget.
 * @param known starts within their stage, of a schedule that keeps all rules: what is found is never longer.
 */
export const solve = (
  layout: ScheduleInput,
  share = 1,
  known?: (number: IssueNumber) => number | undefined,
): readonly SolvedBatch[] => {
  const stages = makeBatches(layout);
  const isSearched = countOf(stages) <= SEARCH_UP_TO;
  return stages.map((stage) => {
    if (!isSearched && !known) return { batch: stage, ...scheduleByRule(stage.workload, stage.ranks) };
    const schedules = Math.max(1, Math.ceil(schedulesFor(stage.numbers.length, exclusionCount(stage)) * share));
    const starts = known && Int32Array.from(stage.numbers, (number) => known(number) ?? 0);
    return {
      batch: stage,
      ...search(stage.workload, stage.ranks, { schedules, ...(starts ? { known: [starts] } : {}) }),
    };
  });
};

const countOf = (stages: readonly Batch[]): number => stages.reduce((sum, { numbers }) => sum + numbers.length, 0);

export const makespanOf = (found: readonly SolvedBatch[]): number =>
  found.reduce((sum, { makespan }) => sum + makespan, 0);

function timetableOf(found: readonly SolvedBatch[]): Forecast['timetable'] {
  const rows: (readonly [number, { readonly start: number; readonly takes: number }])[] = [];
  let begin = 0;
  for (const { batch: stage, starts, makespan } of found) {
    stage.numbers.forEach((number, at) => {
      rows.push([number, { start: begin + (starts[at] ?? 0), takes: stage.workload.durations[at] ?? 0 }]);
    });
    begin += makespan;
  }
  // A large object is made several times faster when its numbers come in order.
  return Object.fromEntries(rows.sort(([a], [b]) => a - b));
}

/** The schedule as it would go with other times: its order is kept, and nobody waits for somebody's planned hour. */
function play(found: readonly SolvedBatch[], { of }: Expectations): Range | undefined {
  const pieces = countOf(found.map(({ batch: stage }) => stage));
  if (pieces === 0 || pieces > SEARCH_UP_TO) return undefined;
  const pairs = found.reduce((sum, { batch: stage }) => sum + exclusionCount(stage), 0);
  const times = Math.max(20, Math.min(PLAYED, Math.floor(PIECES_PLAYED / (pieces + pairs))));
  const dice = new Random(pieces);
  const ends = Array.from({ length: times }, () =>
    found.reduce((sum, { batch: stage, starts }) => {
      const thrown = stage.workload.durations.map((own, at) => {
        const deviation = of.get(stage.numbers[at] ?? (0 as IssueNumber))?.deviation ?? 0;
        return Math.max(1, Math.round(own * Math.exp(deviation * dice.normal())));
      });
      return sum + scheduleInParallel(stage.workload, starts, thrown).makespan;
    }, 0),
  );
  return rangeOf(ends);
}

/** Money needs no schedule: the sum of what each costs, thrown around what such segments cost. */
function throwCosts(segments: readonly Segment[], { of }: Expectations): Range | undefined {
  const costs = segments.flatMap(({ number }) => {
    const { costUsd, deviation = 0 } = of.get(number) ?? {};
    return costUsd === undefined ? [] : [{ costUsd, deviation }];
  });
  if (costs.length === 0 || costs.length > SEARCH_UP_TO) return undefined;
  const dice = new Random(segments.length + 1);
  const sums = Array.from({ length: PLAYED }, () =>
    costs.reduce((sum, { costUsd, deviation }) => sum + costUsd * Math.exp(deviation * dice.normal()), 0),
  );
  const { low, middle, high } = rangeOf(sums);
  const cents = (amount: number): number => Math.round(amount * 100) / 100;
  return { low: cents(low), middle: cents(middle), high: cents(high) };
}

function rangeOf(values: readonly number[]): Range {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number): number => sorted[Math.round((sorted.length - 1) * share)] ?? 0;
  return { low: at(0.1), middle: at(0.5), high: at(0.9) };
}
