/**
 * What GitHub's own objects cannot tell: who authorised which texts, which attempts were made and by which run,
 * which requests were taken, what swarm meant to do and did, what calibrations found.
 *
 * Kept as `state.json` in the tree at `refs/swarm/epics/<n>`, one commit a step, advanced by compare-and-swap.
 * The texts as authorised lie beside it as `issues/<number>.md`. A value of this type is never changed in place.
 */

import { type AttemptId, readAttemptId } from './attempt.ts';
import type { HeadSha, Instant, IssueNumber, IssueRef, PullNumber, Worker } from './epic.ts';
import type { Problem } from './problem.ts';
import type { Finding, Mends, Report } from './report.ts';

export interface Journal {
  readonly version: 1;
  readonly epic: IssueNumber;
  readonly phase: 'planned' | 'running' | 'paused' | 'cancelled' | 'finished';
  readonly authorisation?: Authorisation;
  readonly options: RunOptions;
  /** By segment number. Only segments that were ever dispatched, decided on or made by swarm are here. */
  readonly segments: Readonly<Record<number, SegmentRecord>>;
  readonly dispatches: Readonly<Record<string, Dispatch>>;
  /** Per wave number, in rounds. */
  readonly calibrations: Readonly<Record<number, readonly Calibration[]>>;
  /** By request id (`comment:…`, `label:…`, `review:…`, `run:…`): a request counts once, ever. */
  readonly taken: Readonly<Record<string, 'accepted' | { readonly refused: string }>>;
  /** By key: what cannot be seen to be done without looking for it, and must not be done twice. */
  readonly acts: Readonly<Record<string, Act>>;
  /** The config as it was seen to change since the authorisation: it is used, and shown. */
  readonly configs?: readonly { readonly at: Instant; readonly digest: string }[];
  /** Waves a person let start (mode collaborative). */
  readonly approvedWaves: readonly number[];
  /** What people found at acceptance: each becomes a follow-up segment. */
  readonly followUps: readonly FollowUp[];
  /** Calibration rounds before this many do not count against the limit: a person said `retry`. */
  readonly forgivenRounds: Readonly<Record<number, number>>;
  /** What earlier epics' segments took when this one was started: its forecast rests on the same to the end. */
  readonly earlier?: readonly SegmentHistory[];
  readonly startedAt?: Instant;
  readonly finishedAt?: Instant;
  readonly acceptedBy?: string;
}

export interface FollowUp {
  readonly request: string;
  readonly by: string;
  readonly what: string;
  readonly at: Instant;
  /** The wave it was put into, so that later waves do not move it. */
  readonly wave: number;
}

/**
 * The consent everything else rests on: these texts and edges, said by this person. What changes of them waits for a
 * person's word. The config and the base change only by people who may push there, so they are taken as they are; the
 * ones consented to are written down, so that a change can be shown.
 */
export interface Authorisation {
  readonly at: Instant;
  readonly by: string;
  readonly byId: number;
  readonly configDigest: string;
  readonly base: HeadSha;
  readonly baseBranch: string;
  readonly epicDigest: string;
  readonly segments: Readonly<Record<number, AuthorisedSegment>>;
}

export interface AuthorisedSegment {
  /** SHA-256 of title, body and option labels, as `observe` computes it. */
  readonly digest: string;
  readonly blockedBy: readonly IssueNumber[];
  readonly external: readonly IssueRef[];
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
  readonly skipped?: { readonly by: string; readonly reason: string; readonly at: Instant };
  /** Lets it run in spite of an author without write access. */
  readonly included?: { readonly by: string; readonly at: Instant };
  readonly fix?: FixOrigin;
  /** What people answered to questions of its runs. */
  readonly answers?: readonly PersonsAnswer[];
  /** Attempts before this many do not count against the limit: a person said `retry`. */
  readonly forgiven: number;
  readonly mergeRefusal?: { readonly head: HeadSha; readonly at: Instant; readonly message: string };
}

export interface FixOrigin {
  readonly key: string;
  readonly wave: number;
  readonly round: number;
  /** The criteria of another segment that it is to meet, in the order of its own. */
  readonly mends?: Mends;
}

export interface Rejection {
  readonly by: string;
  readonly at: Instant;
  readonly head: HeadSha;
  readonly pull: PullNumber;
  /** The reviewer's words, fenced before an agent sees them. */
  readonly reason: string;
  readonly comments: readonly { readonly path: string; readonly line?: number; readonly body: string }[];
}

export interface Approval {
  readonly by: string;
  readonly byId: number;
  readonly at: Instant;
  readonly head: HeadSha;
}

export interface Attempt {
  readonly id: AttemptId;
  readonly number: number;
  /** The name people tell it apart by: BlueLake, GreenCastle. */
  readonly name: string;
  readonly worker: Worker;
  /** What later epics learn from: how long segments like this one take. */
  readonly persona?: string;
  readonly estimateMinutes?: number;
  /** `prove` runs no agent: it holds a head that somebody else pushed (`from`) to the gates, as it is. */
  readonly why: 'first' | 'rework' | 'retry' | 'conflict' | 'prove';
  readonly branch: string;
  readonly base: HeadSha;
  /** The branch's head to carry on from, on rework; or to be proven. */
  readonly from?: HeadSha;
  /** Kept work to carry on from that is on no branch of the segment's: of a run that stopped to ask, or was cut short. */
  readonly kept?: HeadSha;
  /** What earlier runs asked, and what came of it. */
  readonly answers?: readonly AnsweredQuestion[];
  readonly dispatch: string;
  readonly claimedAt: Instant;
  readonly outcome?: Outcome;
}

export interface PersonsAnswer {
  /** The attempt that asked. */
  readonly attempt: string;
  readonly text: string;
  readonly by: string;
  readonly at: Instant;
}

/** A question of a run with its answer; nobody answered in time where `by` is missing. */
export interface AnsweredQuestion {
  readonly id: string;
  readonly question: string;
  readonly answer: string;
  readonly by?: string;
}

/** How an attempt ended, folded from its report or from the run's end. */
export type Outcome =
  | {
      readonly kind: 'published';
      readonly at: Instant;
      readonly pull: PullNumber;
      readonly head: HeadSha;
      readonly report: Report;
    }
  | { readonly kind: 'no-change'; readonly at: Instant; readonly report: Report }
  /** It stopped to ask; see `report.result`. */
  | { readonly kind: 'asked'; readonly at: Instant; readonly report: Report }
  | { readonly kind: 'failed'; readonly at: Instant; readonly problem: Problem; readonly report?: Report }
  | { readonly kind: 'lost'; readonly at: Instant; readonly conclusion: string }
  | { readonly kind: 'cancelled'; readonly at: Instant };

/** The branch on which an attempt that failed, or stopped to ask, left its work; with the commit that swarm put there. */
export function keptOf({ outcome }: Attempt): readonly { readonly branch: string; readonly head: HeadSha }[] {
  const result = outcome?.kind === 'failed' || outcome?.kind === 'asked' ? outcome.report?.result : undefined;
  const isKept = result?.kind === 'failed' || result?.kind === 'needs-input';
  return isKept && result.kept !== undefined && result.keptHead !== undefined
    ? [{ branch: result.kept, head: result.keptHead }]
    : [];
}

/** It ended before its time and could still hand on what it had: it is tried again, from there. */
export const isCutShort = (outcome: Outcome | undefined): boolean =>
  outcome?.kind === 'failed' && outcome.problem.kind === 'RUN_CUT_SHORT';

/** One run of `swarm.yml`: a matrix of attempts, or a calibration. */
export interface Dispatch {
  readonly id: string;
  readonly at: Instant;
  readonly work:
    | { readonly kind: 'segments'; readonly attempts: readonly AttemptId[] }
    | { readonly kind: 'calibration'; readonly wave: number; readonly round: number };
  /** Written by the run's plan job by compare-and-swap: of several runs of one dispatch only one gets work. */
  readonly runId?: number;
}

export interface Calibration {
  readonly round: number;
  readonly base: HeadSha;
  readonly dispatch: string;
  readonly at: Instant;
  /** The wave's segments that were merged when it began; what is merged later needs another round. */
  readonly covers: readonly IssueNumber[];
  /** The criteria were looked at too; that is swarm's part, the gates were the job's. */
  readonly judged?: true;
  /** Its run died or could not be started: it says nothing about the code, and is made again a few times. */
  readonly lost?: Extract<Outcome, { readonly kind: 'lost' | 'failed' | 'cancelled' }>;
  readonly verdict?:
    | { readonly kind: 'passed'; readonly at: Instant }
    | { readonly kind: 'failed'; readonly at: Instant; readonly findings: readonly Finding[] };
}

export interface Act {
  readonly at: Instant;
  /** The orchestrator's own name for itself, so that only another's intent is waited for. */
  readonly by: string;
  readonly state: 'intended' | 'done' | 'refused';
  /** Comment id, issue number: what the act made. */
  readonly result?: number;
  /** GitHub's words, where it refused. A person's retry or resume tries again. */
  readonly refusal?: { readonly status: number; readonly message: string };
}

/** Issues as they read when they were authorised, by number; kept as `issues/<number>.json` beside the state. */
export type AuthorisedTexts = Readonly<
  Record<number, { readonly title: string; readonly body: string; readonly labels: readonly string[] }>
>;

/** The attempt a dispatch's matrix names. */
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

/** What one segment of an epic took, from claim to outcome, without the waits between its attempts. */
export interface SegmentHistory {
  readonly worker: Worker;
  readonly persona?: string;
  readonly estimateMinutes?: number;
  readonly minutes: number;
  readonly costUsd?: number;
}
