import { c as issueNumber, d as numberIn$1 } from "./epic-DcVRCHr_.js";
import { i as inRepository } from "./client-BXngtAnz.js";
import { n as readMarker } from "./marker-C_yCMjG1.js";
import { o as hasReacted } from "./questions-D97WegD7.js";
import { i as fail, r as epicOf, s as summarise, t as BadInput } from "./job-CcnVOlyk.js";
import { setTimeout } from "node:timers/promises";

// src/github/wake.ts
/**
* An event → which epics to look at, and nothing more. What the event says about the world is not believed; a wrong or
* forged payload can at worst make swarm look once too often (SPEC R4.1).
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
const nested = (depth) => depth === 0 ? "" : `parent { number ${nested(depth - 1)} }`;
const LABELS = "labels(first: 50) { nodes { name } }";
/** The epics behind the hints, each once. */
async function epicsOf(client, repository, hints) {
	const found = new Set(hints.filter((hint) => hint.kind === "epic").map((hint) => hint.number));
	const issues = [...new Set(hints.filter((hint) => hint.kind === "issue").map((hint) => hint.number))];
	if (issues.length > 0) {
		const waiting = `blocking(first: 20) { nodes { number ${LABELS} repository { nameWithOwner } ${nested(8)} } }`;
		const parts = issues.map((number) => `issue${number}: issue(number: ${number}) { number ${LABELS} ${nested(8)} ${waiting} }`);
		const answer = await client.queryWhatIsThere(`query Roots($owner: String!, $name: String!) { repository(owner: $owner, name: $name) { ${parts.join(" ")} } }`, { ...repository });
		const here = `${repository.owner}/${repository.name}`.toLowerCase();
		const there = Object.values(answer.repository ?? {}).filter((issue) => issue !== null).flatMap((issue) => [issue, ...issue.blocking.nodes.filter((each) => each.repository.nameWithOwner.toLowerCase() === here)]);
		const journals = there.some((issue) => issue.parent) ? await journalNumbers(client, repository) : [];
		for (const issue of there) for (const number of epicsAmong(issue, new Set(journals))) found.add(issueNumber(number));
	}
	return [...found];
}
/**
* Of an issue and all above it, the epics: whatever is being executed. Where nothing is, the topmost issue, or the issue
* itself where somebody put a label of ours on it: a group can be executed by itself.
*/
function epicsAmong(issue, journals) {
	const chain = [];
	for (let at = issue; at; at = at.parent ?? null) chain.push(at);
	const started = chain.filter((each) => journals.has(each.number));
	if (started.length > 0) return started.map((each) => each.number);
	return [(issue.labels?.nodes.some((label) => label.name.startsWith("swarm:")) ? issue : chain.at(-1) ?? issue).number];
}
async function journalNumbers(client, repository) {
	return (await client.request("GET /repos/{owner}/{repo}/git/matching-refs/{ref}", {
		owner: repository.owner,
		repo: repository.name,
		ref: "swarm/epics/"
	})).data.map((ref) => Number(ref.ref.replace("refs/swarm/epics/", ""))).filter((number) => numberIn$1(number) !== void 0);
}
/**
* Every epic that may need a look, found without any event: open epics with a journal, and issues that somebody put a
* command on lately. This is what the clock's sweep looks at.
*/
async function epicsInFlight(client, repository) {
	const numbers = await journalNumbers(client, repository);
	const asked = (await client.query(`query Recent($owner: String!, $name: String!) {
      repository(owner: $owner, name: $name) {
        issues(first: 50, states: [OPEN], orderBy: { field: UPDATED_AT, direction: DESC }) {
          nodes { number ${nested(2)} ${LABELS} comments(last: 10) { nodes { body reactionGroups { content viewerHasReacted } } } }
        }
      }
    }`, { ...repository })).repository.issues.nodes.filter((issue) => issue.labels.nodes.some((label) => label.name.startsWith("swarm:")) || issue.comments.nodes.some((comment) => comment.body.startsWith("/swarm") && !hasReacted(comment, "ROCKET", "CONFUSED")));
	const journals = new Set(numbers);
	const roots = asked.flatMap((issue) => epicsAmong(issue, journals)).filter((number) => !journals.has(number));
	return [.../* @__PURE__ */ new Set([...await stillOpen(client, repository, numbers), ...roots])].map(issueNumber).sort((a, b) => a - b);
}
async function stillOpen(client, repository, numbers) {
	const open = [];
	for (let start = 0; start < numbers.length; start += 100) {
		const parts = numbers.slice(start, start + 100).map((number) => `issue${number}: issue(number: ${number}) { number state }`);
		const answer = await client.queryWhatIsThere(`query Open($owner: String!, $name: String!) { repository(owner: $owner, name: $name) { ${parts.join(" ")} } }`, { ...repository });
		open.push(...Object.values(answer.repository ?? {}).filter((issue) => issue?.state === "OPEN").map((issue) => issue?.number ?? 0));
	}
	return open;
}

// src/action/orchestrate.ts
/**
* `do: orchestrate`: the app-less door. An event, the clock or a person's "Run workflow" becomes a look at the epics it
* concerns; what is then done is decided by what GitHub shows, as in the app (SPEC R4.6).
*/
/** What GitHub needs a moment for (mergeable, its own delays) is waited for here; the rest is the clock's. */
const PATIENCE_MS = 45e3;
const MOST_EPICS = 50;
async function run(job) {
	if (job.input("app") === "true") return fail(job, "The app orchestrates this repository. Start the epic with the label swarm:execute or the comment /swarm execute.");
	const { epics, requests } = await whatToLookAt(job);
	if (epics.length === 0) return job.log("Nothing here concerns an epic.");
	const orchestrator = {
		client: job.client,
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
	const [{ reconcile }, { boardText, saySummary }] = await Promise.all([import("./reconcile-D6RTpaCC.js"), import("./summary-Pk91Di2-.js")]);
	let leftMs = PATIENCE_MS;
	for (;;) {
		const { kind, lookAgainAt, decided } = await reconcile(orchestrator, epic, requests);
		if (kind === "no such issue") return job.log(`There is no issue #${epic}.`);
		const waitMs = lookAgainAt === void 0 ? Number.POSITIVE_INFINITY : Math.max(1e3, lookAgainAt - job.client.now());
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
async function whatToLookAt(job) {
	const { client, repository } = job;
	if (job.input("dispatch") !== "") return {
		epics: [epicOf(job)],
		requests: []
	};
	if (job.event === "workflow_dispatch") return {
		epics: await epicsByHand(job),
		requests: [requestByHand(job)]
	};
	if (job.event === "schedule") return {
		epics: await epicsInFlight(client, repository),
		requests: []
	};
	const hints = hintsOf(job.event, await job.payload());
	return {
		epics: hints === "everywhere" ? await epicsInFlight(client, repository) : await epicsOf(client, repository, hints),
		requests: []
	};
}
/** `12`, `#12 #15`, `12, 15`, or `all`: every open issue with the label `epic`. */
async function epicsByHand(job) {
	const asked = job.input("epic").trim();
	if (asked.toLowerCase() === "all") return (await job.client.paginate("GET /repos/{owner}/{repo}/issues", {
		...inRepository(job.repository),
		labels: "epic",
		state: "open",
		per_page: 100
	})).filter((issue) => !issue.pull_request).map((issue) => issueNumber(issue.number)).sort((a, b) => a - b).slice(0, MOST_EPICS);
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