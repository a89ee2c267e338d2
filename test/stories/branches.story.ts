/**
 * Branches that cannot be made: by a rule of the repository, or because another branch is in their way. It is said before an
 * agent is paid, or, if that is too late, at the end of a run whose work is kept.
 */
import { expect, story } from '../rig/story.ts';

const code = (name: string) => ({ [`src/${name}/index.ts`]: `export const name = '${name}';\n` });

story(
  'a rule that does not let swarm make the branches is named before an agent is paid (R3.7)',
  async ({ github, agents, ana, time }) => {
    github.rules({ name: 'Team branches', branch: '~ALL', except: ['refs/heads/team/**/*'], noCreation: true });
    const epic = await github.opensEpic('Checkout', { cart: {}, receipt: {} });

    await ana.labels(epic, 'swarm:execute');

    github.says(epic, /Team branches.*2 branches.*BRANCH_FORBIDDEN/s);
    expect(github.runs).toBe(0);
    expect(github.board(epic)).toMatchInlineSnapshot(`
      "wave 1  cart     waiting
              receipt  waiting
      epic    held"
    `);

    await github.config({ branch: 'team/{slug}' });
    await time.passes('1 min');
    await agents.at('cart').finishes(code('cart'));

    expect(await github.branches()).toContain('team/cart');
    agents.leaves('receipt');
  },
);

story('a rule that swarm may bypass, and one for other branches, hold nothing', async ({ github, agents, ana }) => {
  github.rules({ branch: '~ALL', noCreation: true, bypass: [github.stage.registered.bot.id] });
  github.rules({ branch: 'refs/heads/release/*', noCreation: true });
  github.rules({ branch: '~ALL', namePattern: { operator: 'starts_with', pattern: 'feat/', negate: false } });
  const epic = await github.opensEpic('Checkout', { cart: {} });

  await ana.labels(epic, 'swarm:execute');
  await agents.at('cart').finishes(code('cart'));

  expect(await github.branches()).toContain('feat/cart');
});

story('a rule for names is named before an agent is paid', async ({ github, agents, ana, time }) => {
  const removes = github.rules({
    name: 'Short names',
    branch: '~ALL',
    namePattern: { operator: 'contains', pattern: '/', negate: true },
  });
  const epic = await github.opensEpic('Checkout', { cart: {} });

  await ana.labels(epic, 'swarm:execute');

  github.says(epic, /Short names.*BRANCH_FORBIDDEN.*asks for other names/s);
  expect(github.runs).toBe(0);

  removes();
  await time.passes('1 min');

  expect(agents.working).toEqual(['cart']);
  agents.leaves('cart');
});

story(
  'a branch that is in the way of others is named before an agent is paid (R3.7)',
  async ({ github, agents, ana, time }) => {
    await ana.branchesOff('feat');
    const epic = await github.opensEpic('Checkout', { cart: {} });

    await ana.labels(epic, 'swarm:execute');

    github.says(epic, /`feat` is in the way.*BRANCH_IN_WAY.*feat\/cart/s);
    expect(github.runs).toBe(0);

    await ana.deletesBranch('feat');
    await time.passes('1 min');

    expect(agents.working).toEqual(['cart']);
    agents.leaves('cart');
  },
);

story('a branch below the name of a segment’s branch is in its way', async ({ github, agents, ana, time }) => {
  await ana.branchesOff('feat/cart/old');
  const epic = await github.opensEpic('Checkout', { cart: {} });

  await ana.labels(epic, 'swarm:execute');

  github.says(epic, /`feat\/cart\/old` is in the way.*BRANCH_IN_WAY/s);
  expect(github.runs).toBe(0);

  await ana.deletesBranch('feat/cart/old');
  await time.passes('1 min');

  expect(agents.working).toEqual(['cart']);
  agents.leaves('cart');
});

story(
  'work that a new rule keeps from its branch is kept, and a retry publishes it without an agent (R8.1)',
  async ({ github, agents, ana, time }) => {
    const epic = await github.opensEpic('Checkout', { cart: {} });
    await ana.labels(epic, 'swarm:execute');
    const removes = github.rules({ branch: '~ALL', noCreation: true });
    await agents.at('cart').finishes(code('cart'));
    await time.passes('1 min');

    github.says('cart', /PUSH_REFUSED.*creations being restricted/s);
    expect(await github.branches()).toEqual(['main']);
    expect(github.board(epic)).toMatchInlineSnapshot(`"wave 1  cart  blocked  PUSH_REFUSED"`);

    removes();
    const before = github.runs;
    await ana.comments('cart', '/swarm retry');
    await time.passes('1 min');

    expect(github.runs).toBe(before);
    expect(await github.file('src/cart/index.ts', 'feat/cart')).toBe(`export const name = 'cart';\n`);
    expect(github.board(epic)).toMatchInlineSnapshot(`"wave 1  cart  review  #3 gates green, waits for a person"`);
  },
);
