/**
 * The records of workflow runs, jobs and artifacts. The runner writes them; REST, GraphQL and webhooks show them.
 */
import { pushedCommit } from '#emulator/git/commits';
import { nodeIdOf } from '#emulator/model/ids';
import type {
  Actor,
  Artifact,
  Conclusion,
  Job,
  Pull,
  Repository,
  Run,
  RunStatus,
  Step,
  Workflow,
} from '#emulator/model/records';
import { Refusal } from '#emulator/model/refusal';
import type { GitHubBase } from './base.ts';
import type { Checks } from './checks.ts';

export class Runs {
  readonly #base: GitHubBase;
  readonly #checks: Checks;

  constructor(base: GitHubBase, checks: Checks) {
    this.#base = base;
    this.#checks = checks;
  }

  /** The actor when GitHub Actions acts for itself, for example when it reports on a job. */
  get actor(): Actor {
    const app = this.#base.actionsApp;
    return { kind: 'job', user: app.bot, app, runId: 0 };
  }

  /** The record of a workflow file, created on first use. `name` is the file's `name:` or its path. */
  workflow(repository: Repository, path: string, name: string): Workflow {
    const known = repository.workflows.get(path);
    if (known) {
      if (known.name !== name) {
        known.name = name;
        known.updatedAt = this.#base.now();
      }
      return known;
    }
    const id = this.#base.nextId('workflow');
    const at = this.#base.now();
    const workflow: Workflow = {
      id,
      nodeId: nodeIdOf('workflow', id),
      repository,
      path,
      name,
      state: 'active',
      lastRunNumber: 0,
      createdAt: at,
      updatedAt: at,
    };
    repository.workflows.set(path, workflow);
    this.#base.remember(workflow.nodeId, { kind: 'Workflow', workflow });
    return workflow;
  }

  /** Finds a workflow by id or file name, as the API's paths name it. */
  workflowBy(repository: Repository, idOrFile: string): Workflow | undefined {
    for (const workflow of repository.workflows.values()) {
      if (String(workflow.id) === idOrFile || workflow.path === idOrFile || workflow.path.endsWith(`/${idOrFile}`)) {
        return workflow;
      }
    }
    return undefined;
  }

  setState(workflow: Workflow, state: Workflow['state']): void {
    workflow.state = state;
    workflow.updatedAt = this.#base.now();
  }

  /** Creates the record of a queued run, and emits `workflow_run.requested`. */
  async create(
    actor: Actor,
    wanted: {
      readonly workflow: Workflow;
      readonly event: string;
      readonly headBranch: string | null;
      readonly headSha: string;
      readonly workflowSha: string;
      readonly ref: string;
      readonly displayTitle: string;
      readonly payload: Readonly<Record<string, unknown>>;
      readonly inputs?: Readonly<Record<string, unknown>>;
      readonly pulls?: readonly Pull[];
      readonly status?: RunStatus;
    },
  ): Promise<Run> {
    const { workflow } = wanted;
    const { repository } = workflow;
    const headCommit = await pushedCommit(await this.#base.git(repository), wanted.headSha);
    const id = this.#base.nextId('run');
    const at = this.#base.now();
    workflow.lastRunNumber += 1;
    const run: Run = {
      id,
      nodeId: nodeIdOf('run', id),
      repository,
      workflow,
      number: workflow.lastRunNumber,
      attempt: 1,
      event: wanted.event,
      headBranch: wanted.headBranch,
      headSha: wanted.headSha,
      headCommit,
      workflowSha: wanted.workflowSha,
      ref: wanted.ref,
      displayTitle: wanted.displayTitle,
      status: wanted.status ?? 'queued',
      conclusion: null,
      actor: actor.user,
      triggeringActor: actor.user,
      createdAt: at,
      updatedAt: at,
      startedAt: at,
      suite: this.#checks.suite(repository, this.#base.actionsApp, wanted.headSha, {
        headBranch: wanted.headBranch,
        runId: id,
      }),
      pulls: wanted.pulls ?? [],
      jobs: [],
      payload: wanted.payload,
      inputs: wanted.inputs ?? {},
      problems: [],
      cancelRequested: 'no',
      artifacts: [],
    };
    repository.runs.push(run);
    this.#base.remember(run.nodeId, { kind: 'WorkflowRun', run });
    this.#base.emit(actor, repository, { kind: 'workflow_run', action: 'requested', run });
    return run;
  }

  /** Deletes a run that is over, with its logs and artifacts. Its check runs stay. */
  delete(run: Run): void {
    if (run.status !== 'completed') throw new Refusal(403, 'Could not delete the workflow run: it is not completed');
    const { runs } = run.repository;
    runs.splice(runs.indexOf(run), 1);
    this.#base.forget(run.nodeId);
  }

  byId(repository: Repository, id: number): Run | undefined {
    return repository.runs.find((run) => run.id === id);
  }

  /** Updates a run. Emits `workflow_run.in_progress` and `.completed` when it reaches that status. */
  update(
    run: Run,
    change: {
      readonly status?: RunStatus;
      readonly conclusion?: Conclusion;
      readonly displayTitle?: string;
      readonly problems?: readonly string[];
    },
  ): void {
    const was = run.status;
    if (change.displayTitle !== undefined) run.displayTitle = change.displayTitle;
    if (change.problems) run.problems = change.problems;
    if (change.status) run.status = change.status;
    if (change.conclusion) {
      run.conclusion = change.conclusion;
      run.status = 'completed';
    }
    run.updatedAt = this.#base.now();
    if (run.status === was) return;
    if (run.status === 'in_progress') {
      this.#base.emit(this.runActor(run), run.repository, { kind: 'workflow_run', action: 'in_progress', run });
    }
    if (run.status === 'completed') {
      this.#base.emit(this.runActor(run), run.repository, { kind: 'workflow_run', action: 'completed', run });
    }
  }

  /** Starts the next attempt of a completed run, with new jobs. */
  nextAttempt(run: Run, actor: Actor): void {
    if (run.status !== 'completed') throw new Refusal(403, 'This workflow is already running');
    run.attempt += 1;
    run.status = 'queued';
    run.conclusion = null;
    run.cancelRequested = 'no';
    run.triggeringActor = actor.user;
    run.startedAt = this.#base.now();
    run.updatedAt = run.startedAt;
    this.#base.emit(actor, run.repository, { kind: 'workflow_run', action: 'requested', run });
  }

  /** Queues a run that waited for an approval. It stays the same attempt. */
  release(run: Run, actor: Actor): void {
    run.status = 'queued';
    run.conclusion = null;
    run.triggeringActor = actor.user;
    run.updatedAt = this.#base.now();
    this.#base.emit(actor, run.repository, { kind: 'workflow_run', action: 'requested', run });
  }

  /** Adds a job and its check run to the run's current attempt. */
  createJob(
    run: Run,
    wanted: {
      readonly name: string;
      readonly labels: readonly string[];
      readonly status?: 'queued' | 'waiting' | 'pending';
    },
  ): Job {
    const actor = this.actor;
    const checkRun = this.#checks.createFor(actor, run.repository, run.suite, { name: wanted.name });
    const at = this.#base.now();
    const job: Job = {
      id: checkRun.id,
      nodeId: checkRun.nodeId,
      run,
      attempt: run.attempt,
      name: wanted.name,
      labels: wanted.labels,
      status: wanted.status ?? 'queued',
      conclusion: null,
      createdAt: at,
      startedAt: at,
      completedAt: null,
      steps: [],
      checkRun,
      runnerName: null,
      log: '',
    };
    checkRun.detailsUrl = `${this.#base.url}/${run.repository.owner.login}/${run.repository.name}/actions/runs/${run.id}/job/${job.id}`;
    run.jobs.push(job);
    if (job.status !== 'pending') {
      const action = job.status === 'waiting' ? 'waiting' : 'queued';
      this.#base.emit(this.runActor(run), run.repository, { kind: 'workflow_job', action, job });
    }
    return job;
  }

  /** Updates a job and its check run. */
  updateJob(
    job: Job,
    change: { readonly status?: Job['status']; readonly conclusion?: Conclusion; readonly runnerName?: string },
  ): void {
    const was = job.status;
    if (change.status) job.status = change.status;
    if (change.runnerName) job.runnerName = change.runnerName;
    const at = this.#base.now();
    if (change.conclusion) {
      job.conclusion = change.conclusion;
      job.status = 'completed';
      job.completedAt = at;
    }
    if (job.status === was) return;
    const { run } = job;
    run.updatedAt = at;
    if (job.status === 'in_progress') {
      job.startedAt = at;
      this.#checks.update(this.actor, job.checkRun, { status: 'in_progress', startedAt: at });
      this.#base.emit(this.runActor(run), run.repository, { kind: 'workflow_job', action: 'in_progress', job });
    }
    if (job.status === 'queued') {
      this.#base.emit(this.runActor(run), run.repository, { kind: 'workflow_job', action: 'queued', job });
    }
    if (job.status === 'completed') {
      const conclusion = job.conclusion ?? 'neutral';
      this.#checks.update(this.actor, job.checkRun, { conclusion, completedAt: at });
      this.#base.emit(this.runActor(run), run.repository, { kind: 'workflow_job', action: 'completed', job });
    }
  }

  jobById(repository: Repository, id: number): Job | undefined {
    for (const run of repository.runs) {
      const job = run.jobs.find((one) => one.id === id);
      if (job) return job;
    }
    return undefined;
  }

  artifactById(repository: Repository, id: number): Artifact | undefined {
    return repository.runs.flatMap(({ artifacts }) => artifacts).find((artifact) => artifact.id === id);
  }

  /** The newest attempt of each job, by name. */
  latestJobs(run: Run): Job[] {
    const newest = new Map(run.jobs.map((job) => [job.name, job]));
    return run.jobs.filter((job) => newest.get(job.name) === job);
  }

  setSteps(job: Job, steps: readonly Step[]): void {
    job.steps.splice(0, job.steps.length, ...steps);
  }

  appendLog(job: Job, text: string): void {
    job.log += text;
  }

  /** The actor of a run: the person, app or job that triggered it. */
  runActor(run: Run): Actor {
    const user = run.triggeringActor;
    const app = this.#base.actionsApp;
    if (user === app.bot) return { kind: 'job', user, app, runId: run.id };
    return { kind: 'user', user };
  }
}
