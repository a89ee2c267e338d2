// biome-ignore-all lint/suspicious/noTemplateCurlyInString: workflow files are full of them.
/**
 * The emulator's runner, checked against GitHub's rules with a table of workflows and their results.
 */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Octokit } from '@octokit/rest';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { EVENTS_WORKFLOW } from '../../src/core/text/pin.ts';
import { type Emulator, startEmulator } from '../../src/emulator/doors/server.ts';
import { type VirtualClock, virtualClock } from '../../src/emulator/model/clock.ts';
import type { Repository, Run } from '../../src/emulator/model/records.ts';
import { parseActionFile, parseWorkflowFile, type Runner, startRunner } from '../../src/emulator/runner/runner.ts';
import { matches, nextDue } from '../../src/emulator/runner/triggers.ts';
import type { World } from '../../src/emulator/world/world.ts';
import { makeClient } from '../../src/github/client.ts';
import { People } from '../../src/github/people.ts';
import { pullOf, pullsOf } from '../../src/github/pulls/pulls.ts';
import { type DetailAnswer, detailQueries } from '../../src/github/queries.ts';
import { until } from '../rig/wait.ts';

const dir = mkdtempSync(join(tmpdir(), 'runner-test-'));
let emulator: Emulator;
let world: World;
let runner: Runner;
let count = 0;

beforeAll(async () => {
  emulator = await startEmulator({ dir });
  world = emulator.world;
  world.addUser('ana');
  runner = startRunner(emulator, { slots: 4 });
});

afterAll(async () => {
  await runner.close();
  await emulator.close();
  rmSync(dir, { recursive: true, force: true });
});

type Files = Readonly<Record<string, string>>;

/** A repository of ana's with these files on main. Names without a slash are workflows. */
async function repositoryWith(files: Files, where: World = world): Promise<Repository> {
  count += 1;
  const owner = where.user('ana');
  if (!owner) throw new Error('ana is missing');
  const repository = await where.addRepository(owner, `sample-${count}`);
  await commit(where, repository, files);
  return repository;
}

async function commit(where: World, repository: Repository, files: Files, branch = 'main'): Promise<string> {
  const git = await where.git(repository);
  const placed = Object.fromEntries(
    Object.entries(files).map(([name, text]) => [name.includes('/') ? name : `.github/workflows/${name}`, text]),
  );
  const author = { name: 'Ana', email: 'ana@example.com', date: where.now() };
  return git.seed(placed, { branch, message: `Change ${Object.keys(files).join(', ')}`, author });
}

/** Pushes a commit, with the push event. */
async function push(where: World, repository: Repository, files: Files, branch = 'main'): Promise<string> {
  const git = await where.git(repository);
  const name = `refs/heads/${branch}`;
  const before = await git.readRef(name);
  const after = await commit(where, repository, files, branch);
  await where.refs.changed(where.as('ana'), repository, [{ name, before, after }]);
  return after;
}

async function start(repository: Repository, file: string, inputs: Record<string, unknown> = {}): Promise<Run> {
  await runner.refresh(repository);
  const workflow = world.runs.workflowBy(repository, file);
  if (!workflow || !world.actions) throw new Error(`${file} is not known`);
  const ref = `refs/heads/${repository.defaultBranch}`;
  return world.actions.dispatch({ actor: world.as('ana'), repository, workflow, ref, inputs });
}

async function run(files: Files, inputs: Record<string, unknown> = {}): Promise<Run> {
  const repository = await repositoryWith(files);
  repository.secrets.set('KEY', 'a-secret-of-the-shop');
  world.setVariable(repository, 'COLOR', 'blue');
  const started = await start(repository, 'main.yml', inputs);
  await runner.idle();
  return started;
}

/** The conclusions of a run and its jobs, one line each. */
function board(of: Run): string[] {
  return [`${of.displayTitle}: ${of.conclusion}`, ...of.jobs.map((job) => `${job.name}: ${job.conclusion}`)];
}

/** The log of a job without timestamps. */
function logOf(of: Run, name: string): string {
  const job = of.jobs.findLast((one) => one.name === name);
  if (!job) throw new Error(`no job ${name}, only ${of.jobs.map((one) => one.name).join('; ')}`);
  return job.log.replaceAll(/^\S+Z /gm, '');
}

/** The lines of a job's log that start with `> `. The scripts in this file print them for the tests. */
function printed(of: Run, name: string): string[] {
  return logOf(of, name)
    .split('\n')
    .filter((line) => line.startsWith('> '))
    .map((line) => line.slice(2));
}

/** The workflows that swarm sees waiting for an approval on a pull request. */
async function heldAt(repository: Repository, pull: number): Promise<readonly string[] | undefined> {
  const here = { owner: repository.owner.login, name: repository.name };
  const client = makeClient({ apiUrl: `${emulator.url}/api/v3`, token: world.tokens.forUser(repository.owner) });
  const none = { branches: [], files: [], others: [], personaFolders: [], skillFolders: [], labels: [] };
  const [query] = detailQueries({ base: 'HEAD', pulls: [{ number: pull, detail: 'whole' }], ...none });
  const answer = await client.query<DetailAnswer>(query?.text ?? '', { ...here, ...query?.variables });
  const [seen] = await Promise.all(pullsOf(answer).map((each) => pullOf(new People(client, here), each)));
  return seen?.heldWorkflows;
}

const job = (body: string): string => `{ runs-on: ubuntu-latest, ${body} }`;

describe('jobs (R10.1)', () => {
  const table: { what: string; files: Files; inputs?: Record<string, unknown>; board: string[] }[] = [
    {
      what: 'a failure skips the jobs that need it, except those with always() or failure()',
      files: {
        'main.yml': `
          on: workflow_dispatch
          jobs:
            a: ${job('steps: [{ run: exit 3 }]')}
            b: ${job('needs: a, steps: [{ run: echo }]')}
            c: ${job('needs: a, if: failure(), steps: [{ run: echo }]')}
            d: ${job('needs: [a, b], if: always(), steps: [{ run: echo }]')}
            e: ${job('needs: d, steps: [{ run: echo }]')}
            f: ${job("if: github.event_name == 'push', steps: [{ run: echo }]")}
        `,
      },
      board: [
        '.github/workflows/main.yml: failure',
        'f: skipped',
        'a: failure',
        'b: skipped',
        'c: success',
        'd: success',
        // Its parent ran, but its grandparent failed: success() considers all ancestors.
        'e: skipped',
      ],
    },
    {
      what: 'with continue-on-error the run succeeds and the jobs that need it run',
      files: {
        'main.yml': `
          on: workflow_dispatch
          jobs:
            a: ${job('continue-on-error: true, steps: [{ run: exit 3 }]')}
            b: ${job('needs: a, steps: [{ run: echo }]')}
        `,
      },
      board: ['.github/workflows/main.yml: success', 'a: failure', 'b: success'],
    },
    {
      what: 'a matrix with include and exclude, named after its values',
      files: {
        'main.yml': `
          on: workflow_dispatch
          jobs:
            a:
              runs-on: ubuntu-latest
              strategy:
                matrix:
                  os: [x, y]
                  v: [1, 2]
                  exclude: [{ os: x, v: 2 }]
                  include: [{ os: y, extra: q }, { os: z, v: 9 }]
              steps: [{ run: echo }]
        `,
      },
      board: [
        '.github/workflows/main.yml: success',
        'a (x, 1): success',
        'a (y, 1): success',
        'a (y, 2): success',
        'a (z, 9): success',
      ],
    },
    {
      what: 'fail-fast cancels the other jobs of a matrix',
      files: {
        'main.yml': `
          on: workflow_dispatch
          jobs:
            a:
              runs-on: ubuntu-latest
              strategy: { max-parallel: 1, matrix: { v: [1, 2] } }
              steps: [{ run: exit 1 }]
        `,
      },
      board: ['.github/workflows/main.yml: failure', 'a (1): failure', 'a (2): cancelled'],
    },
    {
      what: 'without fail-fast all jobs of a matrix run to their end',
      files: {
        'main.yml': `
          on: workflow_dispatch
          jobs:
            a:
              name: try \${{ matrix.v }}
              runs-on: ubuntu-latest
              strategy: { fail-fast: false, max-parallel: 1, matrix: { v: [1, 2] } }
              steps: [{ run: "test \${{ matrix.v }} = 1" }]
        `,
      },
      board: ['.github/workflows/main.yml: failure', 'try 1: success', 'try 2: failure'],
    },
    {
      what: 'a matrix that cannot be expanded gives a failed job',
      files: {
        'main.yml': `
          on: workflow_dispatch
          jobs:
            a: ${job('strategy: { matrix: { v: "${{ fromJSON(\'[]\') }}" } }, steps: [{ run: echo }]')}
        `,
      },
      board: ['.github/workflows/main.yml: failure', 'a: failure'],
    },
    {
      what: 'run-name can use typed inputs',
      files: {
        'main.yml': `
          name: Main
          run-name: "\${{ inputs.what }} for \${{ github.actor }} #\${{ github.run_number }}"
          on:
            workflow_dispatch:
              inputs:
                what: { type: choice, options: [plan, work], default: plan }
                dry: { type: boolean, default: true }
                n: { type: number, default: 3 }
          jobs:
            a: ${job("if: inputs.dry == true && inputs.n == 4 && github.event.inputs.n == '4', steps: [{ run: echo }]")}
        `,
      },
      inputs: { what: 'work', n: '4' },
      board: ['work for ana #1: success', 'a: success'],
    },
    {
      what: 'an action that does not exist fails the job before its first step',
      files: {
        'main.yml': `
          on: workflow_dispatch
          jobs:
            a: ${job('steps: [{ run: echo }, { uses: nobody/nothing@v1 }]')}
        `,
      },
      board: ['.github/workflows/main.yml: failure', 'a: failure'],
    },
  ];
  test.each(table)('$what', async ({ files, inputs, board: expected }) => {
    const done = await run(files, inputs);
    // GitHub doesn't guarantee an order for jobs that become ready at the same time.
    expect(board(done).sort()).toEqual([...expected].sort());
  });

  test('a matrix from an output runs a reusable workflow, and needs returns the outputs of each combination', async () => {
    const done = await run({
      'main.yml': `
        on: workflow_dispatch
        jobs:
          plan:
            runs-on: ubuntu-latest
            outputs: { segments: "\${{ steps.p.outputs.segments }}" }
            steps: [{ id: p, run: 'echo ''segments=[{"id":"cart"},{"id":"pay"}]'' >> $GITHUB_OUTPUT' }]
          segment:
            needs: plan
            strategy: { fail-fast: false, matrix: { segment: "\${{ fromJSON(needs.plan.outputs.segments) }}" } }
            name: segment \${{ matrix.segment.id }}
            uses: ./.github/workflows/segment.yml
            with: { id: "\${{ matrix.segment.id }}" }
            secrets: { key: "\${{ secrets.KEY }}" }
          end:
            needs: segment
            if: always()
            runs-on: ubuntu-latest
            steps: [{ run: 'echo "> \${{ needs.segment.result }} \${{ needs.segment.outputs.cart }} \${{ needs.segment.outputs.pay }}"' }]
      `,
      'segment.yml': `
        on:
          workflow_call:
            inputs: { id: { type: string, required: true }, tries: { type: number, default: 3 } }
            secrets: { key: { required: true } }
            outputs:
              cart: { value: "\${{ jobs.publish.outputs.cart }}" }
              pay: { value: "\${{ jobs.publish.outputs.pay }}" }
        jobs:
          work:
            runs-on: ubuntu-latest
            outputs: { patch: "\${{ steps.w.outputs.patch }}" }
            steps:
              - id: w
                env: { KEY: "\${{ secrets.key }}" }
                run: 'test "$KEY" = a-secret-of-the-shop && echo "patch=\${{ inputs.id }}/\${{ inputs.tries }}" >> $GITHUB_OUTPUT'
          publish:
            needs: work
            runs-on: ubuntu-latest
            outputs: { cart: "\${{ steps.p.outputs.cart }}", pay: "\${{ steps.p.outputs.pay }}" }
            steps: [{ id: p, run: 'echo "\${{ inputs.id }}=\${{ needs.work.outputs.patch }}" >> $GITHUB_OUTPUT' }]
      `,
    });
    expect(board(done).sort()).toEqual([
      '.github/workflows/main.yml: success',
      'end: success',
      'plan: success',
      'segment cart / publish: success',
      'segment cart / work: success',
      'segment pay / publish: success',
      'segment pay / work: success',
    ]);
    expect(printed(done, 'end')).toEqual(['success cart/3 pay/3']);
  });

  test('outputs that contain a masked value or exceed a megabyte are dropped', async () => {
    const done = await run({
      'main.yml': `
        on: workflow_dispatch
        jobs:
          a:
            runs-on: ubuntu-latest
            outputs: { plain: "\${{ steps.s.outputs.plain }}", token: "\${{ github.token }}", coded: "\${{ steps.s.outputs.coded }}" }
            steps:
              - id: s
                env: { KEY: "\${{ secrets.KEY }}" }
                run: |
                  echo plain=fine >> $GITHUB_OUTPUT
                  echo "coded=x$(printf %s "x$KEY" | base64)" >> $GITHUB_OUTPUT
                  echo "$KEY"
          big:
            runs-on: ubuntu-latest
            outputs: { it: "\${{ steps.s.outputs.it }}" }
            steps: [{ id: s, run: 'echo "it=$(head -c 600000 /dev/zero | tr "\\0" x)" >> $GITHUB_OUTPUT' }]
          after:
            needs: [a, big]
            if: always()
            runs-on: ubuntu-latest
            steps: [{ run: "echo '> \${{ toJSON(needs.a.outputs) }}' | tr -d ' \\n'; echo; echo '> \${{ needs.big.result }}'" }]
      `,
    });
    expect(logOf(done, 'after').split('\n')).toContain('>{"plain":"fine"}');
    expect(printed(done, 'after')).toEqual(['failure']);
    expect(logOf(done, 'a')).toContain("Skip output 'token' since it may contain secret.");
    expect(logOf(done, 'a')).toContain("Skip output 'coded' since it may contain secret.");
    expect(logOf(done, 'a')).not.toContain('a-secret-of-the-shop');
  });

  test('reusable workflows can be nested, with only the caller’s permissions; a wrong input type fails the call', async () => {
    const done = await run({
      'main.yml': `
        on: workflow_dispatch
        permissions: { contents: read, issues: write }
        jobs:
          outer: { uses: ./.github/workflows/outer.yml, permissions: { contents: read }, secrets: inherit }
          typed: { uses: ./.github/workflows/typed.yml, with: { n: "\${{ vars.COLOR }}" } }
      `,
      'outer.yml': `
        on: { workflow_call: { outputs: { it: { value: "\${{ jobs.inner.outputs.it }}" } } } }
        env: { LEVEL: outer }
        defaults: { run: { working-directory: .. } }
        jobs:
          inner: { uses: ./.github/workflows/inner.yml, secrets: { renamed: "\${{ secrets.KEY }}" } }
          last:
            needs: inner
            runs-on: ubuntu-latest
            steps: [{ run: 'echo "> \${{ needs.inner.outputs.it }} $LEVEL $(basename "$PWD") [\${{ !secrets.KEY }}]"' }]
      `,
      'inner.yml': `
        on: { workflow_call: { secrets: { renamed: { required: true } }, outputs: { it: { value: "\${{ jobs.deep.outputs.it }}" } } } }
        jobs:
          deep:
            runs-on: ubuntu-latest
            outputs: { it: "\${{ steps.s.outputs.it }}" }
            steps:
              - { id: s, run: 'echo "it=[$LEVEL] \${{ github.workflow }} \${{ github.job }} \${{ !secrets.KEY && secrets.renamed != null }}" >> $GITHUB_OUTPUT' }
      `,
      'typed.yml': `{ on: { workflow_call: { inputs: { n: { type: number } } } }, jobs: { a: ${job('steps: [{ run: echo }]')} } }`,
    });
    expect(board(done).sort()).toEqual([
      '.github/workflows/main.yml: failure',
      'outer / inner / deep: success',
      'outer / last: success',
      'typed: failure',
    ]);
    expect(printed(done, 'outer / last')).toEqual([
      `[] .github/workflows/main.yml deep true outer ${done.repository.name} [false]`,
    ]);
    expect(logOf(done, 'typed')).toContain("Input 'n' must be a number, not 'blue'");
  });

  test('slots and max-parallel limit the jobs at once, and jobs of a concurrency group run one by one', async () => {
    const busy = (name: string) =>
      `steps: [{ run: 'mkdir ${join(dir, name)} && sleep 0.05 && rmdir ${join(dir, name)}' }]`;
    const done = await run({
      'main.yml': `
        on: workflow_dispatch
        jobs:
          a: ${job(`strategy: { max-parallel: 1, matrix: { v: [1, 2, 3] } }, ${busy('parallel')}`)}
          b: ${job(`concurrency: { group: g, queue: max }, strategy: { matrix: { v: [1, 2, 3] } }, ${busy('grouped')}`)}
      `,
    });
    expect(done.conclusion).toBe('success');
    expect(done.jobs).toHaveLength(6);
  });

  test('re-running failed jobs also re-runs the jobs that need them, and keeps the others', async () => {
    const repository = await repositoryWith({
      'main.yml': `
        on: workflow_dispatch
        jobs:
          a: ${job('outputs: { x: "${{ steps.s.outputs.x }}" }, steps: [{ id: s, run: \'echo x=${{ github.run_attempt }} >> $GITHUB_OUTPUT\' }]')}
          b: ${job('needs: a, steps: [{ run: \'echo "> ${{ needs.a.outputs.x }} of ${{ github.run_attempt }}"; test $GITHUB_RUN_ATTEMPT = 2\' }]')}
          c: ${job('needs: b, steps: [{ run: echo }]')}
      `,
    });
    const started = await start(repository, 'main.yml');
    await runner.idle();
    expect(started.conclusion).toBe('failure');
    await world.actions?.rerun(started, world.as('ana'), 'failed');
    await runner.idle();
    expect(started.attempt).toBe(2);
    expect(started.conclusion).toBe('success');
    expect(
      started.jobs.filter(({ attempt }) => attempt === 2).map(({ name, conclusion }) => `${name} ${conclusion}`),
    ).toEqual(['b success', 'c success']);
    expect(printed(started, 'b')).toEqual(['1 of 2']);
  });

  test('re-running one job re-runs what needs it too, and keeps even the jobs that failed', async () => {
    const repository = await repositoryWith({
      'main.yml': `
        on: workflow_dispatch
        jobs:
          a: ${job('steps: [{ run: echo }]')}
          b: ${job('needs: a, steps: [{ run: echo }]')}
          c: ${job('steps: [{ run: exit 1 }]')}
      `,
    });
    const started = await start(repository, 'main.yml');
    await runner.idle();
    const again = async (name: string) => {
      const of = started.jobs.findLast((each) => each.name === name);
      if (!of) throw new Error(`there is no job ${name}`);
      await world.actions?.rerun(started, world.as('ana'), of);
      await runner.idle();
      return started.jobs.filter(({ attempt }) => attempt === started.attempt).map((each) => each.name);
    };
    expect(await again('a')).toEqual(['a', 'b']);
    expect(started.conclusion).toBe('failure');
    // Its record is of an attempt before the last one.
    expect(await again('c')).toEqual(['c']);
  });
});

describe('steps', () => {
  test('a step passes files to the next one, but not its environment', async () => {
    const done = await run({
      'main.yml': `
        on: workflow_dispatch
        env: { LEVEL: workflow, W: "1" }
        defaults: { run: { shell: bash } }
        jobs:
          a:
            runs-on: ubuntu-latest
            env: { LEVEL: job }
            steps:
              - env: { LEVEL: step }
                run: |
                  echo "> $LEVEL \${{ env.LEVEL }} $W"
                  export LEAK=1
                  echo KEPT=yes >> "$GITHUB_ENV"
                  echo NODE_OPTIONS=--bad >> "$GITHUB_ENV"
                  echo GITHUB_SHA=0 >> "$GITHUB_ENV"
                  mkdir "$RUNNER_TEMP/bin" && printf '#!/bin/sh\\necho "> ours"\\n' > "$RUNNER_TEMP/bin/tool" && chmod +x "$RUNNER_TEMP/bin/tool"
                  echo "$RUNNER_TEMP/bin" >> "$GITHUB_PATH"
                  echo '## A summary' >> "$GITHUB_STEP_SUMMARY"
                  printf 'many<<EOF\\none\\ntwo\\nEOF\\n' >> "$GITHUB_OUTPUT"
                id: first
              - run: |
                  echo "> $LEVEL [$LEAK] $KEPT [\${NODE_OPTIONS:-}] \${{ steps.first.outputs.many == format('one{0}two', fromJSON('"\\n"')) }}"
                  test "$GITHUB_SHA" = "\${{ github.sha }}"
                  test -z "$GITHUB_TOKEN$ACTIONS_RUNTIME_TOKEN"
                  tool
                  cat <<EOF
                  > no indentation but this: \${{ github.actor }}
                  EOF
      `,
    });
    expect(done.conclusion).toBe('success');
    expect(printed(done, 'a')).toEqual(['step step 1', 'job [] yes [] true', 'ours', 'no indentation but this: ana']);
    const [first] = done.jobs;
    expect(first && runner.summaryOf(first)).toBe('## A summary\n');
  });

  test('steps have a status and a name, with failure(), continue-on-error and always()', async () => {
    const done = await run({
      'main.yml': `
        on: workflow_dispatch
        jobs:
          a:
            runs-on: ubuntu-latest
            steps:
              - { id: soft, continue-on-error: true, run: exit 2 }
              - { name: 'outcome \${{ steps.soft.outcome }} conclusion \${{ steps.soft.conclusion }}', run: echo }
              - run: exit 1
              - run: echo never
              - { if: 'failure()', run: 'echo "> \${{ job.status }}"' }
              - { if: 'always() && steps.soft.outcome == ''failure''', shell: sh, run: 'echo "> sh"' }
              - { if: 'cancelled()', run: echo }
      `,
    });
    expect(done.jobs[0]?.steps.map((step) => `${step.number} ${step.name}: ${step.conclusion}`)).toEqual([
      '1 Set up job: success',
      '2 Run exit 2: success',
      '3 outcome failure conclusion success: success',
      '4 Run exit 1: failure',
      '5 Run echo never: skipped',
      '6 Run echo "> failure": success',
      '7 Run echo "> sh": success',
      '8 Run echo: skipped',
      '9 Complete job: success',
    ]);
    expect(printed(done, 'a')).toEqual(['failure', 'sh']);
  });

  test('workflow commands annotate, mask and stop commands; disabled ones fail the step', async () => {
    const done = await run({
      'main.yml': `
        on: workflow_dispatch
        jobs:
          a:
            runs-on: ubuntu-latest
            steps:
              - run: |
                  echo "::error file=src/a.ts,line=3,title=Bad%2C very::two%0Alines"
                  echo "text ##[warning]beside"
                  echo "::stop-commands::halt-1234567"
                  echo "::error::not one"
                  echo "::halt-1234567::"
                  echo "::notice::one again"
                  echo "::add-mask::hunter2hunter2"
                  echo "> hunter2hunter2 aHVudGVyMmh1bnRlcjI="
                  echo "::unknown::stays"
              - run: echo "::set-env name=X::1"
      `,
    });
    const [only] = done.jobs;
    expect(
      only?.checkRun.annotations.map(({ level, message, path, startLine, title }) => [
        level,
        message,
        path,
        startLine,
        title,
      ]),
    ).toEqual([
      ['failure', 'two\nlines', 'src/a.ts', 3, 'Bad, very'],
      ['warning', 'beside', '.github', 1, null],
      ['notice', 'one again', '.github', 1, null],
    ]);
    expect(printed(done, 'a')).toEqual(['*** ***']);
    expect(logOf(done, 'a')).toContain('::unknown::stays');
    expect(logOf(done, 'a')).toContain('The `set-env` command is disabled.');
    expect(only?.steps.map(({ conclusion }) => conclusion)).toEqual(['success', 'success', 'failure', 'success']);
  });
});

describe('triggers', () => {
  const listed = (repository: Repository): string[] =>
    repository.runs.map((one) => `${one.workflow.name} on ${one.event}: ${one.displayTitle}`);

  test('pushes by branch and path, issues by type, and comments start runs, but not with a job token', async () => {
    const steps = job('steps: [{ run: echo }]');
    const repository = await repositoryWith({
      'push.yml': `{ name: push, on: { push: { branches: [main, "release/**", "!release/old"], paths: ["src/**"] } }, jobs: { a: ${steps} } }`,
      'issues.yml': `{ name: issues, on: { issues: { types: [labeled] }, issue_comment: {} }, jobs: { a: ${steps} } }`,
    });
    const ana = world.as('ana');
    await push(world, repository, { 'src/a.ts': 'a' });
    await push(world, repository, { 'docs/a.md': 'a' });
    await push(world, repository, { 'src/b.ts': 'a' }, 'feature');
    const issue = await world.issues.create(ana, repository, { title: 'Cart', body: 'x' });
    await world.issues.addLabels(ana, issue, ['bug']);
    await world.issues.comment(ana, issue, 'hello');
    const bot = { kind: 'job', user: world.actionsApp.bot, app: world.actionsApp, runId: 1 } as const;
    await world.issues.comment(bot, issue, 'from a job');
    await runner.idle();
    expect(listed(repository)).toEqual([
      'push on push: Change src/a.ts',
      'issues on issues: Cart',
      'issues on issue_comment: Cart',
    ]);
    expect(repository.runs.map(({ conclusion }) => conclusion)).toEqual(['success', 'success', 'success']);
  });

  test('a pull request runs on its merge commit; with a conflict nothing runs', async () => {
    const repository = await repositoryWith({
      'pr.yml': `{ name: pr, on: pull_request, jobs: { a: ${job('steps: [{ run: \'echo "> ${{ github.ref }} ${{ github.head_ref }} ${{ github.base_ref }}"\' }]')} } }`,
      'src/a.txt': 'one\n',
    });
    const ana = world.as('ana');
    await push(world, repository, { 'src/b.txt': 'new\n' }, 'feature');
    const git = await world.git(repository);
    expect(await git.readRef('refs/heads/feature')).not.toBeNull();
    const clean = await world.pulls.create(ana, repository, { title: 'Fine', head: 'feature', base: 'main', body: '' });
    await runner.idle();
    const [first] = repository.runs;
    expect(first && board(first)).toEqual(['Fine: success', 'a: success']);
    expect(first && printed(first, 'a')).toEqual([`refs/pull/${clean.issue.number}/merge feature main`]);
    expect(first?.headSha).toBe(clean.headSha);
    expect(first?.workflowSha).not.toBe(clean.headSha);
    await push(world, repository, { 'src/b.txt': 'theirs\n' }, 'main');
    await push(world, repository, { 'src/b.txt': 'ours\n' }, 'feature');
    await runner.idle();
    expect(repository.runs).toHaveLength(1);
  });

  test('a pull request that a job’s token opens or pushes to has runs that wait for a person', async () => {
    const repository = await repositoryWith({
      'pr.yml': `{ name: pr, on: [pull_request, push, pull_request_target], jobs: { a: ${job('steps: [{ run: "true" }]')} } }`,
    });
    repository.actionsMayApprove = true;
    const bot = { kind: 'job', user: world.actionsApp.bot, app: world.actionsApp, runId: 1 } as const;
    const wanted = { title: 'Fine', head: 'feature', base: 'main', body: '' };
    await commit(world, repository, { 'src/b.txt': 'new\n' }, 'feature');
    const pull = await world.pulls.create(bot, repository, wanted);
    const git = await world.git(repository);
    const before = pull.headSha;
    const after = await commit(world, repository, { 'src/b.txt': 'newer\n' }, 'feature');
    await world.refs.changed(bot, repository, [{ name: 'refs/heads/feature', before, after }]);
    await runner.idle();
    expect(repository.runs.map((one) => [one.event, one.headSha, one.conclusion, one.jobs.length])).toEqual([
      ['pull_request', before, 'action_required', 0],
      ['pull_request', after, 'action_required', 0],
    ]);
    expect(await git.readRef('refs/heads/feature')).toBe(after);
    expect(await heldAt(repository, pull.issue.number)).toEqual(['pr']);

    const ana = new Octokit({ baseUrl: `${emulator.url}/api/v3`, auth: world.tokens.forUser(repository.owner) });
    const [, last] = repository.runs;
    const approval = { owner: 'ana', repo: repository.name, run_id: last?.id ?? 0 };
    expect((await ana.actions.approveWorkflowRun(approval)).status).toBe(201);
    await runner.idle();
    expect(last && [last.attempt, ...board(last)]).toEqual([1, 'Fine: success', 'a: success']);
    await expect(ana.actions.approveWorkflowRun(approval)).rejects.toMatchObject({ status: 403 });
    expect(await heldAt(repository, pull.issue.number)).toBeUndefined();

    world.jobPulls = 'start nothing';
    await commit(world, repository, { 'src/c.txt': 'new\n' }, 'other');
    await world.pulls.create(bot, repository, { ...wanted, head: 'other' });
    await runner.idle();
    world.jobPulls = 'wait';
    expect(repository.runs).toHaveLength(2);
  });

  test('workflows start others by workflow_run and repository_dispatch', async () => {
    const repository = await repositoryWith({
      'first.yml': `{ name: First, on: { repository_dispatch: { types: [go] } }, jobs: { a: ${job('steps: [{ run: \'echo "> ${{ github.event.client_payload.n }}"\' }]')} } }`,
      'second.yml': `{ name: Second, on: { workflow_run: { workflows: [First], types: [completed] } }, jobs: { a: ${job('steps: [{ run: \'echo "> ${{ github.event.workflow_run.conclusion }}"\' }]')} } }`,
    });
    for (const action of ['go', 'stay']) {
      world.emit(world.as('ana'), repository, {
        kind: 'repository_dispatch',
        action,
        branch: 'main',
        clientPayload: { n: 7 },
      });
    }
    await runner.idle();
    expect(listed(repository)).toEqual(['First on repository_dispatch: go', 'Second on workflow_run: Second']);
    const [first, second] = repository.runs;
    expect(first && printed(first, 'a')).toEqual(['7']);
    expect(second && printed(second, 'a')).toEqual(['success']);
  });

  test('workflow_run chains at most three workflows after the first', async () => {
    const repository = await repositoryWith({
      'loop.yml': `{ name: Loop, on: { push: {}, workflow_run: { workflows: [Loop], types: [completed] } }, jobs: { a: ${job('steps: [{ run: echo }]')} } }`,
    });
    await push(world, repository, { 'src/a.ts': 'a' });
    await runner.idle();
    expect(repository.runs.map((one) => one.event)).toEqual(['push', 'workflow_run', 'workflow_run', 'workflow_run']);
  });

  test('a workflow that GitHub refuses becomes a startup failure with the reasons', async () => {
    const repository = await repositoryWith({});
    await push(world, repository, {
      'bad.yml': `{ on: push, jobs: { a: { runs-on: x, needs: nobody, steps: [{ run: echo, wiht: 1 }] } } }`,
      'greedy.yml': `{ on: push, permissions: { contents: read }, jobs: { a: { uses: ./.github/workflows/called.yml } } }`,
      'called.yml': `{ on: workflow_call, jobs: { b: { permissions: { contents: write }, runs-on: x, steps: [{ run: echo }] } } }`,
    });
    await runner.idle();
    expect(repository.runs.map(({ workflow, conclusion }) => `${workflow.path} ${conclusion}`)).toEqual([
      '.github/workflows/bad.yml startup_failure',
      '.github/workflows/greedy.yml startup_failure',
    ]);
    expect(repository.runs[0]?.problems.join('\n')).toContain("Unexpected value 'wiht'");
    expect(repository.runs[1]?.problems.join('\n')).toContain(
      "requesting 'contents: write', but is only allowed 'contents: read'",
    );
  });

  test.each([
    ['an unknown input', { other: 1 }, 'Unexpected inputs provided: ["other"]'],
    [
      'a value that is not allowed',
      { what: 'x' },
      "Provided value 'x' for input 'what' not in the list of allowed values",
    ],
    ['a missing required input', {}, "Required input 'what' not provided"],
  ])('a dispatch with %s is refused', async (_what, inputs, message) => {
    const repository = await repositoryWith({
      'main.yml': `{ on: { workflow_dispatch: { inputs: { what: { type: choice, required: true, options: [a] } } } }, jobs: { a: ${job('steps: [{ run: echo }]')} } }`,
    });
    await expect(start(repository, 'main.yml', inputs)).rejects.toMatchObject({ status: 422, message });
    expect(repository.runs).toEqual([]);
  });
});

describe('actions', () => {
  const echo = `
    import { appendFileSync } from 'node:fs';
    const say = (text) => console.log('> ' + text);
    const stage = process.argv[1].replace(/.*\\//, '').replace('.js', '');
    say([stage, process.env['INPUT_WHO'], process.env['INPUT_TWO_WORDS'], process.env.STATE_seen ?? '-', process.execPath === '${process.execPath}'].join(' '));
    if (stage === 'pre') appendFileSync(process.env.GITHUB_STATE, 'seen=pre\\n');
    if (stage === 'main') {
      appendFileSync(process.env.GITHUB_STATE, 'seen=main\\n');
      appendFileSync(process.env.GITHUB_OUTPUT, 'greeting=hello ' + process.env.INPUT_WHO + '\\n');
      say([process.env.GITHUB_ACTION_REPOSITORY, process.env.GITHUB_ACTION_REF, process.env.GITHUB_ACTION, process.env.GITHUB_TOKEN ?? 'no token', Boolean(process.env.ACTIONS_RUNTIME_URL)].join(' '));
      if (process.env.INPUT_FAIL === 'true') process.exitCode = 1;
    }
  `;
  const metadata = `
    name: Echo
    description: says what it sees
    inputs:
      who: { description: x, default: "\${{ github.actor }}" }
      two words: { description: x, default: both }
      fail: { description: x, default: "false" }
    outputs: { greeting: { description: x } }
    runs: { using: node24, pre: pre.js, main: main.js, post: post.js, post-if: always() }
  `;

  test('a JavaScript action has inputs, state and outputs; pre runs first, and post last even after a failure', async () => {
    const owner = world.addUser('octo');
    const repository = await world.addRepository(owner, 'echo', { visibility: 'public' });
    const sha = await commit(world, repository, {
      'say/action.yml': metadata,
      'say/pre.js': echo,
      'say/main.js': echo,
      'say/post.js': echo,
      'say/package.json': '{"type":"module"}',
    });
    await world.refs.changed(world.as('octo'), repository, [{ name: 'refs/heads/main', before: null, after: sha }]);
    const done = await run({
      'main.yml': `
        on: workflow_dispatch
        permissions: {}
        jobs:
          a:
            runs-on: ubuntu-latest
            steps:
              - { id: e, uses: octo/echo/say@main }
              - { run: 'echo "> \${{ steps.e.outputs.greeting }}"; echo spoiled > "$RUNNER_TEMP/../_actions/octo/echo/main/say/main.js"' }
              - { uses: 'octo/echo/say@${sha}', with: { who: bo, FAIL: true, odd: 1 } }
      `,
    });
    expect(printed(done, 'a')).toEqual([
      'pre ana both - true',
      'pre bo both - true',
      'main ana both pre true',
      'octo/echo main e no token true',
      'hello ana',
      'main bo both pre true',
      `octo/echo ${sha} __octo_echo no token true`,
      'post bo both main true',
      'post ana both main true',
    ]);
    expect(logOf(done, 'a')).toContain("Unexpected input(s) 'odd'");
    expect(done.jobs[0]?.steps.map(({ name, conclusion }) => `${name}: ${conclusion}`)).toContain(
      'Post Run octo/echo/say@main: success',
    );
    // Changes that one job makes to an action's files don't reach the next job.
    expect(
      printed(
        await run({
          'main.yml': `{ on: workflow_dispatch, jobs: { a: ${job('steps: [{ uses: octo/echo/say@main }]')} } }`,
        }),
        'a',
      ),
    ).toContain('main ana both pre true');
  });

  test('a composite action in the workspace has its own steps, status, inputs and outputs', async () => {
    const done = await run({
      'main.yml': `
        on: workflow_dispatch
        jobs:
          a:
            runs-on: ubuntu-latest
            steps:
              - run: |
                  mkdir -p tools/greet
                  sed 's/@{/$''{/' > tools/greet/action.yml <<'EOF'
                  name: Greet
                  description: greets
                  inputs: { who: { description: x, default: you } }
                  outputs: { said: { description: x, value: "@{{ steps.say.outputs.said }}" } }
                  runs:
                    using: composite
                    steps:
                      - { id: say, shell: bash, run: 'echo "said=hi @{{ inputs.who }} $FROM" >> $GITHUB_OUTPUT; test -z "$INPUT_WHO"; test -f "$GITHUB_ACTION_PATH/action.yml"' }
                      - { shell: bash, run: exit 4 }
                      - { shell: bash, if: always(), run: 'echo "> after @{{ job.status }}"' }
                      - { shell: bash, run: 'echo "> never"' }
                  EOF
              - { id: g, uses: ./tools/greet, continue-on-error: true, with: { who: ana }, env: { FROM: caller } }
              - run: 'echo "> \${{ steps.g.outputs.said }} \${{ steps.g.outcome }} \${{ steps.say.outputs.said }}|"'
              - uses: ./nowhere
      `,
    });
    expect(printed(done, 'a')).toEqual(['after success', 'hi ana caller failure |']);
    expect(logOf(done, 'a')).toContain('Did you forget to run actions/checkout before running your local action?');
    expect(done.conclusion).toBe('failure');
  });
});

describe('tokens', () => {
  test('a job token has exactly the job’s permissions and is revoked when the job ends', async () => {
    const push = `
              - env: { AUTH: "\${{ github.token }}" }
                run: |
                  export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=http.extraheader
                  export GIT_CONFIG_VALUE_0="AUTHORIZATION: basic $(printf %s "x-access-token:$AUTH" | base64 -w0)"
                  git clone -q "$GITHUB_SERVER_URL/$GITHUB_REPOSITORY.git" .
                  git -c user.name=b -c user.email=b@x commit -q --allow-empty -m "by $GITHUB_JOB"
                  git push -q origin "HEAD:refs/heads/by-$GITHUB_JOB" && echo "> pushed" || echo "> refused"
                  echo "$AUTH" > ${join(dir, 'token-')}$GITHUB_JOB`;
    const repository = await repositoryWith({
      'main.yml': `
        on: workflow_dispatch
        permissions: { contents: read }
        jobs:
          reads:
            runs-on: ubuntu-latest
            steps:${push}
          writes:
            runs-on: ubuntu-latest
            permissions: { contents: write }
            steps:${push}
      `,
    });
    const done = await start(repository, 'main.yml');
    await runner.idle();
    expect([printed(done, 'reads'), printed(done, 'writes')]).toEqual([['refused'], ['pushed']]);
    const git = await world.git(repository);
    expect((await git.listRefs('refs/heads/')).map(({ name }) => name)).toEqual([
      'refs/heads/by-writes',
      'refs/heads/main',
    ]);
    const token = readFileSync(join(dir, 'token-writes'), 'utf8').trim();
    expect(token).toMatch(/^ghs_/);
    expect(() => world.tokens.credential(`Bearer ${token}`)).toThrow('Bad credentials');
    expect(logOf(done, 'writes')).not.toContain(token);
  });
});

describe('over the API', () => {
  test('a client can dispatch, watch, re-run and read a run, and its jobs can call the API too', async () => {
    const repository = await repositoryWith({
      'main.yml': `
        on: { workflow_dispatch: { inputs: { n: { type: number, default: 1 } } } }
        permissions: { issues: write }
        jobs:
          a:
            runs-on: ubuntu-latest
            steps:
              - env: { TOKEN: "\${{ secrets.GITHUB_TOKEN }}" }
                shell: 'node {0}'
                run: |
                  const call = async (method, path, body) => {
                    const headers = { authorization: 'Bearer ' + process.env.TOKEN, 'content-type': 'application/json' };
                    const url = process.env.GITHUB_API_URL + '/repos/' + process.env.GITHUB_REPOSITORY + path;
                    const answer = await fetch(url, { method, headers, body: body && JSON.stringify(body) });
                    console.log('> ' + method + ' ' + path + ' ' + answer.status);
                  };
                  await call('POST', '/issues/1/comments', { body: 'from job \${{ inputs.n }}' });
                  await call('POST', '/git/refs', { ref: 'refs/heads/x', sha: process.env.GITHUB_SHA });
                  await call('POST', '/actions/workflows/main.yml/dispatches', { ref: 'main' });
      `,
    });
    const ana = world.as('ana');
    const issue = await world.issues.create(ana, repository, { title: 'Cart', body: '' });
    const octokit = new Octokit({ auth: world.tokens.forUser(ana.user), baseUrl: emulator.url });
    const at = { owner: 'ana', repo: repository.name };
    const { data } = await octokit.rest.actions.createWorkflowDispatch({
      ...at,
      workflow_id: 'main.yml',
      ref: 'main',
      inputs: { n: '7' },
      return_run_details: true,
    } as Parameters<typeof octokit.rest.actions.createWorkflowDispatch>[0]);
    await runner.idle();
    const id = (data as unknown as { workflow_run_id: number }).workflow_run_id;
    const { data: seen } = await octokit.rest.actions.getWorkflowRun({ ...at, run_id: id });
    expect([seen.status, seen.conclusion, seen.event, seen.path]).toEqual([
      'completed',
      'success',
      'workflow_dispatch',
      '.github/workflows/main.yml',
    ]);
    const { data: jobs } = await octokit.rest.actions.listJobsForWorkflowRun({ ...at, run_id: id });
    const [only] = jobs.jobs;
    const { data: log } = await octokit.rest.actions.downloadJobLogsForWorkflowRun({ ...at, job_id: only?.id ?? 0 });
    expect(
      [...String(log).matchAll(/> (\w+ .*)/g)].map(([, line]) => line).filter((line) => /\d$/.test(line ?? '')),
    ).toEqual(['POST /issues/1/comments 201', 'POST /git/refs 403', 'POST /actions/workflows/main.yml/dispatches 403']);
    expect(issue.comments.map(({ user, body }) => `${user.login}: ${body}`)).toEqual([
      'github-actions[bot]: from job 7',
    ]);
    await octokit.rest.actions.reRunWorkflow({ ...at, run_id: id });
    await runner.idle();
    expect((await octokit.rest.actions.getWorkflowRun({ ...at, run_id: id })).data.run_attempt).toBe(2);
    expect(emulator.findings).toEqual([]);
    expect(emulator.unimplemented).toEqual([]);
  });
});

describe('stopping', () => {
  const there = (pid: string): boolean => {
    try {
      process.kill(Number(pid), 0);
      // A killed orphan stays a zombie until its new parent reaps it.
      return !/^\d+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
    } catch {
      return false;
    }
  };

  test('a cancelled job is interrupted, its always() steps run, and all its processes are killed', async () => {
    const file = join(dir, `pids-${count}`);
    const repository = await repositoryWith({
      'main.yml': `
        on: workflow_dispatch
        jobs:
          a:
            runs-on: ubuntu-latest
            steps:
              - run: |
                  (setsid sleep 300 & echo $! >> ${file})
                  sleep 300 & echo $! >> ${file}
                  trap 'echo "> interrupted"; exit 1' INT
                  echo ready >> ${file}
                  while true; do sleep 0.05; done
              - run: echo never
              - { if: cancelled(), run: 'echo "> cleaned up"' }
          b: ${job('needs: a, steps: [{ run: echo }]')}
          c: ${job("needs: a, if: always(), steps: [{ run: 'echo' }]")}
      `,
    });
    const started = await start(repository, 'main.yml');
    await until('the step to say it is ready', () => existsSync(file) && readFileSync(file, 'utf8').includes('ready'));
    await world.actions?.cancel(started, 'ask');
    await runner.idle();
    expect(board(started)).toEqual([
      '.github/workflows/main.yml: cancelled',
      'a: cancelled',
      'b: cancelled',
      'c: success',
    ]);
    expect(printed(started, 'a')).toEqual(['interrupted', 'cleaned up']);
    const pids = readFileSync(file, 'utf8')
      .split('\n')
      .filter((line) => /^\d+$/.test(line));
    expect(pids).toHaveLength(2);
    await until('what the step started to end', () => !pids.some(there));
    await expect(world.actions?.cancel(started, 'ask')).rejects.toMatchObject({ status: 409 });
  });

  test('a forced cancel skips always() steps too', async () => {
    const file = join(dir, `forced-${count}`);
    const repository = await repositoryWith({
      'main.yml': `
        on: workflow_dispatch
        jobs:
          a:
            if: always()
            runs-on: ubuntu-latest
            steps:
              - { if: always(), run: 'echo ready > ${file}; exec sleep 300' }
              - { if: always(), run: 'echo "> too late"' }
      `,
    });
    const started = await start(repository, 'main.yml');
    await until('the step to begin', () => existsSync(file));
    await world.actions?.cancel(started, 'ask');
    expect(started.status).toBe('in_progress');
    await world.actions?.cancel(started, 'forced');
    await runner.idle();
    expect(board(started)).toEqual(['.github/workflows/main.yml: cancelled', 'a: cancelled']);
    expect(printed(started, 'a')).toEqual([]);
  });

  test.each([
    ['a newer pending run replaces the older one', '{ group: one }', ['success', 'cancelled', 'success']],
    ['queue: max keeps them all', '{ group: one, queue: max }', ['success', 'success', 'success']],
    [
      'cancel-in-progress keeps only the newest',
      '{ group: one, cancel-in-progress: true }',
      ['cancelled', 'cancelled', 'success'],
    ],
  ])('in a concurrency group %s', async (_what, concurrency, expected) => {
    const gate = join(dir, `gate-${count}`);
    const repository = await repositoryWith({
      'main.yml': `
        on: workflow_dispatch
        concurrency: ${concurrency}
        jobs:
          a: ${job(`steps: [{ run: 'timeout 60 sh -c "until [ -f ${gate} ]; do sleep 0.02; done"' }]`)}
      `,
    });
    const runs = [
      await start(repository, 'main.yml'),
      await start(repository, 'main.yml'),
      await start(repository, 'main.yml'),
    ];
    await run({ 'main.yml': `{ on: workflow_dispatch, jobs: { open: ${job(`steps: [{ run: 'touch ${gate}' }]`)} } }` });
    expect(runs.map(({ conclusion }) => conclusion)).toEqual(expected);
  });

  /** A workflow of swarm's with nothing but the job that orchestrates, which does this instead. */
  const orchestrating = (file: string, command: string): Files => {
    const shipped = parse(readFileSync(join(import.meta.dirname, '../../.github/workflows', file), 'utf8'));
    const { orchestrate } = shipped.jobs;
    return { [file]: stringify({ ...shipped, jobs: { orchestrate: { ...orchestrate, steps: [{ run: command }] } } }) };
  };

  /** People do everything that swarm's workflows listen to. */
  async function everythingIn(repository: Repository): Promise<void> {
    await runner.refresh(repository);
    const ana = world.as('ana');
    const epic = world.issues.create(ana, repository, { title: 'Checkout', body: 'x' });
    world.issues.addLabels(ana, epic, ['swarm:execute']);
    world.issues.comment(ana, epic, '/swarm status');
    const git = await world.git(repository);
    await git.updateRefs([{ name: 'refs/heads/feat/a', before: null, after: await git.readRef('refs/heads/main') }]);
    await commit(world, repository, { 'src/a.ts': 'export {};\n' }, 'feat/a');
    const at = { title: 'A', body: null, head: 'feat/a', base: 'main', draft: false, maintainerCanModify: true };
    const pull = await world.pulls.create(ana, repository, at);
    world.issues.close(ana, pull.issue, null);
    world.issues.close(ana, epic, 'completed');
    await runner.idle();
  }

  test('in a repository with the app, nothing that people do starts a run (R4.6)', async () => {
    const repository = await repositoryWith(orchestrating('swarm.yml', 'ls'));
    await everythingIn(repository);
    expect(repository.runs).toEqual([]);
  });

  test('without the app, the workflow for events starts one; where the app is there as well, it is skipped', async () => {
    const files = { ...orchestrating('swarm.yml', 'true'), ...orchestrating(EVENTS_WORKFLOW, 'true') };
    const runsOf = ({ runs }: Repository) => runs.map(({ event, jobs: [one] }) => `${event}: ${one?.conclusion}`);
    const events = ['issues', 'issue_comment', 'pull_request', 'issues'];
    const without = await repositoryWith(files);
    await everythingIn(without);
    expect(runsOf(without)).toEqual(events.map((event) => `${event}: success`));
    const both = await repositoryWith(files);
    world.setVariable(both, 'SWARM_APP', 'true');
    await everythingIn(both);
    expect(runsOf(both)).toEqual(events.map((event) => `${event}: skipped`));
  });

  test('in swarm’s own groups, a manual run and the latest comment on its epic are both done (R3.2)', async () => {
    const gate = join(dir, `gate-${count}`);
    const waits = `timeout 60 sh -c "until [ -f ${gate} ]; do sleep 0.02; done"`;
    const repository = await repositoryWith({
      ...orchestrating('swarm.yml', waits),
      ...orchestrating(EVENTS_WORKFLOW, waits),
    });
    await runner.refresh(repository);
    const ana = world.as('ana');
    const epic = world.issues.create(ana, repository, { title: 'Checkout', body: 'x' });
    const comes = async (state: 'in_progress' | 'pending', act: () => unknown): Promise<void> => {
      const before = repository.runs.length;
      await act();
      await until(`a job to be ${state}`, () => repository.runs[before]?.jobs[0]?.status === state, {
        state: () => JSON.stringify(repository.runs.map(({ event, jobs: [one] }) => [event, one?.status])),
      });
    };
    await comes('in_progress', () => world.issues.comment(ana, epic, '/swarm status'));
    await comes('pending', () => world.issues.comment(ana, epic, '/swarm pause'));
    await comes('in_progress', () => start(repository, 'swarm.yml', { epic: String(epic.number) }));
    await comes('pending', () => world.issues.comment(ana, epic, '/swarm resume'));
    await run({ 'main.yml': `{ on: workflow_dispatch, jobs: { open: ${job(`steps: [{ run: 'touch ${gate}' }]`)} } }` });
    expect(repository.runs.map(({ event, conclusion }) => `${event}: ${conclusion}`)).toEqual([
      'issue_comment: success',
      'issue_comment: cancelled',
      'workflow_dispatch: success',
      'issue_comment: success',
    ]);
  });
});

describe('time', () => {
  let clock: VirtualClock;
  let other: Emulator;
  let later: World;
  let timed: Runner;
  beforeAll(async () => {
    clock = virtualClock();
    other = await startEmulator({ clock, dir: mkdtempSync(join(dir, 'later-')) });
    later = other.world;
    later.addUser('ana');
    timed = startRunner(other, { slots: 2 });
  });
  afterAll(async () => {
    await timed.close();
    await other.close();
  });

  test('a schedule fires by the clock, from the default branch, until it is removed', async () => {
    const repository = await repositoryWith({}, later);
    const workflow = `{ on: { schedule: [{ cron: '30 */6 * * *' }] }, jobs: { a: ${job('steps: [{ run: \'echo "> ${{ github.event.schedule }}"\' }]')} } }`;
    await push(later, repository, { 'sweep.yml': workflow });
    await timed.idle();
    for (let hour = 0; hour < 13; hour += 1) {
      await clock.advance(3_600_000);
      await timed.idle();
    }
    expect(repository.runs.map((one) => [one.event, one.createdAt, one.conclusion])).toEqual([
      // The clock advances while the workflow is read, so the run may be late, as on GitHub.
      ['schedule', '2026-01-05T13:00:00Z', 'success'],
      ['schedule', '2026-01-05T19:00:00Z', 'success'],
    ]);
    expect(repository.runs[0] && printed(repository.runs[0], 'a')).toEqual(['30 */6 * * *']);
    await push(later, repository, { 'sweep.yml': workflow.replace('30 */6', '0 0') });
    await timed.idle();
    await clock.advance(2 * 3_600_000);
    await timed.idle();
    await clock.advance(3_600_000);
    await timed.idle();
    expect(repository.runs.map((one) => one.createdAt)).toEqual([
      '2026-01-05T13:00:00Z',
      '2026-01-05T19:00:00Z',
      '2026-01-06T00:00:00Z',
    ]);
  });

  test('the schedule of a workflow that is disabled starts nothing, until it is enabled', async () => {
    const repository = await repositoryWith({}, later);
    const ana = later.user('ana');
    if (!ana) throw new Error('ana is missing');
    const octokit = new Octokit({ auth: later.tokens.forUser(ana), baseUrl: other.url });
    const at = { owner: 'ana', repo: repository.name, workflow_id: 'sweep.yml' };
    const hours = async (count: number): Promise<number> => {
      const before = repository.runs.length;
      for (let hour = 0; hour < count; hour += 1) {
        await clock.advance(3_600_000);
        await timed.idle();
      }
      return repository.runs.length - before;
    };
    await push(later, repository, {
      'sweep.yml': `{ on: { schedule: [{ cron: '30 * * * *' }] }, jobs: { a: ${job('steps: [{ run: "true" }]')} } }`,
    });
    await timed.idle();
    expect(await hours(2)).toBe(2);
    await octokit.rest.actions.disableWorkflow(at);
    expect((await octokit.rest.actions.getWorkflow(at)).data.state).toBe('disabled_manually');
    expect(await hours(3)).toBe(0);
    await octokit.rest.actions.enableWorkflow(at);
    expect((await octokit.rest.actions.getWorkflow(at)).data.state).toBe('active');
    expect(await hours(2)).toBe(2);
  });

  test.each([
    [
      'a step',
      'steps: [{ timeout-minutes: 5, run: sleep 300 }, { if: failure(), run: \'echo "> timed out"\' }]',
      'failure',
      ['timed out'],
    ],
    [
      'a job',
      'timeout-minutes: 5, steps: [{ run: sleep 300 }, { if: cancelled(), run: \'echo "> timed out"\' }]',
      'cancelled',
      ['timed out'],
    ],
  ])('%s over its timeout-minutes is stopped', async (_what, body, conclusion, words) => {
    const repository = await repositoryWith({ 'main.yml': `{ on: push, jobs: { a: ${job(body)} } }` }, later);
    await push(later, repository, { 'src/a': '1' });
    let running = false;
    const stop = later.on((event) => {
      if (event.kind === 'workflow_job' && event.action === 'in_progress') running = true;
    });
    await until('the job to start', () => running);
    stop();
    const hasStarted = () => repository.runs[0]?.jobs[0]?.steps[1]?.status === 'in_progress';
    await until('the step to start', hasStarted);
    let ended = false;
    const end = timed.idle().then(() => {
      ended = true;
    });
    await clock.advance(5 * 60_000);
    // A shell ignores an interrupt while its child runs. The next signals are sent by the emulator's clock.
    await until('the job to end', async () => {
      await clock.advance(1_000);
      return ended;
    });
    await end;
    const [done] = repository.runs;
    expect(done?.conclusion).toBe(conclusion);
    expect(done && printed(done, 'a')).toEqual(words);
  });
});

test('a job leaves nothing behind', () => {
  const jobs = readdirSync(join(dir, 'runner')).flatMap((name) => {
    const place = join(dir, 'runner', name, 'jobs');
    return existsSync(place) ? readdirSync(place) : [];
  });
  expect(jobs).toEqual([]);
});

describe('filters and schedules', () => {
  // GitHub, "Workflow syntax", filter pattern cheat sheet.
  test.each([
    ['feature/*', 'feature/my-branch', true],
    ['feature/*', 'feature/beta-a/my-branch', false],
    ['feature/**', 'feature/beta-a/my-branch', true],
    ['*', 'all/the/branches', false],
    ['**', 'all/the/branches', true],
    ['*feature', 'mona-feature', true],
    ['v[12].[0-9]+.[0-9]+', 'v1.10.1', true],
    ['v[12].[0-9]+.[0-9]+', 'v3.10.1', false],
    ['*.jsx?', 'page.js', true],
    ['*.js', 'js/index.js', false],
    ['docs/*', 'docs/a/file.txt', false],
    ['**/docs/**', 'docs/hello.md', true],
    ['**/*-post.md', 'path/to/my-post.md', true],
    ['a.b', 'aXb', false],
  ])('%s against %s', (pattern, text, expected) => {
    expect(matches([pattern], text)).toBe(expected);
  });

  test('the last matching pattern decides', () => {
    expect(['a/x', 'a/keep', 'b'].map((text) => matches(['a/*', '!a/x', 'a/keep'], text))).toEqual([
      false,
      true,
      false,
    ]);
  });

  test.each([
    ['*/15 * * * *', '2026-01-05T09:00:00Z', 'UTC', '2026-01-05T09:15:00Z'],
    ['0 9 * * MON-FRI', '2026-01-09T09:00:00Z', 'UTC', '2026-01-12T09:00:00Z'],
    ['0 0 29 2 *', '2026-01-05T09:00:00Z', 'UTC', '2028-02-29T00:00:00Z'],
    ['30 5 1,15 * 7', '2026-01-05T09:00:00Z', 'UTC', '2026-01-11T05:30:00Z'],
    ['0 9 * * *', '2026-07-05T09:00:00Z', 'Europe/Berlin', '2026-07-06T07:00:00Z'],
    ['*/-1 * * * *', '2026-01-05T09:00:00Z', 'UTC', '2026-01-05T09:01:00Z'],
  ])('%s after %s (%s)', (cron, after, timezone, expected) => {
    expect(nextDue(cron, Date.parse(after), timezone)).toBe(Date.parse(expected));
  });
});

describe('parsing', () => {
  const none = { read: async () => undefined };
  test('a valid workflow and action have no problems, and invalid ones report theirs', async () => {
    const good = `{ on: push, jobs: { a: ${job('steps: [{ run: echo }]')} } }`;
    expect(await parseWorkflowFile('a.yml', good, none)).toEqual([]);
    expect(await parseWorkflowFile('a.yml', good.replace('runs-on', 'run-on'), none)).not.toEqual([]);
    expect(await parseWorkflowFile('a.yml', '{ on: push, jobs: { a: { uses: ./x.yml } } }', none)).toEqual([
      'a.yml (Line: 1, Col: 32): Unable to find reusable workflow',
    ]);
    const action = "{ name: a, description: b, runs: { using: node24, main: 'dist/index.js' } }";
    expect(parseActionFile('action.yml', action)).toEqual([]);
    expect(parseActionFile('action.yml', action.replace('node24', 'node99'))).not.toEqual([]);
  });
});
