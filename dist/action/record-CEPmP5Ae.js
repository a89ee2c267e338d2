import { c as headSha } from "./epic-BlD3cFx_.js";
import { a as readJournal, n as calibrationRef, u as writeReport } from "./journal-DX_tVrSE.js";
import { n as readVerifyOutcome } from "./outcome-D0neVH2_.js";
import { i as gatesTable } from "./pull-6vU1SC6A.js";
import { g as shorten, o as clip } from "./safe-C7TsQbhV.js";
import { i as idOf, n as epicOf, t as BadInput } from "./job-CdxuFOoA.js";

// src/action/record.ts
/**
* `do: record`: writes a calibration's report. Without the app, `do: orchestrate` does it first, in the same job.
*
* It passed if the runner says that the calibrate job succeeded. If that job failed but names no failed gate, the failure
* says nothing about the code: no report is written, and the orchestrator repeats the round.
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
	if (!stored || work?.kind !== "calibration" || !calibration) throw new BadInput(`The journal of #${epic} has no calibration for ${id}.`);
	if (dispatch?.runId !== job.runId) throw new BadInput(`Dispatch ${id} belongs to another run.`);
	const { validation, refused } = readVerifyOutcome(job.input("validation"));
	const failed = validation.filter(({ verdict }) => verdict === "fail" || verdict === "timed out");
	const passed = job.input("calibrate-result") === "success";
	if (!passed && failed.length === 0) return job.fail("The calibration failed without naming a gate. Swarm will repeat it.");
	const report = {
		version: 1,
		wave: work.wave,
		round: work.round,
		base: headSha(calibration.base),
		result: passed ? "passed" : "failed",
		validation,
		...refused.length === 0 ? {} : { refused },
		findings: passed ? [] : failed.map(findingOf),
		durationMs: validation.reduce((sum, { durationMs }) => sum + durationMs, 0)
	};
	const ref = calibrationRef(epic, work.wave, work.round);
	const repository = {
		...job.repository,
		id: stored.repositoryId
	};
	const written = await writeReport(client, repository, {
		ref,
		file: "calibration.json",
		report
	});
	job.log(`Wave ${work.wave}, round ${work.round}: ${report.result} (${written}).`);
	job.addSummary(`Calibration of wave ${work.wave}, round ${work.round}: ${report.result}.\n\n${gatesTable(validation)}`);
}
const findingOf = ({ gate, output, command }) => ({
	check: gate === "security" ? "security" : "gate",
	subject: clip(gate, 60),
	detail: shorten(output === "" ? command : output, DETAIL_CHARS)
});

export { run };