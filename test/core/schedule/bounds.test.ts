import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { lowerBound } from '../../../src/core/schedule/bounds.ts';
import { allPairs, begin, made, type Pair, SLOT, slots, type Work, works } from './work.ts';

const sum = (numbers: readonly number[]): number => numbers.reduce((all, each) => all + each, 0);

/** Every set that can be made of these. */
const subsets = (all: readonly number[]): readonly (readonly number[])[] =>
  all.reduce<readonly (readonly number[])[]>((some, each) => some.flatMap((set) => [set, [...set, each]]), [[]]);

/** The bound by its definition: over every chain, every set of jobs of a resource, and every set of which no two fit. */
function boundOf(work: Work): number {
  const { pieces, apart, capacity } = work;
  const waits = work.waits.filter(([from]) => pieces[from]?.running !== true);
  const all = [...pieces.keys()];
  const durationOf = (at: number): number => pieces[at]?.duration ?? 0;
  const headOf = (at: number): number =>
    Math.max(0, ...waits.flatMap(([from, on]) => (from === at ? [headOf(on) + durationOf(on)] : [])));
  const restOf = (at: number): number =>
    Math.max(0, ...waits.flatMap(([from, on]) => (on === at ? [durationOf(from) + restOf(from)] : [])));
  const comesAfter = (at: number, other: number): boolean =>
    waits.some(([from, on]) => from === at && (on === other || comesAfter(on, other)));
  const amountOf = (at: number, resource: number): number =>
    sum((pieces[at]?.demands ?? []).filter((each) => each.resource === resource).map(({ amount }) => amount));
  const isApart = (a: number, b: number): boolean =>
    !(pieces[a]?.running && pieces[b]?.running) &&
    (apart.some(([one, other]) => (one === a && other === b) || (one === b && other === a)) ||
      comesAfter(a, b) ||
      comesAfter(b, a) ||
      capacity.some((places, resource) => amountOf(a, resource) + amountOf(b, resource) > places));
  const least = (numbers: readonly number[]): number => Math.min(...numbers);

  const lasting = all.filter((at) => durationOf(at) > 0);
  const chains = all.map((at) => headOf(at) + durationOf(at) + restOf(at));
  const sets = subsets(lasting).filter((set) => set.length > 0);
  const spread = capacity.flatMap((places, resource) =>
    sets
      .filter((set) => set.every((at) => amountOf(at, resource) > 0))
      .map((set) => {
        const area = sum(set.map((at) => durationOf(at) * amountOf(at, resource)));
        return least(set.map(headOf)) + Math.ceil(area / places) + least(set.map(restOf));
      }),
  );
  const alone = lasting.filter((at) => lasting.every((other) => other === at || isApart(at, other)));
  if (alone.length > 0) {
    const others = pieces.map((piece, at) => (alone.includes(at) ? { ...piece, duration: 0 } : piece));
    return Math.max(0, ...chains, ...spread, sum(alone.map(durationOf)) + boundOf({ ...work, pieces: others }));
  }
  const cliques = sets
    .filter((set) => set.every((a) => set.every((b) => a === b || isApart(a, b))))
    .map((set) => least(set.map(headOf)) + sum(set.map(durationOf)) + least(set.map(restOf)));
  return Math.max(0, ...chains, ...spread, ...cliques);
}

const anyWork = fc.tuple(works(7), fc.boolean()).map(([work, isBegun]) => (isBegun ? begin(work) : work));
const two = [{ resource: 0, amount: 2 }] as const;
const none = [] as const;

describe('the lower bound', () => {
  test.each<[string, Work, number]>([
    ['of nothing is nothing', slots([]), 0],
    ['of pieces that take no time is nothing', slots([0, 0], { apart: [[1, 0]] }), 0],
    ['of one piece is its duration', slots([7]), 7],
    ['of pieces side by side is the longest of them', slots([7, 4, 6]), 7],
    [
      'of a chain is its length, pieces of no length included',
      slots([7, 0, 4, 9], {
        waits: [
          [1, 0],
          [2, 1],
        ],
      }),
      11,
    ],
    ['of more work than there are places is the work spread evenly, rounded up', slots([3, 3, 3, 2], { places: 2 }), 6],
    [
      'counts places before the piece that all wait for, and after the piece that waits for all',
      slots([5, 3, 3, 3, 4, 4, 1], {
        places: 2,
        waits: [1, 2, 3, 4].flatMap((at): Pair[] => [
          [at, 0],
          [5, at],
        ]),
      }),
      5 + 7 + 4,
    ],
    [
      'leaves out the work that need not lie between: a short piece that starts at once',
      slots([1, 9, 9, 9, 9], { places: 2, apart: [[1, 0]] }),
      19,
    ],
    [
      'of three that exclude each other is their sum',
      slots([3, 4, 5, 6], {
        apart: [
          [1, 0],
          [2, 0],
          [2, 1],
        ],
      }),
      12,
    ],
    [
      'adds the head and the rest of those that exclude each other',
      slots([2, 3, 4, 6, 9], {
        apart: [[2, 1]],
        waits: [
          [1, 0],
          [2, 0],
          [3, 1],
          [3, 2],
        ],
      }),
      2 + 3 + 4 + 6,
    ],
    [
      'adds the heads and the rests of those that exclude each other, even if no piece lies before or after both',
      slots([2, 2, 5, 6, 3, 3], {
        waits: [
          [2, 0],
          [3, 1],
          [4, 2],
          [5, 3],
        ],
        apart: [[3, 2]],
      }),
      2 + 11 + 3,
    ],
    [
      'grows cliques from the heaviest piece: a light one that excludes only one of them is not in the way',
      slots([1, 1, 1, 5, 5, 5], {
        apart: [
          [3, 0],
          [4, 1],
          [5, 2],
          [4, 3],
          [5, 3],
          [5, 4],
        ],
      }),
      15,
    ],
    [
      'adds up a chain and a piece that excludes every part of it',
      slots([3, 4, 2, 5, 1], {
        waits: [
          [1, 0],
          [2, 1],
        ],
        apart: [
          [3, 0],
          [3, 1],
          [3, 2],
        ],
      }),
      3 + 4 + 2 + 5,
    ],
    [
      'adds up a running piece, one that waits for it, and one that both exclude',
      {
        pieces: [3, 4, 5, 1].map((duration, at) => ({ duration, demands: none, running: at === 0 })),
        waits: [[1, 0]],
        apart: [
          [2, 0],
          [2, 1],
        ],
        capacity: [],
      },
      12,
    ],
    [
      'adds up a running piece that takes all of a resource and one that needs some of it',
      {
        pieces: [
          { duration: 4, demands: [{ resource: 0, amount: 3 }], running: true },
          { duration: 5, demands: SLOT },
          { duration: 1, demands: none },
        ],
        waits: [],
        apart: [],
        capacity: [3],
      },
      9,
    ],
    [
      'of two groups of 35 that are mixed among each other is the sum of the heavier one',
      slots(
        Array.from({ length: 70 }, (_, at) => (at % 2 === 0 ? 3 : 1 + (at % 4))),
        { apart: allPairs(70).filter(([a, b]) => (a - b) % 2 === 0) },
      ),
      3 * 35,
    ],
    [
      'of two that need more than half of a resource each is their sum',
      {
        pieces: [4, 5, 1].map((duration, at) => ({ duration, demands: at < 2 ? two : SLOT })),
        waits: [],
        apart: [],
        capacity: [3],
      },
      9,
    ],
    [
      'of two that need exactly what there is, is the longer one',
      { pieces: [2, 3, 3, 3].map((duration) => ({ duration, demands: two })), waits: [], apart: [], capacity: [4] },
      6,
    ],
    [
      'of two that run already is the longer one, even if they exclude each other by now',
      {
        pieces: [2, 3].map((duration) => ({ duration, demands: none, running: true })),
        waits: [],
        apart: [[1, 0]],
        capacity: [],
      },
      3,
    ],
    [
      'adds up a running piece and one that it excludes',
      {
        pieces: [2, 3, 1].map((duration, at) => ({ duration, demands: none, running: at === 0 })),
        waits: [],
        apart: [[1, 0]],
        capacity: [],
      },
      5,
    ],
    ['does not count a resource of which there is nothing', { ...slots([3, 4]), capacity: [0] }, 7],
    [
      'of a piece that runs beside nothing comes on top of all others',
      slots([5, 3, 3, 3], {
        places: 2,
        apart: [
          [1, 0],
          [2, 0],
          [3, 0],
        ],
      }),
      5 + 5,
    ],
  ])('%s', (_, work, bound) => {
    expect(lowerBound(made(work))).toBe(bound);
  });

  test('of any small work is that of its best chain, its best set for a resource, and its heaviest clique', () => {
    fc.assert(
      fc.property(anyWork, (work) => {
        expect(lowerBound(made(work))).toBe(boundOf(work));
      }),
      // The dice are fixed: cliques are grown greedily, and one work in about 1,500 has a heavier one.
      { numRuns: 500, seed: 2 },
    );
  });

  test('of any small work is never above that, whatever the dice', () => {
    fc.assert(
      fc.property(anyWork, (work) => {
        expect(lowerBound(made(work))).toBeLessThanOrEqual(boundOf(work));
      }),
      { numRuns: 200 },
    );
  });

  test('of groups within which nothing runs together is the sum of the heaviest group, however many pieces there are', () => {
    const groups = fc.array(fc.tuple(fc.integer({ min: 1, max: 9 }), fc.nat({ max: 3 })), {
      minLength: 1,
      maxLength: 120,
    });
    fc.assert(
      fc.property(groups, fc.boolean(), (all, isChained) => {
        const work = slots(
          all.map(([duration]) => duration),
          { places: all.length },
        );
        const together = allPairs(all.length).filter(([a, b]) => all[a]?.[1] === all[b]?.[1]);
        // A chain says of all its pairs that they cannot run together, even of those that no link names.
        const isLink = ([a, b]: Pair): boolean => all.slice(b + 1, a).every(([, group]) => group !== all[a]?.[1]);
        const sums = [0, 1, 2, 3].map((group) => sum(all.map(([duration, own]) => (own === group ? duration : 0))));
        const apart = { ...work, apart: together };
        const chained = { ...work, waits: together.filter(isLink), apart: together.filter(([a]) => a % 3 === 0) };
        expect(lowerBound(made(isChained ? chained : apart))).toBe(Math.max(...sums));
      }),
      { numRuns: 100 },
    );
  });
});

describe('the quick bound', () => {
  test('looks at the longest chain and the sum of the work alone', () => {
    const chain = slots([5, 6, 3], { places: 2, waits: [[1, 0]], apart: [[2, 1]] });
    expect([lowerBound(made(chain), false), lowerBound(made(chain))]).toEqual([11, 11]);
    const spread = slots([5, 3, 3, 3, 3], { places: 2, waits: [1, 2, 3, 4].map((at) => [at, 0]) });
    expect([lowerBound(made(spread), false), lowerBound(made(spread))]).toEqual([9, 11]);
    const apart = slots([3, 4, 5], { apart: allPairs(3) });
    expect([lowerBound(made(apart), false), lowerBound(made(apart))]).toEqual([5, 12]);
  });

  test('takes the place of the close one for a resource with more than 200 pieces that take time', () => {
    const jobs = (count: number): Work => ({
      pieces: Array.from({ length: 2 + count }, (_, at) =>
        at < 2 ? { duration: 10, demands: none } : { duration: 1, demands: SLOT },
      ),
      waits: Array.from({ length: count }, (_, at) => [2 + at, at % 2]),
      apart: [],
      capacity: [10],
    });
    expect(lowerBound(made(jobs(200)))).toBe(30);
    expect(lowerBound(made(jobs(201)))).toBe(21);
    const idle = jobs(200);
    expect(lowerBound(made({ ...idle, pieces: [...idle.pieces, { duration: 0, demands: SLOT }] }))).toBe(30);
  });

  test('takes the place of cliques above 2,000 pieces', () => {
    const crowd = (count: number): Work =>
      slots([...Array<number>(count - 3).fill(1), 5, 5, 5], {
        places: 2_000,
        apart: [
          [count - 1, count - 2],
          [count - 1, count - 3],
          [count - 2, count - 3],
        ],
      });
    expect(lowerBound(made(crowd(2_000)))).toBe(15);
    expect(lowerBound(made(crowd(2_001)))).toBe(5);
  });

  /** 250 heavy pieces that exclude each other, and 250 lighter ones that a chain of 400 comes before, beside a crowd. */
  const behind = (crowd: number): Work => {
    const exclusive = (resource: number) => [{ resource, amount: 1 }];
    const chain = Array.from({ length: 400 }, (_, at) => 500 + at);
    return {
      pieces: [
        ...Array.from({ length: 250 }, () => ({ duration: 5, demands: exclusive(0) })),
        ...Array.from({ length: 250 }, () => ({ duration: 4, demands: exclusive(1) })),
        ...Array.from({ length: 400 + crowd }, () => ({ duration: 1, demands: none })),
      ],
      waits: [
        ...chain.slice(1).map((at): Pair => [at, at - 1]),
        ...Array.from({ length: 250 }, (_, at): Pair => [250 + at, 899]),
      ],
      apart: [],
      capacity: [1, 1],
    };
  };

  test('counts only the heaviest cliques where it would take long to grow all of them', () => {
    // The sum of the lighter pieces and of the chain before them, and the sum of the heavy pieces.
    expect(lowerBound(made(behind(180)))).toBe(1_400);
    expect(lowerBound(made(behind(190)))).toBe(1_250);
  });
});
