/**
 * A trie of patterns, keyed by their parts, that finds all patterns able to match a path that another pattern matches.
 *
 * A search walks trie and pattern together and only where both can go. Comparing a pattern with ten thousand others
 * therefore costs as much as they have in common, not ten thousand comparisons. A `**` in the trie is an edge to a node that
 * stays for any part; a `**` in the pattern follows every edge.
 *
 * Ten thousand scopes make fifty thousand nodes. Nodes are numbers and their fields lie in typed arrays: as objects they
 * would cost more to create than to walk.
 */
import { type Meter, type Name, namesOverlap, type Pattern } from './glob.ts';

/** No node, no pattern. */
const NONE = -1;
const ROOT = 0;
/** Up to this many visited states, a scan of a list is faster than a set. */
const FEW = 12;

export class PatternTrie {
  readonly #patterns: readonly Pattern[];
  #size = 1;
  // By node: its parent, the name on the edge to it, its next sibling, and its first children.
  readonly #parent: Int32Array;
  readonly #names: (Name | undefined)[] = [undefined];
  readonly #sibling: Int32Array;
  readonly #literals: Int32Array;
  readonly #wilds: Int32Array;
  /** The child behind a `**`. */
  readonly #anyParts: Int32Array;
  /** 1: the node is behind a `**`, and stays for any part. */
  readonly #stays: Uint8Array;
  /** By node, the last pattern that ends there; by pattern, the one before it. */
  readonly #ends: Int32Array;
  readonly #endsBefore: Int32Array;
  /** Children by parent and name, in a hash table with linear probing. */
  readonly #table: Int32Array;
  // The state of the current search.
  readonly #open: number[] = [];
  readonly #visited: number[] = [];
  readonly #visitedMore = new Set<number>();
  #positions = 1;

  /** @param patterns all that may be added, from now on named by their index. One `GlobCache` must have read them all. */
  constructor(patterns: readonly Pattern[]) {
    const most = patterns.reduce((sum, { length }) => sum + length, 1);
    const list = (): Int32Array => new Int32Array(most).fill(NONE);
    this.#patterns = patterns;
    this.#parent = list();
    this.#sibling = list();
    this.#literals = list();
    this.#wilds = list();
    this.#anyParts = list();
    this.#stays = new Uint8Array(most);
    this.#ends = list();
    this.#endsBefore = new Int32Array(patterns.length).fill(NONE);
    this.#table = new Int32Array(1 << Math.ceil(Math.log2(2 * most + 2)));
  }

  add(pattern: number): void {
    let node = ROOT;
    for (const part of this.#patterns[pattern] as Pattern) {
      if (part !== 'any parts') node = this.#childFor(node, part);
      // A `**` right after another one adds nothing.
      else if (this.#stays[node] === 0) node = this.#childBehindAnyParts(node);
    }
    this.#endsBefore[pattern] = this.#ends[node] ?? NONE;
    this.#ends[node] = pattern;
  }

  #childBehindAnyParts(node: number): number {
    const known = this.#anyParts[node] ?? NONE;
    if (known !== NONE) return known;
    const child = this.#size++;
    this.#anyParts[node] = child;
    this.#stays[child] = 1;
    this.#names.push(undefined);
    return child;
  }

  #childFor(node: number, name: Name): number {
    const slot = this.#slotOf(node, name);
    const known = this.#table[slot] ?? 0;
    if (known !== 0) return known;
    const child = this.#size++;
    this.#table[slot] = child;
    this.#parent[child] = node;
    this.#names.push(name);
    const children = 'literal' in name ? this.#literals : this.#wilds;
    this.#sibling[child] = children[node] ?? NONE;
    children[node] = child;
    return child;
  }

  /** The slot that holds the child of a node by this name, or the free one for it. */
  #slotOf(node: number, name: Name): number {
    const table = this.#table;
    const mask = table.length - 1;
    let slot = (Math.imul(node, 0x9e3779b1) ^ Math.imul(name.id, 0x85ebca6b)) & mask;
    for (let child = table[slot] ?? 0; child !== 0; child = table[slot] ?? 0) {
      if (this.#parent[child] === node && this.#names[child]?.id === name.id) break;
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  /** All added patterns that match some path that this one matches, each once, in no particular order. */
  overlapping(searched: number, meter: Meter): readonly number[] {
    const pattern = this.#patterns[searched] as Pattern;
    const sibling = this.#sibling;
    const found: number[] = [];
    const open = this.#open;
    this.#visited.length = 0;
    if (this.#visitedMore.size > 0) this.#visitedMore.clear();
    this.#positions = pattern.length + 1;
    open.push(ROOT, 0);
    while (open.length > 0) {
      const at = open.pop() ?? 0;
      const node = open.pop() ?? 0;
      meter.spent++;
      const anyParts = this.#anyParts[node] ?? NONE;
      if (anyParts !== NONE) this.#visitOnce(anyParts, at);
      const part = pattern[at];
      if (part === undefined) {
        for (let end = this.#ends[node] ?? NONE; end !== NONE; end = this.#endsBefore[end] ?? NONE) found.push(end);
        continue;
      }
      if (part === 'any parts') {
        this.#visitOnce(node, at + 1);
        for (const children of [this.#literals, this.#wilds]) {
          for (let child = children[node] ?? NONE; child !== NONE; child = sibling[child] ?? NONE) {
            this.#visitOnce(child, at);
          }
        }
        continue;
      }
      if (this.#stays[node] === 1) this.#visitOnce(node, at + 1);
      if ('literal' in part) {
        const child = this.#table[this.#slotOf(node, part)] ?? 0;
        if (child !== 0) open.push(child, at + 1);
      } else {
        this.#visitMatching(this.#literals, node, part, at, meter);
      }
      this.#visitMatching(this.#wilds, node, part, at, meter);
    }
    return found;
  }

  /**
   * Follows all edges whose names can match a name that `part` matches.
   *
   * Where a name on both sides is passed, only one way leads to a node at a position, unless a `**` of the pattern comes next.
   * Then the node may be visited twice, and what follows is still visited once.
   */
  #visitMatching(children: Int32Array, node: number, part: Name, at: number, meter: Meter): void {
    for (let child = children[node] ?? NONE; child !== NONE; child = this.#sibling[child] ?? NONE) {
      const name = this.#names[child];
      if (name && namesOverlap(part, name, meter)) this.#open.push(child, at + 1);
    }
  }

  #visitOnce(node: number, at: number): void {
    const key = node * this.#positions + at;
    const visited = this.#visited;
    if (visited.includes(key) || this.#visitedMore.has(key)) return;
    if (visited.length < FEW) visited.push(key);
    else this.#visitedMore.add(key);
    this.#open.push(node, at);
  }
}
