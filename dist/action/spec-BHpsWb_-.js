import { a as SPEC_KEYS, n as EFFORTS$1, o as WORKERS$1, t as COMMIT_TYPES } from "./epic-BlD3cFx_.js";
import { a as ofOwn, c as readableLines, d as shown$1, i as linesOf, l as refText, n as countHidden, o as readRef, s as readRefs, t as commentsIn, u as refsIn } from "./markdown-CmfJsOQt.js";
import { t as nearest } from "./nearest-CUD6Q3D7.js";

// src/core/scope/glob.ts
/**
* Globs as Swarm reads them, with two questions: does a glob match a path, and can two globs match the same path?
*
* The second question is about languages, not about the files that exist now: the overlaps that hurt most are on files that
* no one has written yet. The answer is exact, from a walk through both patterns at once.
*
* No glob becomes a regular expression, because a regular expression can take minutes on a hostile pattern. Anything outside
* this small language (extended globs, escapes) is refused with a reason rather than guessed at.
*
*   *      any characters but `/`, dot files too        [a-z] [!a-z]   one character of these, or none of these
*   ?      one character but `/`                        {a,b} {1..9}   alternatives; they may be nested
*   **     as a whole part: any number of parts         a/             everything below `a`
*
* The file is long because reading, matching and comparing share one small set of types. It goes from text to patterns
* first, then from patterns to answers.
*/
const SLASH = 47;
const HYPHEN = 45;
const LAST_CODE_POINT = 1114111;
/** Shared, so that a long pattern is a list of pointers. */
const ASCII = Array.from({ length: 128 }, (_, point) => [point, point]);
const ANY_CHARACTER = [
	0,
	46,
	48,
	LAST_CODE_POINT
];
/** Only names and stars: nothing in such a glob has a second meaning, and nothing is refused. */
const USUAL = /^[\w*-][\w*.-]*(?:\/[\w*-][\w*.-]*)*$/;
/**
* Reads globs and their names, each once. Planning asks for the meaning of one glob several times, and ten thousand globs
* have few different names. A cache lives as long as one plan.
*/
var GlobCache = class {
	#read = /* @__PURE__ */ new Map();
	#names = /* @__PURE__ */ new Map();
	/** Names in which brackets are only brackets. */
	#bracketed = /* @__PURE__ */ new Map();
	#ids = 0;
	/** The patterns of a glob, one for each alternative; or its fault. */
	read(text) {
		return this.lookUp(text).read;
	}
	/** The same, with an id that tells this glob from the others that this cache has read. */
	lookUp(text) {
		let glob = this.#read.get(text);
		if (glob === void 0) {
			glob = {
				read: text.length <= 512 && USUAL.test(text) ? [this.#readUsual(text)] : this.#readAny(text),
				id: this.#read.size
			};
			this.#read.set(text, glob);
		}
		return glob;
	}
	#readUsual(text) {
		const pattern = [];
		for (const part of text.split("/")) pattern.push(this.#name(part));
		return pattern;
	}
	#readAny(text) {
		const fault = faultOf(text);
		if (fault !== void 0) return fault;
		const glob = text.replace(/^(?:\.\/)+/, "");
		if (glob.includes("//")) return "empty part";
		const whole = glob.endsWith("/") ? `${glob}**` : glob;
		const alternatives = expandBraces(whole);
		if (typeof alternatives === "string") return alternatives;
		const patterns = [];
		for (const alternative of alternatives) {
			const parts = alternative.split("/");
			if (parts.includes("..") || parts.includes(".")) return "dot part";
			if (parts.includes("")) continue;
			const pattern = [];
			for (const part of parts) {
				const read = this.#name(part);
				if (read !== "any parts" && "fault" in read) return read.fault;
				pattern.push(read);
			}
			patterns.push(pattern);
		}
		if (patterns.length === 0) return "no path";
		const named = whole.split("/");
		if (!patterns.some((pattern) => matches(pattern, named))) patterns.push(named.map((part) => this.#named(part)));
		return patterns;
	}
	/**
	* For a glob that is refused: a pattern that matches at least every path that its author may mean. Parts that can be
	* trusted are kept, and everything after them is anything.
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
	/** The name in which `*` and `?` are wildcards, and nothing else has a meaning. */
	#named(text) {
		const read = this.#name(text);
		if (read === "any parts" || "literal" in read || !text.includes("[")) return read;
		let name = this.#bracketed.get(text);
		if (name === void 0) {
			name = readPart(text, this.#ids++, "text");
			this.#bracketed.set(text, name);
		}
		return name;
	}
};
/** The patterns of a glob, one for each alternative; or its fault, as a clause that begins in lower case. */
const readGlob = (text) => new GlobCache().read(text);
/** Faults that show in the text of a glob before its braces and classes are read. */
function faultOf(text) {
	if (text.trim() === "") return "empty";
	if (text.length > 512) return "too long";
	if (/[\p{Cc}\p{Cs}]/u.test(text)) return "control character";
	if (text !== text.trim()) return "outer space";
	if (text.includes("\\")) return "backslash";
	if (text.startsWith("/")) return "absolute";
	if (text.startsWith("~")) return "home folder";
	if (/^[A-Za-z]:/.test(text)) return "drive";
	if (/[@?*+!]\(/.test(text)) return "extended glob";
	if (text.startsWith("!")) return "negated twice";
}
function readPart(text, id, brackets = "classes") {
	if (text === "**") return "any parts";
	const tokens = [];
	let isLiteral = true;
	const characters = [...text];
	for (let i = 0; i < characters.length; i++) {
		const character = characters[i];
		if (character === "*") {
			if (tokens.at(-1) !== "any characters") tokens.push("any characters");
		} else if (character === "?") tokens.push(ANY_CHARACTER);
		else if (character === "[" && brackets === "classes" && classEnd(characters, i) !== -1) {
			const end = classEnd(characters, i);
			const read = readClass(characters.slice(i + 1, end));
			if (typeof read === "string") return { fault: read };
			tokens.push(read);
			i = end;
		} else {
			tokens.push(oneCharacter(codePointOf(character)));
			continue;
		}
		isLiteral = false;
	}
	return isLiteral ? {
		literal: text,
		id
	} : wild(tokens, id);
}
function wild(tokens, id) {
	const first = tokens.findIndex((token) => characterOf(token) === void 0);
	const last = tokens.findLastIndex((token) => characterOf(token) === void 0);
	const textOf = (some) => some.map(characterOf).join("");
	return {
		tokens,
		prefix: textOf(tokens.slice(0, first)),
		suffix: textOf(tokens.slice(last + 1)),
		isOneStar: first === last && tokens[first] === "any characters",
		id
	};
}
/** The one character that a token matches; undefined if it matches more. */
const characterOf = (token) => token !== "any characters" && token.length === 2 && token[0] === token[1] ? String.fromCodePoint(token[0]) : void 0;
const codePointOf = (character) => character.codePointAt(0);
const oneCharacter = (point) => ASCII[point] ?? [point, point];
/** The position where the class that opens at `start` closes; -1 if it never does, and the bracket is only a bracket. */
function classEnd(characters, start) {
	let at = start + 1;
	if (characters[at] === "!" || characters[at] === "^") at++;
	return characters.indexOf("]", at + 1);
}
/** @param given the characters between the brackets. */
function readClass(given) {
	const isNegated = given[0] === "!" || given[0] === "^";
	const points = (isNegated ? given.slice(1) : given).map(codePointOf);
	const ranges = [];
	for (let i = 0; i < points.length; i++) {
		const from = points[i];
		const to = points[i + 2];
		if (points[i + 1] === HYPHEN && to !== void 0) {
			if (to < from) return "backward range";
			ranges.push([from, to]);
			i += 2;
		} else ranges.push([from, from]);
	}
	return complement([...isNegated ? ranges : complement(ranges), [SLASH, SLASH]]).flat();
}
/** Every code point that is in none of the ranges, as sorted ranges. */
function complement(ranges) {
	const gaps = [];
	let next = 0;
	for (const [from, to] of [...ranges].sort((a, b) => a[0] - b[0])) {
		if (from > next) gaps.push([next, from - 1]);
		next = Math.max(next, to + 1);
	}
	if (next <= LAST_CODE_POINT) gaps.push([next, LAST_CODE_POINT]);
	return gaps;
}
/** All alternatives of a glob, without braces; or its fault. */
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
		if (done.length > 64) return "too many alternatives";
	}
	return done;
}
/** The first `{…}` that is a choice. One without a comma or a range, such as `{name}`, is text. */
function firstGroup(text) {
	const open = [];
	let first;
	for (let i = 0; i < text.length; i++) {
		const character = text[i];
		if (character === "{") open.push({
			start: i,
			commas: []
		});
		else if (character === ",") open.at(-1)?.commas.push(i);
		else if (character === "}") {
			const group = open.pop();
			if (!group) return "unmatched brace";
			const { start, commas } = group;
			if (first && first.start < start) continue;
			const choices = commas.length > 0 ? between(text, [
				start,
				...commas,
				i
			]) : readRange(text.slice(start + 1, i));
			if (typeof choices === "string") return choices;
			if (choices) first = {
				start,
				end: i,
				choices
			};
		}
	}
	return open.length > 0 ? "unmatched brace" : first;
}
/** The texts between neighbouring edges. */
const between = (text, edges) => edges.slice(1).map((edge, i) => text.slice((edges[i] ?? 0) + 1, edge));
/** The choices of `1..9` or `a..e`; or its fault; undefined if the text is not a range. */
function readRange(text) {
	const letters = /^([A-Za-z])\.\.([A-Za-z])$/.exec(text);
	const numbers = /^(-?\d+)\.\.(-?\d+)$/.exec(text);
	if (numbers && /(?:^|\.|-)0\d/.test(text)) return "leading zero";
	if (letters) return rangeOf(codePointOf(letters[1]), codePointOf(letters[2]), String.fromCodePoint);
	return numbers ? rangeOf(Number(numbers[1]), Number(numbers[2]), String) : void 0;
}
function rangeOf(from, to, textOf) {
	const count = Math.abs(to - from) + 1;
	if (!(count <= 64)) return "too many alternatives";
	const step = to < from ? -1 : 1;
	return Array.from({ length: count }, (_, i) => textOf(from + i * step));
}
/** Answers whether the pattern matches this path. Takes at most the product of both lengths for any pattern. */
const matches = (pattern, path) => matchesAll(pattern, path, (part) => part === "any parts", (part, name) => nameMatches(part, name));
function nameMatches(name, text) {
	if ("literal" in name) return name.literal === text;
	if (!text.startsWith(name.prefix) || !text.endsWith(name.suffix)) return false;
	if (name.isOneStar) return text.length >= name.prefix.length + name.suffix.length;
	return matchesAll(name.tokens, [...text], (token) => token === "any characters", (token, character) => contains(token, codePointOf(character)));
}
/**
* Wildcard matching that backtracks to the last wildcard only. Everything before that wildcard was matched as early as
* possible, so an earlier one never needs another try.
*
* @param matchesOne is not asked about wildcards among the tokens.
*/
function matchesAll(tokens, items, isWildcard, matchesOne) {
	let token = 0;
	let wildcard = -1;
	let resume = 0;
	for (let item = 0; item < items.length;) {
		const current = tokens[token];
		if (current !== void 0 && isWildcard(current)) {
			wildcard = token++;
			resume = item;
		} else if (current !== void 0 && matchesOne(current, items[item])) {
			token++;
			item++;
		} else if (wildcard !== -1) {
			token = wildcard + 1;
			item = ++resume;
		} else return false;
	}
	return tokens.slice(token).every(isWildcard);
}
/**
* Answers whether `outer` surely matches everything that `inner` matches. It compares part by part and token by token:
* `true` is proved, `false` may be wrong.
*/
const isWithin = (inner, outer, meter) => matchesAll(outer, inner, (part) => part === "any parts", (part, name) => name !== "any parts" && isNameWithin(name, part, meter));
function isNameWithin(inner, outer, meter) {
	meter.spent++;
	if ("literal" in inner) return nameMatches(outer, inner.literal);
	if ("literal" in outer || !inner.prefix.startsWith(outer.prefix) || !inner.suffix.endsWith(outer.suffix)) return false;
	meter.spent += inner.tokens.length + outer.tokens.length;
	return matchesAll(outer.tokens, inner.tokens, (token) => token === "any characters", (token, set) => set !== "any characters" && isSubset(set, token));
}
/** Answers whether some path matches both patterns. Exact. */
const patternsOverlap = (a, b, meter = { spent: 0 }) => listsOverlap(a, b, (part) => part === "any parts", (one, other) => namesOverlap(one, other, meter), meter);
/** Answers whether some text matches both names. Exact. */
function namesOverlap(a, b, meter) {
	meter.spent++;
	if ("literal" in a) return nameMatches(b, a.literal);
	if ("literal" in b) return nameMatches(a, b.literal);
	if (!a.prefix.startsWith(b.prefix) && !b.prefix.startsWith(a.prefix)) return false;
	if (!a.suffix.endsWith(b.suffix) && !b.suffix.endsWith(a.suffix)) return false;
	if (a.isOneStar && b.isOneStar) return true;
	return listsOverlap(a.tokens, b.tokens, (token) => token === "any characters", (one, other) => setsOverlap(one, other), meter);
}
/**
* Answers whether some sequence matches both lists of tokens. Takes the product of both lengths.
*
* @param tokensOverlap is not asked about wildcards.
*/
function listsOverlap(a, b, isWildcard, tokensOverlap, meter) {
	let start = 0;
	let endA = a.length;
	let endB = b.length;
	for (; start < endA && start < endB; start++) {
		const [one, other] = [a[start], b[start]];
		if (isWildcard(one) || isWildcard(other)) break;
		if (!tokensOverlap(one, other)) return false;
	}
	for (; start < endA && start < endB; endA--, endB--) {
		const [one, other] = [a[endA - 1], b[endB - 1]];
		if (isWildcard(one) || isWildcard(other)) break;
		if (!tokensOverlap(one, other)) return false;
	}
	return middlesOverlap(a.slice(start, endA), b.slice(start, endB), isWildcard, tokensOverlap, meter);
}
/** Walks all pairs of positions that one sequence can reach in both lists, row by row, from the start to both ends. */
function middlesOverlap(a, b, isWildcard, tokensOverlap, meter) {
	if (a.length === 0 || b.length === 0) return a.every(isWildcard) && b.every(isWildcard);
	meter.spent += a.length * b.length;
	let row = new Uint8Array(b.length + 1);
	row[0] = 1;
	for (let i = 0;; i++) {
		const next = new Uint8Array(b.length + 1);
		const one = a[i];
		for (let j = 0; j <= b.length; j++) {
			if (row[j] === 0) continue;
			const other = b[j];
			if (isWildcard(one) || isWildcard(other)) {
				next[j] = 1;
				row[j + 1] = 1;
			} else if (one !== void 0 && other !== void 0 && tokensOverlap(one, other)) next[j + 1] = 1;
		}
		if (i === a.length) return row[b.length] === 1;
		row = next;
	}
}
function contains(set, point) {
	for (let i = 0; i < set.length; i += 2) if (point >= (set[i] ?? 0) && point <= (set[i + 1] ?? 0)) return true;
	return false;
}
function isSubset(inner, outer) {
	for (let i = 0; i < inner.length; i += 2) {
		const end = inner[i + 1] ?? 0;
		const holder = outer.findIndex((bound, index) => index % 2 === 1 && bound >= end);
		if (holder === -1 || (outer[holder - 1] ?? 0) > (inner[i] ?? 0)) return false;
	}
	return true;
}
function setsOverlap(a, b) {
	let i = 0;
	let j = 0;
	while (i < a.length && j < b.length) {
		if (Math.max(a[i] ?? 0, b[j] ?? 0) <= Math.min(a[i + 1] ?? 0, b[j + 1] ?? 0)) return true;
		if ((a[i + 1] ?? 0) < (b[j + 1] ?? 0)) i += 2;
		else j += 2;
	}
	return false;
}
/** Answers whether the glob matches every possible file. */
const isEverything = (glob, globs = new GlobCache()) => {
	const patterns = globs.read(glob);
	return typeof patterns !== "string" && patterns.some((pattern) => pattern.includes("any parts") && pattern.every((part, i) => part === "any parts" || i === pattern.length - 1 && isAnyName(part)));
};
const isAnyName = (name) => "tokens" in name && name.tokens.length === 1 && name.tokens[0] === "any characters";
/** The directory, or the one file, that holds everything a glob matches; '' for the whole repository. */
function fixedPrefix(glob) {
	const relative = glob.startsWith("./") ? glob.slice(2) : glob;
	const wildcard = relative.search(/[*?[{]/);
	const fixed = wildcard === -1 ? relative : relative.slice(0, Math.max(0, relative.lastIndexOf("/", wildcard)));
	if (fixed.startsWith("/")) return "";
	const trailing = fixed.endsWith("/") ? fixed.length - 1 : -1;
	const doubled = fixed.indexOf("//");
	const end = doubled === -1 ? trailing : doubled;
	return end === -1 ? fixed : fixed.slice(0, end);
}

// src/core/model/instructions.ts
/** The files that tell agents how to work in a repository. A brief names the first that is there. */
const GUIDES = [
	"AGENTS.md",
	"CLAUDE.md",
	".github/copilot-instructions.md",
	"GEMINI.md"
];
/** Shipped with Swarm (`personas/`). A repository's persona of the same name replaces it. */
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
/** People name personas in every style: `CSharpExpert`, `api_v2`, `gpt-5.beast-mode`. */
const NAME = /^[A-Za-z0-9][\w.-]{0,62}$/;
/** Pages that stand beside personas, as in any folder. */
const PAGES = /* @__PURE__ */ new Set([...[
	"README",
	"AGENTS",
	"CLAUDE",
	"GEMINI",
	"SKILL",
	"LICENSE",
	"CHANGELOG",
	"CONTRIBUTING"
]]);
const bare = (folder) => folder.replace(/\/+$/, "");
/** Folders in the order in which they are searched. */
const foldersFor = (kind, added) => [...new Set(kind === "persona" ? [...added.personas.map(bare), ...PERSONA_FOLDERS] : [...added.skills.map(bare), ...SKILL_FOLDERS])];
/** Every file that could hold this name, in the order in which they are searched. */
const pathsFor = (kind, name, added) => foldersFor(kind, added).flatMap((folder) => kind === "skill" ? [`${folder}/${name}/SKILL.md`] : PERSONA_ENDINGS.map((ending) => `${folder}/${name}${ending}`));
/** The name of the persona in a file: `api.agent.md` → `api`. @returns undefined for any other file. */
function personaIn(file) {
	const ending = PERSONA_ENDINGS.find((each) => file.endsWith(each));
	const name = ending === void 0 ? "" : file.slice(0, -ending.length);
	return NAME.test(name) && !PAGES.has(name) ? name : void 0;
}
/** Answers whether a text can be the name of a persona or a skill. */
const isInstructionName = (text) => NAME.test(text);

// src/core/scope/pattern-trie.ts
/**
* A trie of patterns, keyed by their parts, that finds all patterns able to match a path that another pattern matches.
*
* A search walks trie and pattern together and only where both can go. Comparing a pattern with ten thousand others
* therefore costs as much as they have in common, not ten thousand comparisons. A `**` in the trie is an edge to a node that
* stays for any part; a `**` in the pattern follows every edge.
*
* Ten thousand scopes make fifty thousand nodes. Nodes are numbers and their fields lie in typed arrays: as objects they
* would cost more to create than to walk.
*/
/** No node, no pattern. */
const NONE$2 = -1;
const ROOT = 0;
/** Up to this many visited states, a scan of a list is faster than a set. */
const FEW = 12;
var PatternTrie = class {
	#patterns;
	#size = 1;
	#parent;
	#names = [void 0];
	#sibling;
	#literals;
	#wilds;
	/** The child behind a `**`. */
	#anyParts;
	/** 1: the node is behind a `**`, and stays for any part. */
	#stays;
	/** By node, the last pattern that ends there; by pattern, the one before it. */
	#ends;
	#endsBefore;
	/** Children by parent and name, in a hash table with linear probing. */
	#table;
	#open = [];
	#visited = [];
	#visitedMore = /* @__PURE__ */ new Set();
	#positions = 1;
	/** @param patterns all that may be added, from now on named by their index. One `GlobCache` must have read them all. */
	constructor(patterns) {
		const most = patterns.reduce((sum, { length }) => sum + length, 1);
		const list = () => new Int32Array(most).fill(NONE$2);
		this.#patterns = patterns;
		this.#parent = list();
		this.#sibling = list();
		this.#literals = list();
		this.#wilds = list();
		this.#anyParts = list();
		this.#stays = new Uint8Array(most);
		this.#ends = list();
		this.#endsBefore = new Int32Array(patterns.length).fill(NONE$2);
		this.#table = new Int32Array(1 << Math.ceil(Math.log2(2 * most + 2)));
	}
	add(pattern) {
		let node = ROOT;
		for (const part of this.#patterns[pattern]) if (part !== "any parts") node = this.#childFor(node, part);
		else if (this.#stays[node] === 0) node = this.#childBehindAnyParts(node);
		this.#endsBefore[pattern] = this.#ends[node] ?? NONE$2;
		this.#ends[node] = pattern;
	}
	#childBehindAnyParts(node) {
		const known = this.#anyParts[node] ?? NONE$2;
		if (known !== NONE$2) return known;
		const child = this.#size++;
		this.#anyParts[node] = child;
		this.#stays[child] = 1;
		this.#names.push(void 0);
		return child;
	}
	#childFor(node, name) {
		const slot = this.#slotOf(node, name);
		const known = this.#table[slot] ?? 0;
		if (known !== 0) return known;
		const child = this.#size++;
		this.#table[slot] = child;
		this.#parent[child] = node;
		this.#names.push(name);
		const children = "literal" in name ? this.#literals : this.#wilds;
		this.#sibling[child] = children[node] ?? NONE$2;
		children[node] = child;
		return child;
	}
	/** The slot that holds the child of a node by this name, or the free one for it. */
	#slotOf(node, name) {
		const table = this.#table;
		const mask = table.length - 1;
		let slot = (Math.imul(node, 2654435761) ^ Math.imul(name.id, 2246822507)) & mask;
		for (let child = table[slot] ?? 0; child !== 0; child = table[slot] ?? 0) {
			if (this.#parent[child] === node && this.#names[child]?.id === name.id) break;
			slot = slot + 1 & mask;
		}
		return slot;
	}
	/** All added patterns that match some path that this one matches, each once, in no particular order. */
	overlapping(searched, meter) {
		const pattern = this.#patterns[searched];
		const sibling = this.#sibling;
		const found = [];
		const open = this.#open;
		this.#visited.length = 0;
		if (this.#visitedMore.size > 0) this.#visitedMore.clear();
		this.#positions = pattern.length + 1;
		open.push(ROOT, 0);
		while (open.length > 0) {
			const at = open.pop() ?? 0;
			const node = open.pop() ?? 0;
			meter.spent++;
			const anyParts = this.#anyParts[node] ?? NONE$2;
			if (anyParts !== NONE$2) this.#visitOnce(anyParts, at);
			const part = pattern[at];
			if (part === void 0) {
				for (let end = this.#ends[node] ?? NONE$2; end !== NONE$2; end = this.#endsBefore[end] ?? NONE$2) found.push(end);
				continue;
			}
			if (part === "any parts") {
				this.#visitOnce(node, at + 1);
				for (const children of [this.#literals, this.#wilds]) for (let child = children[node] ?? NONE$2; child !== NONE$2; child = sibling[child] ?? NONE$2) this.#visitOnce(child, at);
				continue;
			}
			if (this.#stays[node] === 1) this.#visitOnce(node, at + 1);
			if ("literal" in part) {
				const child = this.#table[this.#slotOf(node, part)] ?? 0;
				if (child !== 0) open.push(child, at + 1);
			} else this.#visitMatching(this.#literals, node, part, at, meter);
			this.#visitMatching(this.#wilds, node, part, at, meter);
		}
		return found;
	}
	/**
	* Follows all edges whose names can match a name that `part` matches.
	*
	* Where a name on both sides is passed, only one way leads to a node at a position, unless a `**` of the pattern comes next.
	* Then the node may be visited twice, and what follows is still visited once.
	*/
	#visitMatching(children, node, part, at, meter) {
		for (let child = children[node] ?? NONE$2; child !== NONE$2; child = this.#sibling[child] ?? NONE$2) {
			const name = this.#names[child];
			if (name && namesOverlap(part, name, meter)) this.#open.push(child, at + 1);
		}
	}
	#visitOnce(node, at) {
		const key = node * this.#positions + at;
		const visited = this.#visited;
		if (visited.includes(key) || this.#visitedMore.has(key)) return;
		if (visited.length < FEW) visited.push(key);
		else this.#visitedMore.add(key);
		this.#open.push(node, at);
	}
};

// src/core/scope/scope.ts
/** How many comparisons of tokens one plan may take. Scopes that are not compared by then count as overlapping. */
const MAX_WORK = 4e7;
/** Why Swarm refuses a glob; undefined if it takes it. */
function globFault(glob, globs = new GlobCache()) {
	const read = globs.read(withoutNegation(glob));
	return typeof read === "string" ? read : void 0;
}
/** `!(a|b)` is not a negation but an extended glob, which is refused. */
const isNegated = (glob) => glob.startsWith("!") && !glob.startsWith("!(");
const withoutNegation = (glob) => isNegated(glob) ? glob.slice(1) : glob;
/** Files that have no ending. Any other name without one is a directory's, or will be. */
const FILES_WITHOUT_ENDING = /^(?:makefile|gnumakefile|dockerfile|containerfile|gemfile|rakefile|procfile|justfile|jenkinsfile|vagrantfile|brewfile|podfile|caddyfile|codeowners|licen[cs]e|notice|readme|changelog|copying|authors|gradlew|mvnw|\.[\w-]*(?:rc|ignore|attributes|config|env|modules|keep|version))$/i;
/** An ending as files have them. `Shop.Api` and `v1.2` are directories. */
const ENDING = /\.(?:[a-z][a-z0-9]{0,9}(?=[,}]|$)|\{)/;
/** A glob of a scope as its author means it: `src/cart` is everything below that directory. */
function asScope(glob) {
	const last = glob.slice(glob.lastIndexOf("/") + 1);
	const isName = last !== "" && !/[*?!]/.test(last) && !ENDING.test(last.slice(1)) && !FILES_WITHOUT_ENDING.test(last);
	const isWhole = !last.includes("}") || last.includes("{");
	return isName && isWhole ? `${glob}/**` : glob;
}
/** Why Swarm refuses a list of globs as a scope; undefined if it takes it. `globFault` judges each glob. */
function scopeFault(scope, globs = new GlobCache()) {
	if (scope.length > 0 && scope.every(isNegated)) return "only exclusions";
	if (scope.some(isNegated) && leavesNothing(scope, globs)) return "excludes everything";
	let patterns = 0;
	for (const glob of scope) {
		const read = globs.read(withoutNegation(glob));
		if (typeof read !== "string") patterns += read.length;
	}
	return patterns > 400 ? "too many patterns" : void 0;
}
function leavesNothing(scope, globs) {
	const excluded = excludedBy(scope, globs);
	return scope.every((glob) => {
		const read = isNegated(glob) ? NONE$1 : globs.read(glob);
		return typeof read !== "string" && read.every((pattern) => isCovered(pattern, excluded));
	});
}
/**
* Answers whether a changed file lies inside a scope. A glob that cannot be read matches no file here, so that a typo lets
* nothing through. Takes at most the product of both lengths for any glob.
*
* @param path relative to the repository, separated by `/`, as git prints it.
*/
const isInside = (path, scope) => scopeMatcher(scope)(path);
/** `isInside` for many files of one scope: its globs are read once. */
function scopeMatcher(scope) {
	const patternsOf = (globs) => globs.flatMap((glob) => {
		const read = readGlob(withoutNegation(glob));
		return typeof read === "string" ? NONE$1 : read;
	});
	const included = patternsOf(scope.filter((glob) => !isNegated(glob)));
	const excluded = patternsOf(scope.filter(isNegated));
	return (path) => {
		const parts = path.split("/");
		if (parts.includes("")) return false;
		return included.some((pattern) => matches(pattern, parts)) && !excluded.some((pattern) => matches(pattern, parts));
	};
}
/**
* All pairs of scopes that some path could be inside of, sorted, each with the first two globs that overlap. Without
* exclusions this is exact. With exclusions a pair that is missing is proved to be apart, and a pair that is listed may not
* overlap after all; `doubt` says so then.
*
* Every pattern walks once through a trie of the patterns before it, so `src/cart/**` is never compared with anything in
* `src/mail`, and a glob that a hundred scopes share is compared once.
*/
function overlappingScopes(scopes, globs = new GlobCache()) {
	const excluded = scopes.map((scope) => excludedBy(scope, globs));
	const meter = { spent: 0 };
	const shared = sharedPatterns(scopes, excluded, globs, meter);
	const found = /* @__PURE__ */ new Map();
	const count = scopes.length;
	const trie = new PatternTrie(shared.map(({ pattern }) => pattern));
	shared.forEach((pattern, index) => {
		const isWithinWork = meter.spent <= MAX_WORK;
		pairUses(pattern, pattern, isWithinWork);
		if (isWithinWork) for (const other of trie.overlapping(index, meter)) pairUses(pattern, shared[other] ?? pattern, true);
		if (meter.spent > MAX_WORK) for (const other of shared.slice(0, index)) pairUses(pattern, other, false);
		else trie.add(index);
	});
	return sortedKeys(found).map((key) => {
		const { firstGlob, secondGlob, doubt } = found.get(key);
		const [first, second] = [Math.floor(key / count), key % count];
		return {
			first,
			second,
			firstGlob: globAt(first, firstGlob),
			secondGlob: globAt(second, secondGlob),
			...doubt ? { doubt } : {}
		};
	});
	function globAt(scope, index) {
		return scopes[scope][index];
	}
	/** Notes an overlap for each use of the one pattern with each use of the other. */
	function pairUses(one, other, isCompared) {
		for (let mine = one.last; mine; mine = mine.before) for (let theirs = one === other ? mine.before : other.last; theirs; theirs = theirs.before) if (mine.scope < theirs.scope) note(one, mine, other, theirs, isCompared);
		else if (theirs.scope < mine.scope) note(other, theirs, one, mine, isCompared);
	}
	function note(first, a, second, b, isCompared) {
		const key = a.scope * count + b.scope;
		const known = found.get(key);
		const isEarlier = !known || a.glob < known.firstGlob || a.glob === known.firstGlob && b.glob < known.secondGlob;
		if (known && known.doubt === void 0 && !isEarlier) return;
		const doubt = isCompared ? doubtOf(first.pattern, a.scope, second.pattern, b.scope) : "not compared";
		if (doubt === "disjoint") return;
		const loose = doubt ?? (first.isLoose || second.isLoose ? "not read" : void 0);
		if (!known || loose === void 0 === (known.doubt === void 0) ? !isEarlier : loose !== void 0) return;
		found.set(key, {
			firstGlob: a.glob,
			secondGlob: b.glob,
			doubt: loose
		});
	}
	/** The effect that the exclusions of both scopes have on two patterns that overlap. */
	function doubtOf(one, oneScope, other, otherScope) {
		const exclusions = [...excluded[oneScope] ?? NONE$1, ...excluded[otherScope] ?? NONE$1];
		if (isCovered(one, exclusions, meter) || isCovered(other, exclusions, meter)) return "disjoint";
		const cutsBoth = (exclusion) => patternsOverlap(exclusion, one, meter) && patternsOverlap(exclusion, other, meter);
		return exclusions.some(cutsBoth) ? "negation" : void 0;
	}
}
/** The keys in ascending order; a typed array sorts numbers several times faster. */
function sortedKeys(map) {
	return Array.from(Float64Array.from(map.keys()).sort());
}
const NONE$1 = [];
/** The patterns that a scope excludes. An exclusion that cannot be read excludes nothing. */
function excludedBy(scope, globs) {
	return scope.filter(isNegated).flatMap((glob) => {
		const read = globs.read(withoutNegation(glob));
		return typeof read === "string" ? NONE$1 : read;
	});
}
/**
* The patterns of all scopes, each glob's once. A glob that cannot be read stands for every file that its author may mean,
* until the author fixes it.
*/
function sharedPatterns(scopes, excluded, globs, meter) {
	const all = [];
	const byGlob = [];
	scopes.forEach((scope, scopeIndex) => {
		const exclusions = excluded[scopeIndex] ?? NONE$1;
		scope.forEach((glob, globIndex) => {
			if (isNegated(glob)) return;
			const { read, id } = globs.lookUp(glob);
			let own = byGlob[id];
			if (!own) {
				const isLoose = typeof read === "string";
				own = (isLoose ? [globs.readLoosely(glob)] : read).map((pattern) => ({
					pattern,
					isLoose,
					last: void 0
				}));
				all.push(...own);
				byGlob[id] = own;
			}
			for (const shared of own) {
				if (isCovered(shared.pattern, exclusions, meter)) continue;
				shared.last = {
					scope: scopeIndex,
					glob: globIndex,
					before: shared.last
				};
			}
		});
	});
	return all;
}
/**
* Answers whether the exclusions surely match everything that the pattern matches. Once the work is spent the answer is no,
* which reports more overlaps.
*/
const isCovered = (pattern, exclusions, meter = { spent: 0 }) => exclusions.some((exclusion) => meter.spent <= MAX_WORK && isWithin(pattern, exclusion, meter));

// src/core/text/headings.ts
/** Jira's markup, in issues that were moved from there. */
const JIRA = /^h([1-6])\. +(?=\S)/;
/** The level of a line that only looks like a heading. */
const LABEL_LEVEL = 7;
const HASHES = /^ {0,3}#{1,6}(?=\s|$)/;
const UNDERLINE = /^ {0,3}(?:=+|-+)[ \t]*$/;
/** Lines that an underline makes no heading of: items, tables, code. */
const NO_PARAGRAPH = /^(?:\s*(?:[-*+]|\d{1,9}[.)])(?=\s|$)|\s*\||\s*<| {4}|\t)/;
const BOLD = /^\s*(?:\*\*[^*]{1,200}\*\*|__[^_]{1,200}__)\s*[:：]?\s*$/;
const HTML = /^\s*<(h[1-6]|summary|strong|b)(?:\s[^<>]{0,200})?>[^<>]{1,200}<\/\1>\s*[:：]?\s*$/i;
/** From 1 to 6; 0 for a line that does not begin with hashes. */
const headingLevel = (text) => HASHES.exec(text)?.[0].trim().length ?? 0;
/** By the index of its line; and `underline` for the line below a heading that is not one itself. */
function headingsIn(lines) {
	const found = /* @__PURE__ */ new Map();
	lines.forEach((line, index) => {
		if (found.has(index)) return;
		const { text, withCode, number } = line;
		const level = headingLevel(text);
		const next = lines[index + 1];
		if (level > 0) found.set(index, {
			level,
			name: nameOf(withCode)
		});
		else if (next?.number === number + 1 && UNDERLINE.test(next.text) && !NO_PARAGRAPH.test(text) && text.trim() !== "") {
			found.set(index, {
				level: next.text.includes("=") ? 1 : 2,
				name: nameOf(withCode)
			});
			found.set(index + 1, "underline");
		} else if (JIRA.test(text)) found.set(index, {
			level: Number(text[1]),
			name: nameOf(withCode.replace(JIRA, ""))
		});
		else if (BOLD.test(text)) found.set(index, {
			level: 7,
			name: nameOf(withCode)
		});
		else {
			const tag = HTML.exec(text)?.[1];
			const tagLevel = tag === void 0 ? 0 : Number(/\d/.exec(tag)?.[0] ?? 7);
			if (tagLevel > 0) found.set(index, {
				level: tagLevel,
				name: nameOf(withCode)
			});
		}
	});
	return found;
}
/** The words of a heading or label, in the form in which they are compared. */
const nameOf = (text) => plainWords(text).replace(/^\d{1,3}(?:\.\d{1,3})*[.)]?\s/, "");
/** Words in lower case, without emoji, tags, emphasis and colons. */
const plainWords = (text) => text.replace(/<[^<>]{0,200}>/g, " ").replace(/(?<=\s|^):[a-z0-9_+-]{1,40}:(?=\s|$)/g, " ").replace(/\p{Extended_Pictographic}|\ufe0f|\u200d/gu, " ").replace(/[#*_`:：]/g, " ").trim().replace(/\s+/g, " ").toLowerCase();

// src/core/text/answers.ts
const wordsFor = (table) => new Map(Object.entries(table).flatMap(([value, words]) => words.map((word) => [word, value])));
const TYPES = wordsFor({
	feat: [
		"feature",
		"new-feature",
		"feature-request",
		"enhancement",
		"improvement",
		"story",
		"user-story"
	],
	fix: [
		"bug",
		"bugfix",
		"bug-fix",
		"bug-report",
		"defect",
		"hotfix",
		"regression"
	],
	refactor: [
		"refactoring",
		"tech-debt",
		"technical-debt",
		"cleanup"
	],
	docs: ["documentation", "doc"],
	test: ["tests", "testing"],
	chore: [
		"maintenance",
		"housekeeping",
		"dependencies"
	],
	perf: [
		"performance",
		"optimization",
		"optimisation"
	],
	build: ["build-system"],
	ci: ["ci/cd", "continuous-integration"]
});
/** The scales of MoSCoW and of common trackers keep their order. */
const PRIORITIES = wordsFor({
	0: [
		"p0",
		"critical",
		"urgent",
		"blocker",
		"blocking",
		"highest",
		"immediate",
		"must-have",
		"must"
	],
	1: [
		"p1",
		"high",
		"major",
		"important",
		"should-have",
		"should"
	],
	2: [
		"p2",
		"medium",
		"normal",
		"moderate",
		"default",
		"could-have",
		"could"
	],
	3: [
		"p3",
		"low",
		"lowest",
		"minor",
		"trivial",
		"nice-to-have",
		"won't-have",
		"p4",
		"p5"
	]
});
const WORKERS = wordsFor({
	implementation: ["implementer", "implement"],
	tests: [
		"test",
		"testing",
		"tester",
		"qa"
	],
	research: [
		"researcher",
		"spike",
		"investigation"
	],
	security: ["security-review"],
	refactor: ["refactoring"]
});
const EFFORTS = wordsFor({
	low: ["lowest", "minimal"],
	medium: ["normal", "default"],
	high: [],
	max: [
		"maximum",
		"highest",
		"very-high"
	]
});
const BOOLEANS$1 = /* @__PURE__ */ new Map([
	["yes", "true"],
	["y", "true"],
	["on", "true"],
	["no", "false"],
	["n", "false"],
	["off", "false"]
]);
const WORDS = /* @__PURE__ */ new Map([
	["type", TYPES],
	["priority", PRIORITIES],
	["worker", WORKERS],
	["effort", EFFORTS],
	["tdd", BOOLEANS$1],
	["review", BOOLEANS$1],
	["parallel", BOOLEANS$1]
]);
/** Answers that leave the question open. */
const OPEN = /^(?:none|n\/?a|not applicable|not sure|not sure yet|unsure|unknown|undecided|i don['’]t know|don['’]t know|no preference|no response|any|other|tbd|\?|[-–—.])?$/;
/**
* The values that an answer may stand for, the likeliest first, in the words of front matter; empty if it leaves the question
* open.
*/
function meaningsOf(key, answer) {
	if (OPEN.test(answer.trim().toLowerCase())) return [];
	if (key !== "estimate" && !WORDS.has(key)) return [answer];
	const whole = plainWords(answer.replace(/^\s*\[[xX]\]\s/, ""));
	if (OPEN.test(whole)) return [];
	const bare = whole.startsWith(key) ? whole.slice(key.length).replace(/^[\s/:=-]+/, "") || whole : whole;
	const parts = [bare, ...bare.split(/[(),;|/:–—]|\s-\s/)].map((part) => part.trim()).filter((part) => part !== "");
	return [...new Set(parts)].map((part) => key === "estimate" ? timeOf(part) : WORDS.get(key)?.get(part.replaceAll(" ", "-")) ?? part);
}
const MINUTES = /* @__PURE__ */ new Map([
	["m", 1],
	["h", 60],
	["d", 480],
	["w", 2400]
]);
/** `2 days` → `960m`; any other text is left as it is. */
function timeOf(text) {
	const found = /^(?:~|about |around |approx\.? |ca\.? )?\s?(\d{1,4}(?:\.\d{1,2})?)\s?(m|h|d|w)(?:in(?:ute)?s?|(?:ou)?rs?|ays?|eeks?)?$/.exec(text);
	const minutes = Number(found?.[1]) * (MINUTES.get(found?.[2] ?? "") ?? 0);
	return minutes > 0 ? `${Math.round(minutes)}m` : text;
}

// src/core/text/branch-name.ts
/**
* Branch names: made from a template, and checked against the rules of git and GitHub.
*/
/**
* The branch that a template stands for.
*
* @param template with `{type}`, `{slug}`, `{number}` and `{epic}`. Anything else in braces stays, and `branchFault` reports
* it.
*/
const branchName = (template, words) => template.replace(/\{(type|slug|number|epic)\}/g, (_, word) => words[word]);
/**
* Why git or GitHub would refuse this branch name; undefined if they accept it.
*
* @see https://git-scm.com/docs/git-check-ref-format
*/
function branchFault(name) {
	if (name === "") return { kind: "empty" };
	if (name.length > 244) return { kind: "too long" };
	const placeholder = /\{[a-z]*\}/.exec(name)?.[0];
	if (placeholder) return {
		kind: "unknown placeholder",
		placeholder
	};
	if (/[\p{Cc}\p{Cs} ~^:?*[\\]/u.test(name)) return { kind: "forbidden character" };
	if (name.includes("..")) return { kind: "double dot" };
	if (name.includes("@{")) return { kind: "reflog mark" };
	if (name === "@" || name === "HEAD") return { kind: "reserved" };
	if (name.startsWith("-")) return { kind: "leading dash" };
	if (name.startsWith("refs/")) return { kind: "leading refs" };
	if (name.endsWith(".")) return { kind: "trailing dot" };
	if (/^[0-9a-f]{40}(?:[0-9a-f]{24})?$/i.test(name)) return { kind: "commit id" };
	for (const part of name.split("/")) {
		if (part === "") return { kind: "empty part" };
		if (part.startsWith(".")) return { kind: "dotted part" };
		if (part.endsWith(".lock")) return { kind: "lock part" };
	}
}
const SLUG_CHARS = 40;
/** A commit type before the words of a title, as in `feat(cart)!: Add a total`. */
const TYPE_PREFIX = new RegExp(String.raw`^\s*(?:${COMMIT_TYPES.join("|")})(?:\([^()]*\))?!?:`, "i");
/** A short name made from a title: ASCII, whole words, at most 40 characters; '' if the title has no such words. */
function slugOf(title) {
	const [first = "", ...more] = title.slice(0, 1e3).replace(TYPE_PREFIX, "").normalize("NFKD").replace(/[\p{M}'’]/gu, "").toLowerCase().match(/[a-z0-9]+/g) ?? [];
	let slug = first.slice(0, SLUG_CHARS);
	for (const word of more) {
		if (slug.length + 1 + word.length > SLUG_CHARS) break;
		slug = `${slug}-${word}`;
	}
	return slug;
}

// src/core/text/dependencies.ts
const PHRASES = [
	["verb", /(?:(?:depends?|dependent|depending)(?: {1,3}|-)on|blocked(?: {1,3}|-)(?:by|on)|depends(?=\s?[:：]))(?!_?[a-z0-9])/iy],
	["verb", /(?:hängt (?:ab )?von|abhängig von|blockiert (?:durch|von)|wartet auf|depende de|bloquead[oa] por|dépend de|bloquée? par|dipende da|bloccat[oa] da|hangt af van|afhankelijk van|geblokkeerd door|zależy od|зависит от)(?!_?[\p{L}\d])/iuy],
	["noun", /(?:dependenc(?:y|ies)|prereq(?:uisite)?s?|blockers?|(?:must |has to |to )?waits? (?:for|on)|waiting (?:for|on))(?!_?[a-z0-9])/iy],
	["noun", /(?:abhängigkeit(?:en)?|voraussetzung(?:en)?|dependencias?|dependências?|dépendances?|dipendenz[ae]|afhankelijkheden|依存(?:関係|先)?|前提条件|依赖(?:关系)?|의존성)(?![\p{Script=Latin}\d_])/iuy],
	["word", /(?:requires?|needs|(?:starts? |only )?(?:after|once))(?!_?[a-z0-9-])/iy]
];
/** Every phrase has one of these words. Most lines have none, and need no closer look. */
const MAYBE_LATIN = /depend|blo[ckq]|wait|require|need|after|before|once|soon|until|unless|prereq|wartet|voraus|dipend|hangt|afhank/i;
const MAYBE_OTHERS = /h[äÄ]ng|dépend|zależy|зависит|依存|前提|依赖|의존/i;
const isMaybe = (text) => MAYBE_LATIN.test(text) || MAYBE_OTHERS.test(text);
/** Steps rather than one expression, which would backtrack over long runs of spaces. */
const UP_TO_PHRASE = [
	/(?:h[1-6]\. +)?/y,
	/(?:[\s*_+#|-]|\p{Extended_Pictographic}|\ufe0f|\u200d)*/uy,
	/(?:\d{1,9}[.)]\s+)?/y,
	/(?:\[[ xX]\]\s*)?/y,
	/(?:<[a-z][a-z0-9]{0,9}>)?/iy,
	/(?:[\s*_]|\p{Extended_Pictographic}|\ufe0f|\u200d)*/uy
];
const BEHIND_PHRASE = [
	/[\s*_:：|=→–—>-]*/y,
	/(?:<\/[a-z][a-z0-9]{0,9}>\s*)?/iy,
	/(?:(?:the )?(?:issues?|tickets?|tasks?|pull requests?|prs?|segments?)(?=[\s:：#(]))?[\s:：]*/iy
];
const BLOCKS = /^[\s*_+-]*(?:this )?(?:is )?(?:blocks|blocking|required by|needed by|prerequisite (?:of|for))[\s*_:：]*/i;
/** Statements in the middle of a line, without the words that deny them. */
const IN_SENTENCE = [
	/(?<!\b(?:not|no longer|never|n't|nothing|without being) )\b(?:depends? on|blocked by):? (?=#\d|gh-\d|[\w-]{1,39}\/[\w.-]{1,100}#\d)/i,
	/(?<!\b(?:not|no longer|never|n't|nothing|without being) )\b(?:depends? on|blocked by|waits? for|waiting for) [^.!?;#]{1,80}#\d/i,
	/\b(?:not|only|must|should|can|could|may|will|to) (?:start|begin|land|merge|ship|come|run|be merged|be done) (?:only )?(?:before|after) #\d/i,
	/\b(?:as soon as|once|after|until|unless) (?:#\d{1,16}(?:,? (?:and|or) |, )?){1,10} (?:is|are|has|have|lands?|merges?|ships?)\b/i
];
/** A cell of a table's head: the rows below name issues in a form that Swarm does not read. */
const IN_TABLE = /\|\s*(?:depends on|blocked by|dependencies|blockers)\s*\|/i;
const NONE = /^[\s*_:：|.([-]*(?:none|nothing(?: else)?|no one|n\/?a|no|not applicable|no response|[-–—])?[\s*_.!|)\]-]*$/i;
const MORE_BELOW = /^[\s*_]*(?:,|;|&|\+|\/|and)[\s*_,;&+]*$/i;
const MORE_ABOVE = /^\s*(?:,|;|&|and)(?=[\s#])/i;
/** An item, or a row of a table. */
const ITEM$2 = /^\s*(?:(?:[-*+]|\d{1,9}[.)])\s+(?:\[[ xX]\]\s)?|\|\s*)/;
/** The issues that lines say they wait for, and the lines that may say so. */
function readDependencies(lines) {
	const found = [];
	const faults = [];
	const unread = [];
	const others = [];
	const headings = headingsIn(lines);
	/** The phrase that lines below may belong to: the items of a list, the next line, or a whole section. */
	let open;
	lines.forEach((line, index) => {
		const heading = headings.get(index);
		if (heading === "underline") return;
		const phrase = phraseIn(line);
		if (phrase) {
			end();
			begin(line, phrase, heading?.level);
			return;
		}
		if (heading && !(heading.level === 7 && open?.kind === "section")) end();
		else if (line.withCode.trim() !== "") below(line);
	});
	end();
	return {
		found,
		faults,
		unread,
		others: others.slice(0, 10)
	};
	function begin(line, { strength, text, behind, end: start, isStart }, level) {
		const rest = line.withCode.slice(behind).replace(/^[`\s*_:：|=→–—>-]+/, "");
		const isLabel = rest === "" || /^<\/[a-z0-9]+>\s*$/i.test(rest);
		const isAlone = isLabel || level !== void 0 && NONE.test(rest);
		const count = isLabel ? 0 : take(line, text, start, strength);
		if (count === 0 && !isLabel && (strength === "verb" ? isStart : mentions(text, start)) && !NONE.test(rest)) doubt(line, strength === "verb" ? "no issue" : "unclear");
		const kind = level !== void 0 && level < 7 ? "section" : isLabel ? "items" : "next line";
		const expects = kind !== "next line" || MORE_BELOW.test(afterRefs(text, start));
		if (kind === "next line" && count === 0) return;
		open = {
			kind,
			line,
			strength,
			count,
			last: line.number,
			expects,
			isEmpty: isAlone
		};
	}
	/** A line below a phrase. */
	function below(line) {
		if (!open) {
			aside(line);
			return;
		}
		const isNext = line.number <= open.last + 1;
		if (open.kind === "next line") {
			const goesOn = isNext && (open.expects || MORE_ABOVE.test(line.text));
			const start = (MORE_ABOVE.exec(line.text) ?? (open.expects ? ITEM$2.exec(line.text) : null))?.[0].length ?? 0;
			const { refs } = readRefs(line.text, start);
			if (!goesOn || refs.length === 0) {
				open = void 0;
				aside(line);
				return;
			}
			take(line, line.text, start, open.strength);
			open = {
				...open,
				last: line.number,
				expects: MORE_BELOW.test(afterRefs(line.text, start))
			};
			return;
		}
		const item = ITEM$2.exec(line.text);
		const isFirst = open.count === 0 && open.isEmpty;
		if (open.kind === "items" && !item && !((isFirst || isNext) && readRefs(line.text).refs.length > 0)) {
			if (isNext && !NONE.test(line.text)) open = {
				...open,
				isEmpty: false
			};
			end();
			return;
		}
		const start = item?.[0].length ?? 0;
		let count = take(line, line.text, start, open.strength);
		if (count === 0 && mentions(line.text, start)) count = doubt(line, "unclear");
		const isNone = NONE.test(line.withCode.slice(start));
		const isEmpty = open.isEmpty && (count > 0 || isNone);
		if (item && count === 0 && !isNone) others.push(line.number);
		open = {
			...open,
			count: open.count + count,
			last: line.number,
			isEmpty
		};
	}
	/** The end of a list or section. If it has words and no issue, its phrase says something that Swarm cannot read. */
	function end() {
		if (open && open.kind !== "next line" && open.strength === "verb" && open.count === 0 && !open.isEmpty) doubt(open.line, "no issue");
		else if (open?.kind === "section" && open.count === 0 && !open.isEmpty && others.length === 0) others.push(open.line.number);
		open = void 0;
	}
	function take(line, text, start, strength) {
		const { number, text: whole } = line;
		const read = readGlossed(text, start);
		if (strength === "word" && !/^[\s*_.,;:|)\]!-]*(?:and[\s,]*)?$/.test(text.slice(read.end))) return 0;
		const isFault = strength === "verb" && read.faults.length > 0;
		if (isFault) for (const fault of read.faults) faults.push({
			number,
			text: fault
		});
		const named = read.refs.length > 0 || isFault ? read.refs : refsNamedBy(text, start).refs ?? [];
		for (const ref of named) found.push({
			ref,
			line: number,
			text: shown$1(whole.trim() === "" ? text : whole)
		});
		if (named.length > 0 && read.refs.length > 0 && strength === "verb" && ANOTHER.test(withoutAsides(text.slice(read.end)))) doubt(line, "unclear");
		return named.length + (isFault ? 1 : 0);
	}
	/** A line without a phrase at its start. */
	function aside(line) {
		if (!isMaybe(line.text)) return;
		const text = line.text.replace(/~~[^~]{1,300}~~/g, "");
		const blocks = BLOCKS.exec(text);
		if (blocks && readRefs(text, blocks[0].length).refs.length > 0) doubt(line, "other direction");
		else if (IN_SENTENCE.some((form) => form.test(text)) && !BOX_WITH_ISSUE.test(text)) doubt(line, "in a sentence");
		else if (IN_TABLE.test(text)) doubt(line, "in a table");
	}
	function doubt({ number, withCode }, why) {
		if (unread.length < 10) unread.push({
			number,
			text: shown$1(withCode),
			why
		});
		return 1;
	}
}
/** What may stand between two issues: `#12 (the API), #13 (the page)`. */
const GLOSS = /\s{0,20}\([^()]{0,200}\)\s{0,20}(?:,|;|&|\+|and\b|or\b)?\s{0,20}/y;
/** The references that follow each other, also with words in brackets behind them. */
function readGlossed(text, start) {
	let read = readRefs(text, start);
	while (read.refs.length > 0) {
		GLOSS.lastIndex = read.end;
		if (!GLOSS.test(text)) break;
		const more = readRefs(text, GLOSS.lastIndex);
		if (more.refs.length === 0) break;
		read = {
			refs: [...read.refs, ...more.refs],
			faults: [...read.faults, ...more.faults],
			end: more.end
		};
	}
	return read;
}
/** Another issue that may be waited for, in words that Swarm does not read: "#12 for the API and #13 for the page". */
const ANOTHER = /(?:\b(?:and|plus|then|also|on|by)|[,;&]) #\d/i;
const withoutAsides = (text) => text.replace(/\([^()]{0,200}\)/g, " ");
/** Items of a task list have dependencies of their own. */
const BOX_WITH_ISSUE = /^\s*(?:[-*+]|\d{1,9}[.)])\s+\[[ xX]\]\s/;
const mentions = (text, start) => refsIn(text, start).length > 0;
const afterRefs = (text, start) => text.slice(readRefs(text, start).end);
/** The phrase that a line begins with. */
function phraseIn(line) {
	if (!isMaybe(line.withCode)) return void 0;
	const text = withPhraseInCode(line);
	let at = 0;
	const pass = (steps) => {
		for (const step of steps) {
			step.lastIndex = at;
			if (step.test(text)) at = step.lastIndex;
		}
	};
	pass(UP_TO_PHRASE);
	const start = at;
	for (const [strength, phrase] of PHRASES) {
		phrase.lastIndex = start;
		if (!phrase.test(text)) continue;
		const behind = phrase.lastIndex;
		at = behind;
		pass(BEHIND_PHRASE);
		const isStart = start > 0 ? text.slice(0, start).trim() !== "" || /\p{Lu}/u.test(text.charAt(start)) : /\p{Lu}/u.test(text.charAt(0));
		return {
			strength,
			text,
			behind,
			end: at,
			isStart
		};
	}
}
/** A label is often set in code: `` `Depends on:` #12 ``. Everything else in code stays hidden. */
function withPhraseInCode({ text, withCode, code: [first] }) {
	if (first === void 0 || !/^\s*(?:depends? on|blocked by|depends|dependencies)\s*[:：]?\s*$/i.test(first)) return text;
	const from = withCode.indexOf("`");
	const label = withCode.indexOf(first, from);
	return `${text.slice(0, label)}${first}${text.slice(label + first.length)}`;
}
/** Words before a reference that make it a mention: "follow up on #12". */
const MENTIONING = /(?:^|[\s(,])(?:a|about|after|also|and|as|at|before|by|cf|closes?|due|during|fix|fixes|follow|for|from|in|into|is|like|of|off|on|or|per|resolves?|see|since|than|the|to|until|via|when|with|without)[.:]?\s*$/i;
/**
* The issues that an item stands for: those at its start (`#12 the cart`), or those at its end (`The cart (#12)`,
* `**Cart**: #12`, `[Cart](https://github.com/octo/shop/issues/12)`).
*/
function refsNamedBy(text, start) {
	const first = readRefs(text, start).refs;
	if (first.length > 0) return { refs: first };
	const all = refsIn(text, start);
	if (all.length === 0) return { refs: [] };
	const last = all.at(-1);
	if (!last || !/^[\s*_.,;:!|)\]]*$/.test(text.slice(last.end))) return { refs: void 0 };
	const from = all.findLastIndex(({ isJoined }) => !isJoined);
	const run = all.slice(from);
	const before = text.slice(start, run[0]?.from);
	const isSetOff = /[([:：|→–—-][\s*_]*$/.test(before);
	return { refs: (from > 0 || MENTIONING.test(before.replace(/[*_]/g, ""))) && !isSetOff ? void 0 : run.map(({ ref }) => ref) };
}

// src/core/text/checklist.ts
/** An item of a list, with or without a box. */
const ITEM$1 = /^(\s*)(?:[-*+]|\d{1,9}[.)])(?:\s+\[([ xX])\](?=\s)|(?=\s))\s*/;
const OPEN_BOX = /^\s*(?:[-*+]|\d{1,9}[.)])\s+\[ \]\s/;
const MAX_BOXES = 100;
/** A cell of a table that is nothing but an issue. */
const ISSUE_CELL = /^\s*\|(?:[^|]{0,200}\|){0,10}[\s*_]*(?:[\w.-]{1,100}\/[\w.-]{1,100})?#\d{1,16}[\s*_]*\|/;
/** `Wave 1: #14, #15` */
const ISSUES_OF_STEP = /^[\s*_]*(?:wave|phase|step|stage|sprint|milestone|track|batch|segments?|tasks?|(?:sub-?)?issues?|stories)\b[^#:：]{0,40}[:：][\s*_]*(?:[\w.-]{1,100}\/[\w.-]{1,100})?#\d/i;
/** What was meant as a box: `- [] #12`, `- [ ]#12`, `-[ ] #12`. */
const BROKEN_BOX = /^\s*(?:[-*+]|\d{1,9}[.)])?\s{0,4}\[[ xX]?\]\s{0,4}/;
/** An item that is crossed out was withdrawn. */
const CROSSED_OUT = /^~~[^~]*~~[\s.]*$/;
const indentOf = (text) => text.length - text.trimStart().length;
/** A dependency inside an item. "The cart, which does not depend on #3" has none. */
const ITEM_DEPENDS = /(?<!\b(?:not|nicht|no|pas) )(?<=^|[\s(,;–—-])(?:it |this )?(?:depends?[ -]on|blocked[ -]by|hängt (?:ab )?von|blockiert (?:durch|von)|depende de|bloquead[oa] por|dépend de|bloquée? par|dipende da)\b[\s:：]*/i;
/**
* Reads the items of task lists that name issues: `- [ ] #12 (depends on: #3)`, `- [ ] The cart (#12)`, `- [x] **Cart**: #12`.
* A box under acceptance criteria is not a task, unless an issue is the first thing in it.
*
* @param own the repository of the text. Items that name an issue of another one are listed as `elsewhere`.
*/
function taskListIn(lines, own) {
	const items = [];
	const elsewhere = [];
	const unread = [];
	const headings = headingsIn(lines);
	let isCriteria = 0;
	/** The items of the latest line that named issues, and its indent: lines below it may belong to it. */
	let latest;
	/** Items of the current list that are not tasks. Next to real tasks, their author expects somebody to work on them. */
	let list = {
		left: [],
		named: 0
	};
	/** Items without a box that begin with an issue, rows of a table with one in a cell, and lines such as `Wave 1: #14`. */
	const boxless = [];
	const endList = () => {
		if (list.named > 0) for (const { line, why } of list.left) doubt(line, why);
		list = {
			left: [],
			named: 0
		};
	};
	lines.forEach((line, index) => {
		const heading = headings.get(index);
		if (heading) {
			endList();
			latest = void 0;
			if (heading === "underline") return;
			if (isCriteriaName(heading.name)) isCriteria = heading.level;
			else if (heading.level <= isCriteria) isCriteria = 0;
			return;
		}
		const item = ITEM$1.exec(line.text);
		const indent = indentOf(line.text);
		const broken = item?.[2] === void 0 ? BROKEN_BOX.exec(line.text) : null;
		if (broken && refsIn(line.text, broken[0].length).length > 0 && isCriteria === 0) {
			doubt(line, "broken box");
			return;
		}
		if (latest && indent > latest.indent && item?.[2] === void 0) {
			dependenciesBelow(line, latest.of);
			return;
		}
		if (!item) {
			if (ISSUE_CELL.test(line.text) || ISSUES_OF_STEP.test(line.text)) {
				boxless.push(line);
				return;
			}
			if (indent === 0 && line.text.trim() !== "") {
				endList();
				latest = void 0;
			}
			return;
		}
		if (item[2] === void 0) {
			if (readRefs(line.text, item[0].length).refs.length > 0 && isCriteria === 0) {
				boxless.push(line);
				list.left.push({
					line,
					why: "no box"
				});
			}
			return;
		}
		if (!CROSSED_OUT.test(line.text.slice(item[0].length))) take(line, item[0].length, indent, item[2] === " " ? "open" : "met");
	});
	endList();
	if (items.length + elsewhere.length === 0 && boxless.length > 1) for (const line of boxless) doubt(line, "no box");
	return {
		items,
		elsewhere,
		unread: unread.toSorted((a, b) => a.number - b.number).slice(0, 10)
	};
	function take(line, start, indent, state) {
		const { number, text } = line;
		const said = ITEM_DEPENDS.exec(text.slice(start));
		const words = said ? text.slice(0, start + said.index) : text;
		const named = isCriteria > 0 ? { refs: readRefs(words, start).refs } : refsNamedBy(words, start);
		if (named.refs === void 0) {
			doubt(line, "unclear");
			return;
		}
		if (named.refs.length === 0) {
			if (isCriteria === 0 && !(latest && indent > latest.indent)) list.left.push({
				line,
				why: "no issue"
			});
			return;
		}
		const depends = said ? readRefs(text, start + said.index + said[0].length).refs : [];
		if (said && depends.length === 0 && refsIn(text, start + said.index).length > 0) doubt(line, "dependency unclear");
		list.named++;
		const taken = [];
		for (const ref of named.refs.map((each) => ofOwn(each, own))) if (ref.repository) elsewhere.push({
			ref,
			line: number,
			text: shown$1(text)
		});
		else taken.push({
			number: ref.number,
			line: number,
			text: shown$1(text),
			state,
			dependsOn: depends.map((each) => ofOwn(each, own))
		});
		items.push(...taken);
		latest = {
			of: taken,
			indent,
			line: number
		};
	}
	/** A line below an item, such as `  - depends on #3`. */
	function dependenciesBelow(line, of) {
		const phrase = phraseIn(line);
		if (phrase?.strength !== "verb") return;
		const refs = readRefs(phrase.text, phrase.end).refs.map((ref) => ofOwn(ref, own));
		for (const each of of) each.dependsOn = [...each.dependsOn, ...refs];
	}
	function doubt({ number, text }, why) {
		if (unread.length < 2 * 10) unread.push({
			number,
			text: shown$1(text),
			why
		});
	}
}
const CRITERIA = /^(?:(?:[\w-]+ ){0,2}acceptance criteri(?:a|on)\b.{0,60}|acceptance(?: tests?| checks?)?|definition of done\b.{0,20}|dod|acs?|done when|(?:success|exit|completion) criteria)$/;
/** The same heading in other languages, as people write it in lower case. */
const CRITERIA_ELSEWHERE = new RegExp([
	/^(?:akzeptanzkriterien|abnahmekriterien|acceptatiecriteria|kryteria akceptacji)$/,
	/^(?:criterios de aceptaci[oó]n|critérios de (?:aceitação|aceite)|critères d['’]acceptation|criteri di accettazione)$/,
	/^(?:критерии при[её]мки|인수 (?:조건|기준)|완료 조건|受け?入れ?(?:条件|基準)|完了条件|验收(?:标准|条件)|驗收(?:標準|條件))$/
].map(({ source }) => source).join("|"));
/** Words that are a heading even without any mark of one. */
const PLAIN_CRITERIA = /^\s*(?:acceptance(?: criteri(?:a|on)| tests?)?|definition of done|(?:success|exit) criteria|done when)\s*[:：]?\s*$/i;
/** Criteria that begin behind the words on the same line. */
const CRITERIA_ON_LINE = /^[\s*_]*(?:acceptance criteri(?:a|on))[\s*_]*[:：][\s*_]*(?=\S)/i;
const NO_CRITERIA = /^[\s*_.-]*(?:none|n\/?a|nothing|not applicable|no response|tbd)[\s*_.]*$/i;
const isCriteriaName = (name) => CRITERIA.test(name) || CRITERIA_ELSEWHERE.test(name);
const isPlainCriteria = (text) => text.length < MAX_PLAIN_CHARS && (PLAIN_CRITERIA.test(text) || CRITERIA_ELSEWHERE.test(nameOfLine(text)));
/** Longer lines are sentences. */
const MAX_PLAIN_CHARS = 40;
const nameOfLine = (text) => text.trim().replace(/[:：]$/, "").trimEnd().toLowerCase();
/**
* The items under "Acceptance criteria" and its synonyms, up to the next heading of the same or a higher level (SPEC R1.6):
* task-list items, or all items of a section that has no boxes. A criterion is the whole item, with its paragraphs and the
* items below it.
*/
function readCriteria(lines) {
	const criteria = [];
	const unread = [];
	const ids = /* @__PURE__ */ new Set();
	const headings = headingsIn(lines);
	let section;
	const boxes = [];
	lines.forEach((line, index) => {
		const heading = headings.get(index);
		if (heading === "underline") return;
		if (heading) {
			if (isCriteriaName(heading.name)) begin(line, heading.level);
			else if (section && heading.level <= section.level) end();
			else if (section) section.open = void 0;
			return;
		}
		if (isPlainCriteria(line.text)) begin(line, 7);
		else if (!section && CRITERIA_ON_LINE.test(line.text)) unread.push({
			number: line.number,
			text: shown$1(line.withCode),
			why: { kind: "no items" }
		});
		else if (section) read(section, line);
		else if (boxes.length < MAX_BOXES && OPEN_BOX.test(line.text)) boxes.push(line.number);
	});
	end();
	return {
		criteria,
		unread: unread.slice(0, 10),
		boxes
	};
	function begin(heading, level) {
		if (section && level === 7 && section.level < 7) {
			section.open = void 0;
			return;
		}
		if (section && level > section.level && section.items.length === 0) section = void 0;
		end();
		section = {
			level,
			heading,
			items: [],
			open: void 0,
			last: heading.number,
			hasNone: false
		};
	}
	function read(of, { number, withCode }) {
		if (withCode.trim() === "") return;
		const item = ITEM$1.exec(withCode);
		const indent = indentOf(withCode);
		const { open } = of;
		if (item && (item[2] !== void 0 || !open || indent <= open.indent)) {
			if (open && !open.hasBox && indent > open.indent) open.isGroup = true;
			const hasBox = item[2] !== void 0;
			of.open = {
				line: number,
				state: hasBox && item[2] !== " " ? "met" : "open",
				hasBox,
				indent,
				text: withCode.slice(item[0].length).trim(),
				isGroup: false
			};
			of.items.push(of.open);
			of.last = number;
		} else if (open && (item || number <= of.last + 1 || indent > open.indent + 1)) {
			const words = (item ? withCode.slice(item[0].length) : withCode).trim();
			open.text += `${item && !/[:;,]$/.test(open.text) ? ";" : ""} ${words}`;
			of.last = number;
		} else {
			if (NO_CRITERIA.test(withCode)) of.hasNone = true;
			of.open = void 0;
			if (of.level === 7 && of.items.length > 0) end();
		}
	}
	function end() {
		if (!section) return;
		const { heading, items, hasNone } = section;
		section = void 0;
		const said = items.filter(({ text }) => text !== "" && !CROSSED_OUT.test(text));
		const boxes = said.filter(({ hasBox }) => hasBox);
		const isPlain = boxes.length === 0;
		for (const item of isPlain ? said : boxes) add(item);
		if (said.length === 0 && !hasNone) doubt(heading.number, heading.withCode, { kind: "no items" });
		const boxless = isPlain ? [] : said.filter(({ hasBox, isGroup }) => !hasBox && !isGroup);
		const [first] = boxless;
		if (first) doubt(first.line, first.text, {
			kind: "no box",
			count: boxless.length
		});
	}
	function add({ line, state, text }) {
		const { id, text: words } = splitId(text);
		const unique = id !== void 0 && !ids.has(id) ? id : `C${criteria.length + 1}`;
		ids.add(unique);
		criteria.push({
			id: unique,
			text: words,
			line,
			state
		});
	}
	function doubt(number, text, why) {
		unread.push({
			number,
			text: shown$1(text),
			why
		});
	}
}
/** Splits the author's id from the words: `AC-3: The total …`, `**REQ-12** The total …`, `[AC-3] The total …`. */
function splitId(text) {
	const found = /^(\*\*|__|\[|\(|`)?([A-Z][A-Z0-9]{0,15}-\d{1,6})(?!-|_?[A-Za-z0-9])[ \t]*[:.–—-]?/.exec(text);
	if (!found) return {
		id: void 0,
		text
	};
	const [start, opened, id] = found;
	let words = text.slice(start.length);
	const close = opened === void 0 ? void 0 : CLOSES.get(opened);
	if (close !== void 0) {
		if (words.startsWith(close)) words = words.slice(close.length).replace(/^[ \t]*[:.–—-]?/, "");
		else if (words.trimEnd().endsWith(close) && close.length === 2) words = words.trimEnd().slice(0, -close.length);
		else return {
			id: void 0,
			text
		};
	}
	words = words.trim();
	return words ? {
		id,
		text: words
	} : {
		id: void 0,
		text
	};
}
const CLOSES = /* @__PURE__ */ new Map([
	["**", "**"],
	["__", "__"],
	["[", "]"],
	["(", ")"],
	["`", "`"]
]);

// src/core/text/front-matter.ts
/** Reading stops after this many faults. */
const MAX_FAULTS = 20;
/** How much of a faulty text is quoted. */
const SHOWN_CHARS$1 = 40;
/** The line by which Swarm finds an issue again that it made from a block. Front matter may follow it. */
const MARKER_LINE = /^<[!]-- swarm:segment key=\S{1,600} -->[ \t]*(?=\r?\n|$)/;
const PAIR$1 = /^([A-Za-z_][\w-]{0,62})[ \t]*:(?=[ \t]|$)/;
const ITEM = /^ *-(?=[ \t]|$)/;
/** @param hasBlock answers whether a key, in lower case with hyphens, may hold nested lines. */
function readFrontMatter(lines, hasBlock) {
	const isMarked = MARKER_LINE.test(lines[0]?.text ?? "");
	const start = lines.findIndex(({ text }, index) => text.trim() !== "" && !(isMarked && index === 0));
	const opening = lines[start];
	if (!opening || !/^---[ \t]*$/.test(opening.text)) return {
		entries: [],
		faults: [],
		rest: lines
	};
	const end = lines.findIndex(({ text }, index) => index > start && /^(?:---|\.\.\.)[ \t]*$/.test(text));
	const inside = lines.slice(start + 1, end === -1 ? void 0 : end);
	if (inside[0]?.text.trim() === "" && !inside.some(({ text }) => PAIR$1.test(text)) && inside.some(({ text }) => !isEmpty(text))) return {
		entries: [],
		faults: [],
		rest: lines
	};
	if (end === -1) return {
		entries: [],
		faults: [{
			line: opening.number,
			why: { kind: "not closed" }
		}],
		rest: lines
	};
	const reader = new Reader(inside, hasBlock);
	reader.readAll();
	return {
		entries: reader.entries,
		faults: reader.faults,
		rest: lines.slice(end + 1)
	};
}
/** The form in which keys are compared: `edit_locus` and `Edit-Locus` are the same key. */
const keyOf = (written) => written.trim().toLowerCase().replaceAll("_", "-");
var Reader = class {
	entries = [];
	faults = [];
	#lines;
	#hasBlock;
	#next = 0;
	constructor(lines, hasBlock) {
		this.#lines = lines;
		this.#hasBlock = hasBlock;
	}
	readAll() {
		const seen = /* @__PURE__ */ new Set();
		for (let line = this.#takeLine(); line && this.faults.length < MAX_FAULTS; line = this.#takeLine()) {
			const { number, text } = line;
			if (/[\0-\x08\x0b-\x1f\x7f]/.test(text)) {
				this.#fault(number, { kind: "control character" });
				continue;
			}
			if (isEmpty(text)) continue;
			const pair = PAIR$1.exec(text);
			if (!pair) {
				this.#fault(number, whyNoPair(text));
				this.#takeIndented();
				continue;
			}
			const [start, key = ""] = pair;
			const name = keyOf(key);
			const isRepeated = seen.has(name);
			if (isRepeated) this.#fault(number, {
				kind: "repeated key",
				key
			});
			seen.add(name);
			const value = this.#value(name, withoutComment(text.slice(start.length)), number);
			if (value && !isRepeated) this.entries.push({
				key,
				line: number,
				value
			});
		}
	}
	/** @param text after the colon, trimmed and without a comment. */
	#value(name, text, line) {
		if (text === "") return this.#valueBelow(name);
		let value;
		if (text === "~" || text === "null") value = { kind: "nothing" };
		else if (text.startsWith("{") && this.#hasBlock(name)) value = { kind: "block" };
		else if (text.startsWith("[")) value = this.#flowList(text.slice(1), line);
		else value = this.#scalar(text, line);
		const [more] = this.#takeIndented();
		if (more) this.#fault(more.number, {
			kind: "indented below value",
			text: shown(more.text.trim())
		});
		return value;
	}
	#valueBelow(name) {
		const below = this.#takeIndented();
		if (below.length === 0) return { kind: "nothing" };
		return this.#hasBlock(name) && !below.every(isItem) ? { kind: "block" } : this.#blockList(below);
	}
	/** A list with one item on each line, after a hyphen. */
	#blockList(lines) {
		const items = [];
		for (const { number, text } of lines) {
			const [mark] = ITEM.exec(text) ?? [];
			if (mark === void 0) {
				this.#fault(number, /^ *\t/.test(text) ? { kind: "tab" } : { kind: "nested keys" });
				return;
			}
			const bare = withoutComment(text.slice(mark.length));
			if (bare === "") this.#fault(number, { kind: "empty item" });
			const read = bare === "" ? void 0 : this.#scalar(bare, number);
			if (read) items.push(read);
		}
		return {
			kind: "list",
			items
		};
	}
	/** A list in brackets, `[a, "b, c"]`, on one or more lines. @param start after the opening bracket. */
	#flowList(start, line) {
		const items = [];
		let text = start.trim();
		let number = line;
		let wantsItem = true;
		for (;;) {
			if (text === "") {
				const next = this.#takeLine();
				if (!next) {
					this.#fault(line, { kind: "list not closed" });
					return;
				}
				text = withoutComment(` ${next.text}`);
				number = next.number;
				continue;
			}
			if (text.startsWith("]")) {
				if (text !== "]") this.#fault(number, { kind: "text after list" });
				return {
					kind: "list",
					items
				};
			}
			if (text.startsWith(",")) {
				if (wantsItem) this.#fault(number, { kind: "empty item" });
				wantsItem = true;
				text = text.slice(1).trim();
				continue;
			}
			if (!wantsItem) this.#fault(number, { kind: "comma missing" });
			const raw = flowItem(text);
			const read = wantsItem ? this.#scalar(raw.trim(), number) : void 0;
			if (!read) {
				while (!text.includes("]")) text = this.#takeLine()?.text ?? "]";
				return;
			}
			items.push(read);
			wantsItem = false;
			text = text.slice(raw.length).trim();
		}
	}
	#scalar(text, line) {
		const quote = text.charAt(0);
		if (isQuote(quote)) {
			const read = quotedLength(text) === text.length ? unquote(text) : void 0;
			if (read !== void 0) return {
				kind: "scalar",
				text: read,
				quoted: true,
				line
			};
			this.#fault(line, {
				kind: "quoted text",
				quote
			});
			return;
		}
		const fault = plainFault(text);
		if (!fault) return {
			kind: "scalar",
			text,
			quoted: false,
			line
		};
		this.#fault(line, fault);
	}
	#takeLine() {
		return this.#lines[this.#next++];
	}
	/** Takes the lines that follow as long as they are indented or items of a list. Empty lines between them are skipped. */
	#takeIndented() {
		const taken = [];
		for (let line = this.#lines[this.#next]; line; line = this.#lines[++this.#next]) {
			if (isEmpty(line.text)) continue;
			if (!/^[ \t]/.test(line.text) && !isItem(line)) break;
			taken.push(line);
		}
		return taken;
	}
	#fault(line, why) {
		this.faults.push({
			line,
			why
		});
	}
};
const isEmpty = (text) => /^[ \t]*(?:#|$)/.test(text);
const isItem = ({ text }) => ITEM.test(text);
const isQuote = (character) => character === "\"" || character === "'";
const shown = (text) => text.slice(0, SHOWN_CHARS$1);
function whyNoPair(text) {
	if (/^[\w-]+:\S/.test(text)) return { kind: "space missing" };
	if (/^[ \t]/.test(text)) return { kind: "indented without key" };
	return {
		kind: "not a pair",
		text: shown(text.trim())
	};
}
/** A `#` after a space starts a comment, unless a digit follows: then it names an issue. Quoted text has no comments. */
function withoutComment(text) {
	for (let i = 0; i < text.length; i++) {
		const before = text.charAt(i - 1);
		if (isQuote(text.charAt(i)) && /[\s,[]/.test(before)) i += quotedLength(text.slice(i)) - 1;
		else if (text[i] === "#" && /\s/.test(before) && !/\d/.test(text.charAt(i + 1))) return text.slice(0, i).trim();
	}
	return text.trim();
}
/** The text of the first item in the rest of a flow list. The braces and brackets of a glob belong to the item. */
function flowItem(text) {
	if (isQuote(text.charAt(0))) return text.slice(0, quotedLength(text));
	let braces = 0;
	let brackets = 0;
	for (let i = 0; i < text.length; i++) {
		const character = text[i];
		if (character === "{") braces++;
		else if (character === "}") braces--;
		else if (character === "[") brackets++;
		else if (character === "]" && brackets-- <= 0) return text.slice(0, i);
		else if (character === "," && braces <= 0) return text.slice(0, i);
	}
	return text;
}
/** The length of the quoted text that this one starts with, with both quotes; more than there is if it is not closed. */
function quotedLength(text) {
	const quote = text[0];
	for (let i = 1; i < text.length; i++) if (text[i] === "\\" && quote === "\"") i++;
	else if (text[i] === quote) {
		if (quote === "'" && text[i + 1] === "'") i++;
		else return i + 1;
	}
	return text.length + 1;
}
/** The text between the quotes; undefined if it has an unknown escape. */
function unquote(text) {
	const inside = text.slice(1, -1);
	if (text[0] === "'") return inside.replaceAll("''", "'");
	let isKnown = true;
	const read = inside.replace(/\\(?:u([0-9a-fA-F]{4})|([\s\S]))/g, (_, code, letter) => {
		if (code !== void 0) return String.fromCharCode(Number.parseInt(code, 16));
		const meant = ESCAPES.get(letter) ?? "";
		if (meant === "") isKnown = false;
		return meant;
	});
	return isKnown ? read : void 0;
}
const ESCAPES = /* @__PURE__ */ new Map([
	["\"", "\""],
	["\\", "\\"],
	["/", "/"],
	["n", "\n"],
	["t", "	"]
]);
/** Why a text cannot stand without quotes. */
function plainFault(text) {
	const start = text.charAt(0);
	if (start === "*") return {
		kind: "alias",
		text: shown(text)
	};
	if (start === "&") return { kind: "anchor" };
	if (start === "!") return {
		kind: "tag",
		text: shown(text)
	};
	if (start === "|" || start === ">") return { kind: "block text" };
	if (start === "[") return { kind: "list in list" };
	if (/^\{[^{}]*: /.test(text)) return { kind: "nested keys" };
	if (/^(?:[@`%]|\?(?:\s|$))/.test(text)) return {
		kind: "reserved character",
		text: shown(text),
		character: start
	};
	if (/:(?=[ \t]|$)/.test(text)) return {
		kind: "colon",
		text: shown(text)
	};
}

// src/core/text/prose.ts
/**
* Reads what else an issue says outside its front matter: the answers of an issue form, and the paths that it names.
*/
/**
* The answers of an issue form. Each field is a third-level heading with the answer below it. Headings of other levels are
* listed, too, because people copy a form by hand. A field that is drawn as code has its answer in a fence.
*
* @param whole all lines of the text, with those in fences.
* @see https://docs.github.com/en/communities/using-templates-to-encourage-useful-issues-and-pull-requests/syntax-for-githubs-form-schema
*/
function readFormAnswers(lines, whole = lines) {
	const answers = [];
	let current;
	for (const line of lines) {
		const level = headingLevel(line.text);
		if (level === 0) current?.push(line);
		else {
			current = [];
			answers.push({
				name: nameOf(line.withCode).replaceAll(" ", "-"),
				line: line.number,
				level,
				lines: current
			});
		}
	}
	for (const { line, level, lines: below } of answers) if (level === 3 && below.every(({ text }) => text.trim() === "")) below.push(...fencedBelow(whole, line));
	return answers.filter(({ lines: below }) => {
		const text = below.map((line) => line.withCode.trim()).join("");
		return text !== "" && text !== "_No response_";
	});
}
const FENCE = /^ {0,3}(`{3,}|~{3,})[\w-]*[ \t]*$/;
/** The lines of the fence that is the first thing below a line. */
function fencedBelow(whole, heading) {
	const below = whole.slice(whole.findIndex(({ number }) => number === heading) + 1);
	const start = below.findIndex(({ text }) => text.trim() !== "");
	const mark = FENCE.exec(below[start]?.text ?? "")?.[1];
	if (mark === void 0) return [];
	const end = below.findIndex(({ text }, index) => index > start && text.trim() === mark);
	return (end === -1 ? [] : below.slice(start + 1, end)).map((line) => ({
		...line,
		withCode: line.text,
		code: []
	}));
}
const PAIR = /^\s*(?:[-*+]\s+)?[*_]{0,3}([A-Za-z][A-Za-z _-]{1,20}?)[*_]{0,3}\s?[:：][*_]{0,3}\s+(\S.{0,100})$/;
const ROW = /^\s*\|\s*[*_]{0,3}([A-Za-z][A-Za-z _-]{1,20}?)[*_]{0,3}\s*\|\s*([^|\s][^|]{0,100})\|\s*$/;
/** What a text states as `Priority: high`, outside of front matter and forms. */
const readPairs = (lines) => lines.flatMap(({ withCode, number: line }) => {
	if (!/[|:：]/.test(withCode)) return [];
	const [, words, value] = PAIR.exec(withCode) ?? ROW.exec(withCode) ?? [];
	if (words === void 0 || value === void 0) return [];
	return [{
		name: words.trim().toLowerCase().replaceAll(/[ _]+/g, "-"),
		value: value.trim(),
		line
	}];
});
/** The keys in the code block that a text begins with, where some people put their front matter. */
function readFencedKeys(whole) {
	const start = whole.findIndex(({ text }) => text.trim() !== "");
	const mark = FENCE.exec(whole[start]?.text ?? "")?.[1];
	const end = mark === void 0 ? -1 : whole.findIndex(({ text }, index) => index > start && text.trim() === mark);
	if (end === -1) return [];
	return whole.slice(start + 1, end).flatMap(({ text, number: line }) => {
		const name = /^([A-Za-z][\w-]{1,20}):(?=\s|$)/.exec(text)?.[1];
		return name === void 0 ? [] : [{
			name: name.toLowerCase().replaceAll("_", "-"),
			line
		}];
	});
}
/** Also splits the words of a link from its address. */
const WORD_ENDS = /[\s"'<>|]|\]\(/;
/** A text with more directories than this describes the repository, not the files of its task. */
const MAX_DIRECTORIES = 20;
const MAX_PATH_CHARS = 200;
/** What a line of code imports is a package, or relative to a file that is not named. */
const IMPORTED = /\b(?:from|import|require)\s{0,4}\(?\s{0,4}["'`][^"'`\s]{1,200}["'`]/g;
/** Files at the root that tasks change beside their own directories. */
const ROOT_FILES = /* @__PURE__ */ new Set([...[
	"package.json",
	"tsconfig.json",
	"deno.json",
	"pyproject.toml",
	"requirements.txt",
	"setup.py",
	"go.mod"
], ...[
	"Cargo.toml",
	"pom.xml",
	"build.gradle",
	"build.gradle.kts",
	"Gemfile",
	"composer.json",
	"mix.exs"
]]);
/**
* Guesses the scope of a text that states none: the directories of the paths it names (SPEC R1.7). Directories rather than the
* files alone, because the task may add files beside them. A guess plans overlaps; it refuses nothing.
*
* @param ignored paths that do not count.
*/
function inferFiles(lines, ignored) {
	const globs = /* @__PURE__ */ new Map();
	const atRoot = /* @__PURE__ */ new Map();
	for (const line of lines) for (const word of [line.text, ...line.code].flatMap((text) => text.replace(IMPORTED, " ").split(WORD_ENDS))) {
		const glob = globMeantBy(word, ignored);
		if (glob !== void 0 && globs.size <= 80 && !globs.has(glob)) globs.set(glob, line.number);
		const file = word.replace(/^[([*_]+|[)\]*_,.;:!?]+$/g, "");
		if (ROOT_FILES.has(file) && !atRoot.has(file)) atRoot.set(file, line.number);
	}
	const all = [...globs.keys()];
	const outermost = [...globs].filter(([glob]) => !all.some((other) => isInDirectory(glob, other)));
	if (outermost.length === 0 || outermost.length > MAX_DIRECTORIES) return [];
	return [...outermost, ...atRoot].map(([glob, line]) => ({
		glob,
		line
	})).sort((a, b) => a.glob < b.glob ? -1 : 1);
}
const isInDirectory = (glob, other) => glob !== other && other.endsWith("/**") && glob.startsWith(other.slice(0, -2));
/** A directory by its name. Web frameworks have `[slug]`, `[...all]`, `[[...all]]` and `(group)`. */
const DIRECTORY = /^(?:[\w.@+-]|\[\[?(?:\.\.\.)?[\w-]{1,60}\]\]?|\([\w.-]{1,60}\)){1,200}$/;
/** The glob of the directory of a path, or a glob as it is; undefined for words that are not paths. */
function globMeantBy(word, ignored) {
	if (!word.includes("/") || word.length > MAX_PATH_CHARS) return void 0;
	const start = word.replace(/^[([{*_~]+/, "");
	const path = start.replace(start.includes("{") ? /[)\]_~,.;:!?]+$/ : /[)\]}_~,.;:!?]+$/, "").replace(/(?::\d{1,6}){1,2}$|#L\d{1,6}$/, "").replace(/^\.\//, "");
	if (ignored.has(path)) return void 0;
	if (path.includes("*")) return /^[\w.@+-]+\/[\w.@+*?/{},-]+$/.test(path) && globFault(path) === void 0 ? path : void 0;
	const parts = path.split("/");
	const last = parts.pop() ?? "";
	if (!(parts.length > 0 && parts.every((part) => DIRECTORY.test(part) && !part.endsWith("."))) || path.startsWith("@") || /\.(?:com|org|net|io|dev|app)$/i.test(parts[0] ?? "")) return void 0;
	if (last !== "" && !/^(?:[\w.@+-]|\[(?:\.\.\.)?[\w-]{1,60}\])*\.[A-Za-z][A-Za-z0-9]{0,9}$/.test(last)) return void 0;
	const glob = `${parts.join("/")}/**`;
	return globFault(glob) === void 0 ? glob : void 0;
}

// src/core/text/spec-keys.ts
/**
* Collects the keys of an issue's spec from the three places that can state them: the front matter, the answers of an issue
* form, and labels. The first of these to state a key counts (SPEC R1.5). `spec.ts` reads the values.
*/
const KEYS = SPEC_KEYS;
const ALIASES = new Map([
	...KEYS.map((key) => [key, key]),
	["edit-locus", "files"],
	["file-scope", "files"],
	["commit-scope", "scope"],
	["blocked-by", "depends-on"]
]);
/** The key with this name, in lower case with hyphens. */
const keyNamed = (name) => ALIASES.get(name);
/** Words that begin many lines of a text and mean something else there. */
const OFTEN_PROSE = /* @__PURE__ */ new Set([
	"context",
	"scope",
	"agent",
	"base",
	"review",
	"gates",
	"branch"
]);
const LISTS = /* @__PURE__ */ new Set([
	"files",
	"context",
	"skills",
	"conflicts-with"
]);
/** A form's choices for these keys can have some words. Swarm reports one that it does not know, and does not take it as prose. */
const CHOICES = /* @__PURE__ */ new Set([
	"type",
	"worker",
	"effort",
	"priority",
	"estimate",
	"parallel"
]);
/** Keys that labels can state, too: `model:fast`. */
const LABELS = [
	"model",
	"effort",
	"worker",
	"persona",
	"base"
];
/** Keys that may have nested lines. This version does not read them. */
const mayNest = (key) => [
	"gates",
	"review",
	"tdd"
].includes(key);
function collectKeys(front, answers, labels, pairs = []) {
	const stated = /* @__PURE__ */ new Map();
	const faults = [];
	const passedOver = [];
	for (const { key: written, line, value } of front.entries) {
		const key = ALIASES.get(keyOf(written));
		if (!key) {
			faults.push({
				kind: "key",
				line,
				written
			});
			continue;
		}
		if (value.kind === "nothing") continue;
		const values = value.kind === "block" ? "block" : value.kind === "list" ? value.items : [value];
		const found = {
			key,
			written,
			line,
			source: {
				kind: "front matter",
				line
			},
			values,
			isList: value.kind === "list"
		};
		const earlier = stated.get(key);
		if (earlier) faults.push(repeatedKey(earlier, found));
		else stated.set(key, found);
	}
	for (const answer of answers) {
		const key = ALIASES.get(answer.name);
		if (!key || key === "depends-on") continue;
		const found = answeredKey(key, answer);
		if (answer.level !== 3) {
			const source = {
				kind: "section",
				line: answer.line
			};
			if (found) passedOver.push({
				what: key,
				source,
				why: "other heading"
			});
		} else if (found) add(found);
		else passedOver.push({
			what: key,
			source: {
				kind: "form answer",
				line: answer.line
			},
			why: "prose"
		});
	}
	for (const { key, found } of labelledKeys(labels)) {
		const [first] = found;
		if (!first) continue;
		if (found.length > 1 && !stated.has(key)) {
			const value = found.map((each) => each.value).join(", ");
			faults.push({
				kind: "value",
				line: void 0,
				key,
				value,
				expected: {
					kind: "one label",
					key
				}
			});
			continue;
		}
		for (const { label, value } of found) add({
			key,
			written: key,
			line: void 0,
			source: {
				kind: "label",
				label
			},
			values: [{
				text: value,
				quoted: true,
				line: 0
			}],
			isList: false,
			isAnswer: true
		});
	}
	for (const { name, value, line } of pairs) {
		const key = ALIASES.get(name);
		if (!key || key === "depends-on" || OFTEN_PROSE.has(key) || value.split(/\s+/).length > CHOICE_WORDS) continue;
		const values = [{
			text: value,
			quoted: false,
			line
		}];
		const source = {
			kind: "text",
			line
		};
		const found = {
			key,
			written: name,
			line,
			source,
			values,
			isList: false,
			isAnswer: true
		};
		const earlier = stated.get(key);
		if (!earlier || meantBy(earlier) !== meantBy(found)) passedOver.push({
			what: key,
			source,
			why: "in the text"
		});
	}
	return {
		stated,
		faults,
		passedOver
	};
	/** What is stated first counts. The same said twice is nothing to report. */
	function add(found) {
		const { key, source } = found;
		const earlier = stated.get(key);
		if (!earlier) stated.set(key, found);
		else if (meantBy(earlier) !== meantBy(found)) passedOver.push({
			what: key,
			source,
			why: "overruled"
		});
	}
}
/** The meaning of a key's values, in a form that can be compared. */
const meantBy = ({ key, values }) => values === "block" ? "" : values.map(({ text }) => meaningsOf(key, text).at(0) ?? "").join();
/** The key that is closest to a mistyped one. */
const nearestKey = (written) => nearest(keyOf(written), [...ALIASES.keys()]);
const repeatedKey = (earlier, found) => ({
	kind: "value",
	line: found.line,
	key: found.written,
	value: found.values === "block" ? "…" : found.values.map(({ text }) => text).join(", "),
	expected: {
		kind: "key said once",
		line: earlier.line,
		written: earlier.written
	}
});
/** The key as an answer of a form states it. Undefined if it does not read like a value: "Context" often heads prose. */
function answeredKey(key, { name, line, lines }) {
	const isList = LISTS.has(key);
	const ticked = lines.filter(({ text }) => BOX.test(text));
	const values = (ticked.length === 0 ? lines : ticked.filter(({ text }) => !/\[ \]/.test(text))).flatMap(({ withCode, number }) => {
		const text = withCode.replace(BOX, "- ").replace(/^\s*[-*+]\s/, "").replaceAll("`", "");
		return (isList ? splitList(text) : [text.trim()].filter((part) => part !== "")).map((part) => ({
			text: part,
			quoted: false,
			line: number
		}));
	});
	const maxWords = CHOICES.has(key) ? CHOICE_WORDS : 1;
	const isValue = isList ? values.every(({ text }) => !/\s/.test(text) && (key === "skills" || /[./*#\d]/.test(text))) : values.length === 1 && values.every(({ text }) => text.split(/\s+/).length <= maxWords);
	const isOther = key === "branch" && !values.some(({ text }) => /[{/]/.test(text));
	const source = {
		kind: "form answer",
		line: values[0]?.line ?? line
	};
	return isValue && !isOther ? {
		key,
		written: name,
		line,
		source,
		values,
		isList,
		isAnswer: true
	} : void 0;
}
const BOX = /^\s*[-*+]\s+\[[ xX]\]\s/;
const CHOICE_WORDS = 6;
function labelledKeys(labels) {
	const after = (prefix) => labels.filter((label) => label.toLowerCase().startsWith(prefix)).map((label) => ({
		label,
		value: label.slice(prefix.length).trim()
	}));
	const unique = (all) => [...new Map(all.map((each) => [each.value, each])).values()].sort((a, b) => a.value < b.value ? -1 : 1);
	const alike = (all) => [...new Map(all.map((each) => [meaningsOf("priority", each.value).at(0), each])).values()];
	const short = labels.filter((label) => /^[Pp][0-3]$/.test(label)).map((label) => ({
		label,
		value: label
	}));
	return [...LABELS.map((key) => ({
		key,
		found: unique(after(`${key}:`))
	})), {
		key: "priority",
		found: alike(unique([
			...short,
			...after("priority:"),
			...after("priority/")
		]))
	}];
}
/** Splits at commas outside braces: `a, {b,c}/d` → `a` and `{b,c}/d`. Empty parts are left out. */
function splitList(text) {
	const parts = [];
	let depth = 0;
	let start = 0;
	for (let i = 0; i < text.length; i++) if (text[i] === "{") depth++;
	else if (text[i] === "}") depth--;
	else if (text[i] === "," && depth <= 0) {
		parts.push(text.slice(start, i));
		start = i + 1;
	}
	return [...parts, text.slice(start)].map((part) => part.trim()).filter((part) => part !== "");
}

// src/core/text/spec.ts
/**
* An issue's text and labels → the spec of its segment, and everything that is wrong with them, each with its line.
*
* Nothing here throws for any text. A value that cannot be read becomes a diagnostic, and its key keeps the default.
*
* The file is long because of the table at its end, which says for each key how its value is read.
*/
/** GitHub's limit for the body of an issue, in characters. */
const BODY_CHARS = 65536;
const MAX_GLOBS = 100;
const MAX_DIAGNOSTICS = 50;
/** How much of a value is quoted. */
const SHOWN_CHARS = 100;
const NOTHING = [];
/** The spec of an issue that states nothing. */
const DEFAULT_SPEC = {
	type: "feat",
	slug: "",
	worker: "implementation",
	skills: NOTHING,
	files: NOTHING,
	filesFrom: "none",
	priority: 2,
	context: NOTHING,
	conflictsWith: NOTHING,
	dependsOn: NOTHING,
	parallel: true,
	criteria: NOTHING
};
/**
* Reads an issue as a segment (SPEC R1.5).
*
* @param globs shared by callers that read many issues.
* @returns a spec in any case, with the default for each value that is wrong; the dependencies from front matter and prose;
* errors, which hold the epic, and warnings.
*/
function readSpec(issue, globs = new GlobCache()) {
	const { number, title, body, labels } = issue;
	const key = JSON.stringify([
		number,
		title,
		body,
		labels
	]);
	const known = KNOWN.get(key);
	if (known) return known;
	const read = new SpecReader(issue, globs).read();
	KNOWN.set(key, read);
	return read;
}
/** The same texts are read several times in one look, and again in the next. What was read longest ago goes first. */
var KnownSpecs = class {
	#specs = /* @__PURE__ */ new Map();
	#characters = 0;
	get(key) {
		return this.#specs.get(key);
	}
	set(key, read) {
		this.#specs.set(key, read);
		this.#characters += key.length;
		for (const oldest of this.#specs.keys()) {
			if (this.#characters <= MAX_KNOWN_CHARS) break;
			this.#specs.delete(oldest);
			this.#characters -= oldest.length;
		}
	}
};
const MAX_KNOWN_CHARS = 8e6;
const KNOWN = new KnownSpecs();
/** The dependencies in front matter and prose, for groups, which have no spec. */
function readDependenciesOf(issue) {
	const { dependencies, diagnostics } = readSpec(issue);
	return {
		dependencies,
		diagnostics: diagnostics.filter(({ problem }) => problem.kind === "DEPENDENCY_UNREAD" || problem.kind === "SPEC_VALUE" && ["depends-on", "blocked-by"].includes(keyOf(problem.key)))
	};
}
/**
* The task list of an epic: the issues that it names, in its order, each once, and the items that cannot be read.
*
* @param own the epic's repository, so that full references to its issues count, too.
*/
const readTasks = (body, own) => {
	const { items, elsewhere, unread } = taskListIn(readableLinesOf(body), own);
	const first = /* @__PURE__ */ new Map();
	for (const item of items) if (!first.has(item.number)) first.set(item.number, item);
	return {
		items: [...first.values()],
		elsewhere,
		unread
	};
};
/** Only the issues. */
const readTaskList = (body, own) => readTasks(body, own).items;
/** The slug of an issue that states none. */
const slugFor = (number, title) => slugOf(title) || `segment-${number}`;
/** The lines of a body that count: without front matter, code, quotes and comments; numbered as in the body. */
const readableLinesOf = (body) => readableLines(frontMatterOf(linesOf(body.slice(0, 2 * BODY_CHARS))).rest);
const frontMatterOf = (lines) => readFrontMatter(lines, mayNest);
var SpecReader = class {
	#issue;
	#diagnostics = [];
	#globs;
	#taken = [];
	#passedOver = [];
	#stated = /* @__PURE__ */ new Map();
	/** The lines of the answers to a form's questions. */
	#answered = /* @__PURE__ */ new Set();
	constructor(issue, globs) {
		this.#issue = issue;
		this.#globs = globs;
	}
	read() {
		const body = this.#bodyWithinLimit();
		const front = frontMatterOf(linesOf(body));
		for (const { line, why } of front.faults) this.#error({
			kind: "FRONT_MATTER",
			at: this.#at(line),
			why
		});
		const lines = readableLines(front.rest);
		this.#stated = this.#collectKeys(front, lines);
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
		const comments = commentsIn(body.replace(MARKER_LINE, ""));
		if (comments.open !== void 0) this.#warn({
			kind: "COMMENT_OPEN",
			at: this.#at(comments.open)
		});
		const { criteria, unread, boxes } = readCriteria(lines);
		for (const { number, text, why } of unread) this.#warn({
			kind: "CRITERIA_UNREAD",
			at: this.#at(number),
			text,
			why
		});
		const [first] = criteria;
		if (first) this.#take("criteria", String(criteria.length), {
			kind: "section",
			line: first.line
		});
		const box = first ? void 0 : boxes.find((line) => !this.#answered.has(line));
		if (box !== void 0) this.#passOver("criteria", box, "boxes");
		const spec = {
			...DEFAULT_SPEC,
			criteria
		};
		const dependencies = this.#dependencies(lines);
		spec.dependsOn = uniqueRefs(dependencies.map(({ ref }) => ref));
		for (const stated of this.#stated.values()) this.#single(spec, stated);
		spec.context = this.#texts("context", pathIn, PATHS_EXPECTED);
		spec.skills = this.#texts("skills", instructionIn, INSTRUCTION_EXPECTED);
		spec.conflictsWith = this.#texts("conflicts-with", readRef, REFS_EXPECTED);
		if (spec.slug === "") {
			spec.slug = slugFor(this.#issue.number, this.#issue.title);
			this.#take("slug", spec.slug, { kind: "title" });
		}
		this.#files(spec, lines);
		this.#gates();
		return {
			spec,
			diagnostics: mostImportant(this.#diagnostics).map(withNearest),
			reading: {
				taken: this.#taken,
				passedOver: this.#passedOver
			},
			dependencies,
			...comments.hasWords ? { hasComments: true } : {}
		};
	}
	#bodyWithinLimit() {
		const { body } = this.#issue;
		const found = body.length > 65536 ? [...body].length : body.length;
		if (found <= 65536) return body;
		this.#error({
			kind: "LIMIT_EXCEEDED",
			at: this.#at(),
			what: "characters",
			found,
			limit: BODY_CHARS
		});
		return body.slice(0, BODY_CHARS);
	}
	#collectKeys(front, lines) {
		const answers = readFormAnswers(lines, front.rest);
		const fields = answers.filter(({ name, level }) => level === 3 && keyNamed(name));
		this.#answered = new Set(fields.flatMap((answer) => answer.lines.map(({ number }) => number)));
		const { stated, faults, passedOver } = collectKeys(front, answers, this.#issue.labels, readPairs(lines));
		this.#passedOver.push(...passedOver);
		for (const { name, line } of readFencedKeys(front.rest)) {
			const key = keyNamed(name);
			if (key) this.#passOver(key, line, "in code");
		}
		for (const fault of faults) if (fault.kind === "value") this.#wrong(fault.key, fault.value, fault);
		else this.#warn({
			kind: "SPEC_KEY",
			at: this.#at(fault.line),
			key: fault.written,
			known: KEYS
		});
		return stated;
	}
	#single(spec, { key, written, line, source, values, isList, isAnswer }) {
		const single = SINGLES.get(key);
		if (!single) return;
		if (values === "block") {
			this.#passedOver.push({
				what: key,
				source,
				why: "no effect"
			});
			return;
		}
		const [value] = values;
		const meant = value && isAnswer ? meaningsOf(key, value.text) : [];
		if (isAnswer && meant.length === 0) {
			this.#passedOver.push({
				what: key,
				source,
				why: "left open"
			});
			return;
		}
		const read = isList ? void 0 : [value?.text ?? "", ...meant].find((text) => single.set(spec, text));
		if (read !== void 0) {
			this.#take(key, read, source, value?.text);
			return;
		}
		const found = values.map(({ text }) => text).join(", ");
		this.#wrong(written, found, {
			...single,
			line: value?.line || line,
			isAnswer
		});
	}
	#texts(key, read, to) {
		const stated = this.#stated.get(key);
		if (!stated) return NOTHING;
		const texts = [];
		const values = partsOf(stated).flatMap(({ text, line }) => {
			const value = read(text.trim(), line, stated.written);
			if (value === void 0) this.#wrong(stated.written, text, {
				...to,
				line,
				isAnswer: stated.isAnswer
			});
			else texts.push(text.trim());
			return value === void 0 ? [] : [value];
		});
		if (texts.length > 0 || stated.values === "block") this.#take(key, texts.join(", "), stated.source);
		return values;
	}
	#files(spec, lines) {
		const stated = this.#stated.get("files");
		if (!stated) {
			const inferred = inferFiles(lines, new Set(spec.context));
			if (inferred.length === 0) this.#warn({
				kind: "SCOPE_UNKNOWN",
				at: this.#at()
			});
			else [spec.files, spec.filesFrom] = [inferred.map(({ glob }) => glob), "inferred"];
			for (const { glob, line } of inferred) this.#take("files", glob, {
				kind: "text",
				line
			});
			return;
		}
		const at = this.#at(stated.line);
		const parts = partsOf(stated);
		if (parts.length > MAX_GLOBS) this.#error({
			kind: "LIMIT_EXCEEDED",
			at,
			what: "globs",
			found: parts.length,
			limit: MAX_GLOBS
		});
		const globs = [];
		for (const { text, line } of parts.slice(0, MAX_GLOBS)) {
			const glob = text.trim();
			const why = globFault(glob, this.#globs);
			if (why === void 0) globs.push(glob);
			else {
				const level = stated.isAnswer ? "warning" : "error";
				const problem = {
					kind: "BAD_GLOB",
					at: this.#at(line),
					glob: glob.slice(0, SHOWN_CHARS),
					why
				};
				this.#diagnostics.push({
					level,
					problem
				});
			}
		}
		if (stated.values.length > 0 && (globs.length > 0 || !stated.isAnswer)) spec.filesFrom = "stated";
		else this.#warn({
			kind: "SCOPE_UNKNOWN",
			at
		});
		const meant = globs.map((glob) => meantAsScope(glob, this.#globs));
		const why = scopeFault(meant, this.#globs);
		if (why !== void 0) {
			this.#error({
				kind: "BAD_GLOB",
				at,
				glob: globs[0] ?? "",
				why
			});
			return;
		}
		if (!meant.some(isNegated) && meant.some((glob) => isEverything(glob, this.#globs))) this.#warn({
			kind: "SCOPE_EVERYTHING",
			at
		});
		spec.files = [...new Set(meant)];
		if (spec.files.length > 0) this.#take("files", spec.files.join(", "), stated.source);
	}
	#dependencies(lines) {
		const stated = this.#texts("depends-on", (text, line, written) => {
			const ref = readRef(text);
			return ref && {
				ref,
				line,
				text: `${written}: ${text}`,
				inFrontMatter: true
			};
		}, REFS_EXPECTED);
		const { found, faults, unread, others } = readDependencies(lines);
		for (const line of others) this.#passOver("depends-on", line, "no issue");
		for (const { number, text } of faults) this.#wrong("depends-on", text, {
			...REFS_EXPECTED,
			line: number
		});
		for (const { number, text, why } of unread) this.#warn({
			kind: "DEPENDENCY_UNREAD",
			at: this.#at(number),
			text,
			why
		});
		return [...stated, ...found];
	}
	/** Only checked: this version does not use them. */
	#gates() {
		this.#texts("gates", gateIn, GATES_EXPECTED);
	}
	#take(what, value, source, said = value) {
		if (what === "depends-on") return;
		if (what !== "criteria" && WITHOUT_EFFECT.has(what)) this.#passedOver.push({
			what,
			source,
			why: "no effect"
		});
		else {
			const words = said === value ? {} : { said: said.slice(0, SHOWN_CHARS) };
			this.#taken.push({
				what,
				value: value.slice(0, SHOWN_CHARS),
				...words,
				source
			});
		}
	}
	#passOver(what, line, why) {
		this.#passedOver.push({
			what,
			source: {
				kind: "text",
				line
			},
			why
		});
	}
	#at(line) {
		return {
			issue: this.#issue.number,
			...line ? { line } : {}
		};
	}
	#wrong(key, value, { expected, known, line, isAnswer }) {
		const close = known && nearest(value, known);
		const said = {
			at: this.#at(line),
			key,
			value: value.slice(0, SHOWN_CHARS),
			expected
		};
		if (isAnswer && (line !== void 0 || close === void 0 && (key === "priority" || key === "effort"))) this.#warn({
			kind: "ANSWER_UNREAD",
			...said
		});
		else this.#error({
			kind: "SPEC_VALUE",
			...said,
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
/** With everything below it where the glob names a directory, unless that is too long. */
const meantAsScope = (glob, globs) => {
	const whole = asScope(glob);
	return globFault(whole, globs) === void 0 ? whole : glob;
};
/** The texts of a list in any form: a list, or one text with commas. */
const partsOf = ({ values, isList }) => values === "block" ? NOTHING : isList ? values : values.flatMap((value) => value.quoted ? [value] : splitList(value.text).map((text) => ({
	...value,
	text
})));
/** If there are too many: errors first, since a warning must not hide an error that holds the epic. */
function mostImportant(diagnostics) {
	if (diagnostics.length <= MAX_DIAGNOSTICS) return diagnostics;
	return diagnostics.toSorted((a, b) => Number(b.level === "error") - Number(a.level === "error")).slice(0, MAX_DIAGNOSTICS);
}
/** Done last, because only a few of thousands of mistyped keys are reported. */
function withNearest(diagnostic) {
	const { level, problem } = diagnostic;
	if (problem.kind !== "SPEC_KEY") return diagnostic;
	const close = nearestKey(problem.key);
	return close === void 0 ? diagnostic : {
		level,
		problem: {
			...problem,
			nearest: close
		}
	};
}
/** Keys that are checked, and that this version does nothing with. */
const WITHOUT_EFFECT = /* @__PURE__ */ new Set([
	"gates",
	"attempts",
	"base"
]);
const REFS_EXPECTED = { expected: { kind: "issues" } };
const PATHS_EXPECTED = { expected: { kind: "paths" } };
const NAME_EXPECTED = { expected: { kind: "name" } };
const INSTRUCTION_EXPECTED = { expected: { kind: "instruction name" } };
const GATES_EXPECTED = { expected: { kind: "gates" } };
const BOOLEANS = ["true", "false"];
const REVIEWS = [...BOOLEANS, "council"];
const PRIORITY_WORDS = [
	"critical",
	"high",
	"medium",
	"low"
];
const matching = (form) => (text) => form.test(text) ? text : void 0;
const nameIn = matching(/^[a-z0-9][a-z0-9-]{0,62}$/);
/** Of a persona or a skill. */
const instructionIn = (text) => isInstructionName(text) ? text : void 0;
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
	const level = /^p?[0-3]$/.test(word) ? Number(word.at(-1)) : PRIORITY_WORDS.indexOf(word);
	return level === -1 ? void 0 : level;
}
const WEEK_MINUTES = 10080;
/** `20m`, `2h`, `1.5h` or `1h30m`. */
function minutesIn(text) {
	const found = /^(?:(\d{1,3}(?:\.\d{1,2})?)\s?h)?\s?(?:(\d{1,5})\s?m(?:in)?)?$/.exec(text);
	const minutes = Math.round(Number(found?.[1] ?? 0) * 60) + Number(found?.[2] ?? 0);
	return minutes >= 1 && minutes <= WEEK_MINUTES ? minutes : void 0;
}
const attemptsIn = (text) => /^(?:[1-9]|10)$/.test(text) ? Number(text) : void 0;
function dollarsIn(text) {
	const dollars = Number(/^\$?(\d{1,6}(?:\.\d{1,2})?)$/.exec(text)?.[1]);
	return dollars > 0 ? dollars : void 0;
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
		known
	};
}
const oneOf = (field, words) => single(field, (text) => words.find((word) => word === text), {
	kind: "one of",
	values: words
}, words);
const yesOrNo = (field) => single(field, booleanIn, {
	kind: "one of",
	values: BOOLEANS
}, BOOLEANS);
const SINGLES = /* @__PURE__ */ new Map([
	["type", oneOf("type", COMMIT_TYPES)],
	["slug", single("slug", matching(/^(?=.{1,60}$)[a-z0-9]+(?:[._-][a-z0-9]+)*$/), { kind: "slug" })],
	["scope", single("commitScope", matching(/^[A-Za-z0-9][\w./-]{0,39}$/), { kind: "commit scope" })],
	["worker", oneOf("worker", WORKERS$1)],
	["persona", single("persona", instructionIn, INSTRUCTION_EXPECTED.expected)],
	["model", single("model", matching(/^[A-Za-z0-9][\w.:/@[\]-]{0,99}$/), { kind: "model" })],
	["effort", oneOf("effort", EFFORTS$1)],
	["agent", single("agent", nameIn, NAME_EXPECTED.expected)],
	["tdd", yesOrNo("tdd")],
	["review", single("review", reviewIn, {
		kind: "one of",
		values: REVIEWS
	}, REVIEWS)],
	["priority", single("priority", priorityIn, { kind: "priority" }, PRIORITY_WORDS)],
	["estimate", single("estimateMinutes", minutesIn, { kind: "time" })],
	["attempts", single("attempts", attemptsIn, { kind: "attempts" })],
	["budget", single("budgetUsd", dollarsIn, { kind: "amount" })],
	["parallel", yesOrNo("parallel")],
	["branch", single("branch", matching(/^\S.{0,199}$/), { kind: "branch template" })],
	["base", single("base", branchIn, { kind: "branch" })]
]);
const uniqueRefs = (refs) => [...new Map(refs.map((ref) => [refText(ref).toLowerCase(), ref])).values()];
/** A task is empty if its text consists of comments and white space. */
function isEmptyTask(lines) {
	const text = lines.map((line) => line.text).join("\n");
	let at = 0;
	for (;;) {
		const start = text.indexOf("<!--", at);
		if (text.slice(at, start === -1 ? void 0 : start).trim() !== "") return false;
		const end = start === -1 ? -1 : text.indexOf("-->", start);
		if (end === -1) return true;
		at = end + 3;
	}
}

export { GlobCache as C, readGlob as D, matches as E, personaIn as S, isEverything as T, GUIDES as _, readTasks as a, isInstructionName as b, keyOf as c, branchName as d, asScope as f, scopeMatcher as g, overlappingScopes as h, readTaskList as i, readFrontMatter as l, isNegated as m, readDependenciesOf as n, slugFor as o, isInside as p, readSpec as r, mayNest as s, BODY_CHARS as t, branchFault as u, SHIPPED_PERSONAS as v, fixedPrefix as w, pathsFor as x, foldersFor as y };