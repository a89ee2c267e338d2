/**
 * Work for tests: any work for properties, and slow schedulers that share no code with the ones under test. They go minute
 * by minute and read as the definitions do.
 */
import fc from 'fast-check';
import { makeWorkload, type Piece, type Workload } from '../../../src/core/schedule/workload.ts';

export type Pair = readonly [number, number];

export interface Work {
  readonly pieces: readonly Piece[];
  /** The first piece of a pair waits for the second. */
  readonly waits: readonly Pair[];
  readonly apart: readonly Pair[];
  readonly capacity: readonly number[];
}

export const made = ({ pieces, waits, apart, capacity }: Work): Workload =>
  makeWorkload(pieces, waits, apart, capacity);

/** One place of the only resource. */
export const SLOT = [{ resource: 0, amount: 1 }] as const;

/** Pieces of these durations that each take one of the places. */
export const slots = (
  durations: readonly number[],
  { places = 99, waits = [], apart = [] }: { places?: number; waits?: readonly Pair[]; apart?: readonly Pair[] } = {},
): Work => ({
  pieces: durations.map((duration) => ({ duration, demands: SLOT })),
  waits,
  apart,
  capacity: [places],
});

/** All pairs of that many pieces, the larger position first. */
export const allPairs = (count: number): readonly Pair[] =>
  Array.from({ length: count }, (_, a) => Array.from({ length: a }, (_, b) => [a, b] as const)).flat();

const somePairs = (count: number): fc.Arbitrary<readonly Pair[]> =>
  fc
    .uniqueArray(fc.tuple(fc.nat({ max: count - 1 }), fc.nat({ max: count - 1 })), {
      maxLength: 2 * count,
      selector: ([a, b]) => `${Math.min(a, b)} ${Math.max(a, b)}`,
    })
    .map((all) => all.filter(([a, b]) => a !== b).map(([a, b]) => [Math.max(a, b), Math.min(a, b)]));

/**
 * Up to so many pieces, with places in all and a second resource. Every piece waits only for smaller positions, so there is
 * no cycle.
 */
export const works = (most = 12): fc.Arbitrary<Work> =>
  fc
    .tuple(fc.integer({ min: 1, max: most }), fc.integer({ min: 1, max: 4 }), fc.integer({ min: 2, max: 6 }))
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
        waits: somePairs(count),
        apart: somePairs(count),
        capacity: fc.constant([places, others]),
      }),
    );

/** The same work with some of it under way, as much as there is room for. */
export const begin = (work: Work): Work => {
  const free = [...work.capacity];
  const pieces = work.pieces.map((piece, at) => {
    const hasRoom = piece.demands.every(({ resource, amount }) => (free[resource] ?? 0) >= amount);
    if (piece.duration === 0 || !hasRoom || at % 2 === 1) return piece;
    for (const { resource, amount } of piece.demands) free[resource] = (free[resource] ?? 0) - amount;
    return { ...piece, running: true };
  });
  return { ...work, pieces };
};

/** The positions in an order that any dice give, each after all that it waits for. */
export function shuffled({ pieces, waits }: Work, dice: readonly number[]): readonly number[] {
  const order: number[] = [];
  for (let turn = 0; order.length < pieces.length; turn++) {
    const may = [...pieces.keys()].filter(
      (at) => !order.includes(at) && waits.every(([from, on]) => from !== at || order.includes(on)),
    );
    order.push(may[(dice[turn] ?? 0) % may.length] ?? 0);
  }
  return order;
}

const isUnderWay = (work: Work, at: number): boolean => work.pieces[at]?.running === true;
const durationIn = (work: Work, at: number): number => work.pieces[at]?.duration ?? Number.NaN;

/** May the piece start at that minute beside these, all of them with their starts? */
function fits(work: Work, at: number, start: number, placed: ReadonlyMap<number, number>): boolean {
  const duration = durationIn(work, at);
  for (const [other, begin] of placed) {
    const end = begin + durationIn(work, other);
    const isApart = work.apart.some(([a, b]) => (a === at && b === other) || (a === other && b === at));
    if (isApart && duration > 0 && end > begin && start < end && begin < start + duration) return false;
  }
  for (let minute = start; minute < start + duration; minute++) {
    for (const [resource, places] of work.capacity.entries()) {
      const together = [
        at,
        ...[...placed].flatMap(([other, begin]) =>
          begin <= minute && minute < begin + durationIn(work, other) ? [other] : [],
        ),
      ];
      const demands = together.flatMap((each) => work.pieces[each]?.demands ?? []);
      const used = demands.reduce((sum, demand) => sum + (demand.resource === resource ? demand.amount : 0), 0);
      if (used > places) return false;
    }
  }
  return true;
}

/** Puts each piece at the first minute at which it fits beside those before it. The running ones are at `from` already. */
export function placeByMinute(work: Work, order: readonly number[], runningAt: (at: number) => number): number[] {
  const placed = new Map([...work.pieces.keys()].filter((at) => isUnderWay(work, at)).map((at) => [at, runningAt(at)]));
  for (const at of order) {
    if (isUnderWay(work, at)) continue;
    const ends = work.waits.flatMap(([from, on]) =>
      from === at ? [(placed.get(on) ?? 0) + durationIn(work, on)] : [],
    );
    let start = Math.max(0, ...ends);
    while (!fits(work, at, start, placed)) start++;
    placed.set(at, start);
  }
  return [...work.pieces.keys()].map((at) => placed.get(at) ?? Number.NaN);
}

/** Plays the work: whenever a piece ends, all that may start do, those with the smallest rank first. */
export function playByRank(
  work: Work,
  ranks: readonly number[],
  durations = work.pieces.map((each) => each.duration),
): number[] {
  const { pieces, waits, apart, capacity } = work;
  const starts = new Map<number, number>();
  const ended = new Set<number>();
  const running = (): number[] => [...starts.keys()].filter((at) => !ended.has(at));
  const endOf = (at: number): number => (starts.get(at) ?? 0) + (durations[at] ?? 0);
  const mayStart = (at: number): boolean => {
    const together = [...running(), at];
    const hasPlaces = capacity.every((places, resource) => {
      const demands = together.flatMap((each) => pieces[each]?.demands ?? []);
      return demands.reduce((sum, demand) => sum + (demand.resource === resource ? demand.amount : 0), 0) <= places;
    });
    const isApart = (other: number): boolean =>
      apart.some(([a, b]) => (a === at && b === other) || (a === other && b === at));
    return hasPlaces && (durations[at] === 0 || !running().some(isApart));
  };
  for (const at of pieces.keys()) if (isUnderWay(work, at)) starts.set(at, 0);
  for (let now = 0; ; ) {
    const ready = [...pieces.keys()].filter(
      (at) => !starts.has(at) && waits.every(([from, on]) => from !== at || ended.has(on)),
    );
    ready.sort((a, b) => (ranks[a] ?? 0) - (ranks[b] ?? 0) || a - b);
    for (const at of ready) if (mayStart(at)) starts.set(at, now);
    if (running().length === 0) break;
    now = Math.min(...running().map(endOf));
    for (const at of running()) if (endOf(at) === now) ended.add(at);
  }
  return [...pieces.keys()].map((at) => starts.get(at) ?? -1);
}

/** Work of 10 to 23 pieces, drawn by a die that is the same everywhere. Of most of it, no rule finds the shortest schedule. */
export function drawn(seed: number): Work {
  let state = seed * 7_919;
  const roll = (sides: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * sides);
  };
  const count = 10 + roll(14);
  const places = 2 + roll(3);
  const pieces = Array.from({ length: count }, (_, at) => ({
    duration: 1 + roll(20),
    demands: at % 3 === 0 ? [...SLOT, { resource: 1, amount: 1 + roll(2) }] : SLOT,
  }));
  const waits: Pair[] = [];
  const apart: Pair[] = [];
  for (const pair of allPairs(count)) {
    const side = roll(100);
    if (side < 8) waits.push(pair);
    else if (side < 20) apart.push(pair);
  }
  return { pieces, waits, apart, capacity: [places, 3] };
}
