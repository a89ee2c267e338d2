/**
 * A short search for a better order than a priority rule gives: a few hundred or thousand schedules, near the best possible.
 *
 * It breeds a population of orders. Two parents are crossed; the child is laid out by the serial scheme, then pushed right and
 * back left (crossover: Hartmann 1998; forward-backward improvement: Tormos & Lova 2001). The budget is a count of schedules,
 * not of milliseconds, and the random numbers are seeded: the same work gives the same timetable on every machine. The search
 * ends once the lower bound is reached, which is usually at once.
 */
import { lowerBound } from './bounds.ts';
import { scheduleInParallel } from './parallel-scheme.ts';
import { Random } from './random.ts';
import { SerialScheme } from './serial-scheme.ts';
import { headsOf, inDependencyOrder, itemsOf, type Lists, type Timetable, tailsOf, type Workload } from './workload.ts';

export interface SearchResult extends Timetable {
  /** No schedule can be shorter. */
  readonly bound: number;
  /** How many schedules were laid out. */
  readonly schedules: number;
}

export interface SearchEffort {
  /** How many schedules may be laid out, those of the priority rules included. */
  readonly schedules: number;
  /** More timetables to start from. The result is never longer than any of them. */
  readonly known?: readonly Int32Array[];
  /**
   * If the first rule's timetable is not the shortest, choose the good timetable that holds up best when pieces take longer
   * or shorter than expected, judged by this many draws of durations. Without it, choose the shortest.
   */
  readonly scenarios?: number;
}

/** One order of the population. */
interface Member {
  readonly order: Int32Array;
  readonly makespan: number;
  /** Tells timetables apart. */
  readonly hash: number;
}

const POPULATION = 30;
/** After this many children in a row that improve nothing, the whole population is shaken. */
const PATIENCE = 100;
/** How far a shaken piece may move, as a share of the whole order. */
const SHAKE = 0.8;
/** How far drawn durations spread around the expected ones: the standard deviation of the logarithm. */
const SPREAD = 0.4;

/** @param ranks by the rule, smallest first. If its timetable is as short as the best, it is the result. */
export function search(workload: Workload, ranks: ArrayLike<number>, effort: SearchEffort): SearchResult {
  return new Search(workload, lowerBound(workload), effort).run(ranks);
}

/** The rule's own timetable, for workloads that are too large to search. */
export function scheduleByRule(workload: Workload, ranks: ArrayLike<number>): SearchResult {
  return { ...scheduleInParallel(workload, ranks), bound: lowerBound(workload, false), schedules: 1 };
}

class Search {
  readonly #workload: Workload;
  readonly #bound: number;
  readonly #effort: SearchEffort;
  readonly #serial: SerialScheme;
  readonly #random: Random;
  readonly #starts: Int32Array;
  /** Starts of a backward pass. */
  readonly #backward: Int32Array;
  readonly #keys: Float64Array;
  readonly #blockersFirst: Int32Array;
  readonly #dependentsFirst: Int32Array;
  readonly #population: Member[] = [];
  readonly #hashes = new Set<number>();
  #schedules = 0;
  #best: Timetable;

  constructor(workload: Workload, bound: number, effort: SearchEffort) {
    this.#workload = workload;
    this.#bound = bound;
    this.#effort = effort;
    this.#serial = new SerialScheme(workload);
    this.#random = new Random(workload.count);
    this.#starts = new Int32Array(workload.count);
    this.#backward = new Int32Array(workload.count);
    this.#keys = new Float64Array(workload.count);
    this.#blockersFirst = inDependencyOrder(workload);
    this.#dependentsFirst = this.#blockersFirst.toReversed();
    this.#best = { starts: new Int32Array(workload.count), makespan: Number.POSITIVE_INFINITY };
  }

  run(ranks: ArrayLike<number>): SearchResult {
    const byRule = this.#scheduleBy(ranks);
    for (const known of this.#effort.known ?? []) this.#forward(this.#orderOf(known));
    this.#fillPopulation(ranks);
    this.#breed();
    const { scenarios } = this.#effort;
    const isByRule = this.#best.makespan === byRule.makespan;
    const chosen = scenarios === undefined || isByRule ? this.#best : this.#steadiest(scenarios);
    return { ...chosen, bound: this.#bound, schedules: this.#schedules };
  }

  #isOver(): boolean {
    return this.#best.makespan <= this.#bound || this.#schedules >= this.#effort.schedules;
  }

  #fillPopulation(ranks: ArrayLike<number>): void {
    if (this.#isOver()) return;
    this.#join(this.#improve(this.#orderOf(this.#best.starts)));
    for (const rule of this.#rules(ranks)) {
      if (this.#isOver()) return;
      this.#join(this.#improve(this.#orderOf(this.#scheduleBy(rule).starts)));
      if (this.#isOver()) return;
      this.#join(this.#improve(this.#sortByKey(rule)));
    }
    const tails = tailsOf(this.#workload, this.#blockersFirst);
    for (let tries = 0; this.#population.length < POPULATION && tries < 2 * POPULATION; tries++) {
      if (this.#isOver()) return;
      // Every fourth is random alone: sometimes the only good order starts with a piece that no rule would put first.
      const noisy = tails.map((tail) =>
        tries % 4 === 3 ? this.#random.real() : -tail * (0.6 + 0.8 * this.#random.real()),
      );
      this.#join(this.#improve(this.#orderOf(this.#scheduleBy(noisy).starts)));
    }
  }

  #breed(): void {
    let idle = 0;
    while (!this.#isOver()) {
      if (idle > PATIENCE) {
        idle = 0;
        if (!this.#hasShakenAll()) return;
      }
      idle++;
      const child = this.#improve(this.#mutate(this.#cross(this.#pick().order, this.#pick().order)));
      if (this.#hasReplacedWorst(child)) idle = 0;
    }
  }

  #join(member: Member): void {
    if (this.#hashes.has(member.hash)) return;
    this.#hashes.add(member.hash);
    this.#population.push(member);
  }

  /** Replaces the longest member with the child, if the child is new and not longer. @returns true if it is shorter. */
  #hasReplacedWorst(child: Member): boolean {
    if (this.#hashes.has(child.hash)) return false;
    const worst = this.#population.reduce((a, b) => (b.makespan > a.makespan ? b : a));
    if (child.makespan > worst.makespan) return false;
    this.#hashes.delete(worst.hash);
    this.#hashes.add(child.hash);
    this.#population[this.#population.indexOf(worst)] = child;
    return child.makespan < worst.makespan;
  }

  /** Replaces all members by shaken ones. @returns false if the search is over before that is done. */
  #hasShakenAll(): boolean {
    this.#hashes.clear();
    for (const { order } of this.#population.splice(0)) {
      if (this.#isOver()) return false;
      this.#join(this.#improve(this.#shake(order)));
    }
    return true;
  }

  #keep({ starts, makespan }: Timetable): void {
    this.#schedules++;
    if (makespan < this.#best.makespan) this.#best = { starts: starts.slice(), makespan };
  }

  #scheduleBy(ranks: ArrayLike<number>): Timetable {
    const timetable = scheduleInParallel(this.#workload, ranks);
    this.#keep(timetable);
    return timetable;
  }

  #forward(order: Int32Array): number {
    const makespan = this.#serial.forward(order, this.#starts);
    this.#keep({ starts: this.#starts, makespan });
    return makespan;
  }

  /** Lays the order out, then pushes it right and left again for as long as that makes it shorter. */
  #improve(order: Int32Array): Member {
    let makespan = this.#forward(order);
    for (let isShorter = true; isShorter && !this.#isOver(); ) {
      this.#schedules++;
      this.#serial.backward(
        sortBy(this.#dependentsFirst, this.#latestEndFirst(this.#starts)),
        makespan,
        this.#backward,
      );
      const next = this.#forward(sortBy(this.#blockersFirst, this.#latestEndFirst(this.#backward)));
      isShorter = next < makespan;
      makespan = next;
    }
    return { order: this.#orderOf(this.#starts), makespan, hash: hashOf(this.#starts) };
  }

  /** Keys that sort pieces by their end, the latest first. */
  #latestEndFirst(starts: Int32Array): Float64Array {
    const { durations } = this.#workload;
    for (let piece = 0; piece < starts.length; piece++) {
      this.#keys[piece] = -((starts[piece] ?? 0) + (durations[piece] ?? 0));
    }
    return this.#keys;
  }

  /** The pieces by their start. Ties stay in dependency order, so that a blocker that takes no time still comes first. */
  #orderOf(starts: Int32Array): Int32Array {
    return sortBy(this.#blockersFirst, starts);
  }

  /** Blockers first; of the pieces that may come next, the one with the smallest key. */
  #sortByKey(keys: ArrayLike<number>): Int32Array {
    const { count, blockers, dependents } = this.#workload;
    const open = new Int32Array(count);
    const order = new Int32Array(count);
    const ready: number[] = [];
    for (let piece = 0; piece < count; piece++) {
      open[piece] = itemsOf(blockers, piece).length;
      if (open[piece] === 0) ready.push(piece);
    }
    for (let end = 0; end < count; end++) {
      let pick = 0;
      for (let i = 1; i < ready.length; i++) {
        if ((keys[ready[i] ?? 0] ?? 0) < (keys[ready[pick] ?? 0] ?? 0)) pick = i;
      }
      const [piece = 0] = ready.splice(pick, 1);
      order[end] = piece;
      for (const dependent of itemsOf(dependents, piece)) {
        const left = (open[dependent] ?? 0) - 1;
        open[dependent] = left;
        if (left === 0) ready.push(dependent);
      }
    }
    return order;
  }

  /**
   * Priority rules that are known to be good, smallest first: the given ranks, the longest tail, the latest start, the most
   * work that is excluded, the longest chain through the piece, the most work that it unblocks.
   */
  #rules(ranks: ArrayLike<number>): readonly ArrayLike<number>[] {
    const { durations, exclusions, dependents } = this.#workload;
    const tails = tailsOf(this.#workload, this.#blockersFirst);
    const heads = headsOf(this.#workload, this.#blockersFirst);
    const workIn = (lists: Lists, piece: number): number =>
      itemsOf(lists, piece).reduce((sum, other) => sum + (durations[other] ?? 0), 0);
    return [
      ranks,
      tails.map((tail) => -tail),
      tails.map((tail, piece) => (durations[piece] ?? 0) - tail),
      tails.map((tail, piece) => -(tail + workIn(exclusions, piece) / 2)),
      tails.map((tail, piece) => -(tail + (heads[piece] ?? 0))),
      durations.map((own, piece) => -(own + workIn(dependents, piece))),
    ];
  }

  /** Plays the order of each candidate with the same draws of durations, and takes the one with the smallest sum. */
  #steadiest(scenarios: number): Timetable {
    const { durations, count } = this.#workload;
    // Of equals the first counts: the order that leaves no place free.
    const plain = scheduleInParallel(this.#workload, this.#best.starts);
    const candidates = [
      this.#orderOf(plain.starts),
      this.#orderOf(this.#best.starts),
      ...this.#population.map(({ order }) => order),
    ];
    const sums = new Float64Array(candidates.length);
    for (let scenario = 0; scenario < scenarios; scenario++) {
      const drawn = durations.map((own) => Math.round(own * Math.exp(SPREAD * this.#random.normal())));
      const serial = new SerialScheme({ ...this.#workload, durations: drawn });
      candidates.forEach((order, i) => {
        sums[i] = (sums[i] ?? 0) + serial.forward(order, this.#starts);
      });
    }
    this.#schedules += candidates.length * scenarios;
    const steadiest = candidates[sums.indexOf(Math.min(...sums))] ?? this.#blockersFirst;
    const starts = new Int32Array(count);
    return { starts, makespan: this.#serial.forward(steadiest, starts) };
  }

  /** The shorter of two random members. */
  #pick(): Member {
    const a = this.#population[this.#random.below(this.#population.length)] as Member;
    const b = this.#population[this.#random.below(this.#population.length)] as Member;
    return a.makespan <= b.makespan ? a : b;
  }

  /** A random stretch in the order of `other`; the rest, before and after it, in the order of `one`. */
  #cross(one: Int32Array, other: Int32Array): Int32Array {
    const { count } = this.#workload;
    const a = this.#random.below(count);
    const b = this.#random.below(count);
    const child = new Set(one.subarray(0, Math.min(a, b)));
    for (const piece of other) if (child.size < Math.max(a, b)) child.add(piece);
    return Int32Array.from(child.union(new Set(one)));
  }

  /** The order with every piece moved a random way back; blockers stay before their dependents. */
  #shake(order: Int32Array): Int32Array {
    const keys = new Float64Array(order.length);
    const reach = order.length * SHAKE;
    order.forEach((piece, at) => {
      keys[piece] = at + reach * this.#random.real();
    });
    return this.#sortByKey(keys);
  }

  /** Swaps a few neighbours, unless one waits for the other. It changes the order in place. */
  #mutate(order: Int32Array): Int32Array {
    const { blockers } = this.#workload;
    const probability = Math.max(0.05, 1.5 / order.length);
    for (let at = 0; at + 1 < order.length; at++) {
      if (this.#random.real() >= probability) continue;
      const [one, next] = [order[at] ?? 0, order[at + 1] ?? 0];
      if (itemsOf(blockers, next).includes(one)) continue;
      order[at] = next;
      order[at + 1] = one;
    }
    return order;
  }
}

/** Sorts pieces by their keys. A stable insertion sort, since the orders here are nearly sorted already. */
function sortBy(order: Int32Array, keys: ArrayLike<number>): Int32Array {
  const sorted = order.slice();
  for (let at = 1; at < sorted.length; at++) {
    const piece = sorted[at] ?? 0;
    const key = keys[piece] ?? 0;
    let to = at - 1;
    while (to >= 0 && (keys[sorted[to] ?? 0] ?? 0) > key) {
      sorted[to + 1] = sorted[to] ?? 0;
      to--;
    }
    sorted[to + 1] = piece;
  }
  return sorted;
}

/** FNV-1a over the starts. */
function hashOf(starts: Int32Array): number {
  let hash = 0x811c9dc5;
  for (const start of starts) hash = Math.imul(hash ^ start, 0x01000193);
  return hash >>> 0;
}
