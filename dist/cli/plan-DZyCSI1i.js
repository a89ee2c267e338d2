import { i as __toESM, t as __commonJSMin } from "./rolldown-runtime-CiVTkJ2Q.js";
import { t as require_dist } from "./dist--EwICwh9.js";
import { $ as ZodOptional, A as walk, B as AGENT_KINDS, D as findCycle, E as countDependents, F as instant, G as STATE_LABELS, H as DEFAULT_LABELS, I as issueId, J as labelName, K as UNNAMED_AGENT, L as issueNumber, N as WORKERS, O as makeGraph, P as headSha, Q as ZodObject, R as numberIn, S as isEverything, T as chainsOf, U as PRESETS, V as COMMAND_LABELS, W as ROLES, X as ZodDefault, Y as ZodArray, Z as ZodEnum, _ as trimEndOf, a as enumerate, at as boolean, b as Globs, c as readMarker, ct as number, d as readForeignItems, dt as strictObject, et as ZodPrefault, f as readSpec, ft as string, g as refText, h as overlappingScopes, i as duration$1, it as array, j as EFFORTS, l as inline, lt as partialRecord, m as ofOwn, mt as registry, n as readPlanFile, nt as ZodUnion, o as money, ot as int, p as readTaskList, pt as union, q as agentFor, r as count, rt as _enum, s as voiceOf, st as literal, t as issueBody, tt as ZodRecord, u as readDependenciesOf, ut as record, v as branchFault, x as fixedPart, y as branchName, z as pullNumber } from "./plan-file-B_Av-Pwn.js";
import { t as nearest } from "./nearest-gVvQD4lk.js";
import { r as messageOf, t as Fault } from "./fault-D7cL9h_I.js";
import { readFile } from "node:fs/promises";
import { createHash } from "node:crypto";

// src/config/schema.ts
var import_dist = require_dist();
/**
* `.github/swarm.yml`, each key once: what it takes, its default, its sentence and an example.
*
* From this one place come the validation, the words of a problem ("expected …"), the JSON Schema that editors use
* (`swarm.schema.json`) and the reference page (`docs/config.md`); a house test keeps the generated ones fresh.
*/
/** The files a repository may use, one of them. */
const CONFIG_FILES$1 = [".github/swarm.yml", ".github/swarm.yaml"];
/** What a key takes, in words that finish "expected …". */
const expectations = registry();
const key = (schema, { says, expects, example }) => {
	const described = schema.meta({
		description: says,
		...example === void 0 ? {} : { examples: [example] }
	});
	expectations.add(described, { expects });
	return described;
};
const oneOf = (values) => _enum(values);
const whole$1 = (from, to) => int().min(from).max(to);
const within = (from, to) => `a whole number from ${from} to ${to}`;
const MAX_MINUTES = 350;
const DURATION = /^([1-9][0-9]{0,3})(m|h)$/;
const duration = union([whole$1(1, MAX_MINUTES), string().regex(DURATION)]).refine((written) => minutesOf(written) <= MAX_MINUTES);
const minutesOf = (written) => {
	if (typeof written === "number") return written;
	const [, amount, unit] = DURATION.exec(written) ?? [];
	return Number(amount) * (unit === "h" ? 60 : 1);
};
const DURATION_EXPECTS = `minutes (1 to ${MAX_MINUTES}), or a text like 20m or 2h`;
const argv = array(string().min(1).max(2e3)).min(1).max(100);
const ARGV_EXPECTS = "a list: the program, then each argument by itself; a shell line in one text is not taken";
/** Characters that no path of ours has; what a glob means beyond that is `core/scope/scope.ts`. */
const pathGlob = string().min(1).max(512).refine((glob) => !/^[/~!]|^[a-zA-Z]:|\\|[\x00-\x1f]|(?:^|\/)\.\.(?:\/|$)/.test(glob));
const GLOBS_EXPECTS = "a list of globs relative to the repository, such as docs/**, without .. or a leading / or !";
/** What an agent or a gate must never be handed (threats §6.3): the runner's own channels, tokens, loader hooks. */
const NEVER_INHERITED = /^(?:ACTIONS_|INPUT_|GITHUB_(?:TOKEN|ENV|PATH|OUTPUT|STATE|STEP_SUMMARY)$|GH_TOKEN$|RUNNER_|GIT_|NODE_OPTIONS$|LD_|DYLD_|BASH_ENV$|ENV$|PYTHONSTARTUP$|npm_config_)/i;
const variableName = string().regex(/^[A-Za-z_][A-Za-z0-9_]{0,127}$/).refine((name) => !NEVER_INHERITED.test(name));
const gate = strictObject({
	run: key(argv.optional(), {
		says: "The command, run without a shell.",
		expects: ARGV_EXPECTS,
		example: ["npm", "test"]
	}),
	off: key(boolean().optional(), {
		says: "Leaves this gate out; the pull request says so.",
		expects: "true or false",
		example: true
	}),
	timeout: key(duration.optional(), {
		says: "How long it may take.",
		expects: DURATION_EXPECTS,
		example: "15m"
	}),
	env: key(record(variableName, string().max(4e3)).optional(), {
		says: "Variables set for it.",
		expects: "names with texts; names of the runner, of git and of tokens are not taken",
		example: { TZ: "UTC" }
	}),
	directory: key(pathGlob.optional(), {
		says: "Where it runs, relative to the repository.",
		expects: "a directory inside the repository",
		example: "packages/api"
	})
});
const amount = number().min(0).max(1e5);
const AMOUNT_EXPECTS = "an amount in US dollars, 0 or more";
const agentName = string().regex(/^[a-z][a-z0-9-]{0,39}$/);
const AGENT_NAME_EXPECTS = `the name of an agent: ${PRESETS.join(", ")}, or one under agents`;
const agentEntry = strictObject({
	kind: key(oneOf(AGENT_KINDS).optional(), {
		says: "How it is run: as a preset, by the Agent Client Protocol, or by swarm's contract for any program. The preset of its name where it has one's, else `command`.",
		expects: AGENT_KINDS.join(", "),
		example: "acp"
	}),
	command: key(argv.optional(), {
		says: "Its program; a preset has one, which this replaces. Run without a shell.",
		expects: ARGV_EXPECTS,
		example: ["goose", "acp"]
	}),
	model: key(string().regex(/^[A-Za-z0-9][\w.:/@[\]-]{0,99}$/).optional(), {
		says: "Its model, where the segment names none.",
		expects: "a model's name, at most 100 characters",
		example: "sonnet"
	}),
	effort: key(oneOf(EFFORTS).optional(), {
		says: "How hard it thinks, where the segment does not say and the agent can be told.",
		expects: EFFORTS.join(", "),
		example: "high"
	}),
	"max-turns": key(whole$1(1, 1e4).optional(), {
		says: "Rounds with its model in one call, where it tells them.",
		expects: within(1, 1e4),
		example: 80
	}),
	budget: key(number().positive().max(1e5).optional(), {
		says: "US dollars for one call, where it tells what it costs or `price` says it.",
		expects: "an amount in US dollars above 0",
		example: 5
	}),
	price: key(strictObject({
		input: key(amount, {
			says: "For a million tokens it reads.",
			expects: AMOUNT_EXPECTS,
			example: 1.25
		}),
		output: key(amount, {
			says: "For a million tokens it writes.",
			expects: AMOUNT_EXPECTS,
			example: 10
		}),
		cached: key(amount.optional(), {
			says: "For a million of the tokens it reads that come from its provider's cache; as `input` where it is not set.",
			expects: AMOUNT_EXPECTS,
			example: .125
		})
	}).optional(), {
		says: "What its tokens cost in US dollars, by the million: how budgets bind an agent that tells tokens and no money. Where it is set, it counts instead of what the agent tells.",
		expects: "amounts in US dollars for input and output, and for cached if you like",
		example: {
			input: 1.25,
			output: 10,
			cached: .125
		}
	}),
	timeout: key(duration.optional(), {
		says: "How long one call may take; the `timeout` of the segment holds besides.",
		expects: DURATION_EXPECTS,
		example: "30m"
	}),
	environment: key(array(variableName).max(100).optional(), {
		says: "Variables of the job that only its own process may see: its key. A preset knows the names of its own.",
		expects: "a list of variables' names; names of the runner, of git and of tokens are not taken",
		example: ["ANTHROPIC_API_KEY"]
	})
});
const role = (of, says) => key(agentName.optional(), {
	says,
	expects: AGENT_NAME_EXPECTS,
	example: of === "reviewer" ? "codex" : "claude"
});
const workerCap = (of, otherwise) => key(whole$1(1, 256).default(otherwise), {
	says: `Segments of worker \`${of}\` at once.`,
	expects: within(1, 256),
	example: otherwise
});
const LABEL_KEYS = Object.keys(DEFAULT_LABELS);
const configSchema = strictObject({
	mode: key(oneOf(["agentic", "collaborative"]).default("agentic"), {
		says: "Runs by itself, or shows the plan and waits for an approval before each wave.",
		expects: "agentic or collaborative",
		example: "collaborative"
	}),
	schedule: key(oneOf(["waves", "eager"]).default("waves"), {
		says: "Starts a segment when the wave before is merged and calibrated, or as soon as its own blockers are merged.",
		expects: "waves or eager",
		example: "eager"
	}),
	"max-parallel": key(union([whole$1(1, 256), literal("auto")]).default(8), {
		says: "Segments in flight at once; `auto` is one per track.",
		expects: "a whole number from 1 to 256, or auto",
		example: 4
	}),
	workers: key(strictObject({
		implementation: workerCap("implementation", 4),
		tests: workerCap("tests", 4),
		research: workerCap("research", 8),
		security: workerCap("security", 2),
		refactor: workerCap("refactor", 4)
	}).prefault({}), {
		says: "Segments of each worker in flight at once.",
		expects: `whole numbers by worker (${WORKERS.join(", ")})`,
		example: { implementation: 2 }
	}),
	base: key(string().min(1).max(255).optional(), {
		says: "The branch that segments start from and merge into; the default branch where it is not set.",
		expects: "the name of a branch",
		example: "develop"
	}),
	branch: key(string().min(1).max(200).refine((template) => /\{(?:slug|number)\}/.test(template)).default("{type}/{slug}"), {
		says: "The name of a segment's branch, from `{type}`, `{slug}`, `{number}` and `{epic}`.",
		expects: "a text with {slug} or {number} in it, so that two segments never share a branch",
		example: "swarm/{epic}/{number}-{slug}"
	}),
	merge: key(oneOf(["automatic", "manual"]).default("automatic"), {
		says: "Merges what is approved and green, or leaves the merging to people.",
		expects: "automatic or manual",
		example: "manual"
	}),
	"merge-method": key(oneOf([
		"merge",
		"squash",
		"rebase"
	]).default("squash"), {
		says: "How pull requests are merged; the repository has to allow it.",
		expects: "merge, squash or rebase",
		example: "merge"
	}),
	approvals: key(whole$1(0, 6).default(1), {
		says: "Approvals by people that a pull request needs; with 0, green pull requests merge by themselves.",
		expects: within(0, 6),
		example: 2
	}),
	acceptance: key(oneOf(["person", "automatic"]).default("person"), {
		says: "Who accepts the finished epic: a person by `/swarm accept`, or swarm itself when the last wave is calibrated.",
		expects: "person or automatic",
		example: "automatic"
	}),
	adopt: key(oneOf(["ask", "automatic"]).default("ask"), {
		says: "Segments added or changed after the start wait for `/swarm execute`, or run by themselves where their author may write.",
		expects: "ask or automatic",
		example: "automatic"
	}),
	attempts: key(whole$1(1, 10).default(3), {
		says: "Dispatches of one segment whose runs died or failed, the first included.",
		expects: within(1, 10),
		example: 2
	}),
	reworks: key(whole$1(0, 20).default(5), {
		says: "Rounds of reject and rework for one pull request.",
		expects: within(0, 20),
		example: 3
	}),
	tries: key(whole$1(1, 10).default(3), {
		says: "Rounds of gates within one run: a failing gate goes back to the agent.",
		expects: within(1, 10),
		example: 2
	}),
	"calibration-rounds": key(whole$1(1, 10).default(3), {
		says: "Calibrations of one wave before swarm asks a person.",
		expects: within(1, 10),
		example: 2
	}),
	tdd: key(boolean().optional(), {
		says: "Segments of worker implementation and refactor begin with a tester, whose tests must fail before the implementer starts and may not be changed by it. Where it is not set: true, unless the tester would be a plain command that no role names.",
		expects: "true or false",
		example: false
	}),
	council: key(oneOf([
		"auto",
		"on",
		"off"
	]).default("auto"), {
		says: "An independent reviewer looks at each change before its pull request is opened; `auto` leaves it out where the agent is a plain command and no reviewer is set.",
		expects: "auto, on or off",
		example: "on"
	}),
	"question-timeout": key(duration.default(5), {
		says: "How long a run that stopped to ask waits for an answer (`/swarm answer`).",
		expects: DURATION_EXPECTS,
		example: "2h"
	}),
	"question-auto-resume": key(boolean().default(true), {
		says: "Without an answer in time it goes on by its best judgement and says what it assumed; false lets it wait.",
		expects: "true or false",
		example: false
	}),
	personas: key(array(pathGlob).max(20).default([]), {
		says: "Folders with personas (`NAME.md` or `NAME.agent.md`), looked at before `.agents`, `.claude/agents` and `.github/agents`.",
		expects: "a list of folders relative to the repository",
		example: ["docs/personas"]
	}),
	skills: key(array(pathGlob).max(20).default([]), {
		says: "Folders with skills (`NAME/SKILL.md`), looked at before `.agents/skills`, `.claude/skills` and `.github/skills`.",
		expects: "a list of folders relative to the repository",
		example: ["docs/skills"]
	}),
	timeout: key(duration.default(60), {
		says: "How long a segment's agent may take.",
		expects: DURATION_EXPECTS,
		example: "90m"
	}),
	budget: key(strictObject({
		segment: key(number().positive().max(1e5).optional(), {
			says: "US dollars for one segment.",
			expects: "an amount in US dollars above 0",
			example: 5
		}),
		epic: key(number().positive().max(1e6).optional(), {
			says: "US dollars for the whole epic.",
			expects: "an amount in US dollars above 0",
			example: 50
		})
	}).optional(), {
		says: "A hard stop in US dollars; without it nothing is counted against a limit.",
		expects: "amounts in US dollars for segment, epic or both",
		example: {
			segment: 5,
			epic: 50
		}
	}),
	agent: key(union([agentName, strictObject({ command: key(argv, {
		says: "Any program: the brief on its standard input, the working tree as its directory, run without a shell.",
		expects: ARGV_EXPECTS,
		example: ["node", "scripts/agent.mjs"]
	}) })]).optional(), {
		says: "The agent that does the work: one that swarm knows, one under `agents`, or a command.",
		expects: `${AGENT_NAME_EXPECTS}; or {command: …}, which is ${ARGV_EXPECTS}`,
		example: "claude"
	}),
	agents: key(record(agentName, agentEntry).default({}), {
		says: "Agents by name, with what holds for each. A preset needs no entry.",
		expects: "agents by name; a name is small letters, digits and dashes",
		example: { claude: {
			model: "sonnet",
			budget: 5
		} }
	}),
	roles: key(strictObject({
		tester: role("tester", "Writes the tests first."),
		implementer: role("implementer", "Does the work."),
		reviewer: role("reviewer", "Reviews it."),
		lead: role("lead", "Decides where reviewer and implementer disagree."),
		researcher: role("researcher", "Does segments of worker `research`."),
		security: role("security", "Does segments of worker `security`."),
		resolver: role("resolver", "Resolves conflicts with the base.")
	}).prefault({}), {
		says: "Who does what, where it is not `agent`.",
		expects: `names of agents by role (${ROLES.join(", ")})`,
		example: { reviewer: "codex" }
	}),
	gates: key(record(string().regex(/^[a-z][a-z0-9-]{0,39}$/), gate).default({}), {
		says: "Gates by name: the built-in ones (`lint`, `types`, `tests`, `build`, `security`, `scope`) changed, or others added. `install` is how dependencies are installed before them.",
		expects: "gates by name; a name is small letters, digits and dashes",
		example: { tests: {
			run: ["npm", "test"],
			timeout: "15m"
		} }
	}),
	environment: key(array(variableName).max(100).default([]), {
		says: "Variables of the job that the gates, and an agent that is a command, may see besides the built-in list (`PATH`, `HOME`, `LANG` …). Keys of other agents belong under `agents`.",
		expects: "a list of variables' names; names of the runner, of git and of tokens are not taken",
		example: ["DATABASE_URL"]
	}),
	protect: key(array(pathGlob).max(100).default([]), {
		says: "Files that no segment may change, besides the built-in ones (`.github/**`, `CODEOWNERS`, `AGENTS.md` …).",
		expects: GLOBS_EXPECTS,
		example: ["migrations/**"]
	}),
	unprotect: key(array(pathGlob).max(100).default([]), {
		says: "Files of the built-in protected ones that segments may change here.",
		expects: GLOBS_EXPECTS,
		example: [".vscode/**"]
	}),
	secrets: key(strictObject({ allow: key(array(strictObject({
		path: pathGlob,
		sha256: string().regex(/^[0-9a-f]{64}$/)
	})).max(200).default([]), {
		says: "What the secret scan finds and is no secret: where it may stand, and the digest that the refusal named.",
		expects: "a list of entries with path (a glob) and sha256 (64 hex digits)",
		example: [{
			path: "test/fixtures/**",
			sha256: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
		}]
	}) }).prefault({}), {
		says: "The secret scan of what a segment changes. Comments in the files do not switch it off.",
		expects: "the key allow",
		example: { allow: [{
			path: "test/fixtures/**",
			sha256: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
		}] }
	}),
	"allowed-bots": key(array(string().regex(/^[A-Za-z0-9][A-Za-z0-9-]{0,62}(?:\[bot\])?$/)).max(20).default([]), {
		says: "Bots whose commands count, by login.",
		expects: "a list of logins, each written out; * is never taken",
		example: ["release-bot[bot]"]
	}),
	labels: key(partialRecord(_enum(LABEL_KEYS), string().trim().min(1).max(50)).default({}), {
		says: "The repository's names for swarm's labels.",
		expects: `names by label (${LABEL_KEYS.join(", ")})`,
		example: { execute: "ship-it" }
	}),
	limits: key(strictObject({
		segments: key(whole$1(1, 2e3).default(200), {
			says: "Segments of one epic.",
			expects: within(1, 2e3),
			example: 100
		}),
		waves: key(whole$1(1, 500).default(50), {
			says: "Waves of one epic.",
			expects: within(1, 500),
			example: 10
		}),
		dispatches: key(whole$1(1, 5e3).default(300), {
			says: "Runs started for one epic, all attempts and calibrations counted.",
			expects: within(1, 5e3),
			example: 100
		})
	}).prefault({}), {
		says: "How far one epic may go.",
		expects: "whole numbers for segments, waves or dispatches",
		example: { segments: 50 }
	})
}).meta({
	title: "Swarm",
	description: "What a repository chooses for swarm, in `.github/swarm.yml` on its default branch."
});
/** The value that `decide` gets. Maps with free names have no prototype, so that a gate called `constructor` is only a gate. */
const toConfig = (written) => ({
	mode: written.mode,
	schedule: written.schedule,
	maxParallel: written["max-parallel"],
	workers: written.workers,
	...written.base === void 0 ? {} : { base: written.base },
	branch: written.branch,
	merge: written.merge,
	mergeMethod: written["merge-method"],
	approvals: written.approvals,
	acceptance: written.acceptance,
	adopt: written.adopt,
	attempts: written.attempts,
	reworks: written.reworks,
	tries: written.tries,
	calibrationRounds: written["calibration-rounds"],
	tdd: written.tdd === void 0 ? "auto" : written.tdd ? "on" : "off",
	questions: {
		timeoutMinutes: minutesOf(written["question-timeout"]),
		unanswered: written["question-auto-resume"] ? "go on" : "wait"
	},
	council: written.council,
	instructions: {
		personas: written.personas,
		skills: written.skills
	},
	timeoutMinutes: minutesOf(written.timeout),
	...written.budget === void 0 ? {} : { budgetUsd: present(written.budget) },
	...agentsOf(written),
	gates: bare$2(Object.entries(written.gates).map(([name, { run, off, timeout, env, directory }]) => [name, present({
		run,
		off,
		timeoutMinutes: timeout === void 0 ? void 0 : minutesOf(timeout),
		environment: env === void 0 ? void 0 : bare$2(Object.entries(env)),
		directory
	})])),
	environment: written.environment,
	protect: written.protect,
	unprotect: written.unprotect,
	allowedSecrets: written.secrets.allow,
	allowedBots: written["allowed-bots"],
	labels: bare$2(Object.entries(written.labels).flatMap(([name, theirs]) => theirs === void 0 ? [] : [[name, theirs]])),
	limits: written.limits
});
/** Who the agents are: the presets, what is said of them, others, and the one that is only a command. */
function agentsOf(written) {
	const entries = new Map(PRESETS.map((name) => [name, {
		name,
		kind: name,
		command: [],
		environment: []
	}]));
	for (const [name, { kind, command, model, effort, budget, price, timeout, environment, ...rest }] of Object.entries(written.agents)) entries.set(name, {
		name,
		kind: kind ?? kindByName(name),
		command: command ?? [],
		...present({
			model,
			effort,
			maxTurns: rest["max-turns"],
			budgetUsd: budget,
			price: price && {
				inputUsd: price.input,
				outputUsd: price.output,
				cachedUsd: price.cached ?? price.input
			},
			timeoutMinutes: timeout === void 0 ? void 0 : minutesOf(timeout)
		}),
		environment: environment ?? []
	});
	const { agent } = written;
	if (typeof agent === "object") entries.set(UNNAMED_AGENT, {
		name: UNNAMED_AGENT,
		kind: "command",
		command: agent.command,
		environment: []
	});
	return {
		...agent === void 0 ? {} : { agent: typeof agent === "string" ? agent : UNNAMED_AGENT },
		agents: bare$2([...entries]),
		roles: present(written.roles)
	};
}
const kindByName = (name) => PRESETS.find((preset) => preset === name) ?? "command";
const present = (value) => Object.fromEntries(Object.entries(value).filter(([, held]) => held !== void 0));
const bare$2 = (entries) => {
	const made = Object.create(null);
	for (const [name, value] of entries) made[name] = value;
	return made;
};
/** What holds where a repository has no config. */
const defaultConfig = () => toConfig(configSchema.parse({}));

// src/config/read.ts
/**
* `.github/swarm.yml` → Config, and what is wrong with it at line and column.
*
* The file is anyone's text: it is capped before it is parsed (YAML parsing is quadratic in keys), aliases and tags are
* refused, and its keys never become properties of a prototype. Reading never throws; a wrong value is an error and its
* default holds for whatever has to go on, an unknown key is a warning.
*/
const MAX_BYTES = 65536;
const MAX_DEPTH$1 = 12;
const MAX_DIAGNOSTICS = 20;
/**
* The config of a repository, defaults filled in.
*
* @param text what the file holds; undefined where there is none, which is fine.
* @param file its name, for the problems' places.
*/
const readConfig = (text, file) => {
	if (text === void 0) return {
		config: defaultConfig(),
		diagnostics: []
	};
	const bytes = Buffer.byteLength(text);
	if (bytes > MAX_BYTES) return refused$1([{
		kind: "CONFIG_SIZE",
		at: { file },
		bytes,
		limit: MAX_BYTES
	}]);
	const written = readYaml(text, file);
	if (written.kind === "problems") return refused$1(written.problems);
	return judge(written, file);
};
const refused$1 = (problems) => ({
	config: defaultConfig(),
	diagnostics: problems.slice(0, MAX_DIAGNOSTICS).map((problem) => ({
		level: "error",
		problem
	}))
});
const readYaml = (text, file) => {
	const lines = new import_dist.LineCounter();
	const place = (offset) => {
		const { line, col } = lines.linePos(offset);
		return {
			file,
			line,
			column: col
		};
	};
	const problem = (offset, message) => ({
		kind: "CONFIG_YAML",
		at: place(offset),
		message
	});
	const nul = text.indexOf("\0");
	if (nul >= 0) return {
		kind: "problems",
		problems: [{
			kind: "CONFIG_YAML",
			at: {
				file,
				line: text.slice(0, nul).split("\n").length,
				column: nul - text.lastIndexOf("\n", nul)
			},
			message: "a NUL character is not text"
		}]
	};
	const parsed = parse$2(text, lines);
	if (parsed === "too deep") return {
		kind: "problems",
		problems: [problem(0, "it is nested too deeply")]
	};
	const faults = [...parsed.errors, ...parsed.warnings];
	if (faults.length > 0) return {
		kind: "problems",
		problems: faults.slice(0, 3).map((fault) => problem(fault.pos[0], faultText(fault)))
	};
	const found = [];
	const places = /* @__PURE__ */ new Map();
	const remember = (path, offset, node) => {
		const range = node?.range;
		const source = range ? text.slice(range[0], range[1]) : void 0;
		places.set(JSON.stringify(path), {
			offset,
			source
		});
	};
	const plain = (node, path) => {
		const offset = node?.range?.[0] ?? 0;
		if (path.length > MAX_DEPTH$1) {
			found.push(problem(offset, "it is nested too deeply"));
			return;
		}
		if ((0, import_dist.isAlias)(node)) {
			found.push(problem(offset, "aliases (`*name`) are not taken; write the value out"));
			return;
		}
		if ((0, import_dist.isMap)(node)) {
			const values = Object.create(null);
			for (const { key, value } of node.items) {
				if (!(0, import_dist.isScalar)(key)) {
					found.push(problem(key?.range?.[0] ?? offset, "a key has to be one plain word"));
					continue;
				}
				const name = String(key.value);
				const at = [...path, name];
				if (name === "__proto__" && path.length > 0) {
					found.push(problem(key.range?.[0] ?? offset, "`__proto__` is not taken as a name"));
					continue;
				}
				const valueNode = value;
				remember(at, key.range?.[0] ?? offset, valueNode);
				values[name] = plain(valueNode, at);
			}
			return values;
		}
		if ((0, import_dist.isSeq)(node)) return node.items.map((item, index) => {
			const at = [...path, index];
			remember(at, item?.range?.[0] ?? offset, item);
			return plain(item, at);
		});
		if (!(0, import_dist.isScalar)(node)) return node ?? null;
		if (typeof node.value === "number" && /^[-+]?0[0-9]/.test(node.source ?? "")) {
			found.push(problem(offset, `${node.source} can be read in two ways; write the number without a leading zero`));
			return;
		}
		return node.value;
	};
	const values = plain(parsed.contents, []);
	if (found.length > 0) return {
		kind: "problems",
		problems: found
	};
	if (values !== null && !(0, import_dist.isMap)(parsed.contents)) return {
		kind: "problems",
		problems: [problem(0, "it has to be a list of `key: value` lines")]
	};
	return {
		kind: "values",
		values: values ?? Object.create(null),
		placeOf: (path) => {
			for (let length = path.length; length > 0; length -= 1) {
				const here = places.get(JSON.stringify(path.slice(0, length)));
				if (here) return {
					place: place(here.offset),
					source: length === path.length ? here.source : void 0
				};
			}
			return {
				place: { file },
				source: void 0
			};
		}
	};
};
const parse$2 = (text, lines) => {
	try {
		const parsed = (0, import_dist.parseDocument)(text, {
			schema: "core",
			version: "1.2",
			strict: true,
			uniqueKeys: true,
			merge: false,
			prettyErrors: false,
			logLevel: "error",
			lineCounter: lines
		});
		return parsed.errors.some((fault) => fault.message.includes("call stack")) ? "too deep" : parsed;
	} catch (error) {
		if (error instanceof RangeError) return "too deep";
		throw error;
	}
};
const faultText = ({ code, message }) => code === "MULTIPLE_DOCS" ? "a second document begins here (`---`); one file is one document" : message.split("\n", 1).join();
const MAX_PASSES = 40;
/**
* What is wrong is taken out and the rest is read again, so that one wrong value is one problem, and everything that
* is right holds.
*/
const judge = ({ values, placeOf }, file) => {
	const diagnostics = /* @__PURE__ */ new Map();
	for (let pass = 0; pass < MAX_PASSES; pass += 1) {
		const result = configSchema.safeParse(values);
		if (result.success) {
			const config = toConfig(result.data);
			for (const diagnostic of labelClashes(result.data.labels, placeOf)) diagnostics.set("labels", diagnostic);
			for (const [name, diagnostic] of agentFaults(config, placeOf)) diagnostics.set(name, diagnostic);
			return {
				config,
				diagnostics: [...diagnostics.values()].slice(0, MAX_DIAGNOSTICS)
			};
		}
		for (const issue of result.error.issues) for (const { path, diagnostic } of tell$1(issue, placeOf)) {
			const name = JSON.stringify(path);
			if (!(diagnostic.problem.kind === "CONFIG_VALUE" && isUnset(values, path)) && !diagnostics.has(name)) diagnostics.set(name, diagnostic);
			takeOut(values, path);
		}
	}
	return refused$1([{
		kind: "CONFIG_YAML",
		at: { file },
		message: "too much in it is wrong to read the rest"
	}]);
};
const tell$1 = (issue, placeOf) => {
	const path = issue.path.filter((step) => typeof step !== "symbol");
	if (issue.code === "unrecognized_keys") return issue.keys.map((name) => unknownKey([...path, name], knownAt(path), placeOf));
	if (issue.code === "invalid_union") {
		const meant = issue.errors.find((each) => each.every((one) => one.path.length > 0 || one.code === "unrecognized_keys"));
		if (meant) return meant.flatMap((one) => tell$1({
			...one,
			path: [...path, ...one.path]
		}, placeOf));
	}
	if (issue.code === "invalid_key") {
		const known = knownAt(path.slice(0, -1));
		if (known.length > 0) return [unknownKey(path, known, placeOf)];
		return [wrongValue(path, String(path.at(-1)), placeOf)];
	}
	return [wrongValue(path, void 0, placeOf)];
};
const unknownKey = (path, known, placeOf) => {
	const key = dotted(path);
	const close = nearest(String(path.at(-1)), known);
	return {
		path,
		diagnostic: {
			level: "warning",
			problem: {
				kind: "CONFIG_KEY",
				at: placeOf(path).place,
				key,
				known,
				...close === void 0 ? {} : { nearest: close }
			}
		}
	};
};
const wrongValue = (path, shown, placeOf) => {
	const { schema, expects } = schemaAt(path);
	const { place, source } = placeOf(path);
	const value = shown ?? source ?? "(nothing)";
	const close = nearest(value, schema instanceof ZodEnum ? schema.options.map(String) : []);
	return {
		path,
		diagnostic: {
			level: "error",
			problem: {
				kind: "CONFIG_VALUE",
				at: place,
				key: dotted(path),
				value,
				expected: expects,
				...close === void 0 ? {} : { nearest: close }
			}
		}
	};
};
/** `workers.tests`; a list's item is told by its list. */
const dotted = (path) => path.filter((step) => typeof step === "string").join(".");
const isUnset = (values, path) => {
	let here = values;
	for (const step of path) {
		if (here === null || typeof here !== "object" || !(step in here)) return false;
		here = here[step];
	}
	return here === null;
};
/** Takes out the key at the path, or the nearest one above that is there. A list goes whole. */
const takeOut = (values, path) => {
	let holder;
	let name = "";
	let here = values;
	for (const step of path) {
		if (typeof step !== "string" || here === null || typeof here !== "object" || !(step in here)) break;
		holder = here;
		name = step;
		here = holder[step];
	}
	if (holder) delete holder[name];
};
const labelClashes = (labels, placeOf) => {
	const seen = /* @__PURE__ */ new Map();
	for (const [label, theirs] of Object.entries(labels)) {
		const name = (theirs ?? "").toLowerCase();
		const other = seen.get(name);
		if (other !== void 0) {
			const at = placeOf(["labels", label]).place;
			const expected = `a name of its own; ${other} has this one`;
			return [{
				level: "error",
				problem: {
					kind: "CONFIG_VALUE",
					at,
					key: `labels.${label}`,
					value: theirs ?? "",
					expected
				}
			}];
		}
		seen.set(name, label);
	}
	return [];
};
const NEEDS_COMMAND = ["acp", "command"];
/** Names of agents that nobody has, and agents without a program: each would be found out when money is to be spent. */
const agentFaults = ({ agent, agents, roles }, placeOf) => {
	const wrong = (path, value, expected, close) => {
		const at = placeOf(path).place;
		const near = close === void 0 ? {} : { nearest: close };
		const problem = {
			kind: "CONFIG_VALUE",
			at,
			key: dotted(path),
			value,
			expected,
			...near
		};
		return [JSON.stringify(path), {
			level: "error",
			problem
		}];
	};
	const known = Object.keys(agents).filter((name) => name !== UNNAMED_AGENT);
	const others = known.filter((name) => !PRESETS.some((preset) => preset === name));
	const expected = `${PRESETS.join(", ")}, or one under agents${others.length > 0 ? ` (${others.join(", ")})` : ""}`;
	return [...[...agent === void 0 ? [] : [{
		path: ["agent"],
		name: agent
	}], ...Object.entries(roles).map(([role, name]) => ({
		path: ["roles", role],
		name
	}))].filter(({ name }) => agents[name] === void 0).map(({ path, name }) => wrong(path, name, expected, nearest(name, known))), ...Object.values(agents).filter(({ kind, command }) => NEEDS_COMMAND.includes(kind) && command.length === 0).map(({ name, kind }) => wrong(["agents", name], `kind: ${kind}`, `kind ${kind} only together with a command`))];
};
/** The schema at a path, out of its wrappers, and the words for what the nearest described key around it takes. */
const schemaAt = (path) => {
	let { schema, expects } = unwrap(configSchema, "a key with its value");
	for (const step of path) {
		const next = childOf(schema, step);
		if (next === void 0) break;
		({schema, expects} = unwrap(next, expects));
	}
	return {
		schema,
		expects
	};
};
const childOf = (schema, step) => {
	if (schema instanceof ZodObject) return Object.hasOwn(schema.shape, step) ? schema.shape[step] : void 0;
	if (schema instanceof ZodRecord) return schema.valueType;
	if (schema instanceof ZodArray) return schema.element;
	if (schema instanceof ZodUnion) return schema.options.map((option) => childOf(unwrap(option, "").schema, step)).find((child) => child !== void 0);
};
const unwrap = (outer, otherwise) => {
	let schema = outer;
	let expects = otherwise;
	for (;;) {
		expects = expectations.get(schema)?.expects ?? expects;
		if (schema instanceof ZodOptional || schema instanceof ZodDefault || schema instanceof ZodPrefault) schema = schema.unwrap();
		else return {
			schema,
			expects
		};
	}
};
const knownAt = (path) => {
	const found = schemaAt(path).schema;
	const schema = (found instanceof ZodUnion ? found.options : [found]).find((option) => option instanceof ZodObject) ?? found;
	if (schema instanceof ZodObject) return Object.keys(schema.shape);
	if (schema instanceof ZodRecord && schema.keyType instanceof ZodEnum) return schema.keyType.options.map(String);
	return [];
};

// src/core/model/journal.ts
/** The branch on which an attempt that failed, or stopped to ask, left its work; with the commit that swarm put there. */
function keptOf({ outcome }) {
	const result = outcome?.kind === "failed" || outcome?.kind === "asked" ? outcome.report?.result : void 0;
	return (result?.kind === "failed" || result?.kind === "needs-input") && result.kept !== void 0 && result.keptHead !== void 0 ? [{
		branch: result.kept,
		head: result.keptHead
	}] : [];
}
/** It ended before its time and could still hand on what it had: it is tried again, from there. */
const isCutShort = (outcome) => outcome?.kind === "failed" && outcome.problem.kind === "RUN_CUT_SHORT";
/** The attempt a dispatch's matrix names. */
const findAttempt = (journal, id) => journal.segments[Number(id.split("-")[0])]?.attempts.find((attempt) => attempt.id === id);
const emptyJournal = (epic) => ({
	version: 1,
	epic,
	phase: "planned",
	options: {},
	segments: {},
	dispatches: {},
	calibrations: {},
	taken: {},
	acts: {},
	approvedWaves: [],
	followUps: [],
	forgivenRounds: {}
});
const emptyRecord = {
	attempts: [],
	rejections: [],
	approvals: [],
	forgiven: 0
};

// src/core/model/journal-lenses.ts
/**
* Reading and changing one part of a journal. Each function that changes something returns a new journal.
*/
const actKeys = {
	dispatch: (id) => `dispatch:${id}`,
	merge: (pull, head) => `merge:${pull}:${head.slice(0, 12)}`,
	panel: "panel",
	/** Unlike the others' also over epics: issues are looked for by it in the whole repository. */
	fix: (epic, wave, round, index) => `fix:${epic}:${wave}:${round}:${index}`
};
const recordOf = (journal, segment) => journal.segments[segment] ?? emptyRecord;
const withRecord = (journal, segment, change) => ({
	...journal,
	segments: {
		...journal.segments,
		[segment]: {
			...recordOf(journal, segment),
			...change
		}
	}
});
const withAct = (journal, key, act) => ({
	...journal,
	acts: {
		...journal.acts,
		[key]: act
	}
});
/** What GitHub refused is tried again: a person says that it is mended. */
const withoutRefusals = (journal) => ({
	...journal,
	acts: Object.fromEntries(Object.entries(journal.acts).filter(([, act]) => act.state !== "refused"))
});
/** Issues that swarm wanted to make and GitHub would not: nothing goes on before somebody mends why. */
const refusedIssues = (journal) => Object.entries(journal.acts).flatMap(([key, { state, refusal }]) => key.startsWith("fix:") && state === "refused" ? [{
	key,
	problem: {
		kind: "ISSUE_REFUSED",
		status: refusal?.status ?? 0,
		message: refusal?.message ?? ""
	}
}] : []);
function withOutcome(journal, attempt, outcome) {
	const segment = Number(attempt.id.split("-")[0]);
	const attempts = recordOf(journal, segment).attempts.map((each) => each.id === attempt.id ? {
		...each,
		outcome
	} : each);
	return withRecord(journal, segment, { attempts });
}
function withCalibration(journal, wave, round, change) {
	const changed = (journal.calibrations[wave] ?? []).map((each) => each.round === round ? change(each) : each);
	return {
		...journal,
		calibrations: {
			...journal.calibrations,
			[wave]: changed
		}
	};
}
/** Jobs of one segment in a matrix are named `segment 14 / work`, `… / verify`, `… / publish`. */
const jobsOf = (run, attempt) => run.jobs.filter((job) => job.name.startsWith(`segment ${attempt.split("-")[0]} /`));
function segmentOfPull(journal, pull) {
	for (const [segment, record] of Object.entries(journal.segments)) if (record.attempts.some((attempt) => attempt.outcome?.kind === "published" && attempt.outcome.pull === pull)) return Number(segment);
}
const laterOf = (a, b) => a === void 0 ? b : b === void 0 ? a : instant(Math.max(a, b));
function withoutAct(journal, key) {
	const { [key]: _, ...acts } = journal.acts;
	return {
		...journal,
		acts
	};
}
function isEnded(journal, dispatch) {
	const { work } = dispatch;
	if (work.kind === "segments") return work.attempts.every((id) => recordOf(journal, Number(id.split("-")[0])).attempts.some((attempt) => attempt.id === id && attempt.outcome));
	const round = (journal.calibrations[work.wave] ?? []).find((each) => each.dispatch === dispatch.id);
	return round === void 0 || round.verdict !== void 0;
}

// src/core/epic/budgets.ts
/**
* Whom a budget in money cannot bind: agents that tell tokens and no money, where the config gives no price for them
* (SPEC R5.13). Said when an epic is planned, so that nobody learns it from a bill.
*/
/** Presets whose own mode tells tokens alone. Other programs tell in their report what they like, and nobody knows before. */
const TELL_NO_MONEY = /* @__PURE__ */ new Set([
	"codex",
	"copilot",
	"gemini"
]);
/** One warning for each agent that works on one of these segments and that a budget of theirs cannot bind. */
function unboundBudgets(epic, segments, config) {
	if (!Object.values(config.agents).some(tellsNoMoney)) return [];
	const unbound = /* @__PURE__ */ new Map();
	for (const segment of segments) for (const role of rolesOf(segment, config)) {
		const agent = agentFor(config, role, segment.spec.agent);
		if (!agent || !tellsNoMoney(agent)) continue;
		const budgets = [
			segment.spec.budgetUsd ?? config.budgetUsd?.segment,
			config.budgetUsd?.epic,
			agent.budgetUsd
		];
		const budgetUsd = Math.min(...budgets.filter((each) => each !== void 0));
		if (!Number.isFinite(budgetUsd)) continue;
		const known = unbound.get(agent.name);
		unbound.set(agent.name, {
			agent,
			budgetUsd: Math.min(budgetUsd, known?.budgetUsd ?? budgetUsd)
		});
	}
	return [...unbound.values()].map(({ agent, budgetUsd }) => ({
		level: "warning",
		problem: {
			kind: "BUDGET_UNBOUND",
			at: { issue: epic },
			agent: agent.name,
			budgetUsd,
			minutes: Math.min(config.timeoutMinutes, agent.timeoutMinutes ?? config.timeoutMinutes),
			...agent.maxTurns === void 0 ? {} : { turns: agent.maxTurns }
		}
	}));
}
const tellsNoMoney = ({ kind, price }) => !price && TELL_NO_MONEY.has(kind);
/** Who may be called for a segment; whether a council or a tester is left out in the end is known in the run. */
function rolesOf({ spec }, config) {
	const { worker } = spec;
	if (worker === "research") return ["researcher"];
	const isPaired = (worker === "implementation" || worker === "refactor") && spec.tdd !== false && config.tdd !== "off";
	const isReviewed = spec.review !== false && (spec.review === true || config.council !== "off");
	return [
		worker === "security" ? "security" : "implementer",
		...isPaired ? ["tester"] : [],
		...isReviewed ? ["reviewer", "lead"] : []
	];
}

// src/core/epic/links.ts
/**
* @param texts what each leaf's text says it waits for.
* @param skipped segments left out on purpose: closed as not planned, and no reason to stop. Undefined: nobody knows.
*/
function readLinks(tree, others, texts, skipped) {
	const { issues, leaves, groups, own } = tree;
	const edges = [];
	/** By both ends: all but GitHub's own links from one segment to another, which are most and speak for themselves. */
	const byEnds = /* @__PURE__ */ new Map();
	const outside = /* @__PURE__ */ new Map();
	const waitsOutside = /* @__PURE__ */ new Map();
	const diagnostics = [];
	const known = new Map(others.map((other) => [keyOf(ofOwn(other.ref, own)), other]));
	const inPlan = new Set(leaves.map((leaf) => leaf.number));
	const leavesOf = (number) => inPlan.has(number) ? [number] : groups.get(number) ?? [];
	const isOpen = (number) => issues.get(number)?.state === "open";
	const speakers = speakersOf(tree);
	for (const { number, blockedBy } of speakers) {
		const others = [];
		for (const blocker of blockedBy) if (isPlain(number, blocker)) edges.push({
			from: number,
			on: blocker.number
		});
		else others.push(blocker);
		for (const blocker of sorted(others)) take({
			from: number,
			ref: refOf(blocker),
			said: NATIVE,
			state: blocker.state
		});
	}
	for (const statement of statements(speakers, tree, texts, diagnostics)) take(statement);
	return {
		edges,
		said: (from, to) => issues.get(from)?.blockedBy.some((blocker) => blocker.number === to && isPlain(from, blocker)) ? {
			from,
			to,
			said: NATIVE
		} : byEnds.get(from)?.get(to),
		waitsOutside: listed(waitsOutside),
		outside: listed(outside),
		diagnostics
	};
	/** From one segment to another that nobody left out: there is nothing more to it. */
	function isPlain(from, { number, repository }) {
		return !repository && number !== from && inPlan.has(from) && inPlan.has(number) && !isNotPlanned(number);
	}
	function take(statement) {
		const ref = ofOwn(statement.ref, own);
		const from = leavesOf(statement.from);
		const matters = from.some(isOpen);
		const at = placeOf$1(statement);
		if (ref.repository || !issues.has(ref.number)) {
			add(outside, ref, from);
			if (matters) waitOutside(statement, ref, from.filter(isOpen));
			return;
		}
		const to = leavesOf(ref.number);
		const isLeaf = inPlan.has(statement.from);
		const toGroup = !inPlan.has(ref.number);
		if (statement.from === ref.number || toGroup && isPartOf(from, to) && (isLeaf || to.length > from.length)) {
			if (matters) error({
				kind: "SELF_DEPENDENCY",
				at,
				link: selfLink(statement, ref.number)
			});
			return;
		}
		if (!isLeaf && isPartOf(to, from)) return;
		if (matters && isNotPlanned(ref.number)) error({
			kind: "BLOCKER_NOT_PLANNED",
			at,
			ref
		});
		join(statement, ref.number, from, to);
	}
	function error(problem) {
		diagnostics.push({
			level: "error",
			problem
		});
	}
	function isNotPlanned(number) {
		return skipped !== void 0 && !skipped.has(number) && issues.get(number)?.state === "not planned";
	}
	function join(statement, to, fromLeaves, toLeaves) {
		const group = !inPlan.has(to) ? to : !inPlan.has(statement.from) ? statement.from : void 0;
		const said = group === void 0 ? statement.said : {
			kind: "group",
			group
		};
		for (const leaf of fromLeaves) {
			let known = byEnds.get(leaf);
			if (!known) {
				known = /* @__PURE__ */ new Map();
				byEnds.set(leaf, known);
			}
			for (const blocker of toLeaves) {
				if (leaf === blocker || known.has(blocker)) continue;
				known.set(blocker, {
					from: leaf,
					to: blocker,
					said
				});
				edges.push({
					from: leaf,
					on: blocker
				});
			}
		}
	}
	function waitOutside(statement, ref, from) {
		const other = known.get(keyOf(ref));
		const at = placeOf$1(statement);
		const state = statement.state ?? other?.state;
		if (statement.state === void 0 && other?.kind === "missing") {
			diagnostics.push({
				level: ref.repository ? "warning" : "error",
				problem: {
					kind: "UNKNOWN_ISSUE",
					at,
					ref
				}
			});
			if (ref.repository) add(waitsOutside, ref, from);
		} else if (other?.kind === "pull request") error({
			kind: "NOT_AN_ISSUE",
			at,
			ref
		});
		else if (state === "not planned") error({
			kind: "BLOCKER_NOT_PLANNED",
			at,
			ref
		});
		else if (state !== "completed") add(waitsOutside, ref, from);
	}
	function add(to, ref, leaves) {
		for (const leaf of leaves) to.set(leaf, (to.get(leaf) ?? /* @__PURE__ */ new Map()).set(keyOf(ref), ref));
	}
}
const NATIVE = { kind: "native" };
/** All whose links and texts count: segments and groups of them, by number. */
function speakersOf({ issues, leaves, groups }) {
	const above = [...groups.keys()].map((number) => issues.get(number)).filter((issue) => issue !== void 0);
	return [...leaves, ...above].sort((a, b) => a.number - b.number);
}
const refOf = ({ number, repository }) => repository ? {
	number,
	repository
} : { number };
const sorted = (blockedBy) => blockedBy.length < 2 ? blockedBy : [...blockedBy].sort((a, b) => a.number - b.number || (keyOf(a) < keyOf(b) ? -1 : 1));
/** What texts say. */
function* statements(speakers, { groups, own }, texts, diagnostics) {
	for (const issue of speakers) {
		let said = texts(issue.number);
		if (!said) {
			const read = readDependenciesOf(issue);
			said = read.dependencies;
			diagnostics.push(...read.diagnostics);
		}
		for (const { ref, line, text } of said) yield {
			from: issue.number,
			ref,
			said: {
				kind: "text",
				line,
				text
			}
		};
	}
	for (const issue of speakers.filter(({ number }) => groups.has(number))) for (const { number, dependsOn, line, text } of readTaskList(issue.body, own)) if (groups.get(issue.number)?.includes(number) || groups.has(number)) for (const ref of dependsOn) yield {
		from: number,
		ref,
		said: {
			kind: "text",
			line,
			text
		}
	};
}
const listed = (refs) => Object.fromEntries([...refs].map(([number, each]) => [number, [...each.values()]]));
const placeOf$1 = ({ from, said }) => said.kind === "text" ? {
	issue: from,
	line: said.line
} : { issue: from };
const selfLink = ({ from, said }, to) => from === to ? {
	from,
	to,
	said
} : {
	from,
	to: from,
	said: {
		kind: "group",
		group: to
	}
};
const isPartOf = (part, whole) => {
	const all = new Set(whole);
	return part.length > 0 && part.every((number) => all.has(number));
};
const keyOf = (ref) => refText(ref).toLowerCase();

// src/core/epic/tree.ts
/**
* Segments are the leaves below the epic; without sub-issues, those its task list names; without these, the epic is its
* own segment. Issues swarm made do not count for this choice: mending an epic must not change what it consists of.
*/
function readTree(epic, below, others, made, limits) {
	const issues = new Map([...below].sort((a, b) => a.number - b.number).map((issue) => [issue.number, issue]));
	issues.set(epic.number, epic);
	const own = repositoryIn(epic.url);
	const found = [];
	const kinds = new Map(others.filter(({ ref }) => !ref.repository).map(({ ref, kind }) => [ref.number, kind]));
	const children = childrenOf$1(issues);
	const direct = children.get(epic.number) ?? [];
	const ofSwarm = [...issues.values()].filter((issue) => issue.number !== epic.number && made(issue));
	const isMade = new Set(ofSwarm.map((issue) => issue.number));
	const given = direct.filter((number) => !isMade.has(number));
	const listed = given.length > 0 ? [] : readTaskList(epic.body, own).filter((item) => item.number !== epic.number);
	const source = given.length > 0 ? "sub-issues" : listed.length > 0 ? "task list" : "the epic itself";
	if (source === "task list") for (const { ref, line } of readForeignItems(epic.body, own)) error({
		kind: "SPEC_VALUE",
		at: {
			issue: epic.number,
			line
		},
		key: "task list",
		value: refText(ref),
		expected: "issues of this repository"
	});
	const leaves = /* @__PURE__ */ new Map();
	const seen = /* @__PURE__ */ new Set([epic.number]);
	const roots = [
		...given.map((number) => ({
			number,
			at: { issue: epic.number }
		})),
		...listed.map(({ number, line }) => ({
			number,
			at: {
				issue: epic.number,
				line
			}
		})),
		...ofSwarm.map(({ number }) => ({
			number,
			at: { issue: epic.number }
		}))
	];
	if (source === "the epic itself") leaves.set(epic.number, epic);
	for (const { number, at } of roots) {
		if (seen.has(number)) continue;
		seen.add(number);
		const issue = issues.get(number);
		if (!issue) error({
			kind: kinds.get(number) === "pull request" ? "NOT_AN_ISSUE" : "UNKNOWN_ISSUE",
			at,
			ref: { number }
		});
		else if (issue.kind === "pull request") error({
			kind: "NOT_AN_ISSUE",
			at,
			ref: { number }
		});
		else {
			const inside = children.get(number) ?? [];
			if (inside.length === 0) leaves.set(number, issue);
			else for (const child of inside) roots.push({
				number: child,
				at: { issue: number }
			});
		}
	}
	const kept = withinLimit([...leaves.values()].sort((a, b) => a.number - b.number));
	return {
		source,
		issues,
		leaves: kept,
		groups: groupsOf(kept, children, epic.number),
		own,
		diagnostics: found
	};
	function error(problem) {
		found.push({
			level: "error",
			problem
		});
	}
	/** The plan of the first so many is still made: what runs already is among them, and goes on to be seen. */
	function withinLimit(all) {
		const counted = all.filter((issue) => !made(issue));
		if (counted.length <= limits.segments) return all;
		const at = { issue: epic.number };
		const limit = limits.segments;
		error({
			kind: "LIMIT_EXCEEDED",
			at,
			what: "segments",
			found: counted.length,
			limit,
			configKey: "limits.segments"
		});
		const last = counted[limit - 1]?.number ?? 0;
		return all.filter((issue) => made(issue) || issue.number <= last);
	}
}
/** `https://github.com/octo/shop/issues/12` → octo/shop. */
function repositoryIn(url) {
	const [, owner, name] = /\/([^/]+)\/([^/]+)\/issues\/\d+$/.exec(url) ?? [];
	return owner !== void 0 && name !== void 0 ? {
		owner,
		name
	} : void 0;
}
/** Children are told by the parent or by the child, whichever was read; each sorted, each once. */
function childrenOf$1(issues) {
	const children = /* @__PURE__ */ new Map();
	const add = (parent, child) => {
		let known = children.get(parent);
		if (!known) {
			known = /* @__PURE__ */ new Set();
			children.set(parent, known);
		}
		if (parent !== child) known.add(child);
	};
	for (const issue of issues.values()) {
		for (const child of issue.children) add(issue.number, child);
		if (issue.parent !== void 0) add(issue.parent, issue.number);
	}
	return new Map([...children].map(([parent, all]) => [parent, [...all].sort((a, b) => a - b)]));
}
function groupsOf(leaves, children, epic) {
	const parents = /* @__PURE__ */ new Map();
	const groups = /* @__PURE__ */ new Map();
	const add = (to, key, number) => {
		const known = to.get(key);
		if (known) known.push(number);
		else to.set(key, [number]);
	};
	for (const [parent, all] of children) if (parent !== epic) for (const child of all) add(parents, child, parent);
	for (const { number } of leaves) {
		if (number === epic) continue;
		add(groups, epic, number);
		const own = parents.get(number);
		if (!own) continue;
		const above = new Set(own);
		for (const group of above) {
			add(groups, group, number);
			for (const next of parents.get(group) ?? []) above.add(next);
		}
	}
	return groups;
}

// src/core/epic/segments.ts
/**
* An epic's issues → its segments, and everything that is wrong with what their texts say.
*/
/**
* The segments of an epic as its issues read now, sorted by number, and what is wrong with them. What cannot be read is left
* out of a segment, never a segment: one that runs already must go on to be seen.
*/
function readSegments({ epic, issues, others, config, fixes, skipped, instructions }) {
	const isMade = (issue) => issue.madeFor !== void 0 || fixes[issue.number] !== void 0;
	const tree = readTree(epic, issues, others, isMade, config.limits);
	const globs = new Globs();
	const read = /* @__PURE__ */ new Map();
	for (const leaf of tree.leaves) read.set(leaf.number, readSpec(leaf, globs));
	const links = readLinks(tree, others, (number) => read.get(number)?.dependencies, skipped);
	const diagnostics = [...tree.diagnostics, ...links.diagnostics];
	const isOpen = (number) => tree.issues.get(number)?.state === "open";
	read.forEach((spec, number) => {
		if (spec.diagnostics.length > 0 && isOpen(number)) diagnostics.push(...spec.diagnostics.map(ofSegment));
	});
	const epicSpec = tree.source === "the epic itself" ? void 0 : readSpec(epic);
	diagnostics.push(...(epicSpec?.diagnostics ?? []).filter(concernsEpic));
	const graph = makeGraph(tree.leaves.map((leaf) => leaf.number), links.edges);
	const cycle = findCycle(graph);
	if (cycle) diagnostics.push(cycleError(cycle, links));
	const { offsets, targets } = graph.blockers;
	const segments = tree.leaves.map(({ number, title }, at) => {
		const spec = withContext(read.get(number)?.spec ?? readSpec({
			number,
			title,
			body: "",
			labels: []
		}).spec, epicSpec);
		const fix = fixes[number];
		return {
			number,
			title,
			spec,
			blockedBy: blockersAt(at),
			branch: branchOf(spec, number, epic, config, fix !== void 0),
			...fix ? { fix: {
				wave: fix.wave,
				round: fix.round
			} } : {}
		};
	});
	const open = segments.filter((segment) => isOpen(segment.number));
	for (const segment of open) diagnostics.push(...unknownAgent(segment, config));
	diagnostics.push(...unboundBudgets(epic.number, open, config));
	if (instructions) diagnostics.push(...open.flatMap((segment) => missingInstructions(segment, instructions)));
	diagnostics.push(...branchErrors(open, config));
	for (const { number, state, hiddenBlockers: count } of tree.issues.values()) if (count !== void 0 && state === "open") diagnostics.push(asError({
		kind: "BLOCKER_HIDDEN",
		at: { issue: number },
		count
	}));
	const { apart, errors } = statedApart(segments, tree);
	diagnostics.push(...errors.filter(({ problem }) => "at" in problem && problem.at.issue && isOpen(problem.at.issue)));
	return {
		source: tree.source,
		segments,
		waitsOutside: links.waitsOutside,
		outside: links.outside,
		diagnostics,
		graph,
		isCyclic: cycle !== void 0,
		apart,
		globs
	};
	function blockersAt(at) {
		const first = offsets[at] ?? 0;
		const blockers = new Array((offsets[at + 1] ?? 0) - first);
		for (let next = 0; next < blockers.length; next++) blockers[next] = graph.ids[targets[first + next] ?? 0];
		return blockers;
	}
	/** An epic that is to be its own segment, and says nothing to do, has no segments. */
	function ofSegment(diagnostic) {
		const { problem } = diagnostic;
		return problem.kind === "EMPTY_TASK" && problem.at.issue === epic.number ? {
			level: "error",
			problem: {
				kind: "NO_SEGMENTS",
				at: problem.at
			}
		} : diagnostic;
	}
}
/** An agent that the config does not have would be found out when a run starts. */
function unknownAgent({ number, spec }, config) {
	const { agent } = spec;
	if (agent === void 0 || Object.hasOwn(config.agents, agent)) return [];
	const names = Object.keys(config.agents).sort();
	const close = nearest(agent, names);
	return [asError({
		kind: "SPEC_VALUE",
		at: { issue: number },
		key: "agent",
		value: agent,
		expected: `an agent of the config: ${names.join(", ")}`,
		...close === void 0 ? {} : { nearest: close }
	})];
}
const asError = (problem) => ({
	level: "error",
	problem
});
/** An epic with segments need not have a task or files of its own. */
const concernsEpic = ({ problem }) => problem.kind !== "EMPTY_TASK" && problem.kind !== "SCOPE_UNKNOWN" && problem.kind !== "SCOPE_EVERYTHING";
/** Documents the epic names are for all its segments (SPEC R1.5). */
const withContext = (spec, epic) => epic && epic.spec.context.length > 0 ? {
	...spec,
	context: [.../* @__PURE__ */ new Set([...epic.spec.context, ...spec.context])]
} : spec;
function cycleError(path, links) {
	const said = path.slice(1).map((to, at) => links.said(path[at] ?? to, to));
	return asError({
		kind: "EPIC_CYCLE",
		path,
		links: said.filter((link) => link !== void 0)
	});
}
/** Who may not run beside whom because one says so, a group standing for all of its segments. */
function statedApart(segments, tree) {
	const errors = [];
	const apart = [];
	const numbers = new Set(segments.map((segment) => segment.number));
	for (const { number, spec } of segments) for (const written of spec.conflictsWith) {
		const ref = ofOwn(written, tree.own);
		const named = numbers.has(ref.number) ? [ref.number] : tree.groups.get(ref.number) ?? [];
		if (ref.repository || named.length === 0) {
			const expected = "segments of this epic";
			const at = { issue: number };
			errors.push(asError({
				kind: "SPEC_VALUE",
				at,
				key: "conflicts-with",
				value: refText(written),
				expected
			}));
			continue;
		}
		for (const other of named) apart.push([number, other]);
	}
	return {
		apart,
		errors
	};
}
function branchOf(spec, number, epic, config, isFix) {
	const slug = isFix && !spec.slug.endsWith(`-${number}`) ? `${spec.slug}-${number}` : spec.slug;
	const words = {
		type: spec.type,
		slug,
		number: String(number),
		epic: String(epic.number)
	};
	return branchName(spec.branch ?? config.branch, words);
}
function branchErrors(segments, config) {
	const errors = [];
	const taken = /* @__PURE__ */ new Map();
	const shared = /* @__PURE__ */ new Set();
	for (const { number, branch } of segments) if (taken.has(branch)) shared.add(branch);
	else taken.set(branch, number);
	for (const { number, branch, spec } of segments) {
		const base = spec.base ?? config.base;
		let above;
		for (let end = branch.indexOf("/"); end !== -1 && above === void 0; end = branch.indexOf("/", end + 1)) if (taken.has(branch.slice(0, end))) above = branch.slice(0, end);
		const why = branchFault(branch) ?? (branch === base ? "it is the branch that segments start from" : void 0) ?? (above === void 0 ? void 0 : `git cannot keep it beside "${above}", which #${taken.get(above)} takes`);
		if (why !== void 0) errors.push(asError({
			kind: "BRANCH_NAME",
			at: { issue: number },
			branch,
			why
		}));
	}
	for (const branch of shared) {
		const numbers = segments.filter((segment) => segment.branch === branch).map(({ number }) => number);
		errors.push(asError({
			kind: "BRANCH_TAKEN",
			branch,
			segments: numbers
		}));
	}
	return errors;
}
function missingInstructions({ number, spec }, known) {
	const at = { issue: number };
	const missing = (kind, name, names) => {
		if (names.includes(name)) return [];
		const close = nearest(name, names);
		const few = names.slice(0, NAMES_TOLD);
		return [asError({
			kind,
			at,
			name,
			known: few,
			...close === void 0 ? {} : { nearest: close }
		})];
	};
	return [...spec.persona === void 0 ? [] : missing("PERSONA_NOT_FOUND", spec.persona, known.personas), ...spec.skills.flatMap((skill) => missing("SKILL_NOT_FOUND", skill, known.skills))];
}
const NAMES_TOLD = 30;

// src/core/schedule/expectations.ts
/**
* How long each segment is likely to take, and what it is likely to cost: from what segments of earlier epics really
* took, else from the estimates, else all alike.
*
* What an earlier segment says of a new one depends on how like it is: the same worker with the same persona, then the
* same worker, then any. Fewer than three are an anecdote. Where a segment has an estimate, what is learned is by how much
* such estimates were wrong; where it has none, how long such segments take.
*/
/** What a segment without an estimate takes where none has one: only proportions matter then. */
const USUAL_MINUTES = 20;
/** An estimate's usual error before anything was learned; near what people's own estimates of tasks show. */
const USUAL_DEVIATION = .5;
const ENOUGH = 3;
/** Estimates below each are of one size. */
const SIZES = [
	20,
	60,
	180
];
/** Segments that are looked back at; more than these say nothing new. */
const LOOKED_BACK_AT = 200;
/** The notes of earlier epics as they were read back, one list for each; what is no such note is left out. */
function readHistory(lists) {
	return lists.flatMap((list) => Array.isArray(list) ? list : []).flatMap((note) => {
		const { worker, persona, estimateMinutes, minutes, costUsd } = note ?? {};
		const known = WORKERS.find((each) => each === worker);
		if (known === void 0 || !isAmount(minutes) || minutes === 0) return [];
		return [{
			worker: known,
			...typeof persona === "string" ? { persona } : {},
			...isAmount(estimateMinutes) ? { estimateMinutes } : {},
			minutes,
			...isAmount(costUsd) ? { costUsd } : {}
		}];
	}).slice(0, LOOKED_BACK_AT);
}
const isAmount = (value) => typeof value === "number" && value >= 0 && value < 1e6;
function expectationsOf(segments, earlier) {
	const stated = segments.map(({ spec }) => spec.estimateMinutes).filter((minutes) => minutes !== void 0);
	const middle = median(stated) ?? 20;
	if (earlier.length === 0) {
		const alike = segments.map(({ number, spec }) => [number, expected(spec.estimateMinutes, middle, [])]);
		return {
			of: new Map(alike),
			basis: basisOf(0, earlier, stated)
		};
	}
	let learned = 0;
	return {
		of: new Map(segments.map(({ number, spec }) => {
			const alike = mostAlike(spec.worker, spec.persona, spec.estimateMinutes, earlier);
			if (alike.length > 0) learned++;
			return [number, expected(spec.estimateMinutes, middle, alike)];
		})),
		basis: basisOf(learned, earlier, stated)
	};
}
function basisOf(learned, earlier, stated) {
	if (learned > 0) return {
		kind: "learned",
		segments: earlier.length
	};
	return stated.length > 0 ? {
		kind: "estimates",
		estimated: stated.length
	} : { kind: "all alike" };
}
function expected(estimate, middle, alike) {
	if (alike.length === 0) return {
		minutes: whole(estimate ?? middle),
		deviation: USUAL_DEVIATION
	};
	const costUsd = median(alike.map((took) => took.costUsd).filter((cost) => cost !== void 0));
	const withCost = costUsd === void 0 ? {} : { costUsd };
	if (estimate === void 0) {
		const minutes = alike.map((took) => took.minutes);
		return {
			minutes: whole(median(minutes) ?? middle),
			deviation: deviationOf(minutes),
			...withCost
		};
	}
	const errors = alike.flatMap((took) => took.estimateMinutes === void 0 ? [] : [took.minutes / Math.max(1, took.estimateMinutes)]);
	if (errors.length < ENOUGH) return {
		minutes: whole(estimate),
		deviation: USUAL_DEVIATION,
		...withCost
	};
	return {
		minutes: whole(estimate * (median(errors) ?? 1)),
		deviation: deviationOf(errors),
		...withCost
	};
}
const whole = (minutes) => Math.max(1, Math.round(minutes));
/** The closest ring of earlier segments that has enough of them; of a segment with an estimate, only those with one. */
function mostAlike(worker, persona, estimate, earlier) {
	const sameWorker = earlier.filter((took) => took.worker === worker);
	const samePersona = sameWorker.filter((took) => took.persona === persona);
	const size = sizeOf(estimate);
	const sameSize = (took) => sizeOf(took.estimateMinutes) === size;
	return [
		samePersona.filter(sameSize),
		sameWorker.filter(sameSize),
		samePersona,
		sameWorker,
		earlier
	].find((ring) => ring.length >= ENOUGH) ?? [];
}
/** 0 small … 3 huge; -1 nobody said. */
const sizeOf = (estimate) => estimate === void 0 ? -1 : SIZES.filter((limit) => estimate > limit).length;
/** The lower middle one: one that really was. */
function median(values) {
	const sorted = Float64Array.from(values).sort();
	return sorted[Math.floor((sorted.length - 1) / 2)];
}
/** Of the logarithms around their middle, drawn towards the usual one as if that had been seen four times. */
function deviationOf(values) {
	const logs = values.map((value) => Math.log(Math.max(value, .01)));
	const middle = median(logs) ?? 0;
	const squares = logs.reduce((sum, log) => sum + (log - middle) ** 2, 0);
	return Math.sqrt((squares + 4 * USUAL_DEVIATION ** 2) / (logs.length + 4));
}

// src/core/schedule/workload.ts
/** @param waits pairs: the first waits for the second. @param apart pairs that may not run at one time. */
function makeWorkload(pieces, waits, apart, capacity) {
	const count = pieces.length;
	const asked = pieces.reduce((sum, { needs }) => sum + needs.length, 0);
	const [takes, running] = [new Int32Array(count), new Uint8Array(count)];
	const needs = {
		offsets: new Int32Array(count + 1),
		items: new Int32Array(asked)
	};
	const amounts = new Int32Array(asked);
	let end = 0;
	let isUnderWay = false;
	pieces.forEach((piece, at) => {
		takes[at] = piece.takes;
		if (piece.running) {
			running[at] = 1;
			isUnderWay = true;
		}
		for (const { of, amount } of piece.needs) {
			if (amount === 0) continue;
			needs.items[end] = of;
			amounts[end++] = amount;
		}
		needs.offsets[at + 1] = end;
	});
	const open = isUnderWay ? waits.filter(([at]) => running[at] === 0) : waits;
	return {
		count,
		takes,
		blockers: makeLists(count, open, "there"),
		dependents: makeLists(count, open, "back"),
		apart: makeLists(count, apart, "both"),
		capacity: Int32Array.from(capacity),
		needs: {
			offsets: needs.offsets,
			items: needs.items.subarray(0, end)
		},
		amounts: amounts.subarray(0, end),
		running
	};
}
/** @param ways which of a pair is listed with the other. */
function makeLists(count, pairs, ways) {
	const offsets = new Int32Array(count + 1);
	const counted = (at) => {
		offsets[at + 1] = (offsets[at + 1] ?? 0) + 1;
	};
	for (const pair of pairs) {
		if (ways !== "back") counted(pair[0]);
		if (ways !== "there") counted(pair[1]);
	}
	for (let at = 0; at < count; at++) offsets[at + 1] = (offsets[at + 1] ?? 0) + (offsets[at] ?? 0);
	const free = offsets.slice();
	const items = new Int32Array(offsets[count] ?? 0);
	const put = (at, item) => {
		const place = free[at] ?? 0;
		items[place] = item;
		free[at] = place + 1;
	};
	for (const pair of pairs) {
		if (ways !== "back") put(pair[0], pair[1]);
		if (ways !== "there") put(pair[1], pair[0]);
	}
	return {
		offsets,
		items
	};
}
/** Blockers before dependents. What is on a cycle, or behind one, comes last, in the order of its positions. */
function inWaitingOrder({ count, blockers, dependents }) {
	const order = new Int32Array(count);
	const open = new Int32Array(count);
	const seen = new Uint8Array(count);
	let end = 0;
	for (let at = 0; at < count; at++) {
		open[at] = (blockers.offsets[at + 1] ?? 0) - (blockers.offsets[at] ?? 0);
		if (open[at] === 0) order[end++] = at;
	}
	for (let next = 0; next < end; next++) {
		const piece = order[next] ?? 0;
		seen[piece] = 1;
		for (let k = dependents.offsets[piece] ?? 0; k < (dependents.offsets[piece + 1] ?? 0); k++) {
			const dependent = dependents.items[k] ?? 0;
			const left = (open[dependent] ?? 0) - 1;
			open[dependent] = left;
			if (left === 0) order[end++] = dependent;
		}
	}
	for (let at = 0; at < count; at++) if (seen[at] === 0) order[end++] = at;
	return order;
}
/** From each piece's start to the end of the longest chain that begins with it. */
function tailsOf(workload, order = inWaitingOrder(workload)) {
	const { takes, dependents } = workload;
	const tails = Float64Array.from(takes);
	for (let at = order.length - 1; at >= 0; at--) {
		const piece = order[at] ?? 0;
		let longest = 0;
		for (let k = dependents.offsets[piece] ?? 0; k < (dependents.offsets[piece + 1] ?? 0); k++) {
			const tail = tails[dependents.items[k] ?? 0] ?? 0;
			if (tail > longest) longest = tail;
		}
		tails[piece] = (takes[piece] ?? 0) + longest;
	}
	return tails;
}
/** The earliest start of each piece, were there places for all. */
function headsOf(workload, order = inWaitingOrder(workload)) {
	const { takes, blockers, running } = workload;
	const heads = new Float64Array(workload.count);
	for (const piece of order) {
		if (running[piece] === 1) continue;
		let earliest = 0;
		for (let k = blockers.offsets[piece] ?? 0; k < (blockers.offsets[piece + 1] ?? 0); k++) {
			const blocker = blockers.items[k] ?? 0;
			const end = (heads[blocker] ?? 0) + (takes[blocker] ?? 0);
			if (end > earliest) earliest = end;
		}
		heads[piece] = earliest;
	}
	return heads;
}
/**
* The serial scheme, forwards and backwards, with its memory laid out once for thousands of passes.
*
* Occupation is kept as the moments at which it changes. The last one lasts for ever and is always empty.
*/
var Serial = class {
	#workload;
	#kinds;
	#times;
	#used;
	#size = 0;
	#placed;
	#running;
	constructor(workload) {
		this.#workload = workload;
		this.#kinds = workload.capacity.length;
		this.#times = new Int32Array(2 * workload.count + 2);
		this.#used = new Int32Array((2 * workload.count + 2) * this.#kinds);
		this.#placed = new Uint8Array(workload.count);
		const running = [];
		for (let at = 0; at < workload.count; at++) if (workload.running[at] === 1) running.push(at);
		this.#running = Int32Array.from(running);
	}
	/**
	* Each piece as early as it fits, in the order given.
	*
	* @param order blockers before dependents.
	* @returns the makespan; `starts` is filled.
	*/
	forward(order, starts) {
		const { takes, blockers, running, count } = this.#workload;
		this.#clear();
		let makespan = 0;
		for (const piece of this.#running) {
			starts[piece] = 0;
			const end = takes[piece] ?? 0;
			this.#occupy(piece, 0, end);
			if (end > makespan) makespan = end;
		}
		for (let next = 0; next < count; next++) {
			const piece = order[next] ?? 0;
			if (running[piece] === 1) continue;
			let from = 0;
			const last = blockers.offsets[piece + 1] ?? 0;
			for (let k = blockers.offsets[piece] ?? 0; k < last; k++) {
				const blocker = blockers.items[k] ?? 0;
				const end = (starts[blocker] ?? 0) + (takes[blocker] ?? 0);
				if (end > from) from = end;
			}
			const start = this.#earliest(piece, from, starts);
			const end = start + (takes[piece] ?? 0);
			starts[piece] = start;
			this.#occupy(piece, start, end);
			if (end > makespan) makespan = end;
		}
		return makespan;
	}
	/**
	* Each piece as late as it fits, in the order given, no later than `horizon`. Times are told from there backwards:
	* a piece's `starts` is how long before the horizon it ends.
	*
	* @param order dependents before blockers.
	*/
	backward(order, horizon, starts) {
		const { takes, dependents, running, count } = this.#workload;
		this.#clear();
		for (const piece of this.#running) {
			const end = horizon - (takes[piece] ?? 0);
			starts[piece] = end;
			this.#occupy(piece, end, horizon);
		}
		for (let next = 0; next < count; next++) {
			const piece = order[next] ?? 0;
			if (running[piece] === 1) continue;
			let from = 0;
			const last = dependents.offsets[piece + 1] ?? 0;
			for (let k = dependents.offsets[piece] ?? 0; k < last; k++) {
				const dependent = dependents.items[k] ?? 0;
				const end = (starts[dependent] ?? 0) + (takes[dependent] ?? 0);
				if (end > from) from = end;
			}
			const start = this.#earliest(piece, from, starts);
			starts[piece] = start;
			this.#occupy(piece, start, start + (takes[piece] ?? 0));
		}
	}
	#clear() {
		this.#times[0] = 0;
		this.#used.fill(0, 0, this.#kinds);
		this.#size = 1;
		this.#placed.fill(0);
	}
	#earliest(piece, from, starts) {
		const { takes, apart } = this.#workload;
		const length = takes[piece] ?? 0;
		if (length === 0) return from;
		const first = apart.offsets[piece] ?? 0;
		const last = apart.offsets[piece + 1] ?? 0;
		const placed = this.#placed;
		let start = from;
		for (;;) {
			start = this.#fits(piece, start, length);
			let moved = false;
			for (let k = first; k < last; k++) {
				const other = apart.items[k] ?? 0;
				if (placed[other] === 0) continue;
				const begin = starts[other] ?? 0;
				const end = begin + (takes[other] ?? 0);
				if (end > start && begin < start + length && end > begin) {
					start = end;
					moved = true;
				}
			}
			if (!moved) return start;
		}
	}
	#fits(piece, from, length) {
		const { needs, amounts, capacity } = this.#workload;
		const times = this.#times;
		const used = this.#used;
		const kinds = this.#kinds;
		const size = this.#size;
		const first = needs.offsets[piece] ?? 0;
		const last = needs.offsets[piece + 1] ?? 0;
		if (first === last) return from;
		let start = from;
		let at = this.#at(start);
		while (at < size && (times[at] ?? 0) < start + length) {
			let isFull = false;
			for (let k = first; k < last; k++) {
				const kind = needs.items[k] ?? 0;
				if ((used[at * kinds + kind] ?? 0) + (amounts[k] ?? 0) > (capacity[kind] ?? 0)) {
					isFull = true;
					break;
				}
			}
			at++;
			if (isFull && at < size) start = times[at] ?? 0;
		}
		return start;
	}
	/** The last moment of change that is not after `time`. */
	#at(time) {
		const times = this.#times;
		let low = 0;
		let high = this.#size - 1;
		while (low < high) {
			const middle = low + high + 1 >> 1;
			if ((times[middle] ?? 0) <= time) low = middle;
			else high = middle - 1;
		}
		return low;
	}
	#split(time) {
		const at = this.#at(time);
		const times = this.#times;
		if (times[at] === time) return at;
		const kinds = this.#kinds;
		const used = this.#used;
		const size = this.#size;
		for (let i = size; i > at + 1; i--) times[i] = times[i - 1] ?? 0;
		for (let i = (size + 1) * kinds - 1; i >= (at + 1) * kinds; i--) used[i] = used[i - kinds] ?? 0;
		times[at + 1] = time;
		this.#size = size + 1;
		return at + 1;
	}
	#occupy(piece, start, end) {
		this.#placed[piece] = 1;
		const { needs, amounts } = this.#workload;
		const first = needs.offsets[piece] ?? 0;
		const last = needs.offsets[piece + 1] ?? 0;
		if (start === end || first === last) return;
		const from = this.#split(start);
		const to = this.#split(end);
		for (let k = first; k < last; k++) {
			const kind = needs.items[k] ?? 0;
			const amount = amounts[k] ?? 0;
			for (let at = from; at < to; at++) {
				const place = at * this.#kinds + kind;
				this.#used[place] = (this.#used[place] ?? 0) + amount;
			}
		}
	}
};
/**
* At each moment, whatever may start does, in the order of `ranks`, smallest first: nothing that could run is left
* lying. Made for any size: it looks only at what is ready.
*
* @param takes what each piece really takes, where that is not what was thought.
*/
function parallel(workload, ranks, takes = workload.takes) {
	const { count, blockers, dependents, apart, capacity, needs, amounts, running } = workload;
	const starts = new Int32Array(count).fill(-1);
	const free = capacity.slice();
	const open = new Int32Array(count);
	const ready = [];
	const ends = [];
	const against = new Int32Array(count);
	const common = commonKinds(workload);
	const isFull = (kind) => free[kind] === 0;
	const rankOf = (piece) => ranks[piece] ?? 0;
	const admit = (piece) => {
		let low = 0;
		let high = ready.length;
		while (low < high) {
			const middle = low + high >> 1;
			const other = ready[middle] ?? 0;
			if (rankOf(other) < rankOf(piece) || rankOf(other) === rankOf(piece) && other < piece) low = middle + 1;
			else high = middle;
		}
		ready.splice(low, 0, piece);
	};
	const begin = (piece, now) => {
		starts[piece] = now;
		exclude(piece, 1);
		for (let k = needs.offsets[piece] ?? 0; k < (needs.offsets[piece + 1] ?? 0); k++) {
			const kind = needs.items[k] ?? 0;
			free[kind] = (free[kind] ?? 0) - (amounts[k] ?? 0);
		}
		pushEnd(piece);
	};
	const isAfter = (one, other) => {
		const a = (starts[one] ?? 0) + (takes[one] ?? 0);
		const b = (starts[other] ?? 0) + (takes[other] ?? 0);
		return a > b || a === b && one > other;
	};
	/** `ends` is a heap by the end: with thousands at once, looking for the next one would be most of the work. */
	const pushEnd = (piece) => {
		let at = ends.length;
		ends.push(piece);
		while (at > 0) {
			const above = at - 1 >> 1;
			if (!isAfter(ends[above] ?? 0, piece)) break;
			ends[at] = ends[above] ?? 0;
			at = above;
		}
		ends[at] = piece;
	};
	const popEnd = () => {
		const top = ends[0] ?? 0;
		const last = ends.pop() ?? 0;
		const size = ends.length;
		if (size === 0) return top;
		let at = 0;
		for (;;) {
			let below = 2 * at + 1;
			if (below >= size) break;
			if (below + 1 < size && isAfter(ends[below] ?? 0, ends[below + 1] ?? 0)) below++;
			if (!isAfter(last, ends[below] ?? 0)) break;
			ends[at] = ends[below] ?? 0;
			at = below;
		}
		ends[at] = last;
		return top;
	};
	const exclude = (piece, by) => {
		for (let k = apart.offsets[piece] ?? 0; k < (apart.offsets[piece + 1] ?? 0); k++) {
			const other = apart.items[k] ?? 0;
			against[other] = (against[other] ?? 0) + by;
		}
	};
	const mayBegin = (piece) => {
		for (let k = needs.offsets[piece] ?? 0; k < (needs.offsets[piece + 1] ?? 0); k++) if ((amounts[k] ?? 0) > (free[needs.items[k] ?? 0] ?? 0)) return false;
		return takes[piece] === 0 || against[piece] === 0;
	};
	for (let piece = 0; piece < count; piece++) {
		open[piece] = (blockers.offsets[piece + 1] ?? 0) - (blockers.offsets[piece] ?? 0);
		if (running[piece] === 1) begin(piece, 0);
		else if (open[piece] === 0) admit(piece);
	}
	let now = 0;
	for (;;) {
		for (let at = 0, isOver = common.some(isFull); at < ready.length && !isOver;) {
			const piece = ready[at] ?? 0;
			if (!mayBegin(piece)) {
				at++;
				continue;
			}
			ready.splice(at, 1);
			begin(piece, now);
			isOver = common.some(isFull);
		}
		if (ends.length === 0) break;
		now = endOf(ends[0] ?? 0);
		while (ends.length > 0 && endOf(ends[0] ?? 0) === now) {
			const piece = popEnd();
			exclude(piece, -1);
			for (let k = needs.offsets[piece] ?? 0; k < (needs.offsets[piece + 1] ?? 0); k++) {
				const kind = needs.items[k] ?? 0;
				free[kind] = (free[kind] ?? 0) + (amounts[k] ?? 0);
			}
			for (let k = dependents.offsets[piece] ?? 0; k < (dependents.offsets[piece + 1] ?? 0); k++) {
				const dependent = dependents.items[k] ?? 0;
				const left = (open[dependent] ?? 0) - 1;
				open[dependent] = left;
				if (left === 0 && running[dependent] === 0) admit(dependent);
			}
		}
	}
	return {
		starts,
		makespan: now
	};
	function endOf(piece) {
		return (starts[piece] ?? 0) + (takes[piece] ?? 0);
	}
}
/** The kinds of places that every piece needs: where none of one is free, nobody has to be asked. */
function commonKinds({ count, capacity, needs }) {
	const by = new Int32Array(capacity.length);
	for (const kind of needs.items) by[kind] = (by[kind] ?? 0) + 1;
	return [...by.keys()].filter((kind) => by[kind] === count);
}

// src/core/schedule/layout.ts
/**
* Segments → workloads. Eager is one workload; in waves each wave is one, because nothing of a wave starts before the one
* before has ended.
*/
/** How many pairs of it may not run at one time. */
const pairsOf = ({ workload }) => workload.apart.items.length / 2;
/** What can never start, on a cycle or behind one, is left out. */
function layOut(layout) {
	const { segments, schedule, overlaps } = layout;
	const graph = layout.graph ?? graphOf(segments);
	const { levels } = walk(graph);
	const levelOf = (number) => levels[graph.placeOf(number)] ?? -1;
	const sorted = byNumber(segments.filter(({ number }) => levelOf(number) !== -1));
	const order = layout.order ?? startOrder(sorted, chainsOf(graph, layout.minutesOf));
	const drafts = [];
	const places = new Int32Array(levels.length).fill(-1);
	const draftAt = (number) => drafts[schedule === "eager" ? 0 : levelOf(number)];
	for (const segment of sorted) {
		const level = schedule === "eager" ? 0 : levelOf(segment.number);
		while (drafts.length <= level) drafts.push({
			segments: [],
			apart: []
		});
		places[graph.placeOf(segment.number)] = (drafts[level]?.segments.push(segment) ?? 0) - 1;
	}
	const placeOf = (number) => places[graph.placeOf(number)] ?? -1;
	for (const { a, b } of overlaps) {
		const [one, other] = [placeOf(a), placeOf(b)];
		const draft = one === -1 || other === -1 ? void 0 : draftAt(a);
		if (draft && draft === draftAt(b)) draft.apart.push([one, other]);
	}
	return drafts.map((draft) => stageOf(draft, layout, order, placeOf));
}
/** They mostly stand so already. */
const byNumber = (segments) => segments.every(({ number }, at) => at === 0 || (segments[at - 1]?.number ?? 0) < number) ? segments : [...segments].sort((a, b) => a.number - b.number);
function stageOf({ segments, apart }, layout, order, placeOf) {
	const kinds = kindsOf(segments, layout);
	const needsOf = new Map(WORKERS.map((worker) => [worker, kinds.flatMap((kind, of) => kind.worker === void 0 || kind.worker === worker ? [{
		of,
		amount: 1
	}] : [])]));
	const pieces = segments.map(({ number, spec }) => {
		const left = layout.running?.get(number);
		return {
			takes: left ?? layout.minutesOf(number),
			needs: needsOf.get(spec.worker) ?? [],
			running: left !== void 0
		};
	});
	const waits = [];
	const ranks = new Int32Array(segments.length);
	segments.forEach(({ number, blockedBy }, at) => {
		ranks[at] = order.get(number) ?? 0;
		if (layout.schedule === "waves") return;
		for (const on of blockedBy.map(placeOf).sort((a, b) => a - b)) if (on !== -1) waits.push([at, on]);
	});
	return {
		numbers: segments.map(({ number }) => number),
		workload: makeWorkload(pieces, waits, apart, kinds.map(({ places }) => places)),
		ranks
	};
}
/**
* The places in all, and those of each worker that there could be too few of. What runs already has its place, even
* where the caps were lowered since.
*/
function kindsOf(segments, { cap, workers, running }) {
	const counts = new Map(WORKERS.map((worker) => [worker, {
		all: 0,
		busy: 0
	}]));
	let allBusy = 0;
	for (const { number, spec } of segments) {
		const own = counts.get(spec.worker);
		if (!own) continue;
		own.all++;
		if (!running?.has(number)) continue;
		own.busy++;
		allBusy++;
	}
	const few = [...counts].filter(([worker, { all }]) => workers[worker] < Math.min(cap, all));
	return [{ places: Math.max(cap, allBusy) }, ...few.map(([worker, { busy }]) => ({
		worker,
		places: Math.max(workers[worker], busy)
	}))];
}
/** Each segment's place in the order in which ready ones start: longest remaining path, priority, number (SPEC R2.3). */
function startOrder(segments, { remaining }) {
	const count = segments.length;
	const [left, numbers, priorities] = [
		new Float64Array(count),
		new Int32Array(count),
		new Int32Array(count)
	];
	const order = new Int32Array(count);
	segments.forEach(({ number, spec }, at) => {
		left[at] = remaining(number);
		numbers[at] = number;
		priorities[at] = spec.priority;
		order[at] = at;
	});
	order.sort((a, b) => (left[b] ?? 0) - (left[a] ?? 0) || (priorities[a] ?? 0) - (priorities[b] ?? 0) || (numbers[a] ?? 0) - (numbers[b] ?? 0));
	const places = /* @__PURE__ */ new Map();
	for (let place = 0; place < count; place++) places.set(numbers[order[place] ?? 0], place);
	return places;
}
const graphOf = (segments) => makeGraph(segments.map((segment) => segment.number), segments.flatMap(({ number, blockedBy }) => blockedBy.map((on) => ({
	from: number,
	on
}))));

// src/core/schedule/bounds.ts
/**
* How short a schedule could be at best: no plan is shorter than its longest chain, than its work spread evenly over the
* places there are, or than a set of pieces of which no two may run at one time.
*
* Each of them is counted with what must come before and after it.
*/
/** Above this many pieces the closer bounds would take longer than they are worth. */
const CLOSE_UP_TO = 200;
/** Above this many, a table of all pairs would. */
const CLIQUES_UP_TO = 2e3;
/** What looking for heavy sets may take, in steps of 32 pairs: a few milliseconds. */
const CLIQUE_STEPS = 2e6;
/** @param closely whether more is looked at than the longest chain and the work in all; it takes much longer. */
function lowerBound(workload, closely = true) {
	const order = inWaitingOrder(workload);
	const heads = headsOf(workload, order);
	const tails = tailsOf(workload, order);
	let bound = 0;
	for (let at = 0; at < workload.count; at++) bound = Math.max(bound, (heads[at] ?? 0) + (tails[at] ?? 0));
	for (let kind = 0; kind < workload.capacity.length; kind++) bound = Math.max(bound, spreadBound(workload, kind, heads, tails, closely));
	if (!closely || workload.count > CLIQUES_UP_TO) return bound;
	const { takes } = workload;
	const list = order.filter((piece) => takes[piece] !== 0).sort((a, b) => (takes[b] ?? 0) - (takes[a] ?? 0) || a - b);
	const beside = exclusive(workload, order, list);
	const alone = list.filter((_, place) => beside.countOf(place) === list.length - 1);
	if (alone.length === 0) return Math.max(bound, cliqueBound(list, beside, takes, heads, tails));
	const others = takes.slice();
	for (const piece of alone) others[piece] = 0;
	const sum = alone.reduce((all, piece) => all + (takes[piece] ?? 0), 0);
	return Math.max(bound, sum + lowerBound({
		...workload,
		takes: others
	}));
}
/**
* For all pieces that start no earlier than `head` and have at least `rest` after them: their work over the capacity,
* between the two.
*/
function spreadBound(workload, kind, heads, tails, closely) {
	const { count, takes, needs, amounts, capacity } = workload;
	const places = capacity[kind] ?? 0;
	if (places === 0) return 0;
	const jobs = [];
	let total = 0;
	for (let at = 0; at < count; at++) for (let k = needs.offsets[at] ?? 0; k < (needs.offsets[at + 1] ?? 0); k++) {
		const length = takes[at] ?? 0;
		if (needs.items[k] !== kind || length === 0) continue;
		const work = length * (amounts[k] ?? 0);
		total += work;
		if (closely) jobs.push({
			head: heads[at] ?? 0,
			rest: (tails[at] ?? 0) - length,
			work
		});
	}
	let bound = Math.ceil(total / places);
	if (jobs.length > CLOSE_UP_TO) return bound;
	jobs.sort((a, b) => b.head - a.head);
	const rests = [...new Set(jobs.map(({ rest }) => rest))];
	for (const rest of rests) {
		let work = 0;
		for (const job of jobs) {
			if (job.rest < rest) continue;
			work += job.work;
			bound = Math.max(bound, job.head + Math.ceil(work / places) + rest);
		}
	}
	return bound;
}
/**
* The heaviest set found of which no two may run at one time or one waits for the other: greedily, from each piece, the
* heaviest first, for as long as the steps last.
*/
function cliqueBound(byWeight, beside, takes, heads, tails) {
	const found = /* @__PURE__ */ new Set();
	let bound = 0;
	let steps = 0;
	for (let seed = 0; seed < byWeight.length && steps < CLIQUE_STEPS; seed++) {
		const clique = [seed];
		const left = beside.row(seed).slice();
		for (let word = 0; word < left.length; word++) while (left[word] !== 0) {
			const place = 32 * word + lowestOf(left[word] ?? 0);
			clique.push(place);
			const row = beside.row(place);
			for (let next = word; next < left.length; next++) left[next] = (left[next] ?? 0) & (row[next] ?? 0);
			steps += left.length - word;
		}
		const key = clique.toSorted((a, b) => a - b).join();
		steps += clique.length;
		if (found.has(key)) continue;
		found.add(key);
		steps += clique.length ** 2 / 8;
		const pieces = clique.map((place) => byWeight[place] ?? 0);
		bound = Math.max(bound, oneByOne(pieces, takes, heads, tails));
	}
	return bound;
}
/** Which is the lowest bit that is set. */
const lowestOf = (word) => 31 - Math.clz32(word & -word);
/** As above, for pieces that run one by one: the best of all its parts between a head and a rest. */
function oneByOne(clique, takes, heads, tails) {
	const sorted = [...clique].sort((a, b) => (heads[b] ?? 0) - (heads[a] ?? 0));
	const restOf = (piece) => (tails[piece] ?? 0) - (takes[piece] ?? 0);
	let bound = 0;
	for (const edge of new Set(clique.map(restOf))) {
		let work = 0;
		for (const piece of sorted) {
			if (restOf(piece) < edge) continue;
			work += takes[piece] ?? 0;
			bound = Math.max(bound, (heads[piece] ?? 0) + work + edge);
		}
	}
	return bound;
}
/** Pairs of so many things, a bit each. */
var Pairs = class {
	#width;
	#bits;
	constructor(count) {
		this.#width = count + 31 >> 5;
		this.#bits = new Int32Array(count * this.#width);
	}
	/** Of one with all: bit `i % 32` of word `i / 32`. */
	row(one) {
		return this.#bits.subarray(one * this.#width, (one + 1) * this.#width);
	}
	add(one, other) {
		const at = one * this.#width + (other >> 5);
		this.#bits[at] = (this.#bits[at] ?? 0) | 1 << (other & 31);
	}
	countOf(one) {
		let count = 0;
		for (let bits of this.row(one)) for (; bits !== 0; bits &= bits - 1) count++;
		return count;
	}
	/** All that are with this one, the smallest first. */
	*of(one) {
		for (const [word, bits] of this.row(one).entries()) for (let left = bits; left !== 0; left &= left - 1) yield 32 * word + lowestOf(left);
	}
	/** Everything that is with the other is with the one, too. */
	addAll(one, other) {
		const [own, more] = [this.row(one), this.row(other)];
		for (let word = 0; word < own.length; word++) own[word] = (own[word] ?? 0) | (more[word] ?? 0);
	}
};
/** Which pairs can never run at one time, by their places in the list. */
function exclusive(workload, order, list) {
	const { count, apart, blockers, amounts, needs, capacity, running } = workload;
	const places = new Int32Array(count).fill(-1);
	list.forEach((piece, place) => {
		places[piece] = place;
	});
	const pairs = new Pairs(list.length);
	const mark = (a, b) => {
		const [one, other] = [places[a] ?? -1, places[b] ?? -1];
		if (one === other || one === -1 || other === -1 || running[a] === 1 && running[b] === 1) return;
		pairs.add(one, other);
		pairs.add(other, one);
	};
	const before = new Pairs(count);
	for (const piece of order) {
		for (let k = blockers.offsets[piece] ?? 0; k < (blockers.offsets[piece + 1] ?? 0); k++) {
			const blocker = blockers.items[k] ?? 0;
			before.add(piece, blocker);
			before.addAll(piece, blocker);
		}
		for (let k = apart.offsets[piece] ?? 0; k < (apart.offsets[piece + 1] ?? 0); k++) mark(piece, apart.items[k] ?? 0);
	}
	for (const piece of list) for (const other of before.of(piece)) mark(piece, other);
	for (let kind = 0; kind < capacity.length; kind++) {
		const own = new Int32Array(count);
		for (let piece = 0; piece < count; piece++) for (let k = needs.offsets[piece] ?? 0; k < (needs.offsets[piece + 1] ?? 0); k++) if (needs.items[k] === kind) own[piece] = amounts[k] ?? 0;
		const half = (capacity[kind] ?? 0) / 2;
		for (const a of list) {
			if ((own[a] ?? 0) <= half) continue;
			for (const b of list) if (a !== b && (own[a] ?? 0) + (own[b] ?? 0) > (capacity[kind] ?? 0)) mark(a, b);
		}
	}
	return pairs;
}

// src/core/schedule/search.ts
/**
* A short search for a better order than a priority rule's: a few thousand schedules, near the best possible.
*
* A population of orders is bred: two are crossed, each child is laid out by the serial scheme, then pushed to the right
* and back to the left (forward-backward improvement, Tormos & Lova 2001; the crossing by Hartmann 1998). The budget is
* a count of schedules, not of milliseconds, and the dice are seeded: the same work gives the same timetable anywhere.
* It ends as soon as the bound is reached, which is most often at once.
*/
const POPULATION = 30;
/** Children in a row that improve nobody, after which the whole population is shaken. */
const PATIENCE = 100;
/** How far a shaken piece may move, as a share of the whole order. */
const SHAKE = .8;
/** How far times are thrown from what was thought, where timetables are judged (the logarithm's deviation). */
const THROWN = .4;
/** @param ranks each piece's place by the rule, smallest first: what is found equally short by it is kept. */
function search(workload, ranks, effort) {
	return new Search(workload, lowerBound(workload), effort).run(ranks);
}
/** The rule's own timetable, for what is too large to be searched. */
function byRule(workload, ranks) {
	return {
		...parallel(workload, ranks),
		bound: lowerBound(workload, false),
		schedules: 1
	};
}
var Search = class {
	#workload;
	#bound;
	#effort;
	#serial;
	#dice;
	#starts;
	#turned;
	#keys;
	#topological;
	#reversed;
	#schedules = 0;
	#last = /* @__PURE__ */ new Int32Array(0);
	#members = [];
	#best;
	constructor(workload, bound, effort) {
		this.#workload = workload;
		this.#bound = bound;
		this.#effort = effort;
		this.#serial = new Serial(workload);
		this.#dice = new Dice(workload.count);
		this.#starts = new Int32Array(workload.count);
		this.#turned = new Int32Array(workload.count);
		this.#keys = new Float64Array(workload.count);
		this.#topological = inWaitingOrder(workload);
		this.#reversed = this.#topological.toReversed();
		this.#best = {
			starts: new Int32Array(workload.count),
			makespan: Number.POSITIVE_INFINITY
		};
	}
	run(ranks) {
		const { count } = this.#workload;
		const byRule = parallel(this.#workload, ranks);
		this.#take(byRule);
		for (const known of this.#effort.known ?? []) this.#forward(this.#byStart(known));
		if (!this.#isOver() && count > 1) this.#breed(ranks);
		const { scenarios } = this.#effort;
		const isByRule = this.#best.makespan === byRule.makespan;
		return {
			...scenarios === void 0 || isByRule ? this.#best : this.#steadiest(scenarios),
			bound: this.#bound,
			schedules: this.#schedules
		};
	}
	#isOver() {
		return this.#best.makespan <= this.#bound || this.#schedules >= this.#effort.schedules;
	}
	#breed(ranks) {
		const members = this.#members;
		const marks = /* @__PURE__ */ new Set();
		const join = (member) => {
			if (!member || marks.has(member.mark)) return;
			marks.add(member.mark);
			members.push(member);
		};
		join(this.#improve(this.#byStart(this.#best.starts)));
		for (const rule of this.#rules(ranks)) {
			if (this.#isOver()) return;
			this.#take(parallel(this.#workload, rule));
			join(this.#improve(this.#byStart(this.#last)));
			if (this.#isOver()) return;
			join(this.#improve(this.#byKey(rule)));
		}
		const tails = tailsOf(this.#workload, this.#topological);
		for (let more = 0; members.length < POPULATION && more < 60; more++) {
			if (this.#isOver()) return;
			const noisy = Float64Array.from(tails, (tail) => more % 4 === 3 ? this.#dice.real() : -tail * (.6 + .8 * this.#dice.real()));
			this.#take(parallel(this.#workload, noisy));
			join(this.#improve(this.#byStart(this.#last)));
		}
		let idle = 0;
		while (!this.#isOver()) {
			if (idle > PATIENCE) {
				idle = 0;
				const tired = members.splice(0);
				marks.clear();
				for (const { order } of tired) {
					if (this.#isOver()) return;
					join(this.#improve(this.#shake(order)));
				}
			}
			idle++;
			const one = this.#pick(members);
			const other = this.#pick(members);
			const child = this.#improve(this.#mutate(this.#cross(one.order, other.order)));
			if (marks.has(child.mark)) continue;
			let worst = 0;
			for (let at = 1; at < members.length; at++) if ((members[at]?.makespan ?? 0) > (members[worst]?.makespan ?? 0)) worst = at;
			const out = members[worst];
			if (!out || child.makespan > out.makespan) continue;
			if (child.makespan < out.makespan) idle = 0;
			marks.delete(out.mark);
			marks.add(child.mark);
			members[worst] = child;
		}
	}
	#take({ starts, makespan }) {
		this.#schedules++;
		this.#last = starts;
		if (makespan < this.#best.makespan) this.#best = {
			starts: starts.slice(),
			makespan
		};
	}
	#forward(order) {
		const makespan = this.#serial.forward(order, this.#starts);
		this.#take({
			starts: this.#starts,
			makespan
		});
		return makespan;
	}
	/** Lays the order out, then pushes it right and left again for as long as that makes it shorter. */
	#improve(order) {
		let makespan = this.#forward(order);
		let best = this.#byStart(this.#starts);
		let mark = markOf(this.#starts);
		while (!this.#isOver()) {
			const { takes } = this.#workload;
			for (let at = 0; at < this.#keys.length; at++) this.#keys[at] = -((this.#starts[at] ?? 0) + (takes[at] ?? 0));
			this.#schedules++;
			this.#serial.backward(sortBy(this.#reversed, this.#keys), makespan, this.#turned);
			for (let at = 0; at < this.#keys.length; at++) this.#keys[at] = -((this.#turned[at] ?? 0) + (takes[at] ?? 0));
			const next = this.#forward(sortBy(this.#topological, this.#keys));
			const isShorter = next < makespan;
			makespan = next;
			best = this.#byStart(this.#starts);
			mark = markOf(this.#starts);
			if (!isShorter) break;
		}
		return {
			order: best,
			makespan,
			mark
		};
	}
	/** What starts together stays as in the order of waiting: a blocker that takes no time comes first all the same. */
	#byStart(starts) {
		return sortBy(this.#topological, starts);
	}
	/** Blockers first; of those that may come next, the smallest key. */
	#byKey(keys) {
		const { count, blockers, dependents } = this.#workload;
		const open = new Int32Array(count);
		const order = new Int32Array(count);
		const ready = [];
		for (let at = 0; at < count; at++) {
			open[at] = (blockers.offsets[at + 1] ?? 0) - (blockers.offsets[at] ?? 0);
			if (open[at] === 0) ready.push(at);
		}
		for (let end = 0; end < count; end++) {
			let pick = 0;
			for (let at = 1; at < ready.length; at++) if ((keys[ready[at] ?? 0] ?? 0) < (keys[ready[pick] ?? 0] ?? 0)) pick = at;
			const [piece = 0] = ready.splice(pick, 1);
			order[end] = piece;
			for (let k = dependents.offsets[piece] ?? 0; k < (dependents.offsets[piece + 1] ?? 0); k++) {
				const dependent = dependents.items[k] ?? 0;
				const left = (open[dependent] ?? 0) - 1;
				open[dependent] = left;
				if (left === 0) ready.push(dependent);
			}
		}
		return order;
	}
	/** What is known to be good: long chains first, early latest starts, much that may not run beside it. */
	#rules(ranks) {
		const { takes, apart, dependents } = this.#workload;
		const tails = tailsOf(this.#workload, this.#topological);
		const heads = headsOf(this.#workload, this.#topological);
		const beside = takes.map((_, at) => {
			let sum = 0;
			for (let k = apart.offsets[at] ?? 0; k < (apart.offsets[at + 1] ?? 0); k++) sum += takes[apart.items[k] ?? 0] ?? 0;
			return sum;
		});
		return [
			ranks,
			tails.map((tail) => -tail),
			tails.map((tail, at) => (takes[at] ?? 0) - tail),
			tails.map((tail, at) => -(tail + (beside[at] ?? 0) / 2)),
			tails.map((tail, at) => -(tail + (heads[at] ?? 0))),
			takes.map((own, at) => -(own + sumOf(dependents.items, dependents.offsets[at] ?? 0, dependents.offsets[at + 1] ?? 0, takes)))
		];
	}
	/** Plays each candidate's order through the same throws; of equals the one that leaves nothing lying comes first. */
	#steadiest(scenarios) {
		const { takes, count } = this.#workload;
		const candidates = [parallel(this.#workload, this.#best.starts).starts, this.#best.starts].map((starts) => this.#byStart(starts)).concat(this.#members.map(({ order }) => order));
		const sums = new Float64Array(candidates.length);
		for (let scenario = 0; scenario < scenarios; scenario++) {
			const thrown = takes.map((own) => Math.round(own * Math.exp(THROWN * this.#dice.normal())));
			const serial = new Serial({
				...this.#workload,
				takes: thrown
			});
			candidates.forEach((order, at) => {
				sums[at] = (sums[at] ?? 0) + serial.forward(order, this.#starts);
			});
		}
		this.#schedules += candidates.length * scenarios;
		const steadiest = candidates[sums.indexOf(Math.min(...sums))] ?? this.#topological;
		const starts = new Int32Array(count);
		return {
			starts,
			makespan: this.#serial.forward(steadiest, starts)
		};
	}
	#pick(members) {
		const a = members[this.#dice.below(members.length)];
		const b = members[this.#dice.below(members.length)];
		if (!a || !b) throw new RangeError("a population without members");
		return a.makespan <= b.makespan ? a : b;
	}
	/** The middle of one, in the other's order before and after it. */
	#cross(one, other) {
		const { count } = this.#workload;
		const a = this.#dice.below(count);
		const b = this.#dice.below(count);
		const from = Math.min(a, b);
		const to = Math.max(a, b);
		const isIn = new Uint8Array(count);
		const child = new Int32Array(count);
		let end = 0;
		const add = (order, until) => {
			for (let at = 0; at < count && end < until; at++) {
				const piece = order[at] ?? 0;
				if (isIn[piece] === 1) continue;
				isIn[piece] = 1;
				child[end++] = piece;
			}
		};
		add(one, from);
		add(other, to);
		add(one, count);
		return child;
	}
	/** The whole order loosened; blockers stay before dependents. */
	#shake(order) {
		const keys = this.#keys;
		const reach = order.length * SHAKE;
		order.forEach((piece, at) => {
			keys[piece] = at + reach * this.#dice.real();
		});
		return this.#byKey(keys.slice());
	}
	/** Neighbours change places now and then, where neither waits for the other. */
	#mutate(order) {
		const { blockers } = this.#workload;
		const often = Math.max(.05, 1.5 / order.length);
		for (let at = 0; at + 1 < order.length; at++) {
			if (this.#dice.real() >= often) continue;
			const one = order[at] ?? 0;
			const other = order[at + 1] ?? 0;
			let waits = false;
			for (let k = blockers.offsets[other] ?? 0; k < (blockers.offsets[other + 1] ?? 0); k++) if (blockers.items[k] === one) waits = true;
			if (waits) continue;
			order[at] = other;
			order[at + 1] = one;
		}
		return order;
	}
};
function sumOf(items, from, to, of) {
	let sum = 0;
	for (let k = from; k < to; k++) sum += of[items[k] ?? 0] ?? 0;
	return sum;
}
/** Stable insertion for what is nearly sorted, as these are. */
function sortBy(order, keys) {
	const sorted = order.slice();
	for (let at = 1; at < sorted.length; at++) {
		const piece = sorted[at] ?? 0;
		const key = keys[piece] ?? 0;
		let to = at - 1;
		while (to >= 0 && (keys[sorted[to] ?? 0] ?? 0) > key) {
			sorted[to + 1] = sorted[to] ?? 0;
			to--;
		}
		sorted[to + 1] = piece;
	}
	return sorted;
}
/** To tell one timetable from another: FNV-1a over the starts. */
function markOf(starts) {
	let mark = 2166136261;
	for (let at = 0; at < starts.length; at++) mark = Math.imul(mark ^ (starts[at] ?? 0), 16777619);
	return mark >>> 0;
}
/** xorshift32 (Marsaglia 2003): dice that fall alike on every machine. */
var Dice = class {
	#state;
	constructor(seed) {
		this.#state = Math.imul(seed + 1, 2654435761) ^ 1540483477 | 0 || 1;
	}
	#next() {
		let state = this.#state;
		state ^= state << 13;
		state ^= state >>> 17;
		state ^= state << 5;
		this.#state = state;
		return state >>> 0;
	}
	/** From 0, below 1. */
	real() {
		return this.#next() / 4294967296;
	}
	/** Normally distributed around 0, with deviation 1 (Box & Muller 1958). */
	normal() {
		return Math.sqrt(-2 * Math.log(1 - this.real())) * Math.cos(2 * Math.PI * this.real());
	}
	/** A whole number from 0, below `end`. */
	below(end) {
		return Math.floor(this.real() * end);
	}
};

// src/core/schedule/forecast.ts
/**
* When each segment starts by the best schedule found, how long the whole takes, and how sure that is.
*
* The schedule is searched with the expected times; the range comes from playing it many times with times thrown around
* them. Dice are seeded: a plan's forecast is part of the plan, and the same facts give the same one. Reviews,
* calibrations and what waits outside are not in it, nor are fix segments: a forecast is what was said before.
*/
/** Schedules laid out for one piece and in all: about 50 ms for an epic of 80 on a usual machine. */
const SCHEDULES_PER_PIECE = 50;
const PIECES_LAID_OUT = 32e4;
/** Above this many in all, one pass costs as much as a whole search of a small epic, and the rule is close by itself. */
const SEARCH_UP_TO = 2e3;
/** Times the schedule is played, fewer of long ones. */
const PLAYED = 200;
const PIECES_PLAYED = 1e5;
/** @param pairs that may not run at one time: each pass looks at them too, some of them. */
const schedulesFor = (pieces, pairs = 0) => pieces > SEARCH_UP_TO ? 1 : Math.max(1, Math.min(SCHEDULES_PER_PIECE * pieces, Math.floor(PIECES_LAID_OUT / Math.max(1, pieces, pairs / 5))));
function forecast(facts) {
	const segments = facts.segments.filter((segment) => !segment.fix);
	const { expectations, graph, chains, order } = facts.known ?? knownOf(segments, facts.earlier ?? []);
	const { criticalPath, length } = chains;
	const takes = minutesBy(expectations);
	const found = solve({
		...layoutOf(facts, segments, takes),
		graph,
		order
	});
	const minutes = play(found, expectations);
	const money = throwCosts(segments, expectations);
	return {
		criticalPathMinutes: length,
		makespanMinutes: makespanOf(found),
		boundMinutes: found.reduce((sum, { bound }) => sum + bound, 0),
		oneAtATimeMinutes: segments.reduce((sum, { number }) => sum + takes(number), 0),
		criticalPath,
		estimated: segments.filter(({ spec }) => spec.estimateMinutes !== void 0).length,
		basis: expectations.basis,
		...minutes ? { minutes } : {},
		...money ? { costUsd: money } : {},
		timetable: timetableOf(found)
	};
}
/** @param graph of these segments, where somebody has it already. */
function knownOf(segments, earlier, graph = graphOf(segments)) {
	const expectations = expectationsOf(segments, earlier);
	const chains = chainsOf(graph, minutesBy(expectations));
	return {
		expectations,
		graph,
		chains,
		order: startOrder(segments, chains)
	};
}
const minutesBy = ({ of }) => (number) => of.get(number)?.minutes ?? 0;
const layoutOf = ({ overlaps, cap, config }, segments, minutesOf) => ({
	segments,
	minutesOf,
	overlaps,
	schedule: config.schedule,
	cap,
	workers: config.workers
});
/**
* @param share of the usual budget.
* @param known starts within their stage, of a schedule that keeps all rules: what is found is never longer.
*/
const solve = (layout, share = 1, known) => {
	const stages = layOut(layout);
	const isSearched = countOf(stages) <= SEARCH_UP_TO;
	return stages.map((stage) => {
		if (!isSearched && !known) return {
			stage,
			...byRule(stage.workload, stage.ranks)
		};
		const schedules = Math.max(1, Math.ceil(schedulesFor(stage.numbers.length, pairsOf(stage)) * share));
		const starts = known && Int32Array.from(stage.numbers, (number) => known(number) ?? 0);
		return {
			stage,
			...search(stage.workload, stage.ranks, {
				schedules,
				...starts ? { known: [starts] } : {}
			})
		};
	});
};
const countOf = (stages) => stages.reduce((sum, { numbers }) => sum + numbers.length, 0);
const makespanOf = (found) => found.reduce((sum, { makespan }) => sum + makespan, 0);
function timetableOf(found) {
	const rows = [];
	let begin = 0;
	for (const { stage, starts, makespan } of found) {
		stage.numbers.forEach((number, at) => {
			rows.push([number, {
				start: begin + (starts[at] ?? 0),
				takes: stage.workload.takes[at] ?? 0
			}]);
		});
		begin += makespan;
	}
	return Object.fromEntries(rows.sort(([a], [b]) => a - b));
}
/** The schedule as it would go with other times: its order is kept, and nobody waits for somebody's planned hour. */
function play(found, { of }) {
	const pieces = countOf(found.map(({ stage }) => stage));
	if (pieces === 0 || pieces > SEARCH_UP_TO) return void 0;
	const pairs = found.reduce((sum, { stage }) => sum + pairsOf(stage), 0);
	const times = Math.max(20, Math.min(PLAYED, Math.floor(PIECES_PLAYED / (pieces + pairs))));
	const dice = new Dice(pieces);
	return rangeOf(Array.from({ length: times }, () => found.reduce((sum, { stage, starts }) => {
		const thrown = stage.workload.takes.map((own, at) => {
			const deviation = of.get(stage.numbers[at] ?? 0)?.deviation ?? 0;
			return Math.max(1, Math.round(own * Math.exp(deviation * dice.normal())));
		});
		return sum + parallel(stage.workload, starts, thrown).makespan;
	}, 0)));
}
/** Money needs no schedule: the sum of what each costs, thrown around what such segments cost. */
function throwCosts(segments, { of }) {
	const costs = segments.flatMap(({ number }) => {
		const { costUsd, deviation = 0 } = of.get(number) ?? {};
		return costUsd === void 0 ? [] : [{
			costUsd,
			deviation
		}];
	});
	if (costs.length === 0 || costs.length > SEARCH_UP_TO) return void 0;
	const dice = new Dice(segments.length + 1);
	const { low, middle, high } = rangeOf(Array.from({ length: PLAYED }, () => costs.reduce((sum, { costUsd, deviation }) => sum + costUsd * Math.exp(deviation * dice.normal()), 0)));
	const cents = (amount) => Math.round(amount * 100) / 100;
	return {
		low: cents(low),
		middle: cents(middle),
		high: cents(high)
	};
}
function rangeOf(values) {
	const sorted = [...values].sort((a, b) => a - b);
	const at = (share) => sorted[Math.round((sorted.length - 1) * share)] ?? 0;
	return {
		low: at(.1),
		middle: at(.5),
		high: at(.9)
	};
}

// src/core/schedule/startable.ts
/**
* What may start now, and what the rest waits for.
*
* The rule starts what is ready in one order: longest remaining path first, then priority, then number (SPEC R2.3). Where
* not all of it can start, a short search looks ahead from this very moment, with what runs held fixed: who goes first
* where two exclude each other, and whether a free place is better kept for somebody who comes soon. It is asked anew at
* each end, so that it never trusts an estimate longer than it must. No two segments that exclude each other are ever in
* flight at once, and something always runs while anything can.
*/
/** Jobs a matrix may have. @see https://docs.github.com/en/actions/reference/limits */
const MOST_AT_ONCE = 256;
/** Schedules the look ahead may lay out, and throws of the dice by which it chooses. A few milliseconds. */
const LOOK_AHEAD = {
	schedules: 200,
	scenarios: 12
};
/** Segments laid out in all of these schedules, and pairs that were looked at: where all exclude all, few are enough. */
const LAID_OUT = 6e4;
/** Above this many open segments the rule alone decides: it is close by then, and a reconcile must not stall. */
const LOOK_AHEAD_UP_TO = 300;
/** What may start at this moment, all of it at once, and what the rest waits for. */
function startable(situation) {
	const { plan, standing, held, config, options } = situation;
	const desk = new Desk(plan, config, options);
	const mayStart = (segment) => (plan.waitsOutside[segment.number]?.length ?? 0) === 0 && !held?.has(segment.number);
	const byRule = desk.pick(standing, mayStart);
	const ahead = lookAhead(situation, desk, byRule, mayStart);
	const isIdle = ahead?.start.length === 0 && ![...standing.values()].includes("in flight");
	const start = ahead && !isIdle ? ahead.start : byRule;
	const going = new Set(start);
	const reasonsOf = desk.waits(standing, start);
	const after = new Map(standing);
	for (const number of start) after.set(number, "in flight");
	const couldStart = new Set(desk.pick(after, mayStart));
	const waiting = /* @__PURE__ */ new Map();
	for (const segment of plan.segments) {
		const { number } = segment;
		if ((standing.get(number) ?? "open") !== "open" || going.has(number)) continue;
		const outside = (plan.waitsOutside[number] ?? []).map((ref) => ({
			kind: "outside",
			ref: refText(ref)
		}));
		const reasons = [
			...reasonsOf(segment),
			...outside,
			...held?.get(number) ?? []
		];
		const turn = couldStart.has(number) ? goesBefore(number, ahead?.next ?? [], desk) : void 0;
		const last = turn === void 0 ? { kind: "cap" } : {
			kind: "turn",
			number: turn
		};
		waiting.set(number, reasons.length > 0 || held?.has(number) ? unique(reasons) : [last]);
	}
	return {
		start,
		waiting
	};
}
/** For whose sake one that could start is held back: the soonest that may not run beside it, else the soonest of all. */
const goesBefore = (number, next, desk) => next.find((other) => desk.excludes(other, number)) ?? next.find((other) => other !== number);
/**
* The choice of the search, where there is one to make. Only what can come to run is in it: what is held, and what waits
* for that, would keep places free for nobody.
*/
function lookAhead({ plan, standing, config, elapsedMinutes }, desk, byRule, mayStart) {
	if (byRule.length === 0) return void 0;
	const running = /* @__PURE__ */ new Map();
	const { minutesOf } = desk;
	const isItsTurn = desk.turns(standing);
	const inside = [];
	const out = /* @__PURE__ */ new Set();
	for (const segment of desk.inWaitingOrder()) {
		const { number, blockedBy } = segment;
		const stands = standing.get(number) ?? "open";
		if (stands === "done") continue;
		if (stands === "in flight") running.set(number, left(minutesOf(number), elapsedMinutes?.get(number) ?? 0));
		else if (!mayStart(segment) || !isItsTurn(number) || blockedBy.some((blocker) => out.has(blocker))) {
			out.add(number);
			continue;
		}
		inside.push(segment);
	}
	if (inside.length - running.size <= byRule.length || inside.length > LOOK_AHEAD_UP_TO) return void 0;
	const [stage] = layOut({
		segments: inside,
		minutesOf,
		overlaps: plan.overlaps,
		schedule: "eager",
		cap: desk.cap,
		workers: config.workers,
		running
	});
	if (!stage) return void 0;
	const size = Math.max(inside.length, pairsOf(stage) / 5);
	const schedules = Math.min(LOOK_AHEAD.schedules, Math.ceil(LAID_OUT / size));
	const { starts } = search(stage.workload, stage.ranks, {
		...LOOK_AHEAD,
		schedules
	});
	const startOf = new Map(stage.numbers.map((number, at) => [number, starts[at] ?? 0]));
	const wanted = (segment) => startOf.get(segment.number) === 0;
	return {
		start: desk.pick(standing, wanted),
		next: stage.numbers.filter((number) => !running.has(number) && startOf.get(number) !== 0).sort((a, b) => (startOf.get(a) ?? 0) - (startOf.get(b) ?? 0) || a - b)
	};
}
/**
* What is probably left of a segment that runs. One that is past its time is not nearly done for that: the longer
* something has taken, the longer it goes on taking, and nobody may be held back for its sake.
*/
function left(minutes, elapsed) {
	if (elapsed > 2 * minutes) return Math.ceil(elapsed / 2);
	return Math.max(1, Math.ceil(minutes / 5), Math.round(minutes - elapsed));
}
function unique(reasons) {
	const first = /* @__PURE__ */ new Map();
	for (const reason of reasons) {
		const key = JSON.stringify(reason);
		if (!first.has(key)) first.set(key, reason);
	}
	return [...first.values()];
}
/** The rules of who may run beside whom, laid out once for many questions. */
var Desk = class {
	cap;
	minutesOf;
	#segments;
	#order;
	#excluded;
	#waves;
	#waveOf;
	#workers;
	#options;
	#inWaves;
	constructor({ segments, waves, overlaps, forecast }, config, options) {
		this.minutesOf = (number) => forecast.timetable[number]?.takes ?? 20;
		this.#segments = new Map(segments.map((segment) => [segment.number, segment]));
		const ranks = startOrder(segments, chainsOf(graphOf(segments), this.minutesOf));
		this.#order = [...segments].sort((a, b) => (ranks.get(a.number) ?? 0) - (ranks.get(b.number) ?? 0));
		this.#excluded = exclusions(overlaps);
		this.#waves = waves;
		this.#waveOf = new Map(waves.flatMap((wave) => membersOf(wave).map((number) => [number, wave.number])));
		this.#workers = config.workers;
		this.#options = options;
		this.#inWaves = config.schedule === "waves";
		this.cap = capOf(waves, config, options);
	}
	excludes(one, other) {
		return this.#excluded.get(one)?.has(other) ?? false;
	}
	/** Longest remaining path first, which puts blockers before what waits for them. */
	inWaitingOrder() {
		return this.#order;
	}
	/** Whether the schedule and the options let it run now, its blockers aside. */
	turns(standing) {
		const open = this.#openWave(standing);
		return (number) => this.#isItsTurn(number, open);
	}
	pick(standing, mayStart) {
		const running = [...standing].filter(([, each]) => each === "in flight").map(([number]) => number);
		const busy = /* @__PURE__ */ new Map();
		for (const number of running) {
			const worker = this.#segments.get(number)?.spec.worker;
			if (worker) busy.set(worker, (busy.get(worker) ?? 0) + 1);
		}
		const open = this.#openWave(standing);
		const start = [];
		for (const segment of this.#order) {
			if (running.length >= this.cap) break;
			const { number, spec, blockedBy } = segment;
			const ofWorker = busy.get(spec.worker) ?? 0;
			if ((standing.get(number) ?? "open") !== "open" || ofWorker >= this.#workers[spec.worker] || !this.#isItsTurn(number, open) || !mayStart(segment) || blockedBy.some((blocker) => this.#isPending(blocker, standing)) || running.some((other) => this.excludes(number, other))) continue;
			start.push(number);
			running.push(number);
			busy.set(spec.worker, ofWorker + 1);
		}
		return start;
	}
	/** What each open segment waits for, `start` being under way. */
	waits(standing, start) {
		const open = this.#openWave(standing);
		const only = this.#options.wave;
		const busy = [...[...standing].filter(([, each]) => each === "in flight").map(([each]) => each), ...start].sort((a, b) => a - b);
		return ({ number, blockedBy }) => {
			const wave = this.#waveOf.get(number);
			return [
				...blockedBy.filter((blocker) => this.#isPending(blocker, standing)).map((blocker) => ({
					kind: "segment",
					number: blocker
				})),
				...this.#inWaves && open !== void 0 && wave !== void 0 && wave > open ? [{
					kind: "wave",
					number: open
				}] : [],
				...only !== void 0 && wave !== only ? [{
					kind: "option",
					option: `wave ${only} only`
				}] : [],
				...busy.filter((other) => this.excludes(number, other)).map((other) => ({
					kind: "overlap",
					number: other
				}))
			];
		};
	}
	#isItsTurn(number, open) {
		const wave = this.#waveOf.get(number);
		if (this.#options.wave !== void 0 && wave !== this.#options.wave) return false;
		return !this.#inWaves || open === void 0 || wave === void 0 || wave <= open;
	}
	/** The first wave with something left to do. */
	#openWave(standing) {
		return this.#waves.find((wave) => membersOf(wave).some((number) => standing.get(number) !== "done"))?.number;
	}
	/** A blocker that is no segment of the plan holds nobody here: it is one that waits outside. */
	#isPending(blocker, standing) {
		return this.#segments.has(blocker) && standing.get(blocker) !== "done";
	}
};
const membersOf = (wave) => wave.tracks.flatMap((track) => track.segments);
/** How many may be in flight at once. */
function capOf(waves, config, options) {
	if (options.sequential) return 1;
	const one = Math.max(1, ...waves.map((wave) => wave.tracks.length));
	const cap = options.agents ?? (config.maxParallel === "auto" ? one : config.maxParallel);
	return Math.min(cap, MOST_AT_ONCE);
}
/** By segment, whom it excludes. A list of neighbours, not a table: most pairs of an epic of thousands share nothing. */
function exclusions(overlaps) {
	const excluded = /* @__PURE__ */ new Map();
	const note = (one, other) => {
		const others = excluded.get(one);
		if (others) others.add(other);
		else excluded.set(one, /* @__PURE__ */ new Set([other]));
	};
	for (const { a, b } of overlaps) {
		note(a, b);
		note(b, a);
	}
	return excluded;
}

// src/core/plan/tracks.ts
/**
* The tracks of one wave: ordered, lettered, and named after what their files share.
*
* @param order each segment's place among those that are ready: its members', and with them the tracks', order.
*/
function tracksOf(segments, overlaps, order, globs = new Globs()) {
	const place = (segment) => segment ? order.get(segment.number) ?? segment.number : 0;
	const sorted = [...segments].sort((a, b) => place(a) - place(b));
	const { wide = [], narrow = [] } = Object.groupBy(sorted, (segment) => isWide(segment, globs) ? "wide" : "narrow");
	const groups = connected(narrow, overlaps);
	if (wide.length > 0) groups.push(wide);
	const shared = sharedBy(groups, overlaps);
	return groups.sort((a, b) => place(a[0]) - place(b[0])).map((group, at) => ({
		letter: letterOf(at),
		name: nameOf(group, shared.get(group), globs),
		segments: group.map((segment) => segment.number)
	}));
}
const isWide = ({ spec }, globs) => !spec.parallel || spec.files.length === 0 || spec.files.some((glob) => isEverything(glob, globs));
function sharedBy(groups, overlaps) {
	const groupOf = /* @__PURE__ */ new Map();
	for (const group of groups) if (group.length > 1) for (const { number } of group) groupOf.set(number, group);
	const shared = /* @__PURE__ */ new Map();
	for (const { a, b, why } of overlaps) {
		const group = groupOf.get(a);
		if (why.kind !== "files" || !group || group !== groupOf.get(b)) continue;
		const known = shared.get(group);
		const place = meetingPlace(why.a, why.b);
		if (known) {
			known.places.push(place);
			known.globs = known.globs.filter((glob) => glob === why.a || glob === why.b);
		} else shared.set(group, {
			places: [place],
			globs: [why.a, why.b]
		});
	}
	return shared;
}
/** Groups of segments that overlap, directly or through one another; each in the order given. */
function connected(segments, overlaps) {
	const head = new Map(segments.map(({ number }) => [number, number]));
	const headOf = (number) => {
		let at = number;
		for (let above = head.get(at); above !== void 0 && above !== at; above = head.get(at)) {
			head.set(at, head.get(above) ?? above);
			at = above;
		}
		return at;
	};
	for (const { a, b } of overlaps) if (head.has(a) && head.has(b)) head.set(headOf(a), headOf(b));
	return [...Map.groupBy(segments, ({ number }) => headOf(number)).values()];
}
/** `A` … `Z`, `AA`, `AB` … */
function letterOf(at) {
	let letters = "";
	for (let left = at; left >= 0; left = Math.floor(left / 26) - 1) letters = String.fromCharCode(65 + left % 26) + letters;
	return letters;
}
/**
* What keeps them one after the other: the place that their overlaps lie in, `src/auth`; a glob that is in everybody's way;
* or the few places. A track of one, or of segments that name one another, is called after all its files.
*/
function nameOf(group, shared, known) {
	const globs = group.flatMap(wantedBy);
	if (globs.length === 0) return "scope not known";
	if (group.some((segment) => wantedBy(segment).length === 0) || globs.some((glob) => isEverything(glob, known))) return "everything";
	const places = shared?.places ?? globs.map((glob) => fixedPart(glob) || glob);
	const one = commonPlace(places) || shared?.globs[0] || "";
	if (one !== "") return one;
	const tops = [...new Set(places.map(topOf))].sort();
	return tops.length <= 3 ? tops.join(", ") : `${tops.slice(0, 2).join(", ")} and ${tops.length - 2} more`;
}
const isWanted = (glob) => !glob.startsWith("!");
const wantedBy = ({ spec }) => spec.files.every(isWanted) ? spec.files : spec.files.filter(isWanted);
/** Its first two names: `src/auth` of `src/auth/login.ts`. */
function topOf(place) {
	const end = place.indexOf("/", place.indexOf("/") + 1);
	return end === -1 ? place : place.slice(0, end);
}
/** Where two globs that overlap do so. One that begins anywhere, such as `*` + `.md`, says less than the other. */
function meetingPlace(a, b) {
	const [one, other] = [fixedPart(a), fixedPart(b)];
	if (one === "" || other === "") return one || other || a;
	return commonPlace([one, other]) || one;
}
function commonPlace(places) {
	let [shared = ""] = places;
	for (const place of places) {
		while (shared !== "" && !liesIn(place, shared)) shared = shared.slice(0, Math.max(0, shared.lastIndexOf("/")));
		if (shared === "") break;
	}
	return shared;
}
const liesIn = (place, directory) => place.startsWith(directory) && (place.length === directory.length || place[directory.length] === "/");

// src/core/plan/planner.ts
/**
* Segments → their plan: waves, tracks, who may never run beside whom, and how long it takes.
*/
/**
* The plan of an epic as its issues read now, and everything that is wrong with it. The same facts in any order give
* the same plan. A plan with errors is still whole, so that what runs already goes on to be seen.
*
* @param facts.earlier what segments of earlier epics took; nothing of it, and the forecast rests on estimates.
*/
function planEpic(facts) {
	const { epic, config, earlier } = facts;
	const reading = readSegments(facts);
	const { source, segments, waitsOutside, outside, diagnostics, isCyclic } = reading;
	const plan = planSegments(segments, config, {
		...reading,
		...earlier ? { earlier } : {}
	});
	const found = plan.waves.at(-1)?.number ?? 0;
	const limit = config.limits.waves;
	const tooMany = {
		kind: "LIMIT_EXCEEDED",
		at: { issue: epic.number },
		what: "waves",
		found,
		limit,
		configKey: "limits.waves"
	};
	const more = found > limit && !isCyclic ? [{
		level: "error",
		problem: tooMany
	}] : [];
	return {
		source,
		segments,
		...plan,
		waitsOutside,
		outside,
		diagnostics: inOrderOfPlace([...diagnostics, ...more])
	};
}
/** @param segments sorted by number. */
function planSegments(segments, config, { graph = graphOf(segments), apart = [], globs = new Globs(), earlier = [] } = {}) {
	const overlaps = overlapsOf(segments, apart, globs);
	const known = knownOf(segments, earlier, graph);
	const waves = wavesOf(graph, segments, overlaps, known.order, globs);
	return {
		waves,
		overlaps,
		forecast: forecast({
			segments,
			overlaps,
			cap: capOf(waves, config, {}),
			config,
			earlier,
			...segments.some(({ fix }) => fix) ? {} : { known }
		})
	};
}
/**
* Levels by the longest path from a root. A fix segment stands in the wave it mends and shifts nobody: later waves keep
* the numbers that people and the journal know them by. What is on a cycle, or behind one, comes last, together.
*/
function wavesOf(graph, segments, overlaps, order, globs) {
	const levels = new Int32Array(segments.length);
	const { offsets, targets } = graph.blockers;
	let behind = 1;
	for (const at of walk(graph).order) {
		const fix = segments[at]?.fix;
		let level = fix?.wave ?? 1;
		for (let next = offsets[at] ?? 0; next < (offsets[at + 1] ?? 0); next++) {
			const blocker = targets[next] ?? 0;
			const step = fix || segments[blocker]?.fix ? 0 : 1;
			level = Math.max(level, (levels[blocker] ?? 0) + step);
		}
		levels[at] = level;
		behind = Math.max(behind, level + 1);
	}
	const levelOf = (number) => levels[graph.placeOf(number)] || behind;
	const drafts = Array.from({ length: behind + 1 }, () => ({
		members: [],
		overlaps: []
	}));
	for (const segment of inStartOrder(segments, order)) drafts[levelOf(segment.number)]?.members.push(segment);
	for (const overlap of overlaps) {
		const level = levelOf(overlap.a);
		if (level === levelOf(overlap.b)) drafts[level]?.overlaps.push(overlap);
	}
	return drafts.flatMap(({ members, overlaps: within }, number) => members.length === 0 ? [] : [{
		number,
		tracks: tracksOf(members, within, order, globs)
	}]);
}
/** Each knows its place: nothing has to be compared. */
function inStartOrder(segments, order) {
	const sorted = [...segments];
	for (const segment of segments) sorted[order.get(segment.number) ?? 0] = segment;
	return sorted;
}
/** All pairs that may not run at one time, in order, each with the strongest reason there is. */
function overlapsOf(segments, stated, globs) {
	const numberAt = (at) => segments[at]?.number ?? 0;
	const byFiles = overlappingScopes(segments.map(({ spec }) => spec.files), globs);
	const isExclusive = segments.map(({ spec }) => !spec.parallel);
	const isUnknown = segments.map(({ spec }) => spec.files.length === 0);
	const isWide = (at) => isExclusive[at] === true || isUnknown[at] === true;
	const wide = [...segments.keys()].filter(isWide);
	if (wide.length === 0 && stated.length === 0) return byFiles.map((pair) => ({
		a: numberAt(pair.one),
		b: numberAt(pair.other),
		why: filesWhy(pair)
	}));
	const rows = /* @__PURE__ */ new Map();
	const say = (one, other, why) => {
		const row = rows.get(Math.min(one, other));
		if (row) row.set(Math.max(one, other), why);
		else rows.set(Math.min(one, other), /* @__PURE__ */ new Map([[Math.max(one, other), why]]));
	};
	for (const pair of byFiles) say(pair.one, pair.other, filesWhy(pair));
	const places = new Map(segments.map(({ number }, at) => [number, at]));
	for (const [one, other] of stated) if (one !== other) say(places.get(one) ?? 0, places.get(other) ?? 0, { kind: "conflicts-with" });
	return segments.flatMap(({ number: a }, one) => {
		const row = rows.get(one);
		return sortedAbove(one, isWide(one) ? segments.keys() : [...row?.keys() ?? [], ...wide]).flatMap((other) => {
			const said = row?.get(other);
			const isAlone = isExclusive[one] || isExclusive[other];
			const isNamed = said?.kind === "conflicts-with";
			const why = isAlone ? NOT_PARALLEL : !isNamed && (isUnknown[one] || isUnknown[other]) ? SCOPE_UNKNOWN : said;
			return why ? [{
				a,
				b: numberAt(other),
				why
			}] : [];
		});
	});
}
const filesWhy = ({ a, b, doubt }) => doubt ? {
	kind: "files",
	a,
	b,
	doubt
} : {
	kind: "files",
	a,
	b
};
const NOT_PARALLEL = { kind: "not parallel" };
const SCOPE_UNKNOWN = { kind: "scope unknown" };
const sortedAbove = (one, others) => [...new Set(others)].filter((other) => other > one).sort((a, b) => a - b);
/** Errors first, then by issue and line; each once. */
function inOrderOfPlace(diagnostics) {
	const once = new Map(diagnostics.map((each) => [JSON.stringify(each), each]));
	const place = ({ problem }) => "at" in problem ? problem.at : {};
	return [...once].sort(([one, a], [other, b]) => Number(a.level === "warning") - Number(b.level === "warning") || (place(a).issue ?? 0) - (place(b).issue ?? 0) || (place(a).line ?? 0) - (place(b).line ?? 0) || (one < other ? -1 : 1)).map(([, each]) => each);
}

// src/core/model/progress.ts
/** Nothing more will come of it: dependents may go on. */
const isDone = (progress) => progress?.kind === "merged" || progress?.kind === "answered" || progress?.kind === "skipped" || progress?.kind === "closed before";
/** Added after the epic was authorised: nothing waits for it, and it waits for a person's word. */
const isLeftOut = (progress) => progress?.kind === "not in this execution" && progress.problem.kind === "SEGMENT_NEW";

// src/core/model/history.ts
/** What a segment's attempts cost, as their agents told it; undefined where none told. */
function costOf(record) {
	const costs = record.attempts.map((attempt) => attempt.outcome && "report" in attempt.outcome ? attempt.outcome.report?.costUsd : void 0).filter((cost) => cost !== void 0);
	return costs.length === 0 ? void 0 : costs.reduce((sum, cost) => sum + cost, 0);
}

// src/core/model/plan.ts
const segmentsOf = (wave) => wave.tracks.flatMap((track) => track.segments);

// src/core/model/proof.ts
/** What swarm last saw of this very commit: as the attempt that made it, or as one that proved what others pushed. */
const proofOf = (record, head) => record.attempts.map((attempt) => attempt.outcome).findLast((outcome) => outcome?.kind === "published" && outcome.head === head);
/** The gates that are red on the head, if swarm looked at it and it is not sound: only a head that others pushed can be. */
function redHead(pull, record) {
	const red = (proofOf(record, pull.head)?.report.validation ?? []).filter(({ verdict }) => verdict === "fail" || verdict === "timed out");
	if (red.length === 0) return void 0;
	const gates = red.map(({ gate, output }) => ({
		gate,
		output
	}));
	return {
		kind: "HEAD_RED",
		at: { pull: pull.number },
		head: pull.head,
		gates
	};
}
/** Whether nobody has looked at the head yet, and nobody is at it: a person's push, or GitHub's "Update branch". */
const wantsProof = (pull, record) => pull.state === "open" && record.attempts.at(-1)?.outcome !== void 0 && record.attempts.some((attempt) => attempt.outcome?.kind === "published") && proofOf(record, pull.head) === void 0;

// src/core/decide/calibration.ts
function standingOf(wave, progresses, journal, config) {
	const segments = segmentsOf(wave).filter((number) => !isLeftOut(progresses.get(number)));
	if (segments.some((number) => !isDone(progresses.get(number)))) return { kind: "open" };
	const rounds = journal.calibrations[wave.number] ?? [];
	const last = rounds.at(-1);
	if (!last && segments.every((number) => progresses.get(number)?.kind !== "merged")) return {
		kind: "passed",
		round: 0
	};
	if (!last) return {
		kind: "to calibrate",
		round: 1
	};
	const counted = rounds.slice(Math.max(journal.forgivenRounds[wave.number] ?? 0, lastPassed(rounds)));
	if (last.lost) {
		const lost = counted.length - 1 - counted.findLastIndex((each) => !each.lost);
		return lost < config.attempts || counted.length === 0 ? {
			kind: "to calibrate",
			round: last.round + 1
		} : {
			kind: "stopped",
			problem: diedTooOften(last, lost)
		};
	}
	if (!last.verdict) return {
		kind: "calibrating",
		round: last.round
	};
	const stale = mergedAfter(last, segments, progresses);
	if (last.verdict.kind === "passed") return stale ? {
		kind: "to calibrate",
		round: last.round + 1
	} : {
		kind: "passed",
		round: last.round
	};
	if (counted.filter((each) => each.verdict?.kind === "failed").length >= config.calibrationRounds) return {
		kind: "stopped",
		problem: limit(wave, last)
	};
	return stale || counted.length === 0 ? {
		kind: "to calibrate",
		round: last.round + 1
	} : {
		kind: "failed",
		round: last.round,
		findings: last.verdict.findings
	};
}
/**
* The failed round whose fix segments are to be made. It stays so when the first of them is there already: making them
* takes several acts, and each can be the last one before the process dies.
*/
function roundToMend(wave, journal, config) {
	const rounds = journal.calibrations[wave.number] ?? [];
	const last = rounds.at(-1);
	if (last?.verdict?.kind !== "failed") return void 0;
	return rounds.slice(Math.max(journal.forgivenRounds[wave.number] ?? 0, lastPassed(rounds))).filter((each) => each.verdict?.kind === "failed").length < config.calibrationRounds ? {
		round: last.round,
		findings: last.verdict.findings
	} : void 0;
}
/** Rounds up to the last one that passed are settled: they count against nothing. */
const lastPassed = (rounds) => rounds.findLastIndex((each) => each.verdict?.kind === "passed") + 1;
function diedTooOften(last, times) {
	if (last.lost?.kind === "failed") return last.lost.problem;
	return {
		kind: "RUN_LOST",
		conclusion: last.lost?.kind === "lost" ? last.lost.conclusion : "cancelled",
		attempts: times
	};
}
function limit(wave, last) {
	const findings = last.verdict?.kind === "failed" ? last.verdict.findings : [];
	return {
		kind: "CALIBRATION_LIMIT",
		wave: wave.number,
		rounds: last.round,
		findings: findings.map((finding) => `${finding.subject}: ${finding.detail}`)
	};
}
const mergedAfter = (calibration, segments, progresses) => segments.some((number) => progresses.get(number)?.kind === "merged" && !calibration.covers.includes(number));
function waveProgress(standing) {
	switch (standing.kind) {
		case "open":
		case "to calibrate": return { kind: "not yet" };
		case "calibrating": return {
			kind: "running",
			round: standing.round
		};
		case "passed": return {
			kind: "passed",
			round: standing.round
		};
		case "failed": return {
			kind: "failed",
			round: standing.round,
			findings: standing.findings
		};
		case "stopped": return {
			kind: "failed",
			round: standing.problem.kind === "CALIBRATION_LIMIT" ? standing.problem.rounds : 0,
			findings: []
		};
	}
}
/**
* What a wave left undone by its criteria: open ones with no evidence. Gates are the calibration job's part.
*/
const coverageFindings = (segments) => segments.filter(({ left }) => left.length > 0).map(({ segment, left }) => ({
	check: "coverage",
	subject: `#${segment.number}`,
	detail: left.map((criterion) => `${criterion.id}: ${criterion.text}`).join("\n"),
	mends: {
		issue: segment.number,
		criteria: left.map(({ id, text }) => ({
			id,
			text
		}))
	}
}));
/**
* What a security segment found and nobody has mended: each segment's grave findings once, so that the mending of them
* is a round of this wave, and the next round does not find them again (SPEC R5.9, R7.1).
*/
const securityFindings = (reports, rounds) => reports.flatMap(({ number, report }) => {
	const subject = `#${number}`;
	const isTold = rounds.some(({ verdict }) => verdict?.kind === "failed" && verdict.findings.some((each) => each.check === "security" && each.subject === subject));
	const grave = (report?.course?.findings ?? []).filter(({ severity }) => severity !== "minor");
	if (isTold || grave.length === 0) return [];
	return [{
		check: "security",
		subject,
		detail: grave.map(sayFinding).join("\n")
	}];
});
const sayFinding = ({ file, line, severity, why }) => `${file}:${line} (${severity}): ${why}`;
/**
* Which criteria a merged segment has met: the agent named a test or a reason for it, or a person approved the pull
* request that lists them. Neither: it stays open, and the calibration will say so.
*/
function metCriteria(segment, says, approvedBy) {
	if (approvedBy.length > 0) return new Set(segment.spec.criteria.map((criterion) => criterion.id));
	return new Set((says?.criteria ?? []).filter((each) => each.evidence.trim() !== "").map((each) => each.id));
}
/**
* Which criteria of another segment a merged fix segment has met: its own stand in their order, one for each. Their ids
* may differ, for what has none is counted anew in each issue.
*/
function mendedCriteria(fix, mends, met) {
	const own = fix.spec.criteria;
	if (own.length !== mends.criteria.length) return /* @__PURE__ */ new Set();
	return new Set(mends.criteria.filter((_, at) => met.has(own[at]?.id ?? "")).map(({ id }) => id));
}
/** The issue's text with those criteria ticked; nothing else of a person's text is ever changed (SPEC R6.6). */
function tick(body, criteria, met) {
	const parts = body.split(/(\r\n|\n|\r)/);
	for (const criterion of criteria) {
		if (criterion.state === "met" || !met.has(criterion.id)) continue;
		const at = (criterion.line - 1) * 2;
		const line = parts[at];
		if (line !== void 0) parts[at] = line.replace(/^(\s*(?:[-*+]|\d+[.)])\s+)\[ \]/, "$1[x]");
	}
	return parts.join("");
}
/** Gate findings have mostly one cause: one fix segment gets them all. Coverage is one segment's own. */
function fixesFor(findings) {
	const gates = findings.filter((finding) => finding.check !== "coverage");
	const coverage = findings.filter((finding) => finding.check === "coverage");
	const first = gates[0];
	if (!first) return coverage;
	return [{
		check: first.check,
		subject: gates.map((finding) => finding.subject).join(", "),
		detail: gates.map((finding) => finding.detail).join("\n\n")
	}, ...coverage];
}

// src/core/decide/board.ts
/**
* The board: everything the panel, the summary, the CLI and the pages show, decided here, said elsewhere.
*/
function makeBoard(snapshot, journal, plan, progresses, config) {
	const standings = new Map(plan.waves.map((wave) => [wave.number, standingOf(wave, progresses, journal, config)]));
	const events = eventsOf(snapshot, journal, plan, progresses);
	const segments = new Map(plan.segments.map((segment) => [segment.number, segment]));
	const asOf = events.reduce((latest, event) => laterOf(latest, event.at), void 0);
	const costUsd = spent(journal);
	return {
		epic: {
			number: snapshot.epic.number,
			title: snapshot.epic.title,
			state: snapshot.epic.state === "open" && journal.phase !== "finished" ? "open" : "closed"
		},
		phase: phaseOf(snapshot, journal, plan, standings),
		plan,
		waves: plan.waves.map((wave) => ({
			number: wave.number,
			segments: wave.tracks.flatMap((track) => track.segments.map((number) => segmentProgress(number, segments.get(number), journal, progresses, track.letter))),
			calibration: waveProgress(standings.get(wave.number) ?? { kind: "open" })
		})),
		needs: needsOf(snapshot, journal, plan, progresses, standings, config),
		events,
		...notesOf(snapshot, plan),
		...journal.startedAt === void 0 ? {} : { startedAt: journal.startedAt },
		...journal.finishedAt === void 0 ? {} : { endedAt: journal.finishedAt },
		...asOf === void 0 ? {} : { asOf },
		...costUsd === void 0 ? {} : { costUsd }
	};
}
function segmentProgress(number, segment, journal, progresses, track) {
	const record = recordOf(journal, number);
	const report = latestReport(record);
	const progress = progresses.get(number) ?? { kind: "ready" };
	const pull = "pull" in progress ? progress.pull : publishedNumber(record);
	const cost = costOf(record);
	const agent = record.attempts.at(-1)?.name;
	return {
		number,
		title: segment?.title ?? "",
		track,
		progress,
		branch: segment?.branch ?? "",
		...pull === void 0 ? {} : { pull },
		attempts: record.attempts.length,
		...report ? {
			tries: mostTries(record),
			report
		} : {},
		...agent ? { agent } : {},
		validation: report?.validation ?? [],
		fix: record.fix !== void 0,
		...cost === void 0 ? {} : { costUsd: cost }
	};
}
const latestReport = (record) => {
	const outcome = record.attempts.findLast((attempt) => attempt.outcome && "report" in attempt.outcome)?.outcome;
	return outcome && "report" in outcome ? outcome.report : void 0;
};
/** Of all its runs: a segment that needed two rounds of gates once did need them, whatever a later rework took. */
const mostTries = (record) => Math.max(...record.attempts.map((attempt) => attempt.outcome && "report" in attempt.outcome ? attempt.outcome.report?.tries ?? 0 : 0));
const publishedNumber = (record) => {
	const outcome = record.attempts.findLast((attempt) => attempt.outcome?.kind === "published")?.outcome;
	return outcome?.kind === "published" ? outcome.pull : void 0;
};
/** What all attempts cost, as their agents told it; undefined where none told. */
function spent(journal) {
	const costs = Object.values(journal.segments).map(costOf).filter((cost) => cost !== void 0);
	return costs.length === 0 ? void 0 : costs.reduce((sum, cost) => sum + cost, 0);
}
function phaseOf(snapshot, journal, plan, standings) {
	if (journal.phase === "finished") return "finished";
	if (journal.phase === "paused" || journal.phase === "cancelled") return journal.phase;
	if (!journal.authorisation) return "planned";
	if (errorsOf(snapshot, plan, journal).length > 0) return "refused";
	return [...standings.values()].every((standing) => standing.kind === "passed") ? "accepting" : "running";
}
/**
* What holds the epic back. Once it runs, an issue that was added or rewritten since holds only itself back: one line in
* one issue must not stop everybody's work.
*/
function errorsOf(snapshot, plan, journal) {
	const runs = Object.keys(journal.dispatches).length > 0;
	const counts = (number) => number === snapshot.epic.number || journal.authorisation?.segments[number] !== void 0 && recordOf(journal, number).attempts.length === 0;
	const holds = ({ problem }) => {
		if (!runs) return true;
		if (problem.kind === "EPIC_CYCLE") return problem.path.every(counts);
		if (problem.kind === "BRANCH_TAKEN") return problem.segments.some(counts);
		return !("at" in problem) || problem.at.issue === void 0 || counts(problem.at.issue);
	};
	const errors = (diagnostics) => diagnostics.filter((each) => each.level === "error");
	return [...errors(snapshot.preflight), ...errors(plan.diagnostics).filter(holds)];
}
function needsOf(snapshot, journal, plan, progresses, standings, config) {
	if (!journal.authorisation || journal.phase === "finished") return [];
	const needs = errorsOf(snapshot, plan, journal).map(({ problem }) => ({
		kind: "mend",
		problem
	}));
	for (const { problem } of refusedIssues(journal)) needs.push({
		kind: "mend",
		problem
	});
	if (journal.phase === "paused" || journal.phase === "cancelled") needs.push({ kind: "resume" });
	needs.push(...segmentNeeds(snapshot, journal, plan, progresses));
	for (const [wave, standing] of standings) if (standing.kind === "stopped") needs.push({
		kind: "calibration",
		wave,
		problem: standing.problem
	});
	const next = config.mode === "collaborative" ? nextWave(plan, standings, journal) : void 0;
	if (next !== void 0) needs.push({
		kind: "approve wave",
		wave: next
	});
	if ([...standings.values()].every((standing) => standing.kind === "passed") && config.acceptance === "person") needs.push({ kind: "accept" });
	return needs;
}
/** What segments need, first where most others wait for it. */
function segmentNeeds(snapshot, journal, plan, progresses) {
	const needs = [];
	for (const [segment, progress] of progresses) {
		if (progress.kind === "blocked" || progress.kind === "not in this execution") needs.push({
			kind: "unblock",
			segment,
			problem: progress.problem
		});
		if (progress.kind !== "in review") continue;
		const { pull: number, waits } = progress;
		const pull = snapshot.pulls.find((each) => each.number === number);
		const red = pull && redHead(pull, recordOf(journal, segment));
		if (red) needs.push({
			kind: "unblock",
			segment,
			problem: red
		});
		if (waits.some((wait) => wait.kind === "approval")) needs.push({
			kind: "decide pull",
			segment,
			pull: number
		});
		else if (waits.some((wait) => wait.kind === "merge by hand" || wait.kind === "merge refused")) needs.push({
			kind: "merge pull",
			segment,
			pull: number
		});
	}
	if (needs.length === 0) return [];
	const countWaiting = countDependents(graphOf(plan.segments), (other) => !isDone(progresses.get(other)));
	return needs.map((need) => {
		const unblocks = countWaiting(need.segment);
		return unblocks === 0 ? need : {
			...need,
			unblocks
		};
	}).sort((a, b) => (b.unblocks ?? 0) - (a.unblocks ?? 0));
}
/** Of all warnings those that came up since the plan was shown, or that no plan shows. */
function notesOf(snapshot, plan) {
	const late = [
		"EPIC_CHANGED",
		"UNKNOWN_ISSUE",
		"PERMISSION_MISSING",
		"BUDGET_UNBOUND"
	];
	const notes = [...snapshot.preflight, ...plan.diagnostics].filter(({ level, problem }) => level === "warning" && late.includes(problem.kind)).map(({ problem }) => problem);
	return notes.length === 0 ? {} : { notes };
}
/** The wave that waits only for a person's approval. */
function nextWave(plan, standings, journal) {
	const first = plan.waves.find((wave) => standings.get(wave.number)?.kind !== "passed");
	return first && !journal.approvedWaves.includes(first.number) ? first.number : void 0;
}
function eventsOf(_snapshot, journal, plan, progresses) {
	const events = [];
	if (journal.startedAt !== void 0) events.push({
		at: journal.startedAt,
		kind: "STARTED"
	});
	for (const { at } of journal.configs ?? []) events.push({
		at,
		kind: "CONFIG CHANGED"
	});
	for (const [key, record] of Object.entries(journal.segments)) {
		const segment = Number(key);
		for (const attempt of record.attempts) {
			events.push({
				at: attempt.claimedAt,
				kind: "CLAIMED",
				segment,
				agent: attempt.name
			});
			const { outcome } = attempt;
			if (!outcome) continue;
			const about = {
				at: outcome.at,
				segment,
				agent: attempt.name
			};
			if (outcome.kind === "published") events.push({
				...about,
				kind: "PUBLISHED",
				pull: outcome.pull
			});
			else if (outcome.kind === "lost" || isCutShort(outcome)) events.push({
				...about,
				kind: "LOST"
			});
			else if (outcome.kind === "failed") events.push({
				...about,
				kind: "BLOCKED"
			});
			else if (outcome.kind === "asked") events.push({
				...about,
				kind: "ASKED"
			});
		}
		for (const rejection of record.rejections) events.push({
			at: rejection.at,
			kind: "REJECTED",
			segment,
			pull: rejection.pull
		});
		for (const { at } of record.answers ?? []) events.push({
			at,
			kind: "ANSWERED",
			segment
		});
		if (record.skipped) events.push({
			at: record.skipped.at,
			kind: "SKIPPED",
			segment
		});
	}
	for (const [segment, progress] of progresses) if (progress.kind === "merged" && progress.at !== void 0) events.push({
		at: progress.at,
		kind: "CLOSED",
		segment,
		pull: progress.pull
	});
	for (const wave of plan.waves) events.push(...trackEvents(wave, progresses));
	for (const [wave, rounds] of Object.entries(journal.calibrations)) for (const { verdict } of rounds) {
		if (verdict?.kind === "passed") events.push({
			at: verdict.at,
			kind: "WAVE COMPLETE",
			wave: Number(wave)
		});
		if (verdict?.kind === "failed") events.push({
			at: verdict.at,
			kind: "CALIBRATION FAILED",
			wave: Number(wave)
		});
	}
	if (journal.finishedAt !== void 0) events.push({
		at: journal.finishedAt,
		kind: "EXECUTION COMPLETE"
	});
	return events.sort((a, b) => a.at - b.at || ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind) || (a.segment ?? 0) - (b.segment ?? 0));
}
const ORDER = [
	"STARTED",
	"CONFIG CHANGED",
	"CLAIMED",
	"PUBLISHED",
	"FAILED",
	"LOST",
	"ASKED",
	"ANSWERED",
	"REJECTED",
	"BLOCKED",
	"CLOSED",
	"SKIPPED",
	"TRACK COMPLETE",
	"CALIBRATION FAILED",
	"WAVE COMPLETE",
	"EXECUTION COMPLETE"
];
function trackEvents(wave, progresses) {
	return wave.tracks.flatMap((track) => {
		const ends = track.segments.map((number) => {
			const progress = progresses.get(number);
			return progress?.kind === "merged" ? progress.at : void 0;
		});
		if (ends.some((at) => at === void 0)) return [];
		const at = ends.reduce(laterOf, void 0);
		return at === void 0 ? [] : [{
			at,
			kind: "TRACK COMPLETE",
			wave: wave.number,
			track: track.letter
		}];
	});
}
const segmentsInWave = (plan, wave) => {
	const found = plan.waves.find((each) => each.number === wave);
	return found ? segmentsOf(found) : [];
};

// src/core/decide/draft.ts
/** How long another orchestrator, or a call whose answer was lost, is given before its act is repeated. */
const GRACE_MS = 2e4;
var Draft = class {
	snapshot;
	journal;
	decisions = [];
	history = [];
	texts = {};
	/** Comments whose requests were taken in this look: marked as finished when all else is done. */
	taken = [];
	lookAgainAt;
	/** Of the decisions that have one. */
	#keys = /* @__PURE__ */ new Set();
	/** The acts as they are written here: copied once, for an epic may have thousands, and a look may add as many. */
	#acts = {};
	constructor(snapshot, journal) {
		this.snapshot = snapshot;
		this.journal = journal;
	}
	get now() {
		return this.snapshot.now;
	}
	decide(decision) {
		this.decisions.push(decision);
		if ("key" in decision) this.#keys.add(decision.key);
	}
	record(event) {
		this.history.push({
			at: this.now,
			...event
		});
	}
	lookAgain(afterMs) {
		const at = instant(this.now + afterMs);
		if (this.lookAgainAt === void 0 || at < this.lookAgainAt) this.lookAgainAt = at;
	}
	/** @returns the act's result once it is done; undefined while it is under way. */
	once(decision) {
		const { key } = decision;
		if (!this.journal.authorisation) return this.unlessVisible(decision);
		const act = this.journal.acts[key];
		if (act?.state === "done" || act?.state === "refused") return act.state;
		if (this.#keys.has(key)) return "under way";
		if (act?.state === "intended" && this.mayBeInProgress(key, act)) {
			this.lookAgain(act.at + GRACE_MS - this.now);
			return "under way";
		}
		if (act?.state !== "intended" || act.by !== this.snapshot.orchestrator || this.snapshot.performed[key]) this.#intend(key);
		this.decide(decision);
		this.lookAgain(GRACE_MS);
		return "under way";
	}
	/**
	* Before an epic is started, nobody's words make a journal: whoever can comment could fill the repository with them.
	* That something was said is then seen from what stands there.
	*/
	unlessVisible(decision) {
		const { key } = decision;
		const performed = this.snapshot.performed[key];
		if (performed?.kind === "refused") return "refused";
		if (performed?.kind === "done" || this.snapshot.said[key]) return "done";
		if (!this.#keys.has(key)) this.decide(decision);
		return "under way";
	}
	#intend(key) {
		if (this.journal.acts !== this.#acts) this.#acts = { ...this.journal.acts };
		this.#acts[key] = {
			at: this.now,
			by: this.snapshot.orchestrator,
			state: "intended"
		};
		this.journal = {
			...this.journal,
			acts: this.#acts
		};
	}
	mayBeInProgress(key, act) {
		if (this.now - act.at >= 2e4) return false;
		return act.by !== this.snapshot.orchestrator || this.snapshot.performed[key]?.kind === "unsure";
	}
};
/** The kill switch, a broken config, a missing workflow: nothing is judged by rules that nobody chose. */
const isStopped = (draft) => draft.snapshot.preflight.some(({ level }) => level === "error");
/** Whether an issue reads otherwise than it was authorised: its text then decides nothing any more (SPEC R11.2). */
const isChanged = (journal, issue) => journal.authorisation?.segments[issue.number]?.digest !== issue.digest;
const leafOf = (snapshot, number) => number === snapshot.epic.number ? snapshot.epic : snapshot.issues.find((issue) => issue.number === number);
const ownerOf = (draft) => draft.journal.authorisation?.by ?? draft.snapshot.epic.author.login;

// src/core/decide/dispatch.ts
function nextDispatchId(draft, config) {
	const count = Object.keys(draft.journal.dispatches).length + 1;
	const { epic } = draft.snapshot;
	const limit = config.limits.dispatches;
	if (count <= limit) return `${epic.number}.${count}`;
	const problem = {
		kind: "LIMIT_EXCEEDED",
		at: { issue: epic.number },
		what: "dispatches",
		found: count,
		limit,
		configKey: "limits.dispatches"
	};
	draft.once({
		kind: "say",
		key: `limit:dispatches:${limit}`,
		on: epic.number,
		notice: {
			kind: "epic held",
			diagnostics: [{
				level: "error",
				problem
			}],
			owner: ownerOf(draft)
		},
		reason: "the epic was dispatched as often as its limit allows"
	});
}
function send(draft, dispatch, reason) {
	draft.once({
		kind: "dispatch",
		key: actKeys.dispatch(dispatch.id),
		dispatch,
		ref: draft.snapshot.repository.defaultBranch,
		epic: draft.snapshot.epic.number,
		reason
	});
}
/** How long a dispatched run may be invisible before it is dispatched again; a second one finds the work taken. */
const RUN_VISIBLE_MS = 12e4;
/** An intent whose act is not to be seen is repeated (SPEC R4.3): also one whose run GitHub accepted and never showed. */
function repeatLostDispatches(draft, plan) {
	if (draft.journal.phase === "cancelled" || errorsOf(draft.snapshot, plan, draft.journal).length > 0) return;
	for (const dispatch of Object.values(draft.journal.dispatches)) {
		if (isEnded(draft.journal, dispatch)) continue;
		draft.lookAgain(3e5);
		const key = actKeys.dispatch(dispatch.id);
		const act = draft.journal.acts[key];
		const seen = dispatch.runId !== void 0 || draft.snapshot.runs.some((run) => run.dispatch === dispatch.id);
		if (act?.state === "done" && !seen) {
			if (draft.now - act.at < RUN_VISIBLE_MS) {
				draft.lookAgain(act.at + RUN_VISIBLE_MS - draft.now);
				continue;
			}
			draft.journal = withoutAct(draft.journal, key);
		}
		if (!seen) send(draft, dispatch, `the run of ${dispatch.id} is not to be seen`);
	}
}
function cancelRuns(draft) {
	for (const run of draft.snapshot.runs) if (run.state !== "completed") draft.decide({
		kind: "cancel run",
		runId: run.id,
		reason: "the epic was cancelled"
	});
}

// src/core/decide/fix.ts
/** Wave boundaries: dispatch calibrations, judge their criteria, have fix segments made (SPEC R7.1). */
function calibrate(draft, plan, progresses, config) {
	judgeCoverage(draft, plan, progresses);
	const standings = /* @__PURE__ */ new Map();
	let before = {
		kind: "passed",
		round: 0
	};
	for (const wave of plan.waves) {
		const standing = standingOf(wave, progresses, draft.journal, config);
		standings.set(wave.number, standing);
		const mayGo = draft.journal.phase === "running" && (before.kind === "passed" || config.schedule === "eager");
		if (standing.kind === "to calibrate" && mayGo && errorsOf(draft.snapshot, plan, draft.journal).length === 0) startCalibration(draft, plan, wave.number, standing.round, progresses, config);
		const failed = roundToMend(wave, draft.journal, config);
		if (failed && !isStopped(draft)) makeFixes(draft, plan, wave.number, failed.round, failed.findings);
		if (standing.kind === "stopped") draft.once({
			kind: "say",
			key: `calibration-stopped:${wave.number}:${(draft.journal.calibrations[wave.number] ?? []).length}`,
			on: draft.snapshot.epic.number,
			notice: {
				kind: "calibration stopped",
				problem: standing.problem,
				owner: ownerOf(draft)
			},
			reason: `wave ${wave.number} failed its calibration too often`
		});
		before = standing;
	}
	makeFollowUps(draft);
	return standings;
}
/** A round that passed its gates fails all the same while a criterion of its wave is open and without evidence. */
function judgeCoverage(draft, plan, progresses) {
	for (const [key, rounds] of Object.entries(draft.journal.calibrations)) {
		const wave = Number(key);
		const last = rounds.at(-1);
		if (last?.verdict?.kind !== "passed" || last.judged) continue;
		const left = segmentsInWave(plan, wave).flatMap((number) => {
			const segment = plan.segments.find((each) => each.number === number);
			const issue = leafOf(draft.snapshot, number);
			if (!segment || !issue || progresses.get(number)?.kind !== "merged" || isChanged(draft.journal, issue)) return [];
			return [{
				segment,
				left: segment.spec.criteria.filter((criterion) => criterion.state === "open")
			}];
		});
		const security = segmentsInWave(plan, wave).filter((number) => plan.segments.some((each) => each.number === number && each.spec.worker === "security")).filter((number) => ["merged", "answered"].includes(progresses.get(number)?.kind ?? "")).map((number) => ({
			number,
			report: latestReport(recordOf(draft.journal, number))
		}));
		const findings = [...coverageFindings(left), ...securityFindings(security, rounds)];
		if (findings.length === 0) draft.record({
			kind: "WAVE COMPLETE",
			wave
		});
		draft.journal = withCalibration(draft.journal, wave, last.round, (calibration) => ({
			...calibration,
			judged: true,
			...findings.length === 0 ? {} : { verdict: {
				kind: "failed",
				at: draft.now,
				findings
			} }
		}));
	}
}
function startCalibration(draft, plan, wave, round, progresses, config) {
	const id = nextDispatchId(draft, config);
	if (id === void 0) return;
	const { head } = draft.snapshot.base;
	const dispatch = {
		id,
		at: draft.now,
		work: {
			kind: "calibration",
			wave,
			round
		}
	};
	const covers = segmentsInWave(plan, wave).filter((number) => progresses.get(number)?.kind === "merged");
	const rounds = draft.journal.calibrations[wave] ?? [];
	draft.journal = {
		...draft.journal,
		dispatches: {
			...draft.journal.dispatches,
			[id]: dispatch
		},
		calibrations: {
			...draft.journal.calibrations,
			[wave]: [...rounds, {
				round,
				base: head,
				dispatch: id,
				at: draft.now,
				covers
			}]
		}
	};
	send(draft, dispatch, `wave ${wave} is merged: its whole is checked (round ${round})`);
}
function makeFixes(draft, plan, wave, round, findings) {
	const { epic } = draft.snapshot;
	const files = [...new Set(segmentsInWave(plan, wave).flatMap((number) => {
		const issue = leafOf(draft.snapshot, number);
		if (!issue || isChanged(draft.journal, issue)) return [];
		return plan.segments.find((each) => each.number === number)?.spec.files ?? [];
	}))].sort();
	const made = [];
	const wanted = fixesFor(findings);
	wanted.forEach((finding, index) => {
		const key = actKeys.fix(epic.number, wave, round, index + 1);
		const state = draft.once({
			kind: "make issue",
			key,
			notice: {
				kind: "fix segment",
				wave,
				round,
				finding,
				files,
				epic: epic.number
			},
			parent: epic.number,
			parentId: epic.id,
			reason: `wave ${wave}'s calibration found: ${finding.subject}`
		});
		const result = draft.journal.acts[key]?.result;
		if (state === "done" && result !== void 0) made.push(result);
	});
	if (made.length < wanted.length) return;
	if (draft.once({
		kind: "say",
		key: `calibration-failed:${wave}:${round}`,
		on: epic.number,
		notice: {
			kind: "calibration failed",
			wave,
			round,
			findings,
			fixes: made
		},
		reason: `wave ${wave}'s calibration failed`
	}) === "under way") draft.record({
		kind: "CALIBRATION FAILED",
		wave
	});
}
const followUpKey = (epic, wave, index) => actKeys.fix(epic, wave, 1e3 + index, 1);
function makeFollowUps(draft) {
	const { epic } = draft.snapshot;
	draft.journal.followUps.forEach((each, index) => {
		draft.once({
			kind: "make issue",
			key: followUpKey(epic.number, each.wave, index),
			notice: {
				kind: "follow-up segment",
				by: each.by,
				what: each.what,
				epic: epic.number
			},
			parent: epic.number,
			parentId: epic.id,
			reason: `@${each.by} found at acceptance: ${each.what}`
		});
	});
}

// src/core/model/people.ts
const mayWrite = (person) => person.permission === "admin" || person.permission === "maintain" || person.permission === "write";
const mayTriage = (person) => mayWrite(person) || person.permission === "triage";
/**
* A bot that the config names. The default branch says so, and that is its permission: GitHub has none to tell of an app.
* Its login ends in `[bot]` in some of GitHub's answers and not in others.
*/
const isNamedBot = (person, config) => person.kind === "bot" && config.allowedBots.some((login) => bare$1(login) === bare$1(person.login));
const bare$1 = (login) => login.toLowerCase().replace(/\[bot\]$/, "");
/** Whose commands count, and whose text may reach an agent: people who may write here, and bots that the config names. */
const isTrusted = (person, config) => person.kind === "person" ? mayWrite(person) : isNamedBot(person, config);

// src/core/schedule/what-if.ts
/** Links that are tried, those of the longest waits first; and the share of the usual search each gets. */
const TRIED = 24;
const SHARE = .1;
/** Above this many segments one search takes as long as a whole advice may. */
const ADVISED_UP_TO = 300;
/** A saving smaller than this share of the whole is within what any estimate is wrong by. */
const WORTH = .02;
/** @returns undefined where there is nothing to run, or a cycle, or so much that searching each change would take minutes. */
function adviseOn(plan, config) {
	const segments = plan.segments.filter((segment) => !segment.fix);
	if (segments.length < 2 || segments.length > ADVISED_UP_TO) return void 0;
	if (plan.diagnostics.some(({ problem }) => problem.kind === "EPIC_CYCLE")) return void 0;
	const { of } = expectationsOf(segments, []);
	const expected = minutesBy({
		of,
		basis: plan.forecast.basis
	});
	const minutesOf = (number) => plan.forecast.timetable[number]?.takes ?? expected(number);
	const facts = {
		segments,
		overlaps: plan.overlaps,
		cap: capOf(plan.waves, config, {}),
		config
	};
	const by = (schedule) => makespanOf(solve({
		...layoutOf(facts, segments, minutesOf),
		schedule
	}, schedule === config.schedule ? 1 : .5));
	const layout = layoutOf(facts, segments, minutesOf);
	const now = solve(layout);
	const minutes = makespanOf(now);
	const known = knownStarts(now);
	const saved = (changed) => Math.max(0, minutes - makespanOf(solve({
		...layout,
		...changed
	}, SHARE, known)));
	const isWorth = ({ savesMinutes }) => savesMinutes >= Math.max(1, minutes * WORTH);
	const places = [{
		of: "all",
		from: facts.cap,
		savesMinutes: saved({ cap: facts.cap + 1 })
	}, ...[...new Set(segments.map(({ spec }) => spec.worker))].sort().map((worker) => {
		const from = config.workers[worker];
		return {
			of: worker,
			from,
			savesMinutes: saved({ workers: {
				...config.workers,
				[worker]: from + 1
			} })
		};
	})];
	const tight = tightLinks(now, segments, plan.overlaps);
	const dependencies = tight.dependencies.map(({ from, on }) => ({
		from,
		on,
		savesMinutes: saved({ segments: segments.map((segment) => segment.number === from ? {
			...segment,
			blockedBy: segment.blockedBy.filter((other) => other !== on)
		} : segment) })
	}));
	const overlaps = tight.overlaps.filter(isAllThatKeepsApart(segments)).map((overlap) => ({
		...overlap,
		savesMinutes: saved({ overlaps: plan.overlaps.filter((other) => other !== overlap) })
	}));
	const place = most(places.filter(isWorth));
	const dependency = most(dependencies.filter(isWorth));
	const overlap = most(overlaps.filter(isWorth));
	return {
		schedule: config.schedule,
		wavesMinutes: config.schedule === "waves" ? minutes : by("waves"),
		eagerMinutes: config.schedule === "eager" ? minutes : Math.min(minutes, by("eager")),
		...place ? { place } : {},
		...dependency ? { dependency } : {},
		...overlap ? { overlap } : {}
	};
}
/** To take back `parallel: false` or `conflicts-with` helps only two whose files keep out of each other's way. */
function isAllThatKeepsApart(segments) {
	const filesOf = new Map(segments.map(({ number, spec }) => [number, spec.files]));
	return ({ a, b, why }) => {
		if (why.kind === "files" || why.kind === "scope unknown") return true;
		const [one = [], other = []] = [filesOf.get(a), filesOf.get(b)];
		return one.length > 0 && other.length > 0 && overlappingScopes([one, other]).length === 0;
	};
}
/** Of equals the first. */
const most = (changes) => changes.reduce((best, change) => best === void 0 || change.savesMinutes > best.savesMinutes ? change : best, void 0);
function knownStarts(solved) {
	const starts = new Map(solved.flatMap(({ stage, starts }) => stage.numbers.map((number, at) => [number, starts[at] ?? 0])));
	return (number) => starts.get(number);
}
/**
* Links by which the last ones are late: going back from what ends last, whatever ended just when the next began.
* In waves that is done in each of them, and whoever is late there for the sake of one segment of the wave before stands in
* this wave by that dependency alone.
*/
function tightLinks(solved, segments, overlaps) {
	const pairs = new Map(overlaps.map((overlap) => [`${overlap.a} ${overlap.b}`, overlap]));
	const dependencies = [];
	const found = /* @__PURE__ */ new Set();
	const blockersOf = new Map(segments.map(({ number, blockedBy }) => [number, blockedBy]));
	const waveOf = new Map(solved.flatMap(({ stage }, wave) => stage.numbers.map((number) => [number, wave])));
	for (const [wave, { stage, starts, makespan }] of solved.entries()) {
		const { takes, blockers, apart } = stage.workload;
		const endOf = (at) => (starts[at] ?? 0) + (takes[at] ?? 0);
		const seen = /* @__PURE__ */ new Set();
		const late = stage.numbers.flatMap((_, at) => endOf(at) === makespan ? [at] : []);
		for (const at of late) {
			if (seen.has(at)) continue;
			seen.add(at);
			const begins = starts[at] ?? 0;
			stage.numbers.forEach((_, other) => {
				if (endOf(other) === begins && begins > 0) late.push(other);
			});
			const number = stage.numbers[at] ?? 0;
			const [on, ...more] = (blockersOf.get(number) ?? []).filter((each) => waveOf.get(each) === wave - 1);
			if (on !== void 0 && more.length === 0) dependencies.push({
				from: number,
				on
			});
			for (let k = blockers.offsets[at] ?? 0; k < (blockers.offsets[at + 1] ?? 0); k++) {
				const on = blockers.items[k] ?? 0;
				const [from, blocker] = [stage.numbers[at], stage.numbers[on]];
				if (endOf(on) === begins && from && blocker) dependencies.push({
					from,
					on: blocker
				});
			}
			for (let k = apart.offsets[at] ?? 0; k < (apart.offsets[at + 1] ?? 0); k++) {
				const [one, other] = [stage.numbers[at], stage.numbers[apart.items[k] ?? 0]];
				if (endOf(apart.items[k] ?? 0) !== begins || !one || !other) continue;
				const overlap = pairs.get(`${Math.min(one, other)} ${Math.max(one, other)}`);
				if (overlap) found.add(overlap);
			}
		}
	}
	return {
		dependencies: dependencies.slice(0, TRIED),
		overlaps: [...found].slice(0, TRIED)
	};
}

// src/core/model/question.ts
/** The act that shows a question, and so its comment; named after the attempt that asked. */
const questionKey = (attempt) => `question:${attempt}`;
/** Whether our own comment by this key has boxes to tick. */
const isQuestionKey = (key) => /^question:\d+-\d+$/.test(key);
const askingOf = ({ outcome }) => outcome?.kind === "asked" && outcome.report.result.kind === "needs-input" ? outcome.report.result : void 0;
const answerTo$1 = (record, attempt) => record.answers?.findLast((answer) => answer.attempt === attempt.id);
/**
* The question that the latest run of a segment stopped for, while it waits for a person.
* @returns undefined where it is answered, or the time for it is over.
*/
function questionOpen(record, config, now) {
	const attempt = record.attempts.at(-1);
	const asked = attempt && askedBy(attempt, config);
	if (!attempt || !asked || answerTo$1(record, attempt)) return void 0;
	return asked.until !== void 0 && asked.until <= now ? void 0 : asked;
}
/** What an attempt stopped for, whatever came of it. */
function askedBy(attempt, config) {
	const asking = askingOf(attempt);
	if (!asking || !attempt.outcome) return void 0;
	const { question } = asking;
	const { timeoutMinutes, unanswered } = config.questions;
	return {
		kind: "QUESTION_ASKED",
		id: question.id,
		question: question.text,
		options: question.options,
		...question.context === void 0 ? {} : { context: question.context },
		...unanswered === "go on" ? { until: attempt.outcome.at + timeoutMinutes * 6e4 } : {}
	};
}
/** The attempt whose question can be answered: until the next one begins, also when the time for it is over. */
const answerable = (record) => {
	const attempt = record.attempts.at(-1);
	return attempt && askingOf(attempt) && !answerTo$1(record, attempt) && !record.skipped ? attempt : void 0;
};
/** How a question of an attempt ended; undefined while it waits. */
function endOf(record, attempt, isOver) {
	const answer = answerTo$1(record, attempt);
	if (answer) return {
		kind: "answered",
		by: answer.by,
		text: answer.text
	};
	if (record.attempts.at(-1) !== attempt) return { kind: "gone on" };
	return isOver || record.skipped ? { kind: "over" } : void 0;
}
/** What a run that goes on after a question is given: the kept work, and all that was asked so far with its answers. */
function carriedOn(record) {
	const last = record.attempts.at(-1);
	const asking = last && askingOf(last);
	if (!asking) return {};
	const said = answerTo$1(record, last);
	const answer = {
		id: asking.question.id,
		question: asking.question.text,
		answer: said?.text ?? "",
		...said ? { by: said.by } : {}
	};
	return {
		...asking.keptHead ? { kept: asking.keptHead } : {},
		answers: [...last.answers ?? [], answer]
	};
}

// src/core/decide/verdict.ts
/**
* The people whose approval holds for the pull request's head as it is now.
*
* Reviews count by each person's latest opinion, given for this very commit, by someone who may write at this moment
* and did not open the pull request. Bots never count.
*/
function approvers(pull, record) {
	const yes = /* @__PURE__ */ new Map();
	for (const review of latestOpinions(pull)) {
		if (review.state !== "approved" || review.head !== pull.head) continue;
		if (mayJudge(review.by, pull)) yes.set(review.by.id, review.by.login);
	}
	for (const approval of record.approvals) if (approval.head === pull.head && approval.byId !== pull.author.id) yes.set(approval.byId, approval.by);
	return [...yes.values()].sort();
}
/** The standing no to the head as it is now, if there is one: by a review, or by a `/reject` already in the journal. */
function rejection(pull, record) {
	const said = record.rejections.findLast((each) => each.head === pull.head && each.pull === pull.number);
	if (said) return said;
	const review = latestOpinions(pull).find((each) => each.state === "changes requested" && each.head === pull.head && mayJudge(each.by, pull));
	if (!review) return void 0;
	return {
		by: review.by.login,
		at: review.at,
		head: pull.head,
		pull: pull.number,
		reason: review.body,
		comments: pull.reviews.filter((each) => each.by.id === review.by.id && each.head === pull.head).flatMap((each) => each.comments)
	};
}
function latestOpinions(pull) {
	const latest = /* @__PURE__ */ new Map();
	for (const review of pull.reviews) {
		if (review.state === "commented") continue;
		latest.set(review.by.id, review);
	}
	return [...latest.values()];
}
/** Bots never count, whatever the config lets them command (SPEC R11.6). */
const mayJudge = (person, pull) => person.id !== pull.author.id && person.kind === "person" && mayWrite(person);
/** A merge that GitHub refused is tried again after this long: rules, locks and required checks change. */
const MERGE_AGAIN_MS = 6e4;
/**
* What still stands between an open pull request and its merge; nothing means it may merge.
*
* Green means: every gate reported `pass`, or said why it does not apply, for this very commit. Silence is not green: a
* gate skipped by a mistyped `if:` never turns red, so "nothing failed" would let unproven work through. A head that
* swarm has not looked at is unproven.
*/
function reviewWaits(pull, record, config, now) {
	const waits = [];
	const proof = proofOf(record, pull.head);
	const steers = (proof?.report.attention.length ?? 0) > 0;
	const missing = Math.max(config.approvals, steers ? 1 : 0) - approvers(pull, record).length;
	if (missing > 0) waits.push({
		kind: "approval",
		missing
	});
	waits.push(...gateWaits(proof), ...checkWaits(pull.checks));
	if (pull.mergeable !== "clean") waits.push({
		kind: "mergeable",
		state: pull.mergeable
	});
	else if (pull.mergeState === "blocked" && !pull.draft && waits.length === 0) waits.push({
		kind: "mergeable",
		state: "blocked"
	});
	if (record.mergeRefusal?.head === pull.head && now - record.mergeRefusal.at < 6e4) waits.push({
		kind: "merge refused",
		message: record.mergeRefusal.message
	});
	if (config.merge === "manual" && waits.length === 0) waits.push({ kind: "merge by hand" });
	return waits;
}
function gateWaits(proof) {
	if (!proof || proof.report.validation.length === 0) return [{
		kind: "gate",
		gate: "all gates",
		state: "unproven"
	}];
	return proof.report.validation.filter((each) => each.verdict === "fail" || each.verdict === "timed out").map((each) => ({
		kind: "gate",
		gate: each.gate,
		state: "failure"
	}));
}
const checkWaits = (checks) => checks.filter(({ ours, conclusion }) => conclusion === "pending" || conclusion === "failure" && !ours).map((check) => ({
	kind: "check",
	name: check.name,
	state: check.conclusion === "pending" ? "pending" : "failure"
}));

// src/core/decide/progress.ts
/** Where every segment of the plan stands, leaving open (`ready`) what only the schedule can tell. */
function deriveProgress(snapshot, journal, plan, config) {
	const issues = new Map(snapshot.issues.map((issue) => [issue.number, issue]));
	issues.set(snapshot.epic.number, snapshot.epic);
	return new Map(plan.segments.map((segment) => {
		const issue = issues.get(segment.number);
		const record = recordOf(journal, segment.number);
		return [segment.number, issue ? progressOf(snapshot, journal, issue, edgesOf(plan, segment), record, config) : { kind: "ready" }];
	}));
}
function progressOf(snapshot, journal, issue, edges, record, config) {
	const attempt = record.attempts.at(-1);
	const pull = publishedPull(snapshot, record);
	if (pull?.state === "merged") return {
		kind: "merged",
		pull: pull.number,
		...pull.mergedAt === void 0 ? {} : { at: pull.mergedAt }
	};
	if (record.skipped) return {
		kind: "skipped",
		reason: record.skipped.reason
	};
	if (attempt && !attempt.outcome) return runningProgress(snapshot, journal, attempt);
	if (attempt?.outcome?.kind === "no-change" && attempt.outcome.report.agent.summary && answersInWords(attempt)) return { kind: "answered" };
	if (issue.number !== snapshot.epic.number && issue.state !== "open") return issue.state === "completed" ? { kind: "closed before" } : {
		kind: "skipped",
		reason: "closed as not planned"
	};
	const forgiven = record.attempts.length <= record.forgiven;
	if (attempt?.outcome?.kind === "published" && !pull) {
		const { pull: number, head } = attempt.outcome;
		return {
			kind: "in review",
			pull: number,
			head,
			waits: [{
				kind: "mergeable",
				state: "unknown"
			}]
		};
	}
	const blocked = attempt?.outcome && !forgiven ? blockedBy(record, attempt, pull, config, snapshot.now) : void 0;
	const isDecided = attempt?.outcome?.kind === "published" || attempt?.why === "prove" && !blocked;
	if (pull?.state === "open" && isDecided) return pullProgress(pull, record, config, snapshot.now);
	if (blocked) return {
		kind: "blocked",
		problem: blocked
	};
	const consent = consentMissing(journal, issue, edges, record, config);
	return consent ? {
		kind: "not in this execution",
		problem: consent
	} : { kind: "ready" };
}
/** Their result is what they found out; a change is welcome where the task asks for one. */
const answersInWords = ({ worker }) => worker === "research" || worker === "security";
function runningProgress(snapshot, journal, attempt) {
	const run = snapshot.runs.find((each) => each.dispatch === attempt.dispatch && each.id === journal.dispatches[attempt.dispatch]?.runId);
	const current = run && jobsOf(run, attempt.id).find((job) => job.state === "running");
	if (!current) return { kind: "queued" };
	const job = current.name.split(" / ").at(-1) ?? current.name;
	return {
		kind: "running",
		step: current.step ? `${job}: ${current.step}` : job,
		...current.since === void 0 ? {} : { since: current.since },
		...current.url === void 0 ? {} : { log: current.url }
	};
}
/** The pull request of the latest attempt that published one. */
function publishedPull(snapshot, record) {
	const outcome = record.attempts.findLast((attempt) => attempt.outcome?.kind === "published")?.outcome;
	return outcome?.kind === "published" ? snapshot.pulls.find((pull) => pull.number === outcome.pull) : void 0;
}
/** How long GitHub's answers about a pull request may lag behind a push that its own refs show already. */
const STALE_MS = 6e4;
/** A head that swarm knows from before what it published last: a late answer of GitHub's, and no push of anybody's. */
function isStale(pull, record, now) {
	const at = record.attempts.findLastIndex((attempt) => attempt.outcome?.kind === "published");
	const last = record.attempts[at]?.outcome;
	if (last?.kind !== "published" || last.head === pull.head || now - last.at > STALE_MS) return false;
	return record.attempts.slice(0, at + 1).some(({ from }) => from === pull.head) || proofOf(record, pull.head) !== void 0;
}
function pullProgress(pull, record, config, now) {
	if (isStale(pull, record, now)) return {
		kind: "in review",
		pull: pull.number,
		head: pull.head,
		waits: [{
			kind: "mergeable",
			state: "unknown"
		}]
	};
	const no = rejection(pull, record);
	if (no) {
		const rounds = record.attempts.slice(record.forgiven).filter((each) => each.why === "rework").length;
		return rounds < config.reworks ? {
			kind: "to rework",
			pull: pull.number,
			reason: no.reason
		} : {
			kind: "blocked",
			problem: {
				kind: "REWORK_LIMIT",
				rounds,
				last: no.reason
			}
		};
	}
	if (pull.mergeable === "conflicting") return record.attempts.slice(record.forgiven).filter((each) => each.why === "conflict").length < CONFLICT_ROUNDS ? {
		kind: "to rework",
		pull: pull.number,
		reason: "conflict"
	} : {
		kind: "blocked",
		problem: {
			kind: "MERGE_CONFLICT",
			at: { pull: pull.number },
			base: pull.base
		}
	};
	if (redHead(pull, record) && record.attempts.length <= record.forgiven) return {
		kind: "to rework",
		pull: pull.number,
		reason: "red gates"
	};
	const waits = reviewWaits(pull, record, config, now);
	return waits.length === 0 ? {
		kind: "to merge",
		pull: pull.number,
		head: pull.head,
		approvedBy: approvers(pull, record)
	} : {
		kind: "in review",
		pull: pull.number,
		head: pull.head,
		waits
	};
}
function blockedBy(record, attempt, pull, config, now) {
	const outcome = attempt.outcome;
	if (!outcome) return void 0;
	if (attempt.why === "prove" && pull?.state === "closed") return {
		kind: "PULL_CLOSED",
		at: { pull: pull.number }
	};
	switch (outcome.kind) {
		case "failed":
			if (outcome.problem.kind === "AGENT_LATER" && laterAttempts(record) < LATER_LIMIT) return;
			return outcome.problem.kind === "RUN_CUT_SHORT" && lostRuns(record) < config.attempts ? void 0 : outcome.problem;
		case "no-change": return { kind: "NO_CHANGE" };
		case "asked": return questionOpen(record, config, now);
		case "lost": {
			const attempts = lostRuns(record);
			return attempts < config.attempts ? void 0 : {
				kind: "RUN_LOST",
				conclusion: outcome.conclusion,
				attempts
			};
		}
		case "published": return pull?.state === "closed" ? {
			kind: "PULL_CLOSED",
			at: { pull: pull.number }
		} : void 0;
		case "cancelled": return;
	}
}
/** Runs that died, whether or not they could still say so and hand on what they had (SPEC R8.2). */
const lostRuns = (record) => record.attempts.slice(record.forgiven).filter(({ outcome }) => outcome?.kind === "lost" || isCutShort(outcome)).length;
const CONFLICT_ROUNDS = 3;
const LATER_LIMIT = 12;
const LATER_WAIT_MS = 3e5;
const laterAttempts = (record) => record.attempts.slice(record.forgiven).filter((each) => isLater(each)).length;
const isLater = (attempt) => attempt.outcome?.kind === "failed" && attempt.outcome.problem.kind === "AGENT_LATER";
/** When a segment whose agent asked to come back later may be tried again. */
function notBefore(record) {
	const last = record.attempts.at(-1);
	if (!last?.outcome || !isLater(last)) return void 0;
	const problem = last.outcome.kind === "failed" ? last.outcome.problem : void 0;
	const askedMs = problem?.kind === "AGENT_LATER" ? problem.waitMs ?? 0 : 0;
	return last.outcome.at + Math.max(LATER_WAIT_MS, askedMs);
}
/**
* Whether this issue, as it reads now, was part of what a person authorised (SPEC R11.2).
* @returns what is missing, or undefined when it may run.
*/
function consentMissing(journal, issue, edges, record, config) {
	const at = { issue: issue.number };
	const authorised = journal.authorisation?.segments[issue.number];
	if (!authorised) return {
		kind: "SEGMENT_NEW",
		at
	};
	if (record.attempts.length === 0 && authorised.digest !== issue.digest) return {
		kind: "SEGMENT_CHANGED",
		at
	};
	if (record.attempts.length === 0 && !sameEdges(authorised, edges)) return {
		kind: "EDGES_CHANGED",
		at
	};
	const stranger = [issue.author, issue.editor].find((person) => person && !isTrusted(person, config));
	if (stranger && !record.included && !record.fix) return {
		kind: "UNTRUSTED_AUTHOR",
		at,
		login: stranger.login
	};
}
const edgesOf = (plan, segment) => ({
	blockedBy: segment.blockedBy,
	external: plan.outside[segment.number] ?? []
});
/** A link that is there or gone since then; that a blocker was closed or opened again is no change of it. */
function sameEdges(one, other) {
	const all = ({ blockedBy, external }) => [...blockedBy.map((number) => `#${number}`), ...external.map((ref) => refText(ref).toLowerCase())].sort().join(" ");
	return all(one) === all(other);
}

// src/core/decide/questions.ts
/**
* Takes a person's words as the answer: on the segment itself, or on the epic where only one run has asked by that id.
* @returns why not, in words; undefined where it is taken.
*/
function answerInWords(draft, request, said, on) {
	const { journal, snapshot } = draft;
	const [segment, ...others] = Object.keys(journal.segments).map((number) => Number(number)).filter((number) => {
		const attempt = answerable(recordOf(journal, number));
		return attempt && askingOf(attempt)?.question.id === said.id && (on === snapshot.epic.number || on === number);
	});
	if (segment === void 0) return `no run waits for an answer to "${said.id}" here`;
	if (others.length > 0) return `several segments wait for "${said.id}"; answer on the segment itself`;
	takeAnswer(draft, request, segment, said.text);
}
/** Takes a tick as the answer. @returns why not, in words; undefined where it is taken. */
function answerByTick(draft, request, { key, boxes }) {
	const segment = Number(/^question:(\d+)-/.exec(key)?.[1]);
	const attempt = answerable(recordOf(draft.journal, segment));
	if (!attempt || questionKey(attempt.id) !== key) return "nobody waits for this answer any more";
	const [box, ...more] = boxes;
	if (more.length > 0) return "several are ticked";
	const option = box === void 0 ? void 0 : askingOf(attempt)?.question.options[box];
	if (option === void 0) return "it is none of the options";
	takeAnswer(draft, request, segment, option);
}
function takeAnswer(draft, request, segment, text) {
	const record = recordOf(draft.journal, segment);
	const answer = {
		attempt: record.attempts.at(-1)?.id ?? "",
		text,
		by: request.by.login,
		at: request.at
	};
	draft.journal = withRecord(draft.journal, segment, { answers: [...record.answers ?? [], answer] });
	draft.record({
		kind: "ANSWERED",
		segment
	});
}
/** Each question in a comment of its own: open with its boxes, and closed by what came of it. */
function tellQuestions(draft, progresses, config) {
	for (const [number, progress] of progresses) {
		const record = recordOf(draft.journal, number);
		for (const attempt of record.attempts) {
			const question = askedBy(attempt, config);
			if (!question) continue;
			const kept = askingOf(attempt)?.kept;
			const notice = {
				kind: "question",
				segment: number,
				owner: ownerOf(draft),
				question,
				...kept === void 0 ? {} : { kept }
			};
			const key = questionKey(attempt.id);
			const said = draft.snapshot.said[key];
			const end = endOf(record, attempt, isDone(progress));
			if (end) {
				const comment = said?.id ?? draft.journal.acts[key]?.result;
				if (comment === void 0) continue;
				const reason = `#${number}'s question is closed: ${end.kind}`;
				draft.once({
					kind: "revise",
					key: `${key}:ended`,
					says: key,
					comment,
					notice: {
						...notice,
						end
					},
					reason
				});
				continue;
			}
			if (progress.kind === "blocked" && progress.problem.kind === "QUESTION_ASKED") {
				if (question.until !== void 0) draft.lookAgain(question.until - draft.now);
				draft.once({
					kind: "say",
					key,
					on: number,
					notice,
					reason: `#${number} waits for an answer`
				});
			}
			const [first, ...more] = said?.ticked ?? [];
			if (!said || first === void 0) continue;
			draft.decide({
				kind: "untick",
				says: key,
				comment: said.id,
				was: said.body,
				notice: {
					...notice,
					unticked: more.length > 0 ? "several" : "not by a person who may"
				},
				reason: `#${number}'s question is still open: what is ticked is no answer`
			});
		}
	}
}

// src/core/decide/take.ts
const accepted = { kind: "accepted" };
const refused = (problem) => ({
	kind: "refused",
	problem
});
function takeRequests(draft, plan, config) {
	const taken = { ...draft.journal.taken };
	let shown;
	const planShown = () => {
		shown ??= planNotice(plan, config);
		return shown;
	};
	for (const request of draft.snapshot.requests) {
		if (taken[request.id]) continue;
		const answer = answerTo(draft, plan, config, request, planShown);
		taken[request.id] = answer.kind === "accepted" ? "accepted" : { refused: answer.kind === "refused" ? answer.problem.kind : answer.why };
		draft.journal = {
			...draft.journal,
			taken
		};
		acknowledge(draft, request, answer);
	}
	takeOffCommandLabels(draft, config);
}
function acknowledge(draft, request, answer) {
	const node = "node" in request.from ? request.from.node : void 0;
	if (answer.kind === "ignored") return;
	if (answer.kind === "accepted") {
		if (!node) return;
		draft.decide({
			kind: "react",
			node,
			with: "eyes",
			reason: `@${request.by.login}'s request was taken`
		});
		draft.taken.push(node);
		return;
	}
	const reason = `@${request.by.login}'s request was refused: ${answer.problem.kind}`;
	const key = answer.problem.kind === "FORBIDDEN" ? `forbidden:${request.by.id}` : `refused:${request.id}`;
	draft.once({
		kind: "say",
		key,
		on: placeOf(request, draft.snapshot.epic.number),
		notice: {
			kind: "refused request",
			to: request.by.login,
			problem: answer.problem
		},
		reason
	});
	if (node) draft.decide({
		kind: "react",
		node,
		with: "confused",
		reason
	});
}
function placeOf(request, epic) {
	switch (request.from.kind) {
		case "label":
		case "comment":
		case "boxes": return request.from.issue;
		case "pull comment":
		case "review comment": return request.from.pull;
		case "dispatch": return epic;
	}
}
/** @param planShown what a plan that is asked for is answered with: it takes several searches, and is made at most once. */
function answerTo(draft, plan, config, request, planShown) {
	const at = "pull" in request.from ? { pull: request.from.pull } : { issue: placeOf(request, draft.snapshot.epic.number) };
	const { by, asked } = request;
	if (asked.kind === "nothing") return {
		kind: "ignored",
		why: "nothing asked"
	};
	const named = isNamedBot(by, config);
	if (by.kind === "bot" && !named) return {
		kind: "ignored",
		why: "bot"
	};
	const needs = asked.kind === "command" && TRIAGE_IS_ENOUGH.has(asked.command.kind) ? "triage" : "write";
	if (!named && !(needs === "triage" ? mayTriage(by) : mayWrite(by))) return asked.kind === "command" ? refused({
		kind: "FORBIDDEN",
		at,
		login: by.login,
		permission: by.permission,
		needs
	}) : {
		kind: "ignored",
		why: "no command, no rights"
	};
	if (asked.kind === "ticks") {
		const why = answerByTick(draft, request, asked);
		return why === void 0 ? accepted : {
			kind: "ignored",
			why
		};
	}
	if (asked.kind === "unknown") return refused({
		kind: "UNKNOWN_COMMAND",
		at,
		text: asked.text,
		...asked.nearest ? { nearest: asked.nearest } : {}
	});
	if (asked.kind === "malformed") return refused({
		kind: "BAD_ARGUMENT",
		at,
		command: asked.command,
		expected: asked.expected
	});
	return obey(draft, plan, config, request, asked.command, at, planShown);
}
/** A bot's commands may count; its opinion of a change never does (SPEC R11.6). */
const ONLY_PEOPLE = "only people approve and accept; a bot that the config names may give the other commands";
const TRIAGE_IS_ENOUGH = /* @__PURE__ */ new Set([
	"help",
	"plan",
	"status"
]);
function obey(draft, plan, config, request, command, at, planShown) {
	const { journal, snapshot } = draft;
	const notNow = (why) => refused({
		kind: "NOT_NOW",
		at,
		command: command.kind,
		why
	});
	switch (command.kind) {
		case "help": return tell(draft, request, {
			kind: "help",
			to: request.by.login
		});
		case "plan": return tell(draft, request, planShown());
		case "status": return accepted;
		case "execute": return at.issue !== void 0 && at.issue !== snapshot.epic.number ? notNow(`#${at.issue} is a segment of #${snapshot.epic.number}; execute that one, or say /swarm run #${at.issue}`) : execute(draft, plan, config, request, command, planShown);
		case "run": {
			const issue = snapshot.issues.find((each) => each.number === command.segment);
			if (!issue || !isSegment(plan, command.segment)) return refused({
				kind: "UNKNOWN_SEGMENT",
				at,
				number: command.segment
			});
			if (!journal.authorisation) return notNow("the epic is not being executed");
			authorise(draft, plan, request, [issue], journal.authorisation, config);
			draft.journal = withRecord(draft.journal, command.segment, { included: {
				by: request.by.login,
				at: request.at
			} });
			return accepted;
		}
		case "approve":
			if (request.by.kind === "bot") return notNow(ONLY_PEOPLE);
			return at.pull === void 0 ? approveWave(draft, plan, config, command, notNow) : approvePull(draft, request, command, at.pull);
		case "reject": return at.pull === void 0 ? notNow("a rejection belongs on the pull request it is about") : rejectPull(draft, request, command, at.pull);
		case "answer": {
			const why = answerInWords(draft, request, command, at.issue);
			return why === void 0 ? accepted : notNow(why);
		}
		case "retry": return retry$1(draft, plan, command, at, notNow);
		case "skip":
			if (!isSegment(plan, command.segment)) return refused({
				kind: "UNKNOWN_SEGMENT",
				at,
				number: command.segment
			});
			draft.journal = withRecord(journal, command.segment, { skipped: {
				by: request.by.login,
				reason: command.reason,
				at: request.at
			} });
			draft.record({
				kind: "SKIPPED",
				segment: command.segment
			});
			return accepted;
		case "pause":
			if (journal.phase !== "running") return notNow(`the epic is ${journal.phase}`);
			draft.journal = {
				...journal,
				phase: "paused"
			};
			return accepted;
		case "resume":
			if (journal.phase !== "paused" && journal.phase !== "cancelled") return notNow(`the epic is ${journal.phase}`);
			draft.journal = {
				...withoutRefusals(journal),
				phase: "running"
			};
			return accepted;
		case "cancel":
			draft.journal = {
				...journal,
				phase: "cancelled"
			};
			draft.once({
				kind: "say",
				key: `cancelled:${request.id}`,
				on: snapshot.epic.number,
				notice: {
					kind: "cancelled",
					by: request.by.login
				},
				reason: `@${request.by.login} cancelled the epic`
			});
			return accepted;
		case "accept":
			if (request.by.kind === "bot") return notNow(ONLY_PEOPLE);
			if (journal.phase !== "running") return notNow(journal.phase === "finished" ? "it is accepted already" : `the epic is ${journal.phase}`);
			if (!draft.journal.acts[acceptanceKey(draft)]) return notNow("not every segment is merged and calibrated yet");
			draft.journal = {
				...journal,
				phase: "finished",
				finishedAt: snapshot.now,
				acceptedBy: request.by.login
			};
			draft.record({ kind: "EXECUTION COMPLETE" });
			return accepted;
		case "needs-work":
			if (journal.phase !== "running") return notNow(`the epic is ${journal.phase}`);
			if (!draft.journal.acts[acceptanceKey(draft)]) return notNow("not every segment is merged and calibrated yet");
			draft.journal = {
				...journal,
				followUps: [...journal.followUps, {
					request: request.id,
					by: request.by.login,
					what: command.what,
					at: request.at,
					wave: plan.waves.at(-1)?.number ?? 1
				}]
			};
			return accepted;
	}
}
/** Acceptance is asked for anew after everything that was dispatched since: nobody accepts what nobody has seen. */
const acceptanceKey = (draft) => `accept:${draft.journal.followUps.length + 1}:${Object.keys(draft.journal.dispatches).length}`;
function tell(draft, request, notice) {
	draft.once({
		kind: "say",
		key: `answer:${request.id}`,
		on: placeOf(request, draft.snapshot.epic.number),
		notice,
		reason: `@${request.by.login} asked`
	});
	return accepted;
}
function planNotice(plan, config) {
	const advice = adviseOn(plan, config);
	return {
		kind: "plan",
		plan,
		dryRun: true,
		...advice ? { advice } : {}
	};
}
const isSegment = (plan, number) => plan.segments.some((each) => each.number === number);
function execute(draft, plan, config, request, command, planShown) {
	if (command.dryRun) return tell(draft, request, planShown());
	const { journal } = draft;
	const { kind: _, dryRun: __, ...options } = command;
	if (!journal.authorisation && draft.snapshot.earlier?.length) draft.journal = {
		...draft.journal,
		earlier: draft.snapshot.earlier
	};
	authorise(draft, plan, request, draft.snapshot.issues, void 0, config);
	const { finishedAt: _f, acceptedBy: _a, ...going } = withoutRefusals(draft.journal);
	draft.journal = {
		...going,
		phase: "running",
		options: { ...options },
		startedAt: journal.startedAt ?? draft.now
	};
	if (!journal.authorisation) draft.record({ kind: "STARTED" });
	return accepted;
}
/** Writes down what this person consents to: these texts and edges, this config, this base (SPEC R11.2). */
function authorise(draft, plan, by, issues, before, config) {
	const { snapshot } = draft;
	const leaves = new Map(plan.segments.map((segment) => [segment.number, segment]));
	const named = plan.source === "the epic itself" ? [snapshot.epic] : issues;
	const segments = { ...before?.segments };
	for (const issue of named) {
		const segment = leaves.get(issue.number);
		if (!segment) continue;
		if (!wroteBefore(issue, by.at, config)) continue;
		segments[issue.number] = {
			digest: issue.digest,
			blockedBy: segment.blockedBy,
			external: plan.outside[issue.number] ?? []
		};
		draft.texts[issue.number] = {
			title: issue.title,
			body: issue.body,
			labels: issue.labels
		};
	}
	const { epic } = snapshot;
	const meansEpic = (!before || named.includes(epic)) && wroteBefore(epic, by.at, config);
	if (meansEpic) draft.texts[epic.number] = {
		title: epic.title,
		body: epic.body,
		labels: epic.labels
	};
	draft.journal = {
		...draft.journal,
		authorisation: {
			at: by.at,
			by: by.by.login,
			byId: by.by.id,
			configDigest: snapshot.configDigest,
			base: snapshot.base.head,
			baseBranch: snapshot.base.branch,
			epicDigest: meansEpic ? epic.digest : (before ?? draft.journal.authorisation)?.epicDigest ?? "",
			segments
		}
	};
}
/** What a stranger wrote after the word was given is not what was meant by it. */
const wroteBefore = (issue, at, config) => issue.editedAt === void 0 || issue.editedAt <= at || isTrusted(issue.editor ?? issue.author, config);
/** A config that is another one than last time is used from now on, and that it changed is shown. */
function noteConfig(draft) {
	const { authorisation, configs = [] } = draft.journal;
	const { configDigest } = draft.snapshot;
	if (!authorisation || (configs.at(-1)?.digest ?? authorisation.configDigest) === configDigest) return;
	draft.journal = {
		...draft.journal,
		configs: [...configs, {
			at: draft.now,
			digest: configDigest
		}].slice(-50)
	};
	draft.record({ kind: "CONFIG CHANGED" });
}
/**
* Texts that people with write access changed while nothing was started yet, or always with `adopt: automatic`, need
* no second say: whoever may authorise them wrote them.
*/
function adoptChanges(draft, plan, config) {
	const { authorisation } = draft.journal;
	if (!authorisation) return;
	if (!(Object.keys(draft.journal.dispatches).length === 0) && config.adopt !== "automatic") return;
	const changed = (plan.source === "the epic itself" ? [draft.snapshot.epic] : draft.snapshot.issues).filter((issue) => {
		const segment = plan.segments.find((each) => each.number === issue.number);
		if (!segment || recordOf(draft.journal, issue.number).attempts.length > 0) return false;
		const known = authorisation.segments[issue.number];
		if (known?.digest === issue.digest && sameEdges(known, edgesOf(plan, segment)) || !known && config.adopt !== "automatic") return false;
		return isTrusted(issue.author, config) && (!issue.editor || isTrusted(issue.editor, config));
	});
	const { epic } = draft.snapshot;
	const adopted = epic.digest !== authorisation.epicDigest && isTrusted(epic.editor ?? epic.author, config) && !changed.includes(epic) ? [...changed, epic] : changed;
	if (adopted.length === 0) return;
	authorise(draft, plan, {
		by: {
			login: authorisation.by,
			id: authorisation.byId
		},
		at: authorisation.at
	}, adopted, authorisation, config);
}
function approveWave(draft, plan, config, command, notNow) {
	if (config.mode !== "collaborative") return notNow("waves start by themselves in this mode; approve pull requests instead");
	const asked = plan.waves.map((wave) => wave.number).filter((wave) => !draft.journal.approvedWaves.includes(wave)).find((wave) => draft.journal.acts[`approve-wave:${wave}`] !== void 0);
	const wave = command.wave ?? asked;
	if (wave === void 0 || !plan.waves.some((each) => each.number === wave)) return notNow("there is no such wave");
	draft.journal = {
		...draft.journal,
		approvedWaves: [.../* @__PURE__ */ new Set([...draft.journal.approvedWaves, wave])].sort((a, b) => a - b)
	};
	return accepted;
}
function approvePull(draft, request, command, number) {
	const at = { pull: number };
	const pull = draft.snapshot.pulls.find((each) => each.number === number);
	const segment = segmentOfPull(draft.journal, number);
	if (!pull || segment === void 0 || pull.state !== "open") return refused({
		kind: "NOT_NOW",
		at,
		command: "approve",
		why: "this pull request is not waiting for a decision"
	});
	if (request.by.id === pull.author.id) return refused({
		kind: "SELF_APPROVAL",
		at,
		login: request.by.login
	});
	const record = recordOf(draft.journal, segment);
	const wasThere = record.attempts.some(({ outcome, from, claimedAt }) => outcome?.kind === "published" && outcome.head === pull.head && outcome.at <= request.at ? true : from === pull.head && claimedAt <= request.at);
	if (!(command.head !== void 0 ? pull.head.startsWith(command.head) : wasThere)) return refused({
		kind: "HEAD_MOVED",
		at,
		said: command.head ?? "an earlier commit",
		head: pull.head
	});
	draft.journal = withRecord(draft.journal, segment, { approvals: [...record.approvals, {
		by: request.by.login,
		byId: request.by.id,
		at: request.at,
		head: pull.head
	}] });
	return accepted;
}
function rejectPull(draft, request, command, number) {
	const at = { pull: number };
	const pull = draft.snapshot.pulls.find((each) => each.number === number);
	const segment = segmentOfPull(draft.journal, number);
	if (!pull || segment === void 0 || pull.state !== "open") return refused({
		kind: "NOT_NOW",
		at,
		command: "reject",
		why: "this pull request is not waiting for a decision"
	});
	const record = recordOf(draft.journal, segment);
	const rejection = {
		by: request.by.login,
		at: request.at,
		head: pull.head,
		pull: number,
		reason: command.reason,
		comments: []
	};
	draft.journal = withRecord(draft.journal, segment, { rejections: [...record.rejections, rejection] });
	draft.record({
		kind: "REJECTED",
		segment,
		pull: number
	});
	return accepted;
}
function retry$1(draft, plan, command, at, notNow) {
	if (!draft.journal.authorisation) return notNow("the epic is not being executed");
	const ofPull = at.pull === void 0 ? void 0 : segmentOfPull(draft.journal, at.pull);
	const ofIssue = at.issue !== void 0 && isSegment(plan, at.issue) ? at.issue : void 0;
	const named = command.segment ?? ofPull ?? ofIssue;
	if (named !== void 0 && !isSegment(plan, named)) return refused({
		kind: "UNKNOWN_SEGMENT",
		at,
		number: named
	});
	const segments = named === void 0 ? plan.segments.map((each) => each.number) : [named];
	for (const segment of segments) {
		const record = recordOf(draft.journal, segment);
		if (record.attempts.length === 0 || !record.attempts.at(-1)?.outcome) continue;
		const { mergeRefusal: _, ...rest } = record;
		draft.journal = {
			...draft.journal,
			segments: {
				...draft.journal.segments,
				[segment]: {
					...rest,
					forgiven: record.attempts.length
				}
			}
		};
	}
	const wasRefused = refusedIssues(draft.journal).length > 0;
	draft.journal = withoutRefusals(draft.journal);
	if (named === void 0 && !wasRefused) draft.journal = {
		...draft.journal,
		forgivenRounds: roundsSoFar(draft)
	};
	return accepted;
}
const roundsSoFar = (draft) => Object.fromEntries(Object.entries(draft.journal.calibrations).map(([wave, rounds]) => [wave, rounds.length]));
/** Command labels are one-shot: taken off as soon as they were read, whoever put them on. */
function takeOffCommandLabels(draft, config) {
	const { epic } = draft.snapshot;
	const names = COMMAND_LABELS.map((label) => labelName(config, label));
	const remove = epic.labels.filter((label) => names.includes(label));
	if (remove.length === 0) return;
	draft.decide({
		kind: "set labels",
		issue: epic.number,
		add: [],
		remove,
		reason: "a command label is taken off once it is read"
	});
}

// src/core/decide/tell.ts
/** What people get to see: a comment where one of them is needed, labels, and everything on the panel. */
/** What a person must know gets a comment of its own, once; everything else is on the panel (SPEC R8.1, R9.1). */
function tellProblems(draft, plan, progresses, config) {
	const { snapshot, journal } = draft;
	const errors = errorsOf(snapshot, plan, journal);
	if (errors.length > 0) draft.once({
		kind: "say",
		key: `held:${fingerprint(JSON.stringify(errors))}`,
		on: snapshot.epic.number,
		notice: {
			kind: "epic held",
			diagnostics: [...snapshot.preflight, ...plan.diagnostics],
			owner: ownerOf(draft)
		},
		reason: "the epic cannot go on as it is"
	});
	for (const { key, problem } of refusedIssues(journal)) draft.once({
		kind: "say",
		key: `refused:${key}:${journal.acts[key]?.at ?? 0}`,
		on: snapshot.epic.number,
		notice: {
			kind: "calibration stopped",
			problem,
			owner: ownerOf(draft)
		},
		reason: "GitHub does not let swarm make an issue"
	});
	for (const [number, progress] of progresses) {
		const record = recordOf(journal, number);
		if (progress.kind === "blocked" && progress.problem.kind !== "QUESTION_ASKED") {
			const report = latestReport(record);
			const outcome = record.attempts.at(-1)?.outcome;
			const failed = outcome?.kind === "failed" ? outcome.report : void 0;
			const kept = report?.result.kind === "failed" ? report.result.kept : void 0;
			draft.once({
				kind: "say",
				key: `blocked:${number}:${record.attempts.length}:${progress.problem.kind}`,
				on: number,
				notice: {
					kind: "segment blocked",
					segment: number,
					problem: progress.problem,
					owner: ownerOf(draft),
					...kept ? { kept } : {},
					...report?.artefact ? { artefact: report.artefact } : {},
					...failed?.course ? { course: failed.course } : {}
				},
				reason: `#${number} is blocked: ${progress.problem.kind}`
			});
		}
		if (progress.kind === "not in this execution") draft.once({
			kind: "say",
			key: `consent:${number}:${progress.problem.kind}:${journal.authorisation?.at ?? 0}`,
			on: number,
			notice: {
				kind: "segment blocked",
				segment: number,
				problem: progress.problem,
				owner: ownerOf(draft)
			},
			reason: `#${number} waits for a person's word: ${progress.problem.kind}`
		});
		if (progress.kind === "answered") {
			const report = latestReport(record);
			const findings = (report?.course?.findings ?? []).map(sayFinding);
			const summary = [report?.agent.summary ?? "", ...findings].join("\n");
			draft.once({
				kind: "say",
				key: `answered:${number}`,
				on: number,
				notice: {
					kind: "segment answered",
					segment: number,
					summary
				},
				reason: `#${number}'s research is done`
			});
		}
		const pull = progress.kind === "in review" ? publishedPull(snapshot, record) : void 0;
		const red = pull && redHead(pull, record);
		if (pull && red) draft.once({
			kind: "say",
			key: `head-red:${pull.number}:${pull.head.slice(0, 12)}`,
			on: pull.number,
			notice: {
				kind: "segment blocked",
				segment: number,
				problem: red,
				owner: ownerOf(draft)
			},
			reason: `#${pull.number}: what was pushed to it does not pass its gates`
		});
		if (record.mergeRefusal && progress.kind === "in review") {
			const at = { pull: progress.pull };
			draft.once({
				kind: "say",
				key: `merge-refused:${progress.pull}:${record.mergeRefusal.head.slice(0, 12)}`,
				on: progress.pull,
				notice: {
					kind: "merge refused",
					pull: progress.pull,
					problem: {
						kind: "MERGE_REFUSED",
						at,
						message: record.mergeRefusal.message
					},
					owner: ownerOf(draft)
				},
				reason: `GitHub refused to merge #${progress.pull}`
			});
		}
	}
	const wave = config.mode === "collaborative" && errors.length === 0 ? waveToApprove(draft, plan, progresses, config) : void 0;
	if (wave !== void 0) draft.once({
		kind: "say",
		key: `approve-wave:${wave}`,
		on: snapshot.epic.number,
		notice: {
			kind: "approve wave",
			wave,
			owner: ownerOf(draft),
			plan
		},
		reason: `wave ${wave} waits for an approval`
	});
}
function waveToApprove(draft, plan, progresses, config) {
	const standings = new Map(plan.waves.map((wave) => [wave.number, standingOf(wave, progresses, draft.journal, config)]));
	return nextWave(plan, standings, draft.journal);
}
/** FNV-1a: tells two lists of errors apart in a comment's key; nothing rests on it being hard to forge. */
function fingerprint(text) {
	let hash = 2166136261;
	for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 16777619);
	return (hash >>> 0).toString(16).padStart(8, "0");
}
function labelSegments(draft, plan, progresses, config) {
	for (const segment of plan.segments) {
		const issue = leafOf(draft.snapshot, segment.number);
		const progress = progresses.get(segment.number);
		if (issue && progress && issue.number !== draft.snapshot.epic.number) label(draft, issue, segmentLabel(progress), config);
	}
	label(draft, draft.snapshot.epic, epicLabel(draft, plan, progresses), config);
}
function label(draft, issue, wanted, config) {
	const ours = STATE_LABELS.map((each) => labelName(config, each));
	const name = wanted && labelName(config, wanted);
	const add = name !== void 0 && !issue.labels.includes(name) ? [name] : [];
	const remove = issue.labels.filter((each) => ours.includes(each) && each !== name);
	if (add.length + remove.length === 0) return;
	draft.decide({
		kind: "set labels",
		issue: issue.number,
		add,
		remove,
		reason: `#${issue.number} is ${wanted ?? "waiting"}`
	});
}
function segmentLabel(progress) {
	switch (progress.kind) {
		case "queued": return "queued";
		case "running":
		case "to rework": return "running";
		case "in review":
		case "to merge": return "review";
		case "blocked": return progress.problem.kind === "QUESTION_ASKED" ? "needs-input" : "blocked";
		case "not in this execution": return "blocked";
		case "merged":
		case "answered":
		case "skipped": return "done";
		case "closed before":
		case "waiting":
		case "ready": return;
	}
}
function epicLabel(draft, plan, progresses) {
	if (draft.journal.phase === "finished") return "done";
	if (draft.journal.phase === "paused" || draft.journal.phase === "cancelled") return "paused";
	if (errorsOf(draft.snapshot, plan, draft.journal).length > 0) return "blocked";
	if (progresses.get(draft.snapshot.epic.number)?.kind === "blocked") return "blocked";
	return [...progresses.values()].some((progress) => progress.kind === "queued" || progress.kind === "running") ? "running" : [...progresses.values()].some((progress) => progress.kind === "in review") ? "review" : "running";
}
/** How often the panel is written at most where nothing but the steps of jobs went on; the next look writes it. */
const STEPS_MS = 6e4;
function showPanel(draft, plan, progresses, config) {
	const board = makeBoard(draft.snapshot, draft.journal, plan, progresses, config);
	const comment = draft.snapshot.said[actKeys.panel]?.id ?? draft.journal.acts[actKeys.panel]?.result;
	const panel = {
		kind: "show panel",
		key: actKeys.panel,
		on: draft.snapshot.epic.number,
		board,
		reason: "the panel shows the epic as it is"
	};
	if (comment === void 0) {
		draft.once(panel);
		return;
	}
	const { at } = draft.snapshot.said[actKeys.panel] ?? {};
	const isFresh = at !== void 0 && draft.now - at < STEPS_MS;
	draft.decide({
		...panel,
		comment,
		...isFresh ? { steps: "can wait" } : {}
	});
}

// src/core/decide/accept.ts
function askAcceptance(draft, plan, progresses, standings, config) {
	const complete = plan.waves.length > 0 && [...standings.values()].every((standing) => standing.kind === "passed");
	const pending = draft.journal.followUps.some((each, index) => draft.journal.acts[followUpKey(draft.snapshot.epic.number, each.wave, index)]?.state !== "done");
	if (!complete || pending || draft.journal.phase !== "running" || isStopped(draft)) return;
	if (!plan.segments.every((segment) => {
		const issue = leafOf(draft.snapshot, segment.number);
		return isLeftOut(progresses.get(segment.number)) || issue?.number === draft.snapshot.epic.number || issue?.state !== "open";
	})) return;
	if (config.acceptance === "automatic") {
		draft.journal = {
			...draft.journal,
			phase: "finished",
			finishedAt: draft.now
		};
		draft.record({ kind: "EXECUTION COMPLETE" });
		endEpic(draft, plan, progresses, config);
		return;
	}
	draft.once({
		kind: "say",
		key: acceptanceKey(draft),
		on: draft.snapshot.epic.number,
		notice: {
			kind: "ask acceptance",
			owner: ownerOf(draft),
			board: makeBoard(draft.snapshot, draft.journal, plan, progresses, config)
		},
		reason: "every segment is merged and every wave calibrated"
	});
}
/** The last acts, closing last: what is cut off before it is done again, what comes after is left alone. */
function endEpic(draft, plan, progresses, config) {
	const { snapshot } = draft;
	const board = makeBoard(snapshot, draft.journal, plan, progresses, config);
	const told = draft.once({
		kind: "say",
		key: "summary",
		on: snapshot.epic.number,
		notice: {
			kind: "summary",
			board,
			by: draft.journal.acceptedBy ?? "swarm"
		},
		reason: "the epic is accepted"
	});
	labelSegments(draft, plan, progresses, config);
	showPanel(draft, plan, progresses, config);
	if (told === "under way") return;
	draft.once({
		kind: "close epic",
		key: `close:${draft.journal.finishedAt ?? 0}`,
		issue: snapshot.epic.number,
		reason: draft.journal.acceptedBy ? `accepted by @${draft.journal.acceptedBy}` : "acceptance is automatic"
	});
}

// src/core/decide/merge.ts
/** One merge a look, in the plan's order: each changes what the next one has to fit to. */
function mergeNext(draft, plan, progresses, config) {
	const { snapshot } = draft;
	for (const segment of inPlanOrder(plan)) {
		const progress = progresses.get(segment.number);
		if (progress?.kind === "in review") waitForGitHub(draft, progress);
		if (progress?.kind !== "to merge") continue;
		const pull = snapshot.pulls.find((each) => each.number === progress.pull);
		if (!pull) continue;
		const by = progress.approvedBy.length > 0 ? `approved by ${progress.approvedBy.join(", ")}` : "no approval is asked for";
		const reason = `#${segment.number}: gates green on ${pull.head.slice(0, 7)}, ${by}`;
		if (pull.draft) {
			draft.decide({
				kind: "mark ready",
				pull: pull.number,
				pullId: pull.id,
				reason
			});
			draft.lookAgain(GRACE_MS);
			return;
		}
		const key = actKeys.merge(pull.number, pull.head);
		if (draft.journal.acts[key]?.state === "refused") draft.journal = withoutAct(draft.journal, key);
		draft.once({
			kind: "merge",
			key,
			pull: pull.number,
			head: pull.head,
			method: config.mergeMethod,
			segment,
			epic: snapshot.epic.number,
			approvedBy: progress.approvedBy,
			reason
		});
		return;
	}
}
function waitForGitHub(draft, progress) {
	for (const wait of progress.waits) {
		if (wait.kind === "mergeable" && wait.state === "unknown") draft.lookAgain(5e3);
		if (wait.kind === "merge refused") draft.lookAgain(MERGE_AGAIN_MS);
	}
}
function inPlanOrder(plan) {
	const segments = new Map(plan.segments.map((segment) => [segment.number, segment]));
	return plan.waves.flatMap(segmentsOf).map((number) => segments.get(number)).filter((segment) => segment !== void 0);
}
/** After a merge: tick what is met, close the issue, delete the branch (SPEC R6.5, R6.6). */
function settleMerged(draft, plan, progresses) {
	const { snapshot, journal } = draft;
	for (const segment of plan.segments) {
		const progress = progresses.get(segment.number);
		const issue = leafOf(snapshot, segment.number);
		const record = recordOf(journal, segment.number);
		if (!issue || !progress) continue;
		if (progress.kind === "merged") {
			const pull = publishedPull(snapshot, record);
			const met = metCriteria(segment, latestReport(record)?.agent, pull ? approvers(pull, record) : []);
			tickCriteria(draft, issue, segment, met, progress.pull);
			const mends = record.fix?.mends;
			const mended = mends && plan.segments.find((each) => each.number === mends.issue);
			const mendedIssue = mends && leafOf(snapshot, mends.issue);
			if (mended && mendedIssue && !isChanged(journal, issue)) tickCriteria(draft, mendedIssue, mended, mendedCriteria(segment, mends, met), progress.pull);
			if (pull && snapshot.branches[pull.branch] === pull.head) {
				const reason = `#${progress.pull} is merged`;
				draft.decide({
					kind: "delete branch",
					branch: pull.branch,
					head: pull.head,
					reason
				});
			}
			for (const { branch, head } of record.attempts.flatMap(keptOf)) {
				if (snapshot.branches[branch] !== head) continue;
				const reason = `#${progress.pull} is merged; the work kept from an earlier attempt is not needed`;
				draft.decide({
					kind: "delete branch",
					branch,
					head,
					reason
				});
			}
		}
		const isEpic = issue.number === snapshot.epic.number;
		if (issue.state !== "open" || isEpic) continue;
		if (progress.kind === "merged" || progress.kind === "answered") draft.decide({
			kind: "close issue",
			issue: issue.number,
			issueId: issue.id,
			as: "completed",
			reason: progress.kind === "merged" ? `#${progress.pull} is merged` : "the research is answered"
		});
		const left = progress.kind === "skipped" ? publishedPull(snapshot, record) : void 0;
		if (left?.state === "open") draft.decide({
			kind: "close pull",
			pull: left.number,
			reason: `#${segment.number} is skipped`
		});
		if (progress.kind === "skipped" && record.skipped) draft.decide({
			kind: "close issue",
			issue: issue.number,
			issueId: issue.id,
			as: "not planned",
			reason: `skipped by @${record.skipped.by}: ${record.skipped.reason}`
		});
	}
}
/** A group ends with the last of its leaves (SPEC R1.1); one whose leaves were all left out was not done. */
function closeGroups(draft, progresses) {
	const { snapshot } = draft;
	const leavesOf = (group) => snapshot.issues.filter((each) => each.parent === group.number).flatMap((each) => each.children.length > 0 ? leavesOf(each) : [each]);
	for (const group of snapshot.issues) {
		if (group.children.length === 0 || group.state !== "open") continue;
		const leaves = leavesOf(group);
		const isOver = leaves.every(({ number, state }) => state !== "open" && isDone(progresses.get(number)));
		if (leaves.length === 0 || !isOver) continue;
		const isSkipped = leaves.every(({ number }) => progresses.get(number)?.kind === "skipped");
		const as = isSkipped ? "not planned" : "completed";
		const reason = `#${group.number}: every segment in it is ${isSkipped ? "skipped" : "done"}`;
		draft.decide({
			kind: "close issue",
			issue: group.number,
			issueId: group.id,
			as,
			reason
		});
	}
}
/** The only edit swarm makes to a person's text; one that was changed since it was authorised is left alone. */
function tickCriteria(draft, issue, segment, met, pull) {
	const body = tick(issue.body, segment.spec.criteria, met);
	if (body === issue.body || isChanged(draft.journal, issue)) return;
	const reason = `#${segment.number}: criteria met, with evidence in #${pull}`;
	draft.decide({
		kind: "tick criteria",
		issue: issue.number,
		was: issue.body,
		body,
		reason
	});
}

// src/core/decide/remember.ts
function remember(snapshot, journal) {
	let next = rememberActs(snapshot, journal);
	next = rememberRuns(snapshot, next);
	next = rememberReports(snapshot, next);
	next = rememberRefusedDispatches(snapshot, next);
	next = rememberDeadRuns(snapshot, next);
	return rememberMerges(snapshot, next);
}
function rememberActs(snapshot, journal) {
	const acts = { ...journal.acts };
	for (const [key, act] of Object.entries(journal.acts)) {
		if (act.state !== "intended") continue;
		const performed = snapshot.performed[key];
		const shown = snapshot.said[key]?.id ?? snapshot.made[key];
		if (performed?.kind === "done" || shown !== void 0) {
			const result = (performed?.kind === "done" ? performed.result : void 0) ?? shown;
			acts[key] = {
				...act,
				state: "done",
				...result === void 0 ? {} : { result }
			};
		} else if (performed?.kind === "refused") {
			const { status, message } = performed;
			acts[key] = {
				...act,
				state: "refused",
				refusal: {
					status,
					message: message.slice(0, 500)
				}
			};
		}
	}
	return {
		...journal,
		acts
	};
}
/**
* A run that is seen for a dispatch proves that the dispatch happened. Which of several runs got the work is not told
* here: only a run's own plan job writes `runId`.
*/
function rememberRuns(snapshot, journal) {
	const acts = { ...journal.acts };
	for (const run of snapshot.runs) {
		const key = actKeys.dispatch(run.dispatch);
		const act = acts[key];
		if (act?.state === "intended") acts[key] = {
			...act,
			state: "done",
			result: run.id
		};
	}
	return {
		...journal,
		acts
	};
}
function rememberReports(snapshot, journal) {
	let next = journal;
	for (const report of snapshot.reports) {
		const attempt = findAttempt(next, report.attempt);
		if (attempt && !attempt.outcome) next = withOutcome(next, attempt, outcomeOf(withoutPassed(report)));
	}
	for (const report of snapshot.calibrationReports) next = withVerdict(next, report, snapshot.now);
	return next;
}
function outcomeOf(report) {
	const at = report.finishedAt;
	switch (report.result.kind) {
		case "published": return {
			kind: "published",
			at,
			pull: report.result.pull,
			head: report.result.head,
			report
		};
		case "no-change": return {
			kind: "no-change",
			at,
			report
		};
		case "needs-input": return {
			kind: "asked",
			at,
			report
		};
		case "failed": return {
			kind: "failed",
			at,
			problem: report.result.problem,
			report
		};
	}
}
/**
* What a gate printed that found nothing wrong, and its words about lines, are in the report at its own ref and in the check
* run. Here nobody asks for them again, and an epic's journal is read and written at each event.
*/
const withoutPassed = (report) => ({
	...report,
	validation: report.validation.map(({ annotations: _, ...result }) => result.verdict === "pass" || result.verdict === "not applicable" ? {
		...result,
		output: ""
	} : result)
});
function withVerdict(journal, report, at) {
	return withCalibration(journal, report.wave, report.round, (calibration) => calibration.verdict || calibration.base !== report.base ? calibration : {
		...calibration,
		verdict: report.result === "passed" ? {
			kind: "passed",
			at
		} : {
			kind: "failed",
			at,
			findings: report.findings
		}
	});
}
/** GitHub refused to start the run: the attempts end with that reason instead of waiting for a run that never comes. */
function rememberRefusedDispatches(snapshot, journal) {
	let next = journal;
	for (const dispatch of Object.values(journal.dispatches)) {
		const performed = snapshot.performed[actKeys.dispatch(dispatch.id)];
		if (performed?.kind !== "refused") continue;
		const problem = {
			kind: "DISPATCH_FAILED",
			message: performed.message,
			status: performed.status
		};
		next = endDispatch(next, dispatch.id, {
			kind: "failed",
			at: snapshot.now,
			problem
		});
	}
	return next;
}
/** A run that is over and left no report for an attempt will never leave one (SPEC R8.2). */
function rememberDeadRuns(snapshot, journal) {
	let next = journal;
	for (const run of snapshot.runs) {
		const taken = next.dispatches[run.dispatch]?.runId;
		if (run.state !== "completed") {
			next = rememberDeadJobs(snapshot, next, run);
			continue;
		}
		if (taken !== void 0 && taken !== run.id) continue;
		const conclusion = run.conclusion ?? "unknown";
		next = endDispatch(next, run.dispatch, next.phase === "cancelled" ? {
			kind: "cancelled",
			at: snapshot.now
		} : {
			kind: "lost",
			at: snapshot.now,
			conclusion
		});
	}
	return next;
}
/** One segment's jobs can all be over, without a report, while the rest of the matrix runs on. */
function rememberDeadJobs(snapshot, journal, run) {
	let next = journal;
	const work = journal.dispatches[run.dispatch]?.work;
	if (work?.kind !== "segments") return next;
	for (const id of work.attempts) {
		const attempt = findAttempt(next, id);
		const published = jobsOf(run, id).find((job) => job.name.endsWith("publish"));
		if (!attempt || attempt.outcome || published?.state !== "completed") continue;
		next = withOutcome(next, attempt, {
			kind: "lost",
			at: snapshot.now,
			conclusion: published.conclusion ?? "unknown"
		});
	}
	return next;
}
function endDispatch(journal, id, outcome) {
	const work = journal.dispatches[id]?.work;
	if (!work) return journal;
	if (work.kind === "calibration") {
		if (outcome.kind === "published" || outcome.kind === "no-change" || outcome.kind === "asked") return journal;
		return withCalibration(journal, work.wave, work.round, (calibration) => calibration.dispatch === id && !calibration.verdict && !calibration.lost ? {
			...calibration,
			lost: outcome
		} : calibration);
	}
	let next = journal;
	for (const attemptId of work.attempts) {
		const attempt = findAttempt(next, attemptId);
		if (attempt && !attempt.outcome) next = withOutcome(next, attempt, outcome);
	}
	return next;
}
/** A merge GitHub refused is told and tried again later; one that is seen ends its act. */
function rememberMerges(snapshot, journal) {
	let next = journal;
	for (const pull of snapshot.pulls) {
		const key = actKeys.merge(pull.number, pull.head);
		const act = next.acts[key];
		if (pull.state === "merged" && act?.state === "intended") next = withAct(next, key, {
			...act,
			state: "done"
		});
		const performed = snapshot.performed[key];
		if (performed?.kind !== "refused") continue;
		const segment = segmentOfPull(next, pull.number);
		if (segment === void 0) continue;
		next = withRecord(next, segment, { mergeRefusal: {
			head: pull.head,
			at: snapshot.now,
			message: performed.message
		} });
	}
	return next;
}

// src/core/model/attempt.ts
/**
* Names for attempts that people can tell apart at a glance: BlueLake, GreenCastle (SPEC R9.1).
*/
const COLOURS = [
	"Amber",
	"Azure",
	"Blue",
	"Bronze",
	"Copper",
	"Coral",
	"Crimson",
	"Golden",
	"Green",
	"Indigo",
	"Ivory",
	"Jade",
	"Lilac",
	"Maroon",
	"Olive",
	"Orange",
	"Pearl",
	"Purple",
	"Red",
	"Ruby",
	"Silver",
	"Teal",
	"Violet"
];
const PLACES = [
	"Bay",
	"Bear",
	"Bridge",
	"Brook",
	"Canyon",
	"Castle",
	"Cliff",
	"Cove",
	"Falcon",
	"Field",
	"Forest",
	"Fox",
	"Garden",
	"Harbor",
	"Heron",
	"Hill",
	"Island",
	"Lake",
	"Meadow",
	"Mountain",
	"Otter",
	"River",
	"Stone",
	"Tower",
	"Valley"
];
/** Steps through all pairs before it repeats one: 23 and 25 have no common divisor. */
function attemptName(ordinal) {
	return `${COLOURS[ordinal * 7 % COLOURS.length] ?? COLOURS[0]}${PLACES[ordinal * 11 % PLACES.length] ?? PLACES[0]}`;
}

// src/core/decide/start.ts
/** Which segments start now, and as which attempt: first ones, proofs of what others pushed, reworks, retries. */
/** Everything that may start now goes out in one dispatch; proofs and reworks first, since people wait for them. */
function startWork(draft, plan, derived, standings, config) {
	const { journal, snapshot } = draft;
	const progresses = new Map(derived);
	const held = holds(draft, plan, derived, standings, config);
	const answer = startable({
		plan,
		standing: new Map([...derived].map(([number, progress]) => [number, standingFor(progress, draft, number)])),
		held,
		config,
		options: journal.options,
		elapsedMinutes: elapsedMinutes(draft)
	});
	for (const [number, reasons] of answer.waiting) if (progresses.get(number)?.kind === "ready") progresses.set(number, {
		kind: "waiting",
		for: reasons
	});
	const goingOn = journal.phase === "running" && errorsOf(snapshot, plan, journal).length === 0 ? plan.segments : [];
	const starts = journal.phase === "running" ? answer.start : [];
	const claims = [
		...goingOn.flatMap((segment) => {
			const pull = headToProve(draft, segment, derived.get(segment.number));
			return pull ? [(id) => claim(draft, segment, id, "prove", pull.head, pull.startedFrom ? { base: pull.startedFrom } : {})] : [];
		}),
		...goingOn.filter((segment) => derived.get(segment.number)?.kind === "to rework").map((segment) => (id) => claimRework(draft, segment, id)),
		...starts.map((number) => plan.segments.find((segment) => segment.number === number)).filter((segment) => segment !== void 0).map((segment) => (id) => claimStart(draft, segment, id))
	].slice(0, MATRIX_LIMIT);
	if (claims.length === 0) return progresses;
	const id = nextDispatchId(draft, config);
	if (id === void 0) return progresses;
	const attempts = claims.map((make) => make(id));
	const dispatch = {
		id,
		at: draft.now,
		work: {
			kind: "segments",
			attempts: attempts.map((attempt) => attempt.id)
		}
	};
	draft.journal = {
		...draft.journal,
		dispatches: {
			...draft.journal.dispatches,
			[id]: dispatch
		}
	};
	for (const attempt of attempts) progresses.set(segmentOf(attempt), { kind: "queued" });
	send(draft, dispatch, `may start now: ${attempts.map((attempt) => `#${segmentOf(attempt)}`).join(", ")}`);
	return progresses;
	function segmentOf(attempt) {
		return Number(attempt.id.split("-")[0]);
	}
}
/** Since the claim of each attempt that has not ended. */
const elapsedMinutes = ({ journal, now }) => new Map(Object.entries(journal.segments).flatMap(([number, { attempts }]) => {
	const last = attempts.at(-1);
	return last ? [[Number(number), Math.max(0, now - last.claimedAt) / 6e4]] : [];
}));
/** Jobs a matrix may have. @see https://docs.github.com/en/actions/reference/limits */
const MATRIX_LIMIT = 256;
function standingFor(progress, draft, segment) {
	if (isDone(progress)) return "done";
	const pull = publishedPull(draft.snapshot, recordOf(draft.journal, segment));
	if (progress.kind === "blocked" && pull?.state === "open") return "in flight";
	switch (progress.kind) {
		case "queued":
		case "running":
		case "in review":
		case "to merge":
		case "to rework": return "in flight";
		default: return "open";
	}
}
/** Why a segment whose own dependencies are merged may still not start. */
function holds(draft, plan, progresses, standings, config) {
	const { journal, snapshot } = draft;
	const errors = errorsOf(snapshot, plan, journal).length > 0;
	const budget = config.budgetUsd?.epic;
	const unapproved = config.mode === "collaborative" ? nextWave(plan, standings, journal) : void 0;
	const waves = new Map(plan.waves.flatMap((wave) => segmentsOf(wave).map((number) => [number, wave.number])));
	const isSpent = budget !== void 0 && (spent(journal) ?? 0) >= budget;
	const held = /* @__PURE__ */ new Map();
	for (const segment of plan.segments) {
		const progress = progresses.get(segment.number);
		if (progress?.kind !== "ready") {
			if (progress && !isDone(progress)) held.set(segment.number, []);
			continue;
		}
		const wave = waves.get(segment.number) ?? 1;
		const reasons = [];
		if (journal.phase === "paused" || journal.phase === "cancelled") reasons.push({ kind: "paused" });
		if (errors) reasons.push({
			kind: "option",
			option: "the plan has errors"
		});
		if (snapshot.base.checks === "failing") reasons.push({ kind: "base red" });
		if (journal.options.wave !== void 0 && journal.options.wave !== wave) reasons.push({
			kind: "option",
			option: `wave ${journal.options.wave} only`
		});
		if (isSpent) reasons.push({
			kind: "option",
			option: "the budget is spent"
		});
		if (unapproved !== void 0 && wave >= unapproved) reasons.push({
			kind: "wave approval",
			wave: unapproved
		});
		const later = notBefore(recordOf(journal, segment.number));
		if (later !== void 0 && later > draft.now) {
			reasons.push({
				kind: "option",
				option: "the agent asked to be tried later"
			});
			draft.lookAgain(later - draft.now);
		}
		if (config.schedule === "waves") {
			const open = plan.waves.find((each) => each.number < wave && standings.get(each.number)?.kind !== "passed");
			if (open) {
				const standing = standings.get(open.number);
				reasons.push(standing?.kind === "open" ? {
					kind: "wave",
					number: open.number
				} : {
					kind: "calibration",
					wave: open.number
				});
			}
		}
		if (reasons.length > 0) held.set(segment.number, reasons);
	}
	return held;
}
function claimStart(draft, segment, dispatch) {
	const record = recordOf(draft.journal, segment.number);
	const last = record.attempts.at(-1);
	const published = record.attempts.findLast((attempt) => attempt.outcome?.kind === "published");
	const from = published ? draft.snapshot.branches[published.branch] : void 0;
	return claim(draft, segment, dispatch, last ? "retry" : "first", from, goesOnWith(record));
}
/** After a question the answers; of a run that died or was put off, what it could still hand on, else what it began with (R8.2). */
function goesOnWith(record) {
	const last = record.attempts.at(-1);
	if (last?.outcome?.kind !== "lost" && !(last?.outcome?.kind === "failed" && isDeferred(last.outcome.problem))) return carriedOn(record);
	const kept = keptOf(last)[0]?.head ?? last.kept;
	return {
		...kept ? { kept } : {},
		...last.answers ? { answers: last.answers } : {}
	};
}
const isDeferred = ({ kind }) => kind === "RUN_CUT_SHORT" || kind === "AGENT_LATER";
/** The pull request whose head others pushed and nobody has looked at. It is proven as it is, without an agent. */
function headToProve(draft, segment, progress) {
	if (progress?.kind !== "in review") return void 0;
	if (!progress.waits.some((wait) => wait.kind === "gate" && wait.state === "unproven")) return void 0;
	const pull = draft.snapshot.pulls.find((each) => each.number === progress.pull);
	return pull?.startedFrom !== void 0 && wantsProof(pull, recordOf(draft.journal, segment.number)) ? pull : void 0;
}
function claimRework(draft, segment, dispatch) {
	const record = recordOf(draft.journal, segment.number);
	const pull = publishedPull(draft.snapshot, record);
	const no = pull && rejection(pull, record);
	if (no && !record.rejections.includes(no)) {
		draft.journal = withRecord(draft.journal, segment.number, { rejections: [...record.rejections, no] });
		draft.record({
			kind: "REJECTED",
			segment: segment.number,
			pull: no.pull
		});
	}
	return claim(draft, segment, dispatch, no ? "rework" : pull?.mergeable === "conflicting" ? "conflict" : "retry", pull?.head);
}
function claim(draft, segment, dispatch, why, from, more = {}) {
	const record = recordOf(draft.journal, segment.number);
	const number = record.attempts.length + 1;
	const ordinal = Object.values(draft.journal.segments).reduce((sum, each) => sum + each.attempts.length, 0);
	const attempt = {
		id: `${segment.number}-${number}`,
		number,
		name: attemptName(draft.snapshot.epic.number + ordinal),
		worker: segment.spec.worker,
		...segment.spec.persona === void 0 ? {} : { persona: segment.spec.persona },
		...segment.spec.estimateMinutes === void 0 ? {} : { estimateMinutes: segment.spec.estimateMinutes },
		why,
		branch: record.attempts.find((each) => each.outcome?.kind === "published")?.branch ?? segment.branch,
		base: draft.snapshot.base.head,
		...from ? { from } : {},
		...more,
		dispatch,
		claimedAt: draft.now
	};
	draft.journal = withRecord(draft.journal, segment.number, { attempts: [...record.attempts, attempt] });
	draft.record({
		kind: "CLAIMED",
		segment: segment.number,
		agent: attempt.name
	});
	return attempt;
}

// src/core/decide/decide.ts
function decide(snapshot, config) {
	const draft = new Draft(snapshot, remember(snapshot, snapshot.journal ?? emptyJournal(snapshot.epic.number)));
	bindMadeSegments(draft);
	let plan = planOf(draft, config);
	if (snapshot.epic.state !== "open") return finish(draft, plan, deriveProgress(snapshot, draft.journal, plan, config), config);
	const before = JSON.stringify(planned(draft));
	takeRequests(draft, plan, config);
	adoptChanges(draft, plan, config);
	noteConfig(draft);
	if (JSON.stringify(planned(draft)) !== before) plan = planOf(draft, config);
	const derived = deriveProgress(snapshot, draft.journal, plan, config);
	if (!draft.journal.authorisation) return finish(draft, plan, derived, config);
	if (draft.journal.phase === "finished") {
		endEpic(draft, plan, derived, config);
		return finish(draft, plan, derived, config);
	}
	if (draft.journal.phase === "cancelled") cancelRuns(draft);
	else if (!isStopped(draft)) mergeNext(draft, plan, derived, config);
	settleMerged(draft, plan, derived);
	closeGroups(draft, derived);
	const standings = calibrate(draft, plan, derived, config);
	const progresses = startWork(draft, plan, derived, standings, config);
	repeatLostDispatches(draft, plan);
	tellProblems(draft, plan, progresses, config);
	tellQuestions(draft, progresses, config);
	askAcceptance(draft, plan, progresses, standings, config);
	labelSegments(draft, plan, progresses, config);
	showPanel(draft, plan, progresses, config);
	return finish(draft, plan, progresses, config);
}
/** What the journal adds to a plan: which segments mend a wave, and which a person left out. */
function planned({ journal }) {
	const fixes = {};
	const skipped = [];
	for (const [segment, record] of Object.entries(journal.segments)) {
		if (record.skipped) skipped.push(Number(segment));
		if (record.fix) fixes[Number(segment)] = {
			wave: record.fix.wave,
			round: record.fix.round
		};
	}
	return {
		fixes,
		skipped,
		epicDigest: journal.authorisation?.epicDigest
	};
}
function planOf(draft, config) {
	const { epic, issues, others, instructions, earlier = [] } = draft.snapshot;
	const { fixes, skipped, epicDigest } = planned(draft);
	const known = instructions ? { instructions } : {};
	const took = draft.journal.authorisation ? draft.journal.earlier ?? [] : earlier;
	const plan = planEpic({
		epic,
		issues,
		others,
		config,
		fixes,
		skipped: new Set(skipped),
		earlier: took,
		...known
	});
	if (epicDigest === void 0 || plan.source === "the epic itself" || epicDigest === epic.digest) return plan;
	const changed = {
		level: "warning",
		problem: {
			kind: "EPIC_CHANGED",
			at: { issue: epic.number }
		}
	};
	return {
		...plan,
		diagnostics: [...plan.diagnostics, changed]
	};
}
function finish(draft, plan, progresses, config) {
	finishRequests(draft);
	return {
		journal: isWorthKeeping(draft) ? draft.journal : draft.snapshot.journal ?? emptyJournal(draft.journal.epic),
		decisions: draft.decisions,
		board: makeBoard(draft.snapshot, draft.journal, plan, progresses, config),
		history: draft.history,
		texts: draft.texts,
		lookAgainAt: draft.lookAgainAt
	};
}
/** 🚀 comes last: also for a request whose look ended before it came so far (SPEC R3.4). */
function finishRequests(draft) {
	const before = draft.snapshot.acknowledged.filter(({ id }) => draft.journal.taken[id] === "accepted");
	for (const node of /* @__PURE__ */ new Set([...before.map((each) => each.node), ...draft.taken])) draft.decide({
		kind: "react",
		node,
		with: "rocket",
		reason: "a request is done"
	});
}
/** Before an epic is started, a question or a refused word leaves nothing to keep; a decision about a segment does. */
function isWorthKeeping({ snapshot, journal }) {
	const substance = (of) => JSON.stringify({
		...of,
		taken: {},
		acts: {}
	});
	const before = snapshot.journal ?? emptyJournal(journal.epic);
	return journal.authorisation !== void 0 || substance(journal) !== substance(before);
}
/** Issues swarm made itself are part of what was authorised; they are known by the act that made them. */
function bindMadeSegments(draft) {
	for (const [key, act] of Object.entries(draft.journal.acts)) {
		const made = /^fix:\d+:(\d+):(\d+):(\d+)$/.exec(key);
		if (!made || act.state !== "done" || act.result === void 0) continue;
		const issue = draft.snapshot.issues.find((each) => each.number === act.result);
		const { authorisation } = draft.journal;
		if (!issue || issue.madeFor !== key || !authorisation || recordOf(draft.journal, issue.number).fix) continue;
		const wave = Number(made[1]);
		const round = Number(made[2]);
		const mends = findingOf(draft.journal, wave, round, Number(made[3]))?.mends;
		draft.journal = withRecord(draft.journal, issue.number, { fix: {
			key,
			wave,
			round,
			...mends ? { mends } : {}
		} });
		draft.texts[issue.number] = {
			title: issue.title,
			body: issue.body,
			labels: issue.labels
		};
		draft.journal = {
			...draft.journal,
			authorisation: {
				...authorisation,
				segments: {
					...authorisation.segments,
					[issue.number]: {
						digest: issue.digest,
						blockedBy: [],
						external: []
					}
				}
			}
		};
	}
}
/** What the n-th fix segment of a round is for; a follow-up is for no finding. */
function findingOf(journal, wave, round, index) {
	const verdict = journal.calibrations[wave]?.find((each) => each.round === round)?.verdict;
	return verdict?.kind === "failed" ? fixesFor(verdict.findings)[index - 1] : void 0;
}

// node_modules/universal-user-agent/index.js
function getUserAgent() {
	if (typeof navigator === "object" && "userAgent" in navigator) return navigator.userAgent;
	if (typeof process === "object" && process.version !== void 0) return `Node.js/${process.version.substr(1)} (${process.platform}; ${process.arch})`;
	return "<environment undetectable>";
}

// node_modules/@octokit/endpoint/dist-bundle/index.js
var DEFAULTS = {
	method: "GET",
	baseUrl: "https://api.github.com",
	headers: {
		accept: "application/vnd.github.v3+json",
		"user-agent": `octokit-endpoint.js/0.0.0-development ${getUserAgent()}`
	},
	mediaType: { format: "" }
};
function lowercaseKeys(object) {
	if (!object) return {};
	return Object.keys(object).reduce((newObj, key) => {
		newObj[key.toLowerCase()] = object[key];
		return newObj;
	}, {});
}
function isPlainObject$1(value) {
	if (typeof value !== "object" || value === null) return false;
	if (Object.prototype.toString.call(value) !== "[object Object]") return false;
	const proto = Object.getPrototypeOf(value);
	if (proto === null) return true;
	const Ctor = Object.prototype.hasOwnProperty.call(proto, "constructor") && proto.constructor;
	return typeof Ctor === "function" && Ctor instanceof Ctor && Function.prototype.call(Ctor) === Function.prototype.call(value);
}
function mergeDeep(defaults, options) {
	const result = Object.assign({}, defaults);
	Object.keys(options).forEach((key) => {
		if (isPlainObject$1(options[key])) {
			if (!(key in defaults)) Object.assign(result, { [key]: options[key] });
			else result[key] = mergeDeep(defaults[key], options[key]);
		} else Object.assign(result, { [key]: options[key] });
	});
	return result;
}
function removeUndefinedProperties(obj) {
	for (const key in obj) if (obj[key] === void 0) delete obj[key];
	return obj;
}
function merge(defaults, route, options) {
	if (typeof route === "string") {
		let [method, url] = route.split(" ");
		options = Object.assign(url ? {
			method,
			url
		} : { url: method }, options);
	} else options = Object.assign({}, route);
	options.headers = lowercaseKeys(options.headers);
	removeUndefinedProperties(options);
	removeUndefinedProperties(options.headers);
	const mergedOptions = mergeDeep(defaults || {}, options);
	if (options.url === "/graphql") {
		if (defaults && defaults.mediaType.previews?.length) mergedOptions.mediaType.previews = defaults.mediaType.previews.filter((preview) => !mergedOptions.mediaType.previews.includes(preview)).concat(mergedOptions.mediaType.previews);
		mergedOptions.mediaType.previews = (mergedOptions.mediaType.previews || []).map((preview) => preview.replace(/-preview/, ""));
	}
	return mergedOptions;
}
function addQueryParameters(url, parameters) {
	const separator = /\?/.test(url) ? "&" : "?";
	const names = Object.keys(parameters);
	if (names.length === 0) return url;
	return url + separator + names.map((name) => {
		if (name === "q") return "q=" + parameters.q.split("+").map(encodeURIComponent).join("+");
		return `${name}=${encodeURIComponent(parameters[name])}`;
	}).join("&");
}
var urlVariableRegex = /\{[^{}}]+\}/g;
function removeNonChars(variableName) {
	return variableName.replace(/(?:^\W+)|(?:(?<!\W)\W+$)/g, "").split(/,/);
}
function extractUrlVariableNames(url) {
	const matches = url.match(urlVariableRegex);
	if (!matches) return [];
	return matches.map(removeNonChars).reduce((a, b) => a.concat(b), []);
}
function omit(object, keysToOmit) {
	const result = { __proto__: null };
	for (const key of Object.keys(object)) if (keysToOmit.indexOf(key) === -1) result[key] = object[key];
	return result;
}
function encodeReserved(str) {
	return str.split(/(%[0-9A-Fa-f]{2})/g).map(function(part) {
		if (!/%[0-9A-Fa-f]/.test(part)) part = encodeURI(part).replace(/%5B/g, "[").replace(/%5D/g, "]");
		return part;
	}).join("");
}
function encodeUnreserved(str) {
	return encodeURIComponent(str).replace(/[!'()*]/g, function(c) {
		return "%" + c.charCodeAt(0).toString(16).toUpperCase();
	});
}
function encodeValue(operator, value, key) {
	value = operator === "+" || operator === "#" ? encodeReserved(value) : encodeUnreserved(value);
	if (key) return encodeUnreserved(key) + "=" + value;
	else return value;
}
function isDefined(value) {
	return value !== void 0 && value !== null;
}
function isKeyOperator(operator) {
	return operator === ";" || operator === "&" || operator === "?";
}
function getValues(context, operator, key, modifier) {
	var value = context[key], result = [];
	if (isDefined(value) && value !== "") {
		if (typeof value === "string" || typeof value === "number" || typeof value === "bigint" || typeof value === "boolean") {
			value = value.toString();
			if (modifier && modifier !== "*") value = value.substring(0, parseInt(modifier, 10));
			result.push(encodeValue(operator, value, isKeyOperator(operator) ? key : ""));
		} else if (modifier === "*") {
			if (Array.isArray(value)) value.filter(isDefined).forEach(function(value2) {
				result.push(encodeValue(operator, value2, isKeyOperator(operator) ? key : ""));
			});
			else Object.keys(value).forEach(function(k) {
				if (isDefined(value[k])) result.push(encodeValue(operator, value[k], k));
			});
		} else {
			const tmp = [];
			if (Array.isArray(value)) value.filter(isDefined).forEach(function(value2) {
				tmp.push(encodeValue(operator, value2));
			});
			else Object.keys(value).forEach(function(k) {
				if (isDefined(value[k])) {
					tmp.push(encodeUnreserved(k));
					tmp.push(encodeValue(operator, value[k].toString()));
				}
			});
			if (isKeyOperator(operator)) result.push(encodeUnreserved(key) + "=" + tmp.join(","));
			else if (tmp.length !== 0) result.push(tmp.join(","));
		}
	} else if (operator === ";") {
		if (isDefined(value)) result.push(encodeUnreserved(key));
	} else if (value === "" && (operator === "&" || operator === "?")) result.push(encodeUnreserved(key) + "=");
	else if (value === "") result.push("");
	return result;
}
function parseUrl(template) {
	return { expand: expand.bind(null, template) };
}
function expand(template, context) {
	var operators = [
		"+",
		"#",
		".",
		"/",
		";",
		"?",
		"&"
	];
	template = template.replace(/\{([^\{\}]+)\}|([^\{\}]+)/g, function(_, expression, literal) {
		if (expression) {
			let operator = "";
			const values = [];
			if (operators.indexOf(expression.charAt(0)) !== -1) {
				operator = expression.charAt(0);
				expression = expression.substr(1);
			}
			expression.split(/,/g).forEach(function(variable) {
				var tmp = /([^:\*]*)(?::(\d+)|(\*))?/.exec(variable);
				values.push(getValues(context, operator, tmp[1], tmp[2] || tmp[3]));
			});
			if (operator && operator !== "+") {
				var separator = ",";
				if (operator === "?") separator = "&";
				else if (operator !== "#") separator = operator;
				return (values.length !== 0 ? operator : "") + values.join(separator);
			} else return values.join(",");
		} else return encodeReserved(literal);
	});
	if (template === "/") return template;
	else return template.replace(/\/$/, "");
}
function parse$1(options) {
	let method = options.method.toUpperCase();
	let url = (options.url || "/").replace(/:([a-z]\w+)/g, "{$1}");
	let headers = Object.assign({}, options.headers);
	let body;
	let parameters = omit(options, [
		"method",
		"baseUrl",
		"url",
		"headers",
		"request",
		"mediaType"
	]);
	const urlVariableNames = extractUrlVariableNames(url);
	url = parseUrl(url).expand(parameters);
	if (!/^http/.test(url)) url = options.baseUrl + url;
	const remainingParameters = omit(parameters, Object.keys(options).filter((option) => urlVariableNames.includes(option)).concat("baseUrl"));
	if (!/application\/octet-stream/i.test(headers.accept)) {
		if (options.mediaType.format) headers.accept = headers.accept.split(/,/).map((format) => format.replace(/application\/vnd(\.\w+)(\.v3)?(\.\w+)?(\+json)?$/, `application/vnd$1$2.${options.mediaType.format}`)).join(",");
		if (url.endsWith("/graphql")) {
			if (options.mediaType.previews?.length) headers.accept = (headers.accept.match(/(?<![\w-])[\w-]+(?=-preview)/g) || []).concat(options.mediaType.previews).map((preview) => {
				return `application/vnd.github.${preview}-preview${options.mediaType.format ? `.${options.mediaType.format}` : "+json"}`;
			}).join(",");
		}
	}
	if (["GET", "HEAD"].includes(method)) url = addQueryParameters(url, remainingParameters);
	else if ("data" in remainingParameters) body = remainingParameters.data;
	else if (Object.keys(remainingParameters).length) body = remainingParameters;
	if (!headers["content-type"] && typeof body !== "undefined") headers["content-type"] = "application/json; charset=utf-8";
	if (["PATCH", "PUT"].includes(method) && typeof body === "undefined") body = "";
	return Object.assign({
		method,
		url,
		headers
	}, typeof body !== "undefined" ? { body } : null, options.request ? { request: options.request } : null);
}
function endpointWithDefaults(defaults, route, options) {
	return parse$1(merge(defaults, route, options));
}
function withDefaults$2(oldDefaults, newDefaults) {
	const DEFAULTS2 = merge(oldDefaults, newDefaults);
	const endpoint2 = endpointWithDefaults.bind(null, DEFAULTS2);
	return Object.assign(endpoint2, {
		DEFAULTS: DEFAULTS2,
		defaults: withDefaults$2.bind(null, DEFAULTS2),
		merge: merge.bind(null, DEFAULTS2),
		parse: parse$1
	});
}
var endpoint = withDefaults$2(null, DEFAULTS);

// node_modules/content-type/dist/index.js
const SP = 32;
const HTAB = 9;
const SEMI = 59;
const EQ = 61;
const DQUOTE = 34;
const BSLASH = 92;
const COMMA = 44;
const LOWER_CASE = 1;
const OWS = 2;
const SEMI_FLAG = 4;
const COMMA_FLAG = 8;
const TOKEN_FLAG = 16;
const NON_ASCII = 65280;
const CASE_FLAGS = 65281;
/**
* Character flags used to normalize HTTP field values while scanning.
* Out-of-range reads intentionally coerce to zero in bitwise expressions.
*/
const CHAR_MAP = /* @__PURE__ */ new Uint8Array(256);
CHAR_MAP[HTAB] |= OWS;
CHAR_MAP[SP] |= OWS;
CHAR_MAP[SEMI] |= SEMI_FLAG;
CHAR_MAP[COMMA] |= COMMA_FLAG;
for (let code = 128; code <= 255; code++) CHAR_MAP[code] |= LOWER_CASE;
for (const char of "!#$%&'*+-.^_`|~") CHAR_MAP[char.charCodeAt(0)] |= TOKEN_FLAG;
for (let code = 48; code <= 57; code++) CHAR_MAP[code] |= TOKEN_FLAG;
for (let code = 65; code <= 90; code++) CHAR_MAP[code] |= 17;
for (let code = 97; code <= 122; code++) CHAR_MAP[code] |= TOKEN_FLAG;
/**
* Null object perf optimization. Faster than `Object.create(null)` and `{ __proto__: null }`.
*/
const NullObject = /* @__PURE__ */ (() => {
	const C = function() {};
	C.prototype = Object.create(null);
	return C;
})();
/**
* Parse a `Content-Type` header.
*/
function parse(header, options) {
	const stopFlags = SEMI_FLAG | (options?.comma === true ? COMMA_FLAG : 0);
	const len = header.length;
	let valueStart = options?.start ?? 0;
	while ((CHAR_MAP[header.charCodeAt(valueStart)] & OWS) !== 0) valueStart++;
	let index = valueStart;
	let typeFlags = 0;
	let whitespace = -1;
	let stop = options?.parameters === false ? COMMA_FLAG : 0;
	while (index < len) {
		const code = header.charCodeAt(index);
		const flags = CHAR_MAP[code];
		if ((flags & stopFlags) !== 0) {
			stop |= flags & COMMA_FLAG;
			break;
		}
		if ((flags & OWS) !== 0) {
			if (whitespace === -1) whitespace = index;
		} else whitespace = -1;
		typeFlags |= code & NON_ASCII | flags;
		index++;
	}
	const valueEnd = whitespace === -1 ? index : whitespace;
	const value = header.slice(valueStart, valueEnd);
	const type = (typeFlags & CASE_FLAGS) === 0 ? value : value.toLowerCase();
	if (index === len || stop !== 0) return {
		type,
		index,
		parameters: new NullObject()
	};
	return parseParameters(header, type, index, len, stopFlags);
}
/**
* Parses the parameters of a `Content-Type` header starting at the given index.
*/
function parseParameters(header, type, index, len, stopFlags) {
	const parameters = new NullObject();
	parameter: while (index < len) {
		index++;
		while ((CHAR_MAP[header.charCodeAt(index)] & OWS) !== 0) index++;
		const keyStart = index;
		let keyFlags = 0;
		let keyWhitespace = -1;
		while (index < len) {
			const code = header.charCodeAt(index);
			const flags = CHAR_MAP[code];
			if ((flags & stopFlags) !== 0) {
				if ((flags & COMMA_FLAG) !== 0) break parameter;
				continue parameter;
			}
			if (code === EQ) {
				const keyEnd = keyWhitespace === -1 ? index : keyWhitespace;
				const value = header.slice(keyStart, keyEnd);
				const key = (keyFlags & CASE_FLAGS) === 0 ? value : value.toLowerCase();
				index++;
				while ((CHAR_MAP[header.charCodeAt(index)] & OWS) !== 0) index++;
				if (index < len && header.charCodeAt(index) === DQUOTE) {
					const quotedStart = ++index;
					let escaped = false;
					while (index < len) {
						const code = header.charCodeAt(index);
						if (code === DQUOTE) {
							if (parameters[key] === void 0) parameters[key] = escaped ? unescapeQuotedPairs(header, quotedStart, index) : header.slice(quotedStart, index);
							index++;
							let stop = 0;
							while (index < len) {
								const code = header.charCodeAt(index);
								const flags = CHAR_MAP[code];
								if ((flags & stopFlags) !== 0) {
									stop = flags & COMMA_FLAG;
									break;
								}
								index++;
							}
							if (stop !== 0) break parameter;
							continue parameter;
						}
						if (code === BSLASH && index + 1 < len) {
							escaped = true;
							index += 2;
							continue;
						}
						index++;
					}
					continue parameter;
				}
				const valueStart = index;
				let stop = 0;
				let valueWhitespace = -1;
				while (index < len) {
					const code = header.charCodeAt(index);
					const flags = CHAR_MAP[code];
					if ((flags & stopFlags) !== 0) {
						stop = flags & COMMA_FLAG;
						break;
					}
					if ((flags & OWS) !== 0) {
						if (valueWhitespace === -1) valueWhitespace = index;
					} else valueWhitespace = -1;
					index++;
				}
				if (parameters[key] === void 0) {
					const valueEnd = valueWhitespace === -1 ? index : valueWhitespace;
					parameters[key] = header.slice(valueStart, valueEnd);
				}
				if (stop !== 0) break parameter;
				continue parameter;
			}
			if ((flags & OWS) !== 0) {
				if (keyWhitespace === -1) keyWhitespace = index;
			} else keyWhitespace = -1;
			keyFlags |= code & NON_ASCII | flags;
			index++;
		}
	}
	return {
		type,
		index,
		parameters
	};
}
/**
* Remove backslashes from quoted pairs in a known-terminated quoted string body.
*/
function unescapeQuotedPairs(str, start, end) {
	let result = "";
	for (let index = start; index < end; index++) if (str.charCodeAt(index) === BSLASH) {
		result += str.slice(start, index);
		start = ++index;
	}
	return result + str.slice(start, end);
}

// node_modules/json-with-bigint/json-with-bigint.js
const intRegex = /^-?\d+$/;
const noiseValue = /^-?\d+n+$/;
const originalStringify = JSON.stringify;
const originalParse = JSON.parse;
const customFormat = /^-?\d+n$/;
const bigIntsStringify = /([\[:])?"(-?\d+)n"($|\s*[,\}\]])/g;
const noiseStringify = /([\[:])?("-?\d+n+)n("$|"\s*[,\}\]])/g;
/**
* @typedef {(this: any, key: string | number | undefined, value: any) => any} Replacer
* @typedef {(key: string | number | undefined, value: any, context?: { source: string }) => any} Reviver
*/
/**
* Checks if a value is unstringifiable according to native JSON.stringify rules.
*
* @param {any} val The value to check.
* @returns {boolean} True if the value is undefined, a function, or a symbol.
*/
const isUnstringifiable = (val) => val === void 0 || typeof val === "function" || typeof val === "symbol";
/**
* Checks if a value is a native JSON.rawJSON object (Node.js 22+).
*
* @param {any} val The value to check.
* @returns {boolean} True if the value is a RawJSON instance.
*/
const isRawJSON = (val) => val !== null && typeof val === "object" && val.constructor && val.constructor.name === "RawJSON";
/**
* Iteratively converts a JS value to a JSON string.
* Used as a fallback when the native JSON.stringify hits the Maximum Call Stack size.
* Fully compliant with JSON formatting (space), replacers, and toJSON behaviors.
*
* @param {any} rootValue The value to stringify.
* @param {Replacer | Array<string | number> | null} [replacer] User's custom replacer function.
* @param {string | number} [spaceParam] Indentation for pretty-printing.
* @returns {string | undefined} The generated JSON string.
*/
const stringifyIteratively = (rootValue, replacer, spaceParam) => {
	let space = "";
	if (typeof spaceParam === "number") space = " ".repeat(Math.min(10, Math.max(0, Math.floor(spaceParam))));
	else if (typeof spaceParam === "string") space = spaceParam.slice(0, 10);
	const isFunctionReplacer = typeof replacer === "function";
	const propertyList = Array.isArray(replacer) ? new Set(replacer.map(String)) : null;
	/**
	* Prepares a value for stringification by resolving toJSON, handling BigInts,
	* applying custom replacers, and unwrapping primitive objects.
	*
	* @param {object|Array} parent The parent object or array holding the value.
	* @param {string} key The key associated with the value.
	* @param {any} val The raw value to process.
	* @returns {any} The processed value ready for stringification.
	*/
	const prepareVal = (parent, key, val) => {
		if (val !== null && typeof val === "object" && typeof val.toJSON === "function") val = val.toJSON(key);
		if (typeof val === "string" && noiseValue.test(val)) return val + "n";
		if (typeof val === "bigint") {
			if ("rawJSON" in JSON) return JSON.rawJSON(val.toString());
			return val.toString() + "n";
		}
		if (isFunctionReplacer) val = replacer.call(parent, key, val);
		if (val !== null && typeof val === "object") {
			if (val instanceof Number || val instanceof String || val instanceof Boolean) val = val.valueOf();
		}
		return val;
	};
	const rootProcessed = prepareVal({ "": rootValue }, "", rootValue);
	if (isUnstringifiable(rootProcessed)) return;
	const isRootPrimitive = rootProcessed === null || typeof rootProcessed !== "object";
	const isRootNativeRawJSON = isRawJSON(rootProcessed);
	if (isRootPrimitive || isRootNativeRawJSON) return originalStringify(rootProcessed);
	const chunks = [];
	let level = 0;
	const stack = [{
		parent: { "": rootProcessed },
		key: "",
		val: rootProcessed,
		isArray: Array.isArray(rootProcessed),
		keys: Array.isArray(rootProcessed) ? null : Object.keys(rootProcessed),
		index: 0,
		first: true
	}];
	const visited = new WeakSet([rootProcessed]);
	while (stack.length > 0) {
		const node = stack[stack.length - 1];
		if (node.index === 0) {
			chunks.push(node.isArray ? "[" : "{");
			level++;
		}
		let isDone = false;
		if (node.isArray) {
			if (node.index < node.val.length) {
				if (!node.first) chunks.push(",");
				if (space) chunks.push("\n" + space.repeat(level));
				const childRaw = node.val[node.index];
				const childVal = prepareVal(node.val, String(node.index), childRaw);
				if (isUnstringifiable(childVal)) {
					chunks.push("null");
					node.first = false;
					node.index++;
				} else {
					const isComplexObject = childVal !== null && typeof childVal === "object";
					const isNativeRaw = isRawJSON(childVal);
					if (isComplexObject && !isNativeRaw) {
						if (visited.has(childVal)) throw new TypeError("Converting circular structure to JSON");
						visited.add(childVal);
						stack.push({
							parent: node.val,
							key: String(node.index),
							val: childVal,
							isArray: Array.isArray(childVal),
							keys: Array.isArray(childVal) ? null : Object.keys(childVal),
							index: 0,
							first: true
						});
						node.first = false;
						node.index++;
					} else {
						chunks.push(originalStringify(childVal));
						node.first = false;
						node.index++;
					}
				}
			} else isDone = true;
		} else {
			while (node.index < node.keys.length) {
				const k = node.keys[node.index++];
				if (propertyList && !propertyList.has(k)) continue;
				const childRaw = node.val[k];
				const childVal = prepareVal(node.val, k, childRaw);
				if (isUnstringifiable(childVal)) continue;
				if (!node.first) chunks.push(",");
				if (space) chunks.push("\n" + space.repeat(level) + originalStringify(k) + ": ");
				else chunks.push(originalStringify(k) + ":");
				const isComplexObject = childVal !== null && typeof childVal === "object";
				const isNativeRaw = isRawJSON(childVal);
				if (isComplexObject && !isNativeRaw) {
					if (visited.has(childVal)) throw new TypeError("Converting circular structure to JSON");
					visited.add(childVal);
					stack.push({
						parent: node.val,
						key: k,
						val: childVal,
						isArray: Array.isArray(childVal),
						keys: Array.isArray(childVal) ? null : Object.keys(childVal),
						index: 0,
						first: true
					});
					node.first = false;
					break;
				} else {
					chunks.push(originalStringify(childVal));
					node.first = false;
				}
			}
			if (node.index >= node.keys.length && stack[stack.length - 1] === node) isDone = true;
		}
		if (isDone) {
			level--;
			if (!node.first && space) chunks.push("\n" + space.repeat(level));
			chunks.push(node.isArray ? "]" : "}");
			visited.delete(node.val);
			stack.pop();
		}
	}
	return chunks.join("");
};
/**
* Converts a JavaScript value to a JSON string.
*
* Supports serialization of BigInt values using two strategies:
* 1. Custom format "123n" → "123" (universal fallback)
* 2. Native JSON.rawJSON() (Node.js 22+, fastest) when available
*
* All other values are serialized exactly like native JSON.stringify().
*
* @param {*} value The value to convert to a JSON string.
* @param {Replacer | Array<string | number> | null} [replacer]
* A function that alters the behavior of the stringification process,
* or an array of strings/numbers to indicate properties to exclude.
* @param {string | number} [space]
* A string or number to specify indentation or pretty-printing.
* @returns {string} The JSON string representation.
*/
const JSONStringify = (value, replacer, space) => {
	try {
		if ("rawJSON" in JSON) return originalStringify(value, (key, val) => {
			if (typeof val === "bigint") return JSON.rawJSON(val.toString());
			if (typeof replacer === "function") return replacer(key, val);
			if (Array.isArray(replacer) && replacer.includes(key)) return val;
			return val;
		}, space);
		if (!value) return originalStringify(value, replacer, space);
		return originalStringify(value, (key, val) => {
			if (typeof val === "string" && noiseValue.test(val)) return val.toString() + "n";
			if (typeof val === "bigint") return val.toString() + "n";
			if (typeof replacer === "function") return replacer(key, val);
			if (Array.isArray(replacer) && replacer.includes(key)) return val;
			return val;
		}, space).replace(bigIntsStringify, "$1$2$3").replace(noiseStringify, "$1$2$3");
	} catch (error) {
		if (error instanceof RangeError) {
			const convertedJSON = stringifyIteratively(value, replacer, space);
			if (convertedJSON === void 0) return void 0;
			if ("rawJSON" in JSON) return convertedJSON;
			return convertedJSON.replace(bigIntsStringify, "$1$2$3").replace(noiseStringify, "$1$2$3");
		}
		throw error;
	}
};
const featureCache = /* @__PURE__ */ new Map();
/**
* Detects if the current JSON.parse implementation supports the context.source feature.
*
* Uses toString() fingerprinting to cache results and automatically detect runtime
* replacements of JSON.parse (polyfills, mocks, etc.).
*
* @returns {boolean} true if context.source is supported, false otherwise.
*/
const isContextSourceSupported = () => {
	const parseFingerprint = JSON.parse.toString();
	if (featureCache.has(parseFingerprint)) return featureCache.get(parseFingerprint);
	try {
		const result = JSON.parse("1", (_, __, context) => !!context?.source && context.source === "1");
		featureCache.set(parseFingerprint, result);
		return result;
	} catch {
		featureCache.set(parseFingerprint, false);
		return false;
	}
};
/**
* Reviver function that converts custom-format BigInt strings back to BigInt values.
* Also handles "noise" strings that accidentally match the BigInt format.
*
* @param {string | number | undefined} key The object key.
* @param {*} value The value being parsed.
* @param {object} [context] Parse context (if supported by JSON.parse).
* @param {Reviver} [userReviver] User's custom reviver function.
* @returns {any} The transformed value.
*/
const convertMarkedBigIntsReviver = (key, value, context, userReviver) => {
	if (typeof value === "string" && customFormat.test(value)) return BigInt(value.slice(0, -1));
	if (typeof value === "string" && noiseValue.test(value)) return value.slice(0, -1);
	if (!(typeof userReviver === "function")) return value;
	return userReviver(key, value, context);
};
/**
* Fast JSON.parse implementation (~2x faster than classic fallback).
* Uses JSON.parse's context.source feature to detect integers and convert
* large numbers directly to BigInt without string manipulation.
*
* Does not support legacy custom format from v1 of this library.
*
* @param {string} text JSON string to parse.
* @param {Reviver} [reviver] Transform function to apply to each value.
* @returns {any} Parsed JavaScript value.
*/
const JSONParseV2 = (text, reviver) => {
	return JSON.parse(text, (key, value, context) => {
		const isBigNumber = typeof value === "number" && (value > Number.MAX_SAFE_INTEGER || value < Number.MIN_SAFE_INTEGER);
		const isInt = context && intRegex.test(context.source);
		if (isBigNumber && isInt) return BigInt(context.source);
		if (!(typeof reviver === "function")) return value;
		return reviver(key, value, context);
	});
};
const MAX_INT = Number.MAX_SAFE_INTEGER.toString();
const MAX_DIGITS = MAX_INT.length;
const stringsOrLargeNumbers = /"(?:[^"\\]|\\.)*"|-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?/g;
const noiseValueWithQuotes = /^"-?\d+n+"$/;
/**
* Iteratively traverses the parsed object bottom-up (post-order),
* emulating the native JSON.parse reviver behavior.
* This avoids Call Stack overflows (RangeError) on deeply nested structures.
*
* @param {any} parsed The natively parsed JSON object.
* @param {Reviver} [userReviver] User's custom reviver function.
* @returns {any} The fully processed object.
*/
const applyReviverIteratively = (parsed, userReviver) => {
	const rootHolder = { "": parsed };
	const stack = [{
		parent: rootHolder,
		key: "",
		visited: false
	}];
	while (stack.length > 0) {
		const node = stack[stack.length - 1];
		if (!node.visited) {
			node.visited = true;
			const value = node.parent[node.key];
			if (value !== null && typeof value === "object") {
				const keys = Object.keys(value);
				for (let i = keys.length - 1; i >= 0; i--) stack.push({
					parent: value,
					key: keys[i],
					visited: false
				});
			}
		} else {
			const { parent, key } = node;
			let value = parent[key];
			if (typeof value === "string") {
				if (customFormat.test(value)) value = BigInt(value.slice(0, -1));
				else if (noiseValue.test(value)) value = value.slice(0, -1);
			}
			if (typeof userReviver === "function") value = userReviver.call(parent, key, value);
			if (value === void 0) delete parent[key];
			else parent[key] = value;
			stack.pop();
		}
	}
	return rootHolder[""];
};
/**
* Pre-processes the JSON string to mark large numbers with an 'n' suffix.
*
* @param {string} text The raw JSON string.
* @returns {string} The serialized string with marked BigInts.
*/
const serializeBigInts = (text) => {
	return text.replace(stringsOrLargeNumbers, (match, digits, fractional, exponential) => {
		const isString = match[0] === "\"";
		if (isString && noiseValueWithQuotes.test(match)) return match.substring(0, match.length - 1) + "n\"";
		const hasFractionalOrExponential = fractional || exponential;
		const isLessThanMaxSafeInt = digits && (digits.length < MAX_DIGITS || digits.length === MAX_DIGITS && digits <= MAX_INT);
		if (isString || hasFractionalOrExponential || isLessThanMaxSafeInt) return match;
		return "\"" + match + "n\"";
	});
};
/**
* Converts a JSON string into a JavaScript value.
*
* Supports parsing of large integers using two strategies:
* 1. Classic fallback: Marks large numbers with "123n" format, then converts to BigInt
* 2. Fast path (JSONParseV2): Uses context.source feature (~2x faster) when available
*
* All other JSON values are parsed exactly like native JSON.parse().
*
* @param {string} text A valid JSON string.
* @param {Reviver} [reviver]
* A function that transforms the results. This function is called for each member
* of the object. If a member contains nested objects, the nested objects are
* transformed before the parent object is.
* @returns {any} The parsed JavaScript value.
* @throws {SyntaxError} If text is not valid JSON.
*/
const JSONParse = (text, reviver) => {
	if (!text) return originalParse(text, reviver);
	try {
		if (isContextSourceSupported()) return JSONParseV2(text, reviver);
		const serializedData = serializeBigInts(text);
		return originalParse(serializedData, (key, value, context) => convertMarkedBigIntsReviver(key, value, context, reviver));
	} catch (error) {
		if (error instanceof RangeError) {
			const serializedData = serializeBigInts(text);
			const parsed = originalParse(serializedData);
			return applyReviverIteratively(parsed, reviver);
		}
		throw error;
	}
};

// node_modules/@octokit/request-error/dist-src/index.js
var RequestError = class extends Error {
	name;
	/**
	* http status code
	*/
	status;
	/**
	* Request options that lead to the error.
	*/
	request;
	/**
	* Response object if a response was received
	*/
	response;
	constructor(message, statusCode, options) {
		super(message, { cause: options.cause });
		this.name = "HttpError";
		this.status = Number.parseInt(statusCode);
		if (Number.isNaN(this.status)) this.status = 0;
		/* v8 ignore else -- @preserve -- Bug with vitest coverage where it sees an else branch that doesn't exist */
		if ("response" in options) this.response = options.response;
		const requestCopy = Object.assign({}, options.request);
		if (options.request.headers.authorization) requestCopy.headers = Object.assign({}, options.request.headers, { authorization: options.request.headers.authorization.replace(/(?<! ) .*$/, " [REDACTED]") });
		requestCopy.url = requestCopy.url.replace(/\bclient_secret=\w+/g, "client_secret=[REDACTED]").replace(/\baccess_token=\w+/g, "access_token=[REDACTED]");
		this.request = requestCopy;
	}
};

// node_modules/@octokit/request/dist-bundle/index.js
var defaults_default = { headers: { "user-agent": `octokit-request.js/10.0.16 ${getUserAgent()}` } };
function isPlainObject(value) {
	if (typeof value !== "object" || value === null) return false;
	if (Object.prototype.toString.call(value) !== "[object Object]") return false;
	const proto = Object.getPrototypeOf(value);
	if (proto === null) return true;
	const Ctor = Object.prototype.hasOwnProperty.call(proto, "constructor") && proto.constructor;
	return typeof Ctor === "function" && Ctor instanceof Ctor && Function.prototype.call(Ctor) === Function.prototype.call(value);
}
var noop$1 = () => "";
async function fetchWrapper(requestOptions) {
	const fetch = requestOptions.request?.fetch || globalThis.fetch;
	if (!fetch) throw new Error("fetch is not set. Please pass a fetch implementation as new Octokit({ request: { fetch }}). Learn more at https://github.com/octokit/octokit.js/#fetch-missing");
	const log = requestOptions.request?.log || console;
	const parseSuccessResponseBody = requestOptions.request?.parseSuccessResponseBody !== false;
	const body = isPlainObject(requestOptions.body) || Array.isArray(requestOptions.body) ? JSONStringify(requestOptions.body) : requestOptions.body;
	const requestHeaders = Object.fromEntries(Object.entries(requestOptions.headers).map(([name, value]) => [name, String(value)]));
	let fetchResponse;
	try {
		fetchResponse = await fetch(requestOptions.url, {
			method: requestOptions.method,
			body,
			redirect: requestOptions.request?.redirect,
			headers: requestHeaders,
			signal: requestOptions.request?.signal,
			...requestOptions.body && { duplex: "half" }
		});
	} catch (error) {
		let message = "Unknown Error";
		if (error instanceof Error) {
			if (error.name === "AbortError") {
				error.status = 500;
				throw error;
			}
			message = error.message;
			if (error.name === "TypeError" && "cause" in error) {
				if (error.cause instanceof Error) message = error.cause.message;
				else if (typeof error.cause === "string") message = error.cause;
			}
		}
		const requestError = new RequestError(message, 500, { request: requestOptions });
		requestError.cause = error;
		throw requestError;
	}
	const status = fetchResponse.status;
	const url = fetchResponse.url;
	const responseHeaders = {};
	for (const [key, value] of fetchResponse.headers) responseHeaders[key] = value;
	const octokitResponse = {
		url,
		status,
		headers: responseHeaders,
		data: ""
	};
	if ("deprecation" in responseHeaders) {
		const matches = responseHeaders.link && responseHeaders.link.match(/<([^<>]+)>; rel="deprecation"/);
		const deprecationLink = matches && matches.pop();
		log.warn(`[@octokit/request] "${requestOptions.method} ${requestOptions.url}" is deprecated. It is scheduled to be removed on ${responseHeaders.sunset}${deprecationLink ? `. See ${deprecationLink}` : ""}`);
	}
	if (status === 204 || status === 205) return octokitResponse;
	if (requestOptions.method === "HEAD") {
		if (status < 400) return octokitResponse;
		throw new RequestError(fetchResponse.statusText, status, {
			response: octokitResponse,
			request: requestOptions
		});
	}
	if (status === 304) {
		octokitResponse.data = await getResponseData(fetchResponse);
		throw new RequestError("Not modified", status, {
			response: octokitResponse,
			request: requestOptions
		});
	}
	if (status >= 400) {
		octokitResponse.data = await getResponseData(fetchResponse);
		throw new RequestError(toErrorMessage(octokitResponse.data), status, {
			response: octokitResponse,
			request: requestOptions
		});
	}
	octokitResponse.data = parseSuccessResponseBody ? await getResponseData(fetchResponse) : fetchResponse.body;
	return octokitResponse;
}
async function getResponseData(response) {
	const contentType = response.headers.get("content-type");
	if (!contentType) return response.text().catch(noop$1);
	const mimetype = parse(contentType);
	if (isJSONResponse(mimetype)) {
		let text = "";
		try {
			text = await response.text();
			return JSONParse(text);
		} catch (err) {
			return text;
		}
	} else if (mimetype.type.startsWith("text/") || mimetype.parameters.charset?.toLowerCase() === "utf-8" && mimetype.type !== "application/octet-stream") return response.text().catch(noop$1);
	else return response.arrayBuffer().catch(
		/* v8 ignore next -- @preserve */
		() => /* @__PURE__ */ new ArrayBuffer(0)
	);
}
function isJSONResponse(mimetype) {
	return mimetype.type === "application/json" || mimetype.type === "application/scim+json";
}
function toErrorMessage(data) {
	if (typeof data === "string") return data;
	if (data instanceof ArrayBuffer) return "Unknown error";
	if (typeof data === "object" && data !== null && "message" in data) {
		const objectData = data;
		const suffix = "documentation_url" in objectData ? ` - ${objectData.documentation_url}` : "";
		return Array.isArray(objectData.errors) ? `${objectData.message}: ${objectData.errors.map((v) => JSON.stringify(v)).join(", ")}${suffix}` : `${objectData.message}${suffix}`;
	}
	return `Unknown error: ${JSON.stringify(data)}`;
}
function withDefaults$1(oldEndpoint, newDefaults) {
	const endpoint2 = oldEndpoint.defaults(newDefaults);
	const newApi = function(route, parameters) {
		const endpointOptions = endpoint2.merge(route, parameters);
		if (!endpointOptions.request || !endpointOptions.request.hook) return fetchWrapper(endpoint2.parse(endpointOptions));
		const request2 = (route2, parameters2) => {
			return fetchWrapper(endpoint2.parse(endpoint2.merge(route2, parameters2)));
		};
		Object.assign(request2, {
			endpoint: endpoint2,
			defaults: withDefaults$1.bind(null, endpoint2)
		});
		return endpointOptions.request.hook(request2, endpointOptions);
	};
	return Object.assign(newApi, {
		endpoint: endpoint2,
		defaults: withDefaults$1.bind(null, endpoint2)
	});
}
var request = withDefaults$1(endpoint, defaults_default);
/* v8 ignore next -- @preserve */
/* v8 ignore else -- @preserve */

// node_modules/before-after-hook/lib/register.js
function register(state, name, method, options) {
	if (typeof method !== "function") throw new Error("method for before hook must be a function");
	if (!options) options = {};
	if (Array.isArray(name)) return name.reverse().reduce((callback, name) => {
		return register.bind(null, state, name, callback, options);
	}, method)();
	return Promise.resolve().then(() => {
		if (!state.registry[name]) return method(options);
		return state.registry[name].reduce((method, registered) => {
			return registered.hook.bind(null, method, options);
		}, method)();
	});
}

// node_modules/before-after-hook/lib/add.js
function addHook(state, kind, name, hook) {
	const orig = hook;
	if (!state.registry[name]) state.registry[name] = [];
	if (kind === "before") hook = (method, options) => {
		return Promise.resolve().then(orig.bind(null, options)).then(method.bind(null, options));
	};
	if (kind === "after") hook = (method, options) => {
		let result;
		return Promise.resolve().then(method.bind(null, options)).then((result_) => {
			result = result_;
			return orig(result, options);
		}).then(() => {
			return result;
		});
	};
	if (kind === "error") hook = (method, options) => {
		return Promise.resolve().then(method.bind(null, options)).catch((error) => {
			return orig(error, options);
		});
	};
	state.registry[name].push({
		hook,
		orig
	});
}

// node_modules/before-after-hook/lib/remove.js
function removeHook(state, name, method) {
	if (!state.registry[name]) return;
	const index = state.registry[name].map((registered) => {
		return registered.orig;
	}).indexOf(method);
	if (index === -1) return;
	state.registry[name].splice(index, 1);
}

// node_modules/before-after-hook/index.js
const bind = Function.bind;
const bindable = bind.bind(bind);
function bindApi(hook, state, name) {
	const removeHookRef = bindable(removeHook, null).apply(null, name ? [state, name] : [state]);
	hook.api = { remove: removeHookRef };
	hook.remove = removeHookRef;
	[
		"before",
		"error",
		"after",
		"wrap"
	].forEach((kind) => {
		const args = name ? [
			state,
			kind,
			name
		] : [state, kind];
		hook[kind] = hook.api[kind] = bindable(addHook, null).apply(null, args);
	});
}
function Singular() {
	const singularHookName = Symbol("Singular");
	const singularHookState = { registry: {} };
	const singularHook = register.bind(null, singularHookState, singularHookName);
	bindApi(singularHook, singularHookState, singularHookName);
	return singularHook;
}
function Collection() {
	const state = { registry: {} };
	const hook = register.bind(null, state);
	bindApi(hook, state);
	return hook;
}
var before_after_hook_default = {
	Singular,
	Collection
};

// node_modules/@octokit/graphql/dist-bundle/index.js
var VERSION$3 = "0.0.0-development";
function _buildMessageForResponseErrors(data) {
	return `Request failed due to following response errors:
` + data.errors.map((e) => ` - ${e.message}`).join("\n");
}
var GraphqlResponseError = class extends Error {
	constructor(request2, headers, response) {
		super(_buildMessageForResponseErrors(response));
		this.request = request2;
		this.headers = headers;
		this.response = response;
		this.errors = response.errors;
		this.data = response.data;
		if (Error.captureStackTrace) Error.captureStackTrace(this, this.constructor);
	}
	request;
	headers;
	response;
	name = "GraphqlResponseError";
	errors;
	data;
};
var NON_VARIABLE_OPTIONS = [
	"method",
	"baseUrl",
	"url",
	"headers",
	"request",
	"query",
	"mediaType",
	"operationName"
];
var FORBIDDEN_VARIABLE_OPTIONS = [
	"query",
	"method",
	"url"
];
var GHES_V3_SUFFIX_REGEX = /\/api\/v3\/?$/;
function graphql(request2, query, options) {
	if (options) {
		if (typeof query === "string" && "query" in options) return Promise.reject(/* @__PURE__ */ new Error(`[@octokit/graphql] "query" cannot be used as variable name`));
		for (const key in options) {
			if (!FORBIDDEN_VARIABLE_OPTIONS.includes(key)) continue;
			return Promise.reject(/* @__PURE__ */ new Error(`[@octokit/graphql] "${key}" cannot be used as variable name`));
		}
	}
	const parsedOptions = typeof query === "string" ? Object.assign({ query }, options) : query;
	const requestOptions = Object.keys(parsedOptions).reduce((result, key) => {
		if (NON_VARIABLE_OPTIONS.includes(key)) {
			result[key] = parsedOptions[key];
			return result;
		}
		if (!result.variables) result.variables = {};
		result.variables[key] = parsedOptions[key];
		return result;
	}, {});
	const baseUrl = parsedOptions.baseUrl || request2.endpoint.DEFAULTS.baseUrl;
	if (GHES_V3_SUFFIX_REGEX.test(baseUrl)) requestOptions.url = baseUrl.replace(GHES_V3_SUFFIX_REGEX, "/api/graphql");
	return request2(requestOptions).then((response) => {
		if (response.data.errors) {
			const headers = {};
			for (const key of Object.keys(response.headers)) headers[key] = response.headers[key];
			throw new GraphqlResponseError(requestOptions, headers, response.data);
		}
		return response.data.data;
	});
}
function withDefaults(request2, newDefaults) {
	const newRequest = request2.defaults(newDefaults);
	const newApi = (query, options) => {
		return graphql(newRequest, query, options);
	};
	return Object.assign(newApi, {
		defaults: withDefaults.bind(null, newRequest),
		endpoint: newRequest.endpoint
	});
}
var graphql2 = withDefaults(request, {
	headers: { "user-agent": `octokit-graphql.js/${VERSION$3} ${getUserAgent()}` },
	method: "POST",
	url: "/graphql"
});
function withCustomRequest(customRequest) {
	return withDefaults(customRequest, {
		method: "POST",
		url: "/graphql"
	});
}
/* v8 ignore if -- @preserve */

// node_modules/@octokit/auth-token/dist-bundle/index.js
var b64url = "(?:[a-zA-Z0-9_-]+)";
var sep = "\\.";
var jwtRE = new RegExp(`^${b64url}${sep}${b64url}${sep}${b64url}$`);
var isJWT = jwtRE.test.bind(jwtRE);
async function auth(token) {
	const isApp = isJWT(token);
	const isInstallation = token.startsWith("v1.") || token.startsWith("ghs_");
	const isUserToServer = token.startsWith("ghu_");
	return {
		type: "token",
		token,
		tokenType: isApp ? "app" : isInstallation ? "installation" : isUserToServer ? "user-to-server" : "oauth"
	};
}
function withAuthorizationPrefix(token) {
	if (token.split(/\./).length === 3) return `bearer ${token}`;
	return `token ${token}`;
}
async function hook(token, request, route, parameters) {
	const endpoint = request.endpoint.merge(route, parameters);
	endpoint.headers.authorization = withAuthorizationPrefix(token);
	return request(endpoint);
}
var createTokenAuth = function createTokenAuth2(token) {
	if (!token) throw new Error("[@octokit/auth-token] No token passed to createTokenAuth");
	if (typeof token !== "string") throw new Error("[@octokit/auth-token] Token passed to createTokenAuth is not a string");
	token = token.replace(/^(token|bearer) +/i, "");
	return Object.assign(auth.bind(null, token), { hook: hook.bind(null, token) });
};

// node_modules/@octokit/core/dist-src/version.js
const VERSION$2 = "7.0.8";

// node_modules/@octokit/core/dist-src/index.js
const noop = () => {};
const consoleWarn = console.warn.bind(console);
const consoleError = console.error.bind(console);
function createLogger(logger = {}) {
	if (typeof logger.debug !== "function") logger.debug = noop;
	if (typeof logger.info !== "function") logger.info = noop;
	if (typeof logger.warn !== "function") logger.warn = consoleWarn;
	if (typeof logger.error !== "function") logger.error = consoleError;
	return logger;
}
const userAgentTrail = `octokit-core.js/${VERSION$2} ${getUserAgent()}`;
var Octokit = class {
	static VERSION = VERSION$2;
	static defaults(defaults) {
		const OctokitWithDefaults = class extends this {
			constructor(...args) {
				const options = args[0] || {};
				if (typeof defaults === "function") {
					super(defaults(options));
					return;
				}
				super(Object.assign({}, defaults, options, options.userAgent && defaults.userAgent ? { userAgent: `${options.userAgent} ${defaults.userAgent}` } : null));
			}
		};
		return OctokitWithDefaults;
	}
	static plugins = [];
	/**
	* Attach a plugin (or many) to your Octokit instance.
	*
	* @example
	* const API = Octokit.plugin(plugin1, plugin2, plugin3, ...)
	*/
	static plugin(...newPlugins) {
		const currentPlugins = this.plugins;
		const NewOctokit = class extends this {
			static plugins = currentPlugins.concat(newPlugins.filter((plugin) => !currentPlugins.includes(plugin)));
		};
		return NewOctokit;
	}
	constructor(options = {}) {
		const hook = new before_after_hook_default.Collection();
		const requestDefaults = {
			baseUrl: request.endpoint.DEFAULTS.baseUrl,
			headers: {},
			request: Object.assign({}, options.request, { hook: hook.bind(null, "request") }),
			mediaType: {
				previews: [],
				format: ""
			}
		};
		requestDefaults.headers["user-agent"] = options.userAgent ? `${options.userAgent} ${userAgentTrail}` : userAgentTrail;
		if (options.baseUrl) requestDefaults.baseUrl = options.baseUrl;
		if (options.previews) requestDefaults.mediaType.previews = options.previews;
		if (options.timeZone) requestDefaults.headers["time-zone"] = options.timeZone;
		this.request = request.defaults(requestDefaults);
		this.graphql = withCustomRequest(this.request).defaults(requestDefaults);
		this.log = createLogger(options.log);
		this.hook = hook;
		if (!options.authStrategy) {
			if (!options.auth) this.auth = async () => ({ type: "unauthenticated" });
			else {
				const auth = createTokenAuth(options.auth);
				hook.wrap("request", auth.hook);
				this.auth = auth;
			}
		} else {
			const { authStrategy, ...otherOptions } = options;
			const auth = authStrategy(Object.assign({
				request: this.request,
				log: this.log,
				octokit: this,
				octokitOptions: otherOptions
			}, options.auth));
			hook.wrap("request", auth.hook);
			this.auth = auth;
		}
		const classConstructor = this.constructor;
		for (let i = 0; i < classConstructor.plugins.length; ++i) Object.assign(this, classConstructor.plugins[i](this, options));
	}
	request;
	graphql;
	log;
	hook;
	auth;
};

// node_modules/@octokit/plugin-paginate-rest/dist-bundle/index.js
var VERSION$1 = "0.0.0-development";
function normalizePaginatedListResponse(response) {
	if (!response.data) return {
		...response,
		data: []
	};
	if (!(("total_count" in response.data || "total_commits" in response.data) && !("url" in response.data))) return response;
	const incompleteResults = response.data.incomplete_results;
	const repositorySelection = response.data.repository_selection;
	const totalCount = response.data.total_count;
	const totalCommits = response.data.total_commits;
	delete response.data.incomplete_results;
	delete response.data.repository_selection;
	delete response.data.total_count;
	delete response.data.total_commits;
	const namespaceKey = Object.keys(response.data)[0];
	response.data = response.data[namespaceKey];
	if (typeof incompleteResults !== "undefined") response.data.incomplete_results = incompleteResults;
	if (typeof repositorySelection !== "undefined") response.data.repository_selection = repositorySelection;
	response.data.total_count = totalCount;
	response.data.total_commits = totalCommits;
	return response;
}
function iterator(octokit, route, parameters) {
	const options = typeof route === "function" ? route.endpoint(parameters) : octokit.request.endpoint(route, parameters);
	const requestMethod = typeof route === "function" ? route : octokit.request;
	const method = options.method;
	const headers = options.headers;
	let url = options.url;
	return { [Symbol.asyncIterator]: () => ({ async next() {
		if (!url) return { done: true };
		try {
			const normalizedResponse = normalizePaginatedListResponse(await requestMethod({
				method,
				url,
				headers
			}));
			url = ((normalizedResponse.headers.link || "").match(/<([^<>]+)>;\s*rel="next"/) || [])[1];
			if (!url && "total_commits" in normalizedResponse.data) {
				const parsedUrl = new URL(normalizedResponse.url);
				const params = parsedUrl.searchParams;
				const page = parseInt(params.get("page") || "1", 10);
				if (page * parseInt(params.get("per_page") || "250", 10) < normalizedResponse.data.total_commits) {
					params.set("page", String(page + 1));
					url = parsedUrl.toString();
				}
			}
			return { value: normalizedResponse };
		} catch (error) {
			if (error.status !== 409) throw error;
			url = "";
			return { value: {
				status: 200,
				headers: {},
				data: []
			} };
		}
	} }) };
}
function paginate(octokit, route, parameters, mapFn) {
	if (typeof parameters === "function") {
		mapFn = parameters;
		parameters = void 0;
	}
	return gather(octokit, [], iterator(octokit, route, parameters)[Symbol.asyncIterator](), mapFn);
}
function gather(octokit, results, iterator2, mapFn) {
	return iterator2.next().then((result) => {
		if (result.done) return results;
		let earlyExit = false;
		function done() {
			earlyExit = true;
		}
		results = results.concat(mapFn ? mapFn(result.value, done) : result.value.data);
		if (earlyExit) return results;
		return gather(octokit, results, iterator2, mapFn);
	});
}
var composePaginateRest = Object.assign(paginate, { iterator });
function paginateRest(octokit) {
	return { paginate: Object.assign(paginate.bind(null, octokit), { iterator: iterator.bind(null, octokit) }) };
}
paginateRest.VERSION = VERSION$1;

// node_modules/bottleneck/light.js
var require_light = /* @__PURE__ */ __commonJSMin(((exports, module, this$1) => {
	/**
	* This file contains the Bottleneck library (MIT), compiled to ES2017, and without Clustering support.
	* https://github.com/SGrondin/bottleneck
	*/
	(function(global, factory) {
		typeof exports === "object" && typeof module !== "undefined" ? module.exports = factory() : typeof define === "function" && define.amd ? define(factory) : global.Bottleneck = factory();
	})(this$1, (function() {
		"use strict";
		var commonjsGlobal = typeof globalThis !== "undefined" ? globalThis : typeof window !== "undefined" ? window : typeof global !== "undefined" ? global : typeof self !== "undefined" ? self : {};
		function getCjsExportFromNamespace(n) {
			return n && n["default"] || n;
		}
		var load = function(received, defaults, onto = {}) {
			var k, ref, v;
			for (k in defaults) {
				v = defaults[k];
				onto[k] = (ref = received[k]) != null ? ref : v;
			}
			return onto;
		};
		var overwrite = function(received, defaults, onto = {}) {
			var k, v;
			for (k in received) {
				v = received[k];
				if (defaults[k] !== void 0) onto[k] = v;
			}
			return onto;
		};
		var parser = {
			load,
			overwrite
		};
		var DLList_1 = class DLList {
			constructor(incr, decr) {
				this.incr = incr;
				this.decr = decr;
				this._first = null;
				this._last = null;
				this.length = 0;
			}
			push(value) {
				var node;
				this.length++;
				if (typeof this.incr === "function") this.incr();
				node = {
					value,
					prev: this._last,
					next: null
				};
				if (this._last != null) {
					this._last.next = node;
					this._last = node;
				} else this._first = this._last = node;
			}
			shift() {
				var value;
				if (this._first == null) return;
				else {
					this.length--;
					if (typeof this.decr === "function") this.decr();
				}
				value = this._first.value;
				if ((this._first = this._first.next) != null) this._first.prev = null;
				else this._last = null;
				return value;
			}
			first() {
				if (this._first != null) return this._first.value;
			}
			getArray() {
				var node = this._first, ref, results = [];
				while (node != null) results.push((ref = node, node = node.next, ref.value));
				return results;
			}
			forEachShift(cb) {
				var node = this.shift();
				while (node != null) cb(node), node = this.shift();
			}
			debug() {
				var node = this._first, ref, ref1, ref2, results = [];
				while (node != null) results.push((ref = node, node = node.next, {
					value: ref.value,
					prev: (ref1 = ref.prev) != null ? ref1.value : void 0,
					next: (ref2 = ref.next) != null ? ref2.value : void 0
				}));
				return results;
			}
		};
		var Events_1 = class Events {
			constructor(instance) {
				this.instance = instance;
				this._events = {};
				if (this.instance.on != null || this.instance.once != null || this.instance.removeAllListeners != null) throw new Error("An Emitter already exists for this object");
				this.instance.on = (name, cb) => {
					return this._addListener(name, "many", cb);
				};
				this.instance.once = (name, cb) => {
					return this._addListener(name, "once", cb);
				};
				this.instance.removeAllListeners = (name = null) => {
					if (name != null) return delete this._events[name];
					else return this._events = {};
				};
			}
			_addListener(name, status, cb) {
				var base;
				if ((base = this._events)[name] == null) base[name] = [];
				this._events[name].push({
					cb,
					status
				});
				return this.instance;
			}
			listenerCount(name) {
				if (this._events[name] != null) return this._events[name].length;
				else return 0;
			}
			async trigger(name, ...args) {
				var e, promises;
				try {
					if (name !== "debug") this.trigger("debug", `Event triggered: ${name}`, args);
					if (this._events[name] == null) return;
					this._events[name] = this._events[name].filter(function(listener) {
						return listener.status !== "none";
					});
					promises = this._events[name].map(async (listener) => {
						var e, returned;
						if (listener.status === "none") return;
						if (listener.status === "once") listener.status = "none";
						try {
							returned = typeof listener.cb === "function" ? listener.cb(...args) : void 0;
							if (typeof (returned != null ? returned.then : void 0) === "function") return await returned;
							else return returned;
						} catch (error) {
							e = error;
							this.trigger("error", e);
							return null;
						}
					});
					return (await Promise.all(promises)).find(function(x) {
						return x != null;
					});
				} catch (error) {
					e = error;
					this.trigger("error", e);
					return null;
				}
			}
		};
		var DLList$1 = DLList_1, Events$1 = Events_1;
		var Queues_1 = class Queues {
			constructor(num_priorities) {
				this.Events = new Events$1(this);
				this._length = 0;
				this._lists = (function() {
					var j, ref, results = [];
					for (j = 1, ref = num_priorities; 1 <= ref ? j <= ref : j >= ref; 1 <= ref ? ++j : --j) results.push(new DLList$1((() => {
						return this.incr();
					}), (() => {
						return this.decr();
					})));
					return results;
				}).call(this);
			}
			incr() {
				if (this._length++ === 0) return this.Events.trigger("leftzero");
			}
			decr() {
				if (--this._length === 0) return this.Events.trigger("zero");
			}
			push(job) {
				return this._lists[job.options.priority].push(job);
			}
			queued(priority) {
				if (priority != null) return this._lists[priority].length;
				else return this._length;
			}
			shiftAll(fn) {
				return this._lists.forEach(function(list) {
					return list.forEachShift(fn);
				});
			}
			getFirst(arr = this._lists) {
				var j = 0, len = arr.length, list;
				for (; j < len; j++) {
					list = arr[j];
					if (list.length > 0) return list;
				}
				return [];
			}
			shiftLastFrom(priority) {
				return this.getFirst(this._lists.slice(priority).reverse()).shift();
			}
		};
		var BottleneckError_1 = class BottleneckError extends Error {};
		var BottleneckError$1, DEFAULT_PRIORITY, Job, NUM_PRIORITIES = 10, parser$1;
		DEFAULT_PRIORITY = 5;
		parser$1 = parser;
		BottleneckError$1 = BottleneckError_1;
		Job = class Job {
			constructor(task, args, options, jobDefaults, rejectOnDrop, Events, _states, Promise) {
				this.task = task;
				this.args = args;
				this.rejectOnDrop = rejectOnDrop;
				this.Events = Events;
				this._states = _states;
				this.Promise = Promise;
				this.options = parser$1.load(options, jobDefaults);
				this.options.priority = this._sanitizePriority(this.options.priority);
				if (this.options.id === jobDefaults.id) this.options.id = `${this.options.id}-${this._randomIndex()}`;
				this.promise = new this.Promise((_resolve, _reject) => {
					this._resolve = _resolve;
					this._reject = _reject;
				});
				this.retryCount = 0;
			}
			_sanitizePriority(priority) {
				var sProperty = ~~priority !== priority ? DEFAULT_PRIORITY : priority;
				if (sProperty < 0) return 0;
				else if (sProperty > NUM_PRIORITIES - 1) return NUM_PRIORITIES - 1;
				else return sProperty;
			}
			_randomIndex() {
				return Math.random().toString(36).slice(2);
			}
			doDrop({ error, message = "This job has been dropped by Bottleneck" } = {}) {
				if (this._states.remove(this.options.id)) {
					if (this.rejectOnDrop) this._reject(error != null ? error : new BottleneckError$1(message));
					this.Events.trigger("dropped", {
						args: this.args,
						options: this.options,
						task: this.task,
						promise: this.promise
					});
					return true;
				} else return false;
			}
			_assertStatus(expected) {
				var status = this._states.jobStatus(this.options.id);
				if (!(status === expected || expected === "DONE" && status === null)) throw new BottleneckError$1(`Invalid job status ${status}, expected ${expected}. Please open an issue at https://github.com/SGrondin/bottleneck/issues`);
			}
			doReceive() {
				this._states.start(this.options.id);
				return this.Events.trigger("received", {
					args: this.args,
					options: this.options
				});
			}
			doQueue(reachedHWM, blocked) {
				this._assertStatus("RECEIVED");
				this._states.next(this.options.id);
				return this.Events.trigger("queued", {
					args: this.args,
					options: this.options,
					reachedHWM,
					blocked
				});
			}
			doRun() {
				if (this.retryCount === 0) {
					this._assertStatus("QUEUED");
					this._states.next(this.options.id);
				} else this._assertStatus("EXECUTING");
				return this.Events.trigger("scheduled", {
					args: this.args,
					options: this.options
				});
			}
			async doExecute(chained, clearGlobalState, run, free) {
				var error, eventInfo, passed;
				if (this.retryCount === 0) {
					this._assertStatus("RUNNING");
					this._states.next(this.options.id);
				} else this._assertStatus("EXECUTING");
				eventInfo = {
					args: this.args,
					options: this.options,
					retryCount: this.retryCount
				};
				this.Events.trigger("executing", eventInfo);
				try {
					passed = await (chained != null ? chained.schedule(this.options, this.task, ...this.args) : this.task(...this.args));
					if (clearGlobalState()) {
						this.doDone(eventInfo);
						await free(this.options, eventInfo);
						this._assertStatus("DONE");
						return this._resolve(passed);
					}
				} catch (error1) {
					error = error1;
					return this._onFailure(error, eventInfo, clearGlobalState, run, free);
				}
			}
			doExpire(clearGlobalState, run, free) {
				var error, eventInfo;
				if (this._states.jobStatus(this.options.id === "RUNNING")) this._states.next(this.options.id);
				this._assertStatus("EXECUTING");
				eventInfo = {
					args: this.args,
					options: this.options,
					retryCount: this.retryCount
				};
				error = new BottleneckError$1(`This job timed out after ${this.options.expiration} ms.`);
				return this._onFailure(error, eventInfo, clearGlobalState, run, free);
			}
			async _onFailure(error, eventInfo, clearGlobalState, run, free) {
				var retry, retryAfter;
				if (clearGlobalState()) {
					retry = await this.Events.trigger("failed", error, eventInfo);
					if (retry != null) {
						retryAfter = ~~retry;
						this.Events.trigger("retry", `Retrying ${this.options.id} after ${retryAfter} ms`, eventInfo);
						this.retryCount++;
						return run(retryAfter);
					} else {
						this.doDone(eventInfo);
						await free(this.options, eventInfo);
						this._assertStatus("DONE");
						return this._reject(error);
					}
				}
			}
			doDone(eventInfo) {
				this._assertStatus("EXECUTING");
				this._states.next(this.options.id);
				return this.Events.trigger("done", eventInfo);
			}
		};
		var Job_1 = Job;
		var BottleneckError$2, LocalDatastore, parser$2 = parser;
		BottleneckError$2 = BottleneckError_1;
		LocalDatastore = class LocalDatastore {
			constructor(instance, storeOptions, storeInstanceOptions) {
				this.instance = instance;
				this.storeOptions = storeOptions;
				this.clientId = this.instance._randomIndex();
				parser$2.load(storeInstanceOptions, storeInstanceOptions, this);
				this._nextRequest = this._lastReservoirRefresh = this._lastReservoirIncrease = Date.now();
				this._running = 0;
				this._done = 0;
				this._unblockTime = 0;
				this.ready = this.Promise.resolve();
				this.clients = {};
				this._startHeartbeat();
			}
			_startHeartbeat() {
				var base;
				if (this.heartbeat == null && (this.storeOptions.reservoirRefreshInterval != null && this.storeOptions.reservoirRefreshAmount != null || this.storeOptions.reservoirIncreaseInterval != null && this.storeOptions.reservoirIncreaseAmount != null)) return typeof (base = this.heartbeat = setInterval(() => {
					var amount, incr, maximum, now = Date.now(), reservoir;
					if (this.storeOptions.reservoirRefreshInterval != null && now >= this._lastReservoirRefresh + this.storeOptions.reservoirRefreshInterval) {
						this._lastReservoirRefresh = now;
						this.storeOptions.reservoir = this.storeOptions.reservoirRefreshAmount;
						this.instance._drainAll(this.computeCapacity());
					}
					if (this.storeOptions.reservoirIncreaseInterval != null && now >= this._lastReservoirIncrease + this.storeOptions.reservoirIncreaseInterval) {
						({reservoirIncreaseAmount: amount, reservoirIncreaseMaximum: maximum, reservoir} = this.storeOptions);
						this._lastReservoirIncrease = now;
						incr = maximum != null ? Math.min(amount, maximum - reservoir) : amount;
						if (incr > 0) {
							this.storeOptions.reservoir += incr;
							return this.instance._drainAll(this.computeCapacity());
						}
					}
				}, this.heartbeatInterval)).unref === "function" ? base.unref() : void 0;
				else return clearInterval(this.heartbeat);
			}
			async __publish__(message) {
				await this.yieldLoop();
				return this.instance.Events.trigger("message", message.toString());
			}
			async __disconnect__(flush) {
				await this.yieldLoop();
				clearInterval(this.heartbeat);
				return this.Promise.resolve();
			}
			yieldLoop(t = 0) {
				return new this.Promise(function(resolve, reject) {
					return setTimeout(resolve, t);
				});
			}
			computePenalty() {
				var ref;
				return (ref = this.storeOptions.penalty) != null ? ref : 15 * this.storeOptions.minTime || 5e3;
			}
			async __updateSettings__(options) {
				await this.yieldLoop();
				parser$2.overwrite(options, options, this.storeOptions);
				this._startHeartbeat();
				this.instance._drainAll(this.computeCapacity());
				return true;
			}
			async __running__() {
				await this.yieldLoop();
				return this._running;
			}
			async __queued__() {
				await this.yieldLoop();
				return this.instance.queued();
			}
			async __done__() {
				await this.yieldLoop();
				return this._done;
			}
			async __groupCheck__(time) {
				await this.yieldLoop();
				return this._nextRequest + this.timeout < time;
			}
			computeCapacity() {
				var maxConcurrent, reservoir;
				({maxConcurrent, reservoir} = this.storeOptions);
				if (maxConcurrent != null && reservoir != null) return Math.min(maxConcurrent - this._running, reservoir);
				else if (maxConcurrent != null) return maxConcurrent - this._running;
				else if (reservoir != null) return reservoir;
				else return null;
			}
			conditionsCheck(weight) {
				var capacity = this.computeCapacity();
				return capacity == null || weight <= capacity;
			}
			async __incrementReservoir__(incr) {
				var reservoir;
				await this.yieldLoop();
				reservoir = this.storeOptions.reservoir += incr;
				this.instance._drainAll(this.computeCapacity());
				return reservoir;
			}
			async __currentReservoir__() {
				await this.yieldLoop();
				return this.storeOptions.reservoir;
			}
			isBlocked(now) {
				return this._unblockTime >= now;
			}
			check(weight, now) {
				return this.conditionsCheck(weight) && this._nextRequest - now <= 0;
			}
			async __check__(weight) {
				var now;
				await this.yieldLoop();
				now = Date.now();
				return this.check(weight, now);
			}
			async __register__(index, weight, expiration) {
				var now, wait;
				await this.yieldLoop();
				now = Date.now();
				if (this.conditionsCheck(weight)) {
					this._running += weight;
					if (this.storeOptions.reservoir != null) this.storeOptions.reservoir -= weight;
					wait = Math.max(this._nextRequest - now, 0);
					this._nextRequest = now + wait + this.storeOptions.minTime;
					return {
						success: true,
						wait,
						reservoir: this.storeOptions.reservoir
					};
				} else return { success: false };
			}
			strategyIsBlock() {
				return this.storeOptions.strategy === 3;
			}
			async __submit__(queueLength, weight) {
				var blocked, now, reachedHWM;
				await this.yieldLoop();
				if (this.storeOptions.maxConcurrent != null && weight > this.storeOptions.maxConcurrent) throw new BottleneckError$2(`Impossible to add a job having a weight of ${weight} to a limiter having a maxConcurrent setting of ${this.storeOptions.maxConcurrent}`);
				now = Date.now();
				reachedHWM = this.storeOptions.highWater != null && queueLength === this.storeOptions.highWater && !this.check(weight, now);
				blocked = this.strategyIsBlock() && (reachedHWM || this.isBlocked(now));
				if (blocked) {
					this._unblockTime = now + this.computePenalty();
					this._nextRequest = this._unblockTime + this.storeOptions.minTime;
					this.instance._dropAllQueued();
				}
				return {
					reachedHWM,
					blocked,
					strategy: this.storeOptions.strategy
				};
			}
			async __free__(index, weight) {
				await this.yieldLoop();
				this._running -= weight;
				this._done += weight;
				this.instance._drainAll(this.computeCapacity());
				return { running: this._running };
			}
		};
		var LocalDatastore_1 = LocalDatastore;
		var BottleneckError$3 = BottleneckError_1;
		var States_1 = class States {
			constructor(status1) {
				this.status = status1;
				this._jobs = {};
				this.counts = this.status.map(function() {
					return 0;
				});
			}
			next(id) {
				var current = this._jobs[id], next = current + 1;
				if (current != null && next < this.status.length) {
					this.counts[current]--;
					this.counts[next]++;
					return this._jobs[id]++;
				} else if (current != null) {
					this.counts[current]--;
					return delete this._jobs[id];
				}
			}
			start(id) {
				var initial = 0;
				this._jobs[id] = initial;
				return this.counts[initial]++;
			}
			remove(id) {
				var current = this._jobs[id];
				if (current != null) {
					this.counts[current]--;
					delete this._jobs[id];
				}
				return current != null;
			}
			jobStatus(id) {
				var ref;
				return (ref = this.status[this._jobs[id]]) != null ? ref : null;
			}
			statusJobs(status) {
				var k, pos, ref, results, v;
				if (status != null) {
					pos = this.status.indexOf(status);
					if (pos < 0) throw new BottleneckError$3(`status must be one of ${this.status.join(", ")}`);
					ref = this._jobs;
					results = [];
					for (k in ref) {
						v = ref[k];
						if (v === pos) results.push(k);
					}
					return results;
				} else return Object.keys(this._jobs);
			}
			statusCounts() {
				return this.counts.reduce(((acc, v, i) => {
					acc[this.status[i]] = v;
					return acc;
				}), {});
			}
		};
		var DLList$2 = DLList_1;
		var Sync_1 = class Sync {
			constructor(name, Promise) {
				this.schedule = this.schedule.bind(this);
				this.name = name;
				this.Promise = Promise;
				this._running = 0;
				this._queue = new DLList$2();
			}
			isEmpty() {
				return this._queue.length === 0;
			}
			async _tryToRun() {
				var args, cb, error, reject, resolve, returned, task;
				if (this._running < 1 && this._queue.length > 0) {
					this._running++;
					({task, args, resolve, reject} = this._queue.shift());
					cb = await (async function() {
						try {
							returned = await task(...args);
							return function() {
								return resolve(returned);
							};
						} catch (error1) {
							error = error1;
							return function() {
								return reject(error);
							};
						}
					})();
					this._running--;
					this._tryToRun();
					return cb();
				}
			}
			schedule(task, ...args) {
				var promise, reject, resolve = reject = null;
				promise = new this.Promise(function(_resolve, _reject) {
					resolve = _resolve;
					return reject = _reject;
				});
				this._queue.push({
					task,
					args,
					resolve,
					reject
				});
				this._tryToRun();
				return promise;
			}
		};
		var version = "2.19.5";
		var version$2 = /*#__PURE__*/ Object.freeze({
			version,
			default: { version }
		});
		var require$$2 = () => console.log("You must import the full version of Bottleneck in order to use this feature.");
		var require$$3 = () => console.log("You must import the full version of Bottleneck in order to use this feature.");
		var require$$4 = () => console.log("You must import the full version of Bottleneck in order to use this feature.");
		var Events$2, Group, IORedisConnection$1, RedisConnection$1, Scripts$1, parser$3 = parser;
		Events$2 = Events_1;
		RedisConnection$1 = require$$2;
		IORedisConnection$1 = require$$3;
		Scripts$1 = require$$4;
		Group = (function() {
			class Group {
				constructor(limiterOptions = {}) {
					this.deleteKey = this.deleteKey.bind(this);
					this.limiterOptions = limiterOptions;
					parser$3.load(this.limiterOptions, this.defaults, this);
					this.Events = new Events$2(this);
					this.instances = {};
					this.Bottleneck = Bottleneck_1;
					this._startAutoCleanup();
					this.sharedConnection = this.connection != null;
					if (this.connection == null) {
						if (this.limiterOptions.datastore === "redis") this.connection = new RedisConnection$1(Object.assign({}, this.limiterOptions, { Events: this.Events }));
						else if (this.limiterOptions.datastore === "ioredis") this.connection = new IORedisConnection$1(Object.assign({}, this.limiterOptions, { Events: this.Events }));
					}
				}
				key(key = "") {
					var ref;
					return (ref = this.instances[key]) != null ? ref : (() => {
						var limiter = this.instances[key] = new this.Bottleneck(Object.assign(this.limiterOptions, {
							id: `${this.id}-${key}`,
							timeout: this.timeout,
							connection: this.connection
						}));
						this.Events.trigger("created", limiter, key);
						return limiter;
					})();
				}
				async deleteKey(key = "") {
					var deleted, instance = this.instances[key];
					if (this.connection) deleted = await this.connection.__runCommand__(["del", ...Scripts$1.allKeys(`${this.id}-${key}`)]);
					if (instance != null) {
						delete this.instances[key];
						await instance.disconnect();
					}
					return instance != null || deleted > 0;
				}
				limiters() {
					var k, ref = this.instances, results = [], v;
					for (k in ref) {
						v = ref[k];
						results.push({
							key: k,
							limiter: v
						});
					}
					return results;
				}
				keys() {
					return Object.keys(this.instances);
				}
				async clusterKeys() {
					var cursor, end, found, i, k, keys, len, next, start;
					if (this.connection == null) return this.Promise.resolve(this.keys());
					keys = [];
					cursor = null;
					start = `b_${this.id}-`.length;
					end = 9;
					while (cursor !== 0) {
						[next, found] = await this.connection.__runCommand__([
							"scan",
							cursor != null ? cursor : 0,
							"match",
							`b_${this.id}-*_settings`,
							"count",
							1e4
						]);
						cursor = ~~next;
						for (i = 0, len = found.length; i < len; i++) {
							k = found[i];
							keys.push(k.slice(start, -end));
						}
					}
					return keys;
				}
				_startAutoCleanup() {
					var base;
					clearInterval(this.interval);
					return typeof (base = this.interval = setInterval(async () => {
						var e, k, ref, results, time = Date.now(), v;
						ref = this.instances;
						results = [];
						for (k in ref) {
							v = ref[k];
							try {
								if (await v._store.__groupCheck__(time)) results.push(this.deleteKey(k));
								else results.push(void 0);
							} catch (error) {
								e = error;
								results.push(v.Events.trigger("error", e));
							}
						}
						return results;
					}, this.timeout / 2)).unref === "function" ? base.unref() : void 0;
				}
				updateSettings(options = {}) {
					parser$3.overwrite(options, this.defaults, this);
					parser$3.overwrite(options, options, this.limiterOptions);
					if (options.timeout != null) return this._startAutoCleanup();
				}
				disconnect(flush = true) {
					var ref;
					if (!this.sharedConnection) return (ref = this.connection) != null ? ref.disconnect(flush) : void 0;
				}
			}
			Group.prototype.defaults = {
				timeout: 3e5,
				connection: null,
				Promise,
				id: "group-key"
			};
			return Group;
		}).call(commonjsGlobal);
		var Group_1 = Group;
		var Batcher, Events$3, parser$4 = parser;
		Events$3 = Events_1;
		Batcher = (function() {
			class Batcher {
				constructor(options = {}) {
					this.options = options;
					parser$4.load(this.options, this.defaults, this);
					this.Events = new Events$3(this);
					this._arr = [];
					this._resetPromise();
					this._lastFlush = Date.now();
				}
				_resetPromise() {
					return this._promise = new this.Promise((res, rej) => {
						return this._resolve = res;
					});
				}
				_flush() {
					clearTimeout(this._timeout);
					this._lastFlush = Date.now();
					this._resolve();
					this.Events.trigger("batch", this._arr);
					this._arr = [];
					return this._resetPromise();
				}
				add(data) {
					var ret;
					this._arr.push(data);
					ret = this._promise;
					if (this._arr.length === this.maxSize) this._flush();
					else if (this.maxTime != null && this._arr.length === 1) this._timeout = setTimeout(() => {
						return this._flush();
					}, this.maxTime);
					return ret;
				}
			}
			Batcher.prototype.defaults = {
				maxTime: null,
				maxSize: null,
				Promise
			};
			return Batcher;
		}).call(commonjsGlobal);
		var Batcher_1 = Batcher;
		var require$$4$1 = () => console.log("You must import the full version of Bottleneck in order to use this feature.");
		var require$$8 = getCjsExportFromNamespace(version$2);
		var Bottleneck, DEFAULT_PRIORITY$1, Events$4, Job$1, LocalDatastore$1, NUM_PRIORITIES$1, Queues$1, RedisDatastore$1, States$1, Sync$1, parser$5, splice = [].splice;
		NUM_PRIORITIES$1 = 10;
		DEFAULT_PRIORITY$1 = 5;
		parser$5 = parser;
		Queues$1 = Queues_1;
		Job$1 = Job_1;
		LocalDatastore$1 = LocalDatastore_1;
		RedisDatastore$1 = require$$4$1;
		Events$4 = Events_1;
		States$1 = States_1;
		Sync$1 = Sync_1;
		Bottleneck = (function() {
			class Bottleneck {
				constructor(options = {}, ...invalid) {
					var storeInstanceOptions, storeOptions;
					this._addToQueue = this._addToQueue.bind(this);
					this._validateOptions(options, invalid);
					parser$5.load(options, this.instanceDefaults, this);
					this._queues = new Queues$1(NUM_PRIORITIES$1);
					this._scheduled = {};
					this._states = new States$1([
						"RECEIVED",
						"QUEUED",
						"RUNNING",
						"EXECUTING"
					].concat(this.trackDoneStatus ? ["DONE"] : []));
					this._limiter = null;
					this.Events = new Events$4(this);
					this._submitLock = new Sync$1("submit", this.Promise);
					this._registerLock = new Sync$1("register", this.Promise);
					storeOptions = parser$5.load(options, this.storeDefaults, {});
					this._store = (function() {
						if (this.datastore === "redis" || this.datastore === "ioredis" || this.connection != null) {
							storeInstanceOptions = parser$5.load(options, this.redisStoreDefaults, {});
							return new RedisDatastore$1(this, storeOptions, storeInstanceOptions);
						} else if (this.datastore === "local") {
							storeInstanceOptions = parser$5.load(options, this.localStoreDefaults, {});
							return new LocalDatastore$1(this, storeOptions, storeInstanceOptions);
						} else throw new Bottleneck.prototype.BottleneckError(`Invalid datastore type: ${this.datastore}`);
					}).call(this);
					this._queues.on("leftzero", () => {
						var ref;
						return (ref = this._store.heartbeat) != null ? typeof ref.ref === "function" ? ref.ref() : void 0 : void 0;
					});
					this._queues.on("zero", () => {
						var ref;
						return (ref = this._store.heartbeat) != null ? typeof ref.unref === "function" ? ref.unref() : void 0 : void 0;
					});
				}
				_validateOptions(options, invalid) {
					if (!(options != null && typeof options === "object" && invalid.length === 0)) throw new Bottleneck.prototype.BottleneckError("Bottleneck v2 takes a single object argument. Refer to https://github.com/SGrondin/bottleneck#upgrading-to-v2 if you're upgrading from Bottleneck v1.");
				}
				ready() {
					return this._store.ready;
				}
				clients() {
					return this._store.clients;
				}
				channel() {
					return `b_${this.id}`;
				}
				channel_client() {
					return `b_${this.id}_${this._store.clientId}`;
				}
				publish(message) {
					return this._store.__publish__(message);
				}
				disconnect(flush = true) {
					return this._store.__disconnect__(flush);
				}
				chain(_limiter) {
					this._limiter = _limiter;
					return this;
				}
				queued(priority) {
					return this._queues.queued(priority);
				}
				clusterQueued() {
					return this._store.__queued__();
				}
				empty() {
					return this.queued() === 0 && this._submitLock.isEmpty();
				}
				running() {
					return this._store.__running__();
				}
				done() {
					return this._store.__done__();
				}
				jobStatus(id) {
					return this._states.jobStatus(id);
				}
				jobs(status) {
					return this._states.statusJobs(status);
				}
				counts() {
					return this._states.statusCounts();
				}
				_randomIndex() {
					return Math.random().toString(36).slice(2);
				}
				check(weight = 1) {
					return this._store.__check__(weight);
				}
				_clearGlobalState(index) {
					if (this._scheduled[index] != null) {
						clearTimeout(this._scheduled[index].expiration);
						delete this._scheduled[index];
						return true;
					} else return false;
				}
				async _free(index, job, options, eventInfo) {
					var e, running;
					try {
						({running} = await this._store.__free__(index, options.weight));
						this.Events.trigger("debug", `Freed ${options.id}`, eventInfo);
						if (running === 0 && this.empty()) return this.Events.trigger("idle");
					} catch (error1) {
						e = error1;
						return this.Events.trigger("error", e);
					}
				}
				_run(index, job, wait) {
					var clearGlobalState, free, run;
					job.doRun();
					clearGlobalState = this._clearGlobalState.bind(this, index);
					run = this._run.bind(this, index, job);
					free = this._free.bind(this, index, job);
					return this._scheduled[index] = {
						timeout: setTimeout(() => {
							return job.doExecute(this._limiter, clearGlobalState, run, free);
						}, wait),
						expiration: job.options.expiration != null ? setTimeout(function() {
							return job.doExpire(clearGlobalState, run, free);
						}, wait + job.options.expiration) : void 0,
						job
					};
				}
				_drainOne(capacity) {
					return this._registerLock.schedule(() => {
						var args, index, next, options, queue;
						if (this.queued() === 0) return this.Promise.resolve(null);
						queue = this._queues.getFirst();
						({options, args} = next = queue.first());
						if (capacity != null && options.weight > capacity) return this.Promise.resolve(null);
						this.Events.trigger("debug", `Draining ${options.id}`, {
							args,
							options
						});
						index = this._randomIndex();
						return this._store.__register__(index, options.weight, options.expiration).then(({ success, wait, reservoir }) => {
							var empty;
							this.Events.trigger("debug", `Drained ${options.id}`, {
								success,
								args,
								options
							});
							if (success) {
								queue.shift();
								empty = this.empty();
								if (empty) this.Events.trigger("empty");
								if (reservoir === 0) this.Events.trigger("depleted", empty);
								this._run(index, next, wait);
								return this.Promise.resolve(options.weight);
							} else return this.Promise.resolve(null);
						});
					});
				}
				_drainAll(capacity, total = 0) {
					return this._drainOne(capacity).then((drained) => {
						var newCapacity;
						if (drained != null) {
							newCapacity = capacity != null ? capacity - drained : capacity;
							return this._drainAll(newCapacity, total + drained);
						} else return this.Promise.resolve(total);
					}).catch((e) => {
						return this.Events.trigger("error", e);
					});
				}
				_dropAllQueued(message) {
					return this._queues.shiftAll(function(job) {
						return job.doDrop({ message });
					});
				}
				stop(options = {}) {
					var done, waitForExecuting;
					options = parser$5.load(options, this.stopDefaults);
					waitForExecuting = (at) => {
						var finished = () => {
							var counts = this._states.counts;
							return counts[0] + counts[1] + counts[2] + counts[3] === at;
						};
						return new this.Promise((resolve, reject) => {
							if (finished()) return resolve();
							else return this.on("done", () => {
								if (finished()) {
									this.removeAllListeners("done");
									return resolve();
								}
							});
						});
					};
					done = options.dropWaitingJobs ? (this._run = function(index, next) {
						return next.doDrop({ message: options.dropErrorMessage });
					}, this._drainOne = () => {
						return this.Promise.resolve(null);
					}, this._registerLock.schedule(() => {
						return this._submitLock.schedule(() => {
							var k, ref = this._scheduled, v;
							for (k in ref) {
								v = ref[k];
								if (this.jobStatus(v.job.options.id) === "RUNNING") {
									clearTimeout(v.timeout);
									clearTimeout(v.expiration);
									v.job.doDrop({ message: options.dropErrorMessage });
								}
							}
							this._dropAllQueued(options.dropErrorMessage);
							return waitForExecuting(0);
						});
					})) : this.schedule({
						priority: NUM_PRIORITIES$1 - 1,
						weight: 0
					}, () => {
						return waitForExecuting(1);
					});
					this._receive = function(job) {
						return job._reject(new Bottleneck.prototype.BottleneckError(options.enqueueErrorMessage));
					};
					this.stop = () => {
						return this.Promise.reject(new Bottleneck.prototype.BottleneckError("stop() has already been called"));
					};
					return done;
				}
				async _addToQueue(job) {
					var args, blocked, error, options, reachedHWM, shifted, strategy;
					({args, options} = job);
					try {
						({reachedHWM, blocked, strategy} = await this._store.__submit__(this.queued(), options.weight));
					} catch (error1) {
						error = error1;
						this.Events.trigger("debug", `Could not queue ${options.id}`, {
							args,
							options,
							error
						});
						job.doDrop({ error });
						return false;
					}
					if (blocked) {
						job.doDrop();
						return true;
					} else if (reachedHWM) {
						shifted = strategy === Bottleneck.prototype.strategy.LEAK ? this._queues.shiftLastFrom(options.priority) : strategy === Bottleneck.prototype.strategy.OVERFLOW_PRIORITY ? this._queues.shiftLastFrom(options.priority + 1) : strategy === Bottleneck.prototype.strategy.OVERFLOW ? job : void 0;
						if (shifted != null) shifted.doDrop();
						if (shifted == null || strategy === Bottleneck.prototype.strategy.OVERFLOW) {
							if (shifted == null) job.doDrop();
							return reachedHWM;
						}
					}
					job.doQueue(reachedHWM, blocked);
					this._queues.push(job);
					await this._drainAll();
					return reachedHWM;
				}
				_receive(job) {
					if (this._states.jobStatus(job.options.id) != null) {
						job._reject(new Bottleneck.prototype.BottleneckError(`A job with the same id already exists (id=${job.options.id})`));
						return false;
					} else {
						job.doReceive();
						return this._submitLock.schedule(this._addToQueue, job);
					}
				}
				submit(...args) {
					var cb, fn, job, options, ref, ref1, task;
					if (typeof args[0] === "function") {
						ref = args, [fn, ...args] = ref, [cb] = splice.call(args, -1);
						options = parser$5.load({}, this.jobDefaults);
					} else {
						ref1 = args, [options, fn, ...args] = ref1, [cb] = splice.call(args, -1);
						options = parser$5.load(options, this.jobDefaults);
					}
					task = (...args) => {
						return new this.Promise(function(resolve, reject) {
							return fn(...args, function(...args) {
								return (args[0] != null ? reject : resolve)(args);
							});
						});
					};
					job = new Job$1(task, args, options, this.jobDefaults, this.rejectOnDrop, this.Events, this._states, this.Promise);
					job.promise.then(function(args) {
						return typeof cb === "function" ? cb(...args) : void 0;
					}).catch(function(args) {
						if (Array.isArray(args)) return typeof cb === "function" ? cb(...args) : void 0;
						else return typeof cb === "function" ? cb(args) : void 0;
					});
					return this._receive(job);
				}
				schedule(...args) {
					var job, options, task;
					if (typeof args[0] === "function") {
						[task, ...args] = args;
						options = {};
					} else [options, task, ...args] = args;
					job = new Job$1(task, args, options, this.jobDefaults, this.rejectOnDrop, this.Events, this._states, this.Promise);
					this._receive(job);
					return job.promise;
				}
				wrap(fn) {
					var schedule = this.schedule.bind(this), wrapped = function(...args) {
						return schedule(fn.bind(this), ...args);
					};
					wrapped.withOptions = function(options, ...args) {
						return schedule(options, fn, ...args);
					};
					return wrapped;
				}
				async updateSettings(options = {}) {
					await this._store.__updateSettings__(parser$5.overwrite(options, this.storeDefaults));
					parser$5.overwrite(options, this.instanceDefaults, this);
					return this;
				}
				currentReservoir() {
					return this._store.__currentReservoir__();
				}
				incrementReservoir(incr = 0) {
					return this._store.__incrementReservoir__(incr);
				}
			}
			Bottleneck.default = Bottleneck;
			Bottleneck.Events = Events$4;
			Bottleneck.version = Bottleneck.prototype.version = require$$8.version;
			Bottleneck.strategy = Bottleneck.prototype.strategy = {
				LEAK: 1,
				OVERFLOW: 2,
				OVERFLOW_PRIORITY: 4,
				BLOCK: 3
			};
			Bottleneck.BottleneckError = Bottleneck.prototype.BottleneckError = BottleneckError_1;
			Bottleneck.Group = Bottleneck.prototype.Group = Group_1;
			Bottleneck.RedisConnection = Bottleneck.prototype.RedisConnection = require$$2;
			Bottleneck.IORedisConnection = Bottleneck.prototype.IORedisConnection = require$$3;
			Bottleneck.Batcher = Bottleneck.prototype.Batcher = Batcher_1;
			Bottleneck.prototype.jobDefaults = {
				priority: DEFAULT_PRIORITY$1,
				weight: 1,
				expiration: null,
				id: "<no-id>"
			};
			Bottleneck.prototype.storeDefaults = {
				maxConcurrent: null,
				minTime: 0,
				highWater: null,
				strategy: Bottleneck.prototype.strategy.LEAK,
				penalty: null,
				reservoir: null,
				reservoirRefreshInterval: null,
				reservoirRefreshAmount: null,
				reservoirIncreaseInterval: null,
				reservoirIncreaseAmount: null,
				reservoirIncreaseMaximum: null
			};
			Bottleneck.prototype.localStoreDefaults = {
				Promise,
				timeout: null,
				heartbeatInterval: 250
			};
			Bottleneck.prototype.redisStoreDefaults = {
				Promise,
				timeout: null,
				heartbeatInterval: 5e3,
				clientTimeout: 1e4,
				Redis: null,
				clientOptions: {},
				clusterNodes: null,
				clearDatastore: false,
				connection: null
			};
			Bottleneck.prototype.instanceDefaults = {
				datastore: "local",
				connection: null,
				id: "<no-id>",
				rejectOnDrop: true,
				trackDoneStatus: false,
				Promise
			};
			Bottleneck.prototype.stopDefaults = {
				enqueueErrorMessage: "This limiter has been stopped and cannot accept new jobs.",
				dropWaitingJobs: true,
				dropErrorMessage: "This limiter has been stopped."
			};
			return Bottleneck;
		}).call(commonjsGlobal);
		var Bottleneck_1 = Bottleneck;
		return Bottleneck_1;
	}));
}));

// node_modules/@octokit/plugin-retry/dist-bundle/index.js
var import_light = /* @__PURE__ */ __toESM(require_light(), 1);
var VERSION = "0.0.0-development";
function isRequestError(error) {
	return error.request !== void 0;
}
async function errorRequest(state, octokit, error, options) {
	if (!isRequestError(error) || !error?.request.request) throw error;
	if (error.status >= 400 && !state.doNotRetry.includes(error.status)) {
		const retries = options.request.retries != null ? options.request.retries : state.retries;
		const retryAfter = Math.pow((options.request.retryCount || 0) + 1, 2);
		throw octokit.retry.retryRequest(error, retries, retryAfter);
	}
	throw error;
}
async function wrapRequest(state, octokit, request, options) {
	const limiter = new import_light.default();
	limiter.on("failed", function(error, info) {
		const maxRetries = ~~error.request.request?.retries;
		const after = ~~error.request.request?.retryAfter;
		options.request.retryCount = info.retryCount + 1;
		if (maxRetries > info.retryCount) return after * state.retryAfterBaseValue;
	});
	return limiter.schedule(requestWithGraphqlErrorHandling.bind(null, state, octokit, request), options);
}
async function requestWithGraphqlErrorHandling(state, octokit, request, options) {
	const response = await request(options);
	if (response.data && response.data.errors && response.data.errors.length > 0 && /Something went wrong while executing your query/.test(response.data.errors[0].message)) return errorRequest(state, octokit, new RequestError(response.data.errors[0].message, 500, {
		request: options,
		response
	}), options);
	return response;
}
function retry(octokit, octokitOptions) {
	const state = Object.assign({
		enabled: true,
		retryAfterBaseValue: 1e3,
		doNotRetry: [
			400,
			401,
			403,
			404,
			410,
			422,
			451
		],
		retries: 3
	}, octokitOptions.retry);
	const retryPlugin = { retry: { retryRequest: (error, retries, retryAfter) => {
		error.request.request = Object.assign({}, error.request.request, {
			retries,
			retryAfter
		});
		return error;
	} } };
	if (state.enabled) {
		octokit.hook.error("request", errorRequest.bind(null, state, retryPlugin));
		octokit.hook.wrap("request", wrapRequest.bind(null, state, retryPlugin));
	}
	return retryPlugin;
}
retry.VERSION = VERSION;

// src/github/client.ts
const SwarmOctokit = Octokit.plugin(paginateRest, retry).defaults({
	userAgent: "swarm",
	retry: {
		retries: 2,
		retryAfterBaseValue: 250
	}
});
/** GitHub did not answer, answered with its own failure, or asked to come back later. */
var GitHubUnavailable = class extends Error {
	name = "GitHubUnavailable";
	status;
	/** Milliseconds to wait before the next call, as GitHub asked, or a guess. */
	waitMs;
	/** Whether the call may have had its effect all the same. */
	mayHaveHappened;
	constructor(message, status, waitMs, mayHaveHappened) {
		super(message);
		this.status = status;
		this.waitMs = waitMs;
		this.mayHaveHappened = mayHaveHappened;
	}
};
/** GitHub understood and said no. */
var GitHubRefused = class extends Error {
	name = "GitHubRefused";
	status;
	/** Which permission would have been needed, where GitHub says it. */
	acceptedPermissions;
	constructor(message, status, acceptedPermissions) {
		super(message);
		this.status = status;
		this.acceptedPermissions = acceptedPermissions;
	}
};
const DEFAULT_API_URL = "https://api.github.com";
/** GHES serves REST below `/api/v3` and GraphQL at `/api/graphql`; Octokit derives the second from the first. */
function makeClient(options) {
	return wrap(new SwarmOctokit({
		baseUrl: options.apiUrl,
		auth: options.token
	}));
}
function wrap(octokit) {
	let seenAt = instant(Date.now());
	const look = (headers) => {
		const at = Date.parse(headers?.date ?? "");
		if (!Number.isNaN(at)) seenAt = instant(at);
	};
	octokit.hook.before("request", (options) => {
		options.headers["x-github-api-version"] = "2022-11-28";
		if (!(options.method === "GET" || options.method === "HEAD" || options.request?.reads === true)) options.request = {
			...options.request,
			retries: 0
		};
	});
	octokit.hook.after("request", (response) => look(response.headers));
	octokit.hook.error("request", (error, options) => {
		look(error.response?.headers);
		throw explain(error, options.method !== "GET" && options.method !== "HEAD");
	});
	const graphql = async (text, variables, reads) => {
		try {
			return await octokit.graphql(text, {
				...variables,
				request: { reads }
			});
		} catch (error) {
			throw explainGraphql(error);
		}
	};
	return {
		request: octokit.request,
		paginate: octokit.paginate,
		query: (text, variables) => graphql(text, variables, true),
		queryWhatIsThere: async (text, variables) => {
			try {
				return await octokit.graphql(text, {
					...variables,
					request: { reads: true }
				});
			} catch (error) {
				const { data, errors = [] } = error;
				if (data && errors.length > 0 && errors.every(isOnlyUnseen)) return data;
				throw explainGraphql(error);
			}
		},
		mutate: (text, variables) => graphql(text, variables, false),
		now: () => seenAt
	};
}
/**
* What is not there, and what lies in somebody else's repository: a blocker there that may not be seen says nothing about
* the rest of the answer. Questions about other repositories stand under the alias `elsewhere…`.
*/
const isOnlyUnseen = ({ type, path = [] }) => type === "NOT_FOUND" || type === "FORBIDDEN" && (String(path[0]).startsWith("elsewhere") || path.includes("blockedBy"));
/**
* Primary and secondary rate limits come as 403 or 429; which one it is, and how long to wait, stands in the headers.
* @see https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api
*/
function explain(error, writes) {
	if (error instanceof GitHubUnavailable || error instanceof GitHubRefused) return error;
	if (!isFailedRequest(error)) return error;
	const headers = error.response?.headers ?? {};
	const status = error.status ?? 0;
	if ((status === 403 || status === 429) && (headers["retry-after"] !== void 0 || headers["x-ratelimit-remaining"] === "0" || /rate limit/i.test(error.message))) return new GitHubUnavailable(error.message, status, limitWaitMs(headers), false);
	if (status === 0 || !error.response) return new GitHubUnavailable(`No answer from GitHub: ${error.message}`, void 0, 5e3, writes);
	if (status >= 500 || status === 408) return new GitHubUnavailable(error.message, status, 5e3, writes);
	return new GitHubRefused(error.message, status, headers["x-accepted-github-permissions"]);
}
const isFailedRequest = (error) => error instanceof Error && (error.name === "HttpError" || "status" in error);
function limitWaitMs(headers) {
	const seconds = Number(headers["retry-after"]);
	if (Number.isFinite(seconds) && seconds > 0) return seconds * 1e3;
	const reset = Number(headers["x-ratelimit-reset"]);
	const now = Date.parse(headers.date ?? "");
	if (headers["x-ratelimit-remaining"] === "0" && Number.isFinite(reset) && !Number.isNaN(now)) return Math.max(1e3, reset * 1e3 - now);
	return 6e4;
}
/** GraphQL answers failures with HTTP 200; a limit is an error of type RATE_LIMITED there. */
function explainGraphql(error) {
	if (!(error instanceof Error) || error.name !== "GraphqlResponseError") return error;
	const { errors = [], headers = {} } = error;
	if (errors.some((each) => each.type === "RATE_LIMITED" || /rate limit/i.test(each.message))) return new GitHubUnavailable(error.message, 200, limitWaitMs(headers), false);
	if (errors.some((each) => /something went wrong|timedout|timeout/i.test(each.message))) return new GitHubUnavailable(error.message, 200, 5e3, true);
	const status = errors.some((each) => each.type === "FORBIDDEN" || each.type === "INSUFFICIENT_SCOPES") ? 403 : errors.some((each) => each.type === "NOT_FOUND") ? 404 : 422;
	return new GitHubRefused(error.message, status);
}
const inRepository = (repository) => ({
	owner: repository.owner,
	repo: repository.name
});

// src/github/journal.ts
const EPICS = "refs/swarm/epics/";
const journalRef = (epic) => `${EPICS}${epic}`;
const reportRef = (epic, attempt) => `refs/swarm/runs/${epic}/${attempt}`;
const calibrationRef = (epic, wave, round) => `refs/swarm/runs/${epic}/wave-${wave}-${round}`;
/** Beside the state: what the epic's segments took, in short, for the forecasts of later epics. */
const TOOK_FILE = "took.json";
/** Journals that are looked back at. */
const EARLIER_EPICS = 20;
const ABSENT = "0".repeat(40);
/** What segments of other epics took, from the short notes beside their journals: one question, whatever their size. */
async function readEarlier(client, repository, epic) {
	const lists = ((await client.queryWhatIsThere(`query Earlier($owner: String!, $name: String!, $prefix: String!, $path: String!, $first: Int!) {
      repository(owner: $owner, name: $name) {
        refs(refPrefix: $prefix, first: $first, orderBy: { field: ALPHABETICAL, direction: DESC }) {
          nodes { name target { ... on Commit { file(path: $path) { object { ... on Blob { text } } } } } }
        }
      }
    }`, {
		...repository,
		prefix: EPICS,
		path: TOOK_FILE,
		first: EARLIER_EPICS
	})).repository?.refs?.nodes ?? []).filter(({ name }) => name !== String(epic)).map(({ target }) => parsed$1(target?.file?.object?.text ?? "[]"));
	return readHistory(lists);
}
/** A note that cannot be read teaches nothing, and keeps nobody from working. */
function parsed$1(text) {
	try {
		return JSON.parse(text);
	} catch {
		return [];
	}
}
/** GraphQL cuts a blob's text at 512 KiB and says so; REST gives all of it. */
async function wholeText(client, repository, blob) {
	if (blob.text !== null && !blob.isTruncated) return blob.text;
	const answer = await client.request("GET /repos/{owner}/{repo}/git/blobs/{file_sha}", {
		...inRepository(repository),
		file_sha: blob.oid
	});
	return Buffer.from(answer.data.content, "base64").toString("utf8");
}
var JournalBroken = class extends Error {
	name = "JournalBroken";
};
function parseJournal(text, epic) {
	let value;
	try {
		value = JSON.parse(text);
	} catch {
		throw new JournalBroken(`${journalRef(epic)} holds no JSON in state.json.`);
	}
	const journal = value;
	if (journal.version !== 1) throw new JournalBroken(`${journalRef(epic)} was written by another version of swarm (version ${String(journal.version)}, this one reads 1).`);
	if (journal.epic !== epic) throw new JournalBroken(`${journalRef(epic)} is the journal of #${String(journal.epic)}.`);
	return value;
}

// src/core/model/instructions.ts
/** Shipped with swarm (`personas/`); a repository's persona of the same name takes its place. */
const SHIPPED_PERSONAS = [
	"implementer",
	"product-manager",
	"researcher",
	"resolver",
	"reviewer",
	"security",
	"tech-lead",
	"tester"
];
const PERSONA_FOLDERS = [
	".agents",
	".agents/agents",
	".claude/agents",
	".github/agents"
];
const SKILL_FOLDERS = [
	".agents/skills",
	".claude/skills",
	".github/skills"
];
/** The longer one first: `api.agent.md` is the persona `api`, not `api.agent`. */
const PERSONA_ENDINGS = [".agent.md", ".md"];
const NAME = /^[a-z0-9][a-z0-9-]{0,62}$/;
const bare = (folder) => folder.replace(/\/+$/, "");
/** Folders in the order they are looked at. */
const foldersFor = (kind, added) => [...new Set(kind === "persona" ? [...added.personas.map(bare), ...PERSONA_FOLDERS] : [...added.skills.map(bare), ...SKILL_FOLDERS])];
/** Every file that could hold this name, in the order they are looked at. */
const pathsFor = (kind, name, added) => foldersFor(kind, added).flatMap((folder) => kind === "skill" ? [`${folder}/${name}/SKILL.md`] : PERSONA_ENDINGS.map((ending) => `${folder}/${name}${ending}`));
/** The name a file of such a folder holds: `api.agent.md` → `api`. @returns undefined where it holds none. */
function personaIn(file) {
	const ending = PERSONA_ENDINGS.find((each) => file.endsWith(each));
	const name = ending === void 0 ? "" : file.slice(0, -ending.length);
	return NAME.test(name) ? name : void 0;
}
/** Whether a folder of a skills' folder is named as a skill has to be. */
const isSkillName = (folder) => NAME.test(folder);

// src/github/questions.ts
const ACTOR = `__typename login ... on User { databaseId } ... on Bot { databaseId }`;
const COMMENT = `id fullDatabaseId body createdAt lastEditedAt viewerDidAuthor author { ${ACTOR} } editor { ${ACTOR} } reactionGroups { content viewerHasReacted }`;
const ISSUE_FIELDS = `
  __typename id number title body url state stateReason updatedAt lastEditedAt viewerDidAuthor
  author { ${ACTOR} }
  editor { ${ACTOR} }
  labels(first: 50) { nodes { name } }
  repository { nameWithOwner }
  parent { number }
  subIssuesSummary { total }
  blockedBy(first: 50) { totalCount nodes { number state stateReason repository { nameWithOwner } } }`;
const SEGMENT = `fragment Segment on Issue {
  ${ISSUE_FIELDS}
  comments(last: 20) { nodes { ${COMMENT} } }
  timelineItems(last: 10, itemTypes: [UNLABELED_EVENT]) {
    nodes { ... on UnlabeledEvent { id createdAt actor { ${ACTOR} } label { name } } }
  }
}`;
/** Issues below others that are asked for at once. */
const PAGE = 50;
const EPIC = `query SwarmEpic($owner: String!, $name: String!, $epic: Int!, $journal: String!, $state: String!) {
  repository(owner: $owner, name: $name) {
    id url
    defaultBranchRef { name }
    head: object(expression: $journal) { oid }
    state: object(expression: $state) { oid ... on Blob { text isTruncated } }
    yml: object(expression: "HEAD:.github/swarm.yml") { ... on Blob { text } }
    yaml: object(expression: "HEAD:.github/swarm.yaml") { ... on Blob { text } }
    workflow: object(expression: "HEAD:.github/workflows/swarm.yml") { oid }
    segmentWorkflow: object(expression: "HEAD:.github/workflows/segment.yml") { oid }
    issue(number: $epic) {
      ${ISSUE_FIELDS}
      comments(last: 100) { nodes { ${COMMENT} } }
      timelineItems(last: 50, itemTypes: [LABELED_EVENT]) {
        nodes { ... on LabeledEvent { id createdAt actor { ${ACTOR} } label { name } } }
      }
      unlabeled: timelineItems(last: 10, itemTypes: [UNLABELED_EVENT]) {
        nodes { ... on UnlabeledEvent { id createdAt actor { ${ACTOR} } label { name } } }
      }
      subIssues(first: ${PAGE}) { pageInfo { hasNextPage endCursor } nodes { ...Segment } }
    }
  }
}
${SEGMENT}`;
const CHILDREN = `query SwarmChildren($id: ID!, $after: String) {
  node(id: $id) {
    ... on Issue { subIssues(first: ${PAGE}, after: $after) { pageInfo { hasNextPage endCursor } nodes { ...Segment } } }
  }
}
${SEGMENT}`;
/** The first pages of several groups at once: of each no more than it has, so that together they are about a page. */
function childrenOfGroups(groups) {
	const ids = groups.map(({ id }, at) => [`id${at}`, id]);
	const parts = groups.map(({ subIssuesSummary: { total } }, at) => `group${at}: node(id: $id${at}) { ... on Issue { subIssues(first: ${Math.min(total, PAGE)}) { pageInfo { hasNextPage endCursor } nodes { ...Segment } } } }`);
	return {
		text: `query SwarmGroups(${ids.map(([name]) => `$${name}: ID!`).join(", ")}) {
  ${parts.join("\n  ")}
}
${SEGMENT}`,
		variables: Object.fromEntries(ids)
	};
}
/** Groups whose first pages are asked for together. */
const inPages = (groups) => together(groups, ({ subIssuesSummary: { total } }) => Math.min(total, PAGE), PAGE);
/** Items in their order, put together as long as they fill no more than this. */
function together(items, sizeOf, most) {
	const all = [];
	let room = 0;
	for (const item of items) {
		const size = sizeOf(item);
		if (size > room) {
			all.push([]);
			room = most;
		}
		all.at(-1)?.push(item);
		room -= size;
	}
	return all;
}
/** Who edited a comment. Asked of one that is ticked alone: of all comments it would cost ten times as much as the rest. */
const EDITS = `query SwarmEdits($id: ID!) {
  node(id: $id) {
    ... on IssueComment { userContentEdits(first: 50) { nodes { editedAt editor { ${ACTOR} } } } }
  }
}`;
const issuesByNumber = (numbers) => `query SwarmIssues($owner: String!, $name: String!) {
  repository(owner: $owner, name: $name) {
    ${numbers.map((number) => `issue${number}: issueOrPullRequest(number: ${number}) { __typename ...Segment }`).join("\n")}
  }
}
${SEGMENT}`;
const ROLLUP = `statusCheckRollup {
  contexts(first: 100) {
    nodes {
      __typename
      ... on CheckRun { name status conclusion checkSuite { workflowRun { workflow { resourcePath } } } }
      ... on StatusContext { context state }
    }
  }
}`;
const PULL_FIELDS = `
  number id url state isDraft merged mergedAt mergeable mergeStateStatus headRefName headRefOid baseRefName
  author { ${ACTOR} }
  mergeCommit { oid }`;
const REVIEW = `id state submittedAt lastEditedAt body author { ${ACTOR} } commit { oid }`;
const WHOLE_PULL = `fragment WholePull on PullRequest {
  ${PULL_FIELDS}
  reviews(last: 50) { nodes { ${REVIEW} comments(first: 30) { nodes { ${COMMENT} path line } } } }
  comments(last: 50) { nodes { ${COMMENT} } } commits(last: 1) { nodes { commit { ${ROLLUP} } } }
}`;
/** Of a segment that is closed only the outcome matters; its approvals stay for the record of who gave them. */
const PULL_STATE = `fragment PullState on PullRequest {
  ${PULL_FIELDS}
  reviews(last: 20, states: [APPROVED]) { nodes { ${REVIEW} } }
}`;
/**
* Everything the journal names, by aliases; names of branches and refs travel as variables. One question, and further ones
* for the pull requests that are too many for it: each has reviews, comments and checks, as much as several issues.
*/
function detail(question) {
	const sizeOf = ({ detail: how }) => how === "whole" ? 4 : 1;
	const [first = [], ...more] = together(question.pulls, sizeOf, 200);
	return [detailWith(question, first), ...more.map((pulls) => makeQuestion(pulls.map(askPull), [], {}))];
}
const askPull = ({ number, detail: how }) => `pull${number}: pullRequest(number: ${number}) { ...${how === "whole" ? "WholePull" : "PullState"} }`;
function detailWith(question, pulls) {
	const variables = {};
	const parts = [];
	const asked = (name, value) => {
		variables[name] = value;
		return `$${name}`;
	};
	const base = question.base === "HEAD" ? "HEAD" : `refs/heads/${question.base}`;
	parts.push(`base: object(expression: ${asked("base", `${base}^{commit}`)}) { ... on Commit { oid ${ROLLUP} } }`);
	parts.push(...pulls.map(askPull));
	question.branches.forEach((branch, index) => {
		parts.push(`branch${index}: ref(qualifiedName: ${asked(`branch${index}`, `refs/heads/${branch}`)}) { name target { oid } }`);
	});
	const blob = (alias, expression) => parts.push(`${alias}: object(expression: ${asked(alias, expression)}) { ... on Blob { text } }`);
	question.reports.forEach((ref, index) => {
		blob(`report${index}`, `${ref}:report.json`);
	});
	question.calibrations.forEach((ref, index) => {
		blob(`calibration${index}`, `${ref}:calibration.json`);
	});
	question.personaFolders.forEach((folder, index) => {
		const at = asked(`personas${index}`, `${base}:${folder}`);
		parts.push(`personas${index}: object(expression: ${at}) { ... on Tree { entries { name type } } }`);
	});
	question.skillFolders.forEach((folder, index) => {
		const at = asked(`skills${index}`, `${base}:${folder}`);
		parts.push(`skills${index}: object(expression: ${at}) { ... on Tree { entries { name type object { ... on Tree { entries { name } } } } } }`);
	});
	question.others.filter((ref) => ref.repository === void 0).forEach((ref) => {
		parts.push(`other${ref.number}: issueOrPullRequest(number: ${ref.number}) { __typename ... on Issue { state stateReason } }`);
	});
	return makeQuestion(parts, question.others.filter((ref) => ref.repository !== void 0).map((ref, index) => {
		return `elsewhere${index}: repository(owner: ${asked(`owner${index}`, ref.repository?.owner ?? "")}, name: ${asked(`name${index}`, ref.repository?.name ?? "")}) { issue: issueOrPullRequest(number: ${ref.number}) { __typename ... on Issue { state stateReason } } }`;
	}), variables);
}
/** @param parts of the repository. GitHub refuses a fragment that nobody uses. */
function makeQuestion(parts, elsewhere, variables) {
	const declared = Object.keys(variables).map((name) => `, $${name}: String!`);
	const asked = parts.join("\n    ");
	const fragments = [...asked.includes("...WholePull") ? [WHOLE_PULL] : [], ...asked.includes("...PullState") ? [PULL_STATE] : []];
	return {
		text: `query SwarmDetail($owner: String!, $name: String!${declared.join("")}) {
  repository(owner: $owner, name: $name) {
    ${asked}
  }
  ${elsewhere.join("\n  ")}
}
${fragments.join("\n")}`,
		variables
	};
}
/** Whether swarm itself has put one of these on it. */
const hasReacted = ({ reactionGroups }, ...contents) => (reactionGroups ?? []).some((each) => each.viewerHasReacted && contents.some((content) => content === each.content));
/** All answers whose alias is this word and a number; what is not there is left out. */
function answersWith(answer, word) {
	const form = new RegExp(`^${word}\\d+$`);
	return Object.entries(answer ?? {}).filter(([alias, value]) => value !== null && form.test(alias)).map(([, value]) => value);
}
function othersIn(answer, asked) {
	let elsewhere = 0;
	return asked.map((ref) => {
		if (ref.repository === void 0) return {
			ref,
			answer: answer.repository?.[`other${ref.number}`] ?? null
		};
		return {
			ref,
			answer: answer[`elsewhere${elsewhere++}`]?.issue ?? null
		};
	});
}

// src/github/issues.ts
/** The epic's issues as GitHub answers them, level by level, in swarm's words. */
/** How deep groups may nest. @see https://docs.github.com/en/issues/tracking-your-work-with-issues/using-issues/adding-sub-issues */
const MAX_DEPTH = 8;
/** Reading stops here: a config allows no more than 2,000 segments, each in groups of its own at the deepest. */
const MAX_ISSUES = 2e3 * MAX_DEPTH;
/** Everything below the epic, level by level; without sub-issues, what its task list names. */
async function issuesBelow(place, epic) {
	const found = /* @__PURE__ */ new Map();
	let level = await childrenOf(place, epic);
	for (let depth = 0; depth < MAX_DEPTH && level.length > 0 && found.size < MAX_ISSUES; depth++) {
		const fresh = level.filter((issue) => !found.has(issue.id));
		for (const issue of fresh) found.set(issue.id, issue);
		const groups = fresh.filter((issue) => issue.subIssuesSummary.total > 0);
		level = (await Promise.all(inPages(groups).map((page) => childrenOfAll(place, page)))).flat();
	}
	if ([...found.values()].every((issue) => readMarker(issue.body)?.kind === "fix" && issue.viewerDidAuthor)) for (const issue of await taskListIssues(place, epic)) found.set(issue.id, issue);
	const here = `${place.repository.owner}/${place.repository.name}`.toLowerCase();
	const isHere = (issue) => issue.repository.nameWithOwner.toLowerCase() === here;
	const all = [...found.values()];
	return {
		epic,
		issues: all.filter(isHere),
		foreign: all.filter((issue) => !isHere(issue))
	};
}
/** One question for all of them, and further ones where a group has more than a page. */
async function childrenOfAll(place, groups) {
	const { text, variables } = childrenOfGroups(groups);
	const answer = await place.client.queryWhatIsThere(text, variables);
	const found = groups.map((group, at) => {
		const subIssues = answer[`group${at}`]?.subIssues;
		return subIssues ? childrenOf(place, {
			...group,
			subIssues
		}) : [];
	});
	return (await Promise.all(found)).flat();
}
async function childrenOf({ client }, parent) {
	const children = [...parent.subIssues?.nodes ?? []];
	let page = parent.subIssues?.pageInfo ?? {
		hasNextPage: parent.subIssuesSummary.total > 0,
		endCursor: null
	};
	while (page.hasNextPage && children.length < MAX_ISSUES) {
		const answer = await client.queryWhatIsThere(CHILDREN, {
			id: parent.id,
			after: page.endCursor
		});
		if (!answer.node) break;
		children.push(...answer.node.subIssues.nodes);
		page = answer.node.subIssues.pageInfo;
	}
	return children.filter((child) => child !== null).map((child) => ({
		...child,
		parent: { number: parent.number }
	}));
}
async function taskListIssues(place, epic) {
	const named = readTaskList(epic.body, place.repository).slice(0, 200);
	if (named.length === 0) return [];
	const answer = await place.client.queryWhatIsThere(issuesByNumber(named.map((item) => item.number)), { ...place.repository });
	return Object.values(answer.repository).filter((issue) => issue?.__typename === "Issue");
}
const stateOf = (issue) => issue.state === "OPEN" ? "open" : issue.stateReason === "NOT_PLANNED" || issue.stateReason === "DUPLICATE" ? "not planned" : "completed";
function withChildren(issues) {
	const children = Map.groupBy(issues, ({ parent }) => parent);
	return issues.map((issue) => ({
		...issue,
		children: (children.get(issue.number) ?? []).map(({ number }) => number)
	}));
}
/** A ticked box, found from its own line on: were the blanks before it to go over lines, many empty ones would stall it. */
const TICKED = /^([^\S\n\u2028\u2029]*[-*+]\s+)\[[xX]\]/gm;
/** What an agent would be told. Ticking a box changes no meaning: people and swarm tick what is done. */
function digestOf(issue) {
	const options = issue.labels.nodes.map((label) => label.name).filter((name) => /^(model|effort|worker|persona|base|priority):|^P[0-3]$/.test(name)).sort();
	const body = issue.body.replace(/\r\n?/g, "\n").replace(TICKED, "$1[ ]");
	return createHash("sha256").update(JSON.stringify([
		issue.title,
		body,
		options
	])).digest("hex");
}
async function issueOf(people, repository, issue, epic) {
	const own = issue.viewerDidAuthor;
	const edited = issue.editor && issue.editor.login !== issue.author?.login;
	const marker = own ? readMarker(issue.body) : void 0;
	const blockers = issue.blockedBy.nodes.filter((blocker) => blocker !== null);
	const hidden = issue.blockedBy.totalCount - blockers.length;
	return {
		id: issueId(issue.id),
		number: issueNumber(issue.number),
		title: issue.title,
		body: issue.body,
		url: issue.url,
		state: stateOf(issue),
		author: await people.person(issue.author, own),
		...edited ? { editor: await people.person(issue.editor) } : {},
		...issue.lastEditedAt ? { editedAt: instant(Date.parse(issue.lastEditedAt)) } : {},
		labels: issue.labels.nodes.map((label) => label.name),
		...issue.number !== epic && issue.parent ? { parent: issueNumber(issue.parent.number) } : {},
		children: [],
		...hidden > 0 ? { hiddenBlockers: hidden } : {},
		blockedBy: blockers.map((blocker) => ({
			number: issueNumber(blocker.number),
			...foreign(repository, blocker.repository.nameWithOwner),
			state: stateOf(blocker)
		})),
		digest: digestOf(issue),
		...marker?.kind === "fix" && !edited ? { madeFor: marker.key } : {},
		kind: "issue"
	};
}
function foreign(here, nameWithOwner) {
	const [owner = "", name = ""] = nameWithOwner.split("/");
	return owner.toLowerCase() === here.owner.toLowerCase() && name.toLowerCase() === here.name.toLowerCase() ? {} : { repository: {
		owner,
		name
	} };
}

// src/github/people.ts
/** Looks each person up once, at the moment it matters. */
var People = class {
	#client;
	#repository;
	#known = /* @__PURE__ */ new Map();
	constructor(client, repository) {
		this.#client = client;
		this.#repository = repository;
	}
	/** @param own swarm itself, known by `viewerDidAuthor`: it needs no permission to be asked for. */
	async person(author, own = false) {
		if (!author) return {
			id: 0,
			login: "ghost",
			kind: "person",
			permission: "none"
		};
		const kind = author.__typename === "User" ? "person" : "bot";
		const id = author.databaseId ?? 0;
		if (own) return {
			id,
			login: author.login,
			kind,
			permission: "write"
		};
		if (kind === "bot") return {
			id,
			login: author.login,
			kind,
			permission: "none"
		};
		const known = await this.#permission(author.login);
		return {
			id,
			login: author.login,
			kind,
			permission: known.id === id ? known.permission : "none"
		};
	}
	async byLogin(login) {
		const known = await this.#permission(login);
		return {
			id: known.id,
			login,
			kind: login.endsWith("[bot]") ? "bot" : "person",
			permission: known.permission
		};
	}
	#permission(login) {
		const known = this.#known.get(login) ?? this.#ask(login);
		this.#known.set(login, known);
		return known;
	}
	async #ask(login) {
		try {
			const { data } = await this.#client.request("GET /repos/{owner}/{repo}/collaborators/{username}/permission", {
				...inRepository(this.#repository),
				username: login
			});
			const roles = [
				"admin",
				"maintain",
				"write",
				"triage",
				"read"
			];
			const role = roles.includes(data.role_name) ? data.role_name : data.permission;
			return {
				id: Number(data.user?.id ?? 0),
				permission: roles.includes(role) ? role : "none"
			};
		} catch (error) {
			if (error instanceof GitHubRefused && error.status === 404) return {
				id: 0,
				permission: "none"
			};
			throw error;
		}
	}
};

// src/github/pulls.ts
/** A pull request as GitHub answers it, and its checks, in swarm's words. */
/** Those that the journal names. */
const pullsOf = (detail) => answersWith(detail.repository, "pull");
async function pullOf(people, pull) {
	return {
		number: pullNumber(pull.number),
		id: pull.id,
		url: pull.url,
		branch: pull.headRefName,
		base: pull.baseRefName,
		head: headSha(pull.headRefOid),
		state: pull.merged ? "merged" : pull.state === "OPEN" ? "open" : "closed",
		draft: pull.isDraft,
		mergeable: pull.mergeable === "MERGEABLE" ? "clean" : pull.mergeable === "CONFLICTING" ? "conflicting" : "unknown",
		mergeState: pull.mergeStateStatus.toLowerCase(),
		author: {
			id: pull.author?.databaseId ?? 0,
			login: pull.author?.login ?? "ghost"
		},
		reviews: await Promise.all(pull.reviews.nodes.filter((review) => review.state !== "PENDING").map((review) => reviewOf(people, review))),
		checks: checksOf(pull.commits?.nodes[0]?.commit.statusCheckRollup ?? null),
		...pull.mergeCommit ? { mergeCommit: headSha(pull.mergeCommit.oid) } : {},
		...pull.mergedAt ? { mergedAt: instant(Date.parse(pull.mergedAt)) } : {}
	};
}
async function reviewOf(people, review) {
	const state = {
		APPROVED: "approved",
		CHANGES_REQUESTED: "changes requested",
		DISMISSED: "dismissed"
	}[review.state] ?? "commented";
	return {
		id: review.id,
		by: await people.person(review.author, state === "commented"),
		state,
		head: headSha(review.commit?.oid ?? ""),
		at: instant(Date.parse(review.submittedAt ?? "") || 0),
		body: review.body,
		comments: (review.comments?.nodes ?? []).map((comment) => ({
			path: comment.path,
			...comment.line === null ? {} : { line: comment.line },
			body: comment.body
		}))
	};
}
/**
* Where a head that is to be proven left the base: what it is judged against. GraphQL does not tell it.
* @see https://docs.github.com/en/rest/commits/commits#compare-two-commits
*/
async function withStart(client, repository, journal, base, pull) {
	const segment = journal?.phase === "running" ? segmentOfPull(journal, pull.number) : void 0;
	if (!journal || segment === void 0 || pull.base !== base.branch) return pull;
	if (!wantsProof(pull, recordOf(journal, segment))) return pull;
	try {
		const { data } = await client.request("GET /repos/{owner}/{repo}/compare/{basehead}", {
			...inRepository(repository),
			basehead: `${base.head}...${pull.head}`,
			per_page: 1
		});
		return {
			...pull,
			startedFrom: headSha(data.merge_base_commit.sha)
		};
	} catch (error) {
		if (error instanceof GitHubRefused && error.status === 404) return pull;
		throw error;
	}
}
const OURS = /^swarm \/ /;
/**
* The checks people's own CI reported. Swarm's jobs run on the base's head too: a segment that failed there says
* nothing about the base, so whatever its own workflow reported is left out.
*/
function checksOf(rollup) {
	return (rollup?.contexts.nodes ?? []).flatMap((context) => {
		if (context.__typename === "StatusContext") return [{
			name: context.context,
			ours: false,
			conclusion: {
				SUCCESS: "success",
				FAILURE: "failure",
				ERROR: "failure"
			}[context.state] ?? "pending"
		}];
		if (context.checkSuite?.workflowRun?.workflow.resourcePath.endsWith("/swarm.yml")) return [];
		return [{
			name: context.name,
			ours: OURS.test(context.name),
			conclusion: conclusionOf(context)
		}];
	});
}
function conclusionOf(run) {
	if (run.status !== "COMPLETED") return "pending";
	switch (run.conclusion) {
		case "SUCCESS": return "success";
		case "NEUTRAL":
		case "SKIPPED":
		case "STALE": return "neutral";
		default: return "failure";
	}
}
function baseOf(base, branch) {
	const checks = checksOf(base?.statusCheckRollup ?? null).filter((check) => !check.ours);
	const failing = checks.filter((check) => check.conclusion === "failure").map((check) => check.name);
	return {
		branch,
		head: headSha(base?.oid ?? ""),
		checks: failing.length > 0 ? "failing" : checks.some((check) => check.conclusion === "pending") ? "pending" : checks.length > 0 ? "passing" : "none",
		failing
	};
}

// src/core/model/command.ts
/** What people are told about each command; help texts and docs are made of it. */
const COMMANDS = {
	help: {
		usage: "/swarm help",
		who: "triage",
		says: "Lists these commands.",
		example: "/swarm help"
	},
	plan: {
		usage: "/swarm plan",
		who: "triage",
		says: "Shows the waves and tracks as they would run now, and starts nothing.",
		example: "/swarm plan"
	},
	execute: {
		usage: "/swarm execute [wave N] [agents N] [sequential] [dry-run]",
		who: "write",
		says: "Starts the epic with its texts as they are now: all of it, or one wave, with so many agents at once.",
		example: "/swarm execute agents 3"
	},
	status: {
		usage: "/swarm status",
		who: "triage",
		says: "Brings the panel up to date.",
		example: "/swarm status"
	},
	run: {
		usage: "/swarm run #N",
		who: "write",
		says: "Lets this segment run with its text as it is now, even where its author has no write access.",
		example: "/swarm run #14"
	},
	approve: {
		usage: "/swarm approve [wave N]; on a pull request /approve [commit]",
		who: "write",
		says: "Lets the next wave start; on a pull request, approves the commit that is its head.",
		example: "/approve 1f3c9ab"
	},
	reject: {
		usage: "/reject REASON",
		who: "write",
		says: "Sends a pull request back to its agent with these words and the review's comments.",
		example: "/reject The total must include shipping."
	},
	retry: {
		usage: "/swarm retry [#N]",
		who: "write",
		says: "Tries a blocked segment again, or all of them, with fresh limits.",
		example: "/swarm retry #14"
	},
	answer: {
		usage: "/swarm answer ID TEXT",
		who: "write",
		says: "Answers the question that a run stopped for; it goes on from where it was.",
		example: "/swarm answer q1 Prices are in cents."
	},
	skip: {
		usage: "/swarm skip #N REASON",
		who: "write",
		says: "Leaves a segment out; what waited for it goes on.",
		example: "/swarm skip #14 We buy this instead."
	},
	pause: {
		usage: "/swarm pause",
		who: "write",
		says: "Lets what runs finish and starts nothing more.",
		example: "/swarm pause"
	},
	resume: {
		usage: "/swarm resume",
		who: "write",
		says: "Carries on after a pause or a cancel from what GitHub shows.",
		example: "/swarm resume"
	},
	cancel: {
		usage: "/swarm cancel",
		who: "write",
		says: "Cancels what runs and starts nothing more; branches and pull requests stay.",
		example: "/swarm cancel"
	},
	accept: {
		usage: "/swarm accept",
		who: "write",
		says: "Accepts the finished epic and closes it.",
		example: "/swarm accept"
	},
	"needs-work": {
		usage: "/swarm needs-work WHAT",
		who: "write",
		says: "Makes a follow-up segment of what is missing, instead of accepting.",
		example: "/swarm needs-work The empty cart shows an error page."
	}
};

// src/core/text/command.ts
/**
* Commands people write: `/swarm retry #14` on an epic or segment, `/approve` and `/reject why` on a pull request.
*
* A command stands at the start of a comment's first line, where no code, quote or reply tail can be; whatever else a comment says is
* talk. A mention in prose must never start anything (SPEC R3.4, threats T36).
*/
/** Letters a command and its short arguments may take: longer lines are talk, or an attempt to make swarm echo. */
const LINE_CHARS = 200;
const REASON_CHARS = 4e3;
const ALONE = [
	"help",
	"plan",
	"status",
	"pause",
	"resume",
	"cancel",
	"accept"
];
/** What people reach for first; edit distance would not find it. */
const OTHER_WORDS = /* @__PURE__ */ new Map([
	["stop", "cancel"],
	["abort", "cancel"],
	["kill", "cancel"],
	["start", "execute"],
	["go", "execute"],
	["continue", "resume"],
	["again", "retry"],
	["merge", "approve"],
	["lgtm", "approve"],
	["deny", "reject"],
	["commands", "help"],
	["dry-run", "plan"]
]);
/**
* What a new comment asks for. Only its first line is read, from the first column on, in plain ASCII; the reason of a
* `reject`, `skip` or `needs-work` may go on below it. Anything that is not exactly a command is `unknown` or
* `malformed` when it clearly tried to be one, and `nothing` when it is talk.
*
* @param where `/approve` and `/reject` alone are commands on pull requests only.
*/
function readCommand(comment, where) {
	const end = comment.search(/[\r\n]/);
	const line = trimEndOf(end === -1 ? comment : comment.slice(0, end), " 	");
	const below = end === -1 ? "" : comment.slice(end);
	const start = /^\/(swarm|approve|reject)(?=[ \t]|$)[ \t]*/.exec(line);
	if (!start) return where === "pull" ? withPunctuation(/^\/(?=approve|reject)/.test(line) ? line.slice(1) : "") : NOTHING;
	if (start[1] !== "swarm") {
		if (where === "issue") return NOTHING;
		return readArguments(start[1] === "approve" ? "approve" : "reject", line.slice(start[0].length), below, where);
	}
	const rest = line.slice(start[0].length);
	if (rest === "") return {
		kind: "command",
		command: { kind: "help" }
	};
	const word = /^[^ \t]+/.exec(rest)?.[0] ?? "";
	const verb = VERBS.find((each) => each === word);
	if (!verb) {
		const asked = withPunctuation(rest);
		return asked.kind === "nothing" ? unknown(word) : asked;
	}
	return readArguments(verb, rest.slice(word.length).replace(/^[ \t]+/, ""), below, where);
}
const NOTHING = { kind: "nothing" };
const VERBS = Object.keys(COMMANDS);
/** `approve; rm -rf /` and `approve!` are meant as the command, and are not it. */
function withPunctuation(text) {
	const word = /^([a-z-]{1,20})[;.,:!]/.exec(text)?.[1];
	const verb = VERBS.find((each) => each === word);
	return verb && text.length <= LINE_CHARS ? malformed(verb, `a blank or nothing behind "${verb}"`) : NOTHING;
}
function unknown(word) {
	if (word.length > LINE_CHARS || !/^[!-~]+$/.test(word)) return NOTHING;
	const near = OTHER_WORDS.get(word.toLowerCase()) ?? nearest(word, VERBS);
	return {
		kind: "unknown",
		text: word.slice(0, 40),
		...near === void 0 ? {} : { nearest: near }
	};
}
function readArguments(verb, rest, below, where) {
	if (verb === "reject" || verb === "needs-work") {
		const words = `${rest}${below}`.trim();
		const wrong = reasonFault(words);
		if (wrong) return malformed(verb, wrong);
		return command(verb === "reject" ? {
			kind: verb,
			reason: words
		} : {
			kind: verb,
			what: words
		});
	}
	if (verb === "skip") {
		const named = /^(\S+)([\s\S]*)$/.exec(`${rest}${below}`);
		const segment = issueIn(named?.[1] ?? "");
		const reason = (named?.[2] ?? "").trim();
		const wrong = segment === void 0 ? "an issue number and a reason" : reasonFault(reason);
		if (segment === void 0 || wrong) return malformed(verb, wrong ?? "an issue number and a reason");
		return command({
			kind: verb,
			segment,
			reason
		});
	}
	if (verb === "answer") {
		const [, id = "", words = ""] = /^([A-Za-z0-9][\w.-]{0,39})[ \t\r\n]+([\s\S]*)$/.exec(`${rest}${below}`) ?? [];
		const wrong = id === "" ? "the question's id and your answer" : reasonFault(words.trim());
		return wrong ? malformed(verb, wrong) : command({
			kind: verb,
			id,
			text: words.trim()
		});
	}
	if (rest.length > LINE_CHARS || !/^[\t -~]*$/.test(rest)) return NOTHING;
	const words = rest.split(/[ \t]+/).filter((word) => word !== "");
	const [first, ...more] = words;
	switch (verb) {
		case "execute": return readExecute(words);
		case "run":
		case "retry": {
			if (verb === "retry" && first === void 0) return command({ kind: verb });
			const segment = issueIn(first ?? "");
			return segment === void 0 || more.length > 0 ? malformed(verb, verb === "run" ? "one issue number, such as #14" : "nothing, or one issue number such as #14") : command({
				kind: verb,
				segment
			});
		}
		case "approve": return where === "issue" ? readWaveApproval(words) : readPullApproval(words);
		default: return ALONE.includes(verb) && words.length === 0 ? command({ kind: verb }) : malformed(verb, "nothing after it");
	}
}
const command = (read) => ({
	kind: "command",
	command: read
});
const malformed = (verb, expected) => ({
	kind: "malformed",
	command: verb,
	expected
});
function reasonFault(reason) {
	if (reason === "") return "a reason in your own words";
	return reason.length > REASON_CHARS ? `at most ${REASON_CHARS.toLocaleString("en-US")} characters of reason` : void 0;
}
function readExecute(words) {
	const expected = "any of `wave N`, `agents N`, `sequential` and `dry-run`, each once";
	const options = {};
	const parts = words.flatMap((word) => word.split(/[:=]/)).filter((part) => part !== "");
	for (let at = 0; at < parts.length; at++) {
		const part = parts[at];
		if (part === "sequential" && options.sequential === void 0) options.sequential = true;
		else if (part === "dry-run" && options.dryRun === void 0) options.dryRun = true;
		else if ((part === "wave" || part === "agents") && options[part] === void 0) {
			const count = wholeIn(parts[++at] ?? "", part === "agents" ? 256 : 999);
			if (count === void 0) return malformed("execute", expected);
			options[part] = count;
		} else return malformed("execute", expected);
	}
	return command({
		kind: "execute",
		...options
	});
}
function readWaveApproval(words) {
	if (words.length === 0) return command({ kind: "approve" });
	const wave = words[0] === "wave" && words.length === 2 ? wholeIn(words[1] ?? "", 999) : void 0;
	return wave === void 0 ? malformed("approve", "nothing, or `wave N`; a pull request is approved on its own page") : command({
		kind: "approve",
		wave
	});
}
function readPullApproval(words) {
	if (words.length === 0) return command({ kind: "approve" });
	const head = words[0]?.toLowerCase() ?? "";
	return words.length === 1 && /^[0-9a-f]{7,40}$/.test(head) ? command({
		kind: "approve",
		head
	}) : malformed("approve", "nothing, or the commit you approve by 7 to 40 of its id's digits");
}
function wholeIn(word, most) {
	const value = /^[1-9]\d{0,3}$/.test(word) ? Number(word) : void 0;
	return value !== void 0 && value <= most ? value : void 0;
}
function issueIn(word) {
	const digits = /^#?([1-9]\d{0,9})$/.exec(word)?.[1];
	return digits === void 0 ? void 0 : numberIn(digits);
}

// src/words/problems-plan.ts
const AGAIN = "Swarm looks again by itself.";
const told = (link, say) => {
	switch (link.said.kind) {
		case "native": return "its \"Blocked by\" link";
		case "text": return `its text, line ${link.said.line}: ${say.quote(link.said.text)}`;
		case "group": return `being part of the group ${say.issue(link.said.group)}, which is linked`;
	}
};
const closeTo = (nearest, say) => nearest === void 0 ? "" : ` Did you mean ${say.code(nearest)}?`;
const include = (at, say) => say.code(at.issue === void 0 ? "/swarm execute" : `/swarm run #${at.issue}`);
/** A command as one types it there: on a pull request the judging ones stand alone. */
const typed = (at, command, say) => say.code(at.pull !== void 0 && (command === "approve" || command === "reject") ? `/${command}` : `/swarm ${command}`);
const planSentences = {
	EPIC_CYCLE: ({ path, links }, say) => ({
		what: `The epic cannot be ordered: ${say.issues(path, " → ")} wait for each other.`,
		why: `${links.map((link) => `${say.issue(link.from)} is blocked by ${say.issue(link.to)} (${told(link, say)})`).join("; ")}.`,
		next: `Remove one of these. ${AGAIN}`
	}),
	SELF_DEPENDENCY: ({ link }, say) => ({
		what: `${say.issue(link.from)} waits for itself.`,
		why: `It is blocked by itself (${told(link, say)}).`,
		next: `Remove that. ${AGAIN}`
	}),
	UNKNOWN_ISSUE: ({ at, ref }, say) => ({
		what: `${say.place(at)} waits for ${say.ref(ref)}, which cannot be found.`,
		why: "There is no such issue, it was deleted or transferred, or swarm may not see it.",
		next: `${ref.repository ? "Let swarm see that repository, correct the reference" : "Correct the number"}, or remove the dependency. ${AGAIN}`
	}),
	BLOCKER_HIDDEN: ({ at, count: hidden }, say) => ({
		what: `${say.place(at)} is blocked by ${count(hidden, "issue")} that swarm may not see.`,
		why: "Its \"Blocked by\" links lead into a repository to which swarm has no access, or there are more than 50 of them.",
		next: `Let swarm see that repository, or remove the links. ${AGAIN}`
	}),
	NOT_AN_ISSUE: ({ at, ref }, say) => ({
		what: `${say.place(at)} names ${say.ref(ref)}, which is a pull request.`,
		why: "Epics, segments and what they wait for are issues; a pull request has no end that swarm can wait for.",
		next: `Name the issue behind it instead. ${AGAIN}`
	}),
	BLOCKER_NOT_PLANNED: ({ at, ref }, say) => ({
		what: `${say.place(at)} waits for ${say.ref(ref)}, which was closed as not planned.`,
		why: "Only an issue closed as completed lets go what waits for it.",
		next: `Remove the dependency, or reopen ${say.ref(ref)} and complete it. ${AGAIN}`
	}),
	NO_SEGMENTS: ({ at }, say) => ({
		what: `${say.place(at)} has nothing to execute.`,
		why: "It has no open sub-issue, its text has no task list of issues, and it describes no task of its own.",
		next: `Add sub-issues, or say in its text what is to be done. ${AGAIN}`
	}),
	SEGMENT_OWNED: ({ at, epic }, say) => ({
		what: `${say.place(at)} already runs as a part of epic ${say.issue(epic)}.`,
		why: "A segment has one epic, so that it is never started twice.",
		next: `Take it out of one of the two, or wait until ${say.issue(epic)} is finished. ${AGAIN}`
	}),
	BRANCH_TAKEN: ({ branch, segments }, say) => ({
		what: `Segments ${enumerate(segments.map(say.issue))} would share the branch ${say.quote(branch)}.`,
		why: "Each segment works on a branch of its own.",
		next: `Give one of them another ${say.code("slug")} or ${say.code("branch")} in its front matter. ${AGAIN}`
	}),
	BRANCH_NAME: ({ at, branch, why }, say) => ({
		what: `${say.place(at)}: git takes no branch called ${say.quote(branch)}.`,
		why: say.sentence(why),
		next: `Change ${say.code("slug")} or ${say.code("branch")} there, or the template ${say.code("branch")} in the config. ${AGAIN}`
	}),
	LIMIT_EXCEEDED: ({ at, what, found, limit, configKey }, say) => ({
		what: `${say.place(at)} has ${found.toLocaleString("en-US")} ${say.own(what)}; at most ${limit.toLocaleString("en-US")} are taken.`,
		why: "A limit keeps one mistake from starting work, and spending money, without end.",
		next: configKey === void 0 ? `Make it smaller, or split it. ${AGAIN}` : `Split it, or raise ${say.code(configKey)} in the config. ${AGAIN}`
	}),
	EMPTY_TASK: ({ at }, say) => ({
		what: `${say.place(at)} says nothing to do: its text is empty.`,
		why: "An agent is told what the issue says; text in HTML comments does not count.",
		next: `Describe the task in the issue. ${AGAIN}`
	}),
	FRONT_MATTER: ({ at, message }, say) => ({
		what: `The front matter of ${say.place(at)} cannot be read: ${say.quote(message)}.`,
		why: "Front matter is simple lines of `key: value` between two lines of `---` at the very top.",
		next: `Correct that line. ${AGAIN}`
	}),
	SPEC_VALUE: ({ at, key, value, expected, nearest }, say) => ({
		what: `${say.place(at)}: ${say.code(key)} cannot be ${say.quote(value)}.${closeTo(nearest, say)}`,
		why: `It takes ${say.own(expected)}.`,
		next: `Correct it in the issue (or its label). ${AGAIN}`
	}),
	PERSONA_NOT_FOUND: ({ at, name, known, nearest }, say) => ({
		what: `${say.place(at)} names the persona ${say.quote(name)}, which is not there.${closeTo(nearest, say)}`,
		why: `A persona is a file such as ${say.code(".github/agents/NAME.agent.md")}, ${say.code(".claude/agents/NAME.md")} or ${say.code(".agents/NAME.md")} on the base branch, in a folder of ${say.code("personas")} in the config, or comes with swarm. There are: ${enumerate(known.map(say.code), 30)}.`,
		next: `Correct the name in the issue (or its label), or merge the file. ${AGAIN}`
	}),
	SKILL_NOT_FOUND: ({ at, name, known, nearest }, say) => ({
		what: `${say.place(at)} names the skill ${say.quote(name)}, which is not there.${closeTo(nearest, say)}`,
		why: `A skill is a file such as ${say.code(".agents/skills/NAME/SKILL.md")}, also below ${say.code(".claude/skills")} and ${say.code(".github/skills")} on the base branch, or in a folder of ${say.code("skills")} in the config. ${known.length === 0 ? "There is none." : `There are: ${enumerate(known.map(say.code), 30)}.`}`,
		next: `Correct the name in the issue, or merge the skill. ${AGAIN}`
	}),
	SPEC_KEY: ({ at, key, known, nearest }, say) => ({
		what: `${say.place(at)} has a key that swarm does not know: ${say.quote(key)}.${closeTo(nearest, say)}`,
		why: `Known keys are ${enumerate(known.map(say.code), 40)}.`,
		next: "Correct or remove it. It is passed over for now; swarm goes on."
	}),
	BAD_GLOB: ({ at, glob, why }, say) => ({
		what: `${say.place(at)}: ${say.quote(glob)} is no file scope.`,
		why: say.sentence(why),
		next: `Write it relative to the repository, such as ${say.code("src/cart/**")}. ${AGAIN}`
	}),
	SCOPE_UNKNOWN: ({ at }, say) => ({
		what: `${say.place(at)} does not say which files it changes, so it runs beside nothing else.`,
		why: "Without a file scope a segment may change anything, and overlaps every other one.",
		next: `To let it run in parallel, add ${say.code("files: [src/cart/**]")} to its front matter. Swarm goes on.`
	}),
	SCOPE_EVERYTHING: ({ at }, say) => ({
		what: `${say.place(at)} may change every file, so it runs beside nothing else.`,
		why: `Its file scope is ${say.code("**")}, which overlaps every other one.`,
		next: "Narrow it to let it run in parallel. Swarm goes on."
	}),
	HIDDEN_TEXT: ({ at, count: found }, say) => ({
		what: `${say.place(at)} holds ${count(found, "character")} that cannot be seen.`,
		why: "Invisible or direction-changing characters can hide instructions from people. The agent is told the text without them.",
		next: "Look at the issue, and remove them if you did not put them there. Swarm goes on."
	}),
	CONFIG_YAML: ({ at, message }, say) => ({
		what: `${say.place(at)} cannot be read: ${say.quote(message)}.`,
		why: "The config has to be plain YAML: one document, no aliases, no tags.",
		next: `Correct that line on the default branch. ${AGAIN}`
	}),
	CONFIG_SIZE: ({ at, bytes, limit }, say) => ({
		what: `${say.place(at)} is too large: ${bytes.toLocaleString("en-US")} bytes, at most ${limit.toLocaleString("en-US")}.`,
		why: "Reading very large YAML takes minutes; a config has a few lines.",
		next: `Shorten it on the default branch. ${AGAIN}`
	}),
	CONFIG_VALUE: ({ at, key, value, expected, nearest }, say) => ({
		what: `${say.place(at)}: ${say.code(key)} cannot be ${say.quote(value)}.${closeTo(nearest, say)}`,
		why: `It takes ${say.own(expected)}.`,
		next: `Correct it on the default branch. ${AGAIN}`
	}),
	CONFIG_KEY: ({ at, key, known, nearest }, say) => ({
		what: `${say.place(at)} has a key that swarm does not know: ${say.quote(key)}.${closeTo(nearest, say)}`,
		why: `Known keys here are ${enumerate(known.map(say.code), 40)}.`,
		next: "Correct or remove it on the default branch. It is passed over for now; swarm goes on."
	}),
	CONFIG_AMBIGUOUS: ({ files }, say) => ({
		what: `There is more than one config: ${say.files(files)}.`,
		why: "Swarm would have to guess which one holds.",
		next: `Keep one of them on the default branch. ${AGAIN}`
	}),
	SEGMENT_CHANGED: ({ at }, say) => ({
		what: `${say.place(at)} was changed after the epic was started, so it does not run.`,
		why: "What runs is the text that was authorised; a later text needs the word of somebody with write access.",
		next: `Read the change; if it is right, comment ${say.code("/swarm execute")} on the epic. The other segments go on.`
	}),
	SEGMENT_NEW: ({ at }, say) => ({
		what: `${say.place(at)} came to the epic after it was started, so it does not run.`,
		why: "Only the issues that were in the epic when it was started are authorised.",
		next: `To take it in, comment ${include(at, say)} on the epic. The other segments go on.`
	}),
	EDGES_CHANGED: ({ at }, say) => ({
		what: `What ${say.place(at)} waits for was changed after the epic was started, so it does not run.`,
		why: "The order of the work is a part of what was authorised.",
		next: `If the new order is right, comment ${say.code("/swarm execute")} on the epic. The other segments go on.`
	}),
	EPIC_CHANGED: ({ at }, say) => ({
		what: `The text of the epic ${say.place(at)} was changed after it was started; agents are told the earlier one.`,
		why: "Every agent is told the epic; what it is told is what was authorised.",
		next: `Nothing has to be done. If agents are to go by the new text, comment ${say.code("/swarm execute")} on the epic.`
	}),
	UNTRUSTED_AUTHOR: ({ at, login }, say) => ({
		what: `${say.place(at)} was written or last edited by ${say.quote(login)}, who has no write access, so it does not run.`,
		why: "Its text would reach an agent as an instruction.",
		next: `Somebody with write access reads it and, if it is harmless, comments ${include(at, say)} on the epic. The other segments go on.`
	}),
	FORBIDDEN: ({ login, permission, needs }, say) => ({
		what: `${say.quote(login)} may not do that here: it needs ${needs} permission, and GitHub says ${say.quote(permission)}.`,
		why: "Permission is asked of GitHub at the moment of acting.",
		next: `Somebody with ${needs} permission can give the same command. Nothing was changed.`
	}),
	BOT_IGNORED: ({ login }, say) => ({
		what: `${say.quote(login)} is a bot; its commands do not count.`,
		why: "Two bots that answer each other would never stop.",
		next: `A person gives the command, or ${say.code("allowed-bots")} in the config names this bot. Nothing was changed.`
	}),
	UNKNOWN_COMMAND: ({ text, nearest }, say) => ({
		what: `There is no command ${say.quote(text, 80)}.${closeTo(nearest, say)}`,
		why: "A command stands alone at the start of a comment and is written as the list says.",
		next: `${say.code("/swarm help")} lists them. Nothing was changed.`
	}),
	BAD_ARGUMENT: ({ at, command, expected }, say) => ({
		what: `${typed(at, command, say)} was not understood.`,
		why: `It takes ${say.own(expected)}.`,
		next: `Write a new comment; edited ones are not read. ${say.code("/swarm help")} has examples. Nothing was changed.`
	}),
	UNKNOWN_SEGMENT: ({ number }, say) => ({
		what: `${say.issue(number)} is no segment of this epic.`,
		why: "Segments are the open sub-issues that the plan shows.",
		next: `${say.code("/swarm plan")} shows them. Nothing was changed.`
	}),
	NOT_NOW: ({ at, command, why }, say) => ({
		what: `${typed(at, command, say)} cannot be done now: ${say.own(why)}.`,
		why: "The state of the epic does not allow it.",
		next: `${say.code("/swarm status")} shows where it stands. Nothing was changed.`
	}),
	HEAD_MOVED: ({ at, said, head }, say) => ({
		what: `${say.place(at)} has moved on: ${say.commit(said)} is no longer its head, ${say.commit(head)} is.`,
		why: "An approval is for one commit, the one that was read.",
		next: `Read the new commit and approve it: ${say.code(`/approve ${head.slice(0, 10)}`)}.`
	}),
	SELF_APPROVAL: ({ at, login }, say) => ({
		what: `${say.quote(login)} cannot approve ${say.place(at)} alone.`,
		why: "The rules of this branch want somebody other than the change's author.",
		next: "Another person with write access approves it. Nothing was changed."
	}),
	DISABLED: (_, say) => ({
		what: `Swarm is switched off here: the variable ${say.code("SWARM_DISABLED")} is set.`,
		why: "Somebody turned the kill switch. Nothing starts and nothing merges while it is set.",
		next: `Remove the variable in the repository's (or organisation's) settings. ${AGAIN}`
	}),
	WORKFLOW_MISSING: ({ file }, say) => ({
		what: `The workflow ${say.quote(file)} is not on the default branch.`,
		why: "Segments run in this workflow's jobs.",
		next: `Add it as the README's "Install" says, and merge it. ${AGAIN}`
	}),
	AGENT_NOT_SET: (_, say) => ({
		what: "No agent is chosen for this repository.",
		why: `Neither ${say.code("agent")} in the config nor the workflow says what does the work.`,
		next: `Add ${say.code("agent: claude")}, another agent that swarm knows, or ${say.code("agent: {command: [...]}")} to ${say.code(".github/swarm.yml")} on the default branch. ${AGAIN}`
	}),
	PERMISSION_MISSING: ({ permission, why }, say) => ({
		what: `Swarm lacks the permission ${say.code(permission)}.`,
		why: say.sentence(why),
		next: `Grant it to the app (or the workflow's ${say.code("permissions")}). ${AGAIN}`
	}),
	BASE_RED: ({ branch, checks }, say) => ({
		what: `The base ${say.quote(branch)} is red: ${enumerate(checks.map((check) => say.quote(check, 60)), 5)}.`,
		why: "Work that starts from a broken base fails its gates for reasons that are not its own.",
		next: `Mend ${say.quote(branch)}. Swarm goes on by itself when its checks pass.`
	}),
	BASE_MISSING: ({ branch }, say) => ({
		what: `The base branch ${say.quote(branch)} does not exist.`,
		why: `It is named by ${say.code("base")} in the config, the issue or a label.`,
		next: `Create the branch, or correct the name. ${AGAIN}`
	})
};

// src/words/problems-run.ts
/**
* The sentences of what goes wrong in a segment's run, at its merge and at the end of a wave.
*/
const kept = "What was done is kept on a branch, where it could be; nothing was merged.";
const again = (say) => `then ${say.retry()} tries it again. The other segments go on.`;
const gateNames = (gates, say) => enumerate(gates.map(({ gate }) => say.code(gate)), 6);
const gateOutputs = (gates) => gates.slice(0, 4).map(({ gate, output }) => ({
	title: gate,
	text: output
}));
const plural = (things, one, many) => things.length === 1 ? one : many;
/** Modes of git's trees by what they mean. */
const MODES = {
	"120000": "a symbolic link",
	"160000": "a submodule",
	"040000": "a tree"
};
const runSentences = {
	DISPATCH_FAILED: ({ message, status }, say) => ({
		what: `The workflow could not be started${status === void 0 ? "" : ` (GitHub answered ${status})`}.`,
		why: `GitHub says: ${say.quote(message)}.`,
		next: `Somebody who may change the repository's workflows mends what GitHub names; ${again(say)}`
	}),
	AGENT_NOT_FOUND: ({ command }, say) => ({
		what: `The agent's program ${say.quote(command)} is not on the runner.`,
		why: `It was to be started as ${say.code("agent.command")} says, and is not installed or not executable there.`,
		next: `Install it in ${say.code("segment.yml")} (the place is marked), or correct the config; ${again(say)}`
	}),
	AGENT_CRASHED: ({ command, exit, output }, say) => ({
		what: `The agent ${say.quote(command)} ended with ${say.own(exit)}.`,
		why: `Exit 0 means finished; anything else is a failure. ${kept}`,
		next: `Read its last output below; mend its set-up or the task's text, ${again(say)}`,
		output: [{
			title: "Last output of the agent",
			text: output
		}]
	}),
	AGENT_TIMED_OUT: ({ minutes }, say) => ({
		what: `The agent did not finish within ${count(minutes, "minute")} and was stopped.`,
		why: `Every run has a limit (${say.code("timeout")} in the config). ${kept}`,
		next: `Split the segment or raise the limit; ${again(say)}`
	}),
	AGENT_SILENT: ({ agent, minutes }, say) => ({
		what: `The agent ${say.quote(agent)} said nothing for ${count(minutes, "minute")} and was stopped.`,
		why: `Agents that wait for a network, a login or an answer hang without a word. ${kept}`,
		next: `Look at its last lines in the run's log; mend its set-up, ${again(say)}`
	}),
	AGENT_STOPPED: ({ agent }, say) => ({
		what: `The agent ${say.quote(agent)} was stopped before it had finished.`,
		why: `Its run was ended from outside. ${kept}`,
		next: `Nothing is broken; ${again(say)}`
	}),
	AGENT_NO_CREDENTIALS: ({ agent, keys, message }, say) => ({
		what: `The agent ${say.quote(agent)} has no valid credentials.`,
		why: `It says: ${say.quote(message)}.${keys.length > 0 ? ` It takes its key from ${enumerate(keys.map((name) => say.code(name)), 6)}.` : ""}`,
		next: `Set the secret in the repository's settings, and see that ${say.code("swarm.yml")} and ${say.code("segment.yml")} hand it on; ${again(say)}`
	}),
	AGENT_NO_CREDIT: ({ agent, message }, say) => ({
		what: `The account of the agent ${say.quote(agent)} has no credit left.`,
		why: `Its provider says: ${say.quote(message)}.`,
		next: `Top it up with the provider, or choose another agent in the config; ${again(say)}`
	}),
	AGENT_MODEL_REFUSED: ({ agent, model, message }, say) => ({
		what: `The agent ${say.quote(agent)} cannot use the model ${model === void 0 ? "it was to use" : say.quote(model)}.`,
		why: `It says: ${say.quote(message)}.`,
		next: `Correct ${say.code("model")} in the issue or under ${say.code("agents")} in the config, or let the account use it; ${again(say)}`
	}),
	AGENT_CONTEXT: ({ agent, message }, say) => ({
		what: `The task does not fit into what the agent ${say.quote(agent)} can read at once.`,
		why: `It says: ${say.quote(message)}. ${kept}`,
		next: `Split the segment, shorten its text and context documents, or choose a model with more room; ${again(say)}`
	}),
	AGENT_DECLINED: ({ agent, message }, say) => ({
		what: `The agent ${say.quote(agent)} declined the task.`,
		why: `It says: ${say.quote(message)}.`,
		next: `Read the issue as its provider would, and put it otherwise; ${again(say)}`
	}),
	AGENT_TURNS: ({ agent, turns }, say) => ({
		what: `The agent ${say.quote(agent)} was stopped after ${count(turns, "turn")}.`,
		why: `${say.code("max-turns")} in the config is a hard stop. ${kept}`,
		next: `Split the segment or raise the limit; ${again(say)}`
	}),
	AGENT_UNREADABLE: ({ agent, output }, say) => ({
		what: `What the agent ${say.quote(agent)} printed could not be read.`,
		why: `It was started in its machine-readable mode and answered otherwise, so nobody knows how it ended. ${kept}`,
		next: `Install a version of it that swarm knows, or correct ${say.code("agents")} in the config; ${again(say)}`,
		output: [{
			title: "Last output of the agent",
			text: output
		}]
	}),
	AGENT_LATER: ({ message, waitMs }, say) => ({
		what: `The agent asked to be tried later${waitMs === void 0 ? "" : `, in ${count(Math.max(1, Math.ceil(waitMs / 6e4)), "minute")}`}.`,
		why: `It says: ${say.quote(message)}. A provider's limit or outage is no failure of the segment; swarm tried again by itself, for an hour.`,
		next: `When the provider answers again, ${say.retry()} tries it. The other segments go on.`
	}),
	AGENT_REPORT: ({ message }, say) => ({
		what: `The agent's report could not be read: ${say.quote(message)}.`,
		why: "The report file is JSON with summary, handoff, assumptions and criteria.",
		next: "Nothing has to be done: what swarm saw itself counts. The agent's set-up can be mended for the next time."
	}),
	NO_CHANGE: (_, say) => ({
		what: "The agent finished without changing a file.",
		why: "Without a change there is no pull request. Only a segment of worker research may answer in words alone.",
		next: `If the work is already there, close the issue or ${say.code("/swarm skip")} it; else make its text clearer, ${again(say)}`
	}),
	INSTRUCTIONS_UNREADABLE: ({ what, name, file, why }, say) => ({
		what: `The ${what === "skill" ? "skill" : "persona"} ${say.quote(name)} cannot be used: ${say.own(why)}.`,
		why: `It is read from ${say.quote(file)} of the base commit, and an agent must not work without what its segment asks for.`,
		next: `Mend the file on the base branch, or name another in the issue; ${again(say)}`
	}),
	TESTS_NOT_RED: ({ command, why, output }, say) => ({
		what: `The tester's tests do not show what is missing: ${say.own(why)}.`,
		why: `Before anybody implements, the new tests must be collected by ${say.code(command)} and must fail because the work is not there yet. ${kept}`,
		next: `Make the acceptance criteria of the issue testable, or set ${say.code("tdd: false")} in it; ${again(say)}`,
		output: output === "" ? [] : [{
			title: command,
			text: output
		}]
	}),
	QUESTION_ASKED: ({ id, question, options, context, until }, say) => ({
		what: `The agent cannot go on without an answer to ${say.quote(question, 600)}.`,
		why: [context === void 0 ? "It stopped rather than guess; its work so far is kept." : `In its words: ${say.quote(context, 600)}.`, ...options.length === 0 ? [] : [`It sees these ways: ${enumerate(options.map((each) => say.quote(each, 200)), 10)}.`]].join(" "),
		next: `${options.length > 0 ? "Tick one of the options in the comment on its segment, or comment" : "Comment"} ${say.code(`/swarm answer ${id} <your answer>`)} there; it goes on from where it was. ${until === void 0 ? "Until then it waits; the other segments go on." : `Without an answer by ${new Date(until).toISOString().slice(0, 16).replace("T", " ")} UTC it goes on by its best judgement, and says what it assumed.`}`
	}),
	TEST_CHANGED: ({ files }, say) => ({
		what: `The implementer changed ${plural(files, "a test", "tests")} that the tester wrote: ${say.files(files, 6)}.`,
		why: `The tests are the contract of a test-first pair; whoever implements may not change them. ${kept}`,
		next: `If a test is wrong, make its criterion clearer in the issue, or set ${say.code("tdd: false")} there; ${again(say)}`
	}),
	COUNCIL_REJECTED: ({ findings, rounds }, say) => ({
		what: `The council rejected the change after ${count(rounds, "round")}.`,
		why: `${findings.length === 0 ? "It named no finding at a line of the change." : `It found: ${enumerate(findings.map((each) => say.quote(each, 300)), 6)}.`} ${kept}`,
		next: `Look at the kept branch: make the task clearer if the council is right, or set ${say.code("review: false")} in the issue if it is not; ${again(say)}`
	}),
	WORKTREE_BROKEN: ({ message }, say) => ({
		what: `The working tree could not be read after the agent ended: ${say.quote(message)}.`,
		why: "The agent removed or damaged the repository it worked in. Nothing was merged.",
		next: `Forbid it that in its set-up; ${again(say)}`
	}),
	GATES_FAILED: ({ gates, tries }, say) => ({
		what: `The ${plural(gates, "gate", "gates")} ${gateNames(gates, say)} still ${plural(gates, "fails", "fail")} after ${count(tries, "try", "tries")}.`,
		why: `What failed went back to the agent each time. ${kept}`,
		next: `Read the output below; make the task clearer or mend what it needs, ${again(say)}`,
		output: gateOutputs(gates)
	}),
	GATE_MISSING: ({ gate, command }, say) => ({
		what: `The gate ${say.code(gate)} could not be run: ${say.quote(command)} is not there.`,
		why: "A gate that cannot run has not passed.",
		next: `Install its tool in ${say.code("segment.yml")}, or correct ${say.code(`gates.${gate}.run`)} in the config; ${again(say)}`
	}),
	GATE_DIRTY: ({ gate, files }, say) => ({
		what: `The gate ${say.code(gate)} changed files: ${say.files(files)}.`,
		why: "What is published has to be what was checked, and a gate only checks.",
		next: `Let it check without writing (${say.code("--check")} instead of ${say.code("--fix")}); ${again(say)}`
	}),
	NO_TESTS: ({ command }, say) => ({
		what: `No test ran: ${say.quote(command)} found none.`,
		why: "A green run without a test proves nothing.",
		next: `Correct the command, or turn the gate off with ${say.code("gates.tests.off: true")}; ${again(say)}`
	}),
	VERIFY_FAILED: ({ gates }, say) => ({
		what: `On a clean checkout the ${plural(gates, "gate", "gates")} ${gateNames(gates, say)} ${plural(gates, "fails", "fail")}.`,
		why: `The same commands passed where the agent worked, so the change leans on something that is not in it. ${kept}`,
		next: `Read the output below: mostly a file that is ignored or was never added. Mend that, ${again(say)}`,
		output: gateOutputs(gates)
	}),
	OUT_OF_SCOPE: ({ files, scope }, say) => ({
		what: `The change leaves the segment's file scope: ${say.files(files)}.`,
		why: `It may change ${say.files(scope)}; other segments may be at work elsewhere. ${kept}`,
		next: `Widen ${say.code("files")} in the issue and comment ${say.code("/swarm execute")} on the epic, or make the task narrower, ${again(say)}`
	}),
	PROTECTED_PATH: ({ files }, say) => ({
		what: `The change touches protected files: ${say.files(files)}.`,
		why: "Workflows, owners' files and instructions for agents decide what later runs may do; no segment changes them.",
		next: `A person makes that change; or ${say.code("unprotect")} in the config lets segments make it. ${capital(again(say))}`
	}),
	BAD_PATH: ({ file, why }, say) => ({
		what: `The file ${say.quote(file)} cannot be taken: ${say.own(why)}.`,
		why: "A name has to mean the same file on every system, and may not lead out of the repository or into git.",
		next: `Say in the issue how the file is to be called; ${again(say)}`
	}),
	PATH_COLLISION: ({ file, with: other }, say) => ({
		what: `${say.quote(file)} and ${say.quote(other)} are one file on some systems.`,
		why: "They differ only in case or in how their letters are composed.",
		next: `Say in the issue how the file is to be called; ${again(say)}`
	}),
	FILE_MODE: ({ file, mode }, say) => ({
		what: `${say.quote(file)} is ${MODES[mode] ?? "no file of a kind that git has"} (mode ${say.own(mode)}), and no ordinary file.`,
		why: "Symbolic links and submodules lead out of what was checked; only ordinary and executable files are taken.",
		next: `Say in the issue that a plain file is wanted; ${again(say)}`
	}),
	BINARY_FILE: ({ file }, say) => ({
		what: `${say.quote(file)} is binary.`,
		why: "Nobody can review it in a pull request, and no gate reads it.",
		next: `A person adds it, or the task does without; ${again(say)}`
	}),
	PATCH_LIMIT: ({ what, found, limit }, say) => ({
		what: `The change is too large: ${found.toLocaleString("en-US")} ${say.own(what)}, at most ${limit.toLocaleString("en-US")}.`,
		why: `It could not be reviewed, or not be carried from job to job. ${kept}`,
		next: `Split the segment, or keep generated files out; ${again(say)}`
	}),
	PATCH_TAMPERED: ({ said, found }, say) => ({
		what: "The change is not the one that the agent made; it was refused.",
		why: `Its digest is ${say.code(found.slice(0, 16))} and was ${say.code(said.slice(0, 16))} when the work ended. Something rewrote it between two jobs.`,
		next: `Look at the run's jobs before anything else; ${again(say)}`
	}),
	PATCH_CONFLICT: ({ message }, say) => ({
		what: "The change does not apply to its base.",
		why: `git says: ${say.quote(message)}.`,
		next: `${capital(say.retry())} starts from the base as it is now. The other segments go on.`
	}),
	LFS_POINTER: ({ file }, say) => ({
		what: `${say.quote(file)} points to a file in Git LFS, and that file is not in the change.`,
		why: "Swarm carries the change itself from job to job; what a pointer leads to nobody would have checked or pushed.",
		next: `A person adds the file, or the task does without; ${again(say)}`
	}),
	SECRET_IN_PATCH: ({ file, line, rule, sha256 }, say) => ({
		what: `The change holds what looks like a secret: ${say.quote(line === void 0 ? file : `${file}:${line}`)} (${say.own(rule)}).`,
		why: "A secret that was pushed once has to be replaced everywhere. It was pushed nowhere, and is not shown here.",
		next: [`If it is real, replace it at its provider. Say in the issue to use a variable or an obvious example; ${again(say)}`, ...sha256 === void 0 ? [] : [`If it is none, add its file and ${say.code(`sha256: ${sha256}`)} to ${say.code("secrets.allow")} in the config.`]].join(" ")
	}),
	PUSH_REFUSED: ({ branch, message }, say) => ({
		what: `The branch ${say.quote(branch)} could not be pushed.`,
		why: `GitHub says: ${say.quote(message)}.`,
		next: `If somebody else pushed to it, merge or delete that branch; if a rule forbids it, let swarm's branches pass; ${again(say)}`
	}),
	PULL_REFUSED: ({ branch, message }, say) => ({
		what: `No pull request could be opened for ${say.quote(branch)}.`,
		why: `GitHub says: ${say.quote(message)}. The branch is there.`,
		next: `Mend what GitHub names (often "Allow GitHub Actions to create pull requests" in the settings); ${again(say)}`
	}),
	RUN_CUT_SHORT: (_, say) => ({
		what: "The run of this segment was cut short, before it could say how it went.",
		why: "It was cancelled, ran out of its job's time, or a job of it died. What had been made by then is kept.",
		next: `Swarm tries it again by itself, from there; where it does not any more, look at the run's log and the runners. ${again(say)}`
	}),
	RUN_LOST: ({ conclusion, attempts }, say) => ({
		what: `${count(attempts, "run")} of this segment ended without a report, the last one as ${say.quote(conclusion)}.`,
		why: "A run that was cancelled, timed out or lost its runner leaves nothing to go on from. Swarm tried it again by itself.",
		next: `Look at the run's log and the runners; ${again(say)}`
	}),
	BUDGET_SPENT: ({ spentUsd, budgetUsd, of }, say) => ({
		what: `The budget of the ${of} is spent: ${money(spentUsd)} of ${money(budgetUsd)}.`,
		why: `${of === "agent" ? `Its ${say.code("budget")} under ${say.code("agents")}` : say.code(`budget.${of}`)} in the config is a hard stop.`,
		next: `Raise it there if the work is worth it; ${again(say)}`
	}),
	BUDGET_UNBOUND: ({ agent, budgetUsd, minutes, turns }, say) => ({
		what: `The budget of ${money(budgetUsd)} does not bind the agent ${say.quote(agent)}.`,
		why: `It tells tokens and no money, and the config gives no price for them, so nothing of what it costs is counted. What stops it is time (${count(minutes, "minute")} for a segment)${turns === void 0 ? ", and no number of turns is set" : ` and ${count(turns, "turn")} for a call`}.`,
		next: `Nothing has to be done for the epic to run. Set ${say.code(`agents.${agent}.price`)} in the config to what a million tokens cost, such as ${say.code("{input: 1.25, output: 10}")}, and the budget binds it${turns === void 0 ? `; or set ${say.code(`agents.${agent}.max-turns`)}` : ""}.`
	}),
	REWORK_LIMIT: ({ rounds, last }, say) => ({
		what: `Rejected ${count(rounds, "time")}; swarm reworks it no more.`,
		why: `The last reason was ${say.quote(last, 300)}.`,
		next: `Finish it by hand on its branch, or rewrite the issue; ${again(say)}`
	}),
	MERGE_REFUSED: ({ at, message }, say) => ({
		what: `GitHub refuses to merge ${say.place(at)}.`,
		why: `It says: ${say.quote(message)}.`,
		next: "Mend what it names, mostly a rule of the branch. Swarm tries again when the pull request or its checks change."
	}),
	HEAD_RED: ({ at, head, gates }, say) => ({
		what: `What was pushed to ${say.place(at)} fails the ${plural(gates, "gate", "gates")} ${gateNames(gates, say)} (commit ${say.commit(head)}).`,
		why: "Swarm ran the gates on the commit as it is; no agent had a hand in it.",
		next: `Push a mend, and swarm looks again by itself. Or let the agent mend it: reject the pull request with a reason, or ${say.retry()}.`,
		output: gateOutputs(gates)
	}),
	MERGE_CONFLICT: ({ at, base }, say) => ({
		what: `${say.place(at)} conflicts with ${say.quote(base)}.`,
		why: "Something that was merged meanwhile changed the same lines.",
		next: `Resolve it on the pull request's branch and swarm goes on by itself; or ${say.retry()} starts again from the base.`
	}),
	PULL_CLOSED: ({ at }, say) => ({
		what: `${say.place(at)} was closed without being merged.`,
		why: "A closed pull request is a decision of a person; swarm does not open it again.",
		next: `Reopen it, ${say.code("/swarm skip")} its segment, or ${say.retry()} does the work anew. The other segments go on.`
	}),
	ISSUE_REFUSED: ({ message, status }, say) => ({
		what: `GitHub does not let swarm make a fix segment (it answered ${status}).`,
		why: `It says: ${say.quote(message)}. What was found is not mended without it, so the wave does not go on.`,
		next: `Mend what GitHub names: issues have to be switched on, swarm may write them, and an epic holds at most 100 sub-issues. Then ${say.code("/swarm retry")} on the epic makes it.`
	}),
	CALIBRATION_FAILED: ({ wave, findings }, say) => ({
		what: `The calibration of wave ${wave} failed: ${enumerate(findings.map((finding) => say.quote(finding, 100)), 4)}.`,
		why: "The merged whole is checked at the end of each wave; its parts were green each by itself.",
		next: "Nothing has to be done: swarm makes fix segments, runs them, and calibrates again."
	}),
	CALIBRATION_LIMIT: ({ wave, rounds, findings }, say) => ({
		what: `Wave ${wave} does not pass its calibration after ${count(rounds, "round")}: ${enumerate(findings.map((finding) => say.quote(finding, 100)), 4)}.`,
		why: "The fix segments did not mend it, so the next wave would build on something broken.",
		next: `A person mends it on the base, or adds a sub-issue for it and comments ${say.code("/swarm execute")}; then ${say.code("/swarm retry")} calibrates again.`
	})
};
function capital(text) {
	return text.charAt(0).toUpperCase() + text.slice(1);
}

// src/words/problems.ts
const SENTENCES = {
	...planSentences,
	...runSentences
};
const PROBLEM_KINDS = Object.keys(SENTENCES).sort();
const anchorOf = (kind) => kind.toLowerCase().replaceAll("_", "-");
/** The parts of a problem's message, in the form the telling asks for. */
const sayProblem = (problem, telling = { form: "markdown" }) => {
	const sentence = SENTENCES[problem.kind];
	return {
		code: problem.kind,
		...sentence(problem, voiceOf(telling)),
		docs: `docs/problems.md#${anchorOf(problem.kind)}`
	};
};
/** The four parts as plain text, for a terminal, a log or a job summary. */
const formatProblem = (problem, telling = {}) => {
	const { what, why, next, docs, code, output = [] } = sayProblem(problem, {
		...telling,
		form: "plain"
	});
	const parts = [
		`${what}  [${code}]`,
		`Why   ${why}`,
		`Next  ${next}`,
		`Docs  ${docs}`
	];
	for (const { title, text } of output) parts.push("", `${title}:`, text);
	return parts.join("\n");
};

// src/words/question.ts
/** The boxes that are ticked in the comment of an open question, from 0. */
const ticksIn = (body) => [...body.matchAll(/^- \[([ xX])\] /gm)].flatMap(([, mark], box) => mark === " " ? [] : [box]);

// src/github/requests.ts
/** What people and bots ask for: commands in comments and reviews, labels, ticked boxes; each with who asked. */
function commentsOf(raw, detail) {
	const onIssues = [raw.epic, ...raw.issues].flatMap((issue) => (issue.comments?.nodes ?? []).map((comment) => ({
		comment,
		where: "issue",
		from: {
			kind: "comment",
			issue: issueNumber(issue.number),
			node: comment.id
		}
	})));
	const onPulls = pullsOf(detail).flatMap((pull) => [...(pull.comments?.nodes ?? []).map((comment) => ({
		comment,
		where: "pull",
		from: {
			kind: "pull comment",
			pull: pullNumber(pull.number),
			node: comment.id
		}
	})), ...pull.reviews.nodes.flatMap((review) => (review.comments?.nodes ?? []).map((comment) => ({
		comment,
		where: "pull",
		from: {
			kind: "review comment",
			pull: pullNumber(pull.number),
			node: comment.id,
			head: headSha(review.commit?.oid ?? "")
		}
	})))]);
	return [...onIssues, ...onPulls];
}
/** Our own comments, by the key of the act they are. A marker in anybody else's comment is only text. */
function saidIn(comments, epic) {
	const said = {};
	for (const { comment, from } of comments) {
		const marker = comment.viewerDidAuthor ? readMarker(comment.body) : void 0;
		if (!marker) continue;
		if (marker.kind === "panel" && (marker.key !== String(epic) || from.kind !== "comment" || from.issue !== epic)) continue;
		const key = marker.kind === "panel" ? actKeys.panel : marker.key;
		const ticked = isQuestionKey(key) ? ticksIn(comment.body) : [];
		said[key] ??= {
			id: Number(comment.fullDatabaseId),
			body: comment.body,
			at: instant(Date.parse(comment.lastEditedAt ?? comment.createdAt)),
			...ticked.length > 0 ? { ticked } : {}
		};
	}
	return said;
}
async function requestsOf({ client, requests: byHand }, config, journal, raw, detail, comments, people) {
	const taken = journal?.taken ?? {};
	const requests = [];
	for (const { comment, where, from } of comments) {
		const id = `comment:${comment.id}`;
		if (taken[id] || comment.viewerDidAuthor || comment.lastEditedAt !== null) continue;
		if (hasReacted(comment, "ROCKET", "CONFUSED")) continue;
		const asked = readCommand(comment.body, where);
		if (asked.kind === "nothing") continue;
		requests.push({
			id,
			at: instant(Date.parse(comment.createdAt)),
			by: await people.person(comment.author),
			asked,
			from
		});
	}
	for (const pull of pullsOf(detail)) for (const review of pull.reviews.nodes) {
		const id = `review:${review.id}`;
		const asked = review.state === "COMMENTED" && review.lastEditedAt === null ? readCommand(review.body, "pull") : { kind: "nothing" };
		if (taken[id] || asked.kind === "nothing" || !review.submittedAt) continue;
		const from = {
			kind: "pull comment",
			pull: pullNumber(pull.number),
			node: review.id
		};
		requests.push({
			id,
			at: instant(Date.parse(review.submittedAt)),
			by: await people.person(review.author),
			asked,
			from
		});
	}
	requests.push(...await tickRequests(client, config, taken, comments, people));
	requests.push(...await labelRequests(raw.epic, config, taken, people));
	if (journal) requests.push(...await unblockRequests(raw, config, taken, people));
	for (const { login, ...request } of byHand) {
		if (taken[request.id]) continue;
		requests.push({
			...request,
			at: client.now(),
			by: await people.byLogin(login)
		});
	}
	return requests.sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
}
/**
* Boxes that were ticked in questions of ours, in the name of whoever ticked them. GitHub lets everybody with write access
* edit anybody's comment, and any app that may write issues; so all who edited it since we wrote it are asked for, and one
* among them whose word does not count is enough for none of it to count.
*/
async function tickRequests(client, config, taken, comments, people) {
	const requests = [];
	for (const { comment, from } of comments) {
		const { key = "" } = comment.viewerDidAuthor && from.kind === "comment" && readMarker(comment.body) || {};
		const id = `ticks:${comment.id}:${comment.lastEditedAt}`;
		if (!isQuestionKey(key) || comment.lastEditedAt === null || taken[id]) continue;
		const boxes = ticksIn(comment.body);
		if (boxes.length === 0 || from.kind !== "comment") continue;
		const editors = await editorsOf(client, comment, people);
		const [last] = editors;
		const by = editors.find((each) => !isTrusted(each, config)) ?? last;
		if (!by) continue;
		requests.push({
			id,
			at: instant(Date.parse(comment.lastEditedAt)),
			by,
			asked: {
				kind: "ticks",
				key,
				boxes
			},
			from: {
				kind: "boxes",
				issue: from.issue
			}
		});
	}
	return requests;
}
/** Times of one edit may differ by this much from answer to answer. */
const CLOCK_MS = 5e3;
/**
* Who edited a comment of ours since we last wrote it, the latest first; nobody where the last edit is our own, or where
* GitHub does not tell of it.
*/
async function editorsOf(client, comment, people) {
	const { node } = await client.queryWhatIsThere(EDITS, { id: comment.id });
	const edits = [...node?.userContentEdits?.nodes ?? []].sort((a, b) => Date.parse(b.editedAt) - Date.parse(a.editedAt));
	const [latest] = edits;
	const lastEditMs = Date.parse(comment.lastEditedAt ?? "");
	if (!latest || Date.parse(latest.editedAt) < lastEditMs - CLOCK_MS) return [];
	const own = edits.findIndex(({ editor }) => editor !== null && editor.login === comment.author?.login);
	const others = own === -1 ? edits : edits.slice(0, own);
	return Promise.all(others.map(({ editor }) => people.person(editor)));
}
/**
* A command label counts while it is on the epic, in the name of whoever put it there last. Who that was is read from
* the timeline: an issue form can set labels in the name of somebody who may not (threats T01).
*/
async function labelRequests(epic, config, taken, people) {
	const requests = [];
	for (const label of COMMAND_LABELS) {
		const name = labelName(config, label);
		if (!epic.labels.nodes.some((each) => each.name === name)) continue;
		const event = epic.timelineItems?.nodes.findLast((each) => each.label?.name === name);
		const id = `label:${event?.id ?? `${label}@${epic.updatedAt}`}`;
		if (taken[id]) continue;
		requests.push({
			id,
			at: instant(Date.parse(event?.createdAt ?? epic.updatedAt)),
			by: await people.person(event?.actor ?? null),
			asked: {
				kind: "command",
				command: label === "dry-run" ? {
					kind: "execute",
					dryRun: true
				} : { kind: label }
			},
			from: {
				kind: "label",
				name,
				issue: issueNumber(epic.number)
			}
		});
	}
	return requests;
}
/** Taking the blocked label off a segment by hand is a retry (SPEC R3.3). Swarm takes it off too; that asks for nothing. */
async function unblockRequests({ epic, issues }, config, taken, people) {
	const name = labelName(config, "blocked");
	const requests = [];
	for (const issue of [epic, ...issues]) {
		const event = (issue === epic ? epic.unlabeled : issue.timelineItems)?.nodes.findLast((each) => each.label?.name === name && each.actor?.__typename === "User");
		if (!event || taken[`label:${event.id}`] || issue.labels.nodes.some((each) => each.name === name)) continue;
		const number = issueNumber(issue.number);
		requests.push({
			id: `label:${event.id}`,
			at: instant(Date.parse(event.createdAt)),
			by: await people.person(event.actor),
			asked: {
				kind: "command",
				command: issue === epic ? { kind: "retry" } : {
					kind: "retry",
					segment: number
				}
			},
			from: {
				kind: "label",
				name,
				issue: number
			}
		});
	}
	return requests;
}

// src/github/runs.ts
/** The workflow runs that the journal waits for, with their jobs and the steps these are at. */
async function observeRuns(client, repository, journal) {
	const open = Object.values(journal.dispatches).filter((dispatch) => !isEnded(journal, dispatch));
	const unseen = open.filter((dispatch) => dispatch.runId === void 0);
	const found = [];
	if (unseen.length > 0) {
		const { data } = await client.request("GET /repos/{owner}/{repo}/actions/workflows/{workflow_id}/runs", {
			...inRepository(repository),
			workflow_id: "swarm.yml",
			event: "workflow_dispatch",
			per_page: 50
		});
		found.push(...data.workflow_runs.map(runAnswer));
	}
	const runs = [];
	for (const dispatch of open) {
		const run = dispatch.runId === void 0 ? found.find((each) => each.display_title === runTitle(journal.epic, dispatch.id)) : await runById(client, repository, dispatch.runId);
		if (run) runs.push(await withJobs(client, repository, dispatch.id, run));
	}
	return runs;
}
/** The `run-name` of `swarm.yml`: how a run says which dispatch it is of. */
const runTitle = (epic, dispatch) => `swarm #${epic} ${dispatch}`;
async function runById(client, repository, id) {
	try {
		const { data } = await client.request("GET /repos/{owner}/{repo}/actions/runs/{run_id}", {
			...inRepository(repository),
			run_id: id
		});
		return runAnswer(data);
	} catch (error) {
		if (error instanceof GitHubRefused && error.status === 404) return {
			id,
			display_title: "",
			html_url: "",
			status: "completed",
			conclusion: "deleted"
		};
		throw error;
	}
}
const runAnswer = (run) => ({
	...run,
	id: Number(run.id)
});
async function withJobs(client, repository, dispatch, run) {
	const state = run.status === "completed" ? "completed" : run.status === "in_progress" ? "running" : "queued";
	const jobs = state === "running" ? await client.paginate("GET /repos/{owner}/{repo}/actions/runs/{run_id}/jobs", {
		...inRepository(repository),
		run_id: run.id,
		per_page: 100
	}) : [];
	return {
		id: run.id,
		dispatch,
		url: run.html_url,
		state,
		...run.conclusion ? { conclusion: run.conclusion } : {},
		jobs: jobs.map((job) => {
			const step = job.steps?.find((each) => each.status === "in_progress");
			const since = Date.parse(step?.started_at ?? job.started_at);
			return {
				name: job.name,
				state: job.status === "completed" ? "completed" : job.status === "in_progress" ? "running" : "queued",
				...job.conclusion ? { conclusion: job.conclusion } : {},
				...step ? { step: step.name } : {},
				...Number.isFinite(since) ? { since: instant(since) } : {},
				...job.html_url ? { url: job.html_url } : {}
			};
		})
	};
}

// src/github/observe.ts
/**
* Reads all that `decide` may know of one epic. Nothing is trusted but what GitHub answers now.
*
* Three looks: the epic with its issues, journal and config; then, by what the journal names, the runs; then pull
* requests, reports and outside blockers. Runs are read *before* reports, so that a run seen as over has had its
* last chance to leave one.
*/
const CONFIG_FILES = [".github/swarm.yml", ".github/swarm.yaml"];
const WORKFLOW_FILE = ".github/workflows/swarm.yml";
const SEGMENT_WORKFLOW_FILE = ".github/workflows/segment.yml";
/** @returns undefined where there is no such issue. */
async function observe(looking) {
	const { client, repository, epic: number } = looking;
	const answer = (await client.queryWhatIsThere(EPIC, {
		...repository,
		epic: number,
		journal: journalRef(number),
		state: `${journalRef(number)}:state.json`
	})).repository;
	if (!answer?.issue) return void 0;
	const journal = answer.state ? parseJournal(await wholeText(client, repository, answer.state), number) : void 0;
	const configText = {
		file: answer.yml || !answer.yaml ? CONFIG_FILES[0] : CONFIG_FILES[1],
		text: (answer.yml ?? answer.yaml)?.text ?? void 0,
		ambiguous: answer.yml !== null && answer.yaml !== null
	};
	const { config, diagnostics } = await looking.understand(configText);
	const earlier = journal?.authorisation ? void 0 : await readEarlier(client, repository, number);
	const { people } = looking.answers;
	const raw = await issuesBelow(looking, answer.issue);
	const runs = journal ? await observeRuns(client, repository, journal) : [];
	const outside = outsideRefs(raw, looking.repository);
	const detail = await observeDetail(looking, config, journal, raw, outside);
	const base = baseOf(detail.repository?.base ?? null, config.base ?? answer.defaultBranchRef?.name ?? "main");
	const issues = withChildren(await Promise.all(raw.issues.map((issue) => issueOf(people, repository, issue, raw.epic.number))));
	const top = await issueOf(people, repository, raw.epic, raw.epic.number);
	const epic = {
		...top,
		children: issues.filter((issue) => issue.parent === top.number).map((issue) => issue.number)
	};
	const pulls = await Promise.all(pullsOf(detail).map(async (pull) => withStart(client, repository, journal, base, await pullOf(people, pull))));
	const comments = commentsOf(raw, detail);
	const requests = await requestsOf(looking, config, journal, raw, detail, comments, people);
	return {
		config,
		journalOid: answer.head?.oid,
		snapshot: {
			now: client.now(),
			orchestrator: looking.orchestrator,
			repository: {
				...repository,
				id: answer.id,
				url: answer.url,
				defaultBranch: answer.defaultBranchRef?.name ?? base.branch
			},
			base,
			epic,
			issues,
			others: othersOf(detail, outside),
			pulls,
			runs,
			reports: reportsOf(detail, journal),
			calibrationReports: calibrationReportsOf(detail, journal),
			...earlier ? { earlier } : {},
			requests,
			acknowledged: comments.filter(({ comment }) => hasReacted(comment, "EYES") && !hasReacted(comment, "ROCKET")).map(({ comment }) => ({
				id: `comment:${comment.id}`,
				node: comment.id
			})),
			said: saidIn(comments, number),
			made: Object.fromEntries(issues.filter((issue) => issue.madeFor).map((issue) => [issue.madeFor, issue.number])),
			branches: branchesOf(detail),
			journal,
			performed: looking.performed,
			...namesInstructions(raw) ? { instructions: instructionsOf(detail) } : {},
			preflight: [
				...diagnostics,
				...foreignIssues(raw),
				...await preflight(looking, answer, configText, detail, base.branch)
			],
			configDigest: sha256(configText.text ?? "")
		}
	};
}
const sha256 = (text) => createHash("sha256").update(text).digest("hex");
/** What is asked of GitHub once per go; a go lasts seconds. */
var Answers = class {
	people;
	#disabled;
	#client;
	#repository;
	constructor(client, repository) {
		this.#client = client;
		this.#repository = repository;
		this.people = new People(client, repository);
	}
	/** Whether the repository's variable switches swarm off; `cannot tell` without the permission to read it. */
	isDisabled() {
		this.#disabled ??= isDisabled(this.#client, this.#repository);
		return this.#disabled;
	}
};
async function observeDetail(looking, config, journal, raw, others) {
	const open = new Set(raw.issues.filter((issue) => issue.state === "OPEN").map((issue) => issue.number));
	const records = Object.entries(journal?.segments ?? {}).map(([segment, record]) => ({
		segment: Number(segment),
		record
	}));
	const attempts = records.flatMap(({ record }) => record.attempts);
	const pulls = records.flatMap(({ segment, record }) => {
		const outcome = record.attempts.findLast((attempt) => attempt.outcome?.kind === "published")?.outcome;
		if (outcome?.kind !== "published") return [];
		return [{
			number: outcome.pull,
			detail: open.has(segment) || segment === raw.epic.number ? "whole" : "state"
		}];
	});
	const calibrations = Object.entries(journal?.calibrations ?? {}).flatMap(([wave, rounds]) => rounds.filter((round) => !round.verdict).map((round) => calibrationRef(looking.epic, Number(wave), round.round)));
	const questions = detail({
		base: config.base ?? "HEAD",
		pulls,
		branches: [...new Set(attempts.flatMap((attempt) => [attempt.branch, ...keptOf(attempt).map(({ branch }) => branch)]))],
		reports: attempts.filter((attempt) => !attempt.outcome).map((attempt) => reportRef(looking.epic, attempt.id)),
		calibrations,
		others,
		personaFolders: namesInstructions(raw) ? foldersFor("persona", config.instructions) : [],
		skillFolders: namesInstructions(raw) ? foldersFor("skill", config.instructions) : []
	});
	const [first, ...more] = await Promise.all(questions.map(({ text, variables }) => looking.client.queryWhatIsThere(text, {
		...looking.repository,
		...variables
	})));
	if (!first?.repository) return { repository: null };
	return {
		...first,
		repository: Object.assign({}, first.repository, ...more.map(({ repository }) => repository))
	};
}
/** Whether any open issue may name a persona or a skill; asking for what nobody names would only cost. */
const namesInstructions = (raw) => [raw.epic, ...raw.issues].some(({ state, body, labels }) => state === "OPEN" && (/persona|skill/i.test(body) || labels.nodes.some(({ name }) => name.startsWith("persona:"))));
function instructionsOf(detail) {
	const entriesOf = (word) => answersWith(detail.repository, word).flatMap(({ entries }) => entries ?? []);
	const personas = entriesOf("personas").flatMap(({ name, type }) => type === "blob" ? personaIn(name) ?? [] : []);
	const skills = entriesOf("skills").flatMap(({ name, object }) => isSkillName(name) && object?.entries?.some((each) => each.name === "SKILL.md") ? [name] : []);
	return {
		personas: [.../* @__PURE__ */ new Set([...personas, ...SHIPPED_PERSONAS])].sort(),
		skills: [...new Set(skills)].sort()
	};
}
function branchesOf(detail) {
	const branches = answersWith(detail.repository, "branch");
	return Object.fromEntries(branches.map((branch) => [branch.name, headSha(branch.target.oid)]));
}
/** Reports of attempts the journal waits for. A ref that holds no JSON is no report: the run counts as lost. */
function reportsOf(detail, journal) {
	const waited = new Set(Object.values(journal?.segments ?? {}).flatMap((record) => record.attempts.map((attempt) => attempt.id)));
	return parsed(detail, "report").filter((report) => report.version === 1 && waited.has(report.attempt));
}
function calibrationReportsOf(detail, journal) {
	return parsed(detail, "calibration").filter((report) => report.version === 1 && journal?.calibrations[report.wave] !== void 0);
}
function parsed(detail, prefix) {
	return answersWith(detail.repository, prefix).flatMap((blob) => {
		try {
			return blob.text ? [JSON.parse(blob.text)] : [];
		} catch {
			return [];
		}
	});
}
/** Issues named in texts that are not below the epic, so that "open elsewhere" can be told from "not there". */
function outsideRefs(raw, repository) {
	const inside = /* @__PURE__ */ new Set([raw.epic.number, ...raw.issues.map((issue) => issue.number)]);
	const refs = /* @__PURE__ */ new Map();
	for (const issue of [raw.epic, ...raw.issues]) {
		const text = {
			number: issueNumber(issue.number),
			title: issue.title,
			body: issue.body,
			labels: issue.labels.nodes.map((label) => label.name)
		};
		const { spec } = readSpec(text);
		for (const ref of [...spec.dependsOn, ...spec.conflictsWith]) {
			if (ref.repository === void 0 && inside.has(ref.number)) continue;
			const { owner, name } = ref.repository ?? repository;
			refs.set(`${owner}/${name}#${ref.number}`, ref);
		}
	}
	for (const item of readTaskList(raw.epic.body, repository)) if (!inside.has(item.number)) refs.set(`#${item.number}`, { number: item.number });
	return [...refs.values()].slice(0, 100);
}
const othersOf = (detail, outside) => othersIn(detail, outside).map(({ ref, answer }) => {
	if (answer === null) return {
		ref,
		kind: "missing"
	};
	return answer.__typename === "PullRequest" ? {
		ref,
		kind: "pull request"
	} : {
		ref,
		kind: "issue",
		state: stateOf(answer)
	};
});
async function preflight(looking, answer, configText, detail, base) {
	const found = [];
	const error = (problem) => found.push({
		level: "error",
		problem
	});
	if (configText.ambiguous) error({
		kind: "CONFIG_AMBIGUOUS",
		files: CONFIG_FILES
	});
	if (!answer.workflow) error({
		kind: "WORKFLOW_MISSING",
		file: WORKFLOW_FILE
	});
	if (!answer.segmentWorkflow) error({
		kind: "WORKFLOW_MISSING",
		file: SEGMENT_WORKFLOW_FILE
	});
	if (!detail.repository?.base) error({
		kind: "BASE_MISSING",
		branch: base
	});
	const disabled = await looking.answers.isDisabled();
	if (disabled === "yes") error({ kind: "DISABLED" });
	if (disabled === "cannot tell" && looking.killSwitch === "variable") found.push({
		level: "warning",
		problem: {
			kind: "PERMISSION_MISSING",
			permission: "actions_variables: read",
			why: "without it the variable SWARM_DISABLED stops nothing; swarm:cancel on an epic still does"
		}
	});
	return found;
}
const foreignIssues = (raw) => raw.foreign.map((issue) => {
	const [owner = "", name = ""] = issue.repository.nameWithOwner.split("/");
	const ref = {
		number: issueNumber(issue.number),
		repository: {
			owner,
			name
		}
	};
	return {
		level: "warning",
		problem: {
			kind: "UNKNOWN_ISSUE",
			at: { issue: issueNumber(raw.epic.number) },
			ref
		}
	};
});
/** The kill switch: the repository variable `SWARM_DISABLED`. */
async function isDisabled(client, repository) {
	try {
		const { data } = await client.request("GET /repos/{owner}/{repo}/actions/variables/{name}", {
			...inRepository(repository),
			name: "SWARM_DISABLED"
		});
		return data.value !== "" && data.value !== "false" ? "yes" : "no";
	} catch (error) {
		if (error instanceof GitHubRefused && error.status === 404) return "no";
		if (error instanceof GitHubRefused && error.status === 403) return "cannot tell";
		throw error;
	}
}

// src/words/plan.ts
/** A forecast of what is left beside a cycle would be one of another epic. */
const isForeseen = ({ diagnostics }) => !diagnostics.some(({ problem }) => problem.kind === "EPIC_CYCLE");
/** Forecast, how sure it is, and what it rests on. */
const forecastText = (plan) => {
	if (!isForeseen(plan)) return "No forecast before the cycle is mended.";
	const { forecast, segments } = plan;
	const { makespanMinutes, boundMinutes, oneAtATimeMinutes, criticalPathMinutes, criticalPath, minutes, costUsd } = forecast;
	const path = criticalPath.length > 1 ? `; the longest chain ${enumerate(criticalPath.map((n) => `#${n}`), 12)} takes ${min(criticalPathMinutes)}` : "";
	const range = minutes ? `, eight times of ten between ${min(minutes.low)} and ${min(minutes.high)}` : "";
	const cost = costUsd ? ` It should cost ${money(costUsd.middle)}, eight times of ten between ${money(costUsd.low)} and ${money(costUsd.high)}.` : "";
	const above = boundMinutes > 0 ? Math.ceil(100 * (makespanMinutes - boundMinutes) / boundMinutes) : 0;
	const quality = above === 0 ? "no schedule with these settings is shorter" : `at most ${above} % longer than the best possible with these settings`;
	return [`Forecast ${min(minutes?.middle ?? makespanMinutes)}${range}; one at a time ${min(oneAtATimeMinutes)} (${basisText(forecast, segments.length)})${path}.`, ` With the expected times the schedule takes ${min(makespanMinutes)}: ${quality}.${cost}`].join("");
};
/** What the expected times rest on. */
const basisText = ({ basis }, segments) => {
	switch (basis.kind) {
		case "learned": return `learned from ${count(basis.segments, "earlier segment")}`;
		case "estimates": return `${basis.estimated} of ${segments} have an estimate`;
		case "all alike": return "no segment has an estimate, all count alike";
	}
};
/** What would make the epic shorter, each as a sentence that says what to do; empty where nothing would. */
const adviceLines = ({ schedule, wavesMinutes, eagerMinutes, place, dependency, overlap }) => {
	const lines = [];
	const gain = wavesMinutes - eagerMinutes;
	if (gain > 0 && schedule === "waves") lines.push(`Set \`schedule: eager\` to save ${min(gain)} (${min(eagerMinutes)} instead of ${min(wavesMinutes)}): each segment then starts when its own dependencies are merged.`);
	else if (gain > 0) lines.push(`Keep \`schedule: eager\`: in waves it would take ${min(gain)} longer.`);
	if (place) {
		const key = place.of === "all" ? "max-parallel" : `workers.${place.of}`;
		lines.push(`Set \`${key}\` to ${place.from + 1} to save ${min(place.savesMinutes)} (it is ${place.from}).`);
	}
	if (dependency) {
		const { from, on, savesMinutes } = dependency;
		lines.push(`See whether #${from} really has to wait for #${on}: of all dependencies this one costs most, ${min(savesMinutes)}.`);
	}
	if (overlap) {
		const { a, b, savesMinutes } = overlap;
		lines.push(`Let #${a} and #${b} run side by side to save ${min(savesMinutes)}: ${whyOverlap(overlap)}; ${MENDS[overlap.why.kind]}.`);
	}
	return lines;
};
const MENDS = {
	files: "narrow the `files` of one of them",
	"conflicts-with": "take that out, if they can share the time",
	"scope unknown": "state the `files` of both",
	"not parallel": "take that out, if they can share the time"
};
const min = (minutes) => duration$1(minutes * 6e4);
/**
* Who runs beside nobody, each reason once; then who may not run beside whom, and how sure that is. Markdown that reads
* well in a terminal, too.
*/
const overlapLines = ({ segments, overlaps }, max = 20) => {
	const inOverlaps = new Set(overlaps.flatMap(({ a, b }) => [a, b]));
	const alone = (reason, among) => {
		const all = among.filter(({ number }) => inOverlaps.has(number)).map(({ number }) => `#${number}`);
		if (all.length === 0) return [];
		return [`${enumerate(all, 12)}, with any other: ${reason}`];
	};
	const waits = new Set(segments.flatMap(({ number, blockedBy }) => blockedBy.map((on) => `${number} ${on}`)));
	const pairs = overlaps.filter(({ a, b, why }) => (why.kind === "files" || why.kind === "conflicts-with") && !waits.has(`${a} ${b}`) && !waits.has(`${b} ${a}`));
	const left = pairs.length - max;
	return [
		...alone("`parallel: false`", segments.filter(({ spec }) => !spec.parallel)),
		...alone("the files are not known", segments.filter(({ spec }) => spec.parallel && spec.files.length === 0)),
		...pairs.slice(0, max).map((overlap) => `#${overlap.a} and #${overlap.b}: ${whyOverlap(overlap)}`),
		...left > 0 ? [`… and ${count(left, "more pair")}`] : []
	];
};
const DOUBTS = {
	negation: "perhaps not, with what the `!…` leave out; nothing proves it",
	"not read": "perhaps not; a glob that is not read counts as all it might mean",
	"not compared": "perhaps not; the scopes are too intricate to compare them all"
};
const whyOverlap = ({ why }) => {
	switch (why.kind) {
		case "files": return `${why.a === why.b ? `both may change ${inline(why.a, 80)}` : `${inline(why.a, 80)} overlaps ${inline(why.b, 80)}`}${why.doubt ? ` (${DOUBTS[why.doubt]})` : ""}`;
		case "conflicts-with": return "at least one names the other in `conflicts-with`";
		case "scope unknown": return "at least one does not say what it changes";
		case "not parallel": return "at least one says `parallel: false`";
	}
};

// src/cli/plan.ts
/** `swarm plan`: the plan of a file, or of an epic on GitHub, as a dry run would show it. */
async function planCommand({ values, positionals }) {
	const [file] = positionals;
	const { repo, epic } = values;
	let shown;
	if (typeof repo === "string") {
		if (file !== void 0) throw new Fault("A file and --repo are two plans.", `Both ${file} and ${repo} are named.`, "Name one.");
		shown = await planOnGitHub(repo, epic);
	} else if (file === void 0) throw new Fault("No plan is named.", "`swarm plan` shows a file or an epic.", "swarm plan FILE, or --repo OWNER/NAME --epic N.");
	else shown = await planOfFile(file);
	const diagnostics = [...shown.diagnostics, ...shown.plan.diagnostics];
	process.stdout.write(values.json === true ? `${JSON.stringify({
		title: shown.title,
		...shown.plan,
		advice: shown.advice,
		diagnostics
	}, null, 2)}\n` : `${planLines(shown.title, shown.plan, shown.advice).join("\n")}\n`);
	for (const { level, problem } of diagnostics) process.stderr.write(`\n${level === "error" ? "" : "Warning: "}${formatProblem(problem)}\n`);
	return diagnostics.some(({ level }) => level === "error") ? 1 : 0;
}
/** The plan as it would be if the file's issues were made in an empty repository: the epic #1, the segments from #2. */
async function planOfFile(file) {
	const config = defaultConfig();
	const { epic, plan } = await readPlanOf(file, config);
	return {
		title: epic.title,
		plan,
		advice: adviseOn(plan, config),
		diagnostics: []
	};
}
/** A plan file with its issues as they would be made, and the plan of them. */
async function readPlanOf(file, config) {
	const text = await readFile(file, "utf8").catch((error) => {
		throw new Fault(`The plan file ${file} cannot be opened.`, messageOf(error), "Name an existing file.");
	});
	const stated = readPlanFile(text, file);
	const numbers = new Map(stated.segments.map(({ name }, index) => [name, issueNumber(index + 2)]));
	const numbersOf = (names) => names.flatMap((name) => numbers.get(name) ?? []);
	const top = issueNumber(1);
	const issues = stated.segments.map((segment) => ({
		...blankIssue(numbers.get(segment.name) ?? top, segment.title),
		body: issueBody(segment, (name) => numbers.get(name)),
		labels: segment.labels,
		parent: top,
		blockedBy: numbersOf(segment.blockedBy).map((number) => ({
			number,
			state: "open"
		}))
	}));
	const epic = {
		...blankIssue(top, stated.epic.title),
		body: stated.epic.body,
		labels: stated.epic.labels,
		children: issues.map((issue) => issue.number)
	};
	return {
		epic,
		issues,
		names: numbers,
		plan: planEpic({
			epic,
			issues,
			others: [],
			config,
			fixes: {}
		})
	};
}
const WRITER = {
	id: 0,
	login: "you",
	kind: "person",
	permission: "write"
};
const blankIssue = (number, title) => ({
	id: issueId(`plan-file-${number}`),
	number,
	title,
	body: "",
	url: "",
	state: "open",
	author: WRITER,
	labels: [],
	children: [],
	blockedBy: [],
	digest: "",
	kind: "issue"
});
async function planOnGitHub(repo, said) {
	const { snapshot, config } = await observeEpic(repo, said);
	const { plan } = decide(snapshot, config).board;
	return {
		title: snapshot.epic.title,
		plan,
		advice: adviseOn(plan, config),
		diagnostics: snapshot.preflight
	};
}
/** Looks at an epic on GitHub as the orchestrator would. */
async function observeEpic(repo, said) {
	const [, owner, name] = /^([\w.-]+)\/([\w.-]+)$/.exec(repo) ?? [];
	if (!owner || !name) throw new Fault(`--repo cannot be "${repo}".`, "A repository is named OWNER/NAME.", "For example: --repo octo/shop.");
	if (typeof said !== "string" || !/^\d{1,9}$/.test(said)) throw new Fault("No epic is named.", "--repo needs the epic’s number.", "Add --epic N.");
	const token = process.env.GITHUB_TOKEN ?? process.env.GH_TOKEN;
	if (!token) throw new Fault("No token is there.", "Reading from GitHub needs one, in GITHUB_TOKEN or GH_TOKEN.", "GITHUB_TOKEN=$(gh auth token) swarm …");
	const apiUrl = process.env.GITHUB_API_URL ?? "https://api.github.com";
	const client = makeClient({
		apiUrl,
		token
	});
	const repository = {
		owner,
		name
	};
	const seen = await observe({
		client,
		repository,
		epic: issueNumber(Number(said)),
		orchestrator: "cli",
		performed: {},
		killSwitch: "variable",
		requests: [],
		answers: new Answers(client, repository),
		understand: ({ file, text }) => readConfig(text, file)
	}).catch((error) => {
		throw new Fault(`${repo}#${said} cannot be read.`, messageOf(error), "Check the name, the token and its access.");
	});
	if (!seen) throw new Fault(`There is no issue ${repo}#${said}.`, "GitHub does not know it, or does not show it to this token.", "Check both.");
	return {
		...seen,
		token
	};
}
/** Waves, tracks, what each segment waits for and what it never runs beside, as plain lines. */
function planLines(title, plan, advice) {
	const segments = new Map(plan.segments.map((segment) => [segment.number, segment]));
	const lines = [
		title,
		forecastText(plan),
		...advice ? adviceLines(advice).map((line) => `- ${line}`) : []
	];
	const outside = (number) => (plan.waitsOutside[number] ?? []).map(refText);
	for (const wave of plan.waves) {
		lines.push("", `Wave ${wave.number}`);
		for (const track of wave.tracks) for (const [index, number] of track.segments.entries()) {
			const segment = segments.get(number);
			const after = index > 0 ? [track.segments[index - 1]] : [];
			const waits = [...[...segment?.blockedBy ?? [], ...after].map((each) => `#${each}`), ...outside(number)];
			const why = waits.length > 0 ? `  after ${[...new Set(waits)].join(", ")}` : "";
			const name = index === 0 ? `  [${track.name}]` : "";
			lines.push(`  ${index === 0 ? track.letter.padEnd(3) : "   "}#${String(number).padEnd(4)} ${segment?.title ?? ""}${why}${name}`);
		}
	}
	const apart = overlapLines(plan).map((line) => `  ${line}`);
	return apart.length === 0 ? lines : [
		...lines,
		"",
		"Never at the same time",
		...apart
	];
}

export { formatProblem as a, pathsFor as c, attemptName as d, readConfig as f, readPlanOf as i, personaIn as l, planCommand as n, SHIPPED_PERSONAS as o, CONFIG_FILES$1 as p, planLines as r, foldersFor as s, observeEpic as t, decide as u };