/**
 * Segments → workloads. Eager is one workload; in waves each wave is one, because nothing of a wave starts before the one
 * before has ended.
 */
import type { Config } from './config.ts';
import { type IssueNumber, type Segment, WORKERS, type Worker } from './epic.ts';
import { chainsOf, type Graph, inOrder, makeGraph } from './graph.ts';
import { makeWorkload, type Workload } from './workload.ts';

export interface Layout {
  readonly segments: readonly Segment[];
  readonly minutesOf: (number: IssueNumber) => number;
  /** Pairs that may not run at one time. */
  readonly overlaps: readonly { readonly a: IssueNumber; readonly b: IssueNumber }[];
  readonly schedule: Config['schedule'];
  readonly cap: number;
  readonly workers: Readonly<Record<Worker, number>>;
  /** What runs already, with the minutes that are left of it. */
  readonly running?: ReadonlyMap<IssueNumber, number>;
  /** Of these segments, where somebody has it already. */
  readonly graph?: Graph<IssueNumber>;
}

/** One workload: position `i` of it is segment `numbers[i]`. */
export interface Stage {
  readonly numbers: readonly IssueNumber[];
  readonly workload: Workload;
  /** Each one's place among those that are ready, by the rule (SPEC R2.3). */
  readonly ranks: Int32Array;
}

/** What can never start, on a cycle or behind one, is left out. */
export function layOut(layout: Layout): readonly Stage[] {
  const { segments, schedule } = layout;
  const graph = layout.graph ?? graphOf(segments);
  const { ids } = inOrder(graph);
  const possible = new Set(ids);
  const sorted = segments.filter(({ number }) => possible.has(number)).sort((a, b) => a.number - b.number);
  const order = startOrder(sorted, layout.minutesOf, graph);
  if (schedule === 'eager') return sorted.length === 0 ? [] : [stageOf(sorted, layout, order)];
  const levels = levelsOf(sorted, ids);
  return [...Map.groupBy(sorted, ({ number }) => levels.get(number) ?? 0)]
    .sort(([a], [b]) => a - b)
    .map(([, members]) => stageOf(members, layout, order));
}

/** Longest path from a root, by segment. */
function levelsOf(segments: readonly Segment[], order: readonly IssueNumber[]): ReadonlyMap<IssueNumber, number> {
  const byNumber = new Map(segments.map((segment) => [segment.number, segment]));
  const levels = new Map<IssueNumber, number>();
  for (const number of order) {
    const blockers = byNumber.get(number)?.blockedBy ?? [];
    levels.set(number, Math.max(0, ...blockers.map((blocker) => (levels.get(blocker) ?? -1) + 1)));
  }
  return levels;
}

function stageOf(segments: readonly Segment[], layout: Layout, order: ReadonlyMap<IssueNumber, number>): Stage {
  const position = new Map(segments.map(({ number }, at) => [number, at]));
  const kinds = kindsOf(segments, layout);
  const pieces = segments.map(({ number, spec }) => {
    const left = layout.running?.get(number);
    return {
      takes: left ?? layout.minutesOf(number),
      needs: kinds.flatMap(({ worker }, of) =>
        worker === undefined || worker === spec.worker ? [{ of, amount: 1 }] : [],
      ),
      running: left !== undefined,
    };
  });
  const waits = segments.flatMap(({ number, blockedBy }, at) =>
    layout.running?.has(number) ? [] : positions(blockedBy, position).map((on) => [at, on] as const),
  );
  const apart = layout.overlaps.flatMap(({ a, b }) => {
    const one = position.get(a);
    const other = position.get(b);
    return one === undefined || other === undefined ? [] : [[one, other] as const];
  });
  return {
    numbers: segments.map(({ number }) => number),
    workload: makeWorkload(
      pieces,
      waits,
      apart,
      kinds.map(({ places }) => places),
    ),
    ranks: Int32Array.from(segments, ({ number }) => order.get(number) ?? 0),
  };
}

const positions = (numbers: readonly IssueNumber[], position: ReadonlyMap<IssueNumber, number>): readonly number[] =>
  numbers.flatMap((number) => position.get(number) ?? []).sort((a, b) => a - b);

/**
 * The places in all, and those of each worker that there could be too few of. What runs already has its place, even
 * where the caps were lowered since.
 */
function kindsOf(
  segments: readonly Segment[],
  { cap, workers, running }: Layout,
): readonly { readonly worker?: Worker; readonly places: number }[] {
  const counted = (worker: Worker | undefined, among: (segment: Segment) => boolean): number =>
    segments.filter((segment) => (worker === undefined || segment.spec.worker === worker) && among(segment)).length;
  const busy = (worker?: Worker): number => counted(worker, ({ number }) => running?.has(number) ?? false);
  const few = WORKERS.filter(
    (worker) =>
      workers[worker] <
      Math.min(
        cap,
        counted(worker, () => true),
      ),
  );
  return [
    { places: Math.max(cap, busy()) },
    ...few.map((worker) => ({ worker, places: Math.max(workers[worker], busy(worker)) })),
  ];
}

/** Each segment's place in the order in which ready ones start: longest remaining path, priority, number (SPEC R2.3). */
export function startOrder(
  segments: readonly Segment[],
  minutesOf: (number: IssueNumber) => number,
  graph: Graph<IssueNumber> = graphOf(segments),
): ReadonlyMap<IssueNumber, number> {
  const { remaining } = chainsOf(graph, minutesOf);
  const left = (segment: Segment): number => remaining.get(segment.number) ?? 0;
  const ordered = [...segments].sort(
    (a, b) => left(b) - left(a) || a.spec.priority - b.spec.priority || a.number - b.number,
  );
  return new Map(ordered.map((segment, at) => [segment.number, at]));
}

export const graphOf = (segments: readonly Segment[]) =>
  makeGraph(
    segments.map((segment) => segment.number),
    segments.flatMap(({ number, blockedBy }) => blockedBy.map((on) => ({ from: number, on }))),
  );
