/**
 * A whole plan in the text of one issue: its segments become issues when somebody starts the epic, once (R1.2).
 */
import type { Issue } from '../../src/emulator/model/records.ts';
import { type Cast, expect, story, TELLINGS, tellOnce, test } from '../rig/story.ts';

const code = (name: string) => ({ [`src/${name}/index.ts`]: `export const name = '${name}';\n` });

const TEXT = `Build the checkout.

\`\`\`swarm
segments:
  cart:
    title: Cart
    files: [src/cart/**]
    criteria:
      - AC-1: A cart has a total
  till:
    title: Till
    files: [src/till/**]
    blocked-by: [cart]
    labels: [shop]
\`\`\`
`;

/** Issues that swarm made, by what the story calls them. */
const naming = (github: Cast['github'], epic: Issue): void => {
  for (const issue of epic.subIssues) github.names.set(issue, issue.title.toLowerCase());
};

const shape = (epic: Issue): readonly string[] =>
  epic.subIssues.map(({ title, blockedBy }) => [title, ...blockedBy.map((each) => `< ${each.title}`)].join(' '));

story('a plan in the text of an epic becomes issues, and is executed (R1.2)', async ({ github, agents, ana }) => {
  const epic = await github.opensEpic('Checkout', {}, { text: TEXT });

  await ana.comments(epic, '/swarm plan');
  const plan = github.says(epic, /Segments come from the `swarm` block in the epic's description/).body;
  expect(plan).toContain('`till` `Till`');
  expect(epic.subIssues).toEqual([]);

  await ana.labels(epic, 'swarm:execute');
  naming(github, epic);
  expect(shape(epic)).toEqual(['Cart', 'Till < Cart']);
  expect(github.labels('till')).toEqual(['shop']);
  expect(github.board(epic)).toMatchInlineSnapshot(`
    "wave 1  cart  running  feat/cart
    wave 2  till  waiting"
  `);

  await agents.at('cart').finishes(code('cart'));
  await ana.approves('cart');
  await agents.at('till').finishes(code('till'));
  await ana.approves('till');
  github.says(epic, /Every segment is done/);
  expect(github.board(epic)).toMatchInlineSnapshot(`
    "wave 1  cart  merged  #4 gates green, approved by ana
    wave 2  till  merged  #5 gates green, approved by ana
    epic    waits to be accepted"
  `);
});

story('an error in the plan is said with its line, and nothing is created (R1.8)', async ({ github, agents, ana }) => {
  const epic = await github.opensEpic('Checkout', {}, { text: TEXT.replace('blocked-by', 'blockd-by') });

  await ana.labels(epic, 'swarm:execute');
  github.says(epic, /block of #1, line 13: .*`blockd-by` is not a key.*BLOCK_INVALID/s);
  expect(epic.subIssues).toEqual([]);
  expect(github.labels(epic)).toEqual(['swarm:blocked']);

  await ana.changesText(epic, TEXT);
  naming(github, epic);
  expect(shape(epic)).toEqual(['Cart', 'Till < Cart']);
  expect(agents.working).toEqual(['cart']);
  agents.leaves('cart');
});

story('a plan that changes later makes no second set of issues (R1.2)', async ({ github, agents, ana }) => {
  const epic = await github.opensEpic('Checkout', {}, { text: TEXT });
  await ana.labels(epic, 'swarm:execute');
  naming(github, epic);

  await ana.changesText(epic, TEXT.replace('  till:', '  lamp: {title: Lamp}\n  till:'));
  await ana.comments(epic, '/swarm execute');

  expect(shape(epic)).toEqual(['Cart', 'Till < Cart']);
  expect(github.panel(epic)).toContain('it was changed after its issues had been created, and those count now');
  agents.leaves('cart');
});

story(
  "a stranger's plan is not executed before somebody with write access includes it (R11.2)",
  async ({ github, agents, ana }) => {
    const { world, repository } = github.stage;
    const epic = world.quietly(() =>
      world.issues.create(world.as('rita'), repository, { title: 'Checkout', body: TEXT }),
    );
    github.epics.push(epic);
    github.names.set(epic, 'Checkout');

    await ana.labels(epic, 'swarm:execute');
    github.says(epic, /last edited by `rita`, who has no write access.*BLOCK_NOT_AUTHORISED/s);
    expect(epic.subIssues).toEqual([]);

    await ana.comments(epic, `/swarm run #${epic.number}`);
    naming(github, epic);
    expect(agents.working).toEqual(['cart']);
    agents.leaves('cart');
  },
);

// ── Killed between any two acts ─────────────────────────────────────────────────────────────────────────────────────

/** More writes than it takes to make the issues and start the first segment. */
const MOST_WRITES = 40;

// The app dies at every second write, alternately before the write arrives and after it is performed. Tellings alternate, too.
for (const share of [0, 1]) {
  test(`an app killed at any of its writes makes each issue and link once (${share + 1} of 2) (R1.2, R4.3)`, async () => {
    let deaths = 0;
    for (let write = share + 1, reached = true; reached; write += 2) {
      expect(write).toBeLessThan(MOST_WRITES);
      const cut = Math.floor((write - 1) / 2) % 2 === 0 ? 'before' : 'after';
      await tellOnce(TELLINGS[write % TELLINGS.length] ?? 'on time', async ({ github, agents, app, ana }) => {
        await app.diesAt(write, cut);
        const epic = await github.opensEpic('Checkout', {}, { text: TEXT });
        await ana.labels(epic, 'swarm:execute');
        await app.comesBack();
        naming(github, epic);
        expect(`${cut} ${write}: ${shape(epic).join(', ')}`).toBe(`${cut} ${write}: Cart, Till < Cart`);
        expect(github.stage.repository.issues.size).toBe(3);
        expect(agents.working).toEqual(['cart']);
        agents.leaves('cart');
        reached = app.deaths > 0;
        deaths += app.deaths;
      });
    }
    expect(deaths).toBeGreaterThan(3);
  });
}
