import { t as CONFIG_FIELDS } from "./config-text-CXlYV5SI.js";
import { c as defineList, l as onlyThe, u as packed } from "./client-COHvwFo0.js";
import { i as STATE_FILE, o as fileOf } from "./refs-s5fIyZr6.js";

// src/github/queries.ts
const ACTOR = `__typename login ... on User { databaseId } ... on Bot { databaseId }`;
const COMMENT = `id fullDatabaseId body createdAt lastEditedAt viewerDidAuthor author { ${ACTOR} } editor { ${ACTOR} } reactionGroups { content viewerHasReacted }`;
/** The number of issues in one page. */
const PAGE = 50;
/** GitHub takes no comments beyond 2,500 on one issue or pull request. */
const MAX_COMMENTS = 3e3;
const labels = defineList("labels", {
	kind: "labels",
	on: "Issue",
	field: "labels",
	end: "first",
	size: 50,
	most: 500,
	select: "id name"
});
const blockedBy = defineList("blockedBy", {
	kind: "blockers",
	on: "Issue",
	field: "blockedBy",
	end: "first",
	size: 50,
	most: 500,
	also: "totalCount",
	select: "number state stateReason repository { nameWithOwner }"
});
const issueComments = defineList("issueComments", {
	kind: "comments",
	on: "Issue",
	field: "comments",
	end: "last",
	size: 20,
	most: MAX_COMMENTS,
	select: COMMENT
});
const labeled = defineList("labeled", {
	kind: "label changes",
	on: "Issue",
	field: "timelineItems",
	filter: "itemTypes: [LABELED_EVENT]",
	end: "last",
	size: 50,
	most: 5e3,
	select: `... on LabeledEvent { id createdAt actor { ${ACTOR} } label { name } }`
});
const changes = defineList("changes", {
	kind: "label changes",
	on: "Issue",
	field: "timelineItems",
	as: "changes",
	end: "last",
	size: 20,
	most: 5e3,
	filter: "itemTypes: [UNLABELED_EVENT, CLOSED_EVENT, REOPENED_EVENT, CONVERTED_TO_DISCUSSION_EVENT]",
	select: `__typename
    ... on UnlabeledEvent { id createdAt actor { ${ACTOR} } label { name } }
    ... on ClosedEvent { createdAt actor { ${ACTOR} } }
    ... on ReopenedEvent { createdAt actor { ${ACTOR} } }
    ... on ConvertedToDiscussionEvent { createdAt actor { ${ACTOR} } }`
});
const ISSUE_FIELDS = `
  __typename id number title body url state stateReason updatedAt lastEditedAt viewerDidAuthor
  author { ${ACTOR} }
  editor { ${ACTOR} }
  ${labels()}
  repository { nameWithOwner }
  parent { number }
  subIssuesSummary { total }
  ${blockedBy()}
  ${changes()}`;
const SEGMENT = `fragment Segment on Issue {
  ${ISSUE_FIELDS}
  ${issueComments()}
}`;
const subIssues = defineList("subIssues", {
	kind: "sub-issues",
	on: "Issue",
	field: "subIssues",
	end: "first",
	size: 50,
	pageSize: 50,
	most: 2e3,
	weight: 1e3,
	select: "...Segment",
	fragment: SEGMENT
});
/**
* The sub-issues of a first page where nobody knows how many there are. GitHub charges for a page's size, full or not, and
* these come to one point.
*/
const FEW = 30;
/**
* Its variable `journal` is the journal's commit, or `ABSENT` without `isStarted`.
* @param expected the number of issues, if it is known
*/
const epicQuery = (expected = FEW) => `query SwarmEpic($owner: String!, $name: String!, $epic: Int!, $journal: GitObjectID!, $isStarted: Boolean!) {
  repository(owner: $owner, name: $name) {
    id nameWithOwner url isEmpty mergeCommitAllowed squashMergeAllowed rebaseMergeAllowed
    defaultBranchRef { name }
    state: ${fileOf("$journal", `"${STATE_FILE}"`).replace(" {", " @include(if: $isStarted) {")}
    head: object(oid: $journal) { ... on Commit { signature { isValid wasSignedByGitHub } } }
    ${CONFIG_FIELDS}
    workflow: object(expression: "HEAD:.github/workflows/swarm.yml") { oid }
    segmentWorkflow: object(expression: "HEAD:.github/workflows/segment.yml") { oid }
    eventsWorkflow: object(expression: "HEAD:.github/workflows/swarm-events.yml") { oid }
    clockWorkflow: object(expression: "HEAD:.github/workflows/swarm-clock.yml") { oid }
    issue(number: $epic) {
      ${ISSUE_FIELDS}
      ${issueComments(100)}
      ${labeled()}
      ${subIssues(Math.min(50, Math.ceil(expected / 10) * 10))}
    }
  }
}
${SEGMENT}`;
/** The first pages of several groups at once. Each asks for only as many as it has, so that together they are about a page. */
function childrenOfGroups(groups) {
	const ids = groups.map(({ id }, index) => [`id${index}`, id]);
	const parts = groups.map(({ subIssuesSummary: { total } }, index) => `group${index}: node(id: $id${index}) { id ... on Issue { number ${subIssues(Math.min(total, 50))} } }`);
	return {
		text: `query SwarmGroups(${ids.map(([name]) => `$${name}: ID!`).join(", ")}) {
  ${parts.join("\n  ")}
}
${SEGMENT}`,
		variables: Object.fromEntries(ids)
	};
}
/** Splits groups so that the first pages of each part fit into one query. */
const inPages = (groups) => packed(groups, ({ subIssuesSummary: { total } }) => Math.min(total, 50), 50);
/** Kinds of changes that an issue's text does not show: its title, labels, blockers, parent and sub-issues. */
const HANDS = [
	["LABELED_EVENT", "label { name }"],
	["UNLABELED_EVENT", "label { name }"],
	["RENAMED_TITLE_EVENT", ""],
	["BLOCKED_BY_ADDED_EVENT", ""],
	["BLOCKED_BY_REMOVED_EVENT", ""],
	["PARENT_ISSUE_ADDED_EVENT", ""],
	["PARENT_ISSUE_REMOVED_EVENT", ""],
	["SUB_ISSUE_ADDED_EVENT", ""],
	["SUB_ISSUE_REMOVED_EVENT", "subIssue { number }"]
];
/** `LABELED_EVENT` → `LabeledEvent`. */
const typeOf = (item) => item.toLowerCase().replace(/(?:^|_)([a-z])/g, (_, letter) => letter.toUpperCase());
/** Who changed these issues since then. Only queried while a consent is being recorded. */
function handsQuery(ids, since) {
	const events = HANDS.map(([item, more]) => `... on ${typeOf(item)} { createdAt actor { ${ACTOR} } ${more} }`).join(" ");
	const variables = Object.fromEntries(ids.map((id, index) => [`id${index}`, id]));
	return {
		text: `query SwarmHands($since: DateTime!, ${ids.map((_, index) => `$id${index}: ID!`).join(", ")}) {
  ${ids.map((_, index) => `issue${index}: node(id: $id${index}) { ...Hands }`).join("\n  ")}
}
fragment Hands on Issue {
  id
  timelineItems(${onlyThe("last", 100, "beyond it, the issue counts as changed by a stranger")}, since: $since, itemTypes: [${HANDS.map(([item]) => item).join(", ")}]) {
    pageInfo { hasPreviousPage }
    nodes { __typename ${events} }
  }
}`,
		variables: {
			...variables,
			since
		}
	};
}
/** The editors of a comment. Only queried for a ticked comment: for all, it would cost ten times as much as the rest. */
const EDITS = `query SwarmEdits($id: ID!) {
  node(id: $id) {
    id
    ... on IssueComment { ${defineList("edits", {
	kind: "edits",
	on: "IssueComment",
	field: "userContentEdits",
	end: "first",
	size: 50,
	most: 1e3,
	select: `editedAt editor { ${ACTOR} }`
})()} }
  }
}`;
/** Who added which labels to a segment. Only asked if it has the label of a command. */
const LABELLED = `query SwarmLabelled($id: ID!) { node(id: $id) { id ... on Issue { ${labeled()} } } }`;
const issuesByNumber = (numbers) => `query SwarmIssues($owner: String!, $name: String!) {
  repository(owner: $owner, name: $name) {
    ${numbers.map((number) => `issue${number}: issueOrPullRequest(number: ${number}) { __typename ...Segment }`).join("\n")}
  }
}
${SEGMENT}`;
/** Of a commit that is asked for its id. */
const ROLLUP = `statusCheckRollup { ${defineList("checks", {
	kind: "checks",
	on: "Commit",
	path: ["statusCheckRollup"],
	field: "contexts",
	end: "first",
	size: 100,
	most: 2e3,
	select: `
    __typename
    ... on CheckRun {
      name status conclusion startedAt detailsUrl
      checkSuite { app { databaseId slug } workflowRun { event resourcePath workflow { resourcePath } } }
    }
    ... on StatusContext { context state createdAt }`
})()} }`;
const checkSuites = defineList("checkSuites", {
	kind: "checks",
	on: "Commit",
	field: "checkSuites",
	end: "first",
	size: 20,
	most: 1e3,
	select: "conclusion createdAt workflowRun { event workflow { name resourcePath } }"
});
const COMMIT = `oid tree { oid } parents(${onlyThe("first", 3, "a merge has two of them")}) { nodes { oid } }`;
const PULL_FIELDS = `
  number id url state isDraft merged mergedAt mergeable mergeStateStatus headRefName headRefOid baseRefName
  author { ${ACTOR} }
  mergeCommit { ${COMMIT} }`;
const REVIEW = `id state submittedAt lastEditedAt body author { ${ACTOR} } commit { oid }`;
const reviewComments = defineList("reviewComments", {
	kind: "review comments",
	on: "PullRequestReview",
	field: "comments",
	end: "first",
	size: 30,
	most: MAX_COMMENTS,
	select: `${COMMENT} path line`
});
const reviews = defineList("reviews", {
	kind: "reviews",
	on: "PullRequest",
	field: "reviews",
	end: "last",
	size: 3,
	pageSize: 50,
	most: MAX_COMMENTS,
	weight: 1e3,
	select: `${REVIEW} ${reviewComments()}`
});
const approvals = defineList("approvals", {
	kind: "reviews",
	on: "PullRequest",
	field: "reviews",
	filter: "states: [APPROVED]",
	end: "last",
	size: 20,
	most: MAX_COMMENTS,
	select: REVIEW
});
const reviewRequests = defineList("reviewRequests", {
	kind: "review requests",
	on: "PullRequest",
	field: "reviewRequests",
	end: "first",
	size: 20,
	most: 500,
	select: "asCodeOwner requestedReviewer { __typename ... on User { login } ... on Bot { login } ... on Team { combinedSlug } }"
});
const pullComments = defineList("pullComments", {
	kind: "comments",
	on: "PullRequest",
	field: "comments",
	end: "last",
	size: 50,
	most: MAX_COMMENTS,
	select: COMMENT
});
const LAST_COMMIT = `commits(${onlyThe("last", 1, "the checks of a head are those of its last commit")}) { nodes { commit { id ${COMMIT} ${ROLLUP} ${checkSuites()} } } }`;
const WHOLE_PULL = `fragment WholePull on PullRequest {
  ${PULL_FIELDS}
  ${reviews()}
  ${pullComments()} ${LAST_COMMIT}
  potentialMergeCommit { ${COMMIT} }
  reviewDecision
  ${reviewRequests()}
  drafted: timelineItems(${onlyThe("last", 1, "an earlier one of them is undone by the latest")}, itemTypes: [CONVERT_TO_DRAFT_EVENT, READY_FOR_REVIEW_EVENT]) {
    nodes { __typename ... on ConvertToDraftEvent { createdAt actor { ${ACTOR} } } ... on ReadyForReviewEvent { createdAt actor { ${ACTOR} } } }
  }
  reopened: timelineItems(${onlyThe("last", 1, "an earlier one of them is undone by the latest")}, itemTypes: [REOPENED_EVENT]) {
    nodes { __typename ... on ReopenedEvent { createdAt actor { ${ACTOR} } } }
  }
  isMergeQueueEnabled mergeQueueEntry { position }
  unqueued: timelineItems(${onlyThe("last", 1, "an earlier removal has been answered by then")}, itemTypes: [REMOVED_FROM_MERGE_QUEUE_EVENT]) {
    nodes { __typename ... on RemovedFromMergeQueueEvent { createdAt reason } }
  }
}`;
/** For a closed segment only the outcome matters, and the approvals, as a record of who gave them. */
const PULL_STATE = `fragment PullState on PullRequest {
  ${PULL_FIELDS}
  ${approvals()}
}`;
/**
* Queries for everything that the journal names, by alias. Names of branches and refs are variables. Usually one query;
* further ones if there are too many pull requests, because each is as large as several issues.
*/
function detailQueries(request) {
	const sizeOf = ({ detail }) => detail === "whole" ? 4 : 1;
	const [first = [], ...more] = packed(request.pulls, sizeOf, 200);
	const [others = [], ...moreOthers] = inParts(request.others, 100);
	return [
		firstQuery(request, first, otherFields(request.others, others)),
		...more.map((pulls) => makeQuery(pulls.map(pullField), [], {})),
		...moreOthers.map((part) => {
			const { here, elsewhere, variables } = otherFields(request.others, part);
			return makeQuery(here, elsewhere, variables);
		})
	];
}
const inParts = (items, size) => packed(items, () => 1, size);
/** A part of the issues outside the epic. Those in other repositories are numbered in the order of all. */
function otherFields(all, part) {
	const foreign = all.filter((ref) => ref.repository !== void 0);
	const state = "__typename ... on Issue { state stateReason }";
	const variables = {};
	const elsewhere = part.flatMap(({ number, repository }) => {
		if (!repository) return [];
		const index = foreign.findIndex((ref) => ref.number === number && ref.repository === repository);
		variables[`owner${index}`] = repository.owner;
		variables[`name${index}`] = repository.name;
		return [`elsewhere${index}: repository(owner: $owner${index}, name: $name${index}) { issue: issueOrPullRequest(number: ${number}) { ${state} } }`];
	});
	return {
		here: part.filter((ref) => ref.repository === void 0).map(({ number }) => `other${number}: issueOrPullRequest(number: ${number}) { ${state} }`),
		elsewhere,
		variables
	};
}
const pullField = ({ number, detail }) => `pull${number}: pullRequest(number: ${number}) { ...${detail === "whole" ? "WholePull" : "PullState"} }`;
function firstQuery(request, pulls, others) {
	const variables = {};
	const parts = [];
	const variable = (name, value) => {
		variables[name] = value;
		return `$${name}`;
	};
	const base = request.base === "HEAD" ? "HEAD" : `refs/heads/${request.base}`;
	parts.push(`base: object(expression: ${variable("base", `${base}^{commit}`)}) { ... on Commit { id oid tree { oid } ${ROLLUP} } }`);
	parts.push(...pulls.map(pullField));
	request.branches.forEach((branch, index) => {
		parts.push(`branch${index}: ref(qualifiedName: ${variable(`branch${index}`, `refs/heads/${branch}`)}) { name target { oid } }`);
	});
	request.labels.forEach((name, index) => {
		parts.push(`label${index}: label(name: ${variable(`label${index}`, name)}) { id name }`);
	});
	for (const { alias, commit, path } of request.files) parts.push(`${alias}: ${fileOf(JSON.stringify(commit), JSON.stringify(path))}`);
	request.personaFolders.forEach((folder, index) => {
		const tree = variable(`personas${index}`, `${base}:${folder}`);
		parts.push(`personas${index}: object(expression: ${tree}) { ... on Tree { entries { name type } } }`);
	});
	request.skillFolders.forEach((folder, index) => {
		const tree = variable(`skills${index}`, `${base}:${folder}`);
		parts.push(`skills${index}: object(expression: ${tree}) { ... on Tree { entries { name type object { ... on Tree { entries { name } } } } } }`);
	});
	return makeQuery([...parts, ...others.here], others.elsewhere, {
		...variables,
		...others.variables
	});
}
/** True for the query that reads what the journal names. */
const isDetail = (text) => text.startsWith("query SwarmDetail(");
/** True for two queries that were made one. */
const isLook = (text) => text.startsWith("query SwarmLook(");
/**
* Two queries of this file as one, which GitHub answers with the fields of both. It merges fields of the same name and
* arguments, and none of these files' aliases stands in both.
* @see https://spec.graphql.org/October2021/#sec-Field-Selection-Merging
*/
function asOne(...queries) {
	const parts = queries.map(({ text }) => {
		const [, declared = "", fields = "", fragments = ""] = /^query \w+\((.*)\) \{\n([\s\S]*?)\n\}\n?([\s\S]*)$/.exec(text) ?? [];
		return {
			declared: declared.split(", "),
			fields,
			fragments: fragments.trim().split(/\n(?=fragment )/)
		};
	});
	const once = (each) => [...new Set(parts.flatMap(each))];
	return {
		text: `query SwarmLook(${once(({ declared }) => declared).join(", ")}) {
${parts.map(({ fields }) => fields).join("\n")}
}
${once(({ fragments }) => fragments).join("\n")}`,
		variables: Object.assign({}, ...queries.map(({ variables }) => variables))
	};
}
/** @param parts fields of the repository. Only used fragments are added, because GitHub rejects an unused one. */
function makeQuery(parts, elsewhere, variables) {
	const declared = Object.keys(variables).map((name) => `, $${name}: String!`);
	const fields = parts.join("\n    ");
	const fragments = [...fields.includes("...WholePull") ? [WHOLE_PULL] : [], ...fields.includes("...PullState") ? [PULL_STATE] : []];
	return {
		text: `query SwarmDetail($owner: String!, $name: String!${declared.join("")}) {
  repository(owner: $owner, name: $name) {
    ${fields}
  }
  ${elsewhere.join("\n  ")}
}
${fragments.join("\n")}`,
		variables
	};
}
/** The entries of a commit's root, and what lies at these paths, each by git's digest of the whole. */
function placesQuery(commit, paths) {
	const places = paths.map((path, index) => [`place${index}`, `${commit}:${path.replace(/\/$/, "")}`]);
	const fields = places.map(([alias]) => `${alias}: object(expression: $${alias}) { oid ... on Blob { text } }`);
	return {
		text: `query SwarmPlaces($owner: String!, $name: String!, $root: String!${places.map(([alias]) => `, $${alias}: String!`).join("")}) {
  repository(owner: $owner, name: $name) {
    root: object(expression: $root) { oid ... on Tree { entries { name type mode oid } } }
    ${fields.join("\n    ")}
  }
}`,
		variables: {
			root: `${commit}:`,
			...Object.fromEntries(places)
		}
	};
}
/** True if swarm itself has added one of these reactions. */
const hasReacted = ({ reactionGroups }, ...contents) => (reactionGroups ?? []).some((group) => group.viewerHasReacted && contents.some((content) => content === group.content));
/** All answers with an alias made of this prefix and a number, without those that are null. */
function answersWith(answer, prefix) {
	const form = new RegExp(`^${prefix}\\d+$`);
	return Object.entries(answer ?? {}).filter(([alias, value]) => value !== null && form.test(alias)).map(([, value]) => value);
}
function othersIn(answer, refs) {
	let elsewhere = 0;
	return refs.map((ref) => {
		if (ref.repository === void 0) return {
			ref,
			answer: answer.repository?.[`other${ref.number}`] ?? null
		};
		return {
			ref,
			answer: answer[`elsewhere${elsewhere++}`]?.issue ?? null
		};
	});
}

export { childrenOfGroups as a, handsQuery as c, isDetail as d, isLook as f, placesQuery as g, othersIn as h, asOne as i, hasReacted as l, labels as m, LABELLED as n, detailQueries as o, issuesByNumber as p, answersWith as r, epicQuery as s, EDITS as t, inPages as u };