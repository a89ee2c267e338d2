import { r as readAttemptId } from "./attempt-CsThcZZa.js";
import { a as inRepository, i as GitHubUnavailable, r as GitHubRefused } from "./client-BMx1e9Hr.js";
import { n as readValidation, t as readOutcome } from "./outcome-B7msYtgh.js";
import { d as pullNumber, o as headSha } from "./epic-ChVpA3OA.js";
import { t as approvalsNeeded } from "./proof-CcUsuAhk.js";
import { a as gatesTable, c as pullBody, i as commitMessage, l as pullTitle, m as TESTS_FIRST, n as artefactLink, o as keptMessage, r as attemptLine, t as VERDICT_MARKS } from "./pull-ai0GrXkb.js";
import { T as sayGate, _ as GitFailed, i as withSite, l as readAssignment, m as judgeTree, n as readPatch, o as NoAssignment, s as gatesOf, t as artefactUrl, u as readAttemptTree, v as Store, y as distinctiveSecrets } from "./part-DKzonYEJ.js";
import { d as writeReport, l as reportRef } from "./journal-vzxZWg-H.js";
import { a as sayProblem, r as formatProblem } from "./problems-BkdmACVU.js";
import { a as clip, c as inline, f as redactAll, i as clean, n as block, u as oneLine } from "./safe-B2goeG-f.js";
import { n as duration } from "./voice-BvaZ32fP.js";
import { i as idOf } from "./job-Cb-L5QjK.js";

// src/segment/branch.ts
/**
* Puts a change on a branch of the repository: only once, signed if GitHub signs, and never over other people's work.
*/
const SWARM = {
	name: "swarm",
	email: "swarm@users.noreply.github.com"
};
const treeOf = (store, commit) => store.text([
	"rev-parse",
	"--verify",
	`${commit}^{tree}`
]);
/** If the base has moved on, the commit merges it, so that the pull request shows only this segment's change. */
function parentsOf({ attempt: { from, base }, fromBase }) {
	if (!from) return [base];
	return fromBase === base ? [from] : [from, base];
}
/** Refuses the base and the default branch: an issue's text may name any branch, but a segment needs one of its own. */
async function branchTaken(site, { attempt, baseBranch }) {
	const { data } = await site.client.request("GET /repos/{owner}/{repo}", inRepository(site.repository));
	const { branch } = attempt;
	if (branch !== baseBranch && branch !== data.default_branch) return void 0;
	return {
		kind: "refused",
		problem: {
			kind: "PUSH_REFUSED",
			branch,
			message: "segments merge into this branch, so no segment may use it as its own"
		}
	};
}
/**
* Puts a commit on a branch, signed if GitHub signs. Doing it twice has the same effect as doing it once: a branch with
* the same commit at its head is done, even if the signature differs.
*/
async function putOnBranch(site, store, attempt, putting) {
	const { branch, expected, parents, tree } = putting;
	const refused = (message) => ({
		kind: "refused",
		problem: {
			kind: "PUSH_REFUSED",
			branch,
			message
		}
	});
	const there = await store.headOf(site.remote, branch);
	if (there !== void 0 && there !== expected) {
		const commit = await readCommit(site, there);
		if (isSameCommit(commit, putting)) return {
			kind: "put",
			head: headSha(there)
		};
		if (expected !== void 0 || !putting.replaces?.some((each) => isOf(commit, each))) return refused("somebody else has pushed to it");
		return putOnBranch(site, store, attempt, {
			...putting,
			expected: there
		});
	}
	if (there !== void 0 && parents.join() === there && await treeOf(store, there) === tree) return {
		kind: "put",
		head: headSha(there)
	};
	try {
		const unsigned = await makeCommit(store, attempt, putting);
		const signed = await signOnGitHub(site, store, unsigned, attempt.id, putting);
		if (signed) await moveBranch(site, putting, signed);
		else await store.push(site.remote, unsigned, branch, expected);
		return {
			kind: "put",
			head: signed ?? unsigned
		};
	} catch (error) {
		if (error instanceof GitHubRefused) return refused(clip(oneLine(error.message), 500));
		if (!(error instanceof GitFailed) || isOutage(error)) throw error;
		return refused(refusalIn(error));
	}
}
async function readCommit(site, oid) {
	const { data } = await site.client.request("GET /repos/{owner}/{repo}/git/commits/{commit_sha}", {
		...inRepository(site.repository),
		commit_sha: oid
	});
	return {
		tree: data.tree.sha,
		message: data.message.trim(),
		parents: data.parents.map(({ sha }) => sha)
	};
}
const isSameCommit = (commit, { tree, parents, message }) => commit.tree === tree && commit.message === message.trim() && commit.parents.join() === parents.join();
/** True for that attempt's own commit, without other commits on top. */
const isOf = ({ message, parents }, { id, base }) => parents.join() === base && message.split("\n").includes(attemptLine(id));
/** The same attempt always makes the same commit. */
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
* GitHub signs commits that an app or a job makes through its API, but not commits that are pushed. So the tree is pushed
* under a ref that is not a branch, and the commit is made from it through the API (ADR 5).
*
* @returns undefined if GitHub does not sign for this token.
* @see https://docs.github.com/authentication/managing-commit-signature-verification/about-commit-signature-verification#signature-verification-for-bots
*/
async function signOnGitHub(site, store, unsigned, attempt, { tree, parents, message }) {
	const here = inRepository(site.repository);
	const staging = `swarm/staging/${attempt}`;
	await store.pushRef(site.remote, unsigned, `refs/${staging}`);
	const { data } = await site.client.request("POST /repos/{owner}/{repo}/git/commits", {
		...here,
		message,
		tree,
		parents: [...parents]
	});
	await site.client.request("DELETE /repos/{owner}/{repo}/git/refs/{ref}", {
		...here,
		ref: staging
	});
	return data.verification.verified ? headSha(data.sha) : void 0;
}
const ABSENT = "0".repeat(40);
/** By compare-and-swap, like a push with a lease: it can only replace the commit that was examined. */
async function moveBranch(site, { branch, expected: from, parents }, to) {
	const { data } = await site.client.request("GET /repos/{owner}/{repo}", inRepository(site.repository));
	const force = from !== void 0 && !parents.includes(from);
	await site.client.mutate(`mutation Put($repositoryId: ID!, $name: GitRefname!, $before: GitObjectID!, $after: GitObjectID!, $force: Boolean!) {
      updateRefs(input: { repositoryId: $repositoryId, refUpdates: [{ name: $name, beforeOid: $before, afterOid: $after, force: $force }] }) {
        clientMutationId
      }
    }`, {
		repositoryId: data.node_id,
		name: `refs/heads/${branch}`,
		before: from ?? ABSENT,
		after: to,
		force
	});
}
const isOutage = ({ stderr }) => /could not resolve host|connection (?:refused|reset|timed out)|the requested url returned error: 5|early eof|operation timed out/i.test(stderr);
/** The remote's message, without the lines that git adds. */
function refusalIn({ stderr, message }) {
	const said = stderr.split("\n").map((line) => line.replace(/^remote: ?/, "").trim()).filter((line) => line !== "" && !/^(?:To |error: failed to push|hint:|fatal: the remote end)/.test(line));
	return clip(oneLine(said.join(" ") || message), 500);
}

// src/segment/checks.ts
const CONCLUSIONS = {
	pass: "success",
	fail: "failure",
	"timed out": "failure",
	"not applicable": "neutral"
};
/** GitHub's limit for one request. Further ones follow in more requests. */
const ANNOTATIONS_AT_ONCE = 50;
const MOST_ANNOTATIONS = 200;
/** One check run per gate, on the pushed commit. Branch rules can require them, and people see them first. */
async function reportChecks(site, head, validation, artefact) {
	const here = inRepository(site.repository);
	const runs = await site.client.paginate("GET /repos/{owner}/{repo}/commits/{ref}/check-runs", {
		...here,
		ref: head
	});
	const there = new Map(runs.map((each) => [each.name, each]));
	for (const result of validation) {
		const name = `swarm / ${result.gate}`;
		const annotations = annotationsOf(result);
		const said = outputOf(result, artefact);
		const conclusion = CONCLUSIONS[result.verdict];
		const earlier = there.get(name);
		const before = earlier?.conclusion === conclusion ? earlier : void 0;
		let done = before ? before.output?.annotations_count ?? annotations.length : 0;
		let id = before && Number(before.id);
		if (id === void 0) {
			const first = annotations.slice(0, ANNOTATIONS_AT_ONCE);
			const { data: made } = await site.client.request("POST /repos/{owner}/{repo}/check-runs", {
				...here,
				name,
				head_sha: head,
				status: "completed",
				conclusion,
				details_url: site.runUrl,
				output: {
					...said,
					annotations: first
				}
			});
			id = Number(made.id);
			done = first.length;
		}
		for (; done < annotations.length; done += ANNOTATIONS_AT_ONCE) await site.client.request("PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}", {
			...here,
			check_run_id: id,
			output: {
				...said,
				annotations: annotations.slice(done, done + ANNOTATIONS_AT_ONCE)
			}
		});
	}
}
/** People see the summary at once; the output is below it. */
function outputOf({ verdict, command, output, durationMs }, artefact) {
	const title = verdict === "not applicable" ? `not applicable: ${command}` : `${verdict}: ${command}`;
	const took = verdict === "not applicable" ? "" : ` It took ${duration(durationMs)}.`;
	const whole = artefact === void 0 || verdict === "not applicable" ? "" : ` All of its output: ${artefactLink(artefact)}.`;
	return {
		title: clip(oneLine(title), 200),
		summary: `${VERDICT_MARKS[verdict]}: ${inline(command, 200)}.${took}${whole}`,
		text: output === "" ? "No output." : block(output, { max: 2e4 })
	};
}
const annotationsOf = ({ verdict, annotations = [] }) => annotations.slice(0, MOST_ANNOTATIONS).map(({ file, line, message }) => ({
	path: file,
	start_line: line,
	end_line: line,
	annotation_level: verdict === "fail" || verdict === "timed out" ? "failure" : "warning",
	message: clip(clean(message), 2e3) || "See the output of the gate."
}));

// src/segment/publish.ts
/**
* The publish job: judges the change, pushes the branch, opens the pull request, and writes the report.
*
* It is the only part of a segment's run that can write, and it runs nothing from the repository: no checkout, no hook, no
* script. It trusts only two facts from the other jobs: the digest of the patch, and the success of the verify job. It
* judges the patched tree again, as a whole, against the commit that the attempt started from.
*
* Running it twice has the same effect as running it once. The attempt alone determines the commit, so a second run finds
* the branch pushed, the pull request open and the report written.
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
		validation: site.validation
	}, site.secrets);
	const result = await settle({
		...site,
		...told
	}, assignment, told.outcome);
	const report = {
		...redactAll(result, site.secrets),
		finishedAt: site.client.now()
	};
	return {
		report,
		written: await writeReport(site.client, site.repository, reportRef(site.epic, attempt.id), "report.json", report)
	};
}
async function settle(site, assignment, outcome) {
	const { attempt, segment } = assignment;
	const told = site.validation?.length ? site.validation : outcome.validation;
	const artefact = artefactOf(site);
	const common = {
		version: 1,
		attempt: attempt.id,
		segment: segment.number,
		tries: outcome.tries,
		validation: told.map(withoutAnnotations),
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
		scope: segment.spec.files,
		config: assignment.config,
		known
	});
	const seen = {
		files: judgement.files,
		attention: judgement.attention
	};
	const [wrong] = judgement.problems;
	if (attempt.why === "prove" && attempt.from) {
		const gates = await (await gatesOf(store, attempt.base, assignment.config)).heldTo(applied.tree, judgement.files);
		return prove(site, assignment, attempt.from, {
			...common,
			...seen
		}, judgement, gates, told);
	}
	const keepIt = (problem) => keep(site, assignment, store, applied.tree, judgement, {
		problem,
		told
	});
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
	const parents = parentsOf(assignment);
	const put = await branchTaken(site, assignment) ?? await putOnBranch(site, store, attempt, {
		branch: attempt.branch,
		expected: attempt.from,
		tree: applied.tree,
		parents,
		message,
		replaces: assignment.record.attempts.filter((each) => each.number < attempt.number)
	});
	if (put.kind === "refused") return failed(put.problem, seen, await keepIt(put.problem));
	const gates = await (await gatesOf(store, attempt.base, assignment.config)).heldTo(applied.tree, judgement.files);
	const validation = [...told.filter(({ gate }) => gate === TESTS_FIRST), ...gates.gates.map((gate) => verdictFor(gate, judgement, told))];
	const shown = {
		...common,
		...seen,
		validation: validation.map(withoutAnnotations)
	};
	const pull = await openPull(site, assignment, {
		...shown,
		suspicious: judgement.suspicious
	});
	if (typeof pull !== "number") return failed(pull, {
		...seen,
		validation: shown.validation
	}, { kept: attempt.branch });
	await reportChecks(site, put.head, validation, artefactOf(site));
	return {
		...shown,
		result: {
			kind: "published",
			pull,
			branch: attempt.branch,
			head: put.head
		}
	};
}
/** The artefact of the job with the gate results that are shown. */
const artefactOf = ({ artefacts, validation }) => validation?.length ? artefacts?.verify : artefacts?.work;
/** Annotations are on the commit's checks. The journal keeps only what decisions need. */
const withoutAnnotations = ({ annotations: _, ...result }) => result;
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
* The verify job succeeded, so every gate of the base passed there. This job finds those gates itself; it takes only times
* and output from the verify job.
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
			command: clip(sayGate(gate), 300),
			output: ""
		};
		case "commands": {
			const annotations = said?.annotations ?? [];
			return {
				...common,
				verdict: "pass",
				command: clip(sayGate(gate), 300),
				output: said?.output ?? "",
				annotations
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
/**
* Reports the gates of a commit that somebody else pushed, green or red. Nothing is pushed to their branch.
*/
async function prove(site, assignment, head, facts, judgement, { gates }, told) {
	const { attempt, record } = assignment;
	const published = record.attempts.findLast((each) => each.outcome?.kind === "published")?.outcome;
	if (published?.kind !== "published") throw new NoAssignment(`Segment #${facts.segment} has no earlier pull request.`);
	const validation = site.verified === "success" && judgement.problems.length === 0 ? gates.map((gate) => verdictFor(gate, judgement, told)) : redGates(judgement, told);
	if (!validation.some(({ verdict }) => verdict !== "not applicable")) throw new NothingToReport("The verify job did not succeed, but it reported no failed gate; swarm will try again.");
	const shown = {
		...facts,
		validation: validation.map(withoutAnnotations)
	};
	const body = pullBody(pullFacts(site, assignment, {
		...shown,
		suspicious: judgement.suspicious
	}));
	await site.client.request("PATCH /repos/{owner}/{repo}/pulls/{pull_number}", {
		...inRepository(site.repository),
		pull_number: published.pull,
		body
	});
	await reportChecks(site, head, validation, artefactOf(site));
	return {
		...shown,
		result: {
			kind: "published",
			pull: published.pull,
			branch: attempt.branch,
			head
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
* Puts unpublished work on a separate branch, for people to look at. The commit message has the reason, and the failures
* are annotations. Work that must not leave the job is dropped.
*/
async function keep(site, assignment, store, tree, judgement, { problem, told }) {
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
	const put = await putOnBranch(site, store, attempt, {
		branch,
		expected: void 0,
		tree,
		parents: [attempt.base],
		message: keptMessage(facts, reason)
	});
	if (put.kind === "refused") {
		site.log(sayProblem(put.problem, { form: "plain" }).what);
		return;
	}
	await reportChecks(site, put.head, told.filter(({ verdict }) => verdict === "fail" || verdict === "timed out"), artefactOf(site));
	return {
		kept: branch,
		keptHead: put.head
	};
}
function pullFacts(site, { segment, epicText, attempt, baseBranch, config }, facts) {
	return {
		...facts,
		segment,
		epic: site.epic,
		epicTitle: epicText.title,
		attempt: attempt.id,
		agentName: attempt.name,
		attemptNumber: attempt.number,
		base: baseBranch,
		approvals: approvalsNeeded(config, facts),
		runUrl: site.runUrl
	};
}
async function openPull(site, assignment, facts) {
	const here = inRepository(site.repository);
	const { segment, attempt, baseBranch } = assignment;
	const told = pullFacts(site, assignment, facts);
	const words = {
		title: pullTitle(segment),
		body: pullBody(told)
	};
	const open = await site.client.paginate("GET /repos/{owner}/{repo}/pulls", {
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
		return await createPull(site.client, call, told.approvals > 0 ? "draft" : "ready");
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
			validation: job.input("validation") === "" ? void 0 : readValidation(job.input("validation")),
			artefacts: {
				work: artefactUrl(job, "work-artefact"),
				verify: artefactUrl(job, "verify-artefact")
			},
			runId: job.runId,
			runUrl: job.runUrl
		}));
		const { result } = report;
		job.setOutput("result", JSON.stringify(resultOf(report)));
		if (result.kind === "published") {
			job.setOutput("branch", result.branch);
			job.setOutput("commit", result.head);
			job.setOutput("pull-request", String(result.pull));
		}
		const outcome = result.kind === "published" ? `Published as PR #${result.pull}.` : result.kind === "no-change" ? "The agent changed nothing." : result.kind === "needs-input" ? `The agent stopped to ask: ${inline(result.question.text, 600)}` : block(formatProblem(result.problem));
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
		branch: result.kind === "published" ? result.branch : null,
		commit: result.kind === "published" ? result.head : null,
		"ready-for-pr": result.kind === "published",
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