/**
 * Floods: what a person says, and what a check finds, counts the same behind hundreds of other items, and swarm does not
 * repeat itself because its own words are far back.
 */
import type { Issue } from '../../src/emulator/model/records.ts';
import type { GitHub } from '../rig/cast.ts';
import { type Cast, expect, type StoryOptions, story } from '../rig/story.ts';

const code = (name: string) => ({ [`src/${name}/index.ts`]: `export const name = '${name}';\n` });

/** No webhook tells of a flood, and the other tellings would only tell the same again. */
const BY_THE_CLOCK: StoryOptions = { told: ['only the clock'] };

/** Comments of an outsider, which send no webhook. */
function flood({ stage }: GitHub, issue: Issue, count: number): void {
  const { world } = stage;
  world.quietly(() => {
    for (let at = 1; at <= count; at++) world.issues.comment(world.as('eve'), issue, `Noise ${at}.`);
  });
}

/** Statuses on a commit. */
function statuses({ stage }: GitHub, sha: string, state: 'success' | 'failure', contexts: readonly string[]) {
  const { world, repository } = stage;
  return world.quietly(async () => {
    for (const context of contexts) {
      const status = { state, context, description: null, targetUrl: null };
      await world.checks.setStatus(world.as('ana'), repository, sha, status);
    }
  });
}

async function inReview({ github, agents, ana }: Pick<Cast, 'github' | 'agents' | 'ana'>) {
  const epic = await github.opensEpic('Checkout', { cart: {} });
  await ana.labels(epic, 'swarm:execute');
  await agents.at('cart').finishes(code('cart'));
  return epic;
}

story(
  'a red check behind the first hundred holds the merge (R4.7)',
  async (cast) => {
    const { github, bob, time } = cast;
    const epic = await inReview(cast);
    const { headSha } = github.pull('cart');
    const shards = Array.from({ length: 120 }, (_, at) => `shard ${at + 1}`);
    // The newest comes first.
    await statuses(github, headSha, 'failure', ['end to end']);
    await statuses(github, headSha, 'success', shards);

    await bob.approves('cart');
    await time.passes('5 min');

    expect(github.board(epic)).toMatchInlineSnapshot(`"wave 1  cart  review  #3 gates green, approved by bob"`);
    expect(github.panel(epic)).toContain('end to end');
    github.says({ pull: 'cart' }, /`end to end` failed/);
  },
  BY_THE_CLOCK,
);

story(
  'a person’s `/swarm pause` behind 300 comments pauses the epic',
  async (cast) => {
    const { github, ana, time } = cast;
    const epic = await inReview(cast);

    await ana.quietly.comments(epic, '/swarm pause');
    flood(github, epic, 300);
    await time.passes('5 min');

    expect(github.labels(epic)).toEqual(['swarm:paused']);
  },
  BY_THE_CLOCK,
);

story(
  'a person’s `/swarm retry` on a segment, behind 25 and behind 250 comments, is seen',
  async (cast) => {
    const { github, agents, ana, time } = cast;
    const epic = await github.opensEpic('Checkout', { cart: {}, till: {} });
    await ana.labels(epic, 'swarm:execute');
    await agents.at('cart').crashes();
    await agents.at('till').crashes();
    github.says('cart', /AGENT_CRASHED/);
    github.says('till', /AGENT_CRASHED/);
    expect(github.board(epic)).toMatchInlineSnapshot(`
    "wave 1  cart  blocked  AGENT_CRASHED
            till  blocked  AGENT_CRASHED"
  `);

    await ana.quietly.comments('cart', '/swarm retry');
    flood(github, github.segment('cart'), 25);
    await ana.quietly.comments('till', '/swarm retry');
    flood(github, github.segment('till'), 250);
    await time.passes('5 min');

    expect(github.board(epic)).toMatchInlineSnapshot(`
    "wave 1  cart  running  feat/cart
            till  running  feat/till"
  `);
    agents.leaves('cart');
    agents.leaves('till');
  },
  BY_THE_CLOCK,
);

story(
  'a rejection behind 300 comments of the pull request keeps it from being merged',
  async (cast) => {
    const { github, ana, bob, agents, time } = cast;
    await github.config({ approvals: 2 });
    const epic = await inReview(cast);
    await ana.approves('cart');

    await bob.quietly.comments({ pull: 'cart' }, '/reject The total is wrong.');
    flood(github, github.pull('cart').issue, 300);
    await time.passes('5 min');

    expect(github.board(epic)).toMatchInlineSnapshot(`"wave 1  cart  running  #3 feat/cart"`);
    agents.leaves('cart');
  },
  BY_THE_CLOCK,
);

story(
  'changes that bob asked for hold behind 101 later reviews',
  async (cast) => {
    const { github, ana, bob, agents, time } = cast;
    await github.config({ rework: { rounds: 0 } });
    const epic = await inReview(cast);
    const { world } = github.stage;

    await bob.quietly.rejects('cart', 'The total is wrong.');
    const pull = github.pull('cart');
    await world.quietly(async () => {
      for (let at = 1; at <= 101; at++) {
        await world.reviews.write(world.as('eve'), pull, { event: 'COMMENT', body: `Noise ${at}.` });
      }
    });
    await ana.quietly.approves('cart');
    await time.passes('5 min');

    expect(github.board(epic)).toMatchInlineSnapshot(`"wave 1  cart  running  #3 feat/cart"`);
    agents.leaves('cart');
  },
  BY_THE_CLOCK,
);

story(
  'a label behind a hundred others starts the epic',
  async ({ github, ana, agents, time }) => {
    const epic = await github.opensEpic('Checkout', { cart: {} });
    const { world } = github.stage;
    world.quietly(() => {
      for (let at = 1; at <= 99; at++) world.issues.addLabels(world.as('ana'), epic, [`area ${at}`]);
    });

    await ana.quietly.labels(epic, 'swarm:execute');
    await time.passes('5 min');

    expect(github.board(epic)).toMatchInlineSnapshot(`"wave 1  cart  running  feat/cart"`);
    agents.leaves('cart');
  },
  BY_THE_CLOCK,
);

story(
  'a panel behind 250 comments is edited and not written again',
  async (cast) => {
    const { github, app, bob, time } = cast;
    const epic = await inReview(cast);
    const { id } = github.panelComment(epic);

    flood(github, epic, 250);
    await app.dies();
    await app.starts();
    await bob.approves('cart');
    await time.passes('1 hour');

    expect(github.panelComment(epic).id).toBe(id);
    expect(github.panel(epic)).toMatch(/merged/);
    github.says(epic, /Every segment is done/);
  },
  BY_THE_CLOCK,
);

story(
  'an answer that a person ticks behind 300 comments counts',
  async ({ github, agents, ana, bob, time }) => {
    const epic = await github.opensEpic('Checkout', { cart: {} });
    await ana.labels(epic, 'swarm:execute');
    await agents.at('cart').asks('In cents or in euros?', ['cents', 'euros'], code('cart'));
    const question = github.says('cart', /In cents or in euros/);

    flood(github, github.segment('cart'), 300);
    await bob.quietly.ticks(question, 2);
    await time.passes('5 min');

    expect(question.body).toMatch(/Answered by `bob`/);
    agents.leaves('cart');
  },
  BY_THE_CLOCK,
);
