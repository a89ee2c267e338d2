import { a as headSha } from "./epic-rYHwM1Ue.js";
import { n as calibrationRef, s as readJournal, u as writeReport } from "./journal-B8qzQidL.js";
import { n as readValidation } from "./outcome-8UYKJwit.js";
import { a as gatesTable } from "./pull-Cwep3FUL.js";
import { i as clip, m as shorten } from "./safe-DREuXmZf.js";
import { a as fail, c as summarise, i as epicOf, o as idOf, t as BadInput } from "./job-DjpWIMlc.js";

// src/action/record.ts
/**
* `do: record`: writes a calibration's report.
*
* Whether it passed is the runner's word on the calibrate job. One that failed without saying at which gate says nothing
* about the code: no report is written, and the orchestrator has the round made again.
*/
const DETAIL_CHARS = 3e3;
async function run(job) {
	const epic = epicOf(job);
	const id = idOf(job, "dispatch");
	const client = await job.connect();
	const stored = await readJournal(client, job.repository, epic);
	const dispatch = stored?.journal.dispatches[id];
	const work = dispatch?.work;
	const calibration = work?.kind === "calibration" ? stored?.journal.calibrations[work.wave]?.find(({ round }) => round === work.round) : void 0;
	if (work?.kind !== "calibration" || !calibration) throw new BadInput(`The journal of #${epic} has no calibration for ${id}.`);
	if (dispatch?.runId !== job.runId) throw new BadInput(`Dispatch ${id} is the work of another run.`);
	const validation = readValidation(job.input("validation"));
	const failed = validation.filter(({ verdict }) => verdict === "fail" || verdict === "timed out");
	const passed = job.input("calibrate-result") === "success";
	if (!passed && failed.length === 0) return fail(job, "The calibration ended without saying at which gate; swarm will make it again.");
	const report = {
		version: 1,
		wave: work.wave,
		round: work.round,
		base: headSha(calibration.base),
		result: passed ? "passed" : "failed",
		validation,
		findings: passed ? [] : failed.map(findingOf),
		durationMs: validation.reduce((sum, { durationMs }) => sum + durationMs, 0)
	};
	const ref = calibrationRef(epic, work.wave, work.round);
	const written = await writeReport(client, job.repository, ref, "calibration.json", report);
	job.log(`Wave ${work.wave}, round ${work.round}: ${report.result} (${written}).`);
	await summarise(`Calibration of wave ${work.wave}, round ${work.round}: ${report.result}.\n\n${gatesTable(validation)}`);
}
const findingOf = ({ gate, output, command }) => ({
	check: gate === "security" ? "security" : "gate",
	subject: clip(gate, 60),
	detail: shorten(output === "" ? command : output, DETAIL_CHARS)
});

export { run };