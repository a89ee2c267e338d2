/** The page of threats keeps its word: each row names a test that is there, or says what is open. */
import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { read, root } from './sources.ts';

interface Row {
  readonly id: string;
  readonly against: string;
  readonly tests: readonly string[];
}

const rowsOf = (page: string): readonly Row[] =>
  [...page.matchAll(/^\| (T\d+a?) \| [^|]+ \| [^|]+ \| ([^|]+) \| ([^|]*) ?\|$/gm)].map(
    ([, id = '', against = '', tests = '']) => ({
      id,
      against,
      tests: [...tests.matchAll(/`([^`]+)`/g)].map(([, path = '']) => path),
    }),
  );

const faults = (page: string): readonly string[] =>
  rowsOf(page).flatMap(({ id, against, tests }) => [
    ...tests.flatMap((path) => (existsSync(`${root}/${path}`) ? [] : [`${id}: ${path} is not there`])),
    ...(tests.length === 0 && !against.includes('open:')
      ? [`${id} names no test, and does not say that it is open`]
      : []),
  ]);

describe('the page of threats', () => {
  it('names tests that are there (R11.1)', () => {
    expect(faults(read('docs/threats.md'))).toEqual([]);
  });

  it('has a row for each threat, once', () => {
    const ids = rowsOf(read('docs/threats.md')).map(({ id }) => id);
    expect([...new Set(ids)]).toHaveLength(ids.length);
    const all = Array.from({ length: 65 }, (_, at) => `T${String(at + 1).padStart(2, '0')}`);
    expect(all.filter((id) => !ids.includes(id))).toEqual([]);
  });

  it.each([
    ['| T01 | O | a | b | `test/none.test.ts` |', 'T01: test/none.test.ts is not there'],
    ['| T01 | O | a | b |  |', 'T01 names no test, and does not say that it is open'],
  ])('%s is found', (row, fault) => {
    expect(faults(row)).toEqual([fault]);
  });
});
