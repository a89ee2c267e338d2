import { defineConfig } from 'vitest/config';

/** A segment's run with agents, gates and jobs as processes of their own, some of them killed, some of them hostile. */
export default defineConfig({
  test: {
    include: ['test/segment/{course,gates,kills,leaks,orphans,run}.test.ts'],
    pool: 'forks',
    maxWorkers: '100%',
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
