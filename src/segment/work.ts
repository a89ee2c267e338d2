/**
 * The work job: tester → agent → tree → gates, again while a gate fails → council, then the change as a patch.
 *
 * It holds a token that can only read, and hands on nothing but text. Whatever it says, `verify` and `publish` look
 * for themselves.
 */
import { join } from 'node:path';
import { commandAgent, keysOf } from '#agents/agent';
import { type BriefFacts, type Handoff, type WritingRole, writeBrief, writeFollowUp } from '#brief/brief';
import type { Persona } from '#brief/instructions';
import { ANSWERS_SCHEMA } from '#brief/review';
import { blockersOf, makeGraph } from '#core/graph/graph';
import { agentFor } from '#core/model/config';
import type { IssueNumber } from '#core/model/epic';
import type { Journal } from '#core/model/journal';
import type { Problem } from '#core/model/problem';
import type { GateResult } from '#core/model/report';
import { readSpec } from '#core/text/spec';
import { commandsOf } from '#gates/find';
import type { ArtefactText } from '#gates/programs';
import { type GateRound, GateRunner } from '#gates/run';
import { makePatch, type PackedPatch, packPatch } from '#git/patch';
import { carryOver } from '#git/rebase-work';
import { Store } from '#git/store';
import { WorkTree } from '#git/work-tree';
import { readAuthorisedText } from '#github/journal';
import { sayProblem } from '#words/problems';
import { redactAll } from '#words/safe';
import { type Assignment, gatesOf, readAssignment } from './assignment.ts';
import { Bench, type Call, type Called, type Handed, type WorkSite } from './bench.ts';
import { holdCouncil } from './council.ts';
import { FINDINGS_SCHEMA, findingsIn } from './findings.ts';
import { Library } from './library.ts';
import type { WorkOutcome } from './outcome.ts';
import { type CommonFacts, testFirst, toldContract } from './pair.ts';
import { personaFor, roleOf, skillsFor } from './roles.ts';

/** For the job that calls `work`: it ends when it is told to, and hands on what it has before. */
export { askForReprieve } from '#sandbox/process';
export type { WorkSite } from './bench.ts';

export interface WorkDone extends Handed {
  /** What the agents printed, redacted, as Markdown for the job's page. */
  readonly transcript: string;
  /** All that was told and printed, by agents and by gates; not redacted. */
  readonly artefact: readonly ArtefactText[];
}

const NOTHING_SAID = { summary: '', assumptions: [], criteria: [] } as const;

export async function work(site: WorkSite): Promise<WorkDone> {
  const startedAt = performance.now();
  const assignment = await readAssignment(site, site.attempt);
  const { attempt, config, segment } = assignment;
  if (attempt.why === 'prove') return nothingToMake(assignment);
  const role = roleOf(segment.spec.worker, attempt.why);
  const agent =
    agentFor(config, role, segment.spec.agent) ??
    agentFor(config, 'implementer', segment.spec.agent) ??
    (site.agent ? commandAgent(site.agent) : undefined);
  for (const name of [...config.environment, ...Object.values(config.agents).flatMap(keysOf)]) {
    const value = process.env[name] ?? '';
    // Places of tools are no secrets, and hiding them would hide what an error says.
    if (value.length >= 8 && !value.startsWith('/')) site.secrets.add(value);
  }
  const durationMs = (): number => Math.round(performance.now() - startedAt);
  if (!agent) {
    const outcome: WorkOutcome = {
      version: 1,
      attempt: attempt.id,
      tries: 0,
      validation: [],
      agent: NOTHING_SAID,
      problem: { kind: 'AGENT_NOT_SET' },
      durationMs: durationMs(),
      warnings: [],
    };
    return { outcome, patch: undefined, ready: false, transcript: '', artefact: [] };
  }
  const store = await Store.make(site.scratch);
  await store.fetch(
    site.remote,
    [attempt.base, attempt.from, attempt.kept, assignment.fromBase, assignment.keptBy?.base].filter(
      (each) => each !== undefined,
    ),
  );
  const earlier = attempt.kept
    ? { base: assignment.keptBy?.base, head: attempt.kept }
    : { base: assignment.fromBase, head: attempt.from };
  const carried =
    earlier.base && earlier.head ? await carryOver(store, earlier.base, attempt.base, earlier.head) : undefined;
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
  // An interrupted attempt's work, found on its branch, is worth publishing as it is.
  const nothingNew = carried && attempt.from && attempt.why !== 'retry' ? attempt.from : attempt.base;
  const unchanged = await store.text(['rev-parse', '--verify', `${nothingNew}^{tree}`]);
  const library = await Library.at(store, attempt.base, config);
  const cutShort: Problem = { kind: 'RUN_CUT_SHORT' };
  const bench = new Bench({
    ...{ site, assignment, agent, store, tree, runner, library, carried, unchanged },
    gates: gates.gates,
    save: async () => {
      if (site.save && !site.stop?.aborted) site.save(handedOn(bench, durationMs(), cutShort, await packTree(bench)));
    },
  });
  await course(bench, role);
  if (site.stop?.aborted) {
    // Whatever it came to under the hands of somebody who was ending it, this is why.
    if (bench.tree === undefined) await bench.take();
    bench.problem = cutShort;
  }
  const patch = await packTree(bench);
  return {
    ...handedOn(bench, durationMs(), bench.problem, patch),
    transcript: bench.transcript.markdown(),
    artefact: [...bench.transcript.parts, ...(await runner.said())],
  };
}

function handedOn(
  bench: Bench,
  durationMs: number,
  problem: Problem | undefined,
  patch: PackedPatch | undefined,
): Handed {
  const { question } = bench;
  const { site, assignment } = bench.fittings;
  // Whatever stands in it was said by an agent, a gate or a name of a file.
  const outcome: WorkOutcome = redactAll(
    {
      version: 1,
      attempt: assignment.attempt.id,
      tries: bench.tries,
      validation: bench.round?.results ?? [],
      agent: bench.says,
      course: {
        pair: bench.pair,
        council: bench.council,
        ...(bench.tokens === undefined ? {} : { tokens: bench.tokens }),
        ...(bench.turns === undefined ? {} : { turns: bench.turns }),
        questions: bench.questions.slice(0, 20),
        findings: bench.findings.slice(0, 50),
        checkpoints: bench.checkpoints,
        lastLines: bench.lastLines,
      },
      ...(problem === undefined ? {} : { problem }),
      ...(question === undefined || problem ? {} : { question }),
      ...(bench.spentUsd === undefined ? {} : { costUsd: bench.spentUsd }),
      durationMs,
      warnings: bench.warnings,
    },
    site.secrets,
  );
  return { outcome, patch, ready: patch !== undefined && problem === undefined && question === undefined };
}

/** What somebody else pushed is held to the gates as it is; what the agent said of its own work still stands. */
function nothingToMake({ attempt, record }: Assignment): WorkDone {
  const published = record.attempts.findLast((each) => each.outcome?.kind === 'published')?.outcome;
  const report = published?.kind === 'published' ? published.report : undefined;
  const outcome: WorkOutcome = {
    version: 1,
    attempt: attempt.id,
    tries: 1,
    validation: [],
    agent: report?.agent ?? NOTHING_SAID,
    ...(report?.course === undefined ? {} : { course: report.course }),
    durationMs: 0,
    warnings: [],
  };
  return { outcome, patch: undefined, ready: true, transcript: '', artefact: [] };
}

async function course(bench: Bench, role: WritingRole): Promise<void> {
  const persona = await fetchInstructions(bench, role);
  if (!persona) return;
  const facts = await gatherFacts(bench);
  // What cannot be installed now may be mended by the change; the gates will tell.
  const installing = await bench.fittings.runner.install();
  if (installing) bench.warn(`install: ${installing.verdict}: ${installing.output.slice(-500)}`);
  await testFirst(bench, facts);
  if (bench.isOver) return;
  await untilGreen(bench, facts, persona, role);
  if (bench.isOver || bench.tree === undefined || bench.tree === bench.fittings.unchanged) return;
  await holdCouncil(bench, (findings) => untilGreen(bench, facts, persona, role, findings));
}

async function fetchInstructions(bench: Bench, role: WritingRole): Promise<Persona | undefined> {
  const { library, assignment } = bench.fittings;
  const persona = await personaFor(library, role, assignment.segment);
  if (persona.kind === 'wrong') {
    bench.problem = persona.problem;
    return undefined;
  }
  const skills = await skillsFor(library, persona.value, assignment.segment, (text) => bench.warn(text));
  if (skills.kind === 'wrong') {
    bench.problem = skills.problem;
    return undefined;
  }
  bench.skills = skills.value;
  return persona.value;
}

/**
 * Lets the agent work until the gates pass, its tries are used up or the run is over.
 *
 * @param findings the council's, where it is they that have to be mended; the agent then begins with them.
 * @returns the end of the first call; undefined where there was none.
 */
async function untilGreen(
  bench: Bench,
  facts: CommonFacts,
  persona: Persona,
  role: WritingRole,
  findings?: string,
): Promise<Called | undefined> {
  const { assignment, agent, tree, runner, unchanged } = bench.fittings;
  const { config, segment } = assignment;
  const contract = toldContract(bench);
  const green = bench.tree;
  let first: Called | undefined;
  for (let number = 1; number <= config.tries; number++) {
    const isMending = findings !== undefined && number === 1;
    bench.tries += 1;
    const told: BriefFacts = {
      ...facts,
      role,
      persona,
      ...(contract ? { contract } : {}),
      boundary: bench.boundary(),
      try: { number, of: config.tries },
      failed: failedIn(bench.round),
      refused: (bench.judgement?.problems ?? []).map((each) => sayProblem(each, { form: 'plain' }).what),
    };
    const whole = writeBrief(told);
    const briefFile = await bench.keepBrief('brief', whole);
    const resume = bench.session;
    const call: Call = {
      agent,
      role,
      access: role === 'researcher' ? persona.access : 'write',
      brief: isMending
        ? resume === undefined
          ? `${whole}\n${findings}`
          : findings
        : resume === undefined || number === 1
          ? whole
          : writeFollowUp(told, briefFile),
      directory: tree.directory,
      try: bench.tries,
      persona,
      resume,
      ...(isMending ? { answer: { name: 'answers', schema: ANSWERS_SCHEMA } } : {}),
      ...(segment.spec.worker === 'security' && !isMending
        ? { answer: { name: 'findings', schema: FINDINGS_SCHEMA } }
        : {}),
    };
    const ended = await bench.call(call);
    first ??= ended;
    bench.session = ended.session;
    // A call that mends something need not say all of it again.
    if (ended.says.summary !== '' || bench.says.summary === '') bench.says = ended.says;
    if (segment.spec.worker === 'security') findingsIn(bench, ended);
    await bench.take();
    if (bench.isOver || bench.tree === undefined || bench.tree === unchanged) return first;
    if (isMending && bench.tree === green) return first;

    // Names and modes that may not be are not put to the gates: they are not the repository's to look at.
    bench.round =
      bench.judgement?.keep === 'must not leave here' ? undefined : await runner.run(bench.judgement, bench.tree);
    const isGreen = bench.round?.verdict === 'pass' && bench.judgement?.problems.length === 0;
    bench.mark(`gates, round ${bench.tries}: ${isGreen ? 'all pass' : `${redIn(bench).join(', ')} red`}`);
    if (isGreen) return first;
    if (bench.round?.hopeless) {
      bench.problem = bench.round.hopeless;
      return first;
    }
    if (bench.leftMs <= 0) break;
  }
  bench.problem = failureOf(bench);
  return first;
}

/** What the next try has to mend, by name. */
const redIn = ({ round, judgement }: Bench): readonly string[] => [
  ...new Set([
    ...failedIn(round).map(({ gate }) => gate),
    ...(judgement?.problems.length ? ['the change itself'] : []),
  ]),
];

const failedIn = (round: GateRound | undefined): readonly GateResult[] =>
  (round?.results ?? []).filter(({ verdict }) => verdict === 'fail' || verdict === 'timed out');

/** What a person has to know first: what the change may not be, then what a gate has its own name for, then gates. */
function failureOf({ judgement, round, tries }: Bench): Problem {
  const [wrong] = judgement?.problems ?? [];
  const gates = failedIn(round).filter(({ gate }) => gate !== 'scope');
  if (wrong && (wrong.kind !== 'OUT_OF_SCOPE' || gates.length === 0)) return wrong;
  const [own, ...others] = round?.problems ?? [];
  if (own && others.length === 0 && gates.length === 1) return own;
  return { kind: 'GATES_FAILED', gates: gates.map(({ gate, output }) => ({ gate, output })), tries };
}

/** The change as it may travel; none where nothing was done, or where it must not be seen by anyone. */
async function packTree(bench: Bench): Promise<PackedPatch | undefined> {
  const { tree, judgement, fittings } = bench;
  if (tree === undefined || tree === fittings.unchanged || judgement?.keep === 'must not leave here') return undefined;
  const result = packPatch(await makePatch(fittings.store, fittings.assignment.attempt.base, tree));
  if (result.kind === 'packed') return result.packed;
  bench.problem ??= result.problem;
  return undefined;
}

async function gatherFacts({ fittings, skills }: Bench): Promise<CommonFacts> {
  const { site, assignment, gates, carried, library } = fittings;
  const { journal, segment, text, epicText, baseBranch, attempt, record } = assignment;
  const context = readSpec({ number: site.epic, ...epicText }).spec.context;
  return {
    skills,
    ...(library.agentsFile === undefined ? {} : { instructions: library.agentsFile }),
    repository: `${site.repository.owner}/${site.repository.name}`,
    baseBranch,
    segment: { number: segment.number, title: text.title, body: text.body },
    epic: { number: site.epic, title: epicText.title, body: epicText.body },
    worker: segment.spec.worker,
    criteria: segment.spec.criteria,
    scope: segment.spec.files,
    context: [...new Set([...context, ...segment.spec.context])],
    predecessors: await readHandoffs(site, segment.number, journal),
    gates: commandsOf(gates),
    attempt,
    rejections: record.rejections,
    answers: (attempt.answers ?? []).map(({ question, answer, by }) => ({
      question,
      answer,
      ...(by === undefined ? {} : { by }),
    })),
    ...(carried ? { carried } : {}),
  };
}

const MOST_HANDOFFS = 20;

/** Of all that it waited for, directly or not, those nearest to it: what was agreed two segments ago still holds. */
async function readHandoffs(
  { client, repository, epic }: WorkSite,
  segment: IssueNumber,
  { authorisation, segments }: Journal,
): Promise<readonly Handoff[]> {
  const authorised = Object.entries(authorisation?.segments ?? {});
  const graph = makeGraph(
    authorised.flatMap(([number, { blockedBy }]) => [Number(number) as IssueNumber, ...blockedBy]),
    authorised.flatMap(([number, { blockedBy }]) =>
      blockedBy.map((on) => ({ from: Number(number) as IssueNumber, on })),
    ),
  );
  const reports = [...blockersOf(graph, segment)].flatMap((number) => {
    const record = segments[number];
    const outcome = record?.attempts.findLast((each) => each.outcome?.kind === 'published')?.outcome;
    return outcome?.kind === 'published' && !record?.skipped ? [{ number, report: outcome.report }] : [];
  });
  return Promise.all(
    reports.slice(0, MOST_HANDOFFS).map(async ({ number, report: { agent, files } }) => {
      const text = await readAuthorisedText(client, repository, epic, number);
      return { number, title: text?.title ?? '', summary: agent.summary, handoff: agent.handoff ?? '', files };
    }),
  );
}
