import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { lowerBound } from '../../src/core/schedule/bounds.ts';
import { scheduleInParallel } from '../../src/core/schedule/parallel-scheme.ts';
import { search } from '../../src/core/schedule/search.ts';
import { makeWorkload, type Piece, type Workload } from '../../src/core/schedule/workload.ts';

interface Work {
  readonly pieces: readonly Piece[];
  readonly waits: readonly (readonly [number, number])[];
  readonly apart: readonly (readonly [number, number])[];
  readonly capacity: readonly number[];
}

const made = ({ pieces, waits, apart, capacity }: Work): Workload => makeWorkload(pieces, waits, apart, capacity);
const inOrder = ({ pieces }: Work): Int32Array => Int32Array.from(pieces, (_, at) => at);
const find = (work: Work, schedules = 300, known: readonly Int32Array[] = []) =>
  search(made(work), inOrder(work), { schedules, known });

/** Everything a schedule must keep, from the definition; the empty list is a good one. */
function broken({ pieces, waits, apart, capacity }: Work, starts: ArrayLike<number>): string[] {
  const start = (at: number): number => starts[at] ?? Number.NaN;
  const end = (at: number): number => start(at) + (pieces[at]?.duration ?? Number.NaN);
  const faults: string[] = [];
  pieces.forEach(({ running }, at) => {
    if (!(start(at) >= 0)) faults.push(`${at} never starts`);
    if (running && start(at) !== 0) faults.push(`${at} runs and was moved`);
  });
  for (const [from, on] of waits) {
    if (!pieces[from]?.running && start(from) < end(on)) faults.push(`${from} before ${on}`);
  }
  for (const [a, b] of apart) {
    if (pieces[a]?.running && pieces[b]?.running) continue;
    // What takes no time is beside nobody.
    if (pieces[a]?.duration === 0 || pieces[b]?.duration === 0) continue;
    if (start(a) < end(b) && start(b) < end(a)) faults.push(`${a} beside ${b}`);
  }
  for (const moment of pieces.keys()) {
    capacity.forEach((places, kind) => {
      const used = pieces
        .flatMap(({ demands }, at) =>
          start(at) <= start(moment) && start(moment) < end(at)
            ? demands.filter(({ resource }) => resource === kind)
            : [],
        )
        .reduce((sum, { amount }) => sum + amount, 0);
      if (used > places) faults.push(`${used} of ${places} places at ${start(moment)}`);
    });
  }
  return faults;
}

const makespan = ({ pieces }: Work, starts: ArrayLike<number>): number =>
  Math.max(0, ...pieces.map(({ duration }, at) => (starts[at] ?? Number.NaN) + duration));

const pairs = (count: number) =>
  fc
    .uniqueArray(fc.tuple(fc.nat({ max: count - 1 }), fc.nat({ max: count - 1 })), {
      maxLength: 2 * count,
      selector: ([a, b]) => `${Math.min(a, b)} ${Math.max(a, b)}`,
    })
    .map((all) => all.filter(([a, b]) => a !== b).map(([a, b]): [number, number] => [Math.max(a, b), Math.min(a, b)]));

/** Places in all and of a second kind; waits always for a smaller position, so that there is no cycle. */
const works: fc.Arbitrary<Work> = fc
  .tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 4 }), fc.integer({ min: 2, max: 6 }))
  .chain(([count, places, others]) =>
    fc.record({
      pieces: fc.array(
        fc.tuple(fc.nat({ max: 9 }), fc.nat({ max: Math.min(2, others) })).map(([duration, amount]) => ({
          duration,
          demands: [
            { resource: 0, amount: 1 },
            { resource: 1, amount },
          ],
        })),
        { minLength: count, maxLength: count },
      ),
      waits: pairs(count),
      apart: pairs(count),
      capacity: fc.constant([places, others]),
    }),
  );

describe('any work', () => {
  test('is scheduled whole, and no dependency, capacity or exclusion is ever broken', () => {
    fc.assert(
      fc.property(works, (work) => {
        const found = find(work);
        expect(broken(work, found.starts)).toEqual([]);
        expect(found.makespan).toBe(makespan(work, found.starts));
        const plain = scheduleInParallel(made(work), inOrder(work));
        expect(broken(work, plain.starts)).toEqual([]);
        expect(found.makespan).toBeLessThanOrEqual(plain.makespan);
        const steady = search(made(work), inOrder(work), { schedules: 60, scenarios: 4 });
        expect(broken(work, steady.starts)).toEqual([]);
      }),
      { numRuns: 400 },
    );
  });

  test('begins as soon as it may beside what runs then, by a rule', () => {
    fc.assert(
      fc.property(works, (work) => {
        const { starts } = scheduleInParallel(made(work), inOrder(work));
        const start = (at: number): number => starts[at] ?? Number.NaN;
        const end = (at: number): number => start(at) + (work.pieces[at]?.duration ?? Number.NaN);
        const all = [...work.pieces.keys()];
        for (const at of all) {
          const ready = Math.max(0, ...work.waits.map(([from, on]) => (from === at ? end(on) : 0)));
          for (const moment of new Set([ready, ...all.map(end)])) {
            if (end(at) === start(at) || moment < ready || moment >= start(at)) continue;
            const together = all.filter((each) => each === at || (start(each) <= moment && moment < end(each)));
            const beside: Work = {
              ...work,
              pieces: together.flatMap((each) => work.pieces[each] ?? []),
              waits: [],
              apart: within(work.apart, new Map(together.map((piece, place) => [piece, place]))),
            };
            expect(broken(beside, new Int32Array(together.length))).not.toEqual([]);
          }
        }
      }),
      { numRuns: 200 },
    );
  });

  test('with some of it under way: that is held where it is', () => {
    const begun = works.map((work): Work => {
      let free = work.capacity[0] ?? 0;
      let other = work.capacity[1] ?? 0;
      const pieces = work.pieces.map((piece, at) => {
        const amount = piece.demands[1]?.amount ?? 0;
        if (piece.duration === 0 || free < 1 || other < amount || at % 2 === 1) return piece;
        free -= 1;
        other -= amount;
        return { ...piece, running: true };
      });
      return { ...work, pieces };
    });
    fc.assert(
      fc.property(begun, (work) => {
        const found = find(work);
        expect(broken(work, found.starts)).toEqual([]);
        expect(found.bound).toBeLessThanOrEqual(found.makespan);
      }),
      { numRuns: 400 },
    );
  });

  test('is never done sooner than the bound, however small', () => {
    const small = works.filter(({ pieces }) => pieces.length <= 6);
    fc.assert(
      fc.property(small, (work) => {
        const shortest = everyOrder(work);
        expect(lowerBound(made(work))).toBeLessThanOrEqual(shortest);
        expect(find(work, 600).makespan).toBe(shortest);
      }),
      // The dice are fixed: that so short a search finds the shortest is what it does, not what it promises.
      { numRuns: 150, seed: 7 },
    );
  });

  test('has a bound even where pieces wait for one another', () => {
    const waits = [
      [0, 1],
      [1, 0],
    ] as const;
    const pieces = [3, 4].map((duration) => ({ duration, demands: [] }));
    expect(lowerBound(made({ pieces, waits, apart: [], capacity: [] }))).toBeGreaterThanOrEqual(4);
  });

  test('with one place more, or one dependency or exclusion less, is never worse than the schedule it had', () => {
    fc.assert(
      fc.property(works, fc.nat(), (work, roll) => {
        const { starts, makespan: before } = find(work);
        const without = <Item>(items: readonly Item[]): Item[] => items.filter((_, at) => at !== roll % items.length);
        const looser: Work[] = [
          { ...work, capacity: work.capacity.map((places, kind) => places + (kind === roll % 2 ? 1 : 0)) },
          { ...work, waits: without(work.waits) },
          { ...work, apart: without(work.apart) },
        ];
        for (const each of looser) {
          const after = find(each, 1, [starts]);
          expect(broken(each, after.starts)).toEqual([]);
          expect(after.makespan).toBeLessThanOrEqual(before);
        }
      }),
      { numRuns: 300 },
    );
  });

  test('twice the same, to the minute', () => {
    fc.assert(
      fc.property(works, (work) => {
        expect(find(work)).toEqual(find(work));
      }),
      { numRuns: 100 },
    );
  });
});

/** The shortest there is: some order laid out serially is it (Sprecher, Kolisch & Drexl 1995), so all of them are. */
function everyOrder(work: Work): number {
  const { pieces, waits } = work;
  let shortest = Number.POSITIVE_INFINITY;
  const order: number[] = [];
  const walk = (): void => {
    if (order.length === pieces.length) {
      shortest = Math.min(shortest, makespan(work, laidOut(work, order)));
      return;
    }
    for (const at of pieces.keys()) {
      if (order.includes(at) || waits.some(([from, on]) => from === at && !order.includes(on))) continue;
      order.push(at);
      walk();
      order.pop();
    }
  };
  walk();
  return shortest;
}

/** Each at the first minute at which nothing is broken: slow, and nothing of it shared with what is tested. */
function laidOut(work: Work, order: readonly number[]): readonly number[] {
  const starts: number[] = [];
  const placed: number[] = [];
  for (const at of order) {
    placed.push(at);
    const position = new Map(placed.map((piece, place) => [piece, place]));
    const part: Work = {
      ...work,
      pieces: placed.map((piece) => work.pieces[piece] ?? { duration: 0, demands: [] }),
      waits: within(work.waits, position),
      apart: within(work.apart, position),
    };
    for (let start = 0; ; start++) {
      starts[at] = start;
      const some = placed.map((piece) => starts[piece] ?? 0);
      if (broken(part, some).length === 0) break;
    }
  }
  return starts;
}

const within = (all: Work['waits'], position: ReadonlyMap<number, number>): [number, number][] =>
  all.flatMap(([a, b]): [number, number][] => {
    const one = position.get(a);
    const other = position.get(b);
    return one === undefined || other === undefined ? [] : [[one, other]];
  });

describe('what a rule does not find', () => {
  const slot = [{ resource: 0, amount: 1 }];

  test('a place kept free for the one whose turn comes soon', () => {
    // The third could start at once, but the second, which it may not run beside, has most of the work behind it.
    const work: Work = {
      pieces: [2, 20, 9, 30].map((duration) => ({ duration, demands: slot })),
      waits: [
        [1, 0],
        [3, 1],
      ],
      apart: [[1, 2]],
      capacity: [2],
    };
    expect(scheduleInParallel(made(work), inOrder(work)).makespan).toBe(59);
    const { starts, makespan: found, bound } = find(work);
    expect([found, bound]).toEqual([52, 52]);
    expect(starts[1]).toBe(2);
  });

  test('what is equally good is left to the rule', () => {
    const work: Work = {
      pieces: [3, 3, 3, 3].map((duration) => ({ duration, demands: slot })),
      waits: [],
      apart: [],
      capacity: [3],
    };
    const ranks = Int32Array.of(3, 0, 1, 2);
    const { starts } = search(made(work), ranks, { schedules: 300, scenarios: 12 });
    expect(Array.from(starts)).toEqual([3, 0, 0, 0]);
  });
});

describe('the bound', () => {
  const slot = [{ resource: 0, amount: 1 }];
  const all = (count: number): readonly (readonly [number, number])[] =>
    Array.from({ length: count }, (_, a) => Array.from({ length: a }, (_, b) => [a, b] as const)).flat();

  test('counts what nothing runs beside once for all, and the rest as if it were not there', () => {
    // The first two exclude everything; of the others three fit side by side, the longest chain among them takes 9.
    const work: Work = {
      pieces: [5, 7, 4, 5, 6, 6].map((duration) => ({ duration, demands: slot })),
      waits: [
        [3, 2],
        [2, 0],
      ],
      apart: all(6).filter(([, b]) => b < 2),
      capacity: [3],
    };
    expect(lowerBound(made(work))).toBe(5 + 7 + 9);
    expect(find(work).makespan).toBe(5 + 7 + 9);
  });

  test('is reached at once where all exclude all, however many they are', () => {
    const count = 600;
    const work: Work = {
      pieces: Array.from({ length: count }, (_, at) => ({ duration: 1 + (at % 7), demands: slot })),
      waits: [],
      apart: all(count),
      capacity: [8],
    };
    const { makespan, bound, schedules } = find(work);
    expect([makespan, schedules]).toEqual([bound, 1]);
  });
});
