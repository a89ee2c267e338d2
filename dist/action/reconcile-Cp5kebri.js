import { a as isCutShort, i as findAttempt, o as isDeferred, r as epicBudgetSpent, s as keptOf, t as emptyJournal } from "./journal-Ccn5Ud1B.js";
import { a as makeGraph, i as findCycles, n as chainsOf, o as neighboursOf, r as countDependents, s as sortTopologically } from "./graph-BK-THTme.js";
import { _ as labelName, c as ROLES, d as agentFor, f as escalateOf, g as keysOf, h as keysFor, l as STATE_LABELS, n as COMMAND_LABELS, o as METHODS, p as isLabel, r as CONFIG_FILES, v as mainRole, y as modelFor } from "./config-BeOUPBNq.js";
import { c as headSha, d as issueNumber, f as numberIn, l as instant, o as WORKERS, p as pullNumber, r as GATES, s as enforcedScope, u as issueId } from "./epic-BlD3cFx_.js";
import { C as GlobCache, S as personaIn, T as isEverything, a as readTasks, b as isInstructionName, c as keyOf$2, d as branchName, h as overlappingScopes, i as readTaskList, n as readDependenciesOf, o as slugFor, r as readSpec, u as branchFault, v as SHIPPED_PERSONAS, w as fixedPrefix, y as foldersFor } from "./spec-BHpsWb_-.js";
import { a as ofOwn, c as readableLines, i as linesOf, l as refText } from "./markdown-CmfJsOQt.js";
import { t as nearest } from "./nearest-CUD6Q3D7.js";
import { d as textFile, h as spentUsd, i as calibrationRef, l as readState, m as costOf, n as advanceJournal, o as readEarlier, p as expectationsOf, r as baselineRef, t as JournalBroken, u as reportRef } from "./journal-B699pn1s.js";
import { a as sayPanel, c as saySource, d as segmentsInWave, f as segmentsOf, i as sayNeed, l as isDone, n as saySummary, o as withoutSteps, s as planText, u as isLeftOut } from "./summary-CYGS_ttP.js";
import { _ as withRecord, a as jobsOf, c as publication, d as segmentOfPull, f as withAct, g as withOutcome, h as withCalibration, i as isForRedGate, l as recordOf, m as withBaselineForgiven, n as hasStartedWork, o as laterOf, p as withBaseline, r as isEnded, s as latestReport, t as actKeys, u as refusedIssues, v as withoutAct, y as withoutRefusals } from "./journal-lenses-COSHEJLo.js";
import { i as segmentOf, n as attemptName, r as readAttemptId, t as attemptId } from "./attempt-CsThcZZa.js";
import { n as leftUsd, r as segmentBudget, t as epicBudget } from "./budgets-BYjxVzpg.js";
import { _ as PROVEN_MS, b as judgeBaseline, c as pullFactsOf, f as networkSection, g as isReady, l as pullTitle, n as artefactLink, o as mergeMessage, p as refusedIn, s as pullBody, t as VERDICT_MARKS, u as checkpointsSection, x as knownGates, y as gateNamesOf } from "./pull-D21j_oio.js";
import { a as sayProblem, c as MAX_REASON_CHARS, i as problemComment, n as diagnosticsList, o as helpText, s as COMMANDS, t as DOCS_URL } from "./problems-BiC_g5zC.js";
import { a as followLinks, i as digestAt, n as agentFilesAmong, r as changedBetween, t as PLACES_OF_AGENTS } from "./agent-files-CnIyVuie.js";
import { a as releaseClaims, i as readOwners, o as claimsIn, r as claimedAmong } from "./claims-53VAww0e.js";
import { a as clean, c as htmlCode, d as oneLine, l as inline, o as clip, r as block } from "./safe-CjCK4Ka7.js";
import { a as mention, d as withNames, i as keptAt, n as duration, o as mentions, r as enumerate, t as count } from "./voice-Cy2SigYN.js";
import { n as readMarker, t as marked } from "./marker-DwBXFXda.js";
import { a as inRepository, c as defineList, i as GitHubUnavailable, l as onlyThe, r as GitHubRefused, s as ListTooLong } from "./client-COHvwFo0.js";
import { c as isSigned, d as readFile, m as readRefs, p as readHead, s as isByJob, t as ABSENT, u as journalRef } from "./refs-s5fIyZr6.js";
import { a as childrenOfGroups, c as handsQuery, d as isDetail, f as isLook, g as placesQuery, h as othersIn, i as asOne, l as hasReacted, n as LABELLED, o as detailQueries, p as issuesByNumber, r as answersWith, s as epicQuery, t as EDITS, u as inPages } from "./queries-CjK4-ePd.js";
import { n as mayHaveBlock } from "./block-Db5AKeiZ.js";
import { a as WORKFLOWS_FOLDER, i as WORKFLOWS, n as CLOCK_WORKFLOW, o as usedVersions, r as EVENTS_WORKFLOW, t as ALL_WORKFLOWS } from "./pin-S7HB7nBj.js";
import { n as configTextIn } from "./config-text-CXlYV5SI.js";
import { n as readProven, t as proofName } from "./proven-BrWc4q-R.js";
import { t as trimEndOf } from "./trim-end-DHAdGSv3.js";
import { createHash } from "node:crypto";

// src/core/epic/budgets.ts
/**
* Finds budgets that Swarm cannot enforce, because an agent reports tokens but not its cost, and the config sets no price
* (SPEC R5.13). They are reported when an epic is planned, before anyone learns it from a bill.
*/
/** Presets that report tokens only. For other programs it is unknown until they report. */
const REPORT_NO_COST = /* @__PURE__ */ new Set([
	"codex",
	"copilot",
	"gemini"
]);
/** One warning for each agent that works on one of these segments under a budget that cannot be enforced. */
function unboundBudgets(epic, segments, config) {
	const unbound = /* @__PURE__ */ new Map();
	for (const segment of segments) for (const agent of agentsOf$1(segment, config)) {
		if (!reportsNoCost(agent)) continue;
		const budgets = [
			segment.spec.budgetUsd ?? config.budgetUsd?.segment,
			config.budgetUsd?.epic,
			agent.budgetUsd
		];
		const budgetUsd = Math.min(...budgets.filter((budget) => budget !== void 0));
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
/** The agents that may be called for a segment, those that try after others or stand in for them included. */
const agentsOf$1 = (segment, config) => [
	void 0,
	...escalateOf(config, segment.spec.worker),
	...config.fallback
].flatMap((by) => rolesOf$1(segment, config).flatMap((role) => agentFor(config, role, {
	...segment.spec,
	by
}) ?? []));
const reportsNoCost = ({ kind, price }) => !price && REPORT_NO_COST.has(kind);
/** The roles that may be called for a segment. Only its run can tell whether a council or a tester is left out. */
function rolesOf$1({ spec }, config) {
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
* @param texts the dependencies in the texts that are read already: of the leaves, and of the epic.
* @param skipped segments that a person left out: closed as not planned, but no reason to stop. Undefined if that is unknown.
*/
function readLinks(tree, others, texts, skipped) {
	const { issues, leaves, open, groups, own } = tree;
	const edges = [];
	/** By both ends, all links but GitHub's own from one segment to another. Those are the most, and `isPlain` finds them. */
	const byEnds = /* @__PURE__ */ new Map();
	const outside = /* @__PURE__ */ new Map();
	const waitsOutside = /* @__PURE__ */ new Map();
	const linked = /* @__PURE__ */ new Map();
	const waits = /* @__PURE__ */ new Map();
	const diagnostics = [];
	const known = new Map(others.map((other) => [keyOf$1(ofOwn(other.ref, own)), other]));
	const inPlan = new Set(leaves.map((leaf) => leaf.number));
	const leavesOf = (number) => inPlan.has(number) ? [number] : groups.get(number) ?? [];
	const isOpen = (number) => open.has(number);
	const dropped = [...issues.values()].filter(({ number, state }) => state === "not planned" && skipped?.has(number) === false);
	const notPlanned = new Set(dropped.map(({ number }) => number));
	const authors = authorsOf(tree);
	for (const { number, blockedBy } of authors) {
		const others = [];
		const plain = [];
		for (const blocker of blockedBy) if (isPlain(number, blocker)) {
			edges.push({
				from: number,
				on: blocker.number
			});
			plain.push(blocker.number);
		} else others.push(blocker);
		if (plain.length > 0) linked.set(number, plain);
		for (const blocker of sorted(others)) take({
			from: number,
			ref: refOf(blocker),
			said: NATIVE,
			source: LINK,
			state: blocker.state
		});
	}
	for (const statement of statementsInTexts(authors, tree, texts, diagnostics)) take(statement);
	return {
		edges,
		linkBetween: (from, to) => {
			return (issues.get(from)?.blockedBy.some(({ number, repository }) => number === to && !repository) ? void 0 : byEnds.get(from)?.get(to)) ?? {
				from,
				to,
				said: NATIVE
			};
		},
		waitsOutside: listed(waitsOutside),
		outside: listed(outside),
		linked,
		waits,
		diagnostics
	};
	/** A link from one segment to another that was not left out: nothing about it needs a check. */
	function isPlain(from, { number, repository }) {
		return !repository && number !== from && inPlan.has(from) && inPlan.has(number) && !notPlanned.has(number);
	}
	function take(statement) {
		const ref = ofOwn(statement.ref, own);
		const from = leavesOf(statement.from);
		const matters = from.some(isOpen);
		const at = placeOf(statement);
		if (ref.repository || !issues.has(ref.number)) {
			note(statement, ref, from);
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
		if (matters && notPlanned.has(ref.number)) error({
			kind: "BLOCKER_NOT_PLANNED",
			at,
			ref
		});
		note(statement, ref, from);
		join(statement, ref.number, from, to);
	}
	function error(problem) {
		diagnostics.push({
			level: "error",
			problem
		});
	}
	/** For the report of what was read. */
	function note({ from, source }, on, leaves) {
		const wait = {
			on,
			source: inPlan.has(from) ? source : {
				kind: "group",
				group: from
			}
		};
		for (const leaf of leaves) {
			const known = waits.get(leaf);
			if (known) known.push(wait);
			else waits.set(leaf, [wait]);
		}
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
		const other = known.get(keyOf$1(ref));
		const at = placeOf(statement);
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
		for (const leaf of leaves) to.set(leaf, (to.get(leaf) ?? /* @__PURE__ */ new Map()).set(keyOf$1(ref), ref));
	}
}
const NATIVE = { kind: "native" };
const LINK = { kind: "link" };
/** The issues that can state dependencies: segments and groups of them, sorted by number. */
function authorsOf({ issues, leaves, groups }) {
	const above = [...groups.keys()].map((number) => issues.get(number)).filter((issue) => issue !== void 0);
	return [...leaves, ...above].sort((a, b) => a.number - b.number);
}
const refOf = ({ number, repository }) => repository ? {
	number,
	repository
} : { number };
const sorted = (blockedBy) => blockedBy.toSorted((a, b) => a.number - b.number || (keyOf$1(a) < keyOf$1(b) ? -1 : 1));
/** The dependencies that texts state. Faults in the texts of groups are added to the diagnostics. */
function* statementsInTexts(authors, { groups, own }, texts, diagnostics) {
	for (const issue of authors) {
		let dependencies = texts(issue.number);
		if (!dependencies) {
			const read = readDependenciesOf(issue);
			dependencies = read.dependencies;
			diagnostics.push(...read.diagnostics);
		}
		for (const { ref, line, text, inFrontMatter } of dependencies) {
			const source = {
				kind: inFrontMatter ? "front matter" : "text",
				line
			};
			yield {
				from: issue.number,
				ref,
				said: {
					kind: "text",
					line,
					text
				},
				source
			};
		}
	}
	for (const issue of authors) {
		const below = groups.get(issue.number);
		if (!below) continue;
		for (const { number, dependsOn, line, text } of readTaskList(issue.body, own)) {
			if (!below.includes(number) && !groups.has(number)) continue;
			const source = {
				kind: "task list",
				of: issue.number,
				line
			};
			const said = {
				kind: "text",
				line,
				text,
				of: issue.number
			};
			for (const ref of dependsOn) yield {
				from: number,
				ref,
				said,
				source
			};
		}
	}
}
const listed = (refs) => Object.fromEntries([...refs].map(([number, each]) => [number, [...each.values()]]));
const placeOf = ({ from, said }) => said.kind === "text" ? {
	issue: said.of ?? from,
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
const keyOf$1 = (ref) => refText(ref).toLowerCase();

// src/core/epic/tree.ts
/**
* The segments are the leaves below the epic. Without sub-issues, they are the issues that its task list names. Without these,
* the epic is its own segment. Issues that Swarm created do not count for this choice: a fix must not change what the epic
* consists of.
*/
function readTree(epic, below, others, made, limits) {
	const issues = new Map([...below].sort((a, b) => a.number - b.number).map((issue) => [issue.number, issue]));
	issues.set(epic.number, epic);
	const own = repositoryIn(epic.url);
	const found = [];
	const kinds = new Map(others.filter(({ ref }) => !ref.repository).map(({ ref, kind }) => [ref.number, kind]));
	const children = childrenOf$1(issues);
	const direct = children.get(epic.number) ?? [];
	const ofSwarm = [...issues.values()].filter(made);
	const isMade = new Set(ofSwarm.map((issue) => issue.number));
	const given = direct.filter((number) => !isMade.has(number));
	const tasks = given.length > 0 ? void 0 : readTasks(epic.body, own);
	const listed = (tasks?.items ?? []).filter((item) => item.number !== epic.number);
	const source = given.length > 0 ? "sub-issues" : listed.length > 0 ? "task list" : "the epic itself";
	for (const { ref, line } of tasks?.elsewhere ?? []) error({
		kind: "SPEC_VALUE",
		at: {
			issue: epic.number,
			line
		},
		key: "task list",
		value: refText(ref),
		expected: { kind: "issues of this repository" }
	});
	for (const { number: line, text, why } of tasks?.unread ?? []) {
		const level = source === "task list" && (why === "unclear" || why === "dependency unclear") || why === "broken box" ? "error" : "warning";
		found.push({
			level,
			problem: {
				kind: "TASK_UNREAD",
				at: {
					issue: epic.number,
					line
				},
				text,
				why
			}
		});
	}
	const leaves = /* @__PURE__ */ new Map();
	const seen = /* @__PURE__ */ new Set([epic.number]);
	const from = /* @__PURE__ */ new Map();
	const roots = [
		...given.map((number) => ({
			number,
			at: { issue: epic.number },
			source: subIssueOf(epic.number)
		})),
		...listed.map(({ number, line }) => ({
			number,
			at: {
				issue: epic.number,
				line
			},
			source: {
				kind: "task list",
				of: epic.number,
				line
			}
		})),
		...ofSwarm.map(({ number }) => ({
			number,
			at: { issue: epic.number },
			source: subIssueOf(epic.number)
		}))
	];
	if (source === "the epic itself") leaves.set(epic.number, epic);
	for (const { number, at, source } of roots) {
		if (seen.has(number)) continue;
		seen.add(number);
		from.set(number, source);
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
				at: { issue: number },
				source: subIssueOf(number)
			});
		}
	}
	const kept = withinLimit([...leaves.values()].sort((a, b) => a.number - b.number));
	return {
		source,
		issues,
		leaves: kept,
		open: new Set(kept.filter(({ state }) => state === "open").map(({ number }) => number)),
		groups: groupsOf$1(kept, children, epic.number),
		own,
		from,
		diagnostics: found
	};
	function error(problem) {
		found.push({
			level: "error",
			problem
		});
	}
	/** The segments up to the limit are still planned, so that running ones stay visible. */
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
		const kept = new Set(counted.slice(0, limit));
		return all.filter((issue) => made(issue) || kept.has(issue));
	}
}
const subIssueOf = (of) => ({
	kind: "sub-issue",
	of
});
/** `https://github.com/octo/shop/issues/12` → octo/shop. */
function repositoryIn(url) {
	const found = /\/([^/]+)\/([^/]+)\/issues\/\d+$/.exec(url);
	return found ? {
		owner: found[1],
		name: found[2]
	} : void 0;
}
/** Joins what parents say about their children with what children say about their parents. Sorted, without repeats. */
function childrenOf$1(issues) {
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
function groupsOf$1(leaves, children, epic) {
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
		const above = new Set(parents.get(number));
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
* The segments of an epic as its issues read now, sorted by number, with everything that is wrong with them. A value that
* cannot be read is left out, but never a segment: a running one must stay visible.
*/
function readSegments({ epic, issues, others, config, fixes, skipped, instructions }) {
	const isMade = (issue) => issue.madeFor !== void 0 || fixes[issue.number] !== void 0;
	const tree = readTree(epic, issues, others, isMade, config.limits);
	const globs = new GlobCache();
	const leaves = tree.leaves.map((issue) => ({
		issue,
		read: readSpec(issue, globs)
	}));
	const epicSpec = tree.source === "the epic itself" ? void 0 : readSpec(epic);
	const dependencies = new Map(leaves.map(({ issue, read }) => [issue.number, read.dependencies]));
	if (epicSpec) dependencies.set(epic.number, epicSpec.dependencies);
	const links = readLinks(tree, others, (number) => dependencies.get(number), skipped);
	const diagnostics = [...tree.diagnostics, ...links.diagnostics];
	const isOpen = ({ number }) => tree.open.has(number);
	for (const { issue, read } of leaves) if (isOpen(issue)) diagnostics.push(...read.diagnostics.map(ofSegment));
	diagnostics.push(...(epicSpec?.diagnostics ?? []).filter(concernsEpic));
	const graph = makeGraph(leaves.map(({ issue }) => issue.number), links.edges);
	const cycles = findCycles(graph, MAX_CYCLES);
	for (const cycle of cycles) diagnostics.push(cycleError(cycle, links));
	const branches = branchesOf$1(leaves, epic, config, (number) => fixes[number] !== void 0);
	const segments = leaves.map(({ issue: { number, title }, read }, index) => {
		const spec = withContext(read.spec, epicSpec);
		const fix = fixes[number];
		return {
			number,
			title,
			spec,
			blockedBy: Array.from(neighboursOf(graph.blockers, index), (node) => graph.ids[node]),
			branch: branches.get(number) ?? "",
			...fix ? { fix: {
				wave: fix.wave,
				round: fix.round
			} } : {}
		};
	});
	const open = segments.filter(isOpen);
	for (const segment of open) diagnostics.push(...unknownAgent(segment, config));
	diagnostics.push(...unboundBudgets(epic.number, open, config));
	if (instructions) diagnostics.push(...open.flatMap((segment) => missingInstructions(segment, instructions)));
	diagnostics.push(...branchErrors(open, config));
	if (open.length > 0 && provesNothing(config)) {
		const problem = {
			kind: "NOTHING_PROVES",
			at: { issue: epic.number },
			approvals: config.approvals
		};
		diagnostics.push({
			level: "warning",
			problem
		});
	}
	const withComments = leaves.filter(({ issue, read }) => isOpen(issue) && !isMade(issue) && read.hasComments);
	if (withComments.length > 0) {
		const segments = withComments.map(({ issue }) => issue.number);
		diagnostics.push({
			level: "warning",
			problem: {
				kind: "HIDDEN_COMMENTS",
				at: { issue: epic.number },
				segments
			}
		});
	}
	for (const { number, state, hiddenBlockers: count } of tree.issues.values()) if (count !== void 0 && state === "open") diagnostics.push(asError({
		kind: "BLOCKER_HIDDEN",
		at: { issue: number },
		count
	}));
	const planned = new Set(segments.map((segment) => segment.number));
	const conflicts = segments.map((segment) => statedConflicts(segment, planned, tree));
	for (const each of conflicts) if (isOpen(each)) diagnostics.push(...each.errors);
	return {
		source: tree.source,
		segments,
		waitsOutside: links.waitsOutside,
		outside: links.outside,
		readings: readingsOf(leaves, links, tree, epicSpec && {
			number: epic.number,
			read: epicSpec
		}),
		diagnostics,
		graph,
		isCyclic: cycles.length > 0,
		statedConflicts: conflicts.flatMap(({ pairs }) => pairs),
		globs
	};
	/** An epic that would be its own segment but has no task has no segments. */
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
/** An agent that is not in the config. Without this check only a run would find it. */
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
		expected: {
			kind: "agent of the config",
			agents: names
		},
		...close === void 0 ? {} : { nearest: close }
	})];
}
/** Gates that look at more than the change's files and the secrets in them. */
const PROVING = GATES.filter((gate) => gate !== "security" && gate !== "scope");
const provesNothing = ({ gates }) => PROVING.every((gate) => gates[gate]?.off) && Object.entries(gates).every(([gate, { off }]) => off || GATES.includes(gate));
const asError = (problem) => ({
	level: "error",
	problem
});
/** An epic with segments needs no task, files or criteria of its own. */
const concernsEpic = ({ problem }) => !OF_SEGMENTS.has(problem.kind);
const OF_SEGMENTS = /* @__PURE__ */ new Set([
	"EMPTY_TASK",
	"SCOPE_UNKNOWN",
	"SCOPE_EVERYTHING",
	"CRITERIA_UNREAD"
]);
function readingsOf(leaves, { linked, waits }, { from }, epic) {
	const readings = {};
	if (epic) readings[epic.number] = {
		...readingOfEpic(epic.read.reading),
		linked: NOTHING$2,
		waits: NOTHING$2
	};
	for (const { issue, read } of leaves) {
		const { number } = issue;
		const source = from.get(number);
		readings[number] = {
			...read.reading,
			...source ? { from: source } : {},
			linked: linked.get(number) ?? NOTHING$2,
			waits: waits.get(number) ?? NOTHING$2
		};
	}
	return readings;
}
const NOTHING$2 = [];
/** Of an epic with segments, only the documents count for them. Its other keys are for nobody. */
const readingOfEpic = ({ taken, passedOver }) => ({
	taken: taken.filter(({ what }) => what === "context"),
	passedOver: [...taken.flatMap(({ what, source }) => what === "context" || what === "criteria" || source.kind === "title" || source.kind === "text" ? [] : [{
		what,
		source,
		why: "epic"
	}]), ...passedOver.flatMap(({ what, source, why }) => why === "no effect" ? [{
		what,
		source,
		why: "epic"
	}] : [])]
});
/** The documents that the epic names are for all its segments (SPEC R1.5). */
const withContext = (spec, epic) => epic ? {
	...spec,
	context: [.../* @__PURE__ */ new Set([...epic.spec.context, ...spec.context])]
} : spec;
/** How many separate cycles are reported at once. */
const MAX_CYCLES = 10;
function cycleError(path, links) {
	const found = path.slice(1).map((to, index) => links.linkBetween(path[index] ?? to, to));
	return asError({
		kind: "EPIC_CYCLE",
		path,
		links: found
	});
}
/** The pairs that may not run together because this segment says so. A group stands for all of its segments. */
function statedConflicts({ number, spec }, planned, tree) {
	const errors = [];
	return {
		number,
		pairs: spec.conflictsWith.flatMap((written) => {
			const ref = ofOwn(written, tree.own);
			const named = planned.has(ref.number) ? [ref.number] : tree.groups.get(ref.number) ?? [];
			if (!ref.repository && named.length > 0) return named.map((other) => [number, other]);
			const expected = { kind: "segments of this epic" };
			const at = { issue: number };
			errors.push(asError({
				kind: "SPEC_VALUE",
				at,
				key: "conflicts-with",
				value: refText(written),
				expected
			}));
			return [];
		}),
		errors
	};
}
/**
* The branches of all leaves. A name that comes from a title, and that another segment has already, ends in the number of the
* segment: nobody asked for it. What an author named is never changed.
*/
function branchesOf$1(leaves, epic, config, isFix) {
	const nameOf = ({ issue: { number }, read: { spec } }, slug) => {
		const words = {
			type: spec.type,
			slug,
			number: String(number),
			epic: String(epic.number)
		};
		return branchName(spec.branch ?? config.branch, words);
	};
	const numbered = ({ issue: { number }, read: { spec } }) => spec.slug.endsWith(`-${number}`) ? spec.slug : `${spec.slug}-${number}`;
	const isNamed = ({ issue, read: { spec } }) => spec.branch !== void 0 || spec.slug !== slugFor(issue.number, issue.title);
	const branches = /* @__PURE__ */ new Map();
	for (const leaf of leaves) if (isNamed(leaf)) branches.set(leaf.issue.number, nameOf(leaf, leaf.read.spec.slug));
	const taken = new Set(branches.values());
	for (const leaf of leaves) {
		const { number } = leaf.issue;
		if (isFix(number)) branches.set(number, nameOf(leaf, numbered(leaf)));
		if (branches.has(number)) continue;
		const plain = nameOf(leaf, leaf.read.spec.slug);
		const branch = taken.has(plain) ? nameOf(leaf, numbered(leaf)) : plain;
		taken.add(branch);
		branches.set(number, branch);
	}
	return branches;
}
function branchErrors(segments, config) {
	const errors = [];
	const taken = /* @__PURE__ */ new Map();
	const shared = /* @__PURE__ */ new Set();
	for (const { number, branch } of segments) if (taken.has(branch)) shared.add(branch);
	else taken.set(branch, number);
	for (const { number, branch, spec } of segments) {
		const base = spec.base ?? config.base;
		const why = branchFault(branch) ?? (branch === base ? { kind: "is the base" } : insideAnother(branch, taken));
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
/** The segment with a branch that this one would lie in, as in a folder. */
function insideAnother(branch, taken) {
	const parts = branch.split("/");
	for (let count = 1; count < parts.length; count++) {
		const folder = parts.slice(0, count).join("/");
		const of = taken.get(folder);
		if (of !== void 0) return {
			kind: "inside another",
			branch: folder,
			of
		};
	}
}
function missingInstructions({ number, spec }, known) {
	const at = { issue: number };
	const missing = (kind, name, names) => {
		if (names.includes(name)) return [];
		const close = nearest(name, names);
		const few = names.slice(0, SHOWN_NAMES);
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
/** How many known names a problem lists. */
const SHOWN_NAMES = 30;

// src/core/epic/block.ts
/**
* An epic with a block, before its segments have issues: they are read as the issues that they will be, so that the plan and
* everything that is wrong with it are known before anything is created (SPEC R1.2, R1.8).
*/
/** The segments of an epic: those of its block if one is given, or else of its issues. */
function readEpic({ block, ...facts }) {
	if (!block) return readSegments(facts);
	const { epic, config } = facts;
	if (block.faults.length > 0) return readingOfFaults(block, epic);
	const drafts = draftsOf(epic, block.segments);
	const children = drafts.map(({ number }) => number);
	return readingOfDrafts(readSegments({
		...facts,
		epic: {
			...epic,
			children
		},
		issues: drafts
	}), block, epic, config);
}
/** No issue of a repository comes near. Numbers are 32-bit integers, so these are the largest round ones. */
const FIRST = 2e9;
/** The number that a segment has in a plan until it has an issue. */
const draftNumber = (index) => issueNumber(FIRST + index);
/** The names of segments without issues, by those numbers. */
const namesIn = (segments) => Object.fromEntries(segments.map(({ name }, index) => [draftNumber(index), name]));
/** The segments that a segment conflicts with, by its own word or by theirs, and that stand before it in the block. */
function conflictsBefore(segments, index) {
	const { name = "", conflictsWith = [] } = segments[index] ?? {};
	return segments.slice(0, index).filter((other) => conflictsWith.includes(other.name) || other.conflictsWith.includes(name));
}
/** The text of a segment's issue. A block's texts begin with front matter. */
function withConflicts(body, conflicts) {
	const line = ["conflicts-with:", `[${conflicts.map((number) => `"#${number}"`).join(", ")}]`].join(" ");
	return conflicts.length === 0 ? body : body.replace("---\n", `---\n${line}\n`);
}
/** The issues of a block as they will be. */
function draftsOf(epic, segments) {
	const numbers = new Map(segments.map(({ name }, index) => [name, draftNumber(index)]));
	const numbersOf = (names) => names.flatMap((name) => numbers.get(name) ?? []);
	return segments.map(({ name, title, body, labels, blockedBy }, index) => {
		const conflicts = conflictsBefore(segments, index).map((other) => other.name);
		return {
			id: issueId(`block:${name}`),
			number: draftNumber(index),
			title,
			body: withConflicts(body, numbersOf(conflicts)),
			url: "",
			state: "open",
			author: epic.author,
			labels,
			parent: epic.number,
			children: [],
			blockedBy: numbersOf(blockedBy).map((number) => ({
				number,
				state: "open"
			})),
			digest: "",
			kind: "issue"
		};
	});
}
/** The reading of a block that is not a plan. */
const readingOfFaults = ({ faults }, { number }) => ({
	source: "block",
	segments: [],
	waitsOutside: {},
	outside: {},
	readings: {},
	diagnostics: faults.map(({ line, says }) => ({
		level: "error",
		problem: {
			kind: "BLOCK_INVALID",
			at: {
				issue: number,
				line
			},
			message: says
		}
	})),
	graph: makeGraph([], []),
	isCyclic: false,
	statedConflicts: [],
	globs: new GlobCache()
});
/** What was read of a block's drafts, each with its place in the epic's text. */
function readingOfDrafts(reading, { segments, unused }, { number: epic }, config) {
	const of = new Map(segments.map((segment, index) => [draftNumber(index), segment]));
	const found = reading.diagnostics.map(({ level, problem }) => ({
		level,
		problem: placed(problem)
	}));
	const more = unused.map(({ key, line }) => {
		return {
			level: "warning",
			problem: {
				kind: "BLOCK_UNUSED",
				at: {
					issue: epic,
					line
				},
				why: "key",
				key
			}
		};
	});
	return {
		...reading,
		source: "block",
		names: namesIn(segments),
		diagnostics: [
			...found,
			...more,
			...segments.flatMap((segment) => foreignLabels(segment, epic, config))
		],
		readings: Object.fromEntries(Object.entries(reading.readings).map(([number, each]) => {
			const segment = of.get(Number(number));
			return [number, segment ? readingOf(segment, each, epic) : each];
		}))
	};
	function placed(problem) {
		const links = "links" in problem ? { links: problem.links.map(linkIn) } : {};
		const link = "link" in problem ? { link: linkIn(problem.link) } : {};
		const segment = "at" in problem ? of.get(problem.at.issue ?? 0) : void 0;
		const at = segment ? { at: {
			issue: epic,
			line: lineOf(segment, problem)
		} } : {};
		return {
			...problem,
			...links,
			...link,
			...at
		};
	}
	function linkIn({ from, to, said }) {
		const segment = of.get(from);
		if (!segment || said.kind === "group") return {
			from,
			to,
			said
		};
		return {
			from,
			to,
			said: {
				kind: "text",
				line: segment.lines[said.kind === "native" ? "blocked-by" : "body"] ?? segment.line,
				text: said.kind === "native" ? ["blocked-by:", segment.blockedBy.join(", ")].join(" ") : said.text,
				of: epic
			}
		};
	}
}
/** Labels by which Swarm is started, or by which it shows states. From Swarm's own hand they would mean nothing. */
function foreignLabels(segment, epic, config) {
	return segment.labels.filter((name) => [...COMMAND_LABELS, ...STATE_LABELS].some((label) => isLabel(name, config, label))).map((value) => {
		return {
			level: "error",
			problem: {
				kind: "SPEC_VALUE",
				at: {
					issue: epic,
					line: segment.lines.labels ?? segment.line
				},
				key: "labels",
				value,
				expected: { kind: "label of people" }
			}
		};
	});
}
/** The key that a problem is about, as far as its kind says. */
const KEY_OF = {
	BAD_GLOB: "files",
	SCOPE_EVERYTHING: "files",
	CRITERIA_UNREAD: "criteria",
	DEPENDENCY_UNREAD: "body",
	UNKNOWN_ISSUE: "body",
	NOT_AN_ISSUE: "body",
	HIDDEN_TEXT: "body",
	COMMENT_OPEN: "body",
	PERSONA_NOT_FOUND: "persona",
	SKILL_NOT_FOUND: "skills",
	BRANCH_NAME: "slug",
	SELF_DEPENDENCY: "blocked-by"
};
function lineOf({ line, lines }, problem) {
	const key = "key" in problem && problem.key !== void 0 ? keyOf$2(problem.key) : KEY_OF[problem.kind];
	return (key === void 0 ? void 0 : lines[key]) ?? line;
}
/** What was taken from where. The lines of a draft's own text mean nothing to its author. */
function readingOf({ line, lines }, reading, epic) {
	const moved = (read) => "line" in read.source ? {
		...read,
		source: {
			...read.source,
			line: at(read.what, read.source)
		}
	} : read;
	const at = (what, source) => lines[source.kind === "text" || source.kind === "section" ? SECTIONS[what] ?? "body" : what] ?? line;
	return {
		...reading,
		taken: reading.taken.filter(({ what }) => what !== "slug" || lines.slug !== void 0).map(moved),
		passedOver: reading.passedOver.map(moved),
		linked: [],
		waits: [...reading.linked.map((number) => {
			const source = {
				kind: "front matter",
				line: lines["blocked-by"] ?? line
			};
			return {
				on: { number },
				source
			};
		}), ...reading.waits.map((wait) => "line" in wait.source ? {
			...wait,
			source: {
				...wait.source,
				line: lines.body ?? line
			}
		} : wait)],
		from: {
			kind: "block",
			of: epic,
			line
		}
	};
}
/** Parts of a text that have a key of their own in a block. */
const SECTIONS = { criteria: "criteria" };

// src/core/schedule/workload.ts
/**
* @param waits pairs: the first piece waits for the second.
* @param exclusions pairs that may not run at the same time.
* @param capacity by resource.
*/
function makeWorkload(pieces, waits, exclusions, capacity) {
	const count = pieces.length;
	const running = Uint8Array.from(pieces, (piece) => piece.running ? 1 : 0);
	const demands = pieces.map((piece) => piece.demands.filter(({ amount }) => amount > 0));
	const offsets = new Int32Array(count + 1);
	demands.forEach(({ length }, at) => {
		offsets[at + 1] = (offsets[at] ?? 0) + length;
	});
	const all = demands.flat();
	const open = waits.filter(([piece]) => running[piece] === 0);
	return {
		count,
		durations: Int32Array.from(pieces, ({ duration }) => duration),
		blockers: makeLists(count, open, [0]),
		dependents: makeLists(count, open, [1]),
		exclusions: makeLists(count, exclusions, [0, 1]),
		capacity: Int32Array.from(capacity),
		demands: {
			offsets,
			items: Int32Array.from(all, ({ resource }) => resource)
		},
		amounts: Int32Array.from(all, ({ amount }) => amount),
		running
	};
}
/** Lists the partners of each position, in the order given. @param sides of a pair that have the other side as a partner. */
function makeLists(count, pairs, sides) {
	const offsets = new Int32Array(count + 1);
	for (const pair of pairs) for (const side of sides) {
		const next = pair[side] + 1;
		offsets[next] = (offsets[next] ?? 0) + 1;
	}
	for (let at = 0; at < count; at++) offsets[at + 1] = (offsets[at + 1] ?? 0) + (offsets[at] ?? 0);
	const free = offsets.slice();
	const items = new Int32Array(pairs.length * sides.length);
	for (const pair of pairs) for (const side of sides) {
		const at = pair[side];
		const end = free[at] ?? 0;
		items[end] = pair[side === 0 ? 1 : 0];
		free[at] = end + 1;
	}
	return {
		offsets,
		items
	};
}
/** The items of one position, for code that is not in a hot loop. */
const itemsOf = ({ offsets, items }, at) => items.subarray(offsets[at], offsets[at + 1]);
/** Blockers before dependents. Pieces on a cycle, or behind one, come last, in the order of their positions. */
function inDependencyOrder({ count, blockers, dependents }) {
	const order = new Int32Array(count);
	const open = new Int32Array(count);
	let end = 0;
	for (let piece = 0; piece < count; piece++) {
		open[piece] = (blockers.offsets[piece + 1] ?? 0) - (blockers.offsets[piece] ?? 0);
		if (open[piece] === 0) order[end++] = piece;
	}
	for (let next = 0; next < end; next++) {
		const piece = order[next] ?? 0;
		for (let k = dependents.offsets[piece] ?? 0; k < (dependents.offsets[piece + 1] ?? 0); k++) {
			const dependent = dependents.items[k] ?? 0;
			const left = (open[dependent] ?? 0) - 1;
			open[dependent] = left;
			if (left === 0) order[end++] = dependent;
		}
	}
	for (let piece = 0; piece < count; piece++) if (open[piece] !== 0) order[end++] = piece;
	return order;
}
/** From each piece's start to the end of the longest chain that begins with it, if there were places for all. */
function tailsOf(workload, order = inDependencyOrder(workload)) {
	const { durations, dependents } = workload;
	const tails = Float64Array.from(durations);
	for (const piece of order.toReversed()) {
		let longest = 0;
		for (let k = dependents.offsets[piece] ?? 0; k < (dependents.offsets[piece + 1] ?? 0); k++) longest = Math.max(longest, tails[dependents.items[k] ?? 0] ?? 0);
		tails[piece] = (durations[piece] ?? 0) + longest;
	}
	return tails;
}
/** The earliest start of each piece, if there were places for all. */
function headsOf$1(workload, order = inDependencyOrder(workload)) {
	const { durations, blockers } = workload;
	const heads = new Float64Array(workload.count);
	for (const piece of order) {
		let earliest = 0;
		for (let k = blockers.offsets[piece] ?? 0; k < (blockers.offsets[piece + 1] ?? 0); k++) {
			const blocker = blockers.items[k] ?? 0;
			earliest = Math.max(earliest, (heads[blocker] ?? 0) + (durations[blocker] ?? 0));
		}
		heads[piece] = earliest;
	}
	return heads;
}

// src/core/schedule/batches.ts
/**
* Segments → workloads. The eager schedule is one batch. In waves each wave is a batch of its own, because nothing in a wave
* starts before the wave before it has ended.
*/
/** How many pairs of a batch may not run at the same time. */
const exclusionCount = ({ workload }) => workload.exclusions.items.length / 2;
/** Leaves out segments that can never start: those on a cycle or behind one. */
function makeBatches(input) {
	const { segments, schedule, overlaps } = input;
	const graph = input.graph ?? graphOf(segments);
	const { levels } = sortTopologically(graph);
	const levelOf = (number) => levels[graph.indexOf(number)];
	const sorted = segments.filter(({ number }) => levelOf(number) !== -1).sort((a, b) => a.number - b.number);
	const order = input.order ?? startOrder(sorted, chainsOf(graph, input.minutesOf));
	const drafts = [];
	/** By index in the graph: the segment's draft and its position there. */
	const places = [];
	for (const segment of sorted) {
		const level = schedule === "eager" ? 0 : levelOf(segment.number);
		while (drafts.length <= level) drafts.push({
			segments: [],
			exclusions: []
		});
		const draft = drafts[level];
		places[graph.indexOf(segment.number)] = {
			draft,
			position: draft.segments.push(segment) - 1
		};
	}
	const placeOf = (number) => places[graph.indexOf(number)];
	for (const { a, b } of overlaps) {
		const [one, other] = [placeOf(a), placeOf(b)];
		if (one && one.draft === other?.draft) one.draft.exclusions.push([one.position, other.position]);
	}
	return drafts.map((draft) => finish$1(draft, input, order, (number) => {
		const place = placeOf(number);
		return place?.draft === draft ? place.position : void 0;
	}));
}
function finish$1({ segments, exclusions }, input, order, positionOf) {
	const resources = resourcesFor(segments, input);
	const demandsOf = (worker) => [...resources.entries()].filter(([, each]) => each.worker === void 0 || each.worker === worker).map(([resource]) => ({
		resource,
		amount: 1
	}));
	const demands = new Map(WORKERS.map((worker) => [worker, demandsOf(worker)]));
	const pieces = segments.map(({ number, spec }) => {
		const left = input.running?.get(number);
		return {
			duration: left ?? input.minutesOf(number),
			demands: demands.get(spec.worker),
			running: left !== void 0
		};
	});
	const waits = segments.flatMap(({ blockedBy }, at) => {
		return blockedBy.map(positionOf).filter((on) => on !== void 0).sort((a, b) => a - b).map((on) => [at, on]);
	});
	const capacity = resources.map(({ places }) => places);
	return {
		numbers: segments.map(({ number }) => number),
		workload: makeWorkload(pieces, waits, exclusions, capacity),
		ranks: Int32Array.from(segments, ({ number }) => order.get(number) ?? 0)
	};
}
/**
* The places in all, and the places of each worker that could run short of them. A running segment keeps its place even if a
* cap was lowered since.
*/
function resourcesFor(segments, { cap, workers, running }) {
	const ofWorker = Map.groupBy(segments, ({ spec }) => spec.worker);
	const busyIn = (some) => some.filter(({ number }) => running?.has(number)).length;
	const scarce = WORKERS.filter((worker) => workers[worker] < Math.min(cap, ofWorker.get(worker)?.length ?? 0));
	return [{ places: Math.max(cap, busyIn(segments)) }, ...scarce.map((worker) => ({
		worker,
		places: Math.max(workers[worker], busyIn(ofWorker.get(worker)))
	}))];
}
/** Each segment's place among ready ones: longest remaining path first, then priority, then number (SPEC R2.3). */
function startOrder(segments, { remaining }) {
	const ranked = segments.map(({ number, spec: { priority } }) => ({
		number,
		priority,
		left: remaining(number)
	}));
	ranked.sort((a, b) => b.left - a.left || a.priority - b.priority || a.number - b.number);
	return new Map(ranked.map(({ number }, place) => [number, place]));
}
const graphOf = (segments) => makeGraph(segments.map((segment) => segment.number), segments.flatMap(({ number, blockedBy }) => blockedBy.map((on) => ({
	from: number,
	on
}))));

// src/core/schedule/parallel-scheme.ts
/**
* The parallel scheme: at each moment, every piece that may start does, as people run an epic. No place stays free while a
* piece could use it (Kolisch 1996, "Serial and parallel resource-constrained project scheduling methods revisited").
*/
/**
* Works for any size: it only looks at pieces that are ready.
*
* @param ranks if several pieces are ready, the one with the smallest rank starts first.
* @param durations the real durations, if they differ from the expected ones.
*/
function scheduleInParallel(workload, ranks, durations = workload.durations) {
	const { count, blockers, dependents, exclusions, capacity, demands, amounts, running } = workload;
	const starts = new Int32Array(count).fill(-1);
	const free = capacity.slice();
	const open = new Int32Array(count);
	const ready = [];
	const ends = new EndQueue(starts, durations);
	const excludedBy = new Int32Array(count);
	const common = commonResources(workload);
	const isFull = (resource) => free[resource] === 0;
	for (let piece = 0; piece < count; piece++) {
		open[piece] = itemsOf(blockers, piece).length;
		if (running[piece] === 1) start(piece, 0);
		else if (open[piece] === 0) admit(piece);
	}
	let now = 0;
	for (;;) {
		for (let next = 0; next < ready.length && !common.some(isFull);) {
			const piece = ready[next] ?? 0;
			if (mayStart(piece)) {
				ready.splice(next, 1);
				start(piece, now);
			} else next++;
		}
		const end = ends.first();
		if (end === void 0) break;
		now = end;
		while (ends.first() === now) finish(ends.take());
	}
	return {
		starts,
		makespan: now
	};
	/** Puts a piece among the ready ones, which are sorted by rank, then by position. */
	function admit(piece) {
		const rank = ranks[piece] ?? 0;
		let low = 0;
		let high = ready.length;
		while (low < high) {
			const middle = low + high >> 1;
			const other = ready[middle] ?? 0;
			const otherRank = ranks[other] ?? 0;
			if (otherRank < rank || otherRank === rank && other < piece) low = middle + 1;
			else high = middle;
		}
		ready.splice(low, 0, piece);
	}
	function mayStart(piece) {
		for (let k = demands.offsets[piece] ?? 0; k < (demands.offsets[piece + 1] ?? 0); k++) if ((amounts[k] ?? 0) > (free[demands.items[k] ?? 0] ?? 0)) return false;
		return durations[piece] === 0 || excludedBy[piece] === 0;
	}
	function start(piece, time) {
		starts[piece] = time;
		occupy(piece, 1);
		ends.add(piece);
	}
	function finish(piece) {
		occupy(piece, -1);
		for (let k = dependents.offsets[piece] ?? 0; k < (dependents.offsets[piece + 1] ?? 0); k++) {
			const dependent = dependents.items[k] ?? 0;
			const left = (open[dependent] ?? 0) - 1;
			open[dependent] = left;
			if (left === 0) admit(dependent);
		}
	}
	/** Takes the piece's places and excludes others (1), or undoes it (-1). */
	function occupy(piece, by) {
		for (let k = exclusions.offsets[piece] ?? 0; k < (exclusions.offsets[piece + 1] ?? 0); k++) {
			const other = exclusions.items[k] ?? 0;
			excludedBy[other] = (excludedBy[other] ?? 0) + by;
		}
		for (let k = demands.offsets[piece] ?? 0; k < (demands.offsets[piece + 1] ?? 0); k++) {
			const resource = demands.items[k] ?? 0;
			free[resource] = (free[resource] ?? 0) - by * (amounts[k] ?? 0);
		}
	}
}
/** The running pieces as a heap by their end. With thousands at once, a scan would be most of the work. */
var EndQueue = class {
	#heap = [];
	#starts;
	#durations;
	constructor(starts, durations) {
		this.#starts = starts;
		this.#durations = durations;
	}
	/** When the first piece ends; undefined if none runs. */
	first() {
		const [top] = this.#heap;
		return top === void 0 ? void 0 : this.#endOf(top);
	}
	add(piece) {
		const heap = this.#heap;
		let at = heap.length;
		while (at > 0) {
			const above = at - 1 >> 1;
			if (!this.#isAfter(heap[above] ?? 0, piece)) break;
			heap[at] = heap[above] ?? 0;
			at = above;
		}
		heap[at] = piece;
	}
	take() {
		const heap = this.#heap;
		const top = heap[0] ?? 0;
		const last = heap.pop() ?? 0;
		const size = heap.length;
		let at = 0;
		for (;;) {
			let below = 2 * at + 1;
			if (below >= size) break;
			if (below + 1 < size && this.#isAfter(heap[below] ?? 0, heap[below + 1] ?? 0)) below++;
			if (!this.#isAfter(last, heap[below] ?? 0)) break;
			heap[at] = heap[below] ?? 0;
			at = below;
		}
		if (size > 0) heap[at] = last;
		return top;
	}
	#endOf(piece) {
		return (this.#starts[piece] ?? 0) + (this.#durations[piece] ?? 0);
	}
	#isAfter(one, other) {
		return this.#endOf(one) > this.#endOf(other);
	}
};
/** The resources that every piece demands: while one of them is used up, nothing can start. */
function commonResources({ count, capacity, demands }) {
	const users = new Int32Array(capacity.length);
	for (const resource of demands.items) users[resource] = (users[resource] ?? 0) + 1;
	return [...users.keys()].filter((resource) => users[resource] === count);
}

// src/core/schedule/random.ts
/** Seeded random numbers, the same on every machine: xorshift32 (Marsaglia 2003). */
var Random = class {
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
	/** Normally distributed around 0, with standard deviation 1 (Box & Muller 1958). */
	normal() {
		return Math.sqrt(-2 * Math.log(1 - this.real())) * Math.cos(2 * Math.PI * this.real());
	}
	/** A whole number from 0, below `end`. */
	below(end) {
		return Math.floor(this.real() * end);
	}
};

// src/core/schedule/bounds.ts
/**
* Lower bounds: no schedule is shorter than its longest chain, than its work spread evenly over the places, or than a set of
* pieces of which no two can run at the same time. Each bound includes the time that must pass before and after.
*/
/** Above this many pieces, the closer bounds for spread work take longer than they are worth. */
const CLOSE_UP_TO = 200;
/** Above this many pieces, a table of all pairs takes longer than it is worth. */
const CLIQUES_UP_TO = 2e3;
/** How long the search for heavy cliques may take, in steps of 32 pairs: a few milliseconds. */
const CLIQUE_STEPS = 2e6;
/** @param isClose looks beyond the longest chain and the sum of the work; that takes much longer. */
function lowerBound(workload, isClose = true) {
	const { count, durations } = workload;
	const order = inDependencyOrder(workload);
	const heads = headsOf$1(workload, order);
	const tails = tailsOf(workload, order);
	let bound = 0;
	for (const tail of tails) bound = Math.max(bound, tail);
	for (const resource of workload.capacity.keys()) bound = Math.max(bound, spreadBound(workload, resource, heads, tails, isClose));
	if (!isClose || count > CLIQUES_UP_TO) return bound;
	const pieces = order.filter((piece) => durations[piece] !== 0).sort((a, b) => (durations[b] ?? 0) - (durations[a] ?? 0) || a - b);
	const apart = pairsApart(workload, order, pieces);
	const alone = pieces.filter((_, index) => apart.countIn(index) === pieces.length - 1);
	if (alone.length === 0) return Math.max(bound, cliqueBound(pieces, apart, durations, heads, tails));
	const others = durations.slice();
	for (const piece of alone) others[piece] = 0;
	const sum = alone.reduce((all, piece) => all + (durations[piece] ?? 0), 0);
	return Math.max(bound, sum + lowerBound({
		...workload,
		durations: others
	}));
}
/** The pieces that start no earlier than `head` and leave at least `rest` after them: their work, spread over the capacity. */
function spreadBound(workload, resource, heads, tails, isClose) {
	const { count, durations, demands, amounts, capacity } = workload;
	const places = capacity[resource] ?? 0;
	if (places === 0) return 0;
	const jobs = [];
	let total = 0;
	for (let piece = 0; piece < count; piece++) {
		const duration = durations[piece] ?? 0;
		for (let k = demands.offsets[piece] ?? 0; k < (demands.offsets[piece + 1] ?? 0); k++) {
			if (demands.items[k] !== resource || duration === 0) continue;
			const work = duration * (amounts[k] ?? 0);
			total += work;
			if (isClose) jobs.push({
				head: heads[piece] ?? 0,
				rest: (tails[piece] ?? 0) - duration,
				work
			});
		}
	}
	let bound = Math.ceil(total / places);
	if (jobs.length > CLOSE_UP_TO) return bound;
	jobs.sort((a, b) => b.head - a.head);
	for (const least of new Set(jobs.map(({ rest }) => rest))) {
		let work = 0;
		for (const job of jobs) {
			if (job.rest < least) continue;
			work += job.work;
			bound = Math.max(bound, job.head + Math.ceil(work / places) + least);
		}
	}
	return bound;
}
/**
* The heaviest clique found: a set of pieces of which no two can run at the same time. Grown greedily from each piece, the
* heaviest first, until the steps are used up.
*
* @param pieces heaviest first; `apart` speaks of their indexes.
*/
function cliqueBound(pieces, apart, durations, heads, tails) {
	const seen = /* @__PURE__ */ new Set();
	let bound = 0;
	let steps = 0;
	for (const seed of pieces.keys()) {
		if (steps >= CLIQUE_STEPS) break;
		const clique = [seed];
		const left = apart.row(seed).slice();
		for (let word = 0; word < left.length; word++) while (left[word] !== 0) {
			const member = 32 * word + lowestBit(left[word] ?? 0);
			clique.push(member);
			const row = apart.row(member);
			for (let next = word; next < left.length; next++) left[next] = (left[next] ?? 0) & (row[next] ?? 0);
			steps += left.length - word;
		}
		const key = clique.toSorted((a, b) => a - b).join();
		steps += clique.length;
		if (seen.has(key)) continue;
		seen.add(key);
		steps += clique.length ** 2 / 8;
		const members = clique.map((index) => pieces[index] ?? 0);
		bound = Math.max(bound, oneByOne(members, durations, heads, tails));
	}
	return bound;
}
const lowestBit = (word) => 31 - Math.clz32(word & -word);
/** The bound of `spreadBound` for pieces that run one by one: the best over all subsets between a head and a rest. */
function oneByOne(clique, durations, heads, tails) {
	const latestFirst = [...clique].sort((a, b) => (heads[b] ?? 0) - (heads[a] ?? 0));
	const restOf = (piece) => (tails[piece] ?? 0) - (durations[piece] ?? 0);
	let bound = 0;
	for (const least of new Set(clique.map(restOf))) {
		let work = 0;
		for (const piece of latestFirst) {
			if (restOf(piece) < least) continue;
			work += durations[piece] ?? 0;
			bound = Math.max(bound, (heads[piece] ?? 0) + work + least);
		}
	}
	return bound;
}
/** A table of pairs, one bit each. */
var PairTable = class {
	#width;
	#bits;
	constructor(count) {
		this.#width = count + 31 >> 5;
		this.#bits = new Int32Array(count * this.#width);
	}
	/** The pairs of one index with all others: bit `i % 32` of word `i / 32`. */
	row(one) {
		return this.#bits.subarray(one * this.#width, (one + 1) * this.#width);
	}
	add(one, other) {
		const word = one * this.#width + (other >> 5);
		this.#bits[word] = (this.#bits[word] ?? 0) | 1 << (other & 31);
	}
	/** Pairs `one` with everything that `other` is paired with. */
	addAll(one, other) {
		const [own, more] = [this.row(one), this.row(other)];
		for (let word = 0; word < own.length; word++) own[word] = (own[word] ?? 0) | (more[word] ?? 0);
	}
	countIn(one) {
		let count = 0;
		for (let bits of this.row(one)) for (; bits !== 0; bits &= bits - 1) count++;
		return count;
	}
	/** Smallest first. */
	*partnersOf(one) {
		for (const [word, bits] of this.row(one).entries()) for (let left = bits; left !== 0; left &= left - 1) yield 32 * word + lowestBit(left);
	}
};
/** The pairs that can never run at the same time, by their indexes in `pieces`. */
function pairsApart(workload, order, pieces) {
	const { count, exclusions, blockers, running } = workload;
	const indexes = new Int32Array(count).fill(-1);
	pieces.forEach((piece, index) => {
		indexes[piece] = index;
	});
	const apart = new PairTable(pieces.length);
	const mark = (a, b) => {
		const [one, other] = [indexes[a] ?? 0, indexes[b] ?? 0];
		if (one === other || one === -1 || other === -1 || running[a] === 1 && running[b] === 1) return;
		apart.add(one, other);
		apart.add(other, one);
	};
	const before = new PairTable(count);
	for (const piece of order) {
		for (const blocker of itemsOf(blockers, piece)) {
			before.add(piece, blocker);
			before.addAll(piece, blocker);
		}
		for (const other of itemsOf(exclusions, piece)) mark(piece, other);
	}
	for (const piece of pieces) for (const other of before.partnersOf(piece)) mark(piece, other);
	for (const [a, b] of pairsTooBig(workload, pieces)) mark(a, b);
	return apart;
}
/** The pairs that demand more of a resource together than there is. */
function* pairsTooBig({ count, demands, amounts, capacity }, pieces) {
	for (const [resource, places] of capacity.entries()) {
		const own = new Int32Array(count);
		for (let piece = 0; piece < count; piece++) for (let k = demands.offsets[piece] ?? 0; k < (demands.offsets[piece + 1] ?? 0); k++) if (demands.items[k] === resource) own[piece] = amounts[k] ?? 0;
		for (const a of pieces) {
			if ((own[a] ?? 0) <= places / 2) continue;
			for (const b of pieces) if ((own[a] ?? 0) + (own[b] ?? 0) > places) yield [a, b];
		}
	}
}

// src/core/schedule/serial-scheme.ts
/**
* Schedules forwards and backwards, with its memory laid out once for thousands of passes.
*
* It keeps the occupation of the resources as the moments at which it changes. The last moment lasts forever and is always
* empty.
*/
var SerialScheme = class {
	#workload;
	#resources;
	#times;
	/** By moment and resource: how much is occupied from this moment to the next. */
	#used;
	/** How many moments there are. */
	#size = 0;
	#isPlaced;
	#running;
	constructor(workload) {
		this.#workload = workload;
		this.#resources = workload.capacity.length;
		this.#times = new Int32Array(2 * workload.count + 2);
		this.#used = new Int32Array((2 * workload.count + 2) * this.#resources);
		this.#isPlaced = new Uint8Array(workload.count);
		this.#running = [...workload.running.keys()].filter((piece) => workload.running[piece] === 1);
	}
	/**
	* Puts each piece as early as it fits, in the order given.
	*
	* @param order blockers before dependents.
	* @param starts is filled.
	* @returns the makespan.
	*/
	forward(order, starts) {
		const { durations, blockers } = this.#workload;
		this.#clear();
		for (const piece of this.#running) {
			starts[piece] = 0;
			this.#occupy(piece, 0, durations[piece] ?? 0);
		}
		this.#place(order, blockers, starts);
		let makespan = 0;
		for (let piece = 0; piece < starts.length; piece++) makespan = Math.max(makespan, (starts[piece] ?? 0) + (durations[piece] ?? 0));
		return makespan;
	}
	/**
	* Puts each piece as late as it fits, in the order given, and no later than `horizon`. Times count backwards from there: a
	* piece's `starts` is how long before the horizon it ends.
	*
	* @param order dependents before blockers.
	* @param starts is filled.
	*/
	backward(order, horizon, starts) {
		const { durations, dependents } = this.#workload;
		this.#clear();
		for (const piece of this.#running) {
			const start = horizon - (durations[piece] ?? 0);
			starts[piece] = start;
			this.#occupy(piece, start, horizon);
		}
		this.#place(order, dependents, starts);
	}
	/** @param waits the pieces that must end before each piece starts. */
	#place(order, waits, starts) {
		const { durations, running } = this.#workload;
		for (const piece of order) {
			if (running[piece] === 1) continue;
			let from = 0;
			const last = waits.offsets[piece + 1] ?? 0;
			for (let k = waits.offsets[piece] ?? 0; k < last; k++) {
				const other = waits.items[k] ?? 0;
				const end = (starts[other] ?? 0) + (durations[other] ?? 0);
				if (end > from) from = end;
			}
			const start = this.#earliest(piece, from, starts);
			starts[piece] = start;
			this.#occupy(piece, start, start + (durations[piece] ?? 0));
		}
	}
	#clear() {
		this.#times[0] = 0;
		this.#used.fill(0, 0, this.#resources);
		this.#size = 1;
		this.#isPlaced.fill(0);
	}
	#earliest(piece, from, starts) {
		const { durations, exclusions } = this.#workload;
		const duration = durations[piece] ?? 0;
		if (duration === 0) return from;
		const first = exclusions.offsets[piece] ?? 0;
		const last = exclusions.offsets[piece + 1] ?? 0;
		let start = from;
		for (;;) {
			start = this.#earliestWithPlaces(piece, start, duration);
			let hasMoved = false;
			for (let k = first; k < last; k++) {
				const other = exclusions.items[k] ?? 0;
				if (this.#isPlaced[other] === 0) continue;
				const begin = starts[other] ?? 0;
				const end = begin + (durations[other] ?? 0);
				if (end > start && begin < start + duration && end > begin) {
					start = end;
					hasMoved = true;
				}
			}
			if (!hasMoved) return start;
		}
	}
	/** The earliest time from which on there is enough of every resource, for the whole duration. */
	#earliestWithPlaces(piece, from, duration) {
		const { demands, amounts, capacity } = this.#workload;
		const times = this.#times;
		const used = this.#used;
		const resources = this.#resources;
		const size = this.#size;
		const first = demands.offsets[piece] ?? 0;
		const last = demands.offsets[piece + 1] ?? 0;
		let start = from;
		let moment = this.#momentAt(start);
		while (moment < size && (times[moment] ?? 0) < start + duration) {
			let isFull = false;
			for (let k = first; k < last; k++) {
				const resource = demands.items[k] ?? 0;
				if ((used[moment * resources + resource] ?? 0) + (amounts[k] ?? 0) > (capacity[resource] ?? 0)) {
					isFull = true;
					break;
				}
			}
			moment++;
			if (isFull && moment < size) start = times[moment] ?? 0;
		}
		return start;
	}
	/** The last moment that is not after `time`. */
	#momentAt(time) {
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
	/** The moment at exactly `time`; it is added if there is none. */
	#momentFrom(time) {
		const before = this.#momentAt(time);
		const times = this.#times;
		if (times[before] === time) return before;
		const resources = this.#resources;
		const size = this.#size;
		const moment = before + 1;
		times.copyWithin(moment + 1, moment, size);
		this.#used.copyWithin((moment + 1) * resources, moment * resources, size * resources);
		this.#used.copyWithin(moment * resources, before * resources, moment * resources);
		times[moment] = time;
		this.#size = size + 1;
		return moment;
	}
	#occupy(piece, start, end) {
		this.#isPlaced[piece] = 1;
		if (start === end) return;
		const { demands, amounts } = this.#workload;
		const from = this.#momentFrom(start);
		const to = this.#momentFrom(end);
		for (let k = demands.offsets[piece] ?? 0; k < (demands.offsets[piece + 1] ?? 0); k++) for (let moment = from; moment < to; moment++) {
			const index = moment * this.#resources + (demands.items[k] ?? 0);
			this.#used[index] = (this.#used[index] ?? 0) + (amounts[k] ?? 0);
		}
	}
};

// src/core/schedule/search.ts
/**
* A short search for a better order than a priority rule gives: a few hundred or thousand schedules, near the best possible.
*
* It breeds a population of orders. Two parents are crossed; the child is laid out by the serial scheme, then pushed right and
* back left (crossover: Hartmann 1998; forward-backward improvement: Tormos & Lova 2001). The budget is a count of schedules,
* not of milliseconds, and the random numbers are seeded: the same work gives the same timetable on every machine. The search
* ends once the lower bound is reached, which is usually at once.
*/
const POPULATION = 30;
/** After this many children in a row that improve nothing, the whole population is shaken. */
const PATIENCE = 100;
/** How far a shaken piece may move, as a share of the whole order. */
const SHAKE = .8;
/** How far drawn durations spread around the expected ones: the standard deviation of the logarithm. */
const SPREAD = .4;
/** @param ranks by the rule, smallest first. If its timetable is as short as the best, it is the result. */
function search(workload, ranks, effort) {
	return new Search(workload, lowerBound(workload), effort).run(ranks);
}
/** The rule's own timetable, for workloads that are too large to search. */
function scheduleByRule(workload, ranks) {
	return {
		...scheduleInParallel(workload, ranks),
		bound: lowerBound(workload, false),
		schedules: 1
	};
}
var Search = class {
	#workload;
	#bound;
	#effort;
	#serial;
	#random;
	#starts;
	/** Starts of a backward pass. */
	#backward;
	#keys;
	#blockersFirst;
	#dependentsFirst;
	#population = [];
	#hashes = /* @__PURE__ */ new Set();
	#schedules = 0;
	#best;
	constructor(workload, bound, effort) {
		this.#workload = workload;
		this.#bound = bound;
		this.#effort = effort;
		this.#serial = new SerialScheme(workload);
		this.#random = new Random(workload.count);
		this.#starts = new Int32Array(workload.count);
		this.#backward = new Int32Array(workload.count);
		this.#keys = new Float64Array(workload.count);
		this.#blockersFirst = inDependencyOrder(workload);
		this.#dependentsFirst = this.#blockersFirst.toReversed();
		this.#best = {
			starts: new Int32Array(workload.count),
			makespan: Number.POSITIVE_INFINITY
		};
	}
	run(ranks) {
		const byRule = this.#scheduleBy(ranks);
		for (const known of this.#effort.known ?? []) this.#forward(this.#orderOf(known));
		this.#fillPopulation(ranks);
		this.#breed();
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
	#fillPopulation(ranks) {
		if (this.#isOver()) return;
		this.#join(this.#improve(this.#orderOf(this.#best.starts)));
		for (const rule of this.#rules(ranks)) {
			if (this.#isOver()) return;
			this.#join(this.#improve(this.#orderOf(this.#scheduleBy(rule).starts)));
			if (this.#isOver()) return;
			this.#join(this.#improve(this.#sortByKey(rule)));
		}
		const tails = tailsOf(this.#workload, this.#blockersFirst);
		for (let tries = 0; this.#population.length < POPULATION && tries < 60; tries++) {
			if (this.#isOver()) return;
			const noisy = tails.map((tail) => tries % 4 === 3 ? this.#random.real() : -tail * (.6 + .8 * this.#random.real()));
			this.#join(this.#improve(this.#orderOf(this.#scheduleBy(noisy).starts)));
		}
	}
	#breed() {
		let idle = 0;
		while (!this.#isOver()) {
			if (idle > PATIENCE) {
				idle = 0;
				if (!this.#hasShakenAll()) return;
			}
			idle++;
			const child = this.#improve(this.#mutate(this.#cross(this.#pick().order, this.#pick().order)));
			if (this.#hasReplacedWorst(child)) idle = 0;
		}
	}
	#join(member) {
		if (this.#hashes.has(member.hash)) return;
		this.#hashes.add(member.hash);
		this.#population.push(member);
	}
	/** Replaces the longest member with the child, if the child is new and not longer. @returns true if it is shorter. */
	#hasReplacedWorst(child) {
		if (this.#hashes.has(child.hash)) return false;
		const worst = this.#population.reduce((a, b) => b.makespan > a.makespan ? b : a);
		if (child.makespan > worst.makespan) return false;
		this.#hashes.delete(worst.hash);
		this.#hashes.add(child.hash);
		this.#population[this.#population.indexOf(worst)] = child;
		return child.makespan < worst.makespan;
	}
	/** Replaces all members by shaken ones. @returns false if the search is over before that is done. */
	#hasShakenAll() {
		this.#hashes.clear();
		for (const { order } of this.#population.splice(0)) {
			if (this.#isOver()) return false;
			this.#join(this.#improve(this.#shake(order)));
		}
		return true;
	}
	#keep({ starts, makespan }) {
		this.#schedules++;
		if (makespan < this.#best.makespan) this.#best = {
			starts: starts.slice(),
			makespan
		};
	}
	#scheduleBy(ranks) {
		const timetable = scheduleInParallel(this.#workload, ranks);
		this.#keep(timetable);
		return timetable;
	}
	#forward(order) {
		const makespan = this.#serial.forward(order, this.#starts);
		this.#keep({
			starts: this.#starts,
			makespan
		});
		return makespan;
	}
	/** Lays the order out, then pushes it right and left again for as long as that makes it shorter. */
	#improve(order) {
		let makespan = this.#forward(order);
		for (let isShorter = true; isShorter && !this.#isOver();) {
			this.#schedules++;
			this.#serial.backward(sortBy(this.#dependentsFirst, this.#latestEndFirst(this.#starts)), makespan, this.#backward);
			const next = this.#forward(sortBy(this.#blockersFirst, this.#latestEndFirst(this.#backward)));
			isShorter = next < makespan;
			makespan = next;
		}
		return {
			order: this.#orderOf(this.#starts),
			makespan,
			hash: hashOf(this.#starts)
		};
	}
	/** Keys that sort pieces by their end, the latest first. */
	#latestEndFirst(starts) {
		const { durations } = this.#workload;
		for (let piece = 0; piece < starts.length; piece++) this.#keys[piece] = -((starts[piece] ?? 0) + (durations[piece] ?? 0));
		return this.#keys;
	}
	/** The pieces by their start. Ties stay in dependency order, so that a blocker that takes no time still comes first. */
	#orderOf(starts) {
		return sortBy(this.#blockersFirst, starts);
	}
	/** Blockers first; of the pieces that may come next, the one with the smallest key. */
	#sortByKey(keys) {
		const { count, blockers, dependents } = this.#workload;
		const open = new Int32Array(count);
		const order = new Int32Array(count);
		const ready = [];
		for (let piece = 0; piece < count; piece++) {
			open[piece] = itemsOf(blockers, piece).length;
			if (open[piece] === 0) ready.push(piece);
		}
		for (let end = 0; end < count; end++) {
			let pick = 0;
			for (let i = 1; i < ready.length; i++) if ((keys[ready[i] ?? 0] ?? 0) < (keys[ready[pick] ?? 0] ?? 0)) pick = i;
			const [piece = 0] = ready.splice(pick, 1);
			order[end] = piece;
			for (const dependent of itemsOf(dependents, piece)) {
				const left = (open[dependent] ?? 0) - 1;
				open[dependent] = left;
				if (left === 0) ready.push(dependent);
			}
		}
		return order;
	}
	/**
	* Priority rules that are known to be good, smallest first: the given ranks, the longest tail, the latest start, the most
	* work that is excluded, the longest chain through the piece, the most work that it unblocks.
	*/
	#rules(ranks) {
		const { durations, exclusions, dependents } = this.#workload;
		const tails = tailsOf(this.#workload, this.#blockersFirst);
		const heads = headsOf$1(this.#workload, this.#blockersFirst);
		const workIn = (lists, piece) => itemsOf(lists, piece).reduce((sum, other) => sum + (durations[other] ?? 0), 0);
		return [
			ranks,
			tails.map((tail) => -tail),
			tails.map((tail, piece) => (durations[piece] ?? 0) - tail),
			tails.map((tail, piece) => -(tail + workIn(exclusions, piece) / 2)),
			tails.map((tail, piece) => -(tail + (heads[piece] ?? 0))),
			durations.map((own, piece) => -(own + workIn(dependents, piece)))
		];
	}
	/** Plays the order of each candidate with the same draws of durations, and takes the one with the smallest sum. */
	#steadiest(scenarios) {
		const { durations, count } = this.#workload;
		const plain = scheduleInParallel(this.#workload, this.#best.starts);
		const candidates = [
			this.#orderOf(plain.starts),
			this.#orderOf(this.#best.starts),
			...this.#population.map(({ order }) => order)
		];
		const sums = new Float64Array(candidates.length);
		for (let scenario = 0; scenario < scenarios; scenario++) {
			const drawn = durations.map((own) => Math.round(own * Math.exp(SPREAD * this.#random.normal())));
			const serial = new SerialScheme({
				...this.#workload,
				durations: drawn
			});
			candidates.forEach((order, i) => {
				sums[i] = (sums[i] ?? 0) + serial.forward(order, this.#starts);
			});
		}
		this.#schedules += candidates.length * scenarios;
		const steadiest = candidates[sums.indexOf(Math.min(...sums))] ?? this.#blockersFirst;
		const starts = new Int32Array(count);
		return {
			starts,
			makespan: this.#serial.forward(steadiest, starts)
		};
	}
	/** The shorter of two random members. */
	#pick() {
		const a = this.#population[this.#random.below(this.#population.length)];
		const b = this.#population[this.#random.below(this.#population.length)];
		return a.makespan <= b.makespan ? a : b;
	}
	/** A random stretch in the order of `other`; the rest, before and after it, in the order of `one`. */
	#cross(one, other) {
		const { count } = this.#workload;
		const a = this.#random.below(count);
		const b = this.#random.below(count);
		const child = new Set(one.subarray(0, Math.min(a, b)));
		for (const piece of other) if (child.size < Math.max(a, b)) child.add(piece);
		return Int32Array.from(child.union(new Set(one)));
	}
	/** The order with every piece moved a random way back; blockers stay before their dependents. */
	#shake(order) {
		const keys = new Float64Array(order.length);
		const reach = order.length * SHAKE;
		order.forEach((piece, at) => {
			keys[piece] = at + reach * this.#random.real();
		});
		return this.#sortByKey(keys);
	}
	/** Swaps a few neighbours, unless one waits for the other. It changes the order in place. */
	#mutate(order) {
		const { blockers } = this.#workload;
		const probability = Math.max(.05, 1.5 / order.length);
		for (let at = 0; at + 1 < order.length; at++) {
			if (this.#random.real() >= probability) continue;
			const [one, next] = [order[at] ?? 0, order[at + 1] ?? 0];
			if (itemsOf(blockers, next).includes(one)) continue;
			order[at] = next;
			order[at + 1] = one;
		}
		return order;
	}
};
/** Sorts pieces by their keys. A stable insertion sort, since the orders here are nearly sorted already. */
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
/** FNV-1a over the starts. */
function hashOf(starts) {
	let hash = 2166136261;
	for (const start of starts) hash = Math.imul(hash ^ start, 16777619);
	return hash >>> 0;
}

// src/core/schedule/forecast.ts
/**
* A forecast: when each segment starts by the best schedule found, how long the whole takes, and how certain that is.
*
* The search uses the expected times. The range comes from playing the schedule many times with times drawn around them. The
* random numbers are seeded, because a forecast is part of the plan: the same facts give the same forecast. It leaves out
* reviews, calibrations and waits for issues outside the epic. It also leaves out fix segments, so that it stays comparable
* with what happened.
*/
/** How many schedules a search lays out, and how many pieces in all of them: about 50 ms for an epic of 80 segments. */
const SCHEDULES_PER_PIECE = 50;
const PIECES_LAID_OUT = 32e4;
/** Above this many segments the rule alone decides: it is close to the bound by then, and a search would take too long. */
const SEARCH_UP_TO = 2e3;
/** How many times a schedule is played, and how many pieces in all of them. */
const PLAYED = 200;
const PIECES_PLAYED = 1e5;
/** The budget of a search. @param exclusions pairs that may not run at the same time. Each pass looks at some of them. */
const schedulesFor = (pieces, exclusions = 0) => pieces > SEARCH_UP_TO ? 1 : Math.max(1, Math.min(SCHEDULES_PER_PIECE * pieces, Math.floor(PIECES_LAID_OUT / Math.max(1, pieces, exclusions / 5))));
function forecast(input) {
	const segments = input.segments.filter((segment) => !segment.fix);
	const { expectations, graph, chains, order } = input.prepared ?? prepare(segments, input.earlier ?? []);
	const minutesOf = minutesBy(expectations);
	const solved = solve({
		...scheduleInputOf(input, segments, minutesOf),
		graph,
		order
	});
	const minutes = play(solved, expectations);
	const costUsd = drawCosts(segments, expectations);
	return {
		criticalPathMinutes: chains.length,
		makespanMinutes: makespanOf(solved),
		boundMinutes: solved.reduce((sum, { bound }) => sum + bound, 0),
		oneAtATimeMinutes: segments.reduce((sum, { number }) => sum + minutesOf(number), 0),
		criticalPath: chains.criticalPath,
		estimated: segments.filter(({ spec }) => spec.estimateMinutes !== void 0).length,
		basis: expectations.basis,
		...minutes ? { minutes } : {},
		...costUsd ? { costUsd } : {},
		timetable: timetableOf(solved)
	};
}
/** Does the work that a forecast and the tracks of a plan share. @param graph of these segments, if the caller has it. */
function prepare(segments, earlier, graph = graphOf(segments)) {
	const expectations = expectationsOf(segments, earlier);
	const chains = chainsOf(graph, minutesBy(expectations));
	return {
		expectations,
		graph,
		chains,
		order: startOrder(segments, chains)
	};
}
const minutesBy = ({ of }) => (number) => of.get(number).minutes;
const scheduleInputOf = ({ overlaps, cap, config }, segments, minutesOf) => ({
	segments,
	minutesOf,
	overlaps,
	schedule: config.schedule,
	cap,
	workers: config.workers
});
/**
* Searches a timetable for each batch.
*
* @param share of the usual budget.
* @param known starts within their batch, from a schedule that keeps all rules. The result is never longer than it.
*/
const solve = (input, share = 1, known) => {
	const batches = makeBatches(input);
	const isSearched = countIn(batches) <= SEARCH_UP_TO;
	return batches.map((batch) => {
		const { numbers, workload, ranks } = batch;
		if (!isSearched && !known) return {
			batch,
			...scheduleByRule(workload, ranks)
		};
		const schedules = Math.ceil(schedulesFor(numbers.length, exclusionCount(batch)) * share);
		const starts = known ? [Int32Array.from(numbers, (number) => known(number) ?? 0)] : [];
		return {
			batch,
			...search(workload, ranks, {
				schedules,
				known: starts
			})
		};
	});
};
const countIn = (batches) => batches.reduce((sum, { numbers }) => sum + numbers.length, 0);
/** The makespan of the whole, in minutes. */
const makespanOf = (solved) => solved.reduce((sum, { makespan }) => sum + makespan, 0);
function timetableOf(solved) {
	const rows = [];
	let batchStart = 0;
	for (const { batch, starts, makespan } of solved) {
		batch.numbers.forEach((number, at) => {
			rows.push([number, {
				start: batchStart + (starts[at] ?? 0),
				takes: batch.workload.durations[at] ?? 0
			}]);
		});
		batchStart += makespan;
	}
	return Object.fromEntries(rows.sort(([a], [b]) => a - b));
}
/** Plays the schedule with drawn times. Its order stays; a segment that could start earlier than planned does. */
function play(solved, { of }) {
	const pieces = countIn(solved.map(({ batch }) => batch));
	if (pieces === 0 || pieces > SEARCH_UP_TO) return void 0;
	const exclusions = solved.reduce((sum, { batch }) => sum + exclusionCount(batch), 0);
	const times = Math.max(20, Math.min(PLAYED, Math.floor(PIECES_PLAYED / (pieces + exclusions))));
	const random = new Random(pieces);
	return rangeOf(Array.from({ length: times }, () => solved.reduce((sum, { batch: { numbers, workload }, starts }) => {
		const drawn = workload.durations.map((expected, at) => {
			const { deviation } = of.get(numbers[at]);
			return Math.max(1, Math.round(expected * Math.exp(deviation * random.normal())));
		});
		return sum + scheduleInParallel(workload, starts, drawn).makespan;
	}, 0)));
}
/** The sum of the expected costs, drawn around what similar segments cost. Costs do not depend on the schedule. */
function drawCosts(segments, { of }) {
	const costs = segments.flatMap(({ number }) => {
		const { costUsd, deviation = 0 } = of.get(number) ?? {};
		return costUsd === void 0 ? [] : [{
			costUsd,
			deviation
		}];
	});
	if (costs.length === 0 || costs.length > SEARCH_UP_TO) return void 0;
	const random = new Random(segments.length + 1);
	const { low, middle, high } = rangeOf(Array.from({ length: PLAYED }, () => costs.reduce((sum, { costUsd, deviation }) => sum + costUsd * Math.exp(deviation * random.normal()), 0)));
	const toCents = (amount) => Math.round(amount * 100) / 100;
	return {
		low: toCents(low),
		middle: toCents(middle),
		high: toCents(high)
	};
}
/** The 10th percentile, the median and the 90th percentile. */
function rangeOf(values) {
	const sorted = [...values].sort((a, b) => a - b);
	const valueAt = (share) => sorted[Math.round((sorted.length - 1) * share)] ?? 0;
	return {
		low: valueAt(.1),
		middle: valueAt(.5),
		high: valueAt(.9)
	};
}

// src/core/schedule/startable.ts
/**
* Answers two questions: which segments may start now, and what does every other segment wait for?
*
* The rule starts ready segments in one order: the longest remaining path first, then priority, then number (SPEC R2.3). If
* not all of them can start, a short search looks ahead from this moment, with the running segments held in place. It decides
* which of two goes first if they exclude each other, and whether a free place is better kept for a segment that comes soon.
* The question is asked again each time a segment ends, so that no estimate is trusted longer than necessary.
*
* Two segments that exclude each other are never in flight together, and something always runs while anything can. A pull
* request that waits for people excludes others in the same way, but takes no place: it needs neither a runner nor money.
*/
/** GitHub's limit of jobs in one matrix. @see https://docs.github.com/en/actions/reference/limits */
const MAX_IN_FLIGHT = 256;
/** How many schedules the look ahead may lay out, and by how many draws of durations it chooses: a few milliseconds. */
const LOOK_AHEAD = {
	schedules: 200,
	scenarios: 12
};
/** How many segments may be laid out in all of these schedules. If everything excludes everything, few schedules do. */
const LAID_OUT = 6e4;
/** Above this many open segments the rule alone decides: it is close to the best by then, and a reconcile must not stall. */
const LOOK_AHEAD_UP_TO = 300;
/** Answers which segments may start at this moment, all of them together, and what the others wait for. */
function startable(query) {
	const { plan, states, held, config, options } = query;
	const rules = new StartRules(plan, config, options);
	const isFree = ({ number }) => (plan.waitsOutside[number]?.length ?? 0) === 0 && held?.has(number) !== true;
	const byRule = rules.pick(states, isFree);
	const ahead = lookAhead(query, rules, byRule, isFree);
	const start = ahead ? ahead.start : byRule;
	const reasonsOf = rules.waits(states, start);
	const after = new Map(states);
	for (const number of start) after.set(number, "in flight");
	const couldStart = new Set(rules.pick(after, isFree));
	const inReview = numbersIn$1(states, "in review").length;
	const waiting = /* @__PURE__ */ new Map();
	for (const segment of plan.segments) {
		const { number } = segment;
		if ((after.get(number) ?? "open") !== "open") continue;
		const outside = (plan.waitsOutside[number] ?? []).map((ref) => ({
			kind: "outside",
			ref: refText(ref)
		}));
		const reasons = [
			...reasonsOf(segment),
			...outside,
			...held?.get(number) ?? []
		];
		const turn = ahead && couldStart.has(number) ? goesBefore(number, ahead.next, rules) : void 0;
		const full = rules.mayOpenPull(segment, inReview) ? { kind: "cap" } : { kind: "reviews" };
		const last = turn === void 0 ? full : {
			kind: "turn",
			number: turn
		};
		waiting.set(number, reasons.length > 0 || held?.has(number) ? unique$1(reasons) : [last]);
	}
	return {
		start,
		waiting
	};
}
/** The segment for which one that could start is held back: the first that excludes it, else the first of all. */
const goesBefore = (number, next, rules) => next.find((other) => rules.excludes(other, number)) ?? next[0];
/**
* The choice of the search; undefined if there is nothing to choose. It leaves out segments that cannot come to run for now,
* because it would keep places free for them.
*/
function lookAhead({ plan, states, config, elapsedMinutes }, rules, byRule, isFree) {
	if (byRule.length === 0) return void 0;
	const running = /* @__PURE__ */ new Map();
	const { minutesOf } = rules;
	const isItsTurn = rules.turns(states);
	const reviewed = numbersIn$1(states, "in review");
	const inside = [];
	const outside = /* @__PURE__ */ new Set();
	for (const segment of rules.order) {
		const { number, blockedBy } = segment;
		const state = states.get(number);
		if (state === "done") continue;
		if (state === "in flight") running.set(number, minutesLeft(minutesOf(number), elapsedMinutes?.get(number) ?? 0));
		else if (state === "in review" || !isFree(segment) || !isItsTurn(number) || blockedBy.some((blocker) => outside.has(blocker)) || reviewed.some((other) => rules.excludes(number, other))) {
			outside.add(number);
			continue;
		}
		inside.push(segment);
	}
	if (inside.length - running.size <= byRule.length || inside.length > LOOK_AHEAD_UP_TO) return void 0;
	const [batch] = makeBatches({
		segments: inside,
		minutesOf,
		overlaps: plan.overlaps,
		schedule: "eager",
		cap: rules.cap,
		workers: config.workers,
		running
	});
	const size = Math.max(inside.length, exclusionCount(batch) / 5);
	const schedules = Math.min(LOOK_AHEAD.schedules, Math.ceil(LAID_OUT / size));
	const { starts } = search(batch.workload, batch.ranks, {
		...LOOK_AHEAD,
		schedules
	});
	const startOf = new Map(batch.numbers.map((number, at) => [number, starts[at] ?? 0]));
	const isStartedNow = ({ number }) => startOf.get(number) === 0;
	return {
		start: rules.pick(states, isStartedNow),
		next: batch.numbers.filter((number) => startOf.get(number) !== 0).sort((a, b) => (startOf.get(a) ?? 0) - (startOf.get(b) ?? 0))
	};
}
/**
* The minutes that are probably left of a running segment. A segment past its time is not nearly done: the longer it has
* taken, the longer it will still take, and no other should be held back for it.
*/
function minutesLeft(expected, elapsed) {
	if (elapsed > 2 * expected) return Math.ceil(elapsed / 2);
	return Math.max(1, Math.ceil(expected / 5), Math.round(expected - elapsed));
}
const unique$1 = (reasons) => [...new Map(reasons.map((reason) => [JSON.stringify(reason), reason])).values()];
/** The rules for which segments may start and run together, prepared once for many questions. */
var StartRules = class {
	/** How many may be in flight. */
	cap;
	minutesOf;
	/** The longest remaining path first, which puts blockers before what waits for them. */
	order;
	#segments;
	#exclusions;
	#waves;
	#waveOf;
	#config;
	#options;
	constructor({ segments, waves, overlaps, forecast }, config, options) {
		this.cap = capOf(waves, config, options);
		this.minutesOf = (number) => forecast.timetable[number]?.takes ?? 20;
		const ranks = startOrder(segments, chainsOf(graphOf(segments), this.minutesOf));
		this.order = [...segments].sort((a, b) => (ranks.get(a.number) ?? 0) - (ranks.get(b.number) ?? 0));
		this.#segments = new Map(segments.map((segment) => [segment.number, segment]));
		this.#exclusions = exclusionsFrom(overlaps);
		this.#waves = waves;
		this.#waveOf = new Map(waves.flatMap((wave) => segmentsOf(wave).map((number) => [number, wave.number])));
		this.#config = config;
		this.#options = options;
	}
	excludes(one, other) {
		return this.#exclusions.get(one)?.has(other) ?? false;
	}
	/** Answers whether the schedule and the options let a segment run now, apart from its blockers. */
	turns(states) {
		const open = this.#openWave(states);
		const only = this.#options.wave;
		return (number) => {
			const wave = this.#waveOf.get(number);
			return (only === void 0 || wave === only) && !this.#waitsForWave(wave, open);
		};
	}
	/** The segments that may start together now, by the rule. */
	pick(states, mayStart) {
		const running = numbersIn$1(states, "in flight");
		const reviewed = numbersIn$1(states, "in review");
		const reserved = [...running, ...reviewed];
		const busy = /* @__PURE__ */ new Map();
		const occupy = (worker) => void busy.set(worker, (busy.get(worker) ?? 0) + 1);
		for (const number of running) {
			const segment = this.#segments.get(number);
			if (segment) occupy(segment.spec.worker);
		}
		const isItsTurn = this.turns(states);
		const start = [];
		for (const segment of this.order) {
			if (running.length >= this.cap) break;
			const { number, spec, blockedBy } = segment;
			if ((states.get(number) ?? "open") !== "open" || (busy.get(spec.worker) ?? 0) >= this.#config.workers[spec.worker] || !isItsTurn(number) || !mayStart(segment) || !this.mayOpenPull(segment, reviewed.length) || blockedBy.some((blocker) => this.#isPending(blocker, states)) || reserved.some((other) => this.excludes(number, other))) continue;
			start.push(number);
			running.push(number);
			reserved.push(number);
			occupy(spec.worker);
		}
		return start;
	}
	/** Answers whether people can look at one pull request more. A researcher opens none. */
	mayOpenPull({ spec }, inReview) {
		return spec.worker === "research" || inReview < this.#config.maxInReview;
	}
	/** The reasons for which each open segment waits, once `start` is in flight. */
	waits(states, start) {
		const open = this.#openWave(states);
		const only = this.#options.wave;
		const busy = [
			...numbersIn$1(states, "in flight"),
			...numbersIn$1(states, "in review"),
			...start
		].sort((a, b) => a - b);
		return ({ number, blockedBy }) => {
			const wave = this.#waveOf.get(number);
			const blockers = blockedBy.filter((blocker) => this.#isPending(blocker, states));
			const excluding = busy.filter((other) => this.excludes(number, other));
			return [
				...blockers.map((blocker) => ({
					kind: "segment",
					number: blocker
				})),
				...this.#waitsForWave(wave, open) ? [{
					kind: "wave",
					number: open
				}] : [],
				...only !== void 0 && wave !== only ? [{
					kind: "only wave",
					wave: only
				}] : [],
				...excluding.map((other) => ({
					kind: "overlap",
					number: other
				}))
			];
		};
	}
	#waitsForWave(wave, open) {
		return this.#config.schedule === "waves" && (wave ?? 0) > open;
	}
	/** The first wave with something left to do. Once all waves are done, no segment waits for one. */
	#openWave(states) {
		return this.#waves.find((wave) => segmentsOf(wave).some((number) => states.get(number) !== "done"))?.number ?? Number.POSITIVE_INFINITY;
	}
	/** A blocker that is not a segment of the plan does not count here: it waits outside. */
	#isPending(blocker, states) {
		return this.#segments.has(blocker) && states.get(blocker) !== "done";
	}
};
const numbersIn$1 = (states, wanted) => [...states].filter(([, state]) => state === wanted).map(([number]) => number);
/** How many segments may be in flight at the same time. */
function capOf(waves, config, options) {
	if (options.sequential) return 1;
	const mostTracks = Math.max(1, ...waves.map((wave) => wave.tracks.length));
	const cap = options.agents ?? (config.maxParallel === "auto" ? mostTracks : config.maxParallel);
	return Math.min(cap, MAX_IN_FLIGHT);
}
/** By segment, the segments it excludes. Lists rather than a table: most pairs of a large epic share nothing. */
function exclusionsFrom(overlaps) {
	const exclusions = /* @__PURE__ */ new Map();
	const note = (one, other) => {
		const others = exclusions.get(one);
		if (others) others.add(other);
		else exclusions.set(one, /* @__PURE__ */ new Set([other]));
	};
	for (const { a, b } of overlaps) {
		note(a, b);
		note(b, a);
	}
	return exclusions;
}

// src/core/plan/tracks.ts
/**
* The tracks of one wave, sorted, lettered, and named after the files that their segments share.
*
* @param order each segment's place among ready ones. It orders the members of a track, and the tracks.
*/
function tracksOf(segments, overlaps, order, globs = new GlobCache()) {
	const rankOf = (segment) => (segment && order.get(segment.number)) ?? 0;
	const sorted = [...segments].sort((a, b) => rankOf(a) - rankOf(b));
	const groups = connected(sorted.filter((segment) => !isWide(segment, globs)), overlaps);
	const wide = sorted.filter((segment) => isWide(segment, globs));
	if (wide.length > 0) groups.push(wide);
	const shared = sharedFiles(groups, overlaps);
	return groups.sort((a, b) => rankOf(a[0]) - rankOf(b[0])).map((group, index) => ({
		letter: letterOf(index),
		name: nameOf(group, shared.get(group), globs),
		segments: group.map((segment) => segment.number)
	}));
}
const isWide = ({ spec }, globs) => !spec.parallel || spec.files.length === 0 || spec.files.some((glob) => isEverything(glob, globs));
function sharedFiles(groups, overlaps) {
	const groupOf = new Map(groups.flatMap((group) => group.map(({ number }) => [number, group])));
	const shared = /* @__PURE__ */ new Map();
	for (const { a, b, why } of overlaps) {
		const group = groupOf.get(a);
		if (why.kind !== "files" || !group || group !== groupOf.get(b)) continue;
		const known = shared.get(group);
		const path = overlapPath(why.a, why.b);
		if (known) {
			known.paths.push(path);
			known.globs = known.globs.filter((glob) => glob === why.a || glob === why.b);
		} else shared.set(group, {
			paths: [path],
			globs: [why.a, why.b]
		});
	}
	return shared;
}
/** Groups of segments that overlap, directly or through others (union-find). Groups and members keep the given order. */
function connected(segments, overlaps) {
	const parents = new Map(segments.map(({ number }) => [number, number]));
	const rootOf = (number) => {
		let at = number;
		for (let parent = parents.get(at) ?? at; parent !== at; parent = parents.get(at) ?? at) {
			parents.set(at, parents.get(parent) ?? parent);
			at = parent;
		}
		return at;
	};
	for (const { a, b } of overlaps) if (parents.has(a) && parents.has(b)) parents.set(rootOf(a), rootOf(b));
	return [...Map.groupBy(segments, ({ number }) => rootOf(number)).values()];
}
/** From 0: `A` … `Z`, `AA`, `AB` … */
function letterOf(index) {
	let letters = "";
	for (let left = index; left >= 0; left = Math.floor(left / 26) - 1) letters = String.fromCharCode(65 + left % 26) + letters;
	return letters;
}
/**
* A name that says why the members run one after the other: the directory that holds their overlaps (`src/auth`), a glob that
* is part of every overlap, or the few places where they overlap. A track of one segment, or of segments that only name each
* other as conflicts, is named after all its files.
*/
function nameOf(group, shared, cache) {
	const globs = group.flatMap(includedBy);
	if (globs.length === 0) return "unknown";
	if (group.some((segment) => includedBy(segment).length === 0) || globs.some((glob) => isEverything(glob, cache))) return "everything";
	const paths = shared?.paths ?? globs.map((glob) => fixedPrefix(glob) || glob);
	const one = commonDirectory(paths) || shared?.globs[0];
	if (one) return one;
	const tops = [...new Set(paths.map(topOf))].sort();
	return tops.length <= 3 ? tops.join(", ") : `${tops.slice(0, 2).join(", ")}, +${tops.length - 2}`;
}
const includedBy = ({ spec }) => spec.files.filter((glob) => !glob.startsWith("!"));
/** The first two names: `src/auth` of `src/auth/login.ts`. */
const topOf = (path) => path.split("/", 2).join("/");
/** The path in which two globs overlap. A glob that starts anywhere, such as `*` + `.md`, says less than the other one. */
function overlapPath(a, b) {
	const [one, other] = [fixedPrefix(a), fixedPrefix(b)];
	if (one === "") return other || a;
	return commonDirectory([one, other]) || one;
}
/** The deepest directory, or the file, that holds all paths; '' if there is none. */
function commonDirectory(paths) {
	let shared = paths[0];
	for (const path of paths) while (shared !== "" && !liesIn(path, shared)) shared = shared.slice(0, Math.max(0, shared.lastIndexOf("/")));
	return shared;
}
const liesIn = (path, directory) => path === directory || path.startsWith(`${directory}/`);

// src/core/plan/planner.ts
/**
* Segments → a plan: waves, tracks, which segments may never run at the same time, and how long it takes.
*/
/**
* The plan of an epic as its issues read now, with everything that is wrong with it. The same facts in any order give the same
* plan. A plan with errors is still complete, so that running segments stay visible.
*
* @param facts.block what the segments come from, instead of issues.
* @param facts.earlier histories of segments in earlier epics. Without them the forecast rests on estimates.
*/
function planEpic(facts) {
	const { epic, config, earlier = [] } = facts;
	const reading = readEpic(facts);
	const { source, names, segments, waitsOutside, outside, readings, diagnostics, isCyclic } = reading;
	const plan = planSegments(segments, config, {
		...reading,
		earlier
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
	const limits = found > limit && !isCyclic ? [{
		level: "error",
		problem: tooMany
	}] : [];
	return {
		source,
		...names ? { names } : {},
		segments,
		...plan,
		waitsOutside,
		outside,
		readings,
		diagnostics: inOrderOfPlace([...diagnostics, ...limits]),
		isolation: config.isolation,
		network: config.network,
		...config.baseline === "off" ? { baseline: config.baseline } : {}
	};
}
/** @param segments sorted by number. */
function planSegments(segments, config, { graph = graphOf(segments), statedConflicts = [], globs = new GlobCache(), earlier = [] } = {}) {
	const overlaps = overlapsOf(segments, statedConflicts, globs);
	const prepared = prepare(segments, earlier, graph);
	const waves = wavesOf(graph, segments, overlaps, prepared.order, globs);
	return {
		waves,
		overlaps,
		forecast: forecast({
			segments,
			overlaps,
			cap: capOf(waves, config, {}),
			config,
			earlier,
			...segments.some(({ fix }) => fix) ? {} : { prepared }
		})
	};
}
/**
* Levels by the longest path from a root. A fix segment stands in the wave it repairs and moves no other segment: later waves
* keep the numbers that people and the journal know. Segments on a cycle, or behind one, share the last wave.
*/
function wavesOf(graph, segments, overlaps, order, globs) {
	const levels = new Int32Array(segments.length);
	let last = 1;
	for (const index of sortTopologically(graph).order) {
		const { fix } = segments[index];
		let level = fix?.wave ?? 1;
		for (const blocker of neighboursOf(graph.blockers, index)) {
			const step = fix || segments[blocker].fix ? 0 : 1;
			level = Math.max(level, (levels[blocker] ?? 0) + step);
		}
		levels[index] = level;
		last = Math.max(last, level + 1);
	}
	const levelOf = (number) => levels[graph.indexOf(number)] || last;
	const membersOf = Map.groupBy(segments, ({ number }) => levelOf(number));
	const overlapsIn = Map.groupBy(overlaps, ({ a }) => levelOf(a));
	return [...membersOf].sort(([a], [b]) => a - b).map(([number, members]) => ({
		number,
		tracks: tracksOf(members, overlapsIn.get(number) ?? [], order, globs)
	}));
}
/** All pairs that may not run at the same time, sorted, each with the strongest reason. */
function overlapsOf(segments, statedConflicts, globs) {
	const byFiles = overlappingScopes(segments.map(({ spec }) => spec.files), globs);
	const isExclusive = segments.map(({ spec }) => !spec.parallel);
	const isUnknown = segments.map(({ spec }) => spec.files.length === 0);
	const wide = [...segments.keys()].filter((index) => isExclusive[index] || isUnknown[index]);
	const rows = /* @__PURE__ */ new Map();
	const note = (one, other, why) => {
		const [first, second] = [Math.min(one, other), Math.max(one, other)];
		const row = rows.get(first);
		if (row) row.set(second, why);
		else rows.set(first, /* @__PURE__ */ new Map([[second, why]]));
	};
	for (const { first, second, firstGlob: a, secondGlob: b, doubt } of byFiles) note(first, second, doubt ? {
		kind: "files",
		a,
		b,
		doubt
	} : {
		kind: "files",
		a,
		b
	});
	const indexOf = new Map(segments.map(({ number }, index) => [number, index]));
	for (const [one, other] of statedConflicts) note(indexOf.get(one) ?? 0, indexOf.get(other) ?? 0, { kind: "conflicts-with" });
	return segments.flatMap(({ number: a }, one) => {
		const row = rows.get(one) ?? /* @__PURE__ */ new Map();
		const others = isExclusive[one] || isUnknown[one] ? segments.keys() : [...row.keys(), ...wide];
		return sortedAbove(one, others).map((other) => {
			const { number: b } = segments[other];
			if (isExclusive[one] || isExclusive[other]) return {
				a,
				b,
				why: NOT_PARALLEL
			};
			return {
				a,
				b,
				why: row.get(other) ?? SCOPE_UNKNOWN
			};
		});
	});
}
const NOT_PARALLEL = { kind: "not parallel" };
const SCOPE_UNKNOWN = { kind: "scope unknown" };
const sortedAbove = (one, others) => [...new Set(others)].filter((other) => other > one).sort((a, b) => a - b);
/** Errors first, then by issue and line; without repeats. */
function inOrderOfPlace(diagnostics) {
	const unique = new Map(diagnostics.map((each) => [JSON.stringify(each), each]));
	const placeOf = ({ problem }) => "at" in problem ? problem.at : {};
	return [...unique].sort(([one, a], [other, b]) => Number(a.level === "warning") - Number(b.level === "warning") || (placeOf(a).issue ?? 0) - (placeOf(b).issue ?? 0) || (placeOf(a).line ?? 0) - (placeOf(b).line ?? 0) || (one < other ? -1 : 1)).map(([, each]) => each);
}

// src/core/model/people.ts
const mayWrite = (person) => person.permission === "admin" || person.permission === "maintain" || person.permission === "write";
const mayTriage = (person) => mayWrite(person) || person.permission === "triage";
/**
* Answers whether the config names this bot. The config on the default branch is its permission, because GitHub reports none for
* an app. Its login ends in `[bot]` in some of GitHub's answers, but not in all.
*/
const isNamedBot = (person, config) => person.kind === "bot" && config.allowedBots.some((login) => bare(login) === bare(person.login));
const bare = (login) => login.toLowerCase().replace(/\[bot\]$/, "");
/**
* Answers whether commands of this person or bot count, and whether an agent may see their text: people with write access, and
* bots that the config names.
*/
const isTrusted = (person, config) => person.kind === "person" ? mayWrite(person) : isNamedBot(person, config);
const speakerOf = ({ id, login, kind }) => ({
	by: login,
	byId: id,
	...kind === "bot" ? { byBot: true } : {}
});

// src/core/model/question.ts
/**
* The life of a run's question: it is open, then it ends, and the next run inherits it (SPEC R5.11).
*/
/** The key of the act, and of the comment, that shows the question of an attempt. */
const questionKey = (attempt) => `question:${attempt}`;
/** Answers whether a comment with this key shows a question, with boxes to tick. */
const isQuestionKey = (key) => attemptOfQuestion(key) !== void 0;
/** The attempt that asked, from a key that `questionKey` made. */
const attemptOfQuestion = (key) => key.startsWith("question:") ? readAttemptId(key.slice(9)) : void 0;
const askingOf = ({ outcome }) => outcome?.kind === "asked" && outcome.report.result.kind === "needs-input" ? outcome.report.result : void 0;
const answerTo$1 = (record, attempt) => record.answers?.findLast((answer) => answer.attempt === attempt.id);
/**
* The open question of a segment: its latest run stopped for it, and a person has not answered yet.
*
* @returns undefined if it is answered, or its time is over.
*/
function questionOpen(record, config, now) {
	const attempt = record.attempts.at(-1);
	const asked = attempt && askedBy(attempt, config);
	if (!attempt || !asked || answerTo$1(record, attempt)) return void 0;
	return asked.until !== void 0 && asked.until <= now ? void 0 : asked;
}
/** The question that an attempt stopped for, open or not. */
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
/** The attempt whose question can be answered: until the next attempt starts, even after the timeout. */
const answerable = (record) => {
	const attempt = record.attempts.at(-1);
	return attempt && askingOf(attempt) && !answerTo$1(record, attempt) && !record.skipped ? attempt : void 0;
};
/** How a question of an attempt ended; undefined while it waits. */
function endOf(record, attempt, isOver) {
	const answer = answerTo$1(record, attempt);
	if (answer) return {
		kind: "answered",
		by: answer.by,
		text: answer.text
	};
	if (record.attempts.at(-1) !== attempt) return { kind: "gone on" };
	return isOver || record.skipped ? { kind: "over" } : void 0;
}
/** The input of a run that continues after a question: the kept work, and all questions so far with their answers. */
function carriedOn(record) {
	const last = record.attempts.at(-1);
	const asking = last && askingOf(last);
	if (!asking) return {};
	const said = answerTo$1(record, last);
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

// src/core/model/journal/say-so.ts
/**
* Answers whether a speaker may still speak.
*
* @param asked people and bots with the permission that GitHub reports now. A speaker who is not among them may not.
*/
function mayStillSpeak(speaker, asked, config) {
	if (speaker.byId === void 0) return true;
	return asked.some((person) => person.id === speaker.byId && person.kind === "bot" === (speaker.byBot ?? false) && isTrusted(person, config));
}
/** All speakers who said something that will be done, each once. `isOpen`: the issue of the segment is open. */
function speakersOf(journal, isOpen) {
	const found = /* @__PURE__ */ new Map();
	const note = (speaker) => {
		if (speaker.byId !== void 0) found.set(speaker.byId, speaker);
		return false;
	};
	const { authorisation } = journal;
	if (authorisation) note(authorisation);
	for (const [number, segment] of Object.entries(authorisation?.segments ?? {})) if (isOpen(Number(number))) note({
		by: segment.by ?? "",
		...segment
	});
	for (const [number, { included, attempts }] of Object.entries(journal.segments)) if (included && attempts.length === 0 && isOpen(Number(number))) note(included);
	withoutLost(journal, isOpen, note);
	return [...found.values()];
}
/** The journal without the say-sos of speakers who lost their right, and a list of them. */
function withoutLost(journal, isOpen, isLost) {
	const lost = [];
	const isGone = (speaker, what) => {
		if (!speaker || !isLost(speaker)) return false;
		const { by, byId, byBot } = speaker;
		lost.push({
			by,
			...byId === void 0 ? {} : { byId },
			...byBot ? { byBot } : {},
			what
		});
		return true;
	};
	let next = journal;
	for (const [key, record] of Object.entries(journal.segments)) {
		const segment = Number(key);
		if (!isOpen(segment)) continue;
		const count = lost.length;
		const kept = recordWithout(record, segment, isGone);
		if (lost.length === count) continue;
		next = {
			...next,
			segments: {
				...next.segments,
				[segment]: kept
			}
		};
		const last = record.attempts.at(-1);
		if (last && kept.answers?.length !== record.answers?.length) next = withoutAct(next, `${questionKey(last.id)}:ended`);
	}
	return {
		journal: ofEpic(next, isGone),
		lost
	};
}
function recordWithout(record, segment, isGone) {
	const { skipped, forgivenBy, answers, ...rest } = record;
	const last = record.attempts.at(-1);
	const outcome = record.attempts.findLast((attempt) => attempt.outcome?.kind === "published")?.outcome;
	const published = outcome?.kind === "published" ? outcome : void 0;
	const isReworked = (at) => record.attempts.some((each) => each.why === "rework" && each.claimedAt >= at);
	const isForgiven = forgivenBy && record.attempts.length <= record.forgiven;
	return {
		...rest,
		approvals: record.approvals.filter((said) => said.head !== published?.head || !isGone(said, {
			kind: "approval",
			pull: published.pull
		})),
		rejections: record.rejections.filter((said) => isReworked(said.at) || !isGone(said, {
			kind: "rejection",
			pull: said.pull
		})),
		...answers ? { answers: answers.filter((said) => said.attempt !== last?.id || !isGone(said, {
			kind: "answer",
			segment
		})) } : {},
		...skipped && !isGone(skipped, {
			kind: "skip",
			segment
		}) ? { skipped } : {},
		...isForgiven && isGone(forgivenBy, {
			kind: "retry",
			segment
		}) ? { forgiven: 0 } : { ...forgivenBy ? { forgivenBy } : {} }
	};
}
function ofEpic(journal, isGone) {
	let next = journal;
	const { wavesApprovedBy = {}, roundsForgivenBy, resumedBy } = journal;
	for (const wave of journal.approvedWaves) {
		if (journal.calibrations[wave]?.at(-1)?.verdict?.kind === "passed" || !isGone(wavesApprovedBy[wave], {
			kind: "wave approval",
			wave
		})) continue;
		const { [wave]: _, ...others } = next.wavesApprovedBy ?? {};
		next = {
			...next,
			approvedWaves: next.approvedWaves.filter((each) => each !== wave),
			wavesApprovedBy: others
		};
	}
	if (!Object.entries(journal.calibrations).some(([wave, rounds]) => rounds.length > (journal.forgivenRounds[Number(wave)] ?? 0)) && isGone(roundsForgivenBy, { kind: "retry of a calibration" })) {
		const { roundsForgivenBy: _, ...rest } = next;
		next = {
			...rest,
			forgivenRounds: {}
		};
	}
	journal.followUps.forEach((followUp, index) => {
		if (journal.acts[actKeys.followUp(journal.epic, followUp.wave, index)]?.state === "done" || followUp.withdrawn || !isGone(followUp, { kind: "needs-work" })) return;
		next = {
			...next,
			followUps: next.followUps.with(index, {
				...followUp,
				withdrawn: true
			})
		};
	});
	if (isGone(journal.budget, { kind: "budget" })) {
		const { budget: _, ...rest } = next;
		next = rest;
	}
	if (journal.phase === "running" && isGone(resumedBy, { kind: "resume" })) {
		const { resumedBy: _, ...rest } = next;
		next = {
			...rest,
			phase: "paused"
		};
	}
	const isClosed = journal.acts[actKeys.close(journal.finishedAt ?? 0)]?.state === "done";
	const { acceptedBy, acceptedById, ...rest } = next;
	if (journal.phase === "finished" && !isClosed && acceptedBy !== void 0 && acceptedById !== void 0) {
		if (isGone({
			by: acceptedBy,
			byId: acceptedById
		}, { kind: "acceptance" })) {
			const { finishedAt: _, ...open } = rest;
			next = {
				...open,
				phase: "running"
			};
		}
	}
	return next;
}

// src/core/model/journal/merging.ts
/**
* A head, and the heads that Swarm merged the base into to make it, latest first. Nothing but the base was added between
* them, so a verdict on one of them is a verdict on all.
*/
function headsOf(updates, head) {
	const index = updates?.findLastIndex((each) => each.head === head) ?? -1;
	const update = updates?.[index];
	return update ? [head, ...headsOf(updates.slice(0, index), update.from)] : [head];
}

// src/core/model/proof.ts
/** The latest outcome for exactly this commit, from the attempt that made it or one that proved another person's push. */
const proofOf = (record, head) => record.attempts.map((attempt) => attempt.outcome).findLast((outcome) => outcome?.kind === "published" && outcome.head === head);
/**
* Answers whether an attempt made this head, or the one that Swarm merged the base into to make it. Any other one was
* pushed by somebody else, even if Swarm has proven it.
*/
function isOwnHead(record, head) {
	const heads = headsOf(record.updates, head);
	return record.attempts.some(({ why, outcome }) => why !== "prove" && outcome?.kind === "published" && heads.includes(outcome.head));
}
/** The red gates of the head, if Swarm has checked it. Only a head that someone else pushed can have some. */
function redHead(pull, record) {
	const red = proofOf(record, pull.head)?.report.validation.filter(({ verdict }) => verdict === "fail" || verdict === "timed out") ?? [];
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
/** Answers whether the head is unchecked and no attempt is in progress: after a person's push, or "Update branch". */
const wantsProof = (pull, record) => pull.state === "open" && record.attempts.at(-1)?.outcome !== void 0 && record.attempts.some((attempt) => attempt.outcome?.kind === "published") && proofOf(record, pull.head) === void 0;
/**
* How many people have to approve a change, even if `approvals` is 0: one has to judge any change to how gates run (SPEC
* R11.5), any gate that fails as it did before (SPEC R5.15), and any work that was done without walls, since its agent could
* have written the report itself.
*/
function approvalsNeeded(config, report) {
	const steersGates = (report?.attention.length ?? 0) > 0;
	const isOpen = config.isolation === "none" || report?.isolation === "none";
	const hasOldFailures = report?.validation?.some(({ verdict }) => verdict === "failed before") ?? false;
	return Math.max(config.approvals, steersGates || isOpen || hasOldFailures ? 1 : 0);
}

// src/core/decide/agents/escalation.ts
/**
* The agent and the model of a segment's next attempt (SPEC R8.1): the usual ones, and after each attempt that was not good
* enough, the next of the config's list `escalate`.
*
* Only the work itself counts. A run that was lost, a provider's limit, a missing key or a conflict with the base says nothing
* about the agent, and a stronger one would fail at it in the same way.
*/
/** Problems that another agent or a stronger model may not have with the same segment. */
const OF_THE_WORK = /* @__PURE__ */ new Set([
	"AGENT_TIMED_OUT",
	"AGENT_SILENT",
	"AGENT_TURNS",
	"AGENT_CONTEXT",
	"AGENT_DECLINED",
	"TESTS_NOT_RED",
	"TEST_CHANGED",
	"COUNCIL_REJECTED",
	"GATES_FAILED",
	"VERIFY_FAILED",
	"NO_TESTS",
	"OUT_OF_SCOPE",
	"PROTECTED_PATH",
	"BAD_PATH",
	"PATH_COLLISION",
	"FILE_MODE",
	"BINARY_FILE",
	"PATCH_LIMIT",
	"LFS_POINTER"
]);
/** Answers whether an attempt came to nothing by the work of its own agent. */
function isPoorWork({ why, outcome }) {
	if (why === "prove" || why === "conflict") return false;
	return outcome?.kind === "no-change" || outcome?.kind === "failed" && OF_THE_WORK.has(outcome.problem.kind);
}
/** How often the work of a segment was not good enough: for Swarm's checks, or for the person who rejected it. */
const poorTries = ({ attempts }) => attempts.filter(isPoorWork).length + attempts.filter(({ why }) => why === "rework").length;
/** Answers whether the latest attempt failed by its own work and the list names an agent that has not tried yet. */
function mayEscalate(record, config) {
	const last = record.attempts.at(-1);
	return last !== void 0 && isPoorWork(last) && poorTries(record) <= escalateOf(config, last.worker).length;
}
/**
* The agent and the model of the next attempt. Attempts after the end of the list, which a person asked for, have its last
* entry.
*
* @param why of the next attempt: a rework means that a person did not want the work as it is.
* @returns undefined if the config leaves no choice between attempts.
*/
function nextPick(config, spec, record, why) {
	const escalate = escalateOf(config, spec.worker);
	if (escalate.length + config.fallback.length === 0 || why === "prove" || why === "conflict") return void 0;
	const tries = poorTries(record) + (why === "rework" ? 1 : 0);
	return pickOf(config, spec, tries === 0 ? void 0 : escalate[Math.min(tries, escalate.length) - 1]);
}
/** The agent that does the work, and its model, with everything that is known about them, for people to read. */
function pickOf(config, spec, by, instead) {
	const wish = {
		...spec,
		by,
		instead
	};
	const agent = agentFor(config, mainRole(spec.worker), wish);
	const model = (agent ? modelFor(config, agent, wish) : by?.model) ?? agent?.model;
	return {
		...agent ? { agent: agent.name } : {},
		...model === void 0 ? {} : { model }
	};
}

// src/core/decide/draft.ts
/** How long another orchestrator, or a call without an answer, gets before its act is repeated. */
const GRACE_MS = 2e4;
var Draft = class {
	snapshot;
	journal;
	decisions = [];
	history = [];
	texts = {};
	/** Comments with a request taken in this look. They are marked as finished when everything else is done. */
	taken = [];
	lookAgainAt;
	/** Keys of the decisions that have one. */
	#keys = /* @__PURE__ */ new Set();
	/** The acts written in this look: one copy for all of them, since an epic may have thousands. */
	#acts = {};
	constructor(snapshot, journal) {
		this.snapshot = snapshot;
		this.journal = journal;
	}
	get now() {
		return this.snapshot.now;
	}
	/** The person to mention: the one who started the epic, or else its author. */
	get owner() {
		const { authorisation } = this.journal;
		if (!authorisation) return this.snapshot.epic.author.login;
		const { by, byId } = authorisation;
		return this.snapshot.speakers.find(({ id, kind }) => id === byId && kind === "person")?.login ?? by;
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
	/** Decides an act unless it is done, refused or in progress. @returns how the act with this key stands now. */
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
	* Before an epic is started, a comment never creates a journal: otherwise anyone who can comment could fill the
	* repository with them. A reply that is there is then proof enough that Swarm has replied.
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

// src/core/decide/merging/conflict.ts
/**
* A pull request that conflicts goes to its segment's agent, then to the tech lead, and then to a person (SPEC R6.4).
*
* Two open pull requests of an epic can conflict with each other long before one of them merges. The publish job of the later
* one sees that. Nothing has to be done about it yet, since only the one that is merged second has to change, but people
* should know before they review both.
*/
/** How often a conflict is resolved without a person, the tech lead's turn included. */
const ROUNDS = 3;
/** Answers whether an attempt at a conflict came to nothing. It leaves the pull request as it was. */
const isSpent = ({ why, outcome }) => why === "conflict" && (outcome?.kind === "no-change" || outcome?.kind === "failed" && !isDeferred(outcome));
/** The progress of a segment with a pull request that conflicts with its base. */
function conflictProgress({ number, base }, { attempts, forgiven }) {
	const tries = attempts.slice(forgiven).filter((each) => each.why === "conflict" && (each.outcome?.kind === "published" || isSpent(each)));
	const last = tries.at(-1);
	const failed = last && isSpent(last) ? last : void 0;
	if (tries.length >= ROUNDS || failed?.lead) {
		const { outcome } = failed ?? {};
		const ended = outcome?.kind === "failed" ? outcome.problem.kind : failed && "NO_CHANGE";
		return {
			kind: "blocked",
			problem: {
				kind: "MERGE_CONFLICT",
				at: { pull: number },
				base,
				...ended ? { ended } : {}
			}
		};
	}
	const lead = failed !== void 0 || tries.length === 2;
	return {
		kind: "to rework",
		pull: number,
		why: {
			kind: "conflict",
			...lead ? { lead } : {}
		}
	};
}
/** Open pull requests that change the same lines, as their latest reports say. */
function conflictsBetween({ pulls }, published) {
	const open = new Map(pulls.filter(({ state }) => state === "open").map((pull) => [pull.number, pull]));
	return published.flatMap(({ pull, record }) => {
		if (!open.has(pull.number)) return [];
		return (proofOf(record, pull.head)?.report.conflicts ?? []).flatMap(({ pull: other, head, files }) => open.get(other)?.head === head ? [{
			kind: "PULLS_CONFLICT",
			at: { pull: pull.number },
			other,
			files
		}] : []);
	});
}

// src/core/decide/merging/landing.ts
/** GitHub's reads can lag behind its writes. A base that does not show a merge after this long does not have it. */
const LANDED_MS = 3e5;
/** Keeps the verdict on each merge. Without it, the segment is not merged. */
function rememberLandings(snapshot, journal) {
	let next = journal;
	for (const pull of snapshot.pulls) {
		const segment = segmentOfPull(next, pull.number);
		if (segment === void 0 || pull.state !== "merged") continue;
		const record = recordOf(next, segment);
		if (!isLanding(pull, record)) continue;
		const landing = landingOf(pull, record) ?? { pull: pull.number };
		const verdict = judge(pull, landing, snapshot.now);
		if (verdict) next = withRecord(next, segment, { landing: {
			...landing,
			verdict
		} });
	}
	return next;
}
/** What was to come of a merge, as it is decided. */
function expectLanding(journal, pull, method) {
	const segment = segmentOfPull(journal, pull.number);
	if (segment === void 0 || pull.testMerge?.head !== pull.head) return journal;
	const expected = {
		...pull.testMerge,
		method
	};
	return withRecord(journal, segment, { landing: {
		pull: pull.number,
		expected
	} });
}
/** Answers whether a merged pull request has no verdict yet, and can get one. */
function isLanding(pull, record) {
	const landing = landingOf(pull, record);
	return !landing?.verdict && (pull.landed !== void 0 || landing?.expected !== void 0);
}
/** The difference between the base and what was to come of the merge, unless a person said that the base is right. */
function landingFault(pull, record) {
	const { verdict, accepted } = landingOf(pull, record) ?? {};
	if (verdict?.kind !== "differs" || accepted) return void 0;
	const { why, files } = verdict;
	const commit = pull.mergeCommit;
	return {
		kind: "LANDING_DIFFERS",
		at: { pull: pull.number },
		base: pull.base,
		...commit ? { commit } : {},
		why,
		files
	};
}
/** A person retries a segment after its merge differed: the base is right as it is. */
function withLandingAccepted(facts, by) {
	const { landing } = facts;
	return landing?.verdict?.kind === "differs" && !landing.accepted ? {
		...facts,
		landing: {
			...landing,
			accepted: by
		}
	} : facts;
}
const landingOf = (pull, { landing }) => landing?.pull === pull.number ? landing : void 0;
function judge({ landed, mergedAt = 0, head }, { expected }, now) {
	const differs = (why, files = []) => ({
		kind: "differs",
		at: now,
		why,
		files
	});
	if (!landed?.isOnBase) return now - mergedAt < LANDED_MS ? void 0 : differs("not on the base");
	if (!landed.keepsBase) return differs("base lost");
	const wanted = expected?.head === head ? expected : void 0;
	if (landed.tree === wanted?.tree) return { kind: "proven" };
	const { foreign } = landed;
	const isSameMerge = wanted !== void 0 && landed.onto === wanted.base;
	if (foreign === "too many to compare") return differs(isSameMerge ? "other content" : "too many files");
	return isSameMerge || foreign.length > 0 ? differs("other content", foreign) : { kind: "proven" };
}

// src/core/decide/verdict.ts
/**
* People with an approval that holds for the pull request's current head.
*
* Reviews count by each person's latest opinion, given for this very commit, by a person who may write at this
* moment and did not open the pull request. Bots never count. If Swarm merged the base into the commit, and nothing else
* was added, they still count: an approval says yes to the change, and that is the same.
*/
const approvers = (pull, record) => [...approvalsOf(pull, record).values()].sort();
/** By the approver's id, their login. */
function approvalsOf(pull, record) {
	const yes = /* @__PURE__ */ new Map();
	const heads = headsOf(record.updates, pull.head);
	const counts = ({ head, at }) => heads.includes(head) && at >= (reopenedByStranger(pull)?.at ?? 0);
	for (const review of latestOpinions(pull)) if (review.state === "approved" && counts(review) && mayJudge(review.by, pull)) yes.set(review.by.id, review.by.login);
	for (const approval of record.approvals) if (counts(approval) && approval.byId !== pull.author.id) yes.set(approval.byId, approval.by);
	return yes;
}
/** A pull request that was closed may be merged again only on a person's word: triage permission is enough to reopen it. */
const reopenedByStranger = ({ reopened }) => reopened && !(reopened.by.kind === "person" && mayWrite(reopened.by)) ? reopened : void 0;
/**
* The approvals that are still missing. A reopening by somebody without write access needs a new one, whatever the
* config says. And the person who pushed the head cannot be the only one who approves it (SPEC R3.5): if GitHub does not
* say who pushed, a second approval makes sure of that.
*/
function approvalWaits(pull, record, asked) {
	const stranger = reopenedByStranger(pull);
	const needed = Math.max(asked, stranger ? 1 : 0);
	const approvals = approvalsOf(pull, record);
	const missing = needed - approvals.size;
	if (missing > 0) {
		const despite = stranger && {
			kind: "reopened",
			by: stranger.by.login
		};
		return [{
			kind: "approval",
			missing,
			...despite ? { despite } : {}
		}];
	}
	if (needed === 0 && !pull.asksReview || isOwnHead(record, pull.head)) return [];
	const { pushedBy } = pull;
	if ((pushedBy ? [...approvals.keys()].filter((id) => id !== pushedBy.id).length : approvals.size - 1) > 0) return [];
	return [{
		kind: "approval",
		missing: 1,
		despite: {
			kind: "pushed",
			...pushedBy ? { by: pushedBy.login } : {}
		}
	}];
}
/** The rejection that stands against the current head, if there is one: from a review, or from `/reject`. */
function rejection(pull, record) {
	const heads = headsOf(record.updates, pull.head);
	const said = record.rejections.findLast((each) => heads.includes(each.head) && each.pull === pull.number);
	const review = latestOpinions(pull).find((each) => each.state === "changes requested" && heads.includes(each.head) && mayJudge(each.by, pull));
	if (said && !(review && review.at > said.at)) return said;
	if (!review) return void 0;
	return {
		...speakerOf(review.by),
		at: review.at,
		head: pull.head,
		pull: pull.number,
		reason: review.body,
		comments: pull.reviews.filter((each) => each.by.id === review.by.id && heads.includes(each.head)).flatMap((each) => each.comments)
	};
}
/**
* The rejection to which the agent changed nothing, until a person approves or rejects it again. It is no reason to start
* another agent: it would be asked the same, and its answer is known.
*/
function unchanged(pull, record) {
	const last = record.attempts.at(-1);
	const { outcome } = last ?? {};
	const rejected = rejection(pull, record);
	if (last?.why !== "rework" || outcome?.kind !== "no-change" || !rejected || rejected.at > last.claimedAt) return void 0;
	return [...latestOpinions(pull).filter(({ state, by }) => state === "approved" && mayJudge(by, pull)), ...record.approvals].some(({ head, at }) => head === pull.head && at > outcome.at) ? void 0 : {
		attempt: last.id,
		by: rejected.by,
		said: outcome.report.agent.summary
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
/** Bots never count, even if the config lets them give commands (SPEC R11.6). */
const mayJudge = (person, pull) => person.id !== pull.author.id && person.kind === "person" && mayWrite(person);
/** A merge queue brings what it merges up to date itself. */
const isBehindItsBase = ({ mergeState, queue, draft }) => mergeState === "behind" && !queue && !draft;
/** A merge that GitHub refused is tried again after this long: rules, locks and required checks change. */
const MERGE_AGAIN_MS = 6e4;
/**
* Everything that still keeps an open pull request from merging. An empty list means that it may merge.
*
* Green means: every gate reported `pass`, or said why it does not apply, for this very commit. Silence is not green: a
* gate skipped by a mistyped `if:` never turns red, so "nothing failed" would let unproven work through. A head that
* swarm has not looked at is unproven.
*/
function reviewWaits(pull, record, config, now) {
	const waits = [];
	const position = pull.queue?.position;
	if (position !== void 0) waits.push({
		kind: "queue",
		position
	});
	const proof = proofOf(record, pull.head);
	waits.push(...approvalWaits(pull, record, approvalsNeeded(config, proof?.report)));
	waits.push(...gateWaits(proof), ...checkWaits(pull.checks, proof));
	const { heldWorkflows: workflows } = pull;
	if (workflows) waits.push({
		kind: "held runs",
		workflows
	});
	if (pull.mergeable !== "clean") waits.push({
		kind: "mergeable",
		state: pull.mergeable
	});
	else if (pull.mergeState === "blocked" && !pull.draft && waits.length === 0) waits.push(...ruleWaits(pull));
	else if (isBehindItsBase(pull) && waits.length === 0 && config.merge === "automatic") waits.push({ kind: "behind" });
	if (record.mergeRefusal?.head === pull.head && now - record.mergeRefusal.at < 6e4) waits.push({
		kind: "merge refused",
		message: record.mergeRefusal.message
	});
	if (config.merge === "manual" && waits.length === 0) waits.push({ kind: "merge by hand" });
	return waits;
}
function gateWaits(proof) {
	if (!proof || proof.report.validation.length === 0) return [{ kind: "unproven" }];
	return proof.report.validation.filter((each) => each.verdict === "fail" || each.verdict === "timed out").map((each) => ({
		kind: "gate",
		gate: each.gate
	}));
}
const checkWaits = (checks, proof) => checks.flatMap(({ name, conclusion, since }) => {
	const check = {
		kind: "check",
		name
	};
	if (conclusion === "pending") return [{
		...check,
		state: "pending",
		...since === void 0 ? {} : { since }
	}];
	return conclusion === "failure" && !isRedGate(name, proof) ? [{
		...check,
		state: "failure"
	}] : [];
});
/**
* Answers whether a red check is one that Swarm reports itself, `swarm / tests`. The proof names its gate already. A name
* can be anybody's, so a red check counts unless the proof has that gate, and has it red.
*/
const isRedGate = (name, proof) => proof?.report.validation.some(({ gate, verdict }) => name === `swarm / ${gate}` && (verdict === "fail" || verdict === "timed out")) ?? false;
/** The rules of the branch that are not met, where nothing else keeps the pull request from merging. */
function ruleWaits({ missingChecks = [], reviewMissing }) {
	const waits = [...missingChecks.map((name) => ({
		kind: "check",
		name,
		state: "missing"
	})), ...reviewMissing ? [{
		kind: "review",
		...reviewMissing
	}] : []];
	return waits.length > 0 ? waits : [{
		kind: "mergeable",
		state: "blocked"
	}];
}

// src/core/decide/progress.ts
/** The progress of every segment of the plan. `ready` leaves open what only the schedule can say. */
function deriveProgress(facts) {
	const { snapshot, journal, plan } = facts;
	const issues = issuesOf(snapshot);
	return new Map(plan.segments.map((segment) => {
		const issue = issues.get(segment.number);
		const record = recordOf(journal, segment.number);
		return [segment.number, issue ? progressOf(facts, segment, issue, record) : { kind: "ready" }];
	}));
}
/** Every issue that can be a segment, by number: those below the epic, and the epic itself. */
const issuesOf = ({ epic, issues }) => new Map([...issues, epic].map((issue) => [issue.number, issue]));
function progressOf(facts, segment, issue, record) {
	const progress = progressSoFar(facts, segment, issue, record);
	const budget = progress.kind === "ready" || progress.kind === "to rework" ? segmentBudget(segment.spec, record, facts.config) : void 0;
	return budget && leftUsd(budget) === 0 ? {
		kind: "blocked",
		problem: {
			kind: "BUDGET_SPENT",
			...budget
		}
	} : progress;
}
function progressSoFar(facts, segment, issue, record) {
	const { snapshot, journal, config } = facts;
	const attempt = record.attempts.at(-1);
	const outcome = attempt?.outcome;
	const pull = publishedPull(snapshot, record);
	const forgiven = record.attempts.length <= record.forgiven;
	const elsewhere = pull && retargeted(journal, record, pull);
	if (pull?.state === "merged" && !elsewhere) return mergedProgress(pull, record);
	if (record.skipped) return {
		kind: "skipped",
		reason: record.skipped.reason
	};
	if (elsewhere && !forgiven && outcome) return {
		kind: "blocked",
		problem: elsewhere
	};
	if (attempt && !outcome) return runningProgress(snapshot, journal, attempt);
	if (attempt && outcome?.kind === "no-change" && outcome.report.agent.summary && answersInWords(attempt)) return { kind: "answered" };
	const turned = turnedByStranger(facts, issue);
	if (turned?.to === "closed") return {
		kind: "blocked",
		problem: turned
	};
	if (issue.number !== snapshot.epic.number && issue.state !== "open") return issue.state === "completed" ? { kind: "closed before" } : { kind: "skipped" };
	if (outcome?.kind === "published" && !pull) {
		const { pull: number, head } = outcome;
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
	const blocked = forgiven ? void 0 : blockedBy(record, pull, config, snapshot.now);
	const isLeft = attempt?.why === "prove" || attempt && isUnchanged(attempt) && !forgiven && !mayEscalate(record, config);
	const isAsItWas = attempt !== void 0 && (isLeft && !blocked || isSpent(attempt));
	const isDecided = outcome?.kind === "published" || isAsItWas;
	if (pull?.state === "open" && isDecided) return pullProgress(facts, pull, record);
	if (blocked) return {
		kind: "blocked",
		problem: blocked
	};
	const consent = consentMissing(facts, segment, issue, record);
	return consent ? {
		kind: "not in this execution",
		problem: consent
	} : { kind: "ready" };
}
/** For these workers the findings are the result; a change is optional. */
const answersInWords = ({ worker }) => worker === "research" || worker === "security";
function runningProgress(snapshot, journal, attempt) {
	const run = snapshot.runs.find(({ id }) => id === journal.dispatches[attempt.dispatch]?.runId);
	const current = run && jobsOf(run, attempt.id).find((job) => job.state === "running");
	if (!current) return snapshot.reports.some((report) => report.attempt === attempt.id && isReady(report)) ? {
		kind: "running",
		step: "publish"
	} : { kind: "queued" };
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
/** A pull request that goes, or went, into another branch than the one that it was made for. */
function retargeted({ authorisation }, record, pull) {
	const wanted = record.attempts.findLast(({ outcome }) => outcome?.kind === "published")?.into ?? authorisation?.baseBranch;
	if (wanted === void 0 || pull.state === "closed" || pull.base === wanted) return void 0;
	return {
		kind: "PULL_RETARGETED",
		at: { pull: pull.number },
		base: pull.base,
		wanted,
		isMerged: pull.state === "merged"
	};
}
/** An issue of the epic that somebody without write access closed or reopened after a person had authorised it. */
function turnedByStranger({ journal: { authorisation }, config }, { number, state, turned }) {
	const since = authorisation?.segments[number]?.at ?? authorisation?.at;
	if (!turned || since === void 0 || turned.at <= since || isTrusted(turned.by, config)) return void 0;
	if (turned.to === "open" !== (state === "open")) return void 0;
	return {
		kind: "ISSUE_TURNED",
		at: { issue: number },
		login: turned.by.login,
		to: turned.to
	};
}
/** How long GitHub's answers about a pull request may lag behind a push that its refs already show. */
const STALE_MS = 6e4;
/** A head that is older than the one Swarm published last: GitHub answered late, and no one pushed it. */
function isStale(pull, record, now) {
	const latest = record.attempts.findLastIndex((attempt) => attempt.outcome?.kind === "published");
	const last = record.attempts[latest]?.outcome;
	if (last?.kind !== "published" || last.head === pull.head || now - last.at > STALE_MS) return false;
	return record.attempts.slice(0, latest + 1).some(({ from }) => from === pull.head) || proofOf(record, pull.head) !== void 0;
}
/** Merged is what the base shows, not what GitHub says (SPEC R6.9). */
function mergedProgress(pull, record) {
	const problem = landingFault(pull, record);
	if (problem) return {
		kind: "blocked",
		problem
	};
	if (isLanding(pull, record)) return {
		kind: "in review",
		pull: pull.number,
		head: pull.head,
		waits: [{ kind: "landing" }]
	};
	return {
		kind: "merged",
		pull: pull.number,
		...pull.mergedAt === void 0 ? {} : { at: pull.mergedAt }
	};
}
function pullProgress(facts, pull, record) {
	const { config } = facts;
	const { now } = facts.snapshot;
	if (isStale(pull, record, now)) return {
		kind: "in review",
		pull: pull.number,
		head: pull.head,
		waits: [{
			kind: "mergeable",
			state: "unknown"
		}]
	};
	const unmoved = unchanged(pull, record);
	const rejected = unmoved ? void 0 : standingRejection(pull, record);
	if (rejected) {
		const rounds = record.attempts.slice(record.forgiven).filter((each) => each.why === "rework").length;
		return rounds < config.reworks ? {
			kind: "to rework",
			pull: pull.number,
			why: {
				kind: "rejected",
				reason: rejected.reason
			}
		} : {
			kind: "blocked",
			problem: {
				kind: "REWORK_LIMIT",
				rounds,
				last: rejected.reason
			}
		};
	}
	if (pull.mergeable === "conflicting") return conflictProgress(pull, record);
	if (redHead(pull, record) && record.attempts.length <= record.forgiven) return {
		kind: "to rework",
		pull: pull.number,
		why: { kind: "red gates" }
	};
	if (pull.draft && pull.draftBy !== void 0) return {
		kind: "blocked",
		problem: {
			kind: "PULL_DRAFT",
			at: { pull: pull.number },
			login: pull.draftBy
		}
	};
	const again = {
		kind: "approval",
		missing: 1,
		despite: {
			kind: "unchanged",
			by: unmoved?.by ?? ""
		}
	};
	const asked = reviewWaits(pull, record, config, now);
	const waits = unmoved ? [again, ...asked.filter(({ kind }) => kind !== "approval")] : asked;
	const stuck = waits.some(({ kind }) => kind === "behind") ? stuckBehind(facts, pull, record) : void 0;
	if (stuck) return {
		kind: "blocked",
		problem: stuck
	};
	const removed = removedFromQueue(facts, pull);
	if (removed) return {
		kind: "blocked",
		problem: removed
	};
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
/** The merge queue took it out after Swarm had put this head in. */
function removedFromQueue({ journal }, { number, head, base, queue }) {
	const act = journal.acts[actKeys.enqueue(number, head)];
	if (!act || queue?.position !== void 0 || !queue?.removed) return void 0;
	const { at, reason } = queue.removed;
	return at < Math.floor(act.at / 1e3) * 1e3 ? void 0 : {
		kind: "QUEUE_REMOVED",
		at: { pull: number },
		base,
		reason
	};
}
/** How often a pull request is updated from its base before Swarm tells a person that the base is too busy for it. */
const UPDATES_LIMIT = 5;
/** The problem that keeps a pull request from being updated from its base. */
function stuckBehind({ journal, snapshot }, pull, { updates = [] }) {
	const at = { pull: pull.number };
	const { base } = pull;
	const act = journal.acts[actKeys.update(pull.number, pull.head)];
	if (act?.state === "refused" && snapshot.now - act.at >= 2e4) return {
		kind: "UPDATE_REFUSED",
		at,
		base,
		message: act.refusal?.message ?? ""
	};
	const counted = updates.filter((each) => each.pull === pull.number && !each.forgiven).length;
	const isAsked = act !== void 0 && act.state !== "done";
	return counted >= UPDATES_LIMIT && !isAsked ? {
		kind: "BRANCH_BEHIND",
		at,
		base,
		updates: counted
	} : void 0;
}
/** The problem that the latest attempt ended with and that a person has to solve. */
function blockedBy(record, pull, config, now) {
	const attempt = record.attempts.at(-1);
	const outcome = attempt?.outcome;
	if (!attempt || !outcome) return void 0;
	if (attempt.why === "prove" && pull?.state === "closed") return {
		kind: "PULL_CLOSED",
		at: { pull: pull.number }
	};
	if (mayEscalate(record, config)) return void 0;
	switch (outcome.kind) {
		case "failed":
			if (epicBudgetSpent(outcome) !== void 0) return void 0;
			if (outcome.problem.kind === "AGENT_LATER" && laterAttempts(record) < LATER_LIMIT) return;
			return outcome.problem.kind === "RUN_CUT_SHORT" && lostRuns(record) < config.attempts ? void 0 : outcome.problem;
		case "no-change": return isUnchanged(attempt) && pull?.state === "open" ? void 0 : { kind: "NO_CHANGE" };
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
/** Its agent got a rejection, and changed nothing: the person decides again. */
const isUnchanged = ({ why, outcome }) => why === "rework" && outcome?.kind === "no-change";
/** A rejection that was answered, in that a person has decided again since the agent changed nothing, does not stand. */
function standingRejection(pull, record) {
	const last = record.attempts.at(-1);
	const rejected = rejection(pull, record);
	return last !== void 0 && isUnchanged(last) && rejected && rejected.at <= last.claimedAt ? void 0 : rejected;
}
/** Runs that died, with or without a last report of the work they had (SPEC R8.2). */
const lostRuns = (record) => record.attempts.slice(record.forgiven).filter(({ outcome }) => outcome?.kind === "lost" || isCutShort(outcome)).length;
const LATER_LIMIT = 12;
const laterAttempts = (record) => record.attempts.slice(record.forgiven).filter(({ outcome }) => outcome?.kind === "failed" && outcome.problem.kind === "AGENT_LATER").length;
/**
* Consent: may this issue run as it reads now, by what a person authorised (SPEC R11.2)?
* @returns what is missing, or undefined when it may run.
*/
function consentMissing(facts, segment, issue, record) {
	const { journal, plan, config } = facts;
	const at = { issue: issue.number };
	const authorised = journal.authorisation?.segments[issue.number];
	if (!authorised) return {
		kind: "SEGMENT_NEW",
		at
	};
	const turned = turnedByStranger(facts, issue);
	if (turned) return turned;
	const silenced = [authorised.by === void 0 ? [] : {
		...authorised,
		by: authorised.by
	}, record.included ?? []].flat().find((speaker) => isSilenced(facts, speaker));
	if (silenced) return {
		kind: "RIGHT_LOST",
		at,
		login: silenced.by
	};
	if (record.attempts.length === 0 && isChanged(journal, issue)) return {
		kind: "SEGMENT_CHANGED",
		at
	};
	if (record.attempts.length === 0 && !sameEdges(authorised, edgesOf(plan, segment))) return {
		kind: "EDGES_CHANGED",
		at
	};
	const stranger = (record.fromBlock ? [issue.editor] : [issue.author, issue.editor]).find((person) => person && !isTrusted(person, config));
	if (stranger && !record.included && !record.fix) return {
		kind: "UNTRUSTED_AUTHOR",
		at,
		login: stranger.login
	};
}
/** Answers whether a speaker may no longer speak. People who ask for something now were just asked. */
function isSilenced({ snapshot, config }, speaker) {
	const taken = snapshot.journal?.taken ?? {};
	const asking = snapshot.requests.flatMap(({ id, by }) => taken[id] ? [] : [by]);
	return !mayStillSpeak(speaker, [...snapshot.speakers, ...asking], config);
}
/** An issue that no longer reads as it was authorised. Its text then decides nothing (SPEC R11.2). */
const isChanged = (journal, issue) => journal.authorisation?.segments[issue.number]?.digest !== issue.digest;
const edgesOf = (plan, segment) => ({
	blockedBy: segment.blockedBy,
	external: plan.outside[segment.number] ?? []
});
/** The same links. A blocker that was closed or reopened since then is not a change of its link. */
function sameEdges(before, now) {
	const all = ({ blockedBy, external }) => [...blockedBy.map((number) => `#${number}`), ...external.map((ref) => refText(ref).toLowerCase())].sort().join(" ");
	return all(before) === all(now);
}

// src/core/decide/errors.ts
/**
* Errors of the preflight and of the plan. Once the epic runs, an issue that was added or rewritten since then holds
* back only itself: one line in one issue must not stop everybody's work.
*/
function errorsOf(facts) {
	const { snapshot, plan, journal } = facts;
	const isRunning = hasStartedWork(journal);
	const counts = (number) => number === snapshot.epic.number || journal.authorisation?.segments[number] !== void 0 && recordOf(journal, number).attempts.length === 0;
	const holds = ({ problem }) => {
		if (!isRunning) return true;
		if (problem.kind === "EPIC_CYCLE") return problem.path.every(counts);
		if (problem.kind === "BRANCH_TAKEN") return problem.segments.some(counts);
		return !("at" in problem) || problem.at.issue === void 0 || counts(problem.at.issue);
	};
	const errors = (diagnostics) => diagnostics.filter(({ level }) => level === "error");
	const ofConsent = [...consentLost(facts), ...segmentsGone(facts)];
	return [
		...errors(snapshot.preflight),
		...ofConsent.map((problem) => ({
			level: "error",
			problem
		})),
		...errors(plan.diagnostics).filter(holds)
	];
}
/** No one stands behind the epic any more, so nothing is started, merged or accepted. */
function consentLost(facts) {
	const { snapshot, journal } = facts;
	const { authorisation } = journal;
	if (!authorisation || journal.phase === "finished") return [];
	const turned = turnedByStranger(facts, snapshot.epic);
	const at = { issue: snapshot.epic.number };
	return [...isSilenced(facts, authorisation) ? [{
		kind: "RIGHT_LOST",
		at,
		login: authorisation.by
	}] : [], ...turned ? [turned] : []];
}
/**
* Segments that were authorised, are not done, and are not in the epic any more: taken out, moved, deleted, or turned into
* a group or a discussion. Triage permission is enough for that, so what they were to do is not forgotten without a person's word.
*/
function segmentsGone({ snapshot, journal, plan }) {
	const planned = new Set(plan.segments.map(({ number }) => number));
	const isSettled = (number) => {
		const record = recordOf(journal, number);
		const last = record.attempts.at(-1);
		const isAnswered = last?.outcome?.kind === "no-change" && answersInWords(last);
		return record.skipped !== void 0 || isAnswered || publishedPull(snapshot, record)?.state === "merged";
	};
	return Object.keys(journal.authorisation?.segments ?? {}).map((number) => Number(number)).filter((number) => !planned.has(number) && !isSettled(number)).map((segment) => {
		const { how = "taken out", to } = snapshot.gone?.[segment] ?? {};
		return {
			kind: "SEGMENT_GONE",
			at: { issue: snapshot.epic.number },
			segment,
			how,
			...to === void 0 ? {} : { to }
		};
	});
}
/** The problem if an epic may not start another run. */
function dispatchLimit(epic, { dispatches }, { limits }) {
	const count = Object.keys(dispatches).length + 1;
	const { dispatches: limit } = limits;
	if (count <= limit) return void 0;
	return {
		kind: "LIMIT_EXCEEDED",
		at: { issue: epic },
		what: "dispatches",
		found: count,
		limit,
		configKey: "limits.dispatches"
	};
}

// src/core/decide/merging/update.ts
/** GitHub updates a branch in the background. After this long without a new head, it is asked again. */
const VISIBLE_MS = 6e4;
const isBehind = (progress) => progress?.kind === "in review" && progress.waits.some(({ kind }) => kind === "behind");
/** Answers whether Swarm has asked GitHub to update this head. */
const isAsked = ({ journal }, segment, pull) => lastUpdate(journal, segment, pull)?.from === pull.head;
/** Answers whether a pull request was updated and only machines keep it from its merge. */
function isOnItsWay(situation, segment, pull) {
	if (pull.state !== "open" || lastUpdate(situation.journal, segment, pull)?.head !== pull.head) return false;
	const progress = situation.progress.get(segment);
	if (progress?.kind === "queued" || progress?.kind === "running") return true;
	return progress?.kind === "in review" && progress.waits.every(isMachines);
}
const isMachines = (wait) => wait.kind === "unproven" || wait.kind === "check" && wait.state === "pending" || wait.kind === "mergeable" && wait.state === "unknown";
function updateBranch({ now }, draft, segment, pull) {
	const key = actKeys.update(pull.number, pull.head);
	const before = draft.journal.acts[key];
	if (before?.state === "done" && now - before.at >= VISIBLE_MS) draft.journal = withoutAct(draft.journal, key);
	if (draft.journal.acts[key] === void 0) {
		const updates = recordOf(draft.journal, segment).updates ?? [];
		const { testMerge } = pull;
		const update = {
			pull: pull.number,
			from: pull.head,
			...testMerge?.head === pull.head ? { expected: testMerge } : {},
			at: now
		};
		draft.journal = withRecord(draft.journal, segment, { updates: [...updates, update] });
	}
	const reason = {
		kind: "branch behind",
		pull: pull.number,
		base: pull.base
	};
	draft.once({
		kind: "update branch",
		key,
		pull: pull.number,
		head: pull.head,
		reason
	});
	draft.lookAgain(GRACE_MS);
}
/** An update that is visible ends its act. Its head is remembered if it is exactly the merge that was expected. */
function rememberUpdates({ pulls }, journal) {
	let next = journal;
	for (const pull of pulls) {
		const segment = segmentOfPull(next, pull.number);
		const last = segment && lastUpdate(next, segment, pull);
		if (segment === void 0 || !last || last.head !== void 0 || last.from === pull.head) continue;
		const key = actKeys.update(pull.number, last.from);
		const act = next.acts[key];
		if (act?.state === "intended") next = withAct(next, key, {
			...act,
			state: "done"
		});
		if (!isExpected(last, pull)) continue;
		const updates = recordOf(next, segment).updates?.map((each) => each === last ? {
			...each,
			head: pull.head
		} : each);
		if (updates) next = withRecord(next, segment, { updates });
	}
	return next;
}
function isExpected({ from, expected }, { tip }) {
	if (!expected || tip?.tree !== expected.tree) return false;
	const [head, base, ...more] = tip.parents;
	return head === from && base === expected.base && more.length === 0;
}
const lastUpdate = (journal, segment, pull) => recordOf(journal, segment).updates?.findLast((each) => each.pull === pull.number);

// src/core/decide/remember.ts
function remember(snapshot, journal) {
	let next = rememberOwners(snapshot, rememberActs(snapshot, journal));
	next = rememberRuns(snapshot, next);
	next = rememberReports(snapshot, next);
	next = rememberRefusedDispatches(snapshot, next);
	next = rememberDeadRuns(snapshot, next);
	next = rememberMerges(snapshot, next);
	next = rememberUpdates(snapshot, next);
	return rememberLandings(snapshot, next);
}
/**
* Answers whether a journal says more than the one before it. That a run was dispatched, or that a merge is done and landed as
* it should, is no news while GitHub shows it: each look sees that again, and it is written with the next step. A comment is
* news, because people may delete it.
*/
function isNews(snapshot, before, after) {
	const shown = shownActs(snapshot);
	const acts = Object.entries(after.acts).map(([key, act]) => {
		const old = before.acts[key];
		return [key, act.state === "done" && old?.state === "intended" && shown.has(key) ? old : act];
	});
	const segments = Object.entries(after.segments).map(([number, record]) => {
		const old = before.segments[Number(number)];
		if (!old || old.landing?.verdict || record.landing?.verdict?.kind !== "proven") return [number, record];
		const { landing: _, ...rest } = record;
		return [number, old.landing ? {
			...record,
			landing: old.landing
		} : rest];
	});
	const [given, now] = [before.authorisation?.agentFiles, after.authorisation?.agentFiles];
	const authorisation = given && given.digest === now?.digest ? { authorisation: {
		...after.authorisation,
		agentFiles: given
	} } : {};
	const same = {
		...after,
		...authorisation,
		segments: Object.fromEntries(segments),
		acts: Object.fromEntries(acts)
	};
	return JSON.stringify(before) !== JSON.stringify(same);
}
/** The keys of dispatches and merges that this look shows to be done. */
function shownActs({ runs, pulls }) {
	const merged = pulls.filter(({ state }) => state === "merged");
	return /* @__PURE__ */ new Set([...runs.map(({ dispatch }) => actKeys.dispatch(dispatch)), ...merged.flatMap(({ number, head }) => [actKeys.merge(number, head), actKeys.enqueue(number, head)])]);
}
/** Which epic has them is asked at each look. Only where to ask is kept. */
function rememberOwners({ owners }, journal) {
	const { contested = [], ...rest } = journal;
	const now = Object.keys(owners ?? {}).map((segment) => Number(segment));
	if (!owners || String(now) === String(contested)) return journal;
	return now.length === 0 ? rest : {
		...rest,
		contested: now
	};
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
* A run that appears for a dispatch proves that the dispatch happened. If there are several runs, this does not say
* which one got the work: only a run's own plan job writes `runId`.
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
		const outcome = outcomeOf(next, withoutPassed(report));
		if (attempt && !attempt.outcome && outcome) next = withOutcome(next, attempt, outcome);
	}
	for (const { attempt: id, author } of snapshot.forged ?? []) {
		const attempt = findAttempt(next, id);
		if (!attempt || attempt.outcome) continue;
		const problem = {
			kind: "REPORT_FORGED",
			ref: `refs/swarm/runs/${journal.epic}/${id}`,
			author
		};
		next = withOutcome(next, attempt, {
			kind: "failed",
			at: snapshot.now,
			problem
		});
	}
	for (const report of snapshot.calibrationReports) next = withVerdict(next, report, snapshot.now);
	for (const report of snapshot.baselineReports ?? []) next = withBaselineVerdict(next, report, snapshot);
	return next;
}
/** @returns undefined for work that is not published yet. */
function outcomeOf(journal, report) {
	const at = report.finishedAt;
	switch (report.result.kind) {
		case "ready": {
			const { state, result } = journal.acts[actKeys.publish(report.attempt)] ?? {};
			if (state !== "done" || result === void 0) return void 0;
			return {
				kind: "published",
				at,
				pull: pullNumber(result),
				head: report.result.head,
				report
			};
		}
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
* Leaves out the output and annotations of gates that passed. They stay in the report at its own ref and in the check
* run. Nothing here needs them again, and an epic's journal is read and written at each event.
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
function withBaselineVerdict(journal, report, { now, base }) {
	const branch = journal.authorisation?.baseBranch ?? base.branch;
	return withBaseline(journal, report.round, (baseline) => baseline.verdict || baseline.base !== report.base ? baseline : {
		...baseline,
		verdict: judgeBaseline(report, branch, now)
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
		next = endDispatch(snapshot, next, dispatch.id, {
			kind: "failed",
			at: snapshot.now,
			problem
		});
	}
	return next;
}
/** GitHub's reads can lag behind its writes, so the report of a run or a job that just ended may not be visible yet. */
const REPORT_VISIBLE_MS = 3e4;
const mayReportYet = ({ endedAt }, now) => endedAt !== void 0 && now - endedAt < 3e4;
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
		if (mayReportYet(run, snapshot.now)) continue;
		const conclusion = run.conclusion ?? "unknown";
		next = endDispatch(snapshot, next, run.dispatch, next.phase === "cancelled" ? {
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
		if (isPublishing(snapshot, next, id)) continue;
		if (mayReportYet(published, snapshot.now)) continue;
		next = withOutcome(next, attempt, {
			kind: "lost",
			at: snapshot.now,
			conclusion: published.conclusion ?? "unknown"
		});
	}
	return next;
}
function endDispatch(snapshot, journal, id, outcome) {
	const work = journal.dispatches[id]?.work;
	if (!work) return journal;
	if (work.kind === "calibration") return withCalibration(journal, work.wave, work.round, (calibration) => calibration.dispatch === id && !calibration.verdict && !calibration.lost ? {
		...calibration,
		lost: outcome
	} : calibration);
	if (work.kind === "baseline") return withBaseline(journal, work.round, (baseline) => baseline.dispatch === id && !baseline.verdict && !baseline.lost ? {
		...baseline,
		lost: outcome
	} : baseline);
	let next = journal;
	for (const attemptId of work.attempts) {
		const attempt = findAttempt(next, attemptId);
		if (!attempt || attempt.outcome || isPublishing(snapshot, next, attemptId)) continue;
		next = withOutcome(next, attempt, outcome);
	}
	return next;
}
/** Work with a report is not lost, even though its run is over. In a cancelled epic it is not published. */
const isPublishing = ({ reports }, { phase, acts }, attempt) => phase !== "cancelled" && (acts[actKeys.publish(attempt)] !== void 0 || reports.some((report) => report.attempt === attempt && isReady(report)));
/** A merge that GitHub refused is reported and retried later; a merge that is visible ends its act. */
function rememberMerges(snapshot, journal) {
	let next = journal;
	for (const pull of snapshot.pulls) {
		const keys = [actKeys.merge(pull.number, pull.head), actKeys.enqueue(pull.number, pull.head)];
		for (const key of keys) {
			const act = next.acts[key];
			if ((pull.state === "merged" || key !== keys[0] && pull.queue?.position !== void 0) && act?.state === "intended") next = withAct(next, key, {
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
	}
	return next;
}

// src/core/decide/dispatch.ts
/**
* Runs: started under an id from the journal, started again when they do not appear, cancelled; the segments that they were
* for, which another epic may have afterwards; and the clock.
*/
/** The id of the next dispatch; undefined where the epic has reached its limit, which is then said once. */
function nextDispatchId({ config }, draft) {
	const { epic } = draft.snapshot;
	const problem = dispatchLimit(epic.number, draft.journal, config);
	if (!problem) return `${epic.number}.${Object.keys(draft.journal.dispatches).length + 1}`;
	draft.once({
		kind: "say",
		key: `limit:dispatches:${config.limits.dispatches}`,
		on: epic.number,
		notice: {
			kind: "epic held",
			diagnostics: [{
				level: "error",
				problem
			}],
			owner: draft.owner
		},
		reason: { kind: "dispatch limit" }
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
/** How long a dispatched run may stay invisible before it is dispatched again. A second run finds the work taken. */
const RUN_VISIBLE_MS = 12e4;
/** A run that is under way is looked at this often, even if no event arrives. */
const RUN_LOOK_MS = 3e5;
/** Repeats a dispatch that is not visible (SPEC R4.3), also where GitHub accepted it and never showed its run. */
function repeatLostDispatches(situation, draft) {
	if (draft.journal.phase === "cancelled" || situation.errors.length > 0) return;
	for (const dispatch of Object.values(draft.journal.dispatches)) {
		if (isEnded(draft.journal, dispatch)) continue;
		const isEnding = draft.snapshot.runs.some((run) => run.dispatch === dispatch.id && hasEndedJob(run));
		draft.lookAgain(isEnding ? REPORT_VISIBLE_MS : RUN_LOOK_MS);
		const key = actKeys.dispatch(dispatch.id);
		const act = draft.journal.acts[key];
		const isSeen = dispatch.runId !== void 0 || draft.snapshot.runs.some((run) => run.dispatch === dispatch.id);
		if (act?.state === "done" && !isSeen) {
			if (draft.now - act.at < RUN_VISIBLE_MS) {
				draft.lookAgain(act.at + RUN_VISIBLE_MS - draft.now);
				continue;
			}
			draft.journal = withoutAct(draft.journal, key);
		}
		if (!isSeen) send(draft, dispatch, {
			kind: "run not visible",
			dispatch: dispatch.id
		});
	}
}
const hasEndedJob = ({ state, jobs }) => state === "completed" || jobs.some((job) => job.state === "completed" && job.name.endsWith("publish"));
/** Cancels a run if all of its segments that are not over are issues that can never be in the epic again. */
function cancelAbandoned({ snapshot }, draft) {
	const { journal } = draft;
	for (const run of snapshot.runs) {
		const work = journal.dispatches[run.dispatch]?.work;
		if (run.state === "completed" || work?.kind !== "segments") continue;
		const open = work.attempts.filter((id) => findAttempt(journal, id)?.outcome === void 0).map(segmentOf);
		if (open.length === 0 || open.some((segment) => snapshot.gone?.[segment] === void 0)) continue;
		draft.decide({
			kind: "cancel run",
			runId: run.id,
			reason: {
				kind: "segments gone",
				segments: open
			}
		});
	}
}
function cancelRuns(_situation, draft) {
	for (const run of draft.snapshot.runs) {
		if (run.state === "completed") continue;
		draft.decide({
			kind: "cancel run",
			runId: run.id,
			reason: { kind: "epic cancelled" }
		});
	}
}
/**
* Lets go of segments that this epic does not work on any more: all of them at its end, and those that were skipped or taken
* out. No agent may still be at work on them. A claim that is left behind holds nobody up: see `holds`.
*/
function releaseSegments({ plan, snapshot }, draft) {
	const { journal } = draft;
	const planned = new Set(plan.segments.map(({ number }) => number));
	const isOver = journal.phase === "finished" || journal.phase === "cancelled";
	const tried = Object.entries(journal.segments).filter(([, { attempts }]) => attempts.length > 0);
	const isAtWork = tried.some(([, { attempts }]) => attempts.at(-1)?.outcome === void 0);
	const release = (name, among) => {
		const segments = among.map(([key]) => Number(key));
		const attempts = among.reduce((sum, [, record]) => sum + record.attempts.length, 0);
		if (segments.length === 0) return;
		draft.once({
			kind: "release claims",
			key: `release:${name}:${attempts}`,
			epic: snapshot.epic.number,
			segments,
			reason: {
				kind: "segments released",
				segments
			}
		});
	};
	if (isOver) {
		if (!isAtWork) release("all", tried);
		return;
	}
	for (const one of tried) {
		const [key, { attempts, skipped }] = one;
		if ((skipped !== void 0 || !planned.has(Number(key))) && attempts.at(-1)?.outcome !== void 0) release(key, [one]);
	}
}
/** Answers whether a cancelled epic has let go of its segments. Another one may work on them now. */
function hasLetGo({ phase, segments, acts }) {
	const attempts = Object.values(segments).reduce((sum, record) => sum + record.attempts.length, 0);
	return phase === "cancelled" && (attempts === 0 || acts[`release:all:${attempts}`]?.state === "done");
}
/** In a public repository, GitHub disables a schedule after 60 days without activity. Long before, it is enabled again. */
const CLOCK_MS$2 = 2592e6;
/**
* Has the workflow that is Swarm's clock enabled while the epic is under way: once for each start, so that a person who
* disables it is left alone until the next one. A clock that finds no epic under way disables itself.
*/
function keepClock({ snapshot, journal }, draft) {
	const key = actKeys.clock;
	const act = journal.acts[key];
	const isOver = journal.phase === "cancelled";
	const since = journal.authorisation?.at ?? draft.now;
	if (act && (isOver || act.at < since || draft.now - act.at >= CLOCK_MS$2)) draft.journal = withoutAct(draft.journal, key);
	if (isOver || snapshot.clockWorkflow === void 0) return;
	draft.once({
		kind: "start clock",
		key,
		workflow: snapshot.clockWorkflow,
		reason: { kind: "clock needed" }
	});
}

// src/core/schedule/what-if.ts
/** How many dependencies, and how many overlaps, are tried: those that delay the end most directly come first. */
const TRIED = 24;
/** The share of the usual search budget that each of them gets. */
const SHARE$1 = .1;
/** Above this many segments one search takes as long as the whole advice may. */
const ADVISED_UP_TO = 300;
/** A smaller saving, as a share of the whole, is within the error of any estimate. */
const WORTH = .02;
/** @returns undefined for an epic with fewer than two segments, with a cycle, or too large to search each change. */
function adviseOn(plan, config) {
	const segments = plan.segments.filter((segment) => !segment.fix);
	if (segments.length < 2 || segments.length > ADVISED_UP_TO) return void 0;
	if (plan.diagnostics.some(({ problem }) => problem.kind === "EPIC_CYCLE")) return void 0;
	const cap = capOf(plan.waves, config, {});
	const input = {
		segments,
		minutesOf: (number) => plan.forecast.timetable[number].takes,
		overlaps: plan.overlaps,
		schedule: config.schedule,
		cap,
		workers: config.workers
	};
	const now = solve(input);
	const minutes = makespanOf(now);
	const minutesWith = (schedule) => schedule === config.schedule ? minutes : makespanOf(solve({
		...input,
		schedule
	}, .5));
	const starts = startsIn(now);
	const savedBy = (change) => minutes - makespanOf(solve({
		...input,
		...change
	}, SHARE$1, (number) => starts.get(number)));
	const isWorth = ({ savesMinutes }) => savesMinutes >= Math.max(1, minutes * WORTH);
	const places = [{
		of: "all",
		from: cap,
		savesMinutes: savedBy({ cap: cap + 1 })
	}, ...[...new Set(segments.map(({ spec }) => spec.worker))].sort().map((worker) => {
		const from = config.workers[worker];
		const workers = {
			...config.workers,
			[worker]: from + 1
		};
		return {
			of: worker,
			from,
			savesMinutes: savedBy({ workers })
		};
	})];
	const tight = tightLinks(now, segments, plan.overlaps);
	const dependencies = tight.dependencies.map(({ from, on }) => ({
		from,
		on,
		savesMinutes: savedBy({ segments: withoutDependency(segments, from, on) })
	}));
	const overlaps = tight.overlaps.filter(isOnlyReason(segments)).map((overlap) => ({
		...overlap,
		savesMinutes: savedBy({ overlaps: plan.overlaps.filter((other) => other !== overlap) })
	}));
	const place = best(places.filter(isWorth));
	const dependency = best(dependencies.filter(isWorth));
	const overlap = best(overlaps.filter(isWorth));
	return {
		schedule: config.schedule,
		wavesMinutes: minutesWith("waves"),
		eagerMinutes: Math.min(minutes, minutesWith("eager")),
		...place ? { place } : {},
		...dependency ? { dependency } : {},
		...overlap ? { overlap } : {}
	};
}
const withoutDependency = (segments, from, on) => segments.map((segment) => segment.number === from ? {
	...segment,
	blockedBy: segment.blockedBy.filter((other) => other !== on)
} : segment);
/** Taking back `parallel: false` or `conflicts-with` helps only if the files of the two do not overlap either. */
function isOnlyReason(segments) {
	const segmentOf = new Map(segments.map((segment) => [segment.number, segment]));
	const filesOf = (number) => segmentOf.get(number).spec.files;
	return ({ a, b, why }) => {
		if (why.kind === "files" || why.kind === "scope unknown") return true;
		const [one, other] = [filesOf(a), filesOf(b)];
		return one.length > 0 && other.length > 0 && overlappingScopes([one, other]).length === 0;
	};
}
/** The change that saves most; of equals, the first. */
const best = (changes) => changes.toSorted((a, b) => b.savesMinutes - a.savesMinutes)[0];
/** The start of each segment within its batch. */
const startsIn = (solved) => new Map(solved.flatMap(({ batch, starts }) => batch.numbers.map((number, at) => [number, starts[at] ?? 0])));
/**
* The links that delay the end: going back from the segments that end last, each link to something that ended just when they
* started.
*
* In waves this is done wave by wave. If a segment delays its wave and waits for only one segment of the wave before, that
* one dependency put it into this wave, so the dependency counts, too.
*/
function tightLinks(solved, segments, overlaps) {
	const overlapOf = new Map(overlaps.map((overlap) => [`${overlap.a} ${overlap.b}`, overlap]));
	const dependencies = [];
	const found = /* @__PURE__ */ new Set();
	const segmentOf = new Map(segments.map((segment) => [segment.number, segment]));
	const waveOf = new Map(solved.flatMap(({ batch }, wave) => batch.numbers.map((number) => [number, wave])));
	for (const [wave, { batch, starts, makespan }] of solved.entries()) {
		const { durations, blockers, exclusions } = batch.workload;
		const numberAt = (at) => batch.numbers[at];
		const endOf = (at) => (starts[at] ?? 0) + (durations[at] ?? 0);
		const all = [...batch.numbers.keys()];
		const late = new Set(all.filter((at) => endOf(at) === makespan));
		for (const at of late) {
			const start = starts[at] ?? 0;
			const isJustBefore = (other) => endOf(other) === start;
			for (const other of all.filter(isJustBefore)) late.add(other);
			const from = numberAt(at);
			const { blockedBy } = segmentOf.get(from);
			const [on, ...more] = blockedBy.filter((blocker) => waveOf.get(blocker) === wave - 1);
			if (on !== void 0 && more.length === 0) dependencies.push({
				from,
				on
			});
			for (const other of itemsOf(blockers, at)) if (isJustBefore(other)) dependencies.push({
				from,
				on: numberAt(other)
			});
			for (const other of itemsOf(exclusions, at)) {
				const pair = [from, numberAt(other)];
				const overlap = overlapOf.get(`${Math.min(...pair)} ${Math.max(...pair)}`);
				if (isJustBefore(other)) found.add(overlap);
			}
		}
	}
	return {
		dependencies: dependencies.slice(0, TRIED),
		overlaps: [...found].slice(0, TRIED)
	};
}

// src/core/decide/calibration.ts
/** The standing of a wave, from its first open segment to the calibration that passed. */
function standingOf(wave, { journal, config }, progresses) {
	const segments = segmentsOf(wave).filter((number) => !isLeftOut(progresses.get(number)));
	if (segments.some((number) => !isDone(progresses.get(number)))) return { kind: "open" };
	const rounds = journal.calibrations[wave.number] ?? [];
	const last = rounds.at(-1);
	const isToCalibrate = (number) => progresses.get(number)?.kind === "merged" || progresses.get(number)?.kind === "answered" && seriousFindings(recordOf(journal, number)).length > 0;
	if (!last && !segments.some(isToCalibrate)) return {
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
		return lost < config.attempts ? {
			kind: "to calibrate",
			round: last.round + 1
		} : {
			kind: "stopped",
			problem: diedTooOften(last.lost, lost)
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
	const failed = counted.filter((each) => each.verdict?.kind === "failed").length;
	const { findings } = last.verdict;
	if (failed >= config.calibrationRounds) return {
		kind: "stopped",
		problem: limit(wave, last.round, findings)
	};
	return stale || counted.length === 0 ? {
		kind: "to calibrate",
		round: last.round + 1
	} : {
		kind: "failed",
		round: last.round,
		findings
	};
}
/**
* The failed round whose fix segments are to be made. This holds even when the first of them exists: making them takes
* several acts, and the process can die after any of them.
*/
function roundToFix(wave, { journal, config }) {
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
	if (last.kind === "failed") return last.problem;
	return {
		kind: "RUN_LOST",
		conclusion: last.kind === "lost" ? last.conclusion : "cancelled",
		attempts: times
	};
}
const limit = (wave, rounds, findings) => ({
	kind: "CALIBRATION_LIMIT",
	wave: wave.number,
	rounds,
	findings: findings.map((finding) => `${finding.subject}: ${finding.detail}`)
});
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
/** The criteria that a wave left open, without evidence, as findings. Gates are the calibration job's part. */
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
* Serious findings of security segments, as findings of the wave. Each segment's findings count once: their fix is a
* round of this wave, and the next round does not report them again (SPEC R5.9, R7.1).
*/
const securityFindings = (reports, rounds) => reports.flatMap(({ number, report }) => {
	const subject = `#${number}`;
	const isReported = rounds.some(({ verdict }) => verdict?.kind === "failed" && verdict.findings.some((each) => each.check === "security" && each.subject === subject));
	const serious = seriousIn(report);
	if (isReported || serious.length === 0) return [];
	return [{
		check: "security",
		subject,
		detail: serious.map(sayFinding).join("\n")
	}];
});
/** Of a segment that looks for them, in its latest report. */
const seriousFindings = (record) => record.attempts.at(-1)?.worker === "security" ? seriousIn(latestReport(record)) : [];
const seriousIn = (report) => (report?.course?.findings ?? []).filter(({ severity }) => severity !== "minor");
const sayFinding = ({ file, line, severity, why }) => `${file}:${line} (${severity}): ${why}`;
/**
* The criteria that a merged segment has met: an agent named a test or a reason, in any work of it that was published, or
* somebody ticked them in the issue. Any other criterion stays open, and the calibration reports it. An approval is about the
* change, and says nothing of a criterion that the change does not show.
*/
function metCriteria(segment, { attempts }) {
	const ticked = segment.spec.criteria.filter(({ state }) => state === "met");
	const said = attempts.flatMap(({ outcome }) => outcome?.kind === "published" ? outcome.report.agent.criteria : []);
	return new Set([...ticked, ...said.filter(({ evidence }) => evidence.trim() !== "")].map(({ id }) => id));
}
/**
* The criteria of another segment that a merged fix segment has met. Its own criteria stand in the same order, one for
* each. Their ids may differ, because criteria without an id are numbered per issue.
*/
function fixedCriteria(fix, mends, met) {
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
/** Gate findings usually share one cause: one fix segment gets them all. Each coverage finding gets its own. */
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

// src/core/decide/authorise.ts
/** Records what a person consents to: these texts and edges, this config, this base (SPEC R11.2). It replaces any earlier consent. */
function authorise(facts, draft, { by, at, issues }) {
	const { snapshot, plan } = facts;
	const { epic } = snapshot;
	const meansEpic = stoodThen(facts, epic, at);
	draft.journal = {
		...draft.journal,
		authorisation: {
			at,
			...speakerOf(by),
			configDigest: snapshot.configDigest,
			base: snapshot.base.head,
			baseBranch: snapshot.base.branch,
			...agentFilesOf(snapshot),
			epicDigest: meansEpic ? epic.digest : draft.journal.authorisation?.epicDigest ?? "",
			segments: {
				...takenOutSince(facts, at),
				...consented(facts, draft, plan.source === "the epic itself" ? [epic] : issues, at)
			}
		}
	};
	if (meansEpic) keepText(draft, epic);
}
/** Records a person's consent to a few issues more, or to what changed in them. The consent to the others stays as it is. */
function authoriseMore(facts, draft, { by, at, issues }) {
	const { authorisation } = draft.journal;
	const { epic } = facts.snapshot;
	if (!authorisation) return;
	const more = Object.entries(consented(facts, draft, issues, at));
	const meansEpic = issues.includes(epic) && stoodThen(facts, epic, at);
	if (meansEpic) keepText(draft, epic);
	const speaker = by ? speakerOf(by) : {};
	draft.journal = {
		...draft.journal,
		authorisation: {
			...authorisation,
			...meansEpic ? { epicDigest: epic.digest } : {},
			segments: {
				...authorisation.segments,
				...Object.fromEntries(more.map(([number, segment]) => [number, {
					...segment,
					at,
					...speaker
				}]))
			}
		}
	};
}
/** Those of the issues that are segments and stood then as they stand now. Their texts are kept. */
function consented(facts, draft, issues, at) {
	const { plan } = facts;
	const leaves = new Map(plan.segments.map((segment) => [segment.number, segment]));
	const segments = {};
	for (const issue of issues) {
		const segment = leaves.get(issue.number);
		if (!segment || !stoodThen(facts, issue, at)) continue;
		segments[issue.number] = {
			digest: issue.digest,
			...edgesOf(plan, segment)
		};
		keepText(draft, issue);
	}
	return segments;
}
const keepText = (draft, { number, title, body, labels }) => {
	draft.texts[number] = {
		title,
		body,
		labels
	};
};
/**
* Answers whether an issue stands as it did when a person spoke. What somebody without write access changed since then
* (the text, its labels and links, those of its groups) is not part of the consent.
*/
function stoodThen({ snapshot, config, journal }, issue, at) {
	const wrote = issue.editedAt === void 0 || issue.editedAt <= at || isTrusted(issue.editor ?? issue.author, config);
	const groups = groupsOf(snapshot.issues, issue);
	const own = recordOf(journal, issue.number).fromBlock ? issue.author.id : void 0;
	return wrote && !isTouched(issue, at, config, own) && !groups.some((each) => isTouched(each, at, config));
}
/** The issues above it, without the epic. */
function groupsOf(issues, issue) {
	const above = issues.find(({ number }) => number === issue.parent);
	return above ? [above, ...groupsOf(issues, above)] : [];
}
/**
* Answers whether a stranger has changed an issue since then. GitHub tells times in seconds: a change in the same second may be
* later.
*
* @param own Swarm's own id, where it has changed the issue itself.
*/
const isTouched = ({ hands }, at, config, own) => hands !== void 0 && (hands.cut || hands.changes.some(({ by, at: then, removed }) => removed === void 0 && then >= at && !isTrusted(by, config) && !(by.kind === "bot" && by.id === own)));
/** Segments that stood in the epic when the person spoke, and that a stranger has taken out of it since, or made a group of. */
function takenOutSince({ snapshot, plan, config }, at) {
	if (plan.source === "block") return {};
	const leaves = new Set(plan.segments.map(({ number }) => number));
	const removed = (snapshot.epic.hands?.changes ?? []).filter((each) => each.at >= at && !isTrusted(each.by, config));
	const groups = snapshot.issues.filter((issue) => !leaves.has(issue.number) && isTouched(issue, at, config));
	const numbers = [...removed.flatMap((each) => each.removed ?? []), ...groups.map(({ number }) => number)];
	return Object.fromEntries(numbers.filter((number) => !leaves.has(number)).map((number) => [number, {
		digest: "",
		blockedBy: [],
		external: []
	}]));
}
/** Takes out of the journal whatever people said who may no longer write, unless it is done (SPEC R11.6). */
function withdrawLost(draft, config) {
	const { snapshot } = draft;
	if (!draft.journal.authorisation) return;
	const open = new Set([snapshot.epic, ...snapshot.issues].filter(({ state }) => state === "open").map(({ number }) => number));
	const isLost = (speaker) => isSilenced({
		snapshot,
		config
	}, speaker);
	const { journal, lost } = withoutLost(draft.journal, (segment) => open.has(segment), isLost);
	if (lost.length === 0) return;
	const withdrawn = [...Map.groupBy(lost, ({ byId }) => byId).values()].flatMap((sayings) => {
		const [first] = sayings;
		if (!first) return [];
		const { what: _, ...speaker } = first;
		return [{
			at: draft.now,
			...speaker,
			what: sayings.map(({ what }) => what)
		}];
	});
	draft.record({ kind: "WITHDRAWN" });
	draft.journal = {
		...journal,
		withdrawn: [...journal.withdrawn ?? [], ...withdrawn].slice(-50)
	};
}
const agentFilesOf = ({ base, agentFiles }) => agentFiles ? { agentFiles: {
	base: base.head,
	digest: agentFiles.now.digest
} } : {};
/**
* Files that steer agents and that were changed on the base since a person authorised it, sorted. A file that reads as an
* approved segment left it does not count.
*/
function changedAgentFiles({ agentFiles, pulls }, journal) {
	const given = journal.authorisation;
	if (!given || !agentFiles?.authorised || given.agentFiles?.digest === agentFiles.now.digest) return [];
	const { now, authorised, merged } = agentFiles;
	const isMerged = (file) => pulls.some((pull) => {
		const segment = segmentOfPull(journal, pull.number);
		const head = merged[pull.number];
		if (segment === void 0 || pull.state !== "merged" || !head) return false;
		return (proofOf(recordOf(journal, segment), pull.head)?.report.files ?? []).includes(file) && digestAt(head, file) === digestAt(now.files, file);
	});
	return changedBetween(authorised, now.files).filter((file) => !isMerged(file));
}
/** The base moves with each merge. While its files for agents are the same, the next look compares with where it is now. */
function noteAgentFiles(_facts, draft) {
	const { authorisation } = draft.journal;
	const { agentFiles: seen, base } = draft.snapshot;
	const given = authorisation?.agentFiles;
	if (!authorisation || !given || given.digest !== seen?.now.digest || given.base === base.head) return;
	draft.journal = {
		...draft.journal,
		authorisation: {
			...authorisation,
			agentFiles: {
				...given,
				base: base.head
			}
		}
	};
}
/** A config that changed is used from now on, and the change is shown. */
function noteConfig(_facts, draft) {
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
* Changes by people with write access need no second consent while nothing has started, or at any time with
* `adopt: automatic`: their authors could give that consent themselves.
*/
function adoptChanges(facts, draft) {
	const { plan, config } = facts;
	const { authorisation } = draft.journal;
	if (!authorisation) return;
	if (!!hasStartedWork(draft.journal) && config.adopt !== "automatic") return;
	const changed = (plan.source === "the epic itself" ? [draft.snapshot.epic] : draft.snapshot.issues).filter((issue) => {
		const segment = plan.segments.find((each) => each.number === issue.number);
		if (!segment || recordOf(draft.journal, issue.number).attempts.length > 0) return false;
		const known = authorisation.segments[issue.number];
		if (known?.digest === issue.digest && sameEdges(known, edgesOf(plan, segment)) || !known && config.adopt !== "automatic") return false;
		if (!stoodThen(facts, issue, known?.at ?? authorisation.at)) return false;
		if (recordOf(draft.journal, issue.number).fromBlock) return !issue.editor || isTrusted(issue.editor, config);
		return isTrusted(issue.author, config) && (!issue.editor || isTrusted(issue.editor, config));
	});
	const { epic } = draft.snapshot;
	const adopted = epic.digest !== authorisation.epicDigest && isTrusted(epic.editor ?? epic.author, config) && stoodThen(facts, epic, authorisation.at) && !changed.includes(epic) ? [...changed, epic] : changed;
	if (adopted.length > 0) authoriseMore(facts, draft, {
		at: draft.now,
		issues: adopted
	});
}
/** Issues that Swarm made are part of what was authorised. They are known by the act that made them. */
function bindMadeSegments(draft) {
	for (const [key, act] of Object.entries(draft.journal.acts)) {
		const made = /^fix:\d+:(\d+):(\d+):(\d+)$/.exec(key);
		if (!made || act.state !== "done" || act.result === void 0) continue;
		const issue = draft.snapshot.issues.find(({ number }) => number === act.result);
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
/** The finding that the n-th fix segment of a round fixes. A follow-up has none. */
function findingOf(journal, wave, round, index) {
	const verdict = journal.calibrations[wave]?.find((calibration) => calibration.round === round)?.verdict;
	return verdict?.kind === "failed" ? fixesFor(verdict.findings)[index - 1] : void 0;
}

// src/core/decide/issues/block.ts
/**
* The block of an epic: its issues are made once, from the text that a person authorised, and from then on they count (SPEC R1.2).
*
* While they are made, the plan is still the block's, and nothing starts: a segment must not run before all of its links are
* there. What GitHub shows is believed, and not what was done: a read may lag behind a write.
*/
/** What the plan is made of, if not of issues. */
function blockToPlan({ snapshot, journal }) {
	const { block } = journal;
	if (block?.segments) return isMade(snapshot, journal, block.segments) ? void 0 : {
		segments: block.segments,
		faults: [],
		unused: []
	};
	return block || !snapshot.block || hasSubIssues(snapshot) || isUnderWay(journal) ? void 0 : snapshot.block;
}
/** What a plan says of its source once the issues of a block count. */
const sourceOf = ({ block }, source) => block && !block.segments && source === "sub-issues" ? "sub-issues of the block" : source;
/** Sub-issues that people made. */
const hasSubIssues = ({ epic, issues }) => issues.some(({ parent, madeFor }) => parent === epic.number && madeFor === void 0);
const isUnderWay = ({ dispatches }) => Object.keys(dispatches).length > 0;
/** What keeps a block from being made, and what does not count of it. */
function blockDiagnostics({ snapshot, journal, config, plan }) {
	const { epic, block } = snapshot;
	const at = {
		issue: epic.number,
		...block ? { line: block.line } : {}
	};
	const error = (problem) => [{
		level: "error",
		problem
	}];
	const warning = (why) => [{
		level: "warning",
		problem: {
			kind: "BLOCK_UNUSED",
			at,
			why
		}
	}];
	const made = journal.block;
	if (made?.segments) return takenOut({
		snapshot,
		journal
	}, made.segments).flatMap(error);
	if (plan.source === "block") {
		const stranger = [epic.author, epic.editor].find((person) => person && !isTrusted(person, config));
		if (stranger && !recordOf(journal, epic.number).included) return error({
			kind: "BLOCK_NOT_AUTHORISED",
			at,
			login: stranger.login
		});
		return journal.authorisation !== void 0 && journal.authorisation.epicDigest !== epic.digest ? error({
			kind: "BLOCK_NOT_AUTHORISED",
			at
		}) : [];
	}
	if (!block || block.digest === made?.digest) return [];
	if (made) return warning("issues made");
	return warning(hasSubIssues(snapshot) ? "sub-issues" : "started without");
}
/** Keeps a block for good once its text is authorised: whatever becomes of the text, these issues are made. */
function keepBlock({ plan }, draft) {
	const { journal, snapshot } = draft;
	const { block, epic } = snapshot;
	if (plan.source !== "block" || !block || block.faults.length > 0) return;
	if (journal.block?.segments && isBegun(journal, epic.number)) return;
	if (journal.authorisation?.epicDigest !== epic.digest || journal.block?.digest === block.digest) return;
	if (plan.diagnostics.some(({ problem }) => problem.kind === "BLOCK_NOT_AUTHORISED" && problem.login)) return;
	draft.journal = {
		...journal,
		block: {
			digest: block.digest,
			segments: block.segments
		}
	};
}
const isBegun = ({ acts }, epic) => Object.keys(acts).some((key) => key.startsWith(actKeys.segment(epic, "")));
/** The issues that were made, by the names of their segments. */
function numbersIn({ acts, epic }, segments) {
	return new Map(segments.flatMap(({ name }) => {
		const { state, result } = acts[actKeys.segment(epic, name)] ?? {};
		return state === "done" && result !== void 0 ? [[name, result]] : [];
	}));
}
/** Every issue is there, with all of its links. */
function isMade(snapshot, journal, segments) {
	const numbers = numbersIn(journal, segments);
	if (numbers.size < segments.length) return false;
	const issues = childrenIn(snapshot);
	const isLeft = journal.block?.partly === true;
	return segments.every(({ name, blockedBy }) => {
		const issue = issues.get(numbers.get(name) ?? 0);
		if (!issue) return isLeft;
		return blockedBy.every((on) => isLinked$1(issue, numbers.get(on)) || isLeft && !issues.has(numbers.get(on) ?? 0));
	});
}
const childrenIn = ({ epic, issues }) => new Map(issues.filter(({ parent }) => parent === epic.number).map((issue) => [issue.number, issue]));
const isLinked$1 = ({ blockedBy }, on) => blockedBy.some(({ number, repository }) => number === on && !repository);
/** Issues that were made a while ago and are not in the epic. */
function takenOut({ snapshot, journal }, segments) {
	if (journal.block?.partly) return [];
	const issues = childrenIn(snapshot);
	const at = { issue: snapshot.epic.number };
	return [...numbersIn(journal, segments)].flatMap(([name, segment]) => {
		const doneAt = journal.acts[actKeys.segment(snapshot.epic.number, name)]?.at ?? 0;
		if (issues.has(segment) || snapshot.now - doneAt < GONE_MS) return [];
		return [{
			kind: "SEGMENT_GONE",
			at,
			segment,
			how: "taken out"
		}];
	});
}
/** GitHub shows a new sub-issue long before that. */
const GONE_MS = 3e5;
/** Makes what is not there yet: first all issues, and then the links between them. */
function makeBlock(situation, draft) {
	const { segments } = draft.journal.block ?? {};
	if (!segments || situation.journal.phase !== "running" || situation.errors.length > 0) return;
	segments.forEach((_, index) => {
		makeSegment(draft, segments, index);
	});
	const numbers = numbersIn(draft.journal, segments);
	if (numbers.size === segments.length) for (const segment of segments) linkSegment(draft, segment, numbers);
	if (refusedIssues(draft.journal).length === 0) draft.lookAgain(LOOK_MS$1);
}
const LOOK_MS$1 = 5e3;
function makeSegment(draft, segments, index) {
	const { epic } = draft.snapshot;
	const segment = segments[index];
	if (!segment) return;
	const numbers = numbersIn(draft.journal, segments);
	const others = conflictsBefore(segments, index);
	const conflicts = others.flatMap(({ name }) => numbers.get(name) ?? []);
	if (conflicts.length < others.length) return;
	const { name, title, body, labels } = segment;
	draft.once({
		kind: "make issue",
		key: actKeys.segment(epic.number, name),
		notice: {
			kind: "block segment",
			title,
			text: body,
			conflicts
		},
		...labels.length > 0 ? { labels } : {},
		parent: epic.number,
		parentId: epic.id,
		reason: {
			kind: "segment in block",
			name
		}
	});
}
function linkSegment(draft, { name, blockedBy }, numbers) {
	const { snapshot } = draft;
	const issues = childrenIn(snapshot);
	const issue = issues.get(numbers.get(name) ?? 0);
	for (const on of blockedBy) {
		const blocker = issues.get(numbers.get(on) ?? 0);
		if (!issue || !blocker) continue;
		const key = actKeys.link(snapshot.epic.number, name, on);
		const act = draft.journal.acts[key];
		if (isLinked$1(issue, blocker.number)) {
			if (act && act.state !== "done") draft.journal = withAct(draft.journal, key, {
				...act,
				state: "done"
			});
			continue;
		}
		if (act?.state === "done" && snapshot.now - act.at >= 2e4) draft.journal = withoutAct(draft.journal, key);
		draft.once({
			kind: "add blocker",
			key,
			issue: issue.number,
			issueId: issue.id,
			blocker: blocker.number,
			blockerId: blocker.id,
			reason: {
				kind: "blocker in block",
				name,
				on
			}
		});
	}
}
/** The consent to the block is one to its issues. Those that somebody without write access has changed wait for another one. */
function bindBlock({ plan, snapshot, segments: planned, config }, draft) {
	const { block, authorisation } = draft.journal;
	if (!block?.segments || !authorisation || plan.source === "block") return;
	const issues = childrenIn(snapshot);
	const numbers = numbersIn(draft.journal, block.segments);
	const bound = {};
	for (const { name, title } of block.segments) {
		const issue = issues.get(numbers.get(name) ?? 0);
		const segment = issue && planned.get(issue.number);
		if (!issue || !segment) continue;
		draft.journal = withRecord(draft.journal, issue.number, { fromBlock: true });
		if (!(issue.title === title && (issue.editor === void 0 || isTrusted(issue.editor, config))) || isTouched(issue, authorisation.at, config, issue.author.id)) continue;
		bound[issue.number] = {
			digest: issue.digest,
			...edgesOf(plan, segment)
		};
		draft.texts[issue.number] = {
			title,
			body: issue.body,
			labels: issue.labels
		};
	}
	draft.journal = {
		...draft.journal,
		block: { digest: block.digest },
		authorisation: {
			...authorisation,
			segments: {
				...authorisation.segments,
				...bound
			}
		}
	};
}
/** Somebody starts the epic once more while issues that were made are not in it: it continues with those that are. */
function continueWithout(draft) {
	const { journal, snapshot } = draft;
	const { block } = journal;
	if (!block?.segments || takenOut({
		snapshot,
		journal
	}, block.segments).length === 0) return;
	if (numbersIn(journal, block.segments).size < block.segments.length) return;
	draft.journal = {
		...journal,
		block: {
			...block,
			partly: true
		}
	};
}

// src/core/decide/issues/import.ts
/** @see https://docs.github.com/en/issues/tracking-your-work-with-issues/using-issues/adding-sub-issues */
const MAX_SUB_ISSUES = 100;
/** What the texts say and GitHub's own links do not. */
function importableIn(plan, snapshot) {
	const tasks = plan.source === "task list" ? tasksIn(snapshot) : {
		children: [],
		left: []
	};
	const links = /* @__PURE__ */ new Map();
	const left = /* @__PURE__ */ new Map();
	for (const [number, { waits }] of Object.entries(plan.readings)) for (const wait of waits) {
		const { from, source } = statedBy(Number(number), wait);
		const issue = issueIn$1(snapshot, from);
		if (issue?.state !== "open" || isLinked(issue, wait.on)) continue;
		const key = `${from} ${refText(wait.on)}`;
		const why = whyLeft(snapshot, wait.on);
		const said = {
			from,
			...source ? { source } : {}
		};
		if (why) left.set(key, {
			kind: "link",
			...said,
			on: wait.on,
			why
		});
		else if (!links.has(key)) links.set(key, {
			...said,
			on: wait.on.number
		});
	}
	return {
		children: tasks.children,
		links: [...links.values()],
		left: [...tasks.left, ...left.values()]
	};
}
/** The issue that states a dependency, and where. A group's is one of each of its segments. */
const statedBy = (segment, { source }) => source.kind === "group" ? { from: source.group } : {
	from: segment,
	source
};
/** All of a task list, or nothing: what does not become a sub-issue would not be in the epic any more. */
function tasksIn(snapshot) {
	const { epic, issues, repository } = snapshot;
	const items = readTaskList(epic.body, repository).filter(({ number }) => number !== epic.number);
	const left = items.flatMap(({ number, line }) => {
		const issue = issues.find((each) => each.number === number);
		const why = !issue ? "no issue" : issue.parent !== void 0 ? "other parent" : void 0;
		return why ? [{
			kind: "task",
			issue: number,
			line,
			why
		}] : [];
	});
	const blocked = new Set(left.map((each) => each.kind === "task" ? each.issue : void 0));
	const isTooMany = items.length > MAX_SUB_ISSUES;
	if (left.length === 0 && !isTooMany) return {
		children: items.map(({ number, line }) => ({
			issue: number,
			line
		})),
		left
	};
	const why = isTooMany ? "too many" : "others";
	const others = items.filter(({ number }) => !blocked.has(number));
	return {
		children: [],
		left: [...left, ...others.map(({ number, line }) => ({
			kind: "task",
			issue: number,
			line,
			why
		}))]
	};
}
const issueIn$1 = ({ epic, issues }, number) => number === epic.number ? epic : issues.find((each) => each.number === number);
const isLinked = ({ blockedBy }, on) => blockedBy.some((each) => refText(each).toLowerCase() === refText(on).toLowerCase());
function whyLeft(snapshot, on) {
	if (on.repository) return "another repository";
	if (issueIn$1(snapshot, on.number)) return void 0;
	const other = snapshot.others.find(({ ref }) => !ref.repository && ref.number === on.number);
	return other?.kind === "issue" ? void 0 : other?.kind === "pull request" ? "pull request" : "no issue";
}
/** A person says that it is to be done. */
function confirmImport(draft, { children, links }, { id, by }) {
	const confirmed = {
		request: id,
		at: draft.now,
		...speakerOf(by),
		children: children.map(({ issue }) => issue),
		links: links.map(({ from, on }) => ({
			from,
			on
		})),
		refused: {}
	};
	draft.journal = {
		...draft.journal,
		import: confirmed
	};
}
/** Does what is left of a confirmed import. @returns false if there is none. */
function doImport(draft) {
	const found = draft.journal.import;
	if (!found) return false;
	const acts = actsOf(found);
	const refused = { ...found.refused };
	for (const { key } of acts) {
		const performed = draft.snapshot.performed[key];
		if (performed?.kind === "refused") refused[key] = performed.message.slice(0, MAX_REFUSAL_CHARS);
	}
	draft.journal = {
		...draft.journal,
		import: {
			...found,
			refused
		}
	};
	const isOver = draft.now - found.at >= MOST_MS;
	const open = acts.filter((act) => !isOver && refused[act.key] === void 0 && !isThere(draft.snapshot, act));
	const children = open.filter(({ on }) => on === void 0);
	for (const act of children.length > 0 ? children : open) perform$1(draft, act);
	if (open.length > 0) draft.lookAgain(LOOK_MS);
	else finish(draft, {
		...found,
		refused
	});
	return true;
}
const LOOK_MS = 5e3;
/** After that, an import ends with what is there. GitHub shows an issue, and what was done, long before. */
const MOST_MS = 6e5;
const MAX_REFUSAL_CHARS = 300;
const actsOf = ({ children, links }) => [...children.map((from) => ({
	key: actKeys.importChild(from),
	from
})), ...links.map(({ from, on }) => ({
	key: actKeys.importLink(from, on),
	from,
	on
}))];
function isThere(snapshot, { from, on }) {
	const issue = issueIn$1(snapshot, from);
	return on === void 0 ? issue?.parent === snapshot.epic.number : issue !== void 0 && isLinked(issue, { number: on });
}
/** Not twice, if GitHub has said that it is done and does not show it yet. */
function perform$1(draft, { key, from, on }) {
	const { epic, performed } = draft.snapshot;
	if (performed[key]?.kind === "done") return;
	const issue = issueIn$1(draft.snapshot, from);
	if (on === void 0) {
		const known = issue ? { issueId: issue.id } : {};
		const reason = {
			kind: "imported",
			from
		};
		draft.decide({
			kind: "add sub-issue",
			key,
			issue: from,
			...known,
			parentId: epic.id,
			reason
		});
		return;
	}
	const blocker = issueIn$1(draft.snapshot, on);
	const known = {
		...issue ? { issueId: issue.id } : {},
		...blocker ? { blockerId: blocker.id } : {}
	};
	const reason = {
		kind: "imported",
		from,
		on
	};
	draft.decide({
		kind: "add blocker",
		key,
		issue: from,
		blocker: on,
		...known,
		reason
	});
}
/** The answer comes last: until it is there, the import is not over. */
function finish(draft, found) {
	const { snapshot } = draft;
	const done = actsOf(found).filter((act) => isThere(snapshot, act));
	const refused = actsOf(found).filter((act) => !isThere(snapshot, act));
	if (draft.once({
		kind: "say",
		key: `imported:${found.request}`,
		on: snapshot.epic.number,
		notice: {
			kind: "imported",
			by: found.by,
			children: done.flatMap(({ from, on }) => on === void 0 ? [from] : []),
			links: done.flatMap(({ from, on }) => on === void 0 ? [] : [{
				from,
				on
			}]),
			refused: refused.map(({ key, from, on }) => ({
				from,
				...on === void 0 ? {} : { on },
				says: found.refused[key] ?? ""
			}))
		},
		reason: {
			kind: "asked",
			by: found.by
		}
	}) === "under way") return;
	const { import: _, ...rest } = draft.journal;
	draft.journal = rest;
}

// src/core/decide/questions.ts
/**
* Asking people what a run needs to know, and taking their answer (SPEC R5.11).
*
* One comment on the segment shows a question from start to end: with a box for each option while it waits, and with
* its answer afterwards. A tick is an edit of Swarm's own comment, so it counts as much as the person who made it. It is
* taken like a command, once, from people with write access; any other tick is removed.
*/
/**
* Takes a person's words as the answer: on the segment itself, or on the epic if only one run asked under that id.
* @returns why not; undefined if it is taken.
*/
function answerInWords(draft, request, said, on) {
	const { journal, snapshot } = draft;
	const [attempt, ...others] = Object.values(journal.segments).flatMap((record) => answerable(record) ?? []).filter((attempt) => askingOf(attempt)?.question.id === said.id).filter(({ id }) => on === snapshot.epic.number || on === segmentOf(id));
	if (attempt === void 0) return {
		kind: "no such question",
		id: said.id
	};
	if (others.length > 0) return {
		kind: "several such questions",
		id: said.id
	};
	takeAnswer(draft, request, attempt, said.text);
}
/** Takes a tick as the answer. @returns why not; undefined if it is taken. */
function answerByTick(draft, request, { key, boxes }) {
	const segment = attemptOfQuestion(key)?.segment;
	const attempt = segment && answerable(recordOf(draft.journal, segment));
	if (!attempt || questionKey(attempt.id) !== key) return "no longer waiting";
	const [box, ...more] = boxes;
	if (more.length > 0) return "several ticked";
	const option = box === void 0 ? void 0 : askingOf(attempt)?.question.options[box];
	if (option === void 0) return "not an option";
	takeAnswer(draft, request, attempt, option);
}
function takeAnswer(draft, request, { id: attempt }, text) {
	const segment = segmentOf(attempt);
	const answer = {
		attempt,
		text,
		...speakerOf(request.by),
		at: request.at
	};
	const { answers = [] } = recordOf(draft.journal, segment);
	draft.journal = withRecord(draft.journal, segment, { answers: [...answers, answer] });
	draft.record({
		kind: "ANSWERED",
		segment
	});
}
/** How often an answer to a segment's question was withdrawn. */
const reopenings = ({ withdrawn = [] }, segment) => withdrawn.flatMap(({ what }) => what).filter((each) => each.kind === "answer" && each.segment === segment).length;
/** Shows each question in a comment of its own: open with its boxes, and then closed with its answer. */
function tellQuestions({ progress: all, journal, config, snapshot }, draft) {
	for (const [number, progress] of all) {
		const record = recordOf(journal, number);
		for (const attempt of record.attempts) {
			const question = askedBy(attempt, config);
			if (!question) continue;
			const kept = askingOf(attempt)?.kept;
			const notice = {
				kind: "question",
				segment: number,
				owner: draft.owner,
				question,
				...kept === void 0 ? {} : { kept }
			};
			const key = questionKey(attempt.id);
			const said = snapshot.said[key];
			const end = endOf(record, attempt, isDone(progress));
			if (end) {
				const comment = said?.id ?? draft.journal.acts[key]?.result;
				if (comment === void 0) continue;
				const reason = {
					kind: "question closed",
					segment: number,
					end: end.kind
				};
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
					reason: {
						kind: "question open",
						segment: number
					}
				});
			}
			const reopened = reopenings(draft.journal, number);
			const comment = said?.id ?? draft.journal.acts[key]?.result;
			if (reopened > 0 && comment !== void 0 && attempt === record.attempts.at(-1)) {
				const reason = {
					kind: "question open",
					segment: number
				};
				draft.once({
					kind: "revise",
					key: `${key}:open:${reopened}`,
					says: key,
					comment,
					notice,
					reason
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
				reason: {
					kind: "tick is no answer",
					segment: number
				}
			});
		}
	}
}

// src/core/decide/take.ts
/**
* Taking requests. Each one counts once, ever. Permissions are what GitHub's permission API said while observing, and a
* refusal is one sentence (SPEC R3.4, R3.5).
*
* Requests build on one another: each is judged by the journal as the ones before it left it, `draft.journal`.
*/
const accepted = { kind: "accepted" };
const refused = (problem) => ({
	kind: "refused",
	problem
});
function takeRequests(situation, draft) {
	const taken = { ...draft.journal.taken };
	let shown;
	const planNotice = () => {
		shown ??= makePlanNotice(situation);
		return shown;
	};
	for (const request of stopsLast(draft.snapshot.requests)) {
		if (taken[request.id] || isForAnotherEpic(request, draft)) continue;
		const answer = answerTo({
			situation,
			draft,
			request,
			at: issueOrPull(request, draft.snapshot.epic.number),
			planNotice
		});
		taken[request.id] = answer.kind === "accepted" ? "accepted" : { refused: answer.kind === "refused" ? answer.problem.kind : answer.why };
		draft.journal = {
			...draft.journal,
			taken
		};
		acknowledge(draft, request, answer);
	}
	takeOffCommandLabels(situation, draft);
}
/**
* Whatever is asked for on a segment that another epic has is asked of that epic: also if that epic let go of it a moment ago,
* perhaps because of this very request.
*/
function isForAnotherEpic({ from }, { snapshot }) {
	if (!("issue" in from) || from.issue === snapshot.epic.number) return false;
	return snapshot.owners?.[from.issue] !== void 0 || snapshot.journal?.contested?.includes(from.issue) === true;
}
/** Labels that are on at once show no order. The ones that stop the epic are taken last, so that it stops. */
function stopsLast(requests) {
	const does = ({ from, asked }, labels) => from.kind === "label" && asked.kind === "command" && labels.includes(asked.command.kind);
	const end = 1 + requests.findLastIndex((request) => does(request, [
		"execute",
		"resume",
		"retry"
	]));
	const early = requests.slice(0, end).filter((request) => does(request, ["pause", "cancel"]));
	return [
		...requests.slice(0, end).filter((request) => !early.includes(request)),
		...early,
		...requests.slice(end)
	];
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
			reason: {
				kind: "request taken",
				by: request.by.login
			}
		});
		draft.taken.push(node);
		return;
	}
	const reason = {
		kind: "request refused",
		by: request.by.login,
		problem: answer.problem.kind
	};
	const key = answer.problem.kind === "FORBIDDEN" ? `forbidden:${request.by.id}` : `refused:${request.id}`;
	draft.once({
		kind: "say",
		key,
		on: replyTo(request, draft.snapshot.epic.number),
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
/** The issue or pull request that a reply is written on. */
function replyTo({ from }, epic) {
	switch (from.kind) {
		case "label":
		case "comment":
		case "boxes": return from.issue;
		case "pull comment":
		case "review comment": return from.pull;
		case "dispatch": return epic;
	}
}
const issueOrPull = ({ from }, epic) => "pull" in from ? { pull: from.pull } : { issue: "issue" in from ? from.issue : epic };
function answerTo(taking) {
	const { situation, draft, request, at } = taking;
	const { by, asked } = request;
	if (asked.kind === "nothing") return {
		kind: "ignored",
		why: "nothing asked"
	};
	const named = isNamedBot(by, situation.config);
	if (by.kind === "bot" && !named) return {
		kind: "ignored",
		why: "bot"
	};
	const needs = asked.kind === "command" ? COMMANDS[asked.command.kind].needs : "write";
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
		const why = isOpen(draft) ? answerByTick(draft, request, asked) : "no longer waiting";
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
	return obey(taking, asked.command);
}
const isOpen = ({ snapshot }) => snapshot.epic.state === "open";
function obey(taking, command) {
	const { situation, draft, request, at } = taking;
	const { journal, snapshot } = draft;
	const by = request.by.login;
	const notNow = (why) => refused({
		kind: "NOT_NOW",
		at,
		command: command.kind,
		why
	});
	if (command.kind === "help") return tell(taking, {
		kind: "help",
		to: by
	});
	if (snapshot.repository.isEmpty) return refused({ kind: "REPOSITORY_EMPTY" });
	if (!isOpen(draft)) return notNow({
		kind: "epic closed",
		epic: snapshot.epic.number
	});
	switch (command.kind) {
		case "plan": return tell(taking, taking.planNotice());
		case "status": return accepted;
		case "execute": return at.issue !== void 0 && at.issue !== snapshot.epic.number ? notNow({
			kind: "segment of an epic",
			segment: at.issue,
			epic: snapshot.epic.number
		}) : execute(taking, command);
		case "run": {
			const isBlock = situation.plan.source === "block" && command.segment === snapshot.epic.number;
			const issue = isBlock ? snapshot.epic : snapshot.issues.find(({ number }) => number === command.segment);
			if (!issue || !(isBlock || situation.segments.has(command.segment))) return refused({
				kind: "UNKNOWN_SEGMENT",
				at,
				number: command.segment
			});
			if (!journal.authorisation) return notNow({ kind: "not started" });
			authoriseMore(situation, draft, {
				...request,
				issues: [issue]
			});
			draft.journal = withRecord(draft.journal, command.segment, { included: {
				...speakerOf(request.by),
				at: request.at
			} });
			return accepted;
		}
		case "approve":
			if (request.by.kind === "bot") return notNow({ kind: "only people decide" });
			return at.pull === void 0 ? approveWave(taking, command, notNow) : approvePull(taking, command, at.pull);
		case "reject": return at.pull === void 0 ? notNow({ kind: "not on a pull request" }) : rejectPull(taking, command, at.pull);
		case "answer": {
			const why = answerInWords(draft, request, command, at.issue);
			return why === void 0 ? accepted : notNow(why);
		}
		case "retry": return retry(taking, command, notNow);
		case "skip":
			if (!situation.segments.has(command.segment)) return refused({
				kind: "UNKNOWN_SEGMENT",
				at,
				number: command.segment
			});
			draft.journal = withRecord(journal, command.segment, { skipped: {
				...speakerOf(request.by),
				reason: command.reason,
				at: request.at
			} });
			draft.record({
				kind: "SKIPPED",
				segment: command.segment
			});
			return accepted;
		case "pause":
			if (journal.phase !== "running") return notNow({
				kind: "wrong phase",
				phase: journal.phase
			});
			draft.journal = {
				...journal,
				phase: "paused",
				pausedAt: draft.now
			};
			return accepted;
		case "resume": return resume(taking, command, notNow);
		case "cancel":
			if (journal.phase === "finished") return notNow({ kind: "already accepted" });
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
					by
				},
				reason: {
					kind: "cancelled",
					by
				}
			});
			return accepted;
		case "accept":
			if (request.by.kind === "bot") return notNow({ kind: "only people decide" });
			if (journal.phase !== "running") return notNow(journal.phase === "finished" ? { kind: "already accepted" } : {
				kind: "wrong phase",
				phase: journal.phase
			});
			if (!draft.journal.acts[acceptanceKey(draft)]) return notNow({ kind: "not complete" });
			draft.journal = {
				...journal,
				phase: "finished",
				finishedAt: snapshot.now,
				acceptedBy: by,
				acceptedById: request.by.id
			};
			draft.record({ kind: "EXECUTION COMPLETE" });
			return accepted;
		case "import": return importTexts(taking, command, notNow);
		case "needs-work":
			if (journal.phase !== "running") return notNow({
				kind: "wrong phase",
				phase: journal.phase
			});
			if (!draft.journal.acts[acceptanceKey(draft)]) return notNow({ kind: "not complete" });
			draft.journal = {
				...journal,
				followUps: [...journal.followUps, followUp(taking, command.what)]
			};
			return accepted;
	}
}
/** With a higher budget, an epic that is not paused is resumed, too: it stands still once its budget is spent. */
function resume({ situation, draft, request }, { budgetUsd }, notNow) {
	const { journal } = draft;
	const isStopped = journal.phase === "paused" || journal.phase === "cancelled";
	if (!isStopped && (budgetUsd === void 0 || journal.phase !== "running")) return notNow({
		kind: "wrong phase",
		phase: journal.phase
	});
	const budget = epicBudget(journal, situation.config);
	if (budgetUsd !== void 0 && budget && budgetUsd <= budget.budgetUsd) return notNow({
		kind: "budget not higher",
		budgetUsd: budget.budgetUsd
	});
	const by = speakerOf(request.by);
	draft.journal = {
		...isStopped ? {
			...withBaselineForgiven(withoutRefusals(journal)),
			phase: "running",
			resumedBy: by
		} : journal,
		...budgetUsd === void 0 ? {} : { budget: {
			...by,
			usd: budgetUsd,
			at: request.at
		} }
	};
	return accepted;
}
const followUp = ({ situation, request }, what) => ({
	request: request.id,
	...speakerOf(request.by),
	what,
	at: request.at,
	wave: situation.plan.waves.at(-1)?.number ?? 1
});
/** Acceptance is asked for again after each further dispatch: no one accepts work that they have not seen. */
const acceptanceKey = (draft) => `accept:${draft.journal.followUps.length + 1}:${Object.keys(draft.journal.dispatches).length}`;
function tell({ draft, request }, notice) {
	draft.once({
		kind: "say",
		key: `answer:${request.id}`,
		on: replyTo(request, draft.snapshot.epic.number),
		notice,
		reason: {
			kind: "asked",
			by: request.by.login
		}
	});
	return accepted;
}
/** With what the preflight found, so that a person sees one list before anything is started. */
function makePlanNotice({ plan, config, snapshot }) {
	const advice = adviseOn(plan, config);
	const diagnostics = [...snapshot.preflight, ...plan.diagnostics];
	return {
		kind: "plan",
		plan: {
			...plan,
			diagnostics
		},
		dryRun: true,
		...advice ? { advice } : {}
	};
}
function execute(taking, command) {
	const { situation, draft, request, planNotice } = taking;
	if (command.dryRun) return tell(taking, planNotice());
	const { journal, snapshot } = draft;
	const { kind: _, dryRun: __, ...options } = command;
	if (!journal.authorisation && snapshot.earlier?.length) draft.journal = {
		...draft.journal,
		earlier: snapshot.earlier
	};
	continueWithout(draft);
	authorise(situation, draft, {
		...request,
		issues: snapshot.issues
	});
	const { finishedAt: _f, acceptedBy: _a, acceptedById: _i, resumedBy: _r, ...going } = withBaselineForgiven(withoutRefusals(draft.journal));
	draft.journal = {
		...going,
		phase: "running",
		options,
		startedAt: journal.startedAt ?? draft.now
	};
	if (!journal.authorisation) draft.record({ kind: "STARTED" });
	return accepted;
}
/** A running epic is left as it is: its links are part of what was authorised. */
function importTexts(taking, { confirmed }, notNow) {
	const { situation, draft, request } = taking;
	const { journal, snapshot } = draft;
	if (journal.authorisation) return notNow({
		kind: "wrong phase",
		phase: journal.phase
	});
	const found = importableIn(situation.plan, snapshot);
	const errors = situation.plan.diagnostics.filter(({ level }) => level === "error");
	if (confirmed && errors.length > 0) return notNow({ kind: "plan has errors" });
	if (!confirmed || found.children.length + found.links.length === 0) return tell(taking, {
		kind: "import",
		epic: snapshot.epic.number,
		found,
		errors
	});
	if (!journal.import) confirmImport(draft, found, request);
	return accepted;
}
function approveWave({ situation: { plan, config }, draft, request }, command, notNow) {
	if (config.mode !== "collaborative") return notNow({ kind: "waves start automatically" });
	const asked = plan.waves.map((wave) => wave.number).filter((wave) => !draft.journal.approvedWaves.includes(wave)).find((wave) => draft.journal.acts[`approve-wave:${wave}`] !== void 0);
	const wave = plan.waves.find(({ number }) => number === (command.wave ?? asked))?.number;
	if (wave === void 0) return notNow({ kind: "no such wave" });
	draft.journal = {
		...draft.journal,
		approvedWaves: [.../* @__PURE__ */ new Set([...draft.journal.approvedWaves, wave])].sort((a, b) => a - b),
		wavesApprovedBy: {
			...draft.journal.wavesApprovedBy,
			[wave]: speakerOf(request.by)
		}
	};
	return accepted;
}
function approvePull({ situation, draft, request }, command, number) {
	const at = { pull: number };
	const pull = situation.pulls.get(number);
	const segment = segmentOfPull(draft.journal, number);
	if (!pull || segment === void 0 || pull.state !== "open") return refused({
		kind: "NOT_NOW",
		at,
		command: "approve",
		why: { kind: "pull request not open for review" }
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
		...command.head === void 0 ? {} : { said: command.head },
		head: pull.head
	});
	draft.journal = withRecord(draft.journal, segment, { approvals: [...record.approvals, {
		...speakerOf(request.by),
		at: request.at,
		head: pull.head
	}] });
	return accepted;
}
function rejectPull({ situation, draft, request }, command, number) {
	const at = { pull: number };
	const pull = situation.pulls.get(number);
	const segment = segmentOfPull(draft.journal, number);
	if (!pull || segment === void 0 || pull.state !== "open") return refused({
		kind: "NOT_NOW",
		at,
		command: "reject",
		why: { kind: "pull request not open for review" }
	});
	const record = recordOf(draft.journal, segment);
	const rejection = {
		...speakerOf(request.by),
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
function retry({ situation, draft, request, at }, command, notNow) {
	const { plan, segments } = situation;
	if (!draft.journal.authorisation) return notNow({ kind: "not started" });
	const ofPull = at.pull === void 0 ? void 0 : segmentOfPull(draft.journal, at.pull);
	const ofIssue = at.issue !== void 0 && segments.has(at.issue) ? at.issue : void 0;
	const named = command.segment ?? ofPull ?? ofIssue;
	if (named !== void 0 && !segments.has(named)) return refused({
		kind: "UNKNOWN_SEGMENT",
		at,
		number: named
	});
	for (const segment of named === void 0 ? plan.segments.map(({ number }) => number) : [named]) {
		const record = recordOf(draft.journal, segment);
		const last = record.attempts.at(-1);
		if (!last?.outcome) continue;
		const { mergeRefusal: _, ...kept } = record;
		const rest = named === void 0 ? kept : withLandingAccepted(kept, {
			...speakerOf(request.by),
			at: draft.now
		});
		const { outcome, ...open } = last;
		const attempts = outcome.kind === "failed" && outcome.report !== void 0 && isReady(outcome.report) ? [...record.attempts.slice(0, -1), open] : record.attempts;
		draft.journal = {
			...withoutQueueing(draft.journal, situation.publishedPull(segment)),
			segments: {
				...draft.journal.segments,
				[segment]: {
					...rest,
					attempts,
					forgiven: attempts.length,
					forgivenBy: speakerOf(request.by),
					...rest.updates ? { updates: rest.updates.map((each) => ({
						...each,
						forgiven: true
					})) } : {}
				}
			}
		};
	}
	const wasRefused = refusedIssues(draft.journal).length > 0;
	draft.journal = withBaselineForgiven(withoutRefusals(draft.journal));
	if (named === void 0 && !wasRefused) {
		const roundsForgivenBy = speakerOf(request.by);
		draft.journal = {
			...draft.journal,
			forgivenRounds: roundsSoFar(draft),
			roundsForgivenBy
		};
	}
	return accepted;
}
/** A pull request that its merge queue has removed is put in again. */
const withoutQueueing = (journal, pull) => pull ? withoutAct(journal, actKeys.enqueue(pull.number, pull.head)) : journal;
const roundsSoFar = (draft) => Object.fromEntries(Object.entries(draft.journal.calibrations).map(([wave, rounds]) => [wave, rounds.length]));
/** Command labels are one-shot: each is taken off as soon as it is read, no matter who put it on. */
function takeOffCommandLabels({ config }, draft) {
	const { epic, issues, requests } = draft.snapshot;
	const takeOff = (issue, remove) => {
		if (remove.length === 0) return;
		draft.decide({
			kind: "set labels",
			issue,
			add: [],
			remove,
			reason: { kind: "command label read" }
		});
	};
	takeOff(epic.number, epic.labels.filter((name) => COMMAND_LABELS.some((label) => isLabel(name, config, label))));
	for (const { number, labels } of issues) if (requests.some(({ from }) => from.kind === "label" && from.issue === number)) takeOff(number, labels.filter((name) => isLabel(name, config, "retry")));
}
/** Marks requests with 🚀 once they are done, also those whose look ended before it came this far (SPEC R3.4). */
function finishRequests(draft) {
	const before = draft.snapshot.acknowledged.filter(({ id }) => draft.journal.taken[id] === "accepted");
	for (const node of /* @__PURE__ */ new Set([...before.map((request) => request.node), ...draft.taken])) draft.decide({
		kind: "react",
		node,
		with: "rocket",
		reason: { kind: "request done" }
	});
}

// src/core/decide/accept.ts
/** Asks for acceptance once everything is merged, calibrated and closed; accepts automatically if the config says so. */
function askAcceptance(situation, draft) {
	if (!mayBeAccepted(situation, draft)) return;
	if (situation.config.acceptance === "automatic") {
		draft.journal = {
			...draft.journal,
			phase: "finished",
			finishedAt: draft.now
		};
		draft.record({ kind: "EXECUTION COMPLETE" });
		return;
	}
	draft.once({
		kind: "say",
		key: acceptanceKey(draft),
		on: situation.snapshot.epic.number,
		notice: {
			kind: "ask acceptance",
			owner: draft.owner,
			board: situation.board
		},
		reason: { kind: "everything merged" }
	});
}
function mayBeAccepted({ plan, journal, snapshot, issues, progress, isComplete, isStopped, isShort }, draft) {
	if (plan.waves.length === 0 || !isComplete || journal.phase !== "running" || isStopped || isShort) return false;
	if (!journal.followUps.every(({ wave, withdrawn }, index) => withdrawn || draft.journal.acts[actKeys.followUp(snapshot.epic.number, wave, index)]?.state === "done")) return false;
	return plan.segments.every(({ number }) => {
		const issue = issues.get(number);
		const isElsewhere = snapshot.owners?.[number] !== void 0;
		return number === snapshot.epic.number || isLeftOut(progress.get(number)) || isElsewhere || issue?.state !== "open";
	});
}
/** The epic's summary, once. */
function tellSummary({ snapshot, journal, board }, draft) {
	draft.once({
		kind: "say",
		key: SUMMARY,
		on: snapshot.epic.number,
		notice: {
			kind: "summary",
			board,
			by: journal.acceptedBy ?? "swarm"
		},
		reason: acceptedBy(journal)
	});
}
/** Closes the epic after its summary is posted. It is the last act, so an end that was interrupted is always completed. */
function closeEpic(situation, draft) {
	const { snapshot, journal } = situation;
	const summary = draft.journal.acts[SUMMARY]?.state;
	if (summary !== "done" && summary !== "refused") return;
	const key = actKeys.close(journal.finishedAt ?? 0);
	draft.once({
		kind: "close epic",
		key,
		issue: snapshot.epic.number,
		reason: acceptedBy(journal)
	});
	releaseSegments(situation, draft);
}
const SUMMARY = "summary";
const acceptedBy = ({ acceptedBy: by }) => ({
	kind: "epic accepted",
	...by === void 0 ? {} : { by }
});

// src/core/decide/before/standing.ts
/** A base that moves on is checked again, but not more often than this: each check is a job that somebody pays for. */
const AGAIN_MS = 6e5;
function baselineOf(facts) {
	const { snapshot, journal, config } = facts;
	const rounds = journal.baselines ?? [];
	const last = rounds.at(-1);
	if (last?.verdict?.kind === "sound") return { kind: "sound" };
	const hasAgents = Object.values(journal.segments).some(({ attempts }) => attempts.length > 0);
	if (config.baseline === "off" || hasAgents) return { kind: "not needed" };
	if (!last || last.forgiven) return {
		kind: "to check",
		round: (last?.round ?? 0) + 1
	};
	if (!last.lost && !last.verdict) return { kind: "checking" };
	const problem = problemOf(last, rounds, config.attempts);
	const again = baseMovedAt(facts);
	return problem && (again === void 0 || again > snapshot.now) ? {
		kind: "stopped",
		problem
	} : {
		kind: "to check",
		round: last.round + 1
	};
}
/**
* The time from which the base is checked again, because it moved on since the last check, or the config changed its gates.
* Undefined: all is as it was.
*/
function baseMovedAt({ snapshot, journal }) {
	const last = journal.baselines?.at(-1);
	const { head, proof = last?.proof } = snapshot.base;
	if (!last || last.base === head && (last.proof ?? proof) === proof) return void 0;
	return last.at + AGAIN_MS;
}
/** @returns undefined if its run was lost, and another one is due without a person. */
function problemOf({ verdict, lost }, rounds, attempts) {
	if (verdict?.kind === "unsound") return verdict.problem;
	const times = rounds.length - 1 - rounds.findLastIndex((each) => !each.lost || each.forgiven);
	if (!lost || times < attempts) return void 0;
	if (lost.kind === "failed") return lost.problem;
	return {
		kind: "BASE_CHECK_LOST",
		conclusion: lost.kind === "lost" ? lost.conclusion : "cancelled",
		runs: times
	};
}
/** Failures of the base that did not stop the epic. People should know of them. */
function baselineNotes({ journal }) {
	const gates = knownGates(journal.baselines);
	const branch = journal.authorisation?.baseBranch ?? "";
	const red = gateNamesOf(gates, "red");
	const flaky = gateNamesOf(gates, "flaky");
	return [...red.length === 0 ? [] : [{
		kind: "BASE_FAILED_BEFORE",
		branch,
		gates: red
	}], ...flaky.length === 0 ? [] : [{
		kind: "BASE_FLAKY",
		branch,
		gates: flaky
	}]];
}

// src/core/decide/before/baseline.ts
/** Dispatches the check once a segment waits for nothing else. */
function startBaseline(situation, draft) {
	const { journal, errors, snapshot, startable } = situation;
	const standing = baselineOf(situation);
	if (journal.phase !== "running" || errors.length > 0) return;
	if (standing.kind === "stopped") {
		const again = baseMovedAt(situation);
		if (again !== void 0) draft.lookAgain(again - draft.now);
	}
	if (standing.kind !== "to check") return;
	if (![...startable.waiting.values()].some((reasons) => reasons.length > 0 && reasons.every(({ kind }) => kind === "baseline"))) return;
	const id = nextDispatchId(situation, draft);
	if (id === void 0) return;
	const { round } = standing;
	const dispatch = {
		id,
		at: draft.now,
		work: {
			kind: "baseline",
			round
		}
	};
	const baseline = {
		...roundOf(snapshot, round, draft),
		dispatch: id
	};
	draft.journal = {
		...draft.journal,
		dispatches: {
			...draft.journal.dispatches,
			[id]: dispatch
		},
		baselines: [...draft.journal.baselines ?? [], baseline]
	};
	send(draft, dispatch, {
		kind: "base unknown",
		round
	});
}
/** No tree is proven twice: another epic has run the same gates on the same files, not long ago. */
function takeProof({ config, snapshot }, draft) {
	const { journal } = draft;
	const { provenBase } = snapshot;
	if (!provenBase || !journal.authorisation || journal.phase !== "running") return;
	if (draft.now - provenBase.at >= 6048e5) return;
	const standing = baselineOf({
		snapshot,
		journal,
		config
	});
	if (standing.kind !== "to check" && standing.kind !== "stopped") return;
	const { baselines = [] } = journal;
	const baseline = {
		...roundOf(snapshot, baselines.length + 1, draft),
		verdict: {
			kind: "sound",
			at: draft.now,
			gates: provenBase.gates
		}
	};
	draft.journal = {
		...journal,
		baselines: [...baselines, baseline]
	};
}
const roundOf = ({ base }, round, { now }) => ({
	round,
	base: base.head,
	at: now,
	...base.proof === void 0 ? {} : { proof: base.proof }
});
/** Tells people once why no agent starts, and again only after one of them asked for another check. */
function tellBaseline(situation, draft) {
	const standing = baselineOf(situation);
	if (standing.kind !== "stopped" || !situation.journal.authorisation) return;
	const { problem } = standing;
	const asked = (situation.journal.baselines ?? []).filter(({ forgiven }) => forgiven).length;
	draft.once({
		kind: "say",
		key: `${BASELINE_SAID}${asked}:${subjectOf$1(problem)}`,
		on: situation.snapshot.epic.number,
		notice: {
			kind: "calibration stopped",
			problem,
			owner: draft.owner
		},
		reason: {
			kind: "person needed",
			problem: problem.kind
		}
	});
}
const BASELINE_SAID = "baseline:";
/** Tells problems apart in a comment's key, without the outputs: they differ in each run. */
const subjectOf$1 = (problem) => problem.kind === "BASE_GATES_RED" ? `${problem.kind}:${problem.gates.map(({ gate }) => gate).join(",")}` : problem.kind;

// src/core/decide/fix.ts
/**
* Wave boundaries: the merged whole is calibrated, and segments of their own fix what a calibration finds (SPEC R7.1).
*/
/** A round that passed its gates still fails while a criterion of its wave is open and without evidence. */
function judgeCoverage(situation, draft) {
	for (const [key, rounds] of Object.entries(situation.journal.calibrations)) {
		const wave = Number(key);
		const last = rounds.at(-1);
		if (last?.verdict?.kind !== "passed" || last.judged) continue;
		const findings = [...coverageFindings(openCriteria(situation, wave)), ...securityFindings(securityReports(situation, wave), rounds)];
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
const openCriteria = (situation, wave) => segmentsInWave(situation.plan, wave).flatMap((number) => {
	const segment = situation.segments.get(number);
	const issue = situation.issues.get(number);
	const isMerged = situation.derived.get(number)?.kind === "merged";
	if (!segment || !issue || !isMerged || isChanged(situation.journal, issue)) return [];
	if (isForRedGate(situation.record(number).fix)) return [];
	return [{
		segment,
		left: segment.spec.criteria.filter(({ state }) => state === "open")
	}];
});
const securityReports = (situation, wave) => segmentsInWave(situation.plan, wave).filter((number) => situation.segments.get(number)?.spec.worker === "security").filter((number) => ["merged", "answered"].includes(situation.derived.get(number)?.kind ?? "")).map((number) => ({
	number,
	report: latestReport(situation.record(number))
}));
/** Dispatches calibrations, and has fix segments made of what failed ones found. */
function calibrate(situation, draft) {
	for (const wave of situation.plan.waves) {
		startCalibration(situation, draft, wave);
		const failed = roundToFix(wave, {
			journal: draft.journal,
			config: situation.config
		});
		if (failed && !situation.isStopped) makeFixes(situation, draft, wave.number, failed);
		const standing = situation.standings.get(wave.number);
		if (standing?.kind !== "stopped") continue;
		draft.once({
			kind: "say",
			key: `calibration-stopped:${wave.number}:${(situation.journal.calibrations[wave.number] ?? []).length}`,
			on: situation.snapshot.epic.number,
			notice: {
				kind: "calibration stopped",
				problem: standing.problem,
				owner: draft.owner
			},
			reason: {
				kind: "calibration failed",
				wave: wave.number,
				tooOften: true
			}
		});
	}
}
function startCalibration(situation, draft, { number: wave }) {
	const { plan, standings, config, journal, errors } = situation;
	const standing = standings.get(wave);
	if (standing?.kind !== "to calibrate" || journal.phase !== "running" || errors.length > 0) return;
	const before = plan.waves.findLast(({ number }) => number < wave);
	if (config.schedule === "waves" && before && standings.get(before.number)?.kind !== "passed") return;
	const id = nextDispatchId(situation, draft);
	if (id === void 0) return;
	const { round } = standing;
	const { head, proof } = situation.snapshot.base;
	const proven = proof === void 0 || config.baseline === "off" ? {} : { proof };
	const dispatch = {
		id,
		at: draft.now,
		work: {
			kind: "calibration",
			wave,
			round
		}
	};
	const covers = segmentsInWave(situation.plan, wave).filter((number) => situation.progress.get(number)?.kind === "merged");
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
				...proven,
				dispatch: id,
				at: draft.now,
				covers
			}]
		}
	};
	send(draft, dispatch, {
		kind: "wave merged",
		wave,
		round
	});
}
function makeFixes(situation, draft, wave, { round, findings }) {
	const { epic } = situation.snapshot;
	const files = filesOf$1(situation, wave);
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
			reason: {
				kind: "calibration found",
				wave,
				subject: finding.subject
			}
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
		reason: {
			kind: "calibration failed",
			wave,
			tooOften: false
		}
	}) === "under way") draft.record({
		kind: "CALIBRATION FAILED",
		wave
	});
}
/** The files that the wave's segments may change: a fix may touch any of them. Empty if one may change all files. */
const filesOf$1 = (situation, wave) => {
	const scopes = segmentsInWave(situation.plan, wave).flatMap((number) => {
		const issue = situation.issues.get(number);
		const segment = situation.segments.get(number);
		return issue && segment && !isChanged(situation.journal, issue) ? [enforcedScope(segment.spec)] : [];
	});
	return scopes.some((scope) => scope.length === 0) ? [] : [...new Set(scopes.flat())].sort();
};
/**
* Makes a segment of everything that people found at acceptance. These are fix segments of the last wave, in a round of
* their own, so that the wave is calibrated again after them.
*/
function makeFollowUps({ snapshot: { epic } }, draft) {
	draft.journal.followUps.forEach(({ wave, by, what, withdrawn }, index) => {
		if (withdrawn) return;
		draft.once({
			kind: "make issue",
			key: actKeys.followUp(epic.number, wave, index),
			notice: {
				kind: "follow-up segment",
				by,
				what,
				epic: epic.number
			},
			parent: epic.number,
			parentId: epic.id,
			reason: {
				kind: "found at acceptance",
				by,
				what
			}
		});
	});
}

// src/core/decide/merge.ts
/** GitHub computes `mergeable` in the background; this is how soon to ask again. */
const MERGEABLE_MS = 5e3;
/**
* One merge per look, in the plan's order: each merge changes what the next one has to fit. If none may merge, the first
* one that is behind its base is updated.
*/
function mergeNext(situation, draft) {
	const behind = [];
	let isWayTaken = false;
	for (const number of situation.plan.waves.flatMap(segmentsOf)) {
		const progress = situation.progress.get(number);
		const published = situation.publishedPull(number);
		if (published && isOnItsWay(situation, number, published)) isWayTaken = true;
		if (published && isBehind(progress)) behind.push({
			segment: number,
			pull: published
		});
		if (progress?.kind === "in review") waitForGitHub(draft, progress);
		if (progress?.kind !== "to merge") continue;
		const segment = situation.segments.get(number);
		const pull = situation.pulls.get(progress.pull);
		if (!segment || !pull) continue;
		const { approvedBy } = progress;
		const reason = {
			kind: "may merge",
			segment: number,
			head: pull.head,
			approvedBy
		};
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
		if (pull.queue) {
			enqueue(situation, draft, pull, reason);
			return;
		}
		const method = situation.config.mergeMethod ?? situation.snapshot.mergeMethods[0];
		if (!method) return;
		const key = actKeys.merge(pull.number, pull.head);
		if (draft.journal.acts[key]?.state === "refused") draft.journal = withoutAct(draft.journal, key);
		if (draft.journal.acts[key]?.state !== "done") draft.journal = expectLanding(draft.journal, pull, method);
		draft.once({
			kind: "merge",
			key,
			pull: pull.number,
			head: pull.head,
			base: pull.base,
			method,
			segment,
			epic: situation.snapshot.epic.number,
			approvedBy,
			reason
		});
		return;
	}
	const next = behind.find(({ segment, pull }) => isAsked(situation, segment, pull)) ?? (isWayTaken ? void 0 : behind[0]);
	if (next) updateBranch(situation, draft, next.segment, next.pull);
}
/** A queue that accepted a pull request and does not show it after this long is asked again. */
const QUEUED_MS = 6e4;
/** The queue merges it, with the checks of its own. */
function enqueue({ now }, draft, pull, reason) {
	const key = actKeys.enqueue(pull.number, pull.head);
	const act = draft.journal.acts[key];
	if (act?.state === "done" && now - act.at >= QUEUED_MS || act?.state === "refused") draft.journal = withoutAct(draft.journal, key);
	const { number, id, head, base } = pull;
	draft.once({
		kind: "enqueue",
		key,
		pull: number,
		pullId: id,
		head,
		base,
		reason
	});
	draft.lookAgain(GRACE_MS);
}
/**
* Takes pull requests out of the queue that Swarm put in and that may not be merged any more. The queue takes minutes, and
* a verdict, a cancellation or the kill switch can come in between.
*/
function leaveQueue(situation, draft) {
	const isOver = situation.journal.phase === "cancelled" || situation.isStopped;
	for (const [segment, progress] of situation.progress) {
		const pull = situation.publishedPull(segment);
		if (pull?.state !== "open" || pull.queue?.position === void 0) continue;
		const key = actKeys.enqueue(pull.number, pull.head);
		const mayStay = progress.kind === "in review" && progress.waits.every(({ kind }) => kind !== "approval");
		if (draft.journal.acts[key] === void 0 || mayStay && !isOver) continue;
		draft.journal = withoutAct(draft.journal, key);
		const reason = {
			kind: "may not merge",
			pull: pull.number
		};
		draft.decide({
			kind: "dequeue",
			pull: pull.number,
			pullId: pull.id,
			reason
		});
	}
}
function waitForGitHub(draft, progress) {
	for (const wait of progress.waits) {
		if (wait.kind === "mergeable" && wait.state === "unknown") draft.lookAgain(MERGEABLE_MS);
		if (wait.kind === "landing") draft.lookAgain(MERGEABLE_MS);
		if (wait.kind === "queue") draft.lookAgain(QUEUED_MS);
		if (wait.kind === "merge refused") draft.lookAgain(MERGE_AGAIN_MS);
	}
}
/** After a merge: tick the criteria that are met, close the issue, delete the branch (SPEC R6.5, R6.6). */
function settleMerged(situation, draft) {
	for (const segment of situation.plan.segments) {
		const progress = situation.progress.get(segment.number);
		const issue = situation.issues.get(segment.number);
		if (!issue || !progress) continue;
		const pull = situation.publishedPull(segment.number);
		if (progress.kind === "merged" && pull) {
			tickMet(situation, draft, segment, pull);
			deleteBranches(situation, draft, segment.number, pull);
		}
		closeSegment(situation, draft, issue, progress);
	}
}
function tickMet(situation, draft, segment, pull) {
	const record = situation.record(segment.number);
	const met = metCriteria(segment, record);
	tickCriteria(situation, draft, segment, met, pull.number);
	const fixes = record.fix?.mends;
	const fixed = fixes && situation.segments.get(fixes.issue);
	const issue = situation.issues.get(segment.number);
	if (fixed && issue && !isChanged(situation.journal, issue)) tickCriteria(situation, draft, fixed, fixedCriteria(segment, fixes, met), pull.number);
}
/** The only edit that Swarm makes to a person's text. A text that changed since it was authorised is left alone. */
function tickCriteria({ issues, journal }, draft, segment, met, pull) {
	const issue = issues.get(segment.number);
	if (!issue || isChanged(journal, issue)) return;
	const body = tick(issue.body, segment.spec.criteria, met);
	if (body === issue.body) return;
	const reason = {
		kind: "criteria met",
		segment: segment.number,
		pull
	};
	draft.decide({
		kind: "tick criteria",
		issue: issue.number,
		was: issue.body,
		body,
		reason
	});
}
/** Only merged commits are deleted: a push that came later is somebody's work. */
function deleteBranches(situation, draft, segment, pull) {
	const { branches } = situation.snapshot;
	if (branches[pull.branch] === pull.head) {
		const reason = {
			kind: "pull merged",
			pull: pull.number
		};
		draft.decide({
			kind: "delete branch",
			branch: pull.branch,
			head: pull.head,
			reason
		});
	}
	for (const { branch, head } of situation.record(segment).attempts.flatMap(keptOf)) {
		if (branches[branch] !== head) continue;
		draft.decide({
			kind: "delete branch",
			branch,
			head,
			reason: {
				kind: "kept work obsolete",
				pull: pull.number
			}
		});
	}
}
function closeSegment(situation, draft, issue, progress) {
	if (issue.state !== "open" || issue.number === situation.snapshot.epic.number) return;
	if (situation.snapshot.owners?.[issue.number] !== void 0) return;
	const close = {
		kind: "close issue",
		issue: issue.number,
		issueId: issue.id
	};
	if (progress.kind === "merged") draft.decide({
		...close,
		as: "completed",
		reason: {
			kind: "pull merged",
			pull: progress.pull
		}
	});
	if (progress.kind === "answered") draft.decide({
		...close,
		as: "completed",
		reason: { kind: "question researched" }
	});
	if (progress.kind !== "skipped") return;
	const pull = situation.publishedPull(issue.number);
	if (pull?.state === "open") draft.decide({
		kind: "close pull",
		pull: pull.number,
		reason: {
			kind: "segment skipped",
			segment: issue.number
		}
	});
	const { skipped } = situation.record(issue.number);
	if (skipped) {
		const reason = {
			kind: "skipped by",
			by: skipped.by,
			why: skipped.reason
		};
		draft.decide({
			...close,
			as: "not planned",
			reason
		});
	}
}
/** A group ends with the last of its leaves (SPEC R1.1). A group whose leaves were all skipped was not done. */
function closeGroups({ snapshot, progress }, draft) {
	const leavesOf = (group) => snapshot.issues.filter((issue) => issue.parent === group.number).flatMap((issue) => issue.children.length > 0 ? leavesOf(issue) : [issue]);
	for (const group of snapshot.issues) {
		if (group.children.length === 0 || group.state !== "open") continue;
		const leaves = leavesOf(group);
		const isOver = leaves.every(({ number, state }) => state !== "open" && isDone(progress.get(number)));
		if (leaves.length === 0 || !isOver) continue;
		const isSkipped = leaves.every(({ number }) => progress.get(number)?.kind === "skipped");
		draft.decide({
			kind: "close issue",
			issue: group.number,
			issueId: group.id,
			as: isSkipped ? "not planned" : "completed",
			reason: {
				kind: "group over",
				group: group.number,
				as: isSkipped ? "skipped" : "done"
			}
		});
	}
}

// src/core/decide/publish.ts
/**
* Work that a run left proven is put on its branch and gets its pull request. Gates become check runs.
*
* Swarm does this itself, and not the run, so that the repository's own CI runs on it: acts of a job's token start no
* workflow (SPEC R6.1).
*/
/** Publishes what is ready. While the epic is cancelled, nothing is. */
function publishWork(situation, draft) {
	for (const report of situation.snapshot.reports) {
		const attempt = findAttempt(draft.journal, report.attempt);
		if (!attempt || attempt.outcome || !isReady(report)) continue;
		const refusal = whyNot(situation, draft, attempt, report);
		if (refusal) {
			draft.journal = withOutcome(withoutAct(draft.journal, actKeys.publish(attempt.id)), attempt, {
				kind: "failed",
				at: draft.now,
				problem: refusal,
				report: withoutPassed(report)
			});
			continue;
		}
		publishOne(situation, draft, attempt, report);
	}
}
function publishOne(situation, draft, attempt, report) {
	const { snapshot, plan, config } = situation;
	const number = segmentOf(attempt.id);
	const segment = situation.segments.get(number);
	const wave = situation.waveOf.get(number);
	if (!segment || wave === void 0) return;
	const { branch, head } = report.result;
	const at = snapshot.branches[branch];
	const pull = situation.publishedPull(number);
	draft.once({
		kind: "publish",
		key: actKeys.publish(attempt.id),
		work: {
			attempt,
			report,
			segment,
			epic: {
				number: snapshot.epic.number,
				title: (snapshot.authorised?.[snapshot.epic.number] ?? snapshot.epic).title
			},
			wave: {
				number: wave,
				of: plan.waves.length
			},
			base: attempt.into ?? snapshot.base.branch,
			approvals: approvalsNeeded(config, report),
			owner: draft.owner
		},
		...attempt.why === "prove" || at === head ? {} : { put: {
			head,
			...at === void 0 ? {} : { from: at },
			as: at === void 0 || at === attempt.from ? "forward" : "replace"
		} },
		...pull?.state === "open" ? { pull: pull.number } : {},
		reason: {
			kind: "work ready",
			segment: number,
			attempt: attempt.id
		}
	});
}
/** The problem that keeps work from its branch or from its pull request. */
function whyNot({ snapshot }, draft, attempt, { result: { branch, head } }) {
	if (branch === snapshot.base.branch || branch === snapshot.repository.defaultBranch) return {
		kind: "BRANCH_OCCUPIED",
		branch,
		by: "base"
	};
	const at = snapshot.branches[branch];
	const act = draft.journal.acts[actKeys.publish(attempt.id)];
	const isThere = attempt.why === "prove" || at === head;
	if (act?.state === "refused") {
		if (draft.now - act.at < 2e4) {
			draft.lookAgain(act.at + GRACE_MS - draft.now);
			return;
		}
		return {
			kind: isThere ? "PULL_REFUSED" : "PUSH_REFUSED",
			branch,
			message: act.refusal?.message ?? ""
		};
	}
	const isKnown = at === void 0 || at === attempt.from || isLeft(draft, attempt, at);
	return isThere || isKnown ? void 0 : {
		kind: "BRANCH_OCCUPIED",
		branch,
		by: "others"
	};
}
/** A commit of an earlier attempt that is on the branch and has no pull request: GitHub refused to open it. */
const isLeft = (draft, attempt, head) => recordOf(draft.journal, segmentOf(attempt.id)).attempts.some(({ outcome }) => {
	const report = outcome?.kind === "failed" ? outcome.report : void 0;
	return report !== void 0 && isReady(report) && report.result.head === head;
});
/** Reports gates as check runs: all of them where the work is ready, the failed ones of work that was kept. */
function reportChecks$1({ snapshot }, draft) {
	for (const report of snapshot.reports) {
		const attempt = findAttempt(draft.journal, report.attempt);
		if (!attempt || attempt.outcome?.kind === "cancelled") continue;
		const { result } = report;
		const kept = keptOf(attempt)[0]?.head;
		const head = result.kind === "ready" ? result.head : kept;
		const results = result.kind === "ready" ? report.validation : report.validation.filter(({ verdict }) => verdict === "fail" || verdict === "timed out");
		if (head === void 0 || results.length === 0) continue;
		const { runId, artefact } = report;
		draft.once({
			kind: "report checks",
			key: actKeys.checks(attempt.id),
			head,
			results,
			runId,
			...artefact === void 0 ? {} : { artefact },
			reason: {
				kind: "gates ran",
				attempt: attempt.id
			}
		});
	}
}

// src/core/schedule/rest.ts
/** Of the search for the plan's own forecast: this one is made at each look. */
const SHARE = .05;
/** In minutes, by the best schedule that a short search finds. */
function minutesOfRest({ plan, config, options, over, elapsedMinutes }) {
	const segments = plan.segments.filter(({ number }) => !over.has(number));
	const minutesOf = (number) => plan.forecast.timetable[number]?.takes ?? 20;
	const running = new Map([...elapsedMinutes].map(([number, elapsed]) => [number, minutesLeft(minutesOf(number), elapsed)]));
	const { schedule, workers } = config;
	const cap = capOf(plan.waves, config, options);
	return makespanOf(solve({
		segments,
		minutesOf,
		overlaps: plan.overlaps,
		schedule,
		cap,
		workers,
		running
	}, SHARE));
}

// src/core/decide/agents/limits.ts
/**
* Limits of providers: until when each of them asks to be left alone, and the agents that stand in (SPEC R5.13).
*
* All of it follows from the ends of earlier attempts. A limit holds for every agent with the same keys, in every segment of
* the epic. A person's retry forgets the limits of that segment's attempts: they may have bought more.
*/
/** A provider that names no time is asked again after this long. */
const LATER_WAIT_MS = 3e5;
/** The end of the limit that an attempt ran into; undefined for any other end. */
function limitEnd({ outcome }) {
	if (outcome?.kind !== "failed" || outcome.problem.kind !== "AGENT_LATER") return void 0;
	return instant(outcome.at + Math.max(LATER_WAIT_MS, outcome.problem.waitMs ?? 0));
}
function limitsOf({ segments }, config) {
	const limits = /* @__PURE__ */ new Map();
	if (config.fallback.length === 0) return limits;
	for (const { attempts, forgiven } of Object.values(segments)) for (const attempt of attempts.slice(forgiven)) {
		const end = limitEnd(attempt);
		const name = limitedAgent(attempt);
		if (end === void 0 || name === void 0) continue;
		const provider = providerOf(config, name);
		limits.set(provider, instant(Math.max(end, limits.get(provider) ?? 0)));
	}
	return limits;
}
const limitedAgent = (attempt) => attempt?.outcome?.kind === "failed" && attempt.outcome.problem.kind === "AGENT_LATER" ? attempt.outcome.problem.agent : void 0;
/** Agents with the same keys have the same account. */
function providerOf({ agents }, name) {
	const agent = Object.hasOwn(agents, name) ? agents[name] : void 0;
	const keys = agent ? keysOf(agent) : [];
	return keys.length === 0 ? name : [...keys].sort().join(" ");
}
const isFree = (limits, config, name, now) => (limits.get(providerOf(config, name)) ?? 0) <= now;
/** The agents of an attempt, as far as the config leaves a choice between attempts. */
function nextAgents(config, spec, record, why, limits, now) {
	const by = nextPick(config, spec, record, why);
	if (!by) return {};
	const instead = standIns(config, {
		...spec,
		by
	}, limits, now);
	return instead ? {
		by: pickOf(config, spec, by, instead),
		instead
	} : { by };
}
/** By the name of every limited agent that may be called for a segment: the one that stands in for it. */
function standIns(config, wish, limits, now) {
	const free = config.fallback.find(({ agent }) => agent !== void 0 && isFree(limits, config, agent, now));
	if (!free) return void 0;
	const limited = rolesOf(config, wish).flatMap((role) => agentFor(config, role, wish)?.name ?? []).filter((name) => !isFree(limits, config, name, now));
	return limited.length === 0 ? void 0 : Object.fromEntries(limited.map((name) => [name, free]));
}
/** The roles that an attempt at the work may call. */
const rolesOf = ({ council, tdd }, { worker }) => [
	mainRole(worker),
	...tdd === "off" ? [] : ["tester"],
	...council === "off" ? [] : ["reviewer", "lead"]
];
/** The earliest time of a segment's next attempt; undefined if no limit holds it. */
function notBefore(config, spec, record, limits) {
	const last = record.attempts.at(-1);
	const own = last && record.attempts.length > record.forgiven ? limitEnd(last) : void 0;
	const wish = {
		...spec,
		by: nextPick(config, spec, record, "retry")
	};
	const main = agentFor(config, mainRole(spec.worker), wish);
	if (config.fallback.length === 0 || last?.why === "conflict" || !main) return own;
	const agents = (own === void 0 ? [mainRole(spec.worker)] : rolesOf(config, wish)).flatMap((role) => agentFor(config, role, wish)?.name ?? []);
	const provider = providerOf(config, limitedAgent(last) ?? "");
	const known = [...agents, ...standInNames(config)].map((name) => providerOf(config, name));
	if (own !== void 0 && !known.includes(provider)) return own;
	const latest = Math.max(...agents.map((name) => freeFrom(name, config, limits)));
	return latest === 0 ? void 0 : instant(latest);
}
/** When the first of an agent and those that may stand in for it is free. */
const freeFrom = (name, config, limits) => Math.min(...[name, ...standInNames(config)].map((each) => limits.get(providerOf(config, each)) ?? 0));
const standInNames = ({ fallback }) => fallback.flatMap(({ agent }) => agent ?? []);

// src/core/decide/waits.ts
/** By segment: everything but caps and overlaps that keeps it from starting. Segments that are not ready have no reason. */
function startHolds(facts) {
	const held = /* @__PURE__ */ new Map();
	const limits = limitsOf(facts.journal, facts.config);
	const isChecked = isBaseKnown(facts);
	for (const segment of facts.plan.segments) {
		const { number } = segment;
		const progress = facts.derived.get(number);
		if (progress?.kind !== "ready") {
			if (progress && !isDone(progress)) held.set(number, []);
			continue;
		}
		const reasons = [...waitsOf(facts, segment, limits), ...isChecked ? [] : [{ kind: "baseline" }]];
		const isJustFree = facts.snapshot.owners !== void 0 && facts.snapshot.journal?.contested?.includes(number);
		if (reasons.length > 0 || isJustFree) held.set(number, reasons);
	}
	return held;
}
function isBaseKnown(facts) {
	const { kind } = baselineOf(facts);
	return kind === "sound" || kind === "not needed";
}
function waitsOf(facts, { number, spec }, limits) {
	const { journal, snapshot, config, plan, standings, waveToApprove } = facts;
	const wave = facts.waveOf.get(number) ?? 1;
	const only = journal.options.wave;
	const reasons = [];
	const owner = snapshot.owners?.[number];
	if (owner !== void 0) reasons.push({
		kind: "owned",
		by: owner
	});
	if (journal.phase === "paused" || journal.phase === "cancelled") reasons.push({ kind: "paused" });
	if (facts.errors.length > 0) reasons.push({ kind: "plan errors" });
	if (snapshot.base.checks === "failing") reasons.push({ kind: "base red" });
	if (only !== void 0 && only !== wave) reasons.push({
		kind: "only wave",
		wave: only
	});
	if (facts.budget.isSpent || isOutOfMoney(facts, number)) reasons.push({ kind: "budget spent" });
	if (waveToApprove !== void 0 && wave >= waveToApprove) reasons.push({
		kind: "wave approval",
		wave: waveToApprove
	});
	const until = notBefore(config, spec, recordOf(journal, number), limits);
	if (until !== void 0 && until > snapshot.now) reasons.push({
		kind: "later",
		until
	});
	if (config.schedule === "waves") {
		const open = plan.waves.find((each) => each.number < wave && standings.get(each.number)?.kind !== "passed");
		if (open) reasons.push(standings.get(open.number)?.kind === "open" ? {
			kind: "wave",
			number: open.number
		} : {
			kind: "calibration",
			wave: open.number
		});
	}
	return reasons;
}
/** Its latest run came to the end of the epic's budget, which nobody has raised since. */
function isOutOfMoney({ journal, config }, segment) {
	const { attempts, forgiven } = recordOf(journal, segment);
	const spent = attempts.length > forgiven ? epicBudgetSpent(attempts.at(-1)?.outcome) : void 0;
	return spent !== void 0 && spent >= (epicBudget(journal, config)?.budgetUsd ?? Number.POSITIVE_INFINITY);
}
/** The state of a segment as the schedule sees it: work in flight or in review keeps its files reserved. */
function segmentState({ snapshot, journal }, segment, progress) {
	if (isDone(progress)) return "done";
	const pull = publishedPull(snapshot, recordOf(journal, segment));
	if (progress.kind === "blocked" && pull?.state === "open") return "in review";
	switch (progress.kind) {
		case "queued":
		case "running":
		case "to rework": return "in flight";
		case "in review":
		case "to merge": return "in review";
		default: return "open";
	}
}
const SWARM = { kind: "swarm" };
const ANOTHER = { kind: "another" };
const MACHINE = { kind: "machine" };
const person = (...needs) => ({
	kind: "person",
	needs
});
const resolve = (problem) => ({
	kind: "resolve",
	problem
});
/** Nothing that costs money starts until somebody raises the budget of the epic. */
function budgetSpent({ journal, config, budget }) {
	const { spentUsd = 0 } = budget;
	return resolve({
		kind: "EPIC_BUDGET_SPENT",
		spentUsd,
		budgetUsd: epicBudget(journal, config)?.budgetUsd ?? 0
	});
}
/** Another epic has the segment. */
const ownedBy = (epic, segment) => ({
	kind: "unblock",
	segment,
	problem: {
		kind: "SEGMENT_OWNED",
		at: { issue: segment },
		epic
	}
});
/** Who must act before a segment can start. */
function turnToStart(wait, segment, facts) {
	const { snapshot, errors } = facts;
	switch (wait.kind) {
		case "segment":
		case "wave":
		case "calibration":
		case "overlap":
		case "cap":
		case "reviews":
		case "turn": return ANOTHER;
		case "later": return SWARM;
		case "outside": return person({
			kind: "unblock",
			segment,
			problem: {
				kind: "OUTSIDE_OPEN",
				at: { issue: segment },
				ref: wait.ref
			}
		});
		case "owned": return person(ownedBy(wait.by, segment));
		case "wave approval": return person({
			kind: "approve wave",
			wave: wait.wave
		});
		case "paused": return person({ kind: "resume" });
		case "base red": {
			const { branch, failing, head } = snapshot.base;
			return person(resolve({
				kind: "BASE_RED",
				branch,
				checks: failing,
				commit: head
			}));
		}
		case "baseline": {
			const standing = baselineOf(facts);
			if (standing.kind === "stopped") return person(resolve(standing.problem));
			return standing.kind === "checking" ? MACHINE : SWARM;
		}
		case "plan errors": return person(...errors.map(({ problem }) => resolve(problem)));
		case "budget spent": return person(budgetSpent(facts));
		case "only wave": return person(resolve({
			kind: "ONLY_WAVE",
			wave: wait.wave
		}));
	}
}
/**
* What looks like a rule that is not met, or like a check that nobody reports, is often a GitHub that has not got there yet:
* only after this long is it a person's turn.
*/
const RULES_MS = 6e5;
/** The time after which a running check is a person's turn, where the config turns reminders off. */
const PATIENCE_MINUTES = 1440;
/** Who must act before a pull request can merge. Checks of one kind make one need, which names them all. */
function turnInReview(wait, facts) {
	const { segment, record, pull, number } = facts;
	const at = { pull: number };
	const unblock = (problem) => person({
		kind: "unblock",
		segment,
		problem
	});
	switch (wait.kind) {
		case "approval": return person({
			kind: "decide pull",
			segment,
			pull: number
		});
		case "behind": return SWARM;
		case "queue":
		case "landing": return MACHINE;
		case "unproven": return pull?.unrelated ? unblock({
			kind: "HEAD_UNRELATED",
			at,
			head: pull.head,
			base: pull.base
		}) : SWARM;
		case "gate": {
			const red = pull && redHead(pull, record);
			return red ? unblock(red) : SWARM;
		}
		case "check": return turnOfCheck(wait, facts);
		case "held runs": return unblock({
			kind: "RUNS_HELD",
			at,
			workflows: wait.workflows
		});
		case "review": return unblock({
			kind: "REVIEW_MISSING",
			at,
			of: wait.of,
			from: wait.from
		});
		case "mergeable":
			if (wait.state === "conflicting") return SWARM;
			if (wait.state === "unknown" || !pull || isTooEarly(facts)) return MACHINE;
			return unblock({
				kind: "RULES_UNMET",
				at,
				base: pull.base
			});
		case "merge refused":
		case "merge by hand": return person({
			kind: "merge pull",
			segment,
			pull: number
		});
	}
}
function turnOfCheck({ state }, facts) {
	const { segment, number, pull, waits, config, now } = facts;
	const at = { pull: number };
	const patienceMinutes = config.remindMinutes ?? PATIENCE_MINUTES;
	const isLate = ({ since }) => since !== void 0 && now - since >= patienceMinutes * 6e4;
	const checks = waits.flatMap((each) => each.kind === "check" && each.state === state && (state !== "pending" || isLate(each)) ? [each.name] : []);
	const unblock = (problem) => person({
		kind: "unblock",
		segment,
		problem
	});
	switch (state) {
		case "failure": return unblock({
			kind: "CHECKS_FAILED",
			at,
			checks
		});
		case "missing":
			if (!pull || isTooEarly(facts)) return MACHINE;
			return unblock({
				kind: "CHECKS_MISSING",
				at,
				checks,
				base: pull.base
			});
		case "pending":
			if (checks.length === 0) return MACHINE;
			return unblock({
				kind: "CHECKS_SLOW",
				at,
				checks,
				hours: Math.ceil(patienceMinutes / 60)
			});
	}
}
/** Answers whether GitHub may still be looking at the rules: since the head was proven, marked as ready or reviewed last. */
function isTooEarly({ pull, record, now }) {
	const times = pull ? [
		proofOf(record, pull.head)?.at,
		pull.readyAt,
		...pull.reviews.map((review) => review.at)
	] : [];
	return now - instant(Math.max(0, ...times.map((time) => time ?? 0))) < RULES_MS;
}

// src/core/decide/board.ts
/**
* The board: everything that the panel, the summary, the CLI and the pages show. It is decided here and worded
* elsewhere.
*/
function makeBoard(facts) {
	const { snapshot, journal, plan, standings, budget } = facts;
	const events = eventsOf(facts);
	const asOf = events.reduce((latest, event) => laterOf(latest, event.at), void 0);
	return {
		epic: {
			number: snapshot.epic.number,
			title: snapshot.epic.title,
			state: snapshot.epic.state === "open" && journal.phase !== "finished" ? "open" : "closed"
		},
		phase: phaseOf(facts),
		plan,
		waves: plan.waves.map((wave) => ({
			number: wave.number,
			segments: wave.tracks.flatMap((track) => track.segments.map((number) => segmentProgress(facts, number, track.letter))),
			calibration: waveProgress(standings.get(wave.number) ?? { kind: "open" })
		})),
		needs: needsOf(facts),
		events,
		...notesOf(facts),
		...journal.startedAt === void 0 ? {} : { startedAt: journal.startedAt },
		...journal.finishedAt === void 0 ? {} : { endedAt: journal.finishedAt },
		...asOf === void 0 ? {} : { asOf },
		...budget.spentUsd === void 0 ? {} : { costUsd: budget.spentUsd },
		...leftOf(facts, asOf)
	};
}
/** Counted from the latest transition, and not from now: the panel of an unchanged world stays as it is. */
function leftOf({ journal, plan, config, progress }, asOf) {
	if (journal.phase !== "running" || journal.startedAt === void 0 || asOf === void 0) return {};
	const over = /* @__PURE__ */ new Set();
	const elapsedMinutes = /* @__PURE__ */ new Map();
	for (const [number, each] of progress) {
		if (isDone(each) || isLeftOut(each) || each.kind === "in review" || each.kind === "to merge") over.add(number);
		if (each.kind !== "queued" && each.kind !== "running") continue;
		const claimedAt = recordOf(journal, number).attempts.at(-1)?.claimedAt ?? asOf;
		elapsedMinutes.set(number, Math.max(0, asOf - claimedAt) / 6e4);
	}
	if (over.size === progress.size) return {};
	const minutes = minutesOfRest({
		plan,
		config,
		options: journal.options,
		over,
		elapsedMinutes
	});
	return { left: {
		minutes,
		until: instant(asOf + minutes * 6e4)
	} };
}
function segmentProgress({ journal, progress: all, segments }, number, track) {
	const segment = segments.get(number);
	const record = recordOf(journal, number);
	const report = latestReport(record);
	const progress = all.get(number) ?? { kind: "ready" };
	const pull = "pull" in progress ? progress.pull : publication(record)?.pull;
	const cost = costOf(record);
	const agent = record.attempts.at(-1)?.name;
	const tried = record.attempts.flatMap(triedBy);
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
		...tried.length === 0 ? {} : { tried },
		validation: report?.validation ?? [],
		fix: record.fix !== void 0,
		...cost === void 0 ? {} : { costUsd: cost }
	};
}
const triedBy = ({ number, name, by, outcome }) => by === void 0 ? [] : [{
	number,
	name,
	by,
	...outcome ? { ended: outcome.kind } : {},
	...outcome?.kind === "failed" ? { problem: outcome.problem.kind } : {}
}];
/** The most rounds of gates in any of its runs: a quick rework later does not undo a slow first run. */
const mostTries = (record) => Math.max(...record.attempts.map((attempt) => attempt.outcome && "report" in attempt.outcome ? attempt.outcome.report?.tries ?? 0 : 0));
function phaseOf({ journal, errors, isComplete }) {
	if (journal.phase === "finished") return "finished";
	if (journal.phase === "paused" || journal.phase === "cancelled") return journal.phase;
	if (!journal.authorisation) return "planned";
	if (errors.length > 0) return "refused";
	return isComplete ? "accepting" : "running";
}
function needsOf(facts) {
	const { journal, config, errors, standings, waveToApprove, isComplete, progress } = facts;
	if (!journal.authorisation || journal.phase === "finished") return [];
	const needs = errors.map(({ problem }) => ({
		kind: "resolve",
		problem
	}));
	for (const { problem } of refusedIssues(journal)) needs.push({
		kind: "resolve",
		problem
	});
	const toStart = [...progress].flatMap(([segment, each]) => each.kind === "waiting" ? each.for.flatMap((wait) => needsIn(turnToStart(wait, segment, facts))) : []);
	needs.push(...toStart.filter(({ kind }) => kind === "resolve"));
	if (facts.budget.isSpent && [...progress.values()].some(({ kind }) => kind === "to rework")) needs.push(budgetSpent(facts));
	const limit = limitReached(facts);
	if (limit) needs.push({
		kind: "resolve",
		problem: limit
	});
	if (journal.phase === "paused" || journal.phase === "cancelled") needs.push({ kind: "resume" });
	needs.push(...segmentNeeds(facts, toStart.filter(isOfSegment)));
	for (const [wave, standing] of standings) if (standing.kind === "stopped") needs.push({
		kind: "calibration",
		wave,
		problem: standing.problem
	});
	if (waveToApprove !== void 0) needs.push({
		kind: "approve wave",
		wave: waveToApprove
	});
	if (isComplete && config.acceptance === "person") needs.push({ kind: "accept" });
	return unique(needs);
}
const needsIn = (turn) => turn.kind === "person" ? turn.needs : [];
const isOfSegment = (need) => "segment" in need;
const unique = (items) => [...new Map(items.map((item) => [JSON.stringify(item), item])).values()];
/** The limit of dispatches, where something waits only for the next one. */
function limitReached(facts) {
	const { snapshot, journal, config, progress, standings } = facts;
	const isWanted = baselineOf(facts).kind === "to check" || [...progress.values()].some(({ kind }) => kind === "ready" || kind === "to rework") || [...standings.values()].some(({ kind }) => kind === "to calibrate");
	return journal.phase === "running" && isWanted ? dispatchLimit(snapshot.epic.number, journal, config) : void 0;
}
/** Needs of segments, those first that block the most others. */
function segmentNeeds(facts, toStart) {
	const { plan, progress: progresses } = facts;
	const found = [...toStart];
	for (const [segment, progress] of progresses) {
		if (progress.kind === "blocked" || progress.kind === "not in this execution") found.push({
			kind: "unblock",
			segment,
			problem: progress.problem
		});
		if (progress.kind === "in review") found.push(...reviewNeeds(facts, segment, progress));
		const owner = facts.snapshot.owners?.[segment];
		if (progress.kind === "to rework" && owner !== void 0) found.push(ownedBy(owner, segment));
	}
	const needs = unique(found);
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
/** What is wrong comes first, and then the verdict. Nobody is asked to merge what is not decided. */
function reviewNeeds({ snapshot, journal, config, pulls }, segment, { pull: number, waits }) {
	const record = recordOf(journal, segment);
	const facts = {
		config,
		now: snapshot.now,
		segment,
		record,
		number,
		pull: pulls.get(number),
		waits
	};
	const red = facts.pull && redHead(facts.pull, record);
	const needs = [...red ? [{
		kind: "unblock",
		segment,
		problem: red
	}] : [], ...waits.flatMap((wait) => needsIn(turnInReview(wait, facts))).filter(isOfSegment)];
	const of = (wanted) => needs.filter(({ kind }) => kind === wanted);
	const decide = of("decide pull");
	return [...of("unblock"), ...decide.length > 0 ? decide : of("merge pull")];
}
/** Warnings that came up after the plan was shown, or that no plan shows. */
function notesOf({ snapshot, journal, plan }) {
	const late = [
		"EPIC_CHANGED",
		"BLOCK_UNUSED",
		"UNKNOWN_ISSUE",
		"SEGMENT_ELSEWHERE",
		"PERMISSION_MISSING",
		"TRIGGER_MISSING",
		"BUDGET_UNBOUND",
		"MERGE_METHOD"
	];
	const warnings = [...snapshot.preflight, ...plan.diagnostics].filter(({ level, problem }) => level === "warning" && late.includes(problem.kind)).map(({ problem }) => problem);
	const published = plan.segments.flatMap(({ number }) => {
		const record = recordOf(journal, number);
		const pull = publishedPull(snapshot, record);
		return pull ? [{
			pull,
			record
		}] : [];
	});
	const notes = [
		...warnings,
		...baselineNotes({ journal }),
		...conflictsBetween(snapshot, published)
	];
	return notes.length === 0 ? {} : { notes };
}
function eventsOf(facts) {
	const { journal, plan, progress: progresses, standings } = facts;
	const events = [];
	if (journal.startedAt !== void 0) events.push({
		at: journal.startedAt,
		kind: "STARTED"
	});
	for (const { at } of journal.configs ?? []) events.push({
		at,
		kind: "CONFIG CHANGED"
	});
	for (const { at } of journal.withdrawn ?? []) events.push({
		at,
		kind: "WITHDRAWN"
	});
	for (const { verdict } of journal.baselines ?? []) {
		if (verdict?.kind === "sound") events.push({
			at: verdict.at,
			kind: "BASE SOUND"
		});
		if (verdict?.kind === "unsound") events.push({
			at: verdict.at,
			kind: "BASE NOT SOUND"
		});
	}
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
			else if (outcome.kind === "failed") {
				const isHeld = attempt.number === record.attempts.length && (progresses.get(segment)?.kind === "blocked" || !isDeferred(outcome));
				events.push({
					...about,
					kind: isHeld || attempt.number <= record.forgiven ? "BLOCKED" : "FAILED"
				});
			} else if (outcome.kind === "asked") events.push({
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
	for (const [segment, progress] of progresses) {
		const at = doneAt(facts, segment, progress);
		if (at === void 0) continue;
		if (progress.kind !== "skipped") events.push({
			at,
			kind: "CLOSED",
			segment,
			..."pull" in progress ? { pull: progress.pull } : {}
		});
		else if (!journal.segments[segment]?.skipped) events.push({
			at,
			kind: "SKIPPED",
			segment
		});
	}
	for (const wave of plan.waves) events.push(...trackEvents(wave, facts));
	for (const wave of plan.waves) {
		const standing = standings.get(wave.number);
		const at = standing?.kind === "passed" && standing.round === 0 ? allDoneAt(segmentsOf(wave), facts) : void 0;
		if (at !== void 0) events.push({
			at,
			kind: "WAVE COMPLETE",
			wave: wave.number
		});
	}
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
	"WITHDRAWN",
	"BASE NOT SOUND",
	"BASE SOUND",
	"CLAIMED",
	"PUBLISHED",
	"LOST",
	"ASKED",
	"ANSWERED",
	"REJECTED",
	"FAILED",
	"BLOCKED",
	"CLOSED",
	"SKIPPED",
	"TRACK COMPLETE",
	"CALIBRATION FAILED",
	"WAVE COMPLETE",
	"EXECUTION COMPLETE"
];
/** When a segment was done, or when this execution first knew it. Undefined: it is not done. */
function doneAt({ snapshot, journal }, segment, progress) {
	const record = recordOf(journal, segment);
	switch (progress.kind) {
		case "merged": return progress.at;
		case "answered": return record.attempts.at(-1)?.outcome?.at;
		case "skipped":
		case "closed before": return record.skipped?.at ?? laterOf(journal.startedAt, snapshot.issues.find(({ number }) => number === segment)?.turned?.at);
		default: return;
	}
}
/** When the last of these segments was done. Undefined: not all of them are. */
function allDoneAt(segments, facts) {
	const ends = segments.map((segment) => {
		const progress = facts.progress.get(segment);
		return progress && doneAt(facts, segment, progress);
	});
	return ends.includes(void 0) ? void 0 : ends.reduce(laterOf, void 0);
}
const trackEvents = (wave, facts) => wave.tracks.flatMap(({ letter, segments }) => {
	const at = allDoneAt(segments, facts);
	return at === void 0 ? [] : [{
		at,
		kind: "TRACK COMPLETE",
		wave: wave.number,
		track: letter
	}];
});

// src/core/decide/situation.ts
var Situation = class Situation {
	snapshot;
	journal;
	plan;
	config;
	#derived;
	#progress;
	#standings;
	#errors;
	#startable;
	#board;
	#issues;
	#segments;
	#pulls;
	#waveOf;
	constructor({ snapshot, journal, plan, config }) {
		this.snapshot = snapshot;
		this.journal = journal;
		this.plan = plan;
		this.config = config;
	}
	/**
	* The situation once the draft is performed: its journal, and every segment that it claimed as queued. Waits are kept
	* as they were told, since the starts of this look do not explain themselves.
	*/
	after(draft) {
		const next = new Situation({
			...this,
			journal: draft.journal
		});
		const claimed = this.plan.segments.filter(({ number }) => recordOf(draft.journal, number).attempts.length > this.record(number).attempts.length);
		next.#progress = new Map([...this.progress, ...claimed.map(({ number }) => [number, { kind: "queued" }])]);
		return next;
	}
	get now() {
		return this.snapshot.now;
	}
	/** An epic that was started and is not finished. Only such an epic is acted on. */
	get isLive() {
		const { epic } = this.snapshot;
		return epic.state === "open" && this.journal.authorisation !== void 0 && this.journal.phase !== "finished";
	}
	/**
	* The kill switch, a broken config, a missing workflow: Swarm never acts by rules that no one chose. Nor does it act on
	* the word of a person who may no longer write.
	*/
	get isStopped() {
		return this.snapshot.preflight.some(({ level }) => level === "error") || consentLost(this).length > 0;
	}
	/** Authorised work that is not in the epic any more. Without a person's word, the epic is not complete. */
	get isShort() {
		return segmentsGone(this).length > 0;
	}
	/** Errors that hold the epic. */
	get errors() {
		this.#errors ??= errorsOf(this);
		return this.#errors;
	}
	/** Money of the epic, in US dollars. */
	get budget() {
		const budget = epicBudget(this.journal, this.config);
		return {
			spentUsd: spentUsd(this.journal),
			isSpent: budget !== void 0 && leftUsd(budget) === 0
		};
	}
	/** The progress of each segment as GitHub and the journal show it; `ready` if the schedule has the last word. */
	get derived() {
		this.#derived ??= deriveProgress(this);
		return this.#derived;
	}
	/** The progress of each segment. Ready segments stay `ready` if they start now; the others wait. */
	get progress() {
		this.#progress ??= this.isLive ? this.#withWaits() : this.derived;
		return this.#progress;
	}
	/** By wave number. */
	get standings() {
		this.#standings ??= new Map(this.plan.waves.map((wave) => [wave.number, standingOf(wave, this, this.#progress ?? this.derived)]));
		return this.#standings;
	}
	/** Every wave is merged and calibrated. */
	get isComplete() {
		return this.plan.source !== "block" && [...this.standings.values()].every(({ kind }) => kind === "passed");
	}
	/** In mode `collaborative`: the wave that waits only for a person's approval. */
	get waveToApprove() {
		if (this.config.mode !== "collaborative" || this.plan.source === "block") return void 0;
		const next = this.plan.waves.find((wave) => this.standings.get(wave.number)?.kind !== "passed");
		return next && !this.journal.approvedWaves.includes(next.number) ? next.number : void 0;
	}
	/** Segments that may start at this moment, and what each other open segment waits for. */
	get startable() {
		this.#startable ??= startable({
			plan: this.plan,
			states: new Map([...this.derived].map(([segment, progress]) => [segment, segmentState(this, segment, progress)])),
			held: startHolds(this),
			config: this.config,
			options: this.journal.options,
			elapsedMinutes: this.#elapsedMinutes()
		});
		return this.#startable;
	}
	/** Everything that people are shown. */
	get board() {
		this.#board ??= makeBoard(this);
		return this.#board;
	}
	get segments() {
		this.#segments ??= new Map(this.plan.segments.map((segment) => [segment.number, segment]));
		return this.#segments;
	}
	/** All issues that can be segments, the epic itself included. */
	get issues() {
		this.#issues ??= issuesOf(this.snapshot);
		return this.#issues;
	}
	get pulls() {
		this.#pulls ??= new Map(this.snapshot.pulls.map((pull) => [pull.number, pull]));
		return this.#pulls;
	}
	/** The number of each segment's wave. */
	get waveOf() {
		this.#waveOf ??= new Map(this.plan.waves.flatMap((wave) => segmentsOf(wave).map((segment) => [segment, wave.number])));
		return this.#waveOf;
	}
	record(segment) {
		return recordOf(this.journal, segment);
	}
	/** The pull request that the segment published last. */
	publishedPull(segment) {
		return publishedPull(this.snapshot, this.record(segment));
	}
	#withWaits() {
		const progress = new Map(this.derived);
		for (const [segment, reasons] of this.startable.waiting) if (progress.get(segment)?.kind === "ready") progress.set(segment, {
			kind: "waiting",
			for: reasons
		});
		return progress;
	}
	/** Since the latest claim of each segment. */
	#elapsedMinutes() {
		return new Map(this.plan.segments.flatMap(({ number }) => {
			const last = this.record(number).attempts.at(-1);
			return last ? [[number, Math.max(0, this.now - last.claimedAt) / 6e4]] : [];
		}));
	}
};

// src/core/decide/start.ts
/**
* Starting segments: as a proof of a pushed head, a rework, a retry or a first attempt.
*/
/** Jobs that a matrix may have. @see https://docs.github.com/en/actions/reference/limits */
const MATRIX_LIMIT = 256;
/** Everything that may start now goes out in one dispatch: proofs and reworks first, because people wait for them. */
function startWork(situation, draft) {
	waitForAgents(situation, draft);
	if (situation.journal.phase !== "running" || situation.errors.length > 0) return;
	const own = situation.plan.segments.filter(({ number }) => situation.snapshot.owners?.[number] === void 0);
	const claims = [
		...own.flatMap((segment) => claimProof(situation, segment)),
		...(situation.budget.isSpent ? [] : own).flatMap((segment) => claimRework(situation, segment)),
		...situation.startable.start.flatMap((number) => claimStart(situation, number))
	].slice(0, MATRIX_LIMIT);
	if (claims.length === 0) return;
	const id = nextDispatchId(situation, draft);
	if (id === void 0) return;
	const limits = limitsOf(situation.journal, situation.config);
	const attempts = claims.map((claim) => makeAttempt(situation, draft, claim, id, limits));
	const dispatch = {
		id,
		at: draft.now,
		work: {
			kind: "segments",
			attempts: attempts.map((each) => each.id)
		}
	};
	draft.journal = {
		...draft.journal,
		dispatches: {
			...draft.journal.dispatches,
			[id]: dispatch
		}
	};
	send(draft, dispatch, {
		kind: "may start",
		segments: claims.map(({ segment }) => segment.number)
	});
}
/** A segment that another epic has is asked for again after this long: nothing tells when that epic lets go of it. */
const OWNED_LOOK_MS = 3e5;
/** An agent that asked to be called later is called then, even if no event arrives. */
function waitForAgents(situation, draft) {
	const { config, journal, plan, derived } = situation;
	if (Object.keys(situation.snapshot.owners ?? {}).length > 0) draft.lookAgain(OWNED_LOOK_MS);
	const limits = limitsOf(journal, config);
	for (const { number, spec } of plan.segments) {
		if (derived.get(number)?.kind !== "ready") continue;
		const later = notBefore(config, spec, situation.record(number), limits);
		if (later !== void 0 && later > draft.now) draft.lookAgain(later - draft.now);
	}
}
/** Others pushed the head of its pull request, and no gate ran on it. It is proven as it is, without an agent. */
function claimProof(situation, segment) {
	const progress = situation.progress.get(segment.number);
	if (progress?.kind !== "in review") return [];
	if (!progress.waits.some((wait) => wait.kind === "unproven")) return [];
	const pull = situation.pulls.get(progress.pull);
	if (!pull?.startedFrom || !wantsProof(pull, situation.record(segment.number))) return [];
	return [{
		segment,
		why: "prove",
		from: pull.head,
		more: { base: pull.startedFrom }
	}];
}
function claimRework(situation, segment) {
	const pull = situation.publishedPull(segment.number);
	const progress = situation.progress.get(segment.number);
	if (!pull || progress?.kind !== "to rework") return [];
	const rejected = rejection(pull, situation.record(segment.number));
	if (progress.why.kind === "conflict") return [{
		segment,
		why: "conflict",
		from: pull.head,
		more: progress.why.lead ? { lead: true } : {}
	}];
	return [{
		segment,
		why: rejected ? "rework" : "retry",
		from: pull.head,
		rejected
	}];
}
function claimStart(situation, number) {
	const segment = situation.segments.get(number);
	if (!segment) return [];
	const record = situation.record(number);
	const published = record.attempts.findLast(({ outcome }) => outcome?.kind === "published");
	const from = published ? situation.snapshot.branches[published.branch] : void 0;
	const last = record.attempts.at(-1);
	if (last?.why === "conflict" && situation.publishedPull(number)?.mergeable === "conflicting") return [{
		segment,
		why: "conflict",
		from,
		more: {
			...inheritedWork(record),
			...last.lead ? { lead: last.lead } : {}
		}
	}];
	return [{
		segment,
		why: last ? "retry" : "first",
		from,
		more: inheritedWork(record)
	}];
}
/**
* The work that the next attempt inherits: the answers if the last run asked a question; otherwise the work that a dead
* or deferred run left behind, or the work that run started from (SPEC R8.2).
*/
function inheritedWork(record) {
	const last = record.attempts.at(-1);
	if (!last || last.outcome?.kind !== "lost" && !isDeferred(last.outcome)) return carriedOn(record);
	const kept = keptOf(last)[0]?.head ?? last.kept;
	return {
		...kept ? { kept } : {},
		...last.answers ? { answers: last.answers } : {}
	};
}
function makeAttempt({ config }, draft, claim, dispatch, limits) {
	const { segment, why, from, rejected, more } = claim;
	if (rejected) keepRejection(draft, segment.number, rejected);
	const record = recordOf(draft.journal, segment.number);
	const number = record.attempts.length + 1;
	const agents = nextAgents(config, segment.spec, record, why, limits, draft.now);
	const keys = why === "prove" ? [] : keysFor(config, {
		...segment.spec,
		...agents
	});
	const ordinal = Object.values(draft.journal.segments).reduce((sum, each) => sum + each.attempts.length, 0);
	const attempt = {
		id: attemptId({
			epic: draft.snapshot.epic.number,
			segment: segment.number,
			number
		}),
		number,
		name: attemptName(draft.snapshot.epic.number + ordinal),
		worker: segment.spec.worker,
		...segment.spec.persona === void 0 ? {} : { persona: segment.spec.persona },
		...segment.spec.estimateMinutes === void 0 ? {} : { estimateMinutes: segment.spec.estimateMinutes },
		why,
		branch: record.attempts.find(({ outcome }) => outcome?.kind === "published")?.branch ?? segment.branch,
		base: draft.snapshot.base.head,
		...draft.journal.authorisation ? { into: draft.journal.authorisation.baseBranch } : {},
		...from ? { from } : {},
		...more,
		dispatch,
		...agents,
		...keys.length === 0 ? {} : { keys },
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
/** A review is read from GitHub at each look; the one that an attempt answers goes into the journal for good. */
function keepRejection(draft, segment, rejected) {
	const { rejections } = recordOf(draft.journal, segment);
	if (rejections.includes(rejected)) return;
	draft.journal = withRecord(draft.journal, segment, { rejections: [...rejections, rejected] });
	draft.record({
		kind: "REJECTED",
		segment,
		pull: rejected.pull
	});
}

// src/core/decide/tell.ts
/** Anything that a person must know gets one comment; everything else is on the panel (SPEC R8.1, R9.1). */
function tellProblems(situation, draft) {
	tellErrors(situation, draft);
	tellSetup(situation, draft);
	tellHeld(situation, draft);
	tellBaseline(situation, draft);
	tellRefusedIssues(situation, draft);
	tellWithdrawn(situation, draft);
	for (const [segment, progress] of situation.progress) {
		if (progress.kind === "blocked") tellBlocked(situation, draft, segment, progress);
		if (progress.kind === "not in this execution") tellConsent(situation, draft, segment, progress);
		if (progress.kind === "answered") tellAnswer(situation, draft, segment);
		if (progress.kind === "in review") tellReview(situation, draft, segment, progress);
	}
	tellWaveToApprove(situation, draft);
}
function tellErrors({ errors, snapshot, plan }, draft) {
	if (errors.length === 0) return;
	const warnings = [...snapshot.preflight, ...plan.diagnostics].filter(({ level }) => level === "warning");
	draft.once({
		kind: "say",
		key: `held:${fingerprint(JSON.stringify(errors))}`,
		on: snapshot.epic.number,
		notice: {
			kind: "epic held",
			diagnostics: [...errors, ...warnings],
			owner: draft.owner,
			...plan.names ? { names: plan.names } : {}
		},
		reason: { kind: "epic held" }
	});
}
/** Known only until the first dispatch, so the panel would lose them. */
function tellSetup({ errors, snapshot }, draft) {
	const kinds = ["KEY_NOT_PASSED", "NOT_FETCHED"];
	const warnings = snapshot.preflight.filter(({ problem }) => kinds.includes(problem.kind));
	if (warnings.length === 0 || errors.length > 0 || !draft.journal.authorisation) return;
	draft.once({
		kind: "say",
		key: `setup:${fingerprint(JSON.stringify(warnings))}`,
		on: snapshot.epic.number,
		notice: {
			kind: "setup warnings",
			diagnostics: warnings
		},
		reason: { kind: "setup warnings" }
	});
}
/** What holds segments back although the plan has no error. */
function tellHeld({ board, snapshot }, draft) {
	for (const need of board.needs) {
		if (need.kind === "unblock" && need.problem.kind === "SEGMENT_OWNED") tellOwned(need.segment, need.problem, draft);
		if (need.kind !== "resolve") continue;
		const { problem } = need;
		if (problem.kind !== "BASE_RED" && problem.kind !== "EPIC_BUDGET_SPENT") continue;
		const about = problem.kind === "BASE_RED" ? problem.checks : problem.budgetUsd;
		draft.once({
			kind: "say",
			key: `${HELD[problem.kind]}:${fingerprint(JSON.stringify(about))}`,
			on: snapshot.epic.number,
			notice: {
				kind: "calibration stopped",
				problem,
				owner: draft.owner
			},
			reason: {
				kind: "person needed",
				problem: problem.kind
			}
		});
	}
}
/** On the epic that waits: the segment has comments of the other one. */
function tellOwned(segment, problem, draft) {
	draft.once({
		kind: "say",
		key: `owned:${segment}:${problem.epic}`,
		on: draft.snapshot.epic.number,
		notice: {
			kind: "calibration stopped",
			problem,
			owner: draft.owner
		},
		reason: {
			kind: "person needed",
			problem: problem.kind
		}
	});
}
const HELD = {
	BASE_RED: "base-red",
	EPIC_BUDGET_SPENT: "budget-spent"
};
function tellRefusedIssues({ journal, snapshot }, draft) {
	for (const { key, problem } of refusedIssues(journal)) draft.once({
		kind: "say",
		key: `refused:${key}:${journal.acts[key]?.at ?? 0}`,
		on: snapshot.epic.number,
		notice: {
			kind: "calibration stopped",
			problem,
			owner: draft.owner
		},
		reason: { kind: "issue refused" }
	});
}
/** The people who are left have to know what they have to say again. */
function tellWithdrawn({ journal, snapshot }, draft) {
	for (const { at, by, byId, what } of journal.withdrawn ?? []) draft.once({
		kind: "say",
		key: `withdrawn:${at}:${byId ?? by}`,
		on: snapshot.epic.number,
		notice: {
			kind: "withdrawn",
			by,
			what,
			owner: draft.owner
		},
		reason: {
			kind: "right lost",
			by
		}
	});
}
function tellBlocked(situation, draft, segment, { problem }) {
	if (problem.kind === "QUESTION_ASKED") return;
	const record = situation.record(segment);
	const report = latestReport(record);
	const outcome = record.attempts.at(-1)?.outcome;
	const { course, refused } = outcome?.kind === "failed" && outcome.report || {};
	const kept = report?.result.kind === "failed" ? report.result.kept : void 0;
	draft.once({
		kind: "say",
		key: `blocked:${segment}:${record.attempts.length}:${problem.kind}`,
		on: segment,
		notice: {
			kind: "segment blocked",
			segment,
			problem,
			owner: draft.owner,
			...kept ? { kept } : {},
			...report?.artefact ? { artefact: report.artefact } : {},
			...course ? { course } : {},
			...refused ? { refused } : {}
		},
		reason: {
			kind: "segment blocked",
			segment,
			problem: problem.kind
		}
	});
}
function tellConsent({ journal }, draft, segment, { problem }) {
	draft.once({
		kind: "say",
		key: `consent:${segment}:${problem.kind}:${journal.authorisation?.at ?? 0}`,
		on: segment,
		notice: {
			kind: "segment blocked",
			segment,
			problem,
			owner: draft.owner
		},
		reason: {
			kind: "consent missing",
			segment,
			problem: problem.kind
		}
	});
}
function tellAnswer(situation, draft, segment) {
	const report = latestReport(situation.record(segment));
	const findings = (report?.course?.findings ?? []).map(sayFinding);
	const summary = [report?.agent.summary ?? "", ...findings].join("\n");
	draft.once({
		kind: "say",
		key: `answered:${segment}`,
		on: segment,
		notice: {
			kind: "segment answered",
			segment,
			summary
		},
		reason: { kind: "question researched" }
	});
}
function tellReview(situation, draft, segment, { pull: number }) {
	const record = situation.record(segment);
	const pull = situation.publishedPull(segment);
	const red = pull && redHead(pull, record);
	if (red) draft.once({
		kind: "say",
		key: `head-red:${pull.number}:${pull.head.slice(0, 12)}`,
		on: pull.number,
		notice: {
			kind: "segment blocked",
			segment,
			problem: red,
			owner: draft.owner
		},
		reason: {
			kind: "head red",
			pull: pull.number
		}
	});
	const unmoved = pull && unchanged(pull, record);
	if (unmoved) {
		const { attempt, by, said } = unmoved;
		const problem = {
			kind: "REWORK_UNCHANGED",
			at: { pull: number },
			by,
			said
		};
		draft.once({
			kind: "say",
			key: `unchanged:${attempt}`,
			on: number,
			notice: {
				kind: "segment blocked",
				segment,
				problem,
				owner: draft.owner
			},
			reason: {
				kind: "person needed",
				problem: problem.kind
			}
		});
	}
	tellWaits(situation, draft, segment, number);
	const { mergeRefusal } = record;
	if (!mergeRefusal) return;
	draft.once({
		kind: "say",
		key: `merge-refused:${number}:${mergeRefusal.head.slice(0, 12)}`,
		on: number,
		notice: {
			kind: "merge refused",
			pull: number,
			problem: {
				kind: "MERGE_REFUSED",
				at: { pull: number },
				message: mergeRefusal.message
			},
			owner: draft.owner
		},
		reason: {
			kind: "merge refused",
			pull: number
		}
	});
}
/** Checks and rules that keep a pull request from merging until a person acts: once for each kind and head. */
function tellWaits(situation, draft, segment, number) {
	const pull = situation.pulls.get(number);
	if (!pull) return;
	for (const need of situation.board.needs) {
		if (need.kind !== "unblock" || need.segment !== segment) continue;
		const { problem } = need;
		if (!isOfPull(problem)) continue;
		const facts = {
			pull,
			record: situation.record(segment),
			now: draft.now
		};
		if (problem.kind === "REVIEW_MISSING" && isTooEarly(facts)) continue;
		if (isHeldAndUndecided(situation, need)) continue;
		draft.once({
			kind: "say",
			key: `waits:${number}:${pull.head.slice(0, 12)}:${problem.kind}`,
			on: number,
			notice: {
				kind: "segment blocked",
				segment,
				problem,
				owner: draft.owner
			},
			reason: {
				kind: "person needed",
				problem: problem.kind
			}
		});
	}
}
/** The pull request already asks the same people for a verdict, and GitHub shows them the runs there. */
const isHeldAndUndecided = ({ board }, need) => need.kind === "unblock" && need.problem.kind === "RUNS_HELD" && board.needs.some((other) => other.kind === "decide pull" && other.segment === need.segment);
const OF_PULL = [
	"CHECKS_FAILED",
	"CHECKS_MISSING",
	"CHECKS_SLOW",
	"REVIEW_MISSING",
	"RULES_UNMET",
	"RUNS_HELD",
	"HEAD_UNRELATED"
];
const isOfPull = (problem) => OF_PULL.includes(problem.kind);
/** How often one wait is brought to mind. Then it stays on the panel. */
const MOST_REMINDERS = 3;
/**
* Reminds people of what only they can do, once in each period of `remind`, a few times (SPEC R9.6). No timer is needed:
* the sweep looks at each epic often enough.
*/
function remindPeople(situation, draft) {
	const { board, config, journal } = situation;
	const { remindMinutes } = config;
	if (remindMinutes === void 0 || journal.phase === "cancelled") return;
	const needs = journal.phase === "paused" ? board.needs.filter(({ kind }) => kind === "resume") : board.needs;
	for (const need of needs) {
		if (isHeldAndUndecided(situation, need)) continue;
		const since = waitingSince(situation, need);
		if (since === void 0) continue;
		const time = Math.min(3, Math.floor((draft.now - since) / (remindMinutes * 6e4)));
		if (time < 1) continue;
		draft.once({
			kind: "say",
			key: `remind:${subjectOf(need)}:${since}:${time}`,
			on: remindedOn(need, situation),
			notice: {
				kind: "reminder",
				need,
				board,
				to: [draft.owner, ...ownersIn(need)],
				time,
				of: 3,
				afterMs: time * remindMinutes * 6e4
			},
			reason: {
				kind: "person reminded",
				time
			}
		});
	}
}
/** Tells waits apart in a comment's key. It leaves out facts that change while Swarm waits for a person. */
function subjectOf(need) {
	const problem = "problem" in need ? need.problem.kind : void 0;
	const about = "segment" in need ? need.segment : "wave" in need ? need.wave : void 0;
	return [
		need.kind.replace(" ", "-"),
		about,
		problem
	].filter((part) => part !== void 0).join("-");
}
/** The issue or pull request on which a person acts. */
function remindedOn(need, { snapshot }) {
	if (!("segment" in need)) return snapshot.epic.number;
	if (need.kind !== "unblock") return need.pull;
	if (need.problem.kind === "SEGMENT_OWNED") return snapshot.epic.number;
	return ("at" in need.problem ? need.problem.at : {}).pull ?? need.segment;
}
const ownersIn = (need) => need.kind === "unblock" && need.problem.kind === "REVIEW_MISSING" ? need.problem.from : [];
/**
* The time since when a person is waited for: the latest of all that was said about it and happened to it. Undefined: before
* its comment is written.
*/
function waitingSince({ journal, board, snapshot }, need) {
	const said = (...starts) => Object.entries(journal.acts).flatMap(([key, { at }]) => starts.some((start) => key.startsWith(start)) ? [at] : []);
	const latest = (times) => times.reduce(laterOf, void 0);
	switch (need.kind) {
		case "unblock":
		case "decide pull":
		case "merge pull": {
			const of = need.segment;
			const { attempts } = recordOf(journal, of);
			const pull = "pull" in need ? need.pull : publication(recordOf(journal, of))?.pull;
			const onPull = pull === void 0 ? [] : [
				`head-red:${pull}:`,
				`waits:${pull}:`,
				`merge-refused:${pull}:`
			];
			const seen = snapshot.pulls.find(({ number }) => number === pull);
			return latest([
				attempts.at(-1)?.outcome?.at ?? journal.startedAt,
				...attempts.flatMap(({ id }) => said(questionKey(id))),
				...said(`blocked:${of}:`, `consent:${of}:`, `owned:${of}:`, ...onPull),
				seen?.readyAt,
				...(seen?.reviews ?? []).map(({ at }) => at)
			]);
		}
		case "approve wave": return latest(said(`approve-wave:${need.wave}`));
		case "accept": return latest(said("accept:"));
		case "calibration": return latest(said(`calibration-stopped:${need.wave}:`));
		case "resolve": return latest([board.asOf, ...said("held:", "refused:", "base-red:", "budget-spent:", "limit:", BASELINE_SAID)]);
		case "resume": return latest([journal.pausedAt, ...said("withdrawn:")]);
	}
}
function tellWaveToApprove({ waveToApprove: wave, errors, snapshot, plan }, draft) {
	if (wave === void 0 || errors.length > 0) return;
	draft.once({
		kind: "say",
		key: `approve-wave:${wave}`,
		on: snapshot.epic.number,
		notice: {
			kind: "approve wave",
			wave,
			owner: draft.owner,
			plan
		},
		reason: {
			kind: "wave to approve",
			wave
		}
	});
}
/** FNV-1a: tells two lists of errors apart in a comment's key. Nothing depends on it being hard to forge. */
function fingerprint(text) {
	let hash = 2166136261;
	for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 16777619);
	return (hash >>> 0).toString(16).padStart(8, "0");
}
/** The state label of each segment, and of the epic. */
function labelSegments(situation, draft) {
	const { epic } = situation.snapshot;
	for (const { number } of situation.plan.segments) {
		const issue = situation.issues.get(number);
		const progress = situation.progress.get(number);
		if (situation.snapshot.owners?.[number] !== void 0 || hasLetGo(situation.journal)) continue;
		if (issue && progress && number !== epic.number) label(draft, issue, segmentLabel(progress), situation.config);
	}
	label(draft, epic, epicLabel(situation), situation.config);
}
function label(draft, issue, wanted, config) {
	const isWanted = (name) => wanted !== void 0 && isLabel(name, config, wanted);
	const isOurs = (name) => STATE_LABELS.some((each) => isLabel(name, config, each));
	const add = wanted !== void 0 && !issue.labels.some(isWanted) ? [labelName(config, wanted)] : [];
	const remove = issue.labels.filter((each) => isOurs(each) && !isWanted(each));
	if (add.length + remove.length === 0) return;
	const reason = {
		kind: "state changed",
		issue: issue.number,
		state: wanted ?? "waiting"
	};
	draft.decide({
		kind: "set labels",
		issue: issue.number,
		add,
		remove,
		reason
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
function epicLabel({ journal, errors, progress, snapshot }) {
	if (journal.phase === "finished") return "done";
	if (journal.phase === "paused" || journal.phase === "cancelled") return "paused";
	if (errors.length > 0) return "blocked";
	if (progress.get(snapshot.epic.number)?.kind === "blocked") return "blocked";
	const kinds = new Set([...progress.values()].map(({ kind }) => kind));
	if (kinds.has("queued") || kinds.has("running")) return "running";
	return kinds.has("in review") ? "review" : "running";
}
/** The panel is written at most this often while only the steps of jobs change; the next look writes it. */
const STEPS_MS = 6e4;
function showPanel({ snapshot, board }, draft) {
	const said = snapshot.said[actKeys.panel];
	const comment = said?.id ?? draft.journal.acts[actKeys.panel]?.result;
	const panel = {
		kind: "show panel",
		key: actKeys.panel,
		on: snapshot.epic.number,
		board,
		reason: { kind: "panel current" }
	};
	if (comment === void 0) {
		draft.once(panel);
		return;
	}
	const isFresh = said?.at !== void 0 && draft.now - said.at < STEPS_MS;
	draft.decide({
		...panel,
		comment,
		...isFresh ? { steps: "can wait" } : {}
	});
}

// src/core/decide/decide.ts
function decide(snapshot, config) {
	const draft = new Draft(snapshot, remember(snapshot, snapshot.journal ?? emptyJournal(snapshot.epic.number)));
	bindMadeSegments(draft);
	if (snapshot.epic.state === "open") withdrawLost(draft, config);
	let situation = look(draft, planOf(draft, config), config);
	if (snapshot.epic.state === "open") {
		const before = JSON.stringify(planned(draft));
		for (const take of [
			takeRequests,
			adoptChanges,
			noteConfig,
			noteAgentFiles,
			takeProof
		]) take(situation, draft);
		const isSamePlan = JSON.stringify(planned(draft)) === before;
		situation = look(draft, isSamePlan ? situation.plan : planOf(draft, config), config);
		for (const make of [keepBlock, bindBlock]) {
			make(situation, draft);
			if (draft.journal !== situation.journal) situation = look(draft, situation.plan, config);
		}
	} else takeRequests(situation, draft);
	const isImporting = snapshot.epic.state === "open" && doImport(draft);
	if (situation.isLive && !isImporting) situation = situation.plan.source === "block" ? makeEpic(situation, draft) : act$1(situation, draft);
	else if (snapshot.epic.state === "open" && situation.journal.phase === "finished") run(END, situation, draft);
	finishRequests(draft);
	return {
		journal: isWorthKeeping(draft) ? draft.journal : snapshot.journal ?? emptyJournal(snapshot.epic.number),
		decisions: draft.decisions,
		board: situation.board,
		history: draft.history,
		texts: draft.texts,
		lookAgainAt: draft.lookAgainAt
	};
}
/** Decides for a live epic. @returns the situation that people are shown. */
function act$1(seen, draft) {
	judgeCoverage(seen, draft);
	const situation = draft.journal === seen.journal ? seen : look(draft, seen.plan, seen.config);
	keepClock(situation, draft);
	leaveQueue(situation, draft);
	const isCancelled = situation.journal.phase === "cancelled";
	run([isCancelled ? cancelRuns : cancelAbandoned], situation, draft);
	if (!isCancelled && !situation.isStopped) run([
		publishWork,
		reportChecks$1,
		mergeNext
	], situation, draft);
	run([
		settleMerged,
		closeGroups,
		calibrate,
		makeFollowUps,
		startBaseline,
		startWork,
		repeatLostDispatches,
		releaseSegments
	], situation, draft);
	const shown = situation.after(draft);
	run([
		tellProblems,
		tellQuestions,
		askAcceptance,
		remindPeople
	], shown, draft);
	const isFinished = draft.journal.phase === "finished";
	const last = isFinished ? shown.after(draft) : shown;
	const isOpening = draft.decisions.some(({ kind }) => kind === "publish");
	run(isFinished ? END : isOpening ? [] : [labelSegments, showPanel], last, draft);
	return last;
}
/** Decides for a live epic with a block, until its segments are issues. @returns the situation that people are shown. */
function makeEpic(situation, draft) {
	run([
		keepClock,
		makeBlock,
		tellProblems,
		remindPeople
	], situation, draft);
	const shown = situation.after(draft);
	run(draft.decisions.some(({ kind }) => kind === "make issue" || kind === "add blocker") ? [] : [labelSegments, showPanel], shown, draft);
	return shown;
}
/** The end of an accepted epic. Closing comes last: an end that was interrupted starts over, and does not after that. */
const END = [
	tellSummary,
	labelSegments,
	showPanel,
	closeEpic
];
function run(deciders, situation, draft) {
	for (const decider of deciders) decider(situation, draft);
}
/** The situation as the draft has it now. */
const look = ({ snapshot, journal }, plan, config) => new Situation({
	snapshot,
	journal,
	plan,
	config
});
/** The journal's part of a plan: fix segments, skipped segments, and what was authorised of the epic and the base. */
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
	const { epicDigest, agentFiles } = journal.authorisation ?? {};
	const isIncluded = journal.segments[journal.epic]?.included !== void 0;
	return {
		fixes,
		skipped,
		epicDigest,
		agentFiles: agentFiles?.digest,
		block: journal.block,
		isIncluded
	};
}
function planOf(draft, config) {
	const { others, instructions, authorised = {}, earlier: found = [] } = draft.snapshot;
	const asGiven = (issue) => ({
		...issue,
		...authorised[issue.number]
	});
	const epic = asGiven(draft.snapshot.epic);
	const issues = draft.snapshot.issues.map(asGiven);
	const { fixes, skipped, epicDigest } = planned(draft);
	const earlier = draft.journal.authorisation ? draft.journal.earlier ?? [] : found;
	const known = instructions ? { instructions } : {};
	const from = blockToPlan(draft);
	const block = from ? { block: from } : {};
	const skips = new Set(skipped);
	const made = planEpic({
		epic,
		issues,
		others,
		config,
		fixes,
		skipped: skips,
		earlier,
		...known,
		...block
	});
	const plan = {
		...made,
		source: sourceOf(draft.journal, made.source)
	};
	const added = [...blockDiagnostics({
		snapshot: draft.snapshot,
		journal: draft.journal,
		config,
		plan
	})];
	const files = changedAgentFiles(draft.snapshot, draft.journal);
	if (files.length > 0) added.push({
		level: "error",
		problem: {
			kind: "AGENT_FILES_CHANGED",
			files
		}
	});
	if (!["the epic itself", "block"].includes(plan.source) && epicDigest !== void 0 && epicDigest !== epic.digest) added.push({
		level: "warning",
		problem: {
			kind: "EPIC_CHANGED",
			at: { issue: epic.number }
		}
	});
	return added.length === 0 ? plan : {
		...plan,
		diagnostics: [...plan.diagnostics, ...added]
	};
}
/** Before an epic is started, a question or a refused command leaves nothing to keep. A decision about a segment does. */
function isWorthKeeping({ snapshot, journal }) {
	const substance = (of) => JSON.stringify({
		...of,
		taken: {},
		acts: {}
	});
	const before = snapshot.journal ?? emptyJournal(journal.epic);
	return journal.authorisation !== void 0 || substance(journal) !== substance(before);
}

// src/words/issues/import.ts
/** How many lines of each kind are shown. */
const SHOWN = 100;
const importText = ({ epic, found, errors }, url) => {
	const { children, links, left } = found;
	const tasks = children.map(({ issue, line }) => `#${issue} (line ${line})`);
	return [
		children.length + links.length === 0 ? "📥 There is nothing to import: no text says more than the links on GitHub do, as far as Swarm can read it and GitHub takes it." : `📥 \`/swarm import\` would create ${amount(children.length, links.length)}. Nothing is changed yet; comment \`/swarm import yes\` to create them.`,
		children.length === 0 ? "" : `**Sub-issues of #${epic}**, from its task list: ${enumerate(tasks, SHOWN)}.`,
		section("\"Blocked by\" links", links.map(sayLink)),
		section("Left as they are", left.map(sayLeft)),
		errors.length === 0 ? "" : `**First** fix what is wrong with the plan:\n${diagnosticsList(errors, { url })}`,
		"Texts stay as they are. A dependency that is said twice counts once, and sub-issues count instead of a task list."
	].filter((part) => part !== "").join("\n\n");
};
const importedText = ({ by, children, links, refused }) => [`✅ Imported, as ${inline(by, 60)} asked: ${amount(children.length, links.length)}.`, section("Not imported", refused.map(({ from, on, says }) => `${on === void 0 ? `#${from} as a sub-issue` : `#${from} blocked by #${on}`}: ${says === "" ? "GitHub does not show it" : inline(says, 300)}`))].filter((part) => part !== "").join("\n\n");
const amount = (children, links) => enumerate([...children > 0 || links === 0 ? [count(children, "sub-issue")] : [], ...links > 0 ? [count(links, "\"Blocked by\" link")] : []]);
const section = (heading, lines) => {
	if (lines.length === 0) return "";
	const more = lines.length - SHOWN;
	return [
		`**${heading}**`,
		...lines.slice(0, SHOWN).map((line) => `- ${line}`),
		...more > 0 ? [`- … and ${count(more, "more", "more")}`] : []
	].join("\n");
};
const place = (source) => source ? ` (${saySource(source)})` : "";
const sayLink = ({ from, on, source }) => `#${from} blocked by #${on}${place(source)}`;
const LINK_LEFT = {
	"another repository": "it is in another repository",
	"no issue": "Swarm finds no such issue",
	"pull request": "it is a pull request"
};
const TASK_LEFT = {
	"no issue": "Swarm finds no such issue here",
	"other parent": "it is a sub-issue of another issue",
	"too many": "GitHub allows 100 sub-issues of one issue",
	others: "others in the list cannot become sub-issues, and would not be in the epic any more"
};
const sayLeft = (left) => left.kind === "task" ? `#${left.issue} (line ${left.line}): ${TASK_LEFT[left.why]}` : `#${left.from} blocked by ${left.on.repository ? inline(refText(left.on)) : refText(left.on)}${place(left.source)}: ${LINK_LEFT[left.why]}`;

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
		...context === void 0 ? [] : [`Context from the agent: ${inline(context, 2e3)}`],
		...options.length === 0 ? [] : [options.map((option) => `- [ ] ${inline(option, 240)}`).join("\n")],
		`**Next** ${next}`,
		...keptText(kept),
		`<sub>[${docs}](${DOCS_URL}/${docs})</sub>`
	].join("\n\n");
};
const UNTICKED = {
	several: "Several boxes were ticked, but only one can be the answer, so they were cleared. Which one is it?",
	"not by a person who may": "A box was ticked, but not by a person with write access. It does not count, so it was cleared."
};
const closedText = ({ question, kept, segment }, end) => {
	const questionLine = `The question was: ${inline(question.question, 2e3)}`;
	switch (end.kind) {
		case "answered": return [
			`✅ Answered by ${inline(end.by, 60)}. No action needed: #${segment} continues from where it stopped.`,
			questionLine,
			"The answer:",
			block(end.text, { max: 4e3 }),
			...keptText(kept)
		].join("\n\n");
		case "gone on": return [
			`⏳ No one answered in time. No action needed: #${segment} continued with the agent's best judgement, and its pull request lists the assumptions.`,
			questionLine,
			...keptText(kept)
		].join("\n\n");
		case "over": return [
			`#${segment} is done or skipped; no answer is needed.`,
			questionLine,
			...keptText(kept)
		].join("\n\n");
	}
};
const keptText = (kept) => kept === void 0 ? [] : [`**Kept** ${keptAt(kept)}`];
/** The indexes, from 0, of the ticked boxes in an open question's comment. */
const ticksIn = (body) => [...body.matchAll(/^- \[([ xX])\] /gm)].flatMap(([, mark], box) => mark === " " ? [] : [box]);

// src/words/notices.ts
/**
* Comments, and the texts of issues that swarm creates. A comment is written only when a person asked or is needed;
* everything else is on the panel (SPEC R9.1).
*
* The switch is exhaustive: a new notice does not compile until it has words. Only the person who is needed, or who
* asked, is mentioned.
*/
/** The text of a comment, or of an issue that swarm creates, with its marker on the first line. */
const sayNotice = (notice, context) => {
	const names = notice.kind === "reminder" ? notice.board.plan.names : "names" in notice ? notice.names : void 0;
	return marked({
		kind: markerOf(notice),
		key: context.key
	}, withNames(bodyOf(notice, context.url), names));
};
const markerOf = ({ kind }) => {
	switch (kind) {
		case "fix segment":
		case "follow-up segment": return "fix";
		case "block segment": return "segment";
		default: return "say";
	}
};
const bodyOf = (notice, url) => {
	switch (notice.kind) {
		case "help": return helpText();
		case "plan": return planText(notice.plan, {
			url,
			heading: planHeading(notice.plan, notice.dryRun),
			...notice.advice ? { advice: notice.advice } : {}
		});
		case "import": return importText(notice, url);
		case "imported": return importedText(notice);
		case "refused request": return `${mention(notice.to)}${problemComment(notice.problem, { url })}`;
		case "setup warnings": return [`⚠️ Segments start, but ${count(notice.diagnostics.length, "thing")} in the setup may make them fail. No action is needed if this is what you want.`, diagnosticsList(notice.diagnostics, { url })].join("\n\n");
		case "epic held": {
			const errors = notice.diagnostics.filter(({ level }) => level === "error").length;
			return [
				`${mention(notice.owner)}⛔ Nothing starts until ${count(errors, "error")} ${errors === 1 ? "is" : "are"} fixed.`,
				diagnosticsList(notice.diagnostics, { url }),
				"Swarm re-checks automatically; no need to restart anything."
			].join("\n\n");
		}
		case "segment blocked": {
			const work = notice.kept === void 0 ? "" : `\n\n**Kept** ${keptAt(notice.kept)}`;
			const output = notice.artefact === void 0 ? "" : `\n\n**Output** Everything it printed is in ${artefactLink(notice.artefact)}.`;
			const telling = {
				url,
				segment: notice.segment
			};
			const sections = [networkSection(refusedIn(notice)), notice.course ? checkpointsSection(notice.course) : ""];
			return [`${mention(notice.owner)}⛔ ${problemComment(notice.problem, telling)}${work}${output}`, ...sections.filter((section) => section !== "")].join("\n\n");
		}
		case "question": return questionText(notice);
		case "segment answered": return [
			`✅ #${notice.segment} is answered. No action needed: this was a research segment, so no file changes are expected.`,
			"In the agent's words (not checked by swarm):",
			block(notice.summary, { max: 2e4 })
		].join("\n\n");
		case "approve wave": return [`${mention(notice.owner)}📋 Wave ${notice.wave} needs your approval: comment \`/swarm approve wave ${notice.wave}\` to start it.`, planText(notice.plan, {
			url,
			wave: notice.wave
		})].join("\n\n");
		case "calibration failed": return [`❌ The calibration of wave ${notice.wave} failed in round ${notice.round}. No action needed: swarm ${notice.fixes.length === 0 ? "creates fix segments" : `runs the fix ${notice.fixes.length === 1 ? "segment" : "segments"} ${enumerate(notice.fixes.map((number) => `#${number}`), 20)}`} and then calibrates again.`, findingsList(notice.findings)].join("\n\n");
		case "calibration stopped": return `${mention(notice.owner)}⛔ ${problemComment(notice.problem, { url })}`;
		case "ask acceptance": return [
			`${mention(notice.owner)}🎯 Every segment is done. Comment \`/swarm accept\`, or \`/swarm needs-work\` followed by what is missing.`,
			[
				"Before you accept, check that",
				"- the requirements are met as the epic states them,",
				"- it works well in use, not only in its tests,",
				"- edge cases are handled,",
				"- the acceptance criteria are ticked, with evidence that convinces you."
			].join("\n"),
			saySummary(notice.board)
		].join("\n\n");
		case "summary": return [`Accepted by ${inline(notice.by, 60)}. The epic is closed.`, saySummary(notice.board)].join("\n\n");
		case "cancelled": return [`⛔ Cancelled by ${inline(notice.by, 60)}. Its runs are being stopped and its reservations are released.`, "Open pull requests and branches stay as they are. `/swarm resume` continues from the state that GitHub shows then."].join("\n\n");
		case "withdrawn": return [`${mention(notice.owner)}⚠️ ${inline(notice.by, 60)} may no longer write to this repository, so what is not done yet does not count any more. Someone with write access has to say it again:`, notice.what.map((each) => `- ${sayAgain(each)}`).join("\n")].join("\n\n");
		case "merge refused": return `${mention(notice.owner)}⚠️ ${problemComment(notice.problem, { url })}`;
		case "reminder": return [`${mentions(notice.to)}⏳ This has been waiting for you for ${count(Math.round(notice.afterMs / 36e5), "hour")}: ${sayNeed(notice.need, notice.board, url)}`, notice.time < notice.of ? `Reminder ${notice.time} of ${notice.of}. \`remind\` in the config sets the time between them.` : "This is the last reminder. It stays on the panel until it is done."].join("\n\n");
		case "fix segment": return fixText(notice);
		case "follow-up segment": return [
			`${inline(notice.by, 60)} asked for this before accepting epic #${notice.epic}:`,
			block(notice.what, { max: 8e3 }),
			"## Acceptance criteria\n\n- [ ] The request above is met, with a test that shows it"
		].join("\n\n");
		case "block segment": return withConflicts(notice.text, notice.conflicts);
	}
};
/** Something that no longer counts, and how to say it again. */
const sayAgain = (what) => {
	switch (what.kind) {
		case "approval": return `the approval of #${what.pull}: approve it, or comment \`/approve\` there`;
		case "rejection": return `the rejection of #${what.pull}: request changes, or comment \`/reject\` with a reason there`;
		case "answer": return `the answer on #${what.segment}: answer the question there`;
		case "skip": return `skipping #${what.segment}: comment \`/swarm skip #${what.segment}\` with a reason`;
		case "retry": return `retrying #${what.segment}: comment \`/swarm retry #${what.segment}\``;
		case "wave approval": return `the approval of wave ${what.wave}: comment \`/swarm approve wave ${what.wave}\``;
		case "retry of a calibration": return "another calibration: comment `/swarm retry`";
		case "needs-work": return "something that is missing: comment `/swarm needs-work` with what it is, or `/swarm accept`";
		case "resume": return "resuming the epic, which is paused again: comment `/swarm resume`";
		case "budget": return "a higher budget: comment `/swarm resume budget=AMOUNT`";
		case "acceptance": return "accepting the epic: comment `/swarm accept`";
	}
};
const fixText = ({ wave, round, finding, files, epic }) => {
	const isWritable = files.length > 0 && files.every((file) => SCOPE.test(file));
	const where = `The calibration of wave ${wave} of epic #${epic} (round ${round})`;
	const scope = isWritable ? [`### Files\n\n${files.map((file) => `- \`${file}\``).join("\n")}`] : [];
	return [
		...finding.mends ? leftText(where, finding.mends) : foundText(where, finding),
		...scope,
		`### Type\n\nfix`,
		`## Acceptance criteria\n\n${criteriaOf(finding)}`
	].join("\n\n");
};
const foundText = (where, { check, subject, detail }) => [
	`${where} found a problem in the merged result: ${inline(check, 20)} ${inline(subject, 80)}.`,
	"Each segment was green on its own. Fix the root cause; do not weaken the check.",
	"Output of the check:",
	block(detail, { max: 8e3 })
];
const leftText = (where, { issue }) => [`${where} found open criteria of #${issue} that have no evidence.`, `Meet each one, or name the test that proves it is already met. Once a criterion has evidence here, swarm ticks it in #${issue}.`];
/** One for each criterion that is open in the other issue, in the same order; swarm matches them by position. */
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
/** The title of an issue that swarm creates. */
const titleOf = (notice) => {
	switch (notice.kind) {
		case "fix segment": return `Fix: wave ${notice.wave}${notice.round > 1 ? ` round ${notice.round}` : ""}, ${clip(oneLine(notice.finding.subject), 80)}`;
		case "follow-up segment": return clip(oneLine(notice.what.trim().split("\n", 1).join("")), 100) || "Follow-up";
		case "block segment": return notice.title;
		default: return clip(oneLine(notice.kind), 100);
	}
};

// src/github/looks/broken.ts
/** @returns if the epic is open, and its people have just been told. */
async function tellBroken(client, repository, epic, error) {
	const { repository: seen } = await client.queryWithNulls(`query Broken($owner: String!, $name: String!, $epic: Int!) {
      repository(owner: $owner, name: $name) { url issue(number: $epic) {
        id state author { login }
        comments(${onlyThe("last", 50, "after that many more, people may hear of it again")}) { nodes { viewerDidAuthor body } }
      } }
    }`, {
		...repository,
		epic
	});
	if (seen?.issue?.state !== "OPEN") return false;
	const { id, author, comments } = seen.issue;
	const problem = {
		kind: "JOURNAL_BROKEN",
		at: { issue: epic },
		ref: journalRef(epic),
		message: error.message
	};
	const body = sayNotice({
		kind: "calibration stopped",
		problem,
		owner: author?.login ?? ""
	}, {
		key: `journal-broken:${error.message}`,
		url: seen.url
	});
	const [marker = ""] = body.split("\n", 1);
	if (comments.nodes.some((comment) => comment.viewerDidAuthor && comment.body.startsWith(marker))) return false;
	await client.mutate("mutation Say($subjectId: ID!, $body: String!) { addComment(input: { subjectId: $subjectId, body: $body }) { clientMutationId } }", {
		subjectId: id,
		body
	});
	return true;
}

// src/github/issues.ts
/** Reads the epic's issues from GitHub, level by level, and converts them to swarm's types. */
/** The maximum nesting of sub-issues. @see https://docs.github.com/en/issues/tracking-your-work-with-issues/using-issues/adding-sub-issues */
const MAX_DEPTH = 8;
/** Reading stops here: a config allows at most 2,000 segments, each below at most as many groups as may nest. */
const MAX_ISSUES = 2e3 * MAX_DEPTH;
const MAX_TASKS = 2e3;
/** All issues below the epic, level by level; without sub-issues, the issues in its task list. */
async function issuesBelow(source, epic) {
	const found = /* @__PURE__ */ new Map();
	let level = childrenOf(epic);
	for (let depth = 0; depth < MAX_DEPTH && level.length > 0 && found.size < MAX_ISSUES; depth++) {
		const fresh = level.filter((issue) => !found.has(issue.id));
		for (const issue of fresh) found.set(issue.id, issue);
		const groups = fresh.filter((issue) => issue.subIssuesSummary.total > 0);
		level = (await Promise.all(inPages(groups).map((page) => childrenOfAll(source, page)))).flat();
	}
	if (level.some(({ id }) => !found.has(id))) source.onCut({
		kind: "sub-issues",
		of: epic.number,
		read: found.size
	});
	if ([...found.values()].every((issue) => readMarker(issue.body)?.kind === "fix" && issue.viewerDidAuthor)) for (const issue of await taskListIssues(source, epic)) found.set(issue.id, issue);
	const isHere = (issue) => isNamed(source.repository, issue.repository.nameWithOwner);
	const all = [...found.values()];
	return {
		epic,
		issues: all.filter(isHere),
		foreign: all.filter((issue) => !isHere(issue))
	};
}
/** An issue that was turned into a discussion stays, closed and locked. */
const isDiscussion = ({ state, changes }) => state !== "OPEN" && (changes?.nodes ?? []).some(({ __typename }) => __typename === "ConvertedToDiscussionEvent");
/** @returns undefined if the issue is in this repository. Only REST tells a deleted issue from one that was moved. */
async function goneOf(client, repository, number) {
	try {
		const { data } = await client.request("GET /repos/{owner}/{repo}/issues/{issue_number}", {
			...inRepository(repository),
			issue_number: number
		});
		const [, there = ""] = /\/([^/]+\/[^/]+)$/.exec(data.repository_url) ?? [];
		return isNamed(repository, there) ? void 0 : {
			how: "moved",
			to: `${there}#${data.number}`
		};
	} catch (error) {
		if (error instanceof GitHubRefused && error.status === 410) return { how: "deleted" };
		if (error instanceof GitHubRefused && error.status === 404) return { how: "out of sight" };
		throw error;
	}
}
/** One query for all groups. */
async function childrenOfAll(source, groups) {
	const { text, variables } = childrenOfGroups(groups);
	const answer = await source.client.queryWithNulls(text, variables, source);
	return groups.flatMap((group, index) => childrenOf({
		...group,
		...answer[`group${index}`]
	}));
}
/** An issue in a repository that swarm may not see is null, and not part of the epic. */
const childrenOf = (parent) => (parent.subIssues?.nodes ?? []).filter((child) => child !== null).map((child) => ({
	...child,
	parent: { number: parent.number }
}));
async function taskListIssues(source, epic) {
	const items = readTaskList(epic.body, source.repository);
	if (items.length > MAX_TASKS) source.onCut({
		kind: "issues in the task list",
		of: epic.number,
		read: MAX_TASKS
	});
	const found = [];
	for (let start = 0; start < Math.min(items.length, MAX_TASKS); start += 50) {
		const numbers = items.slice(start, Math.min(start + 50, MAX_TASKS)).map(({ number }) => number);
		const answer = await source.client.queryWithNulls(issuesByNumber(numbers), { ...source.repository }, source);
		found.push(...Object.values(answer.repository).filter((issue) => issue?.__typename === "Issue"));
	}
	return found;
}
const stateOf$2 = (issue) => issue.state === "OPEN" ? "open" : issue.stateReason === "NOT_PLANNED" || issue.stateReason === "DUPLICATE" ? "not planned" : "completed";
function withChildren(issues) {
	const children = Map.groupBy(issues, ({ parent }) => parent);
	return issues.map((issue) => ({
		...issue,
		children: (children.get(issue.number) ?? []).map(({ number }) => number)
	}));
}
/** A ticked box. The indent must not span lines: otherwise many empty lines would make this pattern quadratic. */
const TICKED = /^([^\S\n\u2028\u2029]*[-*+]\s+)\[[xX]\]/gm;
/** A digest of everything that an agent gets. Ticking a box does not change it, because people and swarm tick finished items. */
function digestOf$2(issue) {
	const options = issue.labels.nodes.map((label) => label.name).filter((name) => OPTION.test(name)).sort();
	const body = issue.body.replace(/\r\n?/g, "\n").replace(TICKED, "$1[ ]");
	return createHash("sha256").update(JSON.stringify([
		issue.title,
		body,
		options
	])).digest("hex");
}
/** A label that says how a segment runs. GitHub keeps one spelling of each, in any case. */
const OPTION = /^(model|effort|worker|persona|base|priority):|^P[0-3]$/i;
/** How many issues one query reads the changes of. */
const HANDS_PAGE = 50;
/** Changes of issues since then, with their authors, by the issue's id. */
async function handsOn({ client }, people, issues, since) {
	const found = /* @__PURE__ */ new Map();
	for (let at = 0; at < issues.length; at += HANDS_PAGE) {
		const ids = issues.slice(at, at + HANDS_PAGE).map(({ id }) => id);
		const { text, variables } = handsQuery(ids, new Date(since).toISOString());
		const answer = await client.queryWithNulls(text, variables);
		for (const issue of Object.values(answer)) {
			if (!issue) continue;
			const { pageInfo, nodes } = issue.timelineItems;
			const changes = nodes.filter(({ label }) => label === void 0 || OPTION.test(label.name)).map(async ({ actor, createdAt, subIssue }) => ({
				by: await people.person(actor),
				at: instant(Date.parse(createdAt)),
				...subIssue ? { removed: issueNumber(subIssue.number) } : {}
			}));
			found.set(issue.id, {
				cut: pageInfo.hasPreviousPage,
				changes: await Promise.all(changes)
			});
		}
	}
	return found;
}
/** @param since when the epic was authorised: before that, it does not matter who closed or reopened an issue. */
async function turnedOf(people, { changes }, since, own) {
	const event = changes?.nodes.findLast(({ __typename }) => __typename === "ClosedEvent" || __typename === "ReopenedEvent");
	const at = instant(Date.parse(event?.createdAt ?? ""));
	if (!event || !(at > since) || own !== void 0 && event.actor?.login === own) return {};
	return { turned: {
		to: event.__typename === "ReopenedEvent" ? "open" : "closed",
		by: await people.person(event.actor),
		at
	} };
}
async function issueOf(people, repository, issue, epic, more = {}) {
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
		state: stateOf$2(issue),
		...more.authorisedAt === void 0 ? {} : await turnedOf(people, issue, more.authorisedAt, more.own),
		...more.hands ? { hands: more.hands } : {},
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
			state: stateOf$2(blocker)
		})),
		digest: digestOf$2(issue),
		...marker?.kind === "fix" && !edited ? { madeFor: marker.key } : {},
		kind: "issue"
	};
}
const foreign = (here, nameWithOwner) => isNamed(here, nameWithOwner) ? {} : { repository: readRepositoryName(nameWithOwner) };
function readRepositoryName(nameWithOwner) {
	const [owner = "", name = ""] = nameWithOwner.split("/");
	return {
		owner,
		name
	};
}
const isNamed = ({ owner, name }, nameWithOwner) => nameWithOwner.toLowerCase() === `${owner}/${name}`.toLowerCase();

// src/github/people.ts
/** Looks up each person once per pass, when they are needed. */
var People = class {
	#client;
	#repository;
	#known = /* @__PURE__ */ new Map();
	constructor(client, repository) {
		this.#client = client;
		this.#repository = repository;
	}
	/** @param own true for swarm itself, known from `viewerDidAuthor`; its permission is not looked up. */
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
	/** A speaker with the id that the journal has. */
	async speaker({ by, byId = 0, byBot }) {
		if (byBot) return {
			id: byId,
			login: by,
			kind: "bot",
			permission: "none"
		};
		const known = await this.#permission(by);
		if (known.id === byId) return {
			id: byId,
			login: by,
			kind: "person",
			permission: known.permission
		};
		const login = await this.#loginOf(byId);
		if (login === void 0) return {
			id: byId,
			login: by,
			kind: "person",
			permission: "none"
		};
		const now = await this.#permission(login);
		return {
			id: byId,
			login,
			kind: "person",
			permission: now.id === byId ? now.permission : "none"
		};
	}
	/** @returns undefined if the account is gone. */
	async #loginOf(id) {
		try {
			return (await this.#client.request("GET /user/{account_id}", { account_id: id })).data.login;
		} catch (error) {
			if (error instanceof GitHubRefused && error.status === 404) return void 0;
			throw error;
		}
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
		const known = this.#known.get(login) ?? this.#fetch(login);
		this.#known.set(login, known);
		return known;
	}
	async #fetch(login) {
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

// src/github/pulls/rules.ts
/** The methods that the repository's settings allow, those that Swarm prefers first. */
function methodsIn({ mergeCommitAllowed, squashMergeAllowed, rebaseMergeAllowed }) {
	const allowed = {
		merge: mergeCommitAllowed,
		squash: squashMergeAllowed,
		rebase: rebaseMergeAllowed
	};
	return METHODS.filter((method) => allowed[method]);
}
/**
* The rules of branches, as far as everybody may read them. Each branch is read once for a pass.
* @see https://docs.github.com/en/rest/repos/rules#get-rules-for-a-branch
*/
var BranchRules = class {
	#ofRulesets = /* @__PURE__ */ new Map();
	#requiredChecks = /* @__PURE__ */ new Map();
	#client;
	#repository;
	constructor(client, repository) {
		this.#client = client;
		this.#repository = repository;
	}
	/** The rules of rulesets, also for a branch that is not there yet. None where GitHub does not show them. */
	on(branch) {
		return known$1(this.#ofRulesets, branch, () => rulesOn(this.#client, this.#repository, branch));
	}
	/** The checks that a branch requires: by rulesets, and by classic protection. */
	requiredChecks(branch) {
		return known$1(this.#requiredChecks, branch, async () => {
			const [rules, ofProtection] = await Promise.all([this.on(branch), checksOfProtection(this.#client, this.#repository, branch)]);
			return [...rules.flatMap((rule) => rule.type === "required_status_checks" ? rule.parameters?.required_status_checks ?? [] : []).map(({ context, integration_id }) => ({
				name: context,
				...integration_id == null ? {} : { appId: integration_id }
			})), ...ofProtection.map((name) => ({ name }))];
		});
	}
	/** The methods that the rules of a branch allow; `queue` if it has a merge queue. */
	async methods(branch) {
		const rules = await this.on(branch);
		if (rules.some(({ type }) => type === "merge_queue")) return "queue";
		return rules.reduce((methods, rule) => {
			if (rule.type === "required_linear_history") return methods.filter((method) => method !== "merge");
			const only = rule.type === "pull_request" ? rule.parameters?.allowed_merge_methods : void 0;
			return only ? methods.filter((method) => only.includes(method)) : methods;
		}, METHODS);
	}
};
function known$1(all, key, read) {
	const value = all.get(key) ?? read();
	all.set(key, value);
	return value;
}
const rulesOn = (client, repository, branch) => orNothing(client.paginate("GET /repos/{owner}/{repo}/rules/branches/{branch}", {
	...inRepository(repository),
	branch
}));
/** @see https://docs.github.com/en/rest/branches/branches#get-a-branch */
async function checksOfProtection(client, repository, branch) {
	const [found] = await orNothing(client.request("GET /repos/{owner}/{repo}/branches/{branch}", {
		...inRepository(repository),
		branch
	}).then(({ data }) => [data]));
	return found?.protection?.required_status_checks?.contexts ?? [];
}
/** Servers without rulesets, and tokens that may not read them: their rules are then not known, and GitHub decides later. */
async function orNothing(reading) {
	try {
		return await reading;
	} catch (error) {
		if (error instanceof GitHubRefused && (error.status === 404 || error.status === 403)) return [];
		throw error;
	}
}
/** The config names a method that is not allowed, or names none and the usual one is not. */
function checkMethod({ merge, mergeMethod: method }, branch, allowed) {
	const [first] = allowed;
	if (merge === "manual") return [];
	if (method === void 0 && first !== void 0) {
		const problem = {
			kind: "MERGE_METHOD",
			branch,
			method: METHODS[0],
			allowed,
			taken: first
		};
		return first === METHODS[0] ? [] : [{
			level: "warning",
			problem
		}];
	}
	if (method !== void 0 && allowed.includes(method)) return [];
	return [{
		level: "error",
		problem: {
			kind: "MERGE_METHOD",
			branch,
			method: method ?? METHODS[0],
			allowed
		}
	}];
}

// src/github/looks/pass.ts
/**
* What stays valid for a few looks in a row at one epic: answers of GitHub that were read a moment ago.
*
* A look follows each step, until nothing is left to do. The epic, its issues and its open pull requests are read by each of
* them: GitHub's reads can lag behind its writes, and nothing may be decided twice on a read that was too early. What a look
* asks for is mostly what the look before has asked for, so it is asked for in one query.
*/
/** Permissions are asked again after this long: a pass with many acts can take minutes. */
const PEOPLE_MS = 1e4;
/** The refs of reports are read again after this long. */
const REFS_MS = 1e4;
/** Answers that stay valid for a few looks in a row. */
var PassAnswers = class {
	/** The issues of the look before: mostly the next look asks for what they named. */
	issues;
	/** The config of the look before. */
	config;
	/** GitHub signs the commits of this epic's journal, so it signs those of its jobs as well. */
	signs = false;
	/** Segments that another epic was found to have. */
	contested = /* @__PURE__ */ new Set();
	/** Merged pull requests, by number. Nothing changes of them that matters here. */
	merged = /* @__PURE__ */ new Map();
	#refs;
	/** Runs as they were a moment ago, by dispatch. */
	runs = /* @__PURE__ */ new Map();
	#people;
	#disabled;
	rules;
	#gone = /* @__PURE__ */ new Map();
	#client;
	#repository;
	constructor(client, repository) {
		this.#client = client;
		this.#repository = repository;
		this.rules = new BranchRules(client, repository);
	}
	/** The refs with this prefix. Reports are read after their runs, and these no earlier than those of the pass. */
	async refs(prefix) {
		const now = this.#client.now();
		if (this.#refs?.prefix === prefix && now - this.#refs.at < REFS_MS) return this.#refs.found;
		const found = await readRefs(this.#client, this.#repository, prefix);
		this.#refs = {
			at: now,
			prefix,
			found
		};
		return found;
	}
	/** Notes the runs that these acts started. @param acts how they ended, by key */
	acted(decisions, acts) {
		for (const decision of decisions) {
			const ended = decision.kind === "dispatch" ? acts[decision.key] : void 0;
			if (decision.kind !== "dispatch" || ended?.kind !== "done" || ended.result === void 0) continue;
			const { id } = decision.dispatch;
			const run = {
				id: ended.result,
				dispatch: id,
				url: "",
				state: "queued",
				jobs: []
			};
			this.runs.set(id, {
				at: this.#client.now(),
				run
			});
		}
	}
	/** For one look: each person is asked about once. */
	get people() {
		const at = this.#client.now();
		if (!this.#people || at - this.#people.at >= PEOPLE_MS) this.#people = {
			at,
			people: new People(this.#client, this.#repository)
		};
		return this.#people.people;
	}
	/**
	* The methods by which pull requests can be merged, by the settings of the repository and the rules of the branch.
	* @param rules says if the rules have to be read.
	*/
	async methods(branch, rules, settings) {
		const inRepository = methodsIn(settings);
		if (!rules) return inRepository;
		const onBranch = await this.rules.methods(branch);
		if (onBranch === "queue") return METHODS;
		return inRepository.filter((method) => onBranch.includes(method));
	}
	/** @returns undefined for an issue that is still in this repository */
	gone(repository, issue) {
		const known = this.#gone.get(issue) ?? goneOf(this.#client, repository, issue);
		this.#gone.set(issue, known);
		return known;
	}
	/** Reads the kill switch, a variable of the repository; `cannot tell` without permission to read it. */
	isDisabled() {
		this.#disabled ??= isDisabled(this.#client, this.#repository);
		return this.#disabled;
	}
};
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

// src/github/looks/runs.ts
/** Reads the workflow runs that the journal waits for, with their jobs and current steps. */
/** A run is read again after this long. */
const RECENT_MS = 1e4;
/** A run may be dated a little earlier than its dispatch in the journal. */
const CLOCK_MS$1 = 6e5;
async function observeRuns({ client, repository, onCut, recent = /* @__PURE__ */ new Map() }, journal) {
	const open = Object.values(journal.dispatches).filter((dispatch) => !isEnded(journal, dispatch));
	const isRecent = ({ id }) => {
		const known = recent.get(id);
		return known !== void 0 && client.now() - known.at < RECENT_MS && known.run.state !== "completed";
	};
	const unread = open.filter((dispatch) => !isRecent(dispatch));
	const unseen = unread.filter(({ runId }) => runId === void 0);
	const found = unseen.length > 0 ? await findRuns({
		client,
		repository,
		onCut
	}, journal.epic, unseen) : /* @__PURE__ */ new Map();
	const latest = unread.length - unseen.length > 1 ? await latestRuns$1(client, repository) : /* @__PURE__ */ new Map();
	const runs = [];
	for (const dispatch of open) {
		const known = isRecent(dispatch) ? recent.get(dispatch.id) : void 0;
		if (known) {
			runs.push(known.run);
			continue;
		}
		const run = dispatch.runId === void 0 ? found.get(runTitle(journal.epic, dispatch.id)) : latest.get(dispatch.runId) ?? await runById(client, repository, dispatch.runId, dispatch);
		if (!run) continue;
		const read = await withJobs(client, repository, dispatch.id, run);
		recent.set(dispatch.id, {
			at: client.now(),
			run: read
		});
		runs.push(read);
	}
	return runs;
}
/**
* Cancels the runs of an epic whose issue was deleted or moved away: nobody can cancel them by a command any more, and nothing
* would come of their work. Its journal stays.
*/
async function cancelRunsOfGone(client, repository, epic) {
	const oid = await readHead(client, repository, epic);
	if (oid === void 0 || !await goneOf(client, repository, epic)) return [];
	const journal = await readState(client, repository, {
		epic,
		oid,
		seen: void 0
	});
	const live = (await observeRuns({
		client,
		repository,
		onCut: () => void 0
	}, journal)).filter(({ state }) => state !== "completed").map(({ id }) => id);
	for (const run_id of live) try {
		await client.request("POST /repos/{owner}/{repo}/actions/runs/{run_id}/cancel", {
			...inRepository(repository),
			run_id
		});
	} catch (error) {
		if (!(error instanceof GitHubRefused && error.status === 409)) throw error;
	}
	return live;
}
/** The latest runs by their ids. One page shows several of an epic at once; one that is older is read alone. */
async function latestRuns$1(client, repository) {
	const { data } = await client.request("GET /repos/{owner}/{repo}/actions/workflows/{workflow_id}/runs", {
		...inRepository(repository),
		workflow_id: "swarm.yml",
		event: "workflow_dispatch",
		per_page: 50
	});
	return new Map(data.workflow_runs.map((run) => [Number(run.id), runAnswer(run)]));
}
/** The runs of dispatches by their titles. It reads back to the time of the oldest dispatch, past everybody else's runs. */
async function findRuns({ client, repository, onCut }, epic, dispatches) {
	const titles = new Set(dispatches.map(({ id }) => runTitle(epic, id)));
	const oldestMs = Math.min(...dispatches.map(({ at }) => at)) - CLOCK_MS$1;
	const found = /* @__PURE__ */ new Map();
	let read = 0;
	let isWhole = false;
	await client.paginate("GET /repos/{owner}/{repo}/actions/workflows/{workflow_id}/runs", {
		...inRepository(repository),
		workflow_id: "swarm.yml",
		event: "workflow_dispatch"
	}, ({ data }, done) => {
		read += data.length;
		for (const run of data) {
			const title = run.display_title;
			if (titles.has(title) && !found.has(title)) found.set(title, runAnswer(run));
		}
		isWhole = found.size === titles.size || data.some((run) => Date.parse(run.created_at) < oldestMs);
		if (isWhole) done();
		return [];
	});
	if (!isWhole && read >= MAX_RUNS) onCut({
		kind: "workflow runs",
		of: void 0,
		read
	});
	return found;
}
/** @see https://docs.github.com/en/rest/actions/workflow-runs#list-workflow-runs-for-a-workflow */
const MAX_RUNS = 1e3;
/** The `run-name` in `swarm.yml`, which tells the dispatch of a run. */
const runTitle = (epic, dispatch) => `swarm #${epic} ${dispatch}`;
/** GitHub's reads can lag behind its writes: a run that was just started may not be there yet. */
const NOT_YET_MS = 6e5;
async function runById(client, repository, id, dispatch) {
	try {
		const { data } = await client.request("GET /repos/{owner}/{repo}/actions/runs/{run_id}", {
			...inRepository(repository),
			run_id: id
		});
		return runAnswer(data);
	} catch (error) {
		if (error instanceof GitHubRefused && error.status === 404) {
			if (client.now() - dispatch.at < NOT_YET_MS) return void 0;
			return {
				id,
				display_title: "",
				html_url: "",
				status: "completed",
				conclusion: "deleted"
			};
		}
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
		run_id: run.id
	}) : [];
	return {
		id: run.id,
		dispatch,
		url: run.html_url,
		state,
		...run.conclusion ? { conclusion: run.conclusion } : {},
		...state === "completed" ? ended(run.updated_at) : {},
		jobs: jobs.map((job) => {
			const step = job.steps?.find(({ status }) => status === "in_progress");
			const since = Date.parse(step?.started_at ?? job.started_at);
			return {
				name: job.name,
				state: job.status === "completed" ? "completed" : job.status === "in_progress" ? "running" : "queued",
				...job.conclusion ? { conclusion: job.conclusion } : {},
				...ended(job.completed_at),
				...step ? { step: step.name } : {},
				...Number.isFinite(since) ? { since: instant(since) } : {},
				...job.html_url ? { url: job.html_url } : {}
			};
		})
	};
}
function ended(at) {
	const endedAt = Date.parse(at ?? "");
	return Number.isFinite(endedAt) ? { endedAt: instant(endedAt) } : {};
}

// src/github/looks/still.ts
/**
* Looks again at an epic that stood still, without looking at all of it.
*
* A look records its queries and a digest of their answers. The next one asks the same queries once more, the two large ones as
* one. As long as the answers are the same, nothing has happened that a query shows. Only that is concluded from it: whatever
* differs leads to a whole look, and nothing is ever decided from what was remembered.
*
* What REST alone shows is not asked again: permissions, the kill switch, the journal's head. So what was recorded holds for a
* few minutes only, and not while a run is expected to do something.
*/
function record(client) {
	const asked = [];
	const noting = (ask) => async (text, variables, options) => {
		const answer = await ask(text, variables, options);
		asked.push({
			text,
			variables,
			answer
		});
		return answer;
	};
	return {
		client: {
			...client,
			query: noting(client.query),
			queryWithNulls: noting(client.queryWithNulls)
		},
		stillness() {
			const [epic, ...more] = asked;
			const detail = more.find(({ text }) => isDetail(text));
			if (!epic || !detail || isLook(epic.text)) return {
				queries: asked,
				digest: digestOf$1(asked.map(({ answer }) => answer))
			};
			const others = more.filter((each) => each !== detail);
			return {
				queries: [asOne(epic, detail), ...others.map(({ text, variables }) => ({
					text,
					variables
				}))],
				digest: digestOf$1([merged(epic.answer, detail.answer), ...others.map(({ answer }) => answer)])
			};
		}
	};
}
/** True if the queries have the same answers as before. */
async function standsStill(client, { queries, digest }) {
	return digestOf$1(await Promise.all(queries.map(({ text, variables }) => client.queryWithNulls(text, variables, { onCut: () => void 0 })))) === digest;
}
const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
/** The answer to two queries as GitHub gives it to their sum: the fields of both below the same object. */
function merged(first, second) {
	const both = Object.entries(second).map(([key, value]) => {
		const known = first[key];
		return [key, isObject(known) && isObject(value) ? {
			...known,
			...value
		} : value];
	});
	return {
		...first,
		...Object.fromEntries(both)
	};
}
/** Of the answers in their order. The order of an object's fields says nothing. */
function digestOf$1(answers) {
	const sorted = (_, value) => isObject(value) ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => a < b ? -1 : 1)) : value;
	return createHash("sha256").update(JSON.stringify(answers, sorted)).digest("hex");
}

// src/github/agent-files.ts
/**
* Reads which files of a commit steer agents, so that a change of one on the base is seen (SPEC R11.2).
*
* A commit costs one call, and only once, because it never changes. While the base is where it was when the epic was
* authorised, no call is made at all.
*/
/** @returns undefined if nothing can have changed, and nothing is to be authorised. */
async function readAgentFiles(sight) {
	const { client, repository, config, journal, base, pulls, isAsked } = sight;
	const authorisation = journal?.authorisation;
	if (!isAsked && (!authorisation || journal.phase === "finished")) return void 0;
	const since = authorisation?.agentFiles?.base ?? authorisation?.base;
	if (!isAsked && since === base.head) return void 0;
	const read = (commit) => filesAt(client, repository, commit, config.instructions);
	const files = await read(base.head);
	const now = {
		digest: digestOf(files),
		files
	};
	if (!journal || since === void 0 || authorisation?.agentFiles?.digest === now.digest) return {
		now,
		merged: {}
	};
	const authorised = await read(since).catch(orNone);
	const changed = changedBetween(authorised, files);
	const merged = {};
	for (const pull of pulls) {
		const segment = segmentOfPull(journal, pull.number);
		if (segment === void 0 || pull.state !== "merged") continue;
		const reported = proofOf(recordOf(journal, segment), pull.head)?.report.files ?? [];
		if (changed.some((file) => reported.includes(file))) merged[pull.number] = await read(pull.head).catch(orNone);
	}
	return {
		now,
		authorised,
		merged
	};
}
function orNone(error) {
	if (error instanceof GitHubRefused && (error.status === 404 || error.status === 422)) return {};
	throw error;
}
const digestOf = (files) => {
	const lines = Object.entries(files).map(([path, oid]) => `${oid} ${path}\0`);
	return createHash("sha256").update(lines.sort().join("")).digest("hex");
};
/** Commits that are kept: the base of each epic, and what it is compared with. */
const KEPT = 100;
const known = /* @__PURE__ */ new WeakMap();
function filesAt(client, repository, commit, folders) {
	const ofClient = known.get(client) ?? /* @__PURE__ */ new Map();
	known.set(client, ofClient);
	const key = JSON.stringify([
		repository.owner,
		repository.name,
		commit,
		folders.personas,
		folders.skills
	]);
	const kept = ofClient.get(key);
	if (kept) return kept;
	const [oldest] = ofClient.keys();
	if (ofClient.size >= KEPT && oldest !== void 0) ofClient.delete(oldest);
	const reading = readFiles$1(client, repository, commit, folders);
	ofClient.set(key, reading);
	reading.catch(() => ofClient.delete(key));
	return reading;
}
async function readFiles$1(client, repository, commit, folders) {
	const { entries, isWhole } = await treeAt(client, repository, commit);
	const files = agentFilesAmong(entries, folders);
	const contents = /* @__PURE__ */ new Map();
	let followed = followLinks(entries, Object.keys(files), contents);
	for (let step = 0; followed.unread.length > 0 && step < MOST_STEPS; step++) {
		const asked = followed.unread.slice(0, MOST_LINKS);
		const { found } = await placesAt(client, repository, commit, asked);
		for (const path of asked) contents.set(path, found.find((each) => each.path === path)?.content ?? "/");
		followed = followLinks(entries, Object.keys(files), contents);
	}
	const lacking = isWhole ? [] : followed.missing.slice(0, MOST_LINKS);
	const beyond = lacking.length === 0 ? [] : (await placesAt(client, repository, commit, lacking)).found;
	return {
		...files,
		...Object.fromEntries([...followed.entries, ...beyond].map(({ path, oid }) => [path, oid]))
	};
}
/** Links that lead to links. Repositories have one or two steps. */
const MOST_STEPS = 8;
const MOST_LINKS = 100;
async function treeAt(client, repository, commit) {
	if (commit === "") return {
		entries: [],
		isWhole: true
	};
	const { data } = await client.request("GET /repos/{owner}/{repo}/git/trees/{tree_sha}", {
		...inRepository(repository),
		tree_sha: commit,
		recursive: "1"
	});
	if (data.truncated) return {
		entries: await mainEntries(client, repository, commit),
		isWhole: false
	};
	return {
		entries: data.tree.flatMap(({ path, mode, type, sha }) => type === "tree" ? [] : [{
			path: type === "commit" ? `${path}/` : path,
			oid: `${mode} ${sha}`
		}]),
		isWhole: true
	};
}
/** Of a tree that GitHub cuts off (100,000 entries or 7 MB): its root, and the usual places below it, as wholes. */
async function mainEntries(client, repository, commit) {
	const { root, found } = await placesAt(client, repository, commit, PLACES_OF_AGENTS);
	return [...root.map(({ name, type, mode, oid }) => ({
		path: type === "blob" ? name : `${name}/`,
		oid: `${mode.toString(8)} ${oid}`
	})), ...found];
}
/** The root of a commit, and what it has at these paths, each as a whole. */
async function placesAt(client, repository, commit, paths) {
	const { text, variables } = placesQuery(commit, paths);
	const answer = await client.queryWithNulls(text, {
		...repository,
		...variables
	});
	const found = paths.flatMap((path, index) => {
		const place = answer.repository?.[`place${index}`];
		return place ? [{
			path,
			oid: place.oid,
			content: place.text ?? void 0
		}] : [];
	});
	return {
		root: answer.repository?.root?.entries ?? [],
		found
	};
}

// src/github/branch-names.ts
/**
* Reads if segments' branches can be made: existing branches that are in their way, and the repository's rules.
*
* Without this, a person would learn of it at the end of a run that an agent was paid for. It is read until the first
* dispatch. GitHub has the last word when the branch is made.
*/
/** Rules are written for folders of names, so one name stands for the others in its folder. */
const MAX_FOLDERS = 20;
/** How many branches one query asks about. */
const PAGE = 50;
/** The segments that are still open, as their issues read now. */
function openSegments(facts) {
	const { segments } = readEpic(facts);
	if (facts.block) return segments;
	const open = new Set([facts.epic, ...facts.issues].filter(({ state }) => state === "open").map(({ number }) => number));
	return segments.filter(({ number }) => open.has(number));
}
/** The branches of segments, without those with names that git refuses. */
const branchesToMake = (segments) => [...new Set(segments.flatMap(({ branch }) => branchFault(branch) ? [] : [branch]))];
async function branchFaults(source, branches) {
	const { client, repository } = source;
	return (await Promise.all([inTheWay(client, repository, branches), forbidden(source, branches)])).flat();
}
/** `a/b/c` → `a` and `a/b`. */
const foldersOf = (branch) => branch.split("/").flatMap((_, at, parts) => at === 0 ? [] : [parts.slice(0, at).join("/")]);
async function inTheWay(client, repository, branches) {
	const questions = [...[...new Set(branches.flatMap(foldersOf))].map((name) => ({
		is: "above",
		name
	})), ...branches.map((name) => ({
		is: "below",
		name
	}))];
	const pages = Array.from({ length: Math.ceil(questions.length / PAGE) }, (_, at) => questions.slice(at * PAGE, (at + 1) * PAGE));
	return (await Promise.all(pages.map((page) => there(client, repository, page)))).flat().map(({ is, name, branch }) => ({
		level: "error",
		problem: {
			kind: "BRANCH_IN_WAY",
			there: branch,
			branches: is === "below" ? [name] : branches.filter((each) => each.startsWith(`${name}/`))
		}
	}));
}
const branchQuestions = (page) => ({
	text: `query SwarmBranches($owner: String!, $name: String!, ${page.map((_, at) => `$branch${at}: String!`).join(", ")}) {
    repository(owner: $owner, name: $name) {
      id
      ${page.map(({ is }, at) => is === "above" ? `branch${at}: ref(qualifiedName: $branch${at}) { name }` : `branch${at}: refs(refPrefix: $branch${at}, ${onlyThe("first", 1, "one branch is enough to be in the way")}) { nodes { name } }`).join("\n      ")}
    }
  }`,
	variables: Object.fromEntries(page.map(({ is, name }, at) => [`branch${at}`, `refs/heads/${name}${is === "below" ? "/" : ""}`]))
});
async function there(client, repository, page) {
	const { text, variables } = branchQuestions(page);
	const answer = await client.queryWithNulls(text, {
		...repository,
		...variables
	});
	return page.flatMap(({ is, name }, at) => {
		const seen = answer.repository?.[`branch${at}`];
		if (is === "above") return seen ? [{
			is,
			name,
			branch: name
		}] : [];
		return (seen?.nodes ?? []).map((below) => ({
			is,
			name,
			branch: `${name}/${below.name}`
		}));
	});
}
async function forbidden({ client, repository, rules }, branches) {
	const folders = [...Map.groupBy(branches, (branch) => foldersOf(branch).at(-1) ?? "").values()];
	const found = await Promise.all(folders.slice(0, MAX_FOLDERS).map((names) => forbiddenIn(rules, names)));
	const byRule = Map.groupBy(found.flat(), ({ ruleset, why }) => `${ruleset} ${why}`);
	return (await Promise.all([...byRule.values()].map(async (refusals) => {
		const [first] = refusals;
		const rule = first && await bindingRule(client, repository, first.ruleset);
		if (!first || rule === void 0) return [];
		const names = refusals.map(({ branch }) => branch);
		return [{
			level: "error",
			problem: {
				kind: "BRANCH_FORBIDDEN",
				rule,
				why: first.why,
				branches: names
			}
		}];
	}))).flat();
}
/** @param branches of one folder */
async function forbiddenIn(rules, branches) {
	return (await rules.on(branches[0] ?? "")).flatMap((rule) => {
		const { ruleset_id: ruleset } = rule;
		if (ruleset === void 0) return [];
		if (rule.type === "creation") return branches.map((branch) => ({
			branch,
			ruleset,
			why: "creation"
		}));
		if (rule.type !== "branch_name_pattern") return [];
		return branches.filter((branch) => !fits(branch, rule.parameters)).map((branch) => ({
			branch,
			ruleset,
			why: "name"
		}));
	});
}
/**
* Answers whether a rule accepts a name. A regular expression of somebody else may take forever, so it is left to GitHub: a name
* that it refuses is refused when the branch is made, and the work is kept.
*/
function fits(branch, rule) {
	if (!rule) return true;
	const { operator, pattern, negate = false } = rule;
	switch (operator) {
		case "starts_with": return branch.startsWith(pattern) !== negate;
		case "ends_with": return branch.endsWith(pattern) !== negate;
		case "contains": return branch.includes(pattern) !== negate;
		default: return true;
	}
}
/** @returns the name of a ruleset that Swarm may not bypass; undefined if it may, or if GitHub does not say. */
async function bindingRule(client, repository, id) {
	try {
		const { data } = await client.request("GET /repos/{owner}/{repo}/rulesets/{ruleset_id}", {
			...inRepository(repository),
			ruleset_id: id
		});
		const may = data.current_user_can_bypass;
		return may === "never" || may === "pull_requests_only" ? data.name : void 0;
	} catch (error) {
		if (error instanceof GitHubRefused && (error.status === 403 || error.status === 404)) return void 0;
		throw error;
	}
}

// src/github/pulls/landing.ts
/**
* Reads a merge as its base shows it: is its commit there, onto which commit was it merged, and does it change what the
* pull request changes? GitHub's word "merged" says none of that (SPEC R6.9).
*/
/** Adds the merge to a pull request that was merged into the base, until the journal has a verdict on it. */
async function withLanded({ client, repository, journal, base }, pull, { mergeCommit }) {
	const segment = journal ? segmentOfPull(journal, pull.number) : void 0;
	if (!journal || segment === void 0 || pull.state !== "merged" || !mergeCommit || pull.base !== base.branch) return pull;
	const { landing } = recordOf(journal, segment);
	if (landing?.pull === pull.number && landing.verdict) return pull;
	const expected = landing?.pull === pull.number ? landing.expected : void 0;
	return {
		...pull,
		landed: await landedOf({
			client,
			repository
		}, {
			pull,
			base,
			mergeCommit,
			expected
		})
	};
}
async function landedOf(here, { pull, base, mergeCommit, expected }) {
	const commit = headSha(mergeCommit.oid);
	const tree = mergeCommit.tree.oid;
	const parent = headSha(mergeCommit.parents.nodes[0]?.oid ?? "");
	const wanted = expected?.base ?? parent;
	const found = {
		tree,
		onto: parent,
		keepsBase: true,
		foreign: []
	};
	const unseen = {
		...found,
		isOnBase: false
	};
	if (!await isAncestor(here, commit, base.head)) return unseen;
	const keepsBase = parent === wanted || await isAncestor(here, wanted, commit);
	if (keepsBase === void 0) return unseen;
	if (!keepsBase || tree === expected?.tree) return {
		...found,
		isOnBase: true,
		keepsBase
	};
	const onto = expected?.method === "rebase" ? await startOf$1(here, {
		from: wanted,
		commit,
		head: pull.head
	}) : parent;
	if (onto === "too many to compare") return {
		...found,
		isOnBase: true,
		foreign: "too many to compare"
	};
	const foreign = onto && await foreignFiles(here, {
		onto,
		commit,
		head: pull.head
	});
	return onto && foreign ? {
		...found,
		isOnBase: true,
		onto,
		foreign
	} : unseen;
}
/** The commit of the base that the rebased commits begin at. */
async function startOf$1(here, { from, commit, head }) {
	const own = await compare(here, from, head);
	const landed = await compare(here, from, commit);
	if (!own || !landed) return void 0;
	if (own.total_commits > COMMITS || landed.total_commits > COMMITS) return "too many to compare";
	const count = own.commits.filter(({ parents }) => parents.length === 1).length;
	const first = landed.commits.at(-count)?.parents[0];
	return first && headSha(first.sha);
}
/** GitHub lists at most this many files of a comparison. */
const MOST_FILES = 300;
/** Files that the merge changes on its base, and that the pull request does not. */
async function foreignFiles(here, { onto, commit, head }) {
	const landed = (await compare(here, onto, commit))?.files;
	const own = (await compare(here, onto, head))?.files;
	if (!landed || !own) return void 0;
	if (landed.length >= MOST_FILES || own.length >= MOST_FILES) return "too many to compare";
	const names = new Set(own.flatMap((file) => [file.filename, file.previous_filename]));
	return landed.map(({ filename }) => filename).filter((name) => !names.has(name));
}
/** @returns undefined if GitHub does not have both commits. */
async function isAncestor(here, ancestor, commit) {
	if (ancestor === commit) return true;
	const compared = await compare(here, ancestor, commit);
	return compared && (compared.status === "ahead" || compared.status === "identical");
}
/** How many commits of a comparison are read. */
const COMMITS = 100;
/**
* @returns undefined if one of the commits is not there, or they have no common history.
* @see https://docs.github.com/en/rest/commits/commits#compare-two-commits
*/
async function compare({ client, repository }, from, to) {
	try {
		const { data } = await client.request("GET /repos/{owner}/{repo}/compare/{basehead}", {
			...inRepository(repository),
			basehead: `${from}...${to}`,
			per_page: COMMITS
		});
		return data;
	} catch (error) {
		if (error instanceof GitHubRefused && error.status === 404) return void 0;
		throw error;
	}
}

// src/github/pulls/checks.ts
/**
* The checks of a commit as GitHub lists them, and those that a branch's rules require.
*
* GitHub lists the check runs of every suite: an older run of a workflow and its newer one stand next to each other. And it
* files a check run that a job's token makes under the first workflow run of the commit, of whichever workflow. So neither
* the list alone nor the suite of a check run says if it counts.
*/
const ACTIONS = "github-actions";
const OWN_WORKFLOW = /\/actions\/workflows\/swarm(?:-events|-clock)?\.yml$/;
/** The names of the jobs in Swarm's own workflows. */
const OWN_JOB = /^(?:orchestrate|plan|calibrate|record|continue|segment \d+(?: \/ (?:work|verify|publish))?)$/;
/** The latest run of each check that others reported on a commit. */
const checksOf = (rollup) => {
	const contexts = rollup?.contexts.nodes ?? [];
	const runs = contexts.filter((each) => each.__typename === "CheckRun");
	const counted = new Set(latestRuns(runs.filter((run) => !isOwnJob(run))));
	return contexts.flatMap((each) => {
		if (each.__typename === "StatusContext") return [ofStatus(each)];
		return counted.has(each) ? [ofRun(each)] : [];
	});
};
function ofStatus({ context, state, createdAt }) {
	const conclusion = {
		SUCCESS: "success",
		FAILURE: "failure",
		ERROR: "failure"
	}[state] ?? "pending";
	return {
		name: context,
		conclusion,
		...conclusion === "pending" ? since(createdAt) : {}
	};
}
function ofRun(run) {
	const conclusion = conclusionOf(run);
	return {
		name: run.name,
		conclusion,
		...conclusion === "pending" ? since(run.startedAt) : {}
	};
}
function since(time) {
	const at = Date.parse(time ?? "");
	return Number.isNaN(at) ? {} : { since: instant(at) };
}
/** Stale means that GitHub gave up waiting for its end. That does not count as success. */
function conclusionOf(run) {
	if (run.status !== "COMPLETED") return "pending";
	switch (run.conclusion) {
		case "SUCCESS": return "success";
		case "NEUTRAL":
		case "SKIPPED": return "neutral";
		default: return "failure";
	}
}
/**
* Answers whether a check run is a job of one of Swarm's own workflows. Such jobs also run on the base's head and on heads
* of pull requests, and their end says nothing about that commit.
*
* A name can be anybody's, and so can the suite. GitHub links the check run of a job to the job's page in its own run, so
* all of these have to agree. A job with `checks: write` could forge even that; but it could turn any red check green.
*/
function isOwnJob({ name, detailsUrl, checkSuite }) {
	const run = checkSuite?.workflowRun;
	return checkSuite?.app?.slug === ACTIONS && run != null && OWN_WORKFLOW.test(run.workflow.resourcePath) && OWN_JOB.test(name) && isJobPage(detailsUrl, run.resourcePath);
}
/** The part of a run's address that stays the same when its repository is renamed. */
const RUN = /\/actions\/runs\/\d+$/;
/** Answers whether a URL is the page of a job of this run. */
function isJobPage(url, runPath) {
	const [run] = RUN.exec(runPath) ?? [];
	const [path = ""] = (url ?? "").split(/[?#]/, 1);
	return run !== void 0 && path.includes(run) && /^\/job\/\d+$/.test(path.slice(path.lastIndexOf(run) + run.length));
}
/**
* The latest run of each check. Checks of one name are the same check if one app made them and, for jobs, one workflow for
* one event: a push and a pull request test different trees. A run that was cancelled, as by its concurrency group, does not
* count once any newer run of its job is there.
*/
function latestRuns(runs) {
	const newest = /* @__PURE__ */ new Map();
	const newestOfJob = /* @__PURE__ */ new Map();
	const put = (map, key, run) => {
		const known = map.get(key);
		if (known === void 0 || startOf(run) >= startOf(known)) map.set(key, run);
	};
	for (const run of runs) {
		put(newest, keyOf(run, "event"), run);
		put(newestOfJob, keyOf(run, "any event"), run);
	}
	return [...newest.values()].filter((run) => run.conclusion !== "CANCELLED" || newestOfJob.get(keyOf(run, "any event")) === run);
}
/** A run that has not started is newer than all that have. */
const startOf = ({ startedAt }) => Date.parse(startedAt ?? "") || Number.POSITIVE_INFINITY;
function keyOf({ name, detailsUrl, checkSuite }, by) {
	const run = checkSuite?.workflowRun;
	const job = run != null && isJobPage(detailsUrl, run.resourcePath) ? [run.workflow.resourcePath, by === "event" ? run.event : ""] : [];
	return JSON.stringify([
		name,
		checkSuite?.app?.slug,
		...job
	]);
}
/**
* The workflows whose latest run on a commit waits until a person lets it start. GitHub makes such runs for pull requests of a
* job's token. They have no jobs, so no check shows them.
* @see https://docs.github.com/en/actions/how-tos/write-workflows/choose-when-workflows-run/trigger-a-workflow
*/
function heldWorkflows(suites) {
	const latest = /* @__PURE__ */ new Map();
	for (const suite of suites) {
		const { workflowRun: run, createdAt } = suite;
		if (!run || OWN_WORKFLOW.test(run.workflow.resourcePath)) continue;
		const key = JSON.stringify([run.workflow.resourcePath, run.event]);
		const known = latest.get(key);
		if (known === void 0 || Date.parse(createdAt) >= Date.parse(known.createdAt)) latest.set(key, suite);
	}
	const held = [...latest.values()].filter(({ conclusion }) => conclusion === "ACTION_REQUIRED");
	return [...new Set(held.flatMap(({ workflowRun }) => workflowRun?.workflow.name ?? []))].sort();
}
/** The required checks that nobody reported on a commit. */
function missingChecks(required, rollup) {
	const contexts = rollup?.contexts.nodes ?? [];
	const isReported = ({ name, appId }) => contexts.some((each) => each.__typename === "StatusContext" ? each.context === name : each.name === name && (appId === void 0 || each.checkSuite?.app?.databaseId === appId));
	return [...new Set(required.filter((check) => !isReported(check)).map(({ name }) => name))];
}

// src/github/pulls/pulls.ts
/** The pull requests that the journal names. */
const pullsOf = (detail) => answersWith(detail.repository, "pull");
async function pullOf(people, pull) {
	const tip = pull.commits?.nodes[0]?.commit;
	const held = heldWorkflows(tip?.checkSuites?.nodes ?? []);
	return {
		number: pullNumber(pull.number),
		id: pull.id,
		url: pull.url,
		branch: pull.headRefName,
		base: pull.baseRefName,
		head: headSha(pull.headRefOid),
		state: pull.merged ? "merged" : pull.state === "OPEN" ? "open" : "closed",
		draft: pull.isDraft,
		...draftedBy(pull),
		...await reopenedOf(people, pull),
		...pull.reviewDecision == null ? {} : { asksReview: true },
		...reviewMissing(pull),
		mergeable: pull.mergeable === "MERGEABLE" ? "clean" : pull.mergeable === "CONFLICTING" ? "conflicting" : "unknown",
		mergeState: pull.mergeStateStatus.toLowerCase(),
		author: {
			id: pull.author?.databaseId ?? 0,
			login: pull.author?.login ?? "ghost"
		},
		reviews: await Promise.all(pull.reviews.nodes.filter((review) => review.state !== "PENDING").map((review) => reviewOf(people, review))),
		checks: checksOf(tip?.statusCheckRollup ?? null),
		...held.length > 0 && pull.state === "OPEN" ? { heldWorkflows: held } : {},
		...tip?.oid === pull.headRefOid ? { tip: {
			tree: tip.tree.oid,
			parents: parentsOf(tip)
		} } : {},
		...testMergeOf(pull),
		...queueOf(pull),
		...pull.mergeCommit ? { mergeCommit: headSha(pull.mergeCommit.oid) } : {},
		...pull.mergedAt ? { mergedAt: instant(Date.parse(pull.mergedAt)) } : {}
	};
}
const parentsOf = ({ parents }) => parents.nodes.map(({ oid }) => headSha(oid));
function testMergeOf({ potentialMergeCommit: commit }) {
	const [base, head] = commit ? parentsOf(commit) : [];
	return commit && base && head ? { testMerge: {
		base,
		head,
		tree: commit.tree.oid
	} } : {};
}
function queueOf({ isMergeQueueEnabled, mergeQueueEntry, unqueued }) {
	if (!isMergeQueueEnabled && !mergeQueueEntry) return {};
	const removed = unqueued?.nodes[0];
	return { queue: {
		...mergeQueueEntry ? { position: mergeQueueEntry.position } : {},
		...removed?.createdAt === void 0 ? {} : { removed: {
			at: instant(Date.parse(removed.createdAt)),
			reason: removed.reason ?? "UNKNOWN"
		} }
	} };
}
/** Swarm only marks drafts as ready: a pull request is turned into a draft by others alone. */
function draftedBy({ isDraft, drafted }) {
	const [event] = drafted?.nodes ?? [];
	if (isDraft) return event?.__typename === "ConvertToDraftEvent" ? { draftBy: event.actor?.login ?? "ghost" } : {};
	return event?.__typename === "ReadyForReviewEvent" ? { readyAt: instant(Date.parse(event.createdAt)) } : {};
}
/** The review that the rules of the base ask for, and the people and teams who are to give it. */
function reviewMissing({ reviewDecision, reviewRequests, reviews }) {
	if (reviewDecision === "CHANGES_REQUESTED") {
		const opinions = /* @__PURE__ */ new Map();
		for (const { author, state } of reviews.nodes) if (author && OPINIONS.includes(state)) opinions.set(author.login, state);
		return { reviewMissing: {
			of: "objectors",
			from: [...opinions].flatMap(([login, state]) => state === "CHANGES_REQUESTED" ? [login] : [])
		} };
	}
	if (reviewDecision !== "REVIEW_REQUIRED") return {};
	const asked = reviewRequests?.nodes ?? [];
	const owners = asked.filter(({ asCodeOwner }) => asCodeOwner);
	const from = (owners.length > 0 ? owners : asked).flatMap(({ requestedReviewer }) => requestedReviewer?.login ?? requestedReviewer?.combinedSlug ?? []);
	return { reviewMissing: {
		of: owners.length > 0 ? "code owners" : "reviewers",
		from
	} };
}
/** A comment changes no opinion. */
const OPINIONS = [
	"APPROVED",
	"CHANGES_REQUESTED",
	"DISMISSED"
];
async function reopenedOf(people, { reopened }) {
	const [event] = reopened?.nodes ?? [];
	if (!event) return {};
	return { reopened: {
		by: await people.person(event.actor),
		at: instant(Date.parse(event.createdAt))
	} };
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
/** Answers whether the rules of its base, and nothing else that GitHub names, keep a pull request from merging. */
const isHeldByRules = (pull) => pull.state === "OPEN" && !pull.isDraft && pull.mergeStateStatus === "BLOCKED" && pull.commits !== void 0;
/** Adds the required checks that nobody reported, where rules keep the pull request from merging. */
async function withMissingChecks(rules, pull, answer) {
	if (!isHeldByRules(answer)) return pull;
	const rollup = answer.commits?.nodes[0]?.commit.statusCheckRollup ?? null;
	const missing = missingChecks(await rules.requiredChecks(pull.base), rollup);
	return missing.length === 0 ? pull : {
		...pull,
		missingChecks: missing
	};
}
/**
* Adds the commit at which a head left the base, if its gates have to be proven against it. GraphQL does not have it.
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
		if (error instanceof GitHubRefused && error.status === 404) return {
			...pull,
			unrelated: true
		};
		throw error;
	}
}
/** How many of a branch's latest changes are read. */
const ACTIVITIES = 100;
/**
* Adds the person who pushed a head that Swarm did not make, once somebody has approved it. Commits name any author that
* their maker likes; only the repository's activity says who pushed.
* @see https://docs.github.com/en/rest/repos/repos#list-repository-activities
*/
async function withPusher(client, repository, journal, pull) {
	const segment = journal?.phase === "running" ? segmentOfPull(journal, pull.number) : void 0;
	if (!journal || segment === void 0 || pull.state !== "open") return pull;
	const record = recordOf(journal, segment);
	const heads = headsOf(record.updates, pull.head);
	if (!(pull.reviews.some(({ state, head }) => state === "approved" && heads.includes(head)) || record.approvals.some(({ head }) => heads.includes(head))) || isOwnHead(record, pull.head)) return pull;
	try {
		const { data } = await client.request("GET /repos/{owner}/{repo}/activity", {
			...inRepository(repository),
			ref: `refs/heads/${pull.branch}`,
			per_page: ACTIVITIES
		});
		const actor = data.find(({ after }) => after === heads.at(-1))?.actor;
		return actor ? {
			...pull,
			pushedBy: {
				id: Number(actor.id),
				login: actor.login
			}
		} : pull;
	} catch (error) {
		if (error instanceof GitHubRefused && (error.status === 404 || error.status === 403)) return pull;
		throw error;
	}
}
function baseOf(base, branch, config) {
	const checks = checksOf(base?.statusCheckRollup ?? null);
	const failing = checks.filter((check) => check.conclusion === "failure").map((check) => check.name);
	return {
		branch,
		head: headSha(base?.oid ?? ""),
		...base?.tree ? { proof: proofName(base.tree.oid, config) } : {},
		checks: failing.length > 0 ? "failing" : checks.some((check) => check.conclusion === "pending") ? "pending" : checks.length > 0 ? "passing" : "none",
		failing
	};
}

// src/core/text/command.ts
/**
* Reads commands in comments: `/swarm retry #14` on an epic or segment, `/approve` and `/reject why` on a pull request.
*
* A command must begin the first line of a comment, where no code, quote or quoted reply can be. Nothing else in a comment is
* a command: a mention in prose must never start anything (SPEC R3.4, threats T36). One that begins a later line is answered,
* so that nobody waits for it.
*/
/** The longest command without a reason. Longer lines are prose, or an attempt to make Swarm repeat something. */
const LINE_CHARS = 200;
/** How much of an unknown command is quoted. */
const SHOWN_CHARS = 40;
/** Words that people often try and that no edit distance would find. */
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
* Reads the command of a new comment: the first line from its first column on, in plain ASCII, in any case. The reason of
* `reject`, `skip`, `answer` and `needs-work` may continue below it. A line that clearly tries to be a command is `unknown` or
* `malformed`; any other text is `nothing`.
*
* @param where `/approve` and `/reject` without `/swarm` are commands on pull requests only.
*/
function readCommand(comment, where) {
	const asked = readFirstLine(comment, where);
	return asked.kind === "nothing" ? lateCommand(comment, where) : asked;
}
const LATE = /^\/(?:swarm[ \t]+([A-Za-z-]{1,20})|(approve|reject))(?=[ \t\r\n]|$)/im;
/** A command that begins a later line, outside code and quotes, is not taken. */
function lateCommand(comment, where) {
	if (!LATE.test(comment)) return NOTHING$1;
	for (const { text } of readableLines(linesOf(comment)).filter(({ number }) => number > 1)) {
		const found = LATE.exec(text);
		const verb = verbIn(found?.[1] ?? (where === "pull" ? found?.[2] : void 0));
		if (verb) return malformed(verb, "first line");
	}
	return NOTHING$1;
}
function readFirstLine(comment, where) {
	const end = comment.search(/[\r\n]/);
	const line = trimEndOf(end === -1 ? comment : comment.slice(0, end), " 	");
	const below = end === -1 ? "" : comment.slice(end);
	const start = /^\/(swarm|approve|reject)(?=[ \t]|$)[ \t]*/i.exec(line);
	if (!start) return where === "pull" && /^\/(?:approve|reject)/i.test(line) ? withPunctuation(line.slice(1)) : NOTHING$1;
	const first = start[1]?.toLowerCase();
	if (first !== "swarm") {
		if (where === "issue") return NOTHING$1;
		return readArguments(first === "approve" ? "approve" : "reject", line.slice(start[0].length), below, where);
	}
	const rest = line.slice(start[0].length);
	if (rest === "") return {
		kind: "command",
		command: { kind: "help" }
	};
	const word = rest.slice(0, rest.search(/[ \t]|$/));
	const verb = verbIn(word);
	if (!verb) {
		const asked = withPunctuation(rest);
		return asked.kind === "nothing" ? unknown(word) : asked;
	}
	return readArguments(verb, rest.slice(word.length).replace(/[ \t]+/, ""), below, where);
}
/** GitHub's limit of jobs in one matrix. @see https://docs.github.com/en/actions/reference/limits */
const MAX_AGENTS = 256;
const MAX_WAVE = 999;
const NOTHING$1 = { kind: "nothing" };
const VERBS = Object.keys(COMMANDS);
/** In any case, but only of letters of ASCII: others may look or fold alike. */
const verbIn = (word = "") => /^[A-Za-z-]+$/.test(word) ? VERBS.find((verb) => verb === word.toLowerCase()) : void 0;
/** `approve; rm -rf /` and `approve!` are meant as the command, but they do not count. */
function withPunctuation(text) {
	const verb = verbIn(/^([A-Za-z-]{1,20})[;.,:!]/.exec(text)?.[1]);
	return verb && text.length <= LINE_CHARS ? malformed(verb, "space or nothing") : NOTHING$1;
}
function unknown(word) {
	if (word.length > LINE_CHARS || !/^[!-~]+$/.test(word)) return NOTHING$1;
	const near = OTHER_WORDS.get(word.toLowerCase()) ?? nearest(word, VERBS);
	return {
		kind: "unknown",
		text: word.slice(0, SHOWN_CHARS),
		...near === void 0 ? {} : { nearest: near }
	};
}
/** Plain ASCII. An emoji, as in `/approve 👍`, is not an argument, but hides nothing either: its comment gets an answer. */
const ARGUMENTS = /^(?:[\t -~]|\p{Extended_Pictographic}(?:\ufe0f|\p{Emoji_Modifier}|\u200d\p{Extended_Pictographic})*)*$/u;
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
		const words = `${rest}${below}`;
		const end = words.search(/\s|$/);
		const segment = issueIn(words.slice(0, end));
		const reason = words.slice(end).trim();
		if (segment === void 0) return malformed(verb, "issue and reason");
		const wrong = reasonFault(reason);
		if (wrong) return malformed(verb, wrong);
		return command({
			kind: verb,
			segment,
			reason
		});
	}
	if (verb === "answer") {
		const [, id = "", words = ""] = /^([A-Za-z0-9][\w.-]{0,39})[ \t\r\n]([\s\S]*)/.exec(`${rest}${below}`) ?? [];
		const wrong = id === "" ? "question and answer" : reasonFault(words.trim());
		return wrong ? malformed(verb, wrong) : command({
			kind: verb,
			id,
			text: words.trim()
		});
	}
	if (rest.length > LINE_CHARS || !ARGUMENTS.test(rest)) return NOTHING$1;
	const words = rest.split(/[ \t]/).filter((word) => word !== "");
	const [first, ...more] = words;
	switch (verb) {
		case "execute": return readExecute(words);
		case "run":
		case "retry": {
			if (verb === "retry" && first === void 0) return command({ kind: verb });
			const segment = issueIn(first ?? "");
			return segment === void 0 || more.length > 0 ? malformed(verb, verb === "run" ? "issue" : "issue or nothing") : command({
				kind: verb,
				segment
			});
		}
		case "import":
			if (first === void 0) return command({ kind: verb });
			return first.toLowerCase() === "yes" && more.length === 0 ? command({
				kind: verb,
				confirmed: true
			}) : malformed(verb, "yes or nothing");
		case "approve": return where === "issue" ? readWaveApproval(words) : readPullApproval(words);
		case "resume": return readResume(words);
		case "help":
		case "plan":
		case "status":
		case "pause":
		case "cancel":
		case "accept": return words.length === 0 ? command({ kind: verb }) : malformed(verb, "nothing");
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
	if (reason === "") return "reason";
	return reason.length > 4e3 ? "shorter reason" : void 0;
}
function readExecute(words) {
	const wrong = malformed("execute", "execute options");
	const options = {};
	const parts = words.flatMap((word) => word.split(/[:=]/)).filter((part) => part !== "");
	for (let part = parts.shift(); part !== void 0; part = parts.shift()) if (part === "sequential" && options.sequential === void 0) options.sequential = true;
	else if (part === "dry-run" && options.dryRun === void 0) options.dryRun = true;
	else if ((part === "wave" || part === "agents") && options[part] === void 0) {
		const count = wholeIn(parts.shift(), part === "agents" ? MAX_AGENTS : MAX_WAVE);
		if (count === void 0) return wrong;
		options[part] = count;
	} else return wrong;
	return command({
		kind: "execute",
		...options
	});
}
const MAX_BUDGET_USD = 1e6;
function readResume(words) {
	if (words.length === 0) return command({ kind: "resume" });
	const [first, amount, ...more] = words.flatMap((word) => word.split(/[:=]/)).filter((part) => part !== "");
	const budgetUsd = Number(/^\$?(\d{1,7}(?:\.\d{1,2})?)$/.exec(amount ?? "")?.[1]);
	return first === "budget" && more.length === 0 && budgetUsd > 0 && budgetUsd <= MAX_BUDGET_USD ? command({
		kind: "resume",
		budgetUsd
	}) : malformed("resume", "budget or nothing");
}
function readWaveApproval(words) {
	if (words.length === 0) return command({ kind: "approve" });
	const wave = words[0] === "wave" && words.length === 2 ? wholeIn(words[1], MAX_WAVE) : void 0;
	return wave === void 0 ? malformed("approve", "wave or nothing") : command({
		kind: "approve",
		wave
	});
}
function readPullApproval(words) {
	const [first, ...more] = words;
	if (first === void 0) return command({ kind: "approve" });
	const head = first.toLowerCase();
	return more.length === 0 && /^[0-9a-f]{7,40}$/.test(head) ? command({
		kind: "approve",
		head
	}) : malformed("approve", "commit or nothing");
}
/** A whole number from 1 to `most`. */
function wholeIn(word, most) {
	const value = Number(/^[1-9]\d{0,3}$/.exec(word ?? "")?.[0]);
	return value <= most ? value : void 0;
}
const issueIn = (word) => numberIn(/^#?([1-9]\d{0,9})$/.exec(word)?.[1]);

// src/github/requests.ts
/** Reads the requests of people and bots with their authors: commands in comments and reviews, labels, and ticked boxes. */
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
/** Swarm's own comments, by the key of their act. A marker in another author's comment is only text. */
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
			node: comment.id,
			body: comment.body,
			at: instant(Date.parse(comment.lastEditedAt ?? comment.createdAt)),
			...ticked.length > 0 ? { ticked } : {}
		};
	}
	return said;
}
async function requestsOf(reader, config, journal, raw, detail, comments, people) {
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
	requests.push(...await tickRequests(reader, config, taken, comments, people));
	requests.push(...await labelRequests(raw.epic, config, taken, people));
	if (journal && raw.epic.state === "OPEN") {
		requests.push(...await unblockRequests(raw, config, taken, people));
		requests.push(...await retryRequests(reader, raw, config, people));
	}
	for (const { login, ...request } of reader.requests) {
		if (taken[request.id]) continue;
		requests.push({
			...request,
			at: reader.client.now(),
			by: await people.byLogin(login)
		});
	}
	return requests.sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
}
/**
* Boxes ticked in swarm's questions, as requests of the person who ticked them. On GitHub, everyone with write access and
* every app with permission for issues can edit any comment. So all editors since swarm's last edit are read, and if one of
* them is not trusted, none of the ticks count.
*/
async function tickRequests(reader, config, taken, comments, people) {
	const requests = [];
	for (const { comment, from } of comments) {
		const { key = "" } = comment.viewerDidAuthor && from.kind === "comment" && readMarker(comment.body) || {};
		const id = `ticks:${comment.id}:${comment.lastEditedAt}`;
		if (!isQuestionKey(key) || comment.lastEditedAt === null || taken[id]) continue;
		const boxes = ticksIn(comment.body);
		if (boxes.length === 0 || from.kind !== "comment") continue;
		const editors = await editorsOf(reader, comment, people);
		const [last] = editors;
		const by = editors.find((editor) => !isTrusted(editor, config)) ?? last;
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
/** The time of one edit may differ by this much between two of GitHub's answers. */
const CLOCK_MS = 5e3;
/**
* The people who edited a comment since swarm last wrote it, latest first. Empty if the last edit is swarm's own, or if
* GitHub does not show it yet.
*/
async function editorsOf({ client, ...options }, comment, people) {
	const { node } = await client.queryWithNulls(EDITS, { id: comment.id }, options);
	const edits = [...node?.userContentEdits?.nodes ?? []].sort((a, b) => Date.parse(b.editedAt) - Date.parse(a.editedAt));
	const [latest] = edits;
	const lastEditMs = Date.parse(comment.lastEditedAt ?? "");
	if (!latest || Date.parse(latest.editedAt) < lastEditMs - CLOCK_MS) return [];
	const own = edits.findIndex(({ editor }) => editor !== null && editor.login === comment.author?.login);
	const others = own === -1 ? edits : edits.slice(0, own);
	return Promise.all(others.map(({ editor }) => people.person(editor)));
}
/**
* Command labels on the epic, as requests of the person who added them last, who is read from the timeline. An issue form
* can set labels in the name of a person without permission (threats T01).
*/
async function labelRequests(epic, config, taken, people) {
	const requests = [];
	for (const label of COMMAND_LABELS) {
		const name = epic.labels.nodes.find((onEpic) => isLabel(onEpic.name, config, label))?.name;
		if (name === void 0) continue;
		const event = epic.timelineItems?.nodes.findLast((item) => item.label && isLabel(item.label.name, config, label));
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
/**
* The label `swarm:retry` on a segment, as a request of the person who added it last. One that is taken already is among
* them as long as its label is there, so that it is taken off.
*/
async function retryRequests({ client, ...options }, { issues }, config, people) {
	const requests = [];
	for (const issue of issues) {
		const name = issue.labels.nodes.find((label) => isLabel(label.name, config, "retry"))?.name;
		if (name === void 0 || issue.state !== "OPEN") continue;
		const { node } = await client.queryWithNulls(LABELLED, { id: issue.id }, options);
		const event = node?.timelineItems?.nodes.findLast((item) => item.label && isLabel(item.label.name, config, "retry"));
		if (!event) continue;
		const number = issueNumber(issue.number);
		requests.push({
			id: `label:${event.id}`,
			at: instant(Date.parse(event.createdAt)),
			by: await people.person(event.actor),
			asked: {
				kind: "command",
				command: {
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
/** A person who removes the blocked label of a segment requests a retry (SPEC R3.3). Swarm's own removals do not count. */
async function unblockRequests({ epic, issues }, config, taken, people) {
	const isBlocked = (label) => label != null && isLabel(label.name, config, "blocked");
	const requests = [];
	for (const issue of [epic, ...issues]) {
		const event = issue.changes?.nodes.findLast(({ label, actor }) => isBlocked(label) && actor?.__typename === "User");
		if (!event || taken[`label:${event.id}`] || issue.labels.nodes.some(isBlocked)) continue;
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
				name: event.label?.name ?? "",
				issue: number
			}
		});
	}
	return requests;
}

// src/github/setup/faults.ts
/**
* Reads what is wrong with a repository's setup and can be known before an agent is paid: workflows that do not fit together,
* are switched off or do not pass an agent its key, rights that the app lacks, and files that no job fetches (SPEC R3.7).
*
* It is read until the first dispatch. What only a run can tell, such as the value of a secret, is not known here.
*/
const [DISPATCHED, SEGMENT] = WORKFLOWS;
const pathOf = (workflow) => `${WORKFLOWS_FOLDER}/${workflow}`;
async function setupFaults(options) {
	const { client, repository } = options;
	const [files, state, lacking] = await Promise.all([
		readFiles(options),
		stateOf$1(client, repository, DISPATCHED),
		lackingRights(client)
	]);
	return [
		...lacking,
		...state.startsWith("disabled") ? [error({
			kind: "WORKFLOW_OFF",
			file: pathOf(DISPATCHED),
			by: state === "disabled_manually" ? "person" : "GitHub"
		})] : [],
		...differing(files),
		...unpassed(options, files.workflows.get(SEGMENT) ?? ""),
		...notFetched(files)
	];
}
const error = (problem) => ({
	level: "error",
	problem
});
const warning = (problem) => ({
	level: "warning",
	problem
});
const QUERY = `query SwarmSetup($owner: String!, $name: String!, $modules: String!, $attributes: String!) {
  repository(owner: $owner, name: $name) {
    ${ALL_WORKFLOWS.map((name, at) => `workflow${at}: object(expression: "HEAD:${pathOf(name)}") { ... on Blob { text } }`).join("\n    ")}
    modules: object(expression: $modules) { ... on Blob { text } }
    attributes: object(expression: $attributes) { ... on Blob { text } }
  }
}`;
async function readFiles({ client, repository, base }) {
	const answer = await client.queryWithNulls(QUERY, {
		...repository,
		modules: `${base}:.gitmodules`,
		attributes: `${base}:.gitattributes`
	});
	const textOf = (alias) => answer.repository?.[alias]?.text ?? "";
	const workflows = ALL_WORKFLOWS.map((name, at) => [name, textOf(`workflow${at}`)]);
	return {
		workflows: new Map(workflows.filter(([, text]) => text !== "")),
		modules: textOf("modules"),
		attributes: textOf("attributes")
	};
}
/** The workflows pass values to each other, so they have to be of one release. */
function differing({ workflows }) {
	const versions = [...new Set([...workflows.values()].flatMap(usedVersions))];
	const files = [...workflows.keys()].map(pathOf);
	return versions.length < 2 ? [] : [error({
		kind: "WORKFLOWS_DIFFER",
		files,
		versions
	})];
}
function notFetched({ modules, attributes }) {
	return [.../^\s*\[submodule\s/m.test(modules) ? [warning({
		kind: "NOT_FETCHED",
		what: "submodules"
	})] : [], .../^[^#\n]*\sfilter=lfs(?:\s|$)/m.test(attributes) ? [warning({
		kind: "NOT_FETCHED",
		what: "LFS files"
	})] : []];
}
/**
* Variables of agents that the work job is not given. A runner of one's own may have them in its environment, so this is no
* error.
*/
function unpassed({ config, agents }, segment) {
	if (segment === "") return [];
	const given = new Set(segment.split("\n").filter((line) => !line.trimStart().startsWith("#")).join("\n").match(/\b[A-Z_][A-Z0-9_]*\b/g));
	const missing = [void 0, ...agents].flatMap((name) => ROLES.flatMap((role) => agentFor(config, role, name === void 0 ? {} : { agent: name }) ?? [])).flatMap((agent) => {
		const presets = agent.keys ? [] : keysOf({
			...agent,
			environment: []
		});
		const preset = presets.some((key) => given.has(key)) ? [] : presets.slice(0, 1);
		const named = [...Object.values(agent.keys ?? {}), ...agent.environment].filter((key) => !given.has(key));
		return [...preset, ...named].map((variable) => ({
			agent: agent.name,
			variable
		}));
	});
	return [...new Map(missing.map((each) => [each.variable, each])).values()].map((each) => warning({
		kind: "KEY_NOT_PASSED",
		...each,
		file: pathOf(SEGMENT)
	}));
}
/** `unknown` for a workflow that GitHub has not registered yet, or that this token may not see. */
async function stateOf$1(client, repository, workflow) {
	try {
		const { data } = await client.request("GET /repos/{owner}/{repo}/actions/workflows/{workflow_id}", {
			...inRepository(repository),
			workflow_id: workflow
		});
		return data.state;
	} catch (failure) {
		if (failure instanceof GitHubRefused && (failure.status === 404 || failure.status === 403)) return "unknown";
		throw failure;
	}
}
/** Rights of the app that nothing works without, in the order in which they are shown. */
const RIGHTS_OF_APP = {
	actions: "write",
	checks: "write",
	contents: "write",
	issues: "write",
	pull_requests: "write",
	statuses: "read"
};
/** Only an app can ask for its rights. A job has those that the workflow names. */
async function lackingRights(client) {
	const known = await client.permissions();
	if (known === void 0) return [];
	const rights = lackingIn(known).length === 0 ? known : await client.permissions(true);
	return lackingIn(rights ?? {}).map((name) => error({
		kind: "PERMISSION_MISSING",
		permission: `${name}: ${RIGHTS_OF_APP[name]}`,
		lost: name
	}));
}
const lackingIn = (rights) => Object.keys(RIGHTS_OF_APP).filter((name) => rights[name] !== "write" && rights[name] !== RIGHTS_OF_APP[name]);

// src/github/observe.ts
/**
* Reads everything that `decide` may know about one epic. Only GitHub's current answers are trusted.
*
* It reads in three steps: the epic with its issues, journal and config; then the runs that the journal names; then pull
* requests, reports and blockers outside the epic. Runs are read *before* reports: if a run is over and its report is not
* there afterwards, it will never come.
*/
/** @returns undefined if the issue does not exist. */
async function observe(options) {
	const { epic: number } = options;
	const cuts = [];
	const { client, stillness } = record(options.client);
	const onCut = (list) => void cuts.push(list);
	const { known } = options;
	const oid = known?.oid ?? await readHead(client, options.repository, number);
	const isRead = oid !== void 0 && known === void 0;
	const variables = {
		...options.repository,
		epic: number,
		journal: oid ?? ABSENT,
		isStarted: isRead
	};
	const { issues: before } = options.answers;
	const guess = before && known && await guessDetail(options, before, known);
	const ofEpic = {
		text: epicQuery(options.expected),
		variables
	};
	const { text: query, variables: given } = guess ? asOne(ofEpic, guess) : ofEpic;
	const first = await client.queryWithNulls(query, given, { onCut });
	const answer = first.repository;
	if (!answer?.issue) return void 0;
	const repository = readRepositoryName(answer.nameWithOwner);
	const reading = {
		...options,
		repository,
		client,
		onCut
	};
	const journal = known?.journal ?? (oid === void 0 ? void 0 : await readState(client, repository, {
		epic: number,
		oid,
		seen: answer.state
	}));
	const configText = configTextIn(answer);
	const { config, diagnostics } = await options.parseConfig(configText);
	const earlier = journal?.authorisation ? void 0 : await readEarlier(client, repository, number);
	const { people } = options.answers;
	const below = await issuesBelow(reading, answer.issue);
	options.answers.issues = below;
	const raw = {
		...below,
		issues: below.issues.filter((issue) => !isDiscussion(issue))
	};
	const gone = journal ? await goneFrom(reading, journal, below, raw) : {};
	const runs = journal ? await observeRuns({
		...reading,
		recent: options.answers.runs
	}, journal) : [];
	options.answers.config = config;
	const block = raw.epic.state === "OPEN" && mayHaveBlock(raw.epic.body) ? await options.parseBlock(raw.epic.body) : void 0;
	const outside = outsideRefs(raw, reading, block);
	const files = journal && oid ? await filesOf(reading, {
		journal,
		oid
	}, raw) : [];
	const detail = await observeDetail(reading, detailQueriesOf(options.answers, {
		config,
		journal,
		raw,
		others: outside,
		files
	}), guess && {
		query: guess,
		answer: first
	});
	const seenOf = ({ alias }) => detail.repository?.[alias];
	const texts = new Map(await Promise.all(files.map(async (file) => [file.alias, await readFile(client, repository, {
		...file,
		seen: seenOf(file)
	})])));
	options.answers.signs ||= isSigned(answer.head);
	const { signs } = options.answers;
	const { reports, forged } = reportsOf(journal, files, (file) => {
		const commit = seenOf(file);
		return {
			value: parse(texts.get(file.alias)),
			isByJob: !signs || !commit || isByJob(commit),
			author: commit?.author?.name ?? ""
		};
	});
	const head = detail.repository?.base ?? null;
	const base = baseOf(head, config.base ?? answer.defaultBranchRef?.name ?? "main", config);
	const comments = commentsOf(raw, detail);
	const requests = await requestsOf(reading, config, journal, raw, detail, comments, people);
	const since = consentSince(journal, requests, config);
	const watched = [raw.epic, ...raw.issues].filter(({ state }) => state === "OPEN");
	const hands = since === void 0 ? /* @__PURE__ */ new Map() : await handsOn(reading, people, watched, since);
	const authorisedAt = journal?.authorisation?.at;
	const own = comments.find(({ comment }) => comment.viewerDidAuthor)?.comment.author?.login;
	const read = (issue) => issueOf(people, repository, issue, raw.epic.number, {
		authorisedAt,
		own,
		hands: hands.get(issue.id)
	});
	const issues = withChildren(await Promise.all(raw.issues.map(read)));
	const top = await read(raw.epic);
	const epic = {
		...top,
		children: issues.filter((issue) => issue.parent === top.number).map((issue) => issue.number)
	};
	const { rules } = options.answers;
	const pulls = await Promise.all(pullsOf(detail).map(async (pull) => {
		const known = await withMissingChecks(rules, await pullOf(people, pull), pull);
		const started = await withStart(client, repository, journal, base, known);
		const pushed = await withPusher(client, repository, journal, started);
		return withLanded({
			client,
			repository,
			journal,
			base
		}, pushed, pull);
	}));
	const isAsked = requests.length > 0;
	const mergeMethods = await options.answers.methods(base.branch, mayMatter(journal, pulls, isAsked), answer);
	const agentFiles = detail.repository?.base ? await readAgentFiles({
		client: options.client,
		repository,
		config,
		journal,
		base,
		pulls,
		isAsked
	}) : void 0;
	const open = new Set(watched.map(({ number }) => number));
	const others = othersOf(detail, outside);
	const isStarting = mayStart(journal, requests, config);
	const startsSoon = isStarting || requests.some(asksForPlan);
	const provenBase = isStarting && isBaseUnknown(journal, config) && base.proof !== void 0 ? await readProven(client, repository, base.proof) : void 0;
	const from = block && epic.children.length === 0 ? { block } : {};
	const segments = startsSoon ? openSegments({
		epic,
		issues,
		others,
		config,
		fixes: {},
		...from
	}) : [];
	const names = branchesToMake(segments);
	const owners = await ownersOf(reading, journal, isStarting ? watched.map((issue) => issueNumber(issue.number)) : []);
	const speakers = journal ? speakersOf(journal, (segment) => open.has(segment)) : [];
	const found = await preflight(options, answer, configText, detail, base.branch);
	const rulesBroken = [
		...checkMethod(config, base.branch, mergeMethods),
		...names.length > 0 ? await branchFaults({
			client,
			repository,
			rules
		}, names) : [],
		...startsSoon && answer.workflow && detail.repository?.base ? await setupFaults({
			client,
			repository,
			config,
			base: base.branch,
			agents: agentsOf(segments, config)
		}) : []
	];
	const isHeld = found.some(({ problem }) => problem.kind === "DISABLED") || rulesBroken.some(({ level }) => level === "error");
	return {
		config,
		journalOid: oid,
		stillness: !before && journal && runs.length === 0 && !isHeld && !isAwaited(journal) ? stillness : void 0,
		snapshot: {
			now: client.now(),
			orchestrator: options.orchestrator,
			repository: {
				...repository,
				id: answer.id,
				url: answer.url,
				defaultBranch: answer.defaultBranchRef?.name ?? base.branch,
				...answer.isEmpty ? { isEmpty: true } : {}
			},
			base,
			epic,
			...block ? { block } : {},
			issues,
			...Object.keys(gone).length > 0 ? { gone } : {},
			...owners ? { owners } : {},
			others,
			pulls,
			runs,
			reports,
			...forged.length === 0 ? {} : { forged },
			calibrationReports: calibrationReportsOf(texts, journal),
			...baselineReportsOf(texts, journal),
			...provenBase ? { provenBase } : {},
			...earlier ? { earlier } : {},
			requests,
			acknowledged: comments.filter(({ comment }) => hasReacted(comment, "EYES") && !hasReacted(comment, "ROCKET")).map(({ comment }) => ({
				id: `comment:${comment.id}`,
				node: comment.id
			})),
			said: saidIn(comments, number),
			made: madeIn(raw, issues),
			branches: branchesOf(detail),
			journal,
			authorised: authorisedTexts(raw, texts),
			speakers: await Promise.all(speakers.map((speaker) => people.speaker(speaker))),
			performed: options.performed,
			...namesInstructions(raw) ? { instructions: instructionsOf(detail) } : {},
			mergeMethods,
			labelIds: labelIdsOf(raw, detail),
			...options.runsIn === "job" && answer.clockWorkflow ? { clockWorkflow: CLOCK_WORKFLOW } : {},
			preflight: [
				...diagnostics,
				...foreignIssues(raw),
				...cuts.map(tooLong),
				...found,
				...rulesBroken
			],
			configDigest: sha256(configText.text ?? ""),
			...agentFiles ? { agentFiles } : {}
		}
	};
}
/** What became of the authorised segments that are not below the epic and that nobody has skipped. */
async function goneFrom({ answers, repository }, { authorisation, segments }, below, { issues }) {
	const there = new Set([below.epic, ...issues].map(({ number }) => number));
	const found = Object.keys(authorisation?.segments ?? {}).map(Number).filter((number) => !there.has(number) && !segments[number]?.skipped).slice(0, MAX_GONE).map(async (number) => {
		if (below.issues.some((issue) => issue.number === number)) return [[number, { how: "discussion" }]];
		const gone = await answers.gone(repository, number);
		return gone ? [[number, gone]] : [];
	});
	return Object.fromEntries((await Promise.all(found)).flat());
}
/**
* The epics that have some of its segments. It is asked before anything is started, and then only about segments that another
* epic had at the latest look: for all others, their claim is made together with the journal's step, or not at all.
*
* @param unstarted segments of an epic that may start in this look
*/
async function ownersOf({ client, repository, epic, answers }, journal, unstarted) {
	const known = [...journal?.contested ?? [], ...answers.contested];
	const claimed = unstarted.length === 0 ? [] : await claimedAmong(client, repository, unstarted);
	const contested = [.../* @__PURE__ */ new Set([...known, ...claimed])];
	return contested.length === 0 ? void 0 : readOwners(client, repository, epic, contested);
}
/** Each costs a call. Of more than that, the epic says only that they are not there. */
const MAX_GONE = 20;
/**
* Answers whether the rules of the base have to be read: before anything is started, and once something may be merged. They
* cost a call.
*/
const mayMatter = (journal, pulls, isAsked) => isAsked || !hasStartedWork(journal) || pulls.some(({ state, reviews }) => state === "open" && reviews.length > 0);
/** True while a run, or its report, is expected. */
const isAwaited = (journal) => Object.values(journal.dispatches).some((dispatch) => !isEnded(journal, dispatch)) || Object.values(journal.segments).some(({ attempts }) => attempts.some(({ outcome }) => outcome === void 0));
/** A part of a list looks like a list. So the epic waits, and a person hears of it. */
const tooLong = ({ kind, of, read }) => ({
	level: "error",
	problem: {
		kind: "LIST_TOO_LONG",
		list: kind,
		...of === void 0 ? {} : { of },
		read
	}
});
/** Answers whether the first segments may start in this look. */
const mayStart = (journal, requests, config) => !hasStartedWork(journal) && (journal?.authorisation !== void 0 || consentsIn(requests, config).length > 0);
/** Answers whether the gates have to run on the base, so that it is worth a call to ask if another epic did that. */
const isBaseUnknown = (journal, { baseline }) => baseline === "on" && journal?.baselines?.at(-1)?.verdict?.kind !== "sound";
/** A plan tells everything that would hold its epic back. */
const asksForPlan = ({ asked }) => asked.kind === "command" && (asked.command.kind === "plan" || asked.command.kind === "execute" && asked.command.dryRun === true);
/** The agents that segments and their workers name, and those that try after others or stand in for them. */
const agentsOf = (segments, config) => {
	const specs = segments.map(({ spec }) => spec);
	const workers = [...new Set(specs.map(({ worker }) => worker))];
	const picks = [
		...specs,
		...workers.flatMap((worker) => escalateOf(config, worker)),
		...config.fallback
	];
	const own = workers.flatMap((worker) => config.byWorker[worker] ?? []);
	return [.../* @__PURE__ */ new Set([...[...picks, ...own].flatMap(({ agent }) => agent ?? []), ...own.flatMap(({ roles = {} }) => Object.values(roles))])];
};
/** Swarm's own issues. One of a block is the block's whatever people have written into it since. */
function madeIn(raw, issues) {
	const fixes = issues.flatMap(({ madeFor, number }) => madeFor === void 0 ? [] : [[madeFor, number]]);
	const ofBlock = raw.issues.flatMap(({ body, number, viewerDidAuthor }) => {
		const marker = viewerDidAuthor ? readMarker(body) : void 0;
		return marker?.kind === "segment" ? [[marker.key, issueNumber(number)]] : [];
	});
	return Object.fromEntries([...fixes, ...ofBlock]);
}
/** The times of the consents that people give in this look. */
const consentsIn = (requests, config) => requests.flatMap(({ asked, by, at }) => asked.kind === "command" && isConsent(asked.command) && isTrusted(by, config) ? [at] : []);
/**
* The time since when changes of issues have to be known, because a consent to them is recorded in this look: a person gave
* it, or changes may be adopted. What others changed since then is not part of it (SPEC R11.2).
*/
function consentSince(journal, requests, config) {
	const given = consentsIn(requests, config);
	const { authorisation } = journal ?? {};
	const mayAdopt = config.adopt === "automatic" || !hasStartedWork(journal);
	const all = [...given, ...authorisation && mayAdopt ? [authorisation.at] : []];
	return all.length === 0 ? void 0 : instant(Math.min(...all));
}
const isConsent = (command) => command.kind === "run" || command.kind === "execute" && !command.dryRun;
const sha256 = (text) => createHash("sha256").update(text).digest("hex");
function detailQueriesOf({ merged }, { config, journal, raw, others, files }) {
	const open = new Set(raw.issues.filter((issue) => issue.state === "OPEN").map((issue) => issue.number));
	const records = Object.entries(journal?.segments ?? {}).map(([segment, record]) => ({
		segment: Number(segment),
		record
	}));
	const attempts = records.flatMap(({ record }) => record.attempts);
	const pulls = records.flatMap(({ segment, record }) => {
		const outcome = record.attempts.findLast((attempt) => attempt.outcome?.kind === "published")?.outcome;
		if (outcome?.kind !== "published") return [];
		const isOpen = open.has(segment) || segment === raw.epic.number;
		if (!isOpen && merged.has(outcome.pull)) return [];
		return [{
			number: outcome.pull,
			detail: isOpen ? "whole" : "state"
		}];
	});
	return detailQueries({
		base: config.base ?? "HEAD",
		pulls,
		branches: [...new Set(attempts.flatMap((attempt) => [attempt.branch, ...keptOf(attempt).map(({ branch }) => branch)]))],
		labels: STATE_LABELS.map((label) => labelName(config, label)),
		files,
		others,
		personaFolders: namesInstructions(raw) ? foldersFor("persona", config.instructions) : [],
		skillFolders: namesInstructions(raw) ? foldersFor("skill", config.instructions) : []
	});
}
/** The query that will be needed once the epic is read, if nobody but Swarm changed it: then one call asks for both. */
async function guessDetail(options, raw, known) {
	const { answers, repository } = options;
	if (!answers.config) return void 0;
	return detailQueriesOf(answers, {
		config: answers.config,
		...known,
		raw,
		others: outsideRefs(raw, {
			repository,
			onCut: () => {}
		}),
		files: await filesOf(options, known, raw)
	})[0];
}
/** @param guess the query that was asked for together with the epic, and its answer */
async function observeDetail({ client, repository, answers, ...options }, wanted, guess) {
	const isGuessed = guess !== void 0 && JSON.stringify(wanted[0]) === JSON.stringify(guess.query);
	const asked = await Promise.all(wanted.slice(isGuessed ? 1 : 0).map(({ text, variables }) => client.queryWithNulls(text, {
		...repository,
		...variables
	}, options)));
	const [first, ...more] = isGuessed ? [guess.answer, ...asked] : asked;
	if (!first?.repository) return { repository: null };
	const repositories = more.map(({ repository }) => repository);
	const known = [...answers.merged].map(([number, pull]) => [`pull${number}`, pull]);
	const all = Object.assign(Object.fromEntries(known), first.repository, ...repositories);
	const detail = Object.assign({}, first, ...more, { repository: all });
	for (const pull of pullsOf(detail)) if (pull.merged) answers.merged.set(pull.number, pull);
	return detail;
}
/**
* The files that the journal waits for: reports of attempts, calibrations and the base, and texts as they were authorised where they
* read differently now.
*/
async function filesOf({ answers, epic }, { journal, oid }, raw) {
	const reports = Object.values(journal.segments).flatMap((record) => record.attempts).filter((attempt) => !attempt.outcome || journal.acts[actKeys.checks(attempt.id)]?.state === "intended").map((attempt) => ({
		kind: "report",
		ref: reportRef(epic, attempt.id),
		attempt: attempt.id
	}));
	const calibrations = Object.entries(journal.calibrations).flatMap(([wave, rounds]) => rounds.filter((round) => !round.verdict).map((round) => ({
		kind: "calibration",
		ref: calibrationRef(epic, Number(wave), round.round),
		attempt: void 0
	})));
	const baselines = (journal.baselines ?? []).filter(({ verdict }) => !verdict).map(({ round }) => ({
		kind: "baseline",
		ref: baselineRef(epic, round),
		attempt: void 0
	}));
	const awaited = [
		...reports,
		...calibrations,
		...baselines
	];
	const refs = awaited.length === 0 ? /* @__PURE__ */ new Map() : await answers.refs(sharedStart(awaited.map(({ ref }) => ref)));
	return [...awaited.flatMap(({ kind, ref, attempt }, index) => {
		const commit = refs.get(ref);
		const file = {
			alias: `${kind}${index}`,
			path: `${kind}.json`,
			...attempt === void 0 ? {} : { attempt }
		};
		return commit === void 0 ? [] : [{
			...file,
			commit
		}];
	}), ...[raw.epic, ...raw.issues].filter((issue) => isOther(journal, issue)).map(({ number }) => ({
		alias: `text${number}`,
		commit: oid,
		path: textFile(number)
	}))];
}
/** The longest text that all of these begin with. */
function sharedStart([first = "", ...others]) {
	let length = first.length;
	for (const text of others) while (!text.startsWith(first.slice(0, length))) length--;
	return first.slice(0, length);
}
/** Answers whether a segment ran and reads differently now, so that the text that it was given has to be read. */
function isOther(journal, issue) {
	const known = journal?.authorisation?.segments[issue.number]?.digest;
	const ran = (journal?.segments[issue.number]?.attempts.length ?? 0) > 0;
	return known !== void 0 && ran && issue.state === "OPEN" && known !== digestOf$2(issue);
}
function authorisedTexts(raw, texts) {
	const found = [raw.epic, ...raw.issues].flatMap(({ number }) => {
		const text = texts.get(`text${number}`);
		return text === void 0 ? [] : [[number, JSON.parse(text)]];
	});
	return Object.fromEntries(found);
}
/** True if an open issue may name a persona or a skill. Otherwise reading them would be a waste. */
const namesInstructions = (raw) => [raw.epic, ...raw.issues].some(({ state, body, labels }) => state === "OPEN" && (/persona|skill/i.test(body) || labels.nodes.some(({ name }) => name.startsWith("persona:"))));
function instructionsOf(detail) {
	const entriesOf = (alias) => answersWith(detail.repository, alias).flatMap(({ entries }) => entries ?? []);
	const personas = entriesOf("personas").flatMap(({ name, type }) => type === "blob" ? personaIn(name) ?? [] : []);
	const skills = entriesOf("skills").flatMap(({ name, object }) => isInstructionName(name) && object?.entries?.some((entry) => entry.name === "SKILL.md") ? [name] : []);
	return {
		personas: [.../* @__PURE__ */ new Set([...personas, ...SHIPPED_PERSONAS])].sort(),
		skills: [...new Set(skills)].sort()
	};
}
function branchesOf(detail) {
	const branches = answersWith(detail.repository, "branch");
	return Object.fromEntries(branches.map((branch) => [branch.name, headSha(branch.target.oid)]));
}
function labelIdsOf({ epic, issues }, detail) {
	const known = [epic, ...issues].flatMap(({ labels }) => labels.nodes);
	const ours = answersWith(detail.repository, "label");
	return Object.fromEntries([...known, ...ours].map(({ id, name }) => [name.toLowerCase(), id]));
}
/**
* Reports of attempts that the journal waits for. One that is not valid JSON is ignored, and the run counts as lost. One that
* the run's own job did not write is forged: its commit is not a job's where GitHub signs those, or it names another run.
*/
function reportsOf(journal, files, read) {
	const reports = [];
	const forged = [];
	for (const file of files) {
		const attempt = journal && file.attempt !== void 0 ? findAttempt(journal, file.attempt) : void 0;
		const { value, isByJob: isOurs, author } = read(file);
		if (!attempt || value?.version !== 1) continue;
		const isOfRun = value.attempt === attempt.id && journal?.dispatches[attempt.dispatch]?.runId === value.runId;
		if (isOurs && isOfRun) reports.push(value);
		else forged.push({
			attempt: attempt.id,
			author
		});
	}
	return {
		reports,
		forged
	};
}
function calibrationReportsOf(texts, journal) {
	return [...texts].flatMap(([alias, text]) => {
		const report = alias.startsWith("calibration") ? parse(text) : void 0;
		return report?.version === 1 && journal?.calibrations[report.wave] !== void 0 ? [report] : [];
	});
}
function baselineReportsOf(texts, journal) {
	const found = [...texts].flatMap(([alias, text]) => {
		const report = alias.startsWith("baseline") ? parse(text) : void 0;
		return report?.version === 1 && journal?.baselines?.some(({ round }) => round === report.round) ? [report] : [];
	});
	return found.length === 0 ? {} : { baselineReports: found };
}
function parse(text) {
	try {
		return text === void 0 ? void 0 : JSON.parse(text);
	} catch {
		return;
	}
}
/** The most issues outside the epic that its texts may name. */
const MAX_OUTSIDE = 1e3;
/** Issues that texts name but that are not below the epic, to distinguish "open elsewhere" from "missing". */
function outsideRefs(raw, { repository, onCut }, block) {
	const inside = /* @__PURE__ */ new Set([raw.epic.number, ...raw.issues.map((issue) => issue.number)]);
	const refs = /* @__PURE__ */ new Map();
	const texts = [raw.epic, ...raw.issues].map(({ number, title, body, labels }) => ({
		number: issueNumber(number),
		title,
		body,
		labels: labels.nodes.map((label) => label.name)
	}));
	const planned = (block?.segments ?? []).map((segment) => ({
		...segment,
		number: issueNumber(raw.epic.number)
	}));
	for (const text of [...texts, ...planned]) {
		const { spec } = readSpec(text);
		for (const ref of [...spec.dependsOn, ...spec.conflictsWith]) {
			if (ref.repository === void 0 && inside.has(ref.number)) continue;
			const { owner, name } = ref.repository ?? repository;
			refs.set(`${owner}/${name}#${ref.number}`, ref);
		}
	}
	for (const item of readTaskList(raw.epic.body, repository)) if (!inside.has(item.number)) refs.set(`#${item.number}`, { number: item.number });
	if (refs.size > MAX_OUTSIDE) onCut({
		kind: "issues that texts name",
		of: raw.epic.number,
		read: MAX_OUTSIDE
	});
	return [...refs.values()].slice(0, MAX_OUTSIDE);
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
		state: stateOf$2(answer)
	};
});
async function preflight(options, answer, configText, detail, base) {
	const found = [];
	const error = (problem) => found.push({
		level: "error",
		problem
	});
	if (configText.ambiguous) error({
		kind: "CONFIG_AMBIGUOUS",
		files: CONFIG_FILES
	});
	const there = [answer.workflow, answer.segmentWorkflow];
	for (const [index, name] of WORKFLOWS.entries()) if (!there[index]) error({
		kind: "WORKFLOW_MISSING",
		file: `${WORKFLOWS_FOLDER}/${name}`
	});
	if (!detail.repository?.base) error({
		kind: "BASE_MISSING",
		branch: base
	});
	const disabled = options.runsIn === "job" ? "no" : await options.answers.isDisabled();
	if (disabled === "yes") error({ kind: "DISABLED" });
	const warn = (problem) => found.push({
		level: "warning",
		problem
	});
	if (disabled === "cannot tell") warn({
		kind: "PERMISSION_MISSING",
		permission: "actions_variables: read",
		lost: "kill switch"
	});
	if (options.runsIn === "job") {
		const triggers = [[
			EVENTS_WORKFLOW,
			answer.eventsWorkflow,
			"by events"
		], [
			CLOCK_WORKFLOW,
			answer.clockWorkflow,
			"by the clock"
		]];
		for (const [name, file, starts] of triggers) if (!file) warn({
			kind: "TRIGGER_MISSING",
			file: `${WORKFLOWS_FOLDER}/${name}`,
			starts
		});
	}
	return found;
}
const foreignIssues = (raw) => raw.foreign.map((issue) => {
	const repository = readRepositoryName(issue.repository.nameWithOwner);
	const ref = {
		number: issueNumber(issue.number),
		repository
	};
	return {
		level: "warning",
		problem: {
			kind: "SEGMENT_ELSEWHERE",
			at: { issue: issueNumber(raw.epic.number) },
			ref
		}
	};
});

// src/words/reasons.ts
/** One line of plain text. Words that people wrote are cut and stand on that line alone. */
function sayReason(reason) {
	switch (reason.kind) {
		case "request taken": return `@${reason.by}'s request was accepted`;
		case "request done": return "a request is done";
		case "request refused": return `@${reason.by}'s request was refused: ${reason.problem}`;
		case "asked": return `@${reason.by} asked`;
		case "cancelled": return `@${reason.by} cancelled the epic`;
		case "epic cancelled": return "the epic was cancelled";
		case "segments gone": return `gone for good: ${reason.segments.map((segment) => `#${segment}`).join(", ")}`;
		case "command label read": return "a command label is removed once it is read";
		case "dispatch limit": return "the epic has reached its limit of dispatches";
		case "may start": return `may start now: ${reason.segments.map((segment) => `#${segment}`).join(", ")}`;
		case "work ready": return `#${reason.segment}: the work of attempt ${reason.attempt} is proven`;
		case "gates ran": return `the gates ran on the work of attempt ${reason.attempt}`;
		case "run not visible": return `no run has appeared for dispatch ${reason.dispatch}`;
		case "segments released": return `other epics may have them: ${reason.segments.map((segment) => `#${segment}`).join(", ")}`;
		case "clock needed": return "the epic is under way, so the clock has to run";
		case "base unknown": return `the gates run on the base before the first agent does (round ${reason.round})`;
		case "wave merged": return `wave ${reason.wave} is merged and is calibrated now (round ${reason.round})`;
		case "may merge": {
			const by = reason.approvedBy.length > 0 ? `approved by ${reason.approvedBy.join(", ")}` : "no approval is required";
			return `#${reason.segment}: gates green on ${reason.head.slice(0, 7)}, ${by}`;
		}
		case "may not merge": return `#${reason.pull} may not be merged any more`;
		case "branch behind": return `#${reason.pull} is approved and green, and ${oneLine(reason.base)} has moved on`;
		case "pull merged": return `#${reason.pull} is merged`;
		case "kept work obsolete": return `#${reason.pull} is merged; the work kept from an earlier attempt is not needed`;
		case "question researched": return "the research is done";
		case "segment skipped": return `#${reason.segment} is skipped`;
		case "skipped by": return `skipped by @${reason.by}: ${oneLine(reason.why)}`;
		case "group over": return `#${reason.group}: every segment in it is ${reason.as}`;
		case "criteria met": return `#${reason.segment}: criteria met, with evidence in #${reason.pull}`;
		case "calibration found": return `wave ${reason.wave}'s calibration found: ${oneLine(reason.subject)}`;
		case "calibration failed": return `wave ${reason.wave} failed its calibration${reason.tooOften ? " too often" : ""}`;
		case "segment in block": return `the epic's block has the segment ${reason.name}`;
		case "blocker in block": return `by the epic's block, ${reason.name} waits for ${reason.on}`;
		case "imported": return reason.on === void 0 ? `#${reason.from} is in the epic's task list` : `a text says that #${reason.from} waits for #${reason.on}`;
		case "found at acceptance": return `@${reason.by} found at acceptance: ${oneLine(reason.what)}`;
		case "epic held": return "errors hold the epic";
		case "setup warnings": return "something in the setup may make segments fail";
		case "issue refused": return "GitHub does not let Swarm create an issue";
		case "right lost": return `${reason.by} may no longer write here`;
		case "segment blocked": return `#${reason.segment} is blocked: ${reason.problem}`;
		case "consent missing": return `#${reason.segment} needs a person's consent: ${reason.problem}`;
		case "head red": return `#${reason.pull}: the pushed commit does not pass its gates`;
		case "merge refused": return `GitHub refused to merge #${reason.pull}`;
		case "wave to approve": return `wave ${reason.wave} waits for an approval`;
		case "person needed": return `a person is needed: ${reason.problem}`;
		case "person reminded": return `reminder ${reason.time} of what a person has to do`;
		case "question open": return `#${reason.segment} waits for an answer`;
		case "question closed": return `#${reason.segment}'s question is closed: ${reason.end}`;
		case "tick is no answer": return `#${reason.segment}'s question is still open: the ticks are not an answer`;
		case "everything merged": return "every segment is merged and every wave calibrated";
		case "epic accepted": return reason.by === void 0 ? "acceptance is automatic" : `accepted by @${reason.by}`;
		case "state changed": return `#${reason.issue} is ${reason.state}`;
		case "panel current": return "the panel shows the epic as it is";
	}
}

// src/github/pulls/publication.ts
/** Answers whether its branch is still to be made. Then it has no pull request either. */
const isNewWork = ({ put, pull }) => put !== void 0 && put.from === void 0 && pull === void 0;
/**
* Several pieces of new work at once: all branches in one call, then all pull requests in another. A pull request waits for
* its branch, because a branch that could not be made may hold somebody else's commits.
* @returns for each the number of its pull request, or GitHub's refusal.
*/
async function publishNew(client, repository, works) {
	const branches = await client.mutateEach(works.flatMap((work) => putting(repository, work)));
	const placed = works.filter((_, index) => branches[index]?.kind === "done");
	const opened = placed.length === 0 ? [] : [...await client.mutateEach(placed.map((work) => opening(repository, work)))];
	return Promise.all(works.map(async (work, index) => {
		const branch = branches[index];
		if (branch?.kind === "refused") return branch.error;
		const pull = opened.shift();
		if (pull?.kind === "done") return pullNumber(numberOf(pull.answer));
		if (!hasNoDrafts(pull?.error)) return pull?.error ?? new GitHubRefused("GitHub opened no pull request.", 422);
		return createPull(client, {
			...inRepository(repository),
			...wordsOf(repository, work),
			...endsOf(work)
		}, "ready");
	}));
}
/** @returns the number of the pull request. */
async function publish(client, repository, work) {
	const [refused] = work.put ? await client.mutateEach(putting(repository, work)) : [];
	if (refused?.kind === "refused") throw refused.error;
	const call = {
		...inRepository(repository),
		...wordsOf(repository, work)
	};
	const number = work.pull ?? await openPull(client, repository, work);
	if (number === void 0) return createPull(client, {
		...call,
		...endsOf(work)
	}, stateOf(repository, work));
	await client.request("PATCH /repos/{owner}/{repo}/pulls/{pull_number}", {
		...call,
		pull_number: number
	});
	return pullNumber(number);
}
const endsOf = ({ work }) => ({
	head: work.attempt.branch,
	base: work.base
});
const wordsOf = ({ url }, { work }) => ({
	title: pullTitle(work.segment),
	body: pullBody(pullFactsOf(work, url))
});
const stateOf = ({ url }, { work }) => pullFactsOf(work, url).approvals > 0 ? "draft" : "ready";
/** By compare-and-swap, like a push with a lease: it can only replace the commit that was looked at. */
const putting = ({ id }, { work, put }) => {
	if (!put) return [];
	return [{
		field: "updateRefs",
		input: {
			repositoryId: id,
			refUpdates: [{
				name: `refs/heads/${work.attempt.branch}`,
				beforeOid: put.from ?? ABSENT,
				afterOid: put.head,
				force: put.as === "replace"
			}]
		}
	}];
};
const opening = (repository, work) => {
	const { head, base } = endsOf(work);
	return {
		field: "createPullRequest",
		input: {
			repositoryId: repository.id,
			headRefName: head,
			baseRefName: base,
			...wordsOf(repository, work),
			draft: stateOf(repository, work) === "draft"
		},
		select: "pullRequest { number }"
	};
};
const numberOf = (answer) => answer?.pullRequest?.number ?? NaN;
async function openPull(client, repository, work) {
	const { head, base } = endsOf(work);
	return (await client.paginate("GET /repos/{owner}/{repo}/pulls", {
		...inRepository(repository),
		head: `${repository.owner}:${head}`,
		base,
		state: "open"
	}))[0]?.number;
}
/** Private repositories on free plans have no draft pull requests. */
const hasNoDrafts = (error) => error instanceof GitHubRefused && error.status === 422 && /draft/i.test(error.message);
async function createPull(client, call, as) {
	try {
		const { data } = await client.request("POST /repos/{owner}/{repo}/pulls", {
			...call,
			draft: as === "draft"
		});
		return pullNumber(data.number);
	} catch (error) {
		if (as === "ready" || !hasNoDrafts(error)) throw error;
		return createPull(client, call, "ready");
	}
}
const CONCLUSIONS = {
	pass: "success",
	fail: "failure",
	"timed out": "failure",
	"failed before": "neutral",
	"not applicable": "neutral"
};
/** GitHub's limit for one request. Further ones follow in more requests. */
const ANNOTATIONS_AT_ONCE = 50;
const MOST_ANNOTATIONS = 200;
/** One check run per gate, on the pushed commit. Branch rules can require them, and people see them first. */
async function reportChecks(client, repository, decision) {
	const { head } = decision;
	const here = inRepository(repository);
	const list = async () => {
		const runs = await client.paginate("GET /repos/{owner}/{repo}/commits/{ref}/check-runs", {
			...here,
			ref: head
		});
		return new Map(runs.map((each) => [each.name, each]));
	};
	const there = await list();
	const checks = checksIn(decision);
	const missing = checks.filter(({ name, conclusion }) => there.get(name)?.conclusion !== conclusion);
	if (missing.length > 0) {
		const ended = await client.mutateEach(missing.map((check) => creation(repository, decision, check)));
		for (const each of ended) if (each.kind === "refused") throw each.error;
	}
	const long = checks.filter(isLong);
	const all = long.some((check) => missing.includes(check)) ? await list() : there;
	for (const { name, conclusion, output, annotations } of long) {
		const run = all.get(name);
		if (run?.conclusion !== conclusion) throw new GitHubUnavailable(`The check ${name} does not show yet.`, 404, 2e3, true);
		let done = run.output?.annotations_count ?? annotations.length;
		for (; done < annotations.length; done += ANNOTATIONS_AT_ONCE) await client.request("PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}", {
			...here,
			check_run_id: Number(run.id),
			output: {
				...output,
				annotations: annotations.slice(done, done + ANNOTATIONS_AT_ONCE)
			}
		});
	}
}
/** The same, where none of them is there yet. @returns undefined if one of them takes more than a call. */
function checkMutations(repository, decision) {
	const checks = checksIn(decision);
	return checks.some(isLong) ? void 0 : checks.map((check) => creation(repository, decision, check));
}
const checksIn = ({ results, artefact }) => results.map((result) => ({
	name: `swarm / ${result.gate}`,
	conclusion: CONCLUSIONS[result.verdict],
	output: outputOf(result, artefact),
	annotations: annotationsOf(result)
}));
const isLong = ({ annotations }) => annotations.length > ANNOTATIONS_AT_ONCE;
/** By GraphQL, where many of them share a call; REST takes a call for each. */
const creation = ({ id, url }, { head, runId }, { name, conclusion, output, annotations }) => ({
	field: "createCheckRun",
	input: {
		repositoryId: id,
		headSha: head,
		detailsUrl: `${url}/actions/runs/${runId}`,
		status: "COMPLETED",
		name,
		conclusion: conclusion.toUpperCase(),
		output: {
			...output,
			annotations: annotations.slice(0, ANNOTATIONS_AT_ONCE).map(inGraphql)
		}
	}
});
const inGraphql = ({ path, start_line, end_line, annotation_level, message }) => ({
	path,
	message,
	annotationLevel: annotation_level.toUpperCase(),
	location: {
		startLine: start_line,
		endLine: end_line
	}
});
/** People see the summary at once; the output is below it. */
function outputOf({ verdict, command, output, durationMs }, artefact) {
	const title = verdict === "not applicable" ? `not applicable: ${command}` : `${verdict}: ${command}`;
	const took = verdict === "not applicable" ? "" : ` It took ${duration(durationMs)}.`;
	const whole = artefact === void 0 || verdict === "not applicable" ? "" : ` All of its output: ${artefactLink(artefact)}.`;
	return {
		title: clip(oneLine(title), 200),
		summary: `${VERDICT_MARKS[verdict]}: ${inline(command, 200)}.${took}${whole}`,
		text: output === "" ? "No output." : block(output, { max: 2e4 })
	};
}
const annotationsOf = ({ verdict, annotations = [] }) => annotations.slice(0, MOST_ANNOTATIONS).map(({ file, line, message }) => ({
	path: file,
	start_line: line,
	end_line: line,
	annotation_level: verdict === "fail" || verdict === "timed out" ? "failure" : "warning",
	message: clip(clean(message), 2e3) || "See the output of the gate."
}));

// src/github/together.ts
/** Mutations in one call. GitHub has ten seconds for them. */
const MOST_TOGETHER = 30;
/** Runs and the clock do not depend on what issues and comments show. */
const INDEPENDENT = [
	"dispatch",
	"cancel run",
	"start clock"
];
/** A pull request takes GitHub longer than a label does. */
const MOST_PUBLISHED = 10;
const decisionsIn = (step) => {
	switch (step.kind) {
		case "together": return step.acts.map(({ decision }) => decision);
		case "publish": return step.works;
		case "alone": return [step.decision];
	}
};
/** Decisions in their order. Neighbours that can share a call do. */
function stepsOf(snapshot, decisions) {
	const steps = [];
	for (const decision of decisions) {
		const last = steps.at(-1);
		if (decision.kind === "publish" && isNewWork(decision)) {
			if (last?.kind === "publish" && last.works.length < MOST_PUBLISHED) last.works.push(decision);
			else steps.push({
				kind: "publish",
				works: [decision]
			});
			continue;
		}
		const { alone, mutations } = routeOf(snapshot, decision);
		if (alone) {
			const step = {
				kind: "alone",
				decision: alone
			};
			if (last?.kind === "together" && INDEPENDENT.includes(alone.kind)) steps.splice(-1, 0, step);
			else steps.push(step);
			continue;
		}
		const shared = {
			decision,
			mutations
		};
		if (last?.kind === "together" && sizeOf([...last.acts, shared]) <= MOST_TOGETHER) last.acts.push(shared);
		else steps.push({
			kind: "together",
			acts: [shared]
		});
	}
	return steps;
}
const sizeOf = (acts) => acts.reduce((sum, { mutations }) => sum + mutations.length, 0);
const by = (field, input, select) => ({ mutations: [{
	field,
	input,
	...select === void 0 ? {} : { select }
}] });
function routeOf(snapshot, decision) {
	const { repository, said } = snapshot;
	switch (decision.kind) {
		case "delete branch": {
			const update = {
				name: `refs/heads/${decision.branch}`,
				beforeOid: decision.head,
				afterOid: ABSENT,
				force: true
			};
			return by("updateRefs", {
				repositoryId: repository.id,
				refUpdates: [update]
			});
		}
		case "close issue": return by("closeIssue", {
			issueId: decision.issueId,
			stateReason: decision.as === "not planned" ? "NOT_PLANNED" : "COMPLETED"
		});
		case "close epic": return by("closeIssue", {
			issueId: snapshot.epic.id,
			stateReason: "COMPLETED"
		});
		case "add blocker": {
			const { issueId, blockerId } = decision;
			return issueId === void 0 || blockerId === void 0 ? { alone: decision } : by("addBlockedBy", {
				issueId,
				blockingIssueId: blockerId
			});
		}
		case "add sub-issue": {
			const { parentId, issueId } = decision;
			return issueId === void 0 ? { alone: decision } : by("addSubIssue", {
				issueId: parentId,
				subIssueId: issueId,
				replaceParent: false
			});
		}
		case "react": return by("addReaction", {
			subjectId: decision.node,
			content: decision.with.toUpperCase()
		});
		case "set labels": {
			const labelableId = nodeOf(snapshot, decision.issue);
			const add = idsOf(snapshot, decision.add);
			const remove = idsOf(snapshot, decision.remove);
			if (labelableId === void 0 || !add || !remove) return { alone: decision };
			return { mutations: [...add.length > 0 ? [{
				field: "addLabelsToLabelable",
				input: {
					labelableId,
					labelIds: add
				}
			}] : [], ...remove.length > 0 ? [{
				field: "removeLabelsFromLabelable",
				input: {
					labelableId,
					labelIds: remove
				}
			}] : []] };
		}
		case "say": {
			const subjectId = nodeOf(snapshot, decision.on);
			if (subjectId === void 0) return { alone: decision };
			const body = sayNotice(decision.notice, {
				key: decision.key,
				url: repository.url
			});
			return by("addComment", {
				subjectId,
				body
			}, "commentEdge { node { fullDatabaseId } }");
		}
		case "show panel": {
			const shown = said[decision.key];
			if (decision.comment === void 0 || shown?.id !== decision.comment || shown.node === void 0) return { alone: decision };
			const body = sayPanel(decision.board, {
				key: String(decision.on),
				url: repository.url
			});
			const canWait = decision.steps === "can wait" && withoutSteps(shown.body) === withoutSteps(body);
			return shown.body === body || canWait ? { mutations: [] } : by("updateIssueComment", {
				id: shown.node,
				body
			});
		}
		case "report checks": {
			if (snapshot.journal?.acts[decision.key] !== void 0) return { alone: decision };
			const mutations = checkMutations(repository, decision);
			return mutations ? { mutations } : { alone: decision };
		}
		default: return { alone: decision };
	}
}
const nodeOf = ({ epic, issues, pulls }, number) => [
	epic,
	...issues,
	...pulls
].find((each) => each.number === number)?.id;
/** @returns undefined if one of them has no id. */
function idsOf({ labelIds = {} }, names) {
	const ids = names.flatMap((name) => labelIds[name.toLowerCase()] ?? []);
	return ids.length === names.length ? ids : void 0;
}
/** Performs acts in one call. @returns how each of them ended. @throws GitHubUnavailable if that is not known. */
async function performTogether(client, acts) {
	const mutations = acts.flatMap((act) => act.mutations);
	const ended = mutations.length === 0 ? [] : [...await client.mutateEach(mutations)];
	return acts.map(({ decision, mutations: { length } }) => {
		if (length === 0) return { kind: "nothing to do" };
		const own = ended.splice(0, length);
		const refused = own.find((each) => each.kind === "refused");
		if (refused) return ofRefusal(decision, refused.error);
		const [id] = own.flatMap((each) => each.kind === "done" ? commentIn(each.answer) ?? [] : []);
		return id === void 0 ? { kind: "done" } : {
			kind: "done",
			result: id
		};
	});
}
/** If a branch cannot be deleted, it is gone or somebody has pushed to it. A link that is there is refused as a second one. */
function ofRefusal(decision, { status, message }) {
	const isGone = decision.kind === "delete branch" && (status === 404 || status === 422);
	if (decision.kind === "add blocker" && /\balready\b/i.test(message)) return { kind: "done" };
	return isGone ? { kind: "nothing to do" } : {
		kind: "refused",
		status,
		message
	};
}
function commentIn(answer) {
	const { commentEdge } = answer ?? {};
	const id = Number(commentEdge?.node?.fullDatabaseId);
	return Number.isFinite(id) ? id : void 0;
}

// src/github/perform.ts
async function perform(clients, snapshot, decisions) {
	const acts = {};
	const troubles = [];
	let wrote = "nothing";
	let waitMs = 0;
	const trouble = (decision, line) => void troubles.push(`${decision.kind} (${sayReason(decision.reason)}): ${line}`);
	const labelled = await withLabels(clients.client, snapshot, decisions);
	for (const step of stepsOf(labelled, decisions)) {
		const results = await tryStep(clients, labelled, step, trouble);
		for (const [index, decision] of decisionsIn(step).entries()) {
			const result = results[index];
			if (!result || result.kind === "nothing to do") continue;
			if (result.kind === "done") wrote = wrote === "facts" || !isForPeople(decision) ? "facts" : "what people see";
			else trouble(decision, result.message);
			if ("key" in decision) acts[decision.key] = result;
			if (result.kind === "unsure") waitMs = Math.max(waitMs, result.waitMs);
		}
		if (results.some((result) => result.kind === "unsure" && result.isLimited)) break;
	}
	return {
		acts,
		wrote,
		waitMs,
		troubles
	};
}
/** Makes the labels that the repository does not have yet, so that they have ids. One that fails is made with its first use. */
async function withLabels(client, snapshot, decisions) {
	const labelIds = { ...snapshot.labelIds };
	const wanted = decisions.flatMap((decision) => decision.kind === "set labels" ? decision.add : []);
	for (const name of new Set(wanted)) {
		if (labelIds[name.toLowerCase()] !== void 0) continue;
		try {
			const label = {
				...inRepository(snapshot.repository),
				name,
				color: "ededed"
			};
			labelIds[name.toLowerCase()] = (await client.request("POST /repos/{owner}/{repo}/labels", label)).data.node_id;
		} catch (error) {
			if (!(error instanceof GitHubRefused) && !(error instanceof GitHubUnavailable)) throw error;
		}
	}
	return {
		...snapshot,
		labelIds
	};
}
/** Acts without a key that no decision rests on. */
const isForPeople = (decision) => decision.kind === "set labels" || decision.kind === "react" || decision.kind === "delete branch" || decision.kind === "show panel" && decision.comment !== void 0;
const DONE = { kind: "done" };
const NOTHING = { kind: "nothing to do" };
/** @returns the results of its decisions, in their order. */
async function tryStep(clients, snapshot, step, trouble) {
	try {
		switch (step.kind) {
			case "together": return await performTogether(clients.client, step.acts);
			case "publish": return (await publishNew(clients.publisher, snapshot.repository, step.works)).map((pull) => typeof pull === "number" ? {
				kind: "done",
				result: pull
			} : endedBy(pull));
			case "alone": return [await act({
				...clients,
				note: (line) => trouble(step.decision, line)
			}, snapshot, step.decision)];
		}
	} catch (error) {
		const ended = endedBy(error);
		return decisionsIn(step).map(() => ended);
	}
}
function endedBy(error) {
	if (error instanceof GitHubRefused) return {
		kind: "refused",
		status: error.status,
		message: error.message
	};
	if (error instanceof ListTooLong) return {
		kind: "refused",
		status: 422,
		message: error.message
	};
	if (error instanceof GitHubUnavailable) {
		const isLimited = error.status === 403 || error.status === 429 || error.status === 200;
		return {
			kind: "unsure",
			message: error.message,
			waitMs: error.waitMs,
			isLimited
		};
	}
	throw error;
}
async function act(performer, snapshot, decision) {
	const { client, publisher } = performer;
	const repository = snapshot.repository;
	const here = inRepository(repository);
	switch (decision.kind) {
		case "dispatch": return dispatch(client, repository, decision);
		case "cancel run": return nothingToDoIf([409], async () => {
			await client.request("POST /repos/{owner}/{repo}/actions/runs/{run_id}/cancel", {
				...here,
				run_id: decision.runId
			});
			return DONE;
		});
		case "start clock":
			await client.request("PUT /repos/{owner}/{repo}/actions/workflows/{workflow_id}/enable", {
				...here,
				workflow_id: decision.workflow
			});
			return DONE;
		case "release claims":
			await releaseClaims(client, snapshot.repository, decision.epic, decision.segments);
			return DONE;
		case "publish": return {
			kind: "done",
			result: await publish(publisher, snapshot.repository, decision)
		};
		case "report checks":
			await reportChecks(client, snapshot.repository, decision);
			return DONE;
		case "mark ready": return byPublisher(performer, async (by) => {
			await by.mutate(`mutation Ready($id: ID!) { markPullRequestReadyForReview(input: { pullRequestId: $id }) { clientMutationId } }`, { id: decision.pullId });
			return DONE;
		});
		case "enqueue": {
			const ended = await endedBefore(client, repository, decision);
			if (ended) return ended;
			return byPublisher(mergerOf(performer, snapshot, decision), async (by) => {
				await by.mutate(`mutation Enqueue($id: ID!, $head: GitObjectID!) { enqueuePullRequest(input: { pullRequestId: $id, expectedHeadOid: $head }) { clientMutationId } }`, {
					id: decision.pullId,
					head: decision.head
				});
				return DONE;
			});
		}
		case "dequeue":
			await client.mutate(`mutation Dequeue($id: ID!) { dequeuePullRequest(input: { id: $id }) { clientMutationId } }`, { id: decision.pullId });
			return DONE;
		case "merge": {
			const ended = await endedBefore(client, repository, decision);
			if (ended) return ended;
			const { title, message } = mergeMessage({
				...decision,
				pull: decision.pull
			});
			return byPublisher(mergerOf(performer, snapshot, decision), async (by) => {
				await by.request("PUT /repos/{owner}/{repo}/pulls/{pull_number}/merge", {
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
			});
		}
		case "update branch": return byPublisher(performer, async (by) => {
			await by.request("PUT /repos/{owner}/{repo}/pulls/{pull_number}/update-branch", {
				...here,
				pull_number: decision.pull,
				expected_head_sha: decision.head
			});
			return DONE;
		});
		case "close pull":
			await client.request("PATCH /repos/{owner}/{repo}/pulls/{pull_number}", {
				...here,
				pull_number: decision.pull,
				state: "closed"
			});
			return DONE;
		case "tick criteria":
			if ((await unlessMissing(client.request("GET /repos/{owner}/{repo}/issues/{issue_number}", {
				...here,
				issue_number: decision.issue
			})))?.body !== decision.was) return NOTHING;
			await client.request("PATCH /repos/{owner}/{repo}/issues/{issue_number}", {
				...here,
				issue_number: decision.issue,
				body: decision.body
			});
			return DONE;
		case "make issue": return makeIssue(client, snapshot, decision);
		case "add blocker": {
			const issueId = decision.issueId ?? await idOf(client, repository, decision.issue);
			const blockerId = decision.blockerId ?? await idOf(client, repository, decision.blocker);
			if (issueId === void 0 || blockerId === void 0) return NOTHING;
			await client.mutate(`mutation Block($issueId: ID!, $blockerId: ID!) { addBlockedBy(input: { issueId: $issueId, blockingIssueId: $blockerId }) { clientMutationId } }`, {
				issueId,
				blockerId
			});
			return DONE;
		}
		case "add sub-issue": {
			const issueId = decision.issueId ?? await idOf(client, repository, decision.issue);
			if (issueId === void 0) return NOTHING;
			await client.mutate(ADD_SUB_ISSUE, {
				issueId: decision.parentId,
				subIssueId: issueId
			});
			return DONE;
		}
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
		case "untick":
			if ((await unlessMissing(client.request("GET /repos/{owner}/{repo}/issues/comments/{comment_id}", {
				...here,
				comment_id: decision.comment
			})))?.body !== decision.was) return NOTHING;
			await rewrite(client, snapshot, decision);
			return DONE;
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
			for (const name of decision.remove) await nothingToDoIf([404], async () => {
				await client.request("DELETE /repos/{owner}/{repo}/issues/{issue_number}/labels/{name}", {
					...here,
					issue_number: decision.issue,
					name
				});
				return DONE;
			});
			return DONE;
	}
}
/**
* GitHub has a precondition for the head alone. What else was true of a pull request is read again right before its merge.
* @returns undefined if it may be merged.
*/
async function endedBefore(client, repository, { pull, base }) {
	const now = await unlessMissing(client.request("GET /repos/{owner}/{repo}/pulls/{pull_number}", {
		...inRepository(repository),
		pull_number: pull
	}));
	if (now?.merged) return DONE;
	return now?.state !== "open" || now.draft || now.base.ref !== base ? NOTHING : void 0;
}
/** A token that is not valid, or that may not do this. Any other refusal is about the act. */
const NO_RIGHT = [
	401,
	403,
	404
];
/**
* Acts with the publisher's token, because GitHub starts no workflow for what a job's token does. Where that token has no right
* to it, the job's own does it.
*/
async function byPublisher({ client, publisher, note }, run) {
	if (publisher === client) return run(client);
	try {
		return await run(publisher);
	} catch (error) {
		if (!(error instanceof GitHubRefused) || !NO_RIGHT.includes(error.status)) throw error;
		note(`SWARM_PUBLISH_TOKEN may not do this, so the job's own token does, and no workflow starts: ${error.message}`);
		return run(client);
	}
}
/** What `mergeStateStatus` is if no rule keeps a pull request from merging. */
const FREE = [
	"clean",
	"unstable",
	"has_hooks"
];
/**
* The publisher may be a person with the right to bypass the branch's rules, which Swarm never uses: that token merges only
* what GitHub shows to Swarm's own as free to merge.
*/
const mergerOf = (performer, { pulls }, { pull }) => {
	const state = pulls.find(({ number }) => number === pull)?.mergeState ?? "";
	return FREE.includes(state) ? performer : {
		...performer,
		publisher: performer.client
	};
};
/** Rewrites one of swarm's comments, and keeps its marker. */
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
/** GitHub's reads can lag behind its writes, so what is missing may only not be there yet. It is left to the next look. */
async function unlessMissing(reading) {
	try {
		return (await reading).data;
	} catch (error) {
		if (error instanceof GitHubRefused && error.status === 404) return void 0;
		throw error;
	}
}
/** With these statuses, GitHub says that there is nothing left to do. */
async function nothingToDoIf(statuses, call) {
	try {
		return await call();
	} catch (error) {
		if (error instanceof GitHubRefused && statuses.includes(error.status)) return NOTHING;
		throw error;
	}
}
/**
* With `return_run_details`, github.com answers with the run's id. GHES rejects the unknown field; the run is then found by
* its title.
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
const ADD_SUB_ISSUE = `mutation Link($issueId: ID!, $subIssueId: ID!) { addSubIssue(input: { issueId: $issueId, subIssueId: $subIssueId, replaceParent: false }) { clientMutationId } }`;
const idOf = async (client, repository, number) => (await unlessMissing(client.request("GET /repos/{owner}/{repo}/issues/{issue_number}", {
	...inRepository(repository),
	issue_number: number
})))?.node_id;
/** Creates an issue and links it below its epic. If only the first step happened, its marker helps to find the issue again. */
async function makeIssue(client, snapshot, decision) {
	const here = inRepository(snapshot.repository);
	const body = sayNotice(decision.notice, {
		key: decision.key,
		url: snapshot.repository.url
	});
	const issue = await findOrphan(client, snapshot, decision.key, body) ?? (await client.request("POST /repos/{owner}/{repo}/issues", {
		...here,
		title: titleOf(decision.notice),
		body,
		...decision.labels ? { labels: [...decision.labels] } : {}
	})).data;
	await client.mutate(ADD_SUB_ISSUE, {
		issueId: decision.parentId,
		subIssueId: issue.node_id
	});
	return {
		kind: "done",
		result: issue.number
	};
}
const newIssues = defineList("newIssues", {
	kind: "issues",
	on: "Repository",
	field: "issues",
	end: "first",
	size: 30,
	most: 2e3,
	filter: "states: [OPEN], orderBy: { field: CREATED_AT, direction: DESC }",
	select: "id number body createdAt viewerDidAuthor parent { number }"
});
/** The search for an orphan begins this long before the latest intention, because each repetition is an intention too. */
const EARLIER_TRIES_MS = 864e5;
/** An issue that an earlier try created but did not link: written by swarm, with the same marker and no parent. */
async function findOrphan(client, snapshot, key, body) {
	const intended = snapshot.journal?.acts[key]?.at;
	if (intended === void 0) return void 0;
	const sinceMs = intended - EARLIER_TRIES_MS;
	const answer = await client.query(`query Orphans($owner: String!, $name: String!) { repository(owner: $owner, name: $name) { id ${newIssues()} } }`, {
		owner: snapshot.repository.owner,
		name: snapshot.repository.name
	}, { enough: { newIssues: (nodes) => Date.parse(nodes.at(-1)?.createdAt ?? "") < sinceMs } });
	const marker = body.split("\n", 1)[0] ?? "";
	const found = answer.repository.issues.nodes.find((issue) => issue.viewerDidAuthor && issue.parent === null && issue.body.split("\n", 1)[0] === marker);
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
/** @param reasons the reason of each decision of this step, for the body. */
function sayStep(epic, events, reasons) {
	const [first, ...rest] = events.map(line);
	const subject = first === void 0 ? `#${epic}: ${reasons[0] ?? "the intended acts are done"}` : rest.length === 0 ? first : `${first} (+${rest.length})`;
	const body = [...rest, ...reasons.map((reason) => `- ${reason}`)];
	return `${subject.slice(0, 100)}\n${body.length > 0 ? `\n${body.slice(0, 60).join("\n")}\n` : ""}`;
}

// src/reconcile.ts
/**
* Swarm, on one page: observe GitHub, decide, perform the decisions; again, until nothing is left to do.
*
* It may be called at any time, by anyone, for any epic, and twice. The journal is advanced before anything is
* performed, by compare-and-swap. An orchestrator that loses that step looks again and decides from the new state.
*/
/** How long an epic counts as standing still, as far as queries show it, until all of it is looked at again. */
const STILL_MS = 3e5;
/** The most steps that one epic can take in one go. More means that something undoes Swarm's work. */
const MAX_ROUNDS = 60;
async function reconcile(orchestrator, epic, requests = []) {
	try {
		return await lookUntilSettled(orchestrator, epic, requests);
	} catch (error) {
		if (!(error instanceof JournalBroken)) throw error;
		const { client, repository, sights, log } = orchestrator;
		sights.delete(epic);
		if (await tellBroken(client, repository, epic, error)) log(`#${epic}: ${error.message}`);
		return {
			kind: "settled",
			lookAgainAt: later(client.now(), STILL_MS)
		};
	}
}
async function lookUntilSettled(orchestrator, epic, requests) {
	const { client, publisher = client, repository, performed, sights, log } = orchestrator;
	if (requests.length === 0) {
		const still = await stillAt(client, sights.get(epic)?.still);
		if (still) return {
			kind: "settled",
			...still
		};
	}
	let before = "";
	let own;
	const answers = new PassAnswers(client, repository);
	for (let round = 1; round <= MAX_ROUNDS; round++) {
		const seen = await observe({
			client,
			repository,
			epic,
			orchestrator: orchestrator.name,
			performed: performed.get(epic) ?? {},
			expected: sights.get(epic)?.issues.size,
			known: own?.known,
			runsIn: orchestrator.runsIn,
			requests,
			answers,
			parseConfig: async ({ file, text }) => (await import("./read-DDkhYffH.js")).readConfig(text, file),
			parseBlock: async (body) => (await import("./block-BxJkzVlM.js")).readBlock(body)
		});
		if (!seen) {
			sights.delete(epic);
			for (const run of await cancelRunsOfGone(client, repository, epic)) log(`#${epic}: the epic is gone, so its run ${run} is cancelled.`);
			return { kind: "no such issue" };
		}
		const decided = decide(seen.snapshot, seen.config);
		const sight = sightOf(seen, decided);
		if (sight) sights.set(epic, sight);
		else sights.delete(epic);
		const draft = JSON.stringify([decided.journal, decided.decisions]);
		if (draft === before) return {
			kind: "settled",
			decided,
			lookAgainAt: later(client.now(), 5e3)
		};
		before = draft;
		own = await step(orchestrator, seen, decided);
		for (const segment of own.owned ?? []) answers.contested.add(segment);
		if (own.kind === "lost") continue;
		const ended = await perform({
			client,
			publisher
		}, seen.snapshot, decided.decisions);
		answers.acted(decided.decisions, ended.acts);
		performed.set(epic, remembered(own.known?.journal ?? decided.journal, performed.get(epic) ?? {}, ended.acts));
		for (const trouble of ended.troubles) log(`#${epic}: ${trouble}`);
		if (ended.waitMs > 0) return {
			kind: "settled",
			lookAgainAt: later(client.now(), ended.waitMs),
			decided
		};
		if (own.kind === "unchanged" && ended.wrote !== "facts") {
			const again = decided.lookAgainAt === void 0 ? {} : { lookAgainAt: decided.lookAgainAt };
			if (sight && seen.stillness && ended.wrote === "nothing" && ended.troubles.length === 0) {
				const until = instant(Math.min(client.now() + STILL_MS, decided.lookAgainAt ?? Number.POSITIVE_INFINITY));
				sights.set(epic, {
					...sight,
					still: {
						...seen.stillness(),
						until,
						...again
					}
				});
			}
			return {
				kind: "settled",
				decided,
				...again
			};
		}
	}
	log(`#${epic}: still changing after ${MAX_ROUNDS} rounds; giving way until the next event or sweep.`);
	return {
		kind: "gave way",
		lookAgainAt: later(client.now(), 6e4)
	};
}
/** @returns when to come back, if nothing has changed since the epic was seen to stand still */
async function stillAt(client, still) {
	if (!still || client.now() >= still.until || !await standsStill(client, still)) return void 0;
	if (client.now() >= still.until) return void 0;
	return still.lookAgainAt === void 0 ? {} : { lookAgainAt: still.lookAgainAt };
}
/** @returns undefined if the epic is not under way */
function sightOf({ snapshot }, { journal, decisions }) {
	if (!snapshot.journal || journal.phase === "cancelled" || journal.phase === "finished") return void 0;
	const published = decisions.flatMap((decision) => decision.kind === "publish" && decision.put ? [decision.put.head] : []);
	const open = snapshot.pulls.filter(({ state }) => state === "open").map(({ head }) => head);
	return {
		commits: /* @__PURE__ */ new Set([
			snapshot.base.head,
			...open,
			...Object.values(snapshot.branches),
			...published
		]),
		issues: /* @__PURE__ */ new Set([snapshot.epic.number, ...snapshot.issues.map(({ number }) => number)])
	};
}
/** The journal first: every act is written down before it happens. */
async function step({ client, repository }, { snapshot, journalOid }, { journal, history, decisions, texts }) {
	const before = snapshot.journal ?? emptyJournal(snapshot.epic.number);
	if (!isNews(snapshot, before, journal)) {
		const known = snapshot.journal && journalOid !== void 0 && {
			oid: journalOid,
			journal: snapshot.journal
		};
		return {
			kind: "unchanged",
			...known ? { known } : {}
		};
	}
	const reasons = decisions.filter((decision) => decision.kind !== "show panel").map(({ reason }) => sayReason(reason));
	const message = sayStep(snapshot.epic.number, history, reasons);
	const result = await advanceJournal(client, repository, {
		repositoryId: snapshot.repository.id,
		from: journalOid,
		journal,
		message,
		texts,
		claims: claimsIn(before, journal)
	});
	if (result.kind === "lost") return result;
	return {
		kind: "advanced",
		known: {
			oid: result.oid,
			journal: JSON.parse(JSON.stringify(journal))
		}
	};
}
/** Results are kept only for acts that the journal still waits for. */
function remembered(journal, before, now) {
	const open = Object.entries({
		...before,
		...now
	}).filter(([key, { kind }]) => journal.acts[key]?.state === "intended" || !journal.authorisation && kind !== "unsure");
	return Object.fromEntries(open);
}
const later = (now, ms) => now + ms;

export { reconcile };