import { a as headSha, c as issueNumber, i as WORKERS, l as numberIn$1, n as EFFORTS, o as instant, s as issueId, t as COMMIT_TYPES, u as pullNumber } from "./epic-rYHwM1Ue.js";
import { a as keptOf, n as emptyRecord } from "./journal-D5iaOKMA.js";
import { _ as trimEndOf, s as inline, t as block } from "./safe-DREuXmZf.js";
import { r as COMMAND_LABELS, t as nearest, u as labelName } from "./nearest-BXWPg-TN.js";
import { i as inRepository, n as GitHubRefused } from "./client-Dzo8pPA_.js";
import { n as readMarker } from "./marker-C_yCMjG1.js";
import { a as answersWith, c as hasReacted, d as othersIn, i as EPIC, l as inPages, n as CONFIG, o as childrenOfGroups, r as EDITS, s as detail, t as CHILDREN, u as issuesByNumber } from "./questions-Hq2iUrKK.js";
import { c as reportRef, i as parseJournal, l as wholeText, n as calibrationRef, o as readEarlier, r as journalRef } from "./journal-B8qzQidL.js";
import { a as sayProblem, t as DOCS_URL } from "./problems-B1fRtXUi.js";
import { i as mention } from "./voice-5ZKwF4Yq.js";
import { createHash } from "node:crypto";

// src/core/scope/glob.ts
const GLOB_CHARS = 512;
/** Alternatives one glob may stand for. */
const ALTERNATIVES = 64;
const SLASH = 47;
const LAST_CODE_POINT = 1114111;
/** Shared, so that a long pattern is a list of pointers. */
const ASCII = Array.from({ length: 128 }, (_, point) => [point, point]);
const ANY_LETTER = [
	0,
	46,
	48,
	LAST_CODE_POINT
];
/** Only names and stars: nothing in it has a second meaning, and nothing of it is refused. */
const USUAL$1 = /^[\w*-][\w*.-]*(?:\/[\w*-][\w*.-]*)*$/;
/**
* Globs and names that were read, each once. Whoever plans asks of one glob several times what it means, and ten thousand
* globs have few different names. It is made for one plan, and forgotten with it.
*/
var Globs = class {
	#read = /* @__PURE__ */ new Map();
	#names = /* @__PURE__ */ new Map();
	/** Names that would mean something else, were they read. */
	#own = /* @__PURE__ */ new Map();
	#ids = 0;
	/** The patterns a glob stands for; or why it stands for none, as a clause that begins in lower case. */
	read(text) {
		return this.look(text).read;
	}
	/** The same, with what tells this glob from the others that were read. */
	look(text) {
		let glob = this.#read.get(text);
		if (glob === void 0) {
			glob = {
				read: text.length <= GLOB_CHARS && USUAL$1.test(text) ? [this.#usual(text)] : this.#any(text),
				id: this.#read.size
			};
			this.#read.set(text, glob);
		}
		return glob;
	}
	#usual(text) {
		const pattern = [];
		for (let start = 0; start <= text.length;) {
			const slash = text.indexOf("/", start);
			const end = slash === -1 ? text.length : slash;
			const read = this.#name(text.slice(start, end));
			if (read === "any parts" || !("fault" in read)) pattern.push(read);
			start = end + 1;
		}
		return pattern;
	}
	#any(text) {
		const fault = faultOf(text);
		if (fault !== void 0) return fault;
		const glob = text.replace(/^(?:\.\/)+/, "");
		if (glob.includes("//")) return "it has an empty part, \"//\"";
		const alternatives = expandBraces(glob.endsWith("/") ? `${glob}**` : glob);
		if (typeof alternatives === "string") return alternatives;
		const patterns = [];
		for (const alternative of alternatives) {
			const parts = alternative.split("/");
			if (parts.includes("..") || parts.includes(".")) return "it has a part \".\" or \"..\"";
			if (parts.includes("")) continue;
			const pattern = [];
			for (const part of parts) {
				const read = this.#name(part);
				if (read !== "any parts" && "fault" in read) return read.fault;
				pattern.push(read);
			}
			patterns.push(pattern);
		}
		if (patterns.length === 0) return "it stands for no path";
		const own = glob.split("/");
		if (!own.includes("") && !patterns.some((pattern) => matches(pattern, own))) patterns.push(own.map((literal) => this.#literal(literal)));
		return patterns;
	}
	/**
	* A pattern that means at least what a glob may mean that is not read: names of what it is written with where they can
	* be trusted, anything in place of the rest.
	*/
	readLoosely(text) {
		const anything = ["any parts"];
		if (!/[@?*+!]\(/.test(text) || typeof this.read(text.replace(/[()|@+!]/g, "")) === "string") return anything;
		if (/[{}\\]/.test(text)) return anything;
		const pattern = [];
		for (const part of text.replace(/^(?:\.\/)+/, "").split("/")) {
			if (/[()]/.test(part)) return [...pattern, "any parts"];
			const read = this.#name(part);
			if (read !== "any parts" && "fault" in read) return anything;
			pattern.push(read);
		}
		return pattern;
	}
	#name(text) {
		let name = this.#names.get(text);
		if (name === void 0) {
			name = readPart(text, this.#ids++);
			this.#names.set(text, name);
		}
		return name;
	}
	/** The name itself, whatever its letters would mean. */
	#literal(literal) {
		const read = this.#name(literal);
		if (read !== "any parts" && "literal" in read) return read;
		const name = this.#own.get(literal) ?? {
			literal,
			id: this.#ids++
		};
		this.#own.set(literal, name);
		return name;
	}
};
/** The patterns a glob stands for; or why it stands for none, as a clause that begins in lower case. */
const readGlob = (text) => new Globs().read(text);
/** What is wrong with a glob as it is written, its braces and classes aside. */
function faultOf(text) {
	if (text.trim() === "") return "it is empty";
	if (text.length > GLOB_CHARS) return `it has more than ${GLOB_CHARS} characters`;
	if (/[\p{Cc}\p{Cs}]/u.test(text)) return "it has control characters in it";
	if (text !== text.trim()) return "it begins or ends with a space";
	if (text.includes("\\")) return "it has a backslash in it; parts of a path are parted by \"/\"";
	if (text.startsWith("/")) return "it is absolute; scopes are relative to the repository";
	if (text.startsWith("~")) return "it begins with \"~\"; scopes are relative to the repository";
	if (/^[A-Za-z]:/.test(text)) return "it names a drive; scopes are relative to the repository";
	if (/[@?*+!]\(/.test(text)) return "extended globs such as \"@(…)\" are not read; write the alternatives as \"{a,b}\"";
	if (text.startsWith("!")) return "it is negated twice";
}
function readPart(text, id) {
	if (text === "**") return "any parts";
	const pieces = [];
	let literal = true;
	const letters = [...text];
	for (let at = 0; at < letters.length; at++) {
		const letter = letters[at] ?? "";
		if (letter === "*") {
			if (pieces.at(-1) !== "any letters") pieces.push("any letters");
		} else if (letter === "?") pieces.push(ANY_LETTER);
		else if (letter === "[" && classEnd(letters, at) !== -1) {
			const end = classEnd(letters, at);
			const read = readClass(letters.slice(at + 1, end));
			if (typeof read === "string") return { fault: read };
			pieces.push(read);
			at = end;
		} else {
			pieces.push(oneLetter(letter.codePointAt(0) ?? 0));
			continue;
		}
		literal = false;
	}
	return literal ? {
		literal: text,
		id
	} : wild(pieces, text, id);
}
function wild(pieces, text, id) {
	const first = pieces.findIndex((piece) => letterOf(piece) === void 0);
	const last = pieces.findLastIndex((piece) => letterOf(piece) === void 0);
	const said = (some) => some.map((piece) => letterOf(piece) ?? "").join("");
	return {
		pieces,
		text,
		start: said(pieces.slice(0, first)),
		end: said(pieces.slice(last + 1)),
		isPlain: first === last && pieces[first] === "any letters",
		id
	};
}
/** The one letter it stands for, where it stands for one. */
const letterOf = (piece) => piece !== "any letters" && piece.length === 2 && piece[0] === piece[1] ? String.fromCodePoint(piece[0] ?? 0) : void 0;
const oneLetter = (point) => ASCII[point] ?? [point, point];
/** Where the class that opens at `start` closes; -1 where it never does, and the bracket is only a bracket. */
function classEnd(letters, start) {
	let at = start + 1;
	if (letters[at] === "!" || letters[at] === "^") at++;
	if (letters[at] === "]") at++;
	return letters.indexOf("]", at);
}
function readClass(given) {
	const negated = given[0] === "!" || given[0] === "^";
	const letters = (negated ? given.slice(1) : given).map((letter) => letter.codePointAt(0) ?? 0);
	const ranges = [];
	for (let at = 0; at < letters.length; at++) {
		const from = letters[at] ?? 0;
		const to = letters[at + 2];
		if (letters[at + 1] === 45 && to !== void 0) {
			if (to < from) return `the range "${String.fromCodePoint(from)}-${String.fromCodePoint(to)}" runs backwards`;
			ranges.push([from, to]);
			at += 2;
		} else ranges.push([from, from]);
	}
	const taken = negated ? without([...ranges, [SLASH, SLASH]]) : without([...complement(ranges), [SLASH, SLASH]]);
	return taken.length === 0 ? "it has a class that no character is in" : taken.flat();
}
const complement = (ranges) => without(ranges);
/** Every code point that is in none of the ranges, as sorted ranges. */
function without(ranges) {
	const left = [];
	let next = 0;
	for (const [from, to] of [...ranges].sort((a, b) => a[0] - b[0])) {
		if (from > next) left.push([next, from - 1]);
		next = Math.max(next, to + 1);
	}
	if (next <= LAST_CODE_POINT) left.push([next, LAST_CODE_POINT]);
	return left;
}
/** @returns all alternatives without braces, or why they cannot be listed. */
function expandBraces(glob) {
	const done = [];
	const open = [glob];
	for (let text = open.pop(); text !== void 0; text = open.pop()) {
		const group = firstGroup(text);
		if (typeof group === "string") return group;
		if (!group) done.push(text);
		else {
			const { start, end, choices } = group;
			for (const choice of [...choices].reverse()) open.push(text.slice(0, start) + choice + text.slice(end + 1));
		}
		if (done.length + open.length > 64) return `its braces stand for more than ${64} alternatives`;
	}
	return done;
}
/** The first `{…}` that is a choice; one without comma or range, such as `{name}`, is text. */
function firstGroup(text) {
	const open = [];
	let first;
	for (let at = 0; at < text.length; at++) {
		const letter = text[at];
		if (letter === "{") open.push({
			start: at,
			commas: []
		});
		else if (letter === ",") open.at(-1)?.commas.push(at);
		else if (letter === "}") {
			const group = open.pop();
			if (!group) return "its braces do not match";
			const { start, commas } = group;
			if (first && first.start < start) continue;
			const edges = [
				start,
				...commas,
				at
			];
			const choices = commas.length > 0 ? edges.slice(1).map((edge, index) => text.slice((edges[index] ?? 0) + 1, edge)) : readRange(text.slice(start + 1, at));
			if (typeof choices === "string") return choices;
			if (choices) first = {
				start,
				end: at,
				choices
			};
		}
	}
	return open.length > 0 ? "its braces do not match" : first;
}
function readRange(text) {
	const letters = /^([A-Za-z])\.\.([A-Za-z])$/.exec(text);
	const numbers = /^(-?\d+)\.\.(-?\d+)$/.exec(text);
	if (!letters && !numbers) return void 0;
	if (numbers && /(?:^|\.|-)0\d/.test(text)) return "its range has leading zeros; write the numbers out as \"{01,02}\"";
	const [from = 0, to = 0] = letters ? [letters[1]?.codePointAt(0), letters[2]?.codePointAt(0)] : [Number(numbers?.[1]), Number(numbers?.[2])];
	const count = Math.abs(to - from) + 1;
	if (!(count <= 64)) return `its braces stand for more than ${64} alternatives`;
	const step = to < from ? -1 : 1;
	return Array.from({ length: count }, (_, at) => {
		const value = from + at * step;
		return letters ? String.fromCodePoint(value) : String(value);
	});
}
/** Whether the pattern means this path. Takes at most the product of both lengths, whatever the pattern. */
const matches = (pattern, path) => matchesAll(pattern, path, (part) => part === "any parts", (part, name) => part !== "any parts" && partMatches(part, name));
function partMatches(part, name) {
	if ("literal" in part) return part.literal === name;
	if (!name.startsWith(part.start) || !name.endsWith(part.end)) return false;
	if (part.isPlain) return name.length >= part.start.length + part.end.length;
	return matchesAll(part.pieces, [...name], (piece) => piece === "any letters", (piece, letter) => piece !== "any letters" && has(piece, letter.codePointAt(0) ?? 0));
}
/**
* Wildcard matching without backtracking into itself: only the last wildcard ever has to give way, since what stood
* before it was already matched as early as possible.
*/
function matchesAll(tokens, items, isMany, matchesOne) {
	let token = 0;
	let many = -1;
	let resume = 0;
	for (let item = 0; item < items.length;) {
		const one = tokens[token];
		if (one !== void 0 && isMany(one)) {
			many = token++;
			resume = item;
		} else if (one !== void 0 && matchesOne(one, items[item])) {
			token++;
			item++;
		} else if (many !== -1) {
			token = many + 1;
			item = ++resume;
		} else return false;
	}
	return tokens.slice(token).every(isMany);
}
/**
* Whether all that the one pattern means is surely meant by the other. Looked at part by part and piece by piece: `true`
* is proved, `false` is not.
*/
const isWithin = (pattern, other, meter = { spent: 0 }) => matchesAll(other, pattern, (part) => part === "any parts", (part, own) => part !== "any parts" && own !== "any parts" && isNameWithin(own, part, meter));
function isNameWithin(own, other, meter) {
	meter.spent++;
	if ("literal" in own) return partMatches(other, own.literal);
	if ("literal" in other || !own.start.startsWith(other.start) || !own.end.endsWith(other.end)) return false;
	meter.spent += own.pieces.length + other.pieces.length;
	return matchesAll(other.pieces, own.pieces, (piece) => piece === "any letters", (piece, some) => piece !== "any letters" && some !== "any letters" && areLettersWithin(some, piece));
}
/** Whether some path is meant by both patterns. Exact. */
const patternsMeet = (a, b, meter = { spent: 0 }) => meetAll(a, b, (part) => part === "any parts", (one, other) => one !== "any parts" && other !== "any parts" && partsMeet(one, other, meter), meter);
/** Whether some name is meant by both. Exact. */
function partsMeet(a, b, meter) {
	meter.spent++;
	if ("literal" in a) return partMatches(b, a.literal);
	if ("literal" in b) return partMatches(a, b.literal);
	if (!a.start.startsWith(b.start) && !b.start.startsWith(a.start)) return false;
	if (!a.end.endsWith(b.end) && !b.end.endsWith(a.end)) return false;
	if (a.isPlain && b.isPlain) return true;
	return meetAll(a.pieces, b.pieces, (piece) => piece === "any letters", (one, other) => one !== "any letters" && other !== "any letters" && lettersMeet(one, other), meter);
}
/**
* Whether some sequence matches both lists of tokens: walks the pairs of positions that one sequence can bring both
* to, from the beginning to the end of both. Takes the product of both lengths.
*/
function meetAll(a, b, isMany, onesMeet, meter) {
	let start = 0;
	let endA = a.length;
	let endB = b.length;
	for (; start < endA && start < endB; start++) {
		const [one, other] = [a[start], b[start]];
		if (isMany(one) || isMany(other)) break;
		if (!onesMeet(one, other)) return false;
	}
	for (; start < endA && start < endB; endA--, endB--) {
		const [one, other] = [a[endA - 1], b[endB - 1]];
		if (isMany(one) || isMany(other)) break;
		if (!onesMeet(one, other)) return false;
	}
	return meetBetween(a.slice(start, endA), b.slice(start, endB), isMany, onesMeet, meter);
}
function meetBetween(a, b, isMany, onesMeet, meter) {
	if (a.length === 0 || b.length === 0) return a.every(isMany) && b.every(isMany);
	meter.spent += a.length * b.length;
	let here = new Uint8Array(b.length + 1);
	here[0] = 1;
	for (let i = 0; i <= a.length; i++) {
		const below = new Uint8Array(b.length + 1);
		const one = a[i];
		for (let j = 0; j <= b.length; j++) {
			if (here[j] === 0) continue;
			const other = b[j];
			const oneIsMany = one !== void 0 && isMany(one);
			const otherIsMany = other !== void 0 && isMany(other);
			if (oneIsMany || otherIsMany && one !== void 0) below[j] = 1;
			if (otherIsMany || oneIsMany && other !== void 0) here[j + 1] = 1;
			if (one !== void 0 && other !== void 0 && !oneIsMany && !otherIsMany && onesMeet(one, other)) below[j + 1] = 1;
		}
		if (i === a.length) return here[b.length] === 1;
		here = below;
	}
	return false;
}
function has(letters, point) {
	for (let at = 0; at < letters.length; at += 2) if (point >= (letters[at] ?? 0) && point <= (letters[at + 1] ?? 0)) return true;
	return false;
}
function areLettersWithin(own, other) {
	for (let at = 0; at < own.length; at += 2) {
		const end = own[at + 1] ?? 0;
		const holds = other.findIndex((bound, place) => place % 2 === 1 && bound >= end);
		if (holds === -1 || (other[holds - 1] ?? 0) > (own[at] ?? 0)) return false;
	}
	return true;
}
function lettersMeet(a, b) {
	let i = 0;
	let j = 0;
	while (i < a.length && j < b.length) {
		if (Math.max(a[i] ?? 0, b[j] ?? 0) <= Math.min(a[i + 1] ?? 0, b[j + 1] ?? 0)) return true;
		if ((a[i + 1] ?? 0) < (b[j + 1] ?? 0)) i += 2;
		else j += 2;
	}
	return false;
}
/** Whether the glob means every file there is. */
const isEverything = (glob, globs = new Globs()) => {
	if (/^[\w-]/.test(glob)) return false;
	const patterns = globs.read(glob);
	return typeof patterns !== "string" && patterns.some((pattern) => pattern.includes("any parts") && pattern.every((part, at) => part === "any parts" || at === pattern.length - 1 && part !== void 0 && isAnyName(part)));
};
const isAnyName = (part) => part !== "any parts" && "pieces" in part && part.pieces.length === 1 && part.pieces[0] === "any letters";
/**
* The directory, or the one file, under which everything a glob means lies; '' for the whole repository.
*/
function fixedPart(glob) {
	const bare = glob.startsWith("./") ? glob.slice(2) : glob;
	const wild = bare.search(/[*?[{]/);
	const fixed = wild === -1 ? bare : bare.slice(0, Math.max(0, bare.lastIndexOf("/", wild)));
	if (fixed.startsWith("/")) return "";
	const empty = fixed.endsWith("/") ? fixed.length - 1 : -1;
	const doubled = fixed.indexOf("//");
	const end = doubled === -1 ? empty : doubled;
	return end === -1 ? fixed : fixed.slice(0, end);
}

// src/core/scope/forest.ts
/**
* Patterns in one tree, part by part, and a walk that finds all of them that can mean the same path as another one.
*
* It goes through tree and pattern at once and only where both can go, so comparing a pattern with ten thousand others
* costs what they have in common with it, not ten thousand comparisons. A `**` in the tree is an edge to a place that
* keeps whatever comes; one in the pattern goes down every edge.
*
* Ten thousand scopes make fifty thousand places. They are numbers, and what is known of them stands in typed arrays: as
* objects with edges of their own they would cost more to make than to walk.
*/
/** No place, no pattern. */
const NONE$1 = -1;
const ROOT = 0;
/** So many places passed are looked through one by one. */
const FEW = 12;
var Forest = class {
	#patterns;
	#places = 1;
	#above;
	#names = [void 0];
	#beside;
	#literals;
	#wilds;
	/** Behind a `**`. */
	#rest;
	/** 1: it is behind a `**` itself, and keeps any part. */
	#keeps;
	/** The last pattern that ends here; and by pattern, the one before it. */
	#ends;
	#endsBefore;
	/** Places by what is above them and their name: found by probing from a hash on. */
	#table;
	#open = [];
	#passed = [];
	#many = /* @__PURE__ */ new Set();
	#width = 1;
	/** @param patterns all that may be added, told by their position from then on; read by one `Globs`. */
	constructor(patterns) {
		const most = patterns.reduce((sum, { length }) => sum + length, 1);
		const list = () => new Int32Array(most).fill(NONE$1);
		this.#patterns = patterns;
		this.#above = list();
		this.#beside = list();
		this.#literals = list();
		this.#wilds = list();
		this.#rest = list();
		this.#keeps = new Uint8Array(most);
		this.#ends = list();
		this.#endsBefore = new Int32Array(patterns.length).fill(NONE$1);
		this.#table = new Int32Array(1 << Math.ceil(Math.log2(2 * most + 2)));
	}
	add(pattern) {
		let place = ROOT;
		for (const part of this.#patterns[pattern] ?? []) if (part !== "any parts") place = this.#edge(place, part, true);
		else if (this.#keeps[place] === 0) {
			if (this.#rest[place] === NONE$1) {
				this.#rest[place] = this.#places;
				this.#keeps[this.#places++] = 1;
				this.#names.push(void 0);
			}
			place = this.#rest[place] ?? ROOT;
		}
		this.#endsBefore[pattern] = this.#ends[place] ?? NONE$1;
		this.#ends[place] = pattern;
	}
	/** Where the edge of this name leads to; one that is not there is made where it is asked for. */
	#edge(place, name, isMade) {
		const table = this.#table;
		const mask = table.length - 1;
		let at = (Math.imul(place, 2654435761) ^ Math.imul(name.id, 2246822507)) & mask;
		for (let to = table[at] ?? 0; to !== 0; to = table[at] ?? 0) {
			if (this.#above[to] === place && this.#names[to]?.id === name.id) return to;
			at = at + 1 & mask;
		}
		if (!isMade) return NONE$1;
		const to = this.#places++;
		table[at] = to;
		this.#above[to] = place;
		this.#names.push(name);
		const edges = "literal" in name ? this.#literals : this.#wilds;
		this.#beside[to] = edges[place] ?? NONE$1;
		edges[place] = to;
		return to;
	}
	/** All patterns added before that some path of this one is a path of, too; each once. */
	meeting(asked, meter) {
		const pattern = this.#patterns[asked] ?? [];
		const beside = this.#beside;
		const found = [];
		const open = this.#open;
		this.#passed.length = 0;
		if (this.#many.size > 0) this.#many.clear();
		this.#width = pattern.length + 1;
		open.push(ROOT, 0, 0);
		while (open.length > 0) {
			const isFree = open.pop() === 1;
			const at = open.pop() ?? 0;
			const place = open.pop() ?? 0;
			meter.spent++;
			const rest = this.#rest[place] ?? NONE$1;
			if (rest !== NONE$1) this.#goFree(rest, at);
			const part = pattern[at];
			if (part === void 0) {
				for (let end = this.#ends[place] ?? NONE$1; end !== NONE$1; end = this.#endsBefore[end] ?? NONE$1) found.push(end);
				continue;
			}
			const isKept = this.#keeps[place] === 1;
			if (part === "any parts") {
				this.#goFree(place, at + 1);
				for (let to = this.#literals[place] ?? NONE$1; to !== NONE$1; to = beside[to] ?? NONE$1) this.#goFree(to, at);
				for (let to = this.#wilds[place] ?? NONE$1; to !== NONE$1; to = beside[to] ?? NONE$1) this.#goFree(to, at);
				continue;
			}
			if (isKept) this.#goFree(place, at + 1);
			if ("literal" in part) {
				const to = this.#edge(place, part, false);
				if (to !== NONE$1) this.#go(to, at + 1, isFree);
			} else this.#goWhere(this.#literals, place, part, at, isFree, meter);
			this.#goWhere(this.#wilds, place, part, at, isFree, meter);
		}
		return found;
	}
	/** Down all edges whose names could be this one's. */
	#goWhere(edges, place, part, at, isFree, meter) {
		for (let to = edges[place] ?? NONE$1; to !== NONE$1; to = this.#beside[to] ?? NONE$1) {
			const name = this.#names[to];
			if (name && partsMeet(part, name, meter)) this.#go(to, at + 1, isFree);
		}
	}
	#go(place, at, isFree) {
		if (isFree) this.#goFree(place, at);
		else this.#open.push(place, at, 0);
	}
	/** A place is reached at one position by one way only, until a `**` on either side has been passed. */
	#goFree(place, at) {
		const key = place * this.#width + at;
		const passed = this.#passed;
		if (passed.length < FEW) {
			if (passed.includes(key)) return;
			passed.push(key);
		} else {
			if (passed.includes(key) || this.#many.has(key)) return;
			this.#many.add(key);
		}
		this.#open.push(place, at, 1);
	}
};

// src/core/scope/scope.ts
/** What comparing may cost in one plan, in pairs of tokens; what is left then counts as overlapping. */
const WORK = 4e7;
/** Patterns one scope may stand for, all alternatives of its globs counted. */
const PATTERNS = 400;
/** Why this is no glob that swarm takes, as a clause that begins in lower case; undefined where it is one. */
function globFault(glob, globs = new Globs()) {
	const read = globs.read(isNegated(glob) ? glob.slice(1) : glob);
	return typeof read === "string" ? read : void 0;
}
/** `!(a|b)` is not a negation but an extended glob, which is refused. */
const isNegated = (glob) => glob.startsWith("!") && !glob.startsWith("!(");
/** Why this list is no scope, as a clause. Its globs are judged one by one with `globFault`. */
function scopeFault(scope, globs = new Globs()) {
	if (scope.length > 0 && scope.every(isNegated)) return "it only says which files are not meant; say first which are";
	if (scope.some(isNegated) && leavesNothing(scope, globs)) return "what it leaves out with \"!\" is all that it names";
	if (scope.length * (64 + 1) <= PATTERNS) return void 0;
	let patterns = 0;
	for (const glob of scope) {
		const read = globs.read(isNegated(glob) ? glob.slice(1) : glob);
		if (typeof read !== "string") patterns += read.length;
	}
	return patterns > PATTERNS ? `all its globs together stand for more than ${PATTERNS} alternatives` : void 0;
}
function leavesNothing(scope, globs) {
	const unwanted = unwantedIn(scope, globs);
	return scope.every((glob) => {
		const read = isNegated(glob) ? NONE : globs.read(glob);
		return typeof read !== "string" && read.every((pattern) => isCovered(pattern, unwanted));
	});
}
/**
* Whether a changed file lies inside a scope. Takes at most the product of both lengths, whatever the glob.
*
* @param path relative to the repository, parted by `/`, as git says it.
*/
const isInside = (path, globs) => insideOf$1(globs)(path);
/** `isInside` for many files of one scope: its globs are read once. */
function insideOf$1(globs) {
	const { wanted, unwanted } = readScope(globs);
	return (path) => {
		const parts = path.split("/");
		if (parts.includes("")) return false;
		return wanted.some(({ patterns }) => patterns.some((pattern) => matches(pattern, parts))) && !unwanted.some((pattern) => matches(pattern, parts));
	};
}
/**
* All pairs of scopes that some path could be inside both of, in order, each with the first two globs that say so. Exact
* without negations; with them what is missing is proved, and a pair may be more than there is, which `doubt` then says.
*
* Every pattern goes once through one tree of those before it (`Forest`), so
* that `src/cart/**` never meets what lies in `src/mail`, and a glob that a hundred scopes share is walked once.
*/
function overlappingScopes(scopes, read = new Globs()) {
	const unwanted = scopes.map((scope) => unwantedIn(scope, read));
	const meter = { spent: 0 };
	const uses = usesOf(scopes, unwanted, read, meter);
	const found = /* @__PURE__ */ new Map();
	const count = scopes.length;
	const forest = new Forest(uses.map(({ pattern }) => pattern));
	uses.forEach((use, at) => {
		const isIn = meter.spent <= WORK;
		meet(use, use, isIn);
		if (isIn) for (const other of forest.meeting(at, meter)) meet(use, uses[other] ?? use, true);
		if (meter.spent > WORK) for (const other of uses.slice(0, at)) meet(use, other, false);
		else forest.add(at);
	});
	return sortedKeys(found).map((key) => {
		const place = found.get(key);
		const [one, other] = [Math.floor(key / count), key % count];
		const [a, b] = [scopes[one]?.[place?.a ?? 0] ?? "", scopes[other]?.[place?.b ?? 0] ?? ""];
		return place?.doubt ? {
			one,
			other,
			a,
			b,
			doubt: place.doubt
		} : {
			one,
			other,
			a,
			b
		};
	});
	function meet(one, other, compared) {
		for (let mine = one.last; mine; mine = mine.before) for (let theirs = one === other ? mine.before : other.last; theirs; theirs = theirs.before) if (mine.scope < theirs.scope) note(one, mine.scope, mine.at, other, theirs.scope, theirs.at, compared);
		else if (theirs.scope < mine.scope) note(other, theirs.scope, theirs.at, one, mine.scope, mine.at, compared);
	}
	function note(one, first, a, other, second, b, compared) {
		const key = first * count + second;
		const before = found.get(key);
		const isFirst = !before || a < before.a || a === before.a && b < before.b;
		if (before && before.doubt === void 0 && !isFirst) return;
		const doubt = compared ? doubtOf(one, first, other, second) : "not compared";
		if (doubt === "disjoint") return;
		if (!before || doubt === void 0 === (before.doubt === void 0) ? !isFirst : doubt !== void 0) return;
		if (before) {
			before.a = a;
			before.b = b;
			before.doubt = doubt;
		} else found.set(key, {
			a,
			b,
			doubt
		});
	}
	/** What the negations of either make of two patterns that meet. */
	function doubtOf(one, ofOne, other, ofOther) {
		const mine = unwanted[ofOne] ?? NONE;
		const theirs = unwanted[ofOther] ?? NONE;
		const nots = mine.length === 0 ? theirs : [...mine, ...theirs];
		if (nots.length > 0) {
			if (isCovered(one.pattern, nots, meter) || isCovered(other.pattern, nots, meter)) return "disjoint";
			if (nots.some((not) => patternsMeet(not, one.pattern, meter) && patternsMeet(not, other.pattern, meter))) return "negation";
		}
		return one.isLoose || other.isLoose ? "not read" : void 0;
	}
}
function sortedKeys(map) {
	const keys = new Float64Array(map.size);
	let end = 0;
	map.forEach((_, key) => {
		keys[end++] = key;
	});
	return Array.from(keys.sort());
}
const NONE = [];
/** What a scope takes away again; a negation that cannot be read takes nothing. */
function unwantedIn(scope, globs) {
	if (!scope.some(isNegated)) return NONE;
	return scope.flatMap((glob) => {
		const read = isNegated(glob) ? globs.read(glob.slice(1)) : NONE;
		return typeof read === "string" ? NONE : read;
	});
}
/**
* The patterns of all scopes, each glob's once. A glob that cannot be read means every file it might, until its author
* mends it.
*/
function usesOf(scopes, unwanted, globs, meter) {
	const uses = [];
	const byGlob = [];
	for (let scope = 0; scope < scopes.length; scope++) {
		const nots = unwanted[scope] ?? NONE;
		const all = scopes[scope] ?? [];
		for (let at = 0; at < all.length; at++) {
			const glob = all[at] ?? "";
			if (isNegated(glob)) continue;
			const { read, id } = globs.look(glob);
			let own = byGlob[id];
			if (!own) {
				const isLoose = typeof read === "string";
				own = (isLoose ? [globs.readLoosely(glob)] : read).map((pattern) => ({
					pattern,
					isLoose,
					last: void 0
				}));
				for (const use of own) uses.push(use);
				byGlob[id] = own;
			}
			for (const use of own) if (nots.length === 0 || !isCovered(use.pattern, nots, meter)) use.last = {
				scope,
				at,
				before: use.last
			};
		}
	}
	return uses;
}
/**
* What a change is judged by.
*
* A glob that cannot be read means no file here: nothing is let through by a mistake.
*/
function readScope(globs) {
	const wanted = [];
	const unwanted = [];
	for (const glob of globs) {
		const not = isNegated(glob);
		const patterns = readGlob(not ? glob.slice(1) : glob);
		if (typeof patterns === "string") continue;
		if (not) unwanted.push(...patterns);
		else wanted.push({
			glob,
			patterns
		});
	}
	return {
		wanted,
		unwanted
	};
}
/** Whether all that a pattern means is surely taken away. What there is no work left for is not: it then overlaps more. */
const isCovered = (pattern, unwanted, meter = { spent: 0 }) => unwanted.some((not) => meter.spent <= WORK && isWithin(pattern, not, meter));

// src/core/text/branch-name.ts
/**
* Branch names: made from the template, and held to what git and GitHub take.
*/
/** Git stores a branch as a path; longer names fail on some file systems, and on GitHub. */
const BRANCH_BYTES = 244;
/**
* The branch a template stands for.
*
* @param template with `{type}`, `{slug}`, `{number}` and `{epic}`; anything else in braces stays as it is, and
* `branchFault` says so.
*/
const branchName = (template, words) => template === "{type}/{slug}" ? `${words.type}/${words.slug}` : template.replace(/\{(type|slug|number|epic)\}/g, (_, word) => words[word]);
/**
* Why git or GitHub would not take this as a branch's name, as a clause; undefined where they do.
*
* @see https://git-scm.com/docs/git-check-ref-format
*/
function branchFault(name) {
	if (name.length < 40 && PLAIN.test(name) && !name.startsWith("refs/")) return void 0;
	if (name === "") return "it is empty";
	if (name.length > BRANCH_BYTES) return `it has more than ${BRANCH_BYTES} characters`;
	const placeholder = /\{[a-z]*\}/.exec(name)?.[0];
	if (placeholder) return `there is no ${placeholder}; there are {type}, {slug}, {number} and {epic}`;
	if (/[\p{Cc}\p{Cs} ~^:?*[\\]/u.test(name)) return "it has a blank, a control character or one of ~ ^ : ? * [ \\ in it";
	if (name.includes("..")) return "it has \"..\" in it";
	if (name.includes("@{")) return "it has \"@{\" in it";
	if (name === "@" || name === "HEAD") return "git keeps this name for itself";
	if (name.startsWith("-")) return "it begins with \"-\"";
	if (name.startsWith("refs/")) return "it begins with \"refs/\"; a branch is named without";
	if (name.endsWith(".")) return "it ends with \".\"";
	if (/^[0-9a-f]{40}(?:[0-9a-f]{24})?$/i.test(name)) return "it looks like a commit's id";
	for (const part of name.split("/")) {
		if (part === "") return "it begins or ends with \"/\", or has \"//\" in it";
		if (part.startsWith(".")) return "one of its parts begins with \".\"";
		if (part.endsWith(".lock")) return "one of its parts ends with \".lock\"";
	}
}
/** Small words and digits, parted: git has nothing against any of them, and few branches are called otherwise. */
const PLAIN = /^[a-z0-9]+(?:[-/][a-z0-9]+)*$/;
const SLUG_CHARS = 40;
/** A short name made from a title: ASCII, whole words, at most 40 characters; '' where the title has none. */
function slugOf(title) {
	if (title.length <= SLUG_CHARS && /^[A-Za-z0-9]+(?: [A-Za-z0-9]+)*$/.test(title)) return title.toLowerCase().replaceAll(" ", "-");
	const said = title.slice(0, 1e3).replace(/^\s*(?:feat|fix|refactor|docs|test|chore|perf|build|ci)(?:\([^()]*\))?!?:/i, "");
	const words = (/^[\0-\x7f]*$/.test(said) ? said : said.normalize("NFKD").replace(/\p{M}/gu, "")).toLowerCase().replace(/['’]/g, "").match(/[a-z0-9]+/g) ?? [];
	let slug = "";
	for (const word of words) {
		const longer = slug === "" ? word.slice(0, SLUG_CHARS) : `${slug}-${word}`;
		if (longer.length > SLUG_CHARS) break;
		slug = longer;
	}
	return slug;
}

// src/core/text/markdown.ts
/**
* What of an issue's Markdown speaks: its lines, without code, quotes and comments, and the references in them.
*
* People paste logs, templates and each other's words into issues. Only what the author says here and now may become a
* dependency or a segment (SPEC R1.3), so everything that reads an issue reads it through `readableLines`. The rules
* are CommonMark's, block by block; where a reader would see quoted or literal text, it does not count.
*
* @see https://spec.commonmark.org/0.31.2/ and https://github.github.com/gfm/
*/
const FLAG_OR_HIDDEN = new RegExp(`${/\u{1f3f4}[\u{e0061}-\u{e007a}]{4,5}\u{e007f}/u.source}|${/[\u{e0000}-\u{e007f}\u202a-\u202e\u2066-\u2069\u200b\u200e\u200f\u2060-\u2064\ufeff\u00ad\u180e\p{Cs}]|(?<=[\0-\x7f])[\u200c\u200d]/u.source}`, "gu");
const isFlag = (found) => found.startsWith("🏴");
/** Nothing beyond ASCII is hidden, or ends a line of its own kind: most texts need not be looked through for that. */
const ASCII_ONLY = /^[\0-\x7f]*$/;
/** How many characters of the text nobody can see. A byte order mark at the very start is none. */
const countHidden = (text) => ASCII_ONLY.test(text) ? 0 : (text.replace(/^\ufeff/, "").match(FLAG_OR_HIDDEN) ?? []).filter((found) => !isFlag(found)).length;
/** All lines as a person sees them, whatever ends them. */
function linesOf(text) {
	if (ASCII_ONLY.test(text)) return (text.includes("\r") ? text.split(/\r\n|\n|\r/) : text.split("\n")).map((line, at) => ({
		number: at + 1,
		text: line
	}));
	return text.replace(FLAG_OR_HIDDEN, (found) => isFlag(found) ? found : "").split(/\r\n|\n|\r/).flatMap((line, at) => line.split(/[\u2028\u2029]/).map((part) => ({
		number: at + 1,
		text: part
	})));
}
/** The lines that speak. Front matter is not told apart here: it has been cut off before. */
function readableLines(lines) {
	const readable = [];
	for (const paragraph of paragraphs(lines)) readable.push(...withoutInlineCode(paragraph));
	return readable;
}
const TEXT = { kind: "text" };
const COMMENT_END = "-->";
const LIST_MARK = /^\s*(?:[-*+]|\d{1,9}[.)])(?=\s|$)/;
const HEADING = /^ {0,3}#{1,6}(?=\s|$)/;
const FENCE = /^\s*(?:(?:[-*+]|\d{1,9}[.)])\s+)?(`{3,}|~{3,})([^\n]*)$/;
const COMMENT = /^(?: {0,3}|\s*(?:[-*+]|\d{1,9}[.)])\s+)<!--/;
/** Elements whose content is literal or somebody else's. */
const HTML = /^\s*<(pre|script|style|textarea|blockquote|code)(?=[\s>]|$)/i;
/** Runs of lines within which inline code can span; literal and quoted lines are left out. */
function paragraphs(lines) {
	const found = [];
	let current = [];
	let block = TEXT;
	let afterBlank = true;
	let inList = false;
	const part = () => {
		if (current.length > 0) found.push(current);
		current = [];
	};
	for (const line of lines) {
		const { number } = line;
		let { text } = line;
		if (block.kind === "text" && beginsWithLetter(text)) {
			if (afterBlank) inList = false;
			current.push(line);
			afterBlank = false;
			continue;
		}
		if (block.kind === "fence") {
			if (closesFence(text, block)) {
				block = TEXT;
				afterBlank = true;
			}
			continue;
		}
		if (block.kind === "html") {
			const left = afterHtml(text, block, 0);
			block = left.block;
			text = left.text;
			if (block.kind === "html") continue;
		}
		if (text.trim() === "") {
			part();
			if (block.kind === "quote") block = TEXT;
			afterBlank = true;
			continue;
		}
		const starts = LIST_MARK.test(text) || HEADING.test(text) || FENCE.test(text);
		if (/^\s*>/.test(text) || block.kind === "quote" && !starts) {
			part();
			block = { kind: "quote" };
			continue;
		}
		if (/^(?: {4}|\s*\t)/.test(text) && (afterBlank || block.kind === "indented code") && !inList) {
			block = { kind: "indented code" };
			continue;
		}
		block = opens(text);
		if (block.kind === "html") {
			const left = afterHtml(text, block, block.ends === COMMENT_END ? text.indexOf("<!--") + 2 : 0);
			block = left.block;
			text = left.text;
		}
		if (block.kind !== "text") {
			part();
			if (text === "" || block.kind !== "html") continue;
		}
		if (starts) part();
		if (LIST_MARK.test(text)) inList = true;
		else if (HEADING.test(text) || afterBlank && /^\S/.test(text)) inList = false;
		current.push({
			number,
			text
		});
		if (HEADING.test(text)) part();
		afterBlank = false;
	}
	part();
	return found;
}
/** An ASCII one: neither a blank nor anything that means more than itself at the beginning of a line. */
function beginsWithLetter(text) {
	const letter = text.charCodeAt(0) | 32;
	return letter >= 97 && letter <= 122;
}
function opens(text) {
	const fence = FENCE.exec(text);
	const mark = fence?.[1];
	if (mark !== void 0 && (mark.startsWith("~") || !fence?.[2]?.includes("`"))) return {
		kind: "fence",
		mark: mark[0] ?? "",
		length: mark.length
	};
	if (COMMENT.test(text)) return {
		kind: "html",
		ends: COMMENT_END
	};
	const tag = HTML.exec(text)?.[1];
	return tag === void 0 ? TEXT : {
		kind: "html",
		ends: `</${tag.toLowerCase()}>`
	};
}
/** What is left of a line after the end of the HTML that is open in it; and what is open after the line. */
function afterHtml(text, block, from) {
	const end = text.toLowerCase().indexOf(block.ends, from);
	if (end === -1) return {
		text: "",
		block
	};
	const rest = text.slice(end + block.ends.length);
	const again = rest.lastIndexOf("<!--");
	return again !== -1 && rest.indexOf(COMMENT_END, again + 2) === -1 ? {
		text: rest.slice(0, again),
		block: {
			kind: "html",
			ends: COMMENT_END
		}
	} : {
		text: rest,
		block: TEXT
	};
}
function closesFence(text, { mark, length }) {
	const only = text.trim();
	return only.length >= length && [...only].every((letter) => letter === mark);
}
const NO_CODE = [];
function withoutInlineCode(paragraph) {
	if (!paragraph.some(({ text }) => text.includes("`") || text.includes("<!--"))) return paragraph.map(({ number, text }) => ({
		number,
		text,
		withCode: text,
		code: NO_CODE
	}));
	const spans = spansIn(paragraph.map((line) => line.text).join("\n"));
	const readable = [];
	let start = 0;
	let next = 0;
	for (const { number, text } of paragraph) {
		const end = start + text.length;
		let bare = "";
		let withCode = "";
		let done = 0;
		const code = [];
		while (next < spans.length) {
			const span = spans[next];
			if (!span || span.from >= end) break;
			const from = Math.max(span.from, start) - start;
			const to = Math.min(span.to, end) - start;
			const blanks = " ".repeat(to - from);
			bare += text.slice(done, from) + blanks;
			withCode += text.slice(done, from) + (span.kind === "comment" ? blanks : text.slice(from, to));
			if (span.kind === "code") code.push(insideOf(text.slice(from, to)));
			done = to;
			if (span.to > end) break;
			next++;
		}
		bare += text.slice(done);
		withCode += text.slice(done);
		readable.push({
			number,
			text: bare,
			withCode,
			code
		});
		start = end + 1;
	}
	return readable;
}
/** What stands between the backticks of a code span, or of the part of one that is on a line. */
function insideOf(span) {
	const opened = span.replace(/^`+ ?/, "");
	const inside = trimEndOf(opened, "`");
	return inside !== opened && inside.endsWith(" ") ? inside.slice(0, -1) : inside;
}
/** Code spans and comments, in order. Linear: each run of backticks is looked for among those of its own length. */
function spansIn(text) {
	const runs = /* @__PURE__ */ new Map();
	for (const run of text.matchAll(/`+/g)) {
		const same = runs.get(run[0].length) ?? [];
		same.push(run.index);
		runs.set(run[0].length, same);
	}
	const passed = /* @__PURE__ */ new Map();
	const spans = [];
	let noMoreComments = false;
	for (let at = 0; at < text.length;) {
		const letter = text[at];
		if (letter === "\\") at += 2;
		else if (letter === "`") {
			let length = 1;
			while (text[at + length] === "`") length++;
			const same = runs.get(length) ?? [];
			let index = passed.get(length) ?? 0;
			while (index < same.length && (same[index] ?? 0) < at + length) index++;
			passed.set(length, index);
			const close = same[index];
			if (close !== void 0) spans.push({
				from: at,
				to: close + length,
				kind: "code"
			});
			at = close === void 0 ? at + length : close + length;
		} else if (letter === "<" && !noMoreComments && text.startsWith("<!--", at)) {
			const end = text.indexOf("-->", at + 2);
			noMoreComments = end === -1;
			if (end !== -1) spans.push({
				from: at,
				to: end + 3,
				kind: "comment"
			});
			at = end === -1 ? at + 4 : end + 3;
		} else at++;
	}
	return spans;
}
const REF = /(?:([A-Za-z0-9][A-Za-z0-9-]{0,38})\/([A-Za-z0-9._-]{1,100}))?#(\d{1,16})(?![\w-])|https?:\/\/[^\s/]{1,255}\/([A-Za-z0-9][A-Za-z0-9-]{0,38})\/([A-Za-z0-9._-]{1,100})\/(?:issues|pull)\/(\d{1,16})(?![\w-])/y;
const NO_REF = /(?:[A-Za-z0-9-]{1,39}\/[A-Za-z0-9._-]{1,100})?#-?\d[^\s,;)]{0,60}/y;
const BETWEEN = /(?:[\s,;&*_[]|and\b|\]\([^\s()]{0,300}\))+/y;
/** GitHub's numbers are signed 32-bit integers. */
const LARGEST_ISSUE = 2 ** 31 - 1;
/** The references that stand one after the other from a place on, parted by commas, blanks or "and". */
function readRefs(text, start = 0) {
	const refs = [];
	const faults = [];
	let end = start;
	for (let at = start;;) {
		BETWEEN.lastIndex = at;
		at += BETWEEN.exec(text)?.[0].length ?? 0;
		REF.lastIndex = at;
		const found = REF.exec(text);
		const number = numberIn(found?.[3] ?? found?.[6] ?? "");
		if (found && number !== void 0) {
			const owner = found[1] ?? found[4];
			const name = found[2] ?? found[5];
			refs.push({
				number,
				...owner !== void 0 && name !== void 0 ? { repository: {
					owner,
					name
				} } : {}
			});
			at = end = REF.lastIndex;
			continue;
		}
		NO_REF.lastIndex = at;
		const fault = NO_REF.exec(text);
		if (!fault) return {
			refs,
			faults,
			end
		};
		faults.push(fault[0]);
		at = end = NO_REF.lastIndex;
	}
}
/** A front matter's or command's way to name one issue: `12`, `#12`, `octo/shop#12`, or its address. */
function readRef(text) {
	const bare = /^\d{1,16}$/.test(text) ? numberIn(text) : void 0;
	if (bare !== void 0) return { number: bare };
	const { refs, faults, end } = readRefs(text);
	return refs.length === 1 && faults.length === 0 && end === text.length ? refs[0] : void 0;
}
function numberIn(digits) {
	const number = Number(digits);
	return number >= 1 && number <= LARGEST_ISSUE && !digits.startsWith("0") ? issueNumber(number) : void 0;
}
/** `#12`, or `octo/shop#12`. */
const refText = ({ number, repository }) => repository ? `${repository.owner}/${repository.name}#${number}` : `#${number}`;

// src/core/text/front-matter.ts
/**
* The front matter of an issue: `key: value` lines between two lines of `---` at the very top.
*
* A small part of YAML, read here because `core` takes no packages and because what is refused can be said with its
* line and its mend. It takes scalars (plain, 'quoted', "quoted"), lists in both forms, comments, and nested blocks
* for the keys that have them. It does not take anchors, aliases, tags, block scalars and other nesting.
*
* One thing is friendlier than YAML: `#12` after a blank is a reference, not a comment.
*/
/** Whoever has so many things to mend is told of these first. */
const FAULTS = 20;
/** A key as it is meant and a value without comment or anything hidden, as most lines are: nothing is wrong with it. */
const USUAL = /^([a-z][a-z-]{0,62}): +([!"$-~](?:[ !"$-~]*[!"$-~])?)$/;
const NO_LINES = [];
/** @param hasBlock whether this key, in lower case with hyphens, may hold nested lines. */
function readFrontMatter(lines, hasBlock) {
	const first = lines.findIndex((line) => line.text.trim() !== "");
	if (first === -1 || !/^---[ \t]*$/.test(lines[first]?.text ?? "")) return {
		entries: [],
		faults: [],
		rest: lines
	};
	let end = first + 1;
	while (end < lines.length && !isEnd(lines[end]?.text ?? "")) end++;
	if (end === lines.length) return {
		entries: [],
		faults: [{
			line: lines[first]?.number ?? 1,
			message: "it is not closed: a second line of \"---\" is missing"
		}],
		rest: lines
	};
	const read = new Reader(lines.slice(first + 1, end), hasBlock);
	read.all();
	return {
		entries: read.entries,
		faults: read.faults,
		rest: lines.slice(end + 1)
	};
}
/** A key as people mean it: `edit_locus` and `Edit-Locus` are one. */
const keyOf = (written) => /^[a-z-]+$/.test(written) ? written : written.trim().toLowerCase().replaceAll("_", "-");
var Reader = class {
	entries = [];
	faults = [];
	#lines;
	#hasBlock;
	#at = 0;
	constructor(lines, hasBlock) {
		this.#lines = lines;
		this.#hasBlock = hasBlock;
	}
	all() {
		const seen = /* @__PURE__ */ new Set();
		for (let line = this.#next(); line && this.faults.length < FAULTS; line = this.#next()) {
			const { number, text } = line;
			const [, usual, said = ""] = USUAL.exec(text) ?? [];
			if (usual !== void 0 && !seen.has(usual)) {
				seen.add(usual);
				const value = this.#valueOf(usual, said, number);
				if (value) this.entries.push({
					key: usual,
					line: number,
					value
				});
				continue;
			}
			const control = /[\0-\x08\x0b-\x1f\x7f]/.test(text);
			if (control) this.#fault(number, "it has a control character in it");
			if (control || isEmpty(text)) continue;
			const colon = text.indexOf(":");
			const before = text.slice(0, Math.max(0, colon));
			if (!/^[A-Za-z_][\w-]{0,62}[ \t]*$/.test(before) || !isEndOrBlank(text, colon + 1)) {
				this.#fault(number, whyNoKey(text));
				this.#indented();
				continue;
			}
			const key = before.trimEnd();
			const rest = text.slice(colon + 1);
			const name = keyOf(key);
			if (seen.has(name)) this.#fault(number, `the key "${key}" is there twice`);
			seen.add(name);
			const value = this.#value(name, rest, number);
			if (value) this.entries.push({
				key,
				line: number,
				value
			});
		}
	}
	#value(name, rest, line) {
		const text = withoutComment(rest);
		if (text !== "") return this.#valueOf(name, text, line);
		const below = this.#indented();
		if (below.length === 0) return { kind: "nothing" };
		return this.#hasBlock(name) && !below.every(isItem) ? { kind: "block" } : this.#list(below);
	}
	/** @param text without blanks around it and without comment, and not empty. */
	#valueOf(name, text, line) {
		let value;
		if (text === "~" || text === "null") value = { kind: "nothing" };
		else if (text.startsWith("{") && this.#hasBlock(name)) value = { kind: "block" };
		else if (text.startsWith("[")) value = this.#flowList(text, line);
		else value = this.#scalar(text, line);
		const [more] = this.#indented();
		if (more) this.#fault(more.number, `"${more.text.trim().slice(0, 40)}" is indented below a key that has its value`);
		return value;
	}
	#list(lines) {
		const items = [];
		for (const { number, text } of lines) {
			const item = /^[ ]*-(?:[ \t]+(.*))?$/.exec(text);
			if (!item) {
				const tab = /^ *\t/.test(text);
				this.#fault(number, tab ? "it is indented with a tab; use spaces" : "nested keys are not read here; a list is");
				return;
			}
			const bare = withoutComment(` ${item[1] ?? ""}`);
			const read = bare === "" ? void 0 : this.#scalar(bare, number);
			if (bare === "") this.#fault(number, "a list item is empty");
			if (read) items.push(read);
		}
		return {
			kind: "list",
			items
		};
	}
	/** `[a, "b, c"]`, over several lines if need be. */
	#flowList(start, line) {
		const items = [];
		let text = start.slice(1).trimStart();
		let number = line;
		let wantsItem = true;
		for (;;) {
			if (text === "") {
				const next = this.#next();
				if (!next) {
					this.#fault(line, "a list is not closed: \"]\" is missing");
					return;
				}
				text = withoutComment(` ${next.text}`);
				number = next.number;
				continue;
			}
			if (text.startsWith("]")) {
				if (text.length > 1) this.#fault(number, "something stands behind the \"]\" of a list");
				return {
					kind: "list",
					items
				};
			}
			if (text.startsWith(",")) {
				if (wantsItem) this.#fault(number, "a list item is empty");
				wantsItem = true;
				text = text.slice(1).trimStart();
				continue;
			}
			if (!wantsItem) this.#fault(number, "a comma is missing between two items of a list");
			const raw = flowItem(text);
			const read = wantsItem ? this.#scalar(raw.trim(), number) : void 0;
			if (!read) {
				while (!text.includes("]")) text = this.#next()?.text ?? "]";
				return;
			}
			items.push(read);
			wantsItem = false;
			text = text.slice(raw.length).trimStart();
		}
	}
	#scalar(text, line) {
		const quote = text[0];
		if (quote === "\"" || quote === "'") {
			const read = quotedLength(text) === text.length ? unquote(text) : void 0;
			if (read !== void 0) return {
				kind: "scalar",
				text: read,
				quoted: true,
				line
			};
			this.#fault(line, `a text in ${quote} is not closed, or goes on behind it, or has an unknown escape`);
			return;
		}
		const wrong = plainFault(text);
		if (wrong) {
			this.#fault(line, wrong);
			return;
		}
		return {
			kind: "scalar",
			text: text.trimEnd(),
			quoted: false,
			line
		};
	}
	#next() {
		return this.#lines[this.#at++];
	}
	/** Takes the lines below that are indented, or items of a list. */
	#indented() {
		if (beginsWithLetter(this.#lines[this.#at]?.text ?? "the end")) return NO_LINES;
		const taken = [];
		for (let line = this.#lines[this.#at]; line; line = this.#lines[++this.#at]) {
			if (isEmpty(line.text)) continue;
			if (!/^[ \t]/.test(line.text) && !isItem(line)) break;
			taken.push(line);
		}
		return taken;
	}
	#fault(line, message) {
		this.faults.push({
			line,
			message
		});
	}
};
const isEndOrBlank = (text, at) => at === text.length || text[at] === " " || text[at] === "	";
const isEnd = (text) => (text.startsWith("---") || text.startsWith("...")) && /^...[ \t]*$/.test(text);
const isEmpty = (text) => /^[ \t]*(?:#.*)?$/.test(text);
const isItem = ({ text }) => text.includes("-") && /^ *-(?=[ \t]|$)/.test(text);
function whyNoKey(text) {
	if (/^[\w-]+:\S/.test(text)) return "a blank is missing behind the colon";
	if (/^[ \t]/.test(text)) return "it is indented, and no key is above it";
	return `"${text.trim().slice(0, 40)}" is not of the form "key: value"`;
}
/** A `#` behind a blank begins a comment, unless a number follows: then it names an issue. */
function withoutComment(text) {
	if (!text.includes("#")) return text.trim();
	let quote = "";
	for (let at = 0; at < text.length; at++) {
		const letter = text[at] ?? "";
		if (quote !== "") {
			if (letter === "\\" && quote === "\"") at++;
			else if (letter === quote) quote = "";
		} else if ((letter === "\"" || letter === "'") && /[\s,[]/.test(text[at - 1] ?? " ")) quote = letter;
		else if (letter === "#" && /\s/.test(text[at - 1] ?? "") && !/\d/.test(text[at + 1] ?? "")) return text.slice(0, at).trim();
	}
	return text.trim();
}
/** The text of the item that a flow list's rest begins with; a glob's own braces and brackets belong to it. */
function flowItem(text) {
	if (text.startsWith("\"") || text.startsWith("'")) return text.slice(0, quotedLength(text));
	let braces = 0;
	let brackets = 0;
	for (let at = 0; at < text.length; at++) {
		const letter = text[at];
		if (letter === "{") braces++;
		else if (letter === "}") braces--;
		else if (letter === "[") brackets++;
		else if (letter === "]" && brackets-- <= 0) return text.slice(0, at);
		else if (letter === "," && braces <= 0) return text.slice(0, at);
	}
	return text;
}
function quotedLength(text) {
	const quote = text[0] ?? "";
	const close = text.indexOf(quote, 1);
	if (close !== -1 && text[close + 1] !== quote && text.lastIndexOf("\\", close) === -1) return close + 1;
	for (let at = 1; at < text.length; at++) if (text[at] === "\\" && quote === "\"") at++;
	else if (text[at] === quote) {
		if (quote === "'" && text[at + 1] === "'") at++;
		else return at + 1;
	}
	return text.length + 1;
}
function unquote(text) {
	const inside = text.slice(1, -1);
	if (text.startsWith("'")) return inside.replaceAll("''", "'");
	if (!inside.includes("\\")) return inside;
	let known = true;
	const read = inside.replace(/\\(?:u([0-9a-fA-F]{4})|([\s\S]))/g, (_, code, letter) => {
		if (code !== void 0) return String.fromCharCode(Number.parseInt(code, 16));
		const meant = ESCAPES.get(letter);
		if (meant === void 0) known = false;
		return meant ?? "";
	});
	return known ? read : void 0;
}
const ESCAPES = /* @__PURE__ */ new Map([
	["\"", "\""],
	["\\", "\\"],
	["/", "/"],
	["n", "\n"],
	["t", "	"]
]);
function plainFault(text) {
	if (/^[\w./-][\w./ -]*$/.test(text)) return void 0;
	const start = text[0] ?? "";
	const shown = `"${text.slice(0, 40)}"`;
	if (start === "*") return `${shown} begins with "*", which is an alias in YAML; put it in quotes`;
	if (start === "&") return "anchors (\"&…\") are not read";
	if (start === "!") return `${shown} begins with "!", which is a tag in YAML; put it in quotes`;
	if (start === "|" || start === ">") return "texts over several lines (\"|\" and \">\") are not read";
	if (start === "[") return "lists in lists are not read";
	if (/^\{[^{}]*:[ ]/.test(text)) return "nested keys (\"{…: …}\") are not read here";
	if (/^[@`%?](?:\s|$)|^[@`%]/.test(text)) return `${shown} begins with "${start}"; put it in quotes`;
	if (/:(?=[ \t]|$)/.test(text)) return `${shown} has a colon in it; put it in quotes`;
}

// src/core/text/prose.ts
const NO_DEPENDENCIES = {
	found: [],
	faults: []
};
const SHOWN_CHARS = 120;
const shown = (text) => text.trim().slice(0, SHOWN_CHARS);
const headingLevel = (text) => text.includes("#") ? /^ {0,3}(#{1,6})(?=\s|$)/.exec(text)?.[1]?.length ?? 0 : 0;
/** A heading's words: small, without marks of emphasis and a colon at the end. */
const headingName = (text) => text.replace(/[#*_`:]/g, " ").trim().replace(/\s+/g, " ").toLowerCase();
/**
* `Depends on #12`, `Blocked by #12, #13`, `- [ ] Blocked-by: #12`; the same as the head of a list, or as a heading.
* The phrase must begin its line: a sentence that mentions a dependency is talk (SPEC R1.3).
*/
function readDependencies(lines) {
	if (lines.length === 0) return NO_DEPENDENCIES;
	const found = [];
	const faults = [];
	let list = "none";
	for (const line of lines) {
		const level = headingLevel(line.text);
		const start = afterPhrase(line.text);
		if (start !== void 0) {
			const rest = line.text.slice(start).trim();
			list = level > 0 ? "section" : rest === "" ? "items" : "none";
			if (rest !== "") take(line, start);
			continue;
		}
		if (level > 0) list = "none";
		if (list === "none") continue;
		const item = /^\s*(?:[-*+]|\d{1,9}[.)])\s+(?:\[[ xX]\]\s+)?/.exec(line.text);
		if (list === "items" && !item) list = "none";
		else take(line, item?.[0].length ?? 0);
	}
	return {
		found,
		faults
	};
	function take({ number, text }, start) {
		const read = readRefs(text, start);
		for (const ref of read.refs) found.push({
			ref,
			line: number,
			text: shown(text)
		});
		for (const fault of read.faults) faults.push({
			number,
			text: fault
		});
	}
}
const PHRASE = /(?:depends?[ -]on|blocked[ -]by)\b/i;
/** Whether a text may say what it waits for; where it does not, no line of it does. */
const mayDepend = (text) => PHRASE.test(text);
const UP_TO_PHRASE = [
	/[\s*_+#-]*/y,
	/(?:\d{1,9}[.)]\s+)?/y,
	/(?:\[[ xX]\]\s*)?/y,
	/[*_]*/y,
	new RegExp(PHRASE.source, "iy")
];
/** Where the line goes on behind "depends on" or "blocked by". */
function afterPhrase(text) {
	if (!PHRASE.test(text)) return void 0;
	let at = 0;
	for (const step of UP_TO_PHRASE) {
		step.lastIndex = at;
		if (!step.test(text)) return void 0;
		at = step.lastIndex;
	}
	const end = /[\s*_:]*/y;
	end.lastIndex = at;
	end.test(text);
	return end.lastIndex;
}
const BOX = /^(\s*)(?:[-*+]|\d{1,9}[.)])\s+\[([ xX])\]\s+/;
/** `- [ ] #12 (depends on: #3)`. Items that name no issue, or one elsewhere, are none of the epic's segments. */
function taskListIn(lines, own) {
	const items = [];
	const elsewhere = [];
	for (const { number: line, text } of lines) {
		const box = BOX.exec(text);
		const named = box && firstRef(text, box[0].length, own);
		if (!box || !named) continue;
		if (named.repository) {
			elsewhere.push({
				ref: named,
				line,
				text: shown(text)
			});
			continue;
		}
		const said = /\(\s*(?:depends?[ -]on|blocked[ -]by)\b[\s:]*/i.exec(text);
		items.push({
			number: named.number,
			line,
			text: shown(text),
			state: box[2] === " " ? "open" : "met",
			dependsOn: said ? readRefs(text, said.index + said[0].length).refs.map((ref) => ofOwn(ref, own)) : []
		});
	}
	return {
		items,
		elsewhere
	};
}
function firstRef(text, start, own) {
	const [ref] = readRefs(text, start).refs;
	return ref && ofOwn(ref, own);
}
/** `octo/shop#12` in a text of `octo/shop` is `#12`. */
const ofOwn = (ref, own) => ref.repository && own && isSame(ref.repository, own) ? { number: ref.number } : ref;
const isSame = (a, b) => a.owner.toLowerCase() === b.owner.toLowerCase() && a.name.toLowerCase() === b.name.toLowerCase();
/** The task-list items under headings "Acceptance criteria", up to the next heading of the same rank (SPEC R1.6). */
function readCriteria(lines) {
	if (lines.length === 0) return [];
	const criteria = [];
	const ids = /* @__PURE__ */ new Set();
	let rank = 0;
	/** The line on which the latest criterion may go on. */
	let goesOn = 0;
	for (const { number: line, text, withCode } of lines) {
		const level = headingLevel(text);
		if (level > 0) {
			if (/^acceptance criteri(?:a|on)$/.test(headingName(text))) rank = level;
			else if (level <= rank) rank = 0;
			continue;
		}
		if (rank === 0) continue;
		const box = BOX.exec(withCode);
		const last = criteria.at(-1);
		if (box) {
			const { id, said } = withId(withCode.slice(box[0].length).trim());
			if (said === "") continue;
			const unique = id !== void 0 && !ids.has(id) ? id : `C${criteria.length + 1}`;
			ids.add(unique);
			criteria.push({
				id: unique,
				text: said,
				line,
				state: box[2] === " " ? "open" : "met"
			});
			goesOn = line + 1;
		} else if (last && line === goesOn && /^\s+[^\s*+-]/.test(withCode)) {
			last.text = `${last.text} ${withCode.trim()}`;
			goesOn = line + 1;
		}
	}
	return criteria;
}
/** `AC-3: The total …`, `**REQ-12** The total …`, `[AC-3] The total …`. */
function withId(text) {
	const found = /^(?:\*\*|__|\[|\(|`)?([A-Z][A-Z0-9]{0,15}-\d{1,6})(?![\w-])(?:\*\*|__|\]|\)|`)?[ \t]*[:.–—-]?(?:\*\*|__)?/.exec(text);
	const said = found ? text.slice(found[0].length).trim() : "";
	return found && said !== "" ? {
		id: found[1],
		said
	} : {
		id: void 0,
		said: text
	};
}
/**
* What an issue form asked and was answered: each field is a heading of the third rank with the answer below.
*
* @see https://docs.github.com/en/communities/using-templates-to-encourage-useful-issues-and-pull-requests/syntax-for-githubs-form-schema
*/
function readAnswers(lines) {
	if (lines.length === 0) return [];
	const answers = [];
	let current;
	for (const line of lines) {
		const level = headingLevel(line.text);
		if (level === 0) current?.push(line);
		else if (level === 3) {
			current = [];
			answers.push({
				name: headingName(line.withCode).replaceAll(" ", "-"),
				line: line.number,
				lines: current
			});
		} else current = void 0;
	}
	return answers.filter(({ lines: below }) => {
		const text = below.map((line) => line.withCode.trim()).join("");
		return text !== "" && text !== "_No response_";
	});
}
/** Also between a link's words and its address. */
const WORD_ENDS = /[\s"'<>|]+|\]\(/;
/** More than this many places, and the text tells about the repository rather than about its own files. */
const PLACES = 20;
/**
* The scope that a text without one seems to mean: the directories of the paths it names (SPEC R1.7). Of directories
* and not of the files alone, since here nobody knows which of them are still to be made, and beside what.
*/
function inferFiles(lines, besides) {
	const globs = /* @__PURE__ */ new Set();
	for (const line of lines) {
		for (const word of line.text.split(WORD_ENDS)) addPlace(globs, word, besides);
		for (const code of line.code) for (const word of code.split(WORD_ENDS)) addPlace(globs, word, besides);
	}
	const places = [...globs].sort().filter((glob) => ![...globs].some((other) => other !== glob && leadsTo(other, glob)));
	return places.length > PLACES ? [] : places;
}
const leadsTo = (directory, glob) => directory.endsWith("/**") && glob.startsWith(directory.slice(0, -2));
function addPlace(globs, word, besides) {
	if (word.length > 200 || !word.includes("/") || globs.size > 80) return;
	const path = word.replace(/^[([{*_~]+/, "").replace(/[)\]}_~,.;:!?]+$/, "").replace(/(?::\d{1,6}){1,2}$|#L\d{1,6}$/, "").replace(/^\.\//, "");
	if (besides.has(path)) return;
	if (/\*/.test(path)) {
		if (/^[\w.@+-]+\/[\w.@+*?/{},-]+$/.test(path) && globFault(path) === void 0) globs.add(path);
		return;
	}
	const parts = path.split("/");
	const last = parts.pop() ?? "";
	if (parts.length === 0 || parts.some((part) => !/^[\w.@+-]+$/.test(part) || part.endsWith("."))) return;
	if (path.startsWith("@") || /\.(?:com|org|net|io|dev|app)$/i.test(parts[0] ?? "")) return;
	if (last !== "" && !/^[\w.@+-]*\.[A-Za-z][A-Za-z0-9]{0,9}$/.test(last)) return;
	globs.add(`${parts.join("/")}/**`);
}

// src/core/text/spec-keys.ts
/**
* Where an issue says each key of its spec: in the front matter, in an issue form's answers, or in labels. The first of
* these that says a key counts (SPEC R1.5). What the values mean is `spec.ts`.
*/
const KEYS = [
	"type",
	"slug",
	"scope",
	"worker",
	"persona",
	"model",
	"effort",
	"agent",
	"skills",
	"files",
	"priority",
	"estimate",
	"context",
	"gates",
	"tdd",
	"review",
	"attempts",
	"budget",
	"conflicts-with",
	"depends-on",
	"parallel",
	"branch",
	"base"
];
const ALIASES = new Map([
	...KEYS.map((key) => [key, key]),
	["edit-locus", "files"],
	["file-scope", "files"],
	["commit-scope", "scope"],
	["blocked-by", "depends-on"]
]);
const LISTS = /* @__PURE__ */ new Set([
	"files",
	"context",
	"skills",
	"conflicts-with"
]);
/** A form's choices for these can have two words, and are then worth an error rather than a shrug. */
const CHOICES = /* @__PURE__ */ new Set([
	"type",
	"worker",
	"effort",
	"priority",
	"estimate",
	"parallel"
]);
/** Keys that labels say, too: `model:fast`. */
const LABELS = [
	"model",
	"effort",
	"worker",
	"persona",
	"base"
];
/** Keys whose value may be nested; issues to come read them further. */
const mayNest = (key) => [
	"gates",
	"review",
	"tdd"
].includes(key);
function collectKeys(front, answers, labels) {
	const saying = /* @__PURE__ */ new Map();
	const complaints = [];
	for (const { key: written, line, value } of front.entries) {
		const key = ALIASES.get(keyOf(written));
		if (!key) {
			complaints.push({
				kind: "key",
				line,
				written
			});
			continue;
		}
		if (value.kind === "nothing") continue;
		const said = {
			key,
			written,
			line,
			values: value.kind === "block" ? "block" : value.kind === "list" ? value.items : [value],
			isList: value.kind === "list"
		};
		const before = saying.get(key);
		if (before) complaints.push(saidTwice(before, said));
		else saying.set(key, said);
	}
	for (const said of answers.map(answered)) if (said && !saying.has(said.key)) saying.set(said.key, said);
	for (const { key, values, form } of labelled(labels)) {
		if (saying.has(key) || values.length === 0) continue;
		if (values.length > 1) {
			const expected = `one label ${form}, not several that disagree`;
			complaints.push({
				kind: "value",
				line: void 0,
				key,
				value: values.join(", "),
				expected
			});
			continue;
		}
		const scalars = values.map((text) => ({
			text,
			quoted: true,
			line: 0
		}));
		saying.set(key, {
			key,
			written: key,
			line: void 0,
			values: scalars,
			isList: false
		});
	}
	return {
		saying,
		complaints
	};
}
/** The key that a mistyped one is closest to. */
const nearestKey = (written) => nearest(keyOf(written), [...ALIASES.keys()]);
const saidTwice = (before, again) => ({
	kind: "value",
	line: again.line,
	key: again.written,
	value: again.values === "block" ? "…" : again.values.map(({ text }) => text).join(", "),
	expected: `what is not said yet: line ${before.line} says it as "${before.written}"`
});
/** Of a form's answers only those that read like a value: a heading "Context" stands above prose as often. */
function answered({ name, line, lines }) {
	const key = ALIASES.get(name);
	if (!key || key === "depends-on") return void 0;
	const isList = LISTS.has(key);
	const values = lines.flatMap(({ withCode, number }) => {
		const text = withCode.replace(/^\s*(?:[-*+]\s+)?/, "").replaceAll("`", "").trim();
		return (isList ? splitList(text) : [text].filter((part) => part !== "")).map((part) => ({
			text: part,
			quoted: false,
			line: number
		}));
	});
	const words = CHOICES.has(key) ? 2 : 1;
	return (isList ? values.every(({ text }) => !/\s/.test(text) && (key === "skills" || /[./*#\d]/.test(text))) : values.length === 1 && (values[0]?.text.split(/\s+/).length ?? 0) <= words) ? {
		key,
		written: name,
		line,
		values,
		isList
	} : void 0;
}
function labelled(labels) {
	if (labels.length === 0) return [];
	const after = (prefix) => [...new Set(labels.filter((label) => label.startsWith(prefix)).map((label) => label.slice(prefix.length).trim()))];
	const priorities = [.../* @__PURE__ */ new Set([...labels.filter((label) => /^[Pp][0-3]$/.test(label)), ...after("priority:")])];
	return [...LABELS.map((key) => ({
		key,
		values: [...after(`${key}:`)].sort(),
		form: `${key}:…`
	})), {
		key: "priority",
		values: priorities.sort(),
		form: "P0 to P3 or priority:…"
	}];
}
/** `a, {b,c}/d` → `a` and `{b,c}/d`. */
function splitList(text) {
	const parts = [];
	let depth = 0;
	let start = 0;
	for (let at = 0; at <= text.length; at++) if (text[at] === "{") depth++;
	else if (text[at] === "}") depth--;
	else if (at === text.length || text[at] === "," && depth <= 0) {
		parts.push(text.slice(start, at).trim());
		start = at + 1;
	}
	return parts.filter((part) => part !== "");
}

// src/core/text/spec.ts
/**
* An issue's text and labels → what the segment asks for, or what is wrong with it, each with its line.
*
* Nothing here throws, whatever the text is; what cannot be read is a diagnostic and its key's default.
*/
/** What GitHub takes as an issue's body. */
const BODY_CHARS = 65536;
const GLOBS = 100;
const DIAGNOSTICS = 50;
const VALUE_CHARS = 100;
const NOTHING$1 = [];
/** What a text asks for that says nothing of it. */
const USUAL_SPEC = {
	type: "feat",
	slug: "",
	worker: "implementation",
	skills: NOTHING$1,
	files: NOTHING$1,
	filesFrom: "none",
	priority: 2,
	context: NOTHING$1,
	conflictsWith: NOTHING$1,
	dependsOn: NOTHING$1,
	parallel: true,
	criteria: NOTHING$1
};
/**
* What an issue asks for as a segment (SPEC R1.5).
*
* @returns a spec in any case, with defaults where a value is wrong; dependencies from front matter and prose; errors
* (they hold the epic) and warnings.
* @param globs for who reads many: what was read before is not read again.
*/
function readSpec(issue, globs = new Globs()) {
	return new SpecReader(issue, globs).read();
}
/** What a text waits for, said in its front matter and prose: for groups, which have no spec. */
function readDependenciesOf(issue) {
	const { dependencies, diagnostics } = readSpec(issue);
	return {
		dependencies,
		diagnostics: diagnostics.filter(({ problem }) => problem.kind === "SPEC_VALUE" && ["depends-on", "blocked-by"].includes(keyOf(problem.key)))
	};
}
/**
* The issues that an epic's task list names, in its order, each once.
*
* @param own the epic's repository, so that full addresses of its issues are understood, too.
*/
const readTaskList = (body, own) => {
	const { items } = taskListIn(readableLinesOf(body), own);
	const first = /* @__PURE__ */ new Map();
	for (const item of items) if (!first.has(item.number)) first.set(item.number, item);
	return [...first.values()];
};
/** Task-list items of an epic that name issues of other repositories. */
const readForeignItems = (body, own) => taskListIn(readableLinesOf(body), own).elsewhere;
/** A body's lines that speak: without front matter, code, quotes and comments; numbered as in the body. */
const readableLinesOf = (body) => readableLines(frontMatterOf(linesOf(body.slice(0, 2 * BODY_CHARS))).rest);
const frontMatterOf = (lines) => readFrontMatter(lines, mayNest);
var SpecReader = class {
	#issue;
	#diagnostics = [];
	#globs;
	#said = /* @__PURE__ */ new Map();
	constructor(issue, globs) {
		this.#issue = issue;
		this.#globs = globs;
	}
	read() {
		const body = this.#bodyWithinLimit();
		const front = frontMatterOf(linesOf(body));
		for (const { line, message } of front.faults) this.#error({
			kind: "FRONT_MATTER",
			at: this.#at(line),
			message
		});
		const saysMore = body.includes("#") || mayDepend(body);
		let lines = saysMore ? readableLines(front.rest) : [];
		this.#said = this.#keysOf(front, lines);
		if (!saysMore && !this.#said.has("files")) lines = readableLines(front.rest);
		if (isEmptyTask(front.rest)) this.#error({
			kind: "EMPTY_TASK",
			at: this.#at()
		});
		const hidden = countHidden(body);
		if (hidden > 0) this.#warn({
			kind: "HIDDEN_TEXT",
			at: this.#at(),
			count: hidden
		});
		const spec = {
			...USUAL_SPEC,
			criteria: readCriteria(lines)
		};
		const dependencies = this.#dependencies(lines);
		if (dependencies.length > 0) spec.dependsOn = uniqueRefs(dependencies.map(({ ref }) => ref));
		for (const said of this.#said.values()) this.#single(spec, said);
		spec.context = this.#texts("context", pathIn, PATHS_EXPECTED);
		spec.skills = this.#texts("skills", nameIn, NAME_EXPECTED);
		spec.conflictsWith = this.#texts("conflicts-with", readRef, REFS_EXPECTED);
		if (spec.slug === "") spec.slug = slugOf(this.#issue.title) || `segment-${this.#issue.number}`;
		this.#files(spec, lines);
		this.#checkLater();
		return {
			spec,
			diagnostics: foremost(this.#diagnostics).map(withNearest),
			dependencies
		};
	}
	#bodyWithinLimit() {
		const { body } = this.#issue;
		const found = body.length > 65536 ? [...body].length : body.length;
		if (found <= 65536) return body;
		this.#error({
			kind: "LIMIT_EXCEEDED",
			at: this.#at(),
			what: "characters of text",
			found,
			limit: BODY_CHARS
		});
		return body.slice(0, BODY_CHARS);
	}
	#keysOf(front, lines) {
		const { saying, complaints } = collectKeys(front, readAnswers(lines), this.#issue.labels);
		for (const complaint of complaints) {
			if (complaint.kind === "value") {
				this.#wrong(complaint.key, complaint.value, complaint);
				continue;
			}
			this.#warn({
				kind: "SPEC_KEY",
				at: this.#at(complaint.line),
				key: complaint.written,
				known: KEYS
			});
		}
		return saying;
	}
	#single(spec, { key, written, line, values, isList }) {
		const single = SINGLES.get(key);
		if (!single || values === "block") return;
		const [value] = values;
		if (value && values.length === 1 && !isList && single.set(spec, value.text)) return;
		const found = values.map(({ text }) => text).join(", ");
		this.#wrong(written, found, {
			...single,
			line: value?.line ?? line
		});
	}
	#texts(key, read, to) {
		const said = this.#said.get(key);
		if (!said) return NOTHING$1;
		const found = [];
		for (const { text, line } of partsOf(said)) {
			const one = read(text.trim(), line);
			if (one === void 0) this.#wrong(said.written, text, {
				...to,
				line
			});
			else found.push(one);
		}
		return found;
	}
	#files(spec, lines) {
		const said = this.#said.get("files");
		if (!said) {
			const inferred = inferFiles(lines, new Set(spec.context));
			if (inferred.length === 0) this.#warn({
				kind: "SCOPE_UNKNOWN",
				at: this.#at()
			});
			else [spec.files, spec.filesFrom] = [inferred, "inferred"];
			return;
		}
		const at = this.#at(said.line);
		const stated = partsOf(said);
		if (stated.length > GLOBS) this.#error({
			kind: "LIMIT_EXCEEDED",
			at,
			what: "globs in its file scope",
			found: stated.length,
			limit: GLOBS
		});
		const globs = [];
		for (const { text, line } of stated.slice(0, GLOBS)) {
			const glob = text.trim();
			const why = globFault(glob, this.#globs);
			if (why === void 0) globs.push(glob);
			else this.#error({
				kind: "BAD_GLOB",
				at: this.#at(line),
				glob: glob.slice(0, VALUE_CHARS),
				why
			});
		}
		if (said.values.length > 0 && said.values !== "block") spec.filesFrom = "stated";
		else this.#warn({
			kind: "SCOPE_UNKNOWN",
			at
		});
		const why = scopeFault(globs, this.#globs);
		if (why !== void 0) {
			this.#error({
				kind: "BAD_GLOB",
				at,
				glob: globs[0] ?? "",
				why
			});
			return;
		}
		if (!globs.some(isNegated) && globs.some((glob) => isEverything(glob, this.#globs))) this.#warn({
			kind: "SCOPE_EVERYTHING",
			at
		});
		spec.files = globs.every((glob, place) => globs.indexOf(glob) === place) ? globs : [...new Set(globs)];
	}
	#dependencies(lines) {
		const written = this.#said.get("depends-on")?.written ?? "depends-on";
		const stated = this.#texts("depends-on", (text, line) => {
			const ref = readRef(text);
			return ref && {
				ref,
				line,
				text: `${written}: ${text}`
			};
		}, REFS_EXPECTED);
		const { found, faults } = readDependencies(lines);
		for (const { number, text } of faults) this.#wrong("depends-on", text, {
			...REFS_EXPECTED,
			line: number
		});
		return stated.length === 0 ? found : [...stated, ...found];
	}
	/** Keys that this version keeps for later are held to their form all the same. */
	#checkLater() {
		if (this.#said.get("gates")?.values !== "block") this.#texts("gates", gateIn, GATES_EXPECTED);
	}
	#at(line) {
		return {
			issue: this.#issue.number,
			...line ? { line } : {}
		};
	}
	#wrong(key, value, { expected, known, line }) {
		const close = known && nearest(value, known);
		this.#error({
			kind: "SPEC_VALUE",
			at: this.#at(line),
			key,
			value: value.slice(0, VALUE_CHARS),
			expected,
			...close === void 0 ? {} : { nearest: close }
		});
	}
	#error(problem) {
		this.#diagnostics.push({
			level: "error",
			problem
		});
	}
	#warn(problem) {
		this.#diagnostics.push({
			level: "warning",
			problem
		});
	}
};
/** The single texts of a list, however it is written. */
const partsOf = ({ values, isList }) => values === "block" ? NOTHING$1 : isList ? values : values.flatMap((value) => value.quoted ? [value] : splitList(value.text).map((text) => ({
	...value,
	text
})));
/** Of too many to read the first, and of these errors before warnings: a warning must not hide what holds the epic. */
function foremost(diagnostics) {
	if (diagnostics.length <= DIAGNOSTICS) return diagnostics;
	const { error = [], warning = [] } = Object.groupBy(diagnostics, ({ level }) => level);
	return [...error, ...warning].slice(0, DIAGNOSTICS);
}
/** Looked for last: of thousands of mistyped keys few are told. */
function withNearest(diagnostic) {
	const { level, problem } = diagnostic;
	const close = problem.kind === "SPEC_KEY" ? nearestKey(problem.key) : void 0;
	return problem.kind === "SPEC_KEY" && close !== void 0 ? {
		level,
		problem: {
			...problem,
			nearest: close
		}
	} : diagnostic;
}
const REFS_EXPECTED = { expected: "issues, such as 12, #12 or octo/shop#12" };
const PATHS_EXPECTED = { expected: "paths relative to the repository" };
const NAME_EXPECTED = { expected: "a name of small letters, digits and hyphens, at most 63 characters" };
const GATES_EXPECTED = { expected: "names of gates" };
const PRIORITY_WORDS = [
	"critical",
	"high",
	"medium",
	"low"
];
const matching = (form) => (text) => form.test(text) ? text : void 0;
const nameIn = matching(/^[a-z0-9][a-z0-9-]{0,62}$/);
const gateIn = matching(/^[a-z][a-z0-9-]{0,62}$/);
const branchIn = (text) => branchFault(text) === void 0 ? text : void 0;
const pathIn = (text) => globFault(text) === void 0 ? text : void 0;
const reviewIn = (text) => text === "council" ? true : booleanIn(text);
const booleanIn = (text) => {
	const word = text.toLowerCase();
	return word === "true" ? true : word === "false" ? false : void 0;
};
function priorityIn(text) {
	const word = text.toLowerCase();
	const level = PRIORITY_WORDS.includes(word) ? PRIORITY_WORDS.indexOf(word) : /^p?[0-3]$/.test(word) ? Number(word.at(-1)) : -1;
	return level === 0 || level === 1 || level === 2 || level === 3 ? level : void 0;
}
const WEEK_MINUTES = 10080;
function minutesIn(text) {
	const found = /^(?:(\d{1,3}(?:\.\d{1,2})?)\s?h)?\s?(?:(\d{1,5})\s?m(?:in)?)?$/.exec(text);
	const minutes = Math.round(Number(found?.[1] ?? 0) * 60) + Number(found?.[2] ?? 0);
	return minutes >= 1 && minutes <= WEEK_MINUTES ? minutes : void 0;
}
const attemptsIn = (text) => /^(?:[1-9]|10)$/.test(text) ? Number(text) : void 0;
function dollarsIn(text) {
	const found = /^\$?(\d{1,6}(?:\.\d{1,2})?)$/.exec(text)?.[1];
	return found !== void 0 && Number(found) > 0 ? Number(found) : void 0;
}
function single(field, read, expected, known) {
	const set = (spec, text) => {
		const value = read(text);
		if (value !== void 0) spec[field] = value;
		return value !== void 0;
	};
	return {
		set,
		expected,
		...known ? { known } : {}
	};
}
const oneOf = (field, words) => single(field, (text) => words.find((word) => word === text), `one of ${words.join(", ")}`, words);
const yesOrNo = (field) => single(field, booleanIn, "true or false", ["true", "false"]);
const SINGLES = /* @__PURE__ */ new Map([
	["type", oneOf("type", COMMIT_TYPES)],
	["slug", single("slug", matching(/^(?=.{1,60}$)[a-z0-9]+(?:[._-][a-z0-9]+)*$/), "small letters and digits, parted by - . or _, at most 60 characters")],
	["scope", single("commitScope", matching(/^[A-Za-z0-9][\w./-]{0,39}$/), "a word of letters, digits and . _ / -, at most 40 characters")],
	["worker", oneOf("worker", WORKERS)],
	["persona", single("persona", nameIn, NAME_EXPECTED.expected)],
	["model", single("model", matching(/^[A-Za-z0-9][\w.:/@[\]-]{0,99}$/), "a model's name, at most 100 characters")],
	["effort", oneOf("effort", EFFORTS)],
	["agent", single("agent", nameIn, NAME_EXPECTED.expected)],
	["tdd", yesOrNo("tdd")],
	["review", single("review", reviewIn, "true, false or council", [
		"true",
		"false",
		"council"
	])],
	["priority", single("priority", priorityIn, "0 (critical) to 3 (low)", PRIORITY_WORDS)],
	["estimate", single("estimateMinutes", minutesIn, "a time such as 20m, 2h or 1h30m, at most a week")],
	["attempts", single("attempts", attemptsIn, "a whole number from 1 to 10")],
	["budget", single("budgetUsd", dollarsIn, "an amount in US dollars above 0, such as 5 or 2.50")],
	["parallel", yesOrNo("parallel")],
	["branch", single("branch", matching(/^\S.{0,199}$/), "a branch name, with {slug} and {number} if you like")],
	["base", single("base", branchIn, "the name of a branch")]
]);
function uniqueRefs(refs) {
	return [...new Map(refs.map((ref) => [`${ref.repository?.owner ?? ""}/${ref.repository?.name ?? ""}#${ref.number}`.toLowerCase(), ref])).values()];
}
/** Nothing to do is said where only comments, or nothing at all, are left. */
function isEmptyTask(lines) {
	const first = lines.find((line) => line.text.trim() !== "");
	if (first && !first.text.includes("<!--")) return false;
	const text = lines.map((line) => line.text).join("\n");
	let at = 0;
	for (;;) {
		const start = text.indexOf("<!--", at);
		if (text.slice(at, start === -1 ? void 0 : start).trim() !== "") return false;
		const end = start === -1 ? -1 : text.indexOf("-->", start + 2);
		if (end === -1) return true;
		at = end + 3;
	}
}

// src/core/model/instructions.ts
/** Shipped with swarm (`personas/`); a repository's persona of the same name takes its place. */
const SHIPPED_PERSONAS = [
	"implementer",
	"product-manager",
	"researcher",
	"resolver",
	"reviewer",
	"security",
	"tech-lead",
	"tester"
];
const PERSONA_FOLDERS = [
	".agents",
	".agents/agents",
	".claude/agents",
	".github/agents"
];
const SKILL_FOLDERS = [
	".agents/skills",
	".claude/skills",
	".github/skills"
];
/** The longer one first: `api.agent.md` is the persona `api`, not `api.agent`. */
const PERSONA_ENDINGS = [".agent.md", ".md"];
const NAME = /^[a-z0-9][a-z0-9-]{0,62}$/;
const bare$1 = (folder) => folder.replace(/\/+$/, "");
/** Folders in the order they are looked at. */
const foldersFor = (kind, added) => [...new Set(kind === "persona" ? [...added.personas.map(bare$1), ...PERSONA_FOLDERS] : [...added.skills.map(bare$1), ...SKILL_FOLDERS])];
/** Every file that could hold this name, in the order they are looked at. */
const pathsFor = (kind, name, added) => foldersFor(kind, added).flatMap((folder) => kind === "skill" ? [`${folder}/${name}/SKILL.md`] : PERSONA_ENDINGS.map((ending) => `${folder}/${name}${ending}`));
/** The name a file of such a folder holds: `api.agent.md` → `api`. @returns undefined where it holds none. */
function personaIn(file) {
	const ending = PERSONA_ENDINGS.find((each) => file.endsWith(each));
	const name = ending === void 0 ? "" : file.slice(0, -ending.length);
	return NAME.test(name) ? name : void 0;
}
/** Whether a folder of a skills' folder is named as a skill has to be. */
const isSkillName = (folder) => NAME.test(folder);

// src/github/issues.ts
/** The epic's issues as GitHub answers them, level by level, in swarm's words. */
/** How deep groups may nest. @see https://docs.github.com/en/issues/tracking-your-work-with-issues/using-issues/adding-sub-issues */
const MAX_DEPTH = 8;
/** Reading stops here: a config allows no more than 2,000 segments, each in groups of its own at the deepest. */
const MAX_ISSUES = 2e3 * MAX_DEPTH;
/** Everything below the epic, level by level; without sub-issues, what its task list names. */
async function issuesBelow(place, epic) {
	const found = /* @__PURE__ */ new Map();
	let level = await childrenOf(place, epic);
	for (let depth = 0; depth < MAX_DEPTH && level.length > 0 && found.size < MAX_ISSUES; depth++) {
		const fresh = level.filter((issue) => !found.has(issue.id));
		for (const issue of fresh) found.set(issue.id, issue);
		const groups = fresh.filter((issue) => issue.subIssuesSummary.total > 0);
		level = (await Promise.all(inPages(groups).map((page) => childrenOfAll(place, page)))).flat();
	}
	if ([...found.values()].every((issue) => readMarker(issue.body)?.kind === "fix" && issue.viewerDidAuthor)) for (const issue of await taskListIssues(place, epic)) found.set(issue.id, issue);
	const here = `${place.repository.owner}/${place.repository.name}`.toLowerCase();
	const isHere = (issue) => issue.repository.nameWithOwner.toLowerCase() === here;
	const all = [...found.values()];
	return {
		epic,
		issues: all.filter(isHere),
		foreign: all.filter((issue) => !isHere(issue))
	};
}
/** One question for all of them, and further ones where a group has more than a page. */
async function childrenOfAll(place, groups) {
	const { text, variables } = childrenOfGroups(groups);
	const answer = await place.client.queryWhatIsThere(text, variables);
	const found = groups.map((group, at) => {
		const subIssues = answer[`group${at}`]?.subIssues;
		return subIssues ? childrenOf(place, {
			...group,
			subIssues
		}) : [];
	});
	return (await Promise.all(found)).flat();
}
async function childrenOf({ client }, parent) {
	const children = [...parent.subIssues?.nodes ?? []];
	let page = parent.subIssues?.pageInfo ?? {
		hasNextPage: parent.subIssuesSummary.total > 0,
		endCursor: null
	};
	while (page.hasNextPage && children.length < MAX_ISSUES) {
		const answer = await client.queryWhatIsThere(CHILDREN, {
			id: parent.id,
			after: page.endCursor
		});
		if (!answer.node) break;
		children.push(...answer.node.subIssues.nodes);
		page = answer.node.subIssues.pageInfo;
	}
	return children.filter((child) => child !== null).map((child) => ({
		...child,
		parent: { number: parent.number }
	}));
}
async function taskListIssues(place, epic) {
	const named = readTaskList(epic.body, place.repository).slice(0, 200);
	if (named.length === 0) return [];
	const answer = await place.client.queryWhatIsThere(issuesByNumber(named.map((item) => item.number)), { ...place.repository });
	return Object.values(answer.repository).filter((issue) => issue?.__typename === "Issue");
}
const stateOf = (issue) => issue.state === "OPEN" ? "open" : issue.stateReason === "NOT_PLANNED" || issue.stateReason === "DUPLICATE" ? "not planned" : "completed";
function withChildren(issues) {
	const children = Map.groupBy(issues, ({ parent }) => parent);
	return issues.map((issue) => ({
		...issue,
		children: (children.get(issue.number) ?? []).map(({ number }) => number)
	}));
}
/** A ticked box, found from its own line on: were the blanks before it to go over lines, many empty ones would stall it. */
const TICKED = /^([^\S\n\u2028\u2029]*[-*+]\s+)\[[xX]\]/gm;
/** What an agent would be told. Ticking a box changes no meaning: people and swarm tick what is done. */
function digestOf(issue) {
	const options = issue.labels.nodes.map((label) => label.name).filter((name) => /^(model|effort|worker|persona|base|priority):|^P[0-3]$/.test(name)).sort();
	const body = issue.body.replace(/\r\n?/g, "\n").replace(TICKED, "$1[ ]");
	return createHash("sha256").update(JSON.stringify([
		issue.title,
		body,
		options
	])).digest("hex");
}
async function issueOf(people, repository, issue, epic) {
	const own = issue.viewerDidAuthor;
	const edited = issue.editor && issue.editor.login !== issue.author?.login;
	const marker = own ? readMarker(issue.body) : void 0;
	const blockers = issue.blockedBy.nodes.filter((blocker) => blocker !== null);
	const hidden = issue.blockedBy.totalCount - blockers.length;
	return {
		id: issueId(issue.id),
		number: issueNumber(issue.number),
		title: issue.title,
		body: issue.body,
		url: issue.url,
		state: stateOf(issue),
		author: await people.person(issue.author, own),
		...edited ? { editor: await people.person(issue.editor) } : {},
		...issue.lastEditedAt ? { editedAt: instant(Date.parse(issue.lastEditedAt)) } : {},
		labels: issue.labels.nodes.map((label) => label.name),
		...issue.number !== epic && issue.parent ? { parent: issueNumber(issue.parent.number) } : {},
		children: [],
		...hidden > 0 ? { hiddenBlockers: hidden } : {},
		blockedBy: blockers.map((blocker) => ({
			number: issueNumber(blocker.number),
			...foreign(repository, blocker.repository.nameWithOwner),
			state: stateOf(blocker)
		})),
		digest: digestOf(issue),
		...marker?.kind === "fix" && !edited ? { madeFor: marker.key } : {},
		kind: "issue"
	};
}
function foreign(here, nameWithOwner) {
	const [owner = "", name = ""] = nameWithOwner.split("/");
	return owner.toLowerCase() === here.owner.toLowerCase() && name.toLowerCase() === here.name.toLowerCase() ? {} : { repository: {
		owner,
		name
	} };
}

// src/github/people.ts
/** Looks each person up once, at the moment it matters. */
var People = class {
	#client;
	#repository;
	#known = /* @__PURE__ */ new Map();
	constructor(client, repository) {
		this.#client = client;
		this.#repository = repository;
	}
	/** @param own swarm itself, known by `viewerDidAuthor`: it needs no permission to be asked for. */
	async person(author, own = false) {
		if (!author) return {
			id: 0,
			login: "ghost",
			kind: "person",
			permission: "none"
		};
		const kind = author.__typename === "User" ? "person" : "bot";
		const id = author.databaseId ?? 0;
		if (own) return {
			id,
			login: author.login,
			kind,
			permission: "write"
		};
		if (kind === "bot") return {
			id,
			login: author.login,
			kind,
			permission: "none"
		};
		const known = await this.#permission(author.login);
		return {
			id,
			login: author.login,
			kind,
			permission: known.id === id ? known.permission : "none"
		};
	}
	async byLogin(login) {
		const known = await this.#permission(login);
		return {
			id: known.id,
			login,
			kind: login.endsWith("[bot]") ? "bot" : "person",
			permission: known.permission
		};
	}
	#permission(login) {
		const known = this.#known.get(login) ?? this.#ask(login);
		this.#known.set(login, known);
		return known;
	}
	async #ask(login) {
		try {
			const { data } = await this.#client.request("GET /repos/{owner}/{repo}/collaborators/{username}/permission", {
				...inRepository(this.#repository),
				username: login
			});
			const roles = [
				"admin",
				"maintain",
				"write",
				"triage",
				"read"
			];
			const role = roles.includes(data.role_name) ? data.role_name : data.permission;
			return {
				id: Number(data.user?.id ?? 0),
				permission: roles.includes(role) ? role : "none"
			};
		} catch (error) {
			if (error instanceof GitHubRefused && error.status === 404) return {
				id: 0,
				permission: "none"
			};
			throw error;
		}
	}
};

// src/core/model/journal-lenses.ts
/**
* Reading and changing one part of a journal. Each function that changes something returns a new journal.
*/
const actKeys = {
	dispatch: (id) => `dispatch:${id}`,
	merge: (pull, head) => `merge:${pull}:${head.slice(0, 12)}`,
	panel: "panel",
	/** Unlike the others' also over epics: issues are looked for by it in the whole repository. */
	fix: (epic, wave, round, index) => `fix:${epic}:${wave}:${round}:${index}`
};
const recordOf = (journal, segment) => journal.segments[segment] ?? emptyRecord;
const withRecord = (journal, segment, change) => ({
	...journal,
	segments: {
		...journal.segments,
		[segment]: {
			...recordOf(journal, segment),
			...change
		}
	}
});
const withAct = (journal, key, act) => ({
	...journal,
	acts: {
		...journal.acts,
		[key]: act
	}
});
/** What GitHub refused is tried again: a person says that it is mended. */
const withoutRefusals = (journal) => ({
	...journal,
	acts: Object.fromEntries(Object.entries(journal.acts).filter(([, act]) => act.state !== "refused"))
});
/** Issues that swarm wanted to make and GitHub would not: nothing goes on before somebody mends why. */
const refusedIssues = (journal) => Object.entries(journal.acts).flatMap(([key, { state, refusal }]) => key.startsWith("fix:") && state === "refused" ? [{
	key,
	problem: {
		kind: "ISSUE_REFUSED",
		status: refusal?.status ?? 0,
		message: refusal?.message ?? ""
	}
}] : []);
function withOutcome(journal, attempt, outcome) {
	const segment = Number(attempt.id.split("-")[0]);
	const attempts = recordOf(journal, segment).attempts.map((each) => each.id === attempt.id ? {
		...each,
		outcome
	} : each);
	return withRecord(journal, segment, { attempts });
}
function withCalibration(journal, wave, round, change) {
	const changed = (journal.calibrations[wave] ?? []).map((each) => each.round === round ? change(each) : each);
	return {
		...journal,
		calibrations: {
			...journal.calibrations,
			[wave]: changed
		}
	};
}
/** Jobs of one segment in a matrix are named `segment 14 / work`, `… / verify`, `… / publish`. */
const jobsOf = (run, attempt) => run.jobs.filter((job) => job.name.startsWith(`segment ${attempt.split("-")[0]} /`));
function segmentOfPull(journal, pull) {
	for (const [segment, record] of Object.entries(journal.segments)) if (record.attempts.some((attempt) => attempt.outcome?.kind === "published" && attempt.outcome.pull === pull)) return Number(segment);
}
const laterOf = (a, b) => a === void 0 ? b : b === void 0 ? a : instant(Math.max(a, b));
function withoutAct(journal, key) {
	const { [key]: _, ...acts } = journal.acts;
	return {
		...journal,
		acts
	};
}
function isEnded(journal, dispatch) {
	const { work } = dispatch;
	if (work.kind === "segments") return work.attempts.every((id) => recordOf(journal, Number(id.split("-")[0])).attempts.some((attempt) => attempt.id === id && attempt.outcome));
	const round = (journal.calibrations[work.wave] ?? []).find((each) => each.dispatch === dispatch.id);
	return round === void 0 || round.verdict !== void 0;
}

// src/core/model/proof.ts
/** What swarm last saw of this very commit: as the attempt that made it, or as one that proved what others pushed. */
const proofOf = (record, head) => record.attempts.map((attempt) => attempt.outcome).findLast((outcome) => outcome?.kind === "published" && outcome.head === head);
/** The gates that are red on the head, if swarm looked at it and it is not sound: only a head that others pushed can be. */
function redHead(pull, record) {
	const red = (proofOf(record, pull.head)?.report.validation ?? []).filter(({ verdict }) => verdict === "fail" || verdict === "timed out");
	if (red.length === 0) return void 0;
	const gates = red.map(({ gate, output }) => ({
		gate,
		output
	}));
	return {
		kind: "HEAD_RED",
		at: { pull: pull.number },
		head: pull.head,
		gates
	};
}
/** Whether nobody has looked at the head yet, and nobody is at it: a person's push, or GitHub's "Update branch". */
const wantsProof = (pull, record) => pull.state === "open" && record.attempts.at(-1)?.outcome !== void 0 && record.attempts.some((attempt) => attempt.outcome?.kind === "published") && proofOf(record, pull.head) === void 0;

// src/github/pulls.ts
/** A pull request as GitHub answers it, and its checks, in swarm's words. */
/** Those that the journal names. */
const pullsOf = (detail) => answersWith(detail.repository, "pull");
async function pullOf(people, pull) {
	return {
		number: pullNumber(pull.number),
		id: pull.id,
		url: pull.url,
		branch: pull.headRefName,
		base: pull.baseRefName,
		head: headSha(pull.headRefOid),
		state: pull.merged ? "merged" : pull.state === "OPEN" ? "open" : "closed",
		draft: pull.isDraft,
		mergeable: pull.mergeable === "MERGEABLE" ? "clean" : pull.mergeable === "CONFLICTING" ? "conflicting" : "unknown",
		mergeState: pull.mergeStateStatus.toLowerCase(),
		author: {
			id: pull.author?.databaseId ?? 0,
			login: pull.author?.login ?? "ghost"
		},
		reviews: await Promise.all(pull.reviews.nodes.filter((review) => review.state !== "PENDING").map((review) => reviewOf(people, review))),
		checks: checksOf(pull.commits?.nodes[0]?.commit.statusCheckRollup ?? null),
		...pull.mergeCommit ? { mergeCommit: headSha(pull.mergeCommit.oid) } : {},
		...pull.mergedAt ? { mergedAt: instant(Date.parse(pull.mergedAt)) } : {}
	};
}
async function reviewOf(people, review) {
	const state = {
		APPROVED: "approved",
		CHANGES_REQUESTED: "changes requested",
		DISMISSED: "dismissed"
	}[review.state] ?? "commented";
	return {
		id: review.id,
		by: await people.person(review.author, state === "commented"),
		state,
		head: headSha(review.commit?.oid ?? ""),
		at: instant(Date.parse(review.submittedAt ?? "") || 0),
		body: review.body,
		comments: (review.comments?.nodes ?? []).map((comment) => ({
			path: comment.path,
			...comment.line === null ? {} : { line: comment.line },
			body: comment.body
		}))
	};
}
/**
* Where a head that is to be proven left the base: what it is judged against. GraphQL does not tell it.
* @see https://docs.github.com/en/rest/commits/commits#compare-two-commits
*/
async function withStart(client, repository, journal, base, pull) {
	const segment = journal?.phase === "running" ? segmentOfPull(journal, pull.number) : void 0;
	if (!journal || segment === void 0 || pull.base !== base.branch) return pull;
	if (!wantsProof(pull, recordOf(journal, segment))) return pull;
	try {
		const { data } = await client.request("GET /repos/{owner}/{repo}/compare/{basehead}", {
			...inRepository(repository),
			basehead: `${base.head}...${pull.head}`,
			per_page: 1
		});
		return {
			...pull,
			startedFrom: headSha(data.merge_base_commit.sha)
		};
	} catch (error) {
		if (error instanceof GitHubRefused && error.status === 404) return pull;
		throw error;
	}
}
const OURS = /^swarm \/ /;
/**
* The checks people's own CI reported. Swarm's jobs run on the base's head too: a segment that failed there says
* nothing about the base, so whatever its own workflow reported is left out.
*/
function checksOf(rollup) {
	return (rollup?.contexts.nodes ?? []).flatMap((context) => {
		if (context.__typename === "StatusContext") return [{
			name: context.context,
			ours: false,
			conclusion: {
				SUCCESS: "success",
				FAILURE: "failure",
				ERROR: "failure"
			}[context.state] ?? "pending"
		}];
		if (context.checkSuite?.workflowRun?.workflow.resourcePath.endsWith("/swarm.yml")) return [];
		return [{
			name: context.name,
			ours: OURS.test(context.name),
			conclusion: conclusionOf(context)
		}];
	});
}
function conclusionOf(run) {
	if (run.status !== "COMPLETED") return "pending";
	switch (run.conclusion) {
		case "SUCCESS": return "success";
		case "NEUTRAL":
		case "SKIPPED":
		case "STALE": return "neutral";
		default: return "failure";
	}
}
function baseOf(base, branch) {
	const checks = checksOf(base?.statusCheckRollup ?? null).filter((check) => !check.ours);
	const failing = checks.filter((check) => check.conclusion === "failure").map((check) => check.name);
	return {
		branch,
		head: headSha(base?.oid ?? ""),
		checks: failing.length > 0 ? "failing" : checks.some((check) => check.conclusion === "pending") ? "pending" : checks.length > 0 ? "passing" : "none",
		failing
	};
}

// src/core/model/people.ts
const mayWrite = (person) => person.permission === "admin" || person.permission === "maintain" || person.permission === "write";
const mayTriage = (person) => mayWrite(person) || person.permission === "triage";
/**
* A bot that the config names. The default branch says so, and that is its permission: GitHub has none to tell of an app.
* Its login ends in `[bot]` in some of GitHub's answers and not in others.
*/
const isNamedBot = (person, config) => person.kind === "bot" && config.allowedBots.some((login) => bare(login) === bare(person.login));
const bare = (login) => login.toLowerCase().replace(/\[bot\]$/, "");
/** Whose commands count, and whose text may reach an agent: people who may write here, and bots that the config names. */
const isTrusted = (person, config) => person.kind === "person" ? mayWrite(person) : isNamedBot(person, config);

// src/core/model/question.ts
/** The act that shows a question, and so its comment; named after the attempt that asked. */
const questionKey = (attempt) => `question:${attempt}`;
/** Whether our own comment by this key has boxes to tick. */
const isQuestionKey = (key) => /^question:\d+-\d+$/.test(key);
const askingOf = ({ outcome }) => outcome?.kind === "asked" && outcome.report.result.kind === "needs-input" ? outcome.report.result : void 0;
const answerTo = (record, attempt) => record.answers?.findLast((answer) => answer.attempt === attempt.id);
/**
* The question that the latest run of a segment stopped for, while it waits for a person.
* @returns undefined where it is answered, or the time for it is over.
*/
function questionOpen(record, config, now) {
	const attempt = record.attempts.at(-1);
	const asked = attempt && askedBy(attempt, config);
	if (!attempt || !asked || answerTo(record, attempt)) return void 0;
	return asked.until !== void 0 && asked.until <= now ? void 0 : asked;
}
/** What an attempt stopped for, whatever came of it. */
function askedBy(attempt, config) {
	const asking = askingOf(attempt);
	if (!asking || !attempt.outcome) return void 0;
	const { question } = asking;
	const { timeoutMinutes, unanswered } = config.questions;
	return {
		kind: "QUESTION_ASKED",
		id: question.id,
		question: question.text,
		options: question.options,
		...question.context === void 0 ? {} : { context: question.context },
		...unanswered === "go on" ? { until: attempt.outcome.at + timeoutMinutes * 6e4 } : {}
	};
}
/** The attempt whose question can be answered: until the next one begins, also when the time for it is over. */
const answerable = (record) => {
	const attempt = record.attempts.at(-1);
	return attempt && askingOf(attempt) && !answerTo(record, attempt) && !record.skipped ? attempt : void 0;
};
/** How a question of an attempt ended; undefined while it waits. */
function endOf(record, attempt, isOver) {
	const answer = answerTo(record, attempt);
	if (answer) return {
		kind: "answered",
		by: answer.by,
		text: answer.text
	};
	if (record.attempts.at(-1) !== attempt) return { kind: "gone on" };
	return isOver || record.skipped ? { kind: "over" } : void 0;
}
/** What a run that goes on after a question is given: the kept work, and all that was asked so far with its answers. */
function carriedOn(record) {
	const last = record.attempts.at(-1);
	const asking = last && askingOf(last);
	if (!asking) return {};
	const said = answerTo(record, last);
	const answer = {
		id: asking.question.id,
		question: asking.question.text,
		answer: said?.text ?? "",
		...said ? { by: said.by } : {}
	};
	return {
		...asking.keptHead ? { kept: asking.keptHead } : {},
		answers: [...last.answers ?? [], answer]
	};
}

// src/core/model/command.ts
/** What people are told about each command; help texts and docs are made of it. */
const COMMANDS = {
	help: {
		usage: "/swarm help",
		who: "triage",
		says: "Lists these commands.",
		example: "/swarm help"
	},
	plan: {
		usage: "/swarm plan",
		who: "triage",
		says: "Shows the waves and tracks as they would run now, and starts nothing.",
		example: "/swarm plan"
	},
	execute: {
		usage: "/swarm execute [wave N] [agents N] [sequential] [dry-run]",
		who: "write",
		says: "Starts the epic with its texts as they are now: all of it, or one wave, with so many agents at once.",
		example: "/swarm execute agents 3"
	},
	status: {
		usage: "/swarm status",
		who: "triage",
		says: "Brings the panel up to date.",
		example: "/swarm status"
	},
	run: {
		usage: "/swarm run #N",
		who: "write",
		says: "Lets this segment run with its text as it is now, even where its author has no write access.",
		example: "/swarm run #14"
	},
	approve: {
		usage: "/swarm approve [wave N]; on a pull request /approve [commit]",
		who: "write",
		says: "Lets the next wave start; on a pull request, approves the commit that is its head.",
		example: "/approve 1f3c9ab"
	},
	reject: {
		usage: "/reject REASON",
		who: "write",
		says: "Sends a pull request back to its agent with these words and the review's comments.",
		example: "/reject The total must include shipping."
	},
	retry: {
		usage: "/swarm retry [#N]",
		who: "write",
		says: "Tries a blocked segment again, or all of them, with fresh limits.",
		example: "/swarm retry #14"
	},
	answer: {
		usage: "/swarm answer ID TEXT",
		who: "write",
		says: "Answers the question that a run stopped for; it goes on from where it was.",
		example: "/swarm answer q1 Prices are in cents."
	},
	skip: {
		usage: "/swarm skip #N REASON",
		who: "write",
		says: "Leaves a segment out; what waited for it goes on.",
		example: "/swarm skip #14 We buy this instead."
	},
	pause: {
		usage: "/swarm pause",
		who: "write",
		says: "Lets what runs finish and starts nothing more.",
		example: "/swarm pause"
	},
	resume: {
		usage: "/swarm resume",
		who: "write",
		says: "Carries on after a pause or a cancel from what GitHub shows.",
		example: "/swarm resume"
	},
	cancel: {
		usage: "/swarm cancel",
		who: "write",
		says: "Cancels what runs and starts nothing more; branches and pull requests stay.",
		example: "/swarm cancel"
	},
	accept: {
		usage: "/swarm accept",
		who: "write",
		says: "Accepts the finished epic and closes it.",
		example: "/swarm accept"
	},
	"needs-work": {
		usage: "/swarm needs-work WHAT",
		who: "write",
		says: "Makes a follow-up segment of what is missing, instead of accepting.",
		example: "/swarm needs-work The empty cart shows an error page."
	}
};

// src/core/text/command.ts
/**
* Commands people write: `/swarm retry #14` on an epic or segment, `/approve` and `/reject why` on a pull request.
*
* A command stands at the start of a comment's first line, where no code, quote or reply tail can be; whatever else a comment says is
* talk. A mention in prose must never start anything (SPEC R3.4, threats T36).
*/
/** Letters a command and its short arguments may take: longer lines are talk, or an attempt to make swarm echo. */
const LINE_CHARS = 200;
const REASON_CHARS = 4e3;
const ALONE = [
	"help",
	"plan",
	"status",
	"pause",
	"resume",
	"cancel",
	"accept"
];
/** What people reach for first; edit distance would not find it. */
const OTHER_WORDS = /* @__PURE__ */ new Map([
	["stop", "cancel"],
	["abort", "cancel"],
	["kill", "cancel"],
	["start", "execute"],
	["go", "execute"],
	["continue", "resume"],
	["again", "retry"],
	["merge", "approve"],
	["lgtm", "approve"],
	["deny", "reject"],
	["commands", "help"],
	["dry-run", "plan"]
]);
/**
* What a new comment asks for. Only its first line is read, from the first column on, in plain ASCII; the reason of a
* `reject`, `skip` or `needs-work` may go on below it. Anything that is not exactly a command is `unknown` or
* `malformed` when it clearly tried to be one, and `nothing` when it is talk.
*
* @param where `/approve` and `/reject` alone are commands on pull requests only.
*/
function readCommand(comment, where) {
	const end = comment.search(/[\r\n]/);
	const line = trimEndOf(end === -1 ? comment : comment.slice(0, end), " 	");
	const below = end === -1 ? "" : comment.slice(end);
	const start = /^\/(swarm|approve|reject)(?=[ \t]|$)[ \t]*/.exec(line);
	if (!start) return where === "pull" ? withPunctuation(/^\/(?=approve|reject)/.test(line) ? line.slice(1) : "") : NOTHING;
	if (start[1] !== "swarm") {
		if (where === "issue") return NOTHING;
		return readArguments(start[1] === "approve" ? "approve" : "reject", line.slice(start[0].length), below, where);
	}
	const rest = line.slice(start[0].length);
	if (rest === "") return {
		kind: "command",
		command: { kind: "help" }
	};
	const word = /^[^ \t]+/.exec(rest)?.[0] ?? "";
	const verb = VERBS.find((each) => each === word);
	if (!verb) {
		const asked = withPunctuation(rest);
		return asked.kind === "nothing" ? unknown(word) : asked;
	}
	return readArguments(verb, rest.slice(word.length).replace(/^[ \t]+/, ""), below, where);
}
const NOTHING = { kind: "nothing" };
const VERBS = Object.keys(COMMANDS);
/** `approve; rm -rf /` and `approve!` are meant as the command, and are not it. */
function withPunctuation(text) {
	const word = /^([a-z-]{1,20})[;.,:!]/.exec(text)?.[1];
	const verb = VERBS.find((each) => each === word);
	return verb && text.length <= LINE_CHARS ? malformed(verb, `a blank or nothing behind "${verb}"`) : NOTHING;
}
function unknown(word) {
	if (word.length > LINE_CHARS || !/^[!-~]+$/.test(word)) return NOTHING;
	const near = OTHER_WORDS.get(word.toLowerCase()) ?? nearest(word, VERBS);
	return {
		kind: "unknown",
		text: word.slice(0, 40),
		...near === void 0 ? {} : { nearest: near }
	};
}
function readArguments(verb, rest, below, where) {
	if (verb === "reject" || verb === "needs-work") {
		const words = `${rest}${below}`.trim();
		const wrong = reasonFault(words);
		if (wrong) return malformed(verb, wrong);
		return command(verb === "reject" ? {
			kind: verb,
			reason: words
		} : {
			kind: verb,
			what: words
		});
	}
	if (verb === "skip") {
		const named = /^(\S+)([\s\S]*)$/.exec(`${rest}${below}`);
		const segment = issueIn(named?.[1] ?? "");
		const reason = (named?.[2] ?? "").trim();
		const wrong = segment === void 0 ? "an issue number and a reason" : reasonFault(reason);
		if (segment === void 0 || wrong) return malformed(verb, wrong ?? "an issue number and a reason");
		return command({
			kind: verb,
			segment,
			reason
		});
	}
	if (verb === "answer") {
		const [, id = "", words = ""] = /^([A-Za-z0-9][\w.-]{0,39})[ \t\r\n]+([\s\S]*)$/.exec(`${rest}${below}`) ?? [];
		const wrong = id === "" ? "the question's id and your answer" : reasonFault(words.trim());
		return wrong ? malformed(verb, wrong) : command({
			kind: verb,
			id,
			text: words.trim()
		});
	}
	if (rest.length > LINE_CHARS || !/^[\t -~]*$/.test(rest)) return NOTHING;
	const words = rest.split(/[ \t]+/).filter((word) => word !== "");
	const [first, ...more] = words;
	switch (verb) {
		case "execute": return readExecute(words);
		case "run":
		case "retry": {
			if (verb === "retry" && first === void 0) return command({ kind: verb });
			const segment = issueIn(first ?? "");
			return segment === void 0 || more.length > 0 ? malformed(verb, verb === "run" ? "one issue number, such as #14" : "nothing, or one issue number such as #14") : command({
				kind: verb,
				segment
			});
		}
		case "approve": return where === "issue" ? readWaveApproval(words) : readPullApproval(words);
		default: return ALONE.includes(verb) && words.length === 0 ? command({ kind: verb }) : malformed(verb, "nothing after it");
	}
}
const command = (read) => ({
	kind: "command",
	command: read
});
const malformed = (verb, expected) => ({
	kind: "malformed",
	command: verb,
	expected
});
function reasonFault(reason) {
	if (reason === "") return "a reason in your own words";
	return reason.length > REASON_CHARS ? `at most ${REASON_CHARS.toLocaleString("en-US")} characters of reason` : void 0;
}
function readExecute(words) {
	const expected = "any of `wave N`, `agents N`, `sequential` and `dry-run`, each once";
	const options = {};
	const parts = words.flatMap((word) => word.split(/[:=]/)).filter((part) => part !== "");
	for (let at = 0; at < parts.length; at++) {
		const part = parts[at];
		if (part === "sequential" && options.sequential === void 0) options.sequential = true;
		else if (part === "dry-run" && options.dryRun === void 0) options.dryRun = true;
		else if ((part === "wave" || part === "agents") && options[part] === void 0) {
			const count = wholeIn(parts[++at] ?? "", part === "agents" ? 256 : 999);
			if (count === void 0) return malformed("execute", expected);
			options[part] = count;
		} else return malformed("execute", expected);
	}
	return command({
		kind: "execute",
		...options
	});
}
function readWaveApproval(words) {
	if (words.length === 0) return command({ kind: "approve" });
	const wave = words[0] === "wave" && words.length === 2 ? wholeIn(words[1] ?? "", 999) : void 0;
	return wave === void 0 ? malformed("approve", "nothing, or `wave N`; a pull request is approved on its own page") : command({
		kind: "approve",
		wave
	});
}
function readPullApproval(words) {
	if (words.length === 0) return command({ kind: "approve" });
	const head = words[0]?.toLowerCase() ?? "";
	return words.length === 1 && /^[0-9a-f]{7,40}$/.test(head) ? command({
		kind: "approve",
		head
	}) : malformed("approve", "nothing, or the commit you approve by 7 to 40 of its id's digits");
}
function wholeIn(word, most) {
	const value = /^[1-9]\d{0,3}$/.test(word) ? Number(word) : void 0;
	return value !== void 0 && value <= most ? value : void 0;
}
function issueIn(word) {
	const digits = /^#?([1-9]\d{0,9})$/.exec(word)?.[1];
	return digits === void 0 ? void 0 : numberIn$1(digits);
}

// src/words/question.ts
const questionText = (notice) => notice.end ? closedText(notice, notice.end) : openText(notice);
const openText = ({ segment, owner, question, kept, unticked }) => {
	const { what, next, docs, code } = sayProblem(question, {
		form: "markdown",
		segment
	});
	const { context, options } = question;
	return [
		...unticked ? [`⚠️ ${UNTICKED[unticked]}`] : [],
		`${mention(owner)}❓ ${what} \`${code}\``,
		...context === void 0 ? [] : [`In its words: ${inline(context, 2e3)}`],
		...options.length === 0 ? [] : [options.map((option) => `- [ ] ${inline(option, 240)}`).join("\n")],
		`**Next** ${next}`,
		...keptText(kept),
		`<sub>[${docs}](${DOCS_URL}/${docs})</sub>`
	].join("\n\n");
};
const UNTICKED = {
	several: "Several boxes were ticked, and only one can be the answer; they are clear again. Which one is it?",
	"not by a person who may": "A box was ticked, but not by a person with write access here; that is no answer, and it is clear again."
};
const closedText = ({ question, kept, segment }, end) => {
	const asked = `It asked: ${inline(question.question, 2e3)}`;
	switch (end.kind) {
		case "answered": return [
			`✅ Answered by ${inline(end.by, 60)}. No action needed; #${segment} goes on from where it was.`,
			asked,
			"The answer:",
			block(end.text, { max: 4e3 }),
			...keptText(kept)
		].join("\n\n");
		case "gone on": return [
			`⏳ Nobody answered in time. No action needed; #${segment} went on by its best judgement, and its pull request says what it assumed.`,
			asked,
			...keptText(kept)
		].join("\n\n");
		case "over": return [
			`#${segment} is over, and this needs no answer any more.`,
			asked,
			...keptText(kept)
		].join("\n\n");
	}
};
const keptText = (kept) => kept === void 0 ? [] : [`**Kept** The work so far is on the branch ${inline(kept)}.`];
/** The boxes that are ticked in the comment of an open question, from 0. */
const ticksIn = (body) => [...body.matchAll(/^- \[([ xX])\] /gm)].flatMap(([, mark], box) => mark === " " ? [] : [box]);

// src/github/requests.ts
/** What people and bots ask for: commands in comments and reviews, labels, ticked boxes; each with who asked. */
function commentsOf(raw, detail) {
	const onIssues = [raw.epic, ...raw.issues].flatMap((issue) => (issue.comments?.nodes ?? []).map((comment) => ({
		comment,
		where: "issue",
		from: {
			kind: "comment",
			issue: issueNumber(issue.number),
			node: comment.id
		}
	})));
	const onPulls = pullsOf(detail).flatMap((pull) => [...(pull.comments?.nodes ?? []).map((comment) => ({
		comment,
		where: "pull",
		from: {
			kind: "pull comment",
			pull: pullNumber(pull.number),
			node: comment.id
		}
	})), ...pull.reviews.nodes.flatMap((review) => (review.comments?.nodes ?? []).map((comment) => ({
		comment,
		where: "pull",
		from: {
			kind: "review comment",
			pull: pullNumber(pull.number),
			node: comment.id,
			head: headSha(review.commit?.oid ?? "")
		}
	})))]);
	return [...onIssues, ...onPulls];
}
/** Our own comments, by the key of the act they are. A marker in anybody else's comment is only text. */
function saidIn(comments, epic) {
	const said = {};
	for (const { comment, from } of comments) {
		const marker = comment.viewerDidAuthor ? readMarker(comment.body) : void 0;
		if (!marker) continue;
		if (marker.kind === "panel" && (marker.key !== String(epic) || from.kind !== "comment" || from.issue !== epic)) continue;
		const key = marker.kind === "panel" ? actKeys.panel : marker.key;
		const ticked = isQuestionKey(key) ? ticksIn(comment.body) : [];
		said[key] ??= {
			id: Number(comment.fullDatabaseId),
			body: comment.body,
			at: instant(Date.parse(comment.lastEditedAt ?? comment.createdAt)),
			...ticked.length > 0 ? { ticked } : {}
		};
	}
	return said;
}
async function requestsOf({ client, requests: byHand }, config, journal, raw, detail, comments, people) {
	const taken = journal?.taken ?? {};
	const requests = [];
	for (const { comment, where, from } of comments) {
		const id = `comment:${comment.id}`;
		if (taken[id] || comment.viewerDidAuthor || comment.lastEditedAt !== null) continue;
		if (hasReacted(comment, "ROCKET", "CONFUSED")) continue;
		const asked = readCommand(comment.body, where);
		if (asked.kind === "nothing") continue;
		requests.push({
			id,
			at: instant(Date.parse(comment.createdAt)),
			by: await people.person(comment.author),
			asked,
			from
		});
	}
	for (const pull of pullsOf(detail)) for (const review of pull.reviews.nodes) {
		const id = `review:${review.id}`;
		const asked = review.state === "COMMENTED" && review.lastEditedAt === null ? readCommand(review.body, "pull") : { kind: "nothing" };
		if (taken[id] || asked.kind === "nothing" || !review.submittedAt) continue;
		const from = {
			kind: "pull comment",
			pull: pullNumber(pull.number),
			node: review.id
		};
		requests.push({
			id,
			at: instant(Date.parse(review.submittedAt)),
			by: await people.person(review.author),
			asked,
			from
		});
	}
	requests.push(...await tickRequests(client, config, taken, comments, people));
	requests.push(...await labelRequests(raw.epic, config, taken, people));
	if (journal) requests.push(...await unblockRequests(raw, config, taken, people));
	for (const { login, ...request } of byHand) {
		if (taken[request.id]) continue;
		requests.push({
			...request,
			at: client.now(),
			by: await people.byLogin(login)
		});
	}
	return requests.sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
}
/**
* Boxes that were ticked in questions of ours, in the name of whoever ticked them. GitHub lets everybody with write access
* edit anybody's comment, and any app that may write issues; so all who edited it since we wrote it are asked for, and one
* among them whose word does not count is enough for none of it to count.
*/
async function tickRequests(client, config, taken, comments, people) {
	const requests = [];
	for (const { comment, from } of comments) {
		const { key = "" } = comment.viewerDidAuthor && from.kind === "comment" && readMarker(comment.body) || {};
		const id = `ticks:${comment.id}:${comment.lastEditedAt}`;
		if (!isQuestionKey(key) || comment.lastEditedAt === null || taken[id]) continue;
		const boxes = ticksIn(comment.body);
		if (boxes.length === 0 || from.kind !== "comment") continue;
		const editors = await editorsOf(client, comment, people);
		const [last] = editors;
		const by = editors.find((each) => !isTrusted(each, config)) ?? last;
		if (!by) continue;
		requests.push({
			id,
			at: instant(Date.parse(comment.lastEditedAt)),
			by,
			asked: {
				kind: "ticks",
				key,
				boxes
			},
			from: {
				kind: "boxes",
				issue: from.issue
			}
		});
	}
	return requests;
}
/** Times of one edit may differ by this much from answer to answer. */
const CLOCK_MS = 5e3;
/**
* Who edited a comment of ours since we last wrote it, the latest first; nobody where the last edit is our own, or where
* GitHub does not tell of it.
*/
async function editorsOf(client, comment, people) {
	const { node } = await client.queryWhatIsThere(EDITS, { id: comment.id });
	const edits = [...node?.userContentEdits?.nodes ?? []].sort((a, b) => Date.parse(b.editedAt) - Date.parse(a.editedAt));
	const [latest] = edits;
	const lastEditMs = Date.parse(comment.lastEditedAt ?? "");
	if (!latest || Date.parse(latest.editedAt) < lastEditMs - CLOCK_MS) return [];
	const own = edits.findIndex(({ editor }) => editor !== null && editor.login === comment.author?.login);
	const others = own === -1 ? edits : edits.slice(0, own);
	return Promise.all(others.map(({ editor }) => people.person(editor)));
}
/**
* A command label counts while it is on the epic, in the name of whoever put it there last. Who that was is read from
* the timeline: an issue form can set labels in the name of somebody who may not (threats T01).
*/
async function labelRequests(epic, config, taken, people) {
	const requests = [];
	for (const label of COMMAND_LABELS) {
		const name = labelName(config, label);
		if (!epic.labels.nodes.some((each) => each.name === name)) continue;
		const event = epic.timelineItems?.nodes.findLast((each) => each.label?.name === name);
		const id = `label:${event?.id ?? `${label}@${epic.updatedAt}`}`;
		if (taken[id]) continue;
		requests.push({
			id,
			at: instant(Date.parse(event?.createdAt ?? epic.updatedAt)),
			by: await people.person(event?.actor ?? null),
			asked: {
				kind: "command",
				command: label === "dry-run" ? {
					kind: "execute",
					dryRun: true
				} : { kind: label }
			},
			from: {
				kind: "label",
				name,
				issue: issueNumber(epic.number)
			}
		});
	}
	return requests;
}
/** Taking the blocked label off a segment by hand is a retry (SPEC R3.3). Swarm takes it off too; that asks for nothing. */
async function unblockRequests({ epic, issues }, config, taken, people) {
	const name = labelName(config, "blocked");
	const requests = [];
	for (const issue of [epic, ...issues]) {
		const event = (issue === epic ? epic.unlabeled : issue.timelineItems)?.nodes.findLast((each) => each.label?.name === name && each.actor?.__typename === "User");
		if (!event || taken[`label:${event.id}`] || issue.labels.nodes.some((each) => each.name === name)) continue;
		const number = issueNumber(issue.number);
		requests.push({
			id: `label:${event.id}`,
			at: instant(Date.parse(event.createdAt)),
			by: await people.person(event.actor),
			asked: {
				kind: "command",
				command: issue === epic ? { kind: "retry" } : {
					kind: "retry",
					segment: number
				}
			},
			from: {
				kind: "label",
				name,
				issue: number
			}
		});
	}
	return requests;
}

// src/github/runs.ts
/** The workflow runs that the journal waits for, with their jobs and the steps these are at. */
async function observeRuns(client, repository, journal) {
	const open = Object.values(journal.dispatches).filter((dispatch) => !isEnded(journal, dispatch));
	const unseen = open.filter((dispatch) => dispatch.runId === void 0);
	const found = [];
	if (unseen.length > 0) {
		const { data } = await client.request("GET /repos/{owner}/{repo}/actions/workflows/{workflow_id}/runs", {
			...inRepository(repository),
			workflow_id: "swarm.yml",
			event: "workflow_dispatch",
			per_page: 50
		});
		found.push(...data.workflow_runs.map(runAnswer));
	}
	const runs = [];
	for (const dispatch of open) {
		const run = dispatch.runId === void 0 ? found.find((each) => each.display_title === runTitle(journal.epic, dispatch.id)) : await runById(client, repository, dispatch.runId);
		if (run) runs.push(await withJobs(client, repository, dispatch.id, run));
	}
	return runs;
}
/** The `run-name` of `swarm.yml`: how a run says which dispatch it is of. */
const runTitle = (epic, dispatch) => `swarm #${epic} ${dispatch}`;
async function runById(client, repository, id) {
	try {
		const { data } = await client.request("GET /repos/{owner}/{repo}/actions/runs/{run_id}", {
			...inRepository(repository),
			run_id: id
		});
		return runAnswer(data);
	} catch (error) {
		if (error instanceof GitHubRefused && error.status === 404) return {
			id,
			display_title: "",
			html_url: "",
			status: "completed",
			conclusion: "deleted"
		};
		throw error;
	}
}
const runAnswer = (run) => ({
	...run,
	id: Number(run.id)
});
async function withJobs(client, repository, dispatch, run) {
	const state = run.status === "completed" ? "completed" : run.status === "in_progress" ? "running" : "queued";
	const jobs = state === "running" ? await client.paginate("GET /repos/{owner}/{repo}/actions/runs/{run_id}/jobs", {
		...inRepository(repository),
		run_id: run.id,
		per_page: 100
	}) : [];
	return {
		id: run.id,
		dispatch,
		url: run.html_url,
		state,
		...run.conclusion ? { conclusion: run.conclusion } : {},
		jobs: jobs.map((job) => {
			const step = job.steps?.find((each) => each.status === "in_progress");
			const since = Date.parse(step?.started_at ?? job.started_at);
			return {
				name: job.name,
				state: job.status === "completed" ? "completed" : job.status === "in_progress" ? "running" : "queued",
				...job.conclusion ? { conclusion: job.conclusion } : {},
				...step ? { step: step.name } : {},
				...Number.isFinite(since) ? { since: instant(since) } : {},
				...job.html_url ? { url: job.html_url } : {}
			};
		})
	};
}

// src/github/observe.ts
/**
* Reads all that `decide` may know of one epic. Nothing is trusted but what GitHub answers now.
*
* Three looks: the epic with its issues, journal and config; then, by what the journal names, the runs; then pull
* requests, reports and outside blockers. Runs are read *before* reports, so that a run seen as over has had its
* last chance to leave one.
*/
const CONFIG_FILES = [".github/swarm.yml", ".github/swarm.yaml"];
const WORKFLOW_FILE = ".github/workflows/swarm.yml";
const SEGMENT_WORKFLOW_FILE = ".github/workflows/segment.yml";
/** @returns undefined where there is no such issue. */
async function observe(looking) {
	const { client, repository, epic: number } = looking;
	const answer = (await client.queryWhatIsThere(EPIC, {
		...repository,
		epic: number,
		journal: journalRef(number),
		state: `${journalRef(number)}:state.json`
	})).repository;
	if (!answer?.issue) return void 0;
	const journal = answer.state ? parseJournal(await wholeText(client, repository, answer.state), number) : void 0;
	const configText = {
		file: answer.yml || !answer.yaml ? CONFIG_FILES[0] : CONFIG_FILES[1],
		text: (answer.yml ?? answer.yaml)?.text ?? void 0,
		ambiguous: answer.yml !== null && answer.yaml !== null
	};
	const { config, diagnostics } = await looking.understand(configText);
	const earlier = journal?.authorisation ? void 0 : await readEarlier(client, repository, number);
	const { people } = looking.answers;
	const raw = await issuesBelow(looking, answer.issue);
	const runs = journal ? await observeRuns(client, repository, journal) : [];
	const outside = outsideRefs(raw, looking.repository);
	const detail = await observeDetail(looking, config, journal, raw, outside);
	const base = baseOf(detail.repository?.base ?? null, config.base ?? answer.defaultBranchRef?.name ?? "main");
	const issues = withChildren(await Promise.all(raw.issues.map((issue) => issueOf(people, repository, issue, raw.epic.number))));
	const top = await issueOf(people, repository, raw.epic, raw.epic.number);
	const epic = {
		...top,
		children: issues.filter((issue) => issue.parent === top.number).map((issue) => issue.number)
	};
	const pulls = await Promise.all(pullsOf(detail).map(async (pull) => withStart(client, repository, journal, base, await pullOf(people, pull))));
	const comments = commentsOf(raw, detail);
	const requests = await requestsOf(looking, config, journal, raw, detail, comments, people);
	return {
		config,
		journalOid: answer.head?.oid,
		snapshot: {
			now: client.now(),
			orchestrator: looking.orchestrator,
			repository: {
				...repository,
				id: answer.id,
				url: answer.url,
				defaultBranch: answer.defaultBranchRef?.name ?? base.branch
			},
			base,
			epic,
			issues,
			others: othersOf(detail, outside),
			pulls,
			runs,
			reports: reportsOf(detail, journal),
			calibrationReports: calibrationReportsOf(detail, journal),
			...earlier ? { earlier } : {},
			requests,
			acknowledged: comments.filter(({ comment }) => hasReacted(comment, "EYES") && !hasReacted(comment, "ROCKET")).map(({ comment }) => ({
				id: `comment:${comment.id}`,
				node: comment.id
			})),
			said: saidIn(comments, number),
			made: Object.fromEntries(issues.filter((issue) => issue.madeFor).map((issue) => [issue.madeFor, issue.number])),
			branches: branchesOf(detail),
			journal,
			performed: looking.performed,
			...namesInstructions(raw) ? { instructions: instructionsOf(detail) } : {},
			preflight: [
				...diagnostics,
				...foreignIssues(raw),
				...await preflight(looking, answer, configText, detail, base.branch)
			],
			configDigest: sha256(configText.text ?? "")
		}
	};
}
const sha256 = (text) => createHash("sha256").update(text).digest("hex");
/** What is asked of GitHub once per go; a go lasts seconds. */
var Answers = class {
	people;
	#disabled;
	#client;
	#repository;
	constructor(client, repository) {
		this.#client = client;
		this.#repository = repository;
		this.people = new People(client, repository);
	}
	/** Whether the repository's variable switches swarm off; `cannot tell` without the permission to read it. */
	isDisabled() {
		this.#disabled ??= isDisabled(this.#client, this.#repository);
		return this.#disabled;
	}
};
async function observeDetail(looking, config, journal, raw, others) {
	const open = new Set(raw.issues.filter((issue) => issue.state === "OPEN").map((issue) => issue.number));
	const records = Object.entries(journal?.segments ?? {}).map(([segment, record]) => ({
		segment: Number(segment),
		record
	}));
	const attempts = records.flatMap(({ record }) => record.attempts);
	const pulls = records.flatMap(({ segment, record }) => {
		const outcome = record.attempts.findLast((attempt) => attempt.outcome?.kind === "published")?.outcome;
		if (outcome?.kind !== "published") return [];
		return [{
			number: outcome.pull,
			detail: open.has(segment) || segment === raw.epic.number ? "whole" : "state"
		}];
	});
	const calibrations = Object.entries(journal?.calibrations ?? {}).flatMap(([wave, rounds]) => rounds.filter((round) => !round.verdict).map((round) => calibrationRef(looking.epic, Number(wave), round.round)));
	const questions = detail({
		base: config.base ?? "HEAD",
		pulls,
		branches: [...new Set(attempts.flatMap((attempt) => [attempt.branch, ...keptOf(attempt).map(({ branch }) => branch)]))],
		reports: attempts.filter((attempt) => !attempt.outcome).map((attempt) => reportRef(looking.epic, attempt.id)),
		calibrations,
		others,
		personaFolders: namesInstructions(raw) ? foldersFor("persona", config.instructions) : [],
		skillFolders: namesInstructions(raw) ? foldersFor("skill", config.instructions) : []
	});
	const [first, ...more] = await Promise.all(questions.map(({ text, variables }) => looking.client.queryWhatIsThere(text, {
		...looking.repository,
		...variables
	})));
	if (!first?.repository) return { repository: null };
	return {
		...first,
		repository: Object.assign({}, first.repository, ...more.map(({ repository }) => repository))
	};
}
/** Whether any open issue may name a persona or a skill; asking for what nobody names would only cost. */
const namesInstructions = (raw) => [raw.epic, ...raw.issues].some(({ state, body, labels }) => state === "OPEN" && (/persona|skill/i.test(body) || labels.nodes.some(({ name }) => name.startsWith("persona:"))));
function instructionsOf(detail) {
	const entriesOf = (word) => answersWith(detail.repository, word).flatMap(({ entries }) => entries ?? []);
	const personas = entriesOf("personas").flatMap(({ name, type }) => type === "blob" ? personaIn(name) ?? [] : []);
	const skills = entriesOf("skills").flatMap(({ name, object }) => isSkillName(name) && object?.entries?.some((each) => each.name === "SKILL.md") ? [name] : []);
	return {
		personas: [.../* @__PURE__ */ new Set([...personas, ...SHIPPED_PERSONAS])].sort(),
		skills: [...new Set(skills)].sort()
	};
}
function branchesOf(detail) {
	const branches = answersWith(detail.repository, "branch");
	return Object.fromEntries(branches.map((branch) => [branch.name, headSha(branch.target.oid)]));
}
/** Reports of attempts the journal waits for. A ref that holds no JSON is no report: the run counts as lost. */
function reportsOf(detail, journal) {
	const waited = new Set(Object.values(journal?.segments ?? {}).flatMap((record) => record.attempts.map((attempt) => attempt.id)));
	return parsed(detail, "report").filter((report) => report.version === 1 && waited.has(report.attempt));
}
function calibrationReportsOf(detail, journal) {
	return parsed(detail, "calibration").filter((report) => report.version === 1 && journal?.calibrations[report.wave] !== void 0);
}
function parsed(detail, prefix) {
	return answersWith(detail.repository, prefix).flatMap((blob) => {
		try {
			return blob.text ? [JSON.parse(blob.text)] : [];
		} catch {
			return [];
		}
	});
}
/** Issues named in texts that are not below the epic, so that "open elsewhere" can be told from "not there". */
function outsideRefs(raw, repository) {
	const inside = /* @__PURE__ */ new Set([raw.epic.number, ...raw.issues.map((issue) => issue.number)]);
	const refs = /* @__PURE__ */ new Map();
	for (const issue of [raw.epic, ...raw.issues]) {
		const text = {
			number: issueNumber(issue.number),
			title: issue.title,
			body: issue.body,
			labels: issue.labels.nodes.map((label) => label.name)
		};
		const { spec } = readSpec(text);
		for (const ref of [...spec.dependsOn, ...spec.conflictsWith]) {
			if (ref.repository === void 0 && inside.has(ref.number)) continue;
			const { owner, name } = ref.repository ?? repository;
			refs.set(`${owner}/${name}#${ref.number}`, ref);
		}
	}
	for (const item of readTaskList(raw.epic.body, repository)) if (!inside.has(item.number)) refs.set(`#${item.number}`, { number: item.number });
	return [...refs.values()].slice(0, 100);
}
const othersOf = (detail, outside) => othersIn(detail, outside).map(({ ref, answer }) => {
	if (answer === null) return {
		ref,
		kind: "missing"
	};
	return answer.__typename === "PullRequest" ? {
		ref,
		kind: "pull request"
	} : {
		ref,
		kind: "issue",
		state: stateOf(answer)
	};
});
async function preflight(looking, answer, configText, detail, base) {
	const found = [];
	const error = (problem) => found.push({
		level: "error",
		problem
	});
	if (configText.ambiguous) error({
		kind: "CONFIG_AMBIGUOUS",
		files: CONFIG_FILES
	});
	if (!answer.workflow) error({
		kind: "WORKFLOW_MISSING",
		file: WORKFLOW_FILE
	});
	if (!answer.segmentWorkflow) error({
		kind: "WORKFLOW_MISSING",
		file: SEGMENT_WORKFLOW_FILE
	});
	if (!detail.repository?.base) error({
		kind: "BASE_MISSING",
		branch: base
	});
	const disabled = await looking.answers.isDisabled();
	if (disabled === "yes") error({ kind: "DISABLED" });
	if (disabled === "cannot tell" && looking.killSwitch === "variable") found.push({
		level: "warning",
		problem: {
			kind: "PERMISSION_MISSING",
			permission: "actions_variables: read",
			why: "without it the variable SWARM_DISABLED stops nothing; swarm:cancel on an epic still does"
		}
	});
	return found;
}
const foreignIssues = (raw) => raw.foreign.map((issue) => {
	const [owner = "", name = ""] = issue.repository.nameWithOwner.split("/");
	const ref = {
		number: issueNumber(issue.number),
		repository: {
			owner,
			name
		}
	};
	return {
		level: "warning",
		problem: {
			kind: "UNKNOWN_ISSUE",
			at: { issue: issueNumber(raw.epic.number) },
			ref
		}
	};
});
/** The kill switch: the repository variable `SWARM_DISABLED`. */
async function isDisabled(client, repository) {
	try {
		const { data } = await client.request("GET /repos/{owner}/{repo}/actions/variables/{name}", {
			...inRepository(repository),
			name: "SWARM_DISABLED"
		});
		return data.value !== "" && data.value !== "false" ? "yes" : "no";
	} catch (error) {
		if (error instanceof GitHubRefused && error.status === 404) return "no";
		if (error instanceof GitHubRefused && error.status === 403) return "cannot tell";
		throw error;
	}
}
/** The config's text on the default branch, for the jobs of a run. */
async function readConfigText(client, repository) {
	const { repository: answer } = await client.queryWhatIsThere(CONFIG, { ...repository });
	return {
		file: answer?.yml || !answer?.yaml ? CONFIG_FILES[0] : CONFIG_FILES[1],
		text: (answer?.yml ?? answer?.yaml)?.text ?? void 0,
		ambiguous: Boolean(answer?.yml && answer.yaml)
	};
}

export { withRecord as A, readTaskList as B, laterOf as C, withAct as D, segmentOfPull as E, pathsFor as F, insideOf$1 as G, refText as H, personaIn as I, Globs as J, isInside as K, readDependenciesOf as L, withoutRefusals as M, SHIPPED_PERSONAS as N, withCalibration as O, foldersFor as P, readGlob as Q, readForeignItems as R, jobsOf as S, refusedIssues as T, branchFault as U, ofOwn as V, branchName as W, isEverything as X, fixedPart as Y, matches as Z, proofOf as _, COMMANDS as a, actKeys as b, askingOf as c, questionKey as d, questionOpen as f, mayWrite as g, mayTriage as h, questionText as i, withoutAct as j, withOutcome as k, carriedOn as l, isTrusted as m, observe as n, answerable as o, isNamedBot as p, overlappingScopes as q, readConfigText as r, askedBy as s, Answers as t, endOf as u, redHead as v, recordOf as w, isEnded as x, wantsProof as y, readSpec as z };