import { l as readFrontMatter, s as mayNest, t as BODY_CHARS } from "./spec-BHpsWb_-.js";
import { i as linesOf, r as fencesIn } from "./markdown-CmfJsOQt.js";

// src/core/text/block.ts
/**
* Finds the block in an epic's text: a fence with the info string `swarm`, or `yaml swarm`, which GitHub draws in colours.
*
* `core` reads no YAML. What the block says is read in the room of plan files.
*/
const INFO = /^(?:ya?ml[ \t]+)?swarm$/i;
const MAYBE = /(?:`{3}|~{3})[ \t]*(?:ya?ml[ \t]+)?swarm/i;
/** A quick answer: most texts have none. */
const mayHaveBlock = (body) => MAYBE.test(body);
/** All blocks, in the order of the text. An epic has one at most. */
function blocksIn(body) {
	if (!mayHaveBlock(body)) return [];
	const whole = body.slice(0, 2 * BODY_CHARS);
	const written = whole.split(/\r\n|\n|\r/);
	const { rest } = readFrontMatter(linesOf(whole), mayNest);
	return fencesIn(rest).filter(({ info }) => INFO.test(info)).map(({ from, to }) => ({
		text: written.slice(from, to === void 0 ? void 0 : to - 1).join("\n"),
		line: from,
		isClosed: to !== void 0
	}));
}

export { mayHaveBlock as n, blocksIn as t };