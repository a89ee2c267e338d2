import { describe, expect, test } from 'vitest';
import { chainsOf } from '../../../src/core/graph/graph.ts';
import { type Segment, WORKERS, type Worker } from '../../../src/core/model/epic.ts';
import {
  type Batch,
  exclusionCount,
  graphOf,
  makeBatches,
  type ScheduleInput,
  startOrder,
} from '../../../src/core/schedule/batches.ts';
import type { Lists } from '../../../src/core/schedule/workload.ts';
import { apart, number, segment, segmentsOf } from './segments.ts';

const plain = (all: ArrayLike<number>): number[] => Array.from(all);
const lists = ({ offsets, items }: Lists): number[][] =>
  plain(offsets)
    .slice(0, -1)
    .map((from, at) => plain(items).slice(from, offsets[at + 1]));

const WIDE = Object.fromEntries(WORKERS.map((worker) => [worker, 99])) as Record<Worker, number>;

const batchesOf = (segments: readonly Segment[], changes: Partial<ScheduleInput> = {}): readonly Batch[] =>
  makeBatches({
    segments,
    minutesOf: (of) => segments.find((each) => each.number === of)?.spec.estimateMinutes ?? 20,
    overlaps: [],
    schedule: 'eager',
    cap: 9,
    workers: WIDE,
    ...changes,
  });

/** All of a batch in plain numbers. */
const told = ({ numbers, ranks, workload }: Batch) => ({
  numbers,
  ranks: plain(ranks),
  durations: plain(workload.durations),
  blockers: lists(workload.blockers),
  exclusions: lists(workload.exclusions),
  demands: lists(workload.demands),
  capacity: plain(workload.capacity),
  running: plain(workload.running),
});

describe('batches', () => {
  const epic = segmentsOf({ minutes: 10 }, { minutes: 30, after: [2] }, { minutes: 40 }, { minutes: 5, after: [4, 3] });
  const overlaps = apart('2 4', '3 4', '3 5');

  test('the eager schedule is one batch, in which segments wait for their blockers', () => {
    expect(batchesOf(epic.toReversed(), { overlaps }).map(told)).toEqual([
      {
        numbers: [2, 3, 4, 5],
        ranks: [0, 2, 1, 3],
        durations: [10, 30, 40, 5],
        blockers: [[], [0], [], [1, 2]],
        exclusions: [[2], [2, 3], [0, 1], [1]],
        demands: [[0], [0], [0], [0]],
        capacity: [9],
        running: [0, 0, 0, 0],
      },
    ]);
  });

  test('each wave is a batch of its own, in which nothing waits, and only its own overlaps count', () => {
    expect(batchesOf(epic, { overlaps, schedule: 'waves' }).map(told)).toEqual([
      {
        numbers: [2, 4],
        ranks: [0, 1],
        durations: [10, 40],
        blockers: [[], []],
        exclusions: [[1], [0]],
        demands: [[0], [0]],
        capacity: [9],
        running: [0, 0],
      },
      {
        numbers: [3],
        ranks: [2],
        durations: [30],
        blockers: [[]],
        exclusions: [[]],
        demands: [[0]],
        capacity: [9],
        running: [0],
      },
      {
        numbers: [5],
        ranks: [3],
        durations: [5],
        blockers: [[]],
        exclusions: [[]],
        demands: [[0]],
        capacity: [9],
        running: [0],
      },
    ]);
  });

  test.each(['eager', 'waves'] as const)('no segments make no batches: %s', (schedule) => {
    expect(batchesOf([], { schedule })).toEqual([]);
  });

  test('segments on a cycle, and those behind one, are left out with their overlaps', () => {
    const cyclic = segmentsOf({ after: [3] }, { after: [2] }, { after: [3] }, {}, { after: [5] });
    const [batch, ...more] = batchesOf(cyclic, { overlaps: apart('2 3', '2 5', '4 5', '5 6') });
    expect([batch?.numbers, batch && lists(batch.workload.exclusions), more]).toEqual([[5, 6], [[1], [0]], []]);
    expect(batchesOf(cyclic.slice(0, 3))).toEqual([]);
  });

  test('a blocker and an overlap with something that is no segment here do not count', () => {
    const [batch] = batchesOf([segment(2, { after: [9] }), segment(3)], { overlaps: apart('2 9', '8 9') });
    expect(batch && [lists(batch.workload.blockers), lists(batch.workload.exclusions)]).toEqual([
      [[], []],
      [[], []],
    ]);
  });

  test('count how many of their pairs may not run at the same time', () => {
    expect(batchesOf(epic, { overlaps }).map(exclusionCount)).toEqual([3]);
    expect(batchesOf(epic, { overlaps, schedule: 'waves' }).map(exclusionCount)).toEqual([1, 0, 0]);
  });

  test("the caller's graph and start order are used as they are", () => {
    const order = new Map([5, 4, 3, 2].map((each, rank) => [number(each), rank]));
    const given = batchesOf(epic, { graph: graphOf(epic), order });
    expect(given.map(told)).toEqual(
      batchesOf(epic)
        .map(told)
        .map((batch) => ({ ...batch, ranks: [3, 2, 1, 0] })),
    );
  });
});

describe('places', () => {
  const audits = (count: number): readonly Segment[] =>
    Array.from({ length: count }, (_, at) => segment(at + 2, { worker: 'security' }));
  const placesOf = (segments: readonly Segment[], changes: Partial<ScheduleInput>): readonly unknown[] =>
    batchesOf(segments, changes).map(({ workload }) => [plain(workload.capacity), lists(workload.demands)]);

  test.each<[string, number, number, number, number[], number[]]>([
    ['a worker with fewer places than it has segments is a resource', 3, 9, 2, [9, 2], [0, 1]],
    ['a worker with a place for each of its segments never runs short', 2, 9, 2, [9], [0]],
    ['a worker with as many places as there are in all never runs short first', 5, 2, 2, [2], [0]],
    ['a worker with one place less than there are in all is a resource', 5, 3, 2, [3, 2], [0, 1]],
  ])('%s', (_, count, cap, security, capacity, demands) => {
    expect(placesOf(audits(count), { cap, workers: { ...WIDE, security } })).toEqual([
      [capacity, Array<number[]>(count).fill(demands)],
    ]);
  });

  test('of a worker are for its own segments, and workers stand in their fixed order', () => {
    const mixed = segmentsOf(
      { worker: 'refactor' },
      { worker: 'refactor' },
      { worker: 'tests' },
      { worker: 'tests' },
      {},
    );
    expect(placesOf(mixed, { workers: { ...WIDE, tests: 1, refactor: 1 } })).toEqual([
      [
        [9, 1, 1],
        [[0, 2], [0, 2], [0, 1], [0, 1], [0]],
      ],
    ]);
  });

  test('a running segment keeps its place if a cap was lowered since, and takes what is left of it', () => {
    const running = new Map([
      [number(2), 7],
      [number(3), 1],
    ]);
    const [batch] = batchesOf([...audits(3), segment(5, { after: [3] })], {
      running,
      cap: 1,
      workers: { ...WIDE, security: 0 },
    });
    expect(batch && told(batch)).toEqual({
      numbers: [2, 3, 4, 5],
      ranks: [1, 0, 2, 3],
      durations: [7, 1, 20, 20],
      blockers: [[], [], [], [1]],
      exclusions: [[], [], [], []],
      demands: [[0, 1], [0, 1], [0, 1], [0]],
      capacity: [2, 2],
      running: [1, 1, 0, 0],
    });
  });

  test('running segments of another worker take none of its places', () => {
    const segments = [...audits(2), segment(4), segment(5)];
    const running = new Map([4, 5].map((each) => [number(each), 3]));
    expect(placesOf(segments, { running, cap: 2, workers: { ...WIDE, security: 1 } })).toEqual([
      [
        [2, 1],
        [[0, 1], [0, 1], [0], [0]],
      ],
    ]);
  });
});

describe('the start order (R2.3)', () => {
  const orderOf = (segments: readonly Segment[]): readonly (readonly number[])[] => {
    const chains = chainsOf(
      graphOf(segments),
      (of) => segments.find((each) => each.number === of)?.spec.estimateMinutes ?? 0,
    );
    return [...startOrder(segments, chains)].map(([of, place]) => [of, place]);
  };

  test('the longest remaining path goes first', () => {
    expect(orderOf(segmentsOf({ minutes: 5 }, { minutes: 9 }, { minutes: 6, after: [2] }))).toEqual([
      [2, 0],
      [3, 1],
      [4, 2],
    ]);
  });

  test('of equal paths the more urgent segment goes first, then the smaller number', () => {
    const equal = segmentsOf({ minutes: 5, priority: 3 }, { minutes: 5 }, { minutes: 5 }, { minutes: 5, priority: 0 });
    expect(orderOf(equal.toReversed())).toEqual([
      [5, 0],
      [3, 1],
      [4, 2],
      [2, 3],
    ]);
  });
});
