/**
 * A run that needs an answer: the people it asks, the people who may answer, and the way it continues (SPEC R5.11).
 */
import { type Cast, expect, story } from '../rig/story.ts';

const HALF = { 'src/cart/half.ts': 'export {};\n' };
const WHOLE = { 'src/cart/index.ts': 'export const cents = 0;\n' };

/** A segment whose agent stops with a question, with half of its work done. */
async function asked({ github, agents, ana }: Pick<Cast, 'github' | 'agents' | 'ana'>) {
  const epic = await github.opensEpic('Checkout', { cart: {} });
  await ana.labels(epic, 'swarm:execute');
  await agents.at('cart').asks('Are prices in cents or in euros?', ['cents', 'euros'], HALF);
  return { epic, question: github.says('cart', /^@ana ❓ .*Are prices in cents.*QUESTION_ASKED/m) };
}

story('ticking an option answers a question, and the agent continues from where it was', async (cast) => {
  const { github, agents, bob } = cast;
  const { epic, question } = await asked(cast);

  expect(question.body).toMatch(/^- \[ \] `cents`\n- \[ \] `euros`$/m);
  expect(github.board(epic)).toMatchInlineSnapshot(`"wave 1  cart  asks  QUESTION_ASKED, kept on swarm/wip/1.2-1"`);
  expect(github.panel(epic)).toMatch(/\*\*To do:\*\* #2 `Cart`: The agent needs an answer/);

  await bob.ticks(question, 2);

  expect(question.body).toMatch(/Answered by `bob`[\s\S]*\neuros\n/);
  expect(question.body).not.toContain('- [');
  expect(agents.at('cart').answers).toEqual([
    { id: 'q1', question: 'Are prices in cents or in euros?', answer: 'euros', by: 'bob' },
  ]);
  await agents.at('cart').finishes(WHOLE);
  expect(await github.file('src/cart/half.ts', 'feat/cart')).toBe(HALF['src/cart/half.ts']);
});

story('only a person who may write answers, and only with one box', async (cast) => {
  const { github, agents, ana, rita, robot } = cast;
  const { question } = await asked(cast);

  // A person's later edit does not approve what a bot ticked before it.
  await robot.quietly.ticks(question, 1);
  await ana.edits(question, `${question.body}\n\nWhat do you think?`);
  expect(question.body).toMatch(/not by a person with write access[\s\S]*- \[ \] `cents`\n- \[ \] `euros`/);
  await rita.comments('cart', '/swarm answer q1 euros');
  github.says('cart', /@rita .*FORBIDDEN/s);
  await ana.ticks(question, 1, 2);
  expect(question.body).toMatch(/Several boxes were ticked[\s\S]*- \[ \] `cents`\n- \[ \] `euros`/);
  expect(agents.working).toEqual([]);

  await ana.comments('cart', '/swarm answer q1 Euros, with two decimals.');

  expect(question.body).toMatch(/Answered by `ana`[\s\S]*Euros, with two decimals\./);
  expect(agents.at('cart').answers).toMatchObject([{ answer: 'Euros, with two decimals.', by: 'ana' }]);
  expect(github.labels('cart')).not.toContain('swarm:needs-input');
  agents.leaves('cart');
});

story('without an answer in time the agent decides, and says what it assumed', async (cast) => {
  const { github, agents, time } = cast;
  const { epic, question } = await asked(cast);

  await time.passes('6 min');

  expect(question.body).toMatch(/No one answered in time/);
  expect(agents.at('cart').answers).toEqual([{ id: 'q1', question: 'Are prices in cents or in euros?', answer: '' }]);
  await agents.at('cart').finishes(WHOLE, { assumptions: ['Prices are in cents.'] });
  expect(github.pull('cart').issue.body).toMatch(/### The agent's assumptions\n\n- `Prices are in cents\.`/);
  expect(github.board(epic)).toMatchInlineSnapshot(`"wave 1  cart  review  #3 gates green, waits for a person"`);
});

story('a question waits for days if the agent may not decide alone', async (cast) => {
  const { github, agents, ana, time } = cast;
  await github.config({ 'question-auto-resume': false });
  const { epic, question } = await asked(cast);

  await time.passes('2 days');
  github.says('cart', /waiting for you for 24 hours/);
  github.says('cart', /waiting for you for 48 hours/);
  expect(github.board(epic)).toMatchInlineSnapshot(`"wave 1  cart  asks  QUESTION_ASKED, kept on swarm/wip/1.2-1"`);
  expect(agents.working).toEqual([]);

  await ana.ticks(question, 1);
  expect(agents.at('cart').answers).toMatchObject([{ answer: 'cents', by: 'ana' }]);
  agents.leaves('cart');
});
