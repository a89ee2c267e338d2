import { c as issueNumber } from "./epic-rYHwM1Ue.js";
import { m as shorten } from "./safe-DREuXmZf.js";
import { S as string, d as boolean, f as discriminatedUnion, g as number, h as literal, l as _enum, u as array, x as strictObject } from "./schemas-C4TTK_tD.js";

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
	output: words(1e4),
	annotations: array(strictObject({
		file: words(600),
		line: number().int().positive(),
		message: words(2e3)
	})).max(200).exactOptional()
});
const validationSchema = array(gateSchema).max(60);
const files = array(words(600)).max(200);
const missingName = {
	at: strictObject({ issue: number().int().positive().transform(issueNumber) }),
	name: words(100),
	known: array(words(100)).max(30),
	nearest: words(100).exactOptional()
};
/** The problems that a work job may have, each with the form it must have to be shown. */
const problemSchema = discriminatedUnion("kind", [
	strictObject({ kind: literal("AGENT_NOT_SET") }),
	strictObject({ kind: literal("RUN_CUT_SHORT") }),
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
		kind: literal("AGENT_SILENT"),
		agent: words(100),
		minutes: number()
	}),
	strictObject({
		kind: literal("AGENT_STOPPED"),
		agent: words(100)
	}),
	strictObject({
		kind: literal("AGENT_NO_CREDENTIALS"),
		agent: words(100),
		keys: array(words(200)).max(120),
		message: words(2e3)
	}),
	strictObject({
		kind: literal("AGENT_NO_CREDIT"),
		agent: words(100),
		message: words(2e3)
	}),
	strictObject({
		kind: literal("AGENT_MODEL_REFUSED"),
		agent: words(100),
		model: words(200).exactOptional(),
		message: words(2e3)
	}),
	strictObject({
		kind: literal("AGENT_CONTEXT"),
		agent: words(100),
		message: words(2e3)
	}),
	strictObject({
		kind: literal("AGENT_DECLINED"),
		agent: words(100),
		message: words(2e3)
	}),
	strictObject({
		kind: literal("AGENT_TURNS"),
		agent: words(100),
		turns: number()
	}),
	strictObject({
		kind: literal("AGENT_UNREADABLE"),
		agent: words(100),
		output: words(5e3)
	}),
	strictObject({
		kind: literal("AGENT_LATER"),
		message: words(2e3),
		waitMs: number().nonnegative().exactOptional()
	}),
	strictObject({
		kind: literal("INSTRUCTIONS_UNREADABLE"),
		what: _enum(["persona", "skill"]),
		name: words(100),
		file: words(600),
		why: words(300)
	}),
	strictObject({
		kind: literal("PERSONA_NOT_FOUND"),
		...missingName
	}),
	strictObject({
		kind: literal("SKILL_NOT_FOUND"),
		...missingName
	}),
	strictObject({
		kind: literal("TESTS_NOT_RED"),
		command: words(500),
		why: words(2e3),
		output: words(1e4)
	}),
	strictObject({
		kind: literal("TEST_CHANGED"),
		files
	}),
	strictObject({
		kind: literal("COUNCIL_REJECTED"),
		findings: array(words(600)).max(10),
		rounds: number()
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
		rule: words(100),
		sha256: words(64).exactOptional()
	}),
	strictObject({
		kind: literal("LFS_POINTER"),
		file: words(600)
	}),
	strictObject({
		kind: literal("BUDGET_SPENT"),
		spentUsd: number(),
		budgetUsd: number(),
		of: _enum([
			"segment",
			"epic",
			"agent"
		])
	})
]);
const questionSchema = strictObject({
	id: string().regex(/^[A-Za-z0-9][\w.-]{0,39}$/),
	text: words(2100),
	options: array(words(220)).max(10),
	context: words(2100).exactOptional(),
	blocking: boolean()
});
const findingShape = {
	file: words(600),
	line: number().int().positive(),
	severity: _enum([
		"critical",
		"major",
		"minor"
	]),
	why: words(3e3)
};
const skipped = strictObject({
	kind: literal("skipped"),
	why: words(300)
});
const courseSchema = strictObject({
	pair: discriminatedUnion("kind", [skipped, strictObject({
		kind: literal("written"),
		tester: words(500),
		implementer: words(500),
		files,
		red: words(1e3),
		criteria: array(strictObject({
			id: words(60),
			tests: array(words(700)).max(3)
		})).max(220)
	})]),
	council: discriminatedUnion("kind", [skipped, strictObject({
		kind: _enum(["approved", "rejected"]),
		rounds: number().int().positive().max(10),
		reviewer: words(500),
		lead: words(500).exactOptional(),
		summary: words(3100),
		findings: array(strictObject({
			...findingShape,
			state: _enum([
				"stands",
				"settled",
				"overruled",
				"noted"
			])
		})).max(20),
		dropped: number().int().nonnegative()
	})]),
	tokens: number().nonnegative().exactOptional(),
	turns: number().nonnegative().exactOptional(),
	questions: array(questionSchema).max(20),
	findings: array(strictObject(findingShape)).max(50),
	checkpoints: array(strictObject({
		afterMs: number().nonnegative(),
		text: words(400)
	})).max(30).exactOptional(),
	lastLines: array(words(400)).max(5).exactOptional()
});
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
	course: courseSchema.exactOptional(),
	question: questionSchema.exactOptional(),
	costUsd: number().nonnegative().exactOptional(),
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
const cut = (validation, max) => validation.map(({ annotations, ...each }) => ({
	...each,
	output: cutText(each.output, max),
	...annotations ? { annotations: annotations.slice(0, Math.ceil(max / 160)) } : {}
}));
/** Beginning and end: what matters stands first, and the last words say how it ended. */
const cutText = (text, max) => shorten(text, max).toWellFormed();
const cutProblem = (problem, max) => {
	if (problem.kind === "AGENT_CRASHED" || problem.kind === "AGENT_UNREADABLE" || problem.kind === "TESTS_NOT_RED") return {
		...problem,
		output: problem.output.slice(-max).toWellFormed()
	};
	if (problem.kind !== "GATES_FAILED") return problem;
	const gates = problem.gates.map((each) => ({
		...each,
		output: cutText(each.output, max)
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