import { defineConfig } from 'vitest/config';

/** Stories that kill swarm, or fail GitHub, at every single call of an epic. */
export default defineConfig({
  test: {
    include: ['test/stories/{faults,kills}.story.ts'],
    pool: 'forks',
    testTimeout: 300_000,
    hookTimeout: 120_000,
  },
});
