/** How many tests ran and failed, from the last lines of their runners. */
import { describe, expect, it } from 'vitest';
import { countsIn, countsOf } from '../../src/gates/output/counts.ts';
import { expectSoon } from '../cpu.ts';

describe('the tests that a runner counted (R7.3)', () => {
  it.each<readonly [runner: string, output: string, counts: readonly [run: number, failed: number] | undefined]>([
    ['node --test', 'ℹ tests 12\nℹ suites 2\nℹ pass 9\nℹ fail 1\nℹ cancelled 0\nℹ skipped 2\nℹ todo 0', [10, 1]],
    ['node --test as TAP', '1..3\n# tests 3\n# suites 0\n# pass 3\n# fail 0\n# skipped 0', [3, 0]],
    ['vitest', ' Test Files  1 failed | 2 passed (3)\n      Tests  2 failed | 10 passed | 1 skipped (13)', [12, 2]],
    ['vitest without a failure', ' Test Files  2 passed (2)\n      Tests  10 passed (10)', [10, 0]],
    [
      'jest',
      'Test Suites: 1 failed, 2 passed, 3 total\nTests:       1 failed, 2 skipped, 10 passed, 13 total',
      [11, 1],
    ],
    ['mocha', '  10 passing (12ms)\n  2 pending\n  1 failing', [11, 1]],
    ['pytest', '======= 1 failed, 10 passed, 2 skipped, 1 error in 0.12s =======', [12, 2]],
    ['pytest -q', '10 passed, 1 warning in 71.20s (0:01:11)', [10, 0]],
    ['unittest', 'Ran 12 tests in 0.001s\n\nFAILED (failures=1, errors=2, skipped=3)', [9, 3]],
    ['unittest that skips', 'Ran 12 tests in 0.001s\n\nOK (skipped=2)', [10, 0]],
    [
      'cargo test',
      'test result: ok. 10 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.00s\ntest result: FAILED. 3 passed; 1 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s',
      [14, 1],
    ],
    [
      'Maven',
      '[INFO] Tests run: 3, Failures: 0, Errors: 0, Skipped: 0, Time elapsed: 0.03 s -- in a.B\n[ERROR] Tests run: 5, Failures: 1, Errors: 1, Skipped: 2',
      [3, 2],
    ],
    ['Gradle', '12 tests completed, 1 failed, 1 skipped', [12, 1]],
    ['dotnet test', 'Passed!  - Failed:     0, Passed:    10, Skipped:     0, Total:    10, Duration: 3 ms', [10, 0]],
    ['a newer dotnet test', 'Test summary: total: 10, failed: 1, succeeded: 8, skipped: 1, duration: 0.4s', [9, 1]],
    ['rspec', '12 examples, 1 failure, 2 pending', [10, 1]],
    ['minitest', '12 runs, 20 assertions, 1 failures, 1 errors, 2 skips', [10, 2]],
    ['PHPUnit', 'OK (12 tests, 20 assertions)', [12, 0]],
    ['PHPUnit with failures', 'Tests: 12, Assertions: 20, Failures: 1, Errors: 1, Skipped: 2.', [10, 2]],
    ['Pest', '  Tests:    1 failed, 10 passed (20 assertions)', [11, 1]],
    ['ExUnit', '3 doctests, 12 tests, 1 failure, 2 skipped', [13, 1]],
    ['bun', ' 10 pass\n 1 fail\n 12 expect() calls\nRan 11 tests across 2 files. [12.00ms]', [11, 1]],
    ['deno', 'ok | 10 passed (3 steps) | 0 failed (12ms)', [10, 0]],
    ['several members', 'packages/a test:       Tests  2 passed (2)\n@x/b:test:       Tests  3 passed (3)', [5, 0]],
    ['go test, which counts none', 'ok  \texample.com/a\t0.003s', undefined],
    ['no runner', 'built in 12 passing moments', undefined],
    ['no test', 'ℹ tests 0\nℹ fail 0', undefined],
  ])('%s', (_, output, counts) => {
    expect(countsIn(output)).toEqual(counts && { run: counts[0], failed: counts[1] });
  });

  it('are added over several steps, as far as they are known', () => {
    expect(countsOf([{ run: 3, failed: 1 }, undefined, { run: 4, failed: 0 }])).toEqual({ run: 7, failed: 1 });
    expect(countsOf([undefined])).toBeUndefined();
  });

  it.each([
    '1 failed, '.repeat(100_000),
    `${'a'.repeat(200)} test: `.repeat(5_000),
    'Tests  1 passed | '.repeat(50_000),
  ])('cost little time: %#', (text) => {
    expect(expectSoon(() => countsIn(`${text}\n`.repeat(10)), 20_000)).toBeUndefined();
  });
});
