/** Finds the epics to look at: those above an issue, those that wait for it, and those in flight. */
import { type Instant, type IssueNumber, issueNumber, type RepositoryName } from '#core/model/epic';
import { type Client, inRepository } from './client.ts';
import type { OwnLabels, ParseConfig } from './config-text.ts';
import type { Hint } from './hints.ts';
import { type CutList, defineList } from './lists.ts';
import { hasReacted, type List, labels, type ReactionsAnswer } from './queries.ts';
import { journalNumbers } from './refs.ts';

interface Ancestry {
  readonly number: number;
  readonly labels?: List<{ readonly name: string }>;
  readonly parent?: Ancestry | null;
}

interface Blocker extends Ancestry {
  readonly blocking: List<Ancestry & { readonly repository: { readonly nameWithOwner: string } }>;
}

const nested = (depth: number): string => (depth === 0 ? '' : `parent { number ${nested(depth - 1)} }`);

/** Issues that wait for an issue. */
const blocking = defineList('blocking', {
  ...{ kind: 'blocked issues', on: 'Issue', field: 'blocking', end: 'first', size: 50, most: 500 },
  select: `id number ${labels()} repository { nameWithOwner } ${nested(8)}`,
});
const recentComments = defineList('recentComments', {
  ...{ kind: 'comments', on: 'Issue', field: 'comments', end: 'last', size: 10, most: 3_000 },
  select: 'body createdAt reactionGroups { content viewerHasReacted }',
});
const recentIssues = defineList('recentIssues', {
  ...{
    kind: 'issues',
    on: 'Repository',
    field: 'issues',
    end: 'first',
    size: 50,
    pageSize: 50,
    weight: 1_000,
    most: 1_000,
  },
  filter: 'orderBy: { field: UPDATED_AT, direction: DESC }',
  select: `id number state updatedAt ${nested(2)} ${labels()} ${recentComments()}`,
});

export interface WakeOptions {
  readonly client: Client;
  readonly repository: RepositoryName;
  readonly parseConfig: ParseConfig;
}

/** The epics that the hints concern, each once. A commit says nothing here: only a look knows the commits of an epic. */
export async function epicsOf(options: WakeOptions, hints: readonly Hint[]): Promise<readonly IssueNumber[]> {
  const { client, repository } = options;
  const found = new Set(hints.filter((hint) => hint.kind === 'epic').map((hint) => hint.number));
  const issues = [
    ...new Set(hints.filter((hint) => hint.kind === 'issue' || hint.kind === 'comment').map((hint) => hint.number)),
  ];
  if (issues.length > 0) {
    // Epics that wait for the issue are concerned too. The sweep finds those in other repositories.
    const parts = issues.map(
      (number) => `issue${number}: issue(number: ${number}) { id number ${labels()} ${nested(8)} ${blocking()} }`,
    );
    const answer = await client.queryWithNulls<{
      repository: { nameWithOwner: string; [alias: `issue${number}`]: Blocker | null } | null;
    }>(
      `query Roots($owner: String!, $name: String!) { repository(owner: $owner, name: $name) { nameWithOwner ${parts.join(' ')} } }`,
      { ...repository },
    );
    const candidates = issues.flatMap((number) => {
      const issue = answer.repository?.[`issue${number}`];
      // The repository may have been renamed since the event.
      const isHere = (other: Blocker['blocking']['nodes'][number]) =>
        other.repository.nameWithOwner === answer.repository?.nameWithOwner;
      return issue ? [issue, ...issue.blocking.nodes.filter(isHere)] : [];
    });
    const journals = candidates.some((issue) => issue.parent) ? await journalNumbers(client, repository) : [];
    // The names of labels matter only for a group.
    const isOurs = candidates.some((issue) => issue.parent && labelsOf(issue).length > 0)
      ? await ownLabels(options)
      : () => undefined;
    for (const issue of candidates)
      for (const number of epicsAmong(issue, new Set(journals), isOurs)) found.add(issueNumber(number));
  }
  return [...found];
}

/**
 * The epics among an issue and its ancestors: those that are being executed. If none is, the topmost issue, or the issue
 * itself if it has one of swarm's labels, because a group can be executed on its own.
 */
function epicsAmong(issue: Ancestry, journals: ReadonlySet<number>, isOurs: OwnLabels['kindOf']): readonly number[] {
  const chain: Ancestry[] = [];
  for (let next: Ancestry | null = issue; next; next = next.parent ?? null) chain.push(next);
  const started = chain.filter(({ number }) => journals.has(number));
  if (started.length > 0) return started.map(({ number }) => number);
  return [(labelsOf(issue).some(isOurs) ? issue : (chain.at(-1) ?? issue)).number];
}

const labelsOf = ({ labels }: Ancestry): readonly string[] => labels?.nodes.map(({ name }) => name) ?? [];

/** Loaded only when there is a label to compare: most starts of the action get by without it. */
async function readLabels({ client, repository, parseConfig }: WakeOptions): Promise<OwnLabels> {
  const { readOwnLabels } = await import('./config-text.ts');
  return readOwnLabels(client, repository, parseConfig);
}

const ownLabels = async (options: WakeOptions): Promise<OwnLabels['kindOf']> => (await readLabels(options)).kindOf;

/** A command takes its label off, so there are never many. Beyond it, an issue is found once it changes. */
const MAX_LABELLED = 100;

/** The epics of all open issues with a label that is a command, however long ago it was put there. */
async function epicsLabelled(options: WakeOptions): Promise<readonly IssueNumber[]> {
  const { client, repository } = options;
  const numbers = new Set<IssueNumber>();
  for (const labels of (await readLabels(options)).commands) {
    const route = 'GET /repos/{owner}/{repo}/issues';
    const issues = await client.paginate(route, { ...inRepository(repository), labels, state: 'open' });
    for (const issue of issues) if (!issue.pull_request) numbers.add(issueNumber(issue.number));
  }
  return epicsOf(
    options,
    [...numbers].slice(0, MAX_LABELLED).map((number) => ({ kind: 'issue', number })),
  );
}

export interface SweepOptions extends WakeOptions {
  /**
   * The time of the last sweep. This one looks through the issues and comments since then, and through the latest issues in any
   * case. Default: a day ago.
   */
  readonly since?: Instant;
  /**
   * `all` asks for each command's label, too. Otherwise a label is seen on an issue that changed since the last sweep, which
   * is enough unless there was none, or too much changed.
   */
  readonly labels?: 'all' | 'on changed issues';
  readonly log: (line: string) => void;
}

const DAY_MS = 24 * 60 * 60_000;

/**
 * Every epic that may need a look, found without an event: open epics with a journal, and issues with a recent command or
 * label. The periodic sweep looks at these. A command on a closed epic gets an answer too.
 */
export async function epicsInFlight(options: SweepOptions): Promise<readonly IssueNumber[]> {
  const { client, repository } = options;
  const numbers = await journalNumbers(client, repository);
  const sinceMs = options.since ?? client.now() - DAY_MS;
  let labels = options.labels ?? 'on changed issues';
  const answer = await client.query<{ repository: { issues: List<RecentIssue> } }>(
    `query Recent($owner: String!, $name: String!) {
      repository(owner: $owner, name: $name) { id ${recentIssues()} }
    }`,
    { ...repository },
    {
      enough: {
        recentIssues: (nodes) => Date.parse((nodes as RecentIssue[]).at(-1)?.updatedAt ?? '') < sinceMs,
        recentComments: ([oldest]) => Date.parse((oldest as RecentComment | undefined)?.createdAt ?? '') < sinceMs,
      },
      onCut: (list) => {
        options.log(sayCut(list, sinceMs));
        labels = 'all';
      },
    },
  );
  const isOurs = answer.repository.issues.nodes.some((issue) => labelsOf(issue).length > 0)
    ? await ownLabels(options)
    : () => undefined;
  const isAsked = (issue: RecentIssue): boolean =>
    labelsOf(issue).some((label) => isOurs(label) === 'command') ||
    // A command that has been answered needs no look.
    issue.comments.nodes.some(
      (comment) => comment.body.startsWith('/swarm') && !hasReacted(comment, 'ROCKET', 'CONFUSED'),
    );
  const journals = new Set(numbers);
  const roots = answer.repository.issues.nodes.flatMap((issue) => {
    // The label of a state stays on a closed issue.
    if (isAsked(issue)) return epicsAmong(issue, journals, isOurs);
    if (issue.state !== 'OPEN' || !labelsOf(issue).some(isOurs)) return [];
    return epicsAmong(issue, journals, isOurs).filter((number) => !journals.has(number));
  });
  const labelled = labels === 'all' ? await epicsLabelled(options) : [];
  const others = [...roots, ...labelled.filter((number) => !journals.has(number))];
  return [...new Set([...(await stillOpen(client, repository, numbers)), ...others])]
    .map(issueNumber)
    .sort((a, b) => a - b);
}

interface RecentComment {
  readonly body: string;
  readonly createdAt: string;
  readonly reactionGroups: readonly ReactionsAnswer[] | null;
}

interface RecentIssue extends Ancestry {
  readonly state: string;
  readonly updatedAt: string;
  readonly comments: List<RecentComment>;
}

/** A sweep that finds too much continues with what it has read: an event or a later sweep finds the rest. */
const sayCut = ({ kind, of, read }: CutList, sinceMs: number): string =>
  `The sweep read ${read} ${kind}${of === undefined ? '' : ` of #${of}`}, and there are more since ${new Date(sinceMs).toISOString()}. It did not read those.`;

async function stillOpen(
  client: Client,
  repository: RepositoryName,
  numbers: readonly number[],
): Promise<readonly number[]> {
  const open: number[] = [];
  for (let start = 0; start < numbers.length; start += 100) {
    const parts = numbers
      .slice(start, start + 100)
      .map((number) => `issue${number}: issue(number: ${number}) { number state }`);
    const answer = await client.queryWithNulls<{
      repository: Record<string, { number: number; state: string } | null> | null;
    }>(
      `query Open($owner: String!, $name: String!) { repository(owner: $owner, name: $name) { ${parts.join(' ')} } }`,
      { ...repository },
    );
    open.push(
      ...Object.values(answer.repository ?? {})
        .filter((issue) => issue?.state === 'OPEN')
        .map((issue) => issue?.number ?? 0),
    );
  }
  return open;
}
