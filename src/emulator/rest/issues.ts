/** REST: issues with their labels, comments, reactions, sub-issues and dependencies. */

import { type Issue, LOCK_REASONS, REACTIONS, type StateReason, type TimelineEvent } from '#emulator/model/records';
import { Refusal } from '#emulator/model/refusal';
import { created, nothing, ok } from '#emulator/model/response';
import {
  issueUrl,
  repoUrl,
  showApp,
  showComment,
  showLabel,
  showReaction,
  showRequested,
  showReview,
  showUser,
  showWholeIssue,
} from '#emulator/shapes/objects';
import type { RequiredPermission } from '#emulator/world/auth';
import type { IssueChange } from '#emulator/world/issues';
import { mentions } from '#emulator/world/search';
import type { World } from '#emulator/world/world';
import { type ApiCall, found, invalid, participate, type Route, read, write } from './route.ts';

const STATE_REASONS = ['completed', 'not_planned', 'duplicate', 'reopened'] as const;

/** Writing on a pull request needs either permission, on an issue `issues`. */
const onIssue =
  (needs: (permission: string) => readonly RequiredPermission[]) =>
  (call: ApiCall): readonly RequiredPermission[] =>
    call.issue.pull ? [...needs('issues'), ...needs('pull_requests')] : needs('issues');

const onComment =
  (needs: (permission: string) => readonly RequiredPermission[]) =>
  (call: ApiCall): readonly RequiredPermission[] =>
    call.comment.issue.pull ? [...needs('issues'), ...needs('pull_requests')] : needs('issues');

const ISSUE = '/repos/{owner}/{repo}/issues/{issue_number}';
const COMMENT = '/repos/{owner}/{repo}/issues/comments/{comment_id}';

export const issueRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/repos/{owner}/{repo}/issues',
    needs: [...read('issues'), ...read('pull_requests')],
    handle: (call) => call.page(listed(call), (issue) => showWholeIssue(call.world, issue)),
  },
  {
    method: 'POST',
    path: '/repos/{owner}/{repo}/issues',
    needs: participate('issues'),
    handle: (call) => {
      const { world, repository } = call;
      if (!repository.hasIssues) throw new Refusal(410, 'Issues has been disabled in this repository.');
      const mayLabel = world.tokens.may(call.credential, repository, ...write('issues'));
      const issue = world.issues.create(call.actor, repository, {
        title: titleOf(call) ?? call.requireString('title'),
        body: call.string('body') ?? null,
        // GitHub silently ignores these if the caller has no push access.
        labels: mayLabel ? (call.strings('labels') ?? []) : [],
        assignees: mayLabel ? assigneesOf(call) : [],
        type: mayLabel ? (call.string('type') ?? null) : null,
      });
      return created(showWholeIssue(world, issue), issueUrl(world, issue));
    },
  },
  {
    method: 'GET',
    path: ISSUE,
    needs: onIssue(read),
    handle: (call) => ok(showWholeIssue(call.world, call.issue)),
  },
  {
    method: 'PATCH',
    path: ISSUE,
    needs: (call) => (call.issue.user === call.actor.user ? onIssue(participate)(call) : onIssue(write)(call)),
    handle: async (call) => {
      const { world, issue } = call;
      const labels = call.strings('labels');
      const type = call.stringOrNull('type');
      const body = call.stringOrNull('body');
      const title = titleOf(call);
      const state = call.oneOf('state', ['open', 'closed']);
      const change: IssueChange = {
        ...(title !== undefined && { title }),
        ...(body !== undefined && { body }),
        ...(state && { state, stateReason: stateReasonOf(call) }),
        ...(labels && { labels }),
        ...(call.strings('assignees') && { assignees: assigneesOf(call) }),
        ...(type !== undefined && { type }),
      };
      if (issue.pull) await world.pulls.update(call.actor, issue.pull, change);
      else world.issues.update(call.actor, issue, change);
      return ok(showWholeIssue(world, issue));
    },
  },

  // ── labels, assignees, lock ─────────────────────────────────────────────────────────────────────────────────────
  {
    method: 'GET',
    path: `${ISSUE}/labels`,
    needs: onIssue(read),
    handle: (call) => call.page(call.issue.labels, (label) => showLabel(call.world, call.repository, label)),
  },
  {
    method: 'POST',
    path: `${ISSUE}/labels`,
    needs: onIssue(write),
    handle: (call) => {
      call.world.issues.addLabels(call.actor, call.issue, labelsOf(call));
      return ok(call.issue.labels.map((label) => showLabel(call.world, call.repository, label)));
    },
  },
  {
    method: 'PUT',
    path: `${ISSUE}/labels`,
    needs: onIssue(write),
    handle: (call) => {
      call.world.issues.setLabels(call.actor, call.issue, labelsOf(call));
      return ok(call.issue.labels.map((label) => showLabel(call.world, call.repository, label)));
    },
  },
  {
    method: 'DELETE',
    path: `${ISSUE}/labels`,
    needs: onIssue(write),
    handle: (call) => {
      call.world.issues.setLabels(call.actor, call.issue, []);
      return nothing();
    },
  },
  {
    method: 'DELETE',
    path: `${ISSUE}/labels/{name}`,
    needs: onIssue(write),
    handle: (call) => {
      call.world.issues.removeLabel(call.actor, call.issue, call.param('name'));
      return ok(call.issue.labels.map((label) => showLabel(call.world, call.repository, label)));
    },
  },
  {
    method: 'POST',
    path: `${ISSUE}/assignees`,
    needs: onIssue(write),
    handle: (call) => {
      call.world.issues.assign(call.actor, call.issue, call.strings('assignees') ?? []);
      return created(showWholeIssue(call.world, call.issue));
    },
  },
  {
    method: 'DELETE',
    path: `${ISSUE}/assignees`,
    needs: onIssue(write),
    handle: (call) => {
      call.world.issues.unassign(call.actor, call.issue, call.strings('assignees') ?? []);
      return ok(showWholeIssue(call.world, call.issue));
    },
  },
  {
    method: 'PUT',
    path: `${ISSUE}/lock`,
    needs: onIssue(write),
    handle: (call) => {
      call.world.triage.lock(call.actor, call.issue, call.oneOf('lock_reason', LOCK_REASONS) ?? null);
      return nothing();
    },
  },
  {
    method: 'DELETE',
    path: `${ISSUE}/lock`,
    needs: onIssue(write),
    handle: (call) => {
      call.world.triage.unlock(call.actor, call.issue);
      return nothing();
    },
  },

  // ── comments and reactions ──────────────────────────────────────────────────────────────────────────────────────
  {
    method: 'GET',
    path: `${ISSUE}/comments`,
    needs: onIssue(read),
    handle: (call) => {
      const since = call.query.get('since');
      const comments = call.issue.comments.filter((comment) => !since || comment.updatedAt >= since);
      return call.page(comments, (comment) => showComment(call.world, comment));
    },
  },
  {
    method: 'GET',
    path: '/repos/{owner}/{repo}/issues/comments',
    needs: [...read('issues'), ...read('pull_requests')],
    handle: (call) => {
      const since = call.query.get('since');
      const comments = [...call.repository.issues.values()]
        .flatMap((issue) => issue.comments)
        .filter((comment) => !since || comment.updatedAt >= since)
        .sort((one, other) => one.id - other.id);
      if (call.query.get('direction') === 'desc') comments.reverse();
      return call.page(comments, (comment) => showComment(call.world, comment));
    },
  },
  {
    method: 'POST',
    path: `${ISSUE}/comments`,
    needs: onIssue(participate),
    handle: (call) => {
      const { world, issue } = call;
      if (issue.locked && !world.tokens.may(call.credential, call.repository, ...write('issues'))) {
        throw new Refusal(403, 'Unable to create comment because issue is locked.');
      }
      const comment = world.issues.comment(call.actor, issue, call.requireString('body'));
      return created(showComment(world, comment), `${repoUrl(world, call.repository)}/issues/comments/${comment.id}`);
    },
  },
  {
    method: 'GET',
    path: COMMENT,
    needs: onComment(read),
    handle: (call) => ok(showComment(call.world, call.comment)),
  },
  {
    method: 'PATCH',
    path: COMMENT,
    needs: (call) => (call.comment.user === call.actor.user ? onComment(participate)(call) : onComment(write)(call)),
    handle: (call) => {
      call.world.issues.editComment(call.actor, call.comment, call.requireString('body'));
      return ok(showComment(call.world, call.comment));
    },
  },
  {
    method: 'DELETE',
    path: COMMENT,
    needs: (call) => (call.comment.user === call.actor.user ? onComment(participate)(call) : onComment(write)(call)),
    handle: (call) => {
      call.world.issues.deleteComment(call.actor, call.comment);
      return nothing();
    },
  },
  ...reactionRoutes(ISSUE, (call) => call.issue, onIssue),
  ...reactionRoutes(COMMENT, (call) => call.comment, onComment),
  ...reactionRoutes(
    '/repos/{owner}/{repo}/pulls/comments/{comment_id}',
    (call) => call.reviewComment,
    (needs) => () => needs('pull_requests'),
  ),

  // ── timeline ────────────────────────────────────────────────────────────────────────────────────────────────────
  {
    method: 'GET',
    path: `${ISSUE}/timeline`,
    needs: onIssue(read),
    handle: (call) => call.page(timelineOf(call.world, call.issue), (shown) => shown),
  },

  // ── sub-issues ──────────────────────────────────────────────────────────────────────────────────────────────────
  {
    method: 'GET',
    path: `${ISSUE}/sub_issues`,
    needs: read('issues'),
    handle: (call) => call.page(call.issue.subIssues, (issue) => showWholeIssue(call.world, issue)),
  },
  {
    method: 'POST',
    path: `${ISSUE}/sub_issues`,
    needs: write('issues'),
    handle: (call) => {
      const { world, issue } = call;
      const sub = otherIssue(call, call.requireNumber('sub_issue_id'));
      world.issues.addSubIssue(call.actor, issue, sub, call.boolean('replace_parent') ? 'replace' : 'keep');
      return created(showWholeIssue(world, issue), issueUrl(world, issue));
    },
  },
  {
    method: 'DELETE',
    path: `${ISSUE}/sub_issue`,
    needs: write('issues'),
    handle: (call) => {
      const { world, issue } = call;
      world.issues.removeSubIssue(call.actor, issue, otherIssue(call, call.requireNumber('sub_issue_id')));
      return ok(showWholeIssue(world, issue));
    },
  },
  {
    method: 'PATCH',
    path: `${ISSUE}/sub_issues/priority`,
    needs: write('issues'),
    handle: (call) => {
      const { world, issue } = call;
      const [after, before] = [call.number('after_id'), call.number('before_id')];
      world.issues.reprioritize(issue, otherIssue(call, call.requireNumber('sub_issue_id')), {
        ...(after !== undefined && { after: otherIssue(call, after) }),
        ...(before !== undefined && { before: otherIssue(call, before) }),
      });
      return ok(showWholeIssue(world, issue));
    },
  },
  {
    method: 'GET',
    path: `${ISSUE}/parent`,
    needs: read('issues'),
    handle: (call) => ok(showWholeIssue(call.world, found(call.issue.parent))),
  },

  // ── dependencies ────────────────────────────────────────────────────────────────────────────────────────────────
  {
    method: 'GET',
    path: `${ISSUE}/dependencies/blocked_by`,
    needs: read('issues'),
    handle: (call) => call.page(call.issue.blockedBy, (issue) => showWholeIssue(call.world, issue)),
  },
  {
    method: 'POST',
    path: `${ISSUE}/dependencies/blocked_by`,
    needs: write('issues'),
    handle: (call) => {
      const { world, issue } = call;
      world.issues.addBlockedBy(call.actor, issue, otherIssue(call, call.requireNumber('issue_id')));
      return created(showWholeIssue(world, issue), issueUrl(world, issue));
    },
  },
  {
    method: 'DELETE',
    path: `${ISSUE}/dependencies/blocked_by/{issue_id}`,
    needs: write('issues'),
    handle: (call) => {
      const { world, issue } = call;
      world.issues.removeBlockedBy(call.actor, issue, otherIssue(call, Number(call.param('issue_id'))));
      return ok(showWholeIssue(world, issue));
    },
  },
  {
    method: 'GET',
    path: `${ISSUE}/dependencies/blocking`,
    needs: read('issues'),
    handle: (call) => call.page(call.issue.blocking, (issue) => showWholeIssue(call.world, issue)),
  },
];

function reactionRoutes(
  path: string,
  target: (call: ApiCall) => Parameters<World['issues']['react']>[1],
  on: (
    needs: (permission: string) => readonly RequiredPermission[],
  ) => (call: ApiCall) => readonly RequiredPermission[],
): Route[] {
  return [
    {
      method: 'GET',
      path: `${path}/reactions`,
      needs: on(read),
      handle: (call) => {
        const content = call.query.get('content');
        const reactions = target(call).reactions.filter((one) => !content || one.content === content);
        return call.page(reactions, (reaction) => showReaction(call.world, reaction));
      },
    },
    {
      method: 'POST',
      path: `${path}/reactions`,
      needs: on(participate),
      handle: (call) => {
        const content = call.oneOf('content', REACTIONS);
        if (!content) throw invalid('Invalid request.\n\n"content" wasn\'t supplied.');
        const done = call.world.issues.react(call.actor, target(call), content);
        return { status: done.created ? 201 : 200, body: showReaction(call.world, done.reaction) };
      },
    },
    {
      method: 'DELETE',
      path: `${path}/reactions/{reaction_id}`,
      needs: on(participate),
      handle: (call) => {
        const of = target(call);
        const reaction = found(of.reactions.find((one) => one.id === Number(call.param('reaction_id'))));
        if (reaction.user !== call.actor.user) throw new Refusal(403, 'Must have admin rights to Repository.');
        call.world.issues.unreact(of, reaction);
        return nothing();
      },
    },
  ];
}

/** An issue by its database id, if it is visible to the caller. */
function otherIssue(call: ApiCall, id: number): Issue {
  const issue = call.world.issues.byId(id);
  if (!issue || !call.world.tokens.may(call.credential, issue.repository, ...read('issues'))) {
    throw new Refusal(404, 'Not Found');
  }
  return issue;
}

function titleOf(call: ApiCall): string | undefined {
  const { title } = call.body;
  return typeof title === 'number' ? String(title) : call.string('title');
}

function assigneesOf(call: ApiCall): string[] {
  const one = call.string('assignee');
  return [...(call.strings('assignees') ?? []), ...(one ? [one] : [])];
}

function stateReasonOf(call: ApiCall): StateReason | null {
  return call.oneOf('state_reason', STATE_REASONS) ?? null;
}

function labelsOf(call: ApiCall): string[] {
  return call.strings('labels') ?? [];
}

/** Throws 422 for filters that name no state or milestone. The emulator has no milestones. */
function refuseBadFilters(query: URLSearchParams): void {
  const state = query.get('state');
  if (state !== null && !['open', 'closed', 'all'].includes(state)) {
    throw invalid(`Invalid request.\n\n${state} is not a member of ["open", "closed", "all"].`);
  }
  const milestone = query.get('milestone');
  if (milestone !== null && milestone !== 'none' && milestone !== '*') {
    const fault = { value: milestone, resource: 'Issue', field: 'milestone', code: 'invalid' };
    throw new Refusal(422, 'Validation Failed', [fault]);
  }
}

function listed(call: ApiCall): Issue[] {
  const { query } = call;
  refuseBadFilters(query);
  const mentioned = query.get('mentioned');
  const state = query.get('state') ?? 'open';
  const labels = (query.get('labels') ?? '').split(',').filter((label) => label !== '');
  const assignee = query.get('assignee');
  const creator = query.get('creator')?.toLowerCase();
  const since = query.get('since');
  const has = (issue: Issue, name: string) =>
    issue.labels.some((label) => label.name.toLowerCase() === name.toLowerCase());
  const assigned = (issue: Issue) =>
    assignee === null ||
    (assignee === 'none' && issue.assignees.length === 0) ||
    (assignee === '*' && issue.assignees.length > 0) ||
    issue.assignees.some((user) => user.login.toLowerCase() === assignee.toLowerCase());
  // Nothing has a milestone, so all of these lists are empty.
  if (query.get('milestone') === '*') return [];
  const all = [...call.repository.issues.values()].filter(
    (issue) =>
      (state === 'all' || issue.state === state) &&
      labels.every((label) => has(issue, label)) &&
      assigned(issue) &&
      (!creator || issue.user.login.toLowerCase() === creator) &&
      (!mentioned || mentions(issue, mentioned)) &&
      (!since || issue.updatedAt >= since),
  );
  const sort = query.get('sort') ?? 'created';
  const key = (issue: Issue): string | number =>
    sort === 'updated' ? issue.updatedAt : sort === 'comments' ? issue.comments.length : issue.createdAt;
  const rising = query.get('direction') === 'asc';
  return all.sort((one, other) => {
    const [a, b] = [key(one), key(other)];
    const order = a < b ? -1 : a > b ? 1 : one.number - other.number;
    return rising ? order : -order;
  });
}

/** The events, comments and reviews of an issue in chronological order. */
function timelineOf(world: World, issue: Issue): unknown[] {
  const events = issue.timeline.map((event) => ({ at: event.createdAt, id: event.id, shown: showEvent(world, event) }));
  const comments = issue.comments.map((comment) => ({
    at: comment.createdAt,
    id: comment.id,
    shown: { ...showComment(world, comment), event: 'commented', actor: showUser(world, comment.user) },
  }));
  const reviews = (issue.pull?.reviews ?? [])
    .filter((review) => review.state !== 'PENDING')
    .map((review) => ({
      at: review.submittedAt ?? review.createdAt,
      id: review.id,
      shown: { ...showReview(world, review), state: review.state.toLowerCase(), event: 'reviewed' },
    }));
  return [...events, ...comments, ...reviews]
    .sort((one, other) => one.at.localeCompare(other.at) || one.id - other.id)
    .map(({ shown }) => shown);
}

function showEvent(world: World, event: TimelineEvent): unknown {
  const { fact, issue } = event;
  const common = {
    id: event.id,
    node_id: event.nodeId,
    url: `${repoUrl(world, issue.repository)}/issues/events/${event.id}`,
    actor: showUser(world, event.actor),
    event: fact.kind,
    commit_id: null,
    commit_url: null,
    created_at: event.createdAt,
    performed_via_github_app: event.via ? showApp(world, event.via) : null,
  };
  switch (fact.kind) {
    case 'labeled':
    case 'unlabeled':
      return { ...common, label: fact.label };
    case 'assigned':
    case 'unassigned':
      return { ...common, assignee: showUser(world, fact.assignee) };
    case 'renamed':
      return { ...common, rename: { from: fact.from, to: fact.to } };
    case 'closed':
      return { ...common, commit_id: fact.commitId, state_reason: fact.stateReason };
    case 'merged':
      return {
        ...common,
        commit_id: fact.commitId,
        commit_url: `${repoUrl(world, issue.repository)}/commits/${fact.commitId}`,
      };
    case 'cross-referenced':
      return {
        event: fact.kind,
        actor: common.actor,
        created_at: event.createdAt,
        updated_at: event.createdAt,
        source: { type: 'issue', issue: showWholeIssue(world, fact.source) },
      };
    case 'review_requested':
    case 'review_request_removed':
      return { ...common, review_requester: common.actor, ...showRequested(world, fact.reviewer) };
    case 'review_dismissed':
      return {
        ...common,
        dismissed_review: { state: fact.was.toLowerCase(), review_id: fact.review.id, dismissal_message: fact.message },
      };
    case 'locked':
      return { ...common, lock_reason: fact.reason };
    case 'head_ref_force_pushed':
      return { ...common, commit_id: fact.after };
    default:
      return common;
  }
}
