/**
 * The jobs of a run, each by the action's own entry, with the inputs that the workflow would have handed it and the token
 * that its `permissions` give it. Of a played run those that speak to GitHub: plan, publish and record.
 */
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Job as ActionJob } from '../../src/action/job.ts';
import { run as plan } from '../../src/action/plan.ts';
import { run as publish } from '../../src/action/publish.ts';
import { run as record } from '../../src/action/record.ts';
import { run as verify } from '../../src/action/verify.ts';
import { run as work } from '../../src/action/work.ts';
import type { Run } from '../../src/emulator/model/state.ts';
import { makeClient } from '../../src/github/client.ts';
import { REPOSITORY, type Stage } from './stage.ts';

/** As `.github/workflows` say. */
const JOBS = {
  plan: { run: plan, permissions: { contents: 'write' } },
  work: { run: work, permissions: { contents: 'read' } },
  verify: { run: verify, permissions: { contents: 'read' } },
  publish: { run: publish, permissions: { contents: 'write', 'pull-requests': 'write', checks: 'write' } },
  record: { run: record, permissions: { contents: 'write' } },
} as const;

/** A job that GitHub fails, or that finds nothing to be its work, fails; anything else is a mistake, and ends the story. */
const FAILURES: ReadonlySet<string> = new Set([
  'BadInput',
  'NoAssignment',
  'NothingToReport',
  'GitHubUnavailable',
  'GitHubRefused',
  'GitFailed',
]);

export interface Done {
  readonly conclusion: 'success' | 'failure';
  readonly outputs: Readonly<Record<string, string>>;
}

/** The action writes its outputs where the environment says, and that is one place in a process: jobs take turns. */
let turn: Promise<unknown> = Promise.resolve();
const outputFile = join(mkdtempSync(join(tmpdir(), 'swarm-outputs-')), 'output');

export function runJob(
  stage: Stage,
  run: Run,
  name: keyof typeof JOBS,
  inputs: Readonly<Record<string, string>>,
): Promise<Done> {
  const mine = turn.then(() => runAlone(stage, run, name, inputs));
  turn = mine.catch(() => undefined);
  return mine;
}

async function runAlone(
  stage: Stage,
  run: Run,
  name: keyof typeof JOBS,
  inputs: Readonly<Record<string, string>>,
): Promise<Done> {
  const { world, repository, emulator } = stage;
  const { owner, name: repo } = REPOSITORY;
  const token = world.tokens.forJob(repository, run.id, JOBS[name].permissions);
  const job: ActionJob = {
    connect: async () => makeClient({ apiUrl: emulator.url, token }),
    repository: REPOSITORY,
    token,
    serverUrl: world.url,
    event: 'workflow_dispatch',
    actor: run.triggeringActor.login,
    runId: run.id,
    runUrl: `${world.url}/${owner}/${repo}/actions/runs/${run.id}`,
    secrets: new Set([token]),
    input: (input) => inputs[input] ?? '',
    payload: async () => run.payload,
    log: () => {},
  };
  const before = process.env.GITHUB_OUTPUT;
  const loud = process.stdout.write;
  process.env.GITHUB_OUTPUT = outputFile;
  writeFileSync(outputFile, '');
  // What a job tells its runner must not be told to the runner of these tests.
  process.stdout.write = ((text: string | Uint8Array) =>
    String(text).startsWith('::') || loud.call(process.stdout, text)) as typeof loud;
  try {
    await JOBS[name].run(job);
    // A step that failed by its own word says so by this.
    const conclusion = process.exitCode ? 'failure' : 'success';
    return { conclusion, outputs: readOutputs(readFileSync(outputFile, 'utf8')) };
  } catch (error) {
    if (error instanceof Error && FAILURES.has(error.name)) return { conclusion: 'failure', outputs: {} };
    throw error;
  } finally {
    process.stdout.write = loud;
    process.exitCode = undefined;
    if (before === undefined) delete process.env.GITHUB_OUTPUT;
    else process.env.GITHUB_OUTPUT = before;
    world.tokens.revoke(token);
  }
}

/** `name<<delimiter`, the value's lines, the delimiter again: how an action's toolkit writes them. */
function readOutputs(text: string): Readonly<Record<string, string>> {
  const found = [...text.matchAll(/^(.+?)<<(\S+)\r?\n([\s\S]*?)\r?\n\2$/gm)];
  return Object.fromEntries(found.map(([, name = '', , value = '']) => [name, value]));
}
