/**
 * Merge queues: a branch with a rule for one is merged into only through it.
 *
 * Each entry gets a commit that holds it and all entries before it, on a branch of its own below `gh-readonly-queue/`. Once
 * the required checks have passed on that commit, the branch moves to it. An entry with a failed check, or that conflicts
 * with those before it, is removed, and the ones behind it are built again.
 *
 * The queue is looked at after each act that can move it on: an entry, a check, a status.
 * @see https://docs.github.com/en/repositories/configuring-branches-and-merges-in-your-repository/configuring-pull-request-merges/managing-a-merge-queue
 */
import type { GitRepository } from '#emulator/git/repository';
import { nodeIdOf } from '#emulator/model/ids';
import type { Actor, BranchRule, Pull, QueueEntry, Repository } from '#emulator/model/records';
import { Refusal } from '#emulator/model/refusal';
import { queueRuleOf, rulesFor } from '#emulator/model/repository';
import type { GitHubBase } from './base.ts';
import type { Checks } from './checks.ts';
import type { Issues } from './issues.ts';
import type { Merges } from './merges.ts';
import type { Refs } from './refs.ts';

/** Why an entry left its queue without being merged, as in the payload of `pull_request.dequeued`. */
export type Removal = 'CI_FAILURE' | 'MERGE_CONFLICT' | 'MANUAL' | 'BRANCH_PROTECTIONS';

const BAD: readonly (string | null)[] = ['failure', 'cancelled', 'timed_out', 'action_required', 'startup_failure'];

export class MergeQueues {
  readonly #base: GitHubBase;
  readonly #issues: Issues;
  readonly #checks: Checks;
  readonly #refs: Refs;
  readonly #merges: Merges;

  constructor(base: GitHubBase, issues: Issues, checks: Checks, refs: Refs, merges: Merges) {
    this.#base = base;
    this.#issues = issues;
    this.#checks = checks;
    this.#refs = refs;
    this.#merges = merges;
  }

  /** The entries of a branch's queue, first in line first. */
  entriesOf(repository: Repository, branch: string): readonly QueueEntry[] {
    return repository.queue.filter(({ pull }) => pull.baseRef === branch);
  }

  entryOf(pull: Pull): QueueEntry | undefined {
    return pull.repository.queue.find((entry) => entry.pull === pull);
  }

  /** Puts a pull request at the end of its base's queue. Throws 422 if it must not be merged, or its head is another one. */
  enqueue(actor: Actor, pull: Pull, expectedHead: string | undefined): Promise<QueueEntry> {
    const { repository } = pull;
    return this.#base.inTurn(repository, async () => {
      const refuse = (why: string) => new Refusal(422, why);
      if (!queueRuleOf(repository, pull.baseRef)) throw refuse('The base branch has no merge queue.');
      if (pull.issue.state === 'closed') throw refuse('Pull request is closed.');
      if (pull.draft) throw refuse('Pull request is still a draft.');
      if (this.entryOf(pull)) throw refuse('Pull request is already in the queue.');
      if (expectedHead !== undefined && expectedHead !== pull.headSha) {
        throw refuse('The head of the pull request is not the expected one.');
      }
      const { mergeable, violations } = await this.#merges.state(pull, actor);
      if (!mergeable) throw refuse('Pull request is not mergeable.');
      if (violations.length > 0) throw refuse(violations.join('\n'));
      const id = this.#base.nextId('queueEntry');
      const entry: QueueEntry = {
        id,
        nodeId: nodeIdOf('queueEntry', id),
        pull,
        head: pull.headSha,
        enqueuer: actor,
        enqueuedAt: this.#base.now(),
        group: null,
      };
      repository.queue.push(entry);
      this.#issues.recordEvent(actor, pull.issue, { kind: 'added_to_merge_queue' });
      this.#base.emit(actor, repository, { kind: 'pull_request', action: 'enqueued', pull });
      await this.#settle(repository);
      return entry;
    });
  }

  dequeue(actor: Actor, pull: Pull): Promise<void> {
    return this.#base.inTurn(pull.repository, async () => {
      const entry = this.entryOf(pull);
      if (!entry) throw new Refusal(422, 'Pull request is not in the queue.');
      await this.#remove(actor, entry, 'MANUAL');
      await this.#settle(pull.repository);
    });
  }

  /** Continues all queues of a repository, as far as the checks allow. */
  settle(repository: Repository): Promise<void> {
    return this.#base.inTurn(repository, () => this.#settle(repository));
  }

  async #settle(repository: Repository): Promise<void> {
    for (const branch of new Set(repository.queue.map(({ pull }) => pull.baseRef))) {
      while (await this.#step(repository, branch)) {
        // Each step can make the next one possible.
      }
    }
  }

  /** @returns true if anything changed. */
  async #step(repository: Repository, branch: string): Promise<boolean> {
    const rule = queueRuleOf(repository, branch);
    const git = await this.#base.git(repository);
    const tip = await git.readRef(`refs/heads/${branch}`);
    if (!rule || !tip) return false;
    let before = tip;
    for (const entry of this.entriesOf(repository, branch)) {
      const { pull } = entry;
      if (pull.issue.state === 'closed' || pull.headSha !== entry.head) return this.#removed(entry, 'MANUAL');
      if (entry.group?.base !== before) {
        await this.#drop(git, entry);
        if (!(await this.#build(git, entry, before, rule))) return this.#removed(entry, 'MERGE_CONFLICT');
      }
      const { group } = entry;
      if (!group) return false;
      if (this.#isRed(repository, group.head, branch)) return this.#removed(entry, 'CI_FAILURE');
      before = group.head;
    }
    const [first] = this.entriesOf(repository, branch);
    if (!first?.group) return false;
    if (this.#checks.missing(repository, first.group.head, rulesFor(repository, branch)).length > 0) return false;
    const { head } = first.group;
    repository.queue = repository.queue.filter((each) => each !== first);
    await this.#merges.land(first.enqueuer, first.pull, { before: tip, after: head });
    const left = { kind: 'pull_request', action: 'dequeued', reason: 'MERGE' } as const;
    this.#base.emit(first.enqueuer, repository, { ...left, pull: first.pull });
    await this.#drop(git, first);
    return true;
  }

  /** Makes the commit of an entry on top of those before it. @returns false if it conflicts with them. */
  async #build(
    git: GitRepository,
    entry: QueueEntry,
    base: string,
    { method }: NonNullable<BranchRule['mergeQueue']>,
  ): Promise<boolean> {
    const { pull } = entry;
    if ((await git.mergeTree(base, pull.headSha)).kind === 'conflict') return false;
    const head = await this.#merges.commitFor(git, entry.enqueuer, pull, base, method);
    const ref = `refs/heads/gh-readonly-queue/${pull.baseRef}/pr-${pull.issue.number}-${base}`;
    entry.group = { base, head, ref };
    const move = { name: ref, before: await git.readRef(ref), after: head };
    if ((await git.updateRefs([move])).kind === 'done') {
      await this.#refs.changed(entry.enqueuer, pull.repository, [move]);
    }
    return true;
  }

  async #removed(entry: QueueEntry, reason: Removal): Promise<true> {
    await this.#remove(entry.enqueuer, entry, reason);
    return true;
  }

  async #remove(actor: Actor, entry: QueueEntry, reason: Removal): Promise<void> {
    const { pull } = entry;
    pull.repository.queue = pull.repository.queue.filter((each) => each !== entry);
    await this.#drop(await this.#base.git(pull.repository), entry);
    this.#issues.recordEvent(actor, pull.issue, { kind: 'removed_from_merge_queue', reason, head: entry.head });
    this.#base.emit(actor, pull.repository, { kind: 'pull_request', action: 'dequeued', pull, reason });
  }

  /** Deletes the branch of an entry. */
  async #drop(git: GitRepository, entry: QueueEntry): Promise<void> {
    const { group } = entry;
    entry.group = null;
    if (!group) return;
    const move = { name: group.ref, before: group.head, after: null };
    if ((await git.updateRefs([move])).kind === 'done') {
      await this.#refs.changed(entry.enqueuer, entry.pull.repository, [move]);
    }
  }

  #isRed(repository: Repository, sha: string, branch: string): boolean {
    const contexts = rulesFor(repository, branch).flatMap(({ requiredChecks }) => requiredChecks);
    return contexts.some(({ context }) => {
      const run = this.#checks.runsOn(repository, sha).findLast(({ name }) => name === context);
      const status = this.#checks.latestStatuses(repository, sha).find((each) => each.context === context);
      return BAD.includes(run?.conclusion ?? null) || status?.state === 'failure' || status?.state === 'error';
    });
  }
}
