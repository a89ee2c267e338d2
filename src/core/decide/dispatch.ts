/** Runs: started with an id of the journal's, started again when they are not to be seen, cancelled. */

import type { Config } from '#core/model/config';
import type { Dispatch } from '#core/model/journal';
import { actKeys, isEnded, withoutAct } from '#core/model/journal-lenses';
import type { Plan } from '#core/model/plan';
import { errorsOf } from './board.ts';
import { type Draft, ownerOf } from './draft.ts';

export function nextDispatchId(draft: Draft, config: Config): string | undefined {
  const count = Object.keys(draft.journal.dispatches).length + 1;
  const { epic } = draft.snapshot;
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
  draft.once({
    kind: 'say',
    key: `limit:dispatches:${limit}`,
    on: epic.number,
    notice: { kind: 'epic held', diagnostics: [{ level: 'error', problem }], owner: ownerOf(draft) },
    reason: 'the epic was dispatched as often as its limit allows',
  });
  return undefined;
}

export function send(draft: Draft, dispatch: Dispatch, reason: string): void {
  draft.once({
    kind: 'dispatch',
    key: actKeys.dispatch(dispatch.id),
    dispatch,
    ref: draft.snapshot.repository.defaultBranch,
    epic: draft.snapshot.epic.number,
    reason,
  });
}

/** How long a dispatched run may be invisible before it is dispatched again; a second one finds the work taken. */
const RUN_VISIBLE_MS = 120_000;

/** An intent whose act is not to be seen is repeated (SPEC R4.3): also one whose run GitHub accepted and never showed. */
export function repeatLostDispatches(draft: Draft, plan: Plan): void {
  if (draft.journal.phase === 'cancelled' || errorsOf(draft.snapshot, plan, draft.journal).length > 0) return;
  for (const dispatch of Object.values(draft.journal.dispatches)) {
    if (isEnded(draft.journal, dispatch)) continue;
    draft.lookAgain(5 * 60_000);
    const key = actKeys.dispatch(dispatch.id);
    const act = draft.journal.acts[key];
    const seen = dispatch.runId !== undefined || draft.snapshot.runs.some((run) => run.dispatch === dispatch.id);
    if (act?.state === 'done' && !seen) {
      if (draft.now - act.at < RUN_VISIBLE_MS) {
        draft.lookAgain(act.at + RUN_VISIBLE_MS - draft.now);
        continue;
      }
      draft.journal = withoutAct(draft.journal, key);
    }
    if (!seen) send(draft, dispatch, `the run of ${dispatch.id} is not to be seen`);
  }
}

export function cancelRuns(draft: Draft): void {
  for (const run of draft.snapshot.runs) {
    if (run.state !== 'completed')
      draft.decide({ kind: 'cancel run', runId: run.id, reason: 'the epic was cancelled' });
  }
}
