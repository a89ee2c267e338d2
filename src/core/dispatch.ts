/** Runs: started with an id of the journal's, started again when they are not to be seen, cancelled. */
import { errorsOf } from './board.ts';
import type { Config } from './config.ts';
import type { Dispatch, Journal } from './journal.ts';
import { ownerOf, type Paper } from './paper.ts';
import type { Plan } from './plan.ts';
import { actKeys, recordOf, withoutAct } from './remember.ts';

export function nextDispatchId(paper: Paper, config: Config): string | undefined {
  const count = Object.keys(paper.journal.dispatches).length + 1;
  const { epic } = paper.snapshot;
  const limit = config.limits.dispatches;
  if (count <= limit) return `${epic.number}.${count}`;
  const problem = {
    kind: 'LIMIT_EXCEEDED',
    at: { issue: epic.number },
    what: 'dispatches',
    found: count,
    limit,
    configKey: 'limits.dispatches',
  } as const;
  paper.once({
    kind: 'say',
    key: `limit:dispatches:${limit}`,
    on: epic.number,
    notice: { kind: 'epic held', diagnostics: [{ level: 'error', problem }], owner: ownerOf(paper) },
    reason: 'the epic was dispatched as often as its limit allows',
  });
  return undefined;
}

export function send(paper: Paper, dispatch: Dispatch, reason: string): void {
  paper.once({
    kind: 'dispatch',
    key: actKeys.dispatch(dispatch.id),
    dispatch,
    ref: paper.snapshot.repository.defaultBranch,
    epic: paper.snapshot.epic.number,
    reason,
  });
}

/** How long a dispatched run may be invisible before it is dispatched again; a second one finds the work taken. */
const RUN_VISIBLE_MS = 120_000;

/** An intent whose act is not to be seen is repeated (SPEC R4.3): also one whose run GitHub accepted and never showed. */
export function repeatLostDispatches(paper: Paper, plan: Plan): void {
  if (paper.journal.phase === 'cancelled' || errorsOf(paper.snapshot, plan, paper.journal).length > 0) return;
  for (const dispatch of Object.values(paper.journal.dispatches)) {
    if (isEnded(paper.journal, dispatch)) continue;
    paper.lookAgain(5 * 60_000);
    const key = actKeys.dispatch(dispatch.id);
    const act = paper.journal.acts[key];
    const seen = dispatch.runId !== undefined || paper.snapshot.runs.some((run) => run.dispatch === dispatch.id);
    if (act?.state === 'done' && !seen) {
      if (paper.now - act.at < RUN_VISIBLE_MS) {
        paper.lookAgain(act.at + RUN_VISIBLE_MS - paper.now);
        continue;
      }
      paper.journal = withoutAct(paper.journal, key);
    }
    if (!seen) send(paper, dispatch, `the run of ${dispatch.id} is not to be seen`);
  }
}

export function isEnded(journal: Journal, dispatch: Dispatch): boolean {
  const { work } = dispatch;
  if (work.kind === 'segments') {
    return work.attempts.every((id) =>
      recordOf(journal, Number(id.split('-')[0])).attempts.some((attempt) => attempt.id === id && attempt.outcome),
    );
  }
  const round = (journal.calibrations[work.wave] ?? []).find((each) => each.dispatch === dispatch.id);
  return round === undefined || round.verdict !== undefined;
}

export function cancelRuns(paper: Paper): void {
  for (const run of paper.snapshot.runs) {
    if (run.state !== 'completed')
      paper.decide({ kind: 'cancel run', runId: run.id, reason: 'the epic was cancelled' });
  }
}
