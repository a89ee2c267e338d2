/**
 * Segments → their plan: waves, tracks, who may never run beside whom, and how long it takes.
 */

import { type EpicFacts, type EpicReading, readSegments } from '#core/epic/segments';
import { type Graph, sortTopologically } from '#core/graph/graph';
import type { Config } from '#core/model/config';
import type { IssueNumber, Segment } from '#core/model/epic';
import type { SegmentHistory } from '#core/model/journal';
import type { Overlap, Plan, Wave } from '#core/model/plan';
import type { Diagnostic } from '#core/model/problem';
import { graphOf } from '#core/schedule/batches';
import { forecast, prepare } from '#core/schedule/forecast';
import { capOf } from '#core/schedule/startable';
import { GlobCache } from '#core/scope/glob';
import { overlappingScopes, type ScopeOverlap } from '#core/scope/scope';
import { tracksOf } from './tracks.ts';

/**
 * The plan of an epic as its issues read now, and everything that is wrong with it. The same facts in any order give
 * the same plan. A plan with errors is still whole, so that what runs already goes on to be seen.
 *
 * @param facts.earlier what segments of earlier epics took; nothing of it, and the forecast rests on estimates.
 */
export function planEpic(facts: EpicFacts & { readonly earlier?: readonly SegmentHistory[] }): Plan {
  const { epic, config, earlier } = facts;
  const reading = readSegments(facts);
  const { source, segments, waitsOutside, outside, diagnostics, isCyclic } = reading;
  const plan = planSegments(segments, config, { ...reading, ...(earlier ? { earlier } : {}) });
  const found = plan.waves.at(-1)?.number ?? 0;
  const limit = config.limits.waves;
  const at = { issue: epic.number };
  const tooMany = { kind: 'LIMIT_EXCEEDED', at, what: 'waves', found, limit, configKey: 'limits.waves' } as const;
  const more: readonly Diagnostic[] = found > limit && !isCyclic ? [{ level: 'error', problem: tooMany }] : [];
  return {
    source,
    segments,
    ...plan,
    waitsOutside,
    outside,
    diagnostics: inOrderOfPlace([...diagnostics, ...more]),
  };
}

/** What whoever read the segments knows of them already. */
interface Known extends Partial<Pick<EpicReading, 'graph' | 'statedConflicts' | 'globs'>> {
  readonly earlier?: readonly SegmentHistory[];
}

/** @param segments sorted by number. */
export function planSegments(
  segments: readonly Segment[],
  config: Config,
  { graph = graphOf(segments), statedConflicts: apart = [], globs = new GlobCache(), earlier = [] }: Known = {},
): Pick<Plan, 'waves' | 'overlaps' | 'forecast'> {
  const overlaps = overlapsOf(segments, apart, globs);
  const known = prepare(segments, earlier, graph);
  const waves = wavesOf(graph, segments, overlaps, known.order, globs);
  return {
    waves,
    overlaps,
    forecast: forecast({
      segments,
      overlaps,
      cap: capOf(waves, config, {}),
      config,
      earlier,
      // A forecast leaves fix segments out, and then all of it is another's.
      ...(segments.some(({ fix }) => fix) ? {} : { prepared: known }),
    }),
  };
}

// ── Waves ───────────────────────────────────────────────────────────────────────────────────────────────────────────

/**
 * Levels by the longest path from a root. A fix segment stands in the wave it mends and shifts nobody: later waves keep
 * the numbers that people and the journal know them by. What is on a cycle, or behind one, comes last, together.
 */
function wavesOf(
  graph: Graph<IssueNumber>,
  segments: readonly Segment[],
  overlaps: readonly Overlap[],
  order: ReadonlyMap<IssueNumber, number>,
  globs: GlobCache,
): readonly Wave[] {
  // By place in the graph, which is that among the segments.
  const levels = new Int32Array(segments.length);
  const { offsets, targets } = graph.blockers;
  let behind = 1;
  for (const at of sortTopologically(graph).order) {
    const fix = segments[at]?.fix;
    let level = fix?.wave ?? 1;
    for (let next = offsets[at] ?? 0; next < (offsets[at + 1] ?? 0); next++) {
      const blocker = targets[next] ?? 0;
      const step = fix || segments[blocker]?.fix ? 0 : 1;
      level = Math.max(level, (levels[blocker] ?? 0) + step);
    }
    levels[at] = level;
    behind = Math.max(behind, level + 1);
  }
  const levelOf = (number: IssueNumber): number => levels[graph.indexOf(number)] || behind;
  const drafts = Array.from({ length: behind + 1 }, (): { members: Segment[]; overlaps: Overlap[] } => ({
    members: [],
    overlaps: [],
  }));
  for (const segment of inStartOrder(segments, order)) drafts[levelOf(segment.number)]?.members.push(segment);
  for (const overlap of overlaps) {
    const level = levelOf(overlap.a);
    if (level === levelOf(overlap.b)) drafts[level]?.overlaps.push(overlap);
  }
  return drafts.flatMap(({ members, overlaps: within }, number) =>
    members.length === 0 ? [] : [{ number, tracks: tracksOf(members, within, order, globs) }],
  );
}

/** Each knows its place: nothing has to be compared. */
function inStartOrder(segments: readonly Segment[], order: ReadonlyMap<IssueNumber, number>): readonly Segment[] {
  const sorted = [...segments];
  for (const segment of segments) sorted[order.get(segment.number) ?? 0] = segment;
  return sorted;
}

// ── Overlaps ────────────────────────────────────────────────────────────────────────────────────────────────────────

/** All pairs that may not run at one time, in order, each with the strongest reason there is. */
function overlapsOf(
  segments: readonly Segment[],
  stated: EpicReading['statedConflicts'],
  globs: GlobCache,
): readonly Overlap[] {
  const numberAt = (at: number): IssueNumber => segments[at]?.number ?? (0 as IssueNumber);
  const byFiles = overlappingScopes(
    segments.map(({ spec }) => spec.files),
    globs,
  );
  // Who excludes all others is paired with each of them; who does not, with those, and with what files and words say.
  const isExclusive = segments.map(({ spec }) => !spec.parallel);
  const isUnknown = segments.map(({ spec }) => spec.files.length === 0);
  const isWide = (at: number): boolean => isExclusive[at] === true || isUnknown[at] === true;
  const wide = [...segments.keys()].filter(isWide);
  if (wide.length === 0 && stated.length === 0) {
    return byFiles.map((pair) => ({ a: numberAt(pair.first), b: numberAt(pair.second), why: filesWhy(pair) }));
  }
  const rows = new Map<number, Map<number, Why>>();
  const say = (one: number, other: number, why: Why): void => {
    const row = rows.get(Math.min(one, other));
    if (row) row.set(Math.max(one, other), why);
    else rows.set(Math.min(one, other), new Map([[Math.max(one, other), why]]));
  };
  for (const pair of byFiles) say(pair.first, pair.second, filesWhy(pair));
  const places = new Map(segments.map(({ number }, at) => [number, at]));
  for (const [one, other] of stated) {
    if (one !== other) say(places.get(one) ?? 0, places.get(other) ?? 0, { kind: 'conflicts-with' });
  }
  return segments.flatMap(({ number: a }, one) => {
    const row = rows.get(one);
    const others = sortedAbove(one, isWide(one) ? segments.keys() : [...(row?.keys() ?? []), ...wide]);
    return others.flatMap((other) => {
      const said = row?.get(other);
      const isAlone = isExclusive[one] || isExclusive[other];
      const isNamed = said?.kind === 'conflicts-with';
      const why = isAlone ? NOT_PARALLEL : !isNamed && (isUnknown[one] || isUnknown[other]) ? SCOPE_UNKNOWN : said;
      return why ? [{ a, b: numberAt(other), why }] : [];
    });
  });
}

const filesWhy = ({ firstGlob: a, secondGlob: b, doubt }: ScopeOverlap): Why =>
  doubt ? { kind: 'files', a, b, doubt } : { kind: 'files', a, b };

type Why = Overlap['why'];
const NOT_PARALLEL: Why = { kind: 'not parallel' };
const SCOPE_UNKNOWN: Why = { kind: 'scope unknown' };

const sortedAbove = (one: number, others: Iterable<number>): readonly number[] =>
  [...new Set(others)].filter((other) => other > one).sort((a, b) => a - b);

// ── Diagnostics ─────────────────────────────────────────────────────────────────────────────────────────────────────

/** Errors first, then by issue and line; each once. */
function inOrderOfPlace(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const once = new Map(diagnostics.map((each) => [JSON.stringify(each), each]));
  const place = ({ problem }: Diagnostic) => ('at' in problem ? problem.at : {});
  return [...once]
    .sort(
      ([one, a], [other, b]) =>
        Number(a.level === 'warning') - Number(b.level === 'warning') ||
        (place(a).issue ?? 0) - (place(b).issue ?? 0) ||
        (place(a).line ?? 0) - (place(b).line ?? 0) ||
        (one < other ? -1 : 1),
    )
    .map(([, each]) => each);
}
