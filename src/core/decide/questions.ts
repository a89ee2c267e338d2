/**
 * Asking people what a run needs to know, and taking their answer (SPEC R5.11).
 *
 * One comment on the segment shows a question from start to end: with a box for each option while it waits, and with
 * its answer afterwards. A tick is an edit of Swarm's own comment, so it counts as much as the person who made it. It is
 * taken like a command, once, from people with write access; any other tick is removed.
 */

import { segmentOf } from '#core/model/attempt';
import type { IssueNumber } from '#core/model/epic';
import type { Attempt, Journal, PersonsAnswer } from '#core/model/journal';
import { recordOf, withRecord } from '#core/model/journal-lenses';
import { speakerOf } from '#core/model/people';
import type { NotNow } from '#core/model/problem/faults';
import { isDone } from '#core/model/progress';
import { answerable, askedBy, askingOf, attemptOfQuestion, endOf, questionKey } from '#core/model/question';
import type { Request } from '#core/model/snapshot';
import type { Draft } from './draft.ts';
import type { Situation } from './situation.ts';

/**
 * Takes a person's words as the answer: on the segment itself, or on the epic if only one run asked under that id.
 * @returns why not; undefined if it is taken.
 */
export function answerInWords(
  draft: Draft,
  request: Request,
  said: { readonly id: string; readonly text: string },
  on: IssueNumber | undefined,
): NotNow | undefined {
  const { journal, snapshot } = draft;
  const asking = Object.values(journal.segments)
    .flatMap((record) => answerable(record) ?? [])
    .filter((attempt) => askingOf(attempt)?.question.id === said.id)
    .filter(({ id }) => on === snapshot.epic.number || on === segmentOf(id));
  const [attempt, ...others] = asking;
  if (attempt === undefined) return { kind: 'no such question', id: said.id };
  if (others.length > 0) return { kind: 'several such questions', id: said.id };
  takeAnswer(draft, request, attempt, said.text);
  return undefined;
}

/** Reasons why a tick does not count as an answer. They are not worded: the comment itself shows it. */
export type NoAnswer = 'no longer waiting' | 'several ticked' | 'not an option';

/** Takes a tick as the answer. @returns why not; undefined if it is taken. */
export function answerByTick(
  draft: Draft,
  request: Request,
  { key, boxes }: Extract<Request['asked'], { kind: 'ticks' }>,
): NoAnswer | undefined {
  const segment = attemptOfQuestion(key)?.segment;
  const attempt = segment && answerable(recordOf(draft.journal, segment));
  if (!attempt || questionKey(attempt.id) !== key) return 'no longer waiting';
  const [box, ...more] = boxes;
  if (more.length > 0) return 'several ticked';
  const option = box === undefined ? undefined : askingOf(attempt)?.question.options[box];
  if (option === undefined) return 'not an option';
  takeAnswer(draft, request, attempt, option);
  return undefined;
}

function takeAnswer(draft: Draft, request: Request, { id: attempt }: Attempt, text: string): void {
  const segment = segmentOf(attempt);
  const answer: PersonsAnswer = { attempt, text, ...speakerOf(request.by), at: request.at };
  const { answers = [] } = recordOf(draft.journal, segment);
  draft.journal = withRecord(draft.journal, segment, { answers: [...answers, answer] });
  draft.record({ kind: 'ANSWERED', segment });
}

/** How often an answer to a segment's question was withdrawn. */
const reopenings = ({ withdrawn = [] }: Journal, segment: IssueNumber): number =>
  withdrawn.flatMap(({ what }) => what).filter((each) => each.kind === 'answer' && each.segment === segment).length;

/** Shows each question in a comment of its own: open with its boxes, and then closed with its answer. */
export function tellQuestions({ progress: all, journal, config, snapshot }: Situation, draft: Draft): void {
  for (const [number, progress] of all) {
    const record = recordOf(journal, number);
    for (const attempt of record.attempts) {
      const question = askedBy(attempt, config);
      if (!question) continue;
      const kept = askingOf(attempt)?.kept;
      const notice = {
        kind: 'question',
        segment: number,
        owner: draft.owner,
        question,
        ...(kept === undefined ? {} : { kept }),
      } as const;
      const key = questionKey(attempt.id);
      const said = snapshot.said[key];
      const end = endOf(record, attempt, isDone(progress));
      if (end) {
        const comment = said?.id ?? draft.journal.acts[key]?.result;
        if (comment === undefined) continue;
        const reason = { kind: 'question closed', segment: number, end: end.kind } as const;
        draft.once({ kind: 'revise', key: `${key}:ended`, says: key, comment, notice: { ...notice, end }, reason });
        continue;
      }
      if (progress.kind === 'blocked' && progress.problem.kind === 'QUESTION_ASKED') {
        if (question.until !== undefined) draft.lookAgain(question.until - draft.now);
        draft.once({ kind: 'say', key, on: number, notice, reason: { kind: 'question open', segment: number } });
      }
      const reopened = reopenings(draft.journal, number);
      const comment = said?.id ?? draft.journal.acts[key]?.result;
      if (reopened > 0 && comment !== undefined && attempt === record.attempts.at(-1)) {
        // Its answer does not count any more, so the comment shows the boxes again.
        const reason = { kind: 'question open', segment: number } as const;
        draft.once({ kind: 'revise', key: `${key}:open:${reopened}`, says: key, comment, notice, reason });
      }
      const [first, ...more] = said?.ticked ?? [];
      if (!said || first === undefined) continue;
      draft.decide({
        kind: 'untick',
        says: key,
        comment: said.id,
        was: said.body,
        notice: { ...notice, unticked: more.length > 0 ? 'several' : 'not by a person who may' },
        reason: { kind: 'tick is no answer', segment: number },
      });
    }
  }
}
