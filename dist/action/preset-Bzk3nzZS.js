import { g as keysOf } from "./config-BeOUPBNq.js";
import { C as string, _ as number, d as boolean, u as array, v as object, w as union } from "./schemas-BajjNhcs.js";
import { t as readPlace } from "./network-DlZvEHnd.js";
import { a as placesNamedIn } from "./policy-1ifDXAG6.js";
import { cp, lstat, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { createWriteStream } from "node:fs";
import { basename, dirname, join } from "node:path";
import { once } from "node:events";

// src/agents/endpoints.ts
/**
* The endpoints that one agent may reach: those of its program, of the providers that it has keys of, and those that its own
* settings name. Gates, and programs that an agent has Swarm start, reach none of them.
*/
/** The endpoint of the provider that gave out a key. */
const PROVIDERS = {
	ANTHROPIC_API_KEY: ["api.anthropic.com"],
	ANTHROPIC_AUTH_TOKEN: ["api.anthropic.com"],
	CLAUDE_CODE_OAUTH_TOKEN: ["api.anthropic.com"],
	OPENAI_API_KEY: ["api.openai.com"],
	CODEX_API_KEY: ["api.openai.com"],
	GEMINI_API_KEY: ["generativelanguage.googleapis.com"],
	GOOGLE_API_KEY: ["generativelanguage.googleapis.com", "aiplatform.googleapis.com"],
	COPILOT_GITHUB_TOKEN: ["api.github.com", "*.githubcopilot.com"],
	OPENCODE_API_KEY: ["opencode.ai"],
	OPENROUTER_API_KEY: ["openrouter.ai"],
	MISTRAL_API_KEY: ["api.mistral.ai"],
	DEEPSEEK_API_KEY: ["api.deepseek.com"],
	GROQ_API_KEY: ["api.groq.com"],
	XAI_API_KEY: ["api.x.ai"],
	CEREBRAS_API_KEY: ["api.cerebras.ai"],
	MOONSHOT_API_KEY: ["api.moonshot.ai", "api.moonshot.cn"],
	DASHSCOPE_API_KEY: ["dashscope.aliyuncs.com", "dashscope-intl.aliyuncs.com"],
	CURSOR_API_KEY: ["*.cursor.sh"]
};
const SETTINGS_BYTES = 1e6;
async function endpointsOf({ variables, names, hosts = [], homeFiles = [] }) {
	const given = names.filter((name) => variables[name]);
	const known = [...hosts, ...given.flatMap((name) => PROVIDERS[name] ?? [])];
	const { HOME } = variables;
	const texts = HOME === void 0 ? [] : await Promise.all(homeFiles.map((file) => textOf(join(HOME, file))));
	const region = given.includes("GOOGLE_CLOUD_LOCATION") ? `${variables.GOOGLE_CLOUD_LOCATION}-aiplatform.googleapis.com` : "";
	return [...[...known, region].flatMap((host) => readPlace(host) ?? []), ...[...given.map((name) => variables[name] ?? ""), ...texts].flatMap((text) => placesNamedIn(text))];
}
async function textOf(file) {
	try {
		return (await readFile(file, "utf8")).slice(0, SETTINGS_BYTES);
	} catch (error) {
		if (["ENOENT", "ENOTDIR"].includes(error.code ?? "")) return "";
		throw error;
	}
}

// src/agents/wait.ts
/**
* How long a provider asks to wait, read from its error in the forms that agents print: a span (`try again in 3 days 4 hours`),
* a header (`retry-after: 30`), a time of day (`resets 3pm (Europe/Berlin)`), a date, or seconds since 1970.
*
* Messages are untrusted: only their beginning is read, each pattern is bounded, and the wait has an upper limit.
*/
const SEARCHED_CHARS$1 = 4e3;
/** How many characters after `try again` or `resets` can belong to it. */
const NEAR_CHARS = 80;
const DAY_MS = 864e5;
/** The longest limits of providers are weekly. A day more, because they name days and time zones. */
const LONGEST_WAIT_MS = 8 * DAY_MS;
/** A date without a year can be in the next year, but not half a year away. */
const LONGEST_DATE_MS = 60 * DAY_MS;
/**
* The waiting time in a message.
*
* @param nowMs by the clock of the machine that ran the agent. A time without a zone is in the zone of that machine, because
*   the agent printed it there.
* @returns undefined if the message has none; at most eight days.
*/
function waitIn(words, nowMs) {
	const text = words.slice(0, SEARCHED_CHARS$1);
	const waitMs = untilEpoch(text, nowMs) ?? firstWait(text, nowMs);
	return waitMs === void 0 || waitMs <= 0 ? void 0 : Math.min(Math.round(waitMs), LONGEST_WAIT_MS);
}
/** `usage limit reached|1790000000`, `"resets_at":1790000000`. */
function untilEpoch(text, nowMs) {
	const found = /(?:limit reached\||resets?[_ ]?at["']?\s?[:=]\s?)(\d{10})\b/i.exec(text);
	return found ? Number(found[1]) * 1e3 - nowMs : void 0;
}
function firstWait(text, nowMs) {
	for (const { index, 0: marker } of text.matchAll(/retry|try again|reset|wait/gi)) {
		const near = text.slice(index + marker.length, index + marker.length + NEAR_CHARS);
		const waitMs = untilTime(near, nowMs) ?? spanIn(near) ?? secondsIn(near);
		if (waitMs !== void 0) return waitMs;
	}
}
const UNIT_MS = {
	ms: 1,
	s: 1e3,
	m: 6e4,
	h: 36e5,
	d: DAY_MS,
	w: 7 * DAY_MS
};
const SPAN = /(\d{1,6}(?:\.\d{1,3})?)\s?(ms|milliseconds?|s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?|d|days?|w|weeks?)(?![a-z])/iy;
/** `in 3 days, 4 hours and 12 minutes`, `after 6m0s`. */
function spanIn(near) {
	SPAN.lastIndex = /^[^0-9]{0,40}/.exec(near)?.[0].length ?? 0;
	let waitMs;
	for (let part = SPAN.exec(near); part; part = SPAN.exec(near)) {
		const [whole, amount, unit = ""] = part;
		const short = /^m(?:s|illi)/i.test(unit) ? "ms" : unit.charAt(0).toLowerCase();
		waitMs = (waitMs ?? 0) + Number(amount) * (UNIT_MS[short] ?? 0);
		const end = part.index + whole.length;
		SPAN.lastIndex = end + (/^(?:,|\sand|,\sand)?\s?/.exec(near.slice(end))?.[0].length ?? 0);
	}
	return waitMs;
}
/** `retry-after: 30`, `"resets_in_seconds":30`: a number without a unit. */
function secondsIn(near) {
	const found = /^s?[-_ ]?(?:after|delay|in)(?:[-_ ]seconds)?["']?\s?[:=]?\s?["']?(\d{1,6}(?:\.\d{1,3})?)(?!\s?[a-z0-9.:-])/i.exec(near);
	return found ? Number(found[1]) * 1e3 : void 0;
}
const MONTHS = [
	"jan",
	"feb",
	"mar",
	"apr",
	"may",
	"jun",
	"jul",
	"aug",
	"sep",
	"oct",
	"nov",
	"dec"
];
const DAYS = [
	"sun",
	"mon",
	"tue",
	"wed",
	"thu",
	"fri",
	"sat"
];
const MONTH = `(${MONTHS.join("|")})[a-z]{0,6}\\.?`;
const CLOCK = "(\\d{1,2})(?::(\\d{2}))?(?::\\d{2})?\\s?([ap]m)?";
const ISO = /^[^0-9]{0,20}(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d)?)(?:\.\d{1,9})?\s?(Z|UTC|[+-]\d\d:?\d\d)?/i;
const MONTH_FIRST = new RegExp(`^[^0-9]{0,20}?\\b${MONTH}\\s(\\d{1,2})(?:st|nd|rd|th)?(?:,?\\s(\\d{4}))?(?:,|\\sat|,\\sat)?\\s${CLOCK}`, "i");
const DAY_FIRST = new RegExp(`^[^0-9]{0,20}?\\b(\\d{1,2})\\s${MONTH}\\s(\\d{4})(?:,|\\sat)?\\s${CLOCK}`, "i");
const WEEKDAY = new RegExp(`^[^0-9]{0,20}?\\b(${DAYS.join("|")})[a-z]{0,6},?\\s(?:at\\s)?${CLOCK}`, "i");
const TIME = new RegExp(`^[^0-9]{0,20}${CLOCK}`, "i");
const ZONE = /\b(UTC|GMT|Z)\b|\(([A-Za-z_]{2,20}(?:\/[A-Za-z_+-]{2,20}){1,2})\)/;
/** Time until the point in time that the text begins with. */
function untilTime(near, nowMs) {
	const iso = ISO.exec(near);
	if (iso) {
		const [, date, time, zone = ""] = iso;
		const at = Date.parse(`${date}T${time}${zone.replace(/utc/i, "Z")}`);
		return Number.isNaN(at) ? void 0 : at - nowMs;
	}
	const zone = zoneIn(near);
	const now = wallAt(nowMs, zone);
	const dated = datedWall(near, now);
	if (dated) return (dated.isYearKnown ? [0] : [0, 1]).map((more) => instantOf({
		...dated.wall,
		year: dated.wall.year + more
	}, zone) - nowMs).find((waitMs) => waitMs > 0 && waitMs < LONGEST_DATE_MS);
	const [, weekday, ...onDay] = WEEKDAY.exec(near) ?? [];
	const clock = clockOf(weekday === void 0 ? (TIME.exec(near) ?? []).slice(1) : onDay);
	if (!clock) return void 0;
	for (let days = 0; days <= 7; days++) {
		const wall = {
			...now,
			...clock,
			day: now.day + days
		};
		const day = new Date(Date.UTC(wall.year, wall.month, wall.day)).getUTCDay();
		const waitMs = instantOf(wall, zone) - nowMs;
		if (waitMs > 0 && (weekday === void 0 || DAYS[day] === weekday.toLowerCase())) return waitMs;
	}
}
function datedWall(near, now) {
	const [, monthName, dayAfter, yearAfter, ...clockAfter] = MONTH_FIRST.exec(near) ?? [];
	const [, dayBefore, monthAfter, yearBefore, ...clockBefore] = DAY_FIRST.exec(near) ?? [];
	const name = monthName ?? monthAfter;
	const clock = clockOf(monthName === void 0 ? clockBefore : clockAfter);
	if (name === void 0 || !clock) return void 0;
	const year = yearAfter ?? yearBefore;
	const month = MONTHS.indexOf(name.toLowerCase());
	return {
		wall: {
			...clock,
			year: year === void 0 ? now.year : Number(year),
			month,
			day: Number(dayAfter ?? dayBefore)
		},
		isYearKnown: year !== void 0
	};
}
/** A number alone is not a time of day. */
function clockOf([hour, minute, half]) {
	if (hour === void 0 || minute === void 0 && half === void 0) return void 0;
	if (Number(hour) > (half === void 0 ? 23 : 12) || Number(minute ?? 0) > 59) return void 0;
	return {
		hour: half === void 0 ? Number(hour) : Number(hour) % 12 + (half.toLowerCase() === "pm" ? 12 : 0),
		minute: Number(minute ?? 0)
	};
}
/** @returns undefined for the zone of this machine. */
function zoneIn(near) {
	const [, utc, name] = ZONE.exec(near) ?? [];
	if (utc !== void 0) return "UTC";
	try {
		if (name !== void 0) new Intl.DateTimeFormat("en", { timeZone: name });
		return name;
	} catch {
		return;
	}
}
function wallAt(ms, zone) {
	const parts = new Intl.DateTimeFormat("en", {
		...zone === void 0 ? {} : { timeZone: zone },
		year: "numeric",
		month: "numeric",
		day: "numeric",
		hour: "numeric",
		minute: "numeric",
		hourCycle: "h23"
	}).formatToParts(ms);
	const number = (type) => Number(parts.find((part) => part.type === type)?.value ?? 0);
	return {
		year: number("year"),
		month: number("month") - 1,
		day: number("day"),
		hour: number("hour"),
		minute: number("minute")
	};
}
const utcOf = ({ year, month, day, hour, minute }) => Date.UTC(year, month, day, hour, minute);
/** Where the clock changes in between, the second guess is right. */
function instantOf(wall, zone) {
	const wanted = utcOf(wall);
	let ms = wanted;
	for (let guess = 0; guess < 2; guess++) ms += wanted - utcOf(wallAt(ms, zone));
	return ms;
}

// src/agents/failure.ts
const RULES = [
	{
		kind: "later",
		pattern: /(?:out of (?:extra )?usage|hit your .{0,20}limit).{0,80}(?:resets?|try again)\b/i
	},
	{
		kind: "no credit",
		status: [402],
		pattern: /credit balance|insufficient[_ ](?:quota|credits?|funds|balance)|billing|payment required|exceeded your (?:current )?(?:monthly )?(?:quota|spend)|out of (?:extra )?(?:usage|credits)|no (?:remaining )?(?:premium requests|credits)/i
	},
	{
		kind: "context",
		status: [413],
		pattern: /context[_ ](?:length|window)|prompt is too long|maximum context|too many tokens in|input (?:token count|is too long)|exceeds the maximum number of tokens|request_too_large/i
	},
	{
		kind: "model refused",
		pattern: /model[_ ]not[_ ](?:found|supported|available)|(?:unknown|invalid|unsupported) model|model (?!metadata).{0,120}(?:does not exist|not exist|is not (?:found|supported|available)|not found|may not exist)|not have access to (?:the |this |it)?.{0,60}model|no such model|ProviderModelNotFound|issue with the selected model/i
	},
	{
		kind: "no credentials",
		status: [401],
		pattern: /not logged in|please run .{0,20}login|unauthori[sz]ed|authentication[_ ](?:error|required|failed|fails)|(?:invalid|incorrect|missing|expired|no)[_ ](?:x-)?api[- _]?key|api[- _]?key (?:is |was )?(?:not (?:valid|set|found)|invalid|missing|expired)|no authentication information|invalid bearer|(?:access|oauth|auth) token (?:has )?(?:expired|is invalid)|set an auth method|must specify the .{0,40}(?:key|environment variable)|invalid auth method|permission_error|missing environment variable|UNAUTHENTICATED|missing scopes?/i
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
		pattern: /rate[-_ ]?limit|too many requests|overloaded|usage limit|hit your (?:[a-z0-9-]{1,20} )?limit|limit (?:reached|will reset)|quota|resource[_ ]exhausted|temporarily unavailable|service unavailable|server[_ ]error|bad gateway|gateway time-?out|(?:high|heavy) (?:demand|load|traffic)|at capacity|try again (?:later|in)|connection (?:error|refused|reset|closed)|network error|ECONN(?:REFUSED|RESET|ABORTED)|ENOTFOUND|ETIMEDOUT|EAI_AGAIN|fetch failed|socket hang up|stream disconnected|error sending request|request timed out|UNAVAILABLE|transport error|reconnecting/i
	},
	{
		kind: "no credentials",
		status: [403],
		pattern: /access denied|permission denied|forbidden/i
	},
	{
		kind: "model refused",
		status: [404],
		pattern: /\bmodel\b.{0,80}\b404\b/i
	},
	{
		kind: "declined",
		pattern: /content[_ ](?:policy|filter)|usage policy|blocked by (?:the )?safety|refused to (?:answer|respond)|stop_reason.{0,5}refusal/i
	}
];
const SEARCHED_CHARS = 4e3;
function kindOf({ status, message, kind }) {
	if (kind !== void 0) return kind;
	const words = message.slice(0, SEARCHED_CHARS);
	const byText = RULES.find(({ pattern }) => pattern.test(words))?.kind;
	if (byText !== void 0 && byText !== "later") return byText;
	const number = status ?? statusIn(words);
	return (number === void 0 ? void 0 : RULES.find((row) => row.status?.includes(number))?.kind) ?? byText ?? "unknown";
}
/** `API Error: 529 …`, `status 401`, `HTTP 503`, `"code":429`. */
function statusIn(words) {
	const found = /(?:error:?|status(?: code)?:?|http(?:\/\d(?:\.\d)?)?|"code":|code:?|\[)\s?\(?([45]\d\d)\b/i.exec(words);
	return found ? Number(found[1]) : void 0;
}
const MESSAGE_CHARS = 1e3;
/** The problem to report for a failure. */
function problemOf(failure, context, nowMs) {
	const message = oneLine(failure.message) || context.exit;
	const { agent } = context;
	switch (kindOf(failure)) {
		case "no credentials": return {
			kind: "AGENT_NO_CREDENTIALS",
			agent,
			keys: context.keys,
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
			...context.model === void 0 ? {} : { model: context.model },
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
			turns: context.turns ?? context.maxTurns ?? 0
		};
		case "money": return {
			kind: "BUDGET_SPENT",
			spentUsd: context.spentUsd ?? context.budget?.usd ?? 0,
			budgetUsd: context.budget?.usd ?? 0,
			of: context.budget?.of ?? "segment"
		};
		case "later": {
			const waitMs = waitIn(failure.message, nowMs);
			return {
				kind: "AGENT_LATER",
				agent,
				message,
				...waitMs === void 0 ? {} : { waitMs }
			};
		}
		case "unknown": return {
			kind: "AGENT_CRASHED",
			command: context.program,
			exit: context.exit,
			output: failure.message.slice(-4e3)
		};
	}
}
const oneLine = (text) => text.replace(/\s+/g, " ").trim().slice(0, MESSAGE_CHARS).toWellFormed();

// src/agents/report.ts
/**
* Reads an agent's report: the file it was asked to write, or else the JSON block at the end of its last message, or else
* that message.
*
* The report is only shown and decides nothing, so reading is lenient: long texts are cut, surplus items dropped, unknown
* keys ignored.
*/
const REPORT_BYTES = 262144;
const SUMMARY_CHARS = 8e3;
const text = (max) => string().transform((value) => value.slice(0, max).toWellFormed());
const texts = (chars, max) => array(text(chars)).default([]).transform((all) => all.slice(0, max));
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
const EMPTY_REPORT = {
	summary: "",
	assumptions: [],
	criteria: []
};
/**
* @param file the path that it was asked to write to.
* @param lastMessage its final message; undefined if its output cannot be told apart from other programs' output.
*/
async function readReport(file, lastMessage) {
	const written = await readReportFile(file);
	if (written !== "none") return written;
	const block = lastMessage === void 0 ? void 0 : lastJson(lastMessage);
	if (block !== void 0 && reportSchema.safeParse(block).success) return reportFrom(block);
	return {
		says: {
			...EMPTY_REPORT,
			summary: cut(lastMessage ?? "")
		},
		warnings: []
	};
}
async function readReportFile(file) {
	const found = await lstat(file).catch(() => void 0);
	if (!found) return "none";
	const unused = (why) => ({
		says: EMPTY_REPORT,
		warnings: [why]
	});
	if (!found.isFile()) return unused("it is not a regular file");
	if (found.size > REPORT_BYTES) return unused(`it has ${found.size} bytes; the limit is ${REPORT_BYTES}`);
	const value = parse(await readFile(file, "utf8"));
	return value === void 0 ? unused("it is not JSON") : {
		...reportFrom(value),
		value
	};
}
function reportFrom(value) {
	const read = reportSchema.safeParse(value);
	if (!read.success) {
		const [issue] = read.error.issues;
		const why = `${issue?.path.join(".") || "it"}: ${issue?.message ?? "not as described"}`;
		return {
			says: EMPTY_REPORT,
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
		...question === void 0 ? {} : { question: questionFrom(question) },
		warnings: [],
		...costUsd === void 0 ? {} : { costUsd },
		...tokensOf(tokens)
	};
}
function tokensOf(tokens) {
	if (tokens === void 0) return {};
	if (typeof tokens === "number") return { tokens };
	const { input, output, cached } = tokens;
	return {
		tokens: input + output,
		usage: {
			inputTokens: input,
			outputTokens: output,
			cachedTokens: cached
		}
	};
}
const questionFrom = ({ id, context, ...question }) => ({
	...question,
	...typeof id === "string" ? { id } : {},
	...typeof context === "string" ? { context } : {}
});
/** The last fenced block of a text that is JSON, or the whole text if it is JSON. */
function lastJson(message) {
	const whole = message.trim();
	if (whole.startsWith("{")) {
		const value = parse(whole);
		if (value !== void 0) return value;
	}
	const lines = message.split("\n");
	const fences = lines.flatMap((line, index) => /^\s{0,3}```/.test(line) ? [index] : []).slice(-200);
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

// src/agents/invocation.ts
/**
* One start of an agent, the same for all of them: a folder, an environment, limits, a transcript, and the meaning of its
* end.
*
* An adapter (a preset, the Agent Client Protocol) only starts the agent, reads its output into `AgentState`, and notes
* each sign of life. Limits are enforced here.
*/
/** Long enough for a slow build in the agent's shell, and short enough to notice a hang. */
const IDLE_MS = 12e5;
/** Agents wait out limits and outages. One that lasts longer than this fraction is better waited out without a job. */
const TROUBLE_SHARE = 5;
/** Some agents do not exit when they are done. */
const LEAVE_MS = 3e3;
const LONGEST_TIMER_MS = 2 ** 31 - 1;
const realAfter = (ms, act) => {
	const timer = setTimeout(act, Math.min(ms, LONGEST_TIMER_MS));
	return () => clearTimeout(timer);
};
/** One event can hold a whole file. */
const EVENT_CHARS = 16e6;
const TRANSCRIPT_BYTES = 67108864;
const SHOWN_CHARS = 400;
const LAST_CHARS = 4e3;
const NO_USAGE = {
	inputTokens: 0,
	outputTokens: 0,
	cachedTokens: 0
};
/** The limit of this invocation: the rest of the segment's budget or the agent's own, whichever is less. */
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
/** US dollars, by the config's price for this agent's tokens; undefined if it has none. */
function costOf({ agent }, usage) {
	if (!agent.price) return void 0;
	const { inputUsd, outputUsd, cachedUsd } = agent.price;
	const cached = Math.min(usage.cachedTokens, usage.inputTokens);
	return ((usage.inputTokens - cached) * inputUsd + cached * cachedUsd + usage.outputTokens * outputUsd) / 1e6;
}
/** Checks the final cost against the budget, or warns that the cost is unknown. */
function checkBudget(task, spentUsd) {
	const budget = budgetOf(task);
	if (!budget) return { warnings: [] };
	if (spentUsd === void 0) return { warnings: [`${`${task.agent.name} reports no cost and the config sets no price for its tokens`}, so its budget could not be enforced`] };
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
var Invocation = class Invocation {
	task;
	/** The only folder beside the working tree that the agent can write to. */
	desk;
	room;
	briefFile;
	reportFile;
	state = {
		text: "",
		denied: [],
		messages: 0,
		isOver: false,
		warnings: []
	};
	/** The conversation that is continued. */
	resumed;
	#adapter;
	#transcript;
	#stopping = new AbortController();
	#stop;
	/** The failure at the moment it was stopped. Anything it reports while shutting down is ignored. */
	#failedBefore;
	#after;
	/** This and the next one each cancel a timer. */
	#silence;
	#trouble;
	#hasTranscript = false;
	#stderr = "";
	#stray = "";
	constructor(task, adapter, { folder, desk }) {
		this.task = task;
		this.#adapter = adapter;
		this.#after = task.after ?? realAfter;
		this.desk = desk;
		this.room = roomFor(task, desk);
		this.briefFile = join(desk, "brief.md");
		this.reportFile = join(desk, "report.json");
		this.resumed = task.resume === void 0 ? void 0 : readSession(task.resume);
		this.#transcript = new Transcript(join(folder, "transcript.jsonl"));
	}
	static async open(task, adapter) {
		const invocation = new Invocation(task, adapter, await makeDesk(task));
		await furnish(invocation.room.home, task.sandbox.variables.HOME, adapter.homeFiles);
		await writeFile(invocation.briefFile, task.brief);
		await rm(invocation.reportFile, { force: true });
		return invocation;
	}
	get model() {
		return this.task.model ?? this.task.agent.model;
	}
	/** Names of the variables with its keys. */
	get #keys() {
		const { model = "" } = this;
		return keysOf({
			...this.task.agent,
			model
		});
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
		return this.task.agent.command.length > 0 ? this.task.agent.command : this.#adapter.program;
	}
	/** The value of one of its own keys, by the name that the agent reads. Another agent's key is none of them. */
	key(name) {
		const { agent, sandbox } = this.task;
		if (agent.keys && Object.hasOwn(agent.keys, name)) return sandbox.variables[agent.keys[name] ?? ""];
		return [...agent.keys ? agent.environment : this.#keys].includes(name) ? sandbox.variables[name] : void 0;
	}
	/** Of the job's variables that the agent gets under the same name. */
	get #names() {
		const { agent } = this.task;
		return [...agent.keys ? agent.environment : this.#keys, ...this.#adapter.settings];
	}
	/** The allow-listed variables that every program gets, the agent's own, and those of its task. */
	environment(also = {}) {
		return this.task.sandbox.environmentFor({
			names: this.#names,
			...this.room,
			also: {
				...renamedKeys(this.task),
				...taskVariables(this.task, this.briefFile, this.reportFile),
				...also
			}
		});
	}
	/**
	* Runs the program to its end and enforces all limits.
	*
	* @param start its `onMessage` gets each line of standard output that is JSON.
	*/
	async run(start) {
		const { task } = this;
		const asked = () => this.stop("asked");
		if (task.signal?.aborted) asked();
		else task.signal?.addEventListener("abort", asked, { once: true });
		this.#restartSilenceTimer();
		const time = this.#after(this.#timeoutMs, () => this.stop("time"));
		try {
			const { hosts, homeFiles } = this.#adapter;
			const places = await endpointsOf({
				...givenTo(task, this.#names),
				hosts,
				homeFiles
			});
			return await task.sandbox.run({
				room: this.room,
				network: {
					by: task.role,
					places,
					tree: task.directory,
					fetchOfNode: true
				},
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
			for (const cancel of [
				time,
				this.#silence,
				this.#trouble
			]) cancel?.();
			this.#hasTranscript = await this.#transcript.close();
		}
	}
	/** Notes a sign of life, such as an answer of its model or the use of a tool, and checks the limits. */
	noteActivity(event) {
		this.state.messages += 1;
		this.#restartSilenceTimer();
		if (event && event.kind !== "session") {
			this.#trouble?.();
			this.#trouble = void 0;
			delete this.state.trouble;
		}
		if (event) this.#show(event);
		const { turns } = this.state;
		const spent = this.#spentUsd;
		if (this.state.isOver) this.stop("over");
		else if (this.budget && spent !== void 0 && spent > this.budget.usd) this.stop("money");
		else if (this.maxTurns !== void 0 && turns !== void 0 && turns > this.maxTurns) this.stop("turns");
	}
	/** Notes a limit or an outage that the agent is waiting out. */
	noteTrouble(trouble) {
		this.state.trouble = trouble;
		this.#trouble ??= this.#after((this.task.idleMs ?? IDLE_MS) / TROUBLE_SHARE, () => this.stop("troubled"));
	}
	stop(why) {
		if (this.#stop !== void 0) return;
		this.#stop = why;
		this.#failedBefore = this.state.failure;
		this.#silence?.();
		if (why === "over") this.#silence = this.#after(LEAVE_MS, () => this.#stopping.abort());
		else this.#stopping.abort();
	}
	/** Of this invocation alone. */
	get #usage() {
		const { usage } = this.state;
		return this.#adapter.isCumulative.usage && this.resumed ? usageSince(usage, this.resumed.usage) : usage;
	}
	/** Of this invocation alone: by the config's price, or else as the agent reports it. */
	get #spentUsd() {
		const usage = this.#usage;
		const priced = usage && costOf(this.task, usage);
		if (priced !== void 0) return priced;
		return this.#adapter.isCumulative.cost ? since(this.state.costUsd, this.resumed?.costUsd) : this.state.costUsd;
	}
	/** The result of the whole invocation. */
	async conclude(ended) {
		const { state, task } = this;
		const costUsd = this.#spentUsd;
		const words = await readReport(this.reportFile, task.answer ? void 0 : state.text);
		const usage = this.#usage ?? words.usage;
		const structured = state.structured ?? (task.answer ? words.value ?? lastJson(state.text) : void 0);
		const question = state.question ?? words.question;
		const tokens = usage ? usage.inputTokens + usage.outputTokens : words.tokens;
		const spent = costUsd ?? (usage ? costOf(task, usage) : void 0) ?? words.costUsd;
		const judged = checkBudget(task, spent);
		const problem = this.#problemOf(ended, spent) ?? (task.agent.price ? judged.problem : void 0);
		if (ended.how.kind === "exited") state.warnings.push(...judged.warnings);
		return {
			...problem ? { problem } : {},
			says: words.says,
			text: state.text,
			...structured === void 0 ? {} : { structured },
			...question === void 0 ? {} : { question },
			...spent === void 0 ? {} : { costUsd: spent },
			...tokens === void 0 ? {} : { tokens },
			...usage === void 0 ? {} : { usage },
			...state.turns === void 0 ? {} : { turns: state.turns },
			...state.session === void 0 ? {} : { session: this.#writeSession() },
			...state.denied.length === 0 ? {} : { denied: state.denied.slice(0, 50) },
			durationMs: ended.durationMs,
			warnings: [...words.warnings.map((why) => `its report: ${why}`), ...state.warnings],
			transcript: this.#hasTranscript ? this.#transcript.file : ""
		};
	}
	#problemOf({ how, durationMs }, spentUsd) {
		const { state, task } = this;
		const agent = task.agent.name;
		const program = this.#program[0] ?? "";
		const minutes = (ms) => Math.max(1, Math.round(ms / 6e4));
		const failed = (failure, exit = sayExit(how)) => problemOf(failure, {
			agent,
			program,
			keys: this.#keys,
			model: this.model,
			maxTurns: this.maxTurns,
			turns: state.turns,
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
				if (state.isOver) return void 0;
				const { trouble = { message: this.#stderr } } = state;
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
		if (state.failure) return failed(state.failure);
		if (state.isOver) return void 0;
		const code = how.kind === "exited" ? how.code : void 0;
		if (code === 126 || code === 127) return {
			kind: "AGENT_NOT_FOUND",
			command: program
		};
		const last = [this.#stderr.trim(), this.#stray.trim()].filter((each) => each !== "").join("\n");
		if (state.messages === 0 && code === 0) return {
			kind: "AGENT_UNREADABLE",
			agent,
			output: last.slice(-4e3)
		};
		const exit = code === 0 ? "exit code 0 before it was done" : sayExit(how);
		return failed({
			...state.trouble,
			message: last || state.trouble?.message || ""
		}, exit);
	}
	#restartSilenceTimer() {
		if (this.#stop !== void 0) return;
		this.#silence?.();
		this.#silence = this.#after(this.task.idleMs ?? IDLE_MS, () => this.stop("silent"));
	}
	#show(event) {
		this.task.onEvent?.(event);
		if (event.kind === "says" && event.text.trim() !== "") this.task.onLine(short(event.text));
		if (event.kind === "does") this.task.onLine(short(`${event.tool}: ${event.what}`));
	}
	#writeSession() {
		const { session = "", costUsd = 0, usage = NO_USAGE } = this.state;
		return JSON.stringify([
			session,
			costUsd,
			usage.inputTokens,
			usage.outputTokens,
			usage.cachedTokens
		]);
	}
};
/** An agent's own keys, under the names that it reads. */
function renamedKeys({ agent, sandbox }) {
	const entries = Object.entries(agent.keys ?? {}).map(([name, from]) => [name, sandbox.variables[from] ?? ""]);
	return Object.fromEntries(entries.filter(([, value]) => value !== ""));
}
/** The job's variables as an agent sees them, and the names of those that it gets. */
const givenTo = (task, names) => {
	const renamed = renamedKeys(task);
	return {
		variables: {
			...task.sandbox.variables,
			...renamed
		},
		names: [...names, ...Object.keys(renamed)]
	};
};
/** The variables that every agent is promised (docs/agents.md). */
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
/** Makes the folders for one invocation. A role may be started several times in one try. */
async function makeDesk(task) {
	const folder = await makeFolder(task);
	const desk = join(folder, "desk");
	await mkdir(desk);
	return {
		folder,
		desk
	};
}
/** The places that one invocation may use. An agent that only judges cannot write to the files that it judges. */
const roomFor = (task, desk) => ({
	home: task.home ?? join(desk, "home"),
	temporaryDirectory: join(desk, "tmp"),
	writes: [desk, ...task.access === "write" ? [task.directory] : []],
	reads: [task.directory, ...task.reads],
	...task.hides === void 0 ? {} : { hides: task.hides }
});
/** Copies the files that a new home gets. They are the machine's: no program that swarm starts can write to the originals. */
async function furnish(home, from, files) {
	await mkdir(home, {
		recursive: true,
		mode: 448
	});
	if (from === void 0) return;
	for (const file of files) {
		const target = join(home, file);
		await mkdir(dirname(target), {
			recursive: true,
			mode: 448
		});
		await cp(join(from, file), target, { force: false }).catch((error) => {
			if (error.code !== "ENOENT") throw error;
		});
	}
}
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
/** A name that is safe in an argument list. Anything else did not come from us. */
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
/** The agent retried it for minutes, so it expected it to pass. */
const kindWhenTroubled = (trouble) => {
	const kind = kindOf(trouble);
	return kind === "unknown" ? "later" : kind;
};
/** If the agent started counting from zero after all, its figure is smaller than the earlier one and is used as it is. */
const since = (now, before) => now === void 0 || before === void 0 || now < before ? now : now - before;
function usageSince(now, before) {
	if (!now || now.inputTokens < before.inputTokens) return now;
	return {
		inputTokens: now.inputTokens - before.inputTokens,
		outputTokens: Math.max(0, now.outputTokens - before.outputTokens),
		cachedTokens: Math.max(0, now.cachedTokens - before.cachedTokens)
	};
}
const sayExit = (how) => how.kind === "exited" ? `exit code ${how.code}` : how.kind === "killed" ? how.signal : how.kind;
const short = (text) => text.replace(/\s+/g, " ").trim().slice(0, SHOWN_CHARS).toWellFormed();
/** The file or the command in a tool's arguments. */
function toolTarget(input) {
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
		this.#stream.write(this.#bytes > TRANSCRIPT_BYTES ? "… the rest was dropped …\n" : `${line}\n`);
	}
	/** @returns true if all of it was written. */
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
* Runs the agents that swarm knows by name, each in its own machine-readable mode. A preset is one file per agent: how it
* is started, and how its output is read.
*
* That mode is preferred to the Agent Client Protocol, because it reports failures, limits and costs that the protocol
* cannot express.
*/
async function runPreset(task, preset) {
	const invocation = await Invocation.open(task, preset);
	const { args, environment } = await preset.start(invocation);
	const ended = await invocation.run({
		args,
		input: task.brief,
		environment: invocation.environment(environment),
		onMessage: (message) => preset.read(message, invocation),
		onStderr: (line) => preset.readStderr?.(line, invocation)
	});
	await preset.finish?.(invocation);
	return invocation.conclude(ended);
}
const textAt = (holder, ...path) => {
	const value = valueAt(holder, path);
	return typeof value === "string" ? value : void 0;
};
/** A finite number that is not negative. */
const numberAt = (holder, ...path) => {
	const value = valueAt(holder, path);
	return typeof value === "number" && Number.isFinite(value) && value >= 0 ? value : void 0;
};
const listAt = (holder, ...path) => {
	const value = valueAt(holder, path);
	return Array.isArray(value) ? value.filter((each) => typeof each === "object" && each !== null) : [];
};
function valueAt(holder, path) {
	let here = holder;
	for (const step of path) {
		if (typeof here !== "object" || here === null || !Object.hasOwn(here, step)) return void 0;
		here = here[step];
	}
	return here;
}

export { readReport as _, valueAt as a, endpointsOf as b, costOf as c, makeDesk as d, renamedKeys as f, lastJson as g, toolTarget as h, textAt as i, furnish as l, taskVariables as m, numberAt as n, Invocation as o, roomFor as p, runPreset as r, checkBudget as s, listAt as t, givenTo as u, kindOf as v, waitIn as y };