import { c as headSha } from "./epic-BlD3cFx_.js";
import { a as inRepository, r as GitHubRefused } from "./client-COHvwFo0.js";
import { d as readFile, m as readRefs } from "./refs-s5fIyZr6.js";
import { createHash } from "node:crypto";

// src/github/proven.ts
/**
* Bases on which all gates ran and were sound, for every epic: no tree is proven twice (SPEC R5.15).
*
* A ref is named by a digest of the tree, and of everything in the config that decides how gates run. People who can write
* such a ref can push to the base as well.
*/
const FILE = "proven.json";
const refOf = (proof) => `refs/swarm/proven/${proof}`;
/** The name of a proof: a digest of the tree, and of the config as far as gates depend on it. */
function proofName(tree, { gates, environment, isolation, network }) {
	const facts = [
		tree,
		Object.entries(gates).sort(byName),
		environment,
		isolation,
		network
	];
	return createHash("sha256").update(JSON.stringify(facts)).digest("hex");
}
const byName = ([one], [other]) => one < other ? -1 : one > other ? 1 : 0;
/** @returns undefined if there is none, or none that this version can read. */
async function readProven(client, repository, proof) {
	const commit = (await readRefs(client, repository, refOf(proof))).get(refOf(proof));
	if (commit === void 0) return void 0;
	const text = await readFile(client, repository, {
		commit,
		path: FILE,
		seen: void 0
	});
	try {
		const value = JSON.parse(text ?? "");
		return value.version === 1 ? value : void 0;
	} catch {
		return;
	}
}
/** A later proof of the same base replaces the one before. */
async function writeProven(client, repository, proof, proven) {
	const here = inRepository(repository);
	const tree = await client.request("POST /repos/{owner}/{repo}/git/trees", {
		...here,
		tree: [{
			path: FILE,
			mode: "100644",
			type: "blob",
			content: `${JSON.stringify(proven, null, 1)}\n`
		}]
	});
	const commit = await client.request("POST /repos/{owner}/{repo}/git/commits", {
		...here,
		message: `swarm: proven by #${proven.epic}`,
		tree: tree.data.sha,
		parents: []
	});
	const ref = refOf(proof);
	const sha = headSha(commit.data.sha);
	try {
		await client.request("POST /repos/{owner}/{repo}/git/refs", {
			...here,
			ref,
			sha
		});
	} catch (error) {
		if (!(error instanceof GitHubRefused) || error.status !== 422 || !/already exists/i.test(error.message)) throw error;
		await client.request("PATCH /repos/{owner}/{repo}/git/refs/{ref}", {
			...here,
			ref: ref.replace(/^refs\//, ""),
			sha,
			force: true
		});
	}
}

export { readProven as n, writeProven as r, proofName as t };