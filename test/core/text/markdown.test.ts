import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type IssueRef, issueNumber } from '../../../src/core/model/epic.ts';
import {
  countHidden,
  type Line,
  linesOf,
  readableLines,
  readRef,
  readRefs,
  refText,
} from '../../../src/core/text/markdown.ts';

const tag = (letters: string): string =>
  [...letters].map((letter) => String.fromCodePoint(0xe0000 + letter.charCodeAt(0))).join('');
const END_TAG = '\u{e007f}';
const FLAG = '\u{1f3f4}';
const wales = `${FLAG}${tag('gbwls')}${END_TAG}`;

describe('hidden characters', () => {
  test.each<[string, string, number]>([
    ['tag characters', `a${tag('hello')}`, 5],
    ['the first and the last tag character', '\u{e0000}\u{e007f}', 2],
    ['direction overrides and embeddings', '\u202a\u202e', 2],
    ['direction isolates', '\u2066\u2069', 2],
    ['direction marks', '\u200e\u200f', 2],
    ['zero-width spaces', '\u200b', 1],
    ['word joiners and invisible operators', '\u2060\u2064', 2],
    ['soft hyphens', 'a\u00adb', 1],
    ['Mongolian vowel separators', '\u180e', 1],
    ['half surrogates', '\ud800 \udc00', 2],
    ['byte order marks after the first character', '\ufeff\ufeffa\ufeff', 2],
    ['a byte order mark after a letter', 'a\ufeff', 1],
    ['joiners behind ASCII', 'a\u200cb\u200d', 2],
    ['a flag of too few letters', `${FLAG}${tag('gbw')}${END_TAG}`, 4],
    ['a flag of too many letters', `${FLAG}${tag('gbwlsx')}${END_TAG}`, 7],
    ['a flag without an end', `${FLAG}${tag('gbwls')}`, 5],
    ['tag letters without a flag', `${tag('gbwls')}${END_TAG}`, 6],
    ['a letter next to a flag', `${wales}\u200b`, 1],
  ])('are counted: %s', (_, text, count) => {
    expect(countHidden(text)).toBe(count);
    expect(countHidden(`${text}\n\n${text}`)).toBe(2 * count + (text.startsWith('\ufeff') ? 1 : 0));
  });

  test.each([
    ['nothing', ''],
    ['ASCII', 'hello\t\r\n\0'],
    ['letters of any language', 'é カート 中 \u{1f600}'],
    ['a flag of five letters', wales],
    ['a flag of four letters', `${FLAG}${tag('usca')}${END_TAG}`],
    ['a black flag', FLAG],
    ['a joiner between emoji', '👩\u200d👧'],
    ['a non-joiner between Persian letters', 'می\u200cخواهم'],
    ['a byte order mark at the very start', '\ufeffa'],
    ['a line separator', '\u2028\u2029'],
  ])('are not: %s', (_, text) => {
    expect(countHidden(text)).toBe(0);
  });
});

describe('lines', () => {
  test.each<[string, string, readonly Line[]]>([
    ['of an empty text', '', [{ number: 1, text: '' }]],
    ['of one line', 'a', [{ number: 1, text: 'a' }]],
    [
      'with every line ending',
      'a\nb\r\nc\rd\n\re',
      ['a', 'b', 'c', 'd', '', 'e'].map((text, index) => ({ number: index + 1, text })),
    ],
    [
      'with every line ending, beyond ASCII',
      'é\nb\r\nc\rd\n\re',
      ['é', 'b', 'c', 'd', '', 'e'].map((text, index) => ({ number: index + 1, text })),
    ],
    [
      'separated by U+2028 and U+2029, under one number',
      'a\u2028b\u2029c\nd',
      [
        { number: 1, text: 'a' },
        { number: 1, text: 'b' },
        { number: 1, text: 'c' },
        { number: 2, text: 'd' },
      ],
    ],
    [
      'without any ASCII',
      'é\u200b\u2028é',
      [
        { number: 1, text: 'é' },
        { number: 1, text: 'é' },
      ],
    ],
    ['without hidden characters', 'a\u200bb\u202ec\ufeff', [{ number: 1, text: 'abc' }]],
    [
      'that consist of hidden characters',
      '\u200b\u200b\n\u200b',
      [
        { number: 1, text: '' },
        { number: 2, text: '' },
      ],
    ],
    ['with flags', `a ${wales}\u200b`, [{ number: 1, text: `a ${wales}` }]],
  ])('%s', (_, text, lines) => {
    expect(linesOf(text)).toEqual(lines);
  });
});

/** `2: text` for each readable line. */
const seenIn = (...texts: readonly string[]): readonly string[] =>
  readableLines(linesOf(texts.join('\n'))).map(({ number, text }) => `${number}: ${text}`);

describe('readable lines', () => {
  test('are all lines of plain text but the empty ones', () => {
    expect(seenIn('a', '', ' b', ' \t', '- c', '# d', '####### e')).toEqual([
      '1: a',
      '3:  b',
      '5: - c',
      '6: # d',
      '7: ####### e',
    ]);
    expect(seenIn()).toEqual([]);
  });

  test.each<[string, readonly string[], readonly string[]]>([
    ['ends at the same mark', ['a', '```', 'b', '```', 'c'], ['1: a', '5: c']],
    ['may be of tildes', ['~~~', 'a', '~~~', 'b'], ['4: b']],
    ['may have a language', ['```ts', 'a', '```', 'b'], ['4: b']],
    ['of tildes may have a backtick in its first line', ['~~~ `a`', 'b', '~~~', 'c'], ['4: c']],
    ['of backticks has none in its first line', ['``` `a', 'b'], ['1: ``` `a', '2: b']],
    ['has at least three marks', ['~~', 'a'], ['1: ~~', '2: a']],
    ['does not end at fewer marks', ['~~~~', 'a', '~~~', 'b', '~~~~', 'c'], ['6: c']],
    ['may end at more marks', ['~~~', 'a', '~~~~~', 'b'], ['4: b']],
    ['does not end at other marks', ['~~~', 'a', '```', 'b', '~~~', 'c'], ['6: c']],
    ['does not end at a line with words', ['~~~', 'a', '~~~ b', '~~~', 'c'], ['5: c']],
    ['does not end at an empty line', ['~~~', '', 'a', '~~~', 'b'], ['5: b']],
    ['may end at a mark with spaces around it', ['~~~', 'a', '  ~~~  ', 'b'], ['4: b']],
    ['hides the rest of the text if it does not end', ['~~~', 'a', '', 'b'], []],
    ['may begin an item', ['- ~~~', '  a', '  ~~~', 'b'], ['4: b']],
    ['may begin a numbered item', ['  12.   ~~~', 'a', '~~~', 'b'], ['4: b']],
    ['may begin an item numbered with a parenthesis', ['123456789) ~~~', 'a', '~~~', 'b'], ['4: b']],
    ['does not follow a number of ten digits', ['1234567890. ~~~', 'a'], ['1: 1234567890. ~~~', '2: a']],
    ['does not follow a hyphen without a space', ['-~~~', 'a'], ['1: -~~~', '2: a']],
    ['begins its line', ['a ~~~', 'b'], ['1: a ~~~', '2: b']],
    ['may be indented', ['   ~~~', 'a', '   ~~~', 'b'], ['4: b']],
    ['hides marks of quotes, comments and HTML', ['~~~', '> a', '<!--', '<pre>', '~~~', 'b'], ['6: b']],
  ])('a fence %s', (_, texts, seen) => {
    expect(seenIn(...texts)).toEqual(seen);
  });

  test.each<[string, readonly string[], readonly string[]]>([
    ['ends at an empty line', ['> a', '', 'b'], ['3: b']],
    ['goes on in the next line', ['> a', 'b', ' c', '', 'd'], ['5: d']],
    ['ends at an item', ['> a', '- b', 'c'], ['2: - b', '3: c']],
    ['ends at an empty item', ['> a', '-', 'c'], ['2: -', '3: c']],
    ['ends at a numbered item', ['> a', '12) b'], ['2: 12) b']],
    ['ends at a heading', ['> a', '   ###### b', 'c'], ['2:    ###### b', '3: c']],
    ['ends at an empty heading', ['> a', '#', 'c'], ['2: #', '3: c']],
    ['does not end at seven hashes', ['> a', '####### b'], []],
    ['does not end at hashes without a space', ['> a', '#12'], []],
    ['does not end at a hyphen without a space', ['> a', '-b', '+1', '*c*', '1.5'], []],
    ['does not end at a number of ten digits', ['> a', '1234567890. b'], []],
    ['does not end at a mark behind words', ['> a', 'b - c', 'd # e'], []],
    ['ends at a fence', ['> a', '~~~', 'b', '~~~', 'c'], ['5: c']],
    ['interrupts a paragraph', ['a', '> b', 'c', '', 'd'], ['1: a', '5: d']],
    ['may be indented', ['   > a', 'b'], []],
    ['is not a line with a mark in the middle', ['a > b'], ['1: a > b']],
    ['hides what only looks like the start of a fence', ['> ~~~', '', 'a'], ['3: a']],
    ['hides what only looks like the start of HTML', ['> <pre>', '', 'a'], ['3: a']],
  ])('a quote %s', (_, texts, seen) => {
    expect(seenIn(...texts)).toEqual(seen);
  });

  test.each<[string, readonly string[], readonly string[]]>([
    ['may begin the text', ['    a', 'b'], ['2: b']],
    ['may begin after an empty line', ['a', '', '    b', '    c', 'd'], ['1: a', '5: d']],
    ['may have empty lines', ['    a', '', '    b', '', 'c'], ['5: c']],
    ['may begin after a fence', ['~~~', '~~~', '    a'], []],
    ['may begin after a heading', ['# a', '    b'], ['1: # a']],
    ['may be indented by a tab', ['\ta', ' \tb', '   \tc'], []],
    ['is indented by four spaces', ['   a'], ['1:    a']],
    ['is indented at its start', ['a    b', '', 'c \td'], ['1: a    b', '3: c \td']],
    ['does not interrupt a paragraph', ['a', '    b', '', '    c'], ['1: a', '2:     b']],
    ['is not the paragraph of an item', ['- a', '', '    b', '', '\tc'], ['1: - a', '3:     b', '5: \tc']],
    [
      'is not in a list that an indented line continues',
      ['- a', '', '  b', '', '    c'],
      ['1: - a', '3:   b', '5:     c'],
    ],
    ['is not in a list that the next line continues', ['- a', 'b', '', '    c'], ['1: - a', '2: b', '4:     c']],
    ['may follow a list that a paragraph ends', ['- a', '', 'b', '', '    c'], ['1: - a', '3: b']],
    ['may follow a list that a heading ends', ['- a', '# b', '', '    c'], ['1: - a', '2: # b']],
    ['may follow a list that an indented heading ends', ['- a', '', ' # b', '', '    c'], ['1: - a', '3:  # b']],
    ['may follow text', ['a', '', 'b', '', '    c'], ['1: a', '3: b']],
    ['hides the marks of a list', ['    - a', 'b', '', '    c'], ['2: b']],
  ])('indented code %s', (_, texts, seen) => {
    expect(seenIn(...texts)).toEqual(seen);
  });

  test.each<[string, readonly string[], readonly string[]]>([
    ['ends on its line', ['<!-- a --> b'], ['1:  b']],
    ['ends on a later line', ['<!-- a', '', '> b', 'c --> d'], ['4:  d']],
    ['with nothing behind it leaves nothing', ['a', '<!-- b', 'c -->', 'd'], ['1: a', '4: d']],
    ['may have no words', ['<!--> a'], ['1:  a']],
    ['may have no words and a hyphen', ['<!---> a'], ['1:  a']],
    ['may be followed by another', ['<!-- a --> b <!-- c', 'd --> e'], ['1:  b ', '2:  e']],
    ['may be followed by one without words', ['<!-- a --> b <!--> c', 'd'], ['1:  b       c', '2: d']],
    ['may be followed by one that ends', ['<!-- a', '--> b <!-- c --> d'], ['2:  b            d']],
    ['may be followed by two', ['<!-- a --> b <!-- c --> d <!-- e', 'f --> g'], ['1:  b            d ', '2:  g']],
    ['may follow another at once', ['<!-- a --><!-- b', 'c --> d'], ['2:  d']],
    ['hides the rest if it does not end', ['a', '<!-- b', '', 'c'], ['1: a']],
    ['may begin an item', ['- <!-- a', '- b', '--> c'], ['3:  c']],
    ['may begin a numbered item', [' 12)  <!-- a', '', 'b --> c'], ['3:  c']],
    ['on a line of its own leaves an empty line', ['a', '<!-- b -->', 'c'], ['1: a', '2: ', '3: c']],
    ['that ends where another begins hides that line', ['<!-- a', '--> b <!-- c', 'd', '--> e'], ['4:  e']],
    ['may be indented by three spaces', ['   <!-- a', '', 'b --> c'], ['3:  c']],
    ['is code if it is indented by four', ['    <!-- a', 'b'], ['2: b']],
    ['in a paragraph is not open after the paragraph', ['a <!-- b', '', 'c'], ['1: a <!-- b', '3: c']],
    ['behind a word is no block', ['a<!-- b', '', 'c'], ['1: a<!-- b', '3: c']],
    ['ends the paragraph before it', ['a `b', '<!-- c', '--> d` e'], ['1: a `b', '3:  d` e']],
  ])('a comment %s', (_, texts, seen) => {
    expect(seenIn(...texts)).toEqual(seen);
  });

  test.each<[string, readonly string[], readonly string[]]>([
    ...['pre', 'script', 'style', 'textarea', 'blockquote', 'code'].map(
      (name): [string, readonly string[], readonly string[]] => [
        `<${name}>`,
        [`<${name}>`, '', 'a', `b</${name}> c`, 'd'],
        ['4:  c', '5: d'],
      ],
    ),
    ['with attributes', ['<pre class="x">', 'a', '</pre>', 'b'], ['4: b']],
    ['with a tag over two lines', ['<pre', 'x>', 'a', '</pre>', 'b'], ['5: b']],
    ['in capitals', ['<PRE>', 'a', '</Pre> b'], ['3:  b']],
    ['on one line', ['<code>a</code> b'], ['1:  b']],
    ['that is indented', ['  <pre>', 'a', '</pre> b'], ['3:  b']],
    ['with a comment behind it', ['<pre>a</pre> b <!-- c', 'd --> e'], ['1:  b ', '2:  e']],
    ['with other tags in it', ['<pre>', '</code>', '-->', '</prefix>', '</pre> a'], ['5:  a']],
    ['of letters that are longer in lower case', ['<pre>İİİ</pre> b'], ['1:  b']],
    ['with an end that only looks like one', ['<blockquote>', '</bloc\u212aquote>', 'a', '</blockquote> b'], ['4:  b']],
  ])('literal or quoted HTML is hidden: %s', (_, texts, seen) => {
    expect(seenIn(...texts)).toEqual(seen);
  });

  test.each([
    ['another element', '<prefix>'],
    ['a table', '<table>'],
    ['an element in the middle', 'a <pre>'],
    ['an end', '</pre>'],
  ])('the lines below are not hidden by %s', (_, text) => {
    expect(seenIn(text, 'a')).toEqual([`1: ${text}`, '2: a']);
  });
});

describe('inline code and comments', () => {
  /** Text, the same with code, and the code. */
  const inlineIn = (...texts: readonly string[]) =>
    readableLines(linesOf(texts.join('\n'))).map(({ text, withCode, code }) => [text, withCode, code]);

  test.each<[string, string, string, string, readonly string[]]>([
    ['no code', 'a b', 'a b', 'a b', []],
    ['code', 'a `b` c', 'a     c', 'a `b` c', ['b']],
    ['two pieces', '`a` `b`', '       ', '`a` `b`', ['a', 'b']],
    ['a backtick in code', 'a ``b ` c`` d', 'a           d', 'a ``b ` c`` d', ['b ` c']],
    ['a space on both sides', '`` ` ``', '       ', '`` ` ``', ['`']],
    ['a space on the left', '` a`', '    ', '` a`', ['a']],
    ['a space on the right', '`a `', '    ', '`a `', ['a']],
    ['two spaces on both sides', '`  a  `', '       ', '`  a  `', [' a ']],
    ['a backtick that is not closed', 'a `b', 'a `b', 'a `b', []],
    ['runs of different lengths', '`a``', '`a``', '`a``', []],
    ['a closing run behind a longer one', '`a`` b` c', '        c', '`a`` b` c', ['a`` b']],
    ['an escaped backtick', '\\`a`', '\\`a`', '\\`a`', []],
    ['an escaped backtick before a run', '\\``a`', '\\`   ', '\\``a`', ['a']],
    ['an escaped backslash', '\\\\`a`', '\\\\   ', '\\\\`a`', ['a']],
    ['a backslash in code', '`a\\` b', '     b', '`a\\` b', ['a\\']],
    ['a backslash at the end', '`a`\\', '   \\', '`a`\\', ['a']],
    ['a comment', 'a <!-- b --> c', 'a            c', 'a            c', []],
    ['a comment without words', 'a <!--> c', 'a       c', 'a       c', []],
    ['code in a comment', 'a <!-- `b` --> `c`', 'a                 ', 'a              `c`', ['c']],
    ['a backtick in a comment', 'a <!-- ` --> b `c', 'a            b `c', 'a            b `c', []],
    ['a comment in code', 'a `<!--` b -->', 'a        b -->', 'a `<!--` b -->', ['<!--']],
    ['an escaped comment', 'a \\<!-- b -->', 'a \\<!-- b -->', 'a \\<!-- b -->', []],
    ['a comment that is not closed', 'a <!-- `b` <!-- c', 'a <!--     <!-- c', 'a <!-- `b` <!-- c', ['b']],
    ['two comments', 'a <!-- --> b <!-- -->', 'a          b         ', 'a          b         ', []],
  ])('%s', (_, line, text, withCode, code) => {
    expect(inlineIn(line)).toEqual([[text, withCode, code]]);
  });

  test.each<[string, readonly string[], readonly (readonly [string, string, readonly string[]])[]]>([
    [
      'code over two lines',
      ['a `b', 'c` d'],
      [
        ['a   ', 'a `b', ['b']],
        ['   d', 'c` d', ['c']],
      ],
    ],
    [
      'code over three lines',
      ['a `b', 'c', 'd`'],
      [
        ['a   ', 'a `b', ['b']],
        [' ', 'c', ['c']],
        ['  ', 'd`', ['d']],
      ],
    ],
    [
      'code over three lines with a backtick in the middle',
      ['``b', 'c ` d', 'e``'],
      [
        ['   ', '``b', ['b']],
        ['     ', 'c ` d', ['c ` d']],
        ['   ', 'e``', ['e']],
      ],
    ],
    [
      'a space where a line ends within code',
      ['`b ', ' c`'],
      [
        ['   ', '`b ', ['b ']],
        ['   ', ' c`', [' c']],
      ],
    ],
    [
      'code at the end and at the start of lines',
      ['a `b`', '`c` d'],
      [
        ['a    ', 'a `b`', ['b']],
        ['    d', '`c` d', ['c']],
      ],
    ],
    [
      'a comment over two lines, and code behind it',
      ['a <!-- b', 'c --> `d` e'],
      [
        ['a       ', 'a       ', []],
        ['          e', '      `d` e', ['d']],
      ],
    ],
    [
      'a line without code between lines with code',
      ['`a`', 'b', '`c`'],
      [
        ['   ', '`a`', ['a']],
        ['b', 'b', []],
        ['   ', '`c`', ['c']],
      ],
    ],
  ])('%s', (_, texts, lines) => {
    expect(inlineIn(...texts)).toEqual(lines);
  });

  test.each([
    ['an empty line', ['a `b', '', 'c` d']],
    ['an item', ['a `b', '- c` d']],
    ['a heading', ['a `b', '# c` d']],
    ['the end of a heading', ['# a `b', 'c` d']],
    ['a fence', ['a `b', '~~~', '~~~', 'c` d']],
    ['a quote', ['a `b', '> x', '', 'c` d']],
  ])('code does not reach over %s', (_, texts) => {
    expect(inlineIn(...texts).every(([text, , code]) => code?.length === 0 && text?.includes('`'))).toBe(true);
  });

  /** Marks each character of code with `c` and of a comment with `h`, one character after the other. */
  function kindsIn(text: string): readonly string[] {
    const kinds: string[] = [...text].map(() => ' ');
    let at = 0;
    const take = (kind: string, end: number): void => {
      kinds.fill(kind, at, end);
      at = end;
    };
    while (at < text.length) {
      const run = /^`+/.exec(text.slice(at))?.[0];
      if (text[at] === '\\') at += 2;
      else if (run !== undefined) {
        const start = at + run.length;
        const close = [...text.matchAll(/`+/g)].find((each) => each.index >= start && each[0] === run);
        if (close) take('c', close.index + run.length);
        else at = start;
      } else if (text.startsWith('<!--', at) && text.includes('-->', at + 2))
        take('h', text.indexOf('-->', at + 2) + 3);
      else at++;
    }
    return kinds;
  }

  test('are found as a slow reader finds them, in the same columns', () => {
    const scraps = fc.constantFrom('`', '`', '``', '```', 'a', ' ', '\\', '<!--', '-->', '\nx', '-', '<!');
    fc.assert(
      fc.property(fc.array(scraps, { maxLength: 16 }), (parts) => {
        const text = `x${parts.join('')}`;
        const kinds = kindsIn(text);
        const blanked = (hidden: string): string =>
          [...text].map((letter, at) => (letter !== '\n' && hidden.includes(kinds[at] ?? '') ? ' ' : letter)).join('');
        const lines = readableLines(linesOf(text));
        expect(lines.map((line) => line.text).join('\n')).toBe(blanked('ch'));
        expect(lines.map((line) => line.withCode).join('\n')).toBe(blanked('h'));
      }),
      { numRuns: 5_000 },
    );
  });
});

describe('references', () => {
  const ref = (number: number, owner?: string, name?: string): IssueRef => ({
    number: issueNumber(number),
    ...(owner !== undefined && name !== undefined ? { repository: { owner, name } } : {}),
  });
  const shop12 = ref(12, 'octo', 'shop');
  const [a39, a100] = ['a'.repeat(39), 'a'.repeat(100)];

  test.each<[string, readonly IssueRef[], readonly string[], number]>([
    ['', [], [], 0],
    ['words', [], [], 0],
    ['12', [], [], 0],
    ['#12', [ref(12)], [], 3],
    ['  #12  ', [ref(12)], [], 5],
    ['#12 and #13', [ref(12), ref(13)], [], 11],
    ['#12,#13; #14 & #15', [ref(12), ref(13), ref(14), ref(15)], [], 18],
    ['**#12**, _#13_', [ref(12), ref(13)], [], 13],
    ['#12 andy #13', [ref(12)], [], 3],
    ['#12 or #13', [ref(12), ref(13)], [], 10],
    ['#12/#13', [ref(12), ref(13)], [], 7],
    ['#12 + octo/shop#13', [ref(12), ref(13, 'octo', 'shop')], [], 18],
    ['GH-12, gh-13', [ref(12), ref(13)], [], 12],
    ['#12 orange #13', [ref(12)], [], 3],
    ['#12 andocto/shop#13', [ref(12), ref(13, 'andocto', 'shop')], [], 19],
    ['#12. #13', [ref(12)], [], 3],
    ['#12 (#13)', [ref(12)], [], 3],
    ['octo/shop#12', [shop12], [], 12],
    ['octo/shop#12, #13', [shop12, ref(13)], [], 17],
    ['octo-1/my.shop_2-x#12', [ref(12, 'octo-1', 'my.shop_2-x')], [], 21],
    [`${a39}/${a100}#12`, [ref(12, a39, a100)], [], 143],
    [`${a39}a/shop#12`, [], [], 0],
    [`octo/${a100}a#12`, [], [], 0],
    ['octo/shop/x#12', [], [], 0],
    ['https://github.com/octo/shop/issues/12', [shop12], [], 38],
    ['http://git.example.com:8080/octo/shop/pull/12', [shop12], [], 45],
    ['https://github.com/octo/shop/issues/12#x', [shop12], [], 38],
    ['https://github.com/octo/shop/issues/12, #13', [shop12, ref(13)], [], 43],
    ['https://github.com/octo/shop/issues/12a', [], [], 0],
    ['https://github.com/octo/shop/issues/0', [], [], 0],
    ['https://github.com/octo/shop/wiki/12', [], [], 0],
    ['https:///octo/shop/issues/12', [], [], 0],
    [`https://${'h'.repeat(255)}/octo/shop/issues/12`, [shop12], [], 283],
    [`https://${'h'.repeat(256)}/octo/shop/issues/12`, [], [], 0],
    [`https://h/${a39}/${a100}/issues/12`, [ref(12, a39, a100)], [], 160],
    ['ftp://github.com/octo/shop/issues/12', [], [], 0],
    ['[#12](https://x.example/1), [#13](y)', [ref(12), ref(13)], [], 32],
    ['[#12](), #13', [ref(12), ref(13)], [], 12],
    ['[#12](a b), #13', [ref(12)], [], 4],
    ['[#12](a(b)), #13', [ref(12)], [], 4],
    [`#12](${'x'.repeat(300)}) #13`, [ref(12), ref(13)], [], 310],
    [`#12](${'x'.repeat(301)}) #13`, [ref(12)], [], 3],
    ['#2147483647', [ref(2_147_483_647)], [], 11],
    // Texts that begin like a reference
    ['#0', [], ['#0'], 2],
    ['#012', [], ['#012'], 4],
    ['#-5', [], ['#-5'], 3],
    ['#12abc', [], ['#12abc'], 6],
    ['#12-3', [], ['#12-3'], 5],
    ['#12_3', [], ['#12_3'], 5],
    ['#2147483648', [], ['#2147483648'], 11],
    ['#12345678901234567', [], ['#12345678901234567'], 18],
    ['octo/shop#0', [], ['octo/shop#0'], 11],
    ['#0, #12; #1x #13', [ref(12), ref(13)], ['#0', '#1x'], 16],
    ['#12 #0 words', [ref(12)], ['#0'], 6],
    ['#1a)b', [], ['#1a'], 3],
    ['#1a;b', [], ['#1a'], 3],
    ['#1a,b', [], ['#1a'], 3],
    [`#1${'a'.repeat(61)}`, [], [`#1${'a'.repeat(60)}`], 62],
    ['#x', [], [], 0],
    ['# 12', [], [], 0],
    ['#-x', [], [], 0],
    ['#12_ #13', [ref(12), ref(13)], [], 8],
    ['-octo/shop#12', [], ['-octo/shop#12'], 13],
  ])('%j', (text, refs, faults, end) => {
    expect(readRefs(text)).toEqual({ refs, faults, end });
  });

  test('are read from a position on', () => {
    expect(readRefs('#1 #2 #3', 3)).toEqual({ refs: [ref(2), ref(3)], faults: [], end: 8 });
    expect(readRefs('#1 words', 3)).toEqual({ refs: [], faults: [], end: 3 });
  });

  test.each<[string, IssueRef]>([
    ['12', ref(12)],
    ['#12', ref(12)],
    ['octo/shop#12', shop12],
    ['https://github.com/octo/shop/issues/12', shop12],
    ['2147483647', ref(2_147_483_647)],
  ])('%s names one issue', (text, issue) => {
    expect(readRef(text)).toEqual(issue);
  });

  test.each([
    '',
    '0',
    '012',
    '-1',
    '1.5',
    '1e3',
    '12x',
    'x12',
    '#0',
    '#12x',
    '#12 #13',
    '#12, #0',
    '#0 #12',
    '#12 words',
    '#12.',
    'octo/shop',
    '2147483648',
    '12345678901234567',
  ])('%j names no issue', (text) => {
    expect(readRef(text)).toBeUndefined();
  });

  test('are written as people write them', () => {
    expect(refText(ref(12))).toBe('#12');
    expect(refText(shop12)).toBe('octo/shop#12');
  });
});
