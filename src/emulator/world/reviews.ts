/**
 * Reviews of pull requests: review requests, reviews, comments on lines, and the resulting review decision.
 */

import { CODE_OWNERS_FILES, ownersOf, readCodeOwners } from '#emulator/model/code-owners';
import { nodeIdOf } from '#emulator/model/ids';
import type {
  Actor,
  BranchRule,
  Pull,
  Repository,
  Review,
  ReviewComment,
  Reviewer,
  User,
} from '#emulator/model/records';
import { Refusal } from '#emulator/model/refusal';
import { roleIn, rulesFor } from '#emulator/model/repository';
import { type GitHubBase, viaOf } from './base.ts';
import type { Issues } from './issues.ts';

export type ReviewDecision = 'APPROVED' | 'CHANGES_REQUESTED' | 'REVIEW_REQUIRED';

export interface LineComment {
  readonly path: string;
  readonly body: string;
  readonly line: number | null;
  readonly startLine?: number | null;
  readonly side?: 'LEFT' | 'RIGHT';
  readonly subject?: 'line' | 'file';
}

export class Reviews {
  readonly #base: GitHubBase;
  readonly #issues: Issues;

  constructor(base: GitHubBase, issues: Issues) {
    this.#base = base;
    this.#issues = issues;
  }

  request(actor: Actor, pull: Pull, logins: readonly string[]): void {
    for (const login of logins) {
      const reviewer = this.#base.user(login);
      if (!reviewer || !roleIn(pull.repository, reviewer) || reviewer === pull.issue.user) {
        const message =
          'Reviews may only be requested from collaborators. One or more of the users or teams you specified is not a collaborator of the repository.';
        throw new Refusal(422, message);
      }
      this.#ask(actor, pull, reviewer);
    }
  }

  /**
   * Asks the owners of changed files for a review, as GitHub does once a pull request is ready for it: when it is opened, unless
   * as a draft, and when a draft is marked as ready.
   * @see https://docs.github.com/en/repositories/managing-your-repositorys-settings-and-features/customizing-your-repository/about-code-owners
   */
  async askOwners(actor: Actor, pull: Pull): Promise<void> {
    if (pull.draft) return;
    for (const owner of new Set((await this.#ownersOfChange(pull)).flat())) {
      if (owner === pull.issue.user || this.latestOpinions(pull).some(({ user }) => user === owner)) continue;
      pull.askedOwners.add(owner);
      this.#ask(actor, pull, owner);
    }
  }

  #ask(actor: Actor, pull: Pull, reviewer: Reviewer): void {
    if (pull.requestedReviewers.includes(reviewer)) return;
    pull.requestedReviewers = [...pull.requestedReviewers, reviewer];
    this.#issues.recordEvent(actor, pull.issue, { kind: 'review_requested', reviewer });
    const requested = { kind: 'pull_request', action: 'review_requested', pull, reviewer } as const;
    this.#base.emit(actor, pull.repository, requested);
  }

  unrequest(actor: Actor, pull: Pull, logins: readonly string[]): void {
    const gone = new Set(logins.map((login) => login.toLowerCase()));
    const isGone = (reviewer: Reviewer) => reviewer.type !== 'Team' && gone.has(reviewer.login.toLowerCase());
    for (const reviewer of pull.requestedReviewers.filter(isGone)) {
      pull.requestedReviewers = pull.requestedReviewers.filter((other) => other !== reviewer);
      pull.askedOwners.delete(reviewer);
      this.#issues.recordEvent(actor, pull.issue, { kind: 'review_request_removed', reviewer });
      const removed = { kind: 'pull_request', action: 'review_request_removed', pull, reviewer } as const;
      this.#base.emit(actor, pull.repository, removed);
    }
  }

  /** Creates a review. Without an event, it stays pending until `submit`. */
  async write(
    actor: Actor,
    pull: Pull,
    wanted: {
      readonly event?: 'APPROVE' | 'REQUEST_CHANGES' | 'COMMENT' | undefined;
      readonly body?: string;
      readonly commitId?: string;
      readonly comments?: readonly LineComment[];
    },
  ): Promise<Review> {
    this.#refuseReview(actor, pull, wanted.event, wanted.body ?? '', wanted.comments?.length ?? 0);
    const commitId = wanted.commitId ?? pull.headSha;
    const git = await this.#base.git(pull.repository);
    if (commitId !== pull.headSha && !(await git.isAncestor(commitId, pull.headSha))) {
      throw new Refusal(422, 'Unprocessable Entity', ['The commit is not part of the pull request']);
    }
    const hunks = await this.#hunksFor(pull, wanted.comments ?? []);
    const id = this.#base.nextId('review');
    const at = this.#base.now();
    const review: Review = {
      id,
      nodeId: nodeIdOf('review', id),
      pull,
      user: actor.user,
      via: viaOf(actor),
      body: wanted.body ?? '',
      state: 'PENDING',
      commitId,
      submittedAt: null,
      updatedAt: at,
      createdAt: at,
    };
    pull.reviews.push(review);
    this.#base.remember(review.nodeId, { kind: 'PullRequestReview', review });
    const comments = (wanted.comments ?? []).map((comment, index) =>
      this.#comment(actor, review, comment, hunks[index] ?? '', null),
    );
    if (wanted.event) this.submit(actor, review, wanted.event, comments);
    return review;
  }

  /** Submits a pending review. */
  submit(
    actor: Actor,
    review: Review,
    event: 'APPROVE' | 'REQUEST_CHANGES' | 'COMMENT',
    comments: readonly ReviewComment[] = review.pull.comments.filter((one) => one.review === review),
  ): void {
    if (review.state !== 'PENDING')
      throw new Refusal(422, 'Unprocessable Entity', ['Review has been submitted already']);
    const states = { APPROVE: 'APPROVED', REQUEST_CHANGES: 'CHANGES_REQUESTED', COMMENT: 'COMMENTED' } as const;
    const { pull } = review;
    review.state = states[event];
    review.submittedAt = this.#base.now();
    review.updatedAt = review.submittedAt;
    pull.issue.updatedAt = review.submittedAt;
    pull.requestedReviewers = pull.requestedReviewers.filter((reviewer) => !isOne(review.user, reviewer));
    this.#base.emit(actor, pull.repository, { kind: 'pull_request_review', action: 'submitted', pull, review });
    for (const comment of comments) {
      this.#base.emit(actor, pull.repository, {
        kind: 'pull_request_review_comment',
        action: 'created',
        pull,
        comment,
      });
    }
  }

  editReview(actor: Actor, review: Review, body: string): void {
    const from = review.body;
    review.body = body;
    review.updatedAt = this.#base.now();
    const { pull } = review;
    const edited = {
      kind: 'pull_request_review',
      action: 'edited',
      pull,
      review,
      changes: { body: { from } },
    } as const;
    this.#base.emit(actor, pull.repository, edited);
  }

  dismiss(actor: Actor, review: Review, message: string | null): void {
    if (review.state !== 'APPROVED' && review.state !== 'CHANGES_REQUESTED') {
      throw new Refusal(422, 'Unprocessable Entity', ['Can not dismiss a commented or pending pull request review']);
    }
    const { pull } = review;
    this.#issues.recordEvent(actor, pull.issue, { kind: 'review_dismissed', review, was: review.state, message });
    review.state = 'DISMISSED';
    review.updatedAt = this.#base.now();
    this.#base.emit(actor, pull.repository, { kind: 'pull_request_review', action: 'dismissed', pull, review });
  }

  /** Comments on a line or a file of the diff. GitHub creates a review to hold the comment. */
  async comment(
    actor: Actor,
    pull: Pull,
    wanted: LineComment & { readonly commitId?: string },
  ): Promise<ReviewComment> {
    const more = wanted.commitId === undefined ? {} : { commitId: wanted.commitId };
    const review = await this.write(actor, pull, { event: 'COMMENT', comments: [wanted], ...more });
    const comment = pull.comments.find((one) => one.review === review);
    if (!comment) throw new Error('A review with a comment has no comment');
    return comment;
  }

  /** Replies in the thread of `to`. */
  async reply(actor: Actor, to: ReviewComment, body: string): Promise<ReviewComment> {
    const first = to.inReplyTo ?? to;
    const { pull } = to;
    const review = await this.write(actor, pull, { body: '' });
    const comment = this.#comment(actor, review, { ...first, body }, first.diffHunk, first);
    this.submit(actor, review, 'COMMENT', [comment]);
    return comment;
  }

  editComment(actor: Actor, comment: ReviewComment, body: string): void {
    const from = comment.body;
    this.#issues.editText(actor, comment, comment.edits, body);
    comment.body = body;
    comment.updatedAt = this.#base.now();
    const { pull } = comment;
    const edited = {
      kind: 'pull_request_review_comment',
      action: 'edited',
      pull,
      comment,
      changes: { body: { from } },
    } as const;
    this.#base.emit(actor, pull.repository, edited);
  }

  /** Resolves the thread that a comment begins, or opens it again. */
  resolve(actor: Actor, first: ReviewComment, to: 'resolved' | 'open'): void {
    first.resolvedBy = to === 'resolved' ? actor.user : null;
  }

  deleteComment(actor: Actor, comment: ReviewComment): void {
    const { pull } = comment;
    pull.comments.splice(pull.comments.indexOf(comment), 1);
    pull.repository.reviewComments.delete(comment.id);
    this.#base.forget(comment.nodeId);
    this.#base.emit(actor, pull.repository, {
      kind: 'pull_request_review_comment',
      action: 'deleted',
      pull,
      comment,
    });
  }

  /** Each reviewer's latest review that approves or requests changes, or that did and was dismissed. */
  latestOpinions(pull: Pull): Review[] {
    const last = new Map<number, Review>();
    for (const review of pull.reviews) {
      if (review.state === 'APPROVED' || review.state === 'CHANGES_REQUESTED' || review.state === 'DISMISSED') {
        last.set(review.user.id, review);
      }
    }
    return [...last.values()];
  }

  /** GitHub's `reviewDecision`, or null if no rule requires a review. */
  async decision(pull: Pull): Promise<ReviewDecision | null> {
    return (await this.judge(pull, rulesFor(pull.repository, pull.baseRef))).decision;
  }

  /** The reviews that these rules ask for, and GitHub's messages for those that are missing. */
  async judge(
    pull: Pull,
    branchRules: readonly BranchRule[],
  ): Promise<{ readonly decision: ReviewDecision | null; readonly violations: readonly string[] }> {
    const rules = branchRules.flatMap((rule) => rule.pullRequest ?? []);
    const needed = Math.max(0, ...rules.map((rule) => rule.approvals));
    const groups = rules.some((rule) => rule.codeOwners) ? await this.#ownersOfChange(pull) : [];
    const threads = rules.some((rule) => rule.resolvedThreads)
      ? pull.comments.filter((comment) => !comment.inReplyTo && !comment.resolvedBy)
      : [];
    const unresolved =
      threads.length === 0 ? [] : ['A conversation must be resolved before this pull request can be merged.'];
    if (needed === 0 && groups.length === 0) return { decision: null, violations: unresolved };
    const counting = this.latestOpinions(pull).filter((review) => this.#counts(pull, review.user));
    if (counting.some((review) => review.state === 'CHANGES_REQUESTED')) {
      const violation = 'Changes were requested by a reviewer with write access.';
      return { decision: 'CHANGES_REQUESTED', violations: [violation, ...unresolved] };
    }
    const approving = counting.filter(({ state }) => state === 'APPROVED').map(({ user }) => user);
    const isLastPush = rules.some((rule) => rule.lastPushApproval) && approving.length >= needed;
    const others = isLastPush ? approving.filter((user) => user !== pull.lastPusher) : approving;
    const hasApproved = (owner: Reviewer) => approving.some((user) => isOne(user, owner));
    const waited = groups.filter((owners) => !owners.some(hasApproved)).flat();
    const violations = [
      ...(approving.length < needed
        ? [
            `${needed === 1 ? 'At least 1 approving review is' : `At least ${needed} approving reviews are`} required by reviewers with write access.`,
          ]
        : others.length < needed
          ? ['New changes require approval from someone other than the last pusher.']
          : []),
      ...(waited.length > 0
        ? [`Waiting on code owner review from ${[...new Set(waited.map(nameOf))].join(' and/or ')}.`]
        : []),
    ];
    return {
      decision: violations.length === 0 ? 'APPROVED' : 'REVIEW_REQUIRED',
      violations: [...violations, ...unresolved],
    };
  }

  /** The owners of each changed file that has any, by the file on the base. People without write access own nothing. */
  async #ownersOfChange(pull: Pull): Promise<readonly (readonly Reviewer[])[]> {
    const git = await this.#base.git(pull.repository);
    const base = `refs/heads/${pull.baseRef}`;
    const texts = await Promise.all(CODE_OWNERS_FILES.map((file) => git.readBlob(`${base}:${file}`)));
    const text = texts.find((each) => each !== null);
    if (!text) return [];
    const lines = readCodeOwners(text.toString());
    const files = await git.changedFiles((await git.readRef(base)) ?? pull.baseSha, pull.headSha);
    return files
      .map(({ path }) =>
        ownersOf(lines, path)
          .map((name) => (name.includes('/') ? this.#base.teams.get(name.toLowerCase()) : this.#base.user(name)))
          .filter((owner) => owner !== undefined)
          .filter((owner) => mayApprove(pull.repository, owner)),
      )
      .filter((owners) => owners.length > 0);
  }

  #counts(pull: Pull, reviewer: User): boolean {
    return reviewer !== pull.issue.user && mayApprove(pull.repository, reviewer);
  }

  #refuseReview(actor: Actor, pull: Pull, event: string | undefined, body: string, comments: number): void {
    const refused = (why: string) => new Refusal(422, 'Unprocessable Entity', [why]);
    if (actor.user === pull.issue.user && event === 'APPROVE') {
      throw refused('Can not approve your own pull request');
    }
    if (actor.user === pull.issue.user && event === 'REQUEST_CHANGES') {
      throw refused('Can not request changes on your own pull request');
    }
    if (actor.kind === 'job' && event === 'APPROVE' && !pull.repository.actionsMayApprove) {
      throw refused('GitHub Actions is not permitted to approve pull requests.');
    }
    if ((event === 'REQUEST_CHANGES' || event === 'COMMENT') && body.trim() === '' && comments === 0) {
      throw refused('Body is required for this kind of review');
    }
  }

  async #hunksFor(pull: Pull, comments: readonly LineComment[]): Promise<string[]> {
    if (comments.length === 0) return [];
    const git = await this.#base.git(pull.repository);
    const files = await git.changedFiles(pull.baseSha, pull.headSha);
    return comments.map((comment) => {
      const file = files.find((one) => one.path === comment.path);
      if (!file) throw new Refusal(422, 'Unprocessable Entity', ['Path could not be resolved']);
      if (comment.line === null || comment.subject === 'file') return file.patch ?? '';
      const hunk = hunkAt(file.patch ?? '', comment.line, comment.side ?? 'RIGHT');
      if (hunk === null) throw new Refusal(422, 'Unprocessable Entity', ['Line could not be resolved']);
      return hunk;
    });
  }

  #comment(
    actor: Actor,
    review: Review,
    wanted: LineComment,
    diffHunk: string,
    inReplyTo: ReviewComment | null,
  ): ReviewComment {
    const { pull } = review;
    const id = this.#base.nextId('reviewComment');
    const at = this.#base.now();
    const comment: ReviewComment = {
      id,
      nodeId: nodeIdOf('reviewComment', id),
      pull,
      review,
      user: actor.user,
      via: viaOf(actor),
      body: wanted.body,
      path: wanted.path,
      commitId: review.commitId,
      originalCommitId: review.commitId,
      diffHunk,
      line: wanted.line,
      startLine: wanted.startLine ?? null,
      side: wanted.side ?? 'RIGHT',
      subject: wanted.subject ?? (wanted.line === null ? 'file' : 'line'),
      inReplyTo,
      createdAt: at,
      updatedAt: at,
      edits: [],
      reactions: [],
      resolvedBy: null,
    };
    pull.comments.push(comment);
    pull.repository.reviewComments.set(id, comment);
    this.#base.remember(comment.nodeId, { kind: 'PullRequestReviewComment', comment });
    return comment;
  }
}

/** Answers whether a person is this reviewer, or a member of it. */
const isOne = (user: User, reviewer: Reviewer): boolean =>
  reviewer.type === 'Team' ? reviewer.members.includes(user) : reviewer === user;

const nameOf = (reviewer: Reviewer): string =>
  reviewer.type === 'Team' ? `${reviewer.organization.login}/${reviewer.slug}` : reviewer.login;

function mayApprove(repository: Repository, reviewer: Reviewer): boolean {
  const role = roleIn(repository, reviewer);
  return role === 'write' || role === 'maintain' || role === 'admin';
}

/** The hunk of a patch up to and including a line, or null if the patch doesn't contain the line. */
function hunkAt(patch: string, line: number, side: 'LEFT' | 'RIGHT'): string | null {
  let hunk: string[] = [];
  let left = 0;
  let right = 0;
  for (const text of patch.split('\n')) {
    const start = /^@@ -(\d+)(?:,\d+)? \+(\d+)(?:,\d+)? @@/.exec(text);
    if (start) {
      hunk = [text];
      left = Number(start[1]);
      right = Number(start[2]);
      continue;
    }
    hunk.push(text);
    const here = text.startsWith('-')
      ? side === 'LEFT' && left === line
      : side === 'RIGHT'
        ? right === line
        : !text.startsWith('+') && left === line;
    if (here) return hunk.join('\n');
    if (!text.startsWith('+')) left += 1;
    if (!text.startsWith('-')) right += 1;
  }
  return null;
}
