import { C as string, S as strictObject, _ as number, d as boolean, u as array, w as union, x as record } from "./schemas-BajjNhcs.js";
import { t as blocksIn } from "./block-Db5AKeiZ.js";
import { t as BODY_CHARS } from "./spec-BHpsWb_-.js";
import { t as nearest } from "./nearest-CUD6Q3D7.js";
import { r as readYaml, t as import_dist } from "./read-w1XZ6ttS.js";
import { createHash } from "node:crypto";

// src/plans/plan-file.ts
/**
* The plan file: an epic and its segments in one YAML file, from which issues, sub-issues and links are created.
*
* Only the schema below knows its keys: it validates the file, and the table in `docs/plan-file.md` is generated from it. A
* segment's keys become the front matter of its issue, which swarm reads. So a cycle or an unknown worker is not found
* here but reported on the epic, as for an issue written by hand.
*/
/** A plan file is refused above this size. */
const MAX_BYTES = 524288;
const text = string().min(1, "expected text that is not empty");
const texts = array(text);
/** GitHub takes no longer title. */
const title = text.max(256, "a title has at most 256 characters");
/** `- A parcel can be returned`, or `- RET-1: A parcel can be returned`. */
const criterion = union([text, record(text, text)], { error: "expected a sentence, or an id and a sentence" });
/** An id in another tool. It is shown as code, on one line. */
const from = string().regex(/^[^\s`\p{C}]{1,200}$/u, "an id has at most 200 characters, without spaces and backticks");
/** The keys of a segment. Other tools' files may carry them along, too. */
const segmentSchema = strictObject({
	title: title.describe("The issue’s title."),
	body: string().optional().describe("The issue’s text: the task and the reason for it. Default: the title, if there are no criteria."),
	type: text.optional().describe("Kind of commit: `feat`, `fix`, `refactor`, `docs`, `test`, `chore`, `perf` …"),
	files: texts.optional().describe("File scope: the globs that the segment may change."),
	"blocked-by": texts.optional().describe("Names of the segments that must be merged first."),
	criteria: array(criterion).optional().describe("Acceptance criteria: one sentence each, optionally with an id (`RET-1: A parcel can be returned`)."),
	slug: text.optional().describe("Name of the branch, after the type. Default: the segment’s name in this file."),
	scope: text.optional().describe("Scope of the commit message."),
	worker: text.optional().describe("`implementation`, `tests`, `research`, `security` or `refactor`."),
	persona: text.optional().describe("The agent’s persona: a file with instructions."),
	model: text.optional().describe("The agent’s model."),
	effort: text.optional().describe("The agent’s reasoning effort."),
	agent: text.optional().describe("The agent, if the config names several."),
	skills: texts.optional().describe("Skills the agent should read first."),
	priority: number().int().optional().describe("From 0 (critical) to 3 (low)."),
	estimate: text.optional().describe("For the forecast: `20m`, `2h`."),
	tdd: boolean().optional().describe("`true`: a tester writes the tests first, and the agent may not change them."),
	review: boolean().optional().describe("`false`: no council reviews the change."),
	context: texts.optional().describe("Paths of documents the agent should read."),
	"conflicts-with": texts.optional().describe("Names of segments that must never run at the same time."),
	parallel: boolean().optional().describe("`false`: no other segment of the epic runs at the same time."),
	attempts: number().int().optional().describe("Not used yet: `attempts` in the config applies to all segments."),
	labels: texts.optional().describe("Labels of the issue."),
	from: from.optional().describe("Its id in the tool that `swarm import` read; its issue names it, and `swarm export` writes it.")
});
const SEGMENT_NAME = /^[a-z0-9][a-z0-9-]{0,62}$/;
const shape = {
	epic: strictObject({
		title: title.describe("The epic’s title."),
		body: string().optional().describe("The epic’s text."),
		labels: texts.optional().describe("Labels of the epic."),
		from: from.optional().describe("Its id in the tool that `swarm import` read.")
	}).describe("The parent issue."),
	segments: record(string().regex(SEGMENT_NAME, "a name has at most 63 characters: lowercase letters, digits and hyphens"), segmentSchema).describe("The sub-issues, each under a name that other segments can refer to."),
	reviewer: record(string(), strictObject({ reject: text.describe("What the reviewer asks for.") })).optional().describe("For runs without `--manual`: the pull requests of these segments are rejected once, with these words.")
};
const schema = strictObject(shape);
/** In the text of an issue, that issue is the epic. */
const blockSchema = strictObject({
	...shape,
	epic: shape.epic.optional()
});
/** Reads a plan file, or a block in the text of an epic. */
function checkPlan(source, as) {
	const yaml = readYaml(source, { maxBytes: MAX_BYTES });
	if (yaml.kind === "refused") return {
		kind: "refused",
		faults: yaml.faults.map(({ kind, line, message }) => kind === "too large" ? {
			line: void 0,
			says: `it is larger than ${MAX_BYTES} bytes.`
		} : {
			line,
			says: `${message}.`
		})
	};
	const lineOf = (path) => yaml.lineOf(offsetOf(yaml.contents, path)).line;
	const read = (as === "file" ? schema : blockSchema).safeParse(yaml.value, { reportInput: true });
	if (!read.success) return {
		kind: "refused",
		faults: read.error.issues.flatMap((issue) => sayIssue(issue, as).map(({ path, says }) => ({
			line: lineOf(path),
			says
		})))
	};
	const plan = toPlan(read.data);
	const names = plan.segments.map((segment) => segment.name);
	const unknown = (path, name) => {
		if (names.includes(name)) return [];
		const like = nearest(name, names);
		return [{
			line: lineOf(path),
			says: `there is no segment "${name}"${like ? `; did you mean "${like}"?` : "."}`
		}];
	};
	const faults = [...plan.segments.flatMap(({ name, blockedBy, conflictsWith }) => [...blockedBy.flatMap((blocker) => unknown([
		"segments",
		name,
		"blocked-by"
	], blocker)), ...conflictsWith.flatMap((other) => unknown([
		"segments",
		name,
		"conflicts-with"
	], other))]), ...Object.keys(plan.rejections).flatMap((name) => unknown(["reviewer", name], name))];
	if (names.length === 0) faults.push({
		line: lineOf(["segments"]),
		says: "an epic needs at least one segment."
	});
	return faults.length > 0 ? {
		kind: "refused",
		faults
	} : {
		kind: "plan",
		plan,
		lineOf,
		keys: Object.keys(read.data)
	};
}
/** The offset of the key, or of its nearest existing parent, in the text. */
function offsetOf(contents, path) {
	let node = contents;
	let offset = 0;
	for (const key of path) {
		if (!(0, import_dist.isMap)(node)) break;
		const pair = node.items.find((item) => (0, import_dist.isScalar)(item.key) && item.key.value === key);
		if (!pair) break;
		if ((0, import_dist.isScalar)(pair.key)) offset = pair.key.range?.[0] ?? offset;
		node = pair.value;
	}
	return offset;
}
/** The schema's types in words. */
const TYPES = {
	string: "text",
	number: "a number",
	boolean: "`true` or `false`",
	array: "a list",
	object: "keys and values",
	record: "keys and values"
};
function sayIssue(issue, as) {
	const path = issue.path.map(String);
	const key = path.join(".");
	const named = key || `the ${as}`;
	if (issue.code === "unrecognized_keys") return issue.keys.map((unknown) => {
		const known = Object.keys(path.length === 0 ? schema.shape : path[0] === "epic" ? schema.shape.epic.shape : path[0] === "segments" ? segmentSchema.shape : { reject: 0 });
		const like = nearest(unknown, known);
		const hint = like ? `did you mean \`${like}\`?` : `known here: ${known.join(", ")}.`;
		return {
			path: [...issue.path, unknown],
			says: `\`${unknown}\` is not a key${key ? ` of \`${key}\`` : ""}; ${hint}`
		};
	});
	if (issue.code === "invalid_type" && issue.input === void 0) return [{
		path: issue.path,
		says: `\`${named}\` is missing.`
	}];
	const type = issue.code === "invalid_type" ? TYPES[issue.expected] : void 0;
	const why = issue.code === "invalid_key" ? issue.issues[0]?.message ?? issue.message : type ? `expected ${type}` : issue.message.replace(/^Invalid input: /, "");
	return [{
		path: issue.path,
		says: `\`${named}\`: ${why}.`
	}];
}
function toPlan(read) {
	const segments = Object.entries(read.segments).map(([name, segment]) => {
		const { title, body, labels, criteria, from, "blocked-by": blockedBy, "conflicts-with": conflictsWith, ...spec } = segment;
		const frontMatter = { slug: name };
		for (const [key, value] of Object.entries(spec)) if (value !== void 0) frontMatter[key] = value;
		return {
			name,
			...from === void 0 ? {} : { from },
			title,
			body: body ?? "",
			labels: labels ?? [],
			blockedBy: blockedBy ?? [],
			conflictsWith: conflictsWith ?? [],
			criteria: (criteria ?? []).flatMap((entry) => typeof entry === "string" ? [{ text: entry }] : Object.entries(entry).map(([id, sentence]) => ({
				id,
				text: sentence
			}))),
			spec: frontMatter
		};
	});
	const { title = "", body = "", labels = [], from } = read.epic ?? {};
	return {
		epic: {
			title,
			body,
			labels,
			...from === void 0 ? {} : { from }
		},
		segments,
		rejections: Object.fromEntries(Object.entries(read.reviewer ?? {}).map(([name, { reject }]) => [name, reject]))
	};
}
/**
* The text of a segment's issue: front matter, the author's text, and the criteria as a task list.
*
* @param numberOf the issue that was created for a name.
*/
function issueBody(segment, numberOf) {
	const conflicts = segment.conflictsWith.flatMap((name) => numberOf(name) ?? []).map((number) => `#${number}`);
	const spec = conflicts.length > 0 ? {
		...segment.spec,
		"conflicts-with": conflicts
	} : segment.spec;
	const lines = Object.entries(spec).flatMap(([key, value]) => Array.isArray(value) ? [`${key}:`, ...value.map((item) => `  - ${JSON.stringify(item)}`)] : [`${key}: ${typeof value === "string" ? JSON.stringify(value) : String(value)}`]);
	const criteria = segment.criteria.map(({ id, text: sentence }) => `- [ ] ${id ? `${id}: ` : ""}${sentence}`);
	return [
		[
			"---",
			...lines,
			"---"
		].join("\n"),
		segment.body.trim() || (criteria.length === 0 ? segment.title : ""),
		segment.from === void 0 ? "" : `Imported from \`${segment.from}\`.`,
		criteria.length > 0 ? [
			"## Acceptance criteria",
			"",
			...criteria
		].join("\n") : ""
	].filter((part) => part !== "").join("\n\n").concat("\n");
}

// src/plans/block.ts
/**
* The block: a plan in the text of an issue. It has the schema of plan files, and what GitHub itself would refuse is an error
* before anything is created.
*/
/** @see https://docs.github.com/en/issues/tracking-your-work-with-issues/using-issues/adding-sub-issues */
const MAX_SUB_ISSUES = 100;
/** Of one kind on one issue. @see https://docs.github.com/en/issues/tracking-your-work-with-issues/using-issues/creating-issue-dependencies */
const MAX_LINKS = 50;
/** What a marker and the segments that it conflicts with add to a text. */
const ROOM_CHARS = 2e3;
/** The block in an epic's text, with everything that is wrong with it; undefined if there is none. */
function readBlock(body) {
	const [first, second] = blocksIn(body);
	if (!first) return void 0;
	const { line, text } = first;
	const read = checkPlan(text, "block");
	const faults = [...faultsOfFence(first, second), ...faultsIn(read, line)];
	return {
		line,
		digest: createHash("sha256").update(text).digest("hex"),
		segments: read.kind === "plan" && faults.length === 0 ? segmentsOf(read, line) : [],
		faults,
		unused: read.kind === "plan" ? read.keys.filter((key) => key !== "segments").map((key) => ({
			key,
			line: line + read.lineOf([key])
		})) : []
	};
}
function faultsOfFence({ line, isClosed }, second) {
	return [...isClosed ? [] : [{
		line,
		says: "it does not end; write a line of three backticks below it"
	}], ...second ? [{
		line: second.line,
		says: "it is the second one, and an epic has one plan"
	}] : []];
}
function faultsIn(read, start) {
	if (read.kind === "refused") return read.faults.map(({ line = 0, says }) => ({
		line: start + line,
		says: says.replace(/\.$/, "")
	}));
	const { segments } = read.plan;
	const at = (path, says) => ({
		line: start + read.lineOf(path),
		says
	});
	if (segments.length > MAX_SUB_ISSUES) return [at(["segments"], `it has ${segments.length} segments, and GitHub allows ${MAX_SUB_ISSUES} sub-issues`)];
	const waiting = (name) => segments.filter(({ blockedBy }) => blockedBy.includes(name)).length;
	return segments.flatMap((segment) => faultsOf(segment, waiting(segment.name), at));
}
function faultsOf(segment, waiting, at) {
	const { name, blockedBy } = segment;
	const links = new Set(blockedBy).size;
	const path = ["segments", name];
	const isLong = issueBody(segment, () => void 0).length > BODY_CHARS - ROOM_CHARS;
	return [
		...links > MAX_LINKS ? [at([...path, "blocked-by"], `${name} waits for ${links} segments, and GitHub allows ${MAX_LINKS}`)] : [],
		...waiting > MAX_LINKS ? [at(path, `${waiting} segments wait for ${name}, and GitHub allows ${MAX_LINKS}`)] : [],
		...isLong ? [at(path, `the text of ${name} is too long for an issue`)] : []
	];
}
/** @param start the line of the fence, which is above the first line of the plan. */
function segmentsOf({ plan, lineOf }, start) {
	return plan.segments.map((segment) => {
		const { name, title, labels, blockedBy, conflictsWith, spec, criteria } = segment;
		const path = ["segments", name];
		const line = start + lineOf(path);
		const lines = [...[
			"title",
			"body",
			"labels",
			"blocked-by",
			"conflicts-with",
			"slug",
			...Object.keys(spec)
		], ...criteria.length > 0 ? ["criteria"] : []].flatMap((key) => {
			const found = start + lineOf([...path, key]);
			return found === line ? [] : [[key, found]];
		});
		return {
			name,
			title,
			body: issueBody(segment, () => void 0),
			labels: [...new Set(labels)],
			blockedBy: [...new Set(blockedBy)],
			conflictsWith: [...new Set(conflictsWith)],
			line,
			lines: Object.fromEntries(lines)
		};
	});
}

export { readBlock };