/** `npm run mutate` finds the mutants that it should, keeps the code as it is without them, and tells who is killed. */
import { readFileSync } from 'node:fs';
import { transformSync } from 'rolldown/utils';
import { describe, expect, it } from 'vitest';
import { sampleOf } from '../../tools/mutate/main.ts';
import { findMutants, instrument, regexChanges } from '../../tools/mutate/mutants.ts';
import { judge } from '../../tools/mutate/workers.ts';
import { root, sourcesIn } from './sources.ts';

const changes = (source: string): readonly string[] =>
  findMutants('src/a.ts', source).map(({ operator, before, after }) => `${operator}: ${before} → ${after}`);

describe('the mutants', () => {
  it.each<[string, readonly string[]]>([
    [
      'f(a < b);',
      [
        'call: f(a < b); → ;',
        'condition: a < b → true',
        'condition: a < b → false',
        'comparison: a < b → a <= b',
        'comparison: a < b → a >= b',
      ],
    ],
    ['const x = a ?? b;', ['logic: a ?? b → a && b']],
    ['const x = a + b * c;', ['arithmetic: a + b * c → a - b * c', 'arithmetic: b * c → b / c']],
    ["const x = 'a' + b;", ["string: 'a' → ''"]],
    ['const x = { a: true };', ['object: { a: true } → {}', 'boolean: true → false']],
    ['const x = [...a];', ['array: [...a] → []']],
    ['const x = -1;', ['unary: -1 → 1']],
    ['const f = (a: string): string => a;', ['arrow: (a: string): string => a → () => undefined']],
    ['const x = a?.b.c;', ['optional chain: a?.b → a.b']],
    [
      'const x = a.filter(f).some(g);',
      ['method: a.filter(f).some(g) → a.filter(f).every(g)', 'method: a.filter(f) → a'],
    ],
    [
      'for (; i < 3; i++) total += i;',
      [
        'condition: i < 3 → false',
        'comparison: i < 3 → i <= 3',
        'comparison: i < 3 → i >= 3',
        'update: i++ → i--',
        'assignment: total += i → total -= i',
      ],
    ],
    [
      'if (!a) b(); else { c(); }',
      [
        'condition: !a → true',
        'condition: !a → false',
        'negation: !a → a',
        'call: b(); → ;',
        'block: { c(); } → {}',
        'call: c(); → ;',
      ],
    ],
    ["switch (a) { case 'b': d(); }", ["case: case 'b': d(); → case 'b':", "string: 'b' → ''", 'call: d(); → ;']],
    // Neither types nor names nor the words of an error.
    ["import a from 'b'; type A = 'a' | 'b'; interface B { a: true } declare const c: 'd';", []],
    ["const x = a as 'b'; const { y } = z satisfies { y: 'z' };", []],
    ["export * from 'a'; export { b } from 'c';", []],
    ['function f() { throw new Error("no " + a); }', []],
  ])('%s', (source, expected) => {
    expect(changes(source)).toEqual(expected);
  });

  it.each<[string, readonly string[]]>([
    ['^a+$', ['a+$', '^a$', '^a+']],
    ['[^x]?\\d', ['[x]?\\d', '[^x]\\d', '[^x]?\\D']],
    ['(?=a)\\(*(?:b){2}', ['(?!a)\\(*(?:b){2}', '(?=a)\\((?:b){2}', '(?=a)\\(*(?:b)']],
  ])('of the regular expression %s', (pattern, expected) => {
    expect(regexChanges(pattern, 'u')).toEqual(expected);
  });

  it('have their place, their line and a number where two are alike', () => {
    const source = 'const é = (): void => {\n  if (a) return;\n};\nfunction g() { f(); f(); }\n';
    expect(
      findMutants('src/a.ts', source).map(({ line, within, operator, nth }) => [line, within, operator, nth]),
    ).toEqual([
      [1, 'é', 'block', 1],
      [2, 'é', 'condition', 1],
      [2, 'é', 'condition', 1],
      [4, 'g', 'block', 1],
      [4, 'g', 'call', 1],
      [4, 'g', 'call', 2],
    ]);
  });

  it('leave every file of core as valid as it was, and move no line', () => {
    const files = sourcesIn(['src/core'], ['.ts']);
    expect(files.length).toBeGreaterThan(40);
    for (const { path, text } of files) {
      const mutants = findMutants(path, text).map((mutant, index) => [index + 1, mutant] as const);
      expect(transformSync(path, instrument(path, text, new Map(mutants))).errors, path).toEqual([]);
      expect(instrument(path, text, new Map()).split('\n'), path).toHaveLength(text.split('\n').length);
    }
  });
});

describe('a sample', () => {
  const source = Array.from({ length: 50 }, (_, at) => `const x${at} = a${at} < ${at};`).join('\n');
  const all = findMutants('src/core/a.ts', source);
  const taken = (seed: string) => sampleOf(all, 20, seed).map(({ within, after }) => `${within} ${after}`);

  it('is the same for the same seed, and another for another', () => {
    expect(taken('7')).toHaveLength(20);
    expect(taken('7')).toEqual(taken('7'));
    expect(taken('7')).not.toEqual(taken('8'));
  });

  it('stays the same where the file moves', () => {
    const moved = findMutants('src/core/room/a.ts', `\n\n${source}`);
    expect(sampleOf(moved, 20, '7').map(({ within, after }) => `${within} ${after}`)).toEqual(taken('7'));
  });
});

it('tells who is killed, who survives, and where no test comes', async () => {
  const file = 'src/price.ts';
  const place = `${root}/test/fixtures/mutate`;
  const mutants = findMutants(file, readFileSync(`${place}/${file}`, 'utf8'));
  const verdicts = await judge({
    root: place,
    tests: ['test/price.test.ts'],
    mutants,
    workers: 1,
    slow: false,
    say: () => {},
  });
  const told = mutants.map(
    ({ line, operator, after }, index) => `${line} ${operator} ${after}: ${verdicts[index]?.kind}`,
  );
  expect(told).toMatchInlineSnapshot(`
    [
      "1 array []: killed",
      "3 block {}: killed",
      "4 condition true: killed",
      "4 condition false: killed",
      "4 comparison amount < 0: killed",
      "4 comparison amount > 0: killed",
      "6 condition false: killed",
      "6 comparison at <= 3: killed",
      "6 comparison at >= 3: killed",
      "6 update at--: timeout",
      "6 assignment total -= at: killed",
      "7 condition true: killed",
      "7 condition false: killed",
      "7 logic member || amount > 100: killed",
      "7 condition true: killed",
      "7 comparison amount >= 100: survived",
      "7 comparison amount <= 100: killed",
      "7 arithmetic total + 10: killed",
      "10 arrow () => undefined: survived",
      "10 arithmetic amount / 2: uncovered",
    ]
  `);
});
