import { defineConfig } from 'vitest/config';

/** Whole epics with real agents, real gates and the compiled action: the demo first of all. Nothing else should run beside it. */
export default defineConfig({
  test: {
    include: ['test/demo/**/*.test.ts', 'test/stories/segment.run.story.ts'],
    server: { deps: { inline: [/@actions\/(workflow-parser|expressions)/] } },
    pool: 'forks',
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
