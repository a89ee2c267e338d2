/**
 * One attempt of one workflow run: its jobs by their needs, conditions and matrices, through the reusable workflows
 * they call, to the run's conclusion.
 */
import { setMaxListeners } from 'node:events';
import type { Conclusion, Job, Run } from '#emulator/model/records';
import type { World } from '#emulator/world/world';
import { type Concurrency, type ConcurrencyGroups, type Membership, Slots } from './concurrency.ts';
import { githubContext, inputsOf, variablesOf } from './contexts.ts';
import {
  type ExpressionFunction,
  evaluate,
  evaluateString,
  evaluateStrings,
  holds,
  type Json,
  type Scope,
  type Template,
  TemplateError,
  toText,
} from './expression.ts';
import { type JobOutcome, type Machine, runJob } from './job.ts';
import { type Combination, expandStrategy } from './matrix.ts';
import { defaultPermissions, type Granted, grantedTo } from './permissions.ts';
import type { CallJobSpec, JobSpec, StepsJobSpec, Workflow } from './workflow.ts';

export type JobResult = 'success' | 'failure' | 'cancelled' | 'skipped';
export type FinishedJob = { readonly result: JobResult; readonly outputs: Readonly<Record<string, string>> };

/** What all runs share. */
export type RunServices = {
  readonly world: World;
  readonly machine: Machine;
  readonly slots: Slots;
  readonly groups: ConcurrencyGroups;
  /** Told of each job's step summaries, which GitHub shows on the run's page and nowhere in its API. */
  readonly onSummary: (job: Job, summary: string) => void;
};

/** How each job of an attempt ended, by its place in the workflow; the next attempt may keep what succeeded. */
export type FinishedJobs = Map<string, FinishedJob>;

/** One workflow at work: the run's own, or a reusable one that a job of it calls. */
type Call = {
  readonly workflow: Workflow;
  /** Before the names of its jobs: empty, or `caller / `. */
  readonly prefix: string;
  readonly key: string;
  readonly inputs: Readonly<Record<string, Json>>;
  readonly secretsFor: (token: string) => Readonly<Record<string, string>>;
  readonly allowed: Granted;
  readonly stop: AbortSignal;
  readonly ends: Map<string, Promise<FinishedJob>>;
};

/** One combination of a job's matrix, and what it shares with the others. */
type MatrixJob = {
  readonly combination: Combination;
  readonly key: string;
  readonly parallel: Slots;
  readonly stop: AbortSignal;
  readonly mayContinue: () => boolean;
};

type RunningJob = { readonly mayContinue: () => boolean; readonly controller: AbortController };

export class RunAttempt {
  readonly #services: RunServices;
  readonly #run: Run;
  readonly #workflow: Workflow;
  readonly #github: Readonly<Record<string, unknown>>;
  readonly #vars: Readonly<Record<string, string>>;
  readonly #kept: FinishedJobs;
  readonly ends: FinishedJobs = new Map();
  readonly #live = new Set<RunningJob>();
  readonly #kill = new AbortController();
  readonly #replaced = new AbortController();
  #cancelled = false;

  /** `kept`: how jobs ended in the attempt before, where they are not to be run again. */
  constructor(engine: RunServices, run: Run, workflow: Workflow, kept: FinishedJobs) {
    this.#services = engine;
    this.#run = run;
    this.#workflow = workflow;
    this.#kept = kept;
    this.#github = githubContext(engine.world, run, workflow);
    this.#vars = variablesOf(run.repository);
    // Every process of the run listens to it, which is no leak.
    setMaxListeners(0, this.#kill.signal);
  }

  /** Runs to the end and gives the run its conclusion. */
  async execute(): Promise<void> {
    const { world, groups } = this.#services;
    const run = this.#run;
    let place: Membership | undefined;
    let conclusion: Conclusion = 'cancelled';
    try {
      const claim = concurrencyOf(this.#workflow.concurrency, { contexts: this.#topContexts() });
      if (claim) {
        place = groups.enter(run.repository.id, claim, () => this.cancel('ask'));
        world.runs.update(run, { status: 'pending' });
        if (!(await first(place.granted, this.#replaced.signal))) return;
        world.runs.update(run, { status: 'queued' });
      }
      if (!this.#cancelled) conclusion = await this.#executeJobs();
    } catch (error) {
      conclusion = 'failure';
      const why = error instanceof Error ? error.message : String(error);
      world.runs.update(run, { problems: [...run.problems, why] });
      if (!(error instanceof TemplateError)) throw error;
    } finally {
      place?.leave();
      world.runs.update(run, { conclusion });
    }
  }

  /** Cancels what does not say `always()`; `forced` cancels that too. */
  cancel(force: 'ask' | 'forced'): void {
    this.#cancelled = true;
    if (this.#run.cancelRequested !== 'forced') this.#run.cancelRequested = force === 'forced' ? 'forced' : 'yes';
    this.#replaced.abort();
    if (force === 'forced') this.#kill.abort();
    for (const live of [...this.#live]) {
      if (force === 'forced' || !live.mayContinue()) live.controller.abort();
    }
  }

  async #executeJobs(): Promise<Conclusion> {
    const { repository } = this.#run;
    const call: Call = {
      workflow: this.#workflow,
      prefix: '',
      key: '',
      inputs: this.#run.inputs as Readonly<Record<string, Json>>,
      secretsFor: (token) => ({ ...Object.fromEntries(repository.secrets), GITHUB_TOKEN: token }),
      allowed: defaultPermissions(repository.defaultJobPermissions),
      stop: this.#kill.signal,
      ends: new Map(),
    };
    const results = (await this.#runAll(call)).map(({ result }) => result);
    if (this.#cancelled && results.includes('cancelled')) return 'cancelled';
    return combined(results);
  }

  #runAll(call: Call): Promise<FinishedJob[]> {
    return Promise.all(call.workflow.jobs.map((job) => this.#endOf(job.id, call)));
  }

  /** The end of a job and of all its combinations, started once. */
  #endOf(id: string, call: Call): Promise<FinishedJob> {
    const known = call.ends.get(id);
    if (known) return known;
    const spec = call.workflow.jobs.find((job) => job.id === id);
    const end = spec ? this.#runSpec(spec, call) : Promise.resolve<FinishedJob>({ result: 'skipped', outputs: {} });
    call.ends.set(id, end);
    return end;
  }

  async #runSpec(spec: JobSpec, call: Call): Promise<FinishedJob> {
    const needs = new Map<string, FinishedJob>();
    for (const id of spec.needs) needs.set(id, await this.#endOf(id, call));
    const ancestors = await Promise.all([...ancestorsOf(spec, call.workflow)].map((id) => this.#endOf(id, call)));
    const needsContext = Object.fromEntries([...needs].map(([id, { result, outputs }]) => [id, { result, outputs }]));
    const contexts = { ...this.#topContexts(), inputs: call.inputs, needs: needsContext };
    const scope = (): Scope => ({ contexts, functions: this.#jobFunctions(ancestors) });
    try {
      const mayContinue = !this.#kill.signal.aborted && !call.stop.aborted && holds(spec.condition, scope());
      if (!mayContinue) return this.#notRun(spec, call, this.#cancelled || call.stop.aborted ? 'cancelled' : 'skipped');
      const strategy = expandStrategy(spec.id, spec.strategy ? evaluate(spec.strategy, scope()) : null);
      return await this.#runMatrix(spec, call, contexts, strategy, () => holds(spec.condition, scope()));
    } catch (error) {
      if (!(error instanceof TemplateError)) throw error;
      return this.#refused(spec, call, error);
    }
  }

  async #runMatrix(
    spec: JobSpec,
    call: Call,
    contexts: Readonly<Record<string, unknown>>,
    strategy: ReturnType<typeof expandStrategy>,
    mayContinue: () => boolean,
  ): Promise<FinishedJob> {
    const { combinations, failFast, maxParallel } = strategy;
    const parallel = new Slots(maxParallel ?? combinations.length);
    const stopRest = new AbortController();
    const stop = AbortSignal.any([call.stop, stopRest.signal]);
    const outputs: Record<string, string> = {};
    const results = await Promise.all(
      combinations.map(async (combination, index): Promise<JobResult> => {
        const inMatrix = {
          ...contexts,
          matrix: combination.values,
          strategy: {
            'fail-fast': failFast,
            'job-index': index,
            'job-total': combinations.length,
            'max-parallel': maxParallel ?? combinations.length,
          },
        };
        const key = `${call.key}/${spec.id}[${index}]`;
        const kept = this.#kept.get(key);
        const place = { combination, key, parallel, stop, mayContinue };
        const end = kept ?? (await this.#runOne(spec, call, inMatrix, place));
        this.ends.set(key, end);
        // The last one to finish with something to say wins (GitHub, "Reusing workflows", outputs of a matrix).
        for (const [name, value] of Object.entries(end.outputs)) if (value !== '') outputs[name] = value;
        if (end.result === 'failure' && failFast && combinations.length > 1) stopRest.abort();
        return end.result;
      }),
    );
    return { result: combined(results), outputs };
  }

  async #runOne(
    spec: JobSpec,
    call: Call,
    contexts: Readonly<Record<string, unknown>>,
    { combination, key, parallel, stop, mayContinue }: MatrixJob,
  ): Promise<FinishedJob> {
    const { world, groups, slots } = this.#services;
    const scope = { contexts };
    const controller = new AbortController();
    const signal = AbortSignal.any([controller.signal, stop, this.#kill.signal]);
    const live: RunningJob = { mayContinue, controller };
    const held: (() => void)[] = [];
    let job: Job | undefined;
    let name = `${call.prefix}${rawName(spec)}`;
    // A call is not a job: whether it goes on after a cancel is for its own jobs to say.
    if (spec.kind === 'steps') this.#live.add(live);
    try {
      name = `${call.prefix}${jobName(spec, combination, scope)}`;
      const claim = concurrencyOf(spec.concurrency, scope);
      if (spec.kind === 'steps') {
        const labels = labelsOf(spec, scope);
        job = world.runs.createJob(this.#run, { name, labels, status: claim ? 'pending' : 'queued' });
      }
      const cancelled = () => (job ? this.#close(job, 'cancelled') : this.#recordEnd(name, spec, 'cancelled'));
      if (!(await parallel.take(signal))) return cancelled();
      held.push(() => parallel.give());
      if (claim) {
        const place = groups.enter(this.#run.repository.id, claim, () => controller.abort());
        held.push(() => place.leave());
        if (!(await first(place.granted, signal))) return cancelled();
        if (job) world.runs.updateJob(job, { status: 'queued' });
      }
      if (spec.kind === 'call') {
        if (signal.aborted) return cancelled();
        return await this.#runCall(spec, call, contexts, name, key, signal);
      }
      if (!(await slots.take(signal))) return cancelled();
      held.push(() => slots.give());
      return job ? await this.#runSteps(spec, call, contexts, job, signal) : cancelled();
    } catch (error) {
      if (!(error instanceof TemplateError)) throw error;
      return this.#refused(spec, call, error, name, job);
    } finally {
      this.#live.delete(live);
      for (const release of held.reverse()) release();
    }
  }

  /** A job on a machine, with a token that can do what its permissions say, for as long as it runs. */
  async #runSteps(
    spec: StepsJobSpec,
    call: Call,
    contexts: Readonly<Record<string, unknown>>,
    job: Job,
    cancel: AbortSignal,
  ): Promise<FinishedJob> {
    const { world, machine } = this.#services;
    const { runs, tokens, checks } = world;
    const run = this.#run;
    const permissions = grantedTo(call.workflow.permissions, spec.permissions, call.allowed);
    const token = tokens.forJob(run.repository, run.id, permissions);
    const runnerName = `emulator-${job.id}`;
    if (run.status !== 'in_progress') runs.update(run, { status: 'in_progress' });
    runs.updateJob(job, { status: 'in_progress', runnerName });
    let outcome: JobOutcome | undefined;
    try {
      outcome = await runJob(machine, {
        spec,
        id: job.id,
        name: job.name,
        contexts: {
          ...contexts,
          github: { ...this.#github, job: spec.id },
          secrets: call.secretsFor(token),
        },
        workflowEnv: call.workflow.env,
        workflowRunDefaults: call.workflow.runDefaults,
        token,
        runnerName,
        cancel,
        kill: this.#kill.signal,
        onLog: (text) => runs.appendLog(job, text),
        onUpload: (upload) => runs.addArtifact(run, upload),
        onSteps: (steps) =>
          runs.setSteps(
            job,
            steps.map((step) => ({ ...step })),
          ),
      });
    } finally {
      tokens.revoke(token);
      // What breaks here is the emulator's own fault; the job must not look as if it ran on for ever.
      if (!outcome) runs.updateJob(job, { conclusion: 'failure' });
    }
    if (outcome.annotations.length > 0) {
      checks.update(runs.actor, job.checkRun, { output: { annotations: outcome.annotations } });
    }
    if (outcome.summary !== '') this.#services.onSummary(job, outcome.summary);
    runs.updateJob(job, { conclusion: outcome.result });
    const tolerated =
      outcome.result === 'failure' &&
      spec.continueOnError &&
      evaluateString(spec.continueOnError, { contexts }) === 'true';
    return { result: tolerated ? 'success' : outcome.result, outputs: outcome.outputs };
  }

  async #runCall(
    spec: CallJobSpec,
    caller: Call,
    contexts: Readonly<Record<string, unknown>>,
    name: string,
    key: string,
    stop: AbortSignal,
  ): Promise<FinishedJob> {
    const trigger = spec.called.on.get('workflow_call');
    const given = spec.with ? evaluate(spec.with, { contexts }) : {};
    const { secrets } = spec;
    const call: Call = {
      workflow: spec.called,
      prefix: `${name} / `,
      key,
      inputs: inputsOf(trigger?.inputs ?? [], given, contexts),
      secretsFor: (token) => {
        const all = caller.secretsFor(token);
        if (secrets === 'inherit') return all;
        return { ...evaluateStrings(secrets, { contexts: { ...contexts, secrets: all } }), GITHUB_TOKEN: token };
      },
      allowed: grantedTo(caller.workflow.permissions, spec.permissions, caller.allowed),
      stop,
      ends: new Map(),
    };
    const ends = await this.#runAll(call);
    const jobs = Object.fromEntries(call.workflow.jobs.map((job, index) => [job.id, ends[index]]));
    const scope = { contexts: { ...this.#topContexts(), inputs: call.inputs, jobs } };
    const outputs: Record<string, string> = {};
    for (const [output, value] of trigger?.outputs ?? []) outputs[output] = evaluateString(value, scope);
    return { result: combined(ends.map(({ result }) => result)), outputs };
  }

  /** The record of a job that did not come to run. */
  #notRun(spec: JobSpec, call: Call, result: 'skipped' | 'cancelled'): FinishedJob {
    const kept = this.#kept.get(`${call.key}/${spec.id}[0]`);
    if (kept && !this.#cancelled) {
      this.ends.set(`${call.key}/${spec.id}[0]`, kept);
      return kept;
    }
    const end = this.#recordEnd(`${call.prefix}${rawName(spec)}`, spec, result);
    this.ends.set(`${call.key}/${spec.id}[0]`, end);
    return end;
  }

  /** A job that cannot run because an expression of it cannot be evaluated. */
  #refused(spec: JobSpec, call: Call, error: TemplateError, name?: string, record?: Job): FinishedJob {
    const { runs, checks } = this.#services.world;
    const job = record ?? runs.createJob(this.#run, { name: name ?? `${call.prefix}${rawName(spec)}`, labels: [] });
    runs.appendLog(job, `##[error]${error.message}\n`);
    const annotation = { level: 'failure', message: error.message, title: null, path: call.workflow.path } as const;
    checks.update(runs.actor, job.checkRun, { output: { annotations: [{ ...annotation, startLine: 1, endLine: 1 }] } });
    return this.#close(job, 'failure');
  }

  #recordEnd(name: string, spec: JobSpec, result: 'skipped' | 'cancelled'): FinishedJob {
    const labels = spec.kind === 'steps' && spec.runsOn?.kind === 'literal' ? [String(spec.runsOn.value)] : [];
    return this.#close(this.#services.world.runs.createJob(this.#run, { name, labels }), result);
  }

  #close(job: Job, result: JobResult): FinishedJob {
    this.#services.world.runs.updateJob(job, { conclusion: result });
    return { result, outputs: {} };
  }

  #topContexts(): Readonly<Record<string, unknown>> {
    return { github: this.#github, vars: this.#vars, inputs: this.#run.inputs };
  }

  /**
   * Status functions of a job look at all its ancestors: a job whose grandparent was skipped is skipped too, even
   * where its parent ran by `always()` (actions/runner issue 491; it is by design).
   */
  #jobFunctions(ancestors: readonly FinishedJob[]): ExpressionFunction[] {
    const status = (name: string, call: () => boolean): ExpressionFunction => ({ name, minArgs: 0, maxArgs: 0, call });
    return [
      status('success', () => !this.#cancelled && ancestors.every(({ result }) => result === 'success')),
      status('failure', () => ancestors.some(({ result }) => result === 'failure')),
      status('cancelled', () => this.#cancelled),
      status('always', () => true),
    ];
  }
}

function combined(results: readonly JobResult[]): JobResult {
  if (results.includes('failure')) return 'failure';
  if (results.includes('cancelled')) return 'cancelled';
  return results.every((result) => result === 'skipped') ? 'skipped' : 'success';
}

function ancestorsOf(spec: JobSpec, workflow: Workflow, found = new Set<string>()): Set<string> {
  for (const id of spec.needs) {
    if (found.has(id)) continue;
    found.add(id);
    const parent = workflow.jobs.find((job) => job.id === id);
    if (parent) ancestorsOf(parent, workflow, found);
  }
  return found;
}

/** True when granted; false when refused or when the signal came first. */
async function first(granted: Promise<boolean>, signal: AbortSignal): Promise<boolean> {
  if (signal.aborted) return false;
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const onAbort = () => resolve(false);
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    return await Promise.race([granted, promise]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}

/** A literal name gets the matrix behind it, an expression says itself what it wants to show. */
function jobName(spec: JobSpec, combination: Combination, scope: Scope): string {
  if (spec.name?.kind === 'expression') return evaluateString(spec.name, scope) || spec.id;
  const name = rawName(spec);
  return combination.label === '' ? name : `${name} (${combination.label})`;
}

function rawName({ id, name }: JobSpec): string {
  if (name?.kind === 'expression') return name.source;
  return name?.kind === 'literal' && name.value !== null && name.value !== '' ? String(name.value) : id;
}

function labelsOf(spec: StepsJobSpec, scope: Scope): string[] {
  if (!spec.runsOn) return [];
  const value = evaluate(spec.runsOn, scope);
  const labels = typeof value === 'object' && value !== null && !Array.isArray(value) ? (value.labels ?? []) : value;
  return (Array.isArray(labels) ? labels : [labels]).map(toText);
}

function concurrencyOf(template: Template | undefined, scope: Scope): Concurrency | undefined {
  if (!template) return undefined;
  const value = evaluate(template, scope);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    const group = toText(value);
    return group === '' ? undefined : { group, cancelInProgress: false, queue: 'single' };
  }
  const group = toText(value.group ?? '');
  if (group === '') return undefined;
  const cancelInProgress = toText(value['cancel-in-progress'] ?? false) === 'true';
  const queue = value.queue === 'max' ? 'max' : 'single';
  if (queue === 'max' && cancelInProgress) {
    throw new TemplateError("'queue: max' cannot be combined with 'cancel-in-progress: true'");
  }
  return { group, cancelInProgress, queue };
}

/** What of the last attempt stands when only failed jobs are run again: what succeeded and needs none of them. */
export function jobsToKeep(workflow: Workflow, ends: FinishedJobs, key: string): FinishedJobs {
  const kept: FinishedJobs = new Map();
  const again = new Map<string, boolean>();
  const endsOf = (spec: JobSpec) =>
    [...ends].filter(([place]) => place.startsWith(`${key}/${spec.id}[`) && !place.slice(key.length + 1).includes('/'));
  const runsAgain = (spec: JobSpec): boolean => {
    const known = again.get(spec.id);
    if (known !== undefined) return known;
    const parents = workflow.jobs.filter(({ id }) => spec.needs.includes(id));
    const own = endsOf(spec);
    const answer =
      parents.some(runsAgain) ||
      own.length === 0 ||
      own.some(([, { result }]) => result !== 'success' && result !== 'skipped');
    again.set(spec.id, answer);
    return answer;
  };
  for (const spec of workflow.jobs) {
    const parents = workflow.jobs.filter(({ id }) => spec.needs.includes(id));
    if (parents.some(runsAgain)) continue;
    runsAgain(spec);
    for (const [place, end] of endsOf(spec)) {
      if (end.result === 'success' || end.result === 'skipped') kept.set(place, end);
      else if (spec.kind === 'call')
        for (const [inner, of] of jobsToKeep(spec.called, ends, place)) kept.set(inner, of);
    }
  }
  return kept;
}
