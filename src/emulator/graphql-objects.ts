/**
 * What can be asked at the top, what a node id stands for, and all types' tables together.
 */
import type { Asking } from './graphql.ts';
import { eventThing, ISSUE_TABLES } from './graphql-issues.ts';
import { PULL_TABLES } from './graphql-pulls.ts';
import { REPOSITORY_TABLES, refThing } from './graphql-repository.ts';
import { search } from './graphql-search.ts';
import {
  type Args,
  actorFields,
  actorThing,
  personFields,
  type Table,
  type Thing,
  thing,
  viewer,
} from './graphql-things.ts';
import { Refusal, type Repository } from './state.ts';
import type { Node } from './world.ts';

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

function readNode(id: unknown, asking: Asking) {
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

const viewerThing = (asking: Asking) => {
  const user = viewer(asking);
  // GitHub answers an installation's `viewer` with its bot in the clothes of a User.
  return user && thing('User', user);
};

const Query: Table<unknown> = {
  viewer: (_, __, asking) => viewerThing(asking),
  rateLimit: (_, __, asking) => ({
    ...asking.limit,
    cost: asking.cost,
    nodeCount: asking.nodeCount,
    used: asking.limit.limit - asking.limit.remaining,
  }),
  repository: (_, args, asking) => {
    const found = asking.world.repository(String(args.owner), String(args.name));
    if (!found || !asking.sees(found)) {
      throw new Refusal(404, `Could not resolve to a Repository with the name '${args.owner}/${args.name}'.`);
    }
    return thing('Repository', found);
  },
  node: (_, args, asking) => readNode(args.id, asking),
  nodes: (_, args, asking) =>
    (args.ids as string[]).map((id) => {
      try {
        return readNode(id, asking);
      } catch (error) {
        return error;
      }
    }),
  user: (_, args, { world }) => {
    const user = world.user(String(args.login));
    if (user?.type !== 'User') throw new Refusal(404, `Could not resolve to a User with the login of '${args.login}'.`);
    return thing('User', user);
  },
  organization: (_, args, { world }) => {
    const user = world.user(String(args.login));
    if (user?.type !== 'Organization') {
      throw new Refusal(404, `Could not resolve to an Organization with the login of '${args.login}'.`);
    }
    return thing('Organization', user);
  },
  search: (_, args, asking) => search(args, asking),
  repositoryOwner: (_, args, { world }) => actorThing(world.user(String(args.login)) ?? null),
};

const TABLES = {
  Query,
  User: personFields,
  Organization: personFields,
  Bot: actorFields,
  App: {
    id: (it: { nodeId: string }) => it.nodeId,
    databaseId: (it: { id: number }) => it.id,
    slug: (it: { slug: string }) => it.slug,
    name: (it: { name: string }) => it.name,
  },
  ...REPOSITORY_TABLES,
  ...ISSUE_TABLES,
  ...PULL_TABLES,
};

// Each table takes the record its `thing` was made with; the resolver hands it on without knowing which.
export const OBJECTS = TABLES as unknown as Readonly<
  Record<string, Readonly<Record<string, (it: unknown, args: Args, asking: Asking) => unknown>>>
>;
