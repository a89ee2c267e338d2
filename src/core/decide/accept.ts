/** The epic's end: a person is asked, and what they say is the last word. */

import type { Config } from '#core/model/config';
import type { Plan } from '#core/model/plan';
import { isLeftOut, type Progresses, type WaveStanding } from '#core/model/progress';
import { makeBoard } from './board.ts';
import { type Draft, isStopped, leafOf, ownerOf } from './draft.ts';
import { followUpKey } from './fix.ts';
import { acceptanceKey } from './take.ts';
import { labelSegments, showPanel } from './tell.ts';

export function askAcceptance(
  draft: Draft,
  plan: Plan,
  progresses: Progresses,
  standings: ReadonlyMap<number, WaveStanding>,
  config: Config,
): void {
  const complete = plan.waves.length > 0 && [...standings.values()].every((standing) => standing.kind === 'passed');
  const pending = draft.journal.followUps.some(
    (each, index) => draft.journal.acts[followUpKey(draft.snapshot.epic.number, each.wave, index)]?.state !== 'done',
  );
  if (!complete || pending || draft.journal.phase !== 'running' || isStopped(draft)) return;
  const closed = plan.segments.every((segment) => {
    const issue = leafOf(draft.snapshot, segment.number);
    const added = isLeftOut(progresses.get(segment.number));
    return added || issue?.number === draft.snapshot.epic.number || issue?.state !== 'open';
  });
  if (!closed) return;
  if (config.acceptance === 'automatic') {
    draft.journal = { ...draft.journal, phase: 'finished', finishedAt: draft.now };
    draft.record({ kind: 'EXECUTION COMPLETE' });
    endEpic(draft, plan, progresses, config);
    return;
  }
  draft.once({
    kind: 'say',
    key: acceptanceKey(draft),
    on: draft.snapshot.epic.number,
    notice: {
      kind: 'ask acceptance',
      owner: ownerOf(draft),
      board: makeBoard(draft.snapshot, draft.journal, plan, progresses, config),
    },
    reason: 'every segment is merged and every wave calibrated',
  });
}

/** The last acts, closing last: what is cut off before it is done again, what comes after is left alone. */
export function endEpic(draft: Draft, plan: Plan, progresses: Progresses, config: Config): void {
  const { snapshot } = draft;
  const board = makeBoard(snapshot, draft.journal, plan, progresses, config);
  const told = draft.once({
    kind: 'say',
    key: 'summary',
    on: snapshot.epic.number,
    notice: { kind: 'summary', board, by: draft.journal.acceptedBy ?? 'swarm' },
    reason: 'the epic is accepted',
  });
  labelSegments(draft, plan, progresses, config);
  showPanel(draft, plan, progresses, config);
  if (told === 'under way') return;
  draft.once({
    kind: 'close epic',
    key: `close:${draft.journal.finishedAt ?? 0}`,
    issue: snapshot.epic.number,
    reason: draft.journal.acceptedBy ? `accepted by @${draft.journal.acceptedBy}` : 'acceptance is automatic',
  });
}
