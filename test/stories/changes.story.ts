/**
 * What happens around an epic while it runs: a person takes another login, a conversation is locked, an issue is deleted, moved
 * or turned into a discussion, the repository is renamed or archived, the app is suspended. Nothing is lost, and a person hears of it where one has to act.
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
  for (const issue of [epic, github.segment('cart')]) world.triage.lock(world.as('ana'), issue, null);

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

    github.says(epic, /#3 was part of the epic.*it was deleted.*SEGMENT_GONE.*cannot be put back/s);
    github.says('receipt', /EDGES_CHANGED/);
    await agents.at('cart').finishes(code('cart'));
    await ana.approves('cart');
    expect(agents.working).toEqual([]);

    await ana.comments(epic, '/swarm execute');

    expect(agents.working).toEqual(['receipt']);
    agents.leaves('receipt');
  },
);

story('the run of a segment that is deleted is cancelled, and the epic goes on without it', async (cast) => {
  const { github, agents, ana } = cast;
  const epic = await github.opensEpic('Checkout', { cart: {}, gift: { blockedBy: ['cart'] } });
  await ana.labels(epic, 'swarm:execute');

  await ana.deletes('cart');

  expect(agents.working).toEqual([]);
  expect(github.stage.repository.runs.map(({ conclusion }) => conclusion)).toEqual(['cancelled']);
  github.says(epic, /#2 was part of the epic.*it was deleted.*SEGMENT_GONE/s);
  github.says('gift', /EDGES_CHANGED/);

  await ana.comments(epic, '/swarm execute');

  expect(agents.working).toEqual(['gift']);
  agents.leaves('gift');
});

story('a run that other segments share goes on when one of them is deleted', async ({ github, agents, ana }) => {
  const epic = await github.opensEpic('Checkout', { cart: {}, gift: {} });
  await ana.labels(epic, 'swarm:execute');

  await ana.deletes('gift');
  await agents.at('cart').finishes(code('cart'));
  await ana.approves('cart');

  github.says(epic, /#3 was part of the epic.*SEGMENT_GONE/s);
  expect(github.panel(epic)).toMatch(/cart.*merged/s);
});

story('a segment that is moved to another repository is missed, and the epic says where it is', async (cast) => {
  const { github, agents, ana } = cast;
  const epic = await github.opensEpic('Checkout', { cart: {}, gift: { blockedBy: ['cart'] } });
  await ana.labels(epic, 'swarm:execute');
  const { world, repository } = github.stage;
  const docs = await world.addRepository(repository.owner, 'docs', { visibility: 'public' });

  const to = await ana.transfers('cart', docs.name);

  expect(to).toBe('harbour/docs#1');
  expect(agents.working).toEqual([]);
  github.says(epic, /#2 was part of the epic.*it was moved to `harbour\/docs#1`.*SEGMENT_GONE.*cannot be put back/s);
  github.says('gift', /EDGES_CHANGED/);

  await ana.comments(epic, '/swarm execute');

  expect(agents.working).toEqual(['gift']);
  agents.leaves('gift');
});

story('a segment that is turned into a discussion is not done', async ({ github, agents, ana, tim }) => {
  const epic = await github.opensEpic('Checkout', { cart: {}, gift: { blockedBy: ['cart'] } });
  await ana.labels(epic, 'swarm:execute');

  await tim.converts('cart');

  expect(agents.working).toEqual([]);
  github.says(epic, /#2 was part of the epic.*it was turned into a discussion.*SEGMENT_GONE.*cannot be put back/s);

  await ana.comments(epic, '/swarm execute');

  expect(agents.working).toEqual(['gift']);
  agents.leaves('gift');
});

story('an epic in a repository that is renamed goes on under the new name', async ({ github, agents, ana, time }) => {
  const epic = await github.opensEpic('Checkout', { cart: {}, gift: { blockedBy: ['cart'] } });
  await ana.labels(epic, 'swarm:execute');

  github.renamesRepository('store');
  // No event has brought the new name yet.
  await time.passes('10 min');
  await agents.at('cart').finishes(code('cart'));
  await ana.approves('cart');

  expect(agents.working).toEqual(['gift']);
  await agents.at('gift').finishes(code('gift'));
  await ana.approves('gift');
  github.says(epic, /Every segment is done/);
});

story(
  'an epic that is deleted while it runs ends there, and its journal stays',
  async ({ github, agents, ana, time }) => {
    const epic = await github.opensEpic('Checkout', { cart: {} });
    await ana.labels(epic, 'swarm:execute');
    await ana.deletes(epic);
    await time.passes('10 min');

    expect(agents.working).toEqual([]);
    expect(github.stage.repository.runs.map(({ conclusion }) => conclusion)).toEqual(['cancelled']);

    expect(await github.journals()).toEqual([epic.number]);
    expect(await github.branches()).toEqual(['main']);
  },
);

story('an epic that is moved to another repository ends there, and its run is cancelled', async (cast) => {
  const { github, agents, ana, time } = cast;
  const epic = await github.opensEpic('Checkout', { cart: {} });
  await ana.labels(epic, 'swarm:execute');

  await ana.transfers(epic, 'docs');
  await time.passes('10 min');

  expect(agents.working).toEqual([]);
  expect(github.stage.repository.runs.map(({ conclusion }) => conclusion)).toEqual(['cancelled']);
  expect(await github.journals()).toEqual([epic.number]);
});

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
