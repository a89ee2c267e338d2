/** The emulator's secondary limits, by the numbers that GitHub publishes. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Emulator, startEmulator } from '../../src/emulator/doors/server.ts';
import { type VirtualClock, virtualClock } from '../../src/emulator/model/clock.ts';
import { RateLimits, SECONDARY } from '../../src/emulator/world/rate-limits.ts';

let clock: VirtualClock;
let emulator: Emulator;
let token: string;

beforeEach(async () => {
  clock = virtualClock();
  emulator = await startEmulator({ clock });
  const ana = emulator.world.addUser('ana');
  await emulator.world.addRepository(ana, 'shop');
  token = emulator.world.tokens.forUser(ana);
});

afterEach(() => emulator.close());

function call(method: string, path: string, body?: object) {
  return fetch(`${emulator.url}${path}`, {
    method,
    headers: { authorization: `Bearer ${token}` },
    ...(body && { body: JSON.stringify(body) }),
  });
}

describe('a minute has', () => {
  test('900 points of REST: one for a read, five for a write', async () => {
    emulator.limits.secondary.add('points');
    const label = (at: number) => call('POST', '/repos/ana/shop/labels', { name: `label ${at}` });
    for (let at = 0; at < 170; at++) expect((await label(at)).status).toBe(201);
    for (let at = 0; at < 46; at++) expect((await call('GET', '/repos/ana/shop')).status).toBe(200);
    await clock.advance(20_000);

    const refused = await label(170);
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([403, '40']);
    expect(await refused.text()).toContain('You have exceeded a secondary rate limit');
    expect((await call('GET', '/repos/ana/shop')).status).toBe(200);

    await clock.advance(40_000);
    expect((await label(170)).status).toBe(201);
  });

  test('80 calls that create content, and an hour 500', async () => {
    emulator.limits.secondary.add('content');
    const comment = () => call('POST', '/repos/ana/shop/issues', { title: 'Wish' });
    const statuses: number[] = [];
    for (let minute = 0; minute < 8; minute++) {
      for (let at = 0; at < 81; at++) statuses.push((await comment()).status);
      await clock.advance(60_000);
    }
    expect(statuses.slice(0, 82)).toEqual([...Array(80).fill(201), 403, 201]);
    expect(statuses.filter((status) => status === 201)).toHaveLength(500);
    expect(emulator.limits.refused.at(-1)).toMatchObject({ limit: 'content', retryAfterSeconds: 3600 - 7 * 60 });
    expect(await (await comment()).text()).toContain('temporarily blocked from content creation');
    // What creates nothing goes on.
    expect((await call('GET', '/repos/ana/shop')).status).toBe(200);
  });

  test('2,000 points of GraphQL, where a mutation is a write', () => {
    const limits = new RateLimits(clock);
    limits.secondary.add('points');
    const query = { account: 'ana', resource: 'graphql', writes: false, content: false } as const;
    for (let at = 0; at < 399; at++) expect(limits.begin({ ...query, writes: true })).toBeUndefined();
    for (let at = 0; at < 5; at++) expect(limits.begin(query)).toBeUndefined();
    expect(limits.begin(query)).toMatchObject({ limit: 'points' });
    expect(limits.begin({ ...query, account: 'bob' })).toBeUndefined();
    expect(limits.begin({ ...query, resource: 'core' })).toBeUndefined();
  });

  test('90 seconds of processing, 60 of them for GraphQL', async () => {
    const limits = new RateLimits(clock);
    limits.secondary.add('processor');
    const rest = { account: 'ana', resource: 'core', writes: false, content: false } as const;
    const query = { ...rest, resource: 'graphql' } as const;
    limits.begin(query);
    limits.end(query, 60_001);
    expect(limits.begin(query)).toMatchObject({ limit: 'processor' });
    expect(limits.begin(rest)).toBeUndefined();
    limits.end(rest, 30_000);
    expect(limits.begin(rest)).toMatchObject({ limit: 'processor', retryAfterSeconds: 60 });
    await clock.advance(60_000);
    expect(limits.begin(query)).toBeUndefined();
  });
});

test('a hundred calls may be under way at once', () => {
  const limits = new RateLimits(clock);
  limits.secondary.add('concurrency');
  const read = { account: 'ana', resource: 'core', writes: false, content: false } as const;
  for (let at = 0; at < SECONDARY.concurrency; at++) expect(limits.begin(read)).toBeUndefined();
  expect(limits.begin({ ...read, resource: 'graphql' })).toMatchObject({ limit: 'concurrency', retryAfterSeconds: 60 });
  limits.end(read, 1);
  expect(limits.begin(read)).toBeUndefined();
});

test('limits that no test asks for refuse nothing', async () => {
  for (let at = 0; at < 120; at++) {
    expect((await call('POST', '/repos/ana/shop/issues', { title: 'Wish' })).status).toBe(201);
  }
});
