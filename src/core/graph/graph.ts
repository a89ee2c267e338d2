/**
 * A dependency graph: levels, cycles, chains. It knows ids and edges, not issues.
 *
 * Every function is linear in nodes and edges and keeps its own stack instead of using the call stack, because people can
 * link anything: a chain of 100,000 is valid input. Inside, a node is its position in sorted order, so no answer depends on
 * the order of the input, and all neighbours lie in one typed array: a million nodes are planned in about a second.
 * `npm run bench:graph` compares that with other libraries.
 */
import { type IdTable, intern, internSorted } from './interning.ts';

export interface Edge<Id> {
  /** Waits for `on`. */
  readonly from: Id;
  readonly on: Id;
}

/** Nodes and edges, indexed once. Repeated edges, and edges to or from unknown ids, are left out. */
export interface Graph<Id extends number | string> extends IdTable<Id> {
  /** The nodes that each node waits for. */
  readonly blockers: Neighbours;
  /** The nodes that wait for each node. */
  readonly dependents: Neighbours;
}

/** The neighbours of node `i` are `targets[offsets[i]]` up to, not including, `targets[offsets[i + 1]]`; sorted. */
interface Neighbours {
  readonly offsets: Int32Array;
  readonly targets: Int32Array;
}

export type Order<Id> =
  | { readonly kind: 'waves'; readonly waves: readonly (readonly Id[])[] }
  /** Each id waits for the next one. The smallest comes first, and again last. */
  | { readonly kind: 'cycle'; readonly path: readonly Id[] };

export function makeGraph<Id extends number | string>(nodes: Iterable<Id>, edges: readonly Edge<Id>[]): Graph<Id> {
  const table = internSorted(nodes);
  const { from, on, count } = resolveEdges(table, edges);
  // Transposing twice sorts each list of neighbours, and the first time brings repeated edges side by side.
  const blockers = transpose(groupBySource(table.ids.length, on, from, count));
  return { ...table, blockers, dependents: transpose(blockers) };
}

/** Edges by position: node `from[i]` waits for node `on[i]`, for each `i` below `count`. */
interface EdgeList {
  readonly from: Int32Array;
  readonly on: Int32Array;
  readonly count: number;
}

/** Looks up both ends of each edge. One loop for each kind of table: in a shared loop each lookup takes twice as long. */
function resolveEdges<Id extends number | string>({ lookup }: IdTable<Id>, edges: readonly Edge<Id>[]): EdgeList {
  const arrays = { from: new Int32Array(edges.length), on: new Int32Array(edges.length) };
  return lookup instanceof Int32Array ? resolveNumbers(lookup, edges, arrays) : resolveNames(lookup, edges, arrays);
}

function resolveNumbers<Id extends number | string>(
  table: Int32Array,
  edges: readonly Edge<Id>[],
  { from, on }: Omit<EdgeList, 'count'>,
): EdgeList {
  let count = 0;
  for (const edge of edges) {
    const source = table[edge.from as number] ?? 0;
    const target = table[edge.on as number] ?? 0;
    if (source === 0 || target === 0) continue;
    from[count] = source - 1;
    on[count++] = target - 1;
  }
  return { from, on, count };
}

function resolveNames<Id extends number | string>(
  lookup: { get(id: Id): number | undefined },
  edges: readonly Edge<Id>[],
  { from, on }: Omit<EdgeList, 'count'>,
): EdgeList {
  let count = 0;
  // Edges usually come node by node, so the last name is not looked up again.
  let name: Id | undefined;
  let source: number | undefined;
  for (const edge of edges) {
    if (edge.from !== name) {
      name = edge.from;
      source = lookup.get(name);
    }
    const target = lookup.get(edge.on);
    if (source === undefined || target === undefined) continue;
    from[count] = source;
    on[count++] = target;
  }
  return { from, on, count };
}

/** A counting sort of the edges by their source. */
function groupBySource(nodes: number, sources: Int32Array, targets: Int32Array, count: number): Neighbours {
  const offsets = new Int32Array(nodes + 1);
  for (let i = 0; i < count; i++) {
    const next = (sources[i] ?? 0) + 1;
    offsets[next] = (offsets[next] ?? 0) + 1;
  }
  for (let node = 0; node < nodes; node++) offsets[node + 1] = (offsets[node + 1] ?? 0) + (offsets[node] ?? 0);
  const free = offsets.slice();
  const grouped = new Int32Array(count);
  for (let i = 0; i < count; i++) {
    const source = sources[i] ?? 0;
    const end = free[source] ?? 0;
    grouped[end] = targets[i] ?? 0;
    free[source] = end + 1;
  }
  return { offsets, targets: grouped };
}

/** The same edges in the other direction, each once. */
function transpose({ offsets, targets }: Neighbours): Neighbours {
  const nodes = offsets.length - 1;
  const sources = new Int32Array(targets.length);
  const ends = new Int32Array(targets.length);
  const last = new Int32Array(nodes).fill(-1);
  let count = 0;
  for (let node = 0, i = 0; node < nodes; node++) {
    for (const end = offsets[node + 1] ?? 0; i < end; i++) {
      const target = targets[i] ?? 0;
      if (last[target] === node) continue;
      last[target] = node;
      sources[count] = target;
      ends[count++] = node;
    }
  }
  return groupBySource(nodes, sources, ends, count);
}

/** Positions of neighbours, sorted. */
export const neighboursOf = ({ offsets, targets }: Neighbours, node: number): Int32Array =>
  targets.subarray(offsets[node], offsets[node + 1]);

/**
 * Waves by the longest path from a root, each sorted; or one cycle, as `findCycle` picks it. The order of the input does not
 * matter.
 */
export function orderWaves<Id extends number | string>(nodes: Iterable<Id>, edges: readonly Edge<Id>[]): Order<Id> {
  const table = intern(nodes);
  const { ids } = table;
  const levels = levelsOf(ids.length, resolveEdges(table, edges));
  if (!levels) return { kind: 'cycle', path: findCycle(makeGraph(ids, edges)) as readonly Id[] };
  const order = table.sortedOrder();
  const depth = levels.reduce((most, level) => Math.max(most, level + 1), 0);
  const sizes = new Int32Array(depth);
  for (const level of levels) sizes[level] = (sizes[level] ?? 0) + 1;
  const waves = Array.from(sizes, (size) => new Array<Id>(size));
  const ends = new Int32Array(depth);
  for (let i = 0; i < levels.length; i++) {
    const node = order ? (order[i] ?? 0) : i;
    const level = levels[node] ?? 0;
    const end = ends[level] ?? 0;
    (waves[level] as Id[])[end] = ids[node] as Id;
    ends[level] = end + 1;
  }
  return { kind: 'waves', waves };
}

/**
 * By position, how many edges the longest path from a root has; undefined if there is a cycle.
 *
 * Issues usually wait for earlier ones, and their links come issue by issue. Then one look at each edge is enough, without
 * an index of neighbours.
 */
function levelsOf(nodes: number, edges: EdgeList): Int32Array | undefined {
  const levels = levelsInOnePass(nodes, edges);
  if (levels) return levels;
  const { from, on, count } = edges;
  const open = new Int32Array(nodes);
  for (let i = 0; i < count; i++) open[from[i] ?? 0] = (open[from[i] ?? 0] ?? 0) + 1;
  const sorted = kahn(groupBySource(nodes, on, from, count), open);
  return sorted.isComplete ? sorted.levels : undefined;
}

/** The levels if all edges of a node come together, after the edges of everything it waits for; else undefined. */
function levelsInOnePass(nodes: number, { from, on, count }: EdgeList): Int32Array | undefined {
  const levels = new Int32Array(nodes);
  // Nodes that may get no further edges: their own have come, or another node has relied on their level.
  const isFinal = new Uint8Array(nodes);
  for (let i = 0; i < count; ) {
    const node = from[i] ?? 0;
    let level = 0;
    for (; i < count && from[i] === node; i++) {
      const blocker = on[i] ?? 0;
      isFinal[blocker] = 1;
      level = Math.max(level, (levels[blocker] ?? 0) + 1);
    }
    // Some of its edges came earlier, another node has relied on its level, or it waits for itself.
    if (isFinal[node] === 1) return undefined;
    levels[node] = level;
    isFinal[node] = 1;
  }
  return levels;
}

export interface TopologicalOrder {
  /** Positions of nodes, blockers first. Nodes on a cycle or behind one are missing. */
  readonly order: Int32Array;
  /** By position: how many edges the longest path from a root has; -1 for nodes that are missing in `order`. */
  readonly levels: Int32Array;
  /** True if every node is in `order`, which means that there is no cycle. */
  readonly isComplete: boolean;
}

/** Orders the nodes of a graph. It speaks positions, for callers that do too. */
export function sortTopologically<Id extends number | string>({
  ids,
  blockers,
  dependents,
}: Graph<Id>): TopologicalOrder {
  const { offsets } = blockers;
  const open = new Int32Array(ids.length);
  for (let node = 0; node < open.length; node++) open[node] = (offsets[node + 1] ?? 0) - (offsets[node] ?? 0);
  const sorted = kahn(dependents, open);
  for (let node = 0; node < open.length; node++) if (open[node] !== 0) sorted.levels[node] = -1;
  return sorted;
}

/**
 * Kahn's algorithm (1962).
 *
 * @param open how many edges each node still waits for. It is counted down in place; what stays above 0 is on a cycle or
 * behind one.
 */
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
    for (let i = offsets[node] ?? 0; i < last; i++) {
      const dependent = targets[i] ?? 0;
      // Nodes come in the order of their levels, so that the last blocker has the highest.
      levels[dependent] = level;
      const left = (open[dependent] ?? 0) - 1;
      open[dependent] = left;
      if (left === 0) order[end++] = dependent;
    }
  }
  return { order: order.subarray(0, end), levels, isComplete: end === nodes };
}

/** The cycle to show to people: a shortest one through the smallest node that is on any. It starts and ends there. */
export const findCycle = <Id extends number | string>(graph: Graph<Id>): readonly Id[] | undefined =>
  findCycles(graph, 1)[0];

/**
 * The cycles to show to people, at most this many: one for each set of nodes that all wait for each other, so that removing
 * one cycle leaves the others as they are. Each is a shortest one through the smallest node of its set.
 */
export function findCycles<Id extends number | string>(graph: Graph<Id>, most: number): readonly (readonly Id[])[] {
  if (sortTopologically(graph).isComplete) return [];
  const component = components(graph);
  const cycles: (readonly Id[])[] = [];
  const seen = new Set<number | undefined>();
  for (const start of graph.ids.keys()) {
    if (cycles.length >= most) break;
    if (seen.has(component[start])) continue;
    const isOnCycle = neighboursOf(graph.blockers, start).some((next) => component[next] === component[start]);
    if (!isOnCycle) continue;
    seen.add(component[start]);
    cycles.push(shortestCycle(graph, component, start));
  }
  return cycles;
}

function shortestCycle<Id extends number | string>(
  graph: Graph<Id>,
  component: Int32Array,
  start: number,
): readonly Id[] {
  const cameFrom = new Int32Array(graph.ids.length).fill(-1);
  const queue = [start];
  for (const node of queue) {
    for (const blocker of neighboursOf(graph.blockers, node)) {
      if (blocker === start) return [...pathTo(graph, cameFrom, start, node), graph.ids[start] as Id];
      if (component[blocker] !== component[start] || cameFrom[blocker] !== -1) continue;
      cameFrom[blocker] = node;
      queue.push(blocker);
    }
  }
  return [];
}

function pathTo<Id extends number | string>(
  { ids }: Graph<Id>,
  cameFrom: Int32Array,
  start: number,
  end: number,
): readonly Id[] {
  const path = [];
  for (let node = end; node !== start; node = cameFrom[node] ?? start) path.push(ids[node] as Id);
  return [ids[start] as Id, ...path.reverse()];
}

/** By position: a number that two nodes share if each waits, directly or not, for the other (Tarjan 1972). */
function components<Id extends number | string>(graph: Graph<Id>): Int32Array {
  const count = graph.ids.length;
  const { offsets, targets } = graph.blockers;
  const component = new Int32Array(count).fill(-1);
  const found = new Int32Array(count).fill(-1);
  const low = new Int32Array(count);
  const next = offsets.slice(0, count);
  const open: number[] = [];
  const stack: number[] = [];
  let clock = 0;
  for (let root = 0; root < count; root++) {
    if (found[root] !== -1) continue;
    stack.push(root);
    while (stack.length > 0) {
      const node = stack[stack.length - 1] ?? 0;
      if (found[node] === -1) {
        found[node] = low[node] = clock++;
        open.push(node);
      }
      const i = next[node] ?? 0;
      if (i < (offsets[node + 1] ?? 0)) {
        next[node] = i + 1;
        const target = targets[i] ?? 0;
        if (found[target] === -1) stack.push(target);
        else if (component[target] === -1) low[node] = Math.min(low[node] ?? 0, found[target] ?? 0);
        continue;
      }
      stack.pop();
      const above = stack[stack.length - 1];
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

/** Everything the node waits for, directly or not, nearest first; empty for an unknown id. */
export const blockersOf = <Id extends number | string>(graph: Graph<Id>, id: Id): ReadonlySet<Id> =>
  reach(graph, graph.blockers, id);

/** Everything that waits for the node, directly or not, nearest first; empty for an unknown id. */
export const dependentsOf = <Id extends number | string>(graph: Graph<Id>, id: Id): ReadonlySet<Id> =>
  reach(graph, graph.dependents, id);

/**
 * How many of the nodes that `counts` accepts wait for a node, directly or not.
 *
 * It answers for all nodes at once: 32 counted nodes are followed back over all edges together, one bit each. Asking node by
 * node would walk the graph as many times as there are nodes.
 */
export function countDependents<Id extends number | string>(
  graph: Graph<Id>,
  counts: (id: Id) => boolean,
): (id: Id) => number {
  const { order, isComplete } = sortTopologically(graph);
  // A cycle has no last node to begin with.
  if (!isComplete) return (id) => [...dependentsOf(graph, id)].filter(counts).length;
  const { offsets, targets } = graph.dependents;
  const counted = [...graph.ids.keys()].filter((node) => counts(graph.ids[node] as Id));
  const sums = new Int32Array(graph.ids.length);
  for (let from = 0; from < counted.length; from += 32) {
    // For each node by its position: a bit for each of these 32 nodes that waits for it or is the node itself.
    const found = new Int32Array(graph.ids.length);
    counted.slice(from, from + 32).forEach((node, bit) => {
      found[node] = 1 << bit;
    });
    for (let i = order.length - 1; i >= 0; i--) {
      const node = order[i] ?? 0;
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
  const found = new Set<Id>();
  const seen = new Uint8Array(graph.ids.length);
  // An unknown id is at -1, which has no neighbours.
  const queue = [...neighboursOf(along, graph.indexOf(id))];
  for (const node of queue) {
    if (seen[node] === 1) continue;
    seen[node] = 1;
    found.add(graph.ids[node] as Id);
    for (const next of neighboursOf(along, node)) queue.push(next);
  }
  return found;
}

export interface Chains<Id> {
  /** The longest chain, first to last. Of equally long chains, the one with the smallest ids. */
  readonly criticalPath: readonly Id[];
  readonly length: number;
  /** From the node's start to the end of the longest chain that begins with it. */
  readonly remaining: (id: Id) => number;
}

/**
 * The longest chains, measured by how long each node takes. Nodes on a cycle, or behind one, count for themselves
 * alone.
 *
 * @param takes not negative, in any unit. The answers are in the same unit.
 */
export function chainsOf<Id extends number | string>(graph: Graph<Id>, takes: (id: Id) => number): Chains<Id> {
  const own = new Float64Array(graph.ids.length);
  for (let node = 0; node < own.length; node++) own[node] = takes(graph.ids[node] as Id);
  const remaining = own.slice();
  const follows = new Int32Array(graph.ids.length).fill(-1);
  const { order } = sortTopologically(graph);
  const { offsets, targets } = graph.dependents;
  for (let i = order.length - 1; i >= 0; i--) {
    const node = order[i] ?? 0;
    const last = offsets[node + 1] ?? 0;
    for (let next = offsets[node] ?? 0; next < last; next++) {
      const dependent = targets[next] ?? 0;
      const chain = (own[node] ?? 0) + (remaining[dependent] ?? 0);
      if (follows[node] === -1 || chain > (remaining[node] ?? 0)) {
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
  for (let node = first; node !== -1; node = follows[node] as number) criticalPath.push(graph.ids[node] as Id);
  return {
    criticalPath,
    length: remaining[first] ?? 0,
    remaining: (id) => remaining[graph.indexOf(id)] ?? 0,
  };
}
