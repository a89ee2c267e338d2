import { a as sayProblem, l as isTestFile, n as diagnosticsList } from "./problems-BiC_g5zC.js";
import { t as marked } from "./marker-DwBXFXda.js";
import { a as SPEC_KEYS } from "./epic-BlD3cFx_.js";
import { l as refText } from "./markdown-CmfJsOQt.js";
import { _ as titleText, d as oneLine, i as cell, l as inline, o as clip, r as block, s as fitting, t as BODY_MAX } from "./safe-CjCK4Ka7.js";
import { c as named, d as withNames, l as sayPick, n as duration, r as enumerate, s as money, t as count } from "./voice-Cy2SigYN.js";

// src/core/model/plan.ts
/** The segments of a wave, track by track. */
const segmentsOf$1 = (wave) => wave.tracks.flatMap((track) => track.segments);
const segmentsInWave = ({ waves }, number) => {
	const wave = waves.find((each) => each.number === number);
	return wave ? segmentsOf$1(wave) : [];
};

// src/core/model/progress.ts
/** Answers whether a segment is over, so that its dependents may start. */
const isDone = (progress) => progress?.kind === "merged" || progress?.kind === "answered" || progress?.kind === "skipped" || progress?.kind === "closed before";
/** Answers whether a segment was added after the authorisation. It waits for a person, and nothing waits for it. */
const isLeftOut = (progress) => progress?.kind === "not in this execution" && progress.problem.kind === "SEGMENT_NEW";

// src/words/readings.ts
/**
* The reading report: what Swarm took from which place of an issue, in one line for each issue (SPEC R1.9).
*
* An author compares it with what they meant, before anything is paid for. It leaves out what nobody wrote: defaults, and
* names that come from the title.
*/
const SHOWN = 6;
/** The report as a folded section of at most `room` characters; empty if nothing was read, or if it cannot fit. */
const readingSection = (plan, room, only) => {
	const head = "<details><summary>What Swarm read, and from which line</summary>\n";
	const tail = "\n</details>";
	const lines = readingLines(plan, only).map((line) => `- ${line}`);
	if (lines.length === 0) return "";
	const more = (left) => `- … and ${count(left, "more issue")}. \`swarm plan --explain\` shows all of them.`;
	let left = room - 65 - 11 - more(lines.length).length - 2;
	const shown = [];
	for (const line of lines) {
		left -= line.length + 1;
		if (left < 0) break;
		shown.push(line);
	}
	if (shown.length === 0) return "";
	const cut = lines.length - shown.length;
	return [
		head,
		...shown,
		...cut > 0 ? [more(cut)] : [],
		tail
	].join("\n");
};
/**
* One line for each issue that says more than its title, by number. This Markdown also reads well in a terminal.
*
* @param only the segments to report.
*/
const readingLines = (plan, only) => {
	const titles = new Map(plan.segments.map(({ number, title }) => [number, title]));
	const doubtful = Map.groupBy(plan.diagnostics.filter(isDoubt), (each) => issueOf(each) ?? 0);
	return Object.entries(plan.readings).flatMap(([key, reading]) => {
		const number = Number(key);
		if (only && !only.has(number)) return [];
		const title = titles.get(number);
		const said = [...takenParts(reading, title === void 0), ...notTakenParts(reading, doubtful.get(number) ?? [])];
		if (said.length === 0) return [];
		const name = title === void 0 ? "the epic" : inline(titleText(title, number, 40), 40);
		return [withNames(`#${number} ${name}: ${said.join("; ")}.`, plan.names)];
	});
};
const takenParts = (reading, isEpic) => {
	const of = (what) => reading.taken.filter((each) => each.what === what);
	const others = SPEC_KEYS.filter((key) => key !== "files").flatMap((key) => of(key).flatMap(valuePart));
	return [
		...membershipPart(reading.from),
		...filesPart(of("files")),
		...of("criteria").map(({ value, source }) => `${count(Number(value), "criterion", "criteria")} from ${saySource(source)}`),
		...waitsPart(reading),
		...isEpic ? others.map((part) => `for all segments, ${part}`) : others
	];
};
/** Sub-issues of the epic itself are the usual case, and the plan says so once. */
const membershipPart = (from) => from?.kind === "task list" || from?.kind === "block" ? [`listed on ${saySource(from)}`] : [];
const filesPart = (all) => {
	const [first] = all;
	if (!first) return [];
	if (first.source.kind !== "text") return [`files from ${saySource(first.source)}`];
	const lines = [...new Set(all.flatMap(({ source }) => "line" in source ? [source.line] : []))].sort((a, b) => a - b);
	return [`files guessed from ${count(all.length, "path")} on ${linesText(lines)}`];
};
const valuePart = ({ what, value, said, source }) => {
	if (source.kind === "title") return [];
	const words = said === void 0 ? "" : `${inline(said, 40)}, `;
	return [`${what} ${inline(value, 60)} (${words}${saySource(source)})`];
};
const waitsPart = ({ linked, waits }) => {
	const places = /* @__PURE__ */ new Map();
	for (const number of linked) places.set(`#${number}`, { said: [LINK] });
	for (const wait of waits) {
		const name = refText(wait.on);
		const said = places.get(name)?.said ?? [];
		places.set(name, {
			wait,
			said: [...said, saySource(wait.source)]
		});
	}
	if (places.size === 0) return [];
	const blockers = [...places].map(([name, { wait, said }]) => {
		return `${wait?.on.repository ? inline(name) : name} (${enumerate([...new Set(said)], SHOWN)})`;
	});
	return [`waits for ${enumerate(blockers, SHOWN)}`];
};
const LINK = "\"Blocked by\" link";
/** The place, as the object of "from". */
const saySource = (source) => {
	switch (source.kind) {
		case "front matter":
		case "section":
		case "text": return `line ${source.line}`;
		case "form answer": return `the form's answer on line ${source.line}`;
		case "label": return `the label ${inline(source.label, 60)}`;
		case "title": return "the title";
		case "link": return LINK;
		case "sub-issue": return `the sub-issues of #${source.of}`;
		case "block":
		case "task list": return `line ${source.line} of #${source.of}`;
		case "group": return `because its group #${source.group} waits`;
	}
};
const linesText = (lines) => `${lines.length === 1 ? "line" : "lines"} ${enumerate(lines.map(String), SHOWN)}`;
/** What these have in common; a list of them follows. */
const WHY = {
	prose: "not read as a value",
	"left open": "left open",
	overruled: "overruled by the text",
	"in the text": "without effect outside of front matter and forms",
	"other heading": "without effect below a heading that is not of the third level (`###`)",
	"in code": "without effect in a code block",
	"no issue": "no issue to wait for",
	boxes: "boxes under no heading for acceptance criteria",
	"no effect": "without effect in this version",
	epic: "without effect in an epic"
};
/** Problems that quote a line which Swarm could not read. */
const DOUBTS$1 = /* @__PURE__ */ new Set([
	"ANSWER_UNREAD",
	"BAD_GLOB",
	"CRITERIA_UNREAD",
	"DEPENDENCY_UNREAD",
	"FRONT_MATTER",
	"SPEC_KEY",
	"SPEC_VALUE",
	"TASK_UNREAD"
]);
const isDoubt = ({ problem }) => DOUBTS$1.has(problem.kind);
const issueOf = ({ problem }) => "at" in problem ? problem.at.issue : void 0;
const notTakenParts = ({ passedOver }, doubts) => {
	const passed = [...Map.groupBy(passedOver, ({ why }) => why)].map(([why, all]) => {
		const items = all.map(({ what, source }) => why === "no issue" || why === "boxes" ? saySource(source) : `${what} (${saySource(source)})`);
		return `${WHY[why]}: ${enumerate(items, SHOWN)}`;
	});
	const lines = doubts.flatMap(({ problem }) => "at" in problem && problem.at.line ? [problem.at.line] : []);
	const unread = [...new Set(lines)].sort((a, b) => a - b);
	const problems = unread.length === 0 ? [] : [`not understood: ${linesText(unread)} (see the problems)`];
	return [...passed, ...problems];
};

// src/words/plan.ts
/**
* The plan as Markdown: forecast, advice, waves and tracks, the graph, dependencies outside the epic, problems, and what was
* read from where. The last is cut first, because it explains the rest.
*/
const planText = (plan, options) => {
	const text = partsOf(plan, options);
	const only = options.wave === void 0 ? void 0 : new Set(segmentsInWave(plan, options.wave));
	const reading = readingSection(plan, BODY_MAX - text.length - 2, only);
	return reading === "" ? text : `${text}\n\n${reading}`;
};
const partsOf = (plan, { url, heading, wave, advice }) => fitting((share) => {
	const parts = [
		heading ?? "",
		`Segments come from ${SOURCES[plan.source]}. ${forecastText(plan)}`,
		[
			wallsText(plan),
			networkText(plan),
			baselineText(plan)
		].filter((part) => part !== "").join(" "),
		adviceText(advice),
		wavesTable(plan, wave, 250 * share),
		planGraph(plan, share),
		outsideText(plan),
		overlapsText(plan, share),
		plan.diagnostics.length === 0 ? "" : diagnosticsList(plan.diagnostics, { url }, Math.ceil(40 * share))
	];
	return withNames(parts.filter((part) => part !== "").join("\n\n"), plan.names);
});
const SOURCES = {
	"sub-issues": "the epic's sub-issues",
	"sub-issues of the block": "the epic's sub-issues, which were created from the `swarm` block in its description",
	block: "the `swarm` block in the epic's description. Their issues are created when the epic starts; until then they go by their names",
	"task list": "the task list in the epic's description (it has no sub-issues)",
	"the epic itself": "the epic itself (it has neither sub-issues nor a task list)"
};
/** The walls that runs will have. Only the runner of a run knows which `auto` finds. */
const wallsText = ({ isolation }) => {
	switch (isolation) {
		case "auto": return "Agents and gates run behind the strongest walls that their runner has, and not at all if it has none. Each pull request says which.";
		case "none": return "Agents and gates run without walls (`isolation: none`) and reach the whole network, so a person has to approve each pull request.";
		default: return `Agents and gates run behind \`${isolation}\`, and not at all on a runner without it.`;
	}
};
/** What runs will reach on the network behind their walls; empty without walls. */
const networkText = ({ isolation, network }) => {
	if (isolation === "none") return "";
	if (network === "open") return "They reach the whole network (`network: open`).";
	const places = [
		"their models",
		"the package registries in use",
		...network.map((host) => inline(host, 80))
	];
	return `On the network they reach ${enumerate(places, 12)}.`;
};
/** Says that the base is not checked; empty if it is, because that is the default. */
const baselineText = ({ baseline }) => baseline === "off" ? "The gates do not run on the base before the first agent (`baseline: off`)." : "";
/** Segments of a cycle cannot be scheduled, and a forecast of the rest would be wrong for the epic. */
const hasForecast = ({ diagnostics }) => !diagnostics.some(({ problem }) => problem.kind === "EPIC_CYCLE");
/** The forecast, its range, and its basis. */
const forecastText = (plan) => {
	if (!hasForecast(plan)) return "No forecast until the cycle is fixed.";
	const { forecast, segments } = plan;
	const { makespanMinutes, boundMinutes, oneAtATimeMinutes, criticalPathMinutes, criticalPath, minutes, costUsd } = forecast;
	const path = criticalPath.length > 1 ? `; the longest chain, ${enumerate(criticalPath.map((n) => `#${n}`), 12)}, takes ${min(criticalPathMinutes)}` : "";
	const range = minutes ? `, 80 % likely between ${min(minutes.low)} and ${min(minutes.high)}` : "";
	const cost = costUsd ? ` Expected cost: ${money(costUsd.middle)}, 80 % likely between ${money(costUsd.low)} and ${money(costUsd.high)}.` : "";
	const above = boundMinutes > 0 ? Math.ceil(100 * (makespanMinutes - boundMinutes) / boundMinutes) : 0;
	const quality = above === 0 ? "no schedule with these settings is shorter" : `at most ${above} % longer than the best possible with these settings`;
	return [`Forecast ${min(minutes?.middle ?? makespanMinutes)}${range}; one at a time ${min(oneAtATimeMinutes)} (${basisText(forecast, segments.length)})${path}.`, ` With the expected durations, the schedule takes ${min(makespanMinutes)}: ${quality}.${cost}`].join("");
};
/** Says how the expected durations are known. */
const basisText = ({ basis }, segments) => {
	switch (basis.kind) {
		case "learned": return `learned from ${count(basis.segments, "earlier segment")}`;
		case "estimates": return `${basis.estimated} of ${count(segments, "segment")} ${basis.estimated === 1 ? "has" : "have"} an estimate`;
		case "all alike": return "no segment has an estimate, so all count the same";
	}
};
/** Ways to make the epic shorter, each as a sentence that says what to do; empty if there are none. */
const adviceLines = ({ schedule, wavesMinutes, eagerMinutes, place, dependency, overlap }) => {
	const lines = [];
	const gain = wavesMinutes - eagerMinutes;
	if (gain > 0 && schedule === "waves") lines.push(`Set \`schedule: eager\` to save ${min(gain)} (${min(eagerMinutes)} instead of ${min(wavesMinutes)}): each segment then starts when its own dependencies are merged.`);
	else if (gain > 0) lines.push(`Keep \`schedule: eager\`: with waves the epic would take ${min(gain)} longer.`);
	if (place) {
		const key = place.of === "all" ? "max-parallel" : `workers.${place.of}`;
		lines.push(`Set \`${key}\` to ${place.from + 1} to save ${min(place.savesMinutes)} (it is ${place.from}).`);
	}
	if (dependency) {
		const { from, on, savesMinutes } = dependency;
		lines.push(`Check whether #${from} really has to wait for #${on}: this dependency costs the most time, ${min(savesMinutes)}.`);
	}
	if (overlap) {
		const { a, b, savesMinutes } = overlap;
		lines.push(`Let #${a} and #${b} run at the same time to save ${min(savesMinutes)}: ${whyOverlap(overlap)}; ${FIXES[overlap.why.kind]}.`);
	}
	return lines;
};
const FIXES = {
	files: "narrow the `files` of one of them",
	"conflicts-with": "remove it if they can run at the same time",
	"scope unknown": "set `files` for both",
	"not parallel": "remove it if they can run at the same time"
};
const adviceText = (advice) => {
	const lines = advice ? adviceLines(advice) : [];
	return lines.length === 0 ? "" : [
		"**Ways to finish sooner**",
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
/** The plan as a Mermaid graph. Labels are only numbers (threats T57). */
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
	return Object.entries(waitsOutside).flatMap(([segment, refs]) => refs.length === 0 ? [] : [`- #${segment} waits for ${enumerate(refs.map(({ number, repository }) => repository === void 0 ? `#${number}` : inline(`${repository.owner}/${repository.name}#${number}`)), 10)} (outside this epic).`]).slice(0, 50).join("\n");
};
const overlapsText = (plan, share) => {
	const lines = overlapLines(plan, Math.ceil(20 * share));
	if (lines.length === 0) return "";
	return [
		"<details><summary>These never run at the same time</summary>",
		"",
		...lines.map((line) => `- ${line}`),
		"",
		"</details>"
	].join("\n");
};
/**
* The segments that run alone, once for each reason, then the pairs that may not run at the same time, and how certain
* that is. This Markdown also reads well in a terminal.
*/
const overlapLines = ({ segments, overlaps }, max = 20) => {
	const inOverlaps = new Set(overlaps.flatMap(({ a, b }) => [a, b]));
	const alone = (reason, among) => {
		const all = among.filter(({ number }) => inOverlaps.has(number)).map(({ number }) => `#${number}`);
		if (all.length === 0) return [];
		return [`${enumerate(all, 12)} ${all.length === 1 ? "runs" : "each run"} alone: ${reason}`];
	};
	const waits = new Set(segments.flatMap(({ number, blockedBy }) => blockedBy.map((on) => `${number} ${on}`)));
	const pairs = overlaps.filter(({ a, b, why }) => (why.kind === "files" || why.kind === "conflicts-with") && !waits.has(`${a} ${b}`) && !waits.has(`${b} ${a}`));
	const left = pairs.length - max;
	return [
		...alone("`parallel: false`", segments.filter(({ spec }) => !spec.parallel)),
		...alone("the file scope is unknown", segments.filter(({ spec }) => spec.parallel && spec.files.length === 0)),
		...pairs.slice(0, max).map((overlap) => `#${overlap.a} and #${overlap.b}: ${whyOverlap(overlap)}`),
		...left > 0 ? [`… and ${count(left, "more pair")}`] : []
	];
};
const DOUBTS = {
	negation: "maybe not: the `!…` patterns may exclude it, but swarm cannot prove it",
	"not read": "maybe not: a glob that cannot be read counts as everything it might match",
	"not compared": "maybe not: the scopes are too complex to compare in full"
};
const whyOverlap = ({ why }) => {
	switch (why.kind) {
		case "files": return `${why.a === why.b ? `both may change ${inline(why.a, 80)}` : `${inline(why.a, 80)} overlaps ${inline(why.b, 80)}`}${why.doubt ? ` (${DOUBTS[why.doubt]})` : ""}`;
		case "conflicts-with": return "at least one names the other in `conflicts-with`";
		case "scope unknown": return "at least one has no file scope";
		case "not parallel": return "at least one sets `parallel: false`";
	}
};

// src/words/panel.ts
/** The panel's text, with its marker on the first line. */
const sayPanel = (board, context) => marked({
	kind: "panel",
	key: context.key
}, fitting((share) => withNames(render(board, context, share), board.plan.names)));
const render = (board, { url }, share) => [
	`**${outcomeOf(board)}**`,
	sayTodo(board, url),
	progressLine(board),
	tracksTable(board, share),
	list("Needs you", board.needs.slice(1), 20 * share, (need) => sayNeed(need, board, url)),
	list("❓ Questions", segmentsOf(board).filter(({ progress }) => isAsking(progress)), 20 * share, (segment) => sayBlocked(segment, url)),
	list("⛔ Blocked", segmentsOf(board).filter(({ progress }) => isBlocked(progress) && !isAsking(progress)), 20 * share, (segment) => sayBlocked(segment, url)),
	list("⚠️ Good to know", board.notes ?? [], 10 * share, (note) => {
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
	folded("Attempts", attemptsTable(board, 120 * share)),
	folded("Event log", eventLog(board, 120 * share))
].filter((section) => section !== "").join("\n\n");
const segmentsOf = (board) => board.waves.flatMap((wave) => wave.segments);
const isCompleted = ({ kind }) => kind === "merged" || kind === "closed before" || kind === "answered";
const isBlocked = ({ kind }) => kind === "blocked" || kind === "not in this execution";
/** It waits for an answer; nothing went wrong. */
const isAsking = (progress) => progress.kind === "blocked" && progress.problem.kind === "QUESTION_ASKED";
const isStarted = ({ kind }) => kind !== "waiting" && kind !== "ready" && kind !== "not in this execution";
/** The state of the epic in one sentence: the panel's first line, and the CLI's last. */
const outcomeOf = (board) => {
	const all = segmentsOf(board);
	const done = all.filter(({ progress }) => isCompleted(progress)).length;
	const asking = all.filter(({ progress }) => isAsking(progress)).length;
	const blocked = all.filter(({ progress }) => isBlocked(progress)).length - asking;
	const soFar = [
		`${done} of ${count(all.length, "segment")} done`,
		...blocked > 0 ? [`${blocked} blocked`] : [],
		...asking > 0 ? [`${asking} waiting for an answer`] : []
	].join(", ");
	switch (board.phase) {
		case "planned": return `📋 Planned: ${count(all.length, "segment")} in ${count(board.waves.length, "wave")}; nothing has started.`;
		case "refused": {
			const errors = board.needs.filter(({ kind }) => kind === "resolve").length;
			return `⛔ Nothing starts until ${count(errors, "error")} ${errors === 1 ? "is" : "are"} fixed (${soFar}).`;
		}
		case "running": return `${blocked > 0 ? "⚠️" : asking > 0 ? "❓" : "🔄"} Wave ${currentWave(board)?.number ?? board.waves.length} of ${board.waves.length} is under way: ${soFar}.`;
		case "paused": return `⏳ Paused: ${soFar}. Running segments may finish; nothing new starts.`;
		case "cancelled": return `⛔ Cancelled: ${soFar}.`;
		case "accepting": return `🎯 All ${count(all.length, "segment")} are done; the epic is waiting to be accepted.`;
		case "finished": return `✅ Finished: ${soFar} in ${count(board.waves.length, "wave")}${elapsed(board)}.`;
	}
};
/** The one thing that a person has to do, or that there is none: the panel's second line. */
const sayTodo = (board, url) => {
	const [first, ...others] = board.needs;
	if (first === void 0) return "No action needed.";
	return `**To do:** ${sayNeed(first, board, url)}${others.length > 0 ? ` ${others.length} more below.` : ""}`;
};
/** One thing that only a person can do, and how to do it. */
const sayNeed = (need, board, url) => {
	switch (need.kind) {
		case "decide pull": return `Review PR #${need.pull} for ${titleOf(board, need.segment)}: **Approve**, or **Request changes** with your reasons.${sayUnblocks(need)}`;
		case "merge pull": return `Merge PR #${need.pull} for ${titleOf(board, need.segment)}; swarm leaves merging to you.${sayUnblocks(need)}`;
		case "approve wave": return `Approve wave ${need.wave}: comment \`/swarm approve wave ${need.wave}\`.`;
		case "accept": return "Review the result, then comment `/swarm accept`, or `/swarm needs-work` followed by what is missing.";
		case "unblock": {
			const { what, next } = sayProblem(need.problem, {
				form: "markdown",
				url,
				segment: need.segment
			});
			return `${titleOf(board, need.segment)}: ${what} ${next}${sayUnblocks(need)}`;
		}
		case "resolve": {
			const { what, next, code } = sayProblem(need.problem, {
				form: "markdown",
				url
			});
			return `${what} ${next} \`${code}\``;
		}
		case "resume": return "Comment `/swarm resume` to continue.";
		case "calibration": {
			const { what, next } = sayProblem(need.problem, {
				form: "markdown",
				url
			});
			return `${what} ${next}`;
		}
	}
};
/** How many segments wait for it; people decide by this what to do first. */
const sayUnblocks = ({ unblocks = 0 }) => unblocks === 0 ? "" : ` ${count(unblocks, "segment")} ${unblocks === 1 ? "is" : "are"} waiting for it.`;
const titleOf = (board, segment) => {
	const found = segmentsOf(board).find(({ number }) => number === segment);
	return found === void 0 ? `#${segment}` : named(segment, found.title, 60);
};
const currentWave = (board) => board.waves.find((wave) => wave.calibration.kind !== "passed" || wave.segments.some(({ progress }) => !isDone(progress)));
const elapsed = (board) => {
	const until = board.endedAt ?? board.asOf;
	return board.startedAt === void 0 || until === void 0 || until <= board.startedAt ? "" : ` after ${duration(until - board.startedAt)}`;
};
const progressLine = (board) => {
	const all = segmentsOf(board);
	const done = all.filter(({ progress }) => isDone(progress)).length;
	const wave = currentWave(board)?.number ?? board.waves.length;
	const { makespanMinutes, oneAtATimeMinutes, minutes: range } = board.plan.forecast;
	const until = board.endedAt ?? board.asOf;
	const between = range ? ` (${minutes(range.low)} to ${minutes(range.high)})` : "";
	return `**Progress** ${[
		`wave ${wave} of ${board.waves.length}`,
		`${bar(done, all.length)} ${done}/${all.length}`,
		...board.startedAt !== void 0 && until !== void 0 ? [`${duration(until - board.startedAt)} so far`] : [],
		...board.left ? [`about ${minutes(board.left.minutes)} more without reviews, until ${minuteOf(board.left.until)}`] : [],
		...hasForecast(board.plan) ? [`forecast${board.left ? " of the whole" : ""} ${minutes(range?.middle ?? makespanMinutes)}${between}, one at a time ${minutes(oneAtATimeMinutes)}; ${basisText(board.plan.forecast, all.length)}`] : [],
		...board.costUsd === void 0 ? [] : [`cost ${money(board.costUsd)}`]
	].join(" · ")}`;
};
const minutes = (amount) => duration(amount * 6e4);
const bar = (done, of) => {
	const filled = of === 0 ? 0 : Math.floor(done / of * 10);
	return `${"▰".repeat(filled)}${"▱".repeat(10 - filled)}`;
};
/** A segment's state as a mark, a word, and what it does or waits for. `current` is Markdown that fits in a table cell. */
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
			current: enumerate(progress.for, 4, sayWait)
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
			current: stepText(progress)
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
			current: `PR #${progress.pull}: ${sayRework(progress.why)}`
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
			current: cell(progress.reason ?? "closed as not planned", 80)
		};
		case "blocked":
			if (isAsking(progress)) return {
				mark: "❓",
				word: "asks",
				current: cell(plainWhat(progress.problem), 160)
			};
			return {
				mark: "⛔",
				word: "blocked",
				current: cell(plainWhat(progress.problem), 160)
			};
	}
};
/** The step and its start. Not its duration: that would change the text at every look. */
const stepText = ({ step, since, log }) => [
	step === void 0 ? "" : cell(step, 60),
	since === void 0 ? "" : `since ${new Date(since).toISOString().slice(11, 16)} UTC`,
	log !== void 0 && /^https?:\/\/[^\s<>()"'`|]+$/.test(log) ? `[log](${log})` : ""
].filter((part) => part !== "").join(" ");
/** A panel's text without the steps of running jobs. A difference in the rest is worth writing. */
const withoutSteps = (panel) => panel.replace(/^(\|.* \| 🔄 running \|).*\|$/gm, "$1");
const plainWhat = (problem) => sayProblem(problem, { form: "plain" }).what;
const sayWait = (wait) => {
	switch (wait.kind) {
		case "segment": return `#${wait.number}`;
		case "outside": return cell(wait.ref, 80);
		case "owned": return `epic #${wait.by}, which has it`;
		case "wave": return `wave ${wait.number}`;
		case "calibration": return `the calibration of wave ${wait.wave}`;
		case "overlap": return `#${wait.number}, which changes the same files`;
		case "cap": return "a free slot (`max-parallel`)";
		case "reviews": return "fewer pull requests in review (`max-in-review`)";
		case "turn": return `#${wait.number}, which goes first so the epic finishes sooner`;
		case "wave approval": return `the approval of wave ${wait.wave}`;
		case "paused": return "`/swarm resume`";
		case "base red": return "the base branch to be green";
		case "baseline": return "the gates to run on the base first";
		case "plan errors": return "the errors in the plan to be fixed";
		case "budget spent": return "a higher `budget.epic`; it is spent";
		case "only wave": return `another \`/swarm execute\`: this one runs only wave ${wait.wave}`;
		case "later": return `its agent, which can be called again at ${minuteOf(wait.until)}`;
	}
};
/** `2026-12-03 14:05 UTC`, not before the instant. */
const minuteOf = (at) => {
	return `${(/* @__PURE__ */ new Date(Math.ceil(at / 6e4) * 6e4)).toISOString().slice(0, 16).replace("T", " ")} UTC`;
};
const sayRework = (why) => {
	switch (why.kind) {
		case "rejected": return cell(why.reason, 80);
		case "conflict": return why.lead ? "conflict, for the tech lead" : "conflict";
		case "red gates": return "red gates";
	}
};
const sayDespite = (despite) => {
	if (despite.kind === "unchanged") return `: its agent changed nothing after it was rejected by ${cell(despite.by, 40)}`;
	if (despite.kind === "reopened") return `: ${cell(despite.by, 40)}, who has no write access, reopened it after the others`;
	return despite.by === void 0 ? " more, because GitHub does not say who pushed its latest commit" : ` by someone else than ${cell(despite.by, 40)}, who pushed its latest commit`;
};
const sayReviewWait = (wait) => {
	switch (wait.kind) {
		case "approval": return `${count(wait.missing, "approval")}${wait.despite ? sayDespite(wait.despite) : ""}`;
		case "unproven": return "proof by the gates";
		case "gate": return `the failing gate ${cell(wait.gate, 40)}`;
		case "check": return {
			pending: `the check ${cell(wait.name, 60)} to end`,
			failure: `the failing check ${cell(wait.name, 60)}`,
			missing: `the required check ${cell(wait.name, 60)}, which nobody has reported`
		}[wait.state];
		case "held runs": {
			const names = enumerate(wait.workflows, 3, (name) => cell(name, 40));
			return `somebody with write access to approve the ${wait.workflows.length === 1 ? "run" : "runs"} of ${names}`;
		}
		case "review": {
			const from = enumerate(wait.from, 3, (name) => cell(name, 40));
			return {
				"code owners": `a review by its code owners${wait.from.length > 0 ? ` ${from}` : ""}`,
				reviewers: `a review that the branch rules ask for${wait.from.length > 0 ? `, by ${from}` : ""}`,
				objectors: `${wait.from.length > 0 ? from : "a reviewer"} to approve instead of requesting changes`
			}[wait.of];
		}
		case "mergeable": return {
			unknown: "GitHub to work out whether it can be merged",
			conflicting: "its conflict to be resolved",
			blocked: "the branch rules to be met"
		}[wait.state];
		case "behind": return "its branch to be updated from the base";
		case "queue": return `the merge queue, at place ${wait.position}`;
		case "landing": return "its base to show the merge";
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
	const attempt = segment.attempts > 1 ? `, attempt ${segment.attempts}` : "";
	const by = segment.tried?.at(-1)?.by;
	const picked = by === void 0 ? "" : ` (${cell(sayPick(by), 80)})`;
	const agent = segment.agent === void 0 ? "" : `${cell(segment.agent, 30)}${attempt}${picked}`;
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
/** Every segment of every wave, with as many rows as fit. */
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
		const { pair, council } = segment.report?.course ?? {};
		const judged = `${pair?.kind === "written" ? "yes" : ""} | ${council?.kind ?? ""}`;
		return `| ${wave} | ${letters(segment.track)} | ${rowTitle(segment)}${segment.fix ? " (fix)" : ""} | ${mark} ${word} | ${pull} | ${segment.attempts} | ${segment.tries ?? ""} | ${judged} | ${cost} |`;
	});
	const left = all.length - shown;
	return [
		"| wave | track | segment | progress | PR | attempts | tries | tests first | council | cost |",
		"|---|---|---|---|---|---|---|---|---|---|",
		...rows,
		...left > 0 ? ["", `… and ${count(left, "more segment")}.`] : []
	].join("\n");
};
/** Which agent and model each attempt used. */
const attemptsTable = (board, maxRows) => {
	const all = segmentsOf(board).flatMap((segment) => (segment.tried ?? []).map((tried) => ({
		segment,
		tried
	})));
	if (all.length === 0) return "";
	const shown = Math.ceil(maxRows);
	const left = all.length - shown;
	return [
		"| segment | attempt | agent | ended |",
		"|---|---|---|---|",
		...all.slice(0, shown).map(({ segment, tried }) => {
			const ended = tried.problem ? `\`${tried.problem}\`` : (tried.ended ?? "").replace("-", " ");
			return `| ${rowTitle(segment)} | ${tried.number} ${cell(tried.name, 30)} | ${cell(sayPick(tried.by), 140)} | ${ended} |`;
		}),
		...left > 0 ? ["", `… and ${count(left, "more attempt")}.`] : []
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
* The plan as a Mermaid graph. Its labels contain only numbers and swarm's own words for a state: quoting cannot make a
* title safe against Mermaid's directives, click handlers and entity codes (threats T57).
*/
const graphOf = (board, share = 1) => {
	const segments = segmentsOf(board);
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
const eventLog = ({ events, plan }, max) => {
	if (events.length === 0) return "";
	const shown = Math.ceil(max);
	const left = events.length - shown;
	const lines = events.slice(Math.max(0, left)).map((event) => {
		const segments = segmentsOfTrack(plan, event).map((segment) => `#${segment}`);
		return `${sayEvent(event)}${segments.length === 0 ? "" : `: ${enumerate(segments, 12)}`}`;
	});
	return block([...left > 0 ? [`… ${count(left, "earlier event")}`] : [], ...lines].join("\n"), { max: 12e3 });
};
const segmentsOfTrack = ({ waves }, { kind, wave, track }) => kind === "TRACK COMPLETE" ? waves.find(({ number }) => number === wave)?.tracks.find(({ letter }) => letter === track)?.segments ?? [] : [];
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
	const countOf = (kinds) => all.filter(({ status }) => kinds.includes(status)).length;
	const completed = countOf(COMPLETED);
	const failed = countOf(FAILED);
	const skipped = countOf(["skipped"]);
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
			testsPassed: all.filter(({ testsPassed }) => testsPassed === true).length,
			...totalOf(all.flatMap(({ tests }) => tests ?? []))
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
const totalOf = (counts) => {
	const run = counts.reduce((sum, each) => sum + each.run, 0);
	return run === 0 ? {} : { testsCounted: {
		run,
		failed: counts.reduce((sum, each) => sum + each.failed, 0)
	} };
};
const segmentSummary = (segment, criteria) => {
	const { report, validation, progress } = segment;
	const course = report?.course;
	const verdicts = validation.map(({ gate, verdict }) => [gate, verdict]);
	const { verdict: tests, tests: counted } = validation.find(({ gate }) => gate === "tests") ?? {};
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
		tester: course?.pair.kind === "written" ? course.pair.tester : null,
		council: course?.council.kind ?? null,
		testsPassed: tests === void 0 || tests === "not applicable" ? null : tests === "pass",
		...counted ? { tests: counted } : {},
		testFiles: files.filter(isTestFile),
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
/** The summary for the epic's last comment and for a job's page: numbers, next steps, a table, and folded JSON. */
const saySummary = (board) => {
	const summary = summaryOf(board);
	const { totals, forecast, elapsedMs, costUsd } = summary;
	const numbers = [
		`**Waves** ${totals.wavesPassed} of ${totals.waves} calibrated`,
		`**Segments** ${totals.completed} completed, ${totals.failed} blocked, ${totals.skipped} skipped, ${totals.remaining} remaining` + (totals.fixes > 0 ? ` (including ${count(totals.fixes, "fix segment")})` : ""),
		`**Tests** passed in ${totals.testsPassed} of ${count(totals.tested, "segment")} that ran them${sayCounts(totals.testsCounted)}`,
		`**Files** ${count(totals.files, "file")} changed in ${count(totals.attempts, "attempt")}`,
		`**Time** ${elapsedMs === void 0 ? "not started" : duration(elapsedMs)}; forecast ${duration(forecast.makespanMinutes * 6e4)}, one at a time ${duration(forecast.oneAtATimeMinutes * 6e4)}`,
		`**Cost** ${costUsd === void 0 ? "unknown" : money(costUsd)}`,
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
		})}\n\n</details>` : `The JSON is too long to show here (${count(json.length, "character")}).`
	].filter((part) => part !== "").join("\n\n"));
};
const sayCounts = (counts) => counts ? ` (${count(counts.run, "test")}, ${counts.failed} failed)` : "";
const nextSteps = (board, { totals }) => {
	const blocked = board.waves.flatMap((wave) => wave.segments).filter(({ progress }) => FAILED.includes(progress.kind)).map(({ number }) => `#${number}`);
	if (blocked.length > 0) return `review the blocked segments ${enumerate(blocked, 20)}.`;
	if (totals.remaining > 0) return "`/swarm resume` continues from what GitHub shows.";
	return "release it.";
};
/** The board as plain lines for a log: the outcome and each segment. */
const boardText = (board) => {
	const lines = [outcomeOf(board)];
	for (const wave of board.waves) for (const [index, segment] of wave.segments.entries()) {
		const pull = segment.pull === void 0 ? "" : `PR #${segment.pull}`;
		const label = index === 0 ? `wave ${wave.number}` : "";
		lines.push(`${label.padEnd(9)}#${String(segment.number).padEnd(5)}${segment.progress.kind.padEnd(12)}${pull.padEnd(9)}${segment.fix ? "fix " : ""}${segment.branch}`.trimEnd());
	}
	return lines.join("\n");
};

export { sayPanel as a, saySource as c, segmentsInWave as d, segmentsOf$1 as f, sayNeed as i, isDone as l, saySummary as n, withoutSteps as o, summaryOf as r, planText as s, boardText as t, isLeftOut as u };