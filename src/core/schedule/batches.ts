/**
 * Segments → workloads. The eager schedule is one batch. In waves each wave is a batch of its own, because nothing in a wave
 * starts before the wave before it has ended.
 */

import { type Chains, chainsOf, type Graph, makeGraph, sortTopologically } from '#core/graph/graph';
import type { Config } from '#core/model/config';
import { type IssueNumber, type Segment, WORKERS, type Worker } from '#core/model/epic';
import { type Demand, makeWorkload, type Workload } from './workload.ts';

export interface ScheduleInput {
  readonly segments: readonly Segment[];
  /** How long a segment takes. */
  readonly minutesOf: (number: IssueNumber) => number;
  /** Pairs that may not run at the same time. */
  readonly overlaps: readonly { readonly a: IssueNumber; readonly b: IssueNumber }[];
  readonly schedule: Config['schedule'];
  /** How many segments may run at the same time. */
  readonly cap: number;
  readonly workers: Readonly<Record<Worker, number>>;
  /** The segments that are already running, with the minutes that each has left. */
  readonly running?: ReadonlyMap<IssueNumber, number>;
  /** The graph of these segments, if the caller has it. */
  readonly graph?: Graph<IssueNumber>;
  /** Their start order (`startOrder`), if the caller has it. */
  readonly order?: ReadonlyMap<IssueNumber, number>;
}

/** Segments that are scheduled together: position `i` of the workload is segment `numbers[i]`. */
export interface Batch {
  readonly numbers: readonly IssueNumber[];
  readonly workload: Workload;
  /** Each segment's place in the start order (SPEC R2.3). */
  readonly ranks: Int32Array;
}

/** How many pairs of a batch may not run at the same time. */
export const exclusionCount = ({ workload }: Batch): number => workload.exclusions.items.length / 2;

/** Leaves out segments that can never start: those on a cycle or behind one. */
export function makeBatches(input: ScheduleInput): readonly Batch[] {
  const { segments, schedule, overlaps } = input;
  const graph = input.graph ?? graphOf(segments);
  const { levels } = sortTopologically(graph);
  const levelOf = (number: IssueNumber): number => levels[graph.indexOf(number)] as number;
  const sorted = segments.filter(({ number }) => levelOf(number) !== -1).sort((a, b) => a.number - b.number);
  const order = input.order ?? startOrder(sorted, chainsOf(graph, input.minutesOf));
  const drafts: BatchDraft[] = [];
  /** By index in the graph: the segment's draft and its position there. */
  const places: { readonly draft: BatchDraft; readonly position: number }[] = [];
  for (const segment of sorted) {
    const level = schedule === 'eager' ? 0 : levelOf(segment.number);
    while (drafts.length <= level) drafts.push({ segments: [], exclusions: [] });
    const draft = drafts[level] as BatchDraft;
    places[graph.indexOf(segment.number)] = { draft, position: draft.segments.push(segment) - 1 };
  }
  const placeOf = (number: IssueNumber) => places[graph.indexOf(number)];
  for (const { a, b } of overlaps) {
    const [one, other] = [placeOf(a), placeOf(b)];
    if (one && one.draft === other?.draft) one.draft.exclusions.push([one.position, other.position]);
  }
  return drafts.map((draft) =>
    finish(draft, input, order, (number) => {
      const place = placeOf(number);
      return place?.draft === draft ? place.position : undefined;
    }),
  );
}

interface BatchDraft {
  readonly segments: Segment[];
  /** Pairs that may not run at the same time, by position. */
  readonly exclusions: (readonly [number, number])[];
}

function finish(
  { segments, exclusions }: BatchDraft,
  input: ScheduleInput,
  order: ReadonlyMap<IssueNumber, number>,
  /** undefined for a segment of another batch, and for one that never starts. */
  positionOf: (number: IssueNumber) => number | undefined,
): Batch {
  const resources = resourcesFor(segments, input);
  const demandsOf = (worker: Worker): readonly Demand[] =>
    [...resources.entries()]
      .filter(([, each]) => each.worker === undefined || each.worker === worker)
      .map(([resource]) => ({ resource, amount: 1 }));
  const demands = new Map(WORKERS.map((worker) => [worker, demandsOf(worker)]));
  const pieces = segments.map(({ number, spec }) => {
    const left = input.running?.get(number);
    return {
      duration: left ?? input.minutesOf(number),
      demands: demands.get(spec.worker) as readonly Demand[],
      running: left !== undefined,
    };
  });
  const waits = segments.flatMap(({ blockedBy }, at) => {
    const blockers = blockedBy.map(positionOf).filter((on) => on !== undefined);
    return blockers.sort((a, b) => a - b).map((on) => [at, on] as const);
  });
  const capacity = resources.map(({ places }) => places);
  return {
    numbers: segments.map(({ number }) => number),
    workload: makeWorkload(pieces, waits, exclusions, capacity),
    ranks: Int32Array.from(segments, ({ number }) => order.get(number) ?? 0),
  };
}

/**
 * The places in all, and the places of each worker that could run short of them. A running segment keeps its place even if a
 * cap was lowered since.
 */
function resourcesFor(
  segments: readonly Segment[],
  { cap, workers, running }: ScheduleInput,
): readonly { readonly worker?: Worker; readonly places: number }[] {
  const ofWorker = Map.groupBy(segments, ({ spec }) => spec.worker);
  const busyIn = (some: readonly Segment[]): number => some.filter(({ number }) => running?.has(number)).length;
  const scarce = WORKERS.filter((worker) => workers[worker] < Math.min(cap, ofWorker.get(worker)?.length ?? 0));
  return [
    { places: Math.max(cap, busyIn(segments)) },
    ...scarce.map((worker) => ({
      worker,
      places: Math.max(workers[worker], busyIn(ofWorker.get(worker) as readonly Segment[])),
    })),
  ];
}

/** Each segment's place among ready ones: longest remaining path first, then priority, then number (SPEC R2.3). */
export function startOrder(
  segments: readonly Segment[],
  { remaining }: Chains<IssueNumber>,
): ReadonlyMap<IssueNumber, number> {
  const ranked = segments.map(({ number, spec: { priority } }) => ({ number, priority, left: remaining(number) }));
  ranked.sort((a, b) => b.left - a.left || a.priority - b.priority || a.number - b.number);
  return new Map(ranked.map(({ number }, place) => [number, place]));
}

export const graphOf = (segments: readonly Segment[]): Graph<IssueNumber> =>
  makeGraph(
    segments.map((segment) => segment.number),
    segments.flatMap(({ number, blockedBy }) => blockedBy.map((on) => ({ from: number, on }))),
  );
