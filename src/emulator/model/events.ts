/**
 * The events of the emulated GitHub, with the names and actions of GitHub's webhooks. Each is emitted once, to all
 * listeners: webhook delivery and the workflow runner.
 */
import type {
  Actor,
  CheckRun,
  Comment,
  CommitStatus,
  Issue,
  Job,
  Label,
  Pull,
  PushedCommit,
  Repository,
  Review,
  ReviewComment,
  Reviewer,
  Run,
  User,
  Workflow,
} from './records.ts';

export interface Changes {
  readonly [field: string]: { readonly from: string };
}

/** An event as the code that causes it describes it. */
export type EventDetails =
  | {
      readonly kind: 'issues';
      readonly action:
        | 'opened'
        | 'edited'
        | 'deleted'
        | 'closed'
        | 'reopened'
        | 'labeled'
        | 'unlabeled'
        | 'assigned'
        | 'unassigned'
        | 'locked'
        | 'unlocked'
        | 'pinned'
        | 'unpinned'
        | 'transferred';
      readonly issue: Issue;
      readonly label?: Label;
      readonly assignee?: User;
      readonly changes?: Changes;
      /** The issue that it is now, if it was transferred. */
      readonly as?: Issue;
    }
  | {
      readonly kind: 'issue_comment';
      readonly action: 'created' | 'edited' | 'deleted';
      readonly issue: Issue;
      readonly comment: Comment;
      readonly changes?: Changes;
    }
  | {
      readonly kind: 'sub_issues';
      readonly action: 'sub_issue_added' | 'sub_issue_removed' | 'parent_issue_added' | 'parent_issue_removed';
      readonly parent: Issue;
      readonly sub: Issue;
    }
  | {
      readonly kind: 'issue_dependencies';
      readonly action: 'blocked_by_added' | 'blocked_by_removed' | 'blocking_added' | 'blocking_removed';
      readonly blocked: Issue;
      readonly blocking: Issue;
    }
  | {
      readonly kind: 'pull_request';
      readonly action:
        | 'opened'
        | 'edited'
        | 'closed'
        | 'reopened'
        | 'synchronize'
        | 'labeled'
        | 'unlabeled'
        | 'assigned'
        | 'unassigned'
        | 'ready_for_review'
        | 'converted_to_draft'
        | 'review_requested'
        | 'review_request_removed'
        | 'enqueued'
        | 'dequeued'
        | 'locked'
        | 'unlocked';
      readonly pull: Pull;
      readonly label?: Label;
      readonly assignee?: User;
      readonly reviewer?: Reviewer;
      /** Why it left the queue. */
      readonly reason?: string;
      readonly before?: string;
      readonly after?: string;
      readonly changes?:
        | Changes
        | { readonly base: { readonly ref: { readonly from: string }; readonly sha: { readonly from: string } } };
    }
  | {
      readonly kind: 'pull_request_review';
      readonly action: 'submitted' | 'edited' | 'dismissed';
      readonly pull: Pull;
      readonly review: Review;
      readonly changes?: Changes;
    }
  | {
      readonly kind: 'pull_request_review_comment';
      readonly action: 'created' | 'edited' | 'deleted';
      readonly pull: Pull;
      readonly comment: ReviewComment;
      readonly changes?: Changes;
    }
  | {
      readonly kind: 'check_run';
      readonly action: 'created' | 'completed' | 'rerequested';
      readonly checkRun: CheckRun;
    }
  | {
      readonly kind: 'status';
      readonly status: CommitStatus;
      readonly commit: PushedCommit;
      readonly branches: readonly string[];
    }
  | {
      readonly kind: 'push';
      /** `refs/heads/…` or `refs/tags/…`. */
      readonly ref: string;
      /** Forty zeros if the ref did not exist. `after` is the same if it was deleted. */
      readonly before: string;
      readonly after: string;
      readonly forced: boolean;
      readonly commits: readonly PushedCommit[];
      readonly head: PushedCommit | null;
    }
  | { readonly kind: 'create' | 'delete'; readonly refType: 'branch' | 'tag'; readonly name: string }
  | {
      readonly kind: 'label';
      readonly action: 'created' | 'edited' | 'deleted';
      readonly label: Label;
      readonly changes?: Changes;
    }
  | { readonly kind: 'workflow_run'; readonly action: 'requested' | 'in_progress' | 'completed'; readonly run: Run }
  | {
      readonly kind: 'workflow_job';
      readonly action: 'queued' | 'waiting' | 'in_progress' | 'completed';
      readonly job: Job;
    }
  | {
      readonly kind: 'workflow_dispatch';
      readonly workflow: Workflow;
      readonly ref: string;
      readonly inputs: Readonly<Record<string, unknown>>;
    }
  | {
      readonly kind: 'repository_dispatch';
      readonly action: string;
      readonly branch: string;
      readonly clientPayload: Readonly<Record<string, unknown>>;
    };

/** An emitted event. `payload` is the webhook's body, built once, when the event happens. */
export type WorldEvent = EventDetails & {
  readonly repository: Repository;
  readonly actor: Actor;
  readonly at: string;
  readonly payload: Readonly<Record<string, unknown>>;
};
