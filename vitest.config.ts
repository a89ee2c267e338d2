import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts', 'test/stories/**/*.story.ts'],
    // The demo, and stories that kill or fail swarm at every single call, have commands of their own: they take long.
    exclude: ['test/demo/**', 'test/fixtures/**', 'test/stories/{faults,kills}.story.ts', 'node_modules/**'],
    // GitHub's workflow parser imports JSON without an attribute, which plain Node refuses.
    server: { deps: { inline: [/@actions\/(workflow-parser|expressions)/] } },
    pool: 'forks',
    // A story waits half of its time for git: with one worker a core, none is idle.
    maxWorkers: '100%',
    // Generous: a story is dozens of real git processes, and a busy machine is no reason to fail.
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
