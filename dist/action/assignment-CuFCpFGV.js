import { L as matches, R as readGlob, W as GATES, Y as issueNumber, _ as GitFailed, m as readBlobs, y as showPath } from "./job-COi8ndIE.js";
import { h as readConfig, i as sayProblem, m as readSpec, s as readConfigText, v as require_dist } from "./problems-DVSm7Csm.js";
import { r as findAttempt } from "./journal-DOIsMM_a.js";
import { a as readAuthorisedText, o as readJournal } from "./journal-D1z1OJYj.js";
import { appendFile, copyFile, lstat, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

// src/segment/tree.ts
/**
* The files an agent works on, or gates run on, and how swarm takes what became of them.
*
* The directory has a `.git` of its own, so that agents and tools find a repository there; what they do to it (commits,
* branches, config, hooks) is irrelevant. The tree is taken from the files alone, into an index in swarm's own store.
*/
/** Made by package managers on the way, whether or not the repository ignores them. */
const NEVER_TAKEN = [
	"node_modules/",
	".venv/",
	"__pycache__/",
	"*.egg-info/",
	"vendor/bundle/",
	".bundle/"
];
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

// src/segment/gates/workspace.ts
var import_dist = require_dist();
/**
* What every ecosystem says of a repository, in one form: its workspaces, their members, and the commands that hold them
* to a gate. A project of its own is a workspace of one member.
*
* All of it is pure: names of files and the texts of manifests in, commands out. Which members a change touches, and who
* depends on them, is found here for all ecosystems alike.
*/
/** Gates that are found; `security` and `scope` are swarm's own, others are named by the config. */
const FOUND_GATES = [
	"lint",
	"types",
	"tests",
	"build"
];
const ECOSYSTEMS = [
	"JavaScript",
	"Python",
	"Go",
	"Rust",
	"Maven",
	"Gradle",
	".NET",
	"Ruby",
	"PHP",
	"Elixir"
];
/** The reader of YAML takes time by the square of the keys; no manifest of the kind is as long as this. */
const YAML_CHARS = 65536;
/** Directories whose manifests are material, not projects. */
const NOT_PROJECTS = /* @__PURE__ */ new Set([...[
	"node_modules",
	"bower_components",
	"vendor",
	"third_party",
	"third-party",
	"testdata",
	"fixtures",
	"__fixtures__"
], ...[
	"__mocks__",
	"__snapshots__",
	"templates",
	"template",
	"dist",
	"target",
	"venv",
	"site-packages",
	"Pods"
]]);
const DEEPEST = 6;
const directoryOf = (path) => path.slice(0, Math.max(0, path.lastIndexOf("/")));
const nameOf = (path) => path.slice(path.lastIndexOf("/") + 1);
const under = (directory, path) => directory === "" ? path : `${directory}/${path}`;
const isWithin = (path, directory) => directory === "" || path === directory || path.startsWith(`${directory}/`);
const relativeTo = (directory, path) => directory === "" ? path : path.slice(directory.length + 1);
/** Whether what lies here is a project of the repository, and not a copy, a fixture or a template. */
function isProjectDirectory(directory) {
	if (directory === "") return true;
	const names = directory.split("/");
	return names.length <= DEEPEST && !names.some((name) => name.startsWith(".") || NOT_PROJECTS.has(name));
}
/** Directories that hold a file of this name, the shallow ones first. */
function directoriesWith(listing, name) {
	const found = /* @__PURE__ */ new Set();
	for (const file of listing.files) {
		const own = nameOf(file);
		if (typeof name === "string" ? own !== name : !name.test(own)) continue;
		const directory = directoryOf(file);
		if (isProjectDirectory(directory)) found.add(directory);
	}
	return [...found].sort((a, b) => depth(a) - depth(b) || (a < b ? -1 : 1));
}
const depth = (directory) => directory === "" ? 0 : directory.split("/").length;
/** Names of files below a directory, relative to it. */
function filesBelow(listing, directory) {
	const found = [];
	for (const file of listing.files) if (isWithin(file, directory)) found.push(relativeTo(directory, file));
	return found;
}
/** Of `directories`, those that a workspace's globs mean; `!` takes away, in the order written. */
function globbed(root, globs, directories) {
	const rules = globs.flatMap((glob) => {
		const isNot = glob.startsWith("!");
		const read = readGlob((isNot ? glob.slice(1) : glob).replace(/^\.\//, "").replace(/\/+$/, ""));
		return typeof read === "string" ? [] : [{
			isNot,
			patterns: read
		}];
	});
	return directories.filter((directory) => {
		if (directory === root || !isWithin(directory, root)) return false;
		const parts = relativeTo(root, directory).split("/");
		let isIn = false;
		for (const { isNot, patterns } of rules) if (patterns.some((pattern) => matches(pattern, parts))) isIn = !isNot;
		return isIn;
	});
}
/** `dir/../x` and `./x` from a directory, as a path of the repository; undefined where it leads out of it. */
function resolved(from, path) {
	const parts = from === "" ? [] : from.split("/");
	for (const part of path.split("/")) {
		if (part === "" || part === ".") continue;
		if (part !== "..") parts.push(part);
		else if (parts.pop() === void 0) return void 0;
	}
	return parts.join("/");
}
/** The entries whose values are texts, without a prototype: a script may be called `constructor`. */
function textsOf(value) {
	const texts = Object.create(null);
	for (const [name, text] of Object.entries(tableOf(value))) if (typeof text === "string") texts[name] = text;
	return texts;
}
const tableOf = (value) => typeof value === "object" && value !== null && !Array.isArray(value) ? value : {};
const listOf = (value) => Array.isArray(value) ? value.filter((each) => typeof each === "string") : [];
/**
* What of each workspace a change has to be held to: members it touches, and whoever depends on them.
*
* In doubt, more: a file that belongs to no member (a lock file, a config at the root) means all of its workspace; one
* that belongs to no workspace means all there are. A project at the root is held whatever changed.
*/
function holdTo(workspaces, changed) {
	const places = new Set(workspaces.map(({ directory }) => directory));
	const touched = /* @__PURE__ */ new Map();
	for (const file of changed) {
		let place = directoryOf(file);
		while (place !== void 0 && !places.has(place)) place = place === "" ? void 0 : directoryOf(place);
		if (place === void 0) return new Map(workspaces.map((each) => [each, "all"]));
		const files = touched.get(place);
		if (files) files.push(file);
		else touched.set(place, [file]);
	}
	const held = /* @__PURE__ */ new Map();
	for (const workspace of workspaces) {
		const mine = membersTouched(workspace, touched.get(workspace.directory) ?? []);
		if (mine === "all") held.set(workspace, "all");
		else held.set(workspace, new Set(mine));
	}
	addDependents(workspaces, held);
	for (const workspace of workspaces) {
		const now = held.get(workspace);
		if (workspace.directory === "" && workspace.members.some(({ directory }) => directory === "") && now !== "all") held.set(workspace, /* @__PURE__ */ new Set([...now ?? [], ""]));
	}
	return held;
}
function membersTouched({ directory, members }, files) {
	if (members.length === 1) return files.length > 0 || directory === "" ? "all" : [];
	const inside = members.map((each) => each.directory).sort((a, b) => depth(b) - depth(a)).filter((each) => each !== directory);
	const hit = /* @__PURE__ */ new Set();
	for (const file of files) {
		const member = inside.find((each) => isWithin(file, each));
		if (member === void 0) return "all";
		hit.add(member);
	}
	return [...hit];
}
/** Grows the sets until nobody who needs a held member is left out. */
function addDependents(workspaces, held) {
	const isHeld = (workspace, member) => {
		const now = held.get(workspace);
		return now === "all" || now?.has(member.directory) === true;
	};
	for (let isGrowing = true; isGrowing;) {
		isGrowing = false;
		const names = /* @__PURE__ */ new Map();
		for (const workspace of workspaces) {
			const own = names.get(workspace.ecosystem) ?? /* @__PURE__ */ new Set();
			names.set(workspace.ecosystem, own);
			for (const member of workspace.members) if (isHeld(workspace, member)) own.add(member.name).add(`dir:${member.directory}`);
		}
		for (const workspace of workspaces) {
			const own = names.get(workspace.ecosystem) ?? /* @__PURE__ */ new Set();
			for (const member of workspace.members) {
				if (isHeld(workspace, member) || !member.needs.some((name) => own.has(name))) continue;
				const now = held.get(workspace);
				if (now === "all") continue;
				held.set(workspace, /* @__PURE__ */ new Set([...now ?? [], member.directory]));
				isGrowing = true;
			}
		}
	}
}
/** Members that are held, in the workspace's order. */
const heldMembers = ({ members }, held) => held === "all" ? members : members.filter(({ directory }) => held.has(directory));

// src/segment/gates/javascript.ts
/**
* JavaScript and TypeScript: npm, pnpm, yarn (1 and later) and bun.
*
* The scripts of package.json come first; a tool is run by itself only where the repository configures it and depends on
* it. Nothing is installed by lifecycle scripts: a dependency's code has no business before its gates (threats T52).
*/
const QUIET = ["--no-audit", "--no-fund"];
const NPM = {
	name: "npm",
	command: "npm",
	lockFiles: ["package-lock.json", "npm-shrinkwrap.json"],
	frozen: [
		"npm",
		"ci",
		"--ignore-scripts",
		...QUIET
	],
	loose: [
		"npm",
		"install",
		"--no-package-lock",
		"--ignore-scripts",
		...QUIET
	],
	exec: ["npx", "--no"],
	audit: [
		"npm",
		"audit",
		"--package-lock-only",
		"--omit=dev",
		"--json",
		"--fetch-retries=0",
		"--fetch-timeout=20000"
	]
};
const PNPM = {
	name: "pnpm",
	command: "pnpm",
	lockFiles: ["pnpm-lock.yaml"],
	frozen: [
		"pnpm",
		"install",
		"--frozen-lockfile",
		"--ignore-scripts"
	],
	loose: [
		"pnpm",
		"install",
		"--no-lockfile",
		"--ignore-scripts"
	],
	exec: ["pnpm", "exec"],
	audit: [
		"pnpm",
		"audit",
		"--prod",
		"--json"
	]
};
const YARN_1 = {
	name: "yarn 1",
	command: "yarn",
	lockFiles: ["yarn.lock"],
	frozen: [
		"yarn",
		"install",
		"--frozen-lockfile",
		"--ignore-scripts",
		"--non-interactive"
	],
	loose: [
		"yarn",
		"install",
		"--no-lockfile",
		"--ignore-scripts",
		"--non-interactive"
	],
	exec: [
		"yarn",
		"--silent",
		"run"
	],
	audit: [
		"yarn",
		"audit",
		"--groups",
		"dependencies",
		"--json"
	]
};
/** Since version 2 yarn has other words for the same, and keeps its settings in `.yarnrc.yml`. */
const YARN = {
	name: "yarn",
	command: "yarn",
	lockFiles: ["yarn.lock"],
	frozen: [
		"yarn",
		"install",
		"--immutable",
		"--mode=skip-build"
	],
	loose: [
		"yarn",
		"install",
		"--mode=skip-build"
	],
	exec: ["yarn", "run"],
	audit: [
		"yarn",
		"npm",
		"audit",
		"--all",
		"--recursive",
		"--environment",
		"production",
		"--json"
	]
};
/** The lock file that is found first says which. */
const PROGRAMS = [
	PNPM,
	YARN_1,
	{
		name: "bun",
		command: "bun",
		lockFiles: ["bun.lock", "bun.lockb"],
		frozen: [
			"bun",
			"install",
			"--frozen-lockfile",
			"--ignore-scripts"
		],
		loose: [
			"bun",
			"install",
			"--no-save",
			"--ignore-scripts"
		],
		exec: [
			"bun",
			"x",
			"--no-install"
		],
		audit: [
			"bun",
			"audit",
			"--prod",
			"--json"
		]
	},
	NPM
];
const SCRIPTS = {
	lint: [
		"lint",
		"lint:check",
		"lint:ci"
	],
	types: [
		"types",
		"typecheck",
		"type-check",
		"check-types",
		"check:types",
		"tsc"
	],
	tests: [
		"test",
		"tests",
		"test:unit"
	],
	build: ["build"]
};
/** What `npm init` writes: it fails, and tests nothing. */
const NO_TEST_SCRIPT = /no test specified/i;
/** Programs that know themselves what a change touches and what has to be built before it. */
const ORCHESTRATED = /(?:^|[\s/;&|])(?:turbo|nx|lerna|moon|rush|rushx|lage|wireit|ultra)(?:\s|$)/;
/** Nothing but the same script in every package. */
const FAN_OUT = /^(?:npm\s(?:[^;&|]*\s)?(?:-ws|--workspaces)|pnpm\s(?!.*(?:--filter|-F)\b)(?:[^;&|]*\s)?(?:-r|--recursive)|yarn\s+workspaces\s+(?:run|foreach)|bun\s(?:[^;&|]*\s)?--filter[= ]['"]?\*['"]?)(?:\s[^;&|]*)?$/;
const MANIFESTS$6 = /(?:^|\/)(?:package\.json|pnpm-workspace\.yaml|tsconfig\.json)$/;
function findJavaScript(listing) {
	const places = directoriesWith(listing, "package.json");
	const packages = new Map(places.map((place) => [place, readPackage$1(listing, place)]));
	const taken = /* @__PURE__ */ new Set();
	const found = [];
	for (const place of places) {
		if (taken.has(place)) continue;
		const own = packages.get(place);
		const globs = own && workspaceGlobs(listing, own);
		const members = globs ? globbed(place, globs, places).filter((each) => !taken.has(each)) : [];
		for (const each of [place, ...members]) taken.add(each);
		const all = [place, ...members].flatMap((each) => packages.get(each) ?? []);
		if (own && (place === "" || isProject$1(listing, own))) found.push(workspaceOf$1(listing, own, all));
		else if (place === "") found.push(unreadable(place));
	}
	return found;
}
function readPackage$1(listing, directory) {
	const manifest = parseObject(listing.text(under(directory, "package.json")));
	if (!manifest) return void 0;
	const { dependencies, devDependencies, optionalDependencies, peerDependencies } = manifest;
	return {
		directory,
		manifest,
		scripts: textsOf(manifest.scripts),
		dependencies: {
			...textsOf(peerDependencies),
			...textsOf(optionalDependencies),
			...textsOf(devDependencies),
			...textsOf(dependencies)
		}
	};
}
function parseObject(text) {
	if (text === void 0) return void 0;
	try {
		const value = JSON.parse(text.replace(/^\ufeff/, ""));
		return typeof value === "object" && value !== null && !Array.isArray(value) ? tableOf(value) : void 0;
	} catch {
		return;
	}
}
/** A package.json that only says `"type": "module"` or marks a package's entry is none. */
const isProject$1 = (listing, { directory, scripts, manifest }) => manifest.workspaces !== void 0 || Object.values(SCRIPTS).some((names) => names.some((name) => scripts[name]?.trim())) || PROGRAMS.some(({ lockFiles }) => lockFiles.some((file) => listing.files.has(under(directory, file))));
const unreadable = (directory) => {
	const why = "package.json is not a JSON object";
	return {
		ecosystem: "JavaScript",
		directory,
		members: [{
			directory,
			name: "",
			needs: []
		}],
		audit: {
			kind: "not applicable",
			why
		},
		find: () => ({
			steps: [],
			without: [why]
		})
	};
};
/** Undefined where it is no root of a workspace. */
function workspaceGlobs(listing, { directory, manifest }) {
	const pnpm = listing.text(under(directory, "pnpm-workspace.yaml"));
	if (pnpm !== void 0) {
		if (pnpm.length > 65536) return [];
		try {
			return listOf(tableOf((0, import_dist.parse)(pnpm, { maxAliasCount: 0 })).packages);
		} catch {
			return [];
		}
	}
	const { workspaces } = manifest;
	if (workspaces === void 0) return void 0;
	return listOf(Array.isArray(workspaces) ? workspaces : tableOf(workspaces).packages);
}
function programOf(listing, { directory, manifest }) {
	const wanted = typeof manifest.packageManager === "string" ? manifest.packageManager : void 0;
	const engine = tableOf(tableOf(manifest.devEngines).packageManager).name;
	const name = wanted?.split("@")[0] ?? (typeof engine === "string" ? engine : void 0);
	const program = PROGRAMS.find(({ command }) => command === name) ?? PROGRAMS.find(({ lockFiles }) => lockFiles.some((file) => listing.files.has(under(directory, file)))) ?? (listing.files.has(under(directory, "pnpm-workspace.yaml")) ? PNPM : NPM);
	if (program !== YARN_1) return program;
	const major = /^yarn@(\d+)/.exec(wanted ?? "")?.[1];
	return (major === void 0 ? listing.files.has(under(directory, ".yarnrc.yml")) : Number(major) >= 2) ? YARN : YARN_1;
}
function workspaceOf$1(listing, root, packages) {
	const program = programOf(listing, root);
	const lock = program.lockFiles.map((file) => under(root.directory, file)).find((file) => listing.files.has(file));
	const hasDependencies = packages.some(({ dependencies }) => Object.keys(dependencies).length > 0);
	const after = [...packages.map(({ directory }) => under(directory, "package.json")), ...lock === void 0 ? [] : [lock]];
	const shown = under(root.directory, "package.json");
	const install = hasDependencies ? {
		steps: [{
			run: lock === void 0 ? program.loose : program.frozen,
			directory: root.directory
		}],
		after
	} : void 0;
	const audit = lock === void 0 || !hasDependencies ? {
		kind: "not applicable",
		why: hasDependencies ? `no lock file beside ${shown}` : `${shown} needs no package`
	} : {
		kind: "audit",
		step: {
			run: program.audit,
			directory: root.directory
		},
		form: program.name,
		after
	};
	const members = packages.map(memberOf);
	return {
		ecosystem: "JavaScript",
		directory: root.directory,
		members,
		audit,
		...install ? { install } : {},
		scripts: Object.fromEntries(packages.map(({ directory, scripts }) => [under(directory, "package.json"), scripts])),
		find: (gate, held) => findIn(listing, {
			program,
			root,
			packages,
			members
		}, gate, held)
	};
}
/** By name, and by the path where a version is one: `file:../a`, `link:../a`, `workspace:../a`, `portal:../a`. */
function memberOf({ directory, dependencies, manifest }) {
	const names = Object.keys(dependencies);
	const paths = Object.values(dependencies).flatMap((version) => {
		const path = /^(?:file|link|portal|workspace):(\.{1,2}\/.*)$/.exec(version)?.[1];
		const place = path === void 0 ? void 0 : resolved(directory, path);
		return place === void 0 ? [] : [`dir:${place}`];
	});
	return {
		directory,
		name: typeof manifest.name === "string" ? manifest.name : "",
		needs: [...names, ...paths]
	};
}
function findIn(listing, place, gate, held) {
	const { program, root, packages, members } = place;
	const rootScript = scriptOf(root, gate);
	const scriptStep = ({ directory }, script) => ({
		run: [
			program.command,
			"run",
			script
		],
		directory
	});
	const rootText = rootScript === void 0 ? "" : root.scripts[rootScript] ?? "";
	const isWhole = packages.length > 1 && (ORCHESTRATED.test(rootText) || held === "all" && FAN_OUT.test(rootText));
	if (rootScript !== void 0 && (packages.length === 1 || isWhole)) return {
		steps: [scriptStep(root, rootScript)],
		without: [],
		by: "its own script"
	};
	const wanted = inOrder(members, heldMembers({ members }, held), gate);
	const steps = [];
	const without = [];
	let isOwn = false;
	const own = FAN_OUT.test(rootText) ? [] : [root];
	const others = wanted.flatMap(({ directory }) => packages.find((each) => each.directory === directory) ?? []);
	for (const each of [...own, ...others.filter((each) => each !== root)]) {
		const script = scriptOf(each, gate);
		if (script !== void 0) {
			steps.push(scriptStep(each, script));
			isOwn = true;
			continue;
		}
		const tool = toolOf(listing, place, each, gate);
		if (tool) steps.push({
			run: [...program.exec, ...tool],
			directory: each.directory
		});
		else if (each !== root || packages.length === 1) without.push(reason(each, gate));
	}
	if (steps.length === 0 && without.length === 0 && rootScript === void 0) without.push(reason(root, gate));
	return {
		steps,
		without: own.length > 0 && steps.some(({ directory }) => directory === root.directory) ? [] : without,
		...isOwn ? { by: "its own script" } : {}
	};
}
/** The members held, what they need before them; for a build, what they need too, held or not. */
function inOrder(members, held, gate) {
	const done = [];
	const seen = /* @__PURE__ */ new Set();
	const visit = (member) => {
		if (seen.has(member)) return;
		seen.add(member);
		for (const other of members) if (other.name !== "" && member.needs.includes(other.name)) visit(other);
		if (gate === "build" || held.includes(member)) done.push(member);
	};
	for (const member of held) visit(member);
	return done;
}
const reason = ({ directory }, gate) => `${under(directory, "package.json")} has no script \`${SCRIPTS[gate].slice(0, 2).join("` or `")}\``;
const scriptOf = ({ scripts }, gate) => SCRIPTS[gate].find((name) => {
	const text = scripts[name]?.trim();
	return text && !(gate === "tests" && NO_TEST_SCRIPT.test(text));
});
const ESLINT = /^(?:eslint\.config\.(?:[cm]?[jt]s)|\.eslintrc(?:\.[a-z]+)?)$/;
/** argv after the program that runs programs of dependencies. */
function toolOf(listing, { root }, { directory, dependencies, manifest }, gate) {
	const has = (name) => listing.files.has(under(directory, name));
	const needs = (name) => name in dependencies || name in root.dependencies;
	switch (gate) {
		case "lint":
			if ((has("biome.json") || has("biome.jsonc")) && needs("@biomejs/biome")) return [
				"biome",
				"ci",
				"."
			];
			if ((manifest.eslintConfig !== void 0 || hasFile(listing, directory, ESLINT)) && needs("eslint")) return ["eslint", "."];
			return has(".oxlintrc.json") && needs("oxlint") ? ["oxlint"] : void 0;
		case "types": return has("tsconfig.json") && needs("typescript") ? typesOf$1(listing, directory) : void 0;
		case "tests":
			if (needs("vitest")) return ["vitest", "run"];
			if (needs("jest") || manifest.jest !== void 0) return ["jest"];
			return needs("mocha") ? ["mocha"] : void 0;
		case "build": return;
	}
}
/** A tsconfig that only refers to others checks nothing by itself, and ends with 0. */
function typesOf$1(listing, directory) {
	const text = listing.text(under(directory, "tsconfig.json")) ?? "";
	return /"references"\s*:/.test(text) && /"files"\s*:\s*\[\s*\]/.test(text) ? [
		"tsc",
		"-b",
		"--noEmit"
	] : [
		"tsc",
		"--noEmit",
		"-p",
		"."
	];
}
function hasFile(listing, directory, name) {
	for (const file of listing.files) {
		if (!isWithin(file, directory)) continue;
		const own = directory === "" ? file : file.slice(directory.length + 1);
		if (name.test(own)) return true;
	}
	return false;
}

// src/segment/gates/jvm.ts
/**
* Java and its kin: Maven and Gradle, by the repository's own wrapper where it has one. The compiler is the gate for
* types; a linter is run where the build configures its plugin.
*/
const MANIFESTS$5 = /(?:^|\/)(?:pom\.xml|(?:settings|build)\.gradle(?:\.kts)?)$/;
const COMPILED$1 = "the compiler checks types in the build";
const NO_AUDIT = {
	kind: "not applicable",
	why: "Java’s build tools bring no audit of dependencies; set gates.security.run in .github/swarm.yml"
};
function findMaven(listing) {
	const places = directoriesWith(listing, "pom.xml");
	const poms = new Map(places.map((place) => [place, readPom(listing, place)]));
	const taken = /* @__PURE__ */ new Set();
	const found = [];
	for (const place of places) {
		if (taken.has(place)) continue;
		const all = withModules(place, poms, taken);
		found.push(mavenWorkspace(listing, all));
	}
	return found;
}
/** The pom of a directory and, recursively, of the modules it names. */
function withModules(place, poms, taken) {
	const pom = poms.get(place);
	if (!pom || taken.has(place)) return [];
	taken.add(place);
	return [pom, ...pom.modules.flatMap((module) => withModules(resolved(place, module) ?? place, poms, taken))];
}
function readPom(listing, directory) {
	const text = without(listing.text(under(directory, "pom.xml")) ?? "", "<!--", "-->");
	let own = text;
	for (const part of [
		"parent",
		"dependencies",
		"dependencyManagement",
		"build",
		"profiles",
		"reporting"
	]) own = without(own, `<${part}>`, `</${part}>`);
	const [name = ""] = valuesOf(own, "artifactId");
	return {
		directory,
		text,
		name,
		modules: valuesOf(text, "module").map((module) => module.endsWith("pom.xml") ? directoryOf(module) : module),
		needs: valuesOf(text, "artifactId").filter((each) => each !== name)
	};
}
/** The text without what stands between two marks. */
function without(text, from, to) {
	let left = "";
	let at = 0;
	for (;;) {
		const start = text.indexOf(from, at);
		const end = start < 0 ? -1 : text.indexOf(to, start);
		if (end < 0) return left + text.slice(at);
		left += text.slice(at, start);
		at = end + to.length;
	}
}
const valuesOf = (text, element) => text.split(`<${element}>`).slice(1).map((rest) => rest.slice(0, rest.indexOf("<")).trim()).filter((value) => value !== "");
function mavenWorkspace(listing, poms) {
	const [root] = poms;
	const directory = root?.directory ?? "";
	const program = listing.files.has(under(directory, "mvnw")) ? "./mvnw" : "mvn";
	const maven = (...run) => ({
		run: [
			program,
			"-B",
			"-ntp",
			...run
		],
		directory
	});
	const members = poms.map(({ directory: place, name, needs }) => ({
		directory: place,
		name,
		needs
	}));
	const which = (held) => {
		if (held === "all" || poms.length === 1) return [];
		const modules = heldMembers({ members }, held).map((each) => relativeTo(directory, each.directory)).filter((place) => place !== "" && place !== directory);
		return modules.length > 0 ? [
			"--projects",
			modules.join(","),
			"--also-make"
		] : void 0;
	};
	const configures = (plugin) => poms.some(({ text }) => text.includes(`<artifactId>${plugin}</artifactId>`));
	const linters = [
		...configures("spotless-maven-plugin") ? ["spotless:check"] : [],
		...configures("maven-checkstyle-plugin") ? ["checkstyle:check"] : [],
		...configures("maven-pmd-plugin") ? ["pmd:check"] : [],
		...configures("detekt-maven-plugin") ? ["detekt:check"] : []
	];
	return {
		ecosystem: "Maven",
		directory,
		members,
		audit: NO_AUDIT,
		find(gate, held) {
			const modules = which(held);
			if (!modules) return {
				steps: [],
				without: []
			};
			switch (gate) {
				case "lint": return linters.length > 0 ? {
					steps: [maven(...linters, ...modules)],
					without: []
				} : none$1(`neither spotless, checkstyle, pmd nor detekt is in ${under(directory, "pom.xml")}`);
				case "types": return none$1(COMPILED$1);
				case "tests": return {
					steps: [maven("test", ...modules)],
					without: []
				};
				case "build": return {
					steps: [maven("package", "-DskipTests", ...modules)],
					without: []
				};
			}
		}
	};
}
const none$1 = (why) => ({
	steps: [],
	without: [why]
});
const SETTINGS_CHARS = 65536;
const SETTINGS = ["settings.gradle", "settings.gradle.kts"];
const BUILDS = ["build.gradle", "build.gradle.kts"];
function findGradle(listing) {
	const places = directoriesWith(listing, /^(?:settings|build)\.gradle(?:\.kts)?$/);
	const found = [];
	const taken = [];
	for (const place of places) {
		if (taken.some((root) => isWithin(place, root))) continue;
		if (SETTINGS.some((name) => listing.files.has(under(place, name)))) taken.push(place);
		found.push(gradleWorkspace(listing, place));
	}
	return found;
}
const textOf = (listing, directory, names) => names.map((name) => listing.text(under(directory, name)) ?? "").join("\n");
function gradleWorkspace(listing, directory) {
	const settings = textOf(listing, directory, SETTINGS);
	const parts = partsOf(listing, directory, settings);
	const program = listing.files.has(under(directory, "gradlew")) ? "./gradlew" : "gradle";
	const all = `${settings}\n${parts.map(({ text }) => text).join("\n")}`;
	const gradle = (tasks, held) => {
		const places = heldMembers({ members: parts }, held);
		const names = held === "all" || parts.length === 1 ? tasks : places.flatMap(({ directory: place }) => {
			const part = parts.find((each) => each.directory === place);
			return part === void 0 || part.path === "" ? [] : tasks.map((task) => `${part.path}:${task}`);
		});
		const run = [
			program,
			"--console=plain",
			"--no-daemon",
			...names
		];
		return names.length > 0 ? {
			run,
			directory
		} : void 0;
	};
	const linters = [
		.../com\.diffplug\.(?:gradle\.)?spotless|\bspotless\s*\{/.test(all) ? ["spotlessCheck"] : [],
		.../\bcheckstyle\b/.test(all) ? ["checkstyleMain"] : [],
		.../\bdetekt\b/.test(all) ? ["detekt"] : [],
		.../org\.jlleitschuh\.gradle\.ktlint/.test(all) ? ["ktlintCheck"] : []
	];
	const steps = (step) => ({
		steps: step ? [step] : [],
		without: []
	});
	return {
		ecosystem: "Gradle",
		directory,
		members: parts,
		audit: NO_AUDIT,
		find(gate, held) {
			switch (gate) {
				case "lint": return linters.length > 0 ? steps(gradle(linters, "all")) : none$1(`neither spotless, checkstyle, detekt nor ktlint is in ${under(directory, "the Gradle build")}`);
				case "types": return none$1(COMPILED$1);
				case "tests": return steps(gradle(["test"], held));
				case "build": return steps(gradle(["assemble"], held));
			}
		}
	};
}
/** The builds that the settings include, as far as they are written out; code that computes them means one part. */
function partsOf(listing, directory, settings) {
	const lines = settings.replace(/\/\/.*$/gm, "").replace(/\s+/g, " ").slice(0, SETTINGS_CHARS);
	const places = /* @__PURE__ */ new Map();
	for (const call of lines.matchAll(/\binclude\b\s*\(?((?:\s*,?\s*['"][^'"\n]+['"])+)/g)) for (const [, name = ""] of (call[1] ?? "").matchAll(/['"]([^'"\n]+)['"]/g)) {
		const path = name.startsWith(":") ? name : `:${name}`;
		places.set(path, under(directory, path.slice(1).replaceAll(":", "/")));
	}
	for (const [, path = "", place = ""] of lines.matchAll(/project\(\s*['"]([^'"\n]+)['"]\s*\)\.projectDir\s*=\s*(?:new\s+File|file)\([^'"\n]*['"]([^'"\n]+)['"]/g)) places.set(path, resolved(directory, place) ?? directory);
	const inner = [...places].map(([path, place]) => {
		const text = textOf(listing, place, BUILDS);
		return {
			path,
			directory: place,
			name: path,
			needs: projectsIn(text),
			text
		};
	});
	return [{
		path: "",
		directory,
		name: ":",
		needs: [],
		text: textOf(listing, directory, BUILDS)
	}, ...inner];
}
/** `project(":core")`, and `projects.core.api` of the type-safe accessors. */
function projectsIn(text) {
	const named = [...text.matchAll(/\bproject\(\s*(?:path\s*[:=]\s*)?['"](:[^'"\n]+)['"]/g)].map(([, path = ""]) => path);
	const typed = [...text.matchAll(/\bprojects\.([\w.]+)/g)].map(([, path = ""]) => `:${path.replaceAll(".", ":").replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`);
	return [...named, ...typed];
}

// node_modules/smol-toml/dist/error.js
function getLineColFromPtr(string, ptr) {
	let lines = string.slice(0, ptr).split(/\r?\n/);
	return [lines.length, lines.pop().length + 1];
}
function makeCodeBlock(string, line, column) {
	let lines = string.split(/\r?\n/);
	let codeblock = "";
	let numberLen = (Math.log10(line + 1) | 0) + 1;
	for (let i = line - 1; i <= line + 1; i++) {
		let l = lines[i - 1];
		if (!l) continue;
		codeblock += i.toString().padEnd(numberLen, " ");
		codeblock += ":  ";
		codeblock += l;
		codeblock += "\n";
		if (i === line) {
			codeblock += " ".repeat(numberLen + column + 2);
			codeblock += "^\n";
		}
	}
	return codeblock;
}
var TomlError = class TomlError extends Error {
	line;
	column;
	codeblock;
	constructor(message, options) {
		const [line, column] = getLineColFromPtr(options.toml, options.ptr);
		const codeblock = makeCodeBlock(options.toml, line, column);
		super(`Invalid TOML document: ${message}\n\n${codeblock}`, options);
		this.line = line;
		this.column = column;
		this.codeblock = codeblock;
	}
	/** @internal */
	static x(message, ctx, ptr) {
		throw new TomlError(message, {
			toml: ctx.s,
			ptr: ptr ?? ctx.p
		});
	}
};

// node_modules/smol-toml/dist/primitive.js
/** @internal */
function parseString(ctx) {
	let startPtr = ctx.p;
	let c = ctx.s.charCodeAt(ctx.p++);
	let first = c;
	let isLiteral = c === 39;
	let isMultiline = c === ctx.s.charCodeAt(ctx.p) && c === ctx.s.charCodeAt(ctx.p + 1);
	if (isMultiline) {
		if ((c = ctx.s.charCodeAt(ctx.p += 2)) === 10) ctx.p++;
		else if (c === 13 && ctx.s.charCodeAt(ctx.p + 1) === 10) ctx.p += 2;
	}
	let parsed = "";
	let sliceStart = ctx.p;
	let state = 0;
	for (; ctx.p < ctx.s.length; ctx.p++) {
		c = ctx.s.charCodeAt(ctx.p);
		if (isMultiline && (c === 10 || c === 13 && ctx.s.charCodeAt(ctx.p + 1) === 10)) state = state && 3;
		else if (c < 32 && c !== 9 || c === 127) TomlError.x("control characters are not allowed in strings", ctx);
		else if ((!state || state === 3) && c === first && (!isMultiline || ctx.s.charCodeAt(ctx.p + 1) === first && ctx.s.charCodeAt(ctx.p + 2) === first)) {
			if (isMultiline) {
				if (ctx.s.charCodeAt(ctx.p + 3) === first) ctx.p++;
				if (ctx.s.charCodeAt(ctx.p + 3) === first) ctx.p++;
			}
			if (!state) {
				let s = ctx.s.slice(sliceStart, ctx.p);
				parsed = parsed ? parsed + s : s;
			}
			ctx.p += isMultiline ? 3 : 1;
			return parsed;
		} else if (!state) {
			if (!isLiteral && c === 92) {
				parsed += ctx.s.slice(sliceStart, sliceStart = ctx.p);
				state = 1;
			}
		} else if (state === 1) {
			if (c === 120 || c === 117 || c === 85) {
				let errPtr = ctx.p++ - 1;
				let value = 0;
				let len = c === 120 ? 2 : c === 117 ? 4 : 8;
				for (let j = 0; j < len; j++, ctx.p++) {
					let hex = ctx.s.charCodeAt(ctx.p);
					let digit = hex >= 48 && hex <= 57 ? hex - 48 : hex >= 65 && hex <= 70 ? hex - 65 + 10 : hex >= 97 && hex <= 102 ? hex - 97 + 10 : -1;
					if (digit < 0) TomlError.x("invalid non-hex character in unicode escape", ctx);
					value = value << 4 | digit;
				}
				if (value < 0 || value > 1114111 || value >= 55296 && value <= 57343) TomlError.x("invalid unicode escape", ctx, errPtr);
				parsed += String.fromCodePoint(value);
				sliceStart = ctx.p--;
				state = 0;
			} else if (isMultiline && (c === 32 || c === 9)) state = 2;
			else {
				if (c === 98) parsed += "\b";
				else if (c === 116) parsed += "	";
				else if (c === 110) parsed += "\n";
				else if (c === 102) parsed += "\f";
				else if (c === 114) parsed += "\r";
				else if (c === 101) parsed += "\x1B";
				else if (c === 34) parsed += "\"";
				else if (c === 92) parsed += "\\";
				else TomlError.x("unrecognised escape sequence", ctx);
				sliceStart = ctx.p + 1;
				state = 0;
			}
		} else if (c !== 32 && c !== 9) {
			if (state === 2) TomlError.x("invalid escape: only line-ending whitespace may be escaped", ctx, sliceStart);
			state = !isLiteral && c === 92 ? 1 : 0;
			sliceStart = ctx.p;
		}
	}
	TomlError.x("unfinished string", ctx, startPtr);
}

// node_modules/smol-toml/dist/date.js
let DATE_TIME_RE = /^(\d{4}-\d{2}-\d{2})?[Tt ]?(?:(\d{2}):\d{2}(?::\d{2}(?:\.\d+)?)?)?(Z|z|[-+]\d{2}:\d{2})?$/i;
var TomlDate = class TomlDate extends Date {
	#hasDate = false;
	#hasTime = false;
	#offset = null;
	constructor(date, fasttype, unsafeDelim) {
		let hasDate = true;
		let hasTime = true;
		let offset = "Z";
		let c;
		if (typeof date === "string") {
			if (fasttype) prep: {
				if (fasttype < 3) {
					if (+date.slice(11, 13) > 23) {
						date = "";
						break prep;
					}
					if (fasttype === 2) {
						offset = null;
						date += "Z";
					} else if ((c = date.charCodeAt(date.length - 1)) !== 90 && c !== 122) offset = date.slice(date.length - 6);
					if (unsafeDelim) date = date.slice(0, 10) + "T" + date.slice(11);
				} else if (fasttype === 4) date = +date.slice(0, 2) > 23 ? "" : `0000-01-01T${date}Z`;
				hasDate = fasttype !== 4;
				hasTime = fasttype !== 3;
			}
			else {
				let match = date.match(DATE_TIME_RE);
				if (match) {
					if (!match[1]) {
						hasDate = false;
						date = `0000-01-01T${date}`;
					}
					hasTime = !!match[2];
					hasTime && date[10] === " " && (date = date.replace(" ", "T"));
					if (match[2] && +match[2] > 23) date = "";
					else {
						offset = match[3] || null;
						if (!offset && hasTime) date += "Z";
					}
				} else date = "";
			}
		}
		super(date);
		if (!isNaN(this.getTime())) {
			this.#hasDate = hasDate;
			this.#hasTime = hasTime;
			this.#offset = offset;
		}
	}
	isDateTime() {
		return this.#hasDate && this.#hasTime;
	}
	isLocal() {
		return !this.#hasDate || !this.#hasTime || !this.#offset;
	}
	isDate() {
		return this.#hasDate && !this.#hasTime;
	}
	isTime() {
		return this.#hasTime && !this.#hasDate;
	}
	isValid() {
		return this.#hasDate || this.#hasTime;
	}
	toISOString() {
		let iso = super.toISOString();
		if (this.isDate()) return iso.slice(0, 10);
		if (this.isTime()) return iso.slice(11, 23);
		if (this.#offset === null) return iso.slice(0, -1);
		if (this.#offset === "Z" || this.#offset === "z") return iso;
		let offset = +this.#offset.slice(1, 3) * 60 + +this.#offset.slice(4, 6);
		offset = this.#offset[0] === "-" ? offset : -offset;
		return (/* @__PURE__ */ new Date(this.getTime() - offset * 6e4)).toISOString().slice(0, -1) + this.#offset;
	}
	static wrapAsOffsetDateTime(jsDate, offset = "Z") {
		let date = new TomlDate(jsDate);
		date.#offset = offset;
		return date;
	}
	static wrapAsLocalDateTime(jsDate) {
		let date = new TomlDate(jsDate);
		date.#offset = null;
		return date;
	}
	static wrapAsLocalDate(jsDate) {
		let date = new TomlDate(jsDate);
		date.#hasTime = false;
		date.#offset = null;
		return date;
	}
	static wrapAsLocalTime(jsDate) {
		let date = new TomlDate(jsDate);
		date.#hasDate = false;
		date.#offset = null;
		return date;
	}
};

// node_modules/smol-toml/dist/extract.js
function isDigit(char, base = 10) {
	return base === 16 ? char > 47 && char < 58 || char > 64 && char < 71 || char > 96 && char < 103 : char > 47 && char < 48 + base;
}
function isEndOfValue(char, delim) {
	return char === 32 || char === 9 || char === 10 || char === 13 || delim && (char === delim || char === 44) || char === 35;
}
/** @internal */
function extractValue(ctx, end) {
	let errPtr = ctx.p;
	let c = ctx.s.charCodeAt(ctx.p);
	if (c === 91 || c === 123) {
		ctx.d-- || TomlError.x("document contains excessively nested structures. aborting.", ctx);
		let value = c === 91 ? parseArray(ctx) : parseInlineTable(ctx);
		ctx.d++;
		return value;
	}
	if (c === 34 || c === 39) return parseString(ctx);
	if (c === 116) {
		if (ctx.s.charCodeAt(++ctx.p) !== 114 || ctx.s.charCodeAt(++ctx.p) !== 117 || ctx.s.charCodeAt(++ctx.p) !== 101) TomlError.x("invalid value", ctx, errPtr);
		return ctx.p++, true;
	}
	if (c === 102) {
		if (ctx.s.charCodeAt(++ctx.p) !== 97 || ctx.s.charCodeAt(++ctx.p) !== 108 || ctx.s.charCodeAt(++ctx.p) !== 115 || ctx.s.charCodeAt(++ctx.p) !== 101) TomlError.x("invalid value", ctx, errPtr);
		return ctx.p++, false;
	}
	if (c === 43 || c === 45) return parseNumber(ctx, ctx.p, ctx.s.charCodeAt(++ctx.p), 44 - c, end);
	if (ctx.s.charCodeAt(ctx.p + 4) === 45 && ctx.s.charCodeAt(ctx.p + 7) === 45) return parseDate(ctx, c, end);
	if (ctx.s.charCodeAt(ctx.p + 2) === 58) return parseTime(ctx, c, end);
	return parseNumber(ctx, ctx.p, c, 0, end);
}
function parseNumber(ctx, startPtr, startChr, sign, endChr) {
	let c = startChr;
	let state = 0;
	let hasUnderscores = false;
	if (c === 105) {
		if (ctx.s.charCodeAt(++ctx.p) !== 110 || ctx.s.charCodeAt(++ctx.p) !== 102) TomlError.x("invalid value", ctx, startPtr);
		return ctx.p++, (sign || 1) / 0;
	}
	if (c === 110) {
		if (ctx.s.charCodeAt(++ctx.p) !== 97 || ctx.s.charCodeAt(++ctx.p) !== 110) TomlError.x("invalid value", ctx, startPtr);
		return ctx.p++, NaN;
	}
	if (c === 48) {
		if (++ctx.p >= ctx.s.length || isEndOfValue(c = ctx.s.charCodeAt(ctx.p), endChr)) return ctx.bi === true ? 0n : 0;
		if (!sign) {
			if (c === 120) return parseIntegerBaseN(ctx, startPtr, 16, endChr);
			else if (c === 98) return parseIntegerBaseN(ctx, startPtr, 2, endChr);
			else if (c === 111) return parseIntegerBaseN(ctx, startPtr, 8, endChr);
		}
		if (c === 46) state = 2;
		else if (c === 101 || c === 69) state = 4;
		else TomlError.x("illegal leading zero", ctx, startPtr);
	} else if (!isDigit(c)) TomlError.x("invalid value", ctx, startPtr);
	while (++ctx.p < ctx.s.length && (c = ctx.s.charCodeAt(ctx.p), !isEndOfValue(c, endChr))) {
		if (!state) state = 1;
		if (c === 95) {
			if (!(state & 1)) TomlError.x("illegal underscore", ctx);
			state += 11;
			hasUnderscores = true;
		} else if (state === 1 && c === 46) state = 2;
		else if ((state === 1 || state === 3) && (c === 101 || c === 69)) state = 4;
		else if (state === 4 && (c === 43 || c === 45)) state = 6;
		else if (!isDigit(c)) TomlError.x(`illegal character in numeric literal`, ctx);
		else if (state > 9) state -= 11;
		else if (!(state & 1)) state++;
	}
	if (!state) {
		let val = (startChr - 48) * (sign || 1);
		return ctx.bi === true ? BigInt(val) : val;
	}
	if (!(state & 1)) TomlError.x("unfinished numeric value", ctx, startPtr);
	let str = ctx.s.slice(startPtr, ctx.p);
	if (hasUnderscores) str = str.replaceAll("_", "");
	return state > 1 ? parseFloat(str) : parseInteger(ctx, str, 10, startPtr);
}
function parseIntegerBaseN(ctx, startPtr, base, endChr) {
	let c, underscore = 1;
	while (++ctx.p < ctx.s.length && (c = ctx.s.charCodeAt(ctx.p), !isEndOfValue(c, endChr))) if (c === 95) {
		if (underscore & 1) TomlError.x("illegal underscore", ctx);
		underscore = 3;
	} else if (!isDigit(c, base)) TomlError.x(`illegal character in numeric literal`, ctx);
	else if (underscore & 1) underscore--;
	if (underscore & 1) TomlError.x("unfinished numeric value", ctx);
	let str = ctx.s.slice(startPtr + 2, ctx.p);
	if (underscore) str = str.replaceAll("_", "");
	return parseInteger(ctx, str, base, startPtr);
}
function parseInteger(ctx, str, base, startPtr) {
	if (ctx.bi !== true) int: {
		let val = parseInt(str, base);
		if (!Number.isSafeInteger(val)) {
			if (ctx.bi) break int;
			TomlError.x("integer value cannot be represented losslessly", ctx, startPtr);
		}
		return val;
	}
	return base === 10 ? BigInt(str) : BigInt((base === 2 ? "0b" : base === 8 ? "0o" : "0x") + str);
}
function parseDate(ctx, c, endChr) {
	let startPtr = ctx.p++, unsafeSeparator;
	if (!isDigit(c) || !isDigit(ctx.s.charCodeAt(ctx.p++)) || !isDigit(ctx.s.charCodeAt(ctx.p++)) || !isDigit(ctx.s.charCodeAt(ctx.p++))) return parseNumber(ctx, ctx.p = startPtr, c, 0, endChr);
	ctx.p += 5;
	if (!isDigit(ctx.s.charCodeAt(ctx.p++))) TomlError.x("invalid date-time: date part is malformed", ctx, startPtr);
	if (ctx.p >= ctx.s.length || ((c = ctx.s.charCodeAt(ctx.p)) !== 32 || (unsafeSeparator = true, !isDigit(ctx.s.charCodeAt(ctx.p + 1)))) && c !== 84 && c !== 116) return readDate(ctx, ctx.s.slice(startPtr, ctx.p), 3, false, startPtr);
	if (ctx.s.charCodeAt(ctx.p += 3) !== 58) TomlError.x("invalid date-time: time part is malformed", ctx, startPtr);
	if (ctx.s.charCodeAt(ctx.p += 3) === 58) ctx.p += 3;
	if (ctx.s.charCodeAt(ctx.p) === 46) while (isDigit(ctx.s.charCodeAt(++ctx.p)));
	if (c = ctx.s.charCodeAt(ctx.p)) {
		if (c === 90 || c === 122) return readDate(ctx, ctx.s.slice(startPtr, ++ctx.p), 1, unsafeSeparator, startPtr, "[+00:00]");
		if (c === 43 || c === 45) return readDate(ctx, ctx.s.slice(startPtr, ctx.p += 6), 1, unsafeSeparator, startPtr, !ctx.ld && "[" + ctx.s.slice(ctx.p - 6, ctx.p) + "]");
	}
	return readDate(ctx, ctx.s.slice(startPtr, ctx.p), 2, unsafeSeparator, startPtr);
}
function parseTime(ctx, c, endChr) {
	let start = ctx.p;
	if (!isDigit(c) || !isDigit(ctx.s.charCodeAt(++ctx.p))) return parseNumber(ctx, --ctx.p, c, 0, endChr);
	if (ctx.s.charCodeAt(ctx.p += 4) === 58) ctx.p += 3;
	if (ctx.s.charCodeAt(ctx.p) === 46) while (isDigit(ctx.s.charCodeAt(++ctx.p)));
	return readDate(ctx, ctx.s.slice(start, ctx.p), 4, false, start);
}
function readDate(ctx, str, type, unsafeDelim, errPtr, temporalSuffix) {
	if (ctx.ld) {
		let date = new TomlDate(str, type, unsafeDelim);
		if (!date.isValid()) TomlError.x("invalid date", ctx, errPtr);
		return date;
	}
	try {
		if (temporalSuffix) str += temporalSuffix;
		switch (type) {
			case 1: return Temporal.ZonedDateTime.from(str);
			case 2: return Temporal.PlainDateTime.from(str);
			case 3: return Temporal.PlainDate.from(str);
			case 4: return Temporal.PlainTime.from(str);
		}
	} catch (e) {
		TomlError.x(e instanceof Error ? e.message : "" + e, ctx, errPtr);
	}
}

// node_modules/smol-toml/dist/util.js
/** @internal */
function skipComment(ctx) {
	for (; ctx.p < ctx.s.length; ctx.p++) {
		let c = ctx.s.charCodeAt(ctx.p);
		if (c === 10) break;
		if (c === 13 && ctx.s.charCodeAt(ctx.p + 1) === 10) {
			ctx.p++;
			break;
		}
		if (c < 32 && c !== 9 || c === 127) TomlError.x("control characters are not allowed in comments", ctx);
	}
}
/** @internal */
function skipVoid(ctx, banNewLines, banComments) {
	let c;
	while (ctx.p < ctx.s.length) {
		while (ctx.p < ctx.s.length && ((c = ctx.s.charCodeAt(ctx.p)) === 32 || c === 9 || !banNewLines && (c === 10 || c === 13 && ctx.s.charCodeAt(ctx.p + 1) === 10))) ctx.p++;
		if (banComments || c !== 35) break;
		skipComment(ctx);
	}
}

// node_modules/smol-toml/dist/struct.js
/** @internal */
function parseKey(ctx, end = 61) {
	let startPtr;
	let state = 0;
	let parsed = [];
	let sliceStart;
	let c = ctx.s.charCodeAt(startPtr = ctx.p);
	do
		if (c === end) {
			if (!state) TomlError.x("unexpected end of key", ctx);
			if (state === 1) parsed.push(ctx.s.slice(sliceStart, ctx.p));
			return ctx.p++, parsed;
		} else if (c === 46) {
			if (!state) TomlError.x("illegal empty bare key", ctx);
			if (state === 1) parsed.push(ctx.s.slice(sliceStart, ctx.p));
			state = 0;
		} else if (!state && (c === 34 || c === 39)) {
			if (c === ctx.s.charCodeAt(ctx.p + 1) && c === ctx.s.charCodeAt(ctx.p + 2)) TomlError.x("illegal quoted key: multiline strings are not allowed", ctx);
			parsed.push(parseString(ctx));
			state = 2;
			ctx.p--;
		} else if (c === 32 || c === 9) {
			if (state === 1) {
				parsed.push(ctx.s.slice(sliceStart, ctx.p));
				state = 2;
			}
		} else if (state === 2 || c < 48 && c !== 45 || c > 57 && c < 65 || c > 90 && c < 97 && c !== 95 || c > 122) TomlError.x("illegal character in key", ctx);
		else if (!state) {
			state = 1;
			sliceStart = ctx.p;
		}
	while (c = ctx.s.charCodeAt(++ctx.p));
	TomlError.x("incomplete key-value: cannot find end of key", ctx, startPtr);
}
/** @internal */
function parseInlineTable(ctx) {
	let startPtr = ctx.p++;
	let res = Object.create(null);
	let seen = /* @__PURE__ */ new Set();
	let c;
	while (ctx.p < ctx.s.length) {
		skipVoid(ctx);
		if ((c = ctx.s.charCodeAt(ctx.p)) === 125) {
			ctx.p++;
			return res;
		}
		let k;
		let t = res;
		let hasOwn = false;
		let errPtr = ctx.p;
		let key = parseKey(ctx);
		for (let i = 0; i < key.length; i++) {
			if (i) t = hasOwn ? t[k] : t[k] = Object.create(null);
			k = key[i];
			if ((hasOwn = Object.hasOwn(t, k)) && (typeof t[k] !== "object" || seen.has(t[k]))) TomlError.x("trying to redefine an already defined value", ctx, errPtr);
			let unsafe = k === "__proto__";
			if (ctx.uk && (unsafe || k === "constructor")) {
				t = ctx.uk !== 1 && TomlError.x("document contains an unsafe property", ctx, errPtr);
				break;
			}
			if (!hasOwn && unsafe) Object.defineProperty(t, k, {
				enumerable: true,
				configurable: true,
				writable: true
			});
		}
		if (hasOwn) TomlError.x("trying to redefine an already defined value", ctx, errPtr);
		skipVoid(ctx, true, true);
		let value = extractValue(ctx, 125);
		if (t && typeof (t[k] = value) === "object") seen.add(value);
		skipVoid(ctx);
		if ((c = ctx.s.charCodeAt(ctx.p++)) === 125) return res;
		if (c !== 44) TomlError.x("expected comma or end of structure", ctx, ctx.p - 1);
	}
	TomlError.x("unfinished table", ctx, startPtr);
}
/** @internal */
function parseArray(ctx) {
	let startPtr = ctx.p++;
	let res = [];
	let c;
	while (ctx.p < ctx.s.length) {
		skipVoid(ctx);
		if ((c = ctx.s.charCodeAt(ctx.p)) === 93) {
			ctx.p++;
			return res;
		}
		res.push(extractValue(ctx, 93));
		skipVoid(ctx);
		if ((c = ctx.s.charCodeAt(ctx.p++)) === 93) return res;
		if (c !== 44) TomlError.x("expected comma or end of structure", ctx, ctx.p - 1);
	}
	TomlError.x("unfinished array", ctx, startPtr);
}

// node_modules/smol-toml/dist/parse.js
function peekTable(ctx, key, table, meta, type) {
	let t = table;
	let m = meta;
	let k;
	let hasOwn = false;
	let state;
	for (let i = 0; i < key.length; i++) {
		if (i) {
			t = hasOwn ? t[k] : t[k] = Object.create(null);
			m = (state = m[k]).c;
			if (type === 0 && (state.t === 1 || state.t === 2)) return null;
			if (state.t === 2) {
				let l = t.length - 1;
				t = t[l];
				m = m[l].c;
			}
		}
		k = key[i];
		if ((hasOwn = Object.hasOwn(t, k)) && m[k]?.t === 0 && m[k]?.d) return null;
		if (!hasOwn) {
			let unsafe = k === "__proto__";
			if (ctx.uk && (unsafe || k === "constructor")) return false;
			if (unsafe) {
				Object.defineProperty(t, k, {
					enumerable: true,
					configurable: true,
					writable: true
				});
				Object.defineProperty(m, k, {
					enumerable: true,
					configurable: true,
					writable: true
				});
			}
			m[k] = {
				t: i < key.length - 1 && type === 2 ? 3 : type,
				d: false,
				i: 0,
				c: Object.create(null)
			};
		}
	}
	state = m[k];
	if (state.t !== type && !(type === 1 && state.t === 3)) return null;
	if (type === 2) {
		if (!state.d) {
			state.d = true;
			t[k] = [];
		}
		t[k].push(t = Object.create(null));
		state.c[state.i++] = state = {
			t: 1,
			d: false,
			i: 0,
			c: Object.create(null)
		};
	}
	if (state.d) return null;
	state.d = true;
	if (type === 1) t = hasOwn ? t[k] : t[k] = Object.create(null);
	else if (type === 0 && hasOwn) return null;
	return [
		k,
		t,
		state.c
	];
}
function validateTablePeek(ctx, peek, ptr) {
	if (peek === null || ctx.uk === 2) TomlError.x(peek === null ? "trying to redefine an already defined table or value" : "document contains an unsafe property", ctx, ptr);
}
function parse(toml, options = {}) {
	let ctx = {
		s: toml,
		p: 0,
		d: options.maxDepth ?? 1e3,
		bi: options.integersAsBigInt ?? false,
		ld: options.useLegacyDate ?? true,
		uk: options.unsafeKeyBehaviour === "throw" ? 2 : options.unsafeKeyBehaviour === "drop" ? 1 : 0
	};
	let res = Object.create(null);
	let meta = Object.create(null);
	let tmp;
	let skipping = false;
	let tbl = res;
	let m = meta;
	if (toml.charCodeAt(0) === 65279) ctx.p++;
	skipVoid(ctx);
	while (ctx.p < toml.length) {
		if (toml.charCodeAt(ctx.p) === 91) {
			let isTableArray = toml.charCodeAt(++ctx.p) === 91;
			tmp = ctx.p += +isTableArray;
			skipping = false;
			let k = parseKey(ctx, 93);
			if (isTableArray) {
				if (toml.charCodeAt(ctx.p) !== 93) TomlError.x("expected end of table array declaration", ctx);
				ctx.p++;
			}
			let p = peekTable(ctx, k, res, meta, isTableArray ? 2 : 1);
			if (!p) {
				validateTablePeek(ctx, p, tmp);
				skipping = true;
			} else {
				m = p[2];
				tbl = p[1];
			}
		} else {
			tmp = ctx.p;
			let p = peekTable(ctx, parseKey(ctx), tbl, m, 0);
			if (!p && !skipping) validateTablePeek(ctx, p, tmp);
			skipVoid(ctx, true, true);
			let v = extractValue(ctx, void 0);
			if (p && !skipping) p[1][p[0]] = v;
		}
		skipVoid(ctx, true);
		if (ctx.p < toml.length && (tmp = toml.charCodeAt(ctx.p)) !== 10 && (tmp !== 13 || toml.charCodeAt(ctx.p + 1) !== 10)) TomlError.x("each key-value declaration must be followed by an end-of-line", ctx);
		skipVoid(ctx);
	}
	return res;
}

// node_modules/smol-toml/dist/stringify.js
let HAS_WELLFORMED = !!"".isWellFormed;

// src/segment/gates/native.ts
/**
* Go and Rust: what the toolchain itself brings is every project's gate; golangci-lint only where it is configured.
* The compiler is the gate for types.
*/
const MANIFESTS$4 = /(?:^|\/)(?:go\.mod|Cargo\.toml)$/;
const COMPILED = "the compiler checks types in the build";
function findGo(listing) {
	return directoriesWith(listing, "go.mod").map((directory) => {
		const mod = readMod(listing.text(under(directory, "go.mod")) ?? "", directory);
		const step = (...run) => ({
			run,
			directory
		});
		const isSet = ["", directory].some((place) => [
			".golangci.yml",
			".golangci.yaml",
			".golangci.toml",
			".golangci.json"
		].some((name) => listing.files.has(under(place, name))));
		const sums = ["go.mod", "go.sum"].map((name) => under(directory, name));
		return {
			ecosystem: "Go",
			directory,
			members: [{
				directory,
				name: mod.name,
				needs: mod.needs
			}],
			...mod.isAlone ? {} : { install: {
				steps: [step("go", "mod", "download")],
				after: sums
			} },
			audit: {
				kind: "audit",
				form: "govulncheck",
				step: step("govulncheck", "-format", "json", "./..."),
				after: sums
			},
			find(gate) {
				switch (gate) {
					case "lint": {
						const more = isSet ? [step("golangci-lint", "run")] : [];
						return {
							steps: [
								{
									...step("gofmt", "-l", "."),
									fails: "when it names files"
								},
								step("go", "vet", "./..."),
								...more
							],
							without: []
						};
					}
					case "types": return {
						steps: [],
						without: [COMPILED]
					};
					case "tests": return {
						steps: [step("go", "test", "./...")],
						without: []
					};
					case "build": return {
						steps: [step("go", "build", "-o", "/dev/null", "./...")],
						without: []
					};
				}
			}
		};
	});
}
/** @see https://go.dev/ref/mod#go-mod-file */
function readMod(text, directory) {
	let name = "";
	let block = "";
	const needs = [];
	for (const raw of text.split("\n")) {
		const line = raw.replace(/\/\/.*$/, "").trim();
		if (line === ")") block = "";
		else if (line.endsWith("(")) block = line.slice(0, -1).trim();
		else if (line !== "") {
			const words = (block === "" ? line : `${block} ${line}`).split(/\s+/);
			if (words[0] === "module") name = (words[1] ?? "").replace(/^"|"$/g, "");
			if (words[0] === "require" && words[1] !== void 0) needs.push(words[1]);
			const target = words[0] === "replace" ? words[words.indexOf("=>") + 1] : void 0;
			const place = target?.startsWith(".") ? resolved(directory, target) : void 0;
			if (place !== void 0) needs.push(`dir:${place}`);
		}
	}
	return {
		name,
		needs,
		isAlone: needs.length === 0
	};
}
function findRust(listing) {
	const places = directoriesWith(listing, "Cargo.toml");
	const crates = new Map(places.map((place) => [place, readCrate(listing, place)]));
	const taken = /* @__PURE__ */ new Set();
	const found = [];
	for (const place of places) {
		const own = crates.get(place);
		if (taken.has(place) || !own) continue;
		const workspace = tableOf(own.toml.workspace);
		const globs = [...listOf(workspace.members), ...listOf(workspace.exclude).map((glob) => `!${glob}`)];
		const named = globbed(place, globs, places).filter((each) => !taken.has(each));
		const members = named.flatMap((each) => crates.get(each) ?? []);
		for (const each of [place, ...named]) taken.add(each);
		found.push(rustWorkspace(listing, own, members));
	}
	return found;
}
function readCrate(listing, directory) {
	let toml = {};
	try {
		toml = parse(listing.text(under(directory, "Cargo.toml")) ?? "");
	} catch {}
	const { name } = tableOf(toml.package);
	return {
		directory,
		toml,
		name: typeof name === "string" ? name : void 0
	};
}
function rustWorkspace(listing, root, inner) {
	const { directory } = root;
	const members = [root, ...inner].filter(({ name }) => name !== void 0).map((each) => ({
		directory: each.directory,
		name: each.name ?? "",
		needs: cratesNeeded(each)
	}));
	const lock = under(directory, "Cargo.lock");
	const isLocked = listing.files.has(lock);
	const locked = isLocked ? ["--locked"] : [];
	const manifests = [root, ...inner].map((each) => under(each.directory, "Cargo.toml"));
	const step = (...run) => ({
		run,
		directory
	});
	const which = (held) => {
		if (inner.length === 0) return [];
		if (held === "all") return ["--workspace"];
		const names = heldMembers({ members }, held).flatMap(({ name }) => ["--package", name]);
		return names.length > 0 ? names : void 0;
	};
	return {
		ecosystem: "Rust",
		directory,
		members: members.length > 0 ? members : [{
			directory,
			name: "",
			needs: []
		}],
		...isLocked ? { install: {
			steps: [step("cargo", "fetch", "--locked")],
			after: [...manifests, lock]
		} } : {},
		audit: isLocked ? {
			kind: "audit",
			form: "cargo-audit",
			step: step("cargo", "audit", "--json"),
			after: [lock]
		} : {
			kind: "not applicable",
			why: `no Cargo.lock beside ${under(directory, "Cargo.toml")}`
		},
		find(gate, held) {
			const packages = which(held);
			if (!packages) return {
				steps: [],
				without: []
			};
			switch (gate) {
				case "lint": {
					const format = held === "all" || inner.length === 0 ? ["--all"] : packages;
					return {
						steps: [step("cargo", "fmt", ...format, "--check"), step("cargo", "clippy", ...packages, "--all-targets", ...locked, "--", "-D", "warnings")],
						without: []
					};
				}
				case "types": return {
					steps: [],
					without: [COMPILED]
				};
				case "tests": return {
					steps: [step("cargo", "test", ...packages, ...locked)],
					without: []
				};
				case "build": return {
					steps: [step("cargo", "build", ...packages, ...locked)],
					without: []
				};
			}
		}
	};
}
/** By name, also where a dependency is renamed, and by path. */
function cratesNeeded({ directory, toml }) {
	return [toml, ...Object.values(tableOf(toml.target)).map(tableOf)].flatMap((table) => [
		"dependencies",
		"dev-dependencies",
		"build-dependencies"
	].map((key) => tableOf(table[key]))).flatMap((needed) => Object.entries(needed).flatMap(([name, how]) => {
		const { package: real, path } = tableOf(how);
		const place = typeof path === "string" ? resolved(directory, path) : void 0;
		return [typeof real === "string" ? real : name, ...place === void 0 ? [] : [`dir:${place}`]];
	}));
}

// src/segment/gates/others.ts
/** .NET, Ruby, PHP and Elixir: found by their manifests, held as a whole. */
const MANIFESTS$3 = /(?:^|\/)(?:[^/]+\.(?:cs|fs|vb)proj|Gemfile|Gemfile\.lock|composer\.json|mix\.exs)$/;
const some = (...steps) => ({
	steps,
	without: []
});
const none = (why) => ({
	steps: [],
	without: [why]
});
const orNone = (steps, why) => steps.length > 0 ? some(...steps) : none(why);
const whole = (ecosystem, directory, { gates, ...rest }) => ({
	ecosystem,
	directory,
	members: [{
		directory,
		name: "",
		needs: []
	}],
	...rest,
	find: (gate) => gates[gate]
});
/** Of nested places, the outermost. */
const outermost = (places) => places.filter((place) => !places.some((other) => other !== place && isWithin(place, other)));
function findDotnet(listing) {
	const solutions = directoriesWith(listing, /\.slnx?$/);
	const alone = directoriesWith(listing, /\.(?:cs|fs|vb)proj$/).filter((place) => !solutions.some((root) => isWithin(place, root)));
	return outermost([...solutions, ...alone]).map((directory) => {
		const step = (...run) => ({
			run,
			directory,
			environment: DOTNET
		});
		const below = filesBelow(listing, directory);
		const lock = below.filter((file) => file.endsWith("packages.lock.json")).map((file) => under(directory, file));
		const sources = below.filter((file) => /\.(?:cs|fs|vb)proj$/.test(file)).map((file) => under(directory, file));
		const hasTests = sources.some((file) => /Microsoft\.NET\.Test\.Sdk|TUnit|MSTest\.Sdk/.test(listing.text(file) ?? ""));
		const after = [...sources, ...lock];
		const isSet = ["", directory].some((place) => listing.files.has(under(place, ".editorconfig")));
		return whole(".NET", directory, {
			install: {
				steps: [step("dotnet", "restore", ...lock.length > 0 ? ["--locked-mode"] : [])],
				after
			},
			audit: {
				kind: "audit",
				form: "dotnet",
				step: step("dotnet", "list", "package", "--vulnerable", "--include-transitive", "--format", "json"),
				prepare: [step("dotnet", "restore")],
				after
			},
			gates: {
				lint: isSet ? some(step("dotnet", "format", "--verify-no-changes", "--no-restore")) : none("no .editorconfig says how dotnet format should look"),
				types: none("the compiler checks types in the build"),
				tests: hasTests ? some(step("dotnet", "test", "--no-restore", "--nologo")) : none("no project refers to Microsoft.NET.Test.Sdk"),
				build: some(step("dotnet", "build", "--no-restore", "--nologo"))
			}
		});
	});
}
const DOTNET = {
	DOTNET_CLI_TELEMETRY_OPTOUT: "1",
	DOTNET_NOLOGO: "1",
	DOTNET_SKIP_FIRST_TIME_EXPERIENCE: "1"
};
function findRuby(listing) {
	return directoriesWith(listing, "Gemfile").map((directory) => {
		const has = (name) => listing.files.has(under(directory, name));
		const gems = `${listing.text(under(directory, "Gemfile")) ?? ""}\n${listing.text(under(directory, "Gemfile.lock")) ?? ""}`;
		const needs = (name) => new RegExp(`(?:^[ \\t]*gem[ \\t]+['"]|^ {2,6})${name}\\b`, "m").test(gems);
		const isLocked = has("Gemfile.lock");
		const environment = {
			BUNDLE_PATH: "vendor/bundle",
			...isLocked ? { BUNDLE_FROZEN: "true" } : {}
		};
		const bundle = (...run) => ({
			run: ["bundle", ...run],
			directory,
			environment
		});
		const below = filesBelow(listing, directory);
		const after = ["Gemfile", "Gemfile.lock"].map((file) => under(directory, file));
		const gemspec = below.find((file) => /^[^/]+\.gemspec$/.test(file));
		const rspec = has(".rspec") || needs("rspec") && below.some((file) => /_spec\.rb$/.test(file));
		const rails = has("bin/rails") && below.some((file) => file.startsWith("test/"));
		const types = [...has("sorbet/config") ? [bundle("exec", "srb", "tc")] : [], ...has("Steepfile") ? [bundle("exec", "steep", "check")] : []];
		const tests = rspec ? [bundle("exec", "rspec")] : rails ? [bundle("exec", "rails", "test")] : has("Rakefile") && below.some((file) => /(?:^|\/)(?:test_[^/]+|[^/]+_test)\.rb$/.test(file)) ? [bundle("exec", "rake", "test")] : [];
		return whole("Ruby", directory, {
			install: {
				steps: [bundle("install")],
				after
			},
			audit: isLocked ? {
				kind: "audit",
				form: "bundler-audit",
				step: {
					run: [
						"bundle-audit",
						"check",
						"--update",
						"--format",
						"json"
					],
					directory
				},
				after
			} : {
				kind: "not applicable",
				why: `no Gemfile.lock beside ${under(directory, "Gemfile")}`
			},
			gates: {
				lint: orNone(has(".rubocop.yml") || needs("rubocop") ? [bundle("exec", "rubocop")] : has(".standard.yml") || needs("standard") ? [bundle("exec", "standardrb")] : [], "neither rubocop nor standard is configured"),
				types: orNone(types, "neither sorbet nor steep is configured"),
				tests: orNone(tests, "neither rspec nor a Rakefile with tests is there"),
				build: orNone(gemspec === void 0 ? [] : [{
					run: [
						"gem",
						"build",
						gemspec,
						"--output",
						"/dev/null"
					],
					directory
				}], "Ruby has nothing to build without a gemspec")
			}
		});
	});
}
function findPhp(listing) {
	return directoriesWith(listing, "composer.json").map((directory) => {
		const has = (...names) => names.some((name) => listing.files.has(under(directory, name)));
		const manifest = readJson(listing.text(under(directory, "composer.json")));
		const needs = {
			...textsOf(manifest.require),
			...textsOf(manifest["require-dev"])
		};
		const scripts = tableOf(manifest.scripts);
		const step = (...run) => ({
			run,
			directory
		});
		const script = (...names) => {
			const name = names.find((each) => scripts[each] !== void 0);
			return name === void 0 ? [] : [step("composer", "run-script", "--no-interaction", name)];
		};
		const after = ["composer.json", "composer.lock"].map((file) => under(directory, file));
		const isLocked = has("composer.lock");
		const lint = [
			...has("pint.json") || "laravel/pint" in needs ? [step("vendor/bin/pint", "--test")] : [],
			...has(".php-cs-fixer.php", ".php-cs-fixer.dist.php") ? [step("vendor/bin/php-cs-fixer", "check")] : [],
			...has("phpcs.xml", "phpcs.xml.dist", ".phpcs.xml", ".phpcs.xml.dist") ? [step("vendor/bin/phpcs")] : []
		];
		const types = [...has("phpstan.neon", "phpstan.neon.dist", "phpstan.dist.neon") ? [step("vendor/bin/phpstan", "analyse", "--no-progress", "--error-format=raw")] : [], ...has("psalm.xml", "psalm.xml.dist") ? [step("vendor/bin/psalm", "--no-progress")] : []];
		const tests = "pestphp/pest" in needs ? [step("vendor/bin/pest", "--colors=never")] : has("phpunit.xml", "phpunit.xml.dist", "phpunit.dist.xml") || "phpunit/phpunit" in needs ? [step("vendor/bin/phpunit", "--colors=never")] : [];
		const first = (...choices) => choices.find((each) => each.length > 0) ?? [];
		return whole("PHP", directory, {
			install: {
				steps: [step("composer", "install", "--no-interaction", "--no-scripts", "--no-progress")],
				after
			},
			audit: isLocked ? {
				kind: "audit",
				form: "composer",
				step: step("composer", "audit", "--locked", "--no-dev", "--abandoned=ignore", "--format=json"),
				after
			} : {
				kind: "not applicable",
				why: `no composer.lock beside ${under(directory, "composer.json")}`
			},
			gates: {
				lint: orNone(first(script("lint", "cs"), lint), "neither pint, php-cs-fixer nor phpcs is configured"),
				types: orNone(first(script("types", "phpstan", "analyse", "psalm"), types), "neither phpstan nor psalm is configured"),
				tests: orNone(first(script("test", "tests"), tests), "neither phpunit nor pest is configured"),
				build: none("PHP has nothing to build")
			}
		});
	});
}
function readJson(text) {
	try {
		return tableOf(JSON.parse(text ?? "{}"));
	} catch {
		return {};
	}
}
function findElixir(listing) {
	return outermost(directoriesWith(listing, "mix.exs")).map((directory) => {
		const has = (name) => listing.files.has(under(directory, name));
		const mix = (...run) => ({
			run: ["mix", ...run],
			directory
		});
		const test = (...run) => ({
			...mix(...run),
			environment: { MIX_ENV: "test" }
		});
		const text = filesBelow(listing, directory).filter((file) => file === "mix.exs" || file.endsWith("/mix.exs")).map((file) => listing.text(under(directory, file)) ?? "").join("\n");
		const needs = (name) => text.includes(`{:${name},`);
		const isLocked = has("mix.lock");
		const after = ["mix.exs", "mix.lock"].map((file) => under(directory, file));
		const lint = [...has(".formatter.exs") ? [mix("format", "--check-formatted")] : [], ...needs("credo") ? [mix("credo")] : []];
		return whole("Elixir", directory, {
			...isLocked ? { install: {
				steps: [mix("deps.get", "--check-locked")],
				after
			} } : {},
			audit: isLocked && needs("mix_audit") ? {
				kind: "audit",
				form: "mix_audit",
				step: mix("deps.audit", "--format", "json"),
				after
			} : {
				kind: "not applicable",
				why: "mix_audit is no dependency"
			},
			gates: {
				lint: orNone(lint, "neither .formatter.exs nor credo is there"),
				types: needs("dialyxir") ? some(mix("dialyzer")) : none("dialyxir is no dependency"),
				tests: some(test("test")),
				build: some(mix("compile", "--warnings-as-errors"))
			}
		});
	});
}

// src/segment/gates/python.ts
/**
* Python: uv, poetry and pip; ruff, flake8 and black; mypy and pyright; pytest and unittest.
*
* A tool is run where the repository configures it or depends on it. What is installed goes into `.venv` beside the
* manifest, where agents and people look for it, and never into the machine's own Python.
*/
const MANIFESTS$2 = /(?:^|\/)(?:pyproject\.toml|setup\.cfg|tox\.ini|(?:[\w-]+-)?requirements[\w.-]*\.txt|requirements\/[\w.-]+\.txt|\.pre-commit-config\.yaml)$/;
const PROJECT = /^(?:pyproject\.toml|setup\.py|setup\.cfg|requirements(?:[-_.]\w+)?\.txt|Pipfile)$/;
function findPython(listing) {
	const places = directoriesWith(listing, PROJECT).filter((place) => isProject(listing, place));
	const taken = /* @__PURE__ */ new Set();
	const found = [];
	for (const place of places) {
		if (taken.has(place)) continue;
		const root = readPackage(listing, place, places);
		const workspace = tableOf(tableOf(root.tool.uv).workspace);
		const globs = [...listOf(workspace.members), ...listOf(workspace.exclude).map((glob) => `!${glob}`)];
		const members = globbed(place, globs, places).filter((each) => !taken.has(each));
		for (const each of [place, ...members]) taken.add(each);
		found.push(workspaceOf(listing, root, [root, ...members.map((each) => readPackage(listing, each, places))]));
	}
	return found;
}
/** A setup.cfg or requirements.txt beside no Python (of a JavaScript project, say) is none. */
const isProject = (listing, place) => [
	"pyproject.toml",
	"setup.py",
	"Pipfile"
].some((name) => listing.files.has(under(place, name))) || filesBelow(listing, place).some((file) => file.endsWith(".py"));
function readToml$1(text) {
	if (text === void 0) return {};
	try {
		return parse(text);
	} catch {
		return {};
	}
}
/** The name of `requests[socks] >= 2; python_version < "4"`, as the index compares names. */
const nameIn = (requirement) => (/^\s*([A-Za-z0-9][\w.-]*)/.exec(requirement)?.[1] ?? "").toLowerCase().replace(/[._]/g, "-");
function readPackage(listing, directory, places) {
	const toml = readToml$1(listing.text(under(directory, "pyproject.toml")));
	const project = tableOf(toml.project);
	const tool = tableOf(toml.tool);
	const poetry = tableOf(tool.poetry);
	const groups = Object.values(tableOf(toml["dependency-groups"])).flatMap(listOf);
	const extras = Object.values(tableOf(project["optional-dependencies"])).flatMap(listOf);
	const poetryGroups = Object.values(tableOf(poetry.group)).flatMap((group) => Object.keys(tableOf(tableOf(group).dependencies)));
	const required = requirementFiles(listing, directory).flatMap((file) => (listing.text(under(directory, file)) ?? "").split("\n").filter((line) => !/^\s*(?:#|-|$)/.test(line)));
	const named = [
		...listOf(project.dependencies),
		...groups,
		...extras,
		...listOf(tableOf(tool.uv)["dev-dependencies"]),
		...Object.keys(tableOf(poetry.dependencies)),
		...Object.keys(tableOf(poetry["dev-dependencies"])),
		...poetryGroups,
		...required
	];
	const paths = [...Object.values(tableOf(tableOf(tool.uv).sources)), ...Object.values(tableOf(poetry.dependencies))].flatMap((source) => {
		const { path } = tableOf(source);
		const place = typeof path === "string" ? resolved(directory, path) : void 0;
		return place === void 0 ? [] : [`dir:${place}`];
	});
	const inner = places.filter((place) => place !== directory && isWithin(place, directory)).map((place) => relativeTo(directory, place));
	const name = [project.name, poetry.name].find((each) => typeof each === "string");
	return {
		directory,
		name: typeof name === "string" ? nameIn(name) : "",
		toml,
		tool,
		ini: ["setup.cfg", "tox.ini"].map((file) => listing.text(under(directory, file)) ?? "").join("\n"),
		needs: new Set(named.map(nameIn)),
		paths,
		files: filesBelow(listing, directory).filter((file) => !inner.some((place) => isWithin(file, place)))
	};
}
/** Requirements for running it and for work on it, relative to the project, in the order they are installed. */
function requirementFiles(listing, directory) {
	return [...[
		"requirements.txt",
		"requirements/base.txt",
		"requirements/main.txt"
	], ...[
		"dev",
		"test",
		"tests",
		"lint",
		"ci"
	].flatMap((kind) => [
		`requirements-${kind}.txt`,
		`requirements_${kind}.txt`,
		`requirements.${kind}.txt`,
		`${kind}-requirements.txt`,
		`requirements/${kind}.txt`
	])].filter((file) => listing.files.has(under(directory, file)));
}
function workspaceOf(listing, root, packages) {
	const has = (name) => listing.files.has(under(root.directory, name));
	const program = has("uv.lock") ? "uv" : has("poetry.lock") || tableOf(root.tool.poetry).name !== void 0 && root.toml["build-system"] !== void 0 ? "poetry" : "pip";
	const install = installOf(listing, program, root, packages);
	const projects = packages.filter((each) => each !== root || packages.length === 1 || root.toml.project !== void 0);
	const members = projects.map(({ directory, name, needs, paths }) => ({
		directory,
		name,
		needs: [...needs, ...paths]
	}));
	const bench = {
		program,
		root,
		members,
		isInstalled: install !== void 0
	};
	return {
		ecosystem: "Python",
		directory: root.directory,
		members,
		...install ? { install } : {},
		audit: auditOf(listing, program, root),
		find(gate, held) {
			if (packages.length > 1 && gate !== "build") {
				const steps = stepsFor(bench, root, gate, held === "all" ? ["."] : targetsOf(bench, held));
				if (steps.length > 0) return {
					steps,
					without: []
				};
			}
			const places = new Set(heldMembers({ members }, held).map(({ directory }) => directory));
			const steps = projects.filter(({ directory }) => places.has(directory)).flatMap((each) => stepsFor(bench, each, gate, ["."]));
			return {
				steps,
				without: steps.length > 0 ? [] : [withoutOf(gate, root.directory)]
			};
		}
	};
}
/** Directories of the held members as the root calls them; of the root itself, where its code usually lies. */
function targetsOf({ root, members }, held) {
	return heldMembers({ members }, held).flatMap(({ directory }) => directory === root.directory ? [
		"src",
		"tests",
		"test"
	].filter((name) => root.files.some((file) => file.startsWith(`${name}/`))) : [relativeTo(root.directory, directory)]);
}
const WORK = /^(?:dev|develop|development|test|tests|testing|lint|linting|types|typing|check|ci)$/i;
function installOf(listing, program, root, packages) {
	const { directory } = root;
	const step = (...run) => ({
		run,
		directory
	});
	const extras = Object.keys(tableOf(tableOf(root.toml.project)["optional-dependencies"])).filter((name) => WORK.test(name));
	const groups = Object.keys(tableOf(root.toml["dependency-groups"])).filter((name) => WORK.test(name));
	const manifests = packages.map((each) => under(each.directory, "pyproject.toml"));
	switch (program) {
		case "uv": return {
			steps: [step("uv", "sync", "--locked", ...[
				...packages.length > 1 ? ["--all-packages"] : [],
				...extras.flatMap((name) => ["--extra", name]),
				...groups.filter((name) => name !== "dev").flatMap((name) => ["--group", name])
			])],
			after: [...manifests, under(directory, "uv.lock")]
		};
		case "poetry": {
			const more = extras.flatMap((name) => ["--extras", name]);
			const environment = { POETRY_VIRTUALENVS_IN_PROJECT: "true" };
			return {
				steps: [{
					run: [
						"poetry",
						"install",
						"--no-interaction",
						...more
					],
					directory,
					environment
				}],
				after: [...manifests, under(directory, "poetry.lock")]
			};
		}
		case "pip": return installByPip(listing, root, extras, groups);
	}
}
function installByPip(listing, { directory, toml, needs }, extras, groups) {
	const files = requirementFiles(listing, directory);
	const isPackage = toml["build-system"] !== void 0 || listing.files.has(under(directory, "setup.py"));
	const ofGroups = groups.flatMap((name) => requirementsOf(tableOf(toml["dependency-groups"]), name, /* @__PURE__ */ new Set()));
	const loose = isPackage ? [] : listOf(tableOf(toml.project).dependencies);
	if (files.length === 0 && !isPackage && ofGroups.length + loose.length === 0) return void 0;
	if (needs.size === 0 && files.length === 0 && !isPackage) return void 0;
	const pip = [
		".venv/bin/python",
		"-m",
		"pip",
		"install",
		"--disable-pip-version-check",
		"--quiet"
	];
	const isHashed = files.length > 0 && files.every((file) => /--hash=/.test(listing.text(under(directory, file)) ?? ""));
	const rest = [
		...isPackage ? ["--editable", extras.length > 0 ? `.[${extras.join(",")}]` : "."] : [],
		...ofGroups,
		...loose
	];
	return {
		steps: [
			[
				"python3",
				"-m",
				"venv",
				".venv"
			],
			...files.length > 0 ? [[
				...pip,
				...isHashed ? ["--require-hashes"] : [],
				...files.flatMap((file) => ["--requirement", file])
			]] : [],
			...rest.length > 0 ? [[...pip, ...rest]] : []
		].map((run) => ({
			run,
			directory
		})),
		after: [
			...files,
			"pyproject.toml",
			"setup.py",
			"setup.cfg"
		].map((file) => under(directory, file))
	};
}
/** What a group of PEP 735 asks for, groups that it includes among it. */
function requirementsOf(groups, name, seen) {
	const entries = groups[name];
	if (!Array.isArray(entries) || seen.has(name)) return [];
	seen.add(name);
	return entries.flatMap((entry) => {
		if (typeof entry === "string") return [entry];
		const other = tableOf(entry)["include-group"];
		return typeof other === "string" ? requirementsOf(groups, other, seen) : [];
	});
}
const WITHOUT = {
	lint: "neither ruff, flake8 nor black is configured",
	types: "neither mypy nor pyright is configured",
	tests: "neither pytest nor a file test*.py is there",
	build: "Python has nothing to build"
};
const withoutOf = (gate, directory) => directory === "" ? WITHOUT[gate] : `${WITHOUT[gate]} in ${directory}`;
/** @param targets what is looked at, relative to the package. */
function stepsFor(bench, each, gate, targets) {
	const { program, isInstalled } = bench;
	const { directory, tool, toml } = each;
	const step = (...run) => {
		if (program === "uv") return {
			run: [
				"uv",
				"run",
				"--no-sync",
				...run
			],
			directory
		};
		if (program === "poetry") return {
			run: [
				"poetry",
				"run",
				...run
			],
			directory
		};
		const [name = "", ...rest] = run;
		return {
			run: [isInstalled ? `.venv/bin/${name}` : name === "python" ? "python3" : name, ...rest],
			directory
		};
	};
	switch (gate) {
		case "lint": return targets.length === 0 ? [] : lintersOf(each, targets).map((run) => step(...run));
		case "types": {
			const run = typesOf(each, targets);
			return run ? [step(...run)] : [];
		}
		case "tests": {
			const some = targets.includes(".") ? [] : targets;
			if (hasPytest(each)) return targets.length === 0 ? [] : [step("pytest", "-q", ...some)];
			const unittest = each === bench.root && bench.members.length > 1 ? void 0 : unittestOf(each);
			return unittest ? [step("python", "-m", "unittest", "discover", ...unittest)] : [];
		}
		case "build":
			if (!(toml["build-system"] !== void 0 && tableOf(tool.uv).package !== false)) return [];
			if (program === "uv") return [{
				run: ["uv", "build"],
				directory
			}];
			if (program === "poetry" && tableOf(tool.poetry)["package-mode"] !== false) return [{
				run: ["poetry", "build"],
				directory
			}];
			return each.needs.has("build") ? [step("python", "-m", "build")] : [];
	}
}
const hasSection = ({ ini }, name) => ini.includes(`[${name}]`);
function lintersOf(each, targets) {
	const { tool, files, needs } = each;
	const runs = [];
	const ruff = tool.ruff !== void 0 || files.includes("ruff.toml") || files.includes(".ruff.toml");
	if (ruff || needs.has("ruff")) {
		runs.push([
			"ruff",
			"check",
			...targets
		]);
		if (tableOf(tool.ruff).format !== void 0) runs.push([
			"ruff",
			"format",
			"--check",
			...targets
		]);
	}
	if (files.includes(".flake8") || hasSection(each, "flake8") || needs.has("flake8") && runs.length === 0) runs.push([
		"flake8",
		"--extend-exclude",
		".venv",
		...targets
	]);
	if (tool.black !== void 0 || needs.has("black") && !ruff) runs.push([
		"black",
		"--check",
		...targets
	]);
	return runs;
}
function typesOf(each, targets) {
	const { tool, files, needs } = each;
	const mypy = tableOf(tool.mypy);
	if (tool.mypy !== void 0 || files.includes("mypy.ini") || files.includes(".mypy.ini") || hasSection(each, "mypy")) return ([
		"files",
		"packages",
		"modules"
	].some((key) => mypy[key] !== void 0) || /^[ \t]*files[ \t]*=/m.test(each.ini)) && targets.includes(".") ? ["mypy"] : withTargets("mypy", targets);
	if (tool.pyright !== void 0 || files.includes("pyrightconfig.json")) return ["pyright"];
	if (tool.basedpyright !== void 0) return ["basedpyright"];
	if (needs.has("mypy")) return withTargets("mypy", targets);
	return needs.has("pyright") ? ["pyright"] : void 0;
}
const withTargets = (program, targets) => targets.length === 0 ? void 0 : [program, ...targets];
const hasPytest = (each) => each.tool.pytest !== void 0 || each.needs.has("pytest") || hasSection(each, "tool:pytest") || hasSection(each, "pytest") || each.files.some((file) => nameOf(file) === "pytest.ini" || nameOf(file) === "conftest.py");
/** Where unittest has to start; undefined where there is nothing of its kind. A directory without `__init__.py` is one itself. */
function unittestOf({ files }) {
	const tests = files.filter((file) => /^test[^/]*\.py$/.test(nameOf(file)));
	if (tests.length === 0) return void 0;
	const places = [...new Set(tests.map(directoryOf))];
	const [place = ""] = places;
	const isPackage = place === "" || files.includes(`${place}/__init__.py`);
	return places.length === 1 && !isPackage ? ["-s", place] : [];
}
function auditOf(listing, program, { directory }) {
	const pipAudit = [
		"pip-audit",
		"--format",
		"json",
		"--progress-spinner",
		"off"
	];
	const audit = (run, after, prepare = []) => ({
		kind: "audit",
		form: "pip-audit",
		step: {
			run,
			directory
		},
		after: after.map((file) => under(directory, file)),
		...prepare.length > 0 ? { prepare } : {}
	});
	const list = "{scratch}/requirements.txt";
	const exact = [
		"--no-deps",
		"--disable-pip",
		"--requirement",
		list
	];
	if (program === "uv" && listing.files.has(under(directory, "uv.lock"))) {
		const run = [
			"uv",
			"export",
			"--frozen",
			"--no-dev",
			"--no-emit-workspace",
			"--no-hashes",
			"--quiet"
		];
		return audit([...pipAudit, ...exact], ["uv.lock"], [{
			run: [
				...run,
				"--output-file",
				list
			],
			directory
		}]);
	}
	const files = requirementFiles(listing, directory);
	if (files.length > 0) return audit([...pipAudit, ...files.flatMap((file) => ["--requirement", file])], files);
	return {
		kind: "not applicable",
		why: `nothing says exactly what ${under(directory, "pyproject.toml")} installs (no uv.lock, no requirements.txt)`
	};
}

// src/segment/gates/tasks.ts
/**
* The repository's own names for its gates outside of package.json: targets of make, recipes of just, tasks of Task and
* mise. They come before any tool that swarm would run by itself: whoever wrote them knows how.
*/
const MANIFESTS$1 = /(?:^|\/)(?:GNUmakefile|[Mm]akefile|\.?[Jj]ustfile|Taskfile\.ya?ml|Taskfile\.dist\.ya?ml|\.?mise\.toml)$/;
const NAMES = {
	lint: ["lint"],
	types: [
		"typecheck",
		"type-check",
		"types",
		"check-types"
	],
	tests: [
		"test",
		"tests",
		"check"
	],
	build: ["build"]
};
const KINDS = [
	{
		file: /^(?:GNUmakefile|[Mm]akefile)$/,
		program: ["make"],
		names: makeTargets
	},
	{
		file: /^\.?[Jj]ustfile$/,
		program: ["just"],
		names: justRecipes
	},
	{
		file: /^Taskfile(?:\.dist)?\.ya?ml$/,
		program: ["task"],
		names: (text) => keysOf(readYaml(text).tasks)
	},
	{
		file: /^\.?mise\.toml$/,
		program: ["mise", "run"],
		names: (text) => keysOf(readToml(text).tasks)
	}
];
/** By directory, at most one of each: the first kind that has a task for a gate gives it. */
function findTasks(listing) {
	const found = /* @__PURE__ */ new Map();
	for (const kind of KINDS) for (const directory of directoriesWith(listing, kind.file)) {
		const file = [...listing.files].find((each) => isIn(each, directory, kind.file));
		const text = file === void 0 ? void 0 : listing.text(file);
		if (file === void 0 || text === void 0) continue;
		const names = kind.names(text);
		const tasks = {
			directory,
			file,
			task(gate) {
				const name = NAMES[gate].find((each) => names.has(each));
				return name === void 0 ? void 0 : [...kind.program, name];
			}
		};
		found.set(directory, [...found.get(directory) ?? [], tasks]);
	}
	return found;
}
const isIn = (path, directory, name) => {
	const own = directory === "" ? path : path.startsWith(`${directory}/`) ? path.slice(directory.length + 1) : "/";
	return name.test(own) && under(directory, own) === path;
};
/** Longer ones name nothing, and are not worth the time that a pattern takes with them. */
const linesOf = (text) => text.split("\n").filter((line) => line.length <= 500);
/** Targets with a plain name; not variables (`:=`), nor patterns. */
function makeTargets(text) {
	const names = /* @__PURE__ */ new Set();
	for (const line of linesOf(text)) {
		const [, targets] = /^([A-Za-z0-9][\w. -]*?)\s*::?(?![:=])/.exec(line) ?? [];
		for (const name of targets?.split(/\s+/) ?? []) names.add(name);
	}
	return names;
}
/** Recipes that can be run as they are: without parameters, or with a default for each. */
function justRecipes(text) {
	const names = /* @__PURE__ */ new Set();
	for (const line of linesOf(text)) {
		const [, name, parameters = ""] = /^@?([A-Za-z_][\w-]*)((?:\s[^:]*)?):(?!=)/.exec(line) ?? [];
		if (name === void 0 || name === "set" || name === "alias" || name === "export") continue;
		if (!parameters.trim().split(/\s+/).some((each) => each !== "" && !each.includes("=") && !each.startsWith("*"))) names.add(name);
	}
	return names;
}
const keysOf = (value) => new Set(Object.keys(tableOf(value)));
function readYaml(text) {
	if (text.length > 65536) return {};
	try {
		return tableOf((0, import_dist.parse)(text, { maxAliasCount: 100 }));
	} catch {
		return {};
	}
}
function readToml(text) {
	try {
		return parse(text);
	} catch {
		return {};
	}
}

// src/segment/gates/find.ts
const DEFAULT_MINUTES = 20;
const CONFIG_FILE = ".github/swarm.yml";
const MANIFESTS = [
	MANIFESTS$6,
	MANIFESTS$2,
	MANIFESTS$4,
	MANIFESTS$5,
	MANIFESTS$3,
	MANIFESTS$1
];
/** Whether `findGates` wants to see this file's text. */
const isManifest = (path) => MANIFESTS.some((each) => each.test(path)) && isProjectDirectory(directoryOf(path));
/** The most that such a text may hold; the rest are no manifests that people write. */
const MANIFEST_BYTES = 524288;
/** @param change where there is one: only what it touches, and whoever depends on that, is held to the gates. */
function findGates(base, choices, change) {
	const projects = projectsOf(base, change);
	const found = GATES.map((gate) => {
		const choice = choices[gate] ?? {};
		if (choice.off) return notApplicable(gate, `switched off in ${CONFIG_FILE}`);
		if (gate === "scope") return {
			kind: "scope",
			gate
		};
		if (gate === "security") return security(choice, projects);
		if (choice.run) return configured(gate, choice.run, choice);
		return detected(gate, choice, projects);
	});
	const named = Object.entries(choices).filter(([gate]) => !GATES.includes(gate) && gate !== "install").map(([gate, choice]) => choice.off ? notApplicable(gate, `switched off in ${CONFIG_FILE}`) : choice.run ? configured(gate, choice.run, choice) : notApplicable(gate, `${CONFIG_FILE} gives it no \`run\``));
	return {
		gates: [...found, ...named],
		installs: installsOf(projects, choices, [...found, ...named]),
		meanings: meaningsOf(base, projects),
		files: (change?.after ?? base).files
	};
}
const notApplicable = (gate, why) => ({
	kind: "not applicable",
	gate,
	why
});
const timeoutMs = (choice) => (choice.timeoutMinutes ?? DEFAULT_MINUTES) * 6e4;
const configured = (gate, run, choice) => ({
	kind: "commands",
	gate,
	steps: [{
		run,
		directory: choice.directory ?? "",
		environment: choice.environment ?? {}
	}],
	timeoutMs: timeoutMs(choice),
	without: []
});
const FINDERS = [
	findJavaScript,
	findPython,
	findGo,
	findRust,
	findMaven,
	findGradle,
	findDotnet,
	findRuby,
	findPhp,
	findElixir
];
const workspacesOf = (listing) => FINDERS.flatMap((find) => find(listing)).filter(isWorthIt);
/** Manifests of documentation and tools lie about in repositories; where nothing can be checked, nothing is installed. */
const isWorthIt = (workspace) => workspace.directory === "" || FOUND_GATES.some((gate) => workspace.find(gate, "all").steps.length > 0);
function projectsOf(base, change) {
	const before = workspacesOf(base);
	const tasks = findTasks(base);
	if (!change) return {
		held: before.map((workspace) => ({
			workspace,
			held: "all",
			brought: /* @__PURE__ */ new Set()
		})),
		tasks,
		isAtRoot: before.some(({ directory }) => directory === "")
	};
	const after = workspacesOf(change.after);
	const same = (a, b) => a.ecosystem === b.ecosystem && a.directory === b.directory;
	const own = before.filter(({ directory }) => hasFiles(change.after, directory)).map((workspace) => livingPart(workspace, change.after));
	const brought = after.filter((each) => !before.some((other) => same(each, other)));
	const all = [...own, ...brought];
	const holds = holdTo(all, change.changed);
	const tasksBrought = [...findTasks(change.after)].filter(([directory]) => before.length === 0 && tasks.size === 0 ? true : directory !== "" && brought.some((each) => each.directory === directory));
	return {
		held: all.flatMap((workspace) => {
			const now = after.find((each) => same(each, workspace));
			const known = new Set(workspace.members.map(({ directory }) => directory));
			const added = new Set((now?.members ?? []).map(({ directory }) => directory).filter((each) => !known.has(each)));
			const held = holds.get(workspace) ?? "all";
			if (held !== "all" && held.size === 0 && added.size === 0) return [];
			return [{
				workspace,
				held,
				brought: added,
				...now && now !== workspace ? { after: now } : {}
			}];
		}),
		tasks: new Map([...tasksBrought, ...tasks]),
		isAtRoot: all.some(({ directory }) => directory === "")
	};
}
const hasFiles = (listing, directory) => {
	for (const file of listing.files) if (isWithin(file, directory)) return true;
	return false;
};
/** Without members whose directories are gone: nothing can be run there. */
function livingPart(workspace, after) {
	const gone = workspace.members.filter(({ directory }) => !hasFiles(after, directory));
	if (gone.length === 0) return workspace;
	const members = workspace.members.filter((each) => !gone.includes(each));
	const living = new Set(members.map(({ directory }) => directory));
	return {
		...workspace,
		members,
		find(gate, held) {
			const found = workspace.find(gate, held === "all" ? living : held);
			return {
				...found,
				steps: found.steps.filter(({ directory }) => hasFiles(after, directory))
			};
		}
	};
}
function detected(gate, choice, { held, tasks, isAtRoot }) {
	const isWanted = ({ directory }) => choice.directory === void 0 || isWithin(directory, choice.directory.replace(/\/+$/, ""));
	const taskAt = (directory) => {
		const run = tasks.get(directory)?.map((each) => each.task(gate)).find((each) => each !== void 0);
		return run && {
			run,
			directory,
			...pathOf(held, directory)
		};
	};
	const steps = [];
	const without = [];
	const forAll = isAtRoot || choice.directory !== void 0 ? void 0 : taskAt("");
	if (forAll) steps.push(forAll);
	else {
		const wanted = held.filter(({ workspace }) => isWanted(workspace));
		for (const project of wanted) {
			const found = foundIn(project, gate);
			const task = found.by === void 0 ? taskAt(project.workspace.directory) : void 0;
			if (!task) {
				steps.push(...found.steps);
				without.push(...found.without);
			} else if (!steps.some((each) => sayStep(each) === sayStep(task))) steps.push(task);
		}
	}
	const timeout = timeoutMs(choice);
	const { environment } = choice;
	if (steps.length > 0) return {
		kind: "commands",
		gate,
		steps: environment ? steps.map((step) => withVariables(step, environment)) : steps,
		timeoutMs: timeout,
		without: [...new Set(without)]
	};
	const why = without.length > 0 ? shortList([...new Set(without)]) : reasonForNothing(held, choice);
	return notApplicable(gate, `${why}; set gates.${gate}.run in ${CONFIG_FILE}`);
}
const withVariables = (step, more) => ({
	...step,
	environment: {
		...step.environment,
		...more
	}
});
function reasonForNothing(held, { directory }) {
	if (directory !== void 0) return `no project that swarm knows is in ${directory}`;
	return held.length > 0 ? "the change touches nothing that has this gate" : `no manifest of ${ECOSYSTEMS.slice(0, -1).join(", ")} or ${ECOSYSTEMS.at(-1) ?? ""} is there`;
}
/** The base's steps; the change's own for what it adds, and where the base has none. */
function foundIn({ workspace, held, after, brought }, gate) {
	const isHeld = held === "all" || held.size > 0;
	const found = isHeld ? workspace.find(gate, held) : {
		steps: [],
		without: []
	};
	if (!after) return found;
	if (found.steps.length === 0 && isHeld) {
		const own = after.find(gate, held === "all" ? "all" : /* @__PURE__ */ new Set([...held, ...brought]));
		return own.steps.length > 0 ? own : found;
	}
	if (brought.size === 0) return found;
	const more = after.find(gate, brought).steps.filter((step) => !found.steps.some((each) => sayStep(each) === sayStep(step)));
	return {
		...found,
		steps: [...found.steps, ...more]
	};
}
/** What a task at a directory may call by its bare name. */
function pathOf(held, directory) {
	return held.some(({ workspace }) => workspace.ecosystem === "Python" && workspace.directory === directory) ? { path: [directory === "" ? ".venv/bin" : `${directory}/.venv/bin`] } : {};
}
function security(choice, { held }) {
	return {
		kind: "security",
		gate: "security",
		audits: choice.run ? [{
			kind: "audit",
			form: "exit code",
			step: {
				run: choice.run,
				directory: choice.directory ?? "",
				environment: choice.environment ?? {}
			},
			after: []
		}] : held.length === 0 ? [{
			kind: "not applicable",
			why: "there is no lock file with dependencies"
		}] : held.map(({ workspace, after }) => workspace.audit.kind === "not applicable" && after ? after.audit : workspace.audit),
		timeoutMs: timeoutMs(choice)
	};
}
function installsOf({ held }, { install }, gates) {
	if (install?.off) return [];
	if (install?.run) return [{
		steps: [{
			run: install.run,
			directory: install.directory ?? "",
			environment: install.environment ?? {}
		}],
		after: held.flatMap(({ workspace }) => workspace.install?.after ?? [])
	}];
	if (!gates.some(({ kind }) => kind === "commands")) return [];
	return held.flatMap(({ workspace, after }) => workspace.install ?? after?.install ?? []);
}
function meaningsOf(base, { held, tasks }) {
	const scripts = Object.assign({}, ...held.map(({ workspace }) => workspace.scripts ?? {}));
	const texts = {};
	for (const { file } of [...tasks.values()].flat()) {
		const text = base.text(file);
		if (text !== void 0) texts[file] = text;
	}
	return {
		scripts,
		texts
	};
}
/** `npm run lint`, or `web: npm run lint` where it is not at the root. */
const sayStep = ({ run, directory }) => directory === "" ? run.join(" ") : `${directory}: ${run.join(" ")}`;
/** What a gate does in one line, for people; what it leaves out is said too. */
function sayGate(gate) {
	switch (gate.kind) {
		case "commands": {
			const steps = gate.steps.map(sayStep).join("; ");
			return gate.without.length === 0 ? steps : `${steps} (but ${shortList(gate.without)})`;
		}
		case "not applicable": return gate.why;
		case "scope": return "file scope, protected files, names, modes and sizes";
		case "security": return "secret scan of the change";
	}
}
const shortList = (reasons) => {
	const shown = reasons.slice(0, 3).join("; ");
	return reasons.length > 3 ? `${shown}; and ${reasons.length - 3} more such` : shown;
};
/** Each command that an agent can run itself, with its gate. */
const commandsOf = (gates) => gates.flatMap((gate) => gate.kind === "commands" ? gate.steps.map((step) => ({
	gate: gate.gate,
	command: sayForShell(step)
})) : []);
const sayForShell = ({ run, directory }) => {
	const command = run.join(" ");
	return directory === "" ? command : `cd ${directory} && ${command}`;
};

// src/segment/gates/definition.ts
async function readDefinition(store, { commit, before = commit }, choices) {
	const base = await readListing(store, commit);
	return {
		...findGates(base, choices),
		async heldTo(tree, changed) {
			return findGates(base, choices, {
				changed,
				after: await readListing(store, tree)
			});
		},
		async checkOutBefore(directory) {
			await WorkTree.make(store, directory, before);
		}
	};
}
/** Names of all files of a commit or tree, and the texts of its manifests. Links are files here, and have no text. */
async function readListing(store, treeish) {
	const listed = await store.run([
		"ls-tree",
		"-r",
		"-l",
		"-z",
		"--full-tree",
		treeish
	]);
	const blobs = /* @__PURE__ */ new Map();
	const files = /* @__PURE__ */ new Set();
	for (const line of listed.toString("utf8").split("\0")) {
		const [, mode = "", id = "", size = "", path = ""] = /^(\d+) \w+ (\w+) +(\d+|-)\t(.*)$/s.exec(line) ?? [];
		if (path === "") continue;
		files.add(path);
		if (mode.startsWith("100") && Number(size) <= 524288 && isManifest(path)) blobs.set(path, id);
	}
	const texts = await readBlobs(store, [...new Set(blobs.values())]);
	return {
		files,
		text: (path) => texts.get(blobs.get(path) ?? "")?.toString("utf8")
	};
}

// src/segment/assignment.ts
/**
* What an attempt is about, read from the journal: never from a job's inputs, which only name it.
*
* The issue's text is the one that was authorised; its spec, and with it the file scope, follows from that text.
*/
/** The journal does not know of this work, or not any more. */
var NoAssignment = class extends Error {
	name = "NoAssignment";
};
async function readAssignment(site, attemptId) {
	const { client, repository, epic } = site;
	const journal = (await readJournal(client, repository, epic))?.journal;
	const attempt = journal && findAttempt(journal, attemptId);
	if (!journal || !attempt) throw new NoAssignment(`The journal of #${epic} has no attempt ${attemptId}.`);
	const number = issueNumber(Number(attempt.id.split("-")[0]));
	const latest = journal.segments[number]?.attempts.at(-1)?.id;
	if (attempt.outcome || latest !== attempt.id || journal.segments[number]?.skipped || journal.phase === "finished") throw new NoAssignment(`Attempt ${attemptId} of #${epic} has ended; nothing is done for it any more.`);
	const [text, epicText, config] = await Promise.all([
		readAuthorisedText(client, repository, epic, number),
		readAuthorisedText(client, repository, epic, epic),
		readChecked(site)
	]);
	if (!text) throw new NoAssignment(`No text of #${number} was authorised in #${epic}.`);
	const record = journal.segments[number];
	if (!record) throw new NoAssignment(`The journal of #${epic} has no segment #${number}.`);
	const { spec } = readSpec({
		number,
		...text
	});
	const before = record.attempts.filter((each) => each.number < attempt.number);
	const published = before.findLast((each) => each.outcome?.kind === "published") ?? before.at(-1);
	return {
		journal,
		config,
		attempt,
		record,
		segment: {
			number,
			title: text.title,
			spec,
			blockedBy: journal.authorisation?.segments[number]?.blockedBy ?? [],
			branch: attempt.branch,
			...record.fix ? { fix: record.fix } : {}
		},
		text,
		epicText: epicText ?? {
			title: `#${epic}`,
			body: "",
			labels: []
		},
		baseBranch: journal.authorisation?.baseBranch ?? "",
		fromBase: attempt.from ? published?.base : void 0,
		asked: attempt.kept ? before.at(-1) : void 0
	};
}
/** The config of the default branch. One that is wrong stops the job: half of a config is another config. */
async function readChecked({ client, repository }) {
	const { file, text } = await readConfigText(client, repository);
	const { config, diagnostics } = readConfig(text, file);
	const wrong = diagnostics.find(({ level }) => level === "error");
	if (wrong) throw new NoAssignment(sayProblem(wrong.problem, { form: "plain" }).what);
	return config;
}
/** The gates as the files of a commit and the config define them. */
const gatesOf = (store, commit, config, before) => readDefinition(store, {
	commit,
	...before === void 0 ? {} : { before }
}, config.gates);

export { commandsOf as a, isProjectDirectory as c, tableOf as d, under as f, readChecked as i, nameOf as l, gatesOf as n, sayGate as o, WorkTree as p, readAssignment as r, sayStep as s, NoAssignment as t, resolved as u };