/**
 * The journal: everything that GitHub's own objects do not show. Authorised texts, attempts with their runs, requests that were
 * taken, acts that Swarm intended and did, calibrations with their findings.
 *
 * It is `state.json` in the tree at `refs/swarm/epics/<n>`, one commit for each step, advanced by compare-and-swap.
 * The texts as authorised lie beside it as `issues/<number>.json`. A value of this type is never changed in place.
 */

import { type AttemptId, readAttemptId } from './attempt.ts';
import type { AgentPick, StandIns } from './config.ts';
import type { HeadSha, Instant, IssueNumber, IssueRef, PullNumber, Worker } from './epic.ts';
import type { BaselineVerdict } from './journal/baseline.ts';
import type { AuthorisedBlock } from './journal/block.ts';
import type { Import } from './journal/import.ts';
import type { Landing, Update } from './journal/merging.ts';
import type { Speaker } from './people.ts';
import type { Problem } from './problem.ts';
import type { Finding, Mends, Report } from './report.ts';

export interface Journal {
  readonly version: 1;
  readonly epic: IssueNumber;
  readonly phase: 'planned' | 'running' | 'paused' | 'cancelled' | 'finished';
  readonly authorisation?: Authorisation;
  readonly options: RunOptions;
  /** The block of the epic's text, if its segments come from one. */
  readonly block?: AuthorisedBlock;
  /** An import that a person confirmed, until it is done. */
  readonly import?: Import;
  /** By segment number. Only segments that were dispatched, decided on or created by Swarm are here. */
  readonly segments: Readonly<Record<number, SegmentRecord>>;
  readonly dispatches: Readonly<Record<string, Dispatch>>;
  /** Checks of the base before the first agent, oldest first. */
  readonly baselines?: readonly Baseline[];
  /** By wave number, one for each round. */
  readonly calibrations: Readonly<Record<number, readonly Calibration[]>>;
  /** By request id (`comment:…`, `label:…`, `review:…`, `run:…`). A request counts only once. */
  readonly taken: Readonly<Record<string, 'accepted' | { readonly refused: string }>>;
  /** By key: acts that must not be done twice and that cannot be seen on GitHub without a search. */
  readonly acts: Readonly<Record<string, Act>>;
  /** Changes of the config since the authorisation. They take effect, and the panel shows them. */
  readonly configs?: readonly { readonly at: Instant; readonly digest: string }[];
  /** Waves that a person approved (in collaborative mode). */
  readonly approvedWaves: readonly number[];
  /** By wave. */
  readonly wavesApprovedBy?: Readonly<Record<number, Speaker>>;
  /** Findings of people at acceptance. Each becomes a follow-up segment. */
  readonly followUps: readonly FollowUp[];
  /** By wave: calibration rounds up to this one do not count against the limit, because a person said `retry`. */
  readonly forgivenRounds: Readonly<Record<number, number>>;
  readonly roundsForgivenBy?: Speaker;
  /** What the epic may cost in all, in US dollars, as a person has raised it. */
  readonly budget?: Speaker & { readonly usd: number; readonly at: Instant };
  /** The person who resumed it after a pause. */
  readonly resumedBy?: Speaker;
  /** Say-sos that no longer count, because their persons may no longer write. */
  readonly withdrawn?: readonly Withdrawn[];
  /** Segments that another epic had at the latest look. Each look asks again who has these, and no others. */
  readonly contested?: readonly IssueNumber[];
  /** Histories of earlier epics, as they were when this one started. Its forecast uses the same ones to the end. */
  readonly earlier?: readonly SegmentHistory[];
  readonly startedAt?: Instant;
  /** The last time that a person paused it. */
  readonly pausedAt?: Instant;
  readonly finishedAt?: Instant;
  readonly acceptedBy?: string;
  readonly acceptedById?: number;
}

export interface FollowUp extends Speaker {
  readonly request: string;
  readonly what: string;
  readonly at: Instant;
  /** The wave of its segment, stored so that later waves do not move it. */
  readonly wave: number;
  /** Its person lost the right to ask for it before it was made. */
  readonly withdrawn?: true;
}

/** One thing that a person said and that no longer counts. */
export type SayingKind =
  | { readonly kind: 'approval' | 'rejection'; readonly pull: PullNumber }
  | { readonly kind: 'answer' | 'skip' | 'retry'; readonly segment: IssueNumber }
  | { readonly kind: 'wave approval'; readonly wave: number }
  | { readonly kind: 'retry of a calibration' }
  | { readonly kind: 'needs-work' }
  | { readonly kind: 'resume' }
  | { readonly kind: 'budget' }
  | { readonly kind: 'acceptance' };

/** Everything that one person said and that no longer counts. */
export interface Withdrawn extends Speaker {
  readonly at: Instant;
  readonly what: readonly SayingKind[];
}

/**
 * A person's consent to these texts and dependencies. Everything else rests on it: a later change of them waits for a person.
 * Only people with push access can change the config and the base, so these take effect as they are, except for the files
 * on the base that steer agents. Their versions at the time of consent are stored so that a change can be shown.
 */
export interface Authorisation extends Speaker {
  readonly at: Instant;
  readonly byId: number;
  readonly configDigest: string;
  readonly base: HeadSha;
  readonly baseBranch: string;
  readonly epicDigest: string;
  /** The files that steer agents, as they were on the base at that commit. */
  readonly agentFiles?: { readonly base: HeadSha; readonly digest: string };
  readonly segments: Readonly<Record<number, AuthorisedSegment>>;
}

export interface AuthorisedSegment {
  /** SHA-256 of title, body and option labels, as `observe` computes it. */
  readonly digest: string;
  readonly blockedBy: readonly IssueNumber[];
  readonly external: readonly IssueRef[];
  /** Consent to this segment alone, given later: when, and by a person of its own. */
  readonly at?: Instant;
  readonly by?: string;
  readonly byId?: number;
  readonly byBot?: true;
}

export interface RunOptions {
  readonly wave?: number;
  readonly agents?: number;
  readonly sequential?: boolean;
  readonly dryRun?: boolean;
}

export interface SegmentRecord {
  readonly attempts: readonly Attempt[];
  readonly rejections: readonly Rejection[];
  /** Approvals given by command; reviews are read from GitHub. */
  readonly approvals: readonly Approval[];
  readonly skipped?: Speaker & { readonly reason: string; readonly at: Instant };
  /** Lets it run even though its author has no write access. */
  readonly included?: Speaker & { readonly at: Instant };
  readonly fix?: FixOrigin;
  /** Swarm made its issue from the epic's block. */
  readonly fromBlock?: true;
  /** Answers of people to questions of its runs. */
  readonly answers?: readonly PersonsAnswer[];
  /** How many of the first attempts do not count against the limit, because a person said `retry`. */
  readonly forgiven: number;
  readonly forgivenBy?: Speaker;
  readonly mergeRefusal?: { readonly head: HeadSha; readonly at: Instant; readonly message: string };
  /** Merges of the base into its pull request's head, oldest first. */
  readonly updates?: readonly Update[];
  readonly landing?: Landing;
}

export interface FixOrigin {
  readonly key: string;
  readonly wave: number;
  readonly round: number;
  /** The criteria of another segment that it has to meet, in the order of its own. */
  readonly mends?: Mends;
}

export interface Rejection extends Speaker {
  readonly at: Instant;
  readonly head: HeadSha;
  readonly pull: PullNumber;
  /** The reviewer's words, fenced before an agent sees them. */
  readonly reason: string;
  readonly comments: readonly { readonly path: string; readonly line?: number; readonly body: string }[];
}

export interface Approval extends Speaker {
  readonly byId: number;
  readonly at: Instant;
  readonly head: HeadSha;
}

export interface Attempt {
  readonly id: AttemptId;
  readonly number: number;
  /** A name for people: BlueLake, GreenCastle. */
  readonly name: string;
  readonly worker: Worker;
  /** Later epics learn from this how long similar segments take. */
  readonly persona?: string;
  readonly estimateMinutes?: number;
  /** `prove` runs no agent. It runs the gates on a head that someone else pushed (`from`), as it is. */
  readonly why: 'first' | 'rework' | 'retry' | 'conflict' | 'prove';
  /** The tech lead resolves the conflict. */
  readonly lead?: true;
  readonly branch: string;
  readonly base: HeadSha;
  /** The branch that its pull request goes into. */
  readonly into?: string;
  /** The head of the branch that the work continues from, on rework; or the head to prove. */
  readonly from?: HeadSha;
  /** Work that a run left behind when it stopped to ask, or was cut short. It is not on the segment's branch. */
  readonly kept?: HeadSha;
  /** Questions of earlier runs, with their answers. */
  readonly answers?: readonly AnsweredQuestion[];
  readonly dispatch: string;
  /** The agent and the model that do its work; undefined if the config leaves no choice between attempts. */
  readonly by?: AgentPick;
  /** The agents that stand in for others, because those have reached a limit of their provider. */
  readonly instead?: StandIns;
  /** Names of the variables with its agents' keys. The workflow hands its work job these and no others. */
  readonly keys?: readonly string[];
  readonly claimedAt: Instant;
  readonly outcome?: Outcome;
}

export interface PersonsAnswer extends Speaker {
  /** The attempt that asked. */
  readonly attempt: string;
  readonly text: string;
  readonly at: Instant;
}

/** A question of a run with its answer. Without `by`, no one answered in time. */
export interface AnsweredQuestion {
  readonly id: string;
  readonly question: string;
  readonly answer: string;
  readonly by?: string;
}

/** How an attempt ended, by its report or by the end of its run. */
export type Outcome =
  | {
      readonly kind: 'published';
      readonly at: Instant;
      readonly pull: PullNumber;
      readonly head: HeadSha;
      readonly report: Report;
    }
  | { readonly kind: 'no-change'; readonly at: Instant; readonly report: Report }
  /** It stopped to ask. The question is in `report.result`. */
  | { readonly kind: 'asked'; readonly at: Instant; readonly report: Report }
  | { readonly kind: 'failed'; readonly at: Instant; readonly problem: Problem; readonly report?: Report }
  | { readonly kind: 'lost'; readonly at: Instant; readonly conclusion: string }
  | { readonly kind: 'cancelled'; readonly at: Instant };

/** The report of a run, if it could leave one. */
export const reportOf = (outcome: Outcome | undefined): Report | undefined =>
  outcome && 'report' in outcome ? outcome.report : undefined;

/** The branch on which an attempt that failed or stopped to ask left its work, with the commit that Swarm put there. */
export function keptOf({ outcome }: Attempt): readonly { readonly branch: string; readonly head: HeadSha }[] {
  const result = outcome?.kind === 'failed' || outcome?.kind === 'asked' ? outcome.report?.result : undefined;
  const isKept = result?.kind === 'failed' || result?.kind === 'needs-input';
  return isKept && result.kept !== undefined && result.keptHead !== undefined
    ? [{ branch: result.kept, head: result.keptHead }]
    : [];
}

/** Answers whether a run ended early but could still hand on its work. It is retried from there. */
export const isCutShort = (outcome: Outcome | undefined): boolean =>
  outcome?.kind === 'failed' && outcome.problem.kind === 'RUN_CUT_SHORT';

/** The budget of the epic that a run came to the end of; undefined for any other end. Not the work is at fault. */
export const epicBudgetSpent = (outcome: Outcome | undefined): number | undefined =>
  outcome?.kind === 'failed' && outcome.problem.kind === 'BUDGET_SPENT' && outcome.problem.of === 'epic'
    ? outcome.problem.budgetUsd
    : undefined;

/**
 * Answers whether a run ended early, its agent asked to be called later, or the epic had no money left for it. None of these
 * is a failed try at the work.
 */
export const isDeferred = (outcome: Outcome | undefined): boolean =>
  isCutShort(outcome) ||
  (outcome?.kind === 'failed' && outcome.problem.kind === 'AGENT_LATER') ||
  epicBudgetSpent(outcome) !== undefined;

/** One run of `swarm.yml`: a matrix of attempts, a calibration, or a check of the base. */
export interface Dispatch {
  readonly id: string;
  readonly at: Instant;
  readonly work:
    | { readonly kind: 'segments'; readonly attempts: readonly AttemptId[] }
    | { readonly kind: 'calibration'; readonly wave: number; readonly round: number }
    | { readonly kind: 'baseline'; readonly round: number };
  /** Written by the plan job of a run by compare-and-swap: only one of several runs of a dispatch gets work. */
  readonly runId?: number;
}

/** One run of all gates on the base, without an agent (SPEC R5.15). */
export interface Baseline {
  /** From 1. */
  readonly round: number;
  readonly base: HeadSha;
  /** The name of the proof that it becomes if it is sound. Undefined: GitHub did not show the tree. */
  readonly proof?: string;
  /** Undefined: another epic has proven the same base. */
  readonly dispatch?: string;
  readonly at: Instant;
  /** Its run died or could not start. That says nothing about the base, so it is repeated a few times. */
  readonly lost?: NonNullable<Calibration['lost']>;
  readonly verdict?: BaselineVerdict;
  /** It does not count any more, because a person asked to look again. */
  readonly forgiven?: true;
}

export interface Calibration {
  readonly round: number;
  readonly base: HeadSha;
  /** The name of the proof that it becomes if it passes. Undefined: GitHub did not show the tree. */
  readonly proof?: string;
  readonly dispatch: string;
  readonly at: Instant;
  /** The segments of the wave that were merged when it began. Later ones need another round. */
  readonly covers: readonly IssueNumber[];
  /** The criteria are checked, too. Swarm does that; the job runs the gates. */
  readonly judged?: true;
  /** Its run died or could not start. That says nothing about the code, so it is repeated a few times. */
  readonly lost?: Extract<Outcome, { readonly kind: 'lost' | 'failed' | 'cancelled' }>;
  readonly verdict?:
    | { readonly kind: 'passed'; readonly at: Instant }
    | { readonly kind: 'failed'; readonly at: Instant; readonly findings: readonly Finding[] };
}

export interface Act {
  readonly at: Instant;
  /** The name of the orchestrator that intends it. An intent of another one is waited for. */
  readonly by: string;
  readonly state: 'intended' | 'done' | 'refused';
  /** The id of the comment, or the number of the issue, that the act created. */
  readonly result?: number;
  /** GitHub's answer if it refused. `retry` and `resume` try again. */
  readonly refusal?: { readonly status: number; readonly message: string };
}

/** Issues as they read when they were authorised, by number; kept as `issues/<number>.json` beside the state. */
export type AuthorisedTexts = Readonly<
  Record<number, { readonly title: string; readonly body: string; readonly labels: readonly string[] }>
>;

/** The attempt by its id in the matrix of a dispatch. */
export const findAttempt = (journal: Journal, id: string): Attempt | undefined =>
  journal.segments[readAttemptId(id)?.segment ?? 0]?.attempts.find((attempt) => attempt.id === id);

export const emptyJournal = (epic: IssueNumber): Journal => ({
  version: 1,
  epic,
  phase: 'planned',
  options: {},
  segments: {},
  dispatches: {},
  calibrations: {},
  taken: {},
  acts: {},
  approvedWaves: [],
  followUps: [],
  forgivenRounds: {},
});

export const emptyRecord: SegmentRecord = { attempts: [], rejections: [], approvals: [], forgiven: 0 };

/** How long one segment of an epic took, from claim to outcome, without the waits between its attempts. */
export interface SegmentHistory {
  readonly worker: Worker;
  readonly persona?: string;
  readonly estimateMinutes?: number;
  readonly minutes: number;
  readonly costUsd?: number;
}
