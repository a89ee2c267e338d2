// src/github/queries.ts
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
/** The number of sub-issues in one page. */
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
/** The first pages of several groups at once. Each asks for only as many as it has, so that together they are about a page. */
function childrenOfGroups(groups) {
	const ids = groups.map(({ id }, index) => [`id${index}`, id]);
	const parts = groups.map(({ subIssuesSummary: { total } }, index) => `group${index}: node(id: $id${index}) { ... on Issue { subIssues(first: ${Math.min(total, PAGE)}) { pageInfo { hasNextPage endCursor } nodes { ...Segment } } } }`);
	return {
		text: `query SwarmGroups(${ids.map(([name]) => `$${name}: ID!`).join(", ")}) {
  ${parts.join("\n  ")}
}
${SEGMENT}`,
		variables: Object.fromEntries(ids)
	};
}
/** Splits groups so that the first pages of each part fit into one query. */
const inPages = (groups) => packed(groups, ({ subIssuesSummary: { total } }) => Math.min(total, PAGE), PAGE);
/** Splits items, in their order, into parts of at most this size. */
function packed(items, sizeOf, maxSize) {
	const all = [];
	let room = 0;
	for (const item of items) {
		const size = sizeOf(item);
		if (size > room) {
			all.push([]);
			room = maxSize;
		}
		all.at(-1)?.push(item);
		room -= size;
	}
	return all;
}
/** The editors of a comment. Only queried for a ticked comment: for all, it would cost ten times as much as the rest. */
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
/** For a closed segment only the outcome matters, and the approvals, as a record of who gave them. */
const PULL_STATE = `fragment PullState on PullRequest {
  ${PULL_FIELDS}
  reviews(last: 20, states: [APPROVED]) { nodes { ${REVIEW} } }
}`;
/**
* Queries for everything that the journal names, by alias. Names of branches and refs are variables. Usually one query;
* further ones if there are too many pull requests, because each is as large as several issues.
*/
function detailQueries(request) {
	const sizeOf = ({ detail }) => detail === "whole" ? 4 : 1;
	const [first = [], ...more] = packed(request.pulls, sizeOf, 200);
	return [firstQuery(request, first), ...more.map((pulls) => makeQuery(pulls.map(pullField), [], {}))];
}
const pullField = ({ number, detail }) => `pull${number}: pullRequest(number: ${number}) { ...${detail === "whole" ? "WholePull" : "PullState"} }`;
function firstQuery(request, pulls) {
	const variables = {};
	const parts = [];
	const variable = (name, value) => {
		variables[name] = value;
		return `$${name}`;
	};
	const base = request.base === "HEAD" ? "HEAD" : `refs/heads/${request.base}`;
	parts.push(`base: object(expression: ${variable("base", `${base}^{commit}`)}) { ... on Commit { oid ${ROLLUP} } }`);
	parts.push(...pulls.map(pullField));
	request.branches.forEach((branch, index) => {
		parts.push(`branch${index}: ref(qualifiedName: ${variable(`branch${index}`, `refs/heads/${branch}`)}) { name target { oid } }`);
	});
	const blob = (alias, expression) => parts.push(`${alias}: object(expression: ${variable(alias, expression)}) { ... on Blob { text } }`);
	request.reports.forEach((ref, index) => {
		blob(`report${index}`, `${ref}:report.json`);
	});
	request.calibrations.forEach((ref, index) => {
		blob(`calibration${index}`, `${ref}:calibration.json`);
	});
	request.personaFolders.forEach((folder, index) => {
		const tree = variable(`personas${index}`, `${base}:${folder}`);
		parts.push(`personas${index}: object(expression: ${tree}) { ... on Tree { entries { name type } } }`);
	});
	request.skillFolders.forEach((folder, index) => {
		const tree = variable(`skills${index}`, `${base}:${folder}`);
		parts.push(`skills${index}: object(expression: ${tree}) { ... on Tree { entries { name type object { ... on Tree { entries { name } } } } } }`);
	});
	request.others.filter((ref) => ref.repository === void 0).forEach((ref) => {
		parts.push(`other${ref.number}: issueOrPullRequest(number: ${ref.number}) { __typename ... on Issue { state stateReason } }`);
	});
	return makeQuery(parts, request.others.filter((ref) => ref.repository !== void 0).map((ref, index) => {
		return `elsewhere${index}: repository(owner: ${variable(`owner${index}`, ref.repository?.owner ?? "")}, name: ${variable(`name${index}`, ref.repository?.name ?? "")}) { issue: issueOrPullRequest(number: ${ref.number}) { __typename ... on Issue { state stateReason } } }`;
	}), variables);
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

export { answersWith as a, hasReacted as c, othersIn as d, EPIC as i, inPages as l, CONFIG as n, childrenOfGroups as o, EDITS as r, detailQueries as s, CHILDREN as t, issuesByNumber as u };