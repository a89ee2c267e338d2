/**
 * The board: everything that the panel, the summary, the CLI and the pages show about an epic. It holds decisions and facts;
 * `words` turns them into sentences.
 */
import type { AgentPick } from './config.ts';
import type { Instant, IssueNumber, PullNumber } from './epic.ts';
import type { Outcome } from './journal.ts';
import type { Plan } from './plan.ts';
import type { Problem } from './problem.ts';
import type { Progress } from './progress.ts';
import type { Finding, GateResult, Report } from './report.ts';

export interface Board {
  readonly epic: { readonly number: IssueNumber; readonly title: string; readonly state: 'open' | 'closed' };
  readonly phase: Phase;
  readonly plan: Plan;
  readonly waves: readonly WaveProgress[];
  readonly needs: readonly Need[];
  /** Problems that people should know and that do not stop the epic. */
  readonly notes?: readonly Problem[];
  readonly events: readonly Event[];
  readonly startedAt?: Instant;
  readonly endedAt?: Instant;
  /** The latest transition. Elapsed time counts up to here, so that an unchanged world gives an unchanged panel. */
  readonly asOf?: Instant;
  readonly costUsd?: number;
  /** What agents still need, from `asOf` on: reviews are not in it. Undefined where the epic is not under way. */
  readonly left?: { readonly minutes: number; readonly until: Instant };
}

export type Phase = 'planned' | 'refused' | 'running' | 'paused' | 'cancelled' | 'accepting' | 'finished';

export interface WaveProgress {
  readonly number: number;
  readonly segments: readonly SegmentProgress[];
  readonly calibration:
    | { readonly kind: 'not yet' }
    | { readonly kind: 'running'; readonly round: number }
    | { readonly kind: 'passed'; readonly round: number }
    | { readonly kind: 'failed'; readonly round: number; readonly findings: readonly Finding[] };
}

export interface SegmentProgress {
  readonly number: IssueNumber;
  readonly title: string;
  readonly track: string;
  readonly progress: Progress;
  readonly branch: string;
  readonly pull?: PullNumber;
  /** How often the segment was dispatched. */
  readonly attempts: number;
  /** How often the gates ran in the latest run. */
  readonly tries?: number;
  /** The name of the latest attempt: BlueLake. */
  readonly agent?: string;
  /** Every attempt with its agent and model, if the config leaves a choice between attempts. */
  readonly tried?: readonly Tried[];
  readonly validation: readonly GateResult[];
  readonly report?: Report;
  readonly fix: boolean;
  readonly costUsd?: number;
}

export interface Tried {
  readonly number: number;
  readonly name: string;
  readonly by: AgentPick;
  /** Undefined while it runs. */
  readonly ended?: Outcome['kind'];
  /** The problem that it ended with. */
  readonly problem?: Problem['kind'];
}

/** A task that only a person can do now. */
export type Need =
  | SegmentNeed
  | { readonly kind: 'approve wave'; readonly wave: number }
  | { readonly kind: 'accept' }
  | { readonly kind: 'resolve'; readonly problem: Problem }
  | { readonly kind: 'resume' }
  | { readonly kind: 'calibration'; readonly wave: number; readonly problem: Problem };

export type SegmentNeed = {
  readonly segment: IssueNumber;
  /** How many segments wait for this one, directly or not; undefined if none does. */
  readonly unblocks?: number;
} & (
  | { readonly kind: 'decide pull'; readonly pull: PullNumber }
  | { readonly kind: 'merge pull'; readonly pull: PullNumber }
  | { readonly kind: 'unblock'; readonly problem: Problem }
);

export interface Event {
  readonly at: Instant;
  readonly kind:
    | 'STARTED'
    | 'CONFIG CHANGED'
    | 'WITHDRAWN'
    | 'BASE SOUND'
    | 'BASE NOT SOUND'
    | 'CLAIMED'
    | 'PUBLISHED'
    | 'LOST'
    | 'ASKED'
    | 'ANSWERED'
    | 'REJECTED'
    | 'CLOSED'
    | 'FAILED'
    | 'BLOCKED'
    | 'SKIPPED'
    | 'TRACK COMPLETE'
    | 'WAVE COMPLETE'
    | 'CALIBRATION FAILED'
    | 'EXECUTION COMPLETE';
  readonly segment?: IssueNumber;
  readonly wave?: number;
  readonly track?: string;
  readonly agent?: string;
  readonly pull?: PullNumber;
}
