/**
 * Problems as people read them: four parts, always in this order, the first line enough on a phone.
 *
 *     Segments wait for each other: #14 → #17 → #14.      [EPIC_CYCLE]
 *     Why   …
 *     Next  who does what, and whether swarm goes on by itself
 *     Docs  docs/problems.md#epic-cycle
 *
 * The table of sentences is held against the closed list of problems by its type: a new problem does not compile until
 * it has words, and a house test wants its page. The same problem gives the same text.
 */
import type { Diagnostic, Problem, ProblemKind } from '#core/model/problem';
import { planSentences } from './problems-plan.ts';
import { runSentences } from './problems-run.ts';
import { block, htmlCode } from './safe.ts';
import { count, type SayOptions, type Sentence, type Sentences, type Voice, voiceOf } from './voice.ts';

export interface SaidProblem extends Sentence {
  readonly code: ProblemKind;
  /** `docs/problems.md#epic-cycle`, relative to the root of swarm's repository. */
  readonly docs: string;
}

const SENTENCES: Sentences = { ...planSentences, ...runSentences };

export const PROBLEM_KINDS = Object.keys(SENTENCES).sort() as ProblemKind[];

/** Where swarm's own documents can be read. */
export const DOCS_URL = 'https://github.com/swarm-engineering/swarm/blob/main';

export const anchorOf = (kind: ProblemKind): string => kind.toLowerCase().replaceAll('_', '-');

/** The parts of a problem's message, in the form the options asks for. */
export const sayProblem = (problem: Problem, options: SayOptions = { form: 'markdown' }): SaidProblem => {
  // TypeScript cannot see that the row and the problem have the same kind; the table's type says it for every row.
  const sentence = SENTENCES[problem.kind] as (problem: Problem, say: Voice) => Sentence;
  return {
    code: problem.kind,
    ...sentence(problem, voiceOf(options)),
    docs: `docs/problems.md#${anchorOf(problem.kind)}`,
  };
};

/** The four parts as plain text, for a terminal, a log or a job summary. */
export const formatProblem = (problem: Problem, options: Omit<SayOptions, 'form'> = {}): string => {
  const { what, why, next, docs, code, output = [] } = sayProblem(problem, { ...options, form: 'plain' });
  const parts = [`${what}  [${code}]`, `Why   ${why}`, `Next  ${next}`, `Docs  ${docs}`];
  for (const { title, text } of output) parts.push('', `${title}:`, text);
  return parts.join('\n');
};

/** The four parts as Markdown for a comment, raw output folded. */
export const problemComment = (problem: Problem, options: Omit<SayOptions, 'form'> = {}): string => {
  const { what, why, next, docs, code, output = [] } = sayProblem(problem, { ...options, form: 'markdown' });
  return [
    `${what} \`${code}\``,
    `**Why** ${why}`,
    `**Next** ${next}`,
    ...output.map(
      ({ title, text }) =>
        `<details><summary>Output: ${htmlCode(title)}</summary>\n\n${block(text, { max: 6_000 })}\n\n</details>`,
    ),
    `<sub>[${docs}](${DOCS_URL}/${docs})</sub>`,
  ].join('\n\n');
};

/** Problems of a plan as one list: errors first, each with its mend, repeated kinds told one by one up to `max`. */
export const diagnosticsList = (
  diagnostics: readonly Diagnostic[],
  options: Omit<SayOptions, 'form'>,
  max = 40,
): string => {
  const ordered = [
    ...diagnostics.filter(({ level }) => level === 'error'),
    ...diagnostics.filter(({ level }) => level === 'warning'),
  ];
  const lines = ordered.slice(0, max).map(({ level, problem }) => {
    const { what, why, next, docs, code } = sayProblem(problem, { ...options, form: 'markdown' });
    const mark = level === 'error' ? '⛔' : '⚠️';
    return `- ${mark} ${what} [\`${code}\`](${DOCS_URL}/${docs})\n  ${why} **Next:** ${next}`;
  });
  const left = ordered.length - max;
  return [...lines, ...(left > 0 ? [`- … and ${count(left, 'more', 'more')} of them.`] : [])].join('\n');
};
