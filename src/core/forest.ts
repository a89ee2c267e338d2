/**
 * Patterns in one tree, part by part, and a walk that finds all of them that can mean the same path as another one.
 *
 * It goes through tree and pattern at once and only where both can go, so comparing a pattern with ten thousand others
 * costs what they have in common with it, not ten thousand comparisons. A `**` in the tree is an edge to a place that
 * keeps whatever comes; one in the pattern goes down every edge.
 *
 * Most places have one or two edges, and a tree of ten thousand scopes has fifty thousand places: what a place does not
 * have is not made, and a walk keeps its lists for the next one.
 */
import { type Meter, type Name, type Pattern, partsMeet } from './glob.ts';

class Place {
  readonly id: number;
  /** It is behind a `**` itself, and keeps any part. */
  readonly keeps: boolean;
  readonly literals: Edge[] = [];
  /** The same by name, where they are many. */
  named: Map<string, Place> | undefined;
  /** Each as it is written once. */
  readonly wilds: Edge[] = [];
  /** Behind a `**`. */
  rest: Place | undefined;
  /** The patterns that end here. */
  readonly ends: number[] = [];

  constructor(id: number, keeps: boolean) {
    this.id = id;
    this.keeps = keeps;
  }
}

interface Edge {
  readonly text: string;
  readonly part: Name;
  readonly to: Place;
}

/** So many edges are looked through one by one. */
const FEW = 8;

export class Forest {
  #places = 0;
  readonly #root = new Place(this.#places++, false);
  /** Of the walk under way: places to look at, how far in the pattern, and whether a `**` was passed. */
  readonly #open: Place[] = [];
  readonly #positions: number[] = [];
  readonly #free: boolean[] = [];
  /** A place is reached at one position by one way only, until a `**` on either side has been passed. */
  readonly #seen = new Set<number>();
  #width = 1;

  add(pattern: Pattern, name: number): void {
    let place = this.#root;
    for (const part of pattern) {
      if (part === 'any parts') {
        // One `**` after another says nothing new.
        if (place.keeps) continue;
        place.rest ??= new Place(this.#places++, true);
        place = place.rest;
      } else if ('literal' in part) {
        place = literalOf(place, part.literal) ?? this.#grow(place, part.literal, part, place.literals);
      } else {
        place = edgeOf(place.wilds, part.text) ?? this.#grow(place, part.text, part, place.wilds);
      }
    }
    place.ends.push(name);
  }

  #grow(place: Place, text: string, part: Name, edges: Edge[]): Place {
    const to = new Place(this.#places++, false);
    edges.push({ text, part, to });
    if (edges === place.literals) {
      if (place.named) place.named.set(text, to);
      else if (edges.length > FEW) place.named = new Map(edges.map((edge) => [edge.text, edge.to]));
    }
    return to;
  }

  /** The names of all patterns in the tree that some path of this one is a path of, too; each once. */
  meeting(pattern: Pattern, meter: Meter): readonly number[] {
    const found: number[] = [];
    const places = this.#open;
    this.#width = pattern.length + 1;
    this.#seen.clear();
    this.#go(this.#root, 0, false);
    for (let place = places.pop(); place; place = places.pop()) {
      const at = this.#positions.pop() ?? 0;
      const isFree = this.#free.pop() ?? true;
      meter.spent++;
      if (place.rest) this.#go(place.rest, at, true);
      const part = pattern[at];
      if (part === undefined) {
        for (const end of place.ends) found.push(end);
      } else if (part === 'any parts') {
        this.#go(place, at + 1, true);
        for (const { to } of place.literals) this.#go(to, at, true);
        for (const { to } of place.wilds) this.#go(to, at, true);
      } else {
        if (place.keeps) this.#go(place, at + 1, true);
        if ('literal' in part) {
          const next = literalOf(place, part.literal);
          if (next) this.#go(next, at + 1, isFree);
        } else {
          meter.spent += place.literals.length;
          for (const edge of place.literals) {
            if (partsMeet(part, edge.part, meter)) this.#go(edge.to, at + 1, isFree);
          }
        }
        for (const edge of place.wilds) if (partsMeet(part, edge.part, meter)) this.#go(edge.to, at + 1, isFree);
      }
    }
    return found;
  }

  #go(to: Place, at: number, isFree: boolean): void {
    if (isFree) {
      const key = to.id * this.#width + at;
      if (this.#seen.has(key)) return;
      this.#seen.add(key);
    }
    this.#open.push(to);
    this.#positions.push(at);
    this.#free.push(isFree);
  }
}

const literalOf = (place: Place, text: string): Place | undefined =>
  place.named ? place.named.get(text) : edgeOf(place.literals, text);

function edgeOf(edges: readonly Edge[], text: string): Place | undefined {
  for (const edge of edges) if (edge.text === text) return edge.to;
  return undefined;
}
