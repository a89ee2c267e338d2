/**
 * The jobs of a run, each by the action's own entry, with the inputs that the workflow would hand it and the token that
 * its `permissions` give it. A played run uses only those that talk to GitHub: plan, publish and record, and without the app
 * orchestrate.
 *
 * A job keeps its outputs and its conclusion to itself, so jobs of two stories can never mix.
 */
import type { Job as ActionJob } from '../../src/action/job.ts';
import { run as orchestrate } from '../../src/action/orchestrate.ts';
import { run as plan } from '../../src/action/plan.ts';
import { run as publish } from '../../src/action/publish.ts';
import { run as record } from '../../src/action/record.ts';
import { run as verify } from '../../src/action/verify.ts';
import { run as work } from '../../src/action/work.ts';
import type { Run } from '../../src/emulator/model/records.ts';
import { makeClient } from '../../src/github/client.ts';
import { REPOSITORY, type Stage } from './stage.ts';

/** The same permissions as in `.github/workflows`. */
const JOBS = {
  plan: { run: plan, permissions: { contents: 'write' } },
  work: { run: work, permissions: { contents: 'read' } },
  verify: { run: verify, permissions: { contents: 'read' } },
  publish: { run: publish, permissions: { contents: 'write' } },
  record: { run: record, permissions: { contents: 'write' } },
  orchestrate: {
    run: orchestrate,
    permissions: {
      ...{ actions: 'write', checks: 'write', contents: 'write', issues: 'write' },
      ...{ pull_requests: 'write', statuses: 'read' },
    },
  },
} as const;

export type JobName = keyof typeof JOBS;

/** Errors that fail a job. Any other error is a bug and ends the story. */
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

export async function runJob(
  stage: Stage,
  run: Run,
  name: JobName,
  inputs: Readonly<Record<string, string>>,
): Promise<Done> {
  const { world, repository, clock } = stage;
  const { owner, name: repo } = REPOSITORY;
  const token = world.tokens.forJob(repository, run.id, JOBS[name].permissions);
  let conclusion: Done['conclusion'] = 'success';
  let outputs: Record<string, string> = {};
  const job: ActionJob = {
    connectToPublish: async () => undefined,
    connect: async () => makeClient({ apiUrl: stage.apiUrl, token, now: clock.now }),
    repository: REPOSITORY,
    token,
    serverUrl: world.url,
    event: run.event,
    actor: run.triggeringActor.login,
    runId: run.id,
    runUrl: `${world.url}/${owner}/${repo}/actions/runs/${run.id}`,
    secrets: new Set([token]),
    variables: { ...process.env, SWARM_ISOLATION: 'best' },
    input: (input) => inputs[input] ?? '',
    payload: async () => run.payload,
    log: () => {},
    endLog: () => {},
    setOutput(output, value) {
      outputs[output] = value;
    },
    setOutputs(values) {
      outputs = { ...values };
    },
    addSummary: () => {},
    fail() {
      conclusion = 'failure';
    },
    wait: (ms) => stage.pass(ms),
  };
  try {
    await JOBS[name].run(job);
    return { conclusion, outputs };
  } catch (error) {
    if (error instanceof Error && FAILURES.has(error.name)) return { conclusion: 'failure', outputs: {} };
    throw error;
  } finally {
    world.tokens.revoke(token);
  }
}
