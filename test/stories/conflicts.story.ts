/**
 * Conflicts between pull requests of an epic: found before they fail, resolved with the intent of both sides, and left to a
 * person who chooses where that does not help (SPEC R6.4).
 */
import { CHECKS, roles, says, segments } from '../rig/scripts.ts';
import { type Cast, expect, story } from '../rig/story.ts';

const START = "export const routes = [\n  '/',\n];\n";
const stage = { files: { 'src/routes.ts': START, 'test/run.sh': CHECKS, 'test/old.check': 'true\n' } };
const routes = (...paths: readonly string[]): string =>
  ["export const routes = [\n  '/',\n", ...paths.map((path) => `  '${path}',\n`), '];\n'].join('');
const work = (name: string, ...paths: readonly string[]) => ({
  [`src/${name}/index.ts`]: `export const name = '${name}';\n`,
  'src/routes.ts': routes(...paths),
});

/** Nobody holds a change to the files that its segment names. */
const FREE = { scope: { off: true } };

/** Two segments that run side by side, since their texts name files of their own. Both will also change the routes. */
async function begins({ github, ana }: Pick<Cast, 'github' | 'ana'>, config: object = {}) {
  await github.config({ gates: { tests: { run: ['npm', 'test'] }, ...FREE }, ...config });
  const wish = (name: string) => ({
    ...{ files: null, text: `Make the ${name} in \`src/${name}/index.ts\`.`, criteria: [`the ${name} is at /${name}`] },
  });
  const epic = await github.opensEpic('Checkout', { cart: wish('cart'), till: wish('till') });
  await ana.labels(epic, 'swarm:execute');
  return epic;
}

/** The cart is merged, and so the pull request of the till conflicts. */
async function inConflict(cast: Pick<Cast, 'github' | 'agents' | 'ana'>) {
  const { agents, ana } = cast;
  const epic = await begins(cast);
  await agents.at('cart').finishes(work('cart', '/cart'));
  await agents.at('till').finishes(work('till', '/till'));
  await ana.approves('cart');
  return epic;
}

story(
  'open pull requests that change the same lines are named before one merges, and the second is reworked (R6.4)',
  async (cast) => {
    const { github, agents, ana } = cast;
    const epic = await begins(cast);
    await agents.at('cart').finishes(work('cart', '/cart'));
    expect(github.panel(epic)).not.toContain('change the same lines');
    await agents.at('till').finishes(work('till', '/till'));

    expect(github.panel(epic)).toMatch(
      /Good to know\*\*\n- PR #5 and PR #4 change the same lines of `src\/routes\.ts`\./,
    );
    expect(github.pull('till').issue.body).toMatch(
      /Conflicts with open pull requests[^#]*\n- PR #4: `src\/routes\.ts`/,
    );
    expect(github.unread()).toEqual([]);

    await ana.approves('cart');
    expect(github.board(epic)).toMatchInlineSnapshot(`
      "wave 1  cart  merged   #4 gates green, approved by ana
              till  running  #5 feat/till"
    `);
    expect(agents.at('till').attempt).toMatchObject({ why: 'conflict', from: github.pull('till').headSha });
    expect(github.panel(epic)).not.toContain('change the same lines');

    await agents.at('till').finishes(work('till', '/cart', '/till'));
    await ana.approves('till');
    expect(await github.file('src/routes.ts')).toBe(routes('/cart', '/till'));
    github.says(epic, /Every segment is done/);
  },
  { stage },
);

story(
  'the agent that resolves a conflict is told what both sides were meant to do, and what was merged (R6.4)',
  async (cast) => {
    const { github, agents, ana } = cast;
    const makes = (name: string, ...paths: readonly string[]) =>
      `mkdir -p src/${name}; echo ${name} > src/${name}/index.ts; printf '${routes(...paths).replaceAll("'", "'\\''")}' > src/routes.ts\n${says({ summary: `Made ${name}.` })}`;
    const till = roles({
      implementer: makes('till', '/till'),
      resolver: `cp "$SWARM_BRIEF_FILE" src/till/brief.md; ${makes('till', '/cart', '/till')}`,
    });
    const script = segments({ 2: makes('cart', '/cart'), 3: till });
    await begins(cast, {
      ...{ agent: { command: ['sh', '-c', script] }, gates: { tests: { run: ['sh', 'test/run.sh'] }, ...FREE } },
      ...{ council: 'off', tdd: false },
    });
    await agents.at('cart').works();
    await agents.at('till').works();
    await ana.approves('cart');

    await agents.at('till').works();

    const brief = (await github.file('src/till/brief.md', 'feat/till')) ?? '';
    expect(brief).toMatch(/The other side is #2\. It changed src\/routes\.ts, and it was meant to do this:/);
    expect(brief).toMatch(/what #2 was meant to do\nCart\nAC-1: the cart is at \/cart\n/);
    expect(brief).toMatch(/merged change to src\/routes\.ts\n[^<]*\n\+ {2}'\/cart',\n/);
    expect(brief).toMatch(/earlier change to src\/routes\.ts\n[^<]*\n\+ {2}'\/till',\n/);
    expect(brief).toContain('AC-1: the till is at /till');
    expect(await github.file('src/routes.ts', 'feat/till')).toBe(routes('/cart', '/till'));
  },
  { stage },
);

story(
  'a conflict that its agent does not resolve goes to the tech lead, and then to a person who leaves it out (R6.4)',
  async (cast) => {
    const { github, agents, ana } = cast;
    const epic = await inConflict(cast);
    await agents.at('till').failsGates('tests', 'no /cart', work('till', '/till'));

    expect(github.unread()).toEqual([]);
    expect(agents.at('till').attempt).toMatchObject({ number: 3, why: 'conflict', lead: true });
    expect(github.board(epic)).toContain('till  running  #5 feat/till');
    await agents.at('till').failsGates('tests', 'no /cart', work('till', '/till'));

    const said = github.says('till', /PR #5 conflicts with `main`.*MERGE_CONFLICT.*ended with `GATES_FAILED`/s);
    expect(said.body).toMatch(/Choose one: .*resolve it.*`\/swarm skip`.*`\/swarm cancel`.*`\/swarm retry #3`/);
    expect(github.board(epic)).toMatchInlineSnapshot(`
      "wave 1  cart  merged   #4 gates green, approved by ana
              till  blocked  MERGE_CONFLICT, #5, kept on swarm/wip/1.3-3"
    `);
    expect(agents.working).toEqual([]);

    await ana.comments('till', `/swarm skip #${github.segment('till').number} the cart is enough`);
    expect(github.pull('till').issue.state).toBe('closed');
    expect(github.board(epic)).toMatchInlineSnapshot(`
      "wave 1  cart  merged   #4 gates green, approved by ana
              till  skipped
      epic    waits to be accepted"
    `);
    github.says(epic, /Every segment is done/);
  },
  { stage },
);

story(
  'a person who resolves the conflict on the branch is enough, and a retry starts over (R6.4)',
  async (cast) => {
    const { github, agents, ana, bob } = cast;
    const epic = await inConflict(cast);
    for (const _ of ['agent', 'lead']) await agents.at('till').changesNothing();
    github.says('till', /MERGE_CONFLICT.*ended with `NO_CHANGE`/s);

    await ana.comments('till', '/swarm retry');
    expect(agents.at('till').attempt.why).toBe('conflict');
    expect(agents.at('till').attempt.lead).toBeUndefined();
    for (const _ of ['agent', 'lead']) await agents.at('till').changesNothing();
    github.says('till', /MERGE_CONFLICT/);

    await bob.pushesTo('till', { 'src/routes.ts': routes('/cart') });
    await ana.approves('till');
    expect(github.pull('till').merged).toBe(true);
    github.says(epic, /Every segment is done/);
  },
  { stage },
);
