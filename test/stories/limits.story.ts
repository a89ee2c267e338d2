/**
 * GitHub's secondary limits, by the numbers that it publishes: 900 points of REST and 2,000 of GraphQL a minute, 80 things
 * created a minute and 500 an hour, 100 calls at once.
 */
import { SECONDARY_LIMITS } from '../../src/emulator/world/rate-limits.ts';
import { LIMITS_MS } from '../limits.ts';
import { expect, story } from '../rig/story.ts';

const SEGMENTS = 30;
/** More minutes than such an epic takes. */
const ROUNDS = 60;

story(
  'an epic of 30 segments ends under GitHub’s secondary limits, and nothing is lost or done twice (R8.4)',
  async ({ github, agents, ana, time }) => {
    const { limits } = github.stage.emulator;
    // How long a call takes on this machine says nothing of how long GitHub works on it.
    for (const limit of SECONDARY_LIMITS) if (limit !== 'processor') limits.secondary.add(limit);
    await github.config({ 'max-parallel': SEGMENTS, workers: { implementation: SEGMENTS } });
    const names = Array.from({ length: SEGMENTS }, (_, at) => `part${at + 1}`);
    const epic = await github.opensEpic('Shop', Object.fromEntries(names.map((name) => [name, {}])));
    await ana.labels(epic, 'swarm:execute');

    const approved = new Set<string>();
    const isMerged = (name: string): boolean => /merged/.test(rowOf(github.board(epic), name));
    for (let round = 0; round < ROUNDS && !names.every(isMerged); round++) {
      for (const name of names.filter((each) => agents.working.includes(each))) {
        await agents.at(name).finishes({ [`src/${name}/index.ts`]: `export const name = '${name}';\n` });
      }
      for (const name of names.filter((each) => !approved.has(each))) {
        if (!/review/.test(rowOf(github.board(epic), name))) continue;
        approved.add(name);
        await ana.approves(name);
      }
      await time.passes('1 min');
    }

    await time.passes('10 min');

    expect(names.filter((name) => !isMerged(name))).toEqual([]);
    // Each was dispatched once, and has one pull request.
    expect(github.stage.played.begun.map(({ attempt }) => attempt)).toHaveLength(SEGMENTS);
    expect([...github.stage.repository.issues.values()].filter(({ pull }) => pull)).toHaveLength(SEGMENTS);
    github.says(epic, /Every segment is done/);

    expect(limits.refused.length).toBeGreaterThan(0);
    // The first call that meets a limit is the only one, but for those that were under way with it.
    const late = limits.refused.filter((refusal, at) =>
      limits.refused
        .slice(0, at)
        .some(
          ({ account, atMs, retryAfterSeconds }) =>
            account === refusal.account && atMs < refusal.atMs && refusal.atMs < atMs + retryAfterSeconds * 1000,
        ),
    );
    expect(late).toEqual([]);
  },
  // Webhooks are what makes a burst. In the other tellings they come twice, or not at all. A GHES limits nobody.
  { told: ['on time'], needs: ['fresh reads', 'github.com'], limitMs: LIMITS_MS.epic },
);

/** The row of a segment on the board. */
const rowOf = (board: string, name: string): string =>
  board.split('\n').find((line) => new RegExp(`(?:^|\\s)${name}\\s`).test(line)) ?? '';
