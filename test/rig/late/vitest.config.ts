import { defineConfig } from 'vitest/config';
import { LIMITS_MS } from '../../limits.ts';

/** For `test/rig/stage.test.ts`, which runs these stories and expects some of them to run out of time. */
export default defineConfig({
  test: {
    include: ['test/rig/late/late.stories.ts'],
    server: { deps: { inline: [/@actions\/(workflow-parser|expressions)/] } },
    pool: 'forks',
    testTimeout: LIMITS_MS.story,
    hookTimeout: LIMITS_MS.story,
  },
});
