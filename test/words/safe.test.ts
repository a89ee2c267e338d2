import fc from 'fast-check';
import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';
import { describe, expect, it } from 'vitest';
import {
  block,
  cell,
  clean,
  clip,
  inline,
  logText,
  neutraliseLogLine,
  oneLine,
  redact,
  shorten,
  titleText,
} from '../../src/words/safe.ts';
import { expectSoon } from '../cpu.ts';
import { nasty } from './nasty.ts';

const html = (markdown: string): string =>
  micromark(markdown, { extensions: [gfm()], htmlExtensions: [gfmHtml()], allowDangerousHtml: true });

describe('what others wrote stays in the code that holds it (R11.4)', () => {
  it('in a sentence', () => {
    fc.assert(
      fc.property(nasty, (text) => {
        expect(html(`before ${inline(text)} after`)).toMatch(/^<p>before <code>[^<]*<\/code> after<\/p>$/);
      }),
      { numRuns: 500 },
    );
  });

  it('in a row of a table', () => {
    fc.assert(
      fc.property(nasty, nasty, (one, other) => {
        const table = `| a | b | c |\n|---|---|---|\n| ${cell(one)} | ${cell(other)} | end |`;
        const cells = [...html(table).matchAll(/<td>(.*?)<\/td>/gs)].map(([, inside]) => inside);
        expect(cells).toHaveLength(3);
        expect(cells[0]).toMatch(/^<code>[^<]*<\/code>$/);
        expect(cells[1]).toMatch(/^<code>[^<]*<\/code>$/);
        expect(cells[2]).toBe('end');
      }),
      { numRuns: 500 },
    );
  });

  it('in a block', () => {
    fc.assert(
      fc.property(nasty, (text) => {
        expect(html(`before\n\n${block(text)}\n\nafter`)).toMatch(
          /^<p>before<\/p>\n<pre><code class="language-text">[^<]*<\/code><\/pre>\n<p>after<\/p>$/,
        );
      }),
      { numRuns: 500 },
    );
  });

  it('in a block, with a million empty lines in it: only those at the end go', () => {
    const gap = '\n'.repeat(1_000_000);
    expect(block(`a${gap}b${gap}`, { max: 2_000_000 })).toBe(`\`\`\`text\na${gap}b\n\`\`\``);
  });

  it('and the guard itself can fire: plain code marks do not hold it', () => {
    expect(html('before `a` <b> `c` after')).not.toMatch(/^<p>before <code>[^<]*<\/code> after<\/p>$/);
  });

  it.each([
    ['a|b', '`a\\|b`'],
    ['a\\|b', '`a\\\\\\|b`'],
    ['`', '`` ` ``'],
    ['', '`(empty)`'],
    ['two\nlines', '`two lines`'],
  ])('%j is the cell %s', (text, shown) => {
    expect(cell(text)).toBe(shown);
  });
});

describe('clean', () => {
  it('leaves nothing that cannot be seen, and is the same done twice', () => {
    fc.assert(
      fc.property(nasty, (text) => {
        const once = clean(text);
        expect(clean(once)).toBe(once);
        expect(once).not.toMatch(
          /[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2066-\u2069\u{e0000}-\u{e007f}\u2028\u2029]/u,
        );
        expect(once.isWellFormed()).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });

  it.each([
    ['colours', '\x1b[1;31mred\x1b[0m', 'red'],
    ['a link of a terminal', '\x1b]8;;https://evil\x07text\x1b]8;;\x07', 'text'],
    ["a window's title", '\x1b]0;owned\x07x', 'x'],
    ['an unclosed title, hiding nothing of the next line', '\x1b]0;owned\nshown', '0;owned\nshown'],
    ['an overwritten line, shown as two', 'evil\rgood', 'evil\ngood'],
    ['cursor movement in one byte', 'a\x9b1Ab', 'ab'],
    [
      'tag characters that spell a sentence',
      `hi${[...'do it'].map((c) => String.fromCodePoint(0xe0000 + c.charCodeAt(0))).join('')}!`,
      'hi!',
    ],
    ['text turned around', 'a\u202Etxt.exe', 'atxt.exe'],
    ['an emoji of several, kept whole', '👩‍👩‍👧‍👦 ok', '👩‍👩‍👧‍👦 ok'],
    ['a joiner between letters', 'a\u200db', 'ab'],
    ['a paragraph separator', 'a\u2029b', 'a\nb'],
  ])('%s', (_, text, shown) => {
    expect(clean(text)).toBe(shown);
  });
});

describe('titles', () => {
  it.each([
    ['', 34, '(untitled #34)'],
    ['\u200b\u2066', 34, '(untitled #34)'],
    ['__proto__', 1, '__proto__'],
    ['two\n\tlines', 1, 'two lines'],
  ])('%j of #%i is %s', (title, number, shown) => {
    expect(titleText(title, number)).toBe(shown);
  });

  it('are cut between graphemes', () => {
    expect(clip('👩‍👩‍👧‍👦'.repeat(50), 10)).toMatch(/^(?:👩‍👩‍👧‍👦){3,9}…$/u);
    expect(clip('abcdef', 4)).toBe('abc…');
    expect(clip(`a${'\u0301'.repeat(5_000)}`, 10).length).toBeLessThan(50);
  });

  it('stay short, whatever they are', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 400 }), (title) => {
        const shown = titleText(title, 1, 40);
        expect([...new Intl.Segmenter('en').segment(shown)].length).toBeLessThanOrEqual(41);
        expect(shown.length).toBeLessThanOrEqual(170);
      }),
    );
  });
});

describe('logs (R11.4)', () => {
  // What actions/runner does with a line: blanks before it trimmed, then `::name`; and `##[name]` wherever it stands.
  const isCommand = (line: string): boolean => line.trimStart().startsWith('::') || /##\[[^\]]*\]/.test(line);

  it.each([
    '::set-output name=x::y',
    '  ::error::no',
    '\t::add-mask::a',
    '##[group]x',
    'text ##[endgroup]',
    '\u3000::debug::x',
    '\x1b[0m::warning::x',
    '\u200b::stop-commands::t',
    'a\r::error::b',
  ])('%j is no command of the runner any more', (line) => {
    expect(logText(line).split('\n').some(isCommand)).toBe(false);
  });

  it('hold no command, whatever was printed', () => {
    fc.assert(
      fc.property(nasty, (text) => {
        expect(
          logText(text)
            .split(/\r\n|\n|\r/)
            .some(isCommand),
        ).toBe(false);
      }),
      { numRuns: 1_000 },
    );
  });

  it('leave ordinary code alone', () => {
    expect(neutraliseLogLine('std::vector<int> a; // ## heading [x]')).toBe('std::vector<int> a; // ## heading [x]');
  });
});

describe('secrets', () => {
  const secret = 'Zk9-tr0ub4dor/&"x+y';
  const formsOf = (secret: string): [string, string][] => [
    ['as it is', secret],
    ['in base64', Buffer.from(secret).toString('base64')],
    ['in base64url', Buffer.from(secret).toString('base64url')],
    ['in base64 behind a name', Buffer.from(`user:${secret}`).toString('base64')],
    ['in base64 between others', Buffer.from(`a${secret} and more`).toString('base64')],
    ['in hex', Buffer.from(secret).toString('hex')],
    ['in capital hex', Buffer.from(secret).toString('hex').toUpperCase()],
    ['in a URL', encodeURIComponent(secret)],
    ['in JSON', JSON.stringify({ key: secret })],
    ['backwards', [...secret].reverse().join('')],
  ];

  // It is too short to be found in pieces, so each form has to be found by itself. Its base64 has a `+`.
  const short = 'a?>~"o?>';

  it.each(formsOf(short))('of eight characters, %s, is taken out', (_, form) => {
    const shown = redact(`before ${form} after`, [short]);
    expect(shown).toContain('***');
    expect(shown).toMatch(/^before .{0,12}\*\*\*.{0,12} after$/);
  });

  it.each(formsOf(secret))('%s, is taken out', (_, form) => {
    const shown = redact(`before ${form} after`, [secret]);
    expect(shown).toContain('***');
    expect(shown).not.toContain(form);
    expect(shown).toMatch(/^before .* after$/);
    const inner = Buffer.from(secret).toString('base64').slice(4, 16);
    expect(shown).not.toContain(inner);
  });

  it('is taken out of text it is printed in with colours', () => {
    expect(logText(`key=\x1b[31m${secret.slice(0, 6)}\x1b[0m${secret.slice(6)}`, [secret])).toBe('key=***');
  });

  it('that is very short would take words with it, and stays', () => {
    expect(redact('the cat', ['cat'])).toBe('the cat');
  });

  // Put together here, so that no scanner takes this file for a leak.
  const fake = (...parts: string[]): string => parts.join('');
  it.each([
    ['a GitHub token', fake('ghp', '_', 'a1B2'.repeat(9))],
    ['an installation token of the new form', fake('ghs', '_12345_', 'eyJhbGciOi.eyJpc3Mi-_.', 'Q'.repeat(300))],
    ['a fine-grained token', fake('github', '_pat_', '1A'.repeat(20))],
    ['a model key', fake('sk', '-ant-api03-', 'x1'.repeat(20))],
    ['an AWS key', fake('AKIA', 'ABCDEFGHIJKLMNOP')],
    ['a private key', fake('-----BEGIN RSA ', 'PRIVATE KEY-----\nMIIE\n-----END RSA ', 'PRIVATE KEY-----')],
    ['a private key that is cut off', fake('-----BEGIN ', 'PRIVATE KEY-----\nMIIE')],
    ['a header', 'Authorization: Bearer abcdef0123456789abcdef'],
    ['a JWT', fake('eyJhbGciOiJIUzI1', '.eyJzdWIiOiIxMjM0', '.c2lnbmF0dXJlLWhlcmU')],
  ])('%s is known by its looks', (_, text) => {
    const shown = redact(`x ${text}`);
    expect(shown).toContain('***');
    expect(shown).not.toContain(text.slice(-12));
  });

  it('a long word with dashes is no key', () => {
    expect(redact('docs/task-list-of-the-sub-issues.md risk-assessment-of-everything')).not.toContain('***');
  });

  it('a URL keeps its host and loses its password', () => {
    expect(redact('git clone https://x-access-token:hunter2000@github.com/octo/shop')).toBe(
      'git clone https://x-access-token:***@github.com/octo/shop',
    );
  });

  it.each(['-----BEGIN PRIVATE KEY-----', 'eyJaaaaaaaa', 'bearer ', '://a:', 'ghp_', 'sk-', 'token\t'])(
    'a megabyte of %j is read in no time',
    (piece) => {
      const text = piece.repeat(Math.ceil(1_000_000 / piece.length));
      expectSoon(() => redact(text, [secret]));
    },
  );
});

describe('long output', () => {
  it('keeps its beginning and its end, and says what is left out', () => {
    const lines = Array.from({ length: 2_000 }, (_, index) => `line ${index}`).join('\n');
    const shown = shorten(lines, 1_000);
    expect(shown.length).toBeLessThan(1_100);
    expect(shown.startsWith('line 0\n')).toBe(true);
    expect(shown.endsWith('line 1999')).toBe(true);
    expect(shown).toMatch(/… [0-9]+ characters left out …/);
  });

  it('is one line where one line is wanted', () => {
    expect(oneLine(' a\r\n\tb\u2028c ')).toBe('a b c');
  });
});
