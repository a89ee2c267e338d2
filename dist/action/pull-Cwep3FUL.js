import { t as COMMIT_TYPES } from "./epic-rYHwM1Ue.js";
import { a as fitting, i as clip, l as oneLine, n as cell, s as inline, t as block } from "./safe-DREuXmZf.js";
import { a as money, n as duration, o as named, r as enumerate, t as count } from "./voice-5ZKwF4Yq.js";
import { r as writeMarker } from "./marker-C_yCMjG1.js";

// src/words/course.ts
/** Both, and what was asked and found, as a section of a pull request or a job's page. `share`: of the rows, from 1 down. */
const courseSection = (course, share = 1) => [
	pairSection(course.pair),
	councilSection(course.council, share),
	findingsSection(course.findings, share),
	questionsSection(course.questions, share),
	checkpointsSection(course, share)
].filter((each) => each !== "").join("\n\n");
const pairSection = (pair) => pair.kind === "skipped" ? `### Tests first\n\nNo tester went first: ${sentence(pair.why)}` : [
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
	settled: "mended or withdrawn",
	overruled: "overruled by the lead",
	noted: "noted"
};
const councilSection = (council, share) => {
	if (council.kind === "skipped") return `### Council\n\nSkipped: ${sentence(council.why)}`;
	const lead = council.lead === void 0 ? "" : `, ${inline(council.lead, 60)} decided where they disagreed`;
	const rows = council.findings.slice(0, Math.ceil(20 * share)).map(({ file, line, severity, why, state }) => `| ${cell(`${file}:${line}`, 120)} | ${severity} | ${STATES[state]} | ${cell(why, 300)} |`);
	return [
		"### Council",
		"",
		`${WORDS[council.kind]} in ${count(council.rounds, "round")} by ${inline(council.reviewer, 60)}${lead}.`,
		...council.dropped > 0 ? [`${count(council.dropped, "finding")} named no line of the change, and ${council.dropped === 1 ? "was" : "were"} dropped.`] : [],
		...rows.length > 0 ? [
			"",
			"| where | weight | outcome | in the words of the reviewer |",
			"|---|---|---|---|",
			...rows
		] : [],
		...council.summary.trim() === "" ? [] : ["", block(council.summary, { max: 3e3 * share })]
	].join("\n");
};
const findingsSection = (findings, share) => findings.length === 0 ? "" : [
	"### Findings",
	"",
	"| where | weight | in the words of the agent |",
	"|---|---|---|",
	...findings.slice(0, Math.ceil(50 * share)).map(({ file, line, severity, why }) => `| ${cell(`${file}:${line}`, 120)} | ${severity} | ${cell(why, 400)} |`)
].join("\n");
const questionsSection = (questions, share) => questions.length === 0 ? "" : [
	"### It would have liked to know",
	"",
	...questions.slice(0, Math.ceil(20 * share)).map(({ text }) => `- ${inline(text, 400)}`)
].join("\n");
/** How far the run came and what its agent printed last, folded; empty where nothing is known of it. */
const checkpointsSection = ({ checkpoints = [], lastLines = [] }, share = 1) => {
	const steps = checkpoints.map(({ afterMs, text }) => `${duration(afterMs).padEnd(8)} ${oneLine(text)}`);
	if (steps.length + lastLines.length === 0) return "";
	const max = 4e3 * share;
	return [
		"<details><summary>Checkpoints</summary>",
		...steps.length > 0 ? [block(steps.join("\n"), { max })] : [],
		...lastLines.length > 0 ? ["The last lines of the agent:", block(lastLines.join("\n"), { max })] : [],
		"</details>"
	].join("\n\n");
};
/** A reason is swarm's own words with a name or two in it. */
const sentence = (why) => `${inline(why, 300)}.`;

// src/words/pull.ts
/**
* A segment's pull request in words: title, body, commit message, merge message.
*
* Commit and merge messages are not Markdown, and land on the base branch: nothing quotes there, so nobody's text goes
* in but the issue's title, and that without anything GitHub or a CI would act on. An agent's words appear in the body
* alone, in code, marked as its own (threats T31, T32).
*/
/** Longest first line of a commit message that GitHub shows whole. */
const SUBJECT_MAX = 72;
const CONVENTIONAL = new RegExp(`^(?:${COMMIT_TYPES.join("|")})(?:\\([^()]{0,60}\\))?!?:\\s*`, "i");
const SKIP_TOKENS = /\[\s*(?:skip|no)[\s-]+(?:ci|actions|build)\s*\]|\[\s*(?:ci|actions|build)[\s-]+skip\s*\]|\*{3}\s*no_ci\s*\*{3}/gi;
/**
* Somebody's words for a commit message: one line in which no reference closes an issue, no name is mentioned, no token
* keeps a CI from running and no trailer begins. Words stay readable; what is dropped is only what acts.
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
/** An epic without sub-issues is its own segment, and stays open until a person accepts it. */
const closing = (segment, epic) => `${segment.number === epic ? "For" : "Closes"} #${segment.number}`;
const CHANGES_SHOWN = 20;
/** Says in a commit's message whose it is. */
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
/** The message of the commit on which work is kept that was not published, with the reason in one sentence. */
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
/** Title and message for the merge of a pull request, whichever method is used. */
const mergeMessage = ({ segment, epic, pull, approvedBy }) => ({
	title: `${clip(pullTitle(segment), SUBJECT_MAX)} (#${pull})`,
	message: [
		...approvedBy.length === 0 ? [] : [`Approved-by: ${approvedBy.map(commitText).join(", ")}`],
		`Swarm-Epic: ${epic}`,
		closing(segment, epic)
	].join("\n")
});
/** The body of a segment's pull request (SPEC R6.1), for any input below `BODY_MAX`: long lists show fewer rows. */
const pullBody = (facts) => fitting((share) => renderPull({
	...facts,
	share
}));
const renderPull = (facts) => {
	const sections = [
		lead(facts),
		howToDecide(facts),
		criteriaSection(facts),
		gatesTable(facts.validation),
		facts.course ? courseSection(facts.course, facts.share) : "",
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
	const place = wave === void 0 ? "" : `, wave ${wave.number} of ${wave.of}`;
	return [
		closing(segment, epic),
		`**What** ${named(segment.number, segment.title, 120)}, in ${count(files.length, "file")}.`,
		`**Why** It is a segment of epic ${named(epic, epicTitle, 120)}${place}.`
	].join("\n\n");
};
const howToDecide = ({ approvals }) => approvals === 0 ? "**To decide** Nothing: it merges when its checks are green. **Request changes** or `/reject why` stops it and sends it back." : [
	`**To decide** ${count(approvals, "approval")} by people with write access, for the latest commit:`,
	"- **Approve** in a review, or comment `/approve`: it merges when its checks are green.",
	"- **Request changes** in a review, or comment `/reject why`: your words and the comments on lines go back to the agent, and it works on in this branch."
].join("\n");
const CRITERIA_SHOWN = 40;
const criteriaSection = ({ segment, agent, course, share }) => {
	const criteria = segment.spec.criteria;
	if (criteria.length === 0) return "### Acceptance criteria\n\nThe issue names none.";
	const evidence = new Map(agent.criteria.map(({ id, evidence: words }) => [id, words]));
	const shown = Math.ceil(CRITERIA_SHOWN * share);
	const pair = course?.pair.kind === "written" ? course.pair.criteria : [];
	const tests = new Map(pair.map(({ id, tests: places }) => [id, places.join(", ")]));
	const rows = criteria.slice(0, shown).map(({ id, text }) => {
		const words = evidence.get(id);
		const said = words === void 0 ? "⚠️ none given" : cell(words, 200);
		const place = pair.length === 0 ? "" : ` ${cell(tests.get(id) || "no test names it", 160)} |`;
		return `| ${cell(id, 20)} | ${cell(text, 160)} |${place} ${said} |`;
	});
	const left = criteria.length - shown;
	return [
		"### Acceptance criteria",
		"",
		pair.length === 0 ? "| id | criterion | evidence, in the words of the agent |" : "| id | criterion | test that names it | evidence, in the words of the agent |",
		pair.length === 0 ? "|---|---|---|" : "|---|---|---|---|",
		...rows,
		...left > 0 ? ["", `… and ${count(left, "more", "more")} in the issue.`] : []
	].join("\n");
};
const VERDICT_MARKS = {
	pass: "✅ pass",
	fail: "❌ fail",
	"timed out": "⏳ timed out",
	"not applicable": "not applicable"
};
/** Where all is that a job's agents and gates printed. */
const artefactLink = (url) => isPlainUrl(url) ? `[the run's artefact](${url})` : "the run's artefact";
/** As the addresses of runs and of what they keep are: nothing in one is encoded, asked for or cut off. */
const isPlainUrl = (url) => /^https?:\/\/[\w.-]+(?::\d+)?(?:\/[\w.-]+)*$/.test(url);
/** Gates as swarm saw them on a clean checkout. For a gate that does not apply, the second column says why. */
const gatesTable = (validation, heading = "### Gates") => {
	if (validation.length === 0) return `${heading}\n\n⚠️ No gate ran.`;
	return [
		heading,
		"",
		"| gate | verdict | command | took |",
		"|---|---|---|---|",
		...validation.slice(0, 40).map(({ gate, verdict, command, durationMs }) => `| ${cell(gate, 40)} | ${VERDICT_MARKS[verdict]} | ${cell(command, 120)} | ${verdict === "not applicable" ? "" : duration(durationMs)} |`)
	].join("\n");
};
const attentionSection = ({ attention, share }) => attention.length === 0 ? "" : [
	"### ⚠️ Look at these yourself",
	"",
	"They change how the gates run, or what they see; the gates above ran by the definitions of the base branch.",
	"",
	...listed(attention, Math.ceil(20 * share), 160)
].join("\n");
const suspiciousSection = ({ suspicious = [], share }) => suspicious.length === 0 ? "" : [
	"### ⚠️ Easy to overlook",
	"",
	...listed(suspicious, Math.ceil(20 * share), 200)
].join("\n");
const assumptionsSection = ({ agent, share }) => agent.assumptions.length === 0 ? "" : [
	"### Assumed by the agent",
	"",
	...listed(agent.assumptions, Math.ceil(20 * share), 400)
].join("\n");
const listed = (items, max, each) => {
	const left = items.length - max;
	return [...items.slice(0, max).map((item) => `- ${inline(item, each)}`), ...left > 0 ? [`- … and ${count(left, "more", "more")}`] : []];
};
const agentSection = ({ agent, files, share }) => {
	const names = files.length === 0 ? "" : `\nFiles: ${enumerate(files.map((file) => inline(file, 120)), 30)}.`;
	return [
		"<details><summary>In the words of the agent (not checked by swarm)</summary>",
		"",
		block(agent.summary, { max: 4e3 * share }),
		...agent.handoff === void 0 ? [] : [
			"",
			"Handoff to what comes next:",
			"",
			block(agent.handoff, { max: 4e3 * share })
		],
		names,
		"",
		"</details>"
	].join("\n");
};
const footer = ({ agentName, attempt, attemptNumber, tries, base, costUsd, durationMs, runUrl }) => {
	return `<sub>Swarm · ${[
		`${inline(agentName, 40)}, attempt ${attemptNumber} (${inline(attempt, 60)})`,
		`${count(tries, "round")} of gates`,
		duration(durationMs),
		costUsd === void 0 ? "cost not told" : money(costUsd),
		`base ${inline(base, 120)}`,
		...runUrl !== void 0 && isPlainUrl(runUrl) ? [`[run](${runUrl})`] : []
	].join(" · ")}</sub>`;
};

export { gatesTable as a, pullBody as c, courseSection as d, commitMessage as i, pullTitle as l, artefactLink as n, keptMessage as o, attemptLine as r, mergeMessage as s, VERDICT_MARKS as t, checkpointsSection as u };