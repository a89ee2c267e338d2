/**
 * Mergeability and merging of pull requests. Git itself decides if a pull request can be merged, and with which result
 * (`merge-tree --write-tree` on the bare repository). Merging moves a ref, so this part uses both pull requests and refs.
 */
import { signatureOf, webFlow } from '#emulator/git/commits';
import type { GitRepository } from '#emulator/git/repository';
import { isVerified, signAsGitHub } from '#emulator/git/signing';
import type { Actor, BranchRule, MergeMethod, Pull } from '#emulator/model/records';
import { Refusal } from '#emulator/model/refusal';
import { rulesFor } from '#emulator/model/repository';
import type { GitHubBase } from './base.ts';
import type { Checks } from './checks.ts';
import type { Issues } from './issues.ts';
import type { Pulls } from './pulls.ts';
import type { Refs } from './refs.ts';
import type { Reviews } from './reviews.ts';

/** `state` is REST's `mergeable_state` and, in capitals, GraphQL's `mergeStateStatus`. */
export interface MergeState {
  readonly mergeable: boolean;
  readonly state: 'clean' | 'dirty' | 'blocked' | 'behind' | 'unstable' | 'draft';
  /** The messages of the rules that block it, as in REST's 405. */
  readonly violations: readonly string[];
}

const NOT_MERGEABLE = 'Pull Request is not mergeable';
const HEAD_MOVED = 'Head branch was modified. Review and try the merge again.';

export class Merges {
  /**
   * How many of the next merges go wrong and say that they are done: onto the base comes a commit with the content of
   * the place where the head left it, so that whatever was merged in between is undone. GitHub did this to 2,092 pull
   * requests on 2026-04-23.
   */
  misplaced = 0;
  /**
   * When GitHub works out if a pull request can be merged: at once, or after somebody has asked for it, as it really does.
   * Then the first one to ask after a change of the head or the base learns nothing.
   */
  computing: 'at once' | 'when asked' = 'at once';
  /** How often somebody who asked learned nothing. */
  unknowns = 0;
  readonly #asked = new WeakMap<Pull, { readonly base: string; readonly head: string; readonly by: object }>();
  readonly #base: GitHubBase;
  readonly #issues: Issues;
  readonly #reviews: Reviews;
  readonly #checks: Checks;
  readonly #pulls: Pulls;
  readonly #refs: Refs;

  constructor(base: GitHubBase, issues: Issues, reviews: Reviews, checks: Checks, pulls: Pulls, refs: Refs) {
    this.#base = base;
    this.#issues = issues;
    this.#reviews = reviews;
    this.#checks = checks;
    this.#pulls = pulls;
    this.#refs = refs;
  }

  /**
   * What GitHub shows of it; `unknown` until it is worked out.
   * @param by the call that asks. All of its answers are the same.
   */
  async shown(pull: Pull, by: object): Promise<MergeState | 'unknown'> {
    if (this.computing === 'when asked') {
      const git = await this.#base.git(pull.repository);
      const base = (await git.readRef(`refs/heads/${pull.baseRef}`)) ?? pull.baseSha;
      const asked = this.#asked.get(pull);
      const isKnown = asked?.base === base && asked.head === pull.headSha;
      if (!isKnown) {
        this.#asked.set(pull, { base, head: pull.headSha, by });
        this.unknowns += 1;
      }
      if (!isKnown || asked.by === by) return 'unknown';
    }
    return this.state(pull);
  }

  /** Checks if the pull request can be merged now, by git and by the rules. */
  async state(pull: Pull, actor: Actor | null = null): Promise<MergeState> {
    const git = await this.#base.git(pull.repository);
    const baseTip = (await git.readRef(`refs/heads/${pull.baseRef}`)) ?? pull.baseSha;
    const { mergeable } = await this.#tryMerge(git, pull, baseTip);
    if (!mergeable) return { mergeable, state: 'dirty', violations: [] };
    if (pull.draft) return { mergeable, state: 'draft', violations: [] };
    const rules = rulesFor(pull.repository, pull.baseRef).filter(
      (rule) => !actor || !rule.bypass.includes(actor.user.id),
    );
    const violations = await this.#violations(git, pull, rules);
    if (violations.length > 0) return { mergeable, state: 'blocked', violations };
    if (rules.some((rule) => rule.strictChecks) && !(await git.isAncestor(baseTip, pull.headSha))) {
      return { mergeable, state: 'behind', violations: ['Head branch is out of date'] };
    }
    const rollup = this.#checks.rollup(pull.repository, pull.headSha);
    const unstable = rollup !== null && rollup !== 'SUCCESS';
    return { mergeable, state: unstable ? 'unstable' : 'clean', violations: [] };
  }

  /**
   * The commit that a `pull_request` workflow runs on: head merged into base, stored at `refs/pull/N/merge`. Null if
   * they conflict; GitHub then starts no run.
   */
  async testCommit(pull: Pull): Promise<string | null> {
    const git = await this.#base.git(pull.repository);
    const baseTip = (await git.readRef(`refs/heads/${pull.baseRef}`)) ?? pull.baseSha;
    const { mergeable, tree } = await this.#tryMerge(git, pull, baseTip);
    if (!mergeable || !tree) return null;
    if (pull.mergeability?.mergeCommit) return pull.mergeability.mergeCommit;
    const at = this.#base.now();
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

  /** Merges, and returns the merge commit. Throws 405 if it must not be merged, and 409 if the head is not `sha`. */
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
    return this.#base.inTurn(repository, async () => {
      const method = wanted.method ?? 'merge';
      if (issue.state === 'closed') throw new Refusal(405, NOT_MERGEABLE);
      if (wanted.sha !== undefined && wanted.sha !== pull.headSha) throw new Refusal(409, HEAD_MOVED);
      if (pull.draft) throw new Refusal(405, 'Pull Request is still a draft');
      const hasQueue = rulesFor(repository, pull.baseRef).some(
        (rule) => rule.mergeQueue && !rule.bypass.includes(actor.user.id),
      );
      if (hasQueue) throw new Refusal(405, 'Changes must be made through the merge queue');
      this.#refuseMethod(pull, method);
      const { mergeable, violations } = await this.state(pull, actor);
      if (!mergeable) throw new Refusal(405, NOT_MERGEABLE);
      if (violations.length > 0) {
        throw new Refusal(405, `Repository rule violations found\n\n${violations.join('\n\n')}\n\n`);
      }
      const git = await this.#base.git(repository);
      const name = `refs/heads/${pull.baseRef}`;
      const before = await git.readRef(name);
      if (!before) throw new Refusal(405, NOT_MERGEABLE);
      const after = await this.commitFor(git, actor, pull, before, method, wanted.title, wanted.message);
      await this.land(actor, pull, { before, after });
      return after;
    });
  }

  /** Moves the base to a commit that holds the pull request, which is merged by that. Throws 405 if the base has moved. */
  async land(
    actor: Actor,
    pull: Pull,
    { before, after }: { readonly before: string; readonly after: string },
  ): Promise<void> {
    const { repository } = pull;
    const git = await this.#base.git(repository);
    const name = `refs/heads/${pull.baseRef}`;
    const done = await git.updateRefs([{ name, before, after }]);
    if (done.kind === 'refused') {
      throw new Refusal(405, 'Base branch was modified. Review and try the merge again.');
    }
    this.#pulls.markMerged(actor, pull, after);
    await this.#refs.changed(actor, repository, [{ name, before, after }], 'pr_merge');
    if (pull.baseRef === repository.defaultBranch) {
      for (const named of this.#pulls.closingIssues(pull)) {
        this.#issues.close(actor, named, 'completed', { closer: pull, commitId: null });
      }
    }
    if (repository.merges.deleteBranch && !pull.headGone) {
      const head = { name: `refs/heads/${pull.headRef}`, before: pull.headSha, after: null };
      const deleted = await git.updateRefs([head]);
      if (deleted.kind === 'done') await this.#refs.changed(actor, repository, [head]);
    }
  }

  /** Updates the head branch from the base, by merge or rebase. Throws 422 if the head is not `expectedHeadSha`. */
  updateBranch(
    actor: Actor,
    pull: Pull,
    expectedHeadSha: string | undefined,
    method: 'merge' | 'rebase' = 'merge',
  ): Promise<void> {
    const { repository } = pull;
    return this.#base.inTurn(repository, async () => {
      if (expectedHeadSha !== undefined && expectedHeadSha !== pull.headSha) {
        throw new Refusal(422, 'expected head sha didn’t match current head ref.');
      }
      const git = await this.#base.git(repository);
      const baseTip = await git.readRef(`refs/heads/${pull.baseRef}`);
      if (!baseTip || pull.issue.state === 'closed') throw new Refusal(422, 'Pull request cannot be updated');
      if (await git.isAncestor(baseTip, pull.headSha)) {
        throw new Refusal(422, 'There are no new commits on the base branch.');
      }
      const at = this.#base.now();
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
          sign: signAsGitHub,
        });
        pull.updates.set(after, { from: pull.headSha, by: actor.user });
      }
      await this.#refs.update(actor, repository, [
        { name: `refs/heads/${pull.headRef}`, before: pull.headSha, after, force: 'force' },
      ]);
    });
  }

  /**
   * Opens a pull request that undoes a merged one, on a branch of its own. Throws 422 if the base has changed where it did.
   *
   * @see https://docs.github.com/en/pull-requests/collaborating-with-pull-requests/incorporating-changes-from-a-pull-request/reverting-a-pull-request
   */
  async revert(
    actor: Actor,
    pull: Pull,
    wanted: { readonly title?: string; readonly body?: string; readonly draft?: boolean },
  ): Promise<Pull> {
    const { repository, issue, mergeSha } = pull;
    if (!pull.merged || !mergeSha) throw new Refusal(422, 'Pull request has not been merged');
    const git = await this.#base.git(repository);
    const [merged, last] = [await git.readCommit(mergeSha), await git.readCommit(pull.headSha)];
    const tip = await git.readRef(`refs/heads/${pull.baseRef}`);
    // A rebase put each of the commits onto the base, with its own message.
    const isRebased = merged?.parents.length === 1 && merged.message === last?.message;
    const before = await git.resolve(`${mergeSha}~${isRebased ? pull.size.commits : 1}`);
    const tree = merged && tip && before ? await git.undo(tip, mergeSha, before) : null;
    if (!tip || tree === null) throw new Refusal(422, 'Pull request cannot be reverted automatically');
    const at = this.#base.now();
    const [first = ''] = merged?.message.split('\n') ?? [];
    const commit = await git.commitTree({
      tree,
      parents: [tip],
      message: `Revert "${first}"\n\nThis reverts commit ${mergeSha}.`,
      author: signatureOf(actor.user, at),
      committer: webFlow(at),
      sign: signAsGitHub,
    });
    const branch = `revert-${issue.number}-${pull.headRef}`;
    await this.#refs.update(actor, repository, [{ name: `refs/heads/${branch}`, before: null, after: commit }]);
    return this.#pulls.create(actor, repository, {
      title: wanted.title ?? `Revert "${issue.title}"`,
      body: wanted.body ?? `Reverts ${repository.owner.login}/${repository.name}#${issue.number}`,
      head: branch,
      base: pull.baseRef,
      draft: wanted.draft ?? false,
      maintainerCanModify: false,
    });
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

  /** Makes the commit, or the commits, that merge a pull request into `base`. */
  async commitFor(
    git: GitRepository,
    actor: Actor,
    pull: Pull,
    base: string,
    method: MergeMethod,
    title?: string,
    message?: string,
  ): Promise<string> {
    const right = await this.#makeMerge(git, actor, pull, base, method, title, message);
    return this.misplaced > 0 ? this.#misplace(git, pull, base, right) : right;
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
    const at = this.#base.now();
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
        sign: signAsGitHub,
      });
    }
    const commits = (await git.log(pull.headSha, { since: base })).reverse();
    const one = commits.length === 1 ? commits[0]?.message : undefined;
    const [first = '', ...rest] = (one ?? '').split('\n');
    const head = title ?? `${one === undefined ? pull.issue.title : first} (#${number})`;
    const listed = commits.map((commit) => `* ${commit.message.trim()}`).join('\n\n');
    const text = paragraphs(head, message ?? (one === undefined ? listed : rest.join('\n')));
    const author = signatureOf(pull.issue.user, at);
    return git.commitTree({ tree, parents: [base], message: text, author, committer: webFlow(at), sign: signAsGitHub });
  }

  /** The same commits, with the content that they have on the head's own branch. */
  async #misplace(git: GitRepository, pull: Pull, base: string, right: string): Promise<string> {
    this.misplaced -= 1;
    const own = (await git.log(pull.headSha, { since: base })).filter(({ parents }) => parents.length === 1).reverse();
    const made = (await git.log(right, { since: base })).filter(({ oid }) => !own.some((each) => each.oid === oid));
    const heads = made.length === own.length ? own : own.slice(-1);
    let onto = base;
    for (const [index, commit] of made.reverse().entries()) {
      const tree = heads[index]?.tree ?? commit.tree;
      const parents = [onto, ...commit.parents.slice(1)];
      onto = await git.commitTree({ ...commit, tree, parents });
    }
    return onto;
  }

  #refuseMethod(pull: Pull, method: MergeMethod): void {
    const allowed = rulesFor(pull.repository, pull.baseRef).every(
      (rule) => (rule.pullRequest?.methods.includes(method) ?? true) && !(rule.linearHistory && method === 'merge'),
    );
    if (pull.repository.merges[method] && allowed) return;
    const names = { merge: 'Merge commits', squash: 'Squash merges', rebase: 'Rebase merges' };
    throw new Refusal(405, `${names[method]} are not allowed on this repository.`);
  }

  async #violations(git: GitRepository, pull: Pull, rules: readonly BranchRule[]): Promise<string[]> {
    const violations = [...(await this.#reviews.judge(pull, rules)).violations];
    if (rules.some((rule) => rule.signatures)) {
      const commits = await git.log(pull.headSha, { since: pull.baseSha });
      if (!commits.every(isVerified)) violations.push('Commits must have verified signatures.');
    }
    for (const environment of new Set(rules.flatMap((rule) => rule.deployments))) {
      const isDeployed = pull.repository.deployments.some(
        (each) => each.environment === environment && each.sha === pull.headSha,
      );
      if (!isDeployed) violations.push(`Missing successful active ${environment} deployment.`);
    }
    for (const context of this.#checks.missing(pull.repository, pull.headSha, rules)) {
      violations.push(`Required status check "${context}" is expected.`);
    }
    return violations;
  }
}

function paragraphs(head: string, body: string): string {
  return body.trim() === '' ? head : `${head}\n\n${body.trim()}`;
}
