/**
 * GraphQL's mutations. They call the same functions of the world as REST, so they cause the same webhooks.
 */
import { signatureOf, webFlow } from '#emulator/git/commits';
import { GitError, type TreeEdit } from '#emulator/git/types';
import {
  type CheckAnnotation,
  type CheckState,
  type Comment,
  type Conclusion,
  type Issue,
  type MergeMethod,
  type Pull,
  type Repository,
  type StateReason,
  ZERO_OID,
} from '#emulator/model/records';
import { Refusal } from '#emulator/model/refusal';
import type { CheckRunChange } from '#emulator/world/checks';
import type { RefUpdate } from '#emulator/world/refs';
import { typedActor } from './actors.ts';
import type { QueryContext } from './context.ts';
import { reactionOf } from './issues.ts';
import { nodeById } from './nodes.ts';
import { isShown, typedRef } from './repository.ts';
import { NotImplemented, type TypedRecord, typed, typedIssue } from './tables.ts';

export type Input = Readonly<Record<string, unknown>>;
export type Mutation = (
  input: Input,
  context: QueryContext,
) => Record<string, unknown> | Promise<Record<string, unknown>>;

const wrongKind = (id: unknown): Refusal =>
  new Refusal(404, `Could not resolve to a node with the global id of '${String(id)}'.`);

export function issueOf(id: unknown, context: QueryContext): Issue {
  const node = nodeById(id, context);
  if (node.kind === 'Issue') return node.issue;
  throw wrongKind(id);
}
export function pullOf(id: unknown, context: QueryContext): Pull {
  const node = nodeById(id, context);
  if (node.kind === 'PullRequest') return node.pull;
  throw wrongKind(id);
}
export function repositoryOf(id: unknown, context: QueryContext): Repository {
  const node = nodeById(id, context);
  if (node.kind === 'Repository') return node.repository;
  throw wrongKind(id);
}
function commentOf(id: unknown, context: QueryContext): Comment {
  const node = nodeById(id, context);
  if (node.kind === 'IssueComment') return node.comment;
  throw wrongKind(id);
}
/** The issue, or the issue side of the pull request, with this id. */
export function subjectOf(id: unknown, context: QueryContext): Issue {
  const node = nodeById(id, context);
  if (node.kind === 'Issue') return node.issue;
  if (node.kind === 'PullRequest') return node.pull.issue;
  throw wrongKind(id);
}
export const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const given = <Key extends string>(input: Input, key: Key, as: Key = key) =>
  input[key] === undefined || input[key] === null ? {} : { [as]: input[key] };

/** The maximum number of annotations in one call. */
const ANNOTATION_LIMIT = 50;

function annotationOf({ path, location, annotationLevel, message, title, rawDetails }: Input): CheckAnnotation {
  const { startLine, endLine, startColumn, endColumn } = location as Input;
  if (rawDetails ?? startColumn ?? endColumn) throw new NotImplemented('columns or details of an annotation');
  const level = (['notice', 'warning'] as const).find((each) => each === text(annotationLevel).toLowerCase());
  return {
    ...{ path: text(path), message: text(message), title: typeof title === 'string' ? title : null },
    ...{ startLine: Number(startLine), endLine: Number(endLine), level: level ?? 'failure' },
  };
}

function checkRunChange(input: Input): CheckRunChange {
  const { title, summary, text: details, annotations = [], images } = (input.output ?? {}) as Input;
  if (images || input.actions) throw new NotImplemented('images or actions of a check run');
  const all = annotations as readonly Input[];
  if (all.length > ANNOTATION_LIMIT) {
    throw new Refusal(422, `No more than ${ANNOTATION_LIMIT} annotations are allowed per request.`);
  }
  return {
    ...(input.status ? { status: text(input.status).toLowerCase() as CheckState } : {}),
    ...(input.conclusion ? { conclusion: text(input.conclusion).toLowerCase() as Conclusion } : {}),
    ...given(input, 'startedAt'),
    ...given(input, 'completedAt'),
    ...given(input, 'detailsUrl'),
    ...given(input, 'externalId'),
    ...(input.output
      ? {
          output: {
            ...{ title: text(title), summary: text(summary), text: typeof details === 'string' ? details : null },
            annotations: all.map(annotationOf),
          },
        }
      : {}),
  };
}

export function mayWriteSubject(issue: Issue, context: QueryContext, participate?: 'readers'): void {
  const { world, credential } = context;
  const need = (permission: string) => ({
    permission,
    level: 'write' as const,
    ...(participate ? { participate } : {}),
  });
  if (issue.pull && world.tokens.may(credential, issue.repository, need('pull_requests'))) return;
  context.require(issue.repository, 'issues', 'write', participate);
}

function labelNames(ids: unknown, context: QueryContext): string[] {
  return ((ids as string[] | undefined) ?? []).map((id) => {
    const node = nodeById(id, context);
    if (node.kind !== 'Label') throw wrongKind(id);
    return node.label.name;
  });
}

const reasons: Readonly<Record<string, StateReason>> = {
  COMPLETED: 'completed',
  NOT_PLANNED: 'not_planned',
  DUPLICATE: 'duplicate',
};

const names = (ids: unknown, context: QueryContext): string[] =>
  ((ids as string[] | undefined) ?? []).flatMap((id) => {
    const node = nodeById(id, context);
    return node.kind === 'User' ? [node.user.login] : [];
  });

/** Null for the zero oid, which as `before` means "must not exist" and as `after` "delete". */
const orNull = (oid: unknown): string | null => (text(oid) === ZERO_OID ? null : text(oid));

export const MUTATIONS: Readonly<Record<string, Mutation>> = {
  // ── Issues ──────────────────────────────────────────────────────────────────────────────────────────────────────
  createIssue: (input, context) => {
    const repository = repositoryOf(input.repositoryId, context);
    context.require(repository, 'issues', 'write', 'readers');
    // With only read access, GitHub creates the issue and ignores labels and assignees.
    const triages = context.world.tokens.may(context.credential, repository, { permission: 'issues', level: 'write' });
    const [labels, assignees] = [labelNames(input.labelIds, context), names(input.assigneeIds, context)];
    const issue = context.world.issues.create(context.actor, repository, {
      title: text(input.title),
      body: (input.body as string | null | undefined) ?? null,
      ...(triages ? { labels, assignees } : {}),
    });
    if (input.parentIssueId)
      context.world.issues.addSubIssue(context.actor, issueOf(input.parentIssueId, context), issue);
    return { issue: typed('Issue', issue) };
  },
  updateIssue: (input, context) => {
    const issue = issueOf(input.id, context);
    context.require(issue.repository, 'issues', 'write');
    context.world.issues.update(context.actor, issue, {
      ...given(input, 'title'),
      ...given(input, 'body'),
      ...(input.state ? { state: input.state === 'CLOSED' ? 'closed' : 'open' } : {}),
      ...(input.labelIds ? { labels: labelNames(input.labelIds, context) } : {}),
      ...(input.assigneeIds ? { assignees: names(input.assigneeIds, context) } : {}),
    });
    return { issue: typed('Issue', issue), actor: typedActor(context.actor.user) };
  },
  closeIssue: (input, context) => {
    const issue = issueOf(input.issueId, context);
    context.require(issue.repository, 'issues', 'write');
    context.world.issues.close(context.actor, issue, reasons[text(input.stateReason)] ?? 'completed');
    return { issue: typed('Issue', issue) };
  },
  reopenIssue: (input, context) => {
    const issue = issueOf(input.issueId, context);
    context.require(issue.repository, 'issues', 'write');
    context.world.issues.reopen(context.actor, issue);
    return { issue: typed('Issue', issue) };
  },
  addSubIssue: (input, context) => {
    const parent = issueOf(input.issueId, context);
    const sub = input.subIssueId ? issueOf(input.subIssueId, context) : issueByUrl(text(input.subIssueUrl), context);
    context.require(parent.repository, 'issues', 'write');
    context.world.issues.addSubIssue(context.actor, parent, sub, input.replaceParent === true ? 'replace' : 'keep');
    return { issue: typed('Issue', parent), subIssue: typed('Issue', sub) };
  },
  removeSubIssue: (input, context) => {
    const parent = issueOf(input.issueId, context);
    const sub = issueOf(input.subIssueId, context);
    context.require(parent.repository, 'issues', 'write');
    context.world.issues.removeSubIssue(context.actor, parent, sub);
    return { issue: typed('Issue', parent), subIssue: typed('Issue', sub) };
  },
  reprioritizeSubIssue: (input, context) => {
    const parent = issueOf(input.issueId, context);
    context.require(parent.repository, 'issues', 'write');
    const { afterId, beforeId } = input;
    context.world.issues.reprioritize(parent, issueOf(input.subIssueId, context), {
      ...(afterId ? { after: issueOf(afterId, context) } : {}),
      ...(beforeId ? { before: issueOf(beforeId, context) } : {}),
    });
    return { issue: typed('Issue', parent) };
  },
  addBlockedBy: (input, context) => {
    const issue = issueOf(input.issueId, context);
    const blocking = issueOf(input.blockingIssueId, context);
    context.require(issue.repository, 'issues', 'write');
    context.world.issues.addBlockedBy(context.actor, issue, blocking);
    return { issue: typed('Issue', issue), blockingIssue: typed('Issue', blocking) };
  },
  removeBlockedBy: (input, context) => {
    const issue = issueOf(input.issueId, context);
    const blocking = issueOf(input.blockingIssueId, context);
    context.require(issue.repository, 'issues', 'write');
    context.world.issues.removeBlockedBy(context.actor, issue, blocking);
    return { issue: typed('Issue', issue), blockingIssue: typed('Issue', blocking) };
  },
  addLabelsToLabelable: (input, context) => {
    const issue = subjectOf(input.labelableId, context);
    mayWriteSubject(issue, context);
    context.world.issues.addLabels(context.actor, issue, labelNames(input.labelIds, context));
    return { labelable: typedIssue(issue) };
  },
  removeLabelsFromLabelable: (input, context) => {
    const issue = subjectOf(input.labelableId, context);
    mayWriteSubject(issue, context);
    for (const name of labelNames(input.labelIds, context)) {
      if (issue.labels.some((label) => label.name === name))
        context.world.issues.removeLabel(context.actor, issue, name);
    }
    return { labelable: typedIssue(issue) };
  },

  // ── Comments and reactions ──────────────────────────────────────────────────────────────────────────────────────
  addComment: (input, context) => {
    const issue = subjectOf(input.subjectId, context);
    mayWriteSubject(issue, context, issue.locked ? undefined : 'readers');
    const comment = context.world.issues.comment(context.actor, issue, text(input.body));
    return { subject: typedIssue(issue), commentEdge: { cursor: '', node: typed('IssueComment', comment) } };
  },
  updateIssueComment: (input, context) => {
    const comment = commentOf(input.id, context);
    if (comment.user !== context.actor.user) mayWriteSubject(comment.issue, context);
    context.world.issues.editComment(context.actor, comment, text(input.body));
    return { issueComment: typed('IssueComment', comment) };
  },
  deleteIssueComment: (input, context) => {
    const comment = commentOf(input.id, context);
    if (comment.user !== context.actor.user) mayWriteSubject(comment.issue, context);
    context.world.issues.deleteComment(context.actor, comment);
    return {};
  },
  minimizeComment: (input, context) => {
    const comment = commentOf(input.subjectId, context);
    mayWriteSubject(comment.issue, context);
    context.world.issues.minimize(comment, text(input.classifier).toLowerCase());
    return { minimizedComment: typed('IssueComment', comment) };
  },
  addReaction: (input, context) => {
    const node = nodeById(input.subjectId, context);
    const content = reactionOf(text(input.content));
    const { issues } = context.world;
    const react = (target: Parameters<typeof issues.react>[1], repository: Repository, subject: TypedRecord) => {
      const permissions = ['issues', 'pull_requests'] as const;
      const may = permissions.some((permission) =>
        context.world.tokens.may(context.credential, repository, {
          permission,
          level: 'write',
          participate: 'readers',
        }),
      );
      if (!may) context.require(repository, 'issues', 'write', 'readers');
      return { reaction: typed('Reaction', issues.react(context.actor, target, content).reaction), subject };
    };
    if (node.kind === 'Issue') return react(node.issue, node.issue.repository, typed('Issue', node.issue));
    if (node.kind === 'PullRequest')
      return react(node.pull.issue, node.pull.repository, typed('PullRequest', node.pull));
    if (node.kind === 'IssueComment')
      return react(node.comment, node.comment.issue.repository, typed('IssueComment', node.comment));
    if (node.kind === 'PullRequestReviewComment') {
      return react(node.comment, node.comment.pull.repository, typed('PullRequestReviewComment', node.comment));
    }
    throw new Refusal(422, `Reactions to a ${node.kind} are not implemented in the emulator.`);
  },

  // ── Pull requests ───────────────────────────────────────────────────────────────────────────────────────────────
  createPullRequest: async (input, context) => {
    const repository = repositoryOf(input.repositoryId, context);
    context.require(repository, 'pull_requests', 'write', 'readers');
    if (input.headRepositoryId && input.headRepositoryId !== repository.nodeId) throw new NotImplemented('forks');
    const pull = await context.world.pulls.create(context.actor, repository, {
      title: text(input.title),
      body: (input.body as string | null | undefined) ?? null,
      head: text(input.headRefName),
      base: text(input.baseRefName),
      draft: input.draft === true,
      maintainerCanModify: input.maintainerCanModify !== false,
    });
    return { pullRequest: typed('PullRequest', pull) };
  },
  updatePullRequest: async (input, context) => {
    const pull = pullOf(input.pullRequestId, context);
    context.require(pull.repository, 'pull_requests', 'write');
    await context.world.pulls.update(context.actor, pull, {
      ...given(input, 'title'),
      ...given(input, 'body'),
      ...(input.baseRefName ? { base: text(input.baseRefName) } : {}),
      ...(input.labelIds ? { labels: labelNames(input.labelIds, context) } : {}),
      ...(input.assigneeIds ? { assignees: names(input.assigneeIds, context) } : {}),
      ...(input.state ? { state: input.state === 'CLOSED' ? 'closed' : 'open' } : {}),
    });
    return { pullRequest: typed('PullRequest', pull) };
  },
  closePullRequest: async (input, context) => {
    const pull = pullOf(input.pullRequestId, context);
    context.require(pull.repository, 'pull_requests', 'write');
    await context.world.pulls.update(context.actor, pull, { state: 'closed' });
    return { pullRequest: typed('PullRequest', pull) };
  },
  mergePullRequest: async (input, context) => {
    const pull = pullOf(input.pullRequestId, context);
    context.require(pull.repository, 'contents', 'write');
    const method = text(input.mergeMethod ?? 'MERGE').toLowerCase() as MergeMethod;
    await context.world.merges.merge(context.actor, pull, {
      method,
      sha: input.expectedHeadOid as string | undefined,
      title: input.commitHeadline as string | undefined,
      message: input.commitBody as string | undefined,
    });
    return { pullRequest: typed('PullRequest', pull), actor: typedActor(context.actor.user) };
  },
  enqueuePullRequest: async (input, context) => {
    const pull = pullOf(input.pullRequestId, context);
    context.require(pull.repository, 'contents', 'write');
    const head = input.expectedHeadOid as string | undefined;
    const entry = await context.world.queues.enqueue(context.actor, pull, head);
    return { mergeQueueEntry: context.world.queues.entryOf(pull) ? typed('MergeQueueEntry', entry) : null };
  },
  dequeuePullRequest: async (input, context) => {
    const pull = pullOf(input.id, context);
    context.require(pull.repository, 'contents', 'write');
    await context.world.queues.dequeue(context.actor, pull);
    return { mergeQueueEntry: null };
  },
  createCheckRun: async (input, context) => {
    const repository = repositoryOf(input.repositoryId, context);
    context.require(repository, 'checks', 'write');
    const headSha = text(input.headSha);
    const git = await context.world.git(repository);
    if ((await git.kindOf(headSha)) !== 'commit') throw new Refusal(422, `No commit found for SHA: ${headSha}`);
    const wanted = { ...checkRunChange(input), name: text(input.name) };
    return { checkRun: typed('CheckRun', context.world.checks.create(context.actor, repository, headSha, wanted)) };
  },
  markPullRequestReadyForReview: async (input, context) => {
    const pull = pullOf(input.pullRequestId, context);
    context.require(pull.repository, 'pull_requests', 'write');
    await context.world.pulls.setDraft(context.actor, pull, 'ready');
    return { pullRequest: typed('PullRequest', pull) };
  },
  convertPullRequestToDraft: async (input, context) => {
    const pull = pullOf(input.pullRequestId, context);
    context.require(pull.repository, 'pull_requests', 'write');
    await context.world.pulls.setDraft(context.actor, pull, 'draft');
    return { pullRequest: typed('PullRequest', pull) };
  },
  addPullRequestReview: async (input, context) => {
    const pull = pullOf(input.pullRequestId, context);
    context.require(pull.repository, 'pull_requests', 'write', 'readers');
    const event = input.event as 'APPROVE' | 'REQUEST_CHANGES' | 'COMMENT' | undefined;
    const review = await context.world.reviews.write(context.actor, pull, {
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
    return { pullRequestReview: typed('PullRequestReview', review) };
  },
  resolveReviewThread: (input, context) => ({ thread: resolved(input.threadId, 'resolved', context) }),
  unresolveReviewThread: (input, context) => ({ thread: resolved(input.threadId, 'open', context) }),
  updatePullRequestBranch: async (input, context) => {
    const pull = pullOf(input.pullRequestId, context);
    context.require(pull.repository, 'contents', 'write');
    const method = input.updateMethod === 'REBASE' ? 'rebase' : 'merge';
    await context.world.merges.updateBranch(context.actor, pull, input.expectedHeadOid as string | undefined, method);
    return { pullRequest: typed('PullRequest', pull) };
  },

  // ── Refs ────────────────────────────────────────────────────────────────────────────────────────────────────────
  updateRefs: async (input, context) => {
    const repository = repositoryOf(input.repositoryId, context);
    context.require(repository, 'contents', 'write');
    const updates = (input.refUpdates as Input[]).map((update) => ({
      name: text(update.name),
      after: orNull(update.afterOid),
      ...(update.beforeOid ? { before: orNull(update.beforeOid) } : {}),
      ...(update.force === true ? { force: 'force' as const } : {}),
    }));
    if (context.world.hiddenRefUpdates === 'refused' && updates.some(({ name }) => !isShown(name))) {
      throw new Refusal(422, 'Only refs below refs/heads/ and refs/tags/ can be updated.');
    }
    await move(repository, updates, context);
    return {};
  },
  createRef: async (input, context) => {
    const repository = repositoryOf(input.repositoryId, context);
    context.require(repository, 'contents', 'write');
    const update = { name: text(input.name), before: null, after: text(input.oid) };
    await move(repository, [update], context);
    return { ref: await typedRef(repository, update.name, context) };
  },
  updateRef: async (input, context) => {
    const node = nodeById(input.refId, context);
    if (node.kind !== 'Ref') throw wrongKind(input.refId);
    context.require(node.repository, 'contents', 'write');
    const update = {
      name: node.name,
      after: text(input.oid),
      ...(input.force === true ? { force: 'force' as const } : {}),
    };
    await move(node.repository, [update], context);
    return { ref: await typedRef(node.repository, node.name, context) };
  },
  deleteRef: async (input, context) => {
    const node = nodeById(input.refId, context);
    if (node.kind !== 'Ref') throw wrongKind(input.refId);
    context.require(node.repository, 'contents', 'write');
    await move(node.repository, [{ name: node.name, after: null }], context);
    return {};
  },
  createCommitOnBranch: async (input, context) => {
    const { repository, name } = branchOf(input.branch as Input, context);
    context.require(repository, 'contents', 'write');
    const expected = text(input.expectedHeadOid);
    const git = await context.world.git(repository);
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
    const at = context.world.now();
    const after = await git.commitTree({
      tree: await git.writeTree(expected, edits).catch((error: unknown) => {
        throw error instanceof GitError ? new Refusal(422, `A path is not valid: ${error.message}`) : error;
      }),
      parents: [expected],
      message: body === '' ? headline : `${headline}\n\n${body}`,
      author: signatureOf(context.actor.user, at),
      committer: webFlow(at),
    });
    await move(repository, [{ name, before: expected, after }], context);
    return { commit: typed('Commit', { repository, oid: after }), ref: await typedRef(repository, name, context) };
  },
};

/** The branch to commit to, given by the id of its ref or by names. */
function branchOf(branch: Input, context: QueryContext): { readonly repository: Repository; readonly name: string } {
  if (branch.id) {
    const node = nodeById(branch.id, context);
    if (node.kind !== 'Ref') throw wrongKind(branch.id);
    return { repository: node.repository, name: node.name };
  }
  const [owner = '', short = ''] = text(branch.repositoryNameWithOwner).split('/');
  const repository = context.world.repository(owner, short);
  if (!repository || !context.sees(repository)) {
    throw new Refusal(404, `Could not resolve to a Repository with the name '${owner}/${short}'.`);
  }
  return { repository, name: `refs/heads/${text(branch.branchName).replace(/^refs\/heads\//, '')}` };
}

function resolved(id: unknown, to: 'resolved' | 'open', context: QueryContext): TypedRecord {
  const node = nodeById(text(id).replace(/^PRRT_/, 'PRRC_'), context);
  if (node.kind !== 'PullRequestReviewComment' || node.comment.inReplyTo) throw wrongKind(id);
  context.require(node.comment.pull.repository, 'pull_requests', 'write');
  context.world.reviews.resolve(context.actor, node.comment, to);
  return typed('PullRequestReviewThread', node.comment);
}

/** Moves all of the refs or none, one call per repository at a time. */
async function move(repository: Repository, updates: readonly RefUpdate[], context: QueryContext): Promise<void> {
  const { world } = context;
  await world.inTurn(repository, async () => {
    for (const update of updates) await refuseMove(repository, update, context);
    await world.refs.update(context.actor, repository, updates);
  });
}

/** Throws for refs that nobody may move, and for workflow files that need the `workflows` permission. */
async function refuseMove(repository: Repository, update: RefUpdate, context: QueryContext): Promise<void> {
  const git = await context.world.git(repository);
  if (update.name.startsWith('refs/pull/') || !(await git.isRefName(update.name))) {
    throw new Refusal(422, `${update.name} is not a valid ref name.`);
  }
  const before = await git.readRef(update.name);
  if (update.after !== null && !(await git.kindOf(update.after))) throw new Refusal(422, 'Object does not exist');
  const change = { name: update.name, before, after: update.after };
  const file = await context.world.refs.workflowBroughtIn(repository, change);
  if (file !== null) context.require(repository, 'workflows', 'write');
}

function issueByUrl(url: string, context: QueryContext): Issue {
  const found = /\/([^/]+)\/([^/]+)\/issues\/(\d+)$/.exec(url);
  const repository = found && context.world.repository(found[1] ?? '', found[2] ?? '');
  const issue = repository && context.sees(repository) ? repository.issues.get(Number(found[3])) : undefined;
  if (!issue || issue.pull) throw new Refusal(404, `Could not resolve to an Issue with the URL of '${url}'.`);
  return issue;
}
