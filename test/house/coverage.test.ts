/**
 * The page of required behaviour keeps its word: no row is missing or cut, each verdict says what it has to say, and the
 * tests that it names exist.
 */
import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { read, root } from './sources.ts';
import { titlesIn } from './titles.ts';

interface Row {
  readonly id: string;
  readonly required: string;
  readonly verdict: string;
  readonly how: string;
}

/** How many requirements each document has. */
const SIZES = { '000': 44, '001': 54, '002': 15, '003': 92, '004': 34 } as const;

/** Requirements that end with an ellipsis of their own. */
const ENDS_SO = new Set(['003.65']);

const rowsOf = (page: string): readonly Row[] =>
  [...page.matchAll(/^\| (\d{3}\.\d+) \| (.*) \| \*\*(\w+)\*\* \| (.*) \|$/gm)].map(
    ([, id = '', required = '', verdict = '', how = '']) => ({ id, required, verdict, how }),
  );

const citationsIn = (how: string): readonly { readonly file: string; readonly name: string }[] =>
  [...how.matchAll(/`(test\/[\w./-]+)` "([^"]+)"/g)].map(([, file = '', name = '']) => ({ file, name }));

/** Whether a test of exactly this name stands in the text. */
const hasTest = (text: string, name: string): boolean => titlesIn(text).includes(name);

const faultsOf = (
  { id, required, verdict, how }: Row,
  textOf: (file: string) => string | undefined,
): readonly string[] => {
  const cited = citationsIn(how);
  const broken = cited.flatMap(({ file, name }) => {
    const text = textOf(file);
    if (text === undefined) return [`${id}: ${file} does not exist`];
    return hasTest(text, name) ? [] : [`${id}: ${file} has no test "${name}"`];
  });
  const isCut = /…`?$/.test(required) && !ENDS_SO.has(id);
  const says = {
    here: cited.length > 0 || `${id} is here, and names no test`,
    partly: /\bMissing\b|^As in \d{3}\.\d+\.$/.test(how) || `${id} is partly here, and does not say what is missing`,
    later: /\bR\d+\.\d+\b/.test(how) || `${id} comes later, and names nothing that brings it`,
    no: how.length > 20 || `${id} is left out without a reason`,
  }[verdict];
  return [
    ...(isCut ? [`${id} is cut`] : []),
    ...(says === undefined ? [`${id} has no verdict ${verdict}`] : says === true ? [] : [says]),
    ...broken,
  ];
};

const onDisk = (file: string): string | undefined => (existsSync(`${root}/${file}`) ? read(file) : undefined);

describe('the page of required behaviour', () => {
  const rows = rowsOf(read('docs/coverage.md'));

  it('has a row for each requirement, in order', () => {
    const all = Object.entries(SIZES).flatMap(([document, size]) =>
      Array.from({ length: size }, (_, index) => `${document}.${index + 1}`),
    );
    expect(rows.map(({ id }) => id)).toEqual(all);
  });

  it('quotes each in full, and says what its verdict has to say', () => {
    expect(rows.flatMap((row) => faultsOf(row, onDisk))).toEqual([]);
  });

  it.each([
    ['| 000.1 | a | **here** | It is there. |', '000.1 is here, and names no test'],
    ['| 000.1 | a | **here** | `test/none.test.ts` "a" |', '000.1: test/none.test.ts does not exist'],
    ['| 000.1 | a | **here** | `test/a.test.ts` "b" |', '000.1: test/a.test.ts has no test "b"'],
    ['| 000.1 | a | **here** | `test/a.test.ts` "it’s" |', '000.1: test/a.test.ts has no test "it’s"'],
    ['| 000.1 | a b … | **no** | It makes no sense on GitHub. |', '000.1 is cut'],
    ['| 000.1 | a `b …` | **no** | It makes no sense on GitHub. |', '000.1 is cut'],
    ['| 000.1 | a | **partly** | It is there. |', '000.1 is partly here, and does not say what is missing'],
    ['| 000.1 | a | **later** | Soon. |', '000.1 comes later, and names nothing that brings it'],
    ['| 000.1 | a | **no** | No. |', '000.1 is left out without a reason'],
    ['| 000.1 | a | **perhaps** | It is there. |', '000.1 has no verdict perhaps'],
  ])('%s is found', (row, fault) => {
    const text = "test('a', () => {});\nit.each([1])('each %s', () => {});\n// 'b'";
    expect(
      rowsOf(row).flatMap((each) => faultsOf(each, (file) => (file === 'test/a.test.ts' ? text : undefined))),
    ).toEqual([fault]);
  });

  it.each(['a', 'each %s', "it's", 'say "x"'])('a test called %s is known', (name) => {
    const text = "test('a', x);\nit.each([1])('each %s', x);\nstory(\n  'it\\'s', x);\nit('say \"x\"', x);";
    expect(hasTest(text, name)).toBe(true);
  });
});

describe('what the requirements want told to people', () => {
  it('the advice for people says when to use swarm, when not to, and how', () => {
    const headings = [...read('docs/practice.md').matchAll(/^## (.+)$/gm)].map(([, heading]) => heading);
    expect(headings).toEqual(['When to use it', 'When not to use it', 'Good practice']);
    expect(read('docs/practice.md').match(/^\d\. /gm)).toHaveLength(6);
    expect(read('README.md')).toContain('(docs/practice.md)');
  });

  it('SECURITY.md says why swarm never falls back to a simpler way', () => {
    const why = /\*\*Fail closed\.\*\*(.*)/.exec(read('SECURITY.md'))?.[1] ?? '';
    for (const reason of ['isolation', 'review', 'record', 'control over the merge']) expect(why).toContain(reason);
  });
});
