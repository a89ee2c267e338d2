/**
 * One look at an epic, against a GitHub: what is read there, what is done there, and what stays in the journal.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readConfig } from '../../src/config/read.ts';
import { attemptId } from '../../src/core/model/attempt.ts';
import type { Decision } from '../../src/core/model/decision.ts';
import { type HeadSha, headSha, instant, issueId, issueNumber, pullNumber } from '../../src/core/model/epic.ts';
import { emptyJournal, type Journal } from '../../src/core/model/journal.ts';
import { type Emulator, startEmulator } from '../../src/emulator/doors/server.ts';
import type { GitRepository } from '../../src/emulator/git/repository.ts';
import { readOwners, releaseClaims } from '../../src/github/claims.ts';
import { type Client, GitHubUnavailable, makeClient } from '../../src/github/client.ts';
import { advanceJournal, readJournal } from '../../src/github/journal.ts';
import { PassAnswers } from '../../src/github/looks/pass.ts';
import { observeRuns } from '../../src/github/looks/runs.ts';
import { observe } from '../../src/github/observe.ts';
import { perform } from '../../src/github/perform.ts';
import { CLAIMS, claimRef, journalRef, readFile } from '../../src/github/refs.ts';
import { epicsInFlight, epicsOf } from '../../src/github/wake.ts';
import { readBlock } from '../../src/plans/block.ts';
import { type Orchestrator, reconcile } from '../../src/reconcile.ts';
import { readChecked } from '../../src/segment/assignment.ts';
import { issue, pull, snapshot } from '../core/facts.ts';
import { attempt as attemptOf } from '../core/model/records.ts';
import { reportOf, segmentOf } from '../words/board.ts';

const HERE = { owner: 'ana', name: 'shop' };
const AT = { owner: HERE.owner, repo: HERE.name };
/** A segment as it was authorised, of which nothing matters. */
const NOTHING = { digest: '', blockedBy: [], external: [] };
const CONFIG = 'agent: claude\nbaseline: off\nlabels: {execute: go, blocked: stuck}\n';

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

/** A decision to publish this commit. */
function publishing(head: HeadSha): Extract<Decision, { readonly kind: 'publish' }> {
  const id = attemptId({ epic: issueNumber(1), segment: issueNumber(14), number: 1 });
  const attempt = attemptOf(14, 1, undefined, { id, branch: 'feat/published' });
  return {
    ...{ kind: 'publish', key: 'publish', put: { head, as: 'forward' } },
    work: {
      ...{
        attempt,
        report: reportOf(14),
        segment: segmentOf(14, 'Add the cart'),
        base: 'main',
        approvals: 1,
        owner: 'ana',
      },
      epic: { number: issueNumber(1), title: 'Checkout' },
      wave: { number: 1, of: 1 },
    },
    reason: { kind: 'work ready', segment: issueNumber(14), attempt: id },
  };
}

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
    {
      ...{ client, repository: HERE, name: 'me', performed: new Map(), sights: new Map() },
      ...{ runsIn: 'job', log: () => undefined },
    },
    epic,
  );

const labelsOf = async (epic: number) =>
  (
    await client.request('GET /repos/{owner}/{repo}/issues/{issue_number}', { ...AT, issue_number: epic })
  ).data.labels.map((label) => (typeof label === 'string' ? label : label.name));

describe('an epic whose labels have names of their own', () => {
  const place = {
    repository: HERE,
    parseConfig: ({ text, file }: { text: string | undefined; file: string }) => readConfig(text, file),
    log: (line: string) => expect.unreachable(line),
  };

  test('is found by the sweep, and so is a group inside of it', async () => {
    const [epic, other] = [await openEpic(['go']), await openEpic(['bug'])];
    const group = issueNumber(other + 1);
    const labels = { ...AT, issue_number: group, labels: ['go'] };
    const found = async () => (await epicsInFlight({ ...place, client })).filter((number) => number >= epic);
    expect(await found()).toEqual([epic]);
    await client.request('POST /repos/{owner}/{repo}/issues/{issue_number}/labels', labels);
    expect(await found()).toEqual([epic, group]);
    expect(await epicsOf({ ...place, client }, [{ kind: 'issue', number: group }])).toEqual([group]);
  });

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

describe('an epic that stands still', () => {
  /** An orchestrator that remembers, and how many calls each of its looks makes. */
  function looking(epic: ReturnType<typeof issueNumber>) {
    const orchestrator: Orchestrator = {
      ...{ client, repository: HERE, name: 'me', performed: new Map(), sights: new Map() },
      ...{ runsIn: 'job', log: () => undefined },
    };
    return async (): Promise<number> => {
      const before = emulator.calls.reads + emulator.calls.writes;
      await reconcile(orchestrator, epic);
      return emulator.calls.reads + emulator.calls.writes - before;
    };
  }

  test('costs a call for each query of a look, the two large ones as one, until something happens', async () => {
    const epic = await openEpic(['go']);
    const calls = looking(epic);
    await calls();
    await calls();
    // Before anything has run, a look also asks who changed its issues, and which branches are in the way of its own.
    expect([await calls(), await calls()]).toEqual([3, 3]);

    const labels = { ...AT, issue_number: epic, labels: ['swarm:pause'] };
    await client.request('POST /repos/{owner}/{repo}/issues/{issue_number}/labels', labels);
    expect(await calls()).toBeGreaterThan(3);
    expect(await labelsOf(epic)).toEqual(['swarm:paused']);
  });

  test('costs one more call for each level of groups, and a change there is seen', async () => {
    const epic = await openEpic(['go']);
    const { data } = await client.request('POST /repos/{owner}/{repo}/issues', { ...AT, title: 'Till', body: 'It.' });
    const below = { ...AT, issue_number: epic + 1, sub_issue_id: Number(data.id) };
    await client.request('POST /repos/{owner}/{repo}/issues/{issue_number}/sub_issues', below);
    const calls = looking(epic);
    await calls();
    await calls();
    expect(await calls()).toBe(4);

    const text = { ...AT, issue_number: data.number, body: 'Somebody changed it.' };
    await client.request('PATCH /repos/{owner}/{repo}/issues/{issue_number}', text);
    expect(await calls()).toBeGreaterThan(4);
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

  test.each(['accepted', 'refused'] as const)(
    'is started and advanced once, where GraphQL’s updates of such refs are %s, and reads are late',
    async (updates) => {
      const journal = emptyJournal(issueNumber(updates === 'accepted' ? 901 : 903));
      const step = (message: string, from?: string) =>
        advanceJournal(client, HERE, { repositoryId, from, journal, message });
      emulator.world.hiddenRefUpdates = updates;
      emulator.lags.chance.graphql = 1;
      emulator.lags.chance.refs = 1;
      try {
        await readJournal(client, HERE, journal.epic);
        const starts = await Promise.all([step('one'), step('one, by another')]);
        expect(starts.map(({ kind }) => kind).sort()).toEqual(['advanced', 'lost']);
        const [first] = starts.flatMap((each) => (each.kind === 'advanced' ? [each.oid] : []));
        await readJournal(client, HERE, journal.epic);
        const steps = await Promise.all(['two', 'three', 'four'].map((message) => step(message, first)));
        expect(steps.map(({ kind }) => kind).sort()).toEqual(['advanced', 'lost', 'lost']);
        expect(await step('five', first)).toEqual({ kind: 'lost' });
        expect(await git.log(journalRef(journal.epic))).toHaveLength(2);
      } finally {
        emulator.world.hiddenRefUpdates = 'accepted';
        emulator.lags.chance.graphql = 0;
        emulator.lags.chance.refs = 0;
      }
    },
  );

  test.each([
    ['accepted', 910],
    ['refused', 920],
  ] as const)(
    'claims segments with its step, or takes no step, where GraphQL’s updates of such refs are %s (R3.8)',
    async (updates, number) => {
      const [one, two] = [issueNumber(number), issueNumber(number + 1)];
      const [cart, till] = [issueNumber(number + 5), issueNumber(number + 6)];
      const running = (epic: typeof one, ...segments: (typeof cart)[]): Journal => ({
        ...emptyJournal(epic),
        phase: 'running',
        authorisation: {
          ...{
            at: instant(0),
            by: 'ana',
            byId: 1,
            configDigest: '',
            base: headSha('1'.repeat(40)),
            baseBranch: 'main',
          },
          ...{ epicDigest: '', segments: Object.fromEntries(segments.map((each) => [each, NOTHING])) },
        },
      });
      const step = (epic: typeof one, first: readonly (typeof cart)[], from?: string, again: typeof first = []) =>
        advanceJournal(client, HERE, {
          ...{ repositoryId, from, journal: running(epic, ...first, ...again), message: 'one' },
          claims: { first, again },
        });
      const claims = async () =>
        (await git.listRefs(CLAIMS))
          .map(({ name }) => Number(name.slice(CLAIMS.length)))
          .filter((each) => each > number);
      // Its epic has to be an open issue.
      const owner = await openEpic([]);
      emulator.world.hiddenRefUpdates = updates;
      try {
        const first = await step(owner, [cart]);
        if (first.kind !== 'advanced') throw new Error('the first step was lost');
        expect(await claims()).toEqual([cart]);

        expect(await step(two, [cart, till])).toEqual({ kind: 'lost', owned: [cart] });
        expect(await claims()).toEqual([cart]);
        expect(await readJournal(client, HERE, two)).toBeUndefined();
        expect(await readOwners(client, HERE, two, [cart, till])).toEqual({ [cart]: owner });
        expect(await readOwners(client, HERE, owner, [cart, till])).toEqual({});

        await git.updateRefs([{ name: claimRef(cart), before: first.oid, after: null }]);
        const again = await step(owner, [], first.oid, [cart]);
        expect(again.kind).toBe('advanced');
        expect(await claims()).toEqual([cart]);
        expect((await step(owner, [], again.kind === 'advanced' ? again.oid : '', [cart])).kind).toBe('advanced');

        await releaseClaims(client, { ...HERE, id: repositoryId }, two, [cart]);
        expect(await claims()).toEqual([cart]);
        await releaseClaims(client, { ...HERE, id: repositoryId }, owner, [cart]);
        expect(await claims()).toEqual([]);
      } finally {
        emulator.world.hiddenRefUpdates = 'accepted';
      }
    },
  );

  test.each([
    ['finished', { phase: 'finished' }, 'advanced'],
    ['cancelled', { phase: 'cancelled' }, 'advanced'],
    ['paused', { phase: 'paused' }, 'lost'],
    ['of another version', { version: 2 }, 'lost'],
  ] as const)('takes a claim over from an epic whose journal is %s, or not', async (_, change, kind) => {
    const epic = await openEpic([]);
    const [other, segment] = [issueNumber(epic + 800), issueNumber(epic + 801)];
    const authorisation = { segments: { [segment]: NOTHING } };
    const journal = { ...emptyJournal(epic), phase: 'running', authorisation } as unknown as Journal;
    const start = { repositoryId, from: undefined, message: 'one', claims: { first: [segment], again: [] } };
    const first = await advanceJournal(client, HERE, { ...start, journal });
    if (first.kind !== 'advanced') throw new Error('the first step was lost');
    const later = { ...journal, ...change } as Journal;
    await advanceJournal(client, HERE, { repositoryId, from: first.oid, journal: later, message: 'two' });

    const taken = await advanceJournal(client, HERE, { ...start, journal: { ...journal, epic: other } });

    expect(taken.kind).toBe(kind);
    expect(await git.readRef(claimRef(segment))).toBe(taken.kind === 'advanced' ? taken.oid : first.oid);
  });

  test.each([
    ['has no journal', () => '[]'],
    ['has no valid JSON', () => '{'],
    ['version 2', (epic: number) => JSON.stringify({ ...emptyJournal(issueNumber(epic)), version: 2 })],
    ['no valid `acts`', (epic: number) => JSON.stringify({ ...emptyJournal(issueNumber(epic)), acts: [] })],
    [
      'no valid `segments.7`',
      (epic: number) => JSON.stringify({ ...emptyJournal(issueNumber(epic)), segments: { 7: { attempts: 1 } } }),
    ],
  ])('that cannot be read (%s) is told once on its epic, which is left alone', async (why, content) => {
    const epic = await openEpic(['go']);
    await look(epic);
    const ref = journalRef(epic);
    const { data } = await client.request('POST /repos/{owner}/{repo}/git/trees', {
      ...{
        ...AT,
        tree: [{ path: 'state.json', mode: '100644' as const, type: 'blob' as const, content: content(epic) }],
      },
    });
    const commit = { ...AT, message: 'x', tree: data.sha, parents: [] };
    const { sha } = (await client.request('POST /repos/{owner}/{repo}/git/commits', commit)).data;
    await git.updateRefs([{ name: ref, before: await git.readRef(ref), after: sha }]);

    expect((await look(epic)).kind).toBe('settled');
    expect((await look(epic)).lookAgainAt).toBeGreaterThan(client.now());

    const { data: comments } = await client.request('GET /repos/{owner}/{repo}/issues/{issue_number}/comments', {
      ...{ ...AT, issue_number: epic },
    });
    const told = comments.filter(({ body }) => body?.includes('JOURNAL_BROKEN'));
    expect(told.map(({ body }) => body?.includes(why))).toEqual([true]);
    expect(await git.readRef(ref)).toBe(sha);
    expect((await look(await openEpic(['go']))).decided?.board.phase).toBe('refused');
  });

  test('is not found by GraphQL under its ref, and read all the same', async () => {
    const journal = emptyJournal(issueNumber(904));
    const step = await advanceJournal(client, HERE, { repositoryId, from: undefined, journal, message: 'one' });
    if (step.kind !== 'advanced') throw new Error('the first step was lost');
    const { repository } = await client.queryWithNulls<{ repository: Record<string, unknown> }>(
      `query Hidden($owner: String!, $name: String!, $ref: String!, $state: String!) {
        repository(owner: $owner, name: $name) { ref(qualifiedName: $ref) { name } object(expression: $state) { oid } }
      }`,
      { ...HERE, ref: journalRef(journal.epic), state: `${journalRef(journal.epic)}:state.json` },
    );
    expect(repository).toEqual({ ref: null, object: null });
    expect(await readJournal(client, HERE, journal.epic)).toMatchObject({ journal, oid: step.oid });
  });

  test('that does not show in GraphQL yet, or only in part, is read by REST', async () => {
    const journal = { ...emptyJournal(issueNumber(905)), shown: { panel: 'x'.repeat(600_000) } };
    const step = await advanceJournal(client, HERE, {
      ...{ repositoryId, from: undefined, journal: journal as unknown as Journal, message: 'one' },
    });
    if (step.kind !== 'advanced') throw new Error('the first step was lost');
    const at = { commit: step.oid, path: 'state.json' };
    const whole = JSON.stringify(journal, null, 1);
    expect((await readFile(client, HERE, { ...at, seen: null }))?.trim()).toBe(whole);
    expect((await readJournal(client, HERE, journal.epic))?.journal).toEqual(journal);
    expect(await readFile(client, HERE, { ...at, seen: { file: null } })).toBeUndefined();
    expect(await readFile(client, HERE, { ...at, path: 'none.json', seen: null })).toBeUndefined();
    await expect(readFile(client, HERE, { ...at, commit: '1'.repeat(40), seen: null })).rejects.toThrow(
      GitHubUnavailable,
    );
  });

  test('waits for a run that is not there yet, and gives up one that was deleted', async () => {
    const attempt = attemptId({ epic: issueNumber(902), segment: issueNumber(14), number: 1 });
    const runs = async (ageMs: number) => {
      const at = instant(client.now() - ageMs);
      const dispatch = { id: '1.1', at, work: { kind: 'segments', attempts: [attempt] }, runId: 987_654 } as const;
      const journal = { ...emptyJournal(issueNumber(902)), dispatches: { '1.1': dispatch } };
      return (await observeRuns({ client, repository: HERE, onCut: () => {} }, journal)).map(
        ({ conclusion }) => conclusion,
      );
    };
    expect(await runs(9 * 60_000)).toEqual([]);
    expect(await runs(11 * 60_000)).toEqual(['deleted']);
  });
});

test('an epic is whole under the name that its repository had before', async () => {
  const epic = await openEpic([]);
  const repository = emulator.world.repository(HERE.owner, HERE.name);
  if (!repository) throw new Error('there is no repository');
  emulator.world.renameRepository(repository, 'store');
  const seen = await observe({
    ...{ client, repository: HERE, epic, orchestrator: 'me', performed: {}, runsIn: 'job', requests: [] },
    answers: new PassAnswers(client, HERE),
    parseConfig: ({ file, text }) => readConfig(text, file),
    parseBlock: readBlock,
  });
  emulator.world.renameRepository(repository, HERE.name);

  expect(seen?.snapshot.repository).toMatchObject({ owner: 'ana', name: 'store' });
  expect(seen?.snapshot.issues.map(({ title }) => title)).toEqual(['Cart']);
  expect(JSON.stringify(seen?.snapshot.preflight)).not.toContain('SEGMENT_ELSEWHERE');
});

test('branches and pull requests are made with a token of their own where there is one (R4.6)', async () => {
  const bob = emulator.world.addUser('bob');
  const repository = emulator.world.repository(HERE.owner, HERE.name);
  repository?.collaborators.set(bob.id, 'write');
  const publisher = makeClient({ apiUrl: `${emulator.url}/api/v3`, token: emulator.world.tokens.forUser(bob) });
  const main = await git.resolve('refs/heads/main');
  const tree = await git.resolve('refs/heads/main^{tree}');
  const commit = await client.request('POST /repos/{owner}/{repo}/git/commits', {
    ...{ ...AT, message: 'feat: add the cart', tree: tree ?? '', parents: [main ?? ''] },
  });
  const head = headSha(commit.data.sha);
  const at = publishing(head);
  const { data } = await client.request('GET /repos/{owner}/{repo}', AT);
  const here = snapshot([issue(14)], {
    repository: { ...snapshot([]).repository, ...HERE, id: data.node_id, url: data.html_url },
  });
  const { acts, troubles } = await perform({ client, publisher }, here, [at]);
  expect(troubles).toEqual([]);
  const number = acts.publish?.kind === 'done' ? acts.publish.result : undefined;
  const { data: pull } = await client.request('GET /repos/{owner}/{repo}/pulls/{pull_number}', {
    ...{ ...AT, pull_number: number ?? 0 },
  });
  expect([pull.user?.login, pull.head.sha, pull.draft]).toEqual(['bob', head, true]);
  const { data: activity } = await client.request('GET /repos/{owner}/{repo}/activity', {
    ...{ ...AT, ref: 'refs/heads/feat/published' },
  });
  expect(activity.map(({ actor }) => actor?.login)).toEqual(['bob']);
  // Once more, as after a lost answer: the same pull request.
  const { put: _, ...again } = at;
  expect((await perform({ client, publisher }, here, [again])).acts).toEqual(acts);
});

test('of several pieces of new work, one with a branch that somebody holds opens no pull request', async () => {
  const main = (await git.resolve('refs/heads/main')) ?? '';
  const tree = (await git.resolve('refs/heads/main^{tree}')) ?? '';
  const commit = async (message: string) => {
    const { data } = await client.request('POST /repos/{owner}/{repo}/git/commits', {
      ...AT,
      message,
      tree,
      parents: [main],
    });
    return headSha(data.sha);
  };
  const [own, foreign] = [await commit('feat: own'), await commit('feat: of somebody else')];
  await client.request('POST /repos/{owner}/{repo}/git/refs', { ...AT, ref: 'refs/heads/feat/held', sha: foreign });
  const on = (branch: string, number: number) => {
    const { work, ...rest } = publishing(own);
    return {
      ...rest,
      key: `publish:${branch}`,
      work: { ...work, attempt: attemptOf(number, 1, undefined, { branch }) },
    };
  };
  const here = snapshot([issue(14)], { repository: { ...snapshot([]).repository, ...HERE, id: repositoryId } });
  const before = emulator.calls.writes;
  const { acts } = await perform({ client, publisher: client }, here, [on('feat/held', 14), on('feat/free', 15)]);

  expect(emulator.calls.writes - before).toBe(2);
  expect(acts).toMatchObject({ 'publish:feat/held': { kind: 'refused' }, 'publish:feat/free': { kind: 'done' } });
  const { data } = await client.request('GET /repos/{owner}/{repo}/pulls', { ...AT, state: 'all', per_page: 100 });
  expect(data.map(({ head }) => head.ref)).toContain('feat/free');
  expect(data.map(({ head }) => head.ref)).not.toContain('feat/held');
  expect(await git.resolve('refs/heads/feat/held')).toBe(foreign);
});

describe('acts that people see', () => {
  const titled = (number: number, node: string) => ({ ...issue(number), id: issueId(node) });
  const opened = async (title: string) =>
    (await client.request('POST /repos/{owner}/{repo}/issues', { ...AT, title })).data;
  const told = (segment: number): Extract<Decision, { readonly kind: 'say' }> => ({
    ...{ kind: 'say', key: `answered:${segment}`, on: issueNumber(segment) },
    notice: { kind: 'segment answered', segment: issueNumber(segment), summary: 'It is 42.' },
    reason: { kind: 'question researched' },
  });

  test('share a call, and one that GitHub refuses stops none of the others', async () => {
    const [first, second] = [await opened('Research'), await opened('More research')];
    const label = await client.request('POST /repos/{owner}/{repo}/labels', { ...AT, name: 'Done-Now' });
    const here = snapshot([titled(first.number, first.node_id), titled(second.number, second.node_id)], {
      repository: { ...snapshot([]).repository, ...HERE, id: repositoryId },
      labelIds: { 'done-now': label.data.node_id },
    });
    const reason = { kind: 'question researched' } as const;
    const before = emulator.calls.writes;
    const { acts, troubles, wrote } = await perform({ client, publisher: client }, here, [
      {
        kind: 'close issue',
        issue: issueNumber(first.number),
        issueId: issueId(first.node_id),
        as: 'not planned',
        reason,
      },
      { kind: 'delete branch', branch: 'gone', head: headSha('1'.repeat(40)), reason },
      told(first.number),
      { kind: 'react', node: 'IC_nobody', with: 'rocket', reason },
      { kind: 'set labels', issue: issueNumber(second.number), add: ['done-now'], remove: [], reason },
      told(second.number),
    ]);

    expect(emulator.calls.writes - before).toBe(1);
    expect(troubles).toEqual([expect.stringMatching(/^react .*IC_nobody/)]);
    expect(wrote).toBe('facts');
    const seen = async (number: number) => {
      const at = { ...AT, issue_number: number };
      const { data } = await client.request('GET /repos/{owner}/{repo}/issues/{issue_number}', at);
      const comments = await client.request('GET /repos/{owner}/{repo}/issues/{issue_number}/comments', at);
      return { ...data, said: comments.data.map(({ id }) => id) };
    };
    const [one, other] = [await seen(first.number), await seen(second.number)];
    expect([one.state, one.state_reason]).toEqual(['closed', 'not_planned']);
    expect(await labelsOf(other.number)).toEqual(['Done-Now']);
    expect(acts).toEqual({
      [`answered:${first.number}`]: { kind: 'done', result: one.said[0] },
      [`answered:${second.number}`]: { kind: 'done', result: other.said[0] },
    });
  });

  test('make a label that the repository does not have', async () => {
    const { number, node_id: node } = await opened('A label');
    const here = snapshot([titled(number, node)], { repository: { ...snapshot([]).repository, ...HERE } });
    const reason = { kind: 'state changed', issue: issueNumber(number), state: 'done' } as const;
    await perform({ client, publisher: client }, here, [
      { kind: 'set labels', issue: issueNumber(number), add: ['brand-new'], remove: [], reason },
    ]);
    expect(await labelsOf(number)).toEqual(['brand-new']);
  });

  test('are all unsure if GitHub does not answer, and none is taken for done', async () => {
    const { number, node_id: node } = await opened('Silence');
    const here = snapshot([titled(number, node)], { repository: { ...snapshot([]).repository, ...HERE } });
    const heal = emulator.faults.add({
      body: 'addComment',
      effect: { kind: 'applied but fails', status: 502 },
      times: 1,
    });
    const { acts, wrote } = await perform({ client, publisher: client }, here, [told(number)]);
    heal();
    expect(acts).toMatchObject({ [`answered:${number}`]: { kind: 'unsure' } });
    expect(wrote).toBe('nothing');
  });
});

describe('a merge', () => {
  const opened = async (branch: string) => {
    const main = await git.resolve('refs/heads/main');
    if (main === null) throw new Error('there is no main');
    await client.request('POST /repos/{owner}/{repo}/git/refs', { ...AT, ref: `refs/heads/${branch}`, sha: main });
    const head = headSha(await git.seed({ [`${branch}.txt`]: 'x\n' }, { branch, message: 'work in progress', author }));
    const wanted = { ...AT, title: 'x', head: branch, base: 'main' };
    const { data } = await client.request('POST /repos/{owner}/{repo}/pulls', wanted);
    return { pull: pullNumber(data.number), head };
  };
  const merges = (
    of: Awaited<ReturnType<typeof opened>>,
    method: 'merge' | 'squash' | 'rebase',
    { publisher = client, mergeState = 'clean' }: { publisher?: Client; mergeState?: string } = {},
  ) => {
    const here = snapshot([issue(14)], {
      repository: { ...snapshot([]).repository, ...HERE },
      pulls: [pull(of.pull, 'feat/cart', of.head, { mergeState })],
    });
    const segment = segmentOf(14, 'Add the cart');
    const by = { epic: issueNumber(1), approvedBy: ['ana'] };
    const reason = { kind: 'may merge', segment: segment.number, head: of.head, approvedBy: ['ana'] } as const;
    return perform({ client, publisher }, here, [
      { kind: 'merge', key: 'merge', ...of, base: 'main', method, segment, ...by, reason },
    ]);
  };

  test.each([
    ['merge', 2, 'feat(cart): add the cart'],
    ['squash', 1, 'feat(cart): add the cart'],
    ['rebase', 1, 'work in progress'],
  ] as const)('is made by the method that was decided: %s (R6.3)', async (method, parents, subject) => {
    expect((await merges(await opened(method), method)).troubles).toEqual([]);

    const [tip] = await git.log('refs/heads/main', { limit: 1 });
    expect(tip?.parents).toHaveLength(parents);
    expect(tip?.message.split(' (#')[0]?.trim()).toBe(subject);
  });

  /** A client that acts as a new person with this role. */
  const publisherOf = (login: string, role: 'write' | 'read') => {
    const user = emulator.world.addUser(login);
    emulator.world.repository(HERE.owner, HERE.name)?.collaborators.set(user.id, role);
    const token = emulator.world.tokens.forUser(user);
    return { user, publisher: makeClient({ apiUrl: `${emulator.url}/api/v3`, token }) };
  };
  const mergedBy = async (number: number) =>
    (await client.request('GET /repos/{owner}/{repo}/pulls/{pull_number}', { ...AT, pull_number: number })).data
      .merged_by?.login;

  test('is made with a token of its own where there is one, so that workflows start (R4.6)', async () => {
    const decided = await opened('by-publisher');
    const { publisher } = publisherOf('cleo', 'write');
    expect((await merges(decided, 'squash', { publisher })).troubles).toEqual([]);
    expect(await mergedBy(decided.pull)).toBe('cleo');
  });

  test('is made with Swarm’s own where that token may not, and the log says so', async () => {
    const decided = await opened('by-itself');
    const { publisher } = publisherOf('rita', 'read');
    const { acts, troubles } = await merges(decided, 'squash', { publisher });
    expect(acts).toEqual({ merge: { kind: 'done' } });
    expect(troubles).toEqual([expect.stringMatching(/^merge \(.*SWARM_PUBLISH_TOKEN may not do this/)]);
    expect(await mergedBy(decided.pull)).toBe('ana');
  });

  test('is done with the token of its own only where no rule forbids it, whatever its owner may bypass', async () => {
    const repository = emulator.world.repository(HERE.owner, HERE.name);
    if (!repository) throw new Error('there is no repository');
    const decided = await opened('forbidden');
    const { user, publisher } = publisherOf('olga', 'write');
    const rule = emulator.world.addRule(repository, { pullRequest: { approvals: 1 }, bypass: [user.id] });

    const { acts } = await merges(decided, 'squash', { publisher, mergeState: 'blocked' });

    repository.rules.splice(repository.rules.indexOf(rule), 1);
    expect(acts).toMatchObject({ merge: { kind: 'refused', status: 405 } });
    expect(await mergedBy(decided.pull)).toBeUndefined();
  });

  test('is refused where somebody pushed after it was decided (R6.2)', async () => {
    const decided = await opened('moved');
    await client.request('PUT /repos/{owner}/{repo}/contents/{path}', {
      ...AT,
      path: 'sneaky.txt',
      branch: 'moved',
      message: 'one more',
      content: 'eA==',
    });
    const before = await git.resolve('refs/heads/main');

    expect((await merges(decided, 'squash')).acts).toMatchObject({ merge: { kind: 'refused', status: 409 } });
    expect(await git.resolve('refs/heads/main')).toBe(before);
  });

  test('is not made where its base was changed after it was decided', async () => {
    const decided = await opened('led-elsewhere');
    const before = await git.resolve('refs/heads/main');
    await client.request('POST /repos/{owner}/{repo}/git/refs', {
      ...AT,
      ref: 'refs/heads/elsewhere',
      sha: before ?? '',
    });
    await client.request('PATCH /repos/{owner}/{repo}/pulls/{pull_number}', {
      ...AT,
      pull_number: decided.pull,
      base: 'elsewhere',
    });

    expect(await merges(decided, 'squash')).toMatchObject({ acts: {}, wrote: 'nothing', troubles: [] });
    expect(await git.resolve('refs/heads/main')).toBe(before);
    expect(await git.resolve('refs/heads/elsewhere')).toBe(before);
  });

  test('is left to the next look where a late read does not know the pull request yet', async () => {
    const decided = await opened('not-yet');
    emulator.faults.add({
      effect: { kind: 'fails', status: 404, message: 'Not Found' },
      method: 'GET',
      path: `/pulls/${decided.pull}`,
      times: 1,
    });
    const before = await git.resolve('refs/heads/main');

    expect(await merges(decided, 'squash')).toMatchObject({ acts: {}, wrote: 'nothing', troubles: [] });
    expect(await git.resolve('refs/heads/main')).toBe(before);

    expect((await merges(decided, 'squash')).troubles).toEqual([]);
    expect(await git.resolve('refs/heads/main')).not.toBe(before);
  });
});

test('an epic of a repository without commits is refused in one sentence, and its label goes', async () => {
  const { world } = emulator;
  const { user: ana } = world.as('ana');
  const repository = await world.addRepository(ana, 'empty');
  const epic = world.issues.create(world.as('ana'), repository, { title: 'Checkout', body: 'The epic.' });
  world.issues.addLabels(world.as('ana'), epic, ['swarm:execute']);
  const here = { owner: 'ana', name: 'empty' };
  const { kind } = await reconcile(
    {
      client,
      repository: here,
      name: 'me',
      performed: new Map(),
      sights: new Map(),
      runsIn: 'job',
      log: () => undefined,
    },
    issueNumber(epic.number),
  );

  expect(kind).toBe('settled');
  expect(epic.comments.map(({ body }) => /`([A-Z_]+)`/.exec(body)?.[1])).toEqual(['REPOSITORY_EMPTY']);
  expect(epic.labels).toEqual([]);
});

test('the config is read from the default branch, whatever the branch says that segments merge into', async () => {
  const commit = (branch: string, config: string) =>
    git.seed({ '.github/swarm.yml': config }, { branch, message: 'config', author });
  const main = await git.resolve('refs/heads/main');
  if (main === null) throw new Error('there is no main');
  await client.request('POST /repos/{owner}/{repo}/git/refs', { ...AT, ref: 'refs/heads/release', sha: main });
  await commit('release', 'agent: codex\nlabels: {execute: other}\napprovals: 0\n');
  await commit('main', `${CONFIG}base: release\n`);
  const epic = await openEpic(['other']);
  await look(epic);
  expect(await readJournal(client, HERE, epic)).toBeUndefined();

  await client.request('POST /repos/{owner}/{repo}/issues/{issue_number}/labels', {
    ...AT,
    issue_number: epic,
    labels: ['go'],
  });
  await look(epic);
  expect((await readJournal(client, HERE, epic))?.journal.authorisation?.baseBranch).toBe('release');
  expect(await readChecked({ client, repository: HERE })).toMatchObject({ agent: 'claude', approvals: 1 });
});
