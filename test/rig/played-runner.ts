/**
 * Plays the runs of `swarm.yml` in a story, in place of the emulator's runner.
 *
 * To swarm each run is real: runs and jobs have records and webhooks, a job has a token with its permissions, and plan,
 * publish and record jobs run swarm's own code. Only agents and gates are played: an agent works until the story says how
 * it ends, or lets it really run.
 */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { type IssueNumber, issueNumber } from '../../src/core/model/epic.ts';
import { type Attempt, findAttempt, type Journal } from '../../src/core/model/journal.ts';
import type { WorkProblem } from '../../src/core/model/problem.ts';
import type { AgentSays, BaseFailure, Course, GateResult, Question } from '../../src/core/model/report.ts';
import type { ActionsService } from '../../src/emulator/model/actions-service.ts';
import type { Conclusion, Job, Run } from '../../src/emulator/model/records.ts';
import { packPatch } from '../../src/git/patch.ts';
import { type VerifyOutcome, type WorkOutcome, writeOutcome, writeVerifyOutcome } from '../../src/segment/outcome.ts';
import { type Done, type JobName, runJob } from './jobs.ts';
import { REPOSITORY, type Stage } from './stage.ts';

const git = promisify(execFile);

/** An agent at work, which waits for the story to end it. */
export interface HeldAgent {
  readonly epic: IssueNumber;
  readonly segment: number;
  readonly attempt: Attempt;
  /** The journal when the run's plan job read it. The agent's brief comes from it. */
  readonly journal: Journal;
  readonly run: Run;
  readonly work: Job;
  state: 'at work' | 'over' | 'left';
}

/** The gates' results of a played run, unless a story gives others. */
export const PASSED: readonly GateResult[] = ['lint', 'types', 'tests', 'build', 'security', 'scope'].map((gate) => ({
  gate,
  verdict: 'pass',
  command: `npm run ${gate}`,
  durationMs: 1_000,
  output: '',
}));

export const failing = (gate: string, output: string): readonly GateResult[] =>
  PASSED.map((result) => (result.gate === gate ? { ...result, verdict: 'fail', output } : result));

/** Nothing fails in this gate that did not fail on the base. */
export const failingAsBefore = (gate: string): readonly GateResult[] =>
  PASSED.map((result) => (result.gate === gate ? { ...result, verdict: 'failed before', output: 'old' } : result));

/** The result of a work job: a change, or the reason why there is none. */
export interface Ending {
  /** Contents by path; `null` deletes the file. */
  readonly files: Readonly<Record<string, string | null>>;
  readonly says: AgentSays;
  readonly tries: number;
  readonly validation: readonly GateResult[];
  readonly problem?: WorkProblem;
  /** The question that it stopped for. */
  readonly question?: Question;
  readonly course?: Course;
  readonly costUsd?: number;
}

export const SAYS: AgentSays = { summary: 'Done.', assumptions: [], criteria: [] };

/** The result of a check of the base. */
export type BaseVerdict =
  | { readonly kind: 'sound'; readonly failures?: readonly (BaseFailure & { readonly output: string })[] }
  | { readonly kind: 'not installed'; readonly output: string }
  | { readonly kind: 'red'; readonly gate: string; readonly output: string }
  /** The job is lost. */
  | { readonly kind: 'lost' };

/** The result of gates that run without an agent. */
type Verdict = { readonly kind: 'passes' } | { readonly kind: 'fails'; readonly gate: string; readonly output: string };

const TOOK_MS = 90_000;
/** More runs in a row than any story has. */
const MOST_ROUNDS = 200;

export class PlayedRunner implements ActionsService {
  readonly held: HeldAgent[] = [];
  /** Every attempt that a run has started, to check that none is started twice. */
  readonly begun: { readonly epic: number; readonly attempt: string; readonly run: number }[] = [];
  readonly #stage: Stage;
  /** Runs that are queued and not yet started. */
  readonly #queued: (() => Promise<void>)[] = [];
  readonly #open = new Set<Promise<unknown>>();
  readonly #errors: unknown[] = [];
  readonly #calibrations: Verdict[] = [];
  readonly #proofs: Verdict[] = [];
  readonly #bases: BaseVerdict[] = [];
  /** The epics whose base was checked, one for each check. */
  readonly checkedBases: number[] = [];
  #turn: Promise<unknown> = Promise.resolve();
  #dropNext = 0;
  /** The last job of every run, with its inputs. It continues the epic where there is no app. */
  lastJob: ((run: Run, inputs: Readonly<Record<string, string>>) => Promise<void>) | undefined;

  constructor(stage: Stage) {
    this.#stage = stage;
  }

  // ── what the emulator asks ────────────────────────────────────────────────────────────────────────────────────────

  async dispatch(request: Parameters<ActionsService['dispatch']>[0]): Promise<Run> {
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
    } else this.#queued.push(() => this.#play(run));
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

  async approve(): Promise<void> {
    throw new Error('Played runs wait for no approval');
  }

  // ── what the story says ───────────────────────────────────────────────────────────────────────────────────────────

  /** The next run fails before its jobs start, as during an outage of GitHub Actions. */
  losesNextRun(): void {
    this.#dropNext += 1;
  }

  /** The results of the next calibrations. By default they pass. */
  calibrate(...endings: readonly Verdict[]): void {
    this.#calibrations.push(...endings);
  }

  /** The results of the next checks of the base. By default it is sound. */
  checksBase(...endings: readonly BaseVerdict[]): void {
    this.#bases.push(...endings);
  }

  /** The results of the next proofs of people's pushes. By default they pass. */
  prove(...endings: readonly Verdict[]): void {
    this.#proofs.push(...endings);
  }

  at(segment: number): HeldAgent | undefined {
    return this.held.find((each) => each.segment === segment && each.state === 'at work');
  }

  /** Ends the agent's job. Verify is played, publish runs swarm's own code. */
  async ends(held: HeldAgent, ending: Ending): Promise<void> {
    const { world } = this.#stage;
    held.state = 'over';
    const patch = await this.#patch(held.attempt, ending.files);
    world.runs.updateJob(held.work, { conclusion: ending.problem ? 'failure' : 'success' });
    const ready = patch.length > 0 && !ending.problem && !ending.question;
    this.#job(held.run, `segment ${held.segment} / verify`, ready ? 'success' : 'skipped');
    const publish = this.#start(held.run, `segment ${held.segment} / publish`);
    const { conclusion } = await this.#runJob(held.run, 'publish', this.#handedOn(held, ending, patch, ready));
    world.runs.updateJob(publish, { conclusion });
    this.#endIfDone(held.run, 'success');
  }

  /** Runs the real jobs: the agents that the config names, the gates, and publish. */
  async works(held: HeldAgent): Promise<void> {
    const { runs } = this.#stage.world;
    held.state = 'over';
    const about = { epic: String(held.epic), attempt: held.attempt.id };
    const work = await this.#runJob(held.run, 'work', about);
    runs.updateJob(held.work, { conclusion: work.conclusion });
    const { ready, outcome = '', ...patch } = work.outputs;
    const verify = ready === 'true' ? this.#start(held.run, `segment ${held.segment} / verify`) : undefined;
    const verified = verify && (await this.#runJob(held.run, 'verify', { ...about, ...patch }));
    if (verify && verified) runs.updateJob(verify, { conclusion: verified.conclusion });
    else this.#job(held.run, `segment ${held.segment} / verify`, 'skipped');
    const publish = this.#start(held.run, `segment ${held.segment} / publish`);
    const { conclusion } = await this.#runJob(held.run, 'publish', {
      ...{ ...about, ...patch, outcome },
      'verify-result': verified?.conclusion ?? 'skipped',
      validation: verified?.outputs.validation ?? '',
    });
    runs.updateJob(publish, { conclusion });
    this.#endIfDone(held.run, 'success');
  }

  /** The job reaches this step. */
  comesTo(held: HeldAgent, name: string): void {
    const { runs } = this.#stage.world;
    const at = this.#stage.world.now();
    const before = held.work.steps.map((step) => ({
      ...step,
      status: 'completed' as const,
      conclusion: 'success' as const,
      completedAt: at,
    }));
    const step = { number: before.length + 1, name, status: 'in_progress', conclusion: null, startedAt: at } as const;
    runs.setSteps(held.work, [...before, { ...step, completedAt: null }]);
  }

  /** The job's machine is lost: no report, nothing published. */
  dies(held: HeldAgent, conclusion: Conclusion): void {
    held.state = 'over';
    this.#stage.world.runs.updateJob(held.work, { conclusion });
    this.#job(held.run, `segment ${held.segment} / verify`, 'skipped');
    this.#job(held.run, `segment ${held.segment} / publish`, 'cancelled');
    this.#endIfDone(held.run, conclusion);
  }

  /** Starts queued runs. Resolves when every job is over or waits for the story. */
  async idle(): Promise<void> {
    for (let round = 1; this.#open.size > 0 || this.#queued.length > 0; round += 1) {
      if (round > MOST_ROUNDS) throw new Error(`Runs have caused runs ${MOST_ROUNDS} times over.`);
      for (const begin of this.#queued.splice(0)) this.#spawn(begin());
      await Promise.all(this.#open);
    }
    const [error] = this.#errors.splice(0);
    if (error) throw error;
  }

  async close(): Promise<void> {
    await Promise.all(this.#open);
  }

  // ── a run ─────────────────────────────────────────────────────────────────────────────────────────────────────────

  async #play(run: Run): Promise<void> {
    const { world } = this.#stage;
    const epic = issueNumber(Number(run.inputs.epic));
    const dispatch = String(run.inputs.dispatch);
    world.runs.update(run, { status: 'in_progress' });
    const plan = this.#start(run, 'plan');
    const { conclusion, outputs } = await this.#runJob(run, 'plan', { epic: String(epic), dispatch });
    world.runs.updateJob(plan, { conclusion });
    if (run.cancelRequested !== 'no') return;
    if (conclusion === 'failure') return this.#end(run, 'failure');
    const journal = await this.#journal(epic);
    if (outputs.kind === 'calibration') return this.#calibrate(run, epic, dispatch);
    if (outputs.kind === 'baseline') return this.#checkBase(run, epic, dispatch);
    const matrix = JSON.parse(outputs.matrix ?? '{"include":[]}') as {
      include: { segment: number; attempt: string }[];
    };
    for (const { segment, attempt: id } of matrix.include) {
      const attempt = findAttempt(journal, id);
      if (!attempt) throw new Error(`The matrix names ${id}, which is not in the journal`);
      const job = this.#start(run, `segment ${segment} / work`);
      world.runs.appendLog(job, `branch ${attempt.branch}\n`);
      this.begun.push({ epic, attempt: id, run: run.id });
      if (attempt.why === 'prove') {
        await this.#prove(run, epic, segment, attempt);
        continue;
      }
      this.held.push({ epic, segment, attempt, journal, run, work: job, state: 'at work' });
    }
    this.#endIfDone(run, 'success');
  }

  /** There is no agent: the work job only hands the branch on to the gates. */
  async #prove(run: Run, epic: IssueNumber, segment: number, attempt: Attempt): Promise<void> {
    const { world } = this.#stage;
    const ending = this.#proofs.shift() ?? { kind: 'passes' };
    const validation = ending.kind === 'passes' ? PASSED : failing(ending.gate, ending.output);
    this.#job(run, `segment ${segment} / work`, 'success');
    this.#job(run, `segment ${segment} / verify`, ending.kind === 'passes' ? 'success' : 'failure');
    const publish = this.#start(run, `segment ${segment} / publish`);
    const outcome: WorkOutcome = {
      version: 1,
      attempt: attempt.id,
      tries: 1,
      validation: [],
      agent: SAYS,
      durationMs: 0,
      warnings: [],
    };
    const { conclusion } = await this.#runJob(run, 'publish', {
      epic: String(epic),
      attempt: attempt.id,
      outcome: writeOutcome(outcome),
      'verify-result': ending.kind === 'passes' ? 'success' : 'failure',
      validation: writeVerifyOutcome({ validation, refused: [] }),
    });
    world.runs.updateJob(publish, { conclusion });
  }

  /** The journal as it is in git now, as a work job would read it. */
  async #journal(epic: IssueNumber): Promise<Journal> {
    const store = await this.#stage.world.git(this.#stage.repository);
    const state = await store.readBlob(`refs/swarm/epics/${epic}:state.json`);
    if (!state) throw new Error(`#${epic} has no journal`);
    return JSON.parse(state.toString()) as Journal;
  }

  /** The outputs of work and verify as inputs for publish. Between jobs everything is text. */
  #handedOn(held: HeldAgent, ending: Ending, patch: Buffer, ready: boolean): Readonly<Record<string, string>> {
    const { says, tries, validation, files: _, ...more } = ending;
    const outcome: WorkOutcome = {
      version: 1,
      attempt: held.attempt.id,
      tries,
      validation,
      agent: says,
      ...more,
      durationMs: TOOK_MS,
      warnings: [],
    };
    const packed = patch.length === 0 ? undefined : packPatch(patch);
    if (packed?.kind === 'too big') throw new Error('A story’s change is small');
    const parts = packed?.packed.parts.map((part, at) => [`patch-${at + 1}`, part]) ?? [];
    return {
      epic: String(held.epic),
      attempt: held.attempt.id,
      outcome: writeOutcome(outcome),
      'verify-result': ready ? 'success' : 'skipped',
      validation: ready ? writeVerifyOutcome({ validation, refused: [] }) : '',
      'patch-digest': packed?.packed.digest ?? '',
      ...Object.fromEntries(parts),
    };
  }

  async #calibrate(run: Run, epic: IssueNumber, dispatch: string): Promise<void> {
    const ending = this.#calibrations.shift() ?? { kind: 'passes' };
    const result = ending.kind === 'passes' ? 'success' : 'failure';
    this.#job(run, 'calibrate', result);
    const calibrated = {
      'calibrate-result': result,
      validation: writeVerifyOutcome({
        validation: ending.kind === 'passes' ? PASSED : failing(ending.gate, ending.output),
        refused: [],
      }),
    };
    // Without the app, the last job writes the report, too.
    if (!this.lastJob) await this.plays(run, 'record', { epic: String(epic), dispatch, ...calibrated });
    this.#end(run, result, calibrated);
  }

  /** The job's own words: what the gates of the base said, and which of them failed how. */
  async #checkBase(run: Run, epic: IssueNumber, dispatch: string): Promise<void> {
    const ending = this.#bases.shift() ?? { kind: 'sound' };
    this.checkedBases.push(epic);
    const result = ending.kind === 'sound' ? 'success' : 'failure';
    this.#job(run, 'calibrate', ending.kind === 'lost' ? 'cancelled' : result);
    const checked = {
      'calibrate-result': result,
      validation: ending.kind === 'lost' ? '' : writeVerifyOutcome(said(ending)),
    };
    if (!this.lastJob) await this.plays(run, 'record', { epic: String(epic), dispatch, ...checked });
    this.#end(run, result, checked);
  }

  /** Jobs take turns, so that the order in which they write is the same in every telling. */
  #runJob(run: Run, name: JobName, inputs: Readonly<Record<string, string>>): Promise<Done> {
    const done = this.#turn.then(() => runJob(this.#stage, run, name, inputs));
    this.#turn = done.catch(() => undefined);
    return done;
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

  #end(run: Run, conclusion: Conclusion, calibrated: Readonly<Record<string, string>> = {}): void {
    if (run.status === 'completed') return;
    const end = (): void => this.#stage.world.runs.update(run, { conclusion });
    const { epic, dispatch } = run.inputs;
    const inputs = { epic: String(epic), dispatch: String(dispatch), ...calibrated };
    if (this.lastJob) this.#spawn(this.lastJob(run, inputs).then(end));
    else end();
  }

  #endIfDone(run: Run, conclusion: Conclusion): void {
    if (this.held.some((each) => each.run === run && each.state === 'at work')) return;
    const ends = run.jobs.map((job) => job.conclusion);
    if (ends.includes('cancelled') || ends.includes('timed_out')) this.#end(run, 'cancelled');
    else this.#end(run, ends.includes('failure') ? 'failure' : conclusion);
  }

  /** The agent's change as a binary diff against the attempt's base, including the work that it continued. */
  async #patch(attempt: Attempt, files: Ending['files']): Promise<Buffer> {
    // As in a work job: what it started from is no change.
    if (attempt.why === 'rework' && Object.keys(files).length === 0) return Buffer.alloc(0);
    const store = await this.#stage.world.git(this.#stage.repository);
    const { base, from = attempt.kept } = attempt;
    // On a conflict, start from the base: `files` has what the agent wrote.
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

  /** Plays one job of a run from its start to its end. @param as its name, if it is not that of its part of the action. */
  async plays(run: Run, name: JobName, inputs: Readonly<Record<string, string>>, as: string = name): Promise<void> {
    const job = this.#start(run, as);
    const { conclusion } = await this.#runJob(run, name, inputs);
    this.#stage.world.runs.updateJob(job, { conclusion });
  }

  /** A job with a condition that does not hold. */
  skips(run: Run, name: string): void {
    this.#job(run, name, 'skipped');
  }

  /** Runs work beside the story. A step is not over before it ends. */
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

/** A check of the base as its job hands it on. */
function said(ending: Exclude<BaseVerdict, { readonly kind: 'lost' }>): VerifyOutcome {
  switch (ending.kind) {
    case 'sound': {
      const { failures = [] } = ending;
      const outputOf = (gate: string): string | undefined => failures.find((each) => each.gate === gate)?.output;
      const validation = PASSED.map((result): GateResult => {
        const output = outputOf(result.gate);
        return output === undefined ? result : { ...result, verdict: 'fail', output };
      });
      return { validation, refused: [], failures: failures.map(({ output: _, ...failure }) => failure) };
    }
    case 'not installed': {
      const { output } = ending;
      const install = { gate: 'install', verdict: 'fail', command: 'npm ci', durationMs: 1_000, output } as const;
      return { validation: [install], refused: [], failures: [{ gate: 'install', state: 'red' }] };
    }
    case 'red': {
      const { gate, output } = ending;
      return { validation: failing(gate, output), refused: [], failures: [{ gate, state: 'red' }] };
    }
  }
}
