import { c as issueNumber, l as numberIn } from "./epic-rYHwM1Ue.js";
import { c as hasReacted } from "./questions-Hq2iUrKK.js";

// src/github/wake.ts
/** Where to look → which epics: those above an issue, those that wait for it, those in flight. */
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
	})).data.map((ref) => Number(ref.ref.replace("refs/swarm/epics/", ""))).filter((number) => numberIn(number) !== void 0);
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

export { epicsInFlight, epicsOf };