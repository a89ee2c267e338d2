import { c as issueNumber, l as numberIn$1 } from "./epic-rYHwM1Ue.js";
import { n as readMarker } from "./marker-C_yCMjG1.js";
import { a as fail, c as summarise, i as epicOf, t as BadInput } from "./job-DjpWIMlc.js";
import { setTimeout } from "node:timers/promises";

// src/github/hints.ts
/**
* An event → where to look, and nothing more. What the event says about the world is not believed; a wrong or forged
* payload can at worst make swarm look once too often (SPEC R4.1).
*
* Most events of a repository concern no epic. What is needed to see that is here, and loads nothing else.
*/
/**
* @returns where to look; `everywhere` when the event concerns what every epic rests on (the base branch, a check).
*/
function hintsOf(event, payload) {
	const said = typeof payload === "object" && payload !== null ? payload : {};
	switch (event) {
		case "issues":
		case "issue_comment": return said.issue?.pull_request ? ofPull(said.issue.body) : ofIssues(said.issue);
		case "sub_issues": return ofIssues(said.parent_issue, said.sub_issue);
		case "issue_dependencies": return ofIssues(said.blocked_issue, said.blocking_issue);
		case "pull_request":
		case "pull_request_review":
		case "pull_request_review_comment": return ofPull(said.pull_request?.body);
		case "workflow_run": {
			if (said.action === "requested") return [];
			const title = /^swarm #([1-9]\d{0,9}) /.exec(String(said.workflow_run?.display_title ?? ""));
			const epic = numberIn$1(title?.[1]);
			if (epic !== void 0) return [{
				kind: "epic",
				number: epic
			}];
			return said.action === "completed" ? "everywhere" : [];
		}
		case "push": return said.ref === `refs/heads/${String(said.repository?.default_branch)}` ? "everywhere" : [];
		case "check_run":
			if (said.action !== "completed") return [];
			return said.check_run?.app?.slug === "github-actions" ? ofJob(String(said.check_run.name)) : "everywhere";
		case "status": return "everywhere";
		default: return [];
	}
}
/** Jobs are told by their run; but a segment's report is there before the rest of its run's matrix is done. */
function ofJob(name) {
	const publish = /^segment (\d{1,15}) \/ publish$/.exec(name);
	return ofIssues({ number: publish?.[1] });
}
const ofIssues = (...issues) => issues.flatMap((issue) => {
	const number = numberIn$1(issue?.number);
	return number === void 0 ? [] : [{
		kind: "issue",
		number
	}];
});
/** Our pull requests say in their marker which attempt opened them: `<segment>-<number>`. */
function ofPull(body) {
	const marker = typeof body === "string" ? readMarker(body) : void 0;
	const segment = marker?.kind === "pull" ? /^(\d{1,15})-\d+$/.exec(marker.key) : null;
	return ofIssues({ number: segment?.[1] });
}

// src/action/orchestrate.ts
/**
* `do: orchestrate`: the app-less door. An event, the clock or a person's "Run workflow" becomes a look at the epics it
* concerns; what is then done is decided by what GitHub shows, as in the app (SPEC R4.6).
*/
/** What GitHub needs a moment for (mergeable, its own delays) is waited for here; the rest is the clock's. */
const PATIENCE_MS = 45e3;
const MOST_EPICS = 50;
const NO_EPIC = "Nothing here concerns an epic.";
async function run(job) {
	if (job.input("app") === "true") return fail(job, "The app orchestrates this repository. Start the epic with the label swarm:execute or the comment /swarm execute.");
	const told = isTold(job);
	const hints = told ? hintsOf(job.event, await job.payload()) : [];
	if (told && hints.length === 0) return job.log(NO_EPIC);
	const client = await job.connect();
	const { epics, requests } = await whatToLookAt(job, client, hints);
	if (epics.length === 0) return job.log(NO_EPIC);
	const orchestrator = {
		client,
		repository: job.repository,
		name: `run-${job.runId}-${crypto.randomUUID().slice(0, 8)}`,
		performed: /* @__PURE__ */ new Map(),
		killSwitch: "workflow",
		log: job.log
	};
	const troubles = [];
	for (const epic of epics) try {
		await lookAfter(job, orchestrator, epic, requests);
	} catch (error) {
		troubles.push(`#${epic}: ${error.message}`);
		job.log(String(error.stack ?? error));
	}
	if (troubles.length > 0) throw new Error(`Not everything could be looked after. ${troubles.join(" ")}`);
}
async function lookAfter(job, orchestrator, epic, requests) {
	const [{ reconcile }, { boardText, saySummary }] = await Promise.all([import("./reconcile-DIhtm4gc.js"), import("./summary-BLBdAwam.js")]);
	let leftMs = PATIENCE_MS;
	for (;;) {
		const { kind, lookAgainAt, decided } = await reconcile(orchestrator, epic, requests);
		if (kind === "no such issue") return job.log(`There is no issue #${epic}.`);
		const waitMs = lookAgainAt === void 0 ? Number.POSITIVE_INFINITY : Math.max(1e3, lookAgainAt - orchestrator.client.now());
		if (waitMs <= leftMs) {
			leftMs -= waitMs;
			await setTimeout(waitMs);
			continue;
		}
		const board = decided?.decisions.find((decision) => decision.kind === "show panel")?.board;
		if (board) {
			job.log(boardText(board));
			await summarise(saySummary(board));
		} else job.log(`#${epic}: nothing to do now.`);
		return;
	}
}
/** Whether an event of GitHub's says where to look; a person, the clock and the end of a run say it otherwise. */
const isTold = (job) => job.input("dispatch") === "" && job.event !== "workflow_dispatch" && job.event !== "schedule";
async function whatToLookAt(job, client, hints) {
	const { repository } = job;
	if (job.input("dispatch") !== "") return {
		epics: [epicOf(job)],
		requests: []
	};
	if (job.event === "workflow_dispatch") return {
		epics: await epicsByHand(job, client),
		requests: [requestByHand(job)]
	};
	const { epicsInFlight, epicsOf } = await import("./wake-BR59bDCK.js");
	return {
		epics: job.event === "schedule" || hints === "everywhere" ? await epicsInFlight(client, repository) : await epicsOf(client, repository, hints),
		requests: []
	};
}
/** `12`, `#12 #15`, `12, 15`, or `all`: every open issue with the label `epic`. */
async function epicsByHand(job, client) {
	const asked = job.input("epic").trim();
	if (asked.toLowerCase() === "all") {
		const { owner, name: repo } = job.repository;
		return (await client.paginate("GET /repos/{owner}/{repo}/issues", {
			owner,
			repo,
			labels: "epic",
			state: "open",
			per_page: 100
		})).filter((issue) => !issue.pull_request).map((issue) => issueNumber(issue.number)).sort((a, b) => a - b).slice(0, MOST_EPICS);
	}
	const words = asked.split(/[\s,]+/).filter((word) => word !== "");
	const numbers = words.map((word) => numberIn$1(/^#?([1-9]\d*)$/.exec(word)?.[1])).filter((each) => each !== void 0);
	if (words.length === 0 || words.length > MOST_EPICS || numbers.length < words.length) throw new BadInput(`The input \`epic\` is ${JSON.stringify(asked.slice(0, 80))}; issue numbers (at most ${MOST_EPICS}) or \`all\` were expected.`);
	return [...new Set(numbers)];
}
function requestByHand(job) {
	const wave = numberIn(job, "wave", 500);
	const agents = numberIn(job, "agents", 256);
	return {
		id: `run:${job.runId}`,
		login: job.actor,
		from: { kind: "dispatch" },
		asked: {
			kind: "command",
			command: {
				kind: "execute",
				...wave === void 0 ? {} : { wave },
				...agents === void 0 ? {} : { agents },
				...job.input("sequential") === "true" ? { sequential: true } : {},
				...job.input("dry-run") === "true" ? { dryRun: true } : {}
			}
		}
	};
}
function numberIn(job, name, max) {
	const text = job.input(name);
	if (text === "") return void 0;
	const number = Number(text);
	if (!/^[1-9]\d{0,5}$/.test(text) || number > max) throw new BadInput(`The input \`${name}\` is ${JSON.stringify(text.slice(0, 40))}; a whole number from 1 to ${max} was expected.`);
	return number;
}

export { run };