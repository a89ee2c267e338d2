/**
 * Advice on changes that would make the epic shorter: another schedule, one more place, one dependency or overlap less.
 *
 * Each answer is the same forecast with one thing changed. Its search starts from the timetable at hand, so a change that only
 * loosens the plan never comes out longer. Of the dependencies and overlaps, only those are tried that delay the end. This
 * takes several searches, so it is made when a plan is shown, not at each reconcile.
 */

import type { Config } from '#core/model/config';
import type { IssueNumber, Segment } from '#core/model/epic';
import type { Forecast } from '#core/model/forecast';
import type { Advice, Overlap, Plan } from '#core/model/plan';
import { overlappingScopes } from '#core/scope/scope';
import type { ScheduleInput } from './batches.ts';
import { makespanOf, type SolvedBatch, solve } from './forecast.ts';
import { capOf } from './startable.ts';
import { itemsOf } from './workload.ts';

/** How many dependencies, and how many overlaps, are tried: those that delay the end most directly come first. */
const TRIED = 24;
/** The share of the usual search budget that each of them gets. */
const SHARE = 0.1;
/** Above this many segments one search takes as long as the whole advice may. */
const ADVISED_UP_TO = 300;
/** A smaller saving, as a share of the whole, is within the error of any estimate. */
const WORTH = 0.02;

/** @returns undefined for an epic with fewer than two segments, with a cycle, or too large to search each change. */
export function adviseOn(plan: Plan, config: Config): Advice | undefined {
  const segments = plan.segments.filter((segment) => !segment.fix);
  if (segments.length < 2 || segments.length > ADVISED_UP_TO) return undefined;
  if (plan.diagnostics.some(({ problem }) => problem.kind === 'EPIC_CYCLE')) return undefined;
  const cap = capOf(plan.waves, config, {});
  const input: ScheduleInput = {
    segments,
    // Without a cycle, the timetable of a plan has all segments.
    minutesOf: (number) => (plan.forecast.timetable[number] as Forecast['timetable'][number]).takes,
    overlaps: plan.overlaps,
    schedule: config.schedule,
    cap,
    workers: config.workers,
  };
  const now = solve(input);
  const minutes = makespanOf(now);
  const minutesWith = (schedule: Config['schedule']): number =>
    schedule === config.schedule ? minutes : makespanOf(solve({ ...input, schedule }, 0.5));
  const starts = startsIn(now);
  const savedBy = (change: Partial<ScheduleInput>): number =>
    minutes - makespanOf(solve({ ...input, ...change }, SHARE, (number) => starts.get(number)));
  const isWorth = ({ savesMinutes }: { readonly savesMinutes: number }): boolean =>
    savesMinutes >= Math.max(1, minutes * WORTH);

  const places = [
    { of: 'all', from: cap, savesMinutes: savedBy({ cap: cap + 1 }) } as const,
    ...[...new Set(segments.map(({ spec }) => spec.worker))].sort().map((worker) => {
      const from = config.workers[worker];
      const workers = { ...config.workers, [worker]: from + 1 };
      return { of: worker, from, savesMinutes: savedBy({ workers }) } as const;
    }),
  ];
  const tight = tightLinks(now, segments, plan.overlaps);
  const dependencies = tight.dependencies.map(({ from, on }) => ({
    from,
    on,
    savesMinutes: savedBy({ segments: withoutDependency(segments, from, on) }),
  }));
  const overlaps = tight.overlaps.filter(isOnlyReason(segments)).map((overlap) => ({
    ...overlap,
    savesMinutes: savedBy({ overlaps: plan.overlaps.filter((other) => other !== overlap) }),
  }));
  const place = best(places.filter(isWorth));
  const dependency = best(dependencies.filter(isWorth));
  const overlap = best(overlaps.filter(isWorth));
  return {
    schedule: config.schedule,
    wavesMinutes: minutesWith('waves'),
    eagerMinutes: Math.min(minutes, minutesWith('eager')),
    ...(place ? { place } : {}),
    ...(dependency ? { dependency } : {}),
    ...(overlap ? { overlap } : {}),
  };
}

const withoutDependency = (segments: readonly Segment[], from: IssueNumber, on: IssueNumber): readonly Segment[] =>
  segments.map((segment) =>
    segment.number === from ? { ...segment, blockedBy: segment.blockedBy.filter((other) => other !== on) } : segment,
  );

/** Taking back `parallel: false` or `conflicts-with` helps only if the files of the two do not overlap either. */
function isOnlyReason(segments: readonly Segment[]): (overlap: Overlap) => boolean {
  const segmentOf = new Map(segments.map((segment) => [segment.number, segment]));
  const filesOf = (number: IssueNumber): readonly string[] => (segmentOf.get(number) as Segment).spec.files;
  return ({ a, b, why }) => {
    if (why.kind === 'files' || why.kind === 'scope unknown') return true;
    const [one, other] = [filesOf(a), filesOf(b)];
    return one.length > 0 && other.length > 0 && overlappingScopes([one, other]).length === 0;
  };
}

/** The change that saves most; of equals, the first. */
const best = <Change extends { readonly savesMinutes: number }>(changes: readonly Change[]): Change | undefined =>
  changes.toSorted((a, b) => b.savesMinutes - a.savesMinutes)[0];

/** The start of each segment within its batch. */
const startsIn = (solved: readonly SolvedBatch[]): ReadonlyMap<IssueNumber, number> =>
  new Map(solved.flatMap(({ batch, starts }) => batch.numbers.map((number, at) => [number, starts[at] ?? 0] as const)));

interface TightLinks {
  readonly dependencies: readonly { readonly from: IssueNumber; readonly on: IssueNumber }[];
  readonly overlaps: readonly Overlap[];
}

/**
 * The links that delay the end: going back from the segments that end last, each link to something that ended just when they
 * started.
 *
 * In waves this is done wave by wave. If a segment delays its wave and waits for only one segment of the wave before, that
 * one dependency put it into this wave, so the dependency counts, too.
 */
function tightLinks(
  solved: readonly SolvedBatch[],
  segments: readonly Segment[],
  overlaps: readonly Overlap[],
): TightLinks {
  const overlapOf = new Map(overlaps.map((overlap) => [`${overlap.a} ${overlap.b}`, overlap]));
  const dependencies: { from: IssueNumber; on: IssueNumber }[] = [];
  const found = new Set<Overlap>();
  const segmentOf = new Map(segments.map((segment) => [segment.number, segment]));
  const waveOf = new Map(solved.flatMap(({ batch }, wave) => batch.numbers.map((number) => [number, wave] as const)));
  for (const [wave, { batch, starts, makespan }] of solved.entries()) {
    const { durations, blockers, exclusions } = batch.workload;
    const numberAt = (at: number): IssueNumber => batch.numbers[at] as IssueNumber;
    const endOf = (at: number): number => (starts[at] ?? 0) + (durations[at] ?? 0);
    const all = [...batch.numbers.keys()];
    const late = new Set(all.filter((at) => endOf(at) === makespan));
    for (const at of late) {
      const start = starts[at] ?? 0;
      const isJustBefore = (other: number): boolean => endOf(other) === start;
      for (const other of all.filter(isJustBefore)) late.add(other);
      const from = numberAt(at);
      const { blockedBy } = segmentOf.get(from) as Segment;
      const [on, ...more] = blockedBy.filter((blocker) => waveOf.get(blocker) === wave - 1);
      if (on !== undefined && more.length === 0) dependencies.push({ from, on });
      for (const other of itemsOf(blockers, at)) {
        if (isJustBefore(other)) dependencies.push({ from, on: numberAt(other) });
      }
      for (const other of itemsOf(exclusions, at)) {
        const pair = [from, numberAt(other)];
        const overlap = overlapOf.get(`${Math.min(...pair)} ${Math.max(...pair)}`) as Overlap;
        if (isJustBefore(other)) found.add(overlap);
      }
    }
  }
  return { dependencies: dependencies.slice(0, TRIED), overlaps: [...found].slice(0, TRIED) };
}
