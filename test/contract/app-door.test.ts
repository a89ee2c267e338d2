/**
 * Requests that anyone on the network can send to the app. Wrong, huge, partial or odd requests get a 2xx or a 4xx,
 * never a 5xx. They have no effect, and the next webhook from GitHub is accepted as before (threats T43, T44).
 */
import { spawn } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { request as ask, createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type App, checkSecret, startApp, WEBHOOK_PATH } from '../../src/app/server.ts';
import { type Emulator, startEmulator } from '../../src/emulator/doors/server.ts';
import { virtualClock } from '../../src/emulator/model/clock.ts';
import { makePrivateKey } from '../../src/emulator/world/base.ts';
import { until } from '../rig/wait.ts';

const SECRET = 'a secret that is long enough';
let emulator: Emulator;
let app: App;
const log: string[] = [];

beforeAll(async () => {
  // It stands still, so that no look is retried.
  const clock = virtualClock();
  emulator = await startEmulator({ seed: 1, clock });
  const { world } = emulator;
  const owner = world.addUser('harbour', 'Organization');
  const registered = world.addApp({ slug: 'swarm', owner, permissions: { issues: 'write' }, events: [] });
  app = await startApp({
    appId: String(registered.id),
    privateKey: registered.privateKey,
    webhookSecret: SECRET,
    apiUrl: emulator.url,
    port: 0,
    host: '127.0.0.1',
    sweepMs: 0,
    clock,
    log: (line) => log.push(line),
  });
  await app.idle();
});

afterAll(async () => {
  await app?.close();
  await emulator?.close();
});

test('SIGTERM ends the app even if GitHub hangs', async () => {
  const silent = createServer(() => {});
  await once(silent.listen(0, '127.0.0.1'), 'listening');
  const { port } = silent.address() as AddressInfo;
  const child = spawn(process.execPath, ['src/app/main.ts'], {
    env: {
      ...process.env,
      APP_ID: '1',
      PRIVATE_KEY: makePrivateKey(),
      WEBHOOK_SECRET: SECRET,
      GITHUB_API_URL: `http://127.0.0.1:${port}`,
      PORT: '0',
    },
  });
  let said = '';
  child.stdout.on('data', (chunk) => {
    said += String(chunk);
  });
  await Promise.all([once(silent, 'request'), until('the app to listen', () => said.includes('listening'))]);
  child.kill('SIGTERM');
  const [code] = (await once(child, 'exit')) as [number | null];
  silent.closeAllConnections();
  silent.close();
  expect({ code, said: said.split('\n').at(-2) }).toEqual({
    code: 0,
    said: expect.stringContaining('Nothing is lost'),
  });
});

interface Sent {
  readonly body?: string | Buffer;
  readonly headers?: Readonly<Record<string, string | undefined>>;
  readonly method?: string;
  readonly path?: string;
  /** Sent in chunks, without a content length. */
  readonly chunked?: true;
}

const signed = (body: string | Buffer): string => `sha256=${createHmac('sha256', SECRET).update(body).digest('hex')}`;
const COMMENT = JSON.stringify({ action: 'created', issue: { number: 7 }, comment: { body: '/swarm execute' } });

async function send({ body = COMMENT, headers = {}, method = 'POST', path = WEBHOOK_PATH, chunked }: Sent) {
  const all = {
    'content-type': 'application/json',
    'x-github-event': 'issue_comment',
    'x-github-delivery': '72d3162e-cc78-11e3-81ab-4c9367dc0958',
    'x-hub-signature-256': signed(body),
    // Without either header, Node would add the length.
    ...(chunked ? { 'transfer-encoding': 'chunked' } : { 'content-length': String(Buffer.byteLength(body)) }),
    ...headers,
  };
  const sending = ask(`${app.url}${path}`, {
    method,
    headers: Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)),
  });
  // If the app refuses the body before reading all of it, the pipe may break.
  sending.on('error', () => undefined);
  const answered = once(sending, 'response');
  sending.end(body);
  const [response] = await answered;
  response.resume();
  return response.statusCode as number;
}

const DEEP = `${'['.repeat(200_000)}${']'.repeat(200_000)}`;
const TOO_MUCH = Buffer.alloc(26 << 20, ' ');

test.each<[string, number, Sent]>([
  ['a webhook from GitHub', 200, {}],
  ['no signature', 400, { headers: { 'x-hub-signature-256': undefined } }],
  ['the signature of another body', 400, { headers: { 'x-hub-signature-256': signed('{}') } }],
  ['a malformed signature', 400, { headers: { 'x-hub-signature-256': 'sha256=zz' } }],
  [
    'only the older kind of signature',
    400,
    { headers: { 'x-hub-signature-256': undefined, 'x-hub-signature': 'sha1=x' } },
  ],
  ['no event header', 400, { headers: { 'x-github-event': undefined } }],
  ['no delivery header', 400, { headers: { 'x-github-delivery': undefined } }],
  ['an unknown event', 200, { headers: { 'x-github-event': 'no_such_event' } }],
  ['an event named like a property', 400, { headers: { 'x-github-event': '__proto__' } }],
  ['an event that does not match the body', 200, { headers: { 'x-github-event': 'push' } }],
  ['a form', 415, { headers: { 'content-type': 'application/x-www-form-urlencoded' } }],
  ['no content type', 415, { headers: { 'content-type': undefined } }],
  ['an empty body', 400, { body: '' }],
  ['invalid JSON', 400, { body: '{"action":' }],
  ['null', 400, { body: 'null' }],
  ['a number', 400, { body: '42' }],
  ['a list', 400, { body: '[]' }],
  ['an empty object', 200, { body: '{}' }],
  [
    'odd values everywhere',
    200,
    { body: '{"installation":{"id":"1"},"repository":{"name":7,"owner":null},"issue":[]}' },
  ],
  [
    'an installation that does not exist',
    200,
    { body: '{"installation":{"id":4e9},"repository":{"name":"a/b","owner":{"login":"../x"}},"issue":{"number":1}}' },
  ],
  ['deeply nested lists', 200, { body: `{"a":${DEEP}}` }],
  ['bytes that are not text', 400, { body: Buffer.from([0x7b, 0xff, 0xfe, 0x7d]) }],
  ['gzip', 400, { headers: { 'content-encoding': 'gzip' }, body: Buffer.from('1f8b0800000000000003', 'hex') }],
  ['more than GitHub sends', 413, { body: TOO_MUCH }],
  ['more than GitHub sends, without a length', 413, { body: TOO_MUCH, chunked: true }],
  ['another method', 404, { method: 'PUT' }],
  ['another path', 404, { path: '/api/github' }],
  ['an invalid path', 404, { path: '//' }],
])('%s', async (_name, status, sent) => {
  expect(await send(sent)).toBe(status);
  expect(await send({})).toBe(200);
});

test.each([undefined, '', 'development', 'fifteen letters'])(
  'the app does not start with %j for a secret',
  (secret) => {
    expect(() => checkSecret(secret)).toThrow('WEBHOOK_SECRET is missing');
    expect(() => checkSecret(SECRET)).not.toThrow();
  },
);

test('a length above what GitHub sends is refused before the body arrives', async () => {
  const headers = { 'content-length': 26 << 20, 'x-hub-signature-256': signed('') };
  const sending = ask(`${app.url}${WEBHOOK_PATH}`, { method: 'POST', headers });
  sending.on('error', () => undefined);
  const answered = once(sending, 'response');
  sending.flushHeaders();
  const [response] = await answered;
  sending.destroy();
  expect(response.statusCode).toBe(413);
  expect(await send({})).toBe(200);
});

/** Sends the head of a request, and of its body only `sent` bytes. The status is 0 if the connection breaks before it arrives. */
function begin(headers: Readonly<Record<string, string>>, length: number, sent = 0) {
  const request = ask(`${app.url}${WEBHOOK_PATH}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'content-length': String(length), ...headers },
  });
  // A refused request is cut off, and the rest of its body with it.
  request.on('error', () => undefined);
  const status = once(request, 'response').then(
    ([response]) => {
      response.resume();
      return response.statusCode as number;
    },
    () => 0,
  );
  if (sent > 0) request.write(Buffer.alloc(sent, ' '));
  else request.flushHeaders();
  return { request, status };
}

test('forty requests without a signature are refused before their bodies arrive', async () => {
  const all = Array.from({ length: 40 }, () => begin({}, 24 << 20));
  expect(new Set(await Promise.all(all.map(({ status }) => status)))).toEqual(new Set([400]));
  for (const { request } of all) request.destroy();
  expect(await send({})).toBe(200);
});

test('large bodies with forged signatures are bounded together, and leave room for GitHub’s own', async () => {
  const forged = { 'x-hub-signature-256': signed('another body') };
  // None of them ends, so each that is read stays in memory.
  const all = Array.from({ length: 8 }, () => begin(forged, 25 << 20, 24 << 20));
  const refused: number[] = [];
  for (const { status } of all) void status.then((each) => refused.push(each));
  await until('six of eight to be refused', () => refused.length >= 6);

  expect(refused.filter((status) => status !== 0 && status !== 503)).toEqual([]);
  expect(await send({})).toBe(200);
  expect(refused).toHaveLength(6);
  for (const { request } of all) request.destroy();
  await until('the memory of the others to be free', async () => {
    const { request, status } = begin(forged, 25 << 20, 24 << 20);
    request.end(Buffer.alloc(1 << 20, ' '));
    return (await status) === 400;
  });
});

test('an incomplete body is not a webhook, and the app keeps working', async () => {
  const { port } = new URL(app.url);
  const socket = connect(Number(port), '127.0.0.1');
  socket.write(
    `POST ${WEBHOOK_PATH} HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\nx-hub-signature-256: ${signed('')}\r\ncontent-length: 1000\r\n\r\n{"a`,
  );
  await once(socket, 'connect');
  expect(await send({})).toBe(200);
  socket.destroy();
  await until('the app to log that it could not read a request', () =>
    log.some((line) => line.startsWith('A request could not be read')),
  );
  expect(await send({})).toBe(200);
});

test('none of these requests had an effect, except for one failed request for a token', async () => {
  await app.idle();
  expect(emulator.calls.writes).toBeLessThanOrEqual(1);
  expect(log.filter((line) => /\n\s+at /.test(line) && !line.includes('GitHubRefused: Not Found'))).toEqual([]);
});
