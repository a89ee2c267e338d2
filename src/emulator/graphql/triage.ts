/** GraphQL's mutations for people who look after issues and pull requests: locks, pins, branches, transfers, reviewers. */
import type { Issue, LockReason, Pull, Repository, User } from '#emulator/model/records';
import { LOCK_REASONS } from '#emulator/model/records';
import { Refusal } from '#emulator/model/refusal';
import { typedActor } from './actors.ts';
import type { QueryContext } from './context.ts';
import {
  type Input,
  issueOf,
  type Mutation,
  mayWriteSubject,
  pullOf,
  repositoryOf,
  subjectOf,
  text,
} from './mutations.ts';
import { nodeById } from './nodes.ts';
import { NotImplemented, typed, typedIssue } from './tables.ts';

/** The reason with this GraphQL name: `TOO_HEATED` is `too heated`. */
function lockReasonOf(name: unknown): LockReason | null {
  const plain = (one: string) => one.toUpperCase().replaceAll(/[- ]/g, '_');
  return LOCK_REASONS.find((reason) => plain(reason) === name) ?? null;
}

function userOf(login: string, context: QueryContext): User {
  const user = context.world.user(login);
  if (!user) throw new Refusal(404, `Could not resolve to a User with the login of '${login}'.`);
  return user;
}

function usersOf(ids: unknown, context: QueryContext): User[] {
  return ((ids as readonly string[] | null | undefined) ?? []).map((id) => {
    const node = nodeById(id, context);
    if (node.kind !== 'User') throw new Refusal(404, `Could not resolve to a node with the global id of '${id}'.`);
    return node.user;
  });
}

/** Asks people for a review. Without `union`, requests to all others are taken back. */
async function requestReviews(
  pull: Pull,
  users: readonly User[],
  isUnion: boolean,
  context: QueryContext,
): Promise<void> {
  const { reviews } = context.world;
  const asked = pull.requestedReviewers.flatMap((each) => (each.type === 'Team' ? [] : [each]));
  const left = isUnion ? [] : asked.filter((user) => !users.includes(user));
  const logins = (list: readonly User[]) => list.map(({ login }) => login);
  if (left.length > 0) reviews.unrequest(context.actor, pull, logins(left));
  reviews.request(context.actor, pull, logins(users));
}

function assign(issue: Issue, users: readonly User[], context: QueryContext): void {
  const { issues } = context.world;
  const logins = users.map(({ login }) => login);
  issues.update(context.actor, issue, { assignees: logins });
}

export const TRIAGE_MUTATIONS: Readonly<Record<string, Mutation>> = {
  lockLockable: (input, context) => {
    const issue = subjectOf(input.lockableId, context);
    mayWriteSubject(issue, context);
    context.world.triage.lock(context.actor, issue, lockReasonOf(input.lockReason));
    return { lockedRecord: typedIssue(issue), actor: typedActor(context.actor.user) };
  },
  unlockLockable: (input, context) => {
    const issue = subjectOf(input.lockableId, context);
    mayWriteSubject(issue, context);
    context.world.triage.unlock(context.actor, issue);
    return { unlockedRecord: typedIssue(issue), actor: typedActor(context.actor.user) };
  },
  pinIssue: (input, context) => {
    const issue = issueOf(input.issueId, context);
    context.require(issue.repository, 'issues', 'write');
    context.world.triage.pin(context.actor, issue);
    return { issue: typed('Issue', issue) };
  },
  unpinIssue: (input, context) => {
    const issue = issueOf(input.issueId, context);
    context.require(issue.repository, 'issues', 'write');
    context.world.triage.unpin(context.actor, issue);
    return { issue: typed('Issue', issue), id: issue.nodeId };
  },
  createLinkedBranch: async (input, context) => {
    const issue = issueOf(input.issueId, context);
    if (input.repositoryId && repositoryOf(input.repositoryId, context) !== issue.repository) {
      throw new NotImplemented('a branch in another repository');
    }
    context.require(issue.repository, 'contents', 'write');
    const name = typeof input.name === 'string' ? input.name : null;
    const branch = await context.world.triage.makeBranch(context.actor, issue, text(input.oid), name);
    return { issue: typed('Issue', issue), linkedBranch: branch && typed('LinkedBranch', { issue, branch }) };
  },
  transferIssue: (input, context) => {
    const issue = issueOf(input.issueId, context);
    const to = repositoryOf(input.repositoryId, context);
    for (const repository of [issue.repository, to]) context.require(repository, 'issues', 'write');
    if (input.createLabelsIfMissing === true) throw new NotImplemented('new labels for a transferred issue');
    refuseTransfer(issue.repository, to);
    return { issue: typed('Issue', context.world.issues.transfer(context.actor, issue, to)) };
  },
  deleteIssue: (input, context) => {
    const issue = issueOf(input.issueId, context);
    // Only those who administer a repository delete its issues.
    context.require(issue.repository, 'administration', 'write');
    context.world.issues.delete(context.actor, issue);
    return { repository: typed('Repository', issue.repository) };
  },
  replaceActorsForAssignable: (input, context) => {
    const issue = subjectOf(input.assignableId, context);
    mayWriteSubject(issue, context);
    const logins = ((input.actorLogins as readonly string[] | null | undefined) ?? []).map((login) =>
      userOf(login, context),
    );
    assign(issue, [...usersOf(input.actorIds, context), ...logins], context);
    return { assignable: typedIssue(issue) };
  },
  addAssigneesToAssignable: (input, context) => {
    const issue = subjectOf(input.assignableId, context);
    mayWriteSubject(issue, context);
    const logins = usersOf(input.assigneeIds, context).map(({ login }) => login);
    context.world.issues.assign(context.actor, issue, logins);
    return { assignable: typedIssue(issue) };
  },
  requestReviews: async (input, context) => {
    const pull = pullOf(input.pullRequestId, context);
    refuseTeams(input.teamIds);
    context.require(pull.repository, 'pull_requests', 'write');
    const users = [...usersOf(input.userIds, context), ...usersOf(input.botIds, context)];
    await requestReviews(pull, users, input.union === true, context);
    return { pullRequest: typed('PullRequest', pull), actor: typedActor(context.actor.user) };
  },
  requestReviewsByLogin: async (input, context) => {
    const pull = pullOf(input.pullRequestId, context);
    refuseTeams(input.teamSlugs);
    context.require(pull.repository, 'pull_requests', 'write');
    const logins = [input.userLogins, input.botLogins].flatMap((list) => (list ?? []) as readonly string[]);
    await requestReviews(
      pull,
      logins.map((login) => userOf(login, context)),
      input.union === true,
      context,
    );
    return { pullRequest: typed('PullRequest', pull), actor: typedActor(context.actor.user) };
  },
  reopenPullRequest: async (input, context) => {
    const pull = pullOf(input.pullRequestId, context);
    context.require(pull.repository, 'pull_requests', 'write');
    await context.world.pulls.update(context.actor, pull, { state: 'open' });
    return { pullRequest: typed('PullRequest', pull) };
  },
  revertPullRequest: async (input, context) => {
    const pull = pullOf(input.pullRequestId, context);
    context.require(pull.repository, 'contents', 'write');
    const reverting = await context.world.merges.revert(context.actor, pull, wantedRevert(input));
    return { pullRequest: typed('PullRequest', pull), revertPullRequest: typed('PullRequest', reverting) };
  },
};

function wantedRevert({ title, body, draft }: Input) {
  return {
    ...(typeof title === 'string' && { title }),
    ...(typeof body === 'string' && { body }),
    ...(draft === true && { draft }),
  };
}

/** @see https://docs.github.com/en/issues/tracking-your-work-with-issues/administering-issues/transferring-an-issue-to-another-repository */
function refuseTransfer(from: Repository, to: Repository): void {
  if (to === from) throw new Refusal(422, 'Issue cannot be transferred to the repository that it is in');
  if (to.owner !== from.owner) {
    throw new Refusal(422, 'Issues can only be transferred between repositories of one owner');
  }
  if (from.visibility === 'private' && to.visibility === 'public') {
    throw new Refusal(422, 'Issues cannot be transferred from a private to a public repository');
  }
}

function refuseTeams(teams: unknown): void {
  if (Array.isArray(teams) && teams.length > 0) throw new NotImplemented('teams');
}
