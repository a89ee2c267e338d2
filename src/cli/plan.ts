/** `swarm plan`: the plan of a file, or of an epic on GitHub, as a dry run would show it. */
import { readFile } from 'node:fs/promises';
import { readConfig } from '#config/read';
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
import { DEFAULT_API_URL, makeClient } from '#github/client';
import { Answers, type Observed, observe } from '#github/observe';
import { Fault, messageOf } from '#local/fault';
import { issueBody, readPlanFile } from '#local/plan-file';
import { adviceLines, forecastText, overlapLines } from '#words/plan';
import { formatProblem } from '#words/problems';
import type { Parsed } from './help.ts';

interface Shown {
  readonly title: string;
  readonly plan: Plan;
  readonly advice: Advice | undefined;
  /** What stands in its way besides the plan itself. */
  readonly diagnostics: readonly Diagnostic[];
}

export async function planCommand({ values, positionals }: Parsed): Promise<number> {
  const [file] = positionals;
  const { repo, epic } = values;
  let shown: Shown;
  if (typeof repo === 'string') {
    if (file !== undefined) {
      throw new Fault('A file and --repo are two plans.', `Both ${file} and ${repo} are named.`, 'Name one.');
    }
    shown = await planOnGitHub(repo, epic);
  } else if (file === undefined) {
    throw new Fault(
      'No plan is named.',
      '`swarm plan` shows a file or an epic.',
      'swarm plan FILE, or --repo OWNER/NAME --epic N.',
    );
  } else {
    shown = await planOfFile(file);
  }
  const diagnostics = [...shown.diagnostics, ...shown.plan.diagnostics];
  process.stdout.write(
    values.json === true
      ? `${JSON.stringify({ title: shown.title, ...shown.plan, advice: shown.advice, diagnostics }, null, 2)}\n`
      : `${planLines(shown.title, shown.plan, shown.advice).join('\n')}\n`,
  );
  for (const { level, problem } of diagnostics) {
    process.stderr.write(`\n${level === 'error' ? '' : 'Warning: '}${formatProblem(problem)}\n`);
  }
  return diagnostics.some(({ level }) => level === 'error') ? 1 : 0;
}

/** The plan as it would be if the file's issues were made in an empty repository: the epic #1, the segments from #2. */
async function planOfFile(file: string): Promise<Shown> {
  const config = defaultConfig();
  const { epic, plan } = await readPlanOf(file, config);
  return { title: epic.title, plan, advice: adviseOn(plan, config), diagnostics: [] };
}

/** A plan file with its issues as they would be made, and the plan of them. */
export async function readPlanOf(
  file: string,
  config: Config,
): Promise<{
  readonly epic: Issue;
  readonly issues: readonly Issue[];
  readonly names: ReadonlyMap<string, IssueNumber>;
  readonly plan: Plan;
}> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new Fault(`The plan file ${file} cannot be opened.`, messageOf(error), 'Name an existing file.');
  });
  const stated = readPlanFile(text, file);
  const numbers = new Map(stated.segments.map(({ name }, index) => [name, issueNumber(index + 2)]));
  const numbersOf = (names: readonly string[]): IssueNumber[] => names.flatMap((name) => numbers.get(name) ?? []);
  const top = issueNumber(1);
  const issues = stated.segments.map(
    (segment): Issue => ({
      ...blankIssue(numbers.get(segment.name) ?? top, segment.title),
      body: issueBody(segment, (name) => numbers.get(name)),
      labels: segment.labels,
      parent: top,
      blockedBy: numbersOf(segment.blockedBy).map((number) => ({ number, state: 'open' })),
    }),
  );
  const epic: Issue = {
    ...blankIssue(top, stated.epic.title),
    body: stated.epic.body,
    labels: stated.epic.labels,
    children: issues.map((issue) => issue.number),
  };
  return { epic, issues, names: numbers, plan: planEpic({ epic, issues, others: [], config, fixes: {} }) };
}

const WRITER: Person = { id: 0, login: 'you', kind: 'person', permission: 'write' };

const blankIssue = (number: IssueNumber, title: string): Issue => ({
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

async function planOnGitHub(repo: string, said: string | boolean | undefined): Promise<Shown> {
  const { snapshot, config } = await observeEpic(repo, said);
  const { plan } = decide(snapshot, config).board;
  return { title: snapshot.epic.title, plan, advice: adviseOn(plan, config), diagnostics: snapshot.preflight };
}

/** Looks at an epic on GitHub as the orchestrator would. */
export async function observeEpic(
  repo: string,
  said: string | boolean | undefined,
): Promise<Observed & { readonly token: string }> {
  const [, owner, name] = /^([\w.-]+)\/([\w.-]+)$/.exec(repo) ?? [];
  if (!owner || !name) {
    throw new Fault(
      `--repo cannot be "${repo}".`,
      'A repository is named OWNER/NAME.',
      'For example: --repo octo/shop.',
    );
  }
  if (typeof said !== 'string' || !/^\d{1,9}$/.test(said)) {
    throw new Fault('No epic is named.', '--repo needs the epic’s number.', 'Add --epic N.');
  }
  const token = process.env.GITHUB_TOKEN ?? process.env.GH_TOKEN;
  if (!token) {
    throw new Fault(
      'No token is there.',
      'Reading from GitHub needs one, in GITHUB_TOKEN or GH_TOKEN.',
      'GITHUB_TOKEN=$(gh auth token) swarm …',
    );
  }
  const apiUrl = process.env.GITHUB_API_URL ?? DEFAULT_API_URL;
  const client = makeClient({ apiUrl, token });
  const repository = { owner, name };
  const seen = await observe({
    client,
    repository,
    epic: issueNumber(Number(said)),
    orchestrator: 'cli',
    performed: {},
    killSwitch: 'variable',
    requests: [],
    answers: new Answers(client, repository),
    understand: ({ file, text }) => readConfig(text, file),
  }).catch((error: unknown) => {
    throw new Fault(`${repo}#${said} cannot be read.`, messageOf(error), 'Check the name, the token and its access.');
  });
  if (!seen)
    throw new Fault(
      `There is no issue ${repo}#${said}.`,
      'GitHub does not know it, or does not show it to this token.',
      'Check both.',
    );
  return { ...seen, token };
}

/** Waves, tracks, what each segment waits for and what it never runs beside, as plain lines. */
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
        const waits = [...[...(segment?.blockedBy ?? []), ...after].map((each) => `#${each}`), ...outside(number)];
        const why = waits.length > 0 ? `  after ${[...new Set(waits)].join(', ')}` : '';
        const name = index === 0 ? `  [${track.name}]` : '';
        lines.push(
          `  ${index === 0 ? track.letter.padEnd(3) : '   '}#${String(number).padEnd(4)} ${segment?.title ?? ''}${why}${name}`,
        );
      }
    }
  }
  const apart = overlapLines(plan).map((line) => `  ${line}`);
  return apart.length === 0 ? lines : [...lines, '', 'These never run at the same time', ...apart];
}
