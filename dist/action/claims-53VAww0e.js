import { c as headSha, f as numberIn } from "./epic-BlD3cFx_.js";
import { l as recordOf } from "./journal-lenses-COSHEJLo.js";
import { a as inRepository, r as GitHubRefused } from "./client-COHvwFo0.js";
import { a as claimRef, f as readFiles, i as STATE_FILE, m as readRefs, n as CLAIMS, r as EPICS, t as ABSENT, u as journalRef } from "./refs-s5fIyZr6.js";

// src/core/model/journal/claims.ts
/** The segments whose attempts a step starts. */
function claimsIn(before, after) {
	const counts = Object.entries(after.segments).map(([key, { attempts }]) => {
		const segment = Number(key);
		const known = recordOf(before, segment).attempts.length;
		return {
			segment,
			known,
			isStarting: attempts.length > known
		};
	});
	const of = (isFirst) => counts.filter(({ known, isStarting }) => isStarting && known === 0 === isFirst).map(({ segment }) => segment);
	return {
		first: of(true),
		again: of(false)
	};
}
/** Longer than any run takes. What the journal of a closed epic says of its runs is never brought up to date. */
const LONGEST_RUN_MS = 864e5;
/**
* Answers whether an epic still holds a segment that it once claimed. One that is finished, cancelled or closed does not, once
* no agent of its own can be at work on the segment any more; nor does one without the segment.
*/
function holds(journal, segment, issue, now) {
	const record = recordOf(journal, segment);
	const last = record.attempts.at(-1);
	if (last && !last.outcome && now - last.claimedAt < LONGEST_RUN_MS) return true;
	if (segment === journal.epic && journal.phase === "finished") return issue === "open";
	const isWanted = journal.authorisation?.segments[segment] !== void 0 && record.skipped === void 0;
	return issue === "open" && isWanted && (journal.phase === "running" || journal.phase === "paused");
}

// src/github/claims.ts
/**
* Claims on GitHub: the ref `refs/swarm/claims/<segment>`, at a commit of the journal of the epic that has the segment.
*
* A claim is made in the call that moves the journal to the segment's first attempt, all or nothing. So it costs no call of its
* own, and an orchestrator that dies leaves both or none of them. It is removed when its epic is over. One that was left behind
* is taken over: the journal that it points at says if its epic still holds the segment.
*/
/** The segments that somebody has claimed: the epic itself, or another one. */
async function claimedAmong(client, repository, segments) {
	const refs = await readRefs(client, repository, CLAIMS);
	return segments.filter((segment) => refs.has(claimRef(segment)));
}
/** By segment: the other epic that holds it at the moment. */
async function readOwners(client, repository, epic, segments) {
	return ownersAmong(client, repository, epic, await readClaims(client, repository, segments));
}
/**
* What has to move with the journal's step so that these segments are claimed at its end.
*
* @param oid the commit of the step
*/
async function claimMoves(client, repository, { epic, segments, oid }) {
	const claims = await readClaims(client, repository, segments);
	const owners = await ownersAmong(client, repository, epic, claims);
	return {
		moves: segments.flatMap((segment) => {
			const claim = claims.get(segment);
			if (claim?.epic === epic) return [];
			const move = {
				name: claimRef(segment),
				beforeOid: claim?.oid ?? ABSENT,
				afterOid: oid
			};
			return [claim ? {
				...move,
				force: true
			} : move];
		}),
		owned: segments.filter((segment) => owners[segment] !== void 0)
	};
}
/**
* Where GraphQL does not move such refs. REST has no condition for a ref that it removes, so of two epics that take over the
* same claim in the same second, both could believe that they got it.
* @returns false if another epic was faster.
*/
async function claimByRest(client, repository, move) {
	const here = inRepository(repository);
	if (move.beforeOid !== ABSENT) await removeByRest(client, repository, move.name);
	try {
		await client.request("POST /repos/{owner}/{repo}/git/refs", {
			...here,
			ref: move.name,
			sha: headSha(move.afterOid)
		});
		return true;
	} catch (error) {
		if (error instanceof GitHubRefused && error.status === 422 && /already exists/i.test(error.message)) return false;
		throw error;
	}
}
/** Removes an epic's claims of these segments. Those that another epic has taken over stay. */
async function releaseClaims(client, repository, epic, segments) {
	const here = {
		owner: repository.owner,
		name: repository.name
	};
	const moves = [...await readClaims(client, here, segments)].flatMap(([segment, claim]) => claim.epic === epic ? [{
		name: claimRef(segment),
		beforeOid: claim.oid,
		afterOid: ABSENT,
		force: true
	}] : []);
	if (moves.length === 0) return;
	try {
		await client.mutate(`mutation Release($repositoryId: ID!, $refUpdates: [RefUpdate!]!) {
        updateRefs(input: { repositoryId: $repositoryId, refUpdates: $refUpdates }) { clientMutationId }
      }`, {
			repositoryId: repository.id,
			refUpdates: moves
		});
	} catch (error) {
		if (!(error instanceof GitHubRefused) || error.status !== 422) throw error;
		const now = await readRefs(client, here, CLAIMS);
		for (const { name, beforeOid } of moves) if (now.get(name) === beforeOid) await removeByRest(client, here, name);
	}
}
async function removeByRest(client, repository, name) {
	const ref = name.replace(/^refs\//, "");
	try {
		await client.request("DELETE /repos/{owner}/{repo}/git/refs/{ref}", {
			...inRepository(repository),
			ref
		});
	} catch (error) {
		if (!(error instanceof GitHubRefused) || error.status !== 422) throw error;
	}
}
async function readClaims(client, repository, segments) {
	const refs = await readRefs(client, repository, CLAIMS);
	const found = segments.flatMap((segment) => {
		const oid = refs.get(claimRef(segment));
		return oid === void 0 ? [] : [{
			segment,
			oid
		}];
	});
	const states = await readStates(client, repository, [...new Set(found.map(({ oid }) => oid))]);
	return new Map(found.map(({ segment, oid }) => {
		const journal = states.get(oid) ?? {};
		return [segment, {
			oid,
			epic: numberIn(journal.epic),
			journal
		}];
	}));
}
/** The journals in these commits. A commit without one is left out. */
async function readStates(client, repository, commits) {
	const texts = await readFiles(client, repository, commits.map((commit) => ({
		commit,
		path: STATE_FILE
	})));
	return new Map(commits.flatMap((commit, index) => {
		const state = parse(texts[index]);
		return state ? [[commit, state]] : [];
	}));
}
function parse(text) {
	try {
		const value = JSON.parse(text ?? "null");
		return typeof value === "object" && value !== null ? value : void 0;
	} catch {
		return;
	}
}
/** By segment: the other epic that claimed it and still holds it. */
async function ownersAmong(client, repository, epic, claims) {
	const foreign = [...claims].flatMap(([segment, { epic: by, journal }]) => by === void 0 || by === epic ? [] : [{
		segment,
		by,
		journal
	}]);
	if (foreign.length === 0) return {};
	const epics = [...new Set(foreign.map(({ by }) => by))];
	const heads = await readRefs(client, repository, EPICS);
	const headOf = (by) => heads.get(journalRef(by)) ?? "";
	const states = await readStates(client, repository, epics.map(headOf).filter(Boolean));
	const open = await openAmong(client, repository, epics);
	const isHeld = ({ segment, by, journal: claimed }) => {
		const now = states.get(headOf(by));
		const latest = now && countOf(now) >= countOf(claimed) ? now : claimed;
		const issue = now && open.has(by) ? "open" : "closed";
		if (latest.version !== 1) return issue === "open";
		return holds(latest, segment, issue, client.now());
	};
	return Object.fromEntries(foreign.filter(isHeld).map(({ segment, by }) => [segment, by]));
}
/** A journal's dispatches only become more. */
const countOf = ({ dispatches = {} }) => Object.keys(dispatches).length;
/** Those of the issues that are there and open. */
async function openAmong(client, repository, numbers) {
	const parts = numbers.map((number) => `issue${number}: issue(number: ${number}) { state }`);
	const answer = await client.queryWithNulls(`query Owners($owner: String!, $name: String!) { repository(owner: $owner, name: $name) { ${parts.join(" ")} } }`, { ...repository });
	return new Set(numbers.filter((number) => answer.repository?.[`issue${number}`]?.state === "OPEN"));
}

export { releaseClaims as a, readOwners as i, claimMoves as n, claimsIn as o, claimedAmong as r, claimByRest as t };