import { a as ISOLATIONS } from "./config-BeOUPBNq.js";
import { g as shorten } from "./safe-CjCK4Ka7.js";
import { d as issueNumber, i as LARGEST_NUMBER } from "./epic-BlD3cFx_.js";
import { C as string, D as toJSONSchema, S as strictObject, _ as number, d as boolean, f as discriminatedUnion, g as literal, l as _enum, p as exactOptional, u as array, v as object } from "./schemas-BajjNhcs.js";
import { p as WORK_PROBLEMS } from "./voice-Cy2SigYN.js";

// src/brief/answers.ts
/**
* The JSON that agents are asked to answer with (SPEC R5.9, R5.10). Each form is written once: the schema that is sent
* with the brief is made from the one that reads the answer.
*
* Reading is lenient: too long texts are cut, missing ones are empty, further keys are ignored. A slip in the form should
* not cost a paid answer.
*/
/** The most findings of one verdict, and of a council as a whole. */
const MAX_COUNCIL_FINDINGS = 20;
const MAX_SECURITY_FINDINGS = 50;
const text = (max) => string().transform((value) => value.slice(0, max).toWellFormed());
/** A fault at a line of the repository, as a reviewer, a lead or a security segment reports it. */
const findingShape = {
	file: string().min(1).max(600),
	line: number().int().positive(),
	severity: _enum([
		"critical",
		"major",
		"minor"
	]),
	why: text(3e3)
};
const findings = array(object(findingShape));
/** Providers that hold an agent to a schema refuse one with limits or defaults in it. */
const PLAIN_KEYS = /* @__PURE__ */ new Set([
	"type",
	"properties",
	"items",
	"enum"
]);
/** The answer of a reviewer or a lead. */
const VERDICT = answerKind("verdict", object({
	verdict: _enum(["approved", "rejected"]),
	summary: text(6e3).default(""),
	findings: findings.default([]).transform((all) => all.slice(0, 20))
}));
/** An implementer's answer to a council's findings, which are numbered from 1. */
const ANSWERS = answerKind("answers", object({ answers: array(object({
	finding: number().int().positive(),
	did: _enum(["fixed", "disputed"]),
	why: text(3e3).default("")
})).transform((all) => all.slice(0, 20)) }));
/** The answer of a security segment. */
const FINDINGS = answerKind("findings", object({
	summary: text(8e3).default(""),
	findings: findings.transform((all) => all.slice(0, 50))
}));
function answerKind(name, reader) {
	const { $schema: _, ...schema } = toJSONSchema(reader, {
		io: "input",
		override: ({ jsonSchema }) => {
			for (const key of Object.keys(jsonSchema)) if (!PLAIN_KEYS.has(key)) Reflect.deleteProperty(jsonSchema, key);
			if (!jsonSchema.properties) return;
			jsonSchema.required = Object.keys(jsonSchema.properties);
			jsonSchema.additionalProperties = false;
		}
	});
	return {
		name,
		schema,
		reader
	};
}

// src/segment/problem-schema.ts
/**
* The validator of problems that a work job reports, made from the table in `core/model/problem.ts`: a problem that is in
* the table can be read, so that none loses its run for the want of a schema.
*/
const TABLE = WORK_PROBLEMS;
const schemaOf = (shape) => {
	switch (shape.form) {
		case "text": return string().max(shape.max);
		case "number": return number().nonnegative();
		case "issue number": return number().int().positive().max(LARGEST_NUMBER).transform(issueNumber);
		case "one of": return _enum(shape.words);
		case "list": return array(schemaOf(shape.of)).max(shape.max);
		case "record": return strictObject(fieldsOf(shape.fields));
		case "optional": return exactOptional(schemaOf(shape.of));
	}
};
const fieldsOf = (fields) => Object.fromEntries(Object.entries(fields).map(([key, shape]) => [key, schemaOf(shape)]));
const SCHEMAS = Object.entries(TABLE).map(([kind, fields]) => strictObject({
	kind: literal(kind),
	...fieldsOf(fields)
}));
const problemSchema = discriminatedUnion("kind", SCHEMAS);
/**
* The problem with every text and list cut to what the schema accepts, so that a long one loses words and not its run.
*
* @param maxOutput characters for each output of a program. A list is cut to a twentieth as many items.
*/
const cutProblem = (problem, maxOutput) => {
	const { kind, ...facts } = problem;
	return {
		kind,
		...cutRecord(facts, TABLE[kind] ?? {}, maxOutput)
	};
};
const cutRecord = (value, fields, maxOutput) => Object.fromEntries(Object.entries(value).map(([key, held]) => {
	const shape = fields[key];
	return [key, shape ? cutValue(held, shape, maxOutput) : held];
}));
const cutValue = (value, shape, maxOutput) => {
	switch (shape.form) {
		case "text": return cutText$1(value, shape, maxOutput);
		case "list": return value.slice(0, Math.min(shape.max, Math.ceil(maxOutput / 20))).map((item) => cutValue(item, shape.of, maxOutput));
		case "record": return cutRecord(value, shape.fields, maxOutput);
		case "optional": return cutValue(value, shape.of, maxOutput);
		case "number":
		case "issue number":
		case "one of": return value;
	}
};
const cutText$1 = (value, { max, keep }, maxOutput) => {
	switch (keep) {
		case "start": return value.slice(0, max).toWellFormed();
		case "end": return value.slice(-Math.min(max, maxOutput)).toWellFormed();
		case "both ends": return shorten(value, Math.min(max, maxOutput)).toWellFormed();
	}
};

// src/segment/outcome.ts
/**
* What the work job and the verify job say, on its way to the publish job.
*
* An agent ran in the job that wrote it, so it may contain anything. It is read with a closed schema and only shown. All it
* can decide is that nothing is published.
*/
/** On Linux, an environment variable has at most 128 KiB, including its name. */
const MAX_BYTES = 12e4;
const words = (max) => string().max(max);
/** More are not counted by anybody. */
const MOST_TESTS = 1e9;
const gateSchema = strictObject({
	gate: words(60),
	verdict: _enum([
		"pass",
		"fail",
		"failed before",
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
	})).max(200).exactOptional(),
	tests: strictObject({
		run: number().int().positive().max(MOST_TESTS),
		failed: number().int().nonnegative().max(MOST_TESTS)
	}).exactOptional()
});
const validationSchema = array(gateSchema).max(60);
const refusedSchema = array(strictObject({
	host: words(260),
	port: number().int().nonnegative().max(99999),
	why: _enum(["not named", "private address"]),
	by: words(120),
	times: number().int().positive()
})).max(50);
const verifySchema = strictObject({
	validation: validationSchema,
	refused: refusedSchema,
	failures: array(strictObject({
		gate: words(60),
		state: _enum([
			"red",
			"flaky",
			"empty"
		]),
		failures: array(words(1e3)).max(200).exactOptional()
	})).max(60).exactOptional(),
	problem: problemSchema.exactOptional()
});
const files = array(words(600)).max(200);
const questionSchema = strictObject({
	id: string().regex(/^[A-Za-z0-9][\w.-]{0,39}$/),
	text: words(2100),
	options: array(words(220)).max(10),
	context: words(2100).exactOptional(),
	blocking: boolean()
});
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
		digest: string().regex(/^[0-9a-f]{64}$/).exactOptional(),
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
	network: discriminatedUnion("kind", [strictObject({ kind: literal("open") }), strictObject({
		kind: literal("limited"),
		refused: refusedSchema
	})]).exactOptional(),
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
	isolation: _enum(ISOLATIONS).exactOptional(),
	costUsd: number().nonnegative().exactOptional(),
	durationMs: number().nonnegative(),
	warnings: array(words(1e3)).max(20)
});
/** @returns undefined if the text is not an outcome of this attempt: then the job has reported nothing. */
function readOutcome(text, attempt) {
	const read = outcomeSchema.safeParse(parseJson(text));
	return read.success && read.data.attempt === attempt ? read.data : void 0;
}
/** @returns nothing found and nothing refused if the text cannot be read, because it is only shown. */
function readVerifyOutcome(text) {
	const read = verifySchema.safeParse(parseJson(text));
	return read.success ? read.data : {
		validation: [],
		refused: []
	};
}
/** The outcome as text for one job output. Long outputs of gates are cut until it fits. */
function writeOutcome(outcome) {
	const within = (share) => ({
		...outcome,
		validation: cut(outcome.validation, share),
		...outcome.problem === void 0 ? {} : { problem: cutProblem(outcome.problem, share) }
	});
	for (const share of [
		8e3,
		3e3,
		1e3,
		200
	]) {
		const text = JSON.stringify(within(share));
		if (Buffer.byteLength(text) <= MAX_BYTES) return text;
	}
	return JSON.stringify({
		...within(200),
		validation: [],
		agent: {
			summary: "",
			assumptions: [],
			criteria: []
		}
	});
}
function writeVerifyOutcome({ validation, refused, failures, problem }) {
	for (const share of [
		8e3,
		3e3,
		1e3,
		200
	]) {
		const text = JSON.stringify({
			validation: cut(validation, share),
			refused,
			...failures === void 0 ? {} : { failures },
			...problem === void 0 ? {} : { problem: cutProblem(problem, share) }
		});
		if (Buffer.byteLength(text) <= MAX_BYTES) return text;
	}
	return JSON.stringify({
		validation: [],
		refused: []
	});
}
const cut = (validation, max) => validation.map(({ annotations, ...each }) => ({
	...each,
	output: cutText(each.output, max),
	...annotations ? { annotations: annotations.slice(0, Math.ceil(max / 160)) } : {}
}));
/** Keeps the beginning, with the important lines, and the end, with the result. */
const cutText = (text, max) => shorten(text, max).toWellFormed();
function parseJson(text) {
	try {
		return JSON.parse(text);
	} catch {
		return;
	}
}

export { ANSWERS as a, writeVerifyOutcome as i, readVerifyOutcome as n, FINDINGS as o, writeOutcome as r, VERDICT as s, readOutcome as t };