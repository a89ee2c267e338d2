/** Which segment waits for which, and for what outside the epic: GitHub's links, groups and texts (SPEC R1.1, R1.3). */
import { describe, expect, test } from 'vitest';
import { readLinks } from '../../../src/core/epic/links.ts';
import type { EpicFacts } from '../../../src/core/epic/segments.ts';
import { readTree } from '../../../src/core/epic/tree.ts';
import { issueNumber } from '../../../src/core/model/epic.ts';
import type { Diagnostic, Link, Problem } from '../../../src/core/model/problem.ts';
import type { Issue, OtherIssue } from '../../../src/core/model/snapshot.ts';
import { config } from '../facts.ts';
import { at, below, epic, error, front, other, read, ref, says } from './shop.ts';

interface Waits {
  /** By segment, the segments that it waits for. Segments that wait for none are left out. */
  readonly inside: Readonly<Record<number, readonly number[]>>;
  readonly open: Readonly<Record<number, readonly string[]>>;
  readonly outside: Readonly<Record<number, readonly string[]>>;
  readonly problems: readonly Diagnostic[];
}

/** Everything about the links of an epic; refs as people write them. */
function waits(issues: readonly Issue[], facts: Partial<EpicFacts> = {}): Waits {
  const { segments, waitsOutside, outside, diagnostics } = read(issues, facts);
  const refs = (all: typeof outside): Waits['open'] =>
    Object.fromEntries(
      Object.entries(all).map(([segment, some]) => [
        segment,
        some.map((ref) => `${ref.repository ? `${ref.repository.owner}/${ref.repository.name}` : ''}#${ref.number}`),
      ]),
    );
  return {
    inside: Object.fromEntries(
      segments.filter(({ blockedBy }) => blockedBy.length > 0).map(({ number, blockedBy }) => [number, blockedBy]),
    ),
    open: refs(waitsOutside),
    outside: refs(outside),
    problems: diagnostics,
  };
}

const NOTHING: Waits = { inside: {}, open: {}, outside: {}, problems: [] };
/** Group #3 of #8 and #9, beside #2. */
const GROUP = [below(2), below(3), below(8, { parent: 3 }), below(9, { parent: 3 })];
const withFacts = (issues: readonly Issue[], number: number, facts: Partial<Issue>): readonly Issue[] =>
  issues.map((issue) => (issue.number === number ? { ...issue, ...facts } : issue));
/** GitHub's own links to these issues. */
const blocked = (...numbers: readonly number[]) => below(99, { blockedBy: numbers }).blockedBy;

const native = (from: number, to: number): Link => link(from, to, { kind: 'native' });
const text = (from: number, to: number, line: number, words: string): Link =>
  link(from, to, { kind: 'text', line, text: words });
const group = (from: number, to: number, of: number): Link => link(from, to, { kind: 'group', group: issueNumber(of) });
const link = (from: number, to: number, said: Link['said']): Link => ({
  from: issueNumber(from),
  to: issueNumber(to),
  said,
});

const self = (issue: number, link: Link, line?: number): Diagnostic =>
  error({ kind: 'SELF_DEPENDENCY', at: at(issue, line), link });

describe('a link inside the epic', () => {
  test.each<[string, readonly Issue[], Waits['inside']]>([
    ['nothing waits where no link is', [below(2), below(3)], {}],
    ["GitHub's own link", [below(2), below(3, { blockedBy: [2] })], { 3: [2] }],
    [
      'several, sorted, each once',
      [below(2), below(3), below(4, { blockedBy: [3, 2, 3], body: says('Depends on #3') })],
      { 4: [2, 3] },
    ],
    ['a line of text', [below(2), below(3, { body: says('Depends on #2') })], { 3: [2] }],
    ['a key of the front matter', [below(2), below(3, { body: front('files: [x]', 'depends-on: [2]') })], { 3: [2] }],
    [
      'a segment of this repository by its full name, in any case',
      [below(2), below(3, { body: says('Depends on OCTO/Shop#2') }), below(4, { blockedBy: ['Octo/shop#3'] })],
      { 3: [2], 4: [3] },
    ],
    ['a group waits: all its segments do', withFacts(GROUP, 3, { blockedBy: blocked(2) }), { 8: [2], 9: [2] }],
    ['a group is waited for: all its segments are', withFacts(GROUP, 2, { blockedBy: blocked(3) }), { 2: [8, 9] }],
    ["a group's text waits", withFacts(GROUP, 3, { body: 'Blocked by #2' }), { 8: [2], 9: [2] }],
    [
      'a group waits for a group: each segment for each',
      [...withFacts(GROUP, 3, { blockedBy: blocked(4) }), below(4), below(5, { parent: 4 }), below(6, { parent: 4 })],
      { 8: [5, 6], 9: [5, 6] },
    ],
    [
      'groups that share a segment: it does not wait for itself',
      [
        below(3, { children: [8, 9], blockedBy: [4] }),
        below(4, { children: [9, 10] }),
        ...[8, 9, 10].map((number) => below(number, { parent: 'none' })),
      ],
      { 8: [9, 10], 9: [10] },
    ],
    ['a group that waits for its own part adds nothing', withFacts(GROUP, 3, { blockedBy: blocked(9) }), {}],
    [
      'a group that waits for a group inside it adds nothing',
      [below(3, { blockedBy: [4] }), below(4, { parent: 3 }), below(8, { parent: 4 }), below(9, { parent: 3 })],
      {},
    ],
    [
      'a group that waits for another group of the same segments adds nothing',
      [below(3, { children: [8], blockedBy: [4] }), below(4, { children: [8] }), below(8, { parent: 'none' })],
      {},
    ],
    [
      'a group that waits for some of its parts and for others waits for the others',
      [
        below(3, { children: [8, 9], blockedBy: [4] }),
        below(4, { children: [9, 10, 11] }),
        ...[8, 9, 10, 11].map((number) => below(number, { parent: 'none' })),
      ],
      { 8: [9, 10, 11], 9: [10, 11] },
    ],
    [
      'a segment that is done still has its links',
      [below(2), below(3, { blockedBy: [2], state: 'completed' })],
      { 3: [2] },
    ],
    [
      'a blocker that is done is still a link',
      [below(2, { state: 'completed' }), below(3, { blockedBy: [2] })],
      { 3: [2] },
    ],
  ])('%s', (_, issues, inside) => {
    expect(waits(issues)).toStrictEqual({ ...NOTHING, inside });
  });

  test('an epic that waits for its own segments and groups adds nothing', () => {
    expect(waits(GROUP, { epic: epic({ blockedBy: [2, 3], body: 'Depends on #9' }) })).toStrictEqual(NOTHING);
  });

  test.each<[string, readonly Issue[], string, Waits['inside']]>([
    ['an item waits', GROUP, '- [ ] #9 (depends on: #8, #2)', { 9: [2, 8] }],
    ['an item that is a group waits', GROUP, '- [ ] #3 (depends on: #2)', { 8: [2], 9: [2] }],
    ['an item outside the epic waits for nobody', GROUP, '- [ ] #99 (depends on: #2)', {}],
    ['of an item that stands there twice, the first counts', GROUP, '- [ ] #9\n- [ ] #9 (depends on: #8)', {}],
  ])("the epic's task list: %s", (_, issues, body, inside) => {
    expect(waits(issues, { epic: epic({ body }) })).toStrictEqual({ ...NOTHING, inside });
  });

  test.each<[string, number, string, Waits['inside']]>([
    ['a part of the group waits', 3, '- [ ] #9 (depends on: #2)', { 9: [2] }],
    ['a group waits, wherever it is', 3, '- [ ] #4 (depends on: #2)', { 7: [2] }],
    ['a segment that is no part of the group does not', 3, '- [ ] #2 (depends on: #7)', {}],
    ['a segment has no task list', 8, '---\nfiles: [x]\n---\n- [ ] #9 (depends on: #2)', {}],
  ])('a task list below the epic: %s', (_, number, body, inside) => {
    const issues = [...GROUP, below(4), below(7, { parent: 4 })];
    expect(waits(withFacts(issues, number, { body }))).toStrictEqual({ ...NOTHING, inside });
  });

  test('every edge stands there, and an issue without segments has none', () => {
    const below1 = [...GROUP, below(4, { children: [99] }), below(5, { blockedBy: [2, 3, 4] })];
    const tree = readTree(epic(), below1, [], () => false, config().limits);
    const { edges } = readLinks(tree, [], () => [], undefined);
    expect(edges).toStrictEqual([
      { from: 5, on: 2 },
      { from: 5, on: 8 },
      { from: 5, on: 9 },
    ]);
  });

  test('faults are told by the number of the issue, be it a segment or a group', () => {
    const issues = [below(2), below(3), below(4), below(8, { parent: 3 }), below(9, { parent: 3 })];
    const themselves = issues.map((issue) => ({ ...issue, blockedBy: blocked(issue.number) }));
    expect(waits(themselves)).toStrictEqual({
      ...NOTHING,
      problems: [2, 3, 4, 8, 9].map((number) => self(number, native(number, number))),
    });
  });

  test('a wrong reference in the text of a segment is told once, unless it is done', () => {
    const problems = [
      error({ kind: 'SPEC_VALUE', at: at(2, 5), key: 'depends-on', value: '#0', expected: { kind: 'issues' } }),
    ];
    expect(waits([below(2, { body: says('Depends on #0') })])).toStrictEqual({ ...NOTHING, problems });
    expect(waits([below(2, { body: says('Depends on #0'), state: 'completed' })])).toStrictEqual(NOTHING);
  });

  test('a wrong reference in the text of the epic is told once', () => {
    expect(waits([below(2)], { epic: epic({ body: 'Build the shop.\nDepends on #0' }) })).toStrictEqual({
      ...NOTHING,
      problems: [
        error({ kind: 'SPEC_VALUE', at: at(1, 2), key: 'depends-on', value: '#0', expected: { kind: 'issues' } }),
      ],
    });
  });

  test('a fault in a task list is told at its line, in the issue that has the list', () => {
    const list = (line: string, number: number, of: number): Link =>
      link(number, number, { kind: 'text', line: of === 1 ? 2 : 1, text: line, of: issueNumber(of) });
    const inEpic = '- [ ] #9 (depends on: #9)';
    const inGroup = '- [ ] #8 (depends on: #8, #99)';
    expect(
      waits(withFacts(GROUP, 3, { body: inGroup }), {
        epic: epic({ body: `Build the shop.\n${inEpic}` }),
        others: [other('#99', { kind: 'missing' })],
      }),
    ).toStrictEqual({
      ...NOTHING,
      outside: { 8: ['#99'] },
      problems: [
        self(1, list(inEpic, 9, 1), 2),
        self(3, list(inGroup, 8, 3), 1),
        error({ kind: 'UNKNOWN_ISSUE', at: at(3, 1), ref: ref('#99') }),
      ],
    });
  });

  test('a wrong reference in the text of a group is told there, and nothing else about its text', () => {
    const body = 'Depends on #0\n\n---\ntype: wrong\n---\n';
    expect(waits(withFacts(GROUP, 3, { body }))).toStrictEqual({
      ...NOTHING,
      problems: [
        error({
          kind: 'SPEC_VALUE',
          at: at(3, 1),
          key: 'depends-on',
          value: '#0',
          expected: { kind: 'issues' },
        }),
      ],
    });
  });
});

describe('a segment that waits for itself', () => {
  test.each<[string, readonly Issue[], readonly Diagnostic[]]>([
    ["by GitHub's own link", [below(2, { blockedBy: [2] })], [self(2, native(2, 2))]],
    ['by its text', [below(2, { body: says('', 'Depends on #2') })], [self(2, text(2, 2, 6, 'Depends on #2'), 6)]],
    ['by its group', withFacts(GROUP, 8, { blockedBy: blocked(3) }), [self(8, group(8, 8, 3))]],
    ['by a group of it alone', [below(3), below(8, { parent: 3, blockedBy: [3] })], [self(8, group(8, 8, 3))]],
    ['by the epic', [below(2), below(5, { body: says('Depends on #1') })], [self(5, group(5, 5, 1), 5)]],
    ['as a group', withFacts(GROUP, 3, { blockedBy: blocked(3) }), [self(3, native(3, 3))]],
    [
      'as a group inside another',
      [below(3), below(4, { parent: 3, blockedBy: [3] }), below(8, { parent: 4 }), below(9, { parent: 3 })],
      [self(4, group(4, 4, 3))],
    ],
    [
      'as a group with a part that is done',
      [below(3, { blockedBy: [3] }), below(8, { parent: 3 }), below(9, { parent: 3, state: 'completed' })],
      [self(3, native(3, 3))],
    ],
    ['when it is done, which no one needs to know', [below(2, { blockedBy: [2], state: 'completed' })], []],
  ])('%s', (_, issues, problems) => {
    expect(waits(issues)).toStrictEqual({ ...NOTHING, problems });
  });
});

describe('a blocker that was closed as not planned', () => {
  const notPlanned = (issue: number, number: number, line?: number) =>
    error({ kind: 'BLOCKER_NOT_PLANNED', at: at(issue, line), ref: ref(`#${number}`) });
  const linked = [below(2, { state: 'not planned' }), below(3, { blockedBy: [2] })];
  const written = [below(2, { state: 'not planned' }), below(3, { body: says('Depends on #2') })];

  test.each<[string, readonly Issue[], EpicFacts['skipped'], readonly Diagnostic[]]>([
    ["is an error of GitHub's own link", linked, new Set(), [notPlanned(3, 2)]],
    ['is an error of the line that names it', written, new Set(), [notPlanned(3, 2, 5)]],
    ['is none if a person skipped it', linked, new Set([2]), []],
    ['is one if a person skipped another', linked, new Set([3]), [notPlanned(3, 2)]],
    ['is none if it is not known what was skipped', linked, undefined, []],
    ['is none of a segment that is done', withFacts(linked, 3, { state: 'completed' }), new Set(), []],
    ['is none if it is done', withFacts(linked, 2, { state: 'completed' }), new Set(), []],
  ])('%s', (_, issues, skipped, problems) => {
    expect(waits(issues, skipped ? { skipped } : {})).toStrictEqual({ ...NOTHING, inside: { 3: [2] }, problems });
  });

  test('may be a group', () => {
    const issues = withFacts(withFacts(GROUP, 3, { state: 'not planned' }), 2, { blockedBy: blocked(3) });
    expect(waits(issues, { skipped: new Set() })).toStrictEqual({
      ...NOTHING,
      inside: { 2: [8, 9] },
      problems: [notPlanned(2, 3)],
    });
  });

  test('may be a group without any segment, which a group waits for', () => {
    const issues = [...GROUP, below(4, { children: [99], state: 'not planned' })];
    expect(waits(withFacts(issues, 3, { blockedBy: blocked(4) }), { skipped: new Set() })).toStrictEqual({
      ...NOTHING,
      problems: [error({ kind: 'UNKNOWN_ISSUE', at: at(4), ref: ref('#99') }), notPlanned(3, 4)],
    });
  });
});

describe('a blocker outside the epic', () => {
  const holds = (ref: string): Waits => ({ ...NOTHING, open: { 2: [ref] }, outside: { 2: [ref] } });
  const free = (ref: string, ...problems: readonly Diagnostic[]): Waits => ({
    ...NOTHING,
    outside: { 2: [ref] },
    problems,
  });

  test.each<[string, Partial<OtherIssue> | undefined, Waits]>([
    ['is open', {}, holds('#9')],
    ['is done', { state: 'completed' }, free('#9')],
    [
      'was closed as not planned',
      { state: 'not planned' },
      free('#9', error({ kind: 'BLOCKER_NOT_PLANNED', at: at(2, 5), ref: ref('#9') })),
    ],
    [
      'is a pull request',
      { kind: 'pull request' },
      free('#9', error({ kind: 'NOT_AN_ISSUE', at: at(2, 5), ref: ref('#9') })),
    ],
    ['is not there', { kind: 'missing' }, free('#9', error({ kind: 'UNKNOWN_ISSUE', at: at(2, 5), ref: ref('#9') }))],
    ['was not looked at', undefined, holds('#9')],
  ])('a text names one that %s', (_, facts, expected) => {
    const issues = [below(2, { body: says('Depends on #9') })];
    expect(waits(issues, { others: facts ? [other('#9', facts)] : [] })).toStrictEqual(expected);
  });

  test.each<[string, Partial<OtherIssue>, Waits]>([
    ['is open', {}, holds('octo/mail#9')],
    ['is done', { state: 'completed' }, free('octo/mail#9')],
    [
      'was closed as not planned',
      { state: 'not planned' },
      free('octo/mail#9', error({ kind: 'BLOCKER_NOT_PLANNED', at: at(2, 5), ref: ref('octo/mail#9') })),
    ],
    [
      'is a pull request',
      { kind: 'pull request' },
      free('octo/mail#9', error({ kind: 'NOT_AN_ISSUE', at: at(2, 5), ref: ref('octo/mail#9') })),
    ],
    [
      'Swarm may not see, which is a warning',
      { kind: 'missing' },
      {
        ...holds('octo/mail#9'),
        problems: [{ level: 'warning', problem: { kind: 'UNKNOWN_ISSUE', at: at(2, 5), ref: ref('octo/mail#9') } }],
      },
    ],
  ])('a text names one in another repository that %s', (_, facts, expected) => {
    const issues = [below(2, { body: says('Depends on octo/mail#9') })];
    expect(waits(issues, { others: [other('octo/mail#9', facts)] })).toStrictEqual(expected);
  });

  test.each<[string, Issue['state'], Waits]>([
    ['is open', 'open', holds('#9')],
    ['is done', 'completed', free('#9')],
    [
      'was closed as not planned',
      'not planned',
      free('#9', error({ kind: 'BLOCKER_NOT_PLANNED', at: at(2), ref: ref('#9') })),
    ],
  ])("GitHub's own link leads to one that %s, whatever else is known of it", (_, state, expected) => {
    const issues = [below(2, { blockedBy: [{ ...ref('#9'), state }] })];
    expect(waits(issues)).toStrictEqual(expected);
    expect(waits(issues, { others: [other('#9', { kind: 'missing' })] })).toStrictEqual(expected);
    expect(waits(issues, { others: [other('#9', { state: state === 'open' ? 'completed' : 'open' })] })).toStrictEqual(
      expected,
    );
  });

  test("GitHub's own link leads to another repository, to the number of a segment", () => {
    expect(waits([below(2, { blockedBy: ['octo/mail#3'] }), below(3)])).toStrictEqual(holds('octo/mail#3'));
  });

  test('it is known by its full name, in any case', () => {
    const others = [other('OCTO/Shop#9', { state: 'completed' }), other('Octo/MAIL#9', { kind: 'pull request' })];
    expect(waits([below(2, { body: says('Depends on #9, octo/mail#9') })], { others })).toStrictEqual({
      ...NOTHING,
      outside: { 2: ['#9', 'octo/mail#9'] },
      problems: [error({ kind: 'NOT_AN_ISSUE', at: at(2, 5), ref: ref('octo/mail#9') })],
    });
  });

  test('it is listed as GitHub names it', () => {
    const { waitsOutside, outside } = read([below(2, { blockedBy: [9, 'octo/mail#10'] })]);
    const refs = { 2: [{ number: 9 }, { number: 10, repository: { owner: 'octo', name: 'mail' } }] };
    expect([waitsOutside, outside]).toStrictEqual([refs, refs]);
  });

  test('one that is named again is listed once', () => {
    const body = says('Depends on #9, octo/mail#9', 'Blocked by OCTO/mail#9');
    expect(waits([below(2, { blockedBy: [9], body })])).toStrictEqual({
      ...NOTHING,
      open: { 2: ['#9', 'OCTO/mail#9'] },
      outside: { 2: ['#9', 'OCTO/mail#9'] },
    });
  });

  test("GitHub's own links come first, by number and repository, then the lines of the text", () => {
    const all = ['octo/web', 'octo/Zeta', 'octo/aab', 'octo/a_b', 'octo/alpha'].map((name) => `${name}#7`);
    const refs = [
      'octo/mail#3',
      'octo/a_b#7',
      'octo/aab#7',
      'octo/alpha#7',
      'octo/web#7',
      'octo/Zeta#7',
      '#10',
      '#6',
      '#5',
    ];
    const body = says('Depends on #6', 'Blocked by #5');
    expect(waits([below(2, { blockedBy: [10, ...all, 'octo/mail#3'], body })])).toStrictEqual({
      ...NOTHING,
      open: { 2: refs },
      outside: { 2: refs },
    });
  });

  test('it holds the segments of a group that are not done', () => {
    const issues = [
      below(3, { blockedBy: [99] }),
      below(8, { parent: 3 }),
      below(9, { parent: 3, state: 'completed' }),
    ];
    expect(waits(issues)).toStrictEqual({ ...NOTHING, open: { 8: ['#99'] }, outside: { 8: ['#99'], 9: ['#99'] } });
  });

  test('what blocks the epic blocks all its segments that are not done', () => {
    const issues = [below(2), below(3), below(4, { state: 'completed' })];
    expect(waits(issues, { epic: epic({ blockedBy: [99], body: 'Depends on octo/mail#9' }) })).toStrictEqual({
      ...NOTHING,
      open: { 2: ['#99', 'octo/mail#9'], 3: ['#99', 'octo/mail#9'] },
      outside: { 2: ['#99', 'octo/mail#9'], 3: ['#99', 'octo/mail#9'], 4: ['#99', 'octo/mail#9'] },
    });
  });

  test('of a segment that is done nothing is wrong', () => {
    const blockedBy = [{ ...ref('octo/mail#3'), state: 'not planned' as const }];
    expect(waits([below(2, { blockedBy, state: 'completed' })])).toStrictEqual(free('octo/mail#3'));
  });

  test('the group of a segment in another epic is outside', () => {
    const issues = [below(2, { parent: 77 }), below(3, { parent: 'none', body: says('Depends on #77') })];
    const held = waits(issues, { epic: epic({ body: '- [ ] #2\n- [ ] #3' }) });
    expect(held).toStrictEqual({ ...NOTHING, open: { 3: ['#77'] }, outside: { 3: ['#77'] } });
  });
});

describe('a cycle', () => {
  const cycle = (issues: readonly Issue[], facts: Partial<EpicFacts> = {}): readonly Problem[] =>
    read(issues, facts).diagnostics.map(({ problem }) => problem);

  test.each<[string, readonly Issue[], readonly number[], readonly Link[]]>([
    [
      "by GitHub's own links",
      [below(2, { blockedBy: [3] }), below(3, { blockedBy: [4, 9] }), below(4, { blockedBy: [2] })],
      [2, 3, 4, 2],
      [native(2, 3), native(3, 4), native(4, 2)],
    ],
    [
      'by texts: the first line that says so',
      [below(2, { body: says('Depends on #3', 'Blocked by #3') }), below(3, { body: says('', 'Blocked by #2') })],
      [2, 3, 2],
      [text(2, 3, 5, 'Depends on #3'), text(3, 2, 6, 'Blocked by #2')],
    ],
    [
      "by a text and GitHub's own link: the link",
      [below(2, { blockedBy: [4, 3], body: says('Depends on #3') }), below(3, { blockedBy: [2] }), below(4)],
      [2, 3, 2],
      [native(2, 3), native(3, 2)],
    ],
    [
      'by a text, where a link leads to the same number elsewhere',
      [below(2, { blockedBy: ['octo/mail#3'], body: says('Depends on #3') }), below(3, { blockedBy: [2] })],
      [2, 3, 2],
      [text(2, 3, 5, 'Depends on #3'), native(3, 2)],
    ],
    [
      'by a group that is waited for',
      [...withFacts(GROUP, 2, { blockedBy: blocked(3) })].map((issue) =>
        issue.number === 8 ? { ...issue, blockedBy: blocked(2) } : issue,
      ),
      [2, 8, 2],
      [group(2, 8, 3), native(8, 2)],
    ],
    [
      'by a group that waits',
      [...withFacts(GROUP, 3, { blockedBy: blocked(2) })].map((issue) =>
        issue.number === 2 ? { ...issue, blockedBy: blocked(9) } : issue,
      ),
      [2, 9, 2],
      [native(2, 9), group(9, 2, 3)],
    ],
    [
      'by a group and a text: the group',
      [...withFacts(GROUP, 2, { blockedBy: blocked(3), body: says('Depends on #8') })].map((issue) =>
        issue.number === 8 ? { ...issue, blockedBy: blocked(2) } : issue,
      ),
      [2, 8, 2],
      [group(2, 8, 3), native(8, 2)],
    ],
    [
      'by two groups: the one that is waited for',
      [...withFacts(GROUP, 3, { blockedBy: blocked(4) }), below(4), below(7, { parent: 4, blockedBy: [9] })],
      [7, 9, 7],
      [native(7, 9), group(9, 7, 4)],
    ],
  ])('%s', (_, issues, path, links) => {
    expect(cycle(issues, { others: [other('#9', { state: 'completed' })] })).toStrictEqual([
      { kind: 'EPIC_CYCLE', path, links },
    ]);
  });

  test('a link to a segment that was not planned is told as such', () => {
    const issues = [
      below(2, { state: 'not planned', body: says('Depends on #4') }),
      below(3, { blockedBy: [2] }),
      below(4, { parent: 3, blockedBy: [2] }),
    ];
    expect(cycle(issues, { skipped: new Set() }).at(-1)).toStrictEqual({
      kind: 'EPIC_CYCLE',
      path: [2, 4, 2],
      links: [text(2, 4, 5, 'Depends on #4'), native(4, 2)],
    });
  });
});

describe('the report of who says that a segment waits', () => {
  const readings = (issues: readonly Issue[], facts: Partial<EpicFacts> = {}) =>
    Object.fromEntries(
      Object.entries(read(issues, facts).readings).map(([number, { linked, waits, from }]) => [
        number,
        { linked, waits, from },
      ]),
    );
  const from = { kind: 'sub-issue', of: 1 };
  const none = { linked: [], waits: [], from };

  test('has the links between segments apart from all others', () => {
    const issues = [
      ...withFacts(GROUP, 2, { blockedBy: [...blocked(8), ...blocked(3), ...blocked(77)] }),
      below(4, { body: says('Depends on #2, #2', 'Blocked by octo/mail#5').replace('files', 'depends-on: 8\nfiles') }),
    ];
    expect(readings(issues)).toMatchObject({
      2: {
        linked: [8],
        waits: [
          { on: { number: 3 }, source: { kind: 'link' } },
          { on: { number: 77 }, source: { kind: 'link' } },
        ],
        from,
      },
      4: {
        linked: [],
        waits: [
          { on: { number: 8 }, source: { kind: 'front matter', line: 2 } },
          { on: { number: 2 }, source: { kind: 'text', line: 6 } },
          { on: { number: 2 }, source: { kind: 'text', line: 6 } },
          { on: { number: 5, repository: { owner: 'octo', name: 'mail' } }, source: { kind: 'text', line: 7 } },
        ],
        from,
      },
      8: { ...none, from: { kind: 'sub-issue', of: 3 } },
    });
  });

  test('names the group that waits, and the task list that says so', () => {
    const body = '- [ ] #2\n- [ ] #3 (depends on #2)';
    const tasks = [below(2, { parent: 'none' }), below(3, { parent: 'none' }), ...GROUP.slice(2)];
    const wait = { on: { number: 2 }, source: { kind: 'group', group: 3 } };
    expect(readings(tasks, { epic: epic({ body }) })).toMatchObject({
      2: { ...none, from: { kind: 'task list', of: 1, line: 1 } },
      8: { linked: [], waits: [wait], from: { kind: 'sub-issue', of: 3 } },
      9: { linked: [], waits: [wait], from: { kind: 'sub-issue', of: 3 } },
    });
    const leaves = [below(2, { parent: 'none' }), below(3, { parent: 'none' })];
    expect(readings(leaves, { epic: epic({ body }) })[3]).toEqual({
      linked: [],
      waits: [{ on: { number: 2 }, source: { kind: 'task list', of: 1, line: 2 } }],
      from: { kind: 'task list', of: 1, line: 2 },
    });
  });

  test('leaves out what is no dependency', () => {
    expect(readings([below(2, { body: says('Depends on #2') })])[2]).toEqual(none);
  });
});
