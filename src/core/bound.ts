/**
 * How short a schedule could be at best: no plan is shorter than its longest chain, than its work spread evenly over the
 * places there are, or than a set of pieces of which no two may run at one time.
 *
 * Each of them is counted with what must come before and after it.
 */
import { headsOf, inWaitingOrder, tailsOf, type Workload } from './workload.ts';

/** Above this many pieces the closer bounds would take longer than they are worth. */
const CLOSE_UP_TO = 200;

/** @param closely whether more is looked at than the longest chain and the work in all; it takes much longer. */
export function lowerBound(workload: Workload, closely = true): number {
  const order = inWaitingOrder(workload);
  const heads = headsOf(workload, order);
  const tails = tailsOf(workload, order);
  let bound = 0;
  for (let at = 0; at < workload.count; at++) bound = Math.max(bound, (heads[at] ?? 0) + (tails[at] ?? 0));
  for (let kind = 0; kind < workload.capacity.length; kind++) {
    bound = Math.max(bound, spreadBound(workload, kind, heads, tails, closely));
  }
  return Math.max(bound, closely && workload.count <= CLOSE_UP_TO ? cliqueBound(workload, order, heads, tails) : 0);
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
  const { count, takes, needs, amounts, capacity } = workload;
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

/** The heaviest set found, greedily from each piece, of which no two may run at one time or one waits for the other. */
function cliqueBound(workload: Workload, order: Int32Array, heads: Float64Array, tails: Float64Array): number {
  const { count, takes } = workload;
  const beside = exclusive(workload, order);
  const byWeight = Array.from(order, (piece) => piece).sort((a, b) => (takes[b] ?? 0) - (takes[a] ?? 0) || a - b);
  let bound = 0;
  for (const seed of byWeight) {
    if (takes[seed] === 0) continue;
    const clique = [seed];
    for (const piece of byWeight) {
      if (piece === seed || takes[piece] === 0) continue;
      if (clique.every((other) => beside[piece * count + other] === 1)) clique.push(piece);
    }
    bound = Math.max(bound, oneByOne(clique, takes, heads, tails));
  }
  return bound;
}

/** As above, for pieces that run one by one: the best of all its parts between a head and a rest. */
function oneByOne(clique: readonly number[], takes: Int32Array, heads: Float64Array, tails: Float64Array): number {
  const sorted = [...clique].sort((a, b) => (heads[b] ?? 0) - (heads[a] ?? 0));
  const restOf = (piece: number): number => (tails[piece] ?? 0) - (takes[piece] ?? 0);
  let bound = 0;
  for (const edge of clique) {
    let work = 0;
    for (const piece of sorted) {
      if (restOf(piece) < restOf(edge)) continue;
      work += takes[piece] ?? 0;
      bound = Math.max(bound, (heads[piece] ?? 0) + work + restOf(edge));
    }
  }
  return bound;
}

/** Which pairs can never run at one time, as a table. */
function exclusive(workload: Workload, order: Int32Array): Uint8Array {
  const { count, apart, blockers, amounts, needs, capacity, running } = workload;
  const table = new Uint8Array(count * count);
  const mark = (a: number, b: number): void => {
    // Two that do run at one time, against a rule made since, end when they end.
    if (running[a] === 1 && running[b] === 1) return;
    table[a * count + b] = 1;
    table[b * count + a] = 1;
  };
  const before = new Uint8Array(count * count);
  for (const piece of order) {
    for (let k = blockers.offsets[piece] ?? 0; k < (blockers.offsets[piece + 1] ?? 0); k++) {
      const blocker = blockers.items[k] ?? 0;
      before[piece * count + blocker] = 1;
      for (let other = 0; other < count; other++) {
        if (before[blocker * count + other] === 1) before[piece * count + other] = 1;
      }
    }
    for (let other = 0; other < count; other++) if (before[piece * count + other] === 1) mark(piece, other);
    for (let k = apart.offsets[piece] ?? 0; k < (apart.offsets[piece + 1] ?? 0); k++) mark(piece, apart.items[k] ?? 0);
  }
  const asks = (piece: number, kind: number): number => {
    for (let k = needs.offsets[piece] ?? 0; k < (needs.offsets[piece + 1] ?? 0); k++) {
      if (needs.items[k] === kind) return amounts[k] ?? 0;
    }
    return 0;
  };
  for (let kind = 0; kind < capacity.length; kind++) {
    const own = Array.from({ length: count }, (_, piece) => asks(piece, kind));
    const half = (capacity[kind] ?? 0) / 2;
    for (let a = 0; a < count; a++) {
      if ((own[a] ?? 0) <= half) continue;
      for (let b = 0; b < count; b++) if (a !== b && (own[a] ?? 0) + (own[b] ?? 0) > (capacity[kind] ?? 0)) mark(a, b);
    }
  }
  return table;
}
