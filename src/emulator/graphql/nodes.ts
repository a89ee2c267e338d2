/** Finds objects by GraphQL's global ids, and checks that the caller may read them. */

import type { Node } from '#emulator/model/ids';
import type { Repository } from '#emulator/model/records';
import { Refusal } from '#emulator/model/refusal';
import { typedActor } from './actors.ts';
import type { QueryContext } from './context.ts';
import { typedEvent } from './issues.ts';
import { typedRef } from './repository.ts';
import { type TypedRecord, typed } from './tables.ts';

/** A node of the world as a typed record, or null for a ref that was deleted. */
function typedNode(node: Node, context: QueryContext): TypedRecord | null | Promise<TypedRecord | null> {
  switch (node.kind) {
    case 'User':
      return typedActor(node.user);
    case 'Team':
      return typed('Team', node.team);
    case 'App':
      return typed('App', node.app);
    case 'Repository':
      return typed('Repository', node.repository);
    case 'Label':
      return typed('Label', node.label);
    case 'Issue':
      return typed('Issue', node.issue);
    case 'PullRequest':
      return typed('PullRequest', node.pull);
    case 'IssueComment':
      return typed('IssueComment', node.comment);
    case 'TimelineEvent':
      return typedEvent(node.event);
    case 'Reaction':
      return typed('Reaction', node.reaction);
    case 'PullRequestReview':
      return typed('PullRequestReview', node.review);
    case 'PullRequestReviewComment':
      return typed('PullRequestReviewComment', node.comment);
    case 'CheckSuite':
      return typed('CheckSuite', node.suite);
    case 'CheckRun':
      return typed('CheckRun', node.checkRun);
    case 'StatusContext':
      return typed('StatusContext', node.status);
    case 'Workflow':
      return typed('Workflow', node.workflow);
    case 'WorkflowRun':
      return typed('WorkflowRun', node.run);
    case 'Job':
      return typed('CheckRun', node.job.checkRun);
    case 'Release':
      return typed('Release', node.release);
    case 'Ref':
      return typedRef(node.repository, node.name, context);
    default:
      return typed(node.kind, { repository: node.repository, oid: node.oid });
  }
}

/** The permission to read nodes of this kind, or null if every visible node may be read. */
function permissionFor(kind: Node['kind']): string | null {
  switch (kind) {
    case 'User':
    case 'Team':
    case 'App':
    case 'Repository':
    case 'Label':
    case 'Reaction':
      return null;
    case 'Issue':
    case 'IssueComment':
    case 'TimelineEvent':
      return 'issues';
    case 'PullRequest':
    case 'PullRequestReview':
    case 'PullRequestReviewComment':
      return 'pull_requests';
    case 'CheckSuite':
    case 'CheckRun':
    case 'Job':
      return 'checks';
    case 'StatusContext':
      return 'statuses';
    case 'Workflow':
    case 'WorkflowRun':
      return 'actions';
    default:
      return 'contents';
  }
}

/** The object with this node id. Throws NOT_FOUND or FORBIDDEN if the caller may not read it. */
export function readNode(id: unknown, context: QueryContext) {
  const node = nodeById(id, context);
  const repository = repositoryOfNode(node);
  const permission = permissionFor(node.kind);
  if (repository && permission) context.require(repository, permission, 'read');
  return typedNode(node, context);
}

/** The repository of a node, for permission checks. */
function repositoryOfNode(node: Node): Repository | null {
  switch (node.kind) {
    case 'User':
    case 'Team':
    case 'App':
    case 'Reaction':
      return null;
    case 'Issue':
      return node.issue.repository;
    case 'PullRequest':
      return node.pull.repository;
    case 'IssueComment':
      return node.comment.issue.repository;
    case 'TimelineEvent':
      return node.event.issue.repository;
    case 'PullRequestReview':
      return node.review.pull.repository;
    case 'PullRequestReviewComment':
      return node.comment.pull.repository;
    case 'CheckSuite':
      return node.suite.repository;
    case 'CheckRun':
      return node.checkRun.repository;
    case 'StatusContext':
      return node.status.repository;
    case 'Workflow':
      return node.workflow.repository;
    case 'WorkflowRun':
      return node.run.repository;
    case 'Job':
      return node.job.run.repository;
    case 'Release':
      return node.release.repository;
    default:
      return node.repository;
  }
}

/** The node with this id. Throws NOT_FOUND if it doesn't exist or is not visible to the caller. */
export function nodeById(id: unknown, context: QueryContext): Node {
  const node = context.world.node(String(id));
  const repository = node && repositoryOfNode(node);
  if (!node || (repository && !context.sees(repository))) {
    throw new Refusal(404, `Could not resolve to a node with the global id of '${String(id)}'.`);
  }
  return node;
}
