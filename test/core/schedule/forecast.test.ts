import { describe, expect, test } from 'vitest';
import type { Config } from '../../../src/core/model/config.ts';
import { type Segment, WORKERS } from '../../../src/core/model/epic.ts';
import type { Forecast } from '../../../src/core/model/forecast.ts';
import type { SegmentHistory } from '../../../src/core/model/journal.ts';
import type { ScheduleInput } from '../../../src/core/schedule/batches.ts';
import {
  forecast,
  makespanOf,
  minutesBy,
  prepare,
  type SolvedBatch,
  schedulesFor,
  solve,
} from '../../../src/core/schedule/forecast.ts';
import { apart, asSegments, eager, inWaves, segment, segmentsOf } from './segments.ts';
import { allPairs, drawn } from './work.ts';

interface Facts {
  readonly conflicts?: readonly string[];
  readonly cap?: number;
  readonly settings?: Config;
  readonly earlier?: readonly SegmentHistory[];
}

const forecastOf = (
  segments: readonly Segment[],
  { conflicts = [], cap = 9, settings = eager(), earlier }: Facts = {},
): Forecast =>
  forecast({ segments, overlaps: apart(...conflicts), cap, config: settings, ...(earlier ? { earlier } : {}) });

const took = (minutes: number, more: Partial<SegmentHistory> = {}): SegmentHistory => ({
  worker: 'implementation',
  minutes,
  ...more,
});

describe('the budget of a search', () => {
  test.each([
    ['nothing to schedule is laid out once', 0, 0, 1],
    ['50 schedules for one piece', 1, 0, 50],
    ['50 for each of a few pieces', 79, 0, 3_950],
    ['up to 320,000 pieces are laid out in all', 80, 0, 4_000],
    ['from there on fewer schedules for each piece', 81, 0, 3_950],
    ['at most 2,000 pieces are searched', 2_000, 0, 160],
    ['more are laid out once', 2_001, 0, 1],
    ['five pairs that exclude each other count as one piece', 80, 405, 3_950],
    ['as many pairs as five for each piece change nothing', 80, 400, 4_000],
    ['very many pairs leave one schedule', 2, 99_999_999, 1],
  ])('%s', (_, pieces, exclusions, schedules) => {
    expect(schedulesFor(pieces, exclusions)).toBe(schedules);
  });

  test('without exclusions it is the budget of that many pieces', () => {
    expect(schedulesFor(81)).toBe(3_950);
  });
});

describe('a forecast', () => {
  const epic = segmentsOf(
    { minutes: 10 },
    { minutes: 30, after: [2] },
    { minutes: 25 },
    {},
    { minutes: 5, after: [4, 5] },
  );

  test('of an eager epic says when each segment starts, by the best schedule', () => {
    expect(forecastOf(epic, { conflicts: ['3 4'], cap: 2 })).toEqual({
      criticalPathMinutes: 40,
      criticalPath: [2, 3],
      makespanMinutes: 55,
      boundMinutes: 55,
      oneAtATimeMinutes: 80,
      estimated: 4,
      basis: { kind: 'estimates', estimated: 4 },
      minutes: { low: 39, middle: 58, high: 99 },
      timetable: {
        2: { start: 0, takes: 10 },
        3: { start: 25, takes: 30 },
        4: { start: 0, takes: 25 },
        5: { start: 10, takes: 10 },
        6: { start: 25, takes: 5 },
      },
    });
  });

  test('of an epic in waves starts each wave when the one before has ended', () => {
    expect(forecastOf(epic, { conflicts: ['3 4', '4 5'], cap: 2, settings: inWaves() })).toEqual({
      criticalPathMinutes: 40,
      criticalPath: [2, 3],
      makespanMinutes: 65,
      boundMinutes: 65,
      oneAtATimeMinutes: 80,
      estimated: 4,
      basis: { kind: 'estimates', estimated: 4 },
      minutes: { low: 47, middle: 70, high: 111 },
      timetable: {
        2: { start: 0, takes: 10 },
        3: { start: 35, takes: 30 },
        4: { start: 0, takes: 25 },
        5: { start: 25, takes: 10 },
        6: { start: 35, takes: 5 },
      },
    });
  });

  test.each([
    ['no segments', []],
    ['nothing but a fix segment', [segment(2, { minutes: 9, fixes: 1 })]],
  ])('of %s is empty', (_, segments) => {
    expect(forecastOf(segments)).toStrictEqual({
      criticalPathMinutes: 0,
      criticalPath: [],
      makespanMinutes: 0,
      boundMinutes: 0,
      oneAtATimeMinutes: 0,
      estimated: 0,
      basis: { kind: 'all alike' },
      timetable: {},
    });
  });

  test('that learns from earlier epics has their times and their costs', () => {
    const earlier = [
      took(30, { costUsd: 1.5 }),
      took(20, { costUsd: 2 }),
      took(60, { costUsd: 3 }),
      ...[9, 8, 7].map((minutes) => took(minutes, { worker: 'tests' })),
    ];
    const segments = segmentsOf({}, { worker: 'tests' }, { after: [2] }, { minutes: 50 });
    expect(forecastOf(segments, { earlier })).toEqual({
      criticalPathMinutes: 60,
      criticalPath: [2, 4],
      makespanMinutes: 60,
      boundMinutes: 60,
      oneAtATimeMinutes: 118,
      estimated: 1,
      basis: { kind: 'learned', segments: 6 },
      minutes: { low: 47, middle: 70, high: 107 },
      costUsd: { low: 4.4, middle: 6.52, high: 9.91 },
      timetable: {
        2: { start: 0, takes: 30 },
        3: { start: 0, takes: 8 },
        4: { start: 30, takes: 30 },
        5: { start: 0, takes: 50 },
      },
    });
  });

  test('leaves fix segments out, whatever waits for them', () => {
    const fixed = [...epic, segment(7, { minutes: 90, fixes: 1 })];
    expect(forecastOf(fixed)).toEqual(forecastOf(epic));
  });

  test('uses what the caller has prepared', () => {
    const shorter = segmentsOf({ minutes: 1 }, { minutes: 2, after: [2] }, { minutes: 3 }, {}, { minutes: 4 });
    const facts = { overlaps: [], cap: 9, config: eager() };
    const given = forecast({ ...facts, segments: epic, prepared: prepare(shorter, []) });
    expect([given.criticalPath, given.criticalPathMinutes, given.oneAtATimeMinutes]).toEqual([[6], 4, 12]);
    expect(forecast({ ...facts, segments: epic, prepared: prepare(epic, []) })).toEqual(forecastOf(epic));
  });
});

describe('the range of a forecast', () => {
  const wide = eager({ workers: Object.fromEntries(WORKERS.map((each) => [each, 9_999])) as Config['workers'] });
  /** Side by side, with times from 10 to 26 minutes. */
  const crowd = (count: number): readonly Segment[] =>
    Array.from({ length: count }, (_, at) => segment(at + 2, { minutes: 10 + (at % 17) }));
  const rangeOf = (count: number, facts: Facts = {}) =>
    forecastOf(crowd(count), { cap: 9_999, settings: wide, ...facts }).minutes;

  test('of one segment is 80 % of a lognormal distribution around its estimate', () => {
    const { low = 0, middle = 0, high = 0 } = forecastOf([segment(2, { minutes: 10_000 })]).minutes ?? {};
    // The 10th and the 90th percentile lie 1.28 standard deviations of 0.5 from the middle.
    expect(Math.abs(Math.log(low / 10_000) + 0.64)).toBeLessThan(0.15);
    expect(Math.abs(Math.log(middle / 10_000))).toBeLessThan(0.15);
    expect(Math.abs(Math.log(high / 10_000) - 0.64)).toBeLessThan(0.15);
  });

  test('of segments that each take a minute is never below a minute for each', () => {
    const chain = segmentsOf({ minutes: 1 }, { minutes: 1, after: [2] }, { minutes: 1, after: [3] });
    expect(forecastOf(chain).minutes?.low).toBe(3);
  });

  test('is played fewer times the more segments and overlaps there are, and not at all above 2,000', () => {
    const chained = crowd(20).map(({ number: of }) => `${of} ${of + 1}`);
    const all = allPairs(110).map(([a, b]) => `${b + 2} ${a + 2}`);
    expect(rangeOf(500)).toEqual({ low: 77, middle: 93, high: 123 });
    expect(rangeOf(520)).toEqual({ low: 75, middle: 94, high: 119 });
    expect(rangeOf(500, { conflicts: chained })).toEqual({ low: 80, middle: 97, high: 125 });
    expect(rangeOf(2_000)).toEqual({ low: 99, middle: 112, high: 134 });
    expect(rangeOf(110, { conflicts: all })).toEqual({ low: 2_062, middle: 2_165, high: 2_248 });
    expect(rangeOf(2_001)).toBeUndefined();
  });

  test('of costs is the sum of what each may cost, up to 2,000 segments', () => {
    const earlier = [1, 2, 3].map((costUsd) => took(20, { costUsd }));
    const costs = (count: number) => forecastOf(crowd(count), { cap: 9_999, settings: wide, earlier }).costUsd;
    expect(costs(1)).toEqual({ low: 1.05, middle: 1.95, high: 3.93 });
    expect(costs(100)).toEqual({ low: 212.1, middle: 225.42, high: 243.26 });
    expect(costs(2_000)).toEqual({ low: 4_460.25, middle: 4_533.52, high: 4_606.76 });
    expect(costs(2_001)).toBeUndefined();
  });
});

describe('a timetable for each batch', () => {
  /** Work of which the search does not reach the bound. */
  const hard = (): ScheduleInput => {
    const { segments, conflicts, places } = asSegments(drawn(26));
    return {
      segments,
      minutesOf: minutesBy(prepare(segments, []).expectations),
      overlaps: apart(...conflicts),
      schedule: 'eager',
      cap: places,
      workers: eager().workers,
    };
  };
  const told = (solved: readonly SolvedBatch[]): readonly unknown[] =>
    solved.map(({ makespan, bound, schedules, starts }) => ({
      makespan,
      bound,
      schedules,
      starts: Array.from(starts).join(' '),
    }));

  test('is searched with the whole budget, or with a share of it', () => {
    const best = { makespan: 36, bound: 35, starts: '0 19 0 3 0 9 27 17 27 31' };
    expect(told(solve(hard()))).toEqual([{ ...best, schedules: 500 }]);
    expect(told(solve(hard(), 0.1))).toEqual([{ ...best, schedules: 50 }]);
    expect(told(solve(hard(), 0.101))).toEqual([{ ...best, schedules: 51 }]);
    expect(told(solve(hard(), 0.002))).toEqual([
      { makespan: 41, bound: 35, starts: '19 17 0 0 0 6 24 22 32 32', schedules: 1 },
    ]);
  });

  test('is never longer than one that is known', () => {
    const input = hard();
    const [best] = solve(input);
    const known = new Map(best?.batch.numbers.map((of, at) => [of, best.starts[at] ?? 0]));
    expect(told(solve(input, 0.002, (of) => known.get(of)))).toEqual([
      { makespan: 36, bound: 35, starts: '0 19 0 3 0 9 27 17 27 31', schedules: 2 },
    ]);
  });

  test('is that of the rule alone, with the quick bound, above 2,000 segments in all batches together', () => {
    // Three of each wave exclude each other. Only the close bound sees that.
    const halves = (count: number): ScheduleInput => {
      const all = Array.from({ length: count }, (_, at) =>
        segment(at + 2, { minutes: at % 2 === 0 ? 5 : 10, after: at % 2 === 0 ? [] : [2] }),
      );
      return {
        segments: all,
        minutesOf: minutesBy(prepare(all, []).expectations),
        overlaps: apart('2 4', '2 6', '4 6', '3 5', '3 7', '5 7'),
        schedule: 'waves',
        cap: 9_999,
        workers: { ...eager().workers, implementation: 9_999 },
      };
    };
    const boundsOf = (solved: readonly SolvedBatch[]): unknown =>
      solved.map(({ makespan, bound }) => [makespan, bound]);
    const close = [
      [15, 15],
      [30, 30],
    ];
    const quick = [
      [15, 5],
      [30, 10],
    ];
    expect(boundsOf(solve(halves(2_000)))).toEqual(close);
    expect(boundsOf(solve(halves(2_001)))).toEqual(quick);
    expect(boundsOf(solve(halves(2_001), 1, () => 0))).toEqual(close);
    expect(makespanOf(solve(halves(2_001)))).toBe(45);
  });
});
