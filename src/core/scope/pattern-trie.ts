/**
 * Patterns in one tree, part by part, and a walk that finds all of them that can mean the same path as another one.
 *
 * It goes through tree and pattern at once and only where both can go, so comparing a pattern with ten thousand others
 * costs what they have in common with it, not ten thousand comparisons. A `**` in the tree is an edge to a place that
 * keeps whatever comes; one in the pattern goes down every edge.
 *
 * Ten thousand scopes make fifty thousand places. They are numbers, and what is known of them stands in typed arrays: as
 * objects with edges of their own they would cost more to make than to walk.
 */
import { type Meter, type Name, namesOverlap, type Pattern } from './glob.ts';

/** No place, no pattern. */
const NONE = -1;
const ROOT = 0;
/** So many places passed are looked through one by one. */
const FEW = 12;

export class PatternTrie {
  readonly #patterns: readonly Pattern[];
  #places = 1;
  // By place: how one comes to it, the next one beside it, and where it leads.
  readonly #above: Int32Array;
  readonly #names: (Name | undefined)[] = [undefined];
  readonly #beside: Int32Array;
  readonly #literals: Int32Array;
  readonly #wilds: Int32Array;
  /** Behind a `**`. */
  readonly #rest: Int32Array;
  /** 1: it is behind a `**` itself, and keeps any part. */
  readonly #keeps: Uint8Array;
  /** The last pattern that ends here; and by pattern, the one before it. */
  readonly #ends: Int32Array;
  readonly #endsBefore: Int32Array;
  /** Places by what is above them and their name: found by probing from a hash on. */
  readonly #table: Int32Array;
  // Of the walk under way.
  readonly #open: number[] = [];
  readonly #passed: number[] = [];
  readonly #many = new Set<number>();
  #width = 1;

  /** @param patterns all that may be added, told by their position from then on; read by one `Globs`. */
  constructor(patterns: readonly Pattern[]) {
    const most = patterns.reduce((sum, { length }) => sum + length, 1);
    const list = (): Int32Array => new Int32Array(most).fill(NONE);
    this.#patterns = patterns;
    this.#above = list();
    this.#beside = list();
    this.#literals = list();
    this.#wilds = list();
    this.#rest = list();
    this.#keeps = new Uint8Array(most);
    this.#ends = list();
    this.#endsBefore = new Int32Array(patterns.length).fill(NONE);
    this.#table = new Int32Array(1 << Math.ceil(Math.log2(2 * most + 2)));
  }

  add(pattern: number): void {
    let place = ROOT;
    for (const part of this.#patterns[pattern] ?? []) {
      if (part !== 'any parts') {
        place = this.#edge(place, part, true);
      } else if (this.#keeps[place] === 0) {
        // One `**` after another says nothing new.
        if (this.#rest[place] === NONE) {
          this.#rest[place] = this.#places;
          this.#keeps[this.#places++] = 1;
          this.#names.push(undefined);
        }
        place = this.#rest[place] ?? ROOT;
      }
    }
    this.#endsBefore[pattern] = this.#ends[place] ?? NONE;
    this.#ends[place] = pattern;
  }

  /** Where the edge of this name leads to; one that is not there is made where it is asked for. */
  #edge(place: number, name: Name, isMade: boolean): number {
    const table = this.#table;
    const mask = table.length - 1;
    let at = (Math.imul(place, 0x9e3779b1) ^ Math.imul(name.id, 0x85ebca6b)) & mask;
    for (let to = table[at] ?? 0; to !== 0; to = table[at] ?? 0) {
      if (this.#above[to] === place && this.#names[to]?.id === name.id) return to;
      at = (at + 1) & mask;
    }
    if (!isMade) return NONE;
    const to = this.#places++;
    table[at] = to;
    this.#above[to] = place;
    this.#names.push(name);
    const edges = 'literal' in name ? this.#literals : this.#wilds;
    this.#beside[to] = edges[place] ?? NONE;
    edges[place] = to;
    return to;
  }

  /** All patterns added before that some path of this one is a path of, too; each once. */
  overlapping(asked: number, meter: Meter): readonly number[] {
    const pattern = this.#patterns[asked] ?? [];
    const beside = this.#beside;
    const found: number[] = [];
    const open = this.#open;
    this.#passed.length = 0;
    if (this.#many.size > 0) this.#many.clear();
    this.#width = pattern.length + 1;
    open.push(ROOT, 0, 0);
    while (open.length > 0) {
      const isFree = open.pop() === 1;
      const at = open.pop() ?? 0;
      const place = open.pop() ?? 0;
      meter.spent++;
      const rest = this.#rest[place] ?? NONE;
      if (rest !== NONE) this.#goFree(rest, at);
      const part = pattern[at];
      if (part === undefined) {
        for (let end = this.#ends[place] ?? NONE; end !== NONE; end = this.#endsBefore[end] ?? NONE) found.push(end);
        continue;
      }
      const isKept = this.#keeps[place] === 1;
      if (part === 'any parts') {
        this.#goFree(place, at + 1);
        for (let to = this.#literals[place] ?? NONE; to !== NONE; to = beside[to] ?? NONE) this.#goFree(to, at);
        for (let to = this.#wilds[place] ?? NONE; to !== NONE; to = beside[to] ?? NONE) this.#goFree(to, at);
        continue;
      }
      if (isKept) this.#goFree(place, at + 1);
      if ('literal' in part) {
        const to = this.#edge(place, part, false);
        if (to !== NONE) this.#go(to, at + 1, isFree);
      } else {
        this.#goWhere(this.#literals, place, part, at, isFree, meter);
      }
      this.#goWhere(this.#wilds, place, part, at, isFree, meter);
    }
    return found;
  }

  /** Down all edges whose names could be this one's. */
  #goWhere(edges: Int32Array, place: number, part: Name, at: number, isFree: boolean, meter: Meter): void {
    for (let to = edges[place] ?? NONE; to !== NONE; to = this.#beside[to] ?? NONE) {
      const name = this.#names[to];
      if (name && namesOverlap(part, name, meter)) this.#go(to, at + 1, isFree);
    }
  }

  #go(place: number, at: number, isFree: boolean): void {
    if (isFree) this.#goFree(place, at);
    else this.#open.push(place, at, 0);
  }

  /** A place is reached at one position by one way only, until a `**` on either side has been passed. */
  #goFree(place: number, at: number): void {
    const key = place * this.#width + at;
    const passed = this.#passed;
    if (passed.length < FEW) {
      if (passed.includes(key)) return;
      passed.push(key);
    } else {
      if (passed.includes(key) || this.#many.has(key)) return;
      this.#many.add(key);
    }
    this.#open.push(place, at, 1);
  }
}
