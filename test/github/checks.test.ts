/** The checks that count: of all that GitHub lists for a commit, and of all that a branch requires. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { CLOCK_WORKFLOW, EVENTS_WORKFLOW } from '../../src/core/text/pin.ts';
import { type Client, GitHubRefused } from '../../src/github/client.ts';
import { checksOf, heldWorkflows, missingChecks } from '../../src/github/pulls/checks.ts';
import { BranchRules } from '../../src/github/pulls/rules.ts';
import type { CheckRunAnswer, RollupAnswer, StatusAnswer, SuiteAnswer } from '../../src/github/queries.ts';

interface RunFacts {
  readonly conclusion?: string | null;
  /** Minutes after the first one. Undefined: it has not started. */
  readonly start?: number;
  readonly app?: string;
  /** The run whose suite it is filed under. */
  readonly run?: { readonly id: number; readonly workflow: string; readonly event?: string };
  /** A link to the job's page, as GitHub sets it for jobs; another one for check runs that a token made. */
  readonly url?: string;
}

const HELD = 'ACTION_REQUIRED';
const CI = { id: 1, workflow: 'ci.yml' };
const SWARM = { id: 7, workflow: 'swarm.yml' };
let last = 100;

const check = (name: string, facts: RunFacts = {}): CheckRunAnswer => {
  const { conclusion = 'SUCCESS', start, app = 'github-actions', run, url } = facts;
  return {
    __typename: 'CheckRun',
    name,
    status: conclusion === null ? 'IN_PROGRESS' : 'COMPLETED',
    conclusion,
    startedAt: start === undefined ? null : new Date(start * 60_000).toISOString(),
    detailsUrl: url ?? null,
    checkSuite: {
      app: { databaseId: app === 'github-actions' ? 15_368 : 9, slug: app },
      workflowRun: run
        ? {
            event: run.event ?? 'pull_request',
            resourcePath: `/octo/shop/actions/runs/${run.id}`,
            workflow: { resourcePath: `/octo/shop/actions/workflows/${run.workflow}` },
          }
        : null,
    },
  };
};
/** A job of a workflow run. */
const job = (name: string, run: NonNullable<RunFacts['run']>, facts: RunFacts = {}): CheckRunAnswer =>
  check(name, {
    run,
    url: `https://github.com/octo/shop/actions/runs/${run.id}/job/${++last}`,
    ...facts,
  });
const status = (context: string, state: string): StatusAnswer => ({
  __typename: 'StatusContext',
  context,
  state,
  createdAt: '1970-01-01T00:05:00Z',
});
const rollup = (...nodes: RollupAnswer['contexts']['nodes']): RollupAnswer => ({ contexts: { nodes } });
const counted = (...nodes: RollupAnswer['contexts']['nodes']): readonly string[] =>
  checksOf(rollup(...nodes)).map(({ name, conclusion }) => `${name} ${conclusion}`);

const red = { conclusion: 'FAILURE' } as const;
const cancelled = { conclusion: 'CANCELLED' } as const;

describe('a check counts by its latest run', () => {
  test.each<[string, readonly string[], readonly CheckRunAnswer[]]>([
    [
      'an older run that was cancelled by its concurrency group',
      ['build success'],
      [job('build', CI, { ...cancelled, start: 1 }), job('build', { ...CI, id: 2 }, { start: 2 })],
    ],
    [
      'in whichever order GitHub lists them',
      ['build success'],
      [job('build', { ...CI, id: 2 }, { start: 2 }), job('build', CI, { ...cancelled, start: 1 })],
    ],
    [
      'an older run that failed',
      ['build success'],
      [job('build', CI, { ...red, start: 1 }), job('build', { ...CI, id: 2 }, { start: 2 })],
    ],
    [
      'a newer run that failed',
      ['build failure'],
      [job('build', CI, { start: 1 }), job('build', { ...CI, id: 2 }, { ...red, start: 2 })],
    ],
    [
      'a newer run that waits for a runner',
      ['build pending'],
      [job('build', CI, { start: 1 }), job('build', { ...CI, id: 2 }, { conclusion: null })],
    ],
    [
      'a run for a push that the run for the pull request cancelled',
      ['build success'],
      [
        job('build', { ...CI, event: 'push' }, { ...cancelled, start: 1 }),
        job('build', { ...CI, id: 2 }, { start: 2 }),
      ],
    ],
    [
      'the latest run, where that one was cancelled',
      ['build failure'],
      [
        job('build', CI, { ...cancelled, start: 2 }),
        job('build', { ...CI, id: 2, event: 'push' }, { ...cancelled, start: 1 }),
      ],
    ],
  ])('%s', (_, expected, nodes) => {
    expect(counted(...nodes)).toEqual(expected);
  });

  test.each<[string, readonly CheckRunAnswer[]]>([
    [
      'another workflow',
      [job('build', CI, { ...red, start: 1 }), job('build', { id: 2, workflow: 'nightly.yml' }, { start: 2 })],
    ],
    [
      'another event',
      [job('build', { ...CI, event: 'push' }, { ...red, start: 1 }), job('build', { ...CI, id: 2 }, { start: 2 })],
    ],
    ['another app', [job('build', CI, { ...red, start: 1 }), check('build', { app: 'circle', start: 2 })]],
    ['a token', [job('build', CI, { ...red, start: 1 }), check('build', { run: { ...CI, id: 2 }, start: 2 })]],
  ])('and not by one of the same name from %s', (_, nodes) => {
    expect(counted(...nodes)).toEqual(['build failure', 'build success']);
  });

  test('a check that went stale did not pass', () => {
    expect(counted(check('build', { conclusion: 'STALE', start: 1 }))).toEqual(['build failure']);
  });

  test('one that is pending says since when, if GitHub does', () => {
    const running = [check('build', { conclusion: null, start: 3 }), check('lint', { conclusion: null })];
    expect(checksOf(rollup(...running, status('deploy', 'PENDING'), status('docs', 'ERROR')))).toEqual([
      { name: 'build', conclusion: 'pending', since: 180_000 },
      { name: 'lint', conclusion: 'pending' },
      { name: 'deploy', conclusion: 'pending', since: 300_000 },
      { name: 'docs', conclusion: 'failure' },
    ]);
  });
});

describe('workflows that wait for an approval', () => {
  const suite = (workflow: string, conclusion: string | null, at = 1, event = 'pull_request'): SuiteAnswer => ({
    conclusion,
    createdAt: `1970-01-01T00:0${at}:00Z`,
    workflowRun: {
      event,
      workflow: { name: workflow, resourcePath: `/octo/shop/actions/workflows/${workflow}.yml` },
    },
  });

  test.each<[string, readonly string[], readonly SuiteAnswer[]]>([
    ['are named once each', ['ci', 'e2e'], [suite('e2e', HELD), suite('ci', HELD), suite('ci', HELD, 2, 'push')]],
    ['are not those with a later run', [], [suite('ci', null, 2), suite('ci', HELD)]],
    ['are those with an earlier run', ['ci'], [suite('ci', HELD, 2), suite('ci', 'SUCCESS')]],
    ['are not those of another event', ['ci'], [suite('ci', HELD), suite('ci', 'SUCCESS', 2, 'push')]],
    ['are not swarm’s own', [], [suite('swarm', HELD)]],
    ['are not checks of other apps', [], [{ ...suite('ci', HELD), workflowRun: null }]],
  ])('%s', (_, expected, suites) => {
    expect(heldWorkflows(suites)).toEqual(expected);
  });
});

describe('jobs of swarm’s own workflow', () => {
  const read = (file: string) =>
    parse(readFileSync(join(import.meta.dirname, '../../.github/workflows', file), 'utf8')) as {
      readonly jobs: Readonly<Record<string, { readonly name: string }>>;
    };
  const names = (file: string) => Object.values(read(file).jobs).map(({ name }) => name);
  const all = names('swarm.yml').flatMap((name) => {
    const whole = name.replace(/\$\{\{ matrix\.segment \}\}/, '14');
    return whole === name ? [name] : [whole, ...names('segment.yml').map((inner) => `${whole} / ${inner}`)];
  });

  test.each([
    ...all.map((name) => [name, 'swarm.yml']),
    ...[EVENTS_WORKFLOW, CLOCK_WORKFLOW].flatMap((file) => names(file).map((name) => [name, file])),
  ])('“%s” of %s says nothing about the commit it runs on', (name, workflow) => {
    expect(counted(job(name, { ...SWARM, workflow }, red))).toEqual([]);
  });

  test('are known by their address after the repository was renamed', () => {
    const url = 'https://github.com/octo/old-name/actions/runs/7/job/8';
    expect(counted(job('plan', SWARM, { ...red, url }))).toEqual([]);
  });

  test.each<[string, CheckRunAnswer]>([
    ['a token made and GitHub filed under swarm’s run', check('plan', { ...red, run: SWARM })],
    [
      'links to the run of its own job',
      check('plan', { ...red, run: SWARM, url: 'https://github.com/octo/shop/actions/runs/8/job/9' }),
    ],
    [
      'links to the run itself',
      check('plan', { ...red, run: SWARM, url: 'https://github.com/octo/shop/actions/runs/7' }),
    ],
    ['another app made', job('plan', SWARM, { ...red, app: 'circle' })],
    ['belongs to another workflow', job('plan', { id: 7, workflow: 'my-swarm.yml' }, red)],
  ])('are not taken for a check of the same name that %s', (_, run) => {
    expect(counted(run)).toEqual(['plan failure']);
  });

  test.each(['audit', 'segment 14 / audit', 'swarm / tests', 'plan B'])('do not hide “%s”', (name) => {
    expect(counted(job(name, SWARM, red))).toEqual([`${name} failure`]);
  });
});

describe('the required checks of a branch', () => {
  const HERE = { owner: 'octo', name: 'shop' };
  const rule = (...required: readonly { context: string; integration_id?: number }[]) => ({
    type: 'required_status_checks',
    parameters: { required_status_checks: required },
  });
  /** @param contexts of classic protection. */
  const client = (
    rules: readonly unknown[] | GitHubRefused,
    contexts: readonly string[] | GitHubRefused = [],
  ): Client =>
    ({
      paginate: async () => {
        if (rules instanceof GitHubRefused) throw rules;
        return rules;
      },
      request: async () => {
        if (contexts instanceof GitHubRefused) throw contexts;
        return { data: { protection: { required_status_checks: { contexts } } } };
      },
    }) as never;
  const missing = async (from: Client, ...nodes: RollupAnswer['contexts']['nodes']) =>
    missingChecks(await new BranchRules(from, HERE).requiredChecks('main'), rollup(...nodes));

  test('are those of its rulesets and of its classic protection, each named once', async () => {
    const from = client([{ type: 'deletion' }, rule({ context: 'e2e' }, { context: 'build' })], ['e2e', 'license']);
    expect(await missing(from, check('build', red))).toEqual(['e2e', 'license']);
  });

  test('are reported by a status as well', async () => {
    expect(await missing(client([rule({ context: 'e2e' })]), status('e2e', 'PENDING'))).toEqual([]);
  });

  test('count only from the app that the rule names', async () => {
    const from = client([rule({ context: 'e2e', integration_id: 9 })]);
    expect(await missing(from, check('e2e'))).toEqual(['e2e']);
    expect(await missing(from, check('e2e', { app: 'circle' }))).toEqual([]);
  });

  test('are not known on a server that does not show them, and an outage is no answer', async () => {
    const refused = (code: number) => new GitHubRefused('No', code);
    expect(await missing(client(refused(404), refused(403)))).toEqual([]);
    await expect(missing(client(refused(500)))).rejects.toThrow('No');
  });
});
