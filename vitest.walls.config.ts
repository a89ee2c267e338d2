import { defineConfig } from 'vitest/config';
import { LIMITS_MS } from './test/limits.ts';

/** Attacks on a segment's run, from inside. */
export default defineConfig({
  test: {
    include: ['test/walls/*.test.ts'],
    pool: 'forks',
    testTimeout: LIMITS_MS.epic,
    hookTimeout: LIMITS_MS.epic,
  },
});
