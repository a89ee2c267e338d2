import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { scheduleInParallel } from '../../../src/core/schedule/parallel-scheme.ts';
import { SerialScheme } from '../../../src/core/schedule/serial-scheme.ts';
import { begin, made, placeByMinute, playByRank, SLOT, shuffled, slots, type Work, works } from './work.ts';

const plain = (numbers: ArrayLike<number>): number[] => Array.from(numbers);
const longest = (starts: readonly number[], durations: readonly number[]): number =>
  Math.max(0, ...starts.map((start, at) => start + (durations[at] ?? 0)));
const durationsOf = ({ pieces }: Work): number[] => pieces.map(({ duration }) => duration);

/** The second piece takes all of a resource that the first one does not need. */
const twoResources: Work = {
  pieces: [
    { duration: 5, demands: SLOT },
    { duration: 5, demands: [{ resource: 1, amount: 2 }] },
  ],
  waits: [],
  apart: [],
  capacity: [9, 2],
};

const anyWork = fc.tuple(works(), fc.boolean()).map(([work, isBegun]) => (isBegun ? begin(work) : work));
const dice = fc.array(fc.nat({ max: 1_000 }), { minLength: 12, maxLength: 12 });

/** Waits the other way round: from its end, a piece waits for its dependents. A running piece waits for nothing. */
const backwards = (work: Work): Work => ({
  ...work,
  waits: work.waits.filter(([from]) => work.pieces[from]?.running !== true).map(([from, on]) => [on, from]),
});

describe('the serial scheme', () => {
  const forward = (work: Work, order: readonly number[]): readonly [number[], number] => {
    const starts = new Int32Array(work.pieces.length);
    const makespan = new SerialScheme(made(work)).forward(Int32Array.from(order), starts);
    return [plain(starts), makespan];
  };

  test.each<[string, Work, readonly number[], number[], number]>([
    ['nothing', slots([]), [], [], 0],
    ['all that have a place begin at once', slots([3, 4], { places: 2 }), [0, 1], [0, 0], 4],
    ['of two for one place the first in the order begins', slots([3, 4], { places: 1 }), [1, 0], [4, 0], 7],
    ['a dependent begins when its blocker ends', slots([3, 4], { waits: [[1, 0]] }), [0, 1], [0, 3], 7],
    ['two that exclude each other do not touch', slots([3, 4], { apart: [[1, 0]] }), [0, 1], [0, 3], 7],
    [
      'a later one of the order fills a gap that is as long as it is',
      slots([3, 4, 3], { places: 1, waits: [[1, 2]], apart: [] }),
      [2, 0, 1],
      [3, 6, 0],
      10,
    ],
    [
      'a gap that is one minute too short is left open',
      slots([2, 5, 3], {
        places: 1,
        waits: [[1, 0]],
      }),
      [0, 1, 2],
      [0, 2, 7],
      10,
    ],
    [
      'a piece of no length needs no place and excludes nobody',
      slots([5, 0, 5], { places: 1, apart: [[1, 0]], waits: [[2, 1]] }),
      [0, 1, 2],
      [0, 0, 5],
      10,
    ],
    [
      'a piece of no length in the middle of another that it excludes is not in its way',
      slots([3, 0, 5], { waits: [[1, 0]], apart: [[2, 1]] }),
      [0, 1, 2],
      [0, 3, 0],
      5,
    ],
    ['a piece needs only the resources that it demands', twoResources, [1, 0], [0, 0], 5],
    [
      'a place that is half free does not do for a piece that needs two',
      {
        pieces: [
          { duration: 4, demands: SLOT },
          { duration: 2, demands: [{ resource: 0, amount: 2 }] },
          { duration: 6, demands: SLOT },
        ],
        waits: [],
        apart: [],
        capacity: [2],
      },
      [0, 1, 2],
      [0, 4, 6],
      12,
    ],
    [
      'a running piece is at the start, wherever it stands in the order',
      {
        pieces: [
          { duration: 4, demands: SLOT },
          { duration: 2, demands: SLOT, running: true },
        ],
        waits: [],
        apart: [],
        capacity: [1],
      },
      [0, 1],
      [2, 0],
      6,
    ],
  ])('%s', (_, work, order, starts, makespan) => {
    expect(forward(work, order)).toEqual([starts, makespan]);
  });

  test('any work: each piece starts at the first minute at which it fits, forwards and backwards, pass after pass', () => {
    fc.assert(
      fc.property(anyWork, fc.tuple(dice, dice), (work, [one, other]) => {
        const serial = new SerialScheme(made(work));
        const starts = new Int32Array(work.pieces.length);
        for (const order of [shuffled(work, one), shuffled(work, other)]) {
          const expected = placeByMinute(work, order, () => 0);
          const makespan = serial.forward(Int32Array.from(order), starts);
          expect([plain(starts), makespan]).toEqual([expected, longest(expected, durationsOf(work))]);

          const mirrored = backwards(work);
          const last = order.toReversed();
          serial.backward(Int32Array.from(last), makespan, starts);
          const endsAt = (at: number): number => makespan - (work.pieces[at]?.duration ?? 0);
          expect(plain(starts)).toEqual(placeByMinute(mirrored, last, endsAt));
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe('the parallel scheme', () => {
  const play = (work: Work, ranks: readonly number[], drawn?: readonly number[]): readonly [number[], number] => {
    const { starts, makespan } = drawn
      ? scheduleInParallel(made(work), ranks, Int32Array.from(drawn))
      : scheduleInParallel(made(work), ranks);
    return [plain(starts), makespan];
  };

  test.each<[string, Work, readonly number[], number[], number]>([
    ['nothing', slots([]), [], [], 0],
    ['a piece needs only the resources that it demands', twoResources, [1, 0], [0, 0], 5],
    [
      'pieces that demand nothing all start at once',
      { ...slots([]), pieces: [3, 4].map((duration) => ({ duration, demands: [] })), capacity: [] },
      [0, 1],
      [0, 0],
      4,
    ],
    ['the smallest rank starts first', slots([3, 4, 5], { places: 1 }), [2, 0, 1], [9, 0, 4], 12],
    ['of equal ranks the first position', slots([3, 4, 5], { places: 1 }), [1, 1, 0], [5, 8, 0], 12],
    [
      'no place is kept free for a better rank that is not ready',
      slots([1, 9, 5], { places: 1, waits: [[1, 0]] }),
      [0, 1, 2],
      [0, 1, 10],
      15,
    ],
    [
      'a piece that may not run beside another lets the next one go first',
      slots([4, 4, 4], { places: 2, apart: [[1, 0]] }),
      [0, 1, 2],
      [0, 4, 0],
      8,
    ],
    [
      'a piece waits for the last of its blockers',
      slots([4, 6, 1], {
        waits: [
          [2, 0],
          [2, 1],
        ],
      }),
      [0, 1, 2],
      [0, 0, 6],
      7,
    ],
    [
      'a piece of no length starts beside one that it excludes, and its dependents right after it',
      slots([4, 0, 1], { places: 3, apart: [[1, 0]], waits: [[2, 1]] }),
      [0, 1, 2],
      [0, 0, 0],
      4,
    ],
    [
      'a piece on a cycle never starts',
      slots([4, 3, 2], {
        waits: [
          [0, 1],
          [1, 0],
        ],
      }),
      [0, 1, 2],
      [-1, -1, 0],
      2,
    ],
  ])('%s', (_, work, ranks, starts, makespan) => {
    expect(play(work, ranks)).toEqual([starts, makespan]);
  });

  test('any work: whenever pieces end, all that may start do, by rank', () => {
    fc.assert(
      fc.property(anyWork, dice, (work, ranks) => {
        const few = ranks.map((rank) => rank % 5);
        const expected = playByRank(work, few);
        expect(play(work, few)).toEqual([expected, longest(expected, durationsOf(work))]);
      }),
      { numRuns: 300 },
    );
  });

  test('with durations that differ from the expected ones, the same rule holds', () => {
    fc.assert(
      fc.property(anyWork, dice, (work, drawn) => {
        const ranks = [...work.pieces.keys()];
        const durations = ranks.map((at) => (drawn[at] ?? 0) % 7);
        const expected = playByRank(work, ranks, durations);
        expect(play(work, ranks, durations)).toEqual([expected, longest(expected, durations)]);
      }),
      { numRuns: 200 },
    );
  });

  test('a crowd that runs all at once ends piece by piece, in whatever order', () => {
    const durations = Array.from({ length: 60 }, (_, at) => 1 + ((at * 37) % 59));
    const work = slots([...durations, ...durations], {
      places: 60,
      waits: durations.map((_, at) => [60 + at, (at * 7) % 60]),
    });
    const ranks = [...work.pieces.keys()];
    const expected = playByRank(work, ranks);
    expect(play(work, ranks)).toEqual([expected, longest(expected, durationsOf(work))]);
  });
});
