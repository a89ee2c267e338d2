import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nearest } from '../../../src/core/text/nearest.ts';

/** The number of single edits between two words, straight from its definition: slow, and only for short words. */
function edits(a: string, b: string): number {
  if (a === '' || b === '') return a.length + b.length;
  const [restA, restB] = [a.slice(1), b.slice(1)];
  const ways = [1 + edits(restA, b), 1 + edits(a, restB), edits(restA, restB) + (a[0] === b[0] ? 0 : 1)];
  const isSwapped = a.length > 1 && b.length > 1 && a[0] === b[1] && a[1] === b[0];
  return Math.min(...ways, ...(isSwapped ? [1 + edits(a.slice(2), b.slice(2))] : []));
}

describe('the nearest known word', () => {
  test.each<[string, string, readonly string[], string | undefined]>([
    ['a letter too many', 'filees', ['files'], 'files'],
    ['a letter too few', 'fles', ['files'], 'files'],
    ['a wrong letter', 'filas', ['files'], 'files'],
    ['two letters swapped', 'fiels', ['files'], 'files'],
    ['the first two letters swapped', 'ab', ['ba'], 'ba'],
    ['the same word', 'files', ['file', 'files'], 'files'],
    ['other cases', 'FILAS', ['Files'], 'Files'],
    ['a prefix in other cases', 'IMPLement', ['Implementation'], 'Implementation'],
    ['a single letter for another', 'a', ['b'], 'b'],
    ['two of two letters', 'ab', ['xy'], undefined],
    ['one of five letters', 'abcde', ['abcdx'], 'abcdx'],
    ['two of five letters', 'abcde', ['abxyz', 'abcxy'], undefined],
    ['two of six letters', 'abcdef', ['abcdxy'], 'abcdxy'],
    ['three of six letters', 'abcdef', ['abcxyz'], undefined],
    ['two letters, of which only the known word has six', 'acef', ['abcdef'], 'abcdef'],
    ['two letters, of which only the given word has six', 'abcdef', ['acef'], 'acef'],
    ['the first of two that are equally close', 'cat', ['cap', 'car'], 'cap'],
    ['a closer one after a close one', 'retries', ['retire', 'retrie'], 'retrie'],
    ['a close one after a closer one', 'retries', ['retrie', 'retire'], 'retrie'],
    ['the beginning of a word', 'impl', ['tests', 'implementation'], 'implementation'],
    ['the beginning of two words', 'ref', ['refactoring', 'reference'], 'refactoring'],
    ['three letters that begin a word', 'res', ['research'], 'research'],
    ['two letters that begin a word', 're', ['research'], undefined],
    ['more than a known word', 'documentation', ['feat', 'doc'], 'doc'],
    ['more than a known word of two letters', 'cinnamon', ['ci'], undefined],
    ['the end of a word', 'search', ['research-only'], undefined],
    ['a word that is close, before one that begins the same', 'test', ['testing-it-all', 'tests'], 'tests'],
    ['nothing', '', ['a', 'files'], undefined],
    ['no known words', 'files', [], undefined],
    ['a word of 40 letters', 'a'.repeat(40), ['a'.repeat(41)], 'a'.repeat(41)],
    ['a word of 41 letters', 'a'.repeat(41), ['a'.repeat(41)], undefined],
  ])('for %s: %j among %j is %j', (_, word, known, expected) => {
    expect(nearest(word, known)).toBe(expected);
  });

  test('takes the fewest edits, at most one in three letters, or else begins the same', () => {
    const letters = fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'A'), maxLength: 6 });
    fc.assert(
      fc.property(letters, fc.array(letters, { maxLength: 4 }), (word, known) => {
        const lower = word.toLowerCase();
        const close = known
          .map((each) => ({ each, by: edits(lower, each.toLowerCase()), of: Math.max(word.length, each.length) }))
          .filter(({ by, of }) => by <= Math.max(1, Math.floor(of / 3)))
          .toSorted((a, b) => a.by - b.by);
        const begins = known.filter((each) => {
          const [short = '', long = ''] = [lower, each.toLowerCase()].toSorted((a, b) => a.length - b.length);
          return short.length > 2 && long.slice(0, short.length) === short;
        });
        expect(nearest(word, known)).toBe(word === '' ? undefined : (close[0]?.each ?? begins[0]));
      }),
      { numRuns: 1_000 },
    );
  });
});
