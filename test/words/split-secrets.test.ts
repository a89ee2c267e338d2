/** Secrets in pieces: in one text, and over the lines of a log. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LogRedactor, redact } from '../../src/words/safe.ts';

const KEY = 'own-key-of-the-author-1c3e';
const bytes = [...Buffer.from(KEY)].map((byte) => byte.toString(16).padStart(2, '0'));
const wrapped = (text: string, size: number, between = '\n'): string =>
  (text.match(new RegExp(`.{1,${size}}`, 'g')) ?? []).join(between);
const base32 = (text: string): string => {
  const bits = [...Buffer.from(text)].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  return (bits.match(/.{1,5}/g) ?? [])
    .map((five) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'[Number.parseInt(five.padEnd(5, '0'), 2)])
    .join('');
};

describe('a secret in pieces is taken out', () => {
  it.each<[string, string]>([
    ['wrapped', wrapped(KEY, 8)],
    ['one letter on each line', wrapped(KEY, 1)],
    ['joined from quoted parts', `"${wrapped(KEY, 6, '" + "')}"`],
    ['base64, wrapped', wrapped(Buffer.from(KEY).toString('base64'), 10)],
    ['base64 of more, wrapped', wrapped(Buffer.from(`a${KEY}`).toString('base64'), 10)],
    ['hex with spaces', bytes.join(' ')],
    ['hex as an array', bytes.map((byte) => `0x${byte}`).join(', ')],
    ['percent-encoded, each byte', bytes.map((byte) => `%${byte}`).join('')],
    ['escaped by \\x', bytes.map((byte) => `\\x${byte}`).join('')],
    ['escaped by \\u', bytes.map((byte) => `\\u00${byte}`).join('')],
    ['escaped as HTML', bytes.map((byte) => `&#x${byte};`).join('')],
    ['base32', base32(KEY)],
    ['base32 of more, wrapped', wrapped(base32(`ab${KEY}`), 12)],
    ['base32 in small letters', base32(KEY).toLowerCase()],
  ])('%s', (_, text) => {
    const left = redact(`before ${text} after`, [KEY]).replaceAll(/[^A-Za-z0-9]/g, '');
    // At the ends of base64 and base32, a letter or two belong to the bytes around it as well.
    expect(left).toMatch(/^before.{0,5}after$/);
  });

  it('and ordinary text stays as it is, also where it looks like bytes', () => {
    const text = 'The key of the author: 0x10, 0xff; \\x41 \\u0041 &#x41; 100% sure, dGhlIGtleQ==\n';
    expect(redact(text, [KEY])).toBe(text);
  });

  it('but a value with few letters and digits only as a whole, since its pieces are ordinary words', () => {
    expect(redact('pass-word', ['pass word'])).toBe('pass-word');
    expect(redact('pass word', ['pass word'])).toBe('***');
  });
});

describe('over the lines of a log', () => {
  const shown = (lines: readonly string[], secrets: ReadonlySet<string> = new Set([KEY])): readonly string[] => {
    const log = new LogRedactor(secrets);
    return [...lines.flatMap((line) => log.add(line)), ...log.end()];
  };

  it('a secret is taken out, with the lines around it kept', () => {
    expect(shown(['hello', ...wrapped(KEY, 10).split('\n'), 'bye'])).toEqual(['hello', '***', 'bye']);
  });

  it('lines are shown at once, unless they may be the beginning of a secret', () => {
    const log = new LogRedactor(new Set([KEY]));
    expect(log.add('compiling')).toEqual(['compiling']);
    expect(log.add('  own-key-of')).toEqual([]);
    expect(log.add('something else')).toEqual(['  own-key-of', 'something else']);
    expect(log.end()).toEqual([]);
  });

  it('the beginning of a secret at the end of the log is not shown', () => {
    expect(shown(['done', 'last: own-key-of-the'])).toEqual(['done', 'last: ***']);
  });

  it('a secret that is known only later is taken out from then on', () => {
    const secrets = new Set<string>();
    const log = new LogRedactor(secrets);
    expect(log.add(KEY)).toEqual([KEY]);
    secrets.add(KEY);
    expect(log.add(KEY)).toEqual(['***']);
  });

  it('however it is cut, no more than seven of its letters are shown, and every other line is', () => {
    const squeezed = KEY.replaceAll('-', '');
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 3, maxLength: 26 }), (sizes) => {
        const parts: string[] = [];
        let from = 0;
        for (const size of sizes) {
          if (from < KEY.length) parts.push(KEY.slice(from, from + size));
          from += size;
        }
        if (from < KEY.length) parts.push(KEY.slice(from));
        const lines = shown(['first line', ...parts, 'last line']);
        const left = lines.join('').replaceAll(/[^A-Za-z0-9]/g, '');
        expect(lines[0]).toBe('first line');
        expect(lines.at(-1)).toBe('last line');
        for (let index = 0; index + 8 <= squeezed.length; index++) {
          expect(left).not.toContain(squeezed.slice(index, index + 8));
        }
      }),
    );
  });

  it('what is no secret comes out as it went in', () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[a-z0-9 ]{0,12}$/), { maxLength: 30 }), (lines) => {
        expect(shown(lines)).toEqual(lines);
      }),
    );
  });
});
