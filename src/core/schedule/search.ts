/**
 * A short search for a better order than a priority rule's: a few thousand schedules, near the best possible.
 *
 * A population of orders is bred: two are crossed, each child is laid out by the serial scheme, then pushed to the right
 * and back to the left (forward-backward improvement, Tormos & Lova 2001; the crossing by Hartmann 1998). The budget is
 * a count of schedules, not of milliseconds, and the dice are seeded: the same work gives the same timetable anywhere.
 * It ends as soon as the bound is reached, which is most often at once.
 */
import { lowerBound } from './bounds.ts';
import {
  headsOf,
  inDependencyOrder,
  SerialScheme,
  scheduleInParallel,
  type Timetable,
  tailsOf,
  type Workload,
} from './workload.ts';

export interface SearchResult extends Timetable {
  /** No schedule can be shorter. */
  readonly bound: number;
  /** How many schedules were laid out. */
  readonly schedules: number;
}

export interface SearchEffort {
  /** Schedules that may be laid out; the rules' own are among them. */
  readonly schedules: number;
  /** Timetables to start from besides the rules': what is found is never longer than any of them. */
  readonly known?: readonly Int32Array[];
  /**
   * Where the rule is not the best, take of the good timetables the one that stands up best where pieces take longer or
   * shorter than thought: judged by this many throws of the dice. Without it the shortest is taken.
   */
  readonly scenarios?: number;
}

interface Member {
  readonly order: Int32Array;
  readonly makespan: number;
  readonly mark: number;
}

const POPULATION = 30;
/** Children in a row that improve nobody, after which the whole population is shaken. */
const PATIENCE = 100;
/** How far a shaken piece may move, as a share of the whole order. */
const SHAKE = 0.8;
/** How far times are thrown from what was thought, where timetables are judged (the logarithm's deviation). */
const THROWN = 0.4;

/** @param ranks each piece's place by the rule, smallest first: what is found equally short by it is kept. */
export function search(workload: Workload, ranks: ArrayLike<number>, effort: SearchEffort): SearchResult {
  return new Search(workload, lowerBound(workload), effort).run(ranks);
}

/** The rule's own timetable, for what is too large to be searched. */
export function scheduleByRule(workload: Workload, ranks: ArrayLike<number>): SearchResult {
  return { ...scheduleInParallel(workload, ranks), bound: lowerBound(workload, false), schedules: 1 };
}

class Search {
  readonly #workload: Workload;
  readonly #bound: number;
  readonly #effort: SearchEffort;
  readonly #serial: SerialScheme;
  readonly #dice: Random;
  readonly #starts: Int32Array;
  readonly #turned: Int32Array;
  readonly #keys: Float64Array;
  readonly #topological: Int32Array;
  readonly #reversed: Int32Array;
  #schedules = 0;
  #last: Int32Array = new Int32Array(0);
  readonly #members: Member[] = [];
  #best: Timetable;

  constructor(workload: Workload, bound: number, effort: SearchEffort) {
    this.#workload = workload;
    this.#bound = bound;
    this.#effort = effort;
    this.#serial = new SerialScheme(workload);
    this.#dice = new Random(workload.count);
    this.#starts = new Int32Array(workload.count);
    this.#turned = new Int32Array(workload.count);
    this.#keys = new Float64Array(workload.count);
    this.#topological = inDependencyOrder(workload);
    this.#reversed = this.#topological.toReversed();
    this.#best = { starts: new Int32Array(workload.count), makespan: Number.POSITIVE_INFINITY };
  }

  run(ranks: ArrayLike<number>): SearchResult {
    const { count } = this.#workload;
    const byRule = scheduleInParallel(this.#workload, ranks);
    this.#take(byRule);
    for (const known of this.#effort.known ?? []) this.#forward(this.#byStart(known));
    if (!this.#isOver() && count > 1) this.#breed(ranks);
    const { scenarios } = this.#effort;
    const isByRule = this.#best.makespan === byRule.makespan;
    const chosen = scenarios === undefined || isByRule ? this.#best : this.#steadiest(scenarios);
    return { ...chosen, bound: this.#bound, schedules: this.#schedules };
  }

  #isOver(): boolean {
    return this.#best.makespan <= this.#bound || this.#schedules >= this.#effort.schedules;
  }

  #breed(ranks: ArrayLike<number>): void {
    const members = this.#members;
    const marks = new Set<number>();
    const join = (member: Member | undefined): void => {
      if (!member || marks.has(member.mark)) return;
      marks.add(member.mark);
      members.push(member);
    };
    join(this.#improve(this.#byStart(this.#best.starts)));
    for (const rule of this.#rules(ranks)) {
      if (this.#isOver()) return;
      this.#take(scheduleInParallel(this.#workload, rule));
      join(this.#improve(this.#byStart(this.#last)));
      if (this.#isOver()) return;
      join(this.#improve(this.#byKey(rule)));
    }
    const tails = tailsOf(this.#workload, this.#topological);
    for (let more = 0; members.length < POPULATION && more < 2 * POPULATION; more++) {
      if (this.#isOver()) return;
      // Every fourth by the dice alone: what a rule would never put first is sometimes the only way.
      const noisy = Float64Array.from(tails, (tail) =>
        more % 4 === 3 ? this.#dice.real() : -tail * (0.6 + 0.8 * this.#dice.real()),
      );
      this.#take(scheduleInParallel(this.#workload, noisy));
      join(this.#improve(this.#byStart(this.#last)));
    }
    let idle = 0;
    while (!this.#isOver()) {
      if (idle > PATIENCE) {
        idle = 0;
        const tired = members.splice(0);
        marks.clear();
        for (const { order } of tired) {
          if (this.#isOver()) return;
          join(this.#improve(this.#shake(order)));
        }
      }
      idle++;
      const one = this.#pick(members);
      const other = this.#pick(members);
      const child = this.#improve(this.#mutate(this.#cross(one.order, other.order)));
      if (marks.has(child.mark)) continue;
      let worst = 0;
      for (let at = 1; at < members.length; at++) {
        if ((members[at]?.makespan ?? 0) > (members[worst]?.makespan ?? 0)) worst = at;
      }
      const out = members[worst];
      if (!out || child.makespan > out.makespan) continue;
      if (child.makespan < out.makespan) idle = 0;
      marks.delete(out.mark);
      marks.add(child.mark);
      members[worst] = child;
    }
  }

  #take({ starts, makespan }: Timetable): void {
    this.#schedules++;
    this.#last = starts;
    if (makespan < this.#best.makespan) this.#best = { starts: starts.slice(), makespan };
  }

  #forward(order: Int32Array): number {
    const makespan = this.#serial.forward(order, this.#starts);
    this.#take({ starts: this.#starts, makespan });
    return makespan;
  }

  /** Lays the order out, then pushes it right and left again for as long as that makes it shorter. */
  #improve(order: Int32Array): Member {
    let makespan = this.#forward(order);
    let best = this.#byStart(this.#starts);
    let mark = markOf(this.#starts);
    while (!this.#isOver()) {
      const { durations: takes } = this.#workload;
      for (let at = 0; at < this.#keys.length; at++) {
        this.#keys[at] = -((this.#starts[at] ?? 0) + (takes[at] ?? 0));
      }
      this.#schedules++;
      this.#serial.backward(sortBy(this.#reversed, this.#keys), makespan, this.#turned);
      for (let at = 0; at < this.#keys.length; at++) {
        this.#keys[at] = -((this.#turned[at] ?? 0) + (takes[at] ?? 0));
      }
      const next = this.#forward(sortBy(this.#topological, this.#keys));
      const isShorter = next < makespan;
      makespan = next;
      best = this.#byStart(this.#starts);
      mark = markOf(this.#starts);
      if (!isShorter) break;
    }
    return { order: best, makespan, mark };
  }

  /** What starts together stays as in the order of waiting: a blocker that takes no time comes first all the same. */
  #byStart(starts: Int32Array): Int32Array {
    return sortBy(this.#topological, starts);
  }

  /** Blockers first; of those that may come next, the smallest key. */
  #byKey(keys: ArrayLike<number>): Int32Array {
    const { count, blockers, dependents } = this.#workload;
    const open = new Int32Array(count);
    const order = new Int32Array(count);
    const ready: number[] = [];
    for (let at = 0; at < count; at++) {
      open[at] = (blockers.offsets[at + 1] ?? 0) - (blockers.offsets[at] ?? 0);
      if (open[at] === 0) ready.push(at);
    }
    for (let end = 0; end < count; end++) {
      let pick = 0;
      for (let at = 1; at < ready.length; at++) {
        if ((keys[ready[at] ?? 0] ?? 0) < (keys[ready[pick] ?? 0] ?? 0)) pick = at;
      }
      const [piece = 0] = ready.splice(pick, 1);
      order[end] = piece;
      for (let k = dependents.offsets[piece] ?? 0; k < (dependents.offsets[piece + 1] ?? 0); k++) {
        const dependent = dependents.items[k] ?? 0;
        const left = (open[dependent] ?? 0) - 1;
        open[dependent] = left;
        if (left === 0) ready.push(dependent);
      }
    }
    return order;
  }

  /** What is known to be good: long chains first, early latest starts, much that may not run beside it. */
  #rules(ranks: ArrayLike<number>): readonly ArrayLike<number>[] {
    const { durations: takes, exclusions: apart, dependents } = this.#workload;
    const tails = tailsOf(this.#workload, this.#topological);
    const heads = headsOf(this.#workload, this.#topological);
    const beside = takes.map((_, at) => {
      let sum = 0;
      for (let k = apart.offsets[at] ?? 0; k < (apart.offsets[at + 1] ?? 0); k++)
        sum += takes[apart.items[k] ?? 0] ?? 0;
      return sum;
    });
    return [
      ranks,
      tails.map((tail) => -tail),
      tails.map((tail, at) => (takes[at] ?? 0) - tail),
      tails.map((tail, at) => -(tail + (beside[at] ?? 0) / 2)),
      tails.map((tail, at) => -(tail + (heads[at] ?? 0))),
      takes.map(
        (own, at) =>
          -(own + sumOf(dependents.items, dependents.offsets[at] ?? 0, dependents.offsets[at + 1] ?? 0, takes)),
      ),
    ];
  }

  /** Plays each candidate's order through the same throws; of equals the one that leaves nothing lying comes first. */
  #steadiest(scenarios: number): Timetable {
    const { durations: takes, count } = this.#workload;
    const plain = scheduleInParallel(this.#workload, this.#best.starts);
    const candidates = [plain.starts, this.#best.starts]
      .map((starts) => this.#byStart(starts))
      .concat(this.#members.map(({ order }) => order));
    const sums = new Float64Array(candidates.length);
    for (let scenario = 0; scenario < scenarios; scenario++) {
      const thrown = takes.map((own) => Math.round(own * Math.exp(THROWN * this.#dice.normal())));
      const serial = new SerialScheme({ ...this.#workload, durations: thrown });
      candidates.forEach((order, at) => {
        sums[at] = (sums[at] ?? 0) + serial.forward(order, this.#starts);
      });
    }
    this.#schedules += candidates.length * scenarios;
    const steadiest = candidates[sums.indexOf(Math.min(...sums))] ?? this.#topological;
    const starts = new Int32Array(count);
    return { starts, makespan: this.#serial.forward(steadiest, starts) };
  }

  #pick(members: readonly Member[]): Member {
    const a = members[this.#dice.below(members.length)];
    const b = members[this.#dice.below(members.length)];
    if (!a || !b) throw new RangeError('a population without members');
    return a.makespan <= b.makespan ? a : b;
  }

  /** The middle of one, in the other's order before and after it. */
  #cross(one: Int32Array, other: Int32Array): Int32Array {
    const { count } = this.#workload;
    const a = this.#dice.below(count);
    const b = this.#dice.below(count);
    const from = Math.min(a, b);
    const to = Math.max(a, b);
    const isIn = new Uint8Array(count);
    const child = new Int32Array(count);
    let end = 0;
    const add = (order: Int32Array, until: number): void => {
      for (let at = 0; at < count && end < until; at++) {
        const piece = order[at] ?? 0;
        if (isIn[piece] === 1) continue;
        isIn[piece] = 1;
        child[end++] = piece;
      }
    };
    add(one, from);
    add(other, to);
    add(one, count);
    return child;
  }

  /** The whole order loosened; blockers stay before dependents. */
  #shake(order: Int32Array): Int32Array {
    const keys = this.#keys;
    const reach = order.length * SHAKE;
    order.forEach((piece, at) => {
      keys[piece] = at + reach * this.#dice.real();
    });
    return this.#byKey(keys.slice());
  }

  /** Neighbours change places now and then, where neither waits for the other. */
  #mutate(order: Int32Array): Int32Array {
    const { blockers } = this.#workload;
    const often = Math.max(0.05, 1.5 / order.length);
    for (let at = 0; at + 1 < order.length; at++) {
      if (this.#dice.real() >= often) continue;
      const one = order[at] ?? 0;
      const other = order[at + 1] ?? 0;
      let waits = false;
      for (let k = blockers.offsets[other] ?? 0; k < (blockers.offsets[other + 1] ?? 0); k++) {
        if (blockers.items[k] === one) waits = true;
      }
      if (waits) continue;
      order[at] = other;
      order[at + 1] = one;
    }
    return order;
  }
}

function sumOf(items: Int32Array, from: number, to: number, of: Int32Array): number {
  let sum = 0;
  for (let k = from; k < to; k++) sum += of[items[k] ?? 0] ?? 0;
  return sum;
}

/** Stable insertion for what is nearly sorted, as these are. */
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

/** To tell one timetable from another: FNV-1a over the starts. */
function markOf(starts: Int32Array): number {
  let mark = 0x811c9dc5;
  for (let at = 0; at < starts.length; at++) mark = Math.imul(mark ^ (starts[at] ?? 0), 0x01000193);
  return mark >>> 0;
}

/** xorshift32 (Marsaglia 2003): dice that fall alike on every machine. */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = (Math.imul(seed + 1, 0x9e3779b1) ^ 0x5bd1e995) | 0 || 1;
  }

  #next(): number {
    let state = this.#state;
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    this.#state = state;
    return state >>> 0;
  }

  /** From 0, below 1. */
  real(): number {
    return this.#next() / 0x1_0000_0000;
  }

  /** Normally distributed around 0, with deviation 1 (Box & Muller 1958). */
  normal(): number {
    return Math.sqrt(-2 * Math.log(1 - this.real())) * Math.cos(2 * Math.PI * this.real());
  }

  /** A whole number from 0, below `end`. */
  below(end: number): number {
    return Math.floor(this.real() * end);
  }
}
