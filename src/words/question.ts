/**
 * The comment of a question: open, with a box for each option that a click answers, and closed, with what came of it
 * (SPEC R5.11).
 *
 * Boxes are told apart by the order in which they stand: whoever asks holds the options, and no text in a comment is
 * read back. Everything else in it stands in code, where a box is none.
 */
import type { Notice } from '#core/model/notice';
import type { QuestionEnd } from '#core/model/question';
import { DOCS_URL, sayProblem } from './problems.ts';
import { block, inline } from './safe.ts';
import { mention } from './voice.ts';

type Question = Extract<Notice, { readonly kind: 'question' }>;

export const questionText = (notice: Question): string =>
  notice.end ? closedText(notice, notice.end) : openText(notice);

const openText = ({ segment, owner, question, kept, unticked }: Question): string => {
  const { what, next, docs, code } = sayProblem(question, { form: 'markdown', segment });
  const { context, options } = question;
  return [
    ...(unticked ? [`⚠️ ${UNTICKED[unticked]}`] : []),
    `${mention(owner)}❓ ${what} \`${code}\``,
    ...(context === undefined ? [] : [`In its words: ${inline(context, 2_000)}`]),
    ...(options.length === 0 ? [] : [options.map((option) => `- [ ] ${inline(option, 240)}`).join('\n')]),
    `**Next** ${next}`,
    ...keptText(kept),
    `<sub>[${docs}](${DOCS_URL}/${docs})</sub>`,
  ].join('\n\n');
};

const UNTICKED: Readonly<Record<NonNullable<Question['unticked']>, string>> = {
  several: 'Several boxes were ticked, and only one can be the answer; they are clear again. Which one is it?',
  'not by a person who may':
    'A box was ticked, but not by a person with write access here; that is no answer, and it is clear again.',
};

const closedText = ({ question, kept, segment }: Question, end: QuestionEnd): string => {
  const asked = `It asked: ${inline(question.question, 2_000)}`;
  switch (end.kind) {
    case 'answered':
      return [
        `✅ Answered by ${inline(end.by, 60)}. No action needed; #${segment} goes on from where it was.`,
        asked,
        'The answer:',
        block(end.text, { max: 4_000 }),
        ...keptText(kept),
      ].join('\n\n');
    case 'gone on':
      return [
        `⏳ Nobody answered in time. No action needed; #${segment} went on by its best judgement, and its pull request says what it assumed.`,
        asked,
        ...keptText(kept),
      ].join('\n\n');
    case 'over':
      return [`#${segment} is over, and this needs no answer any more.`, asked, ...keptText(kept)].join('\n\n');
  }
};

const keptText = (kept: string | undefined): readonly string[] =>
  kept === undefined ? [] : [`**Kept** The work so far is on the branch ${inline(kept)}.`];

/** The boxes that are ticked in the comment of an open question, from 0. */
export const ticksIn = (body: string): readonly number[] =>
  [...body.matchAll(/^- \[([ xX])\] /gm)].flatMap(([, mark], box) => (mark === ' ' ? [] : [box]));
