// src/github/questions.ts
const ACTOR = `__typename login ... on User { databaseId } ... on Bot { databaseId }`;
const COMMENT = `id fullDatabaseId body createdAt lastEditedAt viewerDidAuthor author { ${ACTOR} } editor { ${ACTOR} } reactionGroups { content viewerHasReacted }`;
const ISSUE_FIELDS = `
  __typename id number title body url state stateReason updatedAt lastEditedAt viewerDidAuthor
  author { ${ACTOR} }
  editor { ${ACTOR} }
  labels(first: 50) { nodes { name } }
  repository { nameWithOwner }
  parent { number }
  subIssuesSummary { total }
  blockedBy(first: 50) { totalCount nodes { number state stateReason repository { nameWithOwner } } }`;
const SEGMENT = `fragment Segment on Issue {
  ${ISSUE_FIELDS}
  comments(last: 20) { nodes { ${COMMENT} } }
  timelineItems(last: 10, itemTypes: [UNLABELED_EVENT]) {
    nodes { ... on UnlabeledEvent { id createdAt actor { ${ACTOR} } label { name } } }
  }
}`;
/** Issues below others that are asked for at once. */
const PAGE = 50;
const EPIC = `query SwarmEpic($owner: String!, $name: String!, $epic: Int!, $journal: String!, $state: String!) {
  repository(owner: $owner, name: $name) {
    id url
    defaultBranchRef { name }
    head: object(expression: $journal) { oid }
    state: object(expression: $state) { oid ... on Blob { text isTruncated } }
    yml: object(expression: "HEAD:.github/swarm.yml") { ... on Blob { text } }
    yaml: object(expression: "HEAD:.github/swarm.yaml") { ... on Blob { text } }
    workflow: object(expression: "HEAD:.github/workflows/swarm.yml") { oid }
    segmentWorkflow: object(expression: "HEAD:.github/workflows/segment.yml") { oid }
    issue(number: $epic) {
      ${ISSUE_FIELDS}
      comments(last: 100) { nodes { ${COMMENT} } }
      timelineItems(last: 50, itemTypes: [LABELED_EVENT]) {
        nodes { ... on LabeledEvent { id createdAt actor { ${ACTOR} } label { name } } }
      }
      unlabeled: timelineItems(last: 10, itemTypes: [UNLABELED_EVENT]) {
        nodes { ... on UnlabeledEvent { id createdAt actor { ${ACTOR} } label { name } } }
      }
      subIssues(first: ${PAGE}) { pageInfo { hasNextPage endCursor } nodes { ...Segment } }
    }
  }
}
${SEGMENT}`;
const CHILDREN = `query SwarmChildren($id: ID!, $after: String) {
  node(id: $id) {
    ... on Issue { subIssues(first: ${PAGE}, after: $after) { pageInfo { hasNextPage endCursor } nodes { ...Segment } } }
  }
}
${SEGMENT}`;
/** The first pages of several groups at once: of each no more than it has, so that together they are about a page. */
function childrenOfGroups(groups) {
	const ids = groups.map(({ id }, at) => [`id${at}`, id]);
	const parts = groups.map(({ subIssuesSummary: { total } }, at) => `group${at}: node(id: $id${at}) { ... on Issue { subIssues(first: ${Math.min(total, PAGE)}) { pageInfo { hasNextPage endCursor } nodes { ...Segment } } } }`);
	return {
		text: `query SwarmGroups(${ids.map(([name]) => `$${name}: ID!`).join(", ")}) {
  ${parts.join("\n  ")}
}
${SEGMENT}`,
		variables: Object.fromEntries(ids)
	};
}
/** Groups whose first pages are asked for together. */
const inPages = (groups) => together(groups, ({ subIssuesSummary: { total } }) => Math.min(total, PAGE), PAGE);
/** Items in their order, put together as long as they fill no more than this. */
function together(items, sizeOf, most) {
	const all = [];
	let room = 0;
	for (const item of items) {
		const size = sizeOf(item);
		if (size > room) {
			all.push([]);
			room = most;
		}
		all.at(-1)?.push(item);
		room -= size;
	}
	return all;
}
/** Who edited a comment. Asked of one that is ticked alone: of all comments it would cost ten times as much as the rest. */
const EDITS = `query SwarmEdits($id: ID!) {
  node(id: $id) {
    ... on IssueComment { userContentEdits(first: 50) { nodes { editedAt editor { ${ACTOR} } } } }
  }
}`;
const CONFIG = `query SwarmConfig($owner: String!, $name: String!) {
  repository(owner: $owner, name: $name) {
    yml: object(expression: "HEAD:.github/swarm.yml") { ... on Blob { text } }
    yaml: object(expression: "HEAD:.github/swarm.yaml") { ... on Blob { text } }
  }
}`;
const issuesByNumber = (numbers) => `query SwarmIssues($owner: String!, $name: String!) {
  repository(owner: $owner, name: $name) {
    ${numbers.map((number) => `issue${number}: issueOrPullRequest(number: ${number}) { __typename ...Segment }`).join("\n")}
  }
}
${SEGMENT}`;
const ROLLUP = `statusCheckRollup {
  contexts(first: 100) {
    nodes {
      __typename
      ... on CheckRun { name status conclusion checkSuite { workflowRun { workflow { resourcePath } } } }
      ... on StatusContext { context state }
    }
  }
}`;
const PULL_FIELDS = `
  number id url state isDraft merged mergedAt mergeable mergeStateStatus headRefName headRefOid baseRefName
  author { ${ACTOR} }
  mergeCommit { oid }`;
const REVIEW = `id state submittedAt lastEditedAt body author { ${ACTOR} } commit { oid }`;
const WHOLE_PULL = `fragment WholePull on PullRequest {
  ${PULL_FIELDS}
  reviews(last: 50) { nodes { ${REVIEW} comments(first: 30) { nodes { ${COMMENT} path line } } } }
  comments(last: 50) { nodes { ${COMMENT} } } commits(last: 1) { nodes { commit { ${ROLLUP} } } }
}`;
/** Of a segment that is closed only the outcome matters; its approvals stay for the record of who gave them. */
const PULL_STATE = `fragment PullState on PullRequest {
  ${PULL_FIELDS}
  reviews(last: 20, states: [APPROVED]) { nodes { ${REVIEW} } }
}`;
/**
* Everything the journal names, by aliases; names of branches and refs travel as variables. One question, and further ones
* for the pull requests that are too many for it: each has reviews, comments and checks, as much as several issues.
*/
function detail(question) {
	const sizeOf = ({ detail: how }) => how === "whole" ? 4 : 1;
	const [first = [], ...more] = together(question.pulls, sizeOf, 200);
	return [detailWith(question, first), ...more.map((pulls) => makeQuestion(pulls.map(askPull), [], {}))];
}
const askPull = ({ number, detail: how }) => `pull${number}: pullRequest(number: ${number}) { ...${how === "whole" ? "WholePull" : "PullState"} }`;
function detailWith(question, pulls) {
	const variables = {};
	const parts = [];
	const asked = (name, value) => {
		variables[name] = value;
		return `$${name}`;
	};
	const base = question.base === "HEAD" ? "HEAD" : `refs/heads/${question.base}`;
	parts.push(`base: object(expression: ${asked("base", `${base}^{commit}`)}) { ... on Commit { oid ${ROLLUP} } }`);
	parts.push(...pulls.map(askPull));
	question.branches.forEach((branch, index) => {
		parts.push(`branch${index}: ref(qualifiedName: ${asked(`branch${index}`, `refs/heads/${branch}`)}) { name target { oid } }`);
	});
	const blob = (alias, expression) => parts.push(`${alias}: object(expression: ${asked(alias, expression)}) { ... on Blob { text } }`);
	question.reports.forEach((ref, index) => {
		blob(`report${index}`, `${ref}:report.json`);
	});
	question.calibrations.forEach((ref, index) => {
		blob(`calibration${index}`, `${ref}:calibration.json`);
	});
	question.personaFolders.forEach((folder, index) => {
		const at = asked(`personas${index}`, `${base}:${folder}`);
		parts.push(`personas${index}: object(expression: ${at}) { ... on Tree { entries { name type } } }`);
	});
	question.skillFolders.forEach((folder, index) => {
		const at = asked(`skills${index}`, `${base}:${folder}`);
		parts.push(`skills${index}: object(expression: ${at}) { ... on Tree { entries { name type object { ... on Tree { entries { name } } } } } }`);
	});
	question.others.filter((ref) => ref.repository === void 0).forEach((ref) => {
		parts.push(`other${ref.number}: issueOrPullRequest(number: ${ref.number}) { __typename ... on Issue { state stateReason } }`);
	});
	return makeQuestion(parts, question.others.filter((ref) => ref.repository !== void 0).map((ref, index) => {
		return `elsewhere${index}: repository(owner: ${asked(`owner${index}`, ref.repository?.owner ?? "")}, name: ${asked(`name${index}`, ref.repository?.name ?? "")}) { issue: issueOrPullRequest(number: ${ref.number}) { __typename ... on Issue { state stateReason } } }`;
	}), variables);
}
/** @param parts of the repository. GitHub refuses a fragment that nobody uses. */
function makeQuestion(parts, elsewhere, variables) {
	const declared = Object.keys(variables).map((name) => `, $${name}: String!`);
	const asked = parts.join("\n    ");
	const fragments = [...asked.includes("...WholePull") ? [WHOLE_PULL] : [], ...asked.includes("...PullState") ? [PULL_STATE] : []];
	return {
		text: `query SwarmDetail($owner: String!, $name: String!${declared.join("")}) {
  repository(owner: $owner, name: $name) {
    ${asked}
  }
  ${elsewhere.join("\n  ")}
}
${fragments.join("\n")}`,
		variables
	};
}
/** Whether swarm itself has put one of these on it. */
const hasReacted = ({ reactionGroups }, ...contents) => (reactionGroups ?? []).some((each) => each.viewerHasReacted && contents.some((content) => content === each.content));
/** All answers whose alias is this word and a number; what is not there is left out. */
function answersWith(answer, word) {
	const form = new RegExp(`^${word}\\d+$`);
	return Object.entries(answer ?? {}).filter(([alias, value]) => value !== null && form.test(alias)).map(([, value]) => value);
}
function othersIn(answer, asked) {
	let elsewhere = 0;
	return asked.map((ref) => {
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

export { answersWith as a, hasReacted as c, othersIn as d, EPIC as i, inPages as l, CONFIG as n, childrenOfGroups as o, EDITS as r, detail as s, CHILDREN as t, issuesByNumber as u };