import { i as segmentOf } from "./attempt-CsThcZZa.js";
import { i as findAttempt } from "./journal-Ccn5Ud1B.js";
import { n as advanceJournal, s as readJournal } from "./journal-B699pn1s.js";
import { i as idOf, n as epicOf, t as BadInput } from "./job-gD2SKWMN.js";

// src/action/plan.ts
/**
* `do: plan`: takes a dispatch for this run and outputs its work.
*
* The run's id is written to the journal by compare-and-swap. If the answer to a dispatch was lost, there may be two runs;
* only the one in the journal gets work (ADR 0002). The matrix comes from the journal, not from an input.
*/
const MAX_TRIES = 20;
async function run(job) {
	const epic = epicOf(job);
	const id = idOf(job, "dispatch");
	const client = await job.connect();
	for (let number = 1; number <= MAX_TRIES; number++) {
		const stored = await readJournal(client, job.repository, epic);
		const dispatch = stored?.journal.dispatches[id];
		if (!stored || !dispatch) throw new BadInput(`The journal of #${epic} has no dispatch ${id}. Only swarm can start these runs.`);
		if (dispatch.runId !== void 0 && dispatch.runId !== job.runId) return outputNothing(job, `Dispatch ${id} belongs to run ${dispatch.runId}; this run has nothing to do.`);
		if (stored.journal.phase === "cancelled" || stored.journal.phase === "finished") return outputNothing(job, `Epic #${epic} is ${stored.journal.phase}; nothing starts.`);
		if (dispatch.runId === job.runId) return outputWork(job, stored.journal, dispatch);
		const journal = {
			...stored.journal,
			dispatches: {
				...stored.journal.dispatches,
				[id]: {
					...dispatch,
					runId: job.runId
				}
			}
		};
		if ((await advanceJournal(client, job.repository, {
			repositoryId: stored.repositoryId,
			from: stored.oid,
			journal,
			message: `#${epic}: run ${job.runId} takes dispatch ${id}\n`
		})).kind === "advanced") return outputWork(job, journal, {
			...dispatch,
			runId: job.runId
		});
	}
	throw new Error(`The journal of #${epic} changed ${MAX_TRIES} times while run ${job.runId} tried to take dispatch ${id}.`);
}
async function outputNothing(job, why) {
	job.log(why);
	job.setOutput("kind", "nothing");
	job.setOutput("matrix", "{\"include\":[]}");
	job.setOutput("max-parallel", "1");
	job.addSummary(why);
}
async function outputWork(job, journal, dispatch) {
	const { work } = dispatch;
	if (work.kind !== "segments") {
		job.setOutput("kind", work.kind);
		job.setOutput("matrix", "{\"include\":[]}");
		job.setOutput("max-parallel", "1");
		return job.addSummary(work.kind === "calibration" ? `Calibration of wave ${work.wave}, round ${work.round}, of epic #${journal.epic}.` : `Check of the base before the first agent of epic #${journal.epic}, round ${work.round}.`);
	}
	const attempts = work.attempts.map((id) => findAttempt(journal, id)).filter((attempt) => attempt !== void 0).filter((attempt) => attempt.outcome === void 0);
	if (attempts.length === 0) return outputNothing(job, `Every attempt of dispatch ${dispatch.id} has ended.`);
	const include = attempts.map(({ id, keys = [] }) => ({
		segment: segmentOf(id),
		attempt: id,
		keys: JSON.stringify(keys)
	}));
	job.setOutput("kind", "segments");
	job.setOutput("matrix", JSON.stringify({ include }));
	job.setOutput("max-parallel", String(include.length));
	const list = attempts.map(({ id, name }) => `#${segmentOf(id)} (${name})`).join(", ");
	job.log(`Segments: ${list}`);
	job.addSummary(`Epic #${journal.epic}, dispatch ${dispatch.id}: ${list}.`);
}

export { run };