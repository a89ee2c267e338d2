/**
 * The same swarm with nothing played: the emulator's runner runs `swarm.yml` and `segment.yml` as users install them, with
 * the compiled action in processes of their own, a real agent and real gates. Slow, so only for what the played
 * stories cannot show.
 */

import type { StageOptions } from '../rig/stage.ts';
import { expect, story } from '../rig/story.ts';
import { until } from '../rig/wait.ts';

/** Follows the lines `AGENT: <word> <argument>`, and from its second try on also `AGENT2: …`. */
const AGENT = `
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
const brief = readFileSync(process.env.SWARM_BRIEF_FILE, 'utf8');
const write = (path, text) => { mkdirSync(dirname(path), { recursive: true }); writeFileSync(path, text); };
const again = process.env.SWARM_TRY !== '1';
for (const [, late, word, rest] of brief.matchAll(/^AGENT(2?): (\\w+) ?(.*)$/gm)) {
  if (late && !again) continue;
  const at = rest.indexOf(' = ');
  if (word === 'writes') write(rest.slice(0, at), rest.slice(at + 3) + '\\n');
  if (word === 'signs' && !existsSync(rest)) write(rest, process.env.SWARM_ATTEMPT);
  if (word === 'waits' && process.env.SWARM_ATTEMPT.endsWith('-1')) {
    console.log('waiting');
    await new Promise((resolve) => setTimeout(resolve, 300_000));
  }
  if (word === 'crashes') { console.error('The agent is out of memory'); process.exit(Number(rest)); }
}
writeFileSync(process.env.SWARM_REPORT_FILE, JSON.stringify({ summary: 'Did as told.' }));
`;

const stage: StageOptions = {
  runs: 'real',
  files: {
    'agent.mjs': AGENT,
    'package.json': JSON.stringify({ name: 'shop', private: true, type: 'module', scripts: { test: 'node --test' } }),
    'src/shop.js': 'export const open = true;\n',
    'test/shop.test.js': "import test from 'node:test';\ntest('the shop is there', () => import('../src/shop.js'));\n",
  },
};
const options = { told: ['on time'], stage } as const;

const tested = (
  name: string,
  value: string,
): string => `AGENT: writes src/${name}/index.js = export const value = ${value};
AGENT: writes test/${name}.test.js = import test from 'node:test'; import { value } from '../src/${name}/index.js'; test('${name}', (t) => t.assert.equal(value, 1));`;
const files = (name: string) => [`src/${name}/**`, `test/${name}.test.js`];

story(
  'real agents take a real epic from its start to its end, and fix what fails its tests',
  async ({ github, ana }) => {
    const epic = await github.opensEpic('Checkout', {
      cart: { files: files('cart'), text: tested('cart', '1') },
      payment: {
        files: files('payment'),
        text: `${tested('payment', '2')}\nAGENT2: writes src/payment/index.js = export const value = 1;`,
      },
      receipt: { files: files('receipt'), text: tested('receipt', '1'), blockedBy: ['cart', 'payment'] },
    });
    await ana.labels(epic, 'swarm:execute');
    await ana.approves('cart');
    await ana.approves('payment');
    await ana.approves('receipt');
    github.says(epic, /swarm accept/);
    await ana.comments(epic, '/swarm accept');

    github.says(epic, /Accepted by/);
    expect(github.board(epic)).toMatchInlineSnapshot(`
      "wave 1  cart     merged  #5 gates green, approved by ana
              payment  merged  #6 gates green, approved by ana
      wave 2  receipt  merged  #7 gates green, approved by ana
      epic    closed as completed by swarm"
    `);
    expect(github.panel(epic)).toMatch(/\| #3 `Payment` \| .* \| 1 \| 2 \|/);
    expect(await github.file('src/payment/index.js')).toBe('export const value = 1;\n');
  },
  options,
);

story(
  'mistakes of a real agent are reported, and none of them is merged',
  async ({ github, ana }) => {
    const does = (text: string, name: string) => ({ files: files(name), text });
    const epic = await github.opensEpic('Checkout', {
      crash: does('AGENT: crashes 3', 'crash'),
      idle: does('AGENT: thinks', 'idle'),
      scope: does('AGENT: writes README.md = Mine!', 'scope'),
      hooks: does('AGENT: writes .git/hooks/pre-commit = rm -rf /', 'hooks'),
      workflow: does('AGENT: writes .github/workflows/ci.yml = on: push', 'workflow'),
      red: does(tested('red', '2'), 'red'),
    });

    await ana.labels(epic, 'swarm:execute');

    github.says('crash', /AGENT_CRASHED[\s\S]*out of memory[\s\S]*\[the run's artefact\]\(\S+\/artifacts\/\d+\)/);
    github.says('idle', /NO_CHANGE/);
    github.says('scope', /OUT_OF_SCOPE/);
    github.says('hooks', /NO_CHANGE/);
    github.says('workflow', /PROTECTED_PATH/);
    github.says('red', /GATES_FAILED/);
    expect(github.board(epic)).toMatchInlineSnapshot(`
      "wave 1  crash     blocked  AGENT_CRASHED
              idle      blocked  NO_CHANGE
              scope     blocked  OUT_OF_SCOPE, kept on swarm/wip/1.4-1
              hooks     blocked  NO_CHANGE
              workflow  blocked  PROTECTED_PATH
              red       blocked  GATES_FAILED, kept on swarm/wip/1.7-1"
    `);
    expect((await github.branches()).filter((branch) => !branch.startsWith('swarm/wip/'))).toEqual(['main']);
    const kept = github.stage.repository.runs.flatMap(({ artifacts }) => artifacts);
    expect(kept.map(({ name }) => name).sort()).toEqual([2, 3, 4, 5, 6, 7].map((number) => `swarm-1.${number}-1-work`));
    // The output of each gate in every try.
    const red = kept.find(({ name }) => name === 'swarm-1.7-1-work')?.content.toString('latin1') ?? '';
    for (const round of [1, 2, 3]) expect(red).toContain(`-gates-${round}-tests-fail.txt`);
  },
  options,
);

story(
  'after a person cancels a run on GitHub, the next attempt continues from the agent’s work',
  async ({ github, ana }) => {
    const text = `${tested('cart', '1')}\nAGENT: signs src/cart/made-by.txt\nAGENT: waits`;
    const epic = await github.opensEpic('Checkout', { cart: { files: files('cart'), text } });
    const { repository, world } = github.stage;

    const started = ana.labels(epic, 'swarm:execute');
    const waiting = () => repository.runs.find(({ jobs }) => jobs.some(({ log }) => log.includes('waiting')));
    const run = await until('the agent to wait', waiting);
    if (!world.actions) throw new Error('nothing runs');
    await world.actions.cancel(run, 'ask');
    await started;

    expect(run.conclusion).toBe('cancelled');
    const jobs = run.jobs.filter(({ name }) => name.startsWith('segment'));
    expect(jobs.map(({ name, conclusion }) => `${name}: ${conclusion}`)).toEqual([
      'segment 2 / work: cancelled',
      'segment 2 / verify: cancelled',
      'segment 2 / publish: success',
    ]);
    expect(run.artifacts.map(({ name }) => name)).toEqual(['swarm-1.2-1-work']);
    await ana.approves('cart');
    expect(github.board(epic)).toContain('cart  merged');
    expect(await github.file('src/cart/made-by.txt')).toBe('1.2-1');
    github.says(epic, /swarm accept/);
  },
  options,
);

story(
  'the repository’s own CI runs on each head of a pull request, without anybody’s click',
  async ({ github, ana }) => {
    const text = `${tested('cart', '1')}\nAGENT: signs src/cart/made-by.txt`;
    const epic = await github.opensEpic('Checkout', { cart: { files: files('cart'), text } });
    const { repository } = github.stage;
    const ci = () =>
      repository.runs
        .filter(({ workflow }) => workflow.path.endsWith('/ci.yml'))
        .map(({ event, headSha, conclusion }) => [event, headSha, conclusion]);
    const opened = github.protects({ checks: ['unit'] });

    await ana.labels(epic, 'swarm:execute');
    const first = github.pull('cart').headSha;
    expect(ci()).toEqual([
      ['push', first, 'success'],
      ['pull_request', first, 'success'],
    ]);

    await ana.rejects('cart', 'AGENT: writes src/cart/more.js = export {};');
    const second = github.pull('cart').headSha;
    expect(second).not.toBe(first);
    expect(ci().slice(2)).toEqual([
      ['push', second, 'success'],
      ['pull_request', second, 'success'],
    ]);
    await ana.approves('cart');
    expect(github.board(epic)).toContain('cart  merged');
    github.says(epic, /swarm accept/);
    opened();
  },
  {
    ...options,
    stage: {
      ...stage,
      files: {
        ...stage.files,
        '.github/workflows/ci.yml': [
          'on: [push, pull_request]',
          'jobs:',
          '  unit:',
          '    runs-on: ubuntu-latest',
          '    steps:',
          '      - run: "true"',
          '',
        ].join('\n'),
      },
    },
  },
);
