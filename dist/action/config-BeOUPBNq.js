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
/** The role that does the work of a segment. */
const mainRole = (worker) => worker === "research" ? "researcher" : worker === "security" ? "security" : "implementer";
/**
* The agent for a role: the one that the attempt picked, else the one that the segment names, else the one of its worker,
* else the one of the role, else the one of the repository. Segments and attempts name the agent that works, not the ones that judge the work, so their
* choice does not count for reviewers, leads and resolvers. A tester that is another agent than the implementer stays when an
* attempt picks another implementer. In any role, another agent may stand in for a limited one.
*
* @returns undefined if no agent is named, or the name is not in the config.
*/
function agentFor(config, role, wish = {}) {
	const agent = pickedAgent(config, role, wish);
	const other = agent && wish.instead && Object.hasOwn(wish.instead, agent.name) ? wish.instead[agent.name] : void 0;
	const standIn = agentNamed(config, other?.agent);
	if (!standIn) return agent;
	return other?.model === void 0 ? standIn : {
		...standIn,
		model: other.model
	};
}
function pickedAgent(config, role, wish) {
	const usual = usualAgent(config, role, wish);
	const picked = wish.by?.agent;
	if (picked === void 0 || !isWorking(role)) return usual;
	const main = mainRole(wish.worker);
	if (role !== main && usual?.name !== usualAgent(config, main, wish)?.name) return usual;
	return agentNamed(config, picked) ?? usual;
}
function usualAgent(config, role, { agent, worker }) {
	const own = worker === void 0 ? void 0 : config.byWorker[worker];
	const name = (isWorking(role) ? agent : void 0) ?? own?.roles?.[role] ?? (role === mainRole(worker) ? own?.agent : void 0) ?? config.roles[role] ?? (isWorking(role) ? own?.agent : void 0) ?? config.agent;
	return agentNamed(config, name);
}
/** Answers whether the config names an agent for this role, and not only one for everything. */
const isRoleNamed = ({ roles, byWorker }, role, worker) => (byWorker[worker]?.roles?.[role] ?? roles[role]) !== void 0;
/** The agents and models that try next when the work of a segment with this worker failed. */
const escalateOf = ({ escalate, byWorker }, worker) => byWorker[worker]?.escalate ?? escalate;
const isWorking = (role) => role === "tester" || role === "implementer" || role === "researcher" || role === "security";
const agentNamed = ({ agents }, name) => name !== void 0 && Object.hasOwn(agents, name) ? agents[name] : void 0;
/**
* The model that an attempt, its segment or its worker names for an agent; undefined if they leave it to the agent's own
* settings. The model of a pick or a worker is for its own agent alone, and the segment's model not for one that stands in:
* another agent may not know that model.
*/
function modelFor(config, { name }, wish) {
	const { worker, model, by, instead } = wish;
	if (by !== void 0 && (by.agent === void 0 || by.agent === name)) return by.model;
	if (Object.values(instead ?? {}).some(({ agent }) => agent === name)) return void 0;
	if (model !== void 0 || worker === void 0) return model;
	return usualAgent(config, mainRole(worker), { worker })?.name === name ? config.byWorker[worker]?.model : void 0;
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
* @param wish of the segment and of the attempt.
*/
function keysFor(config, wish = {}) {
	const keys = ROLES.flatMap((role) => agentFor(config, role, wish) ?? []).flatMap((agent) => {
		const model = modelFor(config, agent, wish);
		return [...keysOf(agent), ...model === void 0 ? [] : keysOf({
			...agent,
			model
		})];
	});
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

export { labelName as _, ISOLATIONS as a, ROLES as c, agentFor as d, escalateOf as f, keysOf as g, keysFor as h, DEFAULT_LABELS as i, STATE_LABELS as l, isRoleNamed as m, COMMAND_LABELS as n, METHODS as o, isLabel as p, CONFIG_FILES as r, PRESETS as s, AGENT_KINDS as t, UNNAMED_AGENT as u, mainRole as v, modelFor as y };