/**
 * The closed list of what swarm can do to the world. Each is specific enough that performing it needs no choice, and
 * performing it twice is performing it once: either by nature (a label is set, a PR is merged at this head), or because
 * it carries an act `key` that the journal holds before it happens and GitHub shows after.
 */

import type { Board } from './board.ts';
import type { StateLabel } from './config.ts';
import type { HeadSha, IssueId, IssueNumber, PullNumber, Segment } from './epic.ts';
import type { Dispatch } from './journal.ts';
import type { Notice } from './notice.ts';

export type Decision = { readonly reason: string } & (
  | {
      readonly kind: 'dispatch';
      readonly key: string;
      readonly epic: IssueNumber;
      readonly dispatch: Dispatch;
      /** The branch whose `swarm.yml` runs: the default branch, never a segment's. */
      readonly ref: string;
    }
  | { readonly kind: 'cancel run'; readonly runId: number }
  | { readonly kind: 'mark ready'; readonly pull: PullNumber; readonly pullId: string }
  | {
      readonly kind: 'merge';
      readonly key: string;
      readonly pull: PullNumber;
      readonly head: HeadSha;
      readonly method: 'merge' | 'squash' | 'rebase';
      readonly segment: Segment;
      readonly epic: IssueNumber;
      readonly approvedBy: readonly string[];
    }
  | { readonly kind: 'delete branch'; readonly branch: string; readonly head: HeadSha }
  | {
      readonly kind: 'close issue';
      readonly issue: IssueNumber;
      readonly issueId: IssueId;
      readonly as: 'completed' | 'not planned';
    }
  /** The last act of an epic, done once: one that people open again is theirs. */
  | { readonly kind: 'close epic'; readonly key: string; readonly issue: IssueNumber }
  | { readonly kind: 'close pull'; readonly pull: PullNumber }
  | { readonly kind: 'tick criteria'; readonly issue: IssueNumber; readonly was: string; readonly body: string }
  | {
      readonly kind: 'make issue';
      readonly key: string;
      readonly notice: Notice;
      readonly parent: IssueNumber;
      readonly parentId: IssueId;
    }
  | { readonly kind: 'say'; readonly key: string; readonly on: IssueNumber | PullNumber; readonly notice: Notice }
  /** Writes a comment of ours anew: what it was about has ended. */
  | {
      readonly kind: 'revise';
      readonly key: string;
      /** The key of the comment itself, which stays in it. */
      readonly says: string;
      readonly comment: number;
      readonly notice: Notice;
    }
  /** Takes ticks out of a comment of ours that are no answer, unless it changed since it was read. */
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
      /** It was written a moment ago: another step of a job by itself is no news yet. */
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
