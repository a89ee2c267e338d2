/**
 * The publish job: judges the change, pushes the branch, opens the pull request, and writes the report.
 *
 * It is the only part of a segment's run that can write, and it runs nothing from the repository: no checkout, no hook, no
 * script. It trusts only two facts from the other jobs: the digest of the patch, and the success of the verify job. It
 * judges the patched tree again, as a whole, against the commit that the attempt started from.
 *
 * Running it twice has the same effect as running it once. The attempt alone determines the commit, so a second run finds
 * the branch pushed, the pull request open and the report written.
 */

import { type HeadSha, type PullNumber, pullNumber } from '#core/model/epic';
import type { Problem } from '#core/model/problem';
import { approvalsNeeded } from '#core/model/proof';
import { type GateResult, type Report, TESTS_FIRST } from '#core/model/report';
import { type Gate, type Gates, sayGate } from '#gates/find';
import { type Judgement, judgeTree, type PackedPatch } from '#git/patch';
import { distinctiveSecrets } from '#git/secrets';
import { Store } from '#git/store';
import { type Client, GitHubRefused, inRepository } from '#github/client';
import { reportRef, writeReport } from '#github/journal';
import { sayProblem } from '#words/problems';
import { commitMessage, keptMessage, type PullFacts, pullBody, pullTitle } from '#words/pull';
import { clip, oneLine, redactAll } from '#words/safe';
import { type Assignment, gatesOf, NoAssignment, readAssignment, readAttemptTree, type Site } from './assignment.ts';
import { branchTaken, parentsOf, putOnBranch } from './branch.ts';
import { reportChecks } from './checks.ts';
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
  /** The full output of each job's agents and gates. */
  readonly artefacts?: { readonly work: string | undefined; readonly verify: string | undefined };
  readonly runId: number;
  readonly runUrl: string;
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
  const told = redactAll({ outcome: site.outcome, validation: site.validation }, site.secrets);
  const result = await settle({ ...site, ...told }, assignment, told.outcome);
  const report: Report = { ...redactAll(result, site.secrets), finishedAt: site.client.now() };
  const written = await writeReport(
    site.client,
    site.repository,
    reportRef(site.epic, attempt.id),
    'report.json',
    report,
  );
  return { report, written };
}

type Settled = Omit<Report, 'finishedAt'>;

async function settle(site: PublishSite, assignment: Assignment, outcome: WorkOutcome): Promise<Settled> {
  const { attempt, segment } = assignment;
  const told = site.validation?.length ? site.validation : outcome.validation;
  const artefact = artefactOf(site);
  const common = {
    version: 1 as const,
    attempt: attempt.id,
    segment: segment.number,
    tries: outcome.tries,
    validation: told.map(withoutAnnotations),
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
    scope: segment.spec.files,
    config: assignment.config,
    known,
  });
  const seen = { files: judgement.files, attention: judgement.attention };
  const [wrong] = judgement.problems;
  if (attempt.why === 'prove' && attempt.from) {
    const definition = await gatesOf(store, attempt.base, assignment.config);
    const gates = await definition.heldTo(applied.tree, judgement.files);
    return prove(site, assignment, attempt.from, { ...common, ...seen }, judgement, gates, told);
  }
  const keepIt = (problem: Problem) => keep(site, assignment, store, applied.tree, judgement, { problem, told });
  if (outcome.question && !outcome.problem) {
    const { question } = outcome;
    const { id, text, options } = question;
    const kept = await keepIt({ kind: 'QUESTION_ASKED', id, question: text, options });
    return { ...common, ...seen, result: { kind: 'needs-input', question, ...kept } };
  }
  const problem = outcome.problem ?? wrong ?? unverified(site);
  if (problem) return failed(problem, seen, await keepIt(problem));

  const message = commitMessage({ segment, epic: site.epic, attempt: attempt.id, files: judgement.files });
  const parents = parentsOf(assignment);
  const put =
    (await branchTaken(site, assignment)) ??
    (await putOnBranch(site, store, attempt, {
      branch: attempt.branch,
      expected: attempt.from,
      tree: applied.tree,
      parents,
      message,
      replaces: assignment.record.attempts.filter((each) => each.number < attempt.number),
    }));
  if (put.kind === 'refused') return failed(put.problem, seen, await keepIt(put.problem));

  const definition = await gatesOf(store, attempt.base, assignment.config);
  const gates = await definition.heldTo(applied.tree, judgement.files);
  const validation = [
    ...told.filter(({ gate }) => gate === TESTS_FIRST),
    ...gates.gates.map((gate) => verdictFor(gate, judgement, told)),
  ];
  const shown = { ...common, ...seen, validation: validation.map(withoutAnnotations) };
  const pull = await openPull(site, assignment, { ...shown, suspicious: judgement.suspicious });
  if (typeof pull !== 'number') {
    return failed(pull, { ...seen, validation: shown.validation }, { kept: attempt.branch });
  }
  await reportChecks(site, put.head, validation, artefactOf(site));
  return { ...shown, result: { kind: 'published', pull, branch: attempt.branch, head: put.head } };
}

/** The artefact of the job with the gate results that are shown. */
const artefactOf = ({ artefacts, validation }: PublishSite): string | undefined =>
  validation?.length ? artefacts?.verify : artefacts?.work;

type Kept = Pick<Extract<Report['result'], { kind: 'failed' }>, 'kept' | 'keptHead'>;

/** Annotations are on the commit's checks. The journal keeps only what decisions need. */
const withoutAnnotations = ({ annotations: _, ...result }: GateResult): GateResult => result;

function unverified({ verified, validation }: PublishSite): Problem | undefined {
  if (verified === 'success') return undefined;
  // The verify job died. That says nothing about the work, so it is kept and verified later.
  if (validation === undefined) return { kind: 'RUN_CUT_SHORT' };
  const gates = validation
    .filter(({ verdict }) => verdict === 'fail' || verdict === 'timed out')
    .map(({ gate, output }) => ({ gate, output }));
  return { kind: 'VERIFY_FAILED', gates };
}

/**
 * The verify job succeeded, so every gate of the base passed there. This job finds those gates itself; it takes only times
 * and output from the verify job.
 */
function verdictFor(gate: Gate, judgement: Judgement, told: readonly GateResult[]): GateResult {
  const said = told.find((each) => each.gate === gate.gate);
  const common = { gate: gate.gate, durationMs: said?.durationMs ?? 0 };
  switch (gate.kind) {
    case 'not applicable':
      return { ...common, verdict: 'not applicable', command: clip(sayGate(gate), 300), output: '' };
    case 'commands': {
      const annotations = said?.annotations ?? [];
      return { ...common, verdict: 'pass', command: clip(sayGate(gate), 300), output: said?.output ?? '', annotations };
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

/**
 * Reports the gates of a commit that somebody else pushed, green or red. Nothing is pushed to their branch.
 */
async function prove(
  site: PublishSite,
  assignment: Assignment,
  head: HeadSha,
  facts: Omit<Settled, 'result'>,
  judgement: Judgement,
  { gates }: Gates,
  told: readonly GateResult[],
): Promise<Settled> {
  const { attempt, record } = assignment;
  const published = record.attempts.findLast((each) => each.outcome?.kind === 'published')?.outcome;
  if (published?.kind !== 'published') throw new NoAssignment(`Segment #${facts.segment} has no earlier pull request.`);
  const validation =
    site.verified === 'success' && judgement.problems.length === 0
      ? gates.map((gate) => verdictFor(gate, judgement, told))
      : redGates(judgement, told);
  if (!validation.some(({ verdict }) => verdict !== 'not applicable')) {
    throw new NothingToReport('The verify job did not succeed, but it reported no failed gate; swarm will try again.');
  }
  const shown = { ...facts, validation: validation.map(withoutAnnotations) };
  const body = pullBody(pullFacts(site, assignment, { ...shown, suspicious: judgement.suspicious }));
  await site.client.request('PATCH /repos/{owner}/{repo}/pulls/{pull_number}', {
    ...inRepository(site.repository),
    pull_number: published.pull,
    body,
  });
  await reportChecks(site, head, validation, artefactOf(site));
  return { ...shown, result: { kind: 'published', pull: published.pull, branch: attempt.branch, head } };
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
 * Puts unpublished work on a separate branch, for people to look at. The commit message has the reason, and the failures
 * are annotations. Work that must not leave the job is dropped.
 */
async function keep(
  site: PublishSite,
  assignment: Assignment,
  store: Store,
  tree: string,
  judgement: Judgement,
  { problem, told }: { readonly problem: Problem; readonly told: readonly GateResult[] },
): Promise<Kept | undefined> {
  if (judgement.keep === 'must not leave here') return undefined;
  const { attempt, segment } = assignment;
  const branch = `swarm/wip/${attempt.id}`;
  const facts = { segment, epic: site.epic, attempt: attempt.id, files: judgement.files };
  const reason = sayProblem(redactAll(problem, site.secrets), { form: 'plain' });
  const put = await putOnBranch(site, store, attempt, {
    branch,
    expected: undefined,
    tree,
    parents: [attempt.base],
    message: keptMessage(facts, reason),
  });
  if (put.kind === 'refused') {
    site.log(sayProblem(put.problem, { form: 'plain' }).what);
    return undefined;
  }
  // Only failures: these results are not verified, and a green check would look as if they were.
  await reportChecks(
    site,
    put.head,
    told.filter(({ verdict }) => verdict === 'fail' || verdict === 'timed out'),
    artefactOf(site),
  );
  return { kept: branch, keptHead: put.head };
}

// --- the pull request ---------------------------------------------------------------------------------------------------

type SeenFacts = Pick<
  PullFacts,
  | 'tries'
  | 'validation'
  | 'files'
  | 'attention'
  | 'suspicious'
  | 'agent'
  | 'course'
  | 'isolation'
  | 'costUsd'
  | 'durationMs'
>;

function pullFacts(
  site: PublishSite,
  { segment, epicText, attempt, baseBranch, config }: Assignment,
  facts: SeenFacts,
): PullFacts {
  return {
    ...facts,
    segment,
    epic: site.epic,
    epicTitle: epicText.title,
    attempt: attempt.id,
    agentName: attempt.name,
    attemptNumber: attempt.number,
    base: baseBranch,
    approvals: approvalsNeeded(config, facts),
    runUrl: site.runUrl,
  };
}

async function openPull(site: PublishSite, assignment: Assignment, facts: SeenFacts): Promise<PullNumber | Problem> {
  const here = inRepository(site.repository);
  const { segment, attempt, baseBranch } = assignment;
  const told = pullFacts(site, assignment, facts);
  const words = { title: pullTitle(segment), body: pullBody(told) };
  const open = await site.client.paginate('GET /repos/{owner}/{repo}/pulls', {
    ...here,
    head: `${site.repository.owner}:${attempt.branch}`,
    base: baseBranch,
    state: 'open',
  });
  try {
    const [mine] = open;
    if (mine) {
      await site.client.request('PATCH /repos/{owner}/{repo}/pulls/{pull_number}', {
        ...here,
        pull_number: mine.number,
        ...words,
      });
      return pullNumber(mine.number);
    }
    const call = { ...here, ...words, head: attempt.branch, base: baseBranch };
    return await createPull(site.client, call, told.approvals > 0 ? 'draft' : 'ready');
  } catch (error) {
    if (!(error instanceof GitHubRefused)) throw error;
    return { kind: 'PULL_REFUSED', branch: attempt.branch, message: clip(oneLine(error.message), 500) };
  }
}

async function createPull(
  client: Client,
  call: { owner: string; repo: string; title: string; body: string; head: string; base: string },
  as: 'draft' | 'ready',
): Promise<PullNumber> {
  try {
    const { data } = await client.request('POST /repos/{owner}/{repo}/pulls', { ...call, draft: as === 'draft' });
    return pullNumber(data.number);
  } catch (error) {
    // Private repositories on free plans have no draft pull requests.
    const noDrafts = error instanceof GitHubRefused && error.status === 422 && /draft/i.test(error.message);
    if (as === 'ready' || !noDrafts) throw error;
    return createPull(client, call, 'ready');
  }
}
