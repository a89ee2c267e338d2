/**
 * Interning: turns ids into positions, so that the graph can count in typed arrays and still answer in ids.
 *
 * Issue numbers are small integers, so one table both finds and sorts them. Names are sorted by their first letters, read
 * as numbers: comparing names pair by pair is the largest cost in planning a large graph.
 */

export interface IdTable<Id extends number | string> {
  /** Sorted, without repeats. Numbers by size, names by UTF-16 code unit. */
  readonly ids: readonly Id[];
  /** The position of an id in `ids`, or -1. */
  readonly indexOf: (id: Id) => number;
  /** The same for loops over millions: positions plus one in a table of numbers, or a map from names to positions. */
  readonly lookup: Int32Array | { get(id: Id): number | undefined };
}

/** An `IdTable` with the ids in the order in which they first appeared. */
export interface InternedIds<Id extends number | string> extends IdTable<Id> {
  /** The positions in sorted order; undefined if they are sorted already. */
  readonly sortedOrder: () => Int32Array | undefined;
}

/** Numbers share one table if its length is at most this many times their count, plus `SMALL`. */
const SPARSE = 8;
const SMALL = 1_024;

/** Interns ids in sorted order. Repeated ids count once. */
export function internSorted<Id extends number | string>(given: Iterable<Id>): IdTable<Id> {
  const interned = intern(given);
  const { ids, indexOf } = interned;
  const order = interned.sortedOrder();
  if (!order) return interned;
  const rank = new Int32Array(ids.length);
  const sorted: Id[] = [];
  for (const index of order) rank[index] = sorted.push(ids[index] as Id) - 1;
  return {
    ids: sorted,
    indexOf: (id) => rank[indexOf(id)] ?? -1,
    lookup: { get: (id) => rank[indexOf(id)] },
  };
}

/** Interns ids in the order given. For callers that only need the sorted order at the end: this saves a rank per lookup. */
export function intern<Id extends number | string>(given: Iterable<Id>): InternedIds<Id> {
  const all: readonly Id[] = Array.isArray(given) ? given : [...given];
  return internNumbers(all) ?? internNames(all);
}

/** Interns whole numbers from 0 that are not too far apart; undefined for any other ids. */
function internNumbers<Id extends number | string>(all: readonly Id[]): InternedIds<Id> | undefined {
  const limit = all.length * SPARSE + SMALL;
  let largest = -1;
  for (const id of all) {
    if (typeof id !== 'number' || !(id >= 0 && id <= limit) || !Number.isInteger(id)) return undefined;
    if (id > largest) largest = id;
  }
  // Holds each position plus one, so that 0 means "not an id".
  const table = new Int32Array(largest + 1);
  for (const id of all) table[id as number] = 1;
  const ids: Id[] = [];
  for (let id = 0; id <= largest; id++) if (table[id] === 1) table[id] = ids.push(id as Id);
  return { ids, indexOf: (id) => (table[id as number] ?? 0) - 1, sortedOrder: () => undefined, lookup: table };
}

function internNames<Id extends number | string>(all: readonly Id[]): InternedIds<Id> {
  if (all.length >= FEW && areStrings(all)) {
    const table = new NameTable(all);
    const ids = table.names as readonly Id[];
    const sortedOrder = () => sortNames(table.names, table.start);
    return { ids, indexOf: (id) => table.get(id) ?? -1, sortedOrder, lookup: table };
  }
  const map = new Map<Id, number>();
  for (const id of all) if (!map.has(id)) map.set(id, map.size);
  const ids = [...map.keys()];
  const sortedOrder = () => upTo(ids.length).sort((a, b) => compare(ids[a] as Id, ids[b] as Id));
  return { ids, indexOf: (id) => map.get(id) ?? -1, sortedOrder, lookup: map };
}

/** Below this count a plain `Map` and a plain sort are fast enough. They also serve numbers that are far apart. */
const FEW = 64;

/**
 * A hash table of names in one array. A slot holds a name's position and as many bits of its hash as fit beside it, so a
 * lookup among a million names touches three places in memory. A `Map` touches five or more, and waiting for memory is the
 * whole cost. Letters that all names start with tell no name from another and are skipped.
 */
class NameTable {
  /** Without repeats, in the order given. */
  readonly names: readonly string[];
  /** How many letters all names start with. */
  readonly start: number;
  /** By slot: high bits of the hash above, the position plus one below. 0 is a free slot. */
  readonly #table: Int32Array;
  /** Selects the slot in a hash, and the position in a slot. */
  readonly #mask: number;

  constructor(given: readonly string[]) {
    const size = 2 ** Math.ceil(Math.log2(2 * given.length));
    this.#table = new Int32Array(size);
    this.#mask = size - 1;
    this.names = given;
    this.start = sharedStart(given);
    // The names are copied only if one of them repeats.
    let once: string[] | undefined;
    let count = 0;
    for (let i = 0; i < given.length; i++) {
      const name = given[i] as string;
      const hash = hashOf(name, this.start);
      const slot = this.#slotOf(name, hash);
      if (this.#table[slot] !== 0) {
        once ??= given.slice(0, i);
        this.names = once;
        continue;
      }
      once?.push(name);
      this.#table[slot] = (hash & ~this.#mask) | ++count;
    }
  }

  get(name: string | number): number | undefined {
    if (typeof name !== 'string') return undefined;
    const entry = (this.#table[this.#slotOf(name, hashOf(name, this.start))] ?? 0) & this.#mask;
    return entry === 0 ? undefined : entry - 1;
  }

  #slotOf(name: string, hash: number): number {
    const table = this.#table;
    const mask = this.#mask;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const entry = table[slot] ?? 0;
      if (entry === 0) return slot;
      if (((entry ^ hash) & ~mask) === 0 && this.names[(entry & mask) - 1] === name) return slot;
    }
  }
}

/** FNV-1a over the letters from `start` on, with its high bits folded in. */
function hashOf(text: string, start: number): number {
  let hash = 0x811c9dc5;
  for (let i = start; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash ^ (hash >>> 15);
}

function upTo(count: number): Int32Array<ArrayBuffer> {
  const positions = new Int32Array(count);
  for (let i = 0; i < count; i++) positions[i] = i;
  return positions;
}

/** For ids without repeats. */
const compare = <Id extends number | string>(a: Id, b: Id): number => (a < b ? -1 : 1);

/**
 * Letters take 7 bits in a sort key. All letters outside ASCII share this value, and the key ignores everything after the
 * first of them.
 */
const BEYOND = 127;
/** Values of one digit of a sort key: two letters. */
const DIGIT_SIZE = 128 * 128;

/**
 * Positions of the names in sorted order: a radix sort by the six letters after the shared start, two letters at a time,
 * then a comparison of the names whose six letters are the same.
 */
function sortNames(names: readonly string[], start: number): Int32Array {
  const all = upTo(names.length);
  const [first, second, third] = [1, 2, 3].map(() => new Uint16Array(names.length)) as [Digits, Digits, Digits];
  for (let i = 0; i < names.length; i++) {
    const text = names[i] as string;
    const a = letterAt(text, start);
    const b = a === BEYOND ? 0 : letterAt(text, start + 1);
    first[i] = a * 128 + b;
    if (a === BEYOND || b === BEYOND) continue;
    const c = letterAt(text, start + 2);
    const d = c === BEYOND ? 0 : letterAt(text, start + 3);
    second[i] = c * 128 + d;
    if (c === BEYOND || d === BEYOND) continue;
    const e = letterAt(text, start + 4);
    third[i] = e * 128 + (e === BEYOND ? 0 : letterAt(text, start + 5));
  }
  // From the last digit to the first. Each pass keeps the order of the one before.
  const order = new Int32Array(names.length);
  sortByDigit(all, third, order);
  sortByDigit(order, second, all);
  sortByDigit(all, first, order);
  for (let from = 0, to = 1; from < order.length; from = to++) {
    const a = order[from] ?? 0;
    for (; to < order.length; to++) {
      const b = order[to] ?? 0;
      if (third[a] !== third[b] || second[a] !== second[b] || first[a] !== first[b]) break;
    }
    if (to - from > 1) order.subarray(from, to).sort((x, y) => compare(names[x] as string, names[y] as string));
  }
  return order;
}

type Digits = Uint16Array<ArrayBuffer>;

const areStrings = <Id extends number | string>(names: readonly Id[]): names is readonly (Id & string)[] =>
  names.every((name) => typeof name === 'string');

/** From 1 to `BEYOND`; 0 past the end of the text, so that it sorts first. */
const letterAt = (text: string, i: number): number => {
  if (i >= text.length) return 0;
  return Math.min(text.charCodeAt(i) + 1, BEYOND);
};

/** How many letters all texts start with; there is at least one. */
function sharedStart(texts: readonly string[]): number {
  const first = texts[0] as string;
  let shared = first.length;
  for (const text of texts) {
    let i = 0;
    while (i < shared && i < text.length && text.charCodeAt(i) === first.charCodeAt(i)) i++;
    shared = i;
  }
  return shared;
}

/** One stable pass of a radix sort: writes the positions in `order` to `into`, sorted by their digit. */
function sortByDigit(order: Int32Array, digits: Digits, into: Int32Array): void {
  const free = new Int32Array(DIGIT_SIZE + 1);
  for (let i = 0; i < digits.length; i++) {
    const next = (digits[i] ?? 0) + 1;
    free[next] = (free[next] ?? 0) + 1;
  }
  for (let digit = 0; digit < DIGIT_SIZE; digit++) free[digit + 1] = (free[digit + 1] ?? 0) + (free[digit] ?? 0);
  for (let i = 0; i < order.length; i++) {
    const index = order[i] ?? 0;
    const digit = digits[index] ?? 0;
    const end = free[digit] ?? 0;
    into[end] = index;
    free[digit] = end + 1;
  }
}
