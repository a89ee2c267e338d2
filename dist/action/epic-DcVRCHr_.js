import { createRequire } from "node:module";

// \0rolldown/runtime.js
var __create = Object.create;
var __defProp = Object.defineProperty;
var __getOwnPropDesc = Object.getOwnPropertyDescriptor;
var __getOwnPropNames = Object.getOwnPropertyNames;
var __getProtoOf = Object.getPrototypeOf;
var __hasOwnProp = Object.prototype.hasOwnProperty;
var __commonJSMin = (cb, mod) => () => (mod || (cb((mod = { exports: {} }).exports, mod, mod.exports), cb = null), mod.exports);
var __copyProps = (to, from, except, desc) => {
	if (from && typeof from === "object" || typeof from === "function") {
		for (var keys = __getOwnPropNames(from), i = 0, n = keys.length, key; i < n; i++) {
			key = keys[i];
			if (!__hasOwnProp.call(to, key) && key !== except) {
				__defProp(to, key, {
					get: ((k) => from[k]).bind(null, key),
					enumerable: !(desc = __getOwnPropDesc(from, key)) || desc.enumerable
				});
			}
		}
	}
	return to;
};
var __toESM = (mod, isNodeMode, target) => (target = mod != null ? __create(__getProtoOf(mod)) : {}, __copyProps(isNodeMode || !mod || !mod.__esModule || !__hasOwnProp.call(mod, "default") ? __defProp(target, "default", {
	value: mod,
	enumerable: true
}) : target, mod));
var __require = /* #__PURE__ */ (() => createRequire(import.meta.url))();

// src/core/epic.ts
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
const mayWrite = (person) => person.permission === "admin" || person.permission === "maintain" || person.permission === "write";
const mayTriage = (person) => mayWrite(person) || person.permission === "triage";

export { headSha as a, issueNumber as c, numberIn as d, pullNumber as f, __toESM as h, WORKERS as i, mayTriage as l, __require as m, EFFORTS as n, instant as o, __commonJSMin as p, GATES as r, issueId as s, COMMIT_TYPES as t, mayWrite as u };