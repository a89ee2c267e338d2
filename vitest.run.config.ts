import { defineConfig } from 'vitest/config';
import { LIMITS_MS } from './test/limits.ts';

/** A segment's run with agents, gates and jobs as processes of their own, some of them killed, some of them hostile. */
export default defineConfig({
  test: {
    include: ['test/segment/{course,cut-short,gates,kills,leaks,mutation,orphans,run}.test.ts'],
    pool: 'forks',
    maxWorkers: '100%',
    // A job that is cancelled has ten seconds to save its work, and so must have a fair part of the machine.
    maxConcurrency: 3,
    testTimeout: LIMITS_MS.epic,
    hookTimeout: LIMITS_MS.epic,
  },
});
