/** `swarm doctor` on an emulated GitHub: a sound repository has nothing to fix, and each planted fault is found and named. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { parseWorkflow } from '../../src/cli/doctor/command.ts';
import { readConfig } from '../../src/config/read.ts';
import { COMMAND_LABELS, DEFAULT_LABELS } from '../../src/core/model/config.ts';
import { ALL_WORKFLOWS, pinned, WORKFLOWS_FOLDER } from '../../src/core/text/pin.ts';
import { type Emulator, startEmulator } from '../../src/emulator/doors/server.ts';
import type { Repository } from '../../src/emulator/model/records.ts';
import type { World } from '../../src/emulator/world/world.ts';
import { makeClient } from '../../src/github/client.ts';
import { examine } from '../../src/github/setup/checks.ts';
import { JOBS } from '../../src/github/setup/workflows.ts';
import { sayProblem } from '../../src/words/problems.ts';
import { CHECK_NAMES } from '../../src/words/terminal/checks.ts';
import { LABEL_WORDS } from '../../src/words/terminal/labels.ts';
import { type Files, git, type Ran, Repositories, run } from './bench.ts';

const repositories = new Repositories();
afterAll(() => repositories.close());

const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
const COMMIT = '1'.repeat(40);
const released = (name: string, commit = COMMIT): string =>
  pinned(readFileSync(`${WORKFLOWS_FOLDER}/${name}`, 'utf8'), { commit, version }) ?? '';
const path = (name: string): string => `${WORKFLOWS_FOLDER}/${name}`;

const SOUND: Files = {
  ...Object.fromEntries(ALL_WORKFLOWS.map((name) => [path(name), released(name)])),
  '.github/swarm.yml': 'agent: claude\napprovals: 1\n',
  'AGENTS.md': '# Shop\n',
  'package.json': '{"scripts": {"test": "node --test"}}',
};

let emulator: Emulator;
let world: World;
let tokens: Record<'ana' | 'rita', string>;
beforeAll(async () => {
  emulator = await startEmulator();
  world = emulator.world;
  const owner = world.addUser('harbour', 'Organization');
  const [ana, rita] = [world.addUser('ana'), world.addUser('rita')];
  owner.members.add(ana.id);
  tokens = { ana: world.tokens.forUser(ana), rita: world.tokens.forUser(rita) };
});
afterAll(async () => {
  expect(emulator.findings).toEqual([]);
  expect(emulator.unimplemented).toEqual([]);
  await emulator.close();
});

let made = 0;

/** A repository in which nothing is wrong, with these files in place of others; undefined leaves one out. */
async function repository(files: Readonly<Record<string, string | undefined>> = {}): Promise<Repository> {
  made += 1;
  const owner = world.user('harbour');
  if (!owner) throw new Error('The owner is not there.');
  const repository = await world.addRepository(owner, `shop-${made}`, { visibility: 'public' });
  repository.collaborators.set(world.as('ana').user.id, 'admin');
  repository.secrets.set('ANTHROPIC_API_KEY', 'x');
  for (const key of COMMAND_LABELS) {
    world.issues.createLabel(world.as('ana'), repository, { name: DEFAULT_LABELS[key], color: LABEL_WORDS[key].color });
  }
  const all = Object.entries({ ...SOUND, ...files }).filter((each): each is [string, string] => each[1] !== undefined);
  await seed(repository, Object.fromEntries(all));
  return repository;
}

async function seed(repository: Repository, files: Files, branch = 'main'): Promise<string> {
  const author = { name: 'ana', email: 'ana@example.com', date: world.now() };
  return (await world.git(repository)).seed(files, { branch, message: 'chore: set up', author });
}

interface Told {
  readonly repository: string;
  readonly failed: number;
  readonly checks: readonly {
    readonly check: string;
    readonly result: 'pass' | 'warn' | 'fail' | 'unknown';
    readonly code?: string;
    readonly what: string;
    readonly next?: string;
  }[];
}

const doctor = ({ name }: Repository, ...args: string[]): Promise<Ran> => doctorAs('ana', `harbour/${name}`, ...args);
const doctorAs = (who: keyof typeof tokens, ...args: string[]): Promise<Ran> =>
  run(['doctor', ...args], {
    cwd: repositories.folder,
    variables: { GITHUB_API_URL: `${emulator.url}/api/v3`, GITHUB_TOKEN: tokens[who] },
  });
const told = ({ out }: Ran): Told => JSON.parse(out) as Told;
/** Everything that is not in order: `fail ACTIONS_OFF`. */
const faultsOf = (ran: Ran): readonly string[] =>
  told(ran)
    .checks.filter(({ result }) => result !== 'pass')
    .map(({ result, code = '', check }) => `${result} ${code || check}`);

describe('swarm doctor (R9.3)', () => {
  it('finds nothing in a sound repository, makes every check, and ends with 0', async () => {
    const ran = await doctor(await repository(), '--json');
    expect([faultsOf(ran), ran.status, ran.err]).toEqual([[], 0, '']);
    const ofCheckouts = ['instructions', 'tools', 'gates'];
    expect(told(ran).checks.map(({ check }) => check)).toEqual(
      CHECK_NAMES.filter((name) => !ofCheckouts.includes(name)),
    );
  });

  it('says each line in at most 80 columns, with the fix and the code, and ends with 1 if one fails', async () => {
    const { status, out } = await doctor(
      await repository({ [path('segment.yml')]: undefined, 'AGENTS.md': undefined }),
    );
    expect(status).toBe(1);
    expect(out).toMatch(/^harbour\/shop-\d+\n\npass {2}repository +can be written to/);
    expect(out.replaceAll(/\n {7,}/g, ' ')).toMatch(
      /\nFAIL {2}workflows +The workflow "\.github\/workflows\/segment\.yml" is not on the default branch\. +\[WORKFLOW_MISSING\]\n {6}Why .*\n {6}Next .*\n {6}Docs {2}docs\/problems\.md#workflow-missing\n/,
    );
    expect(out).toMatch(/\nwarn {2}guide /);
    expect(out).toMatch(/\n1 thing to fix first: 1 warning, \d+ passed\.\n$/);
    for (const line of out.split('\n')) expect(line.length, line).toBeLessThanOrEqual(80);
  });

  it('never takes for absent what the token may not see', async () => {
    const shop = await repository();
    shop.secrets.clear();
    const ran = await doctorAs('rita', `harbour/${shop.name}`, '--json');
    expect(faultsOf(ran).filter((fault) => fault.startsWith('fail'))).toEqual([]);
    expect(faultsOf(ran)).toEqual(
      expect.arrayContaining(['unknown actions', 'unknown pulls', 'unknown secrets', 'unknown kill switch']),
    );
    expect(told(ran).checks.find(({ check }) => check === 'secrets')?.what).toContain('secrets: read');
  });

  it.each([
    [['harbour'], '"harbour" is not a repository.'],
    [['harbour/nowhere'], 'There is no repository harbour/nowhere.'],
    [[], 'No repository is given.'],
  ])('for %j says what, why and what next', async (args, says) => {
    const { status, err } = await doctorAs('ana', ...args);
    expect([status, err]).toEqual([1, expect.stringContaining(says)]);
    expect(err).toMatch(/^\S.*\nWhy {3}\S.*\nNext {2}\S.*\n$/);
  });

  it('says so where there is no token', async () => {
    const { status, err } = await run(['doctor', 'octo/shop'], { variables: { GITHUB_API_URL: emulator.url } });
    expect([status, err]).toEqual([1, expect.stringContaining('There is no token.')]);
  });
});

// ── planted faults ──────────────────────────────────────────────────────────────────────────────────────────────────

interface Plant {
  readonly files?: Readonly<Record<string, string | undefined>>;
  readonly does?: (repository: Repository) => Promise<unknown> | unknown;
}

const inWorkflow = (name: string, from: string | RegExp, to: string): Plant => {
  const text = released(name).replace(from, to);
  expect(text, `${String(from)} stands in ${name}`).not.toBe(released(name));
  return { files: { [path(name)]: text } };
};
const config = (text: string): Plant => ({ files: { '.github/swarm.yml': text } });
const rule = (added: Partial<Parameters<World['addRule']>[1]>): Plant => ({
  does: (repository) => world.addRule(repository, { noForcePush: false, noDeletion: false, ...added }),
});
const policy = (change: Partial<Repository['actionsPolicy']>): Plant => ({
  does: (repository) => {
    repository.actionsPolicy = { ...repository.actionsPolicy, ...change };
  },
});
const switchOff = (name: string): Plant => ({
  does: (repository) => world.runs.setState(world.runs.workflow(repository, path(name), name), 'disabled_manually'),
});
const red = async (repository: Repository): Promise<void> => {
  const head = await (await world.git(repository)).readRef('refs/heads/main');
  const response = await fetch(`${emulator.url}/repos/harbour/${repository.name}/statuses/${head}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${tokens.ana}` },
    body: JSON.stringify({ state: 'failure', context: 'ci / test' }),
  });
  expect(response.status).toBe(201);
};

const PLANTED: readonly (readonly [string, readonly string[], () => Plant])[] = [
  [
    'the dispatched workflow is missing',
    ['fail WORKFLOW_MISSING'],
    () => ({ files: { [path('swarm.yml')]: undefined } }),
  ],
  [
    'the called workflow is missing',
    ['fail WORKFLOW_MISSING'],
    () => ({ files: { [path('segment.yml')]: undefined } }),
  ],
  ['nothing listens to people', ['warn TRIGGER_MISSING'], () => ({ files: { [path('swarm-events.yml')]: undefined } })],
  ['there is no clock', ['warn TRIGGER_MISSING'], () => ({ files: { [path('swarm-clock.yml')]: undefined } })],
  ['a workflow is not YAML', ['fail WORKFLOW_INVALID'], () => inWorkflow('swarm-clock.yml', 'jobs:', 'jobs: [')],
  ['a job is gone', ['fail WORKFLOW_INVALID'], () => inWorkflow('segment.yml', '  verify:\n', '  check:\n')],
  ['a workflow is switched off', ['fail WORKFLOW_OFF'], () => switchOff('swarm.yml')],
  ['the events are switched off', ['fail WORKFLOW_OFF'], () => switchOff('swarm-events.yml')],
  [
    'workflows of two commits',
    ['fail WORKFLOWS_DIFFER'],
    () => ({ files: { [path('segment.yml')]: released('segment.yml', '2'.repeat(40)) } }),
  ],
  [
    'workflows that no release wrote',
    ['fail WORKFLOW_UNPINNED', 'fail WORKFLOW_UNPINNED', 'fail WORKFLOW_UNPINNED', 'fail WORKFLOW_UNPINNED'],
    () => ({
      files: Object.fromEntries(ALL_WORKFLOWS.map((name) => [path(name), readFileSync(path(name), 'utf8')])),
    }),
  ],
  [
    'an action by a tag',
    ['warn WORKFLOW_UNPINNED', 'fail WORKFLOWS_DIFFER'],
    () => inWorkflow('swarm-clock.yml', /@1{40} # v\S+/, '@v1'),
  ],
  [
    'workflows of another version',
    ['warn WORKFLOWS_OLD'],
    () => inWorkflow('swarm-clock.yml', `# v${version}`, '# v0.0.1'),
  ],
  [
    'a job lacks a right',
    ['fail JOB_PERMISSIONS'],
    () => inWorkflow('swarm-events.yml', /issues: write.*/, 'issues: read'),
  ],
  [
    'a job that runs an agent may write',
    ['fail JOB_PERMISSIONS'],
    () => inWorkflow('segment.yml', 'contents: read', 'contents: write'),
  ],
  [
    'a job that may write has a step more',
    ['fail JOB_STEPS'],
    () =>
      inWorkflow(
        'segment.yml',
        '      - name: commit and report\n',
        '      - run: make\n      - name: commit and report\n',
      ),
  ],
  [
    'a runner that nobody has',
    ['warn RUNNER_MISSING'],
    () => inWorkflow('segment.yml', 'ubuntu-latest', '[self-hosted, gpu]'),
  ],
  [
    'a runner for small jobs that is offline',
    ['warn RUNNER_MISSING'],
    () => ({
      does: (repository) => {
        world.setVariable(repository, 'SWARM_RUNNER', 'small');
        repository.selfHosted.push({ id: 1, name: 'one', labels: ['self-hosted', 'small'], isOnline: false });
      },
    }),
  ],
  ['Actions is off', ['fail ACTIONS_OFF'], () => policy({ enabled: false })],
  ['only own actions are allowed', ['fail ACTION_REFUSED'], () => policy({ allowed: 'local_only' })],
  [
    'only selected actions are allowed',
    ['fail ACTION_REFUSED'],
    () => policy({ allowed: 'selected', verified: false, patterns: ['octo/*', '!swarm-engineering/swarm@*'] }),
  ],
  [
    'full commits are required',
    ['fail ACTION_REFUSED'],
    () => ({
      ...inWorkflow('segment.yml', '      # The walls', '      - uses: actions/setup-node@v6\n      # The walls'),
      ...policy({ fullCommits: true }),
    }),
  ],
  [
    'Actions may not open pull requests',
    ['fail PULLS_NOT_ALLOWED'],
    () => ({
      does: (repository) => {
        repository.actionsMayApprove = false;
      },
    }),
  ],
  ['the agent’s secret is missing', ['fail SECRET_MISSING'], () => ({ does: ({ secrets }) => secrets.clear() })],
  [
    'the reviewer’s secret is missing',
    ['fail SECRET_MISSING'],
    () => config('agent: claude\nroles: { reviewer: codex }\n'),
  ],
  [
    'a key is not passed on',
    ['warn KEY_NOT_PASSED'],
    () => config('agent: mine\nagents:\n  mine: { command: [node, a.mjs], environment: [MINE_KEY] }\n'),
  ],
  ['no agent', ['fail AGENT_NOT_SET'], () => config('approvals: 1\n')],
  ['a config that is not YAML', ['fail CONFIG_YAML', 'fail AGENT_NOT_SET'], () => config('agent: [\n')],
  ['a wrong value', ['fail CONFIG_VALUE'], () => config('agent: claude\napprovals: many\n')],
  ['an unknown key', ['warn CONFIG_KEY'], () => config('agent: claude\naprovals: 1\n')],
  ['two configs', ['fail CONFIG_AMBIGUOUS'], () => ({ files: { '.github/swarm.yaml': 'agent: claude\n' } })],
  ['no such base', ['fail BASE_MISSING'], () => config('agent: claude\nbase: develop\n')],
  ['a red base', ['fail BASE_RED'], () => ({ does: red })],
  [
    'a merge method that is not allowed',
    ['fail MERGE_METHOD'],
    () => ({
      ...config('agent: claude\nmerge-method: rebase\n'),
      does: (repository) => {
        repository.merges = { ...repository.merges, rebase: false };
      },
    }),
  ],
  [
    'more approvals than the config asks for',
    ['warn APPROVALS_DIFFER'],
    () => rule({ branch: '~DEFAULT_BRANCH', pullRequest: { approvals: 2 } }),
  ],
  [
    'required checks that wait for a person',
    ['warn REQUIRED_CHECKS_WAIT'],
    () => rule({ branch: '~DEFAULT_BRANCH', requiredChecks: [{ context: 'ci / test', appId: null }] }),
  ],
  ['deployments', ['warn BASE_RULE'], () => rule({ branch: '~DEFAULT_BRANCH', deployments: ['staging'] })],
  [
    'branches that nobody may create',
    ['fail BRANCH_FORBIDDEN'],
    () => rule({ name: 'No branches', branch: '~ALL', noCreation: true }),
  ],
  [
    'branches that need another name',
    ['fail BRANCH_FORBIDDEN'],
    () =>
      rule({
        name: 'Names',
        branch: '~ALL',
        namePattern: { operator: 'starts_with', pattern: 'team/', negate: false },
      }),
  ],
  [
    'a branch in the way',
    ['fail BRANCH_IN_WAY'],
    () => ({ does: (repository) => seed(repository, { a: 'a' }, 'feat') }),
  ],
  [
    'labels for commands are missing',
    ['warn LABELS_MISSING'],
    () => ({ does: ({ labels }) => labels.delete('swarm:execute') }),
  ],
  [
    'the kill switch is on',
    ['fail DISABLED'],
    () => ({ does: (repository) => world.setVariable(repository, 'SWARM_DISABLED', 'true') }),
  ],
  ['submodules', ['warn NOT_FETCHED'], () => ({ files: { '.gitmodules': '[submodule "a"]\n\tpath = a\n' } })],
  ['files in Git LFS', ['warn NOT_FETCHED'], () => ({ files: { '.gitattributes': '*.psd filter=lfs\n' } })],
  ['nothing tells agents how to work', ['warn GUIDE_MISSING'], () => ({ files: { 'AGENTS.md': undefined } })],
  [
    'issues are off',
    ['fail ISSUES_OFF'],
    () => ({
      does: (repository) => {
        repository.hasIssues = false;
      },
    }),
  ],
  [
    'an archived repository',
    ['fail REPOSITORY_ARCHIVED'],
    () => ({
      does: (repository) => {
        repository.archived = true;
      },
    }),
  ],
];

/** The checks without the program around them, which takes a second to start. */
async function inspected({ name }: Repository): Promise<readonly string[]> {
  const client = makeClient({ apiUrl: `${emulator.url}/api/v3`, token: tokens.ana });
  const repository = { owner: 'harbour', name };
  const found = await examine({
    ...{ client, repository, version, parseWorkflow },
    parseConfig: ({ file, text }) => readConfig(text, file),
  });
  return (found?.checks ?? []).flatMap((check) => {
    if (check.kind === 'passed') return [];
    if (check.kind === 'hidden') return [`unknown ${check.check}`];
    const { code, why, next } = sayProblem(check.problem, { form: 'plain' });
    expect([why, next]).toEqual([expect.stringMatching(/\S[.]$/), expect.stringMatching(/\S[.]$/)]);
    return [`${check.level === 'error' ? 'fail' : 'warn'} ${code}`];
  });
}

describe('a planted fault is found and named, and nothing else', () => {
  it('there are many', () => expect(PLANTED.length).toBeGreaterThanOrEqual(25));

  it.each(PLANTED)('%s', async (_, expected, plant) => {
    const { files, does } = plant();
    const shop = await repository(files);
    await does?.(shop);
    expect(await inspected(shop)).toEqual(expected);
  });

  it('in a repository without commits', async () => {
    const owner = world.user('harbour');
    if (!owner) throw new Error('The owner is not there.');
    const empty = await world.addRepository(owner, 'empty', { visibility: 'public' });
    empty.collaborators.set(world.as('ana').user.id, 'admin');
    expect(await inspected(empty)).toEqual(['fail REPOSITORY_EMPTY']);
  });
});

describe('what is no fault', () => {
  it.each<readonly [string, () => Plant]>([
    [
      'with the app: two workflows, no right of Actions to open pull requests, required checks',
      () => ({
        files: { [path('swarm-events.yml')]: undefined, [path('swarm-clock.yml')]: undefined },
        does: (repository) => {
          world.setVariable(repository, 'SWARM_APP', 'true');
          repository.actionsMayApprove = false;
          world.addRule(repository, {
            ...{ branch: '~DEFAULT_BRANCH', noForcePush: false, noDeletion: false },
            requiredChecks: [{ context: 'ci / test', appId: null }],
          });
        },
      }),
    ],
    [
      'a token of one’s own to publish with',
      () => ({
        does: (repository) => {
          repository.actionsMayApprove = false;
          repository.secrets.set('SWARM_PUBLISH_TOKEN', 'x');
        },
      }),
    ],
    [
      'the organization’s secret, and the other key of the agent',
      () => ({
        does: (repository) => {
          repository.secrets.clear();
          repository.organizationSecrets.add('CLAUDE_CODE_OAUTH_TOKEN');
        },
      }),
    ],
    ['the clock, switched off while no epic is under way', () => switchOff('swarm-clock.yml')],
    [
      'selected actions that fit',
      () => policy({ allowed: 'selected', verified: false, patterns: [`swarm-engineering/*@${COMMIT}`] }),
    ],
    [
      'a runner of one’s own that is online',
      () => ({
        does: (repository) => {
          world.setVariable(repository, 'SWARM_RUNNER', 'Small');
          repository.selfHosted.push({ id: 1, name: 'one', labels: ['self-hosted', 'small'], isOnline: true });
        },
      }),
    ],
    ['another name of the branch', () => config('agent: claude\nbranch: "swarm/{number}-{slug}"\n')],
  ])('%s', async (_, plant) => {
    const { files, does } = plant();
    const shop = await repository(files);
    await does?.(shop);
    expect(await inspected(shop)).toEqual([]);
  });
});

describe('in a checkout', () => {
  it('finds the repository by its remote, and checks gates, set-up steps, personas and skills', async () => {
    const shop = await repository();
    const root = repositories.make({
      ...SOUND,
      'package.json': '{"scripts": {}}',
      '.nvmrc': '20.11.0\n',
      '.github/agents/tester.agent.md': 'Test. '.repeat(20_000),
    });
    git(root, 'remote', 'add', 'origin', `${emulator.url}/harbour/${shop.name}.git`);
    const variables = { GITHUB_API_URL: `${emulator.url}/api/v3`, GH_TOKEN: tokens.ana };
    const ran = await run(['doctor', '--json'], { cwd: root, variables });
    expect(told(ran).repository).toBe(`harbour/${shop.name}`);
    expect(faultsOf(ran)).toEqual(['warn INSTRUCTIONS_UNREADABLE', 'warn TOOLCHAIN_MISSING', 'warn NO_GATES']);
    expect(ran.status).toBe(0);
    const elsewhere = await run(['doctor', `harbour/${(await repository()).name}`, '--json'], { cwd: root, variables });
    expect(faultsOf(elsewhere)).toEqual([]);
  });
});

it('the rights that doctor asks for are those of the shipped workflows', () => {
  for (const name of ALL_WORKFLOWS) {
    const { jobs } = parse(released(name)) as { jobs: Record<string, { permissions: unknown }> };
    expect(Object.fromEntries(Object.entries(jobs).map(([job, { permissions }]) => [job, permissions])), name).toEqual(
      JOBS[name],
    );
  }
});
