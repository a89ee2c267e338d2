import { C as union, S as string, _ as object, d as boolean, g as number, u as array } from "./schemas-C4TTK_tD.js";
import { n as environmentFor, r as runProgram } from "./process-D0_avsd-.js";
import { lstat, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { createWriteStream } from "node:fs";
import { basename, join } from "node:path";
import { once } from "node:events";

// src/agents/failure.ts
const ROWS = [
	{
		kind: "no credit",
		status: [402],
		says: /credit balance|insufficient[_ ](?:quota|credits?|funds|balance)|billing|payment required|exceeded your (?:current )?(?:monthly )?(?:quota|spend)|out of (?:extra )?(?:usage|credits)|no (?:remaining )?(?:premium requests|credits)/i
	},
	{
		kind: "context",
		status: [413],
		says: /context[_ ](?:length|window)|prompt is too long|maximum context|too many tokens in|input (?:token count|is too long)|exceeds the maximum number of tokens|request_too_large/i
	},
	{
		kind: "model refused",
		says: /model[_ ]not[_ ](?:found|supported|available)|(?:unknown|invalid|unsupported) model|model (?!metadata).{0,120}(?:does not exist|not exist|is not (?:found|supported|available)|not found|may not exist)|not have access to (?:the |this |it)?.{0,60}model|no such model|ProviderModelNotFound|issue with the selected model/i
	},
	{
		kind: "no credentials",
		status: [401],
		says: /not logged in|please run .{0,20}login|unauthori[sz]ed|authentication[_ ](?:error|required|failed|fails)|(?:invalid|incorrect|missing|expired|no)[_ ](?:x-)?api[- _]?key|api[- _]?key (?:is |was )?(?:not (?:valid|set|found)|invalid|missing|expired)|no authentication information|invalid bearer|(?:access|oauth|auth) token (?:has )?(?:expired|is invalid)|set an auth method|must specify the .{0,40}(?:key|environment variable)|invalid auth method|permission_error|missing environment variable|UNAUTHENTICATED|missing scopes?/i
	},
	{
		kind: "later",
		status: [
			408,
			409,
			425,
			429,
			500,
			502,
			503,
			504,
			520,
			522,
			524,
			529
		],
		says: /rate[-_ ]?limit|too many requests|overloaded|usage limit|quota|resource[_ ]exhausted|temporarily unavailable|service unavailable|server[_ ]error|bad gateway|gateway time-?out|(?:high|heavy) (?:demand|load|traffic)|at capacity|try again (?:later|in)|connection (?:error|refused|reset|closed)|network error|ECONN(?:REFUSED|RESET|ABORTED)|ENOTFOUND|ETIMEDOUT|EAI_AGAIN|fetch failed|socket hang up|stream disconnected|error sending request|request timed out|UNAVAILABLE|transport error|reconnecting/i
	},
	{
		kind: "no credentials",
		status: [403],
		says: /access denied|permission denied|forbidden/i
	},
	{
		kind: "model refused",
		status: [404],
		says: /\bmodel\b.{0,80}\b404\b/i
	},
	{
		kind: "declined",
		says: /content[_ ](?:policy|filter)|usage policy|blocked by (?:the )?safety|refused to (?:answer|respond)|stop_reason.{0,5}refusal/i
	}
];
const WORDS_READ = 4e3;
function kindOf({ status, message, kind }) {
	if (kind !== void 0) return kind;
	const words = message.slice(0, WORDS_READ);
	const bySaying = ROWS.find(({ says }) => says.test(words))?.kind;
	if (bySaying !== void 0 && bySaying !== "later") return bySaying;
	const number = status ?? statusIn(words);
	return (number === void 0 ? void 0 : ROWS.find((row) => row.status?.includes(number))?.kind) ?? bySaying ?? "unknown";
}
/** `API Error: 529 …`, `status 401`, `HTTP 503`, `"code":429`. */
function statusIn(words) {
	const found = /(?:error:?|status(?: code)?:?|http(?:\/\d(?:\.\d)?)?|"code":|code:?|\[)\s?\(?([45]\d\d)\b/i.exec(words);
	return found ? Number(found[1]) : void 0;
}
const UNIT_MS = {
	ms: 1,
	s: 1e3,
	m: 6e4,
	h: 36e5,
	d: 864e5
};
const LONGEST_WAIT_MS = 864e5;
/**
* How long to wait, where the words say so: `try again in 20 minutes`, `retry after 30s`, `…limit reached|1790000000`.
*
* @param nowMs for words that name a time; the clock of the machine that ran the agent.
*/
function waitIn(words, nowMs) {
	const text = words.slice(0, WORDS_READ);
	const until = /limit reached\|(\d{10})\b/.exec(text);
	const span = /(?:retry|try again|reset|wait|retry-after)[^0-9]{0,40}(\d{1,6}(?:\.\d{1,3})?)(?:\s?(ms|milliseconds?|s|secs?|seconds?|m|mins?|minutes?|h|hours?|d|days?)\b|(?!\s?[a-z0-9.]))/i.exec(text);
	const unit = span?.[2]?.toLowerCase() ?? "s";
	const perUnit = UNIT_MS[unit.startsWith("mil") ? "ms" : unit === "ms" ? "ms" : unit.charAt(0)] ?? 1e3;
	const waitMs = until ? Number(until[1]) * 1e3 - nowMs : span ? Number(span[1]) * perUnit : void 0;
	return waitMs === void 0 || waitMs <= 0 ? void 0 : Math.min(Math.round(waitMs), LONGEST_WAIT_MS);
}
const MESSAGE_CHARS = 1e3;
/** The problem that a failure is. */
function problemOf(failure, of, nowMs) {
	const message = oneLine(failure.message) || of.exit;
	const { agent } = of;
	switch (kindOf(failure)) {
		case "no credentials": return {
			kind: "AGENT_NO_CREDENTIALS",
			agent,
			keys: of.keys,
			message
		};
		case "no credit": return {
			kind: "AGENT_NO_CREDIT",
			agent,
			message
		};
		case "model refused": return {
			kind: "AGENT_MODEL_REFUSED",
			agent,
			...of.model === void 0 ? {} : { model: of.model },
			message
		};
		case "context": return {
			kind: "AGENT_CONTEXT",
			agent,
			message
		};
		case "declined": return {
			kind: "AGENT_DECLINED",
			agent,
			message
		};
		case "turns": return {
			kind: "AGENT_TURNS",
			agent,
			turns: of.turns ?? of.maxTurns ?? 0
		};
		case "money": return {
			kind: "BUDGET_SPENT",
			spentUsd: of.spentUsd ?? of.budget?.usd ?? 0,
			budgetUsd: of.budget?.usd ?? 0,
			of: of.budget?.of ?? "segment"
		};
		case "later": {
			const waitMs = waitIn(failure.message, nowMs);
			return {
				kind: "AGENT_LATER",
				message,
				...waitMs === void 0 ? {} : { waitMs }
			};
		}
		case "unknown": return {
			kind: "AGENT_CRASHED",
			command: of.program,
			exit: of.exit,
			output: failure.message.slice(-4e3)
		};
	}
}
const oneLine = (text) => text.replace(/\s+/g, " ").trim().slice(0, MESSAGE_CHARS).toWellFormed();

// src/agents/report.ts
/**
* What an agent says of its work, made small and plain: from the file it was asked to write, else from the JSON block
* that ends its last words, else those words themselves.
*
* All of it is shown as what was said and decides nothing, so a slip costs no work: longer texts are cut, further items
* dropped, further keys passed over.
*/
const REPORT_BYTES = 262144;
const SUMMARY_CHARS = 8e3;
const text = (max) => string().transform((value) => value.slice(0, max).toWellFormed());
const texts = (chars, most) => array(text(chars)).default([]).transform((all) => all.slice(0, most));
const questionKeys = {
	id: text(40).optional(),
	text: text(2e3),
	options: texts(300, 10),
	context: text(4e3).optional()
};
const questionSchema = union([text(2e3).transform((asked) => ({
	text: asked,
	options: [],
	blocking: true
})), object({
	...questionKeys,
	blocking: boolean().default(true)
})]);
const amount = number().int().nonnegative().max(0xe8d4a51000);
const reportSchema = object({
	summary: text(SUMMARY_CHARS).default(""),
	handoff: text(8e3).optional(),
	assumptions: texts(1e3, 50),
	criteria: array(object({
		id: text(40),
		evidence: text(1e3)
	})).default([]).transform((all) => all.slice(0, 200)),
	question: questionSchema.optional(),
	questions: array(object({
		...questionKeys,
		blocking: boolean().default(false)
	})).default([]),
	costUsd: number().nonnegative().max(1e6).optional(),
	tokens: union([amount, object({
		input: amount,
		output: amount,
		cached: amount.default(0)
	})]).optional()
});
const NO_WORDS = {
	summary: "",
	assumptions: [],
	criteria: []
};
/**
* @param file where it was asked to write its report.
* @param lastWords its final message; undefined where it has none that can be told from other output.
*/
async function readWords(file, lastWords) {
	const written = await readReportFile(file);
	if (written !== "none") return written;
	const block = lastWords === void 0 ? void 0 : lastJson(lastWords);
	if (block !== void 0 && reportSchema.safeParse(block).success) return wordsOf(block);
	return {
		says: {
			...NO_WORDS,
			summary: cut(lastWords ?? "")
		},
		warnings: []
	};
}
async function readReportFile(file) {
	const found = await lstat(file).catch(() => void 0);
	if (!found) return "none";
	const unused = (why) => ({
		says: NO_WORDS,
		warnings: [why]
	});
	if (!found.isFile()) return unused("it is no regular file");
	if (found.size > REPORT_BYTES) return unused(`it has ${found.size} bytes, ${REPORT_BYTES} are taken`);
	const value = parse(await readFile(file, "utf8"));
	return value === void 0 ? unused("it is not JSON") : {
		...wordsOf(value),
		value
	};
}
function wordsOf(value) {
	const read = reportSchema.safeParse(value);
	if (!read.success) {
		const [issue] = read.error.issues;
		const why = `${issue?.path.join(".") || "it"}: ${issue?.message ?? "not as described"}`;
		return {
			says: NO_WORDS,
			warnings: [why]
		};
	}
	const { costUsd, tokens, handoff, question: only, questions, ...says } = read.data;
	const asked = only === void 0 ? questions : [only, ...questions];
	const question = asked.find(({ blocking }) => blocking) ?? asked[0];
	return {
		says: {
			...says,
			...handoff === void 0 ? {} : { handoff }
		},
		...question === void 0 ? {} : { question: present(question) },
		warnings: [],
		...costUsd === void 0 ? {} : { costUsd },
		...tokensOf(tokens)
	};
}
function tokensOf(told) {
	if (told === void 0) return {};
	if (typeof told === "number") return { tokens: told };
	const { input, output, cached } = told;
	return {
		tokens: input + output,
		usage: {
			inputTokens: input,
			outputTokens: output,
			cachedTokens: cached
		}
	};
}
const present = ({ id, context, ...question }) => ({
	...question,
	...typeof id === "string" ? { id } : {},
	...typeof context === "string" ? { context } : {}
});
/** The last fenced block of a text that is JSON, or the text itself where it is nothing but JSON. */
function lastJson(words) {
	const whole = words.trim();
	if (whole.startsWith("{")) {
		const value = parse(whole);
		if (value !== void 0) return value;
	}
	const lines = words.split("\n");
	const fences = lines.flatMap((line, at) => /^\s{0,3}```/.test(line) ? [at] : []).slice(-200);
	for (let last = fences.length - 1; last > 0; last--) {
		const value = parse(lines.slice((fences[last - 1] ?? 0) + 1, fences[last]).join("\n"));
		if (typeof value === "object" && value !== null) return value;
	}
}
const cut = (words) => words.trim().slice(0, SUMMARY_CHARS).toWellFormed();
function parse(json) {
	try {
		return JSON.parse(json);
	} catch {
		return;
	}
}

// src/agents/call.ts
/**
* One call of an agent, as far as it is the same for each of them: a folder, an environment, limits, a transcript, and
* what the end means.
*
* The way of an agent (a preset, the Agent Client Protocol) only starts it, reads what it prints into the `Account`, and
* says what it has seen; who is stopped for what is decided here.
*/
/** Long enough for a slow build in its shell; a hang is found out all the same. */
const IDLE_MS = 12e5;
/** Agents wait out limits and outages by themselves; what lasts longer than this share is better waited for outside of a job. */
const TROUBLE_SHARE = 5;
/** Some agents do not leave after they are done. */
const LEAVE_MS = 3e3;
const LONGEST_TIMER_MS = 2 ** 31 - 1;
/** One event can hold a whole file that was written. */
const EVENT_CHARS = 16e6;
const TRANSCRIPT_BYTES = 67108864;
const SHOWN_CHARS = 400;
const LAST_CHARS = 4e3;
const NO_USAGE = {
	inputTokens: 0,
	outputTokens: 0,
	cachedTokens: 0
};
/** What a call may cost at most: what is left of the segment's budget, or its own, whichever is less. */
function budgetOf({ budgetUsd: left, agent }) {
	const { budgetUsd: own } = agent;
	if (own !== void 0 && (left === void 0 || own < left)) return {
		usd: own,
		of: "agent"
	};
	return left === void 0 ? void 0 : {
		usd: left,
		of: "segment"
	};
}
/** US dollars by the price that the config gives for this agent's tokens; undefined where it gives none. */
function costOf({ agent }, usage) {
	if (!agent.price) return void 0;
	const { inputUsd, outputUsd, cachedUsd } = agent.price;
	const cached = Math.min(usage.cachedTokens, usage.inputTokens);
	return ((usage.inputTokens - cached) * inputUsd + cached * cachedUsd + usage.outputTokens * outputUsd) / 1e6;
}
/** Whether a call kept its budget, once it is known what it came to; or that nobody can know. */
function judgeSpending(task, spentUsd) {
	const budget = budgetOf(task);
	if (!budget) return { warnings: [] };
	if (spentUsd === void 0) return { warnings: [`${`${task.agent.name} tells no money and the config no price for its tokens`}, so its budget could not be kept`] };
	return spentUsd > budget.usd ? {
		problem: {
			kind: "BUDGET_SPENT",
			spentUsd,
			budgetUsd: budget.usd,
			of: budget.of
		},
		warnings: []
	} : { warnings: [] };
}
var Call = class Call {
	task;
	folder;
	briefFile;
	reportFile;
	account = {
		text: "",
		denied: [],
		heard: 0,
		isOver: false,
		warnings: []
	};
	/** Of the conversation that is gone on with. */
	before;
	#way;
	#transcript;
	#stopping = new AbortController();
	#stop;
	/** What it had failed with when it was stopped: what it says while it is ended is only about that. */
	#failedBefore;
	#silence;
	#trouble;
	#hasTranscript = false;
	#stderr = "";
	#stray = "";
	constructor(task, way, folder) {
		this.task = task;
		this.#way = way;
		this.folder = folder;
		this.briefFile = join(folder, "brief.md");
		this.reportFile = join(folder, "report.json");
		this.before = task.resume === void 0 ? void 0 : readSession(task.resume);
		this.#transcript = new Transcript(join(folder, "transcript.jsonl"));
	}
	static async open(task, way) {
		const folder = await makeFolder(task);
		const call = new Call(task, way, folder);
		await mkdir(call.temporaryDirectory, { recursive: true });
		await writeFile(call.briefFile, task.brief);
		await rm(call.reportFile, { force: true });
		return call;
	}
	get temporaryDirectory() {
		return join(this.folder, "tmp");
	}
	get model() {
		return this.task.model ?? this.task.agent.model;
	}
	get effort() {
		return this.task.effort ?? this.task.agent.effort;
	}
	get maxTurns() {
		return this.task.maxTurns ?? this.task.agent.maxTurns;
	}
	get budget() {
		return budgetOf(this.task);
	}
	get #timeoutMs() {
		const { timeoutMinutes } = this.task.agent;
		return Math.min(this.task.timeoutMs, timeoutMinutes === void 0 ? Infinity : timeoutMinutes * 6e4);
	}
	get #program() {
		return this.task.agent.command.length > 0 ? this.task.agent.command : this.#way.program;
	}
	/** The agent's environment: nothing of the job's but the list that everybody gets and its own names. */
	environment(also = {}) {
		return environmentFor(process.env, {
			names: [
				...this.#way.keys,
				...this.#way.places,
				...this.task.agent.environment
			],
			temporaryDirectory: this.temporaryDirectory,
			also: {
				...taskVariables(this.task, this.briefFile, this.reportFile),
				...also
			}
		});
	}
	/**
	* Runs its program to the end, with all limits in force.
	*
	* @param onMessage gets each line of its standard output that is JSON.
	*/
	async run(start) {
		const { task } = this;
		const asked = () => this.stop("asked");
		if (task.signal?.aborted) asked();
		else task.signal?.addEventListener("abort", asked, { once: true });
		this.#expectWord();
		const time = setTimeout(() => this.stop("time"), Math.min(this.#timeoutMs, LONGEST_TIMER_MS));
		try {
			return await runProgram({
				command: [...this.#program, ...start.args],
				directory: task.directory,
				environment: start.environment,
				input: start.input,
				timeoutMs: LONGEST_TIMER_MS,
				lineChars: EVENT_CHARS,
				keepChars: LAST_CHARS * 4,
				signal: this.#stopping.signal,
				...task.graceMs === void 0 ? {} : { graceMs: task.graceMs },
				onLine: (line, from) => {
					this.#transcript.add(line);
					if (from === "stderr") {
						this.#stderr = `${this.#stderr}${line}\n`.slice(-4e3);
						start.onStderr?.(line);
						return;
					}
					const message = readMessage(line);
					if (message === void 0) this.#stray = `${this.#stray}${line}\n`.slice(-4e3);
					else start.onMessage(message);
				}
			});
		} finally {
			task.signal?.removeEventListener("abort", asked);
			for (const timer of [
				time,
				this.#silence,
				this.#trouble
			]) clearTimeout(timer);
			this.#hasTranscript = await this.#transcript.close();
		}
	}
	/** It shows signs of life: an answer of its model, a tool at work. */
	sees(event) {
		this.account.heard += 1;
		this.#expectWord();
		if (event && event.kind !== "session") {
			clearTimeout(this.#trouble);
			this.#trouble = void 0;
			delete this.account.trouble;
		}
		if (event) this.#show(event);
		const { turns } = this.account;
		const spent = this.#spentUsd;
		if (this.account.isOver) this.stop("over");
		else if (this.budget && spent !== void 0 && spent > this.budget.usd) this.stop("money");
		else if (this.maxTurns !== void 0 && turns !== void 0 && turns > this.maxTurns) this.stop("turns");
	}
	/** It meets something that it tries to get over by itself. */
	meets(trouble) {
		this.account.trouble = trouble;
		this.#trouble ??= setTimeout(() => this.stop("troubled"), (this.task.idleMs ?? IDLE_MS) / TROUBLE_SHARE);
	}
	stop(why) {
		if (this.#stop !== void 0) return;
		this.#stop = why;
		this.#failedBefore = this.account.failure;
		if (why === "over") this.#silence = setTimeout(() => this.#stopping.abort(), LEAVE_MS);
		else this.#stopping.abort();
	}
	/** Of this call alone. */
	get #usage() {
		const { usage } = this.account;
		return this.#way.isCumulative.usage && this.before ? lessUsage(usage, this.before.usage) : usage;
	}
	/** Of this call alone: by the price that the config gives, else as it tells it. */
	get #spentUsd() {
		const usage = this.#usage;
		const priced = usage && costOf(this.task, usage);
		if (priced !== void 0) return priced;
		return this.#way.isCumulative.cost ? less(this.account.costUsd, this.before?.costUsd) : this.account.costUsd;
	}
	/** What the call came to. */
	async conclude(ended) {
		const { account, task } = this;
		const costUsd = this.#spentUsd;
		const words = await readWords(this.reportFile, task.answer ? void 0 : account.text);
		const usage = this.#usage ?? words.usage;
		const structured = account.structured ?? (task.answer ? words.value ?? lastJson(account.text) : void 0);
		const question = account.question ?? words.question;
		const tokens = usage ? usage.inputTokens + usage.outputTokens : words.tokens;
		const spent = costUsd ?? (usage ? costOf(task, usage) : void 0) ?? words.costUsd;
		const judged = judgeSpending(task, spent);
		const problem = this.#problemOf(ended, spent) ?? (task.agent.price ? judged.problem : void 0);
		if (ended.how.kind === "exited") account.warnings.push(...judged.warnings);
		return {
			...problem ? { problem } : {},
			says: words.says,
			text: account.text,
			...structured === void 0 ? {} : { structured },
			...question === void 0 ? {} : { question },
			...spent === void 0 ? {} : { costUsd: spent },
			...tokens === void 0 ? {} : { tokens },
			...usage === void 0 ? {} : { usage },
			...account.turns === void 0 ? {} : { turns: account.turns },
			...account.session === void 0 ? {} : { session: this.#writeSession() },
			...account.denied.length === 0 ? {} : { denied: account.denied.slice(0, 50) },
			durationMs: ended.durationMs,
			warnings: [...words.warnings.map((why) => `its report: ${why}`), ...account.warnings],
			transcript: this.#hasTranscript ? this.#transcript.file : ""
		};
	}
	#problemOf({ how, durationMs }, spentUsd) {
		const { account, task } = this;
		const agent = task.agent.name;
		const program = this.#program[0] ?? "";
		const minutes = (ms) => Math.max(1, Math.round(ms / 6e4));
		const failed = (failure, exit = sayExit(how)) => problemOf(failure, {
			agent,
			program,
			keys: [...this.#way.keys, ...task.agent.environment],
			model: this.model,
			maxTurns: this.maxTurns,
			turns: account.turns,
			budget: this.budget,
			spentUsd,
			exit
		}, Date.now());
		if (how.kind === "not started") return {
			kind: "AGENT_NOT_FOUND",
			command: program
		};
		switch (this.#stop) {
			case "money": return failed({
				kind: "money",
				message: ""
			});
			case "turns": return {
				kind: "AGENT_TURNS",
				agent,
				turns: this.maxTurns ?? 0
			};
			case "asked": return {
				kind: "AGENT_STOPPED",
				agent
			};
			case "time":
			case "troubled":
			case "silent": {
				if (this.#failedBefore) return failed(this.#failedBefore);
				if (account.isOver) return void 0;
				const { trouble = { message: this.#stderr } } = account;
				if (this.#stop === "troubled") return failed({
					kind: kindWhenTroubled(trouble),
					message: trouble.message
				});
				if (kindOf(trouble) !== "unknown") return failed(trouble);
				return this.#stop === "time" ? {
					kind: "AGENT_TIMED_OUT",
					minutes: minutes(this.#timeoutMs)
				} : {
					kind: "AGENT_SILENT",
					agent,
					minutes: minutes(durationMs)
				};
			}
		}
		if (account.failure) return failed(account.failure);
		if (account.isOver) return void 0;
		const code = how.kind === "exited" ? how.code : void 0;
		if (code === 126 || code === 127) return {
			kind: "AGENT_NOT_FOUND",
			command: program
		};
		const last = [this.#stderr.trim(), this.#stray.trim()].filter((each) => each !== "").join("\n");
		if (account.heard === 0 && code === 0) return {
			kind: "AGENT_UNREADABLE",
			agent,
			output: last.slice(-4e3)
		};
		const exit = code === 0 ? "exit code 0 before it was done" : sayExit(how);
		return failed({
			...account.trouble,
			message: last || account.trouble?.message || ""
		}, exit);
	}
	#expectWord() {
		if (this.#stop !== void 0) return;
		clearTimeout(this.#silence);
		this.#silence = setTimeout(() => this.stop("silent"), this.task.idleMs ?? IDLE_MS);
	}
	#show(event) {
		this.task.onEvent?.(event);
		if (event.kind === "says" && event.text.trim() !== "") this.task.onLine(short(event.text));
		if (event.kind === "does") this.task.onLine(short(`${event.tool}: ${event.what}`));
	}
	#writeSession() {
		const { session = "", costUsd = 0, usage = NO_USAGE } = this.account;
		return JSON.stringify([
			session,
			costUsd,
			usage.inputTokens,
			usage.outputTokens,
			usage.cachedTokens
		]);
	}
};
/** What the contract tells every agent in variables (docs/agents.md). */
const taskVariables = (task, briefFile, reportFile) => ({
	SWARM_BRIEF_FILE: briefFile,
	SWARM_REPORT_FILE: reportFile,
	SWARM_EPIC: String(task.epic),
	SWARM_SEGMENT: String(task.segment),
	SWARM_ATTEMPT: task.attempt,
	SWARM_TRY: String(task.try),
	SWARM_ROLE: task.role,
	SWARM_MODEL: task.model ?? task.agent.model ?? "",
	SWARM_EFFORT: task.effort ?? task.agent.effort ?? ""
});
/** A folder of this call alone: a role may be called several times in one try. */
async function makeFolder(task) {
	await mkdir(task.scratch, { recursive: true });
	for (let number = 1;; number++) {
		const folder = join(task.scratch, `${task.role}-${task.try}${number === 1 ? "" : `-${number}`}`);
		try {
			await mkdir(folder, { mode: 448 });
			return folder;
		} catch (error) {
			if (error.code !== "EEXIST") throw error;
		}
	}
}
/** A name that can stand in an argument list; anything else is no conversation of ours. */
const SESSION_NAME = /^[A-Za-z0-9][\w.:-]{0,199}$/;
function readSession(resume) {
	let value;
	try {
		value = JSON.parse(resume);
	} catch {
		value = [resume];
	}
	const [session, ...numbers] = Array.isArray(value) ? value : [];
	if (typeof session !== "string" || !SESSION_NAME.test(session)) return void 0;
	const [costUsd = 0, inputTokens = 0, outputTokens = 0, cachedTokens = 0] = numbers.map((each) => typeof each === "number" && each >= 0 ? each : 0);
	return {
		session,
		costUsd,
		usage: {
			inputTokens,
			outputTokens,
			cachedTokens
		}
	};
}
function readMessage(line) {
	if (!line.startsWith("{")) return void 0;
	try {
		const value = JSON.parse(line);
		return typeof value === "object" && value !== null ? value : void 0;
	} catch {
		return;
	}
}
/** What it retried for minutes, it took for something that passes. */
const kindWhenTroubled = (trouble) => {
	const kind = kindOf(trouble);
	return kind === "unknown" ? "later" : kind;
};
/** Where it counts anew after all, its figure is smaller than before, and stands for itself. */
const less = (now, before) => now === void 0 || before === void 0 || now < before ? now : now - before;
function lessUsage(now, before) {
	if (!now || now.inputTokens < before.inputTokens) return now;
	return {
		inputTokens: now.inputTokens - before.inputTokens,
		outputTokens: Math.max(0, now.outputTokens - before.outputTokens),
		cachedTokens: Math.max(0, now.cachedTokens - before.cachedTokens)
	};
}
const sayExit = (how) => how.kind === "exited" ? `exit code ${how.code}` : how.kind === "killed" ? how.signal : how.kind;
const short = (text) => text.replace(/\s+/g, " ").trim().slice(0, SHOWN_CHARS).toWellFormed();
/** What a tool does, from its arguments: the file or the command. */
function whatOf(input) {
	const fields = typeof input === "object" && input !== null ? input : {};
	for (const name of [
		"command",
		"cmd",
		"file_path",
		"filePath",
		"path",
		"pattern",
		"query",
		"url",
		"description"
	]) {
		const value = fields[name];
		if (typeof value === "string" && value !== "") return name.startsWith("file") ? basename(value) : value;
		if (Array.isArray(value)) return value.join(" ");
	}
	return "";
}
var Transcript = class {
	file;
	#stream;
	#bytes = 0;
	constructor(file) {
		this.file = file;
	}
	add(line) {
		this.#stream ??= createWriteStream(this.file).on("error", () => {});
		if (this.#bytes > TRANSCRIPT_BYTES) return;
		this.#bytes += line.length + 1;
		this.#stream.write(this.#bytes > TRANSCRIPT_BYTES ? "… what follows was dropped …\n" : `${line}\n`);
	}
	/** @returns whether all of it is there. */
	async close() {
		if (!this.#stream) return false;
		const closed = once(this.#stream, "close");
		this.#stream.end();
		await closed;
		return this.#stream.errored === null;
	}
};

// src/agents/preset.ts
/**
* The agents that swarm knows: what each is started with and how what it prints is read, as data (one file each), and
* the one loop that runs any of them in its own machine-readable mode.
*
* Their own mode is truer than the protocol they share: it tells failures, limits and costs that the protocol has no
* words for.
*/
async function runPreset(task, preset) {
	const call = await Call.open(task, preset);
	const { args, environment } = await preset.start(call);
	const ended = await call.run({
		args,
		input: task.brief,
		environment: call.environment(environment),
		onMessage: (message) => preset.read(message, call),
		onStderr: (line) => preset.readStderr?.(line, call)
	});
	await preset.finish?.(call);
	return call.conclude(ended);
}
const textAt = (holder, ...path) => {
	const value = at(holder, path);
	return typeof value === "string" ? value : void 0;
};
/** An amount: finite and not negative. */
const numberAt = (holder, ...path) => {
	const value = at(holder, path);
	return typeof value === "number" && Number.isFinite(value) && value >= 0 ? value : void 0;
};
const listAt = (holder, ...path) => {
	const value = at(holder, path);
	return Array.isArray(value) ? value.filter((each) => typeof each === "object" && each !== null) : [];
};
function at(holder, path) {
	let here = holder;
	for (const step of path) {
		if (typeof here !== "object" || here === null || !Object.hasOwn(here, step)) return void 0;
		here = here[step];
	}
	return here;
}

export { textAt as a, judgeSpending as c, whatOf as d, lastJson as f, runPreset as i, makeFolder as l, kindOf as m, listAt as n, Call as o, readWords as p, numberAt as r, costOf as s, at as t, taskVariables as u };