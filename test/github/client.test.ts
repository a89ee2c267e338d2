/** What GitHub's answers mean, where they are neither a plain yes nor a plain no. */
import { generateKeyPairSync } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { ANSWER_MS, makeAppClient, makeClient, makeInstallationClient } from '../../src/github/client.ts';

let server: Server | undefined;

afterEach(() => {
  server?.close();
  server?.closeAllConnections();
});

/** A GitHub that answers every question with this. */
async function answering(body: unknown): Promise<string> {
  server = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const refused = (type: string, path: readonly (string | number)[]) => ({
  type,
  path,
  message: 'Resource not accessible',
});

describe('what may not be seen', () => {
  test.each([
    ['is not there', refused('NOT_FOUND', ['repository', 'pull9'])],
    ['lies in somebody else’s repository', refused('FORBIDDEN', ['elsewhere0'])],
    [
      'is a blocker in a repository that swarm may not see',
      refused('FORBIDDEN', ['repository', 'issue', 'blockedBy', 'nodes', 0]),
    ],
  ])('and %s is null in the answer', async (_, error) => {
    const data = { repository: { id: 'R_1' }, elsewhere0: null };
    const client = makeClient({ apiUrl: await answering({ data, errors: [error] }), token: 't' });

    expect(await client.queryWithNulls('query { x }', {})).toEqual(data);
  });

  test.each([
    ['here', [refused('FORBIDDEN', ['repository', 'issue'])]],
    ['here as well as elsewhere', [refused('FORBIDDEN', ['elsewhere0']), refused('FORBIDDEN', ['repository'])]],
  ])('%s is refused as a whole: half of an epic is another epic (R4.7)', async (_, errors) => {
    const client = makeClient({ apiUrl: await answering({ data: { repository: null }, errors }), token: 't' });

    await expect(client.queryWithNulls('query { x }', {})).rejects.toMatchObject({
      name: 'GitHubRefused',
      status: 403,
    });
  });
});

describe('the app', () => {
  const privateKey = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  }).privateKey;
  const MINUTE_MS = 60_000;

  /** A GitHub whose n-th token is `token-n`, and which answers any other call with the credential it came with. */
  async function withTokens(): Promise<string> {
    let made = 0;
    server = createServer((request, response) => {
      const isToken = request.method === 'POST' && request.url?.endsWith('/access_tokens');
      if (isToken) made += 1;
      const body = isToken ? { token: `token-${made}`, permissions: {} } : { by: request.headers.authorization };
      response.writeHead(isToken ? 201 : 200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    });
    await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  test('renews an installation’s token by the clock it was given, a minute before GitHub lets it expire', async () => {
    let nowMs = Date.UTC(2030, 0, 1);
    const client = makeInstallationClient({
      ...{ apiUrl: await withTokens(), appId: '1', privateKey, installationId: 7 },
      now: () => nowMs,
    });
    const usedAfter = async (minutes: number): Promise<unknown> => {
      nowMs += minutes * MINUTE_MS;
      return (await client.request('GET /repos/{owner}/{repo}', { owner: 'o', repo: 'r' })).data;
    };

    expect(await usedAfter(0)).toEqual({ by: 'token token-1' });
    expect(await usedAfter(58)).toEqual({ by: 'token token-1' });
    expect(await usedAfter(1)).toEqual({ by: 'token token-2' });
    expect(await usedAfter(58)).toEqual({ by: 'token token-2' });
  });

  test('dates its JWT by the clock it was given, half a minute back', async () => {
    const nowMs = Date.UTC(2030, 0, 1);
    const client = makeAppClient({ apiUrl: await withTokens(), appId: '1', privateKey, now: () => nowMs });

    const { by } = (await client.request('GET /app')).data as unknown as { by: string };
    const claims = JSON.parse(Buffer.from(by.split('.')[1] ?? '', 'base64url').toString()) as unknown;

    expect(claims).toEqual({ iss: '1', iat: nowMs / 1000 - 30, exp: nowMs / 1000 - 30 + 600 });
  });
});

describe('a GitHub that hangs', () => {
  test.each([
    ['a read', 'GET /repos/{owner}/{repo}', false],
    ['a write', 'POST /repos/{owner}/{repo}/issues', true],
  ] as const)('%s ends in time, retries included', async (_, route, mayHaveHappened) => {
    let asked = 0;
    server = createServer(() => {
      asked += 1;
    });
    await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
    const apiUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const client = makeClient({ apiUrl, token: 't', answerMs: 300 });

    await expect(client.request(route, { owner: 'o', repo: 'r', title: 't' })).rejects.toMatchObject({
      name: 'GitHubUnavailable',
      mayHaveHappened,
    });
    expect(asked).toBe(1);
  });

  test('gets half a minute by default', () => {
    expect(ANSWER_MS).toBe(30_000);
  });
});

describe('one limit for all calls of an installation', () => {
  const HOUR_MS = 3_600_000;
  const DATE = new Date(Date.UTC(2030, 0, 1));

  /** A GitHub that answers with what the test sets, and counts what it is asked. */
  async function limiting() {
    const github = { asked: 0, limit: 'none' as 'none' | 'spent' | 'secondary' };
    server = createServer((request, response) => {
      github.asked += 1;
      const isGraphql = request.url === '/graphql';
      const date = DATE.toUTCString();
      const spent = {
        ...{ 'content-type': 'application/json', date, 'x-ratelimit-remaining': '0' },
        'x-ratelimit-reset': String((DATE.getTime() + HOUR_MS) / 1_000),
      };
      if (github.limit === 'none') {
        response.writeHead(200, { 'content-type': 'application/json', date }).end('{"data":{}}');
      } else if (github.limit === 'secondary') {
        response.writeHead(429, { 'content-type': 'application/json', date, 'retry-after': '60' }).end('{}');
      } else if (isGraphql) {
        const errors = [{ type: 'RATE_LIMITED', message: 'API rate limit exceeded' }];
        response.writeHead(200, spent).end(JSON.stringify({ errors }));
      } else response.writeHead(403, spent).end('{"message":"API rate limit exceeded"}');
    });
    await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
    let nowMs = DATE.getTime();
    const apiUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const client = makeClient({ apiUrl, token: 't', now: () => nowMs });
    const rest = () => client.request('GET /repos/{owner}/{repo}', { owner: 'o', repo: 'r' });
    const query = () => client.query('query { x }', {});
    return { github, rest, query, passes: (ms: number) => (nowMs += ms) };
  }

  /** Fifty epics look at once. @returns how many of them GitHub answered, and how long the others are to wait. */
  async function fifty(look: () => Promise<unknown>) {
    const ends = await Promise.allSettled(Array.from({ length: 50 }, look));
    const waits = ends.flatMap((end) => (end.status === 'rejected' ? [(end.reason as { waitMs: number }).waitMs] : []));
    return { answered: ends.length - waits.length, waits: [...new Set(waits)] };
  }

  test.each(['rest', 'query'] as const)('fifty epics wait for it together, and one tries again (%s)', async (kind) => {
    const { github, passes, ...calls } = await limiting();
    const look = calls[kind];
    github.limit = 'spent';
    await expect(look()).rejects.toMatchObject({ name: 'GitHubUnavailable', waitMs: HOUR_MS });
    expect(await fifty(look)).toEqual({ answered: 0, waits: [HOUR_MS] });
    expect(github.asked).toBe(1);

    passes(HOUR_MS / 2);
    expect(await fifty(look)).toEqual({ answered: 0, waits: [HOUR_MS / 2] });
    expect(github.asked).toBe(1);

    // The hour is over, and there is a new limit.
    passes(HOUR_MS / 2);
    expect(await fifty(look)).toEqual({ answered: 0, waits: [HOUR_MS] });
    expect(github.asked).toBe(2);

    passes(HOUR_MS);
    github.limit = 'none';
    expect(await fifty(look)).toEqual({ answered: 50, waits: [] });
    expect(github.asked).toBe(52);
  });

  test('a budget that is spent leaves the other one open, a secondary limit closes both', async () => {
    const { github, rest, query, passes } = await limiting();
    github.limit = 'spent';
    await expect(rest()).rejects.toThrow('rate limit');
    github.limit = 'none';
    expect(await query()).toEqual({});
    passes(HOUR_MS);

    github.limit = 'secondary';
    await expect(rest()).rejects.toMatchObject({ waitMs: 60_000 });
    github.limit = 'none';
    await expect(query()).rejects.toMatchObject({ waitMs: 60_000 });
    passes(60_000);
    expect(await query()).toEqual({});
    // The first two, the one that met the secondary limit, and the last one.
    expect(github.asked).toBe(4);
  });
});

describe('what GitHub has answered before', () => {
  /** A GitHub that marks its answers, and says 304 where a mark still holds. */
  async function marking() {
    const github = { data: { id: 1, names: ['one'] }, paid: 0, unchanged: 0, date: Date.UTC(2030, 0, 1) };
    server = createServer((request, response) => {
      const body = JSON.stringify(github.data);
      const etag = `W/"${body.length}-${github.data.id}"`;
      const headers = { 'content-type': 'application/json', date: new Date(github.date).toUTCString(), etag };
      if (request.headers['if-none-match'] === etag) {
        github.unchanged += 1;
        response.writeHead(304, headers).end();
      } else {
        github.paid += 1;
        response.writeHead(200, headers).end(body);
      }
    });
    await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
    const client = makeClient({ apiUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, token: 't' });
    const read = async (repo: string) =>
      (await client.request('GET /repos/{owner}/{repo}', { owner: 'o', repo })).data as unknown as typeof github.data;
    return { github, client, read };
  }

  test('is asked for again and costs nothing while it is the same', async () => {
    const { github, client, read } = await marking();
    const first = await read('r');
    first.names.push('changed by its reader');
    github.date += 60_000;

    expect(await read('r')).toEqual({ id: 1, names: ['one'] });
    expect(client.now()).toBe(github.date);
    expect(github).toMatchObject({ paid: 1, unchanged: 1 });

    github.data = { id: 2, names: ['two'] };
    expect(await read('r')).toEqual({ id: 2, names: ['two'] });
    expect(await read('other')).toEqual({ id: 2, names: ['two'] });
    expect(github).toMatchObject({ paid: 3, unchanged: 1 });
  });

  test('is not asked for a page of a list in this way: a full page stays the same when there is one more', async () => {
    const { github, client } = await marking();
    github.data = [1] as never;
    await client.paginate('GET /repos/{owner}/{repo}/issues', { owner: 'o', repo: 'r' });
    await client.paginate('GET /repos/{owner}/{repo}/issues', { owner: 'o', repo: 'r' });
    expect(github).toMatchObject({ paid: 2, unchanged: 0 });
  });

  test('is forgotten after two hundred others, and never kept if it is long', async () => {
    const { github, read } = await marking();
    for (let at = 0; at <= 200; at++) await read(`r${at}`);
    await read('r0');
    await read('r200');
    expect(github).toMatchObject({ paid: 202, unchanged: 1 });

    github.data = { id: 3, names: ['x'.repeat(40_000)] };
    await read('long');
    await read('long');
    expect(github).toMatchObject({ paid: 204, unchanged: 1 });
  });
});
