/** The other segments that a change meets: pull requests that are open, compared by git. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type HeadSha, headSha } from '../../src/core/model/epic.ts';
import type { Journal, SegmentRecord } from '../../src/core/model/journal.ts';
import { type Emulator, startEmulator } from '../../src/emulator/doors/server.ts';
import type { GitRepository } from '../../src/emulator/git/repository.ts';
import type { Remote } from '../../src/git/store.ts';
import { findConflicts } from '../../src/segment/others.ts';
import { attempt, journal, published, recordWith } from '../core/decide/records.ts';
import { segmentOf } from '../words/board.ts';
import { makeStore, treeOf } from './rig.ts';

let directory: string;
let emulator: Emulator;
let git: GitRepository;
let remote: Remote;
let count = 0;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'swarm-others-'));
  emulator = await startEmulator({ dir: directory });
  const { world } = emulator;
  const ana = world.addUser('ana');
  git = await world.git(await world.addRepository(ana, 'shop'));
  remote = { url: `${emulator.url}/ana/shop.git`, token: world.tokens.forUser(ana) };
});

afterAll(async () => {
  await emulator.close();
  await rm(directory, { recursive: true, force: true, maxRetries: 3 });
});

type Files = Readonly<Record<string, string>>;
const author = { name: 'ana', email: 'ana@example.com', date: '2026-11-21T10:05:00Z' };

/** A commit with these files on a new branch, which starts at `from`. */
async function commit(files: Files, from?: HeadSha): Promise<HeadSha> {
  count += 1;
  const branch = `work-${count}`;
  if (from) await git.updateRefs([{ name: `refs/heads/${branch}`, before: null, after: from }]);
  return headSha(await git.seed(files, { branch, message: branch, author }));
}

const lines = (...texts: readonly string[]): string => texts.map((text) => `${text}\n`).join('');
const START = lines('one', 'two', 'three', 'four', 'five');

/** A base that has moved on, and segment #3 with an open pull request of an earlier one. */
async function opened(theirs: Files, facts: Partial<SegmentRecord> = {}, moved: Files = { more: 'more\n' }) {
  const first = await commit({ a: START });
  const base = await commit(moved, first);
  const head = await commit(theirs, first);
  const outcome = { ...published(3, 'b1', { files: Object.keys(theirs) }), head };
  return { base, head, journal: journal({ segments: { 3: recordWith(3, [{ base: first, outcome }], facts) } }) };
}

async function conflictsWith(
  given: { readonly base: HeadSha; readonly journal: Journal },
  ours: Files,
  files = Object.keys(ours),
) {
  const store = await makeStore();
  const log: string[] = [];
  await store.fetch(remote, [given.base]);
  const assignment = {
    ...{ journal: given.journal, attempt: attempt(2, 1, { base: given.base }), segment: segmentOf(2, 'Till') },
  };
  const change = { store, tree: await treeOf(store, ours), files };
  const found = await findConflicts({ remote, log: (line) => log.push(line) }, assignment, change);
  return { found, log };
}

describe('an open pull request', () => {
  test('that changes the same lines is named with its head and the files', async () => {
    const given = await opened({ a: lines('one', 'TWO', 'three', 'four', 'five'), b: 'x\n' });
    const { found } = await conflictsWith(given, { a: lines('one', 'zwei', 'three', 'four', 'five'), b: 'x\n' });
    expect(found).toEqual([{ pull: 103, head: given.head, files: ['a'] }]);
  });

  test.each<[string, Files, Files]>([
    [
      'other lines of the same file',
      { a: lines('ONE', 'two', 'three', 'four', 'five') },
      { a: lines('one', 'two', 'three', 'four', 'FIVE') },
    ],
    ['the same lines in the same way', { a: lines('ONE', 'two') }, { a: lines('ONE', 'two') }],
    ['other files', { a: START, b: 'x\n' }, { a: START, c: 'y\n' }],
  ])('that changes %s is not', async (_, theirs, ours) => {
    expect((await conflictsWith(await opened(theirs), ours)).found).toEqual([]);
  });

  test('is compared as if it started from the same commit', async () => {
    const moved = { a: lines('one', 'two', 'three', 'four', 'FIVE') };
    const given = await opened({ a: lines('ONE', 'two', 'three', 'four', 'five') }, {}, moved);
    const ours = { a: lines('one', 'two', 'three', 'four', 'FIVE', 'six') };
    expect((await conflictsWith(given, ours)).found).toEqual([]);
    const { found } = await conflictsWith(given, { a: lines('eins', 'two', 'three', 'four', 'FIVE') });
    expect(found).toMatchObject([{ files: ['a'] }]);
  });

  const clash = { a: lines('one', 'TWO') };
  const landing = { pull: 103 as never, verdict: { kind: 'proven' } } as const;
  test.each<[string, Partial<SegmentRecord>]>([
    ['merged', { landing }],
    ['skipped', { skipped: { by: 'ana', reason: 'x', at: 0 as never } }],
  ])('is none if it was %s', async (_, facts) => {
    const given = await opened({ a: lines('one', 'zwei') }, facts);
    expect((await conflictsWith(given, clash)).found).toEqual([]);
  });

  test('whose head is gone is left out, and the log says so', async () => {
    const given = await opened({ a: lines('one', 'zwei') });
    const segments = { 3: recordWith(3, [{ base: given.base, outcome: published(3, 'dead', { files: ['a'] }) }]) };
    const { found, log } = await conflictsWith({ ...given, journal: journal({ segments }) }, clash);
    expect(found).toEqual([]);
    expect(log.join()).toContain('was not compared with #3');
  });
});
