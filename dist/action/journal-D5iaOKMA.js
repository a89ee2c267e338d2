// src/core/model/journal.ts
/** The branch on which an attempt that failed, or stopped to ask, left its work; with the commit that swarm put there. */
function keptOf({ outcome }) {
	const result = outcome?.kind === "failed" || outcome?.kind === "asked" ? outcome.report?.result : void 0;
	return (result?.kind === "failed" || result?.kind === "needs-input") && result.kept !== void 0 && result.keptHead !== void 0 ? [{
		branch: result.kept,
		head: result.keptHead
	}] : [];
}
/** It ended before its time and could still hand on what it had: it is tried again, from there. */
const isCutShort = (outcome) => outcome?.kind === "failed" && outcome.problem.kind === "RUN_CUT_SHORT";
/** The attempt a dispatch's matrix names. */
const findAttempt = (journal, id) => journal.segments[Number(id.split("-")[0])]?.attempts.find((attempt) => attempt.id === id);
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

export { keptOf as a, isCutShort as i, emptyRecord as n, findAttempt as r, emptyJournal as t };