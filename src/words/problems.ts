/**
 * Problems as people read them: four parts, always in this order, and the first line alone is enough on a phone.
 *
 *     The epic cannot be ordered: #14 → #17 → #14 wait for each other.      [EPIC_CYCLE]
 *     Why   …
 *     Next  who does what, and whether Swarm continues automatically
 *     Docs  docs/problems.md#epic-cycle
 *
 * The words are in `problems/`, one entry for each problem: a new problem does not compile until it has one. The same problem
 * gives the same text.
 */
import { type Diagnostic, PROBLEMS, type Problem, type ProblemKind } from '#core/model/problem';
import { agent } from './problems/agent.ts';
import { change } from './problems/change.ts';
import { checks } from './problems/checks.ts';
import { config } from './problems/config.ts';
import { consent } from './problems/consent.ts';
import { AFTER, type Facts, type ProblemEntries, type Sentences } from './problems/entry.ts';
import { graph } from './problems/graph.ts';
import { installation } from './problems/installation.ts';
import { issue } from './problems/issue.ts';
import { merge } from './problems/merge.ts';
import { requests } from './problems/requests.ts';
import { run } from './problems/run.ts';
import { setup } from './problems/setup.ts';
import { block, htmlCode } from './safe.ts';
import { count, type SayOptions, type Voice, voiceOf } from './voice.ts';

export interface SaidProblem extends Sentences {
  readonly code: ProblemKind;
  /** `docs/problems.md#epic-cycle`, relative to the root of Swarm's repository. */
  readonly docs: string;
}

const ENTRIES: ProblemEntries = {
  ...graph,
  ...issue,
  ...config,
  ...consent,
  ...requests,
  ...setup,
  ...installation,
  ...agent,
  ...checks,
  ...change,
  ...run,
  ...merge,
};

export const PROBLEM_KINDS = (Object.keys(PROBLEMS) as ProblemKind[]).sort();

/** Where Swarm's own documents can be read. */
export const DOCS_URL = 'https://github.com/swarm-engineering/swarm/blob/main';

export const anchorOf = (kind: ProblemKind): string => kind.toLowerCase().replaceAll('_', '-');

/** The parts of a problem's message, in the form the options asks for. */
export const sayProblem = (problem: Problem, options: SayOptions = { form: 'markdown' }): SaidProblem => {
  const { says, after } = ENTRIES[problem.kind];
  const say = voiceOf(options);
  // TypeScript cannot see that the entry and the problem have the same kind; the type of the table ensures it.
  const { what, next, ...rest } = (says as (facts: Facts<ProblemKind>, say: Voice) => Sentences)(problem, say);
  return {
    code: problem.kind,
    what: `${what.charAt(0).toUpperCase()}${what.slice(1)}`,
    next: `${next} ${AFTER[after].says(say)}`.trimEnd(),
    ...rest,
    docs: `docs/problems.md#${anchorOf(problem.kind)}`,
  };
};

/** An example of a problem, and the rest of its section in the docs. */
export const problemPage = <Kind extends ProblemKind>(
  kind: Kind,
): { readonly example: Extract<Problem, { kind: Kind }>; readonly acts: string; readonly more: string } => {
  const { example, after, more } = ENTRIES[kind];
  // An example is a problem without brands.
  const problem = { kind, ...(example as object) } as unknown as Extract<Problem, { kind: Kind }>;
  return { example: problem, acts: AFTER[after].acts, more };
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

/** Problems of a plan as one list: errors first, each with its fix, at most `max` of them. */
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
