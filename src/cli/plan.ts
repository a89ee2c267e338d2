/** `swarm plan`: the plan of a file or of an epic on GitHub, as a dry run shows it. */
import { readFile } from 'node:fs/promises';
import { defaultConfig } from '#config/schema';
import { decide } from '#core/decide/decide';
import type { Config } from '#core/model/config';
import { type IssueNumber, issueId, issueNumber } from '#core/model/epic';
import type { Person } from '#core/model/people';
import type { Advice, Plan } from '#core/model/plan';
import type { Diagnostic } from '#core/model/problem';
import type { Issue } from '#core/model/snapshot';
import { planEpic } from '#core/plan/planner';
import { adviseOn } from '#core/schedule/what-if';
import { refText } from '#core/text/markdown';
import { wallsHere } from '#local/walls';
import { readBlock } from '#plans/block';
import { issueBody, readPlanFile } from '#plans/plan-file';
import { Fault, messageOf } from '#words/fault';
import { adviceLines, baselineText, forecastText, networkText, overlapLines, wallsText } from '#words/plan';
import { formatProblem } from '#words/problems';
import { readingLines } from '#words/readings';
import { withNames } from '#words/voice';
import { observeEpic } from './epic/look.ts';
import type { Parsed } from './help.ts';

interface FoundPlan {
  readonly title: string;
  readonly plan: Plan;
  readonly advice: Advice | undefined;
  /** Problems outside of the plan itself: the preflight. */
  readonly diagnostics: readonly Diagnostic[];
}

export async function planCommand({ values, positionals }: Parsed): Promise<number> {
  const [file] = positionals;
  const { repo, epic } = values;
  let found: FoundPlan;
  if (typeof repo === 'string') {
    if (file !== undefined) {
      throw new Fault(
        'A file and --repo cannot be combined.',
        `Both ${file} and ${repo} are given.`,
        'Give one of them.',
      );
    }
    found = await planOnGitHub(repo, epic);
  } else if (file === undefined) {
    throw new Fault(
      'No plan is given.',
      '`swarm plan` shows a plan file or an epic on GitHub.',
      'Run `swarm plan FILE` or `swarm plan --repo OWNER/NAME --epic N`.',
    );
  } else {
    found = await planOfFile(file);
  }
  const diagnostics = [...found.diagnostics, ...found.plan.diagnostics];
  const walls = await wallsHere();
  const explained = values.explain === true ? explanation(found.plan) : [];
  const named = (text: string): string => withNames(text, found.plan.names);
  process.stdout.write(
    values.json === true
      ? `${JSON.stringify({ title: found.title, ...found.plan, advice: found.advice, isolationHere: walls ?? null, diagnostics }, null, 2)}\n`
      : `${named([...planLines(found.title, found.plan, found.advice), ...explained, '', `${wallsText(found.plan)} This machine has ${walls ?? 'none'}. ${networkText(found.plan)} ${baselineText(found.plan)}`.trim()].join('\n'))}\n`,
  );
  for (const { level, problem } of diagnostics) {
    process.stderr.write(`\n${level === 'error' ? '' : 'Warning: '}${named(formatProblem(problem))}\n`);
  }
  return diagnostics.some(({ level }) => level === 'error') ? 1 : 0;
}

/** The plan for the file's issues as if created in an empty repository: the epic is #1, the segments start at #2. */
async function planOfFile(file: string): Promise<FoundPlan> {
  const config = defaultConfig();
  if (/\.(?:md|markdown)$/i.test(file)) return planOfText(file, config);
  const { epic, plan } = await readPlanOf(file, config);
  return { title: epic.title, plan, advice: adviseOn(plan, config), diagnostics: [] };
}

/** The plan in the text of an epic, as `/swarm plan` would show it. */
async function planOfText(file: string, config: Config): Promise<FoundPlan> {
  const body = await textOf(file);
  const block = readBlock(body);
  if (!block) {
    throw new Fault(
      `${file} holds no plan.`,
      "An epic's text holds a plan in a fence that begins with three backticks and the word `swarm`.",
      'Add one as docs/segments.md shows it, or give a plan file.',
    );
  }
  const title = /^# +(.+)$/m.exec(body)?.[1] ?? file;
  const epic: Issue = { ...emptyIssue(issueNumber(1), title), body };
  const plan = planEpic({ epic, issues: [], others: [], config, fixes: {}, block });
  return { title, plan, advice: adviseOn(plan, config), diagnostics: [] };
}

const textOf = (file: string): Promise<string> =>
  readFile(file, 'utf8').catch((error: unknown) => {
    throw new Fault(`The plan file ${file} cannot be opened.`, messageOf(error), 'Give the path of an existing file.');
  });

/** A plan file's issues as they would be created, and their plan. */
export async function readPlanOf(
  file: string,
  config: Config,
): Promise<{
  readonly epic: Issue;
  readonly issues: readonly Issue[];
  readonly names: ReadonlyMap<string, IssueNumber>;
  readonly plan: Plan;
}> {
  const planFile = readPlanFile(await textOf(file), file);
  const numbers = new Map(planFile.segments.map(({ name }, index) => [name, issueNumber(index + 2)]));
  const numbersOf = (names: readonly string[]): IssueNumber[] => names.flatMap((name) => numbers.get(name) ?? []);
  const epicNumber = issueNumber(1);
  const issues = planFile.segments.map(
    (segment): Issue => ({
      ...emptyIssue(numbers.get(segment.name) ?? epicNumber, segment.title),
      body: issueBody(segment, (name) => numbers.get(name)),
      labels: segment.labels,
      parent: epicNumber,
      blockedBy: numbersOf(segment.blockedBy).map((number) => ({ number, state: 'open' })),
    }),
  );
  const epic: Issue = {
    ...emptyIssue(epicNumber, planFile.epic.title),
    body: planFile.epic.body,
    labels: planFile.epic.labels,
    children: issues.map((issue) => issue.number),
  };
  return { epic, issues, names: numbers, plan: planEpic({ epic, issues, others: [], config, fixes: {} }) };
}

const explanation = (plan: Plan): string[] => {
  const lines = readingLines(plan).map((line) => `  ${line}`);
  return ['', 'What Swarm read, and from which line', ...(lines.length === 0 ? ['  Only titles.'] : lines)];
};

const WRITER: Person = { id: 0, login: 'you', kind: 'person', permission: 'write' };

const emptyIssue = (number: IssueNumber, title: string): Issue => ({
  id: issueId(`plan-file-${number}`),
  number,
  title,
  body: '',
  url: '',
  state: 'open',
  author: WRITER,
  labels: [],
  children: [],
  blockedBy: [],
  digest: '',
  kind: 'issue',
});

async function planOnGitHub(repo: string, epic: string | boolean | undefined): Promise<FoundPlan> {
  const { snapshot, config } = await observeEpic(repo, epic);
  const { plan } = decide(snapshot, config).board;
  return { title: snapshot.epic.title, plan, advice: adviseOn(plan, config), diagnostics: snapshot.preflight };
}

/** Waves, tracks, the dependencies of each segment, and segments that never run at the same time, as plain lines. */
export function planLines(title: string, plan: Plan, advice?: Advice): string[] {
  const segments = new Map(plan.segments.map((segment) => [segment.number, segment]));
  const lines = [title, forecastText(plan), ...(advice ? adviceLines(advice).map((line) => `- ${line}`) : [])];
  const outside = (number: number): readonly string[] => (plan.waitsOutside[number] ?? []).map(refText);
  for (const wave of plan.waves) {
    lines.push('', `Wave ${wave.number}`);
    for (const track of wave.tracks) {
      for (const [index, number] of track.segments.entries()) {
        const segment = segments.get(number);
        const after = index > 0 ? [track.segments[index - 1]] : [];
        const waits = [
          ...[...(segment?.blockedBy ?? []), ...after].map((blocker) => `#${blocker}`),
          ...outside(number),
        ];
        const why = waits.length > 0 ? `  after ${[...new Set(waits)].join(', ')}` : '';
        const name = index === 0 ? `  [${track.name}]` : '';
        lines.push(
          `  ${index === 0 ? track.letter.padEnd(3) : '   '}#${String(number).padEnd(4)} ${segment?.title ?? ''}${why}${name}`,
        );
      }
    }
  }
  const exclusions = overlapLines(plan).map((line) => `  ${line}`);
  return exclusions.length === 0 ? lines : [...lines, '', 'These never run at the same time', ...exclusions];
}
