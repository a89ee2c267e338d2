// src/core/model/epic.ts
/** GitHub's numbers are signed 32-bit integers. It refuses a whole query that contains a larger one. */
const LARGEST_NUMBER = 2 ** 31 - 1;
/** A number from outside, if it can be an issue's. */
const numberIn = (value) => {
	const number = Number(value);
	return Number.isInteger(number) && number > 0 && number <= LARGEST_NUMBER ? number : void 0;
};
const issueNumber = (value) => value;
const pullNumber = (value) => value;
const issueId = (value) => value;
const headSha = (value) => value;
const instant = (value) => value;
const COMMIT_TYPES = [
	"feat",
	"fix",
	"refactor",
	"docs",
	"test",
	"chore",
	"perf",
	"build",
	"ci"
];
const WORKERS = [
	"implementation",
	"tests",
	"research",
	"security",
	"refactor"
];
const EFFORTS = [
	"low",
	"medium",
	"high",
	"max"
];
const GATES = [
	"lint",
	"types",
	"tests",
	"build",
	"security",
	"scope"
];
/** The keys that an issue's text can state (SPEC R1.5). */
const SPEC_KEYS = [
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
/** The files that a change may touch; empty if any. A guess plans overlaps and never refuses finished work (SPEC R1.7). */
const enforcedScope = ({ files, filesFrom }) => filesFrom === "stated" ? files : [];

export { SPEC_KEYS as a, headSha as c, issueNumber as d, numberIn as f, LARGEST_NUMBER as i, instant as l, EFFORTS as n, WORKERS as o, pullNumber as p, GATES as r, enforcedScope as s, COMMIT_TYPES as t, issueId as u };