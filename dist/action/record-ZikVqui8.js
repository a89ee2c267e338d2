import { c as headSha, l as instant } from "./epic-BlD3cFx_.js";
import { b as judgeBaseline, i as gatesTable, x as knownGates } from "./pull-D21j_oio.js";
import { f as writeReport, i as calibrationRef, r as baselineRef, s as readJournal } from "./journal-B699pn1s.js";
import { r as writeProven } from "./proven-BrWc4q-R.js";
import { n as readVerifyOutcome } from "./outcome-CIHDRoqg.js";
import { g as shorten, o as clip } from "./safe-CjCK4Ka7.js";
import { i as idOf, n as epicOf, t as BadInput } from "./job-gD2SKWMN.js";

// src/action/record.ts
/**
* `do: record`: writes the report of a calibration, or of a check of the base. Without the app, `do: orchestrate` does it
* first, in the same job.
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
	const made = stored && dispatch ? reportOf(job, stored.journal, dispatch) : void 0;
	if (!stored || !made) throw new BadInput(`The journal of #${epic} has no calibration for ${id}.`);
	if (dispatch?.runId !== job.runId) throw new BadInput(`Dispatch ${id} belongs to another run.`);
	if (made.kind === "says nothing") return job.fail(`${made.of} failed without naming a gate. Swarm will repeat it.`);
	const { ref, file, report, proven } = made;
	const repository = {
		...job.repository,
		id: stored.repositoryId
	};
	const written = await writeReport(client, repository, {
		ref,
		file,
		report
	});
	job.log(`${made.of}: ${made.result} (${written}).`);
	if (proven) await keepProof(job, () => writeProven(client, job.repository, proven.proof, provenBy(client, epic, proven)));
	job.addSummary(`${made.of}: ${made.result}.\n\n${gatesTable(report.validation)}`);
}
const provenBy = (client, epic, { gates }) => ({
	version: 1,
	epic,
	at: client.now(),
	gates
});
/** Without it, the next epic runs the same gates on the same files once more. */
async function keepProof(job, write) {
	try {
		await write();
	} catch (error) {
		job.log(`The proof of the base could not be kept: ${error.message}`);
	}
}
/** @returns undefined if the dispatch is of segments, or the journal does not know it. */
function reportOf(job, journal, { work }) {
	switch (work.kind) {
		case "segments": return;
		case "baseline": {
			const baseline = journal.baselines?.find(({ round }) => round === work.round);
			return baseline && baselineOf(job, journal, baseline);
		}
		case "calibration": {
			const calibration = journal.calibrations[work.wave]?.find(({ round }) => round === work.round);
			return calibration && calibrationOf(job, journal, work.wave, calibration);
		}
	}
}
function calibrationOf(job, journal, wave, { round, base, proof }) {
	const { epic } = journal;
	const { validation, refused } = readVerifyOutcome(job.input("validation"));
	const failed = validation.filter(({ verdict }) => verdict === "fail" || verdict === "timed out");
	const passed = job.input("calibrate-result") === "success";
	const of = `Calibration of wave ${wave}, round ${round}`;
	if (!passed && failed.length === 0) return {
		kind: "says nothing",
		of
	};
	const report = {
		version: 1,
		wave,
		round,
		base: headSha(base),
		result: passed ? "passed" : "failed",
		validation,
		...refused.length === 0 ? {} : { refused },
		findings: passed ? [] : failed.map(findingOf),
		durationMs: tookMs(validation)
	};
	return {
		kind: "made",
		of,
		result: report.result,
		ref: calibrationRef(epic, wave, round),
		file: "calibration.json",
		report,
		...passed && proof !== void 0 && knownGates(journal.baselines).length === 0 ? { proven: {
			proof,
			gates: []
		} } : {}
	};
}
/** As above, it is sound only if the runner says that the job succeeded. */
function baselineOf(job, { epic, authorisation }, { round, base, proof }) {
	const { validation, refused, failures = [], problem } = readVerifyOutcome(job.input("validation"));
	const report = {
		version: 1,
		round,
		base: headSha(base),
		validation,
		failures,
		...problem === void 0 ? {} : { problem },
		...refused.length === 0 ? {} : { refused },
		durationMs: tookMs(validation)
	};
	const of = `Check of the base, round ${round}`;
	const verdict = judgeBaseline(report, authorisation?.baseBranch ?? "", instant(0));
	const isSound = verdict.kind === "sound";
	const isProven = validation.length > 0 && job.input("calibrate-result") === "success";
	if (isSound && !isProven) return {
		kind: "says nothing",
		of
	};
	return {
		kind: "made",
		of,
		result: isSound ? "sound" : "not sound",
		ref: baselineRef(epic, round),
		file: "baseline.json",
		report,
		...isSound && proof !== void 0 ? { proven: {
			proof,
			gates: verdict.gates
		} } : {}
	};
}
const tookMs = (validation) => validation.reduce((sum, { durationMs }) => sum + durationMs, 0);
const findingOf = ({ gate, output, command }) => ({
	check: gate === "security" ? "security" : "gate",
	subject: clip(gate, 60),
	detail: shorten(output === "" ? command : output, DETAIL_CHARS)
});

export { run };