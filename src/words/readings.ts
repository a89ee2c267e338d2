/**
 * The reading report: what Swarm took from which place of an issue, in one line for each issue (SPEC R1.9).
 *
 * An author compares it with what they meant, before anything is paid for. It leaves out what nobody wrote: defaults, and
 * names that come from the title.
 */
import { type PassedOver, type Reading, type Source, SPEC_KEYS } from '#core/model/epic';
import type { IssueReading, Plan, Wait } from '#core/model/plan';
import type { Diagnostic, ProblemKind } from '#core/model/problem';
import { refText } from '#core/text/markdown';
import { inline, titleText } from './safe.ts';
import { count, enumerate, withNames } from './voice.ts';

const SHOWN = 6;

/** The report as a folded section of at most `room` characters; empty if nothing was read, or if it cannot fit. */
export const readingSection = (plan: Plan, room: number, only?: ReadonlySet<number>): string => {
  const head = '<details><summary>What Swarm read, and from which line</summary>\n';
  const tail = '\n</details>';
  const lines = readingLines(plan, only).map((line) => `- ${line}`);
  if (lines.length === 0) return '';
  const more = (left: number): string =>
    `- … and ${count(left, 'more issue')}. \`swarm plan --explain\` shows all of them.`;
  let left = room - head.length - tail.length - more(lines.length).length - 2;
  const shown: string[] = [];
  for (const line of lines) {
    left -= line.length + 1;
    if (left < 0) break;
    shown.push(line);
  }
  if (shown.length === 0) return '';
  const cut = lines.length - shown.length;
  return [head, ...shown, ...(cut > 0 ? [more(cut)] : []), tail].join('\n');
};

/**
 * One line for each issue that says more than its title, by number. This Markdown also reads well in a terminal.
 *
 * @param only the segments to report.
 */
export const readingLines = (plan: Plan, only?: ReadonlySet<number>): string[] => {
  const titles = new Map(plan.segments.map(({ number, title }) => [number as number, title]));
  const doubtful = Map.groupBy(plan.diagnostics.filter(isDoubt), (each) => issueOf(each) ?? 0);
  return Object.entries(plan.readings).flatMap(([key, reading]) => {
    const number = Number(key);
    if (only && !only.has(number)) return [];
    const title = titles.get(number);
    const said = [...takenParts(reading, title === undefined), ...notTakenParts(reading, doubtful.get(number) ?? [])];
    if (said.length === 0) return [];
    const name = title === undefined ? 'the epic' : inline(titleText(title, number, 40), 40);
    return [withNames(`#${number} ${name}: ${said.join('; ')}.`, plan.names)];
  });
};

// ── What was taken ──────────────────────────────────────────────────────────────────────────────────────────────────

const takenParts = (reading: IssueReading, isEpic: boolean): string[] => {
  const of = (what: Reading['what']): readonly Reading[] => reading.taken.filter((each) => each.what === what);
  const others = SPEC_KEYS.filter((key) => key !== 'files').flatMap((key) => of(key).flatMap(valuePart));
  return [
    ...membershipPart(reading.from),
    ...filesPart(of('files')),
    ...of('criteria').map(
      ({ value, source }) => `${count(Number(value), 'criterion', 'criteria')} from ${saySource(source)}`,
    ),
    ...waitsPart(reading),
    ...(isEpic ? others.map((part) => `for all segments, ${part}`) : others),
  ];
};

/** Sub-issues of the epic itself are the usual case, and the plan says so once. */
const membershipPart = (from: Source | undefined): string[] =>
  from?.kind === 'task list' || from?.kind === 'block' ? [`listed on ${saySource(from)}`] : [];

const filesPart = (all: readonly Reading[]): string[] => {
  const [first] = all;
  if (!first) return [];
  if (first.source.kind !== 'text') return [`files from ${saySource(first.source)}`];
  const lines = [...new Set(all.flatMap(({ source }) => ('line' in source ? [source.line] : [])))].sort(
    (a, b) => a - b,
  );
  return [`files guessed from ${count(all.length, 'path')} on ${linesText(lines)}`];
};

const valuePart = ({ what, value, said, source }: Reading): string[] => {
  if (source.kind === 'title') return [];
  const words = said === undefined ? '' : `${inline(said, 40)}, `;
  return [`${what} ${inline(value, 60)} (${words}${saySource(source)})`];
};

const waitsPart = ({ linked, waits }: IssueReading): string[] => {
  const places = new Map<string, { readonly wait?: Wait; readonly said: string[] }>();
  for (const number of linked) places.set(`#${number}`, { said: [LINK] });
  for (const wait of waits) {
    const name = refText(wait.on);
    const said = places.get(name)?.said ?? [];
    places.set(name, { wait, said: [...said, saySource(wait.source)] });
  }
  if (places.size === 0) return [];
  const blockers = [...places].map(([name, { wait, said }]) => {
    const shown = wait?.on.repository ? inline(name) : name;
    return `${shown} (${enumerate([...new Set(said)], SHOWN)})`;
  });
  return [`waits for ${enumerate(blockers, SHOWN)}`];
};

const LINK = '"Blocked by" link';

/** The place, as the object of "from". */
export const saySource = (source: Source): string => {
  switch (source.kind) {
    case 'front matter':
    case 'section':
    case 'text':
      return `line ${source.line}`;
    case 'form answer':
      return `the form's answer on line ${source.line}`;
    case 'label':
      return `the label ${inline(source.label, 60)}`;
    case 'title':
      return 'the title';
    case 'link':
      return LINK;
    case 'sub-issue':
      return `the sub-issues of #${source.of}`;
    case 'block':
    case 'task list':
      return `line ${source.line} of #${source.of}`;
    case 'group':
      return `because its group #${source.group} waits`;
  }
};

const linesText = (lines: readonly number[]): string =>
  `${lines.length === 1 ? 'line' : 'lines'} ${enumerate(lines.map(String), SHOWN)}`;

// ── What was not taken ──────────────────────────────────────────────────────────────────────────────────────────────

/** What these have in common; a list of them follows. */
const WHY: Readonly<Record<PassedOver['why'], string>> = {
  prose: 'not read as a value',
  'left open': 'left open',
  overruled: 'overruled by the text',
  'in the text': 'without effect outside of front matter and forms',
  'other heading': 'without effect below a heading that is not of the third level (`###`)',
  'in code': 'without effect in a code block',
  'no issue': 'no issue to wait for',
  boxes: 'boxes under no heading for acceptance criteria',
  'no effect': 'without effect in this version',
  epic: 'without effect in an epic',
};

/** Problems that quote a line which Swarm could not read. */
const DOUBTS: ReadonlySet<ProblemKind> = new Set([
  'ANSWER_UNREAD',
  'BAD_GLOB',
  'CRITERIA_UNREAD',
  'DEPENDENCY_UNREAD',
  'FRONT_MATTER',
  'SPEC_KEY',
  'SPEC_VALUE',
  'TASK_UNREAD',
]);

const isDoubt = ({ problem }: Diagnostic): boolean => DOUBTS.has(problem.kind);

const issueOf = ({ problem }: Diagnostic): number | undefined => ('at' in problem ? problem.at.issue : undefined);

const notTakenParts = ({ passedOver }: IssueReading, doubts: readonly Diagnostic[]): string[] => {
  const passed = [...Map.groupBy(passedOver, ({ why }) => why)].map(([why, all]) => {
    const items = all.map(({ what, source }) =>
      why === 'no issue' || why === 'boxes' ? saySource(source) : `${what} (${saySource(source)})`,
    );
    return `${WHY[why]}: ${enumerate(items, SHOWN)}`;
  });
  const lines = doubts.flatMap(({ problem }) => ('at' in problem && problem.at.line ? [problem.at.line] : []));
  const unread = [...new Set(lines)].sort((a, b) => a - b);
  const problems = unread.length === 0 ? [] : [`not understood: ${linesText(unread)} (see the problems)`];
  return [...passed, ...problems];
};
