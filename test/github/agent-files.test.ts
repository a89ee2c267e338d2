/** What steers agents at a commit: read in one call, once, and in full where GitHub cuts its answer off. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import type { Pull } from '../../src/core/model/snapshot.ts';
import { readAgentFiles } from '../../src/github/agent-files.ts';
import { makeClient } from '../../src/github/client.ts';
import { authorisation, journal, recordWith } from '../core/decide/records.ts';
import { config, pull, report, sha } from '../core/facts.ts';

let server: Server | undefined;

afterEach(() => {
  server?.close();
  server?.closeAllConnections();
});

const blob = (path: string, oid: string) => ({ path, mode: '100644', type: 'blob', sha: oid });
const AGENTS = blob('AGENTS.md', 'a1');

/** A GitHub with these trees by commit, and the questions that it was asked. */
async function gitHub(trees: Readonly<Record<string, unknown>>, places: unknown = {}) {
  const asked: string[] = [];
  server = createServer((request, response) => {
    const answer = (status: number, body: unknown) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    if (request.method === 'POST') {
      asked.push('graphql');
      answer(200, { data: { repository: places } });
      return;
    }
    const commit = /trees\/(\w+)\?recursive=1$/.exec(request.url ?? '')?.[1] ?? '';
    asked.push(commit);
    const tree = trees[commit];
    if (tree === undefined) answer(404, { message: 'Not Found' });
    else answer(200, Array.isArray(tree) ? { sha: commit, tree, truncated: false } : tree);
  });
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  const client = makeClient({ apiUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, token: 't' });
  const [before, now, head] = [sha('b'), sha('a'), sha('21')];
  const known = journal({ authorisation: authorisation({ base: before }) });
  const look = (facts: Partial<Parameters<typeof readAgentFiles>[0]> = {}) =>
    readAgentFiles({
      client,
      repository: { owner: 'octo', name: 'shop' },
      config: config(),
      journal: known,
      base: { branch: 'main', head: now, checks: 'none', failing: [] },
      pulls: [],
      isAsked: false,
      ...facts,
    });
  return { asked, before, now, head, known, look };
}

test('a commit costs one call, however often it is looked at', async () => {
  const { asked, before, now, look } = await gitHub({
    [sha('b')]: [AGENTS],
    [sha('a')]: [AGENTS, blob('README.md', '1')],
  });

  expect(await look()).toMatchObject({
    authorised: { 'AGENTS.md': '100644 a1' },
    now: { files: { 'AGENTS.md': '100644 a1' } },
  });
  await look();
  expect(asked).toEqual([now, before]);
});

test('nothing is read where the base did not move, or nothing was authorised', async () => {
  const { asked, now, look } = await gitHub({});

  await look({ journal: journal({ authorisation: authorisation({ agentFiles: { base: now, digest: '' } }) }) });
  await look({ journal: undefined });
  await look({ journal: journal({ phase: 'finished', authorisation: authorisation() }) });
  expect(asked).toEqual([]);
});

test('the commit that was authorised is read only if the digest differs', async () => {
  const { asked, before, now, look } = await gitHub({ [sha('a')]: [AGENTS], [sha('b')]: [] });
  const seen = await look();
  asked.length = 0;

  const agentFiles = { base: before, digest: seen?.now.digest ?? '' };
  expect(await look({ journal: journal({ authorisation: authorisation({ agentFiles }) }) })).toEqual({
    now: seen?.now,
    merged: {},
  });
  expect(asked).toEqual([]);
  expect(await look({ journal: undefined, isAsked: true })).toEqual({ now: seen?.now, merged: {} });
  expect(seen?.now.digest).toMatch(/^[0-9a-f]{64}$/);
  expect(now).not.toBe(before);
});

test('each file that is new, gone or changed makes another digest', async () => {
  const trees = [[], [AGENTS], [blob('AGENTS.md', 'a2')], [{ ...AGENTS, mode: '120000' }], [blob('CLAUDE.md', 'a1')]];
  const digests = new Set<string | undefined>();
  for (const tree of trees) {
    const { look } = await gitHub({ [sha('a')]: tree });
    digests.add((await look({ journal: undefined, isAsked: true }))?.now.digest);
    server?.close();
  }
  expect(digests.size).toBe(trees.length);
});

test('a commit that is gone has nothing in common with the base', async () => {
  const { look } = await gitHub({ [sha('a')]: [AGENTS] });
  expect((await look())?.authorised).toEqual({});
});

test('a call that fails is made again', async () => {
  const trees: Record<string, unknown> = { [sha('b')]: [] };
  const { look } = await gitHub(trees);
  await expect(look()).rejects.toThrow('Not Found');

  trees[sha('a')] = [AGENTS];
  expect((await look())?.now.files).toEqual({ 'AGENTS.md': '100644 a1' });
});

test('a merged head is read if its report names a file that changed', async () => {
  const { asked, before, now, head, look } = await gitHub({
    [sha('b')]: [],
    [sha('a')]: [AGENTS],
    [sha('21')]: [AGENTS],
  });
  const merged = (files: readonly string[], state: Pull['state'] = 'merged') => {
    const attempt = '1.2-1';
    const outcome = {
      kind: 'published',
      at: 0 as never,
      pull: 102 as never,
      head,
      report: { ...report(journal(), attempt), files },
    } as const;
    const segments = { 2: recordWith(2, [{ outcome }]) };
    return look({
      journal: journal({ segments, authorisation: authorisation({ base: before }) }),
      pulls: [pull(102, 'feat/cart', head, { state })],
    });
  };
  expect((await merged(['src/a.ts']))?.merged).toEqual({});
  expect((await merged(['AGENTS.md'], 'open'))?.merged).toEqual({});
  expect(asked).toEqual([now, before]);
  expect((await merged(['AGENTS.md']))?.merged).toEqual({ 102: { 'AGENTS.md': '100644 a1' } });
});

test('a tree that GitHub cuts off is seen by its root and the usual places', async () => {
  const entry = (name: string, type: string, oid: string) => ({
    name,
    type,
    mode: type === 'tree' ? 0o40000 : 0o100644,
    oid,
  });
  const root = {
    entries: [entry('.claude', 'tree', 'c1'), entry('AGENTS.md', 'blob', 'a1'), entry('src', 'tree', 's1')],
  };
  const { asked, now, look } = await gitHub(
    { [sha('a')]: { sha: sha('a'), tree: [], truncated: true } },
    { root, place0: { oid: 'p1' }, place1: null },
  );
  expect((await look({ journal: undefined, isAsked: true }))?.now.files).toEqual({
    '.claude/': '40000 c1',
    '.github/agents/': 'p1',
    'AGENTS.md': '100644 a1',
  });
  expect(asked).toEqual([now, 'graphql']);
});

test('a file that a link leads to counts, and a change of it is seen', async () => {
  const link = { ...blob('CLAUDE.md', 'c1'), mode: '120000' };
  const tree = (oid: string) => [link, blob('docs/how.md', oid), blob('docs/other.md', 'o1')];
  const { asked, before, now, look } = await gitHub(
    { [sha('b')]: tree('h1'), [sha('a')]: tree('h2') },
    { place0: { oid: 'c1', text: 'docs/how.md' } },
  );
  expect(await look()).toMatchObject({
    authorised: { 'CLAUDE.md': '120000 c1', 'docs/how.md': '100644 h1' },
    now: { files: { 'CLAUDE.md': '120000 c1', 'docs/how.md': '100644 h2' } },
  });
  expect(asked).toEqual([now, 'graphql', before, 'graphql']);
});

test('a link of a tree that GitHub cuts off leads to files by their names', async () => {
  const root = { entries: [{ name: 'AGENTS.md', type: 'blob', mode: 0o120000, oid: 'l1' }] };
  const { look } = await gitHub(
    { [sha('a')]: { sha: sha('a'), tree: [], truncated: true } },
    { root, place0: { oid: 'd1', text: 'docs/agents' } },
  );
  expect((await look({ journal: undefined, isAsked: true }))?.now.files).toMatchObject({
    'AGENTS.md': '120000 l1',
    'docs/agents': 'd1',
  });
});
