/**
 * Look before you pay: the base is installed and all gates run on it before the first agent of an epic starts.
 */
import type { GitHub } from '../rig/cast.ts';
import { failingAsBefore } from '../rig/played-runner.ts';
import { type Cast, expect, type StoryOptions, story, TELLINGS, tellOnce, test } from '../rig/story.ts';

const code = (name: string) => ({ [`src/${name}/index.ts`]: `export const name = '${name}';\n` });

const ON = { baseline: 'on' } as const;
/** In the other tellings the app's webhooks arrive otherwise, and here there are none. */
const WITHOUT_APP: StoryOptions = { told: ['on time'], stage: { door: 'app-less' } };

async function started({ github, ana }: Pick<Cast, 'github' | 'ana'>, config: Readonly<Record<string, unknown>> = ON) {
  await github.config(config);
  const epic = await github.opensEpic('Checkout', { cart: {}, receipt: { blockedBy: ['cart'] } });
  await ana.labels(epic, 'swarm:execute');
  return epic;
}

const todo = (github: GitHub, epic: Parameters<GitHub['panel']>[0]): string =>
  github.panel(epic).split('\n\n')[1] ?? '';

/** The jobs of all runs, oldest run first. */
const jobs = ({ stage }: GitHub): readonly (readonly string[])[] =>
  [...stage.repository.runs].sort((a, b) => a.id - b.id).map((run) => run.jobs.map(({ name }) => name));

story('all gates run on the base once, before the first agent of an epic starts (R5.15)', async (cast) => {
  const { github, agents, ana } = cast;
  const epic = await started(cast);

  expect(agents.working).toEqual(['cart']);
  expect(jobs(github)).toEqual([
    ['plan', 'calibrate', 'record'],
    ['plan', 'segment 2 / work'],
  ]);
  await agents.at('cart').finishes(code('cart'));
  await ana.approves('cart');
  expect(agents.working).toEqual(['receipt']);
  expect(agents.baseChecks).toBe(1);
  expect(github.board(epic)).toMatchInlineSnapshot(`
    "wave 1  cart     merged   #4 gates green, approved by ana
    wave 2  receipt  running  feat/receipt"
  `);
  agents.leaves('receipt');
});

story(
  'a base that cannot be installed stops the epic before its first agent, and a base that moved on starts it (R5.15)',
  async (cast) => {
    const { github, agents, time } = cast;
    agents.base({ kind: 'not installed', output: 'npm error code EUSAGE\nnpm error package-lock.json is not in sync' });
    const epic = await started(cast);

    const said = github.says(epic, /@ana .*dependencies of the base `main` cannot be installed.*BASE_NOT_INSTALLED/s);
    expect(said.body).toContain('npm error package-lock.json is not in sync');
    expect(todo(github, epic)).toMatch(
      /^\*\*To do:\*\* The dependencies of the base `main` cannot be installed: `npm ci`/,
    );
    expect(github.board(epic)).toMatchInlineSnapshot(`
      "wave 1  cart     waiting
      wave 2  receipt  waiting"
    `);
    expect(agents.working).toEqual([]);

    await time.passes('20 min');
    expect([agents.working, agents.baseChecks, github.runs]).toEqual([[], 1, 1]);

    await github.stage.step(() => github.stage.commit('ana', { 'package-lock.json': '{}\n' }));
    await time.passes('1 min');

    expect(agents.working).toEqual(['cart']);
    expect(agents.baseChecks).toBe(2);
    agents.leaves('cart');
  },
);

story('a person’s retry has the base checked again at once', async (cast) => {
  const { github, agents, ana } = cast;
  agents.base({ kind: 'not installed', output: 'npm error network ETIMEDOUT' });
  agents.base({ kind: 'not installed', output: 'npm error network ETIMEDOUT' });
  const epic = await started(cast);
  github.says(epic, /ETIMEDOUT/);

  await ana.comments(epic, '/swarm retry');
  // They are told once more, because they asked.
  github.says(epic, /BASE_NOT_INSTALLED/);
  expect(agents.working).toEqual([]);

  await ana.comments(epic, '/swarm retry');
  expect(agents.working).toEqual(['cart']);
  expect(agents.baseChecks).toBe(3);
  agents.leaves('cart');
});

story('a gate that is red on the base, with failures that have no name, starts no agent', async (cast) => {
  const { github, agents } = cast;
  agents.base({ kind: 'red', gate: 'build', output: 'webpack: command failed' });
  const epic = await started(cast);

  const said = github.says(epic, /@ana .*BASE_GATES_RED/s);
  expect(said.body).toMatch(
    /The gate `build` fails on the base `main`.*`gates\.build\.off: true`.*webpack: command failed/s,
  );
  expect(todo(github, epic)).toMatch(/^\*\*To do:\*\* The gate `build` fails on the base `main`/);
  expect(agents.working).toEqual([]);

  await github.config({ ...ON, gates: { build: { off: true } } });
  await cast.time.passes('10 min');
  expect(agents.working).toEqual(['cart']);
  agents.leaves('cart');
});

story('a config that turns the check off starts the agents, also after it stopped the epic', async (cast) => {
  const { github, agents } = cast;
  agents.base({ kind: 'red', gate: 'build', output: 'webpack: command failed' });
  const epic = await started(cast);
  github.says(epic, /BASE_GATES_RED/);

  await github.config({ baseline: 'off' });
  await cast.time.passes('1 min');

  expect(agents.working).toEqual(['cart']);
  expect(agents.baseChecks).toBe(1);
  agents.leaves('cart');
});

story('a check of the base whose job is lost is repeated, and then it is a person’s turn', async (cast) => {
  const { github, agents, ana, time } = cast;
  for (const _ of [1, 2]) agents.base({ kind: 'lost' });
  const epic = await started(cast, { ...ON, attempts: 2 });
  await time.passes('5 min');

  github.says(epic, /@ana .*2 runs that should check the base ended without a result.*BASE_CHECK_LOST/s);
  expect([agents.working, agents.baseChecks]).toEqual([[], 2]);

  await ana.comments(epic, '/swarm retry');
  expect(agents.working).toEqual(['cart']);
  agents.leaves('cart');
});

story('an epic that is resumed has the base that stopped it checked again', async (cast) => {
  const { github, agents, ana } = cast;
  agents.base({ kind: 'not installed', output: 'npm error' });
  const epic = await started(cast);
  github.says(epic, /BASE_NOT_INSTALLED/);
  await ana.comments(epic, '/swarm pause');
  expect(agents.baseChecks).toBe(1);

  await ana.comments(epic, '/swarm resume');

  expect([agents.working, agents.baseChecks]).toEqual([['cart'], 2]);
  agents.leaves('cart');
});

story(
  'without the app, the last job of the run writes what the check found',
  async (cast) => {
    const { github, agents } = cast;
    const epic = await started(cast);

    expect(agents.working).toEqual(['cart']);
    expect(agents.baseChecks).toBe(1);
    expect(github.board(epic)).toContain('cart     running');
    agents.leaves('cart');
  },
  WITHOUT_APP,
);

story('a failure that was there before is never the agent’s, and a person has to agree to it (R5.15)', async (cast) => {
  const { github, agents, ana } = cast;
  const failures = ['test/old.test.ts: adds up: expected 1 to be 2'];
  const output = 'not ok 1 - adds up';
  agents.base({ kind: 'sound', failures: [{ gate: 'tests', state: 'red', failures, output }] });
  // With no approvals, green work merges by itself.
  const epic = await started(cast, { ...ON, approvals: 0 });

  expect(agents.working).toEqual(['cart']);
  expect(github.panel(epic)).toMatch(/Good to know.*The gate `tests` already failed on `main`/s);
  await agents.at('cart').finishes(code('cart'), { validation: failingAsBefore('tests') });

  expect(github.board(epic)).toMatchInlineSnapshot(`
      "wave 1  cart     review   #4 gates green, waits for a person
      wave 2  receipt  waiting"
    `);
  const pull = github.pull('cart');
  expect(pull.issue.body).toMatch(/\| `tests` \| ⚠️ fails as before \|/);
  expect(pull.issue.body).toContain('failed on the base before this epic started, and fails in the same way here');
  const check = github.stage.repository.checkRuns.find(({ name }) => name === 'swarm / tests');
  expect(check?.conclusion).toBe('neutral');

  await ana.approves('cart');
  expect(agents.working).toEqual(['receipt']);
  // Where nothing old fails any more, nobody has to agree.
  await agents.at('receipt').finishes(code('receipt'));
  expect(github.board(epic)).toContain('receipt  merged');
  github.says(epic, /Every segment is done/);
});

story('a gate that is flaky on the base is named on the panel, and the epic goes on (R5.15)', async (cast) => {
  const { github, agents } = cast;
  agents.base({ kind: 'sound', failures: [{ gate: 'tests', state: 'flaky', output: 'not ok 1 - waits' }] });
  const epic = await started(cast);

  expect(agents.working).toEqual(['cart']);
  expect(github.panel(epic)).toMatch(
    /The gate `tests` failed on `main` and then passed on the same files, so it is flaky\./,
  );
  expect(todo(github, epic)).toBe('No action needed.');
  agents.leaves('cart');
});

story('a repository without a test starts its first agent all the same', async (cast) => {
  const { agents } = cast;
  agents.base({ kind: 'sound', failures: [{ gate: 'tests', state: 'empty', output: 'No test ran.' }] });
  await started(cast);

  expect(agents.working).toEqual(['cart']);
  agents.leaves('cart');
});

story('no tree is proven twice: the next epic on the same base starts at once (R5.15)', async (cast) => {
  const { github, agents, ana } = cast;
  agents.base({ kind: 'sound', failures: [{ gate: 'lint', state: 'flaky', output: 'no' }] });
  await github.config(ON);
  const first = await github.opensEpic('Checkout', { cart: {} });
  const second = await github.opensEpic('Returns', { refund: {} });
  await ana.labels(first, 'swarm:execute');
  expect(agents.baseChecks).toBe(1);

  await ana.labels(second, 'swarm:execute');

  expect(agents.working).toEqual(['cart', 'refund']);
  expect(agents.baseChecks).toBe(1);
  // What is known of the base is known to both.
  expect(github.panel(second)).toContain('so it is flaky');
  agents.leaves('refund');

  await agents.at('cart').finishes(code('cart'));
  await ana.approves('cart');
  github.says(first, /Every segment is done/);
  await github.config({ ...ON, gates: { tests: { run: ['npm', 'run', 'tests'] } } });
  const third = await github.opensEpic('Receipts', { receipt: {} });
  await ana.labels(third, 'swarm:execute');
  // Other gates run on it.
  expect(agents.baseChecks).toBe(2);
  agents.leaves('receipt');
});

story('a wave that passed its calibration has proven the base for the next epic', async (cast) => {
  const { github, agents, ana } = cast;
  await github.config(ON);
  const first = await github.opensEpic('Checkout', { cart: {} });
  await ana.labels(first, 'swarm:execute');
  await agents.at('cart').finishes(code('cart'));
  await ana.approves('cart');
  github.says(first, /Every segment is done/);
  const second = await github.opensEpic('Returns', { refund: {} });

  await ana.labels(second, 'swarm:execute');

  expect(agents.working).toEqual(['refund']);
  expect(agents.baseChecks).toBe(1);
  agents.leaves('refund');
});

// More writes than it takes, from the first reaction to the command to the dispatch of the first agent.
test.each([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])(
  'an app that is killed at write %i on the way to the first agent checks the base once',
  async (write) => {
    const cut = write % 2 === 0 ? 'before' : 'after';
    await tellOnce(TELLINGS[write % TELLINGS.length] ?? 'on time', async ({ github, agents, app, ana, time }) => {
      await github.config(ON);
      const epic = await github.opensEpic('Checkout', { cart: {} });
      await app.diesAt(write, cut);
      await ana.labels(epic, 'swarm:execute');
      await app.comesBack();
      await time.passes('3 min');
      expect([agents.working, agents.baseChecks]).toEqual([['cart'], 1]);
      agents.leaves('cart');
    });
  },
);
