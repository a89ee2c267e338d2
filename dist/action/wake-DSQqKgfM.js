import { d as issueNumber } from "./epic-BlD3cFx_.js";
import { a as inRepository, c as defineList } from "./client-COHvwFo0.js";
import { l as hasReacted, m as labels } from "./queries-CjK4-ePd.js";
import { l as journalNumbers } from "./refs-s5fIyZr6.js";

// src/github/wake.ts
/** Finds the epics to look at: those above an issue, those that wait for it, and those in flight. */
const nested = (depth) => depth === 0 ? "" : `parent { number ${nested(depth - 1)} }`;
/** Issues that wait for an issue. */
const blocking = defineList("blocking", {
	kind: "blocked issues",
	on: "Issue",
	field: "blocking",
	end: "first",
	size: 50,
	most: 500,
	select: `id number ${labels()} repository { nameWithOwner } ${nested(8)}`
});
const recentComments = defineList("recentComments", {
	kind: "comments",
	on: "Issue",
	field: "comments",
	end: "last",
	size: 10,
	most: 3e3,
	select: "body createdAt reactionGroups { content viewerHasReacted }"
});
const recentIssues = defineList("recentIssues", {
	kind: "issues",
	on: "Repository",
	field: "issues",
	end: "first",
	size: 50,
	pageSize: 50,
	weight: 1e3,
	most: 1e3,
	filter: "orderBy: { field: UPDATED_AT, direction: DESC }",
	select: `id number state updatedAt ${nested(2)} ${labels()} ${recentComments()}`
});
/** The epics that the hints concern, each once. A commit says nothing here: only a look knows the commits of an epic. */
async function epicsOf(options, hints) {
	const { client, repository } = options;
	const found = new Set(hints.filter((hint) => hint.kind === "epic").map((hint) => hint.number));
	const issues = [...new Set(hints.filter((hint) => hint.kind === "issue" || hint.kind === "comment").map((hint) => hint.number))];
	if (issues.length > 0) {
		const parts = issues.map((number) => `issue${number}: issue(number: ${number}) { id number ${labels()} ${nested(8)} ${blocking()} }`);
		const answer = await client.queryWithNulls(`query Roots($owner: String!, $name: String!) { repository(owner: $owner, name: $name) { nameWithOwner ${parts.join(" ")} } }`, { ...repository });
		const candidates = issues.flatMap((number) => {
			const issue = answer.repository?.[`issue${number}`];
			const isHere = (other) => other.repository.nameWithOwner === answer.repository?.nameWithOwner;
			return issue ? [issue, ...issue.blocking.nodes.filter(isHere)] : [];
		});
		const journals = candidates.some((issue) => issue.parent) ? await journalNumbers(client, repository) : [];
		const isOurs = candidates.some((issue) => issue.parent && labelsOf(issue).length > 0) ? await ownLabels(options) : () => void 0;
		for (const issue of candidates) for (const number of epicsAmong(issue, new Set(journals), isOurs)) found.add(issueNumber(number));
	}
	return [...found];
}
/**
* The epics among an issue and its ancestors: those that are being executed. If none is, the topmost issue, or the issue
* itself if it has one of swarm's labels, because a group can be executed on its own.
*/
function epicsAmong(issue, journals, isOurs) {
	const chain = [];
	for (let next = issue; next; next = next.parent ?? null) chain.push(next);
	const started = chain.filter(({ number }) => journals.has(number));
	if (started.length > 0) return started.map(({ number }) => number);
	return [(labelsOf(issue).some(isOurs) ? issue : chain.at(-1) ?? issue).number];
}
const labelsOf = ({ labels }) => labels?.nodes.map(({ name }) => name) ?? [];
/** Loaded only when there is a label to compare: most starts of the action get by without it. */
async function readLabels({ client, repository, parseConfig }) {
	const { readOwnLabels } = await import("./config-text-Dn8raBXi.js");
	return readOwnLabels(client, repository, parseConfig);
}
const ownLabels = async (options) => (await readLabels(options)).kindOf;
/** A command takes its label off, so there are never many. Beyond it, an issue is found once it changes. */
const MAX_LABELLED = 100;
/** The epics of all open issues with a label that is a command, however long ago it was put there. */
async function epicsLabelled(options) {
	const { client, repository } = options;
	const numbers = /* @__PURE__ */ new Set();
	for (const labels of (await readLabels(options)).commands) {
		const issues = await client.paginate("GET /repos/{owner}/{repo}/issues", {
			...inRepository(repository),
			labels,
			state: "open"
		});
		for (const issue of issues) if (!issue.pull_request) numbers.add(issueNumber(issue.number));
	}
	return epicsOf(options, [...numbers].slice(0, MAX_LABELLED).map((number) => ({
		kind: "issue",
		number
	})));
}
const DAY_MS = 864e5;
/**
* Every epic that may need a look, found without an event: open epics with a journal, and issues with a recent command or
* label. The periodic sweep looks at these. A command on a closed epic gets an answer too.
*/
async function epicsInFlight(options) {
	const { client, repository } = options;
	const numbers = await journalNumbers(client, repository);
	const sinceMs = options.since ?? client.now() - DAY_MS;
	let labels = options.labels ?? "on changed issues";
	const answer = await client.query(`query Recent($owner: String!, $name: String!) {
      repository(owner: $owner, name: $name) { id ${recentIssues()} }
    }`, { ...repository }, {
		enough: {
			recentIssues: (nodes) => Date.parse(nodes.at(-1)?.updatedAt ?? "") < sinceMs,
			recentComments: ([oldest]) => Date.parse(oldest?.createdAt ?? "") < sinceMs
		},
		onCut: (list) => {
			options.log(sayCut(list, sinceMs));
			labels = "all";
		}
	});
	const isOurs = answer.repository.issues.nodes.some((issue) => labelsOf(issue).length > 0) ? await ownLabels(options) : () => void 0;
	const isAsked = (issue) => labelsOf(issue).some((label) => isOurs(label) === "command") || issue.comments.nodes.some((comment) => comment.body.startsWith("/swarm") && !hasReacted(comment, "ROCKET", "CONFUSED"));
	const journals = new Set(numbers);
	const roots = answer.repository.issues.nodes.flatMap((issue) => {
		if (isAsked(issue)) return epicsAmong(issue, journals, isOurs);
		if (issue.state !== "OPEN" || !labelsOf(issue).some(isOurs)) return [];
		return epicsAmong(issue, journals, isOurs).filter((number) => !journals.has(number));
	});
	const labelled = labels === "all" ? await epicsLabelled(options) : [];
	const others = [...roots, ...labelled.filter((number) => !journals.has(number))];
	return [.../* @__PURE__ */ new Set([...await stillOpen(client, repository, numbers), ...others])].map(issueNumber).sort((a, b) => a - b);
}
/** A sweep that finds too much continues with what it has read: an event or a later sweep finds the rest. */
const sayCut = ({ kind, of, read }, sinceMs) => `The sweep read ${read} ${kind}${of === void 0 ? "" : ` of #${of}`}, and there are more since ${new Date(sinceMs).toISOString()}. It did not read those.`;
async function stillOpen(client, repository, numbers) {
	const open = [];
	for (let start = 0; start < numbers.length; start += 100) {
		const parts = numbers.slice(start, start + 100).map((number) => `issue${number}: issue(number: ${number}) { number state }`);
		const answer = await client.queryWithNulls(`query Open($owner: String!, $name: String!) { repository(owner: $owner, name: $name) { ${parts.join(" ")} } }`, { ...repository });
		open.push(...Object.values(answer.repository ?? {}).filter((issue) => issue?.state === "OPEN").map((issue) => issue?.number ?? 0));
	}
	return open;
}

export { epicsInFlight, epicsOf };