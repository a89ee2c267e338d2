/**
 * Segments → a plan: waves, tracks, which segments may never run at the same time, and how long it takes.
 */

import { type PlannedBlock, readEpic } from '#core/epic/block';
import type { EpicFacts, EpicReading } from '#core/epic/segments';
import { type Graph, neighboursOf, sortTopologically } from '#core/graph/graph';
import type { Config } from '#core/model/config';
import type { IssueNumber, Segment } from '#core/model/epic';
import type { SegmentHistory } from '#core/model/journal';
import type { Overlap, Plan, Wave } from '#core/model/plan';
import type { Diagnostic } from '#core/model/problem';
import { graphOf } from '#core/schedule/batches';
import { forecast, prepare } from '#core/schedule/forecast';
import { capOf } from '#core/schedule/startable';
import { GlobCache } from '#core/scope/glob';
import { overlappingScopes } from '#core/scope/scope';
import { tracksOf } from './tracks.ts';

/**
 * The plan of an epic as its issues read now, with everything that is wrong with it. The same facts in any order give the same
 * plan. A plan with errors is still complete, so that running segments stay visible.
 *
 * @param facts.block what the segments come from, instead of issues.
 * @param facts.earlier histories of segments in earlier epics. Without them the forecast rests on estimates.
 */
export function planEpic(
  facts: EpicFacts & { readonly block?: PlannedBlock; readonly earlier?: readonly SegmentHistory[] },
): Plan {
  const { epic, config, earlier = [] } = facts;
  const reading = readEpic(facts);
  const { source, names, segments, waitsOutside, outside, readings, diagnostics, isCyclic } = reading;
  const plan = planSegments(segments, config, { ...reading, earlier });
  const found = plan.waves.at(-1)?.number ?? 0;
  const limit = config.limits.waves;
  const at = { issue: epic.number };
  const tooMany = { kind: 'LIMIT_EXCEEDED', at, what: 'waves', found, limit, configKey: 'limits.waves' } as const;
  // The segments of a cycle share one last wave, so their number of waves says nothing.
  const limits: readonly Diagnostic[] = found > limit && !isCyclic ? [{ level: 'error', problem: tooMany }] : [];
  return {
    source,
    ...(names ? { names } : {}),
    segments,
    ...plan,
    waitsOutside,
    outside,
    readings,
    diagnostics: inOrderOfPlace([...diagnostics, ...limits]),
    isolation: config.isolation,
    network: config.network,
    ...(config.baseline === 'off' ? { baseline: config.baseline } : {}),
  };
}

/** The parts of a reading that planning can use again. */
interface Reused extends Partial<Pick<EpicReading, 'graph' | 'statedConflicts' | 'globs'>> {
  readonly earlier?: readonly SegmentHistory[];
}

/** @param segments sorted by number. */
export function planSegments(
  segments: readonly Segment[],
  config: Config,
  { graph = graphOf(segments), statedConflicts = [], globs = new GlobCache(), earlier = [] }: Reused = {},
): Pick<Plan, 'waves' | 'overlaps' | 'forecast'> {
  const overlaps = overlapsOf(segments, statedConflicts, globs);
  const prepared = prepare(segments, earlier, graph);
  const waves = wavesOf(graph, segments, overlaps, prepared.order, globs);
  return {
    waves,
    overlaps,
    forecast: forecast({
      segments,
      overlaps,
      cap: capOf(waves, config, {}),
      config,
      earlier,
      // A forecast leaves fix segments out. If there are any, it needs a graph of its own.
      ...(segments.some(({ fix }) => fix) ? {} : { prepared }),
    }),
  };
}

// ── Waves ───────────────────────────────────────────────────────────────────────────────────────────────────────────

/**
 * Levels by the longest path from a root. A fix segment stands in the wave it repairs and moves no other segment: later waves
 * keep the numbers that people and the journal know. Segments on a cycle, or behind one, share the last wave.
 */
function wavesOf(
  graph: Graph<IssueNumber>,
  segments: readonly Segment[],
  overlaps: readonly Overlap[],
  order: ReadonlyMap<IssueNumber, number>,
  globs: GlobCache,
): readonly Wave[] {
  // By index in the graph. Segments have the same indexes, since both are sorted by number.
  const levels = new Int32Array(segments.length);
  let last = 1;
  for (const index of sortTopologically(graph).order) {
    const { fix } = segments[index] as Segment;
    let level = fix?.wave ?? 1;
    for (const blocker of neighboursOf(graph.blockers, index)) {
      const step = fix || (segments[blocker] as Segment).fix ? 0 : 1;
      level = Math.max(level, (levels[blocker] ?? 0) + step);
    }
    levels[index] = level;
    last = Math.max(last, level + 1);
  }
  const levelOf = (number: IssueNumber): number => levels[graph.indexOf(number)] || last;
  const membersOf = Map.groupBy(segments, ({ number }) => levelOf(number));
  // Among them are overlaps with segments of other waves. They join nothing here.
  const overlapsIn = Map.groupBy(overlaps, ({ a }) => levelOf(a));
  return [...membersOf]
    .sort(([a], [b]) => a - b)
    .map(([number, members]) => ({ number, tracks: tracksOf(members, overlapsIn.get(number) ?? [], order, globs) }));
}

// ── Overlaps ────────────────────────────────────────────────────────────────────────────────────────────────────────

/** All pairs that may not run at the same time, sorted, each with the strongest reason. */
function overlapsOf(
  segments: readonly Segment[],
  statedConflicts: EpicReading['statedConflicts'],
  globs: GlobCache,
): readonly Overlap[] {
  const byFiles = overlappingScopes(
    segments.map(({ spec }) => spec.files),
    globs,
  );
  // Segments that exclude all others are paired with every segment; the rest only with these, and by files and conflicts.
  const isExclusive = segments.map(({ spec }) => !spec.parallel);
  const isUnknown = segments.map(({ spec }) => spec.files.length === 0);
  const wide = [...segments.keys()].filter((index) => isExclusive[index] || isUnknown[index]);
  const rows = new Map<number, Map<number, Why>>();
  const note = (one: number, other: number, why: Why): void => {
    const [first, second] = [Math.min(one, other), Math.max(one, other)];
    const row = rows.get(first);
    if (row) row.set(second, why);
    else rows.set(first, new Map([[second, why]]));
  };
  for (const { first, second, firstGlob: a, secondGlob: b, doubt } of byFiles) {
    note(first, second, doubt ? { kind: 'files', a, b, doubt } : { kind: 'files', a, b });
  }
  const indexOf = new Map(segments.map(({ number }, index) => [number, index]));
  for (const [one, other] of statedConflicts) {
    note(indexOf.get(one) ?? 0, indexOf.get(other) ?? 0, { kind: 'conflicts-with' });
  }
  return segments.flatMap(({ number: a }, one) => {
    const row: ReadonlyMap<number, Why> = rows.get(one) ?? new Map();
    const others = isExclusive[one] || isUnknown[one] ? segments.keys() : [...row.keys(), ...wide];
    return sortedAbove(one, others).map((other): Overlap => {
      const { number: b } = segments[other] as Segment;
      if (isExclusive[one] || isExclusive[other]) return { a, b, why: NOT_PARALLEL };
      // Two that share no files and name no conflict are a pair because the scope of one is unknown.
      return { a, b, why: row.get(other) ?? SCOPE_UNKNOWN };
    });
  });
}

type Why = Overlap['why'];
const NOT_PARALLEL: Why = { kind: 'not parallel' };
const SCOPE_UNKNOWN: Why = { kind: 'scope unknown' };

const sortedAbove = (one: number, others: Iterable<number>): readonly number[] =>
  [...new Set(others)].filter((other) => other > one).sort((a, b) => a - b);

// ── Diagnostics ─────────────────────────────────────────────────────────────────────────────────────────────────────

/** Errors first, then by issue and line; without repeats. */
function inOrderOfPlace(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const unique = new Map(diagnostics.map((each) => [JSON.stringify(each), each]));
  const placeOf = ({ problem }: Diagnostic) => ('at' in problem ? problem.at : {});
  return [...unique]
    .sort(
      ([one, a], [other, b]) =>
        Number(a.level === 'warning') - Number(b.level === 'warning') ||
        (placeOf(a).issue ?? 0) - (placeOf(b).issue ?? 0) ||
        (placeOf(a).line ?? 0) - (placeOf(b).line ?? 0) ||
        (one < other ? -1 : 1),
    )
    .map(([, each]) => each);
}
