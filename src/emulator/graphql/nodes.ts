/** GraphQL's global ids: what one stands for, and who may read it. */

import type { Node } from '#emulator/model/ids';
import type { Repository } from '#emulator/model/records';
import { Refusal } from '#emulator/model/refusal';
import { typedActor } from './actors.ts';
import type { QueryContext } from './context.ts';
import { typedEvent } from './issues.ts';
import { typedRef } from './repository.ts';
import { type TypedRecord, typed } from './tables.ts';

/** A node of the world as the GraphQL typed it is; null for a ref that is gone. */
function typedNode(node: Node, context: QueryContext): TypedRecord | null | Promise<TypedRecord | null> {
  switch (node.kind) {
    case 'User':
      return typedActor(node.user);
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
    case 'Ref':
      return typedRef(node.repository, node.name, context);
    default:
      return typed(node.kind, { repository: node.repository, oid: node.oid });
  }
}

/** The permission by which a node of this kind is read; null where metadata is enough. */
function permissionFor(kind: Node['kind']): string | null {
  switch (kind) {
    case 'User':
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

/** What a node id stands for, where the asker may read it. Throws NOT_FOUND or FORBIDDEN. */
export function readNode(id: unknown, context: QueryContext) {
  const node = nodeById(id, context);
  const repository = repositoryOfNode(node);
  const permission = permissionFor(node.kind);
  if (repository && permission) context.require(repository, permission, 'read');
  return typedNode(node, context);
}

/** The repository a node belongs to, for context whether it may be seen. */
function repositoryOfNode(node: Node): Repository | null {
  switch (node.kind) {
    case 'User':
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
    default:
      return node.repository;
  }
}

/** The node that a client's id names. Throws NOT_FOUND, also for what it may not see. */
export function nodeById(id: unknown, context: QueryContext): Node {
  const node = context.world.node(String(id));
  const repository = node && repositoryOfNode(node);
  if (!node || (repository && !context.sees(repository))) {
    throw new Refusal(404, `Could not resolve to a node with the global id of '${String(id)}'.`);
  }
  return node;
}
