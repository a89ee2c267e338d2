/**
 * A workload: the pieces to schedule, as plain numbers. How long each piece takes, which pieces it waits for, which it may not
 * run beside, and how much of each resource it needs. It knows positions, not segments. Time is in whole units.
 *
 * In the literature this is a resource-constrained project scheduling problem. `serial-scheme.ts` and `parallel-scheme.ts`
 * hold the two usual ways to turn an order of pieces into a timetable.
 */

/** For position `i`, the items `items[offsets[i]]` up to, not including, `items[offsets[i + 1]]`. */
export interface Lists {
  readonly offsets: Int32Array;
  readonly items: Int32Array;
}

export interface Workload {
  readonly count: number;
  /** In whole units, not negative. */
  readonly durations: Int32Array;
  readonly blockers: Lists;
  readonly dependents: Lists;
  /** The pieces that a piece may never run beside; each pair is listed both ways. */
  readonly exclusions: Lists;
  /** How much there is of each resource: places in all, places for a worker. */
  readonly capacity: Int32Array;
  /** The resources that each piece occupies; `amounts`, at the same index, says how much of them. */
  readonly demands: Lists;
  readonly amounts: Int32Array;
  /** 1: the piece runs already and stays at time 0. Its duration is then the time that is left. */
  readonly running: Uint8Array;
}

export interface Timetable {
  /** By position. */
  readonly starts: Int32Array;
  /** When the last piece ends. */
  readonly makespan: number;
}

export interface Demand {
  readonly resource: number;
  readonly amount: number;
}

export interface Piece {
  readonly duration: number;
  readonly demands: readonly Demand[];
  readonly running?: boolean;
}

type Pair = readonly [number, number];

/**
 * @param waits pairs: the first piece waits for the second.
 * @param exclusions pairs that may not run at the same time.
 * @param capacity by resource.
 */
export function makeWorkload(
  pieces: readonly Piece[],
  waits: readonly Pair[],
  exclusions: readonly Pair[],
  capacity: readonly number[],
): Workload {
  const count = pieces.length;
  const running = Uint8Array.from(pieces, (piece) => (piece.running ? 1 : 0));
  // A piece that demands 0 of a resource must not wait until some of it is free.
  const demands = pieces.map((piece) => piece.demands.filter(({ amount }) => amount > 0));
  const offsets = new Int32Array(count + 1);
  demands.forEach(({ length }, at) => {
    offsets[at + 1] = (offsets[at] ?? 0) + length;
  });
  const all = demands.flat();
  // A running piece no longer waits for anything.
  const open = waits.filter(([piece]) => running[piece] === 0);
  return {
    count,
    durations: Int32Array.from(pieces, ({ duration }) => duration),
    blockers: makeLists(count, open, [0]),
    dependents: makeLists(count, open, [1]),
    exclusions: makeLists(count, exclusions, [0, 1]),
    capacity: Int32Array.from(capacity),
    demands: { offsets, items: Int32Array.from(all, ({ resource }) => resource) },
    amounts: Int32Array.from(all, ({ amount }) => amount),
    running,
  };
}

/** Lists the partners of each position, in the order given. @param sides of a pair that have the other side as a partner. */
function makeLists(count: number, pairs: readonly Pair[], sides: readonly (0 | 1)[]): Lists {
  const offsets = new Int32Array(count + 1);
  for (const pair of pairs) {
    for (const side of sides) {
      const next = pair[side] + 1;
      offsets[next] = (offsets[next] ?? 0) + 1;
    }
  }
  for (let at = 0; at < count; at++) offsets[at + 1] = (offsets[at + 1] ?? 0) + (offsets[at] ?? 0);
  const free = offsets.slice();
  const items = new Int32Array(pairs.length * sides.length);
  for (const pair of pairs) {
    for (const side of sides) {
      const at = pair[side];
      const end = free[at] ?? 0;
      items[end] = pair[side === 0 ? 1 : 0];
      free[at] = end + 1;
    }
  }
  return { offsets, items };
}

/** The items of one position, for code that is not in a hot loop. */
export const itemsOf = ({ offsets, items }: Lists, at: number): Int32Array =>
  items.subarray(offsets[at], offsets[at + 1]);

/** Blockers before dependents. Pieces on a cycle, or behind one, come last, in the order of their positions. */
export function inDependencyOrder({ count, blockers, dependents }: Workload): Int32Array {
  const order = new Int32Array(count);
  const open = new Int32Array(count);
  let end = 0;
  for (let piece = 0; piece < count; piece++) {
    open[piece] = (blockers.offsets[piece + 1] ?? 0) - (blockers.offsets[piece] ?? 0);
    if (open[piece] === 0) order[end++] = piece;
  }
  for (let next = 0; next < end; next++) {
    const piece = order[next] ?? 0;
    for (let k = dependents.offsets[piece] ?? 0; k < (dependents.offsets[piece + 1] ?? 0); k++) {
      const dependent = dependents.items[k] ?? 0;
      const left = (open[dependent] ?? 0) - 1;
      open[dependent] = left;
      if (left === 0) order[end++] = dependent;
    }
  }
  for (let piece = 0; piece < count; piece++) if (open[piece] !== 0) order[end++] = piece;
  return order;
}

/** From each piece's start to the end of the longest chain that begins with it, if there were places for all. */
export function tailsOf(workload: Workload, order: Int32Array = inDependencyOrder(workload)): Float64Array {
  const { durations, dependents } = workload;
  const tails = Float64Array.from(durations);
  for (const piece of order.toReversed()) {
    let longest = 0;
    for (let k = dependents.offsets[piece] ?? 0; k < (dependents.offsets[piece + 1] ?? 0); k++) {
      longest = Math.max(longest, tails[dependents.items[k] ?? 0] ?? 0);
    }
    tails[piece] = (durations[piece] ?? 0) + longest;
  }
  return tails;
}

/** The earliest start of each piece, if there were places for all. */
export function headsOf(workload: Workload, order: Int32Array = inDependencyOrder(workload)): Float64Array {
  const { durations, blockers } = workload;
  const heads = new Float64Array(workload.count);
  for (const piece of order) {
    let earliest = 0;
    for (let k = blockers.offsets[piece] ?? 0; k < (blockers.offsets[piece + 1] ?? 0); k++) {
      const blocker = blockers.items[k] ?? 0;
      earliest = Math.max(earliest, (heads[blocker] ?? 0) + (durations[blocker] ?? 0));
    }
    heads[piece] = earliest;
  }
  return heads;
}
