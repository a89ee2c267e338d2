/** How the reports of mutation tools are read, and how what survived is told. The reports are the tools' own. */
import { describe, expect, it } from 'vitest';
import { type ChangedFiles, judgeMutants, type Mutant, readMutants } from '../../src/gates/mutants.ts';

const changedIn = (path: string, text: string, ...lines: number[]): ChangedFiles =>
  new Map([[path, { changed: new Set(lines), lines: text.split('\n') }]]);

const at = (line: number, from: number, to: number, endLine = line) => ({
  start: { line, column: from },
  end: { line: endLine, column: to },
});

describe('StrykerJS', () => {
  const CODE = 'export const f = (a) => a > 1;\nexport const g = (a) => {\n  return a > 2;\n};\n';
  const mutant = (status: string, location: object, replacement: string) => ({
    id: '1',
    status,
    location,
    replacement,
  });
  const report = (...mutants: object[]): string =>
    JSON.stringify({ schemaVersion: '1.0', files: { 'src/a.js': { language: 'javascript', mutants, source: CODE } } });
  const read = (text: string, ...lines: number[]) =>
    readMutants('stryker', text, 'web', changedIn('web/src/a.js', CODE, ...lines));

  it('gives each mutant its file of the repository, its line and its change', () => {
    const all = read(
      report(
        mutant('Survived', at(1, 25, 30), 'a >= 1'),
        mutant('Killed', at(1, 25, 30), 'a <= 1'),
        mutant('Timeout', at(1, 25, 30), 'true'),
        mutant('NoCoverage', at(1, 18, 30), '() => undefined'),
        mutant('Ignored', at(1, 25, 30), 'false'),
        mutant('CompileError', at(1, 25, 30), 'a'),
      ),
      1,
    );
    const place = { file: 'web/src/a.js', line: 1 };
    expect(all).toEqual([
      { ...place, state: 'survived', from: 'a > 1', to: 'a >= 1' },
      { ...place, state: 'noticed', from: 'a > 1', to: 'a <= 1' },
      { ...place, state: 'noticed', from: 'a > 1', to: 'true' },
      { ...place, state: 'unreached', from: '(a) => a > 1', to: '() => undefined' },
      { ...place, state: 'ignored', from: 'a > 1', to: 'false' },
      { ...place, state: 'invalid', from: 'a > 1', to: 'a' },
    ]);
  });

  it('counts a block only if all of its lines are changed', () => {
    const block = report(mutant('Survived', at(2, 25, 2, 4), '{}'));
    expect(read(block, 3)).toEqual([]);
    expect(read(block, 2, 3)).toEqual([]);
    expect(read(block, 2, 3, 4)).toMatchObject([{ line: 2, from: '{\n  return a > 2;\n}', to: '{}' }]);
  });

  it('counts no line that is not changed, and no other file', () => {
    expect(read(report(mutant('Survived', at(1, 25, 30), 'a >= 1')), 3)).toEqual([]);
    const other = JSON.stringify({ files: { 'src/b.js': { mutants: [mutant('Survived', at(1, 1, 2), 'x')] } } });
    expect(read(other, 1)).toEqual([]);
  });

  it.each([
    ['is no JSON', 'Done in 2 seconds.'],
    ['is empty', ''],
    ['is of another tool', '[]'],
    ['has no files', '{"schemaVersion":"1.0"}'],
  ])('a report that %s is none', (_, text) => {
    expect(read(text, 1)).toBeUndefined();
  });

  it.each([
    ['has mutants without a place', report(mutant('Survived', {}, 'x'), { status: 'Survived' })],
    ['has places out of the file', report(mutant('Survived', at(1, 1, 1, 9_999_999), 'x'))],
    ['has a file without mutants', '{"files":{"src/a.js":null}}'],
    ['has a status that is a property of every object', report(mutant('constructor', at(1, 1, 2), 'x'))],
    ['names a file like a property of every object', '{"files":{"__proto__":{"mutants":[{"status":"Survived"}]}}}'],
  ])('a report that %s has no mutant', (_, text) => {
    expect(read(text, 1)).toEqual([]);
  });
});

describe('cosmic-ray', () => {
  const changed = changedIn('api/shop/cart.py', 'def f(a):\n    return a > 3\n', 2);
  const read = (text: string) => readMutants('cosmic-ray', text, 'api', changed);
  const row = (line: number, outcome: string) => [
    'shop/cart.py',
    line,
    outcome,
    '    return a > 3',
    '    return a >= 3',
  ];

  it('gives each mutant the line before and after', () => {
    expect(read(JSON.stringify([row(2, 'survived'), row(2, 'killed'), row(2, 'incompetent')]))).toEqual(
      ['survived', 'noticed', 'invalid'].map((state) => ({
        ...{ file: 'api/shop/cart.py', line: 2, state },
        ...{ from: '    return a > 3', to: '    return a >= 3' },
      })),
    );
  });

  it('counts no line that is not changed, and nothing without its form', () => {
    expect(read(JSON.stringify([row(1, 'survived'), 'survived', null, ['shop/cart.py']]))).toEqual([]);
    expect(read('{"files":[]}')).toBeUndefined();
  });
});

describe('gremlins', () => {
  const CODE = 'package cart\n\nfunc Big(n int) bool {\n\treturn /* größer */ n > 3 && n%2 == 0\n}\n';
  const changed = changedIn('cart/cart.go', CODE, 4);
  const mutation = (type: string, status: string, column: number, line = 4) => ({ type, status, line, column });
  const report = (...mutations: object[]): string =>
    JSON.stringify({ go_module: 'example.com/shop', files: [{ file_name: 'cart/cart.go', mutations }] });
  const read = (text: string) => readMutants('gremlins', text, '', changed);
  const tos = (...mutations: object[]) => read(report(...mutations))?.map(({ to }) => to.trim());

  it('says what became of the line, by the column in bytes', () => {
    expect(tos(mutation('CONDITIONALS_BOUNDARY', 'LIVED', 26), mutation('INVERT_LOGICAL', 'LIVED', 30))).toEqual([
      'return /* größer */ n >= 3 && n%2 == 0',
      'return /* größer */ n > 3 || n%2 == 0',
    ]);
    expect(tos(mutation('CONDITIONALS_NEGATION', 'LIVED', 37))).toEqual(['return /* größer */ n > 3 && n%2 != 0']);
  });

  it('names the kind of a change that it does not know', () => {
    expect(tos(mutation('REMOVE_EVERYTHING', 'LIVED', 26))).toEqual([
      'return /* größer */ n > 3 && n%2 == 0 (remove everything, column 26)',
    ]);
  });

  it.each([
    ['KILLED', 'noticed'],
    ['TIMED OUT', 'noticed'],
    ['LIVED', 'survived'],
    ['NOT COVERED', 'unreached'],
    ['NOT VIABLE', 'invalid'],
  ])('%s is %s', (status, state) => {
    expect(read(report(mutation('CONDITIONALS_BOUNDARY', status, 26)))).toMatchObject([{ state }]);
  });

  it('counts no skipped mutant, no other line, and no place out of the line', () => {
    const kind = 'CONDITIONALS_BOUNDARY';
    expect(tos(mutation(kind, 'SKIPPED', 26), mutation(kind, 'LIVED', 1, 3), mutation(kind, 'LIVED', 900))).toEqual([]);
    expect(read('{"files":{}}')).toBeUndefined();
  });
});

describe('the verdict', () => {
  const some = (count: number, state: Mutant['state'], line = 1): Mutant[] =>
    Array.from({ length: count }, (_, index) => ({ file: 'a.js', line, state, from: 'a > 1', to: `a > ${index + 2}` }));

  it.each([
    ['0 of 10 with none allowed', 0, 10, 0, 'pass'],
    ['1 of 10 with none allowed', 1, 10, 0, 'fail'],
    ['2 of 10 with a fifth', 2, 10, 20, 'pass'],
    ['3 of 10 with a fifth', 3, 10, 20, 'fail'],
    ['1 of 4 with a fifth', 1, 4, 20, 'fail'],
    ['all of 3 with all', 3, 3, 100, 'pass'],
    ['none at all', 0, 0, 0, 'none'],
  ] as const)('%s', (_, alive, all, survivors, verdict) => {
    expect(judgeMutants([...some(alive, 'survived'), ...some(all - alive, 'noticed')], survivors).verdict).toBe(
      verdict,
    );
  });

  it('counts lines that no test runs as survivors, and what is excluded or does not compile not at all', () => {
    const { verdict, survived, all, ignored } = judgeMutants(
      [...some(1, 'unreached'), ...some(2, 'ignored'), ...some(3, 'invalid')],
      50,
    );
    expect({ verdict, survived, all, ignored }).toEqual({ verdict: 'fail', survived: 1, all: 1, ignored: 2 });
    expect(judgeMutants([...some(2, 'ignored'), ...some(3, 'invalid')], 0)).toMatchObject({
      verdict: 'none',
      ignored: 2,
    });
  });

  it('tells each survivor by file and line, in the order of the files, and at most three of a line', () => {
    const { headlines, annotations } = judgeMutants(
      [...some(5, 'survived', 7), ...some(1, 'unreached', 2), { ...some(1, 'survived')[0], file: 'B.js' } as Mutant],
      0,
    );
    expect(headlines).toEqual([
      'B.js:1: no test fails when `a > 1` becomes `a > 2`',
      'a.js:2: no test runs this line, so none fails when `a > 1` becomes `a > 2`',
      'a.js:7: no test fails when `a > 1` becomes `a > 2`',
      'a.js:7: no test fails when `a > 1` becomes `a > 3`',
      'a.js:7: no test fails when `a > 1` becomes `a > 4`',
      'a.js:7: … and 2 more',
    ]);
    expect(annotations.map(({ file, line }) => `${file}:${line}`)).toEqual([
      ...['B.js:1', 'a.js:2', 'a.js:7', 'a.js:7', 'a.js:7'],
    ]);
  });

  it('is bounded, whatever a report holds', () => {
    const long = { from: 'x'.repeat(1_000_000), to: '`\n'.repeat(1_000_000) };
    const mutants = Array.from(
      { length: 500 },
      (_, index) => ({ ...some(1, 'survived', index)[0], ...long }) as Mutant,
    );
    const { headlines, annotations } = judgeMutants(mutants, 0);
    expect(headlines).toHaveLength(21);
    expect(headlines.at(-1)).toBe('… and 480 more');
    expect(annotations).toHaveLength(50);
    for (const line of headlines) {
      expect(line.length).toBeLessThan(400);
      expect(line).not.toContain('\n');
    }
  });
});
