import { defineConfig } from 'vitest/config';

/** Coding agents as their makers publish them, against a model on loopback. One at a time: some take most of a gigabyte. */
export default defineConfig({
  test: {
    include: ['test/agents/**/*.real.ts'],
    pool: 'forks',
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 240_000,
  },
});
