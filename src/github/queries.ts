/**
 * The GraphQL queries of an observation, and the types of their answers.
 *
 * A page has 50 items, because a hundred issues with their comments and blockers take almost the ten seconds that GitHub
 * allows for a query. Fields of many objects are in a fragment: repeated for each, the query would be longer than its answer.
 * @see https://docs.github.com/en/graphql/overview/rate-limits-and-query-limits-for-the-graphql-api
 */
import type { IssueRef } from '#core/model/epic';
import { CONFIG_FIELDS, type ConfigAnswer } from './config-text.ts';
import { defineList, onlyThe, packed } from './lists.ts';
import { type FileAnswer, fileOf, STATE_FILE } from './refs.ts';

/** A list of GitHub, read to its end: see `lists.ts`. */
export interface List<Node> {
  readonly nodes: readonly Node[];
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
  /** The author of its last edit. */
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
  readonly labels: { readonly nodes: readonly LabelAnswer[] };
  readonly repository: { readonly nameWithOwner: string };
  readonly parent?: { readonly number: number } | null;
  readonly subIssuesSummary: { readonly total: number };
  /** A node is null if the token may not see the blocker's repository. */
  readonly blockedBy: {
    readonly totalCount: number;
    readonly nodes: readonly (
      | (StateAnswer & { readonly number: number; readonly repository: { readonly nameWithOwner: string } })
      | null
    )[];
  };
  readonly comments?: { readonly nodes: readonly CommentAnswer[] };
  /** Labels removed, and the times when it was closed or reopened. */
  readonly changes?: List<ChangeAnswer>;
}

interface ChangeAnswer {
  readonly __typename: string;
  readonly createdAt: string;
  readonly actor: ActorAnswer | null;
  /** Of a label that was removed. */
  readonly id?: string;
  readonly label?: { readonly name: string } | null;
}

export interface LabelAnswer {
  readonly id: string;
  readonly name: string;
}

interface LabelEventAnswer {
  readonly id: string;
  readonly createdAt: string;
  readonly actor: ActorAnswer | null;
  readonly label: { readonly name: string } | null;
}

/** The latest event of a kind, or of two that undo each other. */
export interface TurnedAnswer {
  readonly nodes: readonly {
    readonly __typename: string;
    readonly createdAt: string;
    readonly actor: ActorAnswer | null;
  }[];
}

export interface EpicIssueAnswer extends IssueAnswer {
  /** Labels added. */
  readonly timelineItems?: List<LabelEventAnswer>;
  /** Not if the issues below it are known. */
  readonly subIssues?: List<IssueAnswer>;
}

export interface EpicAnswer {
  readonly repository:
    | (ConfigAnswer & {
        readonly id: string;
        readonly nameWithOwner: string;
        readonly url: string;
        readonly isEmpty: boolean;
        readonly defaultBranchRef: { readonly name: string } | null;
        readonly mergeCommitAllowed: boolean;
        readonly squashMergeAllowed: boolean;
        readonly rebaseMergeAllowed: boolean;
        /** Only if the epic has a journal that is not known. */
        readonly state?: FileAnswer;
        /** The journal's commit. Null if there is none, or it does not show yet. */
        readonly head?: FileAnswer;
        readonly workflow: { readonly oid: string } | null;
        readonly segmentWorkflow: { readonly oid: string } | null;
        readonly eventsWorkflow: { readonly oid: string } | null;
        readonly clockWorkflow: { readonly oid: string } | null;
        readonly issue: EpicIssueAnswer | null;
      })
    | null;
}

const ACTOR = `__typename login ... on User { databaseId } ... on Bot { databaseId }`;
const COMMENT = `id fullDatabaseId body createdAt lastEditedAt viewerDidAuthor author { ${ACTOR} } editor { ${ACTOR} } reactionGroups { content viewerHasReacted }`;
/** The number of issues in one page. */
export const PAGE = 50;
/** GitHub takes no comments beyond 2,500 on one issue or pull request. */
const MAX_COMMENTS = 3_000;

export const labels = defineList('labels', {
  ...{ kind: 'labels', on: 'Issue', field: 'labels', end: 'first', size: 50, most: 500, select: 'id name' },
});
const blockedBy = defineList('blockedBy', {
  ...{ kind: 'blockers', on: 'Issue', field: 'blockedBy', end: 'first', size: 50, most: 500, also: 'totalCount' },
  select: 'number state stateReason repository { nameWithOwner }',
});
const issueComments = defineList('issueComments', {
  ...{ kind: 'comments', on: 'Issue', field: 'comments', end: 'last', size: 20, most: MAX_COMMENTS, select: COMMENT },
});
const labeled = defineList('labeled', {
  ...{ kind: 'label changes', on: 'Issue', field: 'timelineItems', filter: 'itemTypes: [LABELED_EVENT]', end: 'last' },
  ...{ size: 50, most: 5_000 },
  select: `... on LabeledEvent { id createdAt actor { ${ACTOR} } label { name } }`,
});
// One list for all of them: GitHub charges for each list of each issue.
const changes = defineList('changes', {
  ...{ kind: 'label changes', on: 'Issue', field: 'timelineItems', as: 'changes', end: 'last', size: 20, most: 5_000 },
  filter: 'itemTypes: [UNLABELED_EVENT, CLOSED_EVENT, REOPENED_EVENT, CONVERTED_TO_DISCUSSION_EVENT]',
  select: `__typename
    ... on UnlabeledEvent { id createdAt actor { ${ACTOR} } label { name } }
    ... on ClosedEvent { createdAt actor { ${ACTOR} } }
    ... on ReopenedEvent { createdAt actor { ${ACTOR} } }
    ... on ConvertedToDiscussionEvent { createdAt actor { ${ACTOR} } }`,
});

const ISSUE_FIELDS = `
  __typename id number title body url state stateReason updatedAt lastEditedAt viewerDidAuthor
  author { ${ACTOR} }
  editor { ${ACTOR} }
  ${labels()}
  repository { nameWithOwner }
  parent { number }
  subIssuesSummary { total }
  ${blockedBy()}
  ${changes()}`;
const SEGMENT = `fragment Segment on Issue {
  ${ISSUE_FIELDS}
  ${issueComments()}
}`;
const subIssues = defineList('subIssues', {
  ...{ kind: 'sub-issues', on: 'Issue', field: 'subIssues', end: 'first', size: PAGE, pageSize: PAGE, most: 2_000 },
  ...{ weight: 1_000, select: '...Segment', fragment: SEGMENT },
});

/**
 * The sub-issues of a first page where nobody knows how many there are. GitHub charges for a page's size, full or not, and
 * these come to one point.
 */
const FEW = 30;

/**
 * Its variable `journal` is the journal's commit, or `ABSENT` without `isStarted`.
 * @param expected the number of issues, if it is known
 */
export const epicQuery = (
  expected = FEW,
): string => `query SwarmEpic($owner: String!, $name: String!, $epic: Int!, $journal: GitObjectID!, $isStarted: Boolean!) {
  repository(owner: $owner, name: $name) {
    id nameWithOwner url isEmpty mergeCommitAllowed squashMergeAllowed rebaseMergeAllowed
    defaultBranchRef { name }
    state: ${fileOf('$journal', `"${STATE_FILE}"`).replace(' {', ' @include(if: $isStarted) {')}
    head: object(oid: $journal) { ... on Commit { signature { isValid wasSignedByGitHub } } }
    ${CONFIG_FIELDS}
    workflow: object(expression: "HEAD:.github/workflows/swarm.yml") { oid }
    segmentWorkflow: object(expression: "HEAD:.github/workflows/segment.yml") { oid }
    eventsWorkflow: object(expression: "HEAD:.github/workflows/swarm-events.yml") { oid }
    clockWorkflow: object(expression: "HEAD:.github/workflows/swarm-clock.yml") { oid }
    issue(number: $epic) {
      ${ISSUE_FIELDS}
      ${issueComments(100)}
      ${labeled()}
      ${subIssues(Math.min(PAGE, Math.ceil(expected / 10) * 10))}
    }
  }
}
${SEGMENT}`;

/** Answers by alias `group0`, `group1` …: null if the group is gone, without children if it is not an issue. */
export type GroupsAnswer = Record<string, { readonly subIssues?: List<IssueAnswer> } | null>;

/** The first pages of several groups at once. Each asks for only as many as it has, so that together they are about a page. */
export function childrenOfGroups(groups: readonly IssueAnswer[]): Query {
  const ids = groups.map(({ id }, index) => [`id${index}`, id] as const);
  const parts = groups.map(
    ({ subIssuesSummary: { total } }, index) =>
      `group${index}: node(id: $id${index}) { id ... on Issue { number ${subIssues(Math.min(total, PAGE))} } }`,
  );
  return {
    text: `query SwarmGroups(${ids.map(([name]) => `$${name}: ID!`).join(', ')}) {
  ${parts.join('\n  ')}
}
${SEGMENT}`,
    variables: Object.fromEntries(ids),
  };
}

/** Splits groups so that the first pages of each part fit into one query. */
export const inPages = (groups: readonly IssueAnswer[]): readonly (readonly IssueAnswer[])[] =>
  packed(groups, ({ subIssuesSummary: { total } }) => Math.min(total, PAGE), PAGE);

/** Answers by alias `issue0`, `issue1` …: the changes of issues since a time. */
export type HandsAnswer = Record<
  string,
  {
    readonly id: string;
    readonly timelineItems: {
      readonly pageInfo: { readonly hasPreviousPage: boolean };
      readonly nodes: readonly {
        readonly __typename: string;
        readonly createdAt: string;
        readonly actor: ActorAnswer | null;
        readonly label?: { readonly name: string };
        readonly subIssue?: { readonly number: number } | null;
      }[];
    };
  } | null
>;

/** Kinds of changes that an issue's text does not show: its title, labels, blockers, parent and sub-issues. */
const HANDS = [
  ['LABELED_EVENT', 'label { name }'],
  ['UNLABELED_EVENT', 'label { name }'],
  ['RENAMED_TITLE_EVENT', ''],
  ['BLOCKED_BY_ADDED_EVENT', ''],
  ['BLOCKED_BY_REMOVED_EVENT', ''],
  ['PARENT_ISSUE_ADDED_EVENT', ''],
  ['PARENT_ISSUE_REMOVED_EVENT', ''],
  ['SUB_ISSUE_ADDED_EVENT', ''],
  ['SUB_ISSUE_REMOVED_EVENT', 'subIssue { number }'],
] as const;

/** `LABELED_EVENT` → `LabeledEvent`. */
const typeOf = (item: string): string =>
  item.toLowerCase().replace(/(?:^|_)([a-z])/g, (_, letter: string) => letter.toUpperCase());

/** Who changed these issues since then. Only queried while a consent is being recorded. */
export function handsQuery(ids: readonly string[], since: string): Query {
  const events = HANDS.map(([item, more]) => `... on ${typeOf(item)} { createdAt actor { ${ACTOR} } ${more} }`).join(
    ' ',
  );
  const variables = Object.fromEntries(ids.map((id, index) => [`id${index}`, id]));
  return {
    text: `query SwarmHands($since: DateTime!, ${ids.map((_, index) => `$id${index}: ID!`).join(', ')}) {
  ${ids.map((_, index) => `issue${index}: node(id: $id${index}) { ...Hands }`).join('\n  ')}
}
fragment Hands on Issue {
  id
  timelineItems(${onlyThe('last', 100, 'beyond it, the issue counts as changed by a stranger')}, since: $since, itemTypes: [${HANDS.map(([item]) => item).join(', ')}]) {
    pageInfo { hasPreviousPage }
    nodes { __typename ${events} }
  }
}`,
    variables: { ...variables, since },
  };
}

export interface EditsAnswer {
  readonly node: {
    readonly userContentEdits: {
      readonly nodes: readonly { readonly editedAt: string; readonly editor: ActorAnswer | null }[];
    } | null;
  } | null;
}

/** The editors of a comment. Only queried for a ticked comment: for all, it would cost ten times as much as the rest. */
export const EDITS = `query SwarmEdits($id: ID!) {
  node(id: $id) {
    id
    ... on IssueComment { ${defineList('edits', {
      ...{ kind: 'edits', on: 'IssueComment', field: 'userContentEdits', end: 'first', size: 50, most: 1_000 },
      select: `editedAt editor { ${ACTOR} }`,
    })()} }
  }
}`;

export interface LabelledAnswer {
  readonly node: { readonly id: string; readonly timelineItems?: List<LabelEventAnswer> } | null;
}

/** Who added which labels to a segment. Only asked if it has the label of a command. */
export const LABELLED = `query SwarmLabelled($id: ID!) { node(id: $id) { id ... on Issue { ${labeled()} } } }`;

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
  readonly startedAt: string | null;
  readonly detailsUrl: string | null;
  readonly checkSuite: {
    readonly app: { readonly databaseId: number | null; readonly slug: string } | null;
    readonly workflowRun: {
      readonly event: string;
      readonly resourcePath: string;
      readonly workflow: { readonly resourcePath: string };
    } | null;
  } | null;
}

export interface StatusAnswer {
  readonly __typename: 'StatusContext';
  readonly context: string;
  readonly state: string;
  readonly createdAt: string;
}

export interface RollupAnswer {
  readonly contexts: {
    readonly nodes: readonly (CheckRunAnswer | StatusAnswer)[];
  };
}

export interface BaseAnswer {
  readonly oid: string;
  readonly tree?: { readonly oid: string };
  readonly statusCheckRollup: RollupAnswer | null;
}

export interface CommitAnswer {
  readonly oid: string;
  readonly tree: { readonly oid: string };
  readonly parents: { readonly nodes: readonly { readonly oid: string }[] };
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

export interface ReviewRequestAnswer {
  readonly asCodeOwner: boolean;
  /** Null if the token may not see it. */
  readonly requestedReviewer: {
    readonly __typename: string;
    readonly login?: string;
    /** Of a team: `octo/payments`. */
    readonly combinedSlug?: string;
  } | null;
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
  readonly mergeCommit: CommitAnswer | null;
  /** GitHub's own merge of the head into the base, made to see if they conflict. */
  readonly potentialMergeCommit?: CommitAnswer | null;
  readonly reviews: { readonly nodes: readonly ReviewAnswer[] };
  /** Only if its segment is not over. */
  readonly comments?: { readonly nodes: readonly CommentAnswer[] };
  /** The last time that it was turned into a draft, or marked as ready. */
  readonly drafted?: TurnedAnswer;
  readonly reopened?: TurnedAnswer;
  readonly isMergeQueueEnabled?: boolean;
  readonly mergeQueueEntry?: { readonly position: number } | null;
  /** The last time that it was taken out of its merge queue. */
  readonly unqueued?: { readonly nodes: readonly { readonly createdAt?: string; readonly reason?: string | null }[] };
  /** Null if the rules of its base ask for no reviews. */
  readonly reviewDecision?: string | null;
  readonly reviewRequests?: List<ReviewRequestAnswer>;
  readonly commits?: {
    readonly nodes: readonly {
      readonly commit: CommitAnswer & {
        readonly statusCheckRollup: RollupAnswer | null;
        readonly checkSuites?: List<SuiteAnswer>;
      };
    }[];
  };
}

/** Each workflow run of a commit has a suite of its own, even one without jobs. */
export interface SuiteAnswer {
  readonly conclusion: string | null;
  readonly createdAt: string;
  /** Null for another app than GitHub Actions. */
  readonly workflowRun: {
    readonly event: string;
    readonly workflow: { readonly name: string; readonly resourcePath: string };
  } | null;
}

export interface RunAnswer {
  readonly id: number;
  readonly display_title: string;
  readonly html_url: string;
  readonly status: string | null;
  readonly conclusion: string | null;
  readonly updated_at?: string;
}

/** Answers by alias: `pull3`, `branch0`, `report2`, `calibration0`, `other0` … */
export interface DetailAnswer extends Record<string, unknown> {
  readonly repository: (Record<string, unknown> & { readonly base?: BaseAnswer | null }) | null;
}

const checks = defineList('checks', {
  ...{
    kind: 'checks',
    on: 'Commit',
    path: ['statusCheckRollup'],
    field: 'contexts',
    end: 'first',
    size: 100,
    most: 2_000,
  },
  select: `
    __typename
    ... on CheckRun {
      name status conclusion startedAt detailsUrl
      checkSuite { app { databaseId slug } workflowRun { event resourcePath workflow { resourcePath } } }
    }
    ... on StatusContext { context state createdAt }`,
});
/** Of a commit that is asked for its id. */
const ROLLUP = `statusCheckRollup { ${checks()} }`;

const checkSuites = defineList('checkSuites', {
  ...{ kind: 'checks', on: 'Commit', field: 'checkSuites', end: 'first', size: 20, most: 1_000 },
  select: 'conclusion createdAt workflowRun { event workflow { name resourcePath } }',
});

const COMMIT = `oid tree { oid } parents(${onlyThe('first', 3, 'a merge has two of them')}) { nodes { oid } }`;
const PULL_FIELDS = `
  number id url state isDraft merged mergedAt mergeable mergeStateStatus headRefName headRefOid baseRefName
  author { ${ACTOR} }
  mergeCommit { ${COMMIT} }`;
const REVIEW = `id state submittedAt lastEditedAt body author { ${ACTOR} } commit { oid }`;
const reviewComments = defineList('reviewComments', {
  ...{
    kind: 'review comments',
    on: 'PullRequestReview',
    field: 'comments',
    end: 'first',
    size: 30,
    most: MAX_COMMENTS,
  },
  select: `${COMMENT} path line`,
});
const reviews = defineList('reviews', {
  // GitHub charges for the comments of each review that the page could hold, and most pull requests have one or two.
  ...{ kind: 'reviews', on: 'PullRequest', field: 'reviews', end: 'last', size: 3, pageSize: 50, most: MAX_COMMENTS },
  ...{ weight: 1_000, select: `${REVIEW} ${reviewComments()}` },
});
const approvals = defineList('approvals', {
  ...{ kind: 'reviews', on: 'PullRequest', field: 'reviews', filter: 'states: [APPROVED]', end: 'last', size: 20 },
  ...{ most: MAX_COMMENTS, select: REVIEW },
});
const reviewRequests = defineList('reviewRequests', {
  ...{ kind: 'review requests', on: 'PullRequest', field: 'reviewRequests', end: 'first', size: 20, most: 500 },
  select:
    'asCodeOwner requestedReviewer { __typename ... on User { login } ... on Bot { login } ... on Team { combinedSlug } }',
});
const pullComments = defineList('pullComments', {
  ...{
    kind: 'comments',
    on: 'PullRequest',
    field: 'comments',
    end: 'last',
    size: 50,
    most: MAX_COMMENTS,
    select: COMMENT,
  },
});
const LAST_COMMIT = `commits(${onlyThe('last', 1, 'the checks of a head are those of its last commit')}) { nodes { commit { id ${COMMIT} ${ROLLUP} ${checkSuites()} } } }`;
const WHOLE_PULL = `fragment WholePull on PullRequest {
  ${PULL_FIELDS}
  ${reviews()}
  ${pullComments()} ${LAST_COMMIT}
  potentialMergeCommit { ${COMMIT} }
  reviewDecision
  ${reviewRequests()}
  drafted: timelineItems(${onlyThe('last', 1, 'an earlier one of them is undone by the latest')}, itemTypes: [CONVERT_TO_DRAFT_EVENT, READY_FOR_REVIEW_EVENT]) {
    nodes { __typename ... on ConvertToDraftEvent { createdAt actor { ${ACTOR} } } ... on ReadyForReviewEvent { createdAt actor { ${ACTOR} } } }
  }
  reopened: timelineItems(${onlyThe('last', 1, 'an earlier one of them is undone by the latest')}, itemTypes: [REOPENED_EVENT]) {
    nodes { __typename ... on ReopenedEvent { createdAt actor { ${ACTOR} } } }
  }
  isMergeQueueEnabled mergeQueueEntry { position }
  unqueued: timelineItems(${onlyThe('last', 1, 'an earlier removal has been answered by then')}, itemTypes: [REMOVED_FROM_MERGE_QUEUE_EVENT]) {
    nodes { __typename ... on RemovedFromMergeQueueEvent { createdAt reason } }
  }
}`;
/** For a closed segment only the outcome matters, and the approvals, as a record of who gave them. */
const PULL_STATE = `fragment PullState on PullRequest {
  ${PULL_FIELDS}
  ${approvals()}
}`;

export interface Query {
  readonly text: string;
  readonly variables: Record<string, string>;
}

interface PullRequestPart {
  readonly number: number;
  readonly detail: 'whole' | 'state';
}

export interface CommitFile {
  readonly alias: string;
  readonly commit: string;
  readonly path: string;
  /** The attempt that it has to be the report of. */
  readonly attempt?: string;
}

export interface DetailRequest {
  /** A branch, or `HEAD` for the default branch. */
  readonly base: string;
  readonly pulls: readonly PullRequestPart[];
  readonly branches: readonly string[];
  /** Names of labels that Swarm may add. */
  readonly labels: readonly string[];
  /** Files of commits. The alias of a file says what it is: `report0`, `text14`. */
  readonly files: readonly CommitFile[];
  readonly others: readonly IssueRef[];
  /** Folders on the base, to list their entries. */
  readonly personaFolders: readonly string[];
  readonly skillFolders: readonly string[];
}

/** A folder's entries; none if the path is not a folder. */
export interface FolderAnswer {
  readonly entries?: readonly {
    readonly name: string;
    readonly type: string;
    readonly object?: { readonly entries?: readonly { readonly name: string }[] } | null;
  }[];
}

/**
 * Queries for everything that the journal names, by alias. Names of branches and refs are variables. Usually one query;
 * further ones if there are too many pull requests, because each is as large as several issues.
 */
export function detailQueries(request: DetailRequest): readonly Query[] {
  const sizeOf = ({ detail }: PullRequestPart): number => (detail === 'whole' ? 4 : 1);
  const [first = [], ...more] = packed(request.pulls, sizeOf, 4 * PAGE);
  const [others = [], ...moreOthers] = inParts(request.others, 2 * PAGE);
  return [
    firstQuery(request, first, otherFields(request.others, others)),
    ...more.map((pulls) => makeQuery(pulls.map(pullField), [], {})),
    ...moreOthers.map((part) => {
      const { here, elsewhere, variables } = otherFields(request.others, part);
      return makeQuery(here, elsewhere, variables);
    }),
  ];
}

const inParts = <Item>(items: readonly Item[], size: number): readonly (readonly Item[])[] =>
  packed(items, () => 1, size);

interface OtherFields {
  /** Fields of the repository. */
  readonly here: readonly string[];
  readonly elsewhere: readonly string[];
  readonly variables: Record<string, string>;
}

/** A part of the issues outside the epic. Those in other repositories are numbered in the order of all. */
function otherFields(all: readonly IssueRef[], part: readonly IssueRef[]): OtherFields {
  const foreign = all.filter((ref) => ref.repository !== undefined);
  const state = '__typename ... on Issue { state stateReason }';
  const variables: Record<string, string> = {};
  const elsewhere = part.flatMap(({ number, repository }) => {
    if (!repository) return [];
    const index = foreign.findIndex((ref) => ref.number === number && ref.repository === repository);
    variables[`owner${index}`] = repository.owner;
    variables[`name${index}`] = repository.name;
    return [
      `elsewhere${index}: repository(owner: $owner${index}, name: $name${index}) { issue: issueOrPullRequest(number: ${number}) { ${state} } }`,
    ];
  });
  const here = part
    .filter((ref) => ref.repository === undefined)
    .map(({ number }) => `other${number}: issueOrPullRequest(number: ${number}) { ${state} }`);
  return { here, elsewhere, variables };
}

const pullField = ({ number, detail }: PullRequestPart): string =>
  `pull${number}: pullRequest(number: ${number}) { ...${detail === 'whole' ? 'WholePull' : 'PullState'} }`;

function firstQuery(request: DetailRequest, pulls: readonly PullRequestPart[], others: OtherFields): Query {
  const variables: Record<string, string> = {};
  const parts: string[] = [];
  const variable = (name: string, value: string): string => {
    variables[name] = value;
    return `$${name}`;
  };
  const base = request.base === 'HEAD' ? 'HEAD' : `refs/heads/${request.base}`;
  parts.push(
    `base: object(expression: ${variable('base', `${base}^{commit}`)}) { ... on Commit { id oid tree { oid } ${ROLLUP} } }`,
  );
  parts.push(...pulls.map(pullField));
  request.branches.forEach((branch, index) => {
    parts.push(
      `branch${index}: ref(qualifiedName: ${variable(`branch${index}`, `refs/heads/${branch}`)}) { name target { oid } }`,
    );
  });
  request.labels.forEach((name, index) => {
    parts.push(`label${index}: label(name: ${variable(`label${index}`, name)}) { id name }`);
  });
  for (const { alias, commit, path } of request.files) {
    parts.push(`${alias}: ${fileOf(JSON.stringify(commit), JSON.stringify(path))}`);
  }
  request.personaFolders.forEach((folder, index) => {
    const tree = variable(`personas${index}`, `${base}:${folder}`);
    parts.push(`personas${index}: object(expression: ${tree}) { ... on Tree { entries { name type } } }`);
  });
  request.skillFolders.forEach((folder, index) => {
    const tree = variable(`skills${index}`, `${base}:${folder}`);
    parts.push(
      `skills${index}: object(expression: ${tree}) { ... on Tree { entries { name type object { ... on Tree { entries { name } } } } } }`,
    );
  });
  return makeQuery([...parts, ...others.here], others.elsewhere, { ...variables, ...others.variables });
}

/** True for the query that reads what the journal names. */
export const isDetail = (text: string): boolean => text.startsWith('query SwarmDetail(');

/** True for two queries that were made one. */
export const isLook = (text: string): boolean => text.startsWith('query SwarmLook(');

/**
 * Two queries of this file as one, which GitHub answers with the fields of both. It merges fields of the same name and
 * arguments, and none of these files' aliases stands in both.
 * @see https://spec.graphql.org/October2021/#sec-Field-Selection-Merging
 */
export function asOne<Variable>(
  ...queries: readonly { readonly text: string; readonly variables: Record<string, Variable> }[]
): { readonly text: string; readonly variables: Record<string, Variable> } {
  const parts = queries.map(({ text }) => {
    // Only the end of an operation or a fragment is a bracket in the first column.
    const [, declared = '', fields = '', fragments = ''] =
      /^query \w+\((.*)\) \{\n([\s\S]*?)\n\}\n?([\s\S]*)$/.exec(text) ?? [];
    return { declared: declared.split(', '), fields, fragments: fragments.trim().split(/\n(?=fragment )/) };
  });
  const once = (each: (part: (typeof parts)[number]) => readonly string[]): readonly string[] => [
    ...new Set(parts.flatMap(each)),
  ];
  return {
    text: `query SwarmLook(${once(({ declared }) => declared).join(', ')}) {
${parts.map(({ fields }) => fields).join('\n')}
}
${once(({ fragments }) => fragments).join('\n')}`,
    variables: Object.assign({}, ...queries.map(({ variables }) => variables)) as Record<string, Variable>,
  };
}

/** @param parts fields of the repository. Only used fragments are added, because GitHub rejects an unused one. */
function makeQuery(parts: readonly string[], elsewhere: readonly string[], variables: Record<string, string>): Query {
  const declared = Object.keys(variables).map((name) => `, $${name}: String!`);
  const fields = parts.join('\n    ');
  const fragments = [
    ...(fields.includes('...WholePull') ? [WHOLE_PULL] : []),
    ...(fields.includes('...PullState') ? [PULL_STATE] : []),
  ];
  return {
    text: `query SwarmDetail($owner: String!, $name: String!${declared.join('')}) {
  repository(owner: $owner, name: $name) {
    ${fields}
  }
  ${elsewhere.join('\n  ')}
}
${fragments.join('\n')}`,
    variables,
  };
}

/** Answers by alias: `root`, `place0`, `place1` … */
export interface PlacesAnswer {
  readonly repository:
    | (Readonly<Record<string, PlaceAnswer | null>> & {
        readonly root: { readonly oid: string; readonly entries?: readonly RootEntry[] } | null;
      })
    | null;
}

interface PlaceAnswer {
  readonly oid: string;
  /** Of a file, or of a link: the path that it leads to. */
  readonly text?: string | null;
}

interface RootEntry {
  readonly name: string;
  readonly type: string;
  readonly mode: number;
  readonly oid: string;
}

/** The entries of a commit's root, and what lies at these paths, each by git's digest of the whole. */
export function placesQuery(commit: string, paths: readonly string[]): Query {
  const places = paths.map((path, index) => [`place${index}`, `${commit}:${path.replace(/\/$/, '')}`] as const);
  const fields = places.map(([alias]) => `${alias}: object(expression: $${alias}) { oid ... on Blob { text } }`);
  return {
    text: `query SwarmPlaces($owner: String!, $name: String!, $root: String!${places.map(([alias]) => `, $${alias}: String!`).join('')}) {
  repository(owner: $owner, name: $name) {
    root: object(expression: $root) { oid ... on Tree { entries { name type mode oid } } }
    ${fields.join('\n    ')}
  }
}`,
    variables: { root: `${commit}:`, ...Object.fromEntries(places) },
  };
}

type Reaction = 'EYES' | 'ROCKET' | 'CONFUSED';

/** True if swarm itself has added one of these reactions. */
export const hasReacted = (
  { reactionGroups }: { readonly reactionGroups: readonly ReactionsAnswer[] | null },
  ...contents: readonly Reaction[]
): boolean =>
  (reactionGroups ?? []).some(
    (group) => group.viewerHasReacted && contents.some((content) => content === group.content),
  );

/** All answers with an alias made of this prefix and a number, without those that are null. */
export function answersWith<Kind>(answer: Record<string, unknown> | null, prefix: string): readonly Kind[] {
  const form = new RegExp(`^${prefix}\\d+$`);
  return Object.entries(answer ?? {})
    .filter(([alias, value]) => value !== null && form.test(alias))
    .map(([, value]) => value as Kind);
}

type OtherAnswer = ({ readonly __typename: 'Issue' } & StateAnswer) | { readonly __typename: 'PullRequest' } | null;

export function othersIn(
  answer: DetailAnswer,
  refs: readonly IssueRef[],
): readonly { readonly ref: IssueRef; readonly answer: OtherAnswer }[] {
  let elsewhere = 0;
  return refs.map((ref) => {
    if (ref.repository === undefined) {
      return { ref, answer: (answer.repository?.[`other${ref.number}`] ?? null) as OtherAnswer };
    }
    const found = answer[`elsewhere${elsewhere++}`] as { readonly issue: OtherAnswer } | null | undefined;
    return { ref, answer: found?.issue ?? null };
  });
}
