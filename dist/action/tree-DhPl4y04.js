import { D as redact, g as GitFailed, k as shorten, v as showPath, x as clean } from "./job-D3b5j3gE.js";
import { i as sayProblem } from "./problems-BctFv3J7.js";
import { createHash, randomUUID } from "node:crypto";
import { appendFile, copyFile, lstat, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { spawn } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { StringDecoder } from "node:string_decoder";

// src/agents/process.ts
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
/** After everything is killed, a pipe can only be held by what got away: it is not waited for longer than this. */
const LAST_WORDS_MS = 2e3;
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
	const wished = Object.entries(also).filter(([name]) => !NEVER_HANDED_ON.test(name));
	return {
		...made,
		...fixed,
		...home === void 0 ? {} : { HOME: home },
		...Object.fromEntries(wished)
	};
}
const running = /* @__PURE__ */ new Map();
/**
* A cancelled job gets SIGINT, then SIGTERM. What runs here is in groups of its own and would not hear of it, and would
* outlive us.
*/
function endWithUs(signal) {
	for (const [group, mark] of running) endTree(group, mark);
	process.kill(process.pid, signal);
}
let isListening = false;
function listen() {
	if (isListening) return;
	isListening = true;
	process.once("SIGINT", endWithUs);
	process.once("SIGTERM", endWithUs);
}
/** Runs it to its end. Never throws for what the program does; a directory that is not there is 'not found'. */
function runProgram(call) {
	const [program = "", ...args] = call.command;
	const mark = randomUUID();
	const startedAt = performance.now();
	const kept = new Kept(call.keepChars ?? KEEP_CHARS);
	const lines = [new Lines(call.onLine), new Lines(call.onLine)];
	listen();
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
		let timedOut = false;
		let over = false;
		const timers = /* @__PURE__ */ new Set();
		const after = (ms, act) => timers.add(setTimeout(act, Math.min(ms, 2 ** 31 - 1)));
		const end = (how) => {
			if (over) return;
			over = true;
			for (const timer of timers) clearTimeout(timer);
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
				lines[index].add(text);
			});
		});
		child.stdin?.on("error", () => {});
		child.stdin?.end(call.input);
		child.on("error", (error) => {
			if (child.pid !== void 0) return;
			const why = error.code === "EACCES" ? "not executable" : "not found";
			end({
				kind: "not started",
				why,
				message: error.message
			});
		});
		child.on("exit", (code, signal) => {
			endTree(child.pid, mark);
			const how = timedOut ? { kind: "timed out" } : code === null ? {
				kind: "killed",
				signal: String(signal)
			} : {
				kind: "exited",
				code
			};
			child.on("close", () => end(how));
			after(LAST_WORDS_MS, () => end(how));
		});
		after(call.timeoutMs, () => {
			timedOut = true;
			signalGroup(child.pid, "SIGTERM");
			after(call.graceMs ?? GRACE_MS, () => endTree(child.pid, mark));
		});
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
function endTree(group, mark) {
	signalGroup(group, "SIGKILL");
	for (let round = 0; round < 5; round++) {
		const left = marked(mark);
		if (left.length === 0) return;
		for (const pid of left) try {
			process.kill(pid, "SIGKILL");
		} catch (error) {
			if (error.code !== "ESRCH") throw error;
		}
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
	#rest = "";
	constructor(onLine) {
		this.#onLine = onLine;
	}
	add(text) {
		if (!this.#onLine) return;
		const parts = (this.#rest + text).split("\n");
		this.#rest = parts.pop() ?? "";
		for (const part of parts) this.#onLine(part);
		if (this.#rest.length > LINE_CHARS) this.finish();
	}
	finish() {
		if (this.#rest !== "") this.#onLine?.(this.#rest);
		this.#rest = "";
	}
};

// src/segment/gates/run.ts
/**
* Holds a tree of files to its gates.
*
* Each gate is a program with an environment, a process group, a time limit and an output of its own; its exit code
* decides and nothing it prints, with one exception: a test run that collected no test is a failure (R11.5). The scripts
* of package.json are those of the base while gates run. A gate that changes files fails: what was verified is what is
* published.
*/
const SHOWN_CHARS = 8e3;
const INSTALL_MS = 12e5;
/** Remembers what was installed, so that it is done again only when what it is made from changed. */
var GateRunner = class {
	#ground;
	#gates;
	#installed;
	constructor(gates, ground) {
		this.#gates = gates;
		this.#ground = ground;
	}
	/** Installs dependencies where the base's lock file says how. @returns the failure, if it failed. */
	async install() {
		const { install } = this.#gates;
		if (!install) return void 0;
		const made = await this.#madeFrom(install);
		if (made === this.#installed) return void 0;
		this.#ground.log(`$ ${install.run.join(" ")}`);
		const ended = await this.#start(install.run, "", {}, INSTALL_MS);
		if (ended.how.kind === "exited" && ended.how.code === 0) {
			this.#installed = made;
			return;
		}
		return this.#result({ gate: "install" }, install.run.join(" "), verdictOf(ended), ended.durationMs, told(ended));
	}
	/**
	* Runs every gate, also after one failed: the agent gets to know all of it at once.
	*
	* @param held the tree as it was last taken or put.
	* @param only the one gate that is wanted; without it, all of them.
	*/
	async run(judgement, held, only) {
		const restore = await this.#withScriptsOfBase();
		try {
			const failed = await this.install();
			if (failed) return {
				verdict: "fail",
				results: [failed],
				problems: []
			};
			const before = restore ? await this.#ground.tree.take() : {
				kind: "tree",
				tree: held
			};
			if (before.kind === "broken") throw new Error(sayProblem(before.problem, { form: "plain" }).what);
			const results = [];
			const problems = [];
			let hopeless;
			for (const gate of this.#gates.gates) {
				if (only !== void 0 && gate.gate !== only) continue;
				const { result, problem, missing } = await this.#runOne(gate, judgement, before.tree);
				this.#ground.log(`${result.gate}: ${result.verdict}${result.verdict === "not applicable" ? `, ${result.command}` : ""}`);
				results.push(result);
				if (problem) problems.push(problem);
				if (missing) hopeless ??= problem;
			}
			return {
				verdict: results.some((each) => each.verdict === "fail" || each.verdict === "timed out") ? "fail" : "pass",
				results,
				problems,
				...hopeless ? { hopeless } : {}
			};
		} finally {
			await restore?.();
		}
	}
	async #runOne(gate, judgement, tree) {
		switch (gate.kind) {
			case "not applicable": return { result: this.#result(gate, gate.why, "not applicable", 0, "") };
			case "scope": return { result: this.#scope(judgement) };
			case "security": return { result: await this.#security(gate, judgement) };
			case "command": return this.#command(gate, tree);
		}
	}
	async #command(gate, tree) {
		const command = gate.run.join(" ");
		this.#ground.log(`$ ${command}`);
		const ended = await this.#start(gate.run, gate.directory, gate.environment, gate.timeoutMs);
		const dirty = await this.#dirtied(tree);
		const verdict = verdictOf(ended);
		const failed = (problem, output) => ({
			result: this.#result(gate, command, "fail", ended.durationMs, output),
			problem
		});
		if (isMissing(ended)) return {
			...failed({
				kind: "GATE_MISSING",
				gate: gate.gate,
				command: gate.run[0] ?? ""
			}, told(ended)),
			missing: true
		};
		if (verdict === "pass" && gate.gate === "tests" && collectedNone(ended.output)) return failed({
			kind: "NO_TESTS",
			command
		}, `No test was run, so nothing is proved.\n${ended.output}`);
		if (gate.gate === "tests" && /(?:^|\/)(?:pytest|py\.test)$/.test(gate.run[0] ?? "") && exitOf(ended) === 5) return failed({
			kind: "NO_TESTS",
			command
		}, ended.output);
		if (dirty.length > 0) {
			const output = `It changed files, which a gate may not (ignore what it makes, or let it only check): ${dirty.slice(0, 20).join(", ")}\n${ended.output}`;
			return failed({
				kind: "GATE_DIRTY",
				gate: gate.gate,
				files: dirty
			}, output);
		}
		return { result: this.#result(gate, command, verdict, ended.durationMs, told(ended)) };
	}
	/** Files that a gate changed; they are put back. */
	async #dirtied(tree) {
		if (!await this.#ground.tree.isTouched()) return [];
		const after = await this.#ground.tree.take();
		if (after.kind === "broken") {
			await this.#ground.tree.put(tree);
			return [sayProblem(after.problem, { form: "plain" }).what];
		}
		const changed = await this.#ground.tree.changes(tree, after.tree);
		if (changed.length > 0) await this.#ground.tree.put(tree);
		return changed;
	}
	#scope(judgement) {
		const gate = { gate: "scope" };
		if (!judgement) return this.#result(gate, "no change to judge", "not applicable", 0, "");
		const broken = judgement.problems.filter(({ kind }) => kind !== "SECRET_IN_PATCH");
		return this.#result(gate, "file scope, protected files, names, modes and sizes", broken.length > 0 ? "fail" : "pass", 0, broken.map(sayShort).join("\n"));
	}
	async #security(gate, judgement) {
		const found = judgement?.problems.filter(({ kind }) => kind === "SECRET_IN_PATCH") ?? [];
		const said = [...found.map(sayShort), ...judgement?.suspicious ?? []];
		const scan = judgement ? "secret scan of the change" : "";
		if (gate.audit.kind === "not applicable") {
			const looked = [scan, `no audit: ${gate.audit.why}`].filter(Boolean).join("; ");
			const verdict = found.length > 0 ? "fail" : judgement ? "pass" : "not applicable";
			return this.#result(gate, looked, verdict, 0, said.join("\n"));
		}
		const { run, read } = gate.audit;
		this.#ground.log(`$ ${run.join(" ")}`);
		const ended = await this.#start(run, "", {}, gate.timeoutMs);
		const audit = read === "exit code" ? {
			verdict: verdictOf(ended),
			said: told(ended)
		} : readNpmAudit(ended);
		const looked = [scan, `${run.slice(0, 2).join(" ")}${audit.verdict === "not applicable" ? ` (${audit.said})` : ""}`];
		const verdict = found.length > 0 ? "fail" : audit.verdict === "not applicable" && judgement ? "pass" : audit.verdict;
		const command = looked.filter(Boolean).join("; ");
		return this.#result(gate, command, verdict, ended.durationMs, [...said, audit.said].join("\n"));
	}
	async #start(run, directory, also, timeoutMs) {
		const { scratch, environment, tree, log, graceMs } = this.#ground;
		const home = join(scratch, "home");
		const temporaryDirectory = join(scratch, "tmp");
		await mkdir(home, { recursive: true });
		await mkdir(temporaryDirectory, { recursive: true });
		return runProgram({
			command: run,
			directory: join(tree.directory, directory),
			environment: environmentFor(process.env, {
				names: environment,
				home,
				temporaryDirectory,
				also: {
					npm_config_update_notifier: "false",
					npm_config_fund: "false",
					...also
				}
			}),
			timeoutMs,
			onLine: (line) => log(`  ${line}`),
			...graceMs === void 0 ? {} : { graceMs }
		});
	}
	#result({ gate }, command, verdict, durationMs, output) {
		const safe = redact(clean(output), this.#ground.secrets).trim();
		const shown = verdict === "pass" ? safe.slice(-400) : shorten(safe, SHOWN_CHARS);
		return {
			gate,
			verdict,
			command: command.slice(0, 300),
			durationMs,
			output: shown
		};
	}
	async #madeFrom(install) {
		const hash = createHash("sha256");
		for (const file of install.after) {
			hash.update(await readFile(join(this.#ground.tree.directory, file)).catch(() => Buffer.alloc(0)));
			hash.update("\0");
		}
		return hash.digest("hex");
	}
	/** @returns what puts the change's own package.json back; undefined where nothing had to be done. */
	async #withScriptsOfBase() {
		const { scripts } = this.#gates;
		const file = join(this.#ground.tree.directory, "package.json");
		const text = scripts === void 0 ? void 0 : await readFile(file, "utf8").catch(() => void 0);
		if (text === void 0) return void 0;
		let manifest;
		try {
			manifest = JSON.parse(text);
		} catch {
			return;
		}
		const now = typeof manifest?.scripts === "object" ? manifest.scripts : {};
		if (JSON.stringify(sorted(now)) === JSON.stringify(sorted(scripts))) return void 0;
		const indent = /^[{[]\r?\n([ \t]+)/.exec(text)?.[1] ?? "  ";
		await writeFile(file, `${JSON.stringify({
			...manifest,
			scripts: { ...scripts }
		}, null, indent)}\n`);
		this.#ground.log("The change edits scripts of package.json; the gates run by those of the base.");
		return () => writeFile(file, text);
	}
};
const sorted = (value) => Object.entries(value ?? {}).sort(([a], [b]) => a < b ? -1 : 1);
const sayShort = (problem) => {
	const { what, code } = sayProblem(problem, { form: "plain" });
	return `${what} [${code}]`;
};
const exitOf = ({ how }) => how.kind === "exited" ? how.code : void 0;
const isMissing = (ended) => ended.how.kind === "not started" || exitOf(ended) === 126 || exitOf(ended) === 127;
const verdictOf = (ended) => ended.how.kind === "timed out" ? "timed out" : exitOf(ended) === 0 ? "pass" : "fail";
function told({ how, output, durationMs }) {
	const text = output.trim();
	switch (how.kind) {
		case "not started": return `It could not be started: ${how.message}`;
		case "timed out": return `It did not end within ${Math.round(durationMs / 1e3)} seconds and was stopped.\n${text}`;
		case "killed": return `It was ended by ${how.signal}.\n${text}`;
		case "exited":
			if (how.code !== 0) return text === "" ? `It ended with ${how.code} and without a word.` : text;
			return /\b[1-9]\d* (?:failed|failing|failures?)\b/i.test(text) ? `${text}\n(swarm: this speaks of failures, but the program ended with 0, and that decides)` : text;
	}
}
/** Runners that end with 0 when they found nothing: node --test, jest and vitest told to, mocha, go, cargo. */
const NONE = /^(?:ℹ|#) tests 0$|^No tests? (?:files? )?(?:were )?found|^\s*0 passing\b|^Tests:\s+0 total|no test files\]?$/im;
const SOME = /^(?:ℹ|#) tests [1-9]|\b[1-9]\d* (?:passing|passed|tests? passed)\b|^Tests:\s.*\b[1-9]\d* total|^ok\s+\S+\s+[\d.(]|^running [1-9]\d* tests?/im;
const collectedNone = (output) => {
	const plain = clean(output);
	return NONE.test(plain) && !SOME.test(plain);
};
/** npm ends with 1 for findings and for an outage alike; only its JSON tells them apart. */
function readNpmAudit({ output, how }) {
	if (how.kind === "timed out") return {
		verdict: "not applicable",
		said: "the registry did not answer in time"
	};
	const start = output.indexOf("{");
	let said;
	try {
		said = JSON.parse(output.slice(start, output.lastIndexOf("}") + 1));
	} catch {
		said = void 0;
	}
	const counts = said?.metadata?.vulnerabilities;
	if (!counts) return {
		verdict: "not applicable",
		said: "the registry gave no audit"
	};
	const grave = (counts.high ?? 0) + (counts.critical ?? 0);
	const text = `npm audit: ${counts.critical ?? 0} critical, ${counts.high ?? 0} high, ${counts.moderate ?? 0} moderate`;
	return {
		verdict: grave > 0 ? "fail" : "pass",
		said: text
	};
}

// src/segment/tree.ts
/**
* The files an agent works on, or gates run on, and how swarm takes what became of them.
*
* The directory has a `.git` of its own, so that agents and tools find a repository there; what they do to it (commits,
* branches, config, hooks) is irrelevant. The tree is taken from the files alone, into an index in swarm's own store.
*/
/** Made by package managers on the way, whether or not the repository ignores them. */
const NEVER_TAKEN = ["node_modules/"];
var WorkTree = class WorkTree {
	directory;
	#store;
	#index;
	constructor(store, directory) {
		this.#store = store;
		this.directory = directory;
		this.#index = `${directory}.index`;
	}
	/** Checks a commit of the store out into a new directory. */
	static async make(store, directory, commit) {
		const tree = new WorkTree(store, directory);
		const git = join(directory, ".git");
		const call = {
			environment: { GIT_DIR: git },
			tree: directory
		};
		await mkdir(directory, { recursive: true });
		await store.run([
			"init",
			"--quiet",
			"--initial-branch=main",
			directory
		], { environment: { GIT_DIR: git } });
		await writeFile(join(git, "objects", "info", "alternates"), `${join(store.directory, "objects")}\n`);
		await writeFile(join(git, "shallow"), await shallowOf(store));
		await appendFile(join(git, "config"), "[user]\n	name = swarm agent\n	email = agent@swarm.invalid\n");
		await store.run([
			"checkout",
			"--quiet",
			"--detach",
			commit
		], call);
		await copyFile(join(git, "index"), tree.#index);
		await mkdir(join(store.directory, "info"), { recursive: true });
		await writeFile(join(store.directory, "info", "exclude"), `${NEVER_TAKEN.join("\n")}\n`);
		return tree;
	}
	/** The files as they are now, ignored ones left out. */
	async take() {
		const call = {
			tree: this.directory,
			index: this.#index
		};
		try {
			await this.#store.run([
				"add",
				"--all",
				"--",
				"."
			], call);
			const tree = await this.#store.text(["write-tree"], call);
			const nested = await this.#nested(tree);
			if (nested.length > 0) return {
				kind: "broken",
				problem: {
					kind: "WORKTREE_BROKEN",
					message: `${nested.join(", ")} is a repository of its own (it has a .git); its files cannot be taken`
				}
			};
			return await hasGit(this.directory) ? {
				kind: "tree",
				tree
			} : {
				kind: "tree",
				tree,
				broken: {
					kind: "WORKTREE_BROKEN",
					message: ".git is not there any more"
				}
			};
		} catch (error) {
			const message = brokenMessage(error);
			if (message === void 0) throw error;
			return {
				kind: "broken",
				problem: {
					kind: "WORKTREE_BROKEN",
					message
				}
			};
		}
	}
	/** Whether the files are those last taken or put, by one quick look. */
	async isTouched() {
		const call = {
			tree: this.directory,
			index: this.#index
		};
		try {
			return (await this.#store.run([
				"ls-files",
				"-z",
				"--modified",
				"--deleted",
				"--others",
				"--exclude-standard"
			], call)).length > 0;
		} catch (error) {
			if (brokenMessage(error) === void 0) throw error;
			return true;
		}
	}
	/** Makes the files those of a tree; what is ignored stays. */
	async put(tree) {
		const call = {
			tree: this.directory,
			index: this.#index
		};
		await this.#store.run([
			"add",
			"--all",
			"--",
			"."
		], call);
		await this.#store.run([
			"read-tree",
			"--reset",
			"-u",
			tree
		], call);
	}
	/** Names of the files that differ between two trees. */
	async changes(before, after) {
		if (before === after) return [];
		return (await this.#store.run([
			"diff-tree",
			"-r",
			"-z",
			"--name-only",
			"--no-renames",
			before,
			after
		])).toString("utf8").split("\0").filter(Boolean).map(showPath);
	}
	async remove() {
		await rm(this.directory, {
			recursive: true,
			force: true,
			maxRetries: 3
		});
		await rm(this.#index, { force: true });
	}
	/** Repositories inside, which git would take as links to commits that nobody has. Submodules of the base are not new. */
	async #nested(tree) {
		const { output, exit } = await this.#store.answer([
			"ls-files",
			"--stage",
			"-z",
			"--",
			":(top)"
		], {
			tree: this.directory,
			index: this.#index,
			allow: [0, 1]
		});
		if (exit !== 0) throw new Error(`git ls-files failed for ${tree}`);
		const links = output.toString("utf8").split("\0").filter((line) => line.startsWith("160000 ")).map((line) => line.slice(line.indexOf("	") + 1));
		const found = [];
		for (const link of links) if (await exists(join(this.directory, link, ".git"))) found.push(showPath(link));
		return found;
	}
};
const exists = async (path) => lstat(path).then(() => true, () => false);
async function hasGit(directory) {
	return (await lstat(join(directory, ".git")).catch(() => void 0))?.isDirectory() === true && await exists(join(directory, ".git", "HEAD"));
}
function brokenMessage(error) {
	if (error instanceof GitFailed) {
		const line = error.stderr.split("\n").find((each) => /^(?:fatal|error):/.test(each)) ?? error.message;
		return showPath(line.replace(/^(?:fatal|error): */, ""));
	}
	const { code, syscall } = error;
	return code === "ENOENT" && syscall?.startsWith("spawn") ? "the directory is not there any more" : void 0;
}
async function shallowOf(store) {
	try {
		return await readFile(join(store.directory, "shallow"), "utf8");
	} catch (error) {
		if (error.code === "ENOENT") return "";
		throw error;
	}
}

export { runProgram as i, GateRunner as n, environmentFor as r, WorkTree as t };