import { defineConfig } from 'vitest/config';
import { LIMITS_MS } from './test/limits.ts';

/** Real repositories, from the registries of their ecosystems, with their own tools. Minutes for each. */
export default defineConfig({
  test: {
    include: ['test/real/**/*.real.ts'],
    pool: 'forks',
    fileParallelism: false,
    testTimeout: LIMITS_MS.soak,
    hookTimeout: LIMITS_MS.soak,
  },
});
