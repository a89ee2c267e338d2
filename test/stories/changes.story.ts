/**
 * What happens around an epic while it runs: a person takes another login, a conversation is locked, an issue is deleted, the
 * repository is archived, the app is suspended. Nothing is lost, and a person hears of it where one has to act.
 */
import { expect, story } from '../rig/story.ts';

const code = (name: string) => ({ [`src/${name}/index.ts`]: `export const name = '${name}';\n` });

story(
  'a person who took another login still stands behind the epic, and is mentioned by it (R11.6)',
  async ({ github, agents, ana, bob }) => {
    const epic = await github.opensEpic('Checkout', { cart: {}, receipt: { blockedBy: ['cart'] } });
    await ana.labels(epic, 'swarm:execute');
    github.renames('ana', 'ana-ng');
    // Somebody else may take the old one.
    github.stage.world.addUser('ana');

    await agents.at('cart').finishes(code('cart'));
    await bob.approves('cart');
    await agents.at('receipt').crashes();

    github.says('receipt', /@ana-ng\b.*AGENT_CRASHED/s);
    expect(github.board(epic)).toMatchInlineSnapshot(`
      "wave 1  cart     merged   #4 gates green, approved by bob
      wave 2  receipt  blocked  AGENT_CRASHED"
    `);
  },
);

story('an epic whose conversation is locked goes on', async ({ github, agents, ana }) => {
  const epic = await github.opensEpic('Checkout', { cart: {} });
  const { world } = github.stage;
  for (const issue of [epic, github.segment('cart')]) world.issues.update(world.as('ana'), issue, { locked: true });

  await ana.labels(epic, 'swarm:execute');
  await agents.at('cart').crashes();

  github.says('cart', /AGENT_CRASHED/);
  expect(github.panel(epic)).toContain('AGENT_CRASHED');
});

story(
  'a segment that is deleted is missed, until a person says that the epic goes on without it (R11.2)',
  async ({ github, agents, ana, time }) => {
    const epic = await github.opensEpic('Checkout', {
      cart: {},
      till: { blockedBy: ['cart'] },
      receipt: { blockedBy: ['till'] },
    });
    await ana.labels(epic, 'swarm:execute');
    await ana.deletes('till');
    await time.passes('1 min');

    github.says(epic, /SEGMENT_GONE/);
    github.says('receipt', /EDGES_CHANGED/);
    await agents.at('cart').finishes(code('cart'));
    await ana.approves('cart');
    expect(agents.working).toEqual([]);

    await ana.comments(epic, '/swarm execute');

    expect(agents.working).toEqual(['receipt']);
    agents.leaves('receipt');
  },
);

story(
  'an epic that is deleted while it runs ends there, and its journal stays',
  async ({ github, agents, ana, time }) => {
    const epic = await github.opensEpic('Checkout', { cart: {} });
    await ana.labels(epic, 'swarm:execute');
    await ana.deletes(epic);

    await agents.at('cart').finishes(code('cart'));
    await time.passes('10 min');

    expect(await github.journals()).toEqual([epic.number]);
    expect(await github.branches()).toEqual(['main']);
  },
);

story('an archived repository is left alone, and the epic goes on when it is not', async (cast) => {
  const { github, agents, ana, time } = cast;
  const epic = await github.opensEpic('Checkout', { cart: {} });
  await ana.labels(epic, 'swarm:execute');
  await agents.at('cart').finishes(code('cart'));
  github.stage.repository.archived = true;

  await ana.approves('cart');
  await time.passes('10 min');
  expect(github.board(epic)).toMatchInlineSnapshot(`"wave 1  cart  review  #3 gates green, approved by ana"`);

  github.stage.repository.archived = false;
  await time.passes('5 min');
  github.says(epic, /Every segment is done/);
  expect(github.board(epic)).toMatchInlineSnapshot(`
    "wave 1  cart  merged  #3 gates green, approved by ana
    epic    waits to be accepted"
  `);
});

story('an app that was suspended does what is due when it is not', async ({ github, agents, ana, time }) => {
  const { world, installation } = github.stage;
  const epic = await github.opensEpic('Checkout', { cart: {}, till: {} });
  await ana.labels(epic, 'swarm:execute');
  await agents.at('cart').finishes(code('cart'));
  world.suspend(installation, 'suspended');

  await ana.approves('cart');
  await agents.at('till').finishes(code('till'));
  await time.passes('10 min');
  expect(github.board(epic)).toMatchInlineSnapshot(`
    "wave 1  cart  review   #4 gates green, approved by ana
            till  waiting"
  `);

  world.suspend(installation, 'active');
  await time.passes('5 min');
  expect(github.board(epic)).toMatchInlineSnapshot(`
    "wave 1  cart  merged  #4 gates green, approved by ana
            till  review  #5 gates green, waits for a person"
  `);
});
