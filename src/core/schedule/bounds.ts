/**
 * Lower bounds: no schedule is shorter than its longest chain, than its work spread evenly over the places, or than a set of
 * pieces of which no two can run at the same time. Each bound includes the time that must pass before and after.
 */
import { headsOf, inDependencyOrder, itemsOf, tailsOf, type Workload } from './workload.ts';

/** Above this many pieces, the closer bounds for spread work take longer than they are worth. */
const CLOSE_UP_TO = 200;
/** Above this many pieces, a table of all pairs takes longer than it is worth. */
const CLIQUES_UP_TO = 2_000;
/** How long the search for heavy cliques may take, in steps of 32 pairs: a few milliseconds. */
const CLIQUE_STEPS = 2_000_000;

/** @param isClose looks beyond the longest chain and the sum of the work; that takes much longer. */
export function lowerBound(workload: Workload, isClose = true): number {
  const { count, durations } = workload;
  const order = inDependencyOrder(workload);
  const heads = headsOf(workload, order);
  const tails = tailsOf(workload, order);
  let bound = 0;
  for (const tail of tails) bound = Math.max(bound, tail);
  for (const resource of workload.capacity.keys()) {
    bound = Math.max(bound, spreadBound(workload, resource, heads, tails, isClose));
  }
  if (!isClose || count > CLIQUES_UP_TO) return bound;
  // Heaviest first, so that the first bit left in a row is the piece to take next.
  const pieces = order
    .filter((piece) => durations[piece] !== 0)
    .sort((a, b) => (durations[b] ?? 0) - (durations[a] ?? 0) || a - b);
  const apart = pairsApart(workload, order, pieces);
  const alone = pieces.filter((_, index) => apart.countIn(index) === pieces.length - 1);
  if (alone.length === 0) return Math.max(bound, cliqueBound(pieces, apart, durations, heads, tails));
  // Nothing can run beside these. Cut out of any schedule, they leave a schedule of all the others.
  const others = durations.slice();
  for (const piece of alone) others[piece] = 0;
  const sum = alone.reduce((all, piece) => all + (durations[piece] ?? 0), 0);
  return Math.max(bound, sum + lowerBound({ ...workload, durations: others }));
}

/** The pieces that start no earlier than `head` and leave at least `rest` after them: their work, spread over the capacity. */
function spreadBound(
  workload: Workload,
  resource: number,
  heads: Float64Array,
  tails: Float64Array,
  isClose: boolean,
): number {
  const { count, durations, demands, amounts, capacity } = workload;
  const places = capacity[resource] ?? 0;
  if (places === 0) return 0;
  const jobs: { readonly head: number; readonly rest: number; readonly work: number }[] = [];
  let total = 0;
  for (let piece = 0; piece < count; piece++) {
    const duration = durations[piece] ?? 0;
    for (let k = demands.offsets[piece] ?? 0; k < (demands.offsets[piece + 1] ?? 0); k++) {
      if (demands.items[k] !== resource || duration === 0) continue;
      const work = duration * (amounts[k] ?? 0);
      total += work;
      if (isClose) jobs.push({ head: heads[piece] ?? 0, rest: (tails[piece] ?? 0) - duration, work });
    }
  }
  let bound = Math.ceil(total / places);
  if (jobs.length > CLOSE_UP_TO) return bound;
  jobs.sort((a, b) => b.head - a.head);
  for (const least of new Set(jobs.map(({ rest }) => rest))) {
    let work = 0;
    for (const job of jobs) {
      if (job.rest < least) continue;
      work += job.work;
      bound = Math.max(bound, job.head + Math.ceil(work / places) + least);
    }
  }
  return bound;
}

/**
 * The heaviest clique found: a set of pieces of which no two can run at the same time. Grown greedily from each piece, the
 * heaviest first, until the steps are used up.
 *
 * @param pieces heaviest first; `apart` speaks of their indexes.
 */
function cliqueBound(
  pieces: Int32Array,
  apart: PairTable,
  durations: Int32Array,
  heads: Float64Array,
  tails: Float64Array,
): number {
  const seen = new Set<string>();
  let bound = 0;
  let steps = 0;
  for (const seed of pieces.keys()) {
    if (steps >= CLIQUE_STEPS) break;
    const clique = [seed];
    const left = apart.row(seed).slice();
    for (let word = 0; word < left.length; word++) {
      while (left[word] !== 0) {
        const member = 32 * word + lowestBit(left[word] ?? 0);
        clique.push(member);
        // Earlier words are empty, and members skipped there stay out.
        const row = apart.row(member);
        for (let next = word; next < left.length; next++) left[next] = (left[next] ?? 0) & (row[next] ?? 0);
        steps += left.length - word;
      }
    }
    const key = clique.toSorted((a, b) => a - b).join();
    steps += clique.length;
    if (seen.has(key)) continue;
    seen.add(key);
    steps += clique.length ** 2 / 8;
    const members = clique.map((index) => pieces[index] ?? 0);
    bound = Math.max(bound, oneByOne(members, durations, heads, tails));
  }
  return bound;
}

const lowestBit = (word: number): number => 31 - Math.clz32(word & -word);

/** The bound of `spreadBound` for pieces that run one by one: the best over all subsets between a head and a rest. */
function oneByOne(clique: readonly number[], durations: Int32Array, heads: Float64Array, tails: Float64Array): number {
  const latestFirst = [...clique].sort((a, b) => (heads[b] ?? 0) - (heads[a] ?? 0));
  const restOf = (piece: number): number => (tails[piece] ?? 0) - (durations[piece] ?? 0);
  let bound = 0;
  for (const least of new Set(clique.map(restOf))) {
    let work = 0;
    for (const piece of latestFirst) {
      if (restOf(piece) < least) continue;
      work += durations[piece] ?? 0;
      bound = Math.max(bound, (heads[piece] ?? 0) + work + least);
    }
  }
  return bound;
}

/** A table of pairs, one bit each. */
class PairTable {
  readonly #width: number;
  readonly #bits: Int32Array;

  constructor(count: number) {
    this.#width = (count + 31) >> 5;
    this.#bits = new Int32Array(count * this.#width);
  }

  /** The pairs of one index with all others: bit `i % 32` of word `i / 32`. */
  row(one: number): Int32Array {
    return this.#bits.subarray(one * this.#width, (one + 1) * this.#width);
  }

  add(one: number, other: number): void {
    const word = one * this.#width + (other >> 5);
    this.#bits[word] = (this.#bits[word] ?? 0) | (1 << (other & 31));
  }

  /** Pairs `one` with everything that `other` is paired with. */
  addAll(one: number, other: number): void {
    const [own, more] = [this.row(one), this.row(other)];
    for (let word = 0; word < own.length; word++) own[word] = (own[word] ?? 0) | (more[word] ?? 0);
  }

  countIn(one: number): number {
    let count = 0;
    for (let bits of this.row(one)) for (; bits !== 0; bits &= bits - 1) count++;
    return count;
  }

  /** Smallest first. */
  *partnersOf(one: number): Generator<number> {
    for (const [word, bits] of this.row(one).entries()) {
      for (let left = bits; left !== 0; left &= left - 1) yield 32 * word + lowestBit(left);
    }
  }
}

/** The pairs that can never run at the same time, by their indexes in `pieces`. */
function pairsApart(workload: Workload, order: Int32Array, pieces: Int32Array): PairTable {
  const { count, exclusions, blockers, running } = workload;
  const indexes = new Int32Array(count).fill(-1);
  pieces.forEach((piece, index) => {
    indexes[piece] = index;
  });
  const apart = new PairTable(pieces.length);
  const mark = (a: number, b: number): void => {
    const [one, other] = [indexes[a] ?? 0, indexes[b] ?? 0];
    // A piece on a cycle waits for itself. Two pieces may run together against an exclusion that is newer than they are.
    if (one === other || one === -1 || other === -1 || (running[a] === 1 && running[b] === 1)) return;
    apart.add(one, other);
    apart.add(other, one);
  };
  const before = new PairTable(count);
  for (const piece of order) {
    for (const blocker of itemsOf(blockers, piece)) {
      before.add(piece, blocker);
      before.addAll(piece, blocker);
    }
    for (const other of itemsOf(exclusions, piece)) mark(piece, other);
  }
  for (const piece of pieces) for (const other of before.partnersOf(piece)) mark(piece, other);
  for (const [a, b] of pairsTooBig(workload, pieces)) mark(a, b);
  return apart;
}

/** The pairs that demand more of a resource together than there is. */
function* pairsTooBig(
  { count, demands, amounts, capacity }: Workload,
  pieces: Int32Array,
): Generator<readonly [number, number]> {
  for (const [resource, places] of capacity.entries()) {
    const own = new Int32Array(count);
    for (let piece = 0; piece < count; piece++) {
      for (let k = demands.offsets[piece] ?? 0; k < (demands.offsets[piece + 1] ?? 0); k++) {
        if (demands.items[k] === resource) own[piece] = amounts[k] ?? 0;
      }
    }
    for (const a of pieces) {
      // Of two that are too big together, one needs more than half.
      if ((own[a] ?? 0) <= places / 2) continue;
      for (const b of pieces) if ((own[a] ?? 0) + (own[b] ?? 0) > places) yield [a, b];
    }
  }
}
