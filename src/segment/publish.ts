/**
 * The publish job: judges the change, pushes the branch, opens the pull request, reports.
 *
 * It is the only part of a segment's run that can write, and it runs nothing of the repository: no checkout, no hook, no
 * script. Of what came before it believes two things: the digest of the patch, and that the verify job succeeded. The
 * tree that comes of the patch is judged here again, as a whole, against the commit the attempt started from.
 *
 * Doing it twice is doing it once: the commit is a function of the attempt, so a second run finds its branch pushed, its
 * pull request open and its report there.
 */

import { type HeadSha, headSha, type PullNumber, pullNumber } from '#core/epic';
import type { Problem } from '#core/problem';
import type { GateResult, Report } from '#core/report';
import { type Client, GitHubRefused, inRepository } from '#github/client';
import { reportRef, writeReport } from '#github/journal';
import { sayProblem } from '#words/problems';
import { commitMessage, type PullFacts, pullBody, pullTitle } from '#words/pull';
import { block, clip, oneLine } from '#words/safe';
import { type Assignment, gatesOf, NoAssignment, readAssignment, type Site } from './assignment.ts';
import { changeOf } from './change.ts';
import type { Gate, Gates } from './gates/find.ts';
import { GitFailed, Store } from './git.ts';
import type { WorkOutcome } from './outcome.ts';
import { type Judgement, judgeTree, type PackedPatch } from './patch.ts';

export interface PublishSite extends Site {
  readonly attempt: string;
  readonly patch: PackedPatch;
  /** What the work job says of itself; undefined where it left nothing that can be read. */
  readonly outcome: WorkOutcome | undefined;
  /** `needs.verify.result`, from the runner: success, failure, skipped, cancelled. */
  readonly verified: string;
  /** What the verify job says its gates answered; shown. */
  readonly validation: readonly GateResult[];
  readonly runId: number;
  readonly runUrl: string;
}

export interface Published {
  readonly report: Report;
  readonly written: 'written' | 'already there';
}

/** Nothing can be reported: the run died before it came to anything. The orchestrator sees that and tries again. */
export class NothingToReport extends Error {
  override readonly name = 'NothingToReport';
}

export async function publish(site: PublishSite): Promise<Published> {
  const assignment = await readAssignment(site, site.attempt);
  const { journal, attempt } = assignment;
  const takenBy = journal.dispatches[attempt.dispatch]?.runId;
  if (takenBy !== site.runId) {
    throw new NoAssignment(
      `Attempt ${attempt.id} is the work of run ${takenBy ?? '(none)'}, and this is run ${site.runId}.`,
    );
  }
  if (journal.phase === 'cancelled') throw new NoAssignment(`Epic #${site.epic} was cancelled; nothing is published.`);
  if (!site.outcome) throw new NothingToReport('The work job ended without saying how; swarm will try again.');

  const result = await settle(site, assignment, site.outcome);
  const report: Report = { ...result, finishedAt: site.client.now() };
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
  const common = {
    version: 1 as const,
    attempt: attempt.id,
    segment: segment.number,
    tries: outcome.tries,
    validation: site.validation.length > 0 ? site.validation : outcome.validation,
    files: [] as readonly string[],
    attention: [] as readonly string[],
    agent: outcome.agent,
    ...(outcome.costUsd === undefined ? {} : { costUsd: outcome.costUsd }),
    durationMs: outcome.durationMs,
  };
  const failed = (problem: Problem, more: Partial<Settled> = {}, kept?: string): Settled => ({
    ...common,
    ...more,
    result: { kind: 'failed', problem, ...(kept === undefined ? {} : { kept }) },
  });

  const store = await Store.make(site.scratch);
  const applied = await changeOf(store, site.remote, attempt, site.patch);
  if (applied.kind === 'refused') return failed(applied.problem);
  if (applied.kind === 'nothing') {
    return outcome.problem ? failed(outcome.problem) : { ...common, result: { kind: 'no-change' } };
  }
  const rules = { scope: segment.spec.files, config: assignment.config };
  const judgement = await judgeTree(store, attempt.base, applied.tree, rules);
  const seen = { files: judgement.files, attention: judgement.attention };
  const [wrong] = judgement.problems;
  if (attempt.why === 'prove' && attempt.from) {
    const facts = { ...common, ...seen };
    return prove(site, assignment, attempt.from, facts, judgement, await gatesOf(store, attempt.base, rules.config));
  }
  const problem = outcome.problem ?? wrong ?? unverified(site);
  if (problem) {
    const kept = await keep(site, assignment, store, applied.tree, judgement);
    return failed(problem, seen, kept);
  }

  const commit = await nextCommit(store, assignment, site.epic, applied.tree, judgement.files);
  const refusal =
    (await branchTaken(site, assignment)) ?? (await pushBranch(site, store, commit, attempt.branch, attempt.from));
  if (refusal) return failed(refusal, seen, await keep(site, assignment, store, applied.tree, judgement));

  const gates = await gatesOf(store, attempt.base, assignment.config);
  const validation = gates.gates.map((gate) => verdictFor(gate, judgement, common.validation));
  const pull = await openPull(site, assignment, { ...common, ...seen, validation });
  if (typeof pull !== 'number') return failed(pull, { ...seen, validation }, attempt.branch);
  await reportChecks(site, commit, validation);
  return { ...common, ...seen, validation, result: { kind: 'published', pull, branch: attempt.branch, head: commit } };
}

function unverified({ verified, validation }: PublishSite): Problem | undefined {
  if (verified === 'success') return undefined;
  const gates = validation
    .filter(({ verdict }) => verdict === 'fail' || verdict === 'timed out')
    .map(({ gate, output }) => ({ gate, output }));
  return { kind: 'VERIFY_FAILED', gates };
}

/**
 * The verify job succeeded, so each gate that the base defines passed there; which gates those are is found here, not
 * taken from its words. Only times and output are its own.
 */
function verdictFor(gate: Gate, judgement: Judgement, told: readonly GateResult[]): GateResult {
  const said = told.find((each) => each.gate === gate.gate);
  const common = { gate: gate.gate, durationMs: said?.durationMs ?? 0 };
  switch (gate.kind) {
    case 'not applicable':
      return { ...common, verdict: 'not applicable', command: gate.why, output: '' };
    case 'command':
      return { ...common, verdict: 'pass', command: gate.run.join(' ').slice(0, 300), output: said?.output ?? '' };
    case 'scope':
      return { ...common, verdict: 'pass', command: 'file scope, protected files, names, modes and sizes', output: '' };
    case 'security': {
      const command = said?.command ?? 'secret scan of the change';
      return { ...common, verdict: 'pass', command, output: judgement.suspicious.join('\n') };
    }
  }
}

/**
 * Says of a commit that somebody else pushed what its gates say of it, green or red. Nothing is pushed: it stays theirs.
 */
async function prove(
  site: PublishSite,
  assignment: Assignment,
  head: HeadSha,
  facts: Omit<Settled, 'result'>,
  judgement: Judgement,
  { gates }: Gates,
): Promise<Settled> {
  const { attempt, record } = assignment;
  const published = record.attempts.findLast((each) => each.outcome?.kind === 'published')?.outcome;
  if (published?.kind !== 'published') throw new NoAssignment(`Nothing of #${facts.segment} was published before.`);
  const validation =
    site.verified === 'success' && judgement.problems.length === 0
      ? gates.map((gate) => verdictFor(gate, judgement, facts.validation))
      : redGates(judgement, site.validation);
  if (!validation.some(({ verdict }) => verdict !== 'not applicable')) {
    throw new NothingToReport('The verify job ended without saying at which gate; swarm will try again.');
  }
  const body = pullBody(pullFacts(site, assignment, { ...facts, validation }));
  await site.client.request('PATCH /repos/{owner}/{repo}/pulls/{pull_number}', {
    ...inRepository(site.repository),
    pull_number: published.pull,
    body,
  });
  await reportChecks(site, head, validation);
  return { ...facts, validation, result: { kind: 'published', pull: published.pull, branch: attempt.branch, head } };
}

/** What verify says failed, and what is wrong with the tree itself; nothing where neither says a word. */
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

// --- the branch -----------------------------------------------------------------------------------------------------

const SWARM = { name: 'swarm', email: 'swarm@users.noreply.github.com' } as const;

/** The branch's next commit; the same attempt always makes the same one. */
async function nextCommit(store: Store, assignment: Assignment, epic: number, tree: string, files: readonly string[]) {
  const { attempt, fromBase } = assignment;
  const { from, base } = attempt;
  const onSameBase = fromBase === base;
  // An earlier attempt that died after its push has left just this.
  if (from && onSameBase && (await store.text(['rev-parse', '--verify', `${from}^{tree}`])) === tree) return from;
  // Where the base went on meanwhile, the commit merges it: the pull request then shows this segment's change alone.
  return makeCommit(store, assignment, epic, tree, files, from ? (onSameBase ? [from] : [from, base]) : [base]);
}

async function makeCommit(
  store: Store,
  { attempt, segment }: Assignment,
  epic: number,
  tree: string,
  files: readonly string[],
  parents: readonly string[],
): Promise<HeadSha> {
  const date = `${Math.floor(attempt.claimedAt / 1000)} +0000`;
  const commit = await store.text(['commit-tree', tree, ...parents.flatMap((each) => ['-p', each])], {
    input: commitMessage({ segment, epic, attempt: attempt.id, files }),
    environment: {
      GIT_AUTHOR_NAME: SWARM.name,
      GIT_AUTHOR_EMAIL: SWARM.email,
      GIT_AUTHOR_DATE: date,
      GIT_COMMITTER_NAME: SWARM.name,
      GIT_COMMITTER_EMAIL: SWARM.email,
      GIT_COMMITTER_DATE: date,
    },
  });
  return headSha(commit);
}

/** A segment's branch is its own: an issue's text may name any, also the one that everything merges into. */
async function branchTaken(site: PublishSite, { attempt, baseBranch }: Assignment): Promise<Problem | undefined> {
  const { data } = await site.client.request('GET /repos/{owner}/{repo}', inRepository(site.repository));
  const { branch } = attempt;
  return branch === baseBranch || branch === data.default_branch
    ? { kind: 'PUSH_REFUSED', branch, message: 'segments merge into this branch, so none may have it as its own' }
    : undefined;
}

async function pushBranch(
  site: PublishSite,
  store: Store,
  commit: string,
  branch: string,
  expected: string | undefined,
): Promise<Problem | undefined> {
  try {
    await store.push(site.remote, commit, branch, expected);
    return undefined;
  } catch (error) {
    if (!(error instanceof GitFailed)) throw error;
    // An earlier run of this very attempt may have come this far.
    if ((await store.headOf(site.remote, branch)) === commit) return undefined;
    if (isOutage(error)) throw error;
    return { kind: 'PUSH_REFUSED', branch, message: refusalIn(error) };
  }
}

const isOutage = ({ stderr }: GitFailed): boolean =>
  /could not resolve host|connection (?:refused|reset|timed out)|the requested url returned error: 5|early eof|operation timed out/i.test(
    stderr,
  );

/** What the remote said, without git's own frame around it. */
function refusalIn({ stderr, message }: GitFailed): string {
  const said = stderr
    .split('\n')
    .map((line) => line.replace(/^remote: ?/, '').trim())
    .filter((line) => line !== '' && !/^(?:To |error: failed to push|hint:|fatal: the remote end)/.test(line));
  return clip(oneLine(said.join(' ') || message), 500);
}

/**
 * Work that is not published is not thrown away: it lies on a branch of its own for people to look at, unless what is in
 * it must not leave the job.
 */
async function keep(
  site: PublishSite,
  assignment: Assignment,
  store: Store,
  tree: string,
  judgement: Judgement,
): Promise<string | undefined> {
  if (judgement.keep === 'must not leave here') return undefined;
  const { attempt } = assignment;
  const branch = `swarm/wip/${attempt.id}`;
  const commit = await makeCommit(store, assignment, site.epic, tree, judgement.files, [attempt.base]);
  const refusal = await pushBranch(site, store, commit, branch, undefined);
  if (!refusal) return branch;
  site.log(sayProblem(refusal, { form: 'plain' }).what);
  return undefined;
}

// --- the pull request and its checks ----------------------------------------------------------------------------------

type SeenFacts = Pick<Settled, 'tries' | 'validation' | 'files' | 'attention' | 'agent' | 'costUsd' | 'durationMs'>;

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
    // A change of what the gates are needs a person's eyes, whatever the config asks for otherwise (R11.5).
    approvals: Math.max(config.approvals, facts.attention.length > 0 ? 1 : 0),
    runUrl: site.runUrl,
  };
}

async function openPull(site: PublishSite, assignment: Assignment, facts: SeenFacts): Promise<PullNumber | Problem> {
  const here = inRepository(site.repository);
  const { segment, attempt, baseBranch } = assignment;
  const told = pullFacts(site, assignment, facts);
  const words = { title: pullTitle(segment), body: pullBody(told) };
  const { data: open } = await site.client.request('GET /repos/{owner}/{repo}/pulls', {
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
    // Private repositories of free plans have no drafts.
    const noDrafts = error instanceof GitHubRefused && error.status === 422 && /draft/i.test(error.message);
    if (as === 'ready' || !noDrafts) throw error;
    return createPull(client, call, 'ready');
  }
}

const CONCLUSIONS = {
  pass: 'success',
  fail: 'failure',
  'timed out': 'failure',
  'not applicable': 'neutral',
} as const;

/** One check run a gate, on the commit that was pushed: what branch rules can require and people see first. */
async function reportChecks(site: PublishSite, head: HeadSha, validation: readonly GateResult[]): Promise<void> {
  const here = inRepository(site.repository);
  const { data } = await site.client.request('GET /repos/{owner}/{repo}/commits/{ref}/check-runs', {
    ...here,
    ref: head,
    per_page: 100,
  });
  const there = new Map(data.check_runs.map(({ name, conclusion }) => [name, conclusion]));
  for (const { gate, verdict, command, output } of validation) {
    const name = `swarm / ${gate}`;
    // Said already; what was red before and is green now is said anew, and replaces it.
    if (there.get(name) === CONCLUSIONS[verdict]) continue;
    const title = verdict === 'not applicable' ? `not applicable: ${command}` : `${verdict}: ${command}`;
    await site.client.request('POST /repos/{owner}/{repo}/check-runs', {
      ...here,
      name,
      head_sha: head,
      status: 'completed',
      conclusion: CONCLUSIONS[verdict],
      details_url: site.runUrl,
      output: {
        title: clip(oneLine(title), 200),
        summary: output === '' ? 'No output.' : block(output, { max: 20_000 }),
      },
    });
  }
}
