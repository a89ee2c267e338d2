/**
 * Executes one attempt of a workflow run: its jobs with their needs, conditions and matrices, the reusable workflows they
 * call, and the run's conclusion.
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

/** The services that all runs share. */
export type RunServices = {
  readonly world: World;
  readonly machine: Machine;
  readonly slots: Slots;
  readonly groups: ConcurrencyGroups;
  /** The position of each job in its workflow, by which a later attempt finds it. */
  readonly positions: Map<Job, string>;
  /** Called with each job's step summaries. GitHub shows them on the run's page, but not in its API. */
  readonly onSummary: (job: Job, summary: string) => void;
};

/** The finished jobs of an attempt, by their position in the workflow. The next attempt may keep those that succeeded. */
export type FinishedJobs = Map<string, FinishedJob>;

/** A workflow being executed: the run's own, or a reusable one that one of its jobs calls. */
type WorkflowCall = {
  readonly workflow: Workflow;
  /** The prefix of its jobs' names: empty, or `caller / `. */
  readonly prefix: string;
  readonly key: string;
  readonly inputs: Readonly<Record<string, Json>>;
  readonly secretsFor: (token: string) => Readonly<Record<string, string>>;
  readonly allowed: Granted;
  readonly stop: AbortSignal;
  readonly finished: Map<string, Promise<FinishedJob>>;
};

/** One combination of a job's matrix. `parallel` and `stop` are shared by all combinations. */
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
  readonly finished: FinishedJobs = new Map();
  readonly #live = new Set<RunningJob>();
  readonly #kill = new AbortController();
  readonly #replaced = new AbortController();
  #cancelled = false;

  /** `kept` has the jobs of the previous attempt that don't run again. */
  constructor(services: RunServices, run: Run, workflow: Workflow, kept: FinishedJobs) {
    this.#services = services;
    this.#run = run;
    this.#workflow = workflow;
    this.#kept = kept;
    this.#github = githubContext(services.world, run, workflow);
    this.#vars = variablesOf(run.repository);
    // Every process of the run adds a listener. That is not a leak.
    setMaxListeners(0, this.#kill.signal);
  }

  /** Executes the attempt and sets the run's conclusion. */
  async execute(): Promise<void> {
    const { world, groups } = this.#services;
    const run = this.#run;
    let membership: Membership | undefined;
    let conclusion: Conclusion = 'cancelled';
    try {
      const concurrency = concurrencyOf(this.#workflow.concurrency, { contexts: this.#topContexts() });
      if (concurrency) {
        membership = groups.enter(run.repository.id, concurrency, () => this.cancel('ask'));
        world.runs.update(run, { status: 'pending' });
        if (!(await first(membership.granted, this.#replaced.signal))) return;
        world.runs.update(run, { status: 'queued' });
      }
      if (!this.#cancelled) conclusion = await this.#executeJobs();
    } catch (error) {
      conclusion = 'failure';
      const why = error instanceof Error ? error.message : String(error);
      world.runs.update(run, { problems: [...run.problems, why] });
      if (!(error instanceof TemplateError)) throw error;
    } finally {
      membership?.leave();
      world.runs.update(run, { conclusion });
    }
  }

  /** Cancels the jobs that don't have `always()`. `forced` cancels those too. */
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
    const call: WorkflowCall = {
      workflow: this.#workflow,
      prefix: '',
      key: '',
      inputs: this.#run.inputs as Readonly<Record<string, Json>>,
      secretsFor: (token) => ({ ...Object.fromEntries(repository.secrets), GITHUB_TOKEN: token }),
      allowed: defaultPermissions(repository.defaultJobPermissions),
      stop: this.#kill.signal,
      finished: new Map(),
    };
    const results = (await this.#runAll(call)).map(({ result }) => result);
    if (this.#cancelled && results.includes('cancelled')) return 'cancelled';
    return combined(results);
  }

  #runAll(call: WorkflowCall): Promise<FinishedJob[]> {
    return Promise.all(call.workflow.jobs.map((job) => this.#endOf(job.id, call)));
  }

  /** Runs a job with all its combinations, once, and returns its end. */
  #endOf(id: string, call: WorkflowCall): Promise<FinishedJob> {
    const known = call.finished.get(id);
    if (known) return known;
    const spec = call.workflow.jobs.find((job) => job.id === id);
    const end = spec ? this.#runSpec(spec, call) : Promise.resolve<FinishedJob>({ result: 'skipped', outputs: {} });
    call.finished.set(id, end);
    return end;
  }

  async #runSpec(spec: JobSpec, call: WorkflowCall): Promise<FinishedJob> {
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
    call: WorkflowCall,
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
        const matrixJob = { combination, key, parallel, stop, mayContinue };
        const end = kept ?? (await this.#runOne(spec, call, inMatrix, matrixJob));
        this.finished.set(key, end);
        // The last job that sets a non-empty output wins (GitHub, "Reusing workflows", outputs of a matrix).
        for (const [name, value] of Object.entries(end.outputs)) if (value !== '') outputs[name] = value;
        if (end.result === 'failure' && failFast && combinations.length > 1) stopRest.abort();
        return end.result;
      }),
    );
    return { result: combined(results), outputs };
  }

  async #runOne(
    spec: JobSpec,
    call: WorkflowCall,
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
    // A call has jobs of its own, which decide for themselves if they continue after a cancellation.
    if (spec.kind === 'steps') this.#live.add(live);
    try {
      name = `${call.prefix}${jobName(spec, combination, scope)}`;
      const concurrency = concurrencyOf(spec.concurrency, scope);
      if (spec.kind === 'steps') {
        const labels = labelsOf(spec, scope);
        job = world.runs.createJob(this.#run, { name, labels, status: concurrency ? 'pending' : 'queued' });
        this.#services.positions.set(job, key);
      }
      const cancelled = () => (job ? this.#close(job, 'cancelled') : this.#recordEnd(name, spec, 'cancelled'));
      if (!(await parallel.take(signal))) return cancelled();
      held.push(() => parallel.give());
      if (concurrency) {
        const membership = groups.enter(this.#run.repository.id, concurrency, () => controller.abort());
        held.push(() => membership.leave());
        if (!(await first(membership.granted, signal))) return cancelled();
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

  /** Runs a job's steps, with a token that has the job's permissions and is revoked afterwards. */
  async #runSteps(
    spec: StepsJobSpec,
    call: WorkflowCall,
    contexts: Readonly<Record<string, unknown>>,
    job: Job,
    cancel: AbortSignal,
  ): Promise<FinishedJob> {
    const { world, machine } = this.#services;
    const { runs, tokens, checks } = world;
    const run = this.#run;
    const permissions = grantedTo(call.workflow.permissions, spec.permissions, call.allowed);
    const token = tokens.forJob(run.repository, run.id, permissions);
    const runtimeToken = world.artifacts.tokenFor(job);
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
        runtimeToken,
        runnerName,
        cancel,
        kill: this.#kill.signal,
        onLog: (text) => runs.appendLog(job, text),
        onSteps: (steps) =>
          runs.setSteps(
            job,
            steps.map((step) => ({ ...step })),
          ),
      });
    } finally {
      tokens.revoke(token);
      world.artifacts.revoke(runtimeToken);
      // An error here is a bug in the emulator. The job must not seem to run forever.
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
    caller: WorkflowCall,
    contexts: Readonly<Record<string, unknown>>,
    name: string,
    key: string,
    stop: AbortSignal,
  ): Promise<FinishedJob> {
    const trigger = spec.called.on.get('workflow_call');
    const given = spec.with ? evaluate(spec.with, { contexts }) : {};
    const { secrets } = spec;
    const call: WorkflowCall = {
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
      finished: new Map(),
    };
    const finished = await this.#runAll(call);
    const jobs = Object.fromEntries(call.workflow.jobs.map((job, index) => [job.id, finished[index]]));
    const scope = { contexts: { ...this.#topContexts(), inputs: call.inputs, jobs } };
    const outputs: Record<string, string> = {};
    for (const [output, value] of trigger?.outputs ?? []) outputs[output] = evaluateString(value, scope);
    return { result: combined(finished.map(({ result }) => result)), outputs };
  }

  /** Records a job that doesn't run. */
  #notRun(spec: JobSpec, call: WorkflowCall, result: 'skipped' | 'cancelled'): FinishedJob {
    const kept = this.#kept.get(`${call.key}/${spec.id}[0]`);
    if (kept && !this.#cancelled) {
      this.finished.set(`${call.key}/${spec.id}[0]`, kept);
      return kept;
    }
    const end = this.#recordEnd(`${call.prefix}${rawName(spec)}`, spec, result);
    this.finished.set(`${call.key}/${spec.id}[0]`, end);
    return end;
  }

  /** Records the failure of a job with an expression that cannot be evaluated. */
  #refused(spec: JobSpec, call: WorkflowCall, error: TemplateError, name?: string, record?: Job): FinishedJob {
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
   * The status functions of a job consider all its ancestors. If its grandparent was skipped, the job is skipped too, even
   * if its parent ran because of `always()` (actions/runner issue 491; this is by design).
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

/** True if granted, false if refused or if the signal aborts first. */
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

/** A literal name gets the matrix values appended. A name with expressions is used as it is. */
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

export const hasFailed = (_: string, { result }: FinishedJob): boolean => result !== 'success' && result !== 'skipped';

/** The jobs to keep if only those that are asked for run again: the others, unless they need one of these. */
export function jobsToKeep(
  workflow: Workflow,
  finished: FinishedJobs,
  key: string,
  isAsked: (position: string, end: FinishedJob) => boolean,
): FinishedJobs {
  const kept: FinishedJobs = new Map();
  const rerun = new Map<string, boolean>();
  const finishedOf = (spec: JobSpec) =>
    [...finished].filter(
      ([position]) => position.startsWith(`${key}/${spec.id}[`) && !position.slice(key.length + 1).includes('/'),
    );
  const runsAgain = (spec: JobSpec): boolean => {
    const known = rerun.get(spec.id);
    if (known !== undefined) return known;
    const parents = workflow.jobs.filter(({ id }) => spec.needs.includes(id));
    const own = finishedOf(spec);
    const mustRun =
      parents.some(runsAgain) || own.length === 0 || own.some(([position, end]) => isAsked(position, end));
    rerun.set(spec.id, mustRun);
    return mustRun;
  };
  for (const spec of workflow.jobs) {
    const parents = workflow.jobs.filter(({ id }) => spec.needs.includes(id));
    if (parents.some(runsAgain)) continue;
    runsAgain(spec);
    for (const [position, end] of finishedOf(spec)) {
      if (!isAsked(position, end)) kept.set(position, end);
      else if (spec.kind === 'call')
        for (const [inner, of] of jobsToKeep(spec.called, finished, position, isAsked)) kept.set(inner, of);
    }
  }
  return kept;
}
