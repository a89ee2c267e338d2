import { describe, expect, test } from 'vitest';
import { linesOf, readableLines } from '../../../src/core/text/markdown.ts';
import { inferFiles, readFencedKeys, readFormAnswers, readPairs } from '../../../src/core/text/prose.ts';

const linesIn = (...texts: readonly string[]) => readableLines(linesOf(texts.join('\n')));

describe('the answers of a form', () => {
  /** `3 files: a | b` for each answer: its line, its name, and the lines below it. */
  const answersIn = (...texts: readonly string[]): readonly string[] =>
    readFormAnswers(linesIn(...texts))
      .filter(({ level }) => level === 3)
      .map(({ name, line, lines }) => `${line} ${name}: ${lines.map(({ withCode }) => withCode).join(' | ')}`);

  test.each<[string, readonly string[], readonly string[]]>([
    [
      'are the texts below headings of the third level',
      ['### Type', '', 'fix', '', '### Files', 'a', 'b `c`'],
      ['1 type: fix', '5 files: a | b `c`'],
    ],
    [
      'are named after their headings',
      ['a', '### **File scope:**', 'b', '### `Depends`  on it ###', 'c'],
      ['2 file-scope: b', '4 depends-on-it: c'],
    ],
    ['end at a heading of a higher level', ['### Type', 'fix', '## More', 'b'], ['1 type: fix']],
    ['end at a heading of a deeper level', ['### Type', 'fix', '#### More', 'b'], ['1 type: fix']],
    ['do not stand before a heading', ['fix', '### Type', 'feat'], ['2 type: feat']],
    ['do not stand below other headings', ['# Type', 'fix', '#### Files', 'a', '###', 'b'], ['5 : b']],
    ['are not empty', ['### Type', '', '### Files', 'a', '### More', '<!-- b -->'], ['3 files: a']],
    [
      'are not what GitHub writes for an empty one',
      ['### Type', '', ' _No response_ ', '### Files', '_No response_, sorry'],
      ['4 files: _No response_, sorry'],
    ],
    ['are not comments', ['### Type', '<!-- a -->', '<!-- b -->'], []],
    ['are none in an empty text', [], []],
  ])('%s', (_, texts, answers) => {
    expect(answersIn(...texts)).toEqual(answers);
  });

  test('hold their lines as they were read', () => {
    const lines = linesIn('### Type', '', 'fix `it`');
    expect(readFormAnswers(lines)).toEqual([{ name: 'type', line: 1, level: 3, lines: [lines[1]] }]);
  });

  test('have texts below other headings beside them', () => {
    const levels = readFormAnswers(linesIn('# A', 'a', '### B', 'b', '#### C', 'c')).map(({ name, level }) => [
      name,
      level,
    ]);
    expect(levels).toEqual([
      ['a', 1],
      ['b', 3],
      ['c', 4],
    ]);
  });

  test.each<[string, readonly string[], readonly string[]]>([
    [
      'is read where it is the whole answer',
      ['### Files', '', '```', 'src/**', 'b.ts', '```'],
      ['1 files: src/** | b.ts'],
    ],
    [
      'may have a language',
      ['### Files', '```text', 'src/**', '```', '### Type', 'fix'],
      ['1 files: src/**', '5 type: fix'],
    ],
    ['ends at its own end', ['### Files', '```', 'a/**', '```', 'or', '```', 'b/**', '```'], ['1 files: or']],
    ['is the first one', ['### Files', '```', 'a/**', '```', '```', 'b/**', '```'], ['1 files: a/**']],
    ['is not read beside words', ['### Files', 'these:', '```', 'src/**', '```'], ['1 files: these:']],
    ['is not read below other headings', ['## Files', '```', 'src/**', '```'], []],
    ['is not read if it does not end', ['### Files', '```', 'src/**'], []],
    ['is not read if it is no fence', ['### Files', '<!-- src/** -->'], []],
  ])('a fence %s', (_, texts, answers) => {
    const whole = linesOf(texts.join('\n'));
    const read = readFormAnswers(readableLines(whole), whole);
    expect(
      read.map(({ name, line, lines }) => `${line} ${name}: ${lines.map(({ text }) => text).join(' | ')}`),
    ).toEqual(answers);
  });
});

describe('keys in a text', () => {
  test.each<[string, readonly string[]]>([
    ['Priority: High', ['priority = High']],
    ['- **Story points:** 5', ['story-points = 5']],
    ['* __Estimate__: 3h ', ['estimate = 3h']],
    ['優先度：高', []],
    ['Priority： high', ['priority = high']],
    ['| Priority | Highest |', ['priority = Highest']],
    ['| **Type** | Bug |', ['type = Bug']],
    ['| Priority | High | Kim |', []],
    ['| Priority | |', []],
    ['Priority:', []],
    ['Priority:high', []],
    ['The priority is: high', ['the-priority-is = high']],
    ['> Priority: high', []],
    ['`Priority: high`', []],
    ['https://example.org: x', []],
  ])('%s', (line, pairs) => {
    const read = readPairs(linesIn('first', line));
    expect(read.map(({ name, value }) => `${name} = ${value}`)).toEqual(pairs);
    for (const pair of read) expect(pair.line).toBe(2);
  });
});

describe('the code block that a text begins with', () => {
  test.each<[readonly string[], readonly string[]]>([
    [
      ['', '```yaml', 'files: [a]', 'Depends_On: 3', 'tags:', '  - x: y', '```'],
      ['3 files', '4 depends-on', '5 tags'],
    ],
    [['~~~', 'files: a', '~~~', 'model: b', '~~~'], ['2 files']],
    [['```', 'a', '```', '```', 'files: a', '```'], []],
    [['Do it.', '```', 'files: a', '```'], []],
    [['```', 'files: a'], []],
    [['```', 'url:x', '$a: b', ' files: a', '```'], []],
    [[], []],
  ])('has keys: %j', (texts, keys) => {
    expect(readFencedKeys(linesOf(texts.join('\n'))).map(({ name, line }) => `${line} ${name}`)).toEqual(keys);
  });
});

describe('files inferred from a text', () => {
  const inferred = (...texts: readonly string[]): readonly string[] =>
    inferFiles(linesIn(...texts), new Set()).map(({ glob }) => glob);

  test.each([
    ['src/a.ts', 'src/**'],
    ['src/cart/a.test.ts', 'src/cart/**'],
    ['src/', 'src/**'],
    ['src/cart/', 'src/cart/**'],
    ['./src/a.ts', 'src/**'],
    ['.github/workflows/ci.yml', '.github/workflows/**'],
    ['src/.env', 'src/**'],
    ['a@b/c+d/e-f_g.h', 'a@b/c+d/**'],
    ['src/@types/x.d.ts', 'src/@types/**'],
    ['src/a.Abcdefghi9', 'src/**'],
    ['v1.2/notes.md', 'v1.2/**'],
    ['src.community/a.ts', 'src.community/**'],
    ['src/example.com/a.ts', 'src/example.com/**'],
    ['src/a.ts:12', 'src/**'],
    ['src/a.ts:123456:7', 'src/**'],
    ['src/a.ts#L12', 'src/**'],
    ['(src/a.ts)', 'src/**'],
    ['([{*_~src/a.ts~_}])', 'src/**'],
    ['src/a.ts,', 'src/**'],
    ['src/a.ts.;:!?', 'src/**'],
    ['(src/a.ts:12).', 'src/**'],
    ['"src/a.ts"', 'src/**'],
    ["'src/a.ts'", 'src/**'],
    ['<src/a.ts>', 'src/**'],
    ['|src/a.ts|b|', 'src/**'],
    ['[it](src/a.ts)', 'src/**'],
    ['[src/a.ts](x)', 'src/**'],
    ['see\tsrc/a.ts now', 'src/**'],
    ['`src/a.ts`', 'src/**'],
    ['``src/a.ts`` and more', 'src/**'],
    ['app/blog/[slug]/page.tsx', 'app/blog/[slug]/**'],
    ['`app/[[...all]]/(shop)/page.tsx`', 'app/[[...all]]/(shop)/**'],
    ['(src/routes/[id].ts)', 'src/routes/**'],
    ["import { a } from 'lodash/fp.js' in src/a.ts", 'src/**'],
    ["`const b = require('b/c.js')` of src/a.ts", 'src/**'],
    ['src/*.ts', 'src/*.ts'],
    ['src/**', 'src/**'],
    ['(src/**/*.{ts,tsx}).', 'src/**/*.{ts,tsx}'],
    ['src/**/{a,b}-?.ts', 'src/**/{a,b}-?.ts'],
    ['`src/**/*.ts`,', 'src/**/*.ts'],
    [`${'a'.repeat(194)}/bc.ts`, `${'a'.repeat(194)}/**`],
  ])('%j means %s', (text, glob) => {
    expect(inferred('Text.', text)).toEqual([glob]);
  });

  test.each([
    'words',
    'a.ts',
    './a.ts',
    'and/or',
    'src/Makefile',
    'src/a.1',
    'src/a.',
    'src/a.abcdefghijk',
    'src/ä.ts',
    'src/ä/a.ts',
    '/etc/passwd.txt',
    '../src/a.ts',
    'src/../a.ts',
    'e.g./a.ts',
    'src./a.ts',
    '~/src/a.ts',
    'src//a.ts',
    '/',
    '@octo/core.js',
    'https://github.com/a.html',
    'example.com/a.html',
    'EXAMPLE.ORG/a.html',
    'a.net/b.js',
    'a.io/b.js',
    'a.dev/b.js',
    'a.app/b.js',
    'src/a.ts:1234567',
    'src/a.ts:1:2:3',
    'src/a.ts#L1234567',
    'src/a.ts#12',
    'src/$a.ts',
    '$src/a.ts',
    'src$/a.ts',
    'src/a b.ts',
    '$src/*.ts',
    'src/*.$ts',
    'src/{a/*.ts',
    '*/a.ts',
    `${'a'.repeat(195)}/bc.ts`,
  ])('%j means nothing', (text) => {
    expect(inferred(text)).toEqual([]);
  });

  test('are each named once, in order, without those inside of others', () => {
    expect(inferred('src/b/x.ts src/a/x.ts src/b/y.ts', 'docs/x.md')).toEqual(['docs/**', 'src/a/**', 'src/b/**']);
    expect(inferred('src/a/b/x.ts src/a/x.ts src/ab/x.ts')).toEqual(['src/a/**', 'src/ab/**']);
    expect(inferred('src/*.ts src/x.ts')).toEqual(['src/**']);
    expect(inferred('src/*.ts src/a/*.ts')).toEqual(['src/*.ts', 'src/a/*.ts']);
    expect(inferred('src/*.ts src/*.tsx')).toEqual(['src/*.ts', 'src/*.tsx']);
    expect(inferred('test/src/x.ts src/x.ts')).toEqual(['src/**', 'test/src/**']);
    expect(inferred()).toEqual([]);
  });

  test('are those of well-known files at the root, too, beside others', () => {
    expect(inferred('Change `package.json` and src/cart.ts, not notes.txt.')).toEqual(['package.json', 'src/**']);
    expect(inferred('(go.mod), go.sum: cart/total.go')).toEqual(['cart/**', 'go.mod']);
    expect(inferred('Change package.json.')).toEqual([]);
  });

  test('are not those that do not count', () => {
    const ignored = new Set(['docs/plan.md', 'src/*.ts']);
    const lines = linesIn('Change this:', '`./docs/plan.md:3`, docs/plan.md src/*.ts test/a.ts', 'test/b.ts');
    expect(inferFiles(lines, ignored)).toEqual([{ glob: 'test/**', line: 2 }]);
  });

  test('are those of at most twenty directories', () => {
    const paths = Array.from({ length: 21 }, (_, at) => `d${String(at).padStart(2, '0')}/x.ts`);
    expect(inferred(...paths.slice(1))).toEqual(paths.slice(1).map((path) => path.replace('x.ts', '**')));
    expect(inferred(...paths)).toEqual([]);
  });

  test('are all in one directory, if it is among the first 81 that are named', () => {
    const paths = Array.from({ length: 81 }, (_, at) => `src/d${at}/x.ts`);
    expect(inferred(...paths.slice(1), 'src/x.ts')).toEqual(['src/**']);
    expect(inferred(...paths, 'src/x.ts')).toEqual([]);
    expect(inferred('src/x.ts', ...paths, 'docs/x.md')).toEqual(['src/**']);
  });
});
