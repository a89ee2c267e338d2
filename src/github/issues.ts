/** The epic's issues as GitHub answers them, level by level, in swarm's words. */
import { createHash } from 'node:crypto';
import { instant, issueId, issueNumber, type RepositoryName } from '#core/model/epic';
import type { Issue } from '#core/model/snapshot';
import { readTaskList } from '#core/text/spec';
import { readMarker } from '#words/marker';
import type { Client } from './client.ts';
import type { People } from './people.ts';
import * as ask from './questions.ts';

/** Where issues are read. */
interface Place {
  readonly client: Client;
  readonly repository: RepositoryName;
}

export interface RawIssues {
  readonly epic: ask.EpicIssueAnswer;
  readonly issues: readonly ask.IssueAnswer[];
  /** Sub-issues that live in another repository: their numbers mean nothing here, and swarm has no hold on them. */
  readonly foreign: readonly ask.IssueAnswer[];
}

/** How deep groups may nest. @see https://docs.github.com/en/issues/tracking-your-work-with-issues/using-issues/adding-sub-issues */
const MAX_DEPTH = 8;
/** Reading stops here: a config allows no more than 2,000 segments, each in groups of its own at the deepest. */
const MAX_ISSUES = 2_000 * MAX_DEPTH;

/** Everything below the epic, level by level; without sub-issues, what its task list names. */
export async function issuesBelow(place: Place, epic: ask.EpicIssueAnswer): Promise<RawIssues> {
  const found = new Map<string, ask.IssueAnswer>();
  let level = await childrenOf(place, epic);
  for (let depth = 0; depth < MAX_DEPTH && level.length > 0 && found.size < MAX_ISSUES; depth++) {
    const fresh = level.filter((issue) => !found.has(issue.id));
    for (const issue of fresh) found.set(issue.id, issue);
    const groups = fresh.filter((issue) => issue.subIssuesSummary.total > 0);
    level = (await Promise.all(ask.inPages(groups).map((page) => childrenOfAll(place, page)))).flat();
  }
  // A segment that swarm made does not turn a task list's epic into one with sub-issues.
  if ([...found.values()].every((issue) => readMarker(issue.body)?.kind === 'fix' && issue.viewerDidAuthor)) {
    for (const issue of await taskListIssues(place, epic)) found.set(issue.id, issue);
  }
  const here = `${place.repository.owner}/${place.repository.name}`.toLowerCase();
  const isHere = (issue: ask.IssueAnswer) => issue.repository.nameWithOwner.toLowerCase() === here;
  const all = [...found.values()];
  return { epic, issues: all.filter(isHere), foreign: all.filter((issue) => !isHere(issue)) };
}

/** One question for all of them, and further ones where a group has more than a page. */
async function childrenOfAll(place: Place, groups: readonly ask.IssueAnswer[]): Promise<readonly ask.IssueAnswer[]> {
  const { text, variables } = ask.childrenOfGroups(groups);
  const answer = await place.client.queryWhatIsThere<ask.GroupsAnswer>(text, variables);
  const found = groups.map((group, at) => {
    const subIssues = answer[`group${at}`]?.subIssues;
    return subIssues ? childrenOf(place, { ...group, subIssues }) : [];
  });
  return (await Promise.all(found)).flat();
}

async function childrenOf(
  { client }: Place,
  parent: ask.IssueAnswer & { readonly subIssues?: ask.Page<ask.IssueAnswer> },
): Promise<readonly ask.IssueAnswer[]> {
  const children = [...(parent.subIssues?.nodes ?? [])];
  let page = parent.subIssues?.pageInfo ?? { hasNextPage: parent.subIssuesSummary.total > 0, endCursor: null };
  while (page.hasNextPage && children.length < MAX_ISSUES) {
    const answer = await client.queryWhatIsThere<{ node: { subIssues: ask.Page<ask.IssueAnswer> } | null }>(
      ask.CHILDREN,
      { id: parent.id, after: page.endCursor },
    );
    if (!answer.node) break;
    children.push(...answer.node.subIssues.nodes);
    page = answer.node.subIssues.pageInfo;
  }
  // What lies in a repository that swarm may not see is null, and no part of the epic.
  return children.filter((child) => child !== null).map((child) => ({ ...child, parent: { number: parent.number } }));
}

async function taskListIssues(place: Place, epic: ask.IssueAnswer): Promise<readonly ask.IssueAnswer[]> {
  const named = readTaskList(epic.body, place.repository).slice(0, 200);
  if (named.length === 0) return [];
  const answer = await place.client.queryWhatIsThere<{ repository: Record<string, ask.IssueAnswer | null> }>(
    ask.issuesByNumber(named.map((item) => item.number)),
    { ...place.repository },
  );
  return Object.values(answer.repository).filter((issue): issue is ask.IssueAnswer => issue?.__typename === 'Issue');
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

/** A ticked box, found from its own line on: were the blanks before it to go over lines, many empty ones would stall it. */
const TICKED = /^([^\S\n\u2028\u2029]*[-*+]\s+)\[[xX]\]/gm;

/** What an agent would be told. Ticking a box changes no meaning: people and swarm tick what is done. */
function digestOf(issue: ask.IssueAnswer): string {
  const options = issue.labels.nodes
    .map((label) => label.name)
    .filter((name) => /^(model|effort|worker|persona|base|priority):|^P[0-3]$/.test(name))
    .sort();
  const body = issue.body.replace(/\r\n?/g, '\n').replace(TICKED, '$1[ ]');
  return createHash('sha256')
    .update(JSON.stringify([issue.title, body, options]))
    .digest('hex');
}

export async function issueOf(
  people: People,
  repository: RepositoryName,
  issue: ask.IssueAnswer,
  epic: number,
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
    // Text under our marker that somebody else edited is no longer ours.
    ...(marker?.kind === 'fix' && !edited ? { madeFor: marker.key } : {}),
    kind: 'issue',
  };
}

function foreign(here: RepositoryName, nameWithOwner: string): { readonly repository?: RepositoryName } {
  const [owner = '', name = ''] = nameWithOwner.split('/');
  const same = owner.toLowerCase() === here.owner.toLowerCase() && name.toLowerCase() === here.name.toLowerCase();
  return same ? {} : { repository: { owner, name } };
}
