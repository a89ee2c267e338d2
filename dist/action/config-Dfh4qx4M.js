// src/core/model/config.ts
/** How pull requests are merged. The first one that the repository allows is taken if the config names none. */
const METHODS = [
	"squash",
	"merge",
	"rebase"
];
/** Kinds of walls around a program, from the strongest to the weakest. `sandbox/isolation.ts` says what each guarantees. */
const ISOLATIONS = [
	"bubblewrap",
	"bubblewrap-sudo",
	"none"
];
/** Agents that Swarm can start, limit and read without an entry in the config. */
const PRESETS = [
	"claude",
	"codex",
	"copilot",
	"gemini",
	"opencode"
];
/** The variables with the keys of each preset, in the order in which it looks for them. */
const PRESET_KEYS = {
	claude: [
		"ANTHROPIC_API_KEY",
		"ANTHROPIC_AUTH_TOKEN",
		"CLAUDE_CODE_OAUTH_TOKEN"
	],
	codex: [
		"CODEX_API_KEY",
		"OPENAI_API_KEY",
		"CODEX_ACCESS_TOKEN"
	],
	copilot: [
		"COPILOT_GITHUB_TOKEN",
		"COPILOT_PROVIDER_API_KEY",
		"COPILOT_PROVIDER_BEARER_TOKEN"
	],
	gemini: ["GEMINI_API_KEY", "GOOGLE_API_KEY"],
	opencode: ["OPENCODE_API_KEY", "OPENROUTER_API_KEY"]
};
/**
* opencode works with every provider. It gets the key of the one that its model names, `anthropic/claude-sonnet`, and no other:
* that may be the key of its judge.
*/
const PROVIDER_KEYS = {
	anthropic: "ANTHROPIC_API_KEY",
	openai: "OPENAI_API_KEY",
	google: "GEMINI_API_KEY"
};
/** The ways to run an agent: as a preset, by the Agent Client Protocol, or by the contract for any program. */
const AGENT_KINDS = [
	...PRESETS,
	"acp",
	"command"
];
/** The tasks that an agent can be called for. */
const ROLES = [
	"tester",
	"implementer",
	"reviewer",
	"lead",
	"researcher",
	"security",
	"resolver"
];
/** The name of the agent in `agent: {command: …}`. */
const UNNAMED_AGENT = "command";
/**
* The agent for a role: the one that the segment names, else the one of the role, else the one of the repository. A segment
* names the agent that works on it, not the ones that judge the work, so its choice does not count for reviewers, leads and
* resolvers.
*
* @param ofSegment the name in the segment's spec.
* @returns undefined if no agent is named, or the name is not in the config.
*/
function agentFor(config, role, ofSegment) {
	const name = (role === "tester" || role === "implementer" || role === "researcher" || role === "security" ? ofSegment : void 0) ?? config.roles[role] ?? config.agent;
	return name !== void 0 && Object.hasOwn(config.agents, name) ? config.agents[name] : void 0;
}
/** Names of the job's variables with an agent's keys. Their values are never shown, and no other agent gets them. */
function keysOf({ kind, model = "", keys, environment }) {
	if (keys) return [...Object.values(keys), ...environment];
	const provider = kind === "opencode" ? PROVIDER_KEYS[model.split("/")[0] ?? ""] : void 0;
	return [
		...kind === "acp" || kind === "command" ? [] : PRESET_KEYS[kind],
		...provider === void 0 ? [] : [provider],
		...environment
	];
}
/**
* Names of the variables that the agents of one attempt may need: those that work on the segment, and those that judge it.
*
* @param spec names the agent and the model of the segment, if it has its own.
*/
function keysFor(config, spec = {}) {
	const keys = ROLES.flatMap((role) => agentFor(config, role, spec.agent) ?? []).flatMap((agent) => [...keysOf(agent), ...spec.model === void 0 ? [] : keysOf({
		...agent,
		model: spec.model
	})]);
	return [.../* @__PURE__ */ new Set([...keys, ...config.environment])].sort();
}
const DEFAULT_LABELS = {
	execute: "swarm:execute",
	"dry-run": "swarm:dry-run",
	pause: "swarm:pause",
	resume: "swarm:resume",
	cancel: "swarm:cancel",
	retry: "swarm:retry",
	queued: "swarm:queued",
	running: "swarm:running",
	review: "swarm:review",
	"needs-input": "swarm:needs-input",
	blocked: "swarm:blocked",
	done: "swarm:done",
	paused: "swarm:paused"
};
const COMMAND_LABELS = [
	"execute",
	"dry-run",
	"pause",
	"resume",
	"cancel",
	"retry"
];
const STATE_LABELS = [
	"queued",
	"running",
	"review",
	"needs-input",
	"blocked",
	"done",
	"paused"
];
const labelName = (config, key) => config.labels[key] ?? DEFAULT_LABELS[key];
/** GitHub keeps one spelling of a label, the first, and takes every other case of its letters for the same label. */
const isLabel = (name, config, key) => name.toLowerCase() === labelName(config, key).toLowerCase();
/** The names of the config file, the usual one first. A repository with both has made a mistake. */
const CONFIG_FILES = [".github/swarm.yml", ".github/swarm.yaml"];

export { ISOLATIONS as a, ROLES as c, agentFor as d, isLabel as f, labelName as h, DEFAULT_LABELS as i, STATE_LABELS as l, keysOf as m, COMMAND_LABELS as n, METHODS as o, keysFor as p, CONFIG_FILES as r, PRESETS as s, AGENT_KINDS as t, UNNAMED_AGENT as u };