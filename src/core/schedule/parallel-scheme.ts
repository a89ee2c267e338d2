/**
 * The parallel scheme: at each moment, every piece that may start does, as people run an epic. No place stays free while a
 * piece could use it (Kolisch 1996, "Serial and parallel resource-constrained project scheduling methods revisited").
 */
import { itemsOf, type Timetable, type Workload } from './workload.ts';

/**
 * Works for any size: it only looks at pieces that are ready.
 *
 * @param ranks if several pieces are ready, the one with the smallest rank starts first.
 * @param durations the real durations, if they differ from the expected ones.
 */
export function scheduleInParallel(
  workload: Workload,
  ranks: ArrayLike<number>,
  durations: Int32Array = workload.durations,
): Timetable {
  const { count, blockers, dependents, exclusions, capacity, demands, amounts, running } = workload;
  const starts = new Int32Array(count).fill(-1);
  const free = capacity.slice();
  const open = new Int32Array(count);
  const ready: number[] = [];
  const ends = new EndQueue(starts, durations);
  // How many running pieces exclude a piece. Counting avoids a quadratic scan when everything excludes everything.
  const excludedBy = new Int32Array(count);
  const common = commonResources(workload);
  const isFull = (resource: number): boolean => free[resource] === 0;

  for (let piece = 0; piece < count; piece++) {
    open[piece] = itemsOf(blockers, piece).length;
    if (running[piece] === 1) start(piece, 0);
    else if (open[piece] === 0) admit(piece);
  }
  let now = 0;
  for (;;) {
    for (let next = 0; next < ready.length && !common.some(isFull); ) {
      const piece = ready[next] ?? 0;
      if (mayStart(piece)) {
        ready.splice(next, 1);
        start(piece, now);
      } else {
        next++;
      }
    }
    const end = ends.first();
    if (end === undefined) break;
    now = end;
    while (ends.first() === now) finish(ends.take());
  }
  return { starts, makespan: now };

  /** Puts a piece among the ready ones, which are sorted by rank, then by position. */
  function admit(piece: number): void {
    const rank = ranks[piece] ?? 0;
    let low = 0;
    let high = ready.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const other = ready[middle] ?? 0;
      const otherRank = ranks[other] ?? 0;
      if (otherRank < rank || (otherRank === rank && other < piece)) low = middle + 1;
      else high = middle;
    }
    ready.splice(low, 0, piece);
  }

  function mayStart(piece: number): boolean {
    for (let k = demands.offsets[piece] ?? 0; k < (demands.offsets[piece + 1] ?? 0); k++) {
      if ((amounts[k] ?? 0) > (free[demands.items[k] ?? 0] ?? 0)) return false;
    }
    return durations[piece] === 0 || excludedBy[piece] === 0;
  }

  function start(piece: number, time: number): void {
    starts[piece] = time;
    occupy(piece, 1);
    ends.add(piece);
  }

  function finish(piece: number): void {
    occupy(piece, -1);
    for (let k = dependents.offsets[piece] ?? 0; k < (dependents.offsets[piece + 1] ?? 0); k++) {
      const dependent = dependents.items[k] ?? 0;
      const left = (open[dependent] ?? 0) - 1;
      open[dependent] = left;
      if (left === 0) admit(dependent);
    }
  }

  /** Takes the piece's places and excludes others (1), or undoes it (-1). */
  function occupy(piece: number, by: 1 | -1): void {
    for (let k = exclusions.offsets[piece] ?? 0; k < (exclusions.offsets[piece + 1] ?? 0); k++) {
      const other = exclusions.items[k] ?? 0;
      excludedBy[other] = (excludedBy[other] ?? 0) + by;
    }
    for (let k = demands.offsets[piece] ?? 0; k < (demands.offsets[piece + 1] ?? 0); k++) {
      const resource = demands.items[k] ?? 0;
      free[resource] = (free[resource] ?? 0) - by * (amounts[k] ?? 0);
    }
  }
}

/** The running pieces as a heap by their end. With thousands at once, a scan would be most of the work. */
class EndQueue {
  readonly #heap: number[] = [];
  readonly #starts: Int32Array;
  readonly #durations: Int32Array;

  constructor(starts: Int32Array, durations: Int32Array) {
    this.#starts = starts;
    this.#durations = durations;
  }

  /** When the first piece ends; undefined if none runs. */
  first(): number | undefined {
    const [top] = this.#heap;
    return top === undefined ? undefined : this.#endOf(top);
  }

  add(piece: number): void {
    const heap = this.#heap;
    let at = heap.length;
    while (at > 0) {
      const above = (at - 1) >> 1;
      if (!this.#isAfter(heap[above] ?? 0, piece)) break;
      heap[at] = heap[above] ?? 0;
      at = above;
    }
    heap[at] = piece;
  }

  take(): number {
    const heap = this.#heap;
    const top = heap[0] ?? 0;
    const last = heap.pop() ?? 0;
    const size = heap.length;
    let at = 0;
    for (;;) {
      let below = 2 * at + 1;
      if (below >= size) break;
      if (below + 1 < size && this.#isAfter(heap[below] ?? 0, heap[below + 1] ?? 0)) below++;
      if (!this.#isAfter(last, heap[below] ?? 0)) break;
      heap[at] = heap[below] ?? 0;
      at = below;
    }
    if (size > 0) heap[at] = last;
    return top;
  }

  #endOf(piece: number): number {
    return (this.#starts[piece] ?? 0) + (this.#durations[piece] ?? 0);
  }

  #isAfter(one: number, other: number): boolean {
    return this.#endOf(one) > this.#endOf(other);
  }
}

/** The resources that every piece demands: while one of them is used up, nothing can start. */
function commonResources({ count, capacity, demands }: Workload): readonly number[] {
  const users = new Int32Array(capacity.length);
  for (const resource of demands.items) users[resource] = (users[resource] ?? 0) + 1;
  return [...users.keys()].filter((resource) => users[resource] === count);
}
