/**
 * The progress of a segment and of a wave, and what they wait for. Derived from a snapshot, never stored.
 */
import type { HeadSha, Instant, IssueNumber, PullNumber } from './epic.ts';
import type { MissingReview } from './people.ts';
import type { Problem } from './problem.ts';
import type { Finding } from './report.ts';

export type Progress =
  | { readonly kind: 'not in this execution'; readonly problem: Problem }
  | { readonly kind: 'waiting'; readonly for: readonly WaitReason[] }
  | { readonly kind: 'ready' }
  | { readonly kind: 'queued' }
  /** Its step as `job: name`, when that began, and the page with the job's live log. */
  | { readonly kind: 'running'; readonly step?: string; readonly since?: Instant; readonly log?: string }
  | {
      readonly kind: 'in review';
      readonly pull: PullNumber;
      readonly head: HeadSha;
      readonly waits: readonly ReviewWait[];
    }
  | {
      readonly kind: 'to merge';
      readonly pull: PullNumber;
      readonly head: HeadSha;
      readonly approvedBy: readonly string[];
    }
  | { readonly kind: 'to rework'; readonly pull: PullNumber; readonly why: ReworkReason }
  | { readonly kind: 'merged'; readonly pull: PullNumber; readonly at?: Instant }
  | { readonly kind: 'answered' }
  | { readonly kind: 'closed before' }
  /** With a person's reason, unless the issue was closed as not planned. */
  | { readonly kind: 'skipped'; readonly reason?: string }
  | { readonly kind: 'blocked'; readonly problem: Problem };

export type ReworkReason =
  | { readonly kind: 'rejected'; readonly reason: string }
  /** `lead`: the segment's agent has had its turns. */
  | { readonly kind: 'conflict'; readonly lead?: true }
  | { readonly kind: 'red gates' };

/** Why a segment does not start yet. */
export type WaitReason =
  | { readonly kind: 'segment'; readonly number: IssueNumber }
  | { readonly kind: 'outside'; readonly ref: string }
  /** Another epic has it. */
  | { readonly kind: 'owned'; readonly by: IssueNumber }
  | { readonly kind: 'wave'; readonly number: number }
  | { readonly kind: 'calibration'; readonly wave: number }
  | { readonly kind: 'overlap'; readonly number: IssueNumber }
  | { readonly kind: 'cap' }
  /** As many pull requests wait for people as may. */
  | { readonly kind: 'reviews' }
  /** It could start, but the epic finishes sooner if that segment goes first. */
  | { readonly kind: 'turn'; readonly number: IssueNumber }
  | { readonly kind: 'wave approval'; readonly wave: number }
  | { readonly kind: 'paused' }
  | { readonly kind: 'base red' }
  /** All gates run on the base before the first agent starts. */
  | { readonly kind: 'baseline' }
  | { readonly kind: 'plan errors' }
  | { readonly kind: 'budget spent' }
  /** The execution is for this wave alone. */
  | { readonly kind: 'only wave'; readonly wave: number }
  /** Its provider is limited, and so are all that could stand in. */
  | { readonly kind: 'later'; readonly until: Instant };

/** Why an open pull request does not merge yet. */
export type ReviewWait =
  /** `despite`: why the approvals that are there do not count, or not alone. */
  | { readonly kind: 'approval'; readonly missing: number; readonly despite?: Despite }
  /** No gate has run on the head yet. */
  | { readonly kind: 'unproven' }
  /** A gate that failed on the head. */
  | { readonly kind: 'gate'; readonly gate: string }
  /** `missing`: the branch requires it, and nobody reported it. `since`: the start of one that is pending. */
  | {
      readonly kind: 'check';
      readonly name: string;
      readonly state: 'pending' | 'failure' | 'missing';
      readonly since?: Instant;
    }
  /** Runs of these workflows on the head wait until somebody with write access lets them start. */
  | { readonly kind: 'held runs'; readonly workflows: readonly string[] }
  /** A review that the rules of the branch ask for. */
  | ({ readonly kind: 'review' } & MissingReview)
  | { readonly kind: 'mergeable'; readonly state: 'unknown' | 'conflicting' | 'blocked' }
  /** The rules of its base want it up to date, and the base has moved on. Nothing else is left to wait for. */
  | { readonly kind: 'behind' }
  /** It is in the merge queue, at this place. */
  | { readonly kind: 'queue'; readonly position: number }
  /** It is merged, and its base does not show that yet. */
  | { readonly kind: 'landing' }
  | { readonly kind: 'merge refused'; readonly message: string }
  | { readonly kind: 'merge by hand' };

export type Despite =
  /** The head was pushed by this person, who cannot be its only approver. Undefined: GitHub does not say who. */
  | { readonly kind: 'pushed'; readonly by?: string }
  /** The agent changed nothing after a rejection by this person. */
  | { readonly kind: 'unchanged'; readonly by: string }
  /** Somebody without write access reopened it after they were given. */
  | { readonly kind: 'reopened'; readonly by: string };

export type Progresses = ReadonlyMap<IssueNumber, Progress>;

/** Answers whether a segment is over, so that its dependents may start. */
export const isDone = (progress: Progress | undefined): boolean =>
  progress?.kind === 'merged' ||
  progress?.kind === 'answered' ||
  progress?.kind === 'skipped' ||
  progress?.kind === 'closed before';

/** Answers whether a segment was added after the authorisation. It waits for a person, and nothing waits for it. */
export const isLeftOut = (progress: Progress | undefined): boolean =>
  progress?.kind === 'not in this execution' && progress.problem.kind === 'SEGMENT_NEW';

/** The check of the base before the first agent. */
export type BaselineStanding =
  /** It is off, or agents have started without it. */
  | { readonly kind: 'not needed' }
  | { readonly kind: 'to check'; readonly round: number }
  | { readonly kind: 'checking' }
  | { readonly kind: 'stopped'; readonly problem: Problem }
  | { readonly kind: 'sound' };

export type WaveStanding =
  | { readonly kind: 'open' }
  /** Everything is merged, and this round can be dispatched. */
  | { readonly kind: 'to calibrate'; readonly round: number }
  | { readonly kind: 'calibrating'; readonly round: number }
  | { readonly kind: 'failed'; readonly round: number; readonly findings: readonly Finding[] }
  | { readonly kind: 'stopped'; readonly problem: Problem }
  | { readonly kind: 'passed'; readonly round: number };
