import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { EpicFacts } from '../../src/core/epic/segments.ts';
import { issueNumber } from '../../src/core/model/epic.ts';
import type { Plan } from '../../src/core/model/plan.ts';
import type { Problem } from '../../src/core/model/problem.ts';
import type { Issue, OtherIssue } from '../../src/core/model/snapshot.ts';
import { planEpic } from '../../src/core/plan/planner.ts';
import { letterOf } from '../../src/core/plan/tracks.ts';
import { branchFault } from '../../src/core/text/branch-name.ts';
import { expectSoon } from '../cpu.ts';
import { config, type IssueFacts, issue as plainIssue } from './facts.ts';

type Facts = IssueFacts & Partial<Pick<Issue, 'parent' | 'children' | 'kind' | 'blockedBy'>>;

/** An issue below the epic, #1, unless `parent` says otherwise. */
const issue = (
  number: number,
  {
    blockedBy,
    parent,
    children,
    kind,
    ...facts
  }: Omit<Facts, 'blockedBy' | 'parent' | 'children'> & {
    readonly blockedBy?: readonly number[];
    readonly parent?: number;
    readonly children?: readonly number[];
  } = {},
): Issue => ({
  ...plainIssue(number, { ...facts, ...(blockedBy ? { blockedBy } : {}) }),
  ...(parent === undefined ? {} : { parent: issueNumber(parent) }),
  ...(children === undefined ? {} : { children: children.map(issueNumber) }),
  ...(kind === undefined ? {} : { kind }),
});

const epicIssue = (facts: IssueFacts = {}): Issue => {
  const { parent: _, ...epic } = plainIssue(1, { title: 'The shop', body: 'Build the shop.', ...facts });
  return epic;
};

const plan = (issues: readonly Issue[], facts: Partial<EpicFacts> = {}): Plan =>
  planEpic({ epic: epicIssue(), issues, others: [], config: config(), fixes: {}, ...facts });

const errors = ({ diagnostics }: Plan): readonly Problem[] =>
  diagnostics.filter(({ level }) => level === 'error').map(({ problem }) => problem);

/** `1: A[2 3] B[4]` for each wave. */
const waves = ({ waves: all }: Plan): readonly string[] =>
  all.map(
    (wave) =>
      `${wave.number}: ${wave.tracks.map(({ letter, segments }) => `${letter}[${segments.join(' ')}]`).join(' ')}`,
  );

const other = (number: number, facts: Partial<OtherIssue> = {}): OtherIssue => ({
  ref: { number: issueNumber(number) },
  kind: 'issue',
  state: 'open',
  ...facts,
});

const files = (...globs: string[]): string =>
  `---\nfiles: [${globs.map((glob) => `"${glob}"`).join(', ')}]\n---\nDo it.`;

describe('where segments come from', () => {
  test('sub-issues; groups stand for their leaves, and their blockers block all of these (R1.1)', () => {
    const made = plan([
      issue(2),
      issue(3, { blockedBy: [4] }),
      issue(4, { children: [5, 6], blockedBy: [2] }),
      issue(5, { parent: 4 }),
      issue(6, { parent: 4 }),
    ]);
    expect(errors(made)).toEqual([]);
    expect(made.source).toBe('sub-issues');
    expect(made.segments.map(({ number, blockedBy }) => [number, blockedBy])).toEqual([
      [2, []],
      [3, [5, 6]],
      [5, [2]],
      [6, [2]],
    ]);
    expect(waves(made)).toEqual(['1: A[2]', '2: A[5] B[6]', '3: A[3]']);
  });

  test('the same issue below two parents is one segment (B057)', () => {
    const made = plan([issue(2, { children: [4] }), issue(3, { children: [4] }), issue(4, { parent: 2 })]);
    expect(made.segments.map(({ number }) => number)).toEqual([4]);
  });

  test("the epic's task list, where it has no sub-issues (R1.2)", () => {
    const body = '- [ ] #2\n- [ ] #3 (depends on: #2)\n- [ ] octo/other#9\n- [ ] #8\n- [ ] #7';
    const alone = (number: number): Issue => {
      const { parent: _, ...facts } = issue(number);
      return facts;
    };
    const made = plan([alone(2), alone(3)], {
      epic: epicIssue({ body }),
      others: [other(7, { kind: 'pull request' })],
    });
    expect(made.source).toBe('task list');
    expect(waves(made)).toEqual(['1: A[2]', '2: A[3]']);
    expect(errors(made)).toEqual([
      {
        kind: 'SPEC_VALUE',
        at: { issue: 1, line: 3 },
        key: 'task list',
        value: 'octo/other#9',
        expected: { kind: 'issues of this repository' },
      },
      { kind: 'UNKNOWN_ISSUE', at: { issue: 1, line: 4 }, ref: { number: 8 } },
      { kind: 'NOT_AN_ISSUE', at: { issue: 1, line: 5 }, ref: { number: 7 } },
    ]);
  });

  test('one source, never a mix: with sub-issues a task list adds no segments, but its dependencies count', () => {
    const made = plan([issue(2), issue(3)], { epic: epicIssue({ body: '- [ ] #2 (depends on: #3)\n- [ ] #9' }) });
    expect(errors(made)).toEqual([]);
    expect(waves(made)).toEqual(['1: A[3]', '2: A[2]']);
  });

  test('the epic itself; also when swarm has made segments to mend it', () => {
    const alone = plan([]);
    expect([alone.source, waves(alone)]).toEqual(['the epic itself', ['1: A[1]']]);
    const mended = plan([issue(9, { madeFor: 'fix:1:1:1' })], { fixes: { 9: { wave: 1, round: 1 } } });
    expect([mended.source, waves(mended)]).toEqual(['the epic itself', ['1: A[1] B[9]']]);
  });

  test('an empty epic has no segments; an empty segment has an empty task', () => {
    expect(errors(plan([], { epic: epicIssue({ body: '<!-- template -->' }) }))).toEqual([
      { kind: 'NO_SEGMENTS', at: { issue: 1 } },
    ]);
    expect(errors(plan([issue(2, { body: '' })]))).toEqual([{ kind: 'EMPTY_TASK', at: { issue: 2 } }]);
    expect(errors(plan([issue(2)], { epic: epicIssue({ body: '' }) }))).toEqual([]);
  });

  test('a child that is not there, or is a pull request (B058)', () => {
    const epic = { ...epicIssue(), children: [2, 3, 4].map(issueNumber) };
    expect(errors(plan([issue(2), issue(3, { kind: 'pull request' })], { epic }))).toEqual([
      { kind: 'NOT_AN_ISSUE', at: { issue: 1 }, ref: { number: 3 } },
      { kind: 'UNKNOWN_ISSUE', at: { issue: 1 }, ref: { number: 4 } },
    ]);
  });

  test('a segment closed before is in the plan, and nothing is wrong with it any more (B059)', () => {
    const made = plan([issue(2, { state: 'completed', body: '---\ntype: x\n---' }), issue(3, { blockedBy: [2] })]);
    expect(errors(made)).toEqual([]);
    expect(waves(made)).toEqual(['1: A[2]', '2: A[3]']);
  });

  test('documents of the epic are documents of its segments too', () => {
    const made = plan([issue(2, { body: '---\ncontext: [b.md]\nfiles: [x]\n---\nDo it.' })], {
      epic: epicIssue({ body: '---\ncontext: [docs/a.md]\n---\nThe shop.' }),
    });
    expect(made.segments[0]?.spec.context).toEqual(['docs/a.md', 'b.md']);
    expect(made.diagnostics).toEqual([]);
  });
});

describe('what is wrong with its links', () => {
  test('a cycle, with who said what', () => {
    const made = plan([
      issue(2, { blockedBy: [3] }),
      issue(3, { body: `${files('x')}\n\nBlocked by #2` }),
      issue(4, { blockedBy: [2] }),
      issue(5),
    ]);
    expect(errors(made)).toEqual([
      {
        kind: 'EPIC_CYCLE',
        path: [2, 3, 2],
        links: [
          { from: 2, to: 3, said: { kind: 'native' } },
          { from: 3, to: 2, said: { kind: 'text', line: 6, text: 'Blocked by #2' } },
        ],
      },
    ]);
    expect(waves(made)).toEqual(['1: A[5]', '2: A[2] B[3] C[4]']);
  });

  test('a cycle hidden in groups (B049)', () => {
    const made = plan([
      issue(2),
      issue(3),
      issue(4, { parent: 2, blockedBy: [3] }),
      issue(5, { parent: 3, blockedBy: [2] }),
    ]);
    expect(errors(made)).toEqual([
      {
        kind: 'EPIC_CYCLE',
        path: [4, 5, 4],
        links: [
          { from: 4, to: 5, said: { kind: 'group', group: 3 } },
          { from: 5, to: 4, said: { kind: 'group', group: 2 } },
        ],
      },
    ]);
  });

  test('itself, its own group, the epic (B047)', () => {
    const made = plan([
      issue(2, { blockedBy: [2] }),
      issue(3),
      issue(4, { parent: 3, blockedBy: [3] }),
      issue(5, { body: `${files('y')}\nDepends on #1` }),
    ]);
    expect(errors(made)).toEqual([
      { kind: 'SELF_DEPENDENCY', at: { issue: 2 }, link: { from: 2, to: 2, said: { kind: 'native' } } },
      { kind: 'SELF_DEPENDENCY', at: { issue: 4 }, link: { from: 4, to: 4, said: { kind: 'group', group: 3 } } },
      {
        kind: 'SELF_DEPENDENCY',
        at: { issue: 5, line: 5 },
        link: { from: 5, to: 5, said: { kind: 'group', group: 1 } },
      },
    ]);
  });

  test('an epic or a group that waits for its own parts says nothing', () => {
    const epic = { ...epicIssue(), blockedBy: [{ number: issueNumber(2), state: 'open' as const }] };
    const made = plan([issue(2), issue(3, { blockedBy: [4] }), issue(4, { parent: 3 })], { epic });
    expect(made.diagnostics).toEqual([]);
    expect(waves(made)).toEqual(['1: A[2] B[4]']);
  });

  test.each<[string, Partial<OtherIssue> | undefined, readonly Problem['kind'][], readonly number[]]>([
    ['open (B050)', { state: 'open' }, [], [9]],
    ['done', { state: 'completed' }, [], []],
    ['closed as not planned (B051)', { state: 'not planned' }, ['BLOCKER_NOT_PLANNED'], []],
    ['a pull request', { kind: 'pull request' }, ['NOT_AN_ISSUE'], []],
    ['not there (B053)', { kind: 'missing' }, ['UNKNOWN_ISSUE'], []],
    ['not looked at', undefined, [], [9]],
  ])('a blocker outside that is %s', (_, facts, kinds, waiting) => {
    const made = plan([issue(2, { body: `${files('x')}\nDepends on #9` }), issue(3)], {
      others: facts ? [other(9, facts)] : [],
    });
    expect(errors(made).map(({ kind }) => kind)).toEqual(kinds);
    expect(made.waitsOutside).toEqual(waiting.length > 0 ? { 2: waiting.map((number) => ({ number })) } : {});
  });

  test('a blocker in another repository is outside; one in this repository by its full name is inside', () => {
    const made = plan([
      {
        ...issue(2),
        blockedBy: [{ number: issueNumber(3), repository: { owner: 'octo', name: 'mail' }, state: 'open' }],
      },
      issue(3, { body: `${files('x')}\nDepends on Octo/Shop#2 and https://github.com/octo/shop/issues/4` }),
      issue(4),
    ]);
    expect(made.diagnostics).toEqual([]);
    expect(made.waitsOutside).toEqual({ 2: [{ number: 3, repository: { owner: 'octo', name: 'mail' } }] });
    expect(made.segments[1]?.blockedBy).toEqual([2, 4]);
  });

  test('a blocker in a repository that swarm may not see holds its segment, and only that', () => {
    const mail = { number: issueNumber(9), repository: { owner: 'octo', name: 'mail' } };
    const made = plan([issue(2, { body: `${files('x')}\nDepends on octo/mail#9` }), issue(3)], {
      others: [{ ref: mail, kind: 'missing' }],
    });
    expect(errors(made)).toEqual([]);
    expect(made.diagnostics).toMatchObject([{ level: 'warning', problem: { kind: 'UNKNOWN_ISSUE', ref: mail } }]);
    expect(made.waitsOutside).toEqual({ 2: [mail] });
  });

  test('a native link that cannot be seen is an error: nobody knows what it waits for', () => {
    const made = plan([{ ...issue(2), hiddenBlockers: 1 }, issue(3)]);
    expect(errors(made)).toMatchObject([{ kind: 'BLOCKER_HIDDEN', at: { issue: 2 }, count: 1 }]);
  });

  test('what blocks the epic from outside blocks all its segments that are not done', () => {
    const epic = { ...epicIssue(), blockedBy: [{ number: issueNumber(99), state: 'open' as const }] };
    expect(plan([issue(2), issue(3, { state: 'completed' })], { epic }).waitsOutside).toEqual({ 2: [{ number: 99 }] });
  });

  test('a blocker inside that was closed as not planned is an error, unless it was skipped', () => {
    const issues = [issue(2, { state: 'not planned' }), issue(3, { blockedBy: [2] })];
    expect(errors(plan(issues, { skipped: new Set() }))).toMatchObject([
      { kind: 'BLOCKER_NOT_PLANNED', ref: { number: 2 } },
    ]);
    expect(errors(plan(issues, { skipped: new Set([2]) }))).toEqual([]);
    expect(errors(plan(issues))).toEqual([]);
  });
});

describe('overlaps and tracks', () => {
  test('shared files, conflicts, unknown scopes and segments that run alone', () => {
    const made = plan([
      issue(2, { body: files('src/auth/login.ts') }),
      issue(3, { body: files('src/auth/*.ts') }),
      issue(4, { body: '---\nfiles: [docs/**]\nconflicts-with: [5]\n---\nDo it.' }),
      issue(5, { body: files('src/mail/**') }),
      issue(6, { body: 'Whatever it takes.' }),
      issue(7, { body: '---\nfiles: [ci/**]\nparallel: false\n---\nDo it.' }),
      issue(8, { body: files('src/web/**') }),
    ]);
    const said = made.overlaps.map(
      ({ a, b, why }) => `${a} ${b} ${why.kind === 'files' ? `${why.a} ~ ${why.b}` : why.kind}`,
    );
    expect(said).toEqual([
      '2 3 src/auth/login.ts ~ src/auth/*.ts',
      '2 6 scope unknown',
      '2 7 not parallel',
      '3 6 scope unknown',
      '3 7 not parallel',
      '4 5 conflicts-with',
      '4 6 scope unknown',
      '4 7 not parallel',
      '5 6 scope unknown',
      '5 7 not parallel',
      '6 7 not parallel',
      '6 8 scope unknown',
      '7 8 not parallel',
    ]);
    expect(
      made.waves[0]?.tracks.map(({ letter, name, segments }) => `${letter} ${name}: ${segments.join(' ')}`),
    ).toEqual(['A src/auth: 2 3', 'B docs, src/mail: 4 5', 'C everything: 6 7', 'D src/web: 8']);
  });

  /** Each line is a segment's file scope, from #2 on. */
  test.each<[string, string[][], string[]]>([
    [
      'one file of two, and one on its own',
      [['src/cart/total.ts'], ['src/cart/total.ts'], ['src/mail/**']],
      ['A src/cart/total.ts: 2 3', 'B src/mail: 4'],
    ],
    ['a file and its directory', [['src/auth/**'], ['src/auth/login.ts']], ['A src/auth: 2 3']],
    [
      'code and its own tests stay together',
      [
        ['src/cart/**', 'test/cart/**'],
        ['src/cart/tax.ts', 'test/cart/tax.test.ts'],
      ],
      ['A src/cart: 2 3'],
    ],
    [
      'a glob that is in the way of all',
      [['README.md'], ['docs/**'], ['**/*.md'], ['CHANGELOG.md'], ['site/**']],
      ['A **/*.md: 2 3 4 5 6'],
    ],
    [
      'through one another',
      [['src/api/users.ts'], ['src/api/**', 'docs/api.md'], ['docs/*.md']],
      ['A docs, src/api: 2 3 4'],
    ],
    [
      'the lock file',
      [
        ['package.json', 'src/a/**'],
        ['package.json', 'src/b/**'],
      ],
      ['A package.json: 2 3'],
    ],
    [
      'seven segments in four places: sequential within a track (requirement 001.16)',
      [['src/auth/**'], ['src/auth/**'], ['src/api/**'], ['src/api/**'], ['src/models/**'], ['tests/**'], ['tests/**']],
      ['A src/auth: 2 3', 'B src/api: 4 5', 'C src/models: 6', 'D tests: 7 8'],
    ],
    ['all tests, and one feature', [['**/*.test.ts'], ['src/cart/**']], ['A src/cart: 2 3']],
    ['beside each other', [['web/**'], ['api/**'], ['infra/**']], ['A web: 2', 'B api: 3', 'C infra: 4']],
    [
      'packages of a monorepo',
      [['packages/ui/**'], ['packages/core/**'], ['packages/ui/src/Button.tsx'], ['packages/core/test/**']],
      ['A packages/ui: 2 4', 'B packages/core: 3 5'],
    ],
    [
      'migrations in one directory',
      [['db/migrations/*.sql'], ['db/migrations/*_users.sql'], ['db/seeds/**']],
      ['A db/migrations: 2 3', 'B db/seeds: 4'],
    ],
    [
      'kinds of files that never meet',
      [['src/**/*.css'], ['src/**/*.ts'], ['src/**/*.md']],
      ['A src: 2', 'B src: 3', 'C src: 4'],
    ],
    ['alternatives', [['src/{cart,order}/**'], ['src/order/list.ts'], ['src/cart/total.ts']], ['A src: 2 3 4']],
    [
      'a document that two touch',
      [
        ['src/cart/**', 'README.md'],
        ['src/mail/**', 'README.md'],
      ],
      ['A README.md: 2 3'],
    ],
    [
      'several places at once',
      [['a/x', 'b/x', 'c/x', 'd/x'], ['a/*'], ['b/*'], ['c/*'], ['d/*']],
      ['A a, b, +2: 2 3 4 5 6'],
    ],
    [
      'what is taken away does not meet',
      [['src/**', '!src/gen/**'], ['src/gen/api.ts'], ['src/x.ts']],
      ['A src: 2 4', 'B src/gen/api.ts: 3'],
    ],
    [
      'one that takes everything stands apart',
      [['src/a/**'], ['**'], ['src/b/**']],
      ['A src/a: 2', 'B everything: 3', 'C src/b: 4'],
    ],
    [
      'the root of the repository',
      [['*.json'], ['tsconfig.json'], ['.github/workflows/ci.yml']],
      ['A tsconfig.json: 2 3', 'B .github/workflows/ci.yml: 4'],
    ],
  ])('tracks as a person would name them: %s', (_, scopes, tracks) => {
    const made = plan(scopes.map((globs, at) => issue(at + 2, { body: files(...globs) })));
    expect(
      made.waves[0]?.tracks.map(({ letter, name, segments }) => `${letter} ${name}: ${segments.join(' ')}`),
    ).toEqual(tracks);
  });

  test('tracks and their members stand in the order in which they start', () => {
    const made = plan([
      issue(2, { body: files('a/x') }),
      issue(3, { body: files('a/*') }),
      issue(4, { body: '---\nfiles: [b]\npriority: 0\n---\nDo it.' }),
      issue(5, { body: files('c'), blockedBy: [3] }),
    ]);
    expect(waves(made)).toEqual(['1: A[3 2] B[4]', '2: A[5]']);
  });

  test('a conflict with what is no segment', () => {
    const body = '---\nfiles: [a]\nconflicts-with: [99]\n---\nDo it.';
    expect(errors(plan([issue(2, { body })]))).toMatchObject([
      { kind: 'SPEC_VALUE', key: 'conflicts-with', value: '#99' },
    ]);
  });

  test.each([
    [0, 'A'],
    [25, 'Z'],
    [26, 'AA'],
    [27, 'AB'],
    [701, 'ZZ'],
    [702, 'AAA'],
  ])('track %i is %s', (at, letter) => {
    expect(letterOf(at)).toBe(letter);
  });
});

describe('fix segments', () => {
  test('stand in the wave they mend, and shift nobody', () => {
    const issues = [issue(2), issue(3, { blockedBy: [2] }), issue(4, { blockedBy: [3] })];
    const before = plan(issues);
    const fixes = { 8: { wave: 1, round: 1 }, 9: { wave: 2, round: 1 } };
    const made = (number: number) => issue(number, { madeFor: `fix:${number}`, title: 'Mend the gates' });
    const after = plan([...issues, made(8), made(9)], { fixes });
    expect(waves(before)).toEqual(['1: A[2]', '2: A[3]', '3: A[4]']);
    expect(waves(after)).toEqual(['1: A[2] B[8]', '2: A[3] B[9]', '3: A[4]']);
    expect(after.forecast).toEqual(before.forecast);
    expect(after.segments.map(({ fix }) => fix?.wave)).toEqual([undefined, undefined, undefined, 1, 2]);
    expect(errors(after)).toEqual([]);
    expect(new Set(after.segments.map(({ branch }) => branch)).size).toBe(5);
  });

  test('nobody waits for a later wave from an earlier one, whatever links they get', () => {
    const issues = [
      issue(2),
      issue(3, { blockedBy: [2] }),
      issue(4, { blockedBy: [9] }),
      issue(8, { madeFor: 'a', blockedBy: [3] }),
      issue(9, { madeFor: 'b' }),
    ];
    const made = plan(issues, { fixes: { 8: { wave: 1, round: 1 }, 9: { wave: 2, round: 1 } } });
    expect(waves(made)).toEqual(['1: A[2]', '2: A[3] B[9] C[4] D[8]']);
  });
});

describe('branches', () => {
  test('by the template, the slug, the type (R5.2)', () => {
    const made = plan(
      [
        issue(2, { title: 'Add the cart' }),
        issue(3, { body: '---\ntype: fix\nslug: tax\nbranch: "{epic}/{number}-{slug}"\nfiles: [x]\n---\nDo it.' }),
      ],
      { config: config({ branch: '{type}/{slug}' }) },
    );
    expect(made.segments.map(({ branch }) => branch)).toEqual(['feat/add-the-cart', '1/3-tax']);
  });

  test('one branch for two, one in the way of another, the base, no name at all', () => {
    const branch = (name: string) => ({ body: `---\nbranch: "${name}"\nfiles: [x]\n---\nDo it.` });
    const made = plan(
      [
        issue(2, branch('feat/same')),
        issue(3, branch('feat/same')),
        issue(4, branch('work')),
        issue(5, branch('work/{slug}')),
        issue(6, branch('main')),
        issue(7, branch('a..b')),
        issue(8, branch('{slag}')),
      ],
      { config: config({ base: 'main' }) },
    );
    expect(errors(made)).toMatchObject([
      { kind: 'BRANCH_TAKEN', branch: 'feat/same', segments: [2, 3] },
      { kind: 'BRANCH_NAME', at: { issue: 5 }, branch: 'work/segment-5' },
      { kind: 'BRANCH_NAME', at: { issue: 6 }, branch: 'main' },
      { kind: 'BRANCH_NAME', at: { issue: 7 }, branch: 'a..b' },
      { kind: 'BRANCH_NAME', at: { issue: 8 }, branch: '{slag}' },
    ]);
  });

  test.each([
    ['main', true],
    ['feat/日本', true],
    ['main;id', true],
    ['-x', false],
    ['a..b', false],
    ['x.lock', false],
    ['x.lock/y', false],
    ['@', false],
    ['@{0}', false],
    ['refs/heads/x', false],
    ['a b', false],
    ['a//b', false],
    ['/a', false],
    ['a/', false],
    ['.a', false],
    ['a/.b', false],
    ['a.', false],
    ['a~1', false],
    ['a^', false],
    ['a:b', false],
    ['a\\b', false],
    ['a[b', false],
    ['a*', false],
    ['a?', false],
    ['a\u007f', false],
    ['HEAD', false],
    ['', false],
    ['a'.repeat(300), false],
    ['0'.repeat(40), false],
  ])('%j may be a branch: %j (B181)', (name, may) => {
    expect(branchFault(name) === undefined).toBe(may);
  });
});

describe('limits (R11.8)', () => {
  test('10,000 segments are refused in a moment (B054)', () => {
    const many = Array.from({ length: 10_000 }, (_, at) => issue(at + 2, at > 0 ? { blockedBy: [at + 1] } : {}));
    const made = expectSoon(() => plan(many));
    expect(errors(made)).toMatchObject([
      { kind: 'LIMIT_EXCEEDED', what: 'segments', found: 10_000, limit: 200, configKey: 'limits.segments' },
      { kind: 'LIMIT_EXCEEDED', what: 'waves', found: 200, limit: 50, configKey: 'limits.waves' },
    ]);
    expect(made.segments).toHaveLength(200);
  });

  test('a chain of 200 is planned, and has too many waves (B055)', () => {
    const chain = Array.from({ length: 200 }, (_, at) => issue(at + 2, at > 0 ? { blockedBy: [at + 1] } : {}));
    expect(errors(plan(chain))).toMatchObject([{ kind: 'LIMIT_EXCEEDED', what: 'waves', found: 200, limit: 50 }]);
  });
});

describe('any epic', () => {
  const body = fc.constantFrom(
    files('src/a/**'),
    files('src/b/**'),
    files('src/a/x.ts'),
    'Anything.',
    '',
    '---\ntype: wrong\n---\nDo it.',
    `${files('src/c')}\nDepends on #3`,
    `${files('src/d')}\nBlocked by #99, #5`,
    '---\nparallel: false\npriority: 0\nestimate: 2h\n---\nDo it.',
    '---\nconflicts-with: [4]\nfiles: [src/e]\n---\nDo it.',
  );
  const anyIssue = (number: number) =>
    fc
      .record({
        body,
        parent: fc.constantFrom(1, 1, 1, 2, 3),
        blockedBy: fc.uniqueArray(fc.integer({ min: 2, max: 9 }), { maxLength: 2 }),
        state: fc.constantFrom<Issue['state']>('open', 'open', 'open', 'completed', 'not planned'),
      })
      .map((facts) => issue(number, { ...facts, parent: facts.parent === number ? 1 : facts.parent }));
  const anyIssues = fc
    .tuple(...[2, 3, 4, 5, 6, 7, 8].map(anyIssue))
    .chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })));

  test('the same plan for any order of its issues (R2.1)', () => {
    fc.assert(
      fc.property(anyIssues, ([issues, shuffled]) => {
        expect(plan(shuffled)).toEqual(plan(issues));
      }),
    );
  });

  test('every segment is in one wave and one track; edges go forward, or else a cycle is reported', () => {
    fc.assert(
      fc.property(anyIssues, ([issues]) => {
        const made = plan(issues);
        const places = made.waves.flatMap((wave) =>
          wave.tracks.flatMap((track) => track.segments.map((number) => [number, wave.number] as const)),
        );
        const waveOf = new Map(places);
        expect(places.map(([number]) => number).sort((a, b) => a - b)).toEqual(
          made.segments.map(({ number }) => number),
        );
        const forward = made.segments.every(({ number, blockedBy }) =>
          blockedBy.every((on) => (waveOf.get(on) ?? 0) < (waveOf.get(number) ?? 0)),
        );
        expect(errors(made).some(({ kind }) => kind === 'EPIC_CYCLE')).toBe(!forward);
        for (const { tracks } of made.waves) {
          expect(tracks.map(({ letter }) => letter)).toEqual(tracks.map((_, at) => letterOf(at)));
        }
      }),
    );
  });
});

describe('the agent of a segment', () => {
  const named = (name: string): Issue => issue(2, { body: `---\nfiles: [src/**]\nagent: ${name}\n---\nDo it.` });

  test.each(['claude', 'goose'])('%s is one that the config has', (name) => {
    const goose = { name: 'goose', kind: 'acp', command: ['goose', 'acp'], environment: [] } as const;
    const agents = { ...config().agents, goose };
    expect(errors(plan([named(name)], { config: config({ agents }) }))).toEqual([]);
  });

  test('is told where the config has none of the name, before anything runs', () => {
    expect(errors(plan([named('clade')]))).toEqual([
      {
        kind: 'SPEC_VALUE',
        at: { issue: 2 },
        key: 'agent',
        value: 'clade',
        expected: { kind: 'agent of the config', agents: ['claude', 'codex', 'copilot', 'gemini', 'opencode'] },
        nearest: 'claude',
      },
    ]);
    expect(errors(plan([issue(2, { body: '---\nagent: constructor\n---\nDo it.' })]))).toHaveLength(1);
  });
});

test('a plan holds the walls that the config asks for', () => {
  for (const isolation of ['auto', 'none'] as const) {
    expect(plan([issue(2)], { config: config({ isolation }) }).isolation).toBe(isolation);
  }
});

describe('a budget that cannot bind an agent', () => {
  const price = { inputUsd: 1, outputUsd: 2, cachedUsd: 1 };
  const agents = config().agents;
  const codex = agents.codex ?? { name: 'codex', kind: 'codex', command: [], environment: [] };
  const warned = (facts: Parameters<typeof config>[0], body = 'Do it.'): readonly unknown[] =>
    plan([issue(2, { body: `---\nfiles: [src/**]\n${body}` })], { config: config({ council: 'off', ...facts }) })
      .diagnostics.filter(({ problem }) => problem.kind === 'BUDGET_UNBOUND')
      .map(({ level, problem }) => ({ level, ...problem }));
  const task = '---\nDo it.';
  const unbound = {
    level: 'warning',
    kind: 'BUDGET_UNBOUND',
    at: { issue: 1 },
    agent: 'codex',
    budgetUsd: 5,
    minutes: 60,
  };

  test.each<[string, Parameters<typeof config>[0], string, readonly unknown[]]>([
    ['codex tells tokens alone', { agent: 'codex', budgetUsd: { segment: 5, epic: 50 } }, task, [unbound]],
    ['the epic has the only one', { agent: 'codex', budgetUsd: { epic: 50 } }, task, [{ ...unbound, budgetUsd: 50 }]],
    ['the issue has it', { agent: 'claude' }, 'agent: codex\nbudget: 5\n---\nDo it.', [unbound]],
    [
      'its own, with turns and less time',
      { agent: 'codex', agents: { ...agents, codex: { ...codex, budgetUsd: 5, maxTurns: 80, timeoutMinutes: 20 } } },
      task,
      [{ ...unbound, minutes: 20, turns: 80 }],
    ],
    ['a reviewer', { council: 'on', roles: { reviewer: 'codex' }, budgetUsd: { segment: 5 } }, task, [unbound]],
    ['a tester', { roles: { tester: 'codex' }, budgetUsd: { segment: 5 } }, task, [unbound]],
    ['nobody calls the tester', { tdd: 'off', roles: { tester: 'codex' }, budgetUsd: { segment: 5 } }, task, []],
    [
      'research has no reviewer',
      { council: 'on', roles: { reviewer: 'codex' }, budgetUsd: { segment: 5 } },
      'worker: research\n---\nFind out.',
      [],
    ],
    [
      'there is a price',
      { agent: 'codex', agents: { ...agents, codex: { ...codex, price } }, budgetUsd: { segment: 5 } },
      task,
      [],
    ],
    ['there is no budget', { agent: 'codex' }, task, []],
    ['claude tells money', { agent: 'claude', budgetUsd: { segment: 5 } }, task, []],
  ])('%s', (_, facts, body, problems) => {
    expect(warned(facts, body)).toEqual(problems);
  });
});
