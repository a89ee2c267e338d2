/**
 * The GraphQL questions of an observation, and the shapes of their answers.
 *
 * Pages are 50 wide: a hundred issues with their comments and blockers come near GitHub's ten seconds for one query. What
 * is asked of many at once is a fragment: written out for each, the question would be longer than its answer.
 * @see https://docs.github.com/en/graphql/overview/rate-limits-and-query-limits-for-the-graphql-api
 */
import type { IssueRef } from '#core/model/epic';

export interface Page<Node> {
  readonly nodes: readonly Node[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

export interface ActorAnswer {
  readonly __typename: string;
  readonly login: string;
  readonly databaseId?: number;
}

export interface CommentAnswer {
  readonly id: string;
  /** A BigInt, so a string: comments' ids have outgrown GraphQL's 32-bit Int. */
  readonly fullDatabaseId: string;
  readonly body: string;
  readonly createdAt: string;
  readonly lastEditedAt: string | null;
  readonly viewerDidAuthor: boolean;
  readonly author: ActorAnswer | null;
  /** Of its last edit. */
  readonly editor: ActorAnswer | null;
  readonly reactionGroups: readonly ReactionsAnswer[] | null;
}

export interface ReactionsAnswer {
  readonly content: string;
  readonly viewerHasReacted: boolean;
}

export interface StateAnswer {
  readonly state: string;
  readonly stateReason: string | null;
}

export interface IssueAnswer extends StateAnswer {
  readonly __typename: 'Issue';
  readonly id: string;
  readonly number: number;
  readonly title: string;
  readonly body: string;
  readonly url: string;
  readonly updatedAt: string;
  readonly lastEditedAt: string | null;
  readonly viewerDidAuthor: boolean;
  readonly author: ActorAnswer | null;
  readonly editor: ActorAnswer | null;
  readonly labels: { readonly nodes: readonly { readonly name: string }[] };
  readonly repository: { readonly nameWithOwner: string };
  readonly parent?: { readonly number: number } | null;
  readonly subIssuesSummary: { readonly total: number };
  /** A node is null where the token may not see the blocker's repository. */
  readonly blockedBy: {
    readonly totalCount: number;
    readonly nodes: readonly (
      | (StateAnswer & { readonly number: number; readonly repository: { readonly nameWithOwner: string } })
      | null
    )[];
  };
  readonly comments?: { readonly nodes: readonly CommentAnswer[] };
  /** Of the epic: labels put on; of the issues below it: labels taken off. */
  readonly timelineItems?: {
    readonly nodes: readonly {
      readonly id: string;
      readonly createdAt: string;
      readonly actor: ActorAnswer | null;
      readonly label: { readonly name: string } | null;
    }[];
  };
}

export interface EpicIssueAnswer extends IssueAnswer {
  /** Labels taken off. */
  readonly unlabeled: IssueAnswer['timelineItems'];
  readonly subIssues: Page<IssueAnswer>;
}

export interface EpicAnswer {
  readonly repository: {
    readonly id: string;
    readonly url: string;
    readonly defaultBranchRef: { readonly name: string } | null;
    readonly head: { readonly oid: string } | null;
    readonly state: { readonly text: string | null; readonly isTruncated: boolean; readonly oid: string } | null;
    readonly yml: { readonly text: string | null } | null;
    readonly yaml: { readonly text: string | null } | null;
    readonly workflow: { readonly oid: string } | null;
    readonly segmentWorkflow: { readonly oid: string } | null;
    readonly issue: EpicIssueAnswer | null;
  } | null;
}

const ACTOR = `__typename login ... on User { databaseId } ... on Bot { databaseId }`;
const COMMENT = `id fullDatabaseId body createdAt lastEditedAt viewerDidAuthor author { ${ACTOR} } editor { ${ACTOR} } reactionGroups { content viewerHasReacted }`;
const ISSUE_FIELDS = `
  __typename id number title body url state stateReason updatedAt lastEditedAt viewerDidAuthor
  author { ${ACTOR} }
  editor { ${ACTOR} }
  labels(first: 50) { nodes { name } }
  repository { nameWithOwner }
  parent { number }
  subIssuesSummary { total }
  blockedBy(first: 50) { totalCount nodes { number state stateReason repository { nameWithOwner } } }`;
const SEGMENT = `fragment Segment on Issue {
  ${ISSUE_FIELDS}
  comments(last: 20) { nodes { ${COMMENT} } }
  timelineItems(last: 10, itemTypes: [UNLABELED_EVENT]) {
    nodes { ... on UnlabeledEvent { id createdAt actor { ${ACTOR} } label { name } } }
  }
}`;
/** Issues below others that are asked for at once. */
const PAGE = 50;

export const EPIC = `query SwarmEpic($owner: String!, $name: String!, $epic: Int!, $journal: String!, $state: String!) {
  repository(owner: $owner, name: $name) {
    id url
    defaultBranchRef { name }
    head: object(expression: $journal) { oid }
    state: object(expression: $state) { oid ... on Blob { text isTruncated } }
    yml: object(expression: "HEAD:.github/swarm.yml") { ... on Blob { text } }
    yaml: object(expression: "HEAD:.github/swarm.yaml") { ... on Blob { text } }
    workflow: object(expression: "HEAD:.github/workflows/swarm.yml") { oid }
    segmentWorkflow: object(expression: "HEAD:.github/workflows/segment.yml") { oid }
    issue(number: $epic) {
      ${ISSUE_FIELDS}
      comments(last: 100) { nodes { ${COMMENT} } }
      timelineItems(last: 50, itemTypes: [LABELED_EVENT]) {
        nodes { ... on LabeledEvent { id createdAt actor { ${ACTOR} } label { name } } }
      }
      unlabeled: timelineItems(last: 10, itemTypes: [UNLABELED_EVENT]) {
        nodes { ... on UnlabeledEvent { id createdAt actor { ${ACTOR} } label { name } } }
      }
      subIssues(first: ${PAGE}) { pageInfo { hasNextPage endCursor } nodes { ...Segment } }
    }
  }
}
${SEGMENT}`;

export const CHILDREN = `query SwarmChildren($id: ID!, $after: String) {
  node(id: $id) {
    ... on Issue { subIssues(first: ${PAGE}, after: $after) { pageInfo { hasNextPage endCursor } nodes { ...Segment } } }
  }
}
${SEGMENT}`;

/** Under aliases `group0`, `group1` …: null where it is gone, without its children where it is no issue. */
export type GroupsAnswer = Record<string, { readonly subIssues?: Page<IssueAnswer> } | null>;

/** The first pages of several groups at once: of each no more than it has, so that together they are about a page. */
export function childrenOfGroups(groups: readonly IssueAnswer[]): Question {
  const ids = groups.map(({ id }, at) => [`id${at}`, id] as const);
  const parts = groups.map(
    ({ subIssuesSummary: { total } }, at) =>
      `group${at}: node(id: $id${at}) { ... on Issue { subIssues(first: ${Math.min(total, PAGE)}) { pageInfo { hasNextPage endCursor } nodes { ...Segment } } } }`,
  );
  return {
    text: `query SwarmGroups(${ids.map(([name]) => `$${name}: ID!`).join(', ')}) {
  ${parts.join('\n  ')}
}
${SEGMENT}`,
    variables: Object.fromEntries(ids),
  };
}

/** Groups whose first pages are asked for together. */
export const inPages = (groups: readonly IssueAnswer[]): readonly (readonly IssueAnswer[])[] =>
  together(groups, ({ subIssuesSummary: { total } }) => Math.min(total, PAGE), PAGE);

/** Items in their order, put together as long as they fill no more than this. */
function together<Item>(
  items: readonly Item[],
  sizeOf: (item: Item) => number,
  most: number,
): readonly (readonly Item[])[] {
  const all: Item[][] = [];
  let room = 0;
  for (const item of items) {
    const size = sizeOf(item);
    if (size > room) {
      all.push([]);
      room = most;
    }
    all.at(-1)?.push(item);
    room -= size;
  }
  return all;
}

export interface EditsAnswer {
  readonly node: {
    readonly userContentEdits: {
      readonly nodes: readonly { readonly editedAt: string; readonly editor: ActorAnswer | null }[];
    } | null;
  } | null;
}

/** Who edited a comment. Asked of one that is ticked alone: of all comments it would cost ten times as much as the rest. */
export const EDITS = `query SwarmEdits($id: ID!) {
  node(id: $id) {
    ... on IssueComment { userContentEdits(first: 50) { nodes { editedAt editor { ${ACTOR} } } } }
  }
}`;

export const CONFIG = `query SwarmConfig($owner: String!, $name: String!) {
  repository(owner: $owner, name: $name) {
    yml: object(expression: "HEAD:.github/swarm.yml") { ... on Blob { text } }
    yaml: object(expression: "HEAD:.github/swarm.yaml") { ... on Blob { text } }
  }
}`;

export const issuesByNumber = (
  numbers: readonly number[],
): string => `query SwarmIssues($owner: String!, $name: String!) {
  repository(owner: $owner, name: $name) {
    ${numbers.map((number) => `issue${number}: issueOrPullRequest(number: ${number}) { __typename ...Segment }`).join('\n')}
  }
}
${SEGMENT}`;

export interface CheckRunAnswer {
  readonly __typename: 'CheckRun';
  readonly name: string;
  readonly status: string;
  readonly conclusion: string | null;
  readonly checkSuite: { readonly workflowRun: { readonly workflow: { readonly resourcePath: string } } | null } | null;
}

export interface RollupAnswer {
  readonly contexts: {
    readonly nodes: readonly (
      | CheckRunAnswer
      | { readonly __typename: 'StatusContext'; readonly context: string; readonly state: string }
    )[];
  };
}

export interface BaseAnswer {
  readonly oid: string;
  readonly statusCheckRollup: RollupAnswer | null;
}

export interface ReviewAnswer {
  readonly id: string;
  readonly state: string;
  readonly submittedAt: string | null;
  readonly lastEditedAt: string | null;
  readonly body: string;
  readonly author: ActorAnswer | null;
  readonly commit: { readonly oid: string } | null;
  readonly comments?: {
    readonly nodes: readonly (CommentAnswer & { readonly path: string; readonly line: number | null })[];
  };
}

export interface PullAnswer {
  readonly number: number;
  readonly id: string;
  readonly url: string;
  readonly state: string;
  readonly isDraft: boolean;
  readonly merged: boolean;
  readonly mergedAt: string | null;
  readonly mergeable: string;
  readonly mergeStateStatus: string;
  readonly headRefName: string;
  readonly headRefOid: string;
  readonly baseRefName: string;
  readonly author: ActorAnswer | null;
  readonly mergeCommit: { readonly oid: string } | null;
  readonly reviews: { readonly nodes: readonly ReviewAnswer[] };
  /** Only of one whose segment is not over. */
  readonly comments?: { readonly nodes: readonly CommentAnswer[] };
  readonly commits?: {
    readonly nodes: readonly { readonly commit: { readonly statusCheckRollup: RollupAnswer | null } }[];
  };
}

export interface RunAnswer {
  readonly id: number;
  readonly display_title: string;
  readonly html_url: string;
  readonly status: string | null;
  readonly conclusion: string | null;
}

/** Answers under aliases: `pull3`, `branch0`, `report2`, `calibration0`, and others under `other0`, `other1` … */
export interface DetailAnswer extends Record<string, unknown> {
  readonly repository: (Record<string, unknown> & { readonly base?: BaseAnswer | null }) | null;
}

const ROLLUP = `statusCheckRollup {
  contexts(first: 100) {
    nodes {
      __typename
      ... on CheckRun { name status conclusion checkSuite { workflowRun { workflow { resourcePath } } } }
      ... on StatusContext { context state }
    }
  }
}`;

const PULL_FIELDS = `
  number id url state isDraft merged mergedAt mergeable mergeStateStatus headRefName headRefOid baseRefName
  author { ${ACTOR} }
  mergeCommit { oid }`;
const REVIEW = `id state submittedAt lastEditedAt body author { ${ACTOR} } commit { oid }`;
const WHOLE_PULL = `fragment WholePull on PullRequest {
  ${PULL_FIELDS}
  reviews(last: 50) { nodes { ${REVIEW} comments(first: 30) { nodes { ${COMMENT} path line } } } }
  comments(last: 50) { nodes { ${COMMENT} } } commits(last: 1) { nodes { commit { ${ROLLUP} } } }
}`;
/** Of a segment that is closed only the outcome matters; its approvals stay for the record of who gave them. */
const PULL_STATE = `fragment PullState on PullRequest {
  ${PULL_FIELDS}
  reviews(last: 20, states: [APPROVED]) { nodes { ${REVIEW} } }
}`;

export interface Question {
  readonly text: string;
  readonly variables: Record<string, string>;
}

interface PullQuestion {
  readonly number: number;
  readonly detail: 'whole' | 'state';
}

export interface DetailQuestion {
  /** A branch, or `HEAD` for the default branch. */
  readonly base: string;
  readonly pulls: readonly PullQuestion[];
  readonly branches: readonly string[];
  readonly reports: readonly string[];
  readonly calibrations: readonly string[];
  readonly others: readonly IssueRef[];
  /** Folders of the base whose entries are wanted. */
  readonly personaFolders: readonly string[];
  readonly skillFolders: readonly string[];
}

/** A folder's entries; nothing where the path is no folder. */
export interface FolderAnswer {
  readonly entries?: readonly {
    readonly name: string;
    readonly type: string;
    readonly object?: { readonly entries?: readonly { readonly name: string }[] } | null;
  }[];
}

/**
 * Everything the journal names, by aliases; names of branches and refs travel as variables. One question, and further ones
 * for the pull requests that are too many for it: each has reviews, comments and checks, as much as several issues.
 */
export function detail(question: DetailQuestion): readonly Question[] {
  const sizeOf = ({ detail: how }: PullQuestion): number => (how === 'whole' ? 4 : 1);
  const [first = [], ...more] = together(question.pulls, sizeOf, 4 * PAGE);
  return [detailWith(question, first), ...more.map((pulls) => makeQuestion(pulls.map(askPull), [], {}))];
}

const askPull = ({ number, detail: how }: PullQuestion): string =>
  `pull${number}: pullRequest(number: ${number}) { ...${how === 'whole' ? 'WholePull' : 'PullState'} }`;

function detailWith(question: DetailQuestion, pulls: readonly PullQuestion[]): Question {
  const variables: Record<string, string> = {};
  const parts: string[] = [];
  const asked = (name: string, value: string): string => {
    variables[name] = value;
    return `$${name}`;
  };
  const base = question.base === 'HEAD' ? 'HEAD' : `refs/heads/${question.base}`;
  parts.push(`base: object(expression: ${asked('base', `${base}^{commit}`)}) { ... on Commit { oid ${ROLLUP} } }`);
  parts.push(...pulls.map(askPull));
  question.branches.forEach((branch, index) => {
    parts.push(
      `branch${index}: ref(qualifiedName: ${asked(`branch${index}`, `refs/heads/${branch}`)}) { name target { oid } }`,
    );
  });
  const blob = (alias: string, expression: string) =>
    parts.push(`${alias}: object(expression: ${asked(alias, expression)}) { ... on Blob { text } }`);
  question.reports.forEach((ref, index) => {
    blob(`report${index}`, `${ref}:report.json`);
  });
  question.calibrations.forEach((ref, index) => {
    blob(`calibration${index}`, `${ref}:calibration.json`);
  });
  question.personaFolders.forEach((folder, index) => {
    const at = asked(`personas${index}`, `${base}:${folder}`);
    parts.push(`personas${index}: object(expression: ${at}) { ... on Tree { entries { name type } } }`);
  });
  question.skillFolders.forEach((folder, index) => {
    const at = asked(`skills${index}`, `${base}:${folder}`);
    parts.push(
      `skills${index}: object(expression: ${at}) { ... on Tree { entries { name type object { ... on Tree { entries { name } } } } } }`,
    );
  });
  const here = question.others.filter((ref) => ref.repository === undefined);
  here.forEach((ref) => {
    parts.push(
      `other${ref.number}: issueOrPullRequest(number: ${ref.number}) { __typename ... on Issue { state stateReason } }`,
    );
  });
  const elsewhere = question.others
    .filter((ref) => ref.repository !== undefined)
    .map((ref, index) => {
      const owner = asked(`owner${index}`, ref.repository?.owner ?? '');
      const name = asked(`name${index}`, ref.repository?.name ?? '');
      return `elsewhere${index}: repository(owner: ${owner}, name: ${name}) { issue: issueOrPullRequest(number: ${ref.number}) { __typename ... on Issue { state stateReason } } }`;
    });
  return makeQuestion(parts, elsewhere, variables);
}

/** @param parts of the repository. GitHub refuses a fragment that nobody uses. */
function makeQuestion(
  parts: readonly string[],
  elsewhere: readonly string[],
  variables: Record<string, string>,
): Question {
  const declared = Object.keys(variables).map((name) => `, $${name}: String!`);
  const asked = parts.join('\n    ');
  const fragments = [
    ...(asked.includes('...WholePull') ? [WHOLE_PULL] : []),
    ...(asked.includes('...PullState') ? [PULL_STATE] : []),
  ];
  return {
    text: `query SwarmDetail($owner: String!, $name: String!${declared.join('')}) {
  repository(owner: $owner, name: $name) {
    ${asked}
  }
  ${elsewhere.join('\n  ')}
}
${fragments.join('\n')}`,
    variables,
  };
}

type Reaction = 'EYES' | 'ROCKET' | 'CONFUSED';

/** Whether swarm itself has put one of these on it. */
export const hasReacted = (
  { reactionGroups }: { readonly reactionGroups: readonly ReactionsAnswer[] | null },
  ...contents: readonly Reaction[]
): boolean =>
  (reactionGroups ?? []).some((each) => each.viewerHasReacted && contents.some((content) => content === each.content));

/** All answers whose alias is this word and a number; what is not there is left out. */
export function answersWith<Kind>(answer: Record<string, unknown> | null, word: string): readonly Kind[] {
  const form = new RegExp(`^${word}\\d+$`);
  return Object.entries(answer ?? {})
    .filter(([alias, value]) => value !== null && form.test(alias))
    .map(([, value]) => value as Kind);
}

type OtherAnswer = ({ readonly __typename: 'Issue' } & StateAnswer) | { readonly __typename: 'PullRequest' } | null;

export function othersIn(
  answer: DetailAnswer,
  asked: readonly IssueRef[],
): readonly { readonly ref: IssueRef; readonly answer: OtherAnswer }[] {
  let elsewhere = 0;
  return asked.map((ref) => {
    if (ref.repository === undefined) {
      return { ref, answer: (answer.repository?.[`other${ref.number}`] ?? null) as OtherAnswer };
    }
    const there = answer[`elsewhere${elsewhere++}`] as { readonly issue: OtherAnswer } | null | undefined;
    return { ref, answer: there?.issue ?? null };
  });
}
