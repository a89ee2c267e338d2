import { u as isNeverHandedOn } from "./config-CdCnlRVM.js";
import { readFileSync, readdirSync } from "node:fs";
import { randomUUID } from "node:crypto";
import { spawn } from "node:child_process";
import { StringDecoder } from "node:string_decoder";

// src/sandbox/process.ts
/**
* Runs a program that is not trusted: an agent or a gate.
*
* It gets an allow-listed environment, a process group of its own, a time limit, and a pipe instead of our output. At its
* end, everything it left behind is killed: its group, and every process with its mark in the environment, even outside
* the group. The runner finds its orphans in the same way.
*/
const GRACE_MS = 1e4;
const KEEP_CHARS = 1e6;
const LINE_CHARS = 16e3;
/** How long to wait for a pipe after everything was killed: only a process that escaped can still hold it. */
const PIPE_WAIT_MS = 2e3;
/** Between checks that the killed processes are gone. */
const POLL_MS = 5;
const MARK = "SWARM_PROCESS";
/** The part of the job's environment that every program gets: no token, nothing of the runner, no hook into an interpreter. */
const HANDED_ON = [
	"PATH",
	"HOME",
	"LANG",
	"LC_ALL",
	"TZ",
	"USER",
	"SHELL",
	...[
		"NODE_EXTRA_CA_CERTS",
		"SSL_CERT_FILE",
		"SSL_CERT_DIR"
	]
];
/** The environment of an agent or a gate, made from the job's by an allow-list (threats §6.3). */
function environmentFor(from, { names, temporaryDirectory, home, also = {} }) {
	const inherited = {};
	for (const name of [...HANDED_ON, ...names]) {
		const value = from[name];
		if (value !== void 0 && value !== "" && !isNeverHandedOn(name)) inherited[name] = value;
	}
	const fixed = {
		CI: "true",
		NO_COLOR: "1",
		TERM: "dumb",
		TMPDIR: temporaryDirectory
	};
	const { RUNNER_TRACKING_ID: trackingId } = from;
	if (trackingId) inherited.RUNNER_TRACKING_ID = trackingId;
	const allowed = Object.entries(also).filter(([name]) => !isNeverHandedOn(name));
	return {
		...inherited,
		...fixed,
		...home === void 0 ? {} : { HOME: home },
		...Object.fromEntries(allowed)
	};
}
/** Process group → mark of each program that runs now. */
const running = /* @__PURE__ */ new Map();
const SIGNALS = ["SIGINT", "SIGTERM"];
/** Saves work before this process exits. Undefined means that a signal ends it at once. */
let delayedExit;
let isEnding = false;
/**
* A cancelled job gets SIGINT, then SIGTERM. Programs in groups of their own do not get these signals, and would outlive
* this process.
*/
function killAll(signal) {
	for (const [group, mark] of running) killTree(group, mark);
	if (delayedExit) delayedExit(signal);
	else die(signal);
}
function die(signal) {
	for (const each of SIGNALS) process.off(each, killAll);
	process.kill(process.pid, signal);
}
function listen() {
	for (const each of SIGNALS) if (!process.listeners(each).includes(killAll)) process.on(each, killAll);
}
/**
* From now on, SIGINT and SIGTERM kill the programs at once, but this process only after its work is saved.
*
* @param maxMs the longest delay. A runner sends SIGKILL ten seconds after its first signal.
*/
function delayExit(maxMs) {
	const stopping = new AbortController();
	let received;
	let deadline;
	delayedExit = (signal) => {
		if (received !== void 0) return;
		received = signal;
		isEnding = true;
		deadline = setTimeout(() => die(signal), maxMs);
		stopping.abort();
	};
	listen();
	return {
		stop: stopping.signal,
		end: () => {
			clearTimeout(deadline);
			delayedExit = void 0;
			isEnding = false;
			if (received !== void 0) die(received);
		}
	};
}
/** Runs a program to its end. Nothing that the program does makes this throw; a missing directory is 'not found'. */
function runProgram(options) {
	const [program = "", ...args] = options.command;
	const mark = randomUUID();
	const startedAt = performance.now();
	const kept = new HeadAndTail(options.keepChars ?? KEEP_CHARS);
	const { onLine } = options;
	const lines = ["stdout", "stderr"].map((from) => new LineSplitter(onLine && ((line) => onLine(line, from)), options.lineChars ?? LINE_CHARS));
	listen();
	if (isEnding) return Promise.resolve({
		how: { kind: "stopped" },
		output: "",
		durationMs: 0
	});
	return new Promise((resolve) => {
		const child = spawn(program, args, {
			cwd: options.directory,
			env: {
				...options.environment,
				[MARK]: mark
			},
			detached: true,
			stdio: [
				options.input === void 0 ? "ignore" : "pipe",
				"pipe",
				"pipe"
			]
		});
		let cut;
		let over = false;
		const timers = /* @__PURE__ */ new Set();
		const after = (ms, act) => timers.add(setTimeout(act, Math.min(ms, 2 ** 31 - 1)));
		const end = (how) => {
			if (over) return;
			over = true;
			for (const timer of timers) clearTimeout(timer);
			options.signal?.removeEventListener("abort", stop);
			if (child.pid !== void 0) running.delete(child.pid);
			for (const each of lines) each.finish();
			child.stdout?.destroy();
			child.stderr?.destroy();
			resolve({
				how,
				output: kept.text(),
				durationMs: Math.round(performance.now() - startedAt)
			});
		};
		if (child.pid !== void 0) running.set(child.pid, mark);
		[child.stdout, child.stderr].forEach((stream, index) => {
			const decoder = new StringDecoder("utf8");
			stream?.on("data", (chunk) => {
				const text = decoder.write(chunk);
				kept.add(text);
				lines[index]?.add(text);
			});
		});
		child.stdin?.on("error", () => {});
		if (typeof options.input === "function" && child.stdin) options.input(child.stdin);
		else child.stdin?.end(options.input);
		child.on("error", (error) => {
			if (child.pid !== void 0) return;
			const why = error.code === "EACCES" ? "not executable" : "not found";
			end({
				kind: "not started",
				why,
				message: error.message
			});
		});
		const killed = /* @__PURE__ */ new Set();
		const killTreeOfChild = () => {
			for (const pid of killTree(child.pid, mark)) killed.add(pid);
		};
		const endWhenGone = (how) => {
			if ([...killed].some(hasThreads)) after(POLL_MS, () => endWhenGone(how));
			else end(how);
		};
		child.on("exit", (code, signal) => {
			killTreeOfChild();
			const how = cut ? { kind: cut } : code === null ? {
				kind: "killed",
				signal: String(signal)
			} : {
				kind: "exited",
				code
			};
			child.on("close", () => endWhenGone(how));
			after(PIPE_WAIT_MS, () => end(how));
		});
		const cutShort = (why) => {
			if (cut || over) return;
			cut = why;
			signalGroup(child.pid, "SIGTERM");
			after(options.graceMs ?? GRACE_MS, killTreeOfChild);
		};
		const stop = () => cutShort("stopped");
		after(options.timeoutMs, () => cutShort("timed out"));
		if (options.signal?.aborted) stop();
		else options.signal?.addEventListener("abort", stop, { once: true });
	});
}
function signalGroup(group, signal) {
	if (group === void 0) return;
	try {
		process.kill(-group, signal);
	} catch (error) {
		if (error.code !== "ESRCH") throw error;
	}
}
/** Kills a group and every marked process. @returns the processes it killed; they need a moment to exit. */
function killTree(group, mark) {
	const found = new Set(findMarked(mark));
	signalGroup(group, "SIGKILL");
	let left = [...found];
	for (let round = 0; round < 5 && left.length > 0; round++) {
		for (const pid of left) {
			found.add(pid);
			try {
				process.kill(pid, "SIGKILL");
			} catch (error) {
				if (error.code !== "ESRCH") throw error;
			}
		}
		left = findMarked(mark);
	}
	return found;
}
/**
* True while a process still has its files and ports. A killed process loses its memory first. It loses its files and ports a
* moment later, together with its last thread, when its main thread may already be gone.
*/
function hasThreads(pid) {
	try {
		return readdirSync(`/proc/${pid}/task`).some((thread) => isAlive(`/proc/${pid}/task/${thread}/stat`));
	} catch {
		return false;
	}
}
function isAlive(stat) {
	try {
		const text = readFileSync(stat, "latin1");
		return !/^[ZX]/.test(text.slice(text.lastIndexOf(")") + 2));
	} catch {
		return false;
	}
}
/** Processes that carry the mark. Without /proc, none are found. */
function findMarked(mark) {
	const wanted = `${MARK}=${mark}`;
	try {
		return readdirSync("/proc").filter((name) => /^\d+$/.test(name)).filter((pid) => isMarked(pid, wanted)).map(Number);
	} catch (error) {
		if (error.code === "ENOENT") return [];
		throw error;
	}
}
function isMarked(pid, wanted) {
	try {
		return readFileSync(`/proc/${pid}/environ`, "latin1").split("\0").includes(wanted);
	} catch {
		return false;
	}
}
/** Keeps the beginning and the end of a text of any length. */
var HeadAndTail = class {
	#max;
	#head = "";
	#tail = [];
	#tailChars = 0;
	#dropped = 0;
	constructor(max) {
		this.#max = max;
	}
	add(text) {
		const room = Math.max(0, Math.floor(this.#max / 4) - this.#head.length);
		this.#head += text.slice(0, room);
		const rest = text.slice(room);
		if (rest === "") return;
		this.#tail.push(rest);
		this.#tailChars += rest.length;
		const most = Math.ceil(this.#max * 3 / 4);
		while (this.#tailChars > most) {
			const [first = ""] = this.#tail;
			const drop = Math.min(first.length, this.#tailChars - most);
			this.#dropped += drop;
			this.#tailChars -= drop;
			if (drop === first.length) this.#tail.shift();
			else this.#tail[0] = first.slice(drop);
		}
	}
	text() {
		const gap = this.#dropped > 0 ? `\n… ${this.#dropped} characters of output were dropped …\n` : "";
		return `${this.#head}${gap}${this.#tail.join("")}`;
	}
};
var LineSplitter = class {
	#onLine;
	#max;
	#rest = [];
	#restChars = 0;
	constructor(onLine, max) {
		this.#onLine = onLine;
		this.#max = max;
	}
	add(text) {
		if (!this.#onLine) return;
		let from = 0;
		for (let end = text.indexOf("\n"); end >= 0; end = text.indexOf("\n", from)) {
			this.#keep(text.slice(from, end));
			this.#emit();
			from = end + 1;
		}
		if (from < text.length) this.#keep(text.slice(from));
		if (this.#restChars > this.#max) this.#emit();
	}
	finish() {
		if (this.#restChars > 0) this.#emit();
	}
	#keep(part) {
		this.#rest.push(part);
		this.#restChars += part.length;
	}
	#emit() {
		const line = this.#rest.join("");
		this.#rest = [];
		this.#restChars = 0;
		this.#onLine?.(line);
	}
};

export { environmentFor as n, runProgram as r, delayExit as t };