/**
 * Agents and machines fail in every possible way: nothing is lost, nothing bad is merged, and people hear of it once.
 */

import { type Cast, expect, story } from '../rig/story.ts';

const code = (name: string) => ({ [`src/${name}/index.ts`]: `export const name = '${name}';\n` });

const MINUTE = 60_000;

async function atWork({ github, ana }: Pick<Cast, 'github' | 'ana'>) {
  const epic = await github.opensEpic('Checkout', { cart: {}, payment: {}, receipt: { blockedBy: ['cart'] } });
  await ana.labels(epic, 'swarm:execute');
  return epic;
}

story('an agent that crashes blocks its segment, and a person’s retry starts it again (R8.1)', async (cast) => {
  const { github, agents, ana } = cast;
  const epic = await atWork(cast);

  await agents.at('cart').crashes(3);

  github.says('cart', /@ana .*AGENT_CRASHED/s);
  expect(github.board(epic)).toMatchInlineSnapshot(`
    "wave 1  cart     blocked  AGENT_CRASHED
            payment  running  feat/payment
    wave 2  receipt  waiting"
  `);
  expect(github.labels('cart')).toEqual(['swarm:blocked']);

  await ana.comments('cart', '/swarm retry');
  await agents.at('cart').finishes(code('cart'));

  expect(github.board(epic)).toMatchInlineSnapshot(`
    "wave 1  cart     review   #5 gates green, waits for a person
            payment  running  feat/payment
    wave 2  receipt  waiting"
  `);
  agents.leaves('payment');
});

story('removing the blocked label is a retry (R3.3)', async (cast) => {
  const { github, agents, ana } = cast;
  await atWork(cast);
  await agents.at('cart').crashes(3);
  github.says('cart', /AGENT_CRASHED/);

  await ana.unlabels('cart', 'swarm:blocked');

  expect(agents.working).toEqual(['cart', 'payment']);
  agents.leaves('cart');
  agents.leaves('payment');
});

story('removing the blocked label of an epic of one segment is a retry as well', async ({ github, agents, ana }) => {
  const epic = await github.opensEpic('Checkout', {}, { text: '---\nfiles: [src/checkout/**]\n---\n\nMake it.' });
  await ana.labels(epic, 'swarm:execute');
  await agents.at('Checkout').crashes(3);
  github.says(epic, /AGENT_CRASHED/);

  await ana.unlabels(epic, 'swarm:blocked');

  expect(agents.working).toEqual(['Checkout']);
  agents.leaves('Checkout');
});

story('an agent that hangs is stopped at its time limit', async (cast) => {
  const { github, agents, time } = cast;
  const epic = await atWork(cast);
  await agents.at('cart').hangs();
  await time.passes('50 min');
  expect(github.board(epic)).toMatchInlineSnapshot(`
    "wave 1  cart     running  feat/cart
            payment  running  feat/payment
    wave 2  receipt  waiting"
  `);

  await time.passes('20 min');

  github.says('cart', /AGENT_TIMED_OUT/);
  expect(github.board(epic)).toMatchInlineSnapshot(`
    "wave 1  cart     blocked  AGENT_TIMED_OUT
            payment  running  feat/payment
    wave 2  receipt  waiting"
  `);
  agents.leaves('payment');
});

story('an agent that changes nothing gets no pull request', async (cast) => {
  const { github, agents } = cast;
  const epic = await atWork(cast);

  await agents.at('cart').changesNothing();

  github.says('cart', /NO_CHANGE/);
  expect(github.board(epic)).toMatchInlineSnapshot(`
    "wave 1  cart     blocked  NO_CHANGE
            payment  running  feat/payment
    wave 2  receipt  waiting"
  `);
  agents.leaves('payment');
});

story('a research segment answers with a comment', async ({ github, agents, ana }) => {
  const epic = await github.opensEpic('Checkout', {
    study: { spec: { worker: 'research' } },
    cart: { blockedBy: ['study'] },
  });
  await ana.labels(epic, 'swarm:execute');

  await agents.at('study').changesNothing('Use integers for money.');

  github.says('study', /Use integers for money\./);
  expect(github.board(epic)).toMatchInlineSnapshot(`
    "wave 1  study  closed
    wave 2  cart   running  feat/cart"
  `);
  agents.leaves('cart');
});

story('work outside its scope is kept but not published', async (cast) => {
  const { github, agents } = cast;
  const epic = await atWork(cast);

  await agents.at('cart').overreaches({ ...code('cart'), 'src/payment/index.ts': 'export {};\n' });

  github.says('cart', /OUT_OF_SCOPE/);
  expect(github.board(epic)).toMatchInlineSnapshot(`
    "wave 1  cart     blocked  OUT_OF_SCOPE, kept on swarm/wip/1.2-1
            payment  running  feat/payment
    wave 2  receipt  waiting"
  `);
  agents.leaves('payment');
});

story('work that touches the workflows is not published', async (cast) => {
  const { github, agents } = cast;
  const epic = await atWork(cast);

  await agents.at('cart').overreaches({ '.github/workflows/swarm.yml': 'on: push\n' });

  github.says('cart', /PROTECTED_PATH/);
  expect(github.board(epic)).toMatchInlineSnapshot(`
    "wave 1  cart     blocked  PROTECTED_PATH
            payment  running  feat/payment
    wave 2  receipt  waiting"
  `);
  expect(await github.branches()).toEqual(['main']);
  agents.leaves('payment');
});

story('work that holds a secret is neither published nor kept', async (cast) => {
  const { github, agents } = cast;
  const epic = await atWork(cast);
  const key = ['ghp', 'Zx8Kq2Lm5Np7Rt9Vw3Yb6Cd1Fg4Hj0Sa2QeW'].join('_');

  await agents.at('cart').overreaches({ 'src/cart/index.ts': `export const token = '${key}';\n` });

  const said = github.says('cart', /SECRET_IN_PATCH/);
  expect(said.body).not.toContain(key);
  expect(github.board(epic)).toMatchInlineSnapshot(`
    "wave 1  cart     blocked  SECRET_IN_PATCH
            payment  running  feat/payment
    wave 2  receipt  waiting"
  `);
  expect(await github.branches()).toEqual(['main']);
  agents.leaves('payment');
});

story('work that fails its gates is kept, and a retry continues from it', async (cast) => {
  const { github, agents, ana } = cast;
  const epic = await atWork(cast);

  await agents.at('cart').failsGates('tests', 'Expected 0, got NaN', { 'src/cart/half.ts': 'export {};\n' });

  github.says('cart', /Expected 0, got NaN/);
  expect(github.board(epic)).toMatchInlineSnapshot(`
    "wave 1  cart     blocked  GATES_FAILED, kept on swarm/wip/1.2-1
            payment  running  feat/payment
    wave 2  receipt  waiting"
  `);

  await ana.comments(epic, `/swarm retry #${github.segment('cart').number}`);
  await agents.at('cart').finishes(code('cart'));
  await ana.approves('cart');

  expect(github.board(epic)).toMatchInlineSnapshot(`
    "wave 1  cart     merged   #5 gates green, approved by ana
            payment  running  feat/payment
    wave 2  receipt  waiting"
  `);
  agents.leaves('payment');
});

story('work that fails goes to the next agent of the list, and then to a person (R8.1)', async (cast) => {
  const { github, agents, time } = cast;
  await github.config({
    agents: { mine: { command: ['true'] }, other: { command: ['true'] } },
    agent: 'mine',
    escalate: ['strong', 'other'],
  });
  const epic = await atWork(cast);
  expect(agents.at('cart').attempt.by).toEqual({ agent: 'mine' });

  await agents.at('cart').failsGates('tests', 'Expected 0, got NaN', { 'src/cart/half.ts': 'export {};\n' });
  expect(agents.at('cart').attempt).toMatchObject({ number: 2, by: { agent: 'mine', model: 'strong' } });
  // A lost machine says nothing about the agent.
  await agents.at('cart').dies();
  await time.passes('1 min');
  expect(agents.at('cart').attempt).toMatchObject({ number: 3, by: { agent: 'mine', model: 'strong' } });
  await agents.at('cart').changesNothing();
  expect(agents.at('cart').attempt).toMatchObject({ number: 4, by: { agent: 'other' } });
  expect(github.panel(epic)).toMatch(/attempt 4 \(`other`\) \| . queued|attempt 4 \(`other`\) \| .+ running/);
  await agents.at('cart').failsGates('tests', 'Expected 0, got NaN', { 'src/cart/half.ts': 'export {};\n' });

  github.says('cart', /Expected 0, got NaN/);
  expect(github.board(epic)).toMatchInlineSnapshot(`
    "wave 1  cart     blocked  GATES_FAILED, kept on swarm/wip/1.2-4
            payment  running  feat/payment
    wave 2  receipt  waiting"
  `);
  agents.leaves('payment');
});

story('a run that dies is retried at most twice', async (cast) => {
  const { github, agents, ana, time } = cast;
  const epic = await atWork(cast);
  await agents.at('payment').finishes(code('payment'));

  await agents.at('cart').dies();
  await time.passes('1 min');
  expect(agents.at('cart').attempt.number).toBe(2);
  await agents.at('cart').dies();
  await time.passes('1 min');
  expect(agents.at('cart').attempt.number).toBe(3);
  await agents.at('cart').dies();
  await time.passes('1 min');

  github.says('cart', /RUN_LOST/);
  expect(github.board(epic)).toMatchInlineSnapshot(`
    "wave 1  cart     blocked  RUN_LOST
            payment  review   #5 gates green, waits for a person
    wave 2  receipt  waiting"
  `);

  await ana.comments(epic, '/swarm retry');
  expect(agents.at('cart').attempt.number).toBe(4);
  agents.leaves('cart');
});

story('a run that never starts is retried', async ({ github, agents, ana, time }) => {
  const epic = await github.opensEpic('Checkout', { cart: {} });
  agents.nextRunIsLost();

  await ana.labels(epic, 'swarm:execute');
  await time.passes('1 min');

  expect(agents.working).toEqual(['cart']);
  expect(github.board(epic)).toMatchInlineSnapshot(`"wave 1  cart  running  feat/cart"`);
  agents.leaves('cart');
});

story('a provider’s outage is waited out and does not count as an attempt', async (cast) => {
  const { github, agents, time } = cast;
  const epic = await atWork(cast);
  for (let round = 0; round < 4; round++) {
    await agents.at('cart').asksToRetryLater();
    expect(agents.working).toEqual(['payment']);
    await time.passes('6 min');
  }

  expect(agents.working).toEqual(['cart', 'payment']);
  expect(github.board(epic)).toMatchInlineSnapshot(`
    "wave 1  cart     running  feat/cart
            payment  running  feat/payment
    wave 2  receipt  waiting"
  `);
  agents.leaves('cart');
  agents.leaves('payment');
});

story('a limit whose end is known is waited out, or gone round by the agents that may stand in', async (cast) => {
  const { github, agents, time } = cast;
  await github.config({
    ...{ agent: 'mine', agents: { mine: { command: ['true'] }, other: { command: ['true'] } } },
    fallback: ['other'],
  });
  const epic = await atWork(cast);
  expect(agents.at('cart').attempt.by).toEqual({ agent: 'mine' });

  await agents.at('cart').asksToRetryLater({ agent: 'mine', waitMs: 60 * MINUTE });
  expect(agents.at('cart').attempt).toMatchObject({ by: { agent: 'other' }, instead: { mine: { agent: 'other' } } });
  await agents.at('cart').asksToRetryLater({ agent: 'other', waitMs: 20 * MINUTE });
  expect(agents.working).toEqual(['payment']);
  expect(github.panel(epic)).toMatch(/its agent, which can be called again at 20\d\d-\d\d-\d\d \d\d:\d\d UTC/);

  await time.passes('15 min');
  expect(agents.working).toEqual(['payment']);
  await time.passes('10 min');
  expect(agents.at('cart').attempt).toMatchObject({ number: 3, by: { agent: 'other' } });
  await agents.at('cart').asksToRetryLater({ agent: 'other', waitMs: 300 * MINUTE });
  await time.passes('40 min');
  expect(agents.at('cart').attempt).toMatchObject({ number: 4, by: { agent: 'mine' } });
  await agents.at('cart').finishes(code('cart'));
  expect(github.board(epic)).toMatchInlineSnapshot(`
    "wave 1  cart     review   #5 gates green, waits for a person
            payment  running  feat/payment
    wave 2  receipt  waiting"
  `);
  agents.leaves('payment');
});

story('retrying a running segment changes nothing', async (cast) => {
  const { github, agents, ana } = cast;
  const epic = await atWork(cast);

  await ana.comments(epic, `/swarm retry #${github.segment('cart').number}`);

  expect(github.board(epic)).toMatchInlineSnapshot(`
    "wave 1  cart     running  feat/cart
            payment  running  feat/payment
    wave 2  receipt  waiting"
  `);
  expect(agents.at('cart').attempt.number).toBe(1);
  agents.leaves('cart');
  agents.leaves('payment');
});

story('the panel follows the steps of a job without new comments (R5.12)', async (cast) => {
  const { github, agents, time } = cast;
  const epic = await github.opensEpic('Checkout', { cart: {} });
  await cast.ana.labels(epic, 'swarm:execute');
  await agents.at('cart').dies();
  await time.passes('1 min');
  const written = () => github.panelComment(epic).edits.length;

  await agents.at('cart').comesTo('Set up Python');
  await time.passes('2 min');
  expect(github.panel(epic)).toMatch(
    /`\w+`, attempt 2 \| 🔄 running \| `work: Set up Python` since \d\d:\d\d UTC \[log\]\(http\S+\/job\/\d+\)/,
  );

  const before = written();
  for (const step of ['Install', 'agent', 'gates']) await agents.at('cart').comesTo(step);
  await time.passes('2 min');
  expect(github.panel(epic)).toMatch(/`work: gates` since/);
  expect(written() - before).toBeLessThanOrEqual(2);
  agents.leaves('cart');
});

story(
  'where GraphQL moves branches and tags alone, the journal is kept all the same (R4.2)',
  async ({ github, agents, ana }) => {
    github.stage.world.hiddenRefUpdates = 'refused';
    const epic = await github.opensEpic('Checkout', { cart: {}, receipt: { blockedBy: ['cart'] } });
    await ana.labels(epic, 'swarm:execute');
    await agents.at('cart').finishes({ 'src/cart/index.ts': 'export {};\n' });
    await ana.approves('cart');

    expect(github.board(epic)).toMatchInlineSnapshot(`
    "wave 1  cart     merged   #4 gates green, approved by ana
    wave 2  receipt  running  feat/receipt"
  `);
    agents.leaves('receipt');
  },
);
