import { r as readAttemptId } from "./attempt-CvIQ_vQX.js";
import { u as numberIn } from "./epic-ChVpA3OA.js";
import { c as logText, i as clip, l as oneLine, u as redact } from "./safe-Bn9vbQ5A.js";
import { readFile } from "node:fs/promises";
import { setTimeout } from "node:timers/promises";
import { appendFileSync, renameSync, writeFileSync } from "node:fs";

// src/action/runner.ts
/**
* An action's interface to its runner: inputs are variables, outputs and the summary are files that it appends to, and
* masks, errors and log lines are printed.
*
* `@actions/core` is not used because it loads an HTTP client of 690 kB, for an OIDC token that swarm never requests, at
* every event of the repository (ADR 6, ADR 9). This file has the parts that swarm needs, in the same format.
*
* @see https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
*/
/** An input from `with:`, trimmed; '' if it is not set. */
const input = (name) => (process.env[`INPUT_${name.replaceAll(" ", "_").toUpperCase()}`] ?? "").trim();
/** Makes the runner show `***` instead of this text in all further log lines of the job. */
const mask = (secret) => command("add-mask", secret);
/** Prints a line to the log. The text must be safe: the runner takes a line that starts with `::` as a command. */
const print = (line) => {
	process.stdout.write(`${line}\n`);
};
/** Makes the step fail when the process ends. */
function failStep(message) {
	process.exitCode = 1;
	command("error", message);
}
/** Sets an output of the step. */
const output = (name, value) => append("GITHUB_OUTPUT", entry(name, value));
/**
* Replaces all outputs of the step atomically: if the process dies at any moment, the runner reads either the earlier
* outputs or these.
*/
function outputs(values) {
	const path = process.env.GITHUB_OUTPUT;
	if (!path) throw new Error("GITHUB_OUTPUT is not set. This action only runs on a runner of GitHub Actions.");
	const draft = `${path}.draft`;
	writeFileSync(draft, Object.entries(values).map(([name, value]) => entry(name, value)).join(""));
	renameSync(draft, path);
}
/** Adds Markdown to the job's page, if the runner has one. */
function summary(markdown) {
	if (process.env.GITHUB_STEP_SUMMARY) append("GITHUB_STEP_SUMMARY", `${markdown}\n`);
}
const command = (name, text) => print(`::${name}::${text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A")}`);
/** The delimiter is random, so that a value cannot contain it and add another output. */
function entry(name, value) {
	const delimiter = `ghadelimiter_${crypto.randomUUID()}`;
	if (name.includes(delimiter) || value.includes(delimiter)) throw new Error("The value contains the random delimiter.");
	return `${name}<<${delimiter}\n${value}\n${delimiter}\n`;
}
function append(variable, text) {
	const path = process.env[variable];
	if (!path) throw new Error(`${variable} is not set. This action only runs on a runner of GitHub Actions.`);
	appendFileSync(path, text);
}

// src/action/job.ts
/**
* The job that this process is a step of: its inputs, event, GitHub client and log. Everything that the runner passes to an
* action through the environment is read here.
*
* Everything printed is our own text or goes through `log`, which removes runner commands and known secrets.
*/
var BadInput = class extends Error {
	name = "BadInput";
};
function readJob() {
	const token = input("token");
	if (token === "") throw new BadInput("The input `token` is empty; the token of this job is required.");
	mask(token);
	const [owner = "", name = ""] = variable("GITHUB_REPOSITORY").split("/");
	const serverUrl = process.env.GITHUB_SERVER_URL ?? "https://github.com";
	const runId = Number(variable("GITHUB_RUN_ID"));
	const secrets = /* @__PURE__ */ new Set([token, ...secretVariables()]);
	return {
		async connect() {
			const { DEFAULT_API_URL, makeClient } = await import("./client-DuSpBqB7.js");
			return makeClient({
				apiUrl: process.env.GITHUB_API_URL ?? DEFAULT_API_URL,
				token
			});
		},
		repository: {
			owner,
			name
		},
		token,
		serverUrl,
		event: variable("GITHUB_EVENT_NAME"),
		actor: process.env.GITHUB_TRIGGERING_ACTOR || variable("GITHUB_ACTOR"),
		runId,
		runUrl: `${serverUrl}/${owner}/${name}/actions/runs/${runId}`,
		secrets,
		input: (input$1) => input(input$1),
		payload: async () => JSON.parse(await readFile(variable("GITHUB_EVENT_PATH"), "utf8")),
		log: (line) => print(logText(line, secrets)),
		setOutput: output,
		setOutputs: outputs,
		addSummary: (markdown) => summary(redact(markdown)),
		fail: (message) => fail(message, secrets),
		wait: (ms) => setTimeout(ms)
	};
}
/** `Job.fail`, for a step that fails before it has a job. */
const fail = (message, secrets = /* @__PURE__ */ new Set()) => failStep(logText(oneLine(message), secrets));
function variable(name) {
	const value = process.env[name];
	if (!value) throw new BadInput(`${name} is not set. This action only runs as a step of a GitHub workflow.`);
	return value;
}
/** Values of variables with a name like that of a secret, including agents' API keys. */
const secretVariables = () => Object.entries(process.env).filter(([name, value]) => /key|token|secret|password|credential/i.test(name) && (value ?? "").length >= 8).map(([, value]) => value ?? "").filter((value) => !value.startsWith("/") && !/^\d+$/.test(value));
function epicOf(job) {
	const text = job.input("epic").replace(/^#/, "");
	const number = /^[1-9]\d*$/.test(text) ? numberIn(text) : void 0;
	if (number === void 0) throw new BadInput(`The input \`epic\` is ${JSON.stringify(clip(text, 40))}; it has to be the number of an issue.`);
	return number;
}
function idOf(job, input) {
	const text = job.input(input);
	if (!(input === "attempt" ? readAttemptId(text) !== void 0 : /^[1-9]\d{0,14}\.[1-9]\d{0,8}$/.test(text)) || text.length > 60) throw new BadInput(`The input \`${input}\` is ${JSON.stringify(clip(text, 40))}; it has to be an id from the journal.`);
	return text;
}

export { readJob as a, idOf as i, epicOf as n, input as o, fail as r, BadInput as t };