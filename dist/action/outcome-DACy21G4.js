import { A as string, S as discriminatedUnion, T as number, b as array, k as strictObject, w as literal, y as _enum } from "./pull-D2YeNlCy.js";

// src/segment/outcome.ts
/**
* What the work job says of itself, on its way to the publish job.
*
* An agent ran where it was written, so anything may stand in it. It is read by a closed schema, shown as what was said,
* and decides one thing only: that nothing is published.
*/
/** One environment variable holds at most 128 KiB on Linux, its name included. */
const MAX_BYTES = 12e4;
const words = (max) => string().max(max);
const gateSchema = strictObject({
	gate: words(60),
	verdict: _enum([
		"pass",
		"fail",
		"not applicable",
		"timed out"
	]),
	command: words(400),
	durationMs: number().nonnegative(),
	output: words(1e4)
});
const validationSchema = array(gateSchema).max(60);
const files = array(words(600)).max(200);
/** The problems that a work job may have, each with the form it must have to be shown. */
const problemSchema = discriminatedUnion("kind", [
	strictObject({ kind: literal("AGENT_NOT_SET") }),
	strictObject({
		kind: literal("AGENT_NOT_FOUND"),
		command: words(500)
	}),
	strictObject({
		kind: literal("AGENT_CRASHED"),
		command: words(500),
		exit: words(60),
		output: words(5e3)
	}),
	strictObject({
		kind: literal("AGENT_TIMED_OUT"),
		minutes: number()
	}),
	strictObject({
		kind: literal("AGENT_LATER"),
		message: words(2e3)
	}),
	strictObject({
		kind: literal("WORKTREE_BROKEN"),
		message: words(2e3)
	}),
	strictObject({
		kind: literal("GATES_FAILED"),
		gates: array(strictObject({
			gate: words(60),
			output: words(1e4)
		})).max(20),
		tries: number()
	}),
	strictObject({
		kind: literal("GATE_MISSING"),
		gate: words(60),
		command: words(500)
	}),
	strictObject({
		kind: literal("GATE_DIRTY"),
		gate: words(60),
		files
	}),
	strictObject({
		kind: literal("NO_TESTS"),
		command: words(500)
	}),
	strictObject({
		kind: literal("OUT_OF_SCOPE"),
		files,
		scope: array(words(600)).max(200)
	}),
	strictObject({
		kind: literal("PROTECTED_PATH"),
		files
	}),
	strictObject({
		kind: literal("BAD_PATH"),
		file: words(600),
		why: words(300)
	}),
	strictObject({
		kind: literal("PATH_COLLISION"),
		file: words(600),
		with: words(600)
	}),
	strictObject({
		kind: literal("FILE_MODE"),
		file: words(600),
		mode: words(10)
	}),
	strictObject({
		kind: literal("BINARY_FILE"),
		file: words(600)
	}),
	strictObject({
		kind: literal("PATCH_LIMIT"),
		what: words(100),
		found: number(),
		limit: number()
	}),
	strictObject({
		kind: literal("SECRET_IN_PATCH"),
		file: words(600),
		line: number().exactOptional(),
		rule: words(100)
	}),
	strictObject({
		kind: literal("BUDGET_SPENT"),
		spentUsd: number(),
		budgetUsd: number(),
		of: _enum(["segment", "epic"])
	})
]);
const outcomeSchema = strictObject({
	version: literal(1),
	attempt: words(60),
	tries: number().int().nonnegative().max(100),
	validation: validationSchema,
	agent: strictObject({
		summary: words(1e4),
		handoff: words(1e4).exactOptional(),
		assumptions: array(words(1200)).max(60),
		criteria: array(strictObject({
			id: words(60),
			evidence: words(1200)
		})).max(220)
	}),
	problem: problemSchema.exactOptional(),
	costUsd: number().nonnegative().exactOptional(),
	tokens: number().nonnegative().exactOptional(),
	durationMs: number().nonnegative(),
	warnings: array(words(1e3)).max(20)
});
/** @returns undefined where it is no such outcome: then the job has said nothing. */
function readOutcome(text, attempt) {
	const read = outcomeSchema.safeParse(parseJson(text));
	return read.success && read.data.attempt === attempt ? read.data : void 0;
}
/** @returns nothing where it is no such list: it is only shown. */
function readValidation(text) {
	const read = validationSchema.safeParse(parseJson(text));
	return read.success ? read.data : [];
}
/** As text that fits one output; long outputs of gates are cut further until it does. */
function writeOutcome(outcome) {
	for (const share of [
		8e3,
		3e3,
		1e3,
		200
	]) {
		const text = JSON.stringify({
			...outcome,
			validation: cut(outcome.validation, share),
			...outcome.problem === void 0 ? {} : { problem: cutProblem(outcome.problem, share) }
		});
		if (Buffer.byteLength(text) <= MAX_BYTES) return text;
	}
	return JSON.stringify({
		...outcome,
		validation: [],
		agent: {
			summary: "",
			assumptions: [],
			criteria: []
		}
	});
}
function writeValidation(validation) {
	for (const share of [
		8e3,
		3e3,
		1e3,
		200
	]) {
		const text = JSON.stringify(cut(validation, share));
		if (Buffer.byteLength(text) <= MAX_BYTES) return text;
	}
	return "[]";
}
const cut = (validation, max) => validation.map((each) => ({
	...each,
	output: each.output.slice(-max).toWellFormed()
}));
const cutProblem = (problem, max) => {
	if (problem.kind === "AGENT_CRASHED") return {
		...problem,
		output: problem.output.slice(-max).toWellFormed()
	};
	if (problem.kind !== "GATES_FAILED") return problem;
	const gates = problem.gates.map((each) => ({
		...each,
		output: each.output.slice(-max).toWellFormed()
	}));
	return {
		...problem,
		gates
	};
};
function parseJson(text) {
	try {
		return JSON.parse(text);
	} catch {
		return;
	}
}

export { writeValidation as i, readValidation as n, writeOutcome as r, readOutcome as t };