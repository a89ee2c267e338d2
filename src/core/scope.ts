/**
 * File scopes: which paths a segment may change, and whether two scopes can ever touch the same file.
 *
 * A scope is a list of globs (`glob.ts` says which); one that begins with `!` takes away again. Without negations the
 * answers are exact. With them an overlap may be said that is none, never the other way round: two segments in
 * different tracks are never able to meet.
 */
import { leadOf, matches, type Pattern, patternsMeet, readGlob } from './glob.ts';

interface Scope {
  readonly wanted: readonly { readonly glob: string; readonly patterns: readonly Pattern[] }[];
  readonly unwanted: readonly Pattern[];
}

/** What comparing may cost in one plan, in pairs of tokens; what is left then counts as overlapping. */
const WORK = 40_000_000;
/** Patterns one scope may stand for, all alternatives of its globs counted. */
const PATTERNS = 400;

/** Why this is no glob that swarm takes, as a clause that begins in lower case; undefined where it is one. */
export function globFault(glob: string): string | undefined {
  const read = readGlob(isNegated(glob) ? glob.slice(1) : glob);
  return typeof read === 'string' ? read : undefined;
}

/** `!(a|b)` is not a negation but an extended glob, which is refused. */
const isNegated = (glob: string): boolean => glob.startsWith('!') && !glob.startsWith('!(');

/** Why this list is no scope, as a clause. Its globs are judged one by one with `globFault`. */
export function scopeFault(globs: readonly string[]): string | undefined {
  if (globs.length > 0 && globs.every(isNegated)) return 'it only says which files are not meant; say first which are';
  const { wanted, unwanted } = readScope(globs, []);
  const patterns = wanted.reduce((sum, each) => sum + each.patterns.length, unwanted.length);
  return patterns > PATTERNS ? `all its globs together stand for more than ${PATTERNS} alternatives` : undefined;
}

/**
 * Whether a changed file lies inside a scope. Takes at most the product of both lengths, whatever the glob.
 *
 * @param path relative to the repository, parted by `/`, as git says it.
 */
export function isInside(path: string, globs: readonly string[]): boolean {
  const parts = path.split('/');
  if (parts.includes('')) return false;
  const { wanted, unwanted } = readScope(globs, []);
  return (
    wanted.some(({ patterns }) => patterns.some((pattern) => matches(pattern, parts))) &&
    !unwanted.some((pattern) => matches(pattern, parts))
  );
}

/** Whether some path could match both globs. Exact; a glob that cannot be read overlaps everything. */
export function overlaps(a: string, b: string): boolean {
  const left = readGlob(a);
  const right = readGlob(b);
  if (typeof left === 'string' || typeof right === 'string') return true;
  return left.some((one) => right.some((other) => patternsMeet(one, other)));
}

/**
 * Whether some path could be inside both scopes, with the first two globs that say so. Exact without negations; with
 * them `undefined` is proved and a pair may be more than there is. A scope without globs is unknown, and means
 * everything.
 */
export function scopesOverlap(
  a: readonly string[],
  b: readonly string[],
): { readonly a: string; readonly b: string } | undefined {
  const [pair] = overlappingScopes([a.length === 0 ? ['**'] : a, b.length === 0 ? ['**'] : b]);
  return pair && { a: pair.globs[0], b: pair.globs[1] };
}

export interface OverlappingScopes {
  /** Positions in the list that was asked about, the smaller first. */
  readonly pair: readonly [number, number];
  readonly globs: readonly [string, string];
}

/**
 * All pairs of scopes that overlap, in order. Patterns are kept in a tree by their leading literal parts: two can only
 * meet where one's leads into the other's, so that `src/cart/**` is never compared with `src/mail/**`.
 */
export function overlappingScopes(scopes: readonly (readonly string[])[]): readonly OverlappingScopes[] {
  const read = scopes.map((globs) => readScope(globs, [['any parts']]));
  const root: Place = { below: new Map(), entries: [] };
  const found = new Map<number, OverlappingScopes>();
  const meter = { spent: 0 };
  read.forEach((scope, at) => {
    const entries = scope.wanted.flatMap(({ glob, patterns }) =>
      patterns
        .filter((pattern) => !isCovered(pattern, scope.unwanted))
        .map((pattern): Entry => ({ scope: at, glob, pattern })),
    );
    for (const entry of entries) {
      for (const place of placesTo(root, entry.pattern)) {
        for (const other of place.entries) meet(other, entry);
      }
    }
    for (const entry of entries) placesTo(root, entry.pattern).at(-1)?.entries.push(entry);
  });
  // What lies deeper was put in before what leads to it: those are looked for from the deeper one's side.
  for (const entry of entriesBelow(root)) {
    for (const place of placesTo(root, entry.pattern).slice(0, -1)) {
      for (const other of place.entries) if (other.scope > entry.scope) meet(entry, other);
    }
  }
  return [...found.values()].sort((a, b) => a.pair[0] - b.pair[0] || a.pair[1] - b.pair[1]);

  function meet(first: Entry, second: Entry): void {
    const key = first.scope * scopes.length + second.scope;
    if (first.scope === second.scope || found.has(key)) return;
    meter.spent += 1 + (read[first.scope]?.unwanted.length ?? 0) + (read[second.scope]?.unwanted.length ?? 0);
    if (meter.spent <= WORK) {
      if (isCovered(first.pattern, read[second.scope]?.unwanted ?? [])) return;
      if (isCovered(second.pattern, read[first.scope]?.unwanted ?? [])) return;
      if (!patternsMeet(first.pattern, second.pattern, meter)) return;
    }
    found.set(key, { pair: [first.scope, second.scope], globs: [first.glob, second.glob] });
  }
}

interface Entry {
  readonly scope: number;
  readonly glob: string;
  readonly pattern: Pattern;
}

interface Place {
  readonly below: Map<string, Place>;
  readonly entries: Entry[];
}

/** The places on the way from the root to where the pattern's leading literal parts end. */
function placesTo(root: Place, pattern: Pattern): readonly Place[] {
  const places = [root];
  let place = root;
  for (const name of leadOf(pattern)) {
    const next = place.below.get(name) ?? { below: new Map(), entries: [] };
    place.below.set(name, next);
    places.push(next);
    place = next;
  }
  return places;
}

function entriesBelow(root: Place): readonly Entry[] {
  const places = [root];
  for (const place of places) places.push(...place.below.values());
  return places.flatMap((place) => place.entries);
}

/**
 * @param unreadable what a glob that cannot be read means until its author mends it: no file when a change is judged,
 * every file when two scopes are compared.
 */
function readScope(globs: readonly string[], unreadable: readonly Pattern[]): Scope {
  const wanted: { readonly glob: string; readonly patterns: readonly Pattern[] }[] = [];
  const unwanted: Pattern[] = [];
  for (const glob of globs) {
    const not = isNegated(glob);
    const patterns = readGlob(not ? glob.slice(1) : glob);
    if (typeof patterns === 'string') {
      if (!not) wanted.push({ glob, patterns: unreadable });
    } else if (not) unwanted.push(...patterns);
    else wanted.push({ glob, patterns });
  }
  return { wanted, unwanted };
}

/** Whether all that a pattern means is surely taken away: the one path it is, or a directory that it lies in. */
const isCovered = (pattern: Pattern, unwanted: readonly Pattern[]): boolean => {
  const lead = leadOf(pattern);
  return unwanted.some((not) => {
    if (lead.length === pattern.length) return matches(not, lead);
    const directory = leadOf(not);
    return (
      not.length === directory.length + 1 &&
      not.at(-1) === 'any parts' &&
      directory.every((name, at) => name === lead[at])
    );
  });
};
