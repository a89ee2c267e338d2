// src/core/graph/interning.ts
/** Numbers share one table if its length is at most this many times their count, plus `SMALL`. */
const SPARSE = 8;
const SMALL = 1024;
/** Interns ids in sorted order. Repeated ids count once. */
function internSorted(given) {
	const interned = intern(given);
	const { ids, indexOf } = interned;
	const order = interned.sortedOrder();
	if (!order) return interned;
	const rank = new Int32Array(ids.length);
	const sorted = [];
	for (const index of order) rank[index] = sorted.push(ids[index]) - 1;
	return {
		ids: sorted,
		indexOf: (id) => rank[indexOf(id)] ?? -1,
		lookup: { get: (id) => rank[indexOf(id)] }
	};
}
/** Interns ids in the order given. For callers that only need the sorted order at the end: this saves a rank per lookup. */
function intern(given) {
	const all = Array.isArray(given) ? given : [...given];
	return internNumbers(all) ?? internNames(all);
}
/** Interns whole numbers from 0 that are not too far apart; undefined for any other ids. */
function internNumbers(all) {
	const limit = all.length * SPARSE + SMALL;
	let largest = -1;
	for (const id of all) {
		if (typeof id !== "number" || !(id >= 0 && id <= limit) || !Number.isInteger(id)) return void 0;
		if (id > largest) largest = id;
	}
	const table = new Int32Array(largest + 1);
	for (const id of all) table[id] = 1;
	const ids = [];
	for (let id = 0; id <= largest; id++) if (table[id] === 1) table[id] = ids.push(id);
	return {
		ids,
		indexOf: (id) => (table[id] ?? 0) - 1,
		sortedOrder: () => void 0,
		lookup: table
	};
}
function internNames(all) {
	if (all.length >= FEW && areStrings(all)) {
		const table = new NameTable(all);
		const ids = table.names;
		const sortedOrder = () => sortNames(table.names, table.start);
		return {
			ids,
			indexOf: (id) => table.get(id) ?? -1,
			sortedOrder,
			lookup: table
		};
	}
	const map = /* @__PURE__ */ new Map();
	for (const id of all) if (!map.has(id)) map.set(id, map.size);
	const ids = [...map.keys()];
	const sortedOrder = () => upTo(ids.length).sort((a, b) => compare(ids[a], ids[b]));
	return {
		ids,
		indexOf: (id) => map.get(id) ?? -1,
		sortedOrder,
		lookup: map
	};
}
/** Below this count a plain `Map` and a plain sort are fast enough. They also serve numbers that are far apart. */
const FEW = 64;
/**
* A hash table of names in one array. A slot holds a name's position and as many bits of its hash as fit beside it, so a
* lookup among a million names touches three places in memory. A `Map` touches five or more, and waiting for memory is the
* whole cost. Letters that all names start with tell no name from another and are skipped.
*/
var NameTable = class {
	/** Without repeats, in the order given. */
	names;
	/** How many letters all names start with. */
	start;
	/** By slot: high bits of the hash above, the position plus one below. 0 is a free slot. */
	#table;
	/** Selects the slot in a hash, and the position in a slot. */
	#mask;
	constructor(given) {
		const size = 2 ** Math.ceil(Math.log2(2 * given.length));
		this.#table = new Int32Array(size);
		this.#mask = size - 1;
		this.names = given;
		this.start = sharedStart(given);
		let once;
		let count = 0;
		for (let i = 0; i < given.length; i++) {
			const name = given[i];
			const hash = hashOf(name, this.start);
			const slot = this.#slotOf(name, hash);
			if (this.#table[slot] !== 0) {
				once ??= given.slice(0, i);
				this.names = once;
				continue;
			}
			once?.push(name);
			this.#table[slot] = hash & ~this.#mask | ++count;
		}
	}
	get(name) {
		if (typeof name !== "string") return void 0;
		const entry = (this.#table[this.#slotOf(name, hashOf(name, this.start))] ?? 0) & this.#mask;
		return entry === 0 ? void 0 : entry - 1;
	}
	#slotOf(name, hash) {
		const table = this.#table;
		const mask = this.#mask;
		for (let slot = hash & mask;; slot = slot + 1 & mask) {
			const entry = table[slot] ?? 0;
			if (entry === 0) return slot;
			if (((entry ^ hash) & ~mask) === 0 && this.names[(entry & mask) - 1] === name) return slot;
		}
	}
};
/** FNV-1a over the letters from `start` on, with its high bits folded in. */
function hashOf(text, start) {
	let hash = 2166136261;
	for (let i = start; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 16777619);
	return hash ^ hash >>> 15;
}
function upTo(count) {
	const positions = new Int32Array(count);
	for (let i = 0; i < count; i++) positions[i] = i;
	return positions;
}
/** For ids without repeats. */
const compare = (a, b) => a < b ? -1 : 1;
/**
* Letters take 7 bits in a sort key. All letters outside ASCII share this value, and the key ignores everything after the
* first of them.
*/
const BEYOND = 127;
/** Values of one digit of a sort key: two letters. */
const DIGIT_SIZE = 16384;
/**
* Positions of the names in sorted order: a radix sort by the six letters after the shared start, two letters at a time,
* then a comparison of the names whose six letters are the same.
*/
function sortNames(names, start) {
	const all = upTo(names.length);
	const [first, second, third] = [
		1,
		2,
		3
	].map(() => new Uint16Array(names.length));
	for (let i = 0; i < names.length; i++) {
		const text = names[i];
		const a = letterAt(text, start);
		const b = a === BEYOND ? 0 : letterAt(text, start + 1);
		first[i] = a * 128 + b;
		if (a === BEYOND || b === BEYOND) continue;
		const c = letterAt(text, start + 2);
		const d = c === BEYOND ? 0 : letterAt(text, start + 3);
		second[i] = c * 128 + d;
		if (c === BEYOND || d === BEYOND) continue;
		const e = letterAt(text, start + 4);
		third[i] = e * 128 + (e === BEYOND ? 0 : letterAt(text, start + 5));
	}
	const order = new Int32Array(names.length);
	sortByDigit(all, third, order);
	sortByDigit(order, second, all);
	sortByDigit(all, first, order);
	for (let from = 0, to = 1; from < order.length; from = to++) {
		const a = order[from] ?? 0;
		for (; to < order.length; to++) {
			const b = order[to] ?? 0;
			if (third[a] !== third[b] || second[a] !== second[b] || first[a] !== first[b]) break;
		}
		if (to - from > 1) order.subarray(from, to).sort((x, y) => compare(names[x], names[y]));
	}
	return order;
}
const areStrings = (names) => names.every((name) => typeof name === "string");
/** From 1 to `BEYOND`; 0 past the end of the text, so that it sorts first. */
const letterAt = (text, i) => {
	if (i >= text.length) return 0;
	return Math.min(text.charCodeAt(i) + 1, BEYOND);
};
/** How many letters all texts start with; there is at least one. */
function sharedStart(texts) {
	const first = texts[0];
	let shared = first.length;
	for (const text of texts) {
		let i = 0;
		while (i < shared && i < text.length && text.charCodeAt(i) === first.charCodeAt(i)) i++;
		shared = i;
	}
	return shared;
}
/** One stable pass of a radix sort: writes the positions in `order` to `into`, sorted by their digit. */
function sortByDigit(order, digits, into) {
	const free = /* @__PURE__ */ new Int32Array(16385);
	for (let i = 0; i < digits.length; i++) {
		const next = (digits[i] ?? 0) + 1;
		free[next] = (free[next] ?? 0) + 1;
	}
	for (let digit = 0; digit < DIGIT_SIZE; digit++) free[digit + 1] = (free[digit + 1] ?? 0) + (free[digit] ?? 0);
	for (let i = 0; i < order.length; i++) {
		const index = order[i] ?? 0;
		const digit = digits[index] ?? 0;
		const end = free[digit] ?? 0;
		into[end] = index;
		free[digit] = end + 1;
	}
}

// src/core/graph/graph.ts
/**
* A dependency graph: levels, cycles, chains. It knows ids and edges, not issues.
*
* Every function is linear in nodes and edges and keeps its own stack instead of using the call stack, because people can
* link anything: a chain of 100,000 is valid input. Inside, a node is its position in sorted order, so no answer depends on
* the order of the input, and all neighbours lie in one typed array: a million nodes are planned in about a second.
* `npm run bench:graph` compares that with other libraries.
*/
function makeGraph(nodes, edges) {
	const table = internSorted(nodes);
	const { from, on, count } = resolveEdges(table, edges);
	const blockers = transpose(groupBySource(table.ids.length, on, from, count));
	return {
		...table,
		blockers,
		dependents: transpose(blockers)
	};
}
/** Looks up both ends of each edge. One loop for each kind of table: in a shared loop each lookup takes twice as long. */
function resolveEdges({ lookup }, edges) {
	const arrays = {
		from: new Int32Array(edges.length),
		on: new Int32Array(edges.length)
	};
	return lookup instanceof Int32Array ? resolveNumbers(lookup, edges, arrays) : resolveNames(lookup, edges, arrays);
}
function resolveNumbers(table, edges, { from, on }) {
	let count = 0;
	for (const edge of edges) {
		const source = table[edge.from] ?? 0;
		const target = table[edge.on] ?? 0;
		if (source === 0 || target === 0) continue;
		from[count] = source - 1;
		on[count++] = target - 1;
	}
	return {
		from,
		on,
		count
	};
}
function resolveNames(lookup, edges, { from, on }) {
	let count = 0;
	let name;
	let source;
	for (const edge of edges) {
		if (edge.from !== name) {
			name = edge.from;
			source = lookup.get(name);
		}
		const target = lookup.get(edge.on);
		if (source === void 0 || target === void 0) continue;
		from[count] = source;
		on[count++] = target;
	}
	return {
		from,
		on,
		count
	};
}
/** A counting sort of the edges by their source. */
function groupBySource(nodes, sources, targets, count) {
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
	return {
		offsets,
		targets: grouped
	};
}
/** The same edges in the other direction, each once. */
function transpose({ offsets, targets }) {
	const nodes = offsets.length - 1;
	const sources = new Int32Array(targets.length);
	const ends = new Int32Array(targets.length);
	const last = new Int32Array(nodes).fill(-1);
	let count = 0;
	for (let node = 0, i = 0; node < nodes; node++) for (const end = offsets[node + 1] ?? 0; i < end; i++) {
		const target = targets[i] ?? 0;
		if (last[target] === node) continue;
		last[target] = node;
		sources[count] = target;
		ends[count++] = node;
	}
	return groupBySource(nodes, sources, ends, count);
}
/** Positions of neighbours, sorted. */
const neighboursOf = ({ offsets, targets }, node) => targets.subarray(offsets[node], offsets[node + 1]);
/** Orders the nodes of a graph. It speaks positions, for callers that do too. */
function sortTopologically({ ids, blockers, dependents }) {
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
function kahn({ offsets, targets }, open) {
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
			levels[dependent] = level;
			const left = (open[dependent] ?? 0) - 1;
			open[dependent] = left;
			if (left === 0) order[end++] = dependent;
		}
	}
	return {
		order: order.subarray(0, end),
		levels,
		isComplete: end === nodes
	};
}
/**
* The cycles to show to people, at most this many: one for each set of nodes that all wait for each other, so that removing
* one cycle leaves the others as they are. Each is a shortest one through the smallest node of its set.
*/
function findCycles(graph, most) {
	if (sortTopologically(graph).isComplete) return [];
	const component = components(graph);
	const cycles = [];
	const seen = /* @__PURE__ */ new Set();
	for (const start of graph.ids.keys()) {
		if (cycles.length >= most) break;
		if (seen.has(component[start])) continue;
		if (!neighboursOf(graph.blockers, start).some((next) => component[next] === component[start])) continue;
		seen.add(component[start]);
		cycles.push(shortestCycle(graph, component, start));
	}
	return cycles;
}
function shortestCycle(graph, component, start) {
	const cameFrom = new Int32Array(graph.ids.length).fill(-1);
	const queue = [start];
	for (const node of queue) for (const blocker of neighboursOf(graph.blockers, node)) {
		if (blocker === start) return [...pathTo(graph, cameFrom, start, node), graph.ids[start]];
		if (component[blocker] !== component[start] || cameFrom[blocker] !== -1) continue;
		cameFrom[blocker] = node;
		queue.push(blocker);
	}
	return [];
}
function pathTo({ ids }, cameFrom, start, end) {
	const path = [];
	for (let node = end; node !== start; node = cameFrom[node] ?? start) path.push(ids[node]);
	return [ids[start], ...path.reverse()];
}
/** By position: a number that two nodes share if each waits, directly or not, for the other (Tarjan 1972). */
function components(graph) {
	const count = graph.ids.length;
	const { offsets, targets } = graph.blockers;
	const component = new Int32Array(count).fill(-1);
	const found = new Int32Array(count).fill(-1);
	const low = new Int32Array(count);
	const next = offsets.slice(0, count);
	const open = [];
	const stack = [];
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
			if (above !== void 0) low[above] = Math.min(low[above] ?? 0, low[node] ?? 0);
			if (low[node] !== found[node]) continue;
			for (let member = open.pop(); member !== void 0; member = open.pop()) {
				component[member] = node;
				if (member === node) break;
			}
		}
	}
	return component;
}
/** Everything the node waits for, directly or not, nearest first; empty for an unknown id. */
const blockersOf = (graph, id) => reach(graph, graph.blockers, id);
/** Everything that waits for the node, directly or not, nearest first; empty for an unknown id. */
const dependentsOf = (graph, id) => reach(graph, graph.dependents, id);
/**
* How many of the nodes that `counts` accepts wait for a node, directly or not.
*
* It answers for all nodes at once: 32 counted nodes are followed back over all edges together, one bit each. Asking node by
* node would walk the graph as many times as there are nodes.
*/
function countDependents(graph, counts) {
	const { order, isComplete } = sortTopologically(graph);
	if (!isComplete) return (id) => [...dependentsOf(graph, id)].filter(counts).length;
	const { offsets, targets } = graph.dependents;
	const counted = [...graph.ids.keys()].filter((node) => counts(graph.ids[node]));
	const sums = new Int32Array(graph.ids.length);
	for (let from = 0; from < counted.length; from += 32) {
		const found = new Int32Array(graph.ids.length);
		counted.slice(from, from + 32).forEach((node, bit) => {
			found[node] = 1 << bit;
		});
		for (let i = order.length - 1; i >= 0; i--) {
			const node = order[i] ?? 0;
			let behind = 0;
			for (let next = offsets[node] ?? 0; next < (offsets[node + 1] ?? 0); next++) behind |= found[targets[next] ?? 0] ?? 0;
			sums[node] = (sums[node] ?? 0) + bitsIn(behind);
			found[node] = (found[node] ?? 0) | behind;
		}
	}
	return (id) => sums[graph.indexOf(id)] ?? 0;
}
function bitsIn(word) {
	let count = 0;
	for (let left = word; left !== 0; left &= left - 1) count++;
	return count;
}
function reach(graph, along, id) {
	const found = /* @__PURE__ */ new Set();
	const seen = new Uint8Array(graph.ids.length);
	const queue = [...neighboursOf(along, graph.indexOf(id))];
	for (const node of queue) {
		if (seen[node] === 1) continue;
		seen[node] = 1;
		found.add(graph.ids[node]);
		for (const next of neighboursOf(along, node)) queue.push(next);
	}
	return found;
}
/**
* The longest chains, measured by how long each node takes. Nodes on a cycle, or behind one, count for themselves
* alone.
*
* @param takes not negative, in any unit. The answers are in the same unit.
*/
function chainsOf(graph, takes) {
	const own = new Float64Array(graph.ids.length);
	for (let node = 0; node < own.length; node++) own[node] = takes(graph.ids[node]);
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
	for (let node = 0; node < remaining.length; node++) if (first === -1 || (remaining[node] ?? 0) > (remaining[first] ?? 0)) first = node;
	const criticalPath = [];
	for (let node = first; node !== -1; node = follows[node]) criticalPath.push(graph.ids[node]);
	return {
		criticalPath,
		length: remaining[first] ?? 0,
		remaining: (id) => remaining[graph.indexOf(id)] ?? 0
	};
}

export { makeGraph as a, findCycles as i, chainsOf as n, neighboursOf as o, countDependents as r, sortTopologically as s, blockersOf as t };