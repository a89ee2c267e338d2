import { c as decide, l as COMMANDS, n as observe, t as Answers } from "./observe-B5GCoxyH.js";
import { t as emptyJournal } from "./journal-DOIsMM_a.js";
import { t as advanceJournal } from "./journal-CvVfGxXL.js";
import { t as marked } from "./marker-C_yCMjG1.js";
import { a as planText, i as sayPanel, n as saySummary } from "./summary-DnFASZ5R.js";
import { r as problemComment, t as diagnosticsList } from "./problems-CTusMe2u.js";
import { c as inline, i as clip, s as htmlCode, t as block, u as oneLine } from "./safe-CyplE3Th.js";
import { r as enumerate, t as count } from "./voice-95ZVe8Fl.js";
import { a as mergeMessage } from "./pull-BmWtrK-y.js";
import { i as inRepository, n as GitHubRefused, r as GitHubUnavailable } from "./client-BXngtAnz.js";

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
			understand: async ({ file, text }) => (await import("./read-CzrudSp5.js")).readConfig(text, file)
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

export { reconcile };