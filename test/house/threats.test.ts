/** The page of threats keeps its word: each row names tests that exist, by file and title, or says what is open. */
import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { read, root } from './sources.ts';
import { hasTitle } from './titles.ts';

interface Citation {
  readonly file: string;
  readonly titles: readonly string[];
}

interface Row {
  readonly id: string;
  readonly defence: string;
  readonly tests: readonly Citation[];
}

/** `` `file` "title", "title"; `file` "title" ``. */
const citationsIn = (cell: string): readonly Citation[] =>
  [...cell.matchAll(/`(test\/[\w./-]+)`((?:,? "[^"]+")*)/g)].map(([, file = '', titles = '']) => ({
    file,
    titles: [...titles.matchAll(/"([^"]+)"/g)].map(([, title = '']) => title),
  }));

const rowsOf = (page: string): readonly Row[] =>
  [...page.matchAll(/^\| (T\d+a?) \| [^|]+ \| [^|]+ \| ([^|]+) \| ([^|]*) ?\|$/gm)].map(
    ([, id = '', defence = '', tests = '']) => ({ id, defence, tests: citationsIn(tests) }),
  );

const faults = (page: string, textOf: (file: string) => string | undefined): readonly string[] =>
  rowsOf(page).flatMap(({ id, defence, tests }) => [
    ...tests.flatMap(({ file, titles }) => {
      const text = textOf(file);
      if (text === undefined) return [`${id}: ${file} does not exist`];
      if (titles.length === 0) return [`${id}: ${file} is named without a title`];
      return titles.filter((title) => !hasTitle(text, title)).map((title) => `${id}: ${file} has no test "${title}"`);
    }),
    ...(tests.length === 0 && !defence.includes('open:')
      ? [`${id} names no test, and does not say that it is open`]
      : []),
  ]);

const onDisk = (file: string): string | undefined => (existsSync(`${root}/${file}`) ? read(file) : undefined);

describe('the page of threats', () => {
  it('names tests that are there (R11.1)', () => {
    expect(faults(read('docs/threats.md'), onDisk)).toEqual([]);
  });

  it('has a row for each threat, once', () => {
    const ids = rowsOf(read('docs/threats.md')).map(({ id }) => id);
    expect([...new Set(ids)]).toHaveLength(ids.length);
    const all = Array.from({ length: 77 }, (_, at) => `T${String(at + 1).padStart(2, '0')}`);
    expect(all.filter((id) => !ids.includes(id))).toEqual([]);
  });

  it.each([
    ['| T01 | O | a | b | `test/none.test.ts` "works" |', 'T01: test/none.test.ts does not exist'],
    ['| T01 | O | a | b | `test/a.test.ts` |', 'T01: test/a.test.ts is named without a title'],
    ['| T01 | O | a | b | `test/a.test.ts` "works", "fails" |', 'T01: test/a.test.ts has no test "fails"'],
    ['| T01 | O | a | b | `test/a.test.ts` "each c is fine" |', 'T01: test/a.test.ts has no test "each c is fine"'],
    ['| T01 | O | a | b |  |', 'T01 names no test, and does not say that it is open'],
  ])('%s is found', (row, fault) => {
    const text = "test('works', f);\nit.each([['a', 1], ['b', 2]])('each %s is fine', f);";
    const textOf = (file: string) => (file === 'test/a.test.ts' ? text : undefined);
    expect(faults(row, textOf)).toEqual([fault]);
    expect(faults('| T01 | O | a | b | `test/a.test.ts` "works", "each b is fine" |', textOf)).toEqual([]);
  });
});
