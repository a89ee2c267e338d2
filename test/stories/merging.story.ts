/**
 * Merging as GitHub really does it: bases that move, rules that want heads up to date, and merges that are not what GitHub
 * says they are.
 */
import { type Cast, expect, story } from '../rig/story.ts';

const code = (name: string) => ({ [`src/${name}/index.ts`]: `export const name = '${name}';\n` });

/** Two segments with pull requests that wait for a decision, and one that waits for both. */
async function twoInReview({ github, agents, ana }: Pick<Cast, 'github' | 'agents' | 'ana'>) {
  const epic = await github.opensEpic('Checkout', { cart: {}, till: {}, receipt: { blockedBy: ['cart', 'till'] } });
  await ana.labels(epic, 'swarm:execute');
  await agents.at('cart').finishes(code('cart'));
  await agents.at('till').finishes(code('till'));
  return epic;
}

story(
  'of two approved pull requests that must be up to date, the second is updated and merged (R6.4)',
  async (cast) => {
    const { github, agents, ana } = cast;
    github.protects({ checks: ['swarm / tests'], strict: true });
    const epic = await twoInReview(cast);
    const before = github.pull('till').headSha;

    await ana.approves('cart');
    await ana.approves('till');

    expect(github.board(epic)).toMatchInlineSnapshot(`
      "wave 1  cart     merged   #5 gates green, approved by ana
              till     merged   #6 gates green, approved by ana
      wave 2  receipt  running  feat/receipt"
    `);
    const { headSha, updates } = github.pull('till');
    expect(updates.get(headSha)?.from).toBe(before);
    expect(github.pull('cart').updates.size).toBe(0);
    expect(await github.file('src/cart/index.ts')).toContain('cart');
    expect(await github.file('src/till/index.ts')).toContain('till');
    agents.leaves('receipt');
  },
);

story('an updated pull request that a person then pushes to needs a new approval (R6.2)', async (cast) => {
  const { github, agents, ana, bob } = cast;
  const lift = github.protects({ checks: ['swarm / tests'], strict: true });
  const epic = await twoInReview(cast);
  agents.proofFails('tests', 'expected 3 to be 2');
  await ana.approves('cart');
  await ana.approves('till');
  github.says({ pull: 'till' }, /HEAD_RED/);
  lift();

  await bob.pushesTo('till', { 'src/till/more.ts': 'export const more = 2;\n' });

  expect(github.board(epic)).toMatchInlineSnapshot(`
    "wave 1  cart     merged   #5 gates green, approved by ana
            till     review   #6 gates green, waits for a person
    wave 2  receipt  waiting"
  `);

  await ana.approves('till');

  expect(github.pull('till').merged).toBe(true);
  agents.leaves('receipt');
});

for (const method of ['merge', 'squash', 'rebase'] as const) {
  story(`a ${method} onto a wrong base holds what depends on it, and a person is told (R6.9)`, async (cast) => {
    const { github, agents, ana, bob } = cast;
    await github.config({ 'merge-method': method });
    const epic = await twoInReview(cast);
    await ana.approves('cart');

    github.misplacesNextMerge();
    await ana.approves('till');

    expect(github.pull('till').merged).toBe(true);
    expect(await github.file('src/cart/index.ts')).toBeUndefined();
    github.says('till', /`main` does not show what was to come of it.*LANDING_DIFFERS.*src\/cart\/index\.ts/s);
    expect(github.board(epic)).toContain('receipt  waiting');
    expect(github.panel(epic)).toContain('**To do:** #');

    await bob.pushesTo('main', code('cart'));
    await ana.comments(epic, `/swarm retry #${github.segment('till').number}`);

    expect(github.board(epic)).toContain('receipt  running');
    agents.leaves('receipt');
  });
}

story('a merge by hand onto a wrong base is found as well (R6.9)', async (cast) => {
  const { github, ana, bob } = cast;
  const epic = await twoInReview(cast);
  await ana.approves('cart');

  github.misplacesNextMerge();
  await bob.merges('till');

  github.says('till', /LANDING_DIFFERS.*src\/cart\/index\.ts/s);
  expect(github.board(epic)).toContain('receipt  waiting');
});

// ── methods ─────────────────────────────────────────────────────────────────────────────────────────────────────────

story('a repository that allows no squash gets its pull requests merged as it allows (R3.7)', async (cast) => {
  const { github, agents, ana } = cast;
  github.allows('merge', 'rebase');
  const epic = await github.opensEpic('Checkout', { cart: {} });
  await ana.labels(epic, 'swarm:execute');
  expect(github.panel(epic)).toContain('by `merge`, because `squash` is not allowed there');

  await agents.at('cart').finishes(code('cart'));
  await ana.approves('cart');

  github.says(epic, /swarm accept/);
  expect(github.board(epic)).toMatchInlineSnapshot(`
    "wave 1  cart  merged  #3 gates green, approved by ana
    epic    waits to be accepted"
  `);
  expect((await github.parents('main')).length).toBe(2);
});

story('a `merge-method` that the branch does not allow is found before anything starts (R3.7)', async (cast) => {
  const { github, agents, ana, time } = cast;
  await github.config({ 'merge-method': 'rebase' });
  const lift = github.protects({ methods: ['squash'] });
  const epic = await github.opensEpic('Checkout', { cart: {} });
  await ana.labels(epic, 'swarm:execute');

  github.says(epic, /cannot be merged into `main` by `rebase`.*MERGE_METHOD.*allow only `squash`.*`merge-method`/s);
  expect(github.board(epic)).toMatchInlineSnapshot(`
    "wave 1  cart  waiting
    epic    held"
  `);
  expect(github.runs).toBe(0);

  lift();
  await time.passes('10 min');

  expect(github.board(epic)).toMatchInlineSnapshot(`"wave 1  cart  running  feat/cart"`);
  agents.leaves('cart');
});

// ── merge queues ────────────────────────────────────────────────────────────────────────────────────────────────────

/** Two approved pull requests in the merge queue of their branch. */
async function twoInQueue(cast: Pick<Cast, 'github' | 'agents' | 'ana'>) {
  const { github, ana } = cast;
  github.protects({ checks: ['ci'], queue: 'squash' });
  const epic = await twoInReview(cast);
  for (const name of ['cart', 'till']) {
    await github.reports(name, 'ci', 'success');
    await ana.approves(name);
  }
  return epic;
}

story('a branch with a merge queue is merged into through it, in order (R6.3)', async (cast) => {
  const { github, agents, time } = cast;
  const epic = await twoInQueue(cast);
  expect(github.pull('cart').merged).toBe(false);
  expect(github.panel(epic)).toContain('the merge queue, at place 1');
  expect(github.panel(epic)).toContain('the merge queue, at place 2');

  await github.queueReports('till', 'ci', 'success');
  expect(github.pull('till').merged).toBe(false);
  await github.queueReports('cart', 'ci', 'success');
  await time.passes('5 min');

  expect(github.board(epic)).toMatchInlineSnapshot(`
    "wave 1  cart     merged   #5 gates green, approved by ana
            till     merged   #6 gates green, approved by ana
    wave 2  receipt  running  feat/receipt"
  `);
  expect(await github.file('src/cart/index.ts')).toContain('cart');
  expect(await github.file('src/till/index.ts')).toContain('till');
  agents.leaves('receipt');
});

story('a pull request that the merge queue removes is reported, and a retry puts it in again (R6.3)', async (cast) => {
  const { github, agents, ana, time } = cast;
  const epic = await twoInQueue(cast);

  await github.queueReports('cart', 'ci', 'failure');

  github.says('cart', /merge queue of `main` removed.*QUEUE_REMOVED.*`CI_FAILURE`: a required check failed/s);
  expect(github.board(epic)).toMatchInlineSnapshot(`
    "wave 1  cart     blocked  QUEUE_REMOVED, #5
            till     review   #6 gates green, approved by ana
    wave 2  receipt  waiting"
  `);

  await github.queueReports('till', 'ci', 'success');
  await time.passes('5 min');
  await ana.comments(epic, `/swarm retry #${github.segment('cart').number}`);
  await github.queueReports('cart', 'ci', 'success');
  await time.passes('5 min');

  expect(github.board(epic)).toMatchInlineSnapshot(`
    "wave 1  cart     merged   #5 gates green, approved by ana
            till     merged   #6 gates green, approved by ana
    wave 2  receipt  running  feat/receipt"
  `);
  agents.leaves('receipt');
});

story('changes that a person asks for take a pull request out of the merge queue (R6.2)', async (cast) => {
  const { github, agents, bob, time } = cast;
  const epic = await twoInQueue(cast);

  await bob.rejects('cart', 'Round the sum.');
  await time.passes('5 min');

  expect(github.isQueued('cart')).toBe(false);
  expect(github.isQueued('till')).toBe(true);
  expect(github.board(epic)).toMatchInlineSnapshot(`
    "wave 1  cart     running  #5 feat/cart
            till     review   #6 gates green, approved by ana
    wave 2  receipt  waiting"
  `);
  agents.leaves('cart');
});

story('a merge queue that undoes what it merged before is found (R6.9)', async (cast) => {
  const { github, ana, time } = cast;
  github.protects({ checks: ['ci'], queue: 'squash' });
  const epic = await twoInReview(cast);
  await github.reports('cart', 'ci', 'success');
  await github.reports('till', 'ci', 'success');
  await ana.approves('cart');
  github.misplacesNextMerge();
  await ana.approves('till');
  await github.queueReports('cart', 'ci', 'success');
  await github.queueReports('till', 'ci', 'success');
  await time.passes('5 min');

  expect(await github.file('src/cart/index.ts')).toBeUndefined();
  github.says('till', /LANDING_DIFFERS.*src\/cart\/index\.ts/s);
  expect(github.board(epic)).toContain('receipt  waiting');
});
