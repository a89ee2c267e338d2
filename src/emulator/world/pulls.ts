/**
 * Pull requests: creating and changing them, and updating them when their branches move. merges.ts merges them.
 */
import type { GitRepository } from '#emulator/git/repository';
import type { RefMove } from '#emulator/git/types';
import { nodeIdOf } from '#emulator/model/ids';
import { closingNumbers } from '#emulator/model/mentions';
import type { Actor, Issue, Pull, PullSize, PushedCommit, Repository } from '#emulator/model/records';
import { Refusal } from '#emulator/model/refusal';
import { pullsOf, rulesFor } from '#emulator/model/repository';
import type { GitHubBase } from './base.ts';
import { checkPullBody, type IssueChange, type Issues } from './issues.ts';
import type { Reviews } from './reviews.ts';

export class Pulls {
  readonly #base: GitHubBase;
  readonly #issues: Issues;
  readonly #reviews: Reviews;

  constructor(base: GitHubBase, issues: Issues, reviews: Reviews) {
    this.#base = base;
    this.#issues = issues;
    this.#reviews = reviews;
  }

  /** Opens a pull request between two branches of the repository. Throws 422 in the same cases as GitHub. */
  create(
    actor: Actor,
    repository: Repository,
    wanted: {
      readonly title: string;
      readonly body?: string | null;
      readonly head: string;
      readonly base: string;
      readonly draft?: boolean;
      readonly maintainerCanModify?: boolean;
    },
  ): Promise<Pull> {
    return this.#base.inTurn(repository, async () => {
      const base = this.#base;
      if (actor.kind === 'job' && !repository.actionsMayApprove) {
        throw new Refusal(403, 'GitHub Actions is not permitted to create or approve pull requests.');
      }
      checkPullBody(wanted.body);
      const headRef = wanted.head.replace(new RegExp(`^${RegExp.escape(repository.owner.login)}:`, 'i'), '');
      const git = await base.git(repository);
      const headSha = await git.readRef(`refs/heads/${headRef}`);
      const baseSha = await git.readRef(`refs/heads/${wanted.base}`);
      const invalid = (field: string) =>
        new Refusal(422, 'Validation Failed', [{ resource: 'PullRequest', field, code: 'invalid' }]);
      const custom = (message: string) =>
        new Refusal(422, 'Validation Failed', [{ resource: 'PullRequest', code: 'custom', message }]);
      if (!headSha) throw invalid('head');
      if (!baseSha) throw invalid('base');
      if (this.openFor(repository, headRef, wanted.base)) {
        throw custom(`A pull request already exists for ${repository.owner.login}:${headRef}.`);
      }
      if (await git.isAncestor(headSha, baseSha)) {
        throw custom(`No commits between ${wanted.base} and ${headRef}`);
      }
      const size = await sizeOf(git, baseSha, headSha);
      const issue = this.#issues.open(actor, repository, wanted.title, wanted.body ?? null, (of) => {
        const id = base.nextId('pull');
        return {
          id,
          nodeId: nodeIdOf('pull', id),
          issue: of,
          repository,
          headRef,
          headSha,
          baseRef: wanted.base,
          baseSha,
          draft: wanted.draft ?? false,
          merged: false,
          mergedAt: null,
          mergedBy: null,
          mergeSha: null,
          updates: new Map(),
          headGone: false,
          lastPusher: actor.user,
          maintainerCanModify: wanted.maintainerCanModify ?? false,
          reviews: [],
          comments: [],
          requestedReviewers: [],
          askedOwners: new Set(),
          size,
          mergeability: null,
        };
      });
      const pull = pullOf(issue);
      base.remember(pull.nodeId, { kind: 'PullRequest', pull });
      await git.updateRefs([{ name: `refs/pull/${issue.number}/head`, before: null, after: headSha }]);
      base.emit(actor, repository, { kind: 'pull_request', action: 'opened', pull });
      await this.#reviews.askOwners(actor, pull);
      return pull;
    });
  }

  pull(repository: Repository, number: number): Pull | undefined {
    return repository.issues.get(number)?.pull ?? undefined;
  }

  openFor(repository: Repository, headRef: string, baseRef?: string): Pull | undefined {
    return pullsOf(repository).find(
      (pull) =>
        pull.issue.state === 'open' && pull.headRef === headRef && (baseRef === undefined || pull.baseRef === baseRef),
    );
  }

  /** Changes title, body, state or base. */
  async update(actor: Actor, pull: Pull, wanted: IssueChange & { readonly base?: string }): Promise<void> {
    const { issue, repository } = pull;
    const git = await this.#base.git(repository);
    if (wanted.base !== undefined && wanted.base !== pull.baseRef) {
      const baseSha = await git.readRef(`refs/heads/${wanted.base}`);
      if (!baseSha) {
        throw new Refusal(422, 'Validation Failed', [{ resource: 'PullRequest', field: 'base', code: 'invalid' }]);
      }
      const from = { ref: { from: pull.baseRef }, sha: { from: pull.baseSha } };
      this.#issues.recordEvent(actor, issue, { kind: 'base_ref_changed', from: pull.baseRef, to: wanted.base });
      pull.size = await sizeOf(git, baseSha, pull.headSha);
      pull.baseRef = wanted.base;
      pull.baseSha = baseSha;
      this.#base.emit(actor, repository, { kind: 'pull_request', action: 'edited', pull, changes: { base: from } });
    }
    if (wanted.state === 'open' && issue.state === 'closed') {
      if (pull.merged || pull.headGone) {
        throw new Refusal(422, 'Validation Failed', [
          { resource: 'PullRequest', field: 'state', code: 'invalid', message: 'state cannot be changed.' },
        ]);
      }
      const headSha = await git.readRef(`refs/heads/${pull.headRef}`);
      if (headSha) pull.headSha = headSha;
    }
    this.#issues.update(actor, issue, wanted);
  }

  async setDraft(actor: Actor, pull: Pull, to: 'draft' | 'ready'): Promise<void> {
    if (pull.draft === (to === 'draft')) return;
    pull.draft = to === 'draft';
    this.#issues.recordEvent(actor, pull.issue, { kind: pull.draft ? 'convert_to_draft' : 'ready_for_review' });
    const action = pull.draft ? 'converted_to_draft' : 'ready_for_review';
    this.#base.emit(actor, pull.repository, { kind: 'pull_request', action, pull });
    await this.#reviews.askOwners(actor, pull);
  }

  /** The issues that merging closes: those named after a closing keyword, if the base is the default branch. */
  closingIssues(pull: Pull): Issue[] {
    if (pull.baseRef !== pull.repository.defaultBranch) return [];
    return closingNumbers(pull.issue.body ?? '', pull.repository).flatMap((number) => {
      const issue = pull.repository.issues.get(number);
      return issue && !issue.pull ? [issue] : [];
    });
  }

  /** The pull requests that will close an issue when they are merged, oldest first. */
  closingPulls(issue: Issue): Pull[] {
    return pullsOf(issue.repository)
      .reverse()
      .filter((pull) => this.closingIssues(pull).includes(issue));
  }

  /** Called by `Refs` after a branch moved. Updates the pull requests from it or into it. */
  async branchMoved(
    actor: Actor,
    repository: Repository,
    branch: string,
    change: RefMove,
    forced: boolean,
    commits: readonly PushedCommit[],
  ): Promise<void> {
    const git = await this.#base.git(repository);
    for (const pull of pullsOf(repository)) {
      const { issue } = pull;
      if (pull.headRef === branch && change.after === null) {
        pull.headGone = true;
        this.#issues.recordEvent(actor, issue, { kind: 'head_ref_deleted' });
      }
      if (issue.state === 'closed') continue;
      if (change.after === null && (pull.headRef === branch || pull.baseRef === branch)) {
        this.#issues.close(actor, issue, null);
      } else if (pull.headRef === branch && change.after !== null) {
        await this.#synchronize(git, actor, pull, change.after, forced);
      } else if (pull.baseRef === branch && commits.some((commit) => commit.id === pull.headSha)) {
        // Its commits reached the base in another way. GitHub then marks it as merged too.
        this.markMerged(actor, pull, commits.at(-1)?.id ?? pull.headSha);
      }
    }
  }

  async #synchronize(git: GitRepository, actor: Actor, pull: Pull, after: string, forced: boolean): Promise<void> {
    const before = pull.headSha;
    if (before === after) return;
    const baseTip = (await git.readRef(`refs/heads/${pull.baseRef}`)) ?? pull.baseSha;
    pull.size = await sizeOf(git, baseTip, after);
    pull.baseSha = baseTip;
    pull.headSha = after;
    pull.headGone = false;
    pull.lastPusher = actor.user;
    pull.issue.updatedAt = this.#base.now();
    await git.updateRefs([{ name: `refs/pull/${pull.issue.number}/head`, before, after }]);
    if (forced) this.#issues.recordEvent(actor, pull.issue, { kind: 'head_ref_force_pushed', before, after });
    const stale = rulesFor(pull.repository, pull.baseRef).some((rule) => rule.pullRequest?.dismissStaleReviews);
    if (stale) {
      for (const review of pull.reviews) if (review.state === 'APPROVED') this.#reviews.dismiss(actor, review, null);
    }
    this.#base.emit(actor, pull.repository, { kind: 'pull_request', action: 'synchronize', pull, before, after });
  }

  /** Marks it as merged, after a merge or after its commits reached the base in another way. */
  markMerged(actor: Actor, pull: Pull, sha: string): void {
    pull.merged = true;
    pull.mergedAt = this.#base.now();
    pull.mergedBy = actor.user;
    pull.mergeSha = sha;
    this.#issues.recordEvent(actor, pull.issue, { kind: 'merged', commitId: sha, refName: pull.baseRef });
    this.#issues.close(actor, pull.issue, null);
  }
}

function pullOf(issue: Issue): Pull {
  if (!issue.pull) throw new Error(`#${issue.number} is not a pull request`);
  return issue.pull;
}

async function sizeOf(git: GitRepository, base: string, head: string): Promise<PullSize> {
  const files = await git.changedFiles(base, head);
  const { ahead } = await git.aheadBehind(base, head);
  return {
    commits: ahead,
    additions: files.reduce((sum, file) => sum + file.additions, 0),
    deletions: files.reduce((sum, file) => sum + file.deletions, 0),
    changedFiles: files.length,
  };
}
