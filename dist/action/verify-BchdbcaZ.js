import { i as writeVerifyOutcome, t as readOutcome } from "./outcome-CIHDRoqg.js";
import { s as enforcedScope } from "./epic-BlD3cFx_.js";
import { b as judgeBaseline, f as networkSection, h as TESTS_FIRST, i as gatesTable, x as knownGates } from "./pull-D21j_oio.js";
import { C as readBlobs, F as parseJsonc, I as tableOf, L as textsOf, M as directoryOf, N as isProjectDirectory, O as sayGate, P as nameOf, R as under, T as distinctiveSecrets, b as judgeTree, d as gatesOf, f as openSandbox, h as readChecked, i as withSite, j as YAML_BYTES, k as sayStep, l as NoAssignment, m as readAttemptTree, n as readPatch, p as readAssignment, r as saveArtefact, u as gateRunnerFor, v as sameNames, w as Store, y as WorkTree, z as parse } from "./part-Cbdrj7P3.js";
import { s as readJournal } from "./journal-B699pn1s.js";
import { p as redactAll, r as block } from "./safe-CjCK4Ka7.js";
import { r as readYaml } from "./read-w1XZ6ttS.js";
import { i as summaryOf, n as digestOf, r as faultOf } from "./pair-fZfxDjoP.js";
import { a as sayProblem, r as formatProblem } from "./problems-BiC_g5zC.js";
import { i as idOf } from "./job-gD2SKWMN.js";
import { join } from "node:path";

// src/gates/setup/versions.ts
/**
* The tools and versions that a repository asks for, in the files that version managers, package managers, development
* containers and other agents read.
*
* Pure: names and texts of files in, names and versions out. A file that cannot be read asks for nothing.
*/
const COPILOT_SETUP = ".github/workflows/copilot-setup-steps.yml";
const DEVCONTAINERS = [".devcontainer/devcontainer.json", ".devcontainer.json"];
const firstLine = (text) => text.split("\n").map((line) => line.replace(/(?:^|\s)#.*/, "").trim()).find((line) => line !== "");
const lineOf = (tool) => (text) => ({ [tool]: firstLine(text) });
/** The names of tools that asdf and mise use, where they are not those of the set-up actions. */
const SAME = /* @__PURE__ */ new Map([
	["nodejs", "node"],
	["golang", "go"],
	["dotnet-core", "dotnet"],
	["jdk", "java"]
]);
const sameTool = (name) => SAME.get(name) ?? name;
/** In the order in which they decide. */
const READERS = [
	[".nvmrc", lineOf("node")],
	[".node-version", lineOf("node")],
	[".python-version", lineOf("python")],
	[".ruby-version", lineOf("ruby")],
	[".java-version", lineOf("java")],
	["rust-toolchain.toml", rustToolchain],
	["rust-toolchain", rustToolchain],
	["global.json", (text) => ({ dotnet: textsOf(tableOf(parseJsonc(text)).sdk).version })],
	["mise.toml", ofMise],
	[".mise.toml", ofMise],
	[".tool-versions", ofToolVersions],
	["package.json", ofPackage],
	["go.mod", ofGo]
];
function rustToolchain(text) {
	const { channel } = textsOf(tableOf(tomlOf(text)).toolchain);
	return { rust: channel ?? (text.includes("[") ? void 0 : firstLine(text)) };
}
function ofMise(text) {
	const tools = Object.entries(tableOf(tableOf(tomlOf(text)).tools)).map(([name, value]) => {
		const [first] = Array.isArray(value) ? value : [value];
		const version = typeof first === "object" && first !== null ? tableOf(first).version : first;
		return [sameTool(name), typeof version === "string" ? version : void 0];
	});
	return Object.fromEntries(tools);
}
function ofToolVersions(text) {
	const lines = text.split("\n").map((line) => line.replace(/#.*/, "").trim().split(/\s+/));
	return Object.fromEntries(lines.map(([name = "", version]) => [sameTool(name), version]));
}
function ofPackage(text) {
	const { engines, volta, packageManager } = tableOf(parseJsonc(text));
	const [, manager, version] = /^(pnpm|yarn|bun)@(\d[^+\s]*)/.exec(String(packageManager)) ?? [];
	return {
		node: textsOf(volta).node ?? textsOf(engines).node,
		...manager === void 0 ? {} : { [manager]: version }
	};
}
/** The newest that it names is the oldest that will do: https://go.dev/doc/toolchain */
function ofGo(text) {
	const least = /^toolchain\s+go(\d\S*)/m.exec(text)?.[1] ?? /^go\s+(\d\S*)/m.exec(text)?.[1];
	return { go: least === void 0 ? void 0 : `>=${least}` };
}
function tomlOf(text) {
	try {
		return parse(text);
	} catch {
		return;
	}
}
/** True for files that `readAsked` needs the text of. */
const asksForVersions = (path) => path === COPILOT_SETUP || DEVCONTAINERS.includes(path) || READERS.some(([file]) => file === nameOf(path)) && isProjectDirectory(directoryOf(path));
/** @param directories those of projects: in others, such a file is for something else. The root counts always. */
function readAsked(texts, directories) {
	const asked = [.../* @__PURE__ */ new Set(["", ...directories])].flatMap((directory) => READERS.flatMap(([name, read]) => {
		const file = under(directory, name);
		const text = texts.get(file);
		return text === void 0 ? [] : askedIn(read(text), file);
	}));
	const copilot = ofCopilot(texts.get(COPILOT_SETUP));
	const containers = DEVCONTAINERS.map((file) => ofContainer(texts.get(file), file));
	return {
		asked: [...asked, ...[copilot, ...containers].flatMap((each) => each.asked)],
		others: [copilot, ...containers].flatMap(({ file, names }) => names.length > 0 ? [{
			file,
			names
		}] : [])
	};
}
const askedIn = (versions, file) => Object.entries(versions).flatMap(([tool, version]) => tool === "" || version === void 0 || version === "" ? [] : [{
	tool,
	version: version.replace(/^v(?=\d)/, ""),
	file
}]);
/** `actions/setup-node` has an input `node-version`, and so have the others of their tools. */
const SETUP_ACTION = /^[\w.-]+\/setup-(node|python|go|java|ruby|dotnet|deno|bun|php)@/;
/** https://docs.github.com/en/copilot/how-tos/use-copilot-agents/coding-agent/customize-the-agent-environment */
function ofCopilot(text) {
	const file = COPILOT_SETUP;
	const yaml = text === void 0 ? void 0 : readYaml(text, {
		maxBytes: YAML_BYTES,
		aliases: "share"
	});
	const jobs = yaml?.kind === "read" ? tableOf(tableOf(yaml.value).jobs) : {};
	const { steps } = tableOf(jobs["copilot-setup-steps"]);
	const names = [];
	const asked = [];
	for (const step of Array.isArray(steps) ? steps.map(tableOf) : []) {
		const { uses = "", name, run } = textsOf(step);
		const tool = SETUP_ACTION.exec(uses)?.[1];
		const version = tool === void 0 ? void 0 : tableOf(step.with)[`${tool}-version`];
		if (tool !== void 0 && (typeof version === "string" || typeof version === "number")) asked.push(...askedIn({ [tool]: String(version) }, file));
		else if (!/^actions\/checkout@/.test(uses) && tool === void 0) names.push(name ?? (uses === "" ? firstLine(run ?? "") ?? "" : uses));
	}
	return {
		file,
		asked,
		names: names.filter((each) => each !== "")
	};
}
/** Features are named by their address; the last part of its path is the tool. */
function ofContainer(text, file) {
	const features = Object.entries(tableOf(tableOf(text === void 0 ? void 0 : parseJsonc(text)).features));
	const names = [];
	const asked = [];
	for (const [address, options] of features) {
		const tool = sameTool(/([\w.-]+?)(?:[:@][^/]*)?$/.exec(address)?.[1] ?? address);
		const version = typeof options === "string" ? options : textsOf(options).version;
		if (version !== void 0 && /\d/.test(version)) asked.push(...askedIn({ [tool]: version }, file));
		else names.push(tool);
	}
	return {
		file,
		asked,
		names
	};
}
/** True for a range without an end. The version that is already on the machine may do. */
const isMinimum = (version) => /^>=?/.test(version);
/**
* Two versions that are written as plain numbers fit if one is the beginning of the other: `18` and `18.19.0`.
*
* @returns undefined if this cannot be said, as of `lts/*` or a range.
*/
function fits(asked, given) {
	const plain = (version) => /^\d+(?:\.(?:\d+|x))*$/.test(version) ? version.split(".").filter((part) => part !== "x") : void 0;
	const [least] = /^>=\s*(\d+(?:\.\d+)*)$/.exec(asked)?.slice(1) ?? [];
	const has = plain(given.replace(/^v(?=\d)/, ""));
	if (has === void 0) return void 0;
	if (least !== void 0) return !isLess(has, least.split("."));
	return plain(asked)?.every((part, at) => has[at] === void 0 || has[at] === part);
}
/** Parts that are missing count as the newest: `20` may be `20.11`. */
function isLess(has, least) {
	for (const [at, part] of least.entries()) {
		const own = has[at];
		if (own === void 0 || Number(own) > Number(part)) return false;
		if (Number(own) < Number(part)) return true;
	}
	return false;
}

// src/gates/setup/workflows.ts
/**
* The steps of the installed workflows that set up tools, compared with the versions that the repository asks for.
*
* Pure: texts in, advice out. The jobs have no checkout, because Swarm fetches the code itself. So a step has to name its
* version: an input such as `node-version-file` finds no file.
*/
/** The jobs in which gates run. */
const JOBS = [
	{
		file: "segment.yml",
		job: "work"
	},
	{
		file: "segment.yml",
		job: "verify"
	},
	{
		file: "swarm.yml",
		job: "calibrate"
	}
];
const FOLDER = ".github/workflows/";
const isWorkflow = (path) => path.startsWith(FOLDER) && /^[^/]+\.ya?ml$/.test(path.slice(18));
/** @param texts of all workflows, by path. */
function compareSetup({ asked }, texts) {
	const jobs = JOBS.map((each) => ({
		...each,
		steps: stepsOf(texts.get(`${FOLDER}${each.file}`), each.job)
	}));
	const workflows = [...texts].filter(([file]) => isWorkflow(file));
	const byTool = Map.groupBy(asked, ({ tool }) => tool);
	return [...byTool].flatMap(([tool, all]) => {
		const [first] = all;
		if (!first || tool === "erlang" && byTool.has("elixir")) return [];
		const step = stepFor(first, byTool.get("erlang")?.[0]?.version, workflows);
		const isHonoured = nameOf(first.file) === "package.json" && tool !== "node";
		const found = jobs.map(({ file, job, steps }) => {
			return {
				file,
				job,
				...steps ? setUpIn(steps, first) : { has: "no job" }
			};
		});
		const faults = [
			"another version",
			"no file",
			...isMinimum(first.version) ? [] : MISSING
		];
		return [{
			...first,
			against: all.filter(({ version }) => fits(version, first.version) === false),
			isHonoured,
			jobs: found,
			isLacking: !isHonoured && found.some(({ has }) => faults.includes(has)),
			...step === void 0 ? {} : { step }
		}];
	});
}
const MISSING = ["nothing", "no job"];
function stepsOf(text, job) {
	const yaml = text === void 0 ? void 0 : readYaml(text, {
		maxBytes: YAML_BYTES,
		aliases: "share"
	});
	const { steps } = yaml?.kind === "read" ? tableOf(tableOf(tableOf(yaml.value).jobs)[job]) : {};
	return Array.isArray(steps) ? steps.map(tableOf) : void 0;
}
/** Actions that install what files of the repository name, for all tools. */
const MANAGERS = /^(?:jdx\/mise-action|asdf-vm\/actions(?:\/\w+)?)@/;
const RUST = /^(?:dtolnay\/rust-toolchain|actions-rust-lang\/setup-rust-toolchain|actions-rs\/toolchain)@(\S+)/;
function setUpIn(steps, { tool, version }) {
	const known = ACTIONS.get(tool);
	const hasCheckout = steps.some((step) => /^actions\/checkout@/.test(textsOf(step).uses ?? ""));
	for (const step of steps.toReversed()) {
		const { uses = "", run = "" } = textsOf(step);
		const inputs = tableOf(step.with);
		if (known && uses.startsWith(`${known.uses}@`)) {
			const given = inputs[known.input];
			const isFile = Object.keys(inputs).some((name) => name.endsWith("version-file"));
			if (given === void 0 && isFile) return { has: hasCheckout ? "unclear" : "no file" };
			return compared(version, given);
		}
		const rust = tool === "rust" ? RUST.exec(uses)?.[1] : void 0;
		if (rust !== void 0) return compared(version, inputs.toolchain ?? rust);
		if (MANAGERS.test(uses)) return { has: hasCheckout || inputs.mise_toml !== void 0 ? "unclear" : "no file" };
		if (new RegExp(`(?:^|[^\\w.-])${(tool === "rust" ? "rustup" : tool).replaceAll(/[^\w]/g, "\\$&")}(?:$|[^\\w-])`).test(run)) return run.includes(version) ? { has: "this version" } : { has: "unclear" };
	}
	return { has: "nothing" };
}
function compared(asked, given) {
	if (typeof given !== "string" && typeof given !== "number") return { has: "unclear" };
	const text = String(given);
	const fit = asked === text ? true : fits(asked, text);
	return {
		has: fit === void 0 ? "unclear" : fit ? "this version" : "another version",
		given: text
	};
}
const action = (uses, version, input, ...more) => ({
	uses,
	version,
	input,
	more
});
const ACTIONS = /* @__PURE__ */ new Map([
	["node", action("actions/setup-node", "v6", "node-version")],
	["python", action("actions/setup-python", "v6", "python-version")],
	["go", action("actions/setup-go", "v6", "go-version", "cache: false")],
	["java", action("actions/setup-java", "v5", "java-version")],
	["dotnet", action("actions/setup-dotnet", "v5", "dotnet-version")],
	["ruby", action("ruby/setup-ruby", "v1", "ruby-version")],
	["php", action("shivammathur/setup-php", "v2", "php-version")],
	["deno", action("denoland/setup-deno", "v2", "deno-version")],
	["bun", action("oven-sh/setup-bun", "v2", "bun-version")],
	["pnpm", action("pnpm/action-setup", "v4", "version")],
	["uv", action("astral-sh/setup-uv", "v6", "version")],
	["elixir", action("erlef/setup-beam", "v1", "elixir-version")]
]);
/** Names of distributions of Java, as version managers write them → those of `actions/setup-java`. */
const JAVA = /^(?:(temurin|zulu|corretto|liberica|microsoft|oracle|semeru|sapmachine|dragonwell)\w*-|[a-z]\w*-)?(\d[\w.+]*)$/;
/** A version in single quotes has to stay one. */
const PLAIN = /^[\w.*<>=~^|+/ -]{1,40}$/;
function stepFor({ tool, version }, erlang, workflows) {
	if (!PLAIN.test(version)) return void 0;
	if (tool === "rust") {
		const install = `rustup toolchain install ${version} --profile minimal --component rustfmt --component clippy`;
		return /^[\w.-]+$/.test(version) ? `- run: ${install} && rustup default ${version}` : void 0;
	}
	const found = ACTIONS.get(tool);
	if (!found) return void 0;
	const inputs = inputsOf(tool, version, found, erlang);
	const ref = usedIn(workflows, found.uses) ?? `${found.uses}@${found.version}`;
	return inputs && [
		`- uses: ${ref}`,
		"  with:",
		...inputs.map((line) => `    ${line}`)
	].join("\n");
}
function inputsOf(tool, version, { input, more = [] }, erlang) {
	switch (tool) {
		case "java": {
			const [, distribution = "temurin", number] = JAVA.exec(version) ?? [];
			return number === void 0 ? void 0 : [`distribution: ${distribution}`, `${input}: '${number}'`];
		}
		case "elixir": {
			const [, own = version, suffix] = /^(.*?)(?:-otp-(\d+))?$/.exec(version) ?? [];
			const otp = erlang ?? suffix;
			return otp === void 0 || !PLAIN.test(otp) ? void 0 : [`${input}: '${own}'`, `otp-version: '${otp}'`];
		}
		default: return [`${input}: '${version}'`, ...more];
	}
}
/** The action as another workflow of the repository names it, so that it stays pinned in the same way. */
function usedIn(workflows, uses) {
	const line = new RegExp(`\\buses: *(${uses.replaceAll("/", "\\/")}@[\\w./-]+(?: +# ?[\\w. -]{1,40})?)[ \\t]*$`, "m");
	for (const [, text] of workflows) {
		const found = line.exec(text)?.[1];
		if (found !== void 0) return found;
	}
}

// src/segment/before/baseline.ts
/**
* The gates of a commit before any agent works on it: the commands, the reason for each, and one run of all of them.
*
* Tree, walls and runner are those of a segment's jobs. A failure here is older than any segment, so no agent caused it. A gate
* that fails and then passes on the same files is flaky.
*/
/** @returns undefined if the machine does not have the walls that the config asks for. */
async function openBaseline(site) {
	const { store, commit, config } = site;
	const sandbox = await openSandbox(site, config);
	if (!sandbox) return void 0;
	const definition = await gatesOf(store, commit, config);
	const tree = await WorkTree.make(store, join(site.scratch, "tree", site.name), commit);
	const runner = gateRunnerFor(site, config, sandbox, {
		definition,
		tree
	});
	const held = await store.text([
		"rev-parse",
		"--verify",
		`${commit}^{tree}`
	]);
	const { projects, installs, gates, hints } = definition;
	return {
		isolation: sandbox.isolation,
		projects,
		installs: installs.flatMap(({ steps }) => steps.map(explain)),
		gates: gates.map(explainGate),
		...await readSetup(store, commit, projects.map((each) => each.directory)),
		hints: hints.map(({ text, absent }) => ({
			text,
			...absent ? { absent } : {}
		})),
		lacks: await runner.lacks(),
		run: (only) => runTwice({
			runner,
			sandbox,
			definition,
			held,
			secrets: site.secrets
		}, only),
		said: () => runner.said()
	};
}
const explain = (step) => ({
	command: sayStep(step),
	from: step.from ?? ""
});
function explainGate(gate) {
	switch (gate.kind) {
		case "commands": return {
			gate: gate.gate,
			kind: "commands",
			steps: gate.steps.map(explain),
			says: gate.without
		};
		case "not applicable": return {
			gate: gate.gate,
			kind: "not applicable",
			steps: [],
			says: [gate.why]
		};
		case "security": {
			const audits = gate.audits.flatMap((audit) => audit.kind === "audit" ? [explain(audit.step)] : []);
			const none = gate.audits.flatMap((audit) => audit.kind === "audit" ? [] : [`no audit: ${audit.why}`]);
			return {
				gate: gate.gate,
				kind: "own check",
				steps: audits,
				says: [sayGate(gate), ...new Set(none)]
			};
		}
		case "scope":
		case "mutation": return {
			gate: gate.gate,
			kind: "own check",
			steps: [],
			says: [sayGate(gate)]
		};
	}
}
/** The largest file that is read: people do not write larger ones. */
const SETUP_BYTES = 65536;
async function readSetup(store, commit, directories) {
	const listed = await store.run([
		"ls-tree",
		"-r",
		"-l",
		"-z",
		"--full-tree",
		commit
	]);
	const blobs = /* @__PURE__ */ new Map();
	for (const line of listed.toString("utf8").split("\0")) {
		const [, id = "", size = "", path = ""] = /^100\d+ blob (\w+) +(\d+)\t(.*)$/s.exec(line) ?? [];
		if ((asksForVersions(path) || isWorkflow(path)) && Number(size) <= SETUP_BYTES) blobs.set(path, id);
	}
	const found = await readBlobs(store, [...new Set(blobs.values())]);
	const texts = new Map([...blobs].map(([path, id]) => [path, found.get(id)?.toString("utf8") ?? ""]));
	const asked = readAsked(texts, directories);
	return {
		tools: compareSetup(asked, texts),
		otherSetup: asked.others
	};
}
async function runTwice(run, only) {
	const { runner, sandbox, definition, held, secrets } = run;
	const ended = (results, problems) => redactAll({
		results,
		problems,
		refused: sandbox.refused
	}, secrets);
	const installed = await installTwice(runner);
	if (installed?.verdict === "red") return ended([installed], []);
	const results = installed ? [installed] : [];
	const problems = [];
	for (const gate of definition.gates) {
		if (only === void 0 ? isOfChanges(gate) : gate.gate !== only) {
			if (only === void 0) results.push({
				verdict: "not applicable",
				result: notRun(gate)
			});
			continue;
		}
		const first = await runner.run(void 0, held, gate.gate);
		for (const result of first.results) {
			const again = isWorthAgain(result, first) ? await runner.run(void 0, held, gate.gate) : void 0;
			const verdict = verdictOf(result, again);
			if (verdict === "red") problems.push(...(again ?? first).problems);
			const failures = verdict === "red" ? sameNames(first.failures?.get(result.gate), again?.failures?.get(result.gate)) : void 0;
			results.push({
				verdict,
				result,
				...failures ? { failures } : {}
			});
		}
	}
	return ended(results, problems);
}
/** An audit is only red for faults that a change adds. It can take minutes, and there is no change here. */
const isOfChanges = (gate) => gate.kind === "security" && gate.audits.every((audit) => audit.kind !== "audit" || audit.form !== "exit code");
const notRun = ({ gate }) => ({
	gate,
	verdict: "not applicable",
	durationMs: 0,
	output: "",
	command: "only for changes; `--gate security` audits the dependencies as they are"
});
async function installTwice(runner) {
	const failed = await runner.install();
	if (!failed) return void 0;
	return {
		verdict: await runner.install() ? "red" : "flaky",
		result: failed.result
	};
}
/** One that had no program, or no time, would end in the same way. */
const isWorthAgain = ({ verdict }, { hopeless }) => verdict === "fail" && hopeless === void 0;
function verdictOf({ gate, verdict }, again) {
	switch (verdict) {
		case "pass": return "green";
		case "not applicable": return "not applicable";
		case "timed out":
		case "failed before": return "red";
		case "fail": return (again?.results.find((each) => each.gate === gate))?.verdict === "pass" ? "flaky" : "red";
	}
}
/** The gates that failed. */
const failuresOf = ({ results, problems }) => results.flatMap(({ verdict, result: { gate }, failures }) => {
	if (verdict !== "red" && verdict !== "flaky") return [];
	const isEmpty = gate === "tests" && problems.some(({ kind }) => kind === "NO_TESTS");
	if (verdict === "red" && isEmpty) return [{
		gate,
		state: "empty"
	}];
	return [{
		gate,
		state: verdict,
		...failures ? { failures } : {}
	}];
});

// src/segment/verify.ts
/**
* The verify job: a clean checkout of the base, the patch, the gates. It has no agent, no secret and no write access.
*
* Only its success counts (`needs.verify.result`); its output is for people. The same code checks the merged base at the
* end of a wave, and the base before the first agent, without a patch.
*/
/**
* @param outcome of the work job. If a tester wrote tests first, they are proven here again: they are the tester's, and they
* fail without the rest of the change.
*/
async function verifyAttempt(site, attemptId, patch, outcome) {
	const { attempt, config, segment, journal } = await readAssignment(site, attemptId);
	const refused = (problem) => ({
		verdict: "fail",
		validation: [],
		refused: [],
		artefact: [],
		problem: redactAll(problem, site.secrets)
	});
	const store = await Store.make(site.scratch);
	const applied = await readAttemptTree(store, site.remote, attempt, patch);
	if (applied.kind === "refused") return refused(applied.problem);
	if (applied.kind === "nothing") return refused({ kind: "NO_CHANGE" });
	const judgement = await judgeTree(store, attempt.base, applied.tree, {
		scope: enforcedScope(segment.spec),
		config,
		known: distinctiveSecrets(site.secrets)
	});
	const [wrong] = judgement.problems;
	if (wrong) return refused(wrong);
	const who = {
		GIT_AUTHOR_NAME: "swarm",
		GIT_AUTHOR_EMAIL: "swarm@swarm.invalid"
	};
	const commit = await store.text([
		"commit-tree",
		applied.tree,
		"-p",
		attempt.base,
		"-m",
		"the change"
	], { environment: {
		...who,
		GIT_COMMITTER_NAME: who.GIT_AUTHOR_NAME,
		GIT_COMMITTER_EMAIL: who.GIT_AUTHOR_EMAIL
	} });
	const tree = await WorkTree.make(store, join(site.scratch, "tree", site.repository.name), commit);
	const definition = await gatesOf(store, attempt.base, config);
	const pair = outcome?.course?.pair;
	const first = pair?.kind === "written" && !attempt.kept ? await testsFirst(store, attempt.base, applied.tree, pair) : void 0;
	const known = knownGates(journal.baselines);
	return runIn(site, {
		tree,
		held: applied.tree,
		definition,
		judgement,
		config,
		known,
		first
	});
}
/** Runs the gates on the base: before the first agent, or for a calibration at the end of a wave. */
async function verifyBase(site, dispatchId) {
	const stored = await readJournal(site.client, site.repository, site.epic);
	const dispatch = stored?.journal.dispatches[dispatchId];
	if (stored && dispatch?.work.kind === "baseline") {
		const { round } = dispatch.work;
		const baseline = stored.journal.baselines?.find((each) => each.round === round);
		if (baseline) return checkBase(site, baseline, stored.journal.authorisation?.baseBranch ?? "");
	}
	const work = dispatch?.work.kind === "calibration" ? dispatch.work : void 0;
	const calibration = work && stored?.journal.calibrations[work.wave]?.find(({ round }) => round === work.round);
	if (!calibration) throw new NoAssignment(`The journal of #${site.epic} has no check for ${dispatchId}.`);
	const config = await readChecked(site);
	const store = await Store.make(site.scratch);
	const before = stored?.journal.authorisation?.base ?? calibration.base;
	await store.fetch(site.remote, [calibration.base, before]);
	return runIn(site, {
		tree: await WorkTree.make(store, join(site.scratch, "tree", site.repository.name), calibration.base),
		held: await store.text([
			"rev-parse",
			"--verify",
			`${calibration.base}^{tree}`
		]),
		definition: await gatesOf(store, calibration.base, config, before),
		config,
		known: knownGates(stored?.journal.baselines)
	});
}
/** Every gate that fails runs twice here, so that a flaky one is known before it costs an agent its tries. */
async function checkBase(site, { base, round }, branch) {
	const config = await readChecked(site);
	const store = await Store.make(site.scratch);
	await store.fetch(site.remote, [base]);
	const opened = await openBaseline({
		...site,
		store,
		commit: base,
		name: site.repository.name,
		config
	});
	const wanted = {
		kind: "ISOLATION_MISSING",
		wanted: config.isolation
	};
	const run = await opened?.run();
	const found = run ? { failures: failuresOf(run) } : {
		failures: [],
		problem: wanted
	};
	const validation = run?.results.map(({ result }) => result) ?? [];
	const report = {
		version: 1,
		round,
		base,
		validation,
		...found,
		durationMs: 0
	};
	const verdict = judgeBaseline(report, branch, site.client.now());
	return {
		verdict: verdict.kind === "sound" ? "pass" : "fail",
		validation,
		refused: run?.refused ?? [],
		...verdict.kind === "sound" ? {} : { problem: verdict.problem },
		base: found,
		artefact: await opened?.said() ?? []
	};
}
async function runIn(site, { tree, held, definition, judgement, config, known, first }) {
	const sandbox = await openSandbox(site, config);
	if (!sandbox) return {
		verdict: "fail",
		validation: [],
		refused: [],
		artefact: [],
		problem: {
			kind: "ISOLATION_MISSING",
			wanted: config.isolation
		}
	};
	const runner = gateRunnerFor(site, config, sandbox, {
		definition,
		tree
	}, known);
	const proof = first && await proveTestsFirst(runner, tree, held, first);
	const { verdict, results } = await runner.run(judgement, held);
	return {
		verdict: proof?.verdict === "fail" ? "fail" : verdict,
		validation: redactAll([...proof ? [proof] : [], ...results], site.secrets),
		refused: redactAll(sandbox.refused, site.secrets),
		artefact: await runner.said()
	};
}
async function testsFirst(store, base, change, { files, digest }) {
	const listed = await store.run([
		"ls-tree",
		"-r",
		"-z",
		"--full-tree",
		change,
		"--",
		...files.map((file) => `:(literal)${file}`)
	]);
	const entries = listed.toString("utf8").split("\0").filter(Boolean);
	const blobs = new Map(entries.map((line) => [line.slice(line.indexOf("	") + 1), line.slice(0, line.indexOf("	"))]));
	const index = `${store.directory}.tests-first`;
	await store.run(["read-tree", base], { index });
	await store.run([
		"update-index",
		"-z",
		"--index-info"
	], {
		index,
		input: listed
	});
	const tree = await store.text(["write-tree"], { index });
	const missing = files.filter((file) => !blobs.has(file));
	const fault = missing.length > 0 ? `the change does not hold ${missing.slice(0, 5).join(", ")}` : digest !== void 0 && digest !== digestOf(blobs) ? "the change holds other versions of them" : void 0;
	return {
		files,
		tree,
		...fault === void 0 ? {} : { fault }
	};
}
/** A gate of Swarm's own: the tests that a tester wrote first are the tester's, and fail without the rest of the change. */
async function proveTestsFirst(runner, tree, held, { files, tree: testsAlone, fault }) {
	const startedAt = performance.now();
	const result = (verdict, output) => ({
		gate: TESTS_FIRST,
		verdict,
		command: `the tester's ${files.length === 1 ? "test file" : `${files.length} test files`} on the base, without the rest of the change`,
		durationMs: Math.round(performance.now() - startedAt),
		output
	});
	if (fault !== void 0) return result("fail", `The tests are not those that the tester wrote: ${fault}.`);
	await tree.put(testsAlone);
	try {
		const { results, problems } = await runner.run(void 0, testsAlone, "tests");
		const tests = results.find(({ gate }) => gate === "tests") ?? results[0];
		if (!tests) return result("fail", "The tests were not run.");
		const why = faultOf(tests, problems, files);
		return why === void 0 ? result("pass", `They fail, as they should: ${summaryOf(tests.output)}`) : result("fail", `They prove nothing: ${why}.\n${tests.output}`);
	} finally {
		await tree.put(held);
	}
}

// src/action/verify.ts
/**
* `do: verify`: runs the gates on the base with an attempt's patch, or on the base alone: before the first agent, or at a wave's
* end.
*/
async function run(job) {
	await withSite(job, async (site) => {
		const { verdict, validation, refused, problem, base, artefact } = job.input("attempt") === "" ? await verifyBase(site, idOf(job, "dispatch")) : await verifyAttempt(site, idOf(job, "attempt"), readPatch(job), readOutcome(job.input("outcome"), job.input("attempt")));
		job.setOutput("validation", writeVerifyOutcome({
			validation,
			refused,
			...base
		}));
		await saveArtefact(job, artefact);
		job.addSummary([
			gatesTable(validation),
			networkSection(refused),
			problem ? block(formatProblem(problem)) : ""
		].filter((part) => part !== "").join("\n\n"));
		if (problem) return job.fail(sayProblem(problem, { form: "plain" }).what);
		const failed = validation.filter(({ verdict: gateVerdict }) => gateVerdict === "fail" || gateVerdict === "timed out");
		if (verdict === "fail") job.fail(`Failed gates: ${failed.map(({ gate }) => gate).join(", ")}`);
	});
}

export { run };