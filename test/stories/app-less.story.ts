/**
 * Without the app: the workflows of the repository start Swarm. One listens to people, one is the clock, and the clock runs
 * only while an epic is under way. In the other tellings the app's webhooks arrive otherwise, and here there are none.
 */
import { CLOCK_WORKFLOW, EVENTS_WORKFLOW } from '../../src/core/text/pin.ts';
import { type Cast, expect, type StoryOptions, story } from '../rig/story.ts';

const WITHOUT_APP: StoryOptions = { told: ['on time'], stage: { door: 'app-less' } };
const code = (name: string) => ({ [`src/${name}/index.ts`]: `export const name = '${name}';\n` });

const workflowOf = ({ github: { stage } }: Cast, file: string) => {
  const workflow = stage.world.runs.workflowBy(stage.repository, file);
  if (!workflow) throw new Error(`${file} is not installed`);
  return workflow;
};
const stateOf = (cast: Cast): string => workflowOf(cast, CLOCK_WORKFLOW).state;
const runsOf = (cast: Cast, file: string) =>
  cast.github.stage.repository.runs.filter(({ workflow }) => workflow === workflowOf(cast, file));
const ticks = (cast: Cast): number => runsOf(cast, CLOCK_WORKFLOW).length;

async function merges({ agents, ana }: Cast, name: string): Promise<void> {
  await agents.at(name).finishes(code(name));
  await ana.approves(name);
}

story(
  'the clock rests in an idle repository, comes with the first label, and rests again after the last epic (R4.6)',
  async (cast) => {
    const { github, ana, time } = cast;
    await time.passes('20 min');
    expect([stateOf(cast), ticks(cast)]).toEqual(['disabled_manually', 1]);
    await time.passes('1 day');
    expect(ticks(cast)).toBe(1);

    const epic = await github.opensEpic('Checkout', { cart: {} });
    await ana.labels(epic, 'swarm:execute');
    expect(stateOf(cast)).toBe('active');
    const { updatedAt } = workflowOf(cast, CLOCK_WORKFLOW);
    await merges(cast, 'cart');
    await time.passes('20 min');
    // It was enabled once, and not by each look.
    expect(workflowOf(cast, CLOCK_WORKFLOW)).toMatchObject({ state: 'active', updatedAt });
    expect(ticks(cast)).toBeGreaterThan(1);
    expect(github.board(epic)).toContain('merged');
    github.says(epic, /Every segment is done/);

    await ana.comments(epic, '/swarm accept');
    github.says(epic, /Accepted by/);
    expect(epic.state).toBe('closed');
    await time.passes('20 min');
    expect(stateOf(cast)).toBe('disabled_manually');
    const atRest = ticks(cast);
    await time.passes('1 day');
    expect(ticks(cast)).toBe(atRest);
  },
  WITHOUT_APP,
);

story(
  'the clock runs until the last of several epics has ended',
  async (cast) => {
    const { github, ana, time } = cast;
    const checkout = await github.opensEpic('Checkout', { cart: {} });
    const payments = await github.opensEpic('Payments', { till: {} });
    await ana.labels(checkout, 'swarm:execute');
    await ana.labels(payments, 'swarm:execute');
    await merges(cast, 'cart');
    github.says(checkout, /Every segment is done/);
    await ana.comments(checkout, '/swarm accept');
    github.says(checkout, /Accepted by/);
    await time.passes('20 min');
    expect(stateOf(cast)).toBe('active');

    await ana.comments(payments, '/swarm cancel');
    github.says(payments, /cancelled/);
    await time.passes('20 min');
    expect(stateOf(cast)).toBe('disabled_manually');

    await ana.comments(payments, '/swarm resume');
    expect(stateOf(cast)).toBe('active');
    await ana.comments(payments, '/swarm cancel');
    github.says(payments, /cancelled/);
  },
  WITHOUT_APP,
);

story(
  'a clock that a person disables rests until an epic is started',
  async (cast) => {
    const { github, agents, ana, time } = cast;
    const { runs } = github.stage.world;
    const epic = await github.opensEpic('Checkout', { cart: {}, till: { blockedBy: ['cart'] } });
    await ana.labels(epic, 'swarm:execute');
    runs.setState(workflowOf(cast, CLOCK_WORKFLOW), 'disabled_manually');
    await merges(cast, 'cart');
    await time.passes('1 hour');
    expect(stateOf(cast)).toBe('disabled_manually');

    await ana.labels(epic, 'swarm:execute');
    expect(stateOf(cast)).toBe('active');
    agents.leaves('till');
  },
  WITHOUT_APP,
);

story(
  'the clock finds what no event showed',
  async (cast) => {
    const { github, agents, ana, time } = cast;
    const epic = await github.opensEpic('Checkout', { cart: {} });
    await ana.labels(epic, 'swarm:execute');
    await agents.at('cart').finishes(code('cart'));
    await ana.quietly.approves('cart');
    expect(github.board(epic)).toContain('review');
    await time.passes('20 min');
    expect(github.board(epic)).toContain('merged');
    github.says(epic, /Every segment is done/);
  },
  WITHOUT_APP,
);

story(
  'a calibration takes one job after its gates, which reports it and continues (R7.1)',
  async (cast) => {
    const { github, agents, ana } = cast;
    const epic = await github.opensEpic('Checkout', { cart: {}, till: { blockedBy: ['cart'] } });
    await ana.labels(epic, 'swarm:execute');
    agents.calibration('fails', 'tests', 'one failed');
    await merges(cast, 'cart');

    const [run] = runsOf(cast, 'swarm.yml').filter(({ jobs }) => jobs.some(({ name }) => name === 'calibrate'));
    expect(run?.jobs.map(({ name }) => name)).toEqual(['plan', 'calibrate', 'continue']);
    github.says(epic, /The calibration of wave 1 failed/);
    agents.leaves('fix 1');
  },
  WITHOUT_APP,
);

story(
  'talk starts a run with nothing in it, and swarm.yml none',
  async (cast) => {
    const { github, ana } = cast;
    const issue = github.opensIssue('A wish');
    await ana.comments(issue, 'Nice.');
    expect(runsOf(cast, EVENTS_WORKFLOW).map(({ jobs }) => jobs.map(({ conclusion }) => conclusion))).toEqual([
      ['skipped'],
    ]);
    expect(runsOf(cast, 'swarm.yml')).toEqual([]);
  },
  WITHOUT_APP,
);

story(
  'an epic runs without the clock, and its panel names the missing workflow (R3.7)',
  async (cast) => {
    const { github, ana } = cast;
    const epic = await github.opensEpic('Checkout', { cart: {} });
    await ana.labels(epic, 'swarm:execute');
    expect(github.panel(epic)).toContain(
      'The workflow `.github/workflows/swarm-clock.yml` is not on the default branch.',
    );
    await merges(cast, 'cart');
    expect(github.board(epic)).toContain('merged');
    github.says(epic, /Every segment is done/);
  },
  { ...WITHOUT_APP, stage: { door: 'app-less', missing: [CLOCK_WORKFLOW] } },
);

story(
  'an approval that merges takes a small part of a job’s thousand calls and points an hour',
  async (cast) => {
    const { github, agents, ana } = cast;
    const { job } = github.stage.emulator.limits.spent;
    const epic = await github.opensEpic('Checkout', { cart: {}, till: {}, receipt: {} });
    await ana.labels(epic, 'swarm:execute');
    for (const name of ['cart', 'till', 'receipt']) await agents.at(name).finishes(code(name));
    await ana.approves('cart');

    const before = { ...job };
    await ana.approves('till');
    expect(github.board(epic)).toMatch(/till +merged/);
    const spent = { calls: job.core - before.core, points: job.graphql - before.graphql };
    expect(spent.calls).toBeLessThanOrEqual(12);
    expect(spent.points).toBeLessThanOrEqual(12);
  },
  WITHOUT_APP,
);
