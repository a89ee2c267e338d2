/** The epic's end: a person is asked, and what they say is the last word. */
import { makeBoard } from './board.ts';
import { isLeftOut, type Progresses, type WaveStanding } from './calibration.ts';
import type { Config } from './config.ts';
import { followUpKey } from './mend.ts';
import { isStopped, leafOf, ownerOf, type Paper } from './paper.ts';
import type { Plan } from './plan.ts';
import { acceptanceKey } from './request.ts';
import { labelSegments, showPanel } from './tell.ts';

export function askAcceptance(
  paper: Paper,
  plan: Plan,
  progresses: Progresses,
  standings: ReadonlyMap<number, WaveStanding>,
  config: Config,
): void {
  const complete = plan.waves.length > 0 && [...standings.values()].every((standing) => standing.kind === 'passed');
  const pending = paper.journal.followUps.some(
    (each, index) => paper.journal.acts[followUpKey(paper.snapshot.epic.number, each.wave, index)]?.state !== 'done',
  );
  if (!complete || pending || paper.journal.phase !== 'running' || isStopped(paper)) return;
  const closed = plan.segments.every((segment) => {
    const issue = leafOf(paper.snapshot, segment.number);
    const added = isLeftOut(progresses.get(segment.number));
    return added || issue?.number === paper.snapshot.epic.number || issue?.state !== 'open';
  });
  if (!closed) return;
  if (config.acceptance === 'automatic') {
    paper.journal = { ...paper.journal, phase: 'finished', finishedAt: paper.now };
    paper.record({ kind: 'EXECUTION COMPLETE' });
    endEpic(paper, plan, progresses, config);
    return;
  }
  paper.once({
    kind: 'say',
    key: acceptanceKey(paper),
    on: paper.snapshot.epic.number,
    notice: {
      kind: 'ask acceptance',
      owner: ownerOf(paper),
      board: makeBoard(paper.snapshot, paper.journal, plan, progresses, config),
    },
    reason: 'every segment is merged and every wave calibrated',
  });
}

/** The last acts, closing last: what is cut off before it is done again, what comes after is left alone. */
export function endEpic(paper: Paper, plan: Plan, progresses: Progresses, config: Config): void {
  const { snapshot } = paper;
  const board = makeBoard(snapshot, paper.journal, plan, progresses, config);
  const told = paper.once({
    kind: 'say',
    key: 'summary',
    on: snapshot.epic.number,
    notice: { kind: 'summary', board, by: paper.journal.acceptedBy ?? 'swarm' },
    reason: 'the epic is accepted',
  });
  labelSegments(paper, plan, progresses, config);
  showPanel(paper, plan, progresses, config);
  if (told === 'under way') return;
  paper.once({
    kind: 'close epic',
    key: `close:${paper.journal.finishedAt ?? 0}`,
    issue: snapshot.epic.number,
    reason: paper.journal.acceptedBy ? `accepted by @${paper.journal.acceptedBy}` : 'acceptance is automatic',
  });
}
