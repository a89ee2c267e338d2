import fc from 'fast-check';
import picomatch from 'picomatch';
import { describe, expect, test } from 'vitest';
import { fixedPrefix, isEverything } from '../../src/core/scope/glob.ts';
import { globFault, isInside, overlappingScopes, overlaps, scopeFault } from '../../src/core/scope/scope.ts';
import { expectSoon } from '../cpu.ts';

type Pair = ReturnType<typeof overlappingScopes>[number];

/** The first two globs by which two scopes overlap, and whether that is proved. A scope without globs means everything. */
function scopesOverlap(one: string[], other: string[]): Pick<Pair, 'firstGlob' | 'secondGlob' | 'doubt'> | undefined {
  const [pair] = overlappingScopes([one, other].map((scope) => (scope.length === 0 ? ['**'] : scope)));
  return (
    pair && { firstGlob: pair.firstGlob, secondGlob: pair.secondGlob, ...(pair.doubt ? { doubt: pair.doubt } : {}) }
  );
}

/** Picomatch takes `a/**` to mean `a`, too, but not `a*` + `/**`. Swarm takes both. */
const oddOfPicomatch = /(?:^|\/)(?!\*\*\/)[^/]*\*(?:\/\*\*)+$/;
/** Globs of the language that swarm and picomatch share, over few letters, so that they meet often. */
const name = fc
  .array(fc.constantFrom('a', 'b', '.', '*', '?', '[ab]', '[^a]', '{a,bb}', 'a', 'b'), { minLength: 1, maxLength: 4 })
  .map((pieces) => pieces.join(''))
  .filter((text) => !/^\.{1,2}$|\*\*/.test(text));
const sharedGlob = fc
  .array(fc.oneof({ weight: 4, arbitrary: name }, { weight: 1, arbitrary: fc.constant('**') }), {
    minLength: 1,
    maxLength: 4,
  })
  .map((parts) => parts.join('/'))
  .filter((glob) => globFault(glob) === undefined && !oddOfPicomatch.test(glob));
const path = fc
  .array(
    fc
      .array(fc.constantFrom('a', 'b', 'c', '.'), { minLength: 1, maxLength: 3 })
      .map((letters) => letters.join(''))
      .filter((part) => !/^\.{1,2}$/.test(part)),
    { minLength: 1, maxLength: 4 },
  )
  .map((parts) => parts.join('/'));

/** Every path of up to `depth` parts, each one of these names. */
function allPaths(names: readonly string[], depth: number): readonly string[] {
  let longest = names;
  const all = [...names];
  for (let parts = 2; parts <= depth; parts++) {
    longest = longest.flatMap((start) => names.map((name) => `${start}/${name}`));
    all.push(...longest);
  }
  return all;
}

const inBoth = (paths: readonly string[], one: string, other: string): boolean =>
  paths.some((each) => isInside(each, [one]) && isInside(each, [other]));

describe('a glob', () => {
  test.each([
    '',
    '   ',
    '/etc/**',
    '~/**',
    'C:\\**',
    'C:/x',
    '../**',
    'a/../b',
    'a/./b',
    'src\\cart',
    'a//b',
    'a\nb',
    'a\0b',
    ' a',
    `${'a'.repeat(513)}`,
    '{1..1000000}',
    '{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}',
    '{'.repeat(200),
    '{a,b',
    'a}b',
    '{..,a}/b',
    '@(*a*)*(*a*)',
    '!(src)/**',
    '!!a',
    '[b-a]',
    `@(*a*)${'*(*a*)'.repeat(60)}`,
    'x'.repeat(70_000),
  ])('refused with a reason: %j', (glob) => {
    expect(globFault(glob)).toBeDefined();
  });

  test.each([
    '**',
    'src/**',
    '!src/gen/**',
    '*.md',
    './src/a.ts',
    'src/cart/',
    'a{b,c}',
    'app/(shop)/[slug]/page.tsx',
    '(a+)+$',
    '[[:alpha:]]',
    '{{name}}/x',
    'feat ure/ü*',
  ])('taken: %j', (glob) => {
    expect(globFault(glob)).toBeUndefined();
  });

  test.each([
    ['**', true],
    ['**/*', true],
    ['**/**', true],
    ['{a,**}', true],
    ['*', false],
    ['src/**', false],
    ['**/*.ts', false],
  ])('%j is everything: %j', (glob, everything) => {
    expect(isEverything(glob)).toBe(everything);
  });

  test.each([
    ['src/cart/**', 'src/cart'],
    ['src/cart/total.ts', 'src/cart/total.ts'],
    ['./src/{a,b}/x', 'src'],
    ['*.md', ''],
  ])('%j begins with %j', (glob, fixed) => {
    expect(fixedPrefix(glob)).toBe(fixed);
  });

  test('negations alone are no scope (B191)', () => {
    expect(scopeFault(['!src/**'])).toBe('only exclusions');
    expect(scopeFault(['src/**', '!src/gen/**'])).toBeUndefined();
    expect(scopeFault(['src/gen/a.ts', 'src/gen/{b,c}/*.ts', '!src/gen/**'])).toBe('excludes everything');
    expect(scopeFault(['src/gen/a.ts', 'src/b.ts', '!src/gen/**'])).toBeUndefined();
    expect(scopeFault([])).toBeUndefined();
    expect(scopeFault(Array.from({ length: 100 }, () => '{a,b}{c,d}{e,f}'))).toBe('too many patterns');
  });
});

describe('a path lies inside a scope', () => {
  test.each<[string, string[], boolean]>([
    ['src/a.ts', ['src/**'], true],
    ['src/.env', ['src/**'], true],
    ['src', ['src/**'], true],
    ['srcs/a.ts', ['src/**'], false],
    ['src/a/b.ts', ['src/*'], false],
    ['src/cart/a/b.ts', ['src/cart/'], true],
    ['src/cart', ['src/cart/'], true],
    ['a.ts', ['./a.ts'], true],
    ['src/gen/a.ts', ['src/**', '!src/gen/**'], false],
    ['src/gen/a.ts', ['!src/gen/**', 'src/**'], false],
    ['app/[slug]/page.tsx', ['app/[slug]/page.tsx'], true],
    ['app/s/page.tsx', ['app/[slug]/page.tsx'], true],
    ['app/[slug]/page.tsx', ['app/[slug]/**'], true],
    ['app/[slug]/page.tsx', ['app/[slug]/'], true],
    ['app/[slug]/page.tsx', ['app/[slug]/*.tsx'], true],
    ['app/[...all]/[id].ts', ['app/[...all]/*.ts'], true],
    ['app/[id]/page.tsx', ['app/[slug]/**'], false],
    ['app/(shop)/x', ['app/(shop)/*'], true],
    ['aaa', ['(a+)+$'], false],
    ['7', ['{5..9}'], true],
    ['4', ['{5..9}'], false],
    ['c', ['[!ab]'], true],
    ['a', ['[!ab]'], false],
    ['😀', ['?'], true],
    ['a.ts', [], false],
    ['a.ts', ['../**'], false],
    ['/a.ts', ['**'], false],
    ['a//b', ['**'], false],
    ['constructor', ['__proto__'], false],
  ])('%j in %j: %j', (file, globs, inside) => {
    expect(isInside(file, globs)).toBe(inside);
  });

  // Its short cuts disagree with itself: `*.*` does not match `b.` by them, but `a/*.*` does match `a/b.`.
  test('as picomatch says, wherever both read the same language', () => {
    fc.assert(
      fc.property(sharedGlob, path, (glob, file) => {
        expect(isInside(file, [glob])).toBe(picomatch.isMatch(file, glob, { dot: true, fastpaths: false }));
      }),
      { numRuns: 3_000 },
    );
  });

  test('no glob makes it throw', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'ab/*?[]{},!.-^()@\\~') }), path, (glob, file) => {
        expect(typeof isInside(file, [glob])).toBe('boolean');
        expect(overlaps(glob, glob)).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });

  test('hostile patterns take no time', () => {
    const stars = `${'*a'.repeat(200)}b`;
    const depths = `${'**/a/'.repeat(80)}b`;
    expectSoon(() => isInside('a'.repeat(4_000), [stars]));
    expectSoon(() => isInside('a/'.repeat(2_000).slice(0, -1), [depths]));
    expectSoon(() => overlaps(stars, `${'a*'.repeat(200)}c`));
    expectSoon(() => overlaps(depths, `${'a/**/'.repeat(80)}c`));
  });
});

describe('two scopes overlap', () => {
  test.each<[string, string, boolean]>([
    ['src/a.ts', 'src/a.ts', true],
    ['src/a.ts', 'src/b.ts', false],
    ['src/**', 'src/cart/**', true],
    ['src/**', 'src', true],
    ['src/cart/**', 'src/mail/**', false],
    ['src/*.ts', 'src/*.js', false],
    ['src/*.ts', 'src/a*', true],
    ['**/*.test.ts', 'src/cart/**', true],
    ['**/*.test.ts', 'src/cart/*.md', false],
    ['a/*/c', 'a/b/*', true],
    ['a/*/c', 'a/b/d', false],
    ['[ab].ts', '[bc].ts', true],
    ['[ab].ts', '[!ab].ts', false],
    ['{a,b}/x', '{b,c}/x', true],
    ['{a,b}/x', '{c,d}/x', false],
    ['a*b', 'a*c', false],
    ['*a*', '*b*', true],
    ['a/**/b', 'a/b', true],
    ['a/**/z/**', 'a/*/y', true],
    ['a/**/z/**', 'a/*/*/y', true],
    ['a/z/**', 'a/y/**', false],
    ['?', '??', false],
    ['app/[slug]/x', 'app/[slug]/x', true],
    ['../x', 'src/**', true],
  ])('%j and %j: %j', (one, other, meet) => {
    expect(overlaps(one, other)).toBe(meet);
    expect(overlaps(other, one)).toBe(meet);
  });

  test.each([
    [['docs/**', 'src/a/**'], ['src/**'], { firstGlob: 'src/a/**', secondGlob: 'src/**' }],
    [['src/**', '!src/gen/**'], ['src/gen/**'], undefined],
    [['src/**', '!src/gen/**'], ['src/gen/api/x.ts'], undefined],
    [['src/**', '!src/gen/**'], ['src/gen/**', 'src/x.ts'], { firstGlob: 'src/**', secondGlob: 'src/x.ts' }],
    [['src/**', '!**/*.md'], ['src/readme.md'], undefined],
    [['src/**', '!src/*.md'], ['src/*.{md,txt}'], { firstGlob: 'src/**', secondGlob: 'src/*.{md,txt}' }],
    [['src/**', '!src/**'], ['src/**'], undefined],
    [[], ['src/a.ts'], { firstGlob: '**', secondGlob: 'src/a.ts' }],
    [['src/**', '!src/g*/**'], ['src/gen/**'], undefined],
    [
      ['src/**', '!src/**/*.test.ts'],
      ['src/cart/**/*.test.ts', 'src/c?rt/*-[a-c].test.ts', 'src/x.test.ts'],
      undefined,
    ],
    [['src/**', '!src/**/*??.ts'], ['src/b?.ts'], undefined],
    [['src/**', '!src/**/*?.ts'], ['src/*.ts'], { firstGlob: 'src/**', secondGlob: 'src/*.ts', doubt: 'negation' }],
    [['src/**', '!src/g*/**'], ['src/*n/**'], { firstGlob: 'src/**', secondGlob: 'src/*n/**', doubt: 'negation' }],
    [['src/**', '!src/g*/**'], ['src/gen/**', 'src/x.ts'], { firstGlob: 'src/**', secondGlob: 'src/x.ts' }],
    [['a/{'], ['src/a.ts'], { firstGlob: 'a/{', secondGlob: 'src/a.ts', doubt: 'not read' }],
    [['src/@(a|b)/x.ts'], ['src/a/*'], { firstGlob: 'src/@(a|b)/x.ts', secondGlob: 'src/a/*', doubt: 'not read' }],
    [['src/@(a|b)/x.ts'], ['test/a/*'], undefined],
    [
      ['src/+(a/b)/x.ts'],
      ['src/a/b/a/b/x.ts'],
      { firstGlob: 'src/+(a/b)/x.ts', secondGlob: 'src/a/b/a/b/x.ts', doubt: 'not read' },
    ],
  ] as [string[], string[], ReturnType<typeof scopesOverlap>][])('%j and %j', (one, other, pair) => {
    expect(scopesOverlap(one, other)).toEqual(pair);
    expect(scopesOverlap(other, one)).toEqual(
      pair && { ...pair, firstGlob: pair.secondGlob, secondGlob: pair.firstGlob },
    );
  });

  test('exactly when some path is in both: no false alarm within reach of the letters, and never a silence', () => {
    const paths = allPaths(['a', 'b', 'aa', 'ab', 'b.', '.a'], 2);
    fc.assert(
      fc.property(sharedGlob, sharedGlob, (one, other) => {
        const meet = overlaps(one, other);
        expect(overlaps(other, one)).toBe(meet);
        if (inBoth(paths, one, other)) expect(meet).toBe(true);
      }),
      { numRuns: 1_000 },
    );
    const deep = allPaths(['a', 'b'], 6);
    const short = fc
      .array(fc.constantFrom('a', 'b', '*', '?', '[ab]', '{a,b}', '**'), { minLength: 1, maxLength: 3 })
      .map((parts) => parts.join('/'));
    fc.assert(
      fc.property(short, short, (one, other) => {
        expect(overlaps(one, other)).toBe(inBoth(deep, one, other));
      }),
      { numRuns: 500 },
    );
  });

  test('all pairs at once are the pairs one by one', () => {
    const scope = fc.array(fc.oneof(sharedGlob, path), { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(fc.array(scope, { minLength: 2, maxLength: 8 }), (scopes) => {
        const expected = scopes.flatMap((one, a) =>
          scopes.flatMap((other, b) => (a < b && one.some((x) => other.some((y) => overlaps(x, y))) ? [[a, b]] : [])),
        );
        expect(overlappingScopes(scopes).map(({ first, second }) => [first, second])).toEqual(expected);
      }),
      { numRuns: 300 },
    );
  });

  test('with negations: never a silence, and no doubt where there is nothing to doubt', () => {
    const paths = allPaths(['a', 'b', 'ab'], 3);
    const short = fc
      .array(fc.constantFrom('a', 'b', '*', 'a*', '*b', '?', '[ab]', '[!a]', '**'), { minLength: 1, maxLength: 3 })
      .map((parts) => parts.join('/'));
    const scope = fc
      .tuple(fc.array(short, { minLength: 1, maxLength: 2 }), fc.array(short, { maxLength: 2 }))
      .map(([wanted, not]) => [...wanted, ...not.map((glob) => `!${glob}`)]);
    fc.assert(
      fc.property(scope, scope, (one, other) => {
        const pair = scopesOverlap(one, other);
        const met = paths.some((path) => isInside(path, one) && isInside(path, other));
        if (met) expect(pair).toBeDefined();
        // What is said without doubt is so, on some path that may be longer than these.
        if (pair && !pair.doubt) expect(overlaps(pair.firstGlob, pair.secondGlob)).toBe(true);
        if (pair?.doubt === 'negation') expect([...one, ...other].some((glob) => glob.startsWith('!'))).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  test('hostile scopes take their time and no more; what is not compared overlaps', () => {
    const scopes = Array.from({ length: 60 }, (_, at) =>
      Array.from({ length: 40 }, (__, glob) => `${(at % 2 === 0 ? '?' : '*a').repeat(200 + (at % 2) + glob)}/${at}`),
    );
    expect(expectSoon(() => overlaps(scopes[0]?.[0] ?? '', scopes[1]?.[0] ?? ''))).toBe(false);
    expect(expectSoon(() => overlappingScopes(scopes)).length).toBeGreaterThan(1_000);
  });

  test('a thousand scopes beside one another are soon told apart', () => {
    const scopes = Array.from({ length: 1_000 }, (_, at) => [`src/part${at}/**`, `test/part${at}.test.ts`, 'docs/*.x']);
    expect(expectSoon(() => overlappingScopes(scopes.map((globs) => globs.slice(0, 2))))).toEqual([]);
    expect(overlappingScopes(scopes.slice(0, 30))).toHaveLength((30 * 29) / 2);
  });
});
