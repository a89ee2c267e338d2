/**
 * The course of a run in words: the test-first pair with its map from criteria to tests, and the council. Each part
 * ends with who saw it.
 */
import { CONFIG_FILES } from '#core/model/config';
import type { Council, CouncilFinding, Course, Question, RefusedPlace, Report, TestPair } from '#core/model/report';
import { block, cell, inline, oneLine } from './safe.ts';
import { councilSeen, type Sight, testsFirstSeen } from './sight.ts';
import { count, duration, enumerate } from './voice.ts';

/** The whole course as sections of a pull request, or of the page of the work job itself, which needs no `sight`. `share` is the part of the rows to show, from 1 down. */
export const courseSection = (course: Course, share = 1, sight?: Sight): string =>
  [
    under(pairSection(course.pair), sight ? testsFirstSeen(course.pair, sight) : ''),
    under(councilSection(course.council, share), sight ? councilSeen(course.council, sight) : ''),
    findingsSection(course.findings, share),
    questionsSection(course.questions, share),
    checkpointsSection(course, share),
  ]
    .filter((section) => section !== '')
    .join('\n\n');

/** A section with the line that says who saw it. */
export const under = (section: string, seen: string): string => (seen === '' ? section : `${section}\n\n${seen}`);

const pairSection = (pair: TestPair): string =>
  pair.kind === 'skipped'
    ? `### Tests first\n\nNo tests were written first: ${sentence(pair.why)}`
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
  settled: 'fixed or withdrawn',
  overruled: 'overruled by the lead',
  noted: 'noted',
} as const;

const councilSection = (council: Council, share: number): string => {
  if (council.kind === 'skipped') return `### Council\n\nSkipped: ${sentence(council.why)}`;
  const lead = council.lead === undefined ? '' : `; ${inline(council.lead, 60)} decided where they disagreed`;
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
          `${count(council.dropped, 'finding')} named no changed line and ${council.dropped === 1 ? 'was' : 'were'} dropped.`,
        ]
      : []),
    ...(rows.length > 0
      ? ['', "| location | severity | outcome | in the reviewer's words |", '|---|---|---|---|', ...rows]
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
        "| location | severity | in the agent's words |",
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
        '### Open questions',
        '',
        ...questions.slice(0, Math.ceil(20 * share)).map(({ text }) => `- ${inline(text, 400)}`),
      ].join('\n');

/** Every place that a run's programs asked for and may not reach, in its work job or in its verify job. */
export const refusedIn = ({ course, refused = [] }: Pick<Report, 'course' | 'refused'>): readonly RefusedPlace[] => {
  const inWork = course?.network?.kind === 'limited' ? course.network.refused : [];
  const isSame = (one: RefusedPlace, other: RefusedPlace) =>
    one.by === other.by && one.host === other.host && one.port === other.port;
  return [...inWork, ...refused.filter((place) => !inWork.some((other) => isSame(place, other)))];
};

/** Places that programs asked for and may not reach, with the next step; empty if there are none. */
export const networkSection = (refused: readonly RefusedPlace[], share = 1): string => {
  if (refused.length === 0) return '';
  const shown = refused.slice(0, Math.ceil(20 * share));
  const left = refused.length - shown.length;
  return [
    '### Refused on the network',
    '',
    `To allow one of these, add it to \`network\` in ${CONFIG_FILES[0]} and run the segment again. A name that nobody expects may be an attempt to send something out.`,
    '',
    '| place | asked by | times | why |',
    '|---|---|---|---|',
    ...shown.map(
      ({ host, port, by, times, why }) =>
        `| ${cell(WEB_PORTS.includes(port) ? host : `${host}:${port}`, 260)} | ${cell(by, 60)} | ${times} | ${REFUSALS[why]} |`,
    ),
    ...(left > 0 ? ['', `… and ${count(left, 'more', 'more')}.`] : []),
  ].join('\n');
};

/** One line for a job's log, which the log makes safe. */
export const sayRefused = ({ by, host, port }: RefusedPlace): string =>
  `network: ${by} may not reach ${host}:${port}; to allow it, add it to network in ${CONFIG_FILES[0]}`;

/** Ports that an entry of the config need not name. */
const WEB_PORTS: readonly number[] = [443, 80];
const REFUSALS: Readonly<Record<RefusedPlace['why'], string>> = {
  'not named': 'nothing names it',
  'private address': 'its address is private, so the config has to name exactly this host',
};

/** How far the run got and the last lines its agent printed, folded; empty if neither is known. */
export const checkpointsSection = ({ checkpoints = [], lastLines = [] }: Course, share = 1): string => {
  const steps = checkpoints.map(({ afterMs, text }) => `${duration(afterMs).padEnd(8)} ${oneLine(text)}`);
  if (steps.length + lastLines.length === 0) return '';
  const max = 4_000 * share;
  return [
    '<details><summary>Checkpoints</summary>',
    ...(steps.length > 0 ? [block(steps.join('\n'), { max })] : []),
    ...(lastLines.length > 0 ? ["The agent's last lines:", block(lastLines.join('\n'), { max })] : []),
    '</details>',
  ].join('\n\n');
};

/** The reason is swarm's own text, but it may contain names. */
const sentence = (why: string): string => `${inline(why, 300)}.`;
