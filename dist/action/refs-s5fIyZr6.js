import { f as numberIn } from "./epic-BlD3cFx_.js";
import { a as inRepository, i as GitHubUnavailable, r as GitHubRefused } from "./client-COHvwFo0.js";

// src/github/refs.ts
/**
* Swarm's own refs, and files by their commit.
*
* GraphQL does not show refs outside `refs/heads` and `refs/tags`, neither as a ref nor in an expression. So refs are read by
* REST, and files by the oid of their commit.
*/
const EPICS = "refs/swarm/epics/";
/** The journal's state, in each of its commits. */
const STATE_FILE = "state.json";
const journalRef = (epic) => `${EPICS}${epic}`;
const CLAIMS = "refs/swarm/claims/";
/** The claim of a segment, which is at a commit of the journal of the epic that has it. */
const claimRef = (segment) => `${CLAIMS}${segment}`;
/** Stands for "no commit", as git itself writes it. */
const ABSENT = "0".repeat(40);
/** The commit of each ref that begins with this. */
async function readRefs(client, repository, prefix) {
	try {
		const answer = await client.request("GET /repos/{owner}/{repo}/git/matching-refs/{ref}", {
			...inRepository(repository),
			ref: prefix.replace(/^refs\//, "")
		});
		return new Map(answer.data.map(({ ref, object }) => [ref, object.sha]));
	} catch (error) {
		if (error instanceof GitHubRefused && error.status === 409) return /* @__PURE__ */ new Map();
		throw error;
	}
}
/** The numbers of all epics that have a journal. */
async function journalNumbers(client, repository) {
	return [...(await readRefs(client, repository, EPICS)).keys()].map((ref) => Number(ref.slice(17))).filter((number) => numberIn(number) !== void 0);
}
/** @returns the journal's latest commit; undefined if the epic was never started. */
const readHead = async (client, repository, epic) => (await readRefs(client, repository, journalRef(epic))).get(journalRef(epic));
/** In a query: a file of a commit, with the commit's maker. Both parameters are GraphQL: `$commit`, `"state.json"`. */
const fileOf = (oid, path) => `object(oid: ${oid}) { ... on Commit {
    author { name email }
    signature { isValid wasSignedByGitHub }
    file(path: ${path}) { object { oid ... on Blob { text isTruncated } } }
  } }`;
/** The author of commits that a job makes through the API. */
const JOBS = /^\d+\+github-actions\[bot\]@users\.noreply\./;
const isSigned = (commit) => commit?.signature?.isValid === true && commit.signature.wasSignedByGitHub;
/** Answers if a job made this commit. Nobody else gets GitHub's signature for that author. */
const isByJob = (commit) => isSigned(commit) && JOBS.test(commit?.author?.email ?? "");
/**
* The text of a file in a commit.
*
* GraphQL cuts off a text at 512 KiB and says so, and a new commit may not show there yet. REST has all of it.
* @param seen what a query showed of it
* @returns undefined if the commit has no such file. @throws GitHubUnavailable if the commit does not show at all.
*/
async function readFile(client, repository, { commit, path, seen }) {
	if (seen && !seen.file) return void 0;
	const blob = seen?.file?.object;
	if (typeof blob?.text === "string" && blob.isTruncated !== true) return blob.text;
	const oid = blob?.oid ?? await findBlob(client, repository, commit, path);
	if (oid === void 0) return void 0;
	const answer = await client.request("GET /repos/{owner}/{repo}/git/blobs/{file_sha}", {
		...inRepository(repository),
		file_sha: oid
	});
	return Buffer.from(answer.data.content, "base64").toString("utf8");
}
async function findBlob(client, repository, commit, path) {
	try {
		const { data } = await client.request("GET /repos/{owner}/{repo}/git/trees/{tree_sha}", {
			...inRepository(repository),
			tree_sha: commit,
			recursive: "1"
		});
		return data.tree.find((entry) => entry.path === path)?.sha;
	} catch (error) {
		if (!(error instanceof GitHubRefused) || error.status !== 404) throw error;
		throw new GitHubUnavailable(`Commit ${commit} does not show yet.`, 404, 2e3, false);
	}
}
/** Several files, in one query. */
async function readFiles(client, repository, files) {
	if (files.length === 0) return [];
	const answer = await client.queryWithNulls(`query Files($owner: String!, $name: String!${files.map((_, index) => `, $commit${index}: GitObjectID!, $path${index}: String!`).join("")}) {
      repository(owner: $owner, name: $name) {
        id
        ${files.map((_, index) => `file${index}: ${fileOf(`$commit${index}`, `$path${index}`)}`).join("\n        ")}
      }
    }`, {
		...repository,
		...Object.fromEntries(files.flatMap(({ commit, path }, index) => [[`commit${index}`, commit], [`path${index}`, path]]))
	});
	return Promise.all(files.map((file, index) => readFile(client, repository, {
		...file,
		seen: answer.repository?.[`file${index}`]
	})));
}

export { claimRef as a, isSigned as c, readFile as d, readFiles as f, STATE_FILE as i, journalNumbers as l, readRefs as m, CLAIMS as n, fileOf as o, readHead as p, EPICS as r, isByJob as s, ABSENT as t, journalRef as u };