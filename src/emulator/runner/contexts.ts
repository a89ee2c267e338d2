/**
 * The contexts of a run's expressions: `github`, `vars`, and the `inputs` of a dispatch or a call.
 */

import type { Actor, Repository, Run } from '#emulator/model/records';
import { Refusal } from '#emulator/model/refusal';
import { rulesFor } from '#emulator/model/repository';
import type { World } from '#emulator/world/world';
import { evaluate, evaluateString, type Json, TemplateError, toText } from './expression.ts';
import type { CallInput, Workflow } from './workflow.ts';
import type { WorkflowEvent } from './workflow-events.ts';

/** The maximum length of all inputs together (GitHub, "workflow_dispatch"). */
const MAX_INPUT_LENGTH = 65_535;

/** The `inputs` of a called workflow: the given values, checked against their declared types, or the defaults. */
export function inputsOf(
  declared: readonly CallInput[],
  given: Json,
  contexts: Readonly<Record<string, unknown>>,
): Record<string, Json> {
  const values = typeof given === 'object' && given !== null && !Array.isArray(given) ? given : {};
  const byName = new Map(Object.entries(values).map(([name, value]) => [name.toLowerCase(), value]));
  return Object.fromEntries(
    declared.map((input): [string, Json] => {
      const value = byName.get(input.name.toLowerCase());
      if (value !== undefined && value !== null) return [input.name, typed(input, value)];
      if (input.default) return [input.name, typed(input, evaluate(input.default, { contexts }))];
      return [input.name, input.type === 'boolean' ? false : input.type === 'number' ? 0 : ''];
    }),
  );
}

function typed(input: CallInput, value: Json): Json {
  const fits = input.type === 'boolean' || input.type === 'number' ? typeof value === input.type : !isNested(value);
  if (!fits) {
    throw new TemplateError(`Input '${input.name}' must be a ${input.type}, not '${toText(value)}'`);
  }
  return input.type === 'boolean' || input.type === 'number' ? value : toText(value);
}

function isNested(value: Json): boolean {
  return typeof value === 'object' && value !== null;
}

export function variablesOf(repository: Repository): Record<string, string> {
  return Object.fromEntries([...repository.variables.values()].map(({ name, value }) => [name, value]));
}

/** The facts about a run that the `github` context shows. The id is unknown until the run is created. */
type RunFacts = Pick<
  Run,
  | 'repository'
  | 'ref'
  | 'event'
  | 'pulls'
  | 'number'
  | 'attempt'
  | 'actor'
  | 'triggeringActor'
  | 'workflowSha'
  | 'payload'
> & { readonly id: number | undefined };

/** The `github` context (GitHub, "Contexts"), without the values that only exist inside a job. */
export function githubContext(world: World, run: RunFacts, workflow: Workflow): Record<string, unknown> {
  const { repository, ref } = run;
  const fullName = `${repository.owner.login}/${repository.name}`;
  const [, kind = '', name = ''] = /^refs\/(heads|tags|pull)\/(.*)$/.exec(ref) ?? [];
  const pull = run.event.startsWith('pull_request') ? run.pulls[0] : undefined;
  return {
    ref,
    sha: run.workflowSha,
    repository: fullName,
    repository_id: String(repository.id),
    repository_owner: repository.owner.login,
    repository_owner_id: String(repository.owner.id),
    repository_visibility: repository.visibility,
    repositoryUrl: `git://${world.url.replace(/^https?:\/\//, '')}/${fullName}.git`,
    run_id: String(run.id ?? ''),
    run_number: String(run.number),
    run_attempt: String(run.attempt),
    retention_days: '90',
    actor: run.actor.login,
    actor_id: String(run.actor.id),
    triggering_actor: run.triggeringActor.login,
    workflow: workflow.name,
    workflow_ref: `${fullName}/${workflow.path}@${ref}`,
    workflow_sha: run.workflowSha,
    head_ref: pull?.headRef ?? '',
    base_ref: pull?.baseRef ?? '',
    event_name: run.event,
    event: run.payload,
    server_url: world.serverUrl,
    api_url: `${world.url}/api/v3`,
    graphql_url: `${world.url}/api/graphql`,
    ref_name: name,
    ref_type: kind === 'tags' ? 'tag' : 'branch',
    ref_protected: kind === 'heads' && rulesFor(repository, name).length > 0,
    secret_source: 'Actions',
  };
}

/** The contexts for `run-name`. It is evaluated before the run is created, so that the first event has the name. */
export function runNameContexts(
  world: World,
  repository: Repository,
  workflow: Workflow,
  workflowEvent: WorkflowEvent,
  actor: Actor,
): { github: Record<string, unknown>; vars: Record<string, string> } {
  const facts: RunFacts = {
    repository,
    ref: workflowEvent.ref,
    event: workflowEvent.event,
    pulls: workflowEvent.pulls,
    number: (repository.workflows.get(workflow.path)?.lastRunNumber ?? 0) + 1,
    attempt: 1,
    actor: actor.user,
    triggeringActor: actor.user,
    workflowSha: workflowEvent.sha,
    payload: workflowEvent.payload,
    id: undefined,
  };
  return { github: githubContext(world, facts, workflow), vars: variablesOf(repository) };
}

/**
 * A dispatch's inputs: `values` with their declared types for `inputs`, and `texts` for `github.event.inputs`.
 * Throws 422 for everything that GitHub refuses.
 */
export function dispatchInputs(
  declared: readonly CallInput[],
  given: Readonly<Record<string, unknown>>,
): { values: Record<string, Json>; texts: Record<string, string> } {
  const unexpected = Object.keys(given).filter((name) => !declared.some((input) => input.name === name));
  if (unexpected.length > 0) throw new Refusal(422, `Unexpected inputs provided: ${JSON.stringify(unexpected)}`);
  if (JSON.stringify(given).length > MAX_INPUT_LENGTH) throw new Refusal(422, 'inputs are too large.');
  const values: Record<string, Json> = {};
  const texts: Record<string, string> = {};
  for (const input of declared) {
    const fallback = input.default ? evaluateString(input.default, { contexts: {} }) : undefined;
    const text = given[input.name] === undefined ? fallback : String(given[input.name]);
    if (text === undefined || (text === '' && input.required)) {
      if (input.required) throw new Refusal(422, `Required input '${input.name}' not provided`);
      values[input.name] = input.type === 'boolean' ? false : '';
      continue;
    }
    if (input.type === 'choice' && !input.options.includes(text)) {
      throw new Refusal(422, `Provided value '${text}' for input '${input.name}' not in the list of allowed values`);
    }
    if (input.type === 'boolean' && text !== 'true' && text !== 'false') {
      throw new Refusal(422, `Provided value '${text}' for input '${input.name}' is not a boolean`);
    }
    if (input.type === 'number' && Number.isNaN(Number(text))) {
      throw new Refusal(422, `Provided value '${text}' for input '${input.name}' is not a number`);
    }
    texts[input.name] = text;
    values[input.name] = input.type === 'boolean' ? text === 'true' : input.type === 'number' ? Number(text) : text;
  }
  return { values, texts };
}
