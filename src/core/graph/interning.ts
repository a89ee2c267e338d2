/**
 * Names → positions in sorted order, for everything that counts in typed arrays inside and speaks names outside.
 *
 * Issue numbers are small integers: a table finds and sorts them at once. Names are interned in a map and sorted by their
 * first letters as numbers, because comparing them two by two is what costs most in planning a large graph.
 */

export interface IdTable<Id extends number | string> {
  /** Sorted, each once. Numbers by size, names by code unit. */
  readonly ids: readonly Id[];
  /** Where it stands in `ids`; -1 where it does not. */
  readonly indexOf: (id: Id) => number;
  /** The same for loops over millions: of numbers a table of positions plus one, of names a map of positions. */
  readonly lookup: Int32Array | { get(id: Id): number | undefined };
}

/** Like `Places`, but in the order in which they came. */
export interface InternedIds<Id extends number | string> extends IdTable<Id> {
  /** The positions as their names sort; undefined where they stand so already. */
  readonly sortedOrder: () => Int32Array | undefined;
}

/** A table may be this many times longer than what is in it. */
const SPARSE = 8;
const SMALL = 1_024;

export function internSorted<Id extends number | string>(given: Iterable<Id>): IdTable<Id> {
  const places = intern(given);
  const { ids, indexOf: placeOf } = places;
  const sorted = places.sortedOrder();
  if (!sorted) return places;
  const rank = new Int32Array(ids.length);
  const inOrder: Id[] = [];
  for (const at of sorted) {
    const id = ids[at];
    if (id !== undefined) rank[at] = inOrder.push(id) - 1;
  }
  return {
    ids: inOrder,
    indexOf: (id) => rank[placeOf(id)] ?? -1,
    lookup: { get: (id) => rank[placeOf(id)] },
  };
}

/** For who only needs the order of names at the end: a rank for each look-up is saved. */
export function intern<Id extends number | string>(given: Iterable<Id>): InternedIds<Id> {
  const all: readonly Id[] = Array.isArray(given) ? given : [...given];
  return byTable(all) ?? byName(all);
}

/** Where all are whole numbers, from 0 and not too far apart. */
function byTable<Id extends number | string>(all: readonly Id[]): InternedIds<Id> | undefined {
  const limit = all.length * SPARSE + SMALL;
  let largest = -1;
  for (const id of all) {
    if (typeof id !== 'number' || !(id >= 0 && id <= limit) || !Number.isInteger(id)) return undefined;
    if (id > largest) largest = id;
  }
  // Position plus one, so that nothing is 0.
  const table = new Int32Array(largest + 1);
  for (const id of all) table[id as number] = 1;
  const ids: Id[] = [];
  for (let id = 0; id <= largest; id++) if (table[id] === 1) table[id] = ids.push(id as Id);
  return { ids, indexOf: (id) => (table[id as number] ?? 0) - 1, sortedOrder: () => undefined, lookup: table };
}

function byName<Id extends number | string>(all: readonly Id[]): InternedIds<Id> {
  if (all.length >= FEW && areTexts(all)) {
    const table = new NameTable(all);
    const ids = table.names as readonly Id[];
    const sorted = () => sortedPlaces(table.names, table.start);
    return { ids, indexOf: (id) => table.get(id) ?? -1, sortedOrder: sorted, lookup: table };
  }
  const map = new Map<Id, number>();
  for (const id of all) if (!map.has(id)) map.set(id, map.size);
  const ids = [...map.keys()];
  const sorted = () => upTo(ids.length).sort((a, b) => compare(ids[a] as Id, ids[b] as Id));
  return { ids, indexOf: (id) => map.get(id) ?? -1, sortedOrder: sorted, lookup: map };
}

/** Fewer are found and sorted by what the language has, and mixed with numbers, too. */
const FEW = 64;

/**
 * Names by their letters, in one array: a position and as much of a hash as is left of its bits, so that a look-up among a
 * million touches three places in memory; in a `Map` it is five or more, and waiting for those is all that it does. What all
 * names begin with tells none of them from another, and is passed over.
 */
class NameTable {
  /** Each once. */
  readonly names: readonly string[];
  /** So many letters are the same in all. */
  readonly start: number;
  /** By slot: above, a part of the hash; below, the position plus one. 0 where the slot is free. */
  readonly #table: Int32Array;
  /** Of a hash, its slot; of what is in a slot, the position plus one. */
  readonly #mask: number;

  constructor(given: readonly string[]) {
    const size = 2 ** Math.ceil(Math.log2(2 * given.length));
    this.#table = new Int32Array(size);
    this.#mask = size - 1;
    this.names = given;
    this.start = sharedStart(given);
    // Only where one is there twice the names are written down anew.
    let once: string[] | undefined;
    let count = 0;
    for (let at = 0; at < given.length; at++) {
      const name = given[at] ?? '';
      const hash = hashOf(name, this.start);
      const slot = this.#slotOf(name, hash);
      if (this.#table[slot] !== 0) {
        once ??= given.slice(0, at);
        this.names = once;
        continue;
      }
      once?.push(name);
      this.#table[slot] = (hash & ~this.#mask) | ++count;
    }
  }

  get(name: string | number): number | undefined {
    // Asked for a number, it is none of these.
    if (typeof name !== 'string') return undefined;
    const place = (this.#table[this.#slotOf(name, hashOf(name, this.start))] ?? 0) & this.#mask;
    return place === 0 ? undefined : place - 1;
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

/** FNV-1a over the letters from a place on, its high bits folded in. */
function hashOf(text: string, start: number): number {
  let hash = 0x811c9dc5;
  for (let at = start; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash ^ (hash >>> 15);
}

function upTo(count: number): Int32Array<ArrayBuffer> {
  const places = new Int32Array(count);
  for (let at = 0; at < count; at++) places[at] = at;
  return places;
}

const compare = <Id extends number | string>(a: Id, b: Id): number => (a < b ? -1 : a > b ? 1 : 0);

/** 7 bits a letter: what is not ASCII is all one letter here, and nothing after it is told apart. */
const BEYOND = 127;
/** Two letters. */
const DIGIT_SIZE = 128 * 128;

/** Positions of the names in sorted order: by the six letters after what all begin with, two at a time, then by all. */
function sortedPlaces(names: readonly string[], start: number): Int32Array {
  const all = upTo(names.length);
  const [first, second, third] = [1, 2, 3].map(() => new Uint16Array(names.length)) as [Digits, Digits, Digits];
  for (let at = 0; at < names.length; at++) {
    const text = names[at] ?? '';
    const a = letterAt(text, start);
    const b = a === BEYOND ? 0 : letterAt(text, start + 1);
    first[at] = a * 128 + b;
    if (a === BEYOND || b === BEYOND) continue;
    const c = letterAt(text, start + 2);
    const d = c === BEYOND ? 0 : letterAt(text, start + 3);
    second[at] = c * 128 + d;
    if (c === BEYOND || d === BEYOND) continue;
    const e = letterAt(text, start + 4);
    third[at] = e * 128 + (e === BEYOND ? 0 : letterAt(text, start + 5));
  }
  // From the last digit to the first, each pass keeping the order of the one before.
  const order = new Int32Array(names.length);
  byDigit(all, third, order);
  byDigit(order, second, all);
  byDigit(all, first, order);
  // Names whose keys are the same are told apart letter by letter.
  for (let from = 0, to = 1; from < order.length; from = to++) {
    const a = order[from] ?? 0;
    for (; to < order.length; to++) {
      const b = order[to] ?? 0;
      if (third[a] !== third[b] || second[a] !== second[b] || first[a] !== first[b]) break;
    }
    if (to - from > 1) order.subarray(from, to).sort((x, y) => compare(names[x] ?? '', names[y] ?? ''));
  }
  return order;
}

type Digits = Uint16Array<ArrayBuffer>;

const areTexts = <Id extends number | string>(names: readonly Id[]): names is readonly (Id & string)[] =>
  names.every((name) => typeof name === 'string');

/** From 1; 0 past the end, which sorts first. */
const letterAt = (text: string, at: number): number => {
  if (at >= text.length) return 0;
  const letter = text.charCodeAt(at) + 1;
  return letter < BEYOND ? letter : BEYOND;
};

function sharedStart(texts: readonly string[]): number {
  const [first = ''] = texts;
  let shared = first.length;
  for (const text of texts) {
    if (text.length < shared) shared = text.length;
    let at = 0;
    while (at < shared && text.charCodeAt(at) === first.charCodeAt(at)) at++;
    shared = at;
    if (shared === 0) break;
  }
  return shared;
}

function byDigit(order: Int32Array, digits: Digits, into: Int32Array): void {
  const free = new Int32Array(DIGIT_SIZE + 1);
  for (let at = 0; at < digits.length; at++) {
    const next = (digits[at] ?? 0) + 1;
    free[next] = (free[next] ?? 0) + 1;
  }
  for (let digit = 0; digit < DIGIT_SIZE; digit++) free[digit + 1] = (free[digit + 1] ?? 0) + (free[digit] ?? 0);
  for (let i = 0; i < order.length; i++) {
    const at = order[i] ?? 0;
    const digit = digits[at] ?? 0;
    const place = free[digit] ?? 0;
    into[place] = at;
    free[digit] = place + 1;
  }
}
