// src/core/journal.ts
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

export { emptyRecord as n, findAttempt as r, emptyJournal as t };