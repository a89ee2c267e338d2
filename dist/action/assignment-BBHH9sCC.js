import { h as readConfig, i as sayProblem, m as readSpec, s as readConfigText } from "./problems-BctFv3J7.js";
import { K as issueNumber, V as GATES } from "./job-D3b5j3gE.js";
import { r as findAttempt } from "./journal-DOIsMM_a.js";
import { a as readAuthorisedText, o as readJournal } from "./journal-DOMk43Np.js";

// src/segment/gates/find.ts
/** Files whose texts `findGates` wants to see, where they are there. */
const FILES_READ = ["package.json"];
const DEFAULT_MINUTES = 20;
const CONFIG_FILE = ".github/swarm.yml";
function findGates(files, texts, choices) {
	const npm = readPackage(files, texts);
	const found = GATES.map((gate) => {
		const choice = choices[gate] ?? {};
		if (choice.off) return notApplicable(gate, `switched off in ${CONFIG_FILE}`);
		if (gate === "scope") return {
			kind: "scope",
			gate
		};
		if (gate === "security") return security(choice, npm);
		if (choice.run) return command(gate, choice.run, choice);
		const inPackage = npm === void 0 ? void 0 : npm.gate(gate);
		if (inPackage?.run) return command(gate, inPackage.run, choice);
		const why = inPackage?.why ?? "there is no package.json at the root";
		return notApplicable(gate, `${why}; set gates.${gate}.run in ${CONFIG_FILE}`);
	});
	const named = Object.entries(choices).filter(([gate]) => !GATES.includes(gate)).map(([gate, choice]) => choice.off ? notApplicable(gate, `switched off in ${CONFIG_FILE}`) : choice.run ? command(gate, choice.run, choice) : notApplicable(gate, `${CONFIG_FILE} gives it no \`run\``));
	return {
		gates: [...found, ...named],
		install: npm?.install,
		scripts: npm?.scripts
	};
}
const notApplicable = (gate, why) => ({
	kind: "not applicable",
	gate,
	why
});
const timeoutMs = (choice) => (choice.timeoutMinutes ?? DEFAULT_MINUTES) * 6e4;
const command = (gate, run, choice) => ({
	kind: "command",
	gate,
	run,
	directory: choice.directory ?? "",
	timeoutMs: timeoutMs(choice),
	environment: choice.environment ?? {}
});
function security(choice, npm) {
	return {
		kind: "security",
		gate: "security",
		audit: choice.run ? {
			kind: "audit",
			run: choice.run,
			read: "exit code"
		} : npm?.audit ?? {
			kind: "not applicable",
			why: "there is no lock file with dependencies at the root"
		},
		timeoutMs: timeoutMs(choice)
	};
}
const NPM = {
	name: "npm",
	lockFiles: ["package-lock.json", "npm-shrinkwrap.json"],
	install: [
		"npm",
		"ci",
		"--ignore-scripts",
		"--no-audit",
		"--no-fund"
	],
	audit: {
		kind: "audit",
		run: [
			"npm",
			"audit",
			"--audit-level=high",
			"--omit=dev",
			"--json",
			"--fetch-retries=0",
			"--fetch-timeout=20000"
		],
		read: "npm json"
	}
};
const later = {
	kind: "not applicable",
	why: "only npm’s audit is known here; set gates.security.run"
};
const PROGRAMS = [
	{
		name: "pnpm",
		lockFiles: ["pnpm-lock.yaml"],
		install: [
			"pnpm",
			"install",
			"--frozen-lockfile",
			"--ignore-scripts"
		],
		audit: later
	},
	{
		name: "yarn",
		lockFiles: ["yarn.lock"],
		install: [
			"yarn",
			"install",
			"--frozen-lockfile",
			"--ignore-scripts"
		],
		audit: later
	},
	{
		name: "bun",
		lockFiles: ["bun.lock", "bun.lockb"],
		install: [
			"bun",
			"install",
			"--frozen-lockfile",
			"--ignore-scripts"
		],
		audit: later
	},
	NPM
];
const SCRIPTS = {
	lint: ["lint"],
	types: [
		"types",
		"typecheck",
		"type-check",
		"check-types",
		"tsc"
	],
	tests: ["test"],
	build: ["build"]
};
/** What `npm init` writes: it fails, and tests nothing. */
const NO_TEST_SCRIPT = /no test specified/i;
function readPackage(files, texts) {
	const text = files.has("package.json") ? texts["package.json"] : void 0;
	if (text === void 0) return void 0;
	const manifest = readJson(text);
	if (manifest === void 0) {
		const why = "package.json is not JSON";
		return {
			scripts: {},
			install: void 0,
			audit: {
				kind: "not applicable",
				why
			},
			gate: () => ({ why })
		};
	}
	const scripts = textsOf(manifest.scripts);
	const dependencies = {
		...textsOf(manifest.dependencies),
		...textsOf(manifest.devDependencies)
	};
	const needs = Object.keys({
		...dependencies,
		...textsOf(manifest.optionalDependencies)
	});
	const program = programOf(files, manifest.packageManager);
	const lock = program.lockFiles.find((file) => files.has(file));
	const hasDependencies = needs.length > 0 || lists(manifest.workspaces);
	const locked = lock !== void 0 && hasDependencies;
	return {
		scripts,
		install: locked ? {
			run: installOf(program, files),
			after: ["package.json", lock]
		} : void 0,
		audit: locked ? program.audit : {
			kind: "not applicable",
			why: hasDependencies ? "there is no lock file" : "package.json has no dependencies"
		},
		gate(gate) {
			const script = SCRIPTS[gate].find((name) => scripts[name]?.trim());
			if (script !== void 0 && !(gate === "tests" && NO_TEST_SCRIPT.test(scripts[script] ?? ""))) return {
				run: [
					program.name,
					"run",
					script
				],
				why: ""
			};
			if (gate === "types" && files.has("tsconfig.json") && "typescript" in dependencies && locked) return {
				run: [
					"node_modules/.bin/tsc",
					"--noEmit",
					"-p",
					"."
				],
				why: ""
			};
			return { why: `package.json has no script \`${SCRIPTS[gate].join("` or `")}\`` };
		}
	};
}
function programOf(files, declared) {
	const name = typeof declared === "string" ? declared.split("@")[0] : void 0;
	return PROGRAMS.find((program) => program.name === name) ?? PROGRAMS.find((program) => program.lockFiles.some((file) => files.has(file))) ?? NPM;
}
/** Yarn since version 2 has other words for it; it keeps its settings in `.yarnrc.yml`. */
const installOf = (program, files) => program.name === "yarn" && files.has(".yarnrc.yml") ? [
	"yarn",
	"install",
	"--immutable",
	"--mode=skip-build"
] : program.install;
function readJson(text) {
	try {
		const value = JSON.parse(text.replace(/^\ufeff/, ""));
		return typeof value === "object" && value !== null && !Array.isArray(value) ? value : void 0;
	} catch {
		return;
	}
}
/** The entries whose values are texts, without a prototype: a script may be called `constructor`. */
function textsOf(value) {
	const texts = Object.create(null);
	if (typeof value !== "object" || value === null) return texts;
	for (const [name, text] of Object.entries(value)) if (typeof text === "string") texts[name] = text;
	return texts;
}
const lists = (value) => Array.isArray(value) ? value.length > 0 : typeof value === "object" && value !== null;

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
async function gatesOf(store, commit, config) {
	const listed = await store.run([
		"ls-tree",
		"-r",
		"-z",
		"--name-only",
		"--full-tree",
		commit
	]);
	const files = new Set(listed.toString("utf8").split("\0").filter(Boolean));
	const texts = {};
	for (const file of FILES_READ) if (files.has(file)) texts[file] = (await store.run([
		"cat-file",
		"blob",
		`${commit}:${file}`
	])).toString("utf8");
	return findGates(files, texts, config.gates);
}

export { readChecked as i, gatesOf as n, readAssignment as r, NoAssignment as t };