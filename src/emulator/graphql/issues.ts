/** GraphQL's issues: their texts, authors, timelines, comments and reactions, and the links between issues. */

import {
  type Comment,
  type Edit,
  type Issue,
  type IssueFact,
  type LockReason,
  REACTIONS,
  type Reaction,
  type ReactionContent,
  type Repository,
  type TimelineEvent,
  type User,
} from '#emulator/model/records';
import { associationWith, roleIn } from '#emulator/model/repository';
import { typedActor, typedReviewer, viewer } from './actors.ts';
import { compare, ordered, page } from './connection.ts';
import type { QueryContext } from './context.ts';
import { empty, labelsPage, typedObject, typedRef } from './repository.ts';
import {
  type Args,
  NotImplemented,
  pullState,
  type Table,
  type TypedRecord,
  typed,
  typedIssue,
  typedOrNull,
  urlOf,
} from './tables.ts';

// ── Issues ──────────────────────────────────────────────────────────────────────────────────────────────────────────

const REACTION_NAMES: Readonly<Record<ReactionContent, string>> = {
  '+1': 'THUMBS_UP',
  '-1': 'THUMBS_DOWN',
  laugh: 'LAUGH',
  confused: 'CONFUSED',
  heart: 'HEART',
  hooray: 'HOORAY',
  rocket: 'ROCKET',
  eyes: 'EYES',
};
export const reactionOf = (name: string): ReactionContent =>
  REACTIONS.find((content) => REACTION_NAMES[content] === name) ?? 'eyes';

const lockReasonName = (reason: LockReason | null): string | null =>
  reason?.toUpperCase().replaceAll(/[- ]/g, '_') ?? null;

interface Written {
  readonly nodeId: string;
  readonly user: User;
  body: string | null;
  readonly edits?: readonly Edit[];
  readonly reactions?: readonly Reaction[];
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** The fields of everything that people write: issues, pull requests, comments and reviews. */
export const writtenFields = <It>(of: (it: It) => Written, repositoryOf: (it: It) => Repository): Table<It> => ({
  id: (it) => of(it).nodeId,
  author: (it) => typedActor(of(it).user),
  authorAssociation: (it) => associationWith(repositoryOf(it), of(it).user),
  body: (it) => of(it).body ?? '',
  createdAt: (it) => of(it).createdAt,
  publishedAt: (it) => of(it).createdAt,
  updatedAt: (it) => of(it).updatedAt,
  lastEditedAt: (it) => of(it).edits?.at(-1)?.editedAt ?? null,
  editor: (it) => typedActor(of(it).edits?.at(-1)?.editor ?? null),
  includesCreatedEdit: (it) => (of(it).edits?.length ?? 0) > 0,
  userContentEdits: (it, args) =>
    page(
      [...(of(it).edits ?? [])].reverse().map((edit) => typed('UserContentEdit', edit)),
      args,
    ),
  viewerDidAuthor: (it, _, context) => viewer(context) === of(it).user,
  viewerCanUpdate: (it, _, context) =>
    context.world.tokens.may(context.credential, repositoryOf(it), { permission: 'issues', level: 'write' }),
  repository: (it) => typed('Repository', repositoryOf(it)),
  reactionGroups: (it, _, context) =>
    REACTIONS.map((content) => {
      const mine = (of(it).reactions ?? []).filter((reaction) => reaction.content === content);
      const people = mine.map((reaction) => reaction.user);
      return typed('ReactionGroup', { content, people, at: mine[0]?.createdAt ?? null, mine: viewer(context) });
    }),
  reactions: (it, args) => {
    const wanted = args.content;
    const found = (of(it).reactions ?? []).filter((reaction) => !wanted || REACTION_NAMES[reaction.content] === wanted);
    const sorted = ordered(found, args, { CREATED_AT: (reaction) => reaction.createdAt });
    return page(
      sorted.map((reaction) => typed('Reaction', reaction)),
      args,
    );
  },
});

/** GraphQL's type for each kind of timeline entry. The type checker makes sure that none is missing. */
const EVENT_TYPES: Readonly<Record<IssueFact['kind'], string>> = {
  labeled: 'LabeledEvent',
  unlabeled: 'UnlabeledEvent',
  closed: 'ClosedEvent',
  reopened: 'ReopenedEvent',
  renamed: 'RenamedTitleEvent',
  converted_to_discussion: 'ConvertedToDiscussionEvent',
  assigned: 'AssignedEvent',
  unassigned: 'UnassignedEvent',
  sub_issue_added: 'SubIssueAddedEvent',
  sub_issue_removed: 'SubIssueRemovedEvent',
  parent_issue_added: 'ParentIssueAddedEvent',
  parent_issue_removed: 'ParentIssueRemovedEvent',
  blocked_by_added: 'BlockedByAddedEvent',
  blocked_by_removed: 'BlockedByRemovedEvent',
  blocking_added: 'BlockingAddedEvent',
  blocking_removed: 'BlockingRemovedEvent',
  'cross-referenced': 'CrossReferencedEvent',
  merged: 'MergedEvent',
  head_ref_force_pushed: 'HeadRefForcePushedEvent',
  head_ref_deleted: 'HeadRefDeletedEvent',
  base_ref_changed: 'BaseRefChangedEvent',
  ready_for_review: 'ReadyForReviewEvent',
  convert_to_draft: 'ConvertToDraftEvent',
  locked: 'LockedEvent',
  unlocked: 'UnlockedEvent',
  pinned: 'PinnedEvent',
  unpinned: 'UnpinnedEvent',
  added_to_merge_queue: 'AddedToMergeQueueEvent',
  removed_from_merge_queue: 'RemovedFromMergeQueueEvent',
  review_requested: 'ReviewRequestedEvent',
  review_request_removed: 'ReviewRequestRemovedEvent',
  review_dismissed: 'ReviewDismissedEvent',
};

export const typedEvent = (event: TimelineEvent): TypedRecord<TimelineEvent> =>
  typed(EVENT_TYPES[event.fact.kind], event);

/** The name of a type in `itemTypes`: `LABELED_EVENT` for `LabeledEvent`. */
const itemType = (typename: string): string => typename.replace(/([a-z])([A-Z])/g, '$1_$2').toUpperCase();

export interface TimelineItem {
  readonly at: string;
  readonly item: TypedRecord;
}

/** The timeline, oldest first: events, comments, and `more` items that only pull requests have. */
function timeline(issue: Issue, args: Args, more: readonly TimelineItem[]) {
  const { itemTypes, since, skip } = args as { itemTypes?: string[]; since?: string; skip?: number };
  const events = issue.timeline.map((event) => ({ at: event.createdAt, item: typedEvent(event) }));
  const comments = issue.comments.map((comment) => ({ at: comment.createdAt, item: typed('IssueComment', comment) }));
  const nodes = [...events, ...comments, ...more]
    .filter(({ at, item }) => (!since || at >= since) && (!itemTypes || itemTypes.includes(itemType(item.__typename))))
    .sort((a, b) => compare(a.at, b.at))
    .slice(skip ?? 0)
    .map(({ item }) => item);
  const cut = page(nodes, args);
  const pageCount = (cut.nodes as unknown[]).length;
  return { ...cut, filteredCount: nodes.length, pageCount, updatedAt: issue.updatedAt };
}

/** The author, the commenters and the assignees. */
function participants(issue: Issue, args: Args) {
  const people = [issue.user, ...issue.comments.map((comment) => comment.user), ...issue.assignees];
  return page(
    [...new Set(people)].filter((user) => user.type === 'User').map((user) => typed('User', user)),
    args,
  );
}

const dependencies = (linked: readonly Issue[], args: Args, context: QueryContext) => {
  // The list is in the order in which the links were added.
  const seen = linked.map((issue, index) => ({ issue, index })).filter(({ issue }) => context.sees(issue.repository));
  const keys = {
    DEPENDENCY_ADDED_AT: ({ index }: { index: number }) => index,
    CREATED_AT: ({ issue }: { issue: Issue }) => issue.createdAt,
  };
  return page(
    ordered(seen, args, keys).map(({ issue }) => typed('Issue', issue)),
    args,
  );
};

const commentsPage = (issue: Issue, args: Args) => {
  const sorted = ordered(issue.comments, args, { UPDATED_AT: (comment) => comment.updatedAt });
  return page(
    sorted.map((comment) => typed('IssueComment', comment)),
    args,
  );
};

/** The fields that issues and pull requests share. `more` returns the timeline items that only pull requests have. */
export const issueLike = <It>(
  of: (it: It) => Issue,
  more: (it: It, context: QueryContext) => Promise<readonly TimelineItem[]> | readonly TimelineItem[],
): Table<It> => ({
  ...writtenFields(of, (it) => of(it).repository),
  number: (it) => of(it).number,
  title: (it) => of(it).title,
  closed: (it) => of(it).state === 'closed',
  closedAt: (it) => of(it).closedAt,
  locked: (it) => of(it).locked,
  activeLockReason: (it) => lockReasonName(of(it).lockReason),
  labels: (it, args) => labelsPage(of(it).labels, args),
  assignees: (it, args) =>
    page(
      of(it).assignees.map((user) => typedActor(user)),
      args,
    ),
  assignedActors: (it, args) =>
    page(
      of(it).assignees.map((user) => typedActor(user)),
      args,
    ),
  suggestedActors: (it, args, context) => {
    const { query, capabilities: _ } = args as { query?: string; capabilities?: unknown };
    const wanted = (query ?? '').toLowerCase();
    const people = [...context.world.usersById.values()].filter(
      (user) =>
        user.type === 'User' && roleIn(of(it).repository, user) !== null && user.login.toLowerCase().includes(wanted),
    );
    return page(
      people.map((user) => typed('User', user)),
      args,
    );
  },
  participants: (it, args) => participants(of(it), args),
  comments: (it, args) => commentsPage(of(it), args),
  timelineItems: async (it, args, context) => timeline(of(it), args, await more(it, context)),
  milestone: () => null,
  projectCards: (_, args) => empty(args),
  projectItems: (_, args) => empty(args),
});

const issueFields: Table<Issue> = {
  ...issueLike(
    (it: Issue) => it,
    () => [],
  ),
  databaseId: (it) => it.id,
  fullDatabaseId: (it) => String(it.id),
  url: (it, _, { world }) => `${urlOf(world, it.repository)}/issues/${it.number}`,
  resourcePath: (it) => `/${it.repository.owner.login}/${it.repository.name}/issues/${it.number}`,
  state: (it) => it.state.toUpperCase(),
  stateReason: (it, args) =>
    it.stateReason === 'duplicate' && args.enableDuplicate !== true
      ? 'NOT_PLANNED'
      : (it.stateReason?.toUpperCase() ?? null),
  isPinned: (it) => it.repository.pinned.includes(it),
  issueType: (it) => typedOrNull('IssueType', it.type),
  parent: (it, _, context) => (it.parent && context.sees(it.parent.repository) ? typed('Issue', it.parent) : null),
  subIssues: (it, args, context) =>
    page(
      it.subIssues.filter((sub) => context.sees(sub.repository)).map((sub) => typed('Issue', sub)),
      args,
    ),
  subIssuesSummary: (it) => {
    const completed = it.subIssues.filter((sub) => sub.state === 'closed').length;
    const total = it.subIssues.length;
    return { total, completed, percentCompleted: total === 0 ? 0 : Math.floor((completed * 100) / total) };
  },
  blockedBy: (it, args, context) => dependencies(it.blockedBy, args, context),
  blocking: (it, args, context) => dependencies(it.blocking, args, context),
  issueDependenciesSummary: (it) => ({
    blockedBy: it.blockedBy.filter((one) => one.state === 'open').length,
    blocking: it.blocking.filter((one) => one.state === 'open').length,
    totalBlockedBy: it.blockedBy.length,
    totalBlocking: it.blocking.length,
  }),
  closedByPullRequestsReferences: (it, args, { world }) => {
    const { includeClosedPrs, userLinkedOnly, orderByState } = args;
    if (orderByState === true) throw new NotImplemented('orderByState');
    // The emulator has no manual links, only those by closing keywords.
    const found = world.pulls
      .closingPulls(it)
      .filter((pull) => userLinkedOnly !== true && (includeClosedPrs === true || pullState(pull) !== 'CLOSED'));
    return page(
      found.map((pull) => typed('PullRequest', pull)),
      args,
    );
  },
  linkedBranches: (it, args) =>
    page(
      it.linkedBranches.map((branch) => typed('LinkedBranch', { issue: it, branch })),
      args,
    ),
};

const commentFields: Table<Comment> = {
  ...writtenFields(
    (it: Comment) => it,
    (it) => it.issue.repository,
  ),
  databaseId: (it) => it.id,
  fullDatabaseId: (it) => String(it.id),
  issue: (it) => typed('Issue', it.issue),
  pullRequest: (it) => typedOrNull('PullRequest', it.issue.pull),
  url: (it, _, { world }) =>
    `${urlOf(world, it.issue.repository)}/${it.issue.pull ? 'pull' : 'issues'}/${it.issue.number}#issuecomment-${it.id}`,
  isMinimized: (it) => it.minimized !== null,
  minimizedReason: (it) => it.minimized,
};

// ── Events ──────────────────────────────────────────────────────────────────────────────────────────────────────────

const eventFields: Table<TimelineEvent> = {
  id: (it) => it.nodeId,
  actor: (it) => typedActor(it.actor),
  createdAt: (it) => it.createdAt,
};
type FactOf<Kind extends IssueFact['kind']> = Extract<IssueFact, { kind: Kind }>;

/** The table of an event type. Its events only have facts of these kinds. */
const about =
  <Kind extends IssueFact['kind']>(...kinds: readonly Kind[]) =>
  (show: (fact: FactOf<Kind>, it: TimelineEvent, context: QueryContext) => unknown) =>
  (it: TimelineEvent, _: Args, context: QueryContext): unknown => {
    const kind = kinds.find((each) => each === it.fact.kind);
    if (kind === undefined) throw new Error(`A ${it.fact.kind} was shown as a ${kinds[0]}`);
    return show(it.fact as FactOf<Kind>, it, context);
  };

const person = (it: TimelineEvent) => (it.actor.type === 'User' ? typedActor(it.actor) : null);
const pullOf = (it: TimelineEvent) => typedOrNull('PullRequest', it.issue.pull);
const labelling = about('labeled', 'unlabeled');
const labelEvent: Table<TimelineEvent> = {
  ...eventFields,
  label: labelling(({ label: { name, color } }, it) => {
    const label = it.issue.repository.labels.get(name.toLowerCase());
    return typed('Label', label ?? { id: 0, nodeId: '', name, color, description: null, isDefault: false });
  }),
  labelable: (it) => typedIssue(it.issue),
};
const assigning = about('assigned', 'unassigned');
const assignEvent: Table<TimelineEvent> = {
  ...eventFields,
  assignable: (it) => typedIssue(it.issue),
  assignee: assigning(({ assignee }) => typedActor(assignee)),
  user: assigning(({ assignee }) => (assignee.type === 'User' ? typed('User', assignee) : null)),
};
const subIssueEvent: Table<TimelineEvent> = {
  ...eventFields,
  subIssue: about('sub_issue_added', 'sub_issue_removed')(({ other }) => typed('Issue', other)),
};
const parentEvent: Table<TimelineEvent> = {
  ...eventFields,
  parent: about('parent_issue_added', 'parent_issue_removed')(({ other }) => typed('Issue', other)),
};
const blockedByEvent: Table<TimelineEvent> = {
  ...eventFields,
  blockingIssue: about('blocked_by_added', 'blocked_by_removed')(({ other }) => typed('Issue', other)),
};
const blockingEvent: Table<TimelineEvent> = {
  ...eventFields,
  blockedIssue: about('blocking_added', 'blocking_removed')(({ other }) => typed('Issue', other)),
};
const reviewerEvent: Table<TimelineEvent> = {
  ...eventFields,
  pullRequest: pullOf,
  requestedReviewer: about('review_requested', 'review_request_removed')(({ reviewer }) => typedReviewer(reviewer)),
};
const typedCommit = (it: TimelineEvent, oid: string, context: QueryContext) =>
  typedObject(it.issue.repository, oid, context);

export const ISSUE_TABLES = {
  Issue: issueFields,
  IssueComment: commentFields,
  IssueType: { name: (it: string) => it },
  Reaction: {
    id: (it: Reaction) => it.nodeId,
    databaseId: (it: Reaction) => it.id,
    content: (it: Reaction) => REACTION_NAMES[it.content],
    createdAt: (it: Reaction) => it.createdAt,
    user: (it: Reaction) => (it.user.type === 'User' ? typed('User', it.user) : null),
  },
  ReactionGroup: {
    content: (it: Group) => REACTION_NAMES[it.content],
    createdAt: (it: Group) => it.at,
    viewerHasReacted: (it: Group) => it.people.some((user) => user === it.mine),
    reactors: (it: Group, args: Args) =>
      page(
        it.people.map((user) => typedActor(user)),
        args,
      ),
    users: (it: Group, args: Args) =>
      page(
        it.people.filter((user) => user.type === 'User').map((user) => typed('User', user)),
        args,
      ),
  },
  UserContentEdit: {
    id: (it: Edit) => it.nodeId,
    editor: (it: Edit) => typedActor(it.editor),
    editedAt: (it: Edit) => it.editedAt,
    createdAt: (it: Edit) => it.editedAt,
    updatedAt: (it: Edit) => it.editedAt,
    diff: (it: Edit) => it.text,
    deletedAt: () => null,
    deletedBy: () => null,
  },
  LabeledEvent: labelEvent,
  UnlabeledEvent: labelEvent,
  ClosedEvent: {
    ...eventFields,
    closable: (it: TimelineEvent) => typedIssue(it.issue),
    stateReason: about('closed')(({ stateReason }) => stateReason?.toUpperCase() ?? null),
    closer: about('closed')(({ closer, commitId }, it, context) =>
      closer ? typed('PullRequest', closer) : commitId ? typedCommit(it, commitId, context) : null,
    ),
  },
  ReopenedEvent: {
    ...eventFields,
    closable: (it: TimelineEvent) => typedIssue(it.issue),
    stateReason: about('reopened')(({ stateReason }) => stateReason?.toUpperCase() ?? null),
  },
  RenamedTitleEvent: {
    ...eventFields,
    subject: (it: TimelineEvent) => typedIssue(it.issue),
    previousTitle: about('renamed')(({ from }) => from),
    currentTitle: about('renamed')(({ to }) => to),
  },
  // The emulator has no discussions, and does not say which one it became.
  ConvertedToDiscussionEvent: { ...eventFields, discussion: () => null },
  AssignedEvent: assignEvent,
  UnassignedEvent: assignEvent,
  SubIssueAddedEvent: subIssueEvent,
  SubIssueRemovedEvent: subIssueEvent,
  ParentIssueAddedEvent: parentEvent,
  ParentIssueRemovedEvent: parentEvent,
  BlockedByAddedEvent: blockedByEvent,
  BlockedByRemovedEvent: blockedByEvent,
  BlockingAddedEvent: blockingEvent,
  BlockingRemovedEvent: blockingEvent,
  CrossReferencedEvent: {
    ...eventFields,
    isCrossRepository: () => false,
    referencedAt: (it: TimelineEvent) => it.createdAt,
    source: about('cross-referenced')(({ source }) => typedIssue(source)),
    target: (it: TimelineEvent) => typedIssue(it.issue),
    willCloseTarget: about('cross-referenced')(
      ({ source }, it, { world }) => source.pull !== null && world.pulls.closingIssues(source.pull).includes(it.issue),
    ),
  },
  MergedEvent: {
    ...eventFields,
    pullRequest: pullOf,
    commit: about('merged')(({ commitId }, it, context) => typedCommit(it, commitId, context)),
    mergeRefName: about('merged')(({ refName }) => refName),
  },
  HeadRefForcePushedEvent: {
    ...eventFields,
    pullRequest: pullOf,
    beforeCommit: about('head_ref_force_pushed')(({ before }, it, context) => typedCommit(it, before, context)),
    afterCommit: about('head_ref_force_pushed')(({ after }, it, context) => typedCommit(it, after, context)),
  },
  HeadRefDeletedEvent: {
    ...eventFields,
    pullRequest: pullOf,
    headRefName: (it: TimelineEvent) => it.issue.pull?.headRef ?? '',
  },
  BaseRefChangedEvent: {
    ...eventFields,
    pullRequest: pullOf,
    previousRefName: about('base_ref_changed')(({ from }) => from),
    currentRefName: about('base_ref_changed')(({ to }) => to),
  },
  LockedEvent: {
    ...eventFields,
    lockable: (it: TimelineEvent) => typedIssue(it.issue),
    lockReason: about('locked')(({ reason }) => lockReasonName(reason)),
  },
  UnlockedEvent: { ...eventFields, lockable: (it: TimelineEvent) => typedIssue(it.issue) },
  PinnedEvent: { ...eventFields, issue: (it: TimelineEvent) => typedIssue(it.issue) },
  UnpinnedEvent: { ...eventFields, issue: (it: TimelineEvent) => typedIssue(it.issue) },
  LinkedBranch: {
    id: ({ issue, branch }: LinkedBranchIt, _: Args, { world }: QueryContext) => world.triage.linkId(issue, branch),
    ref: ({ issue, branch }: LinkedBranchIt, _: Args, context: QueryContext) =>
      typedRef(issue.repository, `refs/heads/${branch}`, context),
  },
  ReadyForReviewEvent: { ...eventFields, pullRequest: pullOf },
  ConvertToDraftEvent: { ...eventFields, pullRequest: pullOf },
  AddedToMergeQueueEvent: { ...eventFields, pullRequest: pullOf, enqueuer: person },
  RemovedFromMergeQueueEvent: {
    ...eventFields,
    pullRequest: pullOf,
    enqueuer: person,
    reason: about('removed_from_merge_queue')(({ reason }) => reason),
    beforeCommit: about('removed_from_merge_queue')(({ head }, it, context) => typedCommit(it, head, context)),
  },
  ReviewRequestedEvent: reviewerEvent,
  ReviewRequestRemovedEvent: reviewerEvent,
  ReviewDismissedEvent: {
    ...eventFields,
    pullRequest: pullOf,
    review: about('review_dismissed')(({ review }) => typed('PullRequestReview', review)),
    previousReviewState: about('review_dismissed')(({ was }) => was),
    dismissalMessage: about('review_dismissed')(({ message }) => message),
  },
};

export interface LinkedBranchIt {
  readonly issue: Issue;
  readonly branch: string;
}

interface Group {
  readonly content: ReactionContent;
  readonly people: readonly User[];
  readonly at: string | null;
  readonly mine: User | null;
}
