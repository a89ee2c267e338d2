import { expect, test } from 'vitest';
import { trimEndOf } from '../../../src/core/text/trim-end.ts';

test.each([
  ['takes the characters at the end away', 'a b \t ', ' \t', 'a b'],
  ['keeps other characters at the end', 'a b\t', ' ', 'a b\t'],
  ['keeps the characters at the start', '  a', ' ', '  a'],
  ['may leave nothing', '  ', ' ', ''],
  ['leaves an empty text', '', ' ', ''],
  ['takes nothing away without characters', 'a ', '', 'a '],
])('the trimming of an end %s', (_, text, characters, trimmed) => {
  expect(trimEndOf(text, characters)).toBe(trimmed);
});
