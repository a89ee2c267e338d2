import { defineConfig } from 'vitest/config';
import { LIMITS_MS } from './test/limits.ts';

/** Stories that kill swarm, or fail GitHub, at every single call of an epic, and jobs that are killed at every write. */
export default defineConfig({
  test: {
    include: ['test/stories/{faults,kills}.story.ts', 'test/segment/*.soak.ts'],
    pool: 'forks',
    testTimeout: LIMITS_MS.soak,
    hookTimeout: LIMITS_MS.story,
  },
});
