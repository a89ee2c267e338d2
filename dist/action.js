import { a as fail, c as readJob, et as getInput, t as BadInput } from "./action/job-COi8ndIE.js";

// src/action/main.ts
/**
* Door 1: the Action. One step of a job is one call; `do` says which part of swarm it is, and only that part is loaded.
*/
const PARTS = {
	orchestrate: () => import("./action/orchestrate-ChaDtku2.js"),
	plan: () => import("./action/plan-C2NSChSr.js"),
	work: () => import("./action/work-9OxOKHrS.js"),
	verify: () => import("./action/verify-DG2NZy9s.js"),
	publish: () => import("./action/publish-BuGaOS4c.js"),
	record: () => import("./action/record-B1V5zeCG.js")
};
async function main() {
	let job;
	try {
		const part = getInput("do");
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