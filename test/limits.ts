/**
 * How long a test may take, in one place for every suite. A test that reaches its limit hangs: a busy machine makes one
 * several times slower and still stays far below.
 */

export const LIMITS_MS = {
  /** A story, and anything shorter. A story is dozens of git processes. */
  story: 120_000,
  /** A whole epic, or a segment's run, in processes of their own. */
  epic: 600_000,
  /** Package managers and compilers that install from scratch. */
  install: 600_000,
  /** A loop that kills swarm at each of its writes. */
  soak: 1_200_000,
} as const;

/** How long anything may be waited for inside a test: shorter than a test's limit, so that the wait is named. */
export const WAIT_MS = 60_000;
