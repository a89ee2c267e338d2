/**
 * People's verdicts on a pull request, and everything that still keeps it from merging.
 *
 * A verdict is given for one commit. A push makes it stale: an approval never covers code that its author has not seen
 * (SPEC R6.2, R11.6).
 */

import type { Config } from '#core/model/config';
import type { Instant } from '#core/model/epic';
import type { Rejection, SegmentRecord } from '#core/model/journal';
import { mayWrite, type Person } from '#core/model/people';
import type { ReviewWait } from '#core/model/progress';
import { approvalsNeeded, type Proof, proofOf } from '#core/model/proof';
import type { Check, Pull, Review } from '#core/model/snapshot';

/**
 * People with an approval that holds for the pull request's current head.
 *
 * Reviews count by each person's latest opinion, given for this very commit, by a person who may write at this
 * moment and did not open the pull request. Bots never count.
 */
export function approvers(pull: Pull, record: SegmentRecord): readonly string[] {
  const yes = new Map<number, string>();
  for (const review of latestOpinions(pull)) {
    if (review.state !== 'approved' || review.head !== pull.head) continue;
    if (mayJudge(review.by, pull)) yes.set(review.by.id, review.by.login);
  }
  for (const approval of record.approvals) {
    if (approval.head === pull.head && approval.byId !== pull.author.id) yes.set(approval.byId, approval.by);
  }
  return [...yes.values()].sort();
}

/** The rejection that stands against the current head, if there is one: from a review, or from `/reject`. */
export function rejection(pull: Pull, record: SegmentRecord): Rejection | undefined {
  const said = record.rejections.findLast((each) => each.head === pull.head && each.pull === pull.number);
  if (said) return said;
  const review = latestOpinions(pull).find(
    (each) => each.state === 'changes requested' && each.head === pull.head && mayJudge(each.by, pull),
  );
  if (!review) return undefined;
  return {
    by: review.by.login,
    at: review.at,
    head: pull.head,
    pull: pull.number,
    reason: review.body,
    comments: pull.reviews
      .filter((each) => each.by.id === review.by.id && each.head === pull.head)
      .flatMap((each) => each.comments),
  };
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
  const proof = proofOf(record, pull.head);
  const missing = approvalsNeeded(config, proof?.report) - approvers(pull, record).length;
  if (missing > 0) waits.push({ kind: 'approval', missing });
  waits.push(...gateWaits(proof), ...checkWaits(pull.checks));
  if (pull.mergeable !== 'clean') waits.push({ kind: 'mergeable', state: pull.mergeable });
  else if (pull.mergeState === 'blocked' && !pull.draft && waits.length === 0) {
    waits.push({ kind: 'mergeable', state: 'blocked' });
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

const checkWaits = (checks: readonly Check[]): readonly ReviewWait[] =>
  checks
    // Gates that swarm reported itself are in the proof already.
    .filter(({ ours, conclusion }) => conclusion === 'pending' || (conclusion === 'failure' && !ours))
    .map((check) => ({
      kind: 'check' as const,
      name: check.name,
      state: check.conclusion === 'pending' ? ('pending' as const) : ('failure' as const),
    }));
