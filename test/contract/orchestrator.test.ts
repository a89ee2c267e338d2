/**
 * One look at an epic, against a GitHub: what is read there, what is done there, and what stays in the journal.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Decision } from '../../src/core/model/decision.ts';
import { headSha, issueNumber, pullNumber } from '../../src/core/model/epic.ts';
import { emptyJournal } from '../../src/core/model/journal.ts';
import { type Emulator, startEmulator } from '../../src/emulator/doors/server.ts';
import type { GitRepository } from '../../src/emulator/git/repository.ts';
import { type Client, makeClient } from '../../src/github/client.ts';
import { advanceJournal, journalRef, readJournal } from '../../src/github/journal.ts';
import { perform } from '../../src/github/perform.ts';
import { reconcile } from '../../src/reconcile.ts';
import { issue, snapshot } from '../core/facts.ts';
import { segmentOf } from '../words/board.ts';

const HERE = { owner: 'ana', name: 'shop' };
const AT = { owner: HERE.owner, repo: HERE.name };
const CONFIG = 'agent: claude\nlabels: {execute: go, blocked: stuck}\n';

let directory: string;
let emulator: Emulator;
let client: Client;
let repositoryId: string;
let git: GitRepository;
const author = { name: 'ana', email: 'ana@example.com', date: '2026-11-21T10:05:00Z' };

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'swarm-orchestrator-'));
  emulator = await startEmulator({ dir: join(directory, 'github') });
  const { world } = emulator;
  const ana = world.addUser('ana');
  const repository = await world.addRepository(ana, 'shop');
  git = await world.git(repository);
  await git.seed({ 'README.md': '# Shop\n', '.github/swarm.yml': CONFIG }, { branch: 'main', message: 'one', author });
  client = makeClient({ apiUrl: `${emulator.url}/api/v3`, token: world.tokens.forUser(ana) });
  const { data } = await client.request('GET /repos/{owner}/{repo}', AT);
  repositoryId = data.node_id;
});

afterAll(async () => {
  await emulator.close();
  await rm(directory, { recursive: true, force: true, maxRetries: 3 });
});

const openEpic = async (labels: string[]) => {
  const open = async (title: string, body: string) =>
    (await client.request('POST /repos/{owner}/{repo}/issues', { ...AT, title, body })).data;
  const epic = await open('Checkout', 'The epic.');
  const part = await open('Cart', '---\nfiles: [src/**]\n---\nMake it.');
  const of = { ...AT, issue_number: epic.number };
  await client.request('POST /repos/{owner}/{repo}/issues/{issue_number}/sub_issues', {
    ...of,
    sub_issue_id: Number(part.id),
  });
  await client.request('POST /repos/{owner}/{repo}/issues/{issue_number}/labels', { ...of, labels });
  return issueNumber(epic.number);
};

const look = (epic: ReturnType<typeof issueNumber>) =>
  reconcile(
    { client, repository: HERE, name: 'me', performed: new Map(), killSwitch: 'workflow', log: () => undefined },
    epic,
  );

const labelsOf = async (epic: number) =>
  (
    await client.request('GET /repos/{owner}/{repo}/issues/{issue_number}', { ...AT, issue_number: epic })
  ).data.labels.map((label) => (typeof label === 'string' ? label : label.name));

describe('an epic whose labels have names of their own', () => {
  test('is started by the label that the config names, which is then taken off (R3.3)', async () => {
    const epic = await openEpic(['go']);
    await look(epic);

    expect((await readJournal(client, HERE, epic))?.journal.authorisation?.by).toBe('ana');
    // Without its workflows it cannot run: it is started, and held.
    expect(await labelsOf(epic)).toEqual(['stuck']);
  });

  test('is not started by a label of the usual name', async () => {
    const epic = await openEpic(['swarm:execute']);
    await look(epic);

    expect(await readJournal(client, HERE, epic)).toBeUndefined();
    expect(await labelsOf(epic)).toEqual(['swarm:execute']);
  });
});

describe('the journal', () => {
  test('is a chain of commits, whose log reads as the history of the epic (R4.2)', async () => {
    const epic = await openEpic(['go']);
    await look(epic);
    const stored = await readJournal(client, HERE, epic);
    const log = await git.log(journalRef(epic));

    expect(log[0]?.oid).toBe(stored?.oid);
    expect(log.at(-1)?.message).toMatch(/^STARTED\n/);
    expect(log.at(-1)?.parents).toEqual([]);
  });

  test('takes one of two steps from the same commit, and loses nothing of the other’s (R4.2, R4.3)', async () => {
    const journal = emptyJournal(issueNumber(900));
    const step = (message: string, from?: string) =>
      advanceJournal(client, HERE, { repositoryId, from, journal, message });
    const first = await step('one');
    if (first.kind !== 'advanced') throw new Error('the first step was lost');
    const both = await Promise.all(['two', 'three'].map((message) => step(message, first.oid)));

    expect(both.map(({ kind }) => kind).sort()).toEqual(['advanced', 'lost']);
    const winner = both.find((each) => each.kind === 'advanced');
    expect((await readJournal(client, HERE, journal.epic))?.oid).toBe(winner?.kind === 'advanced' && winner.oid);
  });
});

describe('a merge', () => {
  test.each([
    ['merge', 2, 'feat(cart): add the cart'],
    ['squash', 1, 'feat(cart): add the cart'],
    ['rebase', 1, 'work in progress'],
  ] as const)('is made by the method that was decided: %s (R6.3)', async (method, parents, subject) => {
    const branch = `feat/${method}`;
    const main = await git.resolve('refs/heads/main');
    if (main === null) throw new Error('there is no main');
    await client.request('POST /repos/{owner}/{repo}/git/refs', { ...AT, ref: `refs/heads/${branch}`, sha: main });
    const head = await git.seed({ [`${method}.txt`]: 'x\n' }, { branch, message: 'work in progress', author });
    const { data: pull } = await client.request('POST /repos/{owner}/{repo}/pulls', {
      ...AT,
      title: 'x',
      head: branch,
      base: 'main',
    });
    const decision: Decision = {
      kind: 'merge',
      key: 'merge',
      pull: pullNumber(pull.number),
      head: headSha(head),
      method,
      segment: segmentOf(14, 'Add the cart'),
      epic: issueNumber(1),
      approvedBy: ['ana'],
      reason: { kind: 'may merge', segment: issueNumber(14), head: headSha(head), approvedBy: ['ana'] },
    };
    const here = snapshot([issue(14)], { repository: { ...snapshot([]).repository, ...HERE } });
    expect((await perform(client, here, [decision])).troubles).toEqual([]);

    const [tip] = await git.log('refs/heads/main', { limit: 1 });
    expect(tip?.parents).toHaveLength(parents);
    expect(tip?.message.split(' (#')[0]?.trim()).toBe(subject);
  });
});
