import { defineConfig } from 'vitest/config';
import { LIMITS_MS } from './test/limits.ts';

/** Every story once more, by a GitHub that answers reads with what was true a moment ago. */
export default defineConfig({
  test: {
    include: ['test/stories/*.story.ts'],
    // Floods are told by the clock alone. A right that is read late counts for one look more, as it would on GitHub.
    exclude: ['test/stories/{faults,floods,kills,rights,segment.run}.story.ts'],
    provide: { late: true },
    passWithNoTests: true,
    server: { deps: { inline: [/@actions\/(workflow-parser|expressions)/] } },
    pool: 'forks',
    testTimeout: LIMITS_MS.story,
    hookTimeout: LIMITS_MS.story,
  },
});
