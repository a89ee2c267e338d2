import { defineConfig } from 'vitest/config';
import { LIMITS_MS } from './test/limits.ts';

/** Whole epics with real agents, real gates and the compiled action: the demo first of all. An epic waits as often as it works, so two share two cores. */
export default defineConfig({
  test: {
    include: ['test/demo/**/*.test.ts', 'test/stories/segment.run.story.ts'],
    server: { deps: { inline: [/@actions\/(workflow-parser|expressions)/] } },
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: LIMITS_MS.epic,
    hookTimeout: LIMITS_MS.epic,
  },
});
