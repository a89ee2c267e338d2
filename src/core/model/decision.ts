/**
 * The closed list of what Swarm can do to the world. Each decision is specific enough that performing it needs no
 * choice, and performing it twice is performing it once: either by nature (a label is set, a pull request is merged at
 * this head), or because it carries an act `key` that the journal holds before it happens and GitHub shows after.
 */

import type { Board } from './board.ts';
import type { StateLabel } from './config.ts';
import type { HeadSha, IssueId, IssueNumber, PullNumber, Segment } from './epic.ts';
import type { Attempt, Dispatch } from './journal.ts';
import type { Notice } from './notice.ts';
import type { ProblemKind } from './problem.ts';
import type { QuestionEnd } from './question.ts';
import type { GateResult, Report } from './report.ts';

export type Decision = { readonly reason: Reason } & (
  | {
      readonly kind: 'dispatch';
      readonly key: string;
      readonly epic: IssueNumber;
      readonly dispatch: Dispatch;
      /** The branch whose `swarm.yml` runs: the default branch, never a segment's. */
      readonly ref: string;
    }
  | { readonly kind: 'cancel run'; readonly runId: number }
  /** Enables the workflow that is Swarm's clock. It disables itself when no epic is under way. */
  | { readonly kind: 'start clock'; readonly key: string; readonly workflow: string }
  /** Lets other epics have these segments. */
  | {
      readonly kind: 'release claims';
      readonly key: string;
      readonly epic: IssueNumber;
      readonly segments: readonly IssueNumber[];
    }
  /** Puts proven work on its branch, and opens its pull request or updates it. The act's result is its number. */
  | {
      readonly kind: 'publish';
      readonly key: string;
      readonly work: ReadyWork;
      /** Undefined: the branch is at the commit already, or is left as it is. */
      readonly put?: {
        readonly head: HeadSha;
        /** The commit that the branch is at. Undefined: it must not exist. */
        readonly from?: HeadSha;
        /** `replace`: the branch holds an earlier attempt of Swarm's own, which the new commit does not build on. */
        readonly as: 'forward' | 'replace';
      };
      /** The pull request to update. Undefined: the one that is open for the branch, or a new one. */
      readonly pull?: PullNumber;
    }
  /** Reports gates as check runs of a commit. */
  | {
      readonly kind: 'report checks';
      readonly key: string;
      readonly head: HeadSha;
      readonly results: readonly GateResult[];
      readonly runId: number;
      readonly artefact?: string;
    }
  | { readonly kind: 'mark ready'; readonly pull: PullNumber; readonly pullId: string }
  | {
      readonly kind: 'merge';
      readonly key: string;
      readonly pull: PullNumber;
      readonly head: HeadSha;
      /** The branch that it goes into. */
      readonly base: string;
      readonly method: 'merge' | 'squash' | 'rebase';
      readonly segment: Segment;
      readonly epic: IssueNumber;
      readonly approvedBy: readonly string[];
    }
  /** Puts a pull request in the merge queue of its base, which merges it. */
  | {
      readonly kind: 'enqueue';
      readonly key: string;
      readonly pull: PullNumber;
      readonly pullId: string;
      readonly head: HeadSha;
      /** The branch that it goes into. */
      readonly base: string;
    }
  /** Takes a pull request out of the merge queue. */
  | { readonly kind: 'dequeue'; readonly pull: PullNumber; readonly pullId: string }
  /** Merges the base into the head of a pull request. */
  | { readonly kind: 'update branch'; readonly key: string; readonly pull: PullNumber; readonly head: HeadSha }
  | { readonly kind: 'delete branch'; readonly branch: string; readonly head: HeadSha }
  | {
      readonly kind: 'close issue';
      readonly issue: IssueNumber;
      readonly issueId: IssueId;
      readonly as: 'completed' | 'not planned';
    }
  /** The last act of an epic, done once: people may reopen it, and then it stays open. */
  | { readonly kind: 'close epic'; readonly key: string; readonly issue: IssueNumber }
  | { readonly kind: 'close pull'; readonly pull: PullNumber }
  | { readonly kind: 'tick criteria'; readonly issue: IssueNumber; readonly was: string; readonly body: string }
  | {
      readonly kind: 'make issue';
      readonly key: string;
      readonly notice: Notice;
      readonly labels?: readonly string[];
      readonly parent: IssueNumber;
      readonly parentId: IssueId;
    }
  /** Links an issue with one that it waits for. */
  | {
      readonly kind: 'add blocker';
      readonly key: string;
      readonly issue: IssueNumber;
      readonly blocker: IssueNumber;
      /** Undefined for an issue that this look did not show. */
      readonly issueId?: IssueId;
      readonly blockerId?: IssueId;
    }
  /** Puts an issue below the epic. */
  | {
      readonly kind: 'add sub-issue';
      readonly key: string;
      readonly issue: IssueNumber;
      /** Undefined for an issue that this look did not show. */
      readonly issueId?: IssueId;
      readonly parentId: IssueId;
    }
  | { readonly kind: 'say'; readonly key: string; readonly on: IssueNumber | PullNumber; readonly notice: Notice }
  /** Rewrites a comment of ours once its subject has ended. */
  | {
      readonly kind: 'revise';
      readonly key: string;
      /** The key of the comment itself, which stays in it. */
      readonly says: string;
      readonly comment: number;
      readonly notice: Notice;
    }
  /** Unticks boxes in a comment of ours that do not count as an answer, unless it changed since it was read. */
  | {
      readonly kind: 'untick';
      readonly says: string;
      readonly comment: number;
      readonly was: string;
      readonly notice: Notice;
    }
  | {
      readonly kind: 'show panel';
      readonly key: string;
      readonly on: IssueNumber;
      readonly comment?: number;
      readonly board: Board;
      /** The panel was written a moment ago: a new step of a running job alone can wait. */
      readonly steps?: 'can wait';
    }
  | {
      readonly kind: 'set labels';
      readonly issue: IssueNumber;
      readonly add: readonly string[];
      readonly remove: readonly string[];
      readonly state?: StateLabel;
    }
  | { readonly kind: 'react'; readonly node: string; readonly with: 'eyes' | 'rocket' | 'confused' }
);

/** Everything that a pull request shows of the work of an attempt. */
export interface ReadyWork {
  readonly attempt: Attempt;
  readonly report: Report;
  readonly segment: Segment;
  readonly epic: { readonly number: IssueNumber; readonly title: string };
  readonly wave: { readonly number: number; readonly of: number };
  /** The branch that it goes into. */
  readonly base: string;
  /** How many people have to approve it. */
  readonly approvals: number;
  /** The person who is mentioned where somebody has to approve it. */
  readonly owner: string;
}

/** Why a decision was taken. `words/reasons.ts` says it, in the journal's history and in logs. */
export type Reason =
  | { readonly kind: 'request taken'; readonly by: string }
  | { readonly kind: 'request done' }
  | { readonly kind: 'request refused'; readonly by: string; readonly problem: ProblemKind }
  | { readonly kind: 'asked'; readonly by: string }
  | { readonly kind: 'cancelled'; readonly by: string }
  | { readonly kind: 'epic cancelled' }
  | { readonly kind: 'segments gone'; readonly segments: readonly IssueNumber[] }
  | { readonly kind: 'command label read' }
  | { readonly kind: 'dispatch limit' }
  | { readonly kind: 'may start'; readonly segments: readonly IssueNumber[] }
  | { readonly kind: 'run not visible'; readonly dispatch: string }
  | { readonly kind: 'clock needed' }
  | { readonly kind: 'segments released'; readonly segments: readonly IssueNumber[] }
  | { readonly kind: 'work ready'; readonly segment: IssueNumber; readonly attempt: string }
  | { readonly kind: 'gates ran'; readonly attempt: string }
  | { readonly kind: 'base unknown'; readonly round: number }
  | { readonly kind: 'wave merged'; readonly wave: number; readonly round: number }
  | {
      readonly kind: 'may merge';
      readonly segment: IssueNumber;
      readonly head: HeadSha;
      readonly approvedBy: readonly string[];
    }
  /** Something came in between: a verdict, a cancellation, the kill switch. */
  | { readonly kind: 'may not merge'; readonly pull: PullNumber }
  | { readonly kind: 'branch behind'; readonly pull: PullNumber; readonly base: string }
  | { readonly kind: 'pull merged'; readonly pull: PullNumber }
  | { readonly kind: 'kept work obsolete'; readonly pull: PullNumber }
  | { readonly kind: 'question researched' }
  | { readonly kind: 'segment skipped'; readonly segment: IssueNumber }
  | { readonly kind: 'skipped by'; readonly by: string; readonly why: string }
  | { readonly kind: 'group over'; readonly group: IssueNumber; readonly as: 'skipped' | 'done' }
  | { readonly kind: 'criteria met'; readonly segment: IssueNumber; readonly pull: PullNumber }
  | { readonly kind: 'calibration found'; readonly wave: number; readonly subject: string }
  | { readonly kind: 'calibration failed'; readonly wave: number; readonly tooOften: boolean }
  | { readonly kind: 'segment in block'; readonly name: string }
  | { readonly kind: 'blocker in block'; readonly name: string; readonly on: string }
  /** Without `on`: it becomes a sub-issue. */
  | { readonly kind: 'imported'; readonly from: IssueNumber; readonly on?: IssueNumber }
  | { readonly kind: 'found at acceptance'; readonly by: string; readonly what: string }
  | { readonly kind: 'epic held' }
  | { readonly kind: 'setup warnings' }
  | { readonly kind: 'issue refused' }
  | { readonly kind: 'right lost'; readonly by: string }
  | { readonly kind: 'segment blocked'; readonly segment: IssueNumber; readonly problem: ProblemKind }
  | { readonly kind: 'consent missing'; readonly segment: IssueNumber; readonly problem: ProblemKind }
  | { readonly kind: 'head red'; readonly pull: PullNumber }
  | { readonly kind: 'merge refused'; readonly pull: PullNumber }
  | { readonly kind: 'wave to approve'; readonly wave: number }
  | { readonly kind: 'person needed'; readonly problem: ProblemKind }
  | { readonly kind: 'person reminded'; readonly time: number }
  | { readonly kind: 'question open'; readonly segment: IssueNumber }
  | { readonly kind: 'question closed'; readonly segment: IssueNumber; readonly end: QuestionEnd['kind'] }
  | { readonly kind: 'tick is no answer'; readonly segment: IssueNumber }
  | { readonly kind: 'everything merged' }
  /** `by` is missing where acceptance is automatic. */
  | { readonly kind: 'epic accepted'; readonly by?: string }
  | { readonly kind: 'state changed'; readonly issue: IssueNumber; readonly state: StateLabel | 'waiting' }
  | { readonly kind: 'panel current' };
