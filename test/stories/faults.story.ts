/**
 * GitHub, the network and swarm's own process fail at any moment: the epic ends the same, and nothing happens twice.
 */

import { expect, story } from '../rig/story.ts';

const code = (name: string) => ({ [`src/${name}/index.ts`]: `export const name = '${name}';\n` });

const END = `wave 1  cart  merged  #3 gates green, approved by ana
epic    closed as completed by swarm`;

story(
  'every call of swarm fails once, and nothing is lost but time',
  async (cast) => {
    const { github, agents, app, ana, time } = cast;
    await app.failsEachCallOnce(502);
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
  { told: ['on time'] },
);

const LOST_ANSWERS = {
  'the dispatch': { call: { method: 'POST', path: '/dispatches' }, runs: 2 },
  'a comment': { call: { method: 'POST', path: '/graphql', body: 'addComment' }, runs: 2 },
  'the merge': { call: { method: 'PUT', path: '/merge' }, runs: 2 },
  'a journal step': { call: { method: 'POST', path: '/graphql', body: 'updateRefs' }, runs: 2 },
} as const;

for (const [what, { call, runs }] of Object.entries(LOST_ANSWERS)) {
  story(
    `${what} is performed but answered with an error, and is not repeated`,
    async ({ github, agents, ana, time }) => {
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
      expect(github.runs).toBe(runs);
      expect(github.board(epic)).toMatchInlineSnapshot(`
      "wave 1  cart  merged  #3 gates green, approved by ana
      epic    waits to be accepted"
    `);
    },
  );
}

story(
  'a fix issue is created but answered with an error, and is not created twice',
  async ({ github, agents, ana, time }) => {
    const epic = await github.opensEpic('Checkout', { cart: {} });
    agents.calibration('fails', 'tests', 'red');
    await ana.labels(epic, 'swarm:execute');
    await agents.at('cart').finishes(code('cart'));
    github.breaks({ method: 'POST', path: /\/issues$/, effect: { kind: 'applied but fails', status: 502 }, times: 1 });
    await ana.approves('cart');

    await time.passes('5 min');

    github.says(epic, /calibration of wave 1 failed/);
    expect(github.board(epic)).toMatchInlineSnapshot(`
    "wave 1  cart   merged   #3 gates green, approved by ana
            fix 1  running  fix/wave-1-tests-4"
  `);
    agents.leaves('fix 1');
  },
);

story('two apps on one epic do nothing twice (R4.3)', async ({ github, agents, app, ana, bob, time }) => {
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
  expect(github.board(epic)).toMatchInlineSnapshot(`
    "wave 1  cart     merged   #5 gates green, approved by ana
            payment  merged   #6 gates green, approved by bob
    wave 2  receipt  running  feat/receipt"
  `);
  await agents.at('receipt').finishes(code('receipt'));
  await ana.approves('receipt');
  await time.passes('2 min');

  github.says(epic, /swarm accept/);
  expect(github.board(epic)).toMatchInlineSnapshot(`
    "wave 1  cart     merged  #5 gates green, approved by ana
            payment  merged  #6 gates green, approved by bob
    wave 2  receipt  merged  #7 gates green, approved by ana
    epic    waits to be accepted"
  `);
});

story('a rate limit is waited out (R8.4)', async ({ github, agents, ana, time }) => {
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
  expect(github.board(epic)).toMatchInlineSnapshot(`"wave 1  cart  blocked  DISPATCH_FAILED"`);
  heal();

  await ana.comments(epic, '/swarm retry');

  expect(agents.working).toEqual(['cart']);
  agents.leaves('cart');
});
