/**
 * Economy: what others do in the repository, and an epic that stands still, cost a bounded number of calls, and nothing is
 * missed for it. The calls are those that GitHub has counted.
 */
import { type Cast, expect, type StoryOptions, story } from '../rig/story.ts';

const code = (name: string) => ({ [`src/${name}/index.ts`]: `export const name = '${name}';\n` });

/**
 * Webhooks are what costs here. In the other tellings they arrive twice, or not at all, and where reads are late or a GHES has
 * no webhook, the rig itself has Swarm look again.
 */
const ON_TIME: StoryOptions = { told: ['on time'], needs: ['fresh reads', 'github.com'] };

async function inReview({ github, agents, ana }: Cast, title: string, name: string) {
  const epic = await github.opensEpic(title, { [name]: {} });
  await ana.labels(epic, 'swarm:execute');
  await agents.at(name).finishes(code(name));
  return epic;
}

/** The calls of swarm to GitHub while this happens, in one moment. */
async function callsFor({ github: { stage } }: Cast, act: () => Promise<void> | void): Promise<number> {
  const { calls } = stage.emulator;
  const before = calls.reads + calls.writes;
  await stage.step(act);
  return calls.reads + calls.writes - before;
}

/** Another app reports a status for a commit. */
function status({ github }: Cast, sha: string, context: string, state: 'success' | 'failure') {
  const { world, repository } = github.stage;
  return world.checks.setStatus(world.as('ana'), repository, sha, {
    state,
    context,
    description: null,
    targetUrl: null,
  });
}

story(
  'a status for a commit that no epic knows costs nothing, and one for a pull request is seen at once (R4.7)',
  async (cast) => {
    const { github, ana } = cast;
    const { stage } = github;
    github.protects({ checks: ['e2e'] });
    const cart = await inReview(cast, 'Checkout', 'cart');
    const till = await inReview(cast, 'Payments', 'till');
    await ana.approves('cart');
    await ana.approves('till');
    await ana.pushesTo('feature/of-ana', { 'notes.md': 'Notes.\n' });
    const git = await stage.world.git(stage.repository);
    const elsewhere = (await git.readRef('refs/heads/feature/of-ana')) ?? '';

    const unknown = await callsFor(cast, async () => {
      for (let at = 1; at <= 30; at++) await status(cast, elsewhere, `shard ${at}`, 'success');
    });
    expect(unknown).toBe(0);

    await stage.step(() => status(cast, github.pull('cart').headSha, 'e2e', 'success'));
    expect(github.board(cart)).toContain('merged');
    expect(github.board(till)).toContain('review');
    github.says(cart, /Every segment is done/);
  },
  ON_TIME,
);

story(
  'strangers’ comments on issues of no epic cost nothing, and their commands a few looks a minute',
  async (cast) => {
    const { github, time } = cast;
    const { world } = github.stage;
    const epic = await inReview(cast, 'Checkout', 'cart');
    const issues = Array.from({ length: 20 }, (_, at) => github.opensIssue(`Wish ${at + 1}`));
    const flood = (text: string) => () => {
      for (const issue of issues) {
        for (let count = 0; count < 10; count++) world.issues.comment(world.as('eve'), issue, text);
      }
    };

    expect(await callsFor(cast, flood('Please do'))).toBe(0);
    expect(await callsFor(cast, flood('/swarm plan'))).toBeLessThan(90);
    expect(github.board(epic)).toContain('review');
    github.says(issues[0] ?? epic, /FORBIDDEN/);

    await time.passes('2 min');
    for (const issue of issues.slice(1)) github.says(issue, /FORBIDDEN/);
    expect(github.unread()).toEqual([]);
  },
  ON_TIME,
);

story(
  'an epic that waits for a review costs one call for each look',
  async (cast) => {
    const { github, ana } = cast;
    const { deliveries } = github.stage.emulator;
    const epic = await inReview(cast, 'Checkout', 'cart');
    /** An event that says where to look, and comes a second time. */
    const again = () => {
      const run = deliveries.all.findLast(({ event, action }) => event === 'workflow_run' && action === 'completed');
      if (run) deliveries.redeliver(run);
    };
    await callsFor(cast, again);

    expect([await callsFor(cast, again), await callsFor(cast, again)]).toEqual([1, 1]);
    await ana.quietly.approves('cart');
    expect(await callsFor(cast, again)).toBeGreaterThan(1);

    expect(github.board(epic)).toContain('merged');
    github.says(epic, /Every segment is done/);
  },
  ON_TIME,
);

story(
  'a webhook that the app could not take is delivered again, once (R4.7)',
  async ({ github, app, agents, ana, time }) => {
    const { deliveries } = github.stage.emulator;
    const epic = await github.opensEpic('Checkout', { cart: {} });
    await app.dies();
    await ana.labels(epic, 'swarm:execute');
    expect(deliveries.all.map(({ status }) => status)).toContain('unreachable');

    await app.starts();
    await time.passes('10 min');

    const lost = deliveries.all.filter(({ status }) => status === 'unreachable').map(({ guid }) => guid);
    const again = deliveries.all.filter(({ redelivery }) => redelivery);
    expect(again.map(({ guid }) => guid).sort()).toEqual([...new Set(lost)].sort());
    expect(new Set(again.map(({ status }) => status))).toEqual(new Set(['answered']));
    expect(github.board(epic)).toContain('running');
    agents.leaves('cart');
  },
  ON_TIME,
);

story('an approval by a person who gets the right to write only afterwards counts within minutes', async (cast) => {
  const { github, rita, time } = cast;
  const epic = await inReview(cast, 'Checkout', 'cart');
  await rita.approves('cart');
  await time.passes('2 min');
  expect(github.board(epic)).toContain('review');

  github.gives('rita', 'write');
  await time.passes('10 min');

  expect(github.board(epic)).toContain('merged');
  github.says(epic, /Every segment is done/);
});
