import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { FrontMatterFault } from '../../../src/core/model/problem/faults.ts';
import {
  type Entry,
  type FrontMatter,
  keyOf,
  readFrontMatter,
  type Scalar,
  type Value,
} from '../../../src/core/text/front-matter.ts';
import type { Line } from '../../../src/core/text/markdown.ts';

const linesFrom = (texts: readonly string[]): readonly Line[] =>
  texts.map((text, index) => ({ number: index + 1, text }));
/** Only `my-gates` may hold nested lines. */
const read = (...texts: readonly string[]): FrontMatter =>
  readFrontMatter(linesFrom(texts), (key) => key === 'my-gates');
/** The front matter with these lines, of which the first is on line 2. */
const inside = (...texts: readonly string[]): Pick<FrontMatter, 'entries' | 'faults'> => {
  const { entries, faults, rest } = read('---', ...texts, '---', 'Text.');
  expect(rest).toEqual([{ number: texts.length + 3, text: 'Text.' }]);
  return { entries, faults };
};

const plain = (text: string, line = 2): Scalar => ({ text, quoted: false, line });
const quoted = (text: string, line = 2): Scalar => ({ text, quoted: true, line });
const one = (scalar: Scalar) => ({ kind: 'scalar', ...scalar }) as const;
const list = (...items: readonly Scalar[]): Value => ({ kind: 'list', items: items.map(one) });
const nothing: Value = { kind: 'nothing' };
const block: Value = { kind: 'block' };
const entry = (value: Value, key = 'k', line = 2): Entry => ({ key, line, value });
const fault = (why: FrontMatterFault, line = 2) => ({ line, why });

describe('front matter', () => {
  const oneEntry = [entry(one(plain('v')))];

  test.each<[string, readonly string[], FrontMatter]>([
    [
      'stands between two lines of three hyphens',
      ['---', 'k: v', '---', 'a', 'b'],
      {
        entries: oneEntry,
        faults: [],
        rest: [
          { number: 4, text: 'a' },
          { number: 5, text: 'b' },
        ],
      },
    ],
    [
      'may end with three dots',
      ['---', 'k: v', '...', 'a'],
      { entries: oneEntry, faults: [], rest: [{ number: 4, text: 'a' }] },
    ],
    [
      'may have spaces and tabs after its marks',
      ['--- \t', 'k: v', '--- \t', 'a'],
      { entries: oneEntry, faults: [], rest: [{ number: 4, text: 'a' }] },
    ],
    ['may be all there is', ['---', 'k: v', '---'], { entries: oneEntry, faults: [], rest: [] }],
    ['may be empty', ['---', '---', 'a'], { entries: [], faults: [], rest: [{ number: 3, text: 'a' }] }],
    [
      'may follow empty lines',
      ['', ' \t', '---', 'k: v', '---', '', 'a'],
      {
        entries: [entry(one(plain('v', 4)), 'k', 4)],
        faults: [],
        rest: [
          { number: 6, text: '' },
          { number: 7, text: 'a' },
        ],
      },
    ],
    [
      'ends at the first closing line',
      ['---', 'k: v', '---', 'a', '---'],
      {
        entries: oneEntry,
        faults: [],
        rest: [
          { number: 4, text: 'a' },
          { number: 5, text: '---' },
        ],
      },
    ],
    [
      'does not end at a line that only begins or ends like a closing one',
      ['---', '----', 'x---', '....', '---', 'a'],
      {
        entries: [],
        faults: [
          fault({ kind: 'not a pair', text: '----' }, 2),
          fault({ kind: 'not a pair', text: 'x---' }, 3),
          fault({ kind: 'not a pair', text: '....' }, 4),
        ],
        rest: [{ number: 6, text: 'a' }],
      },
    ],
  ])('%s', (_, texts, expected) => {
    expect(read(...texts)).toEqual(expected);
  });

  test.each<[string, readonly string[]]>([
    ['an empty text', []],
    ['empty lines', ['', '  ']],
    ['text before the first mark', ['a', '---', 'k: v', '---']],
    ['a space before the mark', [' ---', 'k: v', '---']],
    ['a longer mark', ['----', 'k: v', '---']],
    ['words after the mark', ['--- k: v', '---']],
    ['dots as the first mark', ['...', 'k: v', '---']],
  ])('is not %s', (_, texts) => {
    expect(read(...texts)).toEqual({ entries: [], faults: [], rest: linesFrom(texts) });
  });

  test.each([[['---', '', 'Words.', '', '---', 'More.']], [['', '---', ' ', 'Words.']]])(
    'is none if there is only a rule above the text: %j',
    (texts) => {
      expect(read(...texts)).toEqual({ entries: [], faults: [], rest: linesFrom(texts) });
    },
  );

  test.each([[['---', '', 'k: v', '---']], [['---', 'Words.', '---']], [['---', '', '# a comment', '---']]])(
    'is no rule: %j',
    (texts) => {
      expect(read(...texts).rest).toEqual([]);
    },
  );

  test('without a closing line is a fault of its first line, and all of it is text', () => {
    const texts = ['', '---', 'k: v', 'a'];
    expect(read(...texts)).toEqual({
      entries: [],
      faults: [fault({ kind: 'not closed' }, 2)],
      rest: linesFrom(texts),
    });
  });

  test('is read up to the twentieth fault', () => {
    const faults = (count: number) => inside(...Array.from({ length: count }, () => 'words'), 'k: v');
    expect(faults(19).faults).toHaveLength(19);
    expect(faults(19).entries).toEqual([entry(one(plain('v', 21)), 'k', 21)]);
    expect(faults(20).faults).toHaveLength(20);
    expect(faults(20).entries).toEqual([]);
    expect(faults(30).faults.map(({ line }) => line)).toEqual(Array.from({ length: 20 }, (_, index) => index + 2));
  });

  test.each([
    [' Edit_Locus\t', 'edit-locus'],
    ['a_b_c', 'a-b-c'],
    ['TDD', 'tdd'],
  ])('compares the key %j as %j', (written, key) => {
    expect(keyOf(written)).toBe(key);
  });
});

describe('a key', () => {
  const longest = `k${'x'.repeat(62)}`;

  test.each<[string, readonly Entry[]]>([
    ['k: v', [entry(one(plain('v')))]],
    ['k \t: v', [entry(one(plain('v')))]],
    ['k:\tv', [entry(one(plain('v')))]],
    ['k:   v  ', [entry(one(plain('v')))]],
    ['k:', [entry(nothing)]],
    ['k: ', [entry(nothing)]],
    ['Edit_Locus-2: v', [entry(one(plain('v')), 'Edit_Locus-2')]],
    ['_k: v', [entry(one(plain('v')), '_k')]],
    [`${longest}: v`, [entry(one(plain('v')), longest)]],
    ['', []],
    [' \t', []],
    ['# k: v', []],
    [' \t# k: v', []],
  ])('%j is read', (line, entries) => {
    expect(inside(line)).toEqual({ entries, faults: [] });
  });

  test.each<[string, FrontMatterFault]>([
    ['words', { kind: 'not a pair', text: 'words' }],
    ['words and more  ', { kind: 'not a pair', text: 'words and more' }],
    ['two words: v', { kind: 'not a pair', text: 'two words: v' }],
    ['two words:v', { kind: 'not a pair', text: 'two words:v' }],
    ['1k: v', { kind: 'not a pair', text: '1k: v' }],
    [': v', { kind: 'not a pair', text: ': v' }],
    ['x'.repeat(41), { kind: 'not a pair', text: 'x'.repeat(40) }],
    [`${longest}x: v`, { kind: 'not a pair', text: longest.slice(0, 40) }],
    ['k:v', { kind: 'space missing' }],
    ['-my_key:v', { kind: 'space missing' }],
    ['k::', { kind: 'space missing' }],
    ['a.b:v', { kind: 'not a pair', text: 'a.b:v' }],
    [' k: v', { kind: 'indented without key' }],
    ['\tk:v', { kind: 'indented without key' }],
    ['- v', { kind: 'not a pair', text: '- v' }],
    ['k: \0', { kind: 'control character' }],
    ['k: \x08', { kind: 'control character' }],
    ['k: \x0b', { kind: 'control character' }],
    ['k: \x1f', { kind: 'control character' }],
    ['\x7fk: v', { kind: 'control character' }],
  ])('%j is a fault', (line, why) => {
    expect(inside(line, 'x: y')).toEqual({ entries: [entry(one(plain('y', 3)), 'x', 3)], faults: [fault(why)] });
  });

  test('that is none takes the indented lines and items below it along', () => {
    expect(inside('words', '  more', '', '- item', '\t: x', 'x: y')).toEqual({
      entries: [entry(one(plain('y', 7)), 'x', 7)],
      faults: [fault({ kind: 'not a pair', text: 'words' })],
    });
  });

  test('that stands twice, in any spelling, is a fault at the second place', () => {
    expect(inside('my_key: a', 'x: y', 'My-Key: b')).toEqual({
      entries: [entry(one(plain('a')), 'my_key', 2), entry(one(plain('y', 3)), 'x', 3)],
      faults: [fault({ kind: 'repeated key', key: 'My-Key' }, 4)],
    });
  });

  test('that stands again after a value that could not be read is a fault, too', () => {
    expect(inside('k: *a', 'k: b').faults).toEqual([
      fault({ kind: 'alias', text: '*a' }),
      fault({ kind: 'repeated key', key: 'k' }, 3),
    ]);
  });
});

describe('a value on the line of its key', () => {
  test.each<[string, Value]>([
    ['words and more', one(plain('words and more'))],
    ['~', nothing],
    ['null', nothing],
    ['~x', one(plain('~x'))],
    ['nullable', one(plain('nullable'))],
    ['"null"', one(quoted('null'))],
    // Comments
    ['a # b', one(plain('a'))],
    ['a\t# b', one(plain('a'))],
    ['a #', one(plain('a'))],
    ['a ##12', one(plain('a'))],
    ['# b', nothing],
    ['a#b', one(plain('a#b'))],
    ['#12', one(plain('#12'))],
    ['#12, #13 # b', one(plain('#12, #13'))],
    ["it's # b", one(plain("it's"))],
    ['5" # b', one(plain('5"'))],
    // Quotes
    ['"a # b"', one(quoted('a # b'))],
    ["'a # b' # c", one(quoted('a # b'))],
    ['"a\\" # b" # c', one(quoted('a" # b'))],
    ['"a\\\\" # b', one(quoted('a\\'))],
    ["'a\\' # b", one(quoted('a\\'))],
    ["'it''s'", one(quoted("it's"))],
    ["'it''s # b' # c", one(quoted("it's # b"))],
    ["''", one(quoted(''))],
    ['""', one(quoted(''))],
    ["''''", one(quoted("'"))],
    ['"it\'s"', one(quoted("it's"))],
    ['\'a "b"\'', one(quoted('a "b"'))],
    ['" a "', one(quoted(' a '))],
    ['"a\\n\\t\\"\\\\\\/b"', one(quoted('a\n\t"\\/b'))],
    ["'a\\n'", one(quoted('a\\n'))],
    ['"\\u00e9\\u00C9"', one(quoted('éÉ'))],
    ['"\\u00e99"', one(quoted('é9'))],
    // Marks that are fine within plain text
    ['a*b', one(plain('a*b'))],
    ['a&b', one(plain('a&b'))],
    ['a!', one(plain('a!'))],
    ['a|b>c', one(plain('a|b>c'))],
    ['a@b`%', one(plain('a@b`%'))],
    ['?a', one(plain('?a'))],
    ['a:b', one(plain('a:b'))],
    ['{a,b}/c', one(plain('{a,b}/c'))],
    ['{a:b}', one(plain('{a:b}'))],
    ['a[b]', one(plain('a[b]'))],
    ['-a', one(plain('-a'))],
  ])('%j', (text, value) => {
    expect(inside(`k: ${text}`)).toEqual({ entries: [entry(value)], faults: [] });
  });

  test.each<[string, FrontMatterFault]>([
    ['*a', { kind: 'alias', text: '*a' }],
    [`*${'a'.repeat(40)}`, { kind: 'alias', text: `*${'a'.repeat(39)}` }],
    ['&a b', { kind: 'anchor' }],
    ['!a b', { kind: 'tag', text: '!a b' }],
    [`!${'a'.repeat(40)}`, { kind: 'tag', text: `!${'a'.repeat(39)}` }],
    ['|', { kind: 'block text' }],
    ['>-', { kind: 'block text' }],
    ['{a: b}', { kind: 'nested keys' }],
    ['{a, b: c}', { kind: 'nested keys' }],
    ['{: c', { kind: 'nested keys' }],
    ['{a}: b', { kind: 'colon', text: '{a}: b' }],
    ['x{a: b}', { kind: 'colon', text: 'x{a: b}' }],
    ['@a', { kind: 'reserved character', text: '@a', character: '@' }],
    ['`a`', { kind: 'reserved character', text: '`a`', character: '`' }],
    [`%${'a'.repeat(40)}`, { kind: 'reserved character', text: `%${'a'.repeat(39)}`, character: '%' }],
    ['? a', { kind: 'reserved character', text: '? a', character: '?' }],
    ['?', { kind: 'reserved character', text: '?', character: '?' }],
    ['a: b', { kind: 'colon', text: 'a: b' }],
    ['a:\tb', { kind: 'colon', text: 'a:\tb' }],
    ['a:', { kind: 'colon', text: 'a:' }],
    [`${'a'.repeat(40)}:`, { kind: 'colon', text: 'a'.repeat(40) }],
    ['"a', { kind: 'quoted text', quote: '"' }],
    ["'a", { kind: 'quoted text', quote: "'" }],
    ['"', { kind: 'quoted text', quote: '"' }],
    ["'a' b", { kind: 'quoted text', quote: "'" }],
    ['"a" "b"', { kind: 'quoted text', quote: '"' }],
    ['"a""b"', { kind: 'quoted text', quote: '"' }],
    ["'it's'", { kind: 'quoted text', quote: "'" }],
    ['"a\\"', { kind: 'quoted text', quote: '"' }],
    ["'a''", { kind: 'quoted text', quote: "'" }],
    ['"a\\ b"', { kind: 'quoted text', quote: '"' }],
    ['"\\x"', { kind: 'quoted text', quote: '"' }],
    ['"\\u00e"', { kind: 'quoted text', quote: '"' }],
    ['"\\n\\x\\n"', { kind: 'quoted text', quote: '"' }],
    ['"\\xa\\n"', { kind: 'quoted text', quote: '"' }],
  ])('%j is a fault', (text, why) => {
    expect(inside(`k: ${text}`)).toEqual({ entries: [], faults: [fault(why)] });
  });

  test('has nothing indented below it', () => {
    const why = fault({ kind: 'indented below value', text: 'b # c' }, 4);
    const other = entry(one(plain('y', 6)), 'x', 6);
    expect(inside('k: a', '', '  b # c', '\td', 'x: y')).toEqual({
      entries: [entry(one(plain('a'))), other],
      faults: [why],
    });
    expect(inside('k: [a]', '', '  b # c', '\td', 'x: y').faults).toEqual([why]);
    expect(inside('k: ~', '', '  b # c', '\td', 'x: y').faults).toEqual([why]);
    expect(inside('k: a', '- b').faults).toEqual([fault({ kind: 'indented below value', text: '- b' }, 3)]);
    expect(inside('k: a', ` ${'b'.repeat(41)} `).faults).toEqual([
      fault({ kind: 'indented below value', text: 'b'.repeat(40) }, 3),
    ]);
    expect(inside('k: a', '', '  # a comment', 'x: y')).toEqual({
      entries: [entry(one(plain('a'))), entry(one(plain('y', 5)), 'x', 5)],
      faults: [],
    });
  });
});

describe('lines below a key', () => {
  test.each<[string, readonly string[], readonly Entry[]]>([
    ['may be none', ['k:', 'x: y'], [entry(nothing), entry(one(plain('y', 3)), 'x', 3)]],
    ['may be items', ['k:', '  - a', '  - b c'], [entry(list(plain('a', 3), plain('b c', 4)))]],
    ['may be items without indent', ['k:', '- a', '-\tb'], [entry(list(plain('a', 3), plain('b', 4)))]],
    ['may be items with different indents', ['k:', ' - a', '   - b'], [entry(list(plain('a', 3), plain('b', 4)))]],
    [
      'may have comments and empty lines between them',
      ['k: # c', '', '  - a # c', '# c', ' \t', '  - "b # c"', '', 'x: y'],
      [entry(list(plain('a', 4), quoted('b # c', 7))), entry(one(plain('y', 9)), 'x', 9)],
    ],
    ['may be items of a key that takes nested lines', ['my-gates:', ' - a'], [entry(list(plain('a', 3)), 'my-gates')]],
    [
      'may be nested if the key takes them',
      ['My_Gates:', '  a:', '    b: c', 'x: y'],
      [entry(block, 'My_Gates'), entry(one(plain('y', 5)), 'x', 5)],
    ],
    [
      'may be nested lines after items if the key takes them',
      ['my-gates:', '  - a', '  b: c'],
      [entry(block, 'my-gates')],
    ],
    ['are not read within braces if the key takes them', ['my-gates: {a: {b: c}}'], [entry(block, 'my-gates')]],
    ['are not read in an open brace', ['my-gates: {a: b'], [entry(block, 'my-gates')]],
  ])('%s', (_, texts, entries) => {
    expect(inside(...texts)).toEqual({ entries, faults: [] });
  });

  test.each<[string, readonly string[], readonly Entry[], FrontMatterFault, number]>([
    ['nested keys', ['k:', '  a: b', '  c: d'], [], { kind: 'nested keys' }, 3],
    ['words', ['k:', '  a'], [], { kind: 'nested keys' }, 3],
    ['a tab behind a nested key', ['k:', '  a:\tb'], [], { kind: 'nested keys' }, 3],
    ['a hyphen without a space', ['k:', '-a'], [entry(nothing)], { kind: 'not a pair', text: '-a' }, 3],
    ['an item without a space', ['k:', '  -a'], [], { kind: 'nested keys' }, 3],
    ['a tab before an item', ['k:', '\t- a'], [], { kind: 'tab' }, 3],
    ['a tab after spaces before an item', ['k:', '  - a', '  \t- b'], [], { kind: 'tab' }, 4],
    [
      'an empty item',
      ['k:', '  - a', '  -', '  - b'],
      [entry(list(plain('a', 3), plain('b', 5)))],
      { kind: 'empty item' },
      4,
    ],
    ['an item with only a comment', ['k:', '  - # c'], [entry(list())], { kind: 'empty item' }, 3],
    [
      'an item that cannot stand',
      ['k:', '  - *a', '  - b'],
      [entry(list(plain('b', 4)))],
      { kind: 'alias', text: '*a' },
      3,
    ],
    ['a list in an item', ['k:', '  - [a]'], [entry(list())], { kind: 'list in list' }, 3],
    ['keys in an item', ['k:', '  - a: b'], [entry(list())], { kind: 'colon', text: 'a: b' }, 3],
    ['braces', ['k: {a: b}'], [], { kind: 'nested keys' }, 2],
    ['a key in braces', ['my-gates: a {b: c}'], [], { kind: 'colon', text: 'a {b: c}' }, 2],
  ])('are a fault: %s', (_, texts, entries, why, line) => {
    expect(inside(...texts)).toEqual({ entries, faults: [fault(why, line)] });
  });
});

describe('a list in brackets', () => {
  test.each<[string, readonly string[], Value]>([
    ['of one', ['[a]'], list(plain('a'))],
    ['of many', ['[a, b c ,d]'], list(plain('a'), plain('b c'), plain('d'))],
    ['of none', ['[]'], list()],
    ['with spaces', ['[ ]'], list()],
    ['with spaces around items', ['[  a  ,  b  ]'], list(plain('a'), plain('b'))],
    ['with a comma at its end', ['[a, ]'], list(plain('a'))],
    ['of quoted items', ['["a, b", \'c]\' , "d"]'], list(quoted('a, b'), quoted('c]'), quoted('d'))],
    ['with an escaped quote', ['["a\\"], b", c]'], list(quoted('a"], b'), plain('c'))],
    ['with a doubled quote', ["['a''], b', c]"], list(quoted("a'], b"), plain('c'))],
    ['of globs with braces', ['[{a,b}/c, d{e,{f,g}}]'], list(plain('{a,b}/c'), plain('d{e,{f,g}}'))],
    ['of a glob with a stray brace', ['[a}, b]'], list(plain('a}'), plain('b'))],
    ['of globs with brackets', ['[a/[bc]/d, e[f]]'], list(plain('a/[bc]/d'), plain('e[f]'))],
    ['with brackets in brackets', ['[a[[b]], c]'], list(plain('a[[b]]'), plain('c'))],
    ['with a comment behind it', ['[a] # b'], list(plain('a'))],
    ['of references', ['[#12, a #13]'], list(plain('#12'), plain('a #13'))],
    ['with a mark of a comment in quotes', ['["a # b",\'c # d\'] # e'], list(quoted('a # b'), quoted('c # d'))],
    ['with a mark of a comment after a quote in a word', ["[it's # b", ']'], list(plain("it's"))],
    [
      'over several lines',
      ['[', '  a, # c', '# c', '', '  "b # c"', '  , d', ']'],
      list(plain('a', 3), quoted('b # c', 6), plain('d', 7)),
    ],
    ['that begins with a comment', ['[ # c', 'a]'], list(plain('a', 3))],
  ])('%s', (_, [first = '', ...more], value) => {
    expect(inside(`k: ${first}`, ...more, 'x: y')).toEqual({
      entries: [entry(value), entry(one(plain('y', more.length + 3)), 'x', more.length + 3)],
      faults: [],
    });
  });

  test.each<[string, readonly string[], readonly Value[], FrontMatterFault, number]>([
    ['with an empty item at its start', ['[, a]'], [list(plain('a'))], { kind: 'empty item' }, 2],
    ['with an empty item in the middle', ['[a,', ', b]'], [list(plain('a'), plain('b', 3))], { kind: 'empty item' }, 3],
    ['with text behind it', ['[a', '] b'], [list(plain('a'))], { kind: 'text after list' }, 3],
    ['with a bracket too many', ['[a]]'], [list(plain('a'))], { kind: 'text after list' }, 2],
    ['with a comma in brackets', ['[a[b,c]]'], [list(plain('a[b'), plain('c'))], { kind: 'text after list' }, 2],
    ['without a comma', ['["a" "b"]'], [], { kind: 'comma missing' }, 2],
    ['without a comma at the end of a line', ['[a', 'b, c', ']'], [], { kind: 'comma missing' }, 3],
    ['without a comma, up to its end', ['["a" b,', '*c,', '*d]'], [], { kind: 'comma missing' }, 2],
    ['with a list in it', ['[[a]]'], [], { kind: 'list in list' }, 2],
    ['with an item that cannot stand', ['[a,', '*b, *c]'], [], { kind: 'alias', text: '*b' }, 3],
    [
      'with an item that cannot stand, on a line before its end',
      ['[*b,', '*c', ']'],
      [],
      { kind: 'alias', text: '*b' },
      2,
    ],
    ['with keys in it', ['[a: b]'], [], { kind: 'colon', text: 'a: b' }, 2],
    ['with another quote right after a quote', ['["a"\'b\']'], [], { kind: 'comma missing' }, 2],
    ['with words after a quote', ['["a" b, c]'], [], { kind: 'comma missing' }, 2],
    ['with a quote that is not closed', ['["a]'], [], { kind: 'quoted text', quote: '"' }, 2],
  ])('is a fault %s', (_, [first = '', ...more], values, why, line) => {
    const after = more.length + 3;
    expect(inside(`k: ${first}`, ...more, 'x: y')).toEqual({
      entries: [...values.map((value) => entry(value)), entry(one(plain('y', after)), 'x', after)],
      faults: [fault(why, line)],
    });
  });

  test.each<[string, readonly string[], FrontMatterFault]>([
    ['is not closed', ['k: [a,', 'b,', 'c'], { kind: 'list not closed' }],
    ['is not closed and empty', ['k: ['], { kind: 'list not closed' }],
    ['is not closed after a fault', ['k: [*a,', 'b', 'c: d'], { kind: 'alias', text: '*a' }],
  ])('that %s takes all lines', (_, texts, why) => {
    expect(inside('x: y', ...texts)).toEqual({
      entries: [entry(one(plain('y')), 'x')],
      faults: [fault(why, 3)],
    });
  });

  test('and a list below its key hold the same items, quoted in either way', () => {
    const words = fc.array(
      fc.string({ unit: fc.constantFrom('a', ' ', ',', '"', "'", '\\', '#', ']', '[', '{', ':') }),
      {
        maxLength: 5,
      },
    );
    fc.assert(
      fc.property(words, fc.boolean(), (items, isDouble) => {
        const write = (item: string): string =>
          isDouble ? `"${item.replace(/[\\"]/g, '\\$&')}"` : `'${item.replaceAll("'", "''")}'`;
        expect(inside(`k: [${items.map(write).join(' , ')}] # c`)).toEqual({
          entries: [entry(list(...items.map((item) => quoted(item))))],
          faults: [],
        });
        expect(inside('k:', ...items.map((item) => `  - ${write(item)} # c`)).entries).toEqual([
          entry(items.length === 0 ? nothing : list(...items.map((item, index) => quoted(item, index + 3)))),
        ]);
      }),
      { numRuns: 1_000 },
    );
  });
});
