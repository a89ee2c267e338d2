/**
 * Updating a pull request from its base, where the rules of the base want it up to date (SPEC R6.3, R6.4).
 *
 * One pull request at a time: the base moves with each merge, so any other update would be for nothing. The new head is
 * proven like any other. An approval of the old head holds for it only if it is exactly the merge that GitHub had tried
 * beforehand; otherwise somebody may have added something, and a person is asked again.
 */
import type { IssueNumber } from '#core/model/epic';
import type { Journal } from '#core/model/journal';
import type { Update } from '#core/model/journal/merging';
import { actKeys, recordOf, segmentOfPull, withAct, withoutAct, withRecord } from '#core/model/journal-lenses';
import type { Progress, ReviewWait } from '#core/model/progress';
import type { Pull, Snapshot } from '#core/model/snapshot';
import { type Draft, GRACE_MS } from '../draft.ts';
import type { Situation } from '../situation.ts';

/** GitHub updates a branch in the background. After this long without a new head, it is asked again. */
const VISIBLE_MS = 60_000;

export const isBehind = (progress: Progress | undefined): boolean =>
  progress?.kind === 'in review' && progress.waits.some(({ kind }) => kind === 'behind');

/** Answers whether Swarm has asked GitHub to update this head. */
export const isAsked = ({ journal }: Situation, segment: IssueNumber, pull: Pull): boolean =>
  lastUpdate(journal, segment, pull)?.from === pull.head;

/** Answers whether a pull request was updated and only machines keep it from its merge. */
export function isOnItsWay(situation: Situation, segment: IssueNumber, pull: Pull): boolean {
  if (pull.state !== 'open' || lastUpdate(situation.journal, segment, pull)?.head !== pull.head) return false;
  const progress = situation.progress.get(segment);
  if (progress?.kind === 'queued' || progress?.kind === 'running') return true;
  return progress?.kind === 'in review' && progress.waits.every(isMachines);
}

const isMachines = (wait: ReviewWait): boolean =>
  wait.kind === 'unproven' ||
  (wait.kind === 'check' && wait.state === 'pending') ||
  (wait.kind === 'mergeable' && wait.state === 'unknown');

export function updateBranch({ now }: Situation, draft: Draft, segment: IssueNumber, pull: Pull): void {
  const key = actKeys.update(pull.number, pull.head);
  const before = draft.journal.acts[key];
  // GitHub accepted it, and it did not come.
  if (before?.state === 'done' && now - before.at >= VISIBLE_MS) draft.journal = withoutAct(draft.journal, key);
  if (draft.journal.acts[key] === undefined) {
    const updates = recordOf(draft.journal, segment).updates ?? [];
    const { testMerge } = pull;
    const update: Update = {
      pull: pull.number,
      from: pull.head,
      ...(testMerge?.head === pull.head ? { expected: testMerge } : {}),
      at: now,
    };
    draft.journal = withRecord(draft.journal, segment, { updates: [...updates, update] });
  }
  const reason = { kind: 'branch behind', pull: pull.number, base: pull.base } as const;
  draft.once({ kind: 'update branch', key, pull: pull.number, head: pull.head, reason });
  draft.lookAgain(GRACE_MS);
}

/** An update that is visible ends its act. Its head is remembered if it is exactly the merge that was expected. */
export function rememberUpdates({ pulls }: Snapshot, journal: Journal): Journal {
  let next = journal;
  for (const pull of pulls) {
    const segment = segmentOfPull(next, pull.number);
    const last = segment && lastUpdate(next, segment, pull);
    if (segment === undefined || !last || last.head !== undefined || last.from === pull.head) continue;
    const key = actKeys.update(pull.number, last.from);
    const act = next.acts[key];
    if (act?.state === 'intended') next = withAct(next, key, { ...act, state: 'done' });
    if (!isExpected(last, pull)) continue;
    const updates = recordOf(next, segment).updates?.map((each) =>
      each === last ? { ...each, head: pull.head } : each,
    );
    if (updates) next = withRecord(next, segment, { updates });
  }
  return next;
}

function isExpected({ from, expected }: Update, { tip }: Pull): boolean {
  if (!expected || tip?.tree !== expected.tree) return false;
  const [head, base, ...more] = tip.parents;
  return head === from && base === expected.base && more.length === 0;
}

const lastUpdate = (journal: Journal, segment: IssueNumber, pull: Pull): Update | undefined =>
  recordOf(journal, segment).updates?.findLast((each) => each.pull === pull.number);
