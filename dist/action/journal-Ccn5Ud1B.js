import { r as readAttemptId } from "./attempt-CsThcZZa.js";

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
/** The budget of the epic that a run came to the end of; undefined for any other end. Not the work is at fault. */
const epicBudgetSpent = (outcome) => outcome?.kind === "failed" && outcome.problem.kind === "BUDGET_SPENT" && outcome.problem.of === "epic" ? outcome.problem.budgetUsd : void 0;
/**
* Answers whether a run ended early, its agent asked to be called later, or the epic had no money left for it. None of these
* is a failed try at the work.
*/
const isDeferred = (outcome) => isCutShort(outcome) || outcome?.kind === "failed" && outcome.problem.kind === "AGENT_LATER" || epicBudgetSpent(outcome) !== void 0;
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

export { isCutShort as a, reportOf as c, findAttempt as i, emptyRecord as n, isDeferred as o, epicBudgetSpent as r, keptOf as s, emptyJournal as t };