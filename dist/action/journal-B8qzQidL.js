import { a as headSha, i as WORKERS } from "./epic-rYHwM1Ue.js";
import { i as inRepository, n as GitHubRefused } from "./client-Dzo8pPA_.js";

// src/core/model/history.ts
/** What the segments of a journal took that came to an end; a journal is kept after its epic, and this is read then. */
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
/** What a segment's attempts cost, as their agents told it; undefined where none told. */
function costOf(record) {
	const costs = record.attempts.map((attempt) => attempt.outcome && "report" in attempt.outcome ? attempt.outcome.report?.costUsd : void 0).filter((cost) => cost !== void 0);
	return costs.length === 0 ? void 0 : costs.reduce((sum, cost) => sum + cost, 0);
}

// src/core/schedule/expectations.ts
/**
* How long each segment is likely to take, and what it is likely to cost: from what segments of earlier epics really
* took, else from the estimates, else all alike.
*
* What an earlier segment says of a new one depends on how like it is: the same worker with the same persona, then the
* same worker, then any. Fewer than three are an anecdote. Where a segment has an estimate, what is learned is by how much
* such estimates were wrong; where it has none, how long such segments take.
*/
/** What a segment without an estimate takes where none has one: only proportions matter then. */
const USUAL_MINUTES = 20;
/** An estimate's usual error before anything was learned; near what people's own estimates of tasks show. */
const USUAL_DEVIATION = .5;
const ENOUGH = 3;
/** Estimates below each are of one size. */
const SIZES = [
	20,
	60,
	180
];
/** Segments that are looked back at; more than these say nothing new. */
const LOOKED_BACK_AT = 200;
/** The notes of earlier epics as they were read back, one list for each; what is no such note is left out. */
function readHistory(lists) {
	return lists.flatMap((list) => Array.isArray(list) ? list : []).flatMap((note) => {
		const { worker, persona, estimateMinutes, minutes, costUsd } = note ?? {};
		const known = WORKERS.find((each) => each === worker);
		if (known === void 0 || !isAmount(minutes) || minutes === 0) return [];
		return [{
			worker: known,
			...typeof persona === "string" ? { persona } : {},
			...isAmount(estimateMinutes) ? { estimateMinutes } : {},
			minutes,
			...isAmount(costUsd) ? { costUsd } : {}
		}];
	}).slice(0, LOOKED_BACK_AT);
}
const isAmount = (value) => typeof value === "number" && value >= 0 && value < 1e6;
function expectationsOf(segments, earlier) {
	const stated = segments.map(({ spec }) => spec.estimateMinutes).filter((minutes) => minutes !== void 0);
	const middle = median(stated) ?? 20;
	if (earlier.length === 0) {
		const alike = segments.map(({ number, spec }) => [number, expected(spec.estimateMinutes, middle, [])]);
		return {
			of: new Map(alike),
			basis: basisOf(0, earlier, stated)
		};
	}
	let learned = 0;
	return {
		of: new Map(segments.map(({ number, spec }) => {
			const alike = mostAlike(spec.worker, spec.persona, spec.estimateMinutes, earlier);
			if (alike.length > 0) learned++;
			return [number, expected(spec.estimateMinutes, middle, alike)];
		})),
		basis: basisOf(learned, earlier, stated)
	};
}
function basisOf(learned, earlier, stated) {
	if (learned > 0) return {
		kind: "learned",
		segments: earlier.length
	};
	return stated.length > 0 ? {
		kind: "estimates",
		estimated: stated.length
	} : { kind: "all alike" };
}
function expected(estimate, middle, alike) {
	if (alike.length === 0) return {
		minutes: whole(estimate ?? middle),
		deviation: USUAL_DEVIATION
	};
	const costUsd = median(alike.map((took) => took.costUsd).filter((cost) => cost !== void 0));
	const withCost = costUsd === void 0 ? {} : { costUsd };
	if (estimate === void 0) {
		const minutes = alike.map((took) => took.minutes);
		return {
			minutes: whole(median(minutes) ?? middle),
			deviation: deviationOf(minutes),
			...withCost
		};
	}
	const errors = alike.flatMap((took) => took.estimateMinutes === void 0 ? [] : [took.minutes / Math.max(1, took.estimateMinutes)]);
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
/** The closest ring of earlier segments that has enough of them; of a segment with an estimate, only those with one. */
function mostAlike(worker, persona, estimate, earlier) {
	const sameWorker = earlier.filter((took) => took.worker === worker);
	const samePersona = sameWorker.filter((took) => took.persona === persona);
	const size = sizeOf(estimate);
	const sameSize = (took) => sizeOf(took.estimateMinutes) === size;
	return [
		samePersona.filter(sameSize),
		sameWorker.filter(sameSize),
		samePersona,
		sameWorker,
		earlier
	].find((ring) => ring.length >= ENOUGH) ?? [];
}
/** 0 small … 3 huge; -1 nobody said. */
const sizeOf = (estimate) => estimate === void 0 ? -1 : SIZES.filter((limit) => estimate > limit).length;
/** The lower middle one: one that really was. */
function median(values) {
	const sorted = Float64Array.from(values).sort();
	return sorted[Math.floor((sorted.length - 1) / 2)];
}
/** Of the logarithms around their middle, drawn towards the usual one as if that had been seen four times. */
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
* A commit is made first and costs nothing if it loses; only GraphQL's `updateRefs` with `beforeOid` moves the ref.
* REST's `PATCH git/refs` only checks for a fast-forward, which two writers from one parent can both pass.
*/
const EPICS = "refs/swarm/epics/";
const journalRef = (epic) => `${EPICS}${epic}`;
const reportRef = (epic, attempt) => `refs/swarm/runs/${epic}/${attempt}`;
const calibrationRef = (epic, wave, round) => `refs/swarm/runs/${epic}/wave-${wave}-${round}`;
/** Beside the state: what the epic's segments took, in short, for the forecasts of later epics. */
const TOOK_FILE = "took.json";
/** Journals that are looked back at. */
const EARLIER_EPICS = 20;
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
/** What segments of other epics took, from the short notes beside their journals: one question, whatever their size. */
async function readEarlier(client, repository, epic) {
	const lists = ((await client.queryWhatIsThere(`query Earlier($owner: String!, $name: String!, $prefix: String!, $path: String!, $first: Int!) {
      repository(owner: $owner, name: $name) {
        refs(refPrefix: $prefix, first: $first, orderBy: { field: ALPHABETICAL, direction: DESC }) {
          nodes { name target { ... on Commit { file(path: $path) { object { ... on Blob { text } } } } } }
        }
      }
    }`, {
		...repository,
		prefix: EPICS,
		path: TOOK_FILE,
		first: EARLIER_EPICS
	})).repository?.refs?.nodes ?? []).filter(({ name }) => name !== String(epic)).map(({ target }) => parsed(target?.file?.object?.text ?? "[]"));
	return readHistory(lists);
}
/** A note that cannot be read teaches nothing, and keeps nobody from working. */
function parsed(text) {
	try {
		return JSON.parse(text);
	} catch {
		return [];
	}
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
	const took = historyOf(step.journal);
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
			...took.length > 0 ? [file(TOOK_FILE, `${JSON.stringify(took)}\n`)] : [],
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

export { readAuthorisedText as a, reportRef as c, expectationsOf as d, costOf as f, parseJournal as i, wholeText as l, calibrationRef as n, readEarlier as o, journalRef as r, readJournal as s, advanceJournal as t, writeReport as u };