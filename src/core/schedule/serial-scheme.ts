/**
 * The serial scheme: takes the pieces in a given order and puts each one at the earliest time at which it still fits. It can
 * leave a place free on purpose, for a piece that comes soon (Kolisch 1996, "Serial and parallel resource-constrained project
 * scheduling methods revisited").
 */
import type { Lists, Workload } from './workload.ts';

/**
 * Schedules forwards and backwards, with its memory laid out once for thousands of passes.
 *
 * It keeps the occupation of the resources as the moments at which it changes. The last moment lasts forever and is always
 * empty.
 */
export class SerialScheme {
  readonly #workload: Workload;
  readonly #resources: number;
  readonly #times: Int32Array;
  /** By moment and resource: how much is occupied from this moment to the next. */
  readonly #used: Int32Array;
  /** How many moments there are. */
  #size = 0;
  readonly #isPlaced: Uint8Array;
  readonly #running: readonly number[];

  constructor(workload: Workload) {
    this.#workload = workload;
    this.#resources = workload.capacity.length;
    this.#times = new Int32Array(2 * workload.count + 2);
    this.#used = new Int32Array((2 * workload.count + 2) * this.#resources);
    this.#isPlaced = new Uint8Array(workload.count);
    this.#running = [...workload.running.keys()].filter((piece) => workload.running[piece] === 1);
  }

  /**
   * Puts each piece as early as it fits, in the order given.
   *
   * @param order blockers before dependents.
   * @param starts is filled.
   * @returns the makespan.
   */
  forward(order: Int32Array, starts: Int32Array): number {
    const { durations, blockers } = this.#workload;
    this.#clear();
    for (const piece of this.#running) {
      starts[piece] = 0;
      this.#occupy(piece, 0, durations[piece] ?? 0);
    }
    this.#place(order, blockers, starts);
    let makespan = 0;
    for (let piece = 0; piece < starts.length; piece++) {
      makespan = Math.max(makespan, (starts[piece] ?? 0) + (durations[piece] ?? 0));
    }
    return makespan;
  }

  /**
   * Puts each piece as late as it fits, in the order given, and no later than `horizon`. Times count backwards from there: a
   * piece's `starts` is how long before the horizon it ends.
   *
   * @param order dependents before blockers.
   * @param starts is filled.
   */
  backward(order: Int32Array, horizon: number, starts: Int32Array): void {
    const { durations, dependents } = this.#workload;
    this.#clear();
    for (const piece of this.#running) {
      const start = horizon - (durations[piece] ?? 0);
      starts[piece] = start;
      this.#occupy(piece, start, horizon);
    }
    this.#place(order, dependents, starts);
  }

  /** @param waits the pieces that must end before each piece starts. */
  #place(order: Int32Array, waits: Lists, starts: Int32Array): void {
    const { durations, running } = this.#workload;
    for (const piece of order) {
      if (running[piece] === 1) continue;
      let from = 0;
      const last = waits.offsets[piece + 1] ?? 0;
      for (let k = waits.offsets[piece] ?? 0; k < last; k++) {
        const other = waits.items[k] ?? 0;
        const end = (starts[other] ?? 0) + (durations[other] ?? 0);
        if (end > from) from = end;
      }
      const start = this.#earliest(piece, from, starts);
      starts[piece] = start;
      this.#occupy(piece, start, start + (durations[piece] ?? 0));
    }
  }

  #clear(): void {
    this.#times[0] = 0;
    this.#used.fill(0, 0, this.#resources);
    this.#size = 1;
    this.#isPlaced.fill(0);
  }

  #earliest(piece: number, from: number, starts: Int32Array): number {
    const { durations, exclusions } = this.#workload;
    const duration = durations[piece] ?? 0;
    // A piece that takes no time cannot be in the way.
    if (duration === 0) return from;
    const first = exclusions.offsets[piece] ?? 0;
    const last = exclusions.offsets[piece + 1] ?? 0;
    let start = from;
    for (;;) {
      start = this.#earliestWithPlaces(piece, start, duration);
      let hasMoved = false;
      for (let k = first; k < last; k++) {
        const other = exclusions.items[k] ?? 0;
        if (this.#isPlaced[other] === 0) continue;
        const begin = starts[other] ?? 0;
        const end = begin + (durations[other] ?? 0);
        if (end > start && begin < start + duration && end > begin) {
          start = end;
          hasMoved = true;
        }
      }
      if (!hasMoved) return start;
    }
  }

  /** The earliest time from which on there is enough of every resource, for the whole duration. */
  #earliestWithPlaces(piece: number, from: number, duration: number): number {
    const { demands, amounts, capacity } = this.#workload;
    const times = this.#times;
    const used = this.#used;
    const resources = this.#resources;
    const size = this.#size;
    const first = demands.offsets[piece] ?? 0;
    const last = demands.offsets[piece + 1] ?? 0;
    let start = from;
    let moment = this.#momentAt(start);
    while (moment < size && (times[moment] ?? 0) < start + duration) {
      let isFull = false;
      for (let k = first; k < last; k++) {
        const resource = demands.items[k] ?? 0;
        if ((used[moment * resources + resource] ?? 0) + (amounts[k] ?? 0) > (capacity[resource] ?? 0)) {
          isFull = true;
          break;
        }
      }
      moment++;
      if (isFull && moment < size) start = times[moment] ?? 0;
    }
    return start;
  }

  /** The last moment that is not after `time`. */
  #momentAt(time: number): number {
    const times = this.#times;
    let low = 0;
    let high = this.#size - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((times[middle] ?? 0) <= time) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** The moment at exactly `time`; it is added if there is none. */
  #momentFrom(time: number): number {
    const before = this.#momentAt(time);
    const times = this.#times;
    if (times[before] === time) return before;
    const resources = this.#resources;
    const size = this.#size;
    const moment = before + 1;
    times.copyWithin(moment + 1, moment, size);
    this.#used.copyWithin((moment + 1) * resources, moment * resources, size * resources);
    this.#used.copyWithin(moment * resources, before * resources, moment * resources);
    times[moment] = time;
    this.#size = size + 1;
    return moment;
  }

  #occupy(piece: number, start: number, end: number): void {
    this.#isPlaced[piece] = 1;
    if (start === end) return;
    const { demands, amounts } = this.#workload;
    const from = this.#momentFrom(start);
    const to = this.#momentFrom(end);
    for (let k = demands.offsets[piece] ?? 0; k < (demands.offsets[piece + 1] ?? 0); k++) {
      for (let moment = from; moment < to; moment++) {
        const index = moment * this.#resources + (demands.items[k] ?? 0);
        this.#used[index] = (this.#used[index] ?? 0) + (amounts[k] ?? 0);
      }
    }
  }
}
