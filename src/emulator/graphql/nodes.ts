/** GraphQL's global ids: what one stands for, and who may read it. */

import type { Node } from '#emulator/model/ids';
import { Refusal, type Repository } from '#emulator/model/state';
import type { Asking } from './asking.ts';
import { eventThing } from './issues.ts';
import { refThing } from './repository.ts';
import { actorThing, type Thing, thing } from './things.ts';

/** A node of the world as the GraphQL thing it is; null for a ref that is gone. */
function nodeThing(node: Node, asking: Asking): Thing | null | Promise<Thing | null> {
  switch (node.kind) {
    case 'User':
      return actorThing(node.user);
    case 'App':
      return thing('App', node.app);
    case 'Repository':
      return thing('Repository', node.repository);
    case 'Label':
      return thing('Label', node.label);
    case 'Issue':
      return thing('Issue', node.issue);
    case 'PullRequest':
      return thing('PullRequest', node.pull);
    case 'IssueComment':
      return thing('IssueComment', node.comment);
    case 'TimelineEvent':
      return eventThing(node.event);
    case 'Reaction':
      return thing('Reaction', node.reaction);
    case 'PullRequestReview':
      return thing('PullRequestReview', node.review);
    case 'PullRequestReviewComment':
      return thing('PullRequestReviewComment', node.comment);
    case 'CheckSuite':
      return thing('CheckSuite', node.suite);
    case 'CheckRun':
      return thing('CheckRun', node.checkRun);
    case 'StatusContext':
      return thing('StatusContext', node.status);
    case 'Workflow':
      return thing('Workflow', node.workflow);
    case 'WorkflowRun':
      return thing('WorkflowRun', node.run);
    case 'Job':
      return thing('CheckRun', node.job.checkRun);
    case 'Ref':
      return refThing(node.repository, node.name, asking);
    default:
      return thing(node.kind, { repository: node.repository, oid: node.oid });
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
export function readNode(id: unknown, asking: Asking) {
  const node = nodeById(id, asking);
  const repository = repositoryOfNode(node);
  const permission = permissionFor(node.kind);
  if (repository && permission) asking.require(repository, permission, 'read');
  return nodeThing(node, asking);
}

/** The repository a node belongs to, for asking whether it may be seen. */
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
export function nodeById(id: unknown, asking: Asking): Node {
  const node = asking.world.node(String(id));
  const repository = node && repositoryOfNode(node);
  if (!node || (repository && !asking.sees(repository))) {
    throw new Refusal(404, `Could not resolve to a node with the global id of '${String(id)}'.`);
  }
  return node;
}
