import { defineConfig } from 'vitest/config';

/** Gates run in earnest, by the tools of each ecosystem that is on the machine: they install, compile and take minutes. */
export default defineConfig({
  test: {
    include: ['test/gates/**/*.gates.ts'],
    pool: 'forks',
    fileParallelism: false,
    testTimeout: 600_000,
    hookTimeout: 600_000,
    // Which ecosystems were left out, and why, is told to whoever runs this.
    disableConsoleIntercept: true,
  },
});
