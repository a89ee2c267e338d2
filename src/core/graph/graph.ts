/**
 * What waits for what: levels, cycles, chains. It knows nothing of issues, only of ids and edges.
 *
 * Everything is linear in nodes and edges and walks with lists of its own instead of the call stack, because the graph
 * is whatever people linked: a chain of 100,000 is no error here. Inside, nodes are positions in sorted order, which
 * makes every answer independent of the order of the input, and neighbours lie in typed arrays, one after the other: a
 * million nodes are planned in about a second. `npm run bench:graph` shows what that is worth beside other libraries.
 */
import { type IdTable, intern, internSorted } from './interning.ts';

export interface Edge<Id> {
  /** Waits for `on`. */
  readonly from: Id;
  readonly on: Id;
}

/** Nodes and edges, indexed once. Edges to or from ids that are no nodes, and repeated edges, are left out. */
export interface Graph<Id extends number | string> extends IdTable<Id> {
  /** What each node waits for, and what waits for it. */
  readonly blockers: Neighbours;
  readonly dependents: Neighbours;
}

/** The neighbours of node `i` are `targets[offsets[i]]` up to, not including, `targets[offsets[i + 1]]`; sorted. */
interface Neighbours {
  readonly offsets: Int32Array;
  readonly targets: Int32Array;
}

export type Order<Id> =
  | { readonly kind: 'waves'; readonly waves: readonly (readonly Id[])[] }
  /** Each waits for the next; the first, which is the smallest, stands again at the end. */
  | { readonly kind: 'cycle'; readonly path: readonly Id[] };

export function makeGraph<Id extends number | string>(nodes: Iterable<Id>, edges: readonly Edge<Id>[]): Graph<Id> {
  const places = internSorted(nodes);
  const { from, on, count } = placed(places, edges);
  // Turned round twice, a list of neighbours comes out sorted and the doubled edges side by side.
  const blockers = turned(neighbours(places.ids.length, on, from, count));
  return { ...places, blockers, dependents: turned(blockers) };
}

/** Edges by position: `from[i]` waits for `on[i]`, for the first `count`. */
interface Arrows {
  readonly from: Int32Array;
  readonly on: Int32Array;
  readonly count: number;
}

/** Two loops, one for each way of looking up: in one that knows both, each look-up takes twice as long. */
function placed<Id extends number | string>({ lookup: index }: IdTable<Id>, edges: readonly Edge<Id>[]): Arrows {
  const arrows = { from: new Int32Array(edges.length), on: new Int32Array(edges.length), count: 0 };
  return index instanceof Int32Array ? byNumber(index, edges, arrows) : byName(index, edges, arrows);
}

function byNumber<Id extends number | string>(
  table: Int32Array,
  edges: readonly Edge<Id>[],
  { from, on }: Arrows,
): Arrows {
  let count = 0;
  for (const edge of edges) {
    const place = table[edge.from as number] ?? 0;
    const other = table[edge.on as number] ?? 0;
    if (place === 0 || other === 0) continue;
    from[count] = place - 1;
    on[count++] = other - 1;
  }
  return { from, on, count };
}

function byName<Id extends number | string>(
  index: { get(id: Id): number | undefined },
  edges: readonly Edge<Id>[],
  { from, on }: Arrows,
): Arrows {
  let count = 0;
  // Edges mostly come node by node; the name of the last one is not looked up again.
  let name: Id | undefined;
  let place: number | undefined;
  for (const edge of edges) {
    if (edge.from !== name) {
      name = edge.from;
      place = index.get(name);
    }
    const other = index.get(edge.on);
    if (place === undefined || other === undefined) continue;
    from[count] = place;
    on[count++] = other;
  }
  return { from, on, count };
}

function neighbours(nodes: number, sources: Int32Array, targets: Int32Array, count: number): Neighbours {
  const offsets = new Int32Array(nodes + 1);
  for (let i = 0; i < count; i++) {
    const next = (sources[i] ?? 0) + 1;
    offsets[next] = (offsets[next] ?? 0) + 1;
  }
  for (let node = 0; node < nodes; node++) offsets[node + 1] = (offsets[node + 1] ?? 0) + (offsets[node] ?? 0);
  const free = offsets.slice();
  const sorted = new Int32Array(count);
  for (let i = 0; i < count; i++) {
    const source = sources[i] ?? 0;
    const place = free[source] ?? 0;
    sorted[place] = targets[i] ?? 0;
    free[source] = place + 1;
  }
  return { offsets, targets: sorted };
}

function turned({ offsets, targets }: Neighbours): Neighbours {
  const nodes = offsets.length - 1;
  const sources = new Int32Array(targets.length);
  const ends = new Int32Array(targets.length);
  const last = new Int32Array(nodes).fill(-1);
  let count = 0;
  for (let node = 0, at = 0; node < nodes; node++) {
    for (const end = offsets[node + 1] ?? 0; at < end; at++) {
      const target = targets[at] ?? 0;
      if (last[target] === node) continue;
      last[target] = node;
      sources[count] = target;
      ends[count++] = node;
    }
  }
  return neighbours(nodes, sources, ends, count);
}

const around = ({ offsets, targets }: Neighbours, node: number): Int32Array =>
  targets.subarray(offsets[node], offsets[node + 1]);

/**
 * Waves by the longest path from a root, each sorted; or one cycle, by name. The same input in any order gives the same
 * answer.
 */
export function orderWaves<Id extends number | string>(nodes: Iterable<Id>, edges: readonly Edge<Id>[]): Order<Id> {
  const places = intern(nodes);
  const { ids } = places;
  const heights = heightsOf(ids.length, placed(places, edges));
  if (!heights) return { kind: 'cycle', path: findCycle(makeGraph(ids, edges)) ?? [] };
  const sorted = places.sortedOrder();
  const sizes: number[] = [];
  for (let node = 0; node < heights.length; node++) {
    const height = heights[node] ?? 0;
    while (sizes.length <= height) sizes.push(0);
    sizes[height] = (sizes[height] ?? 0) + 1;
  }
  const waves = sizes.map((size) => new Array<Id>(size));
  const ends = new Int32Array(sizes.length);
  for (let at = 0; at < heights.length; at++) {
    const node = sorted ? (sorted[at] ?? 0) : at;
    const height = heights[node] ?? 0;
    const end = ends[height] ?? 0;
    const wave = waves[height];
    if (wave) wave[end] = ids[node] as Id;
    ends[height] = end + 1;
  }
  return { kind: 'waves', waves };
}

/**
 * By position: how many edges the longest path from a root has; undefined where there is a cycle.
 *
 * Issues mostly wait for earlier ones, and their links come issue by issue: then each edge is looked at once, and nobody has
 * to know what waits for what.
 */
function heightsOf(nodes: number, arrows: Arrows): Int32Array | undefined {
  const heights = heightsInOrder(nodes, arrows);
  if (heights) return heights;
  const { from, on, count } = arrows;
  const open = new Int32Array(nodes);
  for (let edge = 0; edge < count; edge++) open[from[edge] ?? 0] = (open[from[edge] ?? 0] ?? 0) + 1;
  const { levels, isComplete: whole } = kahn(neighbours(nodes, on, from, count), open);
  return whole ? levels : undefined;
}

/** The heights where all edges of a node stand together, behind those of all that it waits for; else undefined. */
function heightsInOrder(nodes: number, { from, on, count }: Arrows): Int32Array | undefined {
  const heights = new Int32Array(nodes);
  // 1: somebody waits for it, and none of its own edges have come; 2: they have.
  const seen = new Uint8Array(nodes);
  for (let edge = 0; edge < count; ) {
    const node = from[edge] ?? 0;
    if (seen[node] !== 0) return undefined;
    let height = 0;
    for (; edge < count && from[edge] === node; edge++) {
      const blocker = on[edge] ?? 0;
      if (seen[blocker] === 0) seen[blocker] = 1;
      const own = heights[blocker] ?? 0;
      if (own >= height) height = own + 1;
    }
    // One that waits for itself has just been seen.
    if (seen[node] !== 0) return undefined;
    heights[node] = height;
    seen[node] = 2;
  }
  return heights;
}

export interface TopologicalOrder {
  /** Positions of nodes, blockers first; what is on a cycle or behind one is missing. */
  readonly order: Int32Array;
  /** By position: how many edges the longest path from a root has; -1 where the order does not come. */
  readonly levels: Int32Array;
  readonly isComplete: boolean;
}

/** The order for who counts in positions, as everything large does. */
export function sortTopologically<Id extends number | string>({
  ids,
  blockers,
  dependents,
}: Graph<Id>): TopologicalOrder {
  const { offsets } = blockers;
  const open = new Int32Array(ids.length);
  for (let node = 0; node < open.length; node++) open[node] = (offsets[node + 1] ?? 0) - (offsets[node] ?? 0);
  const walked = kahn(dependents, open);
  if (!walked.isComplete) for (let node = 0; node < open.length; node++) if (open[node] !== 0) walked.levels[node] = -1;
  return walked;
}

/** @param open how many edges each node still waits for; counted down to nothing. */
function kahn({ offsets, targets }: Neighbours, open: Int32Array): TopologicalOrder {
  const nodes = open.length;
  const order = new Int32Array(nodes);
  const levels = new Int32Array(nodes);
  let end = 0;
  for (let node = 0; node < nodes; node++) if (open[node] === 0) order[end++] = node;
  for (let next = 0; next < end; next++) {
    const node = order[next] ?? 0;
    const level = (levels[node] ?? 0) + 1;
    const last = offsets[node + 1] ?? 0;
    for (let at = offsets[node] ?? 0; at < last; at++) {
      const dependent = targets[at] ?? 0;
      if ((levels[dependent] ?? 0) < level) levels[dependent] = level;
      const left = (open[dependent] ?? 0) - 1;
      open[dependent] = left;
      if (left === 0) order[end++] = dependent;
    }
  }
  return { order: order.subarray(0, end), levels, isComplete: end === nodes };
}

/**
 * The cycle to tell people of: a shortest one through the smallest node that is on any, starting and ending there.
 */
export function findCycle<Id extends number | string>(graph: Graph<Id>): readonly Id[] | undefined {
  if (sortTopologically(graph).isComplete) return undefined;
  const component = components(graph);
  const start = graph.ids.findIndex((_, node) => {
    const near = around(graph.blockers, node);
    return near.some((other) => other === node || component[other] === component[node]);
  });
  if (start === -1) return undefined;
  const cameFrom = new Int32Array(graph.ids.length).fill(-1);
  const queue = [start];
  for (const node of queue) {
    for (const blocker of around(graph.blockers, node)) {
      if (blocker === start) return [...pathTo(graph, cameFrom, start, node), ...named(graph, start)];
      if (component[blocker] !== component[start] || cameFrom[blocker] !== -1) continue;
      cameFrom[blocker] = node;
      queue.push(blocker);
    }
  }
  return undefined;
}

const named = <Id extends number | string>(graph: Graph<Id>, node: number): readonly Id[] =>
  graph.ids.slice(node, node + 1);

function pathTo<Id extends number | string>(
  graph: Graph<Id>,
  cameFrom: Int32Array,
  start: number,
  end: number,
): readonly Id[] {
  const path: Id[] = [];
  for (let node = end; node !== start; node = cameFrom[node] ?? start) path.push(...named(graph, node));
  return [...named(graph, start), ...path.reverse()];
}

/** By position: a number that two nodes share exactly when each waits, by some path, for the other (Tarjan 1972). */
function components<Id extends number | string>(graph: Graph<Id>): Int32Array {
  const count = graph.ids.length;
  const { offsets, targets } = graph.blockers;
  const component = new Int32Array(count).fill(-1);
  const found = new Int32Array(count).fill(-1);
  const low = new Int32Array(count);
  const next = offsets.slice(0, count);
  const open: number[] = [];
  const walk: number[] = [];
  let clock = 0;
  for (let root = 0; root < count; root++) {
    if (found[root] !== -1) continue;
    walk.push(root);
    while (walk.length > 0) {
      const node = walk[walk.length - 1] ?? 0;
      if (found[node] === -1) {
        found[node] = low[node] = clock++;
        open.push(node);
      }
      const at = next[node] ?? 0;
      if (at < (offsets[node + 1] ?? 0)) {
        next[node] = at + 1;
        const target = targets[at] ?? 0;
        if (found[target] === -1) walk.push(target);
        else if (component[target] === -1) low[node] = Math.min(low[node] ?? 0, found[target] ?? 0);
        continue;
      }
      walk.pop();
      const above = walk[walk.length - 1];
      if (above !== undefined) low[above] = Math.min(low[above] ?? 0, low[node] ?? 0);
      if (low[node] !== found[node]) continue;
      for (let member = open.pop(); member !== undefined; member = open.pop()) {
        component[member] = node;
        if (member === node) break;
      }
    }
  }
  return component;
}

/** Everything the node waits for, directly or not; what is nearest first. */
export const blockersOf = <Id extends number | string>(graph: Graph<Id>, id: Id): ReadonlySet<Id> =>
  reach(graph, graph.blockers, id);

/** Everything that waits for the node, directly or not: what its end unblocks; what is nearest first. */
export const dependentsOf = <Id extends number | string>(graph: Graph<Id>, id: Id): ReadonlySet<Id> =>
  reach(graph, graph.dependents, id);

/**
 * How many of the nodes that count wait for a node, directly or not.
 *
 * For all of them at once: 32 that count are followed back over all edges together, a bit for each. Node by node it takes
 * as many walks as there are nodes.
 */
export function countDependents<Id extends number | string>(
  graph: Graph<Id>,
  counts: (id: Id) => boolean,
): (id: Id) => number {
  const { order, isComplete: whole } = sortTopologically(graph);
  // On a cycle nobody comes last, to begin with.
  if (!whole) return (id) => [...dependentsOf(graph, id)].filter(counts).length;
  const { offsets, targets } = graph.dependents;
  const counted = [...graph.ids.keys()].filter((node) => counts(graph.ids[node] as Id));
  const sums = new Int32Array(graph.ids.length);
  for (let from = 0; from < counted.length; from += 32) {
    // By position: which of these 32 it is, or is waited for by.
    const found = new Int32Array(graph.ids.length);
    counted.slice(from, from + 32).forEach((node, bit) => {
      found[node] = 1 << bit;
    });
    for (let at = order.length - 1; at >= 0; at--) {
      const node = order[at] ?? 0;
      let behind = 0;
      for (let next = offsets[node] ?? 0; next < (offsets[node + 1] ?? 0); next++) {
        behind |= found[targets[next] ?? 0] ?? 0;
      }
      sums[node] = (sums[node] ?? 0) + bitsIn(behind);
      found[node] = (found[node] ?? 0) | behind;
    }
  }
  return (id) => sums[graph.indexOf(id)] ?? 0;
}

function bitsIn(word: number): number {
  let count = 0;
  for (let left = word; left !== 0; left &= left - 1) count++;
  return count;
}

function reach<Id extends number | string>(graph: Graph<Id>, along: Neighbours, id: Id): ReadonlySet<Id> {
  const start = graph.indexOf(id);
  if (start === -1) return new Set();
  const seen = new Uint8Array(graph.ids.length);
  const queue = [...around(along, start)];
  const found = new Set<Id>();
  for (const node of queue) {
    if (seen[node] === 1) continue;
    seen[node] = 1;
    for (const reached of named(graph, node)) found.add(reached);
    for (const next of around(along, node)) if (seen[next] === 0) queue.push(next);
  }
  return found;
}

export interface Chains<Id> {
  /** The longest chain, first to last; of equally long ones the one of the smallest ids. */
  readonly criticalPath: readonly Id[];
  readonly length: number;
  /** From the node's start to the end of the longest chain that begins with it. */
  readonly remaining: (id: Id) => number;
}

/**
 * The longest chains, by what each node takes. Nodes on a cycle, or before one, count for themselves alone.
 *
 * @param takes not negative, in any unit; the answers are in the same.
 */
export function chainsOf<Id extends number | string>(graph: Graph<Id>, takes: (id: Id) => number): Chains<Id> {
  const own = new Float64Array(graph.ids.length);
  for (let node = 0; node < own.length; node++) own[node] = takes(graph.ids[node] as Id);
  const remaining = own.slice();
  const follows = new Int32Array(graph.ids.length).fill(-1);
  const { order } = sortTopologically(graph);
  const { offsets, targets } = graph.dependents;
  for (let at = order.length - 1; at >= 0; at--) {
    const node = order[at] ?? 0;
    const last = offsets[node + 1] ?? 0;
    for (let next = offsets[node] ?? 0; next < last; next++) {
      const dependent = targets[next] ?? 0;
      const chain = (own[node] ?? 0) + (remaining[dependent] ?? 0);
      if (chain > (remaining[node] ?? 0) || (follows[node] === -1 && chain === remaining[node])) {
        remaining[node] = chain;
        follows[node] = dependent;
      }
    }
  }
  let first = -1;
  for (let node = 0; node < remaining.length; node++) {
    if (first === -1 || (remaining[node] ?? 0) > (remaining[first] ?? 0)) first = node;
  }
  const criticalPath: Id[] = [];
  for (let node = first; node !== -1; node = follows[node] ?? -1) criticalPath.push(...named(graph, node));
  return {
    criticalPath,
    length: remaining[first] ?? 0,
    remaining: (id) => remaining[graph.indexOf(id)] ?? 0,
  };
}
