/**
 * People steer a running epic: pause, resume, cancel, skip, close; and the kill switch.
 */
import { expect, story } from '../rig/story.ts';

const code = (name: string) => ({ [`src/${name}/index.ts`]: `export const name = '${name}';\n` });

story(
  'a paused epic lets its agents finish, starts nothing, and continues when it is resumed (R3.6)',
  async ({ github, agents, ana }) => {
    const epic = await github.opensEpic('Checkout', { cart: {}, receipt: { blockedBy: ['cart'] } });
    await ana.labels(epic, 'swarm:execute');
    await ana.labels(epic, 'swarm:pause');
    await agents.at('cart').finishes(code('cart'));
    await ana.approves('cart');
    expect(github.board(epic)).toMatchInlineSnapshot(`
      "wave 1  cart     merged   #4 gates green, approved by ana
      wave 2  receipt  waiting
      epic    paused"
    `);

    await ana.comments(epic, '/swarm resume');

    expect(github.board(epic)).toMatchInlineSnapshot(`
      "wave 1  cart     merged   #4 gates green, approved by ana
      wave 2  receipt  running  feat/receipt"
    `);
    agents.leaves('receipt');
  },
);

story('an epic starts by a label under the name that the repository chose (R3.3)', async ({ github, agents, ana }) => {
  await github.config({ labels: { execute: 'ship it' } });
  const epic = await github.opensEpic('Checkout', { cart: {} });

  await ana.labels(epic, 'ship it');

  expect(agents.working).toEqual(['cart']);
  expect(github.labels(epic)).not.toContain('ship it');
  agents.leaves('cart');
});

story(
  'a label that the repository spells with other capitals is the same label (R3.3)',
  async ({ github, agents, ana }) => {
    const { world, repository } = github.stage;
    for (const name of ['Swarm:Execute', 'Swarm:Running', 'SWARM:Blocked']) {
      world.storeLabel(repository, name, 'ededed', null);
    }
    const epic = await github.opensEpic('Checkout', { cart: {} });

    await ana.labels(epic, 'swarm:execute');

    expect(agents.working).toEqual(['cart']);
    expect(github.labels(epic)).toEqual(['Swarm:Running']);
    await agents.at('cart').crashes();
    github.says('cart', /AGENT_CRASHED/);
    expect(github.labels('cart')).toEqual(['SWARM:Blocked']);

    await ana.unlabels('cart', 'swarm:blocked');

    expect(agents.working).toEqual(['cart']);
    agents.leaves('cart');
  },
);

story(
  'an epic that is told to start and to stop at once does not run, until it is resumed (R3.6)',
  async ({ github, agents, ana }) => {
    const epic = await github.opensEpic('Checkout', { cart: {} });

    await ana.labels(epic, 'swarm:cancel', 'swarm:execute');

    github.says(epic, /Cancelled by/);
    expect(github.runs).toBe(0);
    expect(github.labels(epic)).toEqual(['swarm:paused']);

    await ana.comments(epic, '/swarm resume');

    expect(agents.working).toEqual(['cart']);
    agents.leaves('cart');
  },
);

story(
  'a closed epic takes no command: one sentence says so, and the label goes (R3.4)',
  async ({ github, agents, ana }) => {
    const epic = await github.opensEpic('Checkout', { cart: {} });
    await ana.closes(epic);

    await ana.labels(epic, 'swarm:execute');
    await ana.comments(epic, '/swarm execute');

    github.says(epic, /is closed.*NOT_NOW/s);
    github.says(epic, /Reopen #\d+, and give the command again/);
    expect(github.labels(epic)).toEqual([]);
    expect(await github.journals()).toEqual([]);

    await ana.reopens(epic);
    await ana.comments(epic, '/swarm execute');

    expect(agents.working).toEqual(['cart']);

    await agents.at('cart').crashes();
    github.says('cart', /AGENT_CRASHED/);
    await ana.closes(epic);
    await ana.comments('cart', '/swarm retry');

    github.says('cart', /is closed.*NOT_NOW/s);
    expect(agents.working).toEqual([]);
  },
);

story(
  'an epic that has spent its budget starts nothing more, and continues when ana raises it',
  async ({ github, agents, ana, time }) => {
    await github.config({ budget: { epic: 10 } });
    const epic = await github.opensEpic('Checkout', {
      cart: {},
      payment: { blockedBy: ['cart'] },
      receipt: { blockedBy: ['payment'] },
    });
    await ana.labels(epic, 'swarm:execute');
    await agents.at('cart').costs(4).finishes(code('cart'));
    await ana.approves('cart');
    await agents.at('payment').costs(6).finishes(code('payment'));
    await ana.approves('payment');

    expect(agents.working).toEqual([]);
    expect(github.panel(epic)).toContain('cost $10.00');
    expect(github.panel(epic)).toMatch(/budget\.epic/);
    github.says(epic, /@ana.*EPIC_BUDGET_SPENT/s);
    expect(github.board(epic)).toMatchInlineSnapshot(`
      "wave 1  cart     merged   #5 gates green, approved by ana
      wave 2  payment  merged   #6 gates green, approved by ana
      wave 3  receipt  waiting"
    `);

    await github.config({ budget: { epic: 20 } });
    await time.passes('1 min');

    expect(agents.working).toEqual(['receipt']);
    agents.leaves('receipt');
  },
);

story(
  'ana raises the budget of one epic by a comment, and what was sent back goes on (R5.13)',
  async ({ github, agents, ana }) => {
    await github.config({ budget: { epic: 10 } });
    const epic = await github.opensEpic('Checkout', { cart: {} });
    await ana.labels(epic, 'swarm:execute');
    await agents.at('cart').costs(10).finishes(code('cart'));
    await ana.rejects('cart', 'The total is missing.');

    expect(agents.working).toEqual([]);
    github.says(epic, /EPIC_BUDGET_SPENT.*\/swarm resume budget=15/s);
    expect(github.panel(epic)).toMatch(/\*\*To do:\*\* The budget of the epic is spent: \$10\.00 of \$10\.00/);

    await ana.comments(epic, '/swarm resume budget=10');

    github.says(epic, /may cost \$10\.00 already; name a higher amount/);
    expect(agents.working).toEqual([]);

    await ana.comments(epic, '/swarm resume budget=15');

    expect(agents.working).toEqual(['cart']);
    expect(github.panel(epic)).toContain('No action needed.');
    agents.leaves('cart');
  },
);

story(
  'a cancelled epic stops its runs, and resuming continues from what GitHub shows (R3.6)',
  async ({ github, agents, ana, time }) => {
    const epic = await github.opensEpic('Checkout', { cart: {}, payment: {} });
    await ana.labels(epic, 'swarm:execute');
    await agents.at('payment').finishes(code('payment'));

    await ana.labels(epic, 'swarm:cancel');

    github.says(epic, /Cancelled by/);
    expect(agents.working).toEqual([]);
    expect(github.board(epic)).toMatchInlineSnapshot(`
      "wave 1  cart     waiting
              payment  review   #4 gates green, waits for a person
      epic    paused"
    `);

    await ana.comments(epic, '/swarm resume');
    await time.passes('1 min');

    expect(agents.working).toEqual(['cart']);
    await ana.approves('payment');
    expect(github.board(epic)).toMatchInlineSnapshot(`
      "wave 1  cart     running  feat/cart
              payment  merged   #4 gates green, approved by ana"
    `);
    agents.leaves('cart');
  },
);

story('a skipped segment is closed as not planned and nothing waits for it', async ({ github, agents, ana }) => {
  const epic = await github.opensEpic('Checkout', { cart: {}, receipt: { blockedBy: ['cart'] } });
  await ana.labels(epic, 'swarm:execute');
  await agents.at('cart').crashes();
  github.says('cart', /AGENT_CRASHED/);

  await ana.comments(epic, `/swarm skip #${github.segment('cart').number} we buy one`);

  expect(github.board(epic)).toMatchInlineSnapshot(`
    "wave 1  cart     skipped
    wave 2  receipt  running  feat/receipt"
  `);
  agents.leaves('receipt');
});

story('`swarm:retry` on a blocked segment retries it, and the label goes (R3.3)', async ({ github, agents, ana }) => {
  const epic = await github.opensEpic('Checkout', { cart: {}, till: {} });
  await ana.labels(epic, 'swarm:execute');
  await agents.at('cart').crashes();
  github.says('cart', /AGENT_CRASHED/);

  await ana.labels('cart', 'swarm:retry');

  expect(agents.working).toEqual(['cart', 'till']);
  expect(github.labels('cart')).not.toContain('swarm:retry');
  expect(github.labels('cart')).not.toContain('swarm:blocked');
  agents.leaves('cart');
  agents.leaves('till');
});

story('a segment that a person closes as completed counts as done', async ({ github, agents, ana }) => {
  const epic = await github.opensEpic('Checkout', { cart: {}, receipt: { blockedBy: ['cart'] } });
  await ana.closes('cart');

  await ana.labels(epic, 'swarm:execute');

  expect(github.board(epic)).toMatchInlineSnapshot(`
    "wave 1  cart     closed
    wave 2  receipt  running  feat/receipt"
  `);
  agents.leaves('receipt');
});

story('an epic that a person closes is left alone, and its work waits (R4.4)', async ({ github, agents, ana }) => {
  const epic = await github.opensEpic('Checkout', { cart: {}, receipt: { blockedBy: ['cart'] } });
  await ana.labels(epic, 'swarm:execute');
  await agents.at('cart').finishes(code('cart'));
  await ana.closes(epic);
  await ana.approves('cart');

  expect(github.board(epic)).toMatchInlineSnapshot(`
    "wave 1  cart     review   #4 gates green, approved by ana
    wave 2  receipt  waiting
    epic    closed as completed by ana"
  `);
});

story('work of an agent in a closed epic is published when the epic is reopened', async ({ github, agents, ana }) => {
  const epic = await github.opensEpic('Checkout', { cart: {} });
  await ana.labels(epic, 'swarm:execute');
  await ana.closes(epic);
  await agents.at('cart').finishes(code('cart'));
  expect(await github.branches()).toEqual(['main']);

  await ana.reopens(epic);

  expect(github.board(epic)).toMatchInlineSnapshot(`"wave 1  cart  review  #3 gates green, waits for a person"`);
});

story(
  'the kill switch of the repository stops everything until it is removed (R11.8)',
  async ({ github, agents, ana, time }) => {
    github.sets('SWARM_DISABLED', 'true');
    const epic = await github.opensEpic('Checkout', { cart: {} });
    await ana.labels(epic, 'swarm:execute');
    github.says(epic, /DISABLED/);
    expect(agents.working).toEqual([]);

    github.sets('SWARM_DISABLED', 'false');
    await time.passes('2 min');

    expect(agents.working).toEqual(['cart']);
    agents.leaves('cart');
  },
);

story(
  'an app that may not read the kill switch says so, and cancelling still works',
  async ({ github, agents, ana, time }) => {
    const { installation } = github.stage;
    const { actions_variables: _, ...permissions } = installation.permissions;
    installation.permissions = permissions;
    // A token that was issued before is valid for an hour.
    await time.passes('2 hours');
    github.sets('SWARM_DISABLED', 'true');
    const epic = await github.opensEpic('Checkout', { cart: {} });
    await ana.labels(epic, 'swarm:execute');
    expect(github.panel(epic)).toMatch(/actions_variables: read.*SWARM_DISABLED/s);
    expect(agents.working).toEqual(['cart']);

    await ana.labels(epic, 'swarm:cancel');

    github.says(epic, /Cancelled by/);
    expect(agents.working).toEqual([]);
  },
);

story('only the requested wave runs', async ({ github, agents, ana }) => {
  const epic = await github.opensEpic('Checkout', { cart: {}, receipt: { blockedBy: ['cart'] } });
  await ana.comments(epic, '/swarm execute wave=1');
  await agents.at('cart').finishes(code('cart'));

  await ana.approves('cart');

  expect(agents.working).toEqual([]);
  expect(github.board(epic)).toMatchInlineSnapshot(`
    "wave 1  cart     merged   #4 gates green, approved by ana
    wave 2  receipt  waiting"
  `);
});

story('swarm notices changes by its clock, without a webhook (R4.1)', async ({ github, agents, time }) => {
  const epic = await github.opensEpic('Checkout', { cart: {}, receipt: { blockedBy: ['cart'] } });
  await github.quietly.ana.labels(epic, 'swarm:execute');
  await time.passes('1 min');
  await agents.at('cart').finishes(code('cart'));
  await github.quietly.ana.approves('cart');

  await time.passes('1 min');

  expect(github.board(epic)).toMatchInlineSnapshot(`
    "wave 1  cart     merged   #4 gates green, approved by ana
    wave 2  receipt  running  feat/receipt"
  `);
  agents.leaves('receipt');
});
