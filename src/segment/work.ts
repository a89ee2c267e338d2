/**
 * The work job: instructions → install → tester → implementer and gates → council, then the change as a patch.
 *
 * It holds a token that can only read, and hands on nothing but text. `verify` and `publish` do not believe what it says,
 * and look for themselves.
 */
import { writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { commandAgent } from '#agents/agent';
import { askVersions } from '#agents/version';
import type { WritingRole } from '#brief/brief';
import type { Persona, Skill } from '#brief/instructions';
import { type AgentChoice, agentFor } from '#core/model/config';
import { knownGates } from '#core/model/journal/baseline';
import type { WorkProblem } from '#core/model/problem';
import type { Council, Question, TestPair } from '#core/model/report';
import { fixedPrefix } from '#core/scope/glob';
import { isInside, isNegated } from '#core/scope/scope';
import type { Gate } from '#gates/find';
import type { ArtefactText } from '#gates/programs';
import type { GateRunner } from '#gates/run';
import { makePatch, type PackedPatch, packPatch } from '#git/patch';
import { type RebasedWork, rebaseWork } from '#git/rebase-work';
import { Store } from '#git/store';
import { WorkTree } from '#git/work-tree';
import type { Sandbox } from '#sandbox/sandbox';
import { redactAll } from '#words/safe';
import { AgentRunner } from './agent-runner.ts';
import {
  type Assignment,
  gateRunnerFor,
  gatesOf,
  openSandbox,
  readAssignment,
  type Site,
  wishOf,
} from './assignment.ts';
import { type CouncilDeps, holdCouncil, NO_COUNCIL } from './council.ts';
import { type CommonFacts, gatherFacts } from './facts.ts';
import { type ImplementDeps, implement } from './implement.ts';
import { Library, type Lookup, personaFor, roleOf, skillsFor } from './library.ts';
import type { WorkOutcome } from './outcome.ts';
import { NOT_TESTED, type PairDeps, type Tested, writeTestsFirst } from './pair.ts';
import { RunLog } from './run-log.ts';
import { type Change, type Ending, NO_WORDS, NO_WORK, problemEnding, type StepDeps, type Work } from './step.ts';
import { Transcript } from './transcript.ts';
import { GitWorkspace } from './workspace.ts';

/** For the job that runs `work`: it saves its work before a signal ends it. */
export { delayExit } from '#sandbox/process';

export interface WorkSite extends Site {
  readonly attempt: string;
  /** argv, if the config names no agent. */
  readonly agent?: readonly string[];
  /** From SIGTERM to SIGKILL. */
  readonly graceMs?: number;
  /** Aborted when the job is cancelled: programs are stopped, and the work so far is handed on. */
  readonly stop?: AbortSignal;
  /** Hands on the work so far, in case the job dies later. */
  readonly save?: (output: JobOutput) => void;
}

/** The outputs of the work job. */
export interface JobOutput {
  readonly outcome: WorkOutcome;
  /** Failed work has one too: publish keeps it on a branch. */
  readonly patch: PackedPatch | undefined;
  /** True if there is something to verify. */
  readonly ready: boolean;
}

export interface WorkDone extends JobOutput {
  /** The agents' output, redacted, as Markdown for the job's page. */
  readonly transcript: string;
  /** The full input and output of agents, and the full output of gates; not redacted. */
  readonly artefact: readonly ArtefactText[];
}

export async function work(site: WorkSite): Promise<WorkDone> {
  const startedAt = performance.now();
  const durationMs = (): number => Math.round(performance.now() - startedAt);
  const assignment = await readAssignment(site, site.attempt);
  if (assignment.attempt.why === 'prove') return nothingToMake(assignment);
  const agent = chooseAgent(site, assignment);
  if (!agent) return withoutAgent(assignment, durationMs());
  const sandbox = await openSandbox(site, assignment.config);
  if (!sandbox) {
    const problem: WorkProblem = { kind: 'ISOLATION_MISSING', wanted: assignment.config.isolation };
    return withoutRun(assignment, { tries: 0, agent: NO_WORDS, problem, durationMs: durationMs() }, false);
  }
  const run = await openRun(site, assignment, agent, sandbox, durationMs);
  return finish(run, await takeSteps(run));
}

/** The findings of a run's steps. */
interface RunResult {
  readonly pair: TestPair;
  readonly work: Work;
  readonly council: Council;
  /** Undefined if every step was taken. */
  readonly ending?: Ending;
}

/** A value for each step that was not taken. */
const NOTHING_FOUND: RunResult = { pair: NOT_TESTED.pair, work: NO_WORK, council: NO_COUNCIL };

/** The steps of a run. Each gets what the steps before it found; the first one that ends the run is the last. */
async function takeSteps(run: Run): Promise<RunResult> {
  const instructions = await readInstructions(run);
  if (instructions.kind === 'wrong') return { ...NOTHING_FOUND, ending: problemEnding(instructions.problem) };
  const lacking = await run.gateRunner.lacking(
    run.assignment.attempt.base,
    placesOf(run.assignment.segment.spec.files),
  );
  if (lacking) return { ...NOTHING_FOUND, ending: problemEnding(lacking) };
  for (const text of run.gateRunner.notFetched) run.log.warn(text);
  const { role, persona, skills } = instructions.value;
  const tooOld = await findTooOld(run);
  if (tooOld) return { ...NOTHING_FOUND, ending: problemEnding(tooOld) };
  const facts = await gatherFacts(run.site, run.assignment, { ...run, skills });

  const uninstalled = await install(run);
  if (uninstalled) return { ...NOTHING_FOUND, ending: problemEnding(uninstalled) };

  const tested = await writeTestsFirst(pairDeps(run, facts));
  const atStart: RunResult = {
    ...NOTHING_FOUND,
    pair: tested.found.pair,
    work: { ...NO_WORK, change: tested.found.change },
  };
  if (tested.kind === 'ended') return { ...atStart, ending: tested.ending };

  const implementer = implementDeps(run, facts, role, persona, tested.found);
  const implemented = await implement(implementer, atStart.work);
  const made: RunResult = { ...atStart, work: implemented.found.work };
  if (implemented.kind === 'ended') return { ...made, ending: implemented.ending };
  const { change } = made.work;
  if (!change || change.tree === run.workspace.unchanged) return made;

  const reviewed = await holdCouncil(councilDeps(run, facts, implementer), made.work, change);
  return { ...made, ...reviewed.found, ...(reviewed.kind === 'ended' ? { ending: reviewed.ending } : {}) };
}

// --- what a run needs ---------------------------------------------------------------------------------------------------

/** Everything that is set up for one run and stays the same until its end. */
interface Run {
  readonly site: WorkSite;
  readonly assignment: Assignment;
  /** Works in every role that the config gives no other agent. */
  readonly agent: AgentChoice;
  readonly sandbox: Sandbox;
  readonly store: Store;
  readonly workspace: GitWorkspace;
  readonly gates: readonly Gate[];
  readonly gateRunner: GateRunner;
  readonly library: Library;
  readonly agentsFile: string | undefined;
  /** Earlier work that is in the tree when the run starts. */
  readonly earlierWork: RebasedWork | undefined;
  readonly log: RunLog;
  readonly transcript: Transcript;
  readonly agents: AgentRunner;
  readonly stepDeps: StepDeps;
  readonly durationMs: () => number;
}

function chooseAgent(site: WorkSite, assignment: Assignment): AgentChoice | undefined {
  const { config, segment, attempt } = assignment;
  const role = attempt.lead ? 'lead' : roleOf(segment.spec.worker, attempt.why);
  const wish = wishOf(assignment);
  return (
    agentFor(config, role, wish) ??
    agentFor(config, 'implementer', wish) ??
    (site.agent ? commandAgent(site.agent) : undefined)
  );
}

async function openRun(
  site: WorkSite,
  assignment: Assignment,
  agent: AgentChoice,
  sandbox: Sandbox,
  durationMs: () => number,
): Promise<Run> {
  const { attempt, config } = assignment;
  const store = await Store.make(site.scratch);
  const earlierWork = await fetchWork(site, store, assignment);
  const tree = await WorkTree.make(store, join(site.scratch, 'tree', site.repository.name), attempt.base);
  if (earlierWork) await tree.put(earlierWork.tree);
  const definition = await gatesOf(store, attempt.base, config);
  const { graceMs } = site;
  const known = knownGates(assignment.journal.baselines);
  const gateRunner = gateRunnerFor(site, config, sandbox, { definition, tree }, known);
  // An interrupted attempt's work, found on its branch, is worth publishing as it is.
  const start = earlierWork && attempt.from && attempt.why !== 'retry' ? attempt.from : attempt.base;
  const unchanged = await store.text(['rev-parse', '--verify', `${start}^{tree}`]);
  const library = await Library.at(store, attempt.base, config);
  const log = new RunLog(site.log, site.secrets);
  const transcript = new Transcript(site.secrets);
  const endsAt = performance.now() + config.timeoutMinutes * 60_000;
  const leftMs = (): number => endsAt - performance.now();
  const agents = new AgentRunner({ site, sandbox, reads: tree.borrows, assignment, log, transcript, leftMs, graceMs });
  return {
    ...{
      site,
      assignment,
      agent,
      sandbox,
      store,
      gateRunner,
      library,
      earlierWork,
      log,
      transcript,
      agents,
      durationMs,
    },
    workspace: new GitWorkspace({ site, assignment, store, tree, gates: gateRunner, unchanged }),
    gates: definition.gates,
    agentsFile: library.agentsFile,
    stepDeps: {
      runAgent: (request) => agents.run(request),
      log,
      isTimeUp: () => leftMs() <= 0,
      isCancelled: () => isCancelled(site),
    },
  };
}

/** Fetches the base and the earlier work that this attempt continues. @returns that work, applied to the base. */
async function fetchWork(
  site: WorkSite,
  store: Store,
  { attempt, fromBase, keptBy }: Assignment,
): Promise<RebasedWork | undefined> {
  const commits = [attempt.base, attempt.from, attempt.kept, fromBase, keptBy?.base];
  await store.fetch(
    site.remote,
    commits.filter((each) => each !== undefined),
  );
  const earlier = attempt.kept ? { base: keptBy?.base, head: attempt.kept } : { base: fromBase, head: attempt.from };
  return earlier.base && earlier.head ? rebaseWork(store, earlier.base, attempt.base, earlier.head) : undefined;
}

const isCancelled = ({ stop }: WorkSite): boolean => stop?.aborted === true;

// --- what each step needs -----------------------------------------------------------------------------------------------

interface Instructions {
  readonly role: WritingRole;
  readonly persona: Persona;
  readonly skills: readonly Skill[];
}

async function readInstructions({ library, assignment, log }: Run): Promise<Lookup<Instructions>> {
  const { segment, attempt } = assignment;
  const role = roleOf(segment.spec.worker, attempt.why);
  const persona = await personaFor(library, role, segment);
  if (persona.kind === 'wrong') return persona;
  const skills = await skillsFor(library, persona.value, segment, (text) => log.warn(text));
  if (skills.kind === 'wrong') return skills;
  return { kind: 'found', value: { role, persona: persona.value, skills: skills.value } };
}

/** Asks every agent of this run at once: a reviewer that is too old would be found when the money is spent. */
async function findTooOld({ site, assignment, agent, sandbox, log }: Run): Promise<WorkProblem | undefined> {
  const { config, segment } = assignment;
  const wish = wishOf(assignment);
  const judges = config.council === 'off' || segment.spec.review === false ? [] : (['reviewer', 'lead'] as const);
  const others = [...(config.tdd === 'off' ? [] : (['tester'] as const)), ...judges];
  const agents = others.flatMap((role) => agentFor(config, role, wish) ?? []);
  const { found, problem } = await askVersions(sandbox, [agent, ...agents], join(site.scratch, 'versions'));
  if (found.length > 0) log.print(`Versions: ${found.join(', ')}.`);
  return problem;
}

/** A failure does not end the run: the change may fix what cannot be installed now, and the gates install again. */
/** A path in each part of a scope: enough to know the projects that the work is about. None if it may be anywhere. */
function placesOf(scope: readonly string[]): readonly string[] {
  const places = scope.map((glob) => {
    const fixed = fixedPrefix(glob);
    // A name without an extension is a directory.
    return fixed === glob && basename(fixed).includes('.') ? fixed : fixed && `${fixed}/x`;
  });
  return places.includes('') || scope.some(isNegated) ? [] : [...new Set(places)].slice(0, 10);
}

/** @returns the reason to start no agent: a failure that no file of the segment's scope can fix. */
async function install({ gateRunner, log, assignment, earlierWork }: Run): Promise<WorkProblem | undefined> {
  const failed = await gateRunner.install();
  if (!failed) return undefined;
  const { result, madeFrom } = failed;
  log.warn(`install: ${result.verdict}: ${result.output.slice(-500)}`);
  const scope = assignment.segment.spec.files;
  const mayMend = scope.length === 0 || earlierWork !== undefined || madeFrom === undefined;
  if (mayMend || madeFrom.some((file) => isInside(file, scope))) return undefined;
  return { kind: 'INSTALL_FAILED', command: result.command, output: result.output };
}

function pairDeps(run: Run, facts: CommonFacts): PairDeps {
  const { library, assignment } = run;
  return {
    ...run.stepDeps,
    ...{ workspace: run.workspace, assignment, agent: run.agent, gates: run.gates, facts },
    keepBrief: (name, brief) => keepBrief(run, name, brief),
    testerPersona: () => personaFor(library, 'tester', assignment.segment),
    save: ({ pair, change }) => save(run, { ...NOTHING_FOUND, pair, work: { ...NO_WORK, change } }),
  };
}

function implementDeps(
  run: Run,
  facts: CommonFacts,
  role: WritingRole,
  persona: Persona,
  { pair, contract }: Tested,
): ImplementDeps {
  return {
    ...run.stepDeps,
    ...{ workspace: run.workspace, agent: run.agent, role, persona, facts, contract },
    tries: run.assignment.config.tries,
    keepBrief: (name, brief) => keepBrief(run, name, brief),
    save: (work) => save(run, { ...NOTHING_FOUND, pair, work }),
  };
}

function councilDeps(run: Run, facts: CommonFacts, implementer: ImplementDeps): CouncilDeps {
  const { library, assignment, agent, workspace } = run;
  return {
    ...run.stepDeps,
    ...{ workspace, assignment, agent, facts },
    persona: (name) => library.persona(name, assignment.segment.number),
    fix: (findings, work) => implement(implementer, work, findings),
  };
}

async function keepBrief({ site, transcript }: Run, name: string, brief: string): Promise<string> {
  const file = join(site.scratch, `${name}.md`);
  await writeFile(file, brief);
  transcript.note(`${name} as sent to the agent`, brief);
  return file;
}

// --- what comes of a run ------------------------------------------------------------------------------------------------

const CUT_SHORT: WorkProblem = { kind: 'RUN_CUT_SHORT' };

/** Hands on the work so far: if the job dies, this is what its run came to. */
async function save(run: Run, result: RunResult): Promise<Ending | undefined> {
  const { site } = run;
  if (!site.save || isCancelled(site)) return undefined;
  const { patch, problem } = await packChange(run, result.work.change);
  site.save(outputOf(run, result, { problem: CUT_SHORT }, patch));
  return problem && problemEnding(problem);
}

async function finish(run: Run, result: RunResult): Promise<WorkDone> {
  // The reason is the cancellation, not the error that the shutdown produced.
  const ending: Ending | undefined = isCancelled(run.site) ? { kind: 'cancelled' } : result.ending;
  const change = result.work.change ?? (ending?.kind === 'cancelled' ? await lastChange(run) : undefined);
  const packed = await packChange(run, change);
  const problem = problemOf(ending) ?? packed.problem;
  const question = ending?.kind === 'question' ? ending.question : undefined;
  return {
    ...outputOf(run, result, problem ? { problem } : { question }, packed.patch),
    transcript: run.transcript.markdown(),
    artefact: [...run.transcript.parts, ...(await run.gateRunner.said())],
  };
}

function problemOf(ending: Ending | undefined): WorkProblem | undefined {
  if (ending?.kind === 'problem') return ending.problem;
  return ending?.kind === 'cancelled' ? CUT_SHORT : undefined;
}

/** The files of a run that was cancelled before any were taken. */
async function lastChange({ workspace }: Run): Promise<Change | undefined> {
  const taken = await workspace.take();
  return taken.kind === 'taken' ? taken.change : undefined;
}

/** The change as it may leave the job: nothing if nothing was done, or if it must not be seen. */
async function packChange(
  { store, workspace, assignment }: Run,
  change: Change | undefined,
): Promise<{ readonly patch?: PackedPatch; readonly problem?: WorkProblem }> {
  if (!change || change.tree === workspace.unchanged || change.judgement.keep === 'must not leave here') return {};
  const result = packPatch(await makePatch(store, assignment.attempt.base, change.tree));
  return result.kind === 'packed' ? { patch: result.packed } : { problem: result.problem };
}

function outputOf(
  { site, sandbox, assignment, agents, log, durationMs }: Run,
  { pair, work, council }: RunResult,
  { problem, question }: { readonly problem?: WorkProblem | undefined; readonly question?: Question | undefined },
  patch: PackedPatch | undefined,
): JobOutput {
  const { costUsd, tokens, turns, questions, lastLines } = agents.usage;
  // All of this was said by an agent or a gate, or is the name of a file.
  const outcome: WorkOutcome = redactAll(
    {
      version: 1,
      attempt: assignment.attempt.id,
      tries: work.tries,
      validation: work.round?.results ?? [],
      agent: work.says,
      course: {
        pair,
        council,
        ...(tokens === undefined ? {} : { tokens }),
        ...(turns === undefined ? {} : { turns }),
        questions: questions.slice(0, 20),
        findings: work.findings,
        checkpoints: log.checkpoints,
        network: sandbox.limitsNetwork ? { kind: 'limited', refused: sandbox.refused } : { kind: 'open' },
        lastLines,
      },
      ...(problem === undefined ? {} : { problem }),
      ...(question === undefined ? {} : { question }),
      isolation: sandbox.isolation,
      ...(costUsd === undefined ? {} : { costUsd }),
      durationMs: durationMs(),
      warnings: log.warnings,
    },
    site.secrets,
  );
  return { outcome, patch, ready: patch !== undefined && problem === undefined && question === undefined };
}

/** Work that needs no run, because there is nothing to do or no agent to do it. */
const withoutRun = (
  { attempt }: Assignment,
  outcome: Pick<WorkOutcome, 'tries' | 'agent' | 'durationMs'> & Partial<WorkOutcome>,
  ready: boolean,
): WorkDone => ({
  outcome: { version: 1, attempt: attempt.id, validation: [], warnings: [], ...outcome },
  patch: undefined,
  ready,
  transcript: '',
  artefact: [],
});

function withoutAgent(assignment: Assignment, durationMs: number): WorkDone {
  return withoutRun(assignment, { tries: 0, agent: NO_WORDS, problem: { kind: 'AGENT_NOT_SET' }, durationMs }, false);
}

/** A commit that somebody else pushed is only held to the gates; what the agent said about its own work still stands. */
function nothingToMake(assignment: Assignment): WorkDone {
  const published = assignment.record.attempts.findLast((each) => each.outcome?.kind === 'published')?.outcome;
  const report = published?.kind === 'published' ? published.report : undefined;
  const { course, isolation } = report ?? {};
  return withoutRun(
    assignment,
    {
      ...{ tries: 1, agent: report?.agent ?? NO_WORDS, durationMs: 0 },
      ...(course === undefined ? {} : { course }),
      // Work that was done without walls does not become safer because somebody pushed on top of it.
      ...(isolation === undefined ? {} : { isolation }),
    },
    true,
  );
}
