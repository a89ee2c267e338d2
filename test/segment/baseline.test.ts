/**
 * The check of the base in earnest: the gates run twice where they fail, and what fails there is told from what a segment
 * breaks.
 */
import { describe, expect, it } from 'vitest';
import { judgeBaseline, type KnownGate, knownGates } from '../../src/core/model/journal/baseline.ts';
import type { Journal } from '../../src/core/model/journal.ts';
import { readVerifyOutcome, writeVerifyOutcome } from '../../src/segment/outcome.ts';
import { verifyBase } from '../../src/segment/verify.ts';
import { type Ask, CLAIMED, Stand, useGitHub } from './stand.ts';

useGitHub();

const TESTS = { tests: { run: ['node', '--test', 'spec/*.mjs'] } };
const failing = (name: string): string =>
  `import test from 'node:test';\nimport assert from 'node:assert';\ntest('${name}', () => assert.equal(1, 2));\n`;
const OLD = { 'spec/old.mjs': failing('adds up') };

const baselineOf = (journal: Journal, gates?: readonly KnownGate[]): Journal => ({
  ...journal,
  dispatches: {
    ...journal.dispatches,
    '1.3': { id: '1.3', at: CLAIMED, work: { kind: 'baseline', round: 1 }, runId: 77 },
  },
  baselines: [
    {
      ...{ round: 1, dispatch: '1.3', at: CLAIMED },
      base: journal.authorisation?.base as never,
      ...(gates ? { verdict: { kind: 'sound', at: CLAIMED, gates } } : {}),
    },
  ],
});

/** The check of a base, as the job hands it on, and what the orchestrator makes of it. */
async function checked(ask: Ask) {
  const stand = await Stand.open({ ...ask, journal: (journal) => baselineOf(journal) });
  const { verdict, validation, refused, base, problem, artefact } = await verifyBase(
    await stand.site({ contents: 'read' }),
    '1.3',
  );
  const read = readVerifyOutcome(writeVerifyOutcome({ validation, refused, ...base }));
  const report = { version: 1, round: 1, base: stand.base, failures: [], ...read, durationMs: 0 } as const;
  return { verdict, problem, artefact, read, judged: judgeBaseline(report, 'main', CLAIMED) };
}

describe('the check of the base', () => {
  it('passes with its gates, and runs no agent', async () => {
    const { verdict, judged } = await checked({ agent: 'echo no > src/cart.ts' });
    expect(verdict).toBe('pass');
    expect(judged).toEqual({ kind: 'sound', at: CLAIMED, gates: [] });
  });

  it('ends with the tool’s own words where the base cannot be installed (R5.15)', async () => {
    const install = { run: ['sh', '-c', 'echo "npm error code EUSAGE"; exit 1'] };
    const { verdict, judged, problem, artefact } = await checked({ config: { gates: { install } } });
    expect(verdict).toBe('fail');
    const output = expect.stringContaining('npm error code EUSAGE');
    expect(judged).toMatchObject({ kind: 'unsound', problem: { kind: 'BASE_NOT_INSTALLED', branch: 'main', output } });
    expect(problem).toMatchObject({ kind: 'BASE_NOT_INSTALLED' });
    // It was tried twice.
    expect(artefact.filter(({ title }) => title.includes('install'))).toHaveLength(2);
  });

  it('stops where a gate is red and its failures have no names', async () => {
    const { judged } = await checked({ config: { gates: { build: { run: ['sh', '-c', 'echo no; exit 1'] } } } });
    expect(judged).toMatchObject({
      ...{ kind: 'unsound', problem: { kind: 'BASE_GATES_RED', gates: [{ gate: 'build', output: 'no' }] } },
    });
  });

  it('names the failures of a test runner that counts its tests', async () => {
    const { verdict, judged } = await checked({ files: OLD, config: { gates: TESTS } });
    expect(verdict).toBe('pass');
    if (judged.kind !== 'sound') throw new Error(JSON.stringify(judged));
    expect(judged.gates).toMatchObject([
      { gate: 'tests', state: 'red', failures: [expect.stringMatching(/^spec\/old\.mjs: adds up: /)] },
    ]);
  });

  it('knows a gate that fails and then passes as flaky', async () => {
    const script = 'if [ -e "$TMPDIR/ran" ]; then exit 0; fi; : > "$TMPDIR/ran"; echo "not ok 1 - waits"; exit 1';
    const { verdict, judged } = await checked({ config: { gates: { tests: { run: ['sh', '-c', script] } } } });
    expect(verdict).toBe('pass');
    expect(judged).toMatchObject({ kind: 'sound', gates: [{ gate: 'tests', state: 'flaky' }] });
  });

  it('lets a repository without a test start', async () => {
    const gates = { tests: { run: ['sh', '-c', 'echo "ℹ tests 0"; echo "ℹ pass 0"'] } };
    const { judged } = await checked({ config: { gates } });
    expect(judged).toMatchObject({ kind: 'sound', gates: [{ gate: 'tests', state: 'empty' }] });
  });

  it('takes names that differ from run to run for none', async () => {
    const script = `echo "src/cart.ts:1:1: error $(date +%N)"; exit 1`;
    const { judged } = await checked({ config: { gates: { lint: { run: ['sh', '-c', script] } } } });
    expect(judged).toMatchObject({ kind: 'unsound', problem: { kind: 'BASE_GATES_RED', gates: [{ gate: 'lint' }] } });
  });
});

describe('a segment of a base with old failures', () => {
  const body = '---\nfiles: [src/**, spec/**]\n---\nDo it.';
  const works = `echo 'export const cart = 2;' > src/cart.ts`;

  /** The findings of a check of the same base. */
  async function known(): Promise<readonly KnownGate[]> {
    const { judged } = await checked({ files: OLD, config: { gates: TESTS } });
    return knownGates([{ verdict: judged }]);
  }
  const open = async (agent: string, gates: readonly KnownGate[] | undefined): Promise<Stand> =>
    Stand.open({
      ...{ agent, body, files: OLD, config: { gates: TESTS, tries: 1 } },
      journal: (journal) => (gates ? baselineOf(journal, gates) : journal),
    });

  it('passes with them, and its report says so', async () => {
    const stand = await open(works, await known());
    const report = await stand.run();
    expect(report.result).toMatchObject({ kind: 'ready' });
    expect(report.validation.find(({ gate }) => gate === 'tests')).toMatchObject({
      verdict: 'failed before',
      output: expect.stringMatching(
        /^It fails as it did before the change, and nothing else fails: spec\/old\.mjs: adds up/,
      ),
    });
  });

  it('fails with a new one, and its agent is told which were there before', async () => {
    const test = failing('is new').replaceAll("'", '"').replaceAll('\n', ' ');
    const stand = await open(`${works}; echo '${test}' > spec/new.mjs`, await known());
    const report = await stand.run();
    if (report.result.kind !== 'failed') throw new Error(JSON.stringify(report.result));
    const output = expect.stringContaining('(swarm: these failed before the change, too: spec/old.mjs: adds up');
    expect(report.result.problem).toMatchObject({ kind: 'GATES_FAILED', gates: [{ gate: 'tests', output }] });
  });

  it('fails with them where nobody checked the base', async () => {
    const stand = await open(works, undefined);
    expect((await stand.run()).result).toMatchObject({ kind: 'failed', problem: { kind: 'GATES_FAILED' } });
  });

  it('passes once they are repaired', async () => {
    const stand = await open(
      `${works}; rm spec/old.mjs; echo 'import test from "node:test"; test("a", () => {})' > spec/a.mjs`,
      await known(),
    );
    const report = await stand.run();
    expect(report.validation.find(({ gate }) => gate === 'tests')?.verdict).toBe('pass');
  });

  it('is told of them in its brief', async () => {
    const stand = await open(`cp "$SWARM_BRIEF_FILE" src/brief.txt; ${works}`, await known());
    const done = await stand.work();
    const brief = done.artefact.find(({ title }) => title.includes('brief'))?.text ?? '';
    expect(brief).toContain('The gate tests already failed before your work');
    expect(brief).toContain('spec/old.mjs: adds up');
  });
});

describe('a gate that was flaky on the base', () => {
  const gates: readonly KnownGate[] = [{ gate: 'tests', state: 'flaky', command: 'tests', output: 'not ok' }];
  const once = 'if [ -e "$TMPDIR/ran" ]; then exit 0; fi; : > "$TMPDIR/ran"; echo "not ok 1 - waits"; exit 1';
  const run = (script: string, known: readonly KnownGate[]): Promise<Stand> =>
    Stand.open({
      agent: `echo 'export const cart = 2;' > src/cart.ts`,
      config: { gates: { tests: { run: ['sh', '-c', script] } }, tries: 1 },
      journal: (journal) => baselineOf(journal, known),
    });

  it('runs once more where it fails in a segment, and passes', async () => {
    const stand = await run(once, gates);
    const report = await stand.run();
    expect(report.result.kind).toBe('ready');
    expect(stand.log.join('\n')).toContain('tests: fail; it was flaky before the change, so it runs once more');
  });

  it('fails where it fails again, and where it was not flaky before', async () => {
    expect((await (await run('echo no; exit 1', gates)).run()).result.kind).toBe('failed');
    expect((await (await run(once, [])).run()).result.kind).toBe('failed');
  });
});
