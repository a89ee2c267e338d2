/** Names of attempts. */
import { expect, test } from 'vitest';
import { attemptName } from '#core/model/attempt';

test('attempts have names that people can tell apart', () => {
  const names = Array.from({ length: 575 }, (_, ordinal) => attemptName(ordinal));
  expect(names.filter((name) => !/^[A-Z][a-z]+[A-Z][a-z]+$/.test(name))).toEqual([]);
  expect(new Set(names).size).toBe(575);
  expect(names).toEqual(expect.arrayContaining(['BlueLake', 'GreenCastle', 'RedStone', 'PurpleBear']));
});
