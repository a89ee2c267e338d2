/**
 * Checks that are believed rightly, and nobody stuck in silence: whatever an epic waits for, the panel names the act, and a
 * person hears of it once and is reminded.
 */
import type { Conclusion, Job, Run } from '../../src/emulator/model/records.ts';
import type { GitHub } from '../rig/cast.ts';
import { type Cast, expect, story } from '../rig/story.ts';

const code = (name: string) => ({ [`src/${name}/index.ts`]: `export const name = '${name}';\n` });

/** An epic of one segment with a pull request that waits for a decision, and one more behind it. */
async function inReview({ github, agents, ana }: Pick<Cast, 'github' | 'agents' | 'ana'>) {
  const epic = await github.opensEpic('Checkout', { cart: {}, receipt: { blockedBy: ['cart'] } });
  await ana.labels(epic, 'swarm:execute');
  await agents.at('cart').finishes(code('cart'));
  return epic;
}

/** The repository's own workflow starts on a commit, with the one job `build`. */
function buildStarts({ stage }: GitHub, sha: string, event = 'pull_request'): Promise<Job> {
  const { world, repository } = stage;
  return stage.step(async () => {
    const workflow = world.runs.workflow(repository, '.github/workflows/ci.yml', 'ci');
    const run = await world.runs.create(world.as('ana'), {
      ...{ workflow, event, headBranch: null, headSha: sha, workflowSha: sha, ref: 'refs/heads/main' },
      ...{ displayTitle: 'ci', payload: {} },
    });
    world.runs.update(run, { status: 'in_progress' });
    const job = world.runs.createJob(run, { name: 'build', labels: ['ubuntu-latest'] });
    world.runs.updateJob(job, { status: 'in_progress' });
    return job;
  });
}

const ends = ({ stage }: GitHub, job: Job, conclusion: Conclusion): Promise<void> =>
  stage.step(() => {
    stage.world.runs.updateJob(job, { conclusion });
    stage.world.runs.update(job.run, { conclusion });
  });

const builds = async (github: GitHub, sha: string, conclusion: Conclusion, event?: string): Promise<void> =>
  ends(github, await buildStarts(github, sha, event), conclusion);

/** A job of somebody's workflow reports a check with its token. */
const reports = ({ stage }: GitHub, sha: string, name: string, conclusion: Conclusion): Promise<void> =>
  stage.step(() => {
    const { world, repository } = stage;
    world.checks.create(world.runs.actor, repository, sha, { name, conclusion });
  });

const headOfMain = async ({ stage }: GitHub): Promise<string> =>
  (await (await stage.world.git(stage.repository)).readRef('refs/heads/main')) ?? '';

const todo = (github: GitHub, epic: Parameters<GitHub['panel']>[0]): string =>
  github.panel(epic).split('\n\n')[1] ?? '';

/** The repository's own workflow has a run on a commit that waits until a person lets it start. */
const buildIsHeld = ({ stage }: GitHub, sha: string): Promise<Run> =>
  stage.step(async () => {
    const { world, repository } = stage;
    const workflow = world.runs.workflow(repository, '.github/workflows/ci.yml', 'ci');
    const run = await world.runs.create(world.runs.actor, {
      ...{ workflow, event: 'pull_request', headBranch: null, headSha: sha, workflowSha: sha, ref: 'refs/heads/main' },
      ...{ displayTitle: 'ci', payload: {} },
    });
    world.runs.update(run, { conclusion: 'action_required' });
    return run;
  });

/** “Approve and run workflows”. */
const letsRun = ({ stage }: GitHub, run: Run): Promise<Job> =>
  stage.step(() => {
    const { world } = stage;
    world.runs.release(run, world.as('bob'));
    world.runs.update(run, { status: 'in_progress' });
    const job = world.runs.createJob(run, { name: 'build', labels: ['ubuntu-latest'] });
    world.runs.updateJob(job, { status: 'in_progress' });
    return job;
  });

story('an older run that its concurrency group cancelled does not hold a merge', async (cast) => {
  const { github, agents, ana } = cast;
  const epic = await inReview(cast);
  const { headSha } = github.pull('cart');
  const older = await buildStarts(github, headSha);
  const newer = await buildStarts(github, headSha);
  await ends(github, older, 'cancelled');
  await ends(github, newer, 'success');

  await ana.approves('cart');

  expect(github.board(epic)).toMatchInlineSnapshot(`
    "wave 1  cart     merged   #4 gates green, approved by ana
    wave 2  receipt  running  feat/receipt"
  `);
  agents.leaves('receipt');
});

story('a red check on an approved pull request is a person’s to see to, who hears of it once (R9.6)', async (cast) => {
  const { github, agents, ana, time } = cast;
  const epic = await inReview(cast);
  const { headSha } = github.pull('cart');
  await builds(github, headSha, 'failure');
  await ana.approves('cart');

  const said = github.says({ pull: 'cart' }, /`build` failed on PR #4.*CHECKS_FAILED/s);
  expect(said.body).toContain('@ana');
  await time.passes('1 hour');
  expect(todo(github, epic)).toMatch(/^\*\*To do:\*\* #2 `Cart`: The check `build` failed on PR #4\./);

  await builds(github, headSha, 'success');
  expect(github.pull('cart').merged).toBe(true);
  agents.leaves('receipt');
});

story('a run that waits for an approval holds the merge, and the panel says who lets it start (R9.6)', async (cast) => {
  const { github, agents, ana, time } = cast;
  const epic = await inReview(cast);
  const run = await buildIsHeld(github, github.pull('cart').headSha);

  expect(todo(github, epic)).toMatch(
    /^\*\*To do:\*\* #2 `Cart`: The workflow `ci` on PR #4 waits for an approval to run\. .*“Approve and run workflows” on PR #4/,
  );
  expect(github.panel(epic)).toContain('- Review PR #4');
  expect(github.unread()).toEqual([]);

  await ana.approves('cart');
  expect(github.pull('cart').merged).toBe(false);
  const said = github.says({ pull: 'cart' }, /The workflow `ci` on PR #4 waits.*RUNS_HELD.*SWARM_PUBLISH_TOKEN/s);
  expect(said.body).toContain('@ana');
  await time.passes('25 hours');
  github.says({ pull: 'cart' }, /waiting for you for 24 hours: .*`ci`/);
  expect(github.pull('cart').merged).toBe(false);

  await ends(github, await letsRun(github, run), 'success');
  expect(github.board(epic)).toMatchInlineSnapshot(`
    "wave 1  cart     merged   #4 gates green, approved by ana
    wave 2  receipt  running  feat/receipt"
  `);
  agents.leaves('receipt');
});

story('a person who does nothing is reminded, three times at most, until it is done (R9.6)', async (cast) => {
  const { github, agents, bob, time } = cast;
  const epic = await inReview(cast);

  await time.passes('23 hours');
  expect(github.unread()).toEqual([]);
  await time.passes('2 hours');
  const first = github.says({ pull: 'cart' }, /waiting for you for 24 hours: Review PR #4/);
  expect(first.body).toContain('@ana');
  expect(first.body).toContain('Reminder 1 of 3');
  await time.passes('10 days');
  const others = github.unread().map(({ comment }) => comment);
  expect(others).toHaveLength(2);
  expect(others.at(-1)?.body).toContain('This is the last reminder');
  for (const _ of others) github.says({ pull: 'cart' }, /waiting for you/);
  expect(todo(github, epic)).toMatch(/Review PR #4/);

  await bob.approves('cart');
  expect(github.pull('cart').merged).toBe(true);
  agents.leaves('receipt');
});

story('the config sets the time between reminders, or turns them off', async (cast) => {
  const { github, time } = cast;
  await github.config({ remind: 'off' });
  await inReview(cast);
  await time.passes('3 days');
  expect(github.unread()).toEqual([]);

  await github.config({ remind: '2d' });
  await time.passes('1 min');

  github.says({ pull: 'cart' }, /waiting for you for 48 hours/);
});

story('a required check that nobody reports is named after ten minutes', async (cast) => {
  const { github, agents, ana, time } = cast;
  github.protects({ checks: ['e2e'] });
  const epic = await inReview(cast);
  await ana.approves('cart');
  expect(github.panel(epic)).toContain('the required check `e2e`, which nobody has reported');

  await time.passes('15 min');
  github.says({ pull: 'cart' }, /@ana.*`e2e`, which nobody has reported.*CHECKS_MISSING.*rules of `main` require it/s);
  expect(todo(github, epic)).toMatch(/^\*\*To do:\*\* #2 `Cart`: PR #4 waits for the check `e2e`/);

  await github.stage.step(async () => {
    const { world, repository } = github.stage;
    const status = { state: 'success', context: 'e2e', description: null, targetUrl: null } as const;
    await world.checks.setStatus(world.as('ana'), repository, github.pull('cart').headSha, status);
  });
  await time.passes('2 min');
  expect(github.pull('cart').merged).toBe(true);
  agents.leaves('receipt');
});

story('a review that the branch rules ask for names the people who are asked', async (cast) => {
  const { github, agents, ana, bob, time } = cast;
  github.protects({ approvals: 2 });
  const epic = await inReview(cast);
  const { world } = github.stage;
  await github.stage.step(() => world.reviews.request(world.as('ana'), github.pull('cart'), ['bob']));
  await ana.approves('cart');

  expect(todo(github, epic)).toMatch(/PR #4 waits for a review that the branch rules ask for: `bob`\./);
  await time.passes('15 min');
  github.says({ pull: 'cart' }, /`bob`.*REVIEW_MISSING/s);

  await bob.approves('cart');
  expect(github.pull('cart').merged).toBe(true);
  agents.leaves('receipt');
});

story('`/approve` is no review for a branch rule, and the panel says what is missing (R9.6)', async (cast) => {
  const { github, agents, ana, bob, time } = cast;
  github.protects({ approvals: 1 });
  const epic = await inReview(cast);

  await bob.comments({ pull: 'cart' }, '/approve');

  expect(github.pull('cart').merged).toBe(false);
  expect(todo(github, epic)).toMatch(/PR #4 waits for a review that the branch rules ask for/);
  await time.passes('15 min');
  github.says({ pull: 'cart' }, /REVIEW_MISSING/);

  await ana.approves('cart');
  expect(github.pull('cart').merged).toBe(true);
  agents.leaves('receipt');
});

story('a review that the branch wants from code owners names them, people and teams', async (cast) => {
  const { github, agents, ana, bob, time } = cast;
  github.rules({ pullRequest: { codeOwners: true } });
  github.teams('payments', 'bob');
  await ana.pushesTo('main', { CODEOWNERS: '* @ana\n/src/cart/ @rita @bob @harbour/payments\n' });
  const epic = await inReview(cast);
  expect(github.pull('cart').requestedReviewers).toEqual([]);

  await ana.approves('cart');
  expect(github.pull('cart').merged).toBe(false);
  expect(todo(github, epic)).toMatch(/PR #4 waits for a review by its code owners: `bob` and `harbour\/payments`\./);
  expect(github.panel(epic)).toContain('a review by its code owners `bob` and `harbour/payments`');
  await time.passes('15 min');
  github.says({ pull: 'cart' }, /code owners: `bob` and `harbour\/payments`.*REVIEW_MISSING/s);
  await time.passes('25 hours');
  const reminder = github.says({ pull: 'cart' }, /waiting for you for 24 hours/);
  expect(reminder.body).toContain('@ana @bob @harbour/payments');

  await bob.approves('cart');
  expect(github.pull('cart').merged).toBe(true);
  agents.leaves('receipt');
});

story('a check that a job’s token made is believed, under whichever run GitHub files it', async (cast) => {
  const { github, agents, ana, bob, time } = cast;
  const first = await github.opensEpic('Checkout', { cart: {} });
  const second = await github.opensEpic('Till', { till: {} });
  await ana.labels(first, 'swarm:execute');
  const head = await headOfMain(github);
  await reports(github, head, 'audit', 'failure');
  // The run of swarm that works on the cart is the first one on this commit.
  const audit = github.stage.repository.checkRuns.find(({ name }) => name === 'audit');
  expect(audit?.suite.runId).toBe(github.stage.repository.runs[0]?.id);

  await ana.labels(second, 'swarm:execute');

  github.says(second, /@ana.*`main` is red: `audit`.*BASE_RED/s);
  expect(todo(github, second)).toContain(`The base \`main\` is red: \`audit\` on commit \`${head.slice(0, 7)}\`.`);
  expect(agents.working).toEqual(['cart']);
  await bob.pushesTo('main', { 'docs/audit.md': '# Fixed\n' });
  await time.passes('1 min');

  expect(agents.working).toEqual(['cart', 'till']);
  agents.leaves('cart');
  agents.leaves('till');
});

story('a red check that has the name of a green gate is somebody else’s, and holds the merge', async (cast) => {
  const { github, ana, time } = cast;
  const epic = await inReview(cast);
  await reports(github, github.pull('cart').headSha, 'swarm / tests', 'failure');

  await ana.approves('cart');
  await time.passes('1 min');

  github.says({ pull: 'cart' }, /`swarm \/ tests` failed on PR #4.*CHECKS_FAILED/s);
  expect(github.pull('cart').merged).toBe(false);
  expect(todo(github, epic)).toContain('`swarm / tests` failed');
});

story('an issue outside of the epic is named as what has to be done', async ({ github, agents, ana, time }) => {
  const other = github.opensIssue('payments provider');
  const epic = await github.opensEpic('Checkout', { cart: { spec: { 'depends-on': [`#${other.number}`] } } });
  await ana.labels(epic, 'swarm:execute');

  expect(todo(github, epic)).toMatch(
    /^\*\*To do:\*\* #3 `Cart`: #3 waits for `#1`, which is outside of this epic and still open\./,
  );

  await ana.closes(other);
  await time.passes('1 min');
  expect(agents.working).toEqual(['cart']);
  agents.leaves('cart');
});

story('an epic that ran one wave says how the rest is started', async ({ github, agents, ana }) => {
  const epic = await github.opensEpic('Checkout', { cart: {}, receipt: { blockedBy: ['cart'] } });
  await ana.comments(epic, '/swarm execute wave 1');
  await agents.at('cart').finishes(code('cart'));
  await ana.approves('cart');

  expect(agents.working).toEqual([]);
  expect(todo(github, epic)).toMatch(/^\*\*To do:\*\* This execution is for wave 1 alone/);

  await ana.comments(epic, '/swarm execute');
  expect(agents.working).toEqual(['receipt']);
  agents.leaves('receipt');
});
