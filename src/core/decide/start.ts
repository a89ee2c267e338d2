/** Which segments start now, and as which attempt: first ones, proofs of what others pushed, reworks, retries. */

import { attemptName } from '#core/model/attempt';
import type { Config } from '#core/model/config';
import type { HeadSha, IssueNumber, Segment } from '#core/model/epic';
import { type Attempt, type Dispatch, keptOf, type SegmentRecord } from '#core/model/journal';
import { recordOf, withRecord } from '#core/model/journal-lenses';
import { type Plan, segmentsOf } from '#core/model/plan';
import type { Problem } from '#core/model/problem';
import { isDone, type Progress, type Progresses, type WaitReason, type WaveStanding } from '#core/model/progress';
import { wantsProof } from '#core/model/proof';
import { carriedOn } from '#core/model/question';
import type { Pull } from '#core/model/snapshot';
import { startable } from '#core/schedule/startable';
import { errorsOf, nextWave, spent } from './board.ts';
import { nextDispatchId, send } from './dispatch.ts';
import type { Draft } from './draft.ts';
import { notBefore, publishedPull } from './progress.ts';
import { rejection } from './verdict.ts';

/** Everything that may start now goes out in one dispatch; proofs and reworks first, since people wait for them. */
export function startWork(
  draft: Draft,
  plan: Plan,
  derived: Progresses,
  standings: ReadonlyMap<number, WaveStanding>,
  config: Config,
): Progresses {
  const { journal, snapshot } = draft;
  const progresses = new Map(derived);
  const held = holds(draft, plan, derived, standings, config);
  const answer = startable({
    plan,
    states: new Map([...derived].map(([number, progress]) => [number, standingFor(progress, draft, number)])),
    held,
    config,
    options: journal.options,
    elapsedMinutes: elapsedMinutes(draft),
  });
  for (const [number, reasons] of answer.waiting) {
    if (progresses.get(number)?.kind === 'ready') progresses.set(number, { kind: 'waiting', for: reasons });
  }

  const mayGoOn = journal.phase === 'running' && errorsOf(snapshot, plan, journal).length === 0;
  const goingOn = mayGoOn ? plan.segments : [];
  const starts = journal.phase === 'running' ? answer.start : [];
  const claims: readonly ((dispatch: string) => Attempt)[] = [
    ...goingOn.flatMap((segment) => {
      const pull = headToProve(draft, segment, derived.get(segment.number));
      return pull
        ? [
            (id: string) =>
              claim(draft, segment, id, 'prove', pull.head, pull.startedFrom ? { base: pull.startedFrom } : {}),
          ]
        : [];
    }),
    ...goingOn
      .filter((segment) => derived.get(segment.number)?.kind === 'to rework')
      .map((segment) => (id: string) => claimRework(draft, segment, id)),
    ...starts
      .map((number) => plan.segments.find((segment) => segment.number === number))
      .filter((segment) => segment !== undefined)
      .map((segment) => (id: string) => claimStart(draft, segment, id)),
  ].slice(0, MATRIX_LIMIT);
  if (claims.length === 0) return progresses;
  const id = nextDispatchId(draft, config);
  if (id === undefined) return progresses;
  const attempts = claims.map((make) => make(id));
  const dispatch: Dispatch = {
    id,
    at: draft.now,
    work: { kind: 'segments', attempts: attempts.map((attempt) => attempt.id) },
  };
  draft.journal = { ...draft.journal, dispatches: { ...draft.journal.dispatches, [id]: dispatch } };
  for (const attempt of attempts) progresses.set(segmentOf(attempt), { kind: 'queued' });
  send(draft, dispatch, `may start now: ${attempts.map((attempt) => `#${segmentOf(attempt)}`).join(', ')}`);
  return progresses;

  function segmentOf(attempt: Attempt): IssueNumber {
    return Number(attempt.id.split('-')[0]) as IssueNumber;
  }
}

/** Since the claim of each attempt that has not ended. */
const elapsedMinutes = ({ journal, now }: Draft): ReadonlyMap<IssueNumber, number> =>
  new Map(
    Object.entries(journal.segments).flatMap(([number, { attempts }]) => {
      const last = attempts.at(-1);
      return last ? [[Number(number) as IssueNumber, Math.max(0, now - last.claimedAt) / 60_000] as const] : [];
    }),
  );

/** Jobs a matrix may have. @see https://docs.github.com/en/actions/reference/limits */
const MATRIX_LIMIT = 256;

function standingFor(progress: Progress, draft: Draft, segment: IssueNumber): 'open' | 'in flight' | 'done' {
  if (isDone(progress)) return 'done';
  // While its pull request is open it can be merged any moment: its files stay reserved.
  const pull = publishedPull(draft.snapshot, recordOf(draft.journal, segment));
  if (progress.kind === 'blocked' && pull?.state === 'open') return 'in flight';
  switch (progress.kind) {
    case 'queued':
    case 'running':
    case 'in review':
    case 'to merge':
    case 'to rework':
      return 'in flight';
    default:
      return 'open';
  }
}

/** Why a segment whose own dependencies are merged may still not start. */
function holds(
  draft: Draft,
  plan: Plan,
  progresses: Progresses,
  standings: ReadonlyMap<number, WaveStanding>,
  config: Config,
): ReadonlyMap<IssueNumber, readonly WaitReason[]> {
  const { journal, snapshot } = draft;
  const errors = errorsOf(snapshot, plan, journal).length > 0;
  const budget = config.budgetUsd?.epic;
  const unapproved = config.mode === 'collaborative' ? nextWave(plan, standings, journal) : undefined;
  const waves = new Map(plan.waves.flatMap((wave) => segmentsOf(wave).map((number) => [number, wave.number])));
  const isSpent = budget !== undefined && (spent(journal) ?? 0) >= budget;
  const held = new Map<IssueNumber, readonly WaitReason[]>();
  for (const segment of plan.segments) {
    const progress = progresses.get(segment.number);
    if (progress?.kind !== 'ready') {
      if (progress && !isDone(progress)) held.set(segment.number, []);
      continue;
    }
    const wave = waves.get(segment.number) ?? 1;
    const reasons: WaitReason[] = [];
    if (journal.phase === 'paused' || journal.phase === 'cancelled') reasons.push({ kind: 'paused' });
    if (errors) reasons.push({ kind: 'plan errors' });
    if (snapshot.base.checks === 'failing') reasons.push({ kind: 'base red' });
    if (journal.options.wave !== undefined && journal.options.wave !== wave) {
      reasons.push({ kind: 'only wave', wave: journal.options.wave });
    }
    if (isSpent) reasons.push({ kind: 'budget spent' });
    if (unapproved !== undefined && wave >= unapproved) reasons.push({ kind: 'wave approval', wave: unapproved });
    const later = notBefore(recordOf(journal, segment.number));
    if (later !== undefined && later > draft.now) {
      reasons.push({ kind: 'later' });
      draft.lookAgain(later - draft.now);
    }
    if (config.schedule === 'waves') {
      const open = plan.waves.find((each) => each.number < wave && standings.get(each.number)?.kind !== 'passed');
      if (open) {
        const standing = standings.get(open.number);
        reasons.push(
          standing?.kind === 'open'
            ? { kind: 'wave', number: open.number }
            : { kind: 'calibration', wave: open.number },
        );
      }
    }
    if (reasons.length > 0) held.set(segment.number, reasons);
  }
  return held;
}

function claimStart(draft: Draft, segment: Segment, dispatch: string): Attempt {
  const record = recordOf(draft.journal, segment.number);
  // Work that an earlier attempt published is carried on from, not started over; a branch that others made is not ours.
  const last = record.attempts.at(-1);
  const published = record.attempts.findLast((attempt) => attempt.outcome?.kind === 'published');
  const from = published ? draft.snapshot.branches[published.branch] : undefined;
  return claim(draft, segment, dispatch, last ? 'retry' : 'first', from, goesOnWith(record));
}

/** After a question the answers; of a run that died or was put off, what it could still hand on, else what it began with (R8.2). */
function goesOnWith(record: SegmentRecord): Pick<Attempt, 'kept' | 'answers'> {
  const last = record.attempts.at(-1);
  if (last?.outcome?.kind !== 'lost' && !(last?.outcome?.kind === 'failed' && isDeferred(last.outcome.problem))) {
    return carriedOn(record);
  }
  const kept = keptOf(last)[0]?.head ?? last.kept;
  return { ...(kept ? { kept } : {}), ...(last.answers ? { answers: last.answers } : {}) };
}

const isDeferred = ({ kind }: Problem): boolean => kind === 'RUN_CUT_SHORT' || kind === 'AGENT_LATER';

/** The pull request whose head others pushed and nobody has looked at. It is proven as it is, without an agent. */
function headToProve(draft: Draft, segment: Segment, progress: Progress | undefined): Pull | undefined {
  if (progress?.kind !== 'in review') return undefined;
  if (!progress.waits.some((wait) => wait.kind === 'gate' && wait.state === 'unproven')) return undefined;
  const pull = draft.snapshot.pulls.find((each) => each.number === progress.pull);
  const isWanted = pull?.startedFrom !== undefined && wantsProof(pull, recordOf(draft.journal, segment.number));
  return isWanted ? pull : undefined;
}

function claimRework(draft: Draft, segment: Segment, dispatch: string): Attempt {
  const record = recordOf(draft.journal, segment.number);
  const pull = publishedPull(draft.snapshot, record);
  const no = pull && rejection(pull, record);
  if (no && !record.rejections.includes(no)) {
    draft.journal = withRecord(draft.journal, segment.number, { rejections: [...record.rejections, no] });
    draft.record({ kind: 'REJECTED', segment: segment.number, pull: no.pull });
  }
  const why = no ? 'rework' : pull?.mergeable === 'conflicting' ? 'conflict' : 'retry';
  return claim(draft, segment, dispatch, why, pull?.head);
}

function claim(
  draft: Draft,
  segment: Segment,
  dispatch: string,
  why: Attempt['why'],
  from: HeadSha | undefined,
  more: Partial<Pick<Attempt, 'base' | 'kept' | 'answers'>> = {},
): Attempt {
  const record = recordOf(draft.journal, segment.number);
  const number = record.attempts.length + 1;
  const ordinal = Object.values(draft.journal.segments).reduce((sum, each) => sum + each.attempts.length, 0);
  const attempt: Attempt = {
    id: `${segment.number}-${number}`,
    number,
    name: attemptName(draft.snapshot.epic.number + ordinal),
    worker: segment.spec.worker,
    ...(segment.spec.persona === undefined ? {} : { persona: segment.spec.persona }),
    ...(segment.spec.estimateMinutes === undefined ? {} : { estimateMinutes: segment.spec.estimateMinutes }),
    why,
    // A branch that was published stays the segment's branch, whatever its title became.
    branch: record.attempts.find((each) => each.outcome?.kind === 'published')?.branch ?? segment.branch,
    base: draft.snapshot.base.head,
    ...(from ? { from } : {}),
    ...more,
    dispatch,
    claimedAt: draft.now,
  };
  draft.journal = withRecord(draft.journal, segment.number, { attempts: [...record.attempts, attempt] });
  draft.record({ kind: 'CLAIMED', segment: segment.number, agent: attempt.name });
  return attempt;
}
