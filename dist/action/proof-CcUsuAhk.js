// src/core/model/proof.ts
/** The latest outcome for exactly this commit, from the attempt that made it or one that proved another person's push. */
const proofOf = (record, head) => record.attempts.map((attempt) => attempt.outcome).findLast((outcome) => outcome?.kind === "published" && outcome.head === head);
/** Answers whether an attempt made this head. Any other one was pushed by somebody else, even if Swarm has proven it. */
const isOwnHead = (record, head) => record.attempts.some(({ why, outcome }) => why !== "prove" && outcome?.kind === "published" && outcome.head === head);
/** The red gates of the head, if Swarm has checked it. Only a head that someone else pushed can have some. */
function redHead(pull, record) {
	const red = proofOf(record, pull.head)?.report.validation.filter(({ verdict }) => verdict === "fail" || verdict === "timed out") ?? [];
	if (red.length === 0) return void 0;
	const gates = red.map(({ gate, output }) => ({
		gate,
		output
	}));
	return {
		kind: "HEAD_RED",
		at: { pull: pull.number },
		head: pull.head,
		gates
	};
}
/** Answers whether the head is unchecked and no attempt is in progress: after a person's push, or "Update branch". */
const wantsProof = (pull, record) => pull.state === "open" && record.attempts.at(-1)?.outcome !== void 0 && record.attempts.some((attempt) => attempt.outcome?.kind === "published") && proofOf(record, pull.head) === void 0;
/**
* How many people have to approve a change, even if `approvals` is 0: one has to judge any change to how gates run (SPEC
* R11.5), and any work that was done without walls, since its agent could have written the report itself.
*/
function approvalsNeeded(config, report) {
	const steersGates = (report?.attention.length ?? 0) > 0;
	const isOpen = config.isolation === "none" || report?.isolation === "none";
	return Math.max(config.approvals, steersGates || isOpen ? 1 : 0);
}

export { wantsProof as a, redHead as i, isOwnHead as n, proofOf as r, approvalsNeeded as t };