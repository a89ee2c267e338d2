/**
 * An action's interface to its runner: inputs are variables, outputs and the summary are files that it appends to, and
 * masks, errors and log lines are printed.
 *
 * `@actions/core` is not used because it loads an HTTP client of 690 kB, for an OIDC token that swarm never requests, at
 * every event of the repository (ADR 6, ADR 9). This file has the parts that swarm needs, in the same format.
 *
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
 */
import { appendFileSync, renameSync, writeFileSync } from 'node:fs';

/** The job's environment. */
export type Variables = Readonly<Record<string, string | undefined>>;

/** An input from `with:`, trimmed; '' if it is not set. */
export const input = (variables: Variables, name: string): string =>
  (variables[`INPUT_${name.replaceAll(' ', '_').toUpperCase()}`] ?? '').trim();

/** Makes the runner show `***` instead of this text in all further log lines of the job. */
export const mask = (secret: string): void => command('add-mask', secret);

/** Prints a line to the log. The text must be safe: the runner takes a line that starts with `::` as a command. */
export const print = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

/** Makes the step fail when the process ends. */
export function failStep(message: string): void {
  process.exitCode = 1;
  command('error', message);
}

/** Sets an output of the step. */
export const output = (variables: Variables, name: string, value: string): void =>
  append(variables, 'GITHUB_OUTPUT', entry(name, value));

/**
 * Replaces all outputs of the step atomically: if the process dies at any moment, the runner reads either the earlier
 * outputs or these.
 */
export function outputs(variables: Variables, values: Readonly<Record<string, string>>): void {
  const path = variables.GITHUB_OUTPUT;
  if (!path) throw new Error('GITHUB_OUTPUT is not set. This action only runs on a runner of GitHub Actions.');
  const draft = `${path}.draft`;
  writeFileSync(
    draft,
    Object.entries(values)
      .map(([name, value]) => entry(name, value))
      .join(''),
  );
  renameSync(draft, path);
}

/** Adds Markdown to the job's page, if the runner has one. */
export function summary(variables: Variables, markdown: string): void {
  if (variables.GITHUB_STEP_SUMMARY) append(variables, 'GITHUB_STEP_SUMMARY', `${markdown}\n`);
}

const command = (name: string, text: string): void =>
  print(`::${name}::${text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')}`);

/** The delimiter is random, so that a value cannot contain it and add another output. */
function entry(name: string, value: string): string {
  const delimiter = `ghadelimiter_${crypto.randomUUID()}`;
  if (name.includes(delimiter) || value.includes(delimiter))
    throw new Error('The value contains the random delimiter.');
  return `${name}<<${delimiter}\n${value}\n${delimiter}\n`;
}

function append(variables: Variables, name: string, text: string): void {
  const path = variables[name];
  if (!path) throw new Error(`${name} is not set. This action only runs on a runner of GitHub Actions.`);
  appendFileSync(path, text);
}
