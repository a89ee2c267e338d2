/**
 * How many tests ran and failed, by the last lines of test runners. Nothing is decided by it: the exit code decides.
 *
 * Skipped tests did not run. A runner that prints no number, such as `go test`, counts nothing.
 */
import type { TestCounts } from '#core/model/report';

interface Runner {
  readonly line: RegExp;
  read(groups: readonly (string | undefined)[]): TestCounts;
}

const number = (text: string | undefined): number => Number(text ?? 0);
const sum = (one: TestCounts, other: TestCounts): TestCounts => ({
  run: one.run + other.run,
  failed: one.failed + other.failed,
});
/** Numbers of tests that failed and that passed. */
const ended = (failed: number, passed: number): TestCounts => ({ run: failed + passed, failed });
/** The number before or after a word: `2 failed`, `Failures: 2`, `errors=1`. */
const before = (text: string, word: string): number => number(new RegExp(`(\\d{1,9}) ${word}`).exec(text)?.[1]);
const after = (text: string, word: string): number =>
  number(new RegExp(`\\b${word}[:=] {0,8}(\\d{1,9})`).exec(text)?.[1]);

/** One line each; no line matches two of them. */
const RUNNERS: readonly Runner[] = [
  // node --test, in its own form and as TAP: two lines.
  { line: /^(?:ℹ|#) tests (\d{1,9})$/, read: ([all]) => ({ run: number(all), failed: 0 }) },
  { line: /^(?:ℹ|#) fail (\d{1,9})$/, read: ([failed]) => ({ run: 0, failed: number(failed) }) },
  { line: /^(?:ℹ|#) (?:skipped|todo) (\d{1,9})$/, read: ([all]) => ({ run: -number(all), failed: 0 }) },
  // vitest
  {
    line: /^\s*Tests {2}((?:\d{1,9} \w+(?: \| )?)+) \(\d{1,9}\)$/,
    read: ([text = '']) => ended(before(text, 'failed'), before(text, 'passed')),
  },
  // jest
  {
    line: /^Tests: +((?:\d{1,9} \w+, )+\d{1,9} total)$/,
    read: ([text = '']) => ended(before(text, 'failed'), before(text, 'passed')),
  },
  // mocha: two lines.
  { line: /^\s*(\d{1,9}) passing\b/, read: ([passed]) => ended(0, number(passed)) },
  { line: /^\s*(\d{1,9}) failing$/, read: ([failed]) => ended(number(failed), 0) },
  // pytest
  {
    line: /^=* ?((?:\d{1,9} [a-z]+(?:, )?)+) in \d[\d.]*s(?: \([\d:, day]+\))? ?=*$/,
    read: ([text = '']) => ended(before(text, 'failed') + before(text, 'errors?'), before(text, 'passed')),
  },
  // unittest and Django: two lines.
  { line: /^Ran (\d{1,9}) tests? in /, read: ([all]) => ({ run: number(all), failed: 0 }) },
  {
    line: /^FAILED \(((?:[a-z ]+=\d{1,9}(?:, )?)+)\)$/,
    read: ([text = '']) => ({ run: -after(text, 'skipped'), failed: after(text, 'failures') + after(text, 'errors') }),
  },
  {
    line: /^OK \((?:[a-z ]+=\d{1,9}, )*skipped=(\d{1,9})/,
    read: ([skipped]) => ({ run: -number(skipped), failed: 0 }),
  },
  // cargo test
  {
    line: /^test result: \w+\. (\d{1,9}) passed; (\d{1,9}) failed;/,
    read: ([passed, failed]) => ended(number(failed), number(passed)),
  },
  // Maven: one line for each module, after those of its classes.
  {
    line: /^\[\w+\] Tests run: (\d{1,9}), Failures: (\d{1,9}), Errors: (\d{1,9}), Skipped: (\d{1,9})$/,
    read: ([all, failed, errors, skipped]) => ({
      run: number(all) - number(skipped),
      failed: number(failed) + number(errors),
    }),
  },
  // Gradle says it only of failures.
  {
    line: /^(\d{1,9}) tests? completed, (\d{1,9}) failed/,
    read: ([all, failed]) => ({ run: number(all), failed: number(failed) }),
  },
  // dotnet test, and its newer form
  {
    line: /^\s*(?:Passed|Failed)! {1,4}- Failed: {1,8}(\d{1,9}), Passed: {1,8}(\d{1,9}),/,
    read: ([failed, passed]) => ended(number(failed), number(passed)),
  },
  {
    line: /^Test summary: total: (\d{1,9}), failed: (\d{1,9}), succeeded: (\d{1,9}),/,
    read: ([, failed, passed]) => ended(number(failed), number(passed)),
  },
  // rspec
  {
    line: /^(\d{1,9}) examples?, (\d{1,9}) failures?(?:, (\d{1,9}) pending)?/,
    read: ([all, failed, pending]) => ({ run: number(all) - number(pending), failed: number(failed) }),
  },
  // minitest and Rails
  {
    line: /^(\d{1,9}) (?:runs|tests), \d{1,9} assertions, (\d{1,9}) failures, (\d{1,9}) errors, (\d{1,9}) skips/,
    read: ([all, failed, errors, skipped]) => ({
      run: number(all) - number(skipped),
      failed: number(failed) + number(errors),
    }),
  },
  // PHPUnit, and Pest
  { line: /^OK \((\d{1,9}) tests?, \d{1,9} assertions?\)$/, read: ([all]) => ended(0, number(all)) },
  {
    line: /^Tests: (\d{1,9}), Assertions: \d{1,9}(.{0,300})\.$/,
    read: ([all, text = '']) => ({
      run: number(all) - after(text, 'Skipped') - after(text, 'Incomplete'),
      failed: after(text, 'Failures') + after(text, 'Errors'),
    }),
  },
  {
    line: /^\s*Tests: +((?:\d{1,9} [a-z]+(?:, )?)+) \(\d{1,9} assertions?\)$/,
    read: ([text = '']) => ended(before(text, 'failed'), before(text, 'passed')),
  },
  // ExUnit
  {
    line: /^(?:(\d{1,9}) doctests?, )?(\d{1,9}) tests?, (\d{1,9}) failures?(?:, \d{1,9} excluded)?(?:, (\d{1,9}) skipped)?$/,
    read: ([doc, tests, failed, skipped]) => ({
      run: number(doc) + number(tests) - number(skipped),
      failed: number(failed),
    }),
  },
  // bun: two lines.
  { line: /^ (\d{1,9}) pass$/, read: ([passed]) => ended(0, number(passed)) },
  { line: /^ (\d{1,9}) fail$/, read: ([failed]) => ended(number(failed), 0) },
  // deno
  {
    line: /^(?:ok|FAILED) \| (\d{1,9}) passed(?: \(\d{1,9} steps?\))? \| (\d{1,9}) failed/,
    read: ([passed, failed]) => ended(number(failed), number(passed)),
  },
];

/** `packages/cart test: ` of pnpm, `@shop/cart:test: ` of turbo. */
const PREFIX = /^(?:\S{1,200} [\w:-]{1,60}|@?[\w./-]{1,200}:[\w:-]{1,60}): ?/;
const LINE_CHARS = 300;

/** @param output without terminal control sequences. @returns undefined if no known runner counted a test. */
export function countsIn(output: string): TestCounts | undefined {
  let counts: TestCounts | undefined;
  for (const raw of output.split('\n')) {
    const line = raw.trimEnd();
    if (line.length > LINE_CHARS || !/\d/.test(line)) continue;
    const found = readLine(line) ?? readLine(line.replace(PREFIX, ''));
    if (found) counts = counts ? sum(counts, found) : found;
  }
  if (!counts || counts.run <= 0) return undefined;
  // A program may print anything.
  return { run: counts.run, failed: Math.min(Math.max(0, counts.failed), counts.run) };
}

function readLine(line: string): TestCounts | undefined {
  for (const { line: pattern, read } of RUNNERS) {
    const match = pattern.exec(line);
    if (match) return read(match.slice(1));
  }
  return undefined;
}

/** The counts of several runs together; undefined if none is known. */
export const countsOf = (counts: readonly (TestCounts | undefined)[]): TestCounts | undefined =>
  counts.reduce<TestCounts | undefined>((all, each) => (all && each ? sum(all, each) : (all ?? each)), undefined);
