/**
 * Snapshot → where each segment stands: the only derivation, stored nowhere.
 */

import type { Config } from '#core/model/config';
import type { Instant, IssueNumber, Segment } from '#core/model/epic';
import {
  type Attempt,
  type AuthorisedSegment,
  isCutShort,
  type Journal,
  type SegmentRecord,
} from '#core/model/journal';
import { jobsOf, recordOf } from '#core/model/journal-lenses';
import { isTrusted } from '#core/model/people';
import type { Plan } from '#core/model/plan';
import type { Problem } from '#core/model/problem';
import type { Progress } from '#core/model/progress';
import { proofOf, redHead } from '#core/model/proof';
import { questionOpen } from '#core/model/question';
import type { Issue, Pull, Snapshot } from '#core/model/snapshot';
import { refText } from '#core/text/markdown';
import { approvers, rejection, reviewWaits } from './verdict.ts';

/** Where every segment of the plan stands, leaving open (`ready`) what only the schedule can tell. */
export function deriveProgress(
  snapshot: Snapshot,
  journal: Journal,
  plan: Plan,
  config: Config,
): ReadonlyMap<IssueNumber, Progress> {
  const issues = new Map(snapshot.issues.map((issue) => [issue.number, issue]));
  issues.set(snapshot.epic.number, snapshot.epic);
  return new Map(
    plan.segments.map((segment) => {
      const issue = issues.get(segment.number);
      const record = recordOf(journal, segment.number);
      return [
        segment.number,
        issue ? progressOf(snapshot, journal, issue, edgesOf(plan, segment), record, config) : { kind: 'ready' },
      ];
    }),
  );
}

function progressOf(
  snapshot: Snapshot,
  journal: Journal,
  issue: Issue,
  edges: Edges,
  record: SegmentRecord,
  config: Config,
): Progress {
  const attempt = record.attempts.at(-1);
  const pull = publishedPull(snapshot, record);

  if (pull?.state === 'merged') {
    return { kind: 'merged', pull: pull.number, ...(pull.mergedAt === undefined ? {} : { at: pull.mergedAt }) };
  }
  if (record.skipped) return { kind: 'skipped', reason: record.skipped.reason };
  if (attempt && !attempt.outcome) return runningProgress(snapshot, journal, attempt);
  if (attempt?.outcome?.kind === 'no-change' && attempt.outcome.report.agent.summary && answersInWords(attempt)) {
    return { kind: 'answered' };
  }
  // The epic without sub-issues is its own segment, and stays open until it is accepted.
  if (issue.number !== snapshot.epic.number && issue.state !== 'open') {
    return issue.state === 'completed'
      ? { kind: 'closed before' }
      : { kind: 'skipped', reason: 'closed as not planned' };
  }
  const forgiven = record.attempts.length <= record.forgiven;
  if (attempt?.outcome?.kind === 'published' && !pull) {
    // Its report was read in this very look; the next one asks for the pull request that it names.
    const { pull: number, head } = attempt.outcome;
    return { kind: 'in review', pull: number, head, waits: [{ kind: 'mergeable', state: 'unknown' }] };
  }
  const blocked = attempt?.outcome && !forgiven ? blockedBy(record, attempt, pull, config, snapshot.now) : undefined;
  // A proof that came to nothing leaves the work that is there as it is.
  const isDecided = attempt?.outcome?.kind === 'published' || (attempt?.why === 'prove' && !blocked);
  if (pull?.state === 'open' && isDecided) return pullProgress(pull, record, config, snapshot.now);
  if (blocked) return { kind: 'blocked', problem: blocked };
  const consent = consentMissing(journal, issue, edges, record, config);
  return consent ? { kind: 'not in this execution', problem: consent } : { kind: 'ready' };
}

/** Their result is what they found out; a change is welcome where the task asks for one. */
const answersInWords = ({ worker }: Attempt): boolean => worker === 'research' || worker === 'security';

function runningProgress(snapshot: Snapshot, journal: Journal, attempt: Attempt): Progress {
  const run = snapshot.runs.find(
    (each) => each.dispatch === attempt.dispatch && each.id === journal.dispatches[attempt.dispatch]?.runId,
  );
  const current = run && jobsOf(run, attempt.id).find((job) => job.state === 'running');
  if (!current) return { kind: 'queued' };
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

/** How long GitHub's answers about a pull request may lag behind a push that its own refs show already. */
const STALE_MS = 60_000;

/** A head that swarm knows from before what it published last: a late answer of GitHub's, and no push of anybody's. */
function isStale(pull: Pull, record: SegmentRecord, now: Instant): boolean {
  const at = record.attempts.findLastIndex((attempt) => attempt.outcome?.kind === 'published');
  const last = record.attempts[at]?.outcome;
  if (last?.kind !== 'published' || last.head === pull.head || now - last.at > STALE_MS) return false;
  const isFrom = record.attempts.slice(0, at + 1).some(({ from }) => from === pull.head);
  return isFrom || proofOf(record, pull.head) !== undefined;
}

function pullProgress(pull: Pull, record: SegmentRecord, config: Config, now: Instant): Progress {
  if (isStale(pull, record, now)) {
    return {
      kind: 'in review',
      pull: pull.number,
      head: pull.head,
      waits: [{ kind: 'mergeable', state: 'unknown' }],
    };
  }
  const no = rejection(pull, record);
  if (no) {
    const rounds = record.attempts.slice(record.forgiven).filter((each) => each.why === 'rework').length;
    return rounds < config.reworks
      ? { kind: 'to rework', pull: pull.number, reason: no.reason }
      : { kind: 'blocked', problem: { kind: 'REWORK_LIMIT', rounds, last: no.reason } };
  }
  if (pull.mergeable === 'conflicting') {
    const rounds = record.attempts.slice(record.forgiven).filter((each) => each.why === 'conflict').length;
    return rounds < CONFLICT_ROUNDS
      ? { kind: 'to rework', pull: pull.number, reason: 'conflict' }
      : { kind: 'blocked', problem: { kind: 'MERGE_CONFLICT', at: { pull: pull.number }, base: pull.base } };
  }
  if (redHead(pull, record) && record.attempts.length <= record.forgiven) {
    return { kind: 'to rework', pull: pull.number, reason: 'red gates' };
  }
  const waits = reviewWaits(pull, record, config, now);
  return waits.length === 0
    ? { kind: 'to merge', pull: pull.number, head: pull.head, approvedBy: approvers(pull, record) }
    : { kind: 'in review', pull: pull.number, head: pull.head, waits };
}

function blockedBy(
  record: SegmentRecord,
  attempt: Attempt,
  pull: Pull | undefined,
  config: Config,
  now: Instant,
): Problem | undefined {
  const outcome = attempt.outcome;
  if (!outcome) return undefined;
  if (attempt.why === 'prove' && pull?.state === 'closed') return { kind: 'PULL_CLOSED', at: { pull: pull.number } };
  switch (outcome.kind) {
    case 'failed':
      // A provider's outage is no failed attempt: it is waited out (SPEC R5.13).
      if (outcome.problem.kind === 'AGENT_LATER' && laterAttempts(record) < LATER_LIMIT) {
        return undefined;
      }
      return outcome.problem.kind === 'RUN_CUT_SHORT' && lostRuns(record) < config.attempts
        ? undefined
        : outcome.problem;
    case 'no-change':
      return { kind: 'NO_CHANGE' };
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

/** Runs that died, whether or not they could still say so and hand on what they had (SPEC R8.2). */
const lostRuns = (record: SegmentRecord): number =>
  record.attempts.slice(record.forgiven).filter(({ outcome }) => outcome?.kind === 'lost' || isCutShort(outcome))
    .length;

const CONFLICT_ROUNDS = 3;
const LATER_LIMIT = 12;
const LATER_WAIT_MS = 5 * 60_000;

const laterAttempts = (record: SegmentRecord): number =>
  record.attempts.slice(record.forgiven).filter((each) => isLater(each)).length;

const isLater = (attempt: Attempt): boolean =>
  attempt.outcome?.kind === 'failed' && attempt.outcome.problem.kind === 'AGENT_LATER';

/** When a segment whose agent asked to come back later may be tried again. */
export function notBefore(record: SegmentRecord): Instant | undefined {
  const last = record.attempts.at(-1);
  if (!last?.outcome || !isLater(last)) return undefined;
  // Its provider may know better than we do when it is worth trying.
  const problem = last.outcome.kind === 'failed' ? last.outcome.problem : undefined;
  const askedMs = problem?.kind === 'AGENT_LATER' ? (problem.waitMs ?? 0) : 0;
  return (last.outcome.at + Math.max(LATER_WAIT_MS, askedMs)) as Instant;
}

/**
 * Whether this issue, as it reads now, was part of what a person authorised (SPEC R11.2).
 * @returns what is missing, or undefined when it may run.
 */
export function consentMissing(
  journal: Journal,
  issue: Issue,
  edges: Edges,
  record: SegmentRecord,
  config: Config,
): Problem | undefined {
  const at = { issue: issue.number };
  const authorised = journal.authorisation?.segments[issue.number];
  if (!authorised) return { kind: 'SEGMENT_NEW', at };
  // What already ran keeps the text it was given; a change of it concerns the next execution.
  if (record.attempts.length === 0 && authorised.digest !== issue.digest) return { kind: 'SEGMENT_CHANGED', at };
  if (record.attempts.length === 0 && !sameEdges(authorised, edges)) return { kind: 'EDGES_CHANGED', at };
  const stranger = [issue.author, issue.editor].find((person) => person && !isTrusted(person, config));
  if (stranger && !record.included && !record.fix) return { kind: 'UNTRUSTED_AUTHOR', at, login: stranger.login };
  return undefined;
}

/** What a segment waits for, inside its epic and outside. */
export type Edges = Pick<AuthorisedSegment, 'blockedBy' | 'external'>;

export const edgesOf = (plan: Plan, segment: Segment): Edges => ({
  blockedBy: segment.blockedBy,
  external: plan.outside[segment.number] ?? [],
});

/** A link that is there or gone since then; that a blocker was closed or opened again is no change of it. */
export function sameEdges(one: Edges, other: Edges): boolean {
  const all = ({ blockedBy, external }: Edges): string =>
    [...blockedBy.map((number) => `#${number}`), ...external.map((ref) => refText(ref).toLowerCase())].sort().join(' ');
  return all(one) === all(other);
}
