/**
 * Publish jobs killed between their acts: a few of the places where it hurts. `kills.soak.ts` takes every one,
 * `cut-short.test.ts` the jobs before it.
 */
import { randomInt } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { kill, withArgument } from '../rig/processes.ts';
import { until } from '../rig/wait.ts';
import { kindsHere } from '../rig/walls.ts';
import { Bridge, type Cut, type Ended, type Shop, Town } from './jobs.ts';
import { ASKS, boardOf, killedAndAgain, workOnce } from './kills.ts';

const probes = await mkdtemp(join(tmpdir(), 'swarm-kills-'));
const walls = (await kindsHere(probes)).filter((kind) => kind !== 'none');
await rm(probes, { recursive: true });

let town: Town;
let inputs: Readonly<Record<string, string>>;
let writes: readonly string[];
let board: string;
let result: string;

beforeAll(async () => {
  town = await Town.open();
  inputs = await workOnce(town, 'ready');
  const shop = await town.shop(ASKS.ready);
  const bridge = await Bridge.open(town.emulator.url);
  const { outputs } = await (await shop.job('publish', inputs, { server: bridge.url })).ended;
  result = outputs.result ?? '';
  await bridge.close();
  writes = bridge.writes;
  await shop.orchestrates();
  board = await boardOf(shop);
});
afterAll(() => town.close());

describe('a publish job', () => {
  it('writes these, in this order, and leaves this', () => {
    expect(writes).toEqual([
      'POST /git-receive-pack',
      'POST /git/commits',
      'POST /git/trees',
      'POST /git/commits',
      // The report, and the end of the ref that held the tree until now.
      'POST /api/graphql',
    ]);
    expect(board).toMatchInlineSnapshot(`
      "refs refs/heads/feat/cart refs/heads/main refs/pull/1/head refs/swarm/epics/1 refs/swarm/runs/1/1.14-1
      feat/cart one commit on the base: feat: add the cart
        swarm / lint: neutral, 0 notes
        swarm / types: neutral, 0 notes
        swarm / tests: success, 60 notes
        swarm / build: neutral, 0 notes
        swarm / security: success, 0 notes
        swarm / scope: success, 0 notes
      pull feat/cart draft: feat: add the cart
      report ready"
    `);
  });

  it('answers with what came of the segment (R5.14)', () => {
    const skipped = 'not applicable';
    expect(JSON.parse(result)).toEqual({
      segment: 14,
      status: 'ready',
      validation: { lint: skipped, types: skipped, tests: 'pass', build: skipped, security: 'pass', scope: 'pass' },
      branch: 'feat/cart',
      commit: expect.stringMatching(/^[0-9a-f]{40}$/),
      'ready-for-pr': true,
      attempts: 1,
      tries: 1,
      tests: 'pass',
      files: ['src/cart.ts'],
      council: { verdict: 'skipped', reason: 'the change is trivial (2 lines)' },
      pair: 'skipped',
      cost: null,
      tokens: null,
      turns: null,
      duration: expect.any(Number),
    });
  });

  it.each<[string, string, Cut]>([
    ['when its commit is there, and no report', 'POST /git/trees', 'before'],
    ['when its report is made, and stands nowhere', 'POST /api/graphql', 'before'],
    ['when its report is there, and it could not say so', 'POST /api/graphql', 'after'],
  ])('killed %s, ends the second time as if it had not been', async (_, write, cut) => {
    const at = writes.findLastIndex((each) => each.startsWith(write)) + 1;
    expect(await killedAndAgain(town, 'ready', inputs, at, cut)).toEqual({ write: expect.any(String), board });
  });
});

describe('a work job', () => {
  /** It has left nothing; the publish job of that run has nothing to go by, and says so. */
  async function leftNothing(shop: Shop, killed: Ended): Promise<void> {
    expect([killed.end, killed.outputs]).toEqual(['SIGKILL', {}]);
    const published = await (await shop.job('publish', shop.handed(killed, undefined))).ended;
    expect(published.log).toContain('ended without a report; swarm will try again');
    expect(await boardOf(shop)).toBe('refs refs/heads/main refs/swarm/epics/1');
  }

  it('killed before its agent came to anything has left nothing, and starts again', async () => {
    const number = `300.${randomInt(1e8, 1e9)}`;
    const shop = await town.shop({ agent: ['sh', '-c', `echo half > src/half.ts; sleep ${number}`] });
    const { child, ended } = await shop.job('work', {});
    await until('its agent to work', () => withArgument(number).length > 0);
    child.kill('SIGKILL');
    const killed = await ended;
    for (const pid of withArgument(number)) kill(pid);
    await leftNothing(shop, killed);
  });

  it('killed by its own agent, where there are no walls, has left nothing, either', async () => {
    const agent = ['sh', '-c', 'echo half > src/half.ts; kill -9 $PPID; sleep 60'];
    const shop = await town.shop({ agent, config: { isolation: 'none' } });
    await leftNothing(shop, await (await shop.job('work', {})).ended);
  });

  it.each(walls)('cannot be killed by its agent: %s', async (isolation) => {
    const agent = ['sh', '-c', 'echo "export const cart = 3;" > src/cart.ts; kill -9 $PPID; echo "It goes on."'];
    const shop = await town.shop({ agent, config: { isolation } });
    const { end, outputs, log } = await (await shop.job('work', {})).ended;
    expect([end, outputs.ready], log).toEqual([0, 'true']);
    expect(log).toContain('It goes on.');
  });
});
