import { defineConfig } from 'vitest/config';
import { LIMITS_MS } from './test/limits.ts';

/** Coding agents as their makers publish them, against a model on loopback. One at a time: some take most of a gigabyte. */
export default defineConfig({
  test: {
    include: ['test/agents/**/*.real.ts'],
    pool: 'forks',
    fileParallelism: false,
    testTimeout: LIMITS_MS.epic,
    hookTimeout: LIMITS_MS.epic,
  },
});
