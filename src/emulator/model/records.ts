/**
 * The emulator's world as plain typed records: what GitHub would keep in its database.
 *
 * Only types and the few facts about them are here. The functions which change the world are on `World` (world.ts) and
 * its parts; nobody else assigns to a record. Refs, commits, trees and blobs are not records: the bare repositories on
 * disk are the only truth about them (git.ts). The file is long as GitHub's world is wide; nothing in it does anything.
 */

export type Role = 'admin' | 'maintain' | 'write' | 'triage' | 'read';

/** An app's or a token's permissions by GitHub's names (`issues`, `pull_requests`, `contents`, `workflows`, …). */
export type Permissions = Readonly<Record<string, 'read' | 'write' | 'admin'>>;

export interface User {
  readonly id: number;
  readonly nodeId: string;
  login: string;
  name: string | null;
  readonly type: 'User' | 'Bot' | 'Organization';
  /** Logins of an organization's members; empty for everyone else. */
  readonly members: Set<number>;
  readonly createdAt: string;
}

export interface App {
  readonly id: number;
  readonly nodeId: string;
  readonly slug: string;
  readonly name: string;
  readonly clientId: string;
  readonly owner: User;
  /** The user in whose name the app acts: `slug[bot]`. */
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
  /** Which of the account's repositories: all of them, or these ids. */
  repositories: 'all' | Set<number>;
  readonly createdAt: string;
  suspendedAt: string | null;
}

/**
 * Who does something. A job token acts as the `github-actions` bot, and what it does starts no workflow except by
 * `workflow_dispatch` and `repository_dispatch`.
 */
export type Actor =
  | { readonly kind: 'user'; readonly user: User }
  | { readonly kind: 'app'; readonly user: User; readonly app: App; readonly installation: Installation }
  | { readonly kind: 'job'; readonly user: User; readonly app: App; readonly runId: number };

export type MergeMethod = 'merge' | 'squash' | 'rebase';

/** One ruleset for branches. `branch` is a name, `~DEFAULT_BRANCH` or `~ALL`. */
export interface BranchRule {
  readonly id: number;
  readonly branch: string;
  /** `null`: merging needs no pull request. */
  readonly pullRequest: {
    readonly approvals: number;
    readonly dismissStaleReviews: boolean;
    readonly lastPushApproval: boolean;
    readonly codeOwners: boolean;
    readonly methods: readonly MergeMethod[];
  } | null;
  readonly requiredChecks: readonly { readonly context: string; readonly appId: number | null }[];
  /** The branch must be up to date with its base before merging. */
  readonly strictChecks: boolean;
  readonly linearHistory: boolean;
  readonly noForcePush: boolean;
  readonly noDeletion: boolean;
  /** Apps and users whom the rule does not bind, by user id. */
  readonly bypass: readonly number[];
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
  /** By user id. The owner is not in it and is always admin. */
  readonly collaborators: Map<number, Role>;
  /** By lower-case name. */
  readonly labels: Map<string, Label>;
  /** Issues and pull requests share their numbers; a pull request is an issue whose `pull` is set. */
  readonly issues: Map<number, Issue>;
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
  /** Whether the job token may open and approve pull requests (Settings, Actions). */
  actionsMayApprove: boolean;
  /** What a job token may do where the workflow names no permissions. */
  defaultJobPermissions: 'read' | 'write';
  rules: BranchRule[];
  readonly checkSuites: CheckSuite[];
  readonly checkRuns: CheckRun[];
  readonly statuses: CommitStatus[];
  /** By path, e.g. `.github/workflows/ci.yml`. */
  readonly workflows: Map<string, Workflow>;
  readonly runs: Run[];
  /** Comments on commits' lines and on lines in general are only known for pull requests. */
  readonly reviewComments: Map<number, ReviewComment>;
}

export type StateReason = 'completed' | 'not_planned' | 'duplicate' | 'reopened';

/** One version of a text of something that people can edit. */
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
  labels: Label[];
  assignees: User[];
  readonly comments: Comment[];
  readonly reactions: Reaction[];
  readonly timeline: TimelineEvent[];
  /** The body's versions, the first one included as soon as there is a second. */
  readonly edits: Edit[];
  parent: Issue | null;
  /** In their order of priority. */
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
  | { readonly kind: 'review_requested' | 'review_request_removed'; readonly reviewer: User }
  | {
      readonly kind: 'review_dismissed';
      readonly review: Review;
      readonly was: ReviewState;
      readonly message: string | null;
    };

/** What happened to an issue, in order. Comments, reviews and commits are not in it: they have lists of their own. */
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
  /** Why it is folded away (`outdated`, `resolved`, …), or null. */
  minimized: string | null;
}

export interface Pull {
  readonly id: number;
  readonly nodeId: string;
  /** The pull request's other half: number, title, body, labels, comments, timeline. */
  readonly issue: Issue;
  readonly repository: Repository;
  /** Branch names without `refs/heads/`; head and base are in the same repository (there are no forks here). */
  readonly headRef: string;
  headSha: string;
  baseRef: string;
  baseSha: string;
  draft: boolean;
  merged: boolean;
  mergedAt: string | null;
  mergedBy: User | null;
  /** The commit that merged it, once it is merged. */
  mergeSha: string | null;
  /** Whether the head branch is still there. */
  headGone: boolean;
  /** Whoever last moved the head branch: the opener at first. */
  lastPusher: User;
  readonly maintainerCanModify: boolean;
  readonly reviews: Review[];
  readonly comments: ReviewComment[];
  requestedReviewers: User[];
  /** Counted by git each time head or base changes, so that a payload can be built without waiting. */
  size: PullSize;
  /** Memory of the last `merge-tree`; only right for exactly these two commits. */
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
  /** Of the thread's first comment: whether the conversation was resolved. */
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
  /** The workflow run whose suite this is; null for other apps. */
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
  /** The file's `name:`, or its path where it has none. */
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
  /** The branch (or tag) and the commit that the run is shown under. */
  readonly headBranch: string | null;
  readonly headSha: string;
  readonly headCommit: PushedCommit;
  /** The commit whose workflow file is executed. */
  readonly workflowSha: string;
  /** What `github.ref` says. */
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
  /** What `github.event` says. */
  readonly payload: Readonly<Record<string, unknown>>;
  readonly inputs: Readonly<Record<string, unknown>>;
  /** Why it could not start, in the workflow parser's words. */
  problems: readonly string[];
  cancelRequested: 'no' | 'yes' | 'forced';
  readonly artifacts: Artifact[];
}

/** Files that a job keeps with its run, as one archive. */
export interface Artifact {
  readonly id: number;
  readonly nodeId: string;
  readonly run: Run;
  readonly name: string;
  readonly archive: Buffer;
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

/** One webhook delivery, as `GET /app/hook/deliveries` shows it, with what was sent and answered. */
export interface Delivery {
  readonly id: number;
  /** X-GitHub-Delivery; a redelivery keeps it. */
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
  /** `pending` until it was answered; what was dropped on purpose stays `dropped`. */
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
