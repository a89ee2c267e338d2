/**
 * How a run went about it, in words: the test-first pair with its map from criteria to tests, and the council. It is the
 * run's own account, and says so; what was verified stands with the gates.
 */
import type { Council, CouncilFinding, Course, Question, TestPair } from '#core/model/report';
import { block, cell, inline, oneLine } from './safe.ts';
import { count, duration, enumerate } from './voice.ts';

/** Both, and what was asked and found, as a section of a pull request or a job's page. `share`: of the rows, from 1 down. */
export const courseSection = (course: Course, share = 1): string =>
  [
    pairSection(course.pair),
    councilSection(course.council, share),
    findingsSection(course.findings, share),
    questionsSection(course.questions, share),
    checkpointsSection(course, share),
  ]
    .filter((each) => each !== '')
    .join('\n\n');

const pairSection = (pair: TestPair): string =>
  pair.kind === 'skipped'
    ? `### Tests first\n\nNo tester went first: ${sentence(pair.why)}`
    : [
        '### Tests first',
        '',
        `${inline(pair.tester, 60)} wrote ${enumerate(
          pair.files.map((file) => inline(file, 160)),
          10,
        )}; they failed (${inline(pair.red, 240)}). ${inline(pair.implementer, 60)} made them pass without changing them.`,
      ].join('\n');

const WORDS: Readonly<Record<'approved' | 'rejected', string>> = { approved: '✅ approved', rejected: '❌ rejected' };
const STATES = {
  stands: 'stands',
  settled: 'mended or withdrawn',
  overruled: 'overruled by the lead',
  noted: 'noted',
} as const;

const councilSection = (council: Council, share: number): string => {
  if (council.kind === 'skipped') return `### Council\n\nSkipped: ${sentence(council.why)}`;
  const lead = council.lead === undefined ? '' : `, ${inline(council.lead, 60)} decided where they disagreed`;
  const rows = council.findings
    .slice(0, Math.ceil(20 * share))
    .map(
      ({ file, line, severity, why, state }) =>
        `| ${cell(`${file}:${line}`, 120)} | ${severity} | ${STATES[state]} | ${cell(why, 300)} |`,
    );
  return [
    '### Council',
    '',
    `${WORDS[council.kind]} in ${count(council.rounds, 'round')} by ${inline(council.reviewer, 60)}${lead}.`,
    ...(council.dropped > 0
      ? [
          `${count(council.dropped, 'finding')} named no line of the change, and ${council.dropped === 1 ? 'was' : 'were'} dropped.`,
        ]
      : []),
    ...(rows.length > 0
      ? ['', '| where | weight | outcome | in the words of the reviewer |', '|---|---|---|---|', ...rows]
      : []),
    ...(council.summary.trim() === '' ? [] : ['', block(council.summary, { max: 3_000 * share })]),
  ].join('\n');
};

const findingsSection = (findings: readonly CouncilFinding[], share: number): string =>
  findings.length === 0
    ? ''
    : [
        '### Findings',
        '',
        '| where | weight | in the words of the agent |',
        '|---|---|---|',
        ...findings
          .slice(0, Math.ceil(50 * share))
          .map(
            ({ file, line, severity, why }) => `| ${cell(`${file}:${line}`, 120)} | ${severity} | ${cell(why, 400)} |`,
          ),
      ].join('\n');

const questionsSection = (questions: readonly Question[], share: number): string =>
  questions.length === 0
    ? ''
    : [
        '### It would have liked to know',
        '',
        ...questions.slice(0, Math.ceil(20 * share)).map(({ text }) => `- ${inline(text, 400)}`),
      ].join('\n');

/** How far the run came and what its agent printed last, folded; empty where nothing is known of it. */
export const checkpointsSection = ({ checkpoints = [], lastLines = [] }: Course, share = 1): string => {
  const steps = checkpoints.map(({ afterMs, text }) => `${duration(afterMs).padEnd(8)} ${oneLine(text)}`);
  if (steps.length + lastLines.length === 0) return '';
  const max = 4_000 * share;
  return [
    '<details><summary>Checkpoints</summary>',
    ...(steps.length > 0 ? [block(steps.join('\n'), { max })] : []),
    ...(lastLines.length > 0 ? ['The last lines of the agent:', block(lastLines.join('\n'), { max })] : []),
    '</details>',
  ].join('\n\n');
};

/** A reason is swarm's own words with a name or two in it. */
const sentence = (why: string): string => `${inline(why, 300)}.`;
