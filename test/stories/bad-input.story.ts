/**
 * Mistakes in people's texts: each is reported in one clear sentence, nothing is dispatched, and fixing it is enough.
 */
import { expect, story } from '../rig/story.ts';

story(
  'a cycle is reported with its path, nothing starts, and the epic continues once it is fixed (R11.9)',
  async ({ github, agents, ana }) => {
    const epic = await github.opensEpic('Checkout', {
      cart: { blockedBy: ['receipt'] },
      payment: { blockedBy: ['cart'] },
      receipt: { blockedBy: ['payment'] },
    });

    await ana.labels(epic, 'swarm:execute');

    github.says(epic, /EPIC_CYCLE/);
    expect(github.runs).toBe(0);
    expect(github.board(epic)).toMatchInlineSnapshot(`
      "wave 1  payment  waiting
      wave 2  receipt  waiting
      wave 3  cart     waiting
      epic    held"
    `);

    await ana.unblocks('cart', 'receipt');

    expect(agents.working).toEqual(['cart']);
    expect(github.board(epic)).toMatchInlineSnapshot(`
      "wave 1  cart     running  feat/cart
      wave 2  payment  waiting
      wave 3  receipt  waiting"
    `);
    agents.leaves('cart');
  },
);

story('a dependency on an issue that does not exist is reported with its line', async ({ github, ana }) => {
  const epic = await github.opensEpic('Checkout', { cart: { text: 'Make the cart.\n\nDepends on #99' } });

  await ana.labels(epic, 'swarm:execute');

  github.says(epic, /#99[\s\S]*UNKNOWN_ISSUE/);
  expect(github.runs).toBe(0);
  expect(github.board(epic)).toMatchInlineSnapshot(`
    "wave 1  cart  waiting
    epic    held"
  `);
});

story('an unknown key in a segment is a warning and stops nothing', async ({ github, agents, ana }) => {
  const epic = await github.opensEpic('Checkout', { cart: { spec: { priorty: 1 } } });

  await ana.labels(epic, 'swarm:execute');

  expect(agents.working).toEqual(['cart']);
  agents.leaves('cart');
});

story('a wrong value in a segment holds the epic until it is fixed', async ({ github, agents, ana }) => {
  const epic = await github.opensEpic('Checkout', { cart: { spec: { worker: 'wizard' } }, payment: {} });
  await ana.labels(epic, 'swarm:execute');
  github.says(epic, /wizard[\s\S]*SPEC_VALUE/);
  expect(github.board(epic)).toMatchInlineSnapshot(`
    "wave 1  cart     waiting
            payment  waiting
    epic    held"
  `);

  await ana.changesText('cart', '---\nfiles: [src/cart/**]\nworker: tests\n---\n\nMake the cart.\n');

  expect(agents.working).toEqual(['cart', 'payment']);
  agents.leaves('cart');
  agents.leaves('payment');
});

story(
  'a wrong value in the config is reported with its line, and fixing it is enough',
  async ({ github, agents, ana }) => {
    await github.config({ schedule: 'sometimes' });
    const epic = await github.opensEpic('Checkout', { cart: {} });
    await ana.labels(epic, 'swarm:execute');
    github.says(epic, /sometimes[\s\S]*CONFIG_VALUE/);
    expect(github.runs).toBe(0);

    await github.config({ schedule: 'eager' });

    expect(agents.working).toEqual(['cart']);
    agents.leaves('cart');
  },
);

story('a config that would blow up memory is refused', async ({ github, ana }) => {
  const bomb = [
    'a: &a [x, x, x, x, x, x, x, x]',
    ...'bcdefgh'.split('').map((name, at) => {
      const before = 'abcdefgh'[at] ?? 'a';
      return `${name}: &${name} [${Array.from({ length: 8 }, () => `*${before}`).join(', ')}]`;
    }),
  ].join('\n');
  await github.config(bomb);
  const epic = await github.opensEpic('Checkout', { cart: {} });

  await ana.labels(epic, 'swarm:execute');

  github.says(epic, /CONFIG_YAML/);
  expect(github.runs).toBe(0);
});

story('two segments with the same branch are reported and do not run', async ({ github, ana }) => {
  const epic = await github.opensEpic('Checkout', {
    cart: { spec: { slug: 'same' } },
    basket: { spec: { slug: 'same' } },
  });

  await ana.labels(epic, 'swarm:execute');

  github.says(epic, /BRANCH_TAKEN/);
  expect(github.runs).toBe(0);
});
