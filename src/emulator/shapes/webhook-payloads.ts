/**
 * The bodies of webhooks, which workflows see as `github.event`.
 *
 * A body is built when the event happens, and checked against GitHub's description when it is delivered. The field
 * `installation` differs between receivers, so webhooks.ts adds it at delivery.
 */
import type { EventDetails } from '#emulator/model/events';
import { gitNodeId } from '#emulator/model/ids';
import {
  type Actor,
  type CheckRun,
  type Issue,
  type PushedCommit,
  type Repository,
  type User,
  ZERO_OID,
} from '#emulator/model/records';
import { rulesFor } from '#emulator/model/repository';
import {
  apiUrl,
  htmlUrl,
  type Json,
  repoUrl,
  type Site,
  showApp,
  showComment,
  showIssue,
  showLabel,
  showPull,
  showPullInList,
  showRepository,
  showRequested,
  showReview,
  showReviewComment,
  showUser,
} from './objects.ts';
import { showCheckRun, showJob, showRun, showStatus, showWorkflow } from './runs-and-checks.ts';

export function payloadOf(site: Site, actor: Actor, repository: Repository, details: EventDetails): Json {
  const { owner } = repository;
  return {
    ...bodyOf(site, actor, repository, details),
    repository: details.kind === 'push' ? showPushedRepository(site, repository) : showHookRepository(site, repository),
    ...(owner.type === 'Organization' && { organization: showOrganization(site, owner) }),
    sender: showUser(site, actor.user),
  };
}

function bodyOf(site: Site, actor: Actor, repository: Repository, details: EventDetails): Json {
  switch (details.kind) {
    case 'issues': {
      const { action, issue, label, assignee, changes, as } = details;
      return {
        action,
        issue: showHookIssue(site, issue),
        ...(label && { label: showLabel(site, repository, label) }),
        ...(assignee && { assignee: showUser(site, assignee) }),
        ...(changes && { changes }),
        ...(as && {
          changes: { new_issue: showHookIssue(site, as), new_repository: showRepository(site, as.repository) },
        }),
      };
    }
    case 'issue_comment': {
      const { action, issue, comment, changes } = details;
      return {
        action,
        issue: showHookIssue(site, issue),
        comment: showComment(site, comment),
        ...(changes && { changes }),
      };
    }
    case 'sub_issues': {
      const { action, parent, sub } = details;
      const ofSub = action === 'sub_issue_added' || action === 'sub_issue_removed';
      return {
        action,
        sub_issue_id: sub.id,
        sub_issue: showIssue(site, sub),
        ...(ofSub && { sub_issue_repo: showRepository(site, sub.repository) }),
        parent_issue_id: parent.id,
        parent_issue: showIssue(site, parent),
        ...(!ofSub && { parent_issue_repo: showRepository(site, parent.repository) }),
      };
    }
    case 'issue_dependencies': {
      const { action, blocked, blocking } = details;
      const byBlocked = action === 'blocked_by_added' || action === 'blocked_by_removed';
      return {
        action,
        blocked_issue_id: blocked.id,
        blocked_issue: showIssue(site, blocked),
        ...(!byBlocked && { blocked_issue_repo: showRepository(site, blocked.repository) }),
        blocking_issue_id: blocking.id,
        blocking_issue: showIssue(site, blocking),
        ...(byBlocked && { blocking_issue_repo: showRepository(site, blocking.repository) }),
      };
    }
    case 'pull_request': {
      const { action, pull, label, assignee, reviewer, reason, before, after, changes } = details;
      return {
        action,
        number: pull.issue.number,
        pull_request: withHookRepositories(showPull(site, pull), showHookRepository(site, repository)),
        ...(label && { label: showLabel(site, repository, label) }),
        ...(assignee && { assignee: showUser(site, assignee) }),
        ...(reviewer && showRequested(site, reviewer)),
        ...(reason && { reason }),
        ...(before && { before }),
        ...(after && { after }),
        ...(changes && { changes }),
      };
    }
    case 'pull_request_review': {
      const { action, pull, review, changes } = details;
      return {
        action,
        review: {
          ...showReview(site, review),
          // Unlike REST, webhooks have the state in lower case and null for an empty body.
          state: review.state.toLowerCase(),
          body: review.body === '' ? null : review.body,
          submitted_at: review.submittedAt,
          updated_at: review.updatedAt,
        },
        pull_request: withHookRepositories(showPullInList(site, pull), showHookRepository(site, repository)),
        ...(changes && { changes }),
      };
    }
    case 'pull_request_review_comment': {
      const { action, pull, comment, changes } = details;
      const shown = { line: null, original_line: null, side: comment.side, ...showReviewComment(site, comment) };
      const pullRequest = withHookRepositories(showPullInList(site, pull), showHookRepository(site, repository));
      return { action, comment: shown, pull_request: pullRequest, ...(changes && { changes }) };
    }
    case 'check_run':
      return { action: details.action, check_run: showHookCheckRun(site, details.checkRun) };
    case 'label': {
      const { action, label, changes } = details;
      return { action, label: showLabel(site, repository, label), ...(changes && { changes }) };
    }
    case 'workflow_run': {
      const { action, run } = details;
      return { action, workflow_run: showRun(site, run), workflow: showWorkflow(site, run.workflow) };
    }
    case 'workflow_job':
      return { action: details.action, workflow_job: showJob(site, details.job) };
    case 'workflow_dispatch':
      return { inputs: details.inputs, ref: details.ref, workflow: details.workflow.path };
    case 'repository_dispatch':
      return { action: details.action, branch: details.branch, client_payload: details.clientPayload };
    case 'create':
    case 'delete':
      return {
        ref: details.name,
        ref_type: details.refType,
        ...(details.kind === 'create' && {
          master_branch: repository.defaultBranch,
          description: repository.description,
        }),
        pusher_type: 'user',
      };
    case 'push':
      return showPush(site, actor, repository, details);
    case 'status': {
      const { status, commit, branches } = details;
      return {
        ...without(showStatus(site, status), ['url', 'node_id']),
        sha: status.sha,
        name: `${repository.owner.login}/${repository.name}`,
        commit: showStatusCommit(site, repository, commit),
        branches: branches.map((name) => ({
          name,
          commit: { sha: status.sha, url: `${repoUrl(site, repository)}/commits/${status.sha}` },
          protected: rulesFor(repository, name).length > 0,
        })),
      };
    }
  }
}

/** Unlike `sub_issues` and `issue_dependencies`, these webhooks don't include the parent issue. */
function showHookIssue(site: Site, issue: Issue): Json {
  return { ...without(showIssue(site, issue), ['parent_issue_url']), draft: issue.pull?.draft ?? false };
}

/** Webhooks show the properties that an organization gives its repositories. The emulator has none. */
function showHookRepository(site: Site, repository: Repository): Json {
  return { ...showRepository(site, repository), custom_properties: {} };
}

/** Head and base of a pull request, with their repository as webhooks show it. */
function withHookRepositories(pull: Json, repo: Json): Json {
  const side = (name: 'head' | 'base') => ({ ...(pull[name] as Json), repo });
  return { ...pull, head: side('head'), base: side('base') };
}

/** Only `push` has two of the repository's times in seconds, and the default branch twice. */
function showPushedRepository(site: Site, repository: Repository): Json {
  const seconds = (at: string) => Math.floor(Date.parse(at) / 1000);
  return {
    ...showHookRepository(site, repository),
    owner: { ...showUser(site, repository.owner), name: repository.owner.login, email: null },
    url: htmlUrl(site, repository),
    created_at: seconds(repository.createdAt),
    pushed_at: seconds(repository.pushedAt),
    stargazers: 0,
    master_branch: repository.defaultBranch,
    ...(repository.owner.type === 'Organization' && { organization: repository.owner.login }),
  };
}

function showOrganization(site: Site, owner: User): Json {
  const url = `${apiUrl(site)}/orgs/${owner.login}`;
  return {
    login: owner.login,
    id: owner.id,
    node_id: owner.nodeId,
    url,
    repos_url: `${url}/repos`,
    events_url: `${url}/events`,
    hooks_url: `${url}/hooks`,
    issues_url: `${url}/issues`,
    members_url: `${url}/members{/member}`,
    public_members_url: `${url}/public_members{/member}`,
    avatar_url: `${site.url}/avatars/u/${owner.id}?v=4`,
    description: '',
  };
}

function showPush(
  site: Site,
  actor: Actor,
  repository: Repository,
  push: Extract<EventDetails, { kind: 'push' }>,
): Json {
  const html = htmlUrl(site, repository);
  const created = push.before === ZERO_OID;
  const deleted = push.after === ZERO_OID;
  const show = (commit: PushedCommit) => ({
    id: commit.id,
    tree_id: commit.treeId,
    distinct: true,
    message: commit.message,
    timestamp: commit.timestamp,
    url: `${html}/commit/${commit.id}`,
    author: commit.author,
    committer: commit.committer,
    added: commit.added,
    removed: commit.removed,
    modified: commit.modified,
  });
  return {
    ref: push.ref,
    before: push.before,
    after: push.after,
    created,
    deleted,
    forced: push.forced,
    base_ref: null,
    compare: `${html}/compare/${push.before.slice(0, 12)}...${push.after.slice(0, 12)}`,
    commits: push.commits.map(show),
    head_commit: push.head ? show(push.head) : null,
    pusher: {
      name: actor.user.login,
      email: `${actor.user.id}+${actor.user.login}@users.noreply.github.com`,
    },
  };
}

function showHookCheckRun(site: Site, checkRun: CheckRun): Json {
  const { suite, repository } = checkRun;
  const shown = showCheckRun(site, checkRun);
  return {
    ...shown,
    check_suite: {
      id: suite.id,
      node_id: suite.nodeId,
      head_branch: suite.headBranch,
      head_sha: suite.headSha,
      status: checkRun.status,
      conclusion: checkRun.conclusion,
      url: `${repoUrl(site, repository)}/check-suites/${suite.id}`,
      before: null,
      after: suite.headSha,
      pull_requests: shown.pull_requests,
      app: showApp(site, suite.app),
      created_at: suite.createdAt,
      updated_at: suite.updatedAt,
    },
  };
}

function showStatusCommit(site: Site, repository: Repository, commit: PushedCommit): Json {
  const url = `${repoUrl(site, repository)}/commits/${commit.id}`;
  const html = `${htmlUrl(site, repository)}/commit`;
  return {
    sha: commit.id,
    node_id: gitNodeId('Commit', repository, commit.id),
    url,
    html_url: `${html}/${commit.id}`,
    comments_url: `${url}/comments`,
    commit: {
      author: { ...commit.author, date: commit.timestamp },
      committer: { ...commit.committer, date: commit.timestamp },
      message: commit.message,
      tree: { sha: commit.treeId, url: `${repoUrl(site, repository)}/git/trees/${commit.treeId}` },
      url: `${repoUrl(site, repository)}/git/commits/${commit.id}`,
      comment_count: 0,
      verification: { verified: false, reason: 'unsigned', signature: null, payload: null, verified_at: null },
    },
    author: null,
    committer: null,
    parents: commit.parents.map((sha) => ({
      sha,
      url: `${repoUrl(site, repository)}/commits/${sha}`,
      html_url: `${html}/${sha}`,
    })),
  };
}

function without(json: Json, names: readonly string[]): Json {
  return Object.fromEntries(Object.entries(json).filter(([name]) => !names.includes(name)));
}
