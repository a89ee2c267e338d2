/** Merging, one pull request at a time, and everything that is settled after a merge. */
import { describe, expect, test } from 'vitest';
import { closeGroups, mergeNext, settleMerged } from '../../../src/core/decide/merge.ts';
import { issueNumber } from '../../../src/core/model/epic.ts';
import type { Act, Attempt, Outcome, SegmentRecord } from '../../../src/core/model/journal.ts';
import type { Report } from '../../../src/core/model/report.ts';
import type { Issue, Pull, Snapshot } from '../../../src/core/model/snapshot.ts';
import { approval, issue, pull, sha } from '../facts.ts';
import { decide, factsOf, failed, later, lost, NOW, published, recordWith, reportOf } from './records.ts';

const HEAD = sha('a1');
const opened = (segment: number, facts: Partial<Pull> = {}): Pull =>
  pull(100 + segment, `feat/segment-${segment}`, HEAD, { reviews: [approval(HEAD)], ...facts });
const reviewed = (segment: number, facts: Partial<SegmentRecord> = {}): SegmentRecord =>
  recordWith(segment, [{ outcome: published(segment, 'a1') }], facts);

describe('the next merge', () => {
  /** Segments #2, #3 and #4, all approved, one after the other. */
  const merges = (pulls: readonly Partial<Pull>[], acts: Record<string, Act> = {}, refusedAt?: number) => {
    const issues = [issue(4), issue(2, { blockedBy: [3] }), issue(3)];
    const refusal =
      refusedAt === undefined ? {} : { mergeRefusal: { head: HEAD, at: later(refusedAt), message: 'No' } };
    const { told } = decide(
      factsOf(issues, {
        segments: { 2: reviewed(2), 3: reviewed(3, refusal), 4: reviewed(4) },
        journal: { acts, segments: { 2: reviewed(2), 3: reviewed(3, refusal), 4: reviewed(4) } },
        snapshot: { pulls: [3, 4, 2].map((segment, at) => opened(segment, pulls[at] ?? {})) },
        config: { mergeMethod: 'rebase' },
      }),
      mergeNext,
    );
    return told;
  };
  const reason = (segment: number) => `may merge segment=${segment} head=…0000a1 approvedBy=["ana"]`;
  const merge = (segment: number): readonly string[] => [
    `merge {key="merge:10${segment}:000000000000" pull=10${segment} head=…0000a1 base="main" method="rebase" segment=… epic=1 approvedBy=["ana"]} — ${reason(segment)}`,
    `journal acts merge:10${segment}:000000000000: {at=0s by="me" state="intended"}`,
    'look again in 20 s',
  ];
  const unapproved = { reviews: [] };

  test.each<[string, readonly string[], readonly Partial<Pull>[]]>([
    ['is the first of the plan’s order, and only that', merge(3), [{}, {}, {}]],
    ['is a later one where the first is in review', merge(4), [unapproved, {}, {}]],
    ['is one of a later wave where the waves before it are in review', merge(2), [unapproved, unapproved, {}]],
    ['is none where all are in review', [], [unapproved, unapproved, unapproved]],
    [
      'marks a draft as ready first, and merges none',
      [`mark ready {pull=103 pullId="PR_103"} — ${reason(3)}`, 'look again in 20 s'],
      [{ draft: true }, {}, {}],
    ],
    [
      'asks again in five seconds, while GitHub does not know whether it can be merged',
      ['look again in 5 s'],
      [{ mergeable: 'unknown' }, unapproved, unapproved],
    ],
    [
      'goes past one of which GitHub does not know that',
      [...merge(4).slice(0, 2), 'look again in 5 s'],
      [{ mergeable: 'unknown' }, {}, {}],
    ],
    ['does not ask again because of a conflict or a rule', [], [{ mergeState: 'blocked' }, unapproved, unapproved]],
    ['does not ask again after the one that merges', merge(3), [{}, { mergeable: 'unknown' }, {}]],
  ])('%s', (_, expected, pulls) => {
    expect(merges(pulls)).toEqual(expected);
  });

  test('is asked for again a minute after a refusal', () => {
    expect(merges([{}, unapproved, unapproved], {}, -59_999)).toEqual(['look again in 60 s']);
    const act: Act = { at: NOW, by: 'you', state: 'refused' };
    expect(merges([{}, {}, {}], { 'merge:103:000000000000': act }, -60_000)).toEqual(merge(3));
  });

  test('that is done and does not show yet is not repeated', () => {
    const act: Act = { at: NOW, by: 'me', state: 'done' };
    expect(merges([{}, {}, {}], { 'merge:103:000000000000': act })).toEqual([]);
  });
});

const AC =
  '---\nfiles: [src/a/**]\n---\nWork.\n\n## Acceptance criteria\n\n- [ ] AC-1: It adds up\n- [ ] It is round\n';
const ticked = (body: string, ...ids: readonly string[]): string =>
  ids.reduce((text, id) => text.replace(`- [ ] ${id}`, `- [x] ${id}`), body);

describe('a merged segment', () => {
  const merged = opened(2, { state: 'merged', reviews: [] });
  interface World {
    readonly issues?: readonly Issue[];
    readonly report?: Partial<Report>;
    readonly attempts?: readonly Partial<Attempt>[];
    readonly pull?: Partial<Pull>;
    readonly branches?: Snapshot['branches'];
    readonly seen?: readonly Issue[];
    readonly epic?: Partial<Issue>;
    readonly segments?: Readonly<Record<number, SegmentRecord>>;
  }
  const settles = (world: World = {}) => {
    const issues = world.issues ?? [issue(2, { body: AC, state: 'completed' })];
    const attempts = world.attempts ?? [{ outcome: published(2, 'a1', world.report) }];
    const facts = factsOf(issues, {
      segments: { 2: recordWith(2, attempts), ...world.segments },
      snapshot: {
        pulls: [{ ...merged, ...world.pull }, opened(9, { state: 'merged', reviews: [] })],
        branches: world.branches ?? {},
      },
    });
    return decide({ ...facts, snapshot: { ...facts.snapshot, issues: world.seen ?? issues } }, settleMerged).told;
  };
  const evidence = (...ids: readonly string[]): Partial<Report> => ({
    agent: { summary: '', assumptions: [], criteria: ids.map((id) => ({ id, evidence: 'a.test.ts' })) },
  });
  const tick = (number: number, was: string, body: string, by = 102): string =>
    `tick criteria {issue=${number} was=${JSON.stringify(was)} body=${JSON.stringify(body)}} — criteria met segment=${number} pull=${by}`;

  test.each<[string, readonly string[], World]>([
    ['is left alone when all is done', [], {}],
    [
      'has the criteria ticked that its agent gave evidence for',
      [tick(2, AC, ticked(AC, 'It is round'))],
      { report: evidence('C2') },
    ],
    [
      'has no criterion ticked because a person approved it',
      [tick(2, AC, ticked(AC, 'It is round'))],
      { report: evidence('C2'), pull: { reviews: [approval(HEAD)] } },
    ],
    [
      'keeps its text where it changed since the authorisation',
      [],
      { report: evidence('C2'), seen: [{ ...issue(2, { body: AC, state: 'completed' }), digest: 'other' }] },
    ],
    [
      'has its branch deleted at the commit that was merged',
      ['delete branch {branch="feat/segment-2" head=…0000a1} — pull merged pull=102'],
      { branches: { 'feat/segment-2': HEAD } },
    ],
    ['keeps a branch that somebody pushed to after the merge', [], { branches: { 'feat/segment-2': sha('b2') } }],
  ])('%s', (_, expected, world) => {
    expect(settles(world)).toEqual(expected);
  });

  const kept = (branch: string, keptHead: string): Outcome => ({
    ...failed({ kind: 'NO_CHANGE' }),
    report: reportOf(2, {
      result: { kind: 'failed', problem: { kind: 'NO_CHANGE' }, kept: branch, keptHead: sha(keptHead) },
    }),
  });
  test('has the work deleted that its attempts kept, unless somebody went on with it', () => {
    const attempts = [
      { outcome: kept('wip/1', 'c1') },
      { outcome: kept('wip/2', 'c2') },
      { outcome: kept('wip/3', 'c3') },
      { outcome: published(2, 'a1') },
    ];
    expect(settles({ attempts, branches: { 'wip/1': sha('c1'), 'wip/2': sha('dd'), 'wip/3': sha('c3') } })).toEqual([
      'delete branch {branch="wip/1" head=…0000c1} — kept work obsolete pull=102',
      'delete branch {branch="wip/3" head=…0000c3} — kept work obsolete pull=102',
    ]);
  });

  test('has its issue closed as completed, after everything else', () => {
    const open = issue(2, { body: AC });
    expect(settles({ issues: [open], report: evidence('C2'), branches: { 'feat/segment-2': HEAD } })).toEqual([
      tick(2, AC, ticked(AC, 'It is round')),
      'delete branch {branch="feat/segment-2" head=…0000a1} — pull merged pull=102',
      'close issue {issue=2 issueId="I_2" as="completed"} — pull merged pull=102',
    ]);
  });

  const mends = { issue: issueNumber(2), criteria: [{ id: 'C2', text: 'It is round' }] };
  const FIX = AC.replace('- [ ] AC-1: It adds up\n', '');
  const fixWorld = (change: Partial<Issue> = {}, changeFixed: Partial<Issue> = {}): World => {
    const issues = [issue(2, { body: AC, state: 'completed' }), issue(9, { body: FIX, state: 'completed' })];
    const fix = { key: 'fix:1:1:1:1', wave: 1, round: 1, mends };
    return {
      issues,
      seen: issues.map((each) => ({ ...each, ...(each.number === 9 ? change : changeFixed) })),
      segments: { 9: recordWith(9, [{ outcome: published(9, 'a1', evidence('C1')) }], { fix }) },
    };
  };
  test.each<[string, readonly string[], World]>([
    [
      'ticks its own criteria and those that it fixes',
      [tick(2, AC, ticked(AC, 'It is round'), 109), tick(9, FIX, ticked(FIX, 'It is round'), 109)],
      fixWorld(),
    ],
    ['ticks neither where its text changed', [], fixWorld({ digest: 'other' })],
    [
      'ticks only its own where the text of the other one changed',
      [tick(9, FIX, ticked(FIX, 'It is round'), 109)],
      fixWorld({}, { digest: 'other' }),
    ],
  ])('that fixes another one %s', (_, expected, world) => {
    expect([...settles(world)].sort()).toEqual(expected);
  });
});

describe('a segment that ends without a merge', () => {
  const answer: Outcome = {
    kind: 'no-change',
    at: NOW,
    report: reportOf(2, { agent: { summary: 'x', assumptions: [], criteria: [] } }),
  };
  const skipped = { skipped: { by: 'bob', reason: 'bought', at: NOW } };
  const closing = 'close issue {issue=2 issueId="I_2" as="not planned"} — skipped by by="bob" why="bought"';
  const closingPull = 'close pull {pull=102} — segment skipped segment=2';
  type Given = Parameters<typeof factsOf>[1];

  test.each<[string, readonly string[], Given, Issue?]>([
    [
      'by an answer is closed as completed',
      ['close issue {issue=2 issueId="I_2" as="completed"} — question researched'],
      { segments: { 2: recordWith(2, [{ worker: 'research', outcome: answer }]) } },
    ],
    [
      'by an answer and is closed stays as it is',
      [],
      { segments: { 2: recordWith(2, [{ worker: 'research', outcome: answer }]) } },
      issue(2, { state: 'completed' }),
    ],
    ['by a skip is closed as not planned', [closing], { segments: { 2: recordWith(2, [], skipped) } }],
    [
      'by a skip has its pull request closed first',
      [closingPull, closing],
      { segments: { 2: reviewed(2, skipped) }, snapshot: { pulls: [opened(2)] } },
    ],
    [
      'by a skip leaves a closed pull request alone',
      [closing],
      { segments: { 2: reviewed(2, skipped) }, snapshot: { pulls: [opened(2, { state: 'closed' })] } },
    ],
    [
      'by a skip and is closed stays as it is',
      [],
      { segments: { 2: reviewed(2, skipped) }, snapshot: { pulls: [opened(2)] } },
      issue(2, { state: 'not planned' }),
    ],
    ['by nothing at all stays open', [], { segments: { 2: recordWith(2, [{ outcome: lost() }]) } }],
    [
      'in review stays open',
      [],
      { segments: { 2: reviewed(2) }, snapshot: { pulls: [opened(2)], branches: { 'feat/segment-2': HEAD } } },
    ],
  ])('%s', (_, expected, facts, given = issue(2)) => {
    expect(decide(factsOf([given], facts), settleMerged).told).toEqual(expected);
  });

  test('and is the epic itself stays open until it is accepted', () => {
    const outcome = published(1, 'a1');
    const branch = 'feat/checkout';
    const facts = factsOf([], {
      segments: { 1: recordWith(1, [{ outcome }]) },
      snapshot: { pulls: [pull(101, branch, HEAD, { state: 'merged' })], branches: { [branch]: HEAD } },
    });
    expect(decide(facts, settleMerged).told).toEqual([
      `delete branch {branch="${branch}" head=…0000a1} — pull merged pull=101`,
    ]);
  });

  test('and has no issue any more is left alone', () => {
    const facts = factsOf([issue(2)], { segments: { 2: recordWith(2, [], skipped) } });
    expect(decide({ ...facts, snapshot: { ...facts.snapshot, issues: [] } }, settleMerged).told).toEqual([]);
  });
});

describe('a group', () => {
  const group = (number: number, children: readonly number[], parent = 1): Issue => ({
    ...issue(number, { body: 'Both.' }),
    parent: issueNumber(parent),
    children: children.map((each) => issueNumber(each)),
  });
  const leaf = (number: number, state: Issue['state'], parent = 2): Issue => ({
    ...issue(number, { state }),
    parent: issueNumber(parent),
  });
  const closes = (issues: readonly Issue[], segments: Readonly<Record<number, SegmentRecord>> = {}) =>
    decide(factsOf(issues, { segments }), closeGroups).told;
  const done = (number: number) =>
    `close issue {issue=${number} issueId="I_${number}" as="completed"} — group over group=${number} as="done"`;
  const skipped = (number: number) =>
    `close issue {issue=${number} issueId="I_${number}" as="not planned"} — group over group=${number} as="skipped"`;

  test.each<[string, readonly string[], readonly Issue[], Readonly<Record<number, SegmentRecord>>?]>([
    ['is closed when all of its leaves are', [done(2)], [group(2, [3, 4]), leaf(3, 'completed'), leaf(4, 'completed')]],
    [
      'is closed as completed when any of its leaves was done',
      [done(2)],
      [group(2, [3, 4]), leaf(3, 'not planned'), leaf(4, 'completed')],
    ],
    [
      'is closed as not planned when all of its leaves were skipped',
      [skipped(2)],
      [group(2, [3, 4]), leaf(3, 'not planned'), leaf(4, 'not planned')],
    ],
    ['is open while one of its leaves is', [], [group(2, [3, 4]), leaf(3, 'completed'), leaf(4, 'open')]],
    [
      'is open while one of its leaves is closed and still runs',
      [],
      [group(2, [3, 4]), leaf(3, 'completed'), leaf(4, 'completed')],
      { 4: recordWith(4, [{}]) },
    ],
    [
      'is open while a leaf is merged and its issue is not closed yet',
      [],
      [group(2, [3]), leaf(3, 'open')],
      { 3: recordWith(3, [], { skipped: { by: 'ana', reason: '', at: NOW } }) },
    ],
    ['is left alone once it is closed', [], [{ ...group(2, [3]), state: 'completed' }, leaf(3, 'completed')]],
    ['is left alone while its leaves are unknown', [], [group(2, [3])]],
    [
      'is closed with the group above it',
      [done(2), skipped(5)],
      [group(2, [5, 3]), leaf(3, 'completed'), group(5, [6], 2), leaf(6, 'not planned', 5)],
    ],
    [
      'is open while a leaf of a group below it is',
      [],
      [group(2, [5, 3]), leaf(3, 'completed'), group(5, [6], 2), leaf(6, 'open', 5)],
    ],
    ['does not wait for leaves of others', [done(2)], [group(2, [3]), leaf(3, 'completed'), leaf(4, 'open', 1)]],
  ])('%s', (_, expected, issues, segments) => {
    expect(closes(issues, segments)).toEqual(expected);
  });
});
