/**
 * The end of an epic: a person is asked, and their answer is final.
 */
import type { Reason } from '#core/model/decision';
import type { Journal } from '#core/model/journal';
import { actKeys } from '#core/model/journal-lenses';
import { isLeftOut } from '#core/model/progress';
import { releaseSegments } from './dispatch.ts';
import type { Draft } from './draft.ts';
import type { Situation } from './situation.ts';
import { acceptanceKey } from './take.ts';

/** Asks for acceptance once everything is merged, calibrated and closed; accepts automatically if the config says so. */
export function askAcceptance(situation: Situation, draft: Draft): void {
  if (!mayBeAccepted(situation, draft)) return;
  if (situation.config.acceptance === 'automatic') {
    draft.journal = { ...draft.journal, phase: 'finished', finishedAt: draft.now };
    draft.record({ kind: 'EXECUTION COMPLETE' });
    return;
  }
  draft.once({
    kind: 'say',
    key: acceptanceKey(draft),
    on: situation.snapshot.epic.number,
    notice: { kind: 'ask acceptance', owner: draft.owner, board: situation.board },
    reason: { kind: 'everything merged' },
  });
}

function mayBeAccepted(
  { plan, journal, snapshot, issues, progress, isComplete, isStopped, isShort }: Situation,
  draft: Draft,
): boolean {
  if (plan.waves.length === 0 || !isComplete || journal.phase !== 'running' || isStopped || isShort) return false;
  const areFollowUpsMade = journal.followUps.every(
    ({ wave, withdrawn }, index) =>
      withdrawn || draft.journal.acts[actKeys.followUp(snapshot.epic.number, wave, index)]?.state === 'done',
  );
  if (!areFollowUpsMade) return false;
  return plan.segments.every(({ number }) => {
    const issue = issues.get(number);
    // An epic that is its own segment stays open until it is accepted; a segment added since then waits for consent.
    // One that is skipped here may be under way in the epic that has it.
    const isElsewhere = snapshot.owners?.[number] !== undefined;
    return number === snapshot.epic.number || isLeftOut(progress.get(number)) || isElsewhere || issue?.state !== 'open';
  });
}

/** The epic's summary, once. */
export function tellSummary({ snapshot, journal, board }: Situation, draft: Draft): void {
  draft.once({
    kind: 'say',
    key: SUMMARY,
    on: snapshot.epic.number,
    notice: { kind: 'summary', board, by: journal.acceptedBy ?? 'swarm' },
    reason: acceptedBy(journal),
  });
}

/** Closes the epic after its summary is posted. It is the last act, so an end that was interrupted is always completed. */
export function closeEpic(situation: Situation, draft: Draft): void {
  const { snapshot, journal } = situation;
  const summary = draft.journal.acts[SUMMARY]?.state;
  if (summary !== 'done' && summary !== 'refused') return;
  const key = actKeys.close(journal.finishedAt ?? 0);
  draft.once({ kind: 'close epic', key, issue: snapshot.epic.number, reason: acceptedBy(journal) });
  // An epic of one segment is that segment: while it is open, another epic would start it once more.
  releaseSegments(situation, draft);
}

const SUMMARY = 'summary';

const acceptedBy = ({ acceptedBy: by }: Journal): Reason => ({
  kind: 'epic accepted',
  ...(by === undefined ? {} : { by }),
});
