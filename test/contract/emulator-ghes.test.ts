/**
 * The emulator as a GitHub Enterprise Server 3.19: what it lacks is refused as GitHub refuses it there, and all of its
 * answers and webhooks fit the server's own description.
 */
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Emulator, startEmulator } from '../../src/emulator/doors/server.ts';
import type { Issue, Repository } from '../../src/emulator/model/records.ts';
import { type Runner, startRunner } from '../../src/emulator/runner/runner.ts';

const WORKFLOW = `
on:
  workflow_dispatch:
    inputs: { ${Array.from({ length: 11 }, (_, at) => `i${at + 1}: { type: string }`).join(', ')} }
jobs:
  a:
    runs-on: ubuntu-latest
    steps:
      - run: echo 1 > out.txt
      - uses: actions/upload-artifact@v7
        with: { path: out.txt }
`;

let emulator: Emulator;
let runner: Runner;
let repository: Repository;
let epic: Issue;
let part: Issue;

beforeAll(async () => {
  emulator = await startEmulator({ flavour: 'ghes-3.19' });
  const { world } = emulator;
  const ana = world.addUser('ana');
  repository = await world.addRepository(ana, 'shop');
  const git = await world.git(repository);
  const author = { name: 'Ana', email: 'ana@example.com', date: world.now() };
  const files = { 'README.md': '# Shop\n', '.github/workflows/ci.yml': WORKFLOW };
  await git.seed(files, { branch: 'main', message: 'a commit', author });
  epic = world.issues.create(world.as('ana'), repository, { title: 'Checkout', body: null });
  part = world.issues.create(world.as('ana'), repository, { title: 'Cart', body: null });
  runner = startRunner(emulator, { slots: 1 });
  await runner.refresh(repository);
});

afterAll(async () => {
  await runner.close();
  await emulator.close();
});

async function call(method: string, path: string, body?: object) {
  const ana = emulator.world.as('ana').user;
  const response = await fetch(`${emulator.url}${path}`, {
    method,
    headers: { authorization: `Bearer ${emulator.world.tokens.forUser(ana)}` },
    ...(body && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const data = text === '' ? null : (JSON.parse(text) as Record<string, unknown>);
  return { status: response.status, headers: response.headers, data };
}

const query = (text: string) => call('POST', '/api/graphql', { query: text });

test('has its API below /api, names its version, and limits nobody', async () => {
  const read = await call('GET', '/api/v3/repos/ana/shop');
  expect(read.status).toBe(200);
  expect(read.headers.get('x-github-enterprise-version')).toBe('3.19.0');
  expect([...read.headers.keys()].filter((name) => name.startsWith('x-ratelimit'))).toEqual([]);
  expect((await call('GET', '/repos/ana/shop')).status).toBe(404);
  expect((await call('POST', '/graphql', { query: '{ viewer { login } }' })).status).toBe(404);
  expect((await call('GET', '/api/v3/meta')).data).toMatchObject({ installed_version: '3.19.0' });
  expect(await call('GET', '/api/v3/rate_limit')).toMatchObject({
    ...{ status: 404, data: { message: 'Rate limiting is not enabled.' } },
  });
});

test('has sub-issues and dependencies by GraphQL, and of them dependencies alone by REST', async () => {
  const issues = '/api/v3/repos/ana/shop/issues';
  const body = { sub_issue_id: part.id };
  expect((await call('POST', `${issues}/${epic.number}/sub_issues`, body)).status).toBe(404);
  expect((await call('GET', `${issues}/${part.number}/parent`)).status).toBe(404);
  expect((await call('GET', `${issues}/${part.number}/dependencies/blocked_by`)).status).toBe(200);
  const linked = await query(
    `mutation { addSubIssue(input: { issueId: "${epic.nodeId}", subIssueId: "${part.nodeId}" }) { issue { subIssuesSummary { total } } } }`,
  );
  expect(linked.data).toEqual({ data: { addSubIssue: { issue: { subIssuesSummary: { total: 1 } } } } });
  expect(emulator.unimplemented).toEqual([]);
});

test('refuses fields that it does not have, of GraphQL and of a body', async () => {
  const { data } = await query(
    `{ repository(owner: "ana", name: "shop") { issue(number: ${epic.number}) { pinnedIssueComment { __typename } } } }`,
  );
  expect(data?.errors).toMatchObject([
    {
      message: "Field 'pinnedIssueComment' doesn't exist on type 'Issue'",
      extensions: { code: 'undefinedField', typeName: 'Issue', fieldName: 'pinnedIssueComment' },
    },
  ]);
  const dispatches = '/api/v3/repos/ana/shop/actions/workflows/ci.yml/dispatches';
  expect(await call('POST', dispatches, { ref: 'main', return_run_details: true })).toMatchObject({
    status: 400,
    data: { message: expect.stringContaining('"return_run_details" is not a permitted key.') },
  });
  const inputs = Object.fromEntries(Array.from({ length: 11 }, (_, at) => [`i${at + 1}`, 'x']));
  expect((await call('POST', dispatches, { ref: 'main', inputs })).status).toBe(422);
  expect(repository.runs).toEqual([]);
  expect((await call('POST', dispatches, { ref: 'main' })).status).toBe(204);
  await runner.idle();
});

test('has no service for artifacts of version 4, and their action says so', async () => {
  const [run] = repository.runs;
  expect(run?.conclusion).toBe('failure');
  expect(run?.jobs[0]?.log).toContain(
    'upload-artifact@v4+ and download-artifact@v4+ are not currently supported on GHES',
  );
  const service = '/twirp/github.actions.results.api.v1.ArtifactService/ListArtifacts';
  expect((await call('POST', service, {})).status).toBe(404);
});

test('sends no webhook about sub-issues, and names itself in the others', async () => {
  const { world, deliveries } = emulator;
  const received: IncomingHttpHeaders[] = [];
  const server = createServer((request, response) => {
    received.push(request.headers);
    request.resume().on('end', () => response.end('ok'));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const app = world.addApp({
    slug: 'hears-all',
    owner: repository.owner,
    permissions: { issues: 'read' },
    events: ['issues', 'sub_issues', 'issue_dependencies'],
    webhook: { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, secret: 'a secret' },
  });
  world.install(app, repository.owner, [repository]);

  const ana = world.as('ana');
  const more = world.issues.create(ana, repository, { title: 'Till', body: null });
  world.issues.addSubIssue(ana, epic, more);
  world.issues.addBlockedBy(ana, more, part);
  await deliveries.idle();
  await new Promise((resolve) => server.close(resolve));

  expect(new Set(received.map((headers) => headers['x-github-event']))).toEqual(
    new Set(['installation', 'issues', 'issue_dependencies']),
  );
  for (const headers of received) {
    expect(headers['x-github-enterprise-version']).toBe('3.19.0');
    expect(headers['x-github-enterprise-host']).toBe(new URL(emulator.url).host);
  }
});

test('follows the description of GHES 3.19 in every answer and webhook', () => {
  expect([emulator.findings, emulator.unimplemented]).toEqual([[], []]);
});
