/**
 * Starting segments: as a proof of a pushed head, a rework, a retry or a first attempt.
 */

import { attemptId, attemptName } from '#core/model/attempt';
import { keysFor } from '#core/model/config';
import type { HeadSha, IssueNumber, Segment } from '#core/model/epic';
import {
  type Attempt,
  type Dispatch,
  isDeferred,
  keptOf,
  type Rejection,
  type SegmentRecord,
} from '#core/model/journal';
import { recordOf, withRecord } from '#core/model/journal-lenses';
import { wantsProof } from '#core/model/proof';
import { carriedOn } from '#core/model/question';
import { type Limits, limitsOf, nextAgents, notBefore } from './agents/limits.ts';
import { nextDispatchId, send } from './dispatch.ts';
import type { Draft } from './draft.ts';
import type { Situation } from './situation.ts';
import { rejection } from './verdict.ts';

/** Jobs that a matrix may have. @see https://docs.github.com/en/actions/reference/limits */
const MATRIX_LIMIT = 256;

/** An attempt that is about to be made. It gets its dispatch's id once that is known. */
interface Claim {
  readonly segment: Segment;
  readonly why: Attempt['why'];
  readonly from: HeadSha | undefined;
  /** The verdict that sent it back. */
  readonly rejected?: Rejection | undefined;
  readonly more?: Partial<Pick<Attempt, 'base' | 'kept' | 'answers' | 'lead'>>;
}

/** Everything that may start now goes out in one dispatch: proofs and reworks first, because people wait for them. */
export function startWork(situation: Situation, draft: Draft): void {
  waitForAgents(situation, draft);
  if (situation.journal.phase !== 'running' || situation.errors.length > 0) return;
  const own = situation.plan.segments.filter(({ number }) => situation.snapshot.owners?.[number] === undefined);
  const claims = [
    ...own.flatMap((segment) => claimProof(situation, segment)),
    // A rework costs money; a proof is only gates.
    ...(situation.budget.isSpent ? [] : own).flatMap((segment) => claimRework(situation, segment)),
    ...situation.startable.start.flatMap((number) => claimStart(situation, number)),
  ].slice(0, MATRIX_LIMIT);
  if (claims.length === 0) return;
  const id = nextDispatchId(situation, draft);
  if (id === undefined) return;
  const limits = limitsOf(situation.journal, situation.config);
  const attempts = claims.map((claim) => makeAttempt(situation, draft, claim, id, limits));
  const dispatch: Dispatch = {
    id,
    at: draft.now,
    work: { kind: 'segments', attempts: attempts.map((each) => each.id) },
  };
  draft.journal = { ...draft.journal, dispatches: { ...draft.journal.dispatches, [id]: dispatch } };
  send(draft, dispatch, { kind: 'may start', segments: claims.map(({ segment }) => segment.number) });
}

/** A segment that another epic has is asked for again after this long: nothing tells when that epic lets go of it. */
const OWNED_LOOK_MS = 5 * 60_000;

/** An agent that asked to be called later is called then, even if no event arrives. */
function waitForAgents(situation: Situation, draft: Draft): void {
  const { config, journal, plan, derived } = situation;
  if (Object.keys(situation.snapshot.owners ?? {}).length > 0) draft.lookAgain(OWNED_LOOK_MS);
  const limits = limitsOf(journal, config);
  for (const { number, spec } of plan.segments) {
    if (derived.get(number)?.kind !== 'ready') continue;
    const later = notBefore(config, spec, situation.record(number), limits);
    if (later !== undefined && later > draft.now) draft.lookAgain(later - draft.now);
  }
}

/** Others pushed the head of its pull request, and no gate ran on it. It is proven as it is, without an agent. */
function claimProof(situation: Situation, segment: Segment): readonly Claim[] {
  const progress = situation.progress.get(segment.number);
  if (progress?.kind !== 'in review') return [];
  if (!progress.waits.some((wait) => wait.kind === 'unproven')) return [];
  const pull = situation.pulls.get(progress.pull);
  if (!pull?.startedFrom || !wantsProof(pull, situation.record(segment.number))) return [];
  return [{ segment, why: 'prove', from: pull.head, more: { base: pull.startedFrom } }];
}

function claimRework(situation: Situation, segment: Segment): readonly Claim[] {
  const pull = situation.publishedPull(segment.number);
  const progress = situation.progress.get(segment.number);
  if (!pull || progress?.kind !== 'to rework') return [];
  const rejected = rejection(pull, situation.record(segment.number));
  if (progress.why.kind === 'conflict') {
    return [{ segment, why: 'conflict', from: pull.head, more: progress.why.lead ? { lead: true } : {} }];
  }
  return [{ segment, why: rejected ? 'rework' : 'retry', from: pull.head, rejected }];
}

function claimStart(situation: Situation, number: IssueNumber): readonly Claim[] {
  const segment = situation.segments.get(number);
  if (!segment) return [];
  const record = situation.record(number);
  // An attempt continues from work that an earlier attempt published. A branch that others made is not ours.
  const published = record.attempts.findLast(({ outcome }) => outcome?.kind === 'published');
  const from = published ? situation.snapshot.branches[published.branch] : undefined;
  const last = record.attempts.at(-1);
  // A run that died over a conflict leaves the conflict.
  if (last?.why === 'conflict' && situation.publishedPull(number)?.mergeable === 'conflicting') {
    const more = { ...inheritedWork(record), ...(last.lead ? { lead: last.lead } : {}) };
    return [{ segment, why: 'conflict', from, more }];
  }
  return [{ segment, why: last ? 'retry' : 'first', from, more: inheritedWork(record) }];
}

/**
 * The work that the next attempt inherits: the answers if the last run asked a question; otherwise the work that a dead
 * or deferred run left behind, or the work that run started from (SPEC R8.2).
 */
function inheritedWork(record: SegmentRecord): Pick<Attempt, 'kept' | 'answers'> {
  const last = record.attempts.at(-1);
  if (!last || (last.outcome?.kind !== 'lost' && !isDeferred(last.outcome))) return carriedOn(record);
  const kept = keptOf(last)[0]?.head ?? last.kept;
  return { ...(kept ? { kept } : {}), ...(last.answers ? { answers: last.answers } : {}) };
}

function makeAttempt({ config }: Situation, draft: Draft, claim: Claim, dispatch: string, limits: Limits): Attempt {
  const { segment, why, from, rejected, more } = claim;
  if (rejected) keepRejection(draft, segment.number, rejected);
  const record = recordOf(draft.journal, segment.number);
  const number = record.attempts.length + 1;
  const agents = nextAgents(config, segment.spec, record, why, limits, draft.now);
  const keys = why === 'prove' ? [] : keysFor(config, { ...segment.spec, ...agents });
  const ordinal = Object.values(draft.journal.segments).reduce((sum, each) => sum + each.attempts.length, 0);
  const attempt: Attempt = {
    id: attemptId({ epic: draft.snapshot.epic.number, segment: segment.number, number }),
    number,
    name: attemptName(draft.snapshot.epic.number + ordinal),
    worker: segment.spec.worker,
    ...(segment.spec.persona === undefined ? {} : { persona: segment.spec.persona }),
    ...(segment.spec.estimateMinutes === undefined ? {} : { estimateMinutes: segment.spec.estimateMinutes }),
    why,
    // A branch that was published stays the segment's branch, even if its title changes.
    branch: record.attempts.find(({ outcome }) => outcome?.kind === 'published')?.branch ?? segment.branch,
    base: draft.snapshot.base.head,
    ...(draft.journal.authorisation ? { into: draft.journal.authorisation.baseBranch } : {}),
    ...(from ? { from } : {}),
    ...more,
    dispatch,
    ...agents,
    ...(keys.length === 0 ? {} : { keys }),
    claimedAt: draft.now,
  };
  draft.journal = withRecord(draft.journal, segment.number, { attempts: [...record.attempts, attempt] });
  draft.record({ kind: 'CLAIMED', segment: segment.number, agent: attempt.name });
  return attempt;
}

/** A review is read from GitHub at each look; the one that an attempt answers goes into the journal for good. */
function keepRejection(draft: Draft, segment: IssueNumber, rejected: Rejection): void {
  const { rejections } = recordOf(draft.journal, segment);
  if (rejections.includes(rejected)) return;
  draft.journal = withRecord(draft.journal, segment, { rejections: [...rejections, rejected] });
  draft.record({ kind: 'REJECTED', segment, pull: rejected.pull });
}
