/**
 * Runs the processes of a job's steps: sets up their environment and command files, and applies their commands to the
 * steps that follow.
 */
import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '#emulator/model/clock';
import { ActionError } from './action-store.ts';
import { runProcess } from './process.ts';
import {
  type Annotation,
  emptyReport,
  FILE_COMMANDS,
  type FileCommand,
  type JobLog,
  readPairs,
  readPaths,
  readSummary,
  StepOutput,
  type StepReport,
} from './step-output.ts';

/** The `github` values that become `GITHUB_*` variables (actions/runner, GitHubContext); never the token. */
const GITHUB_VARIABLES = (
  'action action_path action_ref action_repository actor actor_id api_url base_ref event_name event_path graphql_url ' +
  'head_ref job ref ref_name ref_protected ref_type repository repository_id repository_owner repository_owner_id ' +
  'retention_days run_attempt run_id run_number server_url sha triggering_actor workflow workflow_ref workflow_sha workspace'
).split(' ');

/** The arguments of the shells that can be named without `{0}` (actions/runner, ScriptHandlerHelpers). */
const SHELLS: Readonly<Record<string, { readonly args: string; readonly extension: string }>> = {
  bash: { args: '--noprofile --norc -e -o pipefail {0}', extension: '.sh' },
  sh: { args: '-e {0}', extension: '.sh' },
  python: { args: '{0}', extension: '.py' },
  pwsh: { args: '-command ". \'{0}\'"', extension: '.ps1' },
};

export type StepProcessesOptions = {
  readonly clock: Clock;
  readonly log: JobLog;
  /** The base environment of all processes of the job. */
  readonly environment: Readonly<Record<string, string>>;
  readonly dirs: { readonly workspace: string; readonly temp: string };
  readonly kill: AbortSignal;
};

export class StepProcesses {
  /** The environment of all steps: the workflow's, the job's, and the values that steps wrote to `GITHUB_ENV`. */
  readonly env: Record<string, string> = {};
  readonly annotations: Annotation[] = [];
  summary = '';
  readonly #options: StepProcessesOptions;
  readonly #paths: string[] = [];

  constructor(options: StepProcessesOptions) {
    this.#options = options;
  }

  annotate(message: string, level: Annotation['level'] = 'failure'): void {
    const masked = this.#options.log.masks.mask(message);
    this.annotations.push({ level, message: masked, title: null, path: '.github', startLine: 1, endLine: 1 });
  }

  /** Logs the variables, as the runner does before each step. */
  showEnv(env: Readonly<Record<string, string>>): void {
    const pairs = Object.entries(env);
    if (pairs.length > 0) this.#options.log.line('env:');
    for (const [key, value] of pairs) this.#options.log.line(`  ${key}: ${value}`);
  }

  /** Runs one process of a step, and reads its commands from its output and files. */
  async run(
    program: string,
    args: readonly string[],
    options: {
      /** The contexts `github` and `runner` of this step. */
      readonly github: Readonly<Record<string, unknown>>;
      readonly runner: Readonly<Record<string, unknown>>;
      readonly env: Readonly<Record<string, string>>;
      readonly services: Readonly<Record<string, string>>;
      readonly directory: string;
      readonly stop: AbortSignal;
    },
  ): Promise<{ code: number; report: StepReport }> {
    const { log, clock, dirs, environment } = this.#options;
    const report = emptyReport();
    const debug = this.env.RUNNER_DEBUG === '1' || this.env.ACTIONS_STEP_DEBUG === 'true';
    const output = new StepOutput(log, report, debug);
    const files = this.#createFiles(dirs.temp);
    const env: Record<string, string> = {
      ...environment,
      ...this.env,
      ...options.env,
      ...options.services,
      ...contextVariables(options.github, options.runner),
    };
    for (const kind of FILE_COMMANDS) env[`GITHUB_${kind.toUpperCase()}`] = files[kind];
    env.PATH = [...this.#paths.toReversed(), env.PATH ?? ''].join(':');

    const exit = await runProcess(program, args, {
      cwd: options.directory,
      env,
      onLine: (line) => output.line(line),
      stop: { signal: options.stop, kill: this.#options.kill, clock },
    });
    this.annotations.push(...report.annotations);
    if (exit.kind === 'not started') throw new ActionError(`${exit.why} (in '${options.directory}')`);
    this.#takeFiles(files, report);
    return { code: exit.code, report };
  }

  #createFiles(temp: string): Record<FileCommand, string> {
    const id = randomUUID();
    const dir = join(temp, '_runner_file_commands');
    const files = {
      output: join(dir, `set_output_${id}`),
      env: join(dir, `set_env_${id}`),
      path: join(dir, `add_path_${id}`),
      state: join(dir, `save_state_${id}`),
      step_summary: join(dir, `step_summary_${id}`),
    };
    for (const file of Object.values(files)) writeFileSync(file, '');
    return files;
  }

  #takeFiles(files: Record<FileCommand, string>, report: StepReport): void {
    const { log } = this.#options;
    try {
      for (const [key, value] of readPairs(files.output)) report.outputs.set(key, value);
      for (const [key, value] of readPairs(files.state)) report.state.set(key, value);
      for (const [key, value] of readPairs(files.env)) {
        // The runner blocks this variable, because it could run code in later JavaScript actions.
        if (key.toUpperCase() === 'NODE_OPTIONS') {
          log.error("Can't store NODE_OPTIONS output parameter using '$GITHUB_ENV' command.");
        } else this.env[key] = value;
      }
    } catch (error) {
      log.error(error instanceof Error ? error.message : String(error));
      report.commandFailed = true;
    }
    for (const path of readPaths(files.path)) {
      const known = this.#paths.indexOf(path);
      if (known >= 0) this.#paths.splice(known, 1);
      this.#paths.push(path);
    }
    const summary = readSummary(files.step_summary, log.masks);
    if ('refused' in summary) log.error(summary.refused);
    else this.summary += summary.text;
  }
}

/** The variables `GITHUB_*` and `RUNNER_*`. They are added last, so that workflows cannot override them. */
function contextVariables(
  github: Readonly<Record<string, unknown>>,
  runner: Readonly<Record<string, unknown>>,
): Record<string, string> {
  const variables: Record<string, string> = {};
  for (const name of GITHUB_VARIABLES) {
    const value = github[name];
    if (typeof value === 'string') variables[`GITHUB_${name.toUpperCase()}`] = value;
    if (typeof value === 'boolean') variables[`GITHUB_${name.toUpperCase()}`] = value ? 'true' : 'false';
  }
  for (const [name, value] of Object.entries(runner)) {
    if (typeof value === 'string') variables[`RUNNER_${name.toUpperCase()}`] = value;
  }
  return variables;
}

/** The program and arguments of a `shell:`. Throws ActionError if it is not a known shell and has no `{0}`. */
export function shellOf(shell: string | undefined): { program: string; args: string[]; extension: string } {
  // The default shell is `bash -e {0}`, without `pipefail` (GitHub, "jobs.<job_id>.steps[*].shell").
  if (shell === undefined || shell === '') return { program: 'bash', args: ['-e', '{0}'], extension: '.sh' };
  const space = shell.indexOf(' ');
  const program = space < 0 ? shell : shell.slice(0, space);
  const known = SHELLS[program];
  const format = space < 0 ? (known?.args ?? '') : shell.slice(space + 1).trim();
  if (!format.includes('{0}')) {
    throw new ActionError(
      'Invalid shell option. Shell must be a valid built-in (bash, sh, cmd, powershell, pwsh) or a format string ' +
        "containing '{0}'",
    );
  }
  const args = [...format.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '');
  return { program, args, extension: known?.extension ?? '' };
}

/** The first line of a script, which names its step if the step has no name. */
export function firstLine(script: string): string {
  return script.trimStart().split('\n')[0] ?? '';
}
