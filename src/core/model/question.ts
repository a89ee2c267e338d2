/**
 * Questions of runs: which one waits for whom, how it ended, and with what its segment goes on (SPEC R5.11).
 */
import { type AttemptId, readAttemptId } from './attempt.ts';
import type { Config } from './config.ts';
import type { Instant } from './epic.ts';
import type { Attempt, PersonsAnswer, SegmentRecord } from './journal.ts';
import type { Problem } from './problem.ts';
import type { Report } from './report.ts';

/** What came of a question. */
export type QuestionEnd =
  | { readonly kind: 'answered'; readonly by: string; readonly text: string }
  /** Nobody answered in time, and the run went on by itself. */
  | { readonly kind: 'gone on' }
  /** Its segment is left out, or done otherwise. */
  | { readonly kind: 'over' };

type Asked = Extract<Problem, { kind: 'QUESTION_ASKED' }>;
type Asking = Extract<Report['result'], { kind: 'needs-input' }>;

/** The act that shows a question, and so its comment; named after the attempt that asked. */
export const questionKey = (attempt: AttemptId): string => `question:${attempt}`;

/** Whether our own comment by this key has boxes to tick. */
export const isQuestionKey = (key: string): boolean => attemptOfQuestion(key) !== undefined;

/** The attempt that asked, of a key that `questionKey` made. */
export const attemptOfQuestion = (key: string) =>
  key.startsWith('question:') ? readAttemptId(key.slice('question:'.length)) : undefined;

export const askingOf = ({ outcome }: Attempt): Asking | undefined =>
  outcome?.kind === 'asked' && outcome.report.result.kind === 'needs-input' ? outcome.report.result : undefined;

const answerTo = (record: SegmentRecord, attempt: Attempt): PersonsAnswer | undefined =>
  record.answers?.findLast((answer) => answer.attempt === attempt.id);

/**
 * The question that the latest run of a segment stopped for, while it waits for a person.
 * @returns undefined where it is answered, or the time for it is over.
 */
export function questionOpen(record: SegmentRecord, config: Config, now: Instant): Asked | undefined {
  const attempt = record.attempts.at(-1);
  const asked = attempt && askedBy(attempt, config);
  if (!attempt || !asked || answerTo(record, attempt)) return undefined;
  return asked.until !== undefined && asked.until <= now ? undefined : asked;
}

/** What an attempt stopped for, whatever came of it. */
export function askedBy(attempt: Attempt, config: Config): Asked | undefined {
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

/** The attempt whose question can be answered: until the next one begins, also when the time for it is over. */
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

/** What a run that goes on after a question is given: the kept work, and all that was asked so far with its answers. */
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
