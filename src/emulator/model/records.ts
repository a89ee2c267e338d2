/**
 * The records that GitHub would keep in its database, as plain types.
 *
 * Only `World` and its parts assign to a record. Refs, commits, trees and blobs are not records: they exist only in the
 * bare repositories on disk. The file is long because GitHub has many kinds of object; it contains no behaviour.
 */

export type Role = 'admin' | 'maintain' | 'write' | 'triage' | 'read';

/** The permissions of an app or a token by GitHub's names (`issues`, `pull_requests`, `contents`, `workflows`, …). */
export type Permissions = Readonly<Record<string, 'read' | 'write' | 'admin'>>;

export interface User {
  readonly id: number;
  readonly nodeId: string;
  login: string;
  name: string | null;
  readonly type: 'User' | 'Bot' | 'Organization';
  /** The user ids of an organization's members; empty for other accounts. */
  readonly members: Set<number>;
  readonly createdAt: string;
}

/** A team of an organization. Its roles are with the repositories. */
export interface Team {
  readonly type: 'Team';
  readonly id: number;
  readonly nodeId: string;
  readonly organization: User;
  readonly slug: string;
  readonly members: readonly User[];
}

/** Somebody who can be asked for a review. */
export type Reviewer = User | Team;

export interface App {
  readonly id: number;
  readonly nodeId: string;
  readonly slug: string;
  readonly name: string;
  readonly clientId: string;
  readonly owner: User;
  /** The user that the app acts as: `slug[bot]`. */
  readonly bot: User;
  readonly privateKey: string;
  readonly publicKey: string;
  permissions: Permissions;
  events: readonly string[];
  webhook: { url: string; secret: string } | null;
  readonly hookId: number;
  readonly createdAt: string;
}

export interface Installation {
  readonly id: number;
  readonly app: App;
  readonly account: User;
  permissions: Permissions;
  events: readonly string[];
  /** All of the account's repositories, or the ids of some. */
  repositories: 'all' | Set<number>;
  readonly createdAt: string;
  suspendedAt: string | null;
}

/**
 * The author of a change. A job token acts as the `github-actions` bot, and its changes start no workflows, except
 * through `workflow_dispatch` and `repository_dispatch`.
 */
export type Actor =
  | { readonly kind: 'user'; readonly user: User }
  | { readonly kind: 'app'; readonly user: User; readonly app: App; readonly installation: Installation }
  | { readonly kind: 'job'; readonly user: User; readonly app: App; readonly runId: number };

export type MergeMethod = 'merge' | 'squash' | 'rebase';

/** An active ruleset for branches. */
export interface BranchRule {
  readonly id: number;
  readonly name: string;
  /** `~DEFAULT_BRANCH`, `~ALL`, a branch's name, or a pattern for full names: `refs/heads/release/*`. */
  readonly branch: string;
  /** Branches that it leaves out, in the same words. */
  readonly except: readonly string[];
  readonly createdAt: string;
  /** `null` if changes don't need a pull request. */
  readonly pullRequest: {
    readonly approvals: number;
    readonly dismissStaleReviews: boolean;
    readonly lastPushApproval: boolean;
    /** Owners of changed files have to approve. */
    readonly codeOwners: boolean;
    /** All threads of comments on lines have to be resolved. */
    readonly resolvedThreads: boolean;
    readonly methods: readonly MergeMethod[];
  } | null;
  readonly requiredChecks: readonly { readonly context: string; readonly appId: number | null }[];
  /** The branch must be up to date with its base before merging. */
  readonly strictChecks: boolean;
  /** Commits need verified signatures. */
  readonly signatures: boolean;
  /** The environments that the head must be deployed to. */
  readonly deployments: readonly string[];
  readonly linearHistory: boolean;
  /** Null: the branch has no merge queue. */
  readonly mergeQueue: { readonly method: MergeMethod } | null;
  readonly noForcePush: boolean;
  readonly noDeletion: boolean;
  /** Only those who may bypass it create branches. */
  readonly noCreation: boolean;
  /** New branches must have such a name. */
  readonly namePattern: NamePattern | null;
  /** The user ids of people and apps that may bypass the rule. */
  readonly bypass: readonly number[];
}

/** A metadata restriction, as GitHub's rule `branch_name_pattern` has it. */
export interface NamePattern {
  readonly operator: 'starts_with' | 'ends_with' | 'contains' | 'regex';
  readonly pattern: string;
  /** The name must not match. */
  readonly negate: boolean;
}

export interface Label {
  readonly id: number;
  readonly nodeId: string;
  name: string;
  color: string;
  description: string | null;
  readonly isDefault: boolean;
}

export interface Variable {
  readonly name: string;
  value: string;
  readonly createdAt: string;
  updatedAt: string;
}

export interface Repository {
  readonly id: number;
  readonly nodeId: string;
  readonly owner: User;
  name: string;
  description: string | null;
  visibility: 'public' | 'private';
  defaultBranch: string;
  readonly createdAt: string;
  updatedAt: string;
  pushedAt: string;
  archived: boolean;
  hasIssues: boolean;
  /** By user id. The owner is not listed and is always admin. */
  readonly collaborators: Map<number, Role>;
  readonly teams: Map<Team, Role>;
  /** By lower-case name. */
  readonly labels: Map<string, Label>;
  /** Issues and pull requests share one sequence of numbers. A pull request is an issue with `pull` set. */
  readonly issues: Map<number, Issue>;
  /** Numbers of issues that were deleted. */
  readonly gone: Set<number>;
  /** Issues that were transferred to another repository, by the numbers that they had here. */
  readonly transferred: Map<number, Issue>;
  /** Pinned issues, at most three. */
  pinned: Issue[];
  /** Oldest first. */
  releases: Release[];
  lastNumber: number;
  readonly variables: Map<string, Variable>;
  readonly secrets: Map<string, string>;
  merges: {
    merge: boolean;
    squash: boolean;
    rebase: boolean;
    autoMerge: boolean;
    deleteBranch: boolean;
  };
  /** True if job tokens may open and approve pull requests (Settings, Actions). */
  actionsMayApprove: boolean;
  /** The permissions of a job token if the workflow sets none. */
  defaultJobPermissions: 'read' | 'write';
  /** The actions that workflows may use. The emulator's runner does not hold them to it. */
  actionsPolicy: ActionsPolicy;
  /** Names of secrets of the organization that this repository may use. */
  readonly organizationSecrets: Set<string>;
  /** Its own runners. The emulator's runner takes the jobs of all labels. */
  readonly selfHosted: SelfHostedRunner[];
  rules: BranchRule[];
  readonly checkSuites: CheckSuite[];
  readonly checkRuns: CheckRun[];
  readonly statuses: CommitStatus[];
  /** Deployments that are successful and active. The emulator has no API for them. */
  readonly deployments: { readonly environment: string; readonly sha: string }[];
  /** By path, e.g. `.github/workflows/ci.yml`. */
  readonly workflows: Map<string, Workflow>;
  readonly runs: Run[];
  /** Comments on lines of pull requests, by id. The emulator has no comments on commits. */
  readonly reviewComments: Map<number, ReviewComment>;
  /** Changes of branches, oldest first. */
  readonly activities: Activity[];
  /** The entries of all merge queues, first in line first. */
  queue: QueueEntry[];
}

/** The policy for actions of a repository (Settings, Actions, General). */
export interface ActionsPolicy {
  readonly enabled: boolean;
  readonly allowed: 'all' | 'local_only' | 'selected';
  /** Of selected actions: all of GitHub's own, all of verified creators, and those that fit a pattern. */
  readonly githubOwned: boolean;
  readonly verified: boolean;
  readonly patterns: readonly string[];
  /** Only full commits name an action. */
  readonly fullCommits: boolean;
}

export interface SelfHostedRunner {
  readonly id: number;
  readonly name: string;
  readonly labels: readonly string[];
  readonly isOnline: boolean;
}

/** A pull request in a merge queue. */
export interface QueueEntry {
  readonly id: number;
  readonly nodeId: string;
  readonly pull: Pull;
  /** The head that was put in the queue. */
  readonly head: string;
  readonly enqueuer: Actor;
  readonly enqueuedAt: string;
  /** The commit with this entry and all before it, its base, and the branch that holds it. */
  group: { readonly base: string; readonly head: string; readonly ref: string } | null;
}

/** A change of a branch, with the person or app that made it. Commits may name other authors. */
export interface Activity {
  readonly id: number;
  readonly nodeId: string;
  readonly ref: string;
  readonly before: string;
  readonly after: string;
  readonly at: string;
  readonly kind: 'push' | 'force_push' | 'branch_creation' | 'branch_deletion' | 'pr_merge';
  readonly actor: User;
}

/** A release, which may still be a draft without a tag. The emulator has no files of releases. */
export interface Release {
  readonly id: number;
  readonly nodeId: string;
  readonly repository: Repository;
  tag: string;
  /** The branch or commit that the tag is made from. */
  target: string;
  name: string | null;
  body: string | null;
  draft: boolean;
  prerelease: boolean;
  readonly author: User;
  readonly createdAt: string;
  updatedAt: string;
  publishedAt: string | null;
}

export const LOCK_REASONS = ['off-topic', 'too heated', 'resolved', 'spam'] as const;
export type LockReason = (typeof LOCK_REASONS)[number];

export type StateReason = 'completed' | 'not_planned' | 'duplicate' | 'reopened';

/** One version of an edited text. */
export interface Edit {
  readonly id: number;
  readonly nodeId: string;
  readonly editor: User;
  readonly editedAt: string;
  readonly text: string;
}

export interface Issue {
  readonly id: number;
  readonly nodeId: string;
  readonly number: number;
  readonly repository: Repository;
  readonly user: User;
  readonly via: App | null;
  title: string;
  body: string | null;
  state: 'open' | 'closed';
  stateReason: StateReason | null;
  type: string | null;
  readonly createdAt: string;
  updatedAt: string;
  closedAt: string | null;
  closedBy: User | null;
  locked: boolean;
  lockReason: LockReason | null;
  /** Names of branches that were made for it ("Create a branch"). */
  readonly linkedBranches: string[];
  labels: Label[];
  assignees: User[];
  readonly comments: Comment[];
  readonly reactions: Reaction[];
  readonly timeline: TimelineEvent[];
  /** All versions of the body, including the original; empty until the first edit. */
  readonly edits: Edit[];
  parent: Issue | null;
  /** In order of priority. */
  readonly subIssues: Issue[];
  readonly blockedBy: Issue[];
  readonly blocking: Issue[];
  readonly pull: Pull | null;
}

export type IssueFact =
  | { readonly kind: 'labeled' | 'unlabeled'; readonly label: { readonly name: string; readonly color: string } }
  | {
      readonly kind: 'closed';
      readonly stateReason: StateReason | null;
      readonly closer: Pull | null;
      readonly commitId: string | null;
    }
  | { readonly kind: 'reopened'; readonly stateReason: StateReason | null }
  | { readonly kind: 'renamed'; readonly from: string; readonly to: string }
  | { readonly kind: 'converted_to_discussion' }
  | { readonly kind: 'assigned' | 'unassigned'; readonly assignee: User }
  | { readonly kind: 'sub_issue_added' | 'sub_issue_removed'; readonly other: Issue }
  | { readonly kind: 'parent_issue_added' | 'parent_issue_removed'; readonly other: Issue }
  | { readonly kind: 'blocked_by_added' | 'blocked_by_removed'; readonly other: Issue }
  | { readonly kind: 'blocking_added' | 'blocking_removed'; readonly other: Issue }
  | { readonly kind: 'cross-referenced'; readonly source: Issue }
  | { readonly kind: 'merged'; readonly commitId: string; readonly refName: string }
  | { readonly kind: 'head_ref_force_pushed'; readonly before: string; readonly after: string }
  | { readonly kind: 'head_ref_deleted' }
  | { readonly kind: 'base_ref_changed'; readonly from: string; readonly to: string }
  | { readonly kind: 'ready_for_review' | 'convert_to_draft' }
  | { readonly kind: 'locked'; readonly reason: LockReason | null }
  | { readonly kind: 'unlocked' | 'pinned' | 'unpinned' }
  | { readonly kind: 'added_to_merge_queue' }
  | { readonly kind: 'removed_from_merge_queue'; readonly reason: string; readonly head: string }
  | { readonly kind: 'review_requested' | 'review_request_removed'; readonly reviewer: Reviewer }
  | {
      readonly kind: 'review_dismissed';
      readonly review: Review;
      readonly was: ReviewState;
      readonly message: string | null;
    };

/** An entry of an issue's timeline. Comments, reviews and commits are kept in lists of their own. */
export interface TimelineEvent {
  readonly id: number;
  readonly nodeId: string;
  readonly issue: Issue;
  readonly actor: User;
  readonly via: App | null;
  readonly createdAt: string;
  readonly fact: IssueFact;
}

export const REACTIONS = ['+1', '-1', 'laugh', 'confused', 'heart', 'hooray', 'rocket', 'eyes'] as const;
export type ReactionContent = (typeof REACTIONS)[number];

export interface Reaction {
  readonly id: number;
  readonly nodeId: string;
  readonly user: User;
  readonly content: ReactionContent;
  readonly createdAt: string;
}

export interface Comment {
  readonly id: number;
  readonly nodeId: string;
  readonly issue: Issue;
  readonly user: User;
  readonly via: App | null;
  body: string;
  readonly createdAt: string;
  updatedAt: string;
  readonly edits: Edit[];
  readonly reactions: Reaction[];
  /** The reason it is minimized (`outdated`, `resolved`, …), or null. */
  minimized: string | null;
}

export interface Pull {
  readonly id: number;
  readonly nodeId: string;
  /** The issue side of the pull request: number, title, body, labels, comments, timeline. */
  readonly issue: Issue;
  readonly repository: Repository;
  /** Branch names have no `refs/heads/`. Head and base are in the same repository, as the emulator has no forks. */
  readonly headRef: string;
  headSha: string;
  baseRef: string;
  baseSha: string;
  draft: boolean;
  merged: boolean;
  mergedAt: string | null;
  mergedBy: User | null;
  /** The commit that merged it. */
  mergeSha: string | null;
  /** Heads that "Update branch" made by merging the base in, with the heads before them. */
  readonly updates: Map<string, { readonly from: string; readonly by: User }>;
  /** True if the head branch was deleted. */
  headGone: boolean;
  /** The last user to move the head branch; at first, the author of the pull request. */
  lastPusher: User;
  readonly maintainerCanModify: boolean;
  readonly reviews: Review[];
  readonly comments: ReviewComment[];
  requestedReviewers: Reviewer[];
  /** Those of them who were asked because they own changed files. */
  readonly askedOwners: Set<Reviewer>;
  /** Counted each time head or base changes, so that payloads can be built synchronously. */
  size: PullSize;
  /** The cached result of the last `merge-tree`, valid for exactly these two commits. */
  mergeability: {
    readonly baseSha: string;
    readonly headSha: string;
    readonly mergeable: boolean;
    readonly tree: string | null;
    readonly mergeCommit: string | null;
  } | null;
}

export interface PullSize {
  readonly commits: number;
  readonly additions: number;
  readonly deletions: number;
  readonly changedFiles: number;
}

export type ReviewState = 'APPROVED' | 'CHANGES_REQUESTED' | 'COMMENTED' | 'DISMISSED' | 'PENDING';

export interface Review {
  readonly id: number;
  readonly nodeId: string;
  readonly pull: Pull;
  readonly user: User;
  readonly via: App | null;
  body: string;
  state: ReviewState;
  readonly commitId: string;
  submittedAt: string | null;
  updatedAt: string;
  readonly createdAt: string;
}

export interface ReviewComment {
  readonly id: number;
  readonly nodeId: string;
  readonly pull: Pull;
  readonly review: Review;
  readonly user: User;
  readonly via: App | null;
  body: string;
  readonly path: string;
  readonly commitId: string;
  readonly originalCommitId: string;
  readonly diffHunk: string;
  readonly line: number | null;
  readonly startLine: number | null;
  readonly side: 'LEFT' | 'RIGHT';
  readonly subject: 'line' | 'file';
  readonly inReplyTo: ReviewComment | null;
  readonly createdAt: string;
  updatedAt: string;
  readonly edits: Edit[];
  readonly reactions: Reaction[];
  /** The user that resolved the thread; set on the thread's first comment only. */
  resolvedBy: User | null;
}

export type CheckState = 'queued' | 'in_progress' | 'completed' | 'waiting' | 'requested' | 'pending';
export type Conclusion =
  | 'action_required'
  | 'cancelled'
  | 'failure'
  | 'neutral'
  | 'success'
  | 'skipped'
  | 'stale'
  | 'timed_out'
  | 'startup_failure';

export interface CheckSuite {
  readonly id: number;
  readonly nodeId: string;
  readonly repository: Repository;
  readonly app: App;
  readonly headSha: string;
  readonly headBranch: string | null;
  /** The workflow run that the suite belongs to; null for other apps. */
  readonly runId: number | null;
  readonly createdAt: string;
  updatedAt: string;
}

export interface CheckRun {
  readonly id: number;
  readonly nodeId: string;
  readonly repository: Repository;
  readonly suite: CheckSuite;
  readonly app: App;
  name: string;
  readonly headSha: string;
  status: CheckState;
  conclusion: Conclusion | null;
  detailsUrl: string | null;
  externalId: string;
  readonly createdAt: string;
  startedAt: string | null;
  completedAt: string | null;
  output: { title: string | null; summary: string | null; text: string | null };
  readonly annotations: CheckAnnotation[];
  actions: readonly { readonly label: string; readonly description: string; readonly identifier: string }[];
}

export interface CheckAnnotation {
  readonly path: string;
  readonly startLine: number;
  readonly endLine: number;
  readonly level: 'notice' | 'warning' | 'failure';
  readonly message: string;
  readonly title: string | null;
}

export interface CommitStatus {
  readonly id: number;
  readonly nodeId: string;
  readonly repository: Repository;
  readonly sha: string;
  readonly state: 'error' | 'failure' | 'pending' | 'success';
  readonly context: string;
  readonly description: string | null;
  readonly targetUrl: string | null;
  readonly creator: User;
  readonly createdAt: string;
}

export interface Workflow {
  readonly id: number;
  readonly nodeId: string;
  readonly repository: Repository;
  readonly path: string;
  /** The file's `name:`, or else its path. */
  name: string;
  state: 'active' | 'disabled_manually';
  lastRunNumber: number;
  readonly createdAt: string;
  updatedAt: string;
}

export type RunStatus = 'requested' | 'queued' | 'pending' | 'waiting' | 'in_progress' | 'completed';

export interface Run {
  readonly id: number;
  readonly nodeId: string;
  readonly repository: Repository;
  readonly workflow: Workflow;
  readonly number: number;
  attempt: number;
  readonly event: string;
  /** The branch or tag, and the commit, that GitHub shows the run under. */
  readonly headBranch: string | null;
  readonly headSha: string;
  readonly headCommit: PushedCommit;
  /** The commit that the workflow file is read from. */
  readonly workflowSha: string;
  /** The value of `github.ref`. */
  readonly ref: string;
  displayTitle: string;
  status: RunStatus;
  conclusion: Conclusion | null;
  readonly actor: User;
  triggeringActor: User;
  readonly createdAt: string;
  updatedAt: string;
  startedAt: string;
  readonly suite: CheckSuite;
  readonly pulls: readonly Pull[];
  readonly jobs: Job[];
  /** The value of `github.event`. */
  readonly payload: Readonly<Record<string, unknown>>;
  readonly inputs: Readonly<Record<string, unknown>>;
  /** The workflow parser's errors, if the run could not start. */
  problems: readonly string[];
  cancelRequested: 'no' | 'yes' | 'forced';
  readonly artifacts: Artifact[];
}

/** An artifact of a run: a zip archive, or one file as it is. */
export interface Artifact {
  readonly id: number;
  readonly nodeId: string;
  readonly run: Run;
  readonly name: string;
  readonly content: Buffer;
  /** Its media type. */
  readonly type: string;
  readonly createdAt: string;
  readonly expiresAt: string;
}

export interface Step {
  readonly number: number;
  readonly name: string;
  status: 'queued' | 'in_progress' | 'completed' | 'pending';
  conclusion: 'success' | 'failure' | 'skipped' | 'cancelled' | null;
  startedAt: string | null;
  completedAt: string | null;
}

export interface Job {
  readonly id: number;
  readonly nodeId: string;
  readonly run: Run;
  readonly attempt: number;
  readonly name: string;
  readonly labels: readonly string[];
  status: 'queued' | 'waiting' | 'pending' | 'in_progress' | 'completed';
  conclusion: Conclusion | null;
  readonly createdAt: string;
  startedAt: string;
  completedAt: string | null;
  readonly steps: Step[];
  readonly checkRun: CheckRun;
  runnerName: string | null;
  log: string;
}

/** A webhook delivery as `GET /app/hook/deliveries` shows it, with its request and response. */
export interface Delivery {
  readonly id: number;
  /** The X-GitHub-Delivery header; a redelivery has the same one. */
  readonly guid: string;
  readonly app: App;
  readonly installation: Installation;
  readonly repositoryId: number | null;
  readonly event: string;
  readonly action: string | null;
  readonly body: string;
  readonly redelivery: boolean;
  deliveredAt: string;
  durationSeconds: number;
  /** `pending` until the receiver responds. Deliveries dropped on purpose are `dropped`. */
  status: 'pending' | 'dropped' | 'answered' | 'unreachable';
  statusCode: number;
  responseBody: string | null;
}

export interface PushedCommit {
  readonly id: string;
  readonly treeId: string;
  readonly parents: readonly string[];
  readonly message: string;
  readonly timestamp: string;
  readonly author: { readonly name: string; readonly email: string };
  readonly committer: { readonly name: string; readonly email: string };
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly modified: readonly string[];
}

export const ZERO_OID = '0'.repeat(40);
