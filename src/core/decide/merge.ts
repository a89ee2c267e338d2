/**
 * Work that is approved and green is merged, one pull request at a time. Work that is merged is settled: criteria are
 * ticked, issues closed, branches deleted.
 */
import type { Reason } from '#core/model/decision';
import type { IssueNumber, PullNumber, Segment } from '#core/model/epic';
import { keptOf } from '#core/model/journal';
import { actKeys, withoutAct } from '#core/model/journal-lenses';
import { segmentsOf } from '#core/model/plan';
import { isDone, type Progress } from '#core/model/progress';
import type { Issue, Pull } from '#core/model/snapshot';
import { fixedCriteria, metCriteria, tick } from './calibration.ts';
import { type Draft, GRACE_MS } from './draft.ts';
import { expectLanding } from './merging/landing.ts';
import { isAsked, isBehind, isOnItsWay, updateBranch } from './merging/update.ts';
import { isChanged } from './progress.ts';
import type { Situation } from './situation.ts';
import { MERGE_AGAIN_MS } from './verdict.ts';

/** GitHub computes `mergeable` in the background; this is how soon to ask again. */
const MERGEABLE_MS = 5_000;

/** A pull request that has to be updated from its base before it can be merged. */
interface Behind {
  readonly segment: IssueNumber;
  readonly pull: Pull;
}

/**
 * One merge per look, in the plan's order: each merge changes what the next one has to fit. If none may merge, the first
 * one that is behind its base is updated.
 */
export function mergeNext(situation: Situation, draft: Draft): void {
  const behind: Behind[] = [];
  let isWayTaken = false;
  for (const number of situation.plan.waves.flatMap(segmentsOf)) {
    const progress = situation.progress.get(number);
    const published = situation.publishedPull(number);
    if (published && isOnItsWay(situation, number, published)) isWayTaken = true;
    if (published && isBehind(progress)) behind.push({ segment: number, pull: published });
    if (progress?.kind === 'in review') waitForGitHub(draft, progress);
    if (progress?.kind !== 'to merge') continue;
    const segment = situation.segments.get(number);
    const pull = situation.pulls.get(progress.pull);
    if (!segment || !pull) continue;
    const { approvedBy } = progress;
    const reason = { kind: 'may merge', segment: number, head: pull.head, approvedBy } as const;
    if (pull.draft) {
      draft.decide({ kind: 'mark ready', pull: pull.number, pullId: pull.id, reason });
      draft.lookAgain(GRACE_MS);
      return;
    }
    if (pull.queue) {
      enqueue(situation, draft, pull, reason);
      return;
    }
    const method = situation.config.mergeMethod ?? situation.snapshot.mergeMethods[0];
    // Without a method, the preflight holds the epic.
    if (!method) return;
    const key = actKeys.merge(pull.number, pull.head);
    // A refused merge is tried again: rules, locks and required checks change.
    if (draft.journal.acts[key]?.state === 'refused') draft.journal = withoutAct(draft.journal, key);
    if (draft.journal.acts[key]?.state !== 'done') {
      draft.journal = expectLanding(draft.journal, pull, method);
    }
    draft.once({
      kind: 'merge',
      key,
      pull: pull.number,
      head: pull.head,
      base: pull.base,
      method,
      segment,
      epic: situation.snapshot.epic.number,
      approvedBy,
      reason,
    });
    return;
  }
  const asked = behind.find(({ segment, pull }) => isAsked(situation, segment, pull));
  const next = asked ?? (isWayTaken ? undefined : behind[0]);
  if (next) updateBranch(situation, draft, next.segment, next.pull);
}

/** A queue that accepted a pull request and does not show it after this long is asked again. */
const QUEUED_MS = 60_000;

/** The queue merges it, with the checks of its own. */
function enqueue({ now }: Situation, draft: Draft, pull: Pull, reason: Reason): void {
  const key = actKeys.enqueue(pull.number, pull.head);
  const act = draft.journal.acts[key];
  const isLost = act?.state === 'done' && now - act.at >= QUEUED_MS;
  if (isLost || act?.state === 'refused') draft.journal = withoutAct(draft.journal, key);
  const { number, id, head, base } = pull;
  draft.once({ kind: 'enqueue', key, pull: number, pullId: id, head, base, reason });
  draft.lookAgain(GRACE_MS);
}

/**
 * Takes pull requests out of the queue that Swarm put in and that may not be merged any more. The queue takes minutes, and
 * a verdict, a cancellation or the kill switch can come in between.
 */
export function leaveQueue(situation: Situation, draft: Draft): void {
  const isOver = situation.journal.phase === 'cancelled' || situation.isStopped;
  for (const [segment, progress] of situation.progress) {
    const pull = situation.publishedPull(segment);
    if (pull?.state !== 'open' || pull.queue?.position === undefined) continue;
    const key = actKeys.enqueue(pull.number, pull.head);
    const mayStay = progress.kind === 'in review' && progress.waits.every(({ kind }) => kind !== 'approval');
    // A person who puts one in answers for it.
    if (draft.journal.acts[key] === undefined || (mayStay && !isOver)) continue;
    draft.journal = withoutAct(draft.journal, key);
    const reason = { kind: 'may not merge', pull: pull.number } as const;
    draft.decide({ kind: 'dequeue', pull: pull.number, pullId: pull.id, reason });
  }
}

function waitForGitHub(draft: Draft, progress: Extract<Progress, { kind: 'in review' }>): void {
  for (const wait of progress.waits) {
    if (wait.kind === 'mergeable' && wait.state === 'unknown') draft.lookAgain(MERGEABLE_MS);
    if (wait.kind === 'landing') draft.lookAgain(MERGEABLE_MS);
    if (wait.kind === 'queue') draft.lookAgain(QUEUED_MS);
    if (wait.kind === 'merge refused') draft.lookAgain(MERGE_AGAIN_MS);
  }
}

/** After a merge: tick the criteria that are met, close the issue, delete the branch (SPEC R6.5, R6.6). */
export function settleMerged(situation: Situation, draft: Draft): void {
  for (const segment of situation.plan.segments) {
    const progress = situation.progress.get(segment.number);
    const issue = situation.issues.get(segment.number);
    if (!issue || !progress) continue;
    const pull = situation.publishedPull(segment.number);
    if (progress.kind === 'merged' && pull) {
      tickMet(situation, draft, segment, pull);
      deleteBranches(situation, draft, segment.number, pull);
    }
    closeSegment(situation, draft, issue, progress);
  }
}

function tickMet(situation: Situation, draft: Draft, segment: Segment, pull: Pull): void {
  const record = situation.record(segment.number);
  const met = metCriteria(segment, record);
  tickCriteria(situation, draft, segment, met, pull.number);
  // A fix segment meets the criteria of the segment that left them open.
  const fixes = record.fix?.mends;
  const fixed = fixes && situation.segments.get(fixes.issue);
  const issue = situation.issues.get(segment.number);
  if (fixed && issue && !isChanged(situation.journal, issue)) {
    tickCriteria(situation, draft, fixed, fixedCriteria(segment, fixes, met), pull.number);
  }
}

/** The only edit that Swarm makes to a person's text. A text that changed since it was authorised is left alone. */
function tickCriteria(
  { issues, journal }: Situation,
  draft: Draft,
  segment: Segment,
  met: ReadonlySet<string>,
  pull: PullNumber,
): void {
  const issue = issues.get(segment.number);
  if (!issue || isChanged(journal, issue)) return;
  const body = tick(issue.body, segment.spec.criteria, met);
  if (body === issue.body) return;
  const reason = { kind: 'criteria met', segment: segment.number, pull } as const;
  draft.decide({ kind: 'tick criteria', issue: issue.number, was: issue.body, body, reason });
}

/** Only merged commits are deleted: a push that came later is somebody's work. */
function deleteBranches(situation: Situation, draft: Draft, segment: IssueNumber, pull: Pull): void {
  const { branches } = situation.snapshot;
  if (branches[pull.branch] === pull.head) {
    const reason = { kind: 'pull merged', pull: pull.number } as const;
    draft.decide({ kind: 'delete branch', branch: pull.branch, head: pull.head, reason });
  }
  for (const { branch, head } of situation.record(segment).attempts.flatMap(keptOf)) {
    if (branches[branch] !== head) continue;
    draft.decide({ kind: 'delete branch', branch, head, reason: { kind: 'kept work obsolete', pull: pull.number } });
  }
}

function closeSegment(situation: Situation, draft: Draft, issue: Issue, progress: Progress): void {
  // An epic that is its own segment stays open until it is accepted.
  if (issue.state !== 'open' || issue.number === situation.snapshot.epic.number) return;
  // Skipped here, and under way in the epic that has it.
  if (situation.snapshot.owners?.[issue.number] !== undefined) return;
  const close = { kind: 'close issue', issue: issue.number, issueId: issue.id } as const;
  if (progress.kind === 'merged') {
    draft.decide({ ...close, as: 'completed', reason: { kind: 'pull merged', pull: progress.pull } });
  }
  if (progress.kind === 'answered') {
    draft.decide({ ...close, as: 'completed', reason: { kind: 'question researched' } });
  }
  if (progress.kind !== 'skipped') return;
  const pull = situation.publishedPull(issue.number);
  if (pull?.state === 'open') {
    draft.decide({ kind: 'close pull', pull: pull.number, reason: { kind: 'segment skipped', segment: issue.number } });
  }
  const { skipped } = situation.record(issue.number);
  if (skipped) {
    const reason = { kind: 'skipped by', by: skipped.by, why: skipped.reason } as const;
    draft.decide({ ...close, as: 'not planned', reason });
  }
}

/** A group ends with the last of its leaves (SPEC R1.1). A group whose leaves were all skipped was not done. */
export function closeGroups({ snapshot, progress }: Situation, draft: Draft): void {
  const leavesOf = (group: Issue): readonly Issue[] =>
    snapshot.issues
      .filter((issue) => issue.parent === group.number)
      .flatMap((issue) => (issue.children.length > 0 ? leavesOf(issue) : [issue]));
  for (const group of snapshot.issues) {
    if (group.children.length === 0 || group.state !== 'open') continue;
    const leaves = leavesOf(group);
    const isOver = leaves.every(({ number, state }) => state !== 'open' && isDone(progress.get(number)));
    if (leaves.length === 0 || !isOver) continue;
    const isSkipped = leaves.every(({ number }) => progress.get(number)?.kind === 'skipped');
    draft.decide({
      kind: 'close issue',
      issue: group.number,
      issueId: group.id,
      as: isSkipped ? 'not planned' : 'completed',
      reason: { kind: 'group over', group: group.number, as: isSkipped ? 'skipped' : 'done' },
    });
  }
}
