import { _ as titleText, d as oneLine, l as inline, o as clip } from "./safe-CjCK4Ka7.js";

// src/core/model/problem/shape.ts
const fact = () => ({ form: "fact" });
/** @param max characters. A longer text is cut before it leaves the job. */
const text = (max) => ({
	form: "text",
	max,
	keep: "start"
});
/** Text that a program printed. It is cut before any other text. */
const output = (max, keep) => ({
	form: "text",
	max,
	keep
});
const number = { form: "number" };
const issueNumber = { form: "issue number" };
const oneOf = (...words) => ({
	form: "one of",
	words
});
const list = (of, max) => ({
	form: "list",
	of,
	max
});
const record = (fields) => ({
	form: "record",
	fields
});
const optional = (of) => ({
	form: "optional",
	of
});

// src/core/model/problem.ts
const at = fact();
const link = fact();
const issues = fact();
const ref = fact();
const head = fact();
const instant = fact();
const count$1 = fact();
const words = fact();
const lines = fact();
const agent = text(100);
const gate = text(60);
const command = text(500);
const message = text(2e3);
const file = text(600);
const files = list(file, 200);
const printed = output(5e3, "end");
const gates = list(record({
	gate,
	output: output(1e4, "both ends")
}), 20);
const missing = {
	at: record({
		issue: issueNumber,
		line: optional(number)
	}),
	name: text(100),
	known: list(text(100), 30),
	nearest: optional(text(100))
};
/** Problems that a segment's work job reports, in addition to the orchestrator and the other jobs. */
const WORK_PROBLEMS = {
	AGENT_NOT_SET: {},
	AGENT_NOT_FOUND: { command },
	AGENT_TOO_OLD: {
		agent,
		command,
		found: text(40),
		needs: text(40)
	},
	AGENT_CRASHED: {
		command,
		exit: text(60),
		output: printed
	},
	AGENT_TIMED_OUT: { minutes: number },
	AGENT_SILENT: {
		agent,
		minutes: number
	},
	AGENT_STOPPED: { agent },
	/** `keys`: the variables that can hold its key. */
	AGENT_NO_CREDENTIALS: {
		agent,
		keys: list(text(200), 120),
		message
	},
	AGENT_NO_CREDIT: {
		agent,
		message
	},
	AGENT_MODEL_REFUSED: {
		agent,
		model: optional(text(200)),
		message
	},
	AGENT_CONTEXT: {
		agent,
		message
	},
	AGENT_DECLINED: {
		agent,
		message
	},
	AGENT_TURNS: {
		agent,
		turns: number
	},
	AGENT_UNREADABLE: {
		agent,
		output: printed
	},
	/** `agent`: its name in the config. `waitMs`: how long its provider asks to wait, counted from the end of the run. */
	AGENT_LATER: {
		agent: optional(agent),
		message,
		waitMs: optional(number)
	},
	WORKTREE_BROKEN: { message },
	PERSONA_NOT_FOUND: missing,
	SKILL_NOT_FOUND: missing,
	INSTRUCTIONS_UNREADABLE: {
		what: oneOf("persona", "skill"),
		name: text(100),
		file,
		why: text(300)
	},
	TESTS_NOT_RED: {
		command,
		why: text(2e3),
		output: output(1e4, "end")
	},
	TEST_CHANGED: { files },
	COUNCIL_REJECTED: {
		findings: list(text(600), 10),
		rounds: number
	},
	GATES_FAILED: {
		gates,
		tries: number
	},
	GATE_MISSING: {
		gate,
		command
	},
	GATE_NOT_EXECUTABLE: {
		gate,
		file
	},
	INSTALL_FAILED: {
		command,
		output: output(1e4, "both ends")
	},
	MUTATION_TOOL: {
		tool: text(100),
		manifest: file
	},
	GATE_DIRTY: {
		gate,
		files
	},
	NO_TESTS: { command },
	OUT_OF_SCOPE: {
		files,
		scope: list(file, 200)
	},
	PROTECTED_PATH: { files },
	BAD_PATH: {
		file,
		why: text(300)
	},
	PATH_COLLISION: {
		file,
		with: file
	},
	FILE_MODE: {
		file,
		mode: text(10)
	},
	BINARY_FILE: { file },
	PATCH_LIMIT: {
		what: oneOf("bytes in the patch", "characters in the compressed patch", "changed files", "deleted files", "all files", "bytes in one file", "bytes in all changed files", "added lines"),
		found: number,
		limit: number
	},
	LFS_POINTER: { file },
	/** `sha256` of the value, in hex: `secrets.allow` in the config takes it, if the value may be allowed at all. */
	SECRET_IN_PATCH: {
		file,
		line: optional(number),
		rule: text(100),
		sha256: optional(text(64))
	},
	/** `wanted`: the value of `isolation` in the config. */
	ISOLATION_MISSING: { wanted: text(40) },
	RUN_CUT_SHORT: {},
	/** `of: 'agent'`: the limit that the config sets for one call of the agent. */
	BUDGET_SPENT: {
		spentUsd: number,
		budgetUsd: number,
		of: oneOf("segment", "epic", "agent")
	}
};
/** All problems. Those of a work job are above. */
const PROBLEMS = {
	...WORK_PROBLEMS,
	EPIC_CYCLE: {
		path: issues,
		links: fact()
	},
	SELF_DEPENDENCY: {
		at,
		link
	},
	UNKNOWN_ISSUE: {
		at,
		ref
	},
	NOT_AN_ISSUE: {
		at,
		ref
	},
	BLOCKER_HIDDEN: {
		at,
		count: count$1
	},
	BLOCKER_NOT_PLANNED: {
		at,
		ref
	},
	NO_SEGMENTS: { at },
	/** A sub-issue of another repository. */
	SEGMENT_ELSEWHERE: {
		at,
		ref
	},
	/** No gate that could show a fault is on. `approvals`: how many people have to approve each pull request. */
	NOTHING_PROVES: {
		at,
		approvals: count$1
	},
	BRANCH_TAKEN: {
		branch: words,
		segments: issues
	},
	BRANCH_NAME: {
		at,
		branch: words,
		why: fact()
	},
	/** A block that is not a plan. */
	BLOCK_INVALID: {
		at,
		message: words
	},
	LIMIT_EXCEEDED: {
		at,
		what: fact(),
		found: count$1,
		limit: count$1,
		configKey: optional(words)
	},
	EMPTY_TASK: { at },
	DEPENDENCY_UNREAD: {
		at,
		text: words,
		why: fact()
	},
	TASK_UNREAD: {
		at,
		text: words,
		why: fact()
	},
	CRITERIA_UNREAD: {
		at,
		text: words,
		why: fact()
	},
	FRONT_MATTER: {
		at,
		why: fact()
	},
	SPEC_VALUE: {
		at,
		key: words,
		value: words,
		expected: fact(),
		nearest: optional(words)
	},
	/** The answer of a form, or a label, that is none to Swarm's question. */
	ANSWER_UNREAD: {
		at,
		key: words,
		value: words,
		expected: fact()
	},
	SPEC_KEY: {
		at,
		key: words,
		known: lines,
		nearest: optional(words)
	},
	BAD_GLOB: {
		at,
		glob: words,
		why: fact()
	},
	SCOPE_UNKNOWN: { at },
	SCOPE_EVERYTHING: { at },
	HIDDEN_TEXT: {
		at,
		count: count$1
	},
	/** Segments with HTML comments that have words in them. */
	HIDDEN_COMMENTS: {
		at,
		segments: issues
	},
	/** A comment that does not end. Agents get nothing that is below its start. */
	COMMENT_OPEN: { at },
	CONFIG_YAML: {
		at,
		message: words
	},
	CONFIG_SIZE: {
		at,
		bytes: count$1,
		limit: count$1
	},
	CONFIG_VALUE: {
		at,
		key: words,
		value: words,
		expected: words,
		nearest: optional(words)
	},
	CONFIG_KEY: {
		at,
		key: words,
		known: lines,
		nearest: optional(words)
	},
	CONFIG_AMBIGUOUS: { files: lines },
	SEGMENT_CHANGED: { at },
	SEGMENT_NEW: { at },
	EDGES_CHANGED: { at },
	EPIC_CHANGED: { at },
	AGENT_FILES_CHANGED: { files: lines },
	/** `login`: the author or last editor of the epic's text, who has no write access. Undefined: it changed after the start. */
	BLOCK_NOT_AUTHORISED: {
		at,
		login: optional(words)
	},
	/** A block, or a part of it, that does not count. `key`: of a plan file. */
	BLOCK_UNUSED: {
		at,
		why: oneOf("sub-issues", "issues made", "started without", "key"),
		key: optional(words)
	},
	UNTRUSTED_AUTHOR: {
		at,
		login: words
	},
	/** An issue that was authorised and is not a segment of the epic any more. */
	SEGMENT_GONE: {
		at,
		segment: fact(),
		how: oneOf("taken out", "deleted", "moved", "out of sight", "discussion"),
		/** The issue that it is now: `octo/docs#3`. */
		to: optional(words)
	},
	/** Closed or reopened by somebody without write access. */
	ISSUE_TURNED: {
		at,
		login: words,
		to: fact()
	},
	/** The person who started it may no longer write. */
	RIGHT_LOST: {
		at,
		login: words
	},
	FORBIDDEN: {
		at,
		login: words,
		permission: words,
		needs: fact()
	},
	UNKNOWN_COMMAND: {
		at,
		text: words,
		nearest: optional(words)
	},
	BAD_ARGUMENT: {
		at,
		command: fact(),
		expected: fact()
	},
	UNKNOWN_SEGMENT: {
		at,
		number: count$1
	},
	NOT_NOW: {
		at,
		command: fact(),
		why: fact()
	},
	/** `said`: the commit that was named, if one was. */
	HEAD_MOVED: {
		at,
		said: optional(words),
		head
	},
	SELF_APPROVAL: {
		at,
		login: words
	},
	DISABLED: {},
	WORKFLOW_MISSING: { file: words },
	/** Without the app: a workflow that starts Swarm is missing. `starts`: when it does. */
	TRIGGER_MISSING: {
		file: words,
		starts: oneOf("by events", "by the clock")
	},
	/** `lost`: the feature that needs the permission. */
	PERMISSION_MISSING: {
		permission: words,
		lost: fact()
	},
	/** `versions`: those of Swarm's action that these workflows name. */
	WORKFLOWS_DIFFER: {
		files: lines,
		versions: lines
	},
	/** GitHub switches workflows off in forks, and those with a schedule in repositories that nobody works in. */
	WORKFLOW_OFF: {
		file: words,
		by: oneOf("person", "GitHub")
	},
	/** A variable that an agent needs is not named in the workflow that starts it. */
	KEY_NOT_PASSED: {
		agent: words,
		variable: words,
		file: words
	},
	NOT_FETCHED: { what: oneOf("submodules", "LFS files") },
	BASE_RED: {
		branch: words,
		checks: lines,
		commit: head
	},
	BASE_NOT_INSTALLED: {
		branch: words,
		command: words,
		output: words
	},
	/** Gates that fail on the base, with failures that nobody could tell from new ones. */
	BASE_GATES_RED: {
		branch: words,
		gates: fact()
	},
	/** Its runs ended without a report. */
	BASE_CHECK_LOST: {
		conclusion: words,
		runs: count$1
	},
	/** Gates that fail on the base, with failures that are known. */
	BASE_FAILED_BEFORE: {
		branch: words,
		gates: lines
	},
	BASE_FLAKY: {
		branch: words,
		gates: lines
	},
	BASE_MISSING: { branch: words },
	/** It has no commits, so there is no place for a journal. */
	REPOSITORY_EMPTY: {},
	/** Branches of segments that cannot be made beside the branch `there`, because git keeps both as one path. */
	BRANCH_IN_WAY: {
		there: words,
		branches: lines
	},
	/** Branches of segments that a rule of the repository does not let Swarm make. `name`: the rule asks for other names. */
	BRANCH_FORBIDDEN: {
		rule: words,
		why: oneOf("creation", "name"),
		branches: lines
	},
	/** The base does not allow this way to merge. `taken`: the one that Swarm uses instead, since the config names none. */
	MERGE_METHOD: {
		branch: words,
		method: words,
		allowed: lines,
		taken: optional(words)
	},
	/** The repository is archived. */
	REPOSITORY_ARCHIVED: {},
	ISSUES_OFF: {},
	/** Actions is switched off for the repository. */
	ACTIONS_OFF: {},
	/** Actions that the settings of the repository do not let its workflows use. */
	ACTION_REFUSED: {
		actions: lines,
		policy: oneOf("own only", "selected", "full commits")
	},
	/** A workflow that is not one. `message`: without a full stop. */
	WORKFLOW_INVALID: {
		at,
		message: words
	},
	/** It names the action by a tag or a branch, or by no commit at all. */
	WORKFLOW_UNPINNED: {
		file: words,
		versions: lines
	},
	/** Workflows of another version than this program. */
	WORKFLOWS_OLD: {
		versions: lines,
		own: words
	},
	/** Rights of a job, such as `contents: write`, that it lacks, and that it has and should not have. */
	JOB_PERMISSIONS: {
		file: words,
		job: words,
		lacks: lines,
		extra: lines
	},
	/** A job that may write runs more than Swarm's action. */
	JOB_STEPS: {
		file: words,
		job: words
	},
	/** The token of a job may not open pull requests. */
	PULLS_NOT_ALLOWED: {},
	/** No secret holds a key for an agent. One of `names` is enough. */
	SECRET_MISSING: {
		agent: words,
		names: lines
	},
	/** Labels that people put on an epic. */
	LABELS_MISSING: { labels: lines },
	/** Jobs wait for a runner with labels that no runner of the repository has. */
	RUNNER_MISSING: {
		file: words,
		labels: lines
	},
	/** No gate of the repository has a command. */
	NO_GATES: {},
	/** Versions that the repository asks for, and that the jobs with gates do not set up: `node 20 (.nvmrc)`. */
	TOOLCHAIN_MISSING: { tools: lines },
	/** The repository has none of the files that tell agents how to work. */
	GUIDE_MISSING: { files: lines },
	/** Checks that the base requires, on pull requests of a job's token: their workflows wait for a person. */
	REQUIRED_CHECKS_WAIT: {
		branch: words,
		checks: lines
	},
	/** The rules of the base want more approvals than the config. */
	APPROVALS_DIFFER: {
		branch: words,
		required: count$1,
		configured: count$1
	},
	/** Rules of the base that Swarm cannot meet by itself. `of`: the environments, for `deployments`. */
	BASE_RULE: {
		branch: words,
		rule: oneOf("deployments", "updates"),
		of: lines
	},
	/** A list that was not read to its end. `of`: its issue or pull request. */
	LIST_TOO_LONG: {
		list: fact(),
		of: optional(count$1),
		read: count$1
	},
	OUTSIDE_OPEN: {
		at,
		ref: words
	},
	/** `epic`: the one that has it. */
	SEGMENT_OWNED: {
		at,
		epic: fact()
	},
	ONLY_WAVE: { wave: count$1 },
	/** Segments that have not started wait for a higher budget. */
	EPIC_BUDGET_SPENT: {
		spentUsd: count$1,
		budgetUsd: count$1
	},
	/** `message`: what is wrong with it. */
	JOURNAL_BROKEN: {
		at,
		ref: words,
		message: words
	},
	NO_CHANGE: {},
	DISPATCH_FAILED: {
		message: words,
		status: optional(count$1)
	},
	/** `until`: when the segment continues without an answer; undefined: it waits. */
	QUESTION_ASKED: {
		id: words,
		question: words,
		options: lines,
		context: optional(words),
		until: optional(instant)
	},
	VERIFY_FAILED: { gates: fact() },
	PATCH_TAMPERED: {
		said: words,
		found: words
	},
	PATCH_CONFLICT: { message: words },
	PUSH_REFUSED: {
		branch: words,
		message: words
	},
	/** Its branch holds a commit that is not Swarm's, or is the one that segments merge into. */
	BRANCH_OCCUPIED: {
		branch: words,
		by: oneOf("others", "base")
	},
	PULL_REFUSED: {
		branch: words,
		message: words
	},
	RUN_LOST: {
		conclusion: words,
		attempts: count$1
	},
	/** A report that the run's own job did not write. `ref`: where it is. */
	REPORT_FORGED: {
		ref: words,
		author: words
	},
	/** The agent reports no cost, and there is no price for its tokens. `minutes` and `turns` limit it instead. */
	BUDGET_UNBOUND: {
		at,
		agent: words,
		budgetUsd: count$1,
		minutes: count$1,
		turns: optional(count$1)
	},
	REWORK_LIMIT: {
		rounds: count$1,
		last: words
	},
	/** The agent that got a rejection changed nothing. `by`: who rejected it. `said`: the agent's own words. */
	REWORK_UNCHANGED: {
		at,
		by: words,
		said: words
	},
	MERGE_REFUSED: {
		at,
		message: words
	},
	/** `ended`: the problem that the last try to resolve it ended with. */
	MERGE_CONFLICT: {
		at,
		base: words,
		ended: optional(words)
	},
	/** Two open pull requests that change the same lines. */
	PULLS_CONFLICT: {
		at,
		other: fact(),
		files: lines
	},
	/** It was updated that often, and the base moved on each time before it could be merged. */
	BRANCH_BEHIND: {
		at,
		base: words,
		updates: count$1
	},
	UPDATE_REFUSED: {
		at,
		base: words,
		message: words
	},
	/** `reason`: GitHub's own word for it. */
	QUEUE_REMOVED: {
		at,
		base: words,
		reason: words
	},
	/** The base does not show what was to come of its merge. `files`: those that only the merge changes. */
	LANDING_DIFFERS: {
		at,
		base: words,
		commit: optional(head),
		why: fact(),
		files: lines
	},
	CHECKS_FAILED: {
		at,
		checks: lines
	},
	/** Checks that the base requires and nobody reported. */
	CHECKS_MISSING: {
		at,
		checks: lines,
		base: words
	},
	/** Checks that have been running for this long. */
	CHECKS_SLOW: {
		at,
		checks: lines,
		hours: count$1
	},
	/** Workflows with runs that wait until a person lets them start. */
	RUNS_HELD: {
		at,
		workflows: lines
	},
	REVIEW_MISSING: {
		at,
		of: fact(),
		from: lines
	},
	/** Rules of the base that keep it from merging. GitHub does not say which. */
	RULES_UNMET: {
		at,
		base: words
	},
	/** Gates that fail on a commit that someone else pushed to a segment's branch. */
	HEAD_RED: {
		at,
		head,
		gates: fact()
	},
	/** A head without a common commit with its base: there is no change that gates could be run on. */
	HEAD_UNRELATED: {
		at,
		head,
		base: words
	},
	PULL_CLOSED: { at },
	/** Its base is not the branch that it was made for. */
	PULL_RETARGETED: {
		at,
		base: words,
		wanted: words,
		isMerged: fact()
	},
	/** Somebody turned it into a draft. */
	PULL_DRAFT: {
		at,
		login: words
	},
	/** A fix segment or a follow-up that GitHub did not let Swarm create; or a segment of a block, or a link between two. */
	ISSUE_REFUSED: {
		status: count$1,
		message: words,
		what: optional(oneOf("segment", "link"))
	},
	CALIBRATION_LIMIT: {
		wave: count$1,
		rounds: count$1,
		findings: lines
	}
};

// src/words/voice.ts
const voiceOf = ({ form, url, segment }) => {
	const markdown = form === "markdown";
	const quote = (text, max = 160) => markdown ? inline(text, max) : quoted(clip(oneLine(text), max));
	const code = (text) => markdown ? inline(text) : `\`${text}\``;
	const issue = (number) => `#${number}`;
	const own = (text) => {
		const words = oneLine(text).replace(/\.$/, "");
		return markdown && /[<>@`[\]!*_~#\\|&]|:\/\/|GH-\d|www\./i.test(words) ? inline(words, 400) : words;
	};
	return {
		quote,
		code,
		own,
		sentence: (text) => {
			const words = own(text);
			return words === "" ? "" : `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
		},
		issue,
		ref: ({ number, repository }) => repository === void 0 ? issue(number) : quote(`${repository.owner}/${repository.name}#${number}`),
		pull: (number) => `PR #${number}`,
		place: (at) => {
			if (at.file !== void 0) {
				const text = [
					at.file,
					at.line,
					at.column
				].filter((part) => part !== void 0).join(":");
				if (!markdown || url === void 0 || !/^[\w./-]+$/.test(at.file)) return markdown ? inline(text) : text;
				return `[${inline(text)}](${url}/blob/HEAD/${at.file}${at.line === void 0 ? "" : `#L${at.line}`})`;
			}
			const line = at.line === void 0 ? "" : `, line ${at.line}`;
			if (at.pull !== void 0) return `PR #${at.pull}${line}`;
			return at.issue === void 0 ? "the epic" : `#${at.issue}${line}`;
		},
		files: (paths, max = 5) => enumerate(paths, max, (path) => quote(path, 120)),
		issues: (numbers, joint = ", ") => numbers.map(issue).join(joint),
		retry: () => code(segment === void 0 ? "/swarm retry #<number>" : `/swarm retry #${segment}`),
		commit: (sha) => markdown ? inline(sha.slice(0, 10)) : oneLine(sha.slice(0, 10))
	};
};
const quoted = (text) => text.includes("\"") ? `'${text}'` : `"${text}"`;
function enumerate(items, max = 8, say = String) {
	if (items.length === 0) return "none";
	const shown = items.slice(0, max).map((item) => say(item));
	const left = items.length - max;
	if (left > 0) return `${shown.join(", ")} and ${left} more`;
	if (shown.length === 1) return shown[0] ?? "";
	return `${shown.slice(0, -1).join(", ")} and ${shown.at(-1)}`;
}
/** `1 file`, `3 files`. */
const count = (number, noun, plural = `${noun}s`) => `${number.toLocaleString("en-US")} ${number === 1 ? noun : plural}`;
/** `3s`, `12m 34s`, `2h 5m`. */
const duration = (ms) => {
	const seconds = Math.max(0, Math.round(ms / 1e3));
	if (seconds < 60) return `${seconds}s`;
	const minutes = Math.floor(seconds / 60);
	if (minutes < 60) return seconds % 60 === 0 ? `${minutes}m` : `${minutes}m ${seconds % 60}s`;
	const hours = Math.floor(minutes / 60);
	return minutes % 60 === 0 ? `${hours}h` : `${hours}h ${minutes % 60}m`;
};
/** A mention, or '' if this cannot be a login on GitHub. */
const mention = (login) => /^[A-Za-z0-9](?:[A-Za-z0-9-]{0,38})$/.test(login) ? `@${login} ` : "";
/** Mentions of people and of teams, such as `octo/payments`, each once. */
const mentions = (names) => [...new Set(names)].map((name) => {
	const [owner = "", team, ...more] = name.split("/");
	if (team === void 0 || more.length > 0) return mention(name);
	return mention(owner) !== "" && /^[a-z0-9](?:[a-z0-9_-]{0,99})$/.test(team) ? `@${owner}/${team} ` : "";
}).join("");
/** `claude, opus`. Plain text: a model may have any name. */
const sayPick = ({ agent, model }) => [agent, model].filter((each) => each !== void 0).join(", ");
const money = (usd) => `$${usd.toFixed(2)}`;
/**
* A text in which segments that have no issue yet go by their names. Everywhere else in this room they are numbers like others.
*
* @param names by number, as a plan has them; names are lowercase letters, digits and hyphens.
*/
function withNames(text, names = {}) {
	const nameOf = (whole, number, quote) => {
		const name = names[Number(number)];
		return name === void 0 ? whole : `${quote}${name}${quote}`;
	};
	return text.replace(/(?<=\[")#(\d{10})(?!\d)/g, (whole, number) => nameOf(whole, number, "")).replace(/#(\d{10})(?!\d)/g, (whole, number) => nameOf(whole, number, "`"));
}
/** An issue's number and its quoted title: ``#14 `Add the cart` ``. */
const named = (number, title, max = 80) => `#${number} ${inline(titleText(title, number, max), max)}`;
/** Says where unpublished work is: on a branch, or at the ref of its report if no branch could be made. */
const keptAt = (kept) => kept.startsWith("refs/") ? `The work is at ${inline(kept)}, because GitHub allowed no branch for it. To see it: ${inline(`git fetch origin ${kept} && git show FETCH_HEAD^`)}` : `The work so far is on branch ${inline(kept)}.`;

export { mention as a, named as c, withNames as d, PROBLEMS as f, keptAt as i, sayPick as l, duration as n, mentions as o, WORK_PROBLEMS as p, enumerate as r, money as s, count as t, voiceOf as u };