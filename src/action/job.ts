/**
 * The job that this process is a step of: its inputs, event, GitHub client and log. Everything that the runner passes to an
 * action through the environment is read here.
 *
 * Everything printed is our own text or goes through `log`, which removes runner commands and known secrets.
 */

import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { readAttemptId } from '#core/model/attempt';
import { type IssueNumber, numberIn, type RepositoryName } from '#core/model/epic';
import type { Client } from '#github/client';
import { clip, LogRedactor, logText, oneLine, redact } from '#words/safe';
import * as runner from './runner.ts';

export interface Job {
  /** A GitHub client with this job's token. Loaded on demand, because most events need none. */
  connect(): Promise<Client>;
  /** A client with the token for branches and pull requests, if the workflow gives one. */
  connectToPublish(): Promise<Client | undefined>;
  readonly repository: RepositoryName;
  readonly token: string;
  /** `https://github.com`, or the GHES host. */
  readonly serverUrl: string;
  readonly event: string;
  /** The login that started this run or re-run. */
  readonly actor: string;
  readonly runId: number;
  readonly runUrl: string;
  readonly secrets: Set<string>;
  /** Its environment. While work and verify run, this process alone knows it. */
  readonly variables: runner.Variables;
  input(name: string): string;
  payload(): Promise<unknown>;
  log(line: string): void;
  /** Prints the lines that were held back, because they could have been the beginning of a secret. */
  endLog(): void;
  /** Sets one output of the step. */
  setOutput(name: string, value: string): void;
  /** Replaces all outputs of the step at once. */
  setOutputs(values: Readonly<Record<string, string>>): void;
  /** Adds Markdown to the job's page, without anything that looks like a credential. */
  addSummary(markdown: string): void;
  /** Ends the step as failed, with one line that says why. */
  fail(message: string): void;
  wait(ms: number): Promise<void>;
}

export class BadInput extends Error {
  override readonly name = 'BadInput';
}

export function readJob(variables: runner.Variables): Job {
  const token = runner.input(variables, 'token');
  if (token === '') throw new BadInput('The input `token` is empty; the token of this job is required.');
  runner.mask(token);
  const publishToken = runner.input(variables, 'publish-token');
  if (publishToken !== '') runner.mask(publishToken);
  const [owner = '', name = ''] = variable(variables, 'GITHUB_REPOSITORY').split('/');
  const serverUrl = variables.GITHUB_SERVER_URL ?? 'https://github.com';
  const runId = Number(variable(variables, 'GITHUB_RUN_ID'));
  const secrets = new Set([token, ...(publishToken === '' ? [] : [publishToken]), ...secretVariables(variables)]);
  const log = new LogRedactor(secrets);
  const connect = async (ofToken: string) => {
    const { DEFAULT_API_URL, makeClient } = await import('#github/client');
    return makeClient({ apiUrl: variables.GITHUB_API_URL ?? DEFAULT_API_URL, token: ofToken });
  };
  return {
    connect: () => connect(token),
    connectToPublish: async () => (publishToken === '' ? undefined : connect(publishToken)),
    repository: { owner, name },
    token,
    serverUrl,
    event: variable(variables, 'GITHUB_EVENT_NAME'),
    actor: variables.GITHUB_TRIGGERING_ACTOR || variable(variables, 'GITHUB_ACTOR'),
    runId,
    runUrl: `${serverUrl}/${owner}/${name}/actions/runs/${runId}`,
    secrets,
    variables,
    input: (input) => runner.input(variables, input),
    payload: async () => JSON.parse(await readFile(variable(variables, 'GITHUB_EVENT_PATH'), 'utf8')) as unknown,
    log: (line) => log.add(line).forEach(runner.print),
    endLog: () => log.end().forEach(runner.print),
    setOutput: (name, value) => runner.output(variables, name, value),
    setOutputs: (values) => runner.outputs(variables, values),
    addSummary: (markdown) => runner.summary(variables, redact(markdown)),
    fail: (message) => fail(message, secrets),
    wait: (ms) => sleep(ms),
  };
}

/** `Job.fail`, for a step that fails before it has a job. */
export const fail = (message: string, secrets: ReadonlySet<string> = new Set()): void =>
  runner.failStep(logText(oneLine(message), secrets));

function variable(variables: runner.Variables, name: string): string {
  const value = variables[name];
  if (!value) throw new BadInput(`${name} is not set. This action only runs as a step of a GitHub workflow.`);
  return value;
}

/** Values of variables with a name like that of a secret, including agents' API keys. */
const secretVariables = (variables: runner.Variables): readonly string[] =>
  Object.entries(variables)
    .filter(([name, value]) => /key|token|secret|password|credential/i.test(name) && (value ?? '').length >= 8)
    .map(([, value]) => value ?? '')
    .filter((value) => !value.startsWith('/') && !/^\d+$/.test(value));

export function epicOf(job: Job): IssueNumber {
  const text = job.input('epic').replace(/^#/, '');
  const number = /^[1-9]\d*$/.test(text) ? numberIn(text) : undefined;
  if (number === undefined) {
    throw new BadInput(`The input \`epic\` is ${JSON.stringify(clip(text, 40))}; it has to be the number of an issue.`);
  }
  return number;
}

export function idOf(job: Job, input: 'attempt' | 'dispatch'): string {
  const text = job.input(input);
  const isId = input === 'attempt' ? readAttemptId(text) !== undefined : /^[1-9]\d{0,14}\.[1-9]\d{0,8}$/.test(text);
  if (!isId || text.length > 60) {
    throw new BadInput(
      `The input \`${input}\` is ${JSON.stringify(clip(text, 40))}; it has to be an id from the journal.`,
    );
  }
  return text;
}
