import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  headsOf,
  inDependencyOrder,
  itemsOf,
  type Lists,
  makeWorkload,
  tailsOf,
} from '../../../src/core/schedule/workload.ts';
import { made, type Pair, slots, works } from './work.ts';

const plain = (numbers: ArrayLike<number>): number[] => Array.from(numbers);
const lists = ({ offsets, items }: Lists): number[][] =>
  plain(offsets)
    .slice(0, -1)
    .map((from, at) => plain(items).slice(from, offsets[at + 1]));

describe('a workload', () => {
  test('lists for each piece its blockers, dependents, exclusions and demands, in the order given', () => {
    const workload = makeWorkload(
      [
        { duration: 5, demands: [{ resource: 0, amount: 1 }] },
        {
          duration: 0,
          demands: [
            { resource: 1, amount: 2 },
            { resource: 0, amount: 1 },
          ],
        },
        { duration: 7, demands: [] },
        { duration: 3, demands: [{ resource: 1, amount: 1 }] },
      ],
      [
        [3, 1],
        [3, 0],
        [1, 0],
      ],
      [
        [2, 0],
        [0, 3],
      ],
      [4, 2],
    );
    expect(workload.count).toBe(4);
    expect(plain(workload.durations)).toEqual([5, 0, 7, 3]);
    expect(lists(workload.blockers)).toEqual([[], [0], [], [1, 0]]);
    expect(lists(workload.dependents)).toEqual([[3, 1], [3], [], []]);
    expect(lists(workload.exclusions)).toEqual([[2, 3], [], [0], [0]]);
    expect(plain(workload.capacity)).toEqual([4, 2]);
    expect(lists(workload.demands)).toEqual([[0], [1, 0], [], [1]]);
    expect(plain(workload.amounts)).toEqual([1, 2, 1, 1]);
    expect(plain(workload.running)).toEqual([0, 0, 0, 0]);
    expect(plain(itemsOf(workload.dependents, 0))).toEqual([3, 1]);
    expect(plain(itemsOf(workload.dependents, 3))).toEqual([]);
  });

  test('has no demand for nothing, so that such a piece need not wait for a place', () => {
    const demands = [
      { resource: 0, amount: 0 },
      { resource: 1, amount: 1 },
    ];
    const workload = makeWorkload([{ duration: 1, demands }], [], [], [1, 1]);
    expect(lists(workload.demands)).toEqual([[1]]);
    expect(plain(workload.amounts)).toEqual([1]);
  });

  test('that runs in part: a running piece waits for nothing any more, but others still wait for it', () => {
    const pieces = [
      { duration: 2, demands: [] },
      { duration: 3, demands: [], running: true },
      { duration: 4, demands: [], running: false },
    ];
    const waits: readonly Pair[] = [
      [1, 0],
      [2, 1],
    ];
    const workload = makeWorkload(pieces, waits, [], []);
    expect(plain(workload.running)).toEqual([0, 1, 0]);
    expect(lists(workload.blockers)).toEqual([[], [], [1]]);
    expect(lists(workload.dependents)).toEqual([[], [2], []]);
  });

  test('of nothing is empty', () => {
    const workload = makeWorkload([], [], [], [3]);
    expect(plain(workload.capacity)).toEqual([3]);
    expect([workload.blockers, workload.dependents, workload.exclusions, workload.demands].map(lists)).toEqual([
      [],
      [],
      [],
      [],
    ]);
    expect(plain(inDependencyOrder(workload))).toEqual([]);
  });
});

describe('dependency order', () => {
  test.each<[string, number, readonly Pair[], number[]]>([
    ['pieces that wait for nothing keep their positions', 3, [], [0, 1, 2]],
    ['a blocker comes before its dependent', 3, [[0, 2]], [1, 2, 0]],
    [
      'a piece comes once its last blocker has come',
      4,
      [
        [0, 1],
        [0, 3],
        [1, 2],
      ],
      [2, 3, 1, 0],
    ],
    [
      'pieces on a cycle, and those behind one, come last, by position',
      5,
      [
        [0, 1],
        [1, 3],
        [3, 1],
      ],
      [2, 4, 0, 1, 3],
    ],
    [
      'a piece that is half on a cycle stays behind it',
      3,
      [
        [2, 0],
        [2, 1],
        [1, 2],
      ],
      [0, 1, 2],
    ],
  ])('%s', (_, count, waits, order) => {
    expect(plain(inDependencyOrder(made(slots(Array<number>(count).fill(1), { waits }))))).toEqual(order);
  });
});

describe('heads and tails', () => {
  test('a head is the longest chain before a piece, a tail the longest chain that begins with it', () => {
    const work = slots([5, 0, 7, 3, 2], {
      waits: [
        [2, 0],
        [2, 1],
        [3, 2],
        [3, 1],
        [1, 4],
      ],
    });
    expect(plain(headsOf(made(work)))).toEqual([0, 2, 5, 12, 0]);
    expect(plain(tailsOf(made(work)))).toEqual([15, 10, 10, 3, 12]);
  });

  test('any piece: by the definition, chain by chain', () => {
    fc.assert(
      fc.property(works(8), (work) => {
        const durationOf = (at: number): number => work.pieces[at]?.duration ?? 0;
        const head = (at: number): number =>
          Math.max(0, ...work.waits.flatMap(([from, on]) => (from === at ? [head(on) + durationOf(on)] : [])));
        const tail = (at: number): number =>
          durationOf(at) + Math.max(0, ...work.waits.flatMap(([from, on]) => (on === at ? [tail(from)] : [])));
        const all = [...work.pieces.keys()];
        expect(plain(headsOf(made(work)))).toEqual(all.map(head));
        expect(plain(tailsOf(made(work)))).toEqual(all.map(tail));
      }),
      { numRuns: 200 },
    );
  });
});
