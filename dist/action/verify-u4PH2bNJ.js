import { i as writeValidation } from "./outcome-e34ASbo0.js";
import { t as GateRunner } from "./run-CYs6gTQ9.js";
import { c as openSandbox, d as readChecked, i as withSite, l as readAssignment, m as judgeTree, n as readPatch, o as NoAssignment, p as WorkTree, r as saveArtefact, s as gatesOf, u as readAttemptTree, v as Store, y as distinctiveSecrets } from "./part-BC3Xk2MS.js";
import { c as readJournal } from "./journal-DZiuz9k4.js";
import { f as redactAll, n as block } from "./safe-B2goeG-f.js";
import { a as sayProblem, r as formatProblem } from "./problems-CKdzPvEx.js";
import { a as gatesTable } from "./pull-BhM8s8Eb.js";
import { i as idOf } from "./job-OQl3pOtv.js";
import { join } from "node:path";

// src/segment/verify.ts
/**
* The verify job: a clean checkout of the base, the patch, the gates. It has no agent, no secret and no write access.
*
* Only its success counts (`needs.verify.result`); its output is for people. The same code checks the merged base at the
* end of a wave, without a patch.
*/
async function verifyAttempt(site, attemptId, patch) {
	const { attempt, config, segment } = await readAssignment(site, attemptId);
	const refused = (problem) => ({
		verdict: "fail",
		validation: [],
		artefact: [],
		problem: redactAll(problem, site.secrets)
	});
	const store = await Store.make(site.scratch);
	const applied = await readAttemptTree(store, site.remote, attempt, patch);
	if (applied.kind === "refused") return refused(applied.problem);
	if (applied.kind === "nothing") return refused({ kind: "NO_CHANGE" });
	const judgement = await judgeTree(store, attempt.base, applied.tree, {
		scope: segment.spec.files,
		config,
		known: distinctiveSecrets(site.secrets)
	});
	const [wrong] = judgement.problems;
	if (wrong) return refused(wrong);
	const who = {
		GIT_AUTHOR_NAME: "swarm",
		GIT_AUTHOR_EMAIL: "swarm@swarm.invalid"
	};
	const commit = await store.text([
		"commit-tree",
		applied.tree,
		"-p",
		attempt.base,
		"-m",
		"the change"
	], { environment: {
		...who,
		GIT_COMMITTER_NAME: who.GIT_AUTHOR_NAME,
		GIT_COMMITTER_EMAIL: who.GIT_AUTHOR_EMAIL
	} });
	return runIn(site, await WorkTree.make(store, join(site.scratch, "tree", site.repository.name), commit), applied.tree, await gatesOf(store, attempt.base, config), judgement, config);
}
/** Runs the gates on the merged base, for a dispatched calibration. */
async function verifyBase(site, dispatchId) {
	const stored = await readJournal(site.client, site.repository, site.epic);
	const dispatch = stored?.journal.dispatches[dispatchId];
	const work = dispatch?.work.kind === "calibration" ? dispatch.work : void 0;
	const calibration = work && stored?.journal.calibrations[work.wave]?.find(({ round }) => round === work.round);
	if (!calibration) throw new NoAssignment(`The journal of #${site.epic} has no calibration for ${dispatchId}.`);
	const config = await readChecked(site);
	const store = await Store.make(site.scratch);
	const before = stored?.journal.authorisation?.base ?? calibration.base;
	await store.fetch(site.remote, [calibration.base, before]);
	return runIn(site, await WorkTree.make(store, join(site.scratch, "tree", site.repository.name), calibration.base), await store.text([
		"rev-parse",
		"--verify",
		`${calibration.base}^{tree}`
	]), await gatesOf(store, calibration.base, config, before), void 0, config);
}
async function runIn(site, tree, held, definition, judgement, config) {
	const sandbox = await openSandbox(site, config);
	if (!sandbox) return {
		verdict: "fail",
		validation: [],
		artefact: [],
		problem: {
			kind: "ISOLATION_MISSING",
			wanted: config.isolation
		}
	};
	const runner = new GateRunner(definition, {
		tree,
		sandbox,
		scratch: join(site.scratch, "gates"),
		environment: config.environment,
		secrets: site.secrets,
		log: site.log,
		...site.graceMs === void 0 ? {} : { graceMs: site.graceMs }
	});
	const { verdict, results } = await runner.run(judgement, held);
	return {
		verdict,
		validation: redactAll(results, site.secrets),
		artefact: await runner.said()
	};
}

// src/action/verify.ts
/** `do: verify`: runs the gates on the base with an attempt's patch or, at a wave's end, on the merged base. */
async function run(job) {
	await withSite(job, async (site) => {
		const { verdict, validation, problem, artefact } = job.input("attempt") === "" ? await verifyBase(site, idOf(job, "dispatch")) : await verifyAttempt(site, idOf(job, "attempt"), readPatch(job));
		job.setOutput("validation", writeValidation(validation));
		await saveArtefact(job, artefact);
		job.addSummary([gatesTable(validation), problem ? block(formatProblem(problem)) : ""].join("\n\n"));
		if (problem) return job.fail(sayProblem(problem, { form: "plain" }).what);
		const failed = validation.filter(({ verdict: gateVerdict }) => gateVerdict === "fail" || gateVerdict === "timed out");
		if (verdict === "fail") job.fail(`Failed gates: ${failed.map(({ gate }) => gate).join(", ")}`);
	});
}

export { run };