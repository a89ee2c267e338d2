/**
 * What would make the epic shorter: another schedule, one place more, one dependency or one overlap less.
 *
 * Each is the same forecast with one thing changed, searched from the timetable at hand, so that nothing that only loosens
 * the plan can come out longer. Of dependencies and overlaps only those are tried that somebody really waits for on the
 * way to the end. This costs several searches: it is made when a plan is shown, not at each reconcile.
 */

import type { Config } from '#core/model/config';
import type { IssueNumber, Segment } from '#core/model/epic';
import type { Advice, Overlap, Plan } from '#core/model/plan';
import { overlappingScopes } from '#core/scope/scope';
import { expectationsOf } from './expectations.ts';
import { type ForecastInput, makespanOf, minutesBy, type SolvedBatch, scheduleInputOf, solve } from './forecast.ts';
import { capOf } from './startable.ts';

/** Links that are tried, those of the longest waits first; and the share of the usual search each gets. */
const TRIED = 24;
const SHARE = 0.1;
/** Above this many segments one search takes as long as a whole advice may. */
const ADVISED_UP_TO = 300;
/** A saving smaller than this share of the whole is within what any estimate is wrong by. */
const WORTH = 0.02;

/** @returns undefined where there is nothing to run, or a cycle, or so much that searching each change would take minutes. */
export function adviseOn(plan: Plan, config: Config): Advice | undefined {
  const segments = plan.segments.filter((segment) => !segment.fix);
  if (segments.length < 2 || segments.length > ADVISED_UP_TO) return undefined;
  if (plan.diagnostics.some(({ problem }) => problem.kind === 'EPIC_CYCLE')) return undefined;
  const { of } = expectationsOf(segments, []);
  // What the plan expects, which may be learned; the estimates where it has none of them.
  const expected = minutesBy({ of, basis: plan.forecast.basis });
  const minutesOf = (number: IssueNumber): number => plan.forecast.timetable[number]?.takes ?? expected(number);
  const facts: ForecastInput = { segments, overlaps: plan.overlaps, cap: capOf(plan.waves, config, {}), config };
  const by = (schedule: Config['schedule']) =>
    makespanOf(
      solve({ ...scheduleInputOf(facts, segments, minutesOf), schedule }, schedule === config.schedule ? 1 : 0.5),
    );
  const layout = scheduleInputOf(facts, segments, minutesOf);
  const now = solve(layout);
  const minutes = makespanOf(now);
  const known = knownStarts(now);
  const saved = (changed: Partial<typeof layout>): number =>
    Math.max(0, minutes - makespanOf(solve({ ...layout, ...changed }, SHARE, known)));
  const isWorth = ({ savesMinutes }: { readonly savesMinutes: number }): boolean =>
    savesMinutes >= Math.max(1, minutes * WORTH);

  const places = [
    { of: 'all', from: facts.cap, savesMinutes: saved({ cap: facts.cap + 1 }) } as const,
    ...[...new Set(segments.map(({ spec }) => spec.worker))].sort().map((worker) => {
      const from = config.workers[worker];
      return { of: worker, from, savesMinutes: saved({ workers: { ...config.workers, [worker]: from + 1 } }) } as const;
    }),
  ];
  const tight = tightLinks(now, segments, plan.overlaps);
  const dependencies = tight.dependencies.map(({ from, on }) => ({
    from,
    on,
    savesMinutes: saved({
      segments: segments.map((segment) =>
        segment.number === from
          ? { ...segment, blockedBy: segment.blockedBy.filter((other) => other !== on) }
          : segment,
      ),
    }),
  }));
  const overlaps = tight.overlaps.filter(isAllThatKeepsApart(segments)).map((overlap) => ({
    ...overlap,
    savesMinutes: saved({ overlaps: plan.overlaps.filter((other) => other !== overlap) }),
  }));
  const place = most(places.filter(isWorth));
  const dependency = most(dependencies.filter(isWorth));
  const overlap = most(overlaps.filter(isWorth));
  return {
    schedule: config.schedule,
    wavesMinutes: config.schedule === 'waves' ? minutes : by('waves'),
    eagerMinutes: config.schedule === 'eager' ? minutes : Math.min(minutes, by('eager')),
    ...(place ? { place } : {}),
    ...(dependency ? { dependency } : {}),
    ...(overlap ? { overlap } : {}),
  };
}

/** To take back `parallel: false` or `conflicts-with` helps only two whose files keep out of each other's way. */
function isAllThatKeepsApart(segments: readonly Segment[]): (overlap: Overlap) => boolean {
  const filesOf = new Map(segments.map(({ number, spec }) => [number, spec.files]));
  return ({ a, b, why }) => {
    if (why.kind === 'files' || why.kind === 'scope unknown') return true;
    const [one = [], other = []] = [filesOf.get(a), filesOf.get(b)];
    return one.length > 0 && other.length > 0 && overlappingScopes([one, other]).length === 0;
  };
}

/** Of equals the first. */
const most = <Change extends { readonly savesMinutes: number }>(changes: readonly Change[]): Change | undefined =>
  changes.reduce<Change | undefined>(
    (best, change) => (best === undefined || change.savesMinutes > best.savesMinutes ? change : best),
    undefined,
  );

function knownStarts(solved: readonly SolvedBatch[]): (number: IssueNumber) => number | undefined {
  const starts = new Map(
    solved.flatMap(({ batch: stage, starts }) => stage.numbers.map((number, at) => [number, starts[at] ?? 0] as const)),
  );
  return (number) => starts.get(number);
}

/**
 * Links by which the last ones are late: going back from what ends last, whatever ended just when the next began.
 * In waves that is done in each of them, and whoever is late there for the sake of one segment of the wave before stands in
 * this wave by that dependency alone.
 */
function tightLinks(
  solved: readonly SolvedBatch[],
  segments: readonly Segment[],
  overlaps: readonly Overlap[],
): {
  readonly dependencies: readonly { readonly from: IssueNumber; readonly on: IssueNumber }[];
  readonly overlaps: readonly Overlap[];
} {
  const pairs = new Map(overlaps.map((overlap) => [`${overlap.a} ${overlap.b}`, overlap]));
  const dependencies: { from: IssueNumber; on: IssueNumber }[] = [];
  const found = new Set<Overlap>();
  const blockersOf = new Map(segments.map(({ number, blockedBy }) => [number, blockedBy]));
  const waveOf = new Map(
    solved.flatMap(({ batch: stage }, wave) => stage.numbers.map((number) => [number, wave] as const)),
  );
  for (const [wave, { batch: stage, starts, makespan }] of solved.entries()) {
    const { durations: takes, blockers, exclusions: apart } = stage.workload;
    const endOf = (at: number): number => (starts[at] ?? 0) + (takes[at] ?? 0);
    const seen = new Set<number>();
    const late = stage.numbers.flatMap((_, at) => (endOf(at) === makespan ? [at] : []));
    for (const at of late) {
      if (seen.has(at)) continue;
      seen.add(at);
      const begins = starts[at] ?? 0;
      stage.numbers.forEach((_, other) => {
        if (endOf(other) === begins && begins > 0) late.push(other);
      });
      const number = stage.numbers[at] ?? (0 as IssueNumber);
      const [on, ...more] = (blockersOf.get(number) ?? []).filter((each) => waveOf.get(each) === wave - 1);
      if (on !== undefined && more.length === 0) dependencies.push({ from: number, on });
      for (let k = blockers.offsets[at] ?? 0; k < (blockers.offsets[at + 1] ?? 0); k++) {
        const on = blockers.items[k] ?? 0;
        const [from, blocker] = [stage.numbers[at], stage.numbers[on]];
        if (endOf(on) === begins && from && blocker) dependencies.push({ from, on: blocker });
      }
      for (let k = apart.offsets[at] ?? 0; k < (apart.offsets[at + 1] ?? 0); k++) {
        const [one, other] = [stage.numbers[at], stage.numbers[apart.items[k] ?? 0]];
        if (endOf(apart.items[k] ?? 0) !== begins || !one || !other) continue;
        const overlap = pairs.get(`${Math.min(one, other)} ${Math.max(one, other)}`);
        if (overlap) found.add(overlap);
      }
    }
  }
  return { dependencies: dependencies.slice(0, TRIED), overlaps: [...found].slice(0, TRIED) };
}
