import { r as findAttempt } from "./journal-D5iaOKMA.js";
import { s as readJournal, t as advanceJournal } from "./journal-B8qzQidL.js";
import { c as summarise, i as epicOf, n as answer, o as idOf, t as BadInput } from "./job-DjpWIMlc.js";

// src/action/plan.ts
/**
* `do: plan`: takes a dispatch for this run, and says what is to be done.
*
* The run's id goes into the journal by compare-and-swap. A dispatch whose answer was lost may have been made twice; only
* the run that is in the journal gets work (ADR 0002). The matrix comes from the journal, not from any input.
*/
const MOST_TRIES = 20;
async function run(job) {
	const epic = epicOf(job);
	const id = idOf(job, "dispatch");
	const client = await job.connect();
	for (let time = 1; time <= MOST_TRIES; time++) {
		const stored = await readJournal(client, job.repository, epic);
		const dispatch = stored?.journal.dispatches[id];
		if (!stored || !dispatch) throw new BadInput(`The journal of #${epic} has no dispatch ${id}; only swarm starts these runs.`);
		if (dispatch.runId !== void 0 && dispatch.runId !== job.runId) return nothing(job, `Dispatch ${id} is the work of run ${dispatch.runId}; this run has nothing to do.`);
		if (stored.journal.phase === "cancelled" || stored.journal.phase === "finished") return nothing(job, `Epic #${epic} is ${stored.journal.phase}; nothing is started.`);
		if (dispatch.runId === job.runId) return tell(job, stored.journal, dispatch);
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
		})).kind === "advanced") return tell(job, journal, {
			...dispatch,
			runId: job.runId
		});
	}
	throw new Error(`The journal of #${epic} changed ${MOST_TRIES} times while run ${job.runId} wanted to take ${id}.`);
}
async function nothing(job, why) {
	job.log(why);
	answer("kind", "nothing");
	answer("matrix", "{\"include\":[]}");
	answer("max-parallel", "1");
	await summarise(why);
}
async function tell(job, journal, dispatch) {
	const { work } = dispatch;
	if (work.kind === "calibration") {
		answer("kind", "calibration");
		answer("matrix", "{\"include\":[]}");
		answer("max-parallel", "1");
		return summarise(`Calibration of wave ${work.wave}, round ${work.round}, of epic #${journal.epic}.`);
	}
	const attempts = work.attempts.map((id) => findAttempt(journal, id)).filter((attempt) => attempt !== void 0).filter((attempt) => attempt.outcome === void 0);
	if (attempts.length === 0) return nothing(job, `Every attempt of dispatch ${dispatch.id} has ended.`);
	const include = attempts.map(({ id }) => ({
		segment: Number(id.split("-")[0]),
		attempt: id
	}));
	answer("kind", "segments");
	answer("matrix", JSON.stringify({ include }));
	answer("max-parallel", String(include.length));
	const list = attempts.map(({ id, name }) => `#${id.split("-")[0]} (${name})`).join(", ");
	job.log(`Segments: ${list}`);
	await summarise(`Epic #${journal.epic}, dispatch ${dispatch.id}: ${list}.`);
}

export { run };