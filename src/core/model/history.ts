/**
 * How long finished segments took and what they cost. Forecasts of later epics learn from it.
 */
import { type Journal, reportOf, type SegmentHistory, type SegmentRecord } from './journal.ts';

/** The histories of the segments that ended. A journal is kept after its epic, and later epics read this from it. */
export function historyOf(journal: Journal): readonly SegmentHistory[] {
  return Object.values(journal.segments).flatMap((record) => {
    const last = record.attempts.at(-1);
    if (last?.outcome?.kind !== 'published' && last?.outcome?.kind !== 'no-change') return [];
    const ms = record.attempts.reduce((sum, { claimedAt, outcome }) => sum + (outcome ? outcome.at - claimedAt : 0), 0);
    const minutes = Math.max(1, Math.round(ms / 60_000));
    const costUsd = costOf(record);
    return [
      {
        worker: last.worker,
        ...(last.persona === undefined ? {} : { persona: last.persona }),
        ...(last.estimateMinutes === undefined ? {} : { estimateMinutes: last.estimateMinutes }),
        minutes,
        ...(costUsd === undefined ? {} : { costUsd }),
      },
    ];
  });
}

/** The cost of a segment's attempts in US dollars, as their agents reported it; undefined if none did. */
export function costOf({ attempts }: Pick<SegmentRecord, 'attempts'>): number | undefined {
  const costs = attempts.map(({ outcome }) => reportOf(outcome)?.costUsd).filter((cost) => cost !== undefined);
  return costs.length === 0 ? undefined : costs.reduce((sum, cost) => sum + cost, 0);
}

/** The cost of all attempts of an epic in US dollars, as their agents reported it; undefined if none did. */
export function spentUsd({ segments }: Pick<Journal, 'segments'>): number | undefined {
  const costs = Object.values(segments)
    .map(costOf)
    .filter((cost) => cost !== undefined);
  return costs.length === 0 ? undefined : costs.reduce((sum, cost) => sum + cost, 0);
}
