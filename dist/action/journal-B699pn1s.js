import { c as headSha, o as WORKERS } from "./epic-BlD3cFx_.js";
import { c as reportOf, n as emptyRecord, t as emptyJournal } from "./journal-Ccn5Ud1B.js";
import { a as inRepository, r as GitHubRefused } from "./client-COHvwFo0.js";
import { n as configTextIn, t as CONFIG_FIELDS } from "./config-text-CXlYV5SI.js";
import { a as claimRef, d as readFile, f as readFiles, i as STATE_FILE, m as readRefs, o as fileOf, p as readHead, r as EPICS, t as ABSENT, u as journalRef } from "./refs-s5fIyZr6.js";

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
function costOf({ attempts }) {
	const costs = attempts.map(({ outcome }) => reportOf(outcome)?.costUsd).filter((cost) => cost !== void 0);
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
* GraphQL does not show refs outside `refs/heads` and `refs/tags`, neither as a ref nor in an expression. So a ref is read by
* REST, and the files of its commit by the commit's oid.
*
* The commit is created first, which does no harm if another writer wins. Then the ref is moved, if it still is where this
* writer read it: by GraphQL's `updateRefs` with `beforeOid`, or by REST where that is refused for such refs. REST only
* checks for a fast-forward, but that is the same condition here: the new commit's parent is the commit that was read, so of
* two writers only the first can move the ref forward.
*/
const reportRef = (epic, attempt) => `refs/swarm/runs/${epic}/${attempt}`;
const calibrationRef = (epic, wave, round) => `refs/swarm/runs/${epic}/wave-${wave}-${round}`;
const baselineRef = (epic, round) => `refs/swarm/runs/${epic}/baseline-${round}`;
/** Next to the state: a short history of the epic's segments, for the forecasts of later epics. */
const HISTORY_FILE = "took.json";
/** How many earlier journals a forecast uses. */
const EARLIER_EPICS = 20;
/** The text of an issue as it was authorised. */
const textFile = (number) => `issues/${number}.json`;
/**
* @param issues their texts are read in the same query.
* @returns undefined if the epic was never started. @throws JournalBroken if the ref does not contain a valid journal.
*/
async function readJournal(client, repository, epic, issues = []) {
	const oid = await readHead(client, repository, epic);
	if (oid === void 0) return void 0;
	const texts = issues.map((number) => `text${number}: ${fileOf("$oid", `"${textFile(number)}"`)}`);
	const { repository: seen } = await client.queryWithNulls(`query Journal($owner: String!, $name: String!, $oid: GitObjectID!) {
      repository(owner: $owner, name: $name) { id state: ${fileOf("$oid", `"${STATE_FILE}"`)} ${texts.join(" ")} ${CONFIG_FIELDS} }
    }`, {
		...repository,
		oid
	});
	if (!seen) return void 0;
	const journal = await readState(client, repository, {
		epic,
		oid,
		seen: seen.state
	});
	const read = issues.map(async (number) => {
		const file = {
			commit: oid,
			path: textFile(number),
			seen: seen[`text${number}`]
		};
		const text = await readFile(client, repository, file);
		return text === void 0 ? [] : [[number, JSON.parse(text)]];
	});
	const found = Object.fromEntries((await Promise.all(read)).flat());
	return {
		journal,
		oid,
		repositoryId: seen.id,
		texts: found,
		config: configTextIn(seen)
	};
}
/** @param seen what a query showed of the state. @throws JournalBroken if it is not a valid journal of this epic. */
async function readState(client, repository, { epic, oid, seen }) {
	const text = await readFile(client, repository, {
		commit: oid,
		path: STATE_FILE,
		seen
	});
	if (text === void 0) throw new JournalBroken(`${journalRef(epic)} has no ${STATE_FILE}.`);
	return parseJournal(text, epic);
}
/** The history of segments of other epics, from the short files next to their journals: those of the latest epics. */
async function readEarlier(client, repository, epic) {
	const latest = [...await readRefs(client, repository, EPICS)].map(([ref, oid]) => ({
		number: Number(ref.slice(EPICS.length)),
		oid
	})).filter(({ number }) => number !== epic).sort((a, b) => b.number - a.number).slice(0, EARLIER_EPICS);
	const texts = await readFiles(client, repository, latest.map(({ oid }) => ({
		commit: oid,
		path: HISTORY_FILE
	})));
	return readHistory(texts.map((text) => parseHistory(text ?? "[]")));
}
/** A history that cannot be parsed is ignored: it must not stop the epic. */
function parseHistory(text) {
	try {
		return JSON.parse(text);
	} catch {
		return [];
	}
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
	if (!isObject(value)) throw new JournalBroken(`${journalRef(epic)} has no journal in state.json.`);
	if (value.version !== 1) throw new JournalBroken(`${journalRef(epic)} was written by another version of swarm (version ${String(value.version)}, this one reads 1).`);
	if (value.epic !== epic) throw new JournalBroken(`${journalRef(epic)} is the journal of #${String(value.epic)}.`);
	const wrong = brokenPart(value, epic);
	if (wrong !== void 0) throw new JournalBroken(`${journalRef(epic)} has no valid \`${wrong}\` in state.json.`);
	return value;
}
const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
const isAlike = (one, other) => typeof one === typeof other && Array.isArray(one) === Array.isArray(other) && one === null === (other === null);
/** The first part that is not of its kind, if one is not. Swarm alone writes journals, but anybody with push access can. */
function brokenPart(value, epic) {
	const part = Object.entries(emptyJournal(epic)).find(([key, empty]) => !isAlike(value[key], empty));
	if (part) return part[0];
	const segment = Object.entries(value.segments).find(([, record]) => !isObject(record) || Object.entries(emptyRecord).some(([key, empty]) => !isAlike(record[key], empty)));
	return segment && `segments.${segment[0].slice(0, 20)}`;
}
/** Moves the journal, and makes the claims of the step. Nothing is moved unless all of it is. */
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
			file(STATE_FILE, `${JSON.stringify(step.journal, null, 1)}\n`),
			...history.length > 0 ? [file(HISTORY_FILE, `${JSON.stringify(history)}\n`)] : [],
			...Object.entries(step.texts ?? {}).map(([number, text]) => file(textFile(Number(number)), `${JSON.stringify(text, null, 1)}\n`))
		]
	});
	return moveHead(client, repository, step, (await client.request("POST /repos/{owner}/{repo}/git/commits", {
		...inRepository(repository),
		message: step.message,
		tree: tree.data.sha,
		parents: step.from ? [step.from] : []
	})).data.sha);
}
const LOST = { kind: "lost" };
/** Moves the journal's ref to this commit, if it is still where the step read it, together with its claims. */
async function moveHead(client, repository, step, oid) {
	const { first = [], again = [] } = step.claims ?? {};
	const advanced = {
		kind: "advanced",
		oid
	};
	const unclaimed = first.map((segment) => ({
		name: claimRef(segment),
		beforeOid: ABSENT,
		afterOid: oid
	}));
	if (again.length === 0 && await moveTogether(client, step, oid, unclaimed)) return advanced;
	if (first.length + again.length === 0) return moveHeadByRest(client, repository, step, oid);
	return moveWithClaims(client, repository, step, oid);
}
/** The same, with all claims as they are now. What it needs is loaded here, because most steps make no claim again. */
async function moveWithClaims(client, repository, step, oid) {
	const { claimByRest, claimMoves } = await import("./claims-BE6afzix.js");
	const { first = [], again = [] } = step.claims ?? {};
	const { epic } = step.journal;
	const { moves, owned } = await claimMoves(client, repository, {
		epic,
		segments: [...first, ...again],
		oid
	});
	if (owned.length > 0) return {
		kind: "lost",
		owned
	};
	if (!(again.length === 0 && moves.length === first.length && !moves.some(({ force }) => force)) && await moveTogether(client, step, oid, moves)) return {
		kind: "advanced",
		oid
	};
	if (await readHead(client, repository, epic) !== step.from) return LOST;
	for (const move of moves) if (!await claimByRest(client, repository, move)) return LOST;
	return moveHeadByRest(client, repository, step, oid);
}
/** @returns false if GitHub refuses: one of the refs is not where it was, or such refs cannot be updated here. */
async function moveTogether(client, step, oid, more) {
	const head = {
		name: journalRef(step.journal.epic),
		beforeOid: step.from ?? ABSENT,
		afterOid: oid
	};
	try {
		await client.mutate(`mutation Advance($repositoryId: ID!, $refUpdates: [RefUpdate!]!) {
        updateRefs(input: { repositoryId: $repositoryId, refUpdates: $refUpdates }) { clientMutationId }
      }`, {
			repositoryId: step.repositoryId,
			refUpdates: [head, ...more]
		});
		return true;
	} catch (error) {
		if (error instanceof GitHubRefused && error.status === 422) return false;
		throw error;
	}
}
async function moveHeadByRest(client, repository, { from, journal }, oid) {
	const ref = journalRef(journal.epic);
	const sha = headSha(oid);
	try {
		await (from === void 0 ? client.request("POST /repos/{owner}/{repo}/git/refs", {
			...inRepository(repository),
			ref,
			sha
		}) : client.request("PATCH /repos/{owner}/{repo}/git/refs/{ref}", {
			...inRepository(repository),
			ref: ref.replace(/^refs\//, ""),
			sha,
			force: false
		}));
		return {
			kind: "advanced",
			oid
		};
	} catch (error) {
		if (error instanceof GitHubRefused && error.status === 422 && HAS_MOVED.test(error.message)) return LOST;
		throw error;
	}
}
/** GitHub's answers about a ref that another writer has created, moved, or deleted. */
const HAS_MOVED = /already exists|not a fast.forward|reference (?:does not exist|update failed)/i;
/**
* Texts of issues as they were authorised, which may differ from their current texts. An issue without one is left out.
* @param oid the journal's commit
*/
async function readAuthorisedTexts(client, repository, oid, numbers) {
	const texts = await readFiles(client, repository, numbers.map((number) => ({
		commit: oid,
		path: textFile(number)
	})));
	return Object.fromEntries(numbers.flatMap((number, index) => {
		const text = texts[index];
		return text === void 0 ? [] : [[number, JSON.parse(text)]];
	}));
}
/**
* Writes a report once. If an attempt has two publish jobs, the second finds the ref and leaves it unchanged.
* @returns `written` if this call created it.
*/
async function writeReport(client, repository, { ref, file, report, parents = [], staged }) {
	const tree = await client.request("POST /repos/{owner}/{repo}/git/trees", {
		...inRepository(repository),
		tree: [{
			path: file,
			mode: "100644",
			type: "blob",
			content: `${JSON.stringify(report, null, 1)}\n`
		}]
	});
	const oid = (await client.request("POST /repos/{owner}/{repo}/git/commits", {
		...inRepository(repository),
		message: `swarm: ${ref.replace("refs/swarm/runs/", "")}`,
		tree: tree.data.sha,
		parents: [...parents]
	})).data.sha;
	const refUpdates = [{
		name: ref,
		beforeOid: ABSENT,
		afterOid: oid
	}, ...staged === void 0 ? [] : [{
		name: staged,
		afterOid: ABSENT,
		force: true
	}]];
	try {
		await client.mutate(`mutation Report($repositoryId: ID!, $refUpdates: [RefUpdate!]!) {
        updateRefs(input: { repositoryId: $repositoryId, refUpdates: $refUpdates }) { clientMutationId }
      }`, {
			repositoryId: repository.id,
			refUpdates
		});
		return "written";
	} catch (error) {
		if (!(error instanceof GitHubRefused) || error.status !== 422) throw error;
		return writeReportByRest(client, repository, {
			ref,
			oid,
			staged
		});
	}
}
async function writeReportByRest(client, repository, { ref, oid, staged }) {
	const here = inRepository(repository);
	const isWritten = await unlessRefused(/already exists/i, () => client.request("POST /repos/{owner}/{repo}/git/refs", {
		...here,
		ref,
		sha: headSha(oid)
	}));
	if (staged !== void 0) await unlessRefused(/./, () => client.request("DELETE /repos/{owner}/{repo}/git/refs/{ref}", {
		...here,
		ref: staged.replace(/^refs\//, "")
	}));
	return isWritten ? "written" : "already there";
}
/** @returns false if GitHub answers that the ref is not where it was, in these words. */
async function unlessRefused(words, call) {
	try {
		await call();
		return true;
	} catch (error) {
		if (error instanceof GitHubRefused && error.status === 422 && words.test(error.message)) return false;
		throw error;
	}
}
/** @returns undefined if there is none. */
async function readReport(client, repository, ref) {
	const commit = (await readRefs(client, repository, ref)).get(ref);
	if (commit === void 0) return void 0;
	const text = await readFile(client, repository, {
		commit,
		path: "report.json",
		seen: void 0
	});
	return text === void 0 ? void 0 : JSON.parse(text);
}

export { readAuthorisedTexts as a, readReport as c, textFile as d, writeReport as f, spentUsd as h, calibrationRef as i, readState as l, costOf as m, advanceJournal as n, readEarlier as o, expectationsOf as p, baselineRef as r, readJournal as s, JournalBroken as t, reportRef as u };