/** Every end of the test-first step. No git, no program: see `fakes.ts`. */
import { describe, expect, it } from 'vitest';
import { headSha, instant } from '../../src/core/model/epic.ts';
import type { Problem } from '../../src/core/model/problem.ts';
import type { Report } from '../../src/core/model/report.ts';
import { faultOf, NOT_TESTED, writeTestsFirst } from '../../src/segment/pair.ts';
import { asks, CRASH, crash, FakeRun, type Files, overspent, type Scene, type Turn } from './fakes.ts';

const TEST = 'test/cart.test.ts';
const WRITES: Turn = { writes: { [TEST]: '// AC-1\n// AC-2' } };
const isRed = (files: Files) =>
  files[TEST] === undefined
    ? { verdict: 'pass' as const, output: '1 passed' }
    : { verdict: 'fail' as const, output: `FAIL ${TEST}\n2 tests, 1 failed` };

const redScene: Scene = { agents: { tester: [WRITES] }, tests: isRed };

async function run(scene: Scene) {
  const fake = new FakeRun(scene);
  return { fake, step: await writeTestsFirst(fake.pairDeps()) };
}

describe('tests that fail because the work is missing', () => {
  it('become the contract', async () => {
    const { fake, step } = await run(redScene);
    expect(step).toMatchObject({
      kind: 'continue',
      found: {
        pair: {
          kind: 'written',
          tester: 'claude',
          implementer: 'claude',
          files: [TEST],
          red: 'npm test: 2 tests, 1 failed',
          criteria: [
            { id: 'AC-1', tests: [`${TEST}:1`] },
            { id: 'AC-2', tests: [`${TEST}:2`] },
          ],
        },
        contract: { files: [TEST], blobs: new Map([[TEST, '// AC-1\n// AC-2']]) },
        change: { judgement: { files: [TEST] } },
      },
    });
    expect(fake.roles).toEqual(['tester']);
    expect(fake.checkpoints).toEqual(['tests first: they fail as they should']);
  });

  it('are handed on before they are judged, and again as the contract', async () => {
    const { fake } = await run(redScene);
    expect(fake.saved).toMatchObject([
      { pair: { kind: 'skipped' }, change: {} },
      { pair: { kind: 'written' }, change: {} },
    ]);
  });

  it('may leave out a criterion that the report mentions', async () => {
    const tester = { writes: { [TEST]: '// AC-1' }, says: { criteria: [{ id: 'AC-2', evidence: 'Nothing to run.' }] } };
    const { step } = await run({ ...redScene, agents: { tester: [tester] } });
    expect(step).toMatchObject({ kind: 'continue', found: { pair: { criteria: [{}, { id: 'AC-2', tests: [] }] } } });
  });

  it('need not be named by the runner if the same gate passes without them', async () => {
    const tests = (files: Files) => ({ ...isRed(files), output: '1 failed' });
    const { step, fake } = await run({ ...redScene, tests });
    expect(step.kind).toBe('continue');
    expect(fake.workspace.gated).toHaveLength(2);
  });

  it('may be the first tests of all', async () => {
    const tests = (files: Files) => ({ verdict: 'fail' as const, output: files[TEST] ? '1 failed' : 'no tests' });
    const round = (files: Files) =>
      files[TEST] ? {} : { problems: [{ kind: 'NO_TESTS', command: 'npm test' } as const] };
    expect((await run({ ...redScene, tests, round })).step.kind).toBe('continue');
  });
});

describe('no tester goes first', () => {
  it.each<[string, Scene]>([
    ['the worker is research', { body: '---\nworker: research\n---\nWhy?' }],
    ['the worker is tests', { body: '---\nworker: tests\n---\nMore tests.' }],
    ['the issue says tdd: false', { spec: { tdd: false }, config: { tdd: 'on' } }],
    ['the config says tdd: false', { config: { tdd: 'off' } }],
    ['the attempt continues earlier work', { attempt: { why: 'rework' } }],
    ['the attempt continues earlier work', { attempt: { why: 'conflict' } }],
    ['the attempt continues earlier work', { attempt: { why: 'retry' }, earlierWork: { files: [], conflicts: [] } }],
    ['the issue names no acceptance criteria', { body: 'A cart.' }],
    ['no gate runs tests', { gates: [] }],
    ['no gate runs tests', { gates: [{ kind: 'not applicable', gate: 'tests', why: 'no script' }] }],
    ['the agent is a plain command, and no tester is set', { agent: { kind: 'command', command: ['sh'] } }],
  ])('because %s', async (why, scene) => {
    const { fake, step } = await run(scene);
    expect(step).toEqual({ kind: 'continue', found: { ...NOT_TESTED, pair: { kind: 'skipped', why } } });
    expect(fake.printed).toEqual([`No tests are written first: ${why}.`]);
    expect(fake.roles).toEqual([]);
  });

  const command = { kind: 'command', command: ['sh'] } as const;
  it.each<[string, Scene]>([
    ['the issue asks for it against the config', { spec: { tdd: true }, config: { tdd: 'off' } }],
    ['the issue asks a plain command for it', { spec: { tdd: true }, agent: command }],
    ['the config asks a plain command for it', { config: { tdd: 'on' }, agent: command }],
    ['the config names a tester', { config: { roles: { tester: 'claude' } }, agent: command }],
    ['a refactoring has criteria', { spec: { worker: 'refactor' } }],
  ])('does not hold if %s', async (_, scene) => {
    const { fake, step } = await run({ ...redScene, ...scene });
    expect(step.kind).toBe('continue');
    expect(fake.roles).toEqual(['tester']);
  });
});

describe('a run that continues kept work', () => {
  const pair = {
    kind: 'written',
    tester: 'claude',
    implementer: 'claude',
    files: [TEST],
    red: 'npm test: 1 failed',
    criteria: [{ id: 'AC-1', tests: [`${TEST}:1`] }],
  } as const;
  const report: Report = {
    version: 1,
    attempt: '14-1',
    segment: 14,
    runId: 77,
    result: { kind: 'no-change' },
    tries: 1,
    validation: [],
    files: [],
    attention: [],
    agent: { summary: '', assumptions: [], criteria: [] },
    course: { pair, council: { kind: 'skipped', why: 'it stopped to ask' }, questions: [], findings: [] },
    durationMs: 1,
    finishedAt: instant(0),
  };

  it('keeps the tests that were written before it', async () => {
    const base = { [TEST]: '// AC-1' };
    // Trees are named by their files, and so is the commit that the work was kept in.
    const kept = headSha(new FakeRun({ base }).workspace.unchanged);
    const { fake, step } = await run({
      base,
      attempt: { why: 'retry', kept },
      keptBy: { outcome: { kind: 'asked', at: instant(0), report } },
    });
    expect(step).toEqual({
      kind: 'continue',
      found: {
        pair,
        contract: { files: [TEST], criteria: pair.criteria, blobs: new Map([[TEST, '// AC-1']]) },
        change: undefined,
      },
    });
    expect(fake.roles).toEqual([]);
  });

  it('has tests written if there were none yet', async () => {
    const { fake, step } = await run({
      ...redScene,
      attempt: { why: 'retry', kept: headSha('kept') },
      earlierWork: { files: [], conflicts: [] },
    });
    expect(step).toMatchObject({ kind: 'continue', found: { pair: { kind: 'written' } } });
    expect(fake.roles).toEqual(['tester']);
  });
});

describe('tests that show nothing', () => {
  it.each<[string, Scene, string]>([
    ['none', { agents: { tester: [{}] } }, 'no test was written'],
    [
      'product code beside them',
      { agents: { tester: [{ writes: { [TEST]: '', 'src/cart.ts': 'new' } }] } },
      'a tester may change only test files, and these are not: src/cart.ts',
    ],
    ['that pass already', { tests: () => ({ verdict: 'pass' }) }, 'they already pass'],
    ['that do not end', { tests: () => ({ verdict: 'timed out' }) }, 'they did not finish in time'],
    ['that were not run', { tests: () => ({ verdict: 'not applicable' }) }, 'they were not run'],
    ['without a result', { round: () => ({ results: [] }) }, 'the tests were not run'],
    [
      'that were not collected',
      { round: () => ({ problems: [{ kind: 'NO_TESTS', command: 'npm test' }] }) },
      'no test was collected',
    ],
    [
      'that change files',
      { round: () => ({ problems: [{ kind: 'GATE_DIRTY', gate: 'tests', files: ['a'] }] }) },
      'running them changes files',
    ],
    [
      'with a syntax error',
      { tests: () => ({ verdict: 'fail', output: `${TEST}:1\nSyntaxError: Unexpected token` }) },
      'the tests themselves are broken: SyntaxError: Unexpected token',
    ],
    [
      'that fail as the others did before',
      { tests: () => ({ verdict: 'fail', output: '1 failed' }) },
      'the tests fail in the same way without the new ones, so they prove nothing',
    ],
    [
      'that leave a criterion out',
      { agents: { tester: [{ writes: { [TEST]: '// AC-1 and AC-22' } }] } },
      'no test names AC-2, and the report does not say why none can',
    ],
    [
      'in a file that the change may not have',
      { judged: () => ({ problems: [{ kind: 'BINARY_FILE', file: TEST }] }) },
      TEST,
    ],
  ])('%s', async (_, scene, why) => {
    const { fake, step } = await run({ ...redScene, config: { tries: 1 }, ...scene });
    expect(step).toMatchObject({
      kind: 'ended',
      found: { pair: NOT_TESTED.pair, contract: undefined, change: {} },
      ending: { kind: 'problem', problem: { kind: 'TESTS_NOT_RED', command: 'npm test' } },
    });
    expect(step.kind === 'ended' && step.ending.kind === 'problem' && step.ending.problem).toMatchObject({
      why: expect.stringContaining(why),
    });
    expect(fake.checkpoints[0]).toContain(`tests first: not accepted, `);
  });

  const tooSoon: Turn = { writes: { [TEST]: 'true' }, session: 's-1' };
  const tests = (files: Files) => (files[TEST] === 'true' ? { verdict: 'pass' as const } : isRed(files));

  it('are sent back with the reason, in the same conversation', async () => {
    const { fake, step } = await run({ ...redScene, agents: { tester: [tooSoon, WRITES] }, tests });
    expect(step).toMatchObject({ kind: 'continue', found: { pair: { kind: 'written' } } });
    expect(fake.started.map(({ resume }) => resume)).toEqual([undefined, 's-1']);
    expect(fake.brief(0)).toContain('# Your role');
    expect(fake.brief(1)).toContain('they already pass');
    expect(fake.brief(1)).not.toContain('# Your role');
  });

  it('are sent back with the whole brief if the agent forgets', async () => {
    const { session: _, ...forgets } = tooSoon;
    const { fake } = await run({ ...redScene, agents: { tester: [forgets, WRITES] }, tests });
    expect(fake.brief(1)).toContain('they already pass');
    expect(fake.brief(1)).toContain('# Your role');
  });

  it('end the run when the tries are used up', async () => {
    const { fake, step } = await run({
      ...redScene,
      agents: { tester: [tooSoon, tooSoon] },
      tests,
      config: { tries: 2 },
    });
    expect(step).toMatchObject({ ending: { problem: { kind: 'TESTS_NOT_RED', why: 'they already pass' } } });
    expect(fake.saved).toHaveLength(1);
  });

  it('end the run when the time is up', async () => {
    const { fake, step } = await run({ ...redScene, agents: { tester: [tooSoon] }, tests, timeUpAfter: 1 });
    expect(step).toMatchObject({ kind: 'ended', ending: { problem: { kind: 'TESTS_NOT_RED' } } });
    expect(fake.roles).toEqual(['tester']);
  });
});

describe('a run that ends here', () => {
  const missing: Problem = { kind: 'GATE_MISSING', gate: 'tests', command: 'npm' };
  const broken: Problem = { kind: 'WORKTREE_BROKEN', message: '.git is not there' };
  const tooBig: Problem = { kind: 'PATCH_LIMIT', what: 'bytes in the patch', found: 2, limit: 1 };
  const noPersona: Problem = { kind: 'INSTRUCTIONS_UNREADABLE', what: 'persona', name: 'x', file: 'x.md', why: 'no' };
  const only = (turn: Turn): Scene => ({ ...redScene, agents: { tester: [{ ...WRITES, ...turn }] } });
  const problem = (of: Problem) => ({ kind: 'problem', problem: of });

  it.each<[string, Scene, object]>([
    ['the tester crashes', only({ ending: crash }), crash],
    ['the tester asks a question', only({ ending: asks }), asks],
    ['the budget is spent', only({ ending: overspent }), overspent],
    ['the files cannot be taken', { ...redScene, broken }, problem(broken)],
    ['the files cannot be taken from a tester that crashed', { ...only({ ending: crash }), broken }, crash],
    ['the tests cannot be run here', { ...redScene, round: () => ({ hopeless: missing }) }, problem(missing)],
    ['the work is too large to be handed on', { ...redScene, unsaved: tooBig }, problem(tooBig)],
    [
      'a question is asked about work that is too large',
      { ...only({ ending: asks }), unsaved: tooBig },
      problem(tooBig),
    ],
    ['the job is cancelled while the tester works', only({ isCancelled: true }), { kind: 'cancelled' }],
    ['the tester fails because of that', only({ isCancelled: true, ending: crash }), { kind: 'cancelled' }],
    ['the job is cancelled while the tests run', { ...redScene, isCancelledInGates: true }, { kind: 'cancelled' }],
    ['the persona cannot be read', { persona: { kind: 'wrong', problem: noPersona } }, problem(noPersona)],
  ])('because %s', async (_, scene, ending) => {
    const { step } = await run(scene);
    expect(step).toMatchObject({ kind: 'ended', ending, found: { pair: { kind: 'skipped' }, contract: undefined } });
  });

  it('keeps what the tester wrote before it crashed', async () => {
    const { step } = await run(only({ problem: CRASH, ending: crash }));
    expect(step.found.change?.judgement.files).toEqual([TEST]);
  });
});

describe('what a red run says', () => {
  const files = ['test/cart.test.ts'];
  it.each<[string, string, string | undefined]>([
    ['an assertion', 'FAIL test/cart.test.ts\nAssertionError: expected 1 to be 2', undefined],
    [
      'a module that is to be made',
      "test/cart.test.ts\nError [ERR_MODULE_NOT_FOUND]: Cannot find module '/x/src/cart.ts'",
      undefined,
    ],
    [
      'a name that is to be made',
      "test/cart.test.ts:1\nSyntaxError: The requested module '../src/cart.ts' does not provide an export named 'total'",
      undefined,
    ],
    ['python, a module', 'ERROR test/cart.test.ts\nModuleNotFoundError: No module named shop.cart', undefined],
    ['go, a name', 'test/cart.test.ts:3:2: undefined: Total', undefined],
    ['rust, a name', 'error[E0425]: cannot find function `total` in this scope\n --> test/cart.test.ts:3', undefined],
    ['typescript, a name', "test/cart.test.ts(3,1): error TS2304: Cannot find name 'total'.", undefined],
    [
      'its own syntax',
      'test/cart.test.ts:3\nconst a = ;\nSyntaxError: Unexpected token',
      'the tests themselves are broken',
    ],
    [
      'typescript, its own syntax',
      "test/cart.test.ts(3,1): error TS1005: ';' expected.",
      'the tests themselves are broken',
    ],
    [
      'python, its own syntax',
      'File "test/cart.test.ts", line 3\n  IndentationError: unexpected indent',
      'the tests themselves are broken',
    ],
    [
      'the syntax of another file',
      `src/other.ts:3\nSyntaxError: Unexpected token\n${'\n'.repeat(20)}FAIL test/cart.test.ts`,
      undefined,
    ],
  ])('%s', (_, output, fault) => {
    const found = faultOf({ verdict: 'fail', output }, [], files);
    if (fault === undefined) expect(found).toBeUndefined();
    else expect(found).toContain(fault);
  });

  it('nothing was collected, nothing failed, or it never ended', () => {
    const none = { kind: 'NO_TESTS', command: 'npm test' } as const;
    expect(faultOf({ verdict: 'fail', output: '' }, [none], files)).toBe('no test was collected');
    expect(faultOf({ verdict: 'pass', output: '' }, [], files)).toBe('they already pass');
    expect(faultOf({ verdict: 'timed out', output: '' }, [], files)).toBe('they did not finish in time');
  });
});
