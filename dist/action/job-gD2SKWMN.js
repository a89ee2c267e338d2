import { r as readAttemptId } from "./attempt-CsThcZZa.js";
import { f as numberIn } from "./epic-BlD3cFx_.js";
import { d as oneLine, f as redact, n as LogRedactor, o as clip, u as logText } from "./safe-CjCK4Ka7.js";
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
const input = (variables, name) => (variables[`INPUT_${name.replaceAll(" ", "_").toUpperCase()}`] ?? "").trim();
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
const output = (variables, name, value) => append(variables, "GITHUB_OUTPUT", entry(name, value));
/**
* Replaces all outputs of the step atomically: if the process dies at any moment, the runner reads either the earlier
* outputs or these.
*/
function outputs(variables, values) {
	const path = variables.GITHUB_OUTPUT;
	if (!path) throw new Error("GITHUB_OUTPUT is not set. This action only runs on a runner of GitHub Actions.");
	const draft = `${path}.draft`;
	writeFileSync(draft, Object.entries(values).map(([name, value]) => entry(name, value)).join(""));
	renameSync(draft, path);
}
/** Adds Markdown to the job's page, if the runner has one. */
function summary(variables, markdown) {
	if (variables.GITHUB_STEP_SUMMARY) append(variables, "GITHUB_STEP_SUMMARY", `${markdown}\n`);
}
const command = (name, text) => print(`::${name}::${text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A")}`);
/** The delimiter is random, so that a value cannot contain it and add another output. */
function entry(name, value) {
	const delimiter = `ghadelimiter_${crypto.randomUUID()}`;
	if (name.includes(delimiter) || value.includes(delimiter)) throw new Error("The value contains the random delimiter.");
	return `${name}<<${delimiter}\n${value}\n${delimiter}\n`;
}
function append(variables, name, text) {
	const path = variables[name];
	if (!path) throw new Error(`${name} is not set. This action only runs on a runner of GitHub Actions.`);
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
function readJob(variables) {
	const token = input(variables, "token");
	if (token === "") throw new BadInput("The input `token` is empty; the token of this job is required.");
	mask(token);
	const publishToken = input(variables, "publish-token");
	if (publishToken !== "") mask(publishToken);
	const [owner = "", name = ""] = variable(variables, "GITHUB_REPOSITORY").split("/");
	const serverUrl = variables.GITHUB_SERVER_URL ?? "https://github.com";
	const runId = Number(variable(variables, "GITHUB_RUN_ID"));
	const secrets = /* @__PURE__ */ new Set([
		token,
		...publishToken === "" ? [] : [publishToken],
		...secretVariables(variables)
	]);
	const log = new LogRedactor(secrets);
	const connect = async (ofToken) => {
		const { DEFAULT_API_URL, makeClient } = await import("./client-CLap-XBC.js");
		return makeClient({
			apiUrl: variables.GITHUB_API_URL ?? DEFAULT_API_URL,
			token: ofToken
		});
	};
	return {
		connect: () => connect(token),
		connectToPublish: async () => publishToken === "" ? void 0 : connect(publishToken),
		repository: {
			owner,
			name
		},
		token,
		serverUrl,
		event: variable(variables, "GITHUB_EVENT_NAME"),
		actor: variables.GITHUB_TRIGGERING_ACTOR || variable(variables, "GITHUB_ACTOR"),
		runId,
		runUrl: `${serverUrl}/${owner}/${name}/actions/runs/${runId}`,
		secrets,
		variables,
		input: (input$1) => input(variables, input$1),
		payload: async () => JSON.parse(await readFile(variable(variables, "GITHUB_EVENT_PATH"), "utf8")),
		log: (line) => log.add(line).forEach(print),
		endLog: () => log.end().forEach(print),
		setOutput: (name, value) => output(variables, name, value),
		setOutputs: (values) => outputs(variables, values),
		addSummary: (markdown) => summary(variables, redact(markdown)),
		fail: (message) => fail(message, secrets),
		wait: (ms) => setTimeout(ms)
	};
}
/** `Job.fail`, for a step that fails before it has a job. */
const fail = (message, secrets = /* @__PURE__ */ new Set()) => failStep(logText(oneLine(message), secrets));
function variable(variables, name) {
	const value = variables[name];
	if (!value) throw new BadInput(`${name} is not set. This action only runs as a step of a GitHub workflow.`);
	return value;
}
/** Values of variables with a name like that of a secret, including agents' API keys. */
const secretVariables = (variables) => Object.entries(variables).filter(([name, value]) => /key|token|secret|password|credential/i.test(name) && (value ?? "").length >= 8).map(([, value]) => value ?? "").filter((value) => !value.startsWith("/") && !/^\d+$/.test(value));
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