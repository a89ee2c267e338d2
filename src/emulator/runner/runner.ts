/**
 * The workflow runner. It listens to the world's events, starts the runs that they trigger, and dispatches, cancels and
 * re-runs workflows for the API.
 */
import { mkdirSync, mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { ActionsService } from '#emulator/model/actions-service';
import type { WorldEvent } from '#emulator/model/events';
import type { Actor, Job, Repository, Run } from '#emulator/model/records';
import { Refusal } from '#emulator/model/refusal';
import { payloadOf } from '#emulator/shapes/webhook-payloads';
import type { World } from '#emulator/world/world';
import { ActionStore, type RemoteAction, type ResolveVersion } from './action-store.ts';
import { ConcurrencyGroups, Slots } from './concurrency.ts';
import { dispatchInputs, runNameContexts } from './contexts.ts';
import { evaluateString, type Json, TemplateError } from './expression.ts';
import { defaultPermissions, permissionProblems } from './permissions.ts';
import { RepositoryWorkflows } from './repository-workflows.ts';
import { type FinishedJobs, hasFailed, jobsToKeep, RunAttempt, type RunServices } from './run-attempt.ts';
import { nextDue, triggers } from './triggers.ts';
import { isUploadArtifact, uploadArtifactAction } from './upload-artifact.ts';
import type { Workflow } from './workflow.ts';
import { factsOf, onDefaultBranch, type WorkflowEvent, workflowEventsOf } from './workflow-events.ts';

export { loadMetadata } from './action-store.ts';
export { parseActionFile, parseWorkflowFile, type WorkflowFiles } from './workflow.ts';

export type RunnerOptions = {
  /** The number of jobs that may run at once. */
  readonly slots: number;
  /** The parent of the jobs' directories, which are removed when the runner closes. */
  readonly dir?: string;
  /** The base environment of all jobs. The default is an allow-list from this process's environment. */
  readonly environment?: Readonly<Record<string, string>>;
};

export type Runner = {
  /** Resolves when no run is queued or in progress, and all events have been handled. */
  idle(): Promise<void>;
  /** Kills every job and stops listening. */
  close(): Promise<void>;
  /** Reads the workflows of a repository's default branch. Needed after changes without events. */
  refresh(repository: Repository): Promise<void>;
  /** A job's step summaries as Markdown. GitHub shows them only on the run's page. */
  summaryOf(job: Job): string;
};

/** The variables that a hosted runner and a developer's machine have in common. */
const ENVIRONMENT = [
  ...['PATH', 'HOME', 'LANG', 'LC_ALL', 'TZ', 'TMPDIR', 'USER', 'SHELL'],
  ...['NODE_EXTRA_CA_CERTS', 'SSL_CERT_FILE', 'SSL_CERT_DIR', 'REQUESTS_CA_BUNDLE', 'CURL_CA_BUNDLE', 'PIP_CERT'],
];
/** The maximum number of workflows chained by `workflow_run` (GitHub, "workflow_run"). */
const MAX_CHAINED = 3;
/** The maximum number of attempts of a run (GitHub, "Re-running workflows and jobs"). */
const MAX_ATTEMPTS = 51;

/** Starts a workflow runner for a world, and sets it as `world.actions` for the API. */
export function startRunner(emulator: { readonly world: World }, options: RunnerOptions): Runner {
  const runner = new WorkflowRunner(emulator.world, options);
  return {
    idle: () => runner.idle(),
    close: () => runner.close(),
    refresh: (repository) => runner.refresh(repository),
    summaryOf: (job) => runner.summaryOf(job),
  };
}

type Cron = { readonly cron: string; readonly timezone: string; readonly path: string };

type Started = { readonly workflow: Workflow; attempt: RunAttempt; done: Promise<void> };

/** The events for which github.com makes runs that wait, if a job's token caused them. */
const isPushToPull = (event: WorldEvent): boolean =>
  event.kind === 'pull_request' && ['opened', 'synchronize', 'reopened'].includes(event.action);

class WorkflowRunner implements ActionsService {
  readonly #world: World;
  readonly #dir: string;
  readonly #files: RepositoryWorkflows;
  readonly #services: RunServices;
  readonly #stopListening: () => void;
  readonly #started = new Map<Run, Started>();
  readonly #active = new Set<Run>();
  /** Runs that wait for a person's approval. */
  readonly #held = new Map<Run, Workflow>();
  readonly #summaries = new WeakMap<Job, string>();
  readonly #chained = new WeakMap<Run, number>();
  readonly #idleWaiters: (() => void)[] = [];
  readonly #schedules = new Map<Repository, () => void>();
  #intake: Promise<void> = Promise.resolve();
  #waiting = 0;
  #fault: unknown;
  #closed = false;

  constructor(world: World, options: RunnerOptions) {
    this.#world = world;
    const parent = options.dir ?? join(world.dir, 'runner');
    mkdirSync(parent, { recursive: true });
    this.#dir = mkdtempSync(join(parent, 'r-'));
    this.#files = new RepositoryWorkflows(world);
    const own = Object.fromEntries(
      ENVIRONMENT.flatMap((name) => [[name, process.env[name] ?? '']]).filter(([, v]) => v),
    );
    this.#services = {
      positions: new Map(),
      world,
      slots: new Slots(options.slots),
      groups: new ConcurrencyGroups(),
      onSummary: (job, summary) => this.#summaries.set(job, summary),
      machine: {
        clock: world.clock,
        now: () => world.now(),
        dir: join(this.#dir, 'jobs'),
        store: new ActionStore(
          join(this.#dir, 'actions'),
          () => world.url,
          (action) => this.#resolveAction(action),
        ),
        environment: options.environment ?? own,
        url: () => world.url,
      },
    };
    world.actions = this;
    this.#stopListening = world.on((event) => this.#listen(event));
    for (const repository of world.repositories.values()) this.#enqueue(() => this.refresh(repository));
  }

  async idle(): Promise<void> {
    while (this.#waiting > 0 || this.#active.size > 0) {
      await new Promise<void>((resolve) => this.#idleWaiters.push(resolve));
    }
    if (this.#fault !== undefined) throw this.#fault;
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#stopListening();
    for (const stop of this.#schedules.values()) stop();
    await this.#intake;
    const runs = [...this.#active];
    for (const run of runs) this.#started.get(run)?.attempt.cancel('forced');
    await Promise.all(runs.map((run) => this.#started.get(run)?.done));
    if (this.#world.actions === this) this.#world.actions = null;
    await rm(this.#dir, { recursive: true, force: true });
    if (this.#fault !== undefined) throw this.#fault;
  }

  summaryOf(job: Job): string {
    return this.#summaries.get(job) ?? '';
  }

  async refresh(repository: Repository): Promise<void> {
    const sha = await this.#files.resolve(repository, `refs/heads/${repository.defaultBranch}`);
    if (sha === null) return;
    const crons: Cron[] = [];
    for (const { path, workflow } of await this.#files.workflows(repository, sha)) {
      this.#world.runs.workflow(repository, path, workflow?.name ?? path);
      for (const schedule of workflow?.on.get('schedule')?.schedules ?? []) crons.push({ ...schedule, path });
    }
    this.#schedule(repository, crons);
  }

  // ── calls from the API ────────────────────────────────────────────────────────────────────────────────────────

  async dispatch(request: Parameters<ActionsService['dispatch']>[0]): Promise<Run> {
    const { actor, repository, workflow: record, ref, inputs } = request;
    if (record.state !== 'active') {
      throw new Refusal(422, "Cannot trigger a 'workflow_dispatch' on a disabled workflow");
    }
    const sha = await this.#files.resolve(repository, ref);
    if (sha === null) throw new Refusal(422, `No ref found for: ${ref.replace(/^refs\/heads\//, '')}`);
    const { workflow, problems } = await this.#files.workflow(repository, sha, record.path);
    if (!workflow) throw new Refusal(422, `failed to parse workflow: ${problems[0] ?? record.path}`);
    const trigger = workflow.on.get('workflow_dispatch');
    if (!trigger) throw new Refusal(422, "Workflow does not have 'workflow_dispatch' trigger");
    const given = dispatchInputs(trigger.inputs, inputs);
    const details = { kind: 'workflow_dispatch', workflow: record, ref, inputs: given.texts } as const;
    const payload = payloadOf(this.#world, actor, repository, details);
    const workflowEvent: WorkflowEvent = {
      event: 'workflow_dispatch',
      action: undefined,
      ref,
      sha,
      headBranch: ref.replace(/^refs\/(heads|tags)\//, ''),
      headSha: sha,
      filterRef: undefined,
      title: undefined,
      payload,
      pulls: [],
      changedFiles: async () => [],
      workflowName: undefined,
      skip: false,
    };
    this.#world.emit(actor, repository, details);
    return this.#start(actor, repository, workflow, workflowEvent, given.values);
  }

  async cancel(run: Run, force: 'ask' | 'forced'): Promise<void> {
    if (!this.#active.has(run)) throw new Refusal(409, 'Cannot cancel a workflow run that is completed.');
    this.#started.get(run)?.attempt.cancel(force);
  }

  async rerun(run: Run, actor: Actor, which: 'all' | 'failed' | Job): Promise<void> {
    const started = this.#started.get(run);
    if (this.#active.has(run)) throw new Refusal(403, 'This workflow is already running');
    if (!started) throw new Refusal(403, 'Unable to re-run this workflow run because it could not start');
    if (run.attempt >= MAX_ATTEMPTS) throw new Refusal(403, 'Unable to re-run this workflow run: too many attempts');
    const { finished } = started.attempt;
    const kept =
      which === 'all'
        ? new Map()
        : jobsToKeep(started.workflow, finished, '', which === 'failed' ? hasFailed : this.#isAt(which));
    this.#world.runs.nextAttempt(run, actor);
    this.#execute(run, started.workflow, kept);
  }

  /** Answers whether a position is a job's own, or that of a call which the job is in. */
  #isAt(job: Job): (position: string) => boolean {
    const own = this.#services.positions.get(job);
    if (own === undefined) throw new Refusal(403, 'Unable to re-run this job');
    return (position) => own === position || own.startsWith(`${position}/`);
  }

  async approve(run: Run, actor: Actor): Promise<void> {
    const workflow = this.#held.get(run);
    if (!workflow) throw new Refusal(403, 'This workflow run is not waiting for approval');
    this.#held.delete(run);
    this.#world.runs.release(run, actor);
    this.#execute(run, workflow, new Map());
  }

  // ── events ────────────────────────────────────────────────────────────────────────────────────────────────────

  #listen(event: WorldEvent): void {
    if (event.kind === 'push' && event.ref === `refs/heads/${event.repository.defaultBranch}`) {
      this.#enqueue(() => this.refresh(event.repository));
    }
    // Dispatches are started by `dispatch`, which returns the run.
    if (event.kind === 'workflow_dispatch') return;
    // Events caused by job tokens start only dispatches (GitHub, "Triggering a workflow from a workflow").
    if (event.actor.kind === 'job' && event.kind !== 'repository_dispatch') {
      if (this.#world.jobPulls === 'wait' && isPushToPull(event)) this.#enqueue(() => this.#consider(event, 'held'));
      return;
    }
    this.#enqueue(() => this.#consider(event));
  }

  /** Handles events one after another, so that runs start in the order of the events. */
  #enqueue(act: () => Promise<void>): void {
    if (this.#closed) return;
    this.#waiting += 1;
    this.#intake = this.#intake
      .then(act)
      .catch((error: unknown) => {
        this.#fault ??= error;
      })
      .finally(() => {
        this.#waiting -= 1;
        this.#notifyIdle();
      });
  }

  #notifyIdle(): void {
    if (this.#waiting === 0 && this.#active.size === 0) for (const waiter of this.#idleWaiters.splice(0)) waiter();
  }

  /** @param as `held`: runs wait until a person with write access approves them */
  async #consider(event: WorldEvent, as: 'started' | 'held' = 'started'): Promise<void> {
    const { repository, actor } = event;
    // A re-run doesn't trigger `requested` (GitHub, "workflow_run").
    if (event.kind === 'workflow_run' && event.action === 'requested' && event.run.attempt > 1) return;
    const chained = event.kind === 'workflow_run' ? (this.#chained.get(event.run) ?? 0) + 1 : 0;
    if (chained > MAX_CHAINED) return;
    for (const workflowEvent of await workflowEventsOf(this.#world, this.#files, event)) {
      if (workflowEvent.skip || (as === 'held' && workflowEvent.event !== 'pull_request')) continue;
      for (const { path, workflow, problems, names } of await this.#files.workflows(repository, workflowEvent.sha)) {
        if (repository.workflows.get(path)?.state === 'disabled_manually') continue;
        if (!workflow) {
          // An invalid file is reported on pushes, and on other events that its text names.
          if (workflowEvent.event === 'push' || names.includes(workflowEvent.event))
            await this.#startupFailure(actor, repository, path, workflowEvent, problems);
          continue;
        }
        const trigger = workflow.on.get(workflowEvent.event);
        if (!trigger || !(await triggers(trigger, factsOf(workflowEvent)))) continue;
        this.#chained.set(await this.#start(actor, repository, workflow, workflowEvent, {}, as), chained);
      }
    }
  }

  /** Sets one timer for a repository's next `schedule`. When it fires, it sets the next one. */
  #schedule(repository: Repository, crons: readonly Cron[]): void {
    this.#schedules.get(repository)?.();
    this.#schedules.delete(repository);
    const now = this.#world.clock.now();
    const dues = crons.map((due) => ({
      ...due,
      atMs: nextDue(due.cron, now, due.timezone) ?? Number.POSITIVE_INFINITY,
    }));
    const nextMs = Math.min(...dues.map(({ atMs }) => atMs));
    if (!Number.isFinite(nextMs)) return;
    const fire = () => {
      this.#schedule(repository, crons);
      for (const { cron, path, atMs } of dues) {
        if (atMs <= nextMs) this.#enqueue(() => this.#runSchedule(repository, path, cron));
      }
    };
    this.#schedules.set(repository, this.#world.clock.after(nextMs - now, fire));
  }

  async #runSchedule(repository: Repository, path: string, cron: string): Promise<void> {
    if (repository.workflows.get(path)?.state === 'disabled_manually') return;
    const actor: Actor = { kind: 'user', user: repository.owner };
    const payload = { schedule: cron, workflow: path };
    const base = { event: 'schedule', action: undefined, payload, pulls: [], filterRef: undefined, title: undefined };
    const none = { changedFiles: async () => [], workflowName: undefined, skip: false };
    for (const workflowEvent of await onDefaultBranch(this.#files, repository, { ...base, ...none }, undefined)) {
      const { workflow } = await this.#files.workflow(repository, workflowEvent.sha, path);
      if (workflow) await this.#start(actor, repository, workflow, workflowEvent, {});
    }
  }

  // ── runs ──────────────────────────────────────────────────────────────────────────────────────────────────────

  async #start(
    actor: Actor,
    repository: Repository,
    workflow: Workflow,
    workflowEvent: WorkflowEvent,
    inputs: Readonly<Record<string, Json>>,
    as: 'started' | 'held' = 'started',
  ): Promise<Run> {
    const problems = permissionProblems(workflow, defaultPermissions(repository.defaultJobPermissions));
    if (problems.length > 0) return this.#startupFailure(actor, repository, workflow.path, workflowEvent, problems);
    const { vars, github } = runNameContexts(this.#world, repository, workflow, workflowEvent, actor);
    let title: string | undefined;
    try {
      title = workflow.runName && evaluateString(workflow.runName, { contexts: { github, vars, inputs } }).trim();
    } catch (error) {
      if (!(error instanceof TemplateError)) throw error;
      return this.#startupFailure(actor, repository, workflow.path, workflowEvent, [error.message]);
    }
    const named = title ? { ...workflowEvent, title } : workflowEvent;
    const run = await this.#record(actor, repository, workflow.path, workflow.name, named, inputs);
    if (as === 'held') {
      this.#held.set(run, workflow);
      this.#world.runs.update(run, { conclusion: 'action_required' });
    } else this.#execute(run, workflow, new Map());
    return run;
  }

  async #startupFailure(
    actor: Actor,
    repository: Repository,
    path: string,
    workflowEvent: WorkflowEvent,
    problems: readonly string[],
  ): Promise<Run> {
    const run = await this.#record(
      actor,
      repository,
      path,
      repository.workflows.get(path)?.name ?? path,
      workflowEvent,
      {},
    );
    this.#world.runs.update(run, { conclusion: 'startup_failure', problems });
    return run;
  }

  #record(
    actor: Actor,
    repository: Repository,
    path: string,
    name: string,
    workflowEvent: WorkflowEvent,
    inputs: Readonly<Record<string, Json>>,
  ): Promise<Run> {
    return this.#world.runs.create(actor, {
      workflow: this.#world.runs.workflow(repository, path, name),
      event: workflowEvent.event,
      headBranch: workflowEvent.headBranch,
      headSha: workflowEvent.headSha,
      workflowSha: workflowEvent.sha,
      ref: workflowEvent.ref,
      displayTitle: workflowEvent.title ?? name,
      payload: workflowEvent.payload,
      inputs,
      pulls: workflowEvent.pulls,
    });
  }

  #execute(run: Run, workflow: Workflow, kept: FinishedJobs): void {
    const attempt = new RunAttempt(this.#services, run, workflow, kept);
    this.#active.add(run);
    const done = attempt
      .execute()
      .catch((error: unknown) => {
        this.#fault ??= error;
      })
      .finally(() => {
        this.#active.delete(run);
        this.#notifyIdle();
      });
    this.#started.set(run, { workflow, attempt, done });
  }

  async #resolveAction(action: RemoteAction): ReturnType<ResolveVersion> {
    const { owner, repository: name, version } = action;
    const repository = this.#world.repository(owner, name);
    const refused = `Unable to resolve action \`${owner}/${name}@${version}\``;
    if (!repository && isUploadArtifact(action)) return { builtIn: uploadArtifactAction() };
    if (!repository) return { refused: `${refused}, repository not found` };
    const sha = await this.#files.version(repository, version);
    return sha === null ? { refused: `${refused}, unable to find version \`${version}\`` } : { sha };
  }
}
