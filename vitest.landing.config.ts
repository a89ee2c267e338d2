import { defineConfig } from 'vitest/config';
import { LIMITS_MS } from './test/limits.ts';

const { SEEDS = '400', SEED = '1' } = process.env;

/** Epics of random shape in which GitHub merges onto a wrong base. */
export default defineConfig({
  test: {
    include: ['test/stories/landing.seeds.ts'],
    provide: { seeds: { first: Number(SEED), count: Number(SEEDS) } },
    pool: 'forks',
    testTimeout: LIMITS_MS.story,
    hookTimeout: LIMITS_MS.story,
  },
});
