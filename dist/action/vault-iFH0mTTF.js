import { i as toolVariables } from "./environment---PBNUeI.js";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { tmpdir } from "node:os";

// src/sandbox/vault.ts
/**
* Takes the job's variables out of reach of everything that the job starts.
*
* Any process of the same user reads the environment that another one was started with in `/proc/<pid>/environ`. To delete a
* variable does not remove it from there. So this process replaces itself by the same program with an environment that holds no
* secret, and reads the variables from a file, which it removes at once. After that only its own memory holds them.
*/
/** Names the file in the environment of the process that takes over. */
const VAULT = "SWARM_VAULT";
/** What stays: it is the machine's, and a program needs it to run at all. */
const KEPT = /^(?:PATH|HOME|LANG|LC_ALL|TZ|TMPDIR|USER|SHELL|RUNNER_TRACKING_ID|NODE_EXTRA_CA_CERTS|SSL_CERT_(?:FILE|DIR))$/;
const KEPT_ANY_CASE = /^(?:https?|all|no)_proxy$/i;
/**
* The variables of the job. Called first, before anything else is started. The first process does not return from it.
*
* @param folder where to leave them for the blink of an eye; only this user can read the file.
*/
function takeVariables(folder = process.env.RUNNER_TEMP || tmpdir()) {
	const { [VAULT]: file } = process.env;
	delete process.env[VAULT];
	if (file !== void 0) {
		const text = readFileSync(file, "utf8");
		rmSync(file);
		return JSON.parse(text);
	}
	const variables = { ...process.env };
	if (typeof process.execve !== "function") return variables;
	const left = join(folder, `.swarm-${randomUUID()}`);
	writeFileSync(left, JSON.stringify(variables), {
		mode: 384,
		flag: "wx"
	});
	const kept = Object.fromEntries(Object.entries(variables).filter(([name]) => KEPT.test(name) || KEPT_ANY_CASE.test(name)));
	process.removeAllListeners("warning");
	process.execve(process.execPath, [
		process.execPath,
		...process.execArgv,
		...process.argv.slice(1)
	], {
		...kept,
		...toolVariables(variables),
		[VAULT]: left
	});
	throw new Error("unreachable: this process was replaced");
}

export { takeVariables };