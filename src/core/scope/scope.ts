/**
 * File scopes: which paths a segment may change, and whether two scopes can ever touch the same file.
 *
 * A scope is a list of globs (`glob.ts` says which); one that begins with `!` takes away again. Without negations the
 * answers are exact. With them an overlap may be said that is none, never the other way round: two segments in
 * different tracks are never able to meet.
 */
import type { Doubt } from '#core/model/plan';
import {
  GlobCache,
  isWithin,
  MAX_ALTERNATIVES,
  type Meter,
  matches,
  type Pattern,
  patternsOverlap,
  readGlob,
} from './glob.ts';
import { PatternTrie } from './pattern-trie.ts';

interface Scope {
  readonly wanted: readonly { readonly glob: string; readonly patterns: readonly Pattern[] }[];
  readonly unwanted: readonly Pattern[];
}

/** What comparing may cost in one plan, in pairs of tokens; what is left then counts as overlapping. */
const WORK = 40_000_000;
/** Patterns one scope may stand for, all alternatives of its globs counted. */
const PATTERNS = 400;

/** Why this is no glob that swarm takes, as a clause that begins in lower case; undefined where it is one. */
export function globFault(glob: string, globs = new GlobCache()): string | undefined {
  const read = globs.read(isNegated(glob) ? glob.slice(1) : glob);
  return typeof read === 'string' ? read : undefined;
}

/** `!(a|b)` is not a negation but an extended glob, which is refused. */
export const isNegated = (glob: string): boolean => glob.startsWith('!') && !glob.startsWith('!(');

/** Why this list is no scope, as a clause. Its globs are judged one by one with `globFault`. */
export function scopeFault(scope: readonly string[], globs = new GlobCache()): string | undefined {
  if (scope.length > 0 && scope.every(isNegated)) return 'it only says which files are not meant; say first which are';
  if (scope.some(isNegated) && leavesNothing(scope, globs)) return 'what it leaves out with "!" is all that it names';
  // So few cannot stand for too many, whatever they are.
  if (scope.length * (MAX_ALTERNATIVES + 1) <= PATTERNS) return undefined;
  let patterns = 0;
  for (const glob of scope) {
    const read = globs.read(isNegated(glob) ? glob.slice(1) : glob);
    if (typeof read !== 'string') patterns += read.length;
  }
  return patterns > PATTERNS ? `all its globs together stand for more than ${PATTERNS} alternatives` : undefined;
}

function leavesNothing(scope: readonly string[], globs: GlobCache): boolean {
  const unwanted = unwantedIn(scope, globs);
  return scope.every((glob) => {
    const read = isNegated(glob) ? NONE : globs.read(glob);
    return typeof read !== 'string' && read.every((pattern) => isCovered(pattern, unwanted));
  });
}

/**
 * Whether a changed file lies inside a scope. Takes at most the product of both lengths, whatever the glob.
 *
 * @param path relative to the repository, parted by `/`, as git says it.
 */
export const isInside = (path: string, globs: readonly string[]): boolean => scopeMatcher(globs)(path);

/** `isInside` for many files of one scope: its globs are read once. */
export function scopeMatcher(globs: readonly string[]): (path: string) => boolean {
  const { wanted, unwanted } = readScope(globs);
  return (path) => {
    const parts = path.split('/');
    if (parts.includes('')) return false;
    return (
      wanted.some(({ patterns }) => patterns.some((pattern) => matches(pattern, parts))) &&
      !unwanted.some((pattern) => matches(pattern, parts))
    );
  };
}

/** Whether some path could match both globs. Exact; one that is not read may overlap more than it would. */
export function overlaps(a: string, b: string): boolean {
  const left = readForMeeting(a);
  const right = readForMeeting(b);
  return left.some((one) => right.some((other) => patternsOverlap(one, other)));
}

const readForMeeting = (glob: string): readonly Pattern[] => {
  const globs = new GlobCache();
  const read = globs.read(glob);
  return typeof read === 'string' ? [globs.readLoosely(glob)] : read;
};

export interface ScopeOverlap {
  /** Positions in the list that was asked about, the smaller first. */
  readonly first: number;
  readonly second: number;
  /** The glob of each that says so. */
  readonly firstGlob: string;
  readonly secondGlob: string;
  readonly doubt?: Doubt;
}

/** A pattern, once, and who uses it. */
interface Use {
  readonly pattern: Pattern;
  /** It may mean more than its glob does. */
  readonly isLoose: boolean;
  /** The last of its users; each knows the one before. */
  last: User | undefined;
}

interface User {
  readonly scope: number;
  /** The glob's position in the scope. */
  readonly at: number;
  readonly before: User | undefined;
}

/**
 * All pairs of scopes that some path could be inside both of, in order, each with the first two globs that say so. Exact
 * without negations; with them what is missing is proved, and a pair may be more than there is, which `doubt` then says.
 *
 * Every pattern goes once through one tree of those before it (`PatternTrie`), so
 * that `src/cart/**` never meets what lies in `src/mail`, and a glob that a hundred scopes share is walked once.
 */
export function overlappingScopes(
  scopes: readonly (readonly string[])[],
  read = new GlobCache(),
): readonly ScopeOverlap[] {
  const unwanted = scopes.map((scope) => unwantedIn(scope, read));
  const meter = { spent: 0 };
  const uses = usesOf(scopes, unwanted, read, meter);
  const found = new Map<number, Found>();
  const count = scopes.length;
  const trie = new PatternTrie(uses.map(({ pattern }) => pattern));
  uses.forEach((use, at) => {
    const isIn = meter.spent <= WORK;
    meet(use, use, isIn);
    if (isIn) for (const other of trie.overlapping(at, meter)) meet(use, uses[other] ?? use, true);
    // The walk may have spent the rest half-way; what it did not see counts as met.
    if (meter.spent > WORK) for (const other of uses.slice(0, at)) meet(use, other, false);
    else trie.add(at);
  });
  return sortedKeys(found).map((key) => {
    const place = found.get(key);
    const [first, second] = [Math.floor(key / count), key % count];
    const firstGlob = scopes[first]?.[place?.a ?? 0] ?? '';
    const secondGlob = scopes[second]?.[place?.b ?? 0] ?? '';
    return { first, second, firstGlob, secondGlob, ...(place?.doubt ? { doubt: place.doubt } : {}) };
  });

  function meet(one: Use, other: Use, compared: boolean): void {
    for (let mine = one.last; mine; mine = mine.before) {
      // Of the users of one pattern each two meet once.
      for (let theirs = one === other ? mine.before : other.last; theirs; theirs = theirs.before) {
        if (mine.scope < theirs.scope) note(one, mine.scope, mine.at, other, theirs.scope, theirs.at, compared);
        else if (theirs.scope < mine.scope) note(other, theirs.scope, theirs.at, one, mine.scope, mine.at, compared);
      }
    }
  }

  function note(one: Use, first: number, a: number, other: Use, second: number, b: number, compared: boolean): void {
    const key = first * count + second;
    const before = found.get(key);
    const isFirst = !before || a < before.a || (a === before.a && b < before.b);
    if (before && before.doubt === undefined && !isFirst) return;
    const doubt = compared ? doubtOf(one, first, other, second) : 'not compared';
    if (doubt === 'disjoint') return;
    // Proved is better than doubted, then what stands first in the lists.
    const isAsSure = !before || (doubt === undefined) === (before.doubt === undefined);
    if (isAsSure ? !isFirst : doubt !== undefined) return;
    if (before) {
      before.a = a;
      before.b = b;
      before.doubt = doubt;
    } else {
      found.set(key, { a, b, doubt });
    }
  }

  /** What the negations of either make of two patterns that meet. */
  function doubtOf(one: Use, ofOne: number, other: Use, ofOther: number): Doubt | 'disjoint' | undefined {
    const mine = unwanted[ofOne] ?? NONE;
    const theirs = unwanted[ofOther] ?? NONE;
    const nots = mine.length === 0 ? theirs : [...mine, ...theirs];
    if (nots.length > 0) {
      if (isCovered(one.pattern, nots, meter) || isCovered(other.pattern, nots, meter)) return 'disjoint';
      if (nots.some((not) => patternsOverlap(not, one.pattern, meter) && patternsOverlap(not, other.pattern, meter)))
        return 'negation';
    }
    return one.isLoose || other.isLoose ? 'not read' : undefined;
  }
}

function sortedKeys(map: ReadonlyMap<number, unknown>): readonly number[] {
  const keys = new Float64Array(map.size);
  let end = 0;
  map.forEach((_, key) => {
    keys[end++] = key;
  });
  return Array.from(keys.sort());
}

/** Positions of the two globs in their scopes. */
interface Found {
  a: number;
  b: number;
  doubt: Doubt | undefined;
}

const NONE: readonly Pattern[] = [];

/** What a scope takes away again; a negation that cannot be read takes nothing. */
function unwantedIn(scope: readonly string[], globs: GlobCache): readonly Pattern[] {
  if (!scope.some(isNegated)) return NONE;
  return scope.flatMap((glob) => {
    const read = isNegated(glob) ? globs.read(glob.slice(1)) : NONE;
    return typeof read === 'string' ? NONE : read;
  });
}

/**
 * The patterns of all scopes, each glob's once. A glob that cannot be read means every file it might, until its author
 * mends it.
 */
function usesOf(
  scopes: readonly (readonly string[])[],
  unwanted: readonly (readonly Pattern[])[],
  globs: GlobCache,
  meter: Meter,
): readonly Use[] {
  const uses: Use[] = [];
  const byGlob: (readonly Use[] | undefined)[] = [];
  for (let scope = 0; scope < scopes.length; scope++) {
    const nots = unwanted[scope] ?? NONE;
    const all = scopes[scope] ?? [];
    for (let at = 0; at < all.length; at++) {
      const glob = all[at] ?? '';
      if (isNegated(glob)) continue;
      const { read, id } = globs.lookUp(glob);
      let own = byGlob[id];
      if (!own) {
        const isLoose = typeof read === 'string';
        own = (isLoose ? [globs.readLoosely(glob)] : read).map((pattern) => ({ pattern, isLoose, last: undefined }));
        for (const use of own) uses.push(use);
        byGlob[id] = own;
      }
      for (const use of own) {
        if (nots.length === 0 || !isCovered(use.pattern, nots, meter)) use.last = { scope, at, before: use.last };
      }
    }
  }
  return uses;
}

/**
 * What a change is judged by.
 *
 * A glob that cannot be read means no file here: nothing is let through by a mistake.
 */
function readScope(globs: readonly string[]): Scope {
  const wanted: { readonly glob: string; readonly patterns: readonly Pattern[] }[] = [];
  const unwanted: Pattern[] = [];
  for (const glob of globs) {
    const not = isNegated(glob);
    const patterns = readGlob(not ? glob.slice(1) : glob);
    if (typeof patterns === 'string') continue;
    if (not) unwanted.push(...patterns);
    else wanted.push({ glob, patterns });
  }
  return { wanted, unwanted };
}

/** Whether all that a pattern means is surely taken away. What there is no work left for is not: it then overlaps more. */
const isCovered = (pattern: Pattern, unwanted: readonly Pattern[], meter: Meter = { spent: 0 }): boolean =>
  unwanted.some((not) => meter.spent <= WORK && isWithin(pattern, not, meter));
