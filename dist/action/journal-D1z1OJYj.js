import { K as headSha, V as inRepository, z as GitHubRefused } from "./job-COi8ndIE.js";

// src/github/journal.ts
/**
* The journal on GitHub: a commit chain at `refs/swarm/epics/<n>`, advanced by compare-and-swap.
*
* A commit is made first and costs nothing if it loses; only GraphQL's `updateRefs` with `beforeOid` moves the ref.
* REST's `PATCH git/refs` only checks for a fast-forward, which two writers from one parent can both pass.
*/
const journalRef = (epic) => `refs/swarm/epics/${epic}`;
const reportRef = (epic, attempt) => `refs/swarm/runs/${epic}/${attempt}`;
const calibrationRef = (epic, wave, round) => `refs/swarm/runs/${epic}/wave-${wave}-${round}`;
const ABSENT = "0".repeat(40);
/** @returns undefined where the epic was never started. @throws JournalBroken when what is there is no journal. */
async function readJournal(client, repository, epic) {
	const ref = journalRef(epic);
	const answer = await client.queryWhatIsThere(`query Journal($owner: String!, $name: String!, $head: String!, $state: String!) {
      repository(owner: $owner, name: $name) {
        id
        head: object(expression: $head) { oid }
        state: object(expression: $state) { oid ... on Blob { text isTruncated } }
      }
    }`, {
		...repository,
		head: ref,
		state: `${ref}:state.json`
	});
	if (!answer.repository?.head || !answer.repository.state) return void 0;
	return {
		journal: parseJournal(await wholeText(client, repository, answer.repository.state), epic),
		oid: answer.repository.head.oid,
		repositoryId: answer.repository.id
	};
}
/** GraphQL cuts a blob's text at 512 KiB and says so; REST gives all of it. */
async function wholeText(client, repository, blob) {
	if (blob.text !== null && !blob.isTruncated) return blob.text;
	const answer = await client.request("GET /repos/{owner}/{repo}/git/blobs/{file_sha}", {
		...inRepository(repository),
		file_sha: blob.oid
	});
	return Buffer.from(answer.data.content, "base64").toString("utf8");
}
var JournalBroken = class extends Error {
	name = "JournalBroken";
};
function parseJournal(text, epic) {
	let value;
	try {
		value = JSON.parse(text);
	} catch {
		throw new JournalBroken(`${journalRef(epic)} holds no JSON in state.json.`);
	}
	const journal = value;
	if (journal.version !== 1) throw new JournalBroken(`${journalRef(epic)} was written by another version of swarm (version ${String(journal.version)}, this one reads 1).`);
	if (journal.epic !== epic) throw new JournalBroken(`${journalRef(epic)} is the journal of #${String(journal.epic)}.`);
	return value;
}
/** @returns `lost` when somebody else advanced the journal first: look again and decide anew. */
async function advanceJournal(client, repository, step) {
	const file = (path, content) => ({
		path,
		mode: "100644",
		type: "blob",
		content
	});
	const tree = await client.request("POST /repos/{owner}/{repo}/git/trees", {
		...inRepository(repository),
		...step.from ? { base_tree: step.from } : {},
		tree: [file("state.json", `${JSON.stringify(step.journal, null, 1)}\n`), ...Object.entries(step.texts ?? {}).map(([number, text]) => file(`issues/${number}.json`, `${JSON.stringify(text, null, 1)}\n`))]
	});
	const commit = await client.request("POST /repos/{owner}/{repo}/git/commits", {
		...inRepository(repository),
		message: step.message,
		tree: tree.data.sha,
		parents: step.from ? [step.from] : []
	});
	try {
		await client.mutate(`mutation Advance($repositoryId: ID!, $name: GitRefname!, $before: GitObjectID!, $after: GitObjectID!) {
        updateRefs(input: { repositoryId: $repositoryId, refUpdates: [{ name: $name, beforeOid: $before, afterOid: $after }] }) {
          clientMutationId
        }
      }`, {
			repositoryId: step.repositoryId,
			name: journalRef(step.journal.epic),
			before: step.from ?? ABSENT,
			after: commit.data.sha
		});
	} catch (error) {
		if (!(error instanceof GitHubRefused) || error.status !== 422) throw error;
		if ((await readJournal(client, repository, step.journal.epic))?.oid === step.from) throw error;
		return { kind: "lost" };
	}
	return {
		kind: "advanced",
		oid: commit.data.sha
	};
}
/** The text that was authorised, whatever the issue says now. @returns undefined where none was. */
async function readAuthorisedText(client, repository, epic, number) {
	const blob = (await client.queryWhatIsThere(`query Text($owner: String!, $name: String!, $file: String!) {
      repository(owner: $owner, name: $name) { text: object(expression: $file) { oid ... on Blob { text isTruncated } } }
    }`, {
		...repository,
		file: `${journalRef(epic)}:issues/${number}.json`
	})).repository?.text;
	return blob ? JSON.parse(await wholeText(client, repository, blob)) : void 0;
}
/**
* A report is written once: of two publish jobs of one attempt the second finds the ref taken and leaves it.
* @returns whether this call made it.
*/
async function writeReport(client, repository, ref, file, report) {
	const tree = await client.request("POST /repos/{owner}/{repo}/git/trees", {
		...inRepository(repository),
		tree: [{
			path: file,
			mode: "100644",
			type: "blob",
			content: `${JSON.stringify(report, null, 1)}\n`
		}]
	});
	const commit = await client.request("POST /repos/{owner}/{repo}/git/commits", {
		...inRepository(repository),
		message: `swarm: ${ref.replace("refs/swarm/runs/", "")}`,
		tree: tree.data.sha,
		parents: []
	});
	try {
		await client.request("POST /repos/{owner}/{repo}/git/refs", {
			...inRepository(repository),
			ref,
			sha: headSha(commit.data.sha)
		});
		return "written";
	} catch (error) {
		if (error instanceof GitHubRefused && error.status === 422 && /already exists/i.test(error.message)) return "already there";
		throw error;
	}
}

export { readAuthorisedText as a, wholeText as c, parseJournal as i, writeReport as l, calibrationRef as n, readJournal as o, journalRef as r, reportRef as s, advanceJournal as t };