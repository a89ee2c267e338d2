/**
 * The main job: an epic goes through its waves, is calibrated, accepted and closed.
 */
import { expect, story } from '../rig/story.ts';

const code = (name: string) => ({ [`src/${name}/index.ts`]: `export const name = '${name}';\n` });

story('approving the last segment of a wave starts the next wave', async ({ github, agents, ana }) => {
  const epic = await github.opensEpic('Checkout', {
    cart: {},
    payment: {},
    receipt: { blockedBy: ['cart', 'payment'] },
  });
  await ana.labels(epic, 'swarm:execute');

  await agents.at('cart').finishes(code('cart'));
  await agents.at('payment').finishes(code('payment'));
  await ana.approves('cart');
  await ana.approves('payment');

  expect(github.board(epic)).toMatchInlineSnapshot(`
    "wave 1  cart     merged   #5 gates green, approved by ana
            payment  merged   #6 gates green, approved by ana
    wave 2  receipt  running  feat/receipt"
  `);
  agents.leaves('receipt');
});

story('an epic ends when a person accepts it (R7.2)', async ({ github, agents, ana }) => {
  const epic = await github.opensEpic('Checkout', {
    cart: { criteria: ['An empty cart costs nothing'] },
    receipt: { blockedBy: ['cart'] },
  });
  await ana.labels(epic, 'swarm:execute');
  expect(github.labels(epic)).not.toContain('swarm:execute');
  await agents.at('cart').finishes(code('cart'));
  await ana.approves('cart');
  await agents.at('receipt').finishes(code('receipt'));
  await ana.approves('receipt');
  github.says(epic, /Every segment is done\. Comment `\/swarm accept`/);
  expect(github.board(epic)).toMatchInlineSnapshot(`
    "wave 1  cart     merged  #4 gates green, approved by ana
    wave 2  receipt  merged  #5 gates green, approved by ana
    epic    waits to be accepted"
  `);

  await ana.comments(epic, '/swarm accept');

  github.says(epic, /Accepted by/);
  expect(github.board(epic)).toMatchInlineSnapshot(`
    "wave 1  cart     merged  #4 gates green, approved by ana
    wave 2  receipt  merged  #5 gates green, approved by ana
    epic    closed as completed by swarm"
  `);
  expect(await github.branches()).toEqual(['main']);
  expect(await github.file('src/receipt/index.ts')).toContain('receipt');
  expect(github.segment('cart').body).toContain('- [x] AC-1: An empty cart costs nothing');
  expect(github.labels('cart')).toEqual(['swarm:done']);
  expect(github.labels(epic)).toEqual(['swarm:done']);
});

story('a person starts an epic by a comment (R3.2)', async ({ github, agents, bob }) => {
  const epic = await github.opensEpic('Checkout', { cart: {} });

  const asked = await bob.comments(epic, '/swarm execute');

  expect(asked.reactions.map((one) => one.content)).toContain('rocket');
  expect(github.board(epic)).toMatchInlineSnapshot(`"wave 1  cart  running  feat/cart"`);
  agents.leaves('cart');
});

story('an issue without sub-issues is an epic of one segment', async ({ github, agents, ana }) => {
  const epic = await github.opensEpic(
    'Checkout',
    {},
    { text: '---\nfiles: [src/checkout/**]\n---\n\nMake the checkout.' },
  );
  await ana.labels(epic, 'swarm:execute');
  await agents.at('Checkout').finishes(code('checkout'));
  await ana.approves('Checkout');
  github.says(epic, /swarm accept/);

  await ana.comments(epic, '/swarm accept');

  github.says(epic, /Accepted by/);
  expect(github.board(epic)).toMatchInlineSnapshot(`
    "wave 1  Checkout  merged  #2 gates green, approved by ana
    epic    closed as completed by swarm"
  `);
});

story('two segments that share files run one after the other', async ({ github, agents, ana }) => {
  const epic = await github.opensEpic('Checkout', {
    cart: { files: ['src/shop/**'] },
    prices: { files: ['src/shop/prices.ts'] },
    payment: {},
  });
  await ana.labels(epic, 'swarm:execute');
  expect(agents.working).toEqual(['cart', 'payment']);
  await agents.at('payment').finishes(code('payment'));
  await agents.at('cart').finishes({ 'src/shop/cart.ts': 'export {};\n' });
  expect(agents.working).toEqual([]);

  await ana.approves('cart');

  expect(agents.working).toEqual(['prices']);
  expect(github.board(epic)).toMatchInlineSnapshot(`
    "wave 1  cart     merged   #6 gates green, approved by ana
            prices   running  feat/prices
            payment  review   #5 gates green, waits for a person"
  `);
  agents.leaves('prices');
});

story(
  'both sides of a diamond merged at once release the segment behind them once',
  async ({ github, agents, ana, bob }) => {
    const epic = await github.opensEpic('Checkout', {
      base: {},
      left: { blockedBy: ['base'] },
      right: { blockedBy: ['base'] },
      top: { blockedBy: ['left', 'right'] },
    });
    await ana.labels(epic, 'swarm:execute');
    await agents.at('base').finishes(code('base'));
    await ana.approves('base');
    await agents.at('left').finishes(code('left'));
    await agents.at('right').finishes(code('right'));

    await Promise.all([ana.approves('left'), bob.approves('right')]);

    expect(github.board(epic)).toMatchInlineSnapshot(`
      "wave 1  base   merged   #6 gates green, approved by ana
      wave 2  left   merged   #7 gates green, approved by ana
              right  merged   #8 gates green, approved by bob
      wave 3  top    running  feat/top"
    `);
    agents.leaves('top');
  },
);

story('with an eager schedule a segment starts when its own blockers are merged', async ({ github, agents, ana }) => {
  await github.config({ schedule: 'eager' });
  const epic = await github.opensEpic('Checkout', { cart: {}, payment: {}, basket: { blockedBy: ['cart'] } });
  await ana.labels(epic, 'swarm:execute');
  await agents.at('cart').finishes(code('cart'));

  await ana.approves('cart');

  expect(github.board(epic)).toMatchInlineSnapshot(`
    "wave 1  cart     merged   #5 gates green, approved by ana
            payment  running  feat/payment
    wave 2  basket   running  feat/basket"
  `);
  agents.leaves('payment');
  agents.leaves('basket');
});

story('at most as many agents work at once as the config allows', async ({ github, agents, ana }) => {
  await github.config({ 'max-parallel': 2 });
  const epic = await github.opensEpic('Checkout', { cart: {}, payment: {}, receipt: {} });

  await ana.labels(epic, 'swarm:execute');

  expect(agents.working).toEqual(['cart', 'payment']);
  await agents.at('cart').finishes(code('cart'));
  // Its pull request waits for a person, and takes no place.
  expect(agents.working).toEqual(['payment', 'receipt']);
  agents.leaves('payment');
  agents.leaves('receipt');
});

story('at most as many pull requests wait for people as the config allows (R2.3)', async ({ github, agents, ana }) => {
  await github.config({ 'max-parallel': 1, 'max-in-review': 2 });
  const epic = await github.opensEpic('Checkout', { cart: {}, payment: {}, receipt: {} });
  await ana.labels(epic, 'swarm:execute');
  await agents.at('cart').finishes(code('cart'));
  await agents.at('payment').finishes(code('payment'));
  expect(agents.working).toEqual([]);
  expect(github.panel(epic)).toContain('fewer pull requests in review (`max-in-review`)');

  await ana.approves('cart');

  expect(agents.working).toEqual(['receipt']);
  agents.leaves('receipt');
});

story('a failed calibration makes a fix segment, and the next wave waits for it', async ({ github, agents, ana }) => {
  const epic = await github.opensEpic('Checkout', { cart: {}, receipt: { blockedBy: ['cart'] } });
  agents.calibration('fails', 'tests', '1 test failed: the cart is empty');
  await ana.labels(epic, 'swarm:execute');
  await agents.at('cart').finishes(code('cart'));

  await ana.approves('cart');

  github.says(epic, /calibration of wave 1 failed/);
  expect(github.board(epic)).toMatchInlineSnapshot(`
      "wave 1  cart     merged   #4 gates green, approved by ana
              fix 1    running  fix/wave-1-tests-5
      wave 2  receipt  waiting"
    `);

  await agents.at('fix 1').finishes({ 'src/cart/index.ts': 'export const total = 0;\n' });
  await ana.approves('fix 1');

  expect(github.board(epic)).toMatchInlineSnapshot(`
      "wave 1  cart     merged   #4 gates green, approved by ana
              fix 1    merged   #6 gates green, approved by ana
      wave 2  receipt  running  feat/receipt"
    `);
  agents.leaves('receipt');
});

story('a calibration that fails too often waits for a person to retry it', async ({ github, agents, ana }) => {
  await github.config({ 'calibration-rounds': 2 });
  const epic = await github.opensEpic('Checkout', { cart: {} });
  agents.calibration('fails', 'tests', 'red');
  agents.calibration('fails', 'tests', 'red again');
  await ana.labels(epic, 'swarm:execute');
  await agents.at('cart').finishes(code('cart'));
  await ana.approves('cart');
  github.says(epic, /calibration of wave 1 failed/);
  await agents.at('fix 1').finishes({ 'src/cart/index.ts': 'export const total = 0;\n' });

  await ana.approves('fix 1');

  github.says(epic, /CALIBRATION_LIMIT/);
  expect(github.board(epic)).toMatchInlineSnapshot(`
      "wave 1  cart   merged  #3 gates green, approved by ana
              fix 1  merged  #5 gates green, approved by ana"
    `);

  await ana.comments(epic, '/swarm retry');

  github.says(epic, /swarm accept/);
  expect(github.board(epic)).toMatchInlineSnapshot(`
      "wave 1  cart   merged  #3 gates green, approved by ana
              fix 1  merged  #5 gates green, approved by ana
      epic    waits to be accepted"
    `);
});

story(
  'a fix segment that GitHub refuses is reported, and created when a person retries',
  async ({ github, agents, ana }) => {
    await github.config({ approvals: 0 });
    const epic = await github.opensEpic('Checkout', { cart: {} });
    agents.calibration('fails', 'types', 'src/cart/index.ts(1,7): error TS2322');
    const heal = github.breaks({
      method: 'POST',
      path: /\/issues$/,
      effect: { kind: 'fails', status: 410, message: 'Issues has been disabled in this repository.' },
    });
    await ana.labels(epic, 'swarm:execute');
    await agents.at('cart').finishes(code('cart'));
    github.says(epic, /ISSUE_REFUSED/);

    heal();
    await ana.comments(epic, '/swarm retry');

    expect(agents.working).toEqual(['fix 1']);
    github.says(epic, /calibration of wave 1 failed/i);
    agents.leaves('fix 1');
  },
);

story('a criterion without evidence fails the calibration', async ({ github, agents, ana }) => {
  await github.config({ approvals: 0 });
  const epic = await github.opensEpic('Checkout', {
    cart: { criteria: ['An empty cart costs nothing', 'A cart has a total'] },
  });
  await ana.labels(epic, 'swarm:execute');

  await agents.at('cart').finishes(code('cart'), { criteria: [{ id: 'AC-1', evidence: 'test/cart.test.ts: empty' }] });

  github.says(epic, /AC-2/);
  expect(github.segment('cart').body).toContain('- [x] AC-1');
  expect(github.segment('cart').body).toContain('- [ ] AC-2');
  expect(github.board(epic)).toMatchInlineSnapshot(`
    "wave 1  cart   merged   #3 gates green, approved by nobody
            fix 1  running  fix/wave-1-2-4"
  `);
  expect(github.segment('fix 1').body).toContain('- [ ] AC-2: `A cart has a total`');

  await agents
    .at('fix 1')
    .finishes(
      { 'src/cart/total.ts': 'export const total = 0;\n' },
      { criteria: [{ id: 'AC-2', evidence: 'test/cart.test.ts: total' }] },
    );

  expect(github.segment('cart').body).toContain('- [x] AC-2');
  github.says(epic, /swarm accept/);
  expect(github.board(epic)).toMatchInlineSnapshot(`
    "wave 1  cart   merged  #3 gates green, approved by nobody
            fix 1  merged  #5 gates green, approved by nobody
    epic    waits to be accepted"
  `);
});

story(
  'an approval ticks no criterion: without evidence it is asked for, or a person ticks it (R7.1)',
  async ({ github, agents, ana }) => {
    const epic = await github.opensEpic('Checkout', {
      cart: { criteria: ['An empty cart costs nothing'] },
      till: { criteria: ['A till opens'] },
    });
    const { world } = github.stage;
    await ana.labels(epic, 'swarm:execute');
    await agents.at('cart').finishes(code('cart'), { criteria: [] });
    await agents.at('till').finishes(code('till'), { criteria: [] });
    expect(github.pull('cart').issue.body).toContain(`tick it in #${github.segment('cart').number}`);
    const till = github.segment('till');
    await github.stage.step(() =>
      world.issues.update(world.as('ana'), till, { body: (till.body ?? '').replace('[ ]', '[x]') }),
    );

    await ana.approves('cart');
    await ana.approves('till');

    expect(github.segment('cart').body).toContain('- [ ] AC-1');
    github.says(epic, /calibration of wave 1 failed.*AC-1/s);
    expect(agents.working).toEqual(['fix 1']);
    await agents.at('fix 1').finishes({ 'src/cart/empty.ts': 'export const none = 0;\n' });
    await ana.approves('fix 1');
    expect(github.segment('cart').body).toContain('- [x] AC-1');
    github.says(epic, /swarm accept/);
  },
);

story('missing work that a person reports at acceptance becomes a segment (R7.2)', async ({ github, agents, ana }) => {
  const epic = await github.opensEpic('Checkout', { cart: {} });
  await ana.labels(epic, 'swarm:execute');
  await agents.at('cart').finishes(code('cart'));
  await ana.approves('cart');
  github.says(epic, /swarm accept/);

  await ana.comments(epic, '/swarm needs-work The total is missing');

  expect(github.segment('fix 1').title).toBe('The total is missing');
  await agents.at('fix 1').finishes({ 'src/cart/total.ts': 'export const total = 0;\n' });
  await ana.approves('fix 1');
  github.says(epic, /swarm accept/);
  await ana.comments(epic, '/swarm accept');
  github.says(epic, /Accepted by/);
  expect(github.board(epic)).toMatchInlineSnapshot(`
    "wave 1  cart   merged  #3 gates green, approved by ana
            fix 1  merged  #5 gates green, approved by ana
    epic    closed as completed by swarm"
  `);
});

story(
  'with automatic approval and acceptance an epic needs no person after its start',
  async ({ github, agents, ana }) => {
    await github.config({ approvals: 0, acceptance: 'automatic' });
    const epic = await github.opensEpic('Checkout', { cart: {}, receipt: { blockedBy: ['cart'] } });
    await ana.labels(epic, 'swarm:execute');

    await agents.finishEverything();

    github.says(epic, /closed/);
    expect(github.board(epic)).toMatchInlineSnapshot(`
      "wave 1  cart     merged  #4 gates green, approved by nobody
      wave 2  receipt  merged  #5 gates green, approved by nobody
      epic    closed as completed by swarm"
    `);
  },
);

story('two epics run side by side (R3.8)', async ({ github, agents, ana }) => {
  const checkout = await github.opensEpic('Checkout', { cart: {} });
  const returns = await github.opensEpic('Returns', { refund: {} });

  await ana.labels(checkout, 'swarm:execute');
  await ana.labels(returns, 'swarm:execute');
  await agents.at('refund').finishes(code('refund'));
  await ana.approves('refund');

  github.says(returns, /swarm accept/);
  expect(github.board(checkout)).toMatchInlineSnapshot(`"wave 1  cart  running  feat/cart"`);
  expect(github.board(returns)).toMatchInlineSnapshot(`
    "wave 1  refund  merged  #5 gates green, approved by ana
    epic    waits to be accepted"
  `);
  agents.leaves('cart');
});
