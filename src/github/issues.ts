/** Reads the epic's issues from GitHub, level by level, and converts them to swarm's types. */
import { createHash } from 'node:crypto';
import { type Instant, instant, issueId, issueNumber, type RepositoryName } from '#core/model/epic';
import type { Gone, Hands, Issue } from '#core/model/snapshot';
import { readTaskList } from '#core/text/spec';
import { readMarker } from '#words/marker';
import { type Client, GitHubRefused, inRepository } from './client.ts';
import type { CutList } from './lists.ts';
import type { People } from './people.ts';
import * as queries from './queries.ts';

interface IssueSource {
  readonly client: Client;
  readonly repository: RepositoryName;
  /** Told of lists that are too long to be read. */
  readonly onCut: (list: CutList) => void;
}

export interface RawIssues {
  readonly epic: queries.EpicIssueAnswer;
  readonly issues: readonly queries.IssueAnswer[];
  /** Sub-issues in another repository. Their numbers mean nothing here, and swarm cannot change them. */
  readonly foreign: readonly queries.IssueAnswer[];
}

/** The maximum nesting of sub-issues. @see https://docs.github.com/en/issues/tracking-your-work-with-issues/using-issues/adding-sub-issues */
const MAX_DEPTH = 8;
/** Reading stops here: a config allows at most 2,000 segments, each below at most as many groups as may nest. */
const MAX_ISSUES = 2_000 * MAX_DEPTH;
const MAX_TASKS = 2_000;

/** All issues below the epic, level by level; without sub-issues, the issues in its task list. */
export async function issuesBelow(source: IssueSource, epic: queries.EpicIssueAnswer): Promise<RawIssues> {
  const found = new Map<string, queries.IssueAnswer>();
  let level = childrenOf(epic);
  for (let depth = 0; depth < MAX_DEPTH && level.length > 0 && found.size < MAX_ISSUES; depth++) {
    const fresh = level.filter((issue) => !found.has(issue.id));
    for (const issue of fresh) found.set(issue.id, issue);
    const groups = fresh.filter((issue) => issue.subIssuesSummary.total > 0);
    level = (await Promise.all(queries.inPages(groups).map((page) => childrenOfAll(source, page)))).flat();
  }
  if (level.some(({ id }) => !found.has(id))) source.onCut({ kind: 'sub-issues', of: epic.number, read: found.size });
  // A fix segment that swarm created does not turn an epic with a task list into one with sub-issues.
  if ([...found.values()].every((issue) => readMarker(issue.body)?.kind === 'fix' && issue.viewerDidAuthor)) {
    for (const issue of await taskListIssues(source, epic)) found.set(issue.id, issue);
  }
  const isHere = (issue: queries.IssueAnswer) => isNamed(source.repository, issue.repository.nameWithOwner);
  const all = [...found.values()];
  return { epic, issues: all.filter(isHere), foreign: all.filter((issue) => !isHere(issue)) };
}

/** An issue that was turned into a discussion stays, closed and locked. */
export const isDiscussion = ({ state, changes }: queries.IssueAnswer): boolean =>
  state !== 'OPEN' && (changes?.nodes ?? []).some(({ __typename }) => __typename === 'ConvertedToDiscussionEvent');

/** @returns undefined if the issue is in this repository. Only REST tells a deleted issue from one that was moved. */
export async function goneOf(client: Client, repository: RepositoryName, number: number): Promise<Gone | undefined> {
  try {
    const { data } = await client.request('GET /repos/{owner}/{repo}/issues/{issue_number}', {
      ...inRepository(repository),
      issue_number: number,
    });
    // A call for an issue that was moved is redirected to it.
    const [, there = ''] = /\/([^/]+\/[^/]+)$/.exec(data.repository_url) ?? [];
    return isNamed(repository, there) ? undefined : { how: 'moved', to: `${there}#${data.number}` };
  } catch (error) {
    if (error instanceof GitHubRefused && error.status === 410) return { how: 'deleted' };
    if (error instanceof GitHubRefused && error.status === 404) return { how: 'out of sight' };
    throw error;
  }
}

/** One query for all groups. */
async function childrenOfAll(
  source: IssueSource,
  groups: readonly queries.IssueAnswer[],
): Promise<readonly queries.IssueAnswer[]> {
  const { text, variables } = queries.childrenOfGroups(groups);
  const answer = await source.client.queryWithNulls<queries.GroupsAnswer>(text, variables, source);
  return groups.flatMap((group, index) => childrenOf({ ...group, ...answer[`group${index}`] }));
}

/** An issue in a repository that swarm may not see is null, and not part of the epic. */
const childrenOf = (
  parent: queries.IssueAnswer & { readonly subIssues?: queries.List<queries.IssueAnswer | null> },
): readonly queries.IssueAnswer[] =>
  (parent.subIssues?.nodes ?? [])
    .filter((child) => child !== null)
    .map((child) => ({ ...child, parent: { number: parent.number } }));

async function taskListIssues(source: IssueSource, epic: queries.IssueAnswer): Promise<readonly queries.IssueAnswer[]> {
  const items = readTaskList(epic.body, source.repository);
  if (items.length > MAX_TASKS) {
    source.onCut({ kind: 'issues in the task list', of: epic.number, read: MAX_TASKS });
  }
  const found: queries.IssueAnswer[] = [];
  for (let start = 0; start < Math.min(items.length, MAX_TASKS); start += queries.PAGE) {
    const numbers = items.slice(start, Math.min(start + queries.PAGE, MAX_TASKS)).map(({ number }) => number);
    const answer = await source.client.queryWithNulls<{ repository: Record<string, queries.IssueAnswer | null> }>(
      queries.issuesByNumber(numbers),
      { ...source.repository },
      source,
    );
    found.push(
      ...Object.values(answer.repository).filter(
        (issue): issue is queries.IssueAnswer => issue?.__typename === 'Issue',
      ),
    );
  }
  return found;
}

export const stateOf = (issue: { readonly state: string; readonly stateReason: string | null }): Issue['state'] =>
  issue.state === 'OPEN'
    ? 'open'
    : issue.stateReason === 'NOT_PLANNED' || issue.stateReason === 'DUPLICATE'
      ? 'not planned'
      : 'completed';

export function withChildren(issues: readonly Issue[]): readonly Issue[] {
  const children = Map.groupBy(issues, ({ parent }) => parent);
  return issues.map((issue) => ({
    ...issue,
    children: (children.get(issue.number) ?? []).map(({ number }) => number),
  }));
}

/** A ticked box. The indent must not span lines: otherwise many empty lines would make this pattern quadratic. */
const TICKED = /^([^\S\n\u2028\u2029]*[-*+]\s+)\[[xX]\]/gm;

/** A digest of everything that an agent gets. Ticking a box does not change it, because people and swarm tick finished items. */
export function digestOf(issue: queries.IssueAnswer): string {
  const options = issue.labels.nodes
    .map((label) => label.name)
    .filter((name) => OPTION.test(name))
    .sort();
  const body = issue.body.replace(/\r\n?/g, '\n').replace(TICKED, '$1[ ]');
  return createHash('sha256')
    .update(JSON.stringify([issue.title, body, options]))
    .digest('hex');
}

/** A label that says how a segment runs. GitHub keeps one spelling of each, in any case. */
const OPTION = /^(model|effort|worker|persona|base|priority):|^P[0-3]$/i;

/** How many issues one query reads the changes of. */
const HANDS_PAGE = 50;

/** Changes of issues since then, with their authors, by the issue's id. */
export async function handsOn(
  { client }: IssueSource,
  people: People,
  issues: readonly queries.IssueAnswer[],
  since: Instant,
): Promise<ReadonlyMap<string, Hands>> {
  const found = new Map<string, Hands>();
  for (let at = 0; at < issues.length; at += HANDS_PAGE) {
    const ids = issues.slice(at, at + HANDS_PAGE).map(({ id }) => id);
    const { text, variables } = queries.handsQuery(ids, new Date(since).toISOString());
    const answer = await client.queryWithNulls<queries.HandsAnswer>(text, variables);
    for (const issue of Object.values(answer)) {
      if (!issue) continue;
      const { pageInfo, nodes } = issue.timelineItems;
      const changes = nodes
        .filter(({ label }) => label === undefined || OPTION.test(label.name))
        .map(async ({ actor, createdAt, subIssue }) => ({
          by: await people.person(actor),
          at: instant(Date.parse(createdAt)),
          ...(subIssue ? { removed: issueNumber(subIssue.number) } : {}),
        }));
      found.set(issue.id, { cut: pageInfo.hasPreviousPage, changes: await Promise.all(changes) });
    }
  }
  return found;
}

/** @param since when the epic was authorised: before that, it does not matter who closed or reopened an issue. */
async function turnedOf(
  people: People,
  { changes }: queries.IssueAnswer,
  since: Instant,
  own: string | undefined,
): Promise<Pick<Issue, 'turned'>> {
  const event = changes?.nodes.findLast(
    ({ __typename }) => __typename === 'ClosedEvent' || __typename === 'ReopenedEvent',
  );
  const at = instant(Date.parse(event?.createdAt ?? ''));
  // Another epic may have closed it, which is Swarm, too.
  if (!event || !(at > since) || (own !== undefined && event.actor?.login === own)) return {};
  const to = event.__typename === 'ReopenedEvent' ? 'open' : 'closed';
  return { turned: { to, by: await people.person(event.actor), at } };
}

export async function issueOf(
  people: People,
  repository: RepositoryName,
  issue: queries.IssueAnswer,
  epic: number,
  more: {
    readonly authorisedAt?: Instant | undefined;
    /** Swarm's own login, if one of its comments shows it. */
    readonly own?: string | undefined;
    readonly hands?: Hands | undefined;
  } = {},
): Promise<Issue> {
  const own = issue.viewerDidAuthor;
  const edited = issue.editor && issue.editor.login !== issue.author?.login;
  const marker = own ? readMarker(issue.body) : undefined;
  const blockers = issue.blockedBy.nodes.filter((blocker) => blocker !== null);
  const hidden = issue.blockedBy.totalCount - blockers.length;
  return {
    id: issueId(issue.id),
    number: issueNumber(issue.number),
    title: issue.title,
    body: issue.body,
    url: issue.url,
    state: stateOf(issue),
    ...(more.authorisedAt === undefined ? {} : await turnedOf(people, issue, more.authorisedAt, more.own)),
    ...(more.hands ? { hands: more.hands } : {}),
    author: await people.person(issue.author, own),
    ...(edited ? { editor: await people.person(issue.editor) } : {}),
    ...(issue.lastEditedAt ? { editedAt: instant(Date.parse(issue.lastEditedAt)) } : {}),
    labels: issue.labels.nodes.map((label) => label.name),
    ...(issue.number !== epic && issue.parent ? { parent: issueNumber(issue.parent.number) } : {}),
    children: [],
    ...(hidden > 0 ? { hiddenBlockers: hidden } : {}),
    blockedBy: blockers.map((blocker) => ({
      number: issueNumber(blocker.number),
      ...foreign(repository, blocker.repository.nameWithOwner),
      state: stateOf(blocker),
    })),
    digest: digestOf(issue),
    // If someone else edited the text below our marker, it is not ours any longer.
    ...(marker?.kind === 'fix' && !edited ? { madeFor: marker.key } : {}),
    kind: 'issue',
  };
}

const foreign = (here: RepositoryName, nameWithOwner: string): { readonly repository?: RepositoryName } =>
  isNamed(here, nameWithOwner) ? {} : { repository: readRepositoryName(nameWithOwner) };

export function readRepositoryName(nameWithOwner: string): RepositoryName {
  const [owner = '', name = ''] = nameWithOwner.split('/');
  return { owner, name };
}

const isNamed = ({ owner, name }: RepositoryName, nameWithOwner: string): boolean =>
  nameWithOwner.toLowerCase() === `${owner}/${name}`.toLowerCase();
