// src/core/model/config.ts
/** Agents that Swarm can start, limit and read without an entry in the config. */
const PRESETS = [
	"claude",
	"codex",
	"copilot",
	"gemini",
	"opencode"
];
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
/** The names of the config file, the usual one first. A repository with both has made a mistake. */
const CONFIG_FILES = [".github/swarm.yml", ".github/swarm.yaml"];
const NEVER_HANDED_ON = /^(?:ACTIONS_.*|INPUT_.*|RUNNER_.*|GIT_.*|LD_.*|DYLD_.*|NPM_CONFIG_.*|GITHUB_(?:TOKEN|ENV|PATH|OUTPUT|STATE|STEP_SUMMARY)|GH_TOKEN|GH_ENTERPRISE_TOKEN|NODE_OPTIONS|BASH_ENV|ENV|PYTHONSTARTUP)$/i;
/**
* Answers whether a variable never reaches an agent or a gate: the runner's own channels, GitHub's tokens, and variables that
* make a program load code (threats §6.3). The config refuses these names, and the sandbox drops them even if one gets that
* far.
*/
const isNeverHandedOn = (variable) => NEVER_HANDED_ON.test(variable);

export { PRESETS as a, UNNAMED_AGENT as c, labelName as d, DEFAULT_LABELS as i, agentFor as l, COMMAND_LABELS as n, ROLES as o, CONFIG_FILES as r, STATE_LABELS as s, AGENT_KINDS as t, isNeverHandedOn as u };