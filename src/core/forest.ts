/**
 * Patterns in one tree, part by part, and a walk that finds all of them that can mean the same path as another one.
 *
 * It goes through tree and pattern at once and only where both can go, so comparing a pattern with ten thousand others
 * costs what they have in common with it, not ten thousand comparisons. A `**` in the tree is an edge to a place that
 * keeps whatever comes; one in the pattern goes down every edge.
 */
import { type Meter, type Name, type Pattern, partsMeet } from './glob.ts';

interface Place {
  readonly id: number;
  readonly literals: Map<string, Place>;
  /** By how they are written, so that each is there once. */
  readonly wilds: Map<string, { readonly part: Name; readonly to: Place }>;
  /** Behind a `**`. */
  rest: Place | undefined;
  /** It is behind a `**` itself, and keeps any part. */
  readonly keeps: boolean;
  /** The patterns that end here. */
  readonly ends: number[];
}

export class Forest {
  readonly #root: Place;
  #places = 0;

  constructor() {
    this.#root = this.#place(false);
  }

  #place(keeps: boolean): Place {
    return { id: this.#places++, literals: new Map(), wilds: new Map(), rest: undefined, keeps, ends: [] };
  }

  add(pattern: Pattern, name: number): void {
    let place = this.#root;
    for (const part of pattern) {
      if (part === 'any parts') {
        // One `**` after another says nothing new.
        if (place.keeps) continue;
        place.rest ??= this.#place(true);
        place = place.rest;
      } else if ('literal' in part) {
        const next = place.literals.get(part.literal) ?? this.#place(false);
        place.literals.set(part.literal, next);
        place = next;
      } else {
        const next = place.wilds.get(part.text) ?? { part, to: this.#place(false) };
        place.wilds.set(part.text, next);
        place = next.to;
      }
    }
    place.ends.push(name);
  }

  /** The names of all patterns in the tree that some path of this one is a path of, too; each once. */
  meeting(pattern: Pattern, meter: Meter): readonly number[] {
    const found: number[] = [];
    const width = pattern.length + 1;
    // A place is reached at one position by one way only, until a `**` on either side has been passed.
    const seen = new Set<number>();
    const places: Place[] = [this.#root];
    const positions: number[] = [0];
    const free: boolean[] = [false];
    const go = (to: Place, at: number, isFree: boolean): void => {
      if (isFree) {
        const key = to.id * width + at;
        if (seen.has(key)) return;
        seen.add(key);
      }
      places.push(to);
      positions.push(at);
      free.push(isFree);
    };
    for (let place = places.pop(); place; place = places.pop()) {
      const at = positions.pop() ?? 0;
      const isFree = free.pop() ?? true;
      meter.spent++;
      if (place.rest) go(place.rest, at, true);
      const part = pattern[at];
      if (part === undefined) {
        for (const end of place.ends) found.push(end);
      } else if (part === 'any parts') {
        go(place, at + 1, true);
        for (const next of place.literals.values()) go(next, at, true);
        for (const { to } of place.wilds.values()) go(to, at, true);
      } else {
        if (place.keeps) go(place, at + 1, true);
        if ('literal' in part) {
          const next = place.literals.get(part.literal);
          if (next) go(next, at + 1, isFree);
        } else {
          meter.spent += place.literals.size;
          for (const [literal, next] of place.literals)
            if (partsMeet(part, { literal }, meter)) go(next, at + 1, isFree);
        }
        for (const next of place.wilds.values()) if (partsMeet(part, next.part, meter)) go(next.to, at + 1, isFree);
      }
    }
    return found;
  }
}
