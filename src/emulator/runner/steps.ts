/**
 * Runs steps: scripts, JavaScript actions with their pre and post scripts, and composite actions. Follows actions/runner
 * (ActionRunner, ScriptHandler, NodeScriptActionHandler, CompositeActionHandler).
 */
import { randomUUID } from 'node:crypto';
import { existsSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Clock } from '#emulator/model/clock';
import { ActionError, type LoadedAction, loadMetadata, type RemoteAction } from './action-store.ts';
import {
  type ExpressionFunction,
  evaluateString,
  evaluateStrings,
  holds,
  type Scope,
  type Template,
  TemplateError,
} from './expression.ts';
import type { Annotation, JobLog } from './step-output.ts';
import { firstLine, StepProcesses, shellOf } from './step-process.ts';
import { readUpload, upload } from './upload-artifact.ts';
import { parseUses, type StepSpec } from './workflow.ts';

export type JobStatus = 'success' | 'failure' | 'cancelled';
export type StepResult = JobStatus | 'skipped';

/** The runner refuses composite actions that are nested more deeply. */
const MAX_COMPOSITE_DEPTH = 10;

export type StepRunnerOptions = {
  readonly clock: Clock;
  readonly log: JobLog;
  readonly environment: Readonly<Record<string, string>>;
  readonly url: string;
  readonly dirs: { readonly workspace: string; readonly temp: string };
  readonly loadRemote: (action: RemoteAction) => Promise<LoadedAction>;
  readonly runtimeToken: string;
  readonly kill: AbortSignal;
  readonly functionsIn: (status: JobStatus) => readonly ExpressionFunction[];
};

/** The post script of an action that ran. It runs after all steps of the job. */
export type Post = {
  readonly name: string;
  readonly script: string;
  readonly condition: string;
  readonly call: NodeCall;
};

/** The surroundings of a step: the job itself, or a composite action. */
type Frame = {
  readonly depth: number;
  readonly steps: Record<string, { outputs: Record<string, string>; outcome: StepResult; conclusion: StepResult }>;
  /** The inputs of a composite action; undefined for the job itself, where steps see the workflow's inputs. */
  readonly inputs: Readonly<Record<string, string>> | undefined;
  readonly github: Readonly<Record<string, string>>;
  readonly env: Readonly<Record<string, string>>;
  readonly status: () => JobStatus;
  /** The job's status. `job.status` shows it inside a composite action too. */
  readonly jobStatus: () => JobStatus;
  readonly stop: AbortSignal;
};

type NodeCall = {
  readonly step: StepSpec;
  readonly frame: Frame;
  readonly loaded: LoadedAction;
  readonly github: Readonly<Record<string, string>>;
  readonly inputs: Readonly<Record<string, string>>;
  readonly env: Readonly<Record<string, string>>;
  readonly state: Map<string, string>;
};

type StepOutcome = { readonly result: StepResult; readonly outputs: Map<string, string> };

export class StepRunner {
  readonly #options: StepRunnerOptions;
  readonly #processes: StepProcesses;
  readonly #posts = new Map<StepSpec, Post>();
  readonly #states = new Map<StepSpec, Map<string, string>>();
  readonly #running = new Set<() => void>();
  readonly #steps: Frame['steps'] = {};
  #contexts: Readonly<Record<string, unknown>> = {};
  #runDefaults: Readonly<Record<string, string>> = {};

  constructor(options: StepRunnerOptions) {
    this.#options = options;
    this.#processes = new StepProcesses(options);
  }

  get annotations(): readonly Annotation[] {
    return this.#processes.annotations;
  }

  get summary(): string {
    return this.#processes.summary;
  }

  setContexts(contexts: Readonly<Record<string, unknown>>): void {
    this.#contexts = contexts;
  }

  /** Adds to the environment of all steps, as the `env` of a workflow or job and `GITHUB_ENV` do. */
  setEnv(env: Readonly<Record<string, string>>): void {
    Object.assign(this.#processes.env, env);
  }

  setRunDefaults(defaults: Readonly<Record<string, string>>): void {
    this.#runDefaults = defaults;
  }

  /** The current contexts, between two steps. */
  contexts(status: JobStatus): Readonly<Record<string, unknown>> {
    return { ...this.#contexts, env: this.#processes.env, steps: this.#steps, job: { status } };
  }

  annotate(message: string, level?: Annotation['level']): void {
    this.#processes.annotate(message, level);
  }

  /** Called when the job is cancelled. Stops every running step unless its condition is still true. */
  cancelled(): void {
    for (const reconsider of [...this.#running]) reconsider();
  }

  async runPre(step: StepSpec, loaded: LoadedAction, status: () => JobStatus): Promise<StepResult> {
    const { runs } = loaded.action;
    if (runs.kind !== 'node' || runs.pre === undefined) return 'skipped';
    const frame = this.#jobFrame(status);
    const script = runs.pre;
    return this.#guarded(frame, runs.preIf, {}, step, async (stop) => {
      const call = this.#nodeCall(step, frame, loaded, this.#stepEnv(step, frame));
      this.#rememberPost(step, call);
      return this.#runNode(call, script, stop);
    });
  }

  /** Runs a step of the job. `name` is its name with expressions evaluated, if that is possible. */
  async runMain(
    step: StepSpec,
    loaded: LoadedAction | undefined,
    status: () => JobStatus,
  ): Promise<{ conclusion: StepResult; name: string | undefined }> {
    const frame = this.#jobFrame(status);
    const name = this.#nameOf(step, frame);
    return { conclusion: await this.#runStep(step, frame, loaded), name };
  }

  /** The name with its expressions evaluated; undefined if it has none or they cannot be evaluated. */
  #nameOf(step: StepSpec, frame: Frame): string | undefined {
    const script = step.does.kind === 'run' ? step.does.script : undefined;
    const template = step.name ?? script;
    if (template?.kind !== 'expression') return undefined;
    try {
      const text = this.#options.log.masks.mask(evaluateString(template, this.#scope(frame, this.#processes.env)));
      return step.name ? text : `Run ${firstLine(text)}`;
    } catch (error) {
      // The name stays as written, and the step doesn't fail (ActionRunner.TryUpdateDisplayName).
      if (!(error instanceof TemplateError)) throw error;
      return undefined;
    }
  }

  /** The post scripts in the order in which they run, the last action's first. */
  takePosts(): Post[] {
    return [...this.#posts.values()].reverse();
  }

  async runPost(post: Post, status: () => JobStatus): Promise<StepResult> {
    const frame = { ...post.call.frame, status, jobStatus: status };
    return this.#guarded(frame, post.condition, post.call.env, post.call.step, (stop) => {
      this.#options.log.line('Post job cleanup.');
      return this.#runNode({ ...post.call, frame }, post.script, stop);
    });
  }

  #jobFrame(status: () => JobStatus): Frame {
    return {
      depth: 0,
      steps: this.#steps,
      inputs: undefined,
      github: {},
      env: {},
      status,
      jobStatus: status,
      stop: this.#options.kill,
    };
  }

  async #runStep(step: StepSpec, frame: Frame, loaded: LoadedAction | undefined): Promise<StepResult> {
    let outputs = new Map<string, string>();
    let env: Record<string, string> = {};
    let outcome: StepResult;
    try {
      env = this.#stepEnv(step, frame);
      outcome = await this.#guarded(frame, step.condition, env, step, async (stop) => {
        const outcome = await this.#perform(step, frame, loaded, env, stop);
        outputs = outcome.outputs;
        return outcome.result;
      });
    } catch (error) {
      outcome = this.#explain(error);
    }
    let conclusion = outcome;
    if (outcome === 'failure' && step.continueOnError && this.#isTrue(step.continueOnError, frame, env)) {
      conclusion = 'success';
    }
    frame.steps[step.id] = { outputs: Object.fromEntries(outputs), outcome, conclusion };
    return conclusion;
  }

  /** Checks the condition, then runs the step with its time limit, and stops it on cancellation. */
  async #guarded(
    frame: Frame,
    condition: string,
    env: Readonly<Record<string, string>>,
    step: StepSpec,
    act: (stop: AbortSignal) => Promise<StepResult>,
  ): Promise<StepResult> {
    if (this.#options.kill.aborted || frame.stop.aborted) return 'cancelled';
    const controller = new AbortController();
    const stop = AbortSignal.any([controller.signal, frame.stop]);
    const reconsider = () => {
      let mayContinue = false;
      try {
        mayContinue = holds(condition, this.#scope({ ...frame, status: () => 'cancelled' }, env));
      } catch (error) {
        this.#explain(error);
      }
      if (!mayContinue) controller.abort();
    };
    let timedOut: string | undefined;
    let stopTimer = () => {};
    try {
      if (!holds(condition, this.#scope(frame, env))) return 'skipped';
      const minutes = step.timeoutMinutes ? Number(evaluateString(step.timeoutMinutes, this.#scope(frame, env))) : 0;
      if (minutes > 0) {
        stopTimer = this.#options.clock.after(minutes * 60_000, () => {
          timedOut = `The action has timed out after ${minutes} minutes.`;
          controller.abort();
        });
      }
      if (frame.status() !== 'cancelled') this.#running.add(reconsider);
      const result = await act(stop);
      if (timedOut !== undefined) {
        this.#options.log.error(timedOut);
        this.annotate(timedOut);
        return 'failure';
      }
      if (stop.aborted) {
        this.#options.log.error('The operation was canceled.');
        return 'cancelled';
      }
      return result;
    } catch (error) {
      return this.#explain(error);
    } finally {
      stopTimer();
      this.#running.delete(reconsider);
    }
  }

  async #perform(
    step: StepSpec,
    frame: Frame,
    preloaded: LoadedAction | undefined,
    env: Readonly<Record<string, string>>,
    stop: AbortSignal,
  ): Promise<StepOutcome> {
    if (step.does.kind === 'run') return this.#runScript(step, step.does, frame, env, stop);
    const uses = step.does.action;
    if (uses.startsWith('docker://')) throw new ActionError(`The emulator does not run containers: ${uses}`);
    const reference = parseUses(uses);
    const loaded =
      preloaded ??
      (reference.kind === 'remote' ? await this.#options.loadRemote(reference) : await this.#loadLocal(reference.path));
    const { runs } = loaded.action;
    this.#options.log.line(`##[group]Run ${uses}`);
    const call = this.#nodeCall(step, frame, loaded, env);
    const { inputs } = call;
    if (Object.keys(inputs).length > 0) this.#options.log.line('with:');
    for (const [key, value] of Object.entries(inputs)) this.#options.log.line(`  ${key}: ${value}`);
    this.#processes.showEnv(env);
    this.#options.log.line('##[endgroup]');
    switch (runs.kind) {
      case 'node': {
        this.#rememberPost(step, call);
        const outputs = new Map<string, string>();
        return { result: await this.#runNode(call, runs.main, stop, outputs), outputs };
      }
      case 'composite':
        return this.#runComposite(call, runs.steps, stop);
      case 'upload-artifact':
        return this.#upload(call);
      case 'unsupported':
        throw new ActionError(`The emulator does not run actions using '${runs.using}': ${uses}`);
    }
  }

  async #loadLocal(path: string): Promise<LoadedAction> {
    const dir = join(this.#options.dirs.workspace, path);
    return { dir, action: await loadMetadata(dir) };
  }

  #nodeCall(step: StepSpec, frame: Frame, loaded: LoadedAction, env: Readonly<Record<string, string>>): NodeCall {
    const scope = this.#scope(frame, env);
    const given = step.does.kind === 'uses' ? evaluateStrings(step.does.with, scope) : {};
    const inputs: Record<string, string> = {};
    for (const { name, default: fallback } of loaded.action.inputs) {
      if (!Object.keys(given).some((key) => key.toLowerCase() === name.toLowerCase())) {
        inputs[name] = fallback ? evaluateString(fallback, scope) : '';
      }
    }
    const known = new Set(loaded.action.inputs.map(({ name }) => name.toLowerCase()));
    const unexpected = Object.keys(given).filter((key) => !known.has(key.toLowerCase()));
    if (unexpected.length > 0) {
      const valid = loaded.action.inputs.map(({ name }) => name).join("', '");
      this.#options.log.warning(`Unexpected input(s) '${unexpected.join("', '")}', valid inputs are ['${valid}']`);
    }
    const reference = step.does.kind === 'uses' ? parseUses(step.does.action) : undefined;
    const github: Record<string, string> = { action: step.id };
    if (reference?.kind === 'remote') {
      github.action_repository = `${reference.owner}/${reference.repository}`;
      github.action_ref = reference.version;
    }
    let state = this.#states.get(step);
    if (!state) {
      state = new Map();
      this.#states.set(step, state);
    }
    return { step, frame, loaded, github, inputs: { ...inputs, ...given }, env, state };
  }

  #rememberPost(step: StepSpec, call: NodeCall): void {
    const { runs } = call.loaded.action;
    if (runs.kind !== 'node' || runs.post === undefined || this.#posts.has(step)) return;
    const name = step.name?.kind === 'literal' ? String(step.name.value) : '';
    const uses = step.does.kind === 'uses' ? step.does.action : '';
    this.#posts.set(step, { name: name || `Run ${uses}`, script: runs.post, condition: runs.postIf, call });
  }

  async #runNode(
    call: NodeCall,
    script: string,
    stop: AbortSignal,
    outputs = new Map<string, string>(),
  ): Promise<StepResult> {
    const env: Record<string, string> = { ...call.env };
    for (const [name, value] of Object.entries(call.inputs)) {
      env[`INPUT_${name.replaceAll(' ', '_').toUpperCase()}`] = value;
    }
    for (const [name, value] of call.state) env[`STATE_${name}`] = value;
    const services = {
      ACTIONS_RUNTIME_URL: `${this.#options.url}/_apis/pipelines/`,
      ACTIONS_RUNTIME_TOKEN: this.#options.runtimeToken,
      ACTIONS_RESULTS_URL: `${this.#options.url}/_apis/results/`,
      ACTIONS_CACHE_URL: `${this.#options.url}/_apis/artifactcache/`,
    };
    const file = join(call.loaded.dir, script);
    if (!existsSync(file)) throw new ActionError(`File not found: '${file}'`);
    const ran = await this.#processes.run(process.execPath, [file], {
      ...this.#machineContexts(call.frame, call.github),
      env,
      services,
      directory: this.#options.dirs.workspace,
      stop,
    });
    for (const [key, value] of ran.report.outputs) outputs.set(key, value);
    for (const [key, value] of ran.report.state) call.state.set(key, value);
    return ran.code === 0 && !ran.report.commandFailed ? 'success' : 'failure';
  }

  async #upload(call: NodeCall): Promise<StepOutcome> {
    const { log, dirs, url, runtimeToken } = this.#options;
    const outputs = new Map<string, string>();
    const { github } = this.#machineContexts(call.frame, call.github);
    const wanted = readUpload(call.inputs, dirs.workspace);
    if (typeof wanted === 'string') {
      if (wanted !== '') {
        log.warning(wanted);
        this.annotate(wanted, 'warning');
      }
      return { result: 'success', outputs };
    }
    const { id, digest } = await upload(wanted, {
      ...{ url, runtimeToken, serverUrl: String(github.server_url), now: new Date(this.#options.clock.now()) },
    });
    const page = `${github.server_url}/${github.repository}/actions/runs/${github.run_id}/artifacts/${id}`;
    log.line(`With the provided path, there will be ${wanted.entries.length} files uploaded`);
    log.line(`Artifact ${wanted.name} has been successfully uploaded! Artifact ID is ${id}`);
    log.line(`Artifact download URL: ${page}`);
    outputs.set('artifact-id', String(id));
    outputs.set('artifact-digest', digest);
    outputs.set('artifact-url', page);
    return { result: 'success', outputs };
  }

  async #runComposite(call: NodeCall, steps: readonly StepSpec[], stop: AbortSignal): Promise<StepOutcome> {
    if (call.frame.depth >= MAX_COMPOSITE_DEPTH) throw new ActionError('Composite actions are nested too deeply');
    let status: JobStatus = 'success';
    const frame: Frame = {
      depth: call.frame.depth + 1,
      steps: {},
      inputs: call.inputs,
      github: { ...call.github, action_path: call.loaded.dir },
      env: call.env,
      status: () => (call.frame.status() === 'cancelled' ? 'cancelled' : status),
      jobStatus: call.frame.jobStatus,
      stop,
    };
    for (const step of steps) {
      const conclusion = await this.#runStep(step, frame, undefined);
      if (conclusion === 'failure' || conclusion === 'cancelled') status = conclusion;
    }
    const outputs = new Map<string, string>();
    const scope = this.#scope(frame, this.#processes.env);
    for (const [name, value] of call.loaded.action.outputs) outputs.set(name, evaluateString(value, scope));
    return { result: status, outputs };
  }

  async #runScript(
    step: StepSpec,
    does: Extract<StepSpec['does'], { kind: 'run' }>,
    frame: Frame,
    env: Readonly<Record<string, string>>,
    stop: AbortSignal,
  ): Promise<StepOutcome> {
    const { log, dirs } = this.#options;
    const scope = this.#scope(frame, env);
    const script = evaluateString(does.script, scope);
    const defaults = frame.depth === 0 ? this.#runDefaults : {};
    const shell = (does.shell && evaluateString(does.shell, scope)) || defaults.shell;
    const directory =
      (does.workingDirectory && evaluateString(does.workingDirectory, scope)) || defaults['working-directory'];
    const { program, args, extension } = shellOf(shell);
    const file = join(dirs.temp, `${randomUUID()}${extension}`);
    const contents = program === 'pwsh' ? `$ErrorActionPreference = 'stop'\n${script}` : script;
    writeFileSync(file, contents.endsWith('\n') ? contents : `${contents}\n`);

    log.line(`##[group]Run ${firstLine(script)}`);
    for (const line of script.replace(/\n$/, '').split('\n')) log.line(`\u001b[36;1m${line}\u001b[0m`);
    log.line(`shell: ${program} ${args.join(' ')}`);
    this.#processes.showEnv({ ...this.#processes.env, ...env });
    log.line('##[endgroup]');

    const ran = await this.#processes.run(
      program,
      args.map((arg) => arg.replace('{0}', file)),
      {
        ...this.#machineContexts(frame, { action: step.id }),
        env,
        services: {},
        directory: resolve(dirs.workspace, directory ?? ''),
        stop,
      },
    );
    if (ran.code !== 0 && !stop.aborted) {
      const message = `Process completed with exit code ${ran.code}.`;
      log.error(message);
      this.annotate(message);
    }
    const result = ran.code === 0 && !ran.report.commandFailed ? 'success' : 'failure';
    return { result, outputs: ran.report.outputs };
  }

  #machineContexts(frame: Frame, github: Readonly<Record<string, string>>) {
    return {
      github: { ...(this.#contexts.github as object | undefined), ...frame.github, ...github },
      runner: { ...(this.#contexts.runner as object | undefined) },
    };
  }

  #stepEnv(step: StepSpec, frame: Frame): Record<string, string> {
    return { ...frame.env, ...evaluateStrings(step.env, this.#scope(frame, frame.env)) };
  }

  #scope(frame: Frame, stepEnv: Readonly<Record<string, string>>): Scope {
    const status = frame.status();
    const github = { ...(this.#contexts.github as object | undefined), ...frame.github };
    return {
      contexts: {
        ...this.#contexts,
        github: frame.depth > 0 ? { ...github, action_status: status } : github,
        ...(frame.inputs && { inputs: frame.inputs }),
        env: { ...this.#processes.env, ...stepEnv },
        steps: frame.steps,
        job: { status: frame.jobStatus() },
      },
      functions: this.#options.functionsIn(status),
    };
  }

  #isTrue(template: Template, frame: Frame, env: Readonly<Record<string, string>>): boolean {
    try {
      return evaluateString(template, this.#scope(frame, env)) === 'true';
    } catch (error) {
      this.#explain(error);
      return false;
    }
  }

  /** A mistake in the workflow or the action fails the step. Any other error is a bug in the emulator and is thrown. */
  #explain(error: unknown): 'failure' {
    if (!(error instanceof TemplateError || error instanceof ActionError)) throw error;
    this.#options.log.error(error.message);
    this.annotate(error.message);
    return 'failure';
  }
}
