/**
 * Why a segment whose own dependencies are merged may still not start.
 */
import type { IssueNumber } from '#core/model/epic';
import { recordOf } from '#core/model/journal-lenses';
import type { Diagnostic } from '#core/model/problem';
import { isDone, type Progress, type Progresses, type WaitReason, type WaveStanding } from '#core/model/progress';
import type { SegmentState } from '#core/schedule/startable';
import { type Facts, notBefore, publishedPull } from './progress.ts';

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
  for (const { number } of facts.plan.segments) {
    const progress = facts.derived.get(number);
    if (progress?.kind !== 'ready') {
      if (progress && !isDone(progress)) held.set(number, []);
      continue;
    }
    const reasons = waitsOf(facts, number);
    if (reasons.length > 0) held.set(number, reasons);
  }
  return held;
}

function waitsOf(facts: StartFacts, segment: IssueNumber): readonly WaitReason[] {
  const { journal, snapshot, config, plan, standings, waveToApprove } = facts;
  const wave = facts.waveOf.get(segment) ?? 1;
  const only = journal.options.wave;
  const reasons: WaitReason[] = [];
  if (journal.phase === 'paused' || journal.phase === 'cancelled') reasons.push({ kind: 'paused' });
  if (facts.errors.length > 0) reasons.push({ kind: 'plan errors' });
  if (snapshot.base.checks === 'failing') reasons.push({ kind: 'base red' });
  if (only !== undefined && only !== wave) reasons.push({ kind: 'only wave', wave: only });
  if (facts.budget.isSpent) reasons.push({ kind: 'budget spent' });
  if (waveToApprove !== undefined && wave >= waveToApprove)
    reasons.push({ kind: 'wave approval', wave: waveToApprove });
  const later = notBefore(recordOf(journal, segment));
  if (later !== undefined && later > snapshot.now) reasons.push({ kind: 'later' });
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

/** The state of a segment as the schedule sees it: work in flight keeps its files reserved. */
export function segmentState({ snapshot, journal }: Facts, segment: IssueNumber, progress: Progress): SegmentState {
  if (isDone(progress)) return 'done';
  // While its pull request is open it can be merged at any moment: its files stay reserved.
  const pull = publishedPull(snapshot, recordOf(journal, segment));
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
