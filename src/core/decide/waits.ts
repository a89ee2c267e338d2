/**
 * Why a segment whose own dependencies are merged may still not start; and for every wait, who must act before it ends.
 */
import type { Need, SegmentNeed } from '#core/model/board';
import { type Instant, type IssueNumber, instant, type PullNumber, type Segment } from '#core/model/epic';
import { epicBudgetSpent, type SegmentRecord } from '#core/model/journal';
import { epicBudget } from '#core/model/journal/budgets';
import { recordOf } from '#core/model/journal-lenses';
import type { Diagnostic, Problem } from '#core/model/problem';
import {
  isDone,
  type Progress,
  type Progresses,
  type ReviewWait,
  type WaitReason,
  type WaveStanding,
} from '#core/model/progress';
import { proofOf, redHead } from '#core/model/proof';
import type { Pull } from '#core/model/snapshot';
import type { SegmentState } from '#core/schedule/startable';
import { type Limits, limitsOf, notBefore } from './agents/limits.ts';
import { baselineOf } from './before/standing.ts';
import { type Facts, publishedPull } from './progress.ts';

/** The facts of a `Situation` that decide if a segment may start. */
export interface StartFacts extends Facts {
  readonly derived: Progresses;
  readonly standings: ReadonlyMap<number, WaveStanding>;
  readonly errors: readonly Diagnostic[];
  readonly budget: { readonly isSpent: boolean };
  readonly waveToApprove: number | undefined;
  readonly waveOf: ReadonlyMap<IssueNumber, number>;
}

/** By segment: everything but caps and overlaps that keeps it from starting. Segments that are not ready have no reason. */
export function startHolds(facts: StartFacts): ReadonlyMap<IssueNumber, readonly WaitReason[]> {
  const held = new Map<IssueNumber, readonly WaitReason[]>();
  const limits = limitsOf(facts.journal, facts.config);
  const isChecked = isBaseKnown(facts);
  for (const segment of facts.plan.segments) {
    const { number } = segment;
    const progress = facts.derived.get(number);
    if (progress?.kind !== 'ready') {
      if (progress && !isDone(progress)) held.set(number, []);
      continue;
    }
    const reasons = [...waitsOf(facts, segment, limits), ...(isChecked ? [] : [{ kind: 'baseline' } as const])];
    // The epic that had it may have closed it since its issue was read. The next look knows.
    const isJustFree = facts.snapshot.owners !== undefined && facts.snapshot.journal?.contested?.includes(number);
    if (reasons.length > 0 || isJustFree) held.set(number, reasons);
  }
  return held;
}

function isBaseKnown(facts: Facts): boolean {
  const { kind } = baselineOf(facts);
  return kind === 'sound' || kind === 'not needed';
}

function waitsOf(facts: StartFacts, { number, spec }: Segment, limits: Limits): readonly WaitReason[] {
  const { journal, snapshot, config, plan, standings, waveToApprove } = facts;
  const wave = facts.waveOf.get(number) ?? 1;
  const only = journal.options.wave;
  const reasons: WaitReason[] = [];
  const owner = snapshot.owners?.[number];
  if (owner !== undefined) reasons.push({ kind: 'owned', by: owner });
  if (journal.phase === 'paused' || journal.phase === 'cancelled') reasons.push({ kind: 'paused' });
  if (facts.errors.length > 0) reasons.push({ kind: 'plan errors' });
  if (snapshot.base.checks === 'failing') reasons.push({ kind: 'base red' });
  if (only !== undefined && only !== wave) reasons.push({ kind: 'only wave', wave: only });
  if (facts.budget.isSpent || isOutOfMoney(facts, number)) reasons.push({ kind: 'budget spent' });
  if (waveToApprove !== undefined && wave >= waveToApprove)
    reasons.push({ kind: 'wave approval', wave: waveToApprove });
  const until = notBefore(config, spec, recordOf(journal, number), limits);
  if (until !== undefined && until > snapshot.now) reasons.push({ kind: 'later', until });
  if (config.schedule === 'waves') {
    const open = plan.waves.find((each) => each.number < wave && standings.get(each.number)?.kind !== 'passed');
    if (open) {
      reasons.push(
        standings.get(open.number)?.kind === 'open'
          ? { kind: 'wave', number: open.number }
          : { kind: 'calibration', wave: open.number },
      );
    }
  }
  return reasons;
}

/** Its latest run came to the end of the epic's budget, which nobody has raised since. */
function isOutOfMoney({ journal, config }: Facts, segment: IssueNumber): boolean {
  const { attempts, forgiven } = recordOf(journal, segment);
  const spent = attempts.length > forgiven ? epicBudgetSpent(attempts.at(-1)?.outcome) : undefined;
  return spent !== undefined && spent >= (epicBudget(journal, config)?.budgetUsd ?? Number.POSITIVE_INFINITY);
}

/** The state of a segment as the schedule sees it: work in flight or in review keeps its files reserved. */
export function segmentState({ snapshot, journal }: Facts, segment: IssueNumber, progress: Progress): SegmentState {
  if (isDone(progress)) return 'done';
  // While its pull request is open it can be merged at any moment: its files stay reserved.
  const pull = publishedPull(snapshot, recordOf(journal, segment));
  if (progress.kind === 'blocked' && pull?.state === 'open') return 'in review';
  switch (progress.kind) {
    case 'queued':
    case 'running':
    case 'to rework':
      return 'in flight';
    case 'in review':
    case 'to merge':
      return 'in review';
    default:
      return 'open';
  }
}

// ── Who must act ────────────────────────────────────────────────────────────────────────────────────────────────────────

/**
 * Who must act before a wait ends (SPEC R9.6). Each wait has an answer here: a new one does not compile without it.
 */
export type Turn =
  /** Swarm: in this look, or at a time that it knows. */
  | { readonly kind: 'swarm' }
  /** Another part of the epic comes first, and its own wait says who must act. */
  | { readonly kind: 'another' }
  /** GitHub, or the repository's CI. If that takes too long, it becomes a person's turn. */
  | { readonly kind: 'machine' }
  /** A person, by these acts. */
  | { readonly kind: 'person'; readonly needs: readonly Need[] };

const SWARM: Turn = { kind: 'swarm' };
const ANOTHER: Turn = { kind: 'another' };
const MACHINE: Turn = { kind: 'machine' };
const person = (...needs: readonly Need[]): Turn => ({ kind: 'person', needs });
const resolve = (problem: Problem): Need => ({ kind: 'resolve', problem });

/** Nothing that costs money starts until somebody raises the budget of the epic. */
export function budgetSpent({ journal, config, budget }: Omit<TurnFacts, 'errors'>): Need {
  const { spentUsd = 0 } = budget;
  return resolve({ kind: 'EPIC_BUDGET_SPENT', spentUsd, budgetUsd: epicBudget(journal, config)?.budgetUsd ?? 0 });
}

/** Another epic has the segment. */
export const ownedBy = (epic: IssueNumber, segment: IssueNumber): SegmentNeed => ({
  kind: 'unblock',
  segment,
  problem: { kind: 'SEGMENT_OWNED', at: { issue: segment }, epic },
});

export interface TurnFacts extends Facts {
  readonly errors: readonly Diagnostic[];
  readonly budget: { readonly spentUsd: number | undefined };
}

/** Who must act before a segment can start. */
export function turnToStart(wait: WaitReason, segment: IssueNumber, facts: TurnFacts): Turn {
  const { snapshot, errors } = facts;
  switch (wait.kind) {
    case 'segment':
    case 'wave':
    case 'calibration':
    case 'overlap':
    case 'cap':
    case 'reviews':
    case 'turn':
      return ANOTHER;
    case 'later':
      return SWARM;
    case 'outside':
      return person({
        kind: 'unblock',
        segment,
        problem: { kind: 'OUTSIDE_OPEN', at: { issue: segment }, ref: wait.ref },
      });
    case 'owned':
      return person(ownedBy(wait.by, segment));
    case 'wave approval':
      return person({ kind: 'approve wave', wave: wait.wave });
    case 'paused':
      return person({ kind: 'resume' });
    case 'base red': {
      const { branch, failing, head } = snapshot.base;
      return person(resolve({ kind: 'BASE_RED', branch, checks: failing, commit: head }));
    }
    case 'baseline': {
      const standing = baselineOf(facts);
      if (standing.kind === 'stopped') return person(resolve(standing.problem));
      // It is dispatched as soon as a segment waits for nothing else.
      return standing.kind === 'checking' ? MACHINE : SWARM;
    }
    case 'plan errors':
      return person(...errors.map(({ problem }) => resolve(problem)));
    case 'budget spent': {
      return person(budgetSpent(facts));
    }
    case 'only wave':
      return person(resolve({ kind: 'ONLY_WAVE', wave: wait.wave }));
  }
}

/**
 * What looks like a rule that is not met, or like a check that nobody reports, is often a GitHub that has not got there yet:
 * only after this long is it a person's turn.
 */
export const RULES_MS = 10 * 60_000;
/** The time after which a running check is a person's turn, where the config turns reminders off. */
const PATIENCE_MINUTES = 24 * 60;

export interface ReviewFacts extends Pick<Facts, 'config'> {
  readonly now: Instant;
  readonly segment: IssueNumber;
  readonly record: SegmentRecord;
  /** The number of the pull request. */
  readonly number: PullNumber;
  /** Undefined if GitHub does not show it. */
  readonly pull: Pull | undefined;
  /** Everything that it waits for. */
  readonly waits: readonly ReviewWait[];
}

/** Who must act before a pull request can merge. Checks of one kind make one need, which names them all. */
export function turnInReview(wait: ReviewWait, facts: ReviewFacts): Turn {
  const { segment, record, pull, number } = facts;
  const at = { pull: number };
  const unblock = (problem: Problem): Turn => person({ kind: 'unblock', segment, problem });
  switch (wait.kind) {
    case 'approval':
      return person({ kind: 'decide pull', segment, pull: number });
    case 'behind':
      return SWARM;
    case 'queue':
    case 'landing':
      return MACHINE;
    case 'unproven':
      return pull?.unrelated ? unblock({ kind: 'HEAD_UNRELATED', at, head: pull.head, base: pull.base }) : SWARM;
    case 'gate': {
      const red = pull && redHead(pull, record);
      return red ? unblock(red) : SWARM;
    }
    case 'check':
      return turnOfCheck(wait, facts);
    case 'held runs':
      return unblock({ kind: 'RUNS_HELD', at, workflows: wait.workflows });
    case 'review':
      return unblock({ kind: 'REVIEW_MISSING', at, of: wait.of, from: wait.from });
    case 'mergeable':
      // A conflict is the agent's to resolve.
      if (wait.state === 'conflicting') return SWARM;
      if (wait.state === 'unknown' || !pull || isTooEarly(facts)) return MACHINE;
      return unblock({ kind: 'RULES_UNMET', at, base: pull.base });
    case 'merge refused':
    case 'merge by hand':
      return person({ kind: 'merge pull', segment, pull: number });
  }
}

type CheckWait = Extract<ReviewWait, { readonly kind: 'check' }>;

function turnOfCheck({ state }: CheckWait, facts: ReviewFacts): Turn {
  const { segment, number, pull, waits, config, now } = facts;
  const at = { pull: number };
  const patienceMinutes = config.remindMinutes ?? PATIENCE_MINUTES;
  const isLate = ({ since }: CheckWait): boolean => since !== undefined && now - since >= patienceMinutes * 60_000;
  const checks = waits.flatMap((each) =>
    each.kind === 'check' && each.state === state && (state !== 'pending' || isLate(each)) ? [each.name] : [],
  );
  const unblock = (problem: Problem): Turn => person({ kind: 'unblock', segment, problem });
  switch (state) {
    case 'failure':
      return unblock({ kind: 'CHECKS_FAILED', at, checks });
    case 'missing':
      if (!pull || isTooEarly(facts)) return MACHINE;
      return unblock({ kind: 'CHECKS_MISSING', at, checks, base: pull.base });
    case 'pending':
      if (checks.length === 0) return MACHINE;
      return unblock({ kind: 'CHECKS_SLOW', at, checks, hours: Math.ceil(patienceMinutes / 60) });
  }
}

/** Answers whether GitHub may still be looking at the rules: since the head was proven, marked as ready or reviewed last. */
export function isTooEarly({ pull, record, now }: Pick<ReviewFacts, 'pull' | 'record' | 'now'>): boolean {
  const times = pull ? [proofOf(record, pull.head)?.at, pull.readyAt, ...pull.reviews.map((review) => review.at)] : [];
  return now - instant(Math.max(0, ...times.map((time) => time ?? 0))) < RULES_MS;
}
