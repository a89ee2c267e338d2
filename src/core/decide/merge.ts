/**
 * What is approved and green is merged, one at a time; what is merged is settled: criteria ticked, issues closed, branches
 * deleted.
 */

import type { Config } from '#core/model/config';
import type { PullNumber, Segment } from '#core/model/epic';
import { keptOf } from '#core/model/journal';
import { actKeys, recordOf, withoutAct } from '#core/model/journal-lenses';
import { type Plan, segmentsOf } from '#core/model/plan';
import { isDone, type Progress, type Progresses } from '#core/model/progress';
import type { Issue } from '#core/model/snapshot';
import { latestReport } from './board.ts';
import { mendedCriteria, metCriteria, tick } from './calibration.ts';
import { type Draft, GRACE_MS, isChanged, leafOf } from './draft.ts';
import { publishedPull } from './progress.ts';
import { approvers, MERGE_AGAIN_MS } from './verdict.ts';

/** One merge a look, in the plan's order: each changes what the next one has to fit to. */
export function mergeNext(draft: Draft, plan: Plan, progresses: Progresses, config: Config): void {
  const { snapshot } = draft;
  for (const segment of inPlanOrder(plan)) {
    const progress = progresses.get(segment.number);
    if (progress?.kind === 'in review') waitForGitHub(draft, progress);
    if (progress?.kind !== 'to merge') continue;
    const pull = snapshot.pulls.find((each) => each.number === progress.pull);
    if (!pull) continue;
    const by =
      progress.approvedBy.length > 0 ? `approved by ${progress.approvedBy.join(', ')}` : 'no approval is asked for';
    const reason = `#${segment.number}: gates green on ${pull.head.slice(0, 7)}, ${by}`;
    if (pull.draft) {
      draft.decide({ kind: 'mark ready', pull: pull.number, pullId: pull.id, reason });
      draft.lookAgain(GRACE_MS);
      return;
    }
    const key = actKeys.merge(pull.number, pull.head);
    if (draft.journal.acts[key]?.state === 'refused') draft.journal = withoutAct(draft.journal, key);
    draft.once({
      kind: 'merge',
      key,
      pull: pull.number,
      head: pull.head,
      method: config.mergeMethod,
      segment,
      epic: snapshot.epic.number,
      approvedBy: progress.approvedBy,
      reason,
    });
    return;
  }
}

function waitForGitHub(draft: Draft, progress: Extract<Progress, { kind: 'in review' }>): void {
  for (const wait of progress.waits) {
    if (wait.kind === 'mergeable' && wait.state === 'unknown') draft.lookAgain(5_000);
    if (wait.kind === 'merge refused') draft.lookAgain(MERGE_AGAIN_MS);
  }
}

function inPlanOrder(plan: Plan): readonly Segment[] {
  const segments = new Map(plan.segments.map((segment) => [segment.number, segment]));
  return plan.waves
    .flatMap(segmentsOf)
    .map((number) => segments.get(number))
    .filter((segment) => segment !== undefined);
}

/** After a merge: tick what is met, close the issue, delete the branch (SPEC R6.5, R6.6). */
export function settleMerged(draft: Draft, plan: Plan, progresses: Progresses): void {
  const { snapshot, journal } = draft;
  for (const segment of plan.segments) {
    const progress = progresses.get(segment.number);
    const issue = leafOf(snapshot, segment.number);
    const record = recordOf(journal, segment.number);
    if (!issue || !progress) continue;
    if (progress.kind === 'merged') {
      const pull = publishedPull(snapshot, record);
      const met = metCriteria(segment, latestReport(record)?.agent, pull ? approvers(pull, record) : []);
      tickCriteria(draft, issue, segment, met, progress.pull);
      const mends = record.fix?.mends;
      const mended = mends && plan.segments.find((each) => each.number === mends.issue);
      const mendedIssue = mends && leafOf(snapshot, mends.issue);
      if (mended && mendedIssue && !isChanged(journal, issue)) {
        tickCriteria(draft, mendedIssue, mended, mendedCriteria(segment, mends, met), progress.pull);
      }
      // Only what was merged is deleted: a push that came after it is somebody's work.
      if (pull && snapshot.branches[pull.branch] === pull.head) {
        const reason = `#${progress.pull} is merged`;
        draft.decide({ kind: 'delete branch', branch: pull.branch, head: pull.head, reason });
      }
      // What earlier attempts left for people to look at has served its end.
      for (const { branch, head } of record.attempts.flatMap(keptOf)) {
        if (snapshot.branches[branch] !== head) continue;
        const reason = `#${progress.pull} is merged; the work kept from an earlier attempt is not needed`;
        draft.decide({ kind: 'delete branch', branch, head, reason });
      }
    }
    const isEpic = issue.number === snapshot.epic.number;
    if (issue.state !== 'open' || isEpic) continue;
    if (progress.kind === 'merged' || progress.kind === 'answered') {
      draft.decide({
        kind: 'close issue',
        issue: issue.number,
        issueId: issue.id,
        as: 'completed',
        reason: progress.kind === 'merged' ? `#${progress.pull} is merged` : 'the research is answered',
      });
    }
    const left = progress.kind === 'skipped' ? publishedPull(snapshot, record) : undefined;
    if (left?.state === 'open') {
      draft.decide({ kind: 'close pull', pull: left.number, reason: `#${segment.number} is skipped` });
    }
    if (progress.kind === 'skipped' && record.skipped) {
      draft.decide({
        kind: 'close issue',
        issue: issue.number,
        issueId: issue.id,
        as: 'not planned',
        reason: `skipped by @${record.skipped.by}: ${record.skipped.reason}`,
      });
    }
  }
}

/** A group ends with the last of its leaves (SPEC R1.1); one whose leaves were all left out was not done. */
export function closeGroups(draft: Draft, progresses: Progresses): void {
  const { snapshot } = draft;
  const leavesOf = (group: Issue): readonly Issue[] =>
    snapshot.issues
      .filter((each) => each.parent === group.number)
      .flatMap((each) => (each.children.length > 0 ? leavesOf(each) : [each]));
  for (const group of snapshot.issues) {
    if (group.children.length === 0 || group.state !== 'open') continue;
    const leaves = leavesOf(group);
    const isOver = leaves.every(({ number, state }) => state !== 'open' && isDone(progresses.get(number)));
    if (leaves.length === 0 || !isOver) continue;
    const isSkipped = leaves.every(({ number }) => progresses.get(number)?.kind === 'skipped');
    const as = isSkipped ? 'not planned' : 'completed';
    const reason = `#${group.number}: every segment in it is ${isSkipped ? 'skipped' : 'done'}`;
    draft.decide({ kind: 'close issue', issue: group.number, issueId: group.id, as, reason });
  }
}

/** The only edit swarm makes to a person's text; one that was changed since it was authorised is left alone. */
function tickCriteria(draft: Draft, issue: Issue, segment: Segment, met: ReadonlySet<string>, pull: PullNumber): void {
  const body = tick(issue.body, segment.spec.criteria, met);
  if (body === issue.body || isChanged(draft.journal, issue)) return;
  const reason = `#${segment.number}: criteria met, with evidence in #${pull}`;
  draft.decide({ kind: 'tick criteria', issue: issue.number, was: issue.body, body, reason });
}
