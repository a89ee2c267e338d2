/**
 * Snapshot → the progress of each segment. It is derived here alone, and stored nowhere.
 */
import type { Config } from '#core/model/config';
import type { Instant, IssueNumber, Segment } from '#core/model/epic';
import {
  type Attempt,
  type AuthorisedSegment,
  epicBudgetSpent,
  isCutShort,
  type Journal,
  type Rejection,
  type SegmentRecord,
} from '#core/model/journal';
import { leftUsd, segmentBudget } from '#core/model/journal/budgets';
import { mayStillSpeak } from '#core/model/journal/say-so';
import { actKeys, jobsOf, recordOf } from '#core/model/journal-lenses';
import { isTrusted, type Speaker } from '#core/model/people';
import type { Plan } from '#core/model/plan';
import type { Problem } from '#core/model/problem';
import type { Progress, Progresses } from '#core/model/progress';
import { proofOf, redHead } from '#core/model/proof';
import { questionOpen } from '#core/model/question';
import { isReady } from '#core/model/report';
import type { Issue, Pull, Snapshot } from '#core/model/snapshot';
import { refText } from '#core/text/markdown';
import { mayEscalate } from './agents/escalation.ts';
import { GRACE_MS } from './draft.ts';
import { conflictProgress, isSpent } from './merging/conflict.ts';
import { isLanding, landingFault } from './merging/landing.ts';
import { approvers, rejection, reviewWaits, unchanged } from './verdict.ts';

/** Everything that a look at an epic rests on. All other facts are derived from these four. */
export interface Facts {
  readonly snapshot: Snapshot;
  readonly journal: Journal;
  readonly plan: Plan;
  readonly config: Config;
}

/** The progress of every segment of the plan. `ready` leaves open what only the schedule can say. */
export function deriveProgress(facts: Facts): Progresses {
  const { snapshot, journal, plan } = facts;
  const issues = issuesOf(snapshot);
  return new Map(
    plan.segments.map((segment) => {
      const issue = issues.get(segment.number);
      const record = recordOf(journal, segment.number);
      return [segment.number, issue ? progressOf(facts, segment, issue, record) : { kind: 'ready' }];
    }),
  );
}

/** Every issue that can be a segment, by number: those below the epic, and the epic itself. */
export const issuesOf = ({ epic, issues }: Snapshot): ReadonlyMap<IssueNumber, Issue> =>
  new Map([...issues, epic].map((issue) => [issue.number, issue]));

function progressOf(facts: Facts, segment: Segment, issue: Issue, record: SegmentRecord): Progress {
  const progress = progressSoFar(facts, segment, issue, record);
  const isNext = progress.kind === 'ready' || progress.kind === 'to rework';
  const budget = isNext ? segmentBudget(segment.spec, record, facts.config) : undefined;
  // Another agent would be stopped before it did anything.
  return budget && leftUsd(budget) === 0 ? { kind: 'blocked', problem: { kind: 'BUDGET_SPENT', ...budget } } : progress;
}

function progressSoFar(facts: Facts, segment: Segment, issue: Issue, record: SegmentRecord): Progress {
  const { snapshot, journal, config } = facts;
  const attempt = record.attempts.at(-1);
  const outcome = attempt?.outcome;
  const pull = publishedPull(snapshot, record);

  const forgiven = record.attempts.length <= record.forgiven;
  const elsewhere = pull && retargeted(journal, record, pull);

  if (pull?.state === 'merged' && !elsewhere) return mergedProgress(pull, record);
  if (record.skipped) return { kind: 'skipped', reason: record.skipped.reason };
  if (elsewhere && !forgiven && outcome) return { kind: 'blocked', problem: elsewhere };
  if (attempt && !outcome) return runningProgress(snapshot, journal, attempt);
  if (attempt && outcome?.kind === 'no-change' && outcome.report.agent.summary && answersInWords(attempt)) {
    return { kind: 'answered' };
  }
  const turned = turnedByStranger(facts, issue);
  if (turned?.to === 'closed') return { kind: 'blocked', problem: turned };
  // An epic without sub-issues is its own segment, and stays open until it is accepted.
  if (issue.number !== snapshot.epic.number && issue.state !== 'open') {
    return issue.state === 'completed' ? { kind: 'closed before' } : { kind: 'skipped' };
  }
  if (outcome?.kind === 'published' && !pull) {
    // Its report was read in this very look; the next look asks for the pull request that it names.
    const { pull: number, head } = outcome;
    return { kind: 'in review', pull: number, head, waits: [{ kind: 'mergeable', state: 'unknown' }] };
  }
  const blocked = forgiven ? undefined : blockedBy(record, pull, config, snapshot.now);
  // A proof that failed to run, or a conflict that was not resolved, leaves the work that is there as it is.
  const isLeft =
    attempt?.why === 'prove' || (attempt && isUnchanged(attempt) && !forgiven && !mayEscalate(record, config));
  const isAsItWas = attempt !== undefined && ((isLeft && !blocked) || isSpent(attempt));
  const isDecided = outcome?.kind === 'published' || isAsItWas;
  if (pull?.state === 'open' && isDecided) return pullProgress(facts, pull, record);
  if (blocked) return { kind: 'blocked', problem: blocked };
  const consent = consentMissing(facts, segment, issue, record);
  return consent ? { kind: 'not in this execution', problem: consent } : { kind: 'ready' };
}

/** For these workers the findings are the result; a change is optional. */
export const answersInWords = ({ worker }: Attempt): boolean => worker === 'research' || worker === 'security';

function runningProgress(snapshot: Snapshot, journal: Journal, attempt: Attempt): Progress {
  const run = snapshot.runs.find(({ id }) => id === journal.dispatches[attempt.dispatch]?.runId);
  const current = run && jobsOf(run, attempt.id).find((job) => job.state === 'running');
  if (!current) {
    const isReported = snapshot.reports.some((report) => report.attempt === attempt.id && isReady(report));
    return isReported ? { kind: 'running', step: 'publish' } : { kind: 'queued' };
  }
  const job = current.name.split(' / ').at(-1) ?? current.name;
  return {
    kind: 'running',
    step: current.step ? `${job}: ${current.step}` : job,
    ...(current.since === undefined ? {} : { since: current.since }),
    ...(current.url === undefined ? {} : { log: current.url }),
  };
}

/** The pull request of the latest attempt that published one. */
export function publishedPull(snapshot: Snapshot, record: SegmentRecord): Pull | undefined {
  const outcome = record.attempts.findLast((attempt) => attempt.outcome?.kind === 'published')?.outcome;
  return outcome?.kind === 'published' ? snapshot.pulls.find((pull) => pull.number === outcome.pull) : undefined;
}

/** A pull request that goes, or went, into another branch than the one that it was made for. */
function retargeted({ authorisation }: Journal, record: SegmentRecord, pull: Pull): Problem | undefined {
  const made = record.attempts.findLast(({ outcome }) => outcome?.kind === 'published');
  const wanted = made?.into ?? authorisation?.baseBranch;
  if (wanted === undefined || pull.state === 'closed' || pull.base === wanted) return undefined;
  return {
    kind: 'PULL_RETARGETED',
    at: { pull: pull.number },
    base: pull.base,
    wanted,
    isMerged: pull.state === 'merged',
  };
}

/** An issue of the epic that somebody without write access closed or reopened after a person had authorised it. */
export function turnedByStranger(
  { journal: { authorisation }, config }: Pick<Facts, 'journal' | 'config'>,
  { number, state, turned }: Issue,
): TurnedByStranger | undefined {
  const since = authorisation?.segments[number]?.at ?? authorisation?.at;
  if (!turned || since === undefined || turned.at <= since || isTrusted(turned.by, config)) return undefined;
  if ((turned.to === 'open') !== (state === 'open')) return undefined;
  return { kind: 'ISSUE_TURNED', at: { issue: number }, login: turned.by.login, to: turned.to };
}

type TurnedByStranger = Extract<Problem, { kind: 'ISSUE_TURNED' }>;

/** How long GitHub's answers about a pull request may lag behind a push that its refs already show. */
const STALE_MS = 60_000;

/** A head that is older than the one Swarm published last: GitHub answered late, and no one pushed it. */
function isStale(pull: Pull, record: SegmentRecord, now: Instant): boolean {
  const latest = record.attempts.findLastIndex((attempt) => attempt.outcome?.kind === 'published');
  const last = record.attempts[latest]?.outcome;
  if (last?.kind !== 'published' || last.head === pull.head || now - last.at > STALE_MS) return false;
  const isFrom = record.attempts.slice(0, latest + 1).some(({ from }) => from === pull.head);
  return isFrom || proofOf(record, pull.head) !== undefined;
}

/** Merged is what the base shows, not what GitHub says (SPEC R6.9). */
function mergedProgress(pull: Pull, record: SegmentRecord): Progress {
  const problem = landingFault(pull, record);
  if (problem) return { kind: 'blocked', problem };
  if (isLanding(pull, record)) {
    return { kind: 'in review', pull: pull.number, head: pull.head, waits: [{ kind: 'landing' }] };
  }
  return { kind: 'merged', pull: pull.number, ...(pull.mergedAt === undefined ? {} : { at: pull.mergedAt }) };
}

function pullProgress(facts: Facts, pull: Pull, record: SegmentRecord): Progress {
  const { config } = facts;
  const { now } = facts.snapshot;
  if (isStale(pull, record, now)) {
    return {
      kind: 'in review',
      pull: pull.number,
      head: pull.head,
      waits: [{ kind: 'mergeable', state: 'unknown' }],
    };
  }
  const unmoved = unchanged(pull, record);
  const rejected = unmoved ? undefined : standingRejection(pull, record);
  if (rejected) {
    const rounds = record.attempts.slice(record.forgiven).filter((each) => each.why === 'rework').length;
    return rounds < config.reworks
      ? { kind: 'to rework', pull: pull.number, why: { kind: 'rejected', reason: rejected.reason } }
      : { kind: 'blocked', problem: { kind: 'REWORK_LIMIT', rounds, last: rejected.reason } };
  }
  if (pull.mergeable === 'conflicting') return conflictProgress(pull, record);
  if (redHead(pull, record) && record.attempts.length <= record.forgiven) {
    return { kind: 'to rework', pull: pull.number, why: { kind: 'red gates' } };
  }
  if (pull.draft && pull.draftBy !== undefined) {
    return { kind: 'blocked', problem: { kind: 'PULL_DRAFT', at: { pull: pull.number }, login: pull.draftBy } };
  }
  const again = { kind: 'approval', missing: 1, despite: { kind: 'unchanged', by: unmoved?.by ?? '' } } as const;
  const asked = reviewWaits(pull, record, config, now);
  const waits = unmoved ? [again, ...asked.filter(({ kind }) => kind !== 'approval')] : asked;
  const stuck = waits.some(({ kind }) => kind === 'behind') ? stuckBehind(facts, pull, record) : undefined;
  if (stuck) return { kind: 'blocked', problem: stuck };
  const removed = removedFromQueue(facts, pull);
  if (removed) return { kind: 'blocked', problem: removed };
  return waits.length === 0
    ? { kind: 'to merge', pull: pull.number, head: pull.head, approvedBy: approvers(pull, record) }
    : { kind: 'in review', pull: pull.number, head: pull.head, waits };
}

/** The merge queue took it out after Swarm had put this head in. */
function removedFromQueue({ journal }: Facts, { number, head, base, queue }: Pull): Problem | undefined {
  const act = journal.acts[actKeys.enqueue(number, head)];
  if (!act || queue?.position !== undefined || !queue?.removed) return undefined;
  const { at, reason } = queue.removed;
  // GitHub's times are whole seconds.
  return at < Math.floor(act.at / 1_000) * 1_000
    ? undefined
    : { kind: 'QUEUE_REMOVED', at: { pull: number }, base, reason };
}

/** How often a pull request is updated from its base before Swarm tells a person that the base is too busy for it. */
const UPDATES_LIMIT = 5;

/** The problem that keeps a pull request from being updated from its base. */
function stuckBehind({ journal, snapshot }: Facts, pull: Pull, { updates = [] }: SegmentRecord): Problem | undefined {
  const at = { pull: pull.number };
  const { base } = pull;
  const act = journal.acts[actKeys.update(pull.number, pull.head)];
  // GitHub may have judged by an older head or base.
  if (act?.state === 'refused' && snapshot.now - act.at >= GRACE_MS) {
    return { kind: 'UPDATE_REFUSED', at, base, message: act.refusal?.message ?? '' };
  }
  const counted = updates.filter((each) => each.pull === pull.number && !each.forgiven).length;
  const isAsked = act !== undefined && act.state !== 'done';
  return counted >= UPDATES_LIMIT && !isAsked ? { kind: 'BRANCH_BEHIND', at, base, updates: counted } : undefined;
}

/** The problem that the latest attempt ended with and that a person has to solve. */
function blockedBy(record: SegmentRecord, pull: Pull | undefined, config: Config, now: Instant): Problem | undefined {
  const attempt = record.attempts.at(-1);
  const outcome = attempt?.outcome;
  if (!attempt || !outcome) return undefined;
  if (attempt.why === 'prove' && pull?.state === 'closed') return { kind: 'PULL_CLOSED', at: { pull: pull.number } };
  // Another agent or a stronger model tries before a person has to (SPEC R8.1).
  if (mayEscalate(record, config)) return undefined;
  switch (outcome.kind) {
    case 'failed':
      // It is retried once there is money. Until then it waits for a higher budget, as what has not started does.
      if (epicBudgetSpent(outcome) !== undefined) return undefined;
      // A provider's outage is not a failed attempt: Swarm waits for its end (SPEC R5.13).
      if (outcome.problem.kind === 'AGENT_LATER' && laterAttempts(record) < LATER_LIMIT) {
        return undefined;
      }
      return outcome.problem.kind === 'RUN_CUT_SHORT' && lostRuns(record) < config.attempts
        ? undefined
        : outcome.problem;
    case 'no-change':
      return isUnchanged(attempt) && pull?.state === 'open' ? undefined : { kind: 'NO_CHANGE' };
    case 'asked':
      return questionOpen(record, config, now);
    case 'lost': {
      const attempts = lostRuns(record);
      return attempts < config.attempts ? undefined : { kind: 'RUN_LOST', conclusion: outcome.conclusion, attempts };
    }
    case 'published':
      return pull?.state === 'closed' ? { kind: 'PULL_CLOSED', at: { pull: pull.number } } : undefined;
    case 'cancelled':
      return undefined;
  }
}

/** Its agent got a rejection, and changed nothing: the person decides again. */
const isUnchanged = ({ why, outcome }: Attempt): boolean => why === 'rework' && outcome?.kind === 'no-change';

/** A rejection that was answered, in that a person has decided again since the agent changed nothing, does not stand. */
function standingRejection(pull: Pull, record: SegmentRecord): Rejection | undefined {
  const last = record.attempts.at(-1);
  const rejected = rejection(pull, record);
  const isAnswered = last !== undefined && isUnchanged(last) && rejected && rejected.at <= last.claimedAt;
  return isAnswered ? undefined : rejected;
}

/** Runs that died, with or without a last report of the work they had (SPEC R8.2). */
const lostRuns = (record: SegmentRecord): number =>
  record.attempts.slice(record.forgiven).filter(({ outcome }) => outcome?.kind === 'lost' || isCutShort(outcome))
    .length;

const LATER_LIMIT = 12;

const laterAttempts = (record: SegmentRecord): number =>
  record.attempts
    .slice(record.forgiven)
    .filter(({ outcome }) => outcome?.kind === 'failed' && outcome.problem.kind === 'AGENT_LATER').length;

/**
 * Consent: may this issue run as it reads now, by what a person authorised (SPEC R11.2)?
 * @returns what is missing, or undefined when it may run.
 */
function consentMissing(facts: Facts, segment: Segment, issue: Issue, record: SegmentRecord): Problem | undefined {
  const { journal, plan, config } = facts;
  const at = { issue: issue.number };
  const authorised = journal.authorisation?.segments[issue.number];
  if (!authorised) return { kind: 'SEGMENT_NEW', at };
  const turned = turnedByStranger(facts, issue);
  if (turned) return turned;
  const speakers = [
    authorised.by === undefined ? [] : { ...authorised, by: authorised.by },
    record.included ?? [],
  ].flat();
  const silenced = speakers.find((speaker) => isSilenced(facts, speaker));
  if (silenced) return { kind: 'RIGHT_LOST', at, login: silenced.by };
  // A segment that already ran keeps the text it was given; a later change concerns the next execution.
  if (record.attempts.length === 0 && isChanged(journal, issue)) return { kind: 'SEGMENT_CHANGED', at };
  if (record.attempts.length === 0 && !sameEdges(authorised, edgesOf(plan, segment)))
    return { kind: 'EDGES_CHANGED', at };
  const authors = record.fromBlock ? [issue.editor] : [issue.author, issue.editor];
  const stranger = authors.find((person) => person && !isTrusted(person, config));
  if (stranger && !record.included && !record.fix) return { kind: 'UNTRUSTED_AUTHOR', at, login: stranger.login };
  return undefined;
}

/** Answers whether a speaker may no longer speak. People who ask for something now were just asked. */
export function isSilenced({ snapshot, config }: Pick<Facts, 'snapshot' | 'config'>, speaker: Speaker): boolean {
  const taken = snapshot.journal?.taken ?? {};
  const asking = snapshot.requests.flatMap(({ id, by }) => (taken[id] ? [] : [by]));
  return !mayStillSpeak(speaker, [...snapshot.speakers, ...asking], config);
}

/** An issue that no longer reads as it was authorised. Its text then decides nothing (SPEC R11.2). */
export const isChanged = (journal: Journal, issue: Issue): boolean =>
  journal.authorisation?.segments[issue.number]?.digest !== issue.digest;

/** Everything that a segment waits for, inside its epic and outside. */
export type Edges = Pick<AuthorisedSegment, 'blockedBy' | 'external'>;

export const edgesOf = (plan: Plan, segment: Segment): Edges => ({
  blockedBy: segment.blockedBy,
  external: plan.outside[segment.number] ?? [],
});

/** The same links. A blocker that was closed or reopened since then is not a change of its link. */
export function sameEdges(before: Edges, now: Edges): boolean {
  const all = ({ blockedBy, external }: Edges): string =>
    [...blockedBy.map((number) => `#${number}`), ...external.map((ref) => refText(ref).toLowerCase())].sort().join(' ');
  return all(before) === all(now);
}
