/**
 * The duration and cost of an epic's segments are stored with its journal, and later epics read them.
 */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { attemptId } from '../../src/core/model/attempt.ts';
import { headSha, type IssueNumber, instant, issueNumber, pullNumber } from '../../src/core/model/epic.ts';
import { emptyJournal, emptyRecord, type Journal } from '../../src/core/model/journal.ts';
import { type Emulator, startEmulator } from '../../src/emulator/doors/server.ts';
import { type Client, makeClient } from '../../src/github/client.ts';
import { advanceJournal, readEarlier } from '../../src/github/journal.ts';

const HERE = { owner: 'ana', name: 'shop' };
let emulator: Emulator;
let directory: string;
let client: Client;
let repositoryId: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'swarm-earlier-'));
  emulator = await startEmulator({ dir: join(directory, 'github') });
  const { world } = emulator;
  const ana = world.addUser('ana');
  const repository = await world.addRepository(ana, 'shop');
  const git = await world.git(repository);
  const author = { name: 'ana', email: 'ana@example.com', date: world.now() };
  await git.seed({ 'README.md': '# Shop\n' }, { branch: 'main', message: 'a commit', author });
  client = makeClient({ apiUrl: `${emulator.url}/api/v3`, token: world.tokens.forUser(ana) });
  const { data } = await client.request('GET /repos/{owner}/{repo}', { owner: HERE.owner, repo: HERE.name });
  repositoryId = data.node_id;
});

afterAll(async () => {
  await emulator.close();
  await rm(directory, { recursive: true, force: true, maxRetries: 3 });
});

const MINUTE = 60_000;

/** A journal with one segment for each duration in minutes. */
function journalOf(epic: IssueNumber, minutes: readonly number[]): Journal {
  const head = headSha('a'.repeat(40));
  const segments = minutes.map((length, at) => {
    const attempt = {
      id: attemptId({ epic, segment: issueNumber(at + 100), number: 1 }),
      number: 1,
      name: 'BlueLake',
      worker: 'tests',
      persona: 'careful',
      why: 'first',
      branch: 'b',
      base: head,
      dispatch: `${epic}.1`,
      claimedAt: instant(0),
    } as const;
    const at1 = instant(length * MINUTE);
    const report = { costUsd: 1.5 } as never;
    const outcome = { kind: 'published', at: at1, pull: pullNumber(1), head, report } as const;
    return [at + 100, { ...emptyRecord, attempts: [{ ...attempt, outcome }] }] as const;
  });
  return { ...emptyJournal(epic), segments: Object.fromEntries(segments) };
}

const write = (journal: Journal) =>
  advanceJournal(client, HERE, { repositoryId, from: undefined, journal, message: 'a step' });

test('an epic learns from all other epics, but not from itself', async () => {
  const [first, second, third] = [issueNumber(7), issueNumber(9), issueNumber(12)];
  expect(await readEarlier(client, HERE, first)).toEqual([]);
  await write(journalOf(first, [20, 30]));
  await write(journalOf(second, [90]));
  await write(emptyJournal(third));
  const took = (minutes: number) => ({ worker: 'tests', persona: 'careful', minutes, costUsd: 1.5 });
  expect(await readEarlier(client, HERE, third)).toEqual([took(90), took(20), took(30)]);
  expect(await readEarlier(client, HERE, second)).toEqual([took(20), took(30)]);
});
