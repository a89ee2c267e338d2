/**
 * What people wrote in texts becomes GitHub's own links, when somebody says so (R1.4).
 */
import type { Issue } from '../../src/emulator/model/records.ts';
import { type Cast, expect, story, TELLINGS, tellOnce, test } from '../rig/story.ts';

/** An epic with a task list, and dependencies in the list and in a text. */
async function listed({ github }: Pick<Cast, 'github'>): Promise<Issue> {
  const cart = github.opensIssue('cart');
  const till = github.opensIssue('till');
  const mail = github.opensIssue('mail');
  const law = github.opensIssue('law');
  const { world } = github.stage;
  world.quietly(() => world.issues.update(world.as('ana'), mail, { body: `Send it.\n\nDepends on #${law.number}` }));
  return github.opensEpic(
    'Checkout',
    {},
    {
      text: `Build it.\n\n- [ ] #${cart.number}\n- [ ] #${till.number} (depends on #${cart.number})\n- [ ] #${mail.number}`,
    },
  );
}

const shape = (github: Cast['github'], epic: Issue): readonly string[] =>
  epic.subIssues.map((issue) =>
    [issue, ...issue.blockedBy].map((each, index) => `${index > 0 ? '< ' : ''}${github.nameOf(each)}`).join(' '),
  );
const DONE = ['cart', 'till < cart', 'mail < law'];

story('ana sees what an import would do, and then has it done (R1.4)', async ({ github, agents, ana }) => {
  const epic = await listed({ github });

  await ana.comments(epic, '/swarm import');
  const told = github.says(epic, /would create 3 sub-issues and 2 "Blocked by" links/).body;
  expect(told).toContain('- #2 blocked by #1 (line 4 of #5)');
  expect(told).toContain('- #3 blocked by #4 (line 3)');
  expect(epic.subIssues).toEqual([]);
  expect(await github.journals()).toEqual([]);

  const yes = await ana.comments(epic, '/swarm import yes');
  github.says(epic, /Imported, as `ana` asked: 3 sub-issues and 2 "Blocked by" links/);
  expect(shape(github, epic)).toEqual(DONE);
  expect(yes.reactions.map(({ content }) => content)).toEqual(['eyes', 'rocket']);

  await ana.comments(epic, '/swarm import yes');
  github.says(epic, /There is nothing to import/);
  expect(shape(github, epic)).toEqual(DONE);

  await ana.closes('law');
  await ana.labels(epic, 'swarm:execute');
  expect(agents.working).toEqual(['cart']);
  agents.leaves('cart');
});

story(
  'an import is refused while the epic runs, and to people who only read',
  async ({ github, agents, ana, rita }) => {
    const epic = await github.opensEpic('Checkout', { cart: {}, till: { text: 'Depends on #2' } });

    await rita.comments(epic, '/swarm import yes');
    github.says(epic, /FORBIDDEN/);

    await ana.labels(epic, 'swarm:execute');
    const late = await ana.comments(epic, '/swarm import yes');
    github.says(epic, /`\/swarm import` is not possible now: the epic is running/);
    expect(late.reactions.map(({ content }) => content)).toEqual(['confused']);
    expect(github.segment('till').blockedBy).toEqual([]);
    agents.leaves('cart');
  },
);

// ── Killed between any two acts ─────────────────────────────────────────────────────────────────────────────────────

/** More writes than an import takes. */
const MOST_WRITES = 30;

// The app dies alternately before a write arrives and after it is performed.
for (const share of [0, 1]) {
  test(`an app killed at any of its writes imports each link once (${share + 1} of 2) (R1.4)`, async () => {
    let deaths = 0;
    for (let write = share + 1, reached = true; reached; write += 2) {
      expect(write).toBeLessThan(MOST_WRITES);
      const cut = Math.floor((write - 1) / 2) % 2 === 0 ? 'before' : 'after';
      await tellOnce(TELLINGS[write % TELLINGS.length] ?? 'on time', async ({ github, app, ana }) => {
        await app.diesAt(write, cut);
        const epic = await listed({ github });
        await ana.comments(epic, '/swarm import yes');
        await app.comesBack();
        expect(`${cut} ${write}: ${shape(github, epic).join(', ')}`).toBe(`${cut} ${write}: ${DONE.join(', ')}`);
        github.says(epic, /Imported, as `ana` asked: 3 sub-issues and 2 "Blocked by" links/);
        reached = app.deaths > 0;
        deaths += app.deaths;
      });
    }
    expect(deaths).toBeGreaterThan(2);
  });
}
