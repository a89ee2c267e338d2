/**
 * The inside of a run, as people see it from outside: the tester and its tests (SPEC R5.6), the council (R5.10). The
 * agents are scripts that know their role. They really run, and so do the gates.
 */
import type { SegmentOptions } from '../rig/cast.ts';
import { CHECKS, roles, says, segments } from '../rig/scripts.ts';
import { type Cast, expect, story } from '../rig/story.ts';

const stage = { files: { 'test/run.sh': CHECKS, 'test/old.check': 'true\n' } };
const GATES = { tests: { run: ['sh', 'test/run.sh'] } };

/** An epic whose segments' agent is this script; the first segment is #2. */
async function begins(
  { github, ana }: Pick<Cast, 'github' | 'ana'>,
  segments: Record<string, SegmentOptions>,
  config: object,
) {
  await github.config({ gates: GATES, ...config });
  const epic = await github.opensEpic('Checkout', segments);
  await ana.labels(epic, 'swarm:execute');
  return epic;
}

const runs = (script: string) => ({ command: ['sh', '-c', script] });
const files = (name: string) => [`src/${name}/**`, `test/${name}/**`];
const makes = (name: string) =>
  `mkdir -p src/${name}; printf 'one\\ntwo\\nthree\\ntotal\\n' > src/${name}/sum.txt\n${says({ summary: `Made ${name}.`, criteria: [{ id: 'AC-1', evidence: 'The check passes.' }] })}`;
const tests = (name: string, check = `grep -q total src/${name}/sum.txt`) =>
  `mkdir -p test/${name}; printf '# AC-1\\n%s\\n' '${check}' > test/${name}/sum.check`;
const finding = (name: string) => ({ file: `src/${name}/sum.txt`, line: 4, severity: 'major', why: 'Tax is missing.' });
const judges = (kind: 'approved' | 'rejected', findings: readonly unknown[] = []) =>
  says({ verdict: kind, summary: `I say ${kind}.`, findings });
const answers = (did: 'fixed' | 'disputed', why: string) => says({ answers: [{ finding: 1, did, why }] });

story(
  'a pull request shows which test proves which criterion, and what the council had fixed',
  async (cast) => {
    const { github, agents } = cast;
    const cart = roles({
      tester: tests('cart'),
      implementer: `if [ -e src/cart/sum.txt ]; then echo tax >> src/cart/sum.txt; ${answers('fixed', 'Added.')} else ${makes('cart')} fi`,
      reviewer: `if grep -q tax src/cart/sum.txt; then ${judges('approved')} else ${judges('rejected', [finding('cart')])} fi`,
    });
    const guide = 'mkdir -p src/guide; printf "How\\nto\\nbuy\\nit\\n" > src/guide/buy.md';
    const epic = await begins(
      cast,
      { cart: { files: files('cart'), criteria: ['the cart adds up'] }, guide: {} },
      { agent: runs(segments({ 2: cart, 3: guide })), roles: { tester: 'command' }, council: 'on' },
    );

    await agents.at('cart').works();
    await agents.at('guide').works();

    const body = github.pull('cart').issue.body ?? '';
    expect(body).toContain('| `AC-1` | `the cart adds up` | `test/cart/sum.check:1` | `The check passes.` |');
    expect(body).toContain('`command` wrote `test/cart/sum.check`; they failed (`sh test/run.sh: 2 tests, 1 failed`)');
    expect(body).toContain('✅ approved in 2 rounds by `command`.');
    expect(body).toContain('| `src/cart/sum.txt:4` | major | fixed or withdrawn | `Tax is missing.` |');
    expect(body).toMatch(
      /tests first: they fail as they should[\s\S]*gates, round 1: all pass[\s\S]*council: approved/,
    );
    const other = github.pull('guide').issue.body ?? '';
    expect(other).toContain('No tests were written first: `the issue names no acceptance criteria`.');
    expect(other).toContain('Skipped: `only documentation changed`.');
    expect(github.panel(epic)).toMatch(/\| #2 `Cart` \| ⏳ in review \| #4 \| 1 \| 2 \| yes \| approved \|/);
    expect(github.panel(epic)).toMatch(/\| #3 `Guide` \| ⏳ in review \| #5 \| 1 \| 1 \| {2}\| skipped \|/);
  },
  { stage },
);

story(
  'the lead decides between reviewer and implementer, and people see the decision',
  async (cast) => {
    const { github, agents, ana } = cast;
    const disputed = (name: string, lead: string) =>
      roles({
        implementer: `if [ -e src/${name}/sum.txt ]; then ${answers('disputed', 'It is without tax by law.')} else ${makes(name)} fi`,
        reviewer: judges('rejected', [finding(name)]),
        lead,
      });
    const epic = await begins(
      cast,
      { cart: {}, price: {} },
      {
        agent: runs(
          segments({
            2: disputed('cart', judges('approved')),
            3: disputed('price', judges('rejected', [finding('price')])),
          }),
        ),
        ...{ tdd: false, council: 'on' },
      },
    );

    await agents.at('cart').works();
    await agents.at('price').works();

    const body = github.pull('cart').issue.body ?? '';
    expect(body).toContain('`command` decided where they disagreed');
    expect(body).toContain('| `src/cart/sum.txt:4` | major | overruled by the lead | `Tax is missing.` |');
    const said = github.says('price', /^@ana ⛔ The council rejected the change after 1 round\. `COUNCIL_REJECTED`/m);
    expect(said.body).toContain('src/price/sum.txt:4 (major): Tax is missing.');
    expect(said.body).toMatch(/Checkpoints[\s\S]*lead, try 1: command[\s\S]*council: rejected after round 1/);
    expect(github.board(epic)).toMatchInlineSnapshot(`
      "wave 1  cart   review   #4 gates green, waits for a person
              price  blocked  COUNCIL_REJECTED, kept on swarm/wip/1.3-1"
    `);
    expect(github.panel(epic)).toMatch(/\| #3 `Price` \| ⛔ blocked \| {2}\| 1 \| 3 \| {2}\| rejected \|/);

    await ana.comments('price', '/swarm retry');
    expect(agents.working).toEqual(['price']);
    agents.leaves('price');
  },
  { stage },
);

story(
  'tests that prove nothing are refused, and changed tests are not trusted',
  async (cast) => {
    const { github, agents } = cast;
    const pair = (name: string, tester: string, implementer = makes(name)) => roles({ tester, implementer });
    const wish = (name: string): SegmentOptions => ({ files: files(name), criteria: ['it adds up'] });
    const epic = await begins(
      cast,
      { cart: wish('cart'), price: wish('price'), receipt: wish('receipt') },
      {
        agent: runs(
          segments({
            2: pair('cart', tests('cart', 'true')),
            3: pair('price', tests('price', 'echo "test/price/sum.check:2: SyntaxError: Unexpected token"; exit 1')),
            4: pair('receipt', tests('receipt'), `echo true > test/receipt/sum.check; ${makes('receipt')}`),
          }),
        ),
        ...{ tries: 1, roles: { tester: 'command' }, council: 'off' },
      },
    );

    for (const name of ['cart', 'price', 'receipt']) await agents.at(name).works();

    github.says('cart', /TESTS_NOT_RED[\s\S]*they already pass/);
    github.says('price', /TESTS_NOT_RED[\s\S]*the tests themselves are broken/);
    github.says('receipt', /TEST_CHANGED[\s\S]*test\/receipt\/sum\.check|test\/receipt\/sum\.check[\s\S]*TEST_CHANGED/);
    expect(github.board(epic)).toMatchInlineSnapshot(`
      "wave 1  cart     blocked  TESTS_NOT_RED, kept on swarm/wip/1.2-1
              price    blocked  TESTS_NOT_RED, kept on swarm/wip/1.3-1
              receipt  blocked  TEST_CHANGED, kept on swarm/wip/1.4-1"
    `);
  },
  { stage },
);
