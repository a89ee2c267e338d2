import { a as fail, l as input, s as readJob, t as BadInput } from "./action/job-DjpWIMlc.js";

// src/action/main.ts
/**
* Door 1: the Action. One step of a job is one call; `do` says which part of swarm it is, and only that part is loaded.
*/
const PARTS = {
	orchestrate: () => import("./action/orchestrate-DblJ8IU0.js"),
	plan: () => import("./action/plan-Bu3h3g9I.js"),
	work: () => import("./action/work-TkUbjOd_.js"),
	verify: () => import("./action/verify-D8nPkhf-.js"),
	publish: () => import("./action/publish-Bzfpw2Pw.js"),
	record: () => import("./action/record-BuXLBevH.js")
};
async function main() {
	let job;
	try {
		const part = input("do");
		if (!Object.hasOwn(PARTS, part)) throw new BadInput(`The input \`do\` is ${JSON.stringify(part)}; one of ${Object.keys(PARTS).join(", ")} was expected.`);
		job = readJob();
		await (await PARTS[part]?.())?.run(job);
	} catch (error) {
		const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
		const isOurs = [
			"BadInput",
			"NoAssignment",
			"NothingToReport",
			"GitHubUnavailable",
			"GitHubRefused",
			"JournalBroken"
		];
		if (!isOurs.includes(name)) job?.log(stack ?? message);
		fail(job, isOurs.includes(name) ? message : `${name}: ${message}`);
	}
}
await main();

export {  };