/**
 * The job this process is a step of: its inputs, its event, its way to GitHub, its log. Everything the runner tells an
 * action through the environment is read here.
 *
 * What is printed comes from us or goes through `log`, which leaves no runner command and no known secret in it.
 */

import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { readAttemptId } from '#core/model/attempt';
import { type IssueNumber, numberIn, type RepositoryName } from '#core/model/epic';
import type { Client } from '#github/client';
import { clip, logText, oneLine, redact } from '#words/safe';
import * as runner from './runner.ts';

export interface Job {
  /** The way to GitHub, with this job's token. It is loaded when it is needed: most events need none. */
  connect(): Promise<Client>;
  readonly repository: RepositoryName;
  readonly token: string;
  /** `https://github.com`, or the GHES host. */
  readonly serverUrl: string;
  readonly event: string;
  /** Who started this run, also by a re-run. */
  readonly actor: string;
  readonly runId: number;
  readonly runUrl: string;
  readonly secrets: Set<string>;
  input(name: string): string;
  payload(): Promise<unknown>;
  log(line: string): void;
  /** Sets one output of the step. */
  answer(name: string, value: string): void;
  /** Sets all outputs of the step at once, in place of what was answered before. */
  answerAll(values: Readonly<Record<string, string>>): void;
  /** Adds Markdown to the job's page, without anything that looks like a credential. */
  summarise(markdown: string): void;
  /** Ends the step as failed, with one line that says why. */
  fail(message: string): void;
  wait(ms: number): Promise<void>;
}

export class BadInput extends Error {
  override readonly name = 'BadInput';
}

export function readJob(): Job {
  const token = runner.input('token');
  if (token === '') throw new BadInput('The input `token` is empty; a token of this job was expected.');
  runner.mask(token);
  const [owner = '', name = ''] = variable('GITHUB_REPOSITORY').split('/');
  const serverUrl = process.env.GITHUB_SERVER_URL ?? 'https://github.com';
  const runId = Number(variable('GITHUB_RUN_ID'));
  const secrets = new Set([token, ...secretVariables()]);
  return {
    async connect() {
      const { DEFAULT_API_URL, makeClient } = await import('#github/client');
      return makeClient({ apiUrl: process.env.GITHUB_API_URL ?? DEFAULT_API_URL, token });
    },
    repository: { owner, name },
    token,
    serverUrl,
    event: variable('GITHUB_EVENT_NAME'),
    actor: process.env.GITHUB_TRIGGERING_ACTOR || variable('GITHUB_ACTOR'),
    runId,
    runUrl: `${serverUrl}/${owner}/${name}/actions/runs/${runId}`,
    secrets,
    input: (input) => runner.input(input),
    payload: async () => JSON.parse(await readFile(variable('GITHUB_EVENT_PATH'), 'utf8')) as unknown,
    log: (line) => runner.print(logText(line, secrets)),
    answer: runner.output,
    answerAll: runner.outputs,
    summarise: (markdown) => runner.summary(redact(markdown)),
    fail: (message) => fail(message, secrets),
    wait: (ms) => sleep(ms),
  };
}

/** `Job.fail` for a step that failed before it had a job. */
export const fail = (message: string, secrets: ReadonlySet<string> = new Set()): void =>
  runner.failStep(logText(oneLine(message), secrets));

function variable(name: string): string {
  const value = process.env[name];
  if (!value) throw new BadInput(`${name} is not set: this is an action, it runs as a step of a GitHub workflow.`);
  return value;
}

/** By their names; agents' keys among them. */
const secretVariables = (): readonly string[] =>
  Object.entries(process.env)
    .filter(([name, value]) => /key|token|secret|password|credential/i.test(name) && (value ?? '').length >= 8)
    .map(([, value]) => value ?? '')
    .filter((value) => !value.startsWith('/') && !/^\d+$/.test(value));

export function epicOf(job: Job): IssueNumber {
  const text = job.input('epic').replace(/^#/, '');
  const number = /^[1-9]\d*$/.test(text) ? numberIn(text) : undefined;
  if (number === undefined) {
    throw new BadInput(`The input \`epic\` is ${JSON.stringify(clip(text, 40))}; the number of an issue was expected.`);
  }
  return number;
}

export function idOf(job: Job, input: 'attempt' | 'dispatch'): string {
  const text = job.input(input);
  const isId = input === 'attempt' ? readAttemptId(text) !== undefined : /^[1-9]\d{0,14}\.[1-9]\d{0,8}$/.test(text);
  if (!isId || text.length > 60) {
    throw new BadInput(
      `The input \`${input}\` is ${JSON.stringify(clip(text, 40))}; an id from the journal was expected.`,
    );
  }
  return text;
}
