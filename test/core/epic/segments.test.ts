/** An epic's segments as its issues read, and everything that is wrong with them. */
import { describe, expect, test } from 'vitest';
import { neighboursOf } from '../../../src/core/graph/graph.ts';
import type { KnownInstructions } from '../../../src/core/model/instructions.ts';
import type { BranchFault } from '../../../src/core/model/problem/faults.ts';
import type { Diagnostic } from '../../../src/core/model/problem.ts';
import { readSpec } from '../../../src/core/text/spec.ts';
import { config } from '../facts.ts';
import { at, below, epic, error, front, read, says } from './shop.ts';

const warning = (problem: Diagnostic['problem']): Diagnostic => ({ level: 'warning', problem });

describe('the segments of an epic', () => {
  test('have the number, title, spec and branch of their issue, and what blocks them', () => {
    const issues = [
      below(3, { title: 'Add a total', blockedBy: [2], body: front('type: fix', 'files: [src/total.ts]') }),
      below(2, { title: 'Add the cart' }),
      below(9, { title: 'Fix the gates', madeFor: 'fix:1:1:1:0', blockedBy: [2, 3] }),
    ];
    const made = read(issues, { fixes: { 9: { wave: 1, round: 2 } } });
    const [total, cart, fix] = issues.map((issue) => readSpec(issue).spec);
    expect(made.segments).toStrictEqual([
      { number: 2, title: 'Add the cart', spec: cart, blockedBy: [], branch: 'feat/add-the-cart' },
      { number: 3, title: 'Add a total', spec: total, blockedBy: [2], branch: 'fix/add-a-total' },
      {
        number: 9,
        title: 'Fix the gates',
        spec: fix,
        blockedBy: [2, 3],
        branch: 'feat/fix-the-gates-9',
        fix: { wave: 1, round: 2 },
      },
    ]);
    expect([made.source, made.isCyclic, made.statedConflicts, made.diagnostics]).toStrictEqual([
      'sub-issues',
      false,
      [],
      [],
    ]);
    expect(made.graph.ids).toStrictEqual([2, 3, 9]);
    expect([0, 1, 2].map((node) => [...neighboursOf(made.graph.blockers, node)])).toStrictEqual([[], [0], [0, 1]]);
    expect(made.globs.read('src/total.ts')).toBe(made.globs.read('src/total.ts'));
  });

  test('an issue that Swarm made is a fix before the journal knows it, and one that the journal knows needs no mark', () => {
    const marked = read([below(9, { madeFor: 'fix:1:1:1:0' })]);
    expect([marked.source, marked.segments.map(({ number, fix }) => [number, fix])]).toStrictEqual([
      'the epic itself',
      [
        [1, undefined],
        [9, undefined],
      ],
    ]);
    const known = read([below(9)], { fixes: { 9: { wave: 2, round: 1 } } });
    expect([known.source, known.segments.map(({ number, fix }) => [number, fix])]).toStrictEqual([
      'the epic itself',
      [
        [1, undefined],
        [9, { wave: 2, round: 1 }],
      ],
    ]);
  });

  test('on a cycle they are still there, and the reading says so', () => {
    const made = read([below(2, { blockedBy: [3] }), below(3, { blockedBy: [2] }), below(4)]);
    expect([made.isCyclic, made.segments.map(({ number }) => number)]).toStrictEqual([true, [2, 3, 4]]);
  });

  test.each<[string, string, string, readonly string[]]>([
    [
      'of the epic come first',
      'context: [docs/a.md, docs/b.md]',
      'context: [c.md]',
      ['docs/a.md', 'docs/b.md', 'c.md'],
    ],
    ['of both stand there once', 'context: [docs/a.md]', 'context: [c.md, docs/a.md]', ['docs/a.md', 'c.md']],
    ['of the segment alone, each once', 'type: feat', 'context: [c.md, b.md, c.md]', ['c.md', 'b.md']],
    ['of the epic alone', 'context: [a.md]', 'type: feat', ['a.md']],
    ['of none', 'type: feat', 'type: feat', []],
  ])('the documents to read: %s (R1.5)', (_, ofEpic, ofSegment, context) => {
    const made = read([below(2, { body: front('files: [x]', ofSegment) })], { epic: epic({ body: front(ofEpic) }) });
    expect(made.segments[0]?.spec).toStrictEqual({
      ...readSpec(below(2, { body: front('files: [x]', ofSegment) })).spec,
      context,
    });
  });

  test('an epic that is its own segment has its documents once', () => {
    const made = read([], { epic: epic({ body: front('files: [x]', 'context: [a.md]') }) });
    expect(made.segments.map(({ number, spec }) => [number, spec.context])).toStrictEqual([[1, ['a.md']]]);
  });
});

describe('faults in texts', () => {
  const badType = (issue: number): Diagnostic =>
    error({
      kind: 'SPEC_VALUE',
      at: at(issue, 2),
      key: 'priority',
      value: 'x',
      expected: { kind: 'priority' },
    });

  test('of every open segment are told by number, then those of the epic', () => {
    const body = front('priority: x', 'files: [x]');
    const made = read([below(4, { body }), below(2, { body }), below(3, { body, state: 'completed' })], {
      epic: epic({ body }),
    });
    expect(made.diagnostics).toStrictEqual([badType(2), badType(4), badType(1)]);
  });

  test.each<[string, string, readonly Diagnostic[]]>([
    ['no task', '<!-- nothing -->', []],
    ['no files', 'Build the shop.', []],
    ['all files', front('files: ["**"]'), []],
    ['a wrong value', front('priority: x'), [badType(1)]],
    ['an unknown key beside all of these', '---\npriority: x\nfiles: ["**"]\n---\n', [badType(1)]],
  ])('an epic with segments may have %s', (_, body, diagnostics) => {
    expect(read([below(2)], { epic: epic({ body }) }).diagnostics).toStrictEqual(diagnostics);
  });

  test.each<[string, string, readonly Diagnostic[]]>([
    [
      'no task has no segments',
      '<!-- nothing -->',
      [
        error({ kind: 'NO_SEGMENTS', at: at(1) }),
        warning({ kind: 'SCOPE_UNKNOWN', at: at(1) }),
        warning({ kind: 'HIDDEN_COMMENTS', at: at(1), segments: [1] as never }),
      ],
    ],
    ['no files is warned', 'Build the shop.', [warning({ kind: 'SCOPE_UNKNOWN', at: at(1) })]],
    ['a wrong value is told once', front('priority: x', 'files: [x]'), [badType(1)]],
  ])('an epic that is its own segment with %s', (_, body, diagnostics) => {
    expect(read([], { epic: epic({ body }) }).diagnostics).toStrictEqual(diagnostics);
  });

  test('a segment without a task has an empty task', () => {
    const empty = (issue: number): readonly Diagnostic[] => [
      error({ kind: 'EMPTY_TASK', at: at(issue) }),
      warning({ kind: 'SCOPE_UNKNOWN', at: at(issue) }),
    ];
    expect(read([below(2, { body: '' })]).diagnostics).toStrictEqual(empty(2));
    const beside = read([below(9, { body: '', madeFor: 'fix' })], { epic: epic({ body: front('files: [x]') }) });
    expect(beside.diagnostics).toStrictEqual(empty(9));
  });

  test('hidden blockers are told for what is open, in the order of the numbers and the epic last', () => {
    const issues = [
      below(4, { hiddenBlockers: 2 }),
      below(3, { hiddenBlockers: 1, state: 'completed' }),
      below(2, { hiddenBlockers: 1 }),
    ];
    const hidden = (issue: number, count: number) => error({ kind: 'BLOCKER_HIDDEN', at: at(issue), count });
    expect(read(issues, { epic: epic({ hiddenBlockers: 3 }) }).diagnostics).toStrictEqual([
      hidden(2, 1),
      hidden(4, 2),
      hidden(1, 3),
    ]);
  });

  test('of two separate cycles are told, each with its path', () => {
    const made = read([
      below(2, { blockedBy: [3] }),
      below(3, { blockedBy: [2] }),
      below(4, { blockedBy: [5] }),
      below(5, { body: says('Depends on #4') }),
    ]);
    expect(made.isCyclic).toBe(true);
    expect(made.diagnostics.filter(({ problem }) => problem.kind === 'EPIC_CYCLE')).toMatchObject([
      { level: 'error', problem: { path: [2, 3, 2] } },
      { level: 'error', problem: { path: [4, 5, 4] } },
    ]);
  });

  test('are told in the order: links, texts, cycle, agents, budgets, instructions, branches, hidden links, conflicts', () => {
    const made = read(
      [
        below(2, { blockedBy: [3], body: front('files: [a]', 'priority: x', 'agent: codx', 'persona: api') }),
        below(3, {
          blockedBy: [2, 3],
          hiddenBlockers: 1,
          body: front('files: [b]', 'agent: codex', 'branch: main', 'conflicts-with: [9]'),
        }),
      ],
      {
        epic: epic({ children: [4] }),
        config: config({ base: 'main', council: 'off', tdd: 'off', budgetUsd: { epic: 5 } }),
        instructions: { personas: [], skills: [] },
      },
    );
    expect(made.diagnostics.map(({ problem }) => problem.kind)).toStrictEqual([
      'UNKNOWN_ISSUE',
      'SELF_DEPENDENCY',
      'SPEC_VALUE',
      'EPIC_CYCLE',
      'SPEC_VALUE',
      'BUDGET_UNBOUND',
      'PERSONA_NOT_FOUND',
      'BRANCH_NAME',
      'BLOCKER_HIDDEN',
      'SPEC_VALUE',
    ]);
  });
});

describe('an epic that nothing proves', () => {
  const off = (...gates: readonly string[]) => Object.fromEntries(gates.map((gate) => [gate, { off: true }]));
  const all = off('lint', 'types', 'tests', 'build');
  const told = (gates: object, approvals = 1) =>
    read([below(2, { body: says() })], { config: config({ gates: gates as never, approvals }) }).diagnostics;

  test('is told, with the approvals that remain', () => {
    const nothing = (approvals: number) => [warning({ kind: 'NOTHING_PROVES', at: at(1), approvals })];
    expect(told(all)).toStrictEqual(nothing(1));
    expect(told({ ...all, ...off('security', 'scope') }, 0)).toStrictEqual(nothing(0));
    expect(told({ ...all, ...off('mine') })).toStrictEqual(nothing(1));
  });

  test('has one gate that could fail, and is not told', () => {
    expect(told(off('lint', 'types', 'build'))).toStrictEqual([]);
    expect(told({ ...all, mine: { run: ['make'] } })).toStrictEqual([]);
    expect(told({}, 0)).toStrictEqual([]);
  });

  test('is not told when nothing is left to run', () => {
    const done = [below(2, { body: says(), state: 'completed' })];
    expect(read(done, { config: config({ gates: all as never }) }).diagnostics).toStrictEqual([]);
  });
});

describe('comments', () => {
  test('with words in open segments that people wrote are told once', () => {
    const body = `${says()}\n<!-- run it -->`;
    const issues = [
      below(2, { body }),
      below(3, { body: says() }),
      below(4, { body }),
      below(5, { body, state: 'completed' }),
      below(6, { body, madeFor: 'fix' }),
    ];
    expect(read(issues).diagnostics).toStrictEqual([
      warning({ kind: 'HIDDEN_COMMENTS', at: at(1), segments: [2, 4] as never }),
    ]);
  });
});

describe('an agent that the config does not have', () => {
  const { claude } = config().agents;
  const agents = { zed: { ...claude, name: 'zed' }, goose: { ...claude, name: 'goose' } } as never;
  const wrong = (value: string, more: object = {}): Diagnostic =>
    error({
      kind: 'SPEC_VALUE',
      at: at(2),
      key: 'agent',
      value,
      expected: { kind: 'agent of the config', agents: ['goose', 'zed'] },
      ...more,
    });

  test.each<[string, string, readonly Diagnostic[]]>([
    ['a name of the config is fine', 'agent: zed', []],
    ['no name is fine', 'type: feat', []],
    ['a mistyped name is told with the nearest', 'agent: gose', [wrong('gose', { nearest: 'goose' })]],
    ['any other name is told without', 'agent: claude', [wrong('claude')]],
    ['a name that every object has is none', 'agent: constructor', [wrong('constructor')]],
  ])('%s', (_, key, diagnostics) => {
    const body = front('files: [x]', key);
    expect(read([below(2, { body })], { config: config({ agents }) }).diagnostics).toStrictEqual(diagnostics);
  });

  test('is nobody’s concern once its segment is done', () => {
    const body = front('files: [x]', 'agent: claude');
    expect(read([below(2, { body, state: 'completed' })], { config: config({ agents }) }).diagnostics).toStrictEqual(
      [],
    );
  });
});

describe('personas and skills', () => {
  const names = [...Array.from({ length: 30 }, (_, index) => `name-${index}`), 'zebra'];
  const missing = (
    kind: 'PERSONA_NOT_FOUND' | 'SKILL_NOT_FOUND',
    name: string,
    known: readonly string[],
    nearest?: string,
  ) => error({ kind, at: at(2), name, known, ...(nearest === undefined ? {} : { nearest }) });

  test.each<[string, readonly string[], KnownInstructions | undefined, readonly Diagnostic[]]>([
    ['none is named', [], { personas: [], skills: [] }, []],
    ['all are there', ['persona: api', 'skills: [tdd, docs]'], { personas: ['api'], skills: ['docs', 'tdd'] }, []],
    ['nobody knows which there are', ['persona: api', 'skills: [tdd]'], undefined, []],
    [
      'a persona is not there',
      ['persona: api'],
      { personas: ['web', 'data'], skills: ['api'] },
      [missing('PERSONA_NOT_FOUND', 'api', ['web', 'data'])],
    ],
    [
      'a persona is mistyped',
      ['persona: reviwer'],
      { personas: ['tester', 'reviewer'], skills: [] },
      [missing('PERSONA_NOT_FOUND', 'reviwer', ['tester', 'reviewer'], 'reviewer')],
    ],
    [
      'some skills are not there, in their order, after the persona',
      ['skills: [zz, tdd, qqq]', 'persona: api'],
      { personas: [], skills: ['tdd'] },
      [
        missing('PERSONA_NOT_FOUND', 'api', []),
        missing('SKILL_NOT_FOUND', 'zz', ['tdd']),
        missing('SKILL_NOT_FOUND', 'qqq', ['tdd']),
      ],
    ],
    [
      'there are more names than a problem lists, and the nearest is none of the first',
      ['skills: [zebr]'],
      { personas: [], skills: names },
      [missing('SKILL_NOT_FOUND', 'zebr', names.slice(0, 30), 'zebra')],
    ],
  ])('%s', (_, keys, instructions, diagnostics) => {
    const body = front('files: [x]', ...keys);
    expect(read([below(2, { body })], instructions ? { instructions } : {}).diagnostics).toStrictEqual(diagnostics);
  });

  test('of a segment that is done are not looked for', () => {
    const issues = [below(2, { body: front('files: [x]', 'persona: api'), state: 'completed' })];
    expect(read(issues, { instructions: { personas: [], skills: [] } }).diagnostics).toStrictEqual([]);
  });
});

describe('conflicts-with', () => {
  const stranger = (value: string): Diagnostic =>
    error({ kind: 'SPEC_VALUE', at: at(2), key: 'conflicts-with', value, expected: { kind: 'segments of this epic' } });
  const others = [below(3), below(4), below(5, { parent: 4 }), below(6, { parent: 4 })];

  test.each<[string, string, readonly (readonly [number, number])[], readonly Diagnostic[]]>([
    ['a segment', '3', [[2, 3]], []],
    ['itself', '2', [[2, 2]], []],
    ['a segment by its full name', 'Octo/Shop#3', [[2, 3]], []],
    [
      'a group: all its segments',
      '4',
      [
        [2, 5],
        [2, 6],
      ],
      [],
    ],
    [
      'several, in the order in which they stand',
      '5, 3',
      [
        [2, 5],
        [2, 3],
      ],
      [],
    ],
    ['an issue outside the epic', '99', [], [stranger('#99')]],
    ['the number of a segment in another repository', 'octo/mail#3', [], [stranger('octo/mail#3')]],
    ['known and unknown ones', '99, 3, octo/mail#4', [[2, 3]], [stranger('#99'), stranger('octo/mail#4')]],
  ])('%s', (_, written, pairs, diagnostics) => {
    const made = read([below(2, { body: front('files: [x]', `conflicts-with: [${written}]`) }), ...others]);
    expect([made.statedConflicts, made.diagnostics]).toStrictEqual([pairs, diagnostics]);
  });

  test('a segment that is done keeps its conflicts, and its faults are nobody’s concern', () => {
    const body = front('files: [x]', 'conflicts-with: [99, 3]');
    const made = read([below(2, { body, state: 'completed' }), below(3)]);
    expect([made.statedConflicts, made.diagnostics]).toStrictEqual([[[2, 3]], []]);
  });

  test('the pairs of all segments stand by the number of the one that says so', () => {
    const body = (number: number): string => front('files: [x]', `conflicts-with: [${number}]`);
    const made = read([below(3, { body: body(2) }), below(2, { body: body(3) })]);
    expect(made.statedConflicts).toStrictEqual([
      [2, 3],
      [3, 2],
    ]);
  });
});

describe('branches', () => {
  const named = (branch: string, ...more: readonly string[]) => ({
    body: front('files: [x]', `branch: "${branch}"`, ...more),
  });
  const wrong = (issue: number, branch: string, why: BranchFault) =>
    error({ kind: 'BRANCH_NAME', at: at(issue), branch, why });

  test.each<[string, Parameters<typeof below>[1], string]>([
    ['the template of the config', { title: 'Add the cart' }, 'work/1/7/feat-add-the-cart'],
    ['a template of its own', named('x/{number}'), 'x/7'],
    ['its own type and slug', { body: front('files: [x]', 'type: fix', 'slug: tax') }, 'work/1/7/fix-tax'],
  ])('%s', (_, facts, branch) => {
    const made = read([below(7, facts)], { config: config({ branch: 'work/{epic}/{number}/{type}-{slug}' }) });
    expect(made.segments.map((segment) => segment.branch)).toStrictEqual([branch]);
  });

  test.each<[string, Parameters<typeof below>[1], string]>([
    ['a title', { title: 'Fix the gates' }, 'feat/fix-the-gates-9'],
    ['a slug with its number', { body: front('files: [x]', 'slug: gates-9') }, 'feat/gates-9'],
    ['a slug with another number', { body: front('files: [x]', 'slug: gates-19') }, 'feat/gates-19-9'],
    ['a slug that begins with its number', { body: front('files: [x]', 'slug: 9-gates') }, 'feat/9-gates-9'],
  ])('a fix has its number in its branch: %s', (_, facts, branch) => {
    const fixes = { 9: { wave: 1, round: 1 } };
    expect(read([below(2), below(9, facts)], { fixes }).segments[1]?.branch).toBe(branch);
  });

  test('of one name are told once, with all segments that have it', () => {
    const issues = [
      below(2, { title: 'Same' }),
      below(3, named('x')),
      below(4, { title: 'same!' }),
      below(5, named('x')),
      below(6, { title: 'Same.' }),
      below(7, named('y')),
    ];
    expect(read(issues).diagnostics).toStrictEqual([
      error({ kind: 'BRANCH_TAKEN', branch: 'x', segments: [3, 5] as never }),
    ]);
  });

  test('from titles that are alike end in the number of the later segment', () => {
    const long = 'Migrate the payments service to the new event bus';
    const issues = [
      below(2, { title: `${long}: consumers` }),
      below(3, { title: `${long}: producers` }),
      below(4, { title: 'Update the docs', state: 'completed' }),
      below(5, { title: 'Update the docs' }),
      below(6, { title: 'Cart' }),
      below(7, { title: 'Till', body: front('files: [x.ts]', 'slug: cart') }),
      below(8, { title: 'Other', body: front('files: [x.ts]', 'branch: "feat/update-the-docs-5"') }),
    ];
    const { segments, diagnostics } = read(issues);
    expect(segments.map(({ branch }) => branch)).toStrictEqual([
      'feat/migrate-the-payments-service-to-the-new',
      'feat/migrate-the-payments-service-to-the-new-3',
      'feat/update-the-docs',
      'feat/update-the-docs-5',
      'feat/cart-6',
      'feat/cart',
      'feat/update-the-docs-5',
    ]);
    expect(diagnostics).toStrictEqual([
      error({ kind: 'BRANCH_TAKEN', branch: 'feat/update-the-docs-5', segments: [5, 8] as never }),
    ]);
  });

  test('without a place for a slug are still told', () => {
    const issues = [below(2, { title: 'Same' }), below(3, { title: 'Same' })];
    expect(read(issues, { config: config({ branch: 'swarm/{epic}' }) }).diagnostics).toStrictEqual([
      error({ kind: 'BRANCH_TAKEN', branch: 'swarm/1', segments: [2, 3] as never }),
    ]);
  });

  test('of segments that are done are free again', () => {
    const issues = [below(2, { ...named('x'), state: 'completed' }), below(3, named('x')), below(4, named('x/y'))];
    expect(read([issues[0] as never, issues[1] as never]).diagnostics).toStrictEqual([]);
    expect(read([below(2, { ...named('a..b'), state: 'completed' })]).diagnostics).toStrictEqual([]);
  });

  test.each<[string, readonly ReturnType<typeof below>[], readonly Diagnostic[]]>([
    [
      'one inside another',
      [below(2, named('work/a')), below(3, named('work'))],
      [wrong(2, 'work/a', { kind: 'inside another', branch: 'work', of: 3 as never })],
    ],
    [
      'one deep inside another',
      [below(2, named('a/b')), below(3, named('a/b/c/d'))],
      [wrong(3, 'a/b/c/d', { kind: 'inside another', branch: 'a/b', of: 2 as never })],
    ],
    [
      'one inside two others: the outermost',
      [below(2, named('a/b')), below(3, named('a')), below(4, named('a/b/c'))],
      [
        wrong(2, 'a/b', { kind: 'inside another', branch: 'a', of: 3 as never }),
        wrong(4, 'a/b/c', { kind: 'inside another', branch: 'a', of: 3 as never }),
      ],
    ],
    ['one that only begins like another', [below(2, named('work')), below(3, named('workshop/a'))], []],
    ['one that only begins like another, in one folder', [below(2, named('a/b')), below(3, named('a/bc'))], []],
    ['one beside another', [below(2, named('work/a')), below(3, named('work/b'))], []],
    ['the base of the repository', [below(2, named('main'))], [wrong(2, 'main', { kind: 'is the base' })]],
    ['its own base', [below(2, named('dev', 'base: dev'))], [wrong(2, 'dev', { kind: 'is the base' })]],
    ['the base of the repository, with a base of its own', [below(2, named('main', 'base: dev'))], []],
    [
      'a name that git refuses, also inside another',
      [below(2, named('a')), below(3, named('a/b..c'))],
      [wrong(3, 'a/b..c', { kind: 'double dot' })],
    ],
    [
      'the base, also inside another',
      [below(2, named('a')), below(3, named('a/b', 'base: a/b'))],
      [wrong(3, 'a/b', { kind: 'is the base' })],
    ],
  ])('%s', (_, issues, diagnostics) => {
    expect(read(issues, { config: config({ base: 'main' }) }).diagnostics).toStrictEqual(diagnostics);
  });

  test('without a base in the config, only a base of its own is one', () => {
    expect(read([below(2, named('main'))]).diagnostics).toStrictEqual([]);
  });
});
