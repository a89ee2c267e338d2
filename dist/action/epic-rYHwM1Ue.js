// src/core/model/epic.ts
/** GitHub's numbers are signed 32-bit integers; a question with a larger one is refused as a whole. */
const LARGEST_NUMBER = 2 ** 31 - 1;
/** The number that somebody else wrote, if it can be one. */
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

export { headSha as a, issueNumber as c, WORKERS as i, numberIn as l, EFFORTS as n, instant as o, GATES as r, issueId as s, COMMIT_TYPES as t, pullNumber as u };