/**
 * Changes of refs, and their effects: by REST, GraphQL, a merge or a `git push`.
 *
 * The refs themselves are in git. A change emits `push`, `create` or `delete`, updates, closes or merges pull requests,
 * and closes the issues that new commits on the default branch name.
 */
import { asPushed } from '#emulator/git/commits';
import { isVerified } from '#emulator/git/signing';
import type { RefMove } from '#emulator/git/types';
import { nodeIdOf } from '#emulator/model/ids';
import { closingNumbers } from '#emulator/model/mentions';
import { type Activity, type Actor, type PushedCommit, type Repository, ZERO_OID } from '#emulator/model/records';
import { Refusal } from '#emulator/model/refusal';
import { fitsPattern, rulesFor } from '#emulator/model/repository';
import type { GitHubBase } from './base.ts';
import type { Checks } from './checks.ts';
import type { Issues } from './issues.ts';
import type { Pulls } from './pulls.ts';

export interface RefUpdate {
  readonly name: string;
  /** The ref's expected current value: null if it must not exist, undefined for any value. */
  readonly before?: string | null;
  readonly after: string | null;
  /** Without it, a ref only moves forward. */
  readonly force?: 'force';
}

/** The maximum number of commits in a payload (docs: webhook `push`). */
const PUSH_COMMITS = 2048;

export class Refs {
  readonly #base: GitHubBase;
  readonly #issues: Issues;
  readonly #checks: Checks;
  readonly #pulls: Pulls;

  constructor(base: GitHubBase, issues: Issues, checks: Checks, pulls: Pulls) {
    this.#base = base;
    this.#issues = issues;
    this.#checks = checks;
    this.#pulls = pulls;
  }

  /**
   * Creates, moves and deletes refs, all or none, and applies the effects. As on GitHub, throws 422 if a ref is not at
   * `before`, an object doesn't exist, a ref would not move forward, or a rule forbids the change.
   */
  async update(actor: Actor, repository: Repository, updates: readonly RefUpdate[]): Promise<RefMove[]> {
    const git = await this.#base.git(repository);
    const changes: RefMove[] = [];
    for (const update of updates) {
      const now = await git.readRef(update.name);
      if (update.before !== undefined && update.before !== now) {
        throw new Refusal(422, `Reference ${update.name} is not at ${update.before ?? 'nothing'}`);
      }
      if (update.after === now) continue;
      if (update.after !== null) {
        const kind = await git.kindOf(update.after);
        if (!kind) throw new Refusal(422, 'Object does not exist');
        if (update.name.startsWith('refs/heads/') && kind !== 'commit') {
          throw new Refusal(422, 'Reference cannot be updated: a branch points at a commit');
        }
      }
      if (now && update.after && !update.force) {
        if (!(await git.isAncestor(now, update.after))) throw new Refusal(422, 'Update is not a fast forward');
      }
      await this.refuseByRule(actor, repository, { name: update.name, before: now, after: update.after });
      changes.push({ name: update.name, before: now, after: update.after });
    }
    if (changes.length === 0) return changes;
    const done = await git.updateRefs(changes);
    if (done.kind === 'refused') throw new Refusal(422, `Reference update failed: ${done.reason}`);
    await this.changed(actor, repository, changes);
    return changes;
  }

  /** Throws if a rule of the branch forbids making it, or making this change directly, without a pull request. */
  async refuseByRule(actor: Actor, repository: Repository, change: RefMove): Promise<void> {
    if (!change.name.startsWith('refs/heads/')) return;
    const branch = change.name.slice('refs/heads/'.length);
    if (change.after === null && branch === repository.defaultBranch) {
      throw new Refusal(422, 'Cannot delete the default branch');
    }
    const violations: string[] = [];
    for (const rule of rulesFor(repository, branch)) {
      if (rule.bypass.includes(actor.user.id)) continue;
      if (change.before === null) {
        if (rule.noCreation) violations.push('Cannot create ref due to creations being restricted.');
        if (rule.namePattern && !fitsPattern(branch, rule.namePattern)) {
          const { operator, pattern, negate } = rule.namePattern;
          const words = operator === 'regex' ? 'match' : operator.replace('_', ' ');
          violations.push(`Branch name must ${negate ? 'not ' : ''}${words} a given pattern: ${pattern}`);
        }
        continue;
      }
      if (change.after === null) {
        if (rule.noDeletion) violations.push('Cannot delete this branch');
        continue;
      }
      if (rule.pullRequest) violations.push('Changes must be made through a pull request.');
      if (rule.noForcePush) {
        const git = await this.#base.git(repository);
        if (!(await git.isAncestor(change.before, change.after))) violations.push('Cannot force-push to this branch');
      }
      if (rule.signatures) {
        const git = await this.#base.git(repository);
        const commits = await git.log(change.after, { since: change.before });
        if (!commits.every(isVerified)) violations.push('Commits must have verified signatures.');
      }
      const missing = this.#checks.missing(repository, change.after, [rule]);
      if (missing.length > 0) violations.push(`Required status check "${missing[0]}" is expected.`);
    }
    if (violations.length > 0) {
      throw new Refusal(422, `Repository rule violations found\n\n${violations.join('\n\n')}\n\n`);
    }
  }

  /**
   * The first file in `.github/workflows/` that this change adds or changes, or null. A token without the `workflows`
   * permission may not do that. A new branch with the same workflows as another branch changes none.
   */
  async workflowBroughtIn(repository: Repository, change: RefMove): Promise<string | null> {
    if (change.after === null || change.after === change.before) return null;
    const git = await this.#base.git(repository);
    if (!change.name.startsWith('refs/heads/') && !change.name.startsWith('refs/tags/')) return null;
    const workflowsAt = (oid: string) => git.resolve(`${oid}:.github/workflows`);
    const after = await workflowsAt(change.after);
    if (after === null) return null;
    if (change.before && (await workflowsAt(change.before)) === after) return null;
    for (const head of await git.listRefs('refs/heads/')) {
      if (head.name !== change.name && (await workflowsAt(head.oid)) === after) return null;
    }
    const had = change.before
      ? await workflowsAt(change.before)
      : await workflowsAt(`refs/heads/${repository.defaultBranch}`);
    const known = new Map(had ? (await git.readTree(had, 'recursive')).map((entry) => [entry.path, entry.oid]) : []);
    const fresh = (await git.readTree(after, 'recursive')).find((entry) => known.get(entry.path) !== entry.oid);
    // Deleting a workflow counts too; then any of the old files is named.
    const file = fresh?.path ?? [...known.keys()].at(0) ?? '';
    return `.github/workflows/${file}`;
  }

  /** Applies the effects of refs that have already changed. Must be called once for each change. */
  async changed(
    actor: Actor,
    repository: Repository,
    changes: readonly RefMove[],
    by: 'push' | 'pr_merge' = 'push',
  ): Promise<void> {
    for (const change of changes) {
      const branch = change.name.startsWith('refs/heads/') ? change.name.slice('refs/heads/'.length) : null;
      const tag = change.name.startsWith('refs/tags/') ? change.name.slice('refs/tags/'.length) : null;
      if (branch === null && tag === null) continue;
      repository.pushedAt = this.#base.now();
      const refType = branch === null ? 'tag' : 'branch';
      const name = branch ?? tag ?? '';
      const commits = await this.#commitsOf(repository, change);
      const git = await this.#base.git(repository);
      const forced =
        change.before !== null && change.after !== null && !(await git.isAncestor(change.before, change.after));
      const tip = change.after && commits.length === 0 ? await git.readCommit(change.after) : null;
      const head = commits.at(-1) ?? (tip && asPushed(tip));
      if (change.before === null) this.#base.emit(actor, repository, { kind: 'create', refType, name });
      if (change.after === null) this.#base.emit(actor, repository, { kind: 'delete', refType, name });
      this.#base.emit(actor, repository, {
        kind: 'push',
        ref: change.name,
        before: change.before ?? ZERO_OID,
        after: change.after ?? ZERO_OID,
        forced,
        commits,
        head,
      });
      if (branch === null) continue;
      this.#note(actor, repository, change, forced ? 'force_push' : by);
      await this.#pulls.branchMoved(actor, repository, branch, change, forced, commits);
      if (branch === repository.defaultBranch && change.before !== null) this.#closeNamed(actor, repository, commits);
    }
  }

  #note(actor: Actor, repository: Repository, { name: ref, before, after }: RefMove, moved: Activity['kind']): void {
    const id = this.#base.nextId('activity');
    repository.activities.push({
      id,
      nodeId: nodeIdOf('activity', id),
      ref,
      before: before ?? ZERO_OID,
      after: after ?? ZERO_OID,
      at: this.#base.now(),
      kind: before === null ? 'branch_creation' : after === null ? 'branch_deletion' : moved,
      actor: actor.user,
    });
  }

  /** The commits that a change added to its branch, oldest first. */
  async #commitsOf(repository: Repository, change: RefMove): Promise<PushedCommit[]> {
    if (change.after === null) return [];
    const git = await this.#base.git(repository);
    let since = change.before;
    if (since === null) {
      const main = await git.readRef(`refs/heads/${repository.defaultBranch}`);
      since = main === change.after ? null : main;
      if (main === change.after && change.name !== `refs/heads/${repository.defaultBranch}`) return [];
    }
    const log = await git.log(change.after, { since, limit: PUSH_COMMITS, files: 'named' });
    return log.reverse().map(asPushed);
  }

  /** Commits on the default branch close the issues that they name (docs: "Linking a pull request to an issue"). */
  #closeNamed(actor: Actor, repository: Repository, commits: readonly PushedCommit[]): void {
    for (const commit of commits) {
      for (const number of closingNumbers(commit.message, repository)) {
        const issue = repository.issues.get(number);
        if (!issue || issue.pull) continue;
        this.#issues.close(actor, issue, 'completed', { closer: null, commitId: commit.id });
      }
    }
  }
}
