import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { LIMITS_MS } from './test/limits.ts';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts', 'test/stories/**/*.story.ts'],
    // What runs real agents and gates for a whole epic, and what kills or fails swarm at every single call, takes long and
    // has commands of its own: `npm run test:demo`, `npm run test:run`, `npm run test:walls`, `npm run test:late`, `npm run test:soak`.
    exclude: [
      'test/demo/**',
      'test/fixtures/**',
      'test/walls/**',
      'test/segment/{course,cut-short,gates,kills,leaks,mutation,orphans,run}.test.ts',
      'test/stories/{faults,kills,segment.run}.story.ts',
      'node_modules/**',
    ],
    // GitHub's workflow parser imports JSON without an attribute, which plain Node refuses.
    server: { deps: { inline: [/@actions\/(workflow-parser|expressions)/] } },
    pool: 'forks',
    // A story waits half of its time for git: three workers keep two cores busy.
    maxWorkers: Math.ceil(availableParallelism() * 1.5),
    testTimeout: LIMITS_MS.story,
    hookTimeout: LIMITS_MS.story,
  },
});
