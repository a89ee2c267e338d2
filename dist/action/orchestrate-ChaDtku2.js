import { B as GitHubUnavailable, C as clip, D as oneLine, E as inline, Q as numberIn$1, T as htmlCode, V as inRepository, Y as issueNumber, a as fail, b as block, i as epicOf, j as titleText, l as summarise, t as BadInput, w as fitting, x as cell, z as GitHubRefused } from "./job-COi8ndIE.js";
import { H as marked, U as readMarker, a as mergeMessage, d as enumerate, f as money, l as count, p as named, u as duration } from "./pull-DbQRj-7G.js";
import { a as Answers, f as COMMANDS, h as readConfig, i as sayProblem, o as observe, p as decide, r as problemComment, t as diagnosticsList, y as hasReacted } from "./problems-DVSm7Csm.js";
import { t as emptyJournal } from "./journal-DOIsMM_a.js";
import { t as advanceJournal } from "./journal-D1z1OJYj.js";
import { randomUUID } from "node:crypto";
import { setTimeout } from "node:timers/promises";

// src/github/wake.ts
/**
* An event → which epics to look at, and nothing more. What the event says about the world is not believed; a wrong or
* forged payload can at worst make swarm look once too often (SPEC R4.1).
*/
/**
* @returns where to look; `everywhere` when the event concerns what every epic rests on (the base branch, a check).
*/
function hintsOf(event, payload) {
	const said = typeof payload === "object" && payload !== null ? payload : {};
	switch (event) {
		case "issues":
		case "issue_comment": return said.issue?.pull_request ? ofPull(said.issue.body) : ofIssues(said.issue);
		case "sub_issues": return ofIssues(said.parent_issue, said.sub_issue);
		case "issue_dependencies": return ofIssues(said.blocked_issue, said.blocking_issue);
		case "pull_request":
		case "pull_request_review":
		case "pull_request_review_comment": return ofPull(said.pull_request?.body);
		case "workflow_run": {
			if (said.action === "requested") return [];
			const title = /^swarm #([1-9]\d{0,9}) /.exec(String(said.workflow_run?.display_title ?? ""));
			const epic = numberIn$1(title?.[1]);
			if (epic !== void 0) return [{
				kind: "epic",
				number: epic
			}];
			return said.action === "completed" ? "everywhere" : [];
		}
		case "push": return said.ref === `refs/heads/${String(said.repository?.default_branch)}` ? "everywhere" : [];
		case "check_run":
			if (said.action !== "completed") return [];
			return said.check_run?.app?.slug === "github-actions" ? ofJob(String(said.check_run.name)) : "everywhere";
		case "status": return "everywhere";
		default: return [];
	}
}
/** Jobs are told by their run; but a segment's report is there before the rest of its run's matrix is done. */
function ofJob(name) {
	const publish = /^segment (\d{1,15}) \/ publish$/.exec(name);
	return ofIssues({ number: publish?.[1] });
}
const ofIssues = (...issues) => issues.flatMap((issue) => {
	const number = numberIn$1(issue?.number);
	return number === void 0 ? [] : [{
		kind: "issue",
		number
	}];
});
/** Our pull requests say in their marker which attempt opened them: `<segment>-<number>`. */
function ofPull(body) {
	const marker = typeof body === "string" ? readMarker(body) : void 0;
	const segment = marker?.kind === "pull" ? /^(\d{1,15})-\d+$/.exec(marker.key) : null;
	return ofIssues({ number: segment?.[1] });
}
const nested = (depth) => depth === 0 ? "" : `parent { number ${nested(depth - 1)} }`;
const LABELS = "labels(first: 50) { nodes { name } }";
/** The epics behind the hints, each once. */
async function epicsOf(client, repository, hints) {
	const found = new Set(hints.filter((hint) => hint.kind === "epic").map((hint) => hint.number));
	const issues = [...new Set(hints.filter((hint) => hint.kind === "issue").map((hint) => hint.number))];
	if (issues.length > 0) {
		const waiting = `blocking(first: 20) { nodes { number ${LABELS} repository { nameWithOwner } ${nested(8)} } }`;
		const parts = issues.map((number) => `issue${number}: issue(number: ${number}) { number ${LABELS} ${nested(8)} ${waiting} }`);
		const answer = await client.queryWhatIsThere(`query Roots($owner: String!, $name: String!) { repository(owner: $owner, name: $name) { ${parts.join(" ")} } }`, { ...repository });
		const here = `${repository.owner}/${repository.name}`.toLowerCase();
		const there = Object.values(answer.repository ?? {}).filter((issue) => issue !== null).flatMap((issue) => [issue, ...issue.blocking.nodes.filter((each) => each.repository.nameWithOwner.toLowerCase() === here)]);
		const journals = there.some((issue) => issue.parent) ? await journalNumbers(client, repository) : [];
		for (const issue of there) for (const number of epicsAmong(issue, new Set(journals))) found.add(issueNumber(number));
	}
	return [...found];
}
/**
* Of an issue and all above it, the epics: whatever is being executed. Where nothing is, the topmost issue, or the issue
* itself where somebody put a label of ours on it: a group can be executed by itself.
*/
function epicsAmong(issue, journals) {
	const chain = [];
	for (let at = issue; at; at = at.parent ?? null) chain.push(at);
	const started = chain.filter((each) => journals.has(each.number));
	if (started.length > 0) return started.map((each) => each.number);
	return [(issue.labels?.nodes.some((label) => label.name.startsWith("swarm:")) ? issue : chain.at(-1) ?? issue).number];
}
async function journalNumbers(client, repository) {
	return (await client.request("GET /repos/{owner}/{repo}/git/matching-refs/{ref}", {
		owner: repository.owner,
		repo: repository.name,
		ref: "swarm/epics/"
	})).data.map((ref) => Number(ref.ref.replace("refs/swarm/epics/", ""))).filter((number) => numberIn$1(number) !== void 0);
}
/**
* Every epic that may need a look, found without any event: open epics with a journal, and issues that somebody put a
* command on lately. This is what the clock's sweep looks at.
*/
async function epicsInFlight(client, repository) {
	const numbers = await journalNumbers(client, repository);
	const asked = (await client.query(`query Recent($owner: String!, $name: String!) {
      repository(owner: $owner, name: $name) {
        issues(first: 50, states: [OPEN], orderBy: { field: UPDATED_AT, direction: DESC }) {
          nodes { number ${nested(2)} ${LABELS} comments(last: 10) { nodes { body reactionGroups { content viewerHasReacted } } } }
        }
      }
    }`, { ...repository })).repository.issues.nodes.filter((issue) => issue.labels.nodes.some((label) => label.name.startsWith("swarm:")) || issue.comments.nodes.some((comment) => comment.body.startsWith("/swarm") && !hasReacted(comment, "ROCKET", "CONFUSED")));
	const journals = new Set(numbers);
	const roots = asked.flatMap((issue) => epicsAmong(issue, journals)).filter((number) => !journals.has(number));
	return [.../* @__PURE__ */ new Set([...await stillOpen(client, repository, numbers), ...roots])].map(issueNumber).sort((a, b) => a - b);
}
async function stillOpen(client, repository, numbers) {
	const open = [];
	for (let start = 0; start < numbers.length; start += 100) {
		const parts = numbers.slice(start, start + 100).map((number) => `issue${number}: issue(number: ${number}) { number state }`);
		const answer = await client.queryWhatIsThere(`query Open($owner: String!, $name: String!) { repository(owner: $owner, name: $name) { ${parts.join(" ")} } }`, { ...repository });
		open.push(...Object.values(answer.repository ?? {}).filter((issue) => issue?.state === "OPEN").map((issue) => issue?.number ?? 0));
	}
	return open;
}

// src/words/help.ts
/**
* What `/swarm help` answers and the commands' page shows, both made from the table that the parser reads.
*/
/** Rows `command | does | needs | example` of a Markdown table. */
const commandRows = () => Object.values(COMMANDS).map(({ usage, says, who, example }) => `| ${code(usage)} | ${says} | ${who} | ${code(example)} |`);
/** The commands as a table, with who may give them. */
const helpText = () => ["A command stands at the very start of a new comment; an edited comment is not read again.", [
	"| command | does | needs | example |",
	"|---|---|---|---|",
	...commandRows()
].join("\n")].join("\n\n");
const code = (text) => `\`${text.replaceAll("|", "\\|")}\``;

// src/words/plan.ts
/** The plan as Markdown: waves and tracks, the graph, forecast, what waits outside, warnings. */
const planText = (plan, { url, heading, wave, advice }) => fitting((share) => [
	heading ?? "",
	`Segments come from ${SOURCES[plan.source]}. ${forecastText(plan)}`,
	adviceText(advice),
	wavesTable(plan, wave, 250 * share),
	planGraph(plan, share),
	outsideText(plan),
	overlapsText(plan, share),
	plan.diagnostics.length === 0 ? "" : diagnosticsList(plan.diagnostics, { url }, Math.ceil(40 * share))
].filter((part) => part !== "").join("\n\n"));
const SOURCES = {
	"sub-issues": "the epic's sub-issues",
	"task list": "the task list in the epic's text (it has no sub-issues)",
	"the epic itself": "the epic itself (it has neither sub-issues nor a task list)"
};
/** Forecast, how sure it is, and what it rests on. */
const forecastText = ({ forecast, segments }) => {
	const { makespanMinutes, boundMinutes, oneAtATimeMinutes, criticalPathMinutes, criticalPath, minutes, costUsd } = forecast;
	const path = criticalPath.length > 1 ? `; the longest chain ${enumerate(criticalPath.map((n) => `#${n}`), 12)} takes ${min(criticalPathMinutes)}` : "";
	const range = minutes ? `, eight times of ten between ${min(minutes.low)} and ${min(minutes.high)}` : "";
	const cost = costUsd ? ` It should cost ${money(costUsd.middle)}, eight times of ten between ${money(costUsd.low)} and ${money(costUsd.high)}.` : "";
	const above = boundMinutes > 0 ? Math.ceil(100 * (makespanMinutes - boundMinutes) / boundMinutes) : 0;
	const quality = above === 0 ? "no schedule under the caps is shorter" : `at most ${above} % longer than the best possible under the caps`;
	return [`Forecast ${min(minutes?.middle ?? makespanMinutes)}${range}; one at a time ${min(oneAtATimeMinutes)} (${basisText(forecast, segments.length)})${path}.`, ` With the expected times the schedule takes ${min(makespanMinutes)}: ${quality}.${cost}`].join("");
};
/** What the expected times rest on. */
const basisText = ({ basis }, segments) => {
	switch (basis.kind) {
		case "learned": return `learned from ${count(basis.segments, "earlier segment")}`;
		case "estimates": return `${basis.estimated} of ${segments} have an estimate`;
		case "all alike": return "no segment has an estimate, all count alike";
	}
};
/** What would make the epic shorter, each as a sentence that says what to do; empty where nothing would. */
const adviceLines = ({ schedule, wavesMinutes, eagerMinutes, place, dependency, overlap }) => {
	const lines = [];
	const gain = wavesMinutes - eagerMinutes;
	if (gain > 0 && schedule === "waves") lines.push(`Set \`schedule: eager\` to save ${min(gain)} (${min(eagerMinutes)} instead of ${min(wavesMinutes)}): each segment then starts when its own dependencies are merged.`);
	else if (gain > 0) lines.push(`Keep \`schedule: eager\`: in waves it would take ${min(gain)} longer.`);
	if (place) {
		const key = place.of === "all" ? "max-parallel" : `workers.${place.of}`;
		lines.push(`Set \`${key}\` to ${place.from + 1} to save ${min(place.savesMinutes)} (it is ${place.from}).`);
	}
	if (dependency) {
		const { from, on, savesMinutes } = dependency;
		lines.push(`See whether #${from} really has to wait for #${on}: of all dependencies this one costs most, ${min(savesMinutes)}.`);
	}
	if (overlap) {
		const { a, b, savesMinutes } = overlap;
		lines.push(`Let #${a} and #${b} run side by side to save ${min(savesMinutes)}: ${whyOverlap(overlap)}; ${MENDS[overlap.why.kind]}.`);
	}
	return lines;
};
const MENDS = {
	files: "narrow the `files` of one of them",
	"conflicts-with": "take it out, if they can",
	"scope unknown": "state its `files`",
	"not parallel": "take it out, if it can share the time"
};
const adviceText = (advice) => {
	const lines = advice ? adviceLines(advice) : [];
	return lines.length === 0 ? "" : [
		"**To be done sooner**",
		"",
		...lines.map((line) => `- ${line}`)
	].join("\n");
};
const min = (minutes) => duration(minutes * 6e4);
const wavesTable = (plan, only, maxRows) => {
	const segments = new Map(plan.segments.map((segment) => [segment.number, segment]));
	const rows = plan.waves.filter(({ number }) => only === void 0 || number === only).flatMap(({ number, tracks }) => tracks.flatMap((track) => track.segments.map((segment) => {
		const name = track.name === "" ? "" : ` ${cell(track.name, 40)}`;
		return `| ${number} | ${track.letter}${name} | ${segmentCells(segment, segments.get(segment))} |`;
	})));
	if (rows.length === 0) return "";
	const shown = Math.ceil(maxRows);
	const left = rows.length - shown;
	return [
		"| wave | track | segment | worker | waits for | may change |",
		"|---|---|---|---|---|---|",
		...rows.slice(0, shown),
		...left > 0 ? ["", `… and ${count(left, "more segment")}.`] : []
	].join("\n");
};
const segmentCells = (number, segment) => {
	if (segment === void 0) return `#${number} | | | `;
	const { spec, title, blockedBy } = segment;
	const scope = spec.files.length === 0 ? "⚠️ unknown" : `${enumerate(spec.files.map((glob) => cell(glob, 60)), 3)}${spec.filesFrom === "inferred" ? " (inferred)" : ""}`;
	const waits = blockedBy.length === 0 ? "" : enumerate(blockedBy.map((blocker) => `#${blocker}`), 6);
	return `#${number} ${cell(titleText(title, number, 60), 60)} | ${spec.worker} | ${waits} | ${scope}`;
};
/** The plan as a Mermaid graph; labels are numbers alone (threats T57). */
const planGraph = (plan, share) => {
	const edges = plan.segments.flatMap(({ number, blockedBy }) => blockedBy.map((from) => `  n${from} --> n${number}`));
	if (plan.segments.length < 2 || plan.segments.length > 120 * share || edges.length > 400 * share) return "";
	return [
		"```mermaid",
		"flowchart LR",
		...plan.waves.flatMap(({ number, tracks }) => [
			`  subgraph w${number}["wave ${number}"]`,
			...tracks.flatMap((track) => track.segments.map((segment) => `    n${segment}["#${segment}"]`)),
			"  end"
		]),
		...edges,
		"```"
	].join("\n");
};
const outsideText = ({ waitsOutside }) => {
	return Object.entries(waitsOutside).flatMap(([segment, refs]) => refs.length === 0 ? [] : [`- #${segment} waits for ${enumerate(refs.map(({ number, repository }) => repository === void 0 ? `#${number}` : inline(`${repository.owner}/${repository.name}#${number}`)), 10)}, outside this epic.`]).slice(0, 50).join("\n");
};
const overlapsText = ({ overlaps }, share) => {
	const shown = Math.ceil(20 * share);
	const lines = overlaps.slice(0, shown).map((overlap) => `- #${overlap.a} and #${overlap.b}: ${whyOverlap(overlap)}`);
	if (lines.length === 0) return "";
	const left = overlaps.length - shown;
	return [
		"<details><summary>Never at the same time</summary>",
		"",
		...lines,
		...left > 0 ? [`- … and ${count(left, "more pair")}`] : [],
		"",
		"</details>"
	].join("\n");
};
const DOUBTS = {
	negation: "perhaps not, with what the `!…` leave out; nothing proves it",
	"not read": "perhaps not; a glob that is not read counts as all it might mean",
	"not compared": "perhaps not; the scopes are too intricate to compare them all"
};
const whyOverlap = ({ why }) => {
	switch (why.kind) {
		case "files": return `${why.a === why.b ? `both may change ${inline(why.a, 80)}` : `${inline(why.a, 80)} overlaps ${inline(why.b, 80)}`}${why.doubt ? ` (${DOUBTS[why.doubt]})` : ""}`;
		case "conflicts-with": return "one names the other in `conflicts-with`";
		case "scope unknown": return "one does not say what it changes";
		case "not parallel": return "one says `parallel: false`";
	}
};

// src/words/panel.ts
/** The panel's text, its marker on the first line. */
const sayPanel = (board, context) => marked({
	kind: "panel",
	key: context.key
}, fitting((share) => render(board, context, share)));
const render = (board, { url }, share) => [
	`**${outcomeOf(board)}**`,
	todo(board, url),
	progressLine(board),
	tracksTable(board, share),
	list("Needs you", board.needs.slice(1), 20 * share, (need) => sayNeed(need, board, url)),
	list("⛔ Blocked", everySegment(board).filter(({ progress }) => isBlocked(progress)), 20 * share, (segment) => sayBlocked(segment, url)),
	list("⚠️ To know", board.notes ?? [], 10 * share, (note) => {
		const { what, why, next } = sayProblem(note, {
			form: "markdown",
			url
		});
		return `${what} ${why} ${next}`;
	}),
	list("✅ Done", doneWaves(board), 60 * share, sayDone),
	list("Next", nextLines(board), 10 * share, (line) => line),
	folded("Graph", graphOf(board, share)),
	folded("All segments", segmentsTable(board, 250 * share)),
	folded("Event log", eventLog(board.events, 120 * share))
].filter((section) => section !== "").join("\n\n");
const everySegment = (board) => board.waves.flatMap((wave) => wave.segments);
const isDone = ({ kind }) => kind === "merged" || kind === "answered" || kind === "closed before" || kind === "skipped";
const isMerged = ({ kind }) => kind === "merged" || kind === "closed before" || kind === "answered";
const isBlocked = ({ kind }) => kind === "blocked" || kind === "not in this execution";
const isStarted = ({ kind }) => kind !== "waiting" && kind !== "ready" && kind !== "not in this execution";
/** What is the matter, in one plain sentence: the panel's first line, and the CLI's last. */
const outcomeOf = (board) => {
	const all = everySegment(board);
	const done = all.filter(({ progress }) => isMerged(progress)).length;
	const blocked = all.filter(({ progress }) => isBlocked(progress)).length;
	const soFar = `${done} of ${count(all.length, "segment")} done${blocked > 0 ? `, ${blocked} blocked` : ""}`;
	switch (board.phase) {
		case "planned": return `📋 Planned: ${count(all.length, "segment")} in ${count(board.waves.length, "wave")}; nothing is started.`;
		case "refused": {
			const errors = board.needs.filter(({ kind }) => kind === "mend").length;
			return `⛔ Nothing starts: ${count(errors, "error")} to mend first (${soFar}).`;
		}
		case "running": return `${blocked > 0 ? "⚠️" : "🔄"} Wave ${currentWave(board)?.number ?? board.waves.length} of ${board.waves.length} is under way: ${soFar}.`;
		case "paused": return `⏳ Paused: ${soFar}. What runs may finish; nothing new starts.`;
		case "cancelled": return `⛔ Cancelled: ${soFar}.`;
		case "accepting": return `🎯 All ${count(all.length, "segment")} are done; the epic waits to be accepted.`;
		case "finished": return `✅ Finished: ${soFar} in ${count(board.waves.length, "wave")}${elapsed(board)}.`;
	}
};
const todo = (board, url) => {
	const [first, ...others] = board.needs;
	if (first === void 0) return "No action needed.";
	return `**To do:** ${sayNeed(first, board, url)}${others.length > 0 ? ` Then ${others.length} more, below.` : ""}`;
};
/** One thing that only a person can do, with how to do it. */
const sayNeed = (need, board, url) => {
	switch (need.kind) {
		case "decide pull": return `Review PR #${need.pull} for ${titled(board, need.segment)}: **Approve**, or **Request changes** with your reasons.`;
		case "merge pull": return `Merge PR #${need.pull} for ${titled(board, need.segment)}; swarm leaves it to you.`;
		case "approve wave": return `Let wave ${need.wave} start: comment \`/swarm approve wave ${need.wave}\`.`;
		case "accept": return "Check the whole, then comment `/swarm accept`, or `/swarm needs-work` and what is missing.";
		case "unblock": {
			const { what, next } = sayProblem(need.problem, {
				form: "markdown",
				url,
				segment: need.segment
			});
			return `${titled(board, need.segment)}: ${what} ${next}`;
		}
		case "mend": {
			const { what, next, code } = sayProblem(need.problem, {
				form: "markdown",
				url
			});
			return `${what} ${next} \`${code}\``;
		}
		case "resume": return "Comment `/swarm resume` to go on.";
		case "calibration": {
			const { what, next } = sayProblem(need.problem, {
				form: "markdown",
				url
			});
			return `${what} ${next}`;
		}
	}
};
const titled = (board, segment) => {
	const found = everySegment(board).find(({ number }) => number === segment);
	return found === void 0 ? `#${segment}` : named(segment, found.title, 60);
};
const currentWave = (board) => board.waves.find((wave) => wave.calibration.kind !== "passed" || wave.segments.some(({ progress }) => !isDone(progress)));
const elapsed = (board) => {
	const until = board.endedAt ?? board.asOf;
	return board.startedAt === void 0 || until === void 0 || until <= board.startedAt ? "" : ` after ${duration(until - board.startedAt)}`;
};
const progressLine = (board) => {
	const all = everySegment(board);
	const done = all.filter(({ progress }) => isDone(progress)).length;
	const wave = currentWave(board)?.number ?? board.waves.length;
	const { makespanMinutes, oneAtATimeMinutes, minutes: range } = board.plan.forecast;
	const until = board.endedAt ?? board.asOf;
	const between = range ? ` (${minutes(range.low)} to ${minutes(range.high)})` : "";
	return `**Progress** ${[
		`wave ${wave} of ${board.waves.length}`,
		`${bar(done, all.length)} ${done}/${all.length}`,
		...board.startedAt !== void 0 && until !== void 0 ? [`${duration(until - board.startedAt)} so far`] : [],
		`forecast ${minutes(range?.middle ?? makespanMinutes)}${between}, one at a time ${minutes(oneAtATimeMinutes)}; ${basisText(board.plan.forecast, all.length)}`,
		...board.costUsd === void 0 ? [] : [`cost ${money(board.costUsd)}`]
	].join(" · ")}`;
};
const minutes = (amount) => duration(amount * 6e4);
const bar = (done, of) => {
	const filled = of === 0 ? 0 : Math.floor(done / of * 10);
	return `${"▰".repeat(filled)}${"▱".repeat(10 - filled)}`;
};
/** A progress as a mark, a word, and what it waits for or does now. `current` is Markdown that fits a table's cell. */
const sayProgress = (progress) => {
	switch (progress.kind) {
		case "not in this execution": return {
			mark: "⚠️",
			word: "held",
			current: cell(plainWhat(progress.problem), 160)
		};
		case "waiting": return {
			mark: "⏳",
			word: "waiting",
			current: enumerate(progress.for.map(sayWait), 4)
		};
		case "ready": return {
			mark: "⏳",
			word: "ready",
			current: "starts next"
		};
		case "queued": return {
			mark: "⏳",
			word: "queued",
			current: "for a runner"
		};
		case "running": return {
			mark: "🔄",
			word: "running",
			current: progress.step === void 0 ? "" : cell(progress.step, 60)
		};
		case "in review": return {
			mark: "⏳",
			word: "in review",
			current: `PR #${progress.pull} waits for ${enumerate(progress.waits.map(sayReviewWait), 3)}`
		};
		case "to merge": {
			const by = enumerate(progress.approvedBy.map((login) => cell(login, 40)));
			return {
				mark: "🔄",
				word: "merging",
				current: `PR #${progress.pull}${progress.approvedBy.length > 0 ? `, approved by ${by}` : ""}`
			};
		}
		case "to rework": return {
			mark: "🔄",
			word: "rework",
			current: `PR #${progress.pull}: ${cell(progress.reason, 80)}`
		};
		case "merged": return {
			mark: "✅",
			word: "merged",
			current: `PR #${progress.pull}`
		};
		case "answered": return {
			mark: "✅",
			word: "answered",
			current: "in a comment"
		};
		case "closed before": return {
			mark: "✅",
			word: "closed",
			current: "before this run"
		};
		case "skipped": return {
			mark: "❌",
			word: "skipped",
			current: cell(progress.reason, 80)
		};
		case "blocked": return {
			mark: "⛔",
			word: "blocked",
			current: cell(plainWhat(progress.problem), 160)
		};
	}
};
const plainWhat = (problem) => sayProblem(problem, { form: "plain" }).what;
const sayWait = (wait) => {
	switch (wait.kind) {
		case "segment": return `#${wait.number}`;
		case "outside": return cell(wait.ref, 80);
		case "wave": return `wave ${wait.number}`;
		case "calibration": return `the calibration of wave ${wait.wave}`;
		case "overlap": return `#${wait.number}, which changes the same files`;
		case "cap": return "a free place (`max-parallel`)";
		case "turn": return `#${wait.number}, which goes first: the whole is done sooner so`;
		case "wave approval": return `the approval of wave ${wait.wave}`;
		case "paused": return "`/swarm resume`";
		case "base red": return "the base to be green";
		case "option": return `another run (this one has ${cell(wait.option, 40)})`;
	}
};
const sayReviewWait = (wait) => {
	switch (wait.kind) {
		case "approval": return count(wait.missing, "approval");
		case "gate": return wait.state === "failure" ? `the failing gate ${cell(wait.gate, 40)}` : `proof by the gate ${cell(wait.gate, 40)}`;
		case "check": return `the ${wait.state} check ${cell(wait.name, 60)}`;
		case "mergeable": return {
			unknown: "GitHub to see whether it merges",
			conflicting: "its conflict to be resolved",
			blocked: "the rules of the branch"
		}[wait.state];
		case "merge refused": return `GitHub, which says ${cell(wait.message, 100)}`;
		case "merge by hand": return "a person to merge it";
	}
};
const tracksTable = (board, share) => {
	const max = Math.ceil(60 * share);
	const current = currentWave(board);
	const shown = board.waves.filter((wave) => wave === current || wave.segments.some(({ progress }) => isStarted(progress) && !isDone(progress) && !isBlocked(progress)));
	const all = shown.flatMap((wave) => wave.segments.map((segment) => ({
		wave,
		segment
	})));
	if (all.length === 0) return "";
	const rows = all.slice(0, max).map(({ wave, segment }) => trackRow(board, wave, segment));
	const left = all.length - max;
	return [
		"| track | segment | agent | progress | current |",
		"|---|---|---|---|---|",
		...rows,
		...left > 0 ? ["", `… and ${count(left, "more segment")} of ${count(shown.length, "wave")}.`] : []
	].join("\n");
};
const trackRow = (board, wave, segment) => {
	const { mark, word, current } = sayProgress(segment.progress);
	const track = board.plan.waves.find(({ number }) => number === wave.number)?.tracks.find(({ letter }) => letter === segment.track);
	const name = track === void 0 || track.name === "" ? "" : ` ${cell(track.name, 40)}`;
	const agent = segment.agent === void 0 ? "" : cell(segment.agent, 30);
	return `| ${wave.number}${letters(segment.track)}${name} | ${rowTitle(segment)}${segment.fix ? " (fix)" : ""} | ${agent} | ${mark} ${word} | ${current} |`;
};
const letters = (track) => track.replace(/[^A-Za-z0-9]/g, "").slice(0, 6);
const rowTitle = ({ number, title }) => `#${number} ${cell(titleText(title, number, 60), 60)}`;
const sayBlocked = ({ number, title, progress }, url) => {
	if (progress.kind !== "blocked" && progress.kind !== "not in this execution") return named(number, title, 60);
	const { what, code } = sayProblem(progress.problem, {
		form: "markdown",
		url,
		segment: number
	});
	return `${named(number, title, 60)}: ${what} \`${code}\``;
};
const doneWaves = (board) => board.waves.filter((wave) => wave.segments.some(({ progress }) => isDone(progress)));
const sayDone = (wave) => {
	const words = wave.segments.filter(({ progress }) => isDone(progress)).map(({ number, progress, pull }) => {
		if (progress.kind === "merged") return `#${number} (PR #${pull ?? progress.pull})`;
		return `#${number} (${sayProgress(progress).word})`;
	});
	return `Wave ${wave.number}: ${enumerate(words, 40)}${sayCalibration(wave)}`;
};
const sayCalibration = ({ calibration }) => {
	switch (calibration.kind) {
		case "not yet": return "";
		case "running": return `; calibration running, round ${calibration.round}`;
		case "passed": return calibration.round === 0 ? "" : `; calibrated in ${count(calibration.round, "round")}`;
		case "failed": return `; calibration failed in round ${calibration.round}: ${enumerate(calibration.findings.map(({ subject }) => inline(subject, 60)), 5)}`;
	}
};
const nextLines = (board) => {
	const current = currentWave(board);
	if (current === void 0 || board.phase === "finished") return [];
	const open = current.segments.filter(({ progress }) => !isDone(progress)).map(({ number }) => `#${number}`);
	const then = board.waves.find(({ number }) => number === current.number + 1);
	return [`${[
		...open.length > 0 ? [`wait for ${enumerate(open, 12)}`] : [],
		`calibrate wave ${current.number}`,
		then === void 0 ? "ask for acceptance" : `start wave ${then.number} (${count(then.segments.length, "segment")})`
	].join(" → ")}.`];
};
const list = (heading, items, max, say) => {
	if (items.length === 0) return "";
	const shown = Math.max(1, Math.ceil(max));
	const left = items.length - shown;
	return [
		`**${heading}**`,
		...items.slice(0, shown).map((item) => `- ${say(item)}`),
		...left > 0 ? [`- … and ${count(left, "more", "more")}`] : []
	].join("\n");
};
const folded = (summary, content) => content === "" ? "" : `<details><summary>${summary}</summary>\n\n${content}\n\n</details>`;
/** Every segment of every wave, as many rows as fit. */
const segmentsTable = (board, maxRows) => {
	const all = board.waves.flatMap((wave) => wave.segments.map((segment) => ({
		wave: wave.number,
		segment
	})));
	if (all.length === 0) return "";
	const shown = Math.ceil(maxRows);
	const rows = all.slice(0, shown).map(({ wave, segment }) => {
		const { mark, word } = sayProgress(segment.progress);
		const pull = segment.pull === void 0 ? "" : `#${segment.pull}`;
		const cost = segment.costUsd === void 0 ? "" : money(segment.costUsd);
		return `| ${wave} | ${letters(segment.track)} | ${rowTitle(segment)}${segment.fix ? " (fix)" : ""} | ${mark} ${word} | ${pull} | ${segment.attempts} | ${segment.tries ?? ""} | ${cost} |`;
	});
	const left = all.length - shown;
	return [
		"| wave | track | segment | progress | PR | attempts | tries | cost |",
		"|---|---|---|---|---|---|---|---|",
		...rows,
		...left > 0 ? ["", `… and ${count(left, "more segment")}.`] : []
	].join("\n");
};
const GRAPH_NODES = 120;
const GRAPH_EDGES = 400;
const COLOURS = {
	done: "fill:#dafbe1,stroke:#1a7f37,color:#1f2328",
	active: "fill:#ddf4ff,stroke:#0969da,color:#1f2328",
	blocked: "fill:#ffebe9,stroke:#cf222e,color:#1f2328",
	waiting: "fill:#f6f8fa,stroke:#818b98,color:#1f2328"
};
/**
* The plan as a Mermaid graph. Its labels are numbers and swarm's own words for a state, nothing else: Mermaid has
* directives, click handlers and entity codes that no quoting of a title would cover (threats T57).
*/
const graphOf = (board, share = 1) => {
	const segments = everySegment(board);
	const edges = board.plan.segments.flatMap(({ number, blockedBy }) => blockedBy.map((from) => `n${from} --> n${number}`));
	if (segments.length === 0) return "";
	if (segments.length > GRAPH_NODES * share || edges.length > GRAPH_EDGES * share) return `${count(segments.length, "segment")} and ${count(edges.length, "dependency", "dependencies")} are too many to draw here.`;
	const lines = ["flowchart LR"];
	for (const wave of board.waves) {
		lines.push(`  subgraph w${wave.number}["wave ${wave.number}"]`);
		for (const { number, progress } of wave.segments) lines.push(`    n${number}["#${number} ${sayProgress(progress).word}"]:::${shade(progress)}`);
		lines.push("  end");
	}
	lines.push(...edges.map((edge) => `  ${edge}`));
	lines.push(...Object.entries(COLOURS).map(([name, style]) => `  classDef ${name} ${style}`));
	return [
		"```mermaid",
		...lines,
		"```"
	].join("\n");
};
const shade = (progress) => {
	if (isDone(progress)) return "done";
	if (isBlocked(progress)) return "blocked";
	return isStarted(progress) ? "active" : "waiting";
};
const eventLog = (events, max) => {
	if (events.length === 0) return "";
	const shown = Math.ceil(max);
	const left = events.length - shown;
	const lines = events.slice(Math.max(0, left)).map(sayEvent);
	return block([...left > 0 ? [`… ${count(left, "earlier event")}`] : [], ...lines].join("\n"), { max: 12e3 });
};
/** One event as one line: `2026-11-21 10:05 CLAIMED #14 BlueLake`. Plain text. */
const sayEvent = ({ at, kind, segment, wave, track, agent, pull }) => {
	return [
		new Date(at).toISOString().slice(0, 16).replace("T", " "),
		kind,
		...segment === void 0 ? [] : [`#${segment}`],
		...pull === void 0 ? [] : [`PR #${pull}`],
		...wave === void 0 ? [] : [`wave ${wave}`],
		...track === void 0 ? [] : [`track ${letters(track)}`],
		...agent === void 0 ? [] : [clip(oneLine(agent), 40)]
	].join(" ");
};

// src/words/summary.ts
const COMPLETED = [
	"merged",
	"answered",
	"closed before"
];
const FAILED = ["blocked", "not in this execution"];
const TEST_FILE = /(?:^|\/)(?:tests?|__tests__|spec)\/|[._-](?:test|spec)\.[^/]+$|(?:^|\/)test_[^/]+$/;
/** The epic's outcome as plain data; the same board gives the same value. */
const summaryOf = (board) => {
	const criteria = new Map(board.plan.segments.map(({ number, spec }) => [number, spec.criteria]));
	const waves = board.waves.map((wave) => ({
		number: wave.number,
		calibration: wave.calibration.kind,
		rounds: "round" in wave.calibration ? wave.calibration.round : 0,
		segments: wave.segments.map((segment) => segmentSummary(segment, criteria.get(segment.number) ?? []))
	}));
	const all = waves.flatMap((wave) => wave.segments);
	const having = (kinds) => all.filter(({ status }) => kinds.includes(status)).length;
	const completed = having(COMPLETED);
	const failed = having(FAILED);
	const skipped = having(["skipped"]);
	const until = board.endedAt ?? board.asOf;
	return {
		epic: board.epic,
		phase: board.phase,
		totals: {
			waves: waves.length,
			wavesPassed: waves.filter(({ calibration }) => calibration === "passed").length,
			segments: all.length,
			completed,
			failed,
			skipped,
			remaining: all.length - completed - failed - skipped,
			fixes: all.filter(({ fix }) => fix).length,
			attempts: all.reduce((sum, { attempts }) => sum + attempts, 0),
			files: new Set(all.flatMap(({ filesModified }) => filesModified)).size,
			tested: all.filter(({ testsPassed }) => testsPassed !== null).length,
			testsPassed: all.filter(({ testsPassed }) => testsPassed === true).length
		},
		waves,
		...board.startedAt === void 0 || until === void 0 ? {} : { elapsedMs: until - board.startedAt },
		forecast: {
			makespanMinutes: board.plan.forecast.makespanMinutes,
			oneAtATimeMinutes: board.plan.forecast.oneAtATimeMinutes
		},
		...board.costUsd === void 0 ? {} : { costUsd: board.costUsd }
	};
};
const segmentSummary = (segment, criteria) => {
	const { report, validation, progress } = segment;
	const verdicts = validation.map(({ gate, verdict }) => [gate, verdict]);
	const tests = validation.find(({ gate }) => gate === "tests")?.verdict;
	const files = report?.files ?? [];
	const evidence = new Set(report?.agent.criteria.map(({ id }) => id) ?? []);
	const green = verdicts.length > 0 && verdicts.every(([, verdict]) => verdict === "pass" || verdict === "not applicable");
	return {
		issue: segment.number,
		title: segment.title,
		branch: segment.branch,
		track: segment.track,
		status: progress.kind,
		attempts: segment.attempts,
		tries: segment.tries ?? 0,
		pr: segment.pull ?? null,
		fix: segment.fix,
		validation: Object.fromEntries(verdicts),
		implementer: segment.agent ?? null,
		testsPassed: tests === void 0 || tests === "not applicable" ? null : tests === "pass",
		testFiles: files.filter((file) => TEST_FILE.test(file)),
		filesModified: files,
		criteria: {
			all: criteria.length,
			withEvidence: criteria.filter(({ id }) => evidence.has(id)).length
		},
		verified: progress.kind === "merged" && green,
		...segment.costUsd === void 0 ? {} : { costUsd: segment.costUsd },
		...report === void 0 ? {} : { durationMs: report.durationMs }
	};
};
/** The summary for the epic's last comment and for a job summary: numbers, table, what is left, JSON folded. */
const saySummary = (board) => {
	const summary = summaryOf(board);
	const { totals, forecast, elapsedMs, costUsd } = summary;
	const numbers = [
		`**Waves** ${totals.wavesPassed} of ${totals.waves} calibrated`,
		`**Segments** ${totals.completed} completed, ${totals.failed} blocked, ${totals.skipped} skipped, ${totals.remaining} remaining` + (totals.fixes > 0 ? `; ${count(totals.fixes, "fix segment")} among them` : ""),
		`**Tests** passed in ${totals.testsPassed} of ${count(totals.tested, "segment")} that ran them`,
		`**Files** ${count(totals.files, "file")} changed in ${count(totals.attempts, "attempt")}`,
		`**Time** ${elapsedMs === void 0 ? "not started" : duration(elapsedMs)}; forecast ${duration(forecast.makespanMinutes * 6e4)}, one at a time ${duration(forecast.oneAtATimeMinutes * 6e4)}`,
		`**Cost** ${costUsd === void 0 ? "not told by the agents" : money(costUsd)}`,
		`**Next** ${nextSteps(board, summary)}`
	].map((line) => `- ${line}`);
	const json = JSON.stringify(summary, null, 1);
	return fitting((share) => [
		`**${outcomeOf(board)}**`,
		numbers.join("\n"),
		segmentsTable(board, 200 * share),
		json.length <= 3e4 * share ? `<details><summary>As JSON</summary>\n\n${block(json, {
			language: "json",
			max: 6e4
		})}\n\n</details>` : `As JSON (${count(json.length, "character")}): \`swarm status --json\`.`
	].filter((part) => part !== "").join("\n\n"));
};
const nextSteps = (board, { totals }) => {
	const blocked = board.waves.flatMap((wave) => wave.segments).filter(({ progress }) => FAILED.includes(progress.kind)).map(({ number }) => `#${number}`);
	if (blocked.length > 0) return `review the blocked segments ${enumerate(blocked, 20)}.`;
	if (totals.remaining > 0) return "`/swarm resume` carries on from what GitHub shows.";
	return "release it.";
};
/** The board as plain lines for a terminal: the outcome, each segment, the last events. */
const boardText = (board, events = 0) => {
	const lines = [outcomeOf(board)];
	for (const wave of board.waves) for (const [index, segment] of wave.segments.entries()) {
		const pull = segment.pull === void 0 ? "" : `PR #${segment.pull}`;
		const label = index === 0 ? `wave ${wave.number}` : "";
		lines.push(`${label.padEnd(9)}#${String(segment.number).padEnd(5)}${segment.progress.kind.padEnd(12)}${pull.padEnd(9)}${segment.fix ? "fix " : ""}${segment.branch}`.trimEnd());
	}
	return [...lines, ...events > 0 ? board.events.slice(-events).map(sayEvent) : []].join("\n");
};

// src/words/notices.ts
/** The text of a comment, or of an issue that swarm makes, with its marker on the first line. */
const sayNotice = (notice, context) => {
	const kind = notice.kind === "fix segment" || notice.kind === "follow-up segment" ? "fix" : "say";
	return marked({
		kind,
		key: context.key
	}, bodyOf(notice, context.url));
};
const bodyOf = (notice, url) => {
	switch (notice.kind) {
		case "help": return helpText();
		case "plan": return planText(notice.plan, {
			url,
			heading: planHeading(notice.plan, notice.dryRun),
			...notice.advice ? { advice: notice.advice } : {}
		});
		case "status": return saySummary(notice.board);
		case "refused request": return `${mention(notice.to)}${problemComment(notice.problem, { url })}`;
		case "epic held": {
			const errors = notice.diagnostics.filter(({ level }) => level === "error").length;
			return [
				`${mention(notice.owner)}⛔ Nothing is started: ${count(errors, "error")} to mend first.`,
				diagnosticsList(notice.diagnostics, { url }),
				"Swarm looks again by itself; nothing has to be started anew."
			].join("\n\n");
		}
		case "segment blocked": {
			const work = notice.kept === void 0 ? "" : `\n\n**Kept** The work is on the branch ${inline(notice.kept)}.`;
			const telling = {
				url,
				segment: notice.segment
			};
			return `${mention(notice.owner)}⛔ ${problemComment(notice.problem, telling)}${work}`;
		}
		case "segment answered": return [
			`✅ #${notice.segment} is answered. No action needed; this segment was to find out, not to change files.`,
			"In the words of the agent (not checked by swarm):",
			block(notice.summary, { max: 2e4 })
		].join("\n\n");
		case "approve wave": return [`${mention(notice.owner)}📋 Wave ${notice.wave} waits for you: \`/swarm approve wave ${notice.wave}\` lets it start.`, planText(notice.plan, {
			url,
			wave: notice.wave
		})].join("\n\n");
		case "calibration failed": return [`❌ The calibration of wave ${notice.wave} failed in round ${notice.round}. No action needed: swarm mends it by ${notice.fixes.length === 0 ? "fix segments" : `the fix ${notice.fixes.length === 1 ? "segment" : "segments"} ${enumerate(notice.fixes.map((number) => `#${number}`), 20)}`} and calibrates again.`, findingsList(notice.findings)].join("\n\n");
		case "calibration stopped": return `${mention(notice.owner)}⛔ ${problemComment(notice.problem, { url })}`;
		case "ask acceptance": return [
			`${mention(notice.owner)}🎯 Every segment is done; the epic waits for you: \`/swarm accept\`, or \`/swarm needs-work\` and what is missing.`,
			[
				"Before you accept, look whether",
				"- the requirements are met as the epic says them,",
				"- it is right in use, not only in its tests,",
				"- the edge cases are handled,",
				"- the acceptance criteria are ticked with evidence that convinces you."
			].join("\n"),
			saySummary(notice.board)
		].join("\n\n");
		case "summary": return [`Accepted by ${inline(notice.by, 60)}. The epic is closed.`, saySummary(notice.board)].join("\n\n");
		case "cancelled": return [`⛔ Cancelled by ${inline(notice.by, 60)}. Its runs are being stopped and its reservations are released.`, "Open pull requests and branches stay as they are. `/swarm resume` carries on from what GitHub shows then."].join("\n\n");
		case "merge refused": return `${mention(notice.owner)}⚠️ ${problemComment(notice.problem, { url })}`;
		case "rework started": return `🔄 Rejected by ${inline(notice.by, 60)}: round ${notice.round} of rework has begun. The agent has the reasons and works on in this branch. No action needed.`;
		case "fix segment": return fixText(notice);
		case "follow-up segment": return [
			`${inline(notice.by, 60)} asked for this before accepting epic #${notice.epic}:`,
			block(notice.what, { max: 8e3 }),
			"## Acceptance criteria\n\n- [ ] What is asked for above is there, with a test that shows it"
		].join("\n\n");
	}
};
const fixText = ({ wave, round, finding, files, epic }) => {
	const plain = files.length > 0 && files.every((file) => SCOPE.test(file));
	const where = `The calibration of wave ${wave} of epic #${epic} (round ${round})`;
	const scope = plain ? [`### Files\n\n${files.map((file) => `- ${file}`).join("\n")}`] : [];
	return [
		...finding.mends ? leftText(where, finding.mends) : foundText(where, finding),
		...scope,
		`### Type\n\nfix`,
		`## Acceptance criteria\n\n${criteriaOf(finding)}`
	].join("\n\n");
};
const foundText = (where, { check, subject, detail }) => [
	`${where} found that the merged whole is not right: ${inline(check, 20)} ${inline(subject, 80)}.`,
	"Each segment was green by itself. Mend the cause where it is; do not weaken the check.",
	"What the check said:",
	block(detail, { max: 8e3 })
];
const leftText = (where, { issue }) => [`${where} found criteria of #${issue} that are open and without evidence.`, `Meet each of them, or show the test that proves that it is met already. With its evidence here, swarm ticks it in #${issue}.`];
/** One for each that is open elsewhere, in their order: by that swarm knows which is which. */
const criteriaOf = ({ subject, mends }) => {
	if (!mends) return `- [ ] ${inline(subject, 80)} passes on the merged base`;
	const named = (id) => /^[A-Z][A-Z0-9]{0,15}-\d{1,6}$/.test(id) ? `${id}: ` : "";
	return mends.criteria.map(({ id, text }) => `- [ ] ${named(id)}${inline(text, 400)}`).join("\n");
};
const SCOPE = /^[\w+][\w+./*-]{0,400}$/;
const planHeading = (plan, dryRun) => {
	const size = `${count(plan.segments.length, "segment")} in ${count(plan.waves.length, "wave")}`;
	return dryRun ? `📋 The plan: ${size}. Nothing was started; \`/swarm execute\` starts it.` : `📋 The plan: ${size}.`;
};
const findingsList = (findings) => findings.slice(0, 10).map(({ check, subject, detail }) => `<details open><summary>${check} ${htmlCode(subject)}</summary>\n\n${block(detail, { max: 4e3 })}\n\n</details>`).join("\n\n");
/** A mention is GitHub's own login form, or it is no mention. */
const mention = (login) => /^[A-Za-z0-9](?:[A-Za-z0-9-]{0,38})$/.test(login) ? `@${login} ` : "";
/** The title of an issue that swarm makes. */
const titleOf = (notice) => {
	switch (notice.kind) {
		case "fix segment": return `Fix: wave ${notice.wave}${notice.round > 1 ? ` round ${notice.round}` : ""}, ${clip(oneLine(notice.finding.subject), 80)}`;
		case "follow-up segment": return clip(oneLine(notice.what.trim().split("\n", 1).join("")), 100) || "Follow-up";
		default: return clip(oneLine(notice.kind), 100);
	}
};

// src/github/perform.ts
async function perform(client, snapshot, decisions) {
	const acts = {};
	const troubles = [];
	let changed = false;
	let waitMs = 0;
	for (const decision of decisions) {
		const ended = await attempt(client, snapshot, decision);
		if (ended.kind === "nothing to do") continue;
		if (ended.kind === "done") changed = true;
		else troubles.push(`${decision.kind} (${decision.reason}): ${ended.message}`);
		if ("key" in decision) acts[decision.key] = ended;
		if (ended.kind === "unsure") waitMs = Math.max(waitMs, ended.waitMs);
		if (ended.kind === "unsure" && ended.limited) break;
	}
	return {
		acts,
		changed,
		waitMs,
		troubles
	};
}
const DONE = { kind: "done" };
const NOTHING = { kind: "nothing to do" };
async function attempt(client, snapshot, decision) {
	try {
		return await act(client, snapshot, decision);
	} catch (error) {
		if (error instanceof GitHubRefused) return {
			kind: "refused",
			status: error.status,
			message: error.message
		};
		if (error instanceof GitHubUnavailable) {
			const limited = error.status === 403 || error.status === 429 || error.status === 200;
			return {
				kind: "unsure",
				message: error.message,
				waitMs: error.waitMs,
				limited
			};
		}
		throw error;
	}
}
async function act(client, snapshot, decision) {
	const repository = snapshot.repository;
	const here = inRepository(repository);
	switch (decision.kind) {
		case "dispatch": return dispatch(client, repository, decision);
		case "cancel run": return unless([409], async () => {
			await client.request("POST /repos/{owner}/{repo}/actions/runs/{run_id}/cancel", {
				...here,
				run_id: decision.runId
			});
			return DONE;
		});
		case "mark ready":
			await client.mutate(`mutation Ready($id: ID!) { markPullRequestReadyForReview(input: { pullRequestId: $id }) { clientMutationId } }`, { id: decision.pullId });
			return DONE;
		case "merge": {
			const { title, message } = mergeMessage({
				...decision,
				pull: decision.pull
			});
			await client.request("PUT /repos/{owner}/{repo}/pulls/{pull_number}/merge", {
				...here,
				pull_number: decision.pull,
				sha: decision.head,
				merge_method: decision.method,
				...decision.method === "rebase" ? {} : {
					commit_title: title,
					commit_message: message
				}
			});
			return DONE;
		}
		case "delete branch": return unless([422, 404], async () => {
			await client.mutate(`mutation Delete($repositoryId: ID!, $name: GitRefname!, $before: GitObjectID!, $after: GitObjectID!) {
            updateRefs(input: { repositoryId: $repositoryId, refUpdates: [{ name: $name, beforeOid: $before, afterOid: $after, force: true }] }) {
              clientMutationId
            }
          }`, {
				repositoryId: snapshot.repository.id,
				name: `refs/heads/${decision.branch}`,
				before: decision.head,
				after: "0".repeat(40)
			});
			return DONE;
		});
		case "close issue":
		case "close epic":
			await client.request("PATCH /repos/{owner}/{repo}/issues/{issue_number}", {
				...here,
				issue_number: decision.issue,
				state: "closed",
				state_reason: decision.kind === "close issue" && decision.as === "not planned" ? "not_planned" : "completed"
			});
			return DONE;
		case "close pull":
			await client.request("PATCH /repos/{owner}/{repo}/pulls/{pull_number}", {
				...here,
				pull_number: decision.pull,
				state: "closed"
			});
			return DONE;
		case "tick criteria": {
			const { data } = await client.request("GET /repos/{owner}/{repo}/issues/{issue_number}", {
				...here,
				issue_number: decision.issue
			});
			if (data.body !== decision.was) return NOTHING;
			await client.request("PATCH /repos/{owner}/{repo}/issues/{issue_number}", {
				...here,
				issue_number: decision.issue,
				body: decision.body
			});
			return DONE;
		}
		case "make issue": return makeIssue(client, snapshot, decision);
		case "say": {
			const body = sayNotice(decision.notice, {
				key: decision.key,
				url: snapshot.repository.url
			});
			const { data } = await client.request("POST /repos/{owner}/{repo}/issues/{issue_number}/comments", {
				...here,
				issue_number: decision.on,
				body
			});
			return {
				kind: "done",
				result: Number(data.id)
			};
		}
		case "show panel": {
			const body = sayPanel(decision.board, {
				key: String(decision.on),
				url: snapshot.repository.url
			});
			if (decision.comment === void 0) {
				const { data } = await client.request("POST /repos/{owner}/{repo}/issues/{issue_number}/comments", {
					...here,
					issue_number: decision.on,
					body
				});
				return {
					kind: "done",
					result: Number(data.id)
				};
			}
			if (snapshot.said[decision.key]?.body === body) return NOTHING;
			await client.request("PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}", {
				...here,
				comment_id: decision.comment,
				body
			});
			return DONE;
		}
		case "set labels":
			if (decision.add.length > 0) await client.request("POST /repos/{owner}/{repo}/issues/{issue_number}/labels", {
				...here,
				issue_number: decision.issue,
				labels: [...decision.add]
			});
			for (const name of decision.remove) await unless([404], async () => {
				await client.request("DELETE /repos/{owner}/{repo}/issues/{issue_number}/labels/{name}", {
					...here,
					issue_number: decision.issue,
					name
				});
				return DONE;
			});
			return DONE;
		case "react":
			await client.mutate(`mutation React($id: ID!, $content: ReactionContent!) { addReaction(input: { subjectId: $id, content: $content }) { clientMutationId } }`, {
				id: decision.node,
				content: decision.with.toUpperCase()
			});
			return DONE;
	}
}
/** Statuses with which GitHub says that it is so already. */
async function unless(statuses, call) {
	try {
		return await call();
	} catch (error) {
		if (error instanceof GitHubRefused && statuses.includes(error.status)) return NOTHING;
		throw error;
	}
}
/**
* `return_run_details` answers with the run's id on github.com; GHES refuses the unknown field, and the run is then
* found by its title.
*/
async function dispatch(client, repository, decision) {
	const call = (extra) => client.request("POST /repos/{owner}/{repo}/actions/workflows/{workflow_id}/dispatches", {
		...inRepository(repository),
		workflow_id: "swarm.yml",
		ref: decision.ref,
		inputs: {
			epic: String(decision.epic),
			dispatch: decision.dispatch.id
		},
		...extra
	});
	try {
		const { data } = await call({ return_run_details: true });
		return data?.workflow_run_id === void 0 ? DONE : {
			kind: "done",
			result: data.workflow_run_id
		};
	} catch (error) {
		if (!(error instanceof GitHubRefused) || error.status !== 400) throw error;
		await call({});
		return DONE;
	}
}
/** An issue of swarm's own, made and hung below its epic; a half-made one is found again by its marker. */
async function makeIssue(client, snapshot, decision) {
	const here = inRepository(snapshot.repository);
	const body = sayNotice(decision.notice, {
		key: decision.key,
		url: snapshot.repository.url
	});
	const issue = await findOrphan(client, snapshot, body) ?? (await client.request("POST /repos/{owner}/{repo}/issues", {
		...here,
		title: titleOf(decision.notice),
		body
	})).data;
	await client.mutate(`mutation Hang($issueId: ID!, $subIssueId: ID!) { addSubIssue(input: { issueId: $issueId, subIssueId: $subIssueId, replaceParent: false }) { clientMutationId } }`, {
		issueId: decision.parentId,
		subIssueId: issue.node_id
	});
	return {
		kind: "done",
		result: issue.number
	};
}
/** Made by an earlier try that ended before it was hung below the epic: the same text, no parent, by swarm. */
async function findOrphan(client, snapshot, body) {
	const answer = await client.query(`query Orphans($owner: String!, $name: String!) {
      repository(owner: $owner, name: $name) {
        issues(first: 30, states: [OPEN], orderBy: { field: CREATED_AT, direction: DESC }) {
          nodes { id number body viewerDidAuthor parent { number } }
        }
      }
    }`, {
		owner: snapshot.repository.owner,
		name: snapshot.repository.name
	});
	const marker = body.split("\n", 1)[0] ?? "";
	const found = answer.repository.issues.nodes.find((each) => each.viewerDidAuthor && each.parent === null && each.body.split("\n", 1)[0] === marker);
	return found && {
		number: found.number,
		node_id: found.id
	};
}

// src/words/history.ts
const about = ({ segment, wave, track, agent, pull }) => [
	segment === void 0 ? "" : `#${segment}`,
	wave === void 0 ? "" : `wave ${wave}`,
	track === void 0 ? "" : `track ${track}`,
	pull === void 0 ? "" : `in #${pull}`,
	agent === void 0 ? "" : `by ${agent}`
].filter((part) => part !== "").join(" ");
const line = (event) => `${event.kind} ${about(event)}`.trim();
/** @param reasons why the decisions of this step were taken, for the body. */
function sayStep(epic, events, reasons) {
	const [first, ...rest] = events.map(line);
	const subject = first === void 0 ? `#${epic}: ${reasons[0] ?? "what was meant is done"}` : rest.length === 0 ? first : `${first} (+${rest.length})`;
	const body = [...rest, ...reasons.map((reason) => `- ${reason}`)];
	return `${subject.slice(0, 100)}\n${body.length > 0 ? `\n${body.slice(0, 60).join("\n")}\n` : ""}`;
}

// src/reconcile.ts
/**
* Swarm, on one page: observe GitHub, decide on paper, perform what the paper says; again, until nothing is left to do.
*
* It may be called at any time, by anyone, for any epic, and twice. The journal is advanced before anything is
* performed, by compare-and-swap: whoever loses that step looks again and decides anew from what is there now.
*/
/** One epic changes at most this often in one go; more means that something undoes what swarm does. */
const MAX_ROUNDS = 60;
async function reconcile(orchestrator, epic, requests = []) {
	const { client, repository, performed, log } = orchestrator;
	let before = "";
	const answers = new Answers(client, repository);
	for (let round = 1; round <= MAX_ROUNDS; round++) {
		const seen = await observe({
			client,
			repository,
			epic,
			orchestrator: orchestrator.name,
			performed: performed.get(epic) ?? {},
			killSwitch: orchestrator.killSwitch,
			requests,
			answers,
			understand: ({ file, text }) => readConfig(text, file)
		});
		if (!seen) return { kind: "no such issue" };
		const decided = decide(seen.snapshot, seen.config);
		const paper = JSON.stringify([decided.journal, decided.decisions]);
		if (paper === before) return {
			kind: "settled",
			decided,
			lookAgainAt: later(client.now(), 5e3)
		};
		before = paper;
		const stepped = await step(orchestrator, seen, decided);
		if (stepped === "lost") continue;
		const ended = await perform(client, seen.snapshot, decided.decisions);
		performed.set(epic, remembered(decided.journal, performed.get(epic) ?? {}, ended.acts));
		for (const trouble of ended.troubles) log(`#${epic}: ${trouble}`);
		if (ended.waitMs > 0) return {
			kind: "settled",
			lookAgainAt: later(client.now(), ended.waitMs),
			decided
		};
		if (stepped === "unchanged" && !ended.changed) return {
			kind: "settled",
			decided,
			...decided.lookAgainAt === void 0 ? {} : { lookAgainAt: decided.lookAgainAt }
		};
	}
	log(`#${epic}: still changing after ${MAX_ROUNDS} rounds; giving way until the next event or sweep.`);
	return {
		kind: "gave way",
		lookAgainAt: later(client.now(), 6e4)
	};
}
/** The journal first: what is about to happen is written down before it does. */
async function step({ client, repository }, { snapshot, journalOid }, { journal, history, decisions, texts }) {
	const before = snapshot.journal ?? emptyJournal(snapshot.epic.number);
	if (JSON.stringify(before) === JSON.stringify(journal)) return "unchanged";
	const reasons = decisions.filter((decision) => decision.kind !== "show panel").map((decision) => decision.reason);
	const message = sayStep(snapshot.epic.number, history, reasons);
	return (await advanceJournal(client, repository, {
		repositoryId: snapshot.repository.id,
		from: journalOid,
		journal,
		message,
		texts
	})).kind;
}
/** Acts the journal no longer waits for need no memory. */
function remembered(journal, before, now) {
	const open = Object.entries({
		...before,
		...now
	}).filter(([key, { kind }]) => journal.acts[key]?.state === "intended" || !journal.authorisation && kind !== "unsure");
	return Object.fromEntries(open);
}
const later = (now, ms) => now + ms;

// src/action/orchestrate.ts
/**
* `do: orchestrate`: the app-less door. An event, the clock or a person's "Run workflow" becomes a look at the epics it
* concerns; what is then done is decided by what GitHub shows, as in the app (SPEC R4.6).
*/
/** What GitHub needs a moment for (mergeable, its own delays) is waited for here; the rest is the clock's. */
const PATIENCE_MS = 45e3;
const MOST_EPICS = 50;
async function run(job) {
	if (job.input("app") === "true") return fail(job, "The app orchestrates this repository. Start the epic with the label swarm:execute or the comment /swarm execute.");
	const { epics, requests } = await whatToLookAt(job);
	if (epics.length === 0) return job.log("Nothing here concerns an epic.");
	const orchestrator = {
		client: job.client,
		repository: job.repository,
		name: `run-${job.runId}-${randomUUID().slice(0, 8)}`,
		performed: /* @__PURE__ */ new Map(),
		killSwitch: "workflow",
		log: job.log
	};
	const troubles = [];
	for (const epic of epics) try {
		await lookAfter(job, orchestrator, epic, requests);
	} catch (error) {
		troubles.push(`#${epic}: ${error.message}`);
		job.log(String(error.stack ?? error));
	}
	if (troubles.length > 0) throw new Error(`Not everything could be looked after. ${troubles.join(" ")}`);
}
async function lookAfter(job, orchestrator, epic, requests) {
	let leftMs = PATIENCE_MS;
	for (;;) {
		const { kind, lookAgainAt, decided } = await reconcile(orchestrator, epic, requests);
		if (kind === "no such issue") return job.log(`There is no issue #${epic}.`);
		const waitMs = lookAgainAt === void 0 ? Number.POSITIVE_INFINITY : Math.max(1e3, lookAgainAt - job.client.now());
		if (waitMs <= leftMs) {
			leftMs -= waitMs;
			await setTimeout(waitMs);
			continue;
		}
		const board = decided?.decisions.find((decision) => decision.kind === "show panel")?.board;
		if (board) {
			job.log(boardText(board));
			await summarise(saySummary(board));
		} else job.log(`#${epic}: nothing to do now.`);
		return;
	}
}
async function whatToLookAt(job) {
	const { client, repository } = job;
	if (job.input("dispatch") !== "") return {
		epics: [epicOf(job)],
		requests: []
	};
	if (job.event === "workflow_dispatch") return {
		epics: await epicsByHand(job),
		requests: [requestByHand(job)]
	};
	if (job.event === "schedule") return {
		epics: await epicsInFlight(client, repository),
		requests: []
	};
	const hints = hintsOf(job.event, await job.payload());
	return {
		epics: hints === "everywhere" ? await epicsInFlight(client, repository) : await epicsOf(client, repository, hints),
		requests: []
	};
}
/** `12`, `#12 #15`, `12, 15`, or `all`: every open issue with the label `epic`. */
async function epicsByHand(job) {
	const asked = job.input("epic").trim();
	if (asked.toLowerCase() === "all") return (await job.client.paginate("GET /repos/{owner}/{repo}/issues", {
		...inRepository(job.repository),
		labels: "epic",
		state: "open",
		per_page: 100
	})).filter((issue) => !issue.pull_request).map((issue) => issueNumber(issue.number)).sort((a, b) => a - b).slice(0, MOST_EPICS);
	const words = asked.split(/[\s,]+/).filter((word) => word !== "");
	const numbers = words.map((word) => numberIn$1(/^#?([1-9]\d*)$/.exec(word)?.[1])).filter((each) => each !== void 0);
	if (words.length === 0 || words.length > MOST_EPICS || numbers.length < words.length) throw new BadInput(`The input \`epic\` is ${JSON.stringify(asked.slice(0, 80))}; issue numbers (at most ${MOST_EPICS}) or \`all\` were expected.`);
	return [...new Set(numbers)];
}
function requestByHand(job) {
	const wave = numberIn(job, "wave", 500);
	const agents = numberIn(job, "agents", 256);
	return {
		id: `run:${job.runId}`,
		login: job.actor,
		from: { kind: "dispatch" },
		asked: {
			kind: "command",
			command: {
				kind: "execute",
				...wave === void 0 ? {} : { wave },
				...agents === void 0 ? {} : { agents },
				...job.input("sequential") === "true" ? { sequential: true } : {},
				...job.input("dry-run") === "true" ? { dryRun: true } : {}
			}
		}
	};
}
function numberIn(job, name, max) {
	const text = job.input(name);
	if (text === "") return void 0;
	const number = Number(text);
	if (!/^[1-9]\d{0,5}$/.test(text) || number > max) throw new BadInput(`The input \`${name}\` is ${JSON.stringify(text.slice(0, 40))}; a whole number from 1 to ${max} was expected.`);
	return number;
}

export { run };