import { i as writeVerifyOutcome, t as readOutcome } from "./outcome-D0neVH2_.js";
import { s as enforcedScope } from "./epic-BlD3cFx_.js";
import { f as networkSection, h as TESTS_FIRST, i as gatesTable } from "./pull-6vU1SC6A.js";
import { C as distinctiveSecrets, S as Store, d as gatesOf, f as openSandbox, h as readChecked, i as withSite, l as NoAssignment, m as readAttemptTree, n as readPatch, p as readAssignment, r as saveArtefact, u as gateRunnerFor, v as WorkTree, y as judgeTree } from "./part-3MZtqMfn.js";
import { a as readJournal } from "./journal-DX_tVrSE.js";
import { p as redactAll, r as block } from "./safe-C7TsQbhV.js";
import { i as summaryOf, n as digestOf, r as faultOf } from "./pair-CTUxa2oB.js";
import { h as sayProblem, p as formatProblem } from "./markdown-B6utoUY7.js";
import { i as idOf } from "./job-CdxuFOoA.js";
import { join } from "node:path";

// src/segment/verify.ts
/**
* The verify job: a clean checkout of the base, the patch, the gates. It has no agent, no secret and no write access.
*
* Only its success counts (`needs.verify.result`); its output is for people. The same code checks the merged base at the
* end of a wave, without a patch.
*/
/**
* @param outcome of the work job. If a tester wrote tests first, they are proven here again: they are the tester's, and they
* fail without the rest of the change.
*/
async function verifyAttempt(site, attemptId, patch, outcome) {
	const { attempt, config, segment } = await readAssignment(site, attemptId);
	const refused = (problem) => ({
		verdict: "fail",
		validation: [],
		refused: [],
		artefact: [],
		problem: redactAll(problem, site.secrets)
	});
	const store = await Store.make(site.scratch);
	const applied = await readAttemptTree(store, site.remote, attempt, patch);
	if (applied.kind === "refused") return refused(applied.problem);
	if (applied.kind === "nothing") return refused({ kind: "NO_CHANGE" });
	const judgement = await judgeTree(store, attempt.base, applied.tree, {
		scope: enforcedScope(segment.spec),
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
	const tree = await WorkTree.make(store, join(site.scratch, "tree", site.repository.name), commit);
	const definition = await gatesOf(store, attempt.base, config);
	const pair = outcome?.course?.pair;
	const first = pair?.kind === "written" && !attempt.kept ? await testsFirst(store, attempt.base, applied.tree, pair) : void 0;
	return runIn(site, tree, applied.tree, definition, judgement, config, first);
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
	]), await gatesOf(store, calibration.base, config, before), void 0, config, void 0);
}
async function runIn(site, tree, held, definition, judgement, config, first) {
	const sandbox = await openSandbox(site, config);
	if (!sandbox) return {
		verdict: "fail",
		validation: [],
		refused: [],
		artefact: [],
		problem: {
			kind: "ISOLATION_MISSING",
			wanted: config.isolation
		}
	};
	const runner = gateRunnerFor(site, config, sandbox, {
		definition,
		tree
	});
	const proof = first && await proveTestsFirst(runner, tree, held, first);
	const { verdict, results } = await runner.run(judgement, held);
	return {
		verdict: proof?.verdict === "fail" ? "fail" : verdict,
		validation: redactAll([...proof ? [proof] : [], ...results], site.secrets),
		refused: redactAll(sandbox.refused, site.secrets),
		artefact: await runner.said()
	};
}
async function testsFirst(store, base, change, { files, digest }) {
	const listed = await store.run([
		"ls-tree",
		"-r",
		"-z",
		"--full-tree",
		change,
		"--",
		...files.map((file) => `:(literal)${file}`)
	]);
	const entries = listed.toString("utf8").split("\0").filter(Boolean);
	const blobs = new Map(entries.map((line) => [line.slice(line.indexOf("	") + 1), line.slice(0, line.indexOf("	"))]));
	const index = `${store.directory}.tests-first`;
	await store.run(["read-tree", base], { index });
	await store.run([
		"update-index",
		"-z",
		"--index-info"
	], {
		index,
		input: listed
	});
	const tree = await store.text(["write-tree"], { index });
	const missing = files.filter((file) => !blobs.has(file));
	const fault = missing.length > 0 ? `the change does not hold ${missing.slice(0, 5).join(", ")}` : digest !== void 0 && digest !== digestOf(blobs) ? "the change holds other versions of them" : void 0;
	return {
		files,
		tree,
		...fault === void 0 ? {} : { fault }
	};
}
/** A gate of Swarm's own: the tests that a tester wrote first are the tester's, and fail without the rest of the change. */
async function proveTestsFirst(runner, tree, held, { files, tree: testsAlone, fault }) {
	const startedAt = performance.now();
	const result = (verdict, output) => ({
		gate: TESTS_FIRST,
		verdict,
		command: `the tester's ${files.length === 1 ? "test file" : `${files.length} test files`} on the base, without the rest of the change`,
		durationMs: Math.round(performance.now() - startedAt),
		output
	});
	if (fault !== void 0) return result("fail", `The tests are not those that the tester wrote: ${fault}.`);
	await tree.put(testsAlone);
	try {
		const { results, problems } = await runner.run(void 0, testsAlone, "tests");
		const tests = results.find(({ gate }) => gate === "tests") ?? results[0];
		if (!tests) return result("fail", "The tests were not run.");
		const why = faultOf(tests, problems, files);
		return why === void 0 ? result("pass", `They fail, as they should: ${summaryOf(tests.output)}`) : result("fail", `They prove nothing: ${why}.\n${tests.output}`);
	} finally {
		await tree.put(held);
	}
}

// src/action/verify.ts
/** `do: verify`: runs the gates on the base with an attempt's patch or, at a wave's end, on the merged base. */
async function run(job) {
	await withSite(job, async (site) => {
		const { verdict, validation, refused, problem, artefact } = job.input("attempt") === "" ? await verifyBase(site, idOf(job, "dispatch")) : await verifyAttempt(site, idOf(job, "attempt"), readPatch(job), readOutcome(job.input("outcome"), job.input("attempt")));
		job.setOutput("validation", writeVerifyOutcome({
			validation,
			refused
		}));
		await saveArtefact(job, artefact);
		job.addSummary([
			gatesTable(validation),
			networkSection(refused),
			problem ? block(formatProblem(problem)) : ""
		].filter((part) => part !== "").join("\n\n"));
		if (problem) return job.fail(sayProblem(problem, { form: "plain" }).what);
		const failed = validation.filter(({ verdict: gateVerdict }) => gateVerdict === "fail" || gateVerdict === "timed out");
		if (verdict === "fail") job.fail(`Failed gates: ${failed.map(({ gate }) => gate).join(", ")}`);
	});
}

export { run };