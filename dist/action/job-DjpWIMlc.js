import { l as numberIn } from "./epic-rYHwM1Ue.js";
import { c as logText, i as clip, l as oneLine, u as redact } from "./safe-DREuXmZf.js";
import { readFile } from "node:fs/promises";
import { appendFileSync, renameSync, writeFileSync } from "node:fs";

// src/action/runner.ts
/**
* How an action speaks with its runner: inputs are variables, answers and the summary are files it appends to, and
* masks, errors and log lines are printed.
*
* Our own, and not `@actions/core`, because of what that loads: an HTTP client of 690 kB for the OIDC token that swarm
* never asks for, at every event of the repository (ADR 6). What is here is all that swarm uses of it, byte for byte as it
* writes it.
*
* @see https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
*/
/** An input of `with:`, without the spaces around it; '' where it is not given. */
const input = (name) => (process.env[`INPUT_${name.replaceAll(" ", "_").toUpperCase()}`] ?? "").trim();
/** From now on the runner shows `***` in its place, in every log line of the job. */
const mask = (secret) => command("add-mask", secret);
/** A line for the log. What is in it must have been made harmless: a line that begins with `::` is a command. */
const print = (line) => {
	process.stdout.write(`${line}\n`);
};
/** Ends the step as failed, when the process ends. */
function failStep(message) {
	process.exitCode = 1;
	command("error", message);
}
/** Sets an output of the step. */
const output = (name, value) => append("GITHUB_OUTPUT", entry(name, value));
/**
* Sets outputs of the step in place of all that were set before, at once: of one that dies over it, or any time later, the
* runner reads the ones before, or these.
*/
function outputs(values) {
	const path = process.env.GITHUB_OUTPUT;
	if (!path) throw new Error("GITHUB_OUTPUT is not set: only a runner of GitHub Actions takes answers.");
	const draft = `${path}.draft`;
	writeFileSync(draft, Object.entries(values).map(([name, value]) => entry(name, value)).join(""));
	renameSync(draft, path);
}
/** Adds Markdown to the job's page; nowhere where the runner has none. */
function summary(markdown) {
	if (process.env.GITHUB_STEP_SUMMARY) append("GITHUB_STEP_SUMMARY", `${markdown}\n`);
}
const command = (name, text) => print(`::${name}::${text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A")}`);
/** The delimiter is made up here and now, so that no value can end itself and go on as another output. */
function entry(name, value) {
	const delimiter = `ghadelimiter_${crypto.randomUUID()}`;
	if (name.includes(delimiter) || value.includes(delimiter)) throw new Error("a delimiter was guessed");
	return `${name}<<${delimiter}\n${value}\n${delimiter}\n`;
}
function append(variable, text) {
	const path = process.env[variable];
	if (!path) throw new Error(`${variable} is not set: only a runner of GitHub Actions takes answers.`);
	appendFileSync(path, text);
}

// src/action/job.ts
/**
* The job this process is a step of: its inputs, its event, its way to GitHub, its log. Everything the runner tells an
* action through the environment is read here.
*
* What is printed comes from us or goes through `log`, which leaves no runner command and no known secret in it.
*/
var BadInput = class extends Error {
	name = "BadInput";
};
function readJob() {
	const token = input("token");
	if (token === "") throw new BadInput("The input `token` is empty; a token of this job was expected.");
	mask(token);
	const [owner = "", name = ""] = variable("GITHUB_REPOSITORY").split("/");
	const serverUrl = process.env.GITHUB_SERVER_URL ?? "https://github.com";
	const runId = Number(variable("GITHUB_RUN_ID"));
	const secrets = /* @__PURE__ */ new Set([token, ...secretVariables()]);
	return {
		async connect() {
			const { DEFAULT_API_URL, makeClient } = await import("./client-BR8i_z7p.js");
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
		log: (line) => print(logText(line, secrets))
	};
}
function variable(name) {
	const value = process.env[name];
	if (!value) throw new BadInput(`${name} is not set: this is an action, it runs as a step of a GitHub workflow.`);
	return value;
}
/** By their names; agents' keys among them. */
const secretVariables = () => Object.entries(process.env).filter(([name, value]) => /key|token|secret|password|credential/i.test(name) && (value ?? "").length >= 8).map(([, value]) => value ?? "").filter((value) => !value.startsWith("/") && !/^\d+$/.test(value));
function epicOf(job) {
	const text = job.input("epic").replace(/^#/, "");
	const number = /^[1-9]\d*$/.test(text) ? numberIn(text) : void 0;
	if (number === void 0) throw new BadInput(`The input \`epic\` is ${JSON.stringify(clip(text, 40))}; the number of an issue was expected.`);
	return number;
}
function idOf(job, input) {
	const text = job.input(input);
	if (!/^[1-9]\d{0,14}[-.][1-9]\d{0,8}$/.test(text)) throw new BadInput(`The input \`${input}\` is ${JSON.stringify(clip(text, 40))}; an id from the journal was expected.`);
	return text;
}
/** Adds Markdown to the job's page, without what looks like a credential. */
const summarise = async (markdown) => summary(redact(markdown));
/** Ends the step as failed, with one line that says why. */
const fail = (job, message) => failStep(logText(oneLine(message), job?.secrets ?? []));
const answer = (name, value) => output(name, value);
/** All outputs of the step at once, in place of what was answered before. */
const answerAll = (values) => outputs(values);

export { fail as a, summarise as c, epicOf as i, input as l, answer as n, idOf as o, answerAll as r, readJob as s, BadInput as t };