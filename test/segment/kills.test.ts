/** Jobs of a run killed between their acts: a few of the places where it hurts. `kills.soak.ts` takes every one. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Bridge, type Cut, Town } from './jobs.ts';
import { ASKS, boardOf, killedAndAgain, publishKilled, workOnce } from './kills.ts';

let town: Town;
let inputs: Readonly<Record<string, string>>;
let writes: readonly string[];
let board: string;

beforeAll(async () => {
  town = await Town.open();
  inputs = await workOnce(town, 'published');
  const shop = await town.shop(ASKS.published);
  const bridge = await Bridge.open(town.emulator.url);
  await (await shop.job('publish', inputs, { server: bridge.url })).ended;
  await bridge.close();
  writes = bridge.writes;
  board = await boardOf(shop);
});
afterAll(() => town.close());

describe('a publish job', () => {
  it('writes these, in this order, and leaves this', () => {
    expect(writes).toEqual([
      'POST /git-receive-pack',
      'POST /git/commits',
      'DELETE /git/refs/swarm%2Fstaging%2F14-1',
      'POST /api/graphql',
      'POST /pulls',
      'POST /check-runs',
      'POST /check-runs',
      'POST /check-runs',
      'PATCH /check-runs/…',
      'POST /check-runs',
      'POST /check-runs',
      'POST /check-runs',
      'POST /git/trees',
      'POST /git/commits',
      'POST /git/refs',
    ]);
    expect(board).toMatchInlineSnapshot(`
      "refs refs/heads/feat/cart refs/heads/main refs/pull/1/head refs/swarm/epics/1 refs/swarm/runs/1/14-1
      feat/cart one commit on the base: feat: add the cart
        swarm / lint: neutral, 0 notes
        swarm / types: neutral, 0 notes
        swarm / tests: success, 60 notes
        swarm / build: neutral, 0 notes
        swarm / security: success, 0 notes
        swarm / scope: success, 0 notes
      pull feat/cart draft: feat: add the cart
      report published"
    `);
  });

  it.each<[string, string, Cut]>([
    ['when its branch is there, and no pull request', 'POST /api/graphql', 'after'],
    ['when half of a gate’s notes are there', 'PATCH', 'before'],
    ['when its report is there, and it could not say so', 'POST /git/refs', 'after'],
  ])('killed %s, ends the second time as if it had not been', async (_, write, cut) => {
    const at = writes.findLastIndex((each) => each.startsWith(write)) + 1;
    expect(await killedAndAgain(town, 'published', inputs, at, cut)).toEqual({ write: expect.any(String), board });
  });

  it('killed with its branch there has the next attempt carry that on, though its agent does nothing more', async () => {
    const shop = await town.shop({ ...ASKS.published, config: { agent: { command: ['true'] } } });
    const at = writes.indexOf('POST /api/graphql') + 1;
    await publishKilled(shop, inputs, at, 'after');
    const head = await shop.headOf('feat/cart');
    await shop.start('---\nfiles: [src/**]\n---\nDo it.', head);
    await shop.whole();
    expect(await shop.headOf('feat/cart')).toBe(head);
    expect(await boardOf(shop)).toContain('pull feat/cart draft: feat: add the cart\nreport published');
  });
});

describe('a work job', () => {
  it('killed while its agent works has left nothing, and starts anew', async () => {
    const shop = await town.shop({ agent: ['sh', '-c', 'echo half > src/half.ts; kill -9 $PPID; sleep 60'] });
    const killed = await (await shop.job('work', {})).ended;
    expect([killed.end, killed.outputs]).toEqual(['SIGKILL', {}]);
    // The publish job of that run has nothing to go by, and says so.
    const published = await (await shop.job('publish', shop.handed(killed, undefined))).ended;
    expect(published.log).toContain('ended without saying how; swarm will try again');
    expect(await boardOf(shop)).toBe('refs refs/heads/main refs/swarm/epics/1');
  });
});
