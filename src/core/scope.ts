/**
 * File scopes: which paths a segment may change, and whether two scopes can ever touch the same file.
 *
 * A scope is a list of globs (`glob.ts` says which); one that begins with `!` takes away again. Without negations the
 * answers are exact. With them an overlap may be said that is none, never the other way round: two segments in
 * different tracks are never able to meet.
 */
import { Forest } from './forest.ts';
import { leadOf, matches, type Part, type Pattern, patternsMeet, readGlob, readLoosely } from './glob.ts';

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
  const { wanted, unwanted } = readScope(globs);
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
  const { wanted, unwanted } = readScope(globs);
  return (
    wanted.some(({ patterns }) => patterns.some((pattern) => matches(pattern, parts))) &&
    !unwanted.some((pattern) => matches(pattern, parts))
  );
}

/** Whether some path could match both globs. Exact; one that is not read may overlap more than it would. */
export function overlaps(a: string, b: string): boolean {
  const left = readForMeeting(a);
  const right = readForMeeting(b);
  return left.some((one) => right.some((other) => patternsMeet(one, other)));
}

const readForMeeting = (glob: string): readonly Pattern[] => {
  const read = readGlob(glob);
  return typeof read === 'string' ? [readLoosely(glob)] : read;
};

/**
 * Whether some path could be inside both scopes, with the first two globs that say so. Exact without negations; with
 * them `undefined` is proved and a pair may be more than there is, which `doubt` then says. A scope without globs is
 * unknown, and means everything.
 */
export function scopesOverlap(
  a: readonly string[],
  b: readonly string[],
): { readonly a: string; readonly b: string; readonly doubt?: Doubt } | undefined {
  const [pair] = overlappingScopes([a.length === 0 ? ['**'] : a, b.length === 0 ? ['**'] : b]);
  return pair && { a: pair.globs[0], b: pair.globs[1], ...(pair.doubt ? { doubt: pair.doubt } : {}) };
}

/** Why an overlap is said without being proved: to run two segments one after the other is never wrong. */
export type Doubt = 'negation' | 'not read' | 'not compared';

export interface OverlappingScopes {
  /** Positions in the list that was asked about, the smaller first. */
  readonly pair: readonly [number, number];
  readonly globs: readonly [string, string];
  readonly doubt?: Doubt;
}

/** A pattern, once, whoever uses it. */
interface Use {
  readonly pattern: Pattern;
  readonly by: { readonly scope: number; readonly at: number }[];
}

/**
 * All pairs of scopes that overlap, in order. Every pattern goes once through one tree of those before it (`Forest`), so
 * that `src/cart/**` never meets what lies in `src/mail`, and a pattern that a hundred scopes share is walked once.
 */
export function overlappingScopes(scopes: readonly (readonly string[])[]): readonly OverlappingScopes[] {
  const read = scopes.map(readForPairs);
  const uses = usesOf(read);
  const found = new Map<number, Found>();
  const meter = { spent: 0 };
  const forest = new Forest();
  uses.forEach((use, at) => {
    const isIn = meter.spent <= WORK;
    meet(use, use, isIn);
    if (isIn) for (const other of forest.meeting(use.pattern, meter)) meet(use, uses[other] ?? use, true);
    // The walk may have spent the rest half-way; what it did not see counts as met.
    if (meter.spent > WORK) for (const other of uses.slice(0, at)) meet(use, other, false);
    else forest.add(use.pattern, at);
  });
  return [...found]
    .sort(([a], [b]) => a - b)
    .map(([key, { at, doubt }]) => {
      const pair = [Math.floor(key / scopes.length), key % scopes.length] as const;
      const globs = [globAt(pair[0], at[0]), globAt(pair[1], at[1])] as const;
      return doubt ? { pair, globs, doubt } : { pair, globs };
    });

  function globAt(scope: number, at: number): string {
    return scopes[scope]?.[at] ?? '';
  }

  function meet(one: Use, other: Use, compared: boolean): void {
    for (const first of one.by) {
      for (const second of other.by) {
        if (first.scope === second.scope) continue;
        const [a, b] = first.scope < second.scope ? [first, second] : [second, first];
        const key = a.scope * scopes.length + b.scope;
        const before = found.get(key);
        const isFirst = !before || isBefore([a.at, b.at], before.at);
        if (before && before.doubt === undefined && !isFirst) continue;
        const doubt = compared ? doubtOf(one.pattern, first.scope, other.pattern, second.scope) : 'not compared';
        if (doubt === 'disjoint') continue;
        // Proved is better than doubted, then what stands first in the lists.
        const isAsSure = !before || (doubt === undefined) === (before.doubt === undefined);
        if (isAsSure ? !isFirst : doubt !== undefined) continue;
        found.set(key, { at: [a.at, b.at], doubt });
      }
    }
  }

  /** What the negations of either make of two patterns that meet. */
  function doubtOf(one: Pattern, ofOne: number, other: Pattern, ofOther: number): Doubt | 'disjoint' | undefined {
    const [mine, theirs] = [read[ofOne], read[ofOther]];
    if (!mine || !theirs) return undefined;
    const nots = mine.unwanted.length === 0 ? theirs.unwanted : [...mine.unwanted, ...theirs.unwanted];
    if (nots.length > 0) {
      meter.spent += nots.length;
      if (isCovered(one, nots) || isCovered(other, nots)) return 'disjoint';
      if (nots.some((not) => patternsMeet(not, one, meter) && patternsMeet(not, other, meter))) return 'negation';
    }
    return mine.loose.has(one) || theirs.loose.has(other) ? 'not read' : undefined;
  }
}

interface Found {
  /** Positions of the two globs in their scopes. */
  readonly at: readonly [number, number];
  readonly doubt: Doubt | undefined;
}

const isBefore = (one: readonly [number, number], other: readonly [number, number]): boolean =>
  one[0] < other[0] || (one[0] === other[0] && one[1] < other[1]);

interface PairScope {
  readonly wanted: readonly { readonly at: number; readonly pattern: Pattern }[];
  readonly unwanted: readonly Pattern[];
  /** Those of `wanted` that may mean more than their glob does. */
  readonly loose: ReadonlySet<Pattern>;
}

/** A glob that cannot be read means every file it might, until its author mends it; a negation of one means none. */
function readForPairs(globs: readonly string[]): PairScope {
  const unwanted = globs.flatMap((glob) => {
    const read = isNegated(glob) ? readGlob(glob.slice(1)) : [];
    return typeof read === 'string' ? [] : read;
  });
  const loose = new Set<Pattern>();
  const wanted = globs.flatMap((glob, at) => {
    if (isNegated(glob)) return [];
    const read = readGlob(glob);
    if (typeof read !== 'string') return read.map((pattern) => ({ at, pattern }));
    const pattern = readLoosely(glob);
    loose.add(pattern);
    return [{ at, pattern }];
  });
  return { wanted: wanted.filter(({ pattern }) => !isCovered(pattern, unwanted)), unwanted, loose };
}

/** The patterns of all scopes, each once; a loose one stands for itself. */
function usesOf(scopes: readonly PairScope[]): readonly Use[] {
  const uses = new Map<string, Use>();
  scopes.forEach(({ wanted, loose }, scope) => {
    for (const { at, pattern } of wanted) {
      const key = loose.has(pattern) ? `${scope} ${at}\n` : keyOf(pattern);
      const use = uses.get(key) ?? { pattern, by: [] };
      use.by.push({ scope, at });
      uses.set(key, use);
    }
  });
  return [...uses.values()];
}

const keyOf = (pattern: Pattern): string => pattern.map(textOf).join('/');

/** A file that is really called `[a]` is not the class. */
const textOf = (part: Part): string =>
  part === 'any parts' ? '**' : 'literal' in part ? `=${part.literal}` : part.text;

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
