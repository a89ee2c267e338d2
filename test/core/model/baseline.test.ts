/** The meaning of a check of the base: may agents start from it, and which failures are old? */
import { describe, expect, test } from 'vitest';
import { instant } from '../../../src/core/model/epic.ts';
import { areOld, judgeBaseline, knownGates } from '../../../src/core/model/journal/baseline.ts';
import type { BaseFailure, GateResult } from '../../../src/core/model/report.ts';
import { sha } from '../facts.ts';

const at = instant(5);
const result = (gate: string, verdict: GateResult['verdict'], output = ''): GateResult => ({
  ...{ gate, verdict, command: `run ${gate}`, durationMs: 1, output },
});
const judge = (validation: readonly GateResult[], failures: readonly BaseFailure[]) =>
  judgeBaseline({ ...{ version: 1, round: 1, base: sha('ba5e'), validation, failures, durationMs: 1 } }, 'main', at);

describe('a base', () => {
  test('on which every gate passes or does not apply is sound', () => {
    expect(judge([result('lint', 'pass'), result('build', 'not applicable')], [])).toEqual({
      ...{ kind: 'sound', at, gates: [] },
    });
  });

  test('that cannot be installed is not, whatever else is said', () => {
    const validation = [result('install', 'fail', 'EUSAGE'), result('tests', 'fail')];
    expect(judge(validation, [{ gate: 'install', state: 'red', failures: ['a'] }])).toEqual({
      ...{ kind: 'unsound', at },
      problem: { kind: 'BASE_NOT_INSTALLED', branch: 'main', command: 'run install', output: 'EUSAGE' },
    });
  });

  test('of which nothing could be run is not', () => {
    const problem = { kind: 'ISOLATION_MISSING', wanted: 'auto' } as const;
    const report = { version: 1, round: 1, base: sha('ba5e'), validation: [], failures: [], durationMs: 1 } as const;
    expect(judgeBaseline({ ...report, problem }, 'main', at)).toEqual({ kind: 'unsound', at, problem });
  });

  test.each([
    ['fail', 'its job says that it is red', [{ gate: 'build', state: 'red' }]],
    ['fail', 'its job says nothing of it', []],
    ['timed out', 'its job says nothing of it', []],
  ] as const)('with a gate that says %s without names is not: %s', (verdict, _, failures) => {
    expect(judge([result('lint', 'pass'), result('build', verdict, 'no')], failures)).toEqual({
      ...{ kind: 'unsound', at },
      problem: { kind: 'BASE_GATES_RED', branch: 'main', gates: [{ gate: 'build', output: 'no' }] },
    });
  });

  test('with gates that are flaky, empty or red by name is sound, and they are known', () => {
    const failures: readonly BaseFailure[] = [
      { gate: 'lint', state: 'flaky' },
      { gate: 'tests', state: 'empty' },
      { gate: 'types', state: 'red', failures: ['src/a.ts: TS2322'] },
    ];
    const verdict = judge(
      ['lint', 'tests', 'types'].map((gate) => result(gate, 'fail', 'x'.repeat(5_000))),
      failures,
    );
    if (verdict.kind !== 'sound') throw new Error('it is not sound');
    expect(verdict.gates).toEqual(
      failures.map((failure) => ({ ...failure, command: `run ${failure.gate}`, output: 'x'.repeat(1_500) })),
    );
    expect(knownGates([{ verdict }, {}])).toEqual(verdict.gates);
    expect(knownGates(undefined)).toEqual([]);
  });
});

describe('failures', () => {
  test.each([
    [['a'], ['a', 'b'], true],
    [['b', 'a'], ['a', 'b'], true],
    [['c'], ['a', 'b'], false],
    [['a', 'a'], ['a', 'b'], false],
    [['a', 'a'], ['a', 'a'], true],
  ])('%j are old where %j were there before: %s', (failures, known, isOld) => {
    expect(areOld(failures, known)).toBe(isOld);
  });
});
