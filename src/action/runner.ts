/**
 * How an action speaks with its runner: inputs are variables, answers and the summary are files it appends to, and
 * masks, errors and log lines are printed.
 *
 * Our own, and not `@actions/core`, because of what that loads: an HTTP client of 690 kB for the OIDC token that swarm
 * never asks for, at every event of the repository (ADR 6). What is here is all that swarm uses of it, byte for byte as it
 * writes it.
 *
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
 */
import { appendFileSync, renameSync, writeFileSync } from 'node:fs';

/** An input of `with:`, without the spaces around it; '' where it is not given. */
export const input = (name: string): string =>
  (process.env[`INPUT_${name.replaceAll(' ', '_').toUpperCase()}`] ?? '').trim();

/** From now on the runner shows `***` in its place, in every log line of the job. */
export const mask = (secret: string): void => command('add-mask', secret);

/** A line for the log. What is in it must have been made harmless: a line that begins with `::` is a command. */
export const print = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

/** Ends the step as failed, when the process ends. */
export function failStep(message: string): void {
  process.exitCode = 1;
  command('error', message);
}

/** Sets an output of the step. */
export const output = (name: string, value: string): void => append('GITHUB_OUTPUT', entry(name, value));

/**
 * Sets outputs of the step in place of all that were set before, at once: of one that dies over it, or any time later, the
 * runner reads the ones before, or these.
 */
export function outputs(values: Readonly<Record<string, string>>): void {
  const path = process.env.GITHUB_OUTPUT;
  if (!path) throw new Error('GITHUB_OUTPUT is not set: only a runner of GitHub Actions takes answers.');
  const draft = `${path}.draft`;
  writeFileSync(
    draft,
    Object.entries(values)
      .map(([name, value]) => entry(name, value))
      .join(''),
  );
  renameSync(draft, path);
}

/** Adds Markdown to the job's page; nowhere where the runner has none. */
export function summary(markdown: string): void {
  if (process.env.GITHUB_STEP_SUMMARY) append('GITHUB_STEP_SUMMARY', `${markdown}\n`);
}

const command = (name: string, text: string): void =>
  print(`::${name}::${text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')}`);

/** The delimiter is made up here and now, so that no value can end itself and go on as another output. */
function entry(name: string, value: string): string {
  const delimiter = `ghadelimiter_${crypto.randomUUID()}`;
  if (name.includes(delimiter) || value.includes(delimiter)) throw new Error('a delimiter was guessed');
  return `${name}<<${delimiter}\n${value}\n${delimiter}\n`;
}

function append(variable: string, text: string): void {
  const path = process.env[variable];
  if (!path) throw new Error(`${variable} is not set: only a runner of GitHub Actions takes answers.`);
  appendFileSync(path, text);
}
