/**
 * The local pages against a stand-in for the API that remembers what it was told: who may change something through them,
 * and that nothing of what others wrote becomes part of a page.
 */
import { createServer, type IncomingMessage, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { Api } from '../../src/local/api.ts';
import type { EpicView, SegmentView } from '../../src/local/epic-view.ts';
import { openPages, type Pages } from '../../src/local/pages.ts';
import { Fault } from '../../src/words/fault.ts';

const EVIL = `<script>alert("x")</script>'"><img src=x onerror=alert(1)>`;
const AT = '2026-11-21T09:00:00Z';

const segment = (issue: number, more: Partial<SegmentView> = {}): SegmentView => ({
  issue,
  title: EVIL,
  wave: 1,
  blockedBy: [],
  state: 'in review',
  branch: EVIL,
  files: [],
  pull: undefined,
  attempts: 1,
  tries: 2,
  agent: EVIL,
  fix: false,
  validation: { [EVIL]: 'pass' },
  labels: [],
  ...more,
});

const segments = [segment(2), segment(3, { wave: 2, blockedBy: [2], fix: true })];
const view: EpicView = {
  epic: {
    number: 1,
    title: EVIL,
    body: EVIL,
    state: 'open',
    labels: [EVIL],
    comments: [{ id: 1, by: EVIL, byApp: false, body: EVIL, at: AT }],
  },
  segments,
  waves: segments.map((each) => ({ number: each.wave, segments: [each], tracks: [[each]], calibrations: [] })),
  journal: undefined,
  history: [{ oid: 'a'.repeat(40), at: AT, message: `${EVIL}\n\n${EVIL}` }],
};

/** What the API was told to change. */
let told: { readonly path: string; readonly body: unknown }[] = [];
let refusal: { readonly status: number; readonly message: string } | undefined;

const answers: readonly (readonly [RegExp, unknown])[] = [
  [
    /\/pulls\/7$/,
    {
      number: 7,
      title: EVIL,
      body: EVIL,
      state: 'open',
      labels: [{ name: EVIL }],
      merged: false,
      draft: true,
      head: { sha: 'b'.repeat(40), ref: EVIL },
      base: { ref: EVIL },
    },
  ],
  [/\/pulls\/7\/files/, [{ filename: EVIL, status: EVIL, additions: 1, deletions: 0, patch: `@@ ${EVIL}\n+${EVIL}` }]],
  [/\/pulls\/7\/reviews/, [{ user: { login: EVIL }, body: EVIL, state: 'CHANGES_REQUESTED', submitted_at: AT }]],
  [/\/pulls\/7\/comments/, [{ user: null, body: EVIL, created_at: AT, path: EVIL, line: 3 }]],
  [
    /\/check-runs/,
    { check_runs: [{ name: EVIL, status: 'completed', conclusion: 'failure', output: { title: EVIL } }] },
  ],
  [
    /\/issues\/\d+$/,
    {
      number: 2,
      title: EVIL,
      body: `---\nslug: "${EVIL}"\n---\n${EVIL}`,
      state: 'closed',
      state_reason: 'completed',
      labels: [{ name: EVIL }],
    },
  ],
  [/\/issues\/\d+\/comments/, [{ user: { login: EVIL }, created_at: AT, body: EVIL }]],
  [
    /\/actions\/runs\?/,
    {
      workflow_runs: [
        { id: 9, display_title: EVIL, event: EVIL, status: 'completed', conclusion: 'failure', created_at: AT },
      ],
    },
  ],
  [
    /\/actions\/runs\/9$/,
    { id: 9, display_title: EVIL, event: EVIL, status: 'in_progress', conclusion: null, created_at: AT },
  ],
  [
    /\/actions\/runs\/9\/jobs/,
    {
      jobs: [
        {
          id: 4,
          name: EVIL,
          status: 'completed',
          conclusion: 'success',
          steps: [{ name: EVIL, status: 'completed', conclusion: 'success' }],
        },
      ],
    },
  ],
  [/\/actions\/jobs\/4\/logs/, EVIL],
];

async function readJson(incoming: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming as AsyncIterable<Buffer>) chunks.push(chunk);
  return JSON.parse(Buffer.concat(chunks).toString('utf8'));
}

const github = createServer((incoming, outgoing) => {
  const path = incoming.url ?? '';
  if (incoming.method === 'POST') {
    void readJson(incoming).then((body) => {
      if (refusal) return outgoing.writeHead(refusal.status).end(JSON.stringify({ message: refusal.message }));
      told.push({ path, body });
      return outgoing.writeHead(201).end('{}');
    });
    return;
  }
  const found = answers.find(([pattern]) => pattern.test(path));
  if (!found) outgoing.writeHead(404).end('{"message":"Not Found"}');
  else outgoing.end(typeof found[1] === 'string' ? found[1] : JSON.stringify(found[1]));
});

let pages: Pages;
let host: string;

const options = () => ({
  port: 0,
  repo: { owner: 'harbour', name: 'desk' },
  epic: 1,
  person: 'ana',
  api: new Api(`http://127.0.0.1:${(github.address() as AddressInfo).port}`, 'ghp_ana'),
  view: () => view,
  panelOf: () => `<!-- swarm:panel key=panel -->\n${EVIL}`,
  isAcceptanceAsked: () => true,
});

beforeAll(async () => {
  await new Promise<void>((resolve) => github.listen(0, '127.0.0.1', resolve));
  pages = await openPages(options());
  host = new URL(pages.url).host;
});

beforeEach(() => {
  told = [];
  refusal = undefined;
});

afterAll(async () => {
  await pages.close();
  github.close();
});

interface Got {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly text: string;
}

/** A request with exactly these headers, as a foreign page or program may send it. */
function send(method: string, path: string, headers: Record<string, string> = {}, body = ''): Promise<Got> {
  return new Promise((resolve, reject) => {
    const { port } = new URL(pages.url);
    const sent = request({ host: '127.0.0.1', port, method, path, headers: { host, ...headers } }, (incoming) => {
      let text = '';
      incoming.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
      });
      incoming.on('end', () => resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, text }));
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

async function form(fields: Record<string, string>, token?: string): Promise<string> {
  const page = await send('GET', '/pulls/7');
  const ours = /name="token" value="([^"]+)"/.exec(page.text)?.[1] ?? '';
  return new URLSearchParams({ token: token ?? ours, ...fields }).toString();
}

const approval = { event: 'APPROVE', head: 'b'.repeat(40), body: '' };

test.each(['/', '/timeline', '/issues/2', '/pulls/7', '/runs', '/runs/9'])(
  'nothing that others wrote becomes part of the page %s',
  async (path) => {
    const { status, text, headers } = await send('GET', path);
    expect(status).toBe(200);
    expect(text).toContain('&lt;script&gt;');
    expect(text.match(/<script\b[^>]*>/g)).toEqual(['<script src="/live.js" defer>']);
    // An attribute's value may hold anything, as long as it stays inside its quotes.
    expect(text.replaceAll(/"[^"]*"/g, '""')).not.toMatch(/<img|<[^>]*\bonerror=/);
    expect(headers['content-security-policy']).toContain("default-src 'none'");
  },
);

test('approving at the page is a review of the commit that was shown (R9.7)', async () => {
  const { status, headers } = await send(
    'POST',
    '/pulls/7/review',
    { ...FORM, origin: `http://${host}` },
    await form(approval),
  );
  expect([status, headers.location]).toEqual([303, '/pulls/7']);
  expect(told).toEqual([
    { path: '/repos/harbour/desk/pulls/7/reviews', body: { event: 'APPROVE', body: '', commit_id: 'b'.repeat(40) } },
  ]);
});

test('requesting changes takes words', async () => {
  const without = await send('POST', '/pulls/7/review', FORM, await form({ ...approval, event: 'REQUEST_CHANGES' }));
  expect([without.status, told]).toEqual([422, []]);
  await send(
    'POST',
    '/pulls/7/review',
    FORM,
    await form({ ...approval, event: 'REQUEST_CHANGES', body: 'Say who sent it.' }),
  );
  expect(told).toHaveLength(1);
  expect(told[0]?.body).toMatchObject({ event: 'REQUEST_CHANGES', body: 'Say who sent it.' });
});

test('accepting the epic is a comment on it', async () => {
  const { headers } = await send('POST', '/issues/1/comment', FORM, await form({ body: '/swarm accept' }));
  expect(headers.location).toBe('/');
  expect(told).toEqual([{ path: '/repos/harbour/desk/issues/1/comments', body: { body: '/swarm accept' } }]);
});

test.each<readonly [string, Record<string, string>, number]>([
  ['another site', { origin: 'https://evil.example' }, 403],
  ['a sandboxed frame', { origin: 'null' }, 403],
  ['another port of this machine', { origin: 'http://127.0.0.1:1' }, 403],
  ['a page that the browser calls foreign', { 'sec-fetch-site': 'cross-site' }, 403],
  ['another site of this host', { 'sec-fetch-site': 'same-site' }, 403],
  ['a foreign name that leads here', { host: 'evil.example' }, 421],
  ['a script that sends JSON', { 'content-type': 'application/json' }, 415],
  ['a form without encoding', { 'content-type': 'text/plain' }, 415],
])('%s changes nothing', async (_who, headers, status) => {
  const got = await send('POST', '/pulls/7/review', { ...FORM, ...headers }, await form(approval));
  expect([got.status, told]).toEqual([status, []]);
});

test.each([
  ['no token', ''],
  ['a token of another start', 'A'.repeat(32)],
])('a form with %s changes nothing', async (_what, token) => {
  const got = await send('POST', '/pulls/7/review', FORM, await form(approval, token));
  expect([got.status, told]).toEqual([403, []]);
  expect(got.text).toContain('Open the page again');
});

test('a foreign name that leads here is shown no page, and so no token', async () => {
  const got = await send('GET', '/', { host: `evil.example:${host.split(':')[1]}` });
  expect([got.status, got.text]).toEqual([421, '']);
});

test('a form that is too large, a method that is none, and a page that is not there are refused', async () => {
  expect((await send('POST', '/pulls/7/review', FORM, `body=${'x'.repeat(70_000)}`)).status).toBe(413);
  expect((await send('DELETE', '/pulls/7')).status).toBe(405);
  expect((await send('GET', '/pulls/../../etc')).status).toBe(404);
  expect((await send('GET', '/pulls/8')).status).toBe(404);
});

test('what the API refuses is shown with its words', async () => {
  refusal = { status: 422, message: 'Can not approve your own pull request' };
  const got = await send('POST', '/pulls/7/review', FORM, await form(approval));
  expect(got.status).toBe(422);
  expect(got.text).toContain('Can not approve your own pull request');
});

test('open pages are told when something changed', async () => {
  const answer = await fetch(`${pages.url}events`);
  const reader = answer.body?.getReader();
  await reader?.read();
  pages.changed();
  const { value } = (await reader?.read()) ?? {};
  await reader?.cancel();
  expect(new TextDecoder().decode(value)).toContain('event: change');
});

test('a port that is taken is said to be so', async () => {
  const port = Number(new URL(pages.url).port);
  await expect(openPages({ ...options(), port })).rejects.toThrow(Fault);
});
