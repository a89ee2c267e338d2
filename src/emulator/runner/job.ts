/**
 * Runs one job: a new workspace, its steps in order, the post steps in reverse, its outputs, and the cleanup.
 */
import { createHash, randomUUID } from 'node:crypto';
import { globSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import type { Clock } from '#emulator/model/clock';
import { ActionError, type ActionStore, type LoadedAction, removeTree } from './action-store.ts';
import {
  type ExpressionFunction,
  evaluateString,
  evaluateStrings,
  literalText,
  type Scope,
  type Template,
  TemplateError,
} from './expression.ts';
import { killTracked } from './process.ts';
import { type Annotation, JobLog, Masks } from './step-output.ts';
import { firstLine } from './step-process.ts';
import { type JobStatus, StepRunner } from './steps.ts';
import { parseUses, type StepSpec, type StepsJobSpec } from './workflow.ts';

/** The default (GitHub, "jobs.<job_id>.timeout-minutes"). */
const DEFAULT_TIMEOUT_MINUTES = 360;
/** The maximum size of a job's outputs, counted as UTF-16 (GitHub, "Usage limits"). */
const MAX_OUTPUT_BYTES = 1024 * 1024;

export type StepRecord = {
  readonly number: number;
  name: string;
  status: 'queued' | 'in_progress' | 'completed';
  conclusion: 'success' | 'failure' | 'skipped' | 'cancelled' | null;
  startedAt: string | null;
  completedAt: string | null;
};

/** The settings and services that all jobs share. */
export type Machine = {
  readonly clock: Clock;
  readonly now: () => string;
  /** Each job has its own directory in it. */
  readonly dir: string;
  readonly store: ActionStore;
  /** The base environment of all processes. On a hosted runner it has PATH, HOME and little more. */
  readonly environment: Readonly<Record<string, string>>;
  readonly url: () => string;
};

export type JobRequest = {
  readonly spec: StepsJobSpec;
  readonly id: number;
  readonly name: string;
  /** `github` (without values such as `workspace`), `vars`, `secrets`, `inputs`, `needs`, `matrix`, `strategy`. */
  readonly contexts: Readonly<Record<string, unknown>> & { readonly github: Readonly<Record<string, unknown>> };
  readonly workflowEnv: Template | undefined;
  readonly workflowRunDefaults: Template | undefined;
  readonly token: string;
  /** For the runner's own services. It gives no access to the API. */
  readonly runtimeToken: string;
  readonly runnerName: string;
  readonly cancel: AbortSignal;
  /** Stops everything, including steps with `always()`. */
  readonly kill: AbortSignal;
  readonly onLog: (text: string) => void;
  readonly onSteps: (steps: readonly StepRecord[]) => void;
};

export type JobOutcome = {
  readonly result: JobStatus;
  readonly outputs: Readonly<Record<string, string>>;
  readonly annotations: readonly Annotation[];
  readonly summary: string;
};

type PlannedStep = { readonly step: StepSpec; readonly record: StepRecord; loaded: LoadedAction | undefined };

/** Runs a job to its end. Mistakes in the workflow don't throw; they fail the job and are logged. */
export async function runJob(machine: Machine, request: JobRequest): Promise<JobOutcome> {
  return new JobRun(machine, request).run();
}

class JobRun {
  readonly #machine: Machine;
  readonly #request: JobRequest;
  readonly #log: JobLog;
  readonly #dirs: { root: string; workspace: string; temp: string; actions: string; tools: string };
  readonly #trackingId = `github_${randomUUID()}`;
  readonly #records: StepRecord[] = [];
  readonly #outputs: Record<string, string> = {};
  readonly #steps: StepRunner;
  #status: JobStatus = 'success';

  constructor(machine: Machine, request: JobRequest) {
    this.#machine = machine;
    this.#request = request;
    const masks = new Masks();
    masks.add(request.token);
    masks.add(request.runtimeToken);
    const { secrets, github } = request.contexts;
    for (const secret of Object.values(secrets ?? {})) if (typeof secret === 'string') masks.add(secret);
    this.#log = new JobLog(masks, machine.clock.now, request.onLog);

    const root = join(machine.dir, String(request.id));
    const repository = String(github.repository).split('/').at(-1) ?? 'repository';
    this.#dirs = {
      root,
      workspace: join(root, repository, repository),
      temp: join(root, '_temp'),
      actions: join(root, '_actions'),
      tools: join(root, '_tool'),
    };
    this.#steps = new StepRunner({
      clock: machine.clock,
      log: this.#log,
      environment: {
        ...machine.environment,
        CI: 'true',
        GITHUB_ACTIONS: 'true',
        RUNNER_TRACKING_ID: this.#trackingId,
      },
      url: machine.url(),
      dirs: this.#dirs,
      loadRemote: (action) => machine.store.load(action, this.#dirs.actions, request.token),
      runtimeToken: request.runtimeToken,
      kill: request.kill,
      functionsIn: (status) => statusFunctions(status, this.#dirs.workspace),
    });
  }

  async run(): Promise<JobOutcome> {
    const request = this.#request;
    const machine = this.#machine;
    const onCancel = () => {
      this.#status = 'cancelled';
      this.#steps.cancelled();
    };
    let stopTimeout = () => {};
    try {
      request.cancel.addEventListener('abort', onCancel, { once: true });
      if (request.cancel.aborted) onCancel();
      const planned = await this.#setUp();
      stopTimeout = this.#startTimeout(onCancel);
      if (planned) await this.#runSteps(planned);
      await this.#complete();
    } finally {
      stopTimeout();
      request.cancel.removeEventListener('abort', onCancel);
      killTracked(this.#trackingId);
      await machine.store.takeBack(this.#dirs.actions);
      await removeTree(this.#dirs.root);
    }
    return {
      result: this.#status,
      outputs: this.#outputs,
      annotations: this.#steps.annotations,
      summary: this.#steps.summary,
    };
  }

  /** "Set up job": creates the directories and the environment, and downloads the remote actions. */
  async #setUp(): Promise<PlannedStep[] | undefined> {
    const { spec, contexts } = this.#request;
    const setUp = this.#begin(this.#add('Set up job'));
    this.#log.line('Current runner version: emulator');
    this.#log.line(`Job name: ${this.#request.name}`);
    const { workspace, temp, actions, tools } = this.#dirs;
    for (const dir of [
      workspace,
      actions,
      tools,
      join(temp, '_github_workflow'),
      join(temp, '_runner_file_commands'),
    ]) {
      mkdirSync(dir, { recursive: true });
    }
    const eventPath = join(temp, '_github_workflow', 'event.json');
    writeFileSync(eventPath, JSON.stringify(contexts.github.event ?? {}));
    this.#steps.setContexts({
      ...contexts,
      github: { ...contexts.github, token: this.#request.token, workspace, event_path: eventPath },
      secrets: { ...(contexts.secrets as object | undefined), GITHUB_TOKEN: this.#request.token },
      runner: {
        name: this.#request.runnerName,
        os: 'Linux',
        arch: process.arch === 'arm64' ? 'ARM64' : 'X64',
        temp,
        tool_cache: tools,
        environment: 'self-hosted',
        workspace: join(workspace, '..'),
      },
    });
    const planned = spec.steps.map(
      (step): PlannedStep => ({ step, record: this.#add(this.#nameOf(step)), loaded: undefined }),
    );
    try {
      const scope = this.#scope();
      this.#steps.setEnv(evaluateStrings(this.#request.workflowEnv, scope));
      this.#steps.setEnv(evaluateStrings(spec.env, this.#scope()));
      this.#steps.setRunDefaults({
        ...evaluateStrings(this.#request.workflowRunDefaults, this.#scope()),
        ...evaluateStrings(spec.runDefaults, this.#scope()),
      });
      if (spec.containers.length > 0) {
        throw new ActionError(`The emulator does not run containers: ${spec.containers.join(', ')}`);
      }
      for (const plan of planned) {
        if (plan.step.does.kind !== 'uses') continue;
        const reference = parseUses(plan.step.does.action);
        if (plan.step.does.action.startsWith('$/')) {
          throw new ActionError(`The emulator does not resolve \`$/\`: ${plan.step.does.action}`);
        }
        if (reference.kind === 'local' || plan.step.does.action.startsWith('docker://')) continue;
        this.#log.line(`Download action repository '${plan.step.does.action}'`);
        plan.loaded = await this.#machine.store.load(reference, this.#dirs.actions, this.#request.token);
      }
    } catch (error) {
      if (!(error instanceof TemplateError || error instanceof ActionError)) throw error;
      this.#log.error(error.message);
      this.#steps.annotate(error.message);
      this.#fail();
      this.#end(setUp, 'failure');
      return undefined;
    }
    this.#end(setUp, 'success');
    return planned;
  }

  async #runSteps(planned: readonly PlannedStep[]): Promise<void> {
    for (const { step, loaded } of planned) {
      if (loaded?.action.runs.kind !== 'node' || loaded.action.runs.pre === undefined) continue;
      const record = this.#begin(this.#add(`Pre ${this.#nameOf(step)}`));
      this.#finish(record, await this.#steps.runPre(step, loaded, () => this.#status));
    }
    for (const { step, record, loaded } of planned) {
      this.#begin(record);
      const end = await this.#steps.runMain(step, loaded, () => this.#status);
      if (end.name !== undefined) record.name = end.name;
      this.#finish(record, end.conclusion);
    }
    for (const post of this.#steps.takePosts()) {
      const record = this.#begin(this.#add(`Post ${post.name}`));
      this.#finish(record, await this.#steps.runPost(post, () => this.#status));
    }
  }

  async #complete(): Promise<void> {
    const record = this.#begin(this.#add('Complete job'));
    try {
      let bytes = 0;
      for (const [name, template] of this.#request.spec.outputs) {
        const value = evaluateString(template, this.#scope());
        if (value === '') continue;
        if (this.#log.masks.hides(value)) {
          const message = `Skip output '${name}' since it may contain secret.`;
          this.#log.warning(message);
          this.#steps.annotate(message, 'warning');
          continue;
        }
        bytes += 2 * (name.length + value.length);
        if (bytes > MAX_OUTPUT_BYTES) throw new TemplateError(`The job's outputs exceed ${MAX_OUTPUT_BYTES} bytes`);
        this.#outputs[name] = value;
      }
    } catch (error) {
      if (!(error instanceof TemplateError)) throw error;
      this.#log.error('Fail to evaluate job outputs');
      this.#log.error(error.message);
      this.#steps.annotate(error.message);
      for (const name of Object.keys(this.#outputs)) delete this.#outputs[name];
      this.#fail();
      this.#end(record, 'failure');
      return;
    }
    this.#log.line('Cleaning up orphan processes');
    this.#end(record, 'success');
  }

  #startTimeout(onCancel: () => void): () => void {
    const { spec } = this.#request;
    const minutes = spec.timeoutMinutes ? Number(evaluateString(spec.timeoutMinutes, this.#scope())) : Number.NaN;
    const limit = Number.isFinite(minutes) && minutes > 0 ? minutes : DEFAULT_TIMEOUT_MINUTES;
    return this.#machine.clock.after(limit * 60_000, () => {
      const message = `The job has exceeded the maximum execution time of ${limit} minutes.`;
      this.#log.error(message);
      this.#steps.annotate(message);
      onCancel();
    });
  }

  #scope(): Scope {
    return {
      contexts: this.#steps.contexts(this.#status),
      functions: statusFunctions(this.#status, this.#dirs.workspace),
    };
  }

  #nameOf(step: StepSpec): string {
    const fixed = literalText(step.name);
    if (fixed !== undefined && fixed !== '') return fixed;
    if (step.name?.kind === 'expression') return step.name.source;
    if (step.does.kind === 'uses') return `Run ${step.does.action}`;
    const { script } = step.does;
    return `Run ${firstLine(script.kind === 'expression' ? script.source : (literalText(script) ?? ''))}`;
  }

  #add(name: string): StepRecord {
    const number = this.#records.length + 1;
    const record: StepRecord = { number, name, status: 'queued', conclusion: null, startedAt: null, completedAt: null };
    this.#records.push(record);
    return record;
  }

  #begin(record: StepRecord): StepRecord {
    record.status = 'in_progress';
    record.startedAt = this.#machine.now();
    this.#request.onSteps(this.#records);
    return record;
  }

  #finish(record: StepRecord, conclusion: 'success' | 'failure' | 'skipped' | 'cancelled'): void {
    if (conclusion === 'failure') this.#fail();
    this.#end(record, conclusion);
  }

  #end(record: StepRecord, conclusion: 'success' | 'failure' | 'skipped' | 'cancelled'): void {
    record.status = 'completed';
    record.conclusion = conclusion;
    record.completedAt = this.#machine.now();
    this.#request.onSteps(this.#records);
  }

  /** A cancelled job stays cancelled, even if something fails in it later. */
  #fail(): void {
    if (this.#status === 'success') this.#status = 'failure';
  }
}

/** The status functions, and `hashFiles()` in a workspace. */
function statusFunctions(status: JobStatus, workspace: string): readonly ExpressionFunction[] {
  return [
    { name: 'success', minArgs: 0, maxArgs: 0, call: () => status === 'success' },
    { name: 'failure', minArgs: 0, maxArgs: 0, call: () => status === 'failure' },
    { name: 'cancelled', minArgs: 0, maxArgs: 0, call: () => status === 'cancelled' },
    { name: 'always', minArgs: 0, maxArgs: 0, call: () => true },
    { name: 'hashFiles', minArgs: 1, maxArgs: 255, call: (...patterns) => hashFiles(workspace, patterns) },
  ];
}

/** A digest of the digests of all matching files, in the order of their paths, or '' if no file matches. */
function hashFiles(workspace: string, patterns: readonly string[]): string {
  const lines = patterns.flatMap((pattern) => pattern.split('\n')).map((line) => line.trim());
  const found = new Set<string>();
  for (const line of lines) {
    if (line === '' || line.startsWith('#')) continue;
    const pattern = line.startsWith('!') ? line.slice(1) : line;
    for (const path of globSync(pattern, { cwd: workspace })) {
      if (line.startsWith('!')) found.delete(path);
      else found.add(path);
    }
  }
  const whole = createHash('sha256');
  let count = 0;
  for (const path of [...found].sort()) {
    const file = join(workspace, path);
    if (relative(workspace, file).startsWith(`..${sep}`) || !statSync(file).isFile()) continue;
    whole.update(createHash('sha256').update(readFileSync(file)).digest());
    count += 1;
  }
  return count === 0 ? '' : whole.digest('hex');
}
