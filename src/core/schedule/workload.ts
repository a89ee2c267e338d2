/**
 * What is to be scheduled, as plain numbers: how long each piece takes, what it waits for, what it may not run beside,
 * and how much it occupies of each capacity. It knows nothing of segments, only of positions; time is in whole units.
 *
 * Two ways to lay it out, both linear passes over an order of the pieces. *Serial*: each piece as early as it still
 * fits, which can leave a gap on purpose. *Parallel*: at each moment whatever may start does, as people run an epic.
 * (Kolisch 1996, "Serial and parallel resource-constrained project scheduling methods revisited".)
 */

/** For position `i`, the items `items[offsets[i]]` up to, not including, `items[offsets[i + 1]]`. */
export interface Lists {
  readonly offsets: Int32Array;
  readonly items: Int32Array;
}

export interface Workload {
  readonly count: number;
  /** Whole units, not negative. */
  readonly durations: Int32Array;
  readonly blockers: Lists;
  readonly dependents: Lists;
  /** Never at one time; both ways round. */
  readonly exclusions: Lists;
  /** What each kind of place has in all: slots, slots of a worker. */
  readonly capacity: Int32Array;
  /** Which kinds each piece occupies, and how much of each beside it. */
  readonly demands: Lists;
  readonly amounts: Int32Array;
  /** 1: runs already, and is never moved from time 0. `takes` is then what is left of it. */
  readonly running: Uint8Array;
}

/** When each piece starts; all that is known of it, the order follows. */
export interface Timetable {
  readonly starts: Int32Array;
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

/** @param waits pairs: the first waits for the second. @param apart pairs that may not run at one time. */
export function makeWorkload(
  pieces: readonly Piece[],
  waits: readonly (readonly [number, number])[],
  apart: readonly (readonly [number, number])[],
  capacity: readonly number[],
): Workload {
  const count = pieces.length;
  const asked = pieces.reduce((sum, { demands: needs }) => sum + needs.length, 0);
  const [takes, running] = [new Int32Array(count), new Uint8Array(count)];
  const needs = { offsets: new Int32Array(count + 1), items: new Int32Array(asked) };
  const amounts = new Int32Array(asked);
  let end = 0;
  let isUnderWay = false;
  pieces.forEach((piece, at) => {
    takes[at] = piece.duration;
    if (piece.running) {
      running[at] = 1;
      isUnderWay = true;
    }
    for (const { resource: of, amount } of piece.demands) {
      // Who needs none of a kind does not wait for one to be free.
      if (amount === 0) continue;
      needs.items[end] = of;
      amounts[end++] = amount;
    }
    needs.offsets[at + 1] = end;
  });
  // What runs has waited.
  const open = isUnderWay ? waits.filter(([at]) => running[at] === 0) : waits;
  return {
    count,
    durations: takes,
    blockers: makeLists(count, open, 'there'),
    dependents: makeLists(count, open, 'back'),
    exclusions: makeLists(count, apart, 'both'),
    capacity: Int32Array.from(capacity),
    demands: { offsets: needs.offsets, items: needs.items.subarray(0, end) },
    amounts: amounts.subarray(0, end),
    running,
  };
}

/** @param ways which of a pair is listed with the other. */
function makeLists(
  count: number,
  pairs: readonly (readonly [number, number])[],
  ways: 'there' | 'back' | 'both',
): Lists {
  const offsets = new Int32Array(count + 1);
  const counted = (at: number): void => {
    offsets[at + 1] = (offsets[at + 1] ?? 0) + 1;
  };
  for (const pair of pairs) {
    if (ways !== 'back') counted(pair[0]);
    if (ways !== 'there') counted(pair[1]);
  }
  for (let at = 0; at < count; at++) offsets[at + 1] = (offsets[at + 1] ?? 0) + (offsets[at] ?? 0);
  const free = offsets.slice();
  const items = new Int32Array(offsets[count] ?? 0);
  const put = (at: number, item: number): void => {
    const place = free[at] ?? 0;
    items[place] = item;
    free[at] = place + 1;
  };
  for (const pair of pairs) {
    if (ways !== 'back') put(pair[0], pair[1]);
    if (ways !== 'there') put(pair[1], pair[0]);
  }
  return { offsets, items };
}

/** Blockers before dependents. What is on a cycle, or behind one, comes last, in the order of its positions. */
export function inDependencyOrder({ count, blockers, dependents }: Workload): Int32Array {
  const order = new Int32Array(count);
  const open = new Int32Array(count);
  const seen = new Uint8Array(count);
  let end = 0;
  for (let at = 0; at < count; at++) {
    open[at] = (blockers.offsets[at + 1] ?? 0) - (blockers.offsets[at] ?? 0);
    if (open[at] === 0) order[end++] = at;
  }
  for (let next = 0; next < end; next++) {
    const piece = order[next] ?? 0;
    seen[piece] = 1;
    for (let k = dependents.offsets[piece] ?? 0; k < (dependents.offsets[piece + 1] ?? 0); k++) {
      const dependent = dependents.items[k] ?? 0;
      const left = (open[dependent] ?? 0) - 1;
      open[dependent] = left;
      if (left === 0) order[end++] = dependent;
    }
  }
  for (let at = 0; at < count; at++) if (seen[at] === 0) order[end++] = at;
  return order;
}

/** From each piece's start to the end of the longest chain that begins with it. */
export function tailsOf(workload: Workload, order: Int32Array = inDependencyOrder(workload)): Float64Array {
  const { durations: takes, dependents } = workload;
  const tails = Float64Array.from(takes);
  for (let at = order.length - 1; at >= 0; at--) {
    const piece = order[at] ?? 0;
    let longest = 0;
    for (let k = dependents.offsets[piece] ?? 0; k < (dependents.offsets[piece + 1] ?? 0); k++) {
      const tail = tails[dependents.items[k] ?? 0] ?? 0;
      if (tail > longest) longest = tail;
    }
    tails[piece] = (takes[piece] ?? 0) + longest;
  }
  return tails;
}

/** The earliest start of each piece, were there places for all. */
export function headsOf(workload: Workload, order: Int32Array = inDependencyOrder(workload)): Float64Array {
  const { durations: takes, blockers, running } = workload;
  const heads = new Float64Array(workload.count);
  for (const piece of order) {
    if (running[piece] === 1) continue;
    let earliest = 0;
    for (let k = blockers.offsets[piece] ?? 0; k < (blockers.offsets[piece + 1] ?? 0); k++) {
      const blocker = blockers.items[k] ?? 0;
      const end = (heads[blocker] ?? 0) + (takes[blocker] ?? 0);
      if (end > earliest) earliest = end;
    }
    heads[piece] = earliest;
  }
  return heads;
}

/**
 * The serial scheme, forwards and backwards, with its memory laid out once for thousands of passes.
 *
 * Occupation is kept as the moments at which it changes. The last one lasts for ever and is always empty.
 */
export class SerialScheme {
  readonly #workload: Workload;
  readonly #kinds: number;
  readonly #times: Int32Array;
  readonly #used: Int32Array;
  #size = 0;
  readonly #placed: Uint8Array;
  readonly #running: Int32Array;

  constructor(workload: Workload) {
    this.#workload = workload;
    this.#kinds = workload.capacity.length;
    this.#times = new Int32Array(2 * workload.count + 2);
    this.#used = new Int32Array((2 * workload.count + 2) * this.#kinds);
    this.#placed = new Uint8Array(workload.count);
    const running: number[] = [];
    for (let at = 0; at < workload.count; at++) if (workload.running[at] === 1) running.push(at);
    this.#running = Int32Array.from(running);
  }

  /**
   * Each piece as early as it fits, in the order given.
   *
   * @param order blockers before dependents.
   * @returns the makespan; `starts` is filled.
   */
  forward(order: Int32Array, starts: Int32Array): number {
    const { durations: takes, blockers, running, count } = this.#workload;
    this.#clear();
    let makespan = 0;
    for (const piece of this.#running) {
      starts[piece] = 0;
      const end = takes[piece] ?? 0;
      this.#occupy(piece, 0, end);
      if (end > makespan) makespan = end;
    }
    for (let next = 0; next < count; next++) {
      const piece = order[next] ?? 0;
      if (running[piece] === 1) continue;
      let from = 0;
      const last = blockers.offsets[piece + 1] ?? 0;
      for (let k = blockers.offsets[piece] ?? 0; k < last; k++) {
        const blocker = blockers.items[k] ?? 0;
        const end = (starts[blocker] ?? 0) + (takes[blocker] ?? 0);
        if (end > from) from = end;
      }
      const start = this.#earliest(piece, from, starts);
      const end = start + (takes[piece] ?? 0);
      starts[piece] = start;
      this.#occupy(piece, start, end);
      if (end > makespan) makespan = end;
    }
    return makespan;
  }

  /**
   * Each piece as late as it fits, in the order given, no later than `horizon`. Times are told from there backwards:
   * a piece's `starts` is how long before the horizon it ends.
   *
   * @param order dependents before blockers.
   */
  backward(order: Int32Array, horizon: number, starts: Int32Array): void {
    const { durations: takes, dependents, running, count } = this.#workload;
    this.#clear();
    for (const piece of this.#running) {
      const end = horizon - (takes[piece] ?? 0);
      starts[piece] = end;
      this.#occupy(piece, end, horizon);
    }
    for (let next = 0; next < count; next++) {
      const piece = order[next] ?? 0;
      if (running[piece] === 1) continue;
      let from = 0;
      const last = dependents.offsets[piece + 1] ?? 0;
      for (let k = dependents.offsets[piece] ?? 0; k < last; k++) {
        const dependent = dependents.items[k] ?? 0;
        const end = (starts[dependent] ?? 0) + (takes[dependent] ?? 0);
        if (end > from) from = end;
      }
      const start = this.#earliest(piece, from, starts);
      starts[piece] = start;
      this.#occupy(piece, start, start + (takes[piece] ?? 0));
    }
  }

  #clear(): void {
    this.#times[0] = 0;
    this.#used.fill(0, 0, this.#kinds);
    this.#size = 1;
    this.#placed.fill(0);
  }

  #earliest(piece: number, from: number, starts: Int32Array): number {
    const { durations: takes, exclusions: apart } = this.#workload;
    const length = takes[piece] ?? 0;
    // What takes no time is in nobody's way.
    if (length === 0) return from;
    const first = apart.offsets[piece] ?? 0;
    const last = apart.offsets[piece + 1] ?? 0;
    const placed = this.#placed;
    let start = from;
    for (;;) {
      start = this.#fits(piece, start, length);
      let moved = false;
      for (let k = first; k < last; k++) {
        const other = apart.items[k] ?? 0;
        if (placed[other] === 0) continue;
        const begin = starts[other] ?? 0;
        const end = begin + (takes[other] ?? 0);
        if (end > start && begin < start + length && end > begin) {
          start = end;
          moved = true;
        }
      }
      if (!moved) return start;
    }
  }

  #fits(piece: number, from: number, length: number): number {
    const { demands: needs, amounts, capacity } = this.#workload;
    const times = this.#times;
    const used = this.#used;
    const kinds = this.#kinds;
    const size = this.#size;
    const first = needs.offsets[piece] ?? 0;
    const last = needs.offsets[piece + 1] ?? 0;
    if (first === last) return from;
    let start = from;
    let at = this.#at(start);
    while (at < size && (times[at] ?? 0) < start + length) {
      let isFull = false;
      for (let k = first; k < last; k++) {
        const kind = needs.items[k] ?? 0;
        if ((used[at * kinds + kind] ?? 0) + (amounts[k] ?? 0) > (capacity[kind] ?? 0)) {
          isFull = true;
          break;
        }
      }
      at++;
      if (isFull && at < size) start = times[at] ?? 0;
    }
    return start;
  }

  /** The last moment of change that is not after `time`. */
  #at(time: number): number {
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

  #split(time: number): number {
    const at = this.#at(time);
    const times = this.#times;
    if (times[at] === time) return at;
    const kinds = this.#kinds;
    const used = this.#used;
    const size = this.#size;
    for (let i = size; i > at + 1; i--) times[i] = times[i - 1] ?? 0;
    for (let i = (size + 1) * kinds - 1; i >= (at + 1) * kinds; i--) used[i] = used[i - kinds] ?? 0;
    times[at + 1] = time;
    this.#size = size + 1;
    return at + 1;
  }

  #occupy(piece: number, start: number, end: number): void {
    this.#placed[piece] = 1;
    const { demands: needs, amounts } = this.#workload;
    const first = needs.offsets[piece] ?? 0;
    const last = needs.offsets[piece + 1] ?? 0;
    if (start === end || first === last) return;
    const from = this.#split(start);
    const to = this.#split(end);
    for (let k = first; k < last; k++) {
      const kind = needs.items[k] ?? 0;
      const amount = amounts[k] ?? 0;
      for (let at = from; at < to; at++) {
        const place = at * this.#kinds + kind;
        this.#used[place] = (this.#used[place] ?? 0) + amount;
      }
    }
  }
}

/**
 * At each moment, whatever may start does, in the order of `ranks`, smallest first: nothing that could run is left
 * lying. Made for any size: it looks only at what is ready.
 *
 * @param takes what each piece really takes, where that is not what was thought.
 */
export function scheduleInParallel(
  workload: Workload,
  ranks: ArrayLike<number>,
  takes: Int32Array = workload.durations,
): Timetable {
  const { count, blockers, dependents, exclusions: apart, capacity, demands: needs, amounts, running } = workload;
  const starts = new Int32Array(count).fill(-1);
  const free = capacity.slice();
  const open = new Int32Array(count);
  const ready: number[] = [];
  const ends: number[] = [];
  // How many run that it may not run beside: asking them one by one would take all day where all exclude all.
  const against = new Int32Array(count);
  const common = commonKinds(workload);
  const isFull = (kind: number): boolean => free[kind] === 0;
  const rankOf = (piece: number): number => ranks[piece] ?? 0;

  const admit = (piece: number): void => {
    let low = 0;
    let high = ready.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const other = ready[middle] ?? 0;
      if (rankOf(other) < rankOf(piece) || (rankOf(other) === rankOf(piece) && other < piece)) low = middle + 1;
      else high = middle;
    }
    ready.splice(low, 0, piece);
  };
  const begin = (piece: number, now: number): void => {
    starts[piece] = now;
    exclude(piece, 1);
    for (let k = needs.offsets[piece] ?? 0; k < (needs.offsets[piece + 1] ?? 0); k++) {
      const kind = needs.items[k] ?? 0;
      free[kind] = (free[kind] ?? 0) - (amounts[k] ?? 0);
    }
    pushEnd(piece);
  };
  const isAfter = (one: number, other: number): boolean => {
    const a = (starts[one] ?? 0) + (takes[one] ?? 0);
    const b = (starts[other] ?? 0) + (takes[other] ?? 0);
    return a > b || (a === b && one > other);
  };
  /** `ends` is a heap by the end: with thousands at once, looking for the next one would be most of the work. */
  const pushEnd = (piece: number): void => {
    let at = ends.length;
    ends.push(piece);
    while (at > 0) {
      const above = (at - 1) >> 1;
      if (!isAfter(ends[above] ?? 0, piece)) break;
      ends[at] = ends[above] ?? 0;
      at = above;
    }
    ends[at] = piece;
  };
  const popEnd = (): number => {
    const top = ends[0] ?? 0;
    const last = ends.pop() ?? 0;
    const size = ends.length;
    if (size === 0) return top;
    let at = 0;
    for (;;) {
      let below = 2 * at + 1;
      if (below >= size) break;
      if (below + 1 < size && isAfter(ends[below] ?? 0, ends[below + 1] ?? 0)) below++;
      if (!isAfter(last, ends[below] ?? 0)) break;
      ends[at] = ends[below] ?? 0;
      at = below;
    }
    ends[at] = last;
    return top;
  };
  const exclude = (piece: number, by: number): void => {
    for (let k = apart.offsets[piece] ?? 0; k < (apart.offsets[piece + 1] ?? 0); k++) {
      const other = apart.items[k] ?? 0;
      against[other] = (against[other] ?? 0) + by;
    }
  };
  const mayBegin = (piece: number): boolean => {
    for (let k = needs.offsets[piece] ?? 0; k < (needs.offsets[piece + 1] ?? 0); k++) {
      if ((amounts[k] ?? 0) > (free[needs.items[k] ?? 0] ?? 0)) return false;
    }
    return takes[piece] === 0 || against[piece] === 0;
  };

  for (let piece = 0; piece < count; piece++) {
    open[piece] = (blockers.offsets[piece + 1] ?? 0) - (blockers.offsets[piece] ?? 0);
    if (running[piece] === 1) begin(piece, 0);
    else if (open[piece] === 0) admit(piece);
  }
  let now = 0;
  for (;;) {
    for (let at = 0, isOver = common.some(isFull); at < ready.length && !isOver; ) {
      const piece = ready[at] ?? 0;
      if (!mayBegin(piece)) {
        at++;
        continue;
      }
      ready.splice(at, 1);
      begin(piece, now);
      isOver = common.some(isFull);
    }
    if (ends.length === 0) break;
    now = endOf(ends[0] ?? 0);
    while (ends.length > 0 && endOf(ends[0] ?? 0) === now) {
      const piece = popEnd();
      exclude(piece, -1);
      for (let k = needs.offsets[piece] ?? 0; k < (needs.offsets[piece + 1] ?? 0); k++) {
        const kind = needs.items[k] ?? 0;
        free[kind] = (free[kind] ?? 0) + (amounts[k] ?? 0);
      }
      for (let k = dependents.offsets[piece] ?? 0; k < (dependents.offsets[piece + 1] ?? 0); k++) {
        const dependent = dependents.items[k] ?? 0;
        const left = (open[dependent] ?? 0) - 1;
        open[dependent] = left;
        if (left === 0 && running[dependent] === 0) admit(dependent);
      }
    }
  }
  return { starts, makespan: now };

  function endOf(piece: number): number {
    return (starts[piece] ?? 0) + (takes[piece] ?? 0);
  }
}

/** The kinds of places that every piece needs: where none of one is free, nobody has to be asked. */
function commonKinds({ count, capacity, demands: needs }: Workload): readonly number[] {
  const by = new Int32Array(capacity.length);
  for (const kind of needs.items) by[kind] = (by[kind] ?? 0) + 1;
  return [...by.keys()].filter((kind) => by[kind] === count);
}
