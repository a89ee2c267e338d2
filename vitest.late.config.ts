import { defineConfig } from 'vitest/config';
import { LIMITS_MS } from './test/limits.ts';
import type { Late } from './test/rig/stage.ts';

const KINDS: readonly Late[] = ['all', 'rest', 'graphql', 'refs', 'mergeable'];

/**
 * Every story once more, by a GitHub that answers reads with what was true a moment ago: all reads, or one kind of them.
 * `--project all` tells only the first.
 */
export default defineConfig({
  test: {
    passWithNoTests: true,
    pool: 'forks',
    projects: KINDS.map((late) => ({
      extends: true as const,
      test: {
        name: late,
        include: ['test/stories/*.story.ts'],
        // These have commands of their own: they kill swarm, fail every call, or start real agents.
        exclude: ['test/stories/{faults,kills,segment.run}.story.ts'],
        provide: { late },
        server: { deps: { inline: [/@actions\/(workflow-parser|expressions)/] } },
        testTimeout: LIMITS_MS.story,
        hookTimeout: LIMITS_MS.story,
      },
    })),
  },
});
