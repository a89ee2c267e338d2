/**
 * Each clause of the specification is named by a test that shows it, or docs/specification.md says that it is not built.
 * A test names a clause at the end of its title: `two apps on one epic do nothing twice (R4.3)`.
 */
import { describe, expect, it } from 'vitest';
import { read, sourcesIn } from './sources.ts';
import { titlesIn } from './titles.ts';

/** How many clauses each chapter has. */
const SIZES = { 1: 9, 2: 7, 3: 8, 4: 7, 5: 15, 6: 9, 7: 3, 8: 4, 9: 7, 10: 5, 11: 11 } as const;

interface Row {
  readonly clause: string;
  readonly verdict: string;
  readonly missing: string;
}

const rowsOf = (page: string): readonly Row[] =>
  [...page.matchAll(/^\| (R\d+\.\d+) \| [^|]+ \| \*\*([a-z ]+)\*\* \| ([^|]*)\|$/gm)].map(
    ([, clause = '', verdict = '', missing = '']) => ({ clause, verdict, missing: missing.trim() }),
  );

/** The clauses that titles name in parentheses, perhaps beside rows of bad input: `(B065, R1.9)`. */
const namedIn = (title: string): readonly string[] =>
  [...title.matchAll(/\(((?:[A-Z]\d[\w.]*)(?:, [A-Z]\d[\w.]*)*)\)/g)]
    .flatMap(([, list = '']) => list.split(', '))
    .filter((name) => /^R\d+\.\d+$/.test(name));

const faultsOf = (rows: readonly Row[], titles: readonly string[]): readonly string[] => {
  const named = new Set(titles.flatMap(namedIn));
  const known = new Set(rows.map(({ clause }) => clause));
  return [
    ...[...named].filter((clause) => !known.has(clause)).map((clause) => `${clause} is named, and does not exist`),
    ...rows.flatMap(({ clause, verdict, missing }) => {
      const isNamed = named.has(clause);
      switch (verdict) {
        case 'built':
          return isNamed ? [] : [`${clause} is built, and no test names it`];
        case 'partly':
          if (missing === '') return [`${clause} is partly built, and the page does not say what is missing`];
          return isNamed ? [] : [`${clause} is partly built, and no test names it`];
        case 'not built':
          if (missing === '') return [`${clause} is not built, and the page does not say what is missing`];
          return isNamed ? [`${clause} is not built, and a test names it`] : [];
        default:
          return [`${clause} has no verdict ${verdict}`];
      }
    }),
  ];
};

describe('the clauses of the specification', () => {
  const rows = rowsOf(read('docs/specification.md'));

  it('are all on their page, in order', () => {
    const all = Object.entries(SIZES).flatMap(([chapter, size]) =>
      Array.from({ length: size }, (_, index) => `R${chapter}.${index + 1}`),
    );
    expect(rows.map(({ clause }) => clause)).toEqual(all);
  });

  it('are named by a test, unless they are not built', () => {
    const files = sourcesIn(['test'], ['.test.ts', '.story.ts', '.real.ts', '.gates.ts', '.soak.ts']);
    // The titles that this file makes up for itself name no clause.
    const titles = files
      .filter(({ path }) => path !== 'test/house/clauses.test.ts')
      .flatMap(({ text }) => titlesIn(text));
    expect(faultsOf(rows, titles)).toEqual([]);
  });

  it.each([
    ['| R1.1 | a | **built** | |', 'works', 'R1.1 is built, and no test names it'],
    ['| R1.1 | a | **built** | |', 'works (R1.1, R1.2)', 'R1.2 is named, and does not exist'],
    ['| R1.1 | a | **partly** | b |', 'works', 'R1.1 is partly built, and no test names it'],
    ['| R1.1 | a | **partly** | |', 'works (R1.1)', 'R1.1 is partly built, and the page does not say what is missing'],
    ['| R1.1 | a | **not built** | b |', 'works (B065, R1.1)', 'R1.1 is not built, and a test names it'],
    ['| R1.1 | a | **not built** | |', 'works', 'R1.1 is not built, and the page does not say what is missing'],
    ['| R1.1 | a | **soon** | b |', 'works (R1.1)', 'R1.1 has no verdict soon'],
  ])('%s beside "%s" is found', (row, title, fault) => {
    expect(faultsOf(rowsOf(row), [title])).toEqual([fault]);
  });

  it.each([
    ["test('works (R1.1)', x);", ['R1.1']],
    ["it.each([1])('works %s (R1.1)', x);", ['R1.1']],
    ['describe.each(KINDS)("it\'s (R1.1, R2.2)", x);', ['R1.1', 'R2.2']],
    ['story(\n  `works (R1.1)`, x);', ['R1.1']],
    ['// works (SPEC R1.1)', []],
    ["const works = 'works (R1.1)';", []],
  ])('%s names %j', (text, clauses) => {
    expect(titlesIn(text).flatMap(namedIn)).toEqual(clauses);
  });
});
