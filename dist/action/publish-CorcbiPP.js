import { r as readAttemptId } from "./attempt-CsThcZZa.js";
import { a as inRepository, i as GitHubUnavailable, r as GitHubRefused } from "./client-COHvwFo0.js";
import { n as readVerifyOutcome, t as readOutcome } from "./outcome-CIHDRoqg.js";
import { c as headSha, s as enforcedScope } from "./epic-BlD3cFx_.js";
import { a as keptMessage, h as TESTS_FIRST, i as gatesTable, r as commitMessage, x as knownGates } from "./pull-D21j_oio.js";
import { O as sayGate, T as distinctiveSecrets, b as judgeTree, d as gatesOf, i as withSite, l as NoAssignment, m as readAttemptTree, n as readPatch, o as findConflicts, p as readAssignment, t as artefactUrl, w as Store } from "./part-Cbdrj7P3.js";
import { c as readReport, f as writeReport, u as reportRef } from "./journal-B699pn1s.js";
import { a as sayProblem, r as formatProblem } from "./problems-BiC_g5zC.js";
import { d as oneLine, l as inline, o as clip, p as redactAll, r as block } from "./safe-CjCK4Ka7.js";
import { i as idOf } from "./job-gD2SKWMN.js";

// src/segment/commit.ts
/**
* Makes the commit of a change, signed if GitHub signs. Work that is not published gets a branch of its own, so that people can
* look at it.
*/
const SWARM = {
	name: "swarm",
	email: "swarm@users.noreply.github.com"
};
/** If the base has moved on, the commit merges it, so that the pull request shows only this segment's change. */
function parentsOf({ attempt: { from, base }, fromBase }) {
	if (!from) return [base];
	return fromBase === base ? [from] : [from, base];
}
/**
* GitHub signs commits that an app or a job makes through its API, but not commits that are pushed. So the tree is pushed
* under a ref that is not a branch, and the commit is made from it through the API (ADR 5). That ref stays until another one
* reaches the commit.
*
* @returns the unsigned commit if GitHub does not sign for this token.
* @see https://docs.github.com/authentication/managing-commit-signature-verification/about-commit-signature-verification#signature-verification-for-bots
*/
async function makeSigned(site, store, attempt, commit) {
	const unsigned = await makeCommit(store, attempt, commit);
	await store.pushRef(site.remote, unsigned, stagingRef(attempt.id));
	const { data } = await site.client.request("POST /repos/{owner}/{repo}/git/commits", {
		...inRepository(site.repository),
		...commit,
		parents: [...commit.parents]
	});
	return data.verification.verified ? headSha(data.sha) : unsigned;
}
const stagingRef = (attempt) => `refs/swarm/staging/${attempt}`;
/** The same attempt always makes the same unsigned commit. */
async function makeCommit(store, attempt, { tree, parents, message }) {
	const date = `${Math.floor(attempt.claimedAt / 1e3)} +0000`;
	const commit = await store.text([
		"commit-tree",
		tree,
		...parents.flatMap((each) => ["-p", each])
	], {
		input: message,
		environment: {
			GIT_AUTHOR_NAME: SWARM.name,
			GIT_AUTHOR_EMAIL: SWARM.email,
			GIT_AUTHOR_DATE: date,
			GIT_COMMITTER_NAME: SWARM.name,
			GIT_COMMITTER_EMAIL: SWARM.email,
			GIT_COMMITTER_DATE: date
		}
	});
	return headSha(commit);
}
/**
* Puts a commit on a new branch. A branch with the same commit at its head is done, even if the signature differs.
* @returns undefined if GitHub does not let this branch be made.
*/
async function putOnNewBranch(site, { branch, head, commit }) {
	const here = inRepository(site.repository);
	try {
		await site.client.request("POST /repos/{owner}/{repo}/git/refs", {
			...here,
			ref: `refs/heads/${branch}`,
			sha: head
		});
		return head;
	} catch (error) {
		if (!(error instanceof GitHubRefused)) throw error;
		const there = /already exists/i.test(error.message) ? await commitOn(site, branch) : void 0;
		if (there && isSame(there.commit, commit)) return there.head;
		site.log(`The branch ${branch} could not be made: ${clip(oneLine(error.message), 500)}`);
		return;
	}
}
async function commitOn(site, branch) {
	const here = inRepository(site.repository);
	const { data: ref } = await site.client.request("GET /repos/{owner}/{repo}/git/ref/{ref}", {
		...here,
		ref: `heads/${branch}`
	});
	const { data } = await site.client.request("GET /repos/{owner}/{repo}/git/commits/{commit_sha}", {
		...here,
		commit_sha: ref.object.sha
	});
	const parents = data.parents.map(({ sha }) => sha);
	return {
		head: headSha(data.sha),
		commit: {
			tree: data.tree.sha,
			message: data.message,
			parents
		}
	};
}
const isSame = (one, other) => one.tree === other.tree && one.message.trim() === other.message.trim() && one.parents.join() === other.parents.join();

// src/segment/publish.ts
/**
* The publish job: judges the change, makes its commit, and writes the report. The orchestrator does the rest: branch, pull
* request and checks.
*
* It is the only part of a segment's run that can write, and it runs nothing from the repository: no checkout, no hook, no
* script. It trusts only two facts from the other jobs: the digest of the patch, and the success of the verify job. It
* judges the patched tree again, as a whole, against the commit that the attempt started from.
*
* Running it twice has the same effect as running it once: only the first report is kept, with the commit that it names.
*/
/** The run died before it had anything to report. The orchestrator notices that and retries. */
var NothingToReport = class extends Error {
	name = "NothingToReport";
};
async function publish(site) {
	const assignment = await readAssignment(site, site.attempt);
	const { journal, attempt } = assignment;
	const takenBy = journal.dispatches[attempt.dispatch]?.runId;
	if (takenBy !== site.runId) throw new NoAssignment(`Attempt ${attempt.id} belongs to run ${takenBy ?? "(none)"}, but this is run ${site.runId}.`);
	if (journal.phase === "cancelled") throw new NoAssignment(`Epic #${site.epic} was cancelled; nothing is published.`);
	if (!site.outcome) throw new NothingToReport("The work job ended without a report; swarm will try again.");
	const told = redactAll({
		outcome: site.outcome,
		validation: site.validation,
		refused: site.refused ?? []
	}, site.secrets);
	const result = await settle({
		...site,
		...told
	}, assignment, told.outcome);
	const report = {
		...redactAll(result, site.secrets),
		finishedAt: site.client.now()
	};
	const head = workOf(report);
	const repository = {
		...site.repository,
		id: assignment.repositoryId
	};
	const written = await writeReport(site.client, repository, {
		ref: reportRef(site.epic, attempt.id),
		file: "report.json",
		report,
		parents: head === void 0 ? [] : [head],
		staged: head !== void 0 && attempt.why !== "prove" ? stagingRef(attempt.id) : void 0
	});
	if (written === "written") return {
		report,
		written
	};
	return {
		report: await readReport(site.client, site.repository, reportRef(site.epic, attempt.id)) ?? report,
		written
	};
}
/** The commit with the work, if there is some. */
const workOf = ({ result }) => result.kind === "ready" ? result.head : "keptHead" in result ? result.keptHead : void 0;
async function settle(site, assignment, outcome) {
	const { attempt, segment } = assignment;
	const results = {
		told: site.validation?.length ? site.validation : outcome.validation,
		known: knownGates(assignment.journal.baselines)
	};
	const { told } = results;
	const artefact = artefactOf(site);
	const common = {
		version: 1,
		attempt: attempt.id,
		segment: segment.number,
		runId: site.runId,
		tries: outcome.tries,
		validation: told,
		...site.refused?.length ? { refused: site.refused } : {},
		files: [],
		attention: [],
		agent: outcome.agent,
		...outcome.course === void 0 ? {} : { course: outcome.course },
		...outcome.isolation === void 0 ? {} : { isolation: outcome.isolation },
		...outcome.costUsd === void 0 ? {} : { costUsd: outcome.costUsd },
		...artefact === void 0 ? {} : { artefact },
		durationMs: outcome.durationMs
	};
	const failed = (problem, more = {}, kept) => ({
		...common,
		...more,
		result: {
			kind: "failed",
			problem,
			...kept === void 0 ? {} : kept
		}
	});
	const store = await Store.make(site.scratch);
	const applied = await readAttemptTree(store, site.remote, attempt, site.patch);
	if (applied.kind === "refused") return failed(applied.problem);
	if (applied.kind === "nothing") {
		if (outcome.problem) return failed(outcome.problem);
		const { question } = outcome;
		return {
			...common,
			result: question ? {
				kind: "needs-input",
				question
			} : { kind: "no-change" }
		};
	}
	const known = distinctiveSecrets(site.secrets);
	const judgement = await judgeTree(store, attempt.base, applied.tree, {
		scope: enforcedScope(segment.spec),
		config: assignment.config,
		known
	});
	const { files, attention, suspicious } = judgement;
	const seen = {
		files,
		attention,
		...suspicious.length === 0 ? {} : { suspicious }
	};
	const withConflicts = async () => {
		const conflicts = await findConflicts(site, assignment, {
			store,
			tree: applied.tree,
			files
		});
		return conflicts.length === 0 ? {} : { conflicts };
	};
	const [wrong] = judgement.problems;
	if (attempt.why === "prove" && attempt.from) {
		const gates = await (await gatesOf(store, attempt.base, assignment.config)).heldTo(applied.tree, judgement.files);
		return prove(site, {
			...common,
			...seen,
			...await withConflicts()
		}, {
			branch: attempt.branch,
			head: attempt.from
		}, judgement, gates, results);
	}
	const keepIt = (problem) => keep(site, assignment, store, applied.tree, judgement, problem);
	if (outcome.question && !outcome.problem) {
		const { question } = outcome;
		const { id, text, options } = question;
		const kept = await keepIt({
			kind: "QUESTION_ASKED",
			id,
			question: text,
			options
		});
		return {
			...common,
			...seen,
			result: {
				kind: "needs-input",
				question,
				...kept
			}
		};
	}
	const problem = outcome.problem ?? wrong ?? unverified(site);
	if (problem) return failed(problem, seen, await keepIt(problem));
	const message = commitMessage({
		segment,
		epic: site.epic,
		attempt: attempt.id,
		files: judgement.files
	});
	const gates = await (await gatesOf(store, attempt.base, assignment.config)).heldTo(applied.tree, judgement.files);
	const validation = [...told.filter(({ gate }) => gate === TESTS_FIRST), ...gates.gates.map((gate) => verdictFor(gate, judgement, results))];
	const parents = parentsOf(assignment);
	const head = await makeSigned(site, store, attempt, {
		tree: applied.tree,
		parents,
		message
	});
	const result = {
		kind: "ready",
		branch: attempt.branch,
		head
	};
	return {
		...common,
		...seen,
		...await withConflicts(),
		validation,
		result
	};
}
/** The artefact of the job with the gate results that are shown. */
const artefactOf = ({ artefacts, validation }) => validation?.length ? artefacts?.verify : artefacts?.work;
function unverified({ verified, validation }) {
	if (verified === "success") return void 0;
	if (validation === void 0) return { kind: "RUN_CUT_SHORT" };
	return {
		kind: "VERIFY_FAILED",
		gates: validation.filter(({ verdict }) => verdict === "fail" || verdict === "timed out").map(({ gate, output }) => ({
			gate,
			output
		}))
	};
}
/**
* The verify job succeeded, so every gate of the base passed there, or failed as it did before. This job finds those gates
* itself; it takes only times and output from the verify job, and that a gate that was red on the base still is.
*/
function verdictFor(gate, judgement, { told, known }) {
	const said = told.find((each) => each.gate === gate.gate);
	const common = {
		gate: gate.gate,
		durationMs: said?.durationMs ?? 0
	};
	switch (gate.kind) {
		case "not applicable": return {
			...common,
			verdict: "not applicable",
			command: clip(sayGate(gate), 300),
			output: ""
		};
		case "commands": {
			const { output = "", annotations = [] } = said ?? {};
			const mayLack = gate.steps.filter(({ ifThere }) => ifThere !== void 0);
			const command = clip(mayLack.length > 0 && said?.command || sayGate(gate), 300);
			if (said?.verdict === "not applicable" && mayLack.length === gate.steps.length) return {
				...common,
				verdict: said.verdict,
				command,
				output
			};
			const { tests } = said ?? {};
			const verdict = known.some((each) => each.gate === gate.gate && each.state === "red") && said?.verdict === "failed before" ? said.verdict : "pass";
			return {
				...common,
				verdict,
				command,
				output,
				annotations,
				...tests ? { tests } : {}
			};
		}
		case "mutation": {
			const verdict = said?.verdict === "not applicable" ? said.verdict : "pass";
			const { output = "", annotations = [], command = sayGate(gate) } = said ?? {};
			return {
				...common,
				verdict,
				command: clip(command, 300),
				output,
				annotations
			};
		}
		case "scope": {
			const output = judgement.attention.join("\n");
			return {
				...common,
				verdict: "pass",
				command: sayGate(gate),
				output,
				annotations: judgement.remarks.attention
			};
		}
		case "security": {
			const command = said?.command ?? sayGate(gate);
			const output = judgement.suspicious.join("\n");
			return {
				...common,
				verdict: "pass",
				command,
				output,
				annotations: judgement.remarks.suspicious
			};
		}
	}
}
/** The gates of a commit that somebody else pushed, green or red. Nothing is pushed to their branch. */
function prove(site, facts, pushed, judgement, { gates }, results) {
	const validation = site.verified === "success" && judgement.problems.length === 0 ? gates.map((gate) => verdictFor(gate, judgement, results)) : redGates(judgement, results.told);
	if (!validation.some(({ verdict }) => verdict !== "not applicable")) throw new NothingToReport("The verify job did not succeed, but it reported no failed gate; swarm will try again.");
	return {
		...facts,
		validation,
		result: {
			kind: "ready",
			...pushed
		}
	};
}
/** The gates that failed in the verify job, and the problems of the tree itself; empty without either. */
function redGates({ problems }, told) {
	const wrong = (gate, of) => {
		const output = of.map((each) => sayProblem(each, { form: "plain" }).what).join("\n");
		return of.length === 0 ? [] : [{
			gate,
			verdict: "fail",
			command: "the change as a whole",
			durationMs: 0,
			output
		}];
	};
	const mine = [...wrong("security", problems.filter(({ kind }) => kind === "SECRET_IN_PATCH")), ...wrong("scope", problems.filter(({ kind }) => kind !== "SECRET_IN_PATCH"))];
	const all = [...told.filter(({ gate }) => !mine.some((each) => each.gate === gate)), ...mine];
	return all.some(({ verdict }) => verdict === "fail" || verdict === "timed out") ? all : [];
}
/**
* Puts unpublished work on a separate branch, for people to look at. The commit message has the reason. Work that must not
* leave the job is dropped.
*/
async function keep(site, assignment, store, tree, judgement, problem) {
	if (judgement.keep === "must not leave here") return void 0;
	const { attempt, segment } = assignment;
	const branch = `swarm/wip/${attempt.id}`;
	const facts = {
		segment,
		epic: site.epic,
		attempt: attempt.id,
		files: judgement.files
	};
	const reason = sayProblem(redactAll(problem, site.secrets), { form: "plain" });
	const commit = {
		tree,
		parents: [attempt.base],
		message: keptMessage(facts, reason)
	};
	const head = await makeSigned(site, store, attempt, commit);
	const put = await putOnNewBranch(site, {
		branch,
		head,
		commit
	});
	return {
		kept: put === void 0 ? reportRef(site.epic, attempt.id) : branch,
		keptHead: put ?? head
	};
}

// src/action/publish.ts
/** `do: publish`: the only part of a segment's run that writes. It succeeds once the result is reported, good or bad. */
async function run(job) {
	const attempt = idOf(job, "attempt");
	await withSite(job, async (site) => {
		const { report, written } = await retryOutages(job, () => publish({
			...site,
			attempt,
			patch: readPatch(job),
			outcome: readOutcome(job.input("outcome"), attempt),
			verified: job.input("verify-result"),
			...job.input("validation") === "" ? { validation: void 0 } : readVerifyOutcome(job.input("validation")),
			artefacts: {
				work: artefactUrl(job, "work-artefact"),
				verify: artefactUrl(job, "verify-artefact")
			},
			runId: job.runId
		}));
		const { result } = report;
		job.setOutput("result", JSON.stringify(resultOf(report)));
		if (result.kind === "ready") {
			job.setOutput("branch", result.branch);
			job.setOutput("commit", result.head);
		}
		const outcome = result.kind === "ready" ? `The work is ready. Swarm puts it on ${inline(result.branch, 200)} and opens its pull request.` : result.kind === "no-change" ? "The agent changed nothing." : result.kind === "needs-input" ? `The agent stopped to ask: ${inline(result.question.text, 600)}` : block(formatProblem(result.problem));
		const kept = result.kind === "failed" || result.kind === "needs-input" ? result.kept === void 0 ? "No work was kept: there was none, or it must not leave the job." : `The work is kept: ${result.kept}` : "";
		job.log(result.kind === "failed" ? formatProblem(result.problem) : outcome);
		if (written === "already there") job.log("This attempt was already reported; that report stays.");
		job.addSummary([
			outcome,
			kept,
			gatesTable(report.validation)
		].filter((part) => part !== "").join("\n\n"));
	});
}
const MAX_TRIES = 5;
/**
* Retries while GitHub fails, so that no agent's work is lost to a 502 (SPEC R8.4). This is safe: publishing again finds
* everything already published and continues from there.
*/
async function retryOutages(job, act) {
	for (let number = 1;; number++) try {
		return await act();
	} catch (error) {
		if (!(error instanceof GitHubUnavailable) || number === MAX_TRIES) throw error;
		const waitMs = Math.min(error.waitMs, 6e4);
		job.log(`GitHub did not answer (${error.message}). Retrying in ${Math.ceil(waitMs / 1e3)} s.`);
		await job.wait(waitMs);
	}
}
/** The result object of SPEC R5.14. */
function resultOf(report) {
	const { result, validation } = report;
	const tests = validation.find(({ gate }) => gate === "tests");
	return {
		segment: report.segment,
		status: result.kind,
		validation: Object.fromEntries(validation.map(({ gate, verdict }) => [gate, verdict])),
		branch: result.kind === "ready" ? result.branch : null,
		commit: result.kind === "ready" ? result.head : null,
		"ready-for-pr": result.kind === "ready",
		attempts: readAttemptId(report.attempt)?.number ?? 0,
		tries: report.tries,
		tests: tests?.verdict ?? null,
		files: report.files,
		council: councilOf(report),
		pair: report.course?.pair.kind ?? null,
		cost: report.costUsd ?? null,
		tokens: report.course?.tokens ?? null,
		turns: report.course?.turns ?? null,
		duration: report.durationMs
	};
}
function councilOf({ course }) {
	const council = course?.council;
	if (!council) return null;
	return council.kind === "skipped" ? {
		verdict: "skipped",
		reason: council.why
	} : {
		verdict: council.kind,
		rounds: council.rounds,
		findings: council.findings.length
	};
}

export { run };