import { t as COMMIT_TYPES } from "./epic-BlD3cFx_.js";
import { d as oneLine, i as cell, l as inline, o as clip, r as block, s as fitting } from "./safe-CjCK4Ka7.js";
import { r as writeMarker } from "./marker-DwBXFXda.js";
import { r as CONFIG_FILES } from "./config-BeOUPBNq.js";
import { a as mention, c as named, l as sayPick, n as duration, r as enumerate, s as money, t as count } from "./voice-Cy2SigYN.js";

// src/core/model/journal/baseline.ts
/** Registries and the images of runners change, so a proof does not hold for good. */
const PROVEN_MS = 6048e5;
/** Enough for people to recognise the failure. */
const KNOWN_CHARS = 1500;
/** @param branch the base. */
function judgeBaseline({ validation, failures, problem }, branch, at) {
	if (problem) return {
		kind: "unsound",
		at,
		problem
	};
	const known = validation.filter(isRed).map((result) => ({
		result,
		failure: failureOf(result, failures)
	}));
	const red = known.filter(({ failure }) => failure.state === "red");
	const install = red.find(({ result }) => result.gate === "install")?.result;
	if (install) {
		const { command, output } = install;
		return {
			kind: "unsound",
			at,
			problem: {
				kind: "BASE_NOT_INSTALLED",
				branch,
				command,
				output
			}
		};
	}
	const nameless = red.filter(({ failure }) => failure.failures === void 0);
	if (nameless.length > 0) return {
		kind: "unsound",
		at,
		problem: {
			kind: "BASE_GATES_RED",
			branch,
			gates: nameless.map(({ result: { gate, output } }) => ({
				gate,
				output
			}))
		}
	};
	return {
		kind: "sound",
		at,
		gates: known.map(({ result: { command, output }, failure }) => ({
			...failure,
			command,
			output: output.slice(0, KNOWN_CHARS).toWellFormed()
		}))
	};
}
const isRed = ({ verdict }) => verdict === "fail" || verdict === "timed out";
/** A gate of which nothing else is said is red, and its failures have no names. */
const failureOf = ({ gate }, failures) => failures.find((each) => each.gate === gate) ?? {
	gate,
	state: "red"
};
/** The gates that failed on the base of a running epic: those of the check that let it start. */
const knownGates = (baselines = []) => {
	const verdict = baselines.findLast((each) => each.verdict?.kind === "sound")?.verdict;
	return verdict?.kind === "sound" ? verdict.gates : [];
};
/**
* Answers whether every failure is an old one. A failure that happens more often than before is new: two tests of one file
* may fail with the same words.
*/
function areOld(failures, known) {
	const left = [...known];
	return failures.every((failure) => {
		const index = left.indexOf(failure);
		if (index >= 0) left.splice(index, 1);
		return index >= 0;
	});
}
/** The names of the gates that failed on the base in one way. */
const gateNamesOf = (gates, state) => gates.filter((each) => each.state === state).map(({ gate }) => gate);

// src/core/model/report.ts
/** The gate of Swarm's own by which verify proves that a tester's tests fail without the rest of the change. */
const TESTS_FIRST = "tests-first";
const isReady = (report) => report.result.kind === "ready";

// src/words/sight.ts
const small = (words) => `<sub>${words}</sub>`;
const hasNoWalls = ({ isolation }) => isolation === "none";
/** Gates of the repository, and gates that are Swarm's own. */
const gatesSeen = (sight) => sight.validation.length === 0 ? "" : small([
	"Seen by the verify job, on a clean checkout and without an agent.",
	"The publish job judged the scope and looked for secrets itself, in the commit itself.",
	...hasNoWalls(sight) ? ["Without walls, the code under test could have changed what the verify job saw."] : []
].join(" "));
function testsFirstSeen(pair, sight) {
	if (pair.kind === "skipped") return "";
	const isProven = sight.validation.some(({ gate, verdict }) => gate === "tests-first" && verdict === "pass");
	return small(isProven ? `The verify job saw these tests fail without the rest of the change. Only the work job saw who wrote them.${doubt(sight)}` : `Seen by the work job alone; the verify job did not repeat it.${doubt(sight)}`);
}
const councilSeen = (council, sight) => council.kind === "skipped" ? "" : small(hasNoWalls(sight) ? `Seen by the work job alone.${doubt(sight)} It does not count as a review.` : "Seen by the work job alone: it started the reviewer and read the verdict. No other job repeats this.");
/** The criteria's column of tests. */
const testNamesSeen = (sight) => small(`The work job found these tests by the ids in them.${doubt(sight)}`);
/** The numbers of a run. */
const numbersSeen = (sight, hasCost) => {
	return `Rounds and time were counted by the work job${hasCost ? ", the cost by what the agents reported" : ""}.${doubt(sight)}`;
};
/** Lists of files and lines. */
const TREE_SEEN = small("Seen by the publish job, in the commit itself.");
/** Without walls, the author can reach whatever the work job says. */
const doubt = (sight) => hasNoWalls(sight) ? " It had no walls, so the author could have written this." : "";

// src/words/course.ts
/**
* The course of a run in words: the test-first pair with its map from criteria to tests, and the council. Each part
* ends with who saw it.
*/
/** The whole course as sections of a pull request, or of the page of the work job itself, which needs no `sight`. `share` is the part of the rows to show, from 1 down. */
const courseSection = (course, share = 1, sight) => [
	under(pairSection(course.pair), sight ? testsFirstSeen(course.pair, sight) : ""),
	under(councilSection(course.council, share), sight ? councilSeen(course.council, sight) : ""),
	findingsSection(course.findings, share),
	questionsSection(course.questions, share),
	checkpointsSection(course, share)
].filter((section) => section !== "").join("\n\n");
/** A section with the line that says who saw it. */
const under = (section, seen) => seen === "" ? section : `${section}\n\n${seen}`;
const pairSection = (pair) => pair.kind === "skipped" ? `### Tests first\n\nNo tests were written first: ${sentence(pair.why)}` : [
	"### Tests first",
	"",
	`${inline(pair.tester, 60)} wrote ${enumerate(pair.files.map((file) => inline(file, 160)), 10)}; they failed (${inline(pair.red, 240)}). ${inline(pair.implementer, 60)} made them pass without changing them.`
].join("\n");
const WORDS = {
	approved: "✅ approved",
	rejected: "❌ rejected"
};
const STATES = {
	stands: "stands",
	settled: "fixed or withdrawn",
	overruled: "overruled by the lead",
	noted: "noted"
};
const councilSection = (council, share) => {
	if (council.kind === "skipped") return `### Council\n\nSkipped: ${sentence(council.why)}`;
	const lead = council.lead === void 0 ? "" : `; ${inline(council.lead, 60)} decided where they disagreed`;
	const rows = council.findings.slice(0, Math.ceil(20 * share)).map(({ file, line, severity, why, state }) => `| ${cell(`${file}:${line}`, 120)} | ${severity} | ${STATES[state]} | ${cell(why, 300)} |`);
	return [
		"### Council",
		"",
		`${WORDS[council.kind]} in ${count(council.rounds, "round")} by ${inline(council.reviewer, 60)}${lead}.`,
		...council.dropped > 0 ? [`${count(council.dropped, "finding")} named no changed line and ${council.dropped === 1 ? "was" : "were"} dropped.`] : [],
		...rows.length > 0 ? [
			"",
			"| location | severity | outcome | in the reviewer's words |",
			"|---|---|---|---|",
			...rows
		] : [],
		...council.summary.trim() === "" ? [] : ["", block(council.summary, { max: 3e3 * share })]
	].join("\n");
};
const findingsSection = (findings, share) => findings.length === 0 ? "" : [
	"### Findings",
	"",
	"| location | severity | in the agent's words |",
	"|---|---|---|",
	...findings.slice(0, Math.ceil(50 * share)).map(({ file, line, severity, why }) => `| ${cell(`${file}:${line}`, 120)} | ${severity} | ${cell(why, 400)} |`)
].join("\n");
const questionsSection = (questions, share) => questions.length === 0 ? "" : [
	"### Open questions",
	"",
	...questions.slice(0, Math.ceil(20 * share)).map(({ text }) => `- ${inline(text, 400)}`)
].join("\n");
/** Every place that a run's programs asked for and may not reach, in its work job or in its verify job. */
const refusedIn = ({ course, refused = [] }) => {
	const inWork = course?.network?.kind === "limited" ? course.network.refused : [];
	const isSame = (one, other) => one.by === other.by && one.host === other.host && one.port === other.port;
	return [...inWork, ...refused.filter((place) => !inWork.some((other) => isSame(place, other)))];
};
/** Places that programs asked for and may not reach, with the next step; empty if there are none. */
const networkSection = (refused, share = 1) => {
	if (refused.length === 0) return "";
	const shown = refused.slice(0, Math.ceil(20 * share));
	const left = refused.length - shown.length;
	return [
		"### Refused on the network",
		"",
		`To allow one of these, add it to \`network\` in ${CONFIG_FILES[0]} and run the segment again. A name that nobody expects may be an attempt to send something out.`,
		"",
		"| place | asked by | times | why |",
		"|---|---|---|---|",
		...shown.map(({ host, port, by, times, why }) => `| ${cell(WEB_PORTS.includes(port) ? host : `${host}:${port}`, 260)} | ${cell(by, 60)} | ${times} | ${REFUSALS[why]} |`),
		...left > 0 ? ["", `… and ${count(left, "more", "more")}.`] : []
	].join("\n");
};
/** One line for a job's log, which the log makes safe. */
const sayRefused = ({ by, host, port }) => `network: ${by} may not reach ${host}:${port}; to allow it, add it to network in ${CONFIG_FILES[0]}`;
/** Ports that an entry of the config need not name. */
const WEB_PORTS = [443, 80];
const REFUSALS = {
	"not named": "nothing names it",
	"private address": "its address is private, so the config has to name exactly this host"
};
/** How far the run got and the last lines its agent printed, folded; empty if neither is known. */
const checkpointsSection = ({ checkpoints = [], lastLines = [] }, share = 1) => {
	const steps = checkpoints.map(({ afterMs, text }) => `${duration(afterMs).padEnd(8)} ${oneLine(text)}`);
	if (steps.length + lastLines.length === 0) return "";
	const max = 4e3 * share;
	return [
		"<details><summary>Checkpoints</summary>",
		...steps.length > 0 ? [block(steps.join("\n"), { max })] : [],
		...lastLines.length > 0 ? ["The agent's last lines:", block(lastLines.join("\n"), { max })] : [],
		"</details>"
	].join("\n\n");
};
/** The reason is swarm's own text, but it may contain names. */
const sentence = (why) => `${inline(why, 300)}.`;

// src/words/pull.ts
/** The longest subject of a commit that GitHub shows in full. */
const SUBJECT_MAX = 72;
const CONVENTIONAL = new RegExp(`^(?:${COMMIT_TYPES.join("|")})(?:\\([^()]{0,60}\\))?!?:\\s*`, "i");
const SKIP_TOKENS = /\[\s*(?:skip|no)[\s-]+(?:ci|actions|build)\s*\]|\[\s*(?:ci|actions|build)[\s-]+skip\s*\]|\*{3}\s*no_ci\s*\*{3}/gi;
/**
* Other people's text for a commit message: one line in which no reference closes an issue, no name is mentioned, no token
* skips CI and no trailer begins. The words stay readable; only what would act is removed.
*/
const commitText = (text) => {
	let words = oneLine(text);
	for (let before = ""; before !== words;) {
		before = words;
		words = words.replace(SKIP_TOKENS, " ");
	}
	return words.replace(/\[(?=[^[\]]*\b(?:skip|no|ci)\b)([^[\]]*)\]/gi, "($1)").replace(/\*{2,}/g, "*").replace(/skip-checks\s*:/gi, "skip-checks").replace(/\b[a-z][a-z0-9+.-]{0,20}:\/\/\S*/gi, "(link)").replace(/(\w?)#(?=\d)/g, (_, before) => before === "" ? "no. " : `${before} no. `).replace(/\bGH-(?=\d)/gi, "GH ").replace(/@+(?=[A-Za-z0-9])/g, "").replace(/\b(signed-off-by|co-authored-by)\s*:/gi, "$1").replace(/\s+/g, " ").trim();
};
/**
* The title of a segment's pull request and the first line of its commits: `feat(cart): add the cart`
* (Conventional Commits 1.0.0), composed from the issue alone.
*/
const pullTitle = (segment) => {
	const { type, commitScope, slug } = segment.spec;
	const scope = commitScope === void 0 ? "" : commitText(commitScope).replace(/[()]/g, "").slice(0, 30);
	const prefix = `${type}${scope === "" ? "" : `(${scope})`}: `;
	const words = commitText(segment.title).replace(CONVENTIONAL, "").replace(/\.+$/, "");
	const subject = words === "" ? commitText(slug.replaceAll("-", " ")) : words;
	const lowered = /^\p{Lu}\p{Ll}/u.test(subject) ? subject.charAt(0).toLowerCase() + subject.slice(1) : subject;
	return `${prefix}${clip(lowered === "" ? `segment ${segment.number}` : lowered, SUBJECT_MAX - prefix.length)}`;
};
/** An epic without sub-issues is its own segment, and stays open until a person accepts it, so it is not closed here. */
const closing = (segment, epic) => `${segment.number === epic ? "For" : "Closes"} #${segment.number}`;
const CHANGES_SHOWN = 20;
/** The trailer that says which attempt made a commit. */
const attemptLine = (attempt) => `Swarm-Attempt: ${commitText(attempt)}`;
/** The message of the commit that publish makes: subject, the files as a list, trailers (SPEC R5.2). */
const commitMessage = ({ segment, epic, attempt, files }) => {
	const left = files.length - CHANGES_SHOWN;
	const changes = files.slice(0, CHANGES_SHOWN).map((file) => `- ${clip(commitText(file), 120)}`);
	if (left > 0) changes.push(`- and ${count(left, "more file")}`);
	return [
		pullTitle(segment),
		...changes.length > 0 ? ["", ...changes] : [],
		"",
		`Swarm-Epic: ${epic}`,
		attemptLine(attempt),
		closing(segment, epic),
		""
	].join("\n");
};
/** The message of the commit that keeps unpublished work, with the reason in one sentence. */
const keptMessage = (facts, reason) => {
	const [subject = "", ...rest] = commitMessage(facts).split("\n");
	const why = clip(commitText(reason.what), 300);
	const trailers = rest.filter((line) => line !== closing(facts.segment, facts.epic));
	return [
		subject,
		"",
		`Kept, not published: ${why} (${reason.code})`,
		...trailers
	].join("\n");
};
/** @param url the repository's */
const pullFactsOf = ({ attempt, report, segment, epic, wave, base, approvals, owner }, url) => ({
	...report,
	segment,
	epic: epic.number,
	epicTitle: epic.title,
	wave,
	attempt: attempt.id,
	agentName: attempt.name,
	attemptNumber: attempt.number,
	...attempt.by ? { by: attempt.by } : {},
	base,
	approvals,
	owner,
	runUrl: `${url}/actions/runs/${report.runId}`
});
/** Title and message for the merge of a pull request, whichever method is used. */
const mergeMessage = ({ segment, epic, pull, approvedBy }) => ({
	title: `${clip(pullTitle(segment), SUBJECT_MAX)} (#${pull})`,
	message: [
		...approvedBy.length === 0 ? [] : [`Approved-by: ${approvedBy.map(commitText).join(", ")}`],
		`Swarm-Epic: ${epic}`,
		closing(segment, epic)
	].join("\n")
});
/** The body of a segment's pull request (SPEC R6.1), always below `BODY_MAX`: long lists show fewer rows. */
const pullBody = (facts) => fitting((share) => renderPull({
	...facts,
	share
}));
const renderPull = (facts) => {
	const sections = [
		lead(facts),
		howToDecide(facts),
		conflictsSection(facts),
		criteriaSection(facts),
		under(gatesTable(facts.validation), gatesSeen(facts)),
		facts.course ? courseSection(facts.course, facts.share, facts) : "",
		networkSection(refusedIn(facts), facts.share),
		attentionSection(facts),
		suspiciousSection(facts),
		assumptionsSection(facts),
		agentSection(facts),
		footer(facts)
	];
	return `${writeMarker({
		kind: "pull",
		key: facts.attempt
	})}\n${sections.filter((section) => section !== "").join("\n\n")}\n`;
};
const lead = ({ segment, epic, epicTitle, wave, files }) => {
	const waveText = wave === void 0 ? "" : `, wave ${wave.number} of ${wave.of}`;
	return [
		closing(segment, epic),
		`**What** ${named(segment.number, segment.title, 120)}, in ${count(files.length, "file")}.`,
		`**Why** It is a segment of epic ${named(epic, epicTitle, 120)}${waveText}.`
	].join("\n\n");
};
const howToDecide = ({ approvals, owner }) => approvals === 0 ? "**To decide** Nothing: it merges when its checks are green. **Request changes** or `/reject REASON` stops it and sends it back to the agent." : [
	`**To decide** ${mention(owner)}The latest commit needs ${count(approvals, "approval")} from people with write access:`,
	"- **Approve** in a review, or comment `/approve`: it merges when its checks are green.",
	"- **Request changes** in a review, or comment `/reject REASON`: your words and your line comments go back to the agent, which continues on this branch."
].join("\n");
const conflictsSection = ({ conflicts = [], share }) => conflicts.length === 0 ? "" : [
	"### ⚠️ Conflicts with open pull requests",
	"",
	"They change the same lines. Whichever of the two is merged second goes back to its agent first.",
	"",
	...conflicts.slice(0, Math.ceil(20 * share)).map(({ pull, files }) => `- PR #${pull}: ${enumerate(files.map((file) => inline(file, 120)), 5)}`)
].join("\n");
const CRITERIA_SHOWN = 40;
const criteriaSection = (facts) => {
	const { segment, agent, course, share } = facts;
	const criteria = segment.spec.criteria;
	if (criteria.length === 0) return "### Acceptance criteria\n\nThe issue lists none.";
	const evidence = new Map(agent.criteria.map(({ id, evidence: words }) => [id, words]));
	const shown = Math.ceil(CRITERIA_SHOWN * share);
	const pair = course?.pair.kind === "written" ? course.pair.criteria : [];
	const tests = new Map(pair.map(({ id, tests: names }) => [id, names.join(", ")]));
	const rows = criteria.slice(0, shown).map(({ id, text, state }) => {
		const words = evidence.get(id);
		const proof = words?.trim() ? cell(words, 200) : state === "met" ? "ticked in the issue" : "⚠️ none given";
		const test = pair.length === 0 ? "" : ` ${cell(tests.get(id) || "no test names it", 160)} |`;
		return `| ${cell(id, 20)} | ${cell(text, 160)} |${test} ${proof} |`;
	});
	const left = criteria.length - shown;
	return [
		"### Acceptance criteria",
		"",
		pair.length === 0 ? "| id | criterion | evidence, in the agent's words |" : "| id | criterion | test that names it | evidence, in the agent's words |",
		pair.length === 0 ? "|---|---|---|" : "|---|---|---|---|",
		...rows,
		...left > 0 ? ["", `… and ${count(left, "more", "more")} in the issue.`] : [],
		...criteria.every(({ id, state }) => state === "met" || evidence.get(id)?.trim()) ? [] : ["", `A criterion without evidence stays open after the merge, and the calibration of the wave asks for it. If you have seen that it is met, tick it in #${segment.number}.`],
		...pair.length === 0 ? [] : ["", testNamesSeen(facts)]
	].join("\n");
};
const VERDICT_MARKS = {
	pass: "✅ pass",
	fail: "❌ fail",
	"failed before": "⚠️ fails as before",
	"timed out": "⏳ timed out",
	"not applicable": "not applicable"
};
/** A link to everything that a job's agents and gates printed. */
const artefactLink = (url) => isPlainUrl(url) ? `[the run's artefact](${url})` : "the run's artefact";
/** URLs of runs and artefacts look like this: without encoded characters, query or fragment. */
const isPlainUrl = (url) => /^https?:\/\/[\w.-]+(?::\d+)?(?:\/[\w.-]+)*$/.test(url);
const sayTests = ({ run, failed }) => failed === 0 ? count(run, "test") : `${failed} of ${count(run, "test")}`;
/** The gates' results on a clean checkout. If a gate does not apply, the command's column says why. */
const gatesTable = (validation, heading = "### Gates") => {
	if (validation.length === 0) return `${heading}\n\n⚠️ No gate ran.`;
	const rows = validation.slice(0, 40).map(({ gate, verdict, command, durationMs, tests }) => `| ${cell(gate, 40)} | ${VERDICT_MARKS[verdict]}${tests ? `, ${sayTests(tests)}` : ""} | ${cell(command, 120)} | ${verdict === "not applicable" ? "" : duration(durationMs)} |`);
	const old = validation.filter(({ verdict }) => verdict === "failed before").map(({ gate }) => cell(gate, 40));
	const told = old.length === 0 ? [] : ["", `⚠️ ${enumerate(old, 6)} failed on the base before this epic started, and ${old.length === 1 ? "fails" : "fail"} in the same way here. By the output, nothing else fails there. That does not count against this change, but somebody has to approve it.`];
	return [
		heading,
		"",
		"| gate | verdict | command | took |",
		"|---|---|---|---|",
		...rows,
		...told
	].join("\n");
};
const attentionSection = ({ attention, share }) => attention.length === 0 ? "" : [
	"### ⚠️ Review these yourself",
	"",
	"These change how the gates run, or weaken what they check. The gates above ran by the base branch's definitions.",
	"",
	...listed(attention, Math.ceil(20 * share), 160),
	"",
	TREE_SEEN
].join("\n");
const suspiciousSection = ({ suspicious = [], share }) => suspicious.length === 0 ? "" : [
	"### ⚠️ Easy to overlook",
	"",
	...listed(suspicious, Math.ceil(20 * share), 200),
	"",
	TREE_SEEN
].join("\n");
const assumptionsSection = ({ agent, share }) => agent.assumptions.length === 0 ? "" : [
	"### The agent's assumptions",
	"",
	...listed(agent.assumptions, Math.ceil(20 * share), 400)
].join("\n");
const listed = (items, max, itemMax) => {
	const left = items.length - max;
	return [...items.slice(0, max).map((item) => `- ${inline(item, itemMax)}`), ...left > 0 ? [`- … and ${count(left, "more", "more")}`] : []];
};
const agentSection = ({ agent, files, share }) => {
	const names = files.length === 0 ? "" : `\nFiles: ${enumerate(files.map((file) => inline(file, 120)), 30)}.`;
	return [
		"<details><summary>In the agent's words (not checked by swarm)</summary>",
		"",
		block(agent.summary, { max: 4e3 * share }),
		...agent.handoff === void 0 ? [] : [
			"",
			"Handoff to the next segments:",
			"",
			block(agent.handoff, { max: 4e3 * share })
		],
		names,
		"",
		"</details>"
	].join("\n");
};
const footer = (facts) => {
	const { agentName, attempt, attemptNumber, by, tries, base, isolation, course, costUsd, durationMs, runUrl } = facts;
	return `<sub>Swarm · ${[
		`${inline(agentName, 40)}${by ? ` (${inline(sayPick(by), 140)})` : ""}, attempt ${attemptNumber} (${inline(attempt, 60)})`,
		`${count(tries, "round")} of gates`,
		duration(durationMs),
		costUsd === void 0 ? "cost unknown" : money(costUsd),
		...isolation === void 0 ? [] : [isolation === "none" ? "**no isolation**" : `isolated by ${isolation}`],
		...course?.network === void 0 ? [] : [course.network.kind === "open" ? "**open network**" : "limited network"],
		`base ${inline(base, 120)}`,
		...runUrl !== void 0 && isPlainUrl(runUrl) ? [`[run](${runUrl})`] : []
	].join(" · ")}. ${numbersSeen(facts, costUsd !== void 0)}</sub>`;
};

export { PROVEN_MS as _, keptMessage as a, judgeBaseline as b, pullFactsOf as c, courseSection as d, networkSection as f, isReady as g, TESTS_FIRST as h, gatesTable as i, pullTitle as l, sayRefused as m, artefactLink as n, mergeMessage as o, refusedIn as p, commitMessage as r, pullBody as s, VERDICT_MARKS as t, checkpointsSection as u, areOld as v, knownGates as x, gateNamesOf as y };