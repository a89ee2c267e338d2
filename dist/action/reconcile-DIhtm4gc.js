import { a as keptOf, i as isCutShort, r as findAttempt, t as emptyJournal } from "./journal-D5iaOKMA.js";
import { A as withRecord, B as readTaskList, C as laterOf, D as withAct, E as segmentOfPull, H as refText, J as Globs, L as readDependenciesOf, M as withoutRefusals, O as withCalibration, R as readForeignItems, S as jobsOf, T as refusedIssues, U as branchFault, V as ofOwn, W as branchName, X as isEverything, Y as fixedPart, _ as proofOf, a as COMMANDS, b as actKeys, c as askingOf, d as questionKey, f as questionOpen, g as mayWrite, h as mayTriage, i as questionText, j as withoutAct, k as withOutcome, l as carriedOn, m as isTrusted, n as observe, o as answerable, p as isNamedBot, q as overlappingScopes, s as askedBy, t as Answers, u as endOf, v as redHead, w as recordOf, x as isEnded, y as wantsProof, z as readSpec } from "./observe-BYpG6J9M.js";
import { a as makeGraph, i as findCycle, n as chainsOf, o as walk, r as countDependents } from "./graph-DxBqHXKw.js";
import { l as agentFor, r as COMMAND_LABELS, s as STATE_LABELS, t as nearest, u as labelName } from "./nearest-BXWPg-TN.js";
import { d as expectationsOf, f as costOf, t as advanceJournal } from "./journal-B8qzQidL.js";
import { i as WORKERS, o as instant } from "./epic-rYHwM1Ue.js";
import { n as artefactLink, s as mergeMessage, u as checkpointsSection } from "./pull-Cwep3FUL.js";
import { t as marked } from "./marker-C_yCMjG1.js";
import { a as withoutSteps, i as sayPanel, n as saySummary, o as planText } from "./summary-CUCKHzNV.js";
import { i as problemComment, n as diagnosticsList } from "./problems-B1fRtXUi.js";
import { i as clip, l as oneLine, o as htmlCode, s as inline, t as block } from "./safe-DREuXmZf.js";
import { i as mention, r as enumerate, t as count } from "./voice-5ZKwF4Yq.js";
import { i as inRepository, n as GitHubRefused, r as GitHubUnavailable } from "./client-Dzo8pPA_.js";

// src/core/epic/budgets.ts
/**
* Whom a budget in money cannot bind: agents that tell tokens and no money, where the config gives no price for them
* (SPEC R5.13). Said when an epic is planned, so that nobody learns it from a bill.
*/
/** Presets whose own mode tells tokens alone. Other programs tell in their report what they like, and nobody knows before. */
const TELL_NO_MONEY = /* @__PURE__ */ new Set([
	"codex",
	"copilot",
	"gemini"
]);
/** One warning for each agent that works on one of these segments and that a budget of theirs cannot bind. */
function unboundBudgets(epic, segments, config) {
	if (!Object.values(config.agents).some(tellsNoMoney)) return [];
	const unbound = /* @__PURE__ */ new Map();
	for (const segment of segments) for (const role of rolesOf(segment, config)) {
		const agent = agentFor(config, role, segment.spec.agent);
		if (!agent || !tellsNoMoney(agent)) continue;
		const budgets = [
			segment.spec.budgetUsd ?? config.budgetUsd?.segment,
			config.budgetUsd?.epic,
			agent.budgetUsd
		];
		const budgetUsd = Math.min(...budgets.filter((each) => each !== void 0));
		if (!Number.isFinite(budgetUsd)) continue;
		const known = unbound.get(agent.name);
		unbound.set(agent.name, {
			agent,
			budgetUsd: Math.min(budgetUsd, known?.budgetUsd ?? budgetUsd)
		});
	}
	return [...unbound.values()].map(({ agent, budgetUsd }) => ({
		level: "warning",
		problem: {
			kind: "BUDGET_UNBOUND",
			at: { issue: epic },
			agent: agent.name,
			budgetUsd,
			minutes: Math.min(config.timeoutMinutes, agent.timeoutMinutes ?? config.timeoutMinutes),
			...agent.maxTurns === void 0 ? {} : { turns: agent.maxTurns }
		}
	}));
}
const tellsNoMoney = ({ kind, price }) => !price && TELL_NO_MONEY.has(kind);
/** Who may be called for a segment; whether a council or a tester is left out in the end is known in the run. */
function rolesOf({ spec }, config) {
	const { worker } = spec;
	if (worker === "research") return ["researcher"];
	const isPaired = (worker === "implementation" || worker === "refactor") && spec.tdd !== false && config.tdd !== "off";
	const isReviewed = spec.review !== false && (spec.review === true || config.council !== "off");
	return [
		worker === "security" ? "security" : "implementer",
		...isPaired ? ["tester"] : [],
		...isReviewed ? ["reviewer", "lead"] : []
	];
}

// src/core/epic/links.ts
/**
* @param texts what each leaf's text says it waits for.
* @param skipped segments left out on purpose: closed as not planned, and no reason to stop. Undefined: nobody knows.
*/
function readLinks(tree, others, texts, skipped) {
	const { issues, leaves, groups, own } = tree;
	const edges = [];
	/** By both ends: all but GitHub's own links from one segment to another, which are most and speak for themselves. */
	const byEnds = /* @__PURE__ */ new Map();
	const outside = /* @__PURE__ */ new Map();
	const waitsOutside = /* @__PURE__ */ new Map();
	const diagnostics = [];
	const known = new Map(others.map((other) => [keyOf(ofOwn(other.ref, own)), other]));
	const inPlan = new Set(leaves.map((leaf) => leaf.number));
	const leavesOf = (number) => inPlan.has(number) ? [number] : groups.get(number) ?? [];
	const isOpen = (number) => issues.get(number)?.state === "open";
	const speakers = speakersOf(tree);
	for (const { number, blockedBy } of speakers) {
		const others = [];
		for (const blocker of blockedBy) if (isPlain(number, blocker)) edges.push({
			from: number,
			on: blocker.number
		});
		else others.push(blocker);
		for (const blocker of sorted(others)) take({
			from: number,
			ref: refOf(blocker),
			said: NATIVE,
			state: blocker.state
		});
	}
	for (const statement of statements(speakers, tree, texts, diagnostics)) take(statement);
	return {
		edges,
		said: (from, to) => issues.get(from)?.blockedBy.some((blocker) => blocker.number === to && isPlain(from, blocker)) ? {
			from,
			to,
			said: NATIVE
		} : byEnds.get(from)?.get(to),
		waitsOutside: listed(waitsOutside),
		outside: listed(outside),
		diagnostics
	};
	/** From one segment to another that nobody left out: there is nothing more to it. */
	function isPlain(from, { number, repository }) {
		return !repository && number !== from && inPlan.has(from) && inPlan.has(number) && !isNotPlanned(number);
	}
	function take(statement) {
		const ref = ofOwn(statement.ref, own);
		const from = leavesOf(statement.from);
		const matters = from.some(isOpen);
		const at = placeOf$1(statement);
		if (ref.repository || !issues.has(ref.number)) {
			add(outside, ref, from);
			if (matters) waitOutside(statement, ref, from.filter(isOpen));
			return;
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
			return;
		}
		if (!isLeaf && isPartOf(to, from)) return;
		if (matters && isNotPlanned(ref.number)) error({
			kind: "BLOCKER_NOT_PLANNED",
			at,
			ref
		});
		join(statement, ref.number, from, to);
	}
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
		const group = !inPlan.has(to) ? to : !inPlan.has(statement.from) ? statement.from : void 0;
		const said = group === void 0 ? statement.said : {
			kind: "group",
			group
		};
		for (const leaf of fromLeaves) {
			let known = byEnds.get(leaf);
			if (!known) {
				known = /* @__PURE__ */ new Map();
				byEnds.set(leaf, known);
			}
			for (const blocker of toLeaves) {
				if (leaf === blocker || known.has(blocker)) continue;
				known.set(blocker, {
					from: leaf,
					to: blocker,
					said
				});
				edges.push({
					from: leaf,
					on: blocker
				});
			}
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
const NATIVE = { kind: "native" };
/** All whose links and texts count: segments and groups of them, by number. */
function speakersOf({ issues, leaves, groups }) {
	const above = [...groups.keys()].map((number) => issues.get(number)).filter((issue) => issue !== void 0);
	return [...leaves, ...above].sort((a, b) => a.number - b.number);
}
const refOf = ({ number, repository }) => repository ? {
	number,
	repository
} : { number };
const sorted = (blockedBy) => blockedBy.length < 2 ? blockedBy : [...blockedBy].sort((a, b) => a.number - b.number || (keyOf(a) < keyOf(b) ? -1 : 1));
/** What texts say. */
function* statements(speakers, { groups, own }, texts, diagnostics) {
	for (const issue of speakers) {
		let said = texts(issue.number);
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

// src/core/epic/tree.ts
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
	const children = childrenOf(issues);
	const direct = children.get(epic.number) ?? [];
	const ofSwarm = [...issues.values()].filter((issue) => issue.number !== epic.number && made(issue));
	const isMade = new Set(ofSwarm.map((issue) => issue.number));
	const given = direct.filter((number) => !isMade.has(number));
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
			else for (const child of inside) roots.push({
				number: child,
				at: { issue: number }
			});
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
function childrenOf(issues) {
	const children = /* @__PURE__ */ new Map();
	const add = (parent, child) => {
		let known = children.get(parent);
		if (!known) {
			known = /* @__PURE__ */ new Set();
			children.set(parent, known);
		}
		if (parent !== child) known.add(child);
	};
	for (const issue of issues.values()) {
		for (const child of issue.children) add(issue.number, child);
		if (issue.parent !== void 0) add(issue.parent, issue.number);
	}
	return new Map([...children].map(([parent, all]) => [parent, [...all].sort((a, b) => a - b)]));
}
function groupsOf(leaves, children, epic) {
	const parents = /* @__PURE__ */ new Map();
	const groups = /* @__PURE__ */ new Map();
	const add = (to, key, number) => {
		const known = to.get(key);
		if (known) known.push(number);
		else to.set(key, [number]);
	};
	for (const [parent, all] of children) if (parent !== epic) for (const child of all) add(parents, child, parent);
	for (const { number } of leaves) {
		if (number === epic) continue;
		add(groups, epic, number);
		const own = parents.get(number);
		if (!own) continue;
		const above = new Set(own);
		for (const group of above) {
			add(groups, group, number);
			for (const next of parents.get(group) ?? []) above.add(next);
		}
	}
	return groups;
}

// src/core/epic/segments.ts
/**
* An epic's issues → its segments, and everything that is wrong with what their texts say.
*/
/**
* The segments of an epic as its issues read now, sorted by number, and what is wrong with them. What cannot be read is left
* out of a segment, never a segment: one that runs already must go on to be seen.
*/
function readSegments({ epic, issues, others, config, fixes, skipped, instructions }) {
	const isMade = (issue) => issue.madeFor !== void 0 || fixes[issue.number] !== void 0;
	const tree = readTree(epic, issues, others, isMade, config.limits);
	const globs = new Globs();
	const read = /* @__PURE__ */ new Map();
	for (const leaf of tree.leaves) read.set(leaf.number, readSpec(leaf, globs));
	const links = readLinks(tree, others, (number) => read.get(number)?.dependencies, skipped);
	const diagnostics = [...tree.diagnostics, ...links.diagnostics];
	const isOpen = (number) => tree.issues.get(number)?.state === "open";
	read.forEach((spec, number) => {
		if (spec.diagnostics.length > 0 && isOpen(number)) diagnostics.push(...spec.diagnostics.map(ofSegment));
	});
	const epicSpec = tree.source === "the epic itself" ? void 0 : readSpec(epic);
	diagnostics.push(...(epicSpec?.diagnostics ?? []).filter(concernsEpic));
	const graph = makeGraph(tree.leaves.map((leaf) => leaf.number), links.edges);
	const cycle = findCycle(graph);
	if (cycle) diagnostics.push(cycleError(cycle, links));
	const { offsets, targets } = graph.blockers;
	const segments = tree.leaves.map(({ number, title }, at) => {
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
			blockedBy: blockersAt(at),
			branch: branchOf(spec, number, epic, config, fix !== void 0),
			...fix ? { fix: {
				wave: fix.wave,
				round: fix.round
			} } : {}
		};
	});
	const open = segments.filter((segment) => isOpen(segment.number));
	for (const segment of open) diagnostics.push(...unknownAgent(segment, config));
	diagnostics.push(...unboundBudgets(epic.number, open, config));
	if (instructions) diagnostics.push(...open.flatMap((segment) => missingInstructions(segment, instructions)));
	diagnostics.push(...branchErrors(open, config));
	for (const { number, state, hiddenBlockers: count } of tree.issues.values()) if (count !== void 0 && state === "open") diagnostics.push(asError({
		kind: "BLOCKER_HIDDEN",
		at: { issue: number },
		count
	}));
	const { apart, errors } = statedApart(segments, tree);
	diagnostics.push(...errors.filter(({ problem }) => "at" in problem && problem.at.issue && isOpen(problem.at.issue)));
	return {
		source: tree.source,
		segments,
		waitsOutside: links.waitsOutside,
		outside: links.outside,
		diagnostics,
		graph,
		isCyclic: cycle !== void 0,
		apart,
		globs
	};
	function blockersAt(at) {
		const first = offsets[at] ?? 0;
		const blockers = new Array((offsets[at + 1] ?? 0) - first);
		for (let next = 0; next < blockers.length; next++) blockers[next] = graph.ids[targets[first + next] ?? 0];
		return blockers;
	}
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
/** An agent that the config does not have would be found out when a run starts. */
function unknownAgent({ number, spec }, config) {
	const { agent } = spec;
	if (agent === void 0 || Object.hasOwn(config.agents, agent)) return [];
	const names = Object.keys(config.agents).sort();
	const close = nearest(agent, names);
	return [asError({
		kind: "SPEC_VALUE",
		at: { issue: number },
		key: "agent",
		value: agent,
		expected: `an agent of the config: ${names.join(", ")}`,
		...close === void 0 ? {} : { nearest: close }
	})];
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
/** Who may not run beside whom because one says so, a group standing for all of its segments. */
function statedApart(segments, tree) {
	const errors = [];
	const apart = [];
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
		for (const other of named) apart.push([number, other]);
	}
	return {
		apart,
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
	const shared = /* @__PURE__ */ new Set();
	for (const { number, branch } of segments) if (taken.has(branch)) shared.add(branch);
	else taken.set(branch, number);
	for (const { number, branch, spec } of segments) {
		const base = spec.base ?? config.base;
		let above;
		for (let end = branch.indexOf("/"); end !== -1 && above === void 0; end = branch.indexOf("/", end + 1)) if (taken.has(branch.slice(0, end))) above = branch.slice(0, end);
		const why = branchFault(branch) ?? (branch === base ? "it is the branch that segments start from" : void 0) ?? (above === void 0 ? void 0 : `git cannot keep it beside "${above}", which #${taken.get(above)} takes`);
		if (why !== void 0) errors.push(asError({
			kind: "BRANCH_NAME",
			at: { issue: number },
			branch,
			why
		}));
	}
	for (const branch of shared) {
		const numbers = segments.filter((segment) => segment.branch === branch).map(({ number }) => number);
		errors.push(asError({
			kind: "BRANCH_TAKEN",
			branch,
			segments: numbers
		}));
	}
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

// src/core/schedule/workload.ts
/** @param waits pairs: the first waits for the second. @param apart pairs that may not run at one time. */
function makeWorkload(pieces, waits, apart, capacity) {
	const count = pieces.length;
	const asked = pieces.reduce((sum, { needs }) => sum + needs.length, 0);
	const [takes, running] = [new Int32Array(count), new Uint8Array(count)];
	const needs = {
		offsets: new Int32Array(count + 1),
		items: new Int32Array(asked)
	};
	const amounts = new Int32Array(asked);
	let end = 0;
	let isUnderWay = false;
	pieces.forEach((piece, at) => {
		takes[at] = piece.takes;
		if (piece.running) {
			running[at] = 1;
			isUnderWay = true;
		}
		for (const { of, amount } of piece.needs) {
			if (amount === 0) continue;
			needs.items[end] = of;
			amounts[end++] = amount;
		}
		needs.offsets[at + 1] = end;
	});
	const open = isUnderWay ? waits.filter(([at]) => running[at] === 0) : waits;
	return {
		count,
		takes,
		blockers: makeLists(count, open, "there"),
		dependents: makeLists(count, open, "back"),
		apart: makeLists(count, apart, "both"),
		capacity: Int32Array.from(capacity),
		needs: {
			offsets: needs.offsets,
			items: needs.items.subarray(0, end)
		},
		amounts: amounts.subarray(0, end),
		running
	};
}
/** @param ways which of a pair is listed with the other. */
function makeLists(count, pairs, ways) {
	const offsets = new Int32Array(count + 1);
	const counted = (at) => {
		offsets[at + 1] = (offsets[at + 1] ?? 0) + 1;
	};
	for (const pair of pairs) {
		if (ways !== "back") counted(pair[0]);
		if (ways !== "there") counted(pair[1]);
	}
	for (let at = 0; at < count; at++) offsets[at + 1] = (offsets[at + 1] ?? 0) + (offsets[at] ?? 0);
	const free = offsets.slice();
	const items = new Int32Array(offsets[count] ?? 0);
	const put = (at, item) => {
		const place = free[at] ?? 0;
		items[place] = item;
		free[at] = place + 1;
	};
	for (const pair of pairs) {
		if (ways !== "back") put(pair[0], pair[1]);
		if (ways !== "there") put(pair[1], pair[0]);
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
	const against = new Int32Array(count);
	const common = commonKinds(workload);
	const isFull = (kind) => free[kind] === 0;
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
		exclude(piece, 1);
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
	const exclude = (piece, by) => {
		for (let k = apart.offsets[piece] ?? 0; k < (apart.offsets[piece + 1] ?? 0); k++) {
			const other = apart.items[k] ?? 0;
			against[other] = (against[other] ?? 0) + by;
		}
	};
	const mayBegin = (piece) => {
		for (let k = needs.offsets[piece] ?? 0; k < (needs.offsets[piece + 1] ?? 0); k++) if ((amounts[k] ?? 0) > (free[needs.items[k] ?? 0] ?? 0)) return false;
		return takes[piece] === 0 || against[piece] === 0;
	};
	for (let piece = 0; piece < count; piece++) {
		open[piece] = (blockers.offsets[piece + 1] ?? 0) - (blockers.offsets[piece] ?? 0);
		if (running[piece] === 1) begin(piece, 0);
		else if (open[piece] === 0) admit(piece);
	}
	let now = 0;
	for (;;) {
		for (let at = 0, isOver = common.some(isFull); at < ready.length && !isOver;) {
			const piece = ready[at] ?? 0;
			if (!mayBegin(piece)) {
				at++;
				continue;
			}
			ready.splice(at, 1);
			begin(piece, now);
			isOver = common.some(isFull);
		}
		if (ends.length === 0) break;
		now = endOf(ends[0] ?? 0);
		while (ends.length > 0 && endOf(ends[0] ?? 0) === now) {
			const piece = popEnd();
			exclude(piece, -1);
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
/** The kinds of places that every piece needs: where none of one is free, nobody has to be asked. */
function commonKinds({ count, capacity, needs }) {
	const by = new Int32Array(capacity.length);
	for (const kind of needs.items) by[kind] = (by[kind] ?? 0) + 1;
	return [...by.keys()].filter((kind) => by[kind] === count);
}

// src/core/schedule/layout.ts
/**
* Segments → workloads. Eager is one workload; in waves each wave is one, because nothing of a wave starts before the one
* before has ended.
*/
/** How many pairs of it may not run at one time. */
const pairsOf = ({ workload }) => workload.apart.items.length / 2;
/** What can never start, on a cycle or behind one, is left out. */
function layOut(layout) {
	const { segments, schedule, overlaps } = layout;
	const graph = layout.graph ?? graphOf(segments);
	const { levels } = walk(graph);
	const levelOf = (number) => levels[graph.placeOf(number)] ?? -1;
	const sorted = byNumber(segments.filter(({ number }) => levelOf(number) !== -1));
	const order = layout.order ?? startOrder(sorted, chainsOf(graph, layout.minutesOf));
	const drafts = [];
	const places = new Int32Array(levels.length).fill(-1);
	const draftAt = (number) => drafts[schedule === "eager" ? 0 : levelOf(number)];
	for (const segment of sorted) {
		const level = schedule === "eager" ? 0 : levelOf(segment.number);
		while (drafts.length <= level) drafts.push({
			segments: [],
			apart: []
		});
		places[graph.placeOf(segment.number)] = (drafts[level]?.segments.push(segment) ?? 0) - 1;
	}
	const placeOf = (number) => places[graph.placeOf(number)] ?? -1;
	for (const { a, b } of overlaps) {
		const [one, other] = [placeOf(a), placeOf(b)];
		const draft = one === -1 || other === -1 ? void 0 : draftAt(a);
		if (draft && draft === draftAt(b)) draft.apart.push([one, other]);
	}
	return drafts.map((draft) => stageOf(draft, layout, order, placeOf));
}
/** They mostly stand so already. */
const byNumber = (segments) => segments.every(({ number }, at) => at === 0 || (segments[at - 1]?.number ?? 0) < number) ? segments : [...segments].sort((a, b) => a.number - b.number);
function stageOf({ segments, apart }, layout, order, placeOf) {
	const kinds = kindsOf(segments, layout);
	const needsOf = new Map(WORKERS.map((worker) => [worker, kinds.flatMap((kind, of) => kind.worker === void 0 || kind.worker === worker ? [{
		of,
		amount: 1
	}] : [])]));
	const pieces = segments.map(({ number, spec }) => {
		const left = layout.running?.get(number);
		return {
			takes: left ?? layout.minutesOf(number),
			needs: needsOf.get(spec.worker) ?? [],
			running: left !== void 0
		};
	});
	const waits = [];
	const ranks = new Int32Array(segments.length);
	segments.forEach(({ number, blockedBy }, at) => {
		ranks[at] = order.get(number) ?? 0;
		if (layout.schedule === "waves") return;
		for (const on of blockedBy.map(placeOf).sort((a, b) => a - b)) if (on !== -1) waits.push([at, on]);
	});
	return {
		numbers: segments.map(({ number }) => number),
		workload: makeWorkload(pieces, waits, apart, kinds.map(({ places }) => places)),
		ranks
	};
}
/**
* The places in all, and those of each worker that there could be too few of. What runs already has its place, even
* where the caps were lowered since.
*/
function kindsOf(segments, { cap, workers, running }) {
	const counts = new Map(WORKERS.map((worker) => [worker, {
		all: 0,
		busy: 0
	}]));
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
	return [{ places: Math.max(cap, allBusy) }, ...few.map(([worker, { busy }]) => ({
		worker,
		places: Math.max(workers[worker], busy)
	}))];
}
/** Each segment's place in the order in which ready ones start: longest remaining path, priority, number (SPEC R2.3). */
function startOrder(segments, { remaining }) {
	const count = segments.length;
	const [left, numbers, priorities] = [
		new Float64Array(count),
		new Int32Array(count),
		new Int32Array(count)
	];
	const order = new Int32Array(count);
	segments.forEach(({ number, spec }, at) => {
		left[at] = remaining(number);
		numbers[at] = number;
		priorities[at] = spec.priority;
		order[at] = at;
	});
	order.sort((a, b) => (left[b] ?? 0) - (left[a] ?? 0) || (priorities[a] ?? 0) - (priorities[b] ?? 0) || (numbers[a] ?? 0) - (numbers[b] ?? 0));
	const places = /* @__PURE__ */ new Map();
	for (let place = 0; place < count; place++) places.set(numbers[order[place] ?? 0], place);
	return places;
}
const graphOf = (segments) => makeGraph(segments.map((segment) => segment.number), segments.flatMap(({ number, blockedBy }) => blockedBy.map((on) => ({
	from: number,
	on
}))));

// src/core/schedule/bounds.ts
/**
* How short a schedule could be at best: no plan is shorter than its longest chain, than its work spread evenly over the
* places there are, or than a set of pieces of which no two may run at one time.
*
* Each of them is counted with what must come before and after it.
*/
/** Above this many pieces the closer bounds would take longer than they are worth. */
const CLOSE_UP_TO = 200;
/** Above this many, a table of all pairs would. */
const CLIQUES_UP_TO = 2e3;
/** What looking for heavy sets may take, in steps of 32 pairs: a few milliseconds. */
const CLIQUE_STEPS = 2e6;
/** @param closely whether more is looked at than the longest chain and the work in all; it takes much longer. */
function lowerBound(workload, closely = true) {
	const order = inWaitingOrder(workload);
	const heads = headsOf(workload, order);
	const tails = tailsOf(workload, order);
	let bound = 0;
	for (let at = 0; at < workload.count; at++) bound = Math.max(bound, (heads[at] ?? 0) + (tails[at] ?? 0));
	for (let kind = 0; kind < workload.capacity.length; kind++) bound = Math.max(bound, spreadBound(workload, kind, heads, tails, closely));
	if (!closely || workload.count > CLIQUES_UP_TO) return bound;
	const { takes } = workload;
	const list = order.filter((piece) => takes[piece] !== 0).sort((a, b) => (takes[b] ?? 0) - (takes[a] ?? 0) || a - b);
	const beside = exclusive(workload, order, list);
	const alone = list.filter((_, place) => beside.countOf(place) === list.length - 1);
	if (alone.length === 0) return Math.max(bound, cliqueBound(list, beside, takes, heads, tails));
	const others = takes.slice();
	for (const piece of alone) others[piece] = 0;
	const sum = alone.reduce((all, piece) => all + (takes[piece] ?? 0), 0);
	return Math.max(bound, sum + lowerBound({
		...workload,
		takes: others
	}));
}
/**
* For all pieces that start no earlier than `head` and have at least `rest` after them: their work over the capacity,
* between the two.
*/
function spreadBound(workload, kind, heads, tails, closely) {
	const { count, takes, needs, amounts, capacity } = workload;
	const places = capacity[kind] ?? 0;
	if (places === 0) return 0;
	const jobs = [];
	let total = 0;
	for (let at = 0; at < count; at++) for (let k = needs.offsets[at] ?? 0; k < (needs.offsets[at + 1] ?? 0); k++) {
		const length = takes[at] ?? 0;
		if (needs.items[k] !== kind || length === 0) continue;
		const work = length * (amounts[k] ?? 0);
		total += work;
		if (closely) jobs.push({
			head: heads[at] ?? 0,
			rest: (tails[at] ?? 0) - length,
			work
		});
	}
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
/**
* The heaviest set found of which no two may run at one time or one waits for the other: greedily, from each piece, the
* heaviest first, for as long as the steps last.
*/
function cliqueBound(byWeight, beside, takes, heads, tails) {
	const found = /* @__PURE__ */ new Set();
	let bound = 0;
	let steps = 0;
	for (let seed = 0; seed < byWeight.length && steps < CLIQUE_STEPS; seed++) {
		const clique = [seed];
		const left = beside.row(seed).slice();
		for (let word = 0; word < left.length; word++) while (left[word] !== 0) {
			const place = 32 * word + lowestOf(left[word] ?? 0);
			clique.push(place);
			const row = beside.row(place);
			for (let next = word; next < left.length; next++) left[next] = (left[next] ?? 0) & (row[next] ?? 0);
			steps += left.length - word;
		}
		const key = clique.toSorted((a, b) => a - b).join();
		steps += clique.length;
		if (found.has(key)) continue;
		found.add(key);
		steps += clique.length ** 2 / 8;
		const pieces = clique.map((place) => byWeight[place] ?? 0);
		bound = Math.max(bound, oneByOne(pieces, takes, heads, tails));
	}
	return bound;
}
/** Which is the lowest bit that is set. */
const lowestOf = (word) => 31 - Math.clz32(word & -word);
/** As above, for pieces that run one by one: the best of all its parts between a head and a rest. */
function oneByOne(clique, takes, heads, tails) {
	const sorted = [...clique].sort((a, b) => (heads[b] ?? 0) - (heads[a] ?? 0));
	const restOf = (piece) => (tails[piece] ?? 0) - (takes[piece] ?? 0);
	let bound = 0;
	for (const edge of new Set(clique.map(restOf))) {
		let work = 0;
		for (const piece of sorted) {
			if (restOf(piece) < edge) continue;
			work += takes[piece] ?? 0;
			bound = Math.max(bound, (heads[piece] ?? 0) + work + edge);
		}
	}
	return bound;
}
/** Pairs of so many things, a bit each. */
var Pairs = class {
	#width;
	#bits;
	constructor(count) {
		this.#width = count + 31 >> 5;
		this.#bits = new Int32Array(count * this.#width);
	}
	/** Of one with all: bit `i % 32` of word `i / 32`. */
	row(one) {
		return this.#bits.subarray(one * this.#width, (one + 1) * this.#width);
	}
	add(one, other) {
		const at = one * this.#width + (other >> 5);
		this.#bits[at] = (this.#bits[at] ?? 0) | 1 << (other & 31);
	}
	countOf(one) {
		let count = 0;
		for (let bits of this.row(one)) for (; bits !== 0; bits &= bits - 1) count++;
		return count;
	}
	/** All that are with this one, the smallest first. */
	*of(one) {
		for (const [word, bits] of this.row(one).entries()) for (let left = bits; left !== 0; left &= left - 1) yield 32 * word + lowestOf(left);
	}
	/** Everything that is with the other is with the one, too. */
	addAll(one, other) {
		const [own, more] = [this.row(one), this.row(other)];
		for (let word = 0; word < own.length; word++) own[word] = (own[word] ?? 0) | (more[word] ?? 0);
	}
};
/** Which pairs can never run at one time, by their places in the list. */
function exclusive(workload, order, list) {
	const { count, apart, blockers, amounts, needs, capacity, running } = workload;
	const places = new Int32Array(count).fill(-1);
	list.forEach((piece, place) => {
		places[piece] = place;
	});
	const pairs = new Pairs(list.length);
	const mark = (a, b) => {
		const [one, other] = [places[a] ?? -1, places[b] ?? -1];
		if (one === other || one === -1 || other === -1 || running[a] === 1 && running[b] === 1) return;
		pairs.add(one, other);
		pairs.add(other, one);
	};
	const before = new Pairs(count);
	for (const piece of order) {
		for (let k = blockers.offsets[piece] ?? 0; k < (blockers.offsets[piece + 1] ?? 0); k++) {
			const blocker = blockers.items[k] ?? 0;
			before.add(piece, blocker);
			before.addAll(piece, blocker);
		}
		for (let k = apart.offsets[piece] ?? 0; k < (apart.offsets[piece + 1] ?? 0); k++) mark(piece, apart.items[k] ?? 0);
	}
	for (const piece of list) for (const other of before.of(piece)) mark(piece, other);
	for (let kind = 0; kind < capacity.length; kind++) {
		const own = new Int32Array(count);
		for (let piece = 0; piece < count; piece++) for (let k = needs.offsets[piece] ?? 0; k < (needs.offsets[piece + 1] ?? 0); k++) if (needs.items[k] === kind) own[piece] = amounts[k] ?? 0;
		const half = (capacity[kind] ?? 0) / 2;
		for (const a of list) {
			if ((own[a] ?? 0) <= half) continue;
			for (const b of list) if (a !== b && (own[a] ?? 0) + (own[b] ?? 0) > (capacity[kind] ?? 0)) mark(a, b);
		}
	}
	return pairs;
}

// src/core/schedule/search.ts
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
/** The rule's own timetable, for what is too large to be searched. */
function byRule(workload, ranks) {
	return {
		...parallel(workload, ranks),
		bound: lowerBound(workload, false),
		schedules: 1
	};
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

// src/core/schedule/forecast.ts
/**
* When each segment starts by the best schedule found, how long the whole takes, and how sure that is.
*
* The schedule is searched with the expected times; the range comes from playing it many times with times thrown around
* them. Dice are seeded: a plan's forecast is part of the plan, and the same facts give the same one. Reviews,
* calibrations and what waits outside are not in it, nor are fix segments: a forecast is what was said before.
*/
/** Schedules laid out for one piece and in all: about 50 ms for an epic of 80 on a usual machine. */
const SCHEDULES_PER_PIECE = 50;
const PIECES_LAID_OUT = 32e4;
/** Above this many in all, one pass costs as much as a whole search of a small epic, and the rule is close by itself. */
const SEARCH_UP_TO = 2e3;
/** Times the schedule is played, fewer of long ones. */
const PLAYED = 200;
const PIECES_PLAYED = 1e5;
/** @param pairs that may not run at one time: each pass looks at them too, some of them. */
const schedulesFor = (pieces, pairs = 0) => pieces > SEARCH_UP_TO ? 1 : Math.max(1, Math.min(SCHEDULES_PER_PIECE * pieces, Math.floor(PIECES_LAID_OUT / Math.max(1, pieces, pairs / 5))));
function forecast(facts) {
	const segments = facts.segments.filter((segment) => !segment.fix);
	const { expectations, graph, chains, order } = facts.known ?? knownOf(segments, facts.earlier ?? []);
	const { criticalPath, length } = chains;
	const takes = minutesBy(expectations);
	const found = solve({
		...layoutOf(facts, segments, takes),
		graph,
		order
	});
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
		...money ? { costUsd: money } : {},
		timetable: timetableOf(found)
	};
}
/** @param graph of these segments, where somebody has it already. */
function knownOf(segments, earlier, graph = graphOf(segments)) {
	const expectations = expectationsOf(segments, earlier);
	const chains = chainsOf(graph, minutesBy(expectations));
	return {
		expectations,
		graph,
		chains,
		order: startOrder(segments, chains)
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
const solve = (layout, share = 1, known) => {
	const stages = layOut(layout);
	const isSearched = countOf(stages) <= SEARCH_UP_TO;
	return stages.map((stage) => {
		if (!isSearched && !known) return {
			stage,
			...byRule(stage.workload, stage.ranks)
		};
		const schedules = Math.max(1, Math.ceil(schedulesFor(stage.numbers.length, pairsOf(stage)) * share));
		const starts = known && Int32Array.from(stage.numbers, (number) => known(number) ?? 0);
		return {
			stage,
			...search(stage.workload, stage.ranks, {
				schedules,
				...starts ? { known: [starts] } : {}
			})
		};
	});
};
const countOf = (stages) => stages.reduce((sum, { numbers }) => sum + numbers.length, 0);
const makespanOf = (found) => found.reduce((sum, { makespan }) => sum + makespan, 0);
function timetableOf(found) {
	const rows = [];
	let begin = 0;
	for (const { stage, starts, makespan } of found) {
		stage.numbers.forEach((number, at) => {
			rows.push([number, {
				start: begin + (starts[at] ?? 0),
				takes: stage.workload.takes[at] ?? 0
			}]);
		});
		begin += makespan;
	}
	return Object.fromEntries(rows.sort(([a], [b]) => a - b));
}
/** The schedule as it would go with other times: its order is kept, and nobody waits for somebody's planned hour. */
function play(found, { of }) {
	const pieces = countOf(found.map(({ stage }) => stage));
	if (pieces === 0 || pieces > SEARCH_UP_TO) return void 0;
	const pairs = found.reduce((sum, { stage }) => sum + pairsOf(stage), 0);
	const times = Math.max(20, Math.min(PLAYED, Math.floor(PIECES_PLAYED / (pieces + pairs))));
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
	const costs = segments.flatMap(({ number }) => {
		const { costUsd, deviation = 0 } = of.get(number) ?? {};
		return costUsd === void 0 ? [] : [{
			costUsd,
			deviation
		}];
	});
	if (costs.length === 0 || costs.length > SEARCH_UP_TO) return void 0;
	const dice = new Dice(segments.length + 1);
	const { low, middle, high } = rangeOf(Array.from({ length: PLAYED }, () => costs.reduce((sum, { costUsd, deviation }) => sum + costUsd * Math.exp(deviation * dice.normal()), 0)));
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

// src/core/schedule/startable.ts
/**
* What may start now, and what the rest waits for.
*
* The rule starts what is ready in one order: longest remaining path first, then priority, then number (SPEC R2.3). Where
* not all of it can start, a short search looks ahead from this very moment, with what runs held fixed: who goes first
* where two exclude each other, and whether a free place is better kept for somebody who comes soon. It is asked anew at
* each end, so that it never trusts an estimate longer than it must. No two segments that exclude each other are ever in
* flight at once, and something always runs while anything can.
*/
/** Jobs a matrix may have. @see https://docs.github.com/en/actions/reference/limits */
const MOST_AT_ONCE = 256;
/** Schedules the look ahead may lay out, and throws of the dice by which it chooses. A few milliseconds. */
const LOOK_AHEAD = {
	schedules: 200,
	scenarios: 12
};
/** Segments laid out in all of these schedules, and pairs that were looked at: where all exclude all, few are enough. */
const LAID_OUT = 6e4;
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
	const size = Math.max(inside.length, pairsOf(stage) / 5);
	const schedules = Math.min(LOOK_AHEAD.schedules, Math.ceil(LAID_OUT / size));
	const { starts } = search(stage.workload, stage.ranks, {
		...LOOK_AHEAD,
		schedules
	});
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
		const ranks = startOrder(segments, chainsOf(graphOf(segments), this.minutesOf));
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

// src/core/plan/tracks.ts
/**
* The tracks of one wave: ordered, lettered, and named after what their files share.
*
* @param order each segment's place among those that are ready: its members', and with them the tracks', order.
*/
function tracksOf(segments, overlaps, order, globs = new Globs()) {
	const place = (segment) => segment ? order.get(segment.number) ?? segment.number : 0;
	const sorted = [...segments].sort((a, b) => place(a) - place(b));
	const { wide = [], narrow = [] } = Object.groupBy(sorted, (segment) => isWide(segment, globs) ? "wide" : "narrow");
	const groups = connected(narrow, overlaps);
	if (wide.length > 0) groups.push(wide);
	const shared = sharedBy(groups, overlaps);
	return groups.sort((a, b) => place(a[0]) - place(b[0])).map((group, at) => ({
		letter: letterOf(at),
		name: nameOf(group, shared.get(group), globs),
		segments: group.map((segment) => segment.number)
	}));
}
const isWide = ({ spec }, globs) => !spec.parallel || spec.files.length === 0 || spec.files.some((glob) => isEverything(glob, globs));
function sharedBy(groups, overlaps) {
	const groupOf = /* @__PURE__ */ new Map();
	for (const group of groups) if (group.length > 1) for (const { number } of group) groupOf.set(number, group);
	const shared = /* @__PURE__ */ new Map();
	for (const { a, b, why } of overlaps) {
		const group = groupOf.get(a);
		if (why.kind !== "files" || !group || group !== groupOf.get(b)) continue;
		const known = shared.get(group);
		const place = meetingPlace(why.a, why.b);
		if (known) {
			known.places.push(place);
			known.globs = known.globs.filter((glob) => glob === why.a || glob === why.b);
		} else shared.set(group, {
			places: [place],
			globs: [why.a, why.b]
		});
	}
	return shared;
}
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
* What keeps them one after the other: the place that their overlaps lie in, `src/auth`; a glob that is in everybody's way;
* or the few places. A track of one, or of segments that name one another, is called after all its files.
*/
function nameOf(group, shared, known) {
	const globs = group.flatMap(wantedBy);
	if (globs.length === 0) return "scope not known";
	if (group.some((segment) => wantedBy(segment).length === 0) || globs.some((glob) => isEverything(glob, known))) return "everything";
	const places = shared?.places ?? globs.map((glob) => fixedPart(glob) || glob);
	const one = commonPlace(places) || shared?.globs[0] || "";
	if (one !== "") return one;
	const tops = [...new Set(places.map(topOf))].sort();
	return tops.length <= 3 ? tops.join(", ") : `${tops.slice(0, 2).join(", ")} and ${tops.length - 2} more`;
}
const isWanted = (glob) => !glob.startsWith("!");
const wantedBy = ({ spec }) => spec.files.every(isWanted) ? spec.files : spec.files.filter(isWanted);
/** Its first two names: `src/auth` of `src/auth/login.ts`. */
function topOf(place) {
	const end = place.indexOf("/", place.indexOf("/") + 1);
	return end === -1 ? place : place.slice(0, end);
}
/** Where two globs that overlap do so. One that begins anywhere, such as `*` + `.md`, says less than the other. */
function meetingPlace(a, b) {
	const [one, other] = [fixedPart(a), fixedPart(b)];
	if (one === "" || other === "") return one || other || a;
	return commonPlace([one, other]) || one;
}
function commonPlace(places) {
	let [shared = ""] = places;
	for (const place of places) {
		while (shared !== "" && !liesIn(place, shared)) shared = shared.slice(0, Math.max(0, shared.lastIndexOf("/")));
		if (shared === "") break;
	}
	return shared;
}
const liesIn = (place, directory) => place.startsWith(directory) && (place.length === directory.length || place[directory.length] === "/");

// src/core/plan/planner.ts
/**
* Segments → their plan: waves, tracks, who may never run beside whom, and how long it takes.
*/
/**
* The plan of an epic as its issues read now, and everything that is wrong with it. The same facts in any order give
* the same plan. A plan with errors is still whole, so that what runs already goes on to be seen.
*
* @param facts.earlier what segments of earlier epics took; nothing of it, and the forecast rests on estimates.
*/
function planEpic(facts) {
	const { epic, config, earlier } = facts;
	const reading = readSegments(facts);
	const { source, segments, waitsOutside, outside, diagnostics, isCyclic } = reading;
	const plan = planSegments(segments, config, {
		...reading,
		...earlier ? { earlier } : {}
	});
	const found = plan.waves.at(-1)?.number ?? 0;
	const limit = config.limits.waves;
	const tooMany = {
		kind: "LIMIT_EXCEEDED",
		at: { issue: epic.number },
		what: "waves",
		found,
		limit,
		configKey: "limits.waves"
	};
	const more = found > limit && !isCyclic ? [{
		level: "error",
		problem: tooMany
	}] : [];
	return {
		source,
		segments,
		...plan,
		waitsOutside,
		outside,
		diagnostics: inOrderOfPlace([...diagnostics, ...more])
	};
}
/** @param segments sorted by number. */
function planSegments(segments, config, { graph = graphOf(segments), apart = [], globs = new Globs(), earlier = [] } = {}) {
	const overlaps = overlapsOf(segments, apart, globs);
	const known = knownOf(segments, earlier, graph);
	const waves = wavesOf(graph, segments, overlaps, known.order, globs);
	return {
		waves,
		overlaps,
		forecast: forecast({
			segments,
			overlaps,
			cap: capOf(waves, config, {}),
			config,
			earlier,
			...segments.some(({ fix }) => fix) ? {} : { known }
		})
	};
}
/**
* Levels by the longest path from a root. A fix segment stands in the wave it mends and shifts nobody: later waves keep
* the numbers that people and the journal know them by. What is on a cycle, or behind one, comes last, together.
*/
function wavesOf(graph, segments, overlaps, order, globs) {
	const levels = new Int32Array(segments.length);
	const { offsets, targets } = graph.blockers;
	let behind = 1;
	for (const at of walk(graph).order) {
		const fix = segments[at]?.fix;
		let level = fix?.wave ?? 1;
		for (let next = offsets[at] ?? 0; next < (offsets[at + 1] ?? 0); next++) {
			const blocker = targets[next] ?? 0;
			const step = fix || segments[blocker]?.fix ? 0 : 1;
			level = Math.max(level, (levels[blocker] ?? 0) + step);
		}
		levels[at] = level;
		behind = Math.max(behind, level + 1);
	}
	const levelOf = (number) => levels[graph.placeOf(number)] || behind;
	const drafts = Array.from({ length: behind + 1 }, () => ({
		members: [],
		overlaps: []
	}));
	for (const segment of inStartOrder(segments, order)) drafts[levelOf(segment.number)]?.members.push(segment);
	for (const overlap of overlaps) {
		const level = levelOf(overlap.a);
		if (level === levelOf(overlap.b)) drafts[level]?.overlaps.push(overlap);
	}
	return drafts.flatMap(({ members, overlaps: within }, number) => members.length === 0 ? [] : [{
		number,
		tracks: tracksOf(members, within, order, globs)
	}]);
}
/** Each knows its place: nothing has to be compared. */
function inStartOrder(segments, order) {
	const sorted = [...segments];
	for (const segment of segments) sorted[order.get(segment.number) ?? 0] = segment;
	return sorted;
}
/** All pairs that may not run at one time, in order, each with the strongest reason there is. */
function overlapsOf(segments, stated, globs) {
	const numberAt = (at) => segments[at]?.number ?? 0;
	const byFiles = overlappingScopes(segments.map(({ spec }) => spec.files), globs);
	const isExclusive = segments.map(({ spec }) => !spec.parallel);
	const isUnknown = segments.map(({ spec }) => spec.files.length === 0);
	const isWide = (at) => isExclusive[at] === true || isUnknown[at] === true;
	const wide = [...segments.keys()].filter(isWide);
	if (wide.length === 0 && stated.length === 0) return byFiles.map((pair) => ({
		a: numberAt(pair.one),
		b: numberAt(pair.other),
		why: filesWhy(pair)
	}));
	const rows = /* @__PURE__ */ new Map();
	const say = (one, other, why) => {
		const row = rows.get(Math.min(one, other));
		if (row) row.set(Math.max(one, other), why);
		else rows.set(Math.min(one, other), /* @__PURE__ */ new Map([[Math.max(one, other), why]]));
	};
	for (const pair of byFiles) say(pair.one, pair.other, filesWhy(pair));
	const places = new Map(segments.map(({ number }, at) => [number, at]));
	for (const [one, other] of stated) if (one !== other) say(places.get(one) ?? 0, places.get(other) ?? 0, { kind: "conflicts-with" });
	return segments.flatMap(({ number: a }, one) => {
		const row = rows.get(one);
		return sortedAbove(one, isWide(one) ? segments.keys() : [...row?.keys() ?? [], ...wide]).flatMap((other) => {
			const said = row?.get(other);
			const isAlone = isExclusive[one] || isExclusive[other];
			const isNamed = said?.kind === "conflicts-with";
			const why = isAlone ? NOT_PARALLEL : !isNamed && (isUnknown[one] || isUnknown[other]) ? SCOPE_UNKNOWN : said;
			return why ? [{
				a,
				b: numberAt(other),
				why
			}] : [];
		});
	});
}
const filesWhy = ({ a, b, doubt }) => doubt ? {
	kind: "files",
	a,
	b,
	doubt
} : {
	kind: "files",
	a,
	b
};
const NOT_PARALLEL = { kind: "not parallel" };
const SCOPE_UNKNOWN = { kind: "scope unknown" };
const sortedAbove = (one, others) => [...new Set(others)].filter((other) => other > one).sort((a, b) => a - b);
/** Errors first, then by issue and line; each once. */
function inOrderOfPlace(diagnostics) {
	const once = new Map(diagnostics.map((each) => [JSON.stringify(each), each]));
	const place = ({ problem }) => "at" in problem ? problem.at : {};
	return [...once].sort(([one, a], [other, b]) => Number(a.level === "warning") - Number(b.level === "warning") || (place(a).issue ?? 0) - (place(b).issue ?? 0) || (place(a).line ?? 0) - (place(b).line ?? 0) || (one < other ? -1 : 1)).map(([, each]) => each);
}

// src/core/model/progress.ts
/** Nothing more will come of it: dependents may go on. */
const isDone = (progress) => progress?.kind === "merged" || progress?.kind === "answered" || progress?.kind === "skipped" || progress?.kind === "closed before";
/** Added after the epic was authorised: nothing waits for it, and it waits for a person's word. */
const isLeftOut = (progress) => progress?.kind === "not in this execution" && progress.problem.kind === "SEGMENT_NEW";

// src/core/model/plan.ts
const segmentsOf = (wave) => wave.tracks.flatMap((track) => track.segments);

// src/core/decide/calibration.ts
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

// src/core/decide/board.ts
/**
* The board: everything the panel, the summary, the CLI and the pages show, decided here, said elsewhere.
*/
function makeBoard(snapshot, journal, plan, progresses, config) {
	const standings = new Map(plan.waves.map((wave) => [wave.number, standingOf(wave, progresses, journal, config)]));
	const events = eventsOf(snapshot, journal, plan, progresses);
	const segments = new Map(plan.segments.map((segment) => [segment.number, segment]));
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
			segments: wave.tracks.flatMap((track) => track.segments.map((number) => segmentProgress(number, segments.get(number), journal, progresses, track.letter))),
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
function segmentProgress(number, segment, journal, progresses, track) {
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
	needs.push(...segmentNeeds(snapshot, journal, plan, progresses));
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
/** What segments need, first where most others wait for it. */
function segmentNeeds(snapshot, journal, plan, progresses) {
	const needs = [];
	for (const [segment, progress] of progresses) {
		if (progress.kind === "blocked" || progress.kind === "not in this execution") needs.push({
			kind: "unblock",
			segment,
			problem: progress.problem
		});
		if (progress.kind !== "in review") continue;
		const { pull: number, waits } = progress;
		const pull = snapshot.pulls.find((each) => each.number === number);
		const red = pull && redHead(pull, recordOf(journal, segment));
		if (red) needs.push({
			kind: "unblock",
			segment,
			problem: red
		});
		if (waits.some((wait) => wait.kind === "approval")) needs.push({
			kind: "decide pull",
			segment,
			pull: number
		});
		else if (waits.some((wait) => wait.kind === "merge by hand" || wait.kind === "merge refused")) needs.push({
			kind: "merge pull",
			segment,
			pull: number
		});
	}
	if (needs.length === 0) return [];
	const countWaiting = countDependents(graphOf(plan.segments), (other) => !isDone(progresses.get(other)));
	return needs.map((need) => {
		const unblocks = countWaiting(need.segment);
		return unblocks === 0 ? need : {
			...need,
			unblocks
		};
	}).sort((a, b) => (b.unblocks ?? 0) - (a.unblocks ?? 0));
}
/** Of all warnings those that came up since the plan was shown, or that no plan shows. */
function notesOf(snapshot, plan) {
	const late = [
		"EPIC_CHANGED",
		"UNKNOWN_ISSUE",
		"PERMISSION_MISSING",
		"BUDGET_UNBOUND"
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
			else if (outcome.kind === "lost" || isCutShort(outcome)) events.push({
				...about,
				kind: "LOST"
			});
			else if (outcome.kind === "failed") events.push({
				...about,
				kind: "BLOCKED"
			});
			else if (outcome.kind === "asked") events.push({
				...about,
				kind: "ASKED"
			});
		}
		for (const rejection of record.rejections) events.push({
			at: rejection.at,
			kind: "REJECTED",
			segment,
			pull: rejection.pull
		});
		for (const { at } of record.answers ?? []) events.push({
			at,
			kind: "ANSWERED",
			segment
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
	"ASKED",
	"ANSWERED",
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

// src/core/decide/draft.ts
/** How long another orchestrator, or a call whose answer was lost, is given before its act is repeated. */
const GRACE_MS = 2e4;
var Draft = class {
	snapshot;
	journal;
	decisions = [];
	history = [];
	texts = {};
	/** Comments whose requests were taken in this look: marked as finished when all else is done. */
	taken = [];
	lookAgainAt;
	/** Of the decisions that have one. */
	#keys = /* @__PURE__ */ new Set();
	/** The acts as they are written here: copied once, for an epic may have thousands, and a look may add as many. */
	#acts = {};
	constructor(snapshot, journal) {
		this.snapshot = snapshot;
		this.journal = journal;
	}
	get now() {
		return this.snapshot.now;
	}
	decide(decision) {
		this.decisions.push(decision);
		if ("key" in decision) this.#keys.add(decision.key);
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
		if (!this.journal.authorisation) return this.unlessVisible(decision);
		const act = this.journal.acts[key];
		if (act?.state === "done" || act?.state === "refused") return act.state;
		if (this.#keys.has(key)) return "under way";
		if (act?.state === "intended" && this.mayBeInProgress(key, act)) {
			this.lookAgain(act.at + GRACE_MS - this.now);
			return "under way";
		}
		if (act?.state !== "intended" || act.by !== this.snapshot.orchestrator || this.snapshot.performed[key]) this.#intend(key);
		this.decide(decision);
		this.lookAgain(GRACE_MS);
		return "under way";
	}
	/**
	* Before an epic is started, nobody's words make a journal: whoever can comment could fill the repository with them.
	* That something was said is then seen from what stands there.
	*/
	unlessVisible(decision) {
		const { key } = decision;
		const performed = this.snapshot.performed[key];
		if (performed?.kind === "refused") return "refused";
		if (performed?.kind === "done" || this.snapshot.said[key]) return "done";
		if (!this.#keys.has(key)) this.decide(decision);
		return "under way";
	}
	#intend(key) {
		if (this.journal.acts !== this.#acts) this.#acts = { ...this.journal.acts };
		this.#acts[key] = {
			at: this.now,
			by: this.snapshot.orchestrator,
			state: "intended"
		};
		this.journal = {
			...this.journal,
			acts: this.#acts
		};
	}
	mayBeInProgress(key, act) {
		if (this.now - act.at >= 2e4) return false;
		return act.by !== this.snapshot.orchestrator || this.snapshot.performed[key]?.kind === "unsure";
	}
};
/** The kill switch, a broken config, a missing workflow: nothing is judged by rules that nobody chose. */
const isStopped = (draft) => draft.snapshot.preflight.some(({ level }) => level === "error");
/** Whether an issue reads otherwise than it was authorised: its text then decides nothing any more (SPEC R11.2). */
const isChanged = (journal, issue) => journal.authorisation?.segments[issue.number]?.digest !== issue.digest;
const leafOf = (snapshot, number) => number === snapshot.epic.number ? snapshot.epic : snapshot.issues.find((issue) => issue.number === number);
const ownerOf = (draft) => draft.journal.authorisation?.by ?? draft.snapshot.epic.author.login;

// src/core/decide/dispatch.ts
function nextDispatchId(draft, config) {
	const count = Object.keys(draft.journal.dispatches).length + 1;
	const { epic } = draft.snapshot;
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
	draft.once({
		kind: "say",
		key: `limit:dispatches:${limit}`,
		on: epic.number,
		notice: {
			kind: "epic held",
			diagnostics: [{
				level: "error",
				problem
			}],
			owner: ownerOf(draft)
		},
		reason: "the epic was dispatched as often as its limit allows"
	});
}
function send(draft, dispatch, reason) {
	draft.once({
		kind: "dispatch",
		key: actKeys.dispatch(dispatch.id),
		dispatch,
		ref: draft.snapshot.repository.defaultBranch,
		epic: draft.snapshot.epic.number,
		reason
	});
}
/** How long a dispatched run may be invisible before it is dispatched again; a second one finds the work taken. */
const RUN_VISIBLE_MS = 12e4;
/** An intent whose act is not to be seen is repeated (SPEC R4.3): also one whose run GitHub accepted and never showed. */
function repeatLostDispatches(draft, plan) {
	if (draft.journal.phase === "cancelled" || errorsOf(draft.snapshot, plan, draft.journal).length > 0) return;
	for (const dispatch of Object.values(draft.journal.dispatches)) {
		if (isEnded(draft.journal, dispatch)) continue;
		draft.lookAgain(3e5);
		const key = actKeys.dispatch(dispatch.id);
		const act = draft.journal.acts[key];
		const seen = dispatch.runId !== void 0 || draft.snapshot.runs.some((run) => run.dispatch === dispatch.id);
		if (act?.state === "done" && !seen) {
			if (draft.now - act.at < RUN_VISIBLE_MS) {
				draft.lookAgain(act.at + RUN_VISIBLE_MS - draft.now);
				continue;
			}
			draft.journal = withoutAct(draft.journal, key);
		}
		if (!seen) send(draft, dispatch, `the run of ${dispatch.id} is not to be seen`);
	}
}
function cancelRuns(draft) {
	for (const run of draft.snapshot.runs) if (run.state !== "completed") draft.decide({
		kind: "cancel run",
		runId: run.id,
		reason: "the epic was cancelled"
	});
}

// src/core/decide/fix.ts
/** Wave boundaries: dispatch calibrations, judge their criteria, have fix segments made (SPEC R7.1). */
function calibrate(draft, plan, progresses, config) {
	judgeCoverage(draft, plan, progresses);
	const standings = /* @__PURE__ */ new Map();
	let before = {
		kind: "passed",
		round: 0
	};
	for (const wave of plan.waves) {
		const standing = standingOf(wave, progresses, draft.journal, config);
		standings.set(wave.number, standing);
		const mayGo = draft.journal.phase === "running" && (before.kind === "passed" || config.schedule === "eager");
		if (standing.kind === "to calibrate" && mayGo && errorsOf(draft.snapshot, plan, draft.journal).length === 0) startCalibration(draft, plan, wave.number, standing.round, progresses, config);
		const failed = roundToMend(wave, draft.journal, config);
		if (failed && !isStopped(draft)) makeFixes(draft, plan, wave.number, failed.round, failed.findings);
		if (standing.kind === "stopped") draft.once({
			kind: "say",
			key: `calibration-stopped:${wave.number}:${(draft.journal.calibrations[wave.number] ?? []).length}`,
			on: draft.snapshot.epic.number,
			notice: {
				kind: "calibration stopped",
				problem: standing.problem,
				owner: ownerOf(draft)
			},
			reason: `wave ${wave.number} failed its calibration too often`
		});
		before = standing;
	}
	makeFollowUps(draft);
	return standings;
}
/** A round that passed its gates fails all the same while a criterion of its wave is open and without evidence. */
function judgeCoverage(draft, plan, progresses) {
	for (const [key, rounds] of Object.entries(draft.journal.calibrations)) {
		const wave = Number(key);
		const last = rounds.at(-1);
		if (last?.verdict?.kind !== "passed" || last.judged) continue;
		const left = segmentsInWave(plan, wave).flatMap((number) => {
			const segment = plan.segments.find((each) => each.number === number);
			const issue = leafOf(draft.snapshot, number);
			if (!segment || !issue || progresses.get(number)?.kind !== "merged" || isChanged(draft.journal, issue)) return [];
			return [{
				segment,
				left: segment.spec.criteria.filter((criterion) => criterion.state === "open")
			}];
		});
		const security = segmentsInWave(plan, wave).filter((number) => plan.segments.some((each) => each.number === number && each.spec.worker === "security")).filter((number) => ["merged", "answered"].includes(progresses.get(number)?.kind ?? "")).map((number) => ({
			number,
			report: latestReport(recordOf(draft.journal, number))
		}));
		const findings = [...coverageFindings(left), ...securityFindings(security, rounds)];
		if (findings.length === 0) draft.record({
			kind: "WAVE COMPLETE",
			wave
		});
		draft.journal = withCalibration(draft.journal, wave, last.round, (calibration) => ({
			...calibration,
			judged: true,
			...findings.length === 0 ? {} : { verdict: {
				kind: "failed",
				at: draft.now,
				findings
			} }
		}));
	}
}
function startCalibration(draft, plan, wave, round, progresses, config) {
	const id = nextDispatchId(draft, config);
	if (id === void 0) return;
	const { head } = draft.snapshot.base;
	const dispatch = {
		id,
		at: draft.now,
		work: {
			kind: "calibration",
			wave,
			round
		}
	};
	const covers = segmentsInWave(plan, wave).filter((number) => progresses.get(number)?.kind === "merged");
	const rounds = draft.journal.calibrations[wave] ?? [];
	draft.journal = {
		...draft.journal,
		dispatches: {
			...draft.journal.dispatches,
			[id]: dispatch
		},
		calibrations: {
			...draft.journal.calibrations,
			[wave]: [...rounds, {
				round,
				base: head,
				dispatch: id,
				at: draft.now,
				covers
			}]
		}
	};
	send(draft, dispatch, `wave ${wave} is merged: its whole is checked (round ${round})`);
}
function makeFixes(draft, plan, wave, round, findings) {
	const { epic } = draft.snapshot;
	const files = [...new Set(segmentsInWave(plan, wave).flatMap((number) => {
		const issue = leafOf(draft.snapshot, number);
		if (!issue || isChanged(draft.journal, issue)) return [];
		return plan.segments.find((each) => each.number === number)?.spec.files ?? [];
	}))].sort();
	const made = [];
	const wanted = fixesFor(findings);
	wanted.forEach((finding, index) => {
		const key = actKeys.fix(epic.number, wave, round, index + 1);
		const state = draft.once({
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
		const result = draft.journal.acts[key]?.result;
		if (state === "done" && result !== void 0) made.push(result);
	});
	if (made.length < wanted.length) return;
	if (draft.once({
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
	}) === "under way") draft.record({
		kind: "CALIBRATION FAILED",
		wave
	});
}
const followUpKey = (epic, wave, index) => actKeys.fix(epic, wave, 1e3 + index, 1);
function makeFollowUps(draft) {
	const { epic } = draft.snapshot;
	draft.journal.followUps.forEach((each, index) => {
		draft.once({
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

// src/core/schedule/what-if.ts
/** Links that are tried, those of the longest waits first; and the share of the usual search each gets. */
const TRIED = 24;
const SHARE = .1;
/** Above this many segments one search takes as long as a whole advice may. */
const ADVISED_UP_TO = 300;
/** A saving smaller than this share of the whole is within what any estimate is wrong by. */
const WORTH = .02;
/** @returns undefined where there is nothing to run, or a cycle, or so much that searching each change would take minutes. */
function adviseOn(plan, config) {
	const segments = plan.segments.filter((segment) => !segment.fix);
	if (segments.length < 2 || segments.length > ADVISED_UP_TO) return void 0;
	if (plan.diagnostics.some(({ problem }) => problem.kind === "EPIC_CYCLE")) return void 0;
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
	const tight = tightLinks(now, segments, plan.overlaps);
	const dependencies = tight.dependencies.map(({ from, on }) => ({
		from,
		on,
		savesMinutes: saved({ segments: segments.map((segment) => segment.number === from ? {
			...segment,
			blockedBy: segment.blockedBy.filter((other) => other !== on)
		} : segment) })
	}));
	const overlaps = tight.overlaps.filter(isAllThatKeepsApart(segments)).map((overlap) => ({
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
/** To take back `parallel: false` or `conflicts-with` helps only two whose files keep out of each other's way. */
function isAllThatKeepsApart(segments) {
	const filesOf = new Map(segments.map(({ number, spec }) => [number, spec.files]));
	return ({ a, b, why }) => {
		if (why.kind === "files" || why.kind === "scope unknown") return true;
		const [one = [], other = []] = [filesOf.get(a), filesOf.get(b)];
		return one.length > 0 && other.length > 0 && overlappingScopes([one, other]).length === 0;
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
* In waves that is done in each of them, and whoever is late there for the sake of one segment of the wave before stands in
* this wave by that dependency alone.
*/
function tightLinks(solved, segments, overlaps) {
	const pairs = new Map(overlaps.map((overlap) => [`${overlap.a} ${overlap.b}`, overlap]));
	const dependencies = [];
	const found = /* @__PURE__ */ new Set();
	const blockersOf = new Map(segments.map(({ number, blockedBy }) => [number, blockedBy]));
	const waveOf = new Map(solved.flatMap(({ stage }, wave) => stage.numbers.map((number) => [number, wave])));
	for (const [wave, { stage, starts, makespan }] of solved.entries()) {
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
			const number = stage.numbers[at] ?? 0;
			const [on, ...more] = (blockersOf.get(number) ?? []).filter((each) => waveOf.get(each) === wave - 1);
			if (on !== void 0 && more.length === 0) dependencies.push({
				from: number,
				on
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

// src/core/decide/verdict.ts
/**
* The people whose approval holds for the pull request's head as it is now.
*
* Reviews count by each person's latest opinion, given for this very commit, by someone who may write at this moment
* and did not open the pull request. Bots never count.
*/
function approvers(pull, record) {
	const yes = /* @__PURE__ */ new Map();
	for (const review of latestOpinions(pull)) {
		if (review.state !== "approved" || review.head !== pull.head) continue;
		if (mayJudge(review.by, pull)) yes.set(review.by.id, review.by.login);
	}
	for (const approval of record.approvals) if (approval.head === pull.head && approval.byId !== pull.author.id) yes.set(approval.byId, approval.by);
	return [...yes.values()].sort();
}
/** The standing no to the head as it is now, if there is one: by a review, or by a `/reject` already in the journal. */
function rejection(pull, record) {
	const said = record.rejections.findLast((each) => each.head === pull.head && each.pull === pull.number);
	if (said) return said;
	const review = latestOpinions(pull).find((each) => each.state === "changes requested" && each.head === pull.head && mayJudge(each.by, pull));
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
/** Bots never count, whatever the config lets them command (SPEC R11.6). */
const mayJudge = (person, pull) => person.id !== pull.author.id && person.kind === "person" && mayWrite(person);
/** A merge that GitHub refused is tried again after this long: rules, locks and required checks change. */
const MERGE_AGAIN_MS = 6e4;
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
	const missing = Math.max(config.approvals, steers ? 1 : 0) - approvers(pull, record).length;
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

// src/core/decide/progress.ts
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
		step: current.step ? `${job}: ${current.step}` : job,
		...current.since === void 0 ? {} : { since: current.since },
		...current.url === void 0 ? {} : { log: current.url }
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
	const no = rejection(pull, record);
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
		approvedBy: approvers(pull, record)
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
			return outcome.problem.kind === "RUN_CUT_SHORT" && lostRuns(record) < config.attempts ? void 0 : outcome.problem;
		case "no-change": return { kind: "NO_CHANGE" };
		case "asked": return questionOpen(record, config, now);
		case "lost": {
			const attempts = lostRuns(record);
			return attempts < config.attempts ? void 0 : {
				kind: "RUN_LOST",
				conclusion: outcome.conclusion,
				attempts
			};
		}
		case "published": return pull?.state === "closed" ? {
			kind: "PULL_CLOSED",
			at: { pull: pull.number }
		} : void 0;
		case "cancelled": return;
	}
}
/** Runs that died, whether or not they could still say so and hand on what they had (SPEC R8.2). */
const lostRuns = (record) => record.attempts.slice(record.forgiven).filter(({ outcome }) => outcome?.kind === "lost" || isCutShort(outcome)).length;
const CONFLICT_ROUNDS = 3;
const LATER_LIMIT = 12;
const LATER_WAIT_MS = 3e5;
const laterAttempts = (record) => record.attempts.slice(record.forgiven).filter((each) => isLater(each)).length;
const isLater = (attempt) => attempt.outcome?.kind === "failed" && attempt.outcome.problem.kind === "AGENT_LATER";
/** When a segment whose agent asked to come back later may be tried again. */
function notBefore(record) {
	const last = record.attempts.at(-1);
	if (!last?.outcome || !isLater(last)) return void 0;
	const problem = last.outcome.kind === "failed" ? last.outcome.problem : void 0;
	const askedMs = problem?.kind === "AGENT_LATER" ? problem.waitMs ?? 0 : 0;
	return last.outcome.at + Math.max(LATER_WAIT_MS, askedMs);
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
	const stranger = [issue.author, issue.editor].find((person) => person && !isTrusted(person, config));
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

// src/core/decide/questions.ts
/**
* Takes a person's words as the answer: on the segment itself, or on the epic where only one run has asked by that id.
* @returns why not, in words; undefined where it is taken.
*/
function answerInWords(draft, request, said, on) {
	const { journal, snapshot } = draft;
	const [segment, ...others] = Object.keys(journal.segments).map((number) => Number(number)).filter((number) => {
		const attempt = answerable(recordOf(journal, number));
		return attempt && askingOf(attempt)?.question.id === said.id && (on === snapshot.epic.number || on === number);
	});
	if (segment === void 0) return `no run waits for an answer to "${said.id}" here`;
	if (others.length > 0) return `several segments wait for "${said.id}"; answer on the segment itself`;
	takeAnswer(draft, request, segment, said.text);
}
/** Takes a tick as the answer. @returns why not, in words; undefined where it is taken. */
function answerByTick(draft, request, { key, boxes }) {
	const segment = Number(/^question:(\d+)-/.exec(key)?.[1]);
	const attempt = answerable(recordOf(draft.journal, segment));
	if (!attempt || questionKey(attempt.id) !== key) return "nobody waits for this answer any more";
	const [box, ...more] = boxes;
	if (more.length > 0) return "several are ticked";
	const option = box === void 0 ? void 0 : askingOf(attempt)?.question.options[box];
	if (option === void 0) return "it is none of the options";
	takeAnswer(draft, request, segment, option);
}
function takeAnswer(draft, request, segment, text) {
	const record = recordOf(draft.journal, segment);
	const answer = {
		attempt: record.attempts.at(-1)?.id ?? "",
		text,
		by: request.by.login,
		at: request.at
	};
	draft.journal = withRecord(draft.journal, segment, { answers: [...record.answers ?? [], answer] });
	draft.record({
		kind: "ANSWERED",
		segment
	});
}
/** Each question in a comment of its own: open with its boxes, and closed by what came of it. */
function tellQuestions(draft, progresses, config) {
	for (const [number, progress] of progresses) {
		const record = recordOf(draft.journal, number);
		for (const attempt of record.attempts) {
			const question = askedBy(attempt, config);
			if (!question) continue;
			const kept = askingOf(attempt)?.kept;
			const notice = {
				kind: "question",
				segment: number,
				owner: ownerOf(draft),
				question,
				...kept === void 0 ? {} : { kept }
			};
			const key = questionKey(attempt.id);
			const said = draft.snapshot.said[key];
			const end = endOf(record, attempt, isDone(progress));
			if (end) {
				const comment = said?.id ?? draft.journal.acts[key]?.result;
				if (comment === void 0) continue;
				const reason = `#${number}'s question is closed: ${end.kind}`;
				draft.once({
					kind: "revise",
					key: `${key}:ended`,
					says: key,
					comment,
					notice: {
						...notice,
						end
					},
					reason
				});
				continue;
			}
			if (progress.kind === "blocked" && progress.problem.kind === "QUESTION_ASKED") {
				if (question.until !== void 0) draft.lookAgain(question.until - draft.now);
				draft.once({
					kind: "say",
					key,
					on: number,
					notice,
					reason: `#${number} waits for an answer`
				});
			}
			const [first, ...more] = said?.ticked ?? [];
			if (!said || first === void 0) continue;
			draft.decide({
				kind: "untick",
				says: key,
				comment: said.id,
				was: said.body,
				notice: {
					...notice,
					unticked: more.length > 0 ? "several" : "not by a person who may"
				},
				reason: `#${number}'s question is still open: what is ticked is no answer`
			});
		}
	}
}

// src/core/decide/take.ts
const accepted = { kind: "accepted" };
const refused = (problem) => ({
	kind: "refused",
	problem
});
function takeRequests(draft, plan, config) {
	const taken = { ...draft.journal.taken };
	let shown;
	const planShown = () => {
		shown ??= planNotice(plan, config);
		return shown;
	};
	for (const request of draft.snapshot.requests) {
		if (taken[request.id]) continue;
		const answer = answerTo(draft, plan, config, request, planShown);
		taken[request.id] = answer.kind === "accepted" ? "accepted" : { refused: answer.kind === "refused" ? answer.problem.kind : answer.why };
		draft.journal = {
			...draft.journal,
			taken
		};
		acknowledge(draft, request, answer);
	}
	takeOffCommandLabels(draft, config);
}
function acknowledge(draft, request, answer) {
	const node = "node" in request.from ? request.from.node : void 0;
	if (answer.kind === "ignored") return;
	if (answer.kind === "accepted") {
		if (!node) return;
		draft.decide({
			kind: "react",
			node,
			with: "eyes",
			reason: `@${request.by.login}'s request was taken`
		});
		draft.taken.push(node);
		return;
	}
	const reason = `@${request.by.login}'s request was refused: ${answer.problem.kind}`;
	const key = answer.problem.kind === "FORBIDDEN" ? `forbidden:${request.by.id}` : `refused:${request.id}`;
	draft.once({
		kind: "say",
		key,
		on: placeOf(request, draft.snapshot.epic.number),
		notice: {
			kind: "refused request",
			to: request.by.login,
			problem: answer.problem
		},
		reason
	});
	if (node) draft.decide({
		kind: "react",
		node,
		with: "confused",
		reason
	});
}
function placeOf(request, epic) {
	switch (request.from.kind) {
		case "label":
		case "comment":
		case "boxes": return request.from.issue;
		case "pull comment":
		case "review comment": return request.from.pull;
		case "dispatch": return epic;
	}
}
/** @param planShown what a plan that is asked for is answered with: it takes several searches, and is made at most once. */
function answerTo(draft, plan, config, request, planShown) {
	const at = "pull" in request.from ? { pull: request.from.pull } : { issue: placeOf(request, draft.snapshot.epic.number) };
	const { by, asked } = request;
	if (asked.kind === "nothing") return {
		kind: "ignored",
		why: "nothing asked"
	};
	const named = isNamedBot(by, config);
	if (by.kind === "bot" && !named) return {
		kind: "ignored",
		why: "bot"
	};
	const needs = asked.kind === "command" && TRIAGE_IS_ENOUGH.has(asked.command.kind) ? "triage" : "write";
	if (!named && !(needs === "triage" ? mayTriage(by) : mayWrite(by))) return asked.kind === "command" ? refused({
		kind: "FORBIDDEN",
		at,
		login: by.login,
		permission: by.permission,
		needs
	}) : {
		kind: "ignored",
		why: "no command, no rights"
	};
	if (asked.kind === "ticks") {
		const why = answerByTick(draft, request, asked);
		return why === void 0 ? accepted : {
			kind: "ignored",
			why
		};
	}
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
	return obey(draft, plan, config, request, asked.command, at, planShown);
}
/** A bot's commands may count; its opinion of a change never does (SPEC R11.6). */
const ONLY_PEOPLE = "only people approve and accept; a bot that the config names may give the other commands";
const TRIAGE_IS_ENOUGH = /* @__PURE__ */ new Set([
	"help",
	"plan",
	"status"
]);
function obey(draft, plan, config, request, command, at, planShown) {
	const { journal, snapshot } = draft;
	const notNow = (why) => refused({
		kind: "NOT_NOW",
		at,
		command: command.kind,
		why
	});
	switch (command.kind) {
		case "help": return tell(draft, request, {
			kind: "help",
			to: request.by.login
		});
		case "plan": return tell(draft, request, planShown());
		case "status": return accepted;
		case "execute": return at.issue !== void 0 && at.issue !== snapshot.epic.number ? notNow(`#${at.issue} is a segment of #${snapshot.epic.number}; execute that one, or say /swarm run #${at.issue}`) : execute(draft, plan, config, request, command, planShown);
		case "run": {
			const issue = snapshot.issues.find((each) => each.number === command.segment);
			if (!issue || !isSegment(plan, command.segment)) return refused({
				kind: "UNKNOWN_SEGMENT",
				at,
				number: command.segment
			});
			if (!journal.authorisation) return notNow("the epic is not being executed");
			authorise(draft, plan, request, [issue], journal.authorisation, config);
			draft.journal = withRecord(draft.journal, command.segment, { included: {
				by: request.by.login,
				at: request.at
			} });
			return accepted;
		}
		case "approve":
			if (request.by.kind === "bot") return notNow(ONLY_PEOPLE);
			return at.pull === void 0 ? approveWave(draft, plan, config, command, notNow) : approvePull(draft, request, command, at.pull);
		case "reject": return at.pull === void 0 ? notNow("a rejection belongs on the pull request it is about") : rejectPull(draft, request, command, at.pull);
		case "answer": {
			const why = answerInWords(draft, request, command, at.issue);
			return why === void 0 ? accepted : notNow(why);
		}
		case "retry": return retry(draft, plan, command, at, notNow);
		case "skip":
			if (!isSegment(plan, command.segment)) return refused({
				kind: "UNKNOWN_SEGMENT",
				at,
				number: command.segment
			});
			draft.journal = withRecord(journal, command.segment, { skipped: {
				by: request.by.login,
				reason: command.reason,
				at: request.at
			} });
			draft.record({
				kind: "SKIPPED",
				segment: command.segment
			});
			return accepted;
		case "pause":
			if (journal.phase !== "running") return notNow(`the epic is ${journal.phase}`);
			draft.journal = {
				...journal,
				phase: "paused"
			};
			return accepted;
		case "resume":
			if (journal.phase !== "paused" && journal.phase !== "cancelled") return notNow(`the epic is ${journal.phase}`);
			draft.journal = {
				...withoutRefusals(journal),
				phase: "running"
			};
			return accepted;
		case "cancel":
			draft.journal = {
				...journal,
				phase: "cancelled"
			};
			draft.once({
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
			if (request.by.kind === "bot") return notNow(ONLY_PEOPLE);
			if (journal.phase !== "running") return notNow(journal.phase === "finished" ? "it is accepted already" : `the epic is ${journal.phase}`);
			if (!draft.journal.acts[acceptanceKey(draft)]) return notNow("not every segment is merged and calibrated yet");
			draft.journal = {
				...journal,
				phase: "finished",
				finishedAt: snapshot.now,
				acceptedBy: request.by.login
			};
			draft.record({ kind: "EXECUTION COMPLETE" });
			return accepted;
		case "needs-work":
			if (journal.phase !== "running") return notNow(`the epic is ${journal.phase}`);
			if (!draft.journal.acts[acceptanceKey(draft)]) return notNow("not every segment is merged and calibrated yet");
			draft.journal = {
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
const acceptanceKey = (draft) => `accept:${draft.journal.followUps.length + 1}:${Object.keys(draft.journal.dispatches).length}`;
function tell(draft, request, notice) {
	draft.once({
		kind: "say",
		key: `answer:${request.id}`,
		on: placeOf(request, draft.snapshot.epic.number),
		notice,
		reason: `@${request.by.login} asked`
	});
	return accepted;
}
function planNotice(plan, config) {
	const advice = adviseOn(plan, config);
	return {
		kind: "plan",
		plan,
		dryRun: true,
		...advice ? { advice } : {}
	};
}
const isSegment = (plan, number) => plan.segments.some((each) => each.number === number);
function execute(draft, plan, config, request, command, planShown) {
	if (command.dryRun) return tell(draft, request, planShown());
	const { journal } = draft;
	const { kind: _, dryRun: __, ...options } = command;
	if (!journal.authorisation && draft.snapshot.earlier?.length) draft.journal = {
		...draft.journal,
		earlier: draft.snapshot.earlier
	};
	authorise(draft, plan, request, draft.snapshot.issues, void 0, config);
	const { finishedAt: _f, acceptedBy: _a, ...going } = withoutRefusals(draft.journal);
	draft.journal = {
		...going,
		phase: "running",
		options: { ...options },
		startedAt: journal.startedAt ?? draft.now
	};
	if (!journal.authorisation) draft.record({ kind: "STARTED" });
	return accepted;
}
/** Writes down what this person consents to: these texts and edges, this config, this base (SPEC R11.2). */
function authorise(draft, plan, by, issues, before, config) {
	const { snapshot } = draft;
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
		draft.texts[issue.number] = {
			title: issue.title,
			body: issue.body,
			labels: issue.labels
		};
	}
	const { epic } = snapshot;
	const meansEpic = (!before || named.includes(epic)) && wroteBefore(epic, by.at, config);
	if (meansEpic) draft.texts[epic.number] = {
		title: epic.title,
		body: epic.body,
		labels: epic.labels
	};
	draft.journal = {
		...draft.journal,
		authorisation: {
			at: by.at,
			by: by.by.login,
			byId: by.by.id,
			configDigest: snapshot.configDigest,
			base: snapshot.base.head,
			baseBranch: snapshot.base.branch,
			epicDigest: meansEpic ? epic.digest : (before ?? draft.journal.authorisation)?.epicDigest ?? "",
			segments
		}
	};
}
/** What a stranger wrote after the word was given is not what was meant by it. */
const wroteBefore = (issue, at, config) => issue.editedAt === void 0 || issue.editedAt <= at || isTrusted(issue.editor ?? issue.author, config);
/** A config that is another one than last time is used from now on, and that it changed is shown. */
function noteConfig(draft) {
	const { authorisation, configs = [] } = draft.journal;
	const { configDigest } = draft.snapshot;
	if (!authorisation || (configs.at(-1)?.digest ?? authorisation.configDigest) === configDigest) return;
	draft.journal = {
		...draft.journal,
		configs: [...configs, {
			at: draft.now,
			digest: configDigest
		}].slice(-50)
	};
	draft.record({ kind: "CONFIG CHANGED" });
}
/**
* Texts that people with write access changed while nothing was started yet, or always with `adopt: automatic`, need
* no second say: whoever may authorise them wrote them.
*/
function adoptChanges(draft, plan, config) {
	const { authorisation } = draft.journal;
	if (!authorisation) return;
	if (!(Object.keys(draft.journal.dispatches).length === 0) && config.adopt !== "automatic") return;
	const changed = (plan.source === "the epic itself" ? [draft.snapshot.epic] : draft.snapshot.issues).filter((issue) => {
		const segment = plan.segments.find((each) => each.number === issue.number);
		if (!segment || recordOf(draft.journal, issue.number).attempts.length > 0) return false;
		const known = authorisation.segments[issue.number];
		if (known?.digest === issue.digest && sameEdges(known, edgesOf(plan, segment)) || !known && config.adopt !== "automatic") return false;
		return isTrusted(issue.author, config) && (!issue.editor || isTrusted(issue.editor, config));
	});
	const { epic } = draft.snapshot;
	const adopted = epic.digest !== authorisation.epicDigest && isTrusted(epic.editor ?? epic.author, config) && !changed.includes(epic) ? [...changed, epic] : changed;
	if (adopted.length === 0) return;
	authorise(draft, plan, {
		by: {
			login: authorisation.by,
			id: authorisation.byId
		},
		at: authorisation.at
	}, adopted, authorisation, config);
}
function approveWave(draft, plan, config, command, notNow) {
	if (config.mode !== "collaborative") return notNow("waves start by themselves in this mode; approve pull requests instead");
	const asked = plan.waves.map((wave) => wave.number).filter((wave) => !draft.journal.approvedWaves.includes(wave)).find((wave) => draft.journal.acts[`approve-wave:${wave}`] !== void 0);
	const wave = command.wave ?? asked;
	if (wave === void 0 || !plan.waves.some((each) => each.number === wave)) return notNow("there is no such wave");
	draft.journal = {
		...draft.journal,
		approvedWaves: [.../* @__PURE__ */ new Set([...draft.journal.approvedWaves, wave])].sort((a, b) => a - b)
	};
	return accepted;
}
function approvePull(draft, request, command, number) {
	const at = { pull: number };
	const pull = draft.snapshot.pulls.find((each) => each.number === number);
	const segment = segmentOfPull(draft.journal, number);
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
	const record = recordOf(draft.journal, segment);
	const wasThere = record.attempts.some(({ outcome, from, claimedAt }) => outcome?.kind === "published" && outcome.head === pull.head && outcome.at <= request.at ? true : from === pull.head && claimedAt <= request.at);
	if (!(command.head !== void 0 ? pull.head.startsWith(command.head) : wasThere)) return refused({
		kind: "HEAD_MOVED",
		at,
		said: command.head ?? "an earlier commit",
		head: pull.head
	});
	draft.journal = withRecord(draft.journal, segment, { approvals: [...record.approvals, {
		by: request.by.login,
		byId: request.by.id,
		at: request.at,
		head: pull.head
	}] });
	return accepted;
}
function rejectPull(draft, request, command, number) {
	const at = { pull: number };
	const pull = draft.snapshot.pulls.find((each) => each.number === number);
	const segment = segmentOfPull(draft.journal, number);
	if (!pull || segment === void 0 || pull.state !== "open") return refused({
		kind: "NOT_NOW",
		at,
		command: "reject",
		why: "this pull request is not waiting for a decision"
	});
	const record = recordOf(draft.journal, segment);
	const rejection = {
		by: request.by.login,
		at: request.at,
		head: pull.head,
		pull: number,
		reason: command.reason,
		comments: []
	};
	draft.journal = withRecord(draft.journal, segment, { rejections: [...record.rejections, rejection] });
	draft.record({
		kind: "REJECTED",
		segment,
		pull: number
	});
	return accepted;
}
function retry(draft, plan, command, at, notNow) {
	if (!draft.journal.authorisation) return notNow("the epic is not being executed");
	const ofPull = at.pull === void 0 ? void 0 : segmentOfPull(draft.journal, at.pull);
	const ofIssue = at.issue !== void 0 && isSegment(plan, at.issue) ? at.issue : void 0;
	const named = command.segment ?? ofPull ?? ofIssue;
	if (named !== void 0 && !isSegment(plan, named)) return refused({
		kind: "UNKNOWN_SEGMENT",
		at,
		number: named
	});
	const segments = named === void 0 ? plan.segments.map((each) => each.number) : [named];
	for (const segment of segments) {
		const record = recordOf(draft.journal, segment);
		if (record.attempts.length === 0 || !record.attempts.at(-1)?.outcome) continue;
		const { mergeRefusal: _, ...rest } = record;
		draft.journal = {
			...draft.journal,
			segments: {
				...draft.journal.segments,
				[segment]: {
					...rest,
					forgiven: record.attempts.length
				}
			}
		};
	}
	const wasRefused = refusedIssues(draft.journal).length > 0;
	draft.journal = withoutRefusals(draft.journal);
	if (named === void 0 && !wasRefused) draft.journal = {
		...draft.journal,
		forgivenRounds: roundsSoFar(draft)
	};
	return accepted;
}
const roundsSoFar = (draft) => Object.fromEntries(Object.entries(draft.journal.calibrations).map(([wave, rounds]) => [wave, rounds.length]));
/** Command labels are one-shot: taken off as soon as they were read, whoever put them on. */
function takeOffCommandLabels(draft, config) {
	const { epic } = draft.snapshot;
	const names = COMMAND_LABELS.map((label) => labelName(config, label));
	const remove = epic.labels.filter((label) => names.includes(label));
	if (remove.length === 0) return;
	draft.decide({
		kind: "set labels",
		issue: epic.number,
		add: [],
		remove,
		reason: "a command label is taken off once it is read"
	});
}

// src/core/decide/tell.ts
/** What people get to see: a comment where one of them is needed, labels, and everything on the panel. */
/** What a person must know gets a comment of its own, once; everything else is on the panel (SPEC R8.1, R9.1). */
function tellProblems(draft, plan, progresses, config) {
	const { snapshot, journal } = draft;
	const errors = errorsOf(snapshot, plan, journal);
	if (errors.length > 0) draft.once({
		kind: "say",
		key: `held:${fingerprint(JSON.stringify(errors))}`,
		on: snapshot.epic.number,
		notice: {
			kind: "epic held",
			diagnostics: [...snapshot.preflight, ...plan.diagnostics],
			owner: ownerOf(draft)
		},
		reason: "the epic cannot go on as it is"
	});
	for (const { key, problem } of refusedIssues(journal)) draft.once({
		kind: "say",
		key: `refused:${key}:${journal.acts[key]?.at ?? 0}`,
		on: snapshot.epic.number,
		notice: {
			kind: "calibration stopped",
			problem,
			owner: ownerOf(draft)
		},
		reason: "GitHub does not let swarm make an issue"
	});
	for (const [number, progress] of progresses) {
		const record = recordOf(journal, number);
		if (progress.kind === "blocked" && progress.problem.kind !== "QUESTION_ASKED") {
			const report = latestReport(record);
			const outcome = record.attempts.at(-1)?.outcome;
			const failed = outcome?.kind === "failed" ? outcome.report : void 0;
			const kept = report?.result.kind === "failed" ? report.result.kept : void 0;
			draft.once({
				kind: "say",
				key: `blocked:${number}:${record.attempts.length}:${progress.problem.kind}`,
				on: number,
				notice: {
					kind: "segment blocked",
					segment: number,
					problem: progress.problem,
					owner: ownerOf(draft),
					...kept ? { kept } : {},
					...report?.artefact ? { artefact: report.artefact } : {},
					...failed?.course ? { course: failed.course } : {}
				},
				reason: `#${number} is blocked: ${progress.problem.kind}`
			});
		}
		if (progress.kind === "not in this execution") draft.once({
			kind: "say",
			key: `consent:${number}:${progress.problem.kind}:${journal.authorisation?.at ?? 0}`,
			on: number,
			notice: {
				kind: "segment blocked",
				segment: number,
				problem: progress.problem,
				owner: ownerOf(draft)
			},
			reason: `#${number} waits for a person's word: ${progress.problem.kind}`
		});
		if (progress.kind === "answered") {
			const report = latestReport(record);
			const findings = (report?.course?.findings ?? []).map(sayFinding);
			const summary = [report?.agent.summary ?? "", ...findings].join("\n");
			draft.once({
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
		if (pull && red) draft.once({
			kind: "say",
			key: `head-red:${pull.number}:${pull.head.slice(0, 12)}`,
			on: pull.number,
			notice: {
				kind: "segment blocked",
				segment: number,
				problem: red,
				owner: ownerOf(draft)
			},
			reason: `#${pull.number}: what was pushed to it does not pass its gates`
		});
		if (record.mergeRefusal && progress.kind === "in review") {
			const at = { pull: progress.pull };
			draft.once({
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
					owner: ownerOf(draft)
				},
				reason: `GitHub refused to merge #${progress.pull}`
			});
		}
	}
	const wave = config.mode === "collaborative" && errors.length === 0 ? waveToApprove(draft, plan, progresses, config) : void 0;
	if (wave !== void 0) draft.once({
		kind: "say",
		key: `approve-wave:${wave}`,
		on: snapshot.epic.number,
		notice: {
			kind: "approve wave",
			wave,
			owner: ownerOf(draft),
			plan
		},
		reason: `wave ${wave} waits for an approval`
	});
}
function waveToApprove(draft, plan, progresses, config) {
	const standings = new Map(plan.waves.map((wave) => [wave.number, standingOf(wave, progresses, draft.journal, config)]));
	return nextWave(plan, standings, draft.journal);
}
/** FNV-1a: tells two lists of errors apart in a comment's key; nothing rests on it being hard to forge. */
function fingerprint(text) {
	let hash = 2166136261;
	for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 16777619);
	return (hash >>> 0).toString(16).padStart(8, "0");
}
function labelSegments(draft, plan, progresses, config) {
	for (const segment of plan.segments) {
		const issue = leafOf(draft.snapshot, segment.number);
		const progress = progresses.get(segment.number);
		if (issue && progress && issue.number !== draft.snapshot.epic.number) label(draft, issue, segmentLabel(progress), config);
	}
	label(draft, draft.snapshot.epic, epicLabel(draft, plan, progresses), config);
}
function label(draft, issue, wanted, config) {
	const ours = STATE_LABELS.map((each) => labelName(config, each));
	const name = wanted && labelName(config, wanted);
	const add = name !== void 0 && !issue.labels.includes(name) ? [name] : [];
	const remove = issue.labels.filter((each) => ours.includes(each) && each !== name);
	if (add.length + remove.length === 0) return;
	draft.decide({
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
function epicLabel(draft, plan, progresses) {
	if (draft.journal.phase === "finished") return "done";
	if (draft.journal.phase === "paused" || draft.journal.phase === "cancelled") return "paused";
	if (errorsOf(draft.snapshot, plan, draft.journal).length > 0) return "blocked";
	if (progresses.get(draft.snapshot.epic.number)?.kind === "blocked") return "blocked";
	return [...progresses.values()].some((progress) => progress.kind === "queued" || progress.kind === "running") ? "running" : [...progresses.values()].some((progress) => progress.kind === "in review") ? "review" : "running";
}
/** How often the panel is written at most where nothing but the steps of jobs went on; the next look writes it. */
const STEPS_MS = 6e4;
function showPanel(draft, plan, progresses, config) {
	const board = makeBoard(draft.snapshot, draft.journal, plan, progresses, config);
	const comment = draft.snapshot.said[actKeys.panel]?.id ?? draft.journal.acts[actKeys.panel]?.result;
	const panel = {
		kind: "show panel",
		key: actKeys.panel,
		on: draft.snapshot.epic.number,
		board,
		reason: "the panel shows the epic as it is"
	};
	if (comment === void 0) {
		draft.once(panel);
		return;
	}
	const { at } = draft.snapshot.said[actKeys.panel] ?? {};
	const isFresh = at !== void 0 && draft.now - at < STEPS_MS;
	draft.decide({
		...panel,
		comment,
		...isFresh ? { steps: "can wait" } : {}
	});
}

// src/core/decide/accept.ts
function askAcceptance(draft, plan, progresses, standings, config) {
	const complete = plan.waves.length > 0 && [...standings.values()].every((standing) => standing.kind === "passed");
	const pending = draft.journal.followUps.some((each, index) => draft.journal.acts[followUpKey(draft.snapshot.epic.number, each.wave, index)]?.state !== "done");
	if (!complete || pending || draft.journal.phase !== "running" || isStopped(draft)) return;
	if (!plan.segments.every((segment) => {
		const issue = leafOf(draft.snapshot, segment.number);
		return isLeftOut(progresses.get(segment.number)) || issue?.number === draft.snapshot.epic.number || issue?.state !== "open";
	})) return;
	if (config.acceptance === "automatic") {
		draft.journal = {
			...draft.journal,
			phase: "finished",
			finishedAt: draft.now
		};
		draft.record({ kind: "EXECUTION COMPLETE" });
		endEpic(draft, plan, progresses, config);
		return;
	}
	draft.once({
		kind: "say",
		key: acceptanceKey(draft),
		on: draft.snapshot.epic.number,
		notice: {
			kind: "ask acceptance",
			owner: ownerOf(draft),
			board: makeBoard(draft.snapshot, draft.journal, plan, progresses, config)
		},
		reason: "every segment is merged and every wave calibrated"
	});
}
/** The last acts, closing last: what is cut off before it is done again, what comes after is left alone. */
function endEpic(draft, plan, progresses, config) {
	const { snapshot } = draft;
	const board = makeBoard(snapshot, draft.journal, plan, progresses, config);
	const told = draft.once({
		kind: "say",
		key: "summary",
		on: snapshot.epic.number,
		notice: {
			kind: "summary",
			board,
			by: draft.journal.acceptedBy ?? "swarm"
		},
		reason: "the epic is accepted"
	});
	labelSegments(draft, plan, progresses, config);
	showPanel(draft, plan, progresses, config);
	if (told === "under way") return;
	draft.once({
		kind: "close epic",
		key: `close:${draft.journal.finishedAt ?? 0}`,
		issue: snapshot.epic.number,
		reason: draft.journal.acceptedBy ? `accepted by @${draft.journal.acceptedBy}` : "acceptance is automatic"
	});
}

// src/core/decide/merge.ts
/** One merge a look, in the plan's order: each changes what the next one has to fit to. */
function mergeNext(draft, plan, progresses, config) {
	const { snapshot } = draft;
	for (const segment of inPlanOrder(plan)) {
		const progress = progresses.get(segment.number);
		if (progress?.kind === "in review") waitForGitHub(draft, progress);
		if (progress?.kind !== "to merge") continue;
		const pull = snapshot.pulls.find((each) => each.number === progress.pull);
		if (!pull) continue;
		const by = progress.approvedBy.length > 0 ? `approved by ${progress.approvedBy.join(", ")}` : "no approval is asked for";
		const reason = `#${segment.number}: gates green on ${pull.head.slice(0, 7)}, ${by}`;
		if (pull.draft) {
			draft.decide({
				kind: "mark ready",
				pull: pull.number,
				pullId: pull.id,
				reason
			});
			draft.lookAgain(GRACE_MS);
			return;
		}
		const key = actKeys.merge(pull.number, pull.head);
		if (draft.journal.acts[key]?.state === "refused") draft.journal = withoutAct(draft.journal, key);
		draft.once({
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
function waitForGitHub(draft, progress) {
	for (const wait of progress.waits) {
		if (wait.kind === "mergeable" && wait.state === "unknown") draft.lookAgain(5e3);
		if (wait.kind === "merge refused") draft.lookAgain(MERGE_AGAIN_MS);
	}
}
function inPlanOrder(plan) {
	const segments = new Map(plan.segments.map((segment) => [segment.number, segment]));
	return plan.waves.flatMap(segmentsOf).map((number) => segments.get(number)).filter((segment) => segment !== void 0);
}
/** After a merge: tick what is met, close the issue, delete the branch (SPEC R6.5, R6.6). */
function settleMerged(draft, plan, progresses) {
	const { snapshot, journal } = draft;
	for (const segment of plan.segments) {
		const progress = progresses.get(segment.number);
		const issue = leafOf(snapshot, segment.number);
		const record = recordOf(journal, segment.number);
		if (!issue || !progress) continue;
		if (progress.kind === "merged") {
			const pull = publishedPull(snapshot, record);
			const met = metCriteria(segment, latestReport(record)?.agent, pull ? approvers(pull, record) : []);
			tickCriteria(draft, issue, segment, met, progress.pull);
			const mends = record.fix?.mends;
			const mended = mends && plan.segments.find((each) => each.number === mends.issue);
			const mendedIssue = mends && leafOf(snapshot, mends.issue);
			if (mended && mendedIssue && !isChanged(journal, issue)) tickCriteria(draft, mendedIssue, mended, mendedCriteria(segment, mends, met), progress.pull);
			if (pull && snapshot.branches[pull.branch] === pull.head) {
				const reason = `#${progress.pull} is merged`;
				draft.decide({
					kind: "delete branch",
					branch: pull.branch,
					head: pull.head,
					reason
				});
			}
			for (const { branch, head } of record.attempts.flatMap(keptOf)) {
				if (snapshot.branches[branch] !== head) continue;
				const reason = `#${progress.pull} is merged; the work kept from an earlier attempt is not needed`;
				draft.decide({
					kind: "delete branch",
					branch,
					head,
					reason
				});
			}
		}
		const isEpic = issue.number === snapshot.epic.number;
		if (issue.state !== "open" || isEpic) continue;
		if (progress.kind === "merged" || progress.kind === "answered") draft.decide({
			kind: "close issue",
			issue: issue.number,
			issueId: issue.id,
			as: "completed",
			reason: progress.kind === "merged" ? `#${progress.pull} is merged` : "the research is answered"
		});
		const left = progress.kind === "skipped" ? publishedPull(snapshot, record) : void 0;
		if (left?.state === "open") draft.decide({
			kind: "close pull",
			pull: left.number,
			reason: `#${segment.number} is skipped`
		});
		if (progress.kind === "skipped" && record.skipped) draft.decide({
			kind: "close issue",
			issue: issue.number,
			issueId: issue.id,
			as: "not planned",
			reason: `skipped by @${record.skipped.by}: ${record.skipped.reason}`
		});
	}
}
/** A group ends with the last of its leaves (SPEC R1.1); one whose leaves were all left out was not done. */
function closeGroups(draft, progresses) {
	const { snapshot } = draft;
	const leavesOf = (group) => snapshot.issues.filter((each) => each.parent === group.number).flatMap((each) => each.children.length > 0 ? leavesOf(each) : [each]);
	for (const group of snapshot.issues) {
		if (group.children.length === 0 || group.state !== "open") continue;
		const leaves = leavesOf(group);
		const isOver = leaves.every(({ number, state }) => state !== "open" && isDone(progresses.get(number)));
		if (leaves.length === 0 || !isOver) continue;
		const isSkipped = leaves.every(({ number }) => progresses.get(number)?.kind === "skipped");
		const as = isSkipped ? "not planned" : "completed";
		const reason = `#${group.number}: every segment in it is ${isSkipped ? "skipped" : "done"}`;
		draft.decide({
			kind: "close issue",
			issue: group.number,
			issueId: group.id,
			as,
			reason
		});
	}
}
/** The only edit swarm makes to a person's text; one that was changed since it was authorised is left alone. */
function tickCriteria(draft, issue, segment, met, pull) {
	const body = tick(issue.body, segment.spec.criteria, met);
	if (body === issue.body || isChanged(draft.journal, issue)) return;
	const reason = `#${segment.number}: criteria met, with evidence in #${pull}`;
	draft.decide({
		kind: "tick criteria",
		issue: issue.number,
		was: issue.body,
		body,
		reason
	});
}

// src/core/decide/remember.ts
function remember(snapshot, journal) {
	let next = rememberActs(snapshot, journal);
	next = rememberRuns(snapshot, next);
	next = rememberReports(snapshot, next);
	next = rememberRefusedDispatches(snapshot, next);
	next = rememberDeadRuns(snapshot, next);
	return rememberMerges(snapshot, next);
}
function rememberActs(snapshot, journal) {
	const acts = { ...journal.acts };
	for (const [key, act] of Object.entries(journal.acts)) {
		if (act.state !== "intended") continue;
		const performed = snapshot.performed[key];
		const shown = snapshot.said[key]?.id ?? snapshot.made[key];
		if (performed?.kind === "done" || shown !== void 0) {
			const result = (performed?.kind === "done" ? performed.result : void 0) ?? shown;
			acts[key] = {
				...act,
				state: "done",
				...result === void 0 ? {} : { result }
			};
		} else if (performed?.kind === "refused") {
			const { status, message } = performed;
			acts[key] = {
				...act,
				state: "refused",
				refusal: {
					status,
					message: message.slice(0, 500)
				}
			};
		}
	}
	return {
		...journal,
		acts
	};
}
/**
* A run that is seen for a dispatch proves that the dispatch happened. Which of several runs got the work is not told
* here: only a run's own plan job writes `runId`.
*/
function rememberRuns(snapshot, journal) {
	const acts = { ...journal.acts };
	for (const run of snapshot.runs) {
		const key = actKeys.dispatch(run.dispatch);
		const act = acts[key];
		if (act?.state === "intended") acts[key] = {
			...act,
			state: "done",
			result: run.id
		};
	}
	return {
		...journal,
		acts
	};
}
function rememberReports(snapshot, journal) {
	let next = journal;
	for (const report of snapshot.reports) {
		const attempt = findAttempt(next, report.attempt);
		if (attempt && !attempt.outcome) next = withOutcome(next, attempt, outcomeOf(withoutPassed(report)));
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
/**
* What a gate printed that found nothing wrong, and its words about lines, are in the report at its own ref and in the check
* run. Here nobody asks for them again, and an epic's journal is read and written at each event.
*/
const withoutPassed = (report) => ({
	...report,
	validation: report.validation.map(({ annotations: _, ...result }) => result.verdict === "pass" || result.verdict === "not applicable" ? {
		...result,
		output: ""
	} : result)
});
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

// src/core/model/attempt.ts
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
const PLACES = [
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
	return `${COLOURS[ordinal * 7 % COLOURS.length] ?? COLOURS[0]}${PLACES[ordinal * 11 % PLACES.length] ?? PLACES[0]}`;
}

// src/core/decide/start.ts
/** Which segments start now, and as which attempt: first ones, proofs of what others pushed, reworks, retries. */
/** Everything that may start now goes out in one dispatch; proofs and reworks first, since people wait for them. */
function startWork(draft, plan, derived, standings, config) {
	const { journal, snapshot } = draft;
	const progresses = new Map(derived);
	const held = holds(draft, plan, derived, standings, config);
	const answer = startable({
		plan,
		standing: new Map([...derived].map(([number, progress]) => [number, standingFor(progress, draft, number)])),
		held,
		config,
		options: journal.options,
		elapsedMinutes: elapsedMinutes(draft)
	});
	for (const [number, reasons] of answer.waiting) if (progresses.get(number)?.kind === "ready") progresses.set(number, {
		kind: "waiting",
		for: reasons
	});
	const goingOn = journal.phase === "running" && errorsOf(snapshot, plan, journal).length === 0 ? plan.segments : [];
	const starts = journal.phase === "running" ? answer.start : [];
	const claims = [
		...goingOn.flatMap((segment) => {
			const pull = headToProve(draft, segment, derived.get(segment.number));
			return pull ? [(id) => claim(draft, segment, id, "prove", pull.head, pull.startedFrom ? { base: pull.startedFrom } : {})] : [];
		}),
		...goingOn.filter((segment) => derived.get(segment.number)?.kind === "to rework").map((segment) => (id) => claimRework(draft, segment, id)),
		...starts.map((number) => plan.segments.find((segment) => segment.number === number)).filter((segment) => segment !== void 0).map((segment) => (id) => claimStart(draft, segment, id))
	].slice(0, MATRIX_LIMIT);
	if (claims.length === 0) return progresses;
	const id = nextDispatchId(draft, config);
	if (id === void 0) return progresses;
	const attempts = claims.map((make) => make(id));
	const dispatch = {
		id,
		at: draft.now,
		work: {
			kind: "segments",
			attempts: attempts.map((attempt) => attempt.id)
		}
	};
	draft.journal = {
		...draft.journal,
		dispatches: {
			...draft.journal.dispatches,
			[id]: dispatch
		}
	};
	for (const attempt of attempts) progresses.set(segmentOf(attempt), { kind: "queued" });
	send(draft, dispatch, `may start now: ${attempts.map((attempt) => `#${segmentOf(attempt)}`).join(", ")}`);
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
function standingFor(progress, draft, segment) {
	if (isDone(progress)) return "done";
	const pull = publishedPull(draft.snapshot, recordOf(draft.journal, segment));
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
function holds(draft, plan, progresses, standings, config) {
	const { journal, snapshot } = draft;
	const errors = errorsOf(snapshot, plan, journal).length > 0;
	const budget = config.budgetUsd?.epic;
	const unapproved = config.mode === "collaborative" ? nextWave(plan, standings, journal) : void 0;
	const waves = new Map(plan.waves.flatMap((wave) => segmentsOf(wave).map((number) => [number, wave.number])));
	const isSpent = budget !== void 0 && (spent(journal) ?? 0) >= budget;
	const held = /* @__PURE__ */ new Map();
	for (const segment of plan.segments) {
		const progress = progresses.get(segment.number);
		if (progress?.kind !== "ready") {
			if (progress && !isDone(progress)) held.set(segment.number, []);
			continue;
		}
		const wave = waves.get(segment.number) ?? 1;
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
		if (isSpent) reasons.push({
			kind: "option",
			option: "the budget is spent"
		});
		if (unapproved !== void 0 && wave >= unapproved) reasons.push({
			kind: "wave approval",
			wave: unapproved
		});
		const later = notBefore(recordOf(journal, segment.number));
		if (later !== void 0 && later > draft.now) {
			reasons.push({
				kind: "option",
				option: "the agent asked to be tried later"
			});
			draft.lookAgain(later - draft.now);
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
function claimStart(draft, segment, dispatch) {
	const record = recordOf(draft.journal, segment.number);
	const last = record.attempts.at(-1);
	const published = record.attempts.findLast((attempt) => attempt.outcome?.kind === "published");
	const from = published ? draft.snapshot.branches[published.branch] : void 0;
	return claim(draft, segment, dispatch, last ? "retry" : "first", from, goesOnWith(record));
}
/** After a question the answers; of a run that died or was put off, what it could still hand on, else what it began with (R8.2). */
function goesOnWith(record) {
	const last = record.attempts.at(-1);
	if (last?.outcome?.kind !== "lost" && !(last?.outcome?.kind === "failed" && isDeferred(last.outcome.problem))) return carriedOn(record);
	const kept = keptOf(last)[0]?.head ?? last.kept;
	return {
		...kept ? { kept } : {},
		...last.answers ? { answers: last.answers } : {}
	};
}
const isDeferred = ({ kind }) => kind === "RUN_CUT_SHORT" || kind === "AGENT_LATER";
/** The pull request whose head others pushed and nobody has looked at. It is proven as it is, without an agent. */
function headToProve(draft, segment, progress) {
	if (progress?.kind !== "in review") return void 0;
	if (!progress.waits.some((wait) => wait.kind === "gate" && wait.state === "unproven")) return void 0;
	const pull = draft.snapshot.pulls.find((each) => each.number === progress.pull);
	return pull?.startedFrom !== void 0 && wantsProof(pull, recordOf(draft.journal, segment.number)) ? pull : void 0;
}
function claimRework(draft, segment, dispatch) {
	const record = recordOf(draft.journal, segment.number);
	const pull = publishedPull(draft.snapshot, record);
	const no = pull && rejection(pull, record);
	if (no && !record.rejections.includes(no)) {
		draft.journal = withRecord(draft.journal, segment.number, { rejections: [...record.rejections, no] });
		draft.record({
			kind: "REJECTED",
			segment: segment.number,
			pull: no.pull
		});
	}
	return claim(draft, segment, dispatch, no ? "rework" : pull?.mergeable === "conflicting" ? "conflict" : "retry", pull?.head);
}
function claim(draft, segment, dispatch, why, from, more = {}) {
	const record = recordOf(draft.journal, segment.number);
	const number = record.attempts.length + 1;
	const ordinal = Object.values(draft.journal.segments).reduce((sum, each) => sum + each.attempts.length, 0);
	const attempt = {
		id: `${segment.number}-${number}`,
		number,
		name: attemptName(draft.snapshot.epic.number + ordinal),
		worker: segment.spec.worker,
		...segment.spec.persona === void 0 ? {} : { persona: segment.spec.persona },
		...segment.spec.estimateMinutes === void 0 ? {} : { estimateMinutes: segment.spec.estimateMinutes },
		why,
		branch: record.attempts.find((each) => each.outcome?.kind === "published")?.branch ?? segment.branch,
		base: draft.snapshot.base.head,
		...from ? { from } : {},
		...more,
		dispatch,
		claimedAt: draft.now
	};
	draft.journal = withRecord(draft.journal, segment.number, { attempts: [...record.attempts, attempt] });
	draft.record({
		kind: "CLAIMED",
		segment: segment.number,
		agent: attempt.name
	});
	return attempt;
}

// src/core/decide/decide.ts
function decide(snapshot, config) {
	const draft = new Draft(snapshot, remember(snapshot, snapshot.journal ?? emptyJournal(snapshot.epic.number)));
	bindMadeSegments(draft);
	let plan = planOf(draft, config);
	if (snapshot.epic.state !== "open") return finish(draft, plan, deriveProgress(snapshot, draft.journal, plan, config), config);
	const before = JSON.stringify(planned(draft));
	takeRequests(draft, plan, config);
	adoptChanges(draft, plan, config);
	noteConfig(draft);
	if (JSON.stringify(planned(draft)) !== before) plan = planOf(draft, config);
	const derived = deriveProgress(snapshot, draft.journal, plan, config);
	if (!draft.journal.authorisation) return finish(draft, plan, derived, config);
	if (draft.journal.phase === "finished") {
		endEpic(draft, plan, derived, config);
		return finish(draft, plan, derived, config);
	}
	if (draft.journal.phase === "cancelled") cancelRuns(draft);
	else if (!isStopped(draft)) mergeNext(draft, plan, derived, config);
	settleMerged(draft, plan, derived);
	closeGroups(draft, derived);
	const standings = calibrate(draft, plan, derived, config);
	const progresses = startWork(draft, plan, derived, standings, config);
	repeatLostDispatches(draft, plan);
	tellProblems(draft, plan, progresses, config);
	tellQuestions(draft, progresses, config);
	askAcceptance(draft, plan, progresses, standings, config);
	labelSegments(draft, plan, progresses, config);
	showPanel(draft, plan, progresses, config);
	return finish(draft, plan, progresses, config);
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
function planOf(draft, config) {
	const { epic, issues, others, instructions, earlier = [] } = draft.snapshot;
	const { fixes, skipped, epicDigest } = planned(draft);
	const known = instructions ? { instructions } : {};
	const took = draft.journal.authorisation ? draft.journal.earlier ?? [] : earlier;
	const plan = planEpic({
		epic,
		issues,
		others,
		config,
		fixes,
		skipped: new Set(skipped),
		earlier: took,
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
function finish(draft, plan, progresses, config) {
	finishRequests(draft);
	return {
		journal: isWorthKeeping(draft) ? draft.journal : draft.snapshot.journal ?? emptyJournal(draft.journal.epic),
		decisions: draft.decisions,
		board: makeBoard(draft.snapshot, draft.journal, plan, progresses, config),
		history: draft.history,
		texts: draft.texts,
		lookAgainAt: draft.lookAgainAt
	};
}
/** 🚀 comes last: also for a request whose look ended before it came so far (SPEC R3.4). */
function finishRequests(draft) {
	const before = draft.snapshot.acknowledged.filter(({ id }) => draft.journal.taken[id] === "accepted");
	for (const node of /* @__PURE__ */ new Set([...before.map((each) => each.node), ...draft.taken])) draft.decide({
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
function bindMadeSegments(draft) {
	for (const [key, act] of Object.entries(draft.journal.acts)) {
		const made = /^fix:\d+:(\d+):(\d+):(\d+)$/.exec(key);
		if (!made || act.state !== "done" || act.result === void 0) continue;
		const issue = draft.snapshot.issues.find((each) => each.number === act.result);
		const { authorisation } = draft.journal;
		if (!issue || issue.madeFor !== key || !authorisation || recordOf(draft.journal, issue.number).fix) continue;
		const wave = Number(made[1]);
		const round = Number(made[2]);
		const mends = findingOf(draft.journal, wave, round, Number(made[3]))?.mends;
		draft.journal = withRecord(draft.journal, issue.number, { fix: {
			key,
			wave,
			round,
			...mends ? { mends } : {}
		} });
		draft.texts[issue.number] = {
			title: issue.title,
			body: issue.body,
			labels: issue.labels
		};
		draft.journal = {
			...draft.journal,
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

// src/words/help.ts
/**
* What `/swarm help` answers and the commands' page shows, both made from the table that the parser reads.
*/
/** Rows `command | does | needs | example` of a Markdown table. */
const commandRows = () => Object.values(COMMANDS).map(({ usage, says, who, example }) => `| ${code(usage)} | ${says} | ${who} | ${code(example)} |`);
/** The commands as a table, with who may give them. */
const helpText = () => ["A command stands at the very start of a new comment; an edited comment is not read again.", [
	"| command | does | needs | example |",
	"|---|---|---|---|",
	...commandRows()
].join("\n")].join("\n\n");
const code = (text) => `\`${text.replaceAll("|", "\\|")}\``;

// src/words/notices.ts
/** The text of a comment, or of an issue that swarm makes, with its marker on the first line. */
const sayNotice = (notice, context) => {
	const kind = notice.kind === "fix segment" || notice.kind === "follow-up segment" ? "fix" : "say";
	return marked({
		kind,
		key: context.key
	}, bodyOf(notice, context.url));
};
const bodyOf = (notice, url) => {
	switch (notice.kind) {
		case "help": return helpText();
		case "plan": return planText(notice.plan, {
			url,
			heading: planHeading(notice.plan, notice.dryRun),
			...notice.advice ? { advice: notice.advice } : {}
		});
		case "status": return saySummary(notice.board);
		case "refused request": return `${mention(notice.to)}${problemComment(notice.problem, { url })}`;
		case "epic held": {
			const errors = notice.diagnostics.filter(({ level }) => level === "error").length;
			return [
				`${mention(notice.owner)}⛔ Nothing is started: ${count(errors, "error")} to mend first.`,
				diagnosticsList(notice.diagnostics, { url }),
				"Swarm looks again by itself; nothing has to be started anew."
			].join("\n\n");
		}
		case "segment blocked": {
			const work = notice.kept === void 0 ? "" : `\n\n**Kept** The work is on the branch ${inline(notice.kept)}.`;
			const output = notice.artefact === void 0 ? "" : `\n\n**Output** All that was printed: ${artefactLink(notice.artefact)}.`;
			const telling = {
				url,
				segment: notice.segment
			};
			const steps = notice.course ? checkpointsSection(notice.course) : "";
			const text = `${mention(notice.owner)}⛔ ${problemComment(notice.problem, telling)}${work}${output}`;
			return steps === "" ? text : `${text}\n\n${steps}`;
		}
		case "question": return questionText(notice);
		case "segment answered": return [
			`✅ #${notice.segment} is answered. No action needed; this segment was to find out, not to change files.`,
			"In the words of the agent (not checked by swarm):",
			block(notice.summary, { max: 2e4 })
		].join("\n\n");
		case "approve wave": return [`${mention(notice.owner)}📋 Wave ${notice.wave} waits for you: \`/swarm approve wave ${notice.wave}\` lets it start.`, planText(notice.plan, {
			url,
			wave: notice.wave
		})].join("\n\n");
		case "calibration failed": return [`❌ The calibration of wave ${notice.wave} failed in round ${notice.round}. No action needed: swarm mends it by ${notice.fixes.length === 0 ? "fix segments" : `the fix ${notice.fixes.length === 1 ? "segment" : "segments"} ${enumerate(notice.fixes.map((number) => `#${number}`), 20)}`} and calibrates again.`, findingsList(notice.findings)].join("\n\n");
		case "calibration stopped": return `${mention(notice.owner)}⛔ ${problemComment(notice.problem, { url })}`;
		case "ask acceptance": return [
			`${mention(notice.owner)}🎯 Every segment is done; the epic waits for you: \`/swarm accept\`, or \`/swarm needs-work\` and what is missing.`,
			[
				"Before you accept, look whether",
				"- the requirements are met as the epic says them,",
				"- it is right in use, not only in its tests,",
				"- the edge cases are handled,",
				"- the acceptance criteria are ticked with evidence that convinces you."
			].join("\n"),
			saySummary(notice.board)
		].join("\n\n");
		case "summary": return [`Accepted by ${inline(notice.by, 60)}. The epic is closed.`, saySummary(notice.board)].join("\n\n");
		case "cancelled": return [`⛔ Cancelled by ${inline(notice.by, 60)}. Its runs are being stopped and its reservations are released.`, "Open pull requests and branches stay as they are. `/swarm resume` carries on from what GitHub shows then."].join("\n\n");
		case "merge refused": return `${mention(notice.owner)}⚠️ ${problemComment(notice.problem, { url })}`;
		case "rework started": return `🔄 Rejected by ${inline(notice.by, 60)}: round ${notice.round} of rework has begun. The agent has the reasons and works on in this branch. No action needed.`;
		case "fix segment": return fixText(notice);
		case "follow-up segment": return [
			`${inline(notice.by, 60)} asked for this before accepting epic #${notice.epic}:`,
			block(notice.what, { max: 8e3 }),
			"## Acceptance criteria\n\n- [ ] What is asked for above is there, with a test that shows it"
		].join("\n\n");
	}
};
const fixText = ({ wave, round, finding, files, epic }) => {
	const plain = files.length > 0 && files.every((file) => SCOPE.test(file));
	const where = `The calibration of wave ${wave} of epic #${epic} (round ${round})`;
	const scope = plain ? [`### Files\n\n${files.map((file) => `- \`${file}\``).join("\n")}`] : [];
	return [
		...finding.mends ? leftText(where, finding.mends) : foundText(where, finding),
		...scope,
		`### Type\n\nfix`,
		`## Acceptance criteria\n\n${criteriaOf(finding)}`
	].join("\n\n");
};
const foundText = (where, { check, subject, detail }) => [
	`${where} found that the merged whole is not right: ${inline(check, 20)} ${inline(subject, 80)}.`,
	"Each segment was green by itself. Mend the cause where it is; do not weaken the check.",
	"What the check said:",
	block(detail, { max: 8e3 })
];
const leftText = (where, { issue }) => [`${where} found criteria of #${issue} that are open and without evidence.`, `Meet each of them, or show the test that proves that it is met already. With its evidence here, swarm ticks it in #${issue}.`];
/** One for each that is open elsewhere, in their order: by that swarm knows which is which. */
const criteriaOf = ({ subject, mends }) => {
	if (!mends) return `- [ ] ${inline(subject, 80)} passes on the merged base`;
	const named = (id) => /^[A-Z][A-Z0-9]{0,15}-\d{1,6}$/.test(id) ? `${id}: ` : "";
	return mends.criteria.map(({ id, text }) => `- [ ] ${named(id)}${inline(text, 400)}`).join("\n");
};
const SCOPE = /^[\w+][\w+./*-]{0,400}$/;
const planHeading = (plan, dryRun) => {
	const size = `${count(plan.segments.length, "segment")} in ${count(plan.waves.length, "wave")}`;
	return dryRun ? `📋 The plan: ${size}. Nothing was started; \`/swarm execute\` starts it.` : `📋 The plan: ${size}.`;
};
const findingsList = (findings) => findings.slice(0, 10).map(({ check, subject, detail }) => `<details open><summary>${check} ${htmlCode(subject)}</summary>\n\n${block(detail, { max: 4e3 })}\n\n</details>`).join("\n\n");
/** The title of an issue that swarm makes. */
const titleOf = (notice) => {
	switch (notice.kind) {
		case "fix segment": return `Fix: wave ${notice.wave}${notice.round > 1 ? ` round ${notice.round}` : ""}, ${clip(oneLine(notice.finding.subject), 80)}`;
		case "follow-up segment": return clip(oneLine(notice.what.trim().split("\n", 1).join("")), 100) || "Follow-up";
		default: return clip(oneLine(notice.kind), 100);
	}
};

// src/github/perform.ts
async function perform(client, snapshot, decisions) {
	const acts = {};
	const troubles = [];
	let changed = false;
	let waitMs = 0;
	for (const decision of decisions) {
		const ended = await attempt(client, snapshot, decision);
		if (ended.kind === "nothing to do") continue;
		if (ended.kind === "done") changed = true;
		else troubles.push(`${decision.kind} (${decision.reason}): ${ended.message}`);
		if ("key" in decision) acts[decision.key] = ended;
		if (ended.kind === "unsure") waitMs = Math.max(waitMs, ended.waitMs);
		if (ended.kind === "unsure" && ended.limited) break;
	}
	return {
		acts,
		changed,
		waitMs,
		troubles
	};
}
const DONE = { kind: "done" };
const NOTHING = { kind: "nothing to do" };
async function attempt(client, snapshot, decision) {
	try {
		return await act(client, snapshot, decision);
	} catch (error) {
		if (error instanceof GitHubRefused) return {
			kind: "refused",
			status: error.status,
			message: error.message
		};
		if (error instanceof GitHubUnavailable) {
			const limited = error.status === 403 || error.status === 429 || error.status === 200;
			return {
				kind: "unsure",
				message: error.message,
				waitMs: error.waitMs,
				limited
			};
		}
		throw error;
	}
}
async function act(client, snapshot, decision) {
	const repository = snapshot.repository;
	const here = inRepository(repository);
	switch (decision.kind) {
		case "dispatch": return dispatch(client, repository, decision);
		case "cancel run": return unless([409], async () => {
			await client.request("POST /repos/{owner}/{repo}/actions/runs/{run_id}/cancel", {
				...here,
				run_id: decision.runId
			});
			return DONE;
		});
		case "mark ready":
			await client.mutate(`mutation Ready($id: ID!) { markPullRequestReadyForReview(input: { pullRequestId: $id }) { clientMutationId } }`, { id: decision.pullId });
			return DONE;
		case "merge": {
			const { title, message } = mergeMessage({
				...decision,
				pull: decision.pull
			});
			await client.request("PUT /repos/{owner}/{repo}/pulls/{pull_number}/merge", {
				...here,
				pull_number: decision.pull,
				sha: decision.head,
				merge_method: decision.method,
				...decision.method === "rebase" ? {} : {
					commit_title: title,
					commit_message: message
				}
			});
			return DONE;
		}
		case "delete branch": return unless([422, 404], async () => {
			await client.mutate(`mutation Delete($repositoryId: ID!, $name: GitRefname!, $before: GitObjectID!, $after: GitObjectID!) {
            updateRefs(input: { repositoryId: $repositoryId, refUpdates: [{ name: $name, beforeOid: $before, afterOid: $after, force: true }] }) {
              clientMutationId
            }
          }`, {
				repositoryId: snapshot.repository.id,
				name: `refs/heads/${decision.branch}`,
				before: decision.head,
				after: "0".repeat(40)
			});
			return DONE;
		});
		case "close issue":
		case "close epic":
			await client.request("PATCH /repos/{owner}/{repo}/issues/{issue_number}", {
				...here,
				issue_number: decision.issue,
				state: "closed",
				state_reason: decision.kind === "close issue" && decision.as === "not planned" ? "not_planned" : "completed"
			});
			return DONE;
		case "close pull":
			await client.request("PATCH /repos/{owner}/{repo}/pulls/{pull_number}", {
				...here,
				pull_number: decision.pull,
				state: "closed"
			});
			return DONE;
		case "tick criteria": {
			const { data } = await client.request("GET /repos/{owner}/{repo}/issues/{issue_number}", {
				...here,
				issue_number: decision.issue
			});
			if (data.body !== decision.was) return NOTHING;
			await client.request("PATCH /repos/{owner}/{repo}/issues/{issue_number}", {
				...here,
				issue_number: decision.issue,
				body: decision.body
			});
			return DONE;
		}
		case "make issue": return makeIssue(client, snapshot, decision);
		case "say": {
			const body = sayNotice(decision.notice, {
				key: decision.key,
				url: snapshot.repository.url
			});
			const { data } = await client.request("POST /repos/{owner}/{repo}/issues/{issue_number}/comments", {
				...here,
				issue_number: decision.on,
				body
			});
			return {
				kind: "done",
				result: Number(data.id)
			};
		}
		case "revise":
			await rewrite(client, snapshot, decision);
			return DONE;
		case "untick": {
			const { data } = await client.request("GET /repos/{owner}/{repo}/issues/comments/{comment_id}", {
				...here,
				comment_id: decision.comment
			});
			if (data.body !== decision.was) return NOTHING;
			await rewrite(client, snapshot, decision);
			return DONE;
		}
		case "show panel": {
			const body = sayPanel(decision.board, {
				key: String(decision.on),
				url: snapshot.repository.url
			});
			if (decision.comment === void 0) {
				const { data } = await client.request("POST /repos/{owner}/{repo}/issues/{issue_number}/comments", {
					...here,
					issue_number: decision.on,
					body
				});
				return {
					kind: "done",
					result: Number(data.id)
				};
			}
			const shown = snapshot.said[decision.key]?.body;
			if (shown === body) return NOTHING;
			if (decision.steps === "can wait" && shown !== void 0 && withoutSteps(shown) === withoutSteps(body)) return NOTHING;
			await client.request("PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}", {
				...here,
				comment_id: decision.comment,
				body
			});
			return DONE;
		}
		case "set labels":
			if (decision.add.length > 0) await client.request("POST /repos/{owner}/{repo}/issues/{issue_number}/labels", {
				...here,
				issue_number: decision.issue,
				labels: [...decision.add]
			});
			for (const name of decision.remove) await unless([404], async () => {
				await client.request("DELETE /repos/{owner}/{repo}/issues/{issue_number}/labels/{name}", {
					...here,
					issue_number: decision.issue,
					name
				});
				return DONE;
			});
			return DONE;
		case "react":
			await client.mutate(`mutation React($id: ID!, $content: ReactionContent!) { addReaction(input: { subjectId: $id, content: $content }) { clientMutationId } }`, {
				id: decision.node,
				content: decision.with.toUpperCase()
			});
			return DONE;
	}
}
/** Writes a comment of ours anew, under the marker that it has. */
async function rewrite(client, { repository }, { comment, notice, says }) {
	await client.request("PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}", {
		...inRepository(repository),
		comment_id: comment,
		body: sayNotice(notice, {
			key: says,
			url: repository.url
		})
	});
}
/** Statuses with which GitHub says that it is so already. */
async function unless(statuses, call) {
	try {
		return await call();
	} catch (error) {
		if (error instanceof GitHubRefused && statuses.includes(error.status)) return NOTHING;
		throw error;
	}
}
/**
* `return_run_details` answers with the run's id on github.com; GHES refuses the unknown field, and the run is then
* found by its title.
*/
async function dispatch(client, repository, decision) {
	const call = (extra) => client.request("POST /repos/{owner}/{repo}/actions/workflows/{workflow_id}/dispatches", {
		...inRepository(repository),
		workflow_id: "swarm.yml",
		ref: decision.ref,
		inputs: {
			epic: String(decision.epic),
			dispatch: decision.dispatch.id
		},
		...extra
	});
	try {
		const { data } = await call({ return_run_details: true });
		return data?.workflow_run_id === void 0 ? DONE : {
			kind: "done",
			result: data.workflow_run_id
		};
	} catch (error) {
		if (!(error instanceof GitHubRefused) || error.status !== 400) throw error;
		await call({});
		return DONE;
	}
}
/** An issue of swarm's own, made and hung below its epic; a half-made one is found again by its marker. */
async function makeIssue(client, snapshot, decision) {
	const here = inRepository(snapshot.repository);
	const body = sayNotice(decision.notice, {
		key: decision.key,
		url: snapshot.repository.url
	});
	const issue = await findOrphan(client, snapshot, body) ?? (await client.request("POST /repos/{owner}/{repo}/issues", {
		...here,
		title: titleOf(decision.notice),
		body
	})).data;
	await client.mutate(`mutation Hang($issueId: ID!, $subIssueId: ID!) { addSubIssue(input: { issueId: $issueId, subIssueId: $subIssueId, replaceParent: false }) { clientMutationId } }`, {
		issueId: decision.parentId,
		subIssueId: issue.node_id
	});
	return {
		kind: "done",
		result: issue.number
	};
}
/** Made by an earlier try that ended before it was hung below the epic: the same text, no parent, by swarm. */
async function findOrphan(client, snapshot, body) {
	const answer = await client.query(`query Orphans($owner: String!, $name: String!) {
      repository(owner: $owner, name: $name) {
        issues(first: 30, states: [OPEN], orderBy: { field: CREATED_AT, direction: DESC }) {
          nodes { id number body viewerDidAuthor parent { number } }
        }
      }
    }`, {
		owner: snapshot.repository.owner,
		name: snapshot.repository.name
	});
	const marker = body.split("\n", 1)[0] ?? "";
	const found = answer.repository.issues.nodes.find((each) => each.viewerDidAuthor && each.parent === null && each.body.split("\n", 1)[0] === marker);
	return found && {
		number: found.number,
		node_id: found.id
	};
}

// src/words/history.ts
const about = ({ segment, wave, track, agent, pull }) => [
	segment === void 0 ? "" : `#${segment}`,
	wave === void 0 ? "" : `wave ${wave}`,
	track === void 0 ? "" : `track ${track}`,
	pull === void 0 ? "" : `in #${pull}`,
	agent === void 0 ? "" : `by ${agent}`
].filter((part) => part !== "").join(" ");
const line = (event) => `${event.kind} ${about(event)}`.trim();
/** @param reasons why the decisions of this step were taken, for the body. */
function sayStep(epic, events, reasons) {
	const [first, ...rest] = events.map(line);
	const subject = first === void 0 ? `#${epic}: ${reasons[0] ?? "what was meant is done"}` : rest.length === 0 ? first : `${first} (+${rest.length})`;
	const body = [...rest, ...reasons.map((reason) => `- ${reason}`)];
	return `${subject.slice(0, 100)}\n${body.length > 0 ? `\n${body.slice(0, 60).join("\n")}\n` : ""}`;
}

// src/reconcile.ts
/**
* Swarm, on one page: observe GitHub, decide on paper, perform what the paper says; again, until nothing is left to do.
*
* It may be called at any time, by anyone, for any epic, and twice. The journal is advanced before anything is
* performed, by compare-and-swap: whoever loses that step looks again and decides anew from what is there now.
*/
/** One epic changes at most this often in one go; more means that something undoes what swarm does. */
const MAX_ROUNDS = 60;
async function reconcile(orchestrator, epic, requests = []) {
	const { client, repository, performed, log } = orchestrator;
	let before = "";
	const answers = new Answers(client, repository);
	for (let round = 1; round <= MAX_ROUNDS; round++) {
		const seen = await observe({
			client,
			repository,
			epic,
			orchestrator: orchestrator.name,
			performed: performed.get(epic) ?? {},
			killSwitch: orchestrator.killSwitch,
			requests,
			answers,
			understand: async ({ file, text }) => (await import("./read-BenWAVfe.js")).readConfig(text, file)
		});
		if (!seen) return { kind: "no such issue" };
		const decided = decide(seen.snapshot, seen.config);
		const paper = JSON.stringify([decided.journal, decided.decisions]);
		if (paper === before) return {
			kind: "settled",
			decided,
			lookAgainAt: later(client.now(), 5e3)
		};
		before = paper;
		const stepped = await step(orchestrator, seen, decided);
		if (stepped === "lost") continue;
		const ended = await perform(client, seen.snapshot, decided.decisions);
		performed.set(epic, remembered(decided.journal, performed.get(epic) ?? {}, ended.acts));
		for (const trouble of ended.troubles) log(`#${epic}: ${trouble}`);
		if (ended.waitMs > 0) return {
			kind: "settled",
			lookAgainAt: later(client.now(), ended.waitMs),
			decided
		};
		if (stepped === "unchanged" && !ended.changed) return {
			kind: "settled",
			decided,
			...decided.lookAgainAt === void 0 ? {} : { lookAgainAt: decided.lookAgainAt }
		};
	}
	log(`#${epic}: still changing after ${MAX_ROUNDS} rounds; giving way until the next event or sweep.`);
	return {
		kind: "gave way",
		lookAgainAt: later(client.now(), 6e4)
	};
}
/** The journal first: what is about to happen is written down before it does. */
async function step({ client, repository }, { snapshot, journalOid }, { journal, history, decisions, texts }) {
	const before = snapshot.journal ?? emptyJournal(snapshot.epic.number);
	if (JSON.stringify(before) === JSON.stringify(journal)) return "unchanged";
	const reasons = decisions.filter((decision) => decision.kind !== "show panel").map((decision) => decision.reason);
	const message = sayStep(snapshot.epic.number, history, reasons);
	return (await advanceJournal(client, repository, {
		repositoryId: snapshot.repository.id,
		from: journalOid,
		journal,
		message,
		texts
	})).kind;
}
/** Acts the journal no longer waits for need no memory. */
function remembered(journal, before, now) {
	const open = Object.entries({
		...before,
		...now
	}).filter(([key, { kind }]) => journal.acts[key]?.state === "intended" || !journal.authorisation && kind !== "unsure");
	return Object.fromEntries(open);
}
const later = (now, ms) => now + ms;

export { reconcile };