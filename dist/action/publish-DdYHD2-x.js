import { D as GitFailed, F as GitHubUnavailable, I as inRepository, O as Store, P as GitHubRefused, S as judgeTree, T as unpackPatch, V as headSha, _ as oneLine, l as summarise, n as answer, o as idOf, p as clip, q as pullNumber, r as atSite, s as patchOf, u as block, x as applyPatch } from "./job-Cwm0_hCl.js";
import { n as readValidation, t as readOutcome } from "./outcome-DACy21G4.js";
import { l as writeReport, s as reportRef } from "./journal-C1uMxKGC.js";
import { i as sayProblem, n as formatProblem } from "./problems-C5x-y5jo.js";
import { a as pullTitle, i as pullBody, n as gatesTable, t as commitMessage } from "./pull-D2YeNlCy.js";
import { n as gatesOf, r as readAssignment, t as NoAssignment } from "./assignment-J8q7b4BA.js";
import { setTimeout } from "node:timers/promises";

// src/segment/publish.ts
/**
* The publish job: judges the change, pushes the branch, opens the pull request, reports.
*
* It is the only part of a segment's run that can write, and it runs nothing of the repository: no checkout, no hook, no
* script. Of what came before it believes two things: the digest of the patch, and that the verify job succeeded. The
* tree that comes of the patch is judged here again, as a whole, against the commit the attempt started from.
*
* Doing it twice is doing it once: the commit is a function of the attempt, so a second run finds its branch pushed, its
* pull request open and its report there.
*/
/** Nothing can be reported: the run died before it came to anything. The orchestrator sees that and tries again. */
var NothingToReport = class extends Error {
	name = "NothingToReport";
};
async function publish(site) {
	const assignment = await readAssignment(site, site.attempt);
	const { journal, attempt } = assignment;
	const takenBy = journal.dispatches[attempt.dispatch]?.runId;
	if (takenBy !== site.runId) throw new NoAssignment(`Attempt ${attempt.id} is the work of run ${takenBy ?? "(none)"}, and this is run ${site.runId}.`);
	if (journal.phase === "cancelled") throw new NoAssignment(`Epic #${site.epic} was cancelled; nothing is published.`);
	if (!site.outcome) throw new NothingToReport("The work job ended without saying how; swarm will try again.");
	const report = {
		...await settle(site, assignment, site.outcome),
		finishedAt: site.client.now()
	};
	return {
		report,
		written: await writeReport(site.client, site.repository, reportRef(site.epic, attempt.id), "report.json", report)
	};
}
async function settle(site, assignment, outcome) {
	const { attempt, segment } = assignment;
	const common = {
		version: 1,
		attempt: attempt.id,
		segment: segment.number,
		tries: outcome.tries,
		validation: site.validation.length > 0 ? site.validation : outcome.validation,
		files: [],
		attention: [],
		agent: outcome.agent,
		...outcome.costUsd === void 0 ? {} : { costUsd: outcome.costUsd },
		durationMs: outcome.durationMs
	};
	const failed = (problem, more = {}, kept) => ({
		...common,
		...more,
		result: {
			kind: "failed",
			problem,
			...kept === void 0 ? {} : { kept }
		}
	});
	const unpacked = unpackPatch(site.patch);
	if (unpacked.kind === "refused") return failed(unpacked.problem);
	if (unpacked.kind === "nothing") return outcome.problem ? failed(outcome.problem) : {
		...common,
		result: { kind: "no-change" }
	};
	const store = await Store.make(site.scratch);
	await store.fetch(site.remote, [attempt.base, ...attempt.from ? [attempt.from] : []]);
	const applied = await applyPatch(store, attempt.base, unpacked.bytes);
	if (applied.kind === "refused") return failed(applied.problem);
	const rules = {
		scope: segment.spec.files,
		config: assignment.config
	};
	const judgement = await judgeTree(store, attempt.base, applied.tree, rules);
	const seen = {
		files: judgement.files,
		attention: judgement.attention
	};
	const [wrong] = judgement.problems;
	const problem = outcome.problem ?? wrong ?? unverified(site);
	if (problem) return failed(problem, seen, await keep(site, assignment, store, applied.tree, judgement));
	const commit = await nextCommit(store, assignment, site.epic, applied.tree, judgement.files);
	const refusal = await branchTaken(site, assignment) ?? await pushBranch(site, store, commit, attempt.branch, attempt.from);
	if (refusal) return failed(refusal, seen, await keep(site, assignment, store, applied.tree, judgement));
	const validation = (await gatesOf(store, attempt.base, assignment.config)).gates.map((gate) => verdictFor(gate, judgement, common.validation));
	const pull = await openPull(site, assignment, {
		...common,
		...seen,
		validation
	});
	if (typeof pull !== "number") return failed(pull, {
		...seen,
		validation
	}, attempt.branch);
	await reportChecks(site, commit, validation);
	return {
		...common,
		...seen,
		validation,
		result: {
			kind: "published",
			pull,
			branch: attempt.branch,
			head: commit
		}
	};
}
function unverified({ verified, validation }) {
	if (verified === "success") return void 0;
	return {
		kind: "VERIFY_FAILED",
		gates: validation.filter(({ verdict }) => verdict === "fail" || verdict === "timed out").map(({ gate, output }) => ({
			gate,
			output
		}))
	};
}
/**
* The verify job succeeded, so each gate that the base defines passed there; which gates those are is found here, not
* taken from its words. Only times and output are its own.
*/
function verdictFor(gate, judgement, told) {
	const said = told.find((each) => each.gate === gate.gate);
	const common = {
		gate: gate.gate,
		durationMs: said?.durationMs ?? 0
	};
	switch (gate.kind) {
		case "not applicable": return {
			...common,
			verdict: "not applicable",
			command: gate.why,
			output: ""
		};
		case "command": return {
			...common,
			verdict: "pass",
			command: gate.run.join(" ").slice(0, 300),
			output: said?.output ?? ""
		};
		case "scope": return {
			...common,
			verdict: "pass",
			command: "file scope, protected files, names, modes and sizes",
			output: ""
		};
		case "security": {
			const command = said?.command ?? "secret scan of the change";
			return {
				...common,
				verdict: "pass",
				command,
				output: judgement.suspicious.join("\n")
			};
		}
	}
}
const SWARM = {
	name: "swarm",
	email: "swarm@users.noreply.github.com"
};
/** The branch's next commit; the same attempt always makes the same one. */
async function nextCommit(store, assignment, epic, tree, files) {
	const { attempt, fromBase } = assignment;
	const { from, base } = attempt;
	const onSameBase = fromBase === base;
	if (from && onSameBase && await store.text([
		"rev-parse",
		"--verify",
		`${from}^{tree}`
	]) === tree) return from;
	return makeCommit(store, assignment, epic, tree, files, from ? onSameBase ? [from] : [from, base] : [base]);
}
async function makeCommit(store, { attempt, segment }, epic, tree, files, parents) {
	const date = `${Math.floor(attempt.claimedAt / 1e3)} +0000`;
	const commit = await store.text([
		"commit-tree",
		tree,
		...parents.flatMap((each) => ["-p", each])
	], {
		input: commitMessage({
			segment,
			epic,
			attempt: attempt.id,
			files
		}),
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
/** A segment's branch is its own: an issue's text may name any, also the one that everything merges into. */
async function branchTaken(site, { attempt, baseBranch }) {
	const { data } = await site.client.request("GET /repos/{owner}/{repo}", inRepository(site.repository));
	const { branch } = attempt;
	return branch === baseBranch || branch === data.default_branch ? {
		kind: "PUSH_REFUSED",
		branch,
		message: "segments merge into this branch, so none may have it as its own"
	} : void 0;
}
async function pushBranch(site, store, commit, branch, expected) {
	try {
		await store.push(site.remote, commit, branch, expected);
		return;
	} catch (error) {
		if (!(error instanceof GitFailed)) throw error;
		if (await store.headOf(site.remote, branch) === commit) return void 0;
		if (isOutage(error)) throw error;
		return {
			kind: "PUSH_REFUSED",
			branch,
			message: refusalIn(error)
		};
	}
}
const isOutage = ({ stderr }) => /could not resolve host|connection (?:refused|reset|timed out)|the requested url returned error: 5|early eof|operation timed out/i.test(stderr);
/** What the remote said, without git's own frame around it. */
function refusalIn({ stderr, message }) {
	const said = stderr.split("\n").map((line) => line.replace(/^remote: ?/, "").trim()).filter((line) => line !== "" && !/^(?:To |error: failed to push|hint:|fatal: the remote end)/.test(line));
	return clip(oneLine(said.join(" ") || message), 500);
}
/**
* Work that is not published is not thrown away: it lies on a branch of its own for people to look at, unless what is in
* it must not leave the job.
*/
async function keep(site, assignment, store, tree, judgement) {
	if (judgement.keep === "must not leave here") return void 0;
	const { attempt } = assignment;
	const branch = `swarm/wip/${attempt.id}`;
	const refusal = await pushBranch(site, store, await makeCommit(store, assignment, site.epic, tree, judgement.files, [attempt.base]), branch, void 0);
	if (!refusal) return branch;
	site.log(sayProblem(refusal, { form: "plain" }).what);
}
async function openPull(site, { segment, epicText, attempt, baseBranch, config }, facts) {
	const here = inRepository(site.repository);
	const approvals = Math.max(config.approvals, facts.attention.length > 0 ? 1 : 0);
	const told = {
		...facts,
		segment,
		epic: site.epic,
		epicTitle: epicText.title,
		attempt: attempt.id,
		agentName: attempt.name,
		attemptNumber: attempt.number,
		base: baseBranch,
		approvals,
		runUrl: site.runUrl
	};
	const words = {
		title: pullTitle(segment),
		body: pullBody(told)
	};
	const { data: open } = await site.client.request("GET /repos/{owner}/{repo}/pulls", {
		...here,
		head: `${site.repository.owner}:${attempt.branch}`,
		base: baseBranch,
		state: "open"
	});
	try {
		const [mine] = open;
		if (mine) {
			await site.client.request("PATCH /repos/{owner}/{repo}/pulls/{pull_number}", {
				...here,
				pull_number: mine.number,
				...words
			});
			return pullNumber(mine.number);
		}
		const call = {
			...here,
			...words,
			head: attempt.branch,
			base: baseBranch
		};
		return await createPull(site.client, call, approvals > 0 ? "draft" : "ready");
	} catch (error) {
		if (!(error instanceof GitHubRefused)) throw error;
		return {
			kind: "PULL_REFUSED",
			branch: attempt.branch,
			message: clip(oneLine(error.message), 500)
		};
	}
}
async function createPull(client, call, as) {
	try {
		const { data } = await client.request("POST /repos/{owner}/{repo}/pulls", {
			...call,
			draft: as === "draft"
		});
		return pullNumber(data.number);
	} catch (error) {
		const noDrafts = error instanceof GitHubRefused && error.status === 422 && /draft/i.test(error.message);
		if (as === "ready" || !noDrafts) throw error;
		return createPull(client, call, "ready");
	}
}
const CONCLUSIONS = {
	pass: "success",
	fail: "failure",
	"timed out": "failure",
	"not applicable": "neutral"
};
/** One check run a gate, on the commit that was pushed: what branch rules can require and people see first. */
async function reportChecks(site, head, validation) {
	const here = inRepository(site.repository);
	const { data } = await site.client.request("GET /repos/{owner}/{repo}/commits/{ref}/check-runs", {
		...here,
		ref: head,
		per_page: 100
	});
	const there = new Set(data.check_runs.map(({ name }) => name));
	for (const { gate, verdict, command, output } of validation) {
		const name = `swarm / ${gate}`;
		if (there.has(name)) continue;
		const title = verdict === "not applicable" ? `not applicable: ${command}` : `${verdict}: ${command}`;
		await site.client.request("POST /repos/{owner}/{repo}/check-runs", {
			...here,
			name,
			head_sha: head,
			status: "completed",
			conclusion: CONCLUSIONS[verdict],
			details_url: site.runUrl,
			output: {
				title: clip(oneLine(title), 200),
				summary: output === "" ? "No output." : block(output, { max: 2e4 })
			}
		});
	}
}

// src/action/publish.ts
/** `do: publish`: the only part of a segment's run that writes. It ends well when the end is reported, whatever the end. */
async function run(job) {
	const attempt = idOf(job, "attempt");
	await atSite(job, async (site) => {
		const { report, written } = await untilAnswered(job, () => publish({
			...site,
			attempt,
			patch: patchOf(job),
			outcome: readOutcome(job.input("outcome"), attempt),
			verified: job.input("verify-result"),
			validation: readValidation(job.input("validation")),
			runId: job.runId,
			runUrl: job.runUrl
		}));
		const { result } = report;
		answer("result", JSON.stringify(resultOf(report)));
		if (result.kind === "published") {
			answer("branch", result.branch);
			answer("commit", result.head);
			answer("pull-request", String(result.pull));
		}
		const what = result.kind === "published" ? `Published as PR #${result.pull}.` : result.kind === "no-change" ? "The agent changed nothing." : block(formatProblem(result.problem));
		const kept = result.kind === "failed" ? `Kept: ${result.kept ?? "no, it must not leave the job or there was nothing"}` : "";
		job.log(result.kind === "failed" ? formatProblem(result.problem) : what);
		if (written === "already there") job.log("This attempt was reported before; that report stays.");
		await summarise([
			what,
			kept,
			gatesTable(report.validation)
		].filter((each) => each !== "").join("\n\n"));
	});
}
const TIMES = 5;
/**
* Publishing again finds what was published and goes on from there, so GitHub's own failures are waited out here: the
* agent's work is not thrown away for a 502 (SPEC R8.4).
*/
async function untilAnswered(job, act) {
	for (let time = 1;; time++) try {
		return await act();
	} catch (error) {
		if (!(error instanceof GitHubUnavailable) || time === TIMES) throw error;
		const waitMs = Math.min(error.waitMs, 6e4);
		job.log(`GitHub did not answer (${error.message}). Trying again in ${Math.ceil(waitMs / 1e3)} s.`);
		await setTimeout(waitMs);
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
		branch: result.kind === "published" ? result.branch : null,
		commit: result.kind === "published" ? result.head : null,
		"ready-for-pr": result.kind === "published",
		attempts: Number(report.attempt.split("-")[1]),
		tries: report.tries,
		tests: tests?.verdict ?? null,
		files: report.files,
		council: null,
		cost: report.costUsd ?? null,
		duration: report.durationMs
	};
}

export { run };