import { i as segmentOf } from "./attempt-CsThcZZa.js";
import { l as instant } from "./epic-BlD3cFx_.js";
import { c as reportOf, n as emptyRecord } from "./journal-Ccn5Ud1B.js";

// src/core/model/journal-lenses.ts
/**
* Reads or changes one part of a journal. Each function that changes something returns a new journal.
*/
/** Rounds of a wave from this one on are follow-ups that people asked for, and no calibrations. */
const FOLLOW_UPS = 1e3;
/** Answers whether a calibration found what this segment fixes, as a red gate. The next round then shows if that is done. */
const isForRedGate = (fix) => fix !== void 0 && fix.mends === void 0 && fix.round < FOLLOW_UPS;
const actKeys = {
	dispatch: (id) => `dispatch:${id}`,
	publish: (attempt) => `publish:${attempt}`,
	checks: (attempt) => `checks:${attempt}`,
	merge: (pull, head) => `merge:${pull}:${head.slice(0, 12)}`,
	enqueue: (pull, head) => `enqueue:${pull}:${head.slice(0, 12)}`,
	update: (pull, head) => `update:${pull}:${head.slice(0, 12)}`,
	panel: "panel",
	clock: "clock",
	/** Unlike the other keys, it names the epic: issues are found by it in the whole repository. */
	fix: (epic, wave, round, index) => `fix:${epic}:${wave}:${round}:${index}`,
	/** Follow-ups are fix segments in rounds of their own. */
	followUp: (epic, wave, index) => `fix:${epic}:${wave}:${FOLLOW_UPS + index}:1`,
	/** The issue of a segment of the block. */
	segment: (epic, name) => `segment:${epic}:${name}`,
	/** The link of a segment of the block with one that it waits for. */
	link: (epic, name, on) => `link:${epic}:${name}:${on}`,
	importChild: (issue) => `import:${issue}`,
	importLink: (from, on) => `import:${from}:${on}`,
	close: (finishedAt) => `close:${finishedAt}`
};
const recordOf = (journal, segment) => journal.segments[segment] ?? emptyRecord;
const withRecord = (journal, segment, change) => ({
	...journal,
	segments: {
		...journal.segments,
		[segment]: {
			...recordOf(journal, segment),
			...change
		}
	}
});
const withAct = (journal, key, act) => ({
	...journal,
	acts: {
		...journal.acts,
		[key]: act
	}
});
/** Without the refusals, refused acts are retried: a person says that the cause is fixed. */
const withoutRefusals = (journal) => ({
	...journal,
	acts: Object.fromEntries(Object.entries(journal.acts).filter(([, act]) => act.state !== "refused"))
});
/** Issues and links that GitHub refused to create. Nothing continues until a person fixes the cause. */
const refusedIssues = (journal) => Object.entries(journal.acts).flatMap(([key, { state, refusal }]) => {
	const [of = ""] = key.split(":", 1);
	if (state !== "refused" || ![
		"fix",
		"segment",
		"link"
	].includes(of)) return [];
	const { status = 0, message = "" } = refusal ?? {};
	return [{
		key,
		problem: {
			kind: "ISSUE_REFUSED",
			status,
			message,
			...of === "segment" || of === "link" ? { what: of } : {}
		}
	}];
});
function withOutcome(journal, attempt, outcome) {
	const segment = segmentOf(attempt.id);
	const attempts = recordOf(journal, segment).attempts.map((each) => each.id === attempt.id ? {
		...each,
		outcome
	} : each);
	return withRecord(journal, segment, { attempts });
}
function withCalibration(journal, wave, round, change) {
	const changed = (journal.calibrations[wave] ?? []).map((each) => each.round === round ? change(each) : each);
	return {
		...journal,
		calibrations: {
			...journal.calibrations,
			[wave]: changed
		}
	};
}
function withBaseline(journal, round, change) {
	const { baselines = [] } = journal;
	return {
		...journal,
		baselines: baselines.map((each) => each.round === round ? change(each) : each)
	};
}
/** A person asks to look again: whatever the last check of the base found, there is another one. */
const withBaselineForgiven = (journal) => {
	const last = journal.baselines?.at(-1);
	if (!last || !last.lost && last.verdict?.kind !== "unsound") return journal;
	return withBaseline(journal, last.round, (baseline) => ({
		...baseline,
		forgiven: true
	}));
};
/** Answers whether a run with an agent was started, or one that follows its work. Checks of the base come before it. */
const hasStartedWork = (journal) => Object.values(journal?.dispatches ?? {}).some(({ work }) => work.kind !== "baseline");
/** The jobs of one segment in a matrix: `segment 14 / work`, `… / verify`, `… / publish`. */
const jobsOf = (run, attempt) => run.jobs.filter((job) => job.name.startsWith(`segment ${segmentOf(attempt)} /`));
function segmentOfPull(journal, pull) {
	for (const [segment, record] of Object.entries(journal.segments)) if (record.attempts.some((attempt) => attempt.outcome?.kind === "published" && attempt.outcome.pull === pull)) return Number(segment);
}
const laterOf = (a, b) => a === void 0 ? b : b === void 0 ? a : instant(Math.max(a, b));
function withoutAct(journal, key) {
	const { [key]: _, ...acts } = journal.acts;
	return {
		...journal,
		acts
	};
}
function isEnded(journal, dispatch) {
	const { work } = dispatch;
	if (work.kind === "segments") return work.attempts.every((id) => recordOf(journal, segmentOf(id)).attempts.some((attempt) => attempt.id === id && attempt.outcome));
	if (work.kind === "baseline") {
		const baseline = journal.baselines?.find((each) => each.dispatch === dispatch.id);
		return baseline === void 0 || baseline.verdict !== void 0 || baseline.lost !== void 0;
	}
	const round = journal.calibrations[work.wave]?.find((each) => each.dispatch === dispatch.id);
	return round === void 0 || round.verdict !== void 0;
}
/** The report of the latest attempt that left one. */
const latestReport = ({ attempts }) => attempts.map(({ outcome }) => reportOf(outcome)).findLast((report) => report !== void 0);
/** The latest outcome that published a pull request. */
const publication = ({ attempts }) => attempts.map(({ outcome }) => outcome).findLast((outcome) => outcome?.kind === "published");

export { withRecord as _, jobsOf as a, publication as c, segmentOfPull as d, withAct as f, withOutcome as g, withCalibration as h, isForRedGate as i, recordOf as l, withBaselineForgiven as m, hasStartedWork as n, laterOf as o, withBaseline as p, isEnded as r, latestReport as s, actKeys as t, refusedIssues as u, withoutAct as v, withoutRefusals as y };