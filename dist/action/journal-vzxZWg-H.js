import { a as WORKERS, o as headSha } from "./epic-ChVpA3OA.js";
import { r as readAttemptId } from "./attempt-CsThcZZa.js";
import { a as inRepository, r as GitHubRefused } from "./client-BMx1e9Hr.js";
import { r as onlyThe } from "./lists-CSnbze11.js";
import { setTimeout } from "node:timers/promises";

// src/core/model/journal.ts
/**
* The journal: everything that GitHub's own objects do not show. Authorised texts, attempts with their runs, requests that were
* taken, acts that Swarm intended and did, calibrations with their findings.
*
* It is `state.json` in the tree at `refs/swarm/epics/<n>`, one commit for each step, advanced by compare-and-swap.
* The texts as authorised lie beside it as `issues/<number>.json`. A value of this type is never changed in place.
*/
/** The report of a run, if it could leave one. */
const reportOf = (outcome) => outcome && "report" in outcome ? outcome.report : void 0;
/** The branch on which an attempt that failed or stopped to ask left its work, with the commit that Swarm put there. */
function keptOf({ outcome }) {
	const result = outcome?.kind === "failed" || outcome?.kind === "asked" ? outcome.report?.result : void 0;
	return (result?.kind === "failed" || result?.kind === "needs-input") && result.kept !== void 0 && result.keptHead !== void 0 ? [{
		branch: result.kept,
		head: result.keptHead
	}] : [];
}
/** Answers whether a run ended early but could still hand on its work. It is retried from there. */
const isCutShort = (outcome) => outcome?.kind === "failed" && outcome.problem.kind === "RUN_CUT_SHORT";
/** The attempt by its id in the matrix of a dispatch. */
const findAttempt = (journal, id) => journal.segments[readAttemptId(id)?.segment ?? 0]?.attempts.find((attempt) => attempt.id === id);
const emptyJournal = (epic) => ({
	version: 1,
	epic,
	phase: "planned",
	options: {},
	segments: {},
	dispatches: {},
	calibrations: {},
	taken: {},
	acts: {},
	approvedWaves: [],
	followUps: [],
	forgivenRounds: {}
});
const emptyRecord = {
	attempts: [],
	rejections: [],
	approvals: [],
	forgiven: 0
};

// src/core/model/history.ts
/**
* How long finished segments took and what they cost. Forecasts of later epics learn from it.
*/
/** The histories of the segments that ended. A journal is kept after its epic, and later epics read this from it. */
function historyOf(journal) {
	return Object.values(journal.segments).flatMap((record) => {
		const last = record.attempts.at(-1);
		if (last?.outcome?.kind !== "published" && last?.outcome?.kind !== "no-change") return [];
		const ms = record.attempts.reduce((sum, { claimedAt, outcome }) => sum + (outcome ? outcome.at - claimedAt : 0), 0);
		const minutes = Math.max(1, Math.round(ms / 6e4));
		const costUsd = costOf(record);
		return [{
			worker: last.worker,
			...last.persona === void 0 ? {} : { persona: last.persona },
			...last.estimateMinutes === void 0 ? {} : { estimateMinutes: last.estimateMinutes },
			minutes,
			...costUsd === void 0 ? {} : { costUsd }
		}];
	});
}
/** The cost of a segment's attempts in US dollars, as their agents reported it; undefined if none did. */
function costOf(record) {
	const costs = record.attempts.map(({ outcome }) => reportOf(outcome)?.costUsd).filter((cost) => cost !== void 0);
	return costs.length === 0 ? void 0 : costs.reduce((sum, cost) => sum + cost, 0);
}
/** The cost of all attempts of an epic in US dollars, as their agents reported it; undefined if none did. */
function spentUsd({ segments }) {
	const costs = Object.values(segments).map(costOf).filter((cost) => cost !== void 0);
	return costs.length === 0 ? void 0 : costs.reduce((sum, cost) => sum + cost, 0);
}

// src/core/schedule/expectations.ts
/**
* How long each segment is likely to take, and its likely cost: learned from segments of earlier epics, else from the
* estimates, else the same for all.
*
* Earlier segments count by how similar they are: the same worker with the same persona first, then the same worker, then
* any. Fewer than three prove nothing. For a segment with an estimate, the lesson is by how much similar estimates were wrong;
* for one without, how long similar segments took.
*/
/** The time for every segment if none has an estimate. Only the proportions matter then. */
const USUAL_MINUTES = 20;
/** The error of an estimate before anything is learned: close to what studies of people's estimates find. */
const USUAL_DEVIATION = .5;
/** With fewer earlier segments than this, nothing is learned from them. */
const ENOUGH = 3;
/** Estimates between two of these minutes are of one size. */
const SIZES = [
	20,
	60,
	180
];
/** How many earlier segments count. More of them add nothing new. */
const MAX_HISTORY = 200;
/**
* Reads the histories that earlier epics left behind.
*
* @param lists parsed JSON, one list for each epic. Anything in it that is not a history of a segment is left out.
*/
function readHistory(lists) {
	return lists.filter((list) => Array.isArray(list)).flat().flatMap((entry) => {
		const { persona, estimateMinutes, minutes, costUsd, ...more } = entry ?? {};
		const worker = WORKERS.find((each) => each === more.worker);
		if (worker === void 0 || !isAmount(minutes) || minutes === 0) return [];
		return [{
			worker,
			...typeof persona === "string" ? { persona } : {},
			...isAmount(estimateMinutes) ? { estimateMinutes } : {},
			minutes,
			...isAmount(costUsd) ? { costUsd } : {}
		}];
	}).slice(0, MAX_HISTORY);
}
const isAmount = (value) => typeof value === "number" && value >= 0 && value < 1e6;
function expectationsOf(segments, earlier) {
	const estimates = segments.map(({ spec }) => spec.estimateMinutes).filter((minutes) => minutes !== void 0);
	const usual = median(estimates) ?? 20;
	let learned = 0;
	return {
		of: new Map(segments.map(({ number, spec }) => {
			const similar = mostSimilar(spec.worker, spec.persona, spec.estimateMinutes, earlier);
			if (similar.length > 0) learned++;
			return [number, expected(spec.estimateMinutes, usual, similar)];
		})),
		basis: basisOf(learned, earlier, estimates)
	};
}
function basisOf(learned, earlier, estimates) {
	if (learned > 0) return {
		kind: "learned",
		segments: earlier.length
	};
	return estimates.length > 0 ? {
		kind: "estimates",
		estimated: estimates.length
	} : { kind: "all alike" };
}
/** @param usual the minutes of a segment about which nothing is known. */
function expected(estimate, usual, similar) {
	const costUsd = median(similar.map((segment) => segment.costUsd).filter((cost) => cost !== void 0));
	const withCost = costUsd === void 0 ? {} : { costUsd };
	if (estimate === void 0) {
		const minutes = similar.map((segment) => segment.minutes);
		return {
			minutes: whole(median(minutes) ?? usual),
			deviation: deviationOf(minutes),
			...withCost
		};
	}
	const errors = similar.flatMap((segment) => segment.estimateMinutes === void 0 ? [] : [segment.minutes / Math.max(1, segment.estimateMinutes)]);
	if (errors.length < ENOUGH) return {
		minutes: whole(estimate),
		deviation: USUAL_DEVIATION,
		...withCost
	};
	return {
		minutes: whole(estimate * (median(errors) ?? 1)),
		deviation: deviationOf(errors),
		...withCost
	};
}
const whole = (minutes) => Math.max(1, Math.round(minutes));
/** The closest group of similar earlier segments that is large enough; empty if none is. */
function mostSimilar(worker, persona, estimate, earlier) {
	const sameWorker = earlier.filter((segment) => segment.worker === worker);
	const samePersona = sameWorker.filter((segment) => segment.persona === persona);
	const size = sizeOf(estimate);
	const isSameSize = (segment) => sizeOf(segment.estimateMinutes) === size;
	return [
		samePersona.filter(isSameSize),
		sameWorker.filter(isSameSize),
		samePersona,
		sameWorker,
		earlier
	].find((circle) => circle.length >= ENOUGH) ?? [];
}
/** From 0, small, to 3, huge; -1 without an estimate. */
const sizeOf = (estimate) => estimate === void 0 ? -1 : SIZES.filter((limit) => estimate > limit).length;
/** The lower of the two middle values, so that it is a value that really occurred. */
function median(values) {
	const sorted = [...values].sort((a, b) => a - b);
	return sorted[Math.floor((sorted.length - 1) / 2)];
}
/** Of the logarithms, around their median. It starts from the usual deviation, as if that had been observed four times. */
function deviationOf(values) {
	const logs = values.map((value) => Math.log(Math.max(value, .01)));
	const middle = median(logs) ?? 0;
	const squares = logs.reduce((sum, log) => sum + (log - middle) ** 2, 0);
	return Math.sqrt((squares + 4 * USUAL_DEVIATION ** 2) / (logs.length + 4));
}

// src/github/journal.ts
/**
* The journal on GitHub: a commit chain at `refs/swarm/epics/<n>`, advanced by compare-and-swap.
*
* The commit is created first, which does no harm if another writer wins. Only GraphQL's `updateRefs` with `beforeOid` moves
* the ref. REST's `PATCH git/refs` is not enough: it only checks for a fast-forward, which two writers can both pass.
*/
const EPICS = "refs/swarm/epics/";
const journalRef = (epic) => `${EPICS}${epic}`;
const reportRef = (epic, attempt) => `refs/swarm/runs/${epic}/${attempt}`;
const calibrationRef = (epic, wave, round) => `refs/swarm/runs/${epic}/wave-${wave}-${round}`;
/** Next to the state: a short history of the epic's segments, for the forecasts of later epics. */
const HISTORY_FILE = "took.json";
/** How many earlier journals a forecast uses. */
const EARLIER_EPICS = 20;
const ABSENT = "0".repeat(40);
/** @returns undefined if the epic was never started. @throws JournalBroken if the ref does not contain a valid journal. */
async function readJournal(client, repository, epic) {
	const ref = journalRef(epic);
	const answer = await client.queryWithNulls(`query Journal($owner: String!, $name: String!, $head: String!, $state: String!) {
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
		journal: parseJournal(await readFullText(client, repository, answer.repository.state), epic),
		oid: answer.repository.head.oid,
		repositoryId: answer.repository.id
	};
}
/** The history of segments of other epics, from the short files next to their journals. One query, no matter how large they are. */
async function readEarlier(client, repository, epic) {
	const lists = ((await client.queryWithNulls(`query Earlier($owner: String!, $name: String!, $prefix: String!, $path: String!) {
      repository(owner: $owner, name: $name) {
        refs(refPrefix: $prefix, ${onlyThe("first", EARLIER_EPICS, "a forecast needs examples, not all epics")}, orderBy: { field: ALPHABETICAL, direction: DESC }) {
          nodes { name target { ... on Commit { file(path: $path) { object { ... on Blob { text } } } } } }
        }
      }
    }`, {
		...repository,
		prefix: EPICS,
		path: HISTORY_FILE
	})).repository?.refs?.nodes ?? []).filter(({ name }) => name !== String(epic)).map(({ target }) => parseHistory(target?.file?.object?.text ?? "[]"));
	return readHistory(lists);
}
/** A history that cannot be parsed is ignored: it must not stop the epic. */
function parseHistory(text) {
	try {
		return JSON.parse(text);
	} catch {
		return [];
	}
}
/** GraphQL truncates a blob's text at 512 KiB and says so; REST returns all of it. */
async function readFullText(client, repository, blob) {
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
		throw new JournalBroken(`${journalRef(epic)} has no valid JSON in state.json.`);
	}
	const journal = value;
	if (journal.version !== 1) throw new JournalBroken(`${journalRef(epic)} was written by another version of swarm (version ${String(journal.version)}, this one reads 1).`);
	if (journal.epic !== epic) throw new JournalBroken(`${journalRef(epic)} is the journal of #${String(journal.epic)}.`);
	return value;
}
/** @returns `lost` if another writer advanced the journal first: observe and decide again. */
async function advanceJournal(client, repository, step) {
	const history = historyOf(step.journal);
	const file = (path, content) => ({
		path,
		mode: "100644",
		type: "blob",
		content
	});
	const tree = await client.request("POST /repos/{owner}/{repo}/git/trees", {
		...inRepository(repository),
		...step.from ? { base_tree: step.from } : {},
		tree: [
			file("state.json", `${JSON.stringify(step.journal, null, 1)}\n`),
			...history.length > 0 ? [file(HISTORY_FILE, `${JSON.stringify(history)}\n`)] : [],
			...Object.entries(step.texts ?? {}).map(([number, text]) => file(`issues/${number}.json`, `${JSON.stringify(text, null, 1)}\n`))
		]
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
		if (await hasMoved(client, repository, step)) return { kind: "lost" };
		throw error;
	}
	return {
		kind: "advanced",
		oid: commit.data.sha
	};
}
/** GitHub's reads can lag behind its writes, so a ref that seems unmoved is looked at again after these pauses. */
const LOOK_AGAIN_MS = [
	0,
	300,
	1500
];
async function hasMoved(client, repository, step) {
	for (const pause of LOOK_AGAIN_MS) {
		await setTimeout(pause);
		if ((await readJournal(client, repository, step.journal.epic))?.oid !== step.from) return true;
	}
	return false;
}
/** The authorised text of an issue, which may differ from its current text. @returns undefined if there is none. */
/** Where git has the text of an issue as it was authorised. */
const textFile = (epic, number) => `${journalRef(epic)}:issues/${number}.json`;
async function readAuthorisedText(client, repository, epic, number) {
	const blob = (await client.queryWithNulls(`query Text($owner: String!, $name: String!, $file: String!) {
      repository(owner: $owner, name: $name) { text: object(expression: $file) { oid ... on Blob { text isTruncated } } }
    }`, {
		...repository,
		file: textFile(epic, number)
	})).repository?.text;
	return blob ? JSON.parse(await readFullText(client, repository, blob)) : void 0;
}
/**
* Writes a report once. If an attempt has two publish jobs, the second finds the ref and leaves it unchanged.
* @returns `written` if this call created it.
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

export { findAttempt as _, readAuthorisedText as a, reportOf as b, readJournal as c, writeReport as d, expectationsOf as f, emptyRecord as g, emptyJournal as h, parseJournal as i, reportRef as l, spentUsd as m, calibrationRef as n, readEarlier as o, costOf as p, journalRef as r, readFullText as s, advanceJournal as t, textFile as u, isCutShort as v, keptOf as y };