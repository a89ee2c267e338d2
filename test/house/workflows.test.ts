/**
 * Workflows and the action, judged by GitHub's own parser, by actionlint, and by the rules that make the three jobs of
 * a segment worth anything (threats §3.4).
 */

import { readdirSync } from 'node:fs';
import { NoOperationTraceWriter } from '@actions/workflow-parser';
import { parseAction } from '@actions/workflow-parser/actions/index';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { AttemptId } from '../../src/core/model/attempt.ts';
import { questionKey } from '../../src/core/model/question.ts';
import {
  ALL_WORKFLOWS,
  CLOCK_WORKFLOW,
  EVENTS_WORKFLOW,
  pinned,
  UNRELEASED,
  WORKFLOWS,
} from '../../src/core/text/pin.ts';
import { TRAITS } from '../../src/emulator/model/flavour.ts';
import { holds } from '../../src/emulator/runner/expression.ts';
import { writeMarker } from '../../src/words/marker.ts';
import { lintErrors, parserErrors } from '../rig/workflow-judges.ts';
import { read, type Source } from './sources.ts';

const FOLDER = '.github/workflows';
const workflows: Source[] = readdirSync(new URL(`../../${FOLDER}`, import.meta.url))
  .filter((name) => /\.ya?ml$/.test(name))
  .sort()
  .map((name) => ({ path: `${FOLDER}/${name}`, text: read(`${FOLDER}/${name}`) }));

/** Those that users install: nothing but swarm runs in their jobs that may write. */
const SHIPPED: readonly string[] = ALL_WORKFLOWS.map((name) => `${FOLDER}/${name}`);

describe.each(workflows)('$path', (workflow) => {
  it("is clean by GitHub's parser and by actionlint", async () => {
    expect(await parserErrors(workflow)).toEqual([]);
    expect(await lintErrors(workflow)).toEqual([]);
  });

  it('keeps the rules (R11.1)', () => {
    expect(breaches(workflow)).toEqual([]);
  });
});

describe('the judges themselves', () => {
  const faulty = (text: string): Source => ({ path: `${FOLDER}/x.yml`, text });

  it('find a mistyped key, an unknown need and a missing input', async () => {
    const job = 'on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps: [{run: ls}]\n';
    expect(await parserErrors(faulty(`${job}    tiemout-minutes: 3\n`))).not.toEqual([]);
    expect(await parserErrors(faulty(`${job}    needs: b\n`))).not.toEqual([]);
    expect(await parserErrors(faulty(`${job}    cache-mode: all\n`))).not.toEqual([]);
    expect(await parserErrors(faulty(`${job}    cache-mode: read\ncache-mode: none\n`))).toEqual([]);
    expect(await parserErrors(faulty(`on: push\njobs:\n  a:\n    uses: ./${FOLDER}/segment.yml\n`))).not.toEqual([]);
    expect(await lintErrors(faulty(`${job}    if: github.evnt\n`))).not.toEqual([]);
  });
});

// --- the action -----------------------------------------------------------------------------------------------------------

const actionErrors = (text: string): string[] =>
  parseAction({ name: 'action.yml', content: text }, new NoOperationTraceWriter())
    .context.errors.getErrors()
    .map(({ message }) => message);

describe('action.yml', () => {
  interface Action {
    readonly inputs: Readonly<Record<string, { readonly description?: string }>>;
    readonly outputs: Readonly<Record<string, { readonly description?: string }>>;
    readonly runs: { readonly using: string; readonly main: string };
  }
  const action = parse(read('action.yml')) as Action;

  it("is clean by GitHub's parser", () => {
    expect(actionErrors(read('action.yml'))).toEqual([]);
    expect(actionErrors(read('action.yml').replace('node24', 'node99'))).not.toEqual([]);
  });

  it('runs the committed bundle on Node 24', () => {
    expect(action.runs).toEqual({ using: 'node24', main: 'dist/action.js' });
  });

  it('describes each input and output, in small letters and dashes', () => {
    for (const [name, { description }] of Object.entries({ ...action.inputs, ...action.outputs })) {
      expect(name).toMatch(/^[a-z][a-z0-9-]*$/);
      expect(description).toMatch(/\S/);
    }
  });

  it('has every input and output that the workflows use', () => {
    for (const { job, path, document } of jobsOf(workflows)) {
      for (const step of job.steps ?? []) {
        if (!step.uses?.startsWith('swarm-engineering/swarm@')) continue;
        for (const name of Object.keys(step.with ?? {})) expect(action.inputs, `${path}: ${name}`).toHaveProperty(name);
        if (step.id === undefined) continue;
        for (const [, name] of JSON.stringify(document).matchAll(
          new RegExp(`steps\\.${step.id}\\.outputs\\.([\\w-]+)`, 'g'),
        )) {
          expect(action.outputs, `${path}: ${name}`).toHaveProperty(name ?? '');
        }
      }
    }
  });
});

// --- the rules ------------------------------------------------------------------------------------------------------------

type Permissions = string | Readonly<Record<string, string>>;

interface Step {
  readonly id?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, string>>;
}

interface Job {
  readonly if?: string;
  readonly needs?: string | readonly string[];
  readonly environment?: unknown;
  readonly uses?: string;
  readonly 'cache-mode'?: unknown;
  readonly steps?: readonly Step[];
  readonly permissions?: Permissions;
  readonly secrets?: unknown;
  readonly env?: Readonly<Record<string, string>>;
  readonly outputs?: Readonly<Record<string, string>>;
  readonly 'timeout-minutes'?: number;
}

interface Workflow {
  readonly on?: unknown;
  readonly permissions?: Permissions;
  readonly 'cache-mode'?: unknown;
  readonly jobs?: Readonly<Record<string, Job>>;
}

const jobsOf = (files: readonly Source[]) =>
  files.flatMap(({ path, text }) => {
    const document = parse(text) as Workflow;
    return Object.entries(document.jobs ?? {}).map(([name, job]) => ({ name, job, path, document }));
  });

const UNTRUSTED =
  /\$\{\{[^}]*\b(?:github\.(?:event|head_ref|ref_name|actor|triggering_actor)|inputs|matrix|needs|steps|env|vars|secrets)\b/;
const PINNED = /^[\w.-]+\/[\w./-]+@[0-9a-f]{40}$/;
const OURS = /^swarm-engineering\/swarm@[0-9a-f]{40}$/;
/** The version stands behind the commit, for people and for the bots that update it. */
const VERSIONED = /^\s*(?:- )?uses: [\w./-]+@[0-9a-f]{40} # (?:v\d+\.\d+\.\d+|no release yet \(docs\/install\.md\))$/;

const RELEASE = `${FOLDER}/release.yml`;
/** It runs the tests of this repository, and nothing of swarm's. */
const CI = `${FOLDER}/ci.yml`;
const PASSES_ON = /^actions\/(?:download-artifact|attest|setup-node)@/;

/** A job of the release that holds a right passes on checked files. The code of the repository never runs beside the right. */
const releaseBreaches = ({ environment, steps = [], needs }: Job): readonly string[] => {
  const found: string[] = [];
  if (environment !== 'release') found.push('holds a right outside the environment `release`');
  if (![needs].flat().includes('build')) found.push('does not wait for the build');
  const downloads = steps.findIndex(({ uses }) => uses?.startsWith('actions/download-artifact@'));
  const check = steps[downloads + 1];
  if (downloads >= 0 && !String(check?.env?.DIGEST).includes('needs.build.outputs.digest'))
    found.push('does not check what it downloads');
  for (const { uses, run } of steps) {
    if (uses !== undefined && !PASSES_ON.test(uses)) found.push(`holds a right, and runs ${uses}`);
    if (/\b(?:(?:node|npx|git|sh|bash|curl)\b(?!\/)|npm (?!publish --ignore-scripts ))/.test(run ?? ''))
      found.push(`holds a right, and runs ${run}`);
  }
  if (JSON.stringify(steps).includes('secrets.')) found.push('sees a secret');
  return found;
};

const mayWrite = (permissions: Permissions | undefined): boolean =>
  typeof permissions === 'string'
    ? permissions !== 'read-all' && permissions !== 'none'
    : Object.values(permissions ?? {}).includes('write');

const breaches = ({ path, text }: Source): string[] => {
  const workflow = parse(text) as Workflow;
  const found: string[] = [];
  const say = (what: string): void => void found.push(`${path}: ${what}`);
  const events =
    typeof workflow.on === 'string'
      ? [workflow.on]
      : Array.isArray(workflow.on)
        ? workflow.on
        : Object.keys(workflow.on ?? {});
  for (const event of ['pull_request_target', 'workflow_run']) if (events.includes(event)) say(`starts on ${event}`);
  if (JSON.stringify(workflow.permissions) !== '{}') say('gives permissions to all its jobs');
  if (path !== CI && workflow['cache-mode'] !== 'none') say('lets its jobs reach the cache');
  for (const line of text.split('\n')) {
    if (/^\s*(?:- )?uses: [^.]/.test(line) && !VERSIONED.test(line)) say(`does not say a version: ${line.trim()}`);
  }
  const shipped = SHIPPED.includes(path);
  for (const [name, job] of Object.entries(workflow.jobs ?? {})) {
    const tell = (what: string): void => say(`job ${name} ${what}`);
    if (job['cache-mode'] !== undefined) tell('may reach the cache');
    if (job.permissions === undefined) tell('does not say its permissions');
    if (job.uses === undefined && job['timeout-minutes'] === undefined) tell('has no time limit');
    if (job.secrets === 'inherit') tell('passes on all secrets');
    if (job.uses !== undefined && !job.uses.startsWith('./') && !PINNED.test(job.uses))
      tell(`calls ${job.uses} unpinned`);
    const writes = mayWrite(job.permissions);
    if (path === RELEASE && writes) {
      for (const what of releaseBreaches(job)) tell(what);
    } else if (typeof job.permissions === 'object' && job.permissions['id-token'] !== undefined) {
      tell('may mint identity tokens');
    }
    for (const step of job.steps ?? []) {
      if (step.run !== undefined && UNTRUSTED.test(step.run)) tell('puts an expression into a shell');
      if (step.uses !== undefined && !PINNED.test(step.uses) && !OURS.test(step.uses))
        tell(`uses ${step.uses} unpinned`);
      if (step.uses?.startsWith('actions/checkout@') && step.with?.['persist-credentials'] !== false)
        tell('leaves its token in the checkout');
      if (step.uses?.startsWith('actions/cache')) tell('uses the cache');
      if (shipped && writes && !OURS.test(step.uses ?? '')) tell('may write, and runs something other than swarm');
      if (shipped && writes && JSON.stringify(withoutOwnToken(step)).includes('secrets.'))
        tell('may write, and sees a secret');
    }
  }
  return found;
};

/** The one secret beside a token that may write: another such token, for swarm itself where it runs nobody else's code. */
const withoutOwnToken = (step: Step): Step =>
  OURS.test(step.uses ?? '') && step.with?.do === 'orchestrate'
    ? { ...step, with: Object.fromEntries(Object.entries(step.with).filter(([name]) => name !== 'publish-token')) }
    : step;

describe('the workflows that people install (R11.1)', () => {
  const commit = '5'.repeat(40);
  const installed = workflows
    .filter(({ path }) => SHIPPED.includes(path))
    .map(({ path, text }) => ({ path, text: pinned(text, { commit, version: '1.2.3' }) ?? '', before: text }));

  it.each(installed)('$path of a release is the one here, with its commit and version', ({ text, before }) => {
    const uses = [...text.matchAll(/uses: (swarm-engineering\/swarm@.*)/g)].map(([, use]) => use);
    expect(uses.length).toBeGreaterThan(0);
    expect(new Set(uses)).toEqual(new Set([`swarm-engineering/swarm@${commit} # v1.2.3`]));
    expect(before.match(/swarm-engineering\/swarm@\S+ #.*/g)).toEqual(
      uses.map(() => `swarm-engineering/swarm@${UNRELEASED} # no release yet (docs/install.md)`),
    );
    expect(text.split('\n').filter((line) => !line.includes(commit))).toEqual(
      before.split('\n').filter((line) => !line.includes(UNRELEASED)),
    );
  });

  it.each(installed)('$path of a release is clean, and keeps the rules', async (workflow) => {
    expect(await lintErrors(workflow)).toEqual([]);
    expect(breaches(workflow)).toEqual([]);
  });

  it('no job takes an action, or a workflow, from a checkout', () => {
    const local = jobsOf(workflows).flatMap(({ job }) => (job.steps ?? []).filter(({ uses }) => uses?.startsWith('.')));
    expect(local).toEqual([]);
    // `./` names the workflow of the caller's own commit on GitHub, as no job has checked anything out by then.
    expect(jobsOf(workflows).flatMap(({ job }) => job.uses ?? [])).toEqual([`./${FOLDER}/segment.yml`]);
  });
});

describe('on a GitHub Enterprise Server, the workflows that people install', () => {
  it('have no more inputs than it takes, and no path that it does not know', () => {
    for (const path of SHIPPED) {
      const { on } = parse(read(path)) as { on: { workflow_dispatch?: { inputs: object } } };
      expect(Object.keys(on.workflow_dispatch?.inputs ?? {}).length).toBeLessThanOrEqual(
        TRAITS['ghes-3.19'].dispatchInputs,
      );
      expect(read(path)).not.toMatch(/uses: \$\//);
    }
  });
});

describe('what comes after swarm in a job', () => {
  interface After extends Step {
    readonly name?: string;
    readonly if?: string;
    readonly 'continue-on-error'?: unknown;
    readonly 'timeout-minutes'?: number;
  }
  const jobs = jobsOf(workflows.filter(({ path }) => SHIPPED.includes(path))).map(({ name, job }) => {
    const steps: readonly After[] = job.steps ?? [];
    const index = steps.findIndex(({ uses }) => uses?.startsWith('swarm-engineering/swarm@'));
    return { name, steps, index };
  });
  const after = jobs.flatMap(({ name, steps, index }) =>
    steps.slice(index + 1).map((step) => ({ name, step, swarm: steps[index] })),
  );

  it('comes after the walls, where programs of other people run, and nowhere else', () => {
    const before = jobs.flatMap(({ name, steps, index }) => steps.slice(0, index).map((step) => [name, step.name]));
    expect(before).toEqual([
      ['work', 'bubblewrap'],
      ['verify', 'bubblewrap'],
      ['calibrate', 'bubblewrap'],
    ]);
  });

  it('is there where agents and gates run, and nowhere else', () => {
    expect(after.map(({ name }) => name)).toEqual(['work', 'verify', 'calibrate']);
  });

  it.each(after)(
    '$name: keeps what swarm itself wrote, for a few days, always, and fails nothing',
    ({ step, swarm }) => {
      const folder = `steps.${swarm?.id}.outputs.artefact`;
      expect(step.uses).toMatch(/^actions\/upload-artifact@[0-9a-f]{40}$/);
      expect(step).toMatchObject({
        if: `\${{ always() && ${folder} != '' }}`,
        'continue-on-error': true,
        with: { path: `\${{ ${folder} }}`, 'retention-days': 7, overwrite: true },
      });
      expect(step['timeout-minutes']).toBeLessThanOrEqual(5);
      expect(JSON.stringify(step)).not.toMatch(/secrets\.|github\.token/);
      expect(step.env).toBeUndefined();
    },
  );
});

/** What `verify` and `calibrate` run is code nobody has looked at. */
it('no secret is where gates run without an agent (R5.1)', () => {
  for (const { name, job } of jobsOf(workflows)) {
    if (name === 'verify' || name === 'calibrate') {
      expect(JSON.stringify(job)).not.toContain('secrets.');
      expect(job.permissions).toEqual({ contents: 'read' });
    }
  }
});

it('publish hears of verify from the platform, not from what verify wrote', () => {
  const publish = jobsOf(workflows).find(({ name }) => name === 'publish');
  const given = publish?.job.steps?.find(({ uses }) => OURS.test(uses ?? ''))?.with ?? {};
  expect(Object.values(given)).toContain('${'.concat('{ needs.verify.result }}'));
});

it('the app asks for the rights that it needs, and not for workflows, administration or secrets', () => {
  expect(parse(read('app.yml')).default_permissions).toEqual({
    actions: 'write',
    actions_variables: 'read',
    checks: 'write',
    contents: 'write',
    issues: 'write',
    merge_queues: 'write',
    metadata: 'read',
    pull_requests: 'write',
    statuses: 'read',
  });
});

/** The functions of a job's condition, in a run that nobody cancelled. */
const STATUS = [
  { name: 'always', minArgs: 0, maxArgs: 0, call: () => true },
  { name: 'cancelled', minArgs: 0, maxArgs: 0, call: () => false },
];

/** Answers whether a job starts, by its condition and these contexts. */
const starts = (file: string, name: string, contexts: Readonly<Record<string, object>>): boolean => {
  const job = jobsOf(workflows).find((each) => each.path === `${FOLDER}/${file}` && each.name === name)?.job;
  const condition = (job?.if ?? '').replace(/^\$\{\{|\}\}$/g, '');
  return holds(condition, { contexts: { vars: {}, inputs: {}, needs: {}, ...contexts }, functions: STATUS });
};

describe('the workflows are divided by what starts them (R4.6)', () => {
  const onOf = (name: string): readonly string[] =>
    Object.keys((parse(read(`${FOLDER}/${name}`)) as { readonly on: object }).on);

  it('those that every repository has start only when they are asked to', () => {
    expect(WORKFLOWS.map(onOf)).toEqual([['workflow_dispatch'], ['workflow_call']]);
  });

  it('the clock has nothing but a schedule, so disabling it stops nothing else', () => {
    expect(onOf(CLOCK_WORKFLOW)).toEqual(['schedule']);
    expect(onOf(EVENTS_WORKFLOW)).not.toContain('schedule');
  });

  it('each orchestrates with the same rights and the same step', () => {
    const steps = (file: string) =>
      jobsOf(workflows).find(({ path, name }) => path.endsWith(`/${file}`) && name === 'orchestrate')?.job;
    const [byHand, ...others] = ['swarm.yml', EVENTS_WORKFLOW, CLOCK_WORKFLOW].map(steps);
    for (const job of others) {
      expect(job?.permissions).toEqual(byHand?.permissions);
      expect(job?.steps?.map(({ uses, with: given }) => [uses, given?.do])).toEqual(
        byHand?.steps?.map(({ uses, with: given }) => [uses, given?.do]),
      );
    }
  });

  const app = { SWARM_APP: 'true' };
  it.each([
    ['calibration', 'the app', app, { calibrate: true, segment: false, record: true, continue: false }],
    ['calibration', 'no app', {}, { calibrate: true, segment: false, record: false, continue: true }],
    ['baseline', 'the app', app, { calibrate: true, segment: false, record: true, continue: false }],
    ['baseline', 'no app', {}, { calibrate: true, segment: false, record: false, continue: true }],
    ['segments', 'the app', app, { calibrate: false, segment: true, record: false, continue: false }],
  ])('in a run of kind %s with %s, one job writes the report of the gates', (kind, _, vars, expected) => {
    const needs = { plan: { result: 'success', outputs: { kind } }, calibrate: { result: 'success' } };
    const inputs = { dispatch: '1.2' };
    const of = (name: string) => starts('swarm.yml', name, { vars, needs, inputs });
    const names = ['calibrate', 'segment', 'record', 'continue'];
    expect(Object.fromEntries(names.map((name) => [name, of(name)]))).toEqual(expected);
  });
});

describe('without the app a job starts (R4.6)', () => {
  const onEvent = (event: object, vars: object = {}): boolean =>
    starts(EVENTS_WORKFLOW, 'orchestrate', { github: { event, repository: 'octo/shop' }, vars });
  const comment = (action: string, body: string, type = 'User') => ({ action, comment: { body, user: { type } } });
  const question = `${writeMarker({ kind: 'say', key: questionKey('1.14-1' as AttemptId) })}\n- [x] \`cents\``;
  const other = `${writeMarker({ kind: 'say', key: 'blocked:14:1:AGENT_CRASHED' })}\n⛔`;

  it.each<[string, object, boolean]>([
    ['for a command', comment('created', '/swarm execute'), true],
    ['for a box that is ticked in a question', comment('edited', question, 'Bot'), true],
    ['for an event without a comment', { action: 'labeled' }, true],
    ['not for talk', comment('created', 'Nice.'), false],
    ['not for a command by an edit', comment('edited', '/swarm execute'), false],
    ['not for a question that is put', comment('created', question, 'Bot'), false],
    ['not for other comments of ours that are edited', comment('edited', other, 'Bot'), false],
    ['not for a question that somebody forged', comment('edited', question), false],
  ])('%s', (_, event, expected) => {
    expect(onEvent(event)).toBe(expected);
  });

  it('not with the app, and not where swarm is switched off', () => {
    const event = comment('created', '/swarm execute');
    expect(onEvent(event, { SWARM_APP: 'true' })).toBe(false);
    expect(onEvent(event, { SWARM_DISABLED: 'true' })).toBe(false);
  });

  it.each([CLOCK_WORKFLOW, 'swarm.yml'])('neither does the one of %s', (file) => {
    expect(starts(file, 'orchestrate', {})).toBe(true);
    expect(starts(file, 'orchestrate', { vars: { SWARM_DISABLED: 'true' } })).toBe(false);
  });
});

describe('in a release, the rules would find', () => {
  const release = read(RELEASE);
  const digest = 'DIGEST: ${'.concat('{ needs.build.outputs.digest }}');

  it.each([
    ['holds a right outside', '    environment: release\n', ''],
    ['does not wait for the build', 'needs: [build, npm, github]', 'needs: [npm, github]'],
    ['does not check what it downloads', digest, 'DIGEST: 1'],
    ['runs npm publish ./release', 'npm publish --ignore-scripts --provenance --access public', 'npm publish'],
    ['runs npm ci', 'gh release create', 'npm ci && gh release create'],
    ['and runs actions/checkout@', 'actions/download-artifact@', 'actions/checkout@'],
    ['sees a secret', 'GH_TOKEN: $\u007b{ github.token }}', 'GH_TOKEN: $\u007b{ secrets.TOKEN }}'],
    ['does not say its permissions', '    permissions:\n      contents: read\n', ''],
  ])('%s', (told, find, replace) => {
    expect(release).toContain(find);
    expect(breaches({ path: RELEASE, text: release.replace(find, replace) }).join('\n')).toContain(told);
  });

  it('a right in the job that runs its code', () => {
    const rights = release.replace('      contents: read\n', '      contents: read\n      id-token: write\n');
    const found = breaches({ path: RELEASE, text: rights }).join('\n');
    expect(found).toContain('job build holds a right, and runs npm ci');
    expect(found).toContain('job build holds a right, and runs actions/checkout@');
  });
});

describe('zizmor', () => {
  /** `npm run zizmor` runs it; here only what it is told to leave out is judged. */
  it('is told to leave out nothing without a reason in the line before', () => {
    const left = workflows.flatMap(({ path, text }) => {
      const lines = text.split('\n');
      return lines.flatMap((line, index) =>
        line.includes('zizmor: ignore') ? [{ place: `${path}: ${line.trim()}`, before: lines[index - 1] ?? '' }] : [],
      );
    });
    expect(left).toHaveLength(3);
    for (const { place, before } of left) expect(before.trim(), place).toMatch(/^# .{20,}\.$/);
  });
});

describe('the rules would find', () => {
  const job = (lines: string, head = 'on: push\npermissions: {}\ncache-mode: none'): Source => ({
    path: SHIPPED[0] ?? '',
    text: `${head}\njobs:\n  a:\n    runs-on: ubuntu-latest\n${lines}`,
  });
  const fine = '    timeout-minutes: 5\n    permissions: {contents: read}\n';
  const sha = 'a'.repeat(40);

  it('nothing in a job that is right', () => {
    expect(breaches(job(`${fine}    steps: [{run: ls}]`))).toEqual([]);
  });

  it.each([
    [
      'starts on pull_request_target',
      job(`${fine}    steps: [{run: ls}]`, 'on: [pull_request_target]\npermissions: {}'),
    ],
    ['lets its jobs reach the cache', job(`${fine}    steps: [{run: ls}]`, 'on: push\npermissions: {}')],
    ['may reach the cache', job(`${fine}    cache-mode: write\n    steps: [{run: ls}]`)],
    ['permissions to all', job(`${fine}    steps: [{run: ls}]`, 'on: push')],
    ['does not say its permissions', job('    timeout-minutes: 5\n    steps: [{run: ls}]')],
    ['no time limit', job('    permissions: {}\n    steps: [{run: ls}]')],
    ['passes on all secrets', job(`${fine}    secrets: inherit`)],
    ['expression into a shell', job(`${fine}    steps: [{run: 'echo $\u007b{ github.event.issue.title }}'}]`)],
    ['unpinned', job(`${fine}    steps: [{uses: actions/checkout@v5}]`)],
    ['unpinned', job(`${fine}    steps: [{uses: swarm-engineering/swarm@v1}]`)],
    ['unpinned', job(`${fine}    steps: [{uses: ./}]`)],
    ['does not say a version', job(`${fine}    steps:\n      - uses: actions/checkout@${sha}\n`)],
    ['leaves its token', job(`${fine}    steps: [{uses: actions/checkout@${sha}}]`)],
    ['uses the cache', job(`${fine}    steps: [{uses: actions/cache@${sha}}]`)],
    [
      'identity tokens',
      job(
        `    timeout-minutes: 5\n    permissions: {id-token: write}\n    steps: [{uses: swarm-engineering/swarm@${sha}}]`,
      ),
    ],
    [
      'something other than swarm',
      job('    timeout-minutes: 5\n    permissions: {contents: write}\n    steps: [{run: npm ci}]'),
    ],
    [
      'sees a secret',
      job(
        `    timeout-minutes: 5\n    permissions: {contents: write}\n    steps: [{uses: swarm-engineering/swarm@${sha}, env: {A: '$\u007b{ secrets.A }}'}}]`,
      ),
    ],
    [
      'sees a secret',
      job(
        `    timeout-minutes: 5\n    permissions: {contents: write}\n    steps: [{uses: swarm-engineering/swarm@${sha}, with: {do: publish, publish-token: '$\u007b{ secrets.A }}'}}]`,
      ),
    ],
  ])('%s', (told, workflow) => {
    expect(breaches(workflow).join('\n')).toContain(told);
  });
});
