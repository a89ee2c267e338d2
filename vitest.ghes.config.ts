import { defineConfig } from 'vitest/config';
import { LIMITS_MS } from './test/limits.ts';

/** Every story once more, on a GitHub Enterprise Server. */
export default defineConfig({
  test: {
    include: ['test/stories/*.story.ts'],
    // These have commands of their own: they kill swarm at every single call, or start real agents.
    exclude: ['test/stories/{kills,segment.run}.story.ts'],
    provide: { flavour: 'ghes-3.19' },
    server: { deps: { inline: [/@actions\/(workflow-parser|expressions)/] } },
    pool: 'forks',
    testTimeout: LIMITS_MS.story,
    hookTimeout: LIMITS_MS.story,
  },
});
