/** Every end of the implementer's step. No git, no program: see `fakes.ts`. */
import { describe, expect, it } from 'vitest';
import type { Problem } from '../../src/core/model/problem.ts';
import { type ImplementDeps, implement } from '../../src/segment/implement.ts';
import { NO_WORK, type Work } from '../../src/segment/step.ts';
import { asks, crash, FakeRun, type Files, overspent, type Scene, type Turn } from './fakes.ts';

const GOOD: Turn = { writes: { 'src/cart.ts': 'good' }, says: { summary: 'A cart.' }, session: 's-1' };
const BAD: Turn = { writes: { 'src/cart.ts': 'bad' }, says: { summary: 'A try.' }, session: 's-1' };
const NOTHING: Turn = { writes: {} };
const tests = (files: Files) =>
  files['src/cart.ts'] === 'good' ? {} : { verdict: 'fail' as const, output: `FAIL: ${files['src/cart.ts']}` };

async function run(
  turns: readonly Turn[],
  scene: Scene = {},
  more: { readonly before?: Work; readonly findings?: string; readonly deps?: Partial<ImplementDeps> } = {},
) {
  const role = more.deps?.role ?? 'implementer';
  const fake = new FakeRun({ agents: { [role]: turns }, tests, ...scene });
  const step = await implement(fake.implementDeps(more.deps), more.before ?? NO_WORK, more.findings);
  return { fake, step, work: step.found.work };
}

describe('a change whose gates pass', () => {
  it('continues the run', async () => {
    const { fake, step, work } = await run([GOOD]);
    expect(step.kind).toBe('continue');
    expect(work).toMatchObject({
      tries: 1,
      says: { summary: 'A cart.' },
      session: 's-1',
      round: { verdict: 'pass' },
      change: { judgement: { files: ['src/cart.ts'] } },
    });
    expect(fake.checkpoints).toEqual(['gates, round 1: all pass']);
    expect(fake.saved).toMatchObject([{ tries: 1, says: { summary: 'A cart.' }, round: undefined }]);
  });

  it('may need another try, which is told the output in the same conversation', async () => {
    const { fake, step, work } = await run([BAD, GOOD]);
    expect(step.kind).toBe('continue');
    expect(work.tries).toBe(2);
    expect(fake.started.map(({ resume }) => resume)).toEqual([undefined, 's-1']);
    expect(fake.brief(1)).toContain('FAIL: bad');
    expect(fake.brief(1)).not.toContain('# Your role');
    expect(fake.checkpoints).toEqual(['gates, round 1: tests red', 'gates, round 2: all pass']);
  });

  it('tells the whole brief again to an agent that forgets', async () => {
    const { session: _, ...forgets } = BAD;
    const { fake } = await run([forgets, GOOD]);
    expect(fake.brief(1)).toContain('FAIL: bad');
    expect(fake.brief(1)).toContain('# Your role');
  });

  it('keeps the summary of a try that says nothing', async () => {
    const { work } = await run([BAD, { ...GOOD, says: {} }]);
    expect(work.says.summary).toBe('A try.');
  });
});

describe('a change without anything new', () => {
  it('continues the run without gates', async () => {
    const { fake, step } = await run([NOTHING]);
    expect(step.kind).toBe('continue');
    expect(fake.workspace.gated).toEqual([]);
  });

  it('of an answer to findings is not held to the gates again', async () => {
    const { fake, step } = await run([GOOD]);
    const before = step.found.work;
    const again = new FakeRun({ base: fake.workspace.files, agents: { implementer: [NOTHING] } });
    const fixed = await implement(
      { ...again.implementDeps(), workspace: { ...again.workspace, ...workspaceOf(again, 'another tree') } },
      { ...before, change: again.workspace.change() },
      'Findings.',
    );
    expect(fixed).toMatchObject({ kind: 'continue', found: { work: { tries: 2, says: { summary: 'A cart.' } } } });
    expect(again.workspace.gated).toEqual([]);
    expect(again.brief(0)).toBe('Findings.');
  });
});

const workspaceOf = (fake: FakeRun, unchanged: string) => ({
  directory: fake.workspace.directory,
  unchanged,
  take: fake.workspace.take.bind(fake.workspace),
  runGates: fake.workspace.runGates.bind(fake.workspace),
});

describe('findings', () => {
  const before: Work = {
    ...NO_WORK,
    tries: 1,
    session: 's-1',
    says: { summary: 'A cart.', assumptions: [], criteria: [] },
  };

  it('are told alone to an agent that remembers, which answers them in their form', async () => {
    const { fake, step } = await run([{ ...GOOD, json: { answers: [] } }], {}, { before, findings: '1. No tax.' });
    expect(fake.started).toMatchObject([{ brief: '1. No tax.', resume: 's-1', try: 2, answer: { name: 'answers' } }]);
    expect(step.found.firstReply).toMatchObject({ structured: { answers: [] } });
  });

  it('follow the whole brief for one that forgets', async () => {
    const { fake } = await run([GOOD], {}, { before: { ...before, session: undefined }, findings: '1. No tax.' });
    expect(fake.brief(0)).toMatch(/^# Segment #14[\s\S]*1\. No tax\.$/);
  });

  it('are fixed until the gates pass again; the answers are those of the first reply', async () => {
    const { fake, step } = await run([{ ...BAD, json: { answers: [] } }, GOOD], {}, { before, findings: '1. No tax.' });
    expect(step).toMatchObject({ kind: 'continue', found: { firstReply: { structured: { answers: [] } } } });
    expect(fake.started.map(({ answer }) => answer?.name)).toEqual(['answers', undefined]);
    expect(fake.brief(1)).toContain('FAIL: bad');
  });
});

describe('a security segment', () => {
  const finding = { file: 'src/cart.ts', line: 1, severity: 'major', why: 'No check.' };
  const security: Scene = { spec: { worker: 'security' } };

  it('hands on its findings', async () => {
    const turn = { json: { summary: 'One hole.', findings: [finding] } };
    const { fake, work } = await run([turn], security, { deps: { role: 'security' } });
    expect(work).toMatchObject({ findings: [finding], says: { summary: 'One hole.' } });
    expect(fake.started).toMatchObject([{ answer: { name: 'findings' } }]);
  });

  it('is warned of findings that cannot be read', async () => {
    const { fake, work } = await run([{ json: { findings: [{ ...finding, line: 0 }] } }], security, {
      deps: { role: 'security' },
    });
    expect(work.findings).toEqual([]);
    expect(fake.log.warnings[0]).toContain('The findings could not be read: findings.0.line');
  });
});

describe('a researcher', () => {
  it('writes only if its persona may', async () => {
    const { fake } = await run(
      [NOTHING],
      {},
      {
        deps: {
          role: 'researcher',
          persona: { name: 'r', body: 'r', description: 'r', skills: [], access: 'read' },
        },
      },
    );
    expect(fake.started).toMatchObject([{ role: 'researcher', access: 'read' }]);
  });
});

describe('a run that ends here', () => {
  const problem = (of: Problem) => ({ kind: 'problem', problem: of });
  const missing: Problem = { kind: 'GATE_MISSING', gate: 'tests', command: 'npm' };
  const broken: Problem = { kind: 'WORKTREE_BROKEN', message: '.git is not there' };
  const tooBig: Problem = { kind: 'PATCH_LIMIT', what: 'bytes in the patch', found: 2, limit: 1 };
  const outside: Problem = { kind: 'OUT_OF_SCOPE', files: ['b'], scope: ['a'] };
  const secret: Problem = { kind: 'SECRET_IN_PATCH', file: 'src/cart.ts', rule: 'token' };
  const noTests: Problem = { kind: 'NO_TESTS', command: 'npm test' };
  const failed: Problem = { kind: 'GATES_FAILED', gates: [{ gate: 'tests', output: 'FAIL: bad' }], tries: 1 };
  const once: Scene = { config: { tries: 1 } };

  it.each<[string, readonly Turn[], Scene, object]>([
    ['the agent crashes', [{ ...GOOD, ending: crash }], {}, crash],
    ['the agent asks a question', [{ ...GOOD, ending: asks }], {}, asks],
    ['the budget is spent', [{ ...GOOD, ending: overspent }], {}, overspent],
    ['the files cannot be taken', [GOOD], { broken }, problem(broken)],
    ['the work is too large to be handed on', [GOOD], { unsaved: tooBig }, problem(tooBig)],
    ['the work of an agent that asks is too large', [{ ...GOOD, ending: asks }], { unsaved: tooBig }, problem(tooBig)],
    ['the job is cancelled while the agent works', [{ ...GOOD, isCancelled: true }], {}, { kind: 'cancelled' }],
    ['the job is cancelled while gates run', [BAD], { isCancelledInGates: true }, { kind: 'cancelled' }],
    ['a gate cannot be run here', [BAD], { round: () => ({ hopeless: missing }) }, problem(missing)],
    ['the tries are used up', [BAD], once, problem(failed)],
    ['the time is up', [BAD], { timeUpAfter: 1 }, problem(failed)],
    [
      'a gate fails in a way that has a name',
      [BAD],
      { ...once, round: () => ({ problems: [noTests] }) },
      problem(noTests),
    ],
    ['the change holds a secret', [BAD], { ...once, judged: () => ({ problems: [secret] }) }, problem(secret)],
    [
      'gates fail and files are out of scope',
      [BAD],
      { ...once, judged: () => ({ problems: [outside] }) },
      problem(failed),
    ],
    ['files are out of scope', [GOOD], { ...once, judged: () => ({ problems: [outside] }) }, problem(outside)],
  ])('because %s', async (_, turns, scene, ending) => {
    const { step } = await run(turns, scene);
    expect(step).toMatchObject({ kind: 'ended', ending });
  });

  it('because the tester’s tests were changed', async () => {
    const file = 'test/cart.test.ts';
    const contract = { files: [file], criteria: [], blobs: new Map([[file, 'red']]) };
    const turn = { writes: { ...GOOD.writes, [file]: 'true' } };
    const { step, fake } = await run(
      [turn, turn],
      { base: { [file]: 'red' }, config: { tries: 2 } },
      { deps: { contract } },
    );
    expect(step).toMatchObject({ kind: 'ended', ending: { problem: { kind: 'TEST_CHANGED', files: [file] } } });
    expect(fake.checkpoints).toContain('gates, round 2: the change itself red');
  });

  it('keeps a change that programs must not see away from the gates', async () => {
    const judged = () => ({ keep: 'must not leave here' as const, problems: [secret] });
    const { fake, work } = await run([GOOD], { ...once, judged });
    expect(fake.workspace.gated).toEqual([]);
    expect(work.round).toBeUndefined();
  });

  it('keeps the work of the try before', async () => {
    const { work } = await run([BAD, { writes: { 'src/more.ts': 'x' }, ending: crash }]);
    expect(work.change?.judgement.files).toEqual(['src/cart.ts', 'src/more.ts']);
    expect(work.round?.verdict).toBe('fail');
  });
});
