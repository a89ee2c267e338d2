/** Acts of maintainers on issues: locks, pins, branches, and transfers to other repositories. */
import { gitNodeId } from '#emulator/model/ids';
import type { Actor, Issue, LockReason } from '#emulator/model/records';
import { Refusal } from '#emulator/model/refusal';
import type { GitHubBase } from './base.ts';
import type { Issues } from './issues.ts';
import type { Refs } from './refs.ts';

/** As many issues can be pinned in one repository (docs: "Pinning an issue to your repository"). */
const PIN_LIMIT = 3;

export class Triage {
  readonly #base: GitHubBase;
  readonly #issues: Issues;
  readonly #refs: Refs;

  constructor(base: GitHubBase, issues: Issues, refs: Refs) {
    this.#base = base;
    this.#issues = issues;
    this.#refs = refs;
  }

  /** Locks the conversation of an issue or pull request, or gives a locked one another reason. */
  lock(actor: Actor, issue: Issue, reason: LockReason | null): void {
    issue.lockReason = reason;
    if (issue.locked) return;
    issue.locked = true;
    this.#note(actor, issue, 'locked');
  }

  unlock(actor: Actor, issue: Issue): void {
    if (!issue.locked) return;
    issue.locked = false;
    issue.lockReason = null;
    this.#note(actor, issue, 'unlocked');
  }

  pin(actor: Actor, issue: Issue): void {
    const { repository } = issue;
    if (repository.pinned.includes(issue)) throw new Refusal(422, 'Issue is already pinned');
    if (repository.pinned.length >= PIN_LIMIT)
      throw new Refusal(422, `Maximum ${PIN_LIMIT} pinned issues per repository`);
    repository.pinned = [...repository.pinned, issue];
    this.#note(actor, issue, 'pinned');
  }

  unpin(actor: Actor, issue: Issue): void {
    const { repository } = issue;
    if (!repository.pinned.includes(issue)) throw new Refusal(422, 'Issue is not pinned');
    repository.pinned = repository.pinned.filter((one) => one !== issue);
    this.#note(actor, issue, 'unpinned');
  }

  /** Makes a branch for an issue. Returns its name; null if there is such a branch already, as on GitHub. */
  async makeBranch(actor: Actor, issue: Issue, oid: string, name: string | null): Promise<string | null> {
    const branch = name ?? branchNameFor(issue);
    const { repository } = issue;
    const git = await this.#base.git(repository);
    const ref = `refs/heads/${branch}`;
    if (!(await git.isRefName(ref))) throw new Refusal(422, `${branch} is not a valid name for a branch`);
    if ((await git.readRef(ref)) !== null) return null;
    await this.#refs.update(actor, repository, [{ name: ref, before: null, after: oid }]);
    issue.linkedBranches.push(branch);
    return branch;
  }

  /** The id of the link between an issue and a branch. */
  linkId(issue: Issue, branch: string): string {
    return gitNodeId('Ref', issue.repository, `refs/heads/${branch}`).replace('REF_', 'LB_');
  }

  #note(actor: Actor, issue: Issue, action: 'locked' | 'unlocked' | 'pinned' | 'unpinned'): void {
    const fact = action === 'locked' ? { kind: action, reason: issue.lockReason } : { kind: action };
    this.#issues.recordEvent(actor, issue, fact);
    const { repository, pull } = issue;
    if (!pull) this.#base.emit(actor, repository, { kind: 'issues', action, issue });
    else if (action === 'locked' || action === 'unlocked') {
      this.#base.emit(actor, repository, { kind: 'pull_request', action, pull });
    }
  }
}

/** The name that GitHub suggests: the number, and the title in small letters with dashes. */
function branchNameFor({ number, title }: Issue): string {
  const words = title.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
  return `${number}-${words}`.replaceAll(/-+$/g, '');
}
