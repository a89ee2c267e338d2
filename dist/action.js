import { a as readJob, o as input, r as fail, t as BadInput } from "./action/job-gD2SKWMN.js";

// src/action/main.ts
/**
* Door 1: the Action. Each step of a job runs one part of swarm. The input `do` says which part, and only that is loaded.
*/
const PARTS = {
	orchestrate: () => import("./action/orchestrate-B4_IN_t5.js"),
	plan: () => import("./action/plan-DdJPH_ue.js"),
	work: () => import("./action/work-CphO0d2j.js"),
	verify: () => import("./action/verify-BchdbcaZ.js"),
	publish: () => import("./action/publish-CorcbiPP.js"),
	record: () => import("./action/record-ZikVqui8.js")
};
/** Parts that start programs written by others. None of these programs may find the job's secrets. */
const GUARDED = ["work", "verify"];
async function main() {
	let job;
	try {
		let variables = process.env;
		if (GUARDED.includes(input(variables, "do")) || hasVault()) variables = (await import("./action/vault-iFH0mTTF.js")).takeVariables();
		const part = input(variables, "do");
		if (!Object.hasOwn(PARTS, part)) throw new BadInput(`The input \`do\` is ${JSON.stringify(part)}; it has to be one of ${Object.keys(PARTS).join(", ")}.`);
		job = readJob(variables);
		await (await PARTS[part]?.())?.run(job);
	} catch (error) {
		const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
		const isExpected = [
			"BadInput",
			"NoAssignment",
			"NothingToReport",
			"GitHubUnavailable",
			"GitHubRefused",
			"JournalBroken"
		].includes(name);
		if (!isExpected) job?.log(stack ?? message);
		fail(isExpected ? message : `${name}: ${message}`, job?.secrets);
	} finally {
		job?.endLog();
	}
}
/** True in the process that took over, see `vault.ts`. */
const hasVault = () => process.env.SWARM_VAULT !== void 0;
await main();

export {  };