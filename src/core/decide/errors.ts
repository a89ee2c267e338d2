/**
 * Errors that hold an epic back.
 */
import type { IssueNumber } from '#core/model/epic';
import { recordOf } from '#core/model/journal-lenses';
import type { Diagnostic } from '#core/model/problem';
import type { Facts } from './progress.ts';

/**
 * Errors of the preflight and of the plan. Once the epic runs, an issue that was added or rewritten since then holds
 * back only itself: one line in one issue must not stop everybody's work.
 */
export function errorsOf({ snapshot, plan, journal }: Facts): readonly Diagnostic[] {
  const isRunning = Object.keys(journal.dispatches).length > 0;
  const counts = (number: IssueNumber): boolean =>
    number === snapshot.epic.number ||
    (journal.authorisation?.segments[number] !== undefined && recordOf(journal, number).attempts.length === 0);
  const holds = ({ problem }: Diagnostic): boolean => {
    if (!isRunning) return true;
    if (problem.kind === 'EPIC_CYCLE') return problem.path.every(counts);
    if (problem.kind === 'BRANCH_TAKEN') return problem.segments.some(counts);
    return !('at' in problem) || problem.at.issue === undefined || counts(problem.at.issue);
  };
  const errors = (diagnostics: readonly Diagnostic[]) => diagnostics.filter(({ level }) => level === 'error');
  return [...errors(snapshot.preflight), ...errors(plan.diagnostics).filter(holds)];
}
