/**
 * Questions of runs: which one waits, what counts as its answer, and what its comment shows (SPEC R5.11).
 *
 * A run that cannot go on stops with a question. One comment on its segment shows it from then on: with a box for each
 * option while it waits, with how it ended afterwards. A tick is an edit of swarm's own comment, so what it says is worth
 * as much as whoever made it: it is taken like a command, once, from people who may write here, and by nobody else.
 */
import { isDone, type Progresses } from './calibration.ts';
import type { Config } from './config.ts';
import type { Instant, IssueNumber } from './epic.ts';
import type { Attempt, PersonsAnswer, SegmentRecord } from './journal.ts';
import type { QuestionEnd } from './notice.ts';
import { ownerOf, type Paper } from './paper.ts';
import type { Problem } from './problem.ts';
import { recordOf, withRecord } from './remember.ts';
import type { Report } from './report.ts';
import type { Request } from './snapshot.ts';

type Asked = Extract<Problem, { kind: 'QUESTION_ASKED' }>;
type Asking = Extract<Report['result'], { kind: 'needs-input' }>;

/** The act that shows a question, and so its comment; named after the attempt that asked. */
export const questionKey = (attempt: string): string => `question:${attempt}`;

/** Whether our own comment by this key has boxes to tick. */
export const isQuestionKey = (key: string): boolean => /^question:\d+-\d+$/.test(key);

const askingOf = ({ outcome }: Attempt): Asking | undefined =>
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

function askedBy(attempt: Attempt, config: Config): Asked | undefined {
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
const answerable = (record: SegmentRecord): Attempt | undefined => {
  const attempt = record.attempts.at(-1);
  const isOpen = attempt && askingOf(attempt) && !answerTo(record, attempt) && !record.skipped;
  return isOpen ? attempt : undefined;
};

/**
 * Takes a person's words as the answer: on the segment itself, or on the epic where only one run has asked by that id.
 * @returns why not, in words; undefined where it is taken.
 */
export function answerInWords(
  paper: Paper,
  request: Request,
  said: { readonly id: string; readonly text: string },
  on: IssueNumber | undefined,
): string | undefined {
  const { journal, snapshot } = paper;
  const asking = Object.keys(journal.segments)
    .map((number) => Number(number) as IssueNumber)
    .filter((number) => {
      const attempt = answerable(recordOf(journal, number));
      return attempt && askingOf(attempt)?.question.id === said.id && (on === snapshot.epic.number || on === number);
    });
  const [segment, ...others] = asking;
  if (segment === undefined) return `no run waits for an answer to "${said.id}" here`;
  if (others.length > 0) return `several segments wait for "${said.id}"; answer on the segment itself`;
  takeAnswer(paper, request, segment, said.text);
  return undefined;
}

/** Takes a tick as the answer. @returns why not, in words; undefined where it is taken. */
export function answerByTick(
  paper: Paper,
  request: Request,
  { key, boxes }: Extract<Request['asked'], { kind: 'ticks' }>,
): string | undefined {
  const segment = Number(/^question:(\d+)-/.exec(key)?.[1]) as IssueNumber;
  const attempt = answerable(recordOf(paper.journal, segment));
  if (!attempt || questionKey(attempt.id) !== key) return 'nobody waits for this answer any more';
  const [box, ...more] = boxes;
  if (more.length > 0) return 'several are ticked';
  const option = box === undefined ? undefined : askingOf(attempt)?.question.options[box];
  if (option === undefined) return 'it is none of the options';
  takeAnswer(paper, request, segment, option);
  return undefined;
}

function takeAnswer(paper: Paper, request: Request, segment: IssueNumber, text: string): void {
  const record = recordOf(paper.journal, segment);
  const attempt = record.attempts.at(-1)?.id ?? '';
  const answer: PersonsAnswer = { attempt, text, by: request.by.login, at: request.at };
  paper.journal = withRecord(paper.journal, segment, { answers: [...(record.answers ?? []), answer] });
  paper.record({ kind: 'ANSWERED', segment });
}

/** Each question in a comment of its own: open with its boxes, and closed by what came of it. */
export function tellQuestions(paper: Paper, progresses: Progresses, config: Config): void {
  for (const [number, progress] of progresses) {
    const record = recordOf(paper.journal, number);
    for (const attempt of record.attempts) {
      const question = askedBy(attempt, config);
      if (!question) continue;
      const kept = askingOf(attempt)?.kept;
      const notice = {
        kind: 'question',
        segment: number,
        owner: ownerOf(paper),
        question,
        ...(kept === undefined ? {} : { kept }),
      } as const;
      const key = questionKey(attempt.id);
      const said = paper.snapshot.said[key];
      const end = endOf(record, attempt, isDone(progress));
      if (end) {
        const comment = said?.id ?? paper.journal.acts[key]?.result;
        if (comment === undefined) continue;
        const reason = `#${number}'s question is closed: ${end.kind}`;
        paper.once({ kind: 'revise', key: `${key}:ended`, says: key, comment, notice: { ...notice, end }, reason });
        continue;
      }
      if (progress.kind === 'blocked' && progress.problem.kind === 'QUESTION_ASKED') {
        if (question.until !== undefined) paper.lookAgain(question.until - paper.now);
        paper.once({ kind: 'say', key, on: number, notice, reason: `#${number} waits for an answer` });
      }
      const [first, ...more] = said?.ticked ?? [];
      if (!said || first === undefined) continue;
      paper.decide({
        kind: 'untick',
        says: key,
        comment: said.id,
        was: said.body,
        notice: { ...notice, unticked: more.length > 0 ? 'several' : 'not by a person who may' },
        reason: `#${number}'s question is still open: what is ticked is no answer`,
      });
    }
  }
}

function endOf(record: SegmentRecord, attempt: Attempt, isOver: boolean): QuestionEnd | undefined {
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
