/**
 * How long each segment is likely to take, and what it is likely to cost: from what segments of earlier epics really
 * took, else from the estimates, else all alike.
 *
 * What an earlier segment says of a new one depends on how like it is: the same worker with the same persona, then the
 * same worker, then any. Fewer than three are an anecdote. Where a segment has an estimate, what is learned is by how much
 * such estimates were wrong; where it has none, how long such segments take.
 */

import { type IssueNumber, type Segment, WORKERS, type Worker } from '#core/model/epic';
import type { Basis } from '#core/model/forecast';
import type { SegmentHistory } from '#core/model/journal';

export interface Expected {
  /** Whole, at least 1. */
  readonly minutes: number;
  /** Of the logarithm: 0.5 is "as likely as not between 0.7 and 1.4 times of it". */
  readonly deviation: number;
  readonly costUsd?: number;
}

export interface Expectations {
  readonly of: ReadonlyMap<IssueNumber, Expected>;
  readonly basis: Basis;
}

/** What a segment without an estimate takes where none has one: only proportions matter then. */
export const USUAL_MINUTES = 20;
/** An estimate's usual error before anything was learned; near what people's own estimates of tasks show. */
const USUAL_DEVIATION = 0.5;
const ENOUGH = 3;
/** Estimates below each are of one size. */
const SIZES = [20, 60, 180] as const;

/** Segments that are looked back at; more than these say nothing new. */
const LOOKED_BACK_AT = 200;

/** The notes of earlier epics as they were read back, one list for each; what is no such note is left out. */
export function readHistory(lists: readonly unknown[]): readonly SegmentHistory[] {
  return lists
    .flatMap((list) => (Array.isArray(list) ? list : []))
    .flatMap((note: unknown): SegmentHistory[] => {
      const { worker, persona, estimateMinutes, minutes, costUsd } = (note ?? {}) as Partial<SegmentHistory>;
      const known = WORKERS.find((each) => each === worker);
      if (known === undefined || !isAmount(minutes) || minutes === 0) return [];
      return [
        {
          worker: known,
          ...(typeof persona === 'string' ? { persona } : {}),
          ...(isAmount(estimateMinutes) ? { estimateMinutes } : {}),
          minutes,
          ...(isAmount(costUsd) ? { costUsd } : {}),
        },
      ];
    })
    .slice(0, LOOKED_BACK_AT);
}

const isAmount = (value: unknown): value is number => typeof value === 'number' && value >= 0 && value < 1e6;

export function expectationsOf(segments: readonly Segment[], earlier: readonly SegmentHistory[]): Expectations {
  const stated = segments.map(({ spec }) => spec.estimateMinutes).filter((minutes) => minutes !== undefined);
  const middle = median(stated) ?? USUAL_MINUTES;
  if (earlier.length === 0) {
    const alike = segments.map(({ number, spec }): [IssueNumber, Expected] => [
      number,
      expected(spec.estimateMinutes, middle, []),
    ]);
    return { of: new Map(alike), basis: basisOf(0, earlier, stated) };
  }
  let learned = 0;
  const of = new Map(
    segments.map(({ number, spec }): [IssueNumber, Expected] => {
      const alike = mostAlike(spec.worker, spec.persona, spec.estimateMinutes, earlier);
      if (alike.length > 0) learned++;
      return [number, expected(spec.estimateMinutes, middle, alike)];
    }),
  );
  return { of, basis: basisOf(learned, earlier, stated) };
}

function basisOf(learned: number, earlier: readonly SegmentHistory[], stated: readonly number[]): Basis {
  if (learned > 0) return { kind: 'learned', segments: earlier.length };
  return stated.length > 0 ? { kind: 'estimates', estimated: stated.length } : { kind: 'all alike' };
}

function expected(estimate: number | undefined, middle: number, alike: readonly SegmentHistory[]): Expected {
  if (alike.length === 0) return { minutes: whole(estimate ?? middle), deviation: USUAL_DEVIATION };
  const costUsd = median(alike.map((took) => took.costUsd).filter((cost) => cost !== undefined));
  const withCost = costUsd === undefined ? {} : { costUsd };
  if (estimate === undefined) {
    const minutes = alike.map((took) => took.minutes);
    return { minutes: whole(median(minutes) ?? middle), deviation: deviationOf(minutes), ...withCost };
  }
  const errors = alike.flatMap((took) =>
    took.estimateMinutes === undefined ? [] : [took.minutes / Math.max(1, took.estimateMinutes)],
  );
  if (errors.length < ENOUGH) return { minutes: whole(estimate), deviation: USUAL_DEVIATION, ...withCost };
  return { minutes: whole(estimate * (median(errors) ?? 1)), deviation: deviationOf(errors), ...withCost };
}

const whole = (minutes: number): number => Math.max(1, Math.round(minutes));

/** The closest ring of earlier segments that has enough of them; of a segment with an estimate, only those with one. */
function mostAlike(
  worker: Worker,
  persona: string | undefined,
  estimate: number | undefined,
  earlier: readonly SegmentHistory[],
): readonly SegmentHistory[] {
  const sameWorker = earlier.filter((took) => took.worker === worker);
  const samePersona = sameWorker.filter((took) => took.persona === persona);
  const size = sizeOf(estimate);
  const sameSize = (took: SegmentHistory): boolean => sizeOf(took.estimateMinutes) === size;
  const rings = [samePersona.filter(sameSize), sameWorker.filter(sameSize), samePersona, sameWorker, earlier];
  return rings.find((ring) => ring.length >= ENOUGH) ?? [];
}

/** 0 small … 3 huge; -1 nobody said. */
const sizeOf = (estimate: number | undefined): number =>
  estimate === undefined ? -1 : SIZES.filter((limit) => estimate > limit).length;

/** The lower middle one: one that really was. */
function median(values: readonly number[]): number | undefined {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.floor((sorted.length - 1) / 2)];
}

/** Of the logarithms around their middle, drawn towards the usual one as if that had been seen four times. */
function deviationOf(values: readonly number[]): number {
  const logs = values.map((value) => Math.log(Math.max(value, 0.01)));
  const middle = median(logs) ?? 0;
  const squares = logs.reduce((sum, log) => sum + (log - middle) ** 2, 0);
  return Math.sqrt((squares + 4 * USUAL_DEVIATION ** 2) / (logs.length + 4));
}
