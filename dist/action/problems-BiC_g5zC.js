import { c as htmlCode, r as block } from "./safe-CjCK4Ka7.js";
import { f as PROBLEMS, r as enumerate, s as money, t as count, u as voiceOf } from "./voice-Cy2SigYN.js";

// src/core/scope/test-file.ts
/** Folders for tests and for what tests need: fixtures, mocks, snapshots. */
const FOLDER = /(?:^|\/)(?:tests?|specs?|__tests__|__mocks__|__snapshots__|e2e|testdata|fixtures|testing|integration-tests)\//i;
/** `cart.test.ts`, `cart_spec.rb`, `test_cart.py`, `conftest.py`, `cart.feature`. */
const NAME = /(?:^|[._-])(?:tests?|specs?)\.[\w.]+$|^(?:test|spec)_|^conftest\.py$|\.feature$/i;
/** `CartTest.java`: only the capital letter distinguishes it from `Latest.java`. */
const CLASS_NAME = /(?:Tests?|Spec|IT)\.(?:java|kt|kts|scala|groovy|cs|fs|vb|php|swift)$/;
/**
* Answers whether a file contains tests or belongs to them, by the names that the test runners of common ecosystems look for.
*
* The same answer decides which files a tester may change, which deletions a person must see, and which tests a summary counts.
*/
function isTestFile(path) {
	const name = path.slice(path.lastIndexOf("/") + 1);
	return FOLDER.test(path) || NAME.test(name) || CLASS_NAME.test(name);
}

// src/words/problems/entry.ts
/** The sentence that ends a message, and the line in the docs that says who acts. */
const AFTER = {
	"checks again": {
		says: () => "Swarm checks again automatically.",
		acts: "A person fixes it. Swarm notices and continues automatically."
	},
	retry: {
		says: (say) => `Then comment ${say.retry()}. The other segments continue.`,
		acts: "A person fixes it and retries the segment. The other segments continue."
	},
	continues: {
		says: () => "Swarm continues.",
		acts: "No one has to act. Swarm continues."
	},
	"others continue": {
		says: () => "The other segments continue.",
		acts: "A person decides. The other segments continue."
	},
	"nothing changed": {
		says: () => "Nothing was changed.",
		acts: "A person, if they still want it. Nothing was changed."
	},
	"person acts": {
		says: () => "",
		acts: "A person, as the message says."
	},
	"swarm acts": {
		says: () => "",
		acts: "Swarm, automatically. A person acts only if that does not help."
	}
};
/** The question that follows a mistyped name. */
const didYouMean = (nearest, say) => nearest === void 0 ? "" : ` Did you mean ${say.code(nearest)}?`;
const KEPT = "The work is kept on a branch if possible; nothing was merged.";
const gateNames = (gates, say) => enumerate(gates.map(({ gate }) => say.code(gate)), 6);
const gateOutputs = (gates) => gates.slice(0, 4).map(({ gate, output }) => ({
	title: gate,
	text: output
}));
const plural = (things, one, many) => things.length === 1 ? one : many;

// src/words/problems/agent.ts
/** Problems of an agent: its program, its account, its limits, and what it did not do. */
const agent = {
	AGENT_NOT_FOUND: {
		says: ({ command }, say) => ({
			what: `The agent's program ${say.quote(command)} is not on the runner.`,
			why: `${say.code("agent.command")} names it, but it is not installed there or is not executable.`,
			next: `Install it in ${say.code("segment.yml")} (the place is marked), or correct the config.`
		}),
		after: "retry",
		example: { command: "my-agent" },
		more: "A program of the repository needs its path: `node scripts/agent.mjs`, not `agent.mjs`."
	},
	AGENT_TOO_OLD: {
		says: ({ agent: name, command, found, needs }, say) => ({
			what: `The agent ${say.quote(name)} is too old: ${say.quote(command)} has version ${say.quote(found)}, and Swarm needs ${say.quote(needs)} or later.`,
			why: "Swarm starts it with options that this version does not know. No agent was called, so nothing was spent.",
			next: `Install a later version in ${say.code("segment.yml")} (the place is marked).`
		}),
		after: "retry",
		example: {
			agent: "claude",
			command: "claude",
			found: "2.0.36",
			needs: "2.1.40"
		},
		more: "Each run asks the programs of its presets for their version first. A program under another name, or one that says no version, is not checked."
	},
	AGENT_CRASHED: {
		says: ({ command, exit, output }, say) => ({
			what: `The agent ${say.quote(command)} ended with ${say.own(exit)}.`,
			why: `Exit code 0 means that it finished; anything else is a failure. ${KEPT}`,
			next: "Read its last output below. Fix its setup or the task's text.",
			output: [{
				title: "Last output of the agent",
				text: output
			}]
		}),
		after: "retry",
		example: {
			command: "node scripts/agent.mjs",
			exit: "exit code 1",
			output: "Error: no model key is set\n    at main (scripts/agent.mjs:12:9)"
		},
		more: "Known secrets are removed from the output, and so is everything that looks like one."
	},
	AGENT_TIMED_OUT: {
		says: ({ minutes }, say) => ({
			what: `The agent did not finish within ${count(minutes, "minute")} and was stopped.`,
			why: `Every run has a time limit (${say.code("timeout")} in the config). ${KEPT}`,
			next: "Split the segment or raise the limit."
		}),
		after: "retry",
		example: { minutes: 60 },
		more: "Swarm first asks the agent to stop, and then ends its whole process group."
	},
	AGENT_SILENT: {
		says: ({ agent: name, minutes }, say) => ({
			what: `The agent ${say.quote(name)} reported nothing for ${count(minutes, "minute")} and was stopped.`,
			why: `Agents that wait for a network, a login or an answer hang silently. ${KEPT}`,
			next: "Read its last lines in the run's log, and fix its setup."
		}),
		after: "retry",
		example: {
			agent: "codex",
			minutes: 15
		},
		more: "An agent that only repeats that it is waiting for the network counts as silent too."
	},
	AGENT_STOPPED: {
		says: ({ agent: name }, say) => ({
			what: `The agent ${say.quote(name)} was stopped before it finished.`,
			why: `Its run was ended from outside. ${KEPT}`,
			next: `Nothing is broken. To run it again, comment ${say.retry()}.`
		}),
		after: "others continue",
		example: { agent: "claude" },
		more: "Swarm ends its whole process tree."
	},
	AGENT_NO_CREDENTIALS: {
		says: ({ agent: name, keys, message }, say) => ({
			what: `The agent ${say.quote(name)} has no valid credentials.`,
			why: `It says: ${say.quote(message)}.${keys.length > 0 ? ` It takes its key from ${enumerate(keys.map((key) => say.code(key)), 6)}.` : ""}`,
			next: `Set the secret in the repository's settings, and make sure that ${say.code("swarm.yml")} and ${say.code("segment.yml")} pass it on.`
		}),
		after: "retry",
		example: {
			agent: "claude",
			keys: ["ANTHROPIC_API_KEY", "CLAUDE_CODE_OAUTH_TOKEN"],
			message: "Not logged in · Please run /login"
		},
		more: "A key reaches only the process of its own agent. The gates never see it."
	},
	AGENT_NO_CREDIT: {
		says: ({ agent: name, message }, say) => ({
			what: `The account of the agent ${say.quote(name)} has no credit left.`,
			why: `Its provider says: ${say.quote(message)}.`,
			next: "Add credit with the provider, or choose another agent in the config."
		}),
		after: "retry",
		example: {
			agent: "claude",
			message: "Your credit balance is too low"
		},
		more: "A retry helps only after someone has paid, so Swarm does not retry automatically."
	},
	AGENT_MODEL_REFUSED: {
		says: ({ agent: name, model, message }, say) => ({
			what: `The agent ${say.quote(name)} cannot use ${model === void 0 ? "its model" : `the model ${say.quote(model)}`}.`,
			why: `It says: ${say.quote(message)}.`,
			next: `Correct ${say.code("model")} in the issue or under ${say.code("agents")} in the config, or give the account access to it.`
		}),
		after: "retry",
		example: {
			agent: "codex",
			model: "gpt-9",
			message: "The model `gpt-9` does not exist or you do not have access to it."
		},
		more: "Model names belong to their agent: an alias of one agent means nothing to another."
	},
	AGENT_CONTEXT: {
		says: ({ agent: name, message }, say) => ({
			what: `The task does not fit into the context of the agent ${say.quote(name)}.`,
			why: `It says: ${say.quote(message)}. ${KEPT}`,
			next: "Split the segment, shorten its text and context documents, or choose a model with a larger context."
		}),
		after: "retry",
		example: {
			agent: "claude",
			message: "Prompt is too long"
		},
		more: "Agents shorten their context automatically. This is reported when that is not enough."
	},
	AGENT_DECLINED: {
		says: ({ agent: name, message }, say) => ({
			what: `The agent ${say.quote(name)} declined the task.`,
			why: `It says: ${say.quote(message)}.`,
			next: "Re-read the issue from the provider's point of view and reword it."
		}),
		after: "retry",
		example: {
			agent: "goose",
			message: "The model stopped with: refusal"
		},
		more: "Providers refuse some tasks because of their policies, sometimes by mistake."
	},
	AGENT_TURNS: {
		says: ({ agent: name, turns }, say) => ({
			what: `The agent ${say.quote(name)} was stopped after ${count(turns, "turn")}.`,
			why: `${say.code("max-turns")} in the config is a hard limit. ${KEPT}`,
			next: "Split the segment or raise the limit."
		}),
		after: "retry",
		example: {
			agent: "claude",
			turns: 80
		},
		more: "If an agent has no such limit of its own, Swarm counts its answers and stops it."
	},
	AGENT_UNREADABLE: {
		says: ({ agent: name, output }, say) => ({
			what: `The output of the agent ${say.quote(name)} could not be read.`,
			why: `It was started in its machine-readable mode but printed something else, so Swarm cannot tell how it ended. ${KEPT}`,
			next: `Install a version that Swarm supports, or correct ${say.code("agents")} in the config.`,
			output: [{
				title: "Last output of the agent",
				text: output
			}]
		}),
		after: "retry",
		example: {
			agent: "codex",
			output: "codex: unexpected argument --json"
		},
		more: "Swarm ignores single lines that are not JSON. Here no line was."
	},
	AGENT_LATER: {
		says: ({ agent, message, waitMs }, say) => ({
			what: `The agent ${agent === void 0 ? "" : `${say.quote(agent)} `}asked to be retried later${waitMs === void 0 ? "" : `, in ${roundSpan(waitMs)}`}.`,
			why: `It says: ${say.quote(message)}. A limit or outage of its provider is not a failure of the segment. Swarm has retried automatically, twelve times.`,
			next: `When the provider answers again, comment ${say.retry()}.`
		}),
		after: "others continue",
		example: {
			agent: "claude",
			message: "429: rate limit reached, try again in 20 minutes",
			waitMs: 12e5
		},
		more: "An agent that is a command asks for it by ending with exit code 75. Swarm retries twelve times before it reports this: when the provider says so (up to eight days later), or after five minutes. With `fallback` in the config, other agents stand in."
	},
	WORKTREE_BROKEN: {
		says: ({ message }, say) => ({
			what: `The working tree could not be read after the agent ended: ${say.quote(message)}.`,
			why: "The agent removed or damaged the repository that it worked in. Nothing was merged.",
			next: "Prevent that in its setup."
		}),
		after: "retry",
		example: { message: "not a git repository" },
		more: "Commits, branches and settings of the agent do no harm. Without `.git`, there is nothing to compare with."
	},
	NO_CHANGE: {
		says: (_, say) => ({
			what: "The agent finished without changing a file.",
			why: `Without a change there is no pull request. Only a segment with ${say.code("worker: research")} may answer in words alone.`,
			next: `If the work is already done, close the issue or comment ${say.code("/swarm skip")}. Otherwise make its text clearer.`
		}),
		after: "retry",
		example: {},
		more: "The state of the working tree counts, not what the agent reports or commits."
	},
	REWORK_UNCHANGED: {
		says: ({ by, said }, say) => ({
			what: `The agent changed nothing after ${say.quote(by)} rejected this pull request.`,
			why: said.trim() === "" ? "It gave no reason." : `It says ${say.quote(said, 600)}.`,
			next: `Decide again. **Approve** it as it is, or **Request changes** in other words.`
		}),
		after: "person acts",
		example: {
			at: { pull: 21 },
			by: "ana",
			said: "The total includes shipping already: src/cart.ts:12."
		},
		more: "Nothing is different since that review: no commit was added. An approval or a rejection that is given now counts. Another agent tries first if the config names one under `escalate`."
	},
	QUESTION_ASKED: {
		says: ({ id, question, options, context, until }, say) => ({
			what: `The agent needs an answer to ${say.quote(question, 600)}.`,
			why: [context === void 0 ? "It stopped instead of guessing. Its work so far is kept." : `It explains: ${say.quote(context, 600)}.`, ...options.length === 0 ? [] : [`It suggests these options: ${enumerate(options.map((option) => say.quote(option, 200)), 10)}.`]].join(" "),
			next: `${options.length > 0 ? "Tick one of the options in the comment on its segment, or comment" : "Comment"} ${say.code(`/swarm answer ${id} <your answer>`)} there. The run continues from where it stopped. ${until === void 0 ? "Until then it waits; the other segments continue." : `Without an answer by ${new Date(until).toISOString().slice(0, 16).replace("T", " ")} UTC it continues with its best guess, and reports its assumptions.`}`
		}),
		after: "person acts",
		example: {
			id: "q1",
			question: "Are prices in cents or in euros?",
			options: ["cents", "euros"],
			context: "The API of #12 returns numbers without a unit.",
			until: Date.UTC(2026, 10, 21, 14, 30)
		},
		more: "`question-timeout` and `question-auto-resume` in the config set how long a run waits, and whether it then continues automatically."
	}
};
/** `20 minutes`, `5 hours`, `3 days`: rounded up. */
function roundSpan(ms) {
	const minutes = Math.max(1, Math.ceil(ms / 6e4));
	if (minutes < 120) return count(minutes, "minute");
	const hours = Math.ceil(minutes / 60);
	return hours < 48 ? count(hours, "hour") : count(Math.ceil(hours / 24), "day");
}

// src/words/problems/change.ts
/** Modes of git's trees by what they mean. */
const MODES = {
	"120000": "a symbolic link",
	"160000": "a submodule",
	"040000": "a tree"
};
const COUNTED = {
	"bytes in the patch": "bytes in the patch",
	"characters in the compressed patch": "characters in the compressed patch",
	"changed files": "changed files",
	"deleted files": "deleted files",
	"all files": "deleted files (every file there is)",
	"bytes in one file": "bytes in one file",
	"bytes in all changed files": "bytes in all changed files",
	"added lines": "added lines"
};
const change = {
	OUT_OF_SCOPE: {
		says: ({ files, scope }, say) => ({
			what: `The change goes outside the segment's file scope: ${say.files(files)}.`,
			why: `It may change ${say.files(scope)}; other segments may be working on the rest. ${KEPT}`,
			next: `Widen ${say.code("files")} in the issue and comment ${say.code("/swarm execute")} on the epic, or narrow the task.`
		}),
		after: "retry",
		example: {
			files: ["src/payment/total.ts"],
			scope: ["src/cart/**"]
		},
		more: "Deleted files and both names of a renamed file count."
	},
	PROTECTED_PATH: {
		says: ({ files }, say) => ({
			what: `The change touches protected files: ${say.files(files)}.`,
			why: "Workflows, code owners and instructions for agents decide what later runs may do, so no segment may change them.",
			next: `Make that change by hand, or list the files under ${say.code("unprotect")} in the config to let segments change them.`
		}),
		after: "retry",
		example: { files: [".github/workflows/ci.yml"] },
		more: "Names are compared without case and in one Unicode form, so `.GitHub` is `.github`."
	},
	BAD_PATH: {
		says: ({ file, why }, say) => ({
			what: `The file name ${say.quote(file)} is refused: ${say.own(why)}.`,
			why: "A name has to mean the same file on every system, and may not lead out of the repository or into git.",
			next: "Give the name of the file in the issue."
		}),
		after: "retry",
		example: {
			file: "src/aux.js",
			why: "it is the name of a device on Windows"
		},
		more: "Names have to be portable: no `..`, no drive, no reserved name, no control character."
	},
	PATH_COLLISION: {
		says: ({ file, with: other }, say) => ({
			what: `${say.quote(file)} and ${say.quote(other)} are the same file on some systems.`,
			why: "They differ only in case or in their Unicode form.",
			next: "Give the name of the file in the issue."
		}),
		after: "retry",
		example: {
			file: "SRC/cart.ts",
			with: "src/cart.ts"
		},
		more: "Swarm compares the changed files with each other and with everything in the base."
	},
	FILE_MODE: {
		says: ({ file, mode }, say) => ({
			what: `${say.quote(file)} is not an ordinary file but ${MODES[mode] ?? "something that git does not have"} (mode ${say.own(mode)}).`,
			why: "Symbolic links and submodules lead outside of what was checked. Only ordinary and executable files are accepted.",
			next: "Ask for a plain file in the issue."
		}),
		after: "retry",
		example: {
			file: "docs/latest",
			mode: "120000"
		},
		more: "120000 is a symbolic link, 160000 a submodule."
	},
	BINARY_FILE: {
		says: ({ file }, say) => ({
			what: `${say.quote(file)} is binary.`,
			why: "No one can review it in a pull request, and no gate reads it.",
			next: "Add it by hand, or change the task so it isn't needed."
		}),
		after: "retry",
		example: { file: "assets/logo.png" },
		more: "A file is binary if git says so."
	},
	PATCH_LIMIT: {
		says: ({ what, found, limit }, say) => ({
			what: `The change is too large: ${found.toLocaleString("en-US")} ${COUNTED[what] ?? say.own(what)}; the limit is ${limit.toLocaleString("en-US")}.`,
			why: `It could not be reviewed, or not be passed from job to job. ${KEPT}`,
			next: "Split the segment, or leave generated files out."
		}),
		after: "retry",
		example: {
			what: "changed files",
			found: 412,
			limit: 100
		},
		more: "The number of files, the added lines, the size of one file and the size of the whole change each have a limit."
	},
	PATCH_TAMPERED: {
		says: ({ said, found }, say) => ({
			what: "The change was refused: it is not the one that the agent made.",
			why: `Its digest is ${say.code(found.slice(0, 16))}, but was ${say.code(said.slice(0, 16))} when the work ended. Something rewrote it between two jobs.`,
			next: "Look at the run's jobs before anything else."
		}),
		after: "retry",
		example: {
			said: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
			found: "60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752"
		},
		more: "The digest is an output of the job that did the work, and is fixed when that job ends."
	},
	PATCH_CONFLICT: {
		says: ({ message }, say) => ({
			what: "The change does not apply to its base.",
			why: `Git says: ${say.quote(message)}.`,
			next: `To start from the current base, comment ${say.retry()}.`
		}),
		after: "others continue",
		example: { message: "error: patch failed: src/cart.ts:3" },
		more: "This happens when the base moved, or when a rework no longer fits what was merged in the meantime."
	},
	LFS_POINTER: {
		says: ({ file }, say) => ({
			what: `${say.quote(file)} points to a file in Git LFS, and that file is not in the change.`,
			why: "Swarm passes only the change itself from job to job. The file behind a pointer would be neither checked nor pushed.",
			next: "Add the file by hand, or change the task so it isn't needed."
		}),
		after: "retry",
		example: { file: "assets/film.mp4" },
		more: "A pointer is a text of three lines that Git LFS puts in place of a large file."
	},
	SECRET_IN_PATCH: {
		says: ({ file, line, rule, sha256 }, say) => ({
			what: `The change seems to contain a secret: ${say.quote(line === void 0 ? file : `${file}:${line}`)} (${say.own(rule)}).`,
			why: "A secret that was pushed once has to be replaced everywhere. This one was not pushed, and is not shown here.",
			next: ["If it is real, replace it at its provider, and ask for a variable or an obvious example in the issue.", ...sha256 === void 0 ? [] : [`If it is not a secret, add its file and ${say.code(`sha256: ${sha256}`)} to ${say.code("secrets.allow")} in the config.`]].join(" ")
		}),
		after: "retry",
		example: {
			file: "src/config.ts",
			line: 4,
			rule: "AWS key id",
			sha256: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
		},
		more: "Added lines and file names are scanned. A comment that tells a scanner to look away has no effect; only the config on the default branch can allow a value."
	}
};

// src/words/problems/checks.ts
/** Problems that checks find in a segment's run: tests first, the council, the gates. */
const checks = {
	TESTS_NOT_RED: {
		says: ({ command, why, output }, say) => ({
			what: `The tester's tests do not show what is missing: ${say.own(why)}.`,
			why: `Before the implementation starts, ${say.code(command)} must collect the new tests, and they must fail because the work is not done yet. ${KEPT}`,
			next: `Make the acceptance criteria of the issue testable, or set ${say.code("tdd: false")} in it.`,
			output: output === "" ? [] : [{
				title: command,
				text: output
			}]
		}),
		after: "retry",
		example: {
			command: "npm test",
			why: "they already pass",
			output: "Tests  2 passed (2)"
		},
		more: "A tester gets as many tries as an implementer. A missing module is a valid reason to fail; a syntax error in the test is not."
	},
	TEST_CHANGED: {
		says: ({ files }, say) => ({
			what: `The implementer changed ${plural(files, "a test", "tests")} that the tester wrote: ${say.files(files, 6)}.`,
			why: `The tests are the contract between tester and implementer; the implementer may not change them. ${KEPT}`,
			next: `If a test is wrong, make its criterion clearer in the issue, or set ${say.code("tdd: false")} there.`
		}),
		after: "retry",
		example: { files: ["test/cart.test.ts"] },
		more: "Swarm compares the files; it does not rely on a request. The implementer gets its tries, and Swarm compares the tests again."
	},
	COUNCIL_REJECTED: {
		says: ({ findings, rounds }, say) => ({
			what: `The council rejected the change after ${count(rounds, "round")}.`,
			why: `${findings.length === 0 ? "It named no finding at a line of the change." : `It found: ${enumerate(findings.map((finding) => say.quote(finding, 300)), 6)}.`} ${KEPT}`,
			next: `Read the kept branch. If the council is right, make the task clearer. If not, set ${say.code("review: false")} in the issue.`
		}),
		after: "retry",
		example: {
			findings: ["src/cart.ts:12 (major): an empty cart throws"],
			rounds: 3
		},
		more: "Reviewer and implementer had at most three rounds, and the tech lead decided where they disagreed."
	},
	GATES_FAILED: {
		says: ({ gates, tries }, say) => ({
			what: `The ${plural(gates, "gate", "gates")} ${gateNames(gates, say)} still ${plural(gates, "fails", "fail")} after ${count(tries, "try", "tries")}.`,
			why: `The agent got the failures each time. ${KEPT}`,
			next: "Read the output below. Make the task clearer, or fix what it depends on.",
			output: gateOutputs(gates)
		}),
		after: "retry",
		example: {
			gates: [{
				gate: "tests",
				output: "not ok 3 - an empty cart costs nothing\n  expected 0, got NaN"
			}],
			tries: 3
		},
		more: "Gates use the base branch's definitions, so changing a gate has no effect on the checks of that same change."
	},
	GATE_MISSING: {
		says: ({ gate, command }, say) => ({
			what: `The gate ${say.code(gate)} could not run: ${say.quote(command)} is not installed.`,
			why: "A gate that cannot run has not passed.",
			next: `Install its tool in ${say.code("segment.yml")}, or correct ${say.code(`gates.${gate}.run`)} in the config.`
		}),
		after: "retry",
		example: {
			gate: "lint",
			command: "ruff check"
		},
		more: "Exit codes 126 and 127 mean the same."
	},
	GATE_NOT_EXECUTABLE: {
		says: ({ gate, file }, say) => ({
			what: `The gate ${say.code(gate)} could not run: ${say.quote(file)} is not executable.`,
			why: "A gate that cannot run has not passed.",
			next: `Run ${say.code(`git update-index --chmod=+x ${file}`)}, commit that to the base branch, and try again.`
		}),
		after: "retry",
		example: {
			gate: "tests",
			file: "scripts/test.sh"
		},
		more: "Git keeps one bit for each file that says if it can be started. Some systems and web pages do not set it."
	},
	INSTALL_FAILED: {
		says: ({ command, output }, say) => ({
			what: `The dependencies of the base could not be installed: ${say.quote(command, 300)} failed.`,
			why: "No file in the scope of the segment can change that, so no agent was started.",
			next: "Read the output below. Fix the installation on the base branch. If only the registry did not answer, try again.",
			output: [{
				title: command,
				text: output
			}]
		}),
		after: "retry",
		example: {
			command: "npm ci --ignore-scripts",
			output: "npm error `npm ci` can only install packages when your package.json and package-lock.json are in sync."
		},
		more: "If the segment may change the manifest or the lock file, or names no files, its agent starts all the same."
	},
	MUTATION_TOOL: {
		says: ({ tool, manifest }, say) => ({
			what: `The gate ${say.code("mutation")} is on, but ${say.code(manifest)} does not name ${say.code(tool)}.`,
			why: "Without it no mutant can be made, so no agent was started.",
			next: `Add it to the development dependencies on the base branch, or take ${say.code("gates.mutation")} out of the config.`
		}),
		after: "retry",
		example: {
			tool: "@stryker-mutator/core",
			manifest: "package.json"
		},
		more: "Swarm looks for it before the first agent of a segment starts. With `gates.mutation.directory`, only the projects below that directory need it."
	},
	GATE_DIRTY: {
		says: ({ gate, files }, say) => ({
			what: `The gate ${say.code(gate)} changed files: ${say.files(files)}.`,
			why: "Swarm publishes exactly what was checked, so a gate may only check.",
			next: `Make it check without writing (${say.code("--check")} instead of ${say.code("--fix")}).`
		}),
		after: "retry",
		example: {
			gate: "lint",
			files: ["src/cart.ts"]
		},
		more: "Only files that the repository has count. Files that a gate makes are removed, and its output says so."
	},
	NO_TESTS: {
		says: ({ command }, say) => ({
			what: `No tests ran: ${say.quote(command)} found none.`,
			why: "A green run without tests proves nothing.",
			next: `Correct the command, or turn the gate off with ${say.code("gates.tests.off: true")}.`
		}),
		after: "retry",
		example: { command: "npm test" },
		more: "Swarm knows this from test runners that report it: node, vitest, jest, mocha, pytest."
	},
	VERIFY_FAILED: {
		says: ({ gates }, say) => ({
			what: `On a clean checkout, the ${plural(gates, "gate", "gates")} ${gateNames(gates, say)} ${plural(gates, "fails", "fail")}.`,
			why: `The same commands passed where the agent worked, so the change depends on something that is not in it. ${KEPT}`,
			next: "Read the output below. The usual cause is a file that is ignored or was never added.",
			output: gateOutputs(gates)
		}),
		after: "retry",
		example: { gates: [{
			gate: "build",
			output: "src/cart.ts(1,22): error TS2307: Cannot find module './price.ts'"
		}] },
		more: "The second run has no agent, no secrets and no leftover files."
	}
};

// src/words/problems/config.ts
/** Problems of the config file. */
const config = {
	CONFIG_YAML: {
		says: ({ at, message }, say) => ({
			what: `${say.place(at)} cannot be read: ${say.quote(message)}.`,
			why: "The config has to be plain YAML: one document, no aliases, no tags.",
			next: "Correct that line on the default branch."
		}),
		after: "checks again",
		example: {
			at: {
				file: ".github/swarm.yml",
				line: 7,
				column: 1
			},
			message: "Map keys must be unique"
		},
		more: "The config is read by the core schema of YAML 1.2: `no` is text, not false."
	},
	CONFIG_SIZE: {
		says: ({ at, bytes, limit }, say) => ({
			what: `${say.place(at)} is too large: ${bytes.toLocaleString("en-US")} bytes; the limit is ${limit.toLocaleString("en-US")}.`,
			why: "Reading very large YAML takes minutes, and a config has a few lines.",
			next: "Shorten it on the default branch."
		}),
		after: "checks again",
		example: {
			at: { file: ".github/swarm.yml" },
			bytes: 65e4,
			limit: 65536
		},
		more: "It is refused before it is parsed."
	},
	CONFIG_VALUE: {
		says: ({ at, key, value, expected, nearest }, say) => ({
			what: `${say.place(at)}: ${say.code(key)} cannot be ${say.quote(value)}.${didYouMean(nearest, say)}`,
			why: `It takes ${say.own(expected)}.`,
			next: "Correct it on the default branch."
		}),
		after: "checks again",
		example: {
			at: {
				file: ".github/swarm.yml",
				line: 3,
				column: 1
			},
			key: "max-parallel",
			value: "\"10\"",
			expected: "a whole number from 1 to 256, or auto"
		},
		more: "All keys are on [the reference page](config.md)."
	},
	CONFIG_KEY: {
		says: ({ at, key, known, nearest }, say) => ({
			what: `${say.place(at)} has an unknown key: ${say.quote(key)}.${didYouMean(nearest, say)}`,
			why: `Known keys here are ${enumerate(known.map(say.code), 40)}.`,
			next: "Correct or remove it on the default branch. It is ignored for now."
		}),
		after: "continues",
		example: {
			at: {
				file: ".github/swarm.yml",
				line: 2,
				column: 1
			},
			key: "max_parallel",
			known: [
				"agent",
				"approvals",
				"max-parallel",
				"merge",
				"mode"
			],
			nearest: "max-parallel"
		},
		more: "A warning. All keys are on [the reference page](config.md)."
	},
	CONFIG_AMBIGUOUS: {
		says: ({ files }, say) => ({
			what: `There is more than one config: ${say.files(files)}.`,
			why: "Swarm would have to guess which one applies.",
			next: "Keep one of them on the default branch."
		}),
		after: "checks again",
		example: { files: [".github/swarm.yml", ".github/swarm.yaml"] },
		more: "Either spelling of the file name extension works, but only one at a time."
	}
};

// src/words/problems/consent.ts
const include = (at, say) => say.code(at.issue === void 0 ? "/swarm execute" : `/swarm run #${at.issue}`);
/** What became of a segment that cannot be put back. */
function became(how, to) {
	switch (how) {
		case "deleted": return "deleted";
		case "moved": return `moved to ${to}`;
		case "discussion": return "turned into a discussion";
		default: return "moved to where Swarm may not look, or deleted";
	}
}
const BLOCK_UNUSED = {
	"sub-issues": "the epic has sub-issues",
	"issues made": "it was changed after its issues had been created, and those count now",
	"started without": "the epic was started without it"
};
const consent = {
	SEGMENT_CHANGED: {
		says: ({ at }, say) => ({
			what: `${say.place(at)} was changed after the epic was started, so it does not run.`,
			why: "Swarm runs the text that was authorised. A later text needs the approval of someone with write access.",
			next: `Read the change. If it is right, comment ${say.code("/swarm execute")} on the epic.`
		}),
		after: "others continue",
		example: { at: { issue: 14 } },
		more: "Title, text and option labels count. With `adopt: automatic`, Swarm accepts changes by people with write access automatically."
	},
	SEGMENT_NEW: {
		says: ({ at }, say) => ({
			what: `${say.place(at)} was added to the epic, or changed by someone without write access, after it was started. It does not run.`,
			why: "Only the issues that were in the epic when it was started are authorised, as they stood then.",
			next: `To include it, comment ${include(at, say)} on the epic.`
		}),
		after: "others continue",
		example: { at: { issue: 19 } },
		more: "With `adopt: automatic`, Swarm accepts new sub-issues by people with write access automatically."
	},
	EDGES_CHANGED: {
		says: ({ at }, say) => ({
			what: `The dependencies of ${say.place(at)} were changed after the epic was started, so it does not run.`,
			why: "The order of the work is part of what was authorised.",
			next: `If the new order is right, comment ${say.code("/swarm execute")} on the epic.`
		}),
		after: "others continue",
		example: { at: { issue: 14 } },
		more: "Links on GitHub and dependencies in the text both count."
	},
	EPIC_CHANGED: {
		says: ({ at }, say) => ({
			what: `The text of the epic ${say.place(at)} was changed after it was started. Agents still get the earlier text.`,
			why: "Every agent gets the text of the epic as it was authorised.",
			next: `No action needed. To give agents the new text, comment ${say.code("/swarm execute")} on the epic.`
		}),
		after: "continues",
		example: { at: { issue: 12 } },
		more: "Swarm's own marks in the epic's text, such as a ticked criterion, do not count as a change."
	},
	AGENT_FILES_CHANGED: {
		says: ({ files }, say) => ({
			what: `${files.length === 1 ? "A file that steers agents was" : `${files.length} files that steer agents were`} changed on the base after the epic was started, so nothing more starts: ${say.files(files, 20)}.`,
			why: "Every later agent would follow it. Settings, instructions and skills are part of what was authorised.",
			next: `Read the change. If it is right, comment ${say.code("/swarm execute")} on the epic. Otherwise revert it. Swarm then continues.`
		}),
		after: "person acts",
		example: { files: [".claude/settings.json", "AGENTS.md"] },
		more: "It does not matter who made the change. A change that came with the merge of an approved segment does not count. `adopt: automatic` does not cover these files. In a repository with more than 100,000 files, only those at the root and in the usual folders of agents are compared."
	},
	BLOCK_NOT_AUTHORISED: {
		says: ({ at, login }, say) => ({
			what: login === void 0 ? `The ${say.code("swarm")} block (${say.place(at)}) was written or changed after the epic was started, so no issues are created from it.` : `The ${say.code("swarm")} block (${say.place(at)}) was written or last edited by ${say.quote(login)}, who has no write access, so no issues are created from it.`,
			why: "What the block says would reach agents as instructions.",
			next: `Someone with write access reads it and, if it is right, comments ${say.code(login === void 0 || at.issue === void 0 ? "/swarm execute" : `/swarm run #${at.issue}`)} on the epic.`
		}),
		after: "person acts",
		example: {
			at: {
				issue: 12,
				line: 7
			},
			login: "passer-by"
		},
		more: "Issues are created from the block as it read when the epic was started. While nothing has started, Swarm accepts a change by someone with write access automatically."
	},
	BLOCK_UNUSED: {
		says: ({ at, why, key }, say) => ({
			what: why === "key" ? `${say.place(at)}: ${say.code(key ?? "")} means nothing in a ${say.code("swarm")} block.` : `The ${say.code("swarm")} block (${say.place(at)}) does not count: ${BLOCK_UNUSED[why]}.`,
			why: why === "key" ? "The issue itself is the epic, with its own title and text, and people review its pull requests." : "The segments of an epic come from one source, never from two.",
			next: why === "key" ? "Remove the key if you like." : "Change the epic's sub-issues instead, or remove the block."
		}),
		after: "continues",
		example: {
			at: {
				issue: 12,
				line: 7
			},
			why: "issues made"
		},
		more: "A warning. Sub-issues come first, then a `swarm` block, then a task list."
	},
	UNTRUSTED_AUTHOR: {
		says: ({ at, login }, say) => ({
			what: `${say.place(at)} was written or last edited by ${say.quote(login)}, who has no write access, so it does not run.`,
			why: "Its text would reach an agent as an instruction.",
			next: `Someone with write access reads it and, if it is harmless, comments ${include(at, say)} on the epic.`
		}),
		after: "others continue",
		example: {
			at: { issue: 14 },
			login: "passer-by"
		},
		more: "Swarm checks the author and the last editor at the moment it acts."
	},
	SEGMENT_GONE: {
		says: ({ segment, how, to }, say) => how === "taken out" ? {
			what: `${say.issue(segment)} was part of the epic at its start, and has been taken out of it since.`,
			why: "Triage permission is enough to take an issue out of an epic, or to give it sub-issues of its own. So its work is not dropped without the word of someone with write access.",
			next: `Put it back as a sub-issue of the epic without sub-issues of its own. Or comment ${say.code("/swarm execute")} on the epic to continue without it.`
		} : {
			what: `${say.issue(segment)} was part of the epic at its start. Since then it was ${became(how, to === void 0 ? "another repository" : say.quote(to))}.`,
			why: "It cannot be put back. Its work is not dropped without the word of someone with write access.",
			next: `If the work is still wanted, add an issue with the same text as a sub-issue of the epic. Then comment ${say.code("/swarm execute")} on the epic: it continues without ${say.issue(segment)}.`
		},
		after: "checks again",
		example: {
			at: { issue: 12 },
			segment: 14,
			how: "deleted"
		},
		more: "Nothing new starts and the epic is not complete until then. A segment that is merged, answered or skipped may be taken out. The run of one that cannot come back is cancelled, unless other segments share it."
	},
	ISSUE_TURNED: {
		says: ({ at, login, to }, say) => ({
			what: `${say.place(at)} was ${to === "open" ? "reopened" : "closed"} by ${say.quote(login)}, who has no write access, so ${to === "open" ? "it does not run" : "it does not count as done"}.`,
			why: "Triage permission is enough to close and reopen issues, and so is being the author. What runs and what is done is decided by people with write access.",
			next: `If that is right, comment ${say.code("/swarm execute")} on the epic. Otherwise ${to === "open" ? "close" : "reopen"} it.`
		}),
		after: "person acts",
		example: {
			at: { issue: 14 },
			login: "passer-by",
			to: "closed"
		},
		more: "Only the last time that an issue was closed or reopened counts, and only if it was after the epic was started."
	},
	RIGHT_LOST: {
		says: ({ at, login }, say) => ({
			what: `${say.place(at)} was started by ${say.quote(login)}, who may no longer write to this repository, so it does not go on.`,
			why: "Swarm acts on the word of people who may write, and asks GitHub again when it acts.",
			next: `Someone with write access reads what is to be done and comments ${say.code("/swarm execute")} on the epic.`
		}),
		after: "person acts",
		example: {
			at: { issue: 12 },
			login: "former-colleague"
		},
		more: "Runs that have started end as usual. Nothing starts and nothing is merged until then. An account that was renamed has to be confirmed in the same way."
	}
};

// src/words/faults.ts
/**
* The words of faults in what a person wrote: clauses that complete "#14, line 3: …", and noun phrases that complete
* "It takes …".
*/
/** A sentence on a glob or a list of globs. */
const sayGlobFault = (fault, say) => {
	switch (fault) {
		case "empty": return "It is empty.";
		case "too long": return `It has more than ${512} characters.`;
		case "control character": return "It contains a control character.";
		case "outer space": return "It begins or ends with a space.";
		case "backslash": return `It contains a backslash; separate the parts of a path with ${say.code("/")}.`;
		case "absolute": return "It is absolute; file scopes are relative to the repository.";
		case "home folder": return `It begins with ${say.code("~")}; file scopes are relative to the repository.`;
		case "drive": return "It names a drive; file scopes are relative to the repository.";
		case "extended glob": return `Extended globs such as ${say.code("@(a|b)")} are not supported; write the alternatives as ${say.code("{a,b}")}.`;
		case "negated twice": return "It is negated twice.";
		case "empty part": return `It has an empty part: ${say.code("//")}.`;
		case "dot part": return `It has a part ${say.code(".")} or ${say.code("..")}.`;
		case "no path": return "It matches no path.";
		case "backward range": return `It has a range that runs backwards, such as ${say.code("[z-a]")}.`;
		case "too many alternatives": return `Its braces stand for more than ${64} alternatives.`;
		case "unmatched brace": return "Its braces do not match.";
		case "leading zero": return `It has a range with leading zeros; write the numbers out as ${say.code("{01,02}")}.`;
		case "only exclusions": return "It only excludes files; first name the files it includes.";
		case "excludes everything": return `Its ${say.code("!")} patterns exclude everything that it includes.`;
		case "too many patterns": return `Its globs together stand for more than ${400} alternatives.`;
	}
};
/** A sentence on a branch name. */
const sayBranchFault = (fault, say) => {
	switch (fault.kind) {
		case "empty": return "It is empty.";
		case "too long": return `It has more than ${244} characters.`;
		case "unknown placeholder": return `There is no placeholder ${say.code(fault.placeholder)}; use ${enumerate([
			"{type}",
			"{slug}",
			"{number}",
			"{epic}"
		].map(say.code))}.`;
		case "forbidden character": return `It contains a space, a control character or one of ${say.code("~ ^ : ? * [ \\")}.`;
		case "double dot": return `It contains ${say.code("..")}.`;
		case "reflog mark": return `It contains ${say.code("@{")}.`;
		case "reserved": return "Git reserves this name.";
		case "leading dash": return `It begins with ${say.code("-")}.`;
		case "leading refs": return `It begins with ${say.code("refs/")}; write the branch name without it.`;
		case "trailing dot": return `It ends with ${say.code(".")}.`;
		case "commit id": return "It looks like a commit id.";
		case "empty part": return `It begins or ends with ${say.code("/")}, or contains ${say.code("//")}.`;
		case "dotted part": return `One of its parts begins with ${say.code(".")}.`;
		case "lock part": return `One of its parts ends with ${say.code(".lock")}.`;
		case "is the base": return "It is the branch that segments start from.";
		case "inside another": return `Git cannot keep it next to ${say.quote(fault.branch)}, the branch of ${say.issue(fault.of)}.`;
	}
};
/** A clause on front matter, to stand behind a colon. */
const sayFrontMatterFault = (fault, say) => {
	switch (fault.kind) {
		case "not closed": return `it is not closed; a second line of ${say.code("---")} is missing`;
		case "control character": return "it contains a control character";
		case "repeated key": return `the key ${say.quote(fault.key)} appears twice`;
		case "not a pair": return `${say.quote(fault.text)} is not of the form ${say.code("key: value")}`;
		case "space missing": return "a space is missing after the colon";
		case "indented without key": return "it is indented, but there is no key above it";
		case "indented below value": return `${say.quote(fault.text)} is indented below a key that already has a value`;
		case "tab": return "it is indented with a tab; use spaces";
		case "nested keys": return "nested keys are not supported here";
		case "empty item": return "a list item is empty";
		case "list not closed": return `a list is not closed; ${say.code("]")} is missing`;
		case "text after list": return `there is text after the ${say.code("]")} of a list`;
		case "comma missing": return "a comma is missing between two list items";
		case "quoted text": return `text in ${say.code(fault.quote)} is not closed, continues after the quote, or has an unknown escape`;
		case "alias": return `${say.quote(fault.text)} begins with ${say.code("*")}, which is an alias in YAML; put it in quotes`;
		case "anchor": return `anchors (${say.code("&name")}) are not supported`;
		case "tag": return `${say.quote(fault.text)} begins with ${say.code("!")}, which is a tag in YAML; put it in quotes`;
		case "block text": return `text over several lines (${say.code("|")} and ${say.code(">")}) is not supported`;
		case "list in list": return "lists inside lists are not supported";
		case "reserved character": return `${say.quote(fault.text)} begins with ${say.code(fault.character)}; put it in quotes`;
		case "colon": return `${say.quote(fault.text)} contains a colon; put it in quotes`;
	}
};
/** The values that a key of an issue's spec takes, to complete "It takes …". */
const saySpecExpected = (expected, say) => {
	switch (expected.kind) {
		case "one of": return oneOf(expected.values, say);
		case "issues": return `issues, such as ${say.code("12")}, ${say.code("#12")} or ${say.code("octo/shop#12")}`;
		case "issues of this repository": return "issues of this repository";
		case "segments of this epic": return "segments of this epic";
		case "paths": return "paths relative to the repository";
		case "gates": return "names of gates";
		case "name": return "a name of lower-case letters, digits and hyphens, at most 63 characters";
		case "instruction name": return `a name of letters, digits and ${say.code(". _ -")}, at most 63 characters`;
		case "slug": return `lower-case letters and digits, separated by ${say.code("-")}, ${say.code(".")} or ${say.code("_")}, at most 60 characters`;
		case "commit scope": return `a word of letters, digits and ${say.code(". _ / -")}, at most 40 characters`;
		case "model": return "the name of a model, at most 100 characters";
		case "priority": return `${say.code("0")} (critical) to ${say.code("3")} (low)`;
		case "time": return `a time such as ${say.code("20m")}, ${say.code("2h")} or ${say.code("1h30m")}, at most a week`;
		case "attempts": return "a whole number from 1 to 10";
		case "amount": return "an amount in US dollars above 0, such as 5 or 2.50";
		case "label of people": return "any label but those that start and stop Swarm, and those by which it shows an issue's state";
		case "branch": return "the name of a branch";
		case "branch template": return `a branch name, which may contain ${say.code("{slug}")} and ${say.code("{number}")}`;
		case "agent of the config": return `an agent from the config: ${oneOf(expected.agents, say)}`;
		case "one label": return expected.key === "priority" ? `one label ${say.code("P0")} to ${say.code("P3")} or ${say.code("priority:…")}, not several that disagree` : `one label ${say.code(`${expected.key}:…`)}, not several that disagree`;
		case "key said once": return `a key once; ${expected.line === void 0 ? "a label" : `line ${expected.line}`} already has it as ${say.quote(expected.written)}`;
	}
};
const oneOf = (values, say) => values.length < 2 ? values.map(say.code).join("") : `${values.slice(0, -1).map(say.code).join(", ")} or ${say.code(values.at(-1) ?? "")}`;
const COUNTABLES = {
	characters: "characters of text",
	globs: "globs in its file scope",
	segments: "segments",
	waves: "waves",
	dispatches: "dispatches"
};

// src/words/problems/graph.ts
const sourceOf = ({ said }, say) => {
	switch (said.kind) {
		case "native": return "its \"Blocked by\" link";
		case "text": return `${said.of === void 0 ? "its text" : `the text of ${say.issue(said.of)}`}, line ${said.line}: ${say.quote(said.text)}`;
		case "group": return `it is in the group ${say.issue(said.group)}, which has the link`;
	}
};
const graph = {
	BLOCK_INVALID: {
		says: ({ at, message }, say) => ({
			what: `The ${say.code("swarm")} block of ${say.place(at)}: ${say.own(message)}.`,
			why: `A ${say.code("swarm")} block is a plan in YAML. No issue is created from one that has an error.`,
			next: "Correct that line of the block."
		}),
		after: "checks again",
		example: {
			at: {
				issue: 12,
				line: 9
			},
			message: "`blockd-by` is not a key of `segments.cart`; did you mean `blocked-by`?"
		},
		more: "The keys are those of [a plan file](plan-file.md#keys)."
	},
	EPIC_CYCLE: {
		says: ({ path, links }, say) => ({
			what: `The epic cannot be ordered: ${say.issues(path, " → ")} wait for each other.`,
			why: `${links.map((link) => `${say.issue(link.from)} is blocked by ${say.issue(link.to)} (${sourceOf(link, say)})`).join("; ")}.`,
			next: "Remove one of these dependencies."
		}),
		after: "checks again",
		example: {
			path: [
				14,
				17,
				14
			],
			links: [{
				from: 14,
				to: 17,
				said: { kind: "native" }
			}, {
				from: 17,
				to: 14,
				said: {
					kind: "text",
					line: 3,
					text: "Blocked-by: #14"
				}
			}]
		},
		more: "Dependencies come from GitHub's \"Blocked by\" links, from lines such as `Depends on #12`, from front matter, and through groups: to depend on a group is to depend on everything in it."
	},
	SELF_DEPENDENCY: {
		says: ({ link }, say) => ({
			what: `${say.issue(link.from)} waits for itself.`,
			why: `It is blocked by itself (${sourceOf(link, say)}).`,
			next: "Remove that dependency."
		}),
		after: "checks again",
		example: {
			at: { issue: 14 },
			link: {
				from: 14,
				to: 14,
				said: {
					kind: "text",
					line: 2,
					text: "Depends on #14"
				}
			}
		},
		more: "A segment that depends on its own group waits for itself, too."
	},
	UNKNOWN_ISSUE: {
		says: ({ at, ref }, say) => ({
			what: `${say.place(at)} waits for ${say.ref(ref)}, which cannot be found.`,
			why: "The issue does not exist, was deleted or transferred, or Swarm has no access to it.",
			next: `${ref.repository ? "Give Swarm access to that repository, correct the reference" : "Correct the number"}, or remove the dependency.`
		}),
		after: "checks again",
		example: {
			at: {
				issue: 14,
				line: 4
			},
			ref: { number: 999 }
		},
		more: "An issue in a repository where Swarm is not installed looks the same as one that does not exist."
	},
	NOT_AN_ISSUE: {
		says: ({ at, ref }, say) => ({
			what: `${say.place(at)} names ${say.ref(ref)}, which is a pull request.`,
			why: "Epics, segments and their dependencies are issues. Swarm does not wait for pull requests.",
			next: "Name the issue behind it instead."
		}),
		after: "checks again",
		example: {
			at: {
				issue: 14,
				line: 4
			},
			ref: { number: 31 }
		},
		more: "Issues and pull requests share their numbers, so a mistyped number can name a pull request."
	},
	BLOCKER_HIDDEN: {
		says: ({ at, count: hidden }, say) => ({
			what: `${say.place(at)} is blocked by ${count(hidden, "issue")} that Swarm cannot see.`,
			why: "Its \"Blocked by\" links lead to a repository that Swarm has no access to, or there are more than 50 of them.",
			next: "Give Swarm access to that repository, or remove the links."
		}),
		after: "checks again",
		example: {
			at: { issue: 14 },
			count: 1
		},
		more: "Swarm cannot tell whether an invisible issue is done, so nothing starts while the link is there."
	},
	BLOCKER_NOT_PLANNED: {
		says: ({ at, ref }, say) => ({
			what: `${say.place(at)} waits for ${say.ref(ref)}, which was closed as not planned.`,
			why: "Only an issue closed as completed unblocks its dependents.",
			next: `Remove the dependency, or reopen ${say.ref(ref)} and complete it.`
		}),
		after: "checks again",
		example: {
			at: { issue: 14 },
			ref: { number: 9 }
		},
		more: "\"Not planned\" means that the work will not be done, so a segment that needs it may no longer make sense."
	},
	OUTSIDE_OPEN: {
		says: ({ at, ref }, say) => ({
			what: `${say.place(at)} waits for ${say.quote(ref)}, which is outside of this epic and still open.`,
			why: "Swarm does not work on it, so nothing in this epic will close it.",
			next: "Close it as completed when its work is done. Or take the dependency out, and start the epic again."
		}),
		after: "checks again",
		example: {
			at: { issue: 14 },
			ref: "octo/other#9"
		},
		more: "Other segments continue. An issue of another epic that Swarm executes is closed by that epic."
	},
	SEGMENT_OWNED: {
		says: ({ at, epic }, say) => ({
			what: at.issue === epic ? `${say.place(at)} runs on its own, as an epic of one segment.` : `${say.place(at)} runs in another epic, ${say.issue(epic)}.`,
			why: "A segment belongs to one running epic, so that no two agents work on the same issue.",
			next: `It starts here as soon as ${say.issue(epic)} is finished, cancelled or closed. To have it here now, comment ${say.code("/swarm cancel")} there. To go on without it, comment ${say.code(`/swarm skip #${at.issue} REASON`)} here.`
		}),
		after: "checks again",
		example: {
			at: { issue: 14 },
			epic: 9
		},
		more: "Other segments continue. The claim of a segment is the ref `refs/swarm/claims/<issue>`, which is made together with its first attempt. It also ends when the other epic skips the segment or loses it."
	},
	NO_SEGMENTS: {
		says: ({ at }, say) => ({
			what: `${say.place(at)} has nothing to execute.`,
			why: "It has no open sub-issue, its text has no task list of issues, and it describes no task of its own.",
			next: "Add sub-issues, or describe the task in its text."
		}),
		after: "checks again",
		example: { at: { issue: 12 } },
		more: "If all sub-issues are closed already, there is nothing to execute either."
	},
	SEGMENT_ELSEWHERE: {
		says: ({ at, ref }, say) => ({
			what: `${say.place(at)} has the sub-issue ${say.ref(ref)}, which is in another repository.`,
			why: "A segment's branch, pull request and gates are in the repository of its epic.",
			next: "Make it a sub-issue of an epic in its own repository, and block the segments that need it by it."
		}),
		after: "continues",
		example: {
			at: { issue: 12 },
			ref: {
				number: 3,
				repository: {
					owner: "octo",
					name: "mail"
				}
			}
		},
		more: "A warning: the sub-issue is left out, and the other segments run. A segment that is blocked by an issue of another repository waits until that is closed as completed."
	},
	NOTHING_PROVES: {
		says: ({ approvals }, say) => ({
			what: approvals === 0 ? "Nothing proves this epic: no gate that could fail is on, and no person has to approve." : "No gate proves this epic: all that could show a fault are off.",
			why: `${enumerate([
				"lint",
				"types",
				"tests",
				"build"
			].map(say.code))} and gates of your own run the code. The scan for secrets and the file scope say nothing about it.`,
			next: `Turn a gate on under ${say.code("gates")} in the config${approvals === 0 ? `, or set ${say.code("approvals")} to 1` : ""}.`
		}),
		after: "continues",
		example: {
			at: { issue: 12 },
			approvals: 0
		},
		more: "A warning. It is about the config only: a gate that is on and that the repository has no tool for is *not applicable*, which each pull request says."
	},
	BRANCH_TAKEN: {
		says: ({ branch, segments }, say) => ({
			what: `Segments ${enumerate(segments.map(say.issue))} would share the branch ${say.quote(branch)}.`,
			why: "Each segment needs its own branch.",
			next: `Set another ${say.code("slug")} or ${say.code("branch")} in the front matter of one of them.`
		}),
		after: "checks again",
		example: {
			branch: "feat/cart",
			segments: [14, 15]
		},
		more: "Branch names come from the template `branch` and the segment's `slug`. The default slug comes from the title. If two titles give the same one, the later segment's ends in its number."
	},
	BRANCH_NAME: {
		says: ({ at, branch, why }, say) => ({
			what: `${say.place(at)}: ${say.quote(branch)} is not a valid branch name.`,
			why: sayBranchFault(why, say),
			next: `Change ${say.code("slug")} or ${say.code("branch")} there, or the template ${say.code("branch")} in the config.`
		}),
		after: "checks again",
		example: {
			at: { issue: 14 },
			branch: "feat/cart..pay",
			why: { kind: "double dot" }
		},
		more: "The rules are those of `git check-ref-format`."
	},
	LIMIT_EXCEEDED: {
		says: ({ at, what, found, limit, configKey }, say) => ({
			what: `${say.place(at)} has ${found.toLocaleString("en-US")} ${COUNTABLES[what]}; the limit is ${limit.toLocaleString("en-US")}.`,
			why: "The limit stops one mistake from starting endless work and spending.",
			next: configKey === void 0 ? "Make it smaller, or split it." : `Split it, or raise ${say.code(configKey)} in the config.`
		}),
		after: "checks again",
		example: {
			at: { issue: 12 },
			what: "segments",
			found: 240,
			limit: 200,
			configKey: "limits.segments"
		},
		more: "If the config can raise a limit, the message names its key. The other limits are fixed."
	}
};

// src/words/problems/installation.ts
const POLICY = {
	"own only": {
		why: "They allow only actions of the same owner.",
		next: "Allow these actions: Settings, Actions, General, “Actions permissions”."
	},
	selected: {
		why: "They allow only selected actions, and these are not among them.",
		next: "Add these actions to the list: Settings, Actions, General, “Actions permissions”."
	},
	"full commits": {
		why: "They require actions to be named by full commits.",
		next: "Name these actions by full commits in the workflows."
	}
};
const codes = (words, say, max = 6) => enumerate(words.map(say.code), max);
/** `A`, or `A or B`. */
const either = (words) => words.length < 2 ? words[0] ?? "none" : `${words.slice(0, -1).join(", ")} or ${words.at(-1)}`;
const installation = {
	REPOSITORY_ARCHIVED: {
		says: () => ({
			what: "The repository is archived.",
			why: "GitHub lets nobody write there, so there can be no journal, no branch and no comment.",
			next: "Unarchive it: Settings, General, “Danger Zone”."
		}),
		after: "checks again",
		example: {},
		more: "An epic that is under way when a repository is archived continues after that."
	},
	ISSUES_OFF: {
		says: () => ({
			what: "Issues are switched off in this repository.",
			why: "An epic and its segments are issues.",
			next: "Turn issues on: Settings, General, “Features”."
		}),
		after: "person acts",
		example: {},
		more: "Forks start without issues."
	},
	ACTIONS_OFF: {
		says: () => ({
			what: "GitHub Actions is switched off for this repository.",
			why: "Segments run in the jobs of workflows, and GitHub starts none.",
			next: "Turn it on: Settings, Actions, General, “Actions permissions”."
		}),
		after: "person acts",
		example: {},
		more: "The settings of an organization or an enterprise can switch Actions off for a repository, too."
	},
	ACTION_REFUSED: {
		says: ({ actions, policy }, say) => ({
			what: `The settings of the repository do not let workflows use ${codes(actions, say, 3)}.`,
			...POLICY[policy]
		}),
		after: "person acts",
		example: {
			actions: ["swarm-engineering/swarm@1111111111111111111111111111111111111111"],
			policy: "selected"
		},
		more: "It is a warning if actions of verified creators are allowed: GitHub does not say which creators those are."
	},
	WORKFLOW_INVALID: {
		says: ({ at, message }, say) => ({
			what: `${say.place(at)} is not a valid workflow: ${say.quote(message, 100)}.`,
			why: "GitHub starts no job of a workflow that it cannot read.",
			next: `Correct the file, or replace it: ${say.code("swarm init")} writes this version of it.`
		}),
		after: "person acts",
		example: {
			at: {
				file: ".github/workflows/segment.yml",
				line: 12,
				column: 3
			},
			message: "Map keys must be unique"
		},
		more: "A job that Swarm needs and that is not in the file counts as well."
	},
	WORKFLOW_UNPINNED: {
		says: ({ file, versions }, say) => ({
			what: `${say.quote(file)} does not name Swarm’s action by a commit: ${codes(versions, say, 3)}.`,
			why: "Its jobs may write to the repository. A tag or a branch can be moved to other code, and zeros name no code at all.",
			next: `Put the full commit of a release there: ${say.code("swarm init")} writes it.`
		}),
		after: "person acts",
		example: {
			file: ".github/workflows/swarm.yml",
			versions: ["v1"]
		},
		more: "Zeros are an error, because no job can start with them. A tag or a branch is a warning."
	},
	WORKFLOWS_OLD: {
		says: ({ versions, own }, say) => ({
			what: `The workflows are of Swarm ${codes(versions, say, 3)}, and this program is ${say.code(own)}.`,
			why: "Workflows of another version may not have what this version expects.",
			next: `Use the same version for both. ${say.code("swarm init")} replaces workflows that nobody changed.`
		}),
		after: "continues",
		example: {
			versions: ["0.1.0"],
			own: "0.2.0"
		},
		more: "The version is in the comment behind the commit. Only `swarm doctor` says this."
	},
	JOB_PERMISSIONS: {
		says: ({ file, job, lacks, extra }, say) => {
			const where = `The job ${say.code(job)} in ${say.quote(file)}`;
			return {
				what: lacks.length > 0 ? `${where} lacks ${codes(lacks, say)}.` : `${where} may do more than it should: ${codes(extra, say)}.`,
				why: lacks.length > 0 ? "GitHub refuses acts of a job without these rights." : "Code that nobody has reviewed runs in this job, and its token could change the repository.",
				next: `Set ${say.code("permissions")} of this job as a release has them.`
			};
		},
		after: "person acts",
		example: {
			file: ".github/workflows/swarm.yml",
			job: "orchestrate",
			lacks: ["issues: write"],
			extra: []
		},
		more: "A job without `permissions` has those of its workflow, or the default of the repository."
	},
	JOB_STEPS: {
		says: ({ file, job }, say) => ({
			what: `The job ${say.code(job)} in ${say.quote(file)} has more steps than Swarm’s action.`,
			why: "This job may write to the repository, so nothing else may run in it.",
			next: `Move these steps to ${say.code("work")}, ${say.code("verify")} or ${say.code("calibrate")}, which may only read.`
		}),
		after: "person acts",
		example: {
			file: ".github/workflows/segment.yml",
			job: "publish"
		},
		more: "[The page on installing](install.md#what-runs-with-your-token) names the jobs that may write."
	},
	PULLS_NOT_ALLOWED: {
		says: (_, say) => ({
			what: "Actions may not open pull requests in this repository.",
			why: "Without the app, Swarm opens them with the token of its job, and GitHub refuses that here.",
			next: `Allow it: Settings, Actions, General, “Allow GitHub Actions to create and approve pull requests”. Or add a token as the secret ${say.code("SWARM_PUBLISH_TOKEN")}.`
		}),
		after: "person acts",
		example: {},
		more: "The organization can forbid it for all of its repositories. With the app, the setting does not matter."
	},
	SECRET_MISSING: {
		says: ({ agent, names }, say) => ({
			what: `No secret holds a key for the agent ${say.quote(agent, 40)}.`,
			why: `It needs ${either(names.map(say.code))}, and neither the repository nor its organization has such a secret.`,
			next: `Add it: ${say.code(`gh secret set ${names[0] ?? "NAME"}`)}.`
		}),
		after: "person acts",
		example: {
			agent: "claude",
			names: ["ANTHROPIC_API_KEY", "CLAUDE_CODE_OAUTH_TOKEN"]
		},
		more: "Secrets for Dependabot and for Codespaces do not count. It is a warning if the agent runs on a runner of your own, which may have the key itself."
	},
	LABELS_MISSING: {
		says: ({ labels }, say) => ({
			what: `${plural(labels, "A label", "Labels")} for commands ${plural(labels, "is", "are")} missing: ${codes(labels, say)}.`,
			why: "People can only choose labels that exist. Swarm makes its state labels itself, but not these.",
			next: `Create them: ${say.code("swarm init")} does it. Comments such as ${say.code("/swarm execute")} need no label.`
		}),
		after: "continues",
		example: { labels: ["swarm:execute", "swarm:pause"] },
		more: "The key `labels` in the config maps labels to other names."
	},
	RUNNER_MISSING: {
		says: ({ file, labels }, say) => ({
			what: `No runner of the repository that is online has the ${plural(labels, "label", "labels")} ${codes(labels, say)}.`,
			why: `${say.quote(file)} sends jobs to such a runner. They wait for one, for a day at most.`,
			next: `Start a runner with these labels, or correct ${say.code("runs-on")} or the variable ${say.code("SWARM_RUNNER")}.`
		}),
		after: "person acts",
		example: {
			file: ".github/workflows/segment.yml",
			labels: ["self-hosted", "gpu"]
		},
		more: "A warning: a runner of the organization may take these jobs, and a repository cannot list those."
	},
	NO_GATES: {
		says: (_, say) => ({
			what: "No gate runs a command in this repository.",
			why: "A change is then only scanned for secrets and held to its files, so nothing shows that it works.",
			next: `Set ${say.code("gates.tests.run")} in ${say.code(".github/swarm.yml")}, or add scripts that ${say.code("swarm gates")} finds.`
		}),
		after: "continues",
		example: {},
		more: "A warning of `swarm doctor` in a checkout."
	},
	TOOLCHAIN_MISSING: {
		says: ({ tools }, say) => ({
			what: `The jobs with gates do not set up ${enumerate(tools.map((tool) => say.quote(tool, 60)), 5)}.`,
			why: "Agents and gates then run with the versions of the runner, or with none.",
			next: `${say.code("swarm gates")} prints the steps. ${say.code("swarm init")} puts them into workflows that nobody changed.`
		}),
		after: "continues",
		example: { tools: ["node 20.11.0 (.nvmrc)"] },
		more: "A warning of `swarm doctor` in a checkout. [The page on gates](gates.md#versions) lists the files that are read."
	},
	GUIDE_MISSING: {
		says: ({ files }, say) => ({
			what: "The repository does not tell agents how to work in it.",
			why: `A brief names the first of ${codes(files, say)} that is there, and none is.`,
			next: `Add an ${say.code("AGENTS.md")}: how to build and test, the conventions, and what not to touch.`
		}),
		after: "continues",
		example: { files: ["AGENTS.md", "CLAUDE.md"] },
		more: "A warning. Agents do better work if they need not guess."
	},
	REQUIRED_CHECKS_WAIT: {
		says: ({ branch, checks }, say) => ({
			what: `${plural(checks, "A check", "Checks")} that ${say.quote(branch, 60)} requires may start only after a person lets ${plural(checks, "it", "them")}: ${codes(checks, say, 3)}.`,
			why: "Without the app, pull requests are opened with the token of a job. On github.com, workflows on them wait for an approval, and on a GHES they do not start.",
			next: `Add a token as the secret ${say.code("SWARM_PUBLISH_TOKEN")}, use the app, or approve the runs on each pull request.`
		}),
		after: "continues",
		example: {
			branch: "main",
			checks: ["ci / test"]
		},
		more: "[The page on installing](install.md#your-own-ci-without-the-app) says how to make that token."
	},
	APPROVALS_DIFFER: {
		says: ({ branch, required, configured }, say) => ({
			what: `The rules of ${say.quote(branch, 60)} want ${required} approvals, and the config asks for ${configured}.`,
			why: "GitHub merges no pull request with fewer, so Swarm asks for the others only when it would merge.",
			next: `Set ${say.code(`approvals: ${required}`)} in ${say.code(".github/swarm.yml")}.`
		}),
		after: "continues",
		example: {
			branch: "main",
			required: 2,
			configured: 1
		},
		more: "A warning. Approvals by commands count for Swarm, and only reviews count for GitHub."
	},
	BASE_RULE: {
		says: ({ branch, rule, of }, say) => rule === "deployments" ? {
			what: `The rules of ${say.quote(branch, 60)} want each pull request deployed to ${codes(of, say, 3)} first.`,
			why: "Swarm deploys nothing, so pull requests wait until something else does.",
			next: "Make sure that a workflow on pull requests deploys them, or take this rule away."
		} : {
			what: `The rules of ${say.quote(branch, 60)} restrict updates to those who may bypass them.`,
			why: "A merge updates the branch, and GitHub refuses it to everybody else.",
			next: `Add Swarm to the bypass list of the ruleset, or set ${say.code("merge: manual")} in the config.`
		},
		after: "continues",
		example: {
			branch: "main",
			rule: "deployments",
			of: ["staging"]
		},
		more: "A warning: GitHub decides when Swarm merges, and then says which rule is in the way."
	}
};

// src/words/problems/issue.ts
const WAITS_UNREAD = {
	"no issue": "says that it waits, and names no issue that Swarm can read",
	unclear: "may say that it waits for an issue",
	"other direction": "says that another issue waits for it, which Swarm does not read here",
	"in a sentence": "may say in a sentence that something waits for an issue",
	"in a table": "has dependencies in a table, which Swarm does not read"
};
const TASKS_UNREAD = {
	unclear: "mentions an issue in an item that may stand for something else",
	"dependency unclear": "has an item with a dependency that Swarm cannot read",
	"broken box": "has a box that GitHub does not show as one",
	"no issue": "has a box that names no issue, so nobody works on it",
	"no box": "names an issue in an item without a box, so it is no segment"
};
const issue = {
	EMPTY_TASK: {
		says: ({ at }, say) => ({
			what: `${say.place(at)} has no task: its description is empty.`,
			why: "The description is what the agent works from. Text in HTML comments does not count.",
			next: "Describe the task in the issue."
		}),
		after: "checks again",
		example: { at: { issue: 14 } },
		more: "An issue whose whole text is an HTML comment, such as an unfilled template, is empty too."
	},
	DEPENDENCY_UNREAD: {
		says: ({ at, text, why }, say) => ({
			what: `${say.place(at)} ${WAITS_UNREAD[why]}: ${say.quote(text)}.`,
			why: "A dependency that Swarm does not read lets a segment start too early.",
			next: why === "other direction" ? `Write ${say.code("Depends on #N")} in the issue that waits, or link the two with "Blocked by". Remove the line if none of them waits.` : `If it is a dependency, write ${say.code("Depends on #N")} on a line of its own, or link the issue with "Blocked by".`
		}),
		after: "continues",
		example: {
			at: {
				issue: 14,
				line: 4
			},
			text: "Depends on the cart API",
			why: "no issue"
		},
		more: "A warning. Write `Depends on: none` if nothing is meant. Swarm reads `#12`, `GH-12`, `octo/shop#12` and addresses of issues, after `Depends on`, `Blocked by`, `Requires` or `After` at the start of a line, or in a list below such a line."
	},
	TASK_UNREAD: {
		says: ({ at, text, why }, say) => ({
			what: `${say.place(at)} ${TASKS_UNREAD[why]}: ${say.quote(text)}.`,
			why: "Without sub-issues, an epic's segments are the issues of its task list.",
			next: `Write ${say.code("- [ ] #N")}, one issue for each box${why === "no issue" ? ", or make it an item without a box" : ""}.`
		}),
		after: "checks again",
		example: {
			at: {
				issue: 12,
				line: 5
			},
			text: "- [ ] Follow up on #14",
			why: "unclear"
		},
		more: "An error if Swarm reads other items of the same epic as tasks, because this one would be left out. The issue may be at the start of an item or at its end: `- [ ] #14`, `- [ ] The cart (#14)`, `- [ ] **Cart**: #14`."
	},
	CRITERIA_UNREAD: {
		says: ({ at, text, why }, say) => ({
			what: why.kind === "no items" ? `${say.place(at)} has acceptance criteria without items: ${say.quote(text)}.` : `${say.place(at)} has ${count(why.count, "item")} without a box beside acceptance criteria with one: ${say.quote(text)}.`,
			why: "Swarm reads criteria from the items of a list. Tests are written from them, and each one needs evidence.",
			next: `Write each criterion as ${say.code("- [ ] …")} below the heading.`
		}),
		after: "continues",
		example: {
			at: {
				issue: 14,
				line: 7
			},
			text: "## Acceptance criteria",
			why: { kind: "no items" }
		},
		more: "A warning. Items without boxes count if no item of the section has one. Headings such as \"Definition of done\" and bold lines count as well."
	},
	FRONT_MATTER: {
		says: ({ at, why }, say) => ({
			what: `The front matter of ${say.place(at)} cannot be read: ${sayFrontMatterFault(why, say)}.`,
			why: `Front matter is lines of ${say.code("key: value")} between two lines of ${say.code("---")} at the very top.`,
			next: "Correct that line."
		}),
		after: "checks again",
		example: {
			at: {
				issue: 14,
				line: 1
			},
			why: { kind: "not closed" }
		},
		more: "Values can be scalars, quoted text, lists in brackets and lists with dashes. Anchors, tags and nested maps are not supported."
	},
	SPEC_VALUE: {
		says: ({ at, key, value, expected, nearest }, say) => ({
			what: `${say.place(at)}: ${say.code(key)} cannot be ${say.quote(value)}.${didYouMean(nearest, say)}`,
			why: `It takes ${saySpecExpected(expected, say)}.`,
			next: "Correct it in the issue (or its label)."
		}),
		after: "checks again",
		example: {
			at: {
				issue: 14,
				line: 3
			},
			key: "worker",
			value: "implementer",
			expected: {
				kind: "one of",
				values: [
					"implementation",
					"tests",
					"research",
					"security",
					"refactor"
				]
			},
			nearest: "implementation"
		},
		more: "Labels can set the same values (`worker:tests`, `model:…`, `effort:high`). The text of the issue wins."
	},
	ANSWER_UNREAD: {
		says: ({ at, key, value, expected }, say) => ({
			what: `${say.place(at)}: the answer ${say.quote(value)} to ${say.quote(key)} means nothing to Swarm.`,
			why: `${say.code(key)} takes ${saySpecExpected(expected, say)}.`,
			next: "Correct it in the issue (or its label) if it was meant for Swarm. It is ignored for now."
		}),
		after: "continues",
		example: {
			at: {
				issue: 14,
				line: 3
			},
			key: "worker",
			value: "backend",
			expected: {
				kind: "one of",
				values: [
					"implementation",
					"tests",
					"research",
					"security",
					"refactor"
				]
			}
		},
		more: "A warning. Answers of issue forms and labels are taken where their meaning is plain: `Bug` for the type, `🔴 High`, `Must have` or `P1` for the priority, `2 days` for the estimate. A wrong value in front matter is an error, because front matter is written for Swarm."
	},
	SPEC_KEY: {
		says: ({ at, key, known, nearest }, say) => ({
			what: `${say.place(at)} has an unknown key: ${say.quote(key)}.${didYouMean(nearest, say)}`,
			why: `Known keys are ${enumerate(known.map(say.code), 40)}.`,
			next: "Correct or remove it. It is ignored for now."
		}),
		after: "continues",
		example: {
			at: {
				issue: 14,
				line: 2
			},
			key: "fils",
			known: [
				"depends-on",
				"files",
				"type",
				"worker"
			],
			nearest: "files"
		},
		more: "A warning: an unknown key holds nothing up."
	},
	BAD_GLOB: {
		says: ({ at, glob, why }, say) => ({
			what: `${say.place(at)}: ${say.quote(glob)} is not a valid file scope.`,
			why: sayGlobFault(why, say),
			next: `Write it relative to the repository, such as ${say.code("src/cart/**")}.`
		}),
		after: "checks again",
		example: {
			at: {
				issue: 14,
				line: 2
			},
			glob: "../secrets/**",
			why: "dot part"
		},
		more: "File scopes support `*`, `?`, `**`, braces and character classes. Absolute paths, `..`, `~`, drives, backslashes and exclusions alone are refused."
	},
	SCOPE_UNKNOWN: {
		says: ({ at }, say) => ({
			what: `${say.place(at)} does not say which files it changes, so it runs alone.`,
			why: "Without a file scope, a segment may change any file, so it overlaps every other segment.",
			next: `To let it run in parallel, add ${say.code("files: [src/cart/**]")} to its front matter.`
		}),
		after: "continues",
		example: { at: { issue: 14 } },
		more: "A warning. If the text names paths, Swarm infers the scope from them, and the plan says so."
	},
	SCOPE_EVERYTHING: {
		says: ({ at }, say) => ({
			what: `${say.place(at)} may change every file, so it runs alone.`,
			why: `Its file scope is ${say.code("**")}, which overlaps every other scope.`,
			next: "To let it run in parallel, narrow its scope."
		}),
		after: "continues",
		example: { at: { issue: 14 } },
		more: "A warning. This is right for a segment that reformats everything, and slow for any other."
	},
	HIDDEN_TEXT: {
		says: ({ at, count: found }, say) => ({
			what: `${say.place(at)} contains ${count(found, "invisible character")}.`,
			why: "Invisible or direction-changing characters can hide instructions from people. The agent gets the text without them.",
			next: "Check the issue, and remove them if you did not put them there."
		}),
		after: "continues",
		example: {
			at: { issue: 14 },
			count: 42
		},
		more: "A warning. Tag characters, zero-width characters and direction overrides count; emoji do not."
	},
	HIDDEN_COMMENTS: {
		says: ({ segments }, say) => ({
			what: `${enumerate(segments.map(say.issue), 12)} ${segments.length === 1 ? "has" : "have"} HTML comments with words in them.`,
			why: "Readers do not see such text, and agents do not get it. Swarm reads no dependency or criterion from it.",
			next: "Move what the task needs out of the comments."
		}),
		after: "continues",
		example: {
			at: { issue: 12 },
			segments: [14, 15]
		},
		more: "A warning. The hints of an issue template are such comments, too."
	},
	COMMENT_OPEN: {
		says: ({ at }, say) => ({
			what: `${say.place(at)} opens an HTML comment that does not end.`,
			why: "The agent gets nothing of what is below it, and readers may not see it either.",
			next: `End it with ${say.code("-->")}, or write ${say.code("&lt;!--")} if it is no comment.`
		}),
		after: "continues",
		example: { at: {
			issue: 14,
			line: 9
		} },
		more: "A warning. It is also one inside code, because the text that an agent gets is cut there."
	},
	PERSONA_NOT_FOUND: {
		says: ({ at, name, known, nearest }, say) => ({
			what: `${say.place(at)} names the persona ${say.quote(name)}, which does not exist.${didYouMean(nearest, say)}`,
			why: `A persona is a file such as ${say.code(".github/agents/NAME.agent.md")}, ${say.code(".claude/agents/NAME.md")} or ${say.code(".agents/NAME.md")} on the base branch or in a folder listed under ${say.code("personas")} in the config, or it comes with Swarm. Available: ${enumerate(known.map(say.code), 30)}.`,
			next: "Correct the name in the issue (or its label), or merge the file."
		}),
		after: "checks again",
		example: {
			at: { issue: 14 },
			name: "backend-devs",
			known: [
				"backend-dev",
				"implementer",
				"reviewer",
				"tester"
			],
			nearest: "backend-dev"
		},
		more: "Swarm looks for it when it plans the epic, before any money is spent. Names are letters, digits, `.`, `_` and `-`."
	},
	SKILL_NOT_FOUND: {
		says: ({ at, name, known, nearest }, say) => ({
			what: `${say.place(at)} names the skill ${say.quote(name)}, which does not exist.${didYouMean(nearest, say)}`,
			why: `A skill is a file such as ${say.code(".agents/skills/NAME/SKILL.md")} on the base branch, also below ${say.code(".claude/skills")} and ${say.code(".github/skills")}, or in a folder listed under ${say.code("skills")} in the config. ${known.length === 0 ? "There are none." : `Available: ${enumerate(known.map(say.code), 30)}.`}`,
			next: "Correct the name in the issue, or merge the skill."
		}),
		after: "checks again",
		example: {
			at: { issue: 14 },
			name: "api-patern",
			known: ["api-patterns", "migrations"],
			nearest: "api-patterns"
		},
		more: "A folder of that name without a `SKILL.md` in it is not a skill."
	},
	INSTRUCTIONS_UNREADABLE: {
		says: ({ what, name, file, why }, say) => ({
			what: `The ${what} ${say.quote(name)} cannot be used: ${say.own(why)}.`,
			why: `Swarm reads it from ${say.quote(file)} in the base commit, and an agent must not work without the instructions that its segment asks for.`,
			next: "Fix the file on the base branch, or name another in the issue."
		}),
		after: "retry",
		example: {
			what: "persona",
			name: "backend-dev",
			file: ".claude/agents/backend-dev.md",
			why: "it is a symbolic link"
		},
		more: "Links, binary files, files over 64 KiB and front matter that is not valid YAML are refused. Swarm reads the file of the base commit, never the one in the change."
	}
};

// src/words/problems/merge.ts
/** Problems of merging, and of the end of a wave. */
const checkNames = (checks, say) => enumerate(checks, 5, (check) => say.quote(check, 60));
const people = (names, say) => enumerate(names, 5, (name) => say.quote(name, 60));
/** GitHub's reasons, by name, as the end of a sentence. Others stand for themselves. */
const WHY_REMOVED = {
	CI_FAILURE: ": a required check failed on its merge group",
	CI_TIMEOUT: ": a required check was not reported in time",
	MERGE_CONFLICT: ": it conflicts with another one in the queue",
	MANUAL: ": somebody took it out",
	BRANCH_PROTECTIONS: ": a rule of the branch is not met"
};
const merge = {
	MERGE_REFUSED: {
		says: ({ at, message }, say) => ({
			what: `GitHub refuses to merge ${say.place(at)}.`,
			why: `It says: ${say.quote(message)}.`,
			next: "Fix what it names, usually a branch rule. Swarm retries when the pull request or its checks change."
		}),
		after: "person acts",
		example: {
			at: { pull: 31 },
			message: "At least 2 approving reviews are required by reviewers with write access."
		},
		more: "The branch's own rules always take precedence over Swarm's."
	},
	HEAD_RED: {
		says: ({ at, head, gates }, say) => ({
			what: `The commit ${say.commit(head)} that was pushed to ${say.place(at)} fails the ${plural(gates, "gate", "gates")} ${gateNames(gates, say)}.`,
			why: "Swarm ran the gates on exactly that commit, without an agent.",
			next: `Push a fix; Swarm re-checks automatically. Or let the agent fix it: reject the pull request with a reason, or comment ${say.retry()}.`,
			output: gateOutputs(gates)
		}),
		after: "person acts",
		example: {
			at: { pull: 31 },
			head: "4b825dc642cb6eb9a060e54bf8d69288fbee4904",
			gates: [{
				gate: "tests",
				output: "src/cart.test.ts: expected 3 to be 2"
			}]
		},
		more: "People may push to a segment’s branch, or press “Update branch”. Swarm runs the gates on the new commit without starting an agent. An approval from before the push does not count for it."
	},
	HEAD_UNRELATED: {
		says: ({ at, head, base }, say) => ({
			what: `The commit ${say.commit(head)} on ${say.place(at)} shares no history with ${say.quote(base)}.`,
			why: "Somebody pushed it, and without a common commit there is no change that the gates could run on.",
			next: `Push a commit that builds on ${say.quote(base)}. Or comment ${say.retry()} to do the work again.`
		}),
		after: "person acts",
		example: {
			at: { pull: 31 },
			head: "4b825dc642cb6eb9a060e54bf8d69288fbee4904",
			base: "main"
		},
		more: "A force-push of another repository’s branch, or of a new root, does this."
	},
	MERGE_CONFLICT: {
		says: ({ at, base, ended }, say) => ({
			what: `${say.place(at)} conflicts with ${say.quote(base)}.`,
			why: `A change that was merged in the meantime touches the same lines. The segment's agent and the tech lead have tried to combine the two${ended === void 0 ? "" : `; the last try ended with ${say.code(ended)}`}.`,
			next: `Choose one: resolve it on the pull request's branch, and Swarm continues automatically; leave its segment out with ${say.code("/swarm skip")}; or stop the epic with ${say.code("/swarm cancel")}. ${say.retry()} has the agents try again.`
		}),
		after: "person acts",
		example: {
			at: { pull: 31 },
			base: "main",
			ended: "GATES_FAILED"
		},
		more: "A conflict goes to the agent of the segment first, with what both sides were meant to do and the lines that each of them changed. If that fails, or if it conflicts again, the tech lead gets it: the agent that `roles.lead` names in the config."
	},
	PULLS_CONFLICT: {
		says: ({ at, other, files }, say) => ({
			what: `${say.place(at)} and ${say.pull(other)} change the same lines of ${say.files(files, 3)}.`,
			why: "Both are open. Only the one that is merged first fits as it is.",
			next: "No action needed: once one of them is merged, the agent of the other combines the two. If you decide on one of them first, you review the other one only once."
		}),
		after: "continues",
		example: {
			at: { pull: 31 },
			other: 30,
			files: ["src/routes.ts"]
		},
		more: "The publish job of a segment merges its work with the open pull requests of the epic that change the same files. Segments with file scopes of their own cannot conflict; an inferred scope only plans overlaps."
	},
	BRANCH_BEHIND: {
		says: ({ at, base, updates }, say) => ({
			what: `${say.place(at)} was updated from ${say.quote(base)} ${count(updates, "time")} and is behind it again.`,
			why: `The rules of ${say.quote(base)} want pull requests up to date, and it moves on before the gates have run.`,
			next: `Merge it at a quieter time, or turn on a merge queue. Comment ${say.retry()} to let Swarm try again.`
		}),
		after: "person acts",
		example: {
			at: { pull: 31 },
			base: "main",
			updates: 5
		},
		more: "Swarm updates one approved pull request at a time, in the order of the plan, runs the gates on the result and merges it. An approval stays valid if GitHub added nothing but the base."
	},
	UPDATE_REFUSED: {
		says: ({ at, base, message }, say) => ({
			what: `GitHub refuses to update ${say.place(at)} from ${say.quote(base)}.`,
			why: `It says: ${say.quote(message)}. The rules of ${say.quote(base)} want pull requests up to date.`,
			next: `Press “Update branch” on the pull request, or fix what GitHub names and comment ${say.retry()}.`
		}),
		after: "person acts",
		example: {
			at: { pull: 31 },
			base: "main",
			message: "Resource not accessible by integration"
		},
		more: "A change of workflows on the base can only be merged into a branch by a person, or by an app that may write workflows."
	},
	QUEUE_REMOVED: {
		says: ({ at, base, reason }, say) => ({
			what: `The merge queue of ${say.quote(base)} removed ${say.place(at)} without merging it.`,
			why: `GitHub gives the reason ${say.code(reason)}${WHY_REMOVED[reason] ?? ""}.`,
			next: `Look at the checks of the pull request's merge group and fix what they name. Comment ${say.retry()} to put it in the queue again, or reject it with a reason.`
		}),
		after: "person acts",
		example: {
			at: { pull: 31 },
			base: "main",
			reason: "CI_FAILURE"
		},
		more: "Where a branch has a merge queue, Swarm puts approved pull requests in it, in the order of the plan, and follows them to its end. The queue merges with the method of its own rule."
	},
	LANDING_DIFFERS: {
		says: ({ at, base, commit, why, files }, say) => ({
			what: `${say.place(at)} was merged, but ${say.quote(base)} does not show what was to come of it.`,
			why: {
				"other content": `The merge commit${commit ? ` ${say.commit(commit)}` : ""} has other content than a merge of both sides${files.length === 0 ? "" : `: it also changes ${enumerate(files.map((file) => say.quote(file, 100)), 4)}`}.`,
				"base lost": `The merge commit${commit ? ` ${say.commit(commit)}` : ""} does not build on the commits that ${say.quote(base)} had.`,
				"not on the base": `${say.quote(base)} does not hold the merge commit${commit ? ` ${say.commit(commit)}` : ""}.`,
				"too many files": `The merge commit${commit ? ` ${say.commit(commit)}` : ""} changes more files than GitHub lists, so nobody has compared it.`
			}[why],
			next: `Compare the merge with the pull request and restore on ${say.quote(base)} what is missing. Then comment ${say.retry()}: what waits for this segment continues from ${say.quote(base)} as it is.`
		}),
		after: "person acts",
		example: {
			at: { pull: 31 },
			base: "main",
			commit: "4b825dc642cb6eb9a060e54bf8d69288fbee4904",
			why: "other content",
			files: ["src/cart/index.ts"]
		},
		more: "After each merge Swarm compares the tree of the merge commit with the one that GitHub showed for the merge beforehand. Where there was none, it compares which files both change."
	},
	CHECKS_FAILED: {
		says: ({ at, checks }, say) => ({
			what: `The ${plural(checks, "check", "checks")} ${checkNames(checks, say)} failed on ${say.place(at)}.`,
			why: `Swarm did not report ${plural(checks, "it", "them")}, and merges nothing while any check is red.`,
			next: `Run ${plural(checks, "it", "them")} again if the change is not to blame. Otherwise request changes, and the agent fixes it; or push a fix.`
		}),
		after: "person acts",
		example: {
			at: { pull: 31 },
			checks: ["ci / build"]
		},
		more: "Only the latest run of a check counts. An older run that was cancelled, by its concurrency group for example, holds nothing up once a newer one is there. When all checks are green, Swarm continues automatically."
	},
	CHECKS_MISSING: {
		says: ({ at, checks, base }, say) => ({
			what: `${say.place(at)} waits for the ${plural(checks, "check", "checks")} ${checkNames(checks, say)}, which nobody has reported.`,
			why: `The rules of ${say.quote(base)} require ${plural(checks, "it", "them")}.`,
			next: "Find out why it does not run: a workflow that skips these files or this kind of event, an app that is gone, or a name that was changed. Then run it, or take it out of the rules."
		}),
		after: "checks again",
		example: {
			at: { pull: 31 },
			checks: ["e2e"],
			base: "main"
		},
		more: "A required check that never starts looks like one that is about to start. So Swarm waits ten minutes before it says this."
	},
	CHECKS_SLOW: {
		says: ({ at, checks, hours }, say) => ({
			what: `The ${plural(checks, "check", "checks")} ${checkNames(checks, say)} on ${say.place(at)} ${plural(checks, "has", "have")} not ended in ${count(hours, "hour")}.`,
			why: "Swarm merges nothing while a check is running.",
			next: `Look at ${plural(checks, "it", "them")}: a job may wait for a runner or for an approval, or its end was never reported. Then approve it, or run it again.`
		}),
		after: "checks again",
		example: {
			at: { pull: 31 },
			checks: ["deploy preview"],
			hours: 24
		},
		more: "The time is that of `remind` in the config, or a day if reminders are off."
	},
	RUNS_HELD: {
		says: ({ at, workflows }, say) => ({
			what: `The ${plural(workflows, "workflow", "workflows")} ${checkNames(workflows, say)} on ${say.place(at)} ${plural(workflows, "waits", "wait")} for an approval to run.`,
			why: "GitHub holds the runs of a pull request that a job's token opened or pushed to. Swarm does not merge before they have ended.",
			next: `Somebody with write access presses “Approve and run workflows” on ${say.place(at)}. With the app, or with the secret ${say.code("SWARM_PUBLISH_TOKEN")}, no approval is needed.`
		}),
		after: "checks again",
		example: {
			at: { pull: 31 },
			workflows: ["ci"]
		},
		more: "This concerns repositories on github.com without the app. `docs/install.md` says how to make such a token. Swarm never approves a run itself."
	},
	REVIEW_MISSING: {
		says: ({ at, of, from }, say) => ({
			what: `${say.place(at)} waits for ${of === "objectors" ? `${from.length > 0 ? people(from, say) : "a reviewer"}, whose request for changes still stands on GitHub` : of === "code owners" ? `a review by its code owners${from.length > 0 ? `: ${people(from, say)}` : ""}` : `a review that the branch rules ask for${from.length > 0 ? `: ${people(from, say)}` : ""}`}.`,
			why: "The branch's own rules always take precedence over Swarm's.",
			next: of === "objectors" ? "That person approves the latest commit, or somebody with permission dismisses the review." : "One of them approves the latest commit on GitHub; a comment is not enough for the rules."
		}),
		after: "checks again",
		example: {
			at: { pull: 31 },
			of: "code owners",
			from: ["olga", "octo/payments"]
		},
		more: "GitHub asks code owners for a review once a pull request is marked as ready. Swarm does that when it has the approvals that the config asks for."
	},
	RULES_UNMET: {
		says: ({ at, base }, say) => ({
			what: `The rules of ${say.quote(base)} keep ${say.place(at)} from merging.`,
			why: "Its checks are green and its approvals are there, so it is a rule that GitHub does not show to Swarm.",
			next: "Open the pull request: GitHub names the rule next to the merge button. Common ones are open conversations and signed commits."
		}),
		after: "checks again",
		example: {
			at: { pull: 31 },
			base: "main"
		},
		more: "Swarm says this ten minutes after the pull request was marked as ready, because GitHub needs a moment to look at the rules."
	},
	PULL_CLOSED: {
		says: ({ at }, say) => ({
			what: `${say.place(at)} was closed without being merged.`,
			why: "Closing a pull request is for people to decide, so Swarm does not reopen it.",
			next: `Reopen it, skip its segment with ${say.code("/swarm skip")}, or comment ${say.retry()} to do the work again.`
		}),
		after: "others continue",
		example: { at: { pull: 31 } },
		more: "Deleting its branch closes a pull request, too."
	},
	PULL_RETARGETED: {
		says: ({ at, base, wanted, isMerged }, say) => ({
			what: isMerged ? `${say.place(at)} was merged into ${say.quote(base)}, but its work belongs into ${say.quote(wanted)}.` : `${say.place(at)} now goes into ${say.quote(base)}, but it was made for ${say.quote(wanted)}.`,
			why: isMerged ? "What waits for its segment would start without its work." : "It was reviewed and its gates ran for that branch.",
			next: isMerged ? `Merge ${say.quote(base)} into ${say.quote(wanted)} and leave its segment out with ${say.code("/swarm skip")}, or comment ${say.retry()} to do the work again.` : `Change its base back to ${say.quote(wanted)}; Swarm continues automatically.`
		}),
		after: "person acts",
		example: {
			at: { pull: 31 },
			base: "release",
			wanted: "main",
			isMerged: false
		},
		more: "Swarm checks the base again right before it merges. To merge an epic into another branch, set `base` in the config and start it again."
	},
	PULL_DRAFT: {
		says: ({ at, login }, say) => ({
			what: `${say.place(at)} was turned into a draft by ${say.quote(login)}, so it is not merged.`,
			why: "Swarm opens a pull request as a draft and marks it as ready itself. A person who turns it back has a reason.",
			next: "Mark it as ready for review; Swarm continues automatically. Or reject it with a reason."
		}),
		after: "person acts",
		example: {
			at: { pull: 31 },
			login: "bob"
		},
		more: "Approvals of its latest commit stay valid."
	},
	ISSUE_REFUSED: {
		says: ({ message, status, what }, say) => ({
			what: `GitHub does not let Swarm create ${what === void 0 ? "a fix segment" : what === "link" ? "a \"Blocked by\" link between two segments" : "the issue of a segment"} (it answered ${status}).`,
			why: `It says: ${say.quote(message)}. ${what === void 0 ? "Without it the finding is not fixed, so the wave does not continue." : "Nothing starts until every issue and every link of the plan is there."}`,
			next: `Fix what GitHub names: issues have to be enabled, Swarm needs permission to write them, and an epic holds at most 100 sub-issues. Then comment ${say.code("/swarm retry")} on the epic.`
		}),
		after: "person acts",
		example: {
			status: 410,
			message: "Issues has been disabled in this repository."
		},
		more: "Swarm creates issues for the findings of a calibration, for what people find missing at acceptance, and for the segments of a `swarm` block. `/swarm resume` and `/swarm execute` retry it as well."
	},
	CALIBRATION_LIMIT: {
		says: ({ wave, rounds, findings }, say) => ({
			what: `Wave ${wave} still fails its calibration after ${count(rounds, "round")}: ${enumerate(findings.map((finding) => say.quote(finding, 100)), 4)}.`,
			why: "The fix segments did not fix it, so the next wave would build on something broken.",
			next: `Fix it on the base, or add a sub-issue for it and comment ${say.code("/swarm execute")}. Then comment ${say.code("/swarm retry")} to calibrate again.`
		}),
		after: "person acts",
		example: {
			wave: 2,
			rounds: 3,
			findings: ["types: src/receipt.ts(3,7): error TS2322"]
		},
		more: "`calibration-rounds` in the config sets the number of rounds."
	}
};

// src/core/model/command.ts
/** Characters that a reason or an answer may have. */
const MAX_REASON_CHARS = 4e3;
/** The permission that each command needs. `core/decide` enforces it; help and docs show it. */
const COMMANDS = {
	help: { needs: "triage" },
	plan: { needs: "triage" },
	execute: { needs: "write" },
	status: { needs: "triage" },
	run: { needs: "write" },
	approve: { needs: "write" },
	reject: { needs: "write" },
	answer: { needs: "write" },
	retry: { needs: "write" },
	skip: { needs: "write" },
	pause: { needs: "write" },
	resume: { needs: "write" },
	cancel: { needs: "write" },
	accept: { needs: "write" },
	"needs-work": { needs: "write" },
	import: { needs: "write" }
};

// src/words/commands.ts
/**
* The words of commands: the answer to `/swarm help`, the commands' page, and the answer to a malformed command.
*
* The permission that each command needs is in `core/model/command.ts`, where it is enforced from.
*/
const COMMAND_WORDS = {
	help: {
		usage: "/swarm help",
		says: "Lists these commands.",
		example: "/swarm help"
	},
	plan: {
		usage: "/swarm plan",
		says: "Shows the waves and tracks as they would run now. Starts nothing.",
		example: "/swarm plan"
	},
	execute: {
		usage: "/swarm execute [wave N] [agents N] [sequential] [dry-run]",
		says: "Starts the epic with its current texts: all of it, or one wave, with at most this many agents at once.",
		example: "/swarm execute agents 3"
	},
	status: {
		usage: "/swarm status",
		says: "Updates the panel.",
		example: "/swarm status"
	},
	run: {
		usage: "/swarm run #N",
		says: "Lets this segment run with its current text, even if its author has no write access.",
		example: "/swarm run #14"
	},
	approve: {
		usage: "/swarm approve [wave N]; on a pull request /approve [commit]",
		says: "Lets the next wave start. On a pull request, approves its head commit.",
		example: "/approve 1f3c9ab"
	},
	reject: {
		usage: "/reject REASON",
		says: "Sends a pull request back to its agent with this reason and the review's comments.",
		example: "/reject The total must include shipping."
	},
	answer: {
		usage: "/swarm answer ID TEXT",
		says: "Answers the question that stopped a run. The run continues from where it stopped.",
		example: "/swarm answer q1 Prices are in cents."
	},
	retry: {
		usage: "/swarm retry [#N]",
		says: "Retries a blocked segment, or all of them, with fresh limits.",
		example: "/swarm retry #14"
	},
	skip: {
		usage: "/swarm skip #N REASON",
		says: "Leaves a segment out. Segments that waited for it continue.",
		example: "/swarm skip #14 We buy this instead."
	},
	pause: {
		usage: "/swarm pause",
		says: "Lets current runs finish and starts nothing new.",
		example: "/swarm pause"
	},
	resume: {
		usage: "/swarm resume [budget=AMOUNT]",
		says: "Continues after a pause or a cancel, from what GitHub shows. With an amount in US dollars, raises what the epic may cost in all.",
		example: "/swarm resume budget=60"
	},
	cancel: {
		usage: "/swarm cancel",
		says: "Cancels current runs and starts nothing new. Branches and pull requests stay.",
		example: "/swarm cancel"
	},
	accept: {
		usage: "/swarm accept",
		says: "Accepts the finished epic and closes it.",
		example: "/swarm accept"
	},
	"needs-work": {
		usage: "/swarm needs-work WHAT",
		says: "Creates a follow-up segment for what is missing, instead of accepting.",
		example: "/swarm needs-work The empty cart shows an error page."
	},
	import: {
		usage: "/swarm import [yes]",
		says: "Shows which tasks and dependencies in texts can become sub-issues and \"Blocked by\" links. With `yes`, creates them.",
		example: "/swarm import yes"
	}
};
/** Rows `command | does | needs | example` of a Markdown table. */
const commandRows = () => Object.keys(COMMANDS).map((kind) => {
	const { usage, says, example } = COMMAND_WORDS[kind];
	return `| ${code(usage)} | ${says} | ${COMMANDS[kind].needs} | ${code(example)} |`;
});
/** The commands as a table, with the permission that each one needs. */
const helpText = () => ["A command has to be at the very start of a new comment. Edited comments are not read again.", [
	"| command | does | needs | example |",
	"|---|---|---|---|",
	...commandRows()
].join("\n")].join("\n\n");
const code = (text) => `\`${text.replaceAll("|", "\\|")}\``;
/** The arguments that a command takes, to complete "It takes …". */
const commandTakes = (expected, command, say) => {
	switch (expected) {
		case "nothing": return "nothing after it";
		case "space or nothing": return `nothing, or a space, after ${say.code(command)}`;
		case "first line": return `the first line of a new comment: nothing may be above ${say.code(command)}`;
		case "reason": return "a reason in your own words";
		case "shorter reason": return `a reason of at most ${MAX_REASON_CHARS.toLocaleString("en-US")} characters`;
		case "issue": return `one issue number, such as ${say.code("#14")}`;
		case "issue or nothing": return `nothing, or one issue number such as ${say.code("#14")}`;
		case "issue and reason": return "an issue number and a reason";
		case "question and answer": return "the question's id and your answer";
		case "execute options": return `any of ${[
			"wave N",
			"agents N",
			"sequential"
		].map(say.code).join(", ")} and ${say.code("dry-run")}, each at most once`;
		case "wave or nothing": return `nothing, or ${say.code("wave N")}; approve a pull request on its own page`;
		case "yes or nothing": return `nothing, to see what it would do, or ${say.code("yes")}, to do it`;
		case "budget or nothing": return `nothing, or ${say.code("budget=60")}, an amount in US dollars up to 1,000,000`;
		case "commit or nothing": return "nothing, or the first 7 to 40 digits of the commit that you approve";
	}
};

// src/words/problems/requests.ts
/** A command as people type it there: on a pull request, approving and rejecting work without `/swarm`. */
const typed = (at, command, say) => say.code(at.pull !== void 0 && (command === "approve" || command === "reject") ? `/${command}` : `/swarm ${command}`);
/** A clause for each reason why a command cannot be obeyed now. */
const notNow = (why, say) => {
	switch (why.kind) {
		case "not started": return "the epic is not being executed";
		case "wrong phase": return `the epic is ${why.phase}`;
		case "budget not higher": return `the epic may cost ${money(why.budgetUsd)} already; name a higher amount`;
		case "already accepted": return "it is already accepted";
		case "epic closed": return `${say.issue(why.epic)} is closed`;
		case "not complete": return "some segments are not merged and calibrated yet";
		case "segment of an epic": return `${say.issue(why.segment)} is a segment of ${say.issue(why.epic)}; execute that epic, or comment ${say.code(`/swarm run #${why.segment}`)}`;
		case "only people decide": return "only people approve and accept; a bot that the config names may give the other commands";
		case "not on a pull request": return "a rejection belongs on the pull request that it is about";
		case "pull request not open for review": return "this pull request is not waiting for a decision";
		case "waves start automatically": return "waves start automatically in this mode; approve the pull requests instead";
		case "plan has errors": return "the plan has errors, which have to be fixed first";
		case "no such wave": return "there is no such wave";
		case "no such question": return `no run is waiting for an answer to ${say.quote(why.id)} here`;
		case "several such questions": return `several segments are waiting for an answer to ${say.quote(why.id)}; answer on the segment itself`;
	}
};
const requests = {
	FORBIDDEN: {
		says: ({ login, permission, needs }, say) => ({
			what: `${say.quote(login)} may not do that here: it needs ${needs} permission, and GitHub reports ${say.quote(permission)}.`,
			why: "Swarm asks GitHub for the permission at the moment it acts.",
			next: `Someone with ${needs} permission can give the same command.`
		}),
		after: "nothing changed",
		example: {
			at: { issue: 12 },
			login: "passer-by",
			permission: "read",
			needs: "write"
		},
		more: "The permission that each command needs is on [the page of commands](commands.md)."
	},
	UNKNOWN_COMMAND: {
		says: ({ text, nearest }, say) => ({
			what: `There is no command ${say.quote(text, 80)}.${didYouMean(nearest, say)}`,
			why: "A command stands alone at the start of a comment, spelled exactly as in the list.",
			next: `${say.code("/swarm help")} lists all commands.`
		}),
		after: "nothing changed",
		example: {
			at: { issue: 12 },
			text: "exectue",
			nearest: "execute"
		},
		more: "All commands are on [their page](commands.md)."
	},
	BAD_ARGUMENT: {
		says: ({ at, command, expected }, say) => ({
			what: expected === "first line" ? `${typed(at, command, say)} does not begin its comment, so it was not taken.` : `The arguments of ${typed(at, command, say)} are not valid.`,
			why: `It takes ${commandTakes(expected, command, say)}.`,
			next: `Write a new comment; Swarm does not read edited ones. ${say.code("/swarm help")} has examples.`
		}),
		after: "nothing changed",
		example: {
			at: { issue: 12 },
			command: "skip",
			expected: "issue and reason"
		},
		more: "All commands are on [their page](commands.md)."
	},
	UNKNOWN_SEGMENT: {
		says: ({ number }, say) => ({
			what: `${say.issue(number)} is not a segment of this epic.`,
			why: "Segments are the open sub-issues that the plan shows.",
			next: `${say.code("/swarm plan")} shows them.`
		}),
		after: "nothing changed",
		example: {
			at: { issue: 12 },
			number: 34
		},
		more: "A group is not a segment: name the issues in it."
	},
	NOT_NOW: {
		says: ({ at, command, why }, say) => ({
			what: `${typed(at, command, say)} is not possible now: ${notNow(why, say)}.`,
			why: "The epic's current state does not allow it.",
			next: why.kind === "epic closed" ? `Reopen ${say.issue(why.epic)}, and give the command again.` : `${say.code("/swarm status")} shows that state.`
		}),
		after: "nothing changed",
		example: {
			at: { issue: 12 },
			command: "accept",
			why: { kind: "not complete" }
		},
		more: "Swarm does not keep the command for later. Give it again when the state allows it."
	},
	HEAD_MOVED: {
		says: ({ at, said, head }, say) => ({
			what: `${say.place(at)} has changed: its head is now ${say.commit(head)}, ${said === void 0 ? "and was another commit when you commented" : `not ${say.commit(said)}`}.`,
			why: "An approval is for the one commit that was read.",
			next: `Read the new commit and approve it: ${say.code(`/approve ${head.slice(0, 10)}`)}.`
		}),
		after: "nothing changed",
		example: {
			at: { pull: 31 },
			said: "deadbee",
			head: "0f9c1d2e3b4a59687766554433221100ffeeddcc"
		},
		more: "A review names its commit automatically. `/approve` without a commit means the head at the moment of the comment."
	},
	SELF_APPROVAL: {
		says: ({ at, login }, say) => ({
			what: `${say.quote(login)} cannot approve ${say.place(at)} alone.`,
			why: "Branch rules require approval from someone other than the author.",
			next: "Another person with write access approves it."
		}),
		after: "nothing changed",
		example: {
			at: { pull: 31 },
			login: "ana"
		},
		more: "Anyone who pushed a commit by hand is an author of the change."
	},
	ONLY_WAVE: {
		says: ({ wave }, say) => ({
			what: `This execution is for wave ${wave} alone, and other segments wait.`,
			why: `It was started for that wave, as ${say.code(`/swarm execute wave ${wave}`)} does.`,
			next: `To run the rest, comment ${say.code("/swarm execute")} on the epic.`
		}),
		after: "person acts",
		example: { wave: 2 },
		more: "Segments of other waves keep waiting until then, even if everything before them is merged."
	}
};

// src/words/problems/run.ts
/** Problems of a segment's run as a whole: its branch and pull request, its end, its cost. */
/** A round amount to suggest. */
const higherThan = (usd) => Math.ceil(usd * 1.5 / 5) * 5;
const run = {
	PUSH_REFUSED: {
		says: ({ branch, message }, say) => ({
			what: `The branch ${say.quote(branch)} could not be pushed.`,
			why: `GitHub says: ${say.quote(message)}.`,
			next: "If a rule forbids it, exempt Swarm's branches from it, or name another branch in the segment's issue."
		}),
		after: "retry",
		example: {
			branch: "feat/cart",
			message: "Repository rule violations found"
		},
		more: "The work is kept at `refs/swarm/runs/<epic>/<attempt>`, so a retry only pushes it: no agent runs again."
	},
	BRANCH_OCCUPIED: {
		says: ({ branch, by }, say) => by === "base" ? {
			what: `The branch ${say.quote(branch)} cannot be a segment's own.`,
			why: "Segments merge into it, so nothing on it would be reviewed.",
			next: `Name another branch in the segment's issue.`
		} : {
			what: `The branch ${say.quote(branch)} has commits that are not Swarm's.`,
			why: "Someone else made this branch or pushed to it. Swarm never overwrites a commit that it does not know.",
			next: "Merge, rename or delete that branch."
		},
		after: "retry",
		example: {
			branch: "feat/cart",
			by: "others"
		},
		more: "The work is kept at `refs/swarm/runs/<epic>/<attempt>`, so a retry only pushes it: no agent runs again."
	},
	PULL_REFUSED: {
		says: ({ branch, message }, say) => ({
			what: `No pull request could be opened for ${say.quote(branch)}.`,
			why: `GitHub says: ${say.quote(message)}. The branch exists.`,
			next: "Fix what GitHub names (often \"Allow GitHub Actions to create pull requests\" in the settings)."
		}),
		after: "retry",
		example: {
			branch: "feat/cart",
			message: "GitHub Actions is not permitted to create or approve pull requests."
		},
		more: "The work is kept, so a retry only opens the pull request: no agent runs again."
	},
	RUN_CUT_SHORT: {
		says: (_, say) => ({
			what: "The run of this segment was cut short before it could report a result.",
			why: "It was cancelled, reached the time limit of its job, or one of its jobs died. The work up to that point is kept.",
			next: `Swarm retries automatically from there. If it has stopped retrying, check the run's log and the runners, then comment ${say.retry()}. The other segments continue.`
		}),
		after: "swarm acts",
		example: {},
		more: "A run that dies without a report is `RUN_LOST`. Both count against `attempts` in the config."
	},
	REPORT_FORGED: {
		says: ({ ref, author }, say) => ({
			what: `The report at ${say.quote(ref)} is not from this segment's run.`,
			why: `The run's own job signs its reports through GitHub. This one was written by ${say.quote(author)}, or names another run. Swarm uses nothing of it.`,
			next: "Find out who wrote it: anyone who may push to this repository can."
		}),
		after: "retry",
		example: {
			ref: "refs/swarm/runs/12/12.14-1",
			author: "eve"
		},
		more: "The retry is a new attempt with a ref of its own. On a server that signs nothing, only the number of the run is compared."
	},
	RUN_LOST: {
		says: ({ conclusion, attempts }, say) => ({
			what: `${count(attempts, "run")} of this segment ended without a report, the last one as ${say.quote(conclusion)}.`,
			why: "A run that was cancelled, timed out or lost its runner leaves nothing to continue from. Swarm has retried automatically.",
			next: "Check the run's log and the runners."
		}),
		after: "retry",
		example: {
			conclusion: "timed_out",
			attempts: 3
		},
		more: "`attempts` in the config sets how many runs are made."
	},
	BUDGET_SPENT: {
		says: ({ spentUsd, budgetUsd, of }, say) => ({
			what: `The budget of the ${of} is spent: ${money(spentUsd)} of ${money(budgetUsd)}.`,
			why: `${of === "agent" ? `Its ${say.code("budget")} under ${say.code("agents")}` : say.code(`budget.${of}`)} in the config is a hard limit.`,
			next: "If the work is worth it, raise the budget there."
		}),
		after: "retry",
		example: {
			spentUsd: 5.2,
			budgetUsd: 5,
			of: "segment"
		},
		more: "The budget of a segment is for all of its attempts together, and a retry by a person begins a new count. Agents report costs in dollars, or in tokens that a `price` converts. Swarm has no other way to know them."
	},
	EPIC_BUDGET_SPENT: {
		says: ({ spentUsd, budgetUsd }, say) => ({
			what: `The budget of the epic is spent: ${money(spentUsd)} of ${money(budgetUsd)}. Nothing new starts.`,
			why: `${say.code("budget.epic")} in the config is a hard limit, and so is an amount that somebody has raised it to.`,
			next: `If the rest is worth it, comment ${say.code(`/swarm resume budget=${higherThan(Math.max(spentUsd, budgetUsd))}`)} on the epic with what it may cost in all. Or raise ${say.code("budget.epic")}.`
		}),
		after: "checks again",
		example: {
			spentUsd: 51.4,
			budgetUsd: 50
		},
		more: "No agent starts, not for a rework either. What runs may finish: each run gets what was left of the budget when it started as a limit of its own. Runs that are under way at once do not know of each other, so together they can cost more. Pull requests are merged, proven and calibrated as usual, because that needs no agent. An amount in a comment is for this epic alone, and counts where it is higher than the one in the config."
	},
	BUDGET_UNBOUND: {
		says: ({ agent, budgetUsd, minutes, turns }, say) => ({
			what: `The budget of ${money(budgetUsd)} does not limit the agent ${say.quote(agent)}.`,
			why: `It reports tokens but not cost, and the config sets no price, so its spending can't be tracked. Its limits are time (${count(minutes, "minute")} per segment)${turns === void 0 ? "; no number of turns is set" : ` and ${count(turns, "turn")} per call`}.`,
			next: `You need not do anything; the epic runs. To make the budget count, set ${say.code(`agents.${agent}.price`)} in the config to the price of a million tokens, such as ${say.code("{input: 1.25, output: 10}")}${turns === void 0 ? `, or set ${say.code(`agents.${agent}.max-turns`)}` : ""}.`
		}),
		after: "continues",
		example: {
			at: { issue: 12 },
			agent: "codex",
			budgetUsd: 5,
			minutes: 60,
			turns: 80
		},
		more: "Reported once for each agent when the epic is planned. Swarm ships no prices, because they would soon be out of date."
	},
	REWORK_LIMIT: {
		says: ({ rounds, last }, say) => ({
			what: `Rejected ${count(rounds, "time")}; Swarm won't rework it again.`,
			why: `The last reason was ${say.quote(last, 300)}.`,
			next: "Finish it by hand on its branch, or rewrite the issue."
		}),
		after: "retry",
		example: {
			rounds: 5,
			last: "The total still ignores the discount."
		},
		more: "`reworks` in the config sets the number of rounds."
	}
};

// src/words/problems/setup.ts
/** What does not work without a permission. */
const LOST = {
	"kill switch": (say) => `Without it, the variable ${say.code("SWARM_DISABLED")} stops nothing. The label ${say.code("swarm:cancel")} on an epic still works.`,
	actions: () => "Without it, Swarm can neither start nor cancel runs.",
	checks: () => "Without it, Swarm can neither show the gates on pull requests nor read the checks of others.",
	contents: () => "Without it, Swarm can neither keep its journal nor make branches or merge.",
	issues: () => "Without it, Swarm can neither write the panel nor set labels.",
	pull_requests: () => "Without it, Swarm can neither open nor merge pull requests.",
	statuses: () => "Without it, Swarm does not see red statuses, and could merge in spite of them."
};
const setup = {
	DISABLED: {
		says: (_, say) => ({
			what: `Swarm is switched off here: the variable ${say.code("SWARM_DISABLED")} is set.`,
			why: "Someone turned the kill switch on. Nothing starts and nothing merges while it is set.",
			next: "Remove the variable in the repository's (or organization's) settings."
		}),
		after: "checks again",
		example: {},
		more: "The variable can be set for one repository or for an organization. Any value counts, except `false` and an empty value."
	},
	WORKFLOW_MISSING: {
		says: ({ file }, say) => ({
			what: `The workflow ${say.quote(file)} is not on the default branch.`,
			why: "Segments run in the jobs of this workflow.",
			next: `Add it: ${say.code("swarm init")} writes it. Then merge it.`
		}),
		after: "checks again",
		example: { file: ".github/workflows/swarm.yml" },
		more: "GitHub starts a workflow by hand only if its file is on the default branch."
	},
	WORKFLOWS_DIFFER: {
		says: ({ files, versions }, say) => ({
			what: `The workflows name different versions of Swarm: ${enumerate(versions.map((version) => say.code(version)), 6)}.`,
			why: `${enumerate(files.map((file) => say.quote(file)), 6)} pass values to each other, so all of them have to come from one release.`,
			next: "Put the workflows of one release on the default branch."
		}),
		after: "checks again",
		example: {
			files: [".github/workflows/swarm.yml", ".github/workflows/segment.yml"],
			versions: ["1111111111111111111111111111111111111111", "2222222222222222222222222222222222222222"]
		},
		more: "A bot that updates actions may update one file at a time. Merge such updates together."
	},
	WORKFLOW_OFF: {
		says: ({ file, by }, say) => ({
			what: `The workflow ${say.quote(file)} is disabled${by === "GitHub" ? " by GitHub" : ""}.`,
			why: "Segments run in the jobs of this workflow, and GitHub refuses to start a disabled one.",
			next: `Enable it: in the Actions tab, or by ${say.code(`gh workflow enable ${file.split("/").at(-1)}`)}.`
		}),
		after: "checks again",
		example: {
			file: ".github/workflows/swarm.yml",
			by: "person"
		},
		more: "GitHub disables workflows in forks, and workflows with a schedule in repositories without activity for 60 days."
	},
	KEY_NOT_PASSED: {
		says: ({ agent, variable, file }, say) => ({
			what: `The workflow does not pass ${say.code(variable)} to the agent ${say.quote(agent)}.`,
			why: `${say.quote(file)} does not name this variable, so the agent has no key there, unless the runner itself has it.`,
			next: `Add it to ${say.quote(file)} and to ${say.code(".github/workflows/swarm.yml")}, next to the other keys, and add the secret to the repository.`
		}),
		after: "checks again",
		example: {
			agent: "claude",
			variable: "ANTHROPIC_API_KEY",
			file: ".github/workflows/segment.yml"
		},
		more: "This is a warning: a runner of your own may have the variable in its environment. Swarm cannot see if the secret itself exists."
	},
	NOT_FETCHED: {
		says: ({ what }, say) => ({
			what: `The base has ${what === "submodules" ? "submodules" : "files in Git LFS"}, and Swarm does not fetch them.`,
			why: what === "submodules" ? "Agents and gates find empty directories in their place." : "Agents and gates find pointers in their place: small text files with a digest.",
			next: `If no agent and no gate needs them, no action is needed. Otherwise turn off the gates that do, under ${say.code("gates")} in ${say.code(".github/swarm.yml")}.`
		}),
		after: "checks again",
		example: { what: "submodules" },
		more: "A segment may not change submodules or the pointers of LFS."
	},
	TRIGGER_MISSING: {
		says: ({ file, starts }, say) => ({
			what: `The workflow ${say.quote(file)} is not on the default branch.`,
			why: starts === "by events" ? "Without the app, this workflow starts Swarm when people comment, label, review or close something. Without it, Swarm notices that only by its clock." : "Without the app, this workflow is the clock of Swarm. Without it, nobody is reminded, and a run that died or an event that got lost is noticed only at the next event.",
			next: `Add it: ${say.code("swarm init")} writes it. Then merge it. If you have the app, set the variable ${say.code("SWARM_APP")} to ${say.code("true")} instead.`
		}),
		after: "checks again",
		example: {
			file: ".github/workflows/swarm-clock.yml",
			starts: "by the clock"
		},
		more: "It is a warning: the epic runs. With the app, neither of the two workflows is needed."
	},
	AGENT_NOT_SET: {
		says: (_, say) => ({
			what: "No agent is configured for this repository.",
			why: `Neither ${say.code("agent")} in the config nor the workflow says which program does the work.`,
			next: `Add ${say.code("agent: claude")}, another agent that Swarm knows, or ${say.code("agent: {command: [...]}")} to ${say.code(".github/swarm.yml")} on the default branch.`
		}),
		after: "checks again",
		example: {},
		more: "Any program works: it gets the brief on its standard input and works in the directory where it is started."
	},
	ISOLATION_MISSING: {
		says: ({ wanted }, say) => ({
			what: "The runner cannot put walls around the agent, so no agent was started.",
			why: wanted === "auto" ? `${say.code("bwrap")} (bubblewrap) is not installed there, or the machine does not let it create namespaces.` : `The config says ${say.code(`isolation: ${wanted}`)}, and that does not work on the runner.`,
			next: `Install bubblewrap in the workflow (${say.code("sudo apt-get install -y bubblewrap")}), or use a runner that allows namespaces. ${say.code("isolation: none")} in ${say.code(".github/swarm.yml")} runs without walls; then a person has to approve each pull request.`
		}),
		after: "retry",
		example: { wanted: "auto" },
		more: "Without walls an agent can read the keys of its job and change its report. [The page on isolation](isolation.md) says what holds on which kind of runner."
	},
	PERMISSION_MISSING: {
		says: ({ permission, lost }, say) => ({
			what: `Swarm lacks the permission ${say.code(permission)}.`,
			why: LOST[lost](say),
			next: `Grant it to the app (or in the workflow's ${say.code("permissions")}).`
		}),
		after: "checks again",
		example: {
			permission: "actions_variables: read",
			lost: "kill switch"
		},
		more: "An owner of the organization has to accept new permissions of an app."
	},
	BASE_RED: {
		says: ({ branch, checks, commit }, say) => ({
			what: `The base ${say.quote(branch)} is red: ${enumerate(checks.map((check) => say.quote(check, 60)), 5)} on commit ${say.code(commit.slice(0, 7))}.`,
			why: "Work that starts from a broken base fails its gates for reasons that are not its own.",
			next: `Fix ${say.quote(branch)}. Swarm continues automatically when its checks pass.`
		}),
		after: "person acts",
		example: {
			branch: "main",
			checks: ["ci / test"],
			commit: "1f3c9ab".padEnd(40, "0")
		},
		more: "Only a failed check holds Swarm up. A pending or missing check does not."
	},
	JOURNAL_BROKEN: {
		says: ({ at, ref, message }, say) => ({
			what: `The journal of ${say.place(at)} cannot be read, so Swarm leaves the epic alone.`,
			why: `${say.quote(message, 400)} Swarm does not act on a state that it does not know.`,
			next: `If another version of Swarm runs it, use one version everywhere. If somebody changed the ref, push its last good commit back to ${say.code(ref)}: ${say.code(`git log ${ref}`)} shows them.`
		}),
		after: "checks again",
		example: {
			at: { issue: 12 },
			ref: "refs/swarm/epics/12",
			message: "refs/swarm/epics/12 has no valid JSON in state.json."
		},
		more: "Other epics go on. Runs that have started end as usual, and their results are read once the journal can be. The message is written once for each fault."
	},
	BASE_NOT_INSTALLED: {
		says: ({ branch, command, output }, say) => ({
			what: `The dependencies of the base ${say.quote(branch)} cannot be installed: ${say.quote(command, 300)} failed twice.`,
			why: "Swarm installs the base before it starts the first agent. An agent could not run a single gate there, so none was started.",
			next: `Read the output below, and fix the installation on ${say.quote(branch)}: Swarm looks again when it has moved on. If only the registry did not answer, comment ${say.code("/swarm retry")}.`,
			output: [{
				title: command,
				text: output
			}]
		}),
		after: "person acts",
		example: {
			branch: "main",
			command: "npm ci --ignore-scripts",
			output: "npm error `npm ci` can only install packages when your package.json and package-lock.json are in sync."
		},
		more: "This is the check before the first agent of an epic; `INSTALL_FAILED` is the same in the run of a segment. A private registry needs its token in the job `calibrate` of `swarm.yml`, too. If a segment of this epic is to fix the installation, set `baseline: off`."
	},
	BASE_GATES_RED: {
		says: ({ branch, gates }, say) => ({
			what: `The ${plural(gates, "gate", "gates")} ${gateNames(gates, say)} ${plural(gates, "fails", "fail")} on the base ${say.quote(branch)}, before any agent has changed it.`,
			why: `Swarm runs all gates on the base before it starts the first agent. It cannot tell ${plural(gates, "these failures", "their failures")} from new ones, so every segment would fail, and none was started.`,
			next: `Fix ${say.quote(branch)}: Swarm looks again when it has moved on. Or turn the gate off (${say.code(`gates.${gates[0]?.gate ?? "tests"}.off: true`)}) or start all the same (${say.code("baseline: off")}) in ${say.code(".github/swarm.yml")}.`,
			output: gateOutputs(gates)
		}),
		after: "person acts",
		example: {
			branch: "main",
			gates: [{
				gate: "build",
				output: "webpack: command failed"
			}]
		},
		more: "A gate counts as red only if it fails twice. `/swarm retry` runs all of them again at once. A base that has moved on is checked at most once in ten minutes. If the gate fails only in the job, compare the steps of `calibrate` in `swarm.yml` with those that the gate needs: `swarm gates` prints them."
	},
	BASE_CHECK_LOST: {
		says: ({ conclusion, runs }, say) => ({
			what: `${count(runs, "run")} that should check the base ended without a result, the last one as ${say.quote(conclusion)}.`,
			why: "Swarm runs all gates on the base before it starts the first agent, and has repeated that automatically.",
			next: `Check the run's log and the runners, then comment ${say.code("/swarm retry")}.`
		}),
		after: "person acts",
		example: {
			conclusion: "timed_out",
			runs: 3
		},
		more: "`attempts` in the config sets how many runs are made. The job is `calibrate` in `swarm.yml`."
	},
	BASE_FAILED_BEFORE: {
		says: ({ branch, gates }, say) => ({
			what: `The ${plural(gates, "gate", "gates")} ${enumerate(gates.map((gate) => say.code(gate)), 6)} already failed on ${say.quote(branch)} before the first agent started.`,
			why: "Failures that were there before do not count against a segment, and its pull request names them.",
			next: "A person has to approve each pull request in which such a gate still fails."
		}),
		after: "continues",
		example: {
			branch: "main",
			gates: ["tests"]
		},
		more: "Failures are compared by file and message. Anything else that fails in such a gate is new, and the agent has to fix it."
	},
	BASE_FLAKY: {
		says: ({ branch, gates }, say) => ({
			what: `The ${plural(gates, "gate", "gates")} ${enumerate(gates.map((gate) => say.code(gate)), 6)} failed on ${say.quote(branch)} and then passed on the same files, so ${plural(gates, "it is", "they are")} flaky.`,
			why: "An agent could be sent after a failure that is not its own.",
			next: `Where ${plural(gates, "it fails", "one of them fails")} in a segment, Swarm runs it once more. Make it reliable when you can.`
		}),
		after: "continues",
		example: {
			branch: "main",
			gates: ["tests"]
		},
		more: "Found by the run of all gates on the base before the first agent."
	},
	BASE_MISSING: {
		says: ({ branch }, say) => ({
			what: `The base branch ${say.quote(branch)} does not exist.`,
			why: `It is named by ${say.code("base")} in the config, the issue or a label.`,
			next: "Create the branch, or correct the name."
		}),
		after: "checks again",
		example: { branch: "develop" },
		more: "If nothing names another branch, the default branch is the base."
	},
	REPOSITORY_EMPTY: {
		says: () => ({
			what: "The repository has no commits yet.",
			why: "Segments start from a commit of the default branch, and Swarm keeps its own state in the repository.",
			next: "Push a first commit with the workflows and the config."
		}),
		after: "nothing changed",
		example: {},
		more: "In an empty repository, Swarm writes nothing but this answer. Give the command again after the first commit."
	},
	BRANCH_IN_WAY: {
		says: ({ there, branches }, say) => ({
			what: `The branch ${say.quote(there)} is in the way of ${count(branches.length, "branch", "branches")} of this epic.`,
			why: `Git keeps branches as paths, so ${enumerate(branches.map((branch) => say.quote(branch, 80)), 5)} cannot exist beside it.`,
			next: `Rename or delete ${say.quote(there)}, or set ${say.code("branch")} in the config to other names.`
		}),
		after: "checks again",
		example: {
			there: "feat",
			branches: ["feat/cart", "feat/receipt"]
		},
		more: "Swarm asks for this before the first segment starts. For one segment alone, `branch` in its issue names another branch."
	},
	BRANCH_FORBIDDEN: {
		says: ({ rule, why, branches }, say) => ({
			what: `The ruleset ${say.quote(rule, 60)} does not let Swarm create ${count(branches.length, "branch", "branches")} of this epic.`,
			why: `${why === "creation" ? "It restricts the creation of branches" : "It asks for other names"}, and Swarm may not bypass it: ${enumerate(branches.map((branch) => say.quote(branch, 80)), 5)}.`,
			next: `Add Swarm to the ruleset's bypass list, exclude these branches from it, or set ${say.code("branch")} in the config to names that it allows.`
		}),
		after: "checks again",
		example: {
			rule: "Only release branches",
			why: "creation",
			branches: ["feat/cart", "feat/receipt"]
		},
		more: "Swarm asks for this before the first segment starts. A rule that is added later is met at the end of a run: see `PUSH_REFUSED`."
	},
	MERGE_METHOD: {
		says: ({ branch, method, allowed, taken }, say) => {
			const named = allowed.map((each) => say.code(each));
			const only = allowed.length === 0 ? "no method at all" : `only ${enumerate(named, 3)}`;
			return taken === void 0 ? {
				what: `Pull requests cannot be merged into ${say.quote(branch)} by ${say.code(method)}.`,
				why: `The settings of the repository and the rules of the branch allow ${only}.`,
				next: `Set ${say.code("merge-method")} in ${say.code(".github/swarm.yml")} to a method that is allowed, or allow ${say.code(method)} in the repository.`
			} : {
				what: `Pull requests are merged into ${say.quote(branch)} by ${say.code(taken)}, because ${say.code(method)} is not allowed there.`,
				why: `The settings of the repository and the rules of the branch allow ${only}, and the config names no method.`,
				next: `Set ${say.code("merge-method")} in ${say.code(".github/swarm.yml")} to choose another one.`
			};
		},
		after: "checks again",
		example: {
			branch: "main",
			method: "squash",
			allowed: ["merge", "rebase"]
		},
		more: "Swarm looks at this before it starts anything, and again before it merges. A merge queue uses the method of its own rule."
	},
	LIST_TOO_LONG: {
		says: ({ list, of, read }, say) => ({
			what: `There are too many ${list}${of === void 0 ? "" : ` of ${say.issue(of)}`} to read all of them.`,
			why: `Swarm stopped after ${read.toLocaleString("en-US")}. The rest could change what it does, so nothing starts and nothing merges.`,
			next: "Make the list shorter: delete what floods it, and lock the conversation if it continues."
		}),
		after: "checks again",
		example: {
			list: "comments",
			of: 12,
			read: 3e3
		},
		more: "Each list has a limit, so that one look at an epic always ends. [The page on performance](performance.md) names the limits."
	},
	DISPATCH_FAILED: {
		says: ({ message, status }, say) => ({
			what: `The workflow could not be started${status === void 0 ? "" : ` (GitHub answered ${status})`}.`,
			why: `GitHub says: ${say.quote(message)}.`,
			next: "Someone who may change the repository's workflows fixes what GitHub names."
		}),
		after: "retry",
		example: {
			message: "Actions has been disabled for this repository.",
			status: 422
		},
		more: "If GitHub itself fails, Swarm waits for it to recover and does not report this."
	}
};

// src/words/problems.ts
/**
* Problems as people read them: four parts, always in this order, and the first line alone is enough on a phone.
*
*     The epic cannot be ordered: #14 → #17 → #14 wait for each other.      [EPIC_CYCLE]
*     Why   …
*     Next  who does what, and whether Swarm continues automatically
*     Docs  docs/problems.md#epic-cycle
*
* The words are in `problems/`, one entry for each problem: a new problem does not compile until it has one. The same problem
* gives the same text.
*/
const ENTRIES = {
	...graph,
	...issue,
	...config,
	...consent,
	...requests,
	...setup,
	...installation,
	...agent,
	...checks,
	...change,
	...run,
	...merge
};
const PROBLEM_KINDS = Object.keys(PROBLEMS).sort();
/** Where Swarm's own documents can be read. */
const DOCS_URL = "https://github.com/swarm-engineering/swarm/blob/main";
const anchorOf = (kind) => kind.toLowerCase().replaceAll("_", "-");
/** The parts of a problem's message, in the form the options asks for. */
const sayProblem = (problem, options = { form: "markdown" }) => {
	const { says, after } = ENTRIES[problem.kind];
	const say = voiceOf(options);
	const { what, next, ...rest } = says(problem, say);
	return {
		code: problem.kind,
		what: `${what.charAt(0).toUpperCase()}${what.slice(1)}`,
		next: `${next} ${AFTER[after].says(say)}`.trimEnd(),
		...rest,
		docs: `docs/problems.md#${anchorOf(problem.kind)}`
	};
};
/** The four parts as plain text, for a terminal, a log or a job summary. */
const formatProblem = (problem, options = {}) => {
	const { what, why, next, docs, code, output = [] } = sayProblem(problem, {
		...options,
		form: "plain"
	});
	const parts = [
		`${what}  [${code}]`,
		`Why   ${why}`,
		`Next  ${next}`,
		`Docs  ${docs}`
	];
	for (const { title, text } of output) parts.push("", `${title}:`, text);
	return parts.join("\n");
};
/** The four parts as Markdown for a comment, raw output folded. */
const problemComment = (problem, options = {}) => {
	const { what, why, next, docs, code, output = [] } = sayProblem(problem, {
		...options,
		form: "markdown"
	});
	return [
		`${what} \`${code}\``,
		`**Why** ${why}`,
		`**Next** ${next}`,
		...output.map(({ title, text }) => `<details><summary>Output: ${htmlCode(title)}</summary>\n\n${block(text, { max: 6e3 })}\n\n</details>`),
		`<sub>[${docs}](${DOCS_URL}/${docs})</sub>`
	].join("\n\n");
};
/** Problems of a plan as one list: errors first, each with its fix, at most `max` of them. */
const diagnosticsList = (diagnostics, options, max = 40) => {
	const ordered = [...diagnostics.filter(({ level }) => level === "error"), ...diagnostics.filter(({ level }) => level === "warning")];
	const lines = ordered.slice(0, max).map(({ level, problem }) => {
		const { what, why, next, docs, code } = sayProblem(problem, {
			...options,
			form: "markdown"
		});
		return `- ${level === "error" ? "⛔" : "⚠️"} ${what} [\`${code}\`](${DOCS_URL}/${docs})\n  ${why} **Next:** ${next}`;
	});
	const left = ordered.length - max;
	return [...lines, ...left > 0 ? [`- … and ${count(left, "more", "more")} of them.`] : []].join("\n");
};

export { sayProblem as a, MAX_REASON_CHARS as c, problemComment as i, isTestFile as l, diagnosticsList as n, helpText as o, formatProblem as r, COMMANDS as s, DOCS_URL as t };