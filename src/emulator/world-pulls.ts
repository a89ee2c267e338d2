/**
 * Pull requests: opening, reviewing, judging and merging them. Whether one can be merged, and what merging makes, is
 * git's answer (`merge-tree --write-tree` on the bare repository), never a guess.
 */
import type { GitRepository } from './git.ts';
import {
  type Actor,
  type BranchRule,
  type Issue,
  type MergeMethod,
  type Pull,
  type PullSize,
  type PushedCommit,
  Refusal,
  type Repository,
} from './state.ts';
import type { World } from './world.ts';
import { checkPullBody, type IssueChange } from './world-issues.ts';
import { type RefChange, signatureOf, webFlow } from './world-refs.ts';

/** REST's `mergeable_state` and, in capitals, GraphQL's `mergeStateStatus`. */
export interface MergeState {
  readonly mergeable: boolean;
  readonly state: 'clean' | 'dirty' | 'blocked' | 'behind' | 'unstable' | 'draft';
  /** Why a rule blocks it, in the words of REST's 405. */
  readonly violations: readonly string[];
}

const NOT_MERGEABLE = 'Pull Request is not mergeable';
const HEAD_MOVED = 'Head branch was modified. Review and try the merge again.';

export class Pulls {
  readonly #world: World;

  constructor(world: World) {
    this.#world = world;
  }

  /** Opens a pull request from one branch to another of the same repository. Throws GitHub's 422s. */
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
    return this.#world.inTurn(repository, async () => {
      const world = this.#world;
      if (actor.kind === 'job' && !repository.actionsMayApprove) {
        throw new Refusal(403, 'GitHub Actions is not permitted to create or approve pull requests.');
      }
      checkPullBody(wanted.body);
      const headRef = wanted.head.replace(new RegExp(`^${RegExp.escape(repository.owner.login)}:`, 'i'), '');
      const git = await world.git(repository);
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
      const issue = world.issues.open(actor, repository, wanted.title, wanted.body ?? null, (of) => {
        const id = world.nextId('pull');
        return {
          id,
          nodeId: world.nodeId('pull', id),
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
          headGone: false,
          lastPusher: actor.user,
          maintainerCanModify: wanted.maintainerCanModify ?? false,
          reviews: [],
          comments: [],
          requestedReviewers: [],
          size,
          mergeability: null,
        };
      });
      const pull = pullOf(issue);
      world.remember(pull.nodeId, { kind: 'PullRequest', pull });
      await git.updateRefs([{ name: `refs/pull/${issue.number}/head`, before: null, after: headSha }]);
      world.tell(actor, repository, { kind: 'pull_request', action: 'opened', pull });
      return pull;
    });
  }

  pull(repository: Repository, number: number): Pull | undefined {
    return repository.issues.get(number)?.pull ?? undefined;
  }

  /** All pull requests, newest first. */
  all(repository: Repository): Pull[] {
    return [...repository.issues.values()].flatMap((issue) => issue.pull ?? []).reverse();
  }

  openFor(repository: Repository, headRef: string, baseRef?: string): Pull | undefined {
    return this.all(repository).find(
      (pull) =>
        pull.issue.state === 'open' && pull.headRef === headRef && (baseRef === undefined || pull.baseRef === baseRef),
    );
  }

  /** Changes title, body, state or base. */
  async update(actor: Actor, pull: Pull, wanted: IssueChange & { readonly base?: string }): Promise<void> {
    const { issue, repository } = pull;
    const git = await this.#world.git(repository);
    if (wanted.base !== undefined && wanted.base !== pull.baseRef) {
      const baseSha = await git.readRef(`refs/heads/${wanted.base}`);
      if (!baseSha) {
        throw new Refusal(422, 'Validation Failed', [{ resource: 'PullRequest', field: 'base', code: 'invalid' }]);
      }
      const from = { ref: { from: pull.baseRef }, sha: { from: pull.baseSha } };
      this.#world.issues.note(actor, issue, { kind: 'base_ref_changed', from: pull.baseRef, to: wanted.base });
      pull.size = await sizeOf(git, baseSha, pull.headSha);
      pull.baseRef = wanted.base;
      pull.baseSha = baseSha;
      this.#world.tell(actor, repository, { kind: 'pull_request', action: 'edited', pull, changes: { base: from } });
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
    this.#world.issues.update(actor, issue, wanted);
  }

  setDraft(actor: Actor, pull: Pull, to: 'draft' | 'ready'): void {
    if (pull.draft === (to === 'draft')) return;
    pull.draft = to === 'draft';
    this.#world.issues.note(actor, pull.issue, { kind: pull.draft ? 'convert_to_draft' : 'ready_for_review' });
    const action = pull.draft ? 'converted_to_draft' : 'ready_for_review';
    this.#world.tell(actor, pull.repository, { kind: 'pull_request', action, pull });
  }

  // ── merging ───────────────────────────────────────────────────────────────────────────────────────────────────

  /** Whether it can be merged now, by git and by the rules. */
  async mergeState(pull: Pull, actor: Actor | null = null): Promise<MergeState> {
    const git = await this.#world.git(pull.repository);
    const baseTip = (await git.readRef(`refs/heads/${pull.baseRef}`)) ?? pull.baseSha;
    const { mergeable } = await this.#tryMerge(git, pull, baseTip);
    if (!mergeable) return { mergeable, state: 'dirty', violations: [] };
    if (pull.draft) return { mergeable, state: 'draft', violations: [] };
    const rules = this.#world
      .rulesFor(pull.repository, pull.baseRef)
      .filter((rule) => !actor || !rule.bypass.includes(actor.user.id));
    const violations = this.#violations(pull, rules);
    if (violations.length > 0) return { mergeable, state: 'blocked', violations };
    if (rules.some((rule) => rule.strictChecks) && !(await git.isAncestor(baseTip, pull.headSha))) {
      return { mergeable, state: 'behind', violations: ['Head branch is out of date'] };
    }
    const rollup = this.#world.checks.rollup(pull.repository, pull.headSha);
    const unstable = rollup !== null && rollup !== 'SUCCESS';
    return { mergeable, state: unstable ? 'unstable' : 'clean', violations: [] };
  }

  /**
   * The commit that a `pull_request` workflow runs on: head merged into base, kept at `refs/pull/N/merge`. Null when
   * there is a conflict, and GitHub starts no run then.
   */
  async mergeCommit(pull: Pull): Promise<string | null> {
    const git = await this.#world.git(pull.repository);
    const baseTip = (await git.readRef(`refs/heads/${pull.baseRef}`)) ?? pull.baseSha;
    const { mergeable, tree } = await this.#tryMerge(git, pull, baseTip);
    if (!mergeable || !tree) return null;
    if (pull.mergeability?.mergeCommit) return pull.mergeability.mergeCommit;
    const at = this.#world.now();
    const message = `Merge ${pull.headSha} into ${baseTip}`;
    const parents = [baseTip, pull.headSha];
    const commit = await git.commitTree({
      tree,
      parents,
      message,
      author: signatureOf(pull.issue.user, at),
      committer: webFlow(at),
    });
    const name = `refs/pull/${pull.issue.number}/merge`;
    await git.updateRefs([{ name, before: await git.readRef(name), after: commit }]);
    pull.mergeability = { baseSha: baseTip, headSha: pull.headSha, mergeable, tree, mergeCommit: commit };
    return commit;
  }

  /** Merges. Throws 405 where it may not be merged, 409 when the head is not `sha`. Returns the merge commit. */
  merge(
    actor: Actor,
    pull: Pull,
    wanted: {
      readonly sha?: string | undefined;
      readonly method?: MergeMethod | undefined;
      readonly title?: string | undefined;
      readonly message?: string | undefined;
    } = {},
  ): Promise<string> {
    const { repository, issue } = pull;
    return this.#world.inTurn(repository, async () => {
      const method = wanted.method ?? 'merge';
      if (issue.state === 'closed') throw new Refusal(405, NOT_MERGEABLE);
      if (wanted.sha !== undefined && wanted.sha !== pull.headSha) throw new Refusal(409, HEAD_MOVED);
      if (pull.draft) throw new Refusal(405, 'Pull Request is still a draft');
      this.#refuseMethod(pull, method);
      const { mergeable, violations } = await this.mergeState(pull, actor);
      if (!mergeable) throw new Refusal(405, NOT_MERGEABLE);
      if (violations.length > 0) {
        throw new Refusal(405, `Repository rule violations found\n\n${violations.join('\n\n')}\n\n`);
      }
      const git = await this.#world.git(repository);
      const name = `refs/heads/${pull.baseRef}`;
      const before = await git.readRef(name);
      if (!before) throw new Refusal(405, NOT_MERGEABLE);
      const after = await this.#makeMerge(git, actor, pull, before, method, wanted.title, wanted.message);
      const done = await git.updateRefs([{ name, before, after }]);
      if (done.kind === 'refused') {
        throw new Refusal(405, 'Base branch was modified. Review and try the merge again.');
      }
      this.#markMerged(actor, pull, after);
      await this.#world.refs.changed(actor, repository, [{ name, before, after }]);
      if (pull.baseRef === repository.defaultBranch) {
        for (const named of this.closingIssues(pull)) {
          this.#world.issues.close(actor, named, 'completed', { closer: pull, commitId: null });
        }
      }
      if (repository.merges.deleteBranch && !pull.headGone) {
        const head = { name: `refs/heads/${pull.headRef}`, before: pull.headSha, after: null };
        const deleted = await git.updateRefs([head]);
        if (deleted.kind === 'done') await this.#world.refs.changed(actor, repository, [head]);
      }
      return after;
    });
  }

  /** Brings the base into the head branch, by a merge commit or by a rebase. 422 when it is not `expectedHeadSha`. */
  updateBranch(
    actor: Actor,
    pull: Pull,
    expectedHeadSha: string | undefined,
    method: 'merge' | 'rebase' = 'merge',
  ): Promise<void> {
    const { repository } = pull;
    return this.#world.inTurn(repository, async () => {
      if (expectedHeadSha !== undefined && expectedHeadSha !== pull.headSha) {
        throw new Refusal(422, 'expected head sha didn’t match current head ref.');
      }
      const git = await this.#world.git(repository);
      const baseTip = await git.readRef(`refs/heads/${pull.baseRef}`);
      if (!baseTip || pull.issue.state === 'closed') throw new Refusal(422, 'Pull request cannot be updated');
      if (await git.isAncestor(baseTip, pull.headSha)) {
        throw new Refusal(422, 'There are no new commits on the base branch.');
      }
      const at = this.#world.now();
      let after: string;
      if (method === 'rebase') {
        const rebased = await git.rebase(baseTip, pull.headSha, signatureOf(actor.user, at));
        if (rebased.kind === 'conflict') throw new Refusal(422, 'merge conflict between base and head');
        after = rebased.oid;
      } else {
        const merged = await git.mergeTree(pull.headSha, baseTip);
        if (merged.kind === 'conflict') throw new Refusal(422, 'merge conflict between base and head');
        after = await git.commitTree({
          tree: merged.tree,
          parents: [pull.headSha, baseTip],
          message: `Merge branch '${pull.baseRef}' into ${pull.headRef}`,
          author: signatureOf(actor.user, at),
          committer: webFlow(at),
        });
      }
      await this.#world.refs.update(actor, repository, [
        { name: `refs/heads/${pull.headRef}`, before: pull.headSha, after, force: 'force' },
      ]);
    });
  }

  /** The issues that merging it closes: named by a closing keyword, and only into the default branch. */
  closingIssues(pull: Pull): Issue[] {
    if (pull.baseRef !== pull.repository.defaultBranch) return [];
    return closingNumbers(pull.issue.body ?? '', pull.repository).flatMap((number) => {
      const issue = pull.repository.issues.get(number);
      return issue && !issue.pull ? [issue] : [];
    });
  }

  /** The pull requests that close an issue when they are merged, oldest first. */
  closingPulls(issue: Issue): Pull[] {
    return this.all(issue.repository)
      .reverse()
      .filter((pull) => this.closingIssues(pull).includes(issue));
  }

  /** For `Refs`: a branch has moved, and open pull requests from it or into it follow. */
  async branchMoved(
    actor: Actor,
    repository: Repository,
    branch: string,
    change: RefChange,
    forced: boolean,
    commits: readonly PushedCommit[],
  ): Promise<void> {
    const git = await this.#world.git(repository);
    for (const pull of this.all(repository)) {
      const { issue } = pull;
      if (pull.headRef === branch && change.after === null) {
        pull.headGone = true;
        this.#world.issues.note(actor, issue, { kind: 'head_ref_deleted' });
      }
      if (issue.state === 'closed') continue;
      if (change.after === null && (pull.headRef === branch || pull.baseRef === branch)) {
        this.#world.issues.close(actor, issue, null);
      } else if (pull.headRef === branch && change.after !== null) {
        await this.#synchronize(git, actor, pull, change.after, forced);
      } else if (pull.baseRef === branch && commits.some((commit) => commit.id === pull.headSha)) {
        // Its commits have come into the base by another way; GitHub calls that merged as well.
        this.#markMerged(actor, pull, commits.at(-1)?.id ?? pull.headSha);
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
    pull.issue.updatedAt = this.#world.now();
    await git.updateRefs([{ name: `refs/pull/${pull.issue.number}/head`, before, after }]);
    if (forced) this.#world.issues.note(actor, pull.issue, { kind: 'head_ref_force_pushed', before, after });
    const stale = this.#world
      .rulesFor(pull.repository, pull.baseRef)
      .some((rule) => rule.pullRequest?.dismissStaleReviews);
    if (stale) {
      for (const review of pull.reviews)
        if (review.state === 'APPROVED') this.#world.reviews.dismiss(actor, review, null);
    }
    this.#world.tell(actor, pull.repository, { kind: 'pull_request', action: 'synchronize', pull, before, after });
  }

  #markMerged(actor: Actor, pull: Pull, sha: string): void {
    pull.merged = true;
    pull.mergedAt = this.#world.now();
    pull.mergedBy = actor.user;
    pull.mergeSha = sha;
    this.#world.issues.note(actor, pull.issue, { kind: 'merged', commitId: sha, refName: pull.baseRef });
    this.#world.issues.close(actor, pull.issue, null);
  }

  async #tryMerge(
    git: GitRepository,
    pull: Pull,
    baseTip: string,
  ): Promise<{ readonly mergeable: boolean; readonly tree: string | null }> {
    const known = pull.mergeability;
    if (known && known.baseSha === baseTip && known.headSha === pull.headSha) return known;
    const { headSha } = pull;
    const merged = await git.mergeTree(baseTip, headSha);
    const mergeable = merged.kind === 'clean';
    const tree = merged.kind === 'clean' ? merged.tree : null;
    pull.mergeability = { baseSha: baseTip, headSha, mergeable, tree, mergeCommit: null };
    return pull.mergeability;
  }

  async #makeMerge(
    git: GitRepository,
    actor: Actor,
    pull: Pull,
    base: string,
    method: MergeMethod,
    title: string | undefined,
    message: string | undefined,
  ): Promise<string> {
    const at = this.#world.now();
    const { number } = pull.issue;
    if (method === 'rebase') {
      const rebased = await git.rebase(base, pull.headSha, webFlow(at));
      if (rebased.kind === 'conflict') throw new Refusal(405, 'This branch can’t be rebased');
      return rebased.oid;
    }
    const { tree } = await this.#tryMerge(git, pull, base);
    if (!tree) throw new Refusal(405, NOT_MERGEABLE);
    if (method === 'merge') {
      const head = title ?? `Merge pull request #${number} from ${pull.repository.owner.login}/${pull.headRef}`;
      const text = paragraphs(head, message ?? pull.issue.title);
      const parents = [base, pull.headSha];
      return git.commitTree({
        tree,
        parents,
        message: text,
        author: signatureOf(actor.user, at),
        committer: webFlow(at),
      });
    }
    const commits = (await git.log(pull.headSha, { since: base })).reverse();
    const one = commits.length === 1 ? commits[0]?.message : undefined;
    const [first = '', ...rest] = (one ?? '').split('\n');
    const head = title ?? `${one === undefined ? pull.issue.title : first} (#${number})`;
    const listed = commits.map((commit) => `* ${commit.message.trim()}`).join('\n\n');
    const text = paragraphs(head, message ?? (one === undefined ? listed : rest.join('\n')));
    const author = signatureOf(pull.issue.user, at);
    return git.commitTree({ tree, parents: [base], message: text, author, committer: webFlow(at) });
  }

  #refuseMethod(pull: Pull, method: MergeMethod): void {
    const allowed = this.#world
      .rulesFor(pull.repository, pull.baseRef)
      .every(
        (rule) => (rule.pullRequest?.methods.includes(method) ?? true) && !(rule.linearHistory && method === 'merge'),
      );
    if (pull.repository.merges[method] && allowed) return;
    const names = { merge: 'Merge commits', squash: 'Squash merges', rebase: 'Rebase merges' };
    throw new Refusal(405, `${names[method]} are not allowed on this repository.`);
  }

  #violations(pull: Pull, rules: readonly BranchRule[]): string[] {
    const violations: string[] = [];
    const needed = Math.max(0, ...rules.map((rule) => rule.pullRequest?.approvals ?? 0));
    const decision = this.#world.reviews.decision(pull);
    if (needed > 0 && decision === 'CHANGES_REQUESTED')
      violations.push('Changes were requested by a reviewer with write access.');
    if (needed > 0 && decision === 'REVIEW_REQUIRED') {
      const reviews = needed === 1 ? 'At least 1 approving review is' : `At least ${needed} approving reviews are`;
      violations.push(`${reviews} required by reviewers with write access.`);
    }
    for (const context of this.#world.checks.missing(pull.repository, pull.headSha, rules)) {
      violations.push(`Required status check "${context}" is expected.`);
    }
    return violations;
  }
}

/**
 * The issues that a text closes: `close`, `fix` or `resolve` in any form, a number, in this repository. Code does not
 * count (docs: "Linking a pull request to an issue").
 */
export function closingNumbers(text: string, repository: Repository): number[] {
  const bare = text
    .replace(/```[\s\S]*?```/g, '')
    .replace(/`[^`\n]*`/g, '')
    .replace(/<!--[\s\S]*?-->/g, '');
  const own = `${repository.owner.login}/${repository.name}`.toLowerCase();
  const pattern =
    /\b(?:close[sd]?|fix(?:e[sd])?|resolve[sd]?):?\s+(?:([\w.-]+\/[\w.-]+)#|#|https?:\/\/[^\s/]+\/([\w.-]+\/[\w.-]+)\/issues\/)(\d{1,9})\b/gi;
  const numbers = new Set<number>();
  for (const match of bare.matchAll(pattern)) {
    const other = (match[1] ?? match[2])?.toLowerCase();
    if (other === undefined || other === own) numbers.add(Number(match[3]));
  }
  return [...numbers];
}

function pullOf(issue: Issue): Pull {
  if (!issue.pull) throw new Error(`#${issue.number} is not a pull request`);
  return issue.pull;
}

function paragraphs(head: string, body: string): string {
  return body.trim() === '' ? head : `${head}\n\n${body.trim()}`;
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
