/**
 * How long each segment is likely to take, and its likely cost: learned from segments of earlier epics, else from the
 * estimates, else the same for all.
 *
 * Earlier segments count by how similar they are: the same worker with the same persona first, then the same worker, then
 * any. Fewer than three prove nothing. For a segment with an estimate, the lesson is by how much similar estimates were wrong;
 * for one without, how long similar segments took.
 */

import { type IssueNumber, type Segment, WORKERS, type Worker } from '#core/model/epic';
import type { Basis } from '#core/model/forecast';
import type { SegmentHistory } from '#core/model/journal';

export interface Expected {
  /** A whole number, at least 1. */
  readonly minutes: number;
  /** The standard deviation of the logarithm. 0.5 means: every second time between 0.7 and 1.4 times `minutes`. */
  readonly deviation: number;
  readonly costUsd?: number;
}

export interface Expectations {
  readonly of: ReadonlyMap<IssueNumber, Expected>;
  readonly basis: Basis;
}

/** The time for every segment if none has an estimate. Only the proportions matter then. */
export const USUAL_MINUTES = 20;
/** The error of an estimate before anything is learned: close to what studies of people's estimates find. */
const USUAL_DEVIATION = 0.5;
/** With fewer earlier segments than this, nothing is learned from them. */
const ENOUGH = 3;
/** Estimates between two of these minutes are of one size. */
const SIZES = [20, 60, 180] as const;

/** How many earlier segments count. More of them add nothing new. */
const MAX_HISTORY = 200;

/**
 * Reads the histories that earlier epics left behind.
 *
 * @param lists parsed JSON, one list for each epic. Anything in it that is not a history of a segment is left out.
 */
export function readHistory(lists: readonly unknown[]): readonly SegmentHistory[] {
  return lists
    .filter((list) => Array.isArray(list))
    .flat()
    .flatMap((entry: unknown): SegmentHistory[] => {
      const { persona, estimateMinutes, minutes, costUsd, ...more } = (entry ?? {}) as Partial<SegmentHistory>;
      const worker = WORKERS.find((each) => each === more.worker);
      if (worker === undefined || !isAmount(minutes) || minutes === 0) return [];
      return [
        {
          worker,
          ...(typeof persona === 'string' ? { persona } : {}),
          ...(isAmount(estimateMinutes) ? { estimateMinutes } : {}),
          minutes,
          ...(isAmount(costUsd) ? { costUsd } : {}),
        },
      ];
    })
    .slice(0, MAX_HISTORY);
}

const isAmount = (value: unknown): value is number => typeof value === 'number' && value >= 0 && value < 1e6;

export function expectationsOf(segments: readonly Segment[], earlier: readonly SegmentHistory[]): Expectations {
  const estimates = segments.map(({ spec }) => spec.estimateMinutes).filter((minutes) => minutes !== undefined);
  const usual = median(estimates) ?? USUAL_MINUTES;
  let learned = 0;
  const of = new Map(
    segments.map(({ number, spec }): [IssueNumber, Expected] => {
      const similar = mostSimilar(spec.worker, spec.persona, spec.estimateMinutes, earlier);
      if (similar.length > 0) learned++;
      return [number, expected(spec.estimateMinutes, usual, similar)];
    }),
  );
  return { of, basis: basisOf(learned, earlier, estimates) };
}

function basisOf(learned: number, earlier: readonly SegmentHistory[], estimates: readonly number[]): Basis {
  if (learned > 0) return { kind: 'learned', segments: earlier.length };
  return estimates.length > 0 ? { kind: 'estimates', estimated: estimates.length } : { kind: 'all alike' };
}

/** @param usual the minutes of a segment about which nothing is known. */
function expected(estimate: number | undefined, usual: number, similar: readonly SegmentHistory[]): Expected {
  const costUsd = median(similar.map((segment) => segment.costUsd).filter((cost) => cost !== undefined));
  const withCost = costUsd === undefined ? {} : { costUsd };
  if (estimate === undefined) {
    const minutes = similar.map((segment) => segment.minutes);
    return { minutes: whole(median(minutes) ?? usual), deviation: deviationOf(minutes), ...withCost };
  }
  const errors = similar.flatMap((segment) =>
    segment.estimateMinutes === undefined ? [] : [segment.minutes / Math.max(1, segment.estimateMinutes)],
  );
  if (errors.length < ENOUGH) {
    return { minutes: whole(estimate), deviation: USUAL_DEVIATION, ...withCost };
  }
  return { minutes: whole(estimate * (median(errors) ?? 1)), deviation: deviationOf(errors), ...withCost };
}

const whole = (minutes: number): number => Math.max(1, Math.round(minutes));

/** The closest group of similar earlier segments that is large enough; empty if none is. */
function mostSimilar(
  worker: Worker,
  persona: string | undefined,
  estimate: number | undefined,
  earlier: readonly SegmentHistory[],
): readonly SegmentHistory[] {
  const sameWorker = earlier.filter((segment) => segment.worker === worker);
  const samePersona = sameWorker.filter((segment) => segment.persona === persona);
  const size = sizeOf(estimate);
  const isSameSize = (segment: SegmentHistory): boolean => sizeOf(segment.estimateMinutes) === size;
  const circles = [samePersona.filter(isSameSize), sameWorker.filter(isSameSize), samePersona, sameWorker, earlier];
  return circles.find((circle) => circle.length >= ENOUGH) ?? [];
}

/** From 0, small, to 3, huge; -1 without an estimate. */
const sizeOf = (estimate: number | undefined): number =>
  estimate === undefined ? -1 : SIZES.filter((limit) => estimate > limit).length;

/** The lower of the two middle values, so that it is a value that really occurred. */
function median(values: readonly number[]): number | undefined {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)];
}

/** Of the logarithms, around their median. It starts from the usual deviation, as if that had been observed four times. */
function deviationOf(values: readonly number[]): number {
  const logs = values.map((value) => Math.log(Math.max(value, 0.01)));
  const middle = median(logs) ?? 0;
  const squares = logs.reduce((sum, log) => sum + (log - middle) ** 2, 0);
  return Math.sqrt((squares + 4 * USUAL_DEVIATION ** 2) / (logs.length + 4));
}
