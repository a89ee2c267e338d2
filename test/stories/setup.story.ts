/** What is wrong with a repository's setup is said before an agent is paid, each line with its fix (R3.7). */
import { readFileSync } from 'node:fs';
import { expect, story } from '../rig/story.ts';

const SEGMENT = '.github/workflows/segment.yml';
const code = { 'src/cart/index.ts': 'export const cart = 1;\n' };
/** segment.yml as it is shipped, naming this commit of the action. */
const segmentOf = (commit: string): string =>
  readFileSync(new URL(`../../${SEGMENT}`, import.meta.url), 'utf8').replaceAll(
    /(swarm-engineering\/swarm)@[0-9a-f]{40}/g,
    `$1@${commit}`,
  );

story('workflows of two releases start nothing (R3.7)', async ({ github, agents, ana, time }) => {
  await github.stage.commit('ana', { [SEGMENT]: segmentOf('2'.repeat(40)) });
  const epic = await github.opensEpic('Checkout', { cart: {} });

  await ana.labels(epic, 'swarm:execute');

  github.says(epic, /different versions of Swarm.*1{40}.*2{40}.*WORKFLOWS_DIFFER.*one release/s);
  expect(github.runs).toBe(0);

  await github.stage.commit('ana', { [SEGMENT]: segmentOf('1'.repeat(40)) });
  await time.passes('1 min');
  await agents.at('cart').finishes(code);
});

story(
  'a workflow that is switched off starts nothing, and goes on when it is on',
  async ({ github, agents, ana, time }) => {
    const { world, repository } = github.stage;
    const workflow = world.runs.workflow(repository, '.github/workflows/swarm.yml', 'swarm');
    world.runs.setState(workflow, 'disabled_manually');
    const epic = await github.opensEpic('Checkout', { cart: {} });

    await ana.labels(epic, 'swarm:execute');

    github.says(epic, /swarm\.yml.*is disabled\..*WORKFLOW_OFF.*gh workflow enable swarm\.yml/s);
    expect(github.runs).toBe(0);

    world.runs.setState(workflow, 'active');
    await time.passes('1 min');
    expect(agents.working).toEqual(['cart']);
    agents.leaves('cart');
  },
);

story('a right that the app lacks is named, until an owner grants it', async ({ github, agents, ana, time }) => {
  const { installation } = github.stage;
  const { checks, statuses, ...others } = installation.permissions;
  installation.permissions = { ...others, pull_requests: 'read' };
  const epic = await github.opensEpic('Checkout', { cart: {} });

  await ana.labels(epic, 'swarm:execute');

  const { body } = github.says(epic, /PERMISSION_MISSING/);
  for (const right of ['checks: write', 'pull_requests: write', 'statuses: read']) expect(body).toContain(right);
  expect(body).not.toContain('contents: write');
  expect(github.runs).toBe(0);

  installation.permissions = { ...others, checks: checks ?? 'write', statuses: statuses ?? 'read' };
  await time.passes('6 min');
  expect(agents.working).toEqual(['cart']);
  agents.leaves('cart');
});

story('what may be missing is said once, and holds nothing', async ({ github, agents, ana }) => {
  await github.stage.commit('ana', {
    '.gitmodules': '[submodule "lib"]\n\tpath = lib\n\turl = https://github.com/harbour/lib\n',
    '.gitattributes': '*.psd filter=lfs diff=lfs merge=lfs -text\n',
  });
  await github.config({
    agent: 'own',
    agents: { own: { command: ['node', 'agent.mjs'], environment: ['SHOP_MODEL_KEY'] } },
  });
  const epic = await github.opensEpic('Checkout', { cart: {} });

  await ana.labels(epic, 'swarm:execute');

  const { body } = github.says(epic, /Segments start, but 3 things/);
  expect(body).toMatch(/does not pass `SHOP_MODEL_KEY` to the agent.*KEY_NOT_PASSED/s);
  expect(body).toMatch(/The base has submodules.*NOT_FETCHED/s);
  expect(body).toMatch(/The base has files in Git LFS/);
  await agents.at('cart').finishes(code);
});

story('a key that the workflow passes is no warning', async ({ github, agents, ana }) => {
  const passing = segmentOf('1'.repeat(40)).replace(/( +)(GEMINI_API_KEY): (.*)/, '$&\n$1SHOP_MODEL_KEY: $3');
  await github.stage.commit('ana', { [SEGMENT]: passing, '.gitattributes': '# *.psd filter=lfs\n* text=auto\n' });
  await github.config({
    agent: 'own',
    agents: { own: { command: ['node', 'agent.mjs'], environment: ['SHOP_MODEL_KEY'] } },
  });
  const epic = await github.opensEpic('Checkout', { cart: {} });

  await ana.labels(epic, 'swarm:execute');

  expect(github.unread()).toEqual([]);
  await agents.at('cart').finishes(code);
});

story('a plan tells what would hold its epic back', async ({ github, ana }) => {
  await github.stage.commit('ana', { [SEGMENT]: segmentOf('2'.repeat(40)), '.gitmodules': '[submodule "lib"]\n' });
  github.rules({ name: 'Team branches', branch: '~ALL', noCreation: true });
  const epic = await github.opensEpic('Checkout', { cart: {} });

  await ana.comments(epic, '/swarm plan');

  const { body } = github.says(epic, /Nothing was started/);
  for (const code of ['WORKFLOWS_DIFFER', 'BRANCH_FORBIDDEN', 'NOT_FETCHED']) expect(body).toContain(code);
  expect(github.runs).toBe(0);
});
