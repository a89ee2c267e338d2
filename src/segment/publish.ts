/**
 * The publish job: judges the change, makes its commit, and writes the report. The orchestrator does the rest: branch, pull
 * request and checks.
 *
 * It is the only part of a segment's run that can write, and it runs nothing from the repository: no checkout, no hook, no
 * script. It trusts only two facts from the other jobs: the digest of the patch, and the success of the verify job. It
 * judges the patched tree again, as a whole, against the commit that the attempt started from.
 *
 * Running it twice has the same effect as running it once: only the first report is kept, with the commit that it names.
 */

import { enforcedScope, type HeadSha } from '#core/model/epic';
import { type KnownGate, knownGates } from '#core/model/journal/baseline';
import type { Problem } from '#core/model/problem';
import { type GateResult, type RefusedPlace, type Report, TESTS_FIRST } from '#core/model/report';
import { type Gate, type Gates, sayGate } from '#gates/find';
import { type Judgement, judgeTree, type PackedPatch } from '#git/patch';
import { distinctiveSecrets } from '#git/secrets';
import { Store } from '#git/store';
import { readReport, reportRef, writeReport } from '#github/journal';
import { sayProblem } from '#words/problems';
import { commitMessage, keptMessage } from '#words/pull';
import { clip, redactAll } from '#words/safe';
import { type Assignment, gatesOf, NoAssignment, readAssignment, readAttemptTree, type Site } from './assignment.ts';
import { makeSigned, parentsOf, putOnNewBranch, stagingRef } from './commit.ts';
import { findConflicts } from './others.ts';
import type { WorkOutcome } from './outcome.ts';

export interface PublishSite extends Site {
  readonly attempt: string;
  readonly patch: PackedPatch;
  /** The work job's own report; undefined if it left none that can be read. */
  readonly outcome: WorkOutcome | undefined;
  /** `needs.verify.result` from the runner: success, failure, skipped or cancelled. */
  readonly verified: string;
  /** The gate results as the verify job reports them; only shown. Undefined if it died or did not run. */
  readonly validation: readonly GateResult[] | undefined;
  /** Places that its gates asked for and may not reach; only shown. */
  readonly refused?: readonly RefusedPlace[];
  /** The full output of each job's agents and gates. */
  readonly artefacts?: { readonly work: string | undefined; readonly verify: string | undefined };
  readonly runId: number;
}

export interface Published {
  readonly report: Report;
  readonly written: 'written' | 'already there';
}

/** The run died before it had anything to report. The orchestrator notices that and retries. */
export class NothingToReport extends Error {
  override readonly name = 'NothingToReport';
}

export async function publish(site: PublishSite): Promise<Published> {
  const assignment = await readAssignment(site, site.attempt);
  const { journal, attempt } = assignment;
  const takenBy = journal.dispatches[attempt.dispatch]?.runId;
  if (takenBy !== site.runId) {
    throw new NoAssignment(
      `Attempt ${attempt.id} belongs to run ${takenBy ?? '(none)'}, but this is run ${site.runId}.`,
    );
  }
  if (journal.phase === 'cancelled') throw new NoAssignment(`Epic #${site.epic} was cancelled; nothing is published.`);
  if (!site.outcome) throw new NothingToReport('The work job ended without a report; swarm will try again.');

  // These texts come from jobs that ran an agent's code, so they are redacted before any use.
  const told = redactAll(
    { outcome: site.outcome, validation: site.validation, refused: site.refused ?? [] },
    site.secrets,
  );
  const result = await settle({ ...site, ...told }, assignment, told.outcome);
  const report: Report = { ...redactAll(result, site.secrets), finishedAt: site.client.now() };
  const head = workOf(report);
  const repository = { ...site.repository, id: assignment.repositoryId };
  const written = await writeReport(site.client, repository, {
    ...{ ref: reportRef(site.epic, attempt.id), file: 'report.json', report },
    // From here the commit of the work is reachable, on whatever branch it is.
    parents: head === undefined ? [] : [head],
    staged: head !== undefined && attempt.why !== 'prove' ? stagingRef(attempt.id) : undefined,
  });
  if (written === 'written') return { report, written };
  const first = await readReport(site.client, site.repository, reportRef(site.epic, attempt.id));
  return { report: first ?? report, written };
}

/** The commit with the work, if there is some. */
const workOf = ({ result }: Report): HeadSha | undefined =>
  result.kind === 'ready' ? result.head : 'keptHead' in result ? result.keptHead : undefined;

type Settled = Omit<Report, 'finishedAt'>;

async function settle(site: PublishSite, assignment: Assignment, outcome: WorkOutcome): Promise<Settled> {
  const { attempt, segment } = assignment;
  const results: Results = {
    told: site.validation?.length ? site.validation : outcome.validation,
    known: knownGates(assignment.journal.baselines),
  };
  const { told } = results;
  const artefact = artefactOf(site);
  const common = {
    version: 1 as const,
    attempt: attempt.id,
    segment: segment.number,
    runId: site.runId,
    tries: outcome.tries,
    validation: told,
    ...(site.refused?.length ? { refused: site.refused } : {}),
    files: [] as readonly string[],
    attention: [] as readonly string[],
    agent: outcome.agent,
    ...(outcome.course === undefined ? {} : { course: outcome.course }),
    ...(outcome.isolation === undefined ? {} : { isolation: outcome.isolation }),
    ...(outcome.costUsd === undefined ? {} : { costUsd: outcome.costUsd }),
    ...(artefact === undefined ? {} : { artefact }),
    durationMs: outcome.durationMs,
  };
  const failed = (problem: Problem, more: Partial<Settled> = {}, kept?: Kept): Settled => ({
    ...common,
    ...more,
    result: { kind: 'failed', problem, ...(kept === undefined ? {} : kept) },
  });

  const store = await Store.make(site.scratch);
  const applied = await readAttemptTree(store, site.remote, attempt, site.patch);
  if (applied.kind === 'refused') return failed(applied.problem);
  if (applied.kind === 'nothing') {
    if (outcome.problem) return failed(outcome.problem);
    const { question } = outcome;
    return { ...common, result: question ? { kind: 'needs-input', question } : { kind: 'no-change' } };
  }
  const known = distinctiveSecrets(site.secrets);
  const judgement = await judgeTree(store, attempt.base, applied.tree, {
    scope: enforcedScope(segment.spec),
    config: assignment.config,
    known,
  });
  const { files, attention, suspicious } = judgement;
  const seen = { files, attention, ...(suspicious.length === 0 ? {} : { suspicious }) };
  const withConflicts = async (): Promise<Pick<Settled, 'conflicts'>> => {
    const conflicts = await findConflicts(site, assignment, { store, tree: applied.tree, files });
    return conflicts.length === 0 ? {} : { conflicts };
  };
  const [wrong] = judgement.problems;
  if (attempt.why === 'prove' && attempt.from) {
    const definition = await gatesOf(store, attempt.base, assignment.config);
    const gates = await definition.heldTo(applied.tree, judgement.files);
    const facts = { ...common, ...seen, ...(await withConflicts()) };
    const pushed = { branch: attempt.branch, head: attempt.from };
    return prove(site, facts, pushed, judgement, gates, results);
  }
  const keepIt = (problem: Problem) => keep(site, assignment, store, applied.tree, judgement, problem);
  if (outcome.question && !outcome.problem) {
    const { question } = outcome;
    const { id, text, options } = question;
    const kept = await keepIt({ kind: 'QUESTION_ASKED', id, question: text, options });
    return { ...common, ...seen, result: { kind: 'needs-input', question, ...kept } };
  }
  const problem = outcome.problem ?? wrong ?? unverified(site);
  if (problem) return failed(problem, seen, await keepIt(problem));

  const message = commitMessage({ segment, epic: site.epic, attempt: attempt.id, files: judgement.files });
  const definition = await gatesOf(store, attempt.base, assignment.config);
  const gates = await definition.heldTo(applied.tree, judgement.files);
  const validation = [
    ...told.filter(({ gate }) => gate === TESTS_FIRST),
    ...gates.gates.map((gate) => verdictFor(gate, judgement, results)),
  ];
  const parents = parentsOf(assignment);
  const head = await makeSigned(site, store, attempt, { tree: applied.tree, parents, message });
  const result = { kind: 'ready', branch: attempt.branch, head } as const;
  return { ...common, ...seen, ...(await withConflicts()), validation, result };
}

/** The artefact of the job with the gate results that are shown. */
const artefactOf = ({ artefacts, validation }: PublishSite): string | undefined =>
  validation?.length ? artefacts?.verify : artefacts?.work;

type Kept = Pick<Extract<Report['result'], { kind: 'failed' }>, 'kept' | 'keptHead'>;

function unverified({ verified, validation }: PublishSite): Problem | undefined {
  if (verified === 'success') return undefined;
  // The verify job died. That says nothing about the work, so it is kept and verified later.
  if (validation === undefined) return { kind: 'RUN_CUT_SHORT' };
  const gates = validation
    .filter(({ verdict }) => verdict === 'fail' || verdict === 'timed out')
    .map(({ gate, output }) => ({ gate, output }));
  return { kind: 'VERIFY_FAILED', gates };
}

/** The gates' results by the verify job, and by the journal the gates that failed on the base. */
interface Results {
  readonly told: readonly GateResult[];
  readonly known: readonly KnownGate[];
}

/**
 * The verify job succeeded, so every gate of the base passed there, or failed as it did before. This job finds those gates
 * itself; it takes only times and output from the verify job, and that a gate that was red on the base still is.
 */
function verdictFor(gate: Gate, judgement: Judgement, { told, known }: Results): GateResult {
  const said = told.find((each) => each.gate === gate.gate);
  const common = { gate: gate.gate, durationMs: said?.durationMs ?? 0 };
  switch (gate.kind) {
    case 'not applicable':
      return { ...common, verdict: 'not applicable', command: clip(sayGate(gate), 300), output: '' };
    case 'commands': {
      const { output = '', annotations = [] } = said ?? {};
      // A tool that nothing installs may be missing on the machine of the verify job. Other steps ran.
      const mayLack = gate.steps.filter(({ ifThere }) => ifThere !== undefined);
      const command = clip((mayLack.length > 0 && said?.command) || sayGate(gate), 300);
      if (said?.verdict === 'not applicable' && mayLack.length === gate.steps.length)
        return { ...common, verdict: said.verdict, command, output };
      const { tests } = said ?? {};
      const isOld = known.some((each) => each.gate === gate.gate && each.state === 'red');
      const verdict = isOld && said?.verdict === 'failed before' ? said.verdict : 'pass';
      return { ...common, verdict, command, output, annotations, ...(tests ? { tests } : {}) };
    }
    case 'mutation': {
      const verdict = said?.verdict === 'not applicable' ? said.verdict : 'pass';
      const { output = '', annotations = [], command = sayGate(gate) } = said ?? {};
      return { ...common, verdict, command: clip(command, 300), output, annotations };
    }
    case 'scope': {
      const output = judgement.attention.join('\n');
      return { ...common, verdict: 'pass', command: sayGate(gate), output, annotations: judgement.remarks.attention };
    }
    case 'security': {
      const command = said?.command ?? sayGate(gate);
      const output = judgement.suspicious.join('\n');
      return { ...common, verdict: 'pass', command, output, annotations: judgement.remarks.suspicious };
    }
  }
}

/** The gates of a commit that somebody else pushed, green or red. Nothing is pushed to their branch. */
function prove(
  site: PublishSite,
  facts: Omit<Settled, 'result'>,
  pushed: { readonly branch: string; readonly head: HeadSha },
  judgement: Judgement,
  { gates }: Gates,
  results: Results,
): Settled {
  const validation =
    site.verified === 'success' && judgement.problems.length === 0
      ? gates.map((gate) => verdictFor(gate, judgement, results))
      : redGates(judgement, results.told);
  if (!validation.some(({ verdict }) => verdict !== 'not applicable')) {
    throw new NothingToReport('The verify job did not succeed, but it reported no failed gate; swarm will try again.');
  }
  return { ...facts, validation, result: { kind: 'ready', ...pushed } };
}

/** The gates that failed in the verify job, and the problems of the tree itself; empty without either. */
function redGates({ problems }: Judgement, told: readonly GateResult[]): readonly GateResult[] {
  const wrong = (gate: string, of: readonly Problem[]): readonly GateResult[] => {
    const output = of.map((each) => sayProblem(each, { form: 'plain' }).what).join('\n');
    return of.length === 0 ? [] : [{ gate, verdict: 'fail', command: 'the change as a whole', durationMs: 0, output }];
  };
  const mine = [
    ...wrong(
      'security',
      problems.filter(({ kind }) => kind === 'SECRET_IN_PATCH'),
    ),
    ...wrong(
      'scope',
      problems.filter(({ kind }) => kind !== 'SECRET_IN_PATCH'),
    ),
  ];
  const all = [...told.filter(({ gate }) => !mine.some((each) => each.gate === gate)), ...mine];
  return all.some(({ verdict }) => verdict === 'fail' || verdict === 'timed out') ? all : [];
}

// --- work that is kept -----------------------------------------------------------------------------------------------

/**
 * Puts unpublished work on a separate branch, for people to look at. The commit message has the reason. Work that must not
 * leave the job is dropped.
 */
async function keep(
  site: PublishSite,
  assignment: Assignment,
  store: Store,
  tree: string,
  judgement: Judgement,
  problem: Problem,
): Promise<Kept | undefined> {
  if (judgement.keep === 'must not leave here') return undefined;
  const { attempt, segment } = assignment;
  const branch = `swarm/wip/${attempt.id}`;
  const facts = { segment, epic: site.epic, attempt: attempt.id, files: judgement.files };
  const reason = sayProblem(redactAll(problem, site.secrets), { form: 'plain' });
  const commit = { tree, parents: [attempt.base], message: keptMessage(facts, reason) };
  const head = await makeSigned(site, store, attempt, commit);
  const put = await putOnNewBranch(site, { branch, head, commit });
  // The report's ref holds it where a rule allows no such branch.
  return { kept: put === undefined ? reportRef(site.epic, attempt.id) : branch, keptHead: put ?? head };
}
