/**
 * The life of a run's question: it is open, then it ends, and the next run inherits it (SPEC R5.11).
 */
import { type AttemptId, readAttemptId } from './attempt.ts';
import type { Config } from './config.ts';
import type { Instant } from './epic.ts';
import type { Attempt, PersonsAnswer, SegmentRecord } from './journal.ts';
import type { Problem } from './problem.ts';
import type { Report } from './report.ts';

/** How a question ended. */
export type QuestionEnd =
  | { readonly kind: 'answered'; readonly by: string; readonly text: string }
  /** No one answered in time, and the run continued without an answer. */
  | { readonly kind: 'gone on' }
  /** Its segment was skipped, or done in another way. */
  | { readonly kind: 'over' };

type QuestionProblem = Extract<Problem, { kind: 'QUESTION_ASKED' }>;
type QuestionResult = Extract<Report['result'], { kind: 'needs-input' }>;

/** The key of the act, and of the comment, that shows the question of an attempt. */
export const questionKey = (attempt: AttemptId): string => `question:${attempt}`;

/** Answers whether a comment with this key shows a question, with boxes to tick. */
export const isQuestionKey = (key: string): boolean => attemptOfQuestion(key) !== undefined;

/** The attempt that asked, from a key that `questionKey` made. */
export const attemptOfQuestion = (key: string) =>
  key.startsWith('question:') ? readAttemptId(key.slice('question:'.length)) : undefined;

export const askingOf = ({ outcome }: Attempt): QuestionResult | undefined =>
  outcome?.kind === 'asked' && outcome.report.result.kind === 'needs-input' ? outcome.report.result : undefined;

const answerTo = (record: SegmentRecord, attempt: Attempt): PersonsAnswer | undefined =>
  record.answers?.findLast((answer) => answer.attempt === attempt.id);

/**
 * The open question of a segment: its latest run stopped for it, and a person has not answered yet.
 *
 * @returns undefined if it is answered, or its time is over.
 */
export function questionOpen(record: SegmentRecord, config: Config, now: Instant): QuestionProblem | undefined {
  const attempt = record.attempts.at(-1);
  const asked = attempt && askedBy(attempt, config);
  if (!attempt || !asked || answerTo(record, attempt)) return undefined;
  return asked.until !== undefined && asked.until <= now ? undefined : asked;
}

/** The question that an attempt stopped for, open or not. */
export function askedBy(attempt: Attempt, config: Config): QuestionProblem | undefined {
  const asking = askingOf(attempt);
  if (!asking || !attempt.outcome) return undefined;
  const { question } = asking;
  const { timeoutMinutes, unanswered } = config.questions;
  return {
    kind: 'QUESTION_ASKED',
    id: question.id,
    question: question.text,
    options: question.options,
    ...(question.context === undefined ? {} : { context: question.context }),
    ...(unanswered === 'go on' ? { until: (attempt.outcome.at + timeoutMinutes * 60_000) as Instant } : {}),
  };
}

/** The attempt whose question can be answered: until the next attempt starts, even after the timeout. */
export const answerable = (record: SegmentRecord): Attempt | undefined => {
  const attempt = record.attempts.at(-1);
  const isOpen = attempt && askingOf(attempt) && !answerTo(record, attempt) && !record.skipped;
  return isOpen ? attempt : undefined;
};

/** How a question of an attempt ended; undefined while it waits. */
export function endOf(record: SegmentRecord, attempt: Attempt, isOver: boolean): QuestionEnd | undefined {
  const answer = answerTo(record, attempt);
  if (answer) return { kind: 'answered', by: answer.by, text: answer.text };
  if (record.attempts.at(-1) !== attempt) return { kind: 'gone on' };
  return isOver || record.skipped ? { kind: 'over' } : undefined;
}

/** The input of a run that continues after a question: the kept work, and all questions so far with their answers. */
export function carriedOn(record: SegmentRecord): Pick<Attempt, 'kept' | 'answers'> {
  const last = record.attempts.at(-1);
  const asking = last && askingOf(last);
  if (!asking) return {};
  const said = answerTo(record, last);
  const answer = {
    id: asking.question.id,
    question: asking.question.text,
    answer: said?.text ?? '',
    ...(said ? { by: said.by } : {}),
  };
  return { ...(asking.keptHead ? { kept: asking.keptHead } : {}), answers: [...(last.answers ?? []), answer] };
}
