/** Stories that run out of time at different moments, and one that must not notice them. */
import { afterEach, expect, test } from 'vitest';
import type { Stage } from '../stage.ts';
import { type Cast, tellOnce } from '../story.ts';

const code = (name: string) => ({ [`src/${name}/index.ts`]: `export const name = '${name}';\n` });

async function wholeEpic({ github, agents, ana, time }: Cast): Promise<string> {
  const epic = await github.opensEpic('Checkout', { cart: {} });
  await ana.labels(epic, 'swarm:execute');
  await time.passes('2 hours');
  await agents.at('cart').finishes(code('cart'));
  await ana.approves('cart');
  github.says(epic, /swarm accept/);
  return github.board(epic);
}

const never = new Promise<never>(() => {});
const startedAt = Date.now();
const listeners = process.listenerCount('unhandledRejection');
let stage: Stage | undefined;

// The shortest limit strikes while the stage is being built, the others during the story's steps.
for (const timeout of [1, 1_000, 3_000]) {
  test(`late after ${timeout} ms`, { timeout }, async () => {
    await tellOnce('twice and shuffled', async (cast) => {
      stage = cast.github.stage;
      await wholeEpic(cast);
      await never;
    });
  });
}

test('in time', async () => {
  expect(Date.now() - startedAt, 'the date is the real one').toBeLessThan(3_600_000);
  expect(process.listenerCount('unhandledRejection')).toBe(listeners);
  expect(process.exitCode).toBeUndefined();
  await tellOnce('on time', async (cast) => {
    expect(await wholeEpic(cast)).toBe(
      'wave 1  cart  merged  #3 gates green, approved by ana\nepic    waits to be accepted',
    );
  });
});

// A late story's GitHub is gone before the next story begins, and the late story goes no further.
afterEach(async () => {
  if (!stage) return;
  await expect(fetch(stage.emulator.url)).rejects.toThrow('fetch failed');
  await expect(stage.step(() => {})).rejects.toThrow('The story is over');
});
