/**
 * GraphQL's mutations: the same acts on the world as REST's, so that the same webhooks follow.
 */
import { signatureOf, webFlow } from '#emulator/git/commits';
import { GitError, type TreeEdit } from '#emulator/git/types';
import {
  type Comment,
  type Issue,
  type MergeMethod,
  type Pull,
  Refusal,
  type Repository,
  type StateReason,
  ZERO_OID,
} from '#emulator/model/state';
import type { RefUpdate } from '#emulator/world/refs';
import type { Asking } from './asking.ts';
import { reactionOf } from './issues.ts';
import { nodeById } from './nodes.ts';
import { refThing } from './repository.ts';
import { actorThing, issueThing, NotModelled, type Thing, thing } from './things.ts';

type Input = Readonly<Record<string, unknown>>;
export type Mutation = (input: Input, asking: Asking) => Record<string, unknown> | Promise<Record<string, unknown>>;

const wrongKind = (id: unknown): Refusal =>
  new Refusal(404, `Could not resolve to a node with the global id of '${String(id)}'.`);

function issueOf(id: unknown, asking: Asking): Issue {
  const node = nodeById(id, asking);
  if (node.kind === 'Issue') return node.issue;
  throw wrongKind(id);
}
function pullOf(id: unknown, asking: Asking): Pull {
  const node = nodeById(id, asking);
  if (node.kind === 'PullRequest') return node.pull;
  throw wrongKind(id);
}
function repositoryOf(id: unknown, asking: Asking): Repository {
  const node = nodeById(id, asking);
  if (node.kind === 'Repository') return node.repository;
  throw wrongKind(id);
}
function commentOf(id: unknown, asking: Asking): Comment {
  const node = nodeById(id, asking);
  if (node.kind === 'IssueComment') return node.comment;
  throw wrongKind(id);
}
/** The issue half of an issue or a pull request. */
function subjectOf(id: unknown, asking: Asking): Issue {
  const node = nodeById(id, asking);
  if (node.kind === 'Issue') return node.issue;
  if (node.kind === 'PullRequest') return node.pull.issue;
  throw wrongKind(id);
}
const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const given = <Key extends string>(input: Input, key: Key, as: Key = key) =>
  input[key] === undefined || input[key] === null ? {} : { [as]: input[key] };

function mayWriteSubject(issue: Issue, asking: Asking, participate?: 'readers'): void {
  const { world, credential } = asking;
  const need = (permission: string) => ({
    permission,
    level: 'write' as const,
    ...(participate ? { participate } : {}),
  });
  if (issue.pull && world.tokens.may(credential, issue.repository, need('pull_requests'))) return;
  asking.require(issue.repository, 'issues', 'write', participate);
}

function labelNames(ids: unknown, asking: Asking): string[] {
  return ((ids as string[] | undefined) ?? []).map((id) => {
    const node = nodeById(id, asking);
    if (node.kind !== 'Label') throw wrongKind(id);
    return node.label.name;
  });
}

const reasons: Readonly<Record<string, StateReason>> = {
  COMPLETED: 'completed',
  NOT_PLANNED: 'not_planned',
  DUPLICATE: 'duplicate',
};

const names = (ids: unknown, asking: Asking): string[] =>
  ((ids as string[] | undefined) ?? []).flatMap((id) => {
    const node = nodeById(id, asking);
    return node.kind === 'User' ? [node.user.login] : [];
  });

/** A zero oid says "must not be there" as `before`, and "delete" as `after`. */
const orNull = (oid: unknown): string | null => (text(oid) === ZERO_OID ? null : text(oid));

export const MUTATIONS: Readonly<Record<string, Mutation>> = {
  // ── Issues ──────────────────────────────────────────────────────────────────────────────────────────────────────
  createIssue: (input, asking) => {
    const repository = repositoryOf(input.repositoryId, asking);
    asking.require(repository, 'issues', 'write', 'readers');
    // Who may only read opens issues, and has what else was asked for dropped.
    const triages = asking.world.tokens.may(asking.credential, repository, { permission: 'issues', level: 'write' });
    const [labels, assignees] = [labelNames(input.labelIds, asking), names(input.assigneeIds, asking)];
    const issue = asking.world.issues.create(asking.actor, repository, {
      title: text(input.title),
      body: (input.body as string | null | undefined) ?? null,
      ...(triages ? { labels, assignees } : {}),
    });
    if (input.parentIssueId) asking.world.issues.addSubIssue(asking.actor, issueOf(input.parentIssueId, asking), issue);
    return { issue: thing('Issue', issue) };
  },
  updateIssue: (input, asking) => {
    const issue = issueOf(input.id, asking);
    asking.require(issue.repository, 'issues', 'write');
    asking.world.issues.update(asking.actor, issue, {
      ...given(input, 'title'),
      ...given(input, 'body'),
      ...(input.state ? { state: input.state === 'CLOSED' ? 'closed' : 'open' } : {}),
      ...(input.labelIds ? { labels: labelNames(input.labelIds, asking) } : {}),
      ...(input.assigneeIds ? { assignees: names(input.assigneeIds, asking) } : {}),
    });
    return { issue: thing('Issue', issue), actor: actorThing(asking.actor.user) };
  },
  closeIssue: (input, asking) => {
    const issue = issueOf(input.issueId, asking);
    asking.require(issue.repository, 'issues', 'write');
    asking.world.issues.close(asking.actor, issue, reasons[text(input.stateReason)] ?? 'completed');
    return { issue: thing('Issue', issue) };
  },
  reopenIssue: (input, asking) => {
    const issue = issueOf(input.issueId, asking);
    asking.require(issue.repository, 'issues', 'write');
    asking.world.issues.reopen(asking.actor, issue);
    return { issue: thing('Issue', issue) };
  },
  addSubIssue: (input, asking) => {
    const parent = issueOf(input.issueId, asking);
    const sub = input.subIssueId ? issueOf(input.subIssueId, asking) : issueByUrl(text(input.subIssueUrl), asking);
    asking.require(parent.repository, 'issues', 'write');
    asking.world.issues.addSubIssue(asking.actor, parent, sub, input.replaceParent === true ? 'replace' : 'keep');
    return { issue: thing('Issue', parent), subIssue: thing('Issue', sub) };
  },
  removeSubIssue: (input, asking) => {
    const parent = issueOf(input.issueId, asking);
    const sub = issueOf(input.subIssueId, asking);
    asking.require(parent.repository, 'issues', 'write');
    asking.world.issues.removeSubIssue(asking.actor, parent, sub);
    return { issue: thing('Issue', parent), subIssue: thing('Issue', sub) };
  },
  reprioritizeSubIssue: (input, asking) => {
    const parent = issueOf(input.issueId, asking);
    asking.require(parent.repository, 'issues', 'write');
    const { afterId, beforeId } = input;
    asking.world.issues.reprioritize(parent, issueOf(input.subIssueId, asking), {
      ...(afterId ? { after: issueOf(afterId, asking) } : {}),
      ...(beforeId ? { before: issueOf(beforeId, asking) } : {}),
    });
    return { issue: thing('Issue', parent) };
  },
  addBlockedBy: (input, asking) => {
    const issue = issueOf(input.issueId, asking);
    const blocking = issueOf(input.blockingIssueId, asking);
    asking.require(issue.repository, 'issues', 'write');
    asking.world.issues.addBlockedBy(asking.actor, issue, blocking);
    return { issue: thing('Issue', issue), blockingIssue: thing('Issue', blocking) };
  },
  removeBlockedBy: (input, asking) => {
    const issue = issueOf(input.issueId, asking);
    const blocking = issueOf(input.blockingIssueId, asking);
    asking.require(issue.repository, 'issues', 'write');
    asking.world.issues.removeBlockedBy(asking.actor, issue, blocking);
    return { issue: thing('Issue', issue), blockingIssue: thing('Issue', blocking) };
  },
  addLabelsToLabelable: (input, asking) => {
    const issue = subjectOf(input.labelableId, asking);
    mayWriteSubject(issue, asking);
    asking.world.issues.addLabels(asking.actor, issue, labelNames(input.labelIds, asking));
    return { labelable: issueThing(issue) };
  },
  removeLabelsFromLabelable: (input, asking) => {
    const issue = subjectOf(input.labelableId, asking);
    mayWriteSubject(issue, asking);
    for (const name of labelNames(input.labelIds, asking)) {
      if (issue.labels.some((label) => label.name === name)) asking.world.issues.removeLabel(asking.actor, issue, name);
    }
    return { labelable: issueThing(issue) };
  },

  // ── Comments and reactions ──────────────────────────────────────────────────────────────────────────────────────
  addComment: (input, asking) => {
    const issue = subjectOf(input.subjectId, asking);
    mayWriteSubject(issue, asking, 'readers');
    const comment = asking.world.issues.comment(asking.actor, issue, text(input.body));
    return { subject: issueThing(issue), commentEdge: { cursor: '', node: thing('IssueComment', comment) } };
  },
  updateIssueComment: (input, asking) => {
    const comment = commentOf(input.id, asking);
    if (comment.user !== asking.actor.user) mayWriteSubject(comment.issue, asking);
    asking.world.issues.editComment(asking.actor, comment, text(input.body));
    return { issueComment: thing('IssueComment', comment) };
  },
  deleteIssueComment: (input, asking) => {
    const comment = commentOf(input.id, asking);
    if (comment.user !== asking.actor.user) mayWriteSubject(comment.issue, asking);
    asking.world.issues.deleteComment(asking.actor, comment);
    return {};
  },
  minimizeComment: (input, asking) => {
    const comment = commentOf(input.subjectId, asking);
    mayWriteSubject(comment.issue, asking);
    asking.world.issues.minimize(comment, text(input.classifier).toLowerCase());
    return { minimizedComment: thing('IssueComment', comment) };
  },
  addReaction: (input, asking) => {
    const node = nodeById(input.subjectId, asking);
    const content = reactionOf(text(input.content));
    const { issues } = asking.world;
    const react = (target: Parameters<typeof issues.react>[1], repository: Repository, subject: Thing) => {
      const permissions = ['issues', 'pull_requests'] as const;
      const may = permissions.some((permission) =>
        asking.world.tokens.may(asking.credential, repository, { permission, level: 'write', participate: 'readers' }),
      );
      if (!may) asking.require(repository, 'issues', 'write', 'readers');
      return { reaction: thing('Reaction', issues.react(asking.actor, target, content).reaction), subject };
    };
    if (node.kind === 'Issue') return react(node.issue, node.issue.repository, thing('Issue', node.issue));
    if (node.kind === 'PullRequest')
      return react(node.pull.issue, node.pull.repository, thing('PullRequest', node.pull));
    if (node.kind === 'IssueComment')
      return react(node.comment, node.comment.issue.repository, thing('IssueComment', node.comment));
    if (node.kind === 'PullRequestReviewComment') {
      return react(node.comment, node.comment.pull.repository, thing('PullRequestReviewComment', node.comment));
    }
    throw new Refusal(422, `Reactions to a ${node.kind} are not modelled here.`);
  },

  // ── Pull requests ───────────────────────────────────────────────────────────────────────────────────────────────
  createPullRequest: async (input, asking) => {
    const repository = repositoryOf(input.repositoryId, asking);
    asking.require(repository, 'pull_requests', 'write', 'readers');
    if (input.headRepositoryId && input.headRepositoryId !== repository.nodeId) throw new NotModelled('forks');
    const pull = await asking.world.pulls.create(asking.actor, repository, {
      title: text(input.title),
      body: (input.body as string | null | undefined) ?? null,
      head: text(input.headRefName),
      base: text(input.baseRefName),
      draft: input.draft === true,
      maintainerCanModify: input.maintainerCanModify !== false,
    });
    return { pullRequest: thing('PullRequest', pull) };
  },
  updatePullRequest: async (input, asking) => {
    const pull = pullOf(input.pullRequestId, asking);
    asking.require(pull.repository, 'pull_requests', 'write');
    await asking.world.pulls.update(asking.actor, pull, {
      ...given(input, 'title'),
      ...given(input, 'body'),
      ...(input.baseRefName ? { base: text(input.baseRefName) } : {}),
      ...(input.labelIds ? { labels: labelNames(input.labelIds, asking) } : {}),
      ...(input.assigneeIds ? { assignees: names(input.assigneeIds, asking) } : {}),
      ...(input.state ? { state: input.state === 'CLOSED' ? 'closed' : 'open' } : {}),
    });
    return { pullRequest: thing('PullRequest', pull) };
  },
  closePullRequest: async (input, asking) => {
    const pull = pullOf(input.pullRequestId, asking);
    asking.require(pull.repository, 'pull_requests', 'write');
    await asking.world.pulls.update(asking.actor, pull, { state: 'closed' });
    return { pullRequest: thing('PullRequest', pull) };
  },
  mergePullRequest: async (input, asking) => {
    const pull = pullOf(input.pullRequestId, asking);
    asking.require(pull.repository, 'contents', 'write');
    const method = text(input.mergeMethod ?? 'MERGE').toLowerCase() as MergeMethod;
    await asking.world.merges.merge(asking.actor, pull, {
      method,
      sha: input.expectedHeadOid as string | undefined,
      title: input.commitHeadline as string | undefined,
      message: input.commitBody as string | undefined,
    });
    return { pullRequest: thing('PullRequest', pull), actor: actorThing(asking.actor.user) };
  },
  markPullRequestReadyForReview: (input, asking) => {
    const pull = pullOf(input.pullRequestId, asking);
    asking.require(pull.repository, 'pull_requests', 'write');
    asking.world.pulls.setDraft(asking.actor, pull, 'ready');
    return { pullRequest: thing('PullRequest', pull) };
  },
  convertPullRequestToDraft: (input, asking) => {
    const pull = pullOf(input.pullRequestId, asking);
    asking.require(pull.repository, 'pull_requests', 'write');
    asking.world.pulls.setDraft(asking.actor, pull, 'draft');
    return { pullRequest: thing('PullRequest', pull) };
  },
  addPullRequestReview: async (input, asking) => {
    const pull = pullOf(input.pullRequestId, asking);
    asking.require(pull.repository, 'pull_requests', 'write', 'readers');
    const event = input.event as 'APPROVE' | 'REQUEST_CHANGES' | 'COMMENT' | undefined;
    const review = await asking.world.reviews.write(asking.actor, pull, {
      event,
      body: text(input.body),
      comments: ((input.threads as Input[] | null | undefined) ?? []).map((thread) => ({
        path: text(thread.path),
        body: text(thread.body),
        line: typeof thread.line === 'number' ? thread.line : null,
        startLine: typeof thread.startLine === 'number' ? thread.startLine : null,
        side: thread.side === 'LEFT' ? 'LEFT' : 'RIGHT',
      })),
      ...(input.commitOID ? { commitId: text(input.commitOID) } : {}),
    });
    return { pullRequestReview: thing('PullRequestReview', review) };
  },
  updatePullRequestBranch: async (input, asking) => {
    const pull = pullOf(input.pullRequestId, asking);
    asking.require(pull.repository, 'contents', 'write');
    const method = input.updateMethod === 'REBASE' ? 'rebase' : 'merge';
    await asking.world.merges.updateBranch(asking.actor, pull, input.expectedHeadOid as string | undefined, method);
    return { pullRequest: thing('PullRequest', pull) };
  },

  // ── Refs ────────────────────────────────────────────────────────────────────────────────────────────────────────
  updateRefs: async (input, asking) => {
    const repository = repositoryOf(input.repositoryId, asking);
    asking.require(repository, 'contents', 'write');
    const updates = (input.refUpdates as Input[]).map((update) => ({
      name: text(update.name),
      after: orNull(update.afterOid),
      ...(update.beforeOid ? { before: orNull(update.beforeOid) } : {}),
      ...(update.force === true ? { force: 'force' as const } : {}),
    }));
    await move(repository, updates, asking);
    return {};
  },
  createRef: async (input, asking) => {
    const repository = repositoryOf(input.repositoryId, asking);
    asking.require(repository, 'contents', 'write');
    const update = { name: text(input.name), before: null, after: text(input.oid) };
    await move(repository, [update], asking);
    return { ref: await refThing(repository, update.name, asking) };
  },
  updateRef: async (input, asking) => {
    const node = nodeById(input.refId, asking);
    if (node.kind !== 'Ref') throw wrongKind(input.refId);
    asking.require(node.repository, 'contents', 'write');
    const update = {
      name: node.name,
      after: text(input.oid),
      ...(input.force === true ? { force: 'force' as const } : {}),
    };
    await move(node.repository, [update], asking);
    return { ref: await refThing(node.repository, node.name, asking) };
  },
  deleteRef: async (input, asking) => {
    const node = nodeById(input.refId, asking);
    if (node.kind !== 'Ref') throw wrongKind(input.refId);
    asking.require(node.repository, 'contents', 'write');
    await move(node.repository, [{ name: node.name, after: null }], asking);
    return {};
  },
  createCommitOnBranch: async (input, asking) => {
    const { repository, name } = branchOf(input.branch as Input, asking);
    asking.require(repository, 'contents', 'write');
    const expected = text(input.expectedHeadOid);
    const git = await asking.world.git(repository);
    const stale = new Refusal(409, `Expected branch to point to "${expected}" but it did not. Pull and try again.`);
    if ((await git.readRef(name)) !== expected) throw stale;
    const { additions, deletions } = (input.fileChanges ?? {}) as { additions?: Input[]; deletions?: Input[] };
    const edits: TreeEdit[] = [];
    for (const file of additions ?? []) {
      const oid = await git.writeBlob(Buffer.from(text(file.contents), 'base64'));
      edits.push({ path: text(file.path), mode: '100644', oid });
    }
    for (const file of deletions ?? []) {
      const path = text(file.path);
      if (!(await git.resolve(`${expected}:${path}`))) {
        throw new Refusal(
          422,
          `A path was requested for deletion which does not exist as of commit oid \`${expected}\`: ${path}`,
        );
      }
      edits.push({ path, mode: '100644', oid: null });
    }
    const message = input.message as Input;
    const [headline, body] = [text(message.headline), text(message.body)];
    const at = asking.world.now();
    const after = await git.commitTree({
      tree: await git.writeTree(expected, edits).catch((error: unknown) => {
        throw error instanceof GitError ? new Refusal(422, `A path is not valid: ${error.message}`) : error;
      }),
      parents: [expected],
      message: body === '' ? headline : `${headline}\n\n${body}`,
      author: signatureOf(asking.actor.user, at),
      committer: webFlow(at),
    });
    await move(repository, [{ name, before: expected, after }], asking);
    return { commit: thing('Commit', { repository, oid: after }), ref: await refThing(repository, name, asking) };
  },
};

/** The branch that is committed to: by the id of its ref, or by names. */
function branchOf(branch: Input, asking: Asking): { readonly repository: Repository; readonly name: string } {
  if (branch.id) {
    const node = nodeById(branch.id, asking);
    if (node.kind !== 'Ref') throw wrongKind(branch.id);
    return { repository: node.repository, name: node.name };
  }
  const [owner = '', short = ''] = text(branch.repositoryNameWithOwner).split('/');
  const repository = asking.world.repository(owner, short);
  if (!repository || !asking.sees(repository)) {
    throw new Refusal(404, `Could not resolve to a Repository with the name '${owner}/${short}'.`);
  }
  return { repository, name: `refs/heads/${text(branch.branchName).replace(/^refs\/heads\//, '')}` };
}

/** Moves refs, all or none, one mover of a repository at a time. */
async function move(repository: Repository, updates: readonly RefUpdate[], asking: Asking): Promise<void> {
  const { world } = asking;
  await world.inTurn(repository, async () => {
    for (const update of updates) await mayMove(repository, update, asking);
    await world.refs.update(asking.actor, repository, updates);
  });
}

/** Refs that nobody moves, and workflow files that only the `workflows` permission brings in. */
async function mayMove(repository: Repository, update: RefUpdate, asking: Asking): Promise<void> {
  const git = await asking.world.git(repository);
  if (update.name.startsWith('refs/pull/') || !(await git.isRefName(update.name))) {
    throw new Refusal(422, `${update.name} is not a valid ref name.`);
  }
  const before = await git.readRef(update.name);
  if (update.after !== null && !(await git.kindOf(update.after))) throw new Refusal(422, 'Object does not exist');
  const change = { name: update.name, before, after: update.after };
  const file = await asking.world.refs.workflowBroughtIn(repository, change);
  if (file !== null) asking.require(repository, 'workflows', 'write');
}

function issueByUrl(url: string, asking: Asking): Issue {
  const found = /\/([^/]+)\/([^/]+)\/issues\/(\d+)$/.exec(url);
  const repository = found && asking.world.repository(found[1] ?? '', found[2] ?? '');
  const issue = repository && asking.sees(repository) ? repository.issues.get(Number(found[3])) : undefined;
  if (!issue || issue.pull) throw new Refusal(404, `Could not resolve to an Issue with the URL of '${url}'.`);
  return issue;
}
