/**
 * Issues that nobody wrote for Swarm: what it understands it uses, and what it half understands it says before an agent is
 * paid (R1.9).
 */
import { expect, story } from '../rig/story.ts';

story('a guess of the files plans, and never refuses finished work (R1.7)', async ({ github, agents, ana }) => {
  const epic = await github.opensEpic('Checkout', {
    cart: { files: null, text: 'Change `src/cart/total.ts`, for the page `app/cart/[id]/page.tsx`.' },
  });
  await ana.labels(epic, 'swarm:execute');

  await agents.at('cart').finishes({ 'src/cart/total.ts': 'export {};\n', 'lib/money.ts': 'export {};\n' });
  await ana.approves('cart');

  github.says(epic, /Every segment is done/);
  expect(github.board(epic)).toMatchInlineSnapshot(`
    "wave 1  cart  merged  #3 gates green, approved by ana
    epic    waits to be accepted"
  `);
  expect(await github.file('lib/money.ts')).toBe('export {};\n');
});

story('a line that may be a dependency is told before an agent is paid (R1.9)', async ({ github, ana }) => {
  const epic = await github.opensEpic('Checkout', { cart: { text: 'Depends on the legal team.' } });

  await ana.comments(epic, '/swarm plan');

  github.says(epic, /line \d+ says that it waits, and names no issue that Swarm can read.*DEPENDENCY_UNREAD/s);
  expect(github.runs).toBe(0);
});

story('a sub-issue of another repository is named as one, and left out (R1.8)', async ({ github, agents, ana }) => {
  const { world, repository } = github.stage;
  const mail = await world.addRepository(repository.owner, 'mail', { visibility: 'public' });
  const epic = await github.opensEpic('Checkout', { cart: {} });
  const letter = world.issues.create(world.as('ana'), mail, { title: 'Letter', body: 'Write it.' });
  world.quietly(() => world.issues.addSubIssue(world.as('ana'), epic, letter));

  await ana.comments(epic, '/swarm plan');
  github.says(epic, /has the sub-issue .*\/mail#1.*, which is in another repository.*SEGMENT_ELSEWHERE/s);

  await ana.labels(epic, 'swarm:execute');
  expect(github.board(epic)).toMatchInlineSnapshot(`
    "wave 1  cart  running  feat/cart
            #1    waiting"
  `);
  agents.leaves('cart');
});

story(
  'a task list with the issues at the end of its items is executed (R1.2)',
  async ({ github, agents, ana, time }) => {
    const cart = github.opensIssue('cart');
    const till = github.opensIssue('till');
    const epic = await github.opensEpic(
      'Checkout',
      {},
      {
        text: `Build it.\n\n- [ ] Add the cart (#${cart.number})\n- [ ] **Till**: #${till.number}\n  - depends on #${cart.number}`,
      },
    );

    await ana.labels(epic, 'swarm:execute');

    await agents.at('cart').finishes({ 'src/cart/index.ts': 'export {};\n' });
    expect(agents.working).toEqual([]);
    await ana.approves('cart');
    await time.passes('15 min');
    agents.leaves('till');
  },
);
