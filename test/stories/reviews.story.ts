/**
 * People decide about pull requests: approve, reject, push, close; for a commit, and only if they may.
 */

import { type Cast, expect, story } from '../rig/story.ts';

const code = (name: string) => ({
  [`src/${name}/index.ts`]: `export const name = '${name}';\nexport const more = 1;\n`,
});

/** An epic of one segment with a pull request that waits for a decision, and one more behind it. */
async function inReview({ github, agents, ana }: Pick<Cast, 'github' | 'agents' | 'ana'>) {
  const epic = await github.opensEpic('Checkout', { cart: {}, receipt: { blockedBy: ['cart'] } });
  await ana.labels(epic, 'swarm:execute');
  await agents.at('cart').finishes(code('cart'));
  return epic;
}

story('a person approves by a review', async (cast) => {
  const { github, agents, bob } = cast;
  const epic = await inReview(cast);
  expect(github.board(epic)).toMatchInlineSnapshot(`
    "wave 1  cart     review   #4 gates green, waits for a person
    wave 2  receipt  waiting"
  `);

  await bob.approves('cart', 'Looks right.');

  expect(github.board(epic)).toMatchInlineSnapshot(`
    "wave 1  cart     merged   #4 gates green, approved by bob
    wave 2  receipt  running  feat/receipt"
  `);
  agents.leaves('receipt');
});

story('a person approves by a comment', async (cast) => {
  const { github, agents, bob } = cast;
  const epic = await inReview(cast);

  const said = await bob.comments({ pull: 'cart' }, '/approve');

  expect(said.reactions.map((one) => one.content)).toContain('rocket');
  expect(github.board(epic)).toMatchInlineSnapshot(`
    "wave 1  cart     merged   #4 gates green, approved by bob
    wave 2  receipt  running  feat/receipt"
  `);
  agents.leaves('receipt');
});

story('a person approves a commit by its name', async (cast) => {
  const { github, agents, bob } = cast;
  const epic = await inReview(cast);

  await bob.comments({ pull: 'cart' }, `/approve ${github.pull('cart').headSha.slice(0, 10)}`);

  expect(github.board(epic)).toMatchInlineSnapshot(`
    "wave 1  cart     merged   #4 gates green, approved by bob
    wave 2  receipt  running  feat/receipt"
  `);
  agents.leaves('receipt');
});

story('an approval of another commit is refused', async (cast) => {
  const { github, bob } = cast;
  const epic = await inReview(cast);

  const said = await bob.comments({ pull: 'cart' }, '/approve 0123456789abcdef');

  github.says({ pull: 'cart' }, /HEAD_MOVED/);
  expect(said.reactions.map((one) => one.content)).toContain('confused');
  expect(github.board(epic)).toMatchInlineSnapshot(`
    "wave 1  cart     review   #4 gates green, waits for a person
    wave 2  receipt  waiting"
  `);
});

story('a rejection after which the agent changes nothing comes back to the person (R6.2)', async (cast) => {
  const { github, agents, ana } = cast;
  const epic = await github.opensEpic('Checkout', { cart: {} });
  await ana.labels(epic, 'swarm:execute');
  await agents.at('cart').finishes(code('cart'));
  await ana.rejects('cart', 'Where is the total?');

  await agents.at('cart').changesNothing('The total is in line 1 already.');

  github.says({ pull: 'cart' }, /changed nothing.*REWORK_UNCHANGED.*The total is in line 1 already/s);
  expect(agents.working).toEqual([]);
  expect(github.panel(epic)).toMatch(/To do:.*Review PR #\d+/);
  expect(github.board(epic)).toContain('review');

  await ana.approves('cart');

  expect(github.pull('cart').merged).toBe(true);
  github.says(epic, /swarm accept/);
});

story('an approval does not cover later pushes', async (cast) => {
  const { github, ana, bob } = cast;
  await github.config({ approvals: 2 });
  const epic = await inReview(cast);
  await ana.approves('cart');
  await bob.pushesTo('cart', { 'src/cart/index.ts': 'export const sneaky = true;\n' });

  await bob.approves('cart');

  expect(github.board(epic)).toMatchInlineSnapshot(`
    "wave 1  cart     review   #4 gates green, approved by bob
    wave 2  receipt  waiting"
  `);
});

story('a person’s push to a segment’s branch goes through the gates and merges when approved', async (cast) => {
  const { github, agents, ana, bob } = cast;
  const epic = await inReview(cast);

  await ana.pushesTo('cart', { 'src/cart/mine.ts': 'export const mine = true;\n' });
  expect(github.board(epic)).toMatchInlineSnapshot(`
    "wave 1  cart     review   #4 gates green, waits for a person
    wave 2  receipt  waiting"
  `);
  await bob.comments({ pull: 'cart' }, '/approve');

  expect(github.board(epic)).toMatchInlineSnapshot(`
    "wave 1  cart     merged   #4 gates green, approved by bob
    wave 2  receipt  running  feat/receipt"
  `);
  expect(await github.file('src/cart/mine.ts')).toContain('mine');
  agents.leaves('receipt');
});

story('“Update branch” merges the base in, and the result goes through the gates as well', async (cast) => {
  const { github, agents, ana, bob } = cast;
  const epic = await inReview(cast);
  await ana.pushesTo('main', { 'docs/shop.md': '# Shop\n', 'package.json': '{}\n' });

  await bob.updatesBranch('cart');
  await ana.approves('cart');

  expect(github.board(epic)).toMatchInlineSnapshot(`
    "wave 1  cart     merged   #4 gates green, approved by ana
    wave 2  receipt  running  feat/receipt"
  `);
  agents.leaves('receipt');
});

story('a push that fails its gates is reported, and the agent fixes it only when a person asks', async (cast) => {
  const { github, agents, ana, bob } = cast;
  const epic = await inReview(cast);
  agents.proofFails('tests', 'expected 3 to be 2');

  await ana.pushesTo('cart', { 'src/cart/mine.ts': 'export const mine = true;\n' });
  await bob.approves('cart');

  github.says({ pull: 'cart' }, /tests.*HEAD_RED/s);
  expect(agents.working).toEqual([]);
  expect(github.board(epic)).toMatchInlineSnapshot(`
    "wave 1  cart     review   #4 gates red: tests, approved by bob
    wave 2  receipt  waiting"
  `);
  await ana.comments({ pull: 'cart' }, '/swarm retry');
  expect(agents.working).toEqual(['cart']);
  await agents.at('cart').finishes({ 'src/cart/mended.ts': 'export {};\n' });
  await bob.approves('cart');

  expect(github.board(epic)).toMatchInlineSnapshot(`
    "wave 1  cart     merged   #4 gates green, approved by bob
    wave 2  receipt  running  feat/receipt"
  `);
  expect(await github.file('src/cart/mine.ts')).toContain('mine');
  agents.leaves('receipt');
});

story('a push outside the segment’s files is reported', async (cast) => {
  const { github, ana } = cast;
  const epic = await inReview(cast);

  await ana.pushesTo('cart', { 'docs/cart.md': '# Cart\n' });

  github.says({ pull: 'cart' }, /docs\/cart\.md/);
  expect(github.board(epic)).toMatchInlineSnapshot(`
    "wave 1  cart     review   #4 gates red: scope, waits for a person
    wave 2  receipt  waiting"
  `);
});

story('a rejected segment is reworked on its branch, with the reviewer’s words, as often as it takes', async (cast) => {
  const { github, agents, ana } = cast;
  const epic = await inReview(cast);
  await ana.rejects('cart', 'The total is missing.', { 'src/cart/index.ts:1': 'Which name?' });
  const [first] = agents.at('cart').rejections;
  expect(first).toMatchObject({
    by: 'ana',
    reason: 'The total is missing.',
    comments: [{ path: 'src/cart/index.ts', line: 1, body: 'Which name?' }],
  });
  expect(github.board(epic)).toMatchInlineSnapshot(`
    "wave 1  cart     running  #4 feat/cart
    wave 2  receipt  waiting"
  `);
  await agents.at('cart').finishes({ 'src/cart/total.ts': 'export const total = 0;\n' });
  await ana.rejects('cart', 'And a test?');
  await agents.at('cart').finishes({ 'src/cart/total.test.ts': 'export {};\n' });

  await ana.approves('cart');

  expect(github.board(epic)).toMatchInlineSnapshot(`
    "wave 1  cart     merged   #4 gates green, approved by ana
    wave 2  receipt  running  feat/receipt"
  `);
  expect(github.pull('cart').issue.number).toBe(4);
  expect(await github.file('src/cart/index.ts')).toContain('cart');
  expect(await github.file('src/cart/total.ts')).toContain('total');
  expect(await github.file('src/cart/total.test.ts')).toBeDefined();
  agents.leaves('receipt');
});

story('a person rejects by a comment', async (cast) => {
  const { github, agents, bob } = cast;
  const epic = await inReview(cast);

  await bob.comments({ pull: 'cart' }, '/reject The total is missing');

  expect(agents.at('cart').rejections).toMatchObject([{ by: 'bob', reason: 'The total is missing' }]);
  expect(github.board(epic)).toMatchInlineSnapshot(`
    "wave 1  cart     running  #4 feat/cart
    wave 2  receipt  waiting"
  `);
  agents.leaves('cart');
});

story('after too many rejections a person has to step in (R6.2)', async (cast) => {
  const { github, agents, ana } = cast;
  await github.config({ reworks: 1 });
  const epic = await inReview(cast);
  await ana.rejects('cart', 'No.');
  await agents.at('cart').finishes({ 'src/cart/total.ts': 'export const total = 0;\n' });

  await ana.rejects('cart', 'Still no.');

  github.says('cart', /REWORK_LIMIT/);
  expect(github.board(epic)).toMatchInlineSnapshot(`
    "wave 1  cart     blocked  REWORK_LIMIT, #4
    wave 2  receipt  waiting"
  `);
});

story('a person without write permission approves nothing', async (cast) => {
  const { github, tim, rita, eve, robot } = cast;
  const epic = await inReview(cast);

  await tim.approves('cart');
  await rita.approves('cart');
  await eve.approves('cart');
  await robot.approves('cart');
  await rita.comments({ pull: 'cart' }, '/approve');
  await robot.comments({ pull: 'cart' }, '/approve');

  github.says({ pull: 'cart' }, /FORBIDDEN/);
  expect(github.board(epic)).toMatchInlineSnapshot(`
    "wave 1  cart     review   #4 gates green, waits for a person
    wave 2  receipt  waiting"
  `);
});

story('a comment that is not a command approves nothing', async (cast) => {
  const { github, ana } = cast;
  const epic = await inReview(cast);

  await ana.comments({ pull: 'cart' }, 'You could say\n```\n/approve\n```\n');
  await ana.comments({ pull: 'cart' }, '> /approve');
  const harmless = await ana.comments({ pull: 'cart' }, 'Nice.');
  await ana.edits(harmless, '/approve');

  expect(github.board(epic)).toMatchInlineSnapshot(`
    "wave 1  cart     review   #4 gates green, waits for a person
    wave 2  receipt  waiting"
  `);
});

story('GitHub’s own rules hold a merge until they are met', async (cast) => {
  const { github, agents, ana, bob } = cast;
  github.protects({ approvals: 2 });
  const epic = await inReview(cast);

  await ana.approves('cart');
  expect(github.board(epic)).toMatchInlineSnapshot(`
    "wave 1  cart     review   #4 gates green, approved by ana
    wave 2  receipt  waiting"
  `);
  await bob.approves('cart');

  expect(github.board(epic)).toMatchInlineSnapshot(`
    "wave 1  cart     merged   #4 gates green, approved by ana and bob
    wave 2  receipt  running  feat/receipt"
  `);
  agents.leaves('receipt');
});

story('a merge that GitHub refuses is reported once and performed when it becomes possible', async (cast) => {
  const { github, agents, ana, time } = cast;
  const lift = github.protects({ checks: ['license'] });
  const epic = await inReview(cast);
  await ana.approves('cart');
  expect(github.board(epic)).toMatchInlineSnapshot(`
    "wave 1  cart     review   #4 gates green, approved by ana
    wave 2  receipt  waiting"
  `);

  lift();
  await time.passes('10 min');

  expect(github.board(epic)).toMatchInlineSnapshot(`
    "wave 1  cart     merged   #4 gates green, approved by ana
    wave 2  receipt  running  feat/receipt"
  `);
  agents.leaves('receipt');
});

story('the agent resolves a conflict with the base (R6.4)', async (cast) => {
  const { github, agents, ana } = cast;
  const epic = await inReview(cast);
  await ana.pushesTo('main', { 'src/cart/index.ts': 'export const other = 1;\n' });
  expect(github.board(epic)).toMatchInlineSnapshot(`
    "wave 1  cart     running  #4 feat/cart
    wave 2  receipt  waiting"
  `);

  await agents.at('cart').finishes({ 'src/cart/index.ts': 'export const other = 1;\nexport const name = 2;\n' });
  await ana.approves('cart');

  expect(github.board(epic)).toMatchInlineSnapshot(`
    "wave 1  cart     merged   #4 gates green, approved by ana
    wave 2  receipt  running  feat/receipt"
  `);
  expect(await github.file('src/cart/index.ts')).toContain('other');
  agents.leaves('receipt');
});

story('a pull request that a person closes blocks its segment until a person retries it', async (cast) => {
  const { github, agents, ana } = cast;
  const epic = await inReview(cast);

  await ana.closes({ pull: 'cart' });

  github.says('cart', /PULL_CLOSED/);
  expect(github.board(epic)).toMatchInlineSnapshot(`
    "wave 1  cart     blocked  PULL_CLOSED
    wave 2  receipt  waiting"
  `);
  await ana.comments('cart', '/swarm retry');
  expect(agents.working).toEqual(['cart']);
  agents.leaves('cart');
});

story('a pull request that a person merges counts as merged', async (cast) => {
  const { github, agents, ana } = cast;
  const epic = await inReview(cast);

  await ana.merges('cart');

  expect(github.board(epic)).toMatchInlineSnapshot(`
    "wave 1  cart     merged   #4 gates green, approved by nobody
    wave 2  receipt  running  feat/receipt"
  `);
  agents.leaves('receipt');
});
