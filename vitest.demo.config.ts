import { defineConfig } from 'vitest/config';

/** The whole demo, several times over: a command of its own, because nothing else should run beside it. */
export default defineConfig({
  test: {
    include: ['test/demo/**/*.test.ts'],
    pool: 'forks',
    fileParallelism: false,
  },
});
