import { $ as pullNumber, F as fixedPart, G as WORKERS, H as COMMIT_TYPES, I as isEverything, J as issueId, K as headSha, M as globFault, N as overlappingScopes, P as scopeFault, Q as numberIn$1, T as htmlCode, U as EFFORTS, V as inRepository, X as mayTriage, Y as issueNumber, Z as mayWrite, b as block, nt as __require, q as instant, tt as __commonJSMin, z as GitHubRefused } from "./job-COi8ndIE.js";
import { A as number, B as registry, C as _enum, D as int, F as strictObject, I as string, L as union, M as partialRecord, P as record, S as ZodUnion, T as boolean, U as readMarker, _ as ZodEnum, b as ZodPrefault, d as enumerate, f as money, g as ZodDefault, h as ZodArray, k as literal, l as count, m as voiceOf, v as ZodObject, w as array, x as ZodRecord, y as ZodOptional } from "./pull-DbQRj-7G.js";
import { i as keptOf, n as emptyRecord, r as findAttempt, t as emptyJournal } from "./journal-DOIsMM_a.js";
import { c as wholeText, i as parseJournal, n as calibrationRef, r as journalRef, s as reportRef } from "./journal-D1z1OJYj.js";
import { createHash } from "node:crypto";

// src/github/questions.ts
const ACTOR = `__typename login ... on User { databaseId } ... on Bot { databaseId }`;
const COMMENT$1 = `id fullDatabaseId body createdAt lastEditedAt viewerDidAuthor author { ${ACTOR} } reactionGroups { content viewerHasReacted }`;
const ISSUE = `
  __typename id number title body url state stateReason updatedAt lastEditedAt viewerDidAuthor
  author { ${ACTOR} }
  editor { ${ACTOR} }
  labels(first: 50) { nodes { name } }
  repository { nameWithOwner }
  parent { number }
  subIssuesSummary { total }
  blockedBy(first: 50) { totalCount nodes { number state stateReason repository { nameWithOwner } } }`;
const SEGMENT = `${ISSUE}
  comments(last: 20) { nodes { ${COMMENT$1} } }
  timelineItems(last: 10, itemTypes: [UNLABELED_EVENT]) {
    nodes { ... on UnlabeledEvent { id createdAt actor { ${ACTOR} } label { name } } }
  }`;
const EPIC = `query SwarmEpic($owner: String!, $name: String!, $epic: Int!, $journal: String!, $state: String!) {
  repository(owner: $owner, name: $name) {
    id url
    defaultBranchRef { name }
    head: object(expression: $journal) { oid }
    state: object(expression: $state) { oid ... on Blob { text isTruncated } }
    yml: object(expression: "HEAD:.github/swarm.yml") { ... on Blob { text } }
    yaml: object(expression: "HEAD:.github/swarm.yaml") { ... on Blob { text } }
    workflow: object(expression: "HEAD:.github/workflows/swarm.yml") { oid }
    segmentWorkflow: object(expression: "HEAD:.github/workflows/segment.yml") { oid }
    issue(number: $epic) {
      ${ISSUE}
      comments(last: 100) { nodes { ${COMMENT$1} } }
      timelineItems(last: 50, itemTypes: [LABELED_EVENT]) {
        nodes { ... on LabeledEvent { id createdAt actor { ${ACTOR} } label { name } } }
      }
      unlabeled: timelineItems(last: 10, itemTypes: [UNLABELED_EVENT]) {
        nodes { ... on UnlabeledEvent { id createdAt actor { ${ACTOR} } label { name } } }
      }
      subIssues(first: 50) { pageInfo { hasNextPage endCursor } nodes { ${SEGMENT} } }
    }
  }
}`;
const CHILDREN = `query SwarmChildren($id: ID!, $after: String) {
  node(id: $id) {
    ... on Issue { subIssues(first: 50, after: $after) { pageInfo { hasNextPage endCursor } nodes { ${SEGMENT} } } }
  }
}`;
const CONFIG = `query SwarmConfig($owner: String!, $name: String!) {
  repository(owner: $owner, name: $name) {
    yml: object(expression: "HEAD:.github/swarm.yml") { ... on Blob { text } }
    yaml: object(expression: "HEAD:.github/swarm.yaml") { ... on Blob { text } }
  }
}`;
const issuesByNumber = (numbers) => `query SwarmIssues($owner: String!, $name: String!) {
  repository(owner: $owner, name: $name) {
    ${numbers.map((number) => `issue${number}: issueOrPullRequest(number: ${number}) { __typename ... on Issue { ${SEGMENT} } }`).join("\n")}
  }
}`;
const ROLLUP = `statusCheckRollup {
  contexts(first: 100) {
    nodes {
      __typename
      ... on CheckRun { name status conclusion checkSuite { workflowRun { workflow { resourcePath } } } }
      ... on StatusContext { context state }
    }
  }
}`;
const PULL = `
  number id url state isDraft merged mergedAt mergeable mergeStateStatus headRefName headRefOid baseRefName
  author { ${ACTOR} }
  mergeCommit { oid }`;
const REVIEW = `id state submittedAt lastEditedAt body author { ${ACTOR} } commit { oid }`;
const WHOLE_PULL = `${PULL}
  reviews(last: 50) { nodes { ${REVIEW} comments(first: 30) { nodes { ${COMMENT$1} path line } } } }
  comments(last: 50) { nodes { ${COMMENT$1} } } commits(last: 1) { nodes { commit { ${ROLLUP} } } }`;
/** Of a segment that is closed only the outcome matters; its approvals stay for the record of who gave them. */
const PULL_STATE = `${PULL} reviews(last: 20, states: [APPROVED]) { nodes { ${REVIEW} } }`;
/** One question for everything the journal names, by aliases; names of branches and refs travel as variables. */
function detail(question) {
	const variables = {};
	const parts = [];
	const asked = (name, value) => {
		variables[name] = value;
		return `$${name}`;
	};
	const base = question.base === "HEAD" ? "HEAD" : `refs/heads/${question.base}`;
	parts.push(`base: object(expression: ${asked("base", `${base}^{commit}`)}) { ... on Commit { oid ${ROLLUP} } }`);
	question.pulls.forEach(({ number, detail: how }) => {
		parts.push(`pull${number}: pullRequest(number: ${number}) { ${how === "whole" ? WHOLE_PULL : PULL_STATE} }`);
	});
	question.branches.forEach((branch, index) => {
		parts.push(`branch${index}: ref(qualifiedName: ${asked(`branch${index}`, `refs/heads/${branch}`)}) { name target { oid } }`);
	});
	const blob = (alias, expression) => parts.push(`${alias}: object(expression: ${asked(alias, expression)}) { ... on Blob { text } }`);
	question.reports.forEach((ref, index) => {
		blob(`report${index}`, `${ref}:report.json`);
	});
	question.calibrations.forEach((ref, index) => {
		blob(`calibration${index}`, `${ref}:calibration.json`);
	});
	question.personaFolders.forEach((folder, index) => {
		const at = asked(`personas${index}`, `${base}:${folder}`);
		parts.push(`personas${index}: object(expression: ${at}) { ... on Tree { entries { name type } } }`);
	});
	question.skillFolders.forEach((folder, index) => {
		const at = asked(`skills${index}`, `${base}:${folder}`);
		parts.push(`skills${index}: object(expression: ${at}) { ... on Tree { entries { name type object { ... on Tree { entries { name } } } } } }`);
	});
	question.others.filter((ref) => ref.repository === void 0).forEach((ref) => {
		parts.push(`other${ref.number}: issueOrPullRequest(number: ${ref.number}) { __typename ... on Issue { state stateReason } }`);
	});
	const elsewhere = question.others.filter((ref) => ref.repository !== void 0).map((ref, index) => {
		return `elsewhere${index}: repository(owner: ${asked(`owner${index}`, ref.repository?.owner ?? "")}, name: ${asked(`name${index}`, ref.repository?.name ?? "")}) { issue: issueOrPullRequest(number: ${ref.number}) { __typename ... on Issue { state stateReason } } }`;
	});
	return {
		text: `query SwarmDetail($owner: String!, $name: String!${Object.keys(variables).map((name) => `, $${name}: String!`).join("")}) {
  repository(owner: $owner, name: $name) {
    ${parts.join("\n    ")}
  }
  ${elsewhere.join("\n  ")}
}`,
		variables
	};
}
/** Whether swarm itself has put one of these on it. */
const hasReacted = ({ reactionGroups }, ...contents) => (reactionGroups ?? []).some((each) => each.viewerHasReacted && contents.some((content) => content === each.content));
/** All answers whose alias is this word and a number; what is not there is left out. */
function answersWith(answer, word) {
	return Object.entries(answer ?? {}).filter(([alias, value]) => value !== null && new RegExp(`^${word}\\d+$`).test(alias)).map(([, value]) => value);
}
function othersIn(answer, asked) {
	let elsewhere = 0;
	return asked.map((ref) => {
		if (ref.repository === void 0) return {
			ref,
			answer: answer.repository?.[`other${ref.number}`] ?? null
		};
		return {
			ref,
			answer: answer[`elsewhere${elsewhere++}`]?.issue ?? null
		};
	});
}

// node_modules/yaml/dist/nodes/identity.js
var require_identity = /* @__PURE__ */ __commonJSMin(((exports) => {
	const ALIAS = Symbol.for("yaml.alias");
	const DOC = Symbol.for("yaml.document");
	const MAP = Symbol.for("yaml.map");
	const PAIR = Symbol.for("yaml.pair");
	const SCALAR = Symbol.for("yaml.scalar");
	const SEQ = Symbol.for("yaml.seq");
	const NODE_TYPE = Symbol.for("yaml.node.type");
	const isAlias = (node) => !!node && typeof node === "object" && node[NODE_TYPE] === ALIAS;
	const isDocument = (node) => !!node && typeof node === "object" && node[NODE_TYPE] === DOC;
	const isMap = (node) => !!node && typeof node === "object" && node[NODE_TYPE] === MAP;
	const isPair = (node) => !!node && typeof node === "object" && node[NODE_TYPE] === PAIR;
	const isScalar = (node) => !!node && typeof node === "object" && node[NODE_TYPE] === SCALAR;
	const isSeq = (node) => !!node && typeof node === "object" && node[NODE_TYPE] === SEQ;
	function isCollection(node) {
		if (node && typeof node === "object") switch (node[NODE_TYPE]) {
			case MAP:
			case SEQ: return true;
		}
		return false;
	}
	function isNode(node) {
		if (node && typeof node === "object") switch (node[NODE_TYPE]) {
			case ALIAS:
			case MAP:
			case SCALAR:
			case SEQ: return true;
		}
		return false;
	}
	const hasAnchor = (node) => (isScalar(node) || isCollection(node)) && !!node.anchor;
	exports.ALIAS = ALIAS;
	exports.DOC = DOC;
	exports.MAP = MAP;
	exports.NODE_TYPE = NODE_TYPE;
	exports.PAIR = PAIR;
	exports.SCALAR = SCALAR;
	exports.SEQ = SEQ;
	exports.hasAnchor = hasAnchor;
	exports.isAlias = isAlias;
	exports.isCollection = isCollection;
	exports.isDocument = isDocument;
	exports.isMap = isMap;
	exports.isNode = isNode;
	exports.isPair = isPair;
	exports.isScalar = isScalar;
	exports.isSeq = isSeq;
}));

// node_modules/yaml/dist/visit.js
var require_visit = /* @__PURE__ */ __commonJSMin(((exports) => {
	var identity = require_identity();
	const BREAK = Symbol("break visit");
	const SKIP = Symbol("skip children");
	const REMOVE = Symbol("remove node");
	/**
	* Apply a visitor to an AST node or document.
	*
	* Walks through the tree (depth-first) starting from `node`, calling a
	* `visitor` function with three arguments:
	*   - `key`: For sequence values and map `Pair`, the node's index in the
	*     collection. Within a `Pair`, `'key'` or `'value'`, correspondingly.
	*     `null` for the root node.
	*   - `node`: The current node.
	*   - `path`: The ancestry of the current node.
	*
	* The return value of the visitor may be used to control the traversal:
	*   - `undefined` (default): Do nothing and continue
	*   - `visit.SKIP`: Do not visit the children of this node, continue with next
	*     sibling
	*   - `visit.BREAK`: Terminate traversal completely
	*   - `visit.REMOVE`: Remove the current node, then continue with the next one
	*   - `Node`: Replace the current node, then continue by visiting it
	*   - `number`: While iterating the items of a sequence or map, set the index
	*     of the next step. This is useful especially if the index of the current
	*     node has changed.
	*
	* If `visitor` is a single function, it will be called with all values
	* encountered in the tree, including e.g. `null` values. Alternatively,
	* separate visitor functions may be defined for each `Map`, `Pair`, `Seq`,
	* `Alias` and `Scalar` node. To define the same visitor function for more than
	* one node type, use the `Collection` (map and seq), `Value` (map, seq & scalar)
	* and `Node` (alias, map, seq & scalar) targets. Of all these, only the most
	* specific defined one will be used for each node.
	*/
	function visit(node, visitor) {
		const visitor_ = initVisitor(visitor);
		if (identity.isDocument(node)) {
			if (visit_(null, node.contents, visitor_, Object.freeze([node])) === REMOVE) node.contents = null;
		} else visit_(null, node, visitor_, Object.freeze([]));
	}
	/** Terminate visit traversal completely */
	visit.BREAK = BREAK;
	/** Do not visit the children of the current node */
	visit.SKIP = SKIP;
	/** Remove the current node */
	visit.REMOVE = REMOVE;
	function visit_(key, node, visitor, path) {
		const ctrl = callVisitor(key, node, visitor, path);
		if (identity.isNode(ctrl) || identity.isPair(ctrl)) {
			replaceNode(key, path, ctrl);
			return visit_(key, ctrl, visitor, path);
		}
		if (typeof ctrl !== "symbol") {
			if (identity.isCollection(node)) {
				path = Object.freeze(path.concat(node));
				for (let i = 0; i < node.items.length; ++i) {
					const ci = visit_(i, node.items[i], visitor, path);
					if (typeof ci === "number") i = ci - 1;
					else if (ci === BREAK) return BREAK;
					else if (ci === REMOVE) {
						node.items.splice(i, 1);
						i -= 1;
					}
				}
			} else if (identity.isPair(node)) {
				path = Object.freeze(path.concat(node));
				const ck = visit_("key", node.key, visitor, path);
				if (ck === BREAK) return BREAK;
				else if (ck === REMOVE) node.key = null;
				const cv = visit_("value", node.value, visitor, path);
				if (cv === BREAK) return BREAK;
				else if (cv === REMOVE) node.value = null;
			}
		}
		return ctrl;
	}
	/**
	* Apply an async visitor to an AST node or document.
	*
	* Walks through the tree (depth-first) starting from `node`, calling a
	* `visitor` function with three arguments:
	*   - `key`: For sequence values and map `Pair`, the node's index in the
	*     collection. Within a `Pair`, `'key'` or `'value'`, correspondingly.
	*     `null` for the root node.
	*   - `node`: The current node.
	*   - `path`: The ancestry of the current node.
	*
	* The return value of the visitor may be used to control the traversal:
	*   - `Promise`: Must resolve to one of the following values
	*   - `undefined` (default): Do nothing and continue
	*   - `visit.SKIP`: Do not visit the children of this node, continue with next
	*     sibling
	*   - `visit.BREAK`: Terminate traversal completely
	*   - `visit.REMOVE`: Remove the current node, then continue with the next one
	*   - `Node`: Replace the current node, then continue by visiting it
	*   - `number`: While iterating the items of a sequence or map, set the index
	*     of the next step. This is useful especially if the index of the current
	*     node has changed.
	*
	* If `visitor` is a single function, it will be called with all values
	* encountered in the tree, including e.g. `null` values. Alternatively,
	* separate visitor functions may be defined for each `Map`, `Pair`, `Seq`,
	* `Alias` and `Scalar` node. To define the same visitor function for more than
	* one node type, use the `Collection` (map and seq), `Value` (map, seq & scalar)
	* and `Node` (alias, map, seq & scalar) targets. Of all these, only the most
	* specific defined one will be used for each node.
	*/
	async function visitAsync(node, visitor) {
		const visitor_ = initVisitor(visitor);
		if (identity.isDocument(node)) {
			if (await visitAsync_(null, node.contents, visitor_, Object.freeze([node])) === REMOVE) node.contents = null;
		} else await visitAsync_(null, node, visitor_, Object.freeze([]));
	}
	/** Terminate visit traversal completely */
	visitAsync.BREAK = BREAK;
	/** Do not visit the children of the current node */
	visitAsync.SKIP = SKIP;
	/** Remove the current node */
	visitAsync.REMOVE = REMOVE;
	async function visitAsync_(key, node, visitor, path) {
		const ctrl = await callVisitor(key, node, visitor, path);
		if (identity.isNode(ctrl) || identity.isPair(ctrl)) {
			replaceNode(key, path, ctrl);
			return visitAsync_(key, ctrl, visitor, path);
		}
		if (typeof ctrl !== "symbol") {
			if (identity.isCollection(node)) {
				path = Object.freeze(path.concat(node));
				for (let i = 0; i < node.items.length; ++i) {
					const ci = await visitAsync_(i, node.items[i], visitor, path);
					if (typeof ci === "number") i = ci - 1;
					else if (ci === BREAK) return BREAK;
					else if (ci === REMOVE) {
						node.items.splice(i, 1);
						i -= 1;
					}
				}
			} else if (identity.isPair(node)) {
				path = Object.freeze(path.concat(node));
				const ck = await visitAsync_("key", node.key, visitor, path);
				if (ck === BREAK) return BREAK;
				else if (ck === REMOVE) node.key = null;
				const cv = await visitAsync_("value", node.value, visitor, path);
				if (cv === BREAK) return BREAK;
				else if (cv === REMOVE) node.value = null;
			}
		}
		return ctrl;
	}
	function initVisitor(visitor) {
		if (typeof visitor === "object" && (visitor.Collection || visitor.Node || visitor.Value)) return Object.assign({
			Alias: visitor.Node,
			Map: visitor.Node,
			Scalar: visitor.Node,
			Seq: visitor.Node
		}, visitor.Value && {
			Map: visitor.Value,
			Scalar: visitor.Value,
			Seq: visitor.Value
		}, visitor.Collection && {
			Map: visitor.Collection,
			Seq: visitor.Collection
		}, visitor);
		return visitor;
	}
	function callVisitor(key, node, visitor, path) {
		if (typeof visitor === "function") return visitor(key, node, path);
		if (identity.isMap(node)) return visitor.Map?.(key, node, path);
		if (identity.isSeq(node)) return visitor.Seq?.(key, node, path);
		if (identity.isPair(node)) return visitor.Pair?.(key, node, path);
		if (identity.isScalar(node)) return visitor.Scalar?.(key, node, path);
		if (identity.isAlias(node)) return visitor.Alias?.(key, node, path);
	}
	function replaceNode(key, path, node) {
		const parent = path[path.length - 1];
		if (identity.isCollection(parent)) parent.items[key] = node;
		else if (identity.isPair(parent)) {
			if (key === "key") parent.key = node;
			else parent.value = node;
		} else if (identity.isDocument(parent)) parent.contents = node;
		else {
			const pt = identity.isAlias(parent) ? "alias" : "scalar";
			throw new Error(`Cannot replace node with ${pt} parent`);
		}
	}
	exports.visit = visit;
	exports.visitAsync = visitAsync;
}));

// node_modules/yaml/dist/doc/directives.js
var require_directives = /* @__PURE__ */ __commonJSMin(((exports) => {
	var identity = require_identity();
	var visit = require_visit();
	const escapeChars = {
		"!": "%21",
		",": "%2C",
		"[": "%5B",
		"]": "%5D",
		"{": "%7B",
		"}": "%7D"
	};
	const escapeTagName = (tn) => tn.replace(/[!,[\]{}]/g, (ch) => escapeChars[ch]);
	var Directives = class Directives {
		constructor(yaml, tags) {
			/**
			* The directives-end/doc-start marker `---`. If `null`, a marker may still be
			* included in the document's stringified representation.
			*/
			this.docStart = null;
			/** The doc-end marker `...`.  */
			this.docEnd = false;
			this.yaml = Object.assign({}, Directives.defaultYaml, yaml);
			this.tags = Object.assign({}, Directives.defaultTags, tags);
		}
		clone() {
			const copy = new Directives(this.yaml, this.tags);
			copy.docStart = this.docStart;
			return copy;
		}
		/**
		* During parsing, get a Directives instance for the current document and
		* update the stream state according to the current version's spec.
		*/
		atDocument() {
			const res = new Directives(this.yaml, this.tags);
			switch (this.yaml.version) {
				case "1.1":
					this.atNextDocument = true;
					break;
				case "1.2":
					this.atNextDocument = false;
					this.yaml = {
						explicit: Directives.defaultYaml.explicit,
						version: "1.2"
					};
					this.tags = Object.assign({}, Directives.defaultTags);
			}
			return res;
		}
		/**
		* @param onError - May be called even if the action was successful
		* @returns `true` on success
		*/
		add(line, onError) {
			if (this.atNextDocument) {
				this.yaml = {
					explicit: Directives.defaultYaml.explicit,
					version: "1.1"
				};
				this.tags = Object.assign({}, Directives.defaultTags);
				this.atNextDocument = false;
			}
			const parts = line.trim().split(/[ \t]+/);
			const name = parts.shift();
			switch (name) {
				case "%TAG": {
					if (parts.length !== 2) {
						onError(0, "%TAG directive should contain exactly two parts");
						if (parts.length < 2) return false;
					}
					const [handle, prefix] = parts;
					this.tags[handle] = prefix;
					return true;
				}
				case "%YAML": {
					this.yaml.explicit = true;
					if (parts.length !== 1) {
						onError(0, "%YAML directive should contain exactly one part");
						return false;
					}
					const [version] = parts;
					if (version === "1.1" || version === "1.2") {
						this.yaml.version = version;
						return true;
					} else {
						const isValid = /^\d+\.\d+$/.test(version);
						onError(6, `Unsupported YAML version ${version}`, isValid);
						return false;
					}
				}
				default:
					onError(0, `Unknown directive ${name}`, true);
					return false;
			}
		}
		/**
		* Resolves a tag, matching handles to those defined in %TAG directives.
		*
		* @returns Resolved tag, which may also be the non-specific tag `'!'` or a
		*   `'!local'` tag, or `null` if unresolvable.
		*/
		tagName(source, onError) {
			if (source === "!") return "!";
			if (source[0] !== "!") {
				onError(`Not a valid tag: ${source}`);
				return null;
			}
			if (source[1] === "<") {
				const verbatim = source.slice(2, -1);
				if (verbatim === "!" || verbatim === "!!") {
					onError(`Verbatim tags aren't resolved, so ${source} is invalid.`);
					return null;
				}
				if (source[source.length - 1] !== ">") onError("Verbatim tags must end with a >");
				return verbatim;
			}
			const [, handle, suffix] = source.match(/^(.*!)([^!]*)$/s);
			if (!suffix) onError(`The ${source} tag has no suffix`);
			const prefix = this.tags[handle];
			if (prefix) try {
				return prefix + decodeURIComponent(suffix);
			} catch (error) {
				onError(String(error));
				return null;
			}
			if (handle === "!") return source;
			onError(`Could not resolve tag: ${source}`);
			return null;
		}
		/**
		* Given a fully resolved tag, returns its printable string form,
		* taking into account current tag prefixes and defaults.
		*/
		tagString(tag) {
			for (const [handle, prefix] of Object.entries(this.tags)) if (tag.startsWith(prefix)) return handle + escapeTagName(tag.substring(prefix.length));
			return tag[0] === "!" ? tag : `!<${tag}>`;
		}
		toString(doc) {
			const lines = this.yaml.explicit ? [`%YAML ${this.yaml.version || "1.2"}`] : [];
			const tagEntries = Object.entries(this.tags);
			let tagNames;
			if (doc && tagEntries.length > 0 && identity.isNode(doc.contents)) {
				const tags = {};
				visit.visit(doc.contents, (_key, node) => {
					if (identity.isNode(node) && node.tag) tags[node.tag] = true;
				});
				tagNames = Object.keys(tags);
			} else tagNames = [];
			for (const [handle, prefix] of tagEntries) {
				if (handle === "!!" && prefix === "tag:yaml.org,2002:") continue;
				if (!doc || tagNames.some((tn) => tn.startsWith(prefix))) lines.push(`%TAG ${handle} ${prefix}`);
			}
			return lines.join("\n");
		}
	};
	Directives.defaultYaml = {
		explicit: false,
		version: "1.2"
	};
	Directives.defaultTags = { "!!": "tag:yaml.org,2002:" };
	exports.Directives = Directives;
}));

// node_modules/yaml/dist/doc/anchors.js
var require_anchors = /* @__PURE__ */ __commonJSMin(((exports) => {
	var identity = require_identity();
	var visit = require_visit();
	/**
	* Verify that the input string is a valid anchor.
	*
	* Will throw on errors.
	*/
	function anchorIsValid(anchor) {
		if (/[\x00-\x19\s,[\]{}]/.test(anchor)) {
			const msg = `Anchor must not contain whitespace or control characters: ${JSON.stringify(anchor)}`;
			throw new Error(msg);
		}
		return true;
	}
	function anchorNames(root) {
		const anchors = /* @__PURE__ */ new Set();
		visit.visit(root, { Value(_key, node) {
			if (node.anchor) anchors.add(node.anchor);
		} });
		return anchors;
	}
	/** Find a new anchor name with the given `prefix` and a one-indexed suffix. */
	function findNewAnchor(prefix, exclude) {
		for (let i = 1;; ++i) {
			const name = `${prefix}${i}`;
			if (!exclude.has(name)) return name;
		}
	}
	function createNodeAnchors(doc, prefix) {
		const aliasObjects = [];
		const sourceObjects = /* @__PURE__ */ new Map();
		let prevAnchors = null;
		return {
			onAnchor: (source) => {
				aliasObjects.push(source);
				prevAnchors ?? (prevAnchors = anchorNames(doc));
				const anchor = findNewAnchor(prefix, prevAnchors);
				prevAnchors.add(anchor);
				return anchor;
			},
			/**
			* With circular references, the source node is only resolved after all
			* of its child nodes are. This is why anchors are set only after all of
			* the nodes have been created.
			*/
			setAnchors: () => {
				for (const source of aliasObjects) {
					const ref = sourceObjects.get(source);
					if (typeof ref === "object" && ref.anchor && (identity.isScalar(ref.node) || identity.isCollection(ref.node))) ref.node.anchor = ref.anchor;
					else {
						const error = /* @__PURE__ */ new Error("Failed to resolve repeated object (this should not happen)");
						error.source = source;
						throw error;
					}
				}
			},
			sourceObjects
		};
	}
	exports.anchorIsValid = anchorIsValid;
	exports.anchorNames = anchorNames;
	exports.createNodeAnchors = createNodeAnchors;
	exports.findNewAnchor = findNewAnchor;
}));

// node_modules/yaml/dist/doc/applyReviver.js
var require_applyReviver = /* @__PURE__ */ __commonJSMin(((exports) => {
	/**
	* Applies the JSON.parse reviver algorithm as defined in the ECMA-262 spec,
	* in section 24.5.1.1 "Runtime Semantics: InternalizeJSONProperty" of the
	* 2021 edition: https://tc39.es/ecma262/#sec-json.parse
	*
	* Includes extensions for handling Map and Set objects.
	*/
	function applyReviver(reviver, obj, key, val) {
		if (val && typeof val === "object") {
			if (Array.isArray(val)) for (let i = 0, len = val.length; i < len; ++i) {
				const v0 = val[i];
				const v1 = applyReviver(reviver, val, String(i), v0);
				if (v1 === void 0) delete val[i];
				else if (v1 !== v0) val[i] = v1;
			}
			else if (val instanceof Map) for (const k of Array.from(val.keys())) {
				const v0 = val.get(k);
				const v1 = applyReviver(reviver, val, k, v0);
				if (v1 === void 0) val.delete(k);
				else if (v1 !== v0) val.set(k, v1);
			}
			else if (val instanceof Set) for (const v0 of Array.from(val)) {
				const v1 = applyReviver(reviver, val, v0, v0);
				if (v1 === void 0) val.delete(v0);
				else if (v1 !== v0) {
					val.delete(v0);
					val.add(v1);
				}
			}
			else for (const [k, v0] of Object.entries(val)) {
				const v1 = applyReviver(reviver, val, k, v0);
				if (v1 === void 0) delete val[k];
				else if (v1 !== v0) val[k] = v1;
			}
		}
		return reviver.call(obj, key, val);
	}
	exports.applyReviver = applyReviver;
}));

// node_modules/yaml/dist/nodes/toJS.js
var require_toJS = /* @__PURE__ */ __commonJSMin(((exports) => {
	var identity = require_identity();
	/**
	* Recursively convert any node or its contents to native JavaScript
	*
	* @param value - The input value
	* @param arg - If `value` defines a `toJSON()` method, use this
	*   as its first argument
	* @param ctx - Conversion context, originally set in Document#toJS(). If
	*   `{ keep: true }` is not set, output should be suitable for JSON
	*   stringification.
	*/
	function toJS(value, arg, ctx) {
		if (Array.isArray(value)) return value.map((v, i) => toJS(v, String(i), ctx));
		if (value && typeof value.toJSON === "function") {
			if (!ctx || !identity.hasAnchor(value)) return value.toJSON(arg, ctx);
			const data = {
				aliasCount: 0,
				count: 1,
				res: void 0
			};
			ctx.anchors.set(value, data);
			ctx.onCreate = (res) => {
				data.res = res;
				delete ctx.onCreate;
			};
			const res = value.toJSON(arg, ctx);
			if (ctx.onCreate) ctx.onCreate(res);
			return res;
		}
		if (typeof value === "bigint" && !ctx?.keep) return Number(value);
		return value;
	}
	exports.toJS = toJS;
}));

// node_modules/yaml/dist/nodes/Node.js
var require_Node = /* @__PURE__ */ __commonJSMin(((exports) => {
	var applyReviver = require_applyReviver();
	var identity = require_identity();
	var toJS = require_toJS();
	var NodeBase = class {
		constructor(type) {
			Object.defineProperty(this, identity.NODE_TYPE, { value: type });
		}
		/** Create a copy of this node.  */
		clone() {
			const copy = Object.create(Object.getPrototypeOf(this), Object.getOwnPropertyDescriptors(this));
			if (this.range) copy.range = this.range.slice();
			return copy;
		}
		/** A plain JavaScript representation of this node. */
		toJS(doc, { mapAsMap, maxAliasCount, onAnchor, reviver } = {}) {
			if (!identity.isDocument(doc)) throw new TypeError("A document argument is required");
			const ctx = {
				anchors: /* @__PURE__ */ new Map(),
				doc,
				keep: true,
				mapAsMap: mapAsMap === true,
				mapKeyWarned: false,
				maxAliasCount: typeof maxAliasCount === "number" ? maxAliasCount : 100
			};
			const res = toJS.toJS(this, "", ctx);
			if (typeof onAnchor === "function") for (const { count, res } of ctx.anchors.values()) onAnchor(res, count);
			return typeof reviver === "function" ? applyReviver.applyReviver(reviver, { "": res }, "", res) : res;
		}
	};
	exports.NodeBase = NodeBase;
}));

// node_modules/yaml/dist/nodes/Alias.js
var require_Alias = /* @__PURE__ */ __commonJSMin(((exports) => {
	var anchors = require_anchors();
	var visit = require_visit();
	var identity = require_identity();
	var Node = require_Node();
	var toJS = require_toJS();
	var Alias = class extends Node.NodeBase {
		constructor(source) {
			super(identity.ALIAS);
			this.source = source;
			Object.defineProperty(this, "tag", { set() {
				throw new Error("Alias nodes cannot have tags");
			} });
		}
		/**
		* Resolve the value of this alias within `doc`, finding the last
		* instance of the `source` anchor before this node.
		*/
		resolve(doc, ctx) {
			if (ctx?.maxAliasCount === 0) throw new ReferenceError("Alias resolution is disabled");
			let nodes;
			if (ctx?.aliasResolveCache) nodes = ctx.aliasResolveCache;
			else {
				nodes = [];
				visit.visit(doc, { Node: (_key, node) => {
					if (identity.isAlias(node) || identity.hasAnchor(node)) nodes.push(node);
				} });
				if (ctx) ctx.aliasResolveCache = nodes;
			}
			let found = void 0;
			for (const node of nodes) {
				if (node === this) break;
				if (node.anchor === this.source) found = node;
			}
			if (found && ctx) {
				const { anchors, doc, maxAliasCount } = ctx;
				let data = anchors.get(found);
				if (!data) {
					toJS.toJS(found, null, ctx);
					data = anchors.get(found);
				}
				/* istanbul ignore if */
				if (data?.res === void 0) throw new ReferenceError("This should not happen: Alias anchor was not resolved?");
				if (maxAliasCount >= 0) {
					data.count += 1;
					if (data.aliasCount === 0) data.aliasCount = getAliasCount(doc, found, anchors);
					if (data.count * data.aliasCount > maxAliasCount) throw new ReferenceError("Excessive alias count indicates a resource exhaustion attack");
				}
			}
			return found;
		}
		toJSON(_arg, ctx) {
			if (!ctx) return { source: this.source };
			const source = this.resolve(ctx.doc, ctx);
			if (!source) {
				const msg = `Unresolved alias (the anchor must be set before the alias): ${this.source}`;
				throw new ReferenceError(msg);
			}
			return ctx.anchors.get(source).res;
		}
		toString(ctx, _onComment, _onChompKeep) {
			const src = `*${this.source}`;
			if (ctx) {
				anchors.anchorIsValid(this.source);
				if (ctx.options.verifyAliasOrder && !ctx.anchors.has(this.source)) {
					const msg = `Unresolved alias (the anchor must be set before the alias): ${this.source}`;
					throw new Error(msg);
				}
				if (ctx.implicitKey) return `${src} `;
			}
			return src;
		}
	};
	function getAliasCount(doc, node, anchors) {
		if (identity.isAlias(node)) {
			const source = node.resolve(doc);
			const anchor = anchors && source && anchors.get(source);
			return anchor ? anchor.count * anchor.aliasCount : 0;
		} else if (identity.isCollection(node)) {
			let count = 0;
			for (const item of node.items) {
				const c = getAliasCount(doc, item, anchors);
				if (c > count) count = c;
			}
			return count;
		} else if (identity.isPair(node)) {
			const kc = getAliasCount(doc, node.key, anchors);
			const vc = getAliasCount(doc, node.value, anchors);
			return Math.max(kc, vc);
		}
		return 1;
	}
	exports.Alias = Alias;
}));

// node_modules/yaml/dist/nodes/Scalar.js
var require_Scalar = /* @__PURE__ */ __commonJSMin(((exports) => {
	var identity = require_identity();
	var Node = require_Node();
	var toJS = require_toJS();
	const isScalarValue = (value) => !value || typeof value !== "function" && typeof value !== "object";
	var Scalar = class extends Node.NodeBase {
		constructor(value) {
			super(identity.SCALAR);
			this.value = value;
		}
		toJSON(arg, ctx) {
			return ctx?.keep ? this.value : toJS.toJS(this.value, arg, ctx);
		}
		toString() {
			return String(this.value);
		}
	};
	Scalar.BLOCK_FOLDED = "BLOCK_FOLDED";
	Scalar.BLOCK_LITERAL = "BLOCK_LITERAL";
	Scalar.PLAIN = "PLAIN";
	Scalar.QUOTE_DOUBLE = "QUOTE_DOUBLE";
	Scalar.QUOTE_SINGLE = "QUOTE_SINGLE";
	exports.Scalar = Scalar;
	exports.isScalarValue = isScalarValue;
}));

// node_modules/yaml/dist/doc/createNode.js
var require_createNode = /* @__PURE__ */ __commonJSMin(((exports) => {
	var Alias = require_Alias();
	var identity = require_identity();
	var Scalar = require_Scalar();
	const defaultTagPrefix = "tag:yaml.org,2002:";
	function findTagObject(value, tagName, tags) {
		if (tagName) {
			const match = tags.filter((t) => t.tag === tagName);
			const tagObj = match.find((t) => !t.format) ?? match[0];
			if (!tagObj) throw new Error(`Tag ${tagName} not found`);
			return tagObj;
		}
		return tags.find((t) => t.identify?.(value) && !t.format);
	}
	function createNode(value, tagName, ctx) {
		if (identity.isDocument(value)) value = value.contents;
		if (identity.isNode(value)) return value;
		if (identity.isPair(value)) {
			const map = ctx.schema[identity.MAP].createNode?.(ctx.schema, null, ctx);
			map.items.push(value);
			return map;
		}
		if (value instanceof String || value instanceof Number || value instanceof Boolean || typeof BigInt !== "undefined" && value instanceof BigInt) value = value.valueOf();
		const { aliasDuplicateObjects, onAnchor, onTagObj, schema, sourceObjects } = ctx;
		let ref = void 0;
		if (aliasDuplicateObjects && value && typeof value === "object") {
			ref = sourceObjects.get(value);
			if (ref) {
				ref.anchor ?? (ref.anchor = onAnchor(value));
				return new Alias.Alias(ref.anchor);
			} else {
				ref = {
					anchor: null,
					node: null
				};
				sourceObjects.set(value, ref);
			}
		}
		if (tagName?.startsWith("!!")) tagName = defaultTagPrefix + tagName.slice(2);
		let tagObj = findTagObject(value, tagName, schema.tags);
		if (!tagObj) {
			if (value && typeof value.toJSON === "function") value = value.toJSON();
			if (!value || typeof value !== "object") {
				const node = new Scalar.Scalar(value);
				if (ref) ref.node = node;
				return node;
			}
			tagObj = value instanceof Map ? schema[identity.MAP] : Symbol.iterator in Object(value) ? schema[identity.SEQ] : schema[identity.MAP];
		}
		if (onTagObj) {
			onTagObj(tagObj);
			delete ctx.onTagObj;
		}
		const node = tagObj?.createNode ? tagObj.createNode(ctx.schema, value, ctx) : typeof tagObj?.nodeClass?.from === "function" ? tagObj.nodeClass.from(ctx.schema, value, ctx) : new Scalar.Scalar(value);
		if (tagName) node.tag = tagName;
		else if (!tagObj.default) node.tag = tagObj.tag;
		if (ref) ref.node = node;
		return node;
	}
	exports.createNode = createNode;
}));

// node_modules/yaml/dist/nodes/Collection.js
var require_Collection = /* @__PURE__ */ __commonJSMin(((exports) => {
	var createNode = require_createNode();
	var identity = require_identity();
	var Node = require_Node();
	function collectionFromPath(schema, path, value) {
		let v = value;
		for (let i = path.length - 1; i >= 0; --i) {
			const k = path[i];
			if (typeof k === "number" && Number.isInteger(k) && k >= 0) {
				const a = [];
				a[k] = v;
				v = a;
			} else v = /* @__PURE__ */ new Map([[k, v]]);
		}
		return createNode.createNode(v, void 0, {
			aliasDuplicateObjects: false,
			keepUndefined: false,
			onAnchor: () => {
				throw new Error("This should not happen, please report a bug.");
			},
			schema,
			sourceObjects: /* @__PURE__ */ new Map()
		});
	}
	const isEmptyPath = (path) => path == null || typeof path === "object" && !!path[Symbol.iterator]().next().done;
	var Collection = class extends Node.NodeBase {
		constructor(type, schema) {
			super(type);
			Object.defineProperty(this, "schema", {
				value: schema,
				configurable: true,
				enumerable: false,
				writable: true
			});
		}
		/**
		* Create a copy of this collection.
		*
		* @param schema - If defined, overwrites the original's schema
		*/
		clone(schema) {
			const copy = Object.create(Object.getPrototypeOf(this), Object.getOwnPropertyDescriptors(this));
			if (schema) copy.schema = schema;
			copy.items = copy.items.map((it) => identity.isNode(it) || identity.isPair(it) ? it.clone(schema) : it);
			if (this.range) copy.range = this.range.slice();
			return copy;
		}
		/**
		* Adds a value to the collection. For `!!map` and `!!omap` the value must
		* be a Pair instance or a `{ key, value }` object, which may not have a key
		* that already exists in the map.
		*/
		addIn(path, value) {
			if (isEmptyPath(path)) this.add(value);
			else {
				const [key, ...rest] = path;
				const node = this.get(key, true);
				if (identity.isCollection(node)) node.addIn(rest, value);
				else if (node === void 0 && this.schema) this.set(key, collectionFromPath(this.schema, rest, value));
				else throw new Error(`Expected YAML collection at ${key}. Remaining path: ${rest}`);
			}
		}
		/**
		* Removes a value from the collection.
		* @returns `true` if the item was found and removed.
		*/
		deleteIn(path) {
			const [key, ...rest] = path;
			if (rest.length === 0) return this.delete(key);
			const node = this.get(key, true);
			if (identity.isCollection(node)) return node.deleteIn(rest);
			else throw new Error(`Expected YAML collection at ${key}. Remaining path: ${rest}`);
		}
		/**
		* Returns item at `key`, or `undefined` if not found. By default unwraps
		* scalar values from their surrounding node; to disable set `keepScalar` to
		* `true` (collections are always returned intact).
		*/
		getIn(path, keepScalar) {
			const [key, ...rest] = path;
			const node = this.get(key, true);
			if (rest.length === 0) return !keepScalar && identity.isScalar(node) ? node.value : node;
			else return identity.isCollection(node) ? node.getIn(rest, keepScalar) : void 0;
		}
		hasAllNullValues(allowScalar) {
			return this.items.every((node) => {
				if (!identity.isPair(node)) return false;
				const n = node.value;
				return n == null || allowScalar && identity.isScalar(n) && n.value == null && !n.commentBefore && !n.comment && !n.tag;
			});
		}
		/**
		* Checks if the collection includes a value with the key `key`.
		*/
		hasIn(path) {
			const [key, ...rest] = path;
			if (rest.length === 0) return this.has(key);
			const node = this.get(key, true);
			return identity.isCollection(node) ? node.hasIn(rest) : false;
		}
		/**
		* Sets a value in this collection. For `!!set`, `value` needs to be a
		* boolean to add/remove the item from the set.
		*/
		setIn(path, value) {
			const [key, ...rest] = path;
			if (rest.length === 0) this.set(key, value);
			else {
				const node = this.get(key, true);
				if (identity.isCollection(node)) node.setIn(rest, value);
				else if (node === void 0 && this.schema) this.set(key, collectionFromPath(this.schema, rest, value));
				else throw new Error(`Expected YAML collection at ${key}. Remaining path: ${rest}`);
			}
		}
	};
	exports.Collection = Collection;
	exports.collectionFromPath = collectionFromPath;
	exports.isEmptyPath = isEmptyPath;
}));

// node_modules/yaml/dist/stringify/stringifyComment.js
var require_stringifyComment = /* @__PURE__ */ __commonJSMin(((exports) => {
	/**
	* Stringifies a comment.
	*
	* Empty comment lines are left empty,
	* lines consisting of a single space are replaced by `#`,
	* and all other lines are prefixed with a `#`.
	*/
	const stringifyComment = (str) => str.replace(/^(?!$)(?: $)?/gm, "#");
	function indentComment(comment, indent) {
		if (/^\n+$/.test(comment)) return comment.substring(1);
		return indent ? comment.replace(/^(?! *$)/gm, indent) : comment;
	}
	const lineComment = (str, indent, comment) => str.endsWith("\n") ? indentComment(comment, indent) : comment.includes("\n") ? "\n" + indentComment(comment, indent) : (str.endsWith(" ") ? "" : " ") + comment;
	exports.indentComment = indentComment;
	exports.lineComment = lineComment;
	exports.stringifyComment = stringifyComment;
}));

// node_modules/yaml/dist/stringify/foldFlowLines.js
var require_foldFlowLines = /* @__PURE__ */ __commonJSMin(((exports) => {
	const FOLD_FLOW = "flow";
	const FOLD_BLOCK = "block";
	const FOLD_QUOTED = "quoted";
	/**
	* Tries to keep input at up to `lineWidth` characters, splitting only on spaces
	* not followed by newlines or spaces unless `mode` is `'quoted'`. Lines are
	* terminated with `\n` and started with `indent`.
	*/
	function foldFlowLines(text, indent, mode = "flow", { indentAtStart, lineWidth = 80, minContentWidth = 20, onFold, onOverflow } = {}) {
		if (!lineWidth || lineWidth < 0) return text;
		if (lineWidth < minContentWidth) minContentWidth = 0;
		const endStep = Math.max(1 + minContentWidth, 1 + lineWidth - indent.length);
		if (text.length <= endStep) return text;
		const folds = [];
		const escapedFolds = {};
		let end = lineWidth - indent.length;
		if (typeof indentAtStart === "number") {
			if (indentAtStart > lineWidth - Math.max(2, minContentWidth)) folds.push(0);
			else end = lineWidth - indentAtStart;
		}
		let split = void 0;
		let prev = void 0;
		let overflow = false;
		let i = -1;
		let escStart = -1;
		let escEnd = -1;
		if (mode === FOLD_BLOCK) {
			i = consumeMoreIndentedLines(text, i, indent.length);
			if (i !== -1) end = i + endStep;
		}
		for (let ch; ch = text[i += 1];) {
			if (mode === FOLD_QUOTED && ch === "\\") {
				escStart = i;
				switch (text[i + 1]) {
					case "x":
						i += 3;
						break;
					case "u":
						i += 5;
						break;
					case "U":
						i += 9;
						break;
					default: i += 1;
				}
				escEnd = i;
			}
			if (ch === "\n") {
				if (mode === FOLD_BLOCK) i = consumeMoreIndentedLines(text, i, indent.length);
				end = i + indent.length + endStep;
				split = void 0;
			} else {
				if (ch === " " && prev && prev !== " " && prev !== "\n" && prev !== "	") {
					const next = text[i + 1];
					if (next && next !== " " && next !== "\n" && next !== "	") split = i;
				}
				if (i >= end) {
					if (split) {
						folds.push(split);
						end = split + endStep;
						split = void 0;
					} else if (mode === FOLD_QUOTED) {
						while (prev === " " || prev === "	") {
							prev = ch;
							ch = text[i += 1];
							overflow = true;
						}
						const j = i > escEnd + 1 ? i - 2 : escStart - 1;
						if (escapedFolds[j]) return text;
						folds.push(j);
						escapedFolds[j] = true;
						end = j + endStep;
						split = void 0;
					} else overflow = true;
				}
			}
			prev = ch;
		}
		if (overflow && onOverflow) onOverflow();
		if (folds.length === 0) return text;
		if (onFold) onFold();
		let res = text.slice(0, folds[0]);
		for (let i = 0; i < folds.length; ++i) {
			const fold = folds[i];
			const end = folds[i + 1] || text.length;
			if (fold === 0) res = `\n${indent}${text.slice(0, end)}`;
			else {
				if (mode === FOLD_QUOTED && escapedFolds[fold]) res += `${text[fold]}\\`;
				res += `\n${indent}${text.slice(fold + 1, end)}`;
			}
		}
		return res;
	}
	/**
	* Presumes `i + 1` is at the start of a line
	* @returns index of last newline in more-indented block
	*/
	function consumeMoreIndentedLines(text, i, indent) {
		let end = i;
		let start = i + 1;
		let ch = text[start];
		while (ch === " " || ch === "	") if (i < start + indent) ch = text[++i];
		else {
			do
				ch = text[++i];
			while (ch && ch !== "\n");
			end = i;
			start = i + 1;
			ch = text[start];
		}
		return end;
	}
	exports.FOLD_BLOCK = FOLD_BLOCK;
	exports.FOLD_FLOW = FOLD_FLOW;
	exports.FOLD_QUOTED = FOLD_QUOTED;
	exports.foldFlowLines = foldFlowLines;
}));

// node_modules/yaml/dist/stringify/stringifyString.js
var require_stringifyString = /* @__PURE__ */ __commonJSMin(((exports) => {
	var Scalar = require_Scalar();
	var foldFlowLines = require_foldFlowLines();
	const getFoldOptions = (ctx, isBlock) => ({
		indentAtStart: isBlock ? ctx.indent.length : ctx.indentAtStart,
		lineWidth: ctx.options.lineWidth,
		minContentWidth: ctx.options.minContentWidth
	});
	const containsDocumentMarker = (str) => /^(%|---|\.\.\.)/m.test(str);
	function lineLengthOverLimit(str, lineWidth, indentLength) {
		if (!lineWidth || lineWidth < 0) return false;
		const limit = lineWidth - indentLength;
		const strLen = str.length;
		if (strLen <= limit) return false;
		for (let i = 0, start = 0; i < strLen; ++i) if (str[i] === "\n") {
			if (i - start > limit) return true;
			start = i + 1;
			if (strLen - start <= limit) return false;
		}
		return true;
	}
	function doubleQuotedString(value, ctx) {
		const json = JSON.stringify(value);
		if (ctx.options.doubleQuotedAsJSON) return json;
		const { implicitKey } = ctx;
		const minMultiLineLength = ctx.options.doubleQuotedMinMultiLineLength;
		const indent = ctx.indent || (containsDocumentMarker(value) ? "  " : "");
		let str = "";
		let start = 0;
		for (let i = 0, ch = json[i]; ch; ch = json[++i]) {
			if (ch === " " && json[i + 1] === "\\" && json[i + 2] === "n") {
				str += json.slice(start, i) + "\\ ";
				i += 1;
				start = i;
				ch = "\\";
			}
			if (ch === "\\") switch (json[i + 1]) {
				case "u":
					{
						str += json.slice(start, i);
						const code = json.substr(i + 2, 4);
						switch (code) {
							case "0000":
								str += "\\0";
								break;
							case "0007":
								str += "\\a";
								break;
							case "000b":
								str += "\\v";
								break;
							case "001b":
								str += "\\e";
								break;
							case "0085":
								str += "\\N";
								break;
							case "00a0":
								str += "\\_";
								break;
							case "2028":
								str += "\\L";
								break;
							case "2029":
								str += "\\P";
								break;
							default: if (code.substr(0, 2) === "00") str += "\\x" + code.substr(2);
							else str += json.substr(i, 6);
						}
						i += 5;
						start = i + 1;
					}
					break;
				case "n":
					if (implicitKey || json[i + 2] === "\"" || json.length < minMultiLineLength) i += 1;
					else {
						str += json.slice(start, i) + "\n\n";
						while (json[i + 2] === "\\" && json[i + 3] === "n" && json[i + 4] !== "\"") {
							str += "\n";
							i += 2;
						}
						str += indent;
						if (json[i + 2] === " ") str += "\\";
						i += 1;
						start = i + 1;
					}
					break;
				default: i += 1;
			}
		}
		str = start ? str + json.slice(start) : json;
		return implicitKey ? str : foldFlowLines.foldFlowLines(str, indent, foldFlowLines.FOLD_QUOTED, getFoldOptions(ctx, false));
	}
	function singleQuotedString(value, ctx) {
		if (ctx.options.singleQuote === false || ctx.implicitKey && value.includes("\n") || /[ \t]\n|\n[ \t]/.test(value)) return doubleQuotedString(value, ctx);
		const indent = ctx.indent || (containsDocumentMarker(value) ? "  " : "");
		const res = "'" + value.replace(/'/g, "''").replace(/\n+/g, `$&\n${indent}`) + "'";
		return ctx.implicitKey ? res : foldFlowLines.foldFlowLines(res, indent, foldFlowLines.FOLD_FLOW, getFoldOptions(ctx, false));
	}
	function quotedString(value, ctx) {
		const { singleQuote } = ctx.options;
		let qs;
		if (singleQuote === false) qs = doubleQuotedString;
		else {
			const hasDouble = value.includes("\"");
			const hasSingle = value.includes("'");
			if (hasDouble && !hasSingle) qs = singleQuotedString;
			else if (hasSingle && !hasDouble) qs = doubleQuotedString;
			else qs = singleQuote ? singleQuotedString : doubleQuotedString;
		}
		return qs(value, ctx);
	}
	let blockEndNewlines;
	try {
		blockEndNewlines = new RegExp("(^|(?<!\n))\n+(?!\n|$)", "g");
	} catch {
		blockEndNewlines = /\n+(?!\n|$)/g;
	}
	function blockString({ comment, type, value }, ctx, onComment, onChompKeep) {
		const { blockQuote, commentString, lineWidth } = ctx.options;
		if (!blockQuote || /\n[\t ]+$/.test(value)) return quotedString(value, ctx);
		const indent = ctx.indent || (ctx.forceBlockIndent || containsDocumentMarker(value) ? "  " : "");
		const literal = blockQuote === "literal" ? true : blockQuote === "folded" || type === Scalar.Scalar.BLOCK_FOLDED ? false : type === Scalar.Scalar.BLOCK_LITERAL ? true : !lineLengthOverLimit(value, lineWidth, indent.length);
		if (!value) return literal ? "|\n" : ">\n";
		let chomp;
		let endStart;
		for (endStart = value.length; endStart > 0; --endStart) {
			const ch = value[endStart - 1];
			if (ch !== "\n" && ch !== "	" && ch !== " ") break;
		}
		let end = value.substring(endStart);
		const endNlPos = end.indexOf("\n");
		if (endNlPos === -1) chomp = "-";
		else if (value === end || endNlPos !== end.length - 1) {
			chomp = "+";
			if (onChompKeep) onChompKeep();
		} else chomp = "";
		if (end) {
			value = value.slice(0, -end.length);
			if (end[end.length - 1] === "\n") end = end.slice(0, -1);
			end = end.replace(blockEndNewlines, `$&${indent}`);
		}
		let startWithSpace = false;
		let startEnd;
		let startNlPos = -1;
		for (startEnd = 0; startEnd < value.length; ++startEnd) {
			const ch = value[startEnd];
			if (ch === " ") startWithSpace = true;
			else if (ch === "\n") startNlPos = startEnd;
			else break;
		}
		let start = value.substring(0, startNlPos < startEnd ? startNlPos + 1 : startEnd);
		if (start) {
			value = value.substring(start.length);
			start = start.replace(/\n+/g, `$&${indent}`);
		}
		let header = (startWithSpace ? indent ? "2" : "1" : "") + chomp;
		if (comment) {
			header += " " + commentString(comment.replace(/ ?[\r\n]+/g, " "));
			if (onComment) onComment();
		}
		if (!literal) {
			const foldedValue = value.replace(/\n+/g, "\n$&").replace(/(?:^|\n)([\t ].*)(?:([\n\t ]*)\n(?![\n\t ]))?/g, "$1$2").replace(/\n+/g, `$&${indent}`);
			let literalFallback = false;
			const foldOptions = getFoldOptions(ctx, true);
			if (blockQuote !== "folded" && type !== Scalar.Scalar.BLOCK_FOLDED) foldOptions.onOverflow = () => {
				literalFallback = true;
			};
			const body = foldFlowLines.foldFlowLines(`${start}${foldedValue}${end}`, indent, foldFlowLines.FOLD_BLOCK, foldOptions);
			if (!literalFallback) return `>${header}\n${indent}${body}`;
		}
		value = value.replace(/\n+/g, `$&${indent}`);
		return `|${header}\n${indent}${start}${value}${end}`;
	}
	function plainString(item, ctx, onComment, onChompKeep) {
		const { type, value } = item;
		const { actualString, implicitKey, indent, indentStep, inFlow } = ctx;
		if (implicitKey && value.includes("\n") || inFlow && /[[\]{},]/.test(value)) return quotedString(value, ctx);
		if (/^[\n\t ,[\]{}#&*!|>'"%@`]|^[?-]$|^[?-][ \t]|[\n:][ \t]|[ \t]\n|[\n\t ]#|[\n\t :]$/.test(value)) return implicitKey || inFlow || !value.includes("\n") ? quotedString(value, ctx) : blockString(item, ctx, onComment, onChompKeep);
		if (!implicitKey && !inFlow && type !== Scalar.Scalar.PLAIN && value.includes("\n")) return blockString(item, ctx, onComment, onChompKeep);
		if (containsDocumentMarker(value)) {
			if (indent === "") {
				ctx.forceBlockIndent = true;
				return blockString(item, ctx, onComment, onChompKeep);
			} else if (implicitKey && indent === indentStep) return quotedString(value, ctx);
		}
		const str = value.replace(/\n+/g, `$&\n${indent}`);
		if (actualString) {
			const test = (tag) => tag.default && tag.tag !== "tag:yaml.org,2002:str" && tag.test?.test(str);
			const { compat, tags } = ctx.doc.schema;
			if (tags.some(test) || compat?.some(test)) return quotedString(value, ctx);
		}
		return implicitKey ? str : foldFlowLines.foldFlowLines(str, indent, foldFlowLines.FOLD_FLOW, getFoldOptions(ctx, false));
	}
	function stringifyString(item, ctx, onComment, onChompKeep) {
		const { implicitKey, inFlow } = ctx;
		const ss = typeof item.value === "string" ? item : Object.assign({}, item, { value: String(item.value) });
		let { type } = item;
		if (type !== Scalar.Scalar.QUOTE_DOUBLE) {
			if (/[\x00-\x08\x0b-\x1f\x7f-\x9f\u{D800}-\u{DFFF}]/u.test(ss.value)) type = Scalar.Scalar.QUOTE_DOUBLE;
		}
		const _stringify = (_type) => {
			switch (_type) {
				case Scalar.Scalar.BLOCK_FOLDED:
				case Scalar.Scalar.BLOCK_LITERAL: return implicitKey || inFlow ? quotedString(ss.value, ctx) : blockString(ss, ctx, onComment, onChompKeep);
				case Scalar.Scalar.QUOTE_DOUBLE: return doubleQuotedString(ss.value, ctx);
				case Scalar.Scalar.QUOTE_SINGLE: return singleQuotedString(ss.value, ctx);
				case Scalar.Scalar.PLAIN: return plainString(ss, ctx, onComment, onChompKeep);
				default: return null;
			}
		};
		let res = _stringify(type);
		if (res === null) {
			const { defaultKeyType, defaultStringType } = ctx.options;
			const t = implicitKey && defaultKeyType || defaultStringType;
			res = _stringify(t);
			if (res === null) throw new Error(`Unsupported default string type ${t}`);
		}
		return res;
	}
	exports.stringifyString = stringifyString;
}));

// node_modules/yaml/dist/stringify/stringify.js
var require_stringify = /* @__PURE__ */ __commonJSMin(((exports) => {
	var anchors = require_anchors();
	var identity = require_identity();
	var stringifyComment = require_stringifyComment();
	var stringifyString = require_stringifyString();
	function createStringifyContext(doc, options) {
		const opt = Object.assign({
			blockQuote: true,
			commentString: stringifyComment.stringifyComment,
			defaultKeyType: null,
			defaultStringType: "PLAIN",
			directives: null,
			doubleQuotedAsJSON: false,
			doubleQuotedMinMultiLineLength: 40,
			falseStr: "false",
			flowCollectionPadding: true,
			indentSeq: true,
			lineWidth: 80,
			minContentWidth: 20,
			nullStr: "null",
			simpleKeys: false,
			singleQuote: null,
			trailingComma: false,
			trueStr: "true",
			verifyAliasOrder: true
		}, doc.schema.toStringOptions, options);
		let inFlow;
		switch (opt.collectionStyle) {
			case "block":
				inFlow = false;
				break;
			case "flow":
				inFlow = true;
				break;
			default: inFlow = null;
		}
		return {
			anchors: /* @__PURE__ */ new Set(),
			doc,
			flowCollectionPadding: opt.flowCollectionPadding ? " " : "",
			indent: "",
			indentStep: typeof opt.indent === "number" ? " ".repeat(opt.indent) : "  ",
			inFlow,
			options: opt
		};
	}
	function getTagObject(tags, item) {
		if (item.tag) {
			const match = tags.filter((t) => t.tag === item.tag);
			if (match.length > 0) return match.find((t) => t.format === item.format) ?? match[0];
		}
		let tagObj = void 0;
		let obj;
		if (identity.isScalar(item)) {
			obj = item.value;
			let match = tags.filter((t) => t.identify?.(obj));
			if (match.length > 1) {
				const testMatch = match.filter((t) => t.test);
				if (testMatch.length > 0) match = testMatch;
			}
			tagObj = match.find((t) => t.format === item.format) ?? match.find((t) => !t.format);
		} else {
			obj = item;
			tagObj = tags.find((t) => t.nodeClass && obj instanceof t.nodeClass);
		}
		if (!tagObj) {
			const name = obj?.constructor?.name ?? (obj === null ? "null" : typeof obj);
			throw new Error(`Tag not resolved for ${name} value`);
		}
		return tagObj;
	}
	function stringifyProps(node, tagObj, { anchors: anchors$1, doc }) {
		if (!doc.directives) return "";
		const props = [];
		const anchor = (identity.isScalar(node) || identity.isCollection(node)) && node.anchor;
		if (anchor && anchors.anchorIsValid(anchor)) {
			anchors$1.add(anchor);
			props.push(`&${anchor}`);
		}
		const tag = node.tag ?? (tagObj.default ? null : tagObj.tag);
		if (tag) props.push(doc.directives.tagString(tag));
		return props.join(" ");
	}
	function stringify(item, ctx, onComment, onChompKeep) {
		if (identity.isPair(item)) return item.toString(ctx, onComment, onChompKeep);
		if (identity.isAlias(item)) {
			if (ctx.doc.directives) return item.toString(ctx);
			if (ctx.resolvedAliases?.has(item)) throw new TypeError(`Cannot stringify circular structure without alias nodes`);
			else {
				if (ctx.resolvedAliases) ctx.resolvedAliases.add(item);
				else ctx.resolvedAliases = /* @__PURE__ */ new Set([item]);
				item = item.resolve(ctx.doc);
			}
		}
		let tagObj = void 0;
		const node = identity.isNode(item) ? item : ctx.doc.createNode(item, { onTagObj: (o) => tagObj = o });
		tagObj ?? (tagObj = getTagObject(ctx.doc.schema.tags, node));
		const props = stringifyProps(node, tagObj, ctx);
		if (props.length > 0) ctx.indentAtStart = (ctx.indentAtStart ?? 0) + props.length + 1;
		const str = typeof tagObj.stringify === "function" ? tagObj.stringify(node, ctx, onComment, onChompKeep) : identity.isScalar(node) ? stringifyString.stringifyString(node, ctx, onComment, onChompKeep) : node.toString(ctx, onComment, onChompKeep);
		if (!props) return str;
		return identity.isScalar(node) || str[0] === "{" || str[0] === "[" ? `${props} ${str}` : `${props}\n${ctx.indent}${str}`;
	}
	exports.createStringifyContext = createStringifyContext;
	exports.stringify = stringify;
}));

// node_modules/yaml/dist/stringify/stringifyPair.js
var require_stringifyPair = /* @__PURE__ */ __commonJSMin(((exports) => {
	var identity = require_identity();
	var Scalar = require_Scalar();
	var stringify = require_stringify();
	var stringifyComment = require_stringifyComment();
	function stringifyPair({ key, value }, ctx, onComment, onChompKeep) {
		const { allNullValues, doc, indent, indentStep, options: { commentString, indentSeq, simpleKeys } } = ctx;
		let keyComment = identity.isNode(key) && key.comment || null;
		if (simpleKeys) {
			if (keyComment) throw new Error("With simple keys, key nodes cannot have comments");
			if (identity.isCollection(key) || !identity.isNode(key) && typeof key === "object") throw new Error("With simple keys, collection cannot be used as a key value");
		}
		let explicitKey = !simpleKeys && (!key || keyComment && value == null && !ctx.inFlow || identity.isCollection(key) || (identity.isScalar(key) ? key.type === Scalar.Scalar.BLOCK_FOLDED || key.type === Scalar.Scalar.BLOCK_LITERAL : typeof key === "object"));
		ctx = Object.assign({}, ctx, {
			allNullValues: false,
			implicitKey: !explicitKey && (simpleKeys || !allNullValues),
			indent: indent + indentStep
		});
		let keyCommentDone = false;
		let chompKeep = false;
		let str = stringify.stringify(key, ctx, () => keyCommentDone = true, () => chompKeep = true);
		if (!explicitKey && !ctx.inFlow && str.length > 1024) {
			if (simpleKeys) throw new Error("With simple keys, single line scalar must not span more than 1024 characters");
			explicitKey = true;
		}
		if (ctx.inFlow) {
			if (allNullValues || value == null) {
				if (keyCommentDone && onComment) onComment();
				return str === "" ? "?" : explicitKey ? `? ${str}` : str;
			}
		} else if (allNullValues && !simpleKeys || value == null && explicitKey) {
			str = `? ${str}`;
			if (keyComment && !keyCommentDone) str += stringifyComment.lineComment(str, ctx.indent, commentString(keyComment));
			else if (chompKeep && onChompKeep) onChompKeep();
			return str;
		}
		if (keyCommentDone) keyComment = null;
		if (explicitKey) {
			if (keyComment) str += stringifyComment.lineComment(str, ctx.indent, commentString(keyComment));
			str = `? ${str}\n${indent}:`;
		} else {
			str = `${str}:`;
			if (keyComment) str += stringifyComment.lineComment(str, ctx.indent, commentString(keyComment));
		}
		let vsb, vcb, valueComment;
		if (identity.isNode(value)) {
			vsb = !!value.spaceBefore;
			vcb = value.commentBefore;
			valueComment = value.comment;
		} else {
			vsb = false;
			vcb = null;
			valueComment = null;
			if (value && typeof value === "object") value = doc.createNode(value);
		}
		ctx.implicitKey = false;
		if (!explicitKey && !keyComment && identity.isScalar(value)) ctx.indentAtStart = str.length + 1;
		chompKeep = false;
		if (!indentSeq && indentStep.length >= 2 && !ctx.inFlow && !explicitKey && identity.isSeq(value) && !value.flow && !value.tag && !value.anchor) ctx.indent = ctx.indent.substring(2);
		let valueCommentDone = false;
		const valueStr = stringify.stringify(value, ctx, () => valueCommentDone = true, () => chompKeep = true);
		let ws = " ";
		if (keyComment || vsb || vcb) {
			ws = vsb ? "\n" : "";
			if (vcb) {
				const cs = commentString(vcb);
				ws += `\n${stringifyComment.indentComment(cs, ctx.indent)}`;
			}
			if (valueStr === "" && !ctx.inFlow) {
				if (ws === "\n" && valueComment) ws = "\n\n";
			} else ws += `\n${ctx.indent}`;
		} else if (!explicitKey && identity.isCollection(value)) {
			const vs0 = valueStr[0];
			const nl0 = valueStr.indexOf("\n");
			const hasNewline = nl0 !== -1;
			const flow = ctx.inFlow ?? value.flow ?? value.items.length === 0;
			if (hasNewline || !flow) {
				let hasPropsLine = false;
				if (hasNewline && (vs0 === "&" || vs0 === "!")) {
					let sp0 = valueStr.indexOf(" ");
					if (vs0 === "&" && sp0 !== -1 && sp0 < nl0 && valueStr[sp0 + 1] === "!") sp0 = valueStr.indexOf(" ", sp0 + 1);
					if (sp0 === -1 || nl0 < sp0) hasPropsLine = true;
				}
				if (!hasPropsLine) ws = `\n${ctx.indent}`;
			}
		} else if (valueStr === "" || valueStr[0] === "\n") ws = "";
		str += ws + valueStr;
		if (ctx.inFlow) {
			if (valueCommentDone && onComment) onComment();
		} else if (valueComment && !valueCommentDone) str += stringifyComment.lineComment(str, ctx.indent, commentString(valueComment));
		else if (chompKeep && onChompKeep) onChompKeep();
		return str;
	}
	exports.stringifyPair = stringifyPair;
}));

// node_modules/yaml/dist/log.js
var require_log = /* @__PURE__ */ __commonJSMin(((exports) => {
	var node_process = __require("process");
	function debug(logLevel, ...messages) {
		if (logLevel === "debug") console.log(...messages);
	}
	function warn(logLevel, warning) {
		if (logLevel === "debug" || logLevel === "warn") {
			if (typeof node_process.emitWarning === "function") node_process.emitWarning(warning);
			else console.warn(warning);
		}
	}
	exports.debug = debug;
	exports.warn = warn;
}));

// node_modules/yaml/dist/schema/yaml-1.1/merge.js
var require_merge = /* @__PURE__ */ __commonJSMin(((exports) => {
	var identity = require_identity();
	var Scalar = require_Scalar();
	const MERGE_KEY = "<<";
	const merge = {
		identify: (value) => value === MERGE_KEY || typeof value === "symbol" && value.description === MERGE_KEY,
		default: "key",
		tag: "tag:yaml.org,2002:merge",
		test: /^<<$/,
		resolve: () => Object.assign(new Scalar.Scalar(Symbol(MERGE_KEY)), { addToJSMap: addMergeToJSMap }),
		stringify: () => MERGE_KEY
	};
	const isMergeKey = (ctx, key) => (merge.identify(key) || identity.isScalar(key) && (!key.type || key.type === Scalar.Scalar.PLAIN) && merge.identify(key.value)) && ctx?.doc.schema.tags.some((tag) => tag.tag === merge.tag && tag.default);
	function addMergeToJSMap(ctx, map, value) {
		const source = resolveAliasValue(ctx, value);
		if (identity.isSeq(source)) for (const it of source.items) mergeValue(ctx, map, it);
		else if (Array.isArray(source)) for (const it of source) mergeValue(ctx, map, it);
		else mergeValue(ctx, map, source);
	}
	function mergeValue(ctx, map, value) {
		const source = resolveAliasValue(ctx, value);
		if (!identity.isMap(source)) throw new Error("Merge sources must be maps or map aliases");
		const srcMap = source.toJSON(null, ctx, Map);
		for (const [key, value] of srcMap) if (map instanceof Map) {
			if (!map.has(key)) map.set(key, value);
		} else if (map instanceof Set) map.add(key);
		else if (!Object.prototype.hasOwnProperty.call(map, key)) Object.defineProperty(map, key, {
			value,
			writable: true,
			enumerable: true,
			configurable: true
		});
		return map;
	}
	function resolveAliasValue(ctx, value) {
		return ctx && identity.isAlias(value) ? value.resolve(ctx.doc, ctx) : value;
	}
	exports.addMergeToJSMap = addMergeToJSMap;
	exports.isMergeKey = isMergeKey;
	exports.merge = merge;
}));

// node_modules/yaml/dist/nodes/addPairToJSMap.js
var require_addPairToJSMap = /* @__PURE__ */ __commonJSMin(((exports) => {
	var log = require_log();
	var merge = require_merge();
	var stringify = require_stringify();
	var identity = require_identity();
	var toJS = require_toJS();
	function addPairToJSMap(ctx, map, { key, value }) {
		if (identity.isNode(key) && key.addToJSMap) key.addToJSMap(ctx, map, value);
		else if (merge.isMergeKey(ctx, key)) merge.addMergeToJSMap(ctx, map, value);
		else {
			const jsKey = toJS.toJS(key, "", ctx);
			if (map instanceof Map) map.set(jsKey, toJS.toJS(value, jsKey, ctx));
			else if (map instanceof Set) map.add(jsKey);
			else {
				const stringKey = stringifyKey(key, jsKey, ctx);
				const jsValue = toJS.toJS(value, stringKey, ctx);
				if (stringKey in map) Object.defineProperty(map, stringKey, {
					value: jsValue,
					writable: true,
					enumerable: true,
					configurable: true
				});
				else map[stringKey] = jsValue;
			}
		}
		return map;
	}
	function stringifyKey(key, jsKey, ctx) {
		if (jsKey === null) return "";
		if (typeof jsKey !== "object") return String(jsKey);
		if (identity.isNode(key) && ctx?.doc) {
			const strCtx = stringify.createStringifyContext(ctx.doc, {});
			strCtx.anchors = /* @__PURE__ */ new Set();
			for (const node of ctx.anchors.keys()) strCtx.anchors.add(node.anchor);
			strCtx.inFlow = true;
			strCtx.inStringifyKey = true;
			const strKey = key.toString(strCtx);
			if (!ctx.mapKeyWarned) {
				let jsonStr = JSON.stringify(strKey);
				if (jsonStr.length > 40) jsonStr = jsonStr.substring(0, 36) + "...\"";
				log.warn(ctx.doc.options.logLevel, `Keys with collection values will be stringified due to JS Object restrictions: ${jsonStr}. Set mapAsMap: true to use object keys.`);
				ctx.mapKeyWarned = true;
			}
			return strKey;
		}
		return JSON.stringify(jsKey);
	}
	exports.addPairToJSMap = addPairToJSMap;
}));

// node_modules/yaml/dist/nodes/Pair.js
var require_Pair = /* @__PURE__ */ __commonJSMin(((exports) => {
	var createNode = require_createNode();
	var stringifyPair = require_stringifyPair();
	var addPairToJSMap = require_addPairToJSMap();
	var identity = require_identity();
	function createPair(key, value, ctx) {
		const k = createNode.createNode(key, void 0, ctx);
		const v = createNode.createNode(value, void 0, ctx);
		return new Pair(k, v);
	}
	var Pair = class Pair {
		constructor(key, value = null) {
			Object.defineProperty(this, identity.NODE_TYPE, { value: identity.PAIR });
			this.key = key;
			this.value = value;
		}
		clone(schema) {
			let { key, value } = this;
			if (identity.isNode(key)) key = key.clone(schema);
			if (identity.isNode(value)) value = value.clone(schema);
			return new Pair(key, value);
		}
		toJSON(_, ctx) {
			const pair = ctx?.mapAsMap ? /* @__PURE__ */ new Map() : {};
			return addPairToJSMap.addPairToJSMap(ctx, pair, this);
		}
		toString(ctx, onComment, onChompKeep) {
			return ctx?.doc ? stringifyPair.stringifyPair(this, ctx, onComment, onChompKeep) : JSON.stringify(this);
		}
	};
	exports.Pair = Pair;
	exports.createPair = createPair;
}));

// node_modules/yaml/dist/stringify/stringifyCollection.js
var require_stringifyCollection = /* @__PURE__ */ __commonJSMin(((exports) => {
	var identity = require_identity();
	var stringify = require_stringify();
	var stringifyComment = require_stringifyComment();
	function stringifyCollection(collection, ctx, options) {
		return (ctx.inFlow ?? collection.flow ? stringifyFlowCollection : stringifyBlockCollection)(collection, ctx, options);
	}
	function stringifyBlockCollection({ comment, items }, ctx, { blockItemPrefix, flowChars, itemIndent, onChompKeep, onComment }) {
		const { indent, options: { commentString } } = ctx;
		const itemCtx = Object.assign({}, ctx, {
			indent: itemIndent,
			type: null
		});
		let chompKeep = false;
		const lines = [];
		for (let i = 0; i < items.length; ++i) {
			const item = items[i];
			let comment = null;
			if (identity.isNode(item)) {
				if (!chompKeep && item.spaceBefore) lines.push("");
				addCommentBefore(ctx, lines, item.commentBefore, chompKeep);
				if (item.comment) comment = item.comment;
			} else if (identity.isPair(item)) {
				const ik = identity.isNode(item.key) ? item.key : null;
				if (ik) {
					if (!chompKeep && ik.spaceBefore) lines.push("");
					addCommentBefore(ctx, lines, ik.commentBefore, chompKeep);
				}
			}
			chompKeep = false;
			let str = stringify.stringify(item, itemCtx, () => comment = null, () => chompKeep = true);
			if (comment) str += stringifyComment.lineComment(str, itemIndent, commentString(comment));
			if (chompKeep && comment) chompKeep = false;
			lines.push(blockItemPrefix + str);
		}
		let str;
		if (lines.length === 0) str = flowChars.start + flowChars.end;
		else {
			str = lines[0];
			for (let i = 1; i < lines.length; ++i) {
				const line = lines[i];
				str += line ? `\n${indent}${line}` : "\n";
			}
		}
		if (comment) {
			str += "\n" + stringifyComment.indentComment(commentString(comment), indent);
			if (onComment) onComment();
		} else if (chompKeep && onChompKeep) onChompKeep();
		return str;
	}
	function stringifyFlowCollection({ items }, ctx, { flowChars, itemIndent }) {
		const { indent, indentStep, flowCollectionPadding: fcPadding, options: { commentString } } = ctx;
		itemIndent += indentStep;
		const itemCtx = Object.assign({}, ctx, {
			indent: itemIndent,
			inFlow: true,
			type: null
		});
		let reqNewline = false;
		let linesAtValue = 0;
		const lines = [];
		for (let i = 0; i < items.length; ++i) {
			const item = items[i];
			let comment = null;
			if (identity.isNode(item)) {
				if (item.spaceBefore) lines.push("");
				addCommentBefore(ctx, lines, item.commentBefore, false);
				if (item.comment) comment = item.comment;
			} else if (identity.isPair(item)) {
				const ik = identity.isNode(item.key) ? item.key : null;
				if (ik) {
					if (ik.spaceBefore) lines.push("");
					addCommentBefore(ctx, lines, ik.commentBefore, false);
					if (ik.comment) reqNewline = true;
				}
				const iv = identity.isNode(item.value) ? item.value : null;
				if (iv) {
					if (iv.comment) comment = iv.comment;
					if (iv.commentBefore) reqNewline = true;
				} else if (item.value == null && ik?.comment) comment = ik.comment;
			}
			if (comment) reqNewline = true;
			let str = stringify.stringify(item, itemCtx, () => comment = null);
			reqNewline || (reqNewline = lines.length > linesAtValue || str.includes("\n"));
			if (i < items.length - 1) str += ",";
			else if (ctx.options.trailingComma) {
				if (ctx.options.lineWidth > 0) reqNewline || (reqNewline = lines.reduce((sum, line) => sum + line.length + 2, 2) + (str.length + 2) > ctx.options.lineWidth);
				if (reqNewline) str += ",";
			}
			if (comment) str += stringifyComment.lineComment(str, itemIndent, commentString(comment));
			lines.push(str);
			linesAtValue = lines.length;
		}
		const { start, end } = flowChars;
		if (lines.length === 0) return start + end;
		else {
			if (!reqNewline) {
				const len = lines.reduce((sum, line) => sum + line.length + 2, 2);
				reqNewline = ctx.options.lineWidth > 0 && len > ctx.options.lineWidth;
			}
			if (reqNewline) {
				let str = start;
				for (const line of lines) str += line ? `\n${indentStep}${indent}${line}` : "\n";
				return `${str}\n${indent}${end}`;
			} else return `${start}${fcPadding}${lines.join(" ")}${fcPadding}${end}`;
		}
	}
	function addCommentBefore({ indent, options: { commentString } }, lines, comment, chompKeep) {
		if (comment && chompKeep) comment = comment.replace(/^\n+/, "");
		if (comment) {
			const ic = stringifyComment.indentComment(commentString(comment), indent);
			lines.push(ic.trimStart());
		}
	}
	exports.stringifyCollection = stringifyCollection;
}));

// node_modules/yaml/dist/nodes/YAMLMap.js
var require_YAMLMap = /* @__PURE__ */ __commonJSMin(((exports) => {
	var stringifyCollection = require_stringifyCollection();
	var addPairToJSMap = require_addPairToJSMap();
	var Collection = require_Collection();
	var identity = require_identity();
	var Pair = require_Pair();
	var Scalar = require_Scalar();
	function findPair(items, key) {
		const k = identity.isScalar(key) ? key.value : key;
		for (const it of items) if (identity.isPair(it)) {
			if (it.key === key || it.key === k) return it;
			if (identity.isScalar(it.key) && it.key.value === k) return it;
		}
	}
	var YAMLMap = class extends Collection.Collection {
		static get tagName() {
			return "tag:yaml.org,2002:map";
		}
		constructor(schema) {
			super(identity.MAP, schema);
			this.items = [];
		}
		/**
		* A generic collection parsing method that can be extended
		* to other node classes that inherit from YAMLMap
		*/
		static from(schema, obj, ctx) {
			const { keepUndefined, replacer } = ctx;
			const map = new this(schema);
			const add = (key, value) => {
				if (typeof replacer === "function") value = replacer.call(obj, key, value);
				else if (Array.isArray(replacer) && !replacer.includes(key)) return;
				if (value !== void 0 || keepUndefined) map.items.push(Pair.createPair(key, value, ctx));
			};
			if (obj instanceof Map) for (const [key, value] of obj) add(key, value);
			else if (obj && typeof obj === "object") for (const key of Object.keys(obj)) add(key, obj[key]);
			if (typeof schema.sortMapEntries === "function") map.items.sort(schema.sortMapEntries);
			return map;
		}
		/**
		* Adds a value to the collection.
		*
		* @param overwrite - If not set `true`, using a key that is already in the
		*   collection will throw. Otherwise, overwrites the previous value.
		*/
		add(pair, overwrite) {
			let _pair;
			if (identity.isPair(pair)) _pair = pair;
			else if (!pair || typeof pair !== "object" || !("key" in pair)) _pair = new Pair.Pair(pair, pair?.value);
			else _pair = new Pair.Pair(pair.key, pair.value);
			const prev = findPair(this.items, _pair.key);
			const sortEntries = this.schema?.sortMapEntries;
			if (prev) {
				if (!overwrite) throw new Error(`Key ${_pair.key} already set`);
				if (identity.isScalar(prev.value) && Scalar.isScalarValue(_pair.value)) prev.value.value = _pair.value;
				else prev.value = _pair.value;
			} else if (sortEntries) {
				const i = this.items.findIndex((item) => sortEntries(_pair, item) < 0);
				if (i === -1) this.items.push(_pair);
				else this.items.splice(i, 0, _pair);
			} else this.items.push(_pair);
		}
		delete(key) {
			const it = findPair(this.items, key);
			if (!it) return false;
			return this.items.splice(this.items.indexOf(it), 1).length > 0;
		}
		get(key, keepScalar) {
			const node = findPair(this.items, key)?.value;
			return (!keepScalar && identity.isScalar(node) ? node.value : node) ?? void 0;
		}
		has(key) {
			return !!findPair(this.items, key);
		}
		set(key, value) {
			this.add(new Pair.Pair(key, value), true);
		}
		/**
		* @param ctx - Conversion context, originally set in Document#toJS()
		* @param {Class} Type - If set, forces the returned collection type
		* @returns Instance of Type, Map, or Object
		*/
		toJSON(_, ctx, Type) {
			const map = Type ? new Type() : ctx?.mapAsMap ? /* @__PURE__ */ new Map() : {};
			if (ctx?.onCreate) ctx.onCreate(map);
			for (const item of this.items) addPairToJSMap.addPairToJSMap(ctx, map, item);
			return map;
		}
		toString(ctx, onComment, onChompKeep) {
			if (!ctx) return JSON.stringify(this);
			for (const item of this.items) if (!identity.isPair(item)) throw new Error(`Map items must all be pairs; found ${JSON.stringify(item)} instead`);
			if (!ctx.allNullValues && this.hasAllNullValues(false)) ctx = Object.assign({}, ctx, { allNullValues: true });
			return stringifyCollection.stringifyCollection(this, ctx, {
				blockItemPrefix: "",
				flowChars: {
					start: "{",
					end: "}"
				},
				itemIndent: ctx.indent || "",
				onChompKeep,
				onComment
			});
		}
	};
	exports.YAMLMap = YAMLMap;
	exports.findPair = findPair;
}));

// node_modules/yaml/dist/schema/common/map.js
var require_map = /* @__PURE__ */ __commonJSMin(((exports) => {
	var identity = require_identity();
	var YAMLMap = require_YAMLMap();
	const map = {
		collection: "map",
		default: true,
		nodeClass: YAMLMap.YAMLMap,
		tag: "tag:yaml.org,2002:map",
		resolve(map, onError) {
			if (!identity.isMap(map)) onError("Expected a mapping for this tag");
			return map;
		},
		createNode: (schema, obj, ctx) => YAMLMap.YAMLMap.from(schema, obj, ctx)
	};
	exports.map = map;
}));

// node_modules/yaml/dist/nodes/YAMLSeq.js
var require_YAMLSeq = /* @__PURE__ */ __commonJSMin(((exports) => {
	var createNode = require_createNode();
	var stringifyCollection = require_stringifyCollection();
	var Collection = require_Collection();
	var identity = require_identity();
	var Scalar = require_Scalar();
	var toJS = require_toJS();
	var YAMLSeq = class extends Collection.Collection {
		static get tagName() {
			return "tag:yaml.org,2002:seq";
		}
		constructor(schema) {
			super(identity.SEQ, schema);
			this.items = [];
		}
		add(value) {
			this.items.push(value);
		}
		/**
		* Removes a value from the collection.
		*
		* `key` must contain a representation of an integer for this to succeed.
		* It may be wrapped in a `Scalar`.
		*
		* @returns `true` if the item was found and removed.
		*/
		delete(key) {
			const idx = asItemIndex(key);
			if (typeof idx !== "number") return false;
			return this.items.splice(idx, 1).length > 0;
		}
		get(key, keepScalar) {
			const idx = asItemIndex(key);
			if (typeof idx !== "number") return void 0;
			const it = this.items[idx];
			return !keepScalar && identity.isScalar(it) ? it.value : it;
		}
		/**
		* Checks if the collection includes a value with the key `key`.
		*
		* `key` must contain a representation of an integer for this to succeed.
		* It may be wrapped in a `Scalar`.
		*/
		has(key) {
			const idx = asItemIndex(key);
			return typeof idx === "number" && idx < this.items.length;
		}
		/**
		* Sets a value in this collection. For `!!set`, `value` needs to be a
		* boolean to add/remove the item from the set.
		*
		* If `key` does not contain a representation of an integer, this will throw.
		* It may be wrapped in a `Scalar`.
		*/
		set(key, value) {
			const idx = asItemIndex(key);
			if (typeof idx !== "number") throw new Error(`Expected a valid index, not ${key}.`);
			const prev = this.items[idx];
			if (identity.isScalar(prev) && Scalar.isScalarValue(value)) prev.value = value;
			else this.items[idx] = value;
		}
		toJSON(_, ctx) {
			const seq = [];
			if (ctx?.onCreate) ctx.onCreate(seq);
			let i = 0;
			for (const item of this.items) seq.push(toJS.toJS(item, String(i++), ctx));
			return seq;
		}
		toString(ctx, onComment, onChompKeep) {
			if (!ctx) return JSON.stringify(this);
			return stringifyCollection.stringifyCollection(this, ctx, {
				blockItemPrefix: "- ",
				flowChars: {
					start: "[",
					end: "]"
				},
				itemIndent: (ctx.indent || "") + "  ",
				onChompKeep,
				onComment
			});
		}
		static from(schema, obj, ctx) {
			const { replacer } = ctx;
			const seq = new this(schema);
			if (obj && Symbol.iterator in Object(obj)) {
				let i = 0;
				for (let it of obj) {
					if (typeof replacer === "function") {
						const key = obj instanceof Set ? it : String(i++);
						it = replacer.call(obj, key, it);
					}
					seq.items.push(createNode.createNode(it, void 0, ctx));
				}
			}
			return seq;
		}
	};
	function asItemIndex(key) {
		let idx = identity.isScalar(key) ? key.value : key;
		if (idx && typeof idx === "string") idx = Number(idx);
		return typeof idx === "number" && Number.isInteger(idx) && idx >= 0 ? idx : null;
	}
	exports.YAMLSeq = YAMLSeq;
}));

// node_modules/yaml/dist/schema/common/seq.js
var require_seq = /* @__PURE__ */ __commonJSMin(((exports) => {
	var identity = require_identity();
	var YAMLSeq = require_YAMLSeq();
	const seq = {
		collection: "seq",
		default: true,
		nodeClass: YAMLSeq.YAMLSeq,
		tag: "tag:yaml.org,2002:seq",
		resolve(seq, onError) {
			if (!identity.isSeq(seq)) onError("Expected a sequence for this tag");
			return seq;
		},
		createNode: (schema, obj, ctx) => YAMLSeq.YAMLSeq.from(schema, obj, ctx)
	};
	exports.seq = seq;
}));

// node_modules/yaml/dist/schema/common/string.js
var require_string = /* @__PURE__ */ __commonJSMin(((exports) => {
	var stringifyString = require_stringifyString();
	const string = {
		identify: (value) => typeof value === "string",
		default: true,
		tag: "tag:yaml.org,2002:str",
		resolve: (str) => str,
		stringify(item, ctx, onComment, onChompKeep) {
			ctx = Object.assign({ actualString: true }, ctx);
			return stringifyString.stringifyString(item, ctx, onComment, onChompKeep);
		}
	};
	exports.string = string;
}));

// node_modules/yaml/dist/schema/common/null.js
var require_null = /* @__PURE__ */ __commonJSMin(((exports) => {
	var Scalar = require_Scalar();
	const nullTag = {
		identify: (value) => value == null,
		createNode: () => new Scalar.Scalar(null),
		default: true,
		tag: "tag:yaml.org,2002:null",
		test: /^(?:~|[Nn]ull|NULL)?$/,
		resolve: () => new Scalar.Scalar(null),
		stringify: ({ source }, ctx) => typeof source === "string" && nullTag.test.test(source) ? source : ctx.options.nullStr
	};
	exports.nullTag = nullTag;
}));

// node_modules/yaml/dist/schema/core/bool.js
var require_bool$1 = /* @__PURE__ */ __commonJSMin(((exports) => {
	var Scalar = require_Scalar();
	const boolTag = {
		identify: (value) => typeof value === "boolean",
		default: true,
		tag: "tag:yaml.org,2002:bool",
		test: /^(?:[Tt]rue|TRUE|[Ff]alse|FALSE)$/,
		resolve: (str) => new Scalar.Scalar(str[0] === "t" || str[0] === "T"),
		stringify({ source, value }, ctx) {
			if (source && boolTag.test.test(source)) {
				if (value === (source[0] === "t" || source[0] === "T")) return source;
			}
			return value ? ctx.options.trueStr : ctx.options.falseStr;
		}
	};
	exports.boolTag = boolTag;
}));

// node_modules/yaml/dist/stringify/stringifyNumber.js
var require_stringifyNumber = /* @__PURE__ */ __commonJSMin(((exports) => {
	function stringifyNumber({ format, minFractionDigits, tag, value }) {
		if (typeof value === "bigint") return String(value);
		const num = typeof value === "number" ? value : Number(value);
		if (!isFinite(num)) return isNaN(num) ? ".nan" : num < 0 ? "-.inf" : ".inf";
		let n = Object.is(value, -0) ? "-0" : JSON.stringify(value);
		if (!format && minFractionDigits && (!tag || tag === "tag:yaml.org,2002:float") && /^-?\d/.test(n) && !n.includes("e")) {
			let i = n.indexOf(".");
			if (i < 0) {
				i = n.length;
				n += ".";
			}
			let d = minFractionDigits - (n.length - i - 1);
			while (d-- > 0) n += "0";
		}
		return n;
	}
	exports.stringifyNumber = stringifyNumber;
}));

// node_modules/yaml/dist/schema/core/float.js
var require_float$1 = /* @__PURE__ */ __commonJSMin(((exports) => {
	var Scalar = require_Scalar();
	var stringifyNumber = require_stringifyNumber();
	const floatNaN = {
		identify: (value) => typeof value === "number",
		default: true,
		tag: "tag:yaml.org,2002:float",
		test: /^(?:[-+]?\.(?:inf|Inf|INF)|\.nan|\.NaN|\.NAN)$/,
		resolve: (str) => str.slice(-3).toLowerCase() === "nan" ? NaN : str[0] === "-" ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY,
		stringify: stringifyNumber.stringifyNumber
	};
	const floatExp = {
		identify: (value) => typeof value === "number",
		default: true,
		tag: "tag:yaml.org,2002:float",
		format: "EXP",
		test: /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)[eE][-+]?[0-9]+$/,
		resolve: (str) => parseFloat(str),
		stringify(node) {
			const num = Number(node.value);
			return isFinite(num) ? num.toExponential() : stringifyNumber.stringifyNumber(node);
		}
	};
	const float = {
		identify: (value) => typeof value === "number",
		default: true,
		tag: "tag:yaml.org,2002:float",
		test: /^[-+]?(?:\.[0-9]+|[0-9]+\.[0-9]*)$/,
		resolve(str) {
			const node = new Scalar.Scalar(parseFloat(str));
			const dot = str.indexOf(".");
			if (dot !== -1 && str[str.length - 1] === "0") node.minFractionDigits = str.length - dot - 1;
			return node;
		},
		stringify: stringifyNumber.stringifyNumber
	};
	exports.float = float;
	exports.floatExp = floatExp;
	exports.floatNaN = floatNaN;
}));

// node_modules/yaml/dist/schema/core/int.js
var require_int$1 = /* @__PURE__ */ __commonJSMin(((exports) => {
	var stringifyNumber = require_stringifyNumber();
	const intIdentify = (value) => typeof value === "bigint" || Number.isInteger(value);
	const intResolve = (str, offset, radix, { intAsBigInt }) => intAsBigInt ? BigInt(str) : parseInt(str.substring(offset), radix);
	function intStringify(node, radix, prefix) {
		const { value } = node;
		if (intIdentify(value) && value >= 0) return prefix + value.toString(radix);
		return stringifyNumber.stringifyNumber(node);
	}
	const intOct = {
		identify: (value) => intIdentify(value) && value >= 0,
		default: true,
		tag: "tag:yaml.org,2002:int",
		format: "OCT",
		test: /^0o[0-7]+$/,
		resolve: (str, _onError, opt) => intResolve(str, 2, 8, opt),
		stringify: (node) => intStringify(node, 8, "0o")
	};
	const int = {
		identify: intIdentify,
		default: true,
		tag: "tag:yaml.org,2002:int",
		test: /^[-+]?[0-9]+$/,
		resolve: (str, _onError, opt) => intResolve(str, 0, 10, opt),
		stringify: stringifyNumber.stringifyNumber
	};
	const intHex = {
		identify: (value) => intIdentify(value) && value >= 0,
		default: true,
		tag: "tag:yaml.org,2002:int",
		format: "HEX",
		test: /^0x[0-9a-fA-F]+$/,
		resolve: (str, _onError, opt) => intResolve(str, 2, 16, opt),
		stringify: (node) => intStringify(node, 16, "0x")
	};
	exports.int = int;
	exports.intHex = intHex;
	exports.intOct = intOct;
}));

// node_modules/yaml/dist/schema/core/schema.js
var require_schema$2 = /* @__PURE__ */ __commonJSMin(((exports) => {
	var map = require_map();
	var _null = require_null();
	var seq = require_seq();
	var string = require_string();
	var bool = require_bool$1();
	var float = require_float$1();
	var int = require_int$1();
	const schema = [
		map.map,
		seq.seq,
		string.string,
		_null.nullTag,
		bool.boolTag,
		int.intOct,
		int.int,
		int.intHex,
		float.floatNaN,
		float.floatExp,
		float.float
	];
	exports.schema = schema;
}));

// node_modules/yaml/dist/schema/json/schema.js
var require_schema$1 = /* @__PURE__ */ __commonJSMin(((exports) => {
	var Scalar = require_Scalar();
	var map = require_map();
	var seq = require_seq();
	function intIdentify(value) {
		return typeof value === "bigint" || Number.isInteger(value);
	}
	const stringifyJSON = ({ value }) => JSON.stringify(value);
	const jsonScalars = [
		{
			identify: (value) => typeof value === "string",
			default: true,
			tag: "tag:yaml.org,2002:str",
			resolve: (str) => str,
			stringify: stringifyJSON
		},
		{
			identify: (value) => value == null,
			createNode: () => new Scalar.Scalar(null),
			default: true,
			tag: "tag:yaml.org,2002:null",
			test: /^null$/,
			resolve: () => null,
			stringify: stringifyJSON
		},
		{
			identify: (value) => typeof value === "boolean",
			default: true,
			tag: "tag:yaml.org,2002:bool",
			test: /^true$|^false$/,
			resolve: (str) => str === "true",
			stringify: stringifyJSON
		},
		{
			identify: intIdentify,
			default: true,
			tag: "tag:yaml.org,2002:int",
			test: /^-?(?:0|[1-9][0-9]*)$/,
			resolve: (str, _onError, { intAsBigInt }) => intAsBigInt ? BigInt(str) : parseInt(str, 10),
			stringify: ({ value }) => intIdentify(value) ? value.toString() : JSON.stringify(value)
		},
		{
			identify: (value) => typeof value === "number",
			default: true,
			tag: "tag:yaml.org,2002:float",
			test: /^-?(?:0|[1-9][0-9]*)(?:\.[0-9]*)?(?:[eE][-+]?[0-9]+)?$/,
			resolve: (str) => parseFloat(str),
			stringify: stringifyJSON
		}
	];
	const schema = [map.map, seq.seq].concat(jsonScalars, {
		default: true,
		tag: "",
		test: /^/,
		resolve(str, onError) {
			onError(`Unresolved plain scalar ${JSON.stringify(str)}`);
			return str;
		}
	});
	exports.schema = schema;
}));

// node_modules/yaml/dist/schema/yaml-1.1/binary.js
var require_binary = /* @__PURE__ */ __commonJSMin(((exports) => {
	var node_buffer = __require("buffer");
	var Scalar = require_Scalar();
	var stringifyString = require_stringifyString();
	const binary = {
		identify: (value) => value instanceof Uint8Array,
		default: false,
		tag: "tag:yaml.org,2002:binary",
		/**
		* Returns a Buffer in node and an Uint8Array in browsers
		*
		* To use the resulting buffer as an image, you'll want to do something like:
		*
		*   const blob = new Blob([buffer], { type: 'image/jpeg' })
		*   document.querySelector('#photo').src = URL.createObjectURL(blob)
		*/
		resolve(src, onError) {
			if (typeof node_buffer.Buffer === "function") return node_buffer.Buffer.from(src, "base64");
			else if (typeof atob === "function") {
				const str = atob(src.replace(/[\n\r]/g, ""));
				const buffer = new Uint8Array(str.length);
				for (let i = 0; i < str.length; ++i) buffer[i] = str.charCodeAt(i);
				return buffer;
			} else {
				onError("This environment does not support reading binary tags; either Buffer or atob is required");
				return src;
			}
		},
		stringify({ comment, type, value }, ctx, onComment, onChompKeep) {
			if (!value) return "";
			const buf = value;
			let str;
			if (typeof node_buffer.Buffer === "function") str = buf instanceof node_buffer.Buffer ? buf.toString("base64") : node_buffer.Buffer.from(buf.buffer).toString("base64");
			else if (typeof btoa === "function") {
				let s = "";
				for (let i = 0; i < buf.length; ++i) s += String.fromCharCode(buf[i]);
				str = btoa(s);
			} else throw new Error("This environment does not support writing binary tags; either Buffer or btoa is required");
			type ?? (type = Scalar.Scalar.BLOCK_LITERAL);
			if (type !== Scalar.Scalar.QUOTE_DOUBLE) {
				const lineWidth = Math.max(ctx.options.lineWidth - ctx.indent.length, ctx.options.minContentWidth);
				const n = Math.ceil(str.length / lineWidth);
				const lines = new Array(n);
				for (let i = 0, o = 0; i < n; ++i, o += lineWidth) lines[i] = str.substr(o, lineWidth);
				str = lines.join(type === Scalar.Scalar.BLOCK_LITERAL ? "\n" : " ");
			}
			return stringifyString.stringifyString({
				comment,
				type,
				value: str
			}, ctx, onComment, onChompKeep);
		}
	};
	exports.binary = binary;
}));

// node_modules/yaml/dist/schema/yaml-1.1/pairs.js
var require_pairs = /* @__PURE__ */ __commonJSMin(((exports) => {
	var identity = require_identity();
	var Pair = require_Pair();
	var Scalar = require_Scalar();
	var YAMLSeq = require_YAMLSeq();
	function resolvePairs(seq, onError) {
		if (identity.isSeq(seq)) for (let i = 0; i < seq.items.length; ++i) {
			let item = seq.items[i];
			if (identity.isPair(item)) continue;
			else if (identity.isMap(item)) {
				if (item.items.length > 1) onError("Each pair must have its own sequence indicator");
				const pair = item.items[0] || new Pair.Pair(new Scalar.Scalar(null));
				if (item.commentBefore) pair.key.commentBefore = pair.key.commentBefore ? `${item.commentBefore}\n${pair.key.commentBefore}` : item.commentBefore;
				if (item.comment) {
					const cn = pair.value ?? pair.key;
					cn.comment = cn.comment ? `${item.comment}\n${cn.comment}` : item.comment;
				}
				item = pair;
			}
			seq.items[i] = identity.isPair(item) ? item : new Pair.Pair(item);
		}
		else onError("Expected a sequence for this tag");
		return seq;
	}
	function createPairs(schema, iterable, ctx) {
		const { replacer } = ctx;
		const pairs = new YAMLSeq.YAMLSeq(schema);
		pairs.tag = "tag:yaml.org,2002:pairs";
		let i = 0;
		if (iterable && Symbol.iterator in Object(iterable)) for (let it of iterable) {
			if (typeof replacer === "function") it = replacer.call(iterable, String(i++), it);
			let key, value;
			if (Array.isArray(it)) {
				if (it.length === 2) {
					key = it[0];
					value = it[1];
				} else throw new TypeError(`Expected [key, value] tuple: ${it}`);
			} else if (it && it instanceof Object) {
				const keys = Object.keys(it);
				if (keys.length === 1) {
					key = keys[0];
					value = it[key];
				} else throw new TypeError(`Expected tuple with one key, not ${keys.length} keys`);
			} else key = it;
			pairs.items.push(Pair.createPair(key, value, ctx));
		}
		return pairs;
	}
	const pairs = {
		collection: "seq",
		default: false,
		tag: "tag:yaml.org,2002:pairs",
		resolve: resolvePairs,
		createNode: createPairs
	};
	exports.createPairs = createPairs;
	exports.pairs = pairs;
	exports.resolvePairs = resolvePairs;
}));

// node_modules/yaml/dist/schema/yaml-1.1/omap.js
var require_omap = /* @__PURE__ */ __commonJSMin(((exports) => {
	var identity = require_identity();
	var toJS = require_toJS();
	var YAMLMap = require_YAMLMap();
	var YAMLSeq = require_YAMLSeq();
	var pairs = require_pairs();
	var YAMLOMap = class YAMLOMap extends YAMLSeq.YAMLSeq {
		constructor() {
			super();
			this.add = YAMLMap.YAMLMap.prototype.add.bind(this);
			this.delete = YAMLMap.YAMLMap.prototype.delete.bind(this);
			this.get = YAMLMap.YAMLMap.prototype.get.bind(this);
			this.has = YAMLMap.YAMLMap.prototype.has.bind(this);
			this.set = YAMLMap.YAMLMap.prototype.set.bind(this);
			this.tag = YAMLOMap.tag;
		}
		/**
		* If `ctx` is given, the return type is actually `Map<unknown, unknown>`,
		* but TypeScript won't allow widening the signature of a child method.
		*/
		toJSON(_, ctx) {
			if (!ctx) return super.toJSON(_);
			const map = /* @__PURE__ */ new Map();
			if (ctx?.onCreate) ctx.onCreate(map);
			for (const pair of this.items) {
				let key, value;
				if (identity.isPair(pair)) {
					key = toJS.toJS(pair.key, "", ctx);
					value = toJS.toJS(pair.value, key, ctx);
				} else key = toJS.toJS(pair, "", ctx);
				if (map.has(key)) throw new Error("Ordered maps must not include duplicate keys");
				map.set(key, value);
			}
			return map;
		}
		static from(schema, iterable, ctx) {
			const pairs$1 = pairs.createPairs(schema, iterable, ctx);
			const omap = new this();
			omap.items = pairs$1.items;
			return omap;
		}
	};
	YAMLOMap.tag = "tag:yaml.org,2002:omap";
	const omap = {
		collection: "seq",
		identify: (value) => value instanceof Map,
		nodeClass: YAMLOMap,
		default: false,
		tag: "tag:yaml.org,2002:omap",
		resolve(seq, onError) {
			const pairs$1 = pairs.resolvePairs(seq, onError);
			const seenKeys = [];
			for (const { key } of pairs$1.items) if (identity.isScalar(key)) {
				if (seenKeys.includes(key.value)) onError(`Ordered maps must not include duplicate keys: ${key.value}`);
				else seenKeys.push(key.value);
			}
			return Object.assign(new YAMLOMap(), pairs$1);
		},
		createNode: (schema, iterable, ctx) => YAMLOMap.from(schema, iterable, ctx)
	};
	exports.YAMLOMap = YAMLOMap;
	exports.omap = omap;
}));

// node_modules/yaml/dist/schema/yaml-1.1/bool.js
var require_bool = /* @__PURE__ */ __commonJSMin(((exports) => {
	var Scalar = require_Scalar();
	function boolStringify({ value, source }, ctx) {
		if (source && (value ? trueTag : falseTag).test.test(source)) return source;
		return value ? ctx.options.trueStr : ctx.options.falseStr;
	}
	const trueTag = {
		identify: (value) => value === true,
		default: true,
		tag: "tag:yaml.org,2002:bool",
		test: /^(?:Y|y|[Yy]es|YES|[Tt]rue|TRUE|[Oo]n|ON)$/,
		resolve: () => new Scalar.Scalar(true),
		stringify: boolStringify
	};
	const falseTag = {
		identify: (value) => value === false,
		default: true,
		tag: "tag:yaml.org,2002:bool",
		test: /^(?:N|n|[Nn]o|NO|[Ff]alse|FALSE|[Oo]ff|OFF)$/,
		resolve: () => new Scalar.Scalar(false),
		stringify: boolStringify
	};
	exports.falseTag = falseTag;
	exports.trueTag = trueTag;
}));

// node_modules/yaml/dist/schema/yaml-1.1/float.js
var require_float = /* @__PURE__ */ __commonJSMin(((exports) => {
	var Scalar = require_Scalar();
	var stringifyNumber = require_stringifyNumber();
	const floatNaN = {
		identify: (value) => typeof value === "number",
		default: true,
		tag: "tag:yaml.org,2002:float",
		test: /^(?:[-+]?\.(?:inf|Inf|INF)|\.nan|\.NaN|\.NAN)$/,
		resolve: (str) => str.slice(-3).toLowerCase() === "nan" ? NaN : str[0] === "-" ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY,
		stringify: stringifyNumber.stringifyNumber
	};
	const floatExp = {
		identify: (value) => typeof value === "number",
		default: true,
		tag: "tag:yaml.org,2002:float",
		format: "EXP",
		test: /^[-+]?(?:[0-9][0-9_]*)?(?:\.[0-9_]*)?[eE][-+]?[0-9]+$/,
		resolve: (str) => parseFloat(str.replace(/_/g, "")),
		stringify(node) {
			const num = Number(node.value);
			return isFinite(num) ? num.toExponential() : stringifyNumber.stringifyNumber(node);
		}
	};
	const float = {
		identify: (value) => typeof value === "number",
		default: true,
		tag: "tag:yaml.org,2002:float",
		test: /^[-+]?(?:[0-9][0-9_]*)?\.[0-9_]*$/,
		resolve(str) {
			const node = new Scalar.Scalar(parseFloat(str.replace(/_/g, "")));
			const dot = str.indexOf(".");
			if (dot !== -1) {
				const f = str.substring(dot + 1).replace(/_/g, "");
				if (f[f.length - 1] === "0") node.minFractionDigits = f.length;
			}
			return node;
		},
		stringify: stringifyNumber.stringifyNumber
	};
	exports.float = float;
	exports.floatExp = floatExp;
	exports.floatNaN = floatNaN;
}));

// node_modules/yaml/dist/schema/yaml-1.1/int.js
var require_int = /* @__PURE__ */ __commonJSMin(((exports) => {
	var stringifyNumber = require_stringifyNumber();
	const intIdentify = (value) => typeof value === "bigint" || Number.isInteger(value);
	function intResolve(str, offset, radix, { intAsBigInt }) {
		const sign = str[0];
		if (sign === "-" || sign === "+") offset += 1;
		str = str.substring(offset).replace(/_/g, "");
		if (intAsBigInt) {
			switch (radix) {
				case 2:
					str = `0b${str}`;
					break;
				case 8:
					str = `0o${str}`;
					break;
				case 16: str = `0x${str}`;
			}
			const n = BigInt(str);
			return sign === "-" ? BigInt(-1) * n : n;
		}
		const n = parseInt(str, radix);
		return sign === "-" ? -1 * n : n;
	}
	function intStringify(node, radix, prefix) {
		const { value } = node;
		if (intIdentify(value)) {
			const str = value.toString(radix);
			return value < 0 ? "-" + prefix + str.substr(1) : prefix + str;
		}
		return stringifyNumber.stringifyNumber(node);
	}
	const intBin = {
		identify: intIdentify,
		default: true,
		tag: "tag:yaml.org,2002:int",
		format: "BIN",
		test: /^[-+]?0b[0-1_]+$/,
		resolve: (str, _onError, opt) => intResolve(str, 2, 2, opt),
		stringify: (node) => intStringify(node, 2, "0b")
	};
	const intOct = {
		identify: intIdentify,
		default: true,
		tag: "tag:yaml.org,2002:int",
		format: "OCT",
		test: /^[-+]?0[0-7_]+$/,
		resolve: (str, _onError, opt) => intResolve(str, 1, 8, opt),
		stringify: (node) => intStringify(node, 8, "0")
	};
	const int = {
		identify: intIdentify,
		default: true,
		tag: "tag:yaml.org,2002:int",
		test: /^[-+]?[0-9][0-9_]*$/,
		resolve: (str, _onError, opt) => intResolve(str, 0, 10, opt),
		stringify: stringifyNumber.stringifyNumber
	};
	const intHex = {
		identify: intIdentify,
		default: true,
		tag: "tag:yaml.org,2002:int",
		format: "HEX",
		test: /^[-+]?0x[0-9a-fA-F_]+$/,
		resolve: (str, _onError, opt) => intResolve(str, 2, 16, opt),
		stringify: (node) => intStringify(node, 16, "0x")
	};
	exports.int = int;
	exports.intBin = intBin;
	exports.intHex = intHex;
	exports.intOct = intOct;
}));

// node_modules/yaml/dist/schema/yaml-1.1/set.js
var require_set = /* @__PURE__ */ __commonJSMin(((exports) => {
	var identity = require_identity();
	var Pair = require_Pair();
	var YAMLMap = require_YAMLMap();
	var YAMLSet = class YAMLSet extends YAMLMap.YAMLMap {
		constructor(schema) {
			super(schema);
			this.tag = YAMLSet.tag;
		}
		add(key) {
			let pair;
			if (identity.isPair(key)) pair = key;
			else if (key && typeof key === "object" && "key" in key && "value" in key && key.value === null) pair = new Pair.Pair(key.key, null);
			else pair = new Pair.Pair(key, null);
			if (!YAMLMap.findPair(this.items, pair.key)) this.items.push(pair);
		}
		/**
		* If `keepPair` is `true`, returns the Pair matching `key`.
		* Otherwise, returns the value of that Pair's key.
		*/
		get(key, keepPair) {
			const pair = YAMLMap.findPair(this.items, key);
			return !keepPair && identity.isPair(pair) ? identity.isScalar(pair.key) ? pair.key.value : pair.key : pair;
		}
		set(key, value) {
			if (typeof value !== "boolean") throw new Error(`Expected boolean value for set(key, value) in a YAML set, not ${typeof value}`);
			const prev = YAMLMap.findPair(this.items, key);
			if (prev && !value) this.items.splice(this.items.indexOf(prev), 1);
			else if (!prev && value) this.items.push(new Pair.Pair(key));
		}
		toJSON(_, ctx) {
			return super.toJSON(_, ctx, Set);
		}
		toString(ctx, onComment, onChompKeep) {
			if (!ctx) return JSON.stringify(this);
			if (this.hasAllNullValues(true)) return super.toString(Object.assign({}, ctx, { allNullValues: true }), onComment, onChompKeep);
			else throw new Error("Set items must all have null values");
		}
		static from(schema, iterable, ctx) {
			const { replacer } = ctx;
			const set = new this(schema);
			if (iterable && Symbol.iterator in Object(iterable)) for (let value of iterable) {
				if (typeof replacer === "function") value = replacer.call(iterable, value, value);
				set.items.push(Pair.createPair(value, null, ctx));
			}
			return set;
		}
	};
	YAMLSet.tag = "tag:yaml.org,2002:set";
	const set = {
		collection: "map",
		identify: (value) => value instanceof Set,
		nodeClass: YAMLSet,
		default: false,
		tag: "tag:yaml.org,2002:set",
		createNode: (schema, iterable, ctx) => YAMLSet.from(schema, iterable, ctx),
		resolve(map, onError) {
			if (identity.isMap(map)) {
				if (map.hasAllNullValues(true)) return Object.assign(new YAMLSet(), map);
				else onError("Set items must all have null values");
			} else onError("Expected a mapping for this tag");
			return map;
		}
	};
	exports.YAMLSet = YAMLSet;
	exports.set = set;
}));

// node_modules/yaml/dist/schema/yaml-1.1/timestamp.js
var require_timestamp = /* @__PURE__ */ __commonJSMin(((exports) => {
	var stringifyNumber = require_stringifyNumber();
	/** Internal types handle bigint as number, because TS can't figure it out. */
	function parseSexagesimal(str, asBigInt) {
		const sign = str[0];
		const parts = sign === "-" || sign === "+" ? str.substring(1) : str;
		const num = (n) => asBigInt ? BigInt(n) : Number(n);
		const res = parts.replace(/_/g, "").split(":").reduce((res, p) => res * num(60) + num(p), num(0));
		return sign === "-" ? num(-1) * res : res;
	}
	/**
	* hhhh:mm:ss.sss
	*
	* Internal types handle bigint as number, because TS can't figure it out.
	*/
	function stringifySexagesimal(node) {
		let { value } = node;
		let num = (n) => n;
		if (typeof value === "bigint") num = (n) => BigInt(n);
		else if (isNaN(value) || !isFinite(value)) return stringifyNumber.stringifyNumber(node);
		let sign = "";
		if (value < 0) {
			sign = "-";
			value *= num(-1);
		}
		const _60 = num(60);
		const parts = [value % _60];
		if (value < 60) parts.unshift(0);
		else {
			value = (value - parts[0]) / _60;
			parts.unshift(value % _60);
			if (value >= 60) {
				value = (value - parts[0]) / _60;
				parts.unshift(value);
			}
		}
		return sign + parts.map((n) => String(n).padStart(2, "0")).join(":").replace(/000000\d*$/, "");
	}
	const intTime = {
		identify: (value) => typeof value === "bigint" || Number.isInteger(value),
		default: true,
		tag: "tag:yaml.org,2002:int",
		format: "TIME",
		test: /^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+$/,
		resolve: (str, _onError, { intAsBigInt }) => parseSexagesimal(str, intAsBigInt),
		stringify: stringifySexagesimal
	};
	const floatTime = {
		identify: (value) => typeof value === "number",
		default: true,
		tag: "tag:yaml.org,2002:float",
		format: "TIME",
		test: /^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*$/,
		resolve: (str) => parseSexagesimal(str, false),
		stringify: stringifySexagesimal
	};
	const timestamp = {
		identify: (value) => value instanceof Date,
		default: true,
		tag: "tag:yaml.org,2002:timestamp",
		test: RegExp("^([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?:(?:t|T|[ \\t]+)([0-9]{1,2}):([0-9]{1,2}):([0-9]{1,2}(\\.[0-9]+)?)(?:[ \\t]*(Z|[-+][012]?[0-9](?::[0-9]{2})?))?)?$"),
		resolve(str) {
			const match = str.match(timestamp.test);
			if (!match) throw new Error("!!timestamp expects a date, starting with yyyy-mm-dd");
			const [, year, month, day, hour, minute, second] = match.map(Number);
			const millisec = match[7] ? Number((match[7] + "00").substr(1, 3)) : 0;
			let date = Date.UTC(year, month - 1, day, hour || 0, minute || 0, second || 0, millisec);
			const tz = match[8];
			if (tz && tz !== "Z") {
				let d = parseSexagesimal(tz, false);
				if (Math.abs(d) < 30) d *= 60;
				date -= 6e4 * d;
			}
			return new Date(date);
		},
		stringify: ({ value }) => value?.toISOString().replace(/(T00:00:00)?\.000Z$/, "") ?? ""
	};
	exports.floatTime = floatTime;
	exports.intTime = intTime;
	exports.timestamp = timestamp;
}));

// node_modules/yaml/dist/schema/yaml-1.1/schema.js
var require_schema = /* @__PURE__ */ __commonJSMin(((exports) => {
	var map = require_map();
	var _null = require_null();
	var seq = require_seq();
	var string = require_string();
	var binary = require_binary();
	var bool = require_bool();
	var float = require_float();
	var int = require_int();
	var merge = require_merge();
	var omap = require_omap();
	var pairs = require_pairs();
	var set = require_set();
	var timestamp = require_timestamp();
	const schema = [
		map.map,
		seq.seq,
		string.string,
		_null.nullTag,
		bool.trueTag,
		bool.falseTag,
		int.intBin,
		int.intOct,
		int.int,
		int.intHex,
		float.floatNaN,
		float.floatExp,
		float.float,
		binary.binary,
		merge.merge,
		omap.omap,
		pairs.pairs,
		set.set,
		timestamp.intTime,
		timestamp.floatTime,
		timestamp.timestamp
	];
	exports.schema = schema;
}));

// node_modules/yaml/dist/schema/tags.js
var require_tags = /* @__PURE__ */ __commonJSMin(((exports) => {
	var map = require_map();
	var _null = require_null();
	var seq = require_seq();
	var string = require_string();
	var bool = require_bool$1();
	var float = require_float$1();
	var int = require_int$1();
	var schema = require_schema$2();
	var schema$1 = require_schema$1();
	var binary = require_binary();
	var merge = require_merge();
	var omap = require_omap();
	var pairs = require_pairs();
	var schema$2 = require_schema();
	var set = require_set();
	var timestamp = require_timestamp();
	const schemas = /* @__PURE__ */ new Map([
		["core", schema.schema],
		["failsafe", [
			map.map,
			seq.seq,
			string.string
		]],
		["json", schema$1.schema],
		["yaml11", schema$2.schema],
		["yaml-1.1", schema$2.schema]
	]);
	const tagsByName = {
		binary: binary.binary,
		bool: bool.boolTag,
		float: float.float,
		floatExp: float.floatExp,
		floatNaN: float.floatNaN,
		floatTime: timestamp.floatTime,
		int: int.int,
		intHex: int.intHex,
		intOct: int.intOct,
		intTime: timestamp.intTime,
		map: map.map,
		merge: merge.merge,
		null: _null.nullTag,
		omap: omap.omap,
		pairs: pairs.pairs,
		seq: seq.seq,
		set: set.set,
		timestamp: timestamp.timestamp
	};
	const coreKnownTags = {
		"tag:yaml.org,2002:binary": binary.binary,
		"tag:yaml.org,2002:merge": merge.merge,
		"tag:yaml.org,2002:omap": omap.omap,
		"tag:yaml.org,2002:pairs": pairs.pairs,
		"tag:yaml.org,2002:set": set.set,
		"tag:yaml.org,2002:timestamp": timestamp.timestamp
	};
	function getTags(customTags, schemaName, addMergeTag) {
		const schemaTags = schemas.get(schemaName);
		if (schemaTags && !customTags) return addMergeTag && !schemaTags.includes(merge.merge) ? schemaTags.concat(merge.merge) : schemaTags.slice();
		let tags = schemaTags;
		if (!tags) {
			if (Array.isArray(customTags)) tags = [];
			else {
				const keys = Array.from(schemas.keys()).filter((key) => key !== "yaml11").map((key) => JSON.stringify(key)).join(", ");
				throw new Error(`Unknown schema "${schemaName}"; use one of ${keys} or define customTags array`);
			}
		}
		if (Array.isArray(customTags)) for (const tag of customTags) tags = tags.concat(tag);
		else if (typeof customTags === "function") tags = customTags(tags.slice());
		if (addMergeTag) tags = tags.concat(merge.merge);
		return tags.reduce((tags, tag) => {
			const tagObj = typeof tag === "string" ? tagsByName[tag] : tag;
			if (!tagObj) {
				const tagName = JSON.stringify(tag);
				const keys = Object.keys(tagsByName).map((key) => JSON.stringify(key)).join(", ");
				throw new Error(`Unknown custom tag ${tagName}; use one of ${keys}`);
			}
			if (!tags.includes(tagObj)) tags.push(tagObj);
			return tags;
		}, []);
	}
	exports.coreKnownTags = coreKnownTags;
	exports.getTags = getTags;
}));

// node_modules/yaml/dist/schema/Schema.js
var require_Schema = /* @__PURE__ */ __commonJSMin(((exports) => {
	var identity = require_identity();
	var map = require_map();
	var seq = require_seq();
	var string = require_string();
	var tags = require_tags();
	const sortMapEntriesByKey = (a, b) => a.key < b.key ? -1 : a.key > b.key ? 1 : 0;
	var Schema = class Schema {
		constructor({ compat, customTags, merge, resolveKnownTags, schema, sortMapEntries, toStringDefaults }) {
			this.compat = Array.isArray(compat) ? tags.getTags(compat, "compat") : compat ? tags.getTags(null, compat) : null;
			this.name = typeof schema === "string" && schema || "core";
			this.knownTags = resolveKnownTags ? tags.coreKnownTags : {};
			this.tags = tags.getTags(customTags, this.name, merge);
			this.toStringOptions = toStringDefaults ?? null;
			Object.defineProperty(this, identity.MAP, { value: map.map });
			Object.defineProperty(this, identity.SCALAR, { value: string.string });
			Object.defineProperty(this, identity.SEQ, { value: seq.seq });
			this.sortMapEntries = typeof sortMapEntries === "function" ? sortMapEntries : sortMapEntries === true ? sortMapEntriesByKey : null;
		}
		clone() {
			const copy = Object.create(Schema.prototype, Object.getOwnPropertyDescriptors(this));
			copy.tags = this.tags.slice();
			return copy;
		}
	};
	exports.Schema = Schema;
}));

// node_modules/yaml/dist/stringify/stringifyDocument.js
var require_stringifyDocument = /* @__PURE__ */ __commonJSMin(((exports) => {
	var identity = require_identity();
	var stringify = require_stringify();
	var stringifyComment = require_stringifyComment();
	function stringifyDocument(doc, options) {
		const lines = [];
		let hasDirectives = options.directives === true;
		if (options.directives !== false && doc.directives) {
			const dir = doc.directives.toString(doc);
			if (dir) {
				lines.push(dir);
				hasDirectives = true;
			} else if (doc.directives.docStart) hasDirectives = true;
		}
		if (hasDirectives) lines.push("---");
		const ctx = stringify.createStringifyContext(doc, options);
		const { commentString } = ctx.options;
		if (doc.commentBefore) {
			if (lines.length !== 1) lines.unshift("");
			const cs = commentString(doc.commentBefore);
			lines.unshift(stringifyComment.indentComment(cs, ""));
		}
		let chompKeep = false;
		let contentComment = null;
		if (doc.contents) {
			if (identity.isNode(doc.contents)) {
				if (doc.contents.spaceBefore && hasDirectives) lines.push("");
				if (doc.contents.commentBefore) {
					const cs = commentString(doc.contents.commentBefore);
					lines.push(stringifyComment.indentComment(cs, ""));
				}
				ctx.forceBlockIndent = !!doc.comment;
				contentComment = doc.contents.comment;
			}
			const onChompKeep = contentComment ? void 0 : () => chompKeep = true;
			let body = stringify.stringify(doc.contents, ctx, () => contentComment = null, onChompKeep);
			if (contentComment) body += stringifyComment.lineComment(body, "", commentString(contentComment));
			if ((body[0] === "|" || body[0] === ">") && lines[lines.length - 1] === "---") lines[lines.length - 1] = `--- ${body}`;
			else lines.push(body);
		} else lines.push(stringify.stringify(doc.contents, ctx));
		if (doc.directives?.docEnd) {
			if (doc.comment) {
				const cs = commentString(doc.comment);
				if (cs.includes("\n")) {
					lines.push("...");
					lines.push(stringifyComment.indentComment(cs, ""));
				} else lines.push(`... ${cs}`);
			} else lines.push("...");
		} else {
			let dc = doc.comment;
			if (dc && chompKeep) dc = dc.replace(/^\n+/, "");
			if (dc) {
				if ((!chompKeep || contentComment) && lines[lines.length - 1] !== "") lines.push("");
				lines.push(stringifyComment.indentComment(commentString(dc), ""));
			}
		}
		return lines.join("\n") + "\n";
	}
	exports.stringifyDocument = stringifyDocument;
}));

// node_modules/yaml/dist/doc/Document.js
var require_Document = /* @__PURE__ */ __commonJSMin(((exports) => {
	var Alias = require_Alias();
	var Collection = require_Collection();
	var identity = require_identity();
	var Pair = require_Pair();
	var toJS = require_toJS();
	var Schema = require_Schema();
	var stringifyDocument = require_stringifyDocument();
	var anchors = require_anchors();
	var applyReviver = require_applyReviver();
	var createNode = require_createNode();
	var directives = require_directives();
	var Document = class Document {
		constructor(value, replacer, options) {
			/** A comment before this Document */
			this.commentBefore = null;
			/** A comment immediately after this Document */
			this.comment = null;
			/** Errors encountered during parsing. */
			this.errors = [];
			/** Warnings encountered during parsing. */
			this.warnings = [];
			Object.defineProperty(this, identity.NODE_TYPE, { value: identity.DOC });
			let _replacer = null;
			if (typeof replacer === "function" || Array.isArray(replacer)) _replacer = replacer;
			else if (options === void 0 && replacer) {
				options = replacer;
				replacer = void 0;
			}
			const opt = Object.assign({
				intAsBigInt: false,
				keepSourceTokens: false,
				logLevel: "warn",
				prettyErrors: true,
				strict: true,
				stringKeys: false,
				uniqueKeys: true,
				version: "1.2"
			}, options);
			this.options = opt;
			let { version } = opt;
			if (options?._directives) {
				this.directives = options._directives.atDocument();
				if (this.directives.yaml.explicit) version = this.directives.yaml.version;
			} else this.directives = new directives.Directives({ version });
			this.setSchema(version, options);
			this.contents = value === void 0 ? null : this.createNode(value, _replacer, options);
		}
		/**
		* Create a deep copy of this Document and its contents.
		*
		* Custom Node values that inherit from `Object` still refer to their original instances.
		*/
		clone() {
			const copy = Object.create(Document.prototype, { [identity.NODE_TYPE]: { value: identity.DOC } });
			copy.commentBefore = this.commentBefore;
			copy.comment = this.comment;
			copy.errors = this.errors.slice();
			copy.warnings = this.warnings.slice();
			copy.options = Object.assign({}, this.options);
			if (this.directives) copy.directives = this.directives.clone();
			copy.schema = this.schema.clone();
			copy.contents = identity.isNode(this.contents) ? this.contents.clone(copy.schema) : this.contents;
			if (this.range) copy.range = this.range.slice();
			return copy;
		}
		/** Adds a value to the document. */
		add(value) {
			if (assertCollection(this.contents)) this.contents.add(value);
		}
		/** Adds a value to the document. */
		addIn(path, value) {
			if (assertCollection(this.contents)) this.contents.addIn(path, value);
		}
		/**
		* Create a new `Alias` node, ensuring that the target `node` has the required anchor.
		*
		* If `node` already has an anchor, `name` is ignored.
		* Otherwise, the `node.anchor` value will be set to `name`,
		* or if an anchor with that name is already present in the document,
		* `name` will be used as a prefix for a new unique anchor.
		* If `name` is undefined, the generated anchor will use 'a' as a prefix.
		*/
		createAlias(node, name) {
			if (!node.anchor) {
				const prev = anchors.anchorNames(this);
				node.anchor = !name || prev.has(name) ? anchors.findNewAnchor(name || "a", prev) : name;
			}
			return new Alias.Alias(node.anchor);
		}
		createNode(value, replacer, options) {
			let _replacer = void 0;
			if (typeof replacer === "function") {
				value = replacer.call({ "": value }, "", value);
				_replacer = replacer;
			} else if (Array.isArray(replacer)) {
				const keyToStr = (v) => typeof v === "number" || v instanceof String || v instanceof Number;
				const asStr = replacer.filter(keyToStr).map(String);
				if (asStr.length > 0) replacer = replacer.concat(asStr);
				_replacer = replacer;
			} else if (options === void 0 && replacer) {
				options = replacer;
				replacer = void 0;
			}
			const { aliasDuplicateObjects, anchorPrefix, flow, keepUndefined, onTagObj, tag } = options ?? {};
			const { onAnchor, setAnchors, sourceObjects } = anchors.createNodeAnchors(this, anchorPrefix || "a");
			const ctx = {
				aliasDuplicateObjects: aliasDuplicateObjects ?? true,
				keepUndefined: keepUndefined ?? false,
				onAnchor,
				onTagObj,
				replacer: _replacer,
				schema: this.schema,
				sourceObjects
			};
			const node = createNode.createNode(value, tag, ctx);
			if (flow && identity.isCollection(node)) node.flow = true;
			setAnchors();
			return node;
		}
		/**
		* Convert a key and a value into a `Pair` using the current schema,
		* recursively wrapping all values as `Scalar` or `Collection` nodes.
		*/
		createPair(key, value, options = {}) {
			const k = this.createNode(key, null, options);
			const v = this.createNode(value, null, options);
			return new Pair.Pair(k, v);
		}
		/**
		* Removes a value from the document.
		* @returns `true` if the item was found and removed.
		*/
		delete(key) {
			return assertCollection(this.contents) ? this.contents.delete(key) : false;
		}
		/**
		* Removes a value from the document.
		* @returns `true` if the item was found and removed.
		*/
		deleteIn(path) {
			if (Collection.isEmptyPath(path)) {
				if (this.contents == null) return false;
				this.contents = null;
				return true;
			}
			return assertCollection(this.contents) ? this.contents.deleteIn(path) : false;
		}
		/**
		* Returns item at `key`, or `undefined` if not found. By default unwraps
		* scalar values from their surrounding node; to disable set `keepScalar` to
		* `true` (collections are always returned intact).
		*/
		get(key, keepScalar) {
			return identity.isCollection(this.contents) ? this.contents.get(key, keepScalar) : void 0;
		}
		/**
		* Returns item at `path`, or `undefined` if not found. By default unwraps
		* scalar values from their surrounding node; to disable set `keepScalar` to
		* `true` (collections are always returned intact).
		*/
		getIn(path, keepScalar) {
			if (Collection.isEmptyPath(path)) return !keepScalar && identity.isScalar(this.contents) ? this.contents.value : this.contents;
			return identity.isCollection(this.contents) ? this.contents.getIn(path, keepScalar) : void 0;
		}
		/**
		* Checks if the document includes a value with the key `key`.
		*/
		has(key) {
			return identity.isCollection(this.contents) ? this.contents.has(key) : false;
		}
		/**
		* Checks if the document includes a value at `path`.
		*/
		hasIn(path) {
			if (Collection.isEmptyPath(path)) return this.contents !== void 0;
			return identity.isCollection(this.contents) ? this.contents.hasIn(path) : false;
		}
		/**
		* Sets a value in this document. For `!!set`, `value` needs to be a
		* boolean to add/remove the item from the set.
		*/
		set(key, value) {
			if (this.contents == null) this.contents = Collection.collectionFromPath(this.schema, [key], value);
			else if (assertCollection(this.contents)) this.contents.set(key, value);
		}
		/**
		* Sets a value in this document. For `!!set`, `value` needs to be a
		* boolean to add/remove the item from the set.
		*/
		setIn(path, value) {
			if (Collection.isEmptyPath(path)) this.contents = value;
			else if (this.contents == null) this.contents = Collection.collectionFromPath(this.schema, Array.from(path), value);
			else if (assertCollection(this.contents)) this.contents.setIn(path, value);
		}
		/**
		* Change the YAML version and schema used by the document.
		* A `null` version disables support for directives, explicit tags, anchors, and aliases.
		* It also requires the `schema` option to be given as a `Schema` instance value.
		*
		* Overrides all previously set schema options.
		*/
		setSchema(version, options = {}) {
			if (typeof version === "number") version = String(version);
			let opt;
			switch (version) {
				case "1.1":
					if (this.directives) this.directives.yaml.version = "1.1";
					else this.directives = new directives.Directives({ version: "1.1" });
					opt = {
						resolveKnownTags: false,
						schema: "yaml-1.1"
					};
					break;
				case "1.2":
				case "next":
					if (this.directives) this.directives.yaml.version = version;
					else this.directives = new directives.Directives({ version });
					opt = {
						resolveKnownTags: true,
						schema: "core"
					};
					break;
				case null:
					if (this.directives) delete this.directives;
					opt = null;
					break;
				default: {
					const sv = JSON.stringify(version);
					throw new Error(`Expected '1.1', '1.2' or null as first argument, but found: ${sv}`);
				}
			}
			if (options.schema instanceof Object) this.schema = options.schema;
			else if (opt) this.schema = new Schema.Schema(Object.assign(opt, options));
			else throw new Error(`With a null YAML version, the { schema: Schema } option is required`);
		}
		toJS({ json, jsonArg, mapAsMap, maxAliasCount, onAnchor, reviver } = {}) {
			const ctx = {
				anchors: /* @__PURE__ */ new Map(),
				doc: this,
				keep: !json,
				mapAsMap: mapAsMap === true,
				mapKeyWarned: false,
				maxAliasCount: typeof maxAliasCount === "number" ? maxAliasCount : 100
			};
			const res = toJS.toJS(this.contents, jsonArg ?? "", ctx);
			if (typeof onAnchor === "function") for (const { count, res } of ctx.anchors.values()) onAnchor(res, count);
			return typeof reviver === "function" ? applyReviver.applyReviver(reviver, { "": res }, "", res) : res;
		}
		/**
		* A JSON representation of the document `contents`.
		*
		* @param jsonArg Used by `JSON.stringify` to indicate the array index or
		*   property name.
		*/
		toJSON(jsonArg, onAnchor) {
			return this.toJS({
				json: true,
				jsonArg,
				mapAsMap: false,
				onAnchor
			});
		}
		/** A YAML representation of the document. */
		toString(options = {}) {
			if (this.errors.length > 0) throw new Error("Document with errors cannot be stringified");
			if ("indent" in options && (!Number.isInteger(options.indent) || Number(options.indent) <= 0)) {
				const s = JSON.stringify(options.indent);
				throw new Error(`"indent" option must be a positive integer, not ${s}`);
			}
			return stringifyDocument.stringifyDocument(this, options);
		}
	};
	function assertCollection(contents) {
		if (identity.isCollection(contents)) return true;
		throw new Error("Expected a YAML collection as document contents");
	}
	exports.Document = Document;
}));

// node_modules/yaml/dist/errors.js
var require_errors = /* @__PURE__ */ __commonJSMin(((exports) => {
	var YAMLError = class extends Error {
		constructor(name, pos, code, message) {
			super();
			this.name = name;
			this.code = code;
			this.message = message;
			this.pos = pos;
		}
	};
	var YAMLParseError = class extends YAMLError {
		constructor(pos, code, message) {
			super("YAMLParseError", pos, code, message);
		}
	};
	var YAMLWarning = class extends YAMLError {
		constructor(pos, code, message) {
			super("YAMLWarning", pos, code, message);
		}
	};
	const prettifyError = (src, lc) => (error) => {
		if (error.pos[0] === -1) return;
		error.linePos = error.pos.map((pos) => lc.linePos(pos));
		const { line, col } = error.linePos[0];
		error.message += ` at line ${line}, column ${col}`;
		let ci = col - 1;
		let lineStr = src.substring(lc.lineStarts[line - 1], lc.lineStarts[line]).replace(/[\n\r]+$/, "");
		if (ci >= 60 && lineStr.length > 80) {
			const trimStart = Math.min(ci - 39, lineStr.length - 79);
			lineStr = "…" + lineStr.substring(trimStart);
			ci -= trimStart - 1;
		}
		if (lineStr.length > 80) lineStr = lineStr.substring(0, 79) + "…";
		if (line > 1 && /^ *$/.test(lineStr.substring(0, ci))) {
			let prev = src.substring(lc.lineStarts[line - 2], lc.lineStarts[line - 1]);
			if (prev.length > 80) prev = prev.substring(0, 79) + "…\n";
			lineStr = prev + lineStr;
		}
		if (/[^ ]/.test(lineStr)) {
			let count = 1;
			const end = error.linePos[1];
			if (end?.line === line && end.col > col) count = Math.max(1, Math.min(end.col - col, 80 - ci));
			const pointer = " ".repeat(ci) + "^".repeat(count);
			error.message += `:\n\n${lineStr}\n${pointer}\n`;
		}
	};
	exports.YAMLError = YAMLError;
	exports.YAMLParseError = YAMLParseError;
	exports.YAMLWarning = YAMLWarning;
	exports.prettifyError = prettifyError;
}));

// node_modules/yaml/dist/compose/resolve-props.js
var require_resolve_props = /* @__PURE__ */ __commonJSMin(((exports) => {
	function resolveProps(tokens, { flow, indicator, next, offset, onError, parentIndent, startOnNewline }) {
		let spaceBefore = false;
		let atNewline = startOnNewline;
		let hasSpace = startOnNewline;
		let comment = "";
		let commentSep = "";
		let hasNewline = false;
		let reqSpace = false;
		let tab = null;
		let anchor = null;
		let tag = null;
		let newlineAfterProp = null;
		let comma = null;
		let found = null;
		let start = null;
		for (const token of tokens) {
			if (reqSpace) {
				if (token.type !== "space" && token.type !== "newline" && token.type !== "comma") onError(token.offset, "MISSING_CHAR", "Tags and anchors must be separated from the next token by white space");
				reqSpace = false;
			}
			if (tab) {
				if (atNewline && token.type !== "comment" && token.type !== "newline") onError(tab, "TAB_AS_INDENT", "Tabs are not allowed as indentation");
				tab = null;
			}
			switch (token.type) {
				case "space":
					if (!flow && (indicator !== "doc-start" || next?.type !== "flow-collection") && token.source.includes("	")) tab = token;
					hasSpace = true;
					break;
				case "comment": {
					if (!hasSpace) onError(token, "MISSING_CHAR", "Comments must be separated from other tokens by white space characters");
					const cb = token.source.substring(1) || " ";
					if (!comment) comment = cb;
					else comment += commentSep + cb;
					commentSep = "";
					atNewline = false;
					break;
				}
				case "newline":
					if (atNewline) {
						if (comment) comment += token.source;
						else if (!found || indicator !== "seq-item-ind") spaceBefore = true;
					} else commentSep += token.source;
					atNewline = true;
					hasNewline = true;
					if (anchor || tag) newlineAfterProp = token;
					hasSpace = true;
					break;
				case "anchor":
					if (anchor) onError(token, "MULTIPLE_ANCHORS", "A node can have at most one anchor");
					if (token.source.endsWith(":")) onError(token.offset + token.source.length - 1, "BAD_ALIAS", "Anchor ending in : is ambiguous", true);
					anchor = token;
					start ?? (start = token.offset);
					atNewline = false;
					hasSpace = false;
					reqSpace = true;
					break;
				case "tag":
					if (tag) onError(token, "MULTIPLE_TAGS", "A node can have at most one tag");
					tag = token;
					start ?? (start = token.offset);
					atNewline = false;
					hasSpace = false;
					reqSpace = true;
					break;
				case indicator:
					if (anchor || tag) onError(token, "BAD_PROP_ORDER", `Anchors and tags must be after the ${token.source} indicator`);
					if (found) onError(token, "UNEXPECTED_TOKEN", `Unexpected ${token.source} in ${flow ?? "collection"}`);
					found = token;
					atNewline = indicator === "seq-item-ind" || indicator === "explicit-key-ind";
					hasSpace = false;
					break;
				case "comma": if (flow) {
					if (comma) onError(token, "UNEXPECTED_TOKEN", `Unexpected , in ${flow}`);
					comma = token;
					atNewline = false;
					hasSpace = false;
					break;
				}
				default:
					onError(token, "UNEXPECTED_TOKEN", `Unexpected ${token.type} token`);
					atNewline = false;
					hasSpace = false;
			}
		}
		const last = tokens[tokens.length - 1];
		const end = last ? last.offset + last.source.length : offset;
		if (reqSpace && next && next.type !== "space" && next.type !== "newline" && next.type !== "comma" && (next.type !== "scalar" || next.source !== "")) onError(next.offset, "MISSING_CHAR", "Tags and anchors must be separated from the next token by white space");
		if (tab && (atNewline && tab.indent <= parentIndent || next?.type === "block-map" || next?.type === "block-seq")) onError(tab, "TAB_AS_INDENT", "Tabs are not allowed as indentation");
		return {
			comma,
			found,
			spaceBefore,
			comment,
			hasNewline,
			anchor,
			tag,
			newlineAfterProp,
			end,
			start: start ?? end
		};
	}
	exports.resolveProps = resolveProps;
}));

// node_modules/yaml/dist/compose/util-contains-newline.js
var require_util_contains_newline = /* @__PURE__ */ __commonJSMin(((exports) => {
	function containsNewline(key) {
		if (!key) return null;
		switch (key.type) {
			case "alias":
			case "scalar":
			case "double-quoted-scalar":
			case "single-quoted-scalar":
				if (key.source.includes("\n")) return true;
				if (key.end) {
					for (const st of key.end) if (st.type === "newline") return true;
				}
				return false;
			case "flow-collection":
				for (const it of key.items) {
					for (const st of it.start) if (st.type === "newline") return true;
					if (it.sep) {
						for (const st of it.sep) if (st.type === "newline") return true;
					}
					if (containsNewline(it.key) || containsNewline(it.value)) return true;
				}
				return false;
			default: return true;
		}
	}
	exports.containsNewline = containsNewline;
}));

// node_modules/yaml/dist/compose/util-flow-indent-check.js
var require_util_flow_indent_check = /* @__PURE__ */ __commonJSMin(((exports) => {
	var utilContainsNewline = require_util_contains_newline();
	function flowIndentCheck(indent, fc, onError) {
		if (fc?.type === "flow-collection") {
			const end = fc.end[0];
			if (end.indent === indent && (end.source === "]" || end.source === "}") && utilContainsNewline.containsNewline(fc)) onError(end, "BAD_INDENT", "Flow end indicator should be more indented than parent", true);
		}
	}
	exports.flowIndentCheck = flowIndentCheck;
}));

// node_modules/yaml/dist/compose/util-map-includes.js
var require_util_map_includes = /* @__PURE__ */ __commonJSMin(((exports) => {
	var identity = require_identity();
	function mapIncludes(ctx, items, search) {
		const { uniqueKeys } = ctx.options;
		if (uniqueKeys === false) return false;
		const isEqual = typeof uniqueKeys === "function" ? uniqueKeys : (a, b) => a === b || identity.isScalar(a) && identity.isScalar(b) && a.value === b.value;
		return items.some((pair) => isEqual(pair.key, search));
	}
	exports.mapIncludes = mapIncludes;
}));

// node_modules/yaml/dist/compose/resolve-block-map.js
var require_resolve_block_map = /* @__PURE__ */ __commonJSMin(((exports) => {
	var Pair = require_Pair();
	var YAMLMap = require_YAMLMap();
	var resolveProps = require_resolve_props();
	var utilContainsNewline = require_util_contains_newline();
	var utilFlowIndentCheck = require_util_flow_indent_check();
	var utilMapIncludes = require_util_map_includes();
	const startColMsg = "All mapping items must start at the same column";
	function resolveBlockMap({ composeNode, composeEmptyNode }, ctx, bm, onError, tag) {
		const map = new ((tag?.nodeClass) ?? YAMLMap.YAMLMap)(ctx.schema);
		if (ctx.atRoot) ctx.atRoot = false;
		let offset = bm.offset;
		let commentEnd = null;
		for (const collItem of bm.items) {
			const { start, key, sep, value } = collItem;
			const keyProps = resolveProps.resolveProps(start, {
				indicator: "explicit-key-ind",
				next: key ?? sep?.[0],
				offset,
				onError,
				parentIndent: bm.indent,
				startOnNewline: true
			});
			const implicitKey = !keyProps.found;
			if (implicitKey) {
				if (key) {
					if (key.type === "block-seq") onError(offset, "BLOCK_AS_IMPLICIT_KEY", "A block sequence may not be used as an implicit map key");
					else if ("indent" in key && key.indent !== bm.indent) onError(offset, "BAD_INDENT", startColMsg);
				}
				if (!keyProps.anchor && !keyProps.tag && !sep) {
					commentEnd = keyProps.end;
					if (keyProps.comment) {
						if (map.comment) map.comment += "\n" + keyProps.comment;
						else map.comment = keyProps.comment;
					}
					continue;
				}
				if (keyProps.newlineAfterProp || utilContainsNewline.containsNewline(key)) onError(key ?? start[start.length - 1], "MULTILINE_IMPLICIT_KEY", "Implicit keys need to be on a single line");
			} else if (keyProps.found?.indent !== bm.indent) onError(offset, "BAD_INDENT", startColMsg);
			ctx.atKey = true;
			const keyStart = keyProps.end;
			const keyNode = key ? composeNode(ctx, key, keyProps, onError) : composeEmptyNode(ctx, keyStart, start, null, keyProps, onError);
			if (ctx.schema.compat) utilFlowIndentCheck.flowIndentCheck(bm.indent, key, onError);
			ctx.atKey = false;
			if (utilMapIncludes.mapIncludes(ctx, map.items, keyNode)) onError(keyStart, "DUPLICATE_KEY", "Map keys must be unique");
			const valueProps = resolveProps.resolveProps(sep ?? [], {
				indicator: "map-value-ind",
				next: value,
				offset: keyNode.range[2],
				onError,
				parentIndent: bm.indent,
				startOnNewline: !key || key.type === "block-scalar"
			});
			offset = valueProps.end;
			if (valueProps.found) {
				if (implicitKey) {
					if (value?.type === "block-map" && !valueProps.hasNewline) onError(offset, "BLOCK_AS_IMPLICIT_KEY", "Nested mappings are not allowed in compact mappings");
					if (ctx.options.strict && keyProps.start < valueProps.found.offset - 1024) onError(keyNode.range, "KEY_OVER_1024_CHARS", "The : indicator must be at most 1024 chars after the start of an implicit block mapping key");
				}
				const valueNode = value ? composeNode(ctx, value, valueProps, onError) : composeEmptyNode(ctx, offset, sep, null, valueProps, onError);
				if (ctx.schema.compat) utilFlowIndentCheck.flowIndentCheck(bm.indent, value, onError);
				offset = valueNode.range[2];
				const pair = new Pair.Pair(keyNode, valueNode);
				if (ctx.options.keepSourceTokens) pair.srcToken = collItem;
				map.items.push(pair);
			} else {
				if (implicitKey) onError(keyNode.range, "MISSING_CHAR", "Implicit map keys need to be followed by map values");
				if (valueProps.comment) {
					if (keyNode.comment) keyNode.comment += "\n" + valueProps.comment;
					else keyNode.comment = valueProps.comment;
				}
				const pair = new Pair.Pair(keyNode);
				if (ctx.options.keepSourceTokens) pair.srcToken = collItem;
				map.items.push(pair);
			}
		}
		if (commentEnd && commentEnd < offset) onError(commentEnd, "IMPOSSIBLE", "Map comment with trailing content");
		map.range = [
			bm.offset,
			offset,
			commentEnd ?? offset
		];
		return map;
	}
	exports.resolveBlockMap = resolveBlockMap;
}));

// node_modules/yaml/dist/compose/resolve-block-seq.js
var require_resolve_block_seq = /* @__PURE__ */ __commonJSMin(((exports) => {
	var YAMLSeq = require_YAMLSeq();
	var resolveProps = require_resolve_props();
	var utilFlowIndentCheck = require_util_flow_indent_check();
	function resolveBlockSeq({ composeNode, composeEmptyNode }, ctx, bs, onError, tag) {
		const seq = new ((tag?.nodeClass) ?? YAMLSeq.YAMLSeq)(ctx.schema);
		if (ctx.atRoot) ctx.atRoot = false;
		if (ctx.atKey) ctx.atKey = false;
		let offset = bs.offset;
		let commentEnd = null;
		for (const { start, value } of bs.items) {
			const props = resolveProps.resolveProps(start, {
				indicator: "seq-item-ind",
				next: value,
				offset,
				onError,
				parentIndent: bs.indent,
				startOnNewline: true
			});
			if (!props.found) {
				if (props.anchor || props.tag || value) {
					if (value?.type === "block-seq") onError(props.end, "BAD_INDENT", "All sequence items must start at the same column");
					else onError(offset, "MISSING_CHAR", "Sequence item without - indicator");
				} else {
					commentEnd = props.end;
					if (props.comment) seq.comment = props.comment;
					continue;
				}
			}
			const node = value ? composeNode(ctx, value, props, onError) : composeEmptyNode(ctx, props.end, start, null, props, onError);
			if (ctx.schema.compat) utilFlowIndentCheck.flowIndentCheck(bs.indent, value, onError);
			offset = node.range[2];
			seq.items.push(node);
		}
		seq.range = [
			bs.offset,
			offset,
			commentEnd ?? offset
		];
		return seq;
	}
	exports.resolveBlockSeq = resolveBlockSeq;
}));

// node_modules/yaml/dist/compose/resolve-end.js
var require_resolve_end = /* @__PURE__ */ __commonJSMin(((exports) => {
	function resolveEnd(end, offset, reqSpace, onError) {
		let comment = "";
		if (end) {
			let hasSpace = false;
			let sep = "";
			for (const token of end) {
				const { source, type } = token;
				switch (type) {
					case "space":
						hasSpace = true;
						break;
					case "comment": {
						if (reqSpace && !hasSpace) onError(token, "MISSING_CHAR", "Comments must be separated from other tokens by white space characters");
						const cb = source.substring(1) || " ";
						if (!comment) comment = cb;
						else comment += sep + cb;
						sep = "";
						break;
					}
					case "newline":
						if (comment) sep += source;
						hasSpace = true;
						break;
					default: onError(token, "UNEXPECTED_TOKEN", `Unexpected ${type} at node end`);
				}
				offset += source.length;
			}
		}
		return {
			comment,
			offset
		};
	}
	exports.resolveEnd = resolveEnd;
}));

// node_modules/yaml/dist/compose/resolve-flow-collection.js
var require_resolve_flow_collection = /* @__PURE__ */ __commonJSMin(((exports) => {
	var identity = require_identity();
	var Pair = require_Pair();
	var YAMLMap = require_YAMLMap();
	var YAMLSeq = require_YAMLSeq();
	var resolveEnd = require_resolve_end();
	var resolveProps = require_resolve_props();
	var utilContainsNewline = require_util_contains_newline();
	var utilMapIncludes = require_util_map_includes();
	const blockMsg = "Block collections are not allowed within flow collections";
	const isBlock = (token) => token && (token.type === "block-map" || token.type === "block-seq");
	function resolveFlowCollection({ composeNode, composeEmptyNode }, ctx, fc, onError, tag) {
		const isMap = fc.start.source === "{";
		const fcName = isMap ? "flow map" : "flow sequence";
		const coll = new ((tag?.nodeClass) ?? (isMap ? YAMLMap.YAMLMap : YAMLSeq.YAMLSeq))(ctx.schema);
		coll.flow = true;
		const atRoot = ctx.atRoot;
		if (atRoot) ctx.atRoot = false;
		if (ctx.atKey) ctx.atKey = false;
		let offset = fc.offset + fc.start.source.length;
		for (let i = 0; i < fc.items.length; ++i) {
			const collItem = fc.items[i];
			const { start, key, sep, value } = collItem;
			const props = resolveProps.resolveProps(start, {
				flow: fcName,
				indicator: "explicit-key-ind",
				next: key ?? sep?.[0],
				offset,
				onError,
				parentIndent: fc.indent,
				startOnNewline: false
			});
			if (!props.found) {
				if (!props.anchor && !props.tag && !sep && !value) {
					if (i === 0 && props.comma) onError(props.comma, "UNEXPECTED_TOKEN", `Unexpected , in ${fcName}`);
					else if (i < fc.items.length - 1) onError(props.start, "UNEXPECTED_TOKEN", `Unexpected empty item in ${fcName}`);
					if (props.comment) {
						if (coll.comment) coll.comment += "\n" + props.comment;
						else coll.comment = props.comment;
					}
					offset = props.end;
					continue;
				}
				if (!isMap && ctx.options.strict && utilContainsNewline.containsNewline(key)) onError(key, "MULTILINE_IMPLICIT_KEY", "Implicit keys of flow sequence pairs need to be on a single line");
			}
			if (i === 0) {
				if (props.comma) onError(props.comma, "UNEXPECTED_TOKEN", `Unexpected , in ${fcName}`);
			} else {
				if (!props.comma) onError(props.start, "MISSING_CHAR", `Missing , between ${fcName} items`);
				if (props.comment) {
					let prevItemComment = "";
					loop: for (const st of start) switch (st.type) {
						case "comma":
						case "space": break;
						case "comment":
							prevItemComment = st.source.substring(1);
							break loop;
						default: break loop;
					}
					if (prevItemComment) {
						let prev = coll.items[coll.items.length - 1];
						if (identity.isPair(prev)) prev = prev.value ?? prev.key;
						if (prev.comment) prev.comment += "\n" + prevItemComment;
						else prev.comment = prevItemComment;
						props.comment = props.comment.substring(prevItemComment.length + 1);
					}
				}
			}
			if (!isMap && !sep && !props.found) {
				const valueNode = value ? composeNode(ctx, value, props, onError) : composeEmptyNode(ctx, props.end, sep, null, props, onError);
				coll.items.push(valueNode);
				offset = valueNode.range[2];
				if (isBlock(value)) onError(valueNode.range, "BLOCK_IN_FLOW", blockMsg);
			} else {
				ctx.atKey = true;
				const keyStart = props.end;
				const keyNode = key ? composeNode(ctx, key, props, onError) : composeEmptyNode(ctx, keyStart, start, null, props, onError);
				if (isBlock(key)) onError(keyNode.range, "BLOCK_IN_FLOW", blockMsg);
				ctx.atKey = false;
				const valueProps = resolveProps.resolveProps(sep ?? [], {
					flow: fcName,
					indicator: "map-value-ind",
					next: value,
					offset: keyNode.range[2],
					onError,
					parentIndent: fc.indent,
					startOnNewline: false
				});
				if (valueProps.found) {
					if (!isMap && !props.found && ctx.options.strict) {
						if (sep) for (const st of sep) {
							if (st === valueProps.found) break;
							if (st.type === "newline") {
								onError(st, "MULTILINE_IMPLICIT_KEY", "Implicit keys of flow sequence pairs need to be on a single line");
								break;
							}
						}
						if (props.start < valueProps.found.offset - 1024) onError(valueProps.found, "KEY_OVER_1024_CHARS", "The : indicator must be at most 1024 chars after the start of an implicit flow sequence key");
					}
				} else if (value) {
					if ("source" in value && value.source?.[0] === ":") onError(value, "MISSING_CHAR", `Missing space after : in ${fcName}`);
					else onError(valueProps.start, "MISSING_CHAR", `Missing , or : between ${fcName} items`);
				}
				const valueNode = value ? composeNode(ctx, value, valueProps, onError) : valueProps.found ? composeEmptyNode(ctx, valueProps.end, sep, null, valueProps, onError) : null;
				if (valueNode) {
					if (isBlock(value)) onError(valueNode.range, "BLOCK_IN_FLOW", blockMsg);
				} else if (valueProps.comment) {
					if (keyNode.comment) keyNode.comment += "\n" + valueProps.comment;
					else keyNode.comment = valueProps.comment;
				}
				const pair = new Pair.Pair(keyNode, valueNode);
				if (ctx.options.keepSourceTokens) pair.srcToken = collItem;
				if (isMap) {
					const map = coll;
					if (utilMapIncludes.mapIncludes(ctx, map.items, keyNode)) onError(keyStart, "DUPLICATE_KEY", "Map keys must be unique");
					map.items.push(pair);
				} else {
					const map = new YAMLMap.YAMLMap(ctx.schema);
					map.flow = true;
					map.items.push(pair);
					const endRange = (valueNode ?? keyNode).range;
					map.range = [
						keyNode.range[0],
						endRange[1],
						endRange[2]
					];
					coll.items.push(map);
				}
				offset = valueNode ? valueNode.range[2] : valueProps.end;
			}
		}
		const expectedEnd = isMap ? "}" : "]";
		const [ce, ...ee] = fc.end;
		let cePos = offset;
		if (ce?.source === expectedEnd) cePos = ce.offset + ce.source.length;
		else {
			const name = fcName[0].toUpperCase() + fcName.substring(1);
			const msg = atRoot ? `${name} must end with a ${expectedEnd}` : `${name} in block collection must be sufficiently indented and end with a ${expectedEnd}`;
			onError(offset, atRoot ? "MISSING_CHAR" : "BAD_INDENT", msg);
			if (ce && ce.source.length !== 1) ee.unshift(ce);
		}
		if (ee.length > 0) {
			const end = resolveEnd.resolveEnd(ee, cePos, ctx.options.strict, onError);
			if (end.comment) {
				if (coll.comment) coll.comment += "\n" + end.comment;
				else coll.comment = end.comment;
			}
			coll.range = [
				fc.offset,
				cePos,
				end.offset
			];
		} else coll.range = [
			fc.offset,
			cePos,
			cePos
		];
		return coll;
	}
	exports.resolveFlowCollection = resolveFlowCollection;
}));

// node_modules/yaml/dist/compose/compose-collection.js
var require_compose_collection = /* @__PURE__ */ __commonJSMin(((exports) => {
	var identity = require_identity();
	var Scalar = require_Scalar();
	var YAMLMap = require_YAMLMap();
	var YAMLSeq = require_YAMLSeq();
	var resolveBlockMap = require_resolve_block_map();
	var resolveBlockSeq = require_resolve_block_seq();
	var resolveFlowCollection = require_resolve_flow_collection();
	function resolveCollection(CN, ctx, token, onError, tagName, tag) {
		const coll = token.type === "block-map" ? resolveBlockMap.resolveBlockMap(CN, ctx, token, onError, tag) : token.type === "block-seq" ? resolveBlockSeq.resolveBlockSeq(CN, ctx, token, onError, tag) : resolveFlowCollection.resolveFlowCollection(CN, ctx, token, onError, tag);
		const Coll = coll.constructor;
		if (tagName === "!" || tagName === Coll.tagName) {
			coll.tag = Coll.tagName;
			return coll;
		}
		if (tagName) coll.tag = tagName;
		return coll;
	}
	function composeCollection(CN, ctx, token, props, onError) {
		const tagToken = props.tag;
		const tagName = !tagToken ? null : ctx.directives.tagName(tagToken.source, (msg) => onError(tagToken, "TAG_RESOLVE_FAILED", msg));
		if (token.type === "block-seq") {
			const { anchor, newlineAfterProp: nl } = props;
			const lastProp = anchor && tagToken ? anchor.offset > tagToken.offset ? anchor : tagToken : anchor ?? tagToken;
			if (lastProp && (!nl || nl.offset < lastProp.offset)) onError(lastProp, "MISSING_CHAR", "Missing newline after block sequence props");
		}
		const expType = token.type === "block-map" ? "map" : token.type === "block-seq" ? "seq" : token.start.source === "{" ? "map" : "seq";
		if (!tagToken || !tagName || tagName === "!" || tagName === YAMLMap.YAMLMap.tagName && expType === "map" || tagName === YAMLSeq.YAMLSeq.tagName && expType === "seq") return resolveCollection(CN, ctx, token, onError, tagName);
		let tag = ctx.schema.tags.find((t) => t.tag === tagName && t.collection === expType);
		if (!tag) {
			const kt = ctx.schema.knownTags[tagName];
			if (kt?.collection === expType) {
				ctx.schema.tags.push(Object.assign({}, kt, { default: false }));
				tag = kt;
			} else {
				if (kt) onError(tagToken, "BAD_COLLECTION_TYPE", `${kt.tag} used for ${expType} collection, but expects ${kt.collection ?? "scalar"}`, true);
				else onError(tagToken, "TAG_RESOLVE_FAILED", `Unresolved tag: ${tagName}`, true);
				return resolveCollection(CN, ctx, token, onError, tagName);
			}
		}
		const coll = resolveCollection(CN, ctx, token, onError, tagName, tag);
		const res = tag.resolve?.(coll, (msg) => onError(tagToken, "TAG_RESOLVE_FAILED", msg), ctx.options) ?? coll;
		const node = identity.isNode(res) ? res : new Scalar.Scalar(res);
		node.range = coll.range;
		node.tag = tagName;
		if (tag?.format) node.format = tag.format;
		return node;
	}
	exports.composeCollection = composeCollection;
}));

// node_modules/yaml/dist/compose/resolve-block-scalar.js
var require_resolve_block_scalar = /* @__PURE__ */ __commonJSMin(((exports) => {
	var Scalar = require_Scalar();
	function resolveBlockScalar(ctx, scalar, onError) {
		const start = scalar.offset;
		const header = parseBlockScalarHeader(scalar, ctx.options.strict, onError);
		if (!header) return {
			value: "",
			type: null,
			comment: "",
			range: [
				start,
				start,
				start
			]
		};
		const type = header.mode === ">" ? Scalar.Scalar.BLOCK_FOLDED : Scalar.Scalar.BLOCK_LITERAL;
		const lines = scalar.source ? splitLines(scalar.source) : [];
		let chompStart = lines.length;
		for (let i = lines.length - 1; i >= 0; --i) {
			const content = lines[i][1];
			if (content === "" || content === "\r") chompStart = i;
			else break;
		}
		if (chompStart === 0) {
			const value = header.chomp === "+" && lines.length > 0 ? "\n".repeat(Math.max(1, lines.length - 1)) : "";
			let end = start + header.length;
			if (scalar.source) end += scalar.source.length;
			return {
				value,
				type,
				comment: header.comment,
				range: [
					start,
					end,
					end
				]
			};
		}
		let trimIndent = scalar.indent + header.indent;
		let offset = scalar.offset + header.length;
		let contentStart = 0;
		for (let i = 0; i < chompStart; ++i) {
			const [indent, content] = lines[i];
			if (content === "" || content === "\r") {
				if (header.indent === 0 && indent.length > trimIndent) trimIndent = indent.length;
			} else {
				if (indent.length < trimIndent) onError(offset + indent.length, "MISSING_CHAR", "Block scalars with more-indented leading empty lines must use an explicit indentation indicator");
				if (header.indent === 0) trimIndent = indent.length;
				contentStart = i;
				if (trimIndent === 0 && !ctx.atRoot) onError(offset, "BAD_INDENT", "Block scalar values in collections must be indented");
				break;
			}
			offset += indent.length + content.length + 1;
		}
		for (let i = lines.length - 1; i >= chompStart; --i) if (lines[i][0].length > trimIndent) chompStart = i + 1;
		let value = "";
		let sep = "";
		let prevMoreIndented = false;
		for (let i = 0; i < contentStart; ++i) value += lines[i][0].slice(trimIndent) + "\n";
		for (let i = contentStart; i < chompStart; ++i) {
			let [indent, content] = lines[i];
			offset += indent.length + content.length + 1;
			const crlf = content[content.length - 1] === "\r";
			if (crlf) content = content.slice(0, -1);
			/* istanbul ignore if already caught in lexer */
			if (content && indent.length < trimIndent) {
				const message = `Block scalar lines must not be less indented than their ${header.indent ? "explicit indentation indicator" : "first line"}`;
				onError(offset - content.length - (crlf ? 2 : 1), "BAD_INDENT", message);
				indent = "";
			}
			if (type === Scalar.Scalar.BLOCK_LITERAL) {
				value += sep + indent.slice(trimIndent) + content;
				sep = "\n";
			} else if (indent.length > trimIndent || content[0] === "	") {
				if (sep === " ") sep = "\n";
				else if (!prevMoreIndented && sep === "\n") sep = "\n\n";
				value += sep + indent.slice(trimIndent) + content;
				sep = "\n";
				prevMoreIndented = true;
			} else if (content === "") {
				if (sep === "\n") value += "\n";
				else sep = "\n";
			} else {
				value += sep + content;
				sep = " ";
				prevMoreIndented = false;
			}
		}
		switch (header.chomp) {
			case "-": break;
			case "+":
				for (let i = chompStart; i < lines.length; ++i) value += "\n" + lines[i][0].slice(trimIndent);
				if (value[value.length - 1] !== "\n") value += "\n";
				break;
			default: value += "\n";
		}
		const end = start + header.length + scalar.source.length;
		return {
			value,
			type,
			comment: header.comment,
			range: [
				start,
				end,
				end
			]
		};
	}
	function parseBlockScalarHeader({ offset, props }, strict, onError) {
		/* istanbul ignore if should not happen */
		if (props[0].type !== "block-scalar-header") {
			onError(props[0], "IMPOSSIBLE", "Block scalar header not found");
			return null;
		}
		const { source } = props[0];
		const mode = source[0];
		let indent = 0;
		let chomp = "";
		let error = -1;
		for (let i = 1; i < source.length; ++i) {
			const ch = source[i];
			if (!chomp && (ch === "-" || ch === "+")) chomp = ch;
			else {
				const n = Number(ch);
				if (!indent && n) indent = n;
				else if (error === -1) error = offset + i;
			}
		}
		if (error !== -1) onError(error, "UNEXPECTED_TOKEN", `Block scalar header includes extra characters: ${source}`);
		let hasSpace = false;
		let comment = "";
		let length = source.length;
		for (let i = 1; i < props.length; ++i) {
			const token = props[i];
			switch (token.type) {
				case "space": hasSpace = true;
				case "newline":
					length += token.source.length;
					break;
				case "comment":
					if (strict && !hasSpace) onError(token, "MISSING_CHAR", "Comments must be separated from other tokens by white space characters");
					length += token.source.length;
					comment = token.source.substring(1);
					break;
				case "error":
					onError(token, "UNEXPECTED_TOKEN", token.message);
					length += token.source.length;
					break;
				/* istanbul ignore next should not happen */
				default: {
					onError(token, "UNEXPECTED_TOKEN", `Unexpected token in block scalar header: ${token.type}`);
					const ts = token.source;
					if (ts && typeof ts === "string") length += ts.length;
				}
			}
		}
		return {
			mode,
			indent,
			chomp,
			comment,
			length
		};
	}
	/** @returns Array of lines split up as `[indent, content]` */
	function splitLines(source) {
		const split = source.split(/\n( *)/);
		const first = split[0];
		const m = first.match(/^( *)/);
		const lines = [m?.[1] ? [m[1], first.slice(m[1].length)] : ["", first]];
		for (let i = 1; i < split.length; i += 2) lines.push([split[i], split[i + 1]]);
		return lines;
	}
	exports.resolveBlockScalar = resolveBlockScalar;
}));

// node_modules/yaml/dist/compose/resolve-flow-scalar.js
var require_resolve_flow_scalar = /* @__PURE__ */ __commonJSMin(((exports) => {
	var Scalar = require_Scalar();
	var resolveEnd = require_resolve_end();
	function resolveFlowScalar(scalar, strict, onError) {
		const { offset, type, source, end } = scalar;
		let _type;
		let value;
		const _onError = (rel, code, msg) => onError(offset + rel, code, msg);
		switch (type) {
			case "scalar":
				_type = Scalar.Scalar.PLAIN;
				value = plainValue(source, _onError);
				break;
			case "single-quoted-scalar":
				_type = Scalar.Scalar.QUOTE_SINGLE;
				value = singleQuotedValue(source, _onError);
				break;
			case "double-quoted-scalar":
				_type = Scalar.Scalar.QUOTE_DOUBLE;
				value = doubleQuotedValue(source, _onError);
				break;
			/* istanbul ignore next should not happen */
			default:
				onError(scalar, "UNEXPECTED_TOKEN", `Expected a flow scalar value, but found: ${type}`);
				return {
					value: "",
					type: null,
					comment: "",
					range: [
						offset,
						offset + source.length,
						offset + source.length
					]
				};
		}
		const valueEnd = offset + source.length;
		const re = resolveEnd.resolveEnd(end, valueEnd, strict, onError);
		return {
			value,
			type: _type,
			comment: re.comment,
			range: [
				offset,
				valueEnd,
				re.offset
			]
		};
	}
	function plainValue(source, onError) {
		let badChar = "";
		switch (source[0]) {
			/* istanbul ignore next should not happen */
			case "	":
				badChar = "a tab character";
				break;
			case ",":
				badChar = "flow indicator character ,";
				break;
			case "%":
				badChar = "directive indicator character %";
				break;
			case "|":
			case ">":
				badChar = `block scalar indicator ${source[0]}`;
				break;
			case "@":
			case "`": badChar = `reserved character ${source[0]}`;
		}
		if (badChar) onError(0, "BAD_SCALAR_START", `Plain value cannot start with ${badChar}`);
		return unfoldLines(source);
	}
	function singleQuotedValue(source, onError) {
		if (source[source.length - 1] !== "'" || source.length === 1) onError(source.length, "MISSING_CHAR", "Missing closing 'quote");
		return unfoldLines(source.slice(1, -1)).replace(/''/g, "'");
	}
	function unfoldLines(source) {
		const line = /(.*?)\r?\n/sy;
		let match = line.exec(source);
		if (!match) return source;
		/**
		* The negative lookbehinds in these RegExps are to
		* prevent causing a polynomial search time in certain cases.
		*
		* The try-catch is for Safari < 16.4 and other old browsers:
		* https://caniuse.com/js-regexp-lookbehind
		*/
		let trimEnd, trimBoth;
		try {
			trimEnd = new RegExp("(?<![ 	])[ 	]+$");
			trimBoth = new RegExp("^[ 	]+|(?<![ 	])[ 	]+$", "g");
		} catch {
			trimEnd = /[ \t]+$/;
			trimBoth = /^[ \t]+|[ \t]+$/g;
		}
		let res = match[1].replace(trimEnd, "");
		let sep = " ";
		let pos = line.lastIndex;
		while (match = line.exec(source)) {
			const lm = match[1].replace(trimBoth, "");
			if (lm === "") {
				if (sep === "\n") res += sep;
				else sep = "\n";
			} else {
				res += sep + lm;
				sep = " ";
			}
			pos = line.lastIndex;
		}
		const last = /[ \t]*(.*)/sy;
		last.lastIndex = pos;
		match = last.exec(source);
		return res + sep + (match?.[1] ?? "");
	}
	function doubleQuotedValue(source, onError) {
		let res = "";
		for (let i = 1; i < source.length - 1; ++i) {
			const ch = source[i];
			if (ch === "\r" && source[i + 1] === "\n") continue;
			if (ch === "\n") {
				const { fold, offset } = foldNewline(source, i);
				res += fold;
				i = offset;
			} else if (ch === "\\") {
				let next = source[++i];
				const cc = escapeCodes[next];
				if (cc) res += cc;
				else if (next === "\n") {
					next = source[i + 1];
					while (next === " " || next === "	") next = source[++i + 1];
				} else if (next === "\r" && source[i + 1] === "\n") {
					next = source[++i + 1];
					while (next === " " || next === "	") next = source[++i + 1];
				} else if (next === "x" || next === "u" || next === "U") {
					const length = next === "x" ? 2 : next === "u" ? 4 : 8;
					res += parseCharCode(source, i + 1, length, onError);
					i += length;
				} else {
					const raw = source.substr(i - 1, 2);
					onError(i - 1, "BAD_DQ_ESCAPE", `Invalid escape sequence ${raw}`);
					res += raw;
				}
			} else if (ch === " " || ch === "	") {
				const wsStart = i;
				let next = source[i + 1];
				while (next === " " || next === "	") next = source[++i + 1];
				if (next !== "\n" && !(next === "\r" && source[i + 2] === "\n")) res += i > wsStart ? source.slice(wsStart, i + 1) : ch;
			} else res += ch;
		}
		if (source[source.length - 1] !== "\"" || source.length === 1) onError(source.length, "MISSING_CHAR", "Missing closing \"quote");
		return res;
	}
	/**
	* Fold a single newline into a space, multiple newlines to N - 1 newlines.
	* Presumes `source[offset] === '\n'`
	*/
	function foldNewline(source, offset) {
		let fold = "";
		let ch = source[offset + 1];
		while (ch === " " || ch === "	" || ch === "\n" || ch === "\r") {
			if (ch === "\r" && source[offset + 2] !== "\n") break;
			if (ch === "\n") fold += "\n";
			offset += 1;
			ch = source[offset + 1];
		}
		if (!fold) fold = " ";
		return {
			fold,
			offset
		};
	}
	const escapeCodes = {
		"0": "\0",
		a: "\x07",
		b: "\b",
		e: "\x1B",
		f: "\f",
		n: "\n",
		r: "\r",
		t: "	",
		v: "\v",
		N: "",
		_: "\xA0",
		L: "\u2028",
		P: "\u2029",
		" ": " ",
		"\"": "\"",
		"/": "/",
		"\\": "\\",
		"	": "	"
	};
	function parseCharCode(source, offset, length, onError) {
		const cc = source.substr(offset, length);
		const code = cc.length === length && /^[0-9a-fA-F]+$/.test(cc) ? parseInt(cc, 16) : NaN;
		try {
			return String.fromCodePoint(code);
		} catch {
			const raw = source.substr(offset - 2, length + 2);
			onError(offset - 2, "BAD_DQ_ESCAPE", `Invalid escape sequence ${raw}`);
			return raw;
		}
	}
	exports.resolveFlowScalar = resolveFlowScalar;
}));

// node_modules/yaml/dist/compose/compose-scalar.js
var require_compose_scalar = /* @__PURE__ */ __commonJSMin(((exports) => {
	var identity = require_identity();
	var Scalar = require_Scalar();
	var resolveBlockScalar = require_resolve_block_scalar();
	var resolveFlowScalar = require_resolve_flow_scalar();
	function composeScalar(ctx, token, tagToken, onError) {
		const { value, type, comment, range } = token.type === "block-scalar" ? resolveBlockScalar.resolveBlockScalar(ctx, token, onError) : resolveFlowScalar.resolveFlowScalar(token, ctx.options.strict, onError);
		const tagName = tagToken ? ctx.directives.tagName(tagToken.source, (msg) => onError(tagToken, "TAG_RESOLVE_FAILED", msg)) : null;
		let tag;
		if (ctx.options.stringKeys && ctx.atKey) tag = ctx.schema[identity.SCALAR];
		else if (tagName) tag = findScalarTagByName(ctx.schema, value, tagName, tagToken, onError);
		else if (token.type === "scalar") tag = findScalarTagByTest(ctx, value, token, onError);
		else tag = ctx.schema[identity.SCALAR];
		let scalar;
		try {
			const res = tag.resolve(value, (msg) => onError(tagToken ?? token, "TAG_RESOLVE_FAILED", msg), ctx.options);
			scalar = identity.isScalar(res) ? res : new Scalar.Scalar(res);
		} catch (error) {
			const msg = error instanceof Error ? error.message : String(error);
			onError(tagToken ?? token, "TAG_RESOLVE_FAILED", msg);
			scalar = new Scalar.Scalar(value);
		}
		scalar.range = range;
		scalar.source = value;
		if (type) scalar.type = type;
		if (tagName) scalar.tag = tagName;
		if (tag.format) scalar.format = tag.format;
		if (comment) scalar.comment = comment;
		return scalar;
	}
	function findScalarTagByName(schema, value, tagName, tagToken, onError) {
		if (tagName === "!") return schema[identity.SCALAR];
		const matchWithTest = [];
		for (const tag of schema.tags) if (!tag.collection && tag.tag === tagName) {
			if (tag.default && tag.test) matchWithTest.push(tag);
			else return tag;
		}
		for (const tag of matchWithTest) if (tag.test?.test(value)) return tag;
		const kt = schema.knownTags[tagName];
		if (kt && !kt.collection) {
			schema.tags.push(Object.assign({}, kt, {
				default: false,
				test: void 0
			}));
			return kt;
		}
		onError(tagToken, "TAG_RESOLVE_FAILED", `Unresolved tag: ${tagName}`, tagName !== "tag:yaml.org,2002:str");
		return schema[identity.SCALAR];
	}
	function findScalarTagByTest({ atKey, directives, schema }, value, token, onError) {
		const tag = schema.tags.find((tag) => (tag.default === true || atKey && tag.default === "key") && tag.test?.test(value)) || schema[identity.SCALAR];
		if (schema.compat) {
			const compat = schema.compat.find((tag) => tag.default && tag.test?.test(value)) ?? schema[identity.SCALAR];
			if (tag.tag !== compat.tag) onError(token, "TAG_RESOLVE_FAILED", `Value may be parsed as either ${directives.tagString(tag.tag)} or ${directives.tagString(compat.tag)}`, true);
		}
		return tag;
	}
	exports.composeScalar = composeScalar;
}));

// node_modules/yaml/dist/compose/util-empty-scalar-position.js
var require_util_empty_scalar_position = /* @__PURE__ */ __commonJSMin(((exports) => {
	function emptyScalarPosition(offset, before, pos) {
		if (before) {
			pos ?? (pos = before.length);
			for (let i = pos - 1; i >= 0; --i) {
				let st = before[i];
				switch (st.type) {
					case "space":
					case "comment":
					case "newline":
						offset -= st.source.length;
						continue;
				}
				st = before[++i];
				while (st?.type === "space") {
					offset += st.source.length;
					st = before[++i];
				}
				break;
			}
		}
		return offset;
	}
	exports.emptyScalarPosition = emptyScalarPosition;
}));

// node_modules/yaml/dist/compose/compose-node.js
var require_compose_node = /* @__PURE__ */ __commonJSMin(((exports) => {
	var Alias = require_Alias();
	var identity = require_identity();
	var composeCollection = require_compose_collection();
	var composeScalar = require_compose_scalar();
	var resolveEnd = require_resolve_end();
	var utilEmptyScalarPosition = require_util_empty_scalar_position();
	const CN = {
		composeNode,
		composeEmptyNode
	};
	function composeNode(ctx, token, props, onError) {
		const atKey = ctx.atKey;
		const { spaceBefore, comment, anchor, tag } = props;
		let node;
		let isSrcToken = true;
		switch (token.type) {
			case "alias":
				node = composeAlias(ctx, token, onError);
				if (anchor || tag) onError(token, "ALIAS_PROPS", "An alias node must not specify any properties");
				break;
			case "scalar":
			case "single-quoted-scalar":
			case "double-quoted-scalar":
			case "block-scalar":
				node = composeScalar.composeScalar(ctx, token, tag, onError);
				if (anchor) node.anchor = anchor.source.substring(1);
				break;
			case "block-map":
			case "block-seq":
			case "flow-collection":
				try {
					node = composeCollection.composeCollection(CN, ctx, token, props, onError);
					if (anchor) node.anchor = anchor.source.substring(1);
				} catch (error) {
					onError(token, "RESOURCE_EXHAUSTION", error instanceof Error ? error.message : String(error));
				}
				break;
			default:
				onError(token, "UNEXPECTED_TOKEN", token.type === "error" ? token.message : `Unsupported token (type: ${token.type})`);
				isSrcToken = false;
		}
		node ?? (node = composeEmptyNode(ctx, token.offset, void 0, null, props, onError));
		if (anchor && node.anchor === "") onError(anchor, "BAD_ALIAS", "Anchor cannot be an empty string");
		if (atKey && ctx.options.stringKeys && (!identity.isScalar(node) || typeof node.value !== "string" || node.tag && node.tag !== "tag:yaml.org,2002:str")) onError(tag ?? token, "NON_STRING_KEY", "With stringKeys, all keys must be strings");
		if (spaceBefore) node.spaceBefore = true;
		if (comment) {
			if (token.type === "scalar" && token.source === "") node.comment = comment;
			else node.commentBefore = comment;
		}
		if (ctx.options.keepSourceTokens && isSrcToken) node.srcToken = token;
		return node;
	}
	function composeEmptyNode(ctx, offset, before, pos, { spaceBefore, comment, anchor, tag, end }, onError) {
		const token = {
			type: "scalar",
			offset: utilEmptyScalarPosition.emptyScalarPosition(offset, before, pos),
			indent: -1,
			source: ""
		};
		const node = composeScalar.composeScalar(ctx, token, tag, onError);
		if (anchor) {
			node.anchor = anchor.source.substring(1);
			if (node.anchor === "") onError(anchor, "BAD_ALIAS", "Anchor cannot be an empty string");
		}
		if (spaceBefore) node.spaceBefore = true;
		if (comment) {
			node.comment = comment;
			node.range[2] = end;
		}
		return node;
	}
	function composeAlias({ options }, { offset, source, end }, onError) {
		const alias = new Alias.Alias(source.substring(1));
		if (alias.source === "") onError(offset, "BAD_ALIAS", "Alias cannot be an empty string");
		if (alias.source.endsWith(":")) onError(offset + source.length - 1, "BAD_ALIAS", "Alias ending in : is ambiguous", true);
		const valueEnd = offset + source.length;
		const re = resolveEnd.resolveEnd(end, valueEnd, options.strict, onError);
		alias.range = [
			offset,
			valueEnd,
			re.offset
		];
		if (re.comment) alias.comment = re.comment;
		return alias;
	}
	exports.composeEmptyNode = composeEmptyNode;
	exports.composeNode = composeNode;
}));

// node_modules/yaml/dist/compose/compose-doc.js
var require_compose_doc = /* @__PURE__ */ __commonJSMin(((exports) => {
	var Document = require_Document();
	var composeNode = require_compose_node();
	var resolveEnd = require_resolve_end();
	var resolveProps = require_resolve_props();
	function composeDoc(options, directives, { offset, start, value, end }, onError) {
		const opts = Object.assign({ _directives: directives }, options);
		const doc = new Document.Document(void 0, opts);
		const ctx = {
			atKey: false,
			atRoot: true,
			directives: doc.directives,
			options: doc.options,
			schema: doc.schema
		};
		const props = resolveProps.resolveProps(start, {
			indicator: "doc-start",
			next: value ?? end?.[0],
			offset,
			onError,
			parentIndent: 0,
			startOnNewline: true
		});
		if (props.found) {
			doc.directives.docStart = true;
			if (value && (value.type === "block-map" || value.type === "block-seq") && !props.hasNewline) onError(props.end, "MISSING_CHAR", "Block collection cannot start on same line with directives-end marker");
		}
		doc.contents = value ? composeNode.composeNode(ctx, value, props, onError) : composeNode.composeEmptyNode(ctx, props.end, start, null, props, onError);
		const contentEnd = doc.contents.range[2];
		const re = resolveEnd.resolveEnd(end, contentEnd, false, onError);
		if (re.comment) doc.comment = re.comment;
		doc.range = [
			offset,
			contentEnd,
			re.offset
		];
		return doc;
	}
	exports.composeDoc = composeDoc;
}));

// node_modules/yaml/dist/compose/composer.js
var require_composer = /* @__PURE__ */ __commonJSMin(((exports) => {
	var node_process = __require("process");
	var directives = require_directives();
	var Document = require_Document();
	var errors = require_errors();
	var identity = require_identity();
	var composeDoc = require_compose_doc();
	var resolveEnd = require_resolve_end();
	function getErrorPos(src) {
		if (typeof src === "number") return [src, src + 1];
		if (Array.isArray(src)) return src.length === 2 ? src : [src[0], src[1]];
		const { offset, source } = src;
		return [offset, offset + (typeof source === "string" ? source.length : 1)];
	}
	function parsePrelude(prelude) {
		let comment = "";
		let atComment = false;
		let afterEmptyLine = false;
		for (let i = 0; i < prelude.length; ++i) {
			const source = prelude[i];
			switch (source[0]) {
				case "#":
					comment += (comment === "" ? "" : afterEmptyLine ? "\n\n" : "\n") + (source.substring(1) || " ");
					atComment = true;
					afterEmptyLine = false;
					break;
				case "%":
					if (prelude[i + 1]?.[0] !== "#") i += 1;
					atComment = false;
					break;
				default:
					if (!atComment) afterEmptyLine = true;
					atComment = false;
			}
		}
		return {
			comment,
			afterEmptyLine
		};
	}
	/**
	* Compose a stream of CST nodes into a stream of YAML Documents.
	*
	* ```ts
	* import { Composer, Parser } from 'yaml'
	*
	* const src: string = ...
	* const tokens = new Parser().parse(src)
	* const docs = new Composer().compose(tokens)
	* ```
	*/
	var Composer = class {
		constructor(options = {}) {
			this.doc = null;
			this.atDirectives = false;
			this.prelude = [];
			this.errors = [];
			this.warnings = [];
			this.onError = (source, code, message, warning) => {
				const pos = getErrorPos(source);
				if (warning) this.warnings.push(new errors.YAMLWarning(pos, code, message));
				else this.errors.push(new errors.YAMLParseError(pos, code, message));
			};
			this.directives = new directives.Directives({ version: options.version || "1.2" });
			this.options = options;
		}
		decorate(doc, afterDoc) {
			const { comment, afterEmptyLine } = parsePrelude(this.prelude);
			if (comment) {
				const dc = doc.contents;
				if (afterDoc) doc.comment = doc.comment ? `${doc.comment}\n${comment}` : comment;
				else if (afterEmptyLine || doc.directives.docStart || !dc) doc.commentBefore = comment;
				else if (identity.isCollection(dc) && !dc.flow && dc.items.length > 0) {
					let it = dc.items[0];
					if (identity.isPair(it)) it = it.key;
					const cb = it.commentBefore;
					it.commentBefore = cb ? `${comment}\n${cb}` : comment;
				} else {
					const cb = dc.commentBefore;
					dc.commentBefore = cb ? `${comment}\n${cb}` : comment;
				}
			}
			if (afterDoc) {
				for (let i = 0; i < this.errors.length; ++i) doc.errors.push(this.errors[i]);
				for (let i = 0; i < this.warnings.length; ++i) doc.warnings.push(this.warnings[i]);
			} else {
				doc.errors = this.errors;
				doc.warnings = this.warnings;
			}
			this.prelude = [];
			this.errors = [];
			this.warnings = [];
		}
		/**
		* Current stream status information.
		*
		* Mostly useful at the end of input for an empty stream.
		*/
		streamInfo() {
			return {
				comment: parsePrelude(this.prelude).comment,
				directives: this.directives,
				errors: this.errors,
				warnings: this.warnings
			};
		}
		/**
		* Compose tokens into documents.
		*
		* @param forceDoc - If the stream contains no document, still emit a final document including any comments and directives that would be applied to a subsequent document.
		* @param endOffset - Should be set if `forceDoc` is also set, to set the document range end and to indicate errors correctly.
		*/
		*compose(tokens, forceDoc = false, endOffset = -1) {
			for (const token of tokens) yield* this.next(token);
			yield* this.end(forceDoc, endOffset);
		}
		/** Advance the composer by one CST token. */
		*next(token) {
			if (node_process.env.LOG_STREAM) console.dir(token, { depth: null });
			switch (token.type) {
				case "directive":
					this.directives.add(token.source, (offset, message, warning) => {
						const pos = getErrorPos(token);
						pos[0] += offset;
						this.onError(pos, "BAD_DIRECTIVE", message, warning);
					});
					this.prelude.push(token.source);
					this.atDirectives = true;
					break;
				case "document": {
					const doc = composeDoc.composeDoc(this.options, this.directives, token, this.onError);
					if (this.atDirectives && !doc.directives.docStart) this.onError(token, "MISSING_CHAR", "Missing directives-end/doc-start indicator line");
					this.decorate(doc, false);
					if (this.doc) yield this.doc;
					this.doc = doc;
					this.atDirectives = false;
					break;
				}
				case "byte-order-mark":
				case "space": break;
				case "comment":
				case "newline":
					this.prelude.push(token.source);
					break;
				case "error": {
					const msg = token.source ? `${token.message}: ${JSON.stringify(token.source)}` : token.message;
					const error = new errors.YAMLParseError(getErrorPos(token), "UNEXPECTED_TOKEN", msg);
					if (this.atDirectives || !this.doc) this.errors.push(error);
					else this.doc.errors.push(error);
					break;
				}
				case "doc-end": {
					if (!this.doc) {
						this.errors.push(new errors.YAMLParseError(getErrorPos(token), "UNEXPECTED_TOKEN", "Unexpected doc-end without preceding document"));
						break;
					}
					this.doc.directives.docEnd = true;
					const end = resolveEnd.resolveEnd(token.end, token.offset + token.source.length, this.doc.options.strict, this.onError);
					this.decorate(this.doc, true);
					if (end.comment) {
						const dc = this.doc.comment;
						this.doc.comment = dc ? `${dc}\n${end.comment}` : end.comment;
					}
					this.doc.range[2] = end.offset;
					break;
				}
				default: this.errors.push(new errors.YAMLParseError(getErrorPos(token), "UNEXPECTED_TOKEN", `Unsupported token ${token.type}`));
			}
		}
		/**
		* Call at end of input to yield any remaining document.
		*
		* @param forceDoc - If the stream contains no document, still emit a final document including any comments and directives that would be applied to a subsequent document.
		* @param endOffset - Should be set if `forceDoc` is also set, to set the document range end and to indicate errors correctly.
		*/
		*end(forceDoc = false, endOffset = -1) {
			if (this.doc) {
				this.decorate(this.doc, true);
				yield this.doc;
				this.doc = null;
			} else if (forceDoc) {
				const opts = Object.assign({ _directives: this.directives }, this.options);
				const doc = new Document.Document(void 0, opts);
				if (this.atDirectives) this.onError(endOffset, "MISSING_CHAR", "Missing directives-end indicator line");
				doc.range = [
					0,
					endOffset,
					endOffset
				];
				this.decorate(doc, false);
				yield doc;
			}
		}
	};
	exports.Composer = Composer;
}));

// node_modules/yaml/dist/parse/cst-scalar.js
var require_cst_scalar = /* @__PURE__ */ __commonJSMin(((exports) => {
	var resolveBlockScalar = require_resolve_block_scalar();
	var resolveFlowScalar = require_resolve_flow_scalar();
	var errors = require_errors();
	var stringifyString = require_stringifyString();
	function resolveAsScalar(token, strict = true, onError) {
		if (token) {
			const _onError = (pos, code, message) => {
				const offset = typeof pos === "number" ? pos : Array.isArray(pos) ? pos[0] : pos.offset;
				if (onError) onError(offset, code, message);
				else throw new errors.YAMLParseError([offset, offset + 1], code, message);
			};
			switch (token.type) {
				case "scalar":
				case "single-quoted-scalar":
				case "double-quoted-scalar": return resolveFlowScalar.resolveFlowScalar(token, strict, _onError);
				case "block-scalar": return resolveBlockScalar.resolveBlockScalar({ options: { strict } }, token, _onError);
			}
		}
		return null;
	}
	/**
	* Create a new scalar token with `value`
	*
	* Values that represent an actual string but may be parsed as a different type should use a `type` other than `'PLAIN'`,
	* as this function does not support any schema operations and won't check for such conflicts.
	*
	* @param value The string representation of the value, which will have its content properly indented.
	* @param context.end Comments and whitespace after the end of the value, or after the block scalar header. If undefined, a newline will be added.
	* @param context.implicitKey Being within an implicit key may affect the resolved type of the token's value.
	* @param context.indent The indent level of the token.
	* @param context.inFlow Is this scalar within a flow collection? This may affect the resolved type of the token's value.
	* @param context.offset The offset position of the token.
	* @param context.type The preferred type of the scalar token. If undefined, the previous type of the `token` will be used, defaulting to `'PLAIN'`.
	*/
	function createScalarToken(value, context) {
		const { implicitKey = false, indent, inFlow = false, offset = -1, type = "PLAIN" } = context;
		const source = stringifyString.stringifyString({
			type,
			value
		}, {
			implicitKey,
			indent: indent > 0 ? " ".repeat(indent) : "",
			inFlow,
			options: {
				blockQuote: true,
				lineWidth: -1
			}
		});
		const end = context.end ?? [{
			type: "newline",
			offset: -1,
			indent,
			source: "\n"
		}];
		switch (source[0]) {
			case "|":
			case ">": {
				const he = source.indexOf("\n");
				const head = source.substring(0, he);
				const body = source.substring(he + 1) + "\n";
				const props = [{
					type: "block-scalar-header",
					offset,
					indent,
					source: head
				}];
				if (!addEndtoBlockProps(props, end)) props.push({
					type: "newline",
					offset: -1,
					indent,
					source: "\n"
				});
				return {
					type: "block-scalar",
					offset,
					indent,
					props,
					source: body
				};
			}
			case "\"": return {
				type: "double-quoted-scalar",
				offset,
				indent,
				source,
				end
			};
			case "'": return {
				type: "single-quoted-scalar",
				offset,
				indent,
				source,
				end
			};
			default: return {
				type: "scalar",
				offset,
				indent,
				source,
				end
			};
		}
	}
	/**
	* Set the value of `token` to the given string `value`, overwriting any previous contents and type that it may have.
	*
	* Best efforts are made to retain any comments previously associated with the `token`,
	* though all contents within a collection's `items` will be overwritten.
	*
	* Values that represent an actual string but may be parsed as a different type should use a `type` other than `'PLAIN'`,
	* as this function does not support any schema operations and won't check for such conflicts.
	*
	* @param token Any token. If it does not include an `indent` value, the value will be stringified as if it were an implicit key.
	* @param value The string representation of the value, which will have its content properly indented.
	* @param context.afterKey In most cases, values after a key should have an additional level of indentation.
	* @param context.implicitKey Being within an implicit key may affect the resolved type of the token's value.
	* @param context.inFlow Being within a flow collection may affect the resolved type of the token's value.
	* @param context.type The preferred type of the scalar token. If undefined, the previous type of the `token` will be used, defaulting to `'PLAIN'`.
	*/
	function setScalarValue(token, value, context = {}) {
		let { afterKey = false, implicitKey = false, inFlow = false, type } = context;
		let indent = "indent" in token ? token.indent : null;
		if (afterKey && typeof indent === "number") indent += 2;
		if (!type) switch (token.type) {
			case "single-quoted-scalar":
				type = "QUOTE_SINGLE";
				break;
			case "double-quoted-scalar":
				type = "QUOTE_DOUBLE";
				break;
			case "block-scalar": {
				const header = token.props[0];
				if (header.type !== "block-scalar-header") throw new Error("Invalid block scalar header");
				type = header.source[0] === ">" ? "BLOCK_FOLDED" : "BLOCK_LITERAL";
				break;
			}
			default: type = "PLAIN";
		}
		const source = stringifyString.stringifyString({
			type,
			value
		}, {
			implicitKey: implicitKey || indent === null,
			indent: indent !== null && indent > 0 ? " ".repeat(indent) : "",
			inFlow,
			options: {
				blockQuote: true,
				lineWidth: -1
			}
		});
		switch (source[0]) {
			case "|":
			case ">":
				setBlockScalarValue(token, source);
				break;
			case "\"":
				setFlowScalarValue(token, source, "double-quoted-scalar");
				break;
			case "'":
				setFlowScalarValue(token, source, "single-quoted-scalar");
				break;
			default: setFlowScalarValue(token, source, "scalar");
		}
	}
	function setBlockScalarValue(token, source) {
		const he = source.indexOf("\n");
		const head = source.substring(0, he);
		const body = source.substring(he + 1) + "\n";
		if (token.type === "block-scalar") {
			const header = token.props[0];
			if (header.type !== "block-scalar-header") throw new Error("Invalid block scalar header");
			header.source = head;
			token.source = body;
		} else {
			const { offset } = token;
			const indent = "indent" in token ? token.indent : -1;
			const props = [{
				type: "block-scalar-header",
				offset,
				indent,
				source: head
			}];
			if (!addEndtoBlockProps(props, "end" in token ? token.end : void 0)) props.push({
				type: "newline",
				offset: -1,
				indent,
				source: "\n"
			});
			for (const key of Object.keys(token)) if (key !== "type" && key !== "offset") delete token[key];
			Object.assign(token, {
				type: "block-scalar",
				indent,
				props,
				source: body
			});
		}
	}
	/** @returns `true` if last token is a newline */
	function addEndtoBlockProps(props, end) {
		if (end) for (const st of end) switch (st.type) {
			case "space":
			case "comment":
				props.push(st);
				break;
			case "newline":
				props.push(st);
				return true;
		}
		return false;
	}
	function setFlowScalarValue(token, source, type) {
		switch (token.type) {
			case "scalar":
			case "double-quoted-scalar":
			case "single-quoted-scalar":
				token.type = type;
				token.source = source;
				break;
			case "block-scalar": {
				const end = token.props.slice(1);
				let oa = source.length;
				if (token.props[0].type === "block-scalar-header") oa -= token.props[0].source.length;
				for (const tok of end) tok.offset += oa;
				delete token.props;
				Object.assign(token, {
					type,
					source,
					end
				});
				break;
			}
			case "block-map":
			case "block-seq": {
				const nl = {
					type: "newline",
					offset: token.offset + source.length,
					indent: token.indent,
					source: "\n"
				};
				delete token.items;
				Object.assign(token, {
					type,
					source,
					end: [nl]
				});
				break;
			}
			default: {
				const indent = "indent" in token ? token.indent : -1;
				const end = "end" in token && Array.isArray(token.end) ? token.end.filter((st) => st.type === "space" || st.type === "comment" || st.type === "newline") : [];
				for (const key of Object.keys(token)) if (key !== "type" && key !== "offset") delete token[key];
				Object.assign(token, {
					type,
					indent,
					source,
					end
				});
			}
		}
	}
	exports.createScalarToken = createScalarToken;
	exports.resolveAsScalar = resolveAsScalar;
	exports.setScalarValue = setScalarValue;
}));

// node_modules/yaml/dist/parse/cst-stringify.js
var require_cst_stringify = /* @__PURE__ */ __commonJSMin(((exports) => {
	/**
	* Stringify a CST document, token, or collection item
	*
	* Fair warning: This applies no validation whatsoever, and
	* simply concatenates the sources in their logical order.
	*/
	const stringify = (cst) => "type" in cst ? stringifyToken(cst) : stringifyItem(cst);
	function stringifyToken(token) {
		switch (token.type) {
			case "block-scalar": {
				let res = "";
				for (const tok of token.props) res += stringifyToken(tok);
				return res + token.source;
			}
			case "block-map":
			case "block-seq": {
				let res = "";
				for (const item of token.items) res += stringifyItem(item);
				return res;
			}
			case "flow-collection": {
				let res = token.start.source;
				for (const item of token.items) res += stringifyItem(item);
				for (const st of token.end) res += st.source;
				return res;
			}
			case "document": {
				let res = stringifyItem(token);
				if (token.end) for (const st of token.end) res += st.source;
				return res;
			}
			default: {
				let res = token.source;
				if ("end" in token && token.end) for (const st of token.end) res += st.source;
				return res;
			}
		}
	}
	function stringifyItem({ start, key, sep, value }) {
		let res = "";
		for (const st of start) res += st.source;
		if (key) res += stringifyToken(key);
		if (sep) for (const st of sep) res += st.source;
		if (value) res += stringifyToken(value);
		return res;
	}
	exports.stringify = stringify;
}));

// node_modules/yaml/dist/parse/cst-visit.js
var require_cst_visit = /* @__PURE__ */ __commonJSMin(((exports) => {
	const BREAK = Symbol("break visit");
	const SKIP = Symbol("skip children");
	const REMOVE = Symbol("remove item");
	/**
	* Apply a visitor to a CST document or item.
	*
	* Walks through the tree (depth-first) starting from the root, calling a
	* `visitor` function with two arguments when entering each item:
	*   - `item`: The current item, which included the following members:
	*     - `start: SourceToken[]` – Source tokens before the key or value,
	*       possibly including its anchor or tag.
	*     - `key?: Token | null` – Set for pair values. May then be `null`, if
	*       the key before the `:` separator is empty.
	*     - `sep?: SourceToken[]` – Source tokens between the key and the value,
	*       which should include the `:` map value indicator if `value` is set.
	*     - `value?: Token` – The value of a sequence item, or of a map pair.
	*   - `path`: The steps from the root to the current node, as an array of
	*     `['key' | 'value', number]` tuples.
	*
	* The return value of the visitor may be used to control the traversal:
	*   - `undefined` (default): Do nothing and continue
	*   - `visit.SKIP`: Do not visit the children of this token, continue with
	*      next sibling
	*   - `visit.BREAK`: Terminate traversal completely
	*   - `visit.REMOVE`: Remove the current item, then continue with the next one
	*   - `number`: Set the index of the next step. This is useful especially if
	*     the index of the current token has changed.
	*   - `function`: Define the next visitor for this item. After the original
	*     visitor is called on item entry, next visitors are called after handling
	*     a non-empty `key` and when exiting the item.
	*/
	function visit(cst, visitor) {
		if ("type" in cst && cst.type === "document") cst = {
			start: cst.start,
			value: cst.value
		};
		_visit(Object.freeze([]), cst, visitor);
	}
	/** Terminate visit traversal completely */
	visit.BREAK = BREAK;
	/** Do not visit the children of the current item */
	visit.SKIP = SKIP;
	/** Remove the current item */
	visit.REMOVE = REMOVE;
	/** Find the item at `path` from `cst` as the root */
	visit.itemAtPath = (cst, path) => {
		let item = cst;
		for (const [field, index] of path) {
			const tok = item?.[field];
			if (tok && "items" in tok) item = tok.items[index];
			else return void 0;
		}
		return item;
	};
	/**
	* Get the immediate parent collection of the item at `path` from `cst` as the root.
	*
	* Throws an error if the collection is not found, which should never happen if the item itself exists.
	*/
	visit.parentCollection = (cst, path) => {
		const parent = visit.itemAtPath(cst, path.slice(0, -1));
		const field = path[path.length - 1][0];
		const coll = parent?.[field];
		if (coll && "items" in coll) return coll;
		throw new Error("Parent collection not found");
	};
	function _visit(path, item, visitor) {
		let ctrl = visitor(item, path);
		if (typeof ctrl === "symbol") return ctrl;
		for (const field of ["key", "value"]) {
			const token = item[field];
			if (token && "items" in token) {
				for (let i = 0; i < token.items.length; ++i) {
					const ci = _visit(Object.freeze(path.concat([[field, i]])), token.items[i], visitor);
					if (typeof ci === "number") i = ci - 1;
					else if (ci === BREAK) return BREAK;
					else if (ci === REMOVE) {
						token.items.splice(i, 1);
						i -= 1;
					}
				}
				if (typeof ctrl === "function" && field === "key") ctrl = ctrl(item, path);
			}
		}
		return typeof ctrl === "function" ? ctrl(item, path) : ctrl;
	}
	exports.visit = visit;
}));

// node_modules/yaml/dist/parse/cst.js
var require_cst = /* @__PURE__ */ __commonJSMin(((exports) => {
	var cstScalar = require_cst_scalar();
	var cstStringify = require_cst_stringify();
	var cstVisit = require_cst_visit();
	/** The byte order mark */
	const BOM = "﻿";
	/** Start of doc-mode */
	const DOCUMENT = "";
	/** Unexpected end of flow-mode */
	const FLOW_END = "";
	/** Next token is a scalar value */
	const SCALAR = "";
	/** @returns `true` if `token` is a flow or block collection */
	const isCollection = (token) => !!token && "items" in token;
	/** @returns `true` if `token` is a flow or block scalar; not an alias */
	const isScalar = (token) => !!token && (token.type === "scalar" || token.type === "single-quoted-scalar" || token.type === "double-quoted-scalar" || token.type === "block-scalar");
	/* istanbul ignore next */
	/** Get a printable representation of a lexer token */
	function prettyToken(token) {
		switch (token) {
			case BOM: return "<BOM>";
			case DOCUMENT: return "<DOC>";
			case FLOW_END: return "<FLOW_END>";
			case SCALAR: return "<SCALAR>";
			default: return JSON.stringify(token);
		}
	}
	/** Identify the type of a lexer token. May return `null` for unknown tokens. */
	function tokenType(source) {
		switch (source) {
			case BOM: return "byte-order-mark";
			case DOCUMENT: return "doc-mode";
			case FLOW_END: return "flow-error-end";
			case SCALAR: return "scalar";
			case "---": return "doc-start";
			case "...": return "doc-end";
			case "":
			case "\n":
			case "\r\n": return "newline";
			case "-": return "seq-item-ind";
			case "?": return "explicit-key-ind";
			case ":": return "map-value-ind";
			case "{": return "flow-map-start";
			case "}": return "flow-map-end";
			case "[": return "flow-seq-start";
			case "]": return "flow-seq-end";
			case ",": return "comma";
		}
		switch (source[0]) {
			case " ":
			case "	": return "space";
			case "#": return "comment";
			case "%": return "directive-line";
			case "*": return "alias";
			case "&": return "anchor";
			case "!": return "tag";
			case "'": return "single-quoted-scalar";
			case "\"": return "double-quoted-scalar";
			case "|":
			case ">": return "block-scalar-header";
		}
		return null;
	}
	exports.createScalarToken = cstScalar.createScalarToken;
	exports.resolveAsScalar = cstScalar.resolveAsScalar;
	exports.setScalarValue = cstScalar.setScalarValue;
	exports.stringify = cstStringify.stringify;
	exports.visit = cstVisit.visit;
	exports.BOM = BOM;
	exports.DOCUMENT = DOCUMENT;
	exports.FLOW_END = FLOW_END;
	exports.SCALAR = SCALAR;
	exports.isCollection = isCollection;
	exports.isScalar = isScalar;
	exports.prettyToken = prettyToken;
	exports.tokenType = tokenType;
}));

// node_modules/yaml/dist/parse/lexer.js
var require_lexer = /* @__PURE__ */ __commonJSMin(((exports) => {
	var cst = require_cst();
	function isEmpty(ch) {
		switch (ch) {
			case void 0:
			case " ":
			case "\n":
			case "\r":
			case "	": return true;
			default: return false;
		}
	}
	const hexDigits = /* @__PURE__ */ new Set("0123456789ABCDEFabcdef");
	const tagChars = /* @__PURE__ */ new Set("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-#;/?:@&=+$_.!~*'()");
	const flowIndicatorChars = /* @__PURE__ */ new Set(",[]{}");
	const invalidAnchorChars = /* @__PURE__ */ new Set(" ,[]{}\n\r	");
	const isNotAnchorChar = (ch) => !ch || invalidAnchorChars.has(ch);
	/**
	* Splits an input string into lexical tokens, i.e. smaller strings that are
	* easily identifiable by `tokens.tokenType()`.
	*
	* Lexing starts always in a "stream" context. Incomplete input may be buffered
	* until a complete token can be emitted.
	*
	* In addition to slices of the original input, the following control characters
	* may also be emitted:
	*
	* - `\x02` (Start of Text): A document starts with the next token
	* - `\x18` (Cancel): Unexpected end of flow-mode (indicates an error)
	* - `\x1f` (Unit Separator): Next token is a scalar value
	* - `\u{FEFF}` (Byte order mark): Emitted separately outside documents
	*/
	var Lexer = class {
		constructor() {
			/**
			* Flag indicating whether the end of the current buffer marks the end of
			* all input
			*/
			this.atEnd = false;
			/**
			* Explicit indent set in block scalar header, as an offset from the current
			* minimum indent, so e.g. set to 1 from a header `|2+`. Set to -1 if not
			* explicitly set.
			*/
			this.blockScalarIndent = -1;
			/**
			* Block scalars that include a + (keep) chomping indicator in their header
			* include trailing empty lines, which are otherwise excluded from the
			* scalar's contents.
			*/
			this.blockScalarKeep = false;
			/** Current input */
			this.buffer = "";
			/**
			* Flag noting whether the map value indicator : can immediately follow this
			* node within a flow context.
			*/
			this.flowKey = false;
			/** Count of surrounding flow collection levels. */
			this.flowLevel = 0;
			/**
			* Minimum level of indentation required for next lines to be parsed as a
			* part of the current scalar value.
			*/
			this.indentNext = 0;
			/** Indentation level of the current line. */
			this.indentValue = 0;
			/** Position of the next \n character. */
			this.lineEndPos = null;
			/** Stores the state of the lexer if reaching the end of incpomplete input */
			this.next = null;
			/** A pointer to `buffer`; the current position of the lexer. */
			this.pos = 0;
		}
		/**
		* Generate YAML tokens from the `source` string. If `incomplete`,
		* a part of the last line may be left as a buffer for the next call.
		*
		* @returns A generator of lexical tokens
		*/
		*lex(source, incomplete = false) {
			if (source) {
				if (typeof source !== "string") throw TypeError("source is not a string");
				this.buffer = this.buffer ? this.buffer + source : source;
				this.lineEndPos = null;
			}
			this.atEnd = !incomplete;
			let next = this.next ?? "stream";
			while (next && (incomplete || this.hasChars(1))) next = yield* this.parseNext(next);
		}
		atLineEnd() {
			let i = this.pos;
			let ch = this.buffer[i];
			while (ch === " " || ch === "	") ch = this.buffer[++i];
			if (!ch || ch === "#" || ch === "\n") return true;
			if (ch === "\r") return this.buffer[i + 1] === "\n";
			return false;
		}
		charAt(n) {
			return this.buffer[this.pos + n];
		}
		continueScalar(offset) {
			let ch = this.buffer[offset];
			if (this.indentNext > 0) {
				let indent = 0;
				while (ch === " ") ch = this.buffer[++indent + offset];
				if (ch === "\r") {
					const next = this.buffer[indent + offset + 1];
					if (next === "\n" || !next && !this.atEnd) return offset + indent + 1;
				}
				return ch === "\n" || indent >= this.indentNext || !ch && !this.atEnd ? offset + indent : -1;
			}
			if (ch === "-" || ch === ".") {
				const dt = this.buffer.substr(offset, 3);
				if ((dt === "---" || dt === "...") && isEmpty(this.buffer[offset + 3])) return -1;
			}
			return offset;
		}
		getLine() {
			let end = this.lineEndPos;
			if (typeof end !== "number" || end !== -1 && end < this.pos) {
				end = this.buffer.indexOf("\n", this.pos);
				this.lineEndPos = end;
			}
			if (end === -1) return this.atEnd ? this.buffer.substring(this.pos) : null;
			if (this.buffer[end - 1] === "\r") end -= 1;
			return this.buffer.substring(this.pos, end);
		}
		hasChars(n) {
			return this.pos + n <= this.buffer.length;
		}
		setNext(state) {
			this.buffer = this.buffer.substring(this.pos);
			this.pos = 0;
			this.lineEndPos = null;
			this.next = state;
			return null;
		}
		peek(n) {
			return this.buffer.substr(this.pos, n);
		}
		*parseNext(next) {
			switch (next) {
				case "stream": return yield* this.parseStream();
				case "line-start": return yield* this.parseLineStart();
				case "block-start": return yield* this.parseBlockStart();
				case "doc": return yield* this.parseDocument();
				case "flow": return yield* this.parseFlowCollection();
				case "quoted-scalar": return yield* this.parseQuotedScalar();
				case "block-scalar": return yield* this.parseBlockScalar();
				case "plain-scalar": return yield* this.parsePlainScalar();
			}
		}
		*parseStream() {
			let line = this.getLine();
			if (line === null) return this.setNext("stream");
			if (line[0] === cst.BOM) {
				yield* this.pushCount(1);
				line = line.substring(1);
			}
			if (line[0] === "%") {
				let dirEnd = line.length;
				let cs = line.indexOf("#");
				while (cs !== -1) {
					const ch = line[cs - 1];
					if (ch === " " || ch === "	") {
						dirEnd = cs - 1;
						break;
					} else cs = line.indexOf("#", cs + 1);
				}
				while (true) {
					const ch = line[dirEnd - 1];
					if (ch === " " || ch === "	") dirEnd -= 1;
					else break;
				}
				const n = (yield* this.pushCount(dirEnd)) + (yield* this.pushSpaces(true));
				yield* this.pushCount(line.length - n);
				this.pushNewline();
				return "stream";
			}
			if (this.atLineEnd()) {
				const sp = yield* this.pushSpaces(true);
				yield* this.pushCount(line.length - sp);
				yield* this.pushNewline();
				return "stream";
			}
			yield cst.DOCUMENT;
			return yield* this.parseLineStart();
		}
		*parseLineStart() {
			const ch = this.charAt(0);
			if (!ch && !this.atEnd) return this.setNext("line-start");
			if (ch === "-" || ch === ".") {
				if (!this.atEnd && !this.hasChars(4)) return this.setNext("line-start");
				const s = this.peek(3);
				if ((s === "---" || s === "...") && isEmpty(this.charAt(3))) {
					yield* this.pushCount(3);
					this.indentValue = 0;
					this.indentNext = 0;
					return s === "---" ? "doc" : "stream";
				}
			}
			this.indentValue = yield* this.pushSpaces(false);
			if (this.indentNext > this.indentValue && !isEmpty(this.charAt(1))) this.indentNext = this.indentValue;
			return yield* this.parseBlockStart();
		}
		*parseBlockStart() {
			const [ch0, ch1] = this.peek(2);
			if (!ch1 && !this.atEnd) return this.setNext("block-start");
			if ((ch0 === "-" || ch0 === "?" || ch0 === ":") && isEmpty(ch1)) {
				const n = (yield* this.pushCount(1)) + (yield* this.pushSpaces(true));
				this.indentNext = this.indentValue + 1;
				this.indentValue += n;
				return "block-start";
			}
			return "doc";
		}
		*parseDocument() {
			yield* this.pushSpaces(true);
			const line = this.getLine();
			if (line === null) return this.setNext("doc");
			let n = yield* this.pushIndicators();
			switch (line[n]) {
				case "#": yield* this.pushCount(line.length - n);
				case void 0:
					yield* this.pushNewline();
					return yield* this.parseLineStart();
				case "{":
				case "[":
					yield* this.pushCount(1);
					this.flowKey = false;
					this.flowLevel = 1;
					return "flow";
				case "}":
				case "]":
					yield* this.pushCount(1);
					return "doc";
				case "*":
					yield* this.pushUntil(isNotAnchorChar);
					return "doc";
				case "\"":
				case "'": return yield* this.parseQuotedScalar();
				case "|":
				case ">":
					n += yield* this.parseBlockScalarHeader();
					n += yield* this.pushSpaces(true);
					yield* this.pushCount(line.length - n);
					yield* this.pushNewline();
					return yield* this.parseBlockScalar();
				default: return yield* this.parsePlainScalar();
			}
		}
		*parseFlowCollection() {
			let nl, sp;
			let indent = -1;
			do {
				nl = yield* this.pushNewline();
				if (nl > 0) {
					sp = yield* this.pushSpaces(false);
					this.indentValue = indent = sp;
				} else sp = 0;
				sp += yield* this.pushSpaces(true);
			} while (nl + sp > 0);
			const line = this.getLine();
			if (line === null) return this.setNext("flow");
			if (indent !== -1 && indent < this.indentNext && line[0] !== "#" || indent === 0 && (line.startsWith("---") || line.startsWith("...")) && isEmpty(line[3])) {
				if (!(indent === this.indentNext - 1 && this.flowLevel === 1 && (line[0] === "]" || line[0] === "}"))) {
					this.flowLevel = 0;
					yield cst.FLOW_END;
					return yield* this.parseLineStart();
				}
			}
			let n = 0;
			while (line[n] === ",") {
				n += yield* this.pushCount(1);
				n += yield* this.pushSpaces(true);
				this.flowKey = false;
			}
			n += yield* this.pushIndicators();
			switch (line[n]) {
				case void 0: return "flow";
				case "#":
					yield* this.pushCount(line.length - n);
					return "flow";
				case "{":
				case "[":
					yield* this.pushCount(1);
					this.flowKey = false;
					this.flowLevel += 1;
					return "flow";
				case "}":
				case "]":
					yield* this.pushCount(1);
					this.flowKey = true;
					this.flowLevel -= 1;
					return this.flowLevel ? "flow" : "doc";
				case "*":
					yield* this.pushUntil(isNotAnchorChar);
					return "flow";
				case "\"":
				case "'":
					this.flowKey = true;
					return yield* this.parseQuotedScalar();
				case ":": {
					const next = this.charAt(1);
					if (this.flowKey || isEmpty(next) || next === ",") {
						this.flowKey = false;
						yield* this.pushCount(1);
						yield* this.pushSpaces(true);
						return "flow";
					}
				}
				default:
					this.flowKey = false;
					return yield* this.parsePlainScalar();
			}
		}
		*parseQuotedScalar() {
			const quote = this.charAt(0);
			let end = this.buffer.indexOf(quote, this.pos + 1);
			if (quote === "'") while (end !== -1 && this.buffer[end + 1] === "'") end = this.buffer.indexOf("'", end + 2);
			else while (end !== -1) {
				let n = 0;
				while (this.buffer[end - 1 - n] === "\\") n += 1;
				if (n % 2 === 0) break;
				end = this.buffer.indexOf("\"", end + 1);
			}
			const qb = this.buffer.substring(0, end);
			let nl = qb.indexOf("\n", this.pos);
			if (nl !== -1) {
				while (nl !== -1) {
					const cs = this.continueScalar(nl + 1);
					if (cs === -1) break;
					nl = qb.indexOf("\n", cs);
				}
				if (nl !== -1) end = nl - (qb[nl - 1] === "\r" ? 2 : 1);
			}
			if (end === -1) {
				if (!this.atEnd) return this.setNext("quoted-scalar");
				end = this.buffer.length;
			}
			yield* this.pushToIndex(end + 1, false);
			return this.flowLevel ? "flow" : "doc";
		}
		*parseBlockScalarHeader() {
			this.blockScalarIndent = -1;
			this.blockScalarKeep = false;
			let i = this.pos;
			while (true) {
				const ch = this.buffer[++i];
				if (ch === "+") this.blockScalarKeep = true;
				else if (ch > "0" && ch <= "9") this.blockScalarIndent = Number(ch) - 1;
				else if (ch !== "-") break;
			}
			return yield* this.pushUntil((ch) => isEmpty(ch) || ch === "#");
		}
		*parseBlockScalar() {
			let nl = this.pos - 1;
			let indent = 0;
			let ch;
			loop: for (let i = this.pos; ch = this.buffer[i]; ++i) switch (ch) {
				case " ":
					indent += 1;
					break;
				case "\n":
					nl = i;
					indent = 0;
					break;
				case "\r": {
					const next = this.buffer[i + 1];
					if (!next && !this.atEnd) return this.setNext("block-scalar");
					if (next === "\n") break;
				}
				default: break loop;
			}
			if (!ch && !this.atEnd) return this.setNext("block-scalar");
			if (indent >= this.indentNext) {
				if (this.blockScalarIndent === -1) this.indentNext = indent;
				else this.indentNext = this.blockScalarIndent + (this.indentNext === 0 ? 1 : this.indentNext);
				do {
					const cs = this.continueScalar(nl + 1);
					if (cs === -1) break;
					nl = this.buffer.indexOf("\n", cs);
				} while (nl !== -1);
				if (nl === -1) {
					if (!this.atEnd) return this.setNext("block-scalar");
					nl = this.buffer.length;
				}
			}
			let i = nl + 1;
			ch = this.buffer[i];
			while (ch === " ") ch = this.buffer[++i];
			if (ch === "	") {
				while (ch === "	" || ch === " " || ch === "\r" || ch === "\n") ch = this.buffer[++i];
				nl = i - 1;
			} else if (!this.blockScalarKeep) do {
				let i = nl - 1;
				let ch = this.buffer[i];
				if (ch === "\r") ch = this.buffer[--i];
				const lastChar = i;
				while (ch === " ") ch = this.buffer[--i];
				if (ch === "\n" && i >= this.pos && i + 1 + indent > lastChar) nl = i;
				else break;
			} while (true);
			yield cst.SCALAR;
			yield* this.pushToIndex(nl + 1, true);
			return yield* this.parseLineStart();
		}
		*parsePlainScalar() {
			const inFlow = this.flowLevel > 0;
			let end = this.pos - 1;
			let i = this.pos - 1;
			let ch;
			while (ch = this.buffer[++i]) if (ch === ":") {
				const next = this.buffer[i + 1];
				if (isEmpty(next) || inFlow && flowIndicatorChars.has(next)) break;
				end = i;
			} else if (isEmpty(ch)) {
				let next = this.buffer[i + 1];
				if (ch === "\r") {
					if (next === "\n") {
						i += 1;
						ch = "\n";
						next = this.buffer[i + 1];
					} else end = i;
				}
				if (next === "#" || inFlow && flowIndicatorChars.has(next)) break;
				if (ch === "\n") {
					const cs = this.continueScalar(i + 1);
					if (cs === -1) break;
					i = Math.max(i, cs - 2);
				}
			} else {
				if (inFlow && flowIndicatorChars.has(ch)) break;
				end = i;
			}
			if (!ch && !this.atEnd) return this.setNext("plain-scalar");
			yield cst.SCALAR;
			yield* this.pushToIndex(end + 1, true);
			return inFlow ? "flow" : "doc";
		}
		*pushCount(n) {
			if (n > 0) {
				yield this.buffer.substr(this.pos, n);
				this.pos += n;
				return n;
			}
			return 0;
		}
		*pushToIndex(i, allowEmpty) {
			const s = this.buffer.slice(this.pos, i);
			if (s) {
				yield s;
				this.pos += s.length;
				return s.length;
			} else if (allowEmpty) yield "";
			return 0;
		}
		*pushIndicators() {
			let n = 0;
			loop: while (true) {
				switch (this.charAt(0)) {
					case "!":
						n += yield* this.pushTag();
						n += yield* this.pushSpaces(true);
						continue loop;
					case "&":
						n += yield* this.pushUntil(isNotAnchorChar);
						n += yield* this.pushSpaces(true);
						continue loop;
					case "-":
					case "?":
					case ":": {
						const inFlow = this.flowLevel > 0;
						const ch1 = this.charAt(1);
						if (isEmpty(ch1) || inFlow && flowIndicatorChars.has(ch1)) {
							if (!inFlow) this.indentNext = this.indentValue + 1;
							else if (this.flowKey) this.flowKey = false;
							n += yield* this.pushCount(1);
							n += yield* this.pushSpaces(true);
							continue loop;
						}
					}
				}
				break loop;
			}
			return n;
		}
		*pushTag() {
			if (this.charAt(1) === "<") {
				let i = this.pos + 2;
				let ch = this.buffer[i];
				while (!isEmpty(ch) && ch !== ">") ch = this.buffer[++i];
				return yield* this.pushToIndex(ch === ">" ? i + 1 : i, false);
			} else {
				let i = this.pos + 1;
				let ch = this.buffer[i];
				while (ch) if (tagChars.has(ch)) ch = this.buffer[++i];
				else if (ch === "%" && hexDigits.has(this.buffer[i + 1]) && hexDigits.has(this.buffer[i + 2])) ch = this.buffer[i += 3];
				else break;
				return yield* this.pushToIndex(i, false);
			}
		}
		*pushNewline() {
			const ch = this.buffer[this.pos];
			if (ch === "\n") return yield* this.pushCount(1);
			else if (ch === "\r" && this.charAt(1) === "\n") return yield* this.pushCount(2);
			else return 0;
		}
		*pushSpaces(allowTabs) {
			let i = this.pos - 1;
			let ch;
			do
				ch = this.buffer[++i];
			while (ch === " " || allowTabs && ch === "	");
			const n = i - this.pos;
			if (n > 0) {
				yield this.buffer.substr(this.pos, n);
				this.pos = i;
			}
			return n;
		}
		*pushUntil(test) {
			let i = this.pos;
			let ch = this.buffer[i];
			while (!test(ch)) ch = this.buffer[++i];
			return yield* this.pushToIndex(i, false);
		}
	};
	exports.Lexer = Lexer;
}));

// node_modules/yaml/dist/parse/line-counter.js
var require_line_counter = /* @__PURE__ */ __commonJSMin(((exports) => {
	/**
	* Tracks newlines during parsing in order to provide an efficient API for
	* determining the one-indexed `{ line, col }` position for any offset
	* within the input.
	*/
	var LineCounter = class {
		constructor() {
			this.lineStarts = [];
			/**
			* Should be called in ascending order. Otherwise, call
			* `lineCounter.lineStarts.sort()` before calling `linePos()`.
			*/
			this.addNewLine = (offset) => this.lineStarts.push(offset);
			/**
			* Performs a binary search and returns the 1-indexed { line, col }
			* position of `offset`. If `line === 0`, `addNewLine` has never been
			* called or `offset` is before the first known newline.
			*/
			this.linePos = (offset) => {
				let low = 0;
				let high = this.lineStarts.length;
				while (low < high) {
					const mid = low + high >> 1;
					if (this.lineStarts[mid] < offset) low = mid + 1;
					else high = mid;
				}
				if (this.lineStarts[low] === offset) return {
					line: low + 1,
					col: 1
				};
				if (low === 0) return {
					line: 0,
					col: offset
				};
				const start = this.lineStarts[low - 1];
				return {
					line: low,
					col: offset - start + 1
				};
			};
		}
	};
	exports.LineCounter = LineCounter;
}));

// node_modules/yaml/dist/parse/parser.js
var require_parser = /* @__PURE__ */ __commonJSMin(((exports) => {
	var node_process = __require("process");
	var cst = require_cst();
	var lexer = require_lexer();
	function includesToken(list, type) {
		for (let i = 0; i < list.length; ++i) if (list[i].type === type) return true;
		return false;
	}
	function findNonEmptyIndex(list) {
		for (let i = 0; i < list.length; ++i) switch (list[i].type) {
			case "space":
			case "comment":
			case "newline": break;
			default: return i;
		}
		return -1;
	}
	function isFlowToken(token) {
		switch (token?.type) {
			case "alias":
			case "scalar":
			case "single-quoted-scalar":
			case "double-quoted-scalar":
			case "flow-collection": return true;
			default: return false;
		}
	}
	function getPrevProps(parent) {
		switch (parent.type) {
			case "document": return parent.start;
			case "block-map": {
				const it = parent.items[parent.items.length - 1];
				return it.sep ?? it.start;
			}
			case "block-seq": return parent.items[parent.items.length - 1].start;
			/* istanbul ignore next should not happen */
			default: return [];
		}
	}
	/** Note: May modify input array */
	function getFirstKeyStartProps(prev) {
		if (prev.length === 0) return [];
		let i = prev.length;
		loop: while (--i >= 0) switch (prev[i].type) {
			case "doc-start":
			case "explicit-key-ind":
			case "map-value-ind":
			case "seq-item-ind":
			case "newline": break loop;
		}
		while (prev[++i]?.type === "space");
		return prev.splice(i, prev.length);
	}
	function arrayPushArray(target, source) {
		if (source.length < 1e5) Array.prototype.push.apply(target, source);
		else for (let i = 0; i < source.length; ++i) target.push(source[i]);
	}
	function fixFlowSeqItems(fc) {
		if (fc.start.type === "flow-seq-start") {
			for (const it of fc.items) if (it.sep && !it.value && !includesToken(it.start, "explicit-key-ind") && !includesToken(it.sep, "map-value-ind")) {
				if (it.key) it.value = it.key;
				delete it.key;
				if (isFlowToken(it.value)) {
					if (it.value.end) arrayPushArray(it.value.end, it.sep);
					else it.value.end = it.sep;
				} else arrayPushArray(it.start, it.sep);
				delete it.sep;
			}
		}
	}
	/**
	* A YAML concrete syntax tree (CST) parser
	*
	* ```ts
	* const src: string = ...
	* for (const token of new Parser().parse(src)) {
	*   // token: Token
	* }
	* ```
	*
	* To use the parser with a user-provided lexer:
	*
	* ```ts
	* function* parse(source: string, lexer: Lexer) {
	*   const parser = new Parser()
	*   for (const lexeme of lexer.lex(source))
	*     yield* parser.next(lexeme)
	*   yield* parser.end()
	* }
	*
	* const src: string = ...
	* const lexer = new Lexer()
	* for (const token of parse(src, lexer)) {
	*   // token: Token
	* }
	* ```
	*/
	var Parser = class {
		/**
		* @param onNewLine - If defined, called separately with the start position of
		*   each new line (in `parse()`, including the start of input).
		*/
		constructor(onNewLine) {
			/** If true, space and sequence indicators count as indentation */
			this.atNewLine = true;
			/** If true, next token is a scalar value */
			this.atScalar = false;
			/** Current indentation level */
			this.indent = 0;
			/** Current offset since the start of parsing */
			this.offset = 0;
			/** On the same line with a block map key */
			this.onKeyLine = false;
			/** Top indicates the node that's currently being built */
			this.stack = [];
			/** The source of the current token, set in parse() */
			this.source = "";
			/** The type of the current token, set in parse() */
			this.type = "";
			this.lexer = new lexer.Lexer();
			this.onNewLine = onNewLine;
		}
		/**
		* Parse `source` as a YAML stream.
		* If `incomplete`, a part of the last line may be left as a buffer for the next call.
		*
		* Errors are not thrown, but yielded as `{ type: 'error', message }` tokens.
		*
		* @returns A generator of tokens representing each directive, document, and other structure.
		*/
		*parse(source, incomplete = false) {
			if (this.onNewLine && this.offset === 0) this.onNewLine(0);
			for (const lexeme of this.lexer.lex(source, incomplete)) yield* this.next(lexeme);
			if (!incomplete) yield* this.end();
		}
		/**
		* Advance the parser by the `source` of one lexical token.
		*/
		*next(source) {
			this.source = source;
			if (node_process.env.LOG_TOKENS) console.log("|", cst.prettyToken(source));
			if (this.atScalar) {
				this.atScalar = false;
				yield* this.step();
				this.offset += source.length;
				return;
			}
			const type = cst.tokenType(source);
			if (!type) {
				const message = `Not a YAML token: ${source}`;
				yield* this.pop({
					type: "error",
					offset: this.offset,
					message,
					source
				});
				this.offset += source.length;
			} else if (type === "scalar") {
				this.atNewLine = false;
				this.atScalar = true;
				this.type = "scalar";
			} else {
				this.type = type;
				yield* this.step();
				switch (type) {
					case "newline":
						this.atNewLine = true;
						this.indent = 0;
						if (this.onNewLine) this.onNewLine(this.offset + source.length);
						break;
					case "space":
						if (this.atNewLine && source[0] === " ") this.indent += source.length;
						break;
					case "explicit-key-ind":
					case "map-value-ind":
					case "seq-item-ind":
						if (this.atNewLine) this.indent += source.length;
						break;
					case "doc-mode":
					case "flow-error-end": return;
					default: this.atNewLine = false;
				}
				this.offset += source.length;
			}
		}
		/** Call at end of input to push out any remaining constructions */
		*end() {
			while (this.stack.length > 0) yield* this.pop();
		}
		get sourceToken() {
			return {
				type: this.type,
				offset: this.offset,
				indent: this.indent,
				source: this.source
			};
		}
		*step() {
			const top = this.peek(1);
			if (this.type === "doc-end" && top?.type !== "doc-end") {
				while (this.stack.length > 0) yield* this.pop();
				this.stack.push({
					type: "doc-end",
					offset: this.offset,
					source: this.source
				});
				return;
			}
			if (!top) return yield* this.stream();
			switch (top.type) {
				case "document": return yield* this.document(top);
				case "alias":
				case "scalar":
				case "single-quoted-scalar":
				case "double-quoted-scalar": return yield* this.scalar(top);
				case "block-scalar": return yield* this.blockScalar(top);
				case "block-map": return yield* this.blockMap(top);
				case "block-seq": return yield* this.blockSequence(top);
				case "flow-collection": return yield* this.flowCollection(top);
				case "doc-end": return yield* this.documentEnd(top);
			}
			/* istanbul ignore next should not happen */
			yield* this.pop();
		}
		peek(n) {
			return this.stack[this.stack.length - n];
		}
		*pop(error) {
			const token = error ?? this.stack.pop();
			/* istanbul ignore if should not happen */
			if (!token) yield {
				type: "error",
				offset: this.offset,
				source: "",
				message: "Tried to pop an empty stack"
			};
			else if (this.stack.length === 0) yield token;
			else {
				const top = this.peek(1);
				if (token.type === "block-scalar") token.indent = "indent" in top ? top.indent : 0;
				else if (token.type === "flow-collection" && top.type === "document") token.indent = 0;
				if (token.type === "flow-collection") fixFlowSeqItems(token);
				switch (top.type) {
					case "document":
						top.value = token;
						break;
					case "block-scalar":
						top.props.push(token);
						break;
					case "block-map": {
						const it = top.items[top.items.length - 1];
						if (it.value) {
							top.items.push({
								start: [],
								key: token,
								sep: []
							});
							this.onKeyLine = true;
							return;
						} else if (it.sep) it.value = token;
						else {
							Object.assign(it, {
								key: token,
								sep: []
							});
							this.onKeyLine = !it.explicitKey;
							return;
						}
						break;
					}
					case "block-seq": {
						const it = top.items[top.items.length - 1];
						if (it.value) top.items.push({
							start: [],
							value: token
						});
						else it.value = token;
						break;
					}
					case "flow-collection": {
						const it = top.items[top.items.length - 1];
						if (!it || it.value) top.items.push({
							start: [],
							key: token,
							sep: []
						});
						else if (it.sep) it.value = token;
						else Object.assign(it, {
							key: token,
							sep: []
						});
						return;
					}
					/* istanbul ignore next should not happen */
					default:
						yield* this.pop();
						yield* this.pop(token);
				}
				if ((top.type === "document" || top.type === "block-map" || top.type === "block-seq") && (token.type === "block-map" || token.type === "block-seq")) {
					const last = token.items[token.items.length - 1];
					if (last && !last.sep && !last.value && last.start.length > 0 && findNonEmptyIndex(last.start) === -1 && (token.indent === 0 || last.start.every((st) => st.type !== "comment" || st.indent < token.indent))) {
						if (top.type === "document") top.end = last.start;
						else top.items.push({ start: last.start });
						token.items.splice(-1, 1);
					}
				}
			}
		}
		*stream() {
			switch (this.type) {
				case "directive-line":
					yield {
						type: "directive",
						offset: this.offset,
						source: this.source
					};
					return;
				case "byte-order-mark":
				case "space":
				case "comment":
				case "newline":
					yield this.sourceToken;
					return;
				case "doc-mode":
				case "doc-start": {
					const doc = {
						type: "document",
						offset: this.offset,
						start: []
					};
					if (this.type === "doc-start") doc.start.push(this.sourceToken);
					this.stack.push(doc);
					return;
				}
			}
			yield {
				type: "error",
				offset: this.offset,
				message: `Unexpected ${this.type} token in YAML stream`,
				source: this.source
			};
		}
		*document(doc) {
			if (doc.value) return yield* this.lineEnd(doc);
			switch (this.type) {
				case "doc-start":
					if (findNonEmptyIndex(doc.start) !== -1) {
						yield* this.pop();
						yield* this.step();
					} else doc.start.push(this.sourceToken);
					return;
				case "anchor":
				case "tag":
				case "space":
				case "comment":
				case "newline":
					doc.start.push(this.sourceToken);
					return;
			}
			const bv = this.startBlockValue(doc);
			if (bv) this.stack.push(bv);
			else yield {
				type: "error",
				offset: this.offset,
				message: `Unexpected ${this.type} token in YAML document`,
				source: this.source
			};
		}
		*scalar(scalar) {
			if (this.type === "map-value-ind") {
				const start = getFirstKeyStartProps(getPrevProps(this.peek(2)));
				let sep;
				if (scalar.end) {
					sep = scalar.end;
					sep.push(this.sourceToken);
					delete scalar.end;
				} else sep = [this.sourceToken];
				const map = {
					type: "block-map",
					offset: scalar.offset,
					indent: scalar.indent,
					items: [{
						start,
						key: scalar,
						sep
					}]
				};
				this.onKeyLine = true;
				this.stack[this.stack.length - 1] = map;
			} else yield* this.lineEnd(scalar);
		}
		*blockScalar(scalar) {
			switch (this.type) {
				case "space":
				case "comment":
				case "newline":
					scalar.props.push(this.sourceToken);
					return;
				case "scalar":
					scalar.source = this.source;
					this.atNewLine = true;
					this.indent = 0;
					if (this.onNewLine) {
						let nl = this.source.indexOf("\n") + 1;
						while (nl !== 0) {
							this.onNewLine(this.offset + nl);
							nl = this.source.indexOf("\n", nl) + 1;
						}
					}
					yield* this.pop();
					break;
				/* istanbul ignore next should not happen */
				default:
					yield* this.pop();
					yield* this.step();
			}
		}
		*blockMap(map) {
			const it = map.items[map.items.length - 1];
			switch (this.type) {
				case "newline":
					this.onKeyLine = false;
					if (it.value) {
						const end = "end" in it.value ? it.value.end : void 0;
						if ((Array.isArray(end) ? end[end.length - 1] : void 0)?.type === "comment") end?.push(this.sourceToken);
						else map.items.push({ start: [this.sourceToken] });
					} else if (it.sep) it.sep.push(this.sourceToken);
					else it.start.push(this.sourceToken);
					return;
				case "space":
				case "comment":
					if (it.value) map.items.push({ start: [this.sourceToken] });
					else if (it.sep) it.sep.push(this.sourceToken);
					else {
						if (this.atIndentedComment(it.start, map.indent)) {
							const end = map.items[map.items.length - 2]?.value?.end;
							if (Array.isArray(end)) {
								arrayPushArray(end, it.start);
								end.push(this.sourceToken);
								map.items.pop();
								return;
							}
						}
						it.start.push(this.sourceToken);
					}
					return;
			}
			if (this.indent >= map.indent) {
				const atMapIndent = !this.onKeyLine && this.indent === map.indent;
				const atNextItem = atMapIndent && (it.sep || it.explicitKey) && this.type !== "seq-item-ind";
				let start = [];
				if (atNextItem && it.sep && !it.value) {
					const nl = [];
					for (let i = 0; i < it.sep.length; ++i) {
						const st = it.sep[i];
						switch (st.type) {
							case "newline":
								nl.push(i);
								break;
							case "space": break;
							case "comment":
								if (st.indent > map.indent) nl.length = 0;
								break;
							default: nl.length = 0;
						}
					}
					if (nl.length >= 2) start = it.sep.splice(nl[1]);
				}
				switch (this.type) {
					case "anchor":
					case "tag":
						if (atNextItem || it.value) {
							start.push(this.sourceToken);
							map.items.push({ start });
							this.onKeyLine = true;
						} else if (it.sep) it.sep.push(this.sourceToken);
						else it.start.push(this.sourceToken);
						return;
					case "explicit-key-ind":
						if (!it.sep && !it.explicitKey) {
							it.start.push(this.sourceToken);
							it.explicitKey = true;
						} else if (atNextItem || it.value) {
							start.push(this.sourceToken);
							map.items.push({
								start,
								explicitKey: true
							});
						} else this.stack.push({
							type: "block-map",
							offset: this.offset,
							indent: this.indent,
							items: [{
								start: [this.sourceToken],
								explicitKey: true
							}]
						});
						this.onKeyLine = true;
						return;
					case "map-value-ind":
						if (it.explicitKey) {
							if (!it.sep) {
								if (includesToken(it.start, "newline")) Object.assign(it, {
									key: null,
									sep: [this.sourceToken]
								});
								else {
									const start = getFirstKeyStartProps(it.start);
									this.stack.push({
										type: "block-map",
										offset: this.offset,
										indent: this.indent,
										items: [{
											start,
											key: null,
											sep: [this.sourceToken]
										}]
									});
								}
							} else if (it.value) map.items.push({
								start: [],
								key: null,
								sep: [this.sourceToken]
							});
							else if (includesToken(it.sep, "map-value-ind")) this.stack.push({
								type: "block-map",
								offset: this.offset,
								indent: this.indent,
								items: [{
									start,
									key: null,
									sep: [this.sourceToken]
								}]
							});
							else if (isFlowToken(it.key) && !includesToken(it.sep, "newline")) {
								const start = getFirstKeyStartProps(it.start);
								const key = it.key;
								const sep = it.sep;
								sep.push(this.sourceToken);
								delete it.key;
								delete it.sep;
								this.stack.push({
									type: "block-map",
									offset: this.offset,
									indent: this.indent,
									items: [{
										start,
										key,
										sep
									}]
								});
							} else if (start.length > 0) it.sep = it.sep.concat(start, this.sourceToken);
							else it.sep.push(this.sourceToken);
						} else if (!it.sep) Object.assign(it, {
							key: null,
							sep: [this.sourceToken]
						});
						else if (it.value || atNextItem) map.items.push({
							start,
							key: null,
							sep: [this.sourceToken]
						});
						else if (includesToken(it.sep, "map-value-ind")) this.stack.push({
							type: "block-map",
							offset: this.offset,
							indent: this.indent,
							items: [{
								start: [],
								key: null,
								sep: [this.sourceToken]
							}]
						});
						else it.sep.push(this.sourceToken);
						this.onKeyLine = true;
						return;
					case "alias":
					case "scalar":
					case "single-quoted-scalar":
					case "double-quoted-scalar": {
						const fs = this.flowScalar(this.type);
						if (atNextItem || it.value) {
							map.items.push({
								start,
								key: fs,
								sep: []
							});
							this.onKeyLine = true;
						} else if (it.sep) this.stack.push(fs);
						else {
							Object.assign(it, {
								key: fs,
								sep: []
							});
							this.onKeyLine = true;
						}
						return;
					}
					default: {
						const bv = this.startBlockValue(map);
						if (bv) {
							if (bv.type === "block-seq") {
								if (!it.explicitKey && it.sep && !includesToken(it.sep, "newline")) {
									yield* this.pop({
										type: "error",
										offset: this.offset,
										message: "Unexpected block-seq-ind on same line with key",
										source: this.source
									});
									return;
								}
							} else if (atMapIndent) map.items.push({ start });
							this.stack.push(bv);
							return;
						}
					}
				}
			}
			yield* this.pop();
			yield* this.step();
		}
		*blockSequence(seq) {
			const it = seq.items[seq.items.length - 1];
			switch (this.type) {
				case "newline":
					if (it.value) {
						const end = "end" in it.value ? it.value.end : void 0;
						if ((Array.isArray(end) ? end[end.length - 1] : void 0)?.type === "comment") end?.push(this.sourceToken);
						else seq.items.push({ start: [this.sourceToken] });
					} else it.start.push(this.sourceToken);
					return;
				case "space":
				case "comment":
					if (it.value) seq.items.push({ start: [this.sourceToken] });
					else {
						if (this.atIndentedComment(it.start, seq.indent)) {
							const end = seq.items[seq.items.length - 2]?.value?.end;
							if (Array.isArray(end)) {
								arrayPushArray(end, it.start);
								end.push(this.sourceToken);
								seq.items.pop();
								return;
							}
						}
						it.start.push(this.sourceToken);
					}
					return;
				case "anchor":
				case "tag":
					if (it.value || this.indent <= seq.indent) break;
					it.start.push(this.sourceToken);
					return;
				case "seq-item-ind":
					if (this.indent !== seq.indent) break;
					if (it.value || includesToken(it.start, "seq-item-ind")) seq.items.push({ start: [this.sourceToken] });
					else it.start.push(this.sourceToken);
					return;
			}
			if (this.indent > seq.indent) {
				const bv = this.startBlockValue(seq);
				if (bv) {
					this.stack.push(bv);
					return;
				}
			}
			yield* this.pop();
			yield* this.step();
		}
		*flowCollection(fc) {
			const it = fc.items[fc.items.length - 1];
			if (this.type === "flow-error-end") {
				let top;
				do {
					yield* this.pop();
					top = this.peek(1);
				} while (top?.type === "flow-collection");
			} else if (fc.end.length === 0) {
				switch (this.type) {
					case "comma":
					case "explicit-key-ind":
						if (!it || it.sep) fc.items.push({ start: [this.sourceToken] });
						else it.start.push(this.sourceToken);
						return;
					case "map-value-ind":
						if (!it || it.value) fc.items.push({
							start: [],
							key: null,
							sep: [this.sourceToken]
						});
						else if (it.sep) it.sep.push(this.sourceToken);
						else Object.assign(it, {
							key: null,
							sep: [this.sourceToken]
						});
						return;
					case "space":
					case "comment":
					case "newline":
					case "anchor":
					case "tag":
						if (!it || it.value) fc.items.push({ start: [this.sourceToken] });
						else if (it.sep) it.sep.push(this.sourceToken);
						else it.start.push(this.sourceToken);
						return;
					case "alias":
					case "scalar":
					case "single-quoted-scalar":
					case "double-quoted-scalar": {
						const fs = this.flowScalar(this.type);
						if (!it || it.value) fc.items.push({
							start: [],
							key: fs,
							sep: []
						});
						else if (it.sep) this.stack.push(fs);
						else Object.assign(it, {
							key: fs,
							sep: []
						});
						return;
					}
					case "flow-map-end":
					case "flow-seq-end":
						fc.end.push(this.sourceToken);
						return;
				}
				const bv = this.startBlockValue(fc);
				/* istanbul ignore else should not happen */
				if (bv) this.stack.push(bv);
				else {
					yield* this.pop();
					yield* this.step();
				}
			} else {
				const parent = this.peek(2);
				if (parent.type === "block-map" && (this.type === "map-value-ind" && parent.indent === fc.indent || this.type === "newline" && !parent.items[parent.items.length - 1].sep)) {
					yield* this.pop();
					yield* this.step();
				} else if (this.type === "map-value-ind" && parent.type !== "flow-collection") {
					const start = getFirstKeyStartProps(getPrevProps(parent));
					fixFlowSeqItems(fc);
					const sep = fc.end.splice(1, fc.end.length);
					sep.push(this.sourceToken);
					const map = {
						type: "block-map",
						offset: fc.offset,
						indent: fc.indent,
						items: [{
							start,
							key: fc,
							sep
						}]
					};
					this.onKeyLine = true;
					this.stack[this.stack.length - 1] = map;
				} else yield* this.lineEnd(fc);
			}
		}
		flowScalar(type) {
			if (this.onNewLine) {
				let nl = this.source.indexOf("\n") + 1;
				while (nl !== 0) {
					this.onNewLine(this.offset + nl);
					nl = this.source.indexOf("\n", nl) + 1;
				}
			}
			return {
				type,
				offset: this.offset,
				indent: this.indent,
				source: this.source
			};
		}
		startBlockValue(parent) {
			switch (this.type) {
				case "alias":
				case "scalar":
				case "single-quoted-scalar":
				case "double-quoted-scalar": return this.flowScalar(this.type);
				case "block-scalar-header": return {
					type: "block-scalar",
					offset: this.offset,
					indent: this.indent,
					props: [this.sourceToken],
					source: ""
				};
				case "flow-map-start":
				case "flow-seq-start": return {
					type: "flow-collection",
					offset: this.offset,
					indent: this.indent,
					start: this.sourceToken,
					items: [],
					end: []
				};
				case "seq-item-ind": return {
					type: "block-seq",
					offset: this.offset,
					indent: this.indent,
					items: [{ start: [this.sourceToken] }]
				};
				case "explicit-key-ind": {
					this.onKeyLine = true;
					const start = getFirstKeyStartProps(getPrevProps(parent));
					start.push(this.sourceToken);
					return {
						type: "block-map",
						offset: this.offset,
						indent: this.indent,
						items: [{
							start,
							explicitKey: true
						}]
					};
				}
				case "map-value-ind": {
					this.onKeyLine = true;
					const start = getFirstKeyStartProps(getPrevProps(parent));
					return {
						type: "block-map",
						offset: this.offset,
						indent: this.indent,
						items: [{
							start,
							key: null,
							sep: [this.sourceToken]
						}]
					};
				}
			}
			return null;
		}
		atIndentedComment(start, indent) {
			if (this.type !== "comment") return false;
			if (this.indent <= indent) return false;
			return start.every((st) => st.type === "newline" || st.type === "space");
		}
		*documentEnd(docEnd) {
			if (this.type !== "doc-mode") {
				if (docEnd.end) docEnd.end.push(this.sourceToken);
				else docEnd.end = [this.sourceToken];
				if (this.type === "newline") yield* this.pop();
			}
		}
		*lineEnd(token) {
			switch (this.type) {
				case "comma":
				case "doc-start":
				case "doc-end":
				case "flow-seq-end":
				case "flow-map-end":
				case "map-value-ind":
					yield* this.pop();
					yield* this.step();
					break;
				case "newline": this.onKeyLine = false;
				default:
					if (token.end) token.end.push(this.sourceToken);
					else token.end = [this.sourceToken];
					if (this.type === "newline") yield* this.pop();
			}
		}
	};
	exports.Parser = Parser;
}));

// node_modules/yaml/dist/public-api.js
var require_public_api = /* @__PURE__ */ __commonJSMin(((exports) => {
	var composer = require_composer();
	var Document = require_Document();
	var errors = require_errors();
	var log = require_log();
	var identity = require_identity();
	var lineCounter = require_line_counter();
	var parser = require_parser();
	function parseOptions(options) {
		const prettyErrors = options.prettyErrors !== false;
		return {
			lineCounter: options.lineCounter || prettyErrors && new lineCounter.LineCounter() || null,
			prettyErrors
		};
	}
	/**
	* Parse the input as a stream of YAML documents.
	*
	* Documents should be separated from each other by `...` or `---` marker lines.
	*
	* @returns If an empty `docs` array is returned, it will be of type
	*   EmptyStream and contain additional stream information. In
	*   TypeScript, you should use `'empty' in docs` as a type guard for it.
	*/
	function parseAllDocuments(source, options = {}) {
		const { lineCounter, prettyErrors } = parseOptions(options);
		const parser$1 = new parser.Parser(lineCounter?.addNewLine);
		const composer$1 = new composer.Composer(options);
		const docs = Array.from(composer$1.compose(parser$1.parse(source)));
		if (prettyErrors && lineCounter) for (const doc of docs) {
			doc.errors.forEach(errors.prettifyError(source, lineCounter));
			doc.warnings.forEach(errors.prettifyError(source, lineCounter));
		}
		if (docs.length > 0) return docs;
		return Object.assign([], { empty: true }, composer$1.streamInfo());
	}
	/** Parse an input string into a single YAML.Document */
	function parseDocument(source, options = {}) {
		const { lineCounter, prettyErrors } = parseOptions(options);
		const parser$1 = new parser.Parser(lineCounter?.addNewLine);
		const composer$1 = new composer.Composer(options);
		let doc = null;
		for (const _doc of composer$1.compose(parser$1.parse(source), true, source.length)) if (!doc) doc = _doc;
		else if (doc.options.logLevel !== "silent") {
			doc.errors.push(new errors.YAMLParseError(_doc.range.slice(0, 2), "MULTIPLE_DOCS", "Source contains multiple documents; please use YAML.parseAllDocuments()"));
			break;
		}
		if (prettyErrors && lineCounter) {
			doc.errors.forEach(errors.prettifyError(source, lineCounter));
			doc.warnings.forEach(errors.prettifyError(source, lineCounter));
		}
		return doc;
	}
	function parse(src, reviver, options) {
		let _reviver = void 0;
		if (typeof reviver === "function") _reviver = reviver;
		else if (options === void 0 && reviver && typeof reviver === "object") options = reviver;
		const doc = parseDocument(src, options);
		if (!doc) return null;
		doc.warnings.forEach((warning) => log.warn(doc.options.logLevel, warning));
		if (doc.errors.length > 0) {
			if (doc.options.logLevel !== "silent") throw doc.errors[0];
			else doc.errors = [];
		}
		return doc.toJS(Object.assign({ reviver: _reviver }, options));
	}
	function stringify(value, replacer, options) {
		let _replacer = null;
		if (typeof replacer === "function" || Array.isArray(replacer)) _replacer = replacer;
		else if (options === void 0 && replacer) options = replacer;
		if (typeof options === "string") options = options.length;
		if (typeof options === "number") {
			const indent = Math.round(options);
			options = indent < 1 ? void 0 : indent > 8 ? { indent: 8 } : { indent };
		}
		if (value === void 0) {
			const { keepUndefined } = options ?? replacer ?? {};
			if (!keepUndefined) return void 0;
		}
		if (identity.isDocument(value) && !_replacer) return value.toString(options);
		return new Document.Document(value, _replacer, options).toString(options);
	}
	exports.parse = parse;
	exports.parseAllDocuments = parseAllDocuments;
	exports.parseDocument = parseDocument;
	exports.stringify = stringify;
}));

// node_modules/yaml/dist/index.js
var require_dist = /* @__PURE__ */ __commonJSMin(((exports) => {
	var composer = require_composer();
	var Document = require_Document();
	var Schema = require_Schema();
	var errors = require_errors();
	var Alias = require_Alias();
	var identity = require_identity();
	var Pair = require_Pair();
	var Scalar = require_Scalar();
	var YAMLMap = require_YAMLMap();
	var YAMLSeq = require_YAMLSeq();
	var cst = require_cst();
	var lexer = require_lexer();
	var lineCounter = require_line_counter();
	var parser = require_parser();
	var publicApi = require_public_api();
	var visit = require_visit();
	exports.Composer = composer.Composer;
	exports.Document = Document.Document;
	exports.Schema = Schema.Schema;
	exports.YAMLError = errors.YAMLError;
	exports.YAMLParseError = errors.YAMLParseError;
	exports.YAMLWarning = errors.YAMLWarning;
	exports.Alias = Alias.Alias;
	exports.isAlias = identity.isAlias;
	exports.isCollection = identity.isCollection;
	exports.isDocument = identity.isDocument;
	exports.isMap = identity.isMap;
	exports.isNode = identity.isNode;
	exports.isPair = identity.isPair;
	exports.isScalar = identity.isScalar;
	exports.isSeq = identity.isSeq;
	exports.Pair = Pair.Pair;
	exports.Scalar = Scalar.Scalar;
	exports.YAMLMap = YAMLMap.YAMLMap;
	exports.YAMLSeq = YAMLSeq.YAMLSeq;
	exports.Lexer = lexer.Lexer;
	exports.LineCounter = lineCounter.LineCounter;
	exports.Parser = parser.Parser;
	exports.parse = publicApi.parse;
	exports.parseAllDocuments = publicApi.parseAllDocuments;
	exports.parseDocument = publicApi.parseDocument;
	exports.stringify = publicApi.stringify;
	exports.visit = visit.visit;
	exports.visitAsync = visit.visitAsync;
}));

// src/core/config.ts
var import_dist = require_dist();
/** Agents that swarm knows how to start, limit and read: their names need no entry in the config. */
const PRESETS = [
	"claude",
	"codex",
	"copilot",
	"gemini",
	"opencode"
];
/** The ways to run an agent: a preset's own, the Agent Client Protocol, or the contract for any program. */
const AGENT_KINDS = [
	...PRESETS,
	"acp",
	"command"
];
/** What an agent can be called for. */
const ROLES = [
	"tester",
	"implementer",
	"reviewer",
	"lead",
	"researcher",
	"security",
	"resolver"
];
/** What the config's `agent: {command: …}` is called. */
const UNNAMED_AGENT = "command";
/**
* Who does something: the one the segment names, else the role's, else the repository's. A segment names who works on
* it, not who judges the work, so its choice does not count for reviewers, leads and resolvers.
*
* @returns undefined where nobody is named, or a name that the config does not have.
*/
function agentFor(config, role, ofSegment) {
	const name = (role === "tester" || role === "implementer" || role === "researcher" || role === "security" ? ofSegment : void 0) ?? config.roles[role] ?? config.agent;
	return name !== void 0 && Object.hasOwn(config.agents, name) ? config.agents[name] : void 0;
}
const DEFAULT_LABELS = {
	execute: "swarm:execute",
	"dry-run": "swarm:dry-run",
	pause: "swarm:pause",
	resume: "swarm:resume",
	cancel: "swarm:cancel",
	retry: "swarm:retry",
	queued: "swarm:queued",
	running: "swarm:running",
	review: "swarm:review",
	"needs-input": "swarm:needs-input",
	blocked: "swarm:blocked",
	done: "swarm:done",
	paused: "swarm:paused"
};
const COMMAND_LABELS = [
	"execute",
	"dry-run",
	"pause",
	"resume",
	"cancel",
	"retry"
];
const STATE_LABELS = [
	"queued",
	"running",
	"review",
	"needs-input",
	"blocked",
	"done",
	"paused"
];
const labelName = (config, key) => config.labels[key] ?? DEFAULT_LABELS[key];

// src/core/nearest.ts
/**
* "Did you mean …?": the known word that a mistyped one is closest to.
*/
/** Longer words than any key or value of ours are no typing mistakes; comparing them would only cost time. */
const LONGEST = 40;
/**
* The known word with the fewest letters to insert, drop, change or swap; undefined where none is close (more than a
* third of the letters differ) and none is a shortening of it, or it of one. Of equally close ones, the first in `known`.
*/
function nearest(word, known) {
	const wanted = word.toLowerCase();
	if (wanted.length === 0 || wanted.length > LONGEST) return void 0;
	let best;
	let fewest = Number.POSITIVE_INFINITY;
	for (const candidate of known) {
		const edits = distance(wanted, candidate.toLowerCase());
		if (edits <= Math.max(1, Math.floor(Math.max(wanted.length, candidate.length) / 3)) && edits < fewest) {
			best = candidate;
			fewest = edits;
		}
	}
	return best ?? known.find((candidate) => isShortOf(candidate, wanted) || isShortOf(wanted, candidate));
}
/** `feat` of `feature`. */
const isShortOf = (short, long) => short.length >= 3 && long.toLowerCase().startsWith(short.toLowerCase());
function distance(a, b) {
	let beforeLast = [];
	let last = Array.from({ length: b.length + 1 }, (_, column) => column);
	for (let i = 1; i <= a.length; i++) {
		const row = [i];
		for (let j = 1; j <= b.length; j++) {
			const change = (last[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
			let fewest = Math.min(change, (last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1);
			if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) fewest = Math.min(fewest, (beforeLast[j - 2] ?? 0) + 1);
			row.push(fewest);
		}
		beforeLast = last;
		last = row;
	}
	return last[b.length] ?? 0;
}

// src/config/schema.ts
/**
* `.github/swarm.yml`, each key once: what it takes, its default, its sentence and an example.
*
* From this one place come the validation, the words of a problem ("expected …"), the JSON Schema that editors use
* (`swarm.schema.json`) and the reference page (`docs/config.md`); a house test keeps the generated ones fresh.
*/
/** What a key takes, in words that finish "expected …". */
const expectations = registry();
const key = (schema, { says, expects, example }) => {
	const described = schema.meta({
		description: says,
		...example === void 0 ? {} : { examples: [example] }
	});
	expectations.add(described, { expects });
	return described;
};
const oneOf = (values) => _enum(values);
const whole$1 = (from, to) => int().min(from).max(to);
const within = (from, to) => `a whole number from ${from} to ${to}`;
const MAX_MINUTES = 350;
const DURATION = /^([1-9][0-9]{0,3})(m|h)$/;
const duration = union([whole$1(1, MAX_MINUTES), string().regex(DURATION)]).refine((written) => minutesOf(written) <= MAX_MINUTES);
const minutesOf = (written) => {
	if (typeof written === "number") return written;
	const [, amount, unit] = DURATION.exec(written) ?? [];
	return Number(amount) * (unit === "h" ? 60 : 1);
};
const DURATION_EXPECTS = `minutes (1 to ${MAX_MINUTES}), or a text like 20m or 2h`;
const argv = array(string().min(1).max(2e3)).min(1).max(100);
const ARGV_EXPECTS = "a list: the program, then each argument by itself; a shell line in one text is not taken";
/** Characters that no path of ours has; what a glob means beyond that is `core/scope.ts`. */
const pathGlob = string().min(1).max(512).refine((glob) => !/^[/~!]|^[a-zA-Z]:|\\|[\x00-\x1f]|(?:^|\/)\.\.(?:\/|$)/.test(glob));
const GLOBS_EXPECTS = "a list of globs relative to the repository, such as docs/**, without .. or a leading / or !";
/** What an agent or a gate must never be handed (threats §6.3): the runner's own channels, tokens, loader hooks. */
const NEVER_INHERITED = /^(?:ACTIONS_|INPUT_|GITHUB_(?:TOKEN|ENV|PATH|OUTPUT|STATE|STEP_SUMMARY)$|GH_TOKEN$|RUNNER_|GIT_|NODE_OPTIONS$|LD_|DYLD_|BASH_ENV$|ENV$|PYTHONSTARTUP$|npm_config_)/i;
const variableName = string().regex(/^[A-Za-z_][A-Za-z0-9_]{0,127}$/).refine((name) => !NEVER_INHERITED.test(name));
const gate = strictObject({
	run: key(argv.optional(), {
		says: "The command, run without a shell.",
		expects: ARGV_EXPECTS,
		example: ["npm", "test"]
	}),
	off: key(boolean().optional(), {
		says: "Leaves this gate out; the pull request says so.",
		expects: "true or false",
		example: true
	}),
	timeout: key(duration.optional(), {
		says: "How long it may take.",
		expects: DURATION_EXPECTS,
		example: "15m"
	}),
	env: key(record(variableName, string().max(4e3)).optional(), {
		says: "Variables set for it.",
		expects: "names with texts; names of the runner, of git and of tokens are not taken",
		example: { TZ: "UTC" }
	}),
	directory: key(pathGlob.optional(), {
		says: "Where it runs, relative to the repository.",
		expects: "a directory inside the repository",
		example: "packages/api"
	})
});
const agentName = string().regex(/^[a-z][a-z0-9-]{0,39}$/);
const AGENT_NAME_EXPECTS = `the name of an agent: ${PRESETS.join(", ")}, or one under agents`;
const agentEntry = strictObject({
	kind: key(oneOf(AGENT_KINDS).optional(), {
		says: "How it is run: as a preset, by the Agent Client Protocol, or by swarm's contract for any program. The preset of its name where it has one's, else `command`.",
		expects: AGENT_KINDS.join(", "),
		example: "acp"
	}),
	command: key(argv.optional(), {
		says: "Its program; a preset has one, which this replaces. Run without a shell.",
		expects: ARGV_EXPECTS,
		example: ["goose", "acp"]
	}),
	model: key(string().regex(/^[A-Za-z0-9][\w.:/@[\]-]{0,99}$/).optional(), {
		says: "Its model, where the segment names none.",
		expects: "a model's name, at most 100 characters",
		example: "sonnet"
	}),
	effort: key(oneOf(EFFORTS).optional(), {
		says: "How hard it thinks, where the segment does not say and the agent can be told.",
		expects: EFFORTS.join(", "),
		example: "high"
	}),
	"max-turns": key(whole$1(1, 1e4).optional(), {
		says: "Rounds with its model in one call, where it tells them.",
		expects: within(1, 1e4),
		example: 80
	}),
	budget: key(number().positive().max(1e5).optional(), {
		says: "US dollars for one call, where it tells what it costs.",
		expects: "an amount in US dollars above 0",
		example: 5
	}),
	timeout: key(duration.optional(), {
		says: "How long one call may take; the `timeout` of the segment holds besides.",
		expects: DURATION_EXPECTS,
		example: "30m"
	}),
	environment: key(array(variableName).max(100).optional(), {
		says: "Variables of the job that only its own process may see: its key. A preset knows the names of its own.",
		expects: "a list of variables' names; names of the runner, of git and of tokens are not taken",
		example: ["ANTHROPIC_API_KEY"]
	})
});
const role = (of, says) => key(agentName.optional(), {
	says,
	expects: AGENT_NAME_EXPECTS,
	example: of === "reviewer" ? "codex" : "claude"
});
const workerCap = (of, otherwise) => key(whole$1(1, 256).default(otherwise), {
	says: `Segments of worker \`${of}\` at once.`,
	expects: within(1, 256),
	example: otherwise
});
const LABEL_KEYS = Object.keys(DEFAULT_LABELS);
const configSchema = strictObject({
	mode: key(oneOf(["agentic", "collaborative"]).default("agentic"), {
		says: "Runs by itself, or shows the plan and waits for an approval before each wave.",
		expects: "agentic or collaborative",
		example: "collaborative"
	}),
	schedule: key(oneOf(["waves", "eager"]).default("waves"), {
		says: "Starts a segment when the wave before is merged and calibrated, or as soon as its own blockers are merged.",
		expects: "waves or eager",
		example: "eager"
	}),
	"max-parallel": key(union([whole$1(1, 256), literal("auto")]).default(8), {
		says: "Segments in flight at once; `auto` is one per track.",
		expects: "a whole number from 1 to 256, or auto",
		example: 4
	}),
	workers: key(strictObject({
		implementation: workerCap("implementation", 4),
		tests: workerCap("tests", 4),
		research: workerCap("research", 8),
		security: workerCap("security", 2),
		refactor: workerCap("refactor", 4)
	}).prefault({}), {
		says: "Segments of each worker in flight at once.",
		expects: `whole numbers by worker (${WORKERS.join(", ")})`,
		example: { implementation: 2 }
	}),
	base: key(string().min(1).max(255).optional(), {
		says: "The branch that segments start from and merge into; the default branch where it is not set.",
		expects: "the name of a branch",
		example: "develop"
	}),
	branch: key(string().min(1).max(200).refine((template) => /\{(?:slug|number)\}/.test(template)).default("{type}/{slug}"), {
		says: "The name of a segment's branch, from `{type}`, `{slug}`, `{number}` and `{epic}`.",
		expects: "a text with {slug} or {number} in it, so that two segments never share a branch",
		example: "swarm/{epic}/{number}-{slug}"
	}),
	merge: key(oneOf(["automatic", "manual"]).default("automatic"), {
		says: "Merges what is approved and green, or leaves the merging to people.",
		expects: "automatic or manual",
		example: "manual"
	}),
	"merge-method": key(oneOf([
		"merge",
		"squash",
		"rebase"
	]).default("squash"), {
		says: "How pull requests are merged; the repository has to allow it.",
		expects: "merge, squash or rebase",
		example: "merge"
	}),
	approvals: key(whole$1(0, 6).default(1), {
		says: "Approvals by people that a pull request needs; with 0, green pull requests merge by themselves.",
		expects: within(0, 6),
		example: 2
	}),
	acceptance: key(oneOf(["person", "automatic"]).default("person"), {
		says: "Who accepts the finished epic: a person by `/swarm accept`, or swarm itself when the last wave is calibrated.",
		expects: "person or automatic",
		example: "automatic"
	}),
	adopt: key(oneOf(["ask", "automatic"]).default("ask"), {
		says: "Segments added or changed after the start wait for `/swarm execute`, or run by themselves where their author may write.",
		expects: "ask or automatic",
		example: "automatic"
	}),
	attempts: key(whole$1(1, 10).default(3), {
		says: "Dispatches of one segment whose runs died or failed, the first included.",
		expects: within(1, 10),
		example: 2
	}),
	reworks: key(whole$1(0, 20).default(5), {
		says: "Rounds of reject and rework for one pull request.",
		expects: within(0, 20),
		example: 3
	}),
	tries: key(whole$1(1, 10).default(3), {
		says: "Rounds of gates within one run: a failing gate goes back to the agent.",
		expects: within(1, 10),
		example: 2
	}),
	"calibration-rounds": key(whole$1(1, 10).default(3), {
		says: "Calibrations of one wave before swarm asks a person.",
		expects: within(1, 10),
		example: 2
	}),
	tdd: key(boolean().optional(), {
		says: "Segments of worker implementation and refactor begin with a tester, whose tests must fail before the implementer starts and may not be changed by it. Where it is not set: true, unless the tester would be a plain command that no role names.",
		expects: "true or false",
		example: false
	}),
	council: key(oneOf([
		"auto",
		"on",
		"off"
	]).default("auto"), {
		says: "An independent reviewer looks at each change before its pull request is opened; `auto` leaves it out where the agent is a plain command and no reviewer is set.",
		expects: "auto, on or off",
		example: "on"
	}),
	"question-timeout": key(duration.default(5), {
		says: "How long a run that stopped to ask waits for an answer (`/swarm answer`).",
		expects: DURATION_EXPECTS,
		example: "2h"
	}),
	"question-auto-resume": key(boolean().default(true), {
		says: "Without an answer in time it goes on by its best judgement and says what it assumed; false lets it wait.",
		expects: "true or false",
		example: false
	}),
	personas: key(array(pathGlob).max(20).default([]), {
		says: "Folders with personas (`NAME.md` or `NAME.agent.md`), looked at before `.agents`, `.claude/agents` and `.github/agents`.",
		expects: "a list of folders relative to the repository",
		example: ["docs/personas"]
	}),
	skills: key(array(pathGlob).max(20).default([]), {
		says: "Folders with skills (`NAME/SKILL.md`), looked at before `.agents/skills`, `.claude/skills` and `.github/skills`.",
		expects: "a list of folders relative to the repository",
		example: ["docs/skills"]
	}),
	timeout: key(duration.default(60), {
		says: "How long a segment's agent may take.",
		expects: DURATION_EXPECTS,
		example: "90m"
	}),
	budget: key(strictObject({
		segment: key(number().positive().max(1e5).optional(), {
			says: "US dollars for one segment.",
			expects: "an amount in US dollars above 0",
			example: 5
		}),
		epic: key(number().positive().max(1e6).optional(), {
			says: "US dollars for the whole epic.",
			expects: "an amount in US dollars above 0",
			example: 50
		})
	}).optional(), {
		says: "A hard stop in US dollars; without it nothing is counted against a limit.",
		expects: "amounts in US dollars for segment, epic or both",
		example: {
			segment: 5,
			epic: 50
		}
	}),
	agent: key(union([agentName, strictObject({ command: key(argv, {
		says: "Any program: the brief on its standard input, the working tree as its directory, run without a shell.",
		expects: ARGV_EXPECTS,
		example: ["node", "scripts/agent.mjs"]
	}) })]).optional(), {
		says: "The agent that does the work: one that swarm knows, one under `agents`, or a command.",
		expects: `${AGENT_NAME_EXPECTS}; or {command: …}, which is ${ARGV_EXPECTS}`,
		example: "claude"
	}),
	agents: key(record(agentName, agentEntry).default({}), {
		says: "Agents by name, with what holds for each. A preset needs no entry.",
		expects: "agents by name; a name is small letters, digits and dashes",
		example: { claude: {
			model: "sonnet",
			budget: 5
		} }
	}),
	roles: key(strictObject({
		tester: role("tester", "Writes the tests first."),
		implementer: role("implementer", "Does the work."),
		reviewer: role("reviewer", "Reviews it."),
		lead: role("lead", "Decides where reviewer and implementer disagree."),
		researcher: role("researcher", "Does segments of worker `research`."),
		security: role("security", "Does segments of worker `security`."),
		resolver: role("resolver", "Resolves conflicts with the base.")
	}).prefault({}), {
		says: "Who does what, where it is not `agent`.",
		expects: `names of agents by role (${ROLES.join(", ")})`,
		example: { reviewer: "codex" }
	}),
	gates: key(record(string().regex(/^[a-z][a-z0-9-]{0,39}$/), gate).default({}), {
		says: "Gates by name: the built-in ones (`lint`, `types`, `tests`, `build`, `security`, `scope`) changed, or others added. `install` is how dependencies are installed before them.",
		expects: "gates by name; a name is small letters, digits and dashes",
		example: { tests: {
			run: ["npm", "test"],
			timeout: "15m"
		} }
	}),
	environment: key(array(variableName).max(100).default([]), {
		says: "Variables of the job that the gates, and an agent that is a command, may see besides the built-in list (`PATH`, `HOME`, `LANG` …). Keys of other agents belong under `agents`.",
		expects: "a list of variables' names; names of the runner, of git and of tokens are not taken",
		example: ["DATABASE_URL"]
	}),
	protect: key(array(pathGlob).max(100).default([]), {
		says: "Files that no segment may change, besides the built-in ones (`.github/**`, `CODEOWNERS`, `AGENTS.md` …).",
		expects: GLOBS_EXPECTS,
		example: ["migrations/**"]
	}),
	unprotect: key(array(pathGlob).max(100).default([]), {
		says: "Files of the built-in protected ones that segments may change here.",
		expects: GLOBS_EXPECTS,
		example: [".vscode/**"]
	}),
	secrets: key(strictObject({ allow: key(array(strictObject({
		path: pathGlob,
		sha256: string().regex(/^[0-9a-f]{64}$/)
	})).max(200).default([]), {
		says: "What the secret scan finds and is no secret: where it may stand, and the digest that the refusal named.",
		expects: "a list of entries with path (a glob) and sha256 (64 hex digits)",
		example: [{
			path: "test/fixtures/**",
			sha256: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
		}]
	}) }).prefault({}), {
		says: "The secret scan of what a segment changes. Comments in the files do not switch it off.",
		expects: "the key allow",
		example: { allow: [{
			path: "test/fixtures/**",
			sha256: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
		}] }
	}),
	"allowed-bots": key(array(string().regex(/^[A-Za-z0-9][A-Za-z0-9-]{0,62}(?:\[bot\])?$/)).max(20).default([]), {
		says: "Bots whose commands count, by login.",
		expects: "a list of logins, each written out; * is never taken",
		example: ["release-bot[bot]"]
	}),
	labels: key(partialRecord(_enum(LABEL_KEYS), string().trim().min(1).max(50)).default({}), {
		says: "The repository's names for swarm's labels.",
		expects: `names by label (${LABEL_KEYS.join(", ")})`,
		example: { execute: "ship-it" }
	}),
	limits: key(strictObject({
		segments: key(whole$1(1, 2e3).default(200), {
			says: "Segments of one epic.",
			expects: within(1, 2e3),
			example: 100
		}),
		waves: key(whole$1(1, 500).default(50), {
			says: "Waves of one epic.",
			expects: within(1, 500),
			example: 10
		}),
		dispatches: key(whole$1(1, 5e3).default(300), {
			says: "Runs started for one epic, all attempts and calibrations counted.",
			expects: within(1, 5e3),
			example: 100
		})
	}).prefault({}), {
		says: "How far one epic may go.",
		expects: "whole numbers for segments, waves or dispatches",
		example: { segments: 50 }
	})
}).meta({
	title: "Swarm",
	description: "What a repository chooses for swarm, in `.github/swarm.yml` on its default branch."
});
/** The value that `decide` gets. Maps with free names have no prototype, so that a gate called `constructor` is only a gate. */
const toConfig = (written) => ({
	mode: written.mode,
	schedule: written.schedule,
	maxParallel: written["max-parallel"],
	workers: written.workers,
	...written.base === void 0 ? {} : { base: written.base },
	branch: written.branch,
	merge: written.merge,
	mergeMethod: written["merge-method"],
	approvals: written.approvals,
	acceptance: written.acceptance,
	adopt: written.adopt,
	attempts: written.attempts,
	reworks: written.reworks,
	tries: written.tries,
	calibrationRounds: written["calibration-rounds"],
	tdd: written.tdd === void 0 ? "auto" : written.tdd ? "on" : "off",
	questions: {
		timeoutMinutes: minutesOf(written["question-timeout"]),
		unanswered: written["question-auto-resume"] ? "go on" : "wait"
	},
	council: written.council,
	instructions: {
		personas: written.personas,
		skills: written.skills
	},
	timeoutMinutes: minutesOf(written.timeout),
	...written.budget === void 0 ? {} : { budgetUsd: present$1(written.budget) },
	...agentsOf(written),
	gates: bare$1(Object.entries(written.gates).map(([name, { run, off, timeout, env, directory }]) => [name, present$1({
		run,
		off,
		timeoutMinutes: timeout === void 0 ? void 0 : minutesOf(timeout),
		environment: env === void 0 ? void 0 : bare$1(Object.entries(env)),
		directory
	})])),
	environment: written.environment,
	protect: written.protect,
	unprotect: written.unprotect,
	allowedSecrets: written.secrets.allow,
	allowedBots: written["allowed-bots"],
	labels: bare$1(Object.entries(written.labels).flatMap(([name, theirs]) => theirs === void 0 ? [] : [[name, theirs]])),
	limits: written.limits
});
/** Who the agents are: the presets, what is said of them, others, and the one that is only a command. */
function agentsOf(written) {
	const entries = new Map(PRESETS.map((name) => [name, {
		name,
		kind: name,
		command: [],
		environment: []
	}]));
	for (const [name, { kind, command, model, effort, budget, timeout, environment, ...rest }] of Object.entries(written.agents)) entries.set(name, {
		name,
		kind: kind ?? kindByName(name),
		command: command ?? [],
		...present$1({
			model,
			effort,
			maxTurns: rest["max-turns"],
			budgetUsd: budget,
			timeoutMinutes: timeout === void 0 ? void 0 : minutesOf(timeout)
		}),
		environment: environment ?? []
	});
	const { agent } = written;
	if (typeof agent === "object") entries.set(UNNAMED_AGENT, {
		name: UNNAMED_AGENT,
		kind: "command",
		command: agent.command,
		environment: []
	});
	return {
		...agent === void 0 ? {} : { agent: typeof agent === "string" ? agent : UNNAMED_AGENT },
		agents: bare$1([...entries]),
		roles: present$1(written.roles)
	};
}
const kindByName = (name) => PRESETS.find((preset) => preset === name) ?? "command";
const present$1 = (value) => Object.fromEntries(Object.entries(value).filter(([, held]) => held !== void 0));
const bare$1 = (entries) => {
	const made = Object.create(null);
	for (const [name, value] of entries) made[name] = value;
	return made;
};
/** What holds where a repository has no config. */
const defaultConfig = () => toConfig(configSchema.parse({}));

// src/config/read.ts
/**
* `.github/swarm.yml` → Config, and what is wrong with it at line and column.
*
* The file is anyone's text: it is capped before it is parsed (YAML parsing is quadratic in keys), aliases and tags are
* refused, and its keys never become properties of a prototype. Reading never throws; a wrong value is an error and its
* default holds for whatever has to go on, an unknown key is a warning.
*/
const MAX_BYTES = 65536;
const MAX_DEPTH$1 = 12;
const MAX_DIAGNOSTICS = 20;
/**
* The config of a repository, defaults filled in.
*
* @param text what the file holds; undefined where there is none, which is fine.
* @param file its name, for the problems' places.
*/
const readConfig = (text, file) => {
	if (text === void 0) return {
		config: defaultConfig(),
		diagnostics: []
	};
	const bytes = Buffer.byteLength(text);
	if (bytes > MAX_BYTES) return refused$1([{
		kind: "CONFIG_SIZE",
		at: { file },
		bytes,
		limit: MAX_BYTES
	}]);
	const written = readYaml(text, file);
	if (written.kind === "problems") return refused$1(written.problems);
	return judge(written, file);
};
const refused$1 = (problems) => ({
	config: defaultConfig(),
	diagnostics: problems.slice(0, MAX_DIAGNOSTICS).map((problem) => ({
		level: "error",
		problem
	}))
});
const readYaml = (text, file) => {
	const lines = new import_dist.LineCounter();
	const place = (offset) => {
		const { line, col } = lines.linePos(offset);
		return {
			file,
			line,
			column: col
		};
	};
	const problem = (offset, message) => ({
		kind: "CONFIG_YAML",
		at: place(offset),
		message
	});
	const nul = text.indexOf("\0");
	if (nul >= 0) return {
		kind: "problems",
		problems: [{
			kind: "CONFIG_YAML",
			at: {
				file,
				line: text.slice(0, nul).split("\n").length,
				column: nul - text.lastIndexOf("\n", nul)
			},
			message: "a NUL character is not text"
		}]
	};
	const parsed = parse(text, lines);
	if (parsed === "too deep") return {
		kind: "problems",
		problems: [problem(0, "it is nested too deeply")]
	};
	const faults = [...parsed.errors, ...parsed.warnings];
	if (faults.length > 0) return {
		kind: "problems",
		problems: faults.slice(0, 3).map((fault) => problem(fault.pos[0], faultText(fault)))
	};
	const found = [];
	const places = /* @__PURE__ */ new Map();
	const remember = (path, offset, node) => {
		const range = node?.range;
		const source = range ? text.slice(range[0], range[1]) : void 0;
		places.set(JSON.stringify(path), {
			offset,
			source
		});
	};
	const plain = (node, path) => {
		const offset = node?.range?.[0] ?? 0;
		if (path.length > MAX_DEPTH$1) {
			found.push(problem(offset, "it is nested too deeply"));
			return;
		}
		if ((0, import_dist.isAlias)(node)) {
			found.push(problem(offset, "aliases (`*name`) are not taken; write the value out"));
			return;
		}
		if ((0, import_dist.isMap)(node)) {
			const values = Object.create(null);
			for (const { key, value } of node.items) {
				if (!(0, import_dist.isScalar)(key)) {
					found.push(problem(key?.range?.[0] ?? offset, "a key has to be one plain word"));
					continue;
				}
				const name = String(key.value);
				const at = [...path, name];
				if (name === "__proto__" && path.length > 0) {
					found.push(problem(key.range?.[0] ?? offset, "`__proto__` is not taken as a name"));
					continue;
				}
				const valueNode = value;
				remember(at, key.range?.[0] ?? offset, valueNode);
				values[name] = plain(valueNode, at);
			}
			return values;
		}
		if ((0, import_dist.isSeq)(node)) return node.items.map((item, index) => {
			const at = [...path, index];
			remember(at, item?.range?.[0] ?? offset, item);
			return plain(item, at);
		});
		if (!(0, import_dist.isScalar)(node)) return node ?? null;
		if (typeof node.value === "number" && /^[-+]?0[0-9]/.test(node.source ?? "")) {
			found.push(problem(offset, `${node.source} can be read in two ways; write the number without a leading zero`));
			return;
		}
		return node.value;
	};
	const values = plain(parsed.contents, []);
	if (found.length > 0) return {
		kind: "problems",
		problems: found
	};
	if (values !== null && !(0, import_dist.isMap)(parsed.contents)) return {
		kind: "problems",
		problems: [problem(0, "it has to be a list of `key: value` lines")]
	};
	return {
		kind: "values",
		values: values ?? Object.create(null),
		placeOf: (path) => {
			for (let length = path.length; length > 0; length -= 1) {
				const here = places.get(JSON.stringify(path.slice(0, length)));
				if (here) return {
					place: place(here.offset),
					source: length === path.length ? here.source : void 0
				};
			}
			return {
				place: { file },
				source: void 0
			};
		}
	};
};
const parse = (text, lines) => {
	try {
		const parsed = (0, import_dist.parseDocument)(text, {
			schema: "core",
			version: "1.2",
			strict: true,
			uniqueKeys: true,
			merge: false,
			prettyErrors: false,
			logLevel: "error",
			lineCounter: lines
		});
		return parsed.errors.some((fault) => fault.message.includes("call stack")) ? "too deep" : parsed;
	} catch (error) {
		if (error instanceof RangeError) return "too deep";
		throw error;
	}
};
const faultText = ({ code, message }) => code === "MULTIPLE_DOCS" ? "a second document begins here (`---`); one file is one document" : message.split("\n", 1).join();
const MAX_PASSES = 40;
/**
* What is wrong is taken out and the rest is read again, so that one wrong value is one problem, and everything that
* is right holds.
*/
const judge = ({ values, placeOf }, file) => {
	const diagnostics = /* @__PURE__ */ new Map();
	for (let pass = 0; pass < MAX_PASSES; pass += 1) {
		const result = configSchema.safeParse(values);
		if (result.success) {
			const config = toConfig(result.data);
			for (const diagnostic of labelClashes(result.data.labels, placeOf)) diagnostics.set("labels", diagnostic);
			for (const [name, diagnostic] of agentFaults(config, placeOf)) diagnostics.set(name, diagnostic);
			return {
				config,
				diagnostics: [...diagnostics.values()].slice(0, MAX_DIAGNOSTICS)
			};
		}
		for (const issue of result.error.issues) for (const { path, diagnostic } of tell$1(issue, placeOf)) {
			const name = JSON.stringify(path);
			if (!(diagnostic.problem.kind === "CONFIG_VALUE" && isUnset(values, path)) && !diagnostics.has(name)) diagnostics.set(name, diagnostic);
			takeOut(values, path);
		}
	}
	return refused$1([{
		kind: "CONFIG_YAML",
		at: { file },
		message: "too much in it is wrong to read the rest"
	}]);
};
const tell$1 = (issue, placeOf) => {
	const path = issue.path.filter((step) => typeof step !== "symbol");
	if (issue.code === "unrecognized_keys") return issue.keys.map((name) => unknownKey([...path, name], knownAt(path), placeOf));
	if (issue.code === "invalid_union") {
		const meant = issue.errors.find((each) => each.every((one) => one.path.length > 0 || one.code === "unrecognized_keys"));
		if (meant) return meant.flatMap((one) => tell$1({
			...one,
			path: [...path, ...one.path]
		}, placeOf));
	}
	if (issue.code === "invalid_key") {
		const known = knownAt(path.slice(0, -1));
		if (known.length > 0) return [unknownKey(path, known, placeOf)];
		return [wrongValue(path, String(path.at(-1)), placeOf)];
	}
	return [wrongValue(path, void 0, placeOf)];
};
const unknownKey = (path, known, placeOf) => {
	const key = dotted(path);
	const close = nearest(String(path.at(-1)), known);
	return {
		path,
		diagnostic: {
			level: "warning",
			problem: {
				kind: "CONFIG_KEY",
				at: placeOf(path).place,
				key,
				known,
				...close === void 0 ? {} : { nearest: close }
			}
		}
	};
};
const wrongValue = (path, shown, placeOf) => {
	const { schema, expects } = schemaAt(path);
	const { place, source } = placeOf(path);
	const value = shown ?? source ?? "(nothing)";
	const close = nearest(value, schema instanceof ZodEnum ? schema.options.map(String) : []);
	return {
		path,
		diagnostic: {
			level: "error",
			problem: {
				kind: "CONFIG_VALUE",
				at: place,
				key: dotted(path),
				value,
				expected: expects,
				...close === void 0 ? {} : { nearest: close }
			}
		}
	};
};
/** `workers.tests`; a list's item is told by its list. */
const dotted = (path) => path.filter((step) => typeof step === "string").join(".");
const isUnset = (values, path) => {
	let here = values;
	for (const step of path) {
		if (here === null || typeof here !== "object" || !(step in here)) return false;
		here = here[step];
	}
	return here === null;
};
/** Takes out the key at the path, or the nearest one above that is there. A list goes whole. */
const takeOut = (values, path) => {
	let holder;
	let name = "";
	let here = values;
	for (const step of path) {
		if (typeof step !== "string" || here === null || typeof here !== "object" || !(step in here)) break;
		holder = here;
		name = step;
		here = holder[step];
	}
	if (holder) delete holder[name];
};
const labelClashes = (labels, placeOf) => {
	const seen = /* @__PURE__ */ new Map();
	for (const [label, theirs] of Object.entries(labels)) {
		const name = (theirs ?? "").toLowerCase();
		const other = seen.get(name);
		if (other !== void 0) {
			const at = placeOf(["labels", label]).place;
			const expected = `a name of its own; ${other} has this one`;
			return [{
				level: "error",
				problem: {
					kind: "CONFIG_VALUE",
					at,
					key: `labels.${label}`,
					value: theirs ?? "",
					expected
				}
			}];
		}
		seen.set(name, label);
	}
	return [];
};
const NEEDS_COMMAND = ["acp", "command"];
/** Names of agents that nobody has, and agents without a program: each would be found out when money is to be spent. */
const agentFaults = ({ agent, agents, roles }, placeOf) => {
	const wrong = (path, value, expected, close) => {
		const at = placeOf(path).place;
		const near = close === void 0 ? {} : { nearest: close };
		const problem = {
			kind: "CONFIG_VALUE",
			at,
			key: dotted(path),
			value,
			expected,
			...near
		};
		return [JSON.stringify(path), {
			level: "error",
			problem
		}];
	};
	const known = Object.keys(agents).filter((name) => name !== UNNAMED_AGENT);
	const others = known.filter((name) => !PRESETS.some((preset) => preset === name));
	const expected = `${PRESETS.join(", ")}, or one under agents${others.length > 0 ? ` (${others.join(", ")})` : ""}`;
	return [...[...agent === void 0 ? [] : [{
		path: ["agent"],
		name: agent
	}], ...Object.entries(roles).map(([role, name]) => ({
		path: ["roles", role],
		name
	}))].filter(({ name }) => agents[name] === void 0).map(({ path, name }) => wrong(path, name, expected, nearest(name, known))), ...Object.values(agents).filter(({ kind, command }) => NEEDS_COMMAND.includes(kind) && command.length === 0).map(({ name, kind }) => wrong(["agents", name], `kind: ${kind}`, `kind ${kind} only together with a command`))];
};
/** The schema at a path, out of its wrappers, and the words for what the nearest described key around it takes. */
const schemaAt = (path) => {
	let { schema, expects } = unwrap(configSchema, "a key with its value");
	for (const step of path) {
		const next = childOf(schema, step);
		if (next === void 0) break;
		({schema, expects} = unwrap(next, expects));
	}
	return {
		schema,
		expects
	};
};
const childOf = (schema, step) => {
	if (schema instanceof ZodObject) return Object.hasOwn(schema.shape, step) ? schema.shape[step] : void 0;
	if (schema instanceof ZodRecord) return schema.valueType;
	if (schema instanceof ZodArray) return schema.element;
	if (schema instanceof ZodUnion) return schema.options.map((option) => childOf(unwrap(option, "").schema, step)).find((child) => child !== void 0);
};
const unwrap = (outer, otherwise) => {
	let schema = outer;
	let expects = otherwise;
	for (;;) {
		expects = expectations.get(schema)?.expects ?? expects;
		if (schema instanceof ZodOptional || schema instanceof ZodDefault || schema instanceof ZodPrefault) schema = schema.unwrap();
		else return {
			schema,
			expects
		};
	}
};
const knownAt = (path) => {
	const found = schemaAt(path).schema;
	const schema = (found instanceof ZodUnion ? found.options : [found]).find((option) => option instanceof ZodObject) ?? found;
	if (schema instanceof ZodObject) return Object.keys(schema.shape);
	if (schema instanceof ZodRecord && schema.keyType instanceof ZodEnum) return schema.keyType.options.map(String);
	return [];
};

// src/core/calibration.ts
/** Nothing more will come of it: dependents may go on. */
const isDone = (progress) => progress?.kind === "merged" || progress?.kind === "answered" || progress?.kind === "skipped" || progress?.kind === "closed before";
/** Added after the epic was authorised: nothing waits for it, and it waits for a person's word. */
const isLeftOut = (progress) => progress?.kind === "not in this execution" && progress.problem.kind === "SEGMENT_NEW";
const segmentsOf = (wave) => wave.tracks.flatMap((track) => track.segments);
function standingOf(wave, progresses, journal, config) {
	const segments = segmentsOf(wave).filter((number) => !isLeftOut(progresses.get(number)));
	if (segments.some((number) => !isDone(progresses.get(number)))) return { kind: "open" };
	const rounds = journal.calibrations[wave.number] ?? [];
	const last = rounds.at(-1);
	if (!last && segments.every((number) => progresses.get(number)?.kind !== "merged")) return {
		kind: "passed",
		round: 0
	};
	if (!last) return {
		kind: "to calibrate",
		round: 1
	};
	const counted = rounds.slice(Math.max(journal.forgivenRounds[wave.number] ?? 0, lastPassed(rounds)));
	if (last.lost) {
		const lost = counted.length - 1 - counted.findLastIndex((each) => !each.lost);
		return lost < config.attempts || counted.length === 0 ? {
			kind: "to calibrate",
			round: last.round + 1
		} : {
			kind: "stopped",
			problem: diedTooOften(last, lost)
		};
	}
	if (!last.verdict) return {
		kind: "calibrating",
		round: last.round
	};
	const stale = mergedAfter(last, segments, progresses);
	if (last.verdict.kind === "passed") return stale ? {
		kind: "to calibrate",
		round: last.round + 1
	} : {
		kind: "passed",
		round: last.round
	};
	if (counted.filter((each) => each.verdict?.kind === "failed").length >= config.calibrationRounds) return {
		kind: "stopped",
		problem: limit(wave, last)
	};
	return stale || counted.length === 0 ? {
		kind: "to calibrate",
		round: last.round + 1
	} : {
		kind: "failed",
		round: last.round,
		findings: last.verdict.findings
	};
}
/**
* The failed round whose fix segments are to be made. It stays so when the first of them is there already: making them
* takes several acts, and each can be the last one before the process dies.
*/
function roundToMend(wave, journal, config) {
	const rounds = journal.calibrations[wave.number] ?? [];
	const last = rounds.at(-1);
	if (last?.verdict?.kind !== "failed") return void 0;
	return rounds.slice(Math.max(journal.forgivenRounds[wave.number] ?? 0, lastPassed(rounds))).filter((each) => each.verdict?.kind === "failed").length < config.calibrationRounds ? {
		round: last.round,
		findings: last.verdict.findings
	} : void 0;
}
/** Rounds up to the last one that passed are settled: they count against nothing. */
const lastPassed = (rounds) => rounds.findLastIndex((each) => each.verdict?.kind === "passed") + 1;
function diedTooOften(last, times) {
	if (last.lost?.kind === "failed") return last.lost.problem;
	return {
		kind: "RUN_LOST",
		conclusion: last.lost?.kind === "lost" ? last.lost.conclusion : "cancelled",
		attempts: times
	};
}
function limit(wave, last) {
	const findings = last.verdict?.kind === "failed" ? last.verdict.findings : [];
	return {
		kind: "CALIBRATION_LIMIT",
		wave: wave.number,
		rounds: last.round,
		findings: findings.map((finding) => `${finding.subject}: ${finding.detail}`)
	};
}
const mergedAfter = (calibration, segments, progresses) => segments.some((number) => progresses.get(number)?.kind === "merged" && !calibration.covers.includes(number));
function waveProgress(standing) {
	switch (standing.kind) {
		case "open":
		case "to calibrate": return { kind: "not yet" };
		case "calibrating": return {
			kind: "running",
			round: standing.round
		};
		case "passed": return {
			kind: "passed",
			round: standing.round
		};
		case "failed": return {
			kind: "failed",
			round: standing.round,
			findings: standing.findings
		};
		case "stopped": return {
			kind: "failed",
			round: standing.problem.kind === "CALIBRATION_LIMIT" ? standing.problem.rounds : 0,
			findings: []
		};
	}
}
/**
* What a wave left undone by its criteria: open ones with no evidence. Gates are the calibration job's part.
*/
const coverageFindings = (segments) => segments.filter(({ left }) => left.length > 0).map(({ segment, left }) => ({
	check: "coverage",
	subject: `#${segment.number}`,
	detail: left.map((criterion) => `${criterion.id}: ${criterion.text}`).join("\n"),
	mends: {
		issue: segment.number,
		criteria: left.map(({ id, text }) => ({
			id,
			text
		}))
	}
}));
/**
* What a security segment found and nobody has mended: each segment's grave findings once, so that the mending of them
* is a round of this wave, and the next round does not find them again (SPEC R5.9, R7.1).
*/
const securityFindings = (reports, rounds) => reports.flatMap(({ number, report }) => {
	const subject = `#${number}`;
	const isTold = rounds.some(({ verdict }) => verdict?.kind === "failed" && verdict.findings.some((each) => each.check === "security" && each.subject === subject));
	const grave = (report?.course?.findings ?? []).filter(({ severity }) => severity !== "minor");
	if (isTold || grave.length === 0) return [];
	return [{
		check: "security",
		subject,
		detail: grave.map(sayFinding).join("\n")
	}];
});
const sayFinding = ({ file, line, severity, why }) => `${file}:${line} (${severity}): ${why}`;
/**
* Which criteria a merged segment has met: the agent named a test or a reason for it, or a person approved the pull
* request that lists them. Neither: it stays open, and the calibration will say so.
*/
function metCriteria(segment, says, approvedBy) {
	if (approvedBy.length > 0) return new Set(segment.spec.criteria.map((criterion) => criterion.id));
	return new Set((says?.criteria ?? []).filter((each) => each.evidence.trim() !== "").map((each) => each.id));
}
/**
* Which criteria of another segment a merged fix segment has met: its own stand in their order, one for each. Their ids
* may differ, for what has none is counted anew in each issue.
*/
function mendedCriteria(fix, mends, met) {
	const own = fix.spec.criteria;
	if (own.length !== mends.criteria.length) return /* @__PURE__ */ new Set();
	return new Set(mends.criteria.filter((_, at) => met.has(own[at]?.id ?? "")).map(({ id }) => id));
}
/** The issue's text with those criteria ticked; nothing else of a person's text is ever changed (SPEC R6.6). */
function tick(body, criteria, met) {
	const parts = body.split(/(\r\n|\n|\r)/);
	for (const criterion of criteria) {
		if (criterion.state === "met" || !met.has(criterion.id)) continue;
		const at = (criterion.line - 1) * 2;
		const line = parts[at];
		if (line !== void 0) parts[at] = line.replace(/^(\s*(?:[-*+]|\d+[.)])\s+)\[ \]/, "$1[x]");
	}
	return parts.join("");
}
/** Gate findings have mostly one cause: one fix segment gets them all. Coverage is one segment's own. */
function fixesFor(findings) {
	const gates = findings.filter((finding) => finding.check !== "coverage");
	const coverage = findings.filter((finding) => finding.check === "coverage");
	const first = gates[0];
	if (!first) return coverage;
	return [{
		check: first.check,
		subject: gates.map((finding) => finding.subject).join(", "),
		detail: gates.map((finding) => finding.detail).join("\n\n")
	}, ...coverage];
}
const waveOf = (plan, segment) => plan.waves.find((wave) => segmentsOf(wave).includes(segment));

// src/core/remember.ts
/**
* What an observation adds to the journal: attempts that ended, runs that died, acts that are seen to be done.
*
* Each line here turns something GitHub shows for a while (a report, a run, a comment among a hundred) into something
* the journal knows for good. None of it decides anything.
*/
const actKeys = {
	dispatch: (id) => `dispatch:${id}`,
	merge: (pull, head) => `merge:${pull}:${head.slice(0, 12)}`,
	panel: "panel",
	/** Unlike the others' also over epics: issues are looked for by it in the whole repository. */
	fix: (epic, wave, round, index) => `fix:${epic}:${wave}:${round}:${index}`
};
function remember(snapshot, journal) {
	let next = rememberActs(snapshot, journal);
	next = rememberRuns(snapshot, next);
	next = rememberReports(snapshot, next);
	next = rememberRefusedDispatches(snapshot, next);
	next = rememberDeadRuns(snapshot, next);
	return rememberMerges(snapshot, next);
}
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
function rememberActs(snapshot, journal) {
	let next = journal;
	for (const [key, act] of Object.entries(journal.acts)) {
		if (act.state !== "intended") continue;
		const performed = snapshot.performed[key];
		const shown = snapshot.said[key]?.id ?? snapshot.made[key];
		if (performed?.kind === "done" || shown !== void 0) {
			const result = (performed?.kind === "done" ? performed.result : void 0) ?? shown;
			next = withAct(next, key, {
				...act,
				state: "done",
				...result === void 0 ? {} : { result }
			});
		} else if (performed?.kind === "refused") {
			const { status, message } = performed;
			next = withAct(next, key, {
				...act,
				state: "refused",
				refusal: {
					status,
					message: message.slice(0, 500)
				}
			});
		}
	}
	return next;
}
/**
* A run that is seen for a dispatch proves that the dispatch happened. Which of several runs got the work is not told
* here: only a run's own plan job writes `runId`.
*/
function rememberRuns(snapshot, journal) {
	let next = journal;
	for (const run of snapshot.runs) {
		const act = next.acts[actKeys.dispatch(run.dispatch)];
		if (act?.state === "intended") next = withAct(next, actKeys.dispatch(run.dispatch), {
			...act,
			state: "done",
			result: run.id
		});
	}
	return next;
}
function rememberReports(snapshot, journal) {
	let next = journal;
	for (const report of snapshot.reports) {
		const attempt = findAttempt(next, report.attempt);
		if (attempt && !attempt.outcome) next = withOutcome(next, attempt, outcomeOf(report));
	}
	for (const report of snapshot.calibrationReports) next = withVerdict(next, report, snapshot.now);
	return next;
}
function outcomeOf(report) {
	const at = report.finishedAt;
	switch (report.result.kind) {
		case "published": return {
			kind: "published",
			at,
			pull: report.result.pull,
			head: report.result.head,
			report
		};
		case "no-change": return {
			kind: "no-change",
			at,
			report
		};
		case "needs-input": return {
			kind: "asked",
			at,
			report
		};
		case "failed": return {
			kind: "failed",
			at,
			problem: report.result.problem,
			report
		};
	}
}
function withOutcome(journal, attempt, outcome) {
	const segment = Number(attempt.id.split("-")[0]);
	const attempts = recordOf(journal, segment).attempts.map((each) => each.id === attempt.id ? {
		...each,
		outcome
	} : each);
	return withRecord(journal, segment, { attempts });
}
function withVerdict(journal, report, at) {
	return withCalibration(journal, report.wave, report.round, (calibration) => calibration.verdict || calibration.base !== report.base ? calibration : {
		...calibration,
		verdict: report.result === "passed" ? {
			kind: "passed",
			at
		} : {
			kind: "failed",
			at,
			findings: report.findings
		}
	});
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
/** GitHub refused to start the run: the attempts end with that reason instead of waiting for a run that never comes. */
function rememberRefusedDispatches(snapshot, journal) {
	let next = journal;
	for (const dispatch of Object.values(journal.dispatches)) {
		const performed = snapshot.performed[actKeys.dispatch(dispatch.id)];
		if (performed?.kind !== "refused") continue;
		const problem = {
			kind: "DISPATCH_FAILED",
			message: performed.message,
			status: performed.status
		};
		next = endDispatch(next, dispatch.id, {
			kind: "failed",
			at: snapshot.now,
			problem
		});
	}
	return next;
}
/** A run that is over and left no report for an attempt will never leave one (SPEC R8.2). */
function rememberDeadRuns(snapshot, journal) {
	let next = journal;
	for (const run of snapshot.runs) {
		const taken = next.dispatches[run.dispatch]?.runId;
		if (run.state !== "completed") {
			next = rememberDeadJobs(snapshot, next, run);
			continue;
		}
		if (taken !== void 0 && taken !== run.id) continue;
		const conclusion = run.conclusion ?? "unknown";
		next = endDispatch(next, run.dispatch, next.phase === "cancelled" ? {
			kind: "cancelled",
			at: snapshot.now
		} : {
			kind: "lost",
			at: snapshot.now,
			conclusion
		});
	}
	return next;
}
/** One segment's jobs can all be over, without a report, while the rest of the matrix runs on. */
function rememberDeadJobs(snapshot, journal, run) {
	let next = journal;
	const work = journal.dispatches[run.dispatch]?.work;
	if (work?.kind !== "segments") return next;
	for (const id of work.attempts) {
		const attempt = findAttempt(next, id);
		const published = jobsOf(run, id).find((job) => job.name.endsWith("publish"));
		if (!attempt || attempt.outcome || published?.state !== "completed") continue;
		next = withOutcome(next, attempt, {
			kind: "lost",
			at: snapshot.now,
			conclusion: published.conclusion ?? "unknown"
		});
	}
	return next;
}
/** Jobs of one segment in a matrix are named `segment 14 / work`, `… / verify`, `… / publish`. */
const jobsOf = (run, attempt) => run.jobs.filter((job) => job.name.startsWith(`segment ${attempt.split("-")[0]} /`));
function endDispatch(journal, id, outcome) {
	const work = journal.dispatches[id]?.work;
	if (!work) return journal;
	if (work.kind === "calibration") {
		if (outcome.kind === "published" || outcome.kind === "no-change" || outcome.kind === "asked") return journal;
		return withCalibration(journal, work.wave, work.round, (calibration) => calibration.dispatch === id && !calibration.verdict && !calibration.lost ? {
			...calibration,
			lost: outcome
		} : calibration);
	}
	let next = journal;
	for (const attemptId of work.attempts) {
		const attempt = findAttempt(next, attemptId);
		if (attempt && !attempt.outcome) next = withOutcome(next, attempt, outcome);
	}
	return next;
}
/** A merge GitHub refused is told and tried again later; one that is seen ends its act. */
function rememberMerges(snapshot, journal) {
	let next = journal;
	for (const pull of snapshot.pulls) {
		const key = actKeys.merge(pull.number, pull.head);
		const act = next.acts[key];
		if (pull.state === "merged" && act?.state === "intended") next = withAct(next, key, {
			...act,
			state: "done"
		});
		const performed = snapshot.performed[key];
		if (performed?.kind !== "refused") continue;
		const segment = segmentOfPull(next, pull.number);
		if (segment === void 0) continue;
		next = withRecord(next, segment, { mergeRefusal: {
			head: pull.head,
			at: snapshot.now,
			message: performed.message
		} });
	}
	return next;
}
function segmentOfPull(journal, pull) {
	for (const [segment, record] of Object.entries(journal.segments)) if (record.attempts.some((attempt) => attempt.outcome?.kind === "published" && attempt.outcome.pull === pull)) return Number(segment);
}
const laterOf = (a, b) => a === void 0 ? b : b === void 0 ? a : instant(Math.max(a, b));

// src/core/times.ts
/** What a segment without an estimate takes where none has one: only proportions matter then. */
const USUAL_MINUTES = 20;
/** An estimate's usual error before anything was learned; near what people's own estimates of tasks show. */
const USUAL_DEVIATION = .5;
const ENOUGH = 3;
/** Estimates below each are of one size. */
const SIZES = [
	20,
	60,
	180
];
/** What a segment's attempts cost, as their agents told it; undefined where none told. */
function costOf(record) {
	const costs = record.attempts.map((attempt) => attempt.outcome && "report" in attempt.outcome ? attempt.outcome.report?.costUsd : void 0).filter((cost) => cost !== void 0);
	return costs.length === 0 ? void 0 : costs.reduce((sum, cost) => sum + cost, 0);
}
function expectationsOf(segments, earlier) {
	const stated = segments.map(({ spec }) => spec.estimateMinutes).filter((minutes) => minutes !== void 0);
	const middle = median(stated) ?? 20;
	let learned = 0;
	return {
		of: new Map(segments.map(({ number, spec }) => {
			const alike = mostAlike(spec.worker, spec.persona, spec.estimateMinutes, earlier);
			if (alike.length > 0) learned++;
			return [number, expected(spec.estimateMinutes, middle, alike)];
		})),
		basis: learned > 0 ? {
			kind: "learned",
			segments: earlier.length
		} : stated.length > 0 ? {
			kind: "estimates",
			estimated: stated.length
		} : { kind: "all alike" }
	};
}
function expected(estimate, middle, alike) {
	const costUsd = median(alike.map((took) => took.costUsd).filter((cost) => cost !== void 0));
	const withCost = costUsd === void 0 ? {} : { costUsd };
	if (alike.length === 0) return {
		minutes: whole(estimate ?? middle),
		deviation: USUAL_DEVIATION,
		...withCost
	};
	if (estimate === void 0) {
		const minutes = alike.map((took) => took.minutes);
		return {
			minutes: whole(median(minutes) ?? middle),
			deviation: deviationOf(minutes),
			...withCost
		};
	}
	const errors = alike.flatMap((took) => took.estimateMinutes === void 0 ? [] : [took.minutes / Math.max(1, took.estimateMinutes)]);
	if (errors.length < ENOUGH) return {
		minutes: whole(estimate),
		deviation: USUAL_DEVIATION,
		...withCost
	};
	return {
		minutes: whole(estimate * (median(errors) ?? 1)),
		deviation: deviationOf(errors),
		...withCost
	};
}
const whole = (minutes) => Math.max(1, Math.round(minutes));
/** The closest ring of earlier segments that has enough of them; of a segment with an estimate, only those with one. */
function mostAlike(worker, persona, estimate, earlier) {
	const sameWorker = earlier.filter((took) => took.worker === worker);
	const samePersona = sameWorker.filter((took) => took.persona === persona);
	const size = sizeOf(estimate);
	const sameSize = (took) => sizeOf(took.estimateMinutes) === size;
	return [
		samePersona.filter(sameSize),
		sameWorker.filter(sameSize),
		samePersona,
		sameWorker,
		earlier
	].find((ring) => ring.length >= ENOUGH) ?? [];
}
/** 0 small … 3 huge; -1 nobody said. */
const sizeOf = (estimate) => estimate === void 0 ? -1 : SIZES.filter((limit) => estimate > limit).length;
/** The lower middle one: one that really was. */
function median(values) {
	const sorted = [...values].sort((a, b) => a - b);
	return sorted[Math.floor((sorted.length - 1) / 2)];
}
/** Of the logarithms around their middle, drawn towards the usual one as if that had been seen four times. */
function deviationOf(values) {
	const logs = values.map((value) => Math.log(Math.max(value, .01)));
	const middle = median(logs) ?? 0;
	const squares = logs.reduce((sum, log) => sum + (log - middle) ** 2, 0);
	return Math.sqrt((squares + 4 * USUAL_DEVIATION ** 2) / (logs.length + 4));
}

// src/core/verdict.ts
/**
* The people whose approval holds for the pull request's head as it is now.
*
* Reviews count by each person's latest opinion, given for this very commit, by someone who may write at this moment
* and did not open the pull request. Bots never count unless the config names them.
*/
function approvers(pull, record, config) {
	const yes = /* @__PURE__ */ new Map();
	for (const review of latestOpinions(pull)) {
		if (review.state !== "approved" || review.head !== pull.head) continue;
		if (mayJudge(review.by, pull, config)) yes.set(review.by.id, review.by.login);
	}
	for (const approval of record.approvals) if (approval.head === pull.head && approval.byId !== pull.author.id) yes.set(approval.byId, approval.by);
	return [...yes.values()].sort();
}
/** The standing no to the head as it is now, if there is one: by a review, or by a `/reject` already in the journal. */
function rejection(pull, record, config) {
	const said = record.rejections.findLast((each) => each.head === pull.head && each.pull === pull.number);
	if (said) return said;
	const review = latestOpinions(pull).find((each) => each.state === "changes requested" && each.head === pull.head && mayJudge(each.by, pull, config));
	if (!review) return void 0;
	return {
		by: review.by.login,
		at: review.at,
		head: pull.head,
		pull: pull.number,
		reason: review.body,
		comments: pull.reviews.filter((each) => each.by.id === review.by.id && each.head === pull.head).flatMap((each) => each.comments)
	};
}
function latestOpinions(pull) {
	const latest = /* @__PURE__ */ new Map();
	for (const review of pull.reviews) {
		if (review.state === "commented") continue;
		latest.set(review.by.id, review);
	}
	return [...latest.values()];
}
const mayJudge = (person, pull, config) => person.id !== pull.author.id && countsAsPerson(person, config) && mayWrite(person);
const countsAsPerson = (person, config) => person.kind === "person" || config.allowedBots.includes(person.login);
/** A merge that GitHub refused is tried again after this long: rules, locks and required checks change. */
const MERGE_AGAIN_MS = 6e4;
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
/**
* What still stands between an open pull request and its merge; nothing means it may merge.
*
* Green means: every gate reported `pass`, or said why it does not apply, for this very commit. Silence is not green: a
* gate skipped by a mistyped `if:` never turns red, so "nothing failed" would let unproven work through. A head that
* swarm has not looked at is unproven.
*/
function reviewWaits(pull, record, config, now) {
	const waits = [];
	const proof = proofOf(record, pull.head);
	const steers = (proof?.report.attention.length ?? 0) > 0;
	const missing = Math.max(config.approvals, steers ? 1 : 0) - approvers(pull, record, config).length;
	if (missing > 0) waits.push({
		kind: "approval",
		missing
	});
	waits.push(...gateWaits(proof), ...checkWaits(pull.checks));
	if (pull.mergeable !== "clean") waits.push({
		kind: "mergeable",
		state: pull.mergeable
	});
	else if (pull.mergeState === "blocked" && !pull.draft && waits.length === 0) waits.push({
		kind: "mergeable",
		state: "blocked"
	});
	if (record.mergeRefusal?.head === pull.head && now - record.mergeRefusal.at < 6e4) waits.push({
		kind: "merge refused",
		message: record.mergeRefusal.message
	});
	if (config.merge === "manual" && waits.length === 0) waits.push({ kind: "merge by hand" });
	return waits;
}
function gateWaits(proof) {
	if (!proof || proof.report.validation.length === 0) return [{
		kind: "gate",
		gate: "all gates",
		state: "unproven"
	}];
	return proof.report.validation.filter((each) => each.verdict === "fail" || each.verdict === "timed out").map((each) => ({
		kind: "gate",
		gate: each.gate,
		state: "failure"
	}));
}
const checkWaits = (checks) => checks.filter(({ ours, conclusion }) => conclusion === "pending" || conclusion === "failure" && !ours).map((check) => ({
	kind: "check",
	name: check.name,
	state: check.conclusion === "pending" ? "pending" : "failure"
}));

// src/core/board.ts
/**
* The board: everything the panel, the summary, the CLI and the pages show, decided here, said elsewhere.
*/
function makeBoard(snapshot, journal, plan, progresses, config) {
	const standings = new Map(plan.waves.map((wave) => [wave.number, standingOf(wave, progresses, journal, config)]));
	const events = eventsOf(snapshot, journal, plan, progresses);
	const asOf = events.reduce((latest, event) => laterOf(latest, event.at), void 0);
	const costUsd = spent(journal);
	return {
		epic: {
			number: snapshot.epic.number,
			title: snapshot.epic.title,
			state: snapshot.epic.state === "open" && journal.phase !== "finished" ? "open" : "closed"
		},
		phase: phaseOf(snapshot, journal, plan, standings),
		plan,
		waves: plan.waves.map((wave) => ({
			number: wave.number,
			segments: wave.tracks.flatMap((track) => track.segments.map((number) => segmentProgress(plan, journal, progresses, number, track.letter))),
			calibration: waveProgress(standings.get(wave.number) ?? { kind: "open" })
		})),
		needs: needsOf(snapshot, journal, plan, progresses, standings, config),
		events,
		...notesOf(snapshot, plan),
		...journal.startedAt === void 0 ? {} : { startedAt: journal.startedAt },
		...journal.finishedAt === void 0 ? {} : { endedAt: journal.finishedAt },
		...asOf === void 0 ? {} : { asOf },
		...costUsd === void 0 ? {} : { costUsd }
	};
}
function segmentProgress(plan, journal, progresses, number, track) {
	const segment = plan.segments.find((each) => each.number === number);
	const record = recordOf(journal, number);
	const report = latestReport(record);
	const progress = progresses.get(number) ?? { kind: "ready" };
	const pull = "pull" in progress ? progress.pull : publishedNumber(record);
	const cost = costOf(record);
	const agent = record.attempts.at(-1)?.name;
	return {
		number,
		title: segment?.title ?? "",
		track,
		progress,
		branch: segment?.branch ?? "",
		...pull === void 0 ? {} : { pull },
		attempts: record.attempts.length,
		...report ? {
			tries: mostTries(record),
			report
		} : {},
		...agent ? { agent } : {},
		validation: report?.validation ?? [],
		fix: record.fix !== void 0,
		...cost === void 0 ? {} : { costUsd: cost }
	};
}
const latestReport = (record) => {
	const outcome = record.attempts.findLast((attempt) => attempt.outcome && "report" in attempt.outcome)?.outcome;
	return outcome && "report" in outcome ? outcome.report : void 0;
};
/** Of all its runs: a segment that needed two rounds of gates once did need them, whatever a later rework took. */
const mostTries = (record) => Math.max(...record.attempts.map((attempt) => attempt.outcome && "report" in attempt.outcome ? attempt.outcome.report?.tries ?? 0 : 0));
const publishedNumber = (record) => {
	const outcome = record.attempts.findLast((attempt) => attempt.outcome?.kind === "published")?.outcome;
	return outcome?.kind === "published" ? outcome.pull : void 0;
};
/** What all attempts cost, as their agents told it; undefined where none told. */
function spent(journal) {
	const costs = Object.values(journal.segments).map(costOf).filter((cost) => cost !== void 0);
	return costs.length === 0 ? void 0 : costs.reduce((sum, cost) => sum + cost, 0);
}
function phaseOf(snapshot, journal, plan, standings) {
	if (journal.phase === "finished") return "finished";
	if (journal.phase === "paused" || journal.phase === "cancelled") return journal.phase;
	if (!journal.authorisation) return "planned";
	if (errorsOf(snapshot, plan, journal).length > 0) return "refused";
	return [...standings.values()].every((standing) => standing.kind === "passed") ? "accepting" : "running";
}
/**
* What holds the epic back. Once it runs, an issue that was added or rewritten since holds only itself back: one line in
* one issue must not stop everybody's work.
*/
function errorsOf(snapshot, plan, journal) {
	const runs = Object.keys(journal.dispatches).length > 0;
	const counts = (number) => number === snapshot.epic.number || journal.authorisation?.segments[number] !== void 0 && recordOf(journal, number).attempts.length === 0;
	const holds = ({ problem }) => {
		if (!runs) return true;
		if (problem.kind === "EPIC_CYCLE") return problem.path.every(counts);
		if (problem.kind === "BRANCH_TAKEN") return problem.segments.some(counts);
		return !("at" in problem) || problem.at.issue === void 0 || counts(problem.at.issue);
	};
	const errors = (diagnostics) => diagnostics.filter((each) => each.level === "error");
	return [...errors(snapshot.preflight), ...errors(plan.diagnostics).filter(holds)];
}
function needsOf(snapshot, journal, plan, progresses, standings, config) {
	if (!journal.authorisation || journal.phase === "finished") return [];
	const needs = errorsOf(snapshot, plan, journal).map(({ problem }) => ({
		kind: "mend",
		problem
	}));
	for (const { problem } of refusedIssues(journal)) needs.push({
		kind: "mend",
		problem
	});
	if (journal.phase === "paused" || journal.phase === "cancelled") needs.push({ kind: "resume" });
	for (const [number, progress] of progresses) {
		if (progress.kind === "blocked" || progress.kind === "not in this execution") needs.push({
			kind: "unblock",
			segment: number,
			problem: progress.problem
		});
		if (progress.kind !== "in review") continue;
		const pull = snapshot.pulls.find((each) => each.number === progress.pull);
		const red = pull && redHead(pull, recordOf(journal, number));
		if (red) needs.push({
			kind: "unblock",
			segment: number,
			problem: red
		});
		if (progress.waits.some((wait) => wait.kind === "approval")) needs.push({
			kind: "decide pull",
			segment: number,
			pull: progress.pull
		});
		else if (progress.waits.some((wait) => wait.kind === "merge by hand" || wait.kind === "merge refused")) needs.push({
			kind: "merge pull",
			segment: number,
			pull: progress.pull
		});
	}
	for (const [wave, standing] of standings) if (standing.kind === "stopped") needs.push({
		kind: "calibration",
		wave,
		problem: standing.problem
	});
	const next = config.mode === "collaborative" ? nextWave(plan, standings, journal) : void 0;
	if (next !== void 0) needs.push({
		kind: "approve wave",
		wave: next
	});
	if ([...standings.values()].every((standing) => standing.kind === "passed") && config.acceptance === "person") needs.push({ kind: "accept" });
	return needs;
}
/** Of all warnings those that came up since the plan was shown, or that no plan shows. */
function notesOf(snapshot, plan) {
	const late = [
		"EPIC_CHANGED",
		"UNKNOWN_ISSUE",
		"PERMISSION_MISSING"
	];
	const notes = [...snapshot.preflight, ...plan.diagnostics].filter(({ level, problem }) => level === "warning" && late.includes(problem.kind)).map(({ problem }) => problem);
	return notes.length === 0 ? {} : { notes };
}
/** The wave that waits only for a person's approval. */
function nextWave(plan, standings, journal) {
	const first = plan.waves.find((wave) => standings.get(wave.number)?.kind !== "passed");
	return first && !journal.approvedWaves.includes(first.number) ? first.number : void 0;
}
function eventsOf(_snapshot, journal, plan, progresses) {
	const events = [];
	if (journal.startedAt !== void 0) events.push({
		at: journal.startedAt,
		kind: "STARTED"
	});
	for (const { at } of journal.configs ?? []) events.push({
		at,
		kind: "CONFIG CHANGED"
	});
	for (const [key, record] of Object.entries(journal.segments)) {
		const segment = Number(key);
		for (const attempt of record.attempts) {
			events.push({
				at: attempt.claimedAt,
				kind: "CLAIMED",
				segment,
				agent: attempt.name
			});
			const { outcome } = attempt;
			if (!outcome) continue;
			const about = {
				at: outcome.at,
				segment,
				agent: attempt.name
			};
			if (outcome.kind === "published") events.push({
				...about,
				kind: "PUBLISHED",
				pull: outcome.pull
			});
			else if (outcome.kind === "failed") events.push({
				...about,
				kind: "BLOCKED"
			});
			else if (outcome.kind === "lost") events.push({
				...about,
				kind: "LOST"
			});
		}
		for (const rejection of record.rejections) events.push({
			at: rejection.at,
			kind: "REJECTED",
			segment,
			pull: rejection.pull
		});
		if (record.skipped) events.push({
			at: record.skipped.at,
			kind: "SKIPPED",
			segment
		});
	}
	for (const [segment, progress] of progresses) if (progress.kind === "merged" && progress.at !== void 0) events.push({
		at: progress.at,
		kind: "CLOSED",
		segment,
		pull: progress.pull
	});
	for (const wave of plan.waves) events.push(...trackEvents(wave, progresses));
	for (const [wave, rounds] of Object.entries(journal.calibrations)) for (const { verdict } of rounds) {
		if (verdict?.kind === "passed") events.push({
			at: verdict.at,
			kind: "WAVE COMPLETE",
			wave: Number(wave)
		});
		if (verdict?.kind === "failed") events.push({
			at: verdict.at,
			kind: "CALIBRATION FAILED",
			wave: Number(wave)
		});
	}
	if (journal.finishedAt !== void 0) events.push({
		at: journal.finishedAt,
		kind: "EXECUTION COMPLETE"
	});
	return events.sort((a, b) => a.at - b.at || ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind) || (a.segment ?? 0) - (b.segment ?? 0));
}
const ORDER = [
	"STARTED",
	"CONFIG CHANGED",
	"CLAIMED",
	"PUBLISHED",
	"FAILED",
	"LOST",
	"REJECTED",
	"BLOCKED",
	"CLOSED",
	"SKIPPED",
	"TRACK COMPLETE",
	"CALIBRATION FAILED",
	"WAVE COMPLETE",
	"EXECUTION COMPLETE"
];
function trackEvents(wave, progresses) {
	return wave.tracks.flatMap((track) => {
		const ends = track.segments.map((number) => {
			const progress = progresses.get(number);
			return progress?.kind === "merged" ? progress.at : void 0;
		});
		if (ends.some((at) => at === void 0)) return [];
		const at = ends.reduce(laterOf, void 0);
		return at === void 0 ? [] : [{
			at,
			kind: "TRACK COMPLETE",
			wave: wave.number,
			track: track.letter
		}];
	});
}
const segmentsInWave = (plan, wave) => {
	const found = plan.waves.find((each) => each.number === wave);
	return found ? segmentsOf(found) : [];
};

// src/core/name.ts
/**
* Names for attempts that people can tell apart at a glance: BlueLake, GreenCastle (SPEC R9.1).
*/
const COLOURS = [
	"Amber",
	"Azure",
	"Blue",
	"Bronze",
	"Copper",
	"Coral",
	"Crimson",
	"Golden",
	"Green",
	"Indigo",
	"Ivory",
	"Jade",
	"Lilac",
	"Maroon",
	"Olive",
	"Orange",
	"Pearl",
	"Purple",
	"Red",
	"Ruby",
	"Silver",
	"Teal",
	"Violet"
];
const PLACES$1 = [
	"Bay",
	"Bear",
	"Bridge",
	"Brook",
	"Canyon",
	"Castle",
	"Cliff",
	"Cove",
	"Falcon",
	"Field",
	"Forest",
	"Fox",
	"Garden",
	"Harbor",
	"Heron",
	"Hill",
	"Island",
	"Lake",
	"Meadow",
	"Mountain",
	"Otter",
	"River",
	"Stone",
	"Tower",
	"Valley"
];
/** Steps through all pairs before it repeats one: 23 and 25 have no common divisor. */
function attemptName(ordinal) {
	return `${COLOURS[ordinal * 7 % COLOURS.length] ?? COLOURS[0]}${PLACES$1[ordinal * 11 % PLACES$1.length] ?? PLACES$1[0]}`;
}

// src/core/paper.ts
/** How long another orchestrator, or a call whose answer was lost, is given before its act is repeated. */
const GRACE_MS = 2e4;
var Paper = class {
	snapshot;
	journal;
	decisions = [];
	history = [];
	texts = {};
	/** Comments whose requests were taken in this look: marked as finished when all else is done. */
	taken = [];
	lookAgainAt;
	constructor(snapshot, journal) {
		this.snapshot = snapshot;
		this.journal = journal;
	}
	get now() {
		return this.snapshot.now;
	}
	decide(decision) {
		this.decisions.push(decision);
	}
	record(event) {
		this.history.push({
			at: this.now,
			...event
		});
	}
	lookAgain(afterMs) {
		const at = instant(this.now + afterMs);
		if (this.lookAgainAt === void 0 || at < this.lookAgainAt) this.lookAgainAt = at;
	}
	/** @returns the act's result once it is done; undefined while it is under way. */
	once(decision) {
		const { key } = decision;
		if (!this.journal.authorisation) return this.unlessShown(decision);
		const act = this.journal.acts[key];
		if (act?.state === "done" || act?.state === "refused") return act.state;
		if (this.decisions.some((each) => "key" in each && each.key === key)) return "under way";
		if (act?.state === "intended" && this.somebodyMayBeAtIt(key, act)) {
			this.lookAgain(act.at + GRACE_MS - this.now);
			return "under way";
		}
		if (act?.state !== "intended" || act.by !== this.snapshot.orchestrator || this.snapshot.performed[key]) this.journal = withAct(this.journal, key, {
			at: this.now,
			by: this.snapshot.orchestrator,
			state: "intended"
		});
		this.decide(decision);
		this.lookAgain(GRACE_MS);
		return "under way";
	}
	/**
	* Before an epic is started, nobody's words make a journal: whoever can comment could fill the repository with them.
	* That something was said is then seen from what stands there.
	*/
	unlessShown(decision) {
		const { key } = decision;
		const performed = this.snapshot.performed[key];
		if (performed?.kind === "refused") return "refused";
		if (performed?.kind === "done" || this.snapshot.said[key]) return "done";
		if (!this.decisions.some((each) => "key" in each && each.key === key)) this.decide(decision);
		return "under way";
	}
	somebodyMayBeAtIt(key, act) {
		if (this.now - act.at >= 2e4) return false;
		return act.by !== this.snapshot.orchestrator || this.snapshot.performed[key]?.kind === "unsure";
	}
};

// src/core/branch.ts
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
const branchName = (template, words) => template.replace(/\{(type|slug|number|epic)\}/g, (_, word) => words[word]);
/**
* Why git or GitHub would not take this as a branch's name, as a clause; undefined where they do.
*
* @see https://git-scm.com/docs/git-check-ref-format
*/
function branchFault(name) {
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
const SLUG_CHARS = 40;
/** A short name made from a title: ASCII, whole words, at most 40 characters; '' where the title has none. */
function slugOf(title) {
	const words = title.slice(0, 1e3).replace(/^\s*(?:feat|fix|refactor|docs|test|chore|perf|build|ci)(?:\([^()]*\))?!?:/i, "").normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/['’]/g, "").match(/[a-z0-9]+/g) ?? [];
	let slug = "";
	for (const word of words) {
		const longer = slug === "" ? word.slice(0, SLUG_CHARS) : `${slug}-${word}`;
		if (longer.length > SLUG_CHARS) break;
		slug = longer;
	}
	return slug;
}

// src/core/places.ts
/** A table may be this many times longer than what is in it. */
const SPARSE = 8;
const SMALL = 1024;
function numbered(given) {
	const { ids, placeOf, sorted } = interned(given);
	const rank = new Int32Array(ids.length);
	const inOrder = [];
	for (const at of sorted) {
		const id = ids[at];
		if (id !== void 0) rank[at] = inOrder.push(id) - 1;
	}
	return {
		ids: inOrder,
		placeOf: (id) => rank[placeOf(id)] ?? -1
	};
}
/** For who only needs the order of names at the end: a rank for each look-up is saved. */
function interned(given) {
	const all = Array.isArray(given) ? given : [...given];
	return byTable(all) ?? byName(all);
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
		sorted: upTo(ids.length)
	};
}
function byName(all) {
	const map = /* @__PURE__ */ new Map();
	for (let at = 0; at < all.length; at++) map.set(all[at], at);
	let ids = all;
	if (map.size < all.length) {
		ids = [...map.keys()];
		for (let at = 0; at < ids.length; at++) map.set(ids[at], at);
	}
	return {
		ids,
		placeOf: (id) => map.get(id) ?? -1,
		sorted: sortedPlaces(ids)
	};
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
function sortedPlaces(names) {
	const all = upTo(names.length);
	if (names.length < 64 || !areTexts(names)) return all.sort((a, b) => compare(names[a], names[b]));
	const start = sharedStart(names);
	const [first, second, third] = [
		1,
		2,
		3
	].map(() => new Uint16Array(names.length));
	for (let at = 0; at < names.length; at++) {
		const text = names[at];
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
	const order = byDigit(byDigit(byDigit(all, third), second), first);
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
function byDigit(order, digits) {
	const free = /* @__PURE__ */ new Int32Array(16385);
	for (let at = 0; at < digits.length; at++) {
		const next = (digits[at] ?? 0) + 1;
		free[next] = (free[next] ?? 0) + 1;
	}
	for (let digit = 0; digit < DIGIT_SIZE; digit++) free[digit + 1] = (free[digit + 1] ?? 0) + (free[digit] ?? 0);
	const sorted = new Int32Array(order.length);
	for (let i = 0; i < order.length; i++) {
		const at = order[i] ?? 0;
		const digit = digits[at] ?? 0;
		const place = free[digit] ?? 0;
		sorted[place] = at;
		free[digit] = place + 1;
	}
	return sorted;
}

// src/core/graph.ts
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
function placed({ placeOf }, edges) {
	const from = new Int32Array(edges.length);
	const on = new Int32Array(edges.length);
	let count = 0;
	let name;
	let place = -1;
	for (const edge of edges) {
		if (edge.from !== name) {
			name = edge.from;
			place = placeOf(name);
		}
		const other = placeOf(edge.on);
		if (place === -1 || other === -1) continue;
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
/** Blockers before dependents; what is on a cycle or behind one is missing. */
function inOrder(graph) {
	const { order, whole } = kahnOf(graph);
	return {
		ids: Array.from(order, (node) => graph.ids[node]).filter((id) => id !== void 0),
		whole
	};
}
function kahnOf({ ids, blockers, dependents }) {
	const { offsets } = blockers;
	return kahn(dependents, Int32Array.from(ids, (_, node) => (offsets[node + 1] ?? 0) - (offsets[node] ?? 0)));
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
/**
* The longest chains, by what each node takes. Nodes on a cycle, or before one, count for themselves alone.
*
* @param takes not negative, in any unit; the answers are in the same.
*/
function chainsOf(graph, takes) {
	const own = Float64Array.from(graph.ids, takes);
	const remaining = own.slice();
	const follows = new Int32Array(graph.ids.length).fill(-1);
	const { order } = kahnOf(graph);
	for (let at = order.length - 1; at >= 0; at--) {
		const node = order[at] ?? 0;
		for (const dependent of around(graph.dependents, node)) {
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
		remaining: new Map(graph.ids.map((id, at) => [id, remaining[at] ?? 0]))
	};
}

// src/core/workload.ts
/** @param waits pairs: the first waits for the second. @param apart pairs that may not run at one time. */
function makeWorkload(pieces, waits, apart, capacity) {
	const count = pieces.length;
	const asks = pieces.flatMap((piece, at) => piece.needs.map((need) => [
		at,
		need.of,
		need.amount
	]));
	return {
		count,
		takes: Int32Array.from(pieces, (piece) => piece.takes),
		blockers: makeLists(count, waits),
		dependents: makeLists(count, waits.map(([from, on]) => [on, from])),
		apart: makeLists(count, apart.flatMap(([a, b]) => [[a, b], [b, a]])),
		capacity: Int32Array.from(capacity),
		needs: makeLists(count, asks),
		amounts: makeLists(count, asks.map(([at, , amount]) => [at, amount])).items,
		running: Uint8Array.from(pieces, (piece) => piece.running ? 1 : 0)
	};
}
function makeLists(count, pairs) {
	const offsets = new Int32Array(count + 1);
	for (const [at] of pairs) offsets[at + 1] = (offsets[at + 1] ?? 0) + 1;
	for (let at = 0; at < count; at++) offsets[at + 1] = (offsets[at + 1] ?? 0) + (offsets[at] ?? 0);
	const free = offsets.slice();
	const items = new Int32Array(pairs.length);
	for (const [at, item] of pairs) {
		const place = free[at] ?? 0;
		items[place] = item;
		free[at] = place + 1;
	}
	return {
		offsets,
		items
	};
}
/** Blockers before dependents. What is on a cycle, or behind one, comes last, in the order of its positions. */
function inWaitingOrder({ count, blockers, dependents }) {
	const order = new Int32Array(count);
	const open = new Int32Array(count);
	const seen = new Uint8Array(count);
	let end = 0;
	for (let at = 0; at < count; at++) {
		open[at] = (blockers.offsets[at + 1] ?? 0) - (blockers.offsets[at] ?? 0);
		if (open[at] === 0) order[end++] = at;
	}
	for (let next = 0; next < end; next++) {
		const piece = order[next] ?? 0;
		seen[piece] = 1;
		for (let k = dependents.offsets[piece] ?? 0; k < (dependents.offsets[piece + 1] ?? 0); k++) {
			const dependent = dependents.items[k] ?? 0;
			const left = (open[dependent] ?? 0) - 1;
			open[dependent] = left;
			if (left === 0) order[end++] = dependent;
		}
	}
	for (let at = 0; at < count; at++) if (seen[at] === 0) order[end++] = at;
	return order;
}
/** From each piece's start to the end of the longest chain that begins with it. */
function tailsOf(workload, order = inWaitingOrder(workload)) {
	const { takes, dependents } = workload;
	const tails = Float64Array.from(takes);
	for (let at = order.length - 1; at >= 0; at--) {
		const piece = order[at] ?? 0;
		let longest = 0;
		for (let k = dependents.offsets[piece] ?? 0; k < (dependents.offsets[piece + 1] ?? 0); k++) {
			const tail = tails[dependents.items[k] ?? 0] ?? 0;
			if (tail > longest) longest = tail;
		}
		tails[piece] = (takes[piece] ?? 0) + longest;
	}
	return tails;
}
/** The earliest start of each piece, were there places for all. */
function headsOf(workload, order = inWaitingOrder(workload)) {
	const { takes, blockers, running } = workload;
	const heads = new Float64Array(workload.count);
	for (const piece of order) {
		if (running[piece] === 1) continue;
		let earliest = 0;
		for (let k = blockers.offsets[piece] ?? 0; k < (blockers.offsets[piece + 1] ?? 0); k++) {
			const blocker = blockers.items[k] ?? 0;
			const end = (heads[blocker] ?? 0) + (takes[blocker] ?? 0);
			if (end > earliest) earliest = end;
		}
		heads[piece] = earliest;
	}
	return heads;
}
/**
* The serial scheme, forwards and backwards, with its memory laid out once for thousands of passes.
*
* Occupation is kept as the moments at which it changes. The last one lasts for ever and is always empty.
*/
var Serial = class {
	#workload;
	#kinds;
	#times;
	#used;
	#size = 0;
	#placed;
	#running;
	constructor(workload) {
		this.#workload = workload;
		this.#kinds = workload.capacity.length;
		this.#times = new Int32Array(2 * workload.count + 2);
		this.#used = new Int32Array((2 * workload.count + 2) * this.#kinds);
		this.#placed = new Uint8Array(workload.count);
		const running = [];
		for (let at = 0; at < workload.count; at++) if (workload.running[at] === 1) running.push(at);
		this.#running = Int32Array.from(running);
	}
	/**
	* Each piece as early as it fits, in the order given.
	*
	* @param order blockers before dependents.
	* @returns the makespan; `starts` is filled.
	*/
	forward(order, starts) {
		const { takes, blockers, running, count } = this.#workload;
		this.#clear();
		let makespan = 0;
		for (const piece of this.#running) {
			starts[piece] = 0;
			const end = takes[piece] ?? 0;
			this.#occupy(piece, 0, end);
			if (end > makespan) makespan = end;
		}
		for (let next = 0; next < count; next++) {
			const piece = order[next] ?? 0;
			if (running[piece] === 1) continue;
			let from = 0;
			const last = blockers.offsets[piece + 1] ?? 0;
			for (let k = blockers.offsets[piece] ?? 0; k < last; k++) {
				const blocker = blockers.items[k] ?? 0;
				const end = (starts[blocker] ?? 0) + (takes[blocker] ?? 0);
				if (end > from) from = end;
			}
			const start = this.#earliest(piece, from, starts);
			const end = start + (takes[piece] ?? 0);
			starts[piece] = start;
			this.#occupy(piece, start, end);
			if (end > makespan) makespan = end;
		}
		return makespan;
	}
	/**
	* Each piece as late as it fits, in the order given, no later than `horizon`. Times are told from there backwards:
	* a piece's `starts` is how long before the horizon it ends.
	*
	* @param order dependents before blockers.
	*/
	backward(order, horizon, starts) {
		const { takes, dependents, running, count } = this.#workload;
		this.#clear();
		for (const piece of this.#running) {
			const end = horizon - (takes[piece] ?? 0);
			starts[piece] = end;
			this.#occupy(piece, end, horizon);
		}
		for (let next = 0; next < count; next++) {
			const piece = order[next] ?? 0;
			if (running[piece] === 1) continue;
			let from = 0;
			const last = dependents.offsets[piece + 1] ?? 0;
			for (let k = dependents.offsets[piece] ?? 0; k < last; k++) {
				const dependent = dependents.items[k] ?? 0;
				const end = (starts[dependent] ?? 0) + (takes[dependent] ?? 0);
				if (end > from) from = end;
			}
			const start = this.#earliest(piece, from, starts);
			starts[piece] = start;
			this.#occupy(piece, start, start + (takes[piece] ?? 0));
		}
	}
	#clear() {
		this.#times[0] = 0;
		this.#used.fill(0, 0, this.#kinds);
		this.#size = 1;
		this.#placed.fill(0);
	}
	#earliest(piece, from, starts) {
		const { takes, apart } = this.#workload;
		const length = takes[piece] ?? 0;
		if (length === 0) return from;
		const first = apart.offsets[piece] ?? 0;
		const last = apart.offsets[piece + 1] ?? 0;
		const placed = this.#placed;
		let start = from;
		for (;;) {
			start = this.#fits(piece, start, length);
			let moved = false;
			for (let k = first; k < last; k++) {
				const other = apart.items[k] ?? 0;
				if (placed[other] === 0) continue;
				const begin = starts[other] ?? 0;
				const end = begin + (takes[other] ?? 0);
				if (end > start && begin < start + length && end > begin) {
					start = end;
					moved = true;
				}
			}
			if (!moved) return start;
		}
	}
	#fits(piece, from, length) {
		const { needs, amounts, capacity } = this.#workload;
		const times = this.#times;
		const used = this.#used;
		const kinds = this.#kinds;
		const size = this.#size;
		const first = needs.offsets[piece] ?? 0;
		const last = needs.offsets[piece + 1] ?? 0;
		if (first === last) return from;
		let start = from;
		let at = this.#at(start);
		while (at < size && (times[at] ?? 0) < start + length) {
			let isFull = false;
			for (let k = first; k < last; k++) {
				const kind = needs.items[k] ?? 0;
				if ((used[at * kinds + kind] ?? 0) + (amounts[k] ?? 0) > (capacity[kind] ?? 0)) {
					isFull = true;
					break;
				}
			}
			at++;
			if (isFull && at < size) start = times[at] ?? 0;
		}
		return start;
	}
	/** The last moment of change that is not after `time`. */
	#at(time) {
		const times = this.#times;
		let low = 0;
		let high = this.#size - 1;
		while (low < high) {
			const middle = low + high + 1 >> 1;
			if ((times[middle] ?? 0) <= time) low = middle;
			else high = middle - 1;
		}
		return low;
	}
	#split(time) {
		const at = this.#at(time);
		const times = this.#times;
		if (times[at] === time) return at;
		const kinds = this.#kinds;
		const used = this.#used;
		const size = this.#size;
		for (let i = size; i > at + 1; i--) times[i] = times[i - 1] ?? 0;
		for (let i = (size + 1) * kinds - 1; i >= (at + 1) * kinds; i--) used[i] = used[i - kinds] ?? 0;
		times[at + 1] = time;
		this.#size = size + 1;
		return at + 1;
	}
	#occupy(piece, start, end) {
		this.#placed[piece] = 1;
		const { needs, amounts } = this.#workload;
		const first = needs.offsets[piece] ?? 0;
		const last = needs.offsets[piece + 1] ?? 0;
		if (start === end || first === last) return;
		const from = this.#split(start);
		const to = this.#split(end);
		for (let k = first; k < last; k++) {
			const kind = needs.items[k] ?? 0;
			const amount = amounts[k] ?? 0;
			for (let at = from; at < to; at++) {
				const place = at * this.#kinds + kind;
				this.#used[place] = (this.#used[place] ?? 0) + amount;
			}
		}
	}
};
/**
* At each moment, whatever may start does, in the order of `ranks`, smallest first: nothing that could run is left
* lying. Made for any size: it looks only at what is ready.
*
* @param takes what each piece really takes, where that is not what was thought.
*/
function parallel(workload, ranks, takes = workload.takes) {
	const { count, blockers, dependents, apart, capacity, needs, amounts, running } = workload;
	const starts = new Int32Array(count).fill(-1);
	const free = capacity.slice();
	const open = new Int32Array(count);
	const ready = [];
	const ends = [];
	const isOn = new Uint8Array(count);
	const common = commonKind(workload);
	const rankOf = (piece) => ranks[piece] ?? 0;
	const admit = (piece) => {
		let low = 0;
		let high = ready.length;
		while (low < high) {
			const middle = low + high >> 1;
			const other = ready[middle] ?? 0;
			if (rankOf(other) < rankOf(piece) || rankOf(other) === rankOf(piece) && other < piece) low = middle + 1;
			else high = middle;
		}
		ready.splice(low, 0, piece);
	};
	const begin = (piece, now) => {
		starts[piece] = now;
		isOn[piece] = 1;
		for (let k = needs.offsets[piece] ?? 0; k < (needs.offsets[piece + 1] ?? 0); k++) {
			const kind = needs.items[k] ?? 0;
			free[kind] = (free[kind] ?? 0) - (amounts[k] ?? 0);
		}
		pushEnd(piece);
	};
	const isAfter = (one, other) => {
		const a = (starts[one] ?? 0) + (takes[one] ?? 0);
		const b = (starts[other] ?? 0) + (takes[other] ?? 0);
		return a > b || a === b && one > other;
	};
	/** `ends` is a heap by the end: with thousands at once, looking for the next one would be most of the work. */
	const pushEnd = (piece) => {
		let at = ends.length;
		ends.push(piece);
		while (at > 0) {
			const above = at - 1 >> 1;
			if (!isAfter(ends[above] ?? 0, piece)) break;
			ends[at] = ends[above] ?? 0;
			at = above;
		}
		ends[at] = piece;
	};
	const popEnd = () => {
		const top = ends[0] ?? 0;
		const last = ends.pop() ?? 0;
		const size = ends.length;
		if (size === 0) return top;
		let at = 0;
		for (;;) {
			let below = 2 * at + 1;
			if (below >= size) break;
			if (below + 1 < size && isAfter(ends[below] ?? 0, ends[below + 1] ?? 0)) below++;
			if (!isAfter(last, ends[below] ?? 0)) break;
			ends[at] = ends[below] ?? 0;
			at = below;
		}
		ends[at] = last;
		return top;
	};
	const mayBegin = (piece) => {
		for (let k = needs.offsets[piece] ?? 0; k < (needs.offsets[piece + 1] ?? 0); k++) if ((amounts[k] ?? 0) > (free[needs.items[k] ?? 0] ?? 0)) return false;
		if (takes[piece] === 0) return true;
		for (let k = apart.offsets[piece] ?? 0; k < (apart.offsets[piece + 1] ?? 0); k++) if (isOn[apart.items[k] ?? 0] === 1) return false;
		return true;
	};
	for (let piece = 0; piece < count; piece++) {
		open[piece] = (blockers.offsets[piece + 1] ?? 0) - (blockers.offsets[piece] ?? 0);
		if (running[piece] === 1) begin(piece, 0);
		else if (open[piece] === 0) admit(piece);
	}
	let now = 0;
	for (;;) {
		for (let at = 0; at < ready.length;) {
			const piece = ready[at] ?? 0;
			if (common !== -1 && free[common] === 0) break;
			if (!mayBegin(piece)) {
				at++;
				continue;
			}
			ready.splice(at, 1);
			begin(piece, now);
		}
		if (ends.length === 0) break;
		now = endOf(ends[0] ?? 0);
		while (ends.length > 0 && endOf(ends[0] ?? 0) === now) {
			const piece = popEnd();
			isOn[piece] = 0;
			for (let k = needs.offsets[piece] ?? 0; k < (needs.offsets[piece + 1] ?? 0); k++) {
				const kind = needs.items[k] ?? 0;
				free[kind] = (free[kind] ?? 0) + (amounts[k] ?? 0);
			}
			for (let k = dependents.offsets[piece] ?? 0; k < (dependents.offsets[piece + 1] ?? 0); k++) {
				const dependent = dependents.items[k] ?? 0;
				const left = (open[dependent] ?? 0) - 1;
				open[dependent] = left;
				if (left === 0 && running[dependent] === 0) admit(dependent);
			}
		}
	}
	return {
		starts,
		makespan: now
	};
	function endOf(piece) {
		return (starts[piece] ?? 0) + (takes[piece] ?? 0);
	}
}
/** A kind of place that every piece needs, or -1: where none of it is free, nobody has to be asked. */
function commonKind({ count, capacity, needs }) {
	const by = new Int32Array(capacity.length);
	for (const kind of needs.items) by[kind] = (by[kind] ?? 0) + 1;
	return by.indexOf(count);
}

// src/core/layout.ts
/** What can never start, on a cycle or behind one, is left out. */
function layOut(layout) {
	const { segments, schedule } = layout;
	const graph = graphOf(segments);
	const possible = new Set(inOrder(graph).ids);
	const sorted = segments.filter(({ number }) => possible.has(number)).sort((a, b) => a.number - b.number);
	const order = startOrder(sorted, layout.minutesOf);
	if (schedule === "eager") return sorted.length === 0 ? [] : [stageOf(sorted, layout, order)];
	const levels = levelsOf(sorted, inOrder(graph).ids);
	return [...Map.groupBy(sorted, ({ number }) => levels.get(number) ?? 0)].sort(([a], [b]) => a - b).map(([, members]) => stageOf(members, layout, order));
}
/** Longest path from a root, by segment. */
function levelsOf(segments, order) {
	const byNumber = new Map(segments.map((segment) => [segment.number, segment]));
	const levels = /* @__PURE__ */ new Map();
	for (const number of order) {
		const blockers = byNumber.get(number)?.blockedBy ?? [];
		levels.set(number, Math.max(0, ...blockers.map((blocker) => (levels.get(blocker) ?? -1) + 1)));
	}
	return levels;
}
function stageOf(segments, layout, order) {
	const position = new Map(segments.map(({ number }, at) => [number, at]));
	const kinds = kindsOf(segments, layout);
	const pieces = segments.map(({ number, spec }) => {
		const left = layout.running?.get(number);
		return {
			takes: left ?? layout.minutesOf(number),
			needs: kinds.flatMap(({ worker }, of) => worker === void 0 || worker === spec.worker ? [{
				of,
				amount: 1
			}] : []),
			running: left !== void 0
		};
	});
	const waits = segments.flatMap(({ number, blockedBy }, at) => layout.running?.has(number) ? [] : positions(blockedBy, position).map((on) => [at, on]));
	const apart = layout.overlaps.flatMap(({ a, b }) => {
		const one = position.get(a);
		const other = position.get(b);
		return one === void 0 || other === void 0 ? [] : [[one, other]];
	});
	return {
		numbers: segments.map(({ number }) => number),
		workload: makeWorkload(pieces, waits, apart, kinds.map(({ places }) => places)),
		ranks: Int32Array.from(segments, ({ number }) => order.get(number) ?? 0)
	};
}
const positions = (numbers, position) => numbers.flatMap((number) => position.get(number) ?? []);
/**
* The places in all, and those of each worker that there could be too few of. What runs already has its place, even
* where the caps were lowered since.
*/
function kindsOf(segments, { cap, workers, running }) {
	const counted = (worker, among) => segments.filter((segment) => (worker === void 0 || segment.spec.worker === worker) && among(segment)).length;
	const busy = (worker) => counted(worker, ({ number }) => running?.has(number) ?? false);
	const few = WORKERS.filter((worker) => workers[worker] < Math.min(cap, counted(worker, () => true)));
	return [{ places: Math.max(cap, busy()) }, ...few.map((worker) => ({
		worker,
		places: Math.max(workers[worker], busy(worker))
	}))];
}
/** Each segment's place in the order in which ready ones start: longest remaining path, priority, number (SPEC R2.3). */
function startOrder(segments, minutesOf) {
	const { remaining } = chainsOf(graphOf(segments), minutesOf);
	const left = (segment) => remaining.get(segment.number) ?? 0;
	const ordered = [...segments].sort((a, b) => left(b) - left(a) || a.spec.priority - b.spec.priority || a.number - b.number);
	return new Map(ordered.map((segment, at) => [segment.number, at]));
}
const graphOf = (segments) => makeGraph(segments.map((segment) => segment.number), segments.flatMap(({ number, blockedBy }) => blockedBy.map((on) => ({
	from: number,
	on
}))));

// src/core/bound.ts
/**
* How short a schedule could be at best: no plan is shorter than its longest chain, than its work spread evenly over the
* places there are, or than a set of pieces of which no two may run at one time.
*
* Each of them is counted with what must come before and after it.
*/
/** Above this many pieces the closer bounds would take longer than they are worth. */
const CLOSE_UP_TO = 200;
function lowerBound(workload) {
	const order = inWaitingOrder(workload);
	const heads = headsOf(workload, order);
	const tails = tailsOf(workload, order);
	let bound = 0;
	for (let at = 0; at < workload.count; at++) bound = Math.max(bound, (heads[at] ?? 0) + (tails[at] ?? 0));
	for (let kind = 0; kind < workload.capacity.length; kind++) bound = Math.max(bound, spreadBound(workload, kind, heads, tails));
	return Math.max(bound, workload.count > CLOSE_UP_TO ? 0 : cliqueBound(workload, order, heads, tails));
}
/**
* For all pieces that start no earlier than `head` and have at least `rest` after them: their work over the capacity,
* between the two.
*/
function spreadBound(workload, kind, heads, tails) {
	const { count, takes, needs, amounts, capacity } = workload;
	const places = capacity[kind] ?? 0;
	if (places === 0) return 0;
	const jobs = [];
	for (let at = 0; at < count; at++) for (let k = needs.offsets[at] ?? 0; k < (needs.offsets[at + 1] ?? 0); k++) {
		const length = takes[at] ?? 0;
		if (needs.items[k] !== kind || length === 0) continue;
		jobs.push({
			head: heads[at] ?? 0,
			rest: (tails[at] ?? 0) - length,
			work: length * (amounts[k] ?? 0)
		});
	}
	const total = jobs.reduce((sum, { work }) => sum + work, 0);
	let bound = Math.ceil(total / places);
	if (jobs.length > CLOSE_UP_TO) return bound;
	jobs.sort((a, b) => b.head - a.head);
	const rests = [...new Set(jobs.map(({ rest }) => rest))];
	for (const rest of rests) {
		let work = 0;
		for (const job of jobs) {
			if (job.rest < rest) continue;
			work += job.work;
			bound = Math.max(bound, job.head + Math.ceil(work / places) + rest);
		}
	}
	return bound;
}
/** The heaviest set found, greedily from each piece, of which no two may run at one time or one waits for the other. */
function cliqueBound(workload, order, heads, tails) {
	const { count, takes } = workload;
	const beside = exclusive(workload, order);
	const byWeight = Array.from(order, (piece) => piece).sort((a, b) => (takes[b] ?? 0) - (takes[a] ?? 0) || a - b);
	let bound = 0;
	for (const seed of byWeight) {
		if (takes[seed] === 0) continue;
		const clique = [seed];
		for (const piece of byWeight) {
			if (piece === seed || takes[piece] === 0) continue;
			if (clique.every((other) => beside[piece * count + other] === 1)) clique.push(piece);
		}
		bound = Math.max(bound, oneByOne(clique, takes, heads, tails));
	}
	return bound;
}
/** As above, for pieces that run one by one: the best of all its parts between a head and a rest. */
function oneByOne(clique, takes, heads, tails) {
	const sorted = [...clique].sort((a, b) => (heads[b] ?? 0) - (heads[a] ?? 0));
	const restOf = (piece) => (tails[piece] ?? 0) - (takes[piece] ?? 0);
	let bound = 0;
	for (const edge of clique) {
		let work = 0;
		for (const piece of sorted) {
			if (restOf(piece) < restOf(edge)) continue;
			work += takes[piece] ?? 0;
			bound = Math.max(bound, (heads[piece] ?? 0) + work + restOf(edge));
		}
	}
	return bound;
}
/** Which pairs can never run at one time, as a table. */
function exclusive(workload, order) {
	const { count, apart, blockers, amounts, needs, capacity, running } = workload;
	const table = new Uint8Array(count * count);
	const mark = (a, b) => {
		if (running[a] === 1 && running[b] === 1) return;
		table[a * count + b] = 1;
		table[b * count + a] = 1;
	};
	const before = new Uint8Array(count * count);
	for (const piece of order) {
		for (let k = blockers.offsets[piece] ?? 0; k < (blockers.offsets[piece + 1] ?? 0); k++) {
			const blocker = blockers.items[k] ?? 0;
			before[piece * count + blocker] = 1;
			for (let other = 0; other < count; other++) if (before[blocker * count + other] === 1) before[piece * count + other] = 1;
		}
		for (let other = 0; other < count; other++) if (before[piece * count + other] === 1) mark(piece, other);
		for (let k = apart.offsets[piece] ?? 0; k < (apart.offsets[piece + 1] ?? 0); k++) mark(piece, apart.items[k] ?? 0);
	}
	const asks = (piece, kind) => {
		for (let k = needs.offsets[piece] ?? 0; k < (needs.offsets[piece + 1] ?? 0); k++) if (needs.items[k] === kind) return amounts[k] ?? 0;
		return 0;
	};
	for (let kind = 0; kind < capacity.length; kind++) {
		const own = Array.from({ length: count }, (_, piece) => asks(piece, kind));
		const half = (capacity[kind] ?? 0) / 2;
		for (let a = 0; a < count; a++) {
			if ((own[a] ?? 0) <= half) continue;
			for (let b = 0; b < count; b++) if (a !== b && (own[a] ?? 0) + (own[b] ?? 0) > (capacity[kind] ?? 0)) mark(a, b);
		}
	}
	return table;
}

// src/core/search.ts
/**
* A short search for a better order than a priority rule's: a few thousand schedules, near the best possible.
*
* A population of orders is bred: two are crossed, each child is laid out by the serial scheme, then pushed to the right
* and back to the left (forward-backward improvement, Tormos & Lova 2001; the crossing by Hartmann 1998). The budget is
* a count of schedules, not of milliseconds, and the dice are seeded: the same work gives the same timetable anywhere.
* It ends as soon as the bound is reached, which is most often at once.
*/
const POPULATION = 30;
/** Children in a row that improve nobody, after which the whole population is shaken. */
const PATIENCE = 100;
/** How far a shaken piece may move, as a share of the whole order. */
const SHAKE = .8;
/** How far times are thrown from what was thought, where timetables are judged (the logarithm's deviation). */
const THROWN = .4;
/** @param ranks each piece's place by the rule, smallest first: what is found equally short by it is kept. */
function search(workload, ranks, effort) {
	return new Search(workload, lowerBound(workload), effort).run(ranks);
}
var Search = class {
	#workload;
	#bound;
	#effort;
	#serial;
	#dice;
	#starts;
	#turned;
	#keys;
	#topological;
	#reversed;
	#schedules = 0;
	#last = /* @__PURE__ */ new Int32Array(0);
	#members = [];
	#best;
	constructor(workload, bound, effort) {
		this.#workload = workload;
		this.#bound = bound;
		this.#effort = effort;
		this.#serial = new Serial(workload);
		this.#dice = new Dice(workload.count);
		this.#starts = new Int32Array(workload.count);
		this.#turned = new Int32Array(workload.count);
		this.#keys = new Float64Array(workload.count);
		this.#topological = inWaitingOrder(workload);
		this.#reversed = this.#topological.toReversed();
		this.#best = {
			starts: new Int32Array(workload.count),
			makespan: Number.POSITIVE_INFINITY
		};
	}
	run(ranks) {
		const { count } = this.#workload;
		const byRule = parallel(this.#workload, ranks);
		this.#take(byRule);
		for (const known of this.#effort.known ?? []) this.#forward(this.#byStart(known));
		if (!this.#isOver() && count > 1) this.#breed(ranks);
		const { scenarios } = this.#effort;
		const isByRule = this.#best.makespan === byRule.makespan;
		return {
			...scenarios === void 0 || isByRule ? this.#best : this.#steadiest(scenarios),
			bound: this.#bound,
			schedules: this.#schedules
		};
	}
	#isOver() {
		return this.#best.makespan <= this.#bound || this.#schedules >= this.#effort.schedules;
	}
	#breed(ranks) {
		const members = this.#members;
		const marks = /* @__PURE__ */ new Set();
		const join = (member) => {
			if (!member || marks.has(member.mark)) return;
			marks.add(member.mark);
			members.push(member);
		};
		join(this.#improve(this.#byStart(this.#best.starts)));
		for (const rule of this.#rules(ranks)) {
			if (this.#isOver()) return;
			this.#take(parallel(this.#workload, rule));
			join(this.#improve(this.#byStart(this.#last)));
			if (this.#isOver()) return;
			join(this.#improve(this.#byKey(rule)));
		}
		const tails = tailsOf(this.#workload, this.#topological);
		for (let more = 0; members.length < POPULATION && more < 60; more++) {
			if (this.#isOver()) return;
			const noisy = Float64Array.from(tails, (tail) => more % 4 === 3 ? this.#dice.real() : -tail * (.6 + .8 * this.#dice.real()));
			this.#take(parallel(this.#workload, noisy));
			join(this.#improve(this.#byStart(this.#last)));
		}
		let idle = 0;
		while (!this.#isOver()) {
			if (idle > PATIENCE) {
				idle = 0;
				const tired = members.splice(0);
				marks.clear();
				for (const { order } of tired) {
					if (this.#isOver()) return;
					join(this.#improve(this.#shake(order)));
				}
			}
			idle++;
			const one = this.#pick(members);
			const other = this.#pick(members);
			const child = this.#improve(this.#mutate(this.#cross(one.order, other.order)));
			if (marks.has(child.mark)) continue;
			let worst = 0;
			for (let at = 1; at < members.length; at++) if ((members[at]?.makespan ?? 0) > (members[worst]?.makespan ?? 0)) worst = at;
			const out = members[worst];
			if (!out || child.makespan > out.makespan) continue;
			if (child.makespan < out.makespan) idle = 0;
			marks.delete(out.mark);
			marks.add(child.mark);
			members[worst] = child;
		}
	}
	#take({ starts, makespan }) {
		this.#schedules++;
		this.#last = starts;
		if (makespan < this.#best.makespan) this.#best = {
			starts: starts.slice(),
			makespan
		};
	}
	#forward(order) {
		const makespan = this.#serial.forward(order, this.#starts);
		this.#take({
			starts: this.#starts,
			makespan
		});
		return makespan;
	}
	/** Lays the order out, then pushes it right and left again for as long as that makes it shorter. */
	#improve(order) {
		let makespan = this.#forward(order);
		let best = this.#byStart(this.#starts);
		let mark = markOf(this.#starts);
		while (!this.#isOver()) {
			const { takes } = this.#workload;
			for (let at = 0; at < this.#keys.length; at++) this.#keys[at] = -((this.#starts[at] ?? 0) + (takes[at] ?? 0));
			this.#schedules++;
			this.#serial.backward(sortBy(this.#reversed, this.#keys), makespan, this.#turned);
			for (let at = 0; at < this.#keys.length; at++) this.#keys[at] = -((this.#turned[at] ?? 0) + (takes[at] ?? 0));
			const next = this.#forward(sortBy(this.#topological, this.#keys));
			const isShorter = next < makespan;
			makespan = next;
			best = this.#byStart(this.#starts);
			mark = markOf(this.#starts);
			if (!isShorter) break;
		}
		return {
			order: best,
			makespan,
			mark
		};
	}
	/** What starts together stays as in the order of waiting: a blocker that takes no time comes first all the same. */
	#byStart(starts) {
		return sortBy(this.#topological, starts);
	}
	/** Blockers first; of those that may come next, the smallest key. */
	#byKey(keys) {
		const { count, blockers, dependents } = this.#workload;
		const open = new Int32Array(count);
		const order = new Int32Array(count);
		const ready = [];
		for (let at = 0; at < count; at++) {
			open[at] = (blockers.offsets[at + 1] ?? 0) - (blockers.offsets[at] ?? 0);
			if (open[at] === 0) ready.push(at);
		}
		for (let end = 0; end < count; end++) {
			let pick = 0;
			for (let at = 1; at < ready.length; at++) if ((keys[ready[at] ?? 0] ?? 0) < (keys[ready[pick] ?? 0] ?? 0)) pick = at;
			const [piece = 0] = ready.splice(pick, 1);
			order[end] = piece;
			for (let k = dependents.offsets[piece] ?? 0; k < (dependents.offsets[piece + 1] ?? 0); k++) {
				const dependent = dependents.items[k] ?? 0;
				const left = (open[dependent] ?? 0) - 1;
				open[dependent] = left;
				if (left === 0) ready.push(dependent);
			}
		}
		return order;
	}
	/** What is known to be good: long chains first, early latest starts, much that may not run beside it. */
	#rules(ranks) {
		const { takes, apart, dependents } = this.#workload;
		const tails = tailsOf(this.#workload, this.#topological);
		const heads = headsOf(this.#workload, this.#topological);
		const beside = takes.map((_, at) => {
			let sum = 0;
			for (let k = apart.offsets[at] ?? 0; k < (apart.offsets[at + 1] ?? 0); k++) sum += takes[apart.items[k] ?? 0] ?? 0;
			return sum;
		});
		return [
			ranks,
			tails.map((tail) => -tail),
			tails.map((tail, at) => (takes[at] ?? 0) - tail),
			tails.map((tail, at) => -(tail + (beside[at] ?? 0) / 2)),
			tails.map((tail, at) => -(tail + (heads[at] ?? 0))),
			takes.map((own, at) => -(own + sumOf(dependents.items, dependents.offsets[at] ?? 0, dependents.offsets[at + 1] ?? 0, takes)))
		];
	}
	/** Plays each candidate's order through the same throws; of equals the one that leaves nothing lying comes first. */
	#steadiest(scenarios) {
		const { takes, count } = this.#workload;
		const candidates = [parallel(this.#workload, this.#best.starts).starts, this.#best.starts].map((starts) => this.#byStart(starts)).concat(this.#members.map(({ order }) => order));
		const sums = new Float64Array(candidates.length);
		for (let scenario = 0; scenario < scenarios; scenario++) {
			const thrown = takes.map((own) => Math.round(own * Math.exp(THROWN * this.#dice.normal())));
			const serial = new Serial({
				...this.#workload,
				takes: thrown
			});
			candidates.forEach((order, at) => {
				sums[at] = (sums[at] ?? 0) + serial.forward(order, this.#starts);
			});
		}
		this.#schedules += candidates.length * scenarios;
		const steadiest = candidates[sums.indexOf(Math.min(...sums))] ?? this.#topological;
		const starts = new Int32Array(count);
		return {
			starts,
			makespan: this.#serial.forward(steadiest, starts)
		};
	}
	#pick(members) {
		const a = members[this.#dice.below(members.length)];
		const b = members[this.#dice.below(members.length)];
		if (!a || !b) throw new RangeError("a population without members");
		return a.makespan <= b.makespan ? a : b;
	}
	/** The middle of one, in the other's order before and after it. */
	#cross(one, other) {
		const { count } = this.#workload;
		const a = this.#dice.below(count);
		const b = this.#dice.below(count);
		const from = Math.min(a, b);
		const to = Math.max(a, b);
		const isIn = new Uint8Array(count);
		const child = new Int32Array(count);
		let end = 0;
		const add = (order, until) => {
			for (let at = 0; at < count && end < until; at++) {
				const piece = order[at] ?? 0;
				if (isIn[piece] === 1) continue;
				isIn[piece] = 1;
				child[end++] = piece;
			}
		};
		add(one, from);
		add(other, to);
		add(one, count);
		return child;
	}
	/** The whole order loosened; blockers stay before dependents. */
	#shake(order) {
		const keys = this.#keys;
		const reach = order.length * SHAKE;
		order.forEach((piece, at) => {
			keys[piece] = at + reach * this.#dice.real();
		});
		return this.#byKey(keys.slice());
	}
	/** Neighbours change places now and then, where neither waits for the other. */
	#mutate(order) {
		const { blockers } = this.#workload;
		const often = Math.max(.05, 1.5 / order.length);
		for (let at = 0; at + 1 < order.length; at++) {
			if (this.#dice.real() >= often) continue;
			const one = order[at] ?? 0;
			const other = order[at + 1] ?? 0;
			let waits = false;
			for (let k = blockers.offsets[other] ?? 0; k < (blockers.offsets[other + 1] ?? 0); k++) if (blockers.items[k] === one) waits = true;
			if (waits) continue;
			order[at] = other;
			order[at + 1] = one;
		}
		return order;
	}
};
function sumOf(items, from, to, of) {
	let sum = 0;
	for (let k = from; k < to; k++) sum += of[items[k] ?? 0] ?? 0;
	return sum;
}
/** Stable insertion for what is nearly sorted, as these are. */
function sortBy(order, keys) {
	const sorted = order.slice();
	for (let at = 1; at < sorted.length; at++) {
		const piece = sorted[at] ?? 0;
		const key = keys[piece] ?? 0;
		let to = at - 1;
		while (to >= 0 && (keys[sorted[to] ?? 0] ?? 0) > key) {
			sorted[to + 1] = sorted[to] ?? 0;
			to--;
		}
		sorted[to + 1] = piece;
	}
	return sorted;
}
/** To tell one timetable from another: FNV-1a over the starts. */
function markOf(starts) {
	let mark = 2166136261;
	for (let at = 0; at < starts.length; at++) mark = Math.imul(mark ^ (starts[at] ?? 0), 16777619);
	return mark >>> 0;
}
/** xorshift32 (Marsaglia 2003): dice that fall alike on every machine. */
var Dice = class {
	#state;
	constructor(seed) {
		this.#state = Math.imul(seed + 1, 2654435761) ^ 1540483477 | 0 || 1;
	}
	#next() {
		let state = this.#state;
		state ^= state << 13;
		state ^= state >>> 17;
		state ^= state << 5;
		this.#state = state;
		return state >>> 0;
	}
	/** From 0, below 1. */
	real() {
		return this.#next() / 4294967296;
	}
	/** Normally distributed around 0, with deviation 1 (Box & Muller 1958). */
	normal() {
		return Math.sqrt(-2 * Math.log(1 - this.real())) * Math.cos(2 * Math.PI * this.real());
	}
	/** A whole number from 0, below `end`. */
	below(end) {
		return Math.floor(this.real() * end);
	}
};

// src/core/forecast.ts
/** Schedules laid out for one piece and in all: about 50 ms for an epic of 80 on a usual machine. */
const SCHEDULES_PER_PIECE = 50;
const PIECES_LAID_OUT = 32e4;
/** Above this many, one pass costs as much as a whole search of a small epic, and the rule is within 1 % by itself. */
const SEARCH_UP_TO = 2e3;
/** Times the schedule is played, fewer of long ones. */
const PLAYED = 200;
const PIECES_PLAYED = 1e5;
const schedulesFor = (pieces) => pieces > SEARCH_UP_TO ? 1 : Math.max(1, Math.min(SCHEDULES_PER_PIECE * pieces, Math.floor(PIECES_LAID_OUT / Math.max(1, pieces))));
function forecast(facts) {
	const segments = facts.segments.filter((segment) => !segment.fix);
	const expectations = expectationsOf(segments, facts.earlier ?? []);
	const takes = minutesBy(expectations);
	const { criticalPath, length } = chainsOf(graphOf(segments), takes);
	const found = solve(layoutOf(facts, segments, takes)).map((solved) => solved);
	const costs = segments.map(({ number }) => expectations.of.get(number)?.costUsd);
	const minutes = play(found, expectations);
	const money = throwCosts(segments, expectations);
	return {
		criticalPathMinutes: length,
		makespanMinutes: makespanOf(found),
		boundMinutes: found.reduce((sum, { bound }) => sum + bound, 0),
		oneAtATimeMinutes: segments.reduce((sum, { number }) => sum + takes(number), 0),
		criticalPath,
		estimated: segments.filter(({ spec }) => spec.estimateMinutes !== void 0).length,
		basis: expectations.basis,
		...minutes ? { minutes } : {},
		...money && costs.some((cost) => cost !== void 0) ? { costUsd: money } : {},
		timetable: timetableOf(found)
	};
}
const minutesBy = ({ of }) => (number) => of.get(number)?.minutes ?? 0;
const layoutOf = ({ overlaps, cap, config }, segments, minutesOf) => ({
	segments,
	minutesOf,
	overlaps,
	schedule: config.schedule,
	cap,
	workers: config.workers
});
/**
* @param share of the usual budget.
* @param known starts within their stage, of a schedule that keeps all rules: what is found is never longer.
*/
const solve = (layout, share = 1, known) => layOut(layout).map((stage) => {
	const schedules = Math.max(1, Math.ceil(schedulesFor(stage.numbers.length) * share));
	const starts = known && Int32Array.from(stage.numbers, (number) => known(number) ?? 0);
	return {
		stage,
		...search(stage.workload, stage.ranks, {
			schedules,
			...starts ? { known: [starts] } : {}
		})
	};
});
const makespanOf = (found) => found.reduce((sum, { makespan }) => sum + makespan, 0);
function timetableOf(found) {
	const timetable = {};
	let begin = 0;
	for (const { stage, starts, makespan } of found) {
		stage.numbers.forEach((number, at) => {
			timetable[number] = {
				start: begin + (starts[at] ?? 0),
				takes: stage.workload.takes[at] ?? 0
			};
		});
		begin += makespan;
	}
	return timetable;
}
/** The schedule as it would go with other times: its order is kept, and nobody waits for somebody's planned hour. */
function play(found, { of }) {
	const pieces = found.reduce((sum, { stage }) => sum + stage.numbers.length, 0);
	if (pieces === 0 || pieces > SEARCH_UP_TO) return void 0;
	const times = Math.max(20, Math.min(PLAYED, Math.floor(PIECES_PLAYED / pieces)));
	const dice = new Dice(pieces);
	return rangeOf(Array.from({ length: times }, () => found.reduce((sum, { stage, starts }) => {
		const thrown = stage.workload.takes.map((own, at) => {
			const deviation = of.get(stage.numbers[at] ?? 0)?.deviation ?? 0;
			return Math.max(1, Math.round(own * Math.exp(deviation * dice.normal())));
		});
		return sum + parallel(stage.workload, starts, thrown).makespan;
	}, 0)));
}
/** Money needs no schedule: the sum of what each costs, thrown around what such segments cost. */
function throwCosts(segments, { of }) {
	if (segments.length === 0) return void 0;
	const dice = new Dice(segments.length + 1);
	const { low, middle, high } = rangeOf(Array.from({ length: PLAYED }, () => segments.reduce((sum, { number }) => {
		const { costUsd = 0, deviation = 0 } = of.get(number) ?? {};
		return sum + costUsd * Math.exp(deviation * dice.normal());
	}, 0)));
	const cents = (amount) => Math.round(amount * 100) / 100;
	return {
		low: cents(low),
		middle: cents(middle),
		high: cents(high)
	};
}
function rangeOf(values) {
	const sorted = [...values].sort((a, b) => a - b);
	const at = (share) => sorted[Math.round((sorted.length - 1) * share)] ?? 0;
	return {
		low: at(.1),
		middle: at(.5),
		high: at(.9)
	};
}

// src/core/text.ts
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
/** How many characters of the text nobody can see. A byte order mark at the very start is none. */
const countHidden = (text) => (text.replace(/^\ufeff/, "").match(FLAG_OR_HIDDEN) ?? []).filter((found) => !isFlag(found)).length;
/** All lines as a person sees them, whatever ends them. */
function linesOf(text) {
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
function withoutInlineCode(paragraph) {
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
			if (span.kind === "code") code.push(text.slice(from, to).replace(/^`+ ?| ?`+$/g, ""));
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

// src/core/prose.ts
const SHOWN_CHARS = 120;
const shown = (text) => text.trim().slice(0, SHOWN_CHARS);
const headingLevel = (text) => /^ {0,3}(#{1,6})(?=\s|$)/.exec(text)?.[1]?.length ?? 0;
/** A heading's words: small, without marks of emphasis and a colon at the end. */
const headingName = (text) => text.replace(/[#*_`:]/g, " ").trim().replace(/\s+/g, " ").toLowerCase();
/**
* `Depends on #12`, `Blocked by #12, #13`, `- [ ] Blocked-by: #12`; the same as the head of a list, or as a heading.
* The phrase must begin its line: a sentence that mentions a dependency is talk (SPEC R1.3).
*/
function readDependencies(lines) {
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
		const item = /^\s*(?:[-*+]|\d{1,9}[.)])\s+(?:\[[ xX]\]\s+)?/.exec(line.text);
		if (level > 0 || list === "items" && !item) list = "none";
		if (list !== "none") take(line, item?.[0].length ?? 0);
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
/** Where the line goes on behind "depends on" or "blocked by". */
function afterPhrase(text) {
	const steps = [
		/[\s*_+#-]*/y,
		/(?:\d{1,9}[.)]\s+)?/y,
		/(?:\[[ xX]\]\s*)?/y,
		/[*_]*/y,
		/(?:depends?[ -]on|blocked[ -]by)\b/iy
	];
	let at = 0;
	for (const step of steps) {
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
	if (besides.includes(path)) return;
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

// src/core/front-matter.ts
/** Whoever has so many things to mend is told of these first. */
const FAULTS = 20;
/** @param hasBlock whether this key, in lower case with hyphens, may hold nested lines. */
function readFrontMatter(lines, hasBlock) {
	const first = lines.findIndex((line) => line.text.trim() !== "");
	if (first === -1 || !/^---[ \t]*$/.test(lines[first]?.text ?? "")) return {
		entries: [],
		faults: [],
		rest: lines
	};
	const length = lines.slice(first + 1).findIndex((line) => /^(?:---|\.\.\.)[ \t]*$/.test(line.text));
	if (length === -1) return {
		entries: [],
		faults: [{
			line: lines[first]?.number ?? 1,
			message: "it is not closed: a second line of \"---\" is missing"
		}],
		rest: lines
	};
	const read = new Reader(lines.slice(first + 1, first + 1 + length), hasBlock);
	read.all();
	return {
		entries: read.entries,
		faults: read.faults,
		rest: lines.slice(first + length + 2)
	};
}
/** A key as people mean it: `edit_locus` and `Edit-Locus` are one. */
const keyOf$1 = (written) => written.trim().toLowerCase().replaceAll("_", "-");
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
			const control = /[\0-\x08\x0b-\x1f\x7f]/.test(text);
			if (control) this.#fault(number, "it has a control character in it");
			if (control || isEmpty(text)) continue;
			const found = /^([A-Za-z_][\w-]{0,62})[ \t]*:(?=[ \t]|$)(.*)$/.exec(text);
			if (!found) {
				this.#fault(number, whyNoKey(text));
				this.#indented();
				continue;
			}
			const [, key = "", rest = ""] = found;
			const name = keyOf$1(key);
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
		if (text === "") {
			const below = this.#indented();
			if (below.length === 0) return { kind: "nothing" };
			return this.#hasBlock(name) && !below.every(isItem) ? { kind: "block" } : this.#list(below);
		}
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
const isEmpty = (text) => /^[ \t]*(?:#.*)?$/.test(text);
const isItem = (line) => /^ *-(?=[ \t]|$)/.test(line.text);
function whyNoKey(text) {
	if (/^[\w-]+:\S/.test(text)) return "a blank is missing behind the colon";
	if (/^[ \t]/.test(text)) return "it is indented, and no key is above it";
	return `"${text.trim().slice(0, 40)}" is not of the form "key: value"`;
}
/** A `#` behind a blank begins a comment, unless a number follows: then it names an issue. */
function withoutComment(text) {
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
	const quote = text[0];
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

// src/core/spec-key.ts
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
	for (const entry of front.entries) {
		const said = saidBy(entry);
		if (said.kind === "key") complaints.push(said);
		if (said.kind !== "said") continue;
		const before = saying.get(said.said.key);
		if (before) complaints.push(saidTwice(before, said.said));
		else saying.set(said.said.key, said.said);
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
function saidBy({ key: written, line, value }) {
	const key = ALIASES.get(keyOf$1(written));
	if (!key) {
		const close = nearest(keyOf$1(written), [...ALIASES.keys()]);
		return {
			kind: "key",
			line,
			written,
			...close === void 0 ? {} : { nearest: close }
		};
	}
	if (value.kind === "nothing") return { kind: "nothing" };
	return {
		kind: "said",
		said: {
			key,
			written,
			line,
			values: value.kind === "block" ? "block" : value.kind === "list" ? value.items : [value],
			isList: value.kind === "list"
		}
	};
}
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

// src/core/spec.ts
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
const NAME$1 = /^[a-z0-9][a-z0-9-]{0,62}$/;
const NAME_EXPECTED = "a name of small letters, digits and hyphens, at most 63 characters";
/**
* What an issue asks for as a segment (SPEC R1.5).
*
* @returns a spec in any case, with defaults where a value is wrong; dependencies from front matter and prose; errors
* (they hold the epic) and warnings.
*/
function readSpec(issue) {
	return new SpecReader(issue).read();
}
/** What a text waits for, said in its front matter and prose: for groups, which have no spec. */
function readDependenciesOf(issue) {
	const { dependencies, diagnostics } = readSpec(issue);
	return {
		dependencies,
		diagnostics: diagnostics.filter(({ problem }) => problem.kind === "SPEC_VALUE" && ["depends-on", "blocked-by"].includes(keyOf$1(problem.key)))
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
	#said = /* @__PURE__ */ new Map();
	constructor(issue) {
		this.#issue = issue;
	}
	read() {
		const body = this.#bodyWithinLimit();
		const front = frontMatterOf(linesOf(body));
		for (const { line, message } of front.faults) this.#error({
			kind: "FRONT_MATTER",
			at: this.#at(line),
			message
		});
		const lines = readableLines(front.rest);
		this.#said = this.#keysOf(front, lines);
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
		const dependencies = this.#dependencies(lines);
		const context = this.#texts("context", (text) => globFault(text) === void 0 ? text : void 0, { expected: "paths relative to the repository" });
		const spec = {
			type: this.#oneOf("type", COMMIT_TYPES) ?? "feat",
			slug: this.#slug(),
			worker: this.#oneOf("worker", WORKERS) ?? "implementation",
			skills: this.#texts("skills", nameIn, { expected: NAME_EXPECTED }),
			...this.#files(lines, context),
			priority: this.#one("priority", priorityIn, {
				expected: "0 (critical) to 3 (low)",
				known: PRIORITY_WORDS
			}) ?? 2,
			context,
			conflictsWith: this.#texts("conflicts-with", readRef, { expected: REFS_EXPECTED }),
			dependsOn: uniqueRefs(dependencies.map(({ ref }) => ref)),
			parallel: this.#one("parallel", booleanIn, TRUE_OR_FALSE) ?? true,
			criteria: readCriteria(lines),
			...present({
				commitScope: this.#one("scope", matching(/^[A-Za-z0-9][\w./-]{0,39}$/), { expected: "a word of letters, digits and . _ / -, at most 40 characters" }),
				persona: this.#one("persona", nameIn, { expected: NAME_EXPECTED }),
				model: this.#one("model", matching(/^[A-Za-z0-9][\w.:/@[\]-]{0,99}$/), { expected: "a model's name, at most 100 characters" }),
				effort: this.#oneOf("effort", EFFORTS),
				agent: this.#one("agent", nameIn, { expected: NAME_EXPECTED }),
				tdd: this.#one("tdd", booleanIn, TRUE_OR_FALSE),
				review: this.#one("review", (text) => text === "council" ? true : booleanIn(text), {
					expected: "true, false or council",
					known: [
						"true",
						"false",
						"council"
					]
				}),
				estimateMinutes: this.#one("estimate", minutesIn, { expected: "a time such as 20m, 2h or 1h30m, at most a week" }),
				attempts: this.#one("attempts", wholeIn$1(1, 10), { expected: "a whole number from 1 to 10" }),
				budgetUsd: this.#one("budget", dollarsIn, { expected: "an amount in US dollars above 0, such as 5 or 2.50" }),
				branch: this.#one("branch", matching(/^\S.{0,199}$/), { expected: "a branch name, with {slug} and {number} if you like" }),
				base: this.#one("base", (text) => branchFault(text) === void 0 ? text : void 0, { expected: "the name of a branch" })
			})
		};
		this.#checkLater();
		return {
			spec,
			diagnostics: foremost(this.#diagnostics),
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
			const { written: key, nearest: close } = complaint;
			this.#warn({
				kind: "SPEC_KEY",
				at: this.#at(complaint.line),
				key,
				known: KEYS,
				...close === void 0 ? {} : { nearest: close }
			});
		}
		return saying;
	}
	#one(key, read, to) {
		const said = this.#said.get(key);
		if (!said) return void 0;
		if (said.values === "block") return void 0;
		const [value, ...more] = said.values;
		const found = value && !said.isList && more.length === 0 ? read(value.text) : void 0;
		if (found === void 0) this.#wrong(said.written, said.values.map(({ text }) => text).join(", "), {
			...to,
			line: value?.line ?? said.line
		});
		return found;
	}
	#oneOf(key, words) {
		return this.#one(key, (text) => words.find((word) => word === text), {
			expected: `one of ${words.join(", ")}`,
			known: words
		});
	}
	#texts(key, read, to) {
		const said = this.#said.get(key);
		return (said && said.values !== "block" ? said.values : []).flatMap((value) => (said?.isList || value.quoted ? [value.text] : splitList(value.text)).flatMap((text) => {
			const found = read(text.trim(), value.line);
			if (found !== void 0) return [found];
			this.#wrong(said?.written ?? key, text, {
				...to,
				line: value.line
			});
			return [];
		}));
	}
	#slug() {
		return this.#one("slug", matching(/^(?=.{1,60}$)[a-z0-9]+(?:[._-][a-z0-9]+)*$/), { expected: "small letters and digits, parted by - . or _, at most 60 characters" }) ?? (slugOf(this.#issue.title) || `segment-${this.#issue.number}`);
	}
	#files(lines, context) {
		const said = this.#said.get("files");
		if (!said) {
			const inferred = inferFiles(lines, context);
			if (inferred.length > 0) return {
				files: inferred,
				filesFrom: "inferred"
			};
			this.#warn({
				kind: "SCOPE_UNKNOWN",
				at: this.#at()
			});
			return {
				files: [],
				filesFrom: "none"
			};
		}
		const all = said.values === "block" ? 0 : said.values.length;
		const at = this.#at(said.line);
		const globs = [];
		const stated = this.#texts("files", (glob, line) => ({
			glob,
			line
		}), { expected: "globs" });
		if (stated.length > GLOBS) this.#error({
			kind: "LIMIT_EXCEEDED",
			at,
			what: "globs in its file scope",
			found: stated.length,
			limit: GLOBS
		});
		for (const { glob, line } of stated.slice(0, GLOBS)) {
			const why = globFault(glob);
			if (why === void 0) globs.push(glob);
			else this.#error({
				kind: "BAD_GLOB",
				at: this.#at(line),
				glob: glob.slice(0, VALUE_CHARS),
				why
			});
		}
		const why = scopeFault(globs);
		if (why !== void 0) {
			this.#error({
				kind: "BAD_GLOB",
				at,
				glob: globs[0] ?? "",
				why
			});
			return {
				files: [],
				filesFrom: "stated"
			};
		}
		if (globs.some(isEverything)) this.#warn({
			kind: "SCOPE_EVERYTHING",
			at
		});
		if (all === 0) this.#warn({
			kind: "SCOPE_UNKNOWN",
			at
		});
		return {
			files: [...new Set(globs)],
			filesFrom: all === 0 ? "none" : "stated"
		};
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
		}, { expected: REFS_EXPECTED });
		const { found, faults } = readDependencies(lines);
		for (const { number, text } of faults) this.#wrong("depends-on", text, {
			expected: REFS_EXPECTED,
			line: number
		});
		return [...stated, ...found];
	}
	/** Keys that this version keeps for later are held to their form all the same. */
	#checkLater() {
		if (this.#said.get("gates")?.values !== "block") this.#texts("gates", matching(/^[a-z][a-z0-9-]{0,62}$/), { expected: "names of gates" });
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
/** Of too many to read the first, and of these errors before warnings: a warning must not hide what holds the epic. */
function foremost(diagnostics) {
	if (diagnostics.length <= DIAGNOSTICS) return diagnostics;
	const { error = [], warning = [] } = Object.groupBy(diagnostics, ({ level }) => level);
	return [...error, ...warning].slice(0, DIAGNOSTICS);
}
const TRUE_OR_FALSE = {
	expected: "true or false",
	known: ["true", "false"]
};
const REFS_EXPECTED = "issues, such as 12, #12 or octo/shop#12";
const PRIORITY_WORDS = [
	"critical",
	"high",
	"medium",
	"low"
];
const matching = (form) => (text) => form.test(text) ? text : void 0;
const nameIn = matching(NAME$1);
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
const wholeIn$1 = (least, most) => (text) => /^[1-9]\d{0,3}$/.test(text) && Number(text) >= least && Number(text) <= most ? Number(text) : void 0;
function dollarsIn(text) {
	const found = /^\$?(\d{1,6}(?:\.\d{1,2})?)$/.exec(text)?.[1];
	return found !== void 0 && Number(found) > 0 ? Number(found) : void 0;
}
function uniqueRefs(refs) {
	return [...new Map(refs.map((ref) => [`${ref.repository?.owner ?? ""}/${ref.repository?.name ?? ""}#${ref.number}`.toLowerCase(), ref])).values()];
}
/** Nothing to do is said where only comments, or nothing at all, are left. */
function isEmptyTask(lines) {
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
const present = (values) => Object.fromEntries(Object.entries(values).filter(([, value]) => value !== void 0));

// src/core/links.ts
/**
* @param texts what each leaf's text says it waits for.
* @param skipped segments left out on purpose: closed as not planned, and no reason to stop. Undefined: nobody knows.
*/
function readLinks(tree, others, texts, skipped) {
	const { issues, leaves, groups, own } = tree;
	const links = /* @__PURE__ */ new Map();
	const outside = /* @__PURE__ */ new Map();
	const waitsOutside = /* @__PURE__ */ new Map();
	const diagnostics = [];
	const known = new Map(others.map((other) => [keyOf(ofOwn(other.ref, own)), other]));
	const inPlan = new Set(leaves.map((leaf) => leaf.number));
	const leavesOf = (number) => inPlan.has(number) ? [number] : groups.get(number) ?? [];
	const isOpen = (number) => issues.get(number)?.state === "open";
	for (const statement of statements(tree, texts, diagnostics)) {
		const ref = ofOwn(statement.ref, own);
		const from = leavesOf(statement.from);
		const matters = from.some(isOpen);
		const at = placeOf$1(statement);
		if (ref.repository || !issues.has(ref.number)) {
			add(outside, ref, from);
			if (matters) waitOutside(statement, ref, from.filter(isOpen));
			continue;
		}
		const to = leavesOf(ref.number);
		const isLeaf = inPlan.has(statement.from);
		const toGroup = !inPlan.has(ref.number);
		if (statement.from === ref.number || toGroup && isPartOf(from, to) && (isLeaf || to.length > from.length)) {
			if (matters) error({
				kind: "SELF_DEPENDENCY",
				at,
				link: selfLink(statement, ref.number)
			});
			continue;
		}
		if (!isLeaf && isPartOf(to, from)) continue;
		if (matters && isNotPlanned(ref.number)) error({
			kind: "BLOCKER_NOT_PLANNED",
			at,
			ref
		});
		join(statement, ref.number, from, to);
	}
	return {
		edges: [...links.values()].map((link) => ({
			from: link.from,
			on: link.to
		})),
		said: (from, to) => links.get(`${from} ${to}`),
		waitsOutside: listed(waitsOutside),
		outside: listed(outside),
		diagnostics
	};
	function error(problem) {
		diagnostics.push({
			level: "error",
			problem
		});
	}
	function isNotPlanned(number) {
		return skipped !== void 0 && !skipped.has(number) && issues.get(number)?.state === "not planned";
	}
	function join(statement, to, fromLeaves, toLeaves) {
		for (const leaf of fromLeaves) for (const blocker of toLeaves) {
			const key = `${leaf} ${blocker}`;
			if (leaf === blocker || links.has(key)) continue;
			const group = !inPlan.has(to) ? to : !inPlan.has(statement.from) ? statement.from : void 0;
			links.set(key, {
				from: leaf,
				to: blocker,
				said: group === void 0 ? statement.said : {
					kind: "group",
					group
				}
			});
		}
	}
	function waitOutside(statement, ref, from) {
		const other = known.get(keyOf(ref));
		const at = placeOf$1(statement);
		const state = statement.state ?? other?.state;
		if (statement.state === void 0 && other?.kind === "missing") {
			diagnostics.push({
				level: ref.repository ? "warning" : "error",
				problem: {
					kind: "UNKNOWN_ISSUE",
					at,
					ref
				}
			});
			if (ref.repository) add(waitsOutside, ref, from);
		} else if (other?.kind === "pull request") error({
			kind: "NOT_AN_ISSUE",
			at,
			ref
		});
		else if (state === "not planned") error({
			kind: "BLOCKER_NOT_PLANNED",
			at,
			ref
		});
		else if (state !== "completed") add(waitsOutside, ref, from);
	}
	function add(to, ref, leaves) {
		for (const leaf of leaves) to.set(leaf, (to.get(leaf) ?? /* @__PURE__ */ new Map()).set(keyOf(ref), ref));
	}
}
function* statements({ issues, leaves, groups, own }, texts, diagnostics) {
	const speakers = [.../* @__PURE__ */ new Set([...leaves.map((leaf) => leaf.number), ...groups.keys()])].sort((a, b) => a - b).map((number) => issues.get(number)).filter((issue) => issue !== void 0);
	for (const { number, blockedBy } of speakers) {
		const sorted = [...blockedBy].sort((a, b) => a.number - b.number || (keyOf(a) < keyOf(b) ? -1 : 1));
		for (const { state, ...ref } of sorted) yield {
			from: number,
			ref,
			said: { kind: "native" },
			state
		};
	}
	for (const issue of speakers) {
		let said = texts.get(issue.number);
		if (!said) {
			const read = readDependenciesOf(issue);
			said = read.dependencies;
			diagnostics.push(...read.diagnostics);
		}
		for (const { ref, line, text } of said) yield {
			from: issue.number,
			ref,
			said: {
				kind: "text",
				line,
				text
			}
		};
	}
	for (const issue of speakers.filter(({ number }) => groups.has(number))) for (const { number, dependsOn, line, text } of readTaskList(issue.body, own)) if (groups.get(issue.number)?.includes(number) || groups.has(number)) for (const ref of dependsOn) yield {
		from: number,
		ref,
		said: {
			kind: "text",
			line,
			text
		}
	};
}
const listed = (refs) => Object.fromEntries([...refs].map(([number, each]) => [number, [...each.values()]]));
const placeOf$1 = ({ from, said }) => said.kind === "text" ? {
	issue: from,
	line: said.line
} : { issue: from };
const selfLink = ({ from, said }, to) => from === to ? {
	from,
	to,
	said
} : {
	from,
	to: from,
	said: {
		kind: "group",
		group: to
	}
};
const isPartOf = (part, whole) => {
	const all = new Set(whole);
	return part.length > 0 && part.every((number) => all.has(number));
};
const keyOf = (ref) => refText(ref).toLowerCase();

// src/core/schedule.ts
/** Jobs a matrix may have. @see https://docs.github.com/en/actions/reference/limits */
const MOST_AT_ONCE = 256;
/** Schedules the look ahead may lay out, and throws of the dice by which it chooses. A few milliseconds. */
const LOOK_AHEAD = {
	schedules: 200,
	scenarios: 12
};
/** Above this many open segments the rule alone decides: it is close by then, and a reconcile must not stall. */
const LOOK_AHEAD_UP_TO = 300;
/** What may start at this moment, all of it at once, and what the rest waits for. */
function startable(situation) {
	const { plan, standing, held, config, options } = situation;
	const desk = new Desk(plan, config, options);
	const mayStart = (segment) => (plan.waitsOutside[segment.number]?.length ?? 0) === 0 && !held?.has(segment.number);
	const byRule = desk.pick(standing, mayStart);
	const ahead = lookAhead(situation, desk, byRule, mayStart);
	const isIdle = ahead?.start.length === 0 && ![...standing.values()].includes("in flight");
	const start = ahead && !isIdle ? ahead.start : byRule;
	const going = new Set(start);
	const reasonsOf = desk.waits(standing, start);
	const after = new Map(standing);
	for (const number of start) after.set(number, "in flight");
	const couldStart = new Set(desk.pick(after, mayStart));
	const waiting = /* @__PURE__ */ new Map();
	for (const segment of plan.segments) {
		const { number } = segment;
		if ((standing.get(number) ?? "open") !== "open" || going.has(number)) continue;
		const outside = (plan.waitsOutside[number] ?? []).map((ref) => ({
			kind: "outside",
			ref: refText(ref)
		}));
		const reasons = [
			...reasonsOf(segment),
			...outside,
			...held?.get(number) ?? []
		];
		const turn = couldStart.has(number) ? goesBefore(number, ahead?.next ?? [], desk) : void 0;
		const last = turn === void 0 ? { kind: "cap" } : {
			kind: "turn",
			number: turn
		};
		waiting.set(number, reasons.length > 0 || held?.has(number) ? unique(reasons) : [last]);
	}
	return {
		start,
		waiting
	};
}
/** For whose sake one that could start is held back: the soonest that may not run beside it, else the soonest of all. */
const goesBefore = (number, next, desk) => next.find((other) => desk.excludes(other, number)) ?? next.find((other) => other !== number);
/**
* The choice of the search, where there is one to make. Only what can come to run is in it: what is held, and what waits
* for that, would keep places free for nobody.
*/
function lookAhead({ plan, standing, config, elapsedMinutes }, desk, byRule, mayStart) {
	if (byRule.length === 0) return void 0;
	const running = /* @__PURE__ */ new Map();
	const { minutesOf } = desk;
	const isItsTurn = desk.turns(standing);
	const inside = [];
	const out = /* @__PURE__ */ new Set();
	for (const segment of desk.inWaitingOrder()) {
		const { number, blockedBy } = segment;
		const stands = standing.get(number) ?? "open";
		if (stands === "done") continue;
		if (stands === "in flight") running.set(number, left(minutesOf(number), elapsedMinutes?.get(number) ?? 0));
		else if (!mayStart(segment) || !isItsTurn(number) || blockedBy.some((blocker) => out.has(blocker))) {
			out.add(number);
			continue;
		}
		inside.push(segment);
	}
	if (inside.length - running.size <= byRule.length || inside.length > LOOK_AHEAD_UP_TO) return void 0;
	const [stage] = layOut({
		segments: inside,
		minutesOf,
		overlaps: plan.overlaps,
		schedule: "eager",
		cap: desk.cap,
		workers: config.workers,
		running
	});
	if (!stage) return void 0;
	const { starts } = search(stage.workload, stage.ranks, LOOK_AHEAD);
	const startOf = new Map(stage.numbers.map((number, at) => [number, starts[at] ?? 0]));
	const wanted = (segment) => startOf.get(segment.number) === 0;
	return {
		start: desk.pick(standing, wanted),
		next: stage.numbers.filter((number) => !running.has(number) && startOf.get(number) !== 0).sort((a, b) => (startOf.get(a) ?? 0) - (startOf.get(b) ?? 0) || a - b)
	};
}
/**
* What is probably left of a segment that runs. One that is past its time is not nearly done for that: the longer
* something has taken, the longer it goes on taking, and nobody may be held back for its sake.
*/
function left(minutes, elapsed) {
	if (elapsed > 2 * minutes) return Math.ceil(elapsed / 2);
	return Math.max(1, Math.ceil(minutes / 5), Math.round(minutes - elapsed));
}
function unique(reasons) {
	const first = /* @__PURE__ */ new Map();
	for (const reason of reasons) {
		const key = JSON.stringify(reason);
		if (!first.has(key)) first.set(key, reason);
	}
	return [...first.values()];
}
/** The rules of who may run beside whom, laid out once for many questions. */
var Desk = class {
	cap;
	minutesOf;
	#segments;
	#order;
	#excluded;
	#waves;
	#waveOf;
	#workers;
	#options;
	#inWaves;
	constructor({ segments, waves, overlaps, forecast }, config, options) {
		this.minutesOf = (number) => forecast.timetable[number]?.takes ?? 20;
		this.#segments = new Map(segments.map((segment) => [segment.number, segment]));
		const ranks = startOrder(segments, this.minutesOf);
		this.#order = [...segments].sort((a, b) => (ranks.get(a.number) ?? 0) - (ranks.get(b.number) ?? 0));
		this.#excluded = exclusions(overlaps);
		this.#waves = waves;
		this.#waveOf = new Map(waves.flatMap((wave) => membersOf(wave).map((number) => [number, wave.number])));
		this.#workers = config.workers;
		this.#options = options;
		this.#inWaves = config.schedule === "waves";
		this.cap = capOf(waves, config, options);
	}
	excludes(one, other) {
		return this.#excluded.get(one)?.has(other) ?? false;
	}
	/** Longest remaining path first, which puts blockers before what waits for them. */
	inWaitingOrder() {
		return this.#order;
	}
	/** Whether the schedule and the options let it run now, its blockers aside. */
	turns(standing) {
		const open = this.#openWave(standing);
		return (number) => this.#isItsTurn(number, open);
	}
	pick(standing, mayStart) {
		const running = [...standing].filter(([, each]) => each === "in flight").map(([number]) => number);
		const busy = /* @__PURE__ */ new Map();
		for (const number of running) {
			const worker = this.#segments.get(number)?.spec.worker;
			if (worker) busy.set(worker, (busy.get(worker) ?? 0) + 1);
		}
		const open = this.#openWave(standing);
		const start = [];
		for (const segment of this.#order) {
			if (running.length >= this.cap) break;
			const { number, spec, blockedBy } = segment;
			const ofWorker = busy.get(spec.worker) ?? 0;
			if ((standing.get(number) ?? "open") !== "open" || ofWorker >= this.#workers[spec.worker] || !this.#isItsTurn(number, open) || !mayStart(segment) || blockedBy.some((blocker) => this.#isPending(blocker, standing)) || running.some((other) => this.excludes(number, other))) continue;
			start.push(number);
			running.push(number);
			busy.set(spec.worker, ofWorker + 1);
		}
		return start;
	}
	/** What each open segment waits for, `start` being under way. */
	waits(standing, start) {
		const open = this.#openWave(standing);
		const only = this.#options.wave;
		const busy = [...[...standing].filter(([, each]) => each === "in flight").map(([each]) => each), ...start].sort((a, b) => a - b);
		return ({ number, blockedBy }) => {
			const wave = this.#waveOf.get(number);
			return [
				...blockedBy.filter((blocker) => this.#isPending(blocker, standing)).map((blocker) => ({
					kind: "segment",
					number: blocker
				})),
				...this.#inWaves && open !== void 0 && wave !== void 0 && wave > open ? [{
					kind: "wave",
					number: open
				}] : [],
				...only !== void 0 && wave !== only ? [{
					kind: "option",
					option: `wave ${only} only`
				}] : [],
				...busy.filter((other) => this.excludes(number, other)).map((other) => ({
					kind: "overlap",
					number: other
				}))
			];
		};
	}
	#isItsTurn(number, open) {
		const wave = this.#waveOf.get(number);
		if (this.#options.wave !== void 0 && wave !== this.#options.wave) return false;
		return !this.#inWaves || open === void 0 || wave === void 0 || wave <= open;
	}
	/** The first wave with something left to do. */
	#openWave(standing) {
		return this.#waves.find((wave) => membersOf(wave).some((number) => standing.get(number) !== "done"))?.number;
	}
	/** A blocker that is no segment of the plan holds nobody here: it is one that waits outside. */
	#isPending(blocker, standing) {
		return this.#segments.has(blocker) && standing.get(blocker) !== "done";
	}
};
const membersOf = (wave) => wave.tracks.flatMap((track) => track.segments);
/** How many may be in flight at once. */
function capOf(waves, config, options) {
	if (options.sequential) return 1;
	const one = Math.max(1, ...waves.map((wave) => wave.tracks.length));
	const cap = options.agents ?? (config.maxParallel === "auto" ? one : config.maxParallel);
	return Math.min(cap, MOST_AT_ONCE);
}
/** By segment, whom it excludes. A list of neighbours, not a table: most pairs of an epic of thousands share nothing. */
function exclusions(overlaps) {
	const excluded = /* @__PURE__ */ new Map();
	const note = (one, other) => {
		const others = excluded.get(one);
		if (others) others.add(other);
		else excluded.set(one, /* @__PURE__ */ new Set([other]));
	};
	for (const { a, b } of overlaps) {
		note(a, b);
		note(b, a);
	}
	return excluded;
}

// src/core/tracks.ts
/**
* The tracks of one wave: ordered, lettered, and named after what their files share.
*
* @param order each segment's place among those that are ready: its members', and with them the tracks', order.
*/
function tracksOf(segments, overlaps, order) {
	const place = (segment) => order.get(segment.number) ?? segment.number;
	const sorted = [...segments].sort((a, b) => place(a) - place(b));
	const wide = sorted.filter(isWide);
	const groups = connected(sorted.filter((segment) => !isWide(segment)), overlaps);
	if (wide.length > 0) groups.push(wide);
	return groups.sort((a, b) => Math.min(...a.map(place)) - Math.min(...b.map(place))).map((group, at) => ({
		letter: letterOf(at),
		name: nameOf(group, overlaps),
		segments: group.map((segment) => segment.number)
	}));
}
const isWide = ({ spec }) => !spec.parallel || spec.files.length === 0 || spec.files.some((glob) => isEverything(glob));
/** Groups of segments that overlap, directly or through one another; each in the order given. */
function connected(segments, overlaps) {
	const head = new Map(segments.map(({ number }) => [number, number]));
	const headOf = (number) => {
		let at = number;
		for (let above = head.get(at); above !== void 0 && above !== at; above = head.get(at)) {
			head.set(at, head.get(above) ?? above);
			at = above;
		}
		return at;
	};
	for (const { a, b } of overlaps) if (head.has(a) && head.has(b)) head.set(headOf(a), headOf(b));
	return [...Map.groupBy(segments, ({ number }) => headOf(number)).values()];
}
/** `A` … `Z`, `AA`, `AB` … */
function letterOf(at) {
	let letters = "";
	for (let left = at; left >= 0; left = Math.floor(left / 26) - 1) letters = String.fromCharCode(65 + left % 26) + letters;
	return letters;
}
/**
* What keeps them one after the other: the place that their overlaps lie in, `src/auth`, or the few. A track of one, or
* of segments that name one another, is called after all its files.
*/
function nameOf(group, overlaps) {
	const scopes = group.map(({ spec }) => spec.files.filter((glob) => !glob.startsWith("!")));
	if (scopes.every((globs) => globs.length === 0)) return "scope not known";
	if (scopes.some((globs) => globs.length === 0 || globs.some(isEverything))) return "everything";
	const members = new Set(group.map(({ number }) => number));
	const shared = overlaps.flatMap(({ a, b, why }) => why.kind === "files" && members.has(a) && members.has(b) ? [meetingPlace(why.a, why.b)] : []);
	const places = shared.length > 0 ? shared : scopes.flat().map((glob) => fixedPart(glob) || glob);
	const one = commonPlace(places);
	if (one !== "") return one;
	const tops = [...new Set(places.map((place) => place.split("/").slice(0, 2).join("/")))].sort();
	return tops.length <= 3 ? tops.join(", ") : `${tops.slice(0, 2).join(", ")} and ${tops.length - 2} more`;
}
/** Where two globs that overlap do so. One that begins anywhere, such as `*` + `.md`, says less than the other. */
function meetingPlace(a, b) {
	const [one, other] = [fixedPart(a), fixedPart(b)];
	if (one === "" || other === "") return one || other || a;
	return commonPlace([one, other]) || one;
}
function commonPlace(places) {
	const [first = "", ...others] = places;
	let shared = first.split("/");
	for (const other of others) {
		const parts = other.split("/");
		const end = shared.findIndex((part, at) => part !== parts[at]);
		if (end !== -1) shared = shared.slice(0, end);
	}
	return shared.join("/");
}

// src/core/tree.ts
/**
* Segments are the leaves below the epic; without sub-issues, those its task list names; without these, the epic is its
* own segment. Issues swarm made do not count for this choice: mending an epic must not change what it consists of.
*/
function readTree(epic, below, others, made, limits) {
	const issues = new Map([...below].sort((a, b) => a.number - b.number).map((issue) => [issue.number, issue]));
	issues.set(epic.number, epic);
	const own = repositoryIn(epic.url);
	const found = [];
	const kinds = new Map(others.filter(({ ref }) => !ref.repository).map(({ ref, kind }) => [ref.number, kind]));
	const children = childrenOf$1(issues);
	const direct = children.get(epic.number) ?? [];
	const ofSwarm = [...issues.values()].filter((issue) => issue.number !== epic.number && made(issue));
	const given = direct.filter((number) => !ofSwarm.some((issue) => issue.number === number));
	const listed = given.length > 0 ? [] : readTaskList(epic.body, own).filter((item) => item.number !== epic.number);
	const source = given.length > 0 ? "sub-issues" : listed.length > 0 ? "task list" : "the epic itself";
	if (source === "task list") for (const { ref, line } of readForeignItems(epic.body, own)) error({
		kind: "SPEC_VALUE",
		at: {
			issue: epic.number,
			line
		},
		key: "task list",
		value: refText(ref),
		expected: "issues of this repository"
	});
	const leaves = /* @__PURE__ */ new Map();
	const seen = /* @__PURE__ */ new Set([epic.number]);
	const roots = [
		...given.map((number) => ({
			number,
			at: { issue: epic.number }
		})),
		...listed.map(({ number, line }) => ({
			number,
			at: {
				issue: epic.number,
				line
			}
		})),
		...ofSwarm.map(({ number }) => ({
			number,
			at: { issue: epic.number }
		}))
	];
	if (source === "the epic itself") leaves.set(epic.number, epic);
	for (const { number, at } of roots) {
		if (seen.has(number)) continue;
		seen.add(number);
		const issue = issues.get(number);
		if (!issue) error({
			kind: kinds.get(number) === "pull request" ? "NOT_AN_ISSUE" : "UNKNOWN_ISSUE",
			at,
			ref: { number }
		});
		else if (issue.kind === "pull request") error({
			kind: "NOT_AN_ISSUE",
			at,
			ref: { number }
		});
		else {
			const inside = children.get(number) ?? [];
			if (inside.length === 0) leaves.set(number, issue);
			else roots.push(...inside.map((child) => ({
				number: child,
				at: { issue: number }
			})));
		}
	}
	const kept = withinLimit([...leaves.values()].sort((a, b) => a.number - b.number));
	return {
		source,
		issues,
		leaves: kept,
		groups: groupsOf(kept, children, epic.number),
		own,
		diagnostics: found
	};
	function error(problem) {
		found.push({
			level: "error",
			problem
		});
	}
	/** The plan of the first so many is still made: what runs already is among them, and goes on to be seen. */
	function withinLimit(all) {
		const counted = all.filter((issue) => !made(issue));
		if (counted.length <= limits.segments) return all;
		const at = { issue: epic.number };
		const limit = limits.segments;
		error({
			kind: "LIMIT_EXCEEDED",
			at,
			what: "segments",
			found: counted.length,
			limit,
			configKey: "limits.segments"
		});
		const last = counted[limit - 1]?.number ?? 0;
		return all.filter((issue) => made(issue) || issue.number <= last);
	}
}
/** `https://github.com/octo/shop/issues/12` → octo/shop. */
function repositoryIn(url) {
	const [, owner, name] = /\/([^/]+)\/([^/]+)\/issues\/\d+$/.exec(url) ?? [];
	return owner !== void 0 && name !== void 0 ? {
		owner,
		name
	} : void 0;
}
/** Children are told by the parent or by the child, whichever was read; each sorted, each once. */
function childrenOf$1(issues) {
	const children = /* @__PURE__ */ new Map();
	const add = (parent, child) => {
		const known = children.get(parent) ?? /* @__PURE__ */ new Set();
		if (parent !== child) known.add(child);
		children.set(parent, known);
	};
	for (const issue of issues.values()) {
		for (const child of issue.children) add(issue.number, child);
		if (issue.parent !== void 0) add(issue.parent, issue.number);
	}
	return new Map([...children].map(([parent, all]) => [parent, [...all].sort((a, b) => a - b)]));
}
function groupsOf(leaves, children, epic) {
	const parents = /* @__PURE__ */ new Map();
	for (const [parent, all] of children) for (const child of all) parents.set(child, [...parents.get(child) ?? [], parent]);
	const groups = /* @__PURE__ */ new Map();
	for (const { number } of leaves) {
		if (number === epic) continue;
		const above = /* @__PURE__ */ new Set([epic, ...parents.get(number) ?? []]);
		for (const group of above) {
			groups.set(group, [...groups.get(group) ?? [], number]);
			if (group !== epic) for (const next of parents.get(group) ?? []) above.add(next);
		}
	}
	return groups;
}

// src/core/planner.ts
/**
* An epic's issues → its plan, and everything that is wrong with it.
*/
/**
* The plan of an epic as its issues read now, and everything that is wrong with it. The same facts in any order give
* the same plan. A plan with errors is still whole, so that what runs already goes on to be seen.
*/
function planEpic({ epic, issues, others, config, fixes, skipped, instructions, earlier = [] }) {
	const isMade = (issue) => issue.madeFor !== void 0 || fixes[issue.number] !== void 0;
	const tree = readTree(epic, issues, others, isMade, config.limits);
	const read = new Map(tree.leaves.map((leaf) => [leaf.number, readSpec(leaf)]));
	const links = readLinks(tree, others, new Map([...read].map(([number, { dependencies }]) => [number, dependencies])), skipped);
	const diagnostics = [...tree.diagnostics, ...links.diagnostics];
	const isOpen = (number) => tree.issues.get(number)?.state === "open";
	for (const [number, spec] of read) if (isOpen(number)) diagnostics.push(...spec.diagnostics.map(ofSegment));
	const epicSpec = tree.source === "the epic itself" ? void 0 : readSpec(epic);
	diagnostics.push(...(epicSpec?.diagnostics ?? []).filter(concernsEpic));
	const graph = makeGraph(tree.leaves.map((leaf) => leaf.number), links.edges);
	const cycle = findCycle(graph);
	if (cycle) diagnostics.push(cycleError(cycle, links));
	const blockers = Map.groupBy(links.edges, (edge) => edge.from);
	const segments = tree.leaves.map(({ number, title }) => {
		const spec = withContext(read.get(number)?.spec ?? readSpec({
			number,
			title,
			body: "",
			labels: []
		}).spec, epicSpec);
		const fix = fixes[number];
		return {
			number,
			title,
			spec,
			blockedBy: (blockers.get(number) ?? []).map((edge) => edge.on).sort((a, b) => a - b),
			branch: branchOf(spec, number, epic, config, fix !== void 0),
			...fix ? { fix: {
				wave: fix.wave,
				round: fix.round
			} } : {}
		};
	});
	if (instructions) {
		const open = segments.filter((segment) => isOpen(segment.number));
		diagnostics.push(...open.flatMap((segment) => missingInstructions(segment, instructions)));
	}
	diagnostics.push(...branchErrors(segments.filter((segment) => isOpen(segment.number)), config));
	for (const { number, state, hiddenBlockers: count } of tree.issues.values()) if (count !== void 0 && state === "open") diagnostics.push(asError({
		kind: "BLOCKER_HIDDEN",
		at: { issue: number },
		count
	}));
	const { overlaps, errors } = overlapsOf(segments, tree);
	diagnostics.push(...errors.filter(({ problem }) => "at" in problem && problem.at.issue && isOpen(problem.at.issue)));
	const minutesOf = minutesBy(expectationsOf(segments, earlier));
	const waves = wavesOf(graph, segments, overlaps, startOrder(segments, minutesOf));
	const last = waves.at(-1)?.number ?? 0;
	if (last > config.limits.waves && !cycle) {
		const at = { issue: epic.number };
		const limit = config.limits.waves;
		diagnostics.push(asError({
			kind: "LIMIT_EXCEEDED",
			at,
			what: "waves",
			found: last,
			limit,
			configKey: "limits.waves"
		}));
	}
	return {
		source: tree.source,
		segments,
		waves,
		overlaps,
		waitsOutside: links.waitsOutside,
		outside: links.outside,
		diagnostics: inOrderOfPlace(diagnostics),
		forecast: forecast({
			segments,
			overlaps,
			cap: capOf(waves, config, {}),
			config,
			earlier
		})
	};
	/** An epic that is to be its own segment, and says nothing to do, has no segments. */
	function ofSegment(diagnostic) {
		const { problem } = diagnostic;
		return problem.kind === "EMPTY_TASK" && problem.at.issue === epic.number ? {
			level: "error",
			problem: {
				kind: "NO_SEGMENTS",
				at: problem.at
			}
		} : diagnostic;
	}
}
const asError = (problem) => ({
	level: "error",
	problem
});
/** An epic with segments need not have a task or files of its own. */
const concernsEpic = ({ problem }) => problem.kind !== "EMPTY_TASK" && problem.kind !== "SCOPE_UNKNOWN" && problem.kind !== "SCOPE_EVERYTHING";
/** Documents the epic names are for all its segments (SPEC R1.5). */
const withContext = (spec, epic) => epic && epic.spec.context.length > 0 ? {
	...spec,
	context: [.../* @__PURE__ */ new Set([...epic.spec.context, ...spec.context])]
} : spec;
function cycleError(path, links) {
	const said = path.slice(1).map((to, at) => links.said(path[at] ?? to, to));
	return asError({
		kind: "EPIC_CYCLE",
		path,
		links: said.filter((link) => link !== void 0)
	});
}
/**
* Levels by the longest path from a root. A fix segment stands in the wave it mends and shifts nobody: later waves keep
* the numbers that people and the journal know them by. What is on a cycle, or behind one, comes last, together.
*/
function wavesOf(graph, segments, overlaps, order) {
	const byNumber = new Map(segments.map((segment) => [segment.number, segment]));
	const levels = /* @__PURE__ */ new Map();
	const { ids } = inOrder(graph);
	for (const number of ids) {
		const segment = byNumber.get(number);
		let level = segment?.fix?.wave ?? 1;
		for (const blocker of segment?.blockedBy ?? []) {
			const step = segment?.fix || byNumber.get(blocker)?.fix ? 0 : 1;
			level = Math.max(level, (levels.get(blocker) ?? 0) + step);
		}
		levels.set(number, level);
	}
	const behind = Math.max(0, ...levels.values()) + 1;
	const levelOf = (number) => levels.get(number) ?? behind;
	const within = Map.groupBy(overlaps.filter(({ a, b }) => levelOf(a) === levelOf(b)), ({ a }) => levelOf(a));
	return [...Map.groupBy(segments, (segment) => levelOf(segment.number))].sort(([a], [b]) => a - b).map(([number, members]) => ({
		number,
		tracks: tracksOf(members, within.get(number) ?? [], order)
	}));
}
function overlapsOf(segments, tree) {
	const errors = [];
	const stated = [];
	const numbers = new Set(segments.map((segment) => segment.number));
	for (const { number, spec } of segments) for (const written of spec.conflictsWith) {
		const ref = ofOwn(written, tree.own);
		const named = numbers.has(ref.number) ? [ref.number] : tree.groups.get(ref.number) ?? [];
		if (ref.repository || named.length === 0) {
			const expected = "segments of this epic";
			const at = { issue: number };
			errors.push(asError({
				kind: "SPEC_VALUE",
				at,
				key: "conflicts-with",
				value: refText(written),
				expected
			}));
			continue;
		}
		for (const other of named) stated.push([number, other]);
	}
	const pairs = /* @__PURE__ */ new Map();
	const add = (one, other, why) => {
		if (one !== other) pairs.set(Math.min(one, other) * segments.length + Math.max(one, other), why);
	};
	const position = new Map(segments.map(({ number }, at) => [number, at]));
	for (const { pair, globs, doubt } of overlappingScopes(segments.map(({ spec }) => spec.files))) {
		const [a, b] = globs;
		add(pair[0], pair[1], doubt ? {
			kind: "files",
			a,
			b,
			doubt
		} : {
			kind: "files",
			a,
			b
		});
	}
	const withAll = (is, why) => {
		segments.forEach((segment, at) => {
			if (is(segment)) for (const other of segments.keys()) add(at, other, why);
		});
	};
	withAll(({ spec }) => spec.files.length === 0, { kind: "scope unknown" });
	for (const [one, other] of stated) add(position.get(one) ?? 0, position.get(other) ?? 0, { kind: "conflicts-with" });
	withAll(({ spec }) => !spec.parallel, { kind: "not parallel" });
	return {
		overlaps: [...pairs].sort(([one], [other]) => one - other).flatMap(([key, why]) => {
			const a = segments[Math.floor(key / segments.length)];
			const b = segments[key % segments.length];
			return a && b ? [{
				a: a.number,
				b: b.number,
				why
			}] : [];
		}),
		errors
	};
}
function branchOf(spec, number, epic, config, isFix) {
	const slug = isFix && !spec.slug.endsWith(`-${number}`) ? `${spec.slug}-${number}` : spec.slug;
	const words = {
		type: spec.type,
		slug,
		number: String(number),
		epic: String(epic.number)
	};
	return branchName(spec.branch ?? config.branch, words);
}
function branchErrors(segments, config) {
	const errors = [];
	const taken = /* @__PURE__ */ new Map();
	for (const { number, branch } of segments) taken.set(branch, [...taken.get(branch) ?? [], number]);
	for (const { number, branch, spec } of segments) {
		const base = spec.base ?? config.base;
		const above = branch.split("/").slice(0, -1).map((_, at, parts) => parts.slice(0, at + 1).join("/")).find((name) => taken.has(name));
		const why = branchFault(branch) ?? (branch === base ? "it is the branch that segments start from" : void 0) ?? (above === void 0 ? void 0 : `git cannot keep it beside "${above}", which #${taken.get(above)?.[0]} takes`);
		if (why !== void 0) errors.push(asError({
			kind: "BRANCH_NAME",
			at: { issue: number },
			branch,
			why
		}));
	}
	for (const [branch, numbers] of taken) if (numbers.length > 1) errors.push(asError({
		kind: "BRANCH_TAKEN",
		branch,
		segments: numbers
	}));
	return errors;
}
function missingInstructions({ number, spec }, known) {
	const at = { issue: number };
	const missing = (kind, name, names) => {
		if (names.includes(name)) return [];
		const close = nearest(name, names);
		const few = names.slice(0, NAMES_TOLD);
		return [asError({
			kind,
			at,
			name,
			known: few,
			...close === void 0 ? {} : { nearest: close }
		})];
	};
	return [...spec.persona === void 0 ? [] : missing("PERSONA_NOT_FOUND", spec.persona, known.personas), ...spec.skills.flatMap((skill) => missing("SKILL_NOT_FOUND", skill, known.skills))];
}
const NAMES_TOLD = 30;
/** Errors first, then by issue and line; each once. */
function inOrderOfPlace(diagnostics) {
	const once = new Map(diagnostics.map((each) => [JSON.stringify(each), each]));
	const place = ({ problem }) => "at" in problem ? problem.at : {};
	return [...once].sort(([one, a], [other, b]) => Number(a.level === "warning") - Number(b.level === "warning") || (place(a).issue ?? 0) - (place(b).issue ?? 0) || (place(a).line ?? 0) - (place(b).line ?? 0) || (one < other ? -1 : 1)).map(([, each]) => each);
}

// src/core/progress.ts
/** Where every segment of the plan stands, leaving open (`ready`) what only the schedule can tell. */
function deriveProgress(snapshot, journal, plan, config) {
	const issues = new Map(snapshot.issues.map((issue) => [issue.number, issue]));
	issues.set(snapshot.epic.number, snapshot.epic);
	return new Map(plan.segments.map((segment) => {
		const issue = issues.get(segment.number);
		const record = recordOf(journal, segment.number);
		return [segment.number, issue ? progressOf(snapshot, journal, issue, edgesOf(plan, segment), record, config) : { kind: "ready" }];
	}));
}
function progressOf(snapshot, journal, issue, edges, record, config) {
	const attempt = record.attempts.at(-1);
	const pull = publishedPull(snapshot, record);
	if (pull?.state === "merged") return {
		kind: "merged",
		pull: pull.number,
		...pull.mergedAt === void 0 ? {} : { at: pull.mergedAt }
	};
	if (record.skipped) return {
		kind: "skipped",
		reason: record.skipped.reason
	};
	if (attempt && !attempt.outcome) return runningProgress(snapshot, journal, attempt);
	if (attempt?.outcome?.kind === "no-change" && attempt.outcome.report.agent.summary && answersInWords(attempt)) return { kind: "answered" };
	if (issue.number !== snapshot.epic.number && issue.state !== "open") return issue.state === "completed" ? { kind: "closed before" } : {
		kind: "skipped",
		reason: "closed as not planned"
	};
	const forgiven = record.attempts.length <= record.forgiven;
	if (attempt?.outcome?.kind === "published" && !pull) {
		const { pull: number, head } = attempt.outcome;
		return {
			kind: "in review",
			pull: number,
			head,
			waits: [{
				kind: "mergeable",
				state: "unknown"
			}]
		};
	}
	const blocked = attempt?.outcome && !forgiven ? blockedBy(record, attempt, pull, config, snapshot.now) : void 0;
	const isDecided = attempt?.outcome?.kind === "published" || attempt?.why === "prove" && !blocked;
	if (pull?.state === "open" && isDecided) return pullProgress(pull, record, config, snapshot.now);
	if (blocked) return {
		kind: "blocked",
		problem: blocked
	};
	const consent = consentMissing(journal, issue, edges, record, config);
	return consent ? {
		kind: "not in this execution",
		problem: consent
	} : { kind: "ready" };
}
/** Their result is what they found out; a change is welcome where the task asks for one. */
const answersInWords = ({ worker }) => worker === "research" || worker === "security";
function runningProgress(snapshot, journal, attempt) {
	const run = snapshot.runs.find((each) => each.dispatch === attempt.dispatch && each.id === journal.dispatches[attempt.dispatch]?.runId);
	const current = run && jobsOf(run, attempt.id).find((job) => job.state === "running");
	if (!current) return { kind: "queued" };
	const job = current.name.split(" / ").at(-1) ?? current.name;
	return {
		kind: "running",
		step: current.step ? `${job}: ${current.step}` : job
	};
}
/** The pull request of the latest attempt that published one. */
function publishedPull(snapshot, record) {
	const outcome = record.attempts.findLast((attempt) => attempt.outcome?.kind === "published")?.outcome;
	return outcome?.kind === "published" ? snapshot.pulls.find((pull) => pull.number === outcome.pull) : void 0;
}
/** How long GitHub's answers about a pull request may lag behind a push that its own refs show already. */
const STALE_MS = 6e4;
/** A head that swarm knows from before what it published last: a late answer of GitHub's, and no push of anybody's. */
function isStale(pull, record, now) {
	const at = record.attempts.findLastIndex((attempt) => attempt.outcome?.kind === "published");
	const last = record.attempts[at]?.outcome;
	if (last?.kind !== "published" || last.head === pull.head || now - last.at > STALE_MS) return false;
	return record.attempts.slice(0, at + 1).some(({ from }) => from === pull.head) || proofOf(record, pull.head) !== void 0;
}
function pullProgress(pull, record, config, now) {
	if (isStale(pull, record, now)) return {
		kind: "in review",
		pull: pull.number,
		head: pull.head,
		waits: [{
			kind: "mergeable",
			state: "unknown"
		}]
	};
	const no = rejection(pull, record, config);
	if (no) {
		const rounds = record.attempts.slice(record.forgiven).filter((each) => each.why === "rework").length;
		return rounds < config.reworks ? {
			kind: "to rework",
			pull: pull.number,
			reason: no.reason
		} : {
			kind: "blocked",
			problem: {
				kind: "REWORK_LIMIT",
				rounds,
				last: no.reason
			}
		};
	}
	if (pull.mergeable === "conflicting") return record.attempts.slice(record.forgiven).filter((each) => each.why === "conflict").length < CONFLICT_ROUNDS ? {
		kind: "to rework",
		pull: pull.number,
		reason: "conflict"
	} : {
		kind: "blocked",
		problem: {
			kind: "MERGE_CONFLICT",
			at: { pull: pull.number },
			base: pull.base
		}
	};
	if (redHead(pull, record) && record.attempts.length <= record.forgiven) return {
		kind: "to rework",
		pull: pull.number,
		reason: "red gates"
	};
	const waits = reviewWaits(pull, record, config, now);
	return waits.length === 0 ? {
		kind: "to merge",
		pull: pull.number,
		head: pull.head,
		approvedBy: approvers(pull, record, config)
	} : {
		kind: "in review",
		pull: pull.number,
		head: pull.head,
		waits
	};
}
function blockedBy(record, attempt, pull, config, now) {
	const outcome = attempt.outcome;
	if (!outcome) return void 0;
	if (attempt.why === "prove" && pull?.state === "closed") return {
		kind: "PULL_CLOSED",
		at: { pull: pull.number }
	};
	switch (outcome.kind) {
		case "failed":
			if (outcome.problem.kind === "AGENT_LATER" && laterAttempts(record) < LATER_LIMIT) return;
			return outcome.problem;
		case "no-change": return { kind: "NO_CHANGE" };
		case "asked": return questionOpen(record, config, now);
		case "lost": {
			const lost = record.attempts.slice(record.forgiven).filter((each) => each.outcome?.kind === "lost").length;
			return lost < config.attempts ? void 0 : {
				kind: "RUN_LOST",
				conclusion: outcome.conclusion,
				attempts: lost
			};
		}
		case "published": return pull?.state === "closed" ? {
			kind: "PULL_CLOSED",
			at: { pull: pull.number }
		} : void 0;
		case "cancelled": return;
	}
}
/**
* The question that the latest run of a segment stopped for, while it waits for a person (SPEC R5.11).
* @returns undefined where it is answered, or the time for it is over.
*/
function questionOpen(record, config, now) {
	const attempt = record.attempts.at(-1);
	if (attempt?.outcome?.kind !== "asked" || attempt.outcome.report.result.kind !== "needs-input") return void 0;
	if (record.answers?.some((answer) => answer.attempt === attempt.id)) return void 0;
	const { question } = attempt.outcome.report.result;
	const { timeoutMinutes, unanswered } = config.questions;
	const until = unanswered === "go on" ? attempt.outcome.at + timeoutMinutes * 6e4 : void 0;
	if (until !== void 0 && until <= now) return void 0;
	return {
		kind: "QUESTION_ASKED",
		id: question.id,
		question: question.text,
		options: question.options,
		...question.context === void 0 ? {} : { context: question.context },
		...until === void 0 ? {} : { until }
	};
}
const CONFLICT_ROUNDS = 3;
const LATER_LIMIT = 12;
const LATER_WAIT_MS = 3e5;
const laterAttempts = (record) => record.attempts.slice(record.forgiven).filter((each) => isLater(each)).length;
const isLater = (attempt) => attempt.outcome?.kind === "failed" && attempt.outcome.problem.kind === "AGENT_LATER";
/** When a segment whose agent asked to come back later may be tried again. */
function notBefore(record) {
	const last = record.attempts.at(-1);
	if (!last?.outcome || !isLater(last)) return void 0;
	return last.outcome.at + LATER_WAIT_MS;
}
/**
* Whether this issue, as it reads now, was part of what a person authorised (SPEC R11.2).
* @returns what is missing, or undefined when it may run.
*/
function consentMissing(journal, issue, edges, record, config) {
	const at = { issue: issue.number };
	const authorised = journal.authorisation?.segments[issue.number];
	if (!authorised) return {
		kind: "SEGMENT_NEW",
		at
	};
	if (record.attempts.length === 0 && authorised.digest !== issue.digest) return {
		kind: "SEGMENT_CHANGED",
		at
	};
	if (record.attempts.length === 0 && !sameEdges(authorised, edges)) return {
		kind: "EDGES_CHANGED",
		at
	};
	const stranger = [issue.author, issue.editor].find((person) => person && !maySpeak(person, config));
	if (stranger && !record.included && !record.fix) return {
		kind: "UNTRUSTED_AUTHOR",
		at,
		login: stranger.login
	};
}
const edgesOf = (plan, segment) => ({
	blockedBy: segment.blockedBy,
	external: plan.outside[segment.number] ?? []
});
/** A link that is there or gone since then; that a blocker was closed or opened again is no change of it. */
function sameEdges(one, other) {
	const all = ({ blockedBy, external }) => [...blockedBy.map((number) => `#${number}`), ...external.map((ref) => refText(ref).toLowerCase())].sort().join(" ");
	return all(one) === all(other);
}
/** Whose text may reach an agent: people with write access, and bots the config names. */
const maySpeak = (person, config) => mayWrite(person) && (person.kind === "person" || config.allowedBots.includes(person.login));

// src/core/what-if.ts
/** Links that are tried, those of the longest waits first; and the share of the usual search each gets. */
const TRIED = 24;
const SHARE = .1;
/** Above this many segments one search takes as long as a whole advice may. */
const ADVISED_UP_TO = 300;
/** A saving smaller than this share of the whole is within what any estimate is wrong by. */
const WORTH = .02;
/** @returns undefined where there is nothing to run, or so much that searching each change would take minutes. */
function adviseOn(plan, config) {
	const segments = plan.segments.filter((segment) => !segment.fix);
	if (segments.length < 2 || segments.length > ADVISED_UP_TO) return void 0;
	const { of } = expectationsOf(segments, []);
	const expected = minutesBy({
		of,
		basis: plan.forecast.basis
	});
	const minutesOf = (number) => plan.forecast.timetable[number]?.takes ?? expected(number);
	const facts = {
		segments,
		overlaps: plan.overlaps,
		cap: capOf(plan.waves, config, {}),
		config
	};
	const by = (schedule) => makespanOf(solve({
		...layoutOf(facts, segments, minutesOf),
		schedule
	}, schedule === config.schedule ? 1 : .5));
	const layout = layoutOf(facts, segments, minutesOf);
	const now = solve(layout);
	const minutes = makespanOf(now);
	const known = knownStarts(now);
	const saved = (changed) => Math.max(0, minutes - makespanOf(solve({
		...layout,
		...changed
	}, SHARE, known)));
	const isWorth = ({ savesMinutes }) => savesMinutes >= Math.max(1, minutes * WORTH);
	const places = [{
		of: "all",
		from: facts.cap,
		savesMinutes: saved({ cap: facts.cap + 1 })
	}, ...[...new Set(segments.map(({ spec }) => spec.worker))].sort().map((worker) => {
		const from = config.workers[worker];
		return {
			of: worker,
			from,
			savesMinutes: saved({ workers: {
				...config.workers,
				[worker]: from + 1
			} })
		};
	})];
	const tight = tightLinks(now, plan.overlaps);
	const dependencies = tight.dependencies.map(({ from, on }) => ({
		from,
		on,
		savesMinutes: saved({ segments: segments.map((segment) => segment.number === from ? {
			...segment,
			blockedBy: segment.blockedBy.filter((other) => other !== on)
		} : segment) })
	}));
	const overlaps = tight.overlaps.map((overlap) => ({
		...overlap,
		savesMinutes: saved({ overlaps: plan.overlaps.filter((other) => other !== overlap) })
	}));
	const place = most(places.filter(isWorth));
	const dependency = most(dependencies.filter(isWorth));
	const overlap = most(overlaps.filter(isWorth));
	return {
		schedule: config.schedule,
		wavesMinutes: config.schedule === "waves" ? minutes : by("waves"),
		eagerMinutes: config.schedule === "eager" ? minutes : Math.min(minutes, by("eager")),
		...place ? { place } : {},
		...dependency ? { dependency } : {},
		...overlap ? { overlap } : {}
	};
}
/** Of equals the first. */
const most = (changes) => changes.reduce((best, change) => best === void 0 || change.savesMinutes > best.savesMinutes ? change : best, void 0);
function knownStarts(solved) {
	const starts = new Map(solved.flatMap(({ stage, starts }) => stage.numbers.map((number, at) => [number, starts[at] ?? 0])));
	return (number) => starts.get(number);
}
/**
* Links by which the last ones are late: going back from what ends last, whatever ended just when the next began.
* In waves that is done in each of them.
*/
function tightLinks(solved, overlaps) {
	const pairs = new Map(overlaps.map((overlap) => [`${overlap.a} ${overlap.b}`, overlap]));
	const dependencies = [];
	const found = /* @__PURE__ */ new Set();
	for (const { stage, starts, makespan } of solved) {
		const { takes, blockers, apart } = stage.workload;
		const endOf = (at) => (starts[at] ?? 0) + (takes[at] ?? 0);
		const seen = /* @__PURE__ */ new Set();
		const late = stage.numbers.flatMap((_, at) => endOf(at) === makespan ? [at] : []);
		for (const at of late) {
			if (seen.has(at)) continue;
			seen.add(at);
			const begins = starts[at] ?? 0;
			stage.numbers.forEach((_, other) => {
				if (endOf(other) === begins && begins > 0) late.push(other);
			});
			for (let k = blockers.offsets[at] ?? 0; k < (blockers.offsets[at + 1] ?? 0); k++) {
				const on = blockers.items[k] ?? 0;
				const [from, blocker] = [stage.numbers[at], stage.numbers[on]];
				if (endOf(on) === begins && from && blocker) dependencies.push({
					from,
					on: blocker
				});
			}
			for (let k = apart.offsets[at] ?? 0; k < (apart.offsets[at + 1] ?? 0); k++) {
				const [one, other] = [stage.numbers[at], stage.numbers[apart.items[k] ?? 0]];
				if (endOf(apart.items[k] ?? 0) !== begins || !one || !other) continue;
				const overlap = pairs.get(`${Math.min(one, other)} ${Math.max(one, other)}`);
				if (overlap) found.add(overlap);
			}
		}
	}
	return {
		dependencies: dependencies.slice(0, TRIED),
		overlaps: [...found].slice(0, TRIED)
	};
}

// src/core/request.ts
const accepted = { kind: "accepted" };
const refused = (problem) => ({
	kind: "refused",
	problem
});
function takeRequests(paper, plan, config) {
	for (const request of paper.snapshot.requests) {
		if (paper.journal.taken[request.id]) continue;
		const answer = answerTo(paper, plan, config, request);
		paper.journal = {
			...paper.journal,
			taken: {
				...paper.journal.taken,
				[request.id]: answer.kind === "accepted" ? "accepted" : { refused: answer.kind === "refused" ? answer.problem.kind : answer.why }
			}
		};
		acknowledge(paper, request, answer);
	}
	takeOffCommandLabels(paper, config);
}
function acknowledge(paper, request, answer) {
	const node = "node" in request.from ? request.from.node : void 0;
	if (answer.kind === "ignored") return;
	if (answer.kind === "accepted") {
		if (!node) return;
		paper.decide({
			kind: "react",
			node,
			with: "eyes",
			reason: `@${request.by.login}'s request was taken`
		});
		paper.taken.push(node);
		return;
	}
	const reason = `@${request.by.login}'s request was refused: ${answer.problem.kind}`;
	const key = answer.problem.kind === "FORBIDDEN" ? `forbidden:${request.by.id}` : `refused:${request.id}`;
	paper.once({
		kind: "say",
		key,
		on: placeOf(request, paper.snapshot.epic.number),
		notice: {
			kind: "refused request",
			to: request.by.login,
			problem: answer.problem
		},
		reason
	});
	if (node) paper.decide({
		kind: "react",
		node,
		with: "confused",
		reason
	});
}
function placeOf(request, epic) {
	switch (request.from.kind) {
		case "label":
		case "comment": return request.from.issue;
		case "pull comment":
		case "review comment": return request.from.pull;
		case "dispatch": return epic;
	}
}
function answerTo(paper, plan, config, request) {
	const at = "pull" in request.from ? { pull: request.from.pull } : { issue: placeOf(request, paper.snapshot.epic.number) };
	const { by, asked } = request;
	if (asked.kind === "nothing") return {
		kind: "ignored",
		why: "nothing asked"
	};
	if (!countsAsPerson(by, config)) return {
		kind: "ignored",
		why: "bot"
	};
	const needs = asked.kind === "command" && TRIAGE_IS_ENOUGH.has(asked.command.kind) ? "triage" : "write";
	if (!(needs === "triage" ? mayTriage(by) : mayWrite(by))) return asked.kind === "command" ? refused({
		kind: "FORBIDDEN",
		at,
		login: by.login,
		permission: by.permission,
		needs
	}) : {
		kind: "ignored",
		why: "no command, no rights"
	};
	if (asked.kind === "unknown") return refused({
		kind: "UNKNOWN_COMMAND",
		at,
		text: asked.text,
		...asked.nearest ? { nearest: asked.nearest } : {}
	});
	if (asked.kind === "malformed") return refused({
		kind: "BAD_ARGUMENT",
		at,
		command: asked.command,
		expected: asked.expected
	});
	return obey(paper, plan, config, request, asked.command, at);
}
const TRIAGE_IS_ENOUGH = /* @__PURE__ */ new Set([
	"help",
	"plan",
	"status"
]);
function obey(paper, plan, config, request, command, at) {
	const { journal, snapshot } = paper;
	const notNow = (why) => refused({
		kind: "NOT_NOW",
		at,
		command: command.kind,
		why
	});
	switch (command.kind) {
		case "help": return tell(paper, request, {
			kind: "help",
			to: request.by.login
		});
		case "plan": return tell(paper, request, planShown(plan, config));
		case "status": return accepted;
		case "execute": return at.issue !== void 0 && at.issue !== snapshot.epic.number ? notNow(`#${at.issue} is a segment of #${snapshot.epic.number}; execute that one, or say /swarm run #${at.issue}`) : execute(paper, plan, config, request, command);
		case "run": {
			const issue = snapshot.issues.find((each) => each.number === command.segment);
			if (!issue || !isSegment(plan, command.segment)) return refused({
				kind: "UNKNOWN_SEGMENT",
				at,
				number: command.segment
			});
			if (!journal.authorisation) return notNow("the epic is not being executed");
			authorise(paper, plan, request, [issue], journal.authorisation, config);
			paper.journal = withRecord(paper.journal, command.segment, { included: {
				by: request.by.login,
				at: request.at
			} });
			return accepted;
		}
		case "approve": return at.pull === void 0 ? approveWave(paper, plan, config, command, notNow) : approvePull(paper, request, command, at.pull);
		case "reject": return at.pull === void 0 ? notNow("a rejection belongs on the pull request it is about") : rejectPull(paper, request, command, at.pull);
		case "answer": return answerQuestion(paper, plan, config, request, command, at, notNow);
		case "retry": return retry(paper, plan, command, at, notNow);
		case "skip":
			if (!isSegment(plan, command.segment)) return refused({
				kind: "UNKNOWN_SEGMENT",
				at,
				number: command.segment
			});
			paper.journal = withRecord(journal, command.segment, { skipped: {
				by: request.by.login,
				reason: command.reason,
				at: request.at
			} });
			paper.record({
				kind: "SKIPPED",
				segment: command.segment
			});
			return accepted;
		case "pause":
			if (journal.phase !== "running") return notNow(`the epic is ${journal.phase}`);
			paper.journal = {
				...journal,
				phase: "paused"
			};
			return accepted;
		case "resume":
			if (journal.phase !== "paused" && journal.phase !== "cancelled") return notNow(`the epic is ${journal.phase}`);
			paper.journal = {
				...withoutRefusals(journal),
				phase: "running"
			};
			return accepted;
		case "cancel":
			paper.journal = {
				...journal,
				phase: "cancelled"
			};
			paper.once({
				kind: "say",
				key: `cancelled:${request.id}`,
				on: snapshot.epic.number,
				notice: {
					kind: "cancelled",
					by: request.by.login
				},
				reason: `@${request.by.login} cancelled the epic`
			});
			return accepted;
		case "accept":
			if (journal.phase !== "running") return notNow(journal.phase === "finished" ? "it is accepted already" : `the epic is ${journal.phase}`);
			if (!paper.journal.acts[acceptanceKey(paper)]) return notNow("not every segment is merged and calibrated yet");
			paper.journal = {
				...journal,
				phase: "finished",
				finishedAt: snapshot.now,
				acceptedBy: request.by.login
			};
			paper.record({ kind: "EXECUTION COMPLETE" });
			return accepted;
		case "needs-work":
			if (journal.phase !== "running") return notNow(`the epic is ${journal.phase}`);
			if (!paper.journal.acts[acceptanceKey(paper)]) return notNow("not every segment is merged and calibrated yet");
			paper.journal = {
				...journal,
				followUps: [...journal.followUps, {
					request: request.id,
					by: request.by.login,
					what: command.what,
					at: request.at,
					wave: plan.waves.at(-1)?.number ?? 1
				}]
			};
			return accepted;
	}
}
/** Acceptance is asked for anew after everything that was dispatched since: nobody accepts what nobody has seen. */
const acceptanceKey = (paper) => `accept:${paper.journal.followUps.length + 1}:${Object.keys(paper.journal.dispatches).length}`;
function tell(paper, request, notice) {
	paper.once({
		kind: "say",
		key: `answer:${request.id}`,
		on: placeOf(request, paper.snapshot.epic.number),
		notice,
		reason: `@${request.by.login} asked`
	});
	return accepted;
}
function planShown(plan, config) {
	const advice = adviseOn(plan, config);
	return {
		kind: "plan",
		plan,
		dryRun: true,
		...advice ? { advice } : {}
	};
}
const isSegment = (plan, number) => plan.segments.some((each) => each.number === number);
function execute(paper, plan, config, request, command) {
	if (command.dryRun) return tell(paper, request, planShown(plan, config));
	const { journal } = paper;
	const { kind: _, dryRun: __, ...options } = command;
	authorise(paper, plan, request, paper.snapshot.issues, void 0, config);
	const { finishedAt: _f, acceptedBy: _a, ...going } = withoutRefusals(paper.journal);
	paper.journal = {
		...going,
		phase: "running",
		options: { ...options },
		startedAt: journal.startedAt ?? paper.now
	};
	if (!journal.authorisation) paper.record({ kind: "STARTED" });
	return accepted;
}
/** Writes down what this person consents to: these texts and edges, this config, this base (SPEC R11.2). */
function authorise(paper, plan, by, issues, before, config) {
	const { snapshot } = paper;
	const leaves = new Map(plan.segments.map((segment) => [segment.number, segment]));
	const named = plan.source === "the epic itself" ? [snapshot.epic] : issues;
	const segments = { ...before?.segments };
	for (const issue of named) {
		const segment = leaves.get(issue.number);
		if (!segment) continue;
		if (!wroteBefore(issue, by.at, config)) continue;
		segments[issue.number] = {
			digest: issue.digest,
			blockedBy: segment.blockedBy,
			external: plan.outside[issue.number] ?? []
		};
		paper.texts[issue.number] = {
			title: issue.title,
			body: issue.body,
			labels: issue.labels
		};
	}
	const { epic } = snapshot;
	const meansEpic = (!before || named.includes(epic)) && wroteBefore(epic, by.at, config);
	if (meansEpic) paper.texts[epic.number] = {
		title: epic.title,
		body: epic.body,
		labels: epic.labels
	};
	paper.journal = {
		...paper.journal,
		authorisation: {
			at: by.at,
			by: by.by.login,
			byId: by.by.id,
			configDigest: snapshot.configDigest,
			base: snapshot.base.head,
			baseBranch: snapshot.base.branch,
			epicDigest: meansEpic ? epic.digest : (before ?? paper.journal.authorisation)?.epicDigest ?? "",
			segments
		}
	};
}
/** What a stranger wrote after the word was given is not what was meant by it. */
const wroteBefore = (issue, at, config) => issue.editedAt === void 0 || issue.editedAt <= at || maySpeak(issue.editor ?? issue.author, config);
/** A config that is another one than last time is used from now on, and that it changed is shown. */
function noteConfig(paper) {
	const { authorisation, configs = [] } = paper.journal;
	const { configDigest } = paper.snapshot;
	if (!authorisation || (configs.at(-1)?.digest ?? authorisation.configDigest) === configDigest) return;
	paper.journal = {
		...paper.journal,
		configs: [...configs, {
			at: paper.now,
			digest: configDigest
		}].slice(-50)
	};
	paper.record({ kind: "CONFIG CHANGED" });
}
/**
* Texts that people with write access changed while nothing was started yet, or always with `adopt: automatic`, need
* no second say: whoever may authorise them wrote them.
*/
function adoptChanges(paper, plan, config) {
	const { authorisation } = paper.journal;
	if (!authorisation) return;
	if (!(Object.keys(paper.journal.dispatches).length === 0) && config.adopt !== "automatic") return;
	const changed = (plan.source === "the epic itself" ? [paper.snapshot.epic] : paper.snapshot.issues).filter((issue) => {
		const segment = plan.segments.find((each) => each.number === issue.number);
		if (!segment || recordOf(paper.journal, issue.number).attempts.length > 0) return false;
		const known = authorisation.segments[issue.number];
		if (known?.digest === issue.digest && sameEdges(known, edgesOf(plan, segment)) || !known && config.adopt !== "automatic") return false;
		return maySpeak(issue.author, config) && (!issue.editor || maySpeak(issue.editor, config));
	});
	const { epic } = paper.snapshot;
	const adopted = epic.digest !== authorisation.epicDigest && maySpeak(epic.editor ?? epic.author, config) && !changed.includes(epic) ? [...changed, epic] : changed;
	if (adopted.length === 0) return;
	authorise(paper, plan, {
		by: {
			login: authorisation.by,
			id: authorisation.byId
		},
		at: authorisation.at
	}, adopted, authorisation, config);
}
function approveWave(paper, plan, config, command, notNow) {
	if (config.mode !== "collaborative") return notNow("waves start by themselves in this mode; approve pull requests instead");
	const asked = plan.waves.map((wave) => wave.number).filter((wave) => !paper.journal.approvedWaves.includes(wave)).find((wave) => paper.journal.acts[`approve-wave:${wave}`] !== void 0);
	const wave = command.wave ?? asked;
	if (wave === void 0 || !plan.waves.some((each) => each.number === wave)) return notNow("there is no such wave");
	paper.journal = {
		...paper.journal,
		approvedWaves: [.../* @__PURE__ */ new Set([...paper.journal.approvedWaves, wave])].sort((a, b) => a - b)
	};
	return accepted;
}
function approvePull(paper, request, command, number) {
	const at = { pull: number };
	const pull = paper.snapshot.pulls.find((each) => each.number === number);
	const segment = segmentOfPull(paper.journal, number);
	if (!pull || segment === void 0 || pull.state !== "open") return refused({
		kind: "NOT_NOW",
		at,
		command: "approve",
		why: "this pull request is not waiting for a decision"
	});
	if (request.by.id === pull.author.id) return refused({
		kind: "SELF_APPROVAL",
		at,
		login: request.by.login
	});
	const record = recordOf(paper.journal, segment);
	const wasThere = record.attempts.some(({ outcome, from, claimedAt }) => outcome?.kind === "published" && outcome.head === pull.head && outcome.at <= request.at ? true : from === pull.head && claimedAt <= request.at);
	if (!(command.head !== void 0 ? pull.head.startsWith(command.head) : wasThere)) return refused({
		kind: "HEAD_MOVED",
		at,
		said: command.head ?? "an earlier commit",
		head: pull.head
	});
	paper.journal = withRecord(paper.journal, segment, { approvals: [...record.approvals, {
		by: request.by.login,
		byId: request.by.id,
		at: request.at,
		head: pull.head
	}] });
	return accepted;
}
function rejectPull(paper, request, command, number) {
	const at = { pull: number };
	const pull = paper.snapshot.pulls.find((each) => each.number === number);
	const segment = segmentOfPull(paper.journal, number);
	if (!pull || segment === void 0 || pull.state !== "open") return refused({
		kind: "NOT_NOW",
		at,
		command: "reject",
		why: "this pull request is not waiting for a decision"
	});
	const record = recordOf(paper.journal, segment);
	const rejection = {
		by: request.by.login,
		at: request.at,
		head: pull.head,
		pull: number,
		reason: command.reason,
		comments: []
	};
	paper.journal = withRecord(paper.journal, segment, { rejections: [...record.rejections, rejection] });
	paper.record({
		kind: "REJECTED",
		segment,
		pull: number
	});
	return accepted;
}
function retry(paper, plan, command, at, notNow) {
	if (!paper.journal.authorisation) return notNow("the epic is not being executed");
	const ofPull = at.pull === void 0 ? void 0 : segmentOfPull(paper.journal, at.pull);
	const ofIssue = at.issue !== void 0 && isSegment(plan, at.issue) ? at.issue : void 0;
	const named = command.segment ?? ofPull ?? ofIssue;
	if (named !== void 0 && !isSegment(plan, named)) return refused({
		kind: "UNKNOWN_SEGMENT",
		at,
		number: named
	});
	const segments = named === void 0 ? plan.segments.map((each) => each.number) : [named];
	for (const segment of segments) {
		const record = recordOf(paper.journal, segment);
		if (record.attempts.length === 0 || !record.attempts.at(-1)?.outcome) continue;
		const { mergeRefusal: _, ...rest } = record;
		paper.journal = {
			...paper.journal,
			segments: {
				...paper.journal.segments,
				[segment]: {
					...rest,
					forgiven: record.attempts.length
				}
			}
		};
	}
	const wasRefused = refusedIssues(paper.journal).length > 0;
	paper.journal = withoutRefusals(paper.journal);
	if (named === void 0 && !wasRefused) paper.journal = {
		...paper.journal,
		forgivenRounds: roundsSoFar(paper)
	};
	return accepted;
}
/** On the segment itself, or on the epic where only one run has asked by that id. */
function answerQuestion(paper, plan, config, request, command, at, notNow) {
	const { journal, now } = paper;
	const [segment, ...others] = plan.segments.map(({ number }) => number).filter((number) => {
		return questionOpen(recordOf(journal, number), config, now)?.id === command.id && (at.issue === paper.snapshot.epic.number || at.issue === number);
	});
	if (segment === void 0) return notNow(`no run waits for an answer to "${command.id}" here`);
	if (others.length > 0) return notNow(`several segments wait for "${command.id}"; answer on the segment itself`);
	const record = recordOf(journal, segment);
	const answer = {
		attempt: record.attempts.at(-1)?.id ?? "",
		text: command.text,
		by: request.by.login,
		at: request.at
	};
	paper.journal = withRecord(journal, segment, { answers: [...record.answers ?? [], answer] });
	return accepted;
}
const roundsSoFar = (paper) => Object.fromEntries(Object.entries(paper.journal.calibrations).map(([wave, rounds]) => [wave, rounds.length]));
/** Command labels are one-shot: taken off as soon as they were read, whoever put them on. */
function takeOffCommandLabels(paper, config) {
	const { epic } = paper.snapshot;
	const names = COMMAND_LABELS.map((label) => labelName(config, label));
	const remove = epic.labels.filter((label) => names.includes(label));
	if (remove.length === 0) return;
	paper.decide({
		kind: "set labels",
		issue: epic.number,
		add: [],
		remove,
		reason: "a command label is taken off once it is read"
	});
}

// src/core/decide.ts
/**
* Snapshot → the next journal and what to do, each with its reason. The whole of swarm's judgement, from top to bottom:
*
*   remember   what the observation settled (attempts that ended, acts that are seen)
*   plan       waves, tracks and what is wrong, from the issues as they are now
*   take       what people asked for
*   derive     where each segment stands
*   decide     merge, close, rework, start, calibrate, ask, tell
*
* Pure: the same snapshot gives the same paper. That makes it safe to run at any time, by anyone, twice.
*/
function decide(snapshot, config) {
	const paper = new Paper(snapshot, remember(snapshot, snapshot.journal ?? emptyJournal(snapshot.epic.number)));
	bindMadeSegments(paper);
	let plan = planOf(paper, config);
	if (snapshot.epic.state !== "open") return finish(paper, plan, deriveProgress(snapshot, paper.journal, plan, config), config);
	const before = JSON.stringify(planned(paper));
	takeRequests(paper, plan, config);
	adoptChanges(paper, plan, config);
	noteConfig(paper);
	if (JSON.stringify(planned(paper)) !== before) plan = planOf(paper, config);
	const derived = deriveProgress(snapshot, paper.journal, plan, config);
	if (!paper.journal.authorisation) return finish(paper, plan, derived, config);
	if (paper.journal.phase === "finished") {
		endEpic(paper, plan, derived, config);
		return finish(paper, plan, derived, config);
	}
	if (paper.journal.phase === "cancelled") cancelRuns(paper);
	else if (!isStopped(paper)) mergeNext(paper, plan, derived, config);
	settleMerged(paper, plan, derived, config);
	closeGroups(paper, derived);
	const standings = calibrate(paper, plan, derived, config);
	const progresses = startWork(paper, plan, derived, standings, config);
	repeatLostDispatches(paper, plan);
	tellProblems(paper, plan, progresses, config);
	askAcceptance(paper, plan, progresses, standings, config);
	labelSegments(paper, plan, progresses, config);
	showPanel(paper, plan, progresses, config);
	return finish(paper, plan, progresses, config);
}
/** What the journal adds to a plan: which segments mend a wave, and which a person left out. */
function planned({ journal }) {
	const fixes = {};
	const skipped = [];
	for (const [segment, record] of Object.entries(journal.segments)) {
		if (record.skipped) skipped.push(Number(segment));
		if (record.fix) fixes[Number(segment)] = {
			wave: record.fix.wave,
			round: record.fix.round
		};
	}
	return {
		fixes,
		skipped,
		epicDigest: journal.authorisation?.epicDigest
	};
}
function planOf(paper, config) {
	const { epic, issues, others, instructions } = paper.snapshot;
	const { fixes, skipped, epicDigest } = planned(paper);
	const known = instructions ? { instructions } : {};
	const plan = planEpic({
		epic,
		issues,
		others,
		config,
		fixes,
		skipped: new Set(skipped),
		...known
	});
	if (epicDigest === void 0 || plan.source === "the epic itself" || epicDigest === epic.digest) return plan;
	const changed = {
		level: "warning",
		problem: {
			kind: "EPIC_CHANGED",
			at: { issue: epic.number }
		}
	};
	return {
		...plan,
		diagnostics: [...plan.diagnostics, changed]
	};
}
function finish(paper, plan, progresses, config) {
	finishRequests(paper);
	return {
		journal: isWorthKeeping(paper) ? paper.journal : paper.snapshot.journal ?? emptyJournal(paper.journal.epic),
		decisions: paper.decisions,
		board: makeBoard(paper.snapshot, paper.journal, plan, progresses, config),
		history: paper.history,
		texts: paper.texts,
		lookAgainAt: paper.lookAgainAt
	};
}
/** 🚀 comes last: also for a request whose look ended before it came so far (SPEC R3.4). */
function finishRequests(paper) {
	const before = paper.snapshot.acknowledged.filter(({ id }) => paper.journal.taken[id] === "accepted");
	for (const node of /* @__PURE__ */ new Set([...before.map((each) => each.node), ...paper.taken])) paper.decide({
		kind: "react",
		node,
		with: "rocket",
		reason: "a request is done"
	});
}
/** Before an epic is started, a question or a refused word leaves nothing to keep; a decision about a segment does. */
function isWorthKeeping({ snapshot, journal }) {
	const substance = (of) => JSON.stringify({
		...of,
		taken: {},
		acts: {}
	});
	const before = snapshot.journal ?? emptyJournal(journal.epic);
	return journal.authorisation !== void 0 || substance(journal) !== substance(before);
}
/** Issues swarm made itself are part of what was authorised; they are known by the act that made them. */
function bindMadeSegments(paper) {
	for (const [key, act] of Object.entries(paper.journal.acts)) {
		const made = /^fix:\d+:(\d+):(\d+):(\d+)$/.exec(key);
		if (!made || act.state !== "done" || act.result === void 0) continue;
		const issue = paper.snapshot.issues.find((each) => each.number === act.result);
		const { authorisation } = paper.journal;
		if (!issue || issue.madeFor !== key || !authorisation || recordOf(paper.journal, issue.number).fix) continue;
		const wave = Number(made[1]);
		const round = Number(made[2]);
		const mends = findingOf(paper.journal, wave, round, Number(made[3]))?.mends;
		paper.journal = withRecord(paper.journal, issue.number, { fix: {
			key,
			wave,
			round,
			...mends ? { mends } : {}
		} });
		paper.texts[issue.number] = {
			title: issue.title,
			body: issue.body,
			labels: issue.labels
		};
		paper.journal = {
			...paper.journal,
			authorisation: {
				...authorisation,
				segments: {
					...authorisation.segments,
					[issue.number]: {
						digest: issue.digest,
						blockedBy: [],
						external: []
					}
				}
			}
		};
	}
}
/** What the n-th fix segment of a round is for; a follow-up is for no finding. */
function findingOf(journal, wave, round, index) {
	const verdict = journal.calibrations[wave]?.find((each) => each.round === round)?.verdict;
	return verdict?.kind === "failed" ? fixesFor(verdict.findings)[index - 1] : void 0;
}
/** The kill switch, a broken config, a missing workflow: nothing is judged by rules that nobody chose. */
const isStopped = (paper) => paper.snapshot.preflight.some(({ level }) => level === "error");
/** Whether an issue reads otherwise than it was authorised: its text then decides nothing any more (SPEC R11.2). */
const isChanged = (journal, issue) => journal.authorisation?.segments[issue.number]?.digest !== issue.digest;
const leafOf = (snapshot, number) => number === snapshot.epic.number ? snapshot.epic : snapshot.issues.find((issue) => issue.number === number);
/** One merge a look, in the plan's order: each changes what the next one has to fit to. */
function mergeNext(paper, plan, progresses, config) {
	const { snapshot } = paper;
	for (const segment of inPlanOrder(plan)) {
		const progress = progresses.get(segment.number);
		if (progress?.kind === "in review") waitForGitHub(paper, progress);
		if (progress?.kind !== "to merge") continue;
		const pull = snapshot.pulls.find((each) => each.number === progress.pull);
		if (!pull) continue;
		const by = progress.approvedBy.length > 0 ? `approved by ${progress.approvedBy.join(", ")}` : "no approval is asked for";
		const reason = `#${segment.number}: gates green on ${pull.head.slice(0, 7)}, ${by}`;
		if (pull.draft) {
			paper.decide({
				kind: "mark ready",
				pull: pull.number,
				pullId: pull.id,
				reason
			});
			paper.lookAgain(GRACE_MS);
			return;
		}
		const key = actKeys.merge(pull.number, pull.head);
		if (paper.journal.acts[key]?.state === "refused") paper.journal = withoutAct(paper.journal, key);
		paper.once({
			kind: "merge",
			key,
			pull: pull.number,
			head: pull.head,
			method: config.mergeMethod,
			segment,
			epic: snapshot.epic.number,
			approvedBy: progress.approvedBy,
			reason
		});
		return;
	}
}
function withoutAct(journal, key) {
	const { [key]: _, ...acts } = journal.acts;
	return {
		...journal,
		acts
	};
}
function waitForGitHub(paper, progress) {
	for (const wait of progress.waits) {
		if (wait.kind === "mergeable" && wait.state === "unknown") paper.lookAgain(5e3);
		if (wait.kind === "merge refused") paper.lookAgain(MERGE_AGAIN_MS);
	}
}
const inPlanOrder = (plan) => plan.waves.flatMap((wave) => wave.tracks.flatMap((track) => track.segments).map((number) => plan.segments.find((segment) => segment.number === number)).filter((segment) => segment !== void 0));
/** After a merge: tick what is met, close the issue, delete the branch (SPEC R6.5, R6.6). */
function settleMerged(paper, plan, progresses, config) {
	const { snapshot, journal } = paper;
	for (const segment of plan.segments) {
		const progress = progresses.get(segment.number);
		const issue = leafOf(snapshot, segment.number);
		const record = recordOf(journal, segment.number);
		if (!issue || !progress) continue;
		if (progress.kind === "merged") {
			const pull = publishedPull(snapshot, record);
			const met = metCriteria(segment, latestReport(record)?.agent, pull ? approvers(pull, record, config) : []);
			tickCriteria(paper, issue, segment, met, progress.pull);
			const mends = record.fix?.mends;
			const mended = mends && plan.segments.find((each) => each.number === mends.issue);
			const mendedIssue = mends && leafOf(snapshot, mends.issue);
			if (mended && mendedIssue && !isChanged(journal, issue)) tickCriteria(paper, mendedIssue, mended, mendedCriteria(segment, mends, met), progress.pull);
			if (pull && snapshot.branches[pull.branch] === pull.head) {
				const reason = `#${progress.pull} is merged`;
				paper.decide({
					kind: "delete branch",
					branch: pull.branch,
					head: pull.head,
					reason
				});
			}
			for (const { branch, head } of record.attempts.flatMap(keptOf)) {
				if (snapshot.branches[branch] !== head) continue;
				const reason = `#${progress.pull} is merged; the work kept from an earlier attempt is not needed`;
				paper.decide({
					kind: "delete branch",
					branch,
					head,
					reason
				});
			}
		}
		const isEpic = issue.number === snapshot.epic.number;
		if (issue.state !== "open" || isEpic) continue;
		if (progress.kind === "merged" || progress.kind === "answered") paper.decide({
			kind: "close issue",
			issue: issue.number,
			issueId: issue.id,
			as: "completed",
			reason: progress.kind === "merged" ? `#${progress.pull} is merged` : "the research is answered"
		});
		const left = progress.kind === "skipped" ? publishedPull(snapshot, record) : void 0;
		if (left?.state === "open") paper.decide({
			kind: "close pull",
			pull: left.number,
			reason: `#${segment.number} is skipped`
		});
		if (progress.kind === "skipped" && record.skipped) paper.decide({
			kind: "close issue",
			issue: issue.number,
			issueId: issue.id,
			as: "not planned",
			reason: `skipped by @${record.skipped.by}: ${record.skipped.reason}`
		});
	}
}
/** A group ends with the last of its leaves (SPEC R1.1); one whose leaves were all left out was not done. */
function closeGroups(paper, progresses) {
	const { snapshot } = paper;
	const leavesOf = (group) => snapshot.issues.filter((each) => each.parent === group.number).flatMap((each) => each.children.length > 0 ? leavesOf(each) : [each]);
	for (const group of snapshot.issues) {
		if (group.children.length === 0 || group.state !== "open") continue;
		const leaves = leavesOf(group);
		const isOver = leaves.every(({ number, state }) => state !== "open" && isDone(progresses.get(number)));
		if (leaves.length === 0 || !isOver) continue;
		const isSkipped = leaves.every(({ number }) => progresses.get(number)?.kind === "skipped");
		const as = isSkipped ? "not planned" : "completed";
		const reason = `#${group.number}: every segment in it is ${isSkipped ? "skipped" : "done"}`;
		paper.decide({
			kind: "close issue",
			issue: group.number,
			issueId: group.id,
			as,
			reason
		});
	}
}
/** The only edit swarm makes to a person's text; one that was changed since it was authorised is left alone. */
function tickCriteria(paper, issue, segment, met, pull) {
	const body = tick(issue.body, segment.spec.criteria, met);
	if (body === issue.body || isChanged(paper.journal, issue)) return;
	const reason = `#${segment.number}: criteria met, with evidence in #${pull}`;
	paper.decide({
		kind: "tick criteria",
		issue: issue.number,
		was: issue.body,
		body,
		reason
	});
}
/** Wave boundaries: dispatch calibrations, judge their criteria, have fix segments made (SPEC R7.1). */
function calibrate(paper, plan, progresses, config) {
	judgeCoverage(paper, plan, progresses);
	const standings = /* @__PURE__ */ new Map();
	let before = {
		kind: "passed",
		round: 0
	};
	for (const wave of plan.waves) {
		const standing = standingOf(wave, progresses, paper.journal, config);
		standings.set(wave.number, standing);
		const mayGo = paper.journal.phase === "running" && (before.kind === "passed" || config.schedule === "eager");
		if (standing.kind === "to calibrate" && mayGo && errorsOf(paper.snapshot, plan, paper.journal).length === 0) startCalibration(paper, plan, wave.number, standing.round, progresses, config);
		const failed = roundToMend(wave, paper.journal, config);
		if (failed && !isStopped(paper)) makeFixes(paper, plan, wave.number, failed.round, failed.findings);
		if (standing.kind === "stopped") paper.once({
			kind: "say",
			key: `calibration-stopped:${wave.number}:${(paper.journal.calibrations[wave.number] ?? []).length}`,
			on: paper.snapshot.epic.number,
			notice: {
				kind: "calibration stopped",
				problem: standing.problem,
				owner: ownerOf(paper)
			},
			reason: `wave ${wave.number} failed its calibration too often`
		});
		before = standing;
	}
	makeFollowUps(paper);
	return standings;
}
/** A round that passed its gates fails all the same while a criterion of its wave is open and without evidence. */
function judgeCoverage(paper, plan, progresses) {
	for (const [key, rounds] of Object.entries(paper.journal.calibrations)) {
		const wave = Number(key);
		const last = rounds.at(-1);
		if (last?.verdict?.kind !== "passed" || last.judged) continue;
		const left = segmentsInWave(plan, wave).flatMap((number) => {
			const segment = plan.segments.find((each) => each.number === number);
			const issue = leafOf(paper.snapshot, number);
			if (!segment || !issue || progresses.get(number)?.kind !== "merged" || isChanged(paper.journal, issue)) return [];
			return [{
				segment,
				left: segment.spec.criteria.filter((criterion) => criterion.state === "open")
			}];
		});
		const security = segmentsInWave(plan, wave).filter((number) => plan.segments.some((each) => each.number === number && each.spec.worker === "security")).filter((number) => ["merged", "answered"].includes(progresses.get(number)?.kind ?? "")).map((number) => ({
			number,
			report: latestReport(recordOf(paper.journal, number))
		}));
		const findings = [...coverageFindings(left), ...securityFindings(security, rounds)];
		if (findings.length === 0) paper.record({
			kind: "WAVE COMPLETE",
			wave
		});
		paper.journal = withCalibration(paper.journal, wave, last.round, (calibration) => ({
			...calibration,
			judged: true,
			...findings.length === 0 ? {} : { verdict: {
				kind: "failed",
				at: paper.now,
				findings
			} }
		}));
	}
}
function startCalibration(paper, plan, wave, round, progresses, config) {
	const id = nextDispatchId(paper, config);
	if (id === void 0) return;
	const { head } = paper.snapshot.base;
	const dispatch = {
		id,
		at: paper.now,
		work: {
			kind: "calibration",
			wave,
			round
		}
	};
	const covers = segmentsInWave(plan, wave).filter((number) => progresses.get(number)?.kind === "merged");
	const rounds = paper.journal.calibrations[wave] ?? [];
	paper.journal = {
		...paper.journal,
		dispatches: {
			...paper.journal.dispatches,
			[id]: dispatch
		},
		calibrations: {
			...paper.journal.calibrations,
			[wave]: [...rounds, {
				round,
				base: head,
				dispatch: id,
				at: paper.now,
				covers
			}]
		}
	};
	send(paper, dispatch, `wave ${wave} is merged: its whole is checked (round ${round})`);
}
function makeFixes(paper, plan, wave, round, findings) {
	const { epic } = paper.snapshot;
	const files = [...new Set(segmentsInWave(plan, wave).flatMap((number) => {
		const issue = leafOf(paper.snapshot, number);
		if (!issue || isChanged(paper.journal, issue)) return [];
		return plan.segments.find((each) => each.number === number)?.spec.files ?? [];
	}))].sort();
	const made = [];
	const wanted = fixesFor(findings);
	wanted.forEach((finding, index) => {
		const key = actKeys.fix(epic.number, wave, round, index + 1);
		const state = paper.once({
			kind: "make issue",
			key,
			notice: {
				kind: "fix segment",
				wave,
				round,
				finding,
				files,
				epic: epic.number
			},
			parent: epic.number,
			parentId: epic.id,
			reason: `wave ${wave}'s calibration found: ${finding.subject}`
		});
		const result = paper.journal.acts[key]?.result;
		if (state === "done" && result !== void 0) made.push(result);
	});
	if (made.length < wanted.length) return;
	if (paper.once({
		kind: "say",
		key: `calibration-failed:${wave}:${round}`,
		on: epic.number,
		notice: {
			kind: "calibration failed",
			wave,
			round,
			findings,
			fixes: made
		},
		reason: `wave ${wave}'s calibration failed`
	}) === "under way") paper.record({
		kind: "CALIBRATION FAILED",
		wave
	});
}
const followUpKey = (epic, wave, index) => actKeys.fix(epic, wave, 1e3 + index, 1);
function makeFollowUps(paper) {
	const { epic } = paper.snapshot;
	paper.journal.followUps.forEach((each, index) => {
		paper.once({
			kind: "make issue",
			key: followUpKey(epic.number, each.wave, index),
			notice: {
				kind: "follow-up segment",
				by: each.by,
				what: each.what,
				epic: epic.number
			},
			parent: epic.number,
			parentId: epic.id,
			reason: `@${each.by} found at acceptance: ${each.what}`
		});
	});
}
/** Everything that may start now goes out in one dispatch; proofs and reworks first, since people wait for them. */
function startWork(paper, plan, derived, standings, config) {
	const { journal, snapshot } = paper;
	const progresses = new Map(derived);
	const held = holds(paper, plan, derived, standings, config);
	const answer = startable({
		plan,
		standing: new Map([...derived].map(([number, progress]) => [number, standingFor(progress, paper, number)])),
		held,
		config,
		options: journal.options,
		elapsedMinutes: elapsedMinutes(paper)
	});
	for (const [number, reasons] of answer.waiting) if (progresses.get(number)?.kind === "ready") progresses.set(number, {
		kind: "waiting",
		for: reasons
	});
	const goingOn = journal.phase === "running" && errorsOf(snapshot, plan, journal).length === 0 ? plan.segments : [];
	const starts = journal.phase === "running" ? answer.start : [];
	const claims = [
		...goingOn.flatMap((segment) => {
			const pull = headToProve(paper, segment, derived.get(segment.number));
			return pull ? [(id) => claim(paper, segment, id, "prove", pull.head, pull.startedFrom ? { base: pull.startedFrom } : {})] : [];
		}),
		...goingOn.filter((segment) => derived.get(segment.number)?.kind === "to rework").map((segment) => (id) => claimRework(paper, segment, id, config)),
		...starts.map((number) => plan.segments.find((segment) => segment.number === number)).filter((segment) => segment !== void 0).map((segment) => (id) => claimStart(paper, segment, id))
	].slice(0, MATRIX_LIMIT);
	if (claims.length === 0) return progresses;
	const id = nextDispatchId(paper, config);
	if (id === void 0) return progresses;
	const attempts = claims.map((make) => make(id));
	const dispatch = {
		id,
		at: paper.now,
		work: {
			kind: "segments",
			attempts: attempts.map((attempt) => attempt.id)
		}
	};
	paper.journal = {
		...paper.journal,
		dispatches: {
			...paper.journal.dispatches,
			[id]: dispatch
		}
	};
	for (const attempt of attempts) progresses.set(segmentOf(attempt), { kind: "queued" });
	send(paper, dispatch, `may start now: ${attempts.map((attempt) => `#${segmentOf(attempt)}`).join(", ")}`);
	return progresses;
	function segmentOf(attempt) {
		return Number(attempt.id.split("-")[0]);
	}
}
/** Since the claim of each attempt that has not ended. */
const elapsedMinutes = ({ journal, now }) => new Map(Object.entries(journal.segments).flatMap(([number, { attempts }]) => {
	const last = attempts.at(-1);
	return last ? [[Number(number), Math.max(0, now - last.claimedAt) / 6e4]] : [];
}));
/** Jobs a matrix may have. @see https://docs.github.com/en/actions/reference/limits */
const MATRIX_LIMIT = 256;
function standingFor(progress, paper, segment) {
	if (isDone(progress)) return "done";
	const pull = publishedPull(paper.snapshot, recordOf(paper.journal, segment));
	if (progress.kind === "blocked" && pull?.state === "open") return "in flight";
	switch (progress.kind) {
		case "queued":
		case "running":
		case "in review":
		case "to merge":
		case "to rework": return "in flight";
		default: return "open";
	}
}
/** Why a segment whose own dependencies are merged may still not start. */
function holds(paper, plan, progresses, standings, config) {
	const { journal, snapshot } = paper;
	const errors = errorsOf(snapshot, plan, journal).length > 0;
	const budget = config.budgetUsd?.epic;
	const unapproved = config.mode === "collaborative" ? nextWave(plan, standings, journal) : void 0;
	const held = /* @__PURE__ */ new Map();
	for (const segment of plan.segments) {
		const progress = progresses.get(segment.number);
		if (progress?.kind !== "ready") {
			if (progress && !isDone(progress)) held.set(segment.number, []);
			continue;
		}
		const wave = waveOf(plan, segment.number)?.number ?? 1;
		const reasons = [];
		if (journal.phase === "paused" || journal.phase === "cancelled") reasons.push({ kind: "paused" });
		if (errors) reasons.push({
			kind: "option",
			option: "the plan has errors"
		});
		if (snapshot.base.checks === "failing") reasons.push({ kind: "base red" });
		if (journal.options.wave !== void 0 && journal.options.wave !== wave) reasons.push({
			kind: "option",
			option: `wave ${journal.options.wave} only`
		});
		if (budget !== void 0 && (spent(journal) ?? 0) >= budget) reasons.push({
			kind: "option",
			option: "the budget is spent"
		});
		if (unapproved !== void 0 && wave >= unapproved) reasons.push({
			kind: "wave approval",
			wave: unapproved
		});
		const later = notBefore(recordOf(journal, segment.number));
		if (later !== void 0 && later > paper.now) {
			reasons.push({
				kind: "option",
				option: "the agent asked to be tried later"
			});
			paper.lookAgain(later - paper.now);
		}
		if (config.schedule === "waves") {
			const open = plan.waves.find((each) => each.number < wave && standings.get(each.number)?.kind !== "passed");
			if (open) {
				const standing = standings.get(open.number);
				reasons.push(standing?.kind === "open" ? {
					kind: "wave",
					number: open.number
				} : {
					kind: "calibration",
					wave: open.number
				});
			}
		}
		if (reasons.length > 0) held.set(segment.number, reasons);
	}
	return held;
}
function claimStart(paper, segment, dispatch) {
	const record = recordOf(paper.journal, segment.number);
	const last = record.attempts.at(-1);
	const published = record.attempts.findLast((attempt) => attempt.outcome?.kind === "published");
	const from = published ? paper.snapshot.branches[published.branch] : void 0;
	return claim(paper, segment, dispatch, last ? "retry" : "first", from, carriedOn(record));
}
/** Of a run that stopped to ask: its kept work, and all that was asked so far with what came of it (SPEC R5.11). */
function carriedOn(record) {
	const last = record.attempts.at(-1);
	if (last?.outcome?.kind !== "asked") return {};
	const { result } = last.outcome.report;
	if (result.kind !== "needs-input") return {};
	const said = record.answers?.findLast((answer) => answer.attempt === last.id);
	const answer = {
		id: result.question.id,
		question: result.question.text,
		answer: said?.text ?? "",
		...said ? { by: said.by } : {}
	};
	return {
		...result.keptHead ? { kept: result.keptHead } : {},
		answers: [...last.answers ?? [], answer]
	};
}
/** The pull request whose head others pushed and nobody has looked at. It is proven as it is, without an agent. */
function headToProve(paper, segment, progress) {
	if (progress?.kind !== "in review") return void 0;
	if (!progress.waits.some((wait) => wait.kind === "gate" && wait.state === "unproven")) return void 0;
	const pull = paper.snapshot.pulls.find((each) => each.number === progress.pull);
	return pull?.startedFrom !== void 0 && wantsProof(pull, recordOf(paper.journal, segment.number)) ? pull : void 0;
}
function claimRework(paper, segment, dispatch, config) {
	const record = recordOf(paper.journal, segment.number);
	const pull = publishedPull(paper.snapshot, record);
	const no = pull && rejection(pull, record, config);
	if (no && !record.rejections.includes(no)) {
		paper.journal = withRecord(paper.journal, segment.number, { rejections: [...record.rejections, no] });
		paper.record({
			kind: "REJECTED",
			segment: segment.number,
			pull: no.pull
		});
	}
	return claim(paper, segment, dispatch, no ? "rework" : pull?.mergeable === "conflicting" ? "conflict" : "retry", pull?.head);
}
function claim(paper, segment, dispatch, why, from, more = {}) {
	const record = recordOf(paper.journal, segment.number);
	const number = record.attempts.length + 1;
	const ordinal = Object.values(paper.journal.segments).reduce((sum, each) => sum + each.attempts.length, 0);
	const attempt = {
		id: `${segment.number}-${number}`,
		number,
		name: attemptName(paper.snapshot.epic.number + ordinal),
		worker: segment.spec.worker,
		...segment.spec.persona === void 0 ? {} : { persona: segment.spec.persona },
		...segment.spec.estimateMinutes === void 0 ? {} : { estimateMinutes: segment.spec.estimateMinutes },
		why,
		branch: record.attempts.find((each) => each.outcome?.kind === "published")?.branch ?? segment.branch,
		base: paper.snapshot.base.head,
		...from ? { from } : {},
		...more,
		dispatch,
		claimedAt: paper.now
	};
	paper.journal = withRecord(paper.journal, segment.number, { attempts: [...record.attempts, attempt] });
	paper.record({
		kind: "CLAIMED",
		segment: segment.number,
		agent: attempt.name
	});
	return attempt;
}
function nextDispatchId(paper, config) {
	const count = Object.keys(paper.journal.dispatches).length + 1;
	const { epic } = paper.snapshot;
	const limit = config.limits.dispatches;
	if (count <= limit) return `${epic.number}.${count}`;
	const problem = {
		kind: "LIMIT_EXCEEDED",
		at: { issue: epic.number },
		what: "dispatches",
		found: count,
		limit,
		configKey: "limits.dispatches"
	};
	paper.once({
		kind: "say",
		key: `limit:dispatches:${limit}`,
		on: epic.number,
		notice: {
			kind: "epic held",
			diagnostics: [{
				level: "error",
				problem
			}],
			owner: ownerOf(paper)
		},
		reason: "the epic was dispatched as often as its limit allows"
	});
}
function send(paper, dispatch, reason) {
	paper.once({
		kind: "dispatch",
		key: actKeys.dispatch(dispatch.id),
		dispatch,
		ref: paper.snapshot.repository.defaultBranch,
		epic: paper.snapshot.epic.number,
		reason
	});
}
/** How long a dispatched run may be invisible before it is dispatched again; a second one finds the work taken. */
const RUN_VISIBLE_MS = 12e4;
/** An intent whose act is not to be seen is repeated (SPEC R4.3): also one whose run GitHub accepted and never showed. */
function repeatLostDispatches(paper, plan) {
	if (paper.journal.phase === "cancelled" || errorsOf(paper.snapshot, plan, paper.journal).length > 0) return;
	for (const dispatch of Object.values(paper.journal.dispatches)) {
		if (isEnded(paper.journal, dispatch)) continue;
		paper.lookAgain(3e5);
		const key = actKeys.dispatch(dispatch.id);
		const act = paper.journal.acts[key];
		const seen = dispatch.runId !== void 0 || paper.snapshot.runs.some((run) => run.dispatch === dispatch.id);
		if (act?.state === "done" && !seen) {
			if (paper.now - act.at < RUN_VISIBLE_MS) {
				paper.lookAgain(act.at + RUN_VISIBLE_MS - paper.now);
				continue;
			}
			paper.journal = withoutAct(paper.journal, key);
		}
		if (!seen) send(paper, dispatch, `the run of ${dispatch.id} is not to be seen`);
	}
}
function isEnded(journal, dispatch) {
	const { work } = dispatch;
	if (work.kind === "segments") return work.attempts.every((id) => recordOf(journal, Number(id.split("-")[0])).attempts.some((attempt) => attempt.id === id && attempt.outcome));
	const round = (journal.calibrations[work.wave] ?? []).find((each) => each.dispatch === dispatch.id);
	return round === void 0 || round.verdict !== void 0;
}
function cancelRuns(paper) {
	for (const run of paper.snapshot.runs) if (run.state !== "completed") paper.decide({
		kind: "cancel run",
		runId: run.id,
		reason: "the epic was cancelled"
	});
}
const ownerOf = (paper) => paper.journal.authorisation?.by ?? paper.snapshot.epic.author.login;
/** What a person must know gets a comment of its own, once; everything else is on the panel (SPEC R8.1, R9.1). */
function tellProblems(paper, plan, progresses, config) {
	const { snapshot, journal } = paper;
	const errors = errorsOf(snapshot, plan, journal);
	if (errors.length > 0) paper.once({
		kind: "say",
		key: `held:${fingerprint(JSON.stringify(errors))}`,
		on: snapshot.epic.number,
		notice: {
			kind: "epic held",
			diagnostics: [...snapshot.preflight, ...plan.diagnostics],
			owner: ownerOf(paper)
		},
		reason: "the epic cannot go on as it is"
	});
	for (const { key, problem } of refusedIssues(journal)) paper.once({
		kind: "say",
		key: `refused:${key}:${journal.acts[key]?.at ?? 0}`,
		on: snapshot.epic.number,
		notice: {
			kind: "calibration stopped",
			problem,
			owner: ownerOf(paper)
		},
		reason: "GitHub does not let swarm make an issue"
	});
	for (const [number, progress] of progresses) {
		const record = recordOf(journal, number);
		if (progress.kind === "blocked") {
			const report = latestReport(record);
			const kept = report?.result.kind === "failed" || report?.result.kind === "needs-input" ? report.result.kept : void 0;
			if (progress.problem.kind === "QUESTION_ASKED" && progress.problem.until !== void 0) paper.lookAgain(progress.problem.until - paper.now);
			paper.once({
				kind: "say",
				key: `blocked:${number}:${record.attempts.length}:${progress.problem.kind}`,
				on: number,
				notice: {
					kind: "segment blocked",
					segment: number,
					problem: progress.problem,
					owner: ownerOf(paper),
					...kept ? { kept } : {}
				},
				reason: `#${number} is blocked: ${progress.problem.kind}`
			});
		}
		if (progress.kind === "not in this execution") paper.once({
			kind: "say",
			key: `consent:${number}:${progress.problem.kind}:${journal.authorisation?.at ?? 0}`,
			on: number,
			notice: {
				kind: "segment blocked",
				segment: number,
				problem: progress.problem,
				owner: ownerOf(paper)
			},
			reason: `#${number} waits for a person's word: ${progress.problem.kind}`
		});
		if (progress.kind === "answered") {
			const report = latestReport(record);
			const findings = (report?.course?.findings ?? []).map(sayFinding);
			const summary = [report?.agent.summary ?? "", ...findings].join("\n");
			paper.once({
				kind: "say",
				key: `answered:${number}`,
				on: number,
				notice: {
					kind: "segment answered",
					segment: number,
					summary
				},
				reason: `#${number}'s research is done`
			});
		}
		const pull = progress.kind === "in review" ? publishedPull(snapshot, record) : void 0;
		const red = pull && redHead(pull, record);
		if (pull && red) paper.once({
			kind: "say",
			key: `head-red:${pull.number}:${pull.head.slice(0, 12)}`,
			on: pull.number,
			notice: {
				kind: "segment blocked",
				segment: number,
				problem: red,
				owner: ownerOf(paper)
			},
			reason: `#${pull.number}: what was pushed to it does not pass its gates`
		});
		if (record.mergeRefusal && progress.kind === "in review") {
			const at = { pull: progress.pull };
			paper.once({
				kind: "say",
				key: `merge-refused:${progress.pull}:${record.mergeRefusal.head.slice(0, 12)}`,
				on: progress.pull,
				notice: {
					kind: "merge refused",
					pull: progress.pull,
					problem: {
						kind: "MERGE_REFUSED",
						at,
						message: record.mergeRefusal.message
					},
					owner: ownerOf(paper)
				},
				reason: `GitHub refused to merge #${progress.pull}`
			});
		}
	}
	const wave = config.mode === "collaborative" && errors.length === 0 ? waveToApprove(paper, plan, progresses, config) : void 0;
	if (wave !== void 0) paper.once({
		kind: "say",
		key: `approve-wave:${wave}`,
		on: snapshot.epic.number,
		notice: {
			kind: "approve wave",
			wave,
			owner: ownerOf(paper),
			plan
		},
		reason: `wave ${wave} waits for an approval`
	});
}
function waveToApprove(paper, plan, progresses, config) {
	const standings = new Map(plan.waves.map((wave) => [wave.number, standingOf(wave, progresses, paper.journal, config)]));
	return nextWave(plan, standings, paper.journal);
}
/** FNV-1a: tells two lists of errors apart in a comment's key; nothing rests on it being hard to forge. */
function fingerprint(text) {
	let hash = 2166136261;
	for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 16777619);
	return (hash >>> 0).toString(16).padStart(8, "0");
}
function askAcceptance(paper, plan, progresses, standings, config) {
	const complete = plan.waves.length > 0 && [...standings.values()].every((standing) => standing.kind === "passed");
	const pending = paper.journal.followUps.some((each, index) => paper.journal.acts[followUpKey(paper.snapshot.epic.number, each.wave, index)]?.state !== "done");
	if (!complete || pending || paper.journal.phase !== "running" || isStopped(paper)) return;
	if (!plan.segments.every((segment) => {
		const issue = leafOf(paper.snapshot, segment.number);
		return isLeftOut(progresses.get(segment.number)) || issue?.number === paper.snapshot.epic.number || issue?.state !== "open";
	})) return;
	if (config.acceptance === "automatic") {
		paper.journal = {
			...paper.journal,
			phase: "finished",
			finishedAt: paper.now
		};
		paper.record({ kind: "EXECUTION COMPLETE" });
		endEpic(paper, plan, progresses, config);
		return;
	}
	paper.once({
		kind: "say",
		key: acceptanceKey(paper),
		on: paper.snapshot.epic.number,
		notice: {
			kind: "ask acceptance",
			owner: ownerOf(paper),
			board: makeBoard(paper.snapshot, paper.journal, plan, progresses, config)
		},
		reason: "every segment is merged and every wave calibrated"
	});
}
/** The last acts, closing last: what is cut off before it is done again, what comes after is left alone. */
function endEpic(paper, plan, progresses, config) {
	const { snapshot } = paper;
	const board = makeBoard(snapshot, paper.journal, plan, progresses, config);
	const told = paper.once({
		kind: "say",
		key: "summary",
		on: snapshot.epic.number,
		notice: {
			kind: "summary",
			board,
			by: paper.journal.acceptedBy ?? "swarm"
		},
		reason: "the epic is accepted"
	});
	labelSegments(paper, plan, progresses, config);
	showPanel(paper, plan, progresses, config);
	if (told === "under way") return;
	paper.once({
		kind: "close epic",
		key: `close:${paper.journal.finishedAt ?? 0}`,
		issue: snapshot.epic.number,
		reason: paper.journal.acceptedBy ? `accepted by @${paper.journal.acceptedBy}` : "acceptance is automatic"
	});
}
function labelSegments(paper, plan, progresses, config) {
	for (const segment of plan.segments) {
		const issue = leafOf(paper.snapshot, segment.number);
		const progress = progresses.get(segment.number);
		if (issue && progress && issue.number !== paper.snapshot.epic.number) label(paper, issue, segmentLabel(progress), config);
	}
	label(paper, paper.snapshot.epic, epicLabel(paper, plan, progresses), config);
}
function label(paper, issue, wanted, config) {
	const ours = STATE_LABELS.map((each) => labelName(config, each));
	const name = wanted && labelName(config, wanted);
	const add = name !== void 0 && !issue.labels.includes(name) ? [name] : [];
	const remove = issue.labels.filter((each) => ours.includes(each) && each !== name);
	if (add.length + remove.length === 0) return;
	paper.decide({
		kind: "set labels",
		issue: issue.number,
		add,
		remove,
		reason: `#${issue.number} is ${wanted ?? "waiting"}`
	});
}
function segmentLabel(progress) {
	switch (progress.kind) {
		case "queued": return "queued";
		case "running":
		case "to rework": return "running";
		case "in review":
		case "to merge": return "review";
		case "blocked": return progress.problem.kind === "QUESTION_ASKED" ? "needs-input" : "blocked";
		case "not in this execution": return "blocked";
		case "merged":
		case "answered":
		case "skipped": return "done";
		case "closed before":
		case "waiting":
		case "ready": return;
	}
}
function epicLabel(paper, plan, progresses) {
	if (paper.journal.phase === "finished") return "done";
	if (paper.journal.phase === "paused" || paper.journal.phase === "cancelled") return "paused";
	if (errorsOf(paper.snapshot, plan, paper.journal).length > 0) return "blocked";
	if (progresses.get(paper.snapshot.epic.number)?.kind === "blocked") return "blocked";
	return [...progresses.values()].some((progress) => progress.kind === "queued" || progress.kind === "running") ? "running" : [...progresses.values()].some((progress) => progress.kind === "in review") ? "review" : "running";
}
function showPanel(paper, plan, progresses, config) {
	const board = makeBoard(paper.snapshot, paper.journal, plan, progresses, config);
	const comment = paper.snapshot.said[actKeys.panel]?.id ?? paper.journal.acts[actKeys.panel]?.result;
	const panel = {
		kind: "show panel",
		key: actKeys.panel,
		on: paper.snapshot.epic.number,
		board,
		reason: "the panel shows the epic as it is"
	};
	if (comment === void 0) paper.once(panel);
	else paper.decide({
		...panel,
		comment
	});
}

// src/core/command.ts
/**
* Commands people write: `/swarm retry #14` on an epic or segment, `/approve` and `/reject why` on a pull request.
*
* A command stands at the start of a comment's first line, where no code, quote or reply tail can be; whatever else a comment says is
* talk. A mention in prose must never start anything (SPEC R3.4, threats T36).
*/
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
	const line = (end === -1 ? comment : comment.slice(0, end)).replace(/[ \t]+$/, "");
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

// src/core/instructions.ts
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
const bare = (folder) => folder.replace(/\/+$/, "");
/** Folders in the order they are looked at. */
const foldersFor = (kind, added) => [...new Set(kind === "persona" ? [...added.personas.map(bare), ...PERSONA_FOLDERS] : [...added.skills.map(bare), ...SKILL_FOLDERS])];
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
	const { config, diagnostics } = looking.understand(configText);
	const { people } = looking.answers;
	const raw = await issuesBelow(looking, answer.issue);
	const runs = journal ? await observeRuns(client, repository, journal) : [];
	const outside = outsideRefs(raw, looking.repository);
	const detail = await observeDetail(looking, config, journal, raw, outside);
	const base = baseOf(detail.repository?.base ?? null, config.base ?? answer.defaultBranchRef?.name ?? "main");
	const issues = withChildren(await Promise.all(raw.issues.map((issue) => people.issue(issue, raw.epic.number))));
	const top = await people.issue(raw.epic, raw.epic.number);
	const epic = {
		...top,
		children: issues.filter((issue) => issue.parent === top.number).map((issue) => issue.number)
	};
	const pulls = await Promise.all(pullsOf(detail).map(async (pull) => withStart(looking, journal, base, await people.pull(pull))));
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
/** How deep groups may nest. @see https://docs.github.com/en/issues/tracking-your-work-with-issues/using-issues/adding-sub-issues */
const MAX_DEPTH = 8;
/** Pages stop here; the plan then says which limit was passed. */
const MAX_ISSUES = 1e3;
/** Everything below the epic, level by level; without sub-issues, what its task list names. */
async function issuesBelow(looking, epic) {
	const found = /* @__PURE__ */ new Map();
	let level = await childrenOf(looking, epic);
	for (let depth = 0; depth < MAX_DEPTH && level.length > 0 && found.size < MAX_ISSUES; depth++) {
		const fresh = level.filter((issue) => !found.has(issue.id));
		for (const issue of fresh) found.set(issue.id, issue);
		const groups = fresh.filter((issue) => issue.subIssuesSummary.total > 0);
		level = (await Promise.all(groups.map((group) => childrenOf(looking, group)))).flat();
	}
	if ([...found.values()].every((issue) => readMarker(issue.body)?.kind === "fix" && issue.viewerDidAuthor)) for (const issue of await taskListIssues(looking, epic)) found.set(issue.id, issue);
	const here = `${looking.repository.owner}/${looking.repository.name}`.toLowerCase();
	const isHere = (issue) => issue.repository.nameWithOwner.toLowerCase() === here;
	const all = [...found.values()];
	return {
		epic,
		issues: all.filter(isHere),
		foreign: all.filter((issue) => !isHere(issue))
	};
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
async function taskListIssues(looking, epic) {
	const named = readTaskList(epic.body, looking.repository).slice(0, 200);
	if (named.length === 0) return [];
	const answer = await looking.client.queryWhatIsThere(issuesByNumber(named.map((item) => item.number)), { ...looking.repository });
	return Object.values(answer.repository).filter((issue) => issue?.__typename === "Issue");
}
const stateOf = (issue) => issue.state === "OPEN" ? "open" : issue.stateReason === "NOT_PLANNED" || issue.stateReason === "DUPLICATE" ? "not planned" : "completed";
const withChildren = (issues) => issues.map((issue) => ({
	...issue,
	children: issues.filter((each) => each.parent === issue.number).map((each) => each.number)
}));
/** What an agent would be told. Ticking a box changes no meaning: people and swarm tick what is done. */
function digestOf(issue) {
	const options = issue.labels.nodes.map((label) => label.name).filter((name) => /^(model|effort|worker|persona|base|priority):|^P[0-3]$/.test(name)).sort();
	const body = issue.body.replace(/\r\n?/g, "\n").replace(/^(\s*[-*+]\s+)\[[xX]\]/gm, "$1[ ]");
	return sha256(JSON.stringify([
		issue.title,
		body,
		options
	]));
}
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
	async issue(issue, epic) {
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
			author: await this.person(issue.author, own),
			...edited ? { editor: await this.person(issue.editor) } : {},
			...issue.lastEditedAt ? { editedAt: instant(Date.parse(issue.lastEditedAt)) } : {},
			labels: issue.labels.nodes.map((label) => label.name),
			...issue.number !== epic && issue.parent ? { parent: issueNumber(issue.parent.number) } : {},
			children: [],
			...hidden > 0 ? { hiddenBlockers: hidden } : {},
			blockedBy: blockers.map((blocker) => ({
				number: issueNumber(blocker.number),
				...this.#foreign(blocker.repository.nameWithOwner),
				state: stateOf(blocker)
			})),
			digest: digestOf(issue),
			...marker?.kind === "fix" && !edited ? { madeFor: marker.key } : {},
			kind: "issue"
		};
	}
	#foreign(nameWithOwner) {
		const [owner = "", name = ""] = nameWithOwner.split("/");
		return owner.toLowerCase() === this.#repository.owner.toLowerCase() && name.toLowerCase() === this.#repository.name.toLowerCase() ? {} : { repository: {
			owner,
			name
		} };
	}
	async pull(pull) {
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
			reviews: await Promise.all(pull.reviews.nodes.filter((review) => review.state !== "PENDING").map((review) => this.review(review))),
			checks: checksOf(pull.commits?.nodes[0]?.commit.statusCheckRollup ?? null),
			...pull.mergeCommit ? { mergeCommit: headSha(pull.mergeCommit.oid) } : {},
			...pull.mergedAt ? { mergedAt: instant(Date.parse(pull.mergedAt)) } : {}
		};
	}
	async review(review) {
		const state = {
			APPROVED: "approved",
			CHANGES_REQUESTED: "changes requested",
			DISMISSED: "dismissed"
		}[review.state] ?? "commented";
		return {
			id: review.id,
			by: await this.person(review.author, state === "commented"),
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
};
/**
* Where a head that is to be proven left the base: what it is judged against. GraphQL does not tell it.
* @see https://docs.github.com/en/rest/commits/commits#compare-two-commits
*/
async function withStart({ client, repository }, journal, base, pull) {
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
			const step = job.steps?.find((each) => each.status === "in_progress")?.name;
			return {
				name: job.name,
				state: job.status === "completed" ? "completed" : job.status === "in_progress" ? "running" : "queued",
				...job.conclusion ? { conclusion: job.conclusion } : {},
				...step ? { step } : {}
			};
		})
	};
}
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
	const question = detail({
		base: config.base ?? "HEAD",
		pulls,
		branches: [...new Set(attempts.flatMap((attempt) => [attempt.branch, ...keptOf(attempt).map(({ branch }) => branch)]))],
		reports: attempts.filter((attempt) => !attempt.outcome).map((attempt) => reportRef(looking.epic, attempt.id)),
		calibrations,
		others,
		personaFolders: namesInstructions(raw) ? foldersFor("persona", config.instructions) : [],
		skillFolders: namesInstructions(raw) ? foldersFor("skill", config.instructions) : []
	});
	return looking.client.queryWhatIsThere(question.text, {
		...looking.repository,
		...question.variables
	});
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
const pullsOf = (detail) => answersWith(detail.repository, "pull");
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
		said[key] ??= {
			id: Number(comment.fullDatabaseId),
			body: comment.body
		};
	}
	return said;
}
async function requestsOf(looking, config, journal, raw, detail, comments, people) {
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
	requests.push(...await labelRequests(raw.epic, config, taken, people));
	if (journal) requests.push(...await unblockRequests(raw, config, taken, people));
	for (const { login, ...request } of looking.requests) {
		if (taken[request.id]) continue;
		requests.push({
			...request,
			at: looking.client.now(),
			by: await people.byLogin(login)
		});
	}
	return requests.sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
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

// src/words/problems-plan.ts
const AGAIN = "Swarm looks again by itself.";
const told = (link, say) => {
	switch (link.said.kind) {
		case "native": return "its \"Blocked by\" link";
		case "text": return `its text, line ${link.said.line}: ${say.quote(link.said.text)}`;
		case "group": return `being part of the group ${say.issue(link.said.group)}, which is linked`;
	}
};
const closeTo = (nearest, say) => nearest === void 0 ? "" : ` Did you mean ${say.code(nearest)}?`;
const include = (at, say) => say.code(at.issue === void 0 ? "/swarm execute" : `/swarm run #${at.issue}`);
/** A command as one types it there: on a pull request the judging ones stand alone. */
const typed = (at, command, say) => say.code(at.pull !== void 0 && (command === "approve" || command === "reject") ? `/${command}` : `/swarm ${command}`);
const planSentences = {
	EPIC_CYCLE: ({ path, links }, say) => ({
		what: `The epic cannot be ordered: ${say.issues(path, " → ")} wait for each other.`,
		why: `${links.map((link) => `${say.issue(link.from)} is blocked by ${say.issue(link.to)} (${told(link, say)})`).join("; ")}.`,
		next: `Remove one of these. ${AGAIN}`
	}),
	SELF_DEPENDENCY: ({ link }, say) => ({
		what: `${say.issue(link.from)} waits for itself.`,
		why: `It is blocked by itself (${told(link, say)}).`,
		next: `Remove that. ${AGAIN}`
	}),
	UNKNOWN_ISSUE: ({ at, ref }, say) => ({
		what: `${say.place(at)} waits for ${say.ref(ref)}, which cannot be found.`,
		why: "There is no such issue, it was deleted or transferred, or swarm may not see it.",
		next: `${ref.repository ? "Let swarm see that repository, correct the reference" : "Correct the number"}, or remove the dependency. ${AGAIN}`
	}),
	BLOCKER_HIDDEN: ({ at, count: hidden }, say) => ({
		what: `${say.place(at)} is blocked by ${count(hidden, "issue")} that swarm may not see.`,
		why: "Its \"Blocked by\" links lead into a repository to which swarm has no access, or there are more than 50 of them.",
		next: `Let swarm see that repository, or remove the links. ${AGAIN}`
	}),
	NOT_AN_ISSUE: ({ at, ref }, say) => ({
		what: `${say.place(at)} names ${say.ref(ref)}, which is a pull request.`,
		why: "Epics, segments and what they wait for are issues; a pull request has no end that swarm can wait for.",
		next: `Name the issue behind it instead. ${AGAIN}`
	}),
	BLOCKER_NOT_PLANNED: ({ at, ref }, say) => ({
		what: `${say.place(at)} waits for ${say.ref(ref)}, which was closed as not planned.`,
		why: "Only an issue closed as completed lets go what waits for it.",
		next: `Remove the dependency, or reopen ${say.ref(ref)} and complete it. ${AGAIN}`
	}),
	NO_SEGMENTS: ({ at }, say) => ({
		what: `${say.place(at)} has nothing to execute.`,
		why: "It has no open sub-issue, its text has no task list of issues, and it describes no task of its own.",
		next: `Add sub-issues, or say in its text what is to be done. ${AGAIN}`
	}),
	SEGMENT_OWNED: ({ at, epic }, say) => ({
		what: `${say.place(at)} already runs as a part of epic ${say.issue(epic)}.`,
		why: "A segment has one epic, so that it is never started twice.",
		next: `Take it out of one of the two, or wait until ${say.issue(epic)} is finished. ${AGAIN}`
	}),
	BRANCH_TAKEN: ({ branch, segments }, say) => ({
		what: `Segments ${enumerate(segments.map(say.issue))} would share the branch ${say.quote(branch)}.`,
		why: "Each segment works on a branch of its own.",
		next: `Give one of them another ${say.code("slug")} or ${say.code("branch")} in its front matter. ${AGAIN}`
	}),
	BRANCH_NAME: ({ at, branch, why }, say) => ({
		what: `${say.place(at)}: git takes no branch called ${say.quote(branch)}.`,
		why: say.sentence(why),
		next: `Change ${say.code("slug")} or ${say.code("branch")} there, or the template ${say.code("branch")} in the config. ${AGAIN}`
	}),
	LIMIT_EXCEEDED: ({ at, what, found, limit, configKey }, say) => ({
		what: `${say.place(at)} has ${found.toLocaleString("en-US")} ${say.own(what)}; at most ${limit.toLocaleString("en-US")} are taken.`,
		why: "A limit keeps one mistake from starting work, and spending money, without end.",
		next: configKey === void 0 ? `Make it smaller, or split it. ${AGAIN}` : `Split it, or raise ${say.code(configKey)} in the config. ${AGAIN}`
	}),
	EMPTY_TASK: ({ at }, say) => ({
		what: `${say.place(at)} says nothing to do: its text is empty.`,
		why: "An agent is told what the issue says; text in HTML comments does not count.",
		next: `Describe the task in the issue. ${AGAIN}`
	}),
	FRONT_MATTER: ({ at, message }, say) => ({
		what: `The front matter of ${say.place(at)} cannot be read: ${say.quote(message)}.`,
		why: "Front matter is simple lines of `key: value` between two lines of `---` at the very top.",
		next: `Correct that line. ${AGAIN}`
	}),
	SPEC_VALUE: ({ at, key, value, expected, nearest }, say) => ({
		what: `${say.place(at)}: ${say.code(key)} cannot be ${say.quote(value)}.${closeTo(nearest, say)}`,
		why: `It takes ${say.own(expected)}.`,
		next: `Correct it in the issue (or its label). ${AGAIN}`
	}),
	PERSONA_NOT_FOUND: ({ at, name, known, nearest }, say) => ({
		what: `${say.place(at)} names the persona ${say.quote(name)}, which is not there.${closeTo(nearest, say)}`,
		why: `A persona is a file such as ${say.code(".github/agents/NAME.agent.md")}, ${say.code(".claude/agents/NAME.md")} or ${say.code(".agents/NAME.md")} on the base branch, in a folder of ${say.code("personas")} in the config, or comes with swarm. There are: ${enumerate(known.map(say.code), 30)}.`,
		next: `Correct the name in the issue (or its label), or merge the file. ${AGAIN}`
	}),
	SKILL_NOT_FOUND: ({ at, name, known, nearest }, say) => ({
		what: `${say.place(at)} names the skill ${say.quote(name)}, which is not there.${closeTo(nearest, say)}`,
		why: `A skill is a file such as ${say.code(".agents/skills/NAME/SKILL.md")}, also below ${say.code(".claude/skills")} and ${say.code(".github/skills")} on the base branch, or in a folder of ${say.code("skills")} in the config. ${known.length === 0 ? "There is none." : `There are: ${enumerate(known.map(say.code), 30)}.`}`,
		next: `Correct the name in the issue, or merge the skill. ${AGAIN}`
	}),
	SPEC_KEY: ({ at, key, known, nearest }, say) => ({
		what: `${say.place(at)} has a key that swarm does not know: ${say.quote(key)}.${closeTo(nearest, say)}`,
		why: `Known keys are ${enumerate(known.map(say.code), 40)}.`,
		next: "Correct or remove it. It is passed over for now; swarm goes on."
	}),
	BAD_GLOB: ({ at, glob, why }, say) => ({
		what: `${say.place(at)}: ${say.quote(glob)} is no file scope.`,
		why: say.sentence(why),
		next: `Write it relative to the repository, such as ${say.code("src/cart/**")}. ${AGAIN}`
	}),
	SCOPE_UNKNOWN: ({ at }, say) => ({
		what: `${say.place(at)} does not say which files it changes, so it runs beside nothing else.`,
		why: "Without a file scope a segment may change anything, and overlaps every other one.",
		next: `To let it run in parallel, add ${say.code("files: [src/cart/**]")} to its front matter. Swarm goes on.`
	}),
	SCOPE_EVERYTHING: ({ at }, say) => ({
		what: `${say.place(at)} may change every file, so it runs beside nothing else.`,
		why: `Its file scope is ${say.code("**")}, which overlaps every other one.`,
		next: "Narrow it to let it run in parallel. Swarm goes on."
	}),
	HIDDEN_TEXT: ({ at, count: found }, say) => ({
		what: `${say.place(at)} holds ${count(found, "character")} that cannot be seen.`,
		why: "Invisible or direction-changing characters can hide instructions from people. The agent is told the text without them.",
		next: "Look at the issue, and remove them if you did not put them there. Swarm goes on."
	}),
	CONFIG_YAML: ({ at, message }, say) => ({
		what: `${say.place(at)} cannot be read: ${say.quote(message)}.`,
		why: "The config has to be plain YAML: one document, no aliases, no tags.",
		next: `Correct that line on the default branch. ${AGAIN}`
	}),
	CONFIG_SIZE: ({ at, bytes, limit }, say) => ({
		what: `${say.place(at)} is too large: ${bytes.toLocaleString("en-US")} bytes, at most ${limit.toLocaleString("en-US")}.`,
		why: "Reading very large YAML takes minutes; a config has a few lines.",
		next: `Shorten it on the default branch. ${AGAIN}`
	}),
	CONFIG_VALUE: ({ at, key, value, expected, nearest }, say) => ({
		what: `${say.place(at)}: ${say.code(key)} cannot be ${say.quote(value)}.${closeTo(nearest, say)}`,
		why: `It takes ${say.own(expected)}.`,
		next: `Correct it on the default branch. ${AGAIN}`
	}),
	CONFIG_KEY: ({ at, key, known, nearest }, say) => ({
		what: `${say.place(at)} has a key that swarm does not know: ${say.quote(key)}.${closeTo(nearest, say)}`,
		why: `Known keys here are ${enumerate(known.map(say.code), 40)}.`,
		next: "Correct or remove it on the default branch. It is passed over for now; swarm goes on."
	}),
	CONFIG_AMBIGUOUS: ({ files }, say) => ({
		what: `There is more than one config: ${say.files(files)}.`,
		why: "Swarm would have to guess which one holds.",
		next: `Keep one of them on the default branch. ${AGAIN}`
	}),
	SEGMENT_CHANGED: ({ at }, say) => ({
		what: `${say.place(at)} was changed after the epic was started, so it does not run.`,
		why: "What runs is the text that was authorised; a later text needs the word of somebody with write access.",
		next: `Read the change; if it is right, comment ${say.code("/swarm execute")} on the epic. The other segments go on.`
	}),
	SEGMENT_NEW: ({ at }, say) => ({
		what: `${say.place(at)} came to the epic after it was started, so it does not run.`,
		why: "Only the issues that were in the epic when it was started are authorised.",
		next: `To take it in, comment ${include(at, say)} on the epic. The other segments go on.`
	}),
	EDGES_CHANGED: ({ at }, say) => ({
		what: `What ${say.place(at)} waits for was changed after the epic was started, so it does not run.`,
		why: "The order of the work is a part of what was authorised.",
		next: `If the new order is right, comment ${say.code("/swarm execute")} on the epic. The other segments go on.`
	}),
	EPIC_CHANGED: ({ at }, say) => ({
		what: `The text of the epic ${say.place(at)} was changed after it was started; agents are told the earlier one.`,
		why: "Every agent is told the epic; what it is told is what was authorised.",
		next: `Nothing has to be done. If agents are to go by the new text, comment ${say.code("/swarm execute")} on the epic.`
	}),
	UNTRUSTED_AUTHOR: ({ at, login }, say) => ({
		what: `${say.place(at)} was written or last edited by ${say.quote(login)}, who has no write access, so it does not run.`,
		why: "Its text would reach an agent as an instruction.",
		next: `Somebody with write access reads it and, if it is harmless, comments ${include(at, say)} on the epic. The other segments go on.`
	}),
	FORBIDDEN: ({ login, permission, needs }, say) => ({
		what: `${say.quote(login)} may not do that here: it needs ${needs} permission, and GitHub says ${say.quote(permission)}.`,
		why: "Permission is asked of GitHub at the moment of acting.",
		next: `Somebody with ${needs} permission can give the same command. Nothing was changed.`
	}),
	BOT_IGNORED: ({ login }, say) => ({
		what: `${say.quote(login)} is a bot; its commands do not count.`,
		why: "Two bots that answer each other would never stop.",
		next: `A person gives the command, or ${say.code("allowed-bots")} in the config names this bot. Nothing was changed.`
	}),
	UNKNOWN_COMMAND: ({ text, nearest }, say) => ({
		what: `There is no command ${say.quote(text, 80)}.${closeTo(nearest, say)}`,
		why: "A command stands alone at the start of a comment and is written as the list says.",
		next: `${say.code("/swarm help")} lists them. Nothing was changed.`
	}),
	BAD_ARGUMENT: ({ at, command, expected }, say) => ({
		what: `${typed(at, command, say)} was not understood.`,
		why: `It takes ${say.own(expected)}.`,
		next: `Write a new comment; edited ones are not read. ${say.code("/swarm help")} has examples. Nothing was changed.`
	}),
	UNKNOWN_SEGMENT: ({ number }, say) => ({
		what: `${say.issue(number)} is no segment of this epic.`,
		why: "Segments are the open sub-issues that the plan shows.",
		next: `${say.code("/swarm plan")} shows them. Nothing was changed.`
	}),
	NOT_NOW: ({ at, command, why }, say) => ({
		what: `${typed(at, command, say)} cannot be done now: ${say.own(why)}.`,
		why: "The state of the epic does not allow it.",
		next: `${say.code("/swarm status")} shows where it stands. Nothing was changed.`
	}),
	HEAD_MOVED: ({ at, said, head }, say) => ({
		what: `${say.place(at)} has moved on: ${say.commit(said)} is no longer its head, ${say.commit(head)} is.`,
		why: "An approval is for one commit, the one that was read.",
		next: `Read the new commit and approve it: ${say.code(`/approve ${head.slice(0, 10)}`)}.`
	}),
	SELF_APPROVAL: ({ at, login }, say) => ({
		what: `${say.quote(login)} cannot approve ${say.place(at)} alone.`,
		why: "The rules of this branch want somebody other than the change's author.",
		next: "Another person with write access approves it. Nothing was changed."
	}),
	DISABLED: (_, say) => ({
		what: `Swarm is switched off here: the variable ${say.code("SWARM_DISABLED")} is set.`,
		why: "Somebody turned the kill switch. Nothing starts and nothing merges while it is set.",
		next: `Remove the variable in the repository's (or organisation's) settings. ${AGAIN}`
	}),
	WORKFLOW_MISSING: ({ file }, say) => ({
		what: `The workflow ${say.quote(file)} is not on the default branch.`,
		why: "Segments run in this workflow's jobs.",
		next: `Add it as the README's "Install" says, and merge it. ${AGAIN}`
	}),
	AGENT_NOT_SET: (_, say) => ({
		what: "No agent is chosen for this repository.",
		why: `Neither ${say.code("agent")} in the config nor the workflow says what does the work.`,
		next: `Add ${say.code("agent: {command: [...]}")} to ${say.code(".github/swarm.yml")} on the default branch. ${AGAIN}`
	}),
	PERMISSION_MISSING: ({ permission, why }, say) => ({
		what: `Swarm lacks the permission ${say.code(permission)}.`,
		why: say.sentence(why),
		next: `Grant it to the app (or the workflow's ${say.code("permissions")}). ${AGAIN}`
	}),
	BASE_RED: ({ branch, checks }, say) => ({
		what: `The base ${say.quote(branch)} is red: ${enumerate(checks.map((check) => say.quote(check, 60)), 5)}.`,
		why: "Work that starts from a broken base fails its gates for reasons that are not its own.",
		next: `Mend ${say.quote(branch)}. Swarm goes on by itself when its checks pass.`
	}),
	BASE_MISSING: ({ branch }, say) => ({
		what: `The base branch ${say.quote(branch)} does not exist.`,
		why: `It is named by ${say.code("base")} in the config, the issue or a label.`,
		next: `Create the branch, or correct the name. ${AGAIN}`
	})
};

// src/words/problems-run.ts
const kept = "What was done is kept on a branch, where it could be; nothing was merged.";
const again = (say) => `then ${say.retry()} tries it again. The other segments go on.`;
const gateNames = (gates, say) => enumerate(gates.map(({ gate }) => say.code(gate)), 6);
const gateOutputs = (gates) => gates.slice(0, 4).map(({ gate, output }) => ({
	title: gate,
	text: output
}));
const plural = (things, one, many) => things.length === 1 ? one : many;
/** Modes of git's trees by what they mean. */
const MODES = {
	"120000": "a symbolic link",
	"160000": "a submodule",
	"040000": "a tree"
};
const runSentences = {
	DISPATCH_FAILED: ({ message, status }, say) => ({
		what: `The workflow could not be started${status === void 0 ? "" : ` (GitHub answered ${status})`}.`,
		why: `GitHub says: ${say.quote(message)}.`,
		next: `Somebody who may change the repository's workflows mends what GitHub names; ${again(say)}`
	}),
	AGENT_NOT_FOUND: ({ command }, say) => ({
		what: `The agent's program ${say.quote(command)} is not on the runner.`,
		why: `It was to be started as ${say.code("agent.command")} says, and is not installed or not executable there.`,
		next: `Install it in ${say.code("segment.yml")} (the place is marked), or correct the config; ${again(say)}`
	}),
	AGENT_CRASHED: ({ command, exit, output }, say) => ({
		what: `The agent ${say.quote(command)} ended with ${say.own(exit)}.`,
		why: `Exit 0 means finished; anything else is a failure. ${kept}`,
		next: `Read its last output below; mend its set-up or the task's text, ${again(say)}`,
		output: [{
			title: "Last output of the agent",
			text: output
		}]
	}),
	AGENT_TIMED_OUT: ({ minutes }, say) => ({
		what: `The agent did not finish within ${count(minutes, "minute")} and was stopped.`,
		why: `Every run has a limit (${say.code("timeout")} in the config). ${kept}`,
		next: `Split the segment or raise the limit; ${again(say)}`
	}),
	AGENT_SILENT: ({ agent, minutes }, say) => ({
		what: `The agent ${say.quote(agent)} said nothing for ${count(minutes, "minute")} and was stopped.`,
		why: `Agents that wait for a network, a login or an answer hang without a word. ${kept}`,
		next: `Look at its last lines in the run's log; mend its set-up, ${again(say)}`
	}),
	AGENT_STOPPED: ({ agent }, say) => ({
		what: `The agent ${say.quote(agent)} was stopped before it had finished.`,
		why: `Its run was ended from outside. ${kept}`,
		next: `Nothing is broken; ${again(say)}`
	}),
	AGENT_NO_CREDENTIALS: ({ agent, keys, message }, say) => ({
		what: `The agent ${say.quote(agent)} has no valid credentials.`,
		why: `It says: ${say.quote(message)}.${keys.length > 0 ? ` It takes its key from ${enumerate(keys.map((name) => say.code(name)), 6)}.` : ""}`,
		next: `Set the secret in the repository's settings, and see that ${say.code("swarm.yml")} and ${say.code("segment.yml")} hand it on; ${again(say)}`
	}),
	AGENT_NO_CREDIT: ({ agent, message }, say) => ({
		what: `The account of the agent ${say.quote(agent)} has no credit left.`,
		why: `Its provider says: ${say.quote(message)}.`,
		next: `Top it up with the provider, or choose another agent in the config; ${again(say)}`
	}),
	AGENT_MODEL_REFUSED: ({ agent, model, message }, say) => ({
		what: `The agent ${say.quote(agent)} cannot use the model ${model === void 0 ? "it was to use" : say.quote(model)}.`,
		why: `It says: ${say.quote(message)}.`,
		next: `Correct ${say.code("model")} in the issue or under ${say.code("agents")} in the config, or let the account use it; ${again(say)}`
	}),
	AGENT_CONTEXT: ({ agent, message }, say) => ({
		what: `The task does not fit into what the agent ${say.quote(agent)} can read at once.`,
		why: `It says: ${say.quote(message)}. ${kept}`,
		next: `Split the segment, shorten its text and context documents, or choose a model with more room; ${again(say)}`
	}),
	AGENT_DECLINED: ({ agent, message }, say) => ({
		what: `The agent ${say.quote(agent)} declined the task.`,
		why: `It says: ${say.quote(message)}.`,
		next: `Read the issue as its provider would, and put it otherwise; ${again(say)}`
	}),
	AGENT_TURNS: ({ agent, turns }, say) => ({
		what: `The agent ${say.quote(agent)} was stopped after ${count(turns, "turn")}.`,
		why: `${say.code("max-turns")} in the config is a hard stop. ${kept}`,
		next: `Split the segment or raise the limit; ${again(say)}`
	}),
	AGENT_UNREADABLE: ({ agent, output }, say) => ({
		what: `What the agent ${say.quote(agent)} printed could not be read.`,
		why: `It was started in its machine-readable mode and answered otherwise, so nobody knows how it ended. ${kept}`,
		next: `Install a version of it that swarm knows, or correct ${say.code("agents")} in the config; ${again(say)}`,
		output: [{
			title: "Last output of the agent",
			text: output
		}]
	}),
	AGENT_LATER: ({ message, waitMs }, say) => ({
		what: `The agent asked to be tried later${waitMs === void 0 ? "" : `, in ${count(Math.max(1, Math.ceil(waitMs / 6e4)), "minute")}`}.`,
		why: `It says: ${say.quote(message)}. A provider's limit or outage is no failure of the segment; swarm tried again by itself, for an hour.`,
		next: `When the provider answers again, ${say.retry()} tries it. The other segments go on.`
	}),
	AGENT_REPORT: ({ message }, say) => ({
		what: `The agent's report could not be read: ${say.quote(message)}.`,
		why: "The report file is JSON with summary, handoff, assumptions and criteria.",
		next: "Nothing has to be done: what swarm saw itself counts. The agent's set-up can be mended for the next time."
	}),
	NO_CHANGE: (_, say) => ({
		what: "The agent finished without changing a file.",
		why: "Without a change there is no pull request. Only a segment of worker research may answer in words alone.",
		next: `If the work is already there, close the issue or ${say.code("/swarm skip")} it; else make its text clearer, ${again(say)}`
	}),
	INSTRUCTIONS_UNREADABLE: ({ what, name, file, why }, say) => ({
		what: `The ${what === "skill" ? "skill" : "persona"} ${say.quote(name)} cannot be used: ${say.own(why)}.`,
		why: `It is read from ${say.quote(file)} of the base commit, and an agent must not work without what its segment asks for.`,
		next: `Mend the file on the base branch, or name another in the issue; ${again(say)}`
	}),
	TESTS_NOT_RED: ({ command, why, output }, say) => ({
		what: `The tester's tests do not show what is missing: ${say.own(why)}.`,
		why: `Before anybody implements, the new tests must be collected by ${say.code(command)} and must fail because the work is not there yet. ${kept}`,
		next: `Make the acceptance criteria of the issue testable, or set ${say.code("tdd: false")} in it; ${again(say)}`,
		output: output === "" ? [] : [{
			title: command,
			text: output
		}]
	}),
	QUESTION_ASKED: ({ id, question, options, context, until }, say) => ({
		what: `The agent cannot go on without an answer to ${say.quote(question, 600)}.`,
		why: [context === void 0 ? "It stopped rather than guess; its work so far is kept." : `In its words: ${say.quote(context, 600)}.`, ...options.length === 0 ? [] : [`It sees these ways: ${enumerate(options.map((each) => say.quote(each, 200)), 10)}.`]].join(" "),
		next: `Comment ${say.code(`/swarm answer ${id} <your answer>`)} here, and it goes on from where it was. ${until === void 0 ? "Until then it waits; the other segments go on." : `Without an answer by ${new Date(until).toISOString().slice(0, 16).replace("T", " ")} UTC it goes on by its best judgement, and says what it assumed.`}`
	}),
	TEST_CHANGED: ({ files }, say) => ({
		what: `The implementer changed ${plural(files, "a test", "tests")} that the tester wrote: ${say.files(files, 6)}.`,
		why: `The tests are the contract of a test-first pair; whoever implements may not change them. ${kept}`,
		next: `If a test is wrong, make its criterion clearer in the issue, or set ${say.code("tdd: false")} there; ${again(say)}`
	}),
	COUNCIL_REJECTED: ({ findings, rounds }, say) => ({
		what: `The council rejected the change after ${count(rounds, "round")}.`,
		why: `${findings.length === 0 ? "It named no finding at a line of the change." : `It found: ${enumerate(findings.map((each) => say.quote(each, 300)), 6)}.`} ${kept}`,
		next: `Look at the kept branch: make the task clearer if the council is right, or set ${say.code("review: false")} in the issue if it is not; ${again(say)}`
	}),
	WORKTREE_BROKEN: ({ message }, say) => ({
		what: `The working tree could not be read after the agent ended: ${say.quote(message)}.`,
		why: "The agent removed or damaged the repository it worked in. Nothing was merged.",
		next: `Forbid it that in its set-up; ${again(say)}`
	}),
	GATES_FAILED: ({ gates, tries }, say) => ({
		what: `The ${plural(gates, "gate", "gates")} ${gateNames(gates, say)} still ${plural(gates, "fails", "fail")} after ${count(tries, "try", "tries")}.`,
		why: `What failed went back to the agent each time. ${kept}`,
		next: `Read the output below; make the task clearer or mend what it needs, ${again(say)}`,
		output: gateOutputs(gates)
	}),
	GATE_MISSING: ({ gate, command }, say) => ({
		what: `The gate ${say.code(gate)} could not be run: ${say.quote(command)} is not there.`,
		why: "A gate that cannot run has not passed.",
		next: `Install its tool in ${say.code("segment.yml")}, or correct ${say.code(`gates.${gate}.run`)} in the config; ${again(say)}`
	}),
	GATE_DIRTY: ({ gate, files }, say) => ({
		what: `The gate ${say.code(gate)} changed files: ${say.files(files)}.`,
		why: "What is published has to be what was checked, and a gate only checks.",
		next: `Let it check without writing (${say.code("--check")} instead of ${say.code("--fix")}); ${again(say)}`
	}),
	NO_TESTS: ({ command }, say) => ({
		what: `No test ran: ${say.quote(command)} found none.`,
		why: "A green run without a test proves nothing.",
		next: `Correct the command, or turn the gate off with ${say.code("gates.tests.off: true")}; ${again(say)}`
	}),
	VERIFY_FAILED: ({ gates }, say) => ({
		what: `On a clean checkout the ${plural(gates, "gate", "gates")} ${gateNames(gates, say)} ${plural(gates, "fails", "fail")}.`,
		why: `The same commands passed where the agent worked, so the change leans on something that is not in it. ${kept}`,
		next: `Read the output below: mostly a file that is ignored or was never added. Mend that, ${again(say)}`,
		output: gateOutputs(gates)
	}),
	OUT_OF_SCOPE: ({ files, scope }, say) => ({
		what: `The change leaves the segment's file scope: ${say.files(files)}.`,
		why: `It may change ${say.files(scope)}; other segments may be at work elsewhere. ${kept}`,
		next: `Widen ${say.code("files")} in the issue and comment ${say.code("/swarm execute")} on the epic, or make the task narrower, ${again(say)}`
	}),
	PROTECTED_PATH: ({ files }, say) => ({
		what: `The change touches protected files: ${say.files(files)}.`,
		why: "Workflows, owners' files and instructions for agents decide what later runs may do; no segment changes them.",
		next: `A person makes that change; or ${say.code("unprotect")} in the config lets segments make it. ${capital(again(say))}`
	}),
	BAD_PATH: ({ file, why }, say) => ({
		what: `The file ${say.quote(file)} cannot be taken: ${say.own(why)}.`,
		why: "A name has to mean the same file on every system, and may not lead out of the repository or into git.",
		next: `Say in the issue how the file is to be called; ${again(say)}`
	}),
	PATH_COLLISION: ({ file, with: other }, say) => ({
		what: `${say.quote(file)} and ${say.quote(other)} are one file on some systems.`,
		why: "They differ only in case or in how their letters are composed.",
		next: `Say in the issue how the file is to be called; ${again(say)}`
	}),
	FILE_MODE: ({ file, mode }, say) => ({
		what: `${say.quote(file)} is ${MODES[mode] ?? "no file of a kind that git has"} (mode ${say.own(mode)}), and no ordinary file.`,
		why: "Symbolic links and submodules lead out of what was checked; only ordinary and executable files are taken.",
		next: `Say in the issue that a plain file is wanted; ${again(say)}`
	}),
	BINARY_FILE: ({ file }, say) => ({
		what: `${say.quote(file)} is binary.`,
		why: "Nobody can review it in a pull request, and no gate reads it.",
		next: `A person adds it, or the task does without; ${again(say)}`
	}),
	PATCH_LIMIT: ({ what, found, limit }, say) => ({
		what: `The change is too large: ${found.toLocaleString("en-US")} ${say.own(what)}, at most ${limit.toLocaleString("en-US")}.`,
		why: `It could not be reviewed, or not be carried from job to job. ${kept}`,
		next: `Split the segment, or keep generated files out; ${again(say)}`
	}),
	PATCH_TAMPERED: ({ said, found }, say) => ({
		what: "The change is not the one that the agent made; it was refused.",
		why: `Its digest is ${say.code(found.slice(0, 16))} and was ${say.code(said.slice(0, 16))} when the work ended. Something rewrote it between two jobs.`,
		next: `Look at the run's jobs before anything else; ${again(say)}`
	}),
	PATCH_CONFLICT: ({ message }, say) => ({
		what: "The change does not apply to its base.",
		why: `git says: ${say.quote(message)}.`,
		next: `${capital(say.retry())} starts from the base as it is now. The other segments go on.`
	}),
	LFS_POINTER: ({ file }, say) => ({
		what: `${say.quote(file)} points to a file in Git LFS, and that file is not in the change.`,
		why: "Swarm carries the change itself from job to job; what a pointer leads to nobody would have checked or pushed.",
		next: `A person adds the file, or the task does without; ${again(say)}`
	}),
	SECRET_IN_PATCH: ({ file, line, rule, sha256 }, say) => ({
		what: `The change holds what looks like a secret: ${say.quote(line === void 0 ? file : `${file}:${line}`)} (${say.own(rule)}).`,
		why: "A secret that was pushed once has to be replaced everywhere. It was pushed nowhere, and is not shown here.",
		next: [`If it is real, replace it at its provider. Say in the issue to use a variable or an obvious example; ${again(say)}`, ...sha256 === void 0 ? [] : [`If it is none, add its file and ${say.code(`sha256: ${sha256}`)} to ${say.code("secrets.allow")} in the config.`]].join(" ")
	}),
	PUSH_REFUSED: ({ branch, message }, say) => ({
		what: `The branch ${say.quote(branch)} could not be pushed.`,
		why: `GitHub says: ${say.quote(message)}.`,
		next: `If somebody else pushed to it, merge or delete that branch; if a rule forbids it, let swarm's branches pass; ${again(say)}`
	}),
	PULL_REFUSED: ({ branch, message }, say) => ({
		what: `No pull request could be opened for ${say.quote(branch)}.`,
		why: `GitHub says: ${say.quote(message)}. The branch is there.`,
		next: `Mend what GitHub names (often "Allow GitHub Actions to create pull requests" in the settings); ${again(say)}`
	}),
	RUN_LOST: ({ conclusion, attempts }, say) => ({
		what: `${count(attempts, "run")} of this segment ended without a report, the last one as ${say.quote(conclusion)}.`,
		why: "A run that was cancelled, timed out or lost its runner leaves nothing to go on from. Swarm tried it again by itself.",
		next: `Look at the run's log and the runners; ${again(say)}`
	}),
	BUDGET_SPENT: ({ spentUsd, budgetUsd, of }, say) => ({
		what: `The budget of the ${of} is spent: ${money(spentUsd)} of ${money(budgetUsd)}.`,
		why: `${of === "agent" ? `Its ${say.code("budget")} under ${say.code("agents")}` : say.code(`budget.${of}`)} in the config is a hard stop.`,
		next: `Raise it there if the work is worth it; ${again(say)}`
	}),
	REWORK_LIMIT: ({ rounds, last }, say) => ({
		what: `Rejected ${count(rounds, "time")}; swarm reworks it no more.`,
		why: `The last reason was ${say.quote(last, 300)}.`,
		next: `Finish it by hand on its branch, or rewrite the issue; ${again(say)}`
	}),
	MERGE_REFUSED: ({ at, message }, say) => ({
		what: `GitHub refuses to merge ${say.place(at)}.`,
		why: `It says: ${say.quote(message)}.`,
		next: "Mend what it names, mostly a rule of the branch. Swarm tries again when the pull request or its checks change."
	}),
	HEAD_RED: ({ at, head, gates }, say) => ({
		what: `What was pushed to ${say.place(at)} fails the ${plural(gates, "gate", "gates")} ${gateNames(gates, say)} (commit ${say.commit(head)}).`,
		why: "Swarm ran the gates on the commit as it is; no agent had a hand in it.",
		next: `Push a mend, and swarm looks again by itself. Or let the agent mend it: reject the pull request with a reason, or ${say.retry()}.`,
		output: gateOutputs(gates)
	}),
	MERGE_CONFLICT: ({ at, base }, say) => ({
		what: `${say.place(at)} conflicts with ${say.quote(base)}.`,
		why: "Something that was merged meanwhile changed the same lines.",
		next: `Resolve it on the pull request's branch and swarm goes on by itself; or ${say.retry()} starts again from the base.`
	}),
	PULL_CLOSED: ({ at }, say) => ({
		what: `${say.place(at)} was closed without being merged.`,
		why: "A closed pull request is a decision of a person; swarm does not open it again.",
		next: `Reopen it, ${say.code("/swarm skip")} its segment, or ${say.retry()} does the work anew. The other segments go on.`
	}),
	ISSUE_REFUSED: ({ message, status }, say) => ({
		what: `GitHub does not let swarm make a fix segment (it answered ${status}).`,
		why: `It says: ${say.quote(message)}. What was found is not mended without it, so the wave does not go on.`,
		next: `Mend what GitHub names: issues have to be switched on, swarm may write them, and an epic holds at most 100 sub-issues. Then ${say.code("/swarm retry")} on the epic makes it.`
	}),
	CALIBRATION_FAILED: ({ wave, findings }, say) => ({
		what: `The calibration of wave ${wave} failed: ${enumerate(findings.map((finding) => say.quote(finding, 100)), 4)}.`,
		why: "The merged whole is checked at the end of each wave; its parts were green each by itself.",
		next: "Nothing has to be done: swarm makes fix segments, runs them, and calibrates again."
	}),
	CALIBRATION_LIMIT: ({ wave, rounds, findings }, say) => ({
		what: `Wave ${wave} does not pass its calibration after ${count(rounds, "round")}: ${enumerate(findings.map((finding) => say.quote(finding, 100)), 4)}.`,
		why: "The fix segments did not mend it, so the next wave would build on something broken.",
		next: `A person mends it on the base, or adds a sub-issue for it and comments ${say.code("/swarm execute")}; then ${say.code("/swarm retry")} calibrates again.`
	})
};
function capital(text) {
	return text.charAt(0).toUpperCase() + text.slice(1);
}

// src/words/problems.ts
const SENTENCES = {
	...planSentences,
	...runSentences
};
const PROBLEM_KINDS = Object.keys(SENTENCES).sort();
/** Where swarm's own documents can be read. */
const DOCS_URL = "https://github.com/swarm-engineering/swarm/blob/main";
const anchorOf = (kind) => kind.toLowerCase().replaceAll("_", "-");
/** The parts of a problem's message, in the form the telling asks for. */
const sayProblem = (problem, telling = { form: "markdown" }) => {
	const sentence = SENTENCES[problem.kind];
	return {
		code: problem.kind,
		...sentence(problem, voiceOf(telling)),
		docs: `docs/problems.md#${anchorOf(problem.kind)}`
	};
};
/** The four parts as plain text, for a terminal, a log or a job summary. */
const formatProblem = (problem, telling = {}) => {
	const { what, why, next, docs, code, output = [] } = sayProblem(problem, {
		...telling,
		form: "plain"
	});
	const parts = [
		`${what}  [${code}]`,
		`Why   ${why}`,
		`Next  ${next}`,
		`Docs  ${docs}`
	];
	for (const { title, text } of output) parts.push("", `${title}:`, text);
	return parts.join("\n");
};
/** The four parts as Markdown for a comment, raw output folded. */
const problemComment = (problem, telling = {}) => {
	const { what, why, next, docs, code, output = [] } = sayProblem(problem, {
		...telling,
		form: "markdown"
	});
	return [
		`${what} \`${code}\``,
		`**Why** ${why}`,
		`**Next** ${next}`,
		...output.map(({ title, text }) => `<details><summary>Output: ${htmlCode(title)}</summary>\n\n${block(text, { max: 6e3 })}\n\n</details>`),
		`<sub>[${docs}](${DOCS_URL}/${docs})</sub>`
	].join("\n\n");
};
/** Problems of a plan as one list: errors first, each with its mend, repeated kinds told one by one up to `max`. */
const diagnosticsList = (diagnostics, telling, max = 40) => {
	const ordered = [...diagnostics.filter(({ level }) => level === "error"), ...diagnostics.filter(({ level }) => level === "warning")];
	const lines = ordered.slice(0, max).map(({ level, problem }) => {
		const { what, why, next, docs, code } = sayProblem(problem, {
			...telling,
			form: "markdown"
		});
		return `- ${level === "error" ? "⛔" : "⚠️"} ${what} [\`${code}\`](${DOCS_URL}/${docs})\n  ${why} **Next:** ${next}`;
	});
	const left = ordered.length - max;
	return [...lines, ...left > 0 ? [`- … and ${count(left, "more", "more")} of them.`] : []].join("\n");
};

export { agentFor as _, Answers as a, SHIPPED_PERSONAS as c, personaIn as d, COMMANDS as f, nearest as g, readConfig as h, sayProblem as i, foldersFor as l, readSpec as m, formatProblem as n, observe as o, decide as p, problemComment as r, readConfigText as s, diagnosticsList as t, pathsFor as u, require_dist as v, hasReacted as y };