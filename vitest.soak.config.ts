import { defineConfig } from 'vitest/config';

/** Stories that kill swarm, or fail GitHub, at every single call of an epic, and jobs that are killed at every write. */
export default defineConfig({
  test: {
    include: ['test/stories/{faults,kills}.story.ts', 'test/segment/*.soak.ts'],
    pool: 'forks',
    testTimeout: 300_000,
    hookTimeout: 120_000,
  },
});
