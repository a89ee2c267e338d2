/** REST: workflows, runs, jobs, artifacts, variables. The runner executes the runs (`world.actions`). */
import { parse } from 'yaml';
import type { ActionsService } from '#emulator/model/actions-service';
import type { Artifact, Job, Repository, Run, SelfHostedRunner, Variable, Workflow } from '#emulator/model/records';
import { Refusal } from '#emulator/model/refusal';
import { created, nothing, ok, type RestResponse } from '#emulator/model/response';
import { htmlUrl, repoUrl } from '#emulator/shapes/objects';
import { isExpired, showArtifact, showJob, showRun, showWorkflow } from '#emulator/shapes/runs-and-checks';
import type { World } from '#emulator/world/world';
import { type ApiCall, found, invalid, notFound, type Route, read, write } from './route.ts';

const ACTIONS = '/repos/{owner}/{repo}/actions';
const RUN = `${ACTIONS}/runs/{run_id}`;
const ARTIFACT = `${ACTIONS}/artifacts/{artifact_id}`;
const WORKFLOW = `${ACTIONS}/workflows/{workflow_id}`;

export const actionRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: `${ACTIONS}/workflows`,
    needs: read('actions'),
    handle: async (call) => {
      const workflows = await workflowsOf(call.world, call.repository);
      return call.page(
        workflows,
        (workflow) => showWorkflow(call.world, workflow),
        (page) => ({ total_count: workflows.length, workflows: page }),
      );
    },
  },
  {
    method: 'GET',
    path: WORKFLOW,
    needs: read('actions'),
    handle: async (call) => ok(showWorkflow(call.world, await workflowOf(call))),
  },
  {
    method: 'POST',
    path: `${WORKFLOW}/dispatches`,
    needs: write('actions'),
    handle: dispatch,
  },
  ...(['enable', 'disable'] as const).map(
    (what): Route => ({
      method: 'PUT',
      path: `${WORKFLOW}/${what}`,
      needs: write('actions'),
      handle: async (call) => {
        call.world.runs.setState(await workflowOf(call), what === 'enable' ? 'active' : 'disabled_manually');
        return nothing();
      },
    }),
  ),
  {
    method: 'GET',
    path: `${WORKFLOW}/runs`,
    needs: read('actions'),
    handle: async (call) => {
      const workflow = await workflowOf(call);
      return pageOfRuns(call, (run) => run.workflow === workflow);
    },
  },

  // ── runs ────────────────────────────────────────────────────────────────────────────────────────────────────────
  { method: 'GET', path: `${ACTIONS}/runs`, needs: read('actions'), handle: (call) => pageOfRuns(call, () => true) },
  { method: 'GET', path: RUN, needs: read('actions'), handle: (call) => ok(showRun(call.world, runOf(call))) },
  {
    method: 'DELETE',
    path: RUN,
    needs: write('actions'),
    handle: (call) => {
      call.world.runs.delete(runOf(call));
      return nothing();
    },
  },
  {
    method: 'POST',
    path: `${RUN}/cancel`,
    needs: write('actions'),
    handle: (call) => cancel(call, 'ask'),
  },
  {
    method: 'POST',
    path: `${RUN}/force-cancel`,
    needs: write('actions'),
    handle: (call) => cancel(call, 'forced'),
  },
  {
    method: 'POST',
    path: `${RUN}/rerun`,
    needs: write('actions'),
    handle: (call) => rerun(call, runOf(call), 'all'),
  },
  {
    method: 'POST',
    path: `${RUN}/rerun-failed-jobs`,
    needs: write('actions'),
    handle: (call) => rerun(call, runOf(call), 'failed'),
  },
  {
    method: 'POST',
    path: `${RUN}/approve`,
    needs: write('actions'),
    handle: async (call) => {
      await runnerOf(call.world).approve(runOf(call), call.actor);
      return created({});
    },
  },
  {
    method: 'GET',
    path: `${RUN}/jobs`,
    needs: read('actions'),
    handle: (call) => {
      const run = runOf(call);
      const jobs = call.query.get('filter') === 'all' ? run.jobs : call.world.runs.latestJobs(run);
      return pageOfJobs(call, jobs);
    },
  },
  {
    method: 'GET',
    path: `${RUN}/attempts/{attempt_number}/jobs`,
    needs: read('actions'),
    handle: (call) => {
      const attempt = Number(call.param('attempt_number'));
      return pageOfJobs(
        call,
        runOf(call).jobs.filter((job) => job.attempt === attempt),
      );
    },
  },
  {
    method: 'GET',
    path: `${RUN}/artifacts`,
    needs: read('actions'),
    handle: (call) => pageOfArtifacts(call, runOf(call).artifacts),
  },

  // ── artifacts ───────────────────────────────────────────────────────────────────────────────────────────────────
  {
    method: 'GET',
    path: `${ACTIONS}/artifacts`,
    needs: read('actions'),
    handle: (call) =>
      pageOfArtifacts(
        call,
        call.repository.runs.flatMap(({ artifacts }) => artifacts),
      ),
  },
  {
    method: 'GET',
    path: ARTIFACT,
    needs: read('actions'),
    handle: (call) => ok(showArtifact(call.world, artifactOf(call), call.world.clock.now())),
  },
  {
    method: 'DELETE',
    path: ARTIFACT,
    needs: write('actions'),
    handle: (call) => {
      call.world.artifacts.remove(artifactOf(call));
      return nothing();
    },
  },
  {
    method: 'GET',
    path: `${ARTIFACT}/{archive_format}`,
    needs: read('actions'),
    handle: (call) => {
      const { world } = call;
      const artifact = artifactOf(call);
      if (call.param('archive_format') !== 'zip') throw notFound();
      if (isExpired(artifact, world.clock.now())) throw new Refusal(410, 'Artifact has expired');
      return { status: 302, headers: { location: world.artifacts.downloadUrl(artifact) } };
    },
  },

  {
    method: 'GET',
    path: `${ACTIONS}/caches`,
    needs: read('actions'),
    // The emulator's runner has no cache for workflows.
    handle: (call) =>
      call.page(
        [],
        () => null,
        () => ({ total_count: 0, actions_caches: [] }),
      ),
  },

  // ── jobs ────────────────────────────────────────────────────────────────────────────────────────────────────────
  {
    method: 'GET',
    path: `${ACTIONS}/jobs/{job_id}`,
    needs: read('actions'),
    handle: (call) => ok(showJob(call.world, jobOf(call))),
  },
  {
    method: 'POST',
    path: `${ACTIONS}/jobs/{job_id}/rerun`,
    needs: write('actions'),
    handle: (call) => rerun(call, jobOf(call).run, jobOf(call)),
  },
  {
    method: 'GET',
    path: `${ACTIONS}/jobs/{job_id}/logs`,
    needs: read('actions'),
    handle: (call) => {
      const job = jobOf(call);
      const location = `${repoUrl(call.world, call.repository)}/actions/jobs/${job.id}/logs.txt`;
      return { status: 302, headers: { location } };
    },
  },

  // ── variables ───────────────────────────────────────────────────────────────────────────────────────────────────
  {
    method: 'GET',
    path: `${ACTIONS}/variables`,
    needs: read('actions_variables'),
    handle: (call) => {
      const variables = [...call.repository.variables.values()];
      const wrap = (page: unknown[]) => ({ total_count: variables.length, variables: page });
      const sized = call.query.has('per_page') ? call : withPageSize(call, '10');
      return sized.page(variables, showVariable, wrap, 30);
    },
  },
  {
    method: 'POST',
    path: `${ACTIONS}/variables`,
    needs: write('actions_variables'),
    handle: (call) => {
      const [name, value] = [call.requireString('name'), call.requireString('value')];
      checkVariable(name, value);
      if (call.repository.variables.has(name.toUpperCase())) {
        throw new Refusal(409, 'Already exists - Variable already exists');
      }
      call.world.setVariable(call.repository, name, value);
      return created({});
    },
  },
  {
    method: 'GET',
    path: `${ACTIONS}/variables/{name}`,
    needs: read('actions_variables'),
    handle: (call) => ok(showVariable(variableOf(call))),
  },
  {
    method: 'PATCH',
    path: `${ACTIONS}/variables/{name}`,
    needs: write('actions_variables'),
    handle: (call) => {
      const { name, value } = variableOf(call);
      const [newName, newValue] = [call.string('name') ?? name, call.string('value') ?? value];
      checkVariable(newName, newValue);
      if (newName.toUpperCase() !== name) call.repository.variables.delete(name);
      call.world.setVariable(call.repository, newName, newValue);
      return nothing();
    },
  },
  {
    method: 'DELETE',
    path: `${ACTIONS}/variables/{name}`,
    needs: write('actions_variables'),
    handle: (call) => {
      call.repository.variables.delete(variableOf(call).name);
      return nothing();
    },
  },
  // ── settings ────────────────────────────────────────────────────────────────────────────────────────────────────
  {
    method: 'GET',
    path: `${ACTIONS}/permissions`,
    needs: read('administration'),
    handle: (call) => {
      const { enabled, allowed, fullCommits } = call.repository.actionsPolicy;
      const selected = `${repoUrl(call.world, call.repository)}/actions/permissions/selected-actions`;
      return ok({
        enabled,
        ...(enabled && { allowed_actions: allowed, sha_pinning_required: fullCommits }),
        ...(enabled && allowed === 'selected' && { selected_actions_url: selected }),
      });
    },
  },
  {
    method: 'GET',
    path: `${ACTIONS}/permissions/selected-actions`,
    needs: read('administration'),
    handle: (call) => {
      const { allowed, githubOwned, verified, patterns } = call.repository.actionsPolicy;
      if (allowed !== 'selected') throw new Refusal(409, 'Conflict');
      return ok({ github_owned_allowed: githubOwned, verified_allowed: verified, patterns_allowed: patterns });
    },
  },
  {
    method: 'GET',
    path: `${ACTIONS}/runners`,
    needs: read('administration'),
    handle: (call) => {
      const { selfHosted } = call.repository;
      return call.page(selfHosted, showRunner, (runners) => ({ total_count: selfHosted.length, runners }));
    },
  },
  {
    method: 'GET',
    path: `${ACTIONS}/permissions/workflow`,
    needs: read('administration'),
    handle: (call) =>
      ok({
        default_workflow_permissions: call.repository.defaultJobPermissions,
        can_approve_pull_request_reviews: call.repository.actionsMayApprove,
      }),
  },
];

function showRunner({ id, name, labels, isOnline }: SelfHostedRunner): unknown {
  return {
    ...{ id, name, os: 'Linux', status: isOnline ? 'online' : 'offline', busy: false },
    labels: labels.map((label, at) => ({ id: at + 1, name: label, type: 'custom' })),
  };
}

/** A job's log, at the URL that `…/jobs/{id}/logs` redirects to. On GitHub it is on another host and needs no token. */
export function logText(world: World, path: string): string | null {
  const match = /^\/repos\/([^/]+)\/([^/]+)\/actions\/jobs\/(\d+)\/logs\.txt$/.exec(path);
  const repository = match && world.repository(match[1] ?? '', match[2] ?? '');
  return repository ? (world.runs.jobById(repository, Number(match[3]))?.log ?? null) : null;
}

// ── dispatching ───────────────────────────────────────────────────────────────────────────────────────────────────

async function dispatch(call: ApiCall): Promise<RestResponse> {
  const { world, repository } = call;
  const workflow = await workflowOf(call);
  const given = call.requireString('ref');
  const git = await world.git(repository);
  const names = given.startsWith('refs/') ? [given] : [`refs/heads/${given}`, `refs/tags/${given}`];
  let ref: string | null = null;
  for (const name of names) if (ref === null && (await git.readRef(name))) ref = name;
  if (!ref) throw invalid(`No ref found for: ${given}`);
  const inputs = call.object('inputs') ?? {};
  const most = world.traits.dispatchInputs;
  if (Object.keys(inputs).length > most) {
    throw invalid(`Invalid request.\n\nNo more than ${most} properties are allowed.`);
  }
  if (JSON.stringify(inputs).length > 65_535) throw invalid('inputs are too large.');
  if (workflow.state !== 'active') throw invalid("Cannot trigger a 'workflow_dispatch' on a disabled workflow");
  const text = await git.readBlob(`${ref}:${workflow.path}`);
  if (!text) throw invalid(`Workflow does not exist on ${given}`);
  checkInputs(text.toString(), inputs);
  const run = await runnerOf(world).dispatch({ actor: call.actor, repository, workflow, ref, inputs });
  // Before API version 2026-03-10, the response has the ids only if requested.
  if (call.boolean('return_run_details') !== true) return nothing();
  return ok({
    workflow_run_id: run.id,
    run_url: `${repoUrl(world, repository)}/actions/runs/${run.id}`,
    html_url: `${htmlUrl(world, repository)}/actions/runs/${run.id}`,
  });
}

/** Throws GitHub's 422 if the workflow file cannot be dispatched with these inputs. */
function checkInputs(text: string, inputs: Readonly<Record<string, unknown>>): void {
  let file: unknown;
  try {
    file = parse(text);
  } catch {
    throw invalid('failed to parse workflow');
  }
  const on = field(file, 'on') ?? field(file, 'true');
  const named = on === 'workflow_dispatch' || (Array.isArray(on) && on.includes('workflow_dispatch'));
  const isObject = typeof on === 'object' && on !== null && 'workflow_dispatch' in on;
  if (!named && !isObject) throw invalid("Workflow does not have 'workflow_dispatch' trigger");
  const declared = field(field(on, 'workflow_dispatch'), 'inputs');
  const known = typeof declared === 'object' && declared !== null ? (declared as Record<string, unknown>) : {};
  const unknown = Object.keys(inputs).filter((name) => !(name in known));
  if (unknown.length > 0) throw invalid(`Unexpected inputs provided: ${JSON.stringify(unknown)}`);
  for (const [name, input] of Object.entries(known)) {
    const value = inputs[name];
    const missing = value === undefined || value === '';
    if (missing && field(input, 'required') === true && field(input, 'default') === undefined) {
      throw invalid(`Required input '${name}' not provided`);
    }
    const options = field(input, 'options');
    if (!missing && Array.isArray(options) && !options.map(String).includes(String(value))) {
      throw invalid(`Provided value '${value}' for input '${name}' not in the list of allowed values`);
    }
  }
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}

function runnerOf(world: World): ActionsService {
  if (!world.actions) throw new Refusal(503, 'No runner serves this repository');
  return world.actions;
}

async function cancel(call: ApiCall, force: 'ask' | 'forced'): Promise<RestResponse> {
  const run = runOf(call);
  if (run.status === 'completed') throw new Refusal(409, 'Cannot cancel a workflow run that is completed.');
  await runnerOf(call.world).cancel(run, force);
  return { status: 202, body: {} };
}

async function rerun(call: ApiCall, run: Run, which: 'all' | 'failed' | Job): Promise<RestResponse> {
  if (run.status !== 'completed') throw new Refusal(403, 'This workflow is already running');
  await runnerOf(call.world).rerun(run, call.actor, which);
  return created({});
}

// ── looking up ────────────────────────────────────────────────────────────────────────────────────────────────────

/** GitHub lists a workflow as soon as its file is on the default branch, even if it has never run. */
async function workflowsOf(world: World, repository: Repository): Promise<Workflow[]> {
  const git = await world.git(repository);
  const tree = await git.resolve(`refs/heads/${repository.defaultBranch}:.github/workflows`);
  for (const entry of tree ? await git.readTree(tree) : []) {
    const path = `.github/workflows/${entry.path}`;
    if (!/\.ya?ml$/.test(entry.path) || repository.workflows.has(path)) continue;
    const text = (await git.readBlob(entry.oid))?.toString() ?? '';
    const name = /^name:\s*(.+?)\s*$/m.exec(text)?.[1]?.replace(/^(['"])(.*)\1$/, '$2');
    world.runs.workflow(repository, path, name ?? path);
  }
  return [...repository.workflows.values()];
}

async function workflowOf(call: ApiCall): Promise<Workflow> {
  await workflowsOf(call.world, call.repository);
  return found(call.world.runs.workflowBy(call.repository, call.param('workflow_id')));
}

function runOf(call: ApiCall): Run {
  return found(call.world.runs.byId(call.repository, Number(call.param('run_id'))));
}

function artifactOf(call: ApiCall): Artifact {
  return found(call.world.runs.artifactById(call.repository, Number(call.param('artifact_id'))));
}

function pageOfArtifacts(call: ApiCall, all: readonly Artifact[]): RestResponse {
  const name = call.query.get('name');
  const artifacts = all.filter((each) => name === null || each.name === name).reverse();
  return call.page(
    artifacts,
    (artifact) => showArtifact(call.world, artifact, call.world.clock.now()),
    (page) => ({ total_count: artifacts.length, artifacts: page }),
  );
}

function jobOf(call: ApiCall): Job {
  return found(call.world.runs.jobById(call.repository, Number(call.param('job_id'))));
}

function variableOf(call: ApiCall): Variable {
  return found(call.repository.variables.get(call.param('name').toUpperCase()));
}

function pageOfRuns(call: ApiCall, which: (run: Run) => boolean): RestResponse {
  const { query } = call;
  const [event, branch, sha] = [query.get('event'), query.get('branch'), query.get('head_sha')];
  const [status, actor, suite] = [query.get('status'), query.get('actor'), query.get('check_suite_id')];
  const within = timeRange(query.get('created'));
  const runs = call.repository.runs
    .filter(
      (run) =>
        which(run) &&
        (!event || run.event === event) &&
        (!branch || run.headBranch === branch) &&
        (!sha || run.headSha === sha) &&
        (!status || run.status === status || run.conclusion === status) &&
        (!actor || run.actor.login.toLowerCase() === actor.toLowerCase()) &&
        (!suite || String(run.suite.id) === suite) &&
        within(Date.parse(run.createdAt)),
    )
    .reverse();
  return call.page(
    runs.slice(0, 1000),
    (run) => showRun(call.world, run),
    (workflow_runs) => ({ total_count: runs.length, workflow_runs }),
  );
}

function pageOfJobs(call: ApiCall, jobs: readonly Job[]): RestResponse {
  return call.page(
    jobs,
    (job) => showJob(call.world, job),
    (page) => ({ total_count: jobs.length, jobs: page }),
  );
}

/** GitHub's search syntax for times: `>=T`, `>T`, `<=T`, `<T`, `A..B`, or one day. */
function timeRange(text: string | null): (ms: number) => boolean {
  if (!text) return () => true;
  const between = text.split('..');
  if (between.length === 2) {
    const [from, to] = between.map((end) => (end === '*' ? Number.NaN : Date.parse(end)));
    return (ms) => !(ms < (from ?? Number.NaN)) && !(ms > (to ?? Number.NaN));
  }
  const [, operator = '', time = ''] = /^(>=|<=|>|<)?(.*)$/.exec(text) ?? [];
  const at = Date.parse(time);
  if (Number.isNaN(at)) throw invalid(`Invalid created: ${text}`);
  if (operator === '>=') return (ms) => ms >= at;
  if (operator === '<=') return (ms) => ms <= at;
  if (operator === '>') return (ms) => ms > at;
  if (operator === '<') return (ms) => ms < at;
  const lengthMs = time.includes('T') ? 1000 : 86_400_000;
  return (ms) => ms >= at && ms < at + lengthMs;
}

function showVariable(variable: Variable): unknown {
  const { name, value, createdAt, updatedAt } = variable;
  return { name, value, created_at: createdAt, updated_at: updatedAt };
}

function checkVariable(name: string, value: string): void {
  if (!/^[A-Z_][A-Z0-9_]*$/i.test(name) || /^GITHUB_/i.test(name)) {
    throw invalid(
      'Variable name is invalid: it may only contain letters, digits and underscores, and not begin with GITHUB_.',
    );
  }
  if (Buffer.byteLength(value) > 48 * 1024) throw invalid('Variable value is too large (maximum is 48 KB)');
}

function withPageSize(call: ApiCall, size: string): ApiCall {
  call.query.set('per_page', size);
  return call;
}
