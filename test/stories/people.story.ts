/**
 * Starting an epic: the people who may, the ways to do it, and swarm's answer to everyone else.
 */
import { expect, story } from '../rig/story.ts';

story('a person without write permission starts nothing', async ({ github, tim, rita, eve, robot }) => {
  const epic = await github.opensEpic('Checkout', { cart: {} });

  await tim.comments(epic, '/swarm execute');
  await rita.comments(epic, '/swarm execute');
  await eve.comments(epic, '/swarm execute');
  await robot.comments(epic, '/swarm execute');
  await robot.labels(epic, 'swarm:execute');

  github.says(epic, /@tim .*FORBIDDEN/s);
  github.says(epic, /@rita .*FORBIDDEN/s);
  github.says(epic, /@eve .*FORBIDDEN/s);
  expect(github.board(epic)).toMatchInlineSnapshot(`"wave 1  cart  waiting"`);
  expect(github.labels(epic)).not.toContain('swarm:execute');
});

story('a bot that the config names gives commands, and approves nothing', async ({ github, agents, robot, bob }) => {
  await github.config({ 'allowed-bots': ['eager-robot[bot]'] });
  const epic = await github.opensEpic('Checkout', { cart: {} });

  await robot.comments(epic, '/swarm execute');
  await agents.at('cart').finishes({ 'src/cart/index.ts': 'export {};\n' });
  await robot.approves('cart');
  await robot.comments({ pull: 'cart' }, '/approve');

  github.says({ pull: 'cart' }, /only people approve.*NOT_NOW/s);
  expect(github.board(epic)).toMatchInlineSnapshot(`"wave 1  cart  review  #3 gates green, waits for a person"`);
  await bob.approves('cart');
  await robot.comments(epic, '/swarm accept');
  github.says(epic, /only people approve/);
  github.says(epic, /@eager-robot .*\/swarm accept/s);
  expect(github.board(epic)).toMatchInlineSnapshot(`
    "wave 1  cart  merged  #3 gates green, approved by bob
    epic    waits to be accepted"
  `);
});

story('a person without rights who keeps asking gets one answer', async ({ github, rita }) => {
  const epic = await github.opensEpic('Checkout', { cart: {} });

  await rita.comments(epic, '/swarm execute');
  await rita.comments(epic, '/swarm execute');
  await rita.comments(epic, '/swarm execute now');

  github.says(epic, /FORBIDDEN/);
});

story(
  'comments on an issue that was never started are answered and leave nothing behind',
  async ({ github, ana, rita, tim, robot, time }) => {
    const issue = github.opensIssue('idea');

    const asked = await rita.comments(issue, '/swarm execute');
    await robot.comments(issue, '/swarm execute');
    const helped = await tim.comments(issue, '/swarm help');
    const status = await tim.comments(issue, '/swarm status');
    await ana.comments(issue, '/swarm execute dry-run');
    await ana.comments(issue, '/swarm pause');
    await time.passes('1 hour');

    github.says(issue, /@rita .*FORBIDDEN/s);
    github.says(issue, /swarm execute/);
    github.says(issue, /Nothing was started/);
    github.says(issue, /NOT_NOW/);
    expect(asked.reactions.map((one) => one.content)).toEqual(['confused']);
    expect(helped.reactions.map((one) => one.content)).toEqual(['eyes', 'rocket']);
    expect(status.reactions.map((one) => one.content)).toEqual(['eyes', 'rocket']);
    expect(await github.journals()).toEqual([]);
  },
);

story('a label by a person who may only triage is removed with one sentence', async ({ github, tim }) => {
  const epic = await github.opensEpic('Checkout', { cart: {} });

  await tim.labels(epic, 'swarm:execute');

  github.says(epic, /@tim .*FORBIDDEN/s);
  expect(github.labels(epic)).toEqual([]);
  expect(github.board(epic)).toMatchInlineSnapshot(`"wave 1  cart  waiting"`);
});

story('an edited comment and quoted words start nothing (R3.5)', async ({ github, ana }) => {
  const epic = await github.opensEpic('Checkout', { cart: {} });

  const harmless = await ana.comments(epic, 'We could start this.');
  await ana.edits(harmless, '/swarm execute');
  await ana.comments(epic, 'As the manual says:\n\n```\n/swarm execute\n```');
  await ana.comments(epic, '> /swarm execute\n\nShould we?');
  await ana.comments(epic, 'Say `/swarm execute` some day.');

  expect(github.board(epic)).toMatchInlineSnapshot(`"wave 1  cart  waiting"`);
});

story('an unknown command is answered with the nearest one', async ({ github, ana }) => {
  const epic = await github.opensEpic('Checkout', { cart: {} });

  const asked = await ana.comments(epic, '/swarm exceute');

  github.says(epic, /execute.*UNKNOWN_COMMAND|UNKNOWN_COMMAND.*execute/s);
  expect(asked.reactions.map((one) => one.content)).toContain('confused');
});

story('a person with triage permission can ask for the plan and for help', async ({ github, tim }) => {
  const epic = await github.opensEpic('Checkout', { cart: {}, receipt: { blockedBy: ['cart'] } });

  await tim.comments(epic, '/swarm plan');
  await tim.comments(epic, '/swarm help');

  github.says(epic, /2 segments in 2 waves/);
  github.says(epic, /swarm execute/);
  expect(github.board(epic)).toMatchInlineSnapshot(`
    "wave 1  cart     waiting
    wave 2  receipt  waiting"
  `);
});

story('a dry run shows the plan and dispatches nothing (R2.5)', async ({ github, ana }) => {
  const epic = await github.opensEpic('Checkout', { cart: {}, receipt: { blockedBy: ['cart'] } });

  await ana.labels(epic, 'swarm:dry-run');

  github.says(epic, /2 segments in 2 waves\. Nothing was started/);
  expect(github.runs).toBe(0);
  expect(github.labels(epic)).toEqual([]);
  expect(github.board(epic)).toMatchInlineSnapshot(`
    "wave 1  cart     waiting
    wave 2  receipt  waiting"
  `);
});

story('a segment by an outsider waits until a person confirms it', async ({ github, agents, ana }) => {
  const epic = await github.opensEpic('Checkout', { cart: {}, gift: { by: 'eve' } });
  await ana.labels(epic, 'swarm:execute');
  expect(agents.working).toEqual(['cart']);
  expect(github.board(epic)).toMatchInlineSnapshot(`
    "wave 1  cart  running  feat/cart
            gift  blocked  UNTRUSTED_AUTHOR"
  `);

  github.says('gift', /UNTRUSTED_AUTHOR/);

  await ana.comments(epic, `/swarm run #${github.segment('gift').number}`);

  expect(agents.working).toEqual(['cart', 'gift']);
  agents.leaves('cart');
  agents.leaves('gift');
});

story('a text that was changed after it was authorised is not run', async ({ github, agents, ana, bob }) => {
  const epic = await github.opensEpic('Checkout', { cart: {}, receipt: { blockedBy: ['cart'] } });
  await ana.labels(epic, 'swarm:execute');
  await bob.changesText('receipt', '---\nfiles: [src/receipt/**]\n---\n\nMake something else.');
  await agents.at('cart').finishes({ 'src/cart/index.ts': 'export {};\n' });
  await ana.approves('cart');
  expect(github.board(epic)).toMatchInlineSnapshot(`
    "wave 1  cart     merged   #4 gates green, approved by ana
    wave 2  receipt  blocked  SEGMENT_CHANGED"
  `);
  expect(github.panel(epic)).toMatch(/SEGMENT_CHANGED|changed/);

  github.says('receipt', /SEGMENT_CHANGED/);

  await ana.comments(epic, '/swarm execute');

  expect(agents.working).toEqual(['receipt']);
  agents.leaves('receipt');
});

story('a segment added later waits until the epic is executed again', async ({ github, agents, ana }) => {
  const epic = await github.opensEpic('Checkout', { cart: {} });
  await ana.labels(epic, 'swarm:execute');
  await ana.addsSegment(epic, 'gift');
  expect(agents.working).toEqual(['cart']);
  expect(github.board(epic)).toMatchInlineSnapshot(`
    "wave 1  cart  running  feat/cart
            gift  blocked  SEGMENT_NEW"
  `);

  github.says('gift', /SEGMENT_NEW/);

  await ana.labels(epic, 'swarm:execute');

  expect(agents.working).toEqual(['cart', 'gift']);
  agents.leaves('cart');
  agents.leaves('gift');
});

story('a dependency added later counts only after a person confirms it', async ({ github, agents, ana }) => {
  const epic = await github.opensEpic('Checkout', { cart: {}, receipt: { blockedBy: ['cart'] }, gift: {} });
  await ana.labels(epic, 'swarm:execute');
  await ana.blocks('receipt', 'gift');
  await agents.at('cart').finishes({ 'src/cart/index.ts': 'export {};\n' });
  await agents.at('gift').finishes({ 'src/gift/index.ts': 'export {};\n' });
  await ana.approves('cart');
  await ana.approves('gift');
  expect(agents.working).toEqual([]);

  github.says('receipt', /EDGES_CHANGED/);

  await ana.comments(epic, '/swarm execute');

  expect(agents.working).toEqual(['receipt']);
  expect(github.board(epic)).toMatchInlineSnapshot(`
    "wave 1  cart     merged   #5 gates green, approved by ana
            gift     merged   #6 gates green, approved by ana
    wave 2  receipt  running  feat/receipt"
  `);
  agents.leaves('receipt');
});

story('a blocker outside the epic holds a segment until it is closed as completed', async ({ github, agents, ana }) => {
  const contract = github.opensIssue('contract');
  const epic = await github.opensEpic('Checkout', { cart: {}, payment: {} });
  await ana.blocks('payment', contract);
  await ana.labels(epic, 'swarm:execute');
  expect(agents.working).toEqual(['cart']);
  expect(github.panel(epic)).toContain(`#${contract.number}`);

  await ana.closes(contract);

  expect(agents.working).toEqual(['cart', 'payment']);
  agents.leaves('cart');
  agents.leaves('payment');
});

story('in collaborative mode each wave waits for a person (R3.1)', async ({ github, agents, ana, bob }) => {
  await github.config({ mode: 'collaborative' });
  const epic = await github.opensEpic('Checkout', { cart: {}, receipt: { blockedBy: ['cart'] } });
  await ana.labels(epic, 'swarm:execute');
  github.says(epic, /Wave 1 needs your approval/);
  expect(agents.working).toEqual([]);

  await bob.comments(epic, '/swarm approve wave 1');
  await agents.at('cart').finishes({ 'src/cart/index.ts': 'export {};\n' });
  await ana.approves('cart');
  github.says(epic, /Wave 2 needs your approval/);
  expect(github.board(epic)).toMatchInlineSnapshot(`
    "wave 1  cart     merged   #4 gates green, approved by ana
    wave 2  receipt  waiting"
  `);

  await bob.comments(epic, '/swarm approve');

  expect(agents.working).toEqual(['receipt']);
  agents.leaves('receipt');
});

story(
  'what steers agents and is changed on the base waits for a person (R11.2)',
  async ({ github, agents, ana, bob }) => {
    const epic = await github.opensEpic('Checkout', { cart: {}, receipt: { blockedBy: ['cart'] } });
    await ana.labels(epic, 'swarm:execute');
    await bob.pushesTo('main', {
      '.claude/settings.json': '{"hooks":{}}',
      'docs/AGENTS.md': 'Obey.',
      'docs/a.md': 'A',
    });
    await agents.at('cart').finishes({ 'src/cart/index.ts': 'export {};\n' });
    await ana.approves('cart');

    expect(agents.working).toEqual([]);
    github.says(epic, /2 files .*`\.claude\/settings\.json` and `docs\/AGENTS\.md`.*AGENT_FILES_CHANGED/s);
    expect(github.labels(epic)).toContain('swarm:blocked');

    await ana.comments(epic, '/swarm execute');

    expect(agents.working).toEqual(['receipt']);
    agents.leaves('receipt');
  },
);

story('what steers agents may change by the merge of an approved segment', async ({ github, agents, ana }) => {
  await github.config({ unprotect: ['**/AGENTS.md'] });
  const epic = await github.opensEpic('Checkout', { cart: {}, receipt: { blockedBy: ['cart'] } });
  await ana.labels(epic, 'swarm:execute');
  await agents.at('cart').finishes({ 'src/cart/AGENTS.md': 'Use the cart.\n' });
  await ana.approves('cart');

  expect(await github.file('src/cart/AGENTS.md')).toBe('Use the cart.\n');
  expect(agents.working).toEqual(['receipt']);
  agents.leaves('receipt');
});
