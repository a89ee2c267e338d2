/** How a glob is read: its faults, its alternatives, its names and classes; and what it covers and meets. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  fixedPrefix,
  GlobCache,
  isEverything,
  isWithin,
  type Meter,
  matches,
  type Part,
  type Pattern,
  patternsOverlap,
  readGlob,
} from '../../../src/core/scope/glob.ts';
import { globFault, isInside, overlaps, scopeFault } from '../../../src/core/scope/scope.ts';

const patternsOf = (glob: string): readonly Pattern[] => {
  const read = readGlob(glob);
  if (typeof read === 'string') throw new Error(`${glob}: ${read}`);
  return read;
};

/** The first pattern: that of a glob without alternatives, as it is meant. */
const patternOf = (glob: string): Pattern => patternsOf(glob)[0] as Pattern;

const sayPart = (part: Part): string => {
  if (part === 'any parts') return '**';
  if ('literal' in part) return part.literal;
  return part.tokens
    .map((token) => {
      if (token === 'any characters') return '*';
      if (token.length === 2 && token[0] === token[1]) return String.fromCodePoint(token[0] as number);
      return token.join(',') === '0,46,48,1114111' ? '?' : `[${token.join(' ')}]`;
    })
    .join('');
};

/** The patterns as text, with literal names as they are and classes as ranges of code points. */
const said = (glob: string): readonly string[] => patternsOf(glob).map((pattern) => pattern.map(sayPart).join('/'));

describe('the fault of a glob', () => {
  test.each([
    ['', 'empty'],
    ['  \t ', 'empty'],
    ['a'.repeat(513), 'too long'],
    [`{a,${'b'.repeat(510)}`, 'too long'],
    ['a\nb', 'control character'],
    ['a\u0007b', 'control character'],
    ['a\ud800b', 'control character'],
    [' a', 'outer space'],
    ['a ', 'outer space'],
    ['src\\cart', 'backslash'],
    ['/etc/**', 'absolute'],
    ['/', 'absolute'],
    ['~/x', 'home folder'],
    ['~', 'home folder'],
    ['C:/x', 'drive'],
    ['z:x', 'drive'],
    ['@(a)', 'extended glob'],
    ['x/?(a|b)', 'extended glob'],
    ['*(a)', 'extended glob'],
    ['+(a)', 'extended glob'],
    ['!(a)', 'extended glob'],
    ['!!a', 'negated twice'],
    ['a//b', 'empty part'],
    ['.//a', 'no path'],
    ['../a', 'dot part'],
    ['a/..', 'dot part'],
    ['a/./b', 'dot part'],
    ['.', 'dot part'],
    ['{a,..}/b', 'dot part'],
    ['{..,[b-a]}', 'dot part'],
    ['{[b-a],..}', 'backward range'],
    ['{,}', 'no path'],
    ['a/{,}/b', 'no path'],
    ['./', 'no path'],
    ['[b-a]', 'backward range'],
    ['x/[!z-a]y', 'backward range'],
    ['[a-cz-y]', 'backward range'],
    ['{1..65}', 'too many alternatives'],
    ['{65..1}', 'too many alternatives'],
    ['{-32..32}', 'too many alternatives'],
    ['{1..99999999999999999999}', 'too many alternatives'],
    ['{A..z}{a,b}', 'too many alternatives'],
    ['{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}', 'too many alternatives'],
    ['{1..13}{1..5}', 'too many alternatives'],
    ['{a,b', 'unmatched brace'],
    ['a}b', 'unmatched brace'],
    ['{a}}', 'unmatched brace'],
    ['a/b{c', 'unmatched brace'],
    ['a/b{', 'unmatched brace'],
    ['{01..3}', 'leading zero'],
    ['{1..03}', 'leading zero'],
    ['{-01..3}', 'leading zero'],
  ])('%j: %s', (glob, fault) => {
    expect(globFault(glob)).toBe(fault);
    expect(isInside('a', [glob])).toBe(false);
    expect(isEverything(glob)).toBe(false);
  });

  test.each([
    'a'.repeat(512),
    `{${'a'.repeat(510)}}`,
    'a b',
    'a~',
    'aa:b/c',
    'CC:x',
    'a!',
    'a@b(c)',
    '...',
    'a/...',
    '{1..64}',
    '{64..1}',
    '{-31..32}',
    '{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}',
    '{0..9}',
    '{10..20}',
    '{100..101}',
    '[a-a]',
  ])('none: %j', (glob) => {
    expect(globFault(glob)).toBeUndefined();
    expect(globFault(`!${glob}`)).toBeUndefined();
  });
});

describe('a glob is read as', () => {
  test.each<[string, readonly string[]]>([
    ['src/cart.ts', ['src/cart.ts']],
    ['./src/cart.ts', ['src/cart.ts']],
    ['./././src', ['src']],
    ['a./b', ['a./b']],
    ['src/', ['src/**']],
    ['**', ['**']],
    ['a/**/b', ['a/**/b']],
    ['a**b', ['a*b']],
    ['a***', ['a*']],
    ['*?*', ['*?*']],
    ['{a,b}', ['a', 'b', '{a,b}']],
    ['{a,b}/{c,d}', ['a/c', 'a/d', 'b/c', 'b/d', '{a,b}/{c,d}']],
    ['{a,{b,c},d}', ['a', 'b', 'c', 'd', '{a,{b,c},d}']],
    ['{a{b,c}d,e}', ['abd', 'acd', 'e', '{a{b,c}d,e}']],
    ['{{a,b},c}', ['a', 'b', 'c', '{{a,b},c}']],
    ['{{a,b}}', ['{a}', '{b}', '{{a,b}}']],
    ['x{a,}', ['xa', 'x', 'x{a,}']],
    ['a/{,b}/c', ['a/b/c', 'a/{,b}/c']],
    ['{a,b,}', ['a', 'b', '{a,b,}']],
    ['{*,b}', ['*', 'b']],
    ['{name}', ['{name}']],
    ['{{name}}/x', ['{{name}}/x']],
    ['{name}/{a,b}', ['{name}/a', '{name}/b', '{name}/{a,b}']],
    ['{a,{b}}', ['a', '{b}', '{a,{b}}']],
    ['{}', ['{}']],
    ['a,b', ['a,b']],
    ['a,{b,c}', ['a,b', 'a,c', 'a,{b,c}']],
    ['src/{a,b}/', ['src/a/**', 'src/b/**', 'src/{a,b}/**']],
    ['src/{a,b}/*', ['src/a/*', 'src/b/*', 'src/{a,b}/*']],
    ['{1..3}', ['1', '2', '3', '{1..3}']],
    ['{3..1}', ['3', '2', '1', '{3..1}']],
    ['{-1..1}', ['-1', '0', '1', '{-1..1}']],
    ['{1..-1}', ['1', '0', '-1', '{1..-1}']],
    ['{9..11}', ['9', '10', '11', '{9..11}']],
    ['{5..5}', ['5', '{5..5}']],
    ['{a..c}', ['a', 'b', 'c', '{a..c}']],
    ['{c..a}', ['c', 'b', 'a', '{c..a}']],
    ['{Y..Z}x', ['Yx', 'Zx', '{Y..Z}x']],
    ['{aa..c}', ['{aa..c}']],
    ['{a..cc}', ['{a..cc}']],
    ['{1..c}', ['{1..c}']],
    ['{a..1}', ['{a..1}']],
    ['{x1..3}', ['{x1..3}']],
    ['{1..3x}', ['{1..3x}']],
    ['{-..1}', ['{-..1}']],
    ['{1..2..3}', ['{1..2..3}']],
    ['{_.._}', ['{_.._}']],
    ['[ab]', ['[97 98]', '[ab]']],
    ['[a]', ['a', '[a]']],
    ['x/[slug].ts', ['x/[103 103 108 108 115 115 117 117].ts', 'x/[slug].ts']],
    ['[a]/**', ['a/**', '[a]/**']],
    ['[a]/', ['a/**', '[a]/**']],
    ['./[a]*/?', ['a*/?', '[a]*/?']],
    ['[[]a]', ['[a]', '[[]a]']],
    ['[{y,x}-z]', ['[121 122]', '[120 122]', '[{y,x}-z]']],
    ['[', ['[']],
    ['a[', ['a[']],
    ['[]', ['[]']],
    ['[!]', ['[!]']],
    ['?', ['?']],
    ['a?', ['a?']],
  ])('%j: %j', (glob, patterns) => {
    expect(said(glob)).toStrictEqual(patterns);
  });

  test.each<[string, { readonly prefix: string; readonly suffix: string; readonly isOneStar: boolean }]>([
    ['*', { prefix: '', suffix: '', isOneStar: true }],
    ['a*', { prefix: 'a', suffix: '', isOneStar: true }],
    ['*.ts', { prefix: '', suffix: '.ts', isOneStar: true }],
    ['ab*cd', { prefix: 'ab', suffix: 'cd', isOneStar: true }],
    ['ab**cd', { prefix: 'ab', suffix: 'cd', isOneStar: true }],
    ['ab*c*d', { prefix: 'ab', suffix: 'd', isOneStar: false }],
    ['ab?cd', { prefix: 'ab', suffix: 'cd', isOneStar: false }],
    ['a[bc]*d', { prefix: 'a', suffix: 'd', isOneStar: false }],
    ['[b]?d', { prefix: 'b', suffix: 'd', isOneStar: false }],
  ])('the characters before and after its wildcards: %j is %j', (glob, { prefix, suffix, isOneStar }) => {
    const [name] = patternOf(glob);
    if (name === undefined || name === 'any parts' || 'literal' in name) throw new Error('it has no wildcard');
    expect([name.prefix, name.suffix, name.isOneStar]).toStrictEqual([prefix, suffix, isOneStar]);
  });

  test('a name without a wildcard is that name', () => {
    expect(patternOf('src/a.ts')).toStrictEqual([
      { literal: 'src', id: 0 },
      { literal: 'a.ts', id: 1 },
    ]);
    expect(patternOf('(a)/ü')).toStrictEqual([
      { literal: '(a)', id: 0 },
      { literal: 'ü', id: 1 },
    ]);
  });

  test('a cache gives each name one id, and each glob one number in the order in which they come', () => {
    const globs = new GlobCache();
    const ids = (glob: string): readonly unknown[] =>
      (globs.read(glob) as readonly Pattern[])[0]?.map((part) => (part === 'any parts' ? '**' : part.id)) ?? [];
    expect(['a/b', 'b/**/c', 'a/[x]/c', '[x]'].map(ids)).toStrictEqual([[0, 1], [1, '**', 3], [0, 4, 3], [4]]);
    expect(['a/b', '[x]', 'new', 'a/b', '!bad'].map((glob) => globs.lookUp(glob).id)).toStrictEqual([0, 3, 4, 0, 5]);
  });
});

describe('a class of characters', () => {
  const ASCII = Array.from({ length: 95 }, (_, index) => String.fromCharCode(32 + index)).filter(
    (each) => each !== '/',
  );
  const all = ASCII.join('');
  const without = (some: string): string => ASCII.filter((each) => !some.includes(each)).join('');

  test.each<[string, string]>([
    ['[abc]', 'abc'],
    ['[cab]', 'abc'],
    ['[a-c]', 'abc'],
    ['[a-cx-z]', 'abcxyz'],
    ['[x-za-c]', 'abcxyz'],
    ['[a-db-e]', 'abcde'],
    ['[a-eb-c]', 'abcde'],
    ['[a-a]', 'a'],
    ['[a-]', '-a'],
    ['[-a]', '-a'],
    ['[a-c-e]', '-abce'],
    ['[]a]', ']a'],
    ['[]]', ']'],
    ['[[]', '['],
    ['[!]', ''],
    ['[a!]', '!a'],
    ['[a^]', '^a'],
    ['[!a]', without('a')],
    ['[^a]', without('a')],
    ['[!a-c]', without('abc')],
    ['[!]a]', without(']a')],
    ['[^]]', without(']')],
    ['[!!]', without('!')],
    ['[a/b]', ''],
    ['[.-0]', '.0'],
    ['[ -~]', all],
    ['?', all],
    ['*', all],
  ])('%j takes of all letters %j', (glob, taken) => {
    expect(ASCII.filter((each) => isInside(each, [glob])).join('')).toBe([...taken].sort().join(''));
  });

  test.each([
    ['[!a]', '😀', true],
    ['[😀a]', '😀', true],
    ['[a-😀]', 'é', true],
    ['[a-c]', '😀', false],
    ['[!\u{10fffe}]', '\u{10ffff}', true],
    ['[!\u{10ffff}]', '\u{10ffff}', false],
    ['[\u{10ffff}]', '\u{10ffff}', true],
    ['[ab]', '\0', false],
    ['é?', 'éa', true],
    ['é?', 'ea', false],
    ['[!a]', '\0', true],
    ['?', '\u{10ffff}', true],
    ['??', '😀', false],
    ['[a][b]', 'ab', true],
    ['[a]*[b]', 'ab', true],
    ['[a]*[b]', 'ba', false],
    ['x[a', 'x[a', true],
    ['x[a', 'xa', false],
  ])('%j takes %j: %j', (glob, text, isTaken) => {
    expect(isInside(text, [glob])).toBe(isTaken);
  });
});

describe('a star takes any characters', () => {
  test.each([
    ['a*', 'a', true],
    ['a*', 'ab', true],
    ['a*', 'ba', false],
    ['*a', 'ab', false],
    ['a*a', 'a', false],
    ['a*a', 'aa', true],
    ['ab*ba', 'aba', false],
    ['ab*ba', 'abba', true],
    ['*a*b*', 'xaxbx', true],
    ['*a*b*', 'xbxax', false],
    ['*aab', 'aaab', true],
    ['a*?', 'a', false],
    ['a*?', 'ab', true],
    ['a/b{c,d}', 'a/bd', true],
    ['a/b{c,d}', 'a/b{c,d}', true],
    ['[a-c]x', '[a-c]x', true],
  ])('%j takes %j: %j', (glob, text, isTaken) => {
    expect(isInside(text, [glob])).toBe(isTaken);
  });
});

describe('everything', () => {
  test.each([
    ['**', true],
    ['**/', true],
    ['**/*', true],
    ['**/**/*', true],
    ['{a,**/*}', true],
    ['*/**', false],
    ['**/*/*', false],
    ['**/a', false],
    ['**/?', false],
    ['**/?*', false],
    ['*', false],
    ['a/**', false],
  ])('is %j: %j', (glob, is) => {
    expect(isEverything(glob)).toBe(is);
  });
});

describe('the fixed start of a glob', () => {
  test.each([
    ['src/cart/**', 'src/cart'],
    ['src/cart/total.ts', 'src/cart/total.ts'],
    ['./src/cart/total.ts', 'src/cart/total.ts'],
    ['src/c*/x', 'src'],
    ['src/cart/[ab]/x', 'src/cart'],
    ['src/ca?t/x/y', 'src'],
    ['src/{a,b}/x', 'src'],
    ['c*/x', ''],
    ['**', ''],
    ['src/', 'src'],
    ['src/cart/', 'src/cart'],
    ['/src/cart', ''],
    ['/src/*', ''],
    ['/*', ''],
    ['a//b//c', 'a'],
    ['a//*', 'a'],
    ['a//', 'a'],
    ['', ''],
    ['a', 'a'],
    ['.a/b', '.a/b'],
  ])('of %j is %j', (glob, fixed) => {
    expect(fixedPrefix(glob)).toBe(fixed);
  });
});

/** Every path of one or two names over these letters. */
const NAMES = ['a', 'b', 'c', 'aa', 'ab', 'ba', 'bb', 'abc', 'aab'];
const PATHS = [...NAMES, ...NAMES.flatMap((first) => NAMES.map((second) => `${first}/${second}`))].map((path) =>
  path.split('/'),
);
const anyName = fc
  .array(fc.constantFrom('a', 'b', 'c', '*', '?', '[ab]', '[b-c]', '[!a]', '[a-c]'), { minLength: 1, maxLength: 3 })
  .map((pieces) => pieces.join(''));
const anyGlob = fc
  .array(fc.oneof({ weight: 5, arbitrary: anyName }, { weight: 1, arbitrary: fc.constant('**') }), {
    minLength: 1,
    maxLength: 2,
  })
  .map((parts) => parts.join('/'));

describe('one pattern within another', () => {
  const within = (inner: string, outer: string): boolean => isWithin(patternOf(inner), patternOf(outer), { spent: 0 });

  test.each([
    ['a', 'a', true],
    ['a', 'b', false],
    ['a', '*', true],
    ['a', '?', true],
    ['ab', '?', false],
    ['*', 'a', false],
    ['*', '*', true],
    ['*', '?', false],
    ['?', '*', true],
    ['?', '?', true],
    ['a*', '*', true],
    ['*', 'a*', false],
    ['ab*', 'a*', true],
    ['a*', 'ab*', false],
    ['*bc', '*c', true],
    ['*c', '*bc', false],
    ['xa*', 'a*', false],
    ['ax*', 'x*', false],
    ['*cx', '*c', false],
    ['a*c', 'a*', true],
    ['a?c', 'a*c', true],
    ['a[bc]d', 'a?d', true],
    ['a?d', 'a[bc]d', false],
    ['[ab]x*', '[a-c]x*', true],
    ['[a-c]x*', '[ab]x*', false],
    ['[bc]*', '[a-c]*', true],
    ['[ac]*', '[a-bc]*', true],
    ['[ad]*', '[ab]*', false],
    ['[da]*', '[cd]*', false],
    ['[a-d]*', '[ab]*', false],
    ['[b-d]*', '[ac-d]*', false],
    ['[ab]*', '[!c]*', true],
    ['[ac]*', '[!c]*', false],
    ['[!ab]*', '[!a]*', true],
    ['[!a]*', '[!ab]*', false],
    ['[\u{10ffff}-\u{10ffff}]*', '[!a]*', true],
    ['x[a-b]y*', 'x[ab]y*', true],
    ['?*', '[!a]*', false],
    ['a/b', 'a/*', true],
    ['a/b', '**', true],
    ['a/b', 'a/**', true],
    ['a', 'a/**', true],
    ['b', 'a/**', false],
    ['a/**', 'a/**', true],
    ['a/**', 'a/*', false],
    ['a/**', '**', true],
    ['**', 'a/**', false],
    ['a/*/c', 'a/**/c', true],
    ['a/**/c', 'a/*/c', false],
    ['a/b/c', '**/c', true],
    ['a/b/c', '**/b', false],
    ['a/b', 'a', false],
    ['a', 'a/b', false],
  ])('%j within %j: %j', (inner, outer, is) => {
    expect(within(inner, outer)).toBe(is);
  });

  test('whatever the inner one matches, the outer one matches', () => {
    fc.assert(
      fc.property(anyGlob, anyGlob, (inner, outer) => {
        const [one, other] = [patternOf(inner), patternOf(outer)];
        if (!isWithin(one, other, { spent: 0 })) return;
        for (const path of PATHS) if (matches(one, path)) expect(matches(other, path)).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });

  test('a pattern is within itself, and within everything', () => {
    fc.assert(
      fc.property(anyGlob, (glob) => {
        expect([within(glob, glob), within(glob, '**')]).toStrictEqual([true, true]);
      }),
    );
  });
});

describe('two patterns meet', () => {
  test.each([
    ['*bc', '*c', true],
    ['*bc', '*d', false],
    ['*bc', '*bd', false],
    ['ab*', 'a*', true],
    ['ab*', 'b*', false],
    ['ab*', 'ac*', false],
    ['a*a', '?', false],
    ['a*a', '??', true],
    ['a*b', 'b?', false],
    ['a?', 'b?', false],
    ['?a', '?b', false],
    ['*a*', '?', true],
    ['a*b*c', 'a*c', true],
    ['a*bc', 'ab*c', true],
    ['a?c', 'ab*', true],
    ['[ab]c', '[cd]c', false],
    ['[a-c]*', '[c-e]*', true],
    ['[a-b]*', '[c-e]*', false],
    ['[ac]*', '[bd]*', false],
    ['[ace]*', '[bde]*', true],
    ['[!a]*', 'a*', false],
    ['[!a]*', 'b*', true],
    ['a/{,b}/c', 'a/{,z}/c', false],
    ['a/**', 'b/**', false],
    ['**/a', '**/b', false],
    ['**/a', 'a/**', true],
    ['a/**/b', 'a/b', true],
    ['a/**/b', 'a/c', false],
    ['a/**/b/*', 'a/*', false],
    ['*/**', 'a', true],
    ['a/*', 'a', false],
  ])('%j and %j: %j', (one, other, meet) => {
    expect(overlaps(one, other)).toBe(meet);
    expect(overlaps(other, one)).toBe(meet);
  });

  test('exactly if a path matches both, for patterns that can only match short paths', () => {
    const short = anyName.map((name) => name.replaceAll('*', '?'));
    const texts = Array.from({ length: 3 }, (_, index) => index + 1).flatMap((length) =>
      Array.from({ length: 4 ** length }, (_, code) =>
        [...code.toString(4).padStart(length, '0')].map((digit) => 'abcd'[Number(digit)]).join(''),
      ),
    );
    fc.assert(
      fc.property(short, short, (one, other) => {
        const met = texts.some((text) => matches(patternOf(one), [text]) && matches(patternOf(other), [text]));
        expect(patternsOverlap(patternOf(one), patternOf(other))).toBe(met);
      }),
      { numRuns: 500 },
    );
  });

  /** Work is counted so that planning ends on every machine after the same comparisons. */
  test.each<[string, string, number]>([
    ['a', 'a', 1],
    ['a', 'b', 1],
    ['a/b/c', 'a/b/d', 3],
    ['a/b', 'c/b', 1],
    ['a*', 'b*', 1],
    ['a*c*', 'a*d*', 1 + 9],
    ['**/a', '**/a', 2],
    ['**/a/**', '**/b/**/c', 3 * 4 + 2],
  ])('comparing %j with %j costs %i', (one, other, cost) => {
    const meter: Meter = { spent: 0 };
    patternsOverlap(patternOf(one), patternOf(other), meter);
    expect(meter.spent).toBe(cost);
  });

  test.each<[string, string, number]>([
    ['a', 'a', 1],
    ['a/b', '**', 0],
    ['a*', 'b*', 1],
    ['a*b', 'a*', 1 + 3 + 2],
    ['a*b/c*d', 'a*/c*', 2 * (1 + 3 + 2)],
  ])('asking if %j is within %j costs %i', (inner, outer, cost) => {
    const meter: Meter = { spent: 0 };
    isWithin(patternOf(inner), patternOf(outer), meter);
    expect(meter.spent).toBe(cost);
  });
});

describe('a glob that is refused stands for what its author may mean', () => {
  test.each([
    ['src/@(a|b)/x.ts', 'src/c/y', true],
    ['src/@(a|b)/x.ts', 'test/a/x.ts', false],
    ['./src/@(a|b)', 'src/a', true],
    ['./././src/@(a|b)', 'test/a', false],
    ['./././src/@(a|b)', 'src/a', true],
    ['b./@(a)/x', 'c/y', false],
    ['**/@(a|b)/x', 'c/d', true],
    ['s*c/+(a)/x', 'src/y', true],
    ['s*c/+(a)/x', 'test/y', false],
    ['src/!(a)', 'src/b', true],
    ['../@(a)/x', 'src/y', true],
    ['a/@()/b', 'c/x', true],
    ['{a,b}/@(c)', 'a/x', true],
    ['[+-!]/@(x)', 'y/z', true],
    ['a\\b/@(c)', 'y/z', true],
    ['a/{', 'b', true],
    ['/etc', 'b', true],
    ['[b-a]', 'x/y', true],
  ])('%j and %j: %j', (refused, other, meet) => {
    expect(globFault(refused)).toBeDefined();
    expect(overlaps(refused, other)).toBe(meet);
    expect(overlaps(other, refused)).toBe(meet);
  });
});

describe('a scope', () => {
  test.each<[string, readonly string[], ReturnType<typeof scopeFault>]>([
    ['of nothing has no fault', [], undefined],
    ['of exclusions alone', ['!a', '!b'], 'only exclusions'],
    ['that excludes all of it', ['a/b', 'a/c*', '!a/**'], 'excludes everything'],
    ['that excludes a part of it', ['a/b', 'b', '!a/**'], undefined],
    ['that excludes one alternative', ['{a,b}', '!a'], undefined],
    ['that excludes each alternative and its own name', ['{a,b}', '!a', '!b', '!?a,b?'], 'excludes everything'],
    ['with a glob that cannot be read, and an exclusion', ['a/{', '!a/**'], undefined],
    ['with an exclusion that cannot be read', ['a', '!a/{'], undefined],
    ['of globs that cannot be read', Array.from({ length: 100 }, () => '[b-a]'), undefined],
    ['of 400 patterns', Array.from({ length: 400 }, (_, index) => `a${index}`), undefined],
    ['of 401 patterns', Array.from({ length: 401 }, (_, index) => `a${index}`), 'too many patterns'],
    [
      'of 401 patterns with exclusions',
      ['a', ...Array.from({ length: 400 }, (_, at) => `!b${at}`)],
      'too many patterns',
    ],
    ['of 400 patterns with exclusions', ['a', ...Array.from({ length: 399 }, (_, at) => `!b${at}`)], undefined],
  ])('%s', (_, scope, fault) => {
    expect(scopeFault(scope)).toBe(fault);
  });
});
