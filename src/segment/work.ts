/**
 * The work job: brief → agent → tree → gates, again while a gate fails, then the change as a patch.
 *
 * It holds a token that can only read, and hands on nothing but text. Whatever it says, `verify` and `publish` look
 * for themselves.
 */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { type AgentEnd, commandAgent, keysOf, runAgent } from '#agents/agent';
import { type BriefFacts, type Handoff, writeBrief } from '#brief/brief';
import { type AgentChoice, agentFor } from '#core/config';
import type { IssueNumber } from '#core/epic';
import type { Journal } from '#core/journal';
import type { Problem } from '#core/problem';
import type { AgentSays, GateResult } from '#core/report';
import { readSpec } from '#core/spec';
import { readAuthorisedText } from '#github/journal';
import { sayProblem } from '#words/problems';
import { clean, redact, redactAll } from '#words/safe';
import { type Assignment, gatesOf, readAssignment, type Site } from './assignment.ts';
import { type Carried, carryOver } from './carry.ts';
import type { Gate } from './gates/find.ts';
import { type GateRound, GateRunner } from './gates/run.ts';
import { Store } from './git.ts';
import type { WorkOutcome } from './outcome.ts';
import { type Judgement, judgeTree, makePatch, type PackedPatch, packPatch } from './patch.ts';
import { unmistakable } from './secrets.ts';
import { WorkTree } from './tree.ts';

export interface WorkSite extends Site {
  readonly attempt: string;
  /** argv, where the config names no agent. */
  readonly agent?: readonly string[];
  /** From SIGTERM to SIGKILL. */
  readonly graceMs?: number;
}

export interface WorkDone {
  readonly outcome: WorkOutcome;
  /** Also of work that failed: publish keeps it on a branch. */
  readonly patch: PackedPatch | undefined;
  /** Whether there is something to verify. */
  readonly ready: boolean;
}

/** What the tries so far came to. */
interface Progress {
  tries: number;
  tree: string | undefined;
  judgement: Judgement | undefined;
  round: GateRound | undefined;
  problem: Problem | undefined;
  says: AgentSays;
  spentUsd: number | undefined;
  tokens: number | undefined;
  warnings: string[];
}

export async function work(site: WorkSite): Promise<WorkDone> {
  const startedAt = performance.now();
  const assignment = await readAssignment(site, site.attempt);
  const { attempt, config } = assignment;
  if (attempt.why === 'prove') return nothingToMake(assignment);
  const agent =
    agentFor(config, 'implementer', assignment.segment.spec.agent) ??
    (site.agent ? commandAgent(site.agent) : undefined);
  for (const name of [...config.environment, ...Object.values(config.agents).flatMap(keysOf)]) {
    const value = process.env[name] ?? '';
    // Places of tools are no secrets, and hiding them would hide what an error says.
    if (value.length >= 8 && !value.startsWith('/')) site.secrets.add(value);
  }
  const store = await Store.make(site.scratch);
  await store.fetch(
    site.remote,
    [attempt.base, attempt.from, assignment.fromBase].filter((each) => each !== undefined),
  );

  const carried =
    attempt.from && assignment.fromBase
      ? await carryOver(store, assignment.fromBase, attempt.base, attempt.from)
      : undefined;
  const tree = await WorkTree.make(store, join(site.scratch, 'tree', site.repository.name), attempt.base);
  if (carried) await tree.put(carried.tree);
  const gates = await gatesOf(store, attempt.base, config);
  const runner = new GateRunner(gates, {
    tree,
    scratch: join(site.scratch, 'gates'),
    environment: config.environment,
    secrets: site.secrets,
    log: site.log,
    ...(site.graceMs === undefined ? {} : { graceMs: site.graceMs }),
  });

  const progress: Progress = {
    tries: 0,
    tree: undefined,
    judgement: undefined,
    round: undefined,
    problem: undefined,
    says: { summary: '', assumptions: [], criteria: [] },
    spentUsd: undefined,
    tokens: undefined,
    warnings: [],
  };
  const treeOf = (commit: string) => store.text(['rev-parse', '--verify', `${commit}^{tree}`]);
  // An interrupted attempt's work, found on its branch, is worth publishing as it is.
  const nothingNew = carried && attempt.from && attempt.why !== 'retry' ? attempt.from : attempt.base;
  const unchanged = await treeOf(nothingNew);
  if (!agent) progress.problem = { kind: 'AGENT_NOT_SET' };
  else {
    const bench = { agent, store, tree, gates: gates.gates, runner, carried, unchanged };
    await tryUntilGreen(site, assignment, bench, progress);
  }
  const patch = await packTree(store, attempt.base, unchanged, progress);
  const { tries, problem, says, spentUsd, tokens, warnings, round } = progress;
  // Whatever stands in it was said by an agent, a gate or a name of a file.
  const outcome: WorkOutcome = redactAll(
    {
      version: 1,
      attempt: attempt.id,
      tries,
      validation: round?.results ?? [],
      agent: says,
      ...(problem === undefined ? {} : { problem }),
      ...(spentUsd === undefined ? {} : { costUsd: spentUsd }),
      ...(tokens === undefined ? {} : { tokens }),
      durationMs: Math.round(performance.now() - startedAt),
      warnings,
    },
    site.secrets,
  );
  return { outcome, patch, ready: patch !== undefined && progress.problem === undefined };
}

/** What somebody else pushed is held to the gates as it is; what the agent said of its own work still stands. */
function nothingToMake({ attempt, record }: Assignment): WorkDone {
  const published = record.attempts.findLast((each) => each.outcome?.kind === 'published')?.outcome;
  const agent =
    published?.kind === 'published' ? published.report.agent : { summary: '', assumptions: [], criteria: [] };
  const outcome: WorkOutcome = {
    version: 1,
    attempt: attempt.id,
    tries: 1,
    validation: [],
    agent,
    durationMs: 0,
    warnings: [],
  };
  return { outcome, patch: undefined, ready: true };
}

interface Bench {
  readonly agent: AgentChoice;
  readonly store: Store;
  readonly tree: WorkTree;
  readonly gates: readonly Gate[];
  readonly runner: GateRunner;
  readonly carried: Carried | undefined;
  /** The tree that means that nothing was done: the base's, or on rework the branch's. */
  readonly unchanged: string;
}

async function tryUntilGreen(site: WorkSite, assignment: Assignment, bench: Bench, progress: Progress): Promise<void> {
  const { config } = assignment;
  const facts = await gatherFacts(site, assignment, bench);
  const endsAt = performance.now() + config.timeoutMinutes * 60_000;
  // What cannot be installed now may be mended by the change; the gates will tell.
  const installing = await bench.runner.install();
  if (installing) progress.warnings.push(`install: ${installing.verdict}: ${installing.output.slice(-500)}`);

  for (let number = 1; number <= config.tries; number++) {
    progress.tries = number;
    const brief = writeBrief({
      ...facts,
      boundary: randomBytes(16).toString('hex'),
      try: { number, of: config.tries },
      failed: failedIn(progress.round),
      refused: (progress.judgement?.problems ?? []).map((each) => sayProblem(each, { form: 'plain' }).what),
    });
    site.log(`Try ${number} of ${config.tries}: ${bench.agent.name}`);
    const ended = await startAgent(site, assignment, bench, brief, number, endsAt - performance.now());
    remember(progress, ended, site, config.timeoutMinutes);
    await takeTree(site, assignment, bench, progress);
    progress.problem ??= budgetProblem(assignment, progress);
    if (progress.problem || progress.tree === undefined || progress.tree === bench.unchanged) return;

    // Names and modes that may not be are not put to the gates: they are not the repository's to look at.
    progress.round =
      progress.judgement?.keep === 'must not leave here'
        ? undefined
        : await bench.runner.run(progress.judgement, progress.tree);
    const isGreen = progress.round?.verdict === 'pass' && progress.judgement?.problems.length === 0;
    if (isGreen) return;
    if (progress.round?.hopeless) {
      progress.problem = progress.round.hopeless;
      return;
    }
    if (performance.now() >= endsAt) break;
  }
  progress.problem = failureOf(progress);
}

function startAgent(
  site: WorkSite,
  { segment, config, attempt }: Assignment,
  bench: Bench,
  brief: string,
  number: number,
  leftMs: number,
): Promise<AgentEnd> {
  return runAgent({
    agent: bench.agent,
    role: 'implementer',
    access: 'write',
    brief,
    directory: bench.tree.directory,
    scratch: join(site.scratch, 'agent'),
    epic: site.epic,
    segment: segment.number,
    attempt: attempt.id,
    try: number,
    ...(segment.spec.model === undefined ? {} : { model: segment.spec.model }),
    ...(segment.spec.effort === undefined ? {} : { effort: segment.spec.effort }),
    environment: config.environment,
    timeoutMs: Math.max(1_000, leftMs),
    ...(site.graceMs === undefined ? {} : { graceMs: site.graceMs }),
    onLine: (line) => site.log(`  ${line}`),
  });
}

/** Takes the agent's words, without what it should not have seen, and adds up its costs. */
function remember(progress: Progress, ended: AgentEnd, site: WorkSite, minutes: number): void {
  const safe = (text: string): string => redact(clean(text), site.secrets);
  const { says, problem } = ended;
  progress.says = {
    summary: safe(says.summary),
    ...(says.handoff === undefined ? {} : { handoff: safe(says.handoff) }),
    assumptions: says.assumptions.map(safe),
    criteria: says.criteria.map(({ id, evidence }) => ({ id: safe(id), evidence: safe(evidence) })),
  };
  if (ended.costUsd !== undefined) progress.spentUsd = (progress.spentUsd ?? 0) + ended.costUsd;
  if (ended.tokens !== undefined) progress.tokens = (progress.tokens ?? 0) + ended.tokens;
  for (const warning of ended.warnings) {
    const told = `The agent's report could not be used: ${safe(warning)}`;
    progress.warnings.push(told.slice(0, 900));
    site.log(told);
  }
  switch (problem?.kind) {
    case 'AGENT_CRASHED':
      progress.problem = { ...problem, output: safe(problem.output) };
      return;
    case 'AGENT_LATER':
      progress.problem = { ...problem, message: safe(problem.message).slice(0, 1_000) };
      return;
    case 'AGENT_TIMED_OUT':
      // The limit is for all tries together.
      progress.problem = { ...problem, minutes };
      return;
    default:
      progress.problem = problem;
  }
}

async function takeTree(site: WorkSite, assignment: Assignment, bench: Bench, progress: Progress): Promise<void> {
  const taken = await bench.tree.take();
  if (taken.kind === 'broken') {
    progress.problem ??= taken.problem;
    return;
  }
  progress.tree = taken.tree;
  if (taken.broken) progress.problem ??= taken.broken;
  const { config, segment, attempt } = assignment;
  progress.judgement = await judgeTree(bench.store, attempt.base, taken.tree, {
    scope: segment.spec.files,
    config,
    known: unmistakable(site.secrets),
  });
  for (const problem of progress.judgement.problems) site.log(sayProblem(problem, { form: 'plain' }).what);
}

function budgetProblem({ config, segment }: Assignment, { spentUsd }: Progress): Problem | undefined {
  const budgetUsd = segment.spec.budgetUsd ?? config.budgetUsd?.segment;
  return budgetUsd !== undefined && spentUsd !== undefined && spentUsd > budgetUsd
    ? { kind: 'BUDGET_SPENT', spentUsd, budgetUsd, of: 'segment' }
    : undefined;
}

const failedIn = (round: GateRound | undefined): readonly GateResult[] =>
  (round?.results ?? []).filter(({ verdict }) => verdict === 'fail' || verdict === 'timed out');

/** What a person has to know first: what the change may not be, then what a gate has its own name for, then gates. */
function failureOf({ judgement, round, tries }: Progress): Problem {
  const [wrong] = judgement?.problems ?? [];
  const gates = failedIn(round).filter(({ gate }) => gate !== 'scope');
  if (wrong && (wrong.kind !== 'OUT_OF_SCOPE' || gates.length === 0)) return wrong;
  const [own, ...others] = round?.problems ?? [];
  if (own && others.length === 0 && gates.length === 1) return own;
  return { kind: 'GATES_FAILED', gates: gates.map(({ gate, output }) => ({ gate, output })), tries };
}

/** The change as it may travel; none where nothing was done, or where it must not be seen by anyone. */
async function packTree(
  store: Store,
  base: string,
  unchanged: string,
  progress: Progress,
): Promise<PackedPatch | undefined> {
  const { tree, judgement } = progress;
  if (tree === undefined || tree === unchanged || judgement?.keep === 'must not leave here') return undefined;
  const result = packPatch(await makePatch(store, base, tree));
  if (result.kind === 'packed') return result.packed;
  progress.problem ??= result.problem;
  return undefined;
}

async function gatherFacts(
  site: WorkSite,
  assignment: Assignment,
  bench: Bench,
): Promise<Omit<BriefFacts, 'boundary' | 'try' | 'failed' | 'refused'>> {
  const { journal, segment, text, epicText, baseBranch, attempt, record } = assignment;
  const context = readSpec({ number: site.epic, ...epicText }).spec.context;
  return {
    repository: `${site.repository.owner}/${site.repository.name}`,
    baseBranch,
    segment: { number: segment.number, title: text.title, body: text.body },
    epic: { number: site.epic, title: epicText.title, body: epicText.body },
    worker: segment.spec.worker,
    criteria: segment.spec.criteria,
    scope: segment.spec.files,
    context: [...new Set([...context, ...segment.spec.context])],
    predecessors: await readHandoffs(site, segment.blockedBy, journal),
    gates: bench.gates
      .filter((gate) => gate.kind === 'command')
      .map(({ gate, run }) => ({ gate, command: run.join(' ') })),
    attempt,
    rejections: record.rejections,
    ...(bench.carried ? { carried: bench.carried } : {}),
  };
}

const MOST_HANDOFFS = 20;

async function readHandoffs(
  { client, repository, epic }: WorkSite,
  blockers: readonly IssueNumber[],
  journal: Journal,
): Promise<readonly Handoff[]> {
  const handoffs = blockers.slice(0, MOST_HANDOFFS).map(async (number): Promise<Handoff | undefined> => {
    const outcome = journal.segments[number]?.attempts.findLast((each) => each.outcome?.kind === 'published')?.outcome;
    if (outcome?.kind !== 'published') return undefined;
    const { agent, files } = outcome.report;
    const text = await readAuthorisedText(client, repository, epic, number);
    return { number, title: text?.title ?? '', summary: agent.summary, handoff: agent.handoff ?? '', files };
  });
  return (await Promise.all(handoffs)).filter((each) => each !== undefined);
}
