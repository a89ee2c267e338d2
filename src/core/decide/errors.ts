/**
 * Errors that hold an epic back.
 */
import type { Config } from '#core/model/config';
import type { IssueNumber } from '#core/model/epic';
import type { Journal } from '#core/model/journal';
import { hasStartedWork, recordOf } from '#core/model/journal-lenses';
import type { Diagnostic, Problem } from '#core/model/problem';
import { answersInWords, type Facts, isSilenced, publishedPull, turnedByStranger } from './progress.ts';

/**
 * Errors of the preflight and of the plan. Once the epic runs, an issue that was added or rewritten since then holds
 * back only itself: one line in one issue must not stop everybody's work.
 */
export function errorsOf(facts: Facts): readonly Diagnostic[] {
  const { snapshot, plan, journal } = facts;
  const isRunning = hasStartedWork(journal);
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
  const ofConsent = [...consentLost(facts), ...segmentsGone(facts)];
  return [
    ...errors(snapshot.preflight),
    ...ofConsent.map((problem): Diagnostic => ({ level: 'error', problem })),
    ...errors(plan.diagnostics).filter(holds),
  ];
}

/** No one stands behind the epic any more, so nothing is started, merged or accepted. */
export function consentLost(facts: Facts): readonly Problem[] {
  const { snapshot, journal } = facts;
  const { authorisation } = journal;
  if (!authorisation || journal.phase === 'finished') return [];
  const turned = turnedByStranger(facts, snapshot.epic);
  const at = { issue: snapshot.epic.number };
  return [
    ...(isSilenced(facts, authorisation) ? [{ kind: 'RIGHT_LOST', at, login: authorisation.by } as const] : []),
    ...(turned ? [turned] : []),
  ];
}

/**
 * Segments that were authorised, are not done, and are not in the epic any more: taken out, moved, deleted, or turned into
 * a group or a discussion. Triage permission is enough for that, so what they were to do is not forgotten without a person's word.
 */
export function segmentsGone({ snapshot, journal, plan }: Facts): readonly Problem[] {
  const planned = new Set<number>(plan.segments.map(({ number }) => number));
  const isSettled = (number: number): boolean => {
    const record = recordOf(journal, number);
    const last = record.attempts.at(-1);
    const isAnswered = last?.outcome?.kind === 'no-change' && answersInWords(last);
    return record.skipped !== undefined || isAnswered || publishedPull(snapshot, record)?.state === 'merged';
  };
  return Object.keys(journal.authorisation?.segments ?? {})
    .map((number) => Number(number) as IssueNumber)
    .filter((number) => !planned.has(number) && !isSettled(number))
    .map((segment) => {
      const { how = 'taken out', to } = snapshot.gone?.[segment] ?? {};
      const at = { issue: snapshot.epic.number };
      return { kind: 'SEGMENT_GONE', at, segment, how, ...(to === undefined ? {} : { to }) };
    });
}

/** The problem if an epic may not start another run. */
export function dispatchLimit(epic: IssueNumber, { dispatches }: Journal, { limits }: Config): Problem | undefined {
  const count = Object.keys(dispatches).length + 1;
  const { dispatches: limit } = limits;
  if (count <= limit) return undefined;
  const configKey = 'limits.dispatches';
  return { kind: 'LIMIT_EXCEEDED', at: { issue: epic }, what: 'dispatches', found: count, limit, configKey };
}
