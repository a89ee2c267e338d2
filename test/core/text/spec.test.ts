import { describe, expect, test } from 'vitest';
import { issueNumber, type SegmentSpec } from '../../../src/core/model/epic.ts';
import type { SpecExpected } from '../../../src/core/model/problem/faults.ts';
import type { Diagnostic, Problem } from '../../../src/core/model/problem.ts';
import {
  BODY_CHARS,
  readableLinesOf,
  readDependenciesOf,
  readSpec,
  readTaskList,
  readTasks,
  type SpecRead,
} from '../../../src/core/text/spec.ts';
import { KEYS } from '../../../src/core/text/spec-keys.ts';

type More = { readonly title?: string; readonly labels?: readonly string[] };
/** With the report of what was read from where, which has tests of its own. */
const readWhole = (body: string, more: More = {}): SpecRead =>
  readSpec({ number: issueNumber(7), title: more.title ?? 'Add the cart', body, labels: more.labels ?? [] });
const read = (body: string, more: More = {}): Omit<SpecRead, 'reading'> => {
  const { reading: _, ...rest } = readWhole(body, more);
  return rest;
};
/** The first of these lines is on line 2. */
const front = (...lines: readonly string[]): string => ['---', ...lines, '---', 'Do it.'].join('\n');
/** States its files, so that their absence is no warning. */
const withFiles = (...lines: readonly string[]): string => front(...lines, 'files: [a.ts]');

const at = (line?: number) => ({ issue: issueNumber(7), ...(line === undefined ? {} : { line }) });
const error = (problem: Problem): Diagnostic => ({ level: 'error', problem });
const warning = (problem: Problem): Diagnostic => ({ level: 'warning', problem });
const wrong = (key: string, value: string, expected: SpecExpected, line?: number, near?: string): Diagnostic =>
  error({ kind: 'SPEC_VALUE', at: at(line), key, value, expected, ...(near === undefined ? {} : { nearest: near }) });
const scopeUnknown = (line?: number): Diagnostic => warning({ kind: 'SCOPE_UNKNOWN', at: at(line) });

const defaults: SegmentSpec = {
  type: 'feat',
  slug: 'add-the-cart',
  worker: 'implementation',
  skills: [],
  files: [],
  filesFrom: 'none',
  priority: 2,
  context: [],
  conflictsWith: [],
  dependsOn: [],
  parallel: true,
  criteria: [],
};
const stated: SegmentSpec = { ...defaults, files: ['a.ts'], filesFrom: 'stated' };

const [a39, a59, a62, a99] = ['a'.repeat(39), 'a'.repeat(59), 'a'.repeat(62), 'a'.repeat(99)];

describe('a spec', () => {
  test('of an issue that states nothing has the defaults', () => {
    expect(read('Do it.')).toEqual({ spec: defaults, diagnostics: [scopeUnknown()], dependencies: [] });
  });

  test.each<[string, Partial<SegmentSpec>]>([
    ...(['feat', 'fix', 'refactor', 'docs', 'test', 'chore', 'perf', 'build', 'ci'] as const).map(
      (type): [string, Partial<SegmentSpec>] => [`type: ${type}`, { type }],
    ),
    ...(['implementation', 'tests', 'research', 'security', 'refactor'] as const).map(
      (worker): [string, Partial<SegmentSpec>] => [`worker: ${worker}`, { worker }],
    ),
    ...(['low', 'medium', 'high', 'max'] as const).map((effort): [string, Partial<SegmentSpec>] => [
      `effort: ${effort}`,
      { effort },
    ]),
    ['slug: a', { slug: 'a' }],
    ['slug: 1a-b_c.d2', { slug: '1a-b_c.d2' }],
    [`slug: b${a59}`, { slug: `b${a59}` }],
    ['scope: Cart.a/b-c_d', { commitScope: 'Cart.a/b-c_d' }],
    [`scope: 1${a39}`, { commitScope: `1${a39}` }],
    ['persona: a', { persona: 'a' }],
    [`persona: 1${a62}`, { persona: `1${a62}` }],
    ['persona: a-b-1', { persona: 'a-b-1' }],
    ['persona: CSharpExpert_2.x', { persona: 'CSharpExpert_2.x' }],
    ['agent: a-b', { agent: 'a-b' }],
    ['model: a', { model: 'a' }],
    ['model: 1A.b:c/d@[e]-f_g', { model: '1A.b:c/d@[e]-f_g' }],
    [`model: m${a99}`, { model: `m${a99}` }],
    ['tdd: true', { tdd: true }],
    ['tdd: FALSE', { tdd: false }],
    ['review: True', { review: true }],
    ['review: false', { review: false }],
    ['review: council', { review: true }],
    ['parallel: true', { parallel: true }],
    ['parallel: false', { parallel: false }],
    ['priority: 0', { priority: 0 }],
    ['priority: 3', { priority: 3 }],
    ['priority: p1', { priority: 1 }],
    ['priority: P2', { priority: 2 }],
    ['priority: critical', { priority: 0 }],
    ['priority: High', { priority: 1 }],
    ['priority: medium', { priority: 2 }],
    ['priority: low', { priority: 3 }],
    ['estimate: 1m', { estimateMinutes: 1 }],
    ['estimate: 20m', { estimateMinutes: 20 }],
    ['estimate: 20 min', { estimateMinutes: 20 }],
    ['estimate: 2h', { estimateMinutes: 120 }],
    ['estimate: 2 h', { estimateMinutes: 120 }],
    ['estimate: 1.5h', { estimateMinutes: 90 }],
    ['estimate: 1.25h', { estimateMinutes: 75 }],
    ['estimate: 0.01h', { estimateMinutes: 1 }],
    ['estimate: 1h30m', { estimateMinutes: 90 }],
    ['estimate: 1h 30 min', { estimateMinutes: 90 }],
    ['estimate: 168h', { estimateMinutes: 10_080 }],
    ['estimate: 10080m', { estimateMinutes: 10_080 }],
    ['attempts: 1', { attempts: 1 }],
    ['attempts: 9', { attempts: 9 }],
    ['attempts: 10', { attempts: 10 }],
    ['budget: 5', { budgetUsd: 5 }],
    ['budget: $2.5', { budgetUsd: 2.5 }],
    ['budget: 0.01', { budgetUsd: 0.01 }],
    ['budget: 999999.99', { budgetUsd: 999_999.99 }],
    ['branch: x', { branch: 'x' }],
    ['branch: "{type}/my {slug}"', { branch: '{type}/my {slug}' }],
    [`branch: x${a99}${a99}y`, { branch: `x${a99}${a99}y` }],
    ['base: release/1.x', { base: 'release/1.x' }],
    ['skills: a', { skills: ['a'] }],
    ['skills: [a, "b-1"]', { skills: ['a', 'b-1'] }],
    ['skills: a, b', { skills: ['a', 'b'] }],
    ['skills: [" a "]', { skills: ['a'] }],
    [`skills: [1${a62}]`, { skills: [`1${a62}`] }],
    ['context: docs/a.md, docs/{b,c}.md', { context: ['docs/a.md', 'docs/{b,c}.md'] }],
    [
      'conflicts-with: 8, #9 , octo/mail#10',
      {
        conflictsWith: [
          { number: issueNumber(8) },
          { number: issueNumber(9) },
          { number: issueNumber(10), repository: { owner: 'octo', name: 'mail' } },
        ],
      },
    ],
    ['gates: [lint, my-tests2]', {}],
    [`gates: [a${a62}]`, {}],
    ['gates:\n  lint: off', {}],
    ['review: {by: ana}', {}],
    ['tdd:\n  by: ana', {}],
    ['persona:', {}],
  ])('with %s', (line, more) => {
    expect(read(withFiles(line))).toEqual({ spec: { ...stated, ...more }, diagnostics: [], dependencies: [] });
  });

  const types: SpecExpected = {
    kind: 'one of',
    values: ['feat', 'fix', 'refactor', 'docs', 'test', 'chore', 'perf', 'build', 'ci'],
  };
  const workers: SpecExpected = {
    kind: 'one of',
    values: ['implementation', 'tests', 'research', 'security', 'refactor'],
  };
  const booleans: SpecExpected = { kind: 'one of', values: ['true', 'false'] };
  const reviews: SpecExpected = { kind: 'one of', values: ['true', 'false', 'council'] };

  test.each<[string, string, SpecExpected, string?]>([
    ['type', 'feature', types, 'feat'],
    ['type', 'Fix', types, 'fix'],
    ['type', 'something', types],
    ['worker', 'test', workers, 'tests'],
    ['effort', 'hgih', { kind: 'one of', values: ['low', 'medium', 'high', 'max'] }, 'high'],
    ['slug', `${'a'.repeat(61)}`, { kind: 'slug' }],
    ['slug', 'a--b', { kind: 'slug' }],
    ['slug', '-a', { kind: 'slug' }],
    ['slug', 'a-', { kind: 'slug' }],
    ['slug', 'aB', { kind: 'slug' }],
    ['scope', `a${a39}a`, { kind: 'commit scope' }],
    ['scope', '.a', { kind: 'commit scope' }],
    ['scope', 'a b', { kind: 'commit scope' }],
    ['scope', 'ä', { kind: 'commit scope' }],
    ['persona', `a${a62}a`, { kind: 'instruction name' }],
    ['persona', '-a', { kind: 'instruction name' }],
    ['persona', '../a', { kind: 'instruction name' }],
    ['persona', 'a b', { kind: 'instruction name' }],
    ['agent', 'aB', { kind: 'name' }],
    ['agent', 'a_b', { kind: 'name' }],
    ['model', `a${a99}a`, { kind: 'model' }],
    ['model', '.a', { kind: 'model' }],
    ['model', 'a b', { kind: 'model' }],
    ['tdd', 'ture', booleans, 'true'],
    ['tdd', 'council', booleans],
    ['parallel', 'no', booleans],
    ['review', 'concil', reviews, 'council'],
    ['review', 'Council', reviews, 'council'],
    ['review', 'yes', reviews],
    ['priority', '4', { kind: 'priority' }],
    ['priority', 'p4', { kind: 'priority' }],
    ['priority', '12', { kind: 'priority' }],
    ['priority', 'pp1', { kind: 'priority' }],
    ['priority', 'hihg', { kind: 'priority' }, 'high'],
    ['estimate', '20', { kind: 'time' }],
    ['estimate', '0m', { kind: 'time' }],
    ['estimate', '0.00h', { kind: 'time' }],
    ['estimate', '10081m', { kind: 'time' }],
    ['estimate', '168h1m', { kind: 'time' }],
    ['estimate', '168.02h', { kind: 'time' }],
    ['estimate', '000020m', { kind: 'time' }],
    ['estimate', '0001h', { kind: 'time' }],
    ['estimate', '1.255h', { kind: 'time' }],
    ['estimate', '.5h', { kind: 'time' }],
    ['estimate', '30m1h', { kind: 'time' }],
    ['estimate', '1h30', { kind: 'time' }],
    ['estimate', '2  h', { kind: 'time' }],
    ['estimate', 'a 20m', { kind: 'time' }],
    ['estimate', '20ms', { kind: 'time' }],
    ['estimate', '2hm', { kind: 'time' }],
    ['attempts', '0', { kind: 'attempts' }],
    ['attempts', '11', { kind: 'attempts' }],
    ['attempts', '100', { kind: 'attempts' }],
    ['attempts', '01', { kind: 'attempts' }],
    ['attempts', '1.0', { kind: 'attempts' }],
    ['budget', '0', { kind: 'amount' }],
    ['budget', '0.00', { kind: 'amount' }],
    ['budget', '1000000', { kind: 'amount' }],
    ['budget', '1.234', { kind: 'amount' }],
    ['budget', '5$', { kind: 'amount' }],
    ['budget', '$$5', { kind: 'amount' }],
    ['budget', '.5', { kind: 'amount' }],
    ['budget', 'USD 5', { kind: 'amount' }],
    ['branch', `${a99}${a99}aaa`, { kind: 'branch template' }],
    ['base', 'a..b', { kind: 'branch' }],
  ])('does not take %s: %s', (key, value, expected, near) => {
    expect(read(withFiles(`${key}: ${value}`))).toStrictEqual({
      spec: stated,
      diagnostics: [wrong(key, value.slice(0, 100), expected, 2, near)],
      dependencies: [],
    });
  });

  test.each<[string, string, readonly Diagnostic[], Partial<SegmentSpec>]>([
    ['a list for one value', 'Type: [fix, docs]', [wrong('Type', 'fix, docs', types, 2, 'fix')], {}],
    ['a list of one for one value', 'type:\n  - fix', [wrong('type', 'fix', types, 3, 'fix')], {}],
    ['an empty list for one value', 'type: []', [wrong('type', '', types, 2)], {}],
    ['a space before a branch', 'branch: " x"', [wrong('branch', ' x', { kind: 'branch template' }, 2)], {}],
    ['an empty branch', 'branch: ""', [wrong('branch', '', { kind: 'branch template' }, 2)], {}],
    ['a comma in a quoted name', 'skills: "a, b"', [wrong('skills', 'a, b', { kind: 'instruction name' }, 2)], {}],
    [
      'some wrong names',
      'skills:\n  - a\n  - -B\n  - c',
      [wrong('skills', '-B', { kind: 'instruction name' }, 4)],
      { skills: ['a', 'c'] },
    ],
    ['a comma in an item', 'skills:\n  - a, b', [wrong('skills', 'a, b', { kind: 'instruction name' }, 3)], {}],
    ['a long wrong name', `skills: [${a99}aBC]`, [wrong('skills', `${a99}a`, { kind: 'instruction name' }, 2)], {}],
    [
      'a wrong path',
      'context: [/etc/passwd, a.md]',
      [wrong('context', '/etc/passwd', { kind: 'paths' }, 2)],
      { context: ['a.md'] },
    ],
    [
      'a wrong reference',
      'conflicts-with: cart, #8',
      [wrong('conflicts-with', 'cart', { kind: 'issues' }, 2)],
      { conflictsWith: [{ number: issueNumber(8) }] },
    ],
    ['a wrong dependency', 'blocked_by: cart', [wrong('blocked_by', 'cart', { kind: 'issues' }, 2)], {}],
    [
      'a wrong gate',
      'gates: [lint, 1a, A]',
      [wrong('gates', '1a', { kind: 'gates' }, 2), wrong('gates', 'A', { kind: 'gates' }, 2)],
      {},
    ],
    ['a gate of 64 letters', `gates: [aa${a62}]`, [wrong('gates', `aa${a62}`, { kind: 'gates' }, 2)], {}],
    [
      'a key under two names',
      'scope: a\ncommit-scope: b',
      [wrong('commit-scope', 'b', { kind: 'key said once', line: 2, written: 'scope' }, 3)],
      { commitScope: 'a' },
    ],
    [
      'an unknown key',
      'scopes: a',
      [warning({ kind: 'SPEC_KEY', at: at(2), key: 'scopes', known: KEYS, nearest: 'scope' })],
      {},
    ],
    [
      'an unknown key that resembles none',
      'zzzzzz: a',
      [warning({ kind: 'SPEC_KEY', at: at(2), key: 'zzzzzz', known: KEYS })],
      {},
    ],
    [
      'a line that is no key',
      'words',
      [error({ kind: 'FRONT_MATTER', at: at(2), why: { kind: 'not a pair', text: 'words' } })],
      {},
    ],
  ])('reports %s', (_, lines, diagnostics, more) => {
    expect(read(withFiles(...lines.split('\n')))).toStrictEqual({
      spec: { ...stated, ...more },
      diagnostics,
      dependencies: [],
    });
  });

  test('reports a wrong label without a line, and labels that disagree', () => {
    expect(read(withFiles(), { labels: ['worker:tets', 'model:a', 'model:b'] })).toEqual({
      spec: stated,
      diagnostics: [
        wrong('model', 'a, b', { kind: 'one label', key: 'model' }),
        wrong('worker', 'tets', workers, undefined, 'tests'),
      ],
      dependencies: [],
    });
  });

  test.each<[string, string, Partial<SegmentSpec>]>([
    ['Type', 'Bug', { type: 'fix' }],
    ['Type', '🐛 Bug', { type: 'fix' }],
    ['Type', ':bug: Bug fix (non-breaking)', { type: 'fix' }],
    ['Type', 'Feature request', { type: 'feat' }],
    ['Type', 'Documentation', { type: 'docs' }],
    ['Type', 'type: refactor', { type: 'refactor' }],
    ['Priority', 'P1', { priority: 1 }],
    ['Priority', 'P4', { priority: 3 }],
    ['Priority', 'High (P1)', { priority: 1 }],
    ['Priority', '🔴 High', { priority: 1 }],
    ['Priority', '**Critical** - blocks the release', { priority: 0 }],
    ['Priority', 'Must have', { priority: 0 }],
    ['Priority', 'Could have', { priority: 2 }],
    ['Priority', 'priority/0 (Critical)', { priority: 0 }],
    ['🚦 Priority', 'low', { priority: 3 }],
    ['Estimate', '2d', { estimateMinutes: 960 }],
    ['Estimate', '1 week', { estimateMinutes: 2400 }],
    ['Estimate', 'about 2 hours', { estimateMinutes: 120 }],
    ['Estimate', '~45 minutes', { estimateMinutes: 45 }],
    ['Estimate', '1h30m', { estimateMinutes: 90 }],
    ['Worker', 'QA', { worker: 'tests' }],
    ['Worker', 'Spike', { worker: 'research' }],
    ['Effort', 'Normal', { effort: 'medium' }],
    ['TDD', 'No', { tdd: false }],
    ['Review', 'yes', { review: true }],
    ['Parallel', '- [X] No', { parallel: false }],
    ['Priority', 'Not sure', {}],
    ['Type', 'N/A', {}],
    ['Persona', 'none', {}],
  ])('takes what an answer plainly means: %s, %s', (heading, answer, more) => {
    const body = `${withFiles()}\n### ${heading}\n\n${answer}`;
    expect(read(body)).toEqual({ spec: { ...stated, ...more }, diagnostics: [], dependencies: [] });
  });

  const priority: SpecExpected = { kind: 'priority' };
  test.each<[string, string, SpecExpected]>([
    ['Priority', '4', priority],
    ['Priority', 'As soon as possible', priority],
    ['Estimate', '5 points', { kind: 'time' }],
    ['Estimate', 'M', { kind: 'time' }],
    ['Estimate', '2-4 hours', { kind: 'time' }],
    ['Estimate', '9999 days', { kind: 'time' }],
    ['Worker', 'backend', workers],
    ['Worker', 'implementaton', workers],
    ['Type', 'Task', types],
    ['Scope', '.cart', { kind: 'commit scope' }],
    ['Context', 'https://example.com/cart', { kind: 'paths' }],
  ])('warns of an answer to another question: %s, %s', (heading, value, expected) => {
    const key = heading.toLowerCase();
    expect(read(`${withFiles()}\n### ${heading}\n\n${value}`)).toEqual({
      spec: stated,
      diagnostics: [warning({ kind: 'ANSWER_UNREAD', at: at(7), key, value, expected })],
      dependencies: [],
    });
  });

  test('warns of files that a form names in another way, and of labels of others', () => {
    expect(read('Do it.\n### Files\n\nhttps://example.com/cart').diagnostics).toEqual([
      warning({ kind: 'BAD_GLOB', at: at(4), glob: 'https://example.com/cart', why: 'empty part' }),
      scopeUnknown(2),
    ]);
    expect(read(withFiles(), { labels: ['effort:13', 'priority:P1', 'priority:high'] })).toEqual({
      spec: { ...stated, priority: 1 },
      diagnostics: [
        warning({
          kind: 'ANSWER_UNREAD',
          at: at(),
          key: 'effort',
          value: '13',
          expected: { kind: 'one of', values: ['low', 'medium', 'high', 'max'] },
        }),
      ],
      dependencies: [],
    });
  });

  test('takes its slug from the front matter, else from the title, else from its number', () => {
    expect(read(withFiles('slug: mine'), { title: 'Other' }).spec.slug).toBe('mine');
    expect(read(withFiles(), { title: 'feat: Other words' }).spec.slug).toBe('other-words');
    expect(read(withFiles(), { title: 'カート' }).spec.slug).toBe('segment-7');
  });

  test('has the criteria of its text', () => {
    expect(read('---\nfiles: [a.ts]\n---\n## Acceptance criteria\n- [x] AC-1: One')).toEqual({
      spec: { ...stated, criteria: [{ id: 'AC-1', text: 'One', line: 5, state: 'met' }] },
      diagnostics: [],
      dependencies: [],
    });
  });

  test('reports at most 50 problems, errors before warnings', () => {
    const names = (count: number, line: (at: number) => string) => Array.from({ length: count }, (_, at) => line(at));
    const warnings = names(48, (each) => `zzzzzz${each}: a`);
    const errors = ['persona: -a', 'agent: B'];
    const kinds = (...lines: readonly string[]) => read(withFiles(...lines)).diagnostics.map(({ level }) => level);
    expect(kinds(...warnings, ...errors)).toEqual([...warnings.map(() => 'warning'), 'error', 'error']);
    const { diagnostics } = read(withFiles('yyyyyy: a', ...warnings, ...errors));
    expect(diagnostics).toHaveLength(50);
    expect(diagnostics.slice(0, 4)).toEqual([
      wrong('persona', '-a', { kind: 'instruction name' }, 51),
      wrong('agent', 'B', { kind: 'name' }, 52),
      warning({ kind: 'SPEC_KEY', at: at(2), key: 'yyyyyy', known: KEYS }),
      warning({ kind: 'SPEC_KEY', at: at(3), key: 'zzzzzz0', known: KEYS }),
    ]);
    expect(diagnostics.at(-1)).toEqual(warning({ kind: 'SPEC_KEY', at: at(49), key: 'zzzzzz46', known: KEYS }));
  });
});

describe('the files of a spec', () => {
  const files = (...lines: readonly string[]) => {
    const { spec, diagnostics } = read(front(...lines));
    return { files: spec.files, from: spec.filesFrom, diagnostics };
  };
  const badGlob = (glob: string, why: Extract<Problem, { kind: 'BAD_GLOB' }>['why'], line = 2): Diagnostic =>
    error({ kind: 'BAD_GLOB', at: at(line), glob, why });

  test.each<[string, readonly string[], readonly string[], readonly Diagnostic[]]>([
    ['in a list', ['files: [a.ts, b/**]'], ['a.ts', 'b/**'], []],
    ['in one text', ['files: a.ts, {b,c}/d'], ['a.ts', '{b,c}/d/**'], []],
    ['in quotes', ['files: "a, b.ts"'], ['a, b.ts'], []],
    ['without spaces around them', ['files: [" a.ts "]'], ['a.ts'], []],
    ['each once', ['files: [a, b.ts, a/**, a]'], ['a/**', 'b.ts'], []],
    ['with exclusions', ['files: ["**", "!docs/**"]'], ['**', '!docs/**'], []],
    [
      'that are everything',
      ['type: fix', 'files: [a.ts, "**"]'],
      ['a.ts', '**'],
      [warning({ kind: 'SCOPE_EVERYTHING', at: at(3) })],
    ],
    ['that are everything but in one folder', ['files: ["src/**"]'], ['src/**'], []],
    [
      'of which some are wrong',
      ['files:', '  - a', '  - /b', '  - ../c', '  - d'],
      ['a/**', 'd/**'],
      [badGlob('/b', 'absolute', 4), badGlob('../c', 'dot part', 5)],
    ],
    ['of which a long one is wrong', [`files: [/${a99}a]`], [], [badGlob(`/${a99}`, 'absolute')]],
    ['of which an empty one is wrong', ['files: [""]'], [], [badGlob('', 'empty')]],
    ['that are only exclusions', ['files: ["!a", "!b"]'], [], [badGlob('!a', 'only exclusions')]],
    ['that exclude themselves', ['files: [a, "!**"]'], [], [badGlob('a', 'excludes everything')]],
  ])('are stated %s', (_, lines, globs, diagnostics) => {
    expect(files(...lines)).toEqual({ files: globs, from: 'stated', diagnostics });
  });

  test.each([
    ['src/cart', 'src/cart/**'],
    ['cart', 'cart/**'],
    ['src/cart/', 'src/cart/'],
    ['src/{cart,till}', 'src/{cart,till}/**'],
    ['app/blog/[slug]', 'app/blog/[slug]/**'],
    ['"!src/cart"', '!src/cart/**'],
    ['src/Shop.Api', 'src/Shop.Api/**'],
    ['docs/v1.2', 'docs/v1.2/**'],
    ['.storybook', '.storybook/**'],
    ['src/cart.ts', 'src/cart.ts'],
    ['src/cart.{ts,tsx}', 'src/cart.{ts,tsx}'],
    ['src/{a.ts,b.ts}', 'src/{a.ts,b.ts}'],
    ['{src/cart,docs/a.md}', '{src/cart,docs/a.md}'],
    ['src/c*', 'src/c*'],
    ['src/cart?', 'src/cart?'],
    ['Makefile', 'Makefile'],
    ['docker/Dockerfile', 'docker/Dockerfile'],
    ['.gitignore', '.gitignore'],
    ['.env', '.env'],
    ['src/.npmrc', 'src/.npmrc'],
    [`src/${'d'.repeat(505)}`, `src/${'d'.repeat(505)}/**`],
    [`src/${'d'.repeat(506)}`, `src/${'d'.repeat(506)}`],
  ])('name a directory with all that is below it: %s', (written, meant) => {
    expect(files(`files: [x.ts, ${written}]`)).toMatchObject({ files: ['x.ts', meant] });
  });

  test('may be none, which is a warning where it is said', () => {
    expect(files('type: fix', 'files: []')).toEqual({ files: [], from: 'none', diagnostics: [scopeUnknown(3)] });
  });

  test('are at most 100', () => {
    const globs = Array.from({ length: 101 }, (_, each) => `d${each}.ts`);
    expect(files(`files: [${globs.slice(1).join(', ')}]`)).toEqual({
      files: globs.slice(1),
      from: 'stated',
      diagnostics: [],
    });
    expect(files('type: fix', `files: [${globs.join(', ')}]`)).toEqual({
      files: globs.slice(0, 100),
      from: 'stated',
      diagnostics: [error({ kind: 'LIMIT_EXCEEDED', at: at(3), what: 'globs', found: 101, limit: 100 })],
    });
  });

  test('are inferred from the text, without the documents of its context', () => {
    expect(read('Change src/a.ts and docs/b.md.')).toEqual({
      spec: { ...defaults, files: ['docs/**', 'src/**'], filesFrom: 'inferred' },
      diagnostics: [],
      dependencies: [],
    });
    expect(read('---\ncontext: [docs/b.md]\n---\nChange src/a.ts as in docs/b.md.')).toEqual({
      spec: { ...defaults, context: ['docs/b.md'], files: ['src/**'], filesFrom: 'inferred' },
      diagnostics: [],
      dependencies: [],
    });
  });

  test('are not inferred if they are stated', () => {
    expect(read('---\nfiles: [a.ts]\n---\nChange src/a.ts.').spec).toEqual(stated);
    expect(read('---\nfiles: []\n---\nChange src/a.ts.').spec).toEqual(defaults);
  });
});

describe('the dependencies of a spec', () => {
  const issue = (body: string) => ({ number: issueNumber(7), title: 'Add the cart', body, labels: [] });
  const mail = (owner: string, name: string) => ({ number: issueNumber(4), repository: { owner, name } });

  test('are those of the front matter and of the text, each with its place', () => {
    expect(
      read('---\nfiles: [a.ts]\nBlocked_by:\n - 3\n - octo/mail#4\n---\nDepends on #5, #3\nBlocked by Octo/Mail#4'),
    ).toEqual({
      spec: { ...stated, dependsOn: [{ number: 3 }, mail('Octo', 'Mail'), { number: 5 }] },
      diagnostics: [],
      dependencies: [
        { ref: { number: 3 }, line: 4, text: 'Blocked_by: 3', inFrontMatter: true },
        { ref: mail('octo', 'mail'), line: 5, text: 'Blocked_by: octo/mail#4', inFrontMatter: true },
        { ref: { number: 5 }, line: 7, text: 'Depends on #5, #3' },
        { ref: { number: 3 }, line: 7, text: 'Depends on #5, #3' },
        { ref: mail('Octo', 'Mail'), line: 8, text: 'Blocked by Octo/Mail#4' },
      ],
    });
  });

  test('that name no issue are errors', () => {
    const body = '---\nfiles: [a.ts]\ndepends-on: [x, 3]\n---\nDepends on #0 and #4';
    expect(read(body)).toEqual({
      spec: { ...stated, dependsOn: [{ number: 3 }, { number: 4 }] },
      diagnostics: [wrong('depends-on', 'x', { kind: 'issues' }, 3), wrong('depends-on', '#0', { kind: 'issues' }, 5)],
      dependencies: [
        { ref: { number: 3 }, line: 3, text: 'depends-on: 3', inFrontMatter: true },
        { ref: { number: 4 }, line: 5, text: 'Depends on #0 and #4' },
      ],
    });
  });

  test('are all that is read of a group', () => {
    const body = '---\ntype: x\nfilez: a\nBlocked_By: [x, 3]\n---\nDepends on #0';
    expect(readDependenciesOf(issue(body))).toEqual({
      dependencies: [{ ref: { number: 3 }, line: 4, text: 'Blocked_By: 3', inFrontMatter: true }],
      diagnostics: [wrong('Blocked_By', 'x', { kind: 'issues' }, 4), wrong('depends-on', '#0', { kind: 'issues' }, 6)],
    });
    expect(readDependenciesOf(issue(''))).toEqual({ dependencies: [], diagnostics: [] });
  });
});

describe('the text of an issue', () => {
  const emptyTask = error({ kind: 'EMPTY_TASK', at: at() });

  test.each([
    ['is empty', ''],
    ['is white space', ' \r\n\t'],
    ['is a comment', '<!-- a -->'],
    ['is comments and white space', ' <!-- a -->\n\n<!--\nb\n--> <!-- --> '],
    ['is a comment after front matter', '---\ntype: fix\n---\n<!-- a -->'],
  ])('asks for nothing if it %s', (_, body) => {
    expect(read(body).diagnostics).toEqual([emptyTask, scopeUnknown()]);
  });

  test.each([
    ['is a word', 'a'],
    ['stands before a comment', 'a <!-- b -->'],
    ['stands behind a comment', '<!-- b --> a'],
    ['stands between comments', '<!-- b -->a<!-- c -->'],
    ['is code', '```\na\n```'],
    ['is a quote', '> a'],
    ['is the end of a comment', '-->'],
    ['is the start of a comment, broken over two lines', '<!-\n- a'],
  ])('asks for something if it %s', (_, body) => {
    expect(read(body).diagnostics).toEqual([scopeUnknown()]);
  });

  const open = (line: number) => warning({ kind: 'COMMENT_OPEN', at: at(line) });
  test.each<[string, string, readonly Diagnostic[]]>([
    ['at its start', ' <!-- a\nb', [emptyTask, open(1), scopeUnknown()]],
    ['that ends at once', '<!-->a', [open(1), scopeUnknown()]],
    ['below words', 'a\n\n<!-- b\nc', [open(3), scopeUnknown()]],
    ['in a paragraph', 'a <!-- b -->\nc <!-- d\n\ne', [open(2), scopeUnknown()]],
    ['in code', 'Take `<!--` out.', [open(1), scopeUnknown()]],
    ['with the end of another one before it', '--> a <!-- b', [open(1), scopeUnknown()]],
    ['that ends', 'a <!--\nb --!> c', [scopeUnknown()]],
  ])('is reported if it holds a comment %s', (_, body, diagnostics) => {
    expect(read(body).diagnostics).toEqual(diagnostics);
  });

  test.each<[string, boolean]>([
    ['a <!-- b --> c', true],
    ['a <!----> <!-- --> c', false],
    ['a <!-- --> <!-- b --> <!-- c', true],
    ['a <!-- c', false],
    ['a', false],
  ])('%j has comments with words: %j', (body, has) => {
    expect(read(body).hasComments ?? false).toBe(has);
  });

  test('is reported if it holds hidden characters', () => {
    expect(read(withFiles('# \u200b\u202e')).diagnostics).toEqual([
      warning({ kind: 'HIDDEN_TEXT', at: at(), count: 2 }),
    ]);
  });

  test('is read up to its limit, in characters', () => {
    const limit = error({
      kind: 'LIMIT_EXCEEDED',
      at: at(),
      what: 'characters',
      found: BODY_CHARS + 1,
      limit: BODY_CHARS,
    });
    const line = '\n\nDepends on #3';
    const filled = `${'a'.repeat(BODY_CHARS - line.length)}${line}`;
    expect(BODY_CHARS).toBe(65_536);
    expect(read(filled)).toMatchObject({ dependencies: [{ line: 3 }], diagnostics: [scopeUnknown()] });
    expect(read(`b${filled}`)).toEqual({
      spec: defaults,
      diagnostics: [
        limit,
        warning({ kind: 'DEPENDENCY_UNREAD', at: at(3), text: 'Depends on #', why: 'no issue' }),
        scopeUnknown(),
      ],
      dependencies: [],
    });
    expect(read('😀'.repeat(BODY_CHARS)).diagnostics).toEqual([scopeUnknown()]);
    expect(read('😀'.repeat(BODY_CHARS + 1)).diagnostics).toEqual([limit, scopeUnknown()]);
  });
});

describe('the lines and the task list of a body', () => {
  test('come after its front matter, with their numbers', () => {
    const body = '---\ntype: fix\n---\n- [ ] #3\n> - [ ] #4\n\n- [x] #5 (depends on #3)\n- [x] #3 again';
    expect(readableLinesOf(body).map(({ number, text }) => `${number}: ${text}`)).toEqual([
      '4: - [ ] #3',
      '7: - [x] #5 (depends on #3)',
      '8: - [x] #3 again',
    ]);
    expect(readTaskList(body)).toEqual([
      { number: 3, line: 4, text: '- [ ] #3', state: 'open', dependsOn: [] },
      { number: 5, line: 7, text: '- [x] #5 (depends on #3)', state: 'met', dependsOn: [{ number: 3 }] },
    ]);
    expect(readTaskList('')).toEqual([]);
  });

  test('keep issues of other repositories apart', () => {
    const body = '- [ ] octo/shop#3\n- [ ] octo/mail#4';
    const foreign = (number: number, name: string, line: number) => ({
      ref: { number, repository: { owner: 'octo', name } },
      line,
      text: `- [ ] octo/${name}#${number}`,
    });
    const own = { owner: 'octo', name: 'shop' };
    expect(readTaskList(body, own)).toEqual([
      { number: 3, line: 1, text: '- [ ] octo/shop#3', state: 'open', dependsOn: [] },
    ]);
    expect(readTasks(body, own).elsewhere).toEqual([foreign(4, 'mail', 2)]);
    expect(readTaskList(body)).toEqual([]);
    expect(readTasks(body).elsewhere).toEqual([foreign(3, 'shop', 1), foreign(4, 'mail', 2)]);
  });

  test('are read in a body of as many letters of two units as GitHub takes, and no further', () => {
    const item = '\n- [ ] #3';
    const letters = '😀'.repeat(BODY_CHARS);
    expect(readTaskList(`${letters.slice(item.length)}${item}`)).toHaveLength(1);
    expect(readTaskList(`${letters}${item}`)).toEqual([]);
  });
});

describe('the report of what was read', () => {
  const taken = (body: string, more: More = {}): readonly string[] =>
    readWhole(body, more).reading.taken.map(
      ({ what, value, said, source }) =>
        `${what} = ${value}${said === undefined ? '' : ` (${said})`}, ${source.kind} ${source.kind === 'label' ? source.label : 'line' in source ? source.line : ''}`,
    );
  const passed = (body: string, more: More = {}): readonly string[] =>
    readWhole(body, more).reading.passedOver.map(
      ({ what, source, why }) => `${what}: ${why}, ${source.kind} ${'line' in source ? source.line : ''}`,
    );

  test('names each value that counts, as it was understood, with its place', () => {
    const body = [
      '---',
      'files:',
      '  - src/a',
      '  - b.ts',
      'skills: [x, y]',
      '---',
      'Do it.',
      '### Type',
      'Bug',
      '## Acceptance criteria',
      '- [ ] One',
      '- [x] Two',
    ].join('\n');
    expect(taken(body, { labels: ['P1'] })).toEqual([
      'criteria = 2, section 11',
      'type = fix (Bug), form answer 9',
      'priority = P1, label P1',
      'skills = x, y, front matter 5',
      'slug = add-the-cart, title ',
      'files = src/a/**, b.ts, front matter 2',
    ]);
    expect(passed(body)).toEqual([]);
  });

  test('has one entry for each guess of files', () => {
    expect(taken(`${front('slug: x')}\nsrc/a.ts, src/b.ts\nlib/c.ts`)).toEqual([
      'slug = x, front matter 2',
      'files = lib/**, text 6',
      'files = src/**, text 5',
    ]);
  });

  test('has no value that is wrong', () => {
    expect(taken(front('worker: x', 'files: [/a]', 'skills: [a b]', 'slug: x'))).toEqual([
      'slug = x, front matter 2'.replace('2', '5'),
    ]);
  });

  test.each<[string, readonly string[]]>([
    [
      front('gates: [lint]', 'attempts: 2', 'base: develop'),
      ['attempts: no effect, front matter 3', 'base: no effect, front matter 4', 'gates: no effect, front matter 2'],
    ],
    [
      front('gates:', '  lint: off', 'tdd: {a: b}'),
      ['tdd: no effect, front matter 4', 'gates: no effect, front matter 2'],
    ],
    ['### Priority\nNot sure', ['priority: left open, form answer 2']],
    ['a\n- [ ] b', ['criteria: boxes, text 2']],
    ['a\n- [ ] b\n## Done when\n- [ ] c', []],
    ['### Priority\n- [ ] P1\n- [x] P2', []],
    ['Dependencies:\n- #3\n- the lawyers', ['depends-on: no issue, text 3']],
    ['## Dependencies\nreact 19', ['depends-on: no issue, text 1']],
    ['## Dependencies\nnone', []],
    ['Priority: high', ['priority: in the text, text 1']],
    ['## Priority\nhigh', ['priority: other heading, section 1']],
    ['### Files\n```\nsrc/**\n```', []],
    [
      '\n```yaml\nfiles: [a]\nnotes: b\nDepends_On: 3\n```\nDo it.',
      ['files: in code, text 3', 'depends-on: in code, text 5'],
    ],
    ['Do it.\n```yaml\nfiles: [a]\n```', []],
    ['```yaml\nfiles: [a]', []],
  ])('has what was not used: %j', (body, all) => {
    expect(passed(body)).toEqual(all);
  });

  test('is kept with the rest of what was read', () => {
    expect(readWhole('Do it.').reading).toBe(readWhole('Do it.').reading);
  });
});
