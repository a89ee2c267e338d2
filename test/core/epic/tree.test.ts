/** Which issues are an epic's segments, and which are groups of them (SPEC R1.1, R1.2). */
import { describe, expect, test } from 'vitest';
import { readTree, type Tree } from '../../../src/core/epic/tree.ts';
import type { Diagnostic, Place } from '../../../src/core/model/problem.ts';
import type { Issue, OtherIssue } from '../../../src/core/model/snapshot.ts';
import { at, below, epic, error, type Facts, other, ref, warning } from './shop.ts';

const LIMITS = { segments: 200, waves: 50, dispatches: 500 };

const tree = (
  issues: readonly Issue[],
  facts: { readonly epic?: Facts; readonly others?: readonly OtherIssue[]; readonly segments?: number } = {},
): Tree =>
  readTree(epic(facts.epic), issues, facts.others ?? [], ({ madeFor }) => madeFor !== undefined, {
    ...LIMITS,
    segments: facts.segments ?? LIMITS.segments,
  });

/** `sub-issues: 2 3`, then a line for each group with its leaves. */
const shape = ({ source, leaves, groups }: Tree): readonly string[] => [
  `${source}: ${leaves.map(({ number }) => number).join(' ')}`,
  ...[...groups].map(([group, all]) => `#${group} = ${all.join(' ')}`).sort(),
];

const alone = (number: number, facts: Facts = {}): Issue => below(number, { ...facts, parent: 'none' });

describe('the shape of an epic', () => {
  test.each<[string, readonly Issue[], Facts, readonly string[]]>([
    ['without any issue is its own segment, and groups nothing', [], {}, ['the epic itself: 1']],
    ['with one sub-issue has that segment', [below(2)], {}, ['sub-issues: 2', '#1 = 2']],
    [
      'lists its segments by number, in whatever order GitHub gives them',
      [below(12), below(3), below(100), below(2)],
      {},
      ['sub-issues: 2 3 12 100', '#1 = 2 3 12 100'],
    ],
    [
      'knows a child that only the epic names, and a child that only names the epic',
      [alone(2), below(3), below(4)],
      { children: [2, 4] },
      ['sub-issues: 2 3 4', '#1 = 2 3 4'],
    ],
    [
      'splits a group into its leaves',
      [below(2), below(3), below(10, { parent: 3 }), below(9, { parent: 3 })],
      {},
      ['sub-issues: 2 9 10', '#1 = 2 9 10', '#3 = 9 10'],
    ],
    [
      'splits a group that names its parts, which do not name it',
      [below(3, { children: [9, 10] }), alone(9), alone(10)],
      {},
      ['sub-issues: 9 10', '#1 = 9 10', '#3 = 9 10'],
    ],
    [
      'counts the leaves of a group in every group above it',
      [below(2), below(3, { parent: 2 }), below(4, { parent: 3 }), below(5, { parent: 2 })],
      {},
      ['sub-issues: 4 5', '#1 = 4 5', '#2 = 4 5', '#3 = 4'],
    ],
    [
      'counts an issue below two groups once',
      [below(2, { children: [4] }), below(3, { children: [4] }), below(4, { parent: 2 })],
      {},
      ['sub-issues: 4', '#1 = 4', '#2 = 4', '#3 = 4'],
    ],
    [
      'has a segment of an issue that is its own parent',
      [below(2, { children: [2] })],
      {},
      ['sub-issues: 2', '#1 = 2'],
    ],
    [
      'has a segment of an issue that names only itself as its parent',
      [below(2, { parent: 2 }), below(3)],
      { children: [2, 3] },
      ['sub-issues: 2 3', '#1 = 2 3'],
    ],
    [
      'is not a segment of a group that names it',
      [below(2, { children: [1, 3] }), alone(3)],
      {},
      ['sub-issues: 3', '#1 = 3', '#2 = 3'],
    ],
    [
      'ends, although two groups are parts of each other',
      [below(2, { children: [3] }), below(3, { parent: 2, children: [2, 4] }), alone(4)],
      {},
      ['sub-issues: 4', '#1 = 4', '#2 = 4', '#3 = 4'],
    ],
    [
      'with a task list is not a segment of an item that names it',
      [alone(2, { children: [1, 3] }), alone(3)],
      { body: '- [ ] #2' },
      ['task list: 3', '#1 = 3', '#2 = 3'],
    ],
    [
      'has the segments of its task list, where it has no sub-issue',
      [alone(3), alone(2)],
      { body: '- [ ] #2\n- [x] #3' },
      ['task list: 2 3', '#1 = 2 3'],
    ],
    [
      'knows an issue of its task list by its full name',
      [alone(2)],
      { body: '- [ ] octo/shop#2' },
      ['task list: 2', '#1 = 2'],
    ],
    [
      'splits a group that its task list names',
      [alone(2), below(3, { parent: 2 }), below(4, { parent: 2 })],
      { body: '- [ ] #2' },
      ['task list: 3 4', '#1 = 3 4', '#2 = 3 4'],
    ],
    [
      'keeps the group that an issue of its task list has elsewhere',
      [below(2, { parent: 77 })],
      { body: '- [ ] #2' },
      ['task list: 2', '#1 = 2', '#77 = 2'],
    ],
    ['names itself in its task list, and is its own segment', [], { body: '- [ ] #1' }, ['the epic itself: 1']],
    ['does not count itself in its task list', [alone(2)], { body: '- [ ] #1\n- [ ] #2' }, ['task list: 2', '#1 = 2']],
    [
      'has no segments of its task list beside sub-issues',
      [below(2), alone(3)],
      { body: '- [ ] #3' },
      ['sub-issues: 2', '#1 = 2'],
    ],
    [
      'stays its own segment when Swarm adds a fix below it',
      [below(9, { madeFor: 'fix' })],
      {},
      ['the epic itself: 1 9', '#1 = 9'],
    ],
    ['stays its own segment when Swarm made it, too', [], { madeFor: 'follow-up' }, ['the epic itself: 1']],
    [
      'knows the issues of its task list at the end of their items',
      [alone(2), alone(3)],
      { body: '- [ ] Add the cart (#2)\n- [ ] Add the till (#3)' },
      ['task list: 2 3', '#1 = 2 3'],
    ],
    [
      'keeps its task list when Swarm adds a fix below it',
      [alone(2), below(9, { madeFor: 'fix' })],
      { body: '- [ ] #2' },
      ['task list: 2 9', '#1 = 2 9'],
    ],
    [
      'has the fixes of Swarm beside its sub-issues, wherever they are',
      [below(2), below(8, { madeFor: 'fix' }), alone(9, { madeFor: 'fix' })],
      {},
      ['sub-issues: 2 8 9', '#1 = 2 8 9'],
    ],
  ])('an epic %s', (_, issues, facts, expected) => {
    const read = tree(issues, { epic: facts });
    expect(shape(read)).toStrictEqual(expected);
    expect(read.diagnostics).toStrictEqual([]);
  });

  test('knows which of its segments are open', () => {
    const issues = [below(2), below(3, { state: 'completed' }), below(4, { state: 'not planned' }), below(5)];
    expect([...tree(issues).open]).toStrictEqual([2, 5]);
    expect([...tree([], { epic: { state: 'completed' } }).open]).toStrictEqual([]);
  });

  test('holds the issues below the epic by number, and the epic itself last', () => {
    const issues = [below(12), below(3)];
    const read = tree(issues);
    expect([...read.issues]).toStrictEqual([
      [3, issues[1]],
      [12, issues[0]],
      [1, epic()],
    ]);
    expect(read.leaves).toStrictEqual([issues[1], issues[0]]);
  });

  test.each([
    ['https://github.com/octo/shop/issues/1', { owner: 'octo', name: 'shop' }],
    ['https://github.example.com/Octo-Cats/the.shop_2/issues/1234', { owner: 'Octo-Cats', name: 'the.shop_2' }],
    ['https://github.com/octo/shop/pull/1', undefined],
    ['https://github.com/octo/shop/issues/', undefined],
    ['https://github.com/octo/shop/issues/new', undefined],
    ['https://github.com/octo/shop/issues/1/edit', undefined],
    ['', undefined],
  ])('the repository of an epic at %j is %j', (url, own) => {
    expect(tree([], { epic: { url } }).own).toStrictEqual(own);
  });
});

describe('an issue that cannot be a segment', () => {
  const unknown = (place: Place, number: number) => error({ kind: 'UNKNOWN_ISSUE', at: place, ref: ref(`#${number}`) });
  const notAnIssue = (place: Place, number: number) =>
    error({ kind: 'NOT_AN_ISSUE', at: place, ref: ref(`#${number}`) });

  test.each<[string, readonly Issue[], Facts, readonly OtherIssue[], readonly Diagnostic[]]>([
    ['a child that is not there', [below(2)], { children: [2, 3] }, [], [unknown(at(1), 3)]],
    [
      'several children that are not there, by number',
      [below(2)],
      { children: [10, 9, 2] },
      [],
      [unknown(at(1), 9), unknown(at(1), 10)],
    ],
    [
      'a child that is a pull request below the epic',
      [below(2), below(3, { kind: 'pull request' })],
      {},
      [],
      [notAnIssue(at(1), 3)],
    ],
    [
      'a child that is a pull request elsewhere',
      [below(2)],
      { children: [3] },
      [other('#3', { kind: 'pull request' })],
      [notAnIssue(at(1), 3)],
    ],
    [
      'a child with the number of a pull request in another repository',
      [below(2)],
      { children: [3] },
      [other('octo/mail#3', { kind: 'pull request' })],
      [unknown(at(1), 3)],
    ],
    [
      'a child that is known as missing',
      [below(2)],
      { children: [3] },
      [other('#3', { kind: 'missing' })],
      [unknown(at(1), 3)],
    ],
    [
      'a part of a group that is not there, told at the group',
      [below(2, { children: [3, 4] }), alone(4)],
      {},
      [],
      [unknown(at(2), 3)],
    ],
    [
      'items of a task list, each told at its line and once',
      [alone(2), alone(4, { kind: 'pull request' })],
      { body: '- [ ] #2\n- [ ] #3\n\n- [ ] #4\n- [ ] #3' },
      [],
      [unknown(at(1, 2), 3), notAnIssue(at(1, 4), 4)],
    ],
    [
      'items of a task list in other repositories, told before the rest',
      [alone(2)],
      { body: '- [ ] #3\n- [ ] #2\n- [ ] octo/mail#4\n- [ ] https://github.com/octo/web/issues/5' },
      [],
      [
        error({
          kind: 'SPEC_VALUE',
          at: at(1, 3),
          key: 'task list',
          value: 'octo/mail#4',
          expected: { kind: 'issues of this repository' },
        }),
        error({
          kind: 'SPEC_VALUE',
          at: at(1, 4),
          key: 'task list',
          value: 'octo/web#5',
          expected: { kind: 'issues of this repository' },
        }),
        unknown(at(1, 1), 3),
      ],
    ],
    ['nothing in a task list beside sub-issues', [below(2)], { body: '- [ ] #3\n- [ ] octo/mail#4' }, [], []],
    [
      'a task list of other repositories alone',
      [],
      { body: '- [ ] octo/mail#4' },
      [],
      [
        error({
          kind: 'SPEC_VALUE',
          at: at(1, 1),
          key: 'task list',
          value: 'octo/mail#4',
          expected: { kind: 'issues of this repository' },
        }),
      ],
    ],
    [
      'an item that may stand for something else, beside items that do not',
      [alone(2)],
      { body: '- [ ] #2\n- [ ] Follow up on #3\n- [ ] Write the docs' },
      [],
      [
        error({ kind: 'TASK_UNREAD', at: at(1, 2), text: '- [ ] Follow up on #3', why: 'unclear' }),
        warning({ kind: 'TASK_UNREAD', at: at(1, 3), text: '- [ ] Write the docs', why: 'no issue' }),
      ],
    ],
    [
      'a mention in an epic that lists no issue',
      [],
      { body: '- [ ] Follow up on #3' },
      [],
      [warning({ kind: 'TASK_UNREAD', at: at(1, 1), text: '- [ ] Follow up on #3', why: 'unclear' })],
    ],
    [
      'a box that GitHub does not draw',
      [],
      { body: '- [] #3' },
      [],
      [error({ kind: 'TASK_UNREAD', at: at(1, 1), text: '- [] #3', why: 'broken box' })],
    ],
    ['nothing in a doubtful list beside sub-issues', [below(2)], { body: '- [] #3\n- #4\n- #5' }, [], []],
    [
      'a fix that is a pull request, told at the epic',
      [below(2), alone(9, { madeFor: 'fix', kind: 'pull request' })],
      {},
      [],
      [notAnIssue(at(1), 9)],
    ],
  ])('%s', (_, issues, facts, others, diagnostics) => {
    expect(tree(issues, { epic: facts, others }).diagnostics).toStrictEqual(diagnostics);
  });
});

describe('the limit of segments', () => {
  const tooMany = (found: number, limit: number) =>
    error({
      kind: 'LIMIT_EXCEEDED',
      at: at(1),
      what: 'segments',
      found,
      limit,
      configKey: 'limits.segments',
    });

  test.each<[string, readonly Issue[], number, string, readonly Diagnostic[]]>([
    ['as many as it says are fine', [below(2), below(3)], 2, 'sub-issues: 2 3', []],
    [
      'one more is an error, and the last is left out',
      [below(4), below(2), below(3)],
      2,
      'sub-issues: 2 3',
      [tooMany(3, 2)],
    ],
    ['of many, the smallest numbers stay', [2, 3, 4, 5, 6].map((n) => below(n)), 1, 'sub-issues: 2', [tooMany(5, 1)]],
    [
      'fixes do not count',
      [below(2), below(3, { madeFor: 'fix' }), below(4), below(5, { madeFor: 'fix' })],
      2,
      'sub-issues: 2 3 4 5',
      [],
    ],
    [
      'fixes stay when others are left out',
      [below(2), below(3, { madeFor: 'fix' }), below(4), below(5, { madeFor: 'fix' })],
      1,
      'sub-issues: 2 3 5',
      [tooMany(2, 1)],
    ],
  ])('%s', (_, issues, segments, leaves, diagnostics) => {
    const read = tree(issues, { segments });
    expect([shape(read)[0], read.diagnostics]).toStrictEqual([leaves, diagnostics]);
  });

  test('a segment that was left out is in no group', () => {
    const read = tree([below(2), below(3), below(4, { parent: 3 })], { segments: 1 });
    expect(shape(read)).toStrictEqual(['sub-issues: 2', '#1 = 2']);
  });
});
