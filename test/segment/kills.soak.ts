/** The publish job killed at every one of its writes, before it arrives and when it is done, where it publishes and where it keeps. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Town } from './jobs.ts';
import { ASKS, boardOf, type Ending, killedAndAgain, workOnce } from './kills.ts';

let town: Town;
beforeAll(async () => {
  town = await Town.open();
});
afterAll(() => town.close());

/** More than it makes. */
const MOST_WRITES = 30;
const ENDINGS: readonly Ending[] = ['ready', 'kept'];

for (const ending of ENDINGS) {
  for (const cut of ['before', 'after'] as const) {
    const what = `a publish job that is killed ${cut} any of its writes is no loss (${ending})`;
    it(what, async () => {
      const inputs = await workOnce(town, ending);
      const shop = await town.shop(ASKS[ending]);
      await (await shop.job('publish', inputs)).ended;
      const board = await boardOf(shop);
      expect(board).toContain(
        ending === 'ready' ? 'report ready' : 'report failed VERIFY_FAILED, kept swarm/wip/1.14-1',
      );
      const kills: string[] = [];
      for (let at = 1; ; at++) {
        expect(at).toBeLessThan(MOST_WRITES);
        const killed = await killedAndAgain(town, ending, inputs, at, cut);
        if (!killed) break;
        kills.push(killed.write);
        expect(`${at} ${killed.write}\n${killed.board}`).toBe(`${at} ${killed.write}\n${board}`);
      }
      expect(kills.length).toBeGreaterThan(7);
    });
  }
}
