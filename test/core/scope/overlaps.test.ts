/** All pairs of scopes that meet, found at once, are those that are found pair by pair. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { GlobCache, isWithin, type Pattern, patternsOverlap } from '../../../src/core/scope/glob.ts';
import { PatternTrie } from '../../../src/core/scope/pattern-trie.ts';
import { isNegated, overlappingScopes, type ScopeOverlap } from '../../../src/core/scope/scope.ts';

const anyName = fc
  .array(fc.constantFrom('a', 'b', 'c', 'a', 'b', '*', '?', '[ab]', '[!a]'), { minLength: 1, maxLength: 2 })
  .map((pieces) => pieces.join(''));
const anyGlob = fc
  .array(fc.oneof({ weight: 4, arbitrary: anyName }, { weight: 1, arbitrary: fc.constant('**') }), {
    minLength: 1,
    maxLength: 4,
  })
  .map((parts) => parts.join('/'));
const anyAlternatives = fc.tuple(anyGlob, anyGlob).map(([one, other]) => `{${one},${other}}`);
const refused = fc.constantFrom('a/{', '@(a|b)/c', 'b/+(a)', '[b-a]', '../a');

describe('a trie of patterns', () => {
  const read = (globs: readonly string[]): readonly Pattern[] => {
    const cache = new GlobCache();
    return globs.map((glob) => (cache.read(glob) as readonly Pattern[])[0] as Pattern);
  };
  const found = (trie: PatternTrie, searched: number): readonly number[] =>
    [...trie.overlapping(searched, { spent: 0 })].sort((a, b) => a - b);

  test('finds each pattern that meets the searched one once, and none that was not added', () => {
    fc.assert(
      fc.property(fc.array(anyGlob, { minLength: 2, maxLength: 30 }), fc.nat(), (globs, seed) => {
        const patterns = read(globs);
        const trie = new PatternTrie(patterns);
        const added = patterns.map((_, index) => index).filter((index) => (index + seed) % 3 !== 0);
        for (const index of added) trie.add(index);
        for (const [index, pattern] of patterns.entries()) {
          expect(found(trie, index)).toStrictEqual(
            added.filter((each) => patternsOverlap(pattern, patterns[each] as Pattern)),
          );
        }
      }),
      { numRuns: 150 },
    );
  });

  test.each<[string, readonly string[], readonly number[]]>([
    ['nothing was added', ['a'], []],
    ['the same pattern twice', ['a/b', 'a/b', 'a/b'], [1, 2]],
    ['through many **', ['a/**/b/**/c', '**/b/**', 'a/b/c', '**/**/a', 'a/**/**/c', '**/b/**/b/**/c'], [1, 2, 4, 5]],
    ['at the end of a **', ['a', 'a/**', '**', '**/a/**', 'a/b'], [1, 2, 3]],
    ['names that begin alike', ['ab/x', 'a*/x', 'abc/x', 'a?/*', '?/x'], [1, 3]],
    [
      'more ways than a short list holds',
      ['**/a/**/a/**/a/**', ...Array.from({ length: 6 }, (_, index) => `${'**/a/'.repeat(index + 1)}a`), 'b'],
      [1, 2, 3, 4, 5, 6],
    ],
  ])('%s', (_, globs, expected) => {
    const trie = new PatternTrie(read(globs));
    globs.slice(1).forEach((__, index) => {
      trie.add(index + 1);
    });
    expect(found(trie, 0)).toStrictEqual(expected);
    expect(found(trie, 0)).toStrictEqual(expected);
  });

  test('finds each pattern once, however many ways lead to it', () => {
    const parts = fc.array(fc.constantFrom('a', 'b', '*', '**', '**'), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(fc.array(parts, { minLength: 4, maxLength: 12 }), (all) => {
        const patterns = read(all.map((each) => each.join('/')));
        const trie = new PatternTrie(patterns);
        for (const index of patterns.keys()) trie.add(index);
        for (const [index, pattern] of patterns.entries()) {
          expect(found(trie, index)).toStrictEqual(
            [...patterns.keys()].filter((each) => patternsOverlap(pattern, patterns[each] as Pattern)),
          );
        }
      }),
      { numRuns: 300 },
    );
  });

  test('keeps children of the same name apart, in a table that is half full', () => {
    const patterns = read(Array.from({ length: 600 }, (_, index) => `${index}/same/name`));
    const trie = new PatternTrie(patterns);
    for (const index of patterns.keys()) trie.add(index);
    for (const index of patterns.keys()) expect(found(trie, index)).toStrictEqual([index]);
  });

  test('finds an empty trie empty', () => {
    expect(found(new PatternTrie(read(['**', 'a'])), 0)).toStrictEqual([]);
  });

  test('counts what it visits and compares', () => {
    const trie = new PatternTrie(read(['a/b', 'a/c', 'a/*', 'b']));
    for (const index of [1, 2, 3]) trie.add(index);
    const meter = { spent: 0 };
    trie.overlapping(0, meter);
    // The root, `a`, `*` below it; and `b` against `*`.
    expect(meter.spent).toBe(4);
  });
});

/** What may be said of one pair, by comparing every pattern with every other. */
interface Said {
  readonly first: number;
  readonly second: number;
  readonly firstGlob: string;
  readonly secondGlob: string;
  readonly doubts: ReadonlySet<string>;
}

/** The slow and plain way: every pattern of a scope with every pattern of another. */
function pairs(scopes: readonly (readonly string[])[]): readonly Said[] {
  const globs = new GlobCache();
  const patternsOf = (glob: string): { readonly isLoose: boolean; readonly patterns: readonly Pattern[] } => {
    const read = globs.read(glob);
    return typeof read === 'string'
      ? { isLoose: true, patterns: [globs.readLoosely(glob)] }
      : { isLoose: false, patterns: read };
  };
  const exclusionsOf = (scope: readonly string[]): readonly Pattern[] =>
    scope.filter(isNegated).flatMap((glob) => {
      const read = globs.read(glob.slice(1));
      return typeof read === 'string' ? [] : read;
    });
  const isCovered = (pattern: Pattern, by: readonly Pattern[]): boolean =>
    by.some((exclusion) => isWithin(pattern, exclusion, { spent: 0 }));
  const said: Said[] = [];
  scopes.forEach((one, first) => {
    scopes.forEach((other, second) => {
      if (second <= first) return;
      const excluded = [...exclusionsOf(one), ...exclusionsOf(other)];
      const found: { readonly isProved: boolean; readonly doubt: string; readonly globs: readonly [string, string] }[] =
        [];
      for (const a of one.filter((glob) => !isNegated(glob))) {
        for (const b of other.filter((glob) => !isNegated(glob))) {
          const [mine, theirs] = [patternsOf(a), patternsOf(b)];
          for (const left of mine.patterns) {
            for (const right of theirs.patterns) {
              if (!patternsOverlap(left, right) || isCovered(left, excluded) || isCovered(right, excluded)) continue;
              const isCut = excluded.some((each) => patternsOverlap(each, left) && patternsOverlap(each, right));
              const doubt = isCut ? 'negation' : mine.isLoose || theirs.isLoose ? 'not read' : 'none';
              found.push({ isProved: doubt === 'none', doubt, globs: [a, b] });
            }
          }
        }
      }
      const best = found.find(({ isProved }) => isProved) ?? found[0];
      if (!best) return;
      const [firstGlob, secondGlob] = best.globs;
      const same = found.filter(
        ({ globs: each, isProved }) => each[0] === firstGlob && each[1] === secondGlob && isProved === best.isProved,
      );
      said.push({ first, second, firstGlob, secondGlob, doubts: new Set(same.map(({ doubt }) => doubt)) });
    });
  });
  return said;
}

const expectSame = (found: readonly ScopeOverlap[], expected: readonly Said[]): void => {
  expect(found.map(({ doubt: _, ...pair }) => pair)).toStrictEqual(expected.map(({ doubts: _, ...pair }) => pair));
  for (const [index, { doubt }] of found.entries()) expect(expected[index]?.doubts).toContain(doubt ?? 'none');
};

describe('all pairs at once', () => {
  const glob = fc.oneof({ weight: 6, arbitrary: anyGlob }, { weight: 1, arbitrary: anyAlternatives });

  test('are the pairs one by one, each with the first globs that surely meet, or else that may', () => {
    const scope = fc.uniqueArray(fc.oneof({ weight: 4, arbitrary: glob }, { weight: 1, arbitrary: refused }), {
      minLength: 1,
      maxLength: 4,
    });
    fc.assert(
      fc.property(fc.array(scope, { minLength: 2, maxLength: 6 }), (scopes) => {
        expectSame(overlappingScopes(scopes), pairs(scopes));
      }),
      { numRuns: 250 },
    );
  });

  test('are the pairs one by one with exclusions, too', () => {
    const scope = fc
      .tuple(
        fc.uniqueArray(fc.oneof({ weight: 4, arbitrary: glob }, { weight: 1, arbitrary: refused }), {
          minLength: 1,
          maxLength: 3,
        }),
        fc.uniqueArray(fc.oneof({ weight: 4, arbitrary: anyGlob }, { weight: 1, arbitrary: refused }), {
          maxLength: 2,
        }),
      )
      .map(([wanted, not]) => [
        ...not.slice(0, 1).map((each) => `!${each}`),
        ...wanted,
        ...not.slice(1).map((each) => `!${each}`),
      ]);
    fc.assert(
      fc.property(fc.array(scope, { minLength: 2, maxLength: 5 }), (scopes) => {
        expectSame(overlappingScopes(scopes), pairs(scopes));
      }),
      { numRuns: 250 },
    );
  });

  const pair = (firstGlob: string, secondGlob: string, doubt?: ScopeOverlap['doubt']): ScopeOverlap => ({
    first: 0,
    second: 1,
    firstGlob,
    secondGlob,
    ...(doubt === undefined ? {} : { doubt }),
  });

  test.each<[string, readonly string[], readonly string[], ScopeOverlap | undefined]>([
    ['no glob in either', [], [], undefined],
    ['the first of several that meet', ['a/**', 'b/**'], ['b/x', 'a/x'], pair('a/**', 'a/x')],
    ['the first of the other, for one', ['**'], ['b', 'a'], pair('**', 'b')],
    ['the first of the one, for the same of the other', ['a', '*'], ['a'], pair('a', 'a')],
    ['a sure one before a possible one', ['a/{', 'b'], ['b'], pair('b', 'b')],
    ['a sure one after a possible one', ['b', 'a/{'], ['a', 'b'], pair('b', 'b')],
    ['of several possible ones the first', ['[b-a]', 'a/{'], ['a', 'b'], pair('[b-a]', 'a', 'not read')],
    ['the other one cannot be read', ['a', 'b'], ['c', 'b/{'], pair('a', 'b/{', 'not read')],
    ['an exclusion that cannot be read excludes nothing', ['a/**', '!a/{'], ['a/x'], pair('a/**', 'a/x')],
    ['an exclusion is no glob of the scope', ['src/a', '!src/b'], ['test/x'], undefined],
    ['an exclusion of the other one counts, too', ['a/**'], ['a/b', '!a/b'], undefined],
    ['an exclusion of the other one that cuts both', ['a/**'], ['a/b*', '!a/*c'], pair('a/**', 'a/b*', 'negation')],
    ['an exclusion that cuts one alone is no doubt', ['*/**', '!b/*'], ['a/x'], pair('*/**', 'a/x')],
    ['an exclusion that takes all of the one', ['a/b', '!a/*'], ['a/**'], undefined],
    ['a sure one beside one that an exclusion cuts', ['a/*', '!a/b*'], ['a/*c', 'a/x'], pair('a/*', 'a/x')],
    ['names that are written in brackets', ['app/[id]/x'], ['app/[[]*/x'], pair('app/[id]/x', 'app/[[]*/x')],
    ['directories that are named in brackets', ['[ab]/[cd]'], ['[ab]/?cd?'], pair('[ab]/[cd]', '[ab]/?cd?')],
    ['a bracket that is only a bracket', ['x[a/{b,c}'], ['x[a/?b*'], pair('x[a/{b,c}', 'x[a/?b*')],
    ['directories of other names in brackets', ['app/[id]/**'], ['app/[slug]/**'], undefined],
    ['alternatives of one glob', ['{a,b}/x'], ['c/x', 'b/x'], pair('{a,b}/x', 'b/x')],
  ])('%s', (_, one, other, expected) => {
    expect(overlappingScopes([one, other])).toStrictEqual(expected ? [expected] : []);
  });

  test('stand by the first scope, then by the second', () => {
    const scopes = [['a'], ['b'], ['a', 'b'], ['b'], ['c'], ['a']];
    expect(overlappingScopes(scopes).map(({ first, second }) => `${first} ${second}`)).toStrictEqual([
      '0 2',
      '0 5',
      '1 2',
      '1 3',
      '2 3',
      '2 5',
    ]);
  });

  test('a scope does not meet itself, however its globs do', () => {
    expect(overlappingScopes([['a', 'a', '*', '**']])).toStrictEqual([]);
  });

  test('once the work is spent, whatever is left overlaps everything before it', () => {
    // Comparing two of these names takes the product of their lengths, so that 20 of them are too many.
    const scopes = [
      ['same'],
      ...[...'abcdefghijklmnopqrstuvwxyz'].map((letter) => [`*${letter.repeat(500)}*/${letter}`]),
      ['gen/x', 'sam*', '!gen/**'],
      ['sam*'],
    ];
    const globs = scopes.map(([first, second]) => second ?? first);
    const found = overlappingScopes(scopes);
    const from = found[0]?.second ?? 0;
    expect(from).toBeGreaterThan(10);
    expect(from).toBeLessThan(24);
    const expected = globs.flatMap((one, first) =>
      globs.flatMap((other, second) =>
        first < second && second >= from
          ? [{ first, second, firstGlob: one, secondGlob: other, doubt: 'not compared' }]
          : [],
      ),
    );
    expect(found).toStrictEqual(expected);
  });
});
