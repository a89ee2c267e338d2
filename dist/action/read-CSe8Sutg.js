import { a as ISOLATIONS, c as ROLES, i as DEFAULT_LABELS, s as PRESETS, t as AGENT_KINDS, u as UNNAMED_AGENT } from "./config-BeOUPBNq.js";
import { t as nearest } from "./nearest-CUD6Q3D7.js";
import { C as string, O as registry, S as strictObject, _ as number, a as ZodOptional, c as ZodUnion, d as boolean, g as literal, i as ZodObject, l as _enum, m as int, n as ZodDefault, o as ZodPrefault, r as ZodEnum, s as ZodRecord, t as ZodArray, u as array, w as union, x as record, y as partialRecord } from "./schemas-BajjNhcs.js";
import { n as oncePerText, r as readYaml, t as import_dist } from "./read-w1XZ6ttS.js";
import { t as readPlace } from "./network-DlZvEHnd.js";
import { n as mayBeSet, t as mayBeHandedOn } from "./variables-DjNCmY2b.js";
import { n as EFFORTS, o as WORKERS } from "./epic-BlD3cFx_.js";

// src/config/schema.ts
/**
* `.github/swarm.yml`: each key once, with its valid values, its default, its sentence and an example.
*
* Validation, the words of a problem ("expected …"), the JSON Schema for editors (`swarm.schema.json`) and the reference
* page (`docs/config.md`) all come from here. A house test checks that the generated files are up to date.
*/
/** The valid values of a key, in words that complete "expected …". */
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
const wholeNumber = (from, to) => int().min(from).max(to);
const rangeText = (from, to) => `a whole number from ${from} to ${to}`;
const MAX_MINUTES = 350;
const DURATION = /^([1-9][0-9]{0,3})(m|h)$/;
const duration = union([wholeNumber(1, MAX_MINUTES), string().regex(DURATION)]).refine((written) => minutesOf(written) <= MAX_MINUTES);
const minutesOf = (written) => {
	if (typeof written === "number") return written;
	const [, amount, unit] = DURATION.exec(written) ?? [];
	return Number(amount) * (unit === "h" ? 60 : 1);
};
const DURATION_EXPECTS = `minutes (1 to ${MAX_MINUTES}), or a duration such as 20m or 2h`;
const LONG_SPAN = /^([1-9][0-9]{0,2})(h|d)$/;
const MAX_HOURS = 720;
const LONG_SPAN_EXPECTS = "hours or days up to 30 days, such as 24h or 3d";
const hoursOf = (written) => {
	const [, amount, unit] = LONG_SPAN.exec(written) ?? [];
	return Number(amount) * (unit === "d" ? 24 : 1);
};
const longSpan = string().regex(LONG_SPAN).refine((written) => hoursOf(written) <= MAX_HOURS);
const argv = array(string().min(1).max(2e3)).min(1).max(100);
const ARGV_EXPECTS = "a list of the program and its arguments; a shell command in one string is not accepted";
/** Rejects characters that a path here never has. `core/scope/scope.ts` parses the rest of the glob. */
const pathGlob = string().min(1).max(512).refine((glob) => !/^[/~!]|^[a-zA-Z]:|\\|[\x00-\x1f]|(?:^|\/)\.\.(?:\/|$)/.test(glob));
const GLOBS_EXPECTS = "a list of globs relative to the repository, such as docs/**, without .. or a leading / or !";
const anyVariable = string().regex(/^[A-Za-z_][A-Za-z0-9_]{0,127}$/);
/** A variable of the job that an agent or a gate may get. */
const variableName = anyVariable.refine(mayBeHandedOn);
/** A variable that the config may give a value. */
const settableName = anyVariable.refine(mayBeSet);
const NOT_ACCEPTED = "variables of the runner, of git and for tokens are not accepted, nor are those that decide which code runs, such as PATH";
const gate = strictObject({
	run: key(argv.optional(), {
		says: "The command, run without a shell.",
		expects: ARGV_EXPECTS,
		example: ["npm", "test"]
	}),
	off: key(boolean().optional(), {
		says: "Turns this gate off; the pull request says so.",
		expects: "true or false",
		example: true
	}),
	timeout: key(duration.optional(), {
		says: "Time limit of the gate.",
		expects: DURATION_EXPECTS,
		example: "15m"
	}),
	env: key(record(settableName, string().max(4e3)).optional(), {
		says: "Environment variables for the gate.",
		expects: `variable names with string values; ${NOT_ACCEPTED} or JAVA_HOME`,
		example: { TZ: "UTC" }
	}),
	environment: key(array(variableName).max(20).optional(), {
		says: "Variables of the job that only this gate gets, such as the token of a private registry for `install`.",
		expects: `a list of variable names; ${NOT_ACCEPTED}`,
		example: ["NPM_TOKEN"]
	}),
	directory: key(pathGlob.optional(), {
		says: "Working directory, relative to the repository.",
		expects: "a directory inside the repository",
		example: "packages/api"
	}),
	survivors: key(wholeNumber(0, 100).optional(), {
		says: "Only for `mutation`: how many percent of the mutants may survive; 20 if not set.",
		expects: rangeText(0, 100),
		example: 0
	})
});
const host = string().max(300).refine((written) => readPlace(written) !== void 0);
const amount = number().min(0).max(1e5);
const AMOUNT_EXPECTS = "an amount in US dollars, 0 or more";
const agentName = string().regex(/^[a-z][a-z0-9-]{0,39}$/);
const AGENT_NAME_EXPECTS = `the name of an agent: ${PRESETS.join(", ")}, or one under agents`;
const modelName = string().regex(/^[A-Za-z0-9][\w.:/@[\]-]{0,99}$/);
const MODEL_EXPECTS = "the name of a model, at most 100 characters";
/** One entry of a list of agents and models. `toConfig` tells the names of agents from those of models. */
const agentPick = union([string().regex(/^[A-Za-z0-9][\w.:/@[\]-]{0,140}$/), strictObject({
	agent: key(agentName.optional(), {
		says: "The agent.",
		expects: AGENT_NAME_EXPECTS,
		example: "codex"
	}),
	model: key(modelName.optional(), {
		says: "Its model.",
		expects: MODEL_EXPECTS,
		example: "opus"
	})
}).refine(({ agent, model }) => agent !== void 0 || model !== void 0)]);
const PICKS_EXPECTS = "a list of agents (codex), models (opus) or both (codex/gpt-5, or {agent: codex, model: gpt-5}), at most 8";
const agentEntry = strictObject({
	kind: key(oneOf(AGENT_KINDS).optional(), {
		says: "How the agent is run: as a preset, over the Agent Client Protocol (`acp`), or as a `command` by swarm's contract for any program. By default, the preset with the agent's name if there is one, otherwise `command`.",
		expects: AGENT_KINDS.join(", "),
		example: "acp"
	}),
	command: key(argv.optional(), {
		says: "The program, run without a shell. For a preset, this replaces its own program.",
		expects: ARGV_EXPECTS,
		example: ["goose", "acp"]
	}),
	model: key(modelName.optional(), {
		says: "The model, unless the segment sets one.",
		expects: MODEL_EXPECTS,
		example: "sonnet"
	}),
	effort: key(oneOf(EFFORTS).optional(), {
		says: "Reasoning effort, unless the segment sets it; only for agents that have such a setting.",
		expects: EFFORTS.join(", "),
		example: "high"
	}),
	"max-turns": key(wholeNumber(1, 1e4).optional(), {
		says: "Maximum number of turns with the model in one call, if the agent reports them.",
		expects: rangeText(1, 1e4),
		example: 80
	}),
	budget: key(number().positive().max(1e5).optional(), {
		says: "Limit in US dollars for one call, if the agent reports its cost or `price` is set.",
		expects: "an amount in US dollars above 0",
		example: 5
	}),
	price: key(strictObject({
		input: key(amount, {
			says: "For a million input tokens.",
			expects: AMOUNT_EXPECTS,
			example: 1.25
		}),
		output: key(amount, {
			says: "For a million output tokens.",
			expects: AMOUNT_EXPECTS,
			example: 10
		}),
		cached: key(amount.optional(), {
			says: "For a million input tokens from the provider's cache. If not set, the same as `input`.",
			expects: AMOUNT_EXPECTS,
			example: .125
		})
	}).optional(), {
		says: "Prices in US dollars per million tokens. Needed for the budget of an agent that reports tokens but not cost. If set, it replaces the cost that the agent reports.",
		expects: "amounts in US dollars for input and output, and optionally for cached",
		example: {
			input: 1.25,
			output: 10,
			cached: .125
		}
	}),
	timeout: key(duration.optional(), {
		says: "Time limit of one call; the `timeout` of the segment also applies.",
		expects: DURATION_EXPECTS,
		example: "30m"
	}),
	keys: key(record(variableName, variableName).optional(), {
		says: "Its own keys, if another agent of the same preset has others: the variable that the agent reads, and the variable of the job with the value. They replace the keys that the preset knows.",
		expects: `variable names with names of variables; ${NOT_ACCEPTED}`,
		example: { ANTHROPIC_API_KEY: "REVIEWER_API_KEY" }
	}),
	environment: key(array(variableName).max(100).optional(), {
		says: "Variables of the job that only this agent may see, such as its API key. A preset already knows its own.",
		expects: `a list of variable names; ${NOT_ACCEPTED}`,
		example: ["ANTHROPIC_API_KEY"]
	})
});
const role = (of, says) => key(agentName.optional(), {
	says,
	expects: AGENT_NAME_EXPECTS,
	example: of === "reviewer" ? "codex" : "claude"
});
const roleAgents = strictObject({
	tester: role("tester", "Writes the tests first."),
	implementer: role("implementer", "Does the work."),
	reviewer: role("reviewer", "Reviews the work."),
	lead: role("lead", "Decides if reviewer and implementer disagree, and resolves a conflict if the resolver could not."),
	researcher: role("researcher", "Does the segments of worker `research`."),
	security: role("security", "Does the segments of worker `security`."),
	resolver: role("resolver", "Resolves conflicts with the base.")
});
const ROLES_EXPECTS = `names of agents by role (${ROLES.join(", ")})`;
const cap = wholeNumber(1, 256);
const CAPS = {
	implementation: 4,
	tests: 4,
	research: 8,
	security: 2,
	refactor: 4
};
/** The settings of a worker, or only its cap. */
const workerEntry = (of, byDefault) => key(union([cap, strictObject({
	max: key(cap.optional(), {
		says: "Maximum number of its segments that run at once. If not set, the default of this worker.",
		expects: rangeText(1, 256),
		example: byDefault
	}),
	agent: key(agentName.optional(), {
		says: "The agent that does its work, in place of `agent` and of the role. It also writes the tests first, unless a role names another agent for that.",
		expects: AGENT_NAME_EXPECTS,
		example: "codex"
	}),
	model: key(modelName.optional(), {
		says: "The model of that agent, unless the segment sets one.",
		expects: MODEL_EXPECTS,
		example: "opus"
	}),
	roles: key(roleAgents.optional(), {
		says: "The agent for each role, in place of those under `roles`.",
		expects: ROLES_EXPECTS,
		example: { reviewer: "claude" }
	}),
	escalate: key(array(agentPick).max(8).optional(), {
		says: "Replaces `escalate` for its segments.",
		expects: PICKS_EXPECTS,
		example: ["opus"]
	})
})]).default(byDefault), {
	says: `For segments with worker \`${of}\`: the maximum number that run at once, or settings.`,
	expects: `${rangeText(1, 256)}, or settings such as {max: ${byDefault}, agent: codex}`,
	example: {
		max: byDefault,
		agent: "codex"
	}
});
const LABEL_KEYS = Object.keys(DEFAULT_LABELS);
const configSchema = strictObject({
	mode: key(oneOf(["agentic", "collaborative"]).default("agentic"), {
		says: "Runs automatically (`agentic`), or shows the plan and waits for an approval before each wave (`collaborative`).",
		expects: "agentic or collaborative",
		example: "collaborative"
	}),
	schedule: key(oneOf(["waves", "eager"]).default("waves"), {
		says: "Starts a segment when the previous wave is merged and calibrated (`waves`), or as soon as its own blockers are merged (`eager`).",
		expects: "waves or eager",
		example: "eager"
	}),
	"max-parallel": key(union([wholeNumber(1, 256), literal("auto")]).default(8), {
		says: "Maximum number of segments that run at once; `auto` means one per track.",
		expects: "a whole number from 1 to 256, or auto",
		example: 4
	}),
	"max-in-review": key(wholeNumber(1, 1e3).default(16), {
		says: "While this many pull requests wait for people, nothing starts that may open another one. A pull request in review keeps its files reserved, and does not count for `max-parallel` and `workers`.",
		expects: rangeText(1, 1e3),
		example: 6
	}),
	workers: key(strictObject({
		implementation: workerEntry("implementation", CAPS.implementation),
		tests: workerEntry("tests", CAPS.tests),
		research: workerEntry("research", CAPS.research),
		security: workerEntry("security", CAPS.security),
		refactor: workerEntry("refactor", CAPS.refactor)
	}).prefault({}), {
		says: "By worker: the maximum number of segments that run at once, or that and the agents and models of its own.",
		expects: `whole numbers or settings by worker (${WORKERS.join(", ")})`,
		example: {
			implementation: 2,
			refactor: {
				agent: "codex",
				model: "gpt-5"
			}
		}
	}),
	base: key(string().min(1).max(255).optional(), {
		says: "The branch that segments start from and merge into. If not set, the default branch.",
		expects: "the name of a branch",
		example: "develop"
	}),
	branch: key(string().min(1).max(200).refine((template) => /\{(?:slug|number)\}/.test(template)).default("{type}/{slug}"), {
		says: "The name of a segment's branch, from `{type}`, `{slug}`, `{number}` and `{epic}`.",
		expects: "a template that contains {slug} or {number}, so that two segments never share a branch",
		example: "swarm/{epic}/{number}-{slug}"
	}),
	merge: key(oneOf(["automatic", "manual"]).default("automatic"), {
		says: "Merges pull requests that are approved and green, or leaves merging to people.",
		expects: "automatic or manual",
		example: "manual"
	}),
	"merge-method": key(oneOf([
		"merge",
		"squash",
		"rebase"
	]).optional(), {
		says: "How pull requests are merged. The repository has to allow this method. If not set, `squash`, or else the first of `merge` and `rebase` that it allows.",
		expects: "merge, squash or rebase",
		example: "merge"
	}),
	approvals: key(wholeNumber(0, 6).default(1), {
		says: "How many people have to approve a pull request. With 0, green pull requests merge automatically.",
		expects: rangeText(0, 6),
		example: 2
	}),
	acceptance: key(oneOf(["person", "automatic"]).default("person"), {
		says: "The finished epic is accepted by a person with `/swarm accept`, or automatically when the last wave is calibrated.",
		expects: "person or automatic",
		example: "automatic"
	}),
	adopt: key(oneOf(["ask", "automatic"]).default("ask"), {
		says: "Segments that are added or changed after the start wait for `/swarm execute` (`ask`), or run automatically if the author has write access.",
		expects: "ask or automatic",
		example: "automatic"
	}),
	attempts: key(wholeNumber(1, 10).default(3), {
		says: "How often one segment is dispatched if its runs die or fail, including the first time.",
		expects: rangeText(1, 10),
		example: 2
	}),
	reworks: key(wholeNumber(0, 20).default(5), {
		says: "How often a rejected pull request is reworked.",
		expects: rangeText(0, 20),
		example: 3
	}),
	tries: key(wholeNumber(1, 10).default(3), {
		says: "Rounds of gates in one run; after a failed round, the agent gets the output.",
		expects: rangeText(1, 10),
		example: 2
	}),
	"calibration-rounds": key(wholeNumber(1, 10).default(3), {
		says: "Calibrations of one wave before swarm asks a person for help.",
		expects: rangeText(1, 10),
		example: 2
	}),
	baseline: key(oneOf(["on", "off"]).default("on"), {
		says: "Before the first agent of an epic, a job without an agent installs the base and runs all gates on it once. If it cannot be installed, or a gate fails there in a way that cannot be told from a new failure, no agent starts and a person is asked. What failed there before does not count against a segment. With `off`, the first failure of the base is found by an agent that is paid.",
		expects: "on or off",
		example: "off"
	}),
	tdd: key(boolean().optional(), {
		says: "Segments of worker `implementation` and `refactor` start with a tester. Its tests must fail before the implementer starts, and the implementer may not change them. If not set, true, unless the tester would be a plain command that no role names.",
		expects: "true or false",
		example: false
	}),
	council: key(oneOf([
		"auto",
		"on",
		"off"
	]).default("auto"), {
		says: "An independent reviewer checks each change before its pull request is opened. `auto` turns this off if the agent is a plain command and no reviewer is set.",
		expects: "auto, on or off",
		example: "on"
	}),
	isolation: key(oneOf(["auto", ...ISOLATIONS]).default("auto"), {
		says: "The walls around agents, gates and installs. `auto` takes the strongest that the machine has, and a run is refused if it has none. With `none`, an agent can reach the keys and the report of its job, so a person has to approve each pull request, even if `approvals` is 0.",
		expects: `auto, ${ISOLATIONS.slice(0, -1).join(", ")} or none`,
		example: "bubblewrap"
	}),
	network: key(union([_enum(["defaults", "open"]), array(host).max(200)]).default("defaults"), {
		says: "What agents, gates and installs can reach, where there are walls. `defaults`: an agent reaches the endpoint of its own model, and all of them reach the package registries of the ecosystems that the repository uses. A list adds hosts to these: `host`, `*.domain` for every name below, or `host:port` for another port than 443 and 80. `open` takes the limit away. What was refused stands in the pull request.",
		expects: "defaults, open, or a list of hosts such as api.example.com, *.example.com or localhost:5432, without https:// and without a path",
		example: [
			"api.example.com",
			"*.example.org",
			"localhost:5432"
		]
	}),
	"agent-settings": key(oneOf(["hidden", "repository"]).default("hidden"), {
		says: "The settings of agents in the repository, such as `.claude/settings.json` and `.mcp.json`: hidden from the agents, or obeyed (`repository`). They can run programs with the agent’s key. Instructions such as AGENTS.md are always read.",
		expects: "hidden or repository",
		example: "repository"
	}),
	"question-timeout": key(duration.default(5), {
		says: "How long a question of a run waits for an answer (`/swarm answer`).",
		expects: DURATION_EXPECTS,
		example: "2h"
	}),
	"question-auto-resume": key(boolean().default(true), {
		says: "If no answer comes in time, the agent continues with its best judgement and lists its assumptions. With `false`, the segment waits.",
		expects: "true or false",
		example: false
	}),
	remind: key(union([literal("off"), longSpan]).default("24h"), {
		says: "How long people are waited for before swarm reminds them, and then again, three times in all. `off` turns reminders off.",
		expects: `off, or ${LONG_SPAN_EXPECTS}`,
		example: "2d"
	}),
	personas: key(array(pathGlob).max(20).default([]), {
		says: "Folders with personas (`NAME.md` or `NAME.agent.md`), searched before `.agents`, `.claude/agents` and `.github/agents`.",
		expects: "a list of folders relative to the repository",
		example: ["docs/personas"]
	}),
	skills: key(array(pathGlob).max(20).default([]), {
		says: "Folders with skills (`NAME/SKILL.md`), searched before `.agents/skills`, `.claude/skills` and `.github/skills`.",
		expects: "a list of folders relative to the repository",
		example: ["docs/skills"]
	}),
	timeout: key(duration.default(60), {
		says: "Time limit of a segment's agent.",
		expects: DURATION_EXPECTS,
		example: "90m"
	}),
	budget: key(strictObject({
		segment: key(number().positive().max(1e5).optional(), {
			says: "Limit in US dollars for one segment, for all of its attempts together.",
			expects: "an amount in US dollars above 0",
			example: 5
		}),
		epic: key(number().positive().max(1e6).optional(), {
			says: "Limit in US dollars for the whole epic. `/swarm resume budget=60` raises it for one epic.",
			expects: "an amount in US dollars above 0",
			example: 50
		})
	}).optional(), {
		says: "Spending limits in US dollars. Without them there is no limit.",
		expects: "amounts in US dollars for segment, epic or both",
		example: {
			segment: 5,
			epic: 50
		}
	}),
	agent: key(union([agentName, strictObject({ command: key(argv, {
		says: "Any program, run without a shell. It gets the brief on standard input and runs in the working tree.",
		expects: ARGV_EXPECTS,
		example: ["node", "scripts/agent.mjs"]
	}) })]).optional(), {
		says: "The agent that does the work: one that swarm knows, one under `agents`, or a command.",
		expects: `${AGENT_NAME_EXPECTS}; or {command: …} with ${ARGV_EXPECTS}`,
		example: "claude"
	}),
	agents: key(record(agentName, agentEntry).default({}), {
		says: "Agents and their settings, by name. A preset needs no entry.",
		expects: "agents by name; a name has lowercase letters, digits and dashes",
		example: { claude: {
			model: "sonnet",
			budget: 5
		} }
	}),
	roles: key(roleAgents.prefault({}), {
		says: "The agent for each role, if it is not `agent`.",
		expects: ROLES_EXPECTS,
		example: { reviewer: "codex" }
	}),
	escalate: key(array(agentPick).max(8).default([]), {
		says: "The agents and models that try a segment again after its work failed: the first for the second attempt, and so on. Work has failed if its gates are red, its review is rejected, it changes nothing or it does not come to an end; lost runs, limits of providers and conflicts do not count. A model alone is one of the usual agent. Without entries, failed work waits for a person at once.",
		expects: PICKS_EXPECTS,
		example: [
			"sonnet",
			"opus",
			"codex"
		]
	}),
	fallback: key(array(agentPick).max(8).default([]), {
		says: "The agents that stand in, in every role, for an agent that has reached a limit of its provider or finds it down. The first one with a free provider is taken. If none is free, the segment waits for the first that will be. A limit counts for all agents with the same keys. Without entries, each segment waits for its own agent.",
		expects: "a list of agents (codex), with or without a model (codex/gpt-5, or {agent: codex, model: gpt-5}), at most 8",
		example: ["codex", "gemini"]
	}),
	gates: key(record(string().regex(/^[a-z][a-z0-9-]{0,39}$/), gate).default({}), {
		says: "Gates by name: changes to the built-in ones (`lint`, `types`, `tests`, `build`, `security`, `scope`), or gates of your own. `mutation` turns on a check that tests notice small changes of the changed lines. `install` installs the dependencies before the gates run.",
		expects: "gates by name; a name has lowercase letters, digits and dashes",
		example: { tests: {
			run: ["npm", "test"],
			timeout: "15m"
		} }
	}),
	environment: key(array(variableName).max(100).default([]), {
		says: "Variables of the job that the gates, and an agent that is a command, may see in addition to the built-in list (`PATH`, `HOME`, `LANG` …). API keys of other agents belong under `agents`.",
		expects: `a list of variable names; ${NOT_ACCEPTED}`,
		example: ["DATABASE_URL"]
	}),
	protect: key(array(pathGlob).max(100).default([]), {
		says: "Files that no segment may change, in addition to the built-in ones: what steers CI, agents and package managers (`.github/**`, `AGENTS.md`, folders with a `SKILL.md` …), and what this config names (folders of `personas` and `skills`, scripts in the commands of agents and gates).",
		expects: GLOBS_EXPECTS,
		example: ["migrations/**"]
	}),
	unprotect: key(array(pathGlob).max(100).default([]), {
		says: "Protected files that segments may change in this repository, such as `src/plugin.json` if that has nothing to do with agents.",
		expects: GLOBS_EXPECTS,
		example: [".vscode/**"]
	}),
	secrets: key(strictObject({ allow: key(array(strictObject({
		path: pathGlob,
		sha256: string().regex(/^[0-9a-f]{64}$/)
	})).max(200).default([]), {
		says: "False positives of the secret scan: the files that may contain each one, and its digest from the message.",
		expects: "a list of entries with path (a glob) and sha256 (64 hex digits)",
		example: [{
			path: "test/fixtures/**",
			sha256: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
		}]
	}) }).prefault({}), {
		says: "The secret scan of what a segment changes. Comments in files cannot turn it off.",
		expects: "the key allow",
		example: { allow: [{
			path: "test/fixtures/**",
			sha256: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
		}] }
	}),
	"allowed-bots": key(array(string().regex(/^[A-Za-z0-9][A-Za-z0-9-]{0,62}(?:\[bot\])?$/)).max(20).default([]), {
		says: "Logins of bots that may give commands.",
		expects: "a list of complete logins; * is not accepted",
		example: ["release-bot[bot]"]
	}),
	labels: key(partialRecord(_enum(LABEL_KEYS), string().trim().min(1).max(50)).default({}), {
		says: "Names in this repository for swarm's labels.",
		expects: `names by label (${LABEL_KEYS.join(", ")})`,
		example: { execute: "ship-it" }
	}),
	limits: key(strictObject({
		segments: key(wholeNumber(1, 2e3).default(200), {
			says: "Maximum number of segments in one epic.",
			expects: rangeText(1, 2e3),
			example: 100
		}),
		waves: key(wholeNumber(1, 500).default(50), {
			says: "Maximum number of waves in one epic.",
			expects: rangeText(1, 500),
			example: 10
		}),
		dispatches: key(wholeNumber(1, 5e3).default(300), {
			says: "Maximum number of runs started for one epic, including retries and calibrations.",
			expects: rangeText(1, 5e3),
			example: 100
		})
	}).prefault({}), {
		says: "Limits for one epic.",
		expects: "whole numbers for segments, waves or dispatches",
		example: { segments: 50 }
	})
}).meta({
	title: "Swarm",
	description: "The config of swarm for a repository: `.github/swarm.yml` on its default branch."
});
/** The config as `decide` gets it. Maps with free names have no prototype, so a gate may be called `constructor`. */
const toConfig = (written) => ({
	mode: written.mode,
	schedule: written.schedule,
	maxParallel: written["max-parallel"],
	maxInReview: written["max-in-review"],
	workers: capsOf(written),
	...written.base === void 0 ? {} : { base: written.base },
	branch: written.branch,
	merge: written.merge,
	...written["merge-method"] === void 0 ? {} : { mergeMethod: written["merge-method"] },
	approvals: written.approvals,
	acceptance: written.acceptance,
	adopt: written.adopt,
	attempts: written.attempts,
	reworks: written.reworks,
	tries: written.tries,
	calibrationRounds: written["calibration-rounds"],
	baseline: written.baseline,
	tdd: written.tdd === void 0 ? "auto" : written.tdd ? "on" : "off",
	questions: {
		timeoutMinutes: minutesOf(written["question-timeout"]),
		unanswered: written["question-auto-resume"] ? "go on" : "wait"
	},
	...written.remind === "off" ? {} : { remindMinutes: hoursOf(written.remind) * 60 },
	council: written.council,
	isolation: written.isolation,
	network: written.network === "open" ? "open" : written.network === "defaults" ? [] : written.network,
	agentSettings: written["agent-settings"],
	instructions: {
		personas: written.personas,
		skills: written.skills
	},
	timeoutMinutes: minutesOf(written.timeout),
	...written.budget === void 0 ? {} : { budgetUsd: withoutUndefined(written.budget) },
	...agentsOf(written),
	gates: recordOf(Object.entries(written.gates).map(([name, { run, off, timeout, env, environment, directory, survivors }]) => [name, withoutUndefined({
		run,
		off,
		timeoutMinutes: timeout === void 0 ? void 0 : minutesOf(timeout),
		environment: env === void 0 ? void 0 : recordOf(Object.entries(env)),
		variables: environment,
		directory,
		survivors
	})])),
	environment: written.environment,
	protect: written.protect,
	unprotect: written.unprotect,
	allowedSecrets: written.secrets.allow,
	allowedBots: written["allowed-bots"],
	labels: recordOf(Object.entries(written.labels).flatMap(([name, label]) => label === void 0 ? [] : [[name, label]])),
	limits: written.limits
});
/** All agents: the presets with their settings, agents of the config, and the unnamed one that is only a command. */
function agentsOf(written) {
	const entries = new Map(PRESETS.map((name) => [name, {
		name,
		kind: name,
		command: [],
		environment: []
	}]));
	for (const [name, { kind, command, model, effort, budget, price, timeout, keys, environment, ...rest }] of Object.entries(written.agents)) entries.set(name, {
		name,
		kind: kind ?? kindByName(name),
		command: command ?? [],
		...withoutUndefined({
			model,
			effort,
			maxTurns: rest["max-turns"],
			budgetUsd: budget,
			price: price && {
				inputUsd: price.input,
				outputUsd: price.output,
				cachedUsd: price.cached ?? price.input
			},
			timeoutMinutes: timeout === void 0 ? void 0 : minutesOf(timeout),
			keys: keys && recordOf(Object.entries(keys))
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
		agents: recordOf([...entries]),
		roles: withoutUndefined(written.roles),
		byWorker: recordOf(WORKERS.flatMap((worker) => {
			const own = written.workers[worker];
			if (typeof own === "number") return [];
			const roles = own.roles && withoutUndefined(own.roles);
			const escalate = own.escalate?.map((entry) => pickOf(entry, entries));
			return [[worker, withoutUndefined({
				agent: own.agent,
				model: own.model,
				roles,
				escalate
			})]];
		})),
		escalate: written.escalate.map((entry) => pickOf(entry, entries)),
		fallback: written.fallback.map((entry) => pickOf(entry, entries))
	};
}
const capsOf = ({ workers }) => {
	const capOf = (worker) => {
		const own = workers[worker];
		return typeof own === "number" ? own : own.max ?? CAPS[worker];
	};
	return {
		implementation: capOf("implementation"),
		tests: capOf("tests"),
		research: capOf("research"),
		security: capOf("security"),
		refactor: capOf("refactor")
	};
};
/** `codex` is an agent if there is one of that name, and a model if not; `codex/gpt-5` is both. */
function pickOf(written, agents) {
	if (typeof written === "object") return withoutUndefined(written);
	if (agents.has(written)) return { agent: written };
	const slash = written.indexOf("/");
	const agent = written.slice(0, Math.max(0, slash));
	return agents.has(agent) ? {
		agent,
		model: written.slice(slash + 1)
	} : { model: written };
}
const kindByName = (name) => PRESETS.find((preset) => preset === name) ?? "command";
const withoutUndefined = (value) => Object.fromEntries(Object.entries(value).filter(([, held]) => held !== void 0));
const recordOf = (entries) => {
	const record = Object.create(null);
	for (const [name, value] of entries) record[name] = value;
	return record;
};

// src/config/read.ts
/**
* Reads `.github/swarm.yml` into a Config, or into problems with line and column.
*
* The file is untrusted: its size and its depth are limited before it is parsed (`yaml/read.ts`), aliases and tags are
* rejected, and its keys never become properties of a prototype. Reading never throws. An unknown key is a warning. An
* invalid value is an error, and its default is used for everything that still has to run.
*/
const MAX_BYTES = 65536;
const MAX_DEPTH = 12;
const MAX_DIAGNOSTICS = 20;
/**
* The config of a repository, with defaults filled in.
*
* @param text the file's content; undefined if there is no file, which is fine.
* @param file its name, for the positions in problems.
*/
const readConfig = (text, file) => readWhole(text, file).read;
const readWhole = (text, file) => {
	if (text === void 0) return refused([]);
	const bytes = Buffer.byteLength(text);
	if (bytes > MAX_BYTES) return refused([{
		kind: "CONFIG_SIZE",
		at: { file },
		bytes,
		limit: MAX_BYTES
	}]);
	return readOnce(`${file}\n${text}`);
};
/** A look reads the config again each time, and it rarely changes. */
const readOnce = oncePerText((named) => {
	const end = named.indexOf("\n");
	const file = named.slice(0, end);
	const yaml = readValues(named.slice(end + 1), file);
	return yaml.kind === "problems" ? refused(yaml.problems) : validate(yaml, file);
});
/** Nothing of the file applies. */
const refused = (problems) => {
	const written = configSchema.parse({});
	const diagnostics = problems.slice(0, MAX_DIAGNOSTICS).map((problem) => ({
		level: "error",
		problem
	}));
	return {
		read: {
			config: toConfig(written),
			diagnostics
		},
		written
	};
};
const readValues = (text, file) => {
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
			message: "it contains a NUL character"
		}]
	};
	const parsed = readYaml(text, { maxBytes: MAX_BYTES });
	if (parsed.kind === "refused") return {
		kind: "problems",
		problems: parsed.faults.slice(0, parsed.faults.some(({ kind }) => kind === "syntax") ? 3 : MAX_DIAGNOSTICS).map(({ line, column, message }) => ({
			kind: "CONFIG_YAML",
			at: {
				file,
				line,
				column
			},
			message
		}))
	};
	const positionOf = (offset) => ({
		file,
		...parsed.lineOf(offset)
	});
	const problem = (offset, message) => ({
		kind: "CONFIG_YAML",
		at: positionOf(offset),
		message
	});
	const found = [];
	const positions = /* @__PURE__ */ new Map();
	const remember = (path, offset, node) => {
		const range = node?.range;
		const source = range ? text.slice(range[0], range[1]) : void 0;
		positions.set(JSON.stringify(path), {
			offset,
			source
		});
	};
	const plain = (node, path) => {
		const offset = node?.range?.[0] ?? 0;
		if (path.length > MAX_DEPTH) {
			found.push(problem(offset, "it is nested too deeply"));
			return;
		}
		if ((0, import_dist.isMap)(node)) {
			const values = Object.create(null);
			for (const { key, value } of node.items) {
				if (!(0, import_dist.isScalar)(key)) continue;
				const name = String(key.value);
				const keyPath = [...path, name];
				if (name === "__proto__" && path.length > 0) {
					found.push(problem(key.range?.[0] ?? offset, "`__proto__` is not allowed as a name"));
					continue;
				}
				const valueNode = value;
				remember(keyPath, key.range?.[0] ?? offset, valueNode);
				values[name] = plain(valueNode, keyPath);
			}
			return values;
		}
		if ((0, import_dist.isSeq)(node)) return node.items.map((item, index) => {
			const itemPath = [...path, index];
			remember(itemPath, item?.range?.[0] ?? offset, item);
			return plain(item, itemPath);
		});
		if (!(0, import_dist.isScalar)(node)) return node ?? null;
		if (typeof node.value === "number" && /^[-+]?0[0-9]/.test(node.source ?? "")) {
			found.push(problem(offset, `${node.source} is ambiguous; write the number without a leading zero`));
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
		problems: [problem(0, "it has to consist of `key: value` lines")]
	};
	return {
		kind: "values",
		values: values ?? Object.create(null),
		locate: (path) => {
			for (let length = path.length; length > 0; length -= 1) {
				const found = positions.get(JSON.stringify(path.slice(0, length)));
				if (found) return {
					position: positionOf(found.offset),
					source: length === path.length ? found.source : void 0
				};
			}
			return {
				position: { file },
				source: void 0
			};
		}
	};
};
const MAX_PASSES = 40;
/**
* Removes each invalid value and reads the rest again, so that one invalid value is one problem and all valid values
* apply.
*/
const validate = ({ values, locate }, file) => {
	const diagnostics = /* @__PURE__ */ new Map();
	for (let pass = 0; pass < MAX_PASSES; pass += 1) {
		const result = configSchema.safeParse(values);
		if (result.success) {
			const config = toConfig(result.data);
			for (const diagnostic of labelClashes(result.data.labels, locate)) diagnostics.set("labels", diagnostic);
			for (const [name, diagnostic] of survivorErrors(result.data.gates, locate)) diagnostics.set(name, diagnostic);
			for (const [name, diagnostic] of agentErrors(config, result.data, locate)) diagnostics.set(name, diagnostic);
			return {
				read: {
					config,
					diagnostics: [...diagnostics.values()].slice(0, MAX_DIAGNOSTICS)
				},
				written: result.data
			};
		}
		for (const issue of result.error.issues) for (const { path, diagnostic } of diagnosticsOf(issue, locate)) {
			const name = JSON.stringify(path);
			if (!(diagnostic.problem.kind === "CONFIG_VALUE" && isUnset(values, path)) && !diagnostics.has(name)) diagnostics.set(name, diagnostic);
			removeAt(values, path);
		}
	}
	return refused([{
		kind: "CONFIG_YAML",
		at: { file },
		message: "it has too many errors to read the rest"
	}]);
};
const diagnosticsOf = (issue, locate) => {
	const path = issue.path.filter((step) => typeof step !== "symbol");
	if (issue.code === "unrecognized_keys") return issue.keys.map((name) => unknownKey([...path, name], knownKeysAt(path), locate));
	if (issue.code === "invalid_union") {
		const intended = issue.errors.find((errors) => errors.every((error) => error.path.length > 0 || error.code === "unrecognized_keys"));
		if (intended) return intended.flatMap((error) => diagnosticsOf({
			...error,
			path: [...path, ...error.path]
		}, locate));
	}
	if (issue.code === "invalid_key") {
		const known = knownKeysAt(path.slice(0, -1));
		if (known.length > 0) return [unknownKey(path, known, locate)];
		return [invalidValue(path, String(path.at(-1)), locate)];
	}
	return [invalidValue(path, void 0, locate)];
};
const unknownKey = (path, known, locate) => {
	const key = dotted(path);
	const close = nearest(String(path.at(-1)), known);
	const { position } = locate(path);
	return {
		path,
		diagnostic: {
			level: "warning",
			problem: {
				kind: "CONFIG_KEY",
				at: position,
				key,
				known,
				...close === void 0 ? {} : { nearest: close }
			}
		}
	};
};
const invalidValue = (path, shown, locate) => {
	const { schema, expects } = schemaAt(path);
	const { position, source } = locate(path);
	const value = shown ?? source ?? "(empty)";
	const close = nearest(value, schema instanceof ZodEnum ? schema.options.map(String) : []);
	return {
		path,
		diagnostic: {
			level: "error",
			problem: {
				kind: "CONFIG_VALUE",
				at: position,
				key: dotted(path),
				value,
				expected: path[0] === "gates" && shown === void 0 ? gateExpects(path, expects, value) : expects,
				...close === void 0 ? {} : { nearest: close }
			}
		}
	};
};
/** People write a gate as its command. The command is shown as it has to be written, unless only a shell can read it. */
const gateExpects = (path, expects, source) => {
	const [, , key] = path;
	if (path.length > 3 || key !== void 0 && key !== "run") return expects;
	const words = source.replace(/^(["'])(.*)\1$/, "$2").split(/\s+/);
	const run = `run: [${words.length <= 20 && words.every((word) => /^[\w@%+=:./-]{1,100}$/.test(word)) ? words.map((word) => /^[\w./-]+$/.test(word) ? word : `"${word}"`).join(", ") : "npm, test"}]`;
	return key === "run" ? `${expects}: ${run}` : `its settings, such as {${run}} or {off: true}`;
};
/** `workers.tests`; an item of a list is named by its list. */
const dotted = (path) => path.filter((step) => typeof step === "string").join(".");
const isUnset = (values, path) => {
	let current = values;
	for (const step of path) {
		if (current === null || typeof current !== "object" || !(step in current)) return false;
		current = current[step];
	}
	return current === null;
};
/** Removes the key at the path, or its nearest existing parent. A list is removed as a whole. */
const removeAt = (values, path) => {
	let holder;
	let name = "";
	let current = values;
	for (const step of path) {
		if (typeof step !== "string" || current === null || typeof current !== "object" || !(step in current)) break;
		holder = current;
		name = step;
		current = holder[step];
	}
	if (holder) delete holder[name];
};
const labelClashes = (labels, locate) => {
	const seen = /* @__PURE__ */ new Map();
	for (const [label, mapped = ""] of Object.entries(labels)) {
		const name = mapped.toLowerCase();
		const other = seen.get(name);
		if (other !== void 0) {
			const at = locate(["labels", label]).position;
			const expected = `a name that no other label has; ${other} already has this one`;
			return [{
				level: "error",
				problem: {
					kind: "CONFIG_VALUE",
					at,
					key: `labels.${label}`,
					value: mapped,
					expected
				}
			}];
		}
		seen.set(name, label);
	}
	return [];
};
/** A key that has no effect where it stands would leave people believing in a check that does not exist. */
const survivorErrors = (gates, locate) => Object.entries(gates).flatMap(([name, { run, survivors }]) => {
	if (survivors === void 0 || name === "mutation" && run === void 0) return [];
	const path = [
		"gates",
		name,
		"survivors"
	];
	const problem = {
		kind: "CONFIG_VALUE",
		at: locate(path).position,
		key: dotted(path),
		value: String(survivors),
		expected: "no such key here: only the gate mutation has it, without a command of its own"
	};
	return [[JSON.stringify(path), {
		level: "error",
		problem
	}]];
});
const NEEDS_COMMAND = ["acp", "command"];
/** Unknown agent names and agents without a program. Found later, each would cost a paid run. */
const agentErrors = ({ agent, agents, roles, byWorker, escalate, fallback }, written, locate) => {
	const invalid = (path, value, expected, close) => {
		const at = locate(path).position;
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
	const workers = Object.entries(byWorker);
	const picks = [
		...escalate.map((pick, index) => ({
			...pick,
			path: ["escalate", index]
		})),
		...workers.flatMap(([worker, own]) => (own.escalate ?? []).map((pick, index) => ({
			...pick,
			path: [
				"workers",
				worker,
				"escalate",
				index
			]
		}))),
		...fallback.map((pick, index) => ({
			...pick,
			agent: pick.agent ?? pick.model,
			path: ["fallback", index]
		}))
	];
	const named = [
		...agent === void 0 ? [] : [{
			path: ["agent"],
			name: agent
		}],
		...Object.entries(roles).map(([role, name]) => ({
			path: ["roles", role],
			name
		})),
		...workers.flatMap(([worker, { agent: name, roles: own = {} }]) => [...name === void 0 ? [] : [{
			path: [
				"workers",
				worker,
				"agent"
			],
			name
		}], ...Object.entries(own).map(([role, each]) => ({
			path: [
				"workers",
				worker,
				"roles",
				role
			],
			name: each
		}))]),
		...picks.flatMap(({ path, agent: name }) => name === void 0 ? [] : [{
			path,
			name
		}])
	];
	const mistyped = written.escalate.flatMap((model, index) => {
		const meant = typeof model === "string" ? known.find((each) => isMistyped(model, each)) : void 0;
		return meant === void 0 ? [] : [{
			path: ["escalate", index],
			model: String(model),
			meant
		}];
	});
	return [
		...named.filter(({ name }) => agents[name] === void 0).map(({ path, name }) => invalid(path, name, expected, nearest(name, known))),
		...mistyped.map(({ path, model, meant }) => invalid(path, model, `an agent (${expected}) or a model; a model of this name is written {model: ${model}}`, meant)),
		...Object.values(agents).filter(({ kind, command }) => NEEDS_COMMAND.includes(kind) && command.length === 0).map(({ name, kind }) => invalid(["agents", name], `kind: ${kind}`, `kind ${kind} together with a command`))
	];
};
/** A word that was most likely meant as the name of an agent. Models are often longer words with that name in front. */
const isMistyped = (word, agent) => /^[a-z-]+$/.test(word) && Math.abs(word.length - agent.length) <= 1 && !word.startsWith(agent) && !agent.startsWith(word) && nearest(word, [agent]) !== void 0;
/** The schema at a path, without its wrappers, and the expected values of the nearest key that describes them. */
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
const unwrap = (outer, inherited) => {
	let schema = outer;
	let expects = inherited;
	for (;;) {
		expects = expectations.get(schema)?.expects ?? expects;
		if (schema instanceof ZodOptional || schema instanceof ZodDefault || schema instanceof ZodPrefault) schema = schema.unwrap();
		else return {
			schema,
			expects
		};
	}
};
const knownKeysAt = (path) => {
	const found = schemaAt(path).schema;
	const schema = (found instanceof ZodUnion ? found.options : [found]).find((option) => option instanceof ZodObject) ?? found;
	if (schema instanceof ZodObject) return Object.keys(schema.shape);
	if (schema instanceof ZodRecord && schema.keyType instanceof ZodEnum) return schema.keyType.options.map(String);
	return [];
};

export { readConfig as t };