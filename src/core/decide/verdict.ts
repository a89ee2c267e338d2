/**
 * People's verdicts on a pull request, and everything that still keeps it from merging.
 *
 * A verdict is given for one commit. A push makes it stale: an approval never covers code that its author has not seen
 * (SPEC R6.2, R11.6).
 */

import type { Config } from '#core/model/config';
import type { HeadSha, Instant } from '#core/model/epic';
import type { Rejection, SegmentRecord } from '#core/model/journal';
import { headsOf } from '#core/model/journal/merging';
import { mayWrite, type Person, speakerOf } from '#core/model/people';
import type { ReviewWait } from '#core/model/progress';
import { approvalsNeeded, isOwnHead, type Proof, proofOf } from '#core/model/proof';
import type { Check, Pull, Review } from '#core/model/snapshot';

/**
 * People with an approval that holds for the pull request's current head.
 *
 * Reviews count by each person's latest opinion, given for this very commit, by a person who may write at this
 * moment and did not open the pull request. Bots never count. If Swarm merged the base into the commit, and nothing else
 * was added, they still count: an approval says yes to the change, and that is the same.
 */
export const approvers = (pull: Pull, record: SegmentRecord): readonly string[] =>
  [...approvalsOf(pull, record).values()].sort();

/** By the approver's id, their login. */
function approvalsOf(pull: Pull, record: SegmentRecord): ReadonlyMap<number, string> {
  const yes = new Map<number, string>();
  const heads = headsOf(record.updates, pull.head);
  const counts = ({ head, at }: { readonly head: HeadSha; readonly at: Instant }): boolean =>
    heads.includes(head) && at >= (reopenedByStranger(pull)?.at ?? 0);
  for (const review of latestOpinions(pull)) {
    if (review.state === 'approved' && counts(review) && mayJudge(review.by, pull)) {
      yes.set(review.by.id, review.by.login);
    }
  }
  for (const approval of record.approvals) {
    if (counts(approval) && approval.byId !== pull.author.id) yes.set(approval.byId, approval.by);
  }
  return yes;
}

/** A pull request that was closed may be merged again only on a person's word: triage permission is enough to reopen it. */
const reopenedByStranger = ({ reopened }: Pull): Pull['reopened'] =>
  reopened && !(reopened.by.kind === 'person' && mayWrite(reopened.by)) ? reopened : undefined;

/**
 * The approvals that are still missing. A reopening by somebody without write access needs a new one, whatever the
 * config says. And the person who pushed the head cannot be the only one who approves it (SPEC R3.5): if GitHub does not
 * say who pushed, a second approval makes sure of that.
 */
function approvalWaits(pull: Pull, record: SegmentRecord, asked: number): readonly ReviewWait[] {
  const stranger = reopenedByStranger(pull);
  const needed = Math.max(asked, stranger ? 1 : 0);
  const approvals = approvalsOf(pull, record);
  const missing = needed - approvals.size;
  if (missing > 0) {
    const despite = stranger && ({ kind: 'reopened', by: stranger.by.login } as const);
    return [{ kind: 'approval', missing, ...(despite ? { despite } : {}) }];
  }
  if ((needed === 0 && !pull.asksReview) || isOwnHead(record, pull.head)) return [];
  const { pushedBy } = pull;
  const others = pushedBy ? [...approvals.keys()].filter((id) => id !== pushedBy.id).length : approvals.size - 1;
  if (others > 0) return [];
  const despite = { kind: 'pushed', ...(pushedBy ? { by: pushedBy.login } : {}) } as const;
  return [{ kind: 'approval', missing: 1, despite }];
}

/** The rejection that stands against the current head, if there is one: from a review, or from `/reject`. */
export function rejection(pull: Pull, record: SegmentRecord): Rejection | undefined {
  const heads = headsOf(record.updates, pull.head);
  const said = record.rejections.findLast((each) => heads.includes(each.head) && each.pull === pull.number);
  const review = latestOpinions(pull).find(
    (each) => each.state === 'changes requested' && heads.includes(each.head) && mayJudge(each.by, pull),
  );
  // A review that an attempt answers is in the journal, too. Another one of the same head may follow it.
  if (said && !(review && review.at > said.at)) return said;
  if (!review) return undefined;
  return {
    ...speakerOf(review.by),
    at: review.at,
    head: pull.head,
    pull: pull.number,
    reason: review.body,
    comments: pull.reviews
      .filter((each) => each.by.id === review.by.id && heads.includes(each.head))
      .flatMap((each) => each.comments),
  };
}

/**
 * The rejection to which the agent changed nothing, until a person approves or rejects it again. It is no reason to start
 * another agent: it would be asked the same, and its answer is known.
 */
export function unchanged(pull: Pull, record: SegmentRecord): Unchanged | undefined {
  const last = record.attempts.at(-1);
  const { outcome } = last ?? {};
  const rejected = rejection(pull, record);
  if (last?.why !== 'rework' || outcome?.kind !== 'no-change' || !rejected || rejected.at > last.claimedAt)
    return undefined;
  const yes = [
    ...latestOpinions(pull).filter(({ state, by }) => state === 'approved' && mayJudge(by, pull)),
    ...record.approvals,
  ];
  const isDecided = yes.some(({ head, at }) => head === pull.head && at > outcome.at);
  return isDecided ? undefined : { attempt: last.id, by: rejected.by, said: outcome.report.agent.summary };
}

export interface Unchanged {
  readonly attempt: string;
  /** The person who rejected it. */
  readonly by: string;
  /** The agent's words. */
  readonly said: string;
}

function latestOpinions(pull: Pull): readonly Review[] {
  const latest = new Map<number, Review>();
  for (const review of pull.reviews) {
    // A comment is not a verdict: an earlier approval or rejection still stands, as on GitHub.
    if (review.state === 'commented') continue;
    latest.set(review.by.id, review);
  }
  return [...latest.values()];
}

/** Bots never count, even if the config lets them give commands (SPEC R11.6). */
export const mayJudge = (person: Person, pull: Pull): boolean =>
  person.id !== pull.author.id && person.kind === 'person' && mayWrite(person);

/** A merge queue brings what it merges up to date itself. */
const isBehindItsBase = ({ mergeState, queue, draft }: Pull): boolean => mergeState === 'behind' && !queue && !draft;

/** A merge that GitHub refused is tried again after this long: rules, locks and required checks change. */
export const MERGE_AGAIN_MS = 60_000;

/**
 * Everything that still keeps an open pull request from merging. An empty list means that it may merge.
 *
 * Green means: every gate reported `pass`, or said why it does not apply, for this very commit. Silence is not green: a
 * gate skipped by a mistyped `if:` never turns red, so "nothing failed" would let unproven work through. A head that
 * swarm has not looked at is unproven.
 */
export function reviewWaits(pull: Pull, record: SegmentRecord, config: Config, now: Instant): readonly ReviewWait[] {
  const waits: ReviewWait[] = [];
  const position = pull.queue?.position;
  if (position !== undefined) waits.push({ kind: 'queue', position });
  const proof = proofOf(record, pull.head);
  waits.push(...approvalWaits(pull, record, approvalsNeeded(config, proof?.report)));
  waits.push(...gateWaits(proof), ...checkWaits(pull.checks, proof));
  // A run that nobody let start has proven nothing, and people would take a merge for a sign that it passed.
  const { heldWorkflows: workflows } = pull;
  if (workflows) waits.push({ kind: 'held runs', workflows });
  if (pull.mergeable !== 'clean') waits.push({ kind: 'mergeable', state: pull.mergeable });
  else if (pull.mergeState === 'blocked' && !pull.draft && waits.length === 0) waits.push(...ruleWaits(pull));
  else if (isBehindItsBase(pull) && waits.length === 0 && config.merge === 'automatic') {
    waits.push({ kind: 'behind' });
  }
  if (record.mergeRefusal?.head === pull.head && now - record.mergeRefusal.at < MERGE_AGAIN_MS) {
    waits.push({ kind: 'merge refused', message: record.mergeRefusal.message });
  }
  if (config.merge === 'manual' && waits.length === 0) waits.push({ kind: 'merge by hand' });
  return waits;
}

function gateWaits(proof: Proof | undefined): readonly ReviewWait[] {
  if (!proof || proof.report.validation.length === 0) return [{ kind: 'unproven' }];
  return proof.report.validation
    .filter((each) => each.verdict === 'fail' || each.verdict === 'timed out')
    .map((each) => ({ kind: 'gate' as const, gate: each.gate }));
}

const checkWaits = (checks: readonly Check[], proof: Proof | undefined): readonly ReviewWait[] =>
  checks.flatMap(({ name, conclusion, since }): readonly ReviewWait[] => {
    const check = { kind: 'check', name } as const;
    if (conclusion === 'pending') return [{ ...check, state: 'pending', ...(since === undefined ? {} : { since }) }];
    return conclusion === 'failure' && !isRedGate(name, proof) ? [{ ...check, state: 'failure' }] : [];
  });

/**
 * Answers whether a red check is one that Swarm reports itself, `swarm / tests`. The proof names its gate already. A name
 * can be anybody's, so a red check counts unless the proof has that gate, and has it red.
 */
const isRedGate = (name: string, proof: Proof | undefined): boolean =>
  proof?.report.validation.some(
    ({ gate, verdict }) => name === `swarm / ${gate}` && (verdict === 'fail' || verdict === 'timed out'),
  ) ?? false;

/** The rules of the branch that are not met, where nothing else keeps the pull request from merging. */
function ruleWaits({ missingChecks = [], reviewMissing }: Pull): readonly ReviewWait[] {
  const waits: readonly ReviewWait[] = [
    ...missingChecks.map((name) => ({ kind: 'check', name, state: 'missing' }) as const),
    ...(reviewMissing ? [{ kind: 'review', ...reviewMissing } as const] : []),
  ];
  return waits.length > 0 ? waits : [{ kind: 'mergeable', state: 'blocked' }];
}
