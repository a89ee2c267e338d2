/**
 * Records as GitHub's REST API and webhooks show them.
 *
 * The fields are exactly those of GitHub's OpenAPI description; oracle.ts checks every response against it. Fields that
 * the emulator doesn't model have a constant value that GitHub could send.
 */

import {
  type App,
  type Comment,
  type Installation,
  type Issue,
  type Label,
  type Permissions,
  type Pull,
  REACTIONS,
  type Reaction,
  type Repository,
  type Review,
  type ReviewComment,
  type Reviewer,
  type Role,
  type Team,
  type User,
} from '#emulator/model/records';
import { associationWith } from '#emulator/model/repository';

/** The address of the emulated GitHub: `http://127.0.0.1:PORT`. */
export interface Site {
  readonly url: string;
}

export type Json = Readonly<Record<string, unknown>>;

export const apiUrl = (site: Site) => `${site.url}/api/v3`;
export const repoUrl = (site: Site, repository: Repository) =>
  `${apiUrl(site)}/repos/${repository.owner.login}/${repository.name}`;
export const htmlUrl = (site: Site, repository: Repository) =>
  `${site.url}/${repository.owner.login}/${repository.name}`;

export function showUser(site: Site, user: User): Json {
  const url = `${apiUrl(site)}/users/${encodeURIComponent(user.login)}`;
  return {
    login: user.login,
    id: user.id,
    node_id: user.nodeId,
    avatar_url: `${site.url}/avatars/u/${user.id}?v=4`,
    gravatar_id: '',
    url,
    html_url: user.type === 'Bot' ? `${site.url}/apps/${user.login.replace('[bot]', '')}` : `${site.url}/${user.login}`,
    followers_url: `${url}/followers`,
    following_url: `${url}/following{/other_user}`,
    gists_url: `${url}/gists{/gist_id}`,
    starred_url: `${url}/starred{/owner}{/repo}`,
    subscriptions_url: `${url}/subscriptions`,
    organizations_url: `${url}/orgs`,
    repos_url: `${url}/repos`,
    events_url: `${url}/events{/privacy}`,
    received_events_url: `${url}/received_events`,
    type: user.type,
    user_view_type: 'public',
    site_admin: false,
  };
}

function showTeam(site: Site, team: Team): Json {
  const url = `${apiUrl(site)}/organizations/${team.organization.id}/team/${team.id}`;
  return {
    id: team.id,
    node_id: team.nodeId,
    name: team.slug,
    slug: team.slug,
    description: null,
    privacy: 'closed',
    permission: 'pull',
    url,
    html_url: `${site.url}/orgs/${team.organization.login}/teams/${team.slug}`,
    members_url: `${url}/members{/member}`,
    repositories_url: `${url}/repos`,
  };
}

/** The reviewer of a review request, in a webhook or a timeline. */
export const showRequested = (site: Site, reviewer: Reviewer): Json =>
  reviewer.type === 'Team'
    ? { requested_team: showTeam(site, reviewer) }
    : { requested_reviewer: showUser(site, reviewer) };

/** Everybody who is asked for a review of a pull request. */
export const showReviewers = (site: Site, { requestedReviewers }: Pull) => ({
  requested_reviewers: requestedReviewers.flatMap((each) => (each.type === 'Team' ? [] : [showUser(site, each)])),
  requested_teams: requestedReviewers.flatMap((each) =>
    each.type === 'Team'
      ? [{ ...showTeam(site, each), type: 'organization', organization_id: each.organization.id }]
      : [],
  ),
});

const REPOSITORY_LINKS = {
  archive_url: '/{archive_format}{/ref}',
  assignees_url: '/assignees{/user}',
  blobs_url: '/git/blobs{/sha}',
  branches_url: '/branches{/branch}',
  collaborators_url: '/collaborators{/collaborator}',
  comments_url: '/comments{/number}',
  commits_url: '/commits{/sha}',
  compare_url: '/compare/{base}...{head}',
  contents_url: '/contents/{+path}',
  contributors_url: '/contributors',
  deployments_url: '/deployments',
  downloads_url: '/downloads',
  events_url: '/events',
  forks_url: '/forks',
  git_commits_url: '/git/commits{/sha}',
  git_refs_url: '/git/refs{/sha}',
  git_tags_url: '/git/tags{/sha}',
  hooks_url: '/hooks',
  issue_comment_url: '/issues/comments{/number}',
  issue_events_url: '/issues/events{/number}',
  issues_url: '/issues{/number}',
  keys_url: '/keys{/key_id}',
  labels_url: '/labels{/name}',
  languages_url: '/languages',
  merges_url: '/merges',
  milestones_url: '/milestones{/number}',
  notifications_url: '/notifications{?since,all,participating}',
  pulls_url: '/pulls{/number}',
  releases_url: '/releases{/id}',
  stargazers_url: '/stargazers',
  statuses_url: '/statuses/{sha}',
  subscribers_url: '/subscribers',
  subscription_url: '/subscription',
  tags_url: '/tags',
  teams_url: '/teams',
  trees_url: '/git/trees{/sha}',
} as const;

/** OpenAPI's `simple-repository`. Workflow runs show their repository like this. */
export function showSimpleRepository(site: Site, repository: Repository): Json {
  const url = repoUrl(site, repository);
  const links = Object.entries(REPOSITORY_LINKS).map(([name, path]) => [name, url + path]);
  return {
    id: repository.id,
    node_id: repository.nodeId,
    name: repository.name,
    full_name: `${repository.owner.login}/${repository.name}`,
    private: repository.visibility === 'private',
    owner: showUser(site, repository.owner),
    html_url: htmlUrl(site, repository),
    description: repository.description,
    fork: false,
    url,
    ...Object.fromEntries(links),
  };
}

/** OpenAPI's `repository`. Pull requests, tokens and webhooks show a repository like this. */
export function showRepository(site: Site, repository: Repository): Json {
  const html = htmlUrl(site, repository);
  const open = [...repository.issues.values()].filter((issue) => issue.state === 'open').length;
  return {
    ...showSimpleRepository(site, repository),
    created_at: repository.createdAt,
    updated_at: repository.updatedAt,
    pushed_at: repository.pushedAt,
    git_url: `git${html.slice(html.indexOf(':'))}.git`,
    ssh_url: `git@${new URL(html).hostname}:${repository.owner.login}/${repository.name}.git`,
    clone_url: `${html}.git`,
    svn_url: html,
    homepage: null,
    size: 0,
    stargazers_count: 0,
    watchers_count: 0,
    language: null,
    has_issues: repository.hasIssues,
    has_projects: false,
    has_downloads: true,
    has_wiki: false,
    has_pages: false,
    has_discussions: false,
    forks_count: 0,
    mirror_url: null,
    archived: repository.archived,
    disabled: false,
    open_issues_count: open,
    license: null,
    allow_forking: true,
    is_template: false,
    web_commit_signoff_required: false,
    topics: [],
    visibility: repository.visibility,
    forks: 0,
    open_issues: open,
    watchers: 0,
    default_branch: repository.defaultBranch,
  };
}

/** OpenAPI's `full-repository`, the response of GET /repos/{owner}/{repo}. */
export function showFullRepository(site: Site, repository: Repository, role: Role | null): Json {
  return {
    ...showRepository(site, repository),
    ...(role && { permissions: showRole(role) }),
    allow_squash_merge: repository.merges.squash,
    allow_merge_commit: repository.merges.merge,
    allow_rebase_merge: repository.merges.rebase,
    allow_auto_merge: repository.merges.autoMerge,
    delete_branch_on_merge: repository.merges.deleteBranch,
    allow_update_branch: false,
    temp_clone_token: '',
    use_squash_pr_title_as_default: false,
    squash_merge_commit_title: 'COMMIT_OR_PR_TITLE',
    squash_merge_commit_message: 'COMMIT_MESSAGES',
    merge_commit_title: 'MERGE_MESSAGE',
    merge_commit_message: 'PR_TITLE',
    ...(repository.owner.type === 'Organization' && { organization: showUser(site, repository.owner) }),
    network_count: 0,
    subscribers_count: 0,
  };
}

export function showRole(role: Role): Json {
  const rank = ['read', 'triage', 'write', 'maintain', 'admin'].indexOf(role);
  return { admin: rank >= 4, maintain: rank >= 3, push: rank >= 2, triage: rank >= 1, pull: true };
}

export function showApp(site: Site, app: App): Json {
  return {
    id: app.id,
    client_id: app.clientId,
    slug: app.slug,
    node_id: app.nodeId,
    owner: showUser(site, app.owner),
    name: app.name,
    description: '',
    external_url: `${site.url}/apps/${app.slug}`,
    html_url: `${site.url}/apps/${app.slug}`,
    created_at: app.createdAt,
    updated_at: app.createdAt,
    permissions: app.permissions,
    events: app.events,
  };
}

export function showInstallation(site: Site, installation: Installation): Json {
  const { app, account } = installation;
  return {
    id: installation.id,
    client_id: app.clientId,
    account: showUser(site, account),
    repository_selection: installation.repositories === 'all' ? 'all' : 'selected',
    access_tokens_url: `${apiUrl(site)}/app/installations/${installation.id}/access_tokens`,
    repositories_url: `${apiUrl(site)}/installation/repositories`,
    html_url: `${site.url}/settings/installations/${installation.id}`,
    app_id: app.id,
    app_slug: app.slug,
    target_id: account.id,
    target_type: account.type,
    permissions: installation.permissions as Permissions,
    events: installation.events,
    created_at: installation.createdAt,
    updated_at: installation.createdAt,
    single_file_name: null,
    has_multiple_single_files: false,
    single_file_paths: [],
    suspended_by: null,
    suspended_at: installation.suspendedAt,
  };
}

export function showLabel(site: Site, repository: Repository, label: Label): Json {
  return {
    id: label.id,
    node_id: label.nodeId,
    url: `${repoUrl(site, repository)}/labels/${encodeURIComponent(label.name)}`,
    name: label.name,
    color: label.color,
    default: label.isDefault,
    description: label.description,
  };
}

export function showReactions(url: string, reactions: readonly Reaction[]): Json {
  const count = (content: string) => reactions.filter((reaction) => reaction.content === content).length;
  return {
    url: `${url}/reactions`,
    total_count: reactions.length,
    ...Object.fromEntries(REACTIONS.map((content) => [content, count(content)])),
  };
}

export function showReaction(site: Site, reaction: Reaction): Json {
  return {
    id: reaction.id,
    node_id: reaction.nodeId,
    user: showUser(site, reaction.user),
    content: reaction.content,
    created_at: reaction.createdAt,
  };
}

export const issueUrl = (site: Site, issue: Issue) => `${repoUrl(site, issue.repository)}/issues/${issue.number}`;
export const issueHtmlUrl = (site: Site, issue: Issue) =>
  `${htmlUrl(site, issue.repository)}/${issue.pull ? 'pull' : 'issues'}/${issue.number}`;

export function showIssue(site: Site, issue: Issue): Json {
  const { repository, pull } = issue;
  const url = issueUrl(site, issue);
  const html = issueHtmlUrl(site, issue);
  const [assignee] = issue.assignees;
  const done = issue.subIssues.filter((sub) => sub.state === 'closed').length;
  const total = issue.subIssues.length;
  const open = (issues: readonly Issue[]) => issues.filter((one) => one.state === 'open').length;
  return {
    url,
    repository_url: repoUrl(site, repository),
    labels_url: `${url}/labels{/name}`,
    comments_url: `${url}/comments`,
    events_url: `${url}/events`,
    html_url: html,
    id: issue.id,
    node_id: issue.nodeId,
    number: issue.number,
    title: issue.title,
    user: showUser(site, issue.user),
    labels: issue.labels.map((label) => showLabel(site, repository, label)),
    state: issue.state,
    locked: issue.locked,
    assignee: assignee ? showUser(site, assignee) : null,
    assignees: issue.assignees.map((user) => showUser(site, user)),
    milestone: null,
    comments: issue.comments.length,
    created_at: issue.createdAt,
    updated_at: issue.updatedAt,
    closed_at: issue.closedAt,
    author_association: associationWith(repository, issue.user),
    active_lock_reason: issue.lockReason,
    body: issue.body,
    reactions: showReactions(url, issue.reactions),
    timeline_url: `${url}/timeline`,
    performed_via_github_app: issue.via ? showApp(site, issue.via) : null,
    state_reason: issue.stateReason,
    ...(pull
      ? {
          draft: pull.draft,
          pull_request: {
            url: `${repoUrl(site, repository)}/pulls/${issue.number}`,
            html_url: html,
            diff_url: `${html}.diff`,
            patch_url: `${html}.patch`,
            merged_at: pull.mergedAt,
          },
        }
      : {
          sub_issues_summary: {
            total,
            completed: done,
            percent_completed: total ? Math.floor((done * 100) / total) : 0,
          },
          issue_dependencies_summary: {
            blocked_by: open(issue.blockedBy),
            blocking: open(issue.blocking),
            total_blocked_by: issue.blockedBy.length,
            total_blocking: issue.blocking.length,
          },
          ...(issue.parent && { parent_issue_url: issueUrl(site, issue.parent) }),
        }),
  };
}

/** An issue with the fields that only REST shows. */
export function showWholeIssue(site: Site, issue: Issue): Json {
  return {
    ...showIssue(site, issue),
    closed_by: issue.closedBy ? showUser(site, issue.closedBy) : null,
    ...(!issue.pull && issue.type ? { type: showIssueType(issue) } : {}),
  };
}

function showIssueType(issue: Issue): Json {
  return {
    id: 1,
    node_id: 'IT_kwDOAAAAAQ',
    name: issue.type,
    description: null,
    color: null,
    created_at: issue.repository.createdAt,
    updated_at: issue.repository.createdAt,
    is_enabled: true,
  };
}

export function showComment(site: Site, comment: Comment): Json {
  const { repository } = comment.issue;
  const url = `${repoUrl(site, repository)}/issues/comments/${comment.id}`;
  return {
    url,
    html_url: `${issueHtmlUrl(site, comment.issue)}#issuecomment-${comment.id}`,
    issue_url: issueUrl(site, comment.issue),
    id: comment.id,
    node_id: comment.nodeId,
    user: showUser(site, comment.user),
    created_at: comment.createdAt,
    updated_at: comment.updatedAt,
    author_association: associationWith(repository, comment.user),
    body: comment.body,
    reactions: showReactions(url, comment.reactions),
    performed_via_github_app: comment.via ? showApp(site, comment.via) : null,
  };
}

/** OpenAPI's `pull-request-simple`. Lists show a pull request like this. */
export function showPullInList(site: Site, pull: Pull): Json {
  const { issue, repository } = pull;
  const api = repoUrl(site, repository);
  const url = `${api}/pulls/${issue.number}`;
  const html = issueHtmlUrl(site, issue);
  const link = (href: string) => ({ href });
  const [assignee] = issue.assignees;
  const side = (ref: string, sha: string) => ({
    label: `${repository.owner.login}:${ref}`,
    ref,
    sha,
    user: showUser(site, repository.owner),
    repo: showRepository(site, repository),
  });
  return {
    url,
    id: pull.id,
    node_id: pull.nodeId,
    html_url: html,
    diff_url: `${html}.diff`,
    patch_url: `${html}.patch`,
    issue_url: issueUrl(site, issue),
    number: issue.number,
    state: issue.state,
    locked: issue.locked,
    title: issue.title,
    user: showUser(site, issue.user),
    body: issue.body,
    created_at: issue.createdAt,
    updated_at: issue.updatedAt,
    closed_at: issue.closedAt,
    merged_at: pull.mergedAt,
    merge_commit_sha: pull.mergeSha ?? pull.mergeability?.mergeCommit ?? null,
    assignee: assignee ? showUser(site, assignee) : null,
    assignees: issue.assignees.map((user) => showUser(site, user)),
    ...showReviewers(site, pull),
    labels: issue.labels.map((label) => showLabel(site, repository, label)),
    milestone: null,
    draft: pull.draft,
    commits_url: `${url}/commits`,
    review_comments_url: `${url}/comments`,
    review_comment_url: `${api}/pulls/comments{/number}`,
    comments_url: `${issueUrl(site, issue)}/comments`,
    statuses_url: `${api}/statuses/${pull.headSha}`,
    head: side(pull.headRef, pull.headSha),
    base: side(pull.baseRef, pull.baseSha),
    _links: {
      self: link(url),
      html: link(html),
      issue: link(issueUrl(site, issue)),
      comments: link(`${issueUrl(site, issue)}/comments`),
      review_comments: link(`${url}/comments`),
      review_comment: link(`${api}/pulls/comments{/number}`),
      commits: link(`${url}/commits`),
      statuses: link(`${api}/statuses/${pull.headSha}`),
    },
    author_association: associationWith(repository, issue.user),
    auto_merge: null,
    active_lock_reason: issue.lockReason,
  };
}

/** OpenAPI's `pull-request`. In webhooks `mergeable` is null, because GitHub has not checked it yet. */
export function showPull(
  site: Site,
  pull: Pull,
  judged: { readonly mergeable: boolean | null; readonly state: string } = { mergeable: null, state: 'unknown' },
): Json {
  const closed = pull.issue.state === 'closed';
  return {
    ...showPullInList(site, pull),
    merged: pull.merged,
    mergeable: closed ? null : judged.mergeable,
    rebaseable: closed ? null : judged.mergeable,
    mergeable_state: closed ? 'unknown' : judged.state,
    merged_by: pull.mergedBy ? showUser(site, pull.mergedBy) : null,
    comments: pull.issue.comments.length,
    review_comments: pull.comments.length,
    maintainer_can_modify: pull.maintainerCanModify,
    commits: pull.size.commits,
    additions: pull.size.additions,
    deletions: pull.size.deletions,
    changed_files: pull.size.changedFiles,
  };
}

/** A pull request as the check runs and workflow runs of its head commit show it. */
export function showPullMinimal(site: Site, pull: Pull): Json {
  const { repository } = pull;
  const repo = { id: repository.id, url: repoUrl(site, repository), name: repository.name };
  return {
    url: `${repoUrl(site, repository)}/pulls/${pull.issue.number}`,
    id: pull.id,
    number: pull.issue.number,
    head: { ref: pull.headRef, sha: pull.headSha, repo },
    base: { ref: pull.baseRef, sha: pull.baseSha, repo },
  };
}

export function showReview(site: Site, review: Review): Json {
  const { pull } = review;
  const url = `${repoUrl(site, pull.repository)}/pulls/${pull.issue.number}`;
  const html = `${issueHtmlUrl(site, pull.issue)}#pullrequestreview-${review.id}`;
  return {
    id: review.id,
    node_id: review.nodeId,
    user: showUser(site, review.user),
    body: review.body,
    state: review.state,
    html_url: html,
    pull_request_url: url,
    author_association: associationWith(pull.repository, review.user),
    _links: { html: { href: html }, pull_request: { href: url } },
    ...(review.submittedAt && { submitted_at: review.submittedAt }),
    commit_id: review.commitId,
  };
}

export function showReviewComment(site: Site, comment: ReviewComment): Json {
  const { pull } = comment;
  const url = `${repoUrl(site, pull.repository)}/pulls/comments/${comment.id}`;
  const pullUrl = `${repoUrl(site, pull.repository)}/pulls/${pull.issue.number}`;
  const html = `${issueHtmlUrl(site, pull.issue)}#discussion_r${comment.id}`;
  return {
    url,
    pull_request_review_id: comment.review.id,
    id: comment.id,
    node_id: comment.nodeId,
    diff_hunk: comment.diffHunk,
    path: comment.path,
    commit_id: comment.commitId,
    original_commit_id: comment.originalCommitId,
    user: showUser(site, comment.user),
    body: comment.body,
    created_at: comment.createdAt,
    updated_at: comment.updatedAt,
    html_url: html,
    pull_request_url: pullUrl,
    author_association: associationWith(pull.repository, comment.user),
    _links: { self: { href: url }, html: { href: html }, pull_request: { href: pullUrl } },
    reactions: showReactions(url, comment.reactions),
    start_line: comment.startLine,
    original_start_line: comment.startLine,
    start_side: comment.startLine === null ? null : comment.side,
    ...(comment.line !== null && { line: comment.line, original_line: comment.line, side: comment.side }),
    ...(comment.inReplyTo && { in_reply_to_id: comment.inReplyTo.id }),
    original_position: 1,
    position: 1,
    subject_type: comment.subject,
  };
}
