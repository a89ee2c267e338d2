/**
 * Names → positions in sorted order, for everything that counts in typed arrays inside and speaks names outside.
 *
 * Issue numbers are small integers: a table finds and sorts them at once. Names are interned in a map and sorted by their
 * first letters as numbers, because comparing them two by two is what costs most in planning a large graph.
 */

export interface Places<Id extends number | string> {
  /** Sorted, each once. Numbers by size, names by code unit. */
  readonly ids: readonly Id[];
  /** Where it stands in `ids`; -1 where it does not. */
  readonly placeOf: (id: Id) => number;
}

/** A table may be this many times longer than what is in it. */
const SPARSE = 8;
const SMALL = 1_024;

export function numbered<Id extends number | string>(given: Iterable<Id>): Places<Id> {
  const all: readonly Id[] = Array.isArray(given) ? given : [...given];
  return byTable(all) ?? byName(all);
}

/** Where all are whole numbers, from 0 and not too far apart. */
function byTable<Id extends number | string>(all: readonly Id[]): Places<Id> | undefined {
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
  return { ids, placeOf: (id) => (table[id as number] ?? 0) - 1 };
}

function byName<Id extends number | string>(all: readonly Id[]): Places<Id> {
  const map = new Map<Id, number>();
  for (const id of all) if (!map.has(id)) map.set(id, map.size);
  const names = [...map.keys()];
  const order = sortedPlaces(names);
  const rank = new Int32Array(names.length);
  const ids: Id[] = [];
  for (const at of order) {
    rank[at] = ids.length;
    const name = names[at];
    if (name !== undefined) ids.push(name);
  }
  return {
    ids,
    placeOf: (id) => {
      const at = map.get(id);
      return at === undefined ? -1 : (rank[at] ?? -1);
    },
  };
}

const compare = <Id extends number | string>(a: Id, b: Id): number => (a < b ? -1 : a > b ? 1 : 0);

/** Letters per digit, digits per key. 7 bits a letter: what is not ASCII is all one letter here, and the last. */
const DIGITS = 3;
const BEYOND = 127;
const DIGIT_SIZE = 128 * 128;

/** Positions of the names in sorted order. */
function sortedPlaces<Id extends number | string>(names: readonly Id[]): Int32Array {
  const places = Int32Array.from(names, (_, at) => at);
  const texts: string[] = [];
  for (const name of names) if (typeof name === 'string') texts.push(name);
  if (texts.length !== names.length || texts.length < 64) {
    return places.sort((a, b) => compare(names[a] ?? 0, names[b] ?? 0));
  }
  const keys = keysOf(texts);
  let order = places;
  // From the last digit to the first, each pass keeping the order of the one before.
  for (let digit = DIGITS - 1; digit >= 0; digit--) order = byDigit(order, keys[digit] ?? new Uint16Array());
  return sortRuns(order, keys, texts);
}

/** By digit, by name: two letters each of the six that follow what all names begin with. */
function keysOf(texts: readonly string[]): readonly Uint16Array[] {
  const start = sharedStart(texts);
  const keys = Array.from({ length: DIGITS }, () => new Uint16Array(texts.length));
  texts.forEach((text, at) => {
    let plain = true;
    for (let digit = 0, next = start; digit < DIGITS; digit++) {
      let key = 0;
      for (let letter = 0; letter < 2; letter++, next++) {
        // 0 for what is past the end, or past a letter that this key cannot tell apart: it sorts first, or is a tie.
        const code = plain && next < text.length ? Math.min(text.charCodeAt(next) + 1, BEYOND) : 0;
        if (code === BEYOND) plain = false;
        key = key * 128 + code;
      }
      const column = keys[digit];
      if (column) column[at] = key;
    }
  });
  return keys;
}

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

function byDigit(order: Int32Array, key: Uint16Array): Int32Array<ArrayBuffer> {
  const free = new Int32Array(DIGIT_SIZE + 1);
  for (let at = 0; at < key.length; at++) {
    const next = (key[at] ?? 0) + 1;
    free[next] = (free[next] ?? 0) + 1;
  }
  for (let digit = 0; digit < DIGIT_SIZE; digit++) free[digit + 1] = (free[digit + 1] ?? 0) + (free[digit] ?? 0);
  const sorted = new Int32Array(order.length);
  for (let i = 0; i < order.length; i++) {
    const at = order[i] ?? 0;
    const digit = key[at] ?? 0;
    const place = free[digit] ?? 0;
    sorted[place] = at;
    free[digit] = place + 1;
  }
  return sorted;
}

/** Names whose keys are the same are told apart letter by letter. */
function sortRuns(order: Int32Array, keys: readonly Uint16Array[], texts: readonly string[]): Int32Array {
  const isSame = (a: number, b: number): boolean => keys.every((key) => key[a] === key[b]);
  for (let start = 0; start < order.length; ) {
    let end = start + 1;
    while (end < order.length && isSame(order[start] ?? 0, order[end] ?? 0)) end++;
    if (end - start > 1) order.subarray(start, end).sort((a, b) => compare(texts[a] ?? '', texts[b] ?? ''));
    start = end;
  }
  return order;
}
