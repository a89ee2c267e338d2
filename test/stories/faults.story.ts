/**
 * GitHub, the network and swarm's own process fail at any moment: the epic ends the same, and nothing happens twice.
 */

import type { Cast } from '../rig/story.ts';
import { expect, story, TELLINGS, tellOnce, test } from '../rig/story.ts';

const code = (name: string) => ({ [`src/${name}/index.ts`]: `export const name = '${name}';\n` });

/** The shortest epic with everything in it; whoever is killed on the way is started again. */
async function whole({ github, agents, app, ana }: Cast): Promise<string> {
  const epic = await github.opensEpic('Checkout', { cart: { criteria: ['A cart has a total'] } });
  await ana.labels(epic, 'swarm:execute');
  await app.comesBack();
  await agents.at('cart').finishes(code('cart'));
  await app.comesBack();
  await ana.approves('cart');
  await app.comesBack();
  github.says(epic, /swarm accept/);
  await ana.comments(epic, '/swarm accept');
  await app.comesBack();
  github.says(epic, /Accepted by/);
  expect(github.labels('cart')).toEqual(['swarm:done']);
  expect(await github.branches()).toEqual(['main']);
  return github.board(epic);
}

const END = `wave 1  cart  merged  #3 gates green, approved by ana
epic    closed as completed by swarm`;

/** More than the whole epic takes: a kill that never comes is the story as it is. */
const MOST_WRITES = 70;

for (const cut of ['before', 'after'] as const) {
  test(`an app that is killed at any of its writes, ${cut} it arrives, is no loss`, { timeout: 170_000 }, async () => {
    for (let write = 1, reached = true; reached; write++) {
      expect(write).toBeLessThan(MOST_WRITES);
      await tellOnce(TELLINGS[write % TELLINGS.length] ?? 'on time', async (cast) => {
        await cast.app.diesAt(write, cut);
        const before = cast.app.deaths;
        expect(`write ${write}\n${await whole(cast)}`).toBe(`write ${write}\n${END}`);
        reached = cast.app.deaths > before;
      });
    }
  });
}

story(
  'every call of swarm’s is answered by an outage once, and all that is lost is time',
  async (cast) => {
    const { github, agents, app, ana, time } = cast;
    await app.meets(502);
    const epic = await github.opensEpic('Checkout', { cart: {} });
    await ana.labels(epic, 'swarm:execute');
    await time.passes('60 min');
    await agents.at('cart').finishes(code('cart'));
    await time.passes('60 min');
    await ana.approves('cart');
    await time.passes('60 min');
    github.says(epic, /swarm accept/);
    await ana.comments(epic, '/swarm accept');
    await time.passes('60 min');

    github.says(epic, /Accepted by/);
    expect(github.board(epic)).toBe(END);
  },
  { told: ['on time'], timeoutMs: 120_000 },
);

const LOST_ANSWERS = {
  'the dispatch': { method: 'POST', path: '/dispatches' },
  'a comment': { method: 'POST', path: /\/issues\/\d+\/comments$/ },
  'the merge': { method: 'PUT', path: '/merge' },
  'a journal step': { method: 'POST', path: '/graphql', body: 'updateRefs' },
} as const;

for (const [what, call] of Object.entries(LOST_ANSWERS)) {
  story(`${what} is done but answered by an error, and is not done twice`, async ({ github, agents, ana, time }) => {
    const epic = await github.opensEpic('Checkout', { cart: {} });
    const heal = github.breaks({ ...call, effect: { kind: 'applied but fails', status: 500 }, times: 2 });
    await ana.labels(epic, 'swarm:execute');
    await time.passes('5 min');
    await agents.at('cart').finishes(code('cart'));
    await ana.approves('cart');
    await time.passes('5 min');
    heal();

    await time.passes('5 min');

    github.says(epic, /swarm accept/);
    expect(github.runs).toBe(2);
    expect(github.board(epic)).toMatchInlineSnapshot();
  });
}

story('a fix issue is made but answered by an error, and is not made twice', async ({ github, agents, ana, time }) => {
  const epic = await github.opensEpic('Checkout', { cart: {} });
  agents.calibration('fails', 'tests', 'red');
  await ana.labels(epic, 'swarm:execute');
  await agents.at('cart').finishes(code('cart'));
  github.breaks({ method: 'POST', path: /\/issues$/, effect: { kind: 'applied but fails', status: 502 }, times: 1 });
  await ana.approves('cart');

  await time.passes('5 min');

  github.says(epic, /calibration of wave 1 failed/);
  expect(github.board(epic)).toMatchInlineSnapshot();
  agents.leaves('fix 1');
});

story('two apps at work on one epic do nothing twice', async ({ github, agents, app, ana, bob, time }) => {
  await app.starts();
  const epic = await github.opensEpic('Checkout', {
    cart: {},
    payment: {},
    receipt: { blockedBy: ['cart', 'payment'] },
  });
  await ana.labels(epic, 'swarm:execute');
  await time.passes('1 min');
  await agents.at('cart').finishes(code('cart'));
  await agents.at('payment').finishes(code('payment'));
  await Promise.all([ana.approves('cart'), bob.approves('payment')]);
  await time.passes('2 min');
  expect(github.board(epic)).toMatchInlineSnapshot();
  await agents.at('receipt').finishes(code('receipt'));
  await ana.approves('receipt');
  await time.passes('2 min');

  github.says(epic, /swarm accept/);
  expect(github.board(epic)).toMatchInlineSnapshot();
});

story('a rate limit is waited out', async ({ github, agents, ana, time }) => {
  const epic = await github.opensEpic('Checkout', { cart: {} });
  github.breaks({ method: 'write', effect: { kind: 'limited', retryAfterSeconds: 120 }, times: 1 });

  await ana.labels(epic, 'swarm:execute');
  await time.passes('5 min');

  expect(agents.working).toEqual(['cart']);
  agents.leaves('cart');
});

story('a dispatch that GitHub refuses blocks the segment with GitHub’s words', async ({ github, agents, ana }) => {
  const epic = await github.opensEpic('Checkout', { cart: {} });
  const heal = github.breaks({
    method: 'POST',
    path: '/dispatches',
    effect: { kind: 'fails', status: 422, message: 'Workflow is disabled' },
  });
  await ana.labels(epic, 'swarm:execute');
  github.says('cart', /Workflow is disabled[\s\S]*DISPATCH_FAILED|DISPATCH_FAILED[\s\S]*Workflow is disabled/);
  expect(github.board(epic)).toMatchInlineSnapshot();
  heal();

  await ana.comments(epic, '/swarm retry');

  expect(agents.working).toEqual(['cart']);
  agents.leaves('cart');
});
