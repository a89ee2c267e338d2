import { y as foldersFor } from "./spec-BHpsWb_-.js";

// src/core/scope/agent-files.ts
/**
* The files that steer coding agents, by their names: instructions, skills with their scripts, personas, and settings such as
* hooks, servers of tools and endpoints.
*
* One list for three rules. No segment may change such a file. A change of one on the base waits for a person, because
* every later agent would follow it (SPEC R11.2). The settings among them are hidden from agents.
*/
/** Directories of agents, at any depth. */
const DIRECTORIES = /* @__PURE__ */ new Set([
	...[
		".agent",
		".agents",
		".ai",
		".ai-rules",
		".aiassistant",
		".mcp",
		".rules",
		".ruler",
		".rulesync",
		".specify"
	],
	...[
		".claude",
		".claude-plugin",
		".codex",
		".codex-plugin",
		".cursor",
		".cursor-plugin",
		".gemini",
		".copilot",
		".opencode"
	],
	...[
		".adal",
		".aider",
		".aider-desk",
		".amazonq",
		".amp",
		".antigravity",
		".augment",
		".autohand",
		".bob",
		".cline"
	],
	...[
		".clinerules",
		".codeartsdoer",
		".codebuddy",
		".codegpt",
		".codeium",
		".codemaker",
		".codestudio",
		".codewhale"
	],
	...[
		".cody",
		".comate",
		".commandcode",
		".continue",
		".cortex",
		".crush",
		".deepagents",
		".devin",
		".dexto",
		".factory"
	],
	...[
		".firebender",
		".forge",
		".goose",
		".grok",
		".hermes",
		".iflow",
		".inferencesh",
		".jazz",
		".junie",
		".kilo"
	],
	...[
		".kilocode",
		".kimchi",
		".kimi",
		".kimi-code",
		".kiro",
		".kode",
		".lingma",
		".mcpjam",
		".minimax",
		".moxby",
		".mux"
	],
	...[
		".neovate",
		".ona",
		".openclaw",
		".openhands",
		".pearai",
		".pi",
		".plandex",
		".pochi",
		".posit",
		".qoder",
		".qwen"
	],
	...[
		".reasonix",
		".refact",
		".roo",
		".rovodev",
		".serena",
		".sourcegraph",
		".tabby",
		".tabnine",
		".terramind"
	],
	...[
		".tinycloud",
		".trae",
		".vibe",
		".void",
		".warp",
		".windsurf",
		".zcode",
		".zed",
		".zencoder"
	]
]);
/** Directories of agents inside one that has other files, too. */
const FOLDERS = /* @__PURE__ */ new Set([...[
	".github/agents",
	".github/skills",
	".github/hooks",
	".github/copilot",
	".github/instructions",
	".github/prompts"
], ...[".github/chatmodes"]]);
/** `.roorules-code`, `.clinerules-architect`, `.kilocoderules`: rules for one mode of an agent, as a file or a folder. */
const RULES_FOR_MODE = /^\.(?:roo|cline|kilocode)rules(?:-[\w-]+)?$/;
const NAMES = new Set([
	...[
		"AGENTS.md",
		"AGENTS.override.md",
		"CLAUDE.md",
		"CLAUDE.local.md",
		"GEMINI.md",
		"SKILL.md"
	],
	...[
		"AGENT.md",
		"AGENT.local.md",
		"AGENTS.local.md",
		"GEMINI.local.md",
		"QWEN.md",
		"QWEN.local.md",
		"CRUSH.md"
	],
	...[
		"CRUSH.local.md",
		"WARP.md",
		"IFLOW.md",
		"CODEBUDDY.md",
		"CODEX.md",
		"OPENCODE.md",
		"OPENCODE.local.md"
	],
	...[
		"COPILOT-INSTRUCTIONS.md",
		"CONVENTIONS.md",
		"WORKFLOW.md",
		".rules"
	],
	...[
		".mcp.json",
		"mcp.json",
		"mcp.jsonc",
		"mcp_config.json",
		"agents.toml",
		"hooks.json",
		"plugin.json"
	],
	...[
		"opencode.json",
		"opencode.jsonc",
		".opencode.json",
		"crush.json",
		".crush.json",
		".claude.json",
		"kilo.json"
	],
	...[
		"kilo.jsonc",
		"firebender.json",
		"gemini-extension.json",
		"qwen-extension.json",
		"skills-lock.json"
	],
	...[
		".lsp.json",
		".cursorrules",
		".windsurfrules",
		".airules",
		".goosehints",
		".goosehints.local",
		".roomodes"
	],
	...[".kilocodemodes"],
	...[
		".aider.conf.yml",
		".aider.model.settings.yml",
		".aider.model.metadata.json"
	],
	...[
		".coderabbit.yaml",
		".coderabbit.yml",
		".pr_agent.toml",
		"greptile.json",
		".sourcery.yaml",
		".sourcery.yml"
	],
	...[
		".aiexclude",
		".aiignore",
		".aiderignore",
		".augmentignore",
		".clineignore",
		".codeiumignore",
		".cursorignore"
	],
	...[
		".cursorindexingignore",
		".geminiignore",
		".gooseignore",
		".kilocodeignore",
		".qwenignore",
		".rooignore"
	]
].map((name) => name.toLowerCase()));
/** Agents look for these at the root only. Below it, in small letters, they are ordinary pages: `docs/workflow.md`. */
const ORDINARY_PAGES = /* @__PURE__ */ new Set([
	"codex.md",
	"conventions.md",
	"opencode.md",
	"workflow.md"
]);
const ENDINGS = [
	".agent.md",
	".chatmode.md",
	".instructions.md"
];
/** Whole directories, because programs load everything in them. */
const SETTINGS_FOLDERS = /* @__PURE__ */ new Set([...[
	".codex",
	".opencode",
	".copilot",
	".github/hooks",
	".github/copilot",
	".claude/plugins",
	".cursor/hooks"
], ...[
	".gemini/extensions",
	".gemini/hooks",
	".qwen/extensions",
	".kiro/settings",
	".kiro/hooks",
	".factory/hooks"
]]);
const SETTINGS_FILES = /* @__PURE__ */ new Set([
	...[
		".mcp.json",
		"mcp.json",
		".claude/settings.json",
		".claude/settings.local.json",
		"opencode.json",
		"opencode.jsonc"
	],
	...[
		".gemini/settings.json",
		".gemini/.env",
		".qwen/settings.json",
		".qwen/.env",
		"crush.json",
		".crush.json"
	],
	...[
		".cursor/mcp.json",
		".cursor/hooks.json",
		".cursor/cli.json",
		".vscode/mcp.json",
		".vscode/tasks.json"
	],
	...[
		".github/mcp.json",
		".amazonq/mcp.json",
		".roo/mcp.json",
		".junie/mcp/mcp.json",
		".factory/mcp.json",
		".zed/settings.json"
	]
]);
/** Places of agents in directories that have other files, too, for a tree that is too large to be listed. */
const PLACES_OF_AGENTS = [...[...FOLDERS].map((folder) => `${folder}/`), ...[
	".github/copilot-instructions.md",
	".github/mcp.json",
	".vscode/mcp.json",
	".vscode/tasks.json"
]];
/**
* Answers whether a file steers agents.
*
* @param folded the path in the one form that its caller compares paths in: in small letters, at least.
*/
function steersAgents(path, folded) {
	const parts = folded.split("/");
	const directories = parts.slice(0, -1);
	const name = parts.at(-1) ?? "";
	const isPage = directories.length > 0 && ORDINARY_PAGES.has(name) && path.endsWith(`/${name}`);
	return NAMES.has(name) && !isPage || RULES_FOR_MODE.test(name) || ENDINGS.some((ending) => name.endsWith(ending)) || directories.some((each, at) => DIRECTORIES.has(each) || RULES_FOR_MODE.test(each) || FOLDERS.has(`${directories[at - 1]}/${each}`));
}
/** Answers whether a file, or everything in a directory, is a setting that an agent obeys at its start. */
function isAgentSetting(path, isDirectory) {
	const parts = path.toLowerCase().split("/");
	return [
		1,
		2,
		3
	].map((count) => parts.slice(-count).join("/")).some((end) => SETTINGS_FOLDERS.has(end) || !isDirectory && SETTINGS_FILES.has(end));
}
const isLink = ({ oid }) => oid.startsWith("120000 ");
/**
* Picks the files that steer agents out of a tree: by their names, by the folders of the config, and everything next to
* or below a SKILL.md, since agents run the scripts there.
*/
function agentFilesAmong(entries, added) {
	const folders = new Set([...foldersFor("persona", added), ...foldersFor("skill", added)].map(lower));
	for (const { path } of entries) {
		const folded = lower(path);
		if (folded.endsWith("/skill.md")) folders.add(folded.slice(0, -9));
	}
	const isBelowOne = (path) => {
		for (let end = path.indexOf("/"); end >= 0; end = path.indexOf("/", end + 1)) if (folders.has(path.slice(0, end))) return true;
		return false;
	};
	const steers = (path) => {
		const folded = lower(path);
		return steersAgents(path, folded) || isAgentSetting(path, false) || isBelowOne(folded);
	};
	const found = entries.filter((entry) => steers(entry.path) || isLink(entry) && steers(`${entry.path}/`));
	return Object.fromEntries(found.map(({ path, oid }) => [path, oid]));
}
/** More links than this are followed in no tree. */
const MOST_LINKS = 1e3;
/**
* Follows links through a tree: CLAUDE.md may lead to a file whose own name says nothing, and agents read it all the same.
*
* @param from the files that steer agents; the links among them are followed.
* @param contents what each link that was read so far holds.
*/
function followLinks(tree, from, contents) {
	const links = new Set(tree.filter(isLink).map(({ path }) => path));
	const entries = /* @__PURE__ */ new Map();
	const missing = [];
	const unread = /* @__PURE__ */ new Set();
	const places = /* @__PURE__ */ new Set();
	const follow = (link, rest = "") => {
		const content = contents.get(link);
		if (places.size + unread.size >= MOST_LINKS) return;
		if (content === void 0) unread.add(link);
		else {
			const target = targetOf(link, `${content}${rest}`);
			if (target !== void 0) places.add(target);
		}
	};
	for (const path of from) if (links.has(path)) follow(path);
	for (const place of places) {
		const there = tree.filter(({ path }) => path === place || path.startsWith(`${place}/`));
		for (const entry of there) {
			entries.set(entry.path, entry);
			if (links.has(entry.path)) follow(entry.path);
		}
		if (there.length > 0) continue;
		const link = foldersOf(place).find((folder) => links.has(folder));
		if (link === void 0) missing.push(place);
		else follow(link, place.slice(link.length));
	}
	return {
		places: [...places],
		entries: [...entries.values()],
		missing,
		unread: [...unread]
	};
}
/** @returns undefined if it leads out of the tree, or to all of it. */
function targetOf(link, content) {
	if (content.startsWith("/")) return void 0;
	const parts = link.split("/").slice(0, -1);
	for (const part of content.split("/")) {
		if (part === "" || part === ".") continue;
		if (part !== "..") parts.push(part);
		else if (parts.pop() === void 0) return void 0;
	}
	return parts.length === 0 ? void 0 : parts.join("/");
}
/** The directories that a path lies in, the nearest to the root first. */
const foldersOf = (path) => {
	const parts = path.split("/");
	return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join("/"));
};
const lower = (path) => path.toLowerCase();
/** The files that differ between two trees, sorted. */
function changedBetween(before, now) {
	return [.../* @__PURE__ */ new Set([...Object.keys(before), ...Object.keys(now)])].filter((path) => digestAt(before, path) !== digestAt(now, path)).sort();
}
/** Undefined if the file is not there. */
const digestAt = (files, path) => Object.hasOwn(files, path) ? files[path] : void 0;

export { followLinks as a, digestAt as i, agentFilesAmong as n, isAgentSetting as o, changedBetween as r, steersAgents as s, PLACES_OF_AGENTS as t };