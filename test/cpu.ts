/**
 * Proof that no text takes hours. Hostile texts are made to blow up a reader that is quadratic or worse; a linear one needs
 * about a second. The processor's time is measured and not the clock's, which depends on what else the machine is doing.
 */
import { expect } from 'vitest';

/** Not a bound on speed: a hostile text is made to take hours. */
const HOSTILE_CPU_MS = 60_000;

/** Runs the work and expects it to have used little of the processor. */
export function expectSoon<Result>(work: () => Result, mostMs = HOSTILE_CPU_MS): Result {
  const before = process.threadCpuUsage();
  const result = work();
  const { user, system } = process.threadCpuUsage(before);
  expect((user + system) / 1_000, 'milliseconds of processor time').toBeLessThan(mostMs);
  return result;
}
