/**
 * Where a story's runs happen: it takes the place of the emulator's runner and plays `swarm.yml` with people's patience.
 *
 * Each run is real to swarm: records and webhooks of runs and jobs, a job token with the job's permissions, and swarm's
 * own code for what a plan, a publish or a record job does. Only the agent and the gates are played: an agent stays at
 * its work until the story says how it ends.
 */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { HeadSha, IssueNumber } from '../../src/core/epic.ts';
import { type Attempt, type Finding, findAttempt, type Journal } from '../../src/core/journal.ts';
import type { Problem } from '../../src/core/problem.ts';
import type { AgentSays, GateResult } from '../../src/core/report.ts';
import type { Actions, Conclusion, Job, Run } from '../../src/emulator/state.ts';
import { type Client, GitHubRefused, GitHubUnavailable, makeClient } from '../../src/github/client.ts';
import { advanceJournal, readJournal } from '../../src/github/journal.ts';
import { NoAssignment } from '../../src/segment/assignment.ts';
import { publishEnding, recordEnding } from './publishing.ts';
import { REPOSITORY, type Stage } from './stage.ts';

const git = promisify(execFile);

/** An agent at work, waiting for the story. */
export interface Held {
  readonly epic: IssueNumber;
  readonly segment: number;
  readonly attempt: Attempt;
  /** As the run's plan job found it: what this agent may be told. */
  readonly journal: Journal;
  readonly run: Run;
  readonly work: Job;
  state: 'at work' | 'over' | 'left';
}

/** How the gates of a played run answered; all pass where nothing else is said. */
export const PASSED: readonly GateResult[] = ['lint', 'types', 'tests', 'build', 'security', 'scope'].map((gate) => ({
  gate,
  verdict: 'pass',
  command: `npm run ${gate}`,
  durationMs: 1_000,
  output: '',
}));

export const failing = (gate: string, output: string): readonly GateResult[] =>
  PASSED.map((result) => (result.gate === gate ? { ...result, verdict: 'fail', output } : result));

/** What the work job hands on: a change, or why there is none. */
export interface Ending {
  /** Path to contents; `null` deletes. */
  readonly files: Readonly<Record<string, string | null>>;
  readonly says: AgentSays;
  readonly tries: number;
  readonly validation: readonly GateResult[];
  readonly problem?: Problem;
}

export const SAYS: AgentSays = { summary: 'Done.', assumptions: [], criteria: [] };

type Calibration =
  | { readonly kind: 'passes' }
  | { readonly kind: 'fails'; readonly gate: string; readonly output: string };

/** A job that GitHub fails, fails: its orchestrator has to see that. Anything else is a mistake, and the story's end. */
function failedJob(error: unknown): 'failure' {
  if (error instanceof GitHubUnavailable || error instanceof GitHubRefused || error instanceof NoAssignment)
    return 'failure';
  throw error;
}

const PERMISSIONS = {
  plan: { contents: 'write' },
  work: { contents: 'read' },
  publish: { contents: 'write', 'pull-requests': 'write', checks: 'write' },
  record: { contents: 'write' },
} as const;

export class Floor implements Actions {
  readonly held: Held[] = [];
  /** Every attempt that a run began to work on, for the rule that none is worked on twice. */
  readonly begun: { readonly epic: number; readonly attempt: string; readonly run: number }[] = [];
  readonly #stage: Stage;
  readonly #open = new Set<Promise<unknown>>();
  readonly #errors: unknown[] = [];
  readonly #calibrations: Calibration[] = [];
  #dropNext = 0;

  constructor(stage: Stage) {
    this.#stage = stage;
  }

  // ── what the emulator asks ────────────────────────────────────────────────────────────────────────────────────────

  async dispatch(request: Parameters<Actions['dispatch']>[0]): Promise<Run> {
    const { world } = this.#stage;
    const { repository, workflow, ref, actor, inputs } = request;
    const store = await world.git(repository);
    const head = await store.readRef(ref);
    if (!head) throw new Error(`A run was dispatched on ${ref}, which is not there`);
    const branch = ref.slice('refs/heads/'.length);
    const run = await world.runs.create(actor, {
      workflow,
      event: 'workflow_dispatch',
      headBranch: branch,
      headSha: head,
      workflowSha: head,
      ref,
      displayTitle: `swarm #${String(inputs.epic)} ${String(inputs.dispatch)}`,
      payload: { inputs, ref, repository: { full_name: `${REPOSITORY.owner}/${REPOSITORY.name}` } },
      inputs,
    });
    if (this.#dropNext > 0) {
      this.#dropNext -= 1;
      this.#end(run, 'startup_failure');
    } else this.#spawn(this.#play(run));
    return run;
  }

  async cancel(run: Run): Promise<void> {
    run.cancelRequested = 'yes';
    for (const held of this.held.filter((each) => each.run === run && each.state === 'at work')) held.state = 'over';
    for (const job of run.jobs) {
      if (job.status !== 'completed') this.#stage.world.runs.updateJob(job, { conclusion: 'cancelled' });
    }
    this.#end(run, 'cancelled');
  }

  async rerun(): Promise<void> {
    throw new Error('Stories re-run nothing');
  }

  // ── what the story says ───────────────────────────────────────────────────────────────────────────────────────────

  /** The next run ends before any job of it starts, as when GitHub Actions is out of order. */
  losesNextRun(): void {
    this.#dropNext += 1;
  }

  /** How the next calibrations end; without a word they pass. */
  calibrate(...endings: readonly Calibration[]): void {
    this.#calibrations.push(...endings);
  }

  at(segment: number): Held | undefined {
    return this.held.find((each) => each.segment === segment && each.state === 'at work');
  }

  /** The agent's job is over with this; verify and publish follow, publish by swarm's own code. */
  async ends(held: Held, ending: Ending): Promise<void> {
    const { world } = this.#stage;
    held.state = 'over';
    const patch = await this.#patch(held.attempt, ending.files);
    world.runs.updateJob(held.work, { conclusion: 'success' });
    const ready = patch.length > 0 && !ending.problem;
    this.#job(held.run, `segment ${held.segment} / verify`, ready ? 'success' : 'skipped');
    const publish = this.#start(held.run, `segment ${held.segment} / publish`);
    const published = await this.#withToken(held.run, PERMISSIONS.publish, (client, token) =>
      publishEnding({
        client,
        token,
        url: world.url,
        repository: REPOSITORY,
        epic: held.epic,
        attempt: held.attempt.id,
        runId: held.run.id,
        patch,
        ending,
        verified: ready,
      }).then(() => 'success' as const, failedJob),
    );
    world.runs.updateJob(publish, { conclusion: published });
    this.#endIfDone(held.run, 'success');
  }

  /** The job's machine is gone: no report, nothing published. */
  dies(held: Held, conclusion: Conclusion): void {
    held.state = 'over';
    this.#stage.world.runs.updateJob(held.work, { conclusion });
    this.#job(held.run, `segment ${held.segment} / verify`, 'skipped');
    this.#job(held.run, `segment ${held.segment} / publish`, 'cancelled');
    this.#endIfDone(held.run, conclusion);
  }

  /** Resolves when no job is doing anything but waiting for the story. */
  async idle(): Promise<void> {
    while (this.#open.size > 0) await Promise.all(this.#open);
    const [error] = this.#errors.splice(0);
    if (error) throw error;
  }

  async close(): Promise<void> {
    await Promise.all(this.#open);
  }

  // ── a run ─────────────────────────────────────────────────────────────────────────────────────────────────────────

  async #play(run: Run): Promise<void> {
    const { world } = this.#stage;
    const epic = Number(run.inputs.epic) as IssueNumber;
    const dispatch = String(run.inputs.dispatch);
    world.runs.update(run, { status: 'in_progress' });
    const plan = this.#start(run, 'plan');
    const taken = await this.#withToken(run, PERMISSIONS.plan, (client) => this.#take(client, epic, dispatch, run.id));
    world.runs.updateJob(plan, { conclusion: 'success' });
    if (run.cancelRequested !== 'no') return;
    if (!taken) return this.#end(run, 'success');
    const work = taken.dispatches[dispatch]?.work;
    if (work?.kind === 'calibration') return this.#calibrate(run, taken, epic, work.wave, work.round);
    for (const id of work?.attempts ?? []) {
      const attempt = findAttempt(taken, id);
      if (!attempt || attempt.outcome) continue;
      const segment = Number(id.split('-')[0]);
      const job = this.#start(run, `segment ${segment} / work`);
      world.runs.appendLog(job, `branch ${attempt.branch}\n`);
      this.begun.push({ epic, attempt: id, run: run.id });
      this.held.push({ epic, segment, attempt, journal: taken, run, work: job, state: 'at work' });
    }
    this.#endIfDone(run, 'success');
  }

  /** Takes the dispatch for this run, as the plan job does. @returns undefined where another run has it. */
  async #take(client: Client, epic: IssueNumber, dispatch: string, runId: number): Promise<Journal | undefined> {
    for (let round = 0; round < 20; round++) {
      const stored = await readJournal(client, REPOSITORY, epic);
      const known = stored?.journal.dispatches[dispatch];
      if (!stored || !known || known.runId !== undefined) return undefined;
      const journal = {
        ...stored.journal,
        dispatches: { ...stored.journal.dispatches, [dispatch]: { ...known, runId } },
      };
      const step = await advanceJournal(client, REPOSITORY, {
        repositoryId: stored.repositoryId,
        from: stored.oid,
        journal,
        message: `Run ${runId} takes ${dispatch}`,
      });
      if (step.kind === 'advanced') return journal;
    }
    throw new Error(`The journal of #${epic} never stood still`);
  }

  async #calibrate(run: Run, journal: Journal, epic: IssueNumber, wave: number, round: number): Promise<void> {
    const { world } = this.#stage;
    const ending = this.#calibrations.shift() ?? { kind: 'passes' };
    const passed = ending.kind === 'passes';
    this.#job(run, 'calibrate', passed ? 'success' : 'failure');
    const record = this.#start(run, 'record');
    const base = journal.calibrations[wave]?.find((each) => each.round === round)?.base as HeadSha;
    await this.#withToken(run, PERMISSIONS.record, (client) =>
      recordEnding({
        client,
        repository: REPOSITORY,
        epic,
        wave,
        round,
        base,
        validation: passed ? PASSED : failing(ending.gate, ending.output),
        findings: passed ? [] : [{ check: 'gate', subject: ending.gate, detail: ending.output } satisfies Finding],
      }),
    );
    world.runs.updateJob(record, { conclusion: 'success' });
    this.#end(run, passed ? 'success' : 'failure');
  }

  #start(run: Run, name: string): Job {
    const job = this.#stage.world.runs.createJob(run, { name, labels: ['ubuntu-latest'] });
    this.#stage.world.runs.updateJob(job, { status: 'in_progress', runnerName: 'a runner' });
    return job;
  }

  #job(run: Run, name: string, conclusion: Conclusion): void {
    const job = this.#stage.world.runs.createJob(run, { name, labels: ['ubuntu-latest'] });
    this.#stage.world.runs.updateJob(job, { conclusion });
  }

  #end(run: Run, conclusion: Conclusion): void {
    if (run.status !== 'completed') this.#stage.world.runs.update(run, { conclusion });
  }

  #endIfDone(run: Run, conclusion: Conclusion): void {
    if (this.held.some((each) => each.run === run && each.state === 'at work')) return;
    const lost = run.jobs.some((job) => job.conclusion === 'cancelled' || job.conclusion === 'timed_out');
    this.#end(run, lost ? 'cancelled' : conclusion);
  }

  async #withToken<Result>(
    run: Run,
    permissions: Readonly<Record<string, string>>,
    act: (client: Client, token: string) => Promise<Result>,
  ): Promise<Result> {
    const { world, repository, emulator } = this.#stage;
    const token = world.tokens.forJob(repository, run.id, permissions);
    try {
      return await act(makeClient({ apiUrl: emulator.url, token }), token);
    } finally {
      world.tokens.revoke(token);
    }
  }

  /** The agent's change as git's binary diff against the attempt's base, its branch's work so far included. */
  async #patch(attempt: Attempt, files: Ending['files']): Promise<Buffer> {
    const store = await this.#stage.world.git(this.#stage.repository);
    const { base, from } = attempt;
    // Where the two conflict the base has it, and what the agent wrote is in `files`.
    const merged = from ? await store.mergeTree(base, from) : undefined;
    const start = merged?.kind === 'clean' ? merged.tree : base;
    const own = await Promise.all(
      Object.entries(files).map(async ([path, text]) => ({
        path,
        mode: '100644',
        oid: text === null ? null : await store.writeBlob(text),
      })),
    );
    const tree = await store.writeTree(start, own);
    const args = [
      '--git-dir',
      store.dir,
      'diff-tree',
      '-r',
      '-p',
      '--binary',
      '--full-index',
      '--no-renames',
      base,
      tree,
    ];
    const { stdout } = await git('git', args, { encoding: 'buffer', maxBuffer: 64 * 1024 * 1024 });
    return stdout;
  }

  /** Lets something happen beside the story; a step is not over before it is. */
  later(work: Promise<unknown>): void {
    this.#spawn(work);
  }

  #spawn(work: Promise<unknown>): void {
    const tracked: Promise<unknown> = work
      .catch((error: unknown) => this.#errors.push(error))
      .finally(() => this.#open.delete(tracked));
    this.#open.add(tracked);
  }
}
