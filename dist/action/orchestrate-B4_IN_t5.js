import { d as issueNumber, f as numberIn$1 } from "./epic-BlD3cFx_.js";
import { n as CLOCK_WORKFLOW } from "./pin-S7HB7nBj.js";
import { r as readAttemptId } from "./attempt-CsThcZZa.js";
import { n as readMarker } from "./marker-DwBXFXda.js";
import { n as epicOf, t as BadInput } from "./job-gD2SKWMN.js";

// src/github/hints.ts
/**
* Finds out from an event where to look, and nothing more. No other content of the event is trusted: a wrong or forged
* payload can at worst cause one unnecessary look (SPEC R4.1).
*
* Most events concern no epic. This file is enough to find that out, and it loads nothing else.
*/
/**
* @returns the places to look; `everywhere` if the event may concern every epic (the base branch).
*/
function hintsOf(event, payload) {
	const fields = typeof payload === "object" && payload !== null ? payload : {};
	switch (event) {
		case "issues": {
			const hints = hintsFromIssues(fields.issue);
			return fields.action === "deleted" || fields.action === "transferred" ? hints.map(({ number }) => ({
				kind: "gone issue",
				number
			})) : hints;
		}
		case "issue_comment": return fields.issue?.pull_request ? hintsFromPull(fields.issue.body) : hintsFromComment(fields);
		case "sub_issues": return hintsFromIssues(fields.parent_issue, fields.sub_issue);
		case "issue_dependencies": return hintsFromIssues(fields.blocked_issue, fields.blocking_issue);
		case "pull_request":
		case "pull_request_review":
		case "pull_request_review_comment": return hintsFromPull(fields.pull_request?.body);
		case "workflow_run": {
			if (fields.action === "requested") return [];
			const title = /^swarm #([1-9]\d{0,9}) /.exec(String(fields.workflow_run?.display_title ?? ""));
			const epic = numberIn$1(title?.[1]);
			if (epic !== void 0) return [{
				kind: "epic",
				number: epic
			}];
			return fields.action === "completed" ? hintsFromCommit(fields.workflow_run?.head_sha) : [];
		}
		case "push": return fields.ref === `refs/heads/${String(fields.repository?.default_branch)}` ? "everywhere" : [];
		case "check_run":
			if (fields.action !== "completed") return [];
			return fields.check_run?.app?.slug === "github-actions" ? hintsFromJob(String(fields.check_run.name)) : hintsFromCommit(fields.check_run?.head_sha);
		case "status": return hintsFromCommit(fields.sha);
		default: return [];
	}
}
/** The end of a run covers its jobs, except publish: a segment's report exists before the rest of the matrix is done. */
function hintsFromJob(name) {
	const publish = /^segment (\d{1,15}) \/ publish$/.exec(name);
	return hintsFromIssues({ number: publish?.[1] });
}
const hintsFromCommit = (sha) => typeof sha === "string" && /^[0-9a-f]{40}$/.test(sha) ? [{
	kind: "commit",
	sha
}] : "everywhere";
/** Relations to a repository that come with a right in it, or may. */
const MEMBERS = [
	"OWNER",
	"MEMBER",
	"COLLABORATOR"
];
/**
* A comment says something new only if it may be a command, which is at its very beginning, or if it is a bot's and was
* changed: a box in one of Swarm's questions, or its panel.
*/
function hintsFromComment({ action, issue, comment }) {
	const { body, user, author_association: relation } = comment ?? {};
	if (!(action === "created" ? String(body).startsWith("/") : user?.type === "Bot")) return [];
	const by = MEMBERS.includes(relation) || user?.type === "Bot" ? "member" : "stranger";
	return hintsFromIssues(issue).map(({ number }) => ({
		kind: "comment",
		number,
		by
	}));
}
const hintsFromIssues = (...issues) => issues.flatMap((issue) => {
	const number = numberIn$1(issue?.number);
	return number === void 0 ? [] : [{
		kind: "issue",
		number
	}];
});
/** The marker of swarm's pull requests names the attempt that opened them, and so its epic. */
function hintsFromPull(body) {
	const marker = typeof body === "string" ? readMarker(body) : void 0;
	const attempt = marker?.kind === "pull" ? readAttemptId(marker.key) : void 0;
	if (attempt?.epic === void 0) return hintsFromIssues({ number: attempt?.segment });
	const number = numberIn$1(attempt.epic);
	return number === void 0 ? [] : [{
		kind: "epic",
		number
	}];
}

// src/action/orchestrate.ts
/**
* `do: orchestrate`: swarm without the app. An event, the schedule or a manual run leads to a look at the epics that it
* concerns. As in the app, everything else is decided by what GitHub shows (SPEC R4.6).
*/
/** How long to wait for GitHub, for example until it knows whether a pull request is mergeable. The schedule does the rest. */
const MAX_WAIT_MS = 45e3;
const MAX_EPICS = 50;
const NO_EPIC = "This event does not concern an epic.";
async function run(job) {
	if (job.input("app") === "true") return job.fail("The app orchestrates this repository. Start the epic with the label swarm:execute or the comment /swarm execute.");
	const failures = [];
	const tryTo = async (subject, act) => {
		try {
			await act();
		} catch (error) {
			failures.push(`${subject}: ${error.message}`);
			job.log(String(error.stack ?? error));
		}
	};
	if (/^(?:success|failure)$/.test(job.input("calibrate-result"))) await tryTo("The check of the base", async () => (await import("./record-ZikVqui8.js")).run(job));
	const isEvent = isWebhookEvent(job);
	const hints = isEvent ? hintsOf(job.event, await job.payload()) : [];
	if (isEvent && hints.length === 0) return job.log(NO_EPIC);
	const client = await job.connect();
	const { epics, requests } = await findEpics(job, client, hints);
	if (epics.length === 0 && job.event !== "schedule") return job.log(NO_EPIC);
	const publisher = await job.connectToPublish();
	const orchestrator = {
		client,
		...publisher ? { publisher } : {},
		repository: job.repository,
		name: `run-${job.runId}-${crypto.randomUUID().slice(0, 8)}`,
		performed: /* @__PURE__ */ new Map(),
		sights: /* @__PURE__ */ new Map(),
		runsIn: "job",
		log: job.log
	};
	const look = async (numbers) => {
		for (const epic of numbers) await tryTo(`#${epic}`, () => reconcileEpic(job, orchestrator, epic, requests));
	};
	await look(epics);
	const isIdle = () => failures.length === 0 && orchestrator.sights.size === 0;
	if (job.event === "schedule" && isIdle()) {
		await turnClock(orchestrator, "off");
		await job.wait(SEEN_MS);
		await look((await findEpics(job, client, hints)).epics);
		if (isIdle()) job.log("No epic is under way. The clock is off until one starts.");
		else await turnClock(orchestrator, "on");
	}
	if (failures.length > 0) throw new Error(`Not everything could be done. ${failures.join(" ")}`);
}
/** GitHub's reads can lag behind its writes by seconds. */
const SEEN_MS = 15e3;
/** @see https://docs.github.com/en/rest/actions/workflows#disable-a-workflow */
async function turnClock({ client, repository }, to) {
	const call = {
		owner: repository.owner,
		repo: repository.name,
		workflow_id: CLOCK_WORKFLOW
	};
	await (to === "on" ? client.request("PUT /repos/{owner}/{repo}/actions/workflows/{workflow_id}/enable", call) : client.request("PUT /repos/{owner}/{repo}/actions/workflows/{workflow_id}/disable", call));
}
async function reconcileEpic(job, orchestrator, epic, requests) {
	const [{ reconcile }, { boardText, saySummary }] = await Promise.all([import("./reconcile-Cp5kebri.js"), import("./summary-CzCPusrX.js")]);
	let leftMs = MAX_WAIT_MS;
	let latest;
	for (;;) {
		const { kind, lookAgainAt, decided } = await reconcile(orchestrator, epic, requests);
		latest = decided ?? latest;
		if (kind === "no such issue") return job.log(`There is no issue #${epic}.`);
		const waitMs = lookAgainAt === void 0 ? Number.POSITIVE_INFINITY : Math.max(1e3, lookAgainAt - orchestrator.client.now());
		if (waitMs <= leftMs) {
			leftMs -= waitMs;
			await job.wait(waitMs);
			continue;
		}
		const board = latest?.decisions.find((decision) => decision.kind === "show panel")?.board;
		if (board) {
			job.log(boardText(board));
			job.addSummary(saySummary(board));
		} else job.log(`#${epic}: nothing to do now.`);
		return;
	}
}
/** True for a webhook event, as opposed to a manual run, the schedule or a finished run. */
const isWebhookEvent = (job) => job.input("dispatch") === "" && job.event !== "workflow_dispatch" && job.event !== "schedule";
async function findEpics(job, client, hints) {
	if (job.input("dispatch") !== "") return {
		epics: [epicOf(job)],
		requests: []
	};
	if (job.event === "workflow_dispatch") return {
		epics: await manualEpics(job, client),
		requests: [manualRequest(job)]
	};
	const { epicsInFlight, epicsOf } = await import("./wake-DSQqKgfM.js");
	const place = {
		client,
		repository: job.repository,
		parseConfig: async ({ file, text }) => (await import("./read-DDkhYffH.js")).readConfig(text, file)
	};
	return {
		epics: job.event === "schedule" || hints === "everywhere" || hints.some(({ kind }) => kind === "commit") ? await epicsInFlight({
			...place,
			log: (line) => job.log(line)
		}) : await epicsOf(place, hints),
		requests: []
	};
}
/** `12`, `#12 #15`, `12, 15`, or `all`: every open issue with the label `epic`. */
async function manualEpics(job, client) {
	const text = job.input("epic").trim();
	if (text.toLowerCase() === "all") {
		const { owner, name: repo } = job.repository;
		return (await client.paginate("GET /repos/{owner}/{repo}/issues", {
			owner,
			repo,
			labels: "epic",
			state: "open"
		})).filter((issue) => !issue.pull_request).map((issue) => issueNumber(issue.number)).sort((a, b) => a - b).slice(0, MAX_EPICS);
	}
	const words = text.split(/[\s,]+/).filter((word) => word !== "");
	const numbers = words.map((word) => numberIn$1(/^#?([1-9]\d*)$/.exec(word)?.[1])).filter((number) => number !== void 0);
	if (words.length === 0 || words.length > MAX_EPICS || numbers.length < words.length) throw new BadInput(`The input \`epic\` is ${JSON.stringify(text.slice(0, 80))}; it has to be issue numbers (at most ${MAX_EPICS}) or \`all\`.`);
	return [...new Set(numbers)];
}
function manualRequest(job) {
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
	if (!/^[1-9]\d{0,5}$/.test(text) || number > max) throw new BadInput(`The input \`${name}\` is ${JSON.stringify(text.slice(0, 40))}; it has to be a whole number from 1 to ${max}.`);
	return number;
}

export { run };