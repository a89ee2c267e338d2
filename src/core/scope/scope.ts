/**
 * File scopes: the paths that a segment may change, and whether two scopes can ever match the same file.
 *
 * A scope is a list of globs (`glob.ts` defines them). A glob that begins with `!` excludes paths again. Without exclusions
 * the answers are exact. With them an overlap may be reported that does not exist, but never the other way round: two
 * segments in different tracks can never meet in a file.
 */
import type { Doubt } from '#core/model/plan';
import { type GlobFault, MAX_SCOPE_PATTERNS, type ScopeFault } from '#core/model/problem/faults';
import { GlobCache, isWithin, type Meter, matches, type Pattern, patternsOverlap, readGlob } from './glob.ts';
import { PatternTrie } from './pattern-trie.ts';

/** How many comparisons of tokens one plan may take. Scopes that are not compared by then count as overlapping. */
const MAX_WORK = 40_000_000;

/** Why Swarm refuses a glob; undefined if it takes it. */
export function globFault(glob: string, globs = new GlobCache()): GlobFault | undefined {
  const read = globs.read(withoutNegation(glob));
  return typeof read === 'string' ? read : undefined;
}

/** `!(a|b)` is not a negation but an extended glob, which is refused. */
export const isNegated = (glob: string): boolean => glob.startsWith('!') && !glob.startsWith('!(');

const withoutNegation = (glob: string): string => (isNegated(glob) ? glob.slice(1) : glob);

/** Files that have no ending. Any other name without one is a directory's, or will be. */
const FILES_WITHOUT_ENDING =
  /^(?:makefile|gnumakefile|dockerfile|containerfile|gemfile|rakefile|procfile|justfile|jenkinsfile|vagrantfile|brewfile|podfile|caddyfile|codeowners|licen[cs]e|notice|readme|changelog|copying|authors|gradlew|mvnw|\.[\w-]*(?:rc|ignore|attributes|config|env|modules|keep|version))$/i;
/** An ending as files have them. `Shop.Api` and `v1.2` are directories. */
const ENDING = /\.(?:[a-z][a-z0-9]{0,9}(?=[,}]|$)|\{)/;

/** A glob of a scope as its author means it: `src/cart` is everything below that directory. */
export function asScope(glob: string): string {
  const last = glob.slice(glob.lastIndexOf('/') + 1);
  const isName = last !== '' && !/[*?!]/.test(last) && !ENDING.test(last.slice(1)) && !FILES_WITHOUT_ENDING.test(last);
  // The last `/` of `{src/cart,docs/a.md}` is inside the braces.
  const isWhole = !last.includes('}') || last.includes('{');
  return isName && isWhole ? `${glob}/**` : glob;
}

/** Why Swarm refuses a list of globs as a scope; undefined if it takes it. `globFault` judges each glob. */
export function scopeFault(scope: readonly string[], globs = new GlobCache()): ScopeFault | undefined {
  if (scope.length > 0 && scope.every(isNegated)) return 'only exclusions';
  if (scope.some(isNegated) && leavesNothing(scope, globs)) return 'excludes everything';
  let patterns = 0;
  for (const glob of scope) {
    const read = globs.read(withoutNegation(glob));
    if (typeof read !== 'string') patterns += read.length;
  }
  return patterns > MAX_SCOPE_PATTERNS ? 'too many patterns' : undefined;
}

function leavesNothing(scope: readonly string[], globs: GlobCache): boolean {
  const excluded = excludedBy(scope, globs);
  return scope.every((glob) => {
    const read = isNegated(glob) ? NONE : globs.read(glob);
    return typeof read !== 'string' && read.every((pattern) => isCovered(pattern, excluded));
  });
}

/**
 * Answers whether a changed file lies inside a scope. A glob that cannot be read matches no file here, so that a typo lets
 * nothing through. Takes at most the product of both lengths for any glob.
 *
 * @param path relative to the repository, separated by `/`, as git prints it.
 */
export const isInside = (path: string, scope: readonly string[]): boolean => scopeMatcher(scope)(path);

/** `isInside` for many files of one scope: its globs are read once. */
export function scopeMatcher(scope: readonly string[]): (path: string) => boolean {
  const patternsOf = (globs: readonly string[]): readonly Pattern[] =>
    globs.flatMap((glob) => {
      const read = readGlob(withoutNegation(glob));
      return typeof read === 'string' ? NONE : read;
    });
  const included = patternsOf(scope.filter((glob) => !isNegated(glob)));
  const excluded = patternsOf(scope.filter(isNegated));
  return (path) => {
    const parts = path.split('/');
    if (parts.includes('')) return false;
    return included.some((pattern) => matches(pattern, parts)) && !excluded.some((pattern) => matches(pattern, parts));
  };
}

/**
 * Answers whether some path can match both globs. Exact for globs that Swarm reads. One that is refused counts as everything
 * that its author may mean.
 */
export function overlaps(a: string, b: string): boolean {
  const [left, right] = [patternsMeantBy(a), patternsMeantBy(b)];
  return left.some((one) => right.some((other) => patternsOverlap(one, other)));
}

const patternsMeantBy = (glob: string, globs = new GlobCache()): readonly Pattern[] => {
  const read = globs.read(glob);
  return typeof read === 'string' ? [globs.readLoosely(glob)] : read;
};

export interface ScopeOverlap {
  /** Indexes of the two scopes in the list, the smaller first. */
  readonly first: number;
  readonly second: number;
  /** The glob of each scope that overlaps the other. */
  readonly firstGlob: string;
  readonly secondGlob: string;
  /** Why the overlap is only possible; undefined if it is proved. */
  readonly doubt?: Doubt;
}

/** A pattern, once for all scopes, with the scopes that use it. */
interface SharedPattern {
  readonly pattern: Pattern;
  /** It was read from a glob that is refused, and may match more than its author means. */
  readonly isLoose: boolean;
  /** The last of its uses, as a linked list. */
  last: Use | undefined;
}

interface Use {
  readonly scope: number;
  /** The index of the glob in its scope. */
  readonly glob: number;
  readonly before: Use | undefined;
}

/**
 * All pairs of scopes that some path could be inside of, sorted, each with the first two globs that overlap. Without
 * exclusions this is exact. With exclusions a pair that is missing is proved to be apart, and a pair that is listed may not
 * overlap after all; `doubt` says so then.
 *
 * Every pattern walks once through a trie of the patterns before it, so `src/cart/**` is never compared with anything in
 * `src/mail`, and a glob that a hundred scopes share is compared once.
 */
export function overlappingScopes(
  scopes: readonly (readonly string[])[],
  globs = new GlobCache(),
): readonly ScopeOverlap[] {
  const excluded = scopes.map((scope) => excludedBy(scope, globs));
  const meter = { spent: 0 };
  const shared = sharedPatterns(scopes, excluded, globs, meter);
  const found = new Map<number, FoundOverlap>();
  const count = scopes.length;
  const trie = new PatternTrie(shared.map(({ pattern }) => pattern));
  shared.forEach((pattern, index) => {
    const isWithinWork = meter.spent <= MAX_WORK;
    pairUses(pattern, pattern, isWithinWork);
    if (isWithinWork) {
      for (const other of trie.overlapping(index, meter)) pairUses(pattern, shared[other] ?? pattern, true);
    }
    // The search itself may have used up the rest of the work. Patterns that it did not reach count as overlapping.
    if (meter.spent > MAX_WORK) for (const other of shared.slice(0, index)) pairUses(pattern, other, false);
    else trie.add(index);
  });
  return sortedKeys(found).map((key) => {
    const { firstGlob, secondGlob, doubt } = found.get(key) as FoundOverlap;
    const [first, second] = [Math.floor(key / count), key % count];
    return {
      first,
      second,
      firstGlob: globAt(first, firstGlob),
      secondGlob: globAt(second, secondGlob),
      ...(doubt ? { doubt } : {}),
    };
  });

  function globAt(scope: number, index: number): string {
    return (scopes[scope] as readonly string[])[index] as string;
  }

  /** Notes an overlap for each use of the one pattern with each use of the other. */
  function pairUses(one: SharedPattern, other: SharedPattern, isCompared: boolean): void {
    for (let mine = one.last; mine; mine = mine.before) {
      // Two uses of the same pattern are paired once.
      for (let theirs = one === other ? mine.before : other.last; theirs; theirs = theirs.before) {
        if (mine.scope < theirs.scope) note(one, mine, other, theirs, isCompared);
        else if (theirs.scope < mine.scope) note(other, theirs, one, mine, isCompared);
      }
    }
  }

  function note(first: SharedPattern, a: Use, second: SharedPattern, b: Use, isCompared: boolean): void {
    const key = a.scope * count + b.scope;
    const known = found.get(key);
    const isEarlier = !known || a.glob < known.firstGlob || (a.glob === known.firstGlob && b.glob < known.secondGlob);
    if (known && known.doubt === undefined && !isEarlier) return;
    const doubt = isCompared ? doubtOf(first.pattern, a.scope, second.pattern, b.scope) : 'not compared';
    if (doubt === 'disjoint') return;
    const loose = doubt ?? (first.isLoose || second.isLoose ? 'not read' : undefined);
    // A proved overlap replaces a possible one; of two that are equally sure, the one that comes first in the lists stays.
    const isAsSure = !known || (loose === undefined) === (known.doubt === undefined);
    if (isAsSure ? !isEarlier : loose !== undefined) return;
    found.set(key, { firstGlob: a.glob, secondGlob: b.glob, doubt: loose });
  }

  /** The effect that the exclusions of both scopes have on two patterns that overlap. */
  function doubtOf(one: Pattern, oneScope: number, other: Pattern, otherScope: number): Doubt | 'disjoint' | undefined {
    const exclusions = [...(excluded[oneScope] ?? NONE), ...(excluded[otherScope] ?? NONE)];
    if (isCovered(one, exclusions, meter) || isCovered(other, exclusions, meter)) return 'disjoint';
    const cutsBoth = (exclusion: Pattern): boolean =>
      patternsOverlap(exclusion, one, meter) && patternsOverlap(exclusion, other, meter);
    return exclusions.some(cutsBoth) ? 'negation' : undefined;
  }
}

/** The keys in ascending order; a typed array sorts numbers several times faster. */
function sortedKeys(map: ReadonlyMap<number, unknown>): readonly number[] {
  return Array.from(Float64Array.from(map.keys()).sort());
}

/** Indexes of the two globs in their scopes. */
interface FoundOverlap {
  readonly firstGlob: number;
  readonly secondGlob: number;
  readonly doubt: Doubt | undefined;
}

const NONE: readonly Pattern[] = [];

/** The patterns that a scope excludes. An exclusion that cannot be read excludes nothing. */
function excludedBy(scope: readonly string[], globs: GlobCache): readonly Pattern[] {
  return scope.filter(isNegated).flatMap((glob) => {
    const read = globs.read(withoutNegation(glob));
    return typeof read === 'string' ? NONE : read;
  });
}

/**
 * The patterns of all scopes, each glob's once. A glob that cannot be read stands for every file that its author may mean,
 * until the author fixes it.
 */
function sharedPatterns(
  scopes: readonly (readonly string[])[],
  excluded: readonly (readonly Pattern[])[],
  globs: GlobCache,
  meter: Meter,
): readonly SharedPattern[] {
  const all: SharedPattern[] = [];
  const byGlob: (readonly SharedPattern[] | undefined)[] = [];
  scopes.forEach((scope, scopeIndex) => {
    const exclusions = excluded[scopeIndex] ?? NONE;
    scope.forEach((glob, globIndex) => {
      if (isNegated(glob)) return;
      const { read, id } = globs.lookUp(glob);
      let own = byGlob[id];
      if (!own) {
        const isLoose = typeof read === 'string';
        const patterns = isLoose ? [globs.readLoosely(glob)] : read;
        own = patterns.map((pattern) => ({ pattern, isLoose, last: undefined }));
        all.push(...own);
        byGlob[id] = own;
      }
      for (const shared of own) {
        if (isCovered(shared.pattern, exclusions, meter)) continue;
        shared.last = { scope: scopeIndex, glob: globIndex, before: shared.last };
      }
    });
  });
  return all;
}

/**
 * Answers whether the exclusions surely match everything that the pattern matches. Once the work is spent the answer is no,
 * which reports more overlaps.
 */
const isCovered = (pattern: Pattern, exclusions: readonly Pattern[], meter: Meter = { spent: 0 }): boolean =>
  exclusions.some((exclusion) => meter.spent <= MAX_WORK && isWithin(pattern, exclusion, meter));
