// src/github/lists.ts
var ListTooLong = class extends Error {
	name = "ListTooLong";
	list;
	constructor(list) {
		const where = list.of === void 0 ? "" : ` of #${list.of}`;
		super(`The list of ${list.kind}${where} is too long: reading stopped after ${list.read} items.`);
		this.list = list;
	}
};
/** One call may read so often beyond its first answer. A look at an epic makes a few calls. */
const MAX_FURTHER_QUERIES = 60;
/** How many objects one further query may ask for. GitHub allows 500,000, and ten seconds. */
const MAX_WEIGHT = 1e3;
const shapes = /* @__PURE__ */ new Map();
/**
* Defines a list.
* @param name unique; part of an alias in the query
* @returns the part of a query that reads its first page; `size` changes that page's size.
*/
function defineList(name, shape) {
	if (shapes.has(name)) throw new Error(`There are two lists with the name ${name}.`);
	shapes.set(name, shape);
	return (size = shape.size) => pageText(name, shape, size);
}
/** A page of a list where the other items are not wanted, with the reason. */
const onlyThe = (end, size, _reason) => `${end}: ${size}`;
/** The page of a list in a query. */
function pageText(name, shape, size, cursor) {
	const { field, as = field, filter, end, also, select } = shape;
	const edge = end === "first" ? "after" : "before";
	const args = [
		`${end}: ${size}`,
		...cursor ? [`${edge}: $${cursor}`] : [],
		...filter ? [filter] : []
	];
	const info = end === "first" ? "hasNextPage endCursor" : "hasPreviousPage startCursor";
	return `${as === field ? field : `${as}: ${field}`}(${args.join(", ")}) { more_${name}: pageInfo { ${info} } ${also ? `${also} ` : ""}nodes { ${select} } }`;
}
/** Reads on in every list of an answer that has more, and adds the items to the answer. */
async function readOn(answer, ask, options = {}) {
	const cut = (open) => {
		const list = {
			kind: open.shape.kind,
			of: open.of,
			read: open.list.nodes.length
		};
		if (!options.onCut) throw new ListTooLong(list);
		options.onCut(list);
	};
	const isEnough = ({ name, list }) => options.enough?.[name]?.(list.nodes) ?? false;
	let open = openLists(answer).filter((each) => !isEnough(each));
	for (let queries = 0; open.length > 0;) {
		const readable = open.filter(({ shape, list, cursor }) => cursor && list.nodes.length < shape.most);
		for (const each of open) if (!readable.includes(each)) cut(each);
		const batches = packed(readable, ({ shape }) => shape.weight ?? pageSizeOf(shape), MAX_WEIGHT);
		const now = batches.slice(0, 60 - queries);
		for (const each of batches.slice(now.length).flat()) cut(each);
		queries += now.length;
		open = (await Promise.all(now.map((batch) => readPages(batch, ask, cut)))).flat().filter((each) => !isEnough(each));
	}
	return answer;
}
const pageSizeOf = ({ pageSize = 100 }) => pageSize;
/** Reads one more page of each list. @returns the lists that then have more, those in the new items included. */
async function readPages(batch, ask, cut) {
	const variables = {};
	const declared = [];
	const parts = batch.map(({ name, shape, id, cursor }, index) => {
		declared.push(`$id${index}: ID!`, `$cursor${index}: String!`);
		variables[`id${index}`] = id;
		variables[`cursor${index}`] = cursor;
		const page = pageText(name, shape, pageSizeOf(shape), `cursor${index}`);
		const inside = (shape.path ?? []).reduceRight((inner, field) => `${field} { ${inner} }`, page);
		return `list${index}: node(id: $id${index}) { id ... on ${shape.on} { ${inside} } }`;
	});
	const fragments = new Set(batch.map(({ shape }) => shape.fragment ?? ""));
	const answer = await ask(`query SwarmMore(${declared.join(", ")}) {\n  ${parts.join("\n  ")}\n}\n${[...fragments].join("\n")}`, variables);
	return batch.flatMap((open, index) => {
		const { shape, list } = open;
		const page = [...shape.path ?? [], shape.as ?? shape.field].reduce((at, field) => isObject(at) ? at[field] : void 0, answer[`list${index}`]);
		if (!isList(page)) {
			cut(open);
			return [];
		}
		const found = openLists(page, {
			id: open.id,
			of: open.of
		}).map((each) => each.list === page ? {
			...each,
			list
		} : each);
		if (shape.end === "first") list.nodes.push(...page.nodes);
		else list.nodes.unshift(...page.nodes);
		return found;
	});
}
const isObject = (value) => typeof value === "object" && value !== null;
const isList = (value) => isObject(value) && Array.isArray(value.nodes);
/** All lists in an answer that have more items than it holds. */
function openLists(answer, above = {}) {
	const found = [];
	const walk = (value, id, of) => {
		if (Array.isArray(value)) for (const item of value) walk(item, id, of);
		if (!isObject(value) || Array.isArray(value)) return;
		const here = typeof value.id === "string" ? value.id : id;
		const number = typeof value.number === "number" ? value.number : of;
		for (const [key, inner] of Object.entries(value)) {
			const name = key.startsWith("more_") ? key.slice(5) : void 0;
			const shape = name === void 0 ? void 0 : shapes.get(name);
			if (name === void 0 || !shape) walk(inner, here, number);
			else if (here === void 0) throw new Error(`The object with the list ${name} is not asked for its id.`);
			else if (isList(value) && hasMore(inner)) {
				const { endCursor, startCursor } = inner;
				found.push({
					name,
					shape,
					id: here,
					of: number,
					list: value,
					cursor: endCursor ?? startCursor
				});
			}
		}
	};
	walk(answer, above.id, above.of);
	return found;
}
const hasMore = ({ hasNextPage, hasPreviousPage }) => hasNextPage === true || hasPreviousPage === true;
/** Splits items, in their order, into parts of at most this size. */
function packed(items, sizeOf, maxSize) {
	const all = [];
	let room = 0;
	for (const item of items) {
		const size = sizeOf(item);
		if (size > room) {
			all.push([]);
			room = maxSize;
		}
		all.at(-1)?.push(item);
		room -= size;
	}
	return all;
}

export { readOn as a, packed as i, defineList as n, onlyThe as r, ListTooLong as t };