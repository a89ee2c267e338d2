/**
 * A segment belongs to one running epic: two epics that have the same issue never have two agents at work on it (SPEC R3.8).
 * The rig looks for that after each step.
 */
import type { Issue } from '../../src/emulator/model/records.ts';
import { type Cast, expect, story } from '../rig/story.ts';

const code = (name: string) => ({ [`src/${name}/index.ts`]: `export const name = '${name}';\n` });

/** Two epics without sub-issues, whose task lists have one issue in common. */
async function sharing({
  github,
}: Cast): Promise<{ readonly first: Issue; readonly second: Issue; readonly list: string }> {
  const cart = github.opensIssue('cart');
  const list = `Tasks:\n\n- [ ] #${cart.number}\n`;
  const first = await github.opensEpic('Checkout', {}, { text: list });
  const second = await github.opensEpic('Payments', {}, { text: list });
  return { first, second, list };
}

/** Stillness is looked at again after five minutes. */
const A_WHILE = '11 min';

story('a sub-issue that runs on its own is not started by its epic, too (R3.8)', async (cast) => {
  const { github, agents, ana, time } = cast;
  const epic = await github.opensEpic('Checkout', { cart: {}, till: {} });
  const cart = github.segment('cart');
  await ana.labels('cart', 'swarm:execute');
  expect(agents.working).toEqual(['cart']);
  expect(await github.claims()).toEqual([cart.number]);

  await ana.labels(epic, 'swarm:execute');

  expect(agents.working).toEqual(['cart', 'till']);
  github.says(epic, /@ana.*SEGMENT_OWNED/s);
  expect(github.panel(epic)).toContain(`runs on its own, as an epic of one segment`);
  expect(github.panel(epic)).toContain(`/swarm skip #${cart.number} REASON`);
  expect(github.labels('cart')).toEqual(['swarm:running']);

  await agents.at('cart').finishes(code('cart'));
  await ana.approves('cart');
  github.says('cart', /Every segment is done/);
  await ana.comments('cart', '/swarm accept');
  github.says('cart', /Accepted by/);
  await time.passes(A_WHILE);

  expect(cart.state).toBe('closed');
  expect(agents.working).toEqual(['till']);
  expect(github.panel(epic)).not.toContain('runs on its own');
  expect(await github.claims()).toEqual([github.segment('till').number]);
  agents.leaves('till');
});

story('of two epics that list one issue, the second waits for the first and is told so (R3.8)', async (cast) => {
  const { github, agents, ana, time } = cast;
  const { first, second } = await sharing(cast);
  await ana.labels(first, 'swarm:execute');

  await ana.labels(second, 'swarm:execute');

  expect(agents.working).toEqual(['cart']);
  github.says(second, /SEGMENT_OWNED/);
  expect(github.panel(second)).toMatch(new RegExp(`To do:.*runs in another epic, #${first.number}`));

  await ana.labels(first, 'swarm:cancel');
  github.says(first, /Cancelled by/);
  await time.passes(A_WHILE);

  expect(agents.working).toEqual(['cart']);
  expect(agents.at('cart').attempt.id).toContain(`${second.number}.`);
  expect(github.panel(second)).toContain('No action needed.');

  await ana.comments(first, '/swarm resume');

  expect(agents.working).toEqual(['cart']);
  github.says(first, /SEGMENT_OWNED/);
  agents.leaves('cart');
});

story('two epics that are started at once do not both get their common issue (R3.8)', async (cast) => {
  const { github, agents, ana, bob } = cast;
  const { first, second } = await sharing(cast);

  await Promise.all([ana.labels(first, 'swarm:execute'), bob.labels(second, 'swarm:execute')]);

  expect(agents.working).toEqual(['cart']);
  const late = agents.at('cart').attempt.id.startsWith(`${first.number}.`) ? second : first;
  github.says(late, /SEGMENT_OWNED/);
  agents.leaves('cart');
});

story(
  'where GraphQL moves branches and tags alone, a segment belongs to one epic all the same (R3.8)',
  async (cast) => {
    const { github, agents, ana, time } = cast;
    github.stage.world.hiddenRefUpdates = 'refused';
    const { first, second } = await sharing(cast);
    await ana.labels(first, 'swarm:execute');
    await ana.labels(second, 'swarm:execute');
    expect(agents.working).toEqual(['cart']);
    github.says(second, /SEGMENT_OWNED/);

    await ana.labels(first, 'swarm:cancel');
    github.says(first, /Cancelled by/);
    await time.passes(A_WHILE);

    expect(agents.at('cart').attempt.id).toContain(`${second.number}.`);
    expect(await github.claims()).toEqual([github.segment('cart').number]);
    agents.leaves('cart');
  },
);

story('an epic that is closed or deleted does not keep its segments for ever (R3.8)', async (cast) => {
  const { github, agents, ana, time } = cast;
  const { first, second, list } = await sharing(cast);
  await ana.labels(first, 'swarm:execute');
  await ana.labels(second, 'swarm:execute');
  github.says(second, /SEGMENT_OWNED/);

  await ana.closes(first);
  await time.passes(A_WHILE);
  // Its agent is still at work, and nobody can tell from its journal when that ends.
  expect(agents.at('cart').attempt.id).toContain(`${first.number}.`);
  await agents.at('cart').dies();
  await time.passes('25 hours');

  expect(agents.at('cart').attempt.id).toContain(`${second.number}.`);
  await agents.at('cart').finishes(code('cart'));
  await ana.deletes(second);
  const third = await github.opensEpic('Returns', {}, { text: list });
  await ana.labels(third, 'swarm:execute');

  expect(agents.at('cart').attempt.id).toContain(`${third.number}.`);
  agents.leaves('cart');
});

story('an epic can go on without a segment that another one has, which goes on with it (R3.8)', async (cast) => {
  const { github, agents, ana } = cast;
  const { first, second } = await sharing(cast);
  const cart = github.segment('cart');
  await ana.labels(first, 'swarm:execute');
  await ana.labels(second, 'swarm:execute');
  github.says(second, /SEGMENT_OWNED/);

  await ana.comments(second, `/swarm skip #${cart.number} the checkout does it`);

  github.says(second, /swarm accept/);
  expect(cart.state).toBe('open');
  expect(agents.working).toEqual(['cart']);
  await agents.at('cart').finishes(code('cart'));
  await ana.approves('cart');
  github.says(first, /swarm accept/);
  expect(cart.state).toBe('closed');
});

story('a claim that somebody deletes is made again before the next attempt (R3.8)', async (cast) => {
  const { github, agents, ana } = cast;
  const epic = await github.opensEpic('Checkout', { cart: {} });
  const { number } = github.segment('cart');
  await ana.labels(epic, 'swarm:execute');
  await agents.at('cart').finishes(code('cart'));
  const { world, repository } = github.stage;
  await github.stage.step(() =>
    world.refs.update(world.as('ana'), repository, [
      { name: `refs/swarm/claims/${number}`, after: null, force: 'force' },
    ]),
  );
  expect(await github.claims()).toEqual([]);

  await ana.rejects('cart', 'The total is missing.');

  expect(agents.working).toEqual(['cart']);
  expect(await github.claims()).toEqual([number]);
  agents.leaves('cart');
});

story('nothing is claimed once an epic is accepted (R3.8)', async (cast) => {
  const { github, agents, ana } = cast;
  const epic = await github.opensEpic('Checkout', { cart: {}, till: { blockedBy: ['cart'] } });
  await ana.labels(epic, 'swarm:execute');
  await agents.at('cart').finishes(code('cart'));
  await ana.approves('cart');
  await agents.at('till').finishes(code('till'));
  await ana.approves('till');
  github.says(epic, /swarm accept/);
  expect(await github.claims()).toHaveLength(2);

  await ana.comments(epic, '/swarm accept');

  github.says(epic, /Accepted by/);
  expect(await github.claims()).toEqual([]);
});
