import { defineConfig } from 'vitest/config';
import { LIMITS_MS } from './test/limits.ts';

/** Gates run in earnest, by the tools of each ecosystem that is on the machine: they install, compile and take minutes. */
export default defineConfig({
  test: {
    include: ['test/gates/**/*.gates.ts'],
    pool: 'forks',
    fileParallelism: false,
    testTimeout: LIMITS_MS.install,
    hookTimeout: LIMITS_MS.install,
    // Which ecosystems were left out, and why, is told to whoever runs this.
    disableConsoleIntercept: true,
  },
});
