/**
 * How short a schedule could be at best: no plan is shorter than its longest chain, than its work spread evenly over the
 * places there are, or than a set of pieces of which no two may run at one time.
 *
 * Each of them is counted with what must come before and after it.
 */
import { headsOf, inDependencyOrder, tailsOf, type Workload } from './workload.ts';

/** Above this many pieces the closer bounds would take longer than they are worth. */
const CLOSE_UP_TO = 200;
/** Above this many, a table of all pairs would. */
const CLIQUES_UP_TO = 2_000;
/** What looking for heavy sets may take, in steps of 32 pairs: a few milliseconds. */
const CLIQUE_STEPS = 2_000_000;

/** @param closely whether more is looked at than the longest chain and the work in all; it takes much longer. */
export function lowerBound(workload: Workload, closely = true): number {
  const order = inDependencyOrder(workload);
  const heads = headsOf(workload, order);
  const tails = tailsOf(workload, order);
  let bound = 0;
  for (let at = 0; at < workload.count; at++) bound = Math.max(bound, (heads[at] ?? 0) + (tails[at] ?? 0));
  for (let kind = 0; kind < workload.capacity.length; kind++) {
    bound = Math.max(bound, spreadBound(workload, kind, heads, tails, closely));
  }
  if (!closely || workload.count > CLIQUES_UP_TO) return bound;
  // Rows are of heaviest-first places, so that the first bit left in a row is the piece to take next.
  const { durations: takes } = workload;
  const list = order.filter((piece) => takes[piece] !== 0).sort((a, b) => (takes[b] ?? 0) - (takes[a] ?? 0) || a - b);
  const beside = exclusive(workload, order, list);
  const alone = list.filter((_, place) => beside.countOf(place) === list.length - 1);
  if (alone.length === 0) return Math.max(bound, cliqueBound(list, beside, takes, heads, tails));
  // Nothing runs beside these: where they are cut out of a schedule, one of all others is left.
  const others = takes.slice();
  for (const piece of alone) others[piece] = 0;
  const sum = alone.reduce((all, piece) => all + (takes[piece] ?? 0), 0);
  return Math.max(bound, sum + lowerBound({ ...workload, durations: others }));
}

/**
 * For all pieces that start no earlier than `head` and have at least `rest` after them: their work over the capacity,
 * between the two.
 */
function spreadBound(
  workload: Workload,
  kind: number,
  heads: Float64Array,
  tails: Float64Array,
  closely: boolean,
): number {
  const { count, durations: takes, demands: needs, amounts, capacity } = workload;
  const places = capacity[kind] ?? 0;
  if (places === 0) return 0;
  const jobs: { head: number; rest: number; work: number }[] = [];
  let total = 0;
  for (let at = 0; at < count; at++) {
    for (let k = needs.offsets[at] ?? 0; k < (needs.offsets[at + 1] ?? 0); k++) {
      const length = takes[at] ?? 0;
      if (needs.items[k] !== kind || length === 0) continue;
      const work = length * (amounts[k] ?? 0);
      total += work;
      if (closely) jobs.push({ head: heads[at] ?? 0, rest: (tails[at] ?? 0) - length, work });
    }
  }
  let bound = Math.ceil(total / places);
  if (jobs.length > CLOSE_UP_TO) return bound;
  jobs.sort((a, b) => b.head - a.head);
  const rests = [...new Set(jobs.map(({ rest }) => rest))];
  for (const rest of rests) {
    let work = 0;
    for (const job of jobs) {
      if (job.rest < rest) continue;
      work += job.work;
      bound = Math.max(bound, job.head + Math.ceil(work / places) + rest);
    }
  }
  return bound;
}

/**
 * The heaviest set found of which no two may run at one time or one waits for the other: greedily, from each piece, the
 * heaviest first, for as long as the steps last.
 */
function cliqueBound(
  byWeight: Int32Array,
  beside: Pairs,
  takes: Int32Array,
  heads: Float64Array,
  tails: Float64Array,
): number {
  const found = new Set<string>();
  let bound = 0;
  let steps = 0;
  for (let seed = 0; seed < byWeight.length && steps < CLIQUE_STEPS; seed++) {
    const clique = [seed];
    const left = beside.row(seed).slice();
    for (let word = 0; word < left.length; word++) {
      while (left[word] !== 0) {
        const place = 32 * word + lowestOf(left[word] ?? 0);
        clique.push(place);
        // What was passed over stays out: nothing before this place is looked at again.
        const row = beside.row(place);
        for (let next = word; next < left.length; next++) left[next] = (left[next] ?? 0) & (row[next] ?? 0);
        steps += left.length - word;
      }
    }
    const key = clique.toSorted((a, b) => a - b).join();
    steps += clique.length;
    if (found.has(key)) continue;
    found.add(key);
    steps += clique.length ** 2 / 8;
    const pieces = clique.map((place) => byWeight[place] ?? 0);
    bound = Math.max(bound, oneByOne(pieces, takes, heads, tails));
  }
  return bound;
}

/** Which is the lowest bit that is set. */
const lowestOf = (word: number): number => 31 - Math.clz32(word & -word);

/** As above, for pieces that run one by one: the best of all its parts between a head and a rest. */
function oneByOne(clique: readonly number[], takes: Int32Array, heads: Float64Array, tails: Float64Array): number {
  const sorted = [...clique].sort((a, b) => (heads[b] ?? 0) - (heads[a] ?? 0));
  const restOf = (piece: number): number => (tails[piece] ?? 0) - (takes[piece] ?? 0);
  let bound = 0;
  for (const edge of new Set(clique.map(restOf))) {
    let work = 0;
    for (const piece of sorted) {
      if (restOf(piece) < edge) continue;
      work += takes[piece] ?? 0;
      bound = Math.max(bound, (heads[piece] ?? 0) + work + edge);
    }
  }
  return bound;
}

/** Pairs of so many things, a bit each. */
class Pairs {
  readonly #width: number;
  readonly #bits: Int32Array;

  constructor(count: number) {
    this.#width = (count + 31) >> 5;
    this.#bits = new Int32Array(count * this.#width);
  }

  /** Of one with all: bit `i % 32` of word `i / 32`. */
  row(one: number): Int32Array {
    return this.#bits.subarray(one * this.#width, (one + 1) * this.#width);
  }

  add(one: number, other: number): void {
    const at = one * this.#width + (other >> 5);
    this.#bits[at] = (this.#bits[at] ?? 0) | (1 << (other & 31));
  }

  countOf(one: number): number {
    let count = 0;
    for (let bits of this.row(one)) for (; bits !== 0; bits &= bits - 1) count++;
    return count;
  }

  /** All that are with this one, the smallest first. */
  *of(one: number): Generator<number> {
    for (const [word, bits] of this.row(one).entries()) {
      for (let left = bits; left !== 0; left &= left - 1) yield 32 * word + lowestOf(left);
    }
  }

  /** Everything that is with the other is with the one, too. */
  addAll(one: number, other: number): void {
    const [own, more] = [this.row(one), this.row(other)];
    for (let word = 0; word < own.length; word++) own[word] = (own[word] ?? 0) | (more[word] ?? 0);
  }
}

/** Which pairs can never run at one time, by their places in the list. */
function exclusive(workload: Workload, order: Int32Array, list: Int32Array): Pairs {
  const { count, exclusions: apart, blockers, amounts, demands: needs, capacity, running } = workload;
  const places = new Int32Array(count).fill(-1);
  list.forEach((piece, place) => {
    places[piece] = place;
  });
  const pairs = new Pairs(list.length);
  const mark = (a: number, b: number): void => {
    const [one, other] = [places[a] ?? -1, places[b] ?? -1];
    // Two that do run at one time, against a rule made since, end when they end.
    if (one === other || one === -1 || other === -1 || (running[a] === 1 && running[b] === 1)) return;
    pairs.add(one, other);
    pairs.add(other, one);
  };
  const before = new Pairs(count);
  for (const piece of order) {
    for (let k = blockers.offsets[piece] ?? 0; k < (blockers.offsets[piece + 1] ?? 0); k++) {
      const blocker = blockers.items[k] ?? 0;
      before.add(piece, blocker);
      before.addAll(piece, blocker);
    }
    for (let k = apart.offsets[piece] ?? 0; k < (apart.offsets[piece + 1] ?? 0); k++) mark(piece, apart.items[k] ?? 0);
  }
  for (const piece of list) for (const other of before.of(piece)) mark(piece, other);
  for (let kind = 0; kind < capacity.length; kind++) {
    const own = new Int32Array(count);
    for (let piece = 0; piece < count; piece++) {
      for (let k = needs.offsets[piece] ?? 0; k < (needs.offsets[piece + 1] ?? 0); k++) {
        if (needs.items[k] === kind) own[piece] = amounts[k] ?? 0;
      }
    }
    const half = (capacity[kind] ?? 0) / 2;
    for (const a of list) {
      if ((own[a] ?? 0) <= half) continue;
      for (const b of list) if (a !== b && (own[a] ?? 0) + (own[b] ?? 0) > (capacity[kind] ?? 0)) mark(a, b);
    }
  }
  return pairs;
}
