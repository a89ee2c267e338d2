/**
 * Each fault that a person's text can have is found in an example of it, and has words. The tables want every kind.
 */
import { describe, expect, it } from 'vitest';
import { issueNumber } from '../../src/core/model/epic.ts';
import type {
  BranchFault,
  FrontMatterFault,
  GlobFault,
  ScopeFault,
  SpecExpected,
} from '../../src/core/model/problem/faults.ts';
import { globFault, scopeFault } from '../../src/core/scope/scope.ts';
import { branchFault } from '../../src/core/text/branch-name.ts';
import { readSpec } from '../../src/core/text/spec.ts';
import { sayBranchFault, sayFrontMatterFault, sayGlobFault, saySpecExpected } from '../../src/words/faults.ts';
import { voiceOf } from '../../src/words/voice.ts';

const say = voiceOf({ form: 'plain' });
const SENTENCE = /^[A-Z].{5,150}\.$/;
const CLAUSE = /^(?:[a-z]|").{5,150}[^.]$/;

const problemsOf = (body: string, labels: readonly string[] = []) =>
  readSpec({ number: issueNumber(7), title: 'The cart', body, labels }).diagnostics.map(({ problem }) => problem);

const front = (...lines: readonly string[]): string => `---\n${lines.join('\n')}\n---\nDo it.`;

const GLOBS: Readonly<Record<GlobFault, string>> = {
  empty: ' ',
  'too long': 'x'.repeat(513),
  'control character': 'a\0b',
  'outer space': ' a',
  backslash: 'a\\b',
  absolute: '/a',
  'home folder': '~/a',
  drive: 'C:/a',
  'extended glob': '@(a|b)',
  'negated twice': '!!a',
  'empty part': 'a//b',
  'dot part': '../a',
  'no path': '{,}',
  'backward range': '[b-a]',
  'too many alternatives': '{1..65}',
  'unmatched brace': '{a,b',
  'leading zero': '{01..10}',
};

const SCOPES: Readonly<Record<ScopeFault, readonly string[]>> = {
  'only exclusions': ['!src/**'],
  'excludes everything': ['src/a.ts', '!src/**'],
  'too many patterns': Array.from({ length: 7 }, () => '{1..64}'),
};

describe('globs', () => {
  it.each(Object.entries(GLOBS))('%s: %j', (fault, glob) => {
    expect(globFault(glob)).toBe(fault);
    expect(sayGlobFault(fault as GlobFault, say)).toMatch(SENTENCE);
  });

  it.each(Object.entries(SCOPES))('%s: %j', (fault, scope) => {
    expect(scope.map((glob) => globFault(glob))).toEqual(scope.map(() => undefined));
    expect(scopeFault(scope)).toBe(fault);
    expect(sayGlobFault(fault as ScopeFault, say)).toMatch(SENTENCE);
  });
});

/** Found by the plan, which knows other branches. */
type OfPlan = 'is the base' | 'inside another';
const BRANCHES: Readonly<Record<Exclude<BranchFault['kind'], OfPlan>, string>> = {
  empty: '',
  'too long': 'a'.repeat(245),
  'unknown placeholder': 'feat/{name}',
  'forbidden character': 'a b',
  'double dot': 'a..b',
  'reflog mark': 'a@{0}',
  reserved: 'HEAD',
  'leading dash': '-a',
  'leading refs': 'refs/heads/a',
  'trailing dot': 'a.',
  'commit id': '0'.repeat(40),
  'empty part': 'a//b',
  'dotted part': 'a/.b',
  'lock part': 'a.lock/b',
};

describe('branch names', () => {
  it.each(Object.entries(BRANCHES))('%s: %j', (kind, name) => {
    const fault = branchFault(name);
    expect(fault?.kind).toBe(kind);
    expect(fault && sayBranchFault(fault, say)).toMatch(SENTENCE);
  });

  it('clashes with other branches have words, too', () => {
    expect(sayBranchFault({ kind: 'is the base' }, say)).toMatch(SENTENCE);
    expect(sayBranchFault({ kind: 'inside another', branch: 'feat/cart', of: issueNumber(14) }, say)).toBe(
      'Git cannot keep it next to "feat/cart", the branch of #14.',
    );
  });
});

const FRONT_MATTER: Readonly<Record<FrontMatterFault['kind'], string>> = {
  'not closed': '---\ntype: fix\nDo it.',
  'control character': front('model: a\0b'),
  'repeated key': front('type: fix', 'Type: feat'),
  'not a pair': front('just words'),
  'space missing': front('type:fix'),
  'indented without key': front('  type: fix'),
  'indented below value': front('type: fix', '  more: x'),
  tab: front('files:', '\t- a'),
  'nested keys': front('type:', '  name: fix'),
  'empty item': front('files: [a,,b]'),
  'list not closed': front('files: [a,', 'b'),
  'text after list': front('files: [a] b'),
  'comma missing': front('files: ["a" b]'),
  'quoted text': front('model: "a'),
  alias: front('files: [*.ts]'),
  anchor: front('type: &x fix'),
  tag: front('type: !!js/function x'),
  'block text': front('model: |', '  a'),
  'list in list': front('files: [[a]]'),
  'reserved character': front('model: @a'),
  colon: front('model: a: b'),
};

describe('front matter', () => {
  it.each(Object.entries(FRONT_MATTER))('%s', (kind, body) => {
    const found = problemsOf(body).flatMap((problem) => (problem.kind === 'FRONT_MATTER' ? [problem.why] : []));
    expect(found.map((why) => why.kind)).toContain(kind);
    for (const why of found) expect(sayFrontMatterFault(why, say)).toMatch(CLAUSE);
  });
});

/** Found by the plan, which knows the other issues and the config. */
type Elsewhere =
  | 'issues of this repository'
  | 'segments of this epic'
  | 'agent of the config'
  | 'label of people'
  | 'one label';
const VALUES: Readonly<Record<Exclude<SpecExpected['kind'], Elsewhere>, string>> = {
  'one of': front('worker: test'),
  issues: front('depends-on: [soon]'),
  paths: front('context: [/etc/passwd]'),
  gates: front('gates: [9]'),
  name: front('agent: Uncle Bob'),
  'instruction name': front('persona: Uncle Bob'),
  slug: front('slug: The Cart'),
  'commit scope': front('scope: the cart'),
  model: front('model: a model'),
  priority: front('priority: 4'),
  time: front('estimate: soon'),
  attempts: front('attempts: 0'),
  amount: front('budget: much'),
  branch: front('base: a..b'),
  'branch template': front(`branch: ${'x'.repeat(201)}`),
  'key said once': front('files: [a]', 'edit-locus: [b]'),
};

const expectedIn = (body: string, labels: readonly string[] = []): readonly SpecExpected[] =>
  problemsOf(body, labels).flatMap((problem) => (problem.kind === 'SPEC_VALUE' ? [problem.expected] : []));

describe('values', () => {
  it.each(Object.entries(VALUES))('%s', (kind, body) => {
    const found = expectedIn(body);
    expect(found.map((expected) => expected.kind)).toEqual([kind]);
    for (const expected of found) expect(`It takes ${saySpecExpected(expected, say)}.`).toMatch(SENTENCE);
  });

  it('labels that disagree', () => {
    expect(
      expectedIn(front('files: [a]'), ['P1', 'P2', 'model:a', 'model:b']).map((each) => saySpecExpected(each, say)),
    ).toEqual([
      'one label `model:…`, not several that disagree',
      'one label `P0` to `P3` or `priority:…`, not several that disagree',
    ]);
  });
});
