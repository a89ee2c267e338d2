// src/core/graph/interning.ts
/** A table may be this many times longer than what is in it. */
const SPARSE = 8;
const SMALL = 1024;
function numbered(given) {
	const places = interned(given);
	const { ids, placeOf } = places;
	const sorted = places.sorted();
	if (!sorted) return places;
	const rank = new Int32Array(ids.length);
	const inOrder = [];
	for (const at of sorted) {
		const id = ids[at];
		if (id !== void 0) rank[at] = inOrder.push(id) - 1;
	}
	return {
		ids: inOrder,
		placeOf: (id) => rank[placeOf(id)] ?? -1,
		index: { get: (id) => rank[placeOf(id)] }
	};
}
/** For who only needs the order of names at the end: a rank for each look-up is saved. */
function interned(given) {
	const all = Array.isArray(given) ? given : [...given];
	return byTable(all) ?? byName$1(all);
}
/** Where all are whole numbers, from 0 and not too far apart. */
function byTable(all) {
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
		placeOf: (id) => (table[id] ?? 0) - 1,
		sorted: () => void 0,
		index: table
	};
}
function byName$1(all) {
	if (all.length >= FEW && areTexts(all)) {
		const table = new NameTable(all);
		const ids = table.names;
		const sorted = () => sortedPlaces(table.names, table.start);
		return {
			ids,
			placeOf: (id) => table.get(id) ?? -1,
			sorted,
			index: table
		};
	}
	const map = /* @__PURE__ */ new Map();
	for (const id of all) if (!map.has(id)) map.set(id, map.size);
	const ids = [...map.keys()];
	const sorted = () => upTo(ids.length).sort((a, b) => compare(ids[a], ids[b]));
	return {
		ids,
		placeOf: (id) => map.get(id) ?? -1,
		sorted,
		index: map
	};
}
/** Fewer are found and sorted by what the language has, and mixed with numbers, too. */
const FEW = 64;
/**
* Names by their letters, in one array: a position and as much of a hash as is left of its bits, so that a look-up among a
* million touches three places in memory; in a `Map` it is five or more, and waiting for those is all that it does. What all
* names begin with tells none of them from another, and is passed over.
*/
var NameTable = class {
	/** Each once. */
	names;
	/** So many letters are the same in all. */
	start;
	/** By slot: above, a part of the hash; below, the position plus one. 0 where the slot is free. */
	#table;
	/** Of a hash, its slot; of what is in a slot, the position plus one. */
	#mask;
	constructor(given) {
		const size = 2 ** Math.ceil(Math.log2(2 * given.length));
		this.#table = new Int32Array(size);
		this.#mask = size - 1;
		this.names = given;
		this.start = sharedStart(given);
		let once;
		let count = 0;
		for (let at = 0; at < given.length; at++) {
			const name = given[at] ?? "";
			const hash = hashOf(name, this.start);
			const slot = this.#slotOf(name, hash);
			if (this.#table[slot] !== 0) {
				once ??= given.slice(0, at);
				this.names = once;
				continue;
			}
			once?.push(name);
			this.#table[slot] = hash & ~this.#mask | ++count;
		}
	}
	get(name) {
		if (typeof name !== "string") return void 0;
		const place = (this.#table[this.#slotOf(name, hashOf(name, this.start))] ?? 0) & this.#mask;
		return place === 0 ? void 0 : place - 1;
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
/** FNV-1a over the letters from a place on, its high bits folded in. */
function hashOf(text, start) {
	let hash = 2166136261;
	for (let at = start; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 16777619);
	return hash ^ hash >>> 15;
}
function upTo(count) {
	const places = new Int32Array(count);
	for (let at = 0; at < count; at++) places[at] = at;
	return places;
}
const compare = (a, b) => a < b ? -1 : a > b ? 1 : 0;
/** 7 bits a letter: what is not ASCII is all one letter here, and nothing after it is told apart. */
const BEYOND = 127;
/** Two letters. */
const DIGIT_SIZE = 16384;
/** Positions of the names in sorted order: by the six letters after what all begin with, two at a time, then by all. */
function sortedPlaces(names, start) {
	const all = upTo(names.length);
	const [first, second, third] = [
		1,
		2,
		3
	].map(() => new Uint16Array(names.length));
	for (let at = 0; at < names.length; at++) {
		const text = names[at] ?? "";
		const a = letterAt(text, start);
		const b = a === BEYOND ? 0 : letterAt(text, start + 1);
		first[at] = a * 128 + b;
		if (a === BEYOND || b === BEYOND) continue;
		const c = letterAt(text, start + 2);
		const d = c === BEYOND ? 0 : letterAt(text, start + 3);
		second[at] = c * 128 + d;
		if (c === BEYOND || d === BEYOND) continue;
		const e = letterAt(text, start + 4);
		third[at] = e * 128 + (e === BEYOND ? 0 : letterAt(text, start + 5));
	}
	const order = new Int32Array(names.length);
	byDigit(all, third, order);
	byDigit(order, second, all);
	byDigit(all, first, order);
	for (let from = 0, to = 1; from < order.length; from = to++) {
		const a = order[from] ?? 0;
		for (; to < order.length; to++) {
			const b = order[to] ?? 0;
			if (third[a] !== third[b] || second[a] !== second[b] || first[a] !== first[b]) break;
		}
		if (to - from > 1) order.subarray(from, to).sort((x, y) => compare(names[x] ?? "", names[y] ?? ""));
	}
	return order;
}
const areTexts = (names) => names.every((name) => typeof name === "string");
/** From 1; 0 past the end, which sorts first. */
const letterAt = (text, at) => {
	if (at >= text.length) return 0;
	const letter = text.charCodeAt(at) + 1;
	return letter < BEYOND ? letter : BEYOND;
};
function sharedStart(texts) {
	const [first = ""] = texts;
	let shared = first.length;
	for (const text of texts) {
		if (text.length < shared) shared = text.length;
		let at = 0;
		while (at < shared && text.charCodeAt(at) === first.charCodeAt(at)) at++;
		shared = at;
		if (shared === 0) break;
	}
	return shared;
}
function byDigit(order, digits, into) {
	const free = /* @__PURE__ */ new Int32Array(16385);
	for (let at = 0; at < digits.length; at++) {
		const next = (digits[at] ?? 0) + 1;
		free[next] = (free[next] ?? 0) + 1;
	}
	for (let digit = 0; digit < DIGIT_SIZE; digit++) free[digit + 1] = (free[digit + 1] ?? 0) + (free[digit] ?? 0);
	for (let i = 0; i < order.length; i++) {
		const at = order[i] ?? 0;
		const digit = digits[at] ?? 0;
		const place = free[digit] ?? 0;
		into[place] = at;
		free[digit] = place + 1;
	}
}

// src/core/graph/graph.ts
/**
* What waits for what: levels, cycles, chains. It knows nothing of issues, only of ids and edges.
*
* Everything is linear in nodes and edges and walks with lists of its own instead of the call stack, because the graph
* is whatever people linked: a chain of 100,000 is no error here. Inside, nodes are positions in sorted order, which
* makes every answer independent of the order of the input, and neighbours lie in typed arrays, one after the other: a
* million nodes are planned in about a second. `npm run bench:graph` shows what that is worth beside other libraries.
*/
function makeGraph(nodes, edges) {
	const places = numbered(nodes);
	const { from, on, count } = placed(places, edges);
	const blockers = turned(neighbours(places.ids.length, on, from, count));
	return {
		...places,
		blockers,
		dependents: turned(blockers)
	};
}
/** Two loops, one for each way of looking up: in one that knows both, each look-up takes twice as long. */
function placed({ index }, edges) {
	const arrows = {
		from: new Int32Array(edges.length),
		on: new Int32Array(edges.length),
		count: 0
	};
	return index instanceof Int32Array ? byNumber(index, edges, arrows) : byName(index, edges, arrows);
}
function byNumber(table, edges, { from, on }) {
	let count = 0;
	for (const edge of edges) {
		const place = table[edge.from] ?? 0;
		const other = table[edge.on] ?? 0;
		if (place === 0 || other === 0) continue;
		from[count] = place - 1;
		on[count++] = other - 1;
	}
	return {
		from,
		on,
		count
	};
}
function byName(index, edges, { from, on }) {
	let count = 0;
	let name;
	let place;
	for (const edge of edges) {
		if (edge.from !== name) {
			name = edge.from;
			place = index.get(name);
		}
		const other = index.get(edge.on);
		if (place === void 0 || other === void 0) continue;
		from[count] = place;
		on[count++] = other;
	}
	return {
		from,
		on,
		count
	};
}
function neighbours(nodes, sources, targets, count) {
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
	return {
		offsets,
		targets: sorted
	};
}
function turned({ offsets, targets }) {
	const nodes = offsets.length - 1;
	const sources = new Int32Array(targets.length);
	const ends = new Int32Array(targets.length);
	const last = new Int32Array(nodes).fill(-1);
	let count = 0;
	for (let node = 0, at = 0; node < nodes; node++) for (const end = offsets[node + 1] ?? 0; at < end; at++) {
		const target = targets[at] ?? 0;
		if (last[target] === node) continue;
		last[target] = node;
		sources[count] = target;
		ends[count++] = node;
	}
	return neighbours(nodes, sources, ends, count);
}
const around = ({ offsets, targets }, node) => targets.subarray(offsets[node], offsets[node + 1]);
/** The order for who counts in positions, as everything large does. */
function walk({ ids, blockers, dependents }) {
	const { offsets } = blockers;
	const open = new Int32Array(ids.length);
	for (let node = 0; node < open.length; node++) open[node] = (offsets[node + 1] ?? 0) - (offsets[node] ?? 0);
	const walked = kahn(dependents, open);
	if (!walked.whole) {
		for (let node = 0; node < open.length; node++) if (open[node] !== 0) walked.levels[node] = -1;
	}
	return walked;
}
/** @param open how many edges each node still waits for; counted down to nothing. */
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
		for (let at = offsets[node] ?? 0; at < last; at++) {
			const dependent = targets[at] ?? 0;
			if ((levels[dependent] ?? 0) < level) levels[dependent] = level;
			const left = (open[dependent] ?? 0) - 1;
			open[dependent] = left;
			if (left === 0) order[end++] = dependent;
		}
	}
	return {
		order: order.subarray(0, end),
		levels,
		whole: end === nodes
	};
}
/**
* The cycle to tell people of: a shortest one through the smallest node that is on any, starting and ending there.
*/
function findCycle(graph) {
	if (walk(graph).whole) return void 0;
	const component = components(graph);
	const start = graph.ids.findIndex((_, node) => {
		return around(graph.blockers, node).some((other) => other === node || component[other] === component[node]);
	});
	if (start === -1) return void 0;
	const cameFrom = new Int32Array(graph.ids.length).fill(-1);
	const queue = [start];
	for (const node of queue) for (const blocker of around(graph.blockers, node)) {
		if (blocker === start) return [...pathTo(graph, cameFrom, start, node), ...named(graph, start)];
		if (component[blocker] !== component[start] || cameFrom[blocker] !== -1) continue;
		cameFrom[blocker] = node;
		queue.push(blocker);
	}
}
const named = (graph, node) => graph.ids.slice(node, node + 1);
function pathTo(graph, cameFrom, start, end) {
	const path = [];
	for (let node = end; node !== start; node = cameFrom[node] ?? start) path.push(...named(graph, node));
	return [...named(graph, start), ...path.reverse()];
}
/** By position: a number that two nodes share exactly when each waits, by some path, for the other (Tarjan 1972). */
function components(graph) {
	const count = graph.ids.length;
	const { offsets, targets } = graph.blockers;
	const component = new Int32Array(count).fill(-1);
	const found = new Int32Array(count).fill(-1);
	const low = new Int32Array(count);
	const next = offsets.slice(0, count);
	const open = [];
	const walk = [];
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
/** Everything the node waits for, directly or not; what is nearest first. */
const blockersOf = (graph, id) => reach(graph, graph.blockers, id);
/** Everything that waits for the node, directly or not: what its end unblocks; what is nearest first. */
const dependentsOf = (graph, id) => reach(graph, graph.dependents, id);
/**
* How many of the nodes that count wait for a node, directly or not.
*
* For all of them at once: 32 that count are followed back over all edges together, a bit for each. Node by node it takes
* as many walks as there are nodes.
*/
function countDependents(graph, counts) {
	const { order, whole } = walk(graph);
	if (!whole) return (id) => [...dependentsOf(graph, id)].filter(counts).length;
	const { offsets, targets } = graph.dependents;
	const counted = [...graph.ids.keys()].filter((node) => counts(graph.ids[node]));
	const sums = new Int32Array(graph.ids.length);
	for (let from = 0; from < counted.length; from += 32) {
		const found = new Int32Array(graph.ids.length);
		counted.slice(from, from + 32).forEach((node, bit) => {
			found[node] = 1 << bit;
		});
		for (let at = order.length - 1; at >= 0; at--) {
			const node = order[at] ?? 0;
			let behind = 0;
			for (let next = offsets[node] ?? 0; next < (offsets[node + 1] ?? 0); next++) behind |= found[targets[next] ?? 0] ?? 0;
			sums[node] = (sums[node] ?? 0) + bitsIn(behind);
			found[node] = (found[node] ?? 0) | behind;
		}
	}
	return (id) => sums[graph.placeOf(id)] ?? 0;
}
function bitsIn(word) {
	let count = 0;
	for (let left = word; left !== 0; left &= left - 1) count++;
	return count;
}
function reach(graph, along, id) {
	const start = graph.placeOf(id);
	if (start === -1) return /* @__PURE__ */ new Set();
	const seen = new Uint8Array(graph.ids.length);
	const queue = [...around(along, start)];
	const found = /* @__PURE__ */ new Set();
	for (const node of queue) {
		if (seen[node] === 1) continue;
		seen[node] = 1;
		for (const reached of named(graph, node)) found.add(reached);
		for (const next of around(along, node)) if (seen[next] === 0) queue.push(next);
	}
	return found;
}
/**
* The longest chains, by what each node takes. Nodes on a cycle, or before one, count for themselves alone.
*
* @param takes not negative, in any unit; the answers are in the same.
*/
function chainsOf(graph, takes) {
	const own = new Float64Array(graph.ids.length);
	for (let node = 0; node < own.length; node++) own[node] = takes(graph.ids[node]);
	const remaining = own.slice();
	const follows = new Int32Array(graph.ids.length).fill(-1);
	const { order } = walk(graph);
	const { offsets, targets } = graph.dependents;
	for (let at = order.length - 1; at >= 0; at--) {
		const node = order[at] ?? 0;
		const last = offsets[node + 1] ?? 0;
		for (let next = offsets[node] ?? 0; next < last; next++) {
			const dependent = targets[next] ?? 0;
			const chain = (own[node] ?? 0) + (remaining[dependent] ?? 0);
			if (chain > (remaining[node] ?? 0) || follows[node] === -1 && chain === remaining[node]) {
				remaining[node] = chain;
				follows[node] = dependent;
			}
		}
	}
	let first = -1;
	for (let node = 0; node < remaining.length; node++) if (first === -1 || (remaining[node] ?? 0) > (remaining[first] ?? 0)) first = node;
	const criticalPath = [];
	for (let node = first; node !== -1; node = follows[node] ?? -1) criticalPath.push(...named(graph, node));
	return {
		criticalPath,
		length: remaining[first] ?? 0,
		remaining: (id) => remaining[graph.placeOf(id)] ?? 0
	};
}

export { makeGraph as a, findCycle as i, chainsOf as n, walk as o, countDependents as r, blockersOf as t };