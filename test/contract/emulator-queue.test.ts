/** The emulator's merge queues, and merges that go wrong on request. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { GitRepository } from '../../src/emulator/git/repository.ts';
import { virtualClock } from '../../src/emulator/model/clock.ts';
import type { MergeMethod, Pull, Repository } from '../../src/emulator/model/records.ts';
import { World } from '../../src/emulator/world/world.ts';

const AUTHOR = { name: 'Ana', email: 'ana@example.com', date: '2026-01-05T09:00:00Z' };

let dir: string;
let world: World;
let repository: Repository;
let git: GitRepository;

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'emulator-queue-'));
  world = new World({ clock: virtualClock(), dir });
  repository = await world.addRepository(world.addUser('ana'), 'shop');
  git = await world.git(repository);
  await git.seed({ 'README.md': '# Shop\n' }, { branch: 'main', message: 'First', author: AUTHOR });
});

afterEach(async () => {
  await world.close();
  rmSync(dir, { recursive: true, force: true, maxRetries: 3 });
});

const ana = () => world.as('ana');
const hasQueue = (): void => {
  world.addRule(repository, { mergeQueue: { method: 'squash' }, requiredChecks: [{ context: 'ci', appId: null }] });
};

/** A pull request with one commit on a branch of its own, whose `ci` is green. */
async function opens(head: string, files: Readonly<Record<string, string>>): Promise<Pull> {
  const main = await git.readRef('refs/heads/main');
  await git.updateRefs([{ name: `refs/heads/${head}`, before: null, after: main }]);
  const oid = await git.seed(files, { branch: head, message: `feat: ${head}`, author: AUTHOR });
  const pull = await world.pulls.create(ana(), repository, { title: head, head, base: 'main' });
  await world.checks.setStatus(ana(), repository, oid, {
    ...{ state: 'success', context: 'ci', description: null, targetUrl: null },
  });
  return pull;
}
const queue = () => world.queues.entriesOf(repository, 'main').map(({ pull }) => pull.headRef);
const ci = async (pull: Pull, state: 'success' | 'failure'): Promise<void> => {
  const sha = world.queues.entryOf(pull)?.group?.head ?? '';
  await world.checks.setStatus(ana(), repository, sha, { state, context: 'ci', description: null, targetUrl: null });
  await world.queues.settle(repository);
};
const removal = (pull: Pull) =>
  pull.issue.timeline.flatMap(({ fact }) => (fact.kind === 'removed_from_merge_queue' ? [fact.reason] : []));
const files = async (): Promise<readonly string[]> =>
  (await git.readTree('refs/heads/main', 'recursive')).map(({ path }) => path);

describe('a branch with a merge queue', () => {
  test('is merged into only through it', async () => {
    hasQueue();
    const pull = await opens('a', { 'a.txt': 'a\n' });
    await expect(world.merges.merge(ana(), pull)).rejects.toMatchObject({
      status: 405,
      message: 'Changes must be made through the merge queue',
    });
  });

  test('takes a pull request once, and only at the head that is expected', async () => {
    const pull = await opens('a', { 'a.txt': 'a\n' });
    await expect(world.queues.enqueue(ana(), pull, undefined)).rejects.toThrow('has no merge queue');
    hasQueue();
    await expect(world.queues.enqueue(ana(), pull, '0'.repeat(40))).rejects.toThrow('not the expected one');
    await world.queues.enqueue(ana(), pull, pull.headSha);
    await expect(world.queues.enqueue(ana(), pull, pull.headSha)).rejects.toThrow('already in the queue');
  });

  test('merges in order, each entry on top of the ones before it, when their checks are green', async () => {
    hasQueue();
    const [a, b] = [await opens('a', { 'a.txt': 'a\n' }), await opens('b', { 'b.txt': 'b\n' })];
    await world.queues.enqueue(ana(), a, a.headSha);
    await world.queues.enqueue(ana(), b, b.headSha);
    expect(world.queues.entryOf(b)?.group?.base).toBe(world.queues.entryOf(a)?.group?.head);
    expect((await git.listRefs('refs/heads/gh-readonly-queue/main/')).length).toBe(2);

    await ci(b, 'success');
    expect(queue()).toEqual(['a', 'b']);
    await ci(a, 'success');

    expect(queue()).toEqual([]);
    expect([a.merged, b.merged]).toEqual([true, true]);
    expect(await files()).toEqual(['README.md', 'a.txt', 'b.txt']);
    expect(await git.listRefs('refs/heads/gh-readonly-queue/')).toEqual([]);
  });

  test('removes an entry whose checks fail, and builds the ones behind it again', async () => {
    hasQueue();
    const [a, b] = [await opens('a', { 'a.txt': 'a\n' }), await opens('b', { 'b.txt': 'b\n' })];
    await world.queues.enqueue(ana(), a, a.headSha);
    await world.queues.enqueue(ana(), b, b.headSha);
    await ci(b, 'success');

    await ci(a, 'failure');

    expect(queue()).toEqual(['b']);
    expect(removal(a)).toEqual(['CI_FAILURE']);
    expect(b.merged).toBe(false);
    await ci(b, 'success');
    expect(b.merged).toBe(true);
    expect(await files()).toEqual(['README.md', 'b.txt']);
  });

  test('tells of each entry, and of each removal with its reason', async () => {
    hasQueue();
    const [a, b] = [await opens('a', { 'a.txt': 'a\n' }), await opens('b', { 'b.txt': 'b\n' })];
    const told: string[] = [];
    const stop = world.on((event) => {
      if (event.kind !== 'pull_request') return;
      told.push([event.action, event.pull.headRef, event.reason].filter((word) => word !== undefined).join(' '));
    });

    await world.queues.enqueue(ana(), a, a.headSha);
    await world.queues.enqueue(ana(), b, b.headSha);
    await ci(a, 'failure');
    await ci(b, 'success');

    stop();
    expect(told).toEqual(['enqueued a', 'enqueued b', 'dequeued a CI_FAILURE', 'closed b', 'dequeued b MERGE']);
  });

  test('removes an entry that conflicts with one before it, that was pushed to, or that a person takes out', async () => {
    hasQueue();
    const [a, b, c, d] = [
      await opens('a', { 'x.txt': 'a\n' }),
      await opens('b', { 'x.txt': 'b\n' }),
      await opens('c', { 'c.txt': 'c\n' }),
      await opens('d', { 'd.txt': 'd\n' }),
    ];
    for (const pull of [a, b, c, d]) await world.queues.enqueue(ana(), pull, pull.headSha);
    expect(removal(b)).toEqual(['MERGE_CONFLICT']);

    const before = c.headSha;
    const tree = (await git.readCommit(before))?.tree ?? '';
    const after = await git.commitTree({ tree, parents: [before], message: 'more', author: AUTHOR, committer: AUTHOR });
    await world.refs.update(ana(), repository, [{ name: 'refs/heads/c', before, after }]);
    await world.queues.settle(repository);
    expect(removal(c)).toEqual(['MANUAL']);

    await world.queues.dequeue(ana(), d);
    expect(removal(d)).toEqual(['MANUAL']);
    expect(queue()).toEqual(['a']);
  });
});

describe('a merge that goes wrong', () => {
  test.each<MergeMethod>(['merge', 'squash', 'rebase'])(
    'by %s says that it is done, and undoes others',
    async (method) => {
      const [a, b] = [await opens('a', { 'a.txt': 'a\n' }), await opens('b', { 'b.txt': 'b\n' })];
      await world.merges.merge(ana(), a, { method });
      const before = await git.readRef('refs/heads/main');
      world.merges.misplaced = 1;

      const commit = await world.merges.merge(ana(), b, { method });

      expect(b.merged).toBe(true);
      expect(await files()).toEqual(['README.md', 'b.txt']);
      expect((await git.readCommit(commit))?.parents[0]).toBe(before);
      expect(world.merges.misplaced).toBe(0);
    },
  );
});

test('“Update branch” is remembered with the head before it', async () => {
  const [a, b] = [await opens('a', { 'a.txt': 'a\n' }), await opens('b', { 'b.txt': 'b\n' })];
  await world.merges.merge(ana(), a);
  const from = b.headSha;
  await world.merges.updateBranch(ana(), b, from);
  expect(b.updates.get(b.headSha)).toEqual({ from, by: ana().user });
});
