/** GraphQL's pull requests, their reviews, and the checks on a commit. */
import type { ChangedFile, Commit } from '#emulator/git/types';
import { gitNodeId } from '#emulator/model/ids';
import type {
  CheckAnnotation,
  CheckRun,
  CheckSuite,
  CommitStatus,
  Conclusion,
  Issue,
  Pull,
  QueueEntry,
  Repository,
  Review,
  ReviewComment,
  Reviewer,
  Run,
  Step,
  Workflow,
} from '#emulator/model/records';
import { Refusal } from '#emulator/model/refusal';
import { queueRuleOf, roleIn, rulesFor } from '#emulator/model/repository';
import { loginOf, typedActor, typedReviewer, viewer } from './actors.ts';
import { ordered, page } from './connection.ts';
import type { QueryContext } from './context.ts';
import { issueLike, type TimelineItem, writtenFields } from './issues.ts';
import { commitFields, type GitIt, typedRef } from './repository.ts';
import { type Args, pullState, type Table, typed, typedOrNull, urlOf } from './tables.ts';

// ── Pull requests ───────────────────────────────────────────────────────────────────────────────────────────────────

const mergeStates = {
  clean: 'CLEAN',
  dirty: 'DIRTY',
  blocked: 'BLOCKED',
  behind: 'BEHIND',
  unstable: 'UNSTABLE',
  draft: 'DRAFT',
} as const;

const mergeStateOf = (pull: Pull, context: QueryContext) =>
  pull.merged || pull.issue.state === 'closed' ? ('unknown' as const) : context.world.merges.shown(pull, context);

/** A pull request's commits, oldest first: those on its branch that are not in its base. */
async function pullCommits(pull: Pull, { world }: QueryContext) {
  const git = await world.git(pull.repository);
  const log = await git.log(pull.headSha, { since: pull.baseSha });
  return log.reverse().map((commit) => typed('PullRequestCommit', { pull, commit }));
}

/** The timeline items that only pull requests have: commits and submitted reviews. */
async function pullTimeline(pull: Pull, context: QueryContext): Promise<readonly TimelineItem[]> {
  const commits = await pullCommits(pull, context);
  return [
    ...commits.map((item) => ({ at: item.record.commit.committer.date, item })),
    ...pull.reviews.flatMap((review) =>
      review.submittedAt ? [{ at: review.submittedAt, item: typed('PullRequestReview', review) }] : [],
    ),
  ];
}

const pullFields: Table<Pull> = {
  ...issueLike((it: Pull) => it.issue, pullTimeline),
  id: (it) => it.nodeId,
  databaseId: (it) => it.id,
  fullDatabaseId: (it) => String(it.id),
  url: (it, _, { world }) => `${urlOf(world, it.repository)}/pull/${it.issue.number}`,
  resourcePath: (it) => `/${it.repository.owner.login}/${it.repository.name}/pull/${it.issue.number}`,
  state: (it) => pullState(it),
  closed: (it) => it.issue.state === 'closed',
  isDraft: (it) => it.draft,
  merged: (it) => it.merged,
  mergedAt: (it) => it.mergedAt,
  mergedBy: (it) => typedActor(it.mergedBy),
  mergeCommit: (it) => (it.mergeSha ? typed('Commit', { repository: it.repository, oid: it.mergeSha }) : null),
  potentialMergeCommit: async (it, _, context) => {
    const { world } = context;
    const isKnown = it.issue.state === 'open' && (await world.merges.shown(it, context)) !== 'unknown';
    const oid = isKnown ? await world.merges.testCommit(it) : null;
    return oid ? typed('Commit', { repository: it.repository, oid }) : null;
  },
  headRefName: (it) => it.headRef,
  headRefOid: (it) => it.headSha,
  headRef: (it, _, context) => (it.headGone ? null : typedRef(it.repository, `refs/heads/${it.headRef}`, context)),
  headRepository: (it) => typed('Repository', it.repository),
  headRepositoryOwner: (it) => typedActor(it.repository.owner),
  baseRefName: (it) => it.baseRef,
  baseRefOid: (it) => it.baseSha,
  baseRef: (it, _, context) => typedRef(it.repository, `refs/heads/${it.baseRef}`, context),
  baseRepository: (it) => typed('Repository', it.repository),
  isCrossRepository: () => false,
  maintainerCanModify: (it) => it.maintainerCanModify,
  mergeable: async (it, _, context) => {
    const shown = await mergeStateOf(it, context);
    return shown === 'unknown' ? 'UNKNOWN' : shown.mergeable ? 'MERGEABLE' : 'CONFLICTING';
  },
  mergeStateStatus: async (it, _, context) => {
    const shown = await mergeStateOf(it, context);
    return shown === 'unknown' ? 'UNKNOWN' : mergeStates[shown.state];
  },
  canBeRebased: async (it, _, { world }) => (await world.merges.state(it)).mergeable,
  reviewDecision: (it, _, { world }) => world.reviews.decision(it),
  reviews: (it, args) => {
    const { states, author } = args as { states?: string[]; author?: string };
    const found = it.reviews.filter(
      (review) => (!states || states.includes(review.state)) && (!author || loginOf(review.user) === author),
    );
    return page(
      found.map((review) => typed('PullRequestReview', review)),
      args,
    );
  },
  latestReviews: (it, args) => {
    const latest = new Map(
      it.reviews.filter((review) => review.state !== 'PENDING').map((review) => [review.user.id, review]),
    );
    return page(
      [...latest.values()].map((review) => typed('PullRequestReview', review)),
      args,
    );
  },
  latestOpinionatedReviews: (it, args, { world }) => {
    const found = world.reviews.latestOpinions(it).filter((review) => args.writersOnly !== true || mayPush(review));
    return page(
      found.map((review) => typed('PullRequestReview', review)),
      args,
    );
  },
  reviewRequests: (it, args) =>
    page(
      it.requestedReviewers.map((reviewer) => typed('ReviewRequest', { pull: it, reviewer })),
      args,
    ),
  reviewThreads: (it, args) =>
    page(
      it.comments.filter((comment) => !comment.inReplyTo).map((comment) => typed('PullRequestReviewThread', comment)),
      args,
    ),
  commits: async (it, args, context) => page(await pullCommits(it, context), args),
  files: async (it, args, { world }) => {
    const files = await (await world.git(it.repository)).changedFiles(it.baseSha, it.headSha);
    const nodes = files.map((file) => typed('PullRequestChangedFile', file));
    return page(nodes, args);
  },
  additions: (it) => it.size.additions,
  deletions: (it) => it.size.deletions,
  changedFiles: (it) => it.size.changedFiles,
  autoMergeRequest: () => null,
  isInMergeQueue: (it, _, { world }) => world.queues.entryOf(it) !== undefined,
  isMergeQueueEnabled: (it) => queueRuleOf(it.repository, it.baseRef) !== undefined,
  mergeQueueEntry: (it, _, { world }) => typedOrNull('MergeQueueEntry', world.queues.entryOf(it)),
  closingIssuesReferences: (it, args, { world }) => {
    const keys = { CREATED_AT: (issue: Issue) => issue.createdAt, UPDATED_AT: (issue: Issue) => issue.updatedAt };
    const found = args.userLinkedOnly === true ? [] : world.pulls.closingIssues(it);
    return page(
      ordered(found, args, keys).map((issue) => typed('Issue', issue)),
      args,
    );
  },
  statusCheckRollup: (it, args, context) =>
    commitFields.statusCheckRollup?.({ repository: it.repository, oid: it.headSha }, args, context),
  viewerCanUpdateBranch: (it, _, context) =>
    context.world.tokens.may(context.credential, it.repository, { permission: 'contents', level: 'write' }),
  viewerDidAuthor: (it, _, context) => viewer(context) === it.issue.user,
};

const queueEntryFields: Table<QueueEntry> = {
  id: (it) => it.nodeId,
  baseCommit: (it) => (it.group ? typed('Commit', { repository: it.pull.repository, oid: it.group.base }) : null),
  headCommit: (it) => (it.group ? typed('Commit', { repository: it.pull.repository, oid: it.group.head }) : null),
  enqueuedAt: (it) => it.enqueuedAt,
  enqueuer: (it) => typedActor(it.enqueuer.user),
  estimatedTimeToMerge: () => null,
  jump: () => false,
  solo: () => false,
  position: (it, _, { world }) => world.queues.entriesOf(it.pull.repository, it.pull.baseRef).indexOf(it) + 1,
  pullRequest: (it) => typed('PullRequest', it.pull),
  state: (it) => (it.group ? 'AWAITING_CHECKS' : 'QUEUED'),
};

const mayPush = (review: Review): boolean =>
  ['write', 'maintain', 'admin'].includes(roleIn(review.pull.repository, review.user) ?? '');

const reviewFields: Table<Review> = {
  ...writtenFields(
    (it: Review) => it,
    (it) => it.pull.repository,
  ),
  databaseId: (it) => it.id,
  fullDatabaseId: (it) => String(it.id),
  state: (it) => it.state,
  submittedAt: (it) => it.submittedAt,
  commit: (it) => typed('Commit', { repository: it.pull.repository, oid: it.commitId }),
  pullRequest: (it) => typed('PullRequest', it.pull),
  comments: (it, args) =>
    page(
      it.pull.comments
        .filter((comment) => comment.review === it)
        .map((comment) => typed('PullRequestReviewComment', comment)),
      args,
    ),
  authorCanPushToRepository: (it) => mayPush(it),
  url: (it, _, { world }) =>
    `${urlOf(world, it.pull.repository)}/pull/${it.pull.issue.number}#pullrequestreview-${it.id}`,
};

const reviewCommentFields: Table<ReviewComment> = {
  ...writtenFields(
    (it: ReviewComment) => it,
    (it) => it.pull.repository,
  ),
  databaseId: (it) => it.id,
  fullDatabaseId: (it) => String(it.id),
  path: (it) => it.path,
  line: (it) => it.line,
  originalLine: (it) => it.line,
  startLine: (it) => it.startLine,
  originalStartLine: (it) => it.startLine,
  subjectType: (it) => it.subject.toUpperCase(),
  originalCommit: (it) => typed('Commit', { repository: it.pull.repository, oid: it.originalCommitId }),
  diffHunk: (it) => it.diffHunk,
  outdated: (it) => it.commitId !== it.pull.headSha,
  state: (it) => (it.review.state === 'PENDING' ? 'PENDING' : 'SUBMITTED'),
  commit: (it) => typed('Commit', { repository: it.pull.repository, oid: it.commitId }),
  pullRequest: (it) => typed('PullRequest', it.pull),
  pullRequestReview: (it) => typed('PullRequestReview', it.review),
  replyTo: (it) => typedOrNull('PullRequestReviewComment', it.inReplyTo),
  url: (it, _, { world }) => `${urlOf(world, it.pull.repository)}/pull/${it.pull.issue.number}#discussion_r${it.id}`,
};

/** A thread is a comment and the replies to it. */
const threadFields: Table<ReviewComment> = {
  id: (it) => it.nodeId.replace('PRRC_', 'PRRT_'),
  path: (it) => it.path,
  line: (it) => it.line,
  originalLine: (it) => it.line,
  startLine: (it) => it.startLine,
  originalStartLine: (it) => it.startLine,
  diffSide: (it) => it.side,
  subjectType: (it) => it.subject.toUpperCase(),
  repository: (it) => typed('Repository', it.pull.repository),
  isResolved: (it) => it.resolvedBy !== null,
  isOutdated: (it) => it.commitId !== it.pull.headSha,
  isCollapsed: (it) => it.resolvedBy !== null,
  resolvedBy: (it) => (it.resolvedBy ? typed('User', it.resolvedBy) : null),
  pullRequest: (it) => typed('PullRequest', it.pull),
  comments: (it, args) =>
    page(
      it.pull.comments
        .filter((comment) => comment === it || comment.inReplyTo === it)
        .slice(Number(args.skip ?? 0))
        .map((comment) => typed('PullRequestReviewComment', comment)),
      args,
    ),
};

// ── Checks ──────────────────────────────────────────────────────────────────────────────────────────────────────────

const conclusionName = (conclusion: string | null): string | null => conclusion?.toUpperCase() ?? null;
const stateOfRun = (run: CheckRun): string =>
  run.status === 'completed' ? (conclusionName(run.conclusion) ?? 'COMPLETED') : run.status.toUpperCase();

function contextCounts(states: readonly string[]) {
  return [...new Set(states)].map((state) => ({ state, count: states.filter((each) => each === state).length }));
}

const rollupFields: Table<GitIt> = {
  id: (it) => gitNodeId('Commit', it.repository, it.oid).replace('C_', 'SCR_'),
  state: (it, _, { world }) => world.checks.rollup(it.repository, it.oid),
  commit: (it) => typed('Commit', it),
  contexts: (it, args, { world }) => {
    const runs = world.checks.runsOn(it.repository, it.oid);
    const statuses = world.checks.latestStatuses(it.repository, it.oid);
    const nodes = [
      ...runs.map((run) => typed('CheckRun', run)),
      ...statuses.map((status) => typed('StatusContext', status)),
    ];
    return page(nodes, args, {
      checkRunCount: runs.length,
      statusContextCount: statuses.length,
      checkRunCountsByState: contextCounts(runs.map(stateOfRun)),
      statusContextCountsByState: contextCounts(statuses.map((status) => status.state.toUpperCase())),
    });
  },
};

/** True if a rule of the pull request's base branch requires this check. */
function isRequired(repository: Repository, context: string, args: Args, { world }: QueryContext): boolean {
  const { pullRequestNumber, pullRequestId } = args;
  const node = typeof pullRequestId === 'string' ? world.node(pullRequestId) : undefined;
  const pull = node?.kind === 'PullRequest' ? node.pull : repository.issues.get(Number(pullRequestNumber))?.pull;
  if (!pull) throw new Refusal(422, 'Either pullRequestId or pullRequestNumber must be provided');
  return rulesFor(repository, pull.baseRef).some((rule) =>
    rule.requiredChecks.some((check) => check.context === context),
  );
}

const checkRunFields: Table<CheckRun> = {
  id: (it) => it.nodeId,
  databaseId: (it) => it.id,
  name: (it) => it.name,
  status: (it) => it.status.toUpperCase(),
  conclusion: (it) => conclusionName(it.conclusion),
  startedAt: (it) => it.startedAt,
  completedAt: (it) => it.completedAt,
  detailsUrl: (it) => it.detailsUrl,
  externalId: (it) => it.externalId,
  title: (it) => it.output.title,
  summary: (it) => it.output.summary,
  text: (it) => it.output.text,
  url: (it, _, { world }) => `${urlOf(world, it.repository)}/runs/${it.id}`,
  permalink: (it, _, { world }) => `${urlOf(world, it.repository)}/runs/${it.id}`,
  checkSuite: (it) => typed('CheckSuite', it.suite),
  repository: (it) => typed('Repository', it.repository),
  isRequired: (it, args, context) => isRequired(it.repository, it.name, args, context),
  resourcePath: (it) => `/${it.repository.owner.login}/${it.repository.name}/runs/${it.id}`,
  annotations: (it, args) =>
    page(
      it.annotations.map((annotation) => typed('CheckAnnotation', annotation)),
      args,
    ),
  steps: (it, args) => {
    const job = it.repository.runs.flatMap((run) => run.jobs).find((each) => each.checkRun === it);
    const steps = (job?.steps ?? []).filter((step) => !args.number || step.number === args.number);
    return page(
      steps.map((step) => typed('CheckStep', step)),
      args,
    );
  },
};

const runOfSuite = (suite: CheckSuite): Run | undefined => suite.repository.runs.find((run) => run.id === suite.runId);
const checksOf = (suite: CheckSuite): CheckRun[] => suite.repository.checkRuns.filter((run) => run.suite === suite);

/** The conclusion of a suite is the first of these that one of its check runs has. */
const WORST_FIRST: readonly Conclusion[] = [
  'startup_failure',
  'failure',
  'timed_out',
  'cancelled',
  'action_required',
  'stale',
  'success',
  'neutral',
  'skipped',
];

const suiteFields: Table<CheckSuite> = {
  id: (it) => it.nodeId,
  databaseId: (it) => it.id,
  app: (it) => typed('App', it.app),
  status: (it) => {
    const run = runOfSuite(it);
    if (run) return run.status.toUpperCase();
    return checksOf(it).some((check) => check.status !== 'completed') ? 'IN_PROGRESS' : 'COMPLETED';
  },
  conclusion: (it) => {
    const run = runOfSuite(it);
    if (run) return conclusionName(run.conclusion);
    const conclusions = checksOf(it).map((check) => check.conclusion);
    if (conclusions.length === 0 || conclusions.includes(null)) return null;
    return conclusionName(WORST_FIRST.find((conclusion) => conclusions.includes(conclusion)) ?? null);
  },
  branch: (it, _, context) => (it.headBranch ? typedRef(it.repository, `refs/heads/${it.headBranch}`, context) : null),
  createdAt: (it) => it.createdAt,
  updatedAt: (it) => it.updatedAt,
  repository: (it) => typed('Repository', it.repository),
  commit: (it) => typed('Commit', { repository: it.repository, oid: it.headSha }),
  workflowRun: (it) => typedOrNull('WorkflowRun', runOfSuite(it)),
  checkRuns: (it, args) => {
    const filter = (args.filterBy ?? {}) as {
      appId?: number;
      checkName?: string;
      status?: string;
      statuses?: string[];
      conclusions?: string[];
    };
    const runs = checksOf(it).filter(
      (run) =>
        (!filter.appId || run.app.id === filter.appId) &&
        (!filter.checkName || run.name === filter.checkName) &&
        (!filter.status || run.status.toUpperCase() === filter.status) &&
        (!filter.statuses || filter.statuses.includes(run.status.toUpperCase())) &&
        (!filter.conclusions || filter.conclusions.includes(conclusionName(run.conclusion) ?? '')),
    );
    return page(
      runs.map((run) => typed('CheckRun', run)),
      args,
    );
  },
};

export const PULL_TABLES = {
  PullRequest: pullFields,
  MergeQueueEntry: queueEntryFields,
  PullRequestReview: reviewFields,
  PullRequestReviewComment: reviewCommentFields,
  PullRequestReviewThread: threadFields,
  PullRequestCommit: {
    id: ({ pull, commit }: PullCommitIt) => gitNodeId('Commit', pull.repository, commit.oid),
    commit: ({ pull, commit }: PullCommitIt) => typed('Commit', { repository: pull.repository, oid: commit.oid }),
    pullRequest: ({ pull }: PullCommitIt) => typed('PullRequest', pull),
    url: ({ pull, commit }: PullCommitIt, _: Args, { world }: QueryContext) =>
      `${urlOf(world, pull.repository)}/pull/${pull.issue.number}/commits/${commit.oid}`,
  },
  PullRequestChangedFile: {
    path: (it: ChangedFile) => it.path,
    additions: (it: ChangedFile) => it.additions,
    deletions: (it: ChangedFile) => it.deletions,
    changeType: (it: ChangedFile) => (it.status === 'removed' ? 'DELETED' : it.status.toUpperCase()),
  },
  ReviewRequest: {
    asCodeOwner: ({ pull, reviewer }: RequestIt) => pull.askedOwners.has(reviewer),
    pullRequest: ({ pull }: RequestIt) => typed('PullRequest', pull),
    requestedReviewer: ({ reviewer }: RequestIt) => typedReviewer(reviewer),
  },
  StatusCheckRollup: rollupFields,
  Status: {
    id: (it: GitIt) => gitNodeId('Commit', it.repository, it.oid).replace('C_', 'ST_'),
    state: (it: GitIt, _: Args, { world }: QueryContext) =>
      stateOfStatuses(world.checks.latestStatuses(it.repository, it.oid)),
    commit: (it: GitIt) => typed('Commit', it),
    contexts: (it: GitIt, _: Args, { world }: QueryContext) =>
      world.checks.latestStatuses(it.repository, it.oid).map((status) => typed('StatusContext', status)),
  },
  StatusContext: {
    id: (it: CommitStatus) => it.nodeId,
    context: (it: CommitStatus) => it.context,
    state: (it: CommitStatus) => it.state.toUpperCase(),
    description: (it: CommitStatus) => it.description,
    targetUrl: (it: CommitStatus) => it.targetUrl,
    creator: (it: CommitStatus) => typedActor(it.creator),
    createdAt: (it: CommitStatus) => it.createdAt,
    commit: (it: CommitStatus) => typed('Commit', { repository: it.repository, oid: it.sha }),
    isRequired: (it: CommitStatus, args: Args, context: QueryContext) =>
      isRequired(it.repository, it.context, args, context),
  },
  CheckRun: checkRunFields,
  CheckSuite: suiteFields,
  CheckAnnotation: {
    path: (it: CheckAnnotation) => it.path,
    message: (it: CheckAnnotation) => it.message,
    title: (it: CheckAnnotation) => it.title,
    annotationLevel: (it: CheckAnnotation) => it.level.toUpperCase(),
    location: (it: CheckAnnotation) => ({ start: { line: it.startLine }, end: { line: it.endLine } }),
  },
  CheckStep: {
    name: (it: Step) => it.name,
    number: (it: Step) => it.number,
    status: (it: Step) => it.status.toUpperCase(),
    conclusion: (it: Step) => conclusionName(it.conclusion),
    startedAt: (it: Step) => it.startedAt,
    completedAt: (it: Step) => it.completedAt,
  },
  WorkflowRun: {
    id: (it: Run) => it.nodeId,
    databaseId: (it: Run) => it.id,
    event: (it: Run) => it.event,
    runNumber: (it: Run) => it.number,
    createdAt: (it: Run) => it.createdAt,
    updatedAt: (it: Run) => it.updatedAt,
    url: (it: Run, _: Args, { world }: QueryContext) => `${urlOf(world, it.repository)}/actions/runs/${it.id}`,
    resourcePath: (it: Run) => `/${it.repository.owner.login}/${it.repository.name}/actions/runs/${it.id}`,
    workflow: (it: Run) => typed('Workflow', it.workflow),
    checkSuite: (it: Run) => typed('CheckSuite', it.suite),
  },
  Workflow: {
    id: (it: Workflow) => it.nodeId,
    databaseId: (it: Workflow) => it.id,
    name: (it: Workflow) => it.name,
    state: (it: Workflow) => it.state.toUpperCase(),
    createdAt: (it: Workflow) => it.createdAt,
    updatedAt: (it: Workflow) => it.updatedAt,
    url: (it: Workflow, _: Args, { world }: QueryContext) =>
      `${urlOf(world, it.repository)}/actions/workflows/${it.path.split('/').at(-1)}`,
    resourcePath: (it: Workflow) =>
      `/${it.repository.owner.login}/${it.repository.name}/actions/workflows/${it.path.split('/').at(-1)}`,
  },
};

interface RequestIt {
  readonly pull: Pull;
  readonly reviewer: Reviewer;
}

interface PullCommitIt {
  readonly pull: Pull;
  readonly commit: Commit;
}

const stateOfStatuses = (statuses: readonly CommitStatus[]): string =>
  (['error', 'failure', 'pending', 'success'] as const)
    .find((state) => statuses.some((each) => each.state === state))
    ?.toUpperCase() ?? 'EXPECTED';
