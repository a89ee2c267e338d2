import { a as readJob, o as input, r as fail, t as BadInput } from "./action/job-D-IuVELM.js";

// src/action/main.ts
/**
* Door 1: the Action. Each step of a job runs one part of swarm. The input `do` says which part, and only that is loaded.
*/
const PARTS = {
	orchestrate: () => import("./action/orchestrate-CWCOfPna.js"),
	plan: () => import("./action/plan-D3FKz-3C.js"),
	work: () => import("./action/work-COoBV5ne.js"),
	verify: () => import("./action/verify-B2yA4mQt.js"),
	publish: () => import("./action/publish-Di1lZUfT.js"),
	record: () => import("./action/record-CcUfAx1K.js")
};
async function main() {
	let job;
	try {
		const part = input("do");
		if (!Object.hasOwn(PARTS, part)) throw new BadInput(`The input \`do\` is ${JSON.stringify(part)}; it has to be one of ${Object.keys(PARTS).join(", ")}.`);
		job = readJob();
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
	}
}
await main();

export {  };