/**
 * The comment that asks a question: while open, with a box to click for each option; once closed, with the outcome
 * (SPEC R5.11).
 *
 * Boxes are identified by their order, and the options come from the journal: no text is read back from a comment. All
 * other text is inside code, where Markdown makes no boxes.
 */
import type { Notice } from '#core/model/notice';
import type { QuestionEnd } from '#core/model/question';
import { DOCS_URL, sayProblem } from './problems.ts';
import { block, inline } from './safe.ts';
import { keptAt, mention } from './voice.ts';

type Question = Extract<Notice, { readonly kind: 'question' }>;

export const questionText = (notice: Question): string =>
  notice.end ? closedText(notice, notice.end) : openText(notice);

const openText = ({ segment, owner, question, kept, unticked }: Question): string => {
  const { what, next, docs, code } = sayProblem(question, { form: 'markdown', segment });
  const { context, options } = question;
  return [
    ...(unticked ? [`⚠️ ${UNTICKED[unticked]}`] : []),
    `${mention(owner)}❓ ${what} \`${code}\``,
    ...(context === undefined ? [] : [`Context from the agent: ${inline(context, 2_000)}`]),
    ...(options.length === 0 ? [] : [options.map((option) => `- [ ] ${inline(option, 240)}`).join('\n')]),
    `**Next** ${next}`,
    ...keptText(kept),
    `<sub>[${docs}](${DOCS_URL}/${docs})</sub>`,
  ].join('\n\n');
};

const UNTICKED: Readonly<Record<NonNullable<Question['unticked']>, string>> = {
  several: 'Several boxes were ticked, but only one can be the answer, so they were cleared. Which one is it?',
  'not by a person who may':
    'A box was ticked, but not by a person with write access. It does not count, so it was cleared.',
};

const closedText = ({ question, kept, segment }: Question, end: QuestionEnd): string => {
  const questionLine = `The question was: ${inline(question.question, 2_000)}`;
  switch (end.kind) {
    case 'answered':
      return [
        `✅ Answered by ${inline(end.by, 60)}. No action needed: #${segment} continues from where it stopped.`,
        questionLine,
        'The answer:',
        block(end.text, { max: 4_000 }),
        ...keptText(kept),
      ].join('\n\n');
    case 'gone on':
      return [
        `⏳ No one answered in time. No action needed: #${segment} continued with the agent's best judgement, and its pull request lists the assumptions.`,
        questionLine,
        ...keptText(kept),
      ].join('\n\n');
    case 'over':
      return [`#${segment} is done or skipped; no answer is needed.`, questionLine, ...keptText(kept)].join('\n\n');
  }
};

const keptText = (kept: string | undefined): readonly string[] =>
  kept === undefined ? [] : [`**Kept** ${keptAt(kept)}`];

/** The indexes, from 0, of the ticked boxes in an open question's comment. */
export const ticksIn = (body: string): readonly number[] =>
  [...body.matchAll(/^- \[([ xX])\] /gm)].flatMap(([, mark], box) => (mark === ' ' ? [] : [box]));
