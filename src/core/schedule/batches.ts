/**
 * Segments → workloads. Eager is one workload; in waves each wave is one, because nothing of a wave starts before the one
 * before has ended.
 */

import { type Chains, chainsOf, type Graph, makeGraph, sortTopologically } from '#core/graph/graph';
import type { Config } from '#core/model/config';
import { type IssueNumber, type Segment, WORKERS, type Worker } from '#core/model/epic';
import { makeWorkload, type Workload } from './workload.ts';

export interface ScheduleInput {
  readonly segments: readonly Segment[];
  readonly minutesOf: (number: IssueNumber) => number;
  /** Pairs that may not run at one time. */
  readonly overlaps: readonly { readonly a: IssueNumber; readonly b: IssueNumber }[];
  readonly schedule: Config['schedule'];
  readonly cap: number;
  readonly workers: Readonly<Record<Worker, number>>;
  /** What runs already, with the minutes that are left of it. */
  readonly running?: ReadonlyMap<IssueNumber, number>;
  /** Of these segments, where somebody has it already; and the order in which they start. */
  readonly graph?: Graph<IssueNumber>;
  readonly order?: ReadonlyMap<IssueNumber, number>;
}

/** One workload: position `i` of it is segment `numbers[i]`. */
export interface Batch {
  readonly numbers: readonly IssueNumber[];
  readonly workload: Workload;
  /** Each one's place among those that are ready, by the rule (SPEC R2.3). */
  readonly ranks: Int32Array;
}

/** How many pairs of it may not run at one time. */
export const exclusionCount = ({ workload }: Batch): number => workload.exclusions.items.length / 2;

/** What can never start, on a cycle or behind one, is left out. */
export function makeBatches(layout: ScheduleInput): readonly Batch[] {
  const { segments, schedule, overlaps } = layout;
  const graph = layout.graph ?? graphOf(segments);
  const { levels } = sortTopologically(graph);
  const levelOf = (number: IssueNumber): number => levels[graph.indexOf(number)] ?? -1;
  const sorted = byNumber(segments.filter(({ number }) => levelOf(number) !== -1));
  const order = layout.order ?? startOrder(sorted, chainsOf(graph, layout.minutesOf));
  const drafts: Draft[] = [];
  // Where each stands: its stage, and its place there.
  const places = new Int32Array(levels.length).fill(-1);
  const draftAt = (number: IssueNumber): Draft | undefined => drafts[schedule === 'eager' ? 0 : levelOf(number)];
  for (const segment of sorted) {
    const level = schedule === 'eager' ? 0 : levelOf(segment.number);
    while (drafts.length <= level) drafts.push({ segments: [], apart: [] });
    places[graph.indexOf(segment.number)] = (drafts[level]?.segments.push(segment) ?? 0) - 1;
  }
  const placeOf = (number: IssueNumber): number => places[graph.indexOf(number)] ?? -1;
  for (const { a, b } of overlaps) {
    const [one, other] = [placeOf(a), placeOf(b)];
    const draft = one === -1 || other === -1 ? undefined : draftAt(a);
    if (draft && draft === draftAt(b)) draft.apart.push([one, other]);
  }
  return drafts.map((draft) => stageOf(draft, layout, order, placeOf));
}

/** They mostly stand so already. */
const byNumber = (segments: readonly Segment[]): readonly Segment[] =>
  segments.every(({ number }, at) => at === 0 || (segments[at - 1]?.number ?? 0) < number)
    ? segments
    : [...segments].sort((a, b) => a.number - b.number);

/** The segments of a stage, and which of them may not run at one time, by position. */
interface Draft {
  readonly segments: Segment[];
  readonly apart: (readonly [number, number])[];
}

function stageOf(
  { segments, apart }: Draft,
  layout: ScheduleInput,
  order: ReadonlyMap<IssueNumber, number>,
  placeOf: (number: IssueNumber) => number,
): Batch {
  const kinds = kindsOf(segments, layout);
  const demandsOf = new Map(
    WORKERS.map((worker) => [
      worker,
      kinds.flatMap((kind, resource) =>
        kind.worker === undefined || kind.worker === worker ? [{ resource, amount: 1 }] : [],
      ),
    ]),
  );
  const pieces = segments.map(({ number, spec }) => {
    const left = layout.running?.get(number);
    return {
      duration: left ?? layout.minutesOf(number),
      demands: demandsOf.get(spec.worker) ?? [],
      running: left !== undefined,
    };
  });
  const waits: (readonly [number, number])[] = [];
  const ranks = new Int32Array(segments.length);
  segments.forEach(({ number, blockedBy }, at) => {
    ranks[at] = order.get(number) ?? 0;
    if (layout.schedule === 'waves') return;
    for (const on of blockedBy.map(placeOf).sort((a, b) => a - b)) if (on !== -1) waits.push([at, on]);
  });
  return {
    numbers: segments.map(({ number }) => number),
    workload: makeWorkload(
      pieces,
      waits,
      apart,
      kinds.map(({ places }) => places),
    ),
    ranks,
  };
}

/**
 * The places in all, and those of each worker that there could be too few of. What runs already has its place, even
 * where the caps were lowered since.
 */
function kindsOf(
  segments: readonly Segment[],
  { cap, workers, running }: ScheduleInput,
): readonly { readonly worker?: Worker; readonly places: number }[] {
  const counts = new Map(WORKERS.map((worker) => [worker, { all: 0, busy: 0 }]));
  let allBusy = 0;
  for (const { number, spec } of segments) {
    const own = counts.get(spec.worker);
    if (!own) continue;
    own.all++;
    if (!running?.has(number)) continue;
    own.busy++;
    allBusy++;
  }
  const few = [...counts].filter(([worker, { all }]) => workers[worker] < Math.min(cap, all));
  return [
    { places: Math.max(cap, allBusy) },
    ...few.map(([worker, { busy }]) => ({ worker, places: Math.max(workers[worker], busy) })),
  ];
}

/** Each segment's place in the order in which ready ones start: longest remaining path, priority, number (SPEC R2.3). */
export function startOrder(
  segments: readonly Segment[],
  { remaining }: Chains<IssueNumber>,
): ReadonlyMap<IssueNumber, number> {
  const count = segments.length;
  const [left, numbers, priorities] = [new Float64Array(count), new Int32Array(count), new Int32Array(count)];
  const order = new Int32Array(count);
  segments.forEach(({ number, spec }, at) => {
    left[at] = remaining(number);
    numbers[at] = number;
    priorities[at] = spec.priority;
    order[at] = at;
  });
  order.sort(
    (a, b) =>
      (left[b] ?? 0) - (left[a] ?? 0) ||
      (priorities[a] ?? 0) - (priorities[b] ?? 0) ||
      (numbers[a] ?? 0) - (numbers[b] ?? 0),
  );
  const places = new Map<IssueNumber, number>();
  for (let place = 0; place < count; place++) places.set(numbers[order[place] ?? 0] as IssueNumber, place);
  return places;
}

export const graphOf = (segments: readonly Segment[]): Graph<IssueNumber> =>
  makeGraph(
    segments.map((segment) => segment.number),
    segments.flatMap(({ number, blockedBy }) => blockedBy.map((on) => ({ from: number, on }))),
  );
