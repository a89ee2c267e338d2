import { readFileSync, readdirSync } from "node:fs";
import { randomUUID } from "node:crypto";
import { spawn } from "node:child_process";
import { StringDecoder } from "node:string_decoder";

// src/sandbox/process.ts
/**
* Runs a program that nobody vouches for: an agent, a gate.
*
* It gets an environment made from an allow-list, a process group of its own, a time limit and a pipe instead of our
* output. When it is over, everything it left behind is ended too: its group, and whatever carries its mark in the
* environment though it left the group (the runner finds its own orphans the same way).
*/
const GRACE_MS = 1e4;
const KEEP_CHARS = 1e6;
const LINE_CHARS = 16e3;
/** After everything is killed, a pipe or a port can only be held by what got away: it is not waited for longer than this. */
const LAST_WORDS_MS = 2e3;
/** Between looks whether the killed are gone. */
const LOOK_MS = 5;
const MARK = "SWARM_PROCESS";
/** What is handed on of the job's environment: nothing of the runner's, no token, no hook into an interpreter. */
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
const NEVER_HANDED_ON = /^(?:ACTIONS_.*|INPUT_.*|RUNNER_.*|GIT_.*|LD_.*|DYLD_.*|GITHUB_(?:TOKEN|ENV|PATH|OUTPUT|STATE|STEP_SUMMARY)|GH_TOKEN|GH_ENTERPRISE_TOKEN|NODE_OPTIONS|BASH_ENV|ENV|PYTHONSTARTUP)$/i;
/** The environment for an agent or a gate, made of `from` (the job's) by an allow-list (threats §6.3). */
function environmentFor(from, { names, temporaryDirectory, home, also = {} }) {
	const made = {};
	for (const name of [...HANDED_ON, ...names]) {
		const value = from[name];
		if (value !== void 0 && value !== "" && !NEVER_HANDED_ON.test(name)) made[name] = value;
	}
	const fixed = {
		CI: "true",
		NO_COLOR: "1",
		TERM: "dumb",
		TMPDIR: temporaryDirectory
	};
	const { RUNNER_TRACKING_ID: tracked } = from;
	if (tracked) made.RUNNER_TRACKING_ID = tracked;
	const wished = Object.entries(also).filter(([name]) => !NEVER_HANDED_ON.test(name));
	return {
		...made,
		...fixed,
		...home === void 0 ? {} : { HOME: home },
		...Object.fromEntries(wished)
	};
}
const running = /* @__PURE__ */ new Map();
const SIGNALS = ["SIGINT", "SIGTERM"];
/** Somebody who has something to save when we are told to end. */
let saver;
let isEnding = false;
/**
* A cancelled job gets SIGINT, then SIGTERM. What runs here is in groups of its own and would not hear of it, and would
* outlive us.
*/
function endWithUs(signal) {
	for (const [group, mark] of running) endTree(group, mark);
	if (saver) saver(signal);
	else die(signal);
}
function die(signal) {
	for (const each of SIGNALS) process.off(each, endWithUs);
	process.kill(process.pid, signal);
}
function listen() {
	for (const each of SIGNALS) if (!process.listeners(each).includes(endWithUs)) process.on(each, endWithUs);
}
/**
* From now on SIGINT and SIGTERM end the programs that run here, and not yet us: there is work to be saved.
*
* @param mostMs after that time we end all the same. A runner kills ten seconds after its first signal.
*/
function askForReprieve(mostMs) {
	const stopping = new AbortController();
	let came;
	let late;
	saver = (signal) => {
		if (came !== void 0) return;
		came = signal;
		isEnding = true;
		late = setTimeout(() => die(signal), mostMs);
		stopping.abort();
	};
	listen();
	return {
		stop: stopping.signal,
		end: () => {
			clearTimeout(late);
			saver = void 0;
			isEnding = false;
			if (came !== void 0) die(came);
		}
	};
}
/** Runs it to its end. Never throws for what the program does; a directory that is not there is 'not found'. */
function runProgram(call) {
	const [program = "", ...args] = call.command;
	const mark = randomUUID();
	const startedAt = performance.now();
	const kept = new Kept(call.keepChars ?? KEEP_CHARS);
	const { onLine } = call;
	const lines = ["stdout", "stderr"].map((from) => new Lines(onLine && ((line) => onLine(line, from)), call.lineChars ?? LINE_CHARS));
	listen();
	if (isEnding) return Promise.resolve({
		how: { kind: "stopped" },
		output: "",
		durationMs: 0
	});
	return new Promise((resolve) => {
		const child = spawn(program, args, {
			cwd: call.directory,
			env: {
				...call.environment,
				[MARK]: mark
			},
			detached: true,
			stdio: [
				call.input === void 0 ? "ignore" : "pipe",
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
			call.signal?.removeEventListener("abort", stop);
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
		if (typeof call.input === "function" && child.stdin) call.input(child.stdin);
		else child.stdin?.end(call.input);
		child.on("error", (error) => {
			if (child.pid !== void 0) return;
			const why = error.code === "EACCES" ? "not executable" : "not found";
			end({
				kind: "not started",
				why,
				message: error.message
			});
		});
		const hunted = /* @__PURE__ */ new Set();
		const endAll = () => {
			for (const pid of endTree(child.pid, mark)) hunted.add(pid);
		};
		const endWhenGone = (how) => {
			if ([...hunted].some(holdsOn)) after(LOOK_MS, () => endWhenGone(how));
			else end(how);
		};
		child.on("exit", (code, signal) => {
			endAll();
			const how = cut ? { kind: cut } : code === null ? {
				kind: "killed",
				signal: String(signal)
			} : {
				kind: "exited",
				code
			};
			child.on("close", () => endWhenGone(how));
			after(LAST_WORDS_MS, () => end(how));
		});
		const cutShort = (why) => {
			if (cut || over) return;
			cut = why;
			signalGroup(child.pid, "SIGTERM");
			after(call.graceMs ?? GRACE_MS, endAll);
		};
		const stop = () => cutShort("stopped");
		after(call.timeoutMs, () => cutShort("timed out"));
		if (call.signal?.aborted) stop();
		else call.signal?.addEventListener("abort", stop, { once: true });
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
/** @returns whom it found: they are on their way out, which takes them a moment. */
function endTree(group, mark) {
	const found = new Set(marked(mark));
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
		left = marked(mark);
	}
	return found;
}
/**
* Whether a process still has its files and ports. What is killed loses its memory first and these a moment later, with
* the last of its threads, when its first one may be gone already.
*/
function holdsOn(pid) {
	try {
		return readdirSync(`/proc/${pid}/task`).some((thread) => isThere(`/proc/${pid}/task/${thread}/stat`));
	} catch {
		return false;
	}
}
function isThere(stat) {
	try {
		const text = readFileSync(stat, "latin1");
		return !/^[ZX]/.test(text.slice(text.lastIndexOf(")") + 2));
	} catch {
		return false;
	}
}
/** Processes that carry the mark; none where there is no /proc. */
function marked(mark) {
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
/** The beginning and the end of a text that may be endless. */
var Kept = class {
	#max;
	#head = "";
	#tail = [];
	#tailChars = 0;
	#lost = 0;
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
			this.#lost += drop;
			this.#tailChars -= drop;
			if (drop === first.length) this.#tail.shift();
			else this.#tail[0] = first.slice(drop);
		}
	}
	text() {
		const gap = this.#lost > 0 ? `\n… ${this.#lost} characters of output were dropped …\n` : "";
		return `${this.#head}${gap}${this.#tail.join("")}`;
	}
};
var Lines = class {
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
		for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", from)) {
			this.#keep(text.slice(from, at));
			this.#tell();
			from = at + 1;
		}
		if (from < text.length) this.#keep(text.slice(from));
		if (this.#restChars > this.#max) this.#tell();
	}
	finish() {
		if (this.#restChars > 0) this.#tell();
	}
	#keep(part) {
		this.#rest.push(part);
		this.#restChars += part.length;
	}
	#tell() {
		const line = this.#rest.join("");
		this.#rest = [];
		this.#restChars = 0;
		this.#onLine?.(line);
	}
};

export { environmentFor as n, runProgram as r, askForReprieve as t };